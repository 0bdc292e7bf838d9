//! Office Open XML workbooks, read as a stream within limits. A reader of our own and not a crate for spreadsheets: those
//! trust the counts a file declares, and none tells hidden rows and number formats in one pass.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::format::{Format, built_in, custom};
use super::{
    Area, CELL_MAX, CELLS_MAX, COLUMNS_MAX, Cell, INFLATED_BYTES_MAX, ROWS_ABOVE, ROWS_MAX, Row, SHEETS_MAX, Sheet,
    Unreadable, Workbook,
};
use crate::package::{Package, Target, Unusable, Xml, attribute, character, each, name, next, of_kind};

/// At most so many merged areas in a sheet.
const MERGED_MAX: usize = 100_000;
/// All texts of all cells together: a shared text may be named by a million cells.
const TEXT_BYTES_MAX: usize = 160 << 20;
/// At most so many shared texts and so many styles.
const SHARED_MAX: usize = 2_000_000;
const STYLES_MAX: usize = 65_536;

pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Unreadable> {
    // The old compound file: .xls, or .xlsx behind a password.
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Unreadable::Locked);
    }
    let mut package = Package::open(bytes, INFLATED_BYTES_MAX)?;
    let home = package.home("xl/workbook.xml")?;
    let (sheets, is_1904) = sheets(&mut package, &home)?;
    let targets = package.targets(&home)?;
    let formats = formats(&mut package, &targets)?;
    let shared = shared(&mut package, &targets)?;
    let mut budget = Budget { cells: CELLS_MAX, text: TEXT_BYTES_MAX };
    let mut read = vec![];
    for (name, relation, is_hidden) in sheets {
        let Some(target) = targets.get(&relation).filter(|target| target.kind.ends_with("/worksheet")) else {
            continue;
        };
        let mut sheet = Sheet { name, is_hidden, ..Sheet::default() };
        let book = Book { shared: &shared, formats: &formats, is_1904 };
        package.part(&target.path, |xml| fill(xml, &mut sheet, &book, &mut budget))?;
        read.push(sheet);
    }
    if read.is_empty() { Err(Unreadable::Damaged) } else { Ok(Workbook { sheets: read, is_1904, text: None }) }
}

impl From<Unusable> for Unreadable {
    fn from(unusable: Unusable) -> Self {
        match unusable {
            Unusable::Damaged => Unreadable::Damaged,
            Unusable::Locked => Unreadable::Locked,
            Unusable::Bomb => Unreadable::Bomb,
            Unusable::Entities => Unreadable::Entities,
        }
    }
}

/// What is left to be taken.
struct Budget {
    cells: usize,
    text: usize,
}

impl Budget {
    fn take(&mut self, cell: &Cell) -> Result<(), Unreadable> {
        let bytes = match cell {
            Cell::Text(text) | Cell::Number(_, text) | Cell::Failed(text) => text.len(),
            Cell::Empty | Cell::Unsaved | Cell::Day(_) => 0,
        };
        self.cells = self.cells.checked_sub(1).ok_or(Unreadable::TooLarge)?;
        self.text = self.text.checked_sub(bytes).ok_or(Unreadable::TooLarge)?;
        Ok(())
    }
}

/// Name and relation of a sheet, and whether it is hidden.
type Named = (String, String, bool);

/// What cells refer to.
struct Book<'a> {
    shared: &'a [String],
    formats: &'a [Format],
    is_1904: bool,
}

/// Name, relation and hiddenness of each sheet, and whether days are counted from 1904.
fn sheets(package: &mut Package<'_>, home: &str) -> Result<(Vec<Named>, bool), Unreadable> {
    let (mut sheets, mut is_1904) = (vec![], false);
    let found = package.part(home, |xml| {
        each(xml, |tag| {
            match name(tag) {
                "workbookPr" => is_1904 = attribute(tag, "date1904").is_some_and(|v| v == "1" || v == "true"),
                "sheet" if sheets.len() >= SHEETS_MAX => return Err(Unreadable::TooLarge),
                "sheet" => {
                    let is_hidden = attribute(tag, "state").is_some_and(|state| state != "visible");
                    let name = attribute(tag, "name").unwrap_or_default();
                    sheets.push((name, attribute(tag, "id").unwrap_or_default(), is_hidden));
                }
                _other => {}
            }
            Ok(())
        })
    })?;
    found.map(|()| (sheets, is_1904)).ok_or(Unreadable::Damaged)
}

