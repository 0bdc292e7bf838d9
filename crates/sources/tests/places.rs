//! Every directive stands where its place says: over a thousand files of every kind, made here with full-width forms, spaces,
//! line ends of both systems and combining marks, what is proposed is the text at its span, and the place is the paragraph
//! or cell into which it was put.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use rust_xlsxwriter::Workbook;
use sources::{At, CodePoints, Format, Profile, canonical, place, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Numbers at random, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.roll(choices.len())]
    }
}

/// A sentence with a directive, known by its number.
fn sentence(dice: &mut Dice, no: usize) -> String {
    let unit = dice.of(&["市水务局", "市交通局", "清禾　市住建局", "各镇（街道）"]);
    let due = dice.of(&["６月底前", "6月30日前", "年底前", "10个工作日内"]);
    let odd = dice.of(&["", "cafe\u{301}", "Ｎｏ．", "“三清”", "𠮷", " ", "e\u{301}\u{302}"]);
    let indent = dice.of(&["", "　　", "  "]);
    format!("{indent}{unit}要在{due}完成第{no}号{odd}泵站检修。")
}

/// A file's bytes, and the place of each numbered sentence.
struct Made {
    bytes: Vec<u8>,
    places: Vec<(usize, At)>,
}

fn text(dice: &mut Dice) -> Made {
    let (mut text, mut line, mut places) = (String::new(), 1u32, vec![]);
    let end = dice.of(&["\n", "\r\n"]);
    for no in 0..5 + dice.roll(20) {
        for _ in 0..dice.roll(3) {
            text.push_str(end);
            line += 1;
        }
        text.push_str(&sentence(dice, no));
        places.push((no, At::Line(line)));
        text.push_str(end);
        line += 1;
    }
    let units = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
    };
    let bytes = match dice.roll(4) {
        0 => text.into_bytes(),
        1 => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        2 => units([0xFF, 0xFE], u16::to_le_bytes),
        _ => units([0xFE, 0xFF], u16::to_be_bytes),
    };
    Made { bytes, places }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Cut in pieces, as a program does that checks spelling.
fn pieces(dice: &mut Dice, text: &str, open: &str, close: &str) -> String {
    let mut out = String::new();
    let mut piece = String::new();
    for c in text.chars() {
        piece.push(c);
        if dice.roll(6) == 0 {
            write!(out, "{open}{}{close}", escaped(&piece)).expect("a string takes all");
            piece.clear();
        }
    }
    out + open + &escaped(&piece) + close
}

fn word(dice: &mut Dice) -> Made {
    let (mut body, mut paragraphs, mut tables, mut places) = (String::new(), 0u32, 0u32, vec![]);
    let p = |dice: &mut Dice, text: &str| {
        let runs = pieces(dice, text, "<w:r><w:t xml:space=\"preserve\">", "</w:t></w:r>");
        format!("<w:p>{runs}</w:p>")
    };
    let count = 5 + dice.roll(20);
    let mut no = 0;
    while no < count {
        match dice.roll(6) {
            0 => body.push_str("<w:p/>"),
            1 => {
                tables += 1;
                body.push_str("<w:tbl><w:tr>");
                for heading in ["序号", "工作任务", "责任单位"] {
                    write!(body, "<w:tc>{}</w:tc>", p(dice, heading)).expect("a string takes all");
                }
                body.push_str("</w:tr>");
                for row in 2..3 + dice.roll(3) as u32 {
                    let words = sentence(dice, no);
                    let cells = ["".to_owned(), words, "市水务局".to_owned()].map(|cell| p(dice, &cell));
                    write!(
                        body,
                        "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>",
                        cells[0], cells[1], cells[2]
                    )
                    .expect("a string takes all");
                    places.push((no, At::TableCell { table: tables, row, column: 2 }));
                    no += 1;
                }
                body.push_str("</w:tbl>");
            }
            _ => {
                paragraphs += 1;
                let words = sentence(dice, no);
                body.push_str(&p(dice, &words));
                places.push((no, At::Paragraph(paragraphs)));
                no += 1;
            }
        }
    }
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).expect("a part");
    zip.write_all(document.as_bytes()).expect("its text");
    Made { bytes: zip.finish().expect("an archive").into_inner(), places }
}

fn page(dice: &mut Dice) -> Made {
    let (mut body, mut paragraphs, mut places) = (String::new(), 0u32, vec![]);
    for no in 0..5 + dice.roll(20) {
        paragraphs += 1;
        let words = sentence(dice, no);
        let runs = pieces(dice, &words, "<span>", "</span>");
        let (open, close) =
            [("<p>", "</p>"), ("<div>", "</div>"), ("<h3>", "</h3>"), ("", "<br>\r\n"), ("<div><p>", "</p></div>")]
                [dice.roll(5)];
        writeln!(body, "{open}{runs}{close}").expect("a string takes all");
        if dice.roll(3) == 0 {
            body.push_str("<p> &nbsp; </p><br>");
        }
        places.push((no, At::Paragraph(paragraphs)));
    }
    let bytes =
        format!("<html><meta charset=utf-8><div class=nav><a>首页</a></div><div class=TRS_Editor>{body}</div></html>");
    Made { bytes: bytes.into_bytes(), places }
}

fn sheet(dice: &mut Dice) -> Made {
    let mut workbook = Workbook::new();
    let mut places = vec![];
    let mut no = 0;
    for name in ["任务", "Ｂ 表"] {
        let sheet = workbook.add_worksheet().set_name(name).expect("a name");
        let top = dice.roll(3) as u32;
        for (column, heading) in ["序号", "工作任务", "责任单位"].into_iter().enumerate() {
            sheet.write(top, column as u16, heading).expect("a heading");
        }
        for row in top + 1..top + 2 + dice.roll(8) as u32 {
            sheet.write(row, 1, sentence(dice, no)).expect("a cell");
            sheet.write(row, 2, "市水务局").expect("a cell");
            places.push((no, At::Cell { sheet: name.into(), cell: format!("B{}", row + 1) }));
            no += 1;
        }
    }
    Made { bytes: workbook.save_to_buffer().expect("a workbook"), places }
}

#[test]
fn every_directive_of_a_thousand_files_stands_where_its_place_says() {
    let mut dice = Dice(7);
    let (mut sentences, mut found) = (0, 0);
    for case in 0..1_000 {
        let (format, made) = match case % 4 {
            0 => (Format::Text, text(&mut dice)),
            1 => (Format::Docx, word(&mut dice)),
            2 => (Format::Html, page(&mut dice)),
            _ => (Format::Xlsx, sheet(&mut dice)),
        };
        let first = canonical(&made.bytes, format).expect("a file made here");
        let reading = read(&first, &Profile::default());
        // What is stored are the bytes: they give the same text and places again.
        let again = canonical(&made.bytes, format).expect("the same file");
        let points = CodePoints::of(&again);
        sentences += made.places.len();
        for directive in &reading.directives {
            assert_eq!(points.slice(directive.span()), Some(directive.text.as_str()), "{format:?} {case}");
            let at = place(again.places(), directive.start);
            let numbered =
                directive.text.split_once('第').and_then(|(_, rest)| rest.split_once('号')).map(|(no, _)| no);
            let Some(no) = numbered.and_then(|no| no.parse::<usize>().ok()) else { continue };
            let known = made.places.iter().find(|(known, _)| *known == no).map(|(_, at)| at);
            assert_eq!(at, known, "{format:?} {case}: {}\n{}", directive.text, again.as_str());
            found += 1;
        }
    }
    assert!(found * 100 >= sentences * 97, "{found} of {sentences} were found at all");
}
