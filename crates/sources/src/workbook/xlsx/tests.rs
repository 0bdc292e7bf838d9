//! Workbooks made here, sound and hostile.

use std::io::{Cursor, Write as _};

use jiff::civil::date;
use rust_xlsxwriter::{ExcelDateTime, Format as Look, Formula, Workbook as Made};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::package::RUN_BYTES_MAX;

const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook out of raw parts.
fn parts(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("its text");
    }
    zip.finish().expect("an archive").into_inner()
}

/// One sheet with this content, these styles and these workbook properties.
fn raw(sheet: &str, styles: &str, properties: &str) -> Vec<u8> {
    parts(&[
        (
            "_rels/.rels",
            &format!(
                "<Relationships><Relationship Id=\"a\" Type=\"{TYPES}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns:r=\"r\">{properties}<sheets><sheet name=\"台账\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships><Relationship Id=\"s\" Type=\"{TYPES}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
                 <Relationship Id=\"t\" Type=\"{TYPES}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        ("xl/styles.xml", styles),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn rows(workbook: &Workbook) -> Vec<Vec<String>> {
    workbook.sheets[0].rows.iter().map(|row| row.cells.iter().map(Cell::shown).collect()).collect()
}

#[test]
fn what_an_office_program_writes_is_read_as_it_shows() {
    let mut made = Made::new();
    let sheet = made.add_worksheet().set_name("台账").expect("a name");
    let day = ExcelDateTime::from_ymd(2026, 3, 31).expect("a day");
    sheet.write_string(0, 0, "事项 & <其他>").expect("a cell");
    sheet.write_with_format(1, 0, &day, &Look::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"")).expect("a cell");
    sheet.write_with_format(1, 1, 0.85, &Look::new().set_num_format("0%")).expect("a cell");
    sheet.write_with_format(1, 2, 1234.5, &Look::new().set_num_format("0.00\"万元\"")).expect("a cell");
    sheet.write_formula(1, 3, Formula::new("=1+1").set_result("2")).expect("a cell");
    sheet.write_with_format(1, 4, &day, &Look::new().set_num_format_index(31)).expect("a cell");
    sheet.set_row_hidden(1).expect("a row");
    sheet.merge_range(3, 0, 4, 1, "合并", &Look::new()).expect("a merged cell");
    let workbook = read(&made.save_to_buffer().expect("bytes")).expect("a workbook");
    let sheet = &workbook.sheets[0];
    assert_eq!(rows(&workbook)[0], ["事项 & <其他>"]);
    assert_eq!(rows(&workbook)[1], ["2026-03-31", "85%", "1234.50万元", "2", "2026-03-31"]);
    assert_eq!(
        sheet.rows.iter().map(|row| (row.no, row.is_hidden)).collect::<Vec<_>>(),
        [(1, false), (2, true), (4, false)]
    );
    assert_eq!((sheet.formulas, sheet.name.as_str()), (1, "台账"));
    assert_eq!(sheet.merged, [Area { top: 4, left: 0, bottom: 5, right: 1 }]);
}

#[test]
fn formats_by_number_days_from_1904_and_cells_without_places_are_read() {
    let styles = "<styleSheet><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>\
                  <xf numFmtId=\"57\"/><xf numFmtId=\"58\"/></cellXfs><cellStyles/></styleSheet>";
    let sheet = "<worksheet><sheetData><row><c s=\"1\"><v>44650</v></c><c s=\"2\"><v>44650</v></c><c t=\"inlineStr\"><is>\
                 <r><t>甲</t></r><rPh><t>读音</t></rPh><r><t>乙_x000D_</t></r></is></c><c t=\"e\"><v>#REF!</v></c>\
                 <c t=\"d\"><v>2026-03-31T00:00:00</v></c><c t=\"b\"><v>1</v></c></row></sheetData></worksheet>";
    let workbook = read(&raw(sheet, styles, "<workbookPr date1904=\"1\"/>")).expect("a workbook");
    assert!(workbook.is_1904);
    let cells = &workbook.sheets[0].rows[0].cells;
    assert_eq!(cells[0], Cell::Text("2026年3月".into()));
    assert_eq!(cells[1], Cell::Day(date(2026, 3, 31)));
    assert_eq!(cells[2], Cell::Text("甲乙".into()));
    assert_eq!(cells[3], Cell::Failed("#REF!".into()));
    assert_eq!((&cells[4], cells[5].shown().as_str()), (&Cell::Day(date(2026, 3, 31)), "TRUE"));
}

#[test]
fn an_archive_that_unfolds_to_too_much_is_refused_by_what_it_declares() {
    let mut bytes = raw("<worksheet/>", "<styleSheet/>", "");
    let entry = bytes.windows(4).position(|run| run == b"PK\x01\x02").expect("the directory");
    bytes[entry + 24..entry + 28].copy_from_slice(&0x2000_0001u32.to_le_bytes());
    assert_eq!(read(&bytes), Err(Unreadable::Bomb));
}

#[test]
fn one_text_that_would_fill_memory_is_a_bomb_and_a_cell_longer_than_a_program_writes_is_named() {
    let sheet = |words: &str| {
        format!(
            "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>{words}</t></is></c></row></sheetData></worksheet>"
        )
    };
    let bomb = raw(&sheet(&"0".repeat(RUN_BYTES_MAX + 1)), "<styleSheet/>", "");
    assert!(bomb.len() < 1 << 20, "folded it is small: {}", bomb.len());
    assert_eq!(read(&bomb), Err(Unreadable::Bomb));
    let long = raw(&sheet(&"字".repeat(CELL_MAX * 2)), "<styleSheet/>", "");
    assert_eq!(read(&long), Err(Unreadable::CellTooLong));
    let longest = raw(&sheet(&"字".repeat(CELL_MAX)), "<styleSheet/>", "");
    let workbook = read(&longest).expect("the longest that a program writes");
    assert_eq!(workbook.sheets[0].rows[0].cells[0].shown().chars().count(), CELL_MAX);
}

#[test]
fn a_formula_whose_result_was_not_saved_is_neither_blank_nor_nothing() {
    let sheet = "<worksheet><sheetData><row><c><f>A1+1</f></c><c><f>B1</f><v/></c><c t=\"str\"><f>C1</f><v></v></c>\
                 <c><f>D1</f><v>46112</v></c><c/></row></sheetData></worksheet>";
    let workbook = read(&raw(sheet, "<styleSheet/>", "")).expect("a workbook");
    let cells = &workbook.sheets[0].rows[0].cells;
    // The third shows nothing, and that is its saved result.
    assert_eq!(cells.as_slice(), [Cell::Unsaved, Cell::Unsaved, Cell::Empty, Cell::Number(46112.0, "46112".into())]);
    // As a document, it shows words that the file does not hold.
    let refused = crate::canonical::canonical(&raw(sheet, "<styleSheet/>", ""), crate::Format::Xlsx);
    assert_eq!(refused.map(|_| ()), Err(crate::Unreadable::Broken));
}

#[test]
fn what_a_sheet_declares_of_its_size_is_not_believed() {
    for dimension in ["A1", "A1:B1", "A1:XFD1048576", "C9:A1", "nonsense"] {
        let sheet = format!(
            "<worksheet><dimension ref=\"{dimension}\"/><sheetData><row r=\"1\" spans=\"1:1\"><c r=\"A1\"><v>1</v></c>\
             <c r=\"C1\"><v>2</v></c></row><row r=\"2\"><c r=\"B2\"><v>3</v></c></row></sheetData></worksheet>"
        );
        let workbook = read(&raw(&sheet, "<styleSheet/>", "")).expect("a workbook");
        assert_eq!(rows(&workbook), [vec!["1", "", "2"], vec!["", "3"]], "{dimension}");
    }
}

#[test]
fn of_a_thousand_columns_those_that_are_looked_at_are_read() {
    let mut made = Made::new();
    let sheet = made.add_worksheet();
    for column in 0..1_000u16 {
        sheet.write_number(0, column, f64::from(column)).expect("a cell");
    }
    let workbook = read(&made.save_to_buffer().expect("bytes")).expect("a workbook");
    let cells = &rows(&workbook)[0];
    assert_eq!((cells.len(), cells[COLUMNS_MAX - 1].as_str()), (COLUMNS_MAX, "63"));
}

#[test]
fn the_east_asian_formats_by_number_are_read_as_they_show() {
    let styles: String = (27..=36).map(|id| format!("<xf numFmtId=\"{id}\"/>")).collect();
    let styles = format!("<styleSheet><cellXfs>{styles}</cellXfs></styleSheet>");
    let cells: String = (0..10).map(|style| format!("<c s=\"{style}\"><v>46112</v></c>")).collect();
    let sheet = format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>");
    let workbook = read(&raw(&sheet, &styles, "")).expect("a workbook");
    let (month, day, time) = ("2026年3月", "2026-03-31", "46112");
    assert_eq!(rows(&workbook)[0], [month, day, day, day, day, time, time, time, time, month]);
}

#[test]
fn emoji_and_names_written_from_right_to_left_come_through_whole() {
    let names = ["👩\u{200d}🚒 消防", "مكتب الإشراف", "לשכת הפיקוח", "𠮷田 𪚥", "O\u{2019}Neill"];
    let mut made = Made::new();
    let sheet = made.add_worksheet().set_name("📋 مكتب").expect("a name");
    for (column, name) in (0u16..).zip(names) {
        sheet.write_string(0, column, name).expect("a cell");
    }
    let workbook = read(&made.save_to_buffer().expect("bytes")).expect("a workbook");
    assert_eq!(
        (workbook.sheets[0].name.as_str(), rows(&workbook)[0].as_slice()),
        ("📋 مكتب", &names.map(String::from)[..])
    );
}

#[test]
fn entities_of_its_own_are_refused() {
    let sheet = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><worksheet><sheetData><row><c t=\"inlineStr\">\
                 <is><t>&b;</t></is></c></row></sheetData></worksheet>";
    assert_eq!(read(&raw(sheet, "<styleSheet/>", "")), Err(Unreadable::Entities));
    let sheet = sheet.split_once("]>").expect("its end").1;
    assert_eq!(read(&raw(sheet, "<styleSheet/>", "")), Err(Unreadable::Entities), "undefined ones too");
}

#[test]
fn one_shared_text_named_by_many_cells_is_counted_as_often_as_it_is_named() {
    let shared = ["字".repeat(30_000)];
    let row = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(60));
    let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", row.repeat(35));
    let bytes = parts(&[("xl/worksheets/sheet1.xml", &sheet)]);
    let mut package = Package::open(&bytes, INFLATED_BYTES_MAX).expect("an archive");
    let (mut filled, mut budget) = (Sheet::default(), Budget { cells: CELLS_MAX, text: TEXT_BYTES_MAX });
    let book = Book { shared: &shared, formats: &[], is_1904: false };
    let read = package.part("xl/worksheets/sheet1.xml", |xml| fill(xml, &mut filled, &book, &mut budget));
    assert_eq!(read, Err(Unreadable::TooLarge));
}

#[test]
fn damage_is_told_from_a_lock() {
    let sheet = |inner: &str| format!("<worksheet><sheetData>{inner}</sheetData></worksheet>");
    for inner in [
        "<row r=\"2\"><c><v>1</v></c></row><row r=\"1\"><c><v>1</v></c></row>",
        "<row><c t=\"s\"><v>7</v></c></row>",
        "<row><c><v>abc</v></c></row>",
        "<row><c><v>1</v>",
    ] {
        assert_eq!(read(&raw(&sheet(inner), "<styleSheet/>", "")), Err(Unreadable::Damaged), "{inner}");
    }
    assert_eq!(read(&[0xD0, 0xCF, 0x11, 0xE0, 0, 0]), Err(Unreadable::Locked));
    assert_eq!(read(b"no zip"), Err(Unreadable::Damaged));
    assert_eq!(read(&parts(&[("a.txt", "b")])), Err(Unreadable::Damaged));
}

#[test]
fn a_column_far_to_the_right_and_a_row_far_below_cost_nothing() {
    let sheet = "<worksheet><sheetData><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c><c r=\"A1048576\"><v>2</v></c></row></sheetData></worksheet>";
    let workbook = read(&raw(sheet, "<styleSheet/>", "")).expect("a workbook");
    assert_eq!(
        workbook.sheets[0].rows,
        [Row { no: 1_048_576, is_hidden: false, cells: vec![Cell::Number(2.0, "2".into())] }]
    );
}
