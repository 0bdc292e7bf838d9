//! Files made to fill memory, to take for ever or to break the reader.

use std::time::{Duration, Instant};

use super::read;
use super::writer::{Pdf, deflate, han, hex, latin};

/// What a file may take; the machine may be busy, and the reader's own limit is a fifth of this.
const MOST: Duration = Duration::from_secs(25);

#[allow(clippy::disallowed_methods, reason = "a test of how long something takes")]
fn in_time(name: &str, bytes: &[u8]) -> Result<String, &'static str> {
    let began = Instant::now();
    let read = read(bytes);
    assert!(began.elapsed() < MOST, "{name} took {:?}", began.elapsed());
    read
}

/// Nulls, packed so well that a megabyte of them is a kilobyte.
fn bomb(bytes: usize) -> Vec<u8> {
    use std::io::Write as _;
    let mut out = flate2::write::ZlibEncoder::new(vec![], flate2::Compression::best());
    let block = vec![b' '; 1 << 20];
    for _ in 0..bytes >> 20 {
        out.write_all(&block).expect("memory");
    }
    out.finish().expect("memory")
}

#[test]
fn bombs_in_filters() {
    let one = bomb(200 << 20);
    let mut pdf = Pdf::new();
    let fonts = pdf.fonts();
    let packed = pdf.stream("/Filter /FlateDecode", &one);
    let page = pdf.page(&fonts, "");
    pdf.replace(page, format!("<< /Type /Page /Contents {packed} 0 R >>"));
    assert_eq!(in_time("flate", &pdf.finish()), Err("too-much"));
    // Many that are each allowed, and together are not.
    let small = bomb(30 << 20);
    let mut pdf = Pdf::new();
    for _ in 0..20 {
        let packed = pdf.stream("/Filter /FlateDecode", &small);
        let page = pdf.page("", "");
        pdf.replace(page, format!("<< /Type /Page /Contents {packed} 0 R >>"));
    }
    assert_eq!(in_time("many", &pdf.finish()), Err("too-much"));
    // Packed again and again.
    let mut pdf = Pdf::new();
    let mut bytes = latin(90.0, 700.0, "text").into_bytes();
    for _ in 0..20 {
        bytes = deflate(&bytes);
    }
    let packed = pdf.stream(&format!("/Filter [{}]", "/Fl ".repeat(20)), &bytes);
    let page = pdf.page("", "");
    pdf.replace(page, format!("<< /Type /Page /Contents {packed} 0 R >>"));
    assert_eq!(in_time("nested", &pdf.finish()), Err("broken"));
}

#[test]
fn trees_that_bite_their_tail_and_forms_in_themselves() {
    let mut pdf = Pdf::new();
    let fonts = pdf.fonts();
    let page = pdf.page(&fonts, latin(90.0, 700.0, "text"));
    pdf.replace(2, format!("<< /Type /Pages /Count 9 /Kids [2 0 R {page} 0 R 2 0 R {page} 0 R] >>"));
    assert_eq!(in_time("tree", &pdf.finish()).as_deref(), Ok("text"));

    let mut pdf = Pdf::new();
    let fonts = pdf.fonts();
    let next = 6;
    let form = pdf.stream(
        &format!("/Type /XObject /Subtype /Form /Resources << {fonts} /XObject << /A {next} 0 R >> >>"),
        b"/A Do /A Do",
    );
    pdf.page(&format!("{fonts} /XObject << /A {form} 0 R >>"), latin(90.0, 700.0, "text") + "/A Do");
    assert_eq!(in_time("form", &pdf.finish()).as_deref(), Ok("text"));

    // Each form draws the next ten times.
    let mut pdf = Pdf::new();
    let fonts = pdf.fonts();
    let mut form = pdf.stream("/Type /XObject /Subtype /Form", b"");
    for _ in 0..11 {
        form = pdf.stream(
            &format!("/Type /XObject /Subtype /Form /Resources << /XObject << /A {form} 0 R >> >>"),
            "/A Do ".repeat(10).as_bytes(),
        );
    }
    pdf.page(&format!("{fonts} /XObject << /A {form} 0 R >>"), "/A Do");
    assert_eq!(in_time("forms", &pdf.finish()), Err("too-much"));
}

