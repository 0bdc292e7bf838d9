//! Fonts: how wide a code is, and which characters it stands for.
//!
//! A font says the latter in up to four ways, and each may be missing or wrong. What is plainly wrong is not believed, and
//! a code for which nothing can be believed is unknown: it is never made up.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::cid::Collection;
use super::cmap::CMap;
use super::coding::{Code, Coding};
use super::file::File;
use super::names::{self, Encoding};
use super::object::{Dict, Object, Stream};
use super::written::{Written, written};
use super::{truetype, type1};
use crate::canonical::is_private;
use crate::symbols::sign;

/// A font of the file.
pub(super) struct Font {
    kind: Kind,
    to_unicode: Option<CMap>,
    /// Whose signs a private code point is.
    signs: Option<&'static str>,
    pub is_vertical: bool,
    /// How tall its letters are beside its nominal size: only a Type 3 font differs much from 1.
    pub em: f32,
}

enum Kind {
    Simple(Simple),
    Composite(Box<Composite>),
}

struct Simple {
    texts: Vec<Option<String>>,
    /// In thousandths of the font's size, by code.
    widths: Vec<Option<f32>>,
    missing: Option<f32>,
}

struct Composite {
    /// `None` where the CMap is not known: nothing can be read then.
    coding: Option<Coding>,
    collection: Option<Collection>,
    widths: Vec<(u32, u32, f32)>,
    default_width: f32,
    /// From glyph to glyph of the embedded font, if it is not the same.
    glyph_map: Option<Vec<u8>>,
    program: Option<Rc<Stream>>,
}

impl Font {
    pub fn load(file: &File, dict: &Dict) -> Font {
        let to_unicode = match file.get(dict, b"ToUnicode") {
            Object::Stream(stream) => file.unpack(&stream).ok().and_then(|bytes| CMap::parse(&bytes)),
            _ => None,
        };
        let base_font = file.get(dict, b"BaseFont");
        let name = String::from_utf8_lossy(base_font.name().unwrap_or_default()).into_owned();
        let name = name.split_once('+').map_or(name.as_str(), |(_, name)| name);
        let signs = signs(name);
        let (kind, is_vertical) = if file.get(dict, b"Subtype").name() == Some(b"Type0") {
            let (composite, is_vertical) = Composite::load(file, dict);
            (Kind::Composite(Box::new(composite)), is_vertical)
        } else {
            (Kind::Simple(Simple::load(file, dict, signs)), false)
        };
        Font { kind, to_unicode, signs, is_vertical, em: em(file, dict).unwrap_or(1.0) }
    }

    /// The code at the front of a string that is not empty.
    pub fn first(&self, bytes: &[u8]) -> Code {
        match &self.kind {
            Kind::Simple(_) => Code::of(&bytes[..1]),
            Kind::Composite(composite) => match &composite.coding {
                Some(coding) => coding.first(bytes),
                None => Coding::Glyphs.first(bytes),
            },
        }
    }

    /// In thousandths of the font's size.
    pub fn width(&self, code: Code) -> f32 {
        match &self.kind {
            Kind::Simple(simple) => simple.width(code),
            Kind::Composite(composite) => composite.width(code),
        }
    }

    /// What each code that is shown stands for.
    pub fn read(&self, file: &File, shown: &BTreeSet<Code>) -> HashMap<Code, Written> {
        let glyphs = self.glyphs(file, shown);
        let believed = self.to_unicode.as_ref().filter(|map| self.is_believed(map, shown, glyphs.is_some()));
        let read = |code: &Code| {
            let told = believed.and_then(|map| map.text(code.value));
            let told = told.map(|text| written(&text, self.signs));
            match told {
                Some(told) if told != Written::Unknown => told,
                Some(_) | None => match self.by_itself(*code, glyphs.as_ref()) {
                    Some(text) => written(&text, self.signs),
                    None => Written::Unknown,
                },
            }
        };
        shown.iter().map(|code| (*code, read(code))).collect()
    }

