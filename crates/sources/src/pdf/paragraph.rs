//! Lines to paragraphs: the canonical text has one line for each, and knows where each line of a page begins in it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use super::line::{Line, join};
use crate::canonical::Unreadable;
use crate::place::{At, Placed};
use crate::segment;

/// How the lines of a column stand.
#[derive(Clone, Copy, Debug)]
struct Shape {
    left: f32,
    /// From one line to the next.
    pitch: f32,
    /// The same in most of the file.
    usual: f32,
    /// Whether so many lines end on the right together that this is where lines end.
    has_edge: bool,
}

/// The canonical text: a paragraph a line, an empty line between them; the cells of a table's row are parted by tabs. Notes
/// stand after the text.
/// Errors: `TooLarge`.
pub(super) fn text(pages: &[Vec<Line>], notes: &[Vec<Line>]) -> Result<Placed, Unreadable> {
    let words = Words::of(pages);
    let usual = usual(pages);
    let mut out = Placed::default();
    for part in [pages, notes] {
        // The paragraph under way: its lines, and where each begins in its bytes.
        let (mut text, mut open): (String, Vec<(usize, &Line)>) = (String::new(), vec![]);
        for region in part.iter().flat_map(|page| page.chunk_by(|a, b| a.region == b.region)) {
            let shape = Shape { usual, ..shape(region) };
            for line in region {
                if continues(&open, line, shape) {
                    words.join(&mut text, &line.text);
                } else {
                    close(&mut out, &mut text, &mut open)?;
                    text.push_str(&line.text);
                }
                open.push((text.len() - line.text.len(), line));
            }
        }
        close(&mut out, &mut text, &mut open)?;
    }
    Ok(out)
}

/// How far apart most lines of the file are, in half points.
fn usual(pages: &[Vec<Line>]) -> f32 {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for pair in pages.iter().flat_map(|page| page.windows(2)) {
        let step = pair[0].y - pair[1].y;
        if pair[0].region == pair[1].region && !pair[0].is_row && !pair[1].is_row && (1.0..100.0).contains(&step) {
            *counts.entry((2.0 * step).round() as i32).or_default() += 1;
        }
    }
    counts.iter().max_by_key(|(step, count)| (**count, Reverse(**step))).map_or(0.0, |(step, _)| *step as f32 / 2.0)
}

/// Adds a paragraph that is complete.
fn close(out: &mut Placed, text: &mut String, open: &mut Vec<(usize, &Line)>) -> Result<(), Unreadable> {
    out.part()?;
    let ends: Vec<usize> = open.iter().skip(1).map(|(start, _)| *start).chain([text.len()]).collect();
    for ((start, line), end) in open.drain(..).zip(ends) {
        out.at(At::Page { page: line.page, line: line.no })?;
        out.push(&text[start..end])?;
    }
    text.clear();
    Ok(())
}

fn shape(region: &[Line]) -> Shape {
    let mut lefts: Vec<f32> = region.iter().filter(|line| !line.is_row).map(|line| line.x).collect();
    lefts.sort_by(f32::total_cmp);
    // One line that stands out to the left says nothing of the others.
    let shared = lefts.windows(2).find(|pair| pair[1] - pair[0] < 3.0).map(|pair| pair[0]);
    let left = shared.or(lefts.first().copied()).unwrap_or(0.0);
    let mut steps: Vec<f32> = region.windows(2).map(|pair| pair[0].y - pair[1].y).filter(|step| *step > 0.0).collect();
    steps.sort_by(f32::total_cmp);
    let near = region.iter().filter(|line| !line.is_row && line.right - line.end < 1.5 * line.size).count();
    let has_edge = near >= 3 || region.iter().any(|line| line.is_column);
    Shape { left, has_edge, usual: 0.0, pitch: steps.get(steps.len() / 2).copied().unwrap_or(f32::MAX) }
}

/// Whether a line goes on with the paragraph: the line before had no room for its first word, and nothing says that
/// another begins.
fn continues(open: &[(usize, &Line)], next: &Line, shape: Shape) -> bool {
    let Some((_, last)) = open.last() else { return false };
    let words = last.text.trim_end_matches(['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']);
    let is_over = words.ends_with(['。', '！', '？', '；', '：', '.', '!', '?', ';', ':']);
    if last.is_row || next.is_row || is_item(open, next, is_over) {
        return false;
    }
    let em = last.size.max(next.size);
    if (last.size - next.size).abs() > 0.15 * em {
        return false;
    }
    let slack = if next.is_wide { 1.1 } else { 0.3 } * em;
    let is_broken = last.text.ends_with('-') && next.text.starts_with(char::is_lowercase);
    let is_full = is_broken || last.end + next.first + slack > last.right;
    let is_long = last.end - last.x >= if shape.has_edge { 8.0 } else { 20.0 } * em;
    if !is_full || !is_long {
        return false;
    }
    if (last.page, last.region) != (next.page, next.region) {
        // From column to column, and from page to page.
        let goes_on = if last.page == next.page { last.is_column } else { true } && last.is_column == next.is_column;
        return goes_on && !is_over && next.x - shape.left < 0.8 * em;
    }
    let step = last.y - next.y;
    (step < 1.35 * shape.pitch || (step - shape.usual).abs() < 0.5) && is_in_line(open, next, shape, em)
}

