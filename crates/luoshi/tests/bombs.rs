//! Files made to fill memory and time, given to the reader as a process of its own: each is answered within 256 MB of
//! address space and five seconds of the processor, and what is left of the limits is the machine's.

use std::io::{Cursor, Write as _};
use std::process::{Command, Stdio};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What the reader answers where it may have no more than that.
fn answer(question: &str, file: &[u8]) -> String {
    let limited = format!("ulimit -v {}; ulimit -t 5; exec \"$0\" read-worker", 256 << 10);
    let mut command = Command::new("sh");
    command.args(["-c", &limited, env!("CARGO_BIN_EXE_luoshi")]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut reader = command.stderr(Stdio::piped()).spawn().expect("a shell");
    let mut input = reader.stdin.take().expect("piped");
    let given = [question.as_bytes(), b"\n", file].concat();
    // A reader that has seen enough does not take the rest.
    let writer = std::thread::spawn(move || drop(input.write_all(&given)));
    let ended = reader.wait_with_output().expect("it ends");
    writer.join().expect("it is told");
    assert!(ended.status.success(), "{}: {}", ended.status, String::from_utf8_lossy(&ended.stderr));
    String::from_utf8_lossy(&ended.stdout).into_owned()
}

fn workbook(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{TYPES}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let targets = format!(
        "<Relationships><Relationship Id=\"s\" Type=\"{TYPES}/worksheet\" Target=\"sheet1.xml\"/>\
         <Relationship Id=\"t\" Type=\"{TYPES}/sharedStrings\" Target=\"shared.xml\"/></Relationships>"
    );
    let book = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>";
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let fixed = [("_rels/.rels", relations.into_bytes()), ("xl/workbook.xml", book.into())];
    for (name, bytes) in fixed.iter().chain([&("xl/_rels/workbook.xml.rels", targets.into_bytes())]).chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default().compression_level(Some(1))).expect("a part");
        zip.write_all(bytes).expect("its text");
    }
    zip.finish().expect("an archive").into_inner()
}

/// Each row: the sheet, the texts that it shares, and the answer.
#[test]
fn a_workbook_made_to_fill_memory_or_time_is_refused_in_little_of_both() {
    let sheet = |rows: &str| format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").into_bytes();
    let one = || sheet("<row><c t=\"inlineStr\"><is><t>a</t></is></c></row>");
    let share = |texts: &str| format!("<sst>{texts}</sst>").into_bytes();
    let laughs = |tail: &str| {
        let mut text = "<!DOCTYPE sst [<!ENTITY a0 \"ha\">".to_owned();
        for n in 1..30 {
            text.push_str(&format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)));
        }
        format!("{text}]><sst><si><t>&a29;</t></si></sst>{tail}").into_bytes()
    };
    let table: Vec<(&str, Vec<u8>, Vec<u8>, &str)> = vec![
        ("one text without end", sheet(&"0".repeat(64 << 20)), share(""), "bomb"),
        ("blanks without end", [one(), vec![b' '; 600 << 20]].concat(), share(""), "bomb"),
        ("entities within entities", one(), laughs(""), "entities"),
        (
            "an entity from outside",
            one(),
            b"<!DOCTYPE s [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><sst><si><t>&x;</t></si></sst>".to_vec(),
            "entities",
        ),
        (
            "one long text in every cell",
            sheet(&format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(64)).repeat(400)),
            share(&format!("<si><t>{}</t></si>", "x".repeat(32_000))),
            "too-large",
        ),
        ("shared texts without end", one(), share(&"<si><t/></si>".repeat(3_000_000)), "too-large"),
        (
            "cells without end",
            sheet(&"<row><c><v>1</v></c><c><v>2</v></c></row>".repeat(2_000_000)),
            share(""),
            "too-large",
        ),
        ("elements within elements", sheet(&"<a>".repeat(5_000_000)), share(""), "damaged"),
    ];
    for (what, sheet, shared, code) in table {
        let file = workbook(&[("xl/sheet1.xml", sheet), ("xl/shared.xml", shared)]);
        assert!(file.len() < 32 << 20, "{what}: {} bytes are refused by their length", file.len());
        let said = answer("{\"workbook\":{\"kind\":\"xlsx\",\"wanted\":\"outline\"}}", &file);
        assert!(said.contains(&format!("{{\"unread\":\"{code}\"}}")), "{what}: {}", &said[..said.len().min(200)]);
    }
}

