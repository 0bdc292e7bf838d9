//! A document as it is uploaded: its first byte says as what. Archives are also made here, so that their parts are reached:
//! bytes 0xFF part the body, the numbering, the styles and the notes of a Word document, or the sheet and the shared texts
//! of a workbook.
#![no_main]

use std::io::{Cursor, Write as _};

use libfuzzer_sys::fuzz_target;
use sources::{Format, Profile, Span, Unit, canonical, describe, place, read};

const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, bytes)) = bytes.split_first() else { return };
    let (format, made) = match kind % 7 {
        0 => (Format::Text, None),
        1 => (Format::Markdown, None),
        2 => (Format::Html, None),
        3 => (Format::Docx, None),
        4 => (Format::Xlsx, None),
        5 => (Format::Docx, Some(word(bytes))),
        _ => (Format::Xlsx, Some(workbook(bytes))),
    };
    let Ok(canonical) = canonical(made.as_deref().unwrap_or(bytes), format) else { return };
    let text = canonical.as_str();
    let points = text.chars().count();
    // No character in it was lost or has a meaning only in some font; places stand in order, each at a character.
    assert!(!text.contains(|c: char| c == '\u{FFFD}' || ('\u{E000}'..='\u{F8FF}').contains(&c) || c >= '\u{F0000}'));
    assert!(canonical.places().windows(2).all(|pair| pair[0].start < pair[1].start));
    assert!(canonical.places().last().is_none_or(|last| last.start < points));
    let unit = Unit { name: "市水务局".into(), aliases: vec!["水务局".into(), "Water Bureau".into()] };
    let profile = Profile { units: vec![unit], ..Profile::default() };
    let reading = read(text, &profile);
    let mut end = 0;
    for directive in &reading.directives {
        // What is proposed stands in the text, in order, none over another, and somewhere in the file.
        assert!(directive.start >= end && directive.start < directive.end && directive.end <= points);
        assert!(place(canonical.places(), directive.start).is_some());
        end = directive.end;
    }
    let (a, b) = (usize::from(*kind) % (points + 2), usize::from(kind.reverse_bits()) % (points + 2));
    let _ = describe(text, Span { start: a.min(b), end: a.max(b) }, &profile);
});

fn word(bytes: &[u8]) -> Vec<u8> {
    let names = ["document.xml", "numbering.xml", "styles.xml", "footnotes.xml"];
    let relation = |name: &&str| {
        let kind = name.trim_end_matches(".xml");
        format!("<Relationship Id=\"{kind}\" Type=\"{TYPES}/{kind}\" Target=\"{name}\"/>")
    };
    let relations = format!("<Relationships>{}</Relationships>", names.iter().map(relation).collect::<String>());
    let own = names.into_iter().zip(bytes.split(|byte| *byte == 0xFF)).map(|(name, part)| (format!("word/{name}"), part));
    archive([("word/_rels/document.xml.rels".to_owned(), relations.as_bytes())].into_iter().chain(own))
}

fn workbook(bytes: &[u8]) -> Vec<u8> {
    let mut parts = bytes.split(|byte| *byte == 0xFF);
    let mut part = || parts.next().unwrap_or_default();
    let relations = format!(
        "<Relationships><Relationship Id=\"s\" Type=\"{TYPES}/worksheet\" Target=\"sheet1.xml\"/>\
         <Relationship Id=\"t\" Type=\"{TYPES}/sharedStrings\" Target=\"shared.xml\"/></Relationships>"
    );
    let book = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>";
    archive(
        [
            ("xl/workbook.xml", book.as_bytes()),
            ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
            ("xl/sheet1.xml", part()),
            ("xl/shared.xml", part()),
        ]
        .map(|(name, part)| (name.to_owned(), part))
        .into_iter(),
    )
}

fn archive<'a>(parts: impl Iterator<Item = (String, &'a [u8])>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("its text");
    }
    zip.finish().expect("an archive").into_inner()
}
