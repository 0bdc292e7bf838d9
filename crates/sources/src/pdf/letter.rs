//! Letters on a page, the rows they stand in and the words they make.

use std::collections::HashMap;

/// A letter, or what one glyph stands for, in points; y goes up, and its line goes to the right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter<'t> {
    pub what: What<'t>,
    pub x: f32,
    pub end: f32,
    pub y: f32,
    pub size: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What<'t> {
    Text(&'t str),
    Space,
    /// A glyph that no font explains.
    Unknown,
    /// A whole table, by its number on the page.
    Table(usize),
}

impl Letter<'_> {
    fn first(&self) -> Option<char> {
        match self.what {
            What::Text(text) => text.chars().next(),
            What::Space | What::Unknown | What::Table(_) => None,
        }
    }

    /// Whether it is set as ideographs are: some marks are so in Chinese only, which their width tells.
    pub fn is_wide(&self) -> bool {
        self.first().is_some_and(|c| {
            super::written::is_wide(c)
                || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·') && self.end - self.x > 0.75 * self.size
        })
    }
}

/// Letters on one line, from left to right.
#[derive(Clone, Debug)]
pub(super) struct Row<'t> {
    pub letters: Vec<Letter<'t>>,
    pub y: f32,
    pub size: f32,
}

impl Row<'_> {
    pub fn start(&self) -> f32 {
        self.letters.iter().find(|l| l.what != What::Space).map_or(0.0, |letter| letter.x)
    }

    pub fn end(&self) -> f32 {
        self.letters.iter().filter(|l| l.what != What::Space).map(|letter| letter.end).fold(f32::MIN, f32::max)
    }

    pub fn table(&self) -> Option<usize> {
        self.letters.iter().find_map(|letter| match letter.what {
            What::Table(no) => Some(no),
            What::Text(_) | What::Space | What::Unknown => None,
        })
    }
}

/// Letters that are drawn again in the same place, to look bold, count once.
pub(super) fn once(letters: Vec<Letter>) -> Vec<Letter> {
    let mut places: HashMap<(i32, i32), Vec<usize>> = HashMap::new();
    let mut kept: Vec<Letter> = Vec::with_capacity(letters.len());
    for letter in letters {
        let (x, y) = (letter.x as i32, letter.y as i32);
        let near = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)));
        let reach = (0.2 * letter.size).min(1.0);
        let same = |other: &Letter| {
            other.what == letter.what && (other.x - letter.x).abs() <= reach && (other.y - letter.y).abs() <= reach
        };
        if near.filter_map(|place| places.get(&place)).flatten().any(|at| same(&kept[*at])) {
            continue;
        }
        let here = places.entry((x, y)).or_default();
        // More in one place is no text; it is not compared, so that it costs nothing.
        if here.len() < 16 {
            here.push(kept.len());
        }
        kept.push(letter);
    }
    kept
}