/// Whether a number or sign begins an item with the line. Within a sentence some only look so: in Chinese the end of a list of
/// names, elsewhere a dash, or the rest of a number.
fn is_item(open: &[(usize, &Line)], next: &Line, is_over: bool) -> bool {
    let (Some((_, first)), Some((_, last))) = (open.first(), open.last()) else { return false };
    if segment::marker(&next.text) == 0 || is_over {
        return is_over && segment::marker(&next.text) > 0;
    }
    if next.is_wide {
        return false;
    }
    if let Some(dash) = next.text.chars().next().filter(|c| matches!(c, '-' | '–' | '—')) {
        return first.text.starts_with(dash);
    }
    let digits = next.text.chars().take_while(char::is_ascii_digit).count();
    let rest = &next.text[digits..];
    let is_closing = rest.starts_with(['）', ')']) && {
        let count = |signs: [char; 2]| last.text.matches(signs).count();
        count(['（', '(']) > count(['）', ')'])
    };
    // 1.2万户: the number goes on, and no space parts it from what it counts.
    let after = rest.strip_prefix('.').map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let is_decimal = after.is_some_and(|after| rest.len() > 1 + after.len() && !after.starts_with([' ', '\t', '.']));
    digits <= 2 && !is_closing && !is_decimal
}

/// Whether a line begins where the paragraph's lines do.
fn is_in_line(open: &[(usize, &Line)], next: &Line, shape: Shape, em: f32) -> bool {
    let (Some((_, first)), Some((_, last))) = (open.first(), open.last()) else { return false };
    let shift = next.x - last.x;
    if open.len() > 1 {
        return shift.abs() < 0.8 * em;
    }
    let number = first.text.split(' ').next().unwrap_or_default();
    let is_number = number.len() < 4 && number.chars().all(|c| c.is_ascii_digit());
    let is_under = (first.x + 0.5 * em..first.second + 0.3 * em).contains(&next.x);
    let hangs = segment::marker(&first.text) > 0 || is_number && is_under;
    // Chinese paragraphs begin two ems further in, all of them: two such lines are two paragraphs.
    let is_next_first = next.is_wide && last.x - shape.left > 0.8 * em && shift.abs() < 0.8 * em;
    let most = if hangs { 6.0 } else { 0.8 };
    (-6.0 * em..most * em).contains(&shift) && (hangs || !is_next_first)
}

/// The words of the file, to know which were broken at the end of a line.
struct Words(HashSet<String>);

impl Words {
    fn of(pages: &[Vec<Line>]) -> Words {
        let lines = pages.iter().flatten().filter(|line| line.text.contains(|c: char| c.is_ascii_alphabetic()));
        let is_word = |c: char| c.is_alphabetic() || c == '-';
        let words = lines.flat_map(|line| {
            let words = line.text.split(move |c| !is_word(c)).filter(|word| word.len() > 1 && !word.ends_with('-'));
            words.map(str::to_lowercase).collect::<Vec<_>>()
        });
        Words(words.collect())
    }

    /// Adds a line to its paragraph. A hyphen at the end of the line before goes if it only broke the word.
    fn join(&self, text: &mut String, next: &str) {
        let Some(before) = text.strip_suffix('-') else { return join(text, next) };
        let part = |c: char| c.is_alphabetic() || c == '-';
        let head = &before[before.trim_end_matches(part).len()..];
        let tail = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if head.is_empty() && !before.ends_with(|c: char| c.is_ascii_digit()) {
            return join(text, next);
        }
        if !head.is_empty() && tail.starts_with(char::is_lowercase) && self.is_broken(head, tail) {
            text.pop();
        }
        text.push_str(next);
    }

    /// Asked of the rest of the file: whether it writes the word as one, with its hyphen, or its parts alone.
    fn is_broken(&self, head: &str, tail: &str) -> bool {
        let (head, tail) = (head.to_lowercase(), tail.to_lowercase());
        let has = |word: &str| self.0.contains(word);
        if has(&format!("{head}{tail}")) {
            return true;
        }
        let has_both = has(&head) && has(&tail);
        !has_both && !has(&format!("{head}-{tail}"))
    }
}
