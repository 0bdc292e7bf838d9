//! From a file's bytes to the one text all spans refer to, and where each piece of it stands in the file.

use serde::{Deserialize, Serialize};

use crate::content::{self, Content};
use crate::place::{At, PLACES_MAX, Place};
use crate::{docx, encoding, html, pdf, workbook};

/// The largest file read.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;
/// The longest canonical text, in code points.
pub const MAX_CODE_POINTS: usize = 2_000_000;

/// A kind of file that documents come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, read as it stands.
    Markdown,
    /// A web page.
    Html,
    /// A Word document.
    Docx,
    /// A workbook: a task sheet.
    Xlsx,
    /// A PDF.
    Pdf,
    /// An OFD.
    Ofd,
}

impl Format {
    /// By the file name's ending, in any case; `None` for one we do not know.
    pub fn of(file_name: &str) -> Option<Format> {
        let (stem, ending) = file_name.rsplit_once('.')?;
        if stem.is_empty() || ending.contains(['/', '\\']) {
            return None;
        }
        match ending.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            "html" | "htm" | "xhtml" => Some(Format::Html),
            "docx" => Some(Format::Docx),
            "xlsx" => Some(Format::Xlsx),
            "pdf" => Some(Format::Pdf),
            "ofd" => Some(Format::Ofd),
            _ => None,
        }
    }

    pub(crate) fn is_archive(self) -> bool {
        match self {
            Format::Docx | Format::Xlsx | Format::Ofd => true,
            Format::Text | Format::Markdown | Format::Html | Format::Pdf => false,
        }
    }
}

/// The text all offsets refer to: not empty, at most [`MAX_CODE_POINTS`], free of control characters, U+FFFD and private
/// characters; and where its pieces stand in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canonical {
    text: String,
    places: Vec<Place>,
    unread_pages: Vec<u32>,
}

impl Canonical {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where its pieces stand, in order, at most [`PLACES_MAX`]: each place holds up to the next ([`crate::place`]).
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The pages of the file that are pictures, counted from 1 and in order: what stands on them was not read, and somebody
    /// has to be told.
    pub fn unread_pages(&self) -> &[u32] {
        &self.unread_pages
    }

    /// Text and places, owned.
    pub fn into_parts(self) -> (String, Vec<Place>) {
        (self.text, self.places)
    }
}

