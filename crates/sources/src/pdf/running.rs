//! What stands on every page beside the text: headers, footers, the numbers of pages. It is dropped.

use std::collections::HashMap;

use super::line::Line;

/// Lines at the top and at the bottom of a page among which they are looked for.
const EDGE: usize = 3;
/// How far apart, in points, the same header may stand on two pages.
const NEAR: f32 = 3.0;

/// Takes running headers and footers out of the pages.
pub(super) fn drop_running(pages: &mut [Vec<Line>]) {
    let seen = seen(pages);
    let least = (pages.len() * 2).div_ceil(5).max(2);
    for page in pages.iter_mut() {
        let mut order: Vec<usize> = (0..page.len()).collect();
        order.sort_by(|a, b| page[*b].y.total_cmp(&page[*a].y));
        let mut dropped = vec![false; page.len()];
        for from_below in [false, true] {
            if from_below {
                order.reverse();
            }
            // From the edge inwards, as far as it goes: a line inside the text is never one.
            for at in order.iter().take(EDGE) {
                let line = &page[*at];
                let is_running = !line.is_row && (is_page_number(&line.text) || count(&seen, line) >= least);
                if !is_running {
                    break;
                }
                dropped[*at] = true;
            }
        }
        let mut dropped = dropped.into_iter();
        page.retain(|_| !dropped.next().unwrap_or(false));
    }
}

/// The heights at which a text stands, digits aside, on the edges of pages.
type Seen = HashMap<String, Vec<f32>>;

fn seen(pages: &[Vec<Line>]) -> Seen {
    let mut seen = Seen::new();
    for page in pages {
        let mut order: Vec<&Line> = page.iter().filter(|line| !line.is_row).collect();
        order.sort_by(|a, b| b.y.total_cmp(&a.y));
        let edges = order.iter().take(EDGE).chain(order.iter().skip(EDGE).rev().take(EDGE));
        for line in edges {
            seen.entry(key(&line.text)).or_default().push(line.y);
        }
    }
    for heights in seen.values_mut() {
        heights.sort_by(f32::total_cmp);
    }
    seen
}

fn count(seen: &Seen, line: &Line) -> usize {
    let Some(heights) = seen.get(&key(&line.text)) else { return 0 };
    let at = |y: f32| heights.partition_point(|height| *height < y);
    at(line.y + NEAR) - at(line.y - NEAR)
}

/// The text, whatever its numbers are.
fn key(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

/// "— 3 —", "Page 3 of 12", "第3页 共12页", "iv".
fn is_page_number(text: &str) -> bool {
    let lower: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let is_roman = lower.len() <= 5 && lower.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let bare = lower.replace("page", "").replace("of", "").replace("p.", "");
    let marks = |c: char| "-–—－―·•第页頁共/|~〜".contains(c);
    let digits = bare.chars().filter(|c| c.is_ascii_digit() || "一二三四五六七八九十百".contains(*c)).count();
    let is_arabic = bare.chars().any(|c| c.is_ascii_digit());
    let is_chinese = lower.contains('第') && lower.contains(['页', '頁']);
    let is_number = digits > 0
        && (is_arabic || is_chinese)
        && digits <= 8
        && bare.chars().all(|c| marks(c) || c.is_ascii_digit() || "一二三四五六七八九十百".contains(c));
    (is_roman && !lower.is_empty()) || is_number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages_are_known_by_their_looks() {
        for text in ["1", "- 12 -", "— 3 —", "Page 3 of 12", "第 3 页 共 12 页", "第三页", "3/12", "iv", "p. 4"]
        {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["", "一", "2026年3月3日", "Item 3", "3 March", "第3条", "1.", "mix", "十二"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
