//! The rows below the heading, as entries: merged cells filled down, headings within the table left out and named.

use serde::{Deserialize, Serialize};

use super::column::Field;
use super::day::{Due, due};
use super::figure;
use super::header::{Header, Mapping};
use super::{COLUMNS_MAX, Cell, Row, Sheet, Unreadable};

/// All texts of all entries together.
const TEXT_BYTES_MAX: usize = 192 << 20;

static EMPTY: Cell = Cell::Empty;

/// A sheet by row and column.
pub(super) struct Grid<'a> {
    sheet: &'a Sheet,
    /// For each column, the areas over it: first row, last row, place in `sheet.merged`; in order.
    areas: Vec<Vec<(u32, u32, usize)>>,
}

impl<'a> Grid<'a> {
    pub(super) fn of(sheet: &'a Sheet) -> Self {
        let mut areas = vec![vec![]; COLUMNS_MAX];
        for (at, area) in sheet.merged.iter().enumerate() {
            for column in areas.iter_mut().take(usize::from(area.right) + 1).skip(usize::from(area.left)) {
                column.push((area.top, area.bottom, at));
            }
        }
        areas.iter_mut().for_each(|column| column.sort_unstable());
        Self { sheet, areas }
    }

    pub(super) fn width(&self) -> usize {
        self.sheet.rows.iter().take(200).map(|row| row.cells.len()).max().unwrap_or(0)
    }

    fn row(&self, no: u32) -> Option<&'a Row> {
        let at = self.sheet.rows.binary_search_by_key(&no, |row| row.no).ok()?;
        self.sheet.rows.get(at)
    }

    fn own(&self, no: u32, column: usize) -> &'a Cell {
        self.row(no).and_then(|row| row.cells.get(column)).unwrap_or(&EMPTY)
    }

    fn area(&self, no: u32, column: usize) -> Option<&'a super::Area> {
        let areas = self.areas.get(column)?;
        let after = areas.partition_point(|(top, _, _)| *top <= no);
        let (_, bottom, at) = areas.get(after.checked_sub(1)?)?;
        if *bottom >= no { self.sheet.merged.get(*at) } else { None }
    }

    /// What is seen there: the cell, or the merged one that spans it.
    pub(super) fn spread(&self, no: u32, column: usize) -> &'a Cell {
        match self.area(no, column) {
            Some(area) => self.own(area.top, usize::from(area.left)),
            None => self.own(no, column),
        }
    }

    /// The last row of the cells merged downwards over the row; of a heading, and so not far.
    pub(super) fn last_row_over(&self, no: u32) -> u32 {
        let areas = (0..COLUMNS_MAX).filter_map(|column| self.area(no, column));
        areas.map(|area| area.bottom).filter(|bottom| *bottom <= no + 3).max().unwrap_or(no)
    }

    /// Whether a cell merged over several columns stands there.
    pub(super) fn is_group(&self, no: u32, column: usize) -> bool {
        self.area(no, column).is_some_and(|area| area.right > area.left)
    }

    /// What is seen there, and the row and column where it stands: in a row of the heading a merged cell is seen over all
    /// that it spans, in others downwards only.
    pub(super) fn seen(&self, no: u32, column: usize, is_heading: bool) -> (&'a Cell, (u32, usize)) {
        match self.area(no, column) {
            Some(area) if is_heading || usize::from(area.left) == column => {
                (self.own(area.top, usize::from(area.left)), (area.top, usize::from(area.left)))
            }
            Some(_) | None => (self.own(no, column), (no, column)),
        }
    }

    /// What counts for the row: the cell, or one merged downwards over it. A cell merged to the right stays in its column.
    fn down(&self, no: u32, column: usize) -> (&'a Cell, bool) {
        match self.area(no, column).filter(|area| usize::from(area.left) == column) {
            Some(area) => (self.own(area.top, column), area.bottom > area.top),
            None => (self.own(no, column), false),
        }
    }
}

/// Why a row is no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// It is not shown in the sheet.
    Hidden,
    /// A heading within the table.
    Heading,
}

/// A row of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number as the sheet shows it.
    pub row: u32,
    /// Why it is no entry, if it is none.
    pub left: Option<Left>,
    /// Its directive is shared with other rows, by a merged cell.
    pub is_shared: bool,
    /// Its office's number is shared with other rows, by a merged cell.
    pub shares_reference: bool,
    /// What its cells show, blank ones left out.
    pub fields: Vec<(Field, String)>,
    /// Its deadline.
    pub due: Due,
    /// Fields whose formula failed.
    pub failed: Vec<Field>,
    /// Fields whose formula's result was not saved.
    pub unsaved: Vec<Field>,
}

