//! The order in which a page is read: columns one after the other, each from top to bottom.

use std::cmp::Reverse;
use std::ops::Range;

use super::letter::{Letter, Row, What, rows};

/// Columns in columns.
const DEEP: usize = 3;
/// A gap, in ems, in which two columns may part.
const GUTTER: f32 = 0.5;
/// Rows that make a column.
const COLUMN_ROWS: usize = 4;
/// Rows of a page in which columns are looked for, and how often on one page.
const ROWS_MAX: usize = 1_000;
const BANDS: usize = 20;
/// From one row to the next, in ems: more sets apart.
const APART: f32 = 1.7;
/// Steps across the page in which gutters are looked for.
const STEPS: usize = 200;

/// Rows that are read one after the other, and where their column ends on the right.
#[derive(Debug)]
pub(super) struct Region<'t> {
    pub rows: Vec<Row<'t>>,
    pub right: f32,
    /// Whether it is one of several columns.
    pub is_column: bool,
}

/// A page's letters in the order in which they are read.
pub(super) fn regions(letters: Vec<Letter>) -> Vec<Region> {
    let mut out = vec![];
    flow(letters, DEEP, false, &mut out);
    out
}

fn flow<'t>(letters: Vec<Letter<'t>>, deep: usize, is_column: bool, out: &mut Vec<Region<'t>>) {
    let mut rows = rows(letters);
    let of_text = |row: &&Row| row.table().is_none();
    let right = rows.iter().filter(of_text).map(Row::end).fold(f32::MIN, f32::max);
    let whole = |rows: Vec<Row<'t>>, out: &mut Vec<Region<'t>>| {
        if !rows.is_empty() {
            out.push(Region { rows, right, is_column });
        }
    };
    // From the top: what goes across, then columns, and so on.
    for _ in 0..BANDS {
        let Some(Band { rows: band, gutter }) = (if deep > 0 { first_band(&rows) } else { None }) else { break };
        let below = rows.split_off(band.end);
        let columns = rows.split_off(band.start);
        whole(rows, out);
        let letters = columns.into_iter().flat_map(|row| row.letters);
        let (left, other): (Vec<Letter>, Vec<Letter>) = letters.partition(|letter| letter.x < gutter);
        flow(left, deep - 1, true, out);
        flow(other, deep - 1, true, out);
        rows = below;
    }
    whole(rows, out);
}

/// Pieces of a row that are set apart by more than a gutter. A space that is drawn sets nothing apart.
fn pieces(row: &Row) -> Vec<(f32, f32)> {
    let mut out: Vec<(f32, f32)> = vec![];
    let mut reach = f32::MIN;
    for letter in &row.letters {
        let is_near = letter.x - reach < GUTTER * row.size;
        match (letter.what, out.last_mut()) {
            (What::Space, _) if is_near => {}
            (What::Space, _) => continue,
            (_, Some(last)) if is_near => last.1 = last.1.max(letter.end),
            (_, Some(_) | None) => out.push((letter.x, letter.end)),
        }
        reach = reach.max(letter.end);
    }
    out
}

/// Rows that stand in two columns, and where these part.
struct Band {
    rows: Range<usize>,
    gutter: f32,
}

/// The topmost rows that part into two columns of prose, if any do. A table parts too, but its columns are not filled.
fn first_band(rows: &[Row]) -> Option<Band> {
    if rows.len() < COLUMN_ROWS || rows.len() > ROWS_MAX {
        return None;
    }
    let pieces: Vec<Vec<(f32, f32)>> = rows.iter().map(pieces).collect();
    let start = pieces.iter().flatten().map(|piece| piece.0).fold(f32::MAX, f32::min);
    let end = pieces.iter().flatten().map(|piece| piece.1).fold(f32::MIN, f32::max);
    let step = (end - start) / STEPS as f32;
    if step.is_nan() || step <= 0.0 {
        return None;
    }
    let mut bands: Vec<Band> = vec![];
    for at in STEPS / 5..=STEPS * 4 / 5 {
        let gutter = start + step * (at as f32 + 0.5);
        let crosses = |row: &Vec<(f32, f32)>| row.iter().any(|piece| piece.0 < gutter && piece.1 > gutter);
        let mut from = 0;
        for to in 0..=rows.len() {
            if to < rows.len() && !crosses(&pieces[to]) {
                continue;
            }
            let band = if from < to { from..end_of(rows, &pieces, from..to, gutter) } else { 0..0 };
            if is_filled(&pieces[band.clone()], gutter, end - start) {
                bands.push(Band { rows: band, gutter });
            }
            from = to + 1;
        }
    }
    // The topmost, then the longest; of all gutters that make it the one in the middle.
    let best = bands.iter().map(|band| (band.rows.start, Reverse(band.rows.len()))).min()?;
    bands.retain(|band| (band.rows.start, Reverse(band.rows.len())) == best);
    let middle = bands.len() / 2;
    Some(bands.swap_remove(middle))
}