    /// The characters of the embedded font's glyphs, where they may be needed.
    fn glyphs(&self, file: &File, shown: &BTreeSet<Code>) -> Option<HashMap<u32, char>> {
        let Kind::Composite(composite) = &self.kind else { return None };
        if !matches!(composite.coding, Some(Coding::Glyphs | Coding::Map(..))) {
            return None;
        }
        let is_told = |map: &CMap| {
            let told = |code: &Code| map.text(code.value).is_some_and(|t| written(&t, self.signs) != Written::Unknown);
            shown.iter().all(told) && !is_identity(map, shown)
        };
        if self.to_unicode.as_ref().is_some_and(|map| is_told(map) && !has_crowds(map, shown)) {
            return None;
        }
        truetype::characters(&file.unpack(composite.program.as_ref()?).ok()?)
    }

    /// Whether a map from codes to characters can be meant as one.
    fn is_believed(&self, map: &CMap, shown: &BTreeSet<Code>, has_glyphs: bool) -> bool {
        let told: Vec<String> = shown.iter().filter_map(|code| map.text(code.value)).collect();
        let unknown = told.iter().filter(|text| written(text, self.signs) == Written::Unknown).count();
        if unknown * 4 > told.len() || has_crowds(map, shown) {
            return false;
        }
        // A map of every code to itself says something only where codes are characters and not glyphs.
        let Kind::Composite(composite) = &self.kind else { return true };
        let are_glyphs = matches!(composite.coding, Some(Coding::Glyphs)) && composite.glyph_map.is_none();
        if !are_glyphs || !is_identity(map, shown) {
            return true;
        }
        let usual = told.iter().filter(|text| text.chars().all(is_usual)).count();
        !has_glyphs && usual * 10 >= told.len() * 9
    }

    /// What a code stands for if its map to Unicode is not asked.
    fn by_itself(&self, code: Code, glyphs: Option<&HashMap<u32, char>>) -> Option<String> {
        match &self.kind {
            Kind::Simple(simple) => simple.texts.get(code.value as usize)?.clone(),
            Kind::Composite(composite) => composite.text(code, glyphs),
        }
    }
}

/// The font of signs that a font's name means, as `symbols` knows it.
fn signs(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    if let Some(no) = name.strip_prefix("wingdings") {
        return Some(if no.contains('2') {
            "wingdings 2"
        } else if no.contains('3') {
            "wingdings 3"
        } else {
            "wingdings"
        });
    }
    ["symbol", "webdings"].into_iter().find(|signs| name.starts_with(signs))
}

/// The em of a Type 3 font, from the box that holds its glyphs.
fn em(file: &File, dict: &Dict) -> Option<f32> {
    if file.get(dict, b"Subtype").name() != Some(b"Type3") {
        return None;
    }
    let number = |key: &[u8], at: usize| file.resolve(file.get(dict, key).array()?.get(at)?).number();
    let height = (number(b"FontBBox", 3)? - number(b"FontBBox", 1)?) * number(b"FontMatrix", 3)?;
    Some(height.abs() as f32).filter(|em| (0.1..1000.0).contains(em))
}

/// Four codes and a fifth of all for one character: no font has so many glyphs for it.
fn has_crowds(map: &CMap, shown: &BTreeSet<Code>) -> bool {
    let mut codes: HashMap<String, usize> = HashMap::new();
    for text in shown.iter().filter_map(|code| map.text(code.value)) {
        *codes.entry(text).or_default() += 1;
    }
    codes.values().any(|crowd| *crowd >= 4 && crowd * 5 >= shown.len())
}

fn is_identity(map: &CMap, shown: &BTreeSet<Code>) -> bool {
    let same =
        |code: &Code| map.text(code.value).and_then(|text| text.chars().next()).map(u32::from) == Some(code.value);
    shown.len() >= 4 && shown.iter().all(same)
}

/// What Chinese and English offices write: nearly all that they write.
fn is_usual(c: char) -> bool {
    matches!(u32::from(c), 0x20..=0x7E | 0x2010..=0x203B | 0x2460..=0x249B | 0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF01..=0xFFE5)
}

