//! From an uploaded file to a document of the ledger: read by `sources`, bounded, and never trusted.

use std::sync::Arc;

use ledger::document::{self, At, Class, Direction, DocumentText, PLACES_MAX, Place, Proposal};
use ledger::id::UnitId;
use ledger::profile::Meaning;
use ledger::{Invalid, Text};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use sources::{Confidence, Directive, Format, Profile, Reading};
use store::{Read, StoreFault};

use crate::texts::Lang;

/// Reads a file's bytes; the binary lets a limited process do it.
pub type Reader = Arc<dyn Fn(&[u8], Format, &Profile) -> Result<ReadText, Unread> + Send + Sync>;

/// A file's canonical text, and what was read in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReadText {
    /// The canonical text.
    pub text: String,
    /// Where its pieces stand in the file, in order.
    pub places: Vec<sources::Place>,
    /// What it proposes.
    pub reading: Reading,
}

/// Why a file was not read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unread {
    /// The file is at fault: the tail of a message id `invalid-<code>`.
    File(&'static str),
    /// The machine failed.
    Fault(String),
}

/// The tail of the message id for a file that `sources` cannot read.
pub fn unread(code: &str) -> Unread {
    let tails = [
        "file-empty",
        "file-too-large",
        "file-too-much",
        "file-kind",
        "file-is-pdf",
        "file-is-ofd",
        "file-is-docx",
        "file-is-xlsx",
        "file-is-open-document",
        "file-is-old-office",
        "file-is-rtf",
        "file-is-html",
        "file-is-web-archive",
        "file-is-picture",
        "file-is-archive",
        "file-encrypted",
        "file-broken",
        "file-entities",
        "file-binary",
        "file-mis-encoded",
        "file-ambiguous",
        "file-damaged",
        "file-private",
        "file-too-deep",
        "file-no-text",
        "file-garbled",
        "file-scanned",
    ];
    match tails.into_iter().find(|tail| tail.strip_prefix("file-") == Some(code)) {
        Some(tail) => Unread::File(tail),
        None => Unread::Fault(format!("the reader answered {code:?}")),
    }
}

/// Reads a file in this process.
pub fn read_here(bytes: &[u8], format: Format, profile: &Profile) -> Result<ReadText, Unread> {
    let canonical = sources::canonical(bytes, format).map_err(|unreadable| unread(unreadable.code()))?;
    let reading = Reading { unread_pages: canonical.unread_pages().to_vec(), ..sources::read(&canonical, profile) };
    let (text, places) = canonical.into_parts();
    Ok(ReadText { text, places, reading })
}

/// What the office's documents may call its units, by their own names and as it was taught, and by whose schedule working
/// days are counted. Passages that are no directives are read all the same: the ledger leaves them out, where they can be
/// seen (`document::ingest`).
pub fn profile(read: &mut Read<'_>) -> Result<Profile, StoreFault> {
    let (organisation, taught, today) = (read.organisation()?, read.profile()?, read.today());
    let taught_of = |unit: UnitId| {
        taught.in_force().filter_map(move |(lesson, words)| match lesson.meaning {
            Meaning::Unit(named) if named == unit => Some(words.to_owned()),
            Meaning::Unit(_) | Meaning::NoDirective => None,
        })
    };
    let mut units = vec![];
    for (id, text) in organisation.units().filter_map(|unit| Some((unit.id, unit.text.open()?))) {
        let names = [&text.name.zh, &text.name.en].into_iter().flatten();
        let names = names.chain(&text.aliases).map(ToString::to_string);
        let mut names: Vec<String> = names.chain(taught_of(id)).collect();
        if !names.is_empty() {
            units.push(sources::Unit { name: names.remove(0), aliases: names });
        }
    }
    let calendar = read.calendar()?.country(today.year());
    Ok(Profile { units, calendar, ..Profile::default() })
}

/// A document of the ledger. Errors: `Invalid` on `file` where the text names what cannot be kept.
pub fn document_text(read: ReadText, file_name: &str, bytes: &[u8]) -> Result<DocumentText, Invalid> {
    let ReadText { text, places, reading } = read;
    let file_name = Text::parse("file", &shortened(file_name, 200))?;
    let title = reading.title.as_deref().or(reading.meeting.as_deref()).map(|title| shortened(title, 300));
    let title = match title {
        Some(title) => Text::parse("file", &title)?,
        None => file_name.clone(),
    };
    let mut proposals = vec![];
    for (no, directive) in (1u32..).zip(&reading.directives) {
        proposals.push(proposal(no, directive)?);
    }
    Ok(DocumentText {
        title,
        file_name,
        sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        body: text,
        places: places_of(places)?,
        unread_pages: reading.unread_pages,
        lang: Lang::from(reading.lang).tag().into(),
        date: reading.date,
        meeting: optional(reading.meeting.as_deref())?,
        presided_by: optional(reading.presided_by.as_deref())?,
        proposals,
    })
}