impl Entry {
    /// What the field's cell shows; nothing where it is blank.
    pub fn get(&self, field: Field) -> &str {
        self.fields.iter().find(|(known, _)| *known == field).map_or("", |(_, text)| text.as_str())
    }
}

/// How the table is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines {
    /// Days are counted from 1904.
    pub is_1904: bool,
    /// The year of days that name none.
    pub year: Option<i16>,
    /// Rows that are not shown are taken too.
    pub takes_hidden: bool,
}

/// Every row below the heading that holds something, in order. Errors: `TooLarge` where merged cells make more of the
/// sheet than any ledger.
pub fn entries(sheet: &Sheet, header: &Header, mapping: &Mapping, lines: Lines) -> Result<Vec<Entry>, Unreadable> {
    let grid = Grid::of(sheet);
    let taken: Vec<(usize, Field)> =
        mapping.columns.iter().enumerate().filter_map(|(column, field)| Some((column, (*field)?))).collect();
    let (mut out, mut bytes) = (vec![], 0usize);
    for row in sheet.rows.iter().filter(|row| row.no > header.row) {
        let mut entry = Entry { row: row.no, ..Entry::default() };
        if row.is_hidden && !lines.takes_hidden {
            entry.left = Some(Left::Hidden);
        } else if is_heading(&grid, row, header, &taken) {
            entry.left = Some(Left::Heading);
        } else {
            for (column, field) in &taken {
                let (cell, is_merged) = grid.down(row.no, *column);
                if *field == Field::Due {
                    entry.due = due(cell, lines.is_1904, lines.year);
                }
                if *field == Field::Directive {
                    entry.is_shared = is_merged;
                }
                if *field == Field::Reference {
                    entry.shares_reference = is_merged;
                }
                match cell {
                    Cell::Failed(_) => entry.failed.push(*field),
                    Cell::Unsaved => entry.unsaved.push(*field),
                    Cell::Empty | Cell::Text(_) | Cell::Number(..) | Cell::Day(_) => {}
                }
                if !cell.is_blank() {
                    let shown = match field {
                        Field::Number | Field::Reference => figure::plain(&cell.shown()),
                        Field::Source
                        | Field::Directive
                        | Field::Part
                        | Field::Criterion
                        | Field::Lead
                        | Field::Supporting
                        | Field::Person
                        | Field::Supervising
                        | Field::Due
                        | Field::Kind
                        | Field::Audience => cell.shown(),
                    };
                    bytes += shown.len();
                    entry.fields.push((*field, shown));
                }
            }
            if bytes > TEXT_BYTES_MAX {
                return Err(Unreadable::TooLarge);
            }
            // A row in which only columns we do not take hold something says nothing to us.
            if entry.fields.is_empty() {
                continue;
            }
        }
        out.push(entry);
    }
    Ok(out)
}

/// One cell across the table, one lone cell outside the directive's column, or the header again.
fn is_heading(grid: &Grid<'_>, row: &Row, header: &Header, taken: &[(usize, Field)]) -> bool {
    let own: Vec<usize> = (0..row.cells.len()).filter(|column| !row.cells[*column].is_blank()).collect();
    let Some(first) = own.first() else { return false };
    // A formula is no heading, whatever it would have shown.
    if row.cells.contains(&Cell::Unsaved) {
        return false;
    }
    let repeats =
        own.len() > 2 && own.iter().all(|at| header.names.get(*at).is_some_and(|n| *n == row.cells[*at].shown()));
    let spans = grid.area(row.no, *first).is_some_and(|area| {
        let over = taken.iter().filter(|(column, _)| (area.left..=area.right).contains(&(*column as u16))).count();
        own.len() == 1 && area.top == area.bottom && over > 1
    });
    let directive = taken.iter().find(|(_, field)| *field == Field::Directive).map(|(column, _)| *column);
    let is_lone = own.len() == 1
        && directive.is_some_and(|column| column != *first && grid.down(row.no, column).0.is_blank())
        && taken.len() > 1;
    repeats || spans || is_lone
}

#[cfg(test)]
mod tests {
    use super::super::{Area, header};
    use super::*;

