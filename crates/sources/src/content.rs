//! What a file is by its bytes, whatever its name says.

use std::io::Cursor;

use zip::ZipArchive;

use crate::canonical::{Format, Unreadable};

/// A kind of file, known by how it begins or by what an archive holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Content {
    /// A PDF.
    Pdf,
    /// An OFD.
    Ofd,
    /// A Word document (Office Open XML).
    Docx,
    /// A workbook (Office Open XML).
    Xlsx,
    /// An OpenDocument file.
    OpenDocument,
    /// A file of the office programs before 2007, or of WPS.
    OldOffice,
    /// Rich text.
    Rtf,
    /// A web page.
    Html,
    /// A web page in one file with its pictures.
    WebArchive,
    /// A picture.
    Picture,
    /// Any other archive.
    Archive,
}

impl Content {
    /// A name that never changes.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Content::Pdf => "is-pdf",
            Content::Ofd => "is-ofd",
            Content::Docx => "is-docx",
            Content::Xlsx => "is-xlsx",
            Content::OpenDocument => "is-open-document",
            Content::OldOffice => "is-old-office",
            Content::Rtf => "is-rtf",
            Content::Html => "is-html",
            Content::WebArchive => "is-web-archive",
            Content::Picture => "is-picture",
            Content::Archive => "is-archive",
        }
    }
}

impl std::fmt::Display for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Content::Pdf => "a PDF",
            Content::Ofd => "an OFD",
            Content::Docx => "a Word document",
            Content::Xlsx => "a workbook",
            Content::OpenDocument => "an OpenDocument file",
            Content::OldOffice => "a file of an older office program",
            Content::Rtf => "rich text",
            Content::Html => "a web page",
            Content::WebArchive => "a web archive",
            Content::Picture => "a picture",
            Content::Archive => "an archive",
        })
    }
}

/// Refuses a file that is not what its name says.
pub(crate) fn check(bytes: &[u8], format: Format) -> Result<(), Unreadable> {
    let found = content(bytes)?;
    let suits = match format {
        Format::Text => found.is_none(),
        Format::Markdown | Format::Html => matches!(found, None | Some(Content::Html)),
        // Its sign may stand further in: its own reader looks for it.
        Format::Pdf => matches!(found, None | Some(Content::Pdf)),
        Format::Docx => found == Some(Content::Docx),
        Format::Xlsx => found == Some(Content::Xlsx),
        Format::Ofd => found == Some(Content::Ofd),
    };
    match found {
        _ if suits => Ok(()),
        None => Err(Unreadable::Broken),
        Some(Content::Archive) if format.is_archive() && ZipArchive::new(Cursor::new(bytes)).is_err() => {
            Err(Unreadable::Broken)
        }
        Some(found) => Err(Unreadable::MisSuited(found)),
    }
}

/// Refuses a file that is too large to be read, and may be kept unread, where it does not begin as its kind does.
pub(crate) fn check_head(bytes: &[u8], format: Format) -> Result<(), Unreadable> {
    let suits = match format {
        Format::Pdf => bytes.windows(5).take(1024).any(|five| five == b"%PDF-"),
        Format::Ofd => bytes.starts_with(b"PK\x03\x04"),
        Format::Text | Format::Markdown | Format::Html | Format::Docx | Format::Xlsx => true,
    };
    if suits { Ok(()) } else { Err(Unreadable::Broken) }
}

/// What the bytes are; `None` for plain text, and for what nobody knows. Errors: `Encrypted`.
fn content(bytes: &[u8]) -> Result<Option<Content>, Unreadable> {
    const PICTURES: [&[u8]; 7] =
        [b"\x89PNG\r\n", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*", b"BM\0\0", b"\x00\x00\x01\x00"];
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Some(archive(bytes)));
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        // Behind a password, the whole package lies in a stream of this name.
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_encrypted = bytes.windows(name.len()).any(|run| run == name);
        return if is_encrypted { Err(Unreadable::Encrypted) } else { Ok(Some(Content::OldOffice)) };
    }
    if PICTURES.iter().any(|sign| bytes.starts_with(sign)) {
        return Ok(Some(Content::Picture));
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let head = text.get(..512.min(text.len())).unwrap_or_default().to_ascii_lowercase();
    Ok(match () {
        () if head.starts_with(b"%pdf-") => Some(Content::Pdf),
        () if head.starts_with(b"{\\rtf") => Some(Content::Rtf),
        () if head.starts_with(b"<!doctype html") || head.starts_with(b"<html") => Some(Content::Html),
        () if head.starts_with(b"mime-version:") && head.windows(9).any(|run| run == b"multipart") => {
            Some(Content::WebArchive)
        }
        () => None,
    })
}

fn archive(bytes: &[u8]) -> Content {
    let Ok(zip) = ZipArchive::new(Cursor::new(bytes)) else { return Content::Archive };
    let holds = |begins: &str| {
        let mut names = zip.file_names().filter_map(Result::ok);
        names.any(|name| name.trim_start_matches('/').replace('\\', "/").to_lowercase().starts_with(begins))
    };
    match () {
        () if holds("word/") => Content::Docx,
        () if holds("xl/") => Content::Xlsx,
        () if holds("ofd.xml") => Content::Ofd,
        () if holds("mimetype") && holds("content.xml") => Content::OpenDocument,
        () => Content::Archive,
    }
}
