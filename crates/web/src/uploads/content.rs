//! Which files are taken as evidence: by what they hold, and by an ending of their name that says the same. What the
//! browser takes a file for is not asked. Programs, web pages and archives are not on the list.

/// So many bytes from the beginning tell what a file holds.
pub(super) const HEAD_BYTES: usize = PDF_WITHIN + 5;
/// Readers of PDF look for its sign in so many bytes.
const PDF_WITHIN: usize = 1_024;

/// By what a kind of file is known.
#[derive(Clone, Copy)]
enum Sign {
    /// These bytes, this far in.
    At(usize, &'static [u8]),
    /// `%PDF-` among the first bytes, behind what is neither program, archive nor web page.
    Pdf,
    /// RIFF of this form.
    Riff(&'static [u8]),
    /// ISO media (`ftyp`) of one of these brands; of any brand but a picture's where none is named.
    Iso(&'static [&'static [u8]]),
    /// A ZIP archive whose first entry's name begins with one of these.
    Zip(&'static [&'static str]),
    /// Characters without control characters, in whatever encoding; no web page, drawing or script.
    Words,
}

const OLE: Sign = Sign::At(0, &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
const OFFICE: Sign = Sign::Zip(&["[Content_Types].xml", "_rels/", "docProps/", "word/", "xl/", "ppt/", "customXml/"]);
const OPEN: Sign = Sign::Zip(&["mimetype"]);
const PICTURES: &[&[u8]] = &[b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"];
const AVIF: &[&[u8]] = &[b"avif", b"avis"];

/// Endings, media type and sign of each kind that is taken.
const TAKEN: &[(&[&str], &str, Sign)] = &[
    (&["jpg", "jpeg", "jfif"], "image/jpeg", Sign::At(0, &[0xFF, 0xD8, 0xFF])),
    (&["png"], "image/png", Sign::At(0, b"\x89PNG\r\n\x1a\n")),
    (&["heic", "heif"], "image/heic", Sign::Iso(PICTURES)),
    (&["avif"], "image/avif", Sign::Iso(AVIF)),
    (&["webp"], "image/webp", Sign::Riff(b"WEBP")),
    (&["gif"], "image/gif", Sign::At(0, b"GIF8")),
    (&["tif", "tiff"], "image/tiff", Sign::At(0, b"II*\0")),
    (&["tif", "tiff"], "image/tiff", Sign::At(0, b"MM\0*")),
    (&["bmp"], "image/bmp", Sign::At(0, b"BM")),
    (&["pdf"], "application/pdf", Sign::Pdf),
    (&["ofd"], "application/ofd", Sign::Zip(&["OFD.xml", "Doc_0/"])),
    (&["docx"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document", OFFICE),
    (&["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", OFFICE),
    (&["pptx"], "application/vnd.openxmlformats-officedocument.presentationml.presentation", OFFICE),
    (&["odt"], "application/vnd.oasis.opendocument.text", OPEN),
    (&["ods"], "application/vnd.oasis.opendocument.spreadsheet", OPEN),
    (&["odp"], "application/vnd.oasis.opendocument.presentation", OPEN),
    (&["doc", "wps"], "application/msword", OLE),
    (&["xls", "et"], "application/vnd.ms-excel", OLE),
    (&["ppt", "dps"], "application/vnd.ms-powerpoint", OLE),
    (&["rtf"], "application/rtf", Sign::At(0, b"{\\rtf")),
    (&["mp4", "m4v"], "video/mp4", Sign::Iso(&[])),
    (&["mov"], "video/quicktime", Sign::Iso(&[])),
    (&["3gp"], "video/3gpp", Sign::Iso(&[])),
    (&["m4a"], "audio/mp4", Sign::Iso(&[])),
    (&["webm"], "video/webm", Sign::At(0, &[0x1A, 0x45, 0xDF, 0xA3])),
    (&["mp3"], "audio/mpeg", Sign::At(0, b"ID3")),
    (&["mp3"], "audio/mpeg", Sign::At(0, &[0xFF, 0xFB])),
    (&["mp3"], "audio/mpeg", Sign::At(0, &[0xFF, 0xF3])),
    (&["wav"], "audio/wav", Sign::Riff(b"WAVE")),
    (&["amr"], "audio/amr", Sign::At(0, b"#!AMR")),
    (&["ogg", "oga", "opus"], "audio/ogg", Sign::At(0, b"OggS")),
    (&["txt"], "text/plain", Sign::Words),
    (&["md"], "text/markdown", Sign::Words),
    (&["csv"], "text/csv", Sign::Words),
    (&["tsv"], "text/tab-separated-values", Sign::Words),
    (&["json"], "application/json", Sign::Words),
    (&["xml"], "application/xml", Sign::Words),
];

/// The media type of a file that is taken: `head` is how it begins, up to `HEAD_BYTES`. None for one that is not taken.
/// A picture may bear another picture's ending: programs rename without looking.
pub(super) fn media_type(file_name: &str, head: &[u8]) -> Option<&'static str> {
    let ending = file_name.rsplit_once('.')?.1.to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.contains(&ending.as_str());
    let named = TAKEN.iter().find(|(endings, _, sign)| ends(endings) && sign.fits(head));
    let is_picture = |media_type: &str| media_type.starts_with("image/");
    let renamed = || {
        let is_named_picture = TAKEN.iter().any(|(endings, media_type, _)| ends(endings) && is_picture(media_type));
        TAKEN.iter().find(|(_, media_type, sign)| is_named_picture && is_picture(media_type) && sign.fits(head))
    };
    named.or_else(renamed).map(|(_, media_type, _)| *media_type)
}

impl Sign {
    fn fits(self, head: &[u8]) -> bool {
        match self {
            Sign::At(from, bytes) => head.get(from..).is_some_and(|rest| rest.starts_with(bytes)),
            Sign::Pdf => {
                let others: [&[u8]; 3] = [b"MZ", b"PK", b"\x7FELF"];
                let begins = &head[..head.len().min(HEAD_BYTES)];
                let is_there = begins.windows(5).any(|run| run == b"%PDF-");
                is_there
                    && !others.iter().any(|other| head.starts_with(other))
                    && !is_page(&String::from_utf8_lossy(head))
            }
            Sign::Riff(form) => head.starts_with(b"RIFF") && head.get(8..12) == Some(form),
            Sign::Iso(brands) => {
                let brand = head.get(8..12).filter(|_| head.get(4..8) == Some(b"ftyp"));
                brand.is_some_and(|brand| match brands {
                    [] => !PICTURES.contains(&brand) && !AVIF.contains(&brand),
                    brands => brands.contains(&brand),
                })
            }
            Sign::Zip(names) => {
                let name = head.get(30..).filter(|_| head.starts_with(b"PK\x03\x04"));
                name.is_some_and(|name| names.iter().any(|known| name.starts_with(known.as_bytes())))
            }
            Sign::Words => is_words(head),
        }
    }
}

fn is_words(head: &[u8]) -> bool {
    let unit: fn([u8; 2]) -> u16 = match head.get(..2) {
        Some([0xFF, 0xFE]) => u16::from_le_bytes,
        Some([0xFE, 0xFF]) => u16::from_be_bytes,
        Some(_) | None => {
            let is_control = |byte: &u8| is_control(u32::from(*byte));
            return !head.is_empty() && !head.iter().any(is_control) && !is_page(&String::from_utf8_lossy(head));
        }
    };
    // What is looked at may end within a character: the last unit, where it is half of one, is not asked.
    let mut units: Vec<u16> = head[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    units.pop_if(|last| (0xD800..0xDC00).contains(last));
    String::from_utf16(&units).is_ok_and(|text| !text.chars().any(|c| is_control(u32::from(c))) && !is_page(&text))
}

fn is_control(code: u32) -> bool {
    code < 0x20 && !matches!(code, 0x09 | 0x0A | 0x0C | 0x0D) || code == 0x7F
}

/// Whether a text begins as a web page, a drawing or a script does.
fn is_page(text: &str) -> bool {
    let begins: String = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).chars().take(20).collect();
    let begins = begins.to_ascii_lowercase();
    let runs = ["<!doctype html", "<html", "<script", "<svg", "<head", "<body", "<?php", "#!"];
    runs.iter().any(|run| begins.starts_with(run))
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn what_an_officer_brings_is_taken_for_what_it_holds() {
        let zip = |name: &str| [b"PK\x03\x04".as_slice(), &[0; 26], name.as_bytes()].concat();
        let iso = |brand: &[u8]| [&[0, 0, 0, 24], b"ftyp".as_slice(), brand].concat();
        for (name, head, kind) in [
            ("IMG_1.JPG", vec![0xFF, 0xD8, 0xFF, 0xE1], "image/jpeg"),
            ("微信图片.png", vec![0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg"),
            ("IMG_2.heic", iso(b"heic"), "image/heic"),
            ("a.mp4", iso(b"isom"), "video/mp4"),
            ("报告.pdf", b"%PDF-1.7".to_vec(), "application/pdf"),
            ("公文.ofd", zip("OFD.xml"), "application/ofd"),
            (
                "报告.docx",
                zip("[Content_Types].xml"),
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            ("台账.et", vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "application/vnd.ms-excel"),
            ("a.csv", "断面,水质\n".as_bytes().to_vec(), "text/csv"),
            ("a.txt", vec![0xB6, 0xCF, 0xC3, 0xE6], "text/plain"),
            ("a.txt", vec![0xFF, 0xFE, 0xAD, 0x65, 0x62, 0x97, 0x3D, 0xD8], "text/plain"),
            ("a.txt", vec![0xFE, 0xFF, 0x65, 0xAD, 0x97, 0x62], "text/plain"),
            ("scan.pdf", [vec![b' '; 1_024], b"%PDF-1.4".to_vec()].concat(), "application/pdf"),
        ] {
            assert_eq!(media_type(name, &head), Some(kind), "{name}");
        }
    }

    #[test]
    fn programs_pages_archives_and_names_that_say_otherwise_are_not_taken() {
        let jar = [b"PK\x03\x04".as_slice(), &[0; 26], b"META-INF/"].concat();
        for (name, head) in [
            ("setup.exe", b"MZ\x90\0".as_slice()),
            ("photo.jpg", b"MZ\x90\0"),
            ("a.zip", b"PK\x03\x04"),
            ("a.docx", &jar),
            ("a.txt", b"\n <!DOCTYPE html><script>"),
            ("a.txt", b"#!/bin/sh"),
            ("a.svg", b"<svg onload=x>"),
            ("a.xml", b"<svg onload=x>"),
            ("run.bat", b"del *"),
            ("a.pdf.exe", b"%PDF-1.7"),
            ("pdf", b"%PDF-1.7"),
            ("a.txt", b"a\0b"),
            ("a.txt", b"\xFF\xFEM\0Z\0\x90\0\x03\0"),
            ("a.txt", b"\xFF\xFE\x00\xDCa\0"),
            ("a.txt", b"\xFE\xFF\0<\0s\0c\0r\0i\0p\0t\0>"),
            ("a.pdf", b"MZ\x90\0%PDF-1.7"),
            ("a.pdf", b"<html>%PDF-1.7"),
            ("a.pdf", &[[b' '; 1_025].as_slice(), b"%PDF-1.4"].concat()),
            ("a.mp4", b"\0\0\0\x18ftypheic"),
        ] {
            assert_eq!(media_type(name, head), None, "{name}");
        }
    }
}
