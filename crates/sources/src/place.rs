//! Where in the original the canonical text stands: its line, its page, its paragraph or its cell.

use serde::{Deserialize, Serialize};

use crate::canonical::{MAX_CODE_POINTS, Unreadable};

/// At most so many places in one text; a file with more lines or cells is too large.
pub const PLACES_MAX: usize = 200_000;

/// Where in a file a piece of its text stands. Everything is counted from 1, as whoever opens the file would count it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// A line of a text file.
    Line(u32),
    /// A line of a page.
    Page {
        /// The page, in the order of the file.
        page: u32,
        /// The line on it, in the order in which it is read.
        line: u32,
    },
    /// A paragraph outside tables; empty ones are not counted.
    Paragraph(u32),
    /// A cell of a table among paragraphs.
    TableCell {
        /// The table, in the order of the file; one within another is not counted.
        table: u32,
        /// The row.
        row: u32,
        /// The column; a cell over several stands in the first.
        column: u32,
    },
    /// A footnote, in the order in which the text refers to them.
    Footnote(u32),
    /// An endnote, likewise.
    Endnote(u32),
    /// A text box.
    TextBox(u32),
    /// A cell of a workbook.
    Cell {
        /// The name of its sheet.
        sheet: String,
        /// Column and row, such as `B7`; of merged cells the first.
        cell: String,
    },
}

impl std::fmt::Display for At {
    /// For the command line: `page 3, line 12`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            At::Line(line) => write!(f, "line {line}"),
            At::Page { page, line } => write!(f, "page {page}, line {line}"),
            At::Paragraph(no) => write!(f, "paragraph {no}"),
            At::TableCell { table, row, column } => write!(f, "table {table}, row {row}, column {column}"),
            At::Footnote(no) => write!(f, "footnote {no}"),
            At::Endnote(no) => write!(f, "endnote {no}"),
            At::TextBox(no) => write!(f, "text box {no}"),
            At::Cell { sheet, cell } => write!(f, "cell {cell} of sheet {sheet}"),
        }
    }
}

/// From `start` on, up to the next place, the canonical text stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The first code point.
    pub start: usize,
    /// Where it stands.
    pub at: At,
}

/// Where what begins at code point `start` stands: the last place that begins there or before. `places` are in order.
pub fn place(places: &[Place], start: usize) -> Option<&At> {
    let after = places.partition_point(|place| place.start <= start);
    Some(&places.get(after.checked_sub(1)?)?.at)
}

/// A text that a reader puts together, piece by piece, each with its place.
#[derive(Debug, Default)]
pub(crate) struct Placed {
    text: String,
    length: usize,
    places: Vec<Place>,
}

impl Placed {
    /// What is pushed from here on stands there. Errors: `TooLarge` beyond [`PLACES_MAX`].
    pub(crate) fn at(&mut self, at: At) -> Result<(), Unreadable> {
        let count = self.places.len();
        match self.places.last_mut() {
            Some(last) if last.at == at => {}
            // Nothing stood at the last one.
            Some(last) if last.start == self.length => last.at = at,
            Some(_) if count == PLACES_MAX => return Err(Unreadable::TooLarge),
            Some(_) | None => self.places.push(Place { start: self.length, at }),
        }
        Ok(())
    }

    /// Adds text. Errors: `TooLarge` beyond [`MAX_CODE_POINTS`].
    pub(crate) fn push(&mut self, text: &str) -> Result<(), Unreadable> {
        self.length += text.chars().count();
        if self.length > MAX_CODE_POINTS {
            return Err(Unreadable::TooLarge);
        }
        self.text.push_str(text);
        Ok(())
    }

    /// A row of a table as a line, its cells parted by tabs; none where every cell is empty.
    pub(crate) fn row(&mut self, cells: &[Option<(String, At)>]) -> Result<(), Unreadable> {
        if cells.iter().all(Option::is_none) {
            return Ok(());
        }
        for (column, cell) in cells.iter().enumerate() {
            if column > 0 {
                self.push("\t")?;
            }
            if let Some((text, at)) = cell {
                self.at(at.clone())?;
                self.push(text)?;
            }
        }
        self.push("\n")
    }

    /// Ends the line, unless nothing stands on it.
    pub(crate) fn end_line(&mut self) -> Result<(), Unreadable> {
        if self.text.is_empty() || self.text.ends_with('\n') { Ok(()) } else { self.push("\n") }
    }

    /// Leaves an empty line, so that what follows is no part of what stood before.
    pub(crate) fn part(&mut self) -> Result<(), Unreadable> {
        self.end_line()?;
        if self.text.is_empty() || self.text.ends_with("\n\n") { Ok(()) } else { self.push("\n") }
    }

    /// Text and places. White space at the end goes, and with it the places where nothing stands.
    pub(crate) fn finish(mut self) -> (String, Vec<Place>) {
        self.text.truncate(self.text.trim_end().len());
        let length = self.text.chars().count();
        self.places.truncate(self.places.partition_point(|place| place.start < length));
        (self.text, self.places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_span_is_the_last_that_begins_before_it() {
        let mut placed = Placed::default();
        for (at, text) in [(At::Paragraph(1), "清禾市"), (At::Paragraph(2), "会议"), (At::Paragraph(3), "")] {
            placed.at(at).expect("few");
            placed.push(text).expect("short");
            placed.end_line().expect("short");
        }
        let (text, places) = placed.finish();
        assert_eq!(text, "清禾市\n会议");
        assert_eq!(places.iter().map(|place| place.start).collect::<Vec<_>>(), [0, 4]);
        for (start, no) in [(0, 1), (3, 1), (4, 2), (100, 2)] {
            assert_eq!(place(&places, start), Some(&At::Paragraph(no)), "{start}");
        }
        assert_eq!(place(&places[1..], 3), None);
    }
}