impl Simple {
    fn load(file: &File, dict: &Dict, signs: Option<&str>) -> Simple {
        let descriptor = file.get(dict, b"FontDescriptor");
        let flags = descriptor.dict().and_then(|d| file.get(d, b"Flags").count()).unwrap_or(0);
        let encoding = file.get(dict, b"Encoding");
        let named = match &encoding {
            Object::Name(name) => Encoding::of(name),
            Object::Dict(dict) => file.get(dict, b"BaseEncoding").name().and_then(Encoding::of),
            _ => None,
        };
        let built_in = |name: &[u8]| match descriptor.dict().map(|d| file.get(d, name)) {
            Some(Object::Stream(stream)) => Some(file.unpack(&stream).ok()),
            _ => None,
        };
        let mut texts = if let Some(signs) = signs.filter(|_| named.is_none()) {
            let sign = |code: u32| (code >= 0x20).then(|| sign(signs, code)).filter(|c| !is_private(*c));
            (0..256).map(|code| sign(code).map(String::from)).collect()
        } else if let Some(named) = named {
            plain(named)
        } else if let Some(program) = built_in(b"FontFile") {
            program.and_then(|program| type1::encoding(&program)).unwrap_or_else(|| vec![None; 256])
        } else if flags & 4 == 0 && file.get(dict, b"Subtype").name() != Some(b"Type3") {
            plain(Encoding::Standard)
        } else {
            vec![None; 256]
        };
        if let Some(differences) = encoding.dict().map(|dict| file.get(dict, b"Differences")) {
            let mut code = 0;
            for one in differences.array().unwrap_or_default() {
                match file.resolve(one) {
                    Object::Number(number) => code = number.clamp(0.0, 256.0) as usize,
                    Object::Name(name) => {
                        if let Some(text) = texts.get_mut(code) {
                            *text = std::str::from_utf8(&name).ok().and_then(names::named);
                        }
                        code += 1;
                    }
                    _ => {}
                }
            }
        }
        let (widths, missing) = Simple::widths(file, dict, &descriptor);
        Simple { texts, widths, missing }
    }

    fn widths(file: &File, dict: &Dict, descriptor: &Object) -> (Vec<Option<f32>>, Option<f32>) {
        // The glyphs of a Type 3 font are measured in units of its own.
        let scale = match file.get(dict, b"FontMatrix").array() {
            Some([a, ..]) if file.get(dict, b"Subtype").name() == Some(b"Type3") => {
                file.resolve(a).number().unwrap_or(0.001) * 1000.0
            }
            Some(_) | None => 1.0,
        };
        let first = file.get(dict, b"FirstChar").count().unwrap_or(0).min(256);
        let mut widths = vec![None; first];
        if let Some(list) = file.get(dict, b"Widths").array() {
            let listed = list.iter().take(256 - first);
            widths.extend(listed.map(|one| file.resolve(one).number().map(|width| (width * scale) as f32)));
        }
        let missing = descriptor.dict().and_then(|d| file.get(d, b"MissingWidth").number()).map(|width| width as f32);
        (widths, missing)
    }

    fn width(&self, code: Code) -> f32 {
        if let Some(Some(width)) = self.widths.get(code.value as usize) {
            return *width;
        }
        // One of the fonts that every reader has, of which about this is known.
        let shown = self.texts.get(code.value as usize).and_then(|text| text.as_ref()?.chars().next());
        self.missing.filter(|width| *width > 0.0).unwrap_or(match shown {
            Some('i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | '/') => 278.0,
            Some('m' | 'w' | 'M' | 'W') => 833.0,
            Some(c) if c.is_uppercase() => 680.0,
            Some(_) | None => 540.0,
        })
    }
}

fn plain(encoding: Encoding) -> Vec<Option<String>> {
    (0..=255).map(|code| encoding.character(code).map(String::from)).collect()
}

impl Composite {
    fn load(file: &File, dict: &Dict) -> (Composite, bool) {
        let descendants = file.get(dict, b"DescendantFonts");
        let descendant =
            descendants.array().and_then(<[Object]>::first).map(|one| file.resolve(one)).unwrap_or_default();
        let none = Dict::new();
        let descendant = descendant.dict().unwrap_or(&none);
        let (coding, is_vertical) = match Composite::coding(file, dict) {
            Some((coding, is_vertical)) => (Some(coding), is_vertical),
            None => (None, false),
        };
        let system = file.get(descendant, b"CIDSystemInfo");
        let ordering = system.dict().map(|system| file.get(system, b"Ordering")).unwrap_or_default();
        let registry = system.dict().map(|system| file.get(system, b"Registry")).unwrap_or_default();
        let is_adobe = registry.string() == Some(b"Adobe");
        let collection = ordering.string().filter(|_| is_adobe).and_then(Collection::of);
        let glyph_map = match file.get(descendant, b"CIDToGIDMap") {
            Object::Stream(stream) => file.unpack(&stream).ok(),
            _ => None,
        };
        let descriptor = file.get(descendant, b"FontDescriptor");
        let program =
            [b"FontFile2".as_slice(), b"FontFile3"].iter().find_map(|key| match file.get(descriptor.dict()?, key) {
                Object::Stream(stream) => Some(stream),
                _ => None,
            });
        let default_width = file.get(descendant, b"DW").number().unwrap_or(1000.0) as f32;
        let widths = Composite::widths(file, &file.get(descendant, b"W"));
        (Composite { coding, collection, widths, default_width, glyph_map, program }, is_vertical)
    }

