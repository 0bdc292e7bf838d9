//! From a file's bytes to the one text all spans refer to.

use crate::html;

/// The largest file read.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;
/// The longest canonical text, in code points.
pub const MAX_CODE_POINTS: usize = 2_000_000;

/// A kind of file this crate reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, read as it stands.
    Markdown,
    /// A web page.
    Html,
}

impl Format {
    /// By the file name's ending, in any case; `None` for one we do not read.
    pub fn of(file_name: &str) -> Option<Format> {
        let (stem, ending) = file_name.rsplit_once('.')?;
        if stem.is_empty() || ending.contains(['/', '\\']) {
            return None;
        }
        match ending.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            "html" | "htm" | "xhtml" => Some(Format::Html),
            _ => None,
        }
    }
}

/// The text all offsets refer to: not empty, at most [`MAX_CODE_POINTS`], free of control characters and U+FFFD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canonical(String);

impl Canonical {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl AsRef<str> for Canonical {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::ops::Deref for Canonical {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

/// Why a file is not read. Nothing is repaired silently.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// No bytes but a byte order mark.
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_BYTES`] in, or more than [`MAX_CODE_POINTS`] out.
    #[error("the file is too large: at most {MAX_BYTES} bytes and {MAX_CODE_POINTS} characters are read")]
    TooLarge,
    /// A control character that no text has.
    #[error("the file is not text: control character at byte {offset}")]
    Binary {
        /// Bytes from the start of the file (in UTF-16 files, of the decoded text).
        offset: usize,
    },
    /// Bytes that are no UTF-8 (or, after its mark, no UTF-16).
    #[error("the file is not encoded as UTF-8 or as UTF-16 with a byte order mark: fault at byte {offset}")]
    MisEncoded {
        /// Bytes from the start of the file.
        offset: usize,
    },
    /// The text holds U+FFFD: some earlier program has already lost characters.
    #[error("characters were lost before the file came here: replacement character at byte {offset}")]
    Damaged {
        /// Bytes from the start of the decoded text.
        offset: usize,
    },
    /// The page nests its elements deeper than any written by hand.
    #[error("the page nests its elements more than {} deep", html::MAX_DEPTH)]
    TooDeep,
    /// White space only, or a page without text.
    #[error("the file holds no text")]
    NoText,
}

impl Unreadable {
    /// A name for this refusal that never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Unreadable::Empty => "empty",
            Unreadable::TooLarge => "too-large",
            Unreadable::Binary { .. } => "binary",
            Unreadable::MisEncoded { .. } => "mis-encoded",
            Unreadable::Damaged { .. } => "damaged",
            Unreadable::TooDeep => "too-deep",
            Unreadable::NoText => "no-text",
        }
    }
}

/// The canonical text of a file. Text and Markdown: the decoded bytes less a byte order mark, line ends kept.
/// HTML: the main text, one line a block element. The same bytes give the same text on any machine.
pub fn canonical(bytes: &[u8], format: Format) -> Result<Canonical, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let decoded = decode(bytes)?;
    if decoded.is_empty() {
        return Err(Unreadable::Empty);
    }
    refuse_binary(&decoded)?;
    let text = match format {
        Format::Text | Format::Markdown => decoded,
        Format::Html => {
            let text = html::main_text(&decoded)?;
            // Entities can spell what the bytes did not hold.
            refuse_binary(&text)?;
            text
        }
    };
    if text.chars().count() > MAX_CODE_POINTS {
        return Err(Unreadable::TooLarge);
    }
    if text.chars().all(char::is_whitespace) {
        return Err(Unreadable::NoText);
    }
    Ok(Canonical(text))
}

fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return utf8(rest, 3);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return utf16(rest, u16::from_be_bytes);
    }
    utf8(bytes, 0)
}

fn utf8(bytes: &[u8], before: usize) -> Result<String, Unreadable> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        // A NUL before the fault says that this was never meant as text.
        Err(fault) => match bytes[..fault.valid_up_to()].iter().position(|b| *b == 0) {
            Some(at) => Err(Unreadable::Binary { offset: before + at }),
            None => Err(Unreadable::MisEncoded { offset: before + fault.valid_up_to() }),
        },
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Unreadable> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len());
    let mut at = 2;
    for decoded in char::decode_utf16(units) {
        let c = decoded.map_err(|_| Unreadable::MisEncoded { offset: at })?;
        text.push(c);
        at += 2 * c.len_utf16();
    }
    if bytes.len() % 2 == 1 { Err(Unreadable::MisEncoded { offset: at }) } else { Ok(text) }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Result<String, Unreadable> {
        canonical(bytes, Format::Text).map(Canonical::into_string)
    }

    #[test]
    fn a_mark_goes_and_line_ends_stay() {
        assert_eq!(text("\u{FEFF}清禾市\r\n会议\n".as_bytes()).as_deref(), Ok("清禾市\r\n会议\n"));
    }

    #[test]
    fn utf_16_needs_its_mark() {
        let units: Vec<u8> = "清禾🏛".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&[b"\xFF\xFE".as_slice(), &units].concat()).as_deref(), Ok("清禾🏛"));
        assert!(text(&units).is_err());
        let half: Vec<u8> = [b"\xFE\xFF".as_slice(), &[0x6E, 0x05, 0xD8, 0x3C]].concat();
        assert_eq!(text(&half), Err(Unreadable::MisEncoded { offset: 4 }));
        assert_eq!(text(b"\xFE\xFF\x6E\x05\x6E"), Err(Unreadable::MisEncoded { offset: 4 }));
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_place() {
        // "清禾" in GB 18030.
        assert_eq!(text(b"ok \xC7\xE5\xBA\xCC"), Err(Unreadable::MisEncoded { offset: 3 }));
        assert_eq!(text(b""), Err(Unreadable::Empty));
        assert_eq!(text(b"\xEF\xBB\xBF"), Err(Unreadable::Empty));
        assert_eq!(text(b" \r\n\t"), Err(Unreadable::NoText));
        assert_eq!(text(b"PK\x03\x04"), Err(Unreadable::Binary { offset: 2 }));
        assert_eq!(text(b"a\0\xFF"), Err(Unreadable::Binary { offset: 1 }));
        assert_eq!(text("a\u{FFFD}".as_bytes()), Err(Unreadable::Damaged { offset: 1 }));
        assert_eq!(text(&vec![b'a'; MAX_BYTES + 1]), Err(Unreadable::TooLarge));
        assert_eq!(text(&vec![b'a'; MAX_CODE_POINTS + 1]), Err(Unreadable::TooLarge));
        assert!(text(&vec![b'a'; MAX_CODE_POINTS]).is_ok());
    }

    #[test]
    fn formats_go_by_the_ending() {
        assert_eq!(Format::of("纪要.TXT"), Some(Format::Text));
        assert_eq!(Format::of("a.b.md"), Some(Format::Markdown));
        assert_eq!(Format::of("a.htm"), Some(Format::Html));
        assert_eq!(Format::of("a.pdf"), None);
        assert_eq!(Format::of(".txt"), None);
        assert_eq!(Format::of("a.txt/b"), None);
    }
}