/// Numbers of pages in order, those that follow each other as one: "2, 5–7".
pub fn runs(pages: &[u32]) -> String {
    let run = |run: &[u32]| match run {
        [first, .., last] => format!("{first}–{last}"),
        [one] => one.to_string(),
        [] => String::new(),
    };
    pages.chunk_by(|one, next| one + 1 == *next).map(run).collect::<Vec<_>>().join(", ")
}

/// The largest file that is kept: scans are larger than what is read.
pub const KEPT_BYTES_MAX: usize = 32 << 20;

/// Why a file that could not be read is kept all the same; none where it is refused.
pub fn may_be_kept(code: &str, format: Format) -> Option<document::Unread> {
    match (code, format) {
        ("file-scanned", _) => Some(document::Unread::Scanned),
        ("file-kind" | "file-too-large", Format::Ofd) => Some(document::Unread::Ofd),
        ("file-too-large", Format::Pdf) => Some(document::Unread::TooLarge),
        (_, _) => None,
    }
}

/// The document of a file that is kept and was not read: it is called as the file is, and holds no text.
pub fn unread_text(file_name: &str, bytes: &[u8]) -> Result<DocumentText, Invalid> {
    let profile = Profile::default();
    let reading = Reading { lang: sources::read(file_name, &profile).lang, ..sources::read("", &profile) };
    document_text(ReadText { text: String::new(), places: vec![], reading }, file_name, bytes)
}

/// The ledger's places. Errors: `Invalid` on `file` where there are more than it keeps, or they stand in no order.
fn places_of(places: Vec<sources::Place>) -> Result<Vec<Place>, Invalid> {
    if places.len() > PLACES_MAX || !places.is_sorted_by(|one, next| one.start < next.start) {
        return Err(Invalid::new("file", "file-too-large"));
    }
    let mut kept = Vec::with_capacity(places.len());
    for sources::Place { start, at } in places {
        let start = u32::try_from(start).map_err(|_| Invalid::new("file", "file-too-large"))?;
        let at = match at {
            sources::At::Line(line) => At::Line(line),
            sources::At::Page { page, line } => At::Page { page, line },
            sources::At::Paragraph(no) => At::Paragraph(no),
            sources::At::TableCell { table, row, column } => At::TableCell { table, row, column },
            sources::At::Footnote(no) => At::Footnote(no),
            sources::At::Endnote(no) => At::Endnote(no),
            sources::At::TextBox(no) => At::TextBox(no),
            sources::At::Cell { sheet, cell } => At::Cell { sheet: shortened(&sheet, 100), cell: shortened(&cell, 20) },
        };
        kept.push(Place { start, at });
    }
    Ok(kept)
}

/// A proposal of the ledger out of a directive that was read. Errors: `Invalid` on `quote`.
pub fn proposal(no: u32, directive: &Directive) -> Result<Proposal, Invalid> {
    let place = |at: usize| u32::try_from(at).map_err(|_| Invalid::new("quote", "too-long"));
    let mut supporting = vec![];
    for mention in &directive.supporting {
        supporting.push(Text::parse("quote", &mention.text)?);
    }
    Ok(Proposal {
        no,
        start: place(directive.start)?,
        end: place(directive.end)?,
        quote: Text::parse("quote", &directive.text)?,
        class: match directive.class {
            sources::Class::Action => Class::Action,
            sources::Class::Target => Class::Target,
            sources::Class::Principle => Class::Principle,
        },
        owner: optional(directive.owner.as_deref())?,
        supporting,
        deadline: optional(directive.due.as_ref().map(|due| due.text.as_str()))?,
        due: directive.due.as_ref().and_then(|due| due.date),
        quantity: optional(directive.quantity.as_deref())?,
        direction: directive.direction.map(direction),
        rule: serde_json::to_value(directive.rule).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default(),
        is_uncertain: directive.confidence == Confidence::Low,
        left_out_by: None,
    })
}

/// The ledger's word for a direction.
pub fn direction(read: sources::Direction) -> Direction {
    match read {
        sources::Direction::AtLeast => Direction::AtLeast,
        sources::Direction::AtMost => Direction::AtMost,
        sources::Direction::MoreThan => Direction::MoreThan,
        sources::Direction::LessThan => Direction::LessThan,
        sources::Direction::IncreaseBy => Direction::IncreaseBy,
        sources::Direction::IncreaseTo => Direction::IncreaseTo,
        sources::Direction::ReduceBy => Direction::ReduceBy,
        sources::Direction::ReduceTo => Direction::ReduceTo,
    }
}

fn optional(text: Option<&str>) -> Result<Option<Text>, Invalid> {
    text.map_or(Ok(None), |text| Text::parse_optional("quote", &shortened(text, 300)))
}

fn shortened(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
