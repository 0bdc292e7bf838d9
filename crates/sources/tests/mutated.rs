//! Files that were sound once: bytes turned, cut, doubled and swapped, in the file and in the parts of its archive. Each is
//! read or refused, without a panic and in little time; what is read holds no character that was lost.

use std::io::{Cursor, Read as _, Write as _};
use std::time::{Duration, Instant};

use rust_xlsxwriter::Workbook;
use sources::{Format, Profile, canonical, place, read};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const TEXT: &str = "清禾市政府常务会议纪要\n2026年3月4日\n会议要求，市水务局要在6月底前完成12处泵站检修，市财政局配合。\n一、修堤\n（一）备沙\n";
/// A case that is read for longer was made to be.
const LONGEST: Duration = Duration::from_secs(5);

#[allow(clippy::disallowed_methods, reason = "the test measures time")]
fn now() -> Instant {
    Instant::now()
}

/// Numbers at random, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let part = |no: usize, zip: &mut ZipArchive<Cursor<&[u8]>>| {
        let mut part = zip.by_index(no).expect("a part");
        let mut bytes = vec![];
        part.read_to_end(&mut bytes).expect("its bytes");
        (part.name().expect("a name").into_owned(), bytes)
    };
    (0..zip.len()).map(|no| part(no, &mut zip)).collect()
}

fn word() -> Vec<u8> {
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let paragraph = |text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"h\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t>\
             <w:sym w:font=\"Wingdings\" w:char=\"F06C\"/></w:r><w:ins w:id=\"1\"><w:r><w:fldChar w:fldCharType=\"begin\"/><w:footnoteReference w:id=\"1\"/></w:r></w:ins></w:p>"
        )
    };
    let text: String = TEXT.lines().map(paragraph).collect();
    let table = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>任务</w:t></w:r></w:p></w:tc>\
        <w:tc><w:p><w:r><w:t>责任单位</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let relation = |kind: &str| format!("<Relationship Id=\"{kind}\" Type=\"{TYPES}/{kind}\" Target=\"{kind}.xml\"/>");
    let own = [
        ("word/document.xml", format!("<w:document {WORD}><w:body>{text}{table}</w:body></w:document>")),
        (
            "word/numbering.xml",
            "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/>\
             <w:lvlText w:val=\"（%2）\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
                .to_owned(),
        ),
        (
            "word/styles.xml",
            "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"h\"><w:basedOn w:val=\"h\"/></w:style></w:styles>".to_owned(),
        ),
        ("word/footnotes.xml", format!("<w:footnotes {WORD}><w:footnote w:id=\"1\">{}</w:footnote></w:footnotes>", paragraph("注"))),
        (
            "word/_rels/document.xml.rels",
            format!("<Relationships>{}</Relationships>", ["numbering", "styles", "footnotes"].map(relation).concat()),
        ),
    ];
    archive(&own.map(|(name, text)| (name.to_owned(), text.into_bytes())))
}

fn sheet() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.merge_range(0, 0, 0, 2, "任务分解表", &rust_xlsxwriter::Format::new()).expect("a title");
    for (column, (heading, words)) in
        [("任务", "完成泵站检修"), ("责任单位", "市水务局"), ("完成时限", "6月底前")].into_iter().enumerate()
    {
        sheet.write(1, column as u16, heading).expect("a heading");
        sheet.write(2, column as u16, words).expect("a cell");
        sheet.write(3, column as u16, 46_112).expect("a number");
    }
    workbook.save_to_buffer().expect("a workbook")
}

fn mutate(dice: &mut Dice, bytes: &mut Vec<u8>) {
    const PIECES: [&[u8]; 12] = [
        b"<",
        b">",
        b"&#xD800;",
        b"&#xFFFD;",
        b"&a;",
        b"4294967295",
        b"-1",
        b"\"",
        b"<w:p>",
        b"<!DOCTYPE a>",
        b"</w:tc>",
        b"\xEE\x80\x80",
    ];
    for _ in 0..1 + dice.roll(4) {
        let at = dice.roll(bytes.len());
        match dice.roll(7) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.roll(8),
            1 if !bytes.is_empty() => bytes[at] = dice.roll(256) as u8,
            2 => bytes.truncate(at),
            3 => {
                let end = (at + dice.roll(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            4 => {
                let end = (at + dice.roll(200)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            _ => {
                let piece = PIECES[dice.roll(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
}

fn check(bytes: &[u8], format: Format) {
    let began = now();
    if let Ok(text) = canonical(bytes, format) {
        let is_lost = |c: char| c == '\u{FFFD}' || ('\u{E000}'..='\u{F8FF}').contains(&c) || c >= '\u{F0000}';
        assert!(!text.contains(is_lost), "{format:?}");
        let length = text.chars().count();
        assert!(text.places().windows(2).all(|pair| pair[0].start < pair[1].start));
        assert!(text.places().iter().all(|place| place.start < length));
        for directive in read(&text, &Profile::default()).directives {
            assert!(place(text.places(), directive.start).is_some(), "{format:?}: {}", directive.text);
        }
    }
    assert!(began.elapsed() < LONGEST, "{format:?} took {:?}", began.elapsed());
}

fn mutations(count: usize) {
    let page = format!(
        "<html><meta charset=gbk><div class=nav><a>首页</a></div><div id=zoom><p>{}</p><table><tr><td rowspan=2>任务</td><td colspan=3>责任单位</td></tr>\
         <tr><td>甲</td></tr></table></div></html>",
        TEXT.replace('\n', "<p>")
    );
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let utf16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut dice = Dice(11);
    for (format, sound) in [
        (Format::Text, gb(TEXT)),
        (Format::Text, utf16),
        (Format::Markdown, TEXT.as_bytes().to_vec()),
        (Format::Html, gb(&page)),
        (Format::Docx, word()),
        (Format::Xlsx, sheet()),
    ] {
        canonical(&sound, format).expect("sound before it is mutated");
        let is_archive = matches!(format, Format::Docx | Format::Xlsx);
        let whole = if is_archive { parts(&sound) } else { vec![] };
        for case in 0..count {
            let bytes = if is_archive && case % 4 > 0 {
                let mut parts = whole.clone();
                let part = dice.roll(parts.len());
                mutate(&mut dice, &mut parts[part].1);
                archive(&parts)
            } else {
                let mut bytes = sound.clone();
                mutate(&mut dice, &mut bytes);
                bytes
            };
            check(&bytes, format);
        }
    }
}

#[test]
fn ten_thousand_mutations_of_each_kind_of_file_are_read_or_refused() {
    mutations(10_000);
}
