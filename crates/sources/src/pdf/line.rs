//! The lines of a page, as they are read.

use super::flow::Region;
use super::grid::Grid;
use super::letter::{Letter, Row, What, say};
use crate::canonical::Unreadable;

/// A gap, in ems, that parts the cells of a table without lines.
const TAB: f32 = 2.0;
/// How far apart, in points, what stands under each other may begin.
const ALIGNED: f32 = 3.0;

/// One line, or one row of a table with its cells parted by tabs.
#[derive(Debug)]
pub(super) struct Line {
    pub text: String,
    /// Both counted from 1, in the order in which they are read.
    pub page: u32,
    pub no: u32,
    pub x: f32,
    pub end: f32,
    pub y: f32,
    pub size: f32,
    /// How wide its first word is.
    pub first: f32,
    pub is_wide: bool,
    pub is_row: bool,
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
        for (at, row) in region.rows.iter().enumerate() {
            if let Some((grid, letters)) = row.table().and_then(|table| tables.get_mut(table)?.take()) {
                for (y, cells) in grid.rows(letters, say_cell).ok_or(garbled.clone())? {
                    let (x, end, size, right) = (grid.left(), grid.right(), 1.0, region.right);
                    let no_word = (0.0, false);
                    out.push(line(
                        page,
                        &out,
                        cells.join("\t"),
                        (x, end, y, size),
                        no_word,
                        (no, right, region.is_column),
                        true,
                    ));
                }
                continue;
            }
            let is_row = is_aligned(row, at.checked_sub(1).and_then(|at| region.rows.get(at)))
                || is_aligned(row, region.rows.get(at + 1));
            let text = say(&row.letters, row.size, is_row.then_some(TAB)).ok_or(garbled.clone())?;
            let place = (row.start(), row.end(), row.y, row.size);
            out.push(line(page, &out, text, place, first_word(row), (no, region.right, region.is_column), is_row));
        }
    }
    out.retain(|line| !line.text.is_empty());
    Ok(out)
}

fn line(
    page: u32,
    before: &[Line],
    text: String,
    (x, end, y, size): (f32, f32, f32, f32),
    (first, is_wide): (f32, bool),
    (region, right, is_column): (usize, f32, bool),
    is_row: bool,
) -> Line {
    Line { text, page, no: 1 + before.len() as u32, x, end, y, size, first, is_wide, is_row, region, right, is_column }
}

/// How wide the first word is, and whether it is an ideograph.
fn first_word(row: &Row) -> (f32, bool) {
    let mut letters = row.letters.iter().skip_while(|letter| letter.what == What::Space);
    let Some(first) = letters.next() else { return (0.0, false) };
    if first.is_wide() {
        return (first.end - first.x, true);
    }
    let mut end = first.end;
    for letter in letters {
        if letter.what == What::Space || letter.is_wide() || letter.x - end > 0.15 * row.size {
            break;
        }
        end = end.max(letter.end);
    }
    (end - first.x, false)
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

fn say_cell(cell: &[Row]) -> Option<String> {
    let mut out = String::new();
    for row in cell {
        join(&mut out, &say(&row.letters, row.size, None)?);
    }
    Some(out)
}

/// Adds what goes on in the next line: ideographs stand side by side, words are parted.
pub(super) fn join(text: &mut String, next: &str) {
    let wide = |c: Option<char>| c.is_none_or(|c| super::written::is_wide(c) || matches!(c, '“' | '”' | '—' | '…'));
    if !wide(text.chars().next_back()) && !wide(next.chars().next()) {
        text.push(' ');
    }
    text.push_str(next);
}
