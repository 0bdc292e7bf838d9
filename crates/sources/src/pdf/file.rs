//! A PDF file: where its objects lie, and what they hold (ISO 32000-1, 7.5).
//!
//! Work and memory are counted while the file is read, so that a small file that asks for much is given up on.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::filter::{self, MAX_FILTERS, Unpacked};
use super::lock::{Lock, ObjectId};
use super::object::{Dict, Lexer, Object, Stream, is_white};
use crate::canonical::Unreadable;

/// What all streams together may unpack to, and what one may.
const UNPACKED_MAX: usize = 64 << 20;
const STREAM_MAX: usize = 32 << 20;
/// Bytes that may be looked at in search of objects, for each byte of the file, and at least.
const WORK_PER_BYTE: usize = 24;
const WORK_LEAST: usize = 1 << 20;
/// Pages, and how deep their tree may be.
const PAGES_MAX: usize = 3_000;
const TREE_DEPTH_MAX: usize = 64;
/// References from one to the next.
const CHAIN_MAX: usize = 16;

#[derive(Clone, Copy, Debug)]
enum Entry {
    /// At this byte of the file.
    At(usize),
    /// In a stream of objects, as so manieth.
    In {
        stream: u32,
        index: usize,
    },
    Free,
}

/// A page: its dictionary, with what it takes over from the tree above it.
pub(super) struct Page {
    pub dict: Rc<Dict>,
    pub resources: Object,
    /// Left, bottom, right, top.
    pub shown: [f64; 4],
    /// Quarter turns clockwise.
    pub turns: u8,
}

/// The objects that a stream of objects holds, by number.
type Packed = Rc<Vec<(u32, Object)>>;

pub(super) struct File<'a> {
    bytes: &'a [u8],
    entries: RefCell<BTreeMap<u32, Entry>>,
    read: RefCell<BTreeMap<u32, Object>>,
    packed: RefCell<BTreeMap<u32, Packed>>,
    /// Objects that are being read: one that asks for itself gets nothing.
    under_way: RefCell<BTreeSet<u32>>,
    is_recovered: Cell<bool>,
    work: Cell<usize>,
    unpacked: Cell<usize>,
    is_too_large: Cell<bool>,
    root: RefCell<Object>,
    lock: OnceCell<Lock>,
}

