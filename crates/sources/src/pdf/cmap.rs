//! CMaps that stand in the file: codes to characters (`ToUnicode`) and codes to glyphs (ISO 32000-1, 9.7.5 and 9.10.3).

use super::object::{Item, Lexer, Object};

/// Ranges that one CMap may hold; more is a bomb.
const MAX_RANGES: usize = 100_000;
/// UTF-16 units that one code may stand for.
const MAX_UNITS: usize = 32;

/// Codes of so many bytes, byte by byte between two bounds.
#[derive(Debug)]
struct Space {
    low: Vec<u8>,
    high: Vec<u8>,
}

#[derive(Debug)]
struct Range<T> {
    first: u32,
    last: u32,
    to: T,
}

/// A CMap as it was read, sorted.
#[derive(Debug, Default)]
pub(super) struct CMap {
    spaces: Vec<Space>,
    /// To UTF-16; the last unit counts on within a range.
    texts: Vec<Range<Vec<u16>>>,
    cids: Vec<Range<u32>>,
    /// The CMap it goes on from.
    pub base: Option<Vec<u8>>,
    pub is_vertical: bool,
}

impl CMap {
    /// Reads a CMap. `None` if it holds more than any font needs.
    pub fn parse(bytes: &[u8]) -> Option<CMap> {
        let mut map = CMap::default();
        let mut lexer = Lexer::new(bytes, 0);
        let mut operands: Vec<Object> = vec![];
        loop {
            let at = lexer.at;
            match lexer.item() {
                Some(Item::Object(object)) => {
                    if operands.len() > MAX_RANGES {
                        return None;
                    }
                    operands.push(object);
                }
                Some(Item::Keyword(word)) => {
                    map.take(word, &operands);
                    operands.clear();
                }
                None if lexer.rest().is_empty() => break,
                // A bracket that does not fit: go on behind it.
                None => lexer.at = lexer.at.max(at + 1),
            }
            if map.texts.len() + map.cids.len() + map.spaces.len() > MAX_RANGES {
                return None;
            }
        }
        // Of two ranges for one code the later counts.
        map.texts.reverse();
        map.cids.reverse();
        map.texts.sort_by_key(|range| range.first);
        map.cids.sort_by_key(|range| range.first);
        Some(map)
    }

    fn take(&mut self, word: &[u8], operands: &[Object]) {
        match word {
            b"endcodespacerange" => {
                for pair in operands.chunks_exact(2) {
                    if let (Some(low), Some(high)) = (pair[0].string(), pair[1].string())
                        && low.len() == high.len()
                        && (1..=4).contains(&low.len())
                    {
                        self.spaces.push(Space { low: low.to_vec(), high: high.to_vec() });
                    }
                }
            }
            b"endbfchar" => {
                for pair in operands.chunks_exact(2) {
                    if let (Some(code), Some(text)) = (code(&pair[0]), units(&pair[1])) {
                        self.texts.push(Range { first: code, last: code, to: text });
                    }
                }
            }
            b"endbfrange" => {
                for three in operands.chunks_exact(3) {
                    if let (Some(first), Some(last)) = (code(&three[0]), code(&three[1])) {
                        self.text_range(first, last, &three[2]);
                    }
                }
            }
            b"endcidchar" => {
                for pair in operands.chunks_exact(2) {
                    if let (Some(code), Some(cid)) = (code(&pair[0]), pair[1].count()) {
                        self.cids.push(Range { first: code, last: code, to: cid as u32 });
                    }
                }
            }
            b"endcidrange" => {
                for three in operands.chunks_exact(3) {
                    if let (Some(first), Some(last), Some(cid)) = (code(&three[0]), code(&three[1]), three[2].count()) {
                        self.cids.push(Range { first, last, to: cid as u32 });
                    }
                }
            }
            b"usecmap" => self.base = operands.last().and_then(Object::name).map(<[u8]>::to_vec),
            b"def" => {
                if let [.., Object::Name(name), value] = operands
                    && &name[..] == b"WMode"
                {
                    self.is_vertical = value.number() == Some(1.0);
                }
            }
            _ => {}
        }
    }

    fn text_range(&mut self, first: u32, last: u32, to: &Object) {
        match to {
            Object::Array(list) => {
                for (code, text) in (first..=last).zip(list.iter()) {
                    if let Some(text) = units(text) {
                        self.texts.push(Range { first: code, last: code, to: text });
                    }
                }
            }
            to => {
                if let Some(text) = units(to) {
                    self.texts.push(Range { first, last, to: text });
                }
            }
        }
    }