#[test]
fn lengths_and_references_in_circles() {
    for circle in
        ["/Length 3 0 R", "/Length 4 0 R", "/Length 5 1 R /Filter 3 0 R", "/Filter [3 0 R 3 0 R] /DecodeParms 3 0 R"]
    {
        let file = format!(
            "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Kids [6 0 R] >>\nendobj\n\
             3 0 obj\n<< {circle} >>\nstream\nx\nendstream\nendobj\n4 0 obj\n4 0 R\nendobj\n5 0 obj\n6 0 R\nendobj\n\
             6 0 obj\n<< /Type /Page /Contents 3 0 R /Resources 6 0 R >>\nendobj\ntrailer << /Root 1 0 R >>"
        );
        assert!(in_time(circle, file.as_bytes()).is_err());
    }
    let tables =
        "%PDF-1.4\n1 0 obj\n<< >>\nendobj\nxref\n0 0\ntrailer\n<< /Root 1 0 R /Prev 33 >>\nstartxref\n33\n%%EOF";
    assert_eq!(in_time("tables", tables.as_bytes()), Err("broken"));
}

#[test]
fn nests_numbers_and_tables_without_end() {
    let deep = format!("%PDF-1.4\n1 0 obj\n{}", "[".repeat(4_000_000));
    assert_eq!(in_time("deep", deep.as_bytes()), Err("broken"));
    let deep = Pdf::of(&format!("{} {}", "[".repeat(1_000_000), latin(90.0, 700.0, "text")));
    assert!(
        in_time("deep contents", &deep).is_ok_and(|text| text == "text") || in_time("deep contents", &deep).is_err()
    );
    let table = format!("%PDF-1.4\nxref\n0 4294967295\n{}", "0000000000 65535 f \n".repeat(100));
    assert!(in_time("table", table.as_bytes()).is_err());
    // Each of many streams looks for its end in vain.
    let streams: String = (1..100_000).map(|no| format!("{no} 0 obj <</Length 9>> stream\nobj\n")).collect();
    assert!(in_time("streams", format!("%PDF-1.4\n{streams}").as_bytes()).is_err());
    let dictionaries = format!("%PDF-1.4\n1 0 obj\n<<{}>>\nendobj\ntrailer <</Root 1 0 R>>", "/A 1".repeat(1_000_000));
    assert!(in_time("dictionary", dictionaries.as_bytes()).is_err());
}

#[test]
fn pages_of_any_size_and_operators_without_end() {
    let mut pdf = Pdf::new();
    let fonts = pdf.fonts();
    pdf.page_with(
        "/MediaBox [-99999999999999999999 -1 99999999999999999999 999999999999]",
        &fonts,
        latin(90.0, 700.0, "text") + &latin(900_000_000.0, 700.0, "far") + &latin(90.0, 900_000.0, "high"),
    );
    assert!(in_time("size", &pdf.finish()).is_ok_and(|text| text.contains("text")));
    assert_eq!(in_time("operators", &Pdf::of(&"q Q ".repeat(1_900_000))), Err("no-text"));
    let form = |repeat: usize| {
        let mut pdf = Pdf::new();
        let fonts = pdf.fonts();
        let form = pdf.stream("/Type /XObject /Subtype /Form", "q Q ".repeat(100_000).as_bytes());
        pdf.page(&format!("{fonts} /XObject << /A {form} 0 R >>"), "/A Do ".repeat(repeat));
        pdf.finish()
    };
    assert_eq!(in_time("operators in forms", &form(1000)), Err("too-much"));
    // Letters in one place, lines across each other, marks that never end.
    let pile = format!("BT /F 10 Tf 90 700 Td 0 Tz ({}) Tj ET", "ab".repeat(400_000));
    let _ = in_time("pile", &Pdf::of(&pile));
    let lines: String =
        (0..100_000).map(|no| format!("{} 0 m {} 800 l S 0 {no} m 500 {no} l S\n", no % 500, no % 499)).collect();
    assert_eq!(in_time("lines", &Pdf::of(&lines)), Err("no-text"));
    let lines: String = (0..1_900).map(|no| format!("{no} 0 m {no} 800 l S 0 {no} m 500 {no} l S\n")).collect();
    let pages: Vec<String> = (0..60).map(|_| lines.clone()).collect();
    assert!(in_time("crossing lines", &Pdf::of_pages(&pages)).is_err());
    let marks = "/Artifact << /Type /Pagination >> BDC ".repeat(100_000) + &latin(90.0, 700.0, &"text ".repeat(10_000));
    assert_eq!(in_time("marks", &Pdf::of(&marks)), Err("no-text"));
    let paths = "0 0 m ".repeat(1_000_000);
    assert_eq!(in_time("paths", &Pdf::of(&paths)), Err("no-text"));
    let pictures = "BI ID EI".repeat(500_000);
    assert_eq!(in_time("pictures", &Pdf::of(&pictures)), Err("no-text"));
}

