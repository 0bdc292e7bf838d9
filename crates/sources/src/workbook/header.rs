//! Where the table begins, and what its columns are taken for.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::column::{self, Field};
use super::entry::Grid;
use super::{COLUMNS_MAX, Sheet};

/// The heading stands within so many rows that hold something.
const ROWS_LOOKED_AT: usize = 20;

/// The heading of a sheet's table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The row it stands in, as the sheet numbers it; 0 where the sheet is empty.
    pub row: u32,
    /// What stands over each column.
    pub names: Vec<String>,
    /// What is written above the table.
    pub title: Option<String>,
    /// The one year that the title names.
    pub year: Option<i16>,
}

/// What each column of a sheet is taken for; as many as the header has names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// By column; none for one that is not taken.
    pub columns: Vec<Option<Field>>,
}

/// Finds the heading: the row, among the first, that holds most known headings. Merged cells head every column they span.
pub fn header(sheet: &Sheet) -> Header {
    let grid = Grid::of(sheet);
    let looked_at = sheet.rows.iter().take(ROWS_LOOKED_AT);
    let scored = looked_at.clone().map(|row| (score(&names(&grid, row.no)), row.no));
    // Of rows that say as much, the first: a long table repeats its heading. One merged over two rows ends in the lower.
    let best = scored.filter(|(score, _)| *score >= 4).max_by_key(|(score, no)| (*score, std::cmp::Reverse(*no)));
    let best = best.map(|(score, no)| (score, grid.last_row_over(no)));
    let fallback = || looked_at.clone().find(|row| row.cells.iter().filter(|cell| !cell.is_blank()).count() > 1);
    let row = best.map(|(_, no)| no).or_else(|| fallback().map(|row| row.no)).unwrap_or(0);
    let above = sheet.rows.iter().take_while(|above| above.no < row);
    let title = above.flat_map(|above| &above.cells).find(|cell| !cell.is_blank()).map(|cell| cell.shown());
    let year = title.as_deref().or(Some(sheet.name.as_str())).and_then(one_year);
    Header { row, names: names(&grid, row), title, year }
}

/// Two for each field a row would give, one for each known column that is not taken.
fn score(names: &[String]) -> usize {
    let known: BTreeSet<Option<Field>> =
        names.iter().filter_map(|n| column::guess(n)).map(|(field, _)| field).collect();
    known.iter().map(|field| if field.is_some() { 2 } else { 1 }).sum()
}

/// The headings of each column: what stands in the row, with the group it stands under where it alone says nothing known.
fn names(grid: &Grid<'_>, row: u32) -> Vec<String> {
    let width = grid.width().min(COLUMNS_MAX);
    let name = |column| {
        let own = grid.spread(row, column).shown();
        let above = row.checked_sub(1).map(|above| grid.spread(above, column).shown()).unwrap_or_default();
        let joined = format!("{above}{own}");
        let is_group = row > 0 && grid.is_group(row - 1, column) && !own.is_empty() && above != own;
        match is_group && column::guess(&own).is_none() && column::guess(&joined).is_some() {
            true => joined,
            false => own,
        }
    };
    let mut names: Vec<String> = (0..width).map(name).map(|name| name.chars().take(80).collect()).collect();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    names
}

/// The one year that a title names.
pub(crate) fn one_year(text: &str) -> Option<i16> {
    let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
    let years: BTreeSet<i16> = runs.filter_map(|run| run.parse().ok()).filter(|y| (2000..2100).contains(y)).collect();
    if years.len() == 1 { years.first().copied() } else { None }
}

/// By which a mapping is found again: the headings, whatever their order.
pub fn fingerprint(header: &Header) -> [u8; 32] {
    let mut names: Vec<String> = header.names.iter().map(|name| column::comparable(name)).collect();
    names.retain(|name| !name.is_empty());
    names.sort();
    let mut hash = Sha256::new_with_prefix("luoshi/headings/v1");
    for name in names {
        hash.update([0]);
        hash.update(name);
    }
    hash.finalize().into()
}

impl Mapping {
    /// What the headings say: for each field the column that fits it best.
    pub fn guess(header: &Header) -> Mapping {
        let mut best: BTreeMap<Field, (usize, usize)> = BTreeMap::new();
        for (column, name) in header.names.iter().enumerate() {
            let Some((Some(field), weight)) = column::guess(name) else { continue };
            if best.get(&field).is_none_or(|(known, _)| *known < weight) {
                best.insert(field, (weight, column));
            }
        }
        let mut columns = vec![None; header.names.len()];
        for (field, (_, column)) in best {
            columns[column] = Some(field);
        }
        Mapping { columns }
    }

    /// As it is kept: what each heading is taken for, whatever its place.
    pub fn kept(&self, header: &Header) -> BTreeMap<String, Field> {
        let named = header.names.iter().zip(&self.columns);
        named.filter_map(|(name, field)| Some((column::comparable(name), (*field)?))).collect()
    }

    /// As it was kept, for columns that may have moved since.
    pub fn recall(header: &Header, kept: &BTreeMap<String, Field>) -> Mapping {
        let mut left = kept.clone();
        // Taken out once found: of two columns under one heading, the first is meant.
        let columns = header.names.iter().map(|name| left.remove(&column::comparable(name))).collect();
        Mapping { columns }
    }