/// Every entry of the directory names the same bytes: small to send, and as often unfolded as it is named.
#[test]
fn parts_that_overlap_are_counted_each_time() {
    let file = workbook(&[("xl/sheet1.xml", vec![b' '; 300 << 20]), ("xl/shared.xml", vec![b' '; 300 << 20])]);
    let said = answer("{\"workbook\":{\"kind\":\"xlsx\",\"wanted\":\"outline\"}}", &file);
    assert!(said.contains("{\"unread\":\"bomb\"}"), "{said}");
}

/// Each row: the body of a Word document, its numbering, and the answer.
#[test]
fn a_word_document_made_to_fill_memory_or_time_is_refused_in_little_of_both() {
    const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let body = |inner: &str| format!("<w:document {WORD}><w:body>{inner}</w:body></w:document>").into_bytes();
    let numbering = |inner: &str| format!("<w:numbering {WORD}>{inner}</w:numbering>").into_bytes();
    let cells = |row: &str| body(&format!("<w:tbl>{}</w:tbl>", row.repeat(100_000)));
    let deep = |open: &str| body(&open.repeat(3_000_000 / open.len()));
    let list = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"4294967295\"/><w:numFmt w:val=\"lowerLetter\"/>\
        <w:lvlText w:val=\"%1%1%1%1%1%1%1%1\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    let item = "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>";
    let laughs = format!("<!DOCTYPE d [<!ENTITY a \"{}\">]>", "ha".repeat(100));
    let table: Vec<(&str, Vec<u8>, Vec<u8>, &str)> = vec![
        ("one text without end", body(&format!("<w:p><w:r><w:t>{}", "0".repeat(64 << 20))), numbering(""), "too-much"),
        ("blanks without end", [body(""), vec![b' '; 200 << 20]].concat(), numbering(""), "too-much"),
        ("entities", [laughs.as_bytes(), &body("&a;")].concat(), numbering(""), "entities"),
        ("entities of the numbering", body(item), [laughs.as_bytes(), &numbering(list)].concat(), "entities"),
        ("paragraphs without end", body(&"<w:p/>".repeat(9_000_000)), numbering(""), "too-large"),
        ("elements without end", body(&format!("<w:p>{}", "<w:r/>".repeat(9_000_000))), numbering(""), "too-large"),
        ("elements within elements", deep("<w:ins>"), numbering(""), "too-deep"),
        ("tables within tables", deep("<w:tbl><w:tr><w:tc>"), numbering(""), "too-deep"),
        ("formulas within formulas", deep("<w:p><w:r><w:drawing>"), numbering(""), "too-deep"),
        (
            "a cell merged over all rows",
            cells(&format!(
                "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc/></w:tr>",
                "x".repeat(900)
            )),
            numbering(""),
            "too-large",
        ),
        (
            "rows as wide as they can be",
            cells(
                "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"64\"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc/></w:tr>",
            ),
            numbering(""),
            "too-large",
        ),
        ("a number as long as it can be", body(&item.repeat(100_000)), numbering(list), "too-large"),
        ("lists without end", body(item), numbering(&"<w:num w:numId=\"1\"/>".repeat(4_000_000)), "read"),
    ];
    for (what, body, numbering, answered) in table {
        let file = document(&[("word/document.xml", body), ("word/numbering.xml", numbering)]);
        assert!(file.len() < 8 << 20, "{what}: {} bytes are refused by their length", file.len());
        let said = answer("{\"document\":{\"format\":\"docx\",\"profile\":{\"units\":[]}}}", &file);
        let is_so = if answered == "read" {
            said.starts_with("{\"text\"")
        } else {
            said == format!("{{\"error\":\"{answered}\"}}")
        };
        assert!(is_so, "{what}: {}", &said[..said.len().min(200)]);
    }
}

fn document(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let targets = format!(
        "<Relationships><Relationship Id=\"n\" Type=\"{TYPES}/numbering\" Target=\"numbering.xml\"/></Relationships>"
    );
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in [("word/_rels/document.xml.rels", targets.into_bytes())].iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default().compression_level(Some(1))).expect("a part");
        zip.write_all(bytes).expect("its text");
    }
    zip.finish().expect("an archive").into_inner()
}