impl<'a> File<'a> {
    /// Finds the objects; where the table of them is wrong, by going through the whole file. Errors: `Broken`, `Encrypted`,
    /// `TooMuch`.
    pub fn open(bytes: &'a [u8]) -> Result<File<'a>, Unreadable> {
        let header = bytes.windows(5).take(1024).position(|five| five == b"%PDF-").ok_or(Unreadable::Broken)?;
        let file = File {
            bytes: &bytes[header..],
            entries: RefCell::default(),
            read: RefCell::default(),
            packed: RefCell::default(),
            under_way: RefCell::default(),
            is_recovered: Cell::new(false),
            work: Cell::new((bytes.len() * WORK_PER_BYTE).max(WORK_LEAST)),
            unpacked: Cell::new(UNPACKED_MAX),
            is_too_large: Cell::new(false),
            root: RefCell::default(),
            lock: OnceCell::new(),
        };
        let is_usable = |trailer: &Dict| is_locked(trailer) || file.has_pages(trailer);
        let trailer = match file.table().filter(is_usable) {
            Some(trailer) => trailer,
            None => file.recover().filter(is_usable).ok_or_else(|| file.fault())?,
        };
        let trailer = if is_locked(&trailer) { file.unlock(trailer)? } else { trailer };
        *file.root.borrow_mut() = file.get(&trailer, b"Root");
        Ok(file)
    }

    /// Why reading was given up.
    pub fn fault(&self) -> Unreadable {
        if self.is_too_large.get() { Unreadable::TooMuch } else { Unreadable::Broken }
    }

    /// Whether more was asked for than is given: what was read since is not to be trusted.
    pub fn is_too_large(&self) -> bool {
        self.is_too_large.get()
    }

    fn has_pages(&self, trailer: &Dict) -> bool {
        let root = self.get(trailer, b"Root");
        root.dict().is_some_and(|root| self.get(root, b"Pages").dict().is_some())
    }

    /// Opens a file that an empty password opens, and gives its trailer. What was read until now is read again: in a locked
    /// file names can be read, strings and streams cannot.
    fn unlock(&self, trailer: Dict) -> Result<Dict, Unreadable> {
        let lock = Lock::open(self, &trailer).ok_or(Unreadable::Encrypted)?;
        self.lock.set(lock).expect("a file is opened once");
        self.read.borrow_mut().clear();
        self.packed.borrow_mut().clear();
        if self.has_pages(&trailer) {
            return Ok(trailer);
        }
        self.recover().filter(|trailer| self.has_pages(trailer)).ok_or_else(|| self.fault())
    }

    /// Counts work; `None` once too much was asked for.
    fn spend(&self, bytes: usize) -> Option<()> {
        match self.work.get().checked_sub(bytes) {
            Some(left) => {
                self.work.set(left);
                Some(())
            }
            None => {
                self.is_too_large.set(true);
                None
            }
        }
    }

    /// What stands under a key, references followed.
    pub fn get(&self, dict: &Dict, key: &[u8]) -> Object {
        dict.get(key).map(|object| self.resolve(object)).unwrap_or_default()
    }

    /// The object itself, or what it refers to.
    pub fn resolve(&self, object: &Object) -> Object {
        let mut object = object.clone();
        for _ in 0..CHAIN_MAX {
            match object {
                Object::Ref(no) => object = self.numbered(no),
                other => return other,
            }
        }
        Object::Null
    }

    fn numbered(&self, no: u32) -> Object {
        if let Some(object) = self.read.borrow().get(&no) {
            return object.clone();
        }
        if !self.under_way.borrow_mut().insert(no) {
            return Object::Null;
        }
        let mut object = self.find(no);
        if object.is_none() && !self.is_recovered.get() && self.entries.borrow().contains_key(&no) {
            let _ = self.recover();
            object = self.find(no);
        }
        self.under_way.borrow_mut().remove(&no);
        let object = object.unwrap_or_default();
        self.read.borrow_mut().insert(no, object.clone());
        object
    }

    /// `None` if the table points to something else.
    fn find(&self, no: u32) -> Option<Object> {
        let entry = *self.entries.borrow().get(&no)?;
        match entry {
            Entry::Free => Some(Object::Null),
            Entry::At(at) => {
                let (found, object) = self.indirect(at)?;
                (found == no).then_some(object)
            }
            Entry::In { stream, index } => {
                let packed = self.packed(stream)?;
                let (_, object) = packed
                    .get(index)
                    .filter(|(found, _)| *found == no)
                    .or_else(|| packed.iter().find(|(n, _)| *n == no))?;
                Some(object.clone())
            }
        }
    }

    /// The object that stands at a place, with its number.
    fn indirect(&self, at: usize) -> Option<(u32, Object)> {
        let mut lexer = Lexer::new(self.bytes, at);
        let no = u32::try_from(lexer.object()?.count()?).ok()?;
        let generation = u16::try_from(lexer.object()?.count()?).unwrap_or(u16::MAX);
        lexer.keyword(b"obj")?;
        let begin = lexer.at;
        let object = lexer.object();
        self.spend(lexer.at - begin + 16)?;
        let object = match self.lock.get() {
            Some(lock) => lock.object((no, generation), object?),
            None => object?,
        };
        let is_stream = lexer.keyword(b"stream").is_some();
        match object {
            Object::Dict(dict) if is_stream => {
                Some((no, Object::Stream(Rc::new(self.stream((no, generation), dict, lexer.at)?))))
            }
            object => Some((no, object)),
        }
    }

    fn stream(&self, (no, generation): ObjectId, dict: Rc<Dict>, after: usize) -> Option<Stream> {
        let start = match self.bytes.get(after..)? {
            [b'\r', b'\n', ..] => after + 2,
            [b'\r' | b'\n', ..] => after + 1,
            _ => after,
        };
        let told = self.get(&dict, b"Length").count().and_then(|length| start.checked_add(length));
        let ends = |end: &usize| {
            let Some(rest) = self.bytes.get(*end..) else { return false };
            let white = rest.iter().take(4).take_while(|byte| is_white(**byte)).count();
            rest[white..].starts_with(b"endstream") || rest[white..].starts_with(b"endobj")
        };
        let end = match told.filter(ends) {
            Some(end) => end,
            None => {
                let rest = &self.bytes[start..];
                let length = find(rest, b"endstream").or_else(|| find(rest, b"endobj"));
                self.spend(length.unwrap_or(rest.len()))?;
                let end = start + length?;
                // The line end before the word is none of the stream's.
                let line_end = match &self.bytes[start..end] {
                    [.., b'\r', b'\n'] => 2,
                    [.., b'\r' | b'\n'] => 1,
                    _ => 0,
                };
                end - line_end
            }
        };
        Some(Stream { no, generation, dict: Rc::unwrap_or_clone(dict), start, end })
    }

    /// A stream's bytes, unpacked.
    pub fn unpack(&self, stream: &Stream) -> Result<Vec<u8>, Unpacked> {
        let bytes = self.bytes.get(stream.start..stream.end).ok_or(Unpacked::Broken)?;
        let listed = |keys: [&[u8]; 2]| {
            let value = keys.iter().map(|key| self.get(&stream.dict, key)).find(|v| !matches!(v, Object::Null));
            match value {
                Some(Object::Array(list)) => list.iter().take(MAX_FILTERS + 1).map(|one| self.resolve(one)).collect(),
                Some(one) => vec![one],
                None => vec![],
            }
        };
        let (filters, params) = (listed([b"Filter", b"F"]), listed([b"DecodeParms", b"DP"]));
        if filters.len() > MAX_FILTERS {
            return Err(Unpacked::Broken);
        }
        let none = Dict::new();
        let is_crypt = |filter: &Object| filter.name() == Some(b"Crypt");
        let is_plain = self.get(&stream.dict, b"Type").name() == Some(b"XRef") || {
            // A filter of this name says how the stream is locked; without a name, that it is not.
            let at = filters.iter().position(is_crypt);
            let named = |at: usize| params.get(at).and_then(Object::dict).map(|params| self.get(params, b"Name"));
            at.is_some_and(|at| named(at).is_none_or(|name| matches!(name.name(), None | Some(b"Identity"))))
        };
        let mut out = match self.lock.get().filter(|_| !is_plain) {
            Some(lock) => {
                self.spend(bytes.len()).ok_or(Unpacked::TooLarge)?;
                lock.stream((stream.no, stream.generation), bytes)
            }
            None => Cow::Borrowed(bytes),
        };
        for (at, filter) in filters.iter().enumerate().filter(|(_, filter)| !is_crypt(filter)) {
            let name = filter.name().ok_or(Unpacked::Broken)?;
            let params = params.get(at).and_then(Object::dict).unwrap_or(&none);
            let most = STREAM_MAX.min(self.unpacked.get());
            let plain = filter::unpack(name, params, &out, most);
            if plain == Err(Unpacked::TooLarge) {
                self.is_too_large.set(true);
            }
            let plain = plain?;
            self.take(plain.len())?;
            out = plain.into();
        }
        if filters.iter().all(is_crypt) {
            // Not packed, and yet read as often as it is asked for.
            self.take(out.len())?;
        }
        Ok(out.into_owned())
    }

    /// Counts what was unpacked. Errors: `TooLarge`.
    fn take(&self, bytes: usize) -> Result<(), Unpacked> {
        let left = self.unpacked.get().checked_sub(bytes);
        self.is_too_large.set(self.is_too_large.get() || left.is_none());
        self.unpacked.set(left.ok_or(Unpacked::TooLarge)?);
        Ok(())
    }

    fn packed(&self, no: u32) -> Option<Packed> {
        if let Some(packed) = self.packed.borrow().get(&no) {
            return Some(packed.clone());
        }
        let Object::Stream(stream) = self.numbered(no) else { return None };
        let packed = Rc::new(self.open_packed(&stream)?);
        self.packed.borrow_mut().insert(no, packed.clone());
        Some(packed)
    }

    fn open_packed(&self, stream: &Stream) -> Option<Vec<(u32, Object)>> {
        let bytes = self.unpack(stream).ok()?;
        let first = self.get(&stream.dict, b"First").count()?;
        let mut heads = Lexer::new(bytes.get(..first)?, 0);
        let mut out = vec![];
        while let (Some(no), Some(offset)) = (heads.object(), heads.object()) {
            let no = u32::try_from(no.count()?).ok()?;
            let mut lexer = Lexer::new(&bytes, first.checked_add(offset.count()?)?);
            let begin = lexer.at;
            let object = lexer.object().unwrap_or_default();
            self.spend(lexer.at - begin + 16)?;
            out.push((no, object));
        }
        Some(out)
    }

    /// Follows the tables of objects from the last one on; the trailer of the last.
    fn table(&self) -> Option<Dict> {
        let tail = self.bytes.len().saturating_sub(2048);
        let mark = self.bytes[tail..].windows(9).rposition(|nine| nine == b"startxref")?;
        let mut next = Lexer::new(self.bytes, tail + mark + 9).object()?.count();
        let mut seen = BTreeSet::new();
        let mut trailer = None;
        while let Some(at) = next {
            if !seen.insert(at) || seen.len() > 1000 {
                break;
            }
            let found = self.section(at)?;
            if let Some(hybrid) = found.get(b"XRefStm".as_slice()).and_then(Object::count)
                && seen.insert(hybrid)
            {
                self.section(hybrid)?;
            }
            next = found.get(b"Prev".as_slice()).and_then(Object::count);
            trailer.get_or_insert(found);
        }
        trailer
    }

    fn section(&self, at: usize) -> Option<Dict> {
        let mut lexer = Lexer::new(self.bytes, at);
        if lexer.keyword(b"xref").is_some() {
            return self.plain_section(&mut lexer);
        }
        let (_, object) = self.indirect(at)?;
        let Object::Stream(stream) = object else { return None };
        self.packed_section(&stream)?;
        Some(stream.dict.clone())
    }

    fn add(&self, no: u32, entry: Entry) {
        self.entries.borrow_mut().entry(no).or_insert(entry);
    }

    fn plain_section(&self, lexer: &mut Lexer) -> Option<Dict> {
        loop {
            if lexer.keyword(b"trailer").is_some() {
                return Some(lexer.object()?.dict()?.clone());
            }
            let (first, count) = (lexer.object()?.count()?, lexer.object()?.count()?);
            self.spend(count.checked_mul(16)?)?;
            for no in first..first.checked_add(count)? {
                let at = lexer.object()?.count()?;
                lexer.object()?;
                let no = u32::try_from(no).ok()?;
                if lexer.keyword(b"n").is_some() {
                    self.add(no, Entry::At(at));
                } else {
                    lexer.keyword(b"f")?;
                    self.add(no, Entry::Free);
                }
            }
        }
    }

    fn packed_section(&self, stream: &Stream) -> Option<()> {
        let widths = self.get(&stream.dict, b"W");
        let widths: Vec<usize> = widths.array()?.iter().filter_map(Object::count).collect();
        let [kind, second, third] = widths[..] else { return None };
        let width = kind.checked_add(second)?.checked_add(third)?;
        if width == 0 || [kind, second, third].iter().any(|width| *width > 8) {
            return None;
        }
        let bytes = self.unpack(stream).ok()?;
        self.spend(bytes.len())?;
        let size = self.get(&stream.dict, b"Size").count()?;
        let index = self.get(&stream.dict, b"Index");
        let index: Vec<usize> = match index.array() {
            Some(index) => index.iter().filter_map(Object::count).collect(),
            None => vec![0, size],
        };
        let mut rows = bytes.chunks_exact(width);
        for part in index.chunks_exact(2) {
            for (no, row) in (part[0]..).zip(rows.by_ref().take(part[1])) {
                let field = |from: usize, width: usize| {
                    row[from..from + width].iter().fold(0u64, |value, byte| value << 8 | u64::from(*byte))
                };
                let (a, b) = (field(kind, second), field(kind + second, third));
                let entry = match if kind == 0 { 1 } else { field(0, kind) } {
                    0 => Entry::Free,
                    1 => Entry::At(usize::try_from(a).ok()?),
                    2 => Entry::In { stream: u32::try_from(a).ok()?, index: usize::try_from(b).ok()? },
                    _ => continue,
                };
                self.add(u32::try_from(no).ok()?, entry);
            }
        }
        Some(())
    }

    /// Goes through the whole file for objects; the last of a number counts. The last trailer that names a root.
    fn recover(&self) -> Option<Dict> {
        self.is_recovered.set(true);
        self.spend(self.bytes.len() * 2)?;
        self.entries.borrow_mut().clear();
        self.read.borrow_mut().clear();
        let mut found: BTreeMap<u32, Entry> = BTreeMap::new();
        let mut trailers: Vec<usize> = vec![];
        let mut at = 0;
        while let Some(step) = self.bytes.get(at..).and_then(|rest| rest.iter().position(|b| matches!(b, b'o' | b't')))
        {
            at += step;
            if self.bytes[at..].starts_with(b"obj") {
                if let Some((no, start)) = numbers_before(self.bytes, at) {
                    found.insert(no, Entry::At(start));
                }
            } else if self.bytes[at..].starts_with(b"trailer") {
                trailers.push(at + 7);
            }
            at += 1;
        }
        let plain: Vec<u32> = found.keys().copied().collect();
        *self.entries.borrow_mut() = found;
        let mut packed_trailer = None;
        for no in plain {
            let Object::Stream(stream) = self.numbered(no) else { continue };
            match self.get(&stream.dict, b"Type").name() {
                Some(b"ObjStm") => {
                    let Some(packed) = self.packed(no) else { continue };
                    for (index, (inside, _)) in packed.iter().enumerate() {
                        self.add(*inside, Entry::In { stream: no, index });
                    }
                }
                Some(b"XRef") if stream.dict.contains_key(b"Root".as_slice()) => {
                    packed_trailer = Some(stream.dict.clone())
                }
                Some(_) | None => {}
            }
        }
        // What was looked up meanwhile may not have been known yet.
        self.read.borrow_mut().clear();
        let plain_trailer = trailers.iter().rev().take(100).find_map(|at| {
            let object = Lexer::new(self.bytes, *at).object()?;
            object.dict().filter(|dict| dict.contains_key(b"Root".as_slice())).cloned()
        });
        plain_trailer.or(packed_trailer).or_else(|| self.catalog())
    }

    /// A trailer for a file that lost its own: the object that calls itself the catalog.
    fn catalog(&self) -> Option<Dict> {
        let numbers: Vec<u32> = self.entries.borrow().keys().copied().collect();
        let is_catalog = |no: &u32| {
            let object = self.numbered(*no);
            object.dict().is_some_and(|dict| self.get(dict, b"Type").name() == Some(b"Catalog"))
        };
        let no = numbers.into_iter().rev().find(is_catalog)?;
        Some(Dict::from([(b"Root".to_vec(), Object::Ref(no))]))
    }

    /// All pages, in order. Errors: `Broken`, `TooLarge`.
    pub fn pages(&self) -> Result<Vec<Page>, Unreadable> {
        struct Waiting {
            node: Object,
            depth: usize,
            resources: Object,
            shown: Option<[f64; 4]>,
            turns: u8,
        }
        let root = self.root.borrow().clone();
        let top = root.dict().and_then(|root| root.get(b"Pages".as_slice())).cloned().ok_or(Unreadable::Broken)?;
        let mut waiting = vec![Waiting { node: top, depth: 0, resources: Object::Null, shown: None, turns: 0 }];
        let (mut pages, mut seen) = (vec![], BTreeSet::new());
        while let Some(Waiting { node, depth, resources, shown, turns }) = waiting.pop() {
            // A page that hangs in the tree twice, or in itself, is shown once.
            if depth > TREE_DEPTH_MAX || matches!(node, Object::Ref(no) if !seen.insert(no)) {
                continue;
            }
            let Object::Dict(dict) = self.resolve(&node) else { continue };
            let own = self.get(&dict, b"Resources");
            let resources = if own.dict().is_some() { own } else { resources };
            let shown = self.rectangle(&dict, b"CropBox").or_else(|| self.rectangle(&dict, b"MediaBox")).or(shown);
            let turns = match self.get(&dict, b"Rotate").number() {
                Some(degrees) => ((degrees / 90.0).round() as i64).rem_euclid(4) as u8,
                None => turns,
            };
            match self.get(&dict, b"Kids") {
                Object::Array(kids) => {
                    self.spend(kids.len() * 16).ok_or(Unreadable::TooMuch)?;
                    waiting.extend(kids.iter().rev().map(|kid| Waiting {
                        node: kid.clone(),
                        depth: depth + 1,
                        resources: resources.clone(),
                        shown,
                        turns,
                    }));
                }
                _ => pages.push(Page { dict, resources, shown: shown.unwrap_or([0.0, 0.0, 595.0, 842.0]), turns }),
            }
            if pages.len() > PAGES_MAX {
                return Err(Unreadable::TooMuch);
            }
        }
        if pages.is_empty() { Err(self.fault()) } else { Ok(pages) }
    }

    fn rectangle(&self, dict: &Dict, key: &[u8]) -> Option<[f64; 4]> {
        let corners = self.get(dict, key);
        let corners: Vec<f64> = corners.array()?.iter().filter_map(|one| self.resolve(one).number()).collect();
        let [a, b, c, d] = corners[..] else { return None };
        let shown = [a.min(c), b.min(d), a.max(c), b.max(d)];
        (shown[2] > shown[0] && shown[3] > shown[1]).then_some(shown)
    }

    /// What draws a page: its streams one after the other.
    pub fn contents(&self, page: &Page) -> Result<Vec<u8>, Unreadable> {
        let contents = self.get(&page.dict, b"Contents");
        let parts = match &contents {
            Object::Array(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let mut out = vec![];
        for part in parts {
            match self.resolve(part) {
                Object::Stream(stream) => {
                    out.extend(self.unpack(&stream).map_err(|_| self.fault())?);
                    out.push(b'\n');
                    if out.len() > STREAM_MAX {
                        return Err(Unreadable::TooMuch);
                    }
                }
                Object::Null => {}
                _ => return Err(Unreadable::Broken),
            }
        }
        Ok(out)
    }
}

/// Whether the file says that it is locked.
fn is_locked(trailer: &Dict) -> bool {
    !matches!(trailer.get(b"Encrypt".as_slice()), None | Some(Object::Null))
}

/// Where a word stands first.
pub(super) fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let mut at = 0;
    while let Some(step) = bytes.get(at..)?.iter().position(|byte| *byte == first) {
        at += step;
        if bytes[at..].starts_with(word) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The number of the object whose `obj` stands at `at`, and where its number begins.
fn numbers_before(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let mut end = at;
    let mut take = |most: usize| {
        while end > 0 && is_white(bytes[end - 1]) {
            end -= 1;
        }
        let digits = bytes[..end].iter().rev().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        end -= digits;
        (digits > 0).then_some(end..end + digits)
    };
    let (generation, number) = (take(5)?, take(10)?);
    (number.end < generation.start).then_some(())?;
    let text = std::str::from_utf8(&bytes[number.clone()]).ok()?;
    Some((text.parse().ok()?, number.start))
}
