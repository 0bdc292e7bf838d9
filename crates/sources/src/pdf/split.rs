//! Tables that go on over the end of a page. A row that it cut in two goes on in the cells of the first half; the heading is
//! there again.

use super::line::{Line, join};

/// How far apart, in points, the columns of the two halves may part.
const NEAR: f32 = 2.0;

/// Puts the halves together, and takes out a heading that the table has again on the next page.
pub(super) fn mend(pages: &mut [Vec<Line>]) {
    // The heading of the table that reaches to the end of the page before.
    let mut heading: Option<String> = None;
    for at in 1..pages.len() {
        let (before, after) = pages.split_at_mut(at);
        let (Some(page), Some(next)) = (before.last_mut(), after.first_mut()) else { continue };
        let begun = page.iter().rposition(|line| !page.last().is_some_and(|last| is_same(line, last)));
        heading = match begun {
            Some(begun) => page.get(begun + 1).map(|line| line.text.clone()),
            None => heading.or(page.first().map(|line| line.text.clone())),
        };
        let Some(row) = page.last_mut() else { continue };
        let has_again = |next: &Line| is_same(next, row) && Some(&next.text) == heading.as_ref();
        if next.len() > 1 && next.first().is_some_and(has_again) {
            next.remove(0);
        }
        if let Some(whole) = next.first().and_then(|rest| whole(row, rest)) {
            row.text = whole;
            next.remove(0);
        }
    }
}

/// Whether both are rows of a table whose columns part in the same places.
fn is_same(one: &Line, other: &Line) -> bool {
    let (one, other) = (&one.columns, &other.columns);
    !one.is_empty()
        && one.len() == other.len()
        && one.iter().zip(other.iter()).all(|(one, other)| (one - other).abs() < NEAR)
}

/// The row that two halves make: no cell begins in the second that was not begun in the first and had no room left there; and
/// the first cell, which numbers the row, is not begun again.
fn whole(row: &Line, rest: &Line) -> Option<String> {
    let cells: Vec<&str> = row.text.split('\t').collect();
    let more: Vec<&str> = rest.text.split('\t').collect();
    if !is_same(row, rest) || cells.len() != more.len() || more.first().is_none_or(|first| !first.is_empty()) {
        return None;
    }
    let goes_on =
        |at: usize| more[at].is_empty() || !cells[at].is_empty() && row.is_full.get(at).copied().unwrap_or(false);
    (0..more.len()).all(goes_on).then(|| {
        let joined = cells.iter().zip(&more).map(|(cell, more)| {
            let mut cell = (*cell).to_owned();
            if !more.is_empty() {
                join(&mut cell, more);
            }
            cell
        });
        joined.collect::<Vec<_>>().join("\t")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str, is_full: &[bool]) -> Line {
        let columns = [56.0, 100.0, 200.0, 300.0].into();
        Line { text: text.to_owned(), is_row: true, columns, is_full: is_full.to_vec(), ..Line::default() }
    }

    #[test]
    fn a_heading_stands_once() {
        let page = |rows: &[&str]| rows.iter().map(|text| row(text, &[false; 3])).collect::<Vec<_>>();
        let mut pages = vec![
            page(&["序号\t任务\t时限", "1\t修桥\t3月"]),
            page(&["序号\t任务\t时限", "2\t修路\t4月"]),
            page(&["序号\t任务\t时限", "3\t建房\t5月"]),
        ];
        mend(&mut pages);
        let left: Vec<usize> = pages.iter().map(Vec::len).collect();
        assert_eq!(left, [2, 1, 1]);
    }

    #[test]
    fn halves_are_put_together_and_rows_are_not() {
        let whole = |row: &Line, rest: &str| whole(row, &self::row(rest, &[]));
        let first = row("9\t整治背街小\t2026年10月1", &[false, true, true]);
        assert_eq!(whole(&first, "\t巷27条\t5日").as_deref(), Some("9\t整治背街小巷27条\t2026年10月15日"));
        assert_eq!(whole(&first, "\t巷27条\t").as_deref(), Some("9\t整治背街小巷27条\t2026年10月1"));
        // Another row; a row whose first cell goes on from above, under a cell that had room.
        assert_eq!(whole(&first, "10\t修路\t5月"), None);
        assert_eq!(whole(&row("9\t修桥\t5月", &[false, false, false]), "\t修路\t"), None);
        assert_eq!(whole(&row("9\t\t5月", &[false, true, true]), "\t修路\t"), None);
    }
}