/// Where a band ends: what stands under its last rows on one side only, and apart from them, is no part of it.
fn end_of(rows: &[Row], pieces: &[Vec<(f32, f32)>], band: Range<usize>, gutter: f32) -> usize {
    let has = |at: usize, is_left: bool| pieces[at].iter().any(|piece| (piece.0 < gutter) == is_left);
    let last = |is_left: bool| band.clone().rev().find(|at| has(*at, is_left)).unwrap_or(band.start);
    // How far apart the lines of a column are: with wide spacing more sets apart.
    let pitch = |is_left: bool| {
        let ys: Vec<f32> = band.clone().filter(|at| has(*at, is_left)).map(|at| rows[at].y).collect();
        let mut steps: Vec<f32> = ys.windows(2).map(|pair| pair[0] - pair[1]).collect();
        steps.sort_by(f32::total_cmp);
        steps.get(steps.len() / 2).copied().unwrap_or(0.0)
    };
    let apart = 1.25 * pitch(true).max(pitch(false));
    let both = last(true).min(last(false));
    let mut end = both + 1;
    while end < band.end && rows[end - 1].y - rows[end].y < apart.max(APART * rows[end].size) {
        end += 1;
    }
    end
}

fn is_filled(pieces: &[Vec<(f32, f32)>], gutter: f32, width: f32) -> bool {
    let side = |is_left: bool| -> Vec<(f32, f32)> {
        let of = |row: &Vec<(f32, f32)>| {
            let side = row.iter().filter(|piece| (piece.0 < gutter) == is_left);
            side.copied().reduce(|all, piece| (all.0.min(piece.0), all.1.max(piece.1)))
        };
        pieces.iter().filter_map(of).collect()
    };
    [true, false].into_iter().map(side).all(|rows| {
        let (low, high) = rows.iter().fold((f32::MAX, f32::MIN), |(low, high), row| (low.min(row.0), high.max(row.1)));
        let full = rows.iter().filter(|row| row.1 - row.0 >= 0.6 * (high - low)).count();
        rows.len() >= COLUMN_ROWS && full * 2 >= rows.len() && high - low >= 0.25 * width
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::letter::say;

    /// A line of letters, each 5 wide.
    fn line(out: &mut Vec<Letter<'static>>, text: &'static str, x: f32, y: f32) {
        for (at, c) in text.char_indices() {
            let x = x + 5.0 * at as f32;
            let what = if c == ' ' { What::Space } else { What::Text(&text[at..at + 1]) };
            out.push(Letter { what, x, end: x + 5.0, y, size: 10.0 });
        }
    }

    fn said(letters: Vec<Letter>) -> Vec<String> {
        let rows = regions(letters).into_iter().flat_map(|region| region.rows);
        rows.map(|row| say(&row.letters, row.size, None).expect("readable")).collect()
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut letters = vec![];
        line(&mut letters, "a title across the columns of this page", 20.0, 112.0);
        for (no, (left, right)) in [
            ("one two three fo", "eleven twelve th"),
            ("five six seven e", "fourteen fifteen"),
            ("nine ten and the", "seventeen and on"),
            ("last of the firs", "until the end is"),
        ]
        .into_iter()
        .enumerate()
        {
            let y = 90.0 - 12.0 * no as f32;
            line(&mut letters, left, 0.0, y);
            // The lines of the right column stand between those of the left.
            line(&mut letters, right, 110.0, y - 6.0);
        }
        line(&mut letters, "and a line below that crosses both", 10.0, 10.0);
        let said = said(letters);
        assert!(said[0].starts_with("a title") && said[9].starts_with("and a line"), "{said:?}");
        assert_eq!(said[4], "last of the firs");
        assert_eq!(said[5], "eleven twelve th");
    }

    #[test]
    fn a_list_of_labels_is_no_column() {
        let mut letters = vec![];
        for (no, (label, value)) in
            [("Chair", "Ann"), ("Clerk", "Bo"), ("Present", "Cy"), ("Absent", "Di"), ("Place", "Hall")]
                .into_iter()
                .enumerate()
        {
            line(&mut letters, label, 0.0, 90.0 - 12.0 * no as f32);
            line(&mut letters, value, 100.0, 90.0 - 12.0 * no as f32);
        }
        line(&mut letters, "This meeting was held in the hall", 0.0, 10.0);
        assert_eq!(said(letters)[0], "Chair Ann");
    }
}
