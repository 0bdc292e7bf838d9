//! A workbook as it is brought: its first byte says as what. Archives are made here, so that their parts are reached: bytes
//! 0xFF part the sheet, the shared texts, the styles and the workbook's own part.
#![no_main]

use std::io::{Cursor, Write as _};

use libfuzzer_sys::fuzz_target;
use sources::workbook::{self, Cell, Field, Kind, Lines, Mapping, Wanted, due, entries, header};

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, bytes)) = bytes.split_first() else { return };
    match kind % 3 {
        0 => take(bytes, Kind::Csv),
        1 => take(bytes, Kind::Xlsx),
        _ => take(&archive(bytes), Kind::Xlsx),
    }
});

fn take(bytes: &[u8], kind: Kind) {
    let Ok(read) = workbook::read(bytes, kind) else { return };
    for sheet in &read.sheets {
        let head = header(sheet);
        let fields = [Some(Field::ALL[0]), None].into_iter().chain(Field::ALL.iter().copied().map(Some));
        let mapping = Mapping { columns: fields.cycle().take(head.names.len()).collect() };
        let lines = Lines { is_1904: read.is_1904, year: Some(2026), takes_hidden: true };
        let _ = entries(sheet, &head, &mapping, lines);
        for cell in sheet.rows.iter().flat_map(|row| &row.cells) {
            let _: (&Cell, _) = (cell, due(cell, read.is_1904, None));
        }
    }
    workbook::read_pieces(bytes, kind, &Wanted::Rows { sheet: 0 }, |_| {}, |_| {}).expect("it was read");
}

fn archive(bytes: &[u8]) -> Vec<u8> {
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut parts = bytes.split(|byte| *byte == 0xFF);
    let mut part = || parts.next().unwrap_or_default();
    let (sheet, shared, styles, book) = (part(), part(), part(), part());
    let home = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{TYPES}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let targets = format!(
        "<Relationships><Relationship Id=\"s\" Type=\"{TYPES}/worksheet\" Target=\"sheet1.xml\"/>\
         <Relationship Id=\"t\" Type=\"{TYPES}/sharedStrings\" Target=\"shared.xml\"/>\
         <Relationship Id=\"u\" Type=\"{TYPES}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let plain = b"<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>";
    let book = if book.is_empty() { plain } else { book };
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in [
        ("_rels/.rels", home.as_bytes()),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", targets.as_bytes()),
        ("xl/sheet1.xml", sheet),
        ("xl/shared.xml", shared),
        ("xl/styles.xml", styles),
    ] {
        zip.start_file(name, stored).expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}
