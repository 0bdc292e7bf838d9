//! Footnotes: what stands small at the foot of a page, under a number. In the middle of the text they would break a sentence,
//! so they stand after it.

use std::collections::BTreeMap;

use super::line::Line;

/// Notes are set smaller than the text, by so much at least.
const SMALLER: f32 = 0.93;

/// Takes the notes out of the pages.
pub(super) fn take_notes(pages: &mut [Vec<Line>]) -> Vec<Vec<Line>> {
    pages.iter_mut().map(notes_of).collect()
}

fn notes_of(page: &mut Vec<Line>) -> Vec<Line> {
    let size = text_size(page);
    let mut order: Vec<usize> = (0..page.len()).collect();
    order.sort_by(|a, b| page[*a].y.total_cmp(&page[*b].y));
    let is_small = |at: &&usize| !page[**at].is_row && page[**at].size < SMALLER * size;
    let small: Vec<usize> = order.iter().take_while(is_small).copied().collect();
    // From the topmost that is numbered.
    let Some(top) = small.iter().rposition(|at| is_numbered(&page[*at].text)) else { return vec![] };
    let mut is_note = vec![false; page.len()];
    for at in &small[..=top] {
        is_note[*at] = true;
    }
    let mut kept = vec![];
    let mut notes = vec![];
    for (line, is_note) in page.drain(..).zip(is_note) {
        if is_note { notes.push(line) } else { kept.push(line) }
    }
    *page = kept;
    notes
}

/// The size of most letters.
fn text_size(page: &[Line]) -> f32 {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for line in page.iter().filter(|line| !line.is_row) {
        *counts.entry((line.size * 10.0) as i32).or_default() += line.text.chars().count();
    }
    counts.iter().max_by_key(|(_, count)| **count).map_or(0.0, |(size, _)| *size as f32 / 10.0)
}

/// "1 The list …", "[2] …", "③…", "* …".
fn is_numbered(text: &str) -> bool {
    let bare = text.trim_start_matches(['[', '〔', '（', '(']);
    let digits = bare.chars().take_while(char::is_ascii_digit).count();
    let after = bare.chars().nth(digits);
    let is_counted =
        (1..=3).contains(&digits) && after.is_some_and(|c| !matches!(c, '.' | ',' | '%' | ':' | '/' | '-'));
    let is_sign = |c: char| ('①'..='⑳').contains(&c) || "⁰¹²³⁴⁵⁶⁷⁸⁹*†‡＊".contains(c);
    is_counted || bare.starts_with(is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, y: f32, size: f32) -> Line {
        Line { text: text.to_owned(), y, size, ..Line::default() }
    }

    #[test]
    fn what_is_small_and_numbered_at_the_foot_is_a_note() {
        let text = "The Water Bureau shall dredge the outfall";
        let mut pages = vec![
            vec![line(text, 700.0, 12.0), line("1 Seen by all.", 80.0, 10.0), line("and by others", 68.0, 10.0)],
            vec![line(text, 700.0, 12.0), line("Printed on 3 March", 80.0, 10.0)],
            vec![line("1 Small print", 700.0, 10.0), line(text, 80.0, 12.0)],
            vec![line(text, 700.0, 12.0), line("1 as large as the text", 80.0, 12.0)],
        ];
        let notes = take_notes(&mut pages);
        let counts: Vec<_> = pages.iter().map(Vec::len).zip(notes.iter().map(Vec::len)).collect();
        assert_eq!(counts, [(1, 2), (2, 0), (2, 0), (2, 0)]);
    }
}