    /// The column taken for the field.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|taken| *taken == Some(field))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Area, Cell, Row};
    use super::*;

    fn sheet(rows: &[&[&str]], merged: &[(u32, u16, u32, u16)]) -> Sheet {
        let cell = |text: &&str| if text.is_empty() { Cell::Empty } else { Cell::Text((*text).into()) };
        let rows =
            (1u32..).zip(rows).map(|(no, cells)| Row { no, is_hidden: false, cells: cells.iter().map(cell).collect() });
        let merged = merged.iter().map(|(top, left, bottom, right)| Area {
            top: *top,
            left: *left,
            bottom: *bottom,
            right: *right,
        });
        Sheet { name: "台账".into(), rows: rows.collect(), merged: merged.collect(), ..Sheet::default() }
    }

    #[test]
    fn a_heading_stands_below_a_title_and_may_be_merged_over_two_rows() {
        let sheet = sheet(
            &[
                &["清禾市2026年重点工作督办台账", "", "", "", "", ""],
                &["序号", "来源", "工作事项", "责任分工", "", "完成时限"],
                &["", "", "", "牵头单位", "配合单位", ""],
                &["1", "常务会", "修桥", "市水务局", "", "2026年3月底"],
            ],
            &[(1, 0, 1, 5), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 2, 4), (2, 5, 3, 5)],
        );
        let found = header(&sheet);
        assert_eq!((found.row, found.year), (3, Some(2026)));
        assert_eq!(found.names, ["序号", "来源", "工作事项", "牵头单位", "配合单位", "完成时限"]);
        let mapping = Mapping::guess(&found);
        assert_eq!(
            mapping.columns,
            [
                None,
                Some(Field::Source),
                Some(Field::Directive),
                Some(Field::Lead),
                Some(Field::Supporting),
                Some(Field::Due)
            ]
        );
    }

    #[test]
    fn a_group_over_headings_helps_where_they_alone_say_nothing() {
        let sheet = sheet(
            &[&["事项", "责任单位", ""], &["", "名称", "电话"], &["修桥", "水务局", "1"]],
            &[(1, 0, 2, 0), (1, 1, 1, 2)],
        );
        let found = header(&sheet);
        assert_eq!(found.names[0], "事项");
        assert!(Mapping::guess(&found).column(Field::Lead).is_some(), "{found:?}");
    }

    #[test]
    fn a_kept_mapping_finds_columns_that_have_moved() {
        let first = header(&sheet(&[&["事项", "牵头单位", "谁"], &["a", "b", "c"]], &[]));
        let moved = header(&sheet(&[&["牵头单位", "谁", "事项"], &["b", "c", "a"]], &[]));
        assert_eq!(fingerprint(&first), fingerprint(&moved));
        let chosen = Mapping { columns: vec![Some(Field::Directive), None, Some(Field::Lead)] };
        let recalled = Mapping::recall(&moved, &chosen.kept(&first));
        assert_eq!(recalled.columns, [None, Some(Field::Lead), Some(Field::Directive)]);
        let other = header(&sheet(&[&["事项", "牵头单位", "谁", "备注"], &["a", "b", "c", "d"]], &[]));
        assert_ne!(fingerprint(&first), fingerprint(&other));
    }

    #[test]
    fn headings_merged_over_three_rows_and_groups_within_groups_are_read() {
        let sheet = sheet(
            &[
                &["事项", "责任分工", "", "", "完成时限"],
                &["", "单位", "", "责任人", ""],
                &["", "牵头单位", "配合单位", "", ""],
                &["修桥", "水务局", "住建局", "江望", "2026年3月底"],
            ],
            &[(1, 0, 3, 0), (1, 1, 1, 3), (2, 1, 2, 2), (2, 3, 3, 3), (1, 4, 3, 4)],
        );
        let found = header(&sheet);
        assert_eq!(found.row, 3);
        assert_eq!(found.names, ["事项", "牵头单位", "配合单位", "责任人", "完成时限"]);
        let fields = [Field::Directive, Field::Lead, Field::Supporting, Field::Person, Field::Due];
        assert_eq!(Mapping::guess(&found).columns, fields.map(Some));
    }

    #[test]
    fn a_kept_mapping_leaves_columns_that_are_gone_and_takes_none_for_new_ones() {
        let first = header(&sheet(&[&["事项", "牵头单位", "谁"], &["a", "b", "c"]], &[]));
        let kept =
            Mapping { columns: vec![Some(Field::Directive), Some(Field::Lead), Some(Field::Person)] }.kept(&first);
        let other = header(&sheet(&[&["新列", "谁", "事项", "谁"], &["x", "c", "a", "d"]], &[]));
        let recalled = Mapping::recall(&other, &kept);
        assert_eq!(recalled.columns, [None, Some(Field::Person), Some(Field::Directive), None]);
    }

    #[test]
    fn a_sheet_without_known_headings_still_offers_its_columns() {
        let found = header(&sheet(&[&["x"], &["甲", "乙"], &["1", "2"]], &[]));
        assert_eq!((found.row, found.names.len()), (2, 2));
        assert_eq!(header(&Sheet::default()).row, 0);
    }
}