/// As a document, a workbook is written out: what is merged, as often as it is seen.
#[test]
fn a_task_sheet_made_to_fill_memory_or_time_is_refused_in_little_of_both() {
    let rows = "<row><c t=\"inlineStr\"><is><t>a</t></is></c><c t=\"inlineStr\"><is><t>b</t></is></c></row>";
    let long = format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "x".repeat(30_000));
    for (what, sheet, answered) in [
        ("cells without end", format!("<sheetData>{}</sheetData>", rows.repeat(110_000)), "too-large"),
        (
            "a long text over many rows",
            format!(
                "<sheetData>{long}{}</sheetData><mergeCells><mergeCell ref=\"A1:A90000\"/></mergeCells>",
                rows.repeat(80_000)
            ),
            "too-large",
        ),
        ("elements within elements", "<sheetData>".repeat(300_000), "broken"),
    ] {
        let sheet = format!("<worksheet>{sheet}</worksheet>").into_bytes();
        let file = workbook(&[("xl/sheet1.xml", sheet), ("xl/shared.xml", b"<sst/>".to_vec())]);
        let said = answer("{\"document\":{\"format\":\"xlsx\",\"profile\":{\"units\":[]}}}", &file);
        assert_eq!(said, format!("{{\"error\":\"{answered}\"}}"), "{what}");
    }
}

/// The longest file that is read, in each encoding, and what is in none.
#[test]
fn a_text_is_decoded_in_little_time_whatever_its_bytes() {
    for (what, unit) in [
        ("GB 18030", b"\xCA\xD0\xD5\xFE\xB8\xAE".as_slice()),
        ("four bytes", b"\x81\x30\x81\x30"),
        ("lead bytes", b"\xFE"),
        ("half of UTF-16", b"\x4E\x00"),
        ("zeros", b"\0"),
        ("lines", b"a\n"),
    ] {
        let file = unit.repeat((8 << 20) / unit.len());
        let said = answer("{\"document\":{\"format\":\"text\",\"profile\":{\"units\":[]}}}", &file);
        assert!(said.starts_with("{\"error\""), "{what}: {}", &said[..said.len().min(200)]);
    }
}

#[test]
fn a_page_made_to_fill_memory_or_time_is_answered_in_little_of_both() {
    let most = 4 << 20;
    let deep = "<center>".repeat(500);
    for (what, unit) in [
        ("elements within elements", "<div>"),
        ("paragraphs deep within", "<p>a"),
        ("ends of what was never begun", "</table>"),
        ("cells over many rows", "<table><tr><td rowspan=64 colspan=64>a</table>"),
        ("links", "<ul><li><a>a</a>"),
        ("main parts within main parts", "<main>"),
        ("character references", "&amp;&#x4e00;"),
        ("tables", "<table><tr><td>"),
        ("an attribute", "<p a=b "),
        ("a comment", "<!--"),
    ] {
        for around in ["", &deep] {
            let page = around.to_owned() + &unit.repeat(most / unit.len());
            let said = answer("{\"document\":{\"format\":\"html\",\"profile\":{\"units\":[]}}}", page.as_bytes());
            assert!(said.starts_with('{'), "{what}: {said}");
        }
    }
}