    fn sheet(rows: &[&[&str]], merged: &[(u32, u16, u32, u16)]) -> Sheet {
        let cell = |text: &&str| if text.is_empty() { Cell::Empty } else { Cell::Text((*text).into()) };
        let rows =
            (1u32..).zip(rows).map(|(no, cells)| Row { no, is_hidden: false, cells: cells.iter().map(cell).collect() });
        let area = |(top, left, bottom, right): &(u32, u16, u32, u16)| Area {
            top: *top,
            left: *left,
            bottom: *bottom,
            right: *right,
        };
        Sheet {
            name: String::new(),
            rows: rows.collect(),
            merged: merged.iter().map(area).collect(),
            ..Sheet::default()
        }
    }

    fn read(sheet: &Sheet, lines: Lines) -> Vec<Entry> {
        let header = header(sheet);
        entries(sheet, &header, &Mapping::guess(&header), lines).expect("a table")
    }

    #[test]
    fn a_cell_merged_over_several_rows_counts_for_each_of_them() {
        let sheet = sheet(
            &[
                &["来源", "工作事项", "具体任务", "牵头单位", "完成时限"],
                &["常务会", "防汛", "修堤", "市水务局", "2026年6月底"],
                &["", "", "备沙", "临江镇", ""],
                &["专题会", "修路", "", "市交通局", "2026年9月底"],
            ],
            &[(2, 0, 3, 0), (2, 1, 3, 1), (2, 4, 3, 4)],
        );
        let rows = read(&sheet, Lines::default());
        assert_eq!(rows.len(), 3);
        let second = &rows[1];
        assert_eq!(
            (second.get(Field::Source), second.get(Field::Directive), second.get(Field::Part)),
            ("常务会", "防汛", "备沙")
        );
        assert_eq!((second.get(Field::Lead), second.due, second.is_shared), ("临江镇", rows[0].due, true));
        assert!(!rows[2].is_shared);
    }

    #[test]
    fn headings_within_the_table_and_hidden_rows_are_named_and_left_out() {
        let mut sheet = sheet(
            &[
                &["序号", "工作事项", "牵头单位"],
                &["一、经济发展", "", ""],
                &["1", "修桥", "水务局"],
                &["二、民生", "", ""],
                &["2", "修路", "交通局"],
                &["序号", "工作事项", "牵头单位"],
                &["3", "补贴", "民政局"],
            ],
            &[(2, 0, 2, 2)],
        );
        sheet.rows[4].is_hidden = true;
        let left: Vec<Option<Left>> = read(&sheet, Lines::default()).iter().map(|entry| entry.left).collect();
        let (heading, hidden) = (Some(Left::Heading), Some(Left::Hidden));
        assert_eq!(left, [heading, None, heading, hidden, heading, None]);
        let all = read(&sheet, Lines { takes_hidden: true, ..Lines::default() });
        assert_eq!(all.iter().filter(|entry| entry.left.is_none()).count(), 3);
    }

    #[test]
    fn a_number_kept_as_text_is_the_number_and_an_unsaved_formula_is_no_blank() {
        let mut sheet = sheet(
            &[&["督办编号", "工作事项", "牵头单位"], &["1,234", "修桥", ""], &["１２３５", "修路", "水务局"]],
            &[],
        );
        sheet.rows[1].cells[2] = Cell::Unsaved;
        sheet.rows.push(Row { no: 4, is_hidden: false, cells: vec![Cell::Empty, Cell::Empty, Cell::Unsaved] });
        let rows = read(&sheet, Lines::default());
        assert_eq!(rows.iter().map(|row| row.get(Field::Reference)).collect::<Vec<_>>(), ["1234", "1235", ""]);
        let unsaved: Vec<_> = rows.iter().map(|row| row.unsaved.as_slice()).collect();
        assert_eq!(unsaved, [&[Field::Lead] as &[Field], &[], &[Field::Lead]]);
    }

    #[test]
    fn a_long_text_merged_over_many_rows_does_not_fill_memory() {
        let mut sheet = sheet(&[&["工作事项", "牵头单位"], &["x", "y"]], &[(2, 0, 100_001, 0)]);
        sheet.rows[1].cells[0] = Cell::Text("字".repeat(32_000));
        sheet.rows.extend((3..100_002).map(|no| Row {
            no,
            is_hidden: false,
            cells: vec![Cell::Empty, Cell::Text("y".into())],
        }));
        let header = header(&sheet);
        assert_eq!(entries(&sheet, &header, &Mapping::guess(&header), Lines::default()), Err(Unreadable::TooLarge));
    }
}
