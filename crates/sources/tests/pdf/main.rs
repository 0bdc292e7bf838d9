//! PDF files as offices have them, written by hand, and what is read of them.

mod files;
mod fonts;
mod hostile;
mod layout;
mod writer;

use sources::{At, Format, canonical};

/// The text of a file, or why there is none.
fn read(bytes: &[u8]) -> Result<String, &'static str> {
    canonical(bytes, Format::Pdf).map(|read| read.into_parts().0).map_err(|unreadable| unreadable.code())
}

/// Page and line of each place, with the text that begins there.
fn placed(bytes: &[u8]) -> Vec<(u32, u32, String)> {
    let read = canonical(bytes, Format::Pdf).expect("readable");
    let begins = |start: usize| read.as_str().chars().skip(start).take(2).collect();
    let placed = |place: &sources::Place| match place.at {
        At::Page { page, line } => (page, line, begins(place.start)),
        ref other => panic!("{other:?} in a PDF"),
    };
    read.places().iter().map(placed).collect()
}
