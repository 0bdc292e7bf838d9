//! The lines of a page, as they are read.

use std::rc::Rc;

use super::flow::Region;
use super::grid::{Grid, GridRow};
use super::letter::{Letter, Row, What, say};
use super::written::is_wide;
use crate::canonical::Unreadable;

/// A gap, in ems, that parts the cells of a table without lines.
const TAB: f32 = 2.0;
/// How far apart, in points, what stands under each other may begin.
const ALIGNED: f32 = 3.0;
/// How the names of offices end.
const OFFICES: &str = "局委办府室部院厅处科会站所司队镇乡区县校心位门道团";
/// Characters beside the end of a line that say whether it is Chinese.
const NEAR: usize = 12;

/// One line, or one row of a table with its cells parted by tabs.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub text: String,
    /// Both counted from 1, in the order in which they are read.
    pub page: u32,
    pub no: u32,
    pub x: f32,
    pub end: f32,
    pub y: f32,
    pub size: f32,
    /// How wide its first word is, and where what stands after that begins.
    pub first: f32,
    pub second: f32,
    pub is_wide: bool,
    pub is_row: bool,
    /// Of a row between lines: where its columns part.
    pub columns: Rc<[f32]>,
    /// Of the last row of a table: in which cells the last line leaves no room.
    pub is_full: Vec<bool>,
    /// Lines of one column follow each other; its number on the page, and where it ends on the right.
    pub region: usize,
    pub right: f32,
    pub is_column: bool,
}

/// The lines of a page. `cells` are its tables. Errors: `Garbled`.
pub(super) fn lines(
    page: u32,
    regions: Vec<Region>,
    tables: Vec<(Grid, Vec<Letter>)>,
) -> Result<Vec<Line>, Unreadable> {
    let garbled = Unreadable::Garbled { page };
    let mut tables: Vec<_> = tables.into_iter().map(Some).collect();
    let mut out: Vec<Line> = vec![];
    for (no, region) in regions.iter().enumerate() {
        let of_region = |out: &[Line]| Line {
            page,
            no: 1 + out.len() as u32,
            region: no,
            right: region.right,
            is_column: region.is_column,
            ..Line::default()
        };
        for (at, row) in region.rows.iter().enumerate() {
            if let Some((grid, letters)) = row.table().and_then(|table| tables.get_mut(table)?.take()) {
                let rows = grid.rows(letters, say_cell).ok_or(garbled.clone())?;
                let (last, columns) = (rows.len(), Rc::<[f32]>::from(grid.columns()));
                for (no, GridRow { top, cells, is_full }) in (1..).zip(rows) {
                    let (text, columns) = (cells.join("\t"), columns.clone());
                    let is_full = if no == last { is_full } else { vec![] };
                    let (x, end, y, size) = (grid.left(), grid.right(), top, 1.0);
                    out.push(Line { text, x, end, y, size, is_row: true, columns, is_full, ..of_region(&out) });
                }
                continue;
            }
            let is_row = is_aligned(row, at.checked_sub(1).and_then(|at| region.rows.get(at)))
                || is_aligned(row, region.rows.get(at + 1));
            let text = say(&row.letters, row.size, is_row.then_some(TAB)).ok_or(garbled.clone())?;
            let (first, second, is_wide) = first_word(row);
            let (x, end, y, size) = (row.start(), row.end(), row.y, row.size);
            out.push(Line { text, x, end, y, size, first, second, is_wide, is_row, ..of_region(&out) });
        }
    }
    out.retain(|line| !line.text.is_empty());
    Ok(out)
}

/// How wide the first word is, where the next one begins, and whether the first is an ideograph.
fn first_word(row: &Row) -> (f32, f32, bool) {
    let mut letters = row.letters.iter().skip_while(|letter| letter.what == What::Space);
    let Some(first) = letters.next() else { return (0.0, 0.0, false) };
    if first.is_wide() {
        return (first.end - first.x, first.end, true);
    }
    let mut end = first.end;
    let mut letters = letters.skip_while(|letter| {
        let is_of_word = letter.what != What::Space && !letter.is_wide() && letter.x - end <= 0.15 * row.size;
        if is_of_word {
            end = end.max(letter.end);
        }
        is_of_word
    });
    let second = letters.find(|letter| letter.what != What::Space).map_or(end, |letter| letter.x);
    (end - first.x, second, false)
}