/// Each row: the objects of a PDF after its catalog (1) and its pages (2), and the answer. `sources/tests/pdf/hostile.rs` holds
/// more, within one process.
#[test]
fn a_pdf_made_to_fill_memory_or_time_is_refused_in_little_of_both() {
    let stream = |dict: &str, bytes: &[u8]| {
        [format!("<< /Length {} {dict} >>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
    };
    let page = |contents: usize| format!("<< /Type /Page /Parent 2 0 R /Contents {contents} 0 R >>").into_bytes();
    let blanks = vec![b' '; 31 << 20];
    let long = vec![b' '; 7 << 20];
    let forms: Vec<Vec<u8>> = (0..11)
        .map(|no| {
            let next = no + 5;
            stream(
                &format!("/Subtype /Form /Resources << /XObject << /A {next} 0 R >> >>"),
                "/A Do ".repeat(10).as_bytes(),
            )
        })
        .collect();
    let lines: String = (0..1_900).map(|no| format!("{no} 0 m {no} 800 l S 0 {no} m 500 {no} l S\n")).collect();
    let table: Vec<(&str, Vec<Vec<u8>>, usize, &str)> = vec![
        ("a stream that unpacks to blanks, on every page", vec![page(4), deflated(&blanks)], 20, "too-much"),
        ("a long stream, on every page", vec![page(4), stream("", &long)], 2_000, "too-much"),
        (
            "forms in forms",
            [
                vec![
                    b"<< /Type /Page /Parent 2 0 R /Contents 15 0 R /Resources << /XObject << /A 4 0 R >> >> >>"
                        .to_vec(),
                ],
                forms,
                vec![stream("", b"/A Do")],
            ]
            .concat(),
            1,
            "too-much",
        ),
        ("lines across each other, on every page", vec![page(4), stream("", lines.as_bytes())], 60, "no-text"),
        ("brackets in brackets", vec![page(4), stream("", &b"[".repeat(7 << 20))], 1, "no-text"),
    ];
    for (what, objects, pages, code) in table {
        let file = pdf(&objects, pages);
        assert!(file.len() < 8 << 20, "{what}: {} bytes are refused by their length", file.len());
        let said = answer("{\"document\":{\"format\":\"pdf\",\"profile\":{\"units\":[]}}}", &file);
        assert_eq!(said, format!("{{\"error\":\"{code}\"}}"), "{what}");
    }
}

/// A stream that was packed.
fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    zip.start_file("a", SimpleFileOptions::default().compression_level(Some(9))).expect("a part");
    zip.write_all(bytes).expect("its text");
    let zip = zip.finish().expect("an archive").into_inner();
    // Between the header of the one part, with its name, and the directory lies what a PDF calls FlateDecode.
    let (start, end) = (31, zip.windows(4).rposition(|four| four == b"PK\x01\x02").expect("a directory"));
    let packed = &zip[start..end];
    [format!("<< /Filter /FlateDecode /Length {} >>\nstream\n", packed.len()).as_bytes(), packed, b"\nendstream"]
        .concat()
}

/// A PDF whose first object after catalog and pages is a page, shown so often by as many objects.
fn pdf(objects: &[Vec<u8>], pages: usize) -> Vec<u8> {
    let last = 2 + objects.len();
    let kids: String = (0..pages).map(|no| format!("{} 0 R ", if no == 0 { 3 } else { last + no })).collect();
    let mut out = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n".to_vec();
    out.extend(format!("2 0 obj\n<< /Type /Pages /Count {pages} /Kids [{kids}] >>\nendobj\n").bytes());
    for (no, object) in (3..).zip(objects) {
        out.extend(format!("{no} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    for no in 1..pages {
        out.extend(format!("{} 0 obj\n", last + no).bytes());
        out.extend(&objects[0]);
        out.extend(b"\nendobj\n");
    }
    out.extend(b"trailer << /Root 1 0 R >>");
    out
}

/// As `sources/tests/mutated.rs` does by the ten thousand within one process, here each in one of its own.
#[test]
fn a_mutated_document_is_answered_within_the_same_limits() {
    let text = "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>The Water Bureau shall dredge the outfall by 1 May.</w:t></w:r></w:p>";
    let body = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{}</w:body></w:document>",
        text.repeat(20)
    );
    let sheet = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>任务</t></is></c></row></sheetData></worksheet>";
    let (mut dice, mut read) = (3u64, 0);
    let mut roll = |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) as usize % sides
    };
    for case in 0..120 {
        let mut part = if case % 2 == 0 { body.clone().into_bytes() } else { sheet.into() };
        let at = roll(part.len());
        match roll(4) {
            0 => part[at] = roll(256) as u8,
            1 => part[at] = b'7',
            2 => drop(part.drain(at..(at + roll(9)).min(part.len()))),
            _ => drop(part.splice(at..at, b"<w:tbl>".iter().copied())),
        }
        let (format, file) = match case % 2 {
            0 => ("docx", document(&[("word/document.xml", part)])),
            _ => ("xlsx", workbook(&[("xl/sheet1.xml", part), ("xl/shared.xml", b"<sst/>".to_vec())])),
        };
        let said = answer(&format!("{{\"document\":{{\"format\":\"{format}\",\"profile\":{{\"units\":[]}}}}}}"), &file);
        assert!(said.starts_with("{\"text\"") || said.starts_with("{\"error\""), "{format} {case}: {said}");
        read += usize::from(said.starts_with("{\"text\""));
    }
    assert!((1..120).contains(&read), "{read} were read");
}