    fn coding(file: &File, dict: &Dict) -> Option<(Coding, bool)> {
        match file.get(dict, b"Encoding") {
            Object::Name(name) => Coding::predefined(&name),
            Object::Stream(stream) => {
                let map = CMap::parse(&file.unpack(&stream).ok()?)?;
                let base = match (&map.base, file.get(&stream.dict, b"UseCMap")) {
                    (Some(name), _) => Some(Coding::predefined(name)?.0),
                    (None, Object::Name(name)) => Some(Coding::predefined(&name)?.0),
                    (None, _) => None,
                };
                let is_vertical = map.is_vertical;
                Some((Coding::Map(map, base.map(Box::new)), is_vertical))
            }
            _ => None,
        }
    }

    /// `first [w w w]` and `first last w`, sorted.
    fn widths(file: &File, list: &Object) -> Vec<(u32, u32, f32)> {
        let mut widths = BTreeMap::new();
        let mut waiting: Vec<u32> = vec![];
        for one in list.array().unwrap_or_default() {
            match (file.resolve(one), &waiting[..]) {
                (Object::Array(list), [first]) => {
                    for (cid, width) in (*first..).zip(list.iter()) {
                        if let Some(width) = file.resolve(width).number() {
                            widths.insert(cid, (cid, width as f32));
                        }
                    }
                    waiting.clear();
                }
                (Object::Number(width), [first, last]) => {
                    widths.insert(*first, (*last, width as f32));
                    waiting.clear();
                }
                (Object::Number(cid), _) => waiting.push(cid.clamp(0.0, 65_535.0) as u32),
                _ => waiting.clear(),
            }
        }
        widths.into_iter().map(|(first, (last, width))| (first, last, width)).collect()
    }

    fn width(&self, code: Code) -> f32 {
        let cid = self.coding.as_ref().and_then(|coding| coding.cid(code));
        let listed = cid.and_then(|cid| {
            let after = self.widths.partition_point(|(first, _, _)| *first <= cid);
            let (_, last, width) = self.widths.get(after.checked_sub(1)?)?;
            (cid <= *last).then_some(*width)
        });
        match (listed, &self.coding) {
            (Some(width), _) => width,
            // Latin letters of a font that is not in the file, and whose widths nobody told.
            (None, Some(Coding::Charset { .. } | Coding::Utf16 { .. })) if cid.is_some() => 500.0,
            (None, _) => self.default_width,
        }
    }

    fn text(&self, code: Code, glyphs: Option<&HashMap<u32, char>>) -> Option<String> {
        let coding = self.coding.as_ref()?;
        if let Some(text) = coding.text(code) {
            return Some(text);
        }
        let cid = coding.cid(code)?;
        let glyph = match &self.glyph_map {
            Some(map) => {
                let at = 2 * cid as usize;
                map.get(at..at + 2).map(|pair| u32::from(pair[0]) << 8 | u32::from(pair[1]))
            }
            None => Some(cid),
        };
        let drawn = glyphs.zip(glyph).and_then(|(glyphs, glyph)| glyphs.get(&glyph));
        drawn.copied().or_else(|| self.collection.and_then(|collection| collection.character(cid))).map(String::from)
    }
}
