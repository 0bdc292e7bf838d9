//! The head of a document: when its meeting was held, what it is called, who chaired. The grammars stand in
//! `zh/header.rs` and `en/header.rs`.

use crate::marks::marks;
use crate::{Item, Lang, en, table, zh};
use civil::Date;
use std::ops::Range;

/// What a document says of its meeting. What it does not say is left out, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Header {
    /// The (first) day of the meeting.
    pub(crate) date: Option<Date>,
    /// The day of the next one.
    pub(crate) next_meeting: Option<Date>,
    /// The document's title.
    pub(crate) title: Option<String>,
    /// The meeting's name, else the title.
    pub(crate) meeting: Option<String>,
    /// The body that met.
    pub(crate) body: Option<String>,
    /// Who chaired, without title.
    pub(crate) presided_by: Option<String>,
    /// The agenda, in order.
    pub(crate) items: Vec<Item>,
}

/// Read the head of a document.
pub(crate) fn read(text: &str, paragraphs: &[Range<usize>], lang: Lang) -> Header {
    let mut in_table = false;
    let paragraphs = paragraphs.iter().filter(|range| {
        // The days in a table of work are its deadlines. A heading within one ends with its empty cells.
        let row = &text[(*range).clone()];
        let is_row = marks!['\t', '|'].stand_in(row) || text[range.end..].starts_with('\t');
        let is_head = || table::is_head(&row.split(['\t', '|']).map(str::trim).collect::<Vec<_>>());
        in_table = is_row && (in_table || is_head());
        !in_table
    });
    let paragraphs: Vec<&str> = paragraphs.map(|range| &text[range.clone()]).collect();
    match lang {
        Lang::Zh => zh::header::read(&paragraphs),
        Lang::En => en::header::read(&paragraphs),
    }
}