impl AsRef<str> for Canonical {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl std::ops::Deref for Canonical {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

/// Why a file is not read. Nothing is repaired silently.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// No bytes but a byte order mark.
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_BYTES`] in, more than [`MAX_CODE_POINTS`] or more than [`PLACES_MAX`] lines or cells out.
    #[error(
        "the file is too large: at most {MAX_BYTES} bytes, {MAX_CODE_POINTS} characters and {PLACES_MAX} lines or \
         cells are read"
    )]
    TooLarge,
    /// It unfolds to more than any document holds.
    #[error("the file unfolds to more than any document: it was made to fill memory")]
    TooMuch,
    /// No reader for this kind of file.
    #[error("this kind of file is not read")]
    Kind,
    /// It is not what its name says.
    #[error("the file's name says otherwise, but it is {0}")]
    MisSuited(Content),
    /// It is locked with a password.
    #[error("the file is locked with a password")]
    Encrypted,
    /// An archive, or a part of one, that is damaged; or that keeps text where it cannot be read.
    #[error("the file is damaged, or keeps part of its text where it cannot be read")]
    Broken,
    /// It defines entities, which no office program writes.
    #[error("the file defines entities of its own")]
    Entities,
    /// A control character that no text has.
    #[error("the file is not text: control character at byte {offset}")]
    Binary {
        /// Bytes from the start of the file (in other encodings than UTF-8, of the decoded text).
        offset: usize,
    },
    /// Bytes that are in none of the encodings that are read.
    #[error("the file is not encoded as UTF-8, UTF-16, GB 18030 or Big5: fault at byte {offset}")]
    MisEncoded {
        /// Bytes from the start of the file.
        offset: usize,
    },
    /// Bytes that could be text in more than one encoding, or in one that is not certain.
    #[error("the file's encoding is not certain: save it as UTF-8")]
    Ambiguous,
    /// The text holds U+FFFD: some earlier program has already lost characters.
    #[error("characters were lost before the file came here: replacement character at byte {offset}")]
    Damaged {
        /// Bytes from the start of the decoded text.
        offset: usize,
    },
    /// The text holds a character that only one font knows.
    #[error("a character has a meaning only in a font of its own: private character at byte {offset}")]
    Private {
        /// Bytes from the start of the decoded text.
        offset: usize,
    },
    /// It nests its elements deeper than any written by hand.
    #[error("the file nests its elements too deep")]
    TooDeep,
    /// White space only, or a page without text.
    #[error("the file holds no text")]
    NoText,
    /// Glyphs for which the file says no character, or none that can be believed.
    #[error("page {page} shows glyphs for which the file says no character that can be believed")]
    Garbled {
        /// The first such page, counted from 1.
        page: u32,
    },
    /// Pictures of pages, without the text that stands on them.
    #[error("the file holds pictures of its pages and no text: it was scanned")]
    Scanned,
}

impl Unreadable {
    /// The same, of this page where it is said of one.
    pub(crate) fn on_page(self, page: u32) -> Unreadable {
        match self {
            Unreadable::Garbled { .. } => Unreadable::Garbled { page },
            other => other,
        }
    }

    /// A name for this refusal that never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Unreadable::Empty => "empty",
            Unreadable::TooLarge => "too-large",
            Unreadable::TooMuch => "too-much",
            Unreadable::Kind => "kind",
            Unreadable::MisSuited(content) => content.code(),
            Unreadable::Encrypted => "encrypted",
            Unreadable::Broken => "broken",
            Unreadable::Entities => "entities",
            Unreadable::Binary { .. } => "binary",
            Unreadable::MisEncoded { .. } => "mis-encoded",
            Unreadable::Ambiguous => "ambiguous",
            Unreadable::Damaged { .. } => "damaged",
            Unreadable::Private { .. } => "private",
            Unreadable::TooDeep => "too-deep",
            Unreadable::NoText => "no-text",
            Unreadable::Garbled { .. } => "garbled",
            Unreadable::Scanned => "scanned",
        }
    }
}

/// The canonical text of a file. Text and Markdown: the decoded bytes less a byte order mark, line ends kept. HTML: the
/// main text, one line a block element. Word documents: a paragraph a line, its number before it, a row of a table a line
/// with its cells parted by tabs. Workbooks: a row a line likewise. PDFs: as Word documents, without what repeats on the edge
/// of pages and without pages that are pictures ([`Canonical::unread_pages`]). The same bytes give the same text on any machine.
pub fn canonical(bytes: &[u8], format: Format) -> Result<Canonical, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    if bytes.len() > MAX_BYTES {
        content::check_head(bytes, format)?;
        return Err(Unreadable::TooLarge);
    }
    content::check(bytes, format)?;
    let mut unread_pages = vec![];
    let (text, places) = match format {
        Format::Text | Format::Markdown => lines(encoding::text(bytes)?)?,
        Format::Html => {
            let page = encoding::page(bytes)?;
            refuse_binary(&page)?;
            html::main_text(&page)?.finish()
        }
        Format::Docx => docx::document(bytes)?.finish(),
        Format::Xlsx => workbook::document(bytes)?.finish(),
        Format::Pdf => {
            let (placed, unread) = pdf::document(bytes)?;
            unread_pages = unread;
            placed.finish()
        }
        Format::Ofd => return Err(Unreadable::Kind),
    };
    refuse_binary(&text)?;
    if let Some((offset, _)) = text.char_indices().find(|(_, c)| is_private(*c)) {
        return Err(Unreadable::Private { offset });
    }
    if text.chars().count() > MAX_CODE_POINTS {
        return Err(Unreadable::TooLarge);
    }
    if text.chars().all(char::is_whitespace) {
        return Err(Unreadable::NoText);
    }
    Ok(Canonical { text, places, unread_pages })
}

/// A text as it is, each line that holds something with its number.
fn lines(text: String) -> Result<(String, Vec<Place>), Unreadable> {
    if text.is_empty() {
        return Err(Unreadable::Empty);
    }
    let (mut places, mut line, mut is_fresh, mut before) = (vec![], 1u32, true, ' ');
    for (start, c) in text.chars().enumerate() {
        match c {
            '\n' if before == '\r' => {}
            '\n' | '\r' => (line, is_fresh) = (line + 1, true),
            c if is_fresh && !c.is_whitespace() => {
                if places.len() == PLACES_MAX {
                    return Err(Unreadable::TooLarge);
                }
                places.push(Place { start, at: At::Line(line) });
                is_fresh = false;
            }
            _ => {}
        }
        before = c;
    }
    Ok((text, places))
}

/// Refuses characters that no text has, and those that were lost.
fn refuse_binary(text: &str) -> Result<(), Unreadable> {
    for (offset, c) in text.char_indices() {
        if c == '\u{FFFD}' {
            return Err(Unreadable::Damaged { offset });
        }
        // Form feeds stand between the pages of text made from PDF; U+0085 is a line end.
        if c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{0C}' | '\u{0B}' | '\u{85}') {
            return Err(Unreadable::Binary { offset });
        }
    }
    Ok(())
}

/// Whether Unicode leaves the character's meaning to whoever uses it.
pub(crate) fn is_private(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Result<String, Unreadable> {
        canonical(bytes, Format::Text).map(|read| read.into_parts().0)
    }

    #[test]
    fn a_mark_goes_and_line_ends_stay() {
        assert_eq!(text("\u{FEFF}清禾市\r\n会议\n".as_bytes()).as_deref(), Ok("清禾市\r\n会议\n"));
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_place() {
        assert_eq!(text(b""), Err(Unreadable::Empty));
        assert_eq!(text(b"\xEF\xBB\xBF"), Err(Unreadable::Empty));
        assert_eq!(text(b" \r\n\t"), Err(Unreadable::NoText));
        assert_eq!(text(b"PK\x03\x04"), Err(Unreadable::MisSuited(Content::Archive)));
        assert_eq!(text(b"a\0\xFF"), Err(Unreadable::Binary { offset: 1 }));
        assert_eq!(text("a\u{FFFD}".as_bytes()), Err(Unreadable::Damaged { offset: 1 }));
        assert_eq!(text("a\u{F0B7}".as_bytes()), Err(Unreadable::Private { offset: 1 }));
        assert_eq!(text(&vec![b'a'; MAX_BYTES + 1]), Err(Unreadable::TooLarge));
        assert_eq!(text(&vec![b'a'; MAX_CODE_POINTS + 1]), Err(Unreadable::TooLarge));
        assert!(text(&vec![b'a'; MAX_CODE_POINTS]).is_ok());
    }

    #[test]
    fn formats_go_by_the_ending() {
        assert_eq!(Format::of("纪要.TXT"), Some(Format::Text));
        assert_eq!(Format::of("a.b.md"), Some(Format::Markdown));
        assert_eq!(Format::of("a.htm"), Some(Format::Html));
        assert_eq!(Format::of("报告.DOCX"), Some(Format::Docx));
        assert_eq!(Format::of("a.doc"), None);
        assert_eq!(Format::of(".txt"), None);
        assert_eq!(Format::of("a.txt/b"), None);
    }
    #[test]
    fn a_file_that_is_not_what_its_name_says_is_named() {
        let said = |bytes: &[u8], format| canonical(bytes, format).map(|_| ()).map_err(|refused| refused.code());
        let old = [&[0xD0, 0xCF, 0x11, 0xE0], [0u8; 600].as_slice()].concat();
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let locked = [old.as_slice(), &name].concat();
        for (bytes, format, code) in [
            (b"%PDF-1.7 ...".as_slice(), Format::Docx, "is-pdf"),
            (b"%PDF-1.7 ...", Format::Text, "is-pdf"),
            (b"\xEF\xBB\xBF\n<!DOCTYPE html><p>a", Format::Docx, "is-html"),
            (b"<html><p>a", Format::Text, "is-html"),
            (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;", Format::Html, "is-web-archive"),
            (b"{\\rtf1 a}", Format::Docx, "is-rtf"),
            (b"\xFF\xD8\xFF\xE0", Format::Docx, "is-picture"),
            (b"PK\x03\x04", Format::Html, "is-archive"),
            (&old, Format::Docx, "is-old-office"),
            (&locked, Format::Docx, "encrypted"),
            (&locked, Format::Xlsx, "encrypted"),
            (b"PK\x03\x04", Format::Docx, "broken"),
            ("清禾市".as_bytes(), Format::Docx, "broken"),
        ] {
            assert_eq!(said(bytes, format), Err(code), "{format:?}");
        }
        assert_eq!(said(b"<html><p>a", Format::Html), Ok(()));
        assert_eq!(said(b"<html>\n# a", Format::Markdown), Ok(()));
    }

    #[test]
    fn a_line_is_counted_as_an_editor_counts_it() {
        let read = canonical("会议\r\n\r\n  修桥\n\r修路\u{0C}建房".as_bytes(), Format::Text).expect("a text");
        let places: Vec<_> = read.places().iter().map(|place| (place.start, place.at.to_string())).collect();
        let said =
            |places: &[(usize, &str)]| places.iter().map(|(at, said)| (*at, (*said).to_owned())).collect::<Vec<_>>();
        assert_eq!(places, said(&[(0, "line 1"), (8, "line 3"), (12, "line 5")]));
    }
}