#[test]
fn maps_and_fonts_without_end() {
    let map = |text: String| {
        let mut pdf = Pdf::new();
        let map = pdf.stream("", text.as_bytes());
        let font = pdf.chinese("Identity-H", "GB1", &format!("/ToUnicode {map} 0 R"));
        pdf.page(&format!("/Font << /H {font} 0 R >>"), "BT /H 16 Tf 90 700 Td <09EF> Tj ET");
        pdf.finish()
    };
    // A map that nobody could mean is none; the collection says what the glyph is.
    let many = map(format!("1 beginbfchar {} endbfchar", "<0001> <0041> ".repeat(300_000)));
    assert_eq!(in_time("map", &many).as_deref(), Ok("力"));
    let wide = map("<00000000> <FFFFFFFF> <0000> endbfrange ".repeat(1000));
    assert!(in_time("wide map", &wide).is_ok());
    let long = map(format!("1 beginbfchar <09EF> <{}> endbfchar", "0041".repeat(100_000)));
    assert_eq!(in_time("long", &long).as_deref(), Ok("力"));
    let mut pdf = Pdf::new();
    let fonts: String = (0..3_000).map(|no| format!("/F{no} << /Type /Font /Subtype /Type1 >> ")).collect();
    let shown: String = (0..3_000).map(|no| format!("/F{no} 9 Tf ")).collect();
    pdf.page(&format!("/Font << {fonts} >>"), shown);
    assert_eq!(in_time("fonts", &pdf.finish()), Err("too-much"));
}

/// A file with something of everything.
fn seeds() -> Vec<Vec<u8>> {
    let mut pdf = Pdf::new();
    let fonts = pdf.fonts();
    let map = pdf.stream(
        "",
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0001> <0005> <6E05> endbfrange",
    );
    let other = pdf.chinese("Identity-H", "GB1", &format!("/ToUnicode {map} 0 R"));
    let fonts = fonts.replace(">>", &format!("/G {other} 0 R >>"));
    let form = pdf.stream(
        &format!("/Type /XObject /Subtype /Form /Resources << {fonts} >>"),
        latin(90.0, 300.0, "form").as_bytes(),
    );
    let grid = super::writer::grid(&[90.0, 200.0, 300.0], &[500.0, 470.0, 440.0]);
    let text = han(90.0, 700.0, "清禾市会议纪要")
        + &latin(90.0, 650.0, "text")
        + &grid
        + &latin(95.0, 480.0, "cell")
        + "/Fm Do BT /G 9 Tf <00010002> Tj ET";
    let contents = pdf.stream("/Filter [/AHx /Fl]", hex(&deflate(text.as_bytes())).as_bytes());
    let page = pdf.page(&fonts, "");
    pdf.replace(page, format!("<< /Type /Page /Parent 2 0 R /Rotate 0 /Resources << {fonts} /XObject << /Fm {form} 0 R >> >> /Contents {contents} 0 R >>"));
    vec![pdf.finish(), pdf.finish_packed(), Pdf::of(&text)]
}

#[test]
fn broken_files_break_nothing() {
    broken_files(2_000);
}

#[test]
#[ignore = "takes a while: `cargo test -p sources --release -- --ignored`"]
fn ten_thousand_broken_files_break_nothing() {
    broken_files(10_000);
}

/// Bytes changed, taken out, put in and said twice, by numbers that are the same each time.
fn broken_files(cases: usize) {
    let seeds = seeds();
    assert!(seeds[..2].iter().all(|seed| read(seed).is_ok()));
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    const WORDS: [&[u8]; 16] = [
        b"<<",
        b">>",
        b"[",
        b"]",
        b"(",
        b"obj",
        b"endobj",
        b"stream",
        b"endstream",
        b" 0 R",
        b"-1",
        b"99999999999",
        b"/Length",
        b"/Kids",
        b"\0",
        b"trailer",
    ];
    for round in 0..cases {
        let mut bytes = seeds[round % seeds.len()].clone();
        for _ in 0..=random(8) {
            let at = random(bytes.len());
            let end = (at + random(40)).min(bytes.len());
            match random(5) {
                0 => bytes[at] = random(256) as u8,
                1 => drop(bytes.drain(at..end)),
                2 => drop(bytes.splice(at..end, WORDS[random(WORDS.len())].iter().copied())),
                3 => {
                    let part = bytes[at..end].to_vec();
                    let to = random(bytes.len());
                    drop(bytes.splice(to..to, part));
                }
                _ => bytes.truncate(at.max(bytes.len() / 2)),
            }
            if bytes.is_empty() {
                break;
            }
        }
        if let Ok(text) = read(&bytes) {
            let is_lost = |c: char| c == '\u{FFFD}' || matches!(u32::from(c), 0xE000..=0xF8FF | 0xF0000..);
            assert!(!text.contains(is_lost), "round {round}: {text:?}");
        }
    }
}