    /// What a code stands for; `None` if the CMap does not say, or not in UTF-16.
    pub fn text(&self, code: u32) -> Option<String> {
        let range = find(&self.texts, code)?;
        let mut units = range.to.clone();
        let last = units.last_mut()?;
        *last = last.checked_add(u16::try_from(code - range.first).ok()?)?;
        String::from_utf16(&units).ok()
    }

    /// The glyph of a code.
    pub fn cid(&self, code: u32) -> Option<u32> {
        let range = find(&self.cids, code)?;
        range.to.checked_add(code - range.first)
    }

    /// How many bytes the code at the front of `bytes` has, if the CMap says so.
    pub fn length(&self, bytes: &[u8]) -> Option<usize> {
        let fits = |space: &&Space| {
            bytes.len() >= space.low.len()
                && space.low.iter().zip(&space.high).zip(bytes).all(|((low, high), byte)| (low..=high).contains(&byte))
        };
        self.spaces.iter().find(fits).map(|space| space.low.len())
    }
}

/// The last range that begins at or before a code and holds it.
fn find<T>(ranges: &[Range<T>], code: u32) -> Option<&Range<T>> {
    let after = ranges.partition_point(|range| range.first <= code);
    // Ranges seldom overlap; a few steps back find the one that holds the code.
    let near = ranges[after.saturating_sub(8)..after].iter();
    let first = near.rev().filter(|range| code <= range.last).max_by_key(|range| range.first)?.first;
    ranges[after.saturating_sub(8)..after].iter().find(|range| range.first == first && code <= range.last)
}

fn code(object: &Object) -> Option<u32> {
    let bytes = object.string().filter(|bytes| (1..=4).contains(&bytes.len()))?;
    Some(bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte)))
}

/// UTF-16, big end first; one byte alone is a character of Latin-1.
fn units(object: &Object) -> Option<Vec<u16>> {
    let bytes = object.string()?;
    match bytes {
        [one] => Some(vec![u16::from(*one)]),
        _ if bytes.len() % 2 == 0 && bytes.len() <= 2 * MAX_UNITS => {
            Some(bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_characters_ligatures_and_pairs_of_surrogates() {
        let map = CMap::parse(
            b"/CIDInit /ProcSet findresource begin begincmap /CMapName /x def /WMode 1 def
            1 begincodespacerange <0000> <FFFF> endcodespacerange
            2 beginbfchar <0001> <00660066> <0002> <D83CDFDB> endbfchar
            2 beginbfrange <0010> <0012> <6E05> <0020> <0021> [<79BE> <5E02>] endbfrange endcmap",
        )
        .expect("a map");
        assert_eq!(map.text(1).as_deref(), Some("ff"));
        assert_eq!(map.text(2).as_deref(), Some("🏛"));
        assert_eq!(map.text(0x12).as_deref(), Some("\u{6E07}"));
        assert_eq!(map.text(0x21).as_deref(), Some("市"));
        assert_eq!(map.text(0x13), None);
        assert!(map.is_vertical);
        assert_eq!(map.length(&[0, 1, 2]), Some(2));
    }

    #[test]
    fn codes_of_several_lengths_become_glyphs() {
        let map = CMap::parse(
            b"/GBK-EUC-H usecmap 2 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange
            1 begincidrange <20> <7e> 814 endcidrange 1 begincidchar <8140> 7 endcidchar",
        )
        .expect("a map");
        assert_eq!((map.length(b"A"), map.length(&[0x81, 0x40]), map.length(&[0x81, 0x20])), (Some(1), Some(2), None));
        assert_eq!((map.cid(0x21), map.cid(0x8140), map.cid(0x8141)), (Some(815), Some(7), None));
        assert_eq!(map.base.as_deref(), Some(b"GBK-EUC-H".as_slice()));
    }

    #[test]
    fn a_map_that_claims_everything_costs_nothing() {
        let map = CMap::parse(b"1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange").expect("a map");
        assert_eq!(map.text(0x6E05).as_deref(), Some("清"));
        assert_eq!(map.text(0xD800), None);
        assert_eq!(map.text(0x10000), None);
        let many = "<01> <0041> ".repeat(MAX_RANGES);
        assert!(CMap::parse(format!("1 beginbfchar {many} endbfchar").as_bytes()).is_none());
    }
}