/// The rows that letters stand in, from the top of the page.
pub(super) fn rows(mut letters: Vec<Letter>) -> Vec<Row> {
    letters.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Row> = vec![];
    for letter in letters {
        let is_table = matches!(letter.what, What::Table(_));
        let near = |row: &Row| {
            let (small, large) = (row.size.min(letter.size), row.size.max(letter.size));
            // Raised letters are more than half as large; an initial over several lines is not. What is clearly smaller is
            // raised higher.
            let reach = if large >= 2.2 * small {
                0.25
            } else if large >= 1.3 * small {
                0.55
            } else {
                0.42
            };
            row.y - letter.y <= reach * large && row.table().is_none() && !is_table
        };
        match rows.last_mut().filter(|row| near(row)) {
            Some(row) => {
                // The largest letters say where the line is; the others are set above or below it.
                if letter.size > row.size {
                    (row.y, row.size) = (letter.y, letter.size);
                }
                row.letters.push(letter);
            }
            None => rows.push(Row { y: letter.y, size: letter.size, letters: vec![letter] }),
        }
    }
    rows.retain(|row| row.letters.iter().any(|letter| letter.what != What::Space));
    for row in &mut rows {
        row.letters.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    rows
}

/// What a row says. `tab` is the gap, in ems, from which on cells are parted; without it everything is one cell.
/// `None` if a glyph in it cannot be read.
pub(super) fn say(row: &[Letter], size: f32, tab: Option<f32>) -> Option<String> {
    let mut out = String::new();
    let mut before: Option<&Letter> = None;
    let mut has_space = false;
    // Where the line is: the largest letters stand on it.
    let largest = row.iter().filter(|letter| letter.what != What::Space).max_by(|a, b| a.size.total_cmp(&b.size));
    let line = largest.map_or(0.0, |letter| letter.y);
    for (at, letter) in row.iter().enumerate() {
        if letter.what == What::Space {
            has_space = true;
            continue;
        }
        if let Some(before) = before {
            let gap = (letter.x - before.end) / size.max(0.1);
            if tab.is_some_and(|tab| gap >= tab) {
                out.push('\t');
            } else if is_parted(before, letter, gap, has_space) {
                out.push(' ');
            }
        }
        match letter.what {
            // A raised number is that of a note, or an exponent: it must not go on with a number before it.
            What::Text(text) if letter.size < 0.8 * size && letter.y > line + 0.15 * size && !is_over(row, at) => {
                out.extend(text.chars().map(raised));
            }
            What::Text(text) => out.push_str(text),
            What::Unknown => out.push(list_sign(row, at, size)?),
            What::Space | What::Table(_) => {}
        }
        (before, has_space) = (Some(letter), false);
    }
    Some(out)
}

/// Whether a letter is the upper part of a fraction.
fn is_over(row: &[Letter], at: usize) -> bool {
    row.get(at + 1).is_some_and(|next| matches!(next.what, What::Text("/" | "\u{2044}")))
}

/// The form of a digit that is raised by itself.
fn raised(c: char) -> char {
    let at = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
    at.and_then(|at| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(at)).unwrap_or(c)
}

/// Whether a space stands between two letters. Ideographs are set apart only by gaps that one sees.
fn is_parted(a: &Letter, b: &Letter, gap: f32, has_space: bool) -> bool {
    match (a.is_wide(), b.is_wide()) {
        (false, false) => has_space || gap > 0.15,
        (true, true) => gap > if has_space { 0.15 } else { 0.8 },
        (true, false) | (false, true) => gap > if has_space { 0.1 } else { 0.8 },
    }
}

/// A glyph that nobody can read is a list's sign where it stands alone before the first word, and a fault elsewhere.
fn list_sign(row: &[Letter], at: usize, size: f32) -> Option<char> {
    let is_first = row[..at].iter().all(|letter| letter.what == What::Space);
    let next = row.get(at + 1)?;
    let is_apart = next.what == What::Space || next.x - row[at].end > 0.15 * size;
    (is_first && is_apart).then_some('•')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(what: What<'_>, x: f32, width: f32) -> Letter<'_> {
        Letter { what, x, end: x + width, y: 100.0, size: 10.0 }
    }

    #[test]
    fn gaps_part_words_and_not_ideographs() {
        let row = [
            letter(What::Text("a"), 0.0, 5.0),
            letter(What::Text("b"), 5.5, 5.0),
            letter(What::Text("c"), 13.0, 5.0),
            letter(What::Text("清"), 21.0, 10.0),
            letter(What::Text("禾"), 34.0, 10.0),
            letter(What::Text("市"), 60.0, 10.0),
        ];
        assert_eq!(say(&row, 10.0, None).as_deref(), Some("ab c清禾 市"));
        assert_eq!(say(&row, 10.0, Some(1.5)).as_deref(), Some("ab c清禾\t市"));
    }

    #[test]
    fn an_unknown_glyph_is_a_list_sign_or_a_fault() {
        let text = letter(What::Text("a"), 20.0, 5.0);
        assert_eq!(say(&[letter(What::Unknown, 0.0, 5.0), text], 10.0, None).as_deref(), Some("• a"));
        assert_eq!(say(&[letter(What::Unknown, 15.0, 5.0), text], 10.0, None), None);
        assert_eq!(say(&[letter(What::Text("b"), 0.0, 5.0), letter(What::Unknown, 10.0, 5.0), text], 10.0, None), None);
    }

    #[test]
    fn letters_raised_or_drawn_twice_stay_in_their_row() {
        let raised = Letter { y: 105.4, size: 7.0, ..letter(What::Text("2"), 6.0, 4.0) };
        let twice = Letter { x: 0.3, ..letter(What::Text("a"), 0.0, 5.0) };
        let below = Letter { y: 88.0, ..letter(What::Text("b"), 0.0, 5.0) };
        let rows = rows(once(vec![letter(What::Text("a"), 0.0, 5.0), twice, raised, below]));
        let said: Vec<_> = rows.iter().map(|row| say(&row.letters, row.size, None)).collect();
        assert_eq!(said, [Some("a²".to_owned()), Some("b".to_owned())]);
    }
}
