//! An Office Open XML package: an archive of XML parts, read as streams within limits.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{BufReader, Cursor, Error, Read};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;
use quick_xml::{Error as XmlError, XmlVersion};
use zip::ZipArchive;

/// More parts than any office program writes.
pub(crate) const PARTS_MAX: usize = 10_000;
/// What stands between two tags of a part may be so long; more is one text made to fill memory.
pub(crate) const RUN_BYTES_MAX: usize = 8 << 20;
/// Deeper than any part but a document's own.
const DEPTH_MAX: usize = 64;

/// Why a package is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// No archive, or one that is damaged; or a part that is no XML.
    Damaged,
    /// Behind a password.
    Locked,
    /// It unfolds to too much.
    Bomb,
    /// It defines entities.
    Entities,
}

/// The bytes of a part, as they unfold.
pub(crate) type Bytes<'a> = BufReader<Box<dyn Read + 'a>>;
pub(crate) type Xml<'a> = Reader<Bytes<'a>>;

pub(crate) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Names as they are compared, to the archive's own.
    names: HashMap<String, usize>,
    /// What may still be unfolded.
    left: Cell<u64>,
}

/// A part of the archive as it unfolds; stops where the archive has unfolded to too much, or one text in it has.
struct Bounded<'a, R> {
    inner: R,
    left: &'a Cell<u64>,
    /// Bytes since the last tag began: the reader holds a text as a whole.
    run: usize,
}

/// What `Bounded` stops with.
const BOMB: &str = "too much";

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let left = self.left.get().checked_sub(count as u64).ok_or_else(|| Error::other(BOMB))?;
        self.left.set(left);
        let piece = &buffer[..count];
        self.run += piece.iter().position(|byte| *byte == b'<').unwrap_or(count);
        if self.run > RUN_BYTES_MAX {
            return Err(Error::other(BOMB));
        }
        if let Some(last) = piece.iter().rposition(|byte| *byte == b'<') {
            self.run = count - last;
        }
        Ok(count)
    }
}

impl From<&XmlError> for Unusable {
    fn from(error: &XmlError) -> Self {
        match error {
            XmlError::Io(error) if error.to_string() == BOMB => Unusable::Bomb,
            _other => Unusable::Damaged,
        }
    }
}

/// Kind and path of a part that another refers to.
pub(crate) struct Target {
    pub(crate) kind: String,
    pub(crate) path: String,
}

impl<'a> Package<'a> {
    /// Before anything is unfolded, what the archive declares is looked at: its parts in XML hold no more than
    /// `inflated_max` bytes together. Pictures are never unfolded.
    pub(crate) fn open(bytes: &'a [u8], inflated_max: u64) -> Result<Self, Unusable> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unusable::Damaged)?;
        if zip.len() > PARTS_MAX {
            return Err(Unusable::Bomb);
        }
        let (mut names, mut declared) = (HashMap::new(), 0u64);
        for index in 0..zip.len() {
            let part = zip.by_index_raw(index).map_err(|_| Unusable::Damaged)?;
            if part.encrypted() {
                return Err(Unusable::Locked);
            }
            // A name in no encoding is not a part we ask for.
            let Some(name) = part.name().ok().map(|name| comparable(&name)) else { continue };
            if name.ends_with(".xml") || name.ends_with(".rels") {
                declared = declared.saturating_add(part.size());
            }
            names.insert(name, index);
        }
        if declared > inflated_max {
            return Err(Unusable::Bomb);
        }
        Ok(Self { zip, names, left: Cell::new(inflated_max) })
    }