/// The number format of each cell style.
fn formats(package: &mut Package<'_>, targets: &HashMap<String, Target>) -> Result<Vec<Format>, Unreadable> {
    let Some(path) = of_kind(targets, "/styles") else { return Ok(vec![]) };
    let (mut own, mut formats, mut in_cells) = (HashMap::new(), vec![], false);
    package.part(&path, |xml| {
        each::<Unreadable>(xml, |tag| {
            let id = || attribute(tag, "numFmtId").and_then(|id| id.parse::<u32>().ok()).unwrap_or(0);
            match name(tag) {
                "numFmt" if own.len() < STYLES_MAX => {
                    own.insert(id(), custom(&attribute(tag, "formatCode").unwrap_or_default()));
                }
                "cellXfs" => in_cells = true,
                "cellStyles" | "dxfs" | "tableStyles" => in_cells = false,
                "xf" if in_cells && formats.len() < STYLES_MAX => {
                    let id = id();
                    formats.push(own.get(&id).cloned().unwrap_or_else(|| built_in(id)));
                }
                _other => {}
            }
            Ok(())
        })
    })?;
    Ok(formats)
}

/// Texts that cells share. Rich text is joined; readings above the characters are left out.
fn shared(package: &mut Package<'_>, targets: &HashMap<String, Target>) -> Result<Vec<String>, Unreadable> {
    let Some(path) = of_kind(targets, "/sharedStrings") else {
        return Ok(vec![]);
    };
    let mut shared = vec![];
    package.part(&path, |xml| {
        let mut buffer = vec![];
        loop {
            match next(xml, &mut buffer)? {
                Event::Start(tag) if name(&tag) == "si" => {
                    if shared.len() >= SHARED_MAX {
                        return Err(Unreadable::TooLarge);
                    }
                    shared.push(words(xml, "si")?);
                }
                Event::Eof => return Ok(()),
                _other => {}
            }
            buffer.clear();
        }
    })?;
    Ok(shared)
}

/// The texts up to the end of `until`.
fn words(xml: &mut Xml<'_>, until: &str) -> Result<String, Unreadable> {
    let (mut buffer, mut text, mut is_text, mut reading) =
        (vec![], String::new(), until == "t" || until == "v", 0usize);
    loop {
        match next(xml, &mut buffer)? {
            Event::Start(tag) => match name(&tag) {
                "t" => is_text = reading == 0,
                "rPh" => reading += 1,
                _other => {}
            },
            Event::End(tag) => {
                let whole = tag.name().into_inner();
                match whole.rsplit_once(':').map_or(whole, |(_, local)| local) {
                    ended if ended == until => break,
                    "t" => is_text = false,
                    "rPh" => reading = reading.saturating_sub(1),
                    _other => {}
                }
            }
            Event::Text(words) if is_text => text.push_str(&words.xml10_content()),
            Event::CData(words) if is_text => text.push_str(&words.xml10_content()),
            Event::GeneralRef(entity) if is_text => text.push(character(&entity)?),
            Event::Eof => return Err(Unreadable::Damaged),
            _other => {}
        }
        if text.len() > CELL_MAX * 4 {
            return Err(Unreadable::CellTooLong);
        }
        buffer.clear();
    }
    Ok(unescaped(&text))
}