/// Where the cells of a row begin, but for the first.
fn cells(row: &Row) -> Vec<f32> {
    let mut out = vec![];
    let mut end = f32::MAX;
    for letter in row.letters.iter().filter(|letter| letter.what != What::Space) {
        if letter.x - end >= TAB * row.size {
            out.push(letter.x);
        }
        end = if end == f32::MAX { letter.end } else { end.max(letter.end) };
    }
    out
}

/// Whether a row has a cell that begins where one of its neighbour does.
fn is_aligned(row: &Row, other: Option<&Row>) -> bool {
    let (cells, others) = (cells(row), other.map(cells).unwrap_or_default());
    cells.iter().any(|cell| others.iter().any(|other| (cell - other).abs() < ALIGNED))
}

/// What a cell says, and whether its last line leaves no room for an ideograph. A line that ends as the name of an office does,
/// and leaves room for what follows, ends there: what follows is another name.
fn say_cell(cell: &[Row], left: f32, right: f32) -> Option<(String, bool)> {
    let start = cell.iter().map(Row::start).fold(f32::MAX, f32::min);
    let inner = right - (start - left).clamp(0.0, 0.25 * (right - left));
    let has_room = |row: &Row, first: f32| row.end() + 1.6 * first < inner;
    let mut out = String::new();
    for (at, row) in cell.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| cell.get(at));
        let is_name = out.ends_with(|c| OFFICES.contains(c));
        if is_name && before.is_some_and(|before| has_room(before, first_word(row).0)) {
            out.push(' ');
        }
        join(&mut out, &say(&row.letters, row.size, None)?);
    }
    let is_full = cell.last().is_some_and(|row| !has_room(row, ideograph(row)));
    Some((out, is_full))
}

/// How wide an ideograph is in a row; its letters say so, or their size.
fn ideograph(row: &Row) -> f32 {
    let wide = row.letters.iter().filter(|letter| letter.is_wide()).map(|letter| letter.end - letter.x);
    wide.reduce(f32::max).unwrap_or(row.size)
}

/// Adds what goes on in the next line: ideographs stand side by side, words are parted, numbers are whole.
pub(super) fn join(text: &mut String, next: &str) {
    let wide = |c: Option<char>| c.is_none_or(|c| is_wide(c) || matches!(c, '“' | '”' | '—' | '…'));
    let is_parted = text.ends_with(' ') || wide(text.chars().next_back()) || wide(next.chars().next());
    if !is_parted && !is_one_number(text, next) {
        text.push(' ');
    }
    text.push_str(next);
}

/// Whether a line of Chinese ended within a number: 2026年9月3 | 0日, 30 | %以上.
fn is_one_number(text: &str, next: &str) -> bool {
    let mut before = text.chars().rev();
    let (last, other) = (before.next().unwrap_or(' '), before.next().unwrap_or(' '));
    let first = next.chars().next().unwrap_or(' ');
    let goes_on = last.is_ascii_digit() && (first.is_ascii_digit() || matches!(first, '.' | ',' | '%' | '％' | ':'));
    let is_within = matches!(last, '.' | ',' | ':') && other.is_ascii_digit() && first.is_ascii_digit();
    (goes_on || is_within) && text.chars().rev().take(NEAR).chain(next.chars().take(NEAR)).any(is_wide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_joined_in_chinese_and_words_are_parted() {
        for (text, next, joined) in [
            ("完成全市1", "2处泵站", "完成全市12处泵站"),
            ("资金1,2", "50万元", "资金1,250万元"),
            ("时限30", "%以上", "时限30%以上"),
            ("共3.", "5公里", "共3.5公里"),
            ("in 2026", "12 pumps", "in 2026 12 pumps"),
            ("the outfall", "by May", "the outfall by May"),
            ("市水务局", "市财政局", "市水务局市财政局"),
        ] {
            let mut out = text.to_owned();
            join(&mut out, next);
            assert_eq!(out, joined);
        }
    }
}
