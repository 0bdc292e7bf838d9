//! Plain text read on one core, in megabytes a second: communiqués and minutes, then text that is made to be slow; and
//! before that, files of forty pages, in milliseconds from their bytes to what they propose.
//!
//! `cargo bench -p sources --bench read`. What is made to be slow must cost per byte about what prose costs: a shape
//! whose rate falls from half a megabyte to two is not read in linear time.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::time::Instant;

use sources::{Format, Profile, canonical, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

/// The seconds this thread has worked, where the kernel tells; others may use the processor too.
fn worked() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}

fn seconds<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let (began, before) = (now(), worked());
    let done = work();
    let seconds = match (before, worked()) {
        (Some(before), Some(after)) if after > before => after - before,
        _ => began.elapsed().as_secs_f64(),
    };
    (seconds, done)
}

fn rate(text: &str) -> (f64, usize) {
    let (seconds, found) = seconds(|| read(text, &Profile::default()).directives.len());
    (text.len() as f64 / 1e6 / seconds, found)
}

/// So many characters stand on a page of a Chinese official document: 22 lines of 28.
const PAGE: usize = 22 * 28;

/// A Word document of forty such pages: numbered paragraphs in runs as a word processor cuts them, and a table on each.
fn forty_pages(prose: &str) -> Vec<u8> {
    const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut body = String::new();
    let run = |text: &str| {
        format!(
            "<w:r w:rsidRPr=\"00A77B3E\"><w:rPr><w:rFonts w:ascii=\"仿宋\" w:eastAsia=\"仿宋\" w:hint=\"eastAsia\"/><w:sz w:val=\"32\"/></w:rPr>\
             <w:t xml:space=\"preserve\">{text}</w:t></w:r>"
        )
    };
    let mut lines = prose.lines().filter(|line| !line.trim().is_empty() && !line.contains(['<', '&'])).cycle();
    for _page in 0..40 {
        let mut left = PAGE;
        while let Some(line) = lines.next().filter(|_| left > 0) {
            left = left.saturating_sub(line.chars().count());
            let characters: Vec<char> = line.chars().collect();
            let runs: String = characters.chunks(12).map(|piece| run(&piece.iter().collect::<String>())).collect();
            write!(
                body,
                "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{runs}</w:p>"
            )
            .expect("a string takes all");
        }
        body.push_str("<w:tbl>");
        for row in [["工作任务", "责任单位", "完成时限"], ["完成泵站检修", "市水务局", "6月底前"]]
        {
            let cells: String = row.iter().map(|cell| format!("<w:tc><w:p>{}</w:p></w:tc>", run(cell))).collect();
            write!(body, "<w:tr>{cells}</w:tr>").expect("a string takes all");
        }
        body.push_str("</w:tbl>");
    }
    let numbering = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
        <w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for (name, text) in [
        ("word/document.xml", format!("<w:document {WORD}><w:body>{body}</w:body></w:document>")),
        ("word/numbering.xml", format!("<w:numbering {WORD}>{numbering}</w:numbering>")),
        (
            "word/_rels/document.xml.rels",
            format!(
                "<Relationships><Relationship Id=\"n\" Type=\"{TYPES}/numbering\" Target=\"numbering.xml\"/></Relationships>"
            ),
        ),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("its text");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A text of about `bytes` bytes, out of the same piece again and again.
fn of(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len() + 1)
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/communiques");
    let mut prose = [String::new(), String::new()];
    let mut names: Vec<_> =
        std::fs::read_dir(folder).expect("the texts").map(|entry| entry.expect("one").path()).collect();
    names.sort();
    for path in names.iter().filter(|path| path.extension().is_some_and(|kind| kind == "txt")) {
        let text = std::fs::read_to_string(path).expect("a text");
        prose[usize::from(path.to_string_lossy().contains("_en_"))] += &(text + "\n\n");
    }
    let file = forty_pages(&prose[0]);
    let mut times: Vec<(f64, usize)> = (0..9)
        .map(|_| {
            seconds(|| {
                let text = canonical(&file, Format::Docx).expect("a document");
                read(&text, &Profile::default()).directives.len()
            })
        })
        .collect();
    times.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (median, found) = times[4];
    println!("{:<28} {:>7.1} ms  {found} found", "forty pages as .docx", median * 1e3);
    for (name, text) in [("communiqués in Chinese", &prose[0]), ("minutes in English", &prose[1])] {
        let text = of(text, 2_000_000);
        let mut rates: Vec<f64> = (0..3).map(|_| rate(&text).0).collect();
        rates.sort_by(f64::total_cmp);
        println!("{name:<28} {:>7.1} MB/s", rates[1]);
    }
    let zh = "会议要求，市水务局要在6月30日前完成清淤";
    let en = "the Clerk should write to the owner by 30 June and ";
    for (name, piece) in [
        ("one line in Chinese", zh),
        ("one line in English", en),
        ("commas", ","),
        ("Chinese commas", "，"),
        ("clauses of one word", "要，"),
        ("modals", "要"),
        ("modals in English", "should "),
        ("opening brackets", "（"),
        ("brackets", "（）"),
        ("opening quotations", "“"),
        ("offices", "市水务局、"),
        ("offices without marks", "市水务局"),
        ("numbers", "1"),
        ("Chinese numbers", "一千"),
        ("times", "6月30日前"),
        ("by by by", "by "),
        ("that that that", "that "),
        ("names", "Alan Bell and "),
        ("motions", "Moved by Bell, seconded by Marsh to buy a pump. "),
        ("motions on lines", "Moved Bell Seconded Marsh\nThat Council:\n1. Buys a pump\n"),
        ("lines", "a\n"),
        ("short lines of orders", "Clerk to write\n"),
        ("columns", "a|b|"),
        ("rows", "Action | Owner\nwrite | Clerk\n"),
        ("labels", "责任单位：市水务局 "),
        ("full stops", ". "),
        ("initials", "A. "),
        ("colons", "："),
        ("items", "一是"),
        ("by whom", "由市水务局"),
        ("speakers without orders", "会议要求，"),
        ("decisions in one line", "会议决定抓好工作。"),
        ("cases", "要是"),
        ("quotations that judge", "“就是"),
        ("work handed over", "此项工作由"),
        ("asked again and again", "请县信访局"),
        ("labels above", "责任单位：市水务局\n"),
        ("items with days", "1.5月底前"),
        ("tabs", "\t"),
    ] {
        let (small, _) = rate(&of(piece, 500_000));
        let (large, found) = rate(&of(piece, 2_000_000));
        println!("{name:<28} {small:>7.1} MB/s {large:>7.1} MB/s  {found} found");
    }
}