    /// Reads one part. None where there is no such part.
    pub(crate) fn part<T, E: From<Unusable>>(
        &mut self,
        path: &str,
        work: impl FnOnce(&mut Xml<'_>) -> Result<T, E>,
    ) -> Result<Option<T>, E> {
        self.bytes(path, |bytes| {
            let mut xml = Reader::from_reader(bytes);
            xml.config_mut().expand_empty_elements = true;
            work(&mut xml)
        })
    }

    /// Gives the bytes of one part to `work`. None where there is no such part.
    pub(crate) fn bytes<T, E: From<Unusable>>(
        &mut self,
        path: &str,
        work: impl FnOnce(Bytes<'_>) -> Result<T, E>,
    ) -> Result<Option<T>, E> {
        let Some(index) = self.names.get(&comparable(path)) else { return Ok(None) };
        let part = self.zip.by_index(*index).map_err(|_| Unusable::Damaged)?;
        let bounded: Box<dyn Read + '_> = Box::new(Bounded { inner: part, left: &self.left, run: 0 });
        work(BufReader::with_capacity(64 << 10, bounded)).map(Some)
    }

    /// The path of the package's main part, as its relations say; `otherwise` where they do not.
    pub(crate) fn home(&mut self, otherwise: &str) -> Result<String, Unusable> {
        let mut home = None;
        self.part("_rels/.rels", |xml| {
            each::<Unusable>(xml, |tag| {
                if name(tag) == "Relationship" && attribute(tag, "Type").is_some_and(|t| t.ends_with("/officeDocument"))
                {
                    home = attribute(tag, "Target");
                }
                Ok(())
            })
        })?;
        Ok(home.unwrap_or_else(|| otherwise.into()).trim_start_matches('/').to_owned())
    }

    /// Kind and path of the parts that the part at `home` refers to, by relation.
    pub(crate) fn targets(&mut self, home: &str) -> Result<HashMap<String, Target>, Unusable> {
        let (folder, file) = home.rsplit_once('/').unwrap_or(("", home));
        let mut targets = HashMap::new();
        self.part(&format!("{folder}/_rels/{file}.rels"), |xml| {
            each::<Unusable>(xml, |tag| {
                let (id, target) = (attribute(tag, "Id"), attribute(tag, "Target"));
                if let (Some(id), Some(target)) = (id, target)
                    && targets.len() < PARTS_MAX
                {
                    let path = match target.strip_prefix('/') {
                        Some(absolute) => absolute.to_owned(),
                        None => format!("{folder}/{target}"),
                    };
                    targets.insert(id, Target { kind: attribute(tag, "Type").unwrap_or_default(), path });
                }
                Ok(())
            })
        })?;
        Ok(targets)
    }
}

/// The path of the part of this kind.
pub(crate) fn of_kind(targets: &HashMap<String, Target>, kind: &str) -> Option<String> {
    targets.values().filter(|target| target.kind.ends_with(kind)).map(|target| target.path.clone()).min()
}

fn comparable(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

pub(crate) fn next<'b>(xml: &mut Xml<'_>, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, Unusable> {
    match xml.read_event_into(buffer) {
        Ok(Event::DocType(_)) => Err(Unusable::Entities),
        Ok(event) => Ok(event),
        Err(error) => Err((&error).into()),
    }
}

/// Every tag that opens.
pub(crate) fn each<E: From<Unusable>>(
    xml: &mut Xml<'_>,
    mut work: impl FnMut(&BytesStart<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let (mut buffer, mut depth) = (vec![], 0usize);
    loop {
        match next(xml, &mut buffer)? {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEPTH_MAX {
                    return Err(Unusable::Damaged.into());
                }
                work(&tag)?;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof => return Ok(()),
            _other => {}
        }
        buffer.clear();
    }
}

/// A tag's name without its prefix.
pub(crate) fn name<'t>(tag: &'t BytesStart<'_>) -> &'t str {
    let whole = tag.name().into_inner();
    whole.rsplit_once(':').map_or(whole, |(_, local)| local)
}

/// The value of an attribute, whatever its prefix.
pub(crate) fn attribute(tag: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).filter_map(Result::ok).find(|attribute| {
        let key = attribute.key.into_inner();
        key.rsplit_once(':').map_or(key, |(_, local)| local) == wanted
    });
    found.and_then(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned()))
}

/// The five entities of XML and numbered characters; nothing else is ever put in.
pub(crate) fn character(entity: &BytesRef<'_>) -> Result<char, Unusable> {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return Ok(c);
    }
    match &*entity.xml10_content() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _other => Err(Unusable::Entities),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_declares_little_and_unfolds_to_much_is_counted_while_it_unfolds() {
        let left = Cell::new(1 << 20);
        let mut bounded = Bounded { inner: std::io::repeat(b'<'), left: &left, run: 0 };
        let error = std::io::copy(&mut bounded, &mut std::io::sink()).expect_err("it never ends");
        assert_eq!(Unusable::from(&XmlError::from(error)), Unusable::Bomb);
    }
}