/// `_x000D_` is how the format writes a character that XML cannot hold; line ends are kept, others left out.
fn unescaped(text: &str) -> String {
    let mut rest = text;
    let mut out = String::with_capacity(text.len());
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 7).filter(|code| code.ends_with('_'));
        match code.and_then(|code| u32::from_str_radix(&code[..4], 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push_str(&rest[..at]);
                out.extend(Some(c).filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out.replace("\r\n", "\n").replace('\r', "\n")
}

/// Row from 1 and column from 0 of `AB12`.
fn place(reference: &str) -> Option<(u32, usize)> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = reference.split_at(letters);
    let count = |sum: usize, letter: u8| sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
    if letters == 0 || letters > 3 {
        return None;
    }
    Some((row.parse().ok().filter(|row| *row > 0)?, column.bytes().fold(0, count) - 1))
}

fn fill(xml: &mut Xml<'_>, sheet: &mut Sheet, book: &Book<'_>, budget: &mut Budget) -> Result<(), Unreadable> {
    let mut buffer = vec![];
    let (mut row, mut column, mut last) = (Row::default(), 0usize, 0u32);
    loop {
        match next(xml, &mut buffer)? {
            Event::Start(tag) => match name(&tag) {
                "row" => {
                    let no = attribute(&tag, "r").and_then(|no| no.parse().ok()).unwrap_or(last + 1);
                    // Rows stand in order; one that does not would be read twice or not at all.
                    if no <= last {
                        return Err(Unreadable::Damaged);
                    }
                    let is_hidden = attribute(&tag, "hidden").is_some_and(|v| v == "1" || v == "true");
                    (row, column, last) = (Row { no, is_hidden, cells: vec![] }, 0, no);
                }
                "c" => {
                    let at = attribute(&tag, "r").and_then(|reference| place(&reference));
                    column = at.map_or(column, |(_, column)| column);
                    let style = attribute(&tag, "s").and_then(|s| s.parse::<usize>().ok()).unwrap_or(0);
                    let kind = attribute(&tag, "t").unwrap_or_default();
                    let read = cell(xml, &kind, style, book, &mut sheet.formulas)?;
                    sheet.is_cut |= !read.is_blank() && column >= COLUMNS_MAX;
                    if !read.is_blank() && column < COLUMNS_MAX {
                        budget.take(&read)?;
                        if row.cells.len() <= column {
                            row.cells.resize(column + 1, Cell::Empty);
                        }
                        row.cells[column] = read;
                    }
                    column += 1;
                }
                "mergeCell" => {
                    if sheet.merged.len() >= MERGED_MAX {
                        return Err(Unreadable::TooLarge);
                    }
                    sheet.merged.extend(attribute(&tag, "ref").and_then(|reference| area(&reference)));
                }
                _other => {}
            },
            Event::End(tag) => {
                let whole = tag.name().into_inner();
                if whole.rsplit_once(':').map_or(whole, |(_, local)| local) == "row" && !row.cells.is_empty() {
                    if sheet.rows.len() >= ROWS_MAX + ROWS_ABOVE {
                        return Err(Unreadable::TooLarge);
                    }
                    sheet.rows.push(std::mem::take(&mut row));
                }
            }
            Event::Eof => return Ok(()),
            _other => {}
        }
        buffer.clear();
    }
}

fn area(reference: &str) -> Option<Area> {
    let (from, to) = reference.split_once(':')?;
    let ((top, left), (bottom, right)) = (place(from)?, place(to)?);
    let column = |column: usize| u16::try_from(column).ok();
    let area = Area { top, left: column(left)?, bottom, right: column(right)? };
    (area.top <= area.bottom && area.left <= area.right).then_some(area)
}

/// One cell, up to its end.
fn cell(xml: &mut Xml<'_>, kind: &str, style: usize, book: &Book<'_>, formulas: &mut u32) -> Result<Cell, Unreadable> {
    let (mut buffer, mut value, mut is_formula) = (vec![], None, false);
    loop {
        match next(xml, &mut buffer)? {
            Event::Start(tag) => match name(&tag) {
                "f" => (*formulas, is_formula) = (*formulas + 1, true),
                "v" => value = Some(words(xml, "v")?),
                "is" => value = Some(words(xml, "is")?),
                _other => {}
            },
            Event::End(tag) => {
                let whole = tag.name().into_inner();
                if whole.rsplit_once(':').map_or(whole, |(_, local)| local) == "c" {
                    break;
                }
            }
            Event::Eof => return Err(Unreadable::Damaged),
            _other => {}
        }
        buffer.clear();
    }
    // A program that writes formulas and does not calculate them leaves their results out.
    let nothing = if is_formula { Cell::Unsaved } else { Cell::Empty };
    let Some(value) = value else { return Ok(nothing) };
    Ok(match kind {
        "s" => {
            let index = value.trim().parse::<usize>().map_err(|_| Unreadable::Damaged)?;
            Cell::Text(book.shared.get(index).cloned().ok_or(Unreadable::Damaged)?)
        }
        "str" | "inlineStr" => Cell::Text(value),
        "b" => Cell::Text(if value.trim() == "1" { "TRUE" } else { "FALSE" }.into()),
        "e" => Cell::Failed(value),
        "d" => match value.get(..10).and_then(|day| day.parse().ok()) {
            Some(day) => Cell::Day(day),
            None => Cell::Text(value),
        },
        _number => match value.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => {
                book.formats.get(style).unwrap_or(&Format::General).cell(number, book.is_1904)
            }
            Ok(_) | Err(_) if value.trim().is_empty() => nothing,
            Ok(_) | Err(_) => return Err(Unreadable::Damaged),
        },
    })
}

#[cfg(test)]
mod tests;
