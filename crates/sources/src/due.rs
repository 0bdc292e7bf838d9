//! Deadlines: what both languages share. The grammars stand in `zh/due.rs` and `en/due.rs`.

use civil::Date;
use std::ops::Range;

/// The days a document's deadlines are counted from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Anchor {
    /// The day of the meeting, else the document's date.
    pub(crate) meeting: Option<Date>,
    /// The day of the next meeting, where the text gives it.
    pub(crate) next_meeting: Option<Date>,
}

/// A deadline found in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its words, as bytes.
    pub(crate) range: Range<usize>,
    /// Its last possible day; `None` if the words leave it open.
    pub(crate) date: Option<Date>,
    /// Whether it has a word that makes it a deadline (前, 底, 内, by, before …) and not merely a time.
    pub(crate) binding: bool,
}

impl Anchor {
    /// The first such month and day on or after the meeting; a day that does not exist that year gives `None`.
    pub(crate) fn first_after(&self, month: i8, day: i8) -> Option<Date> {
        let meeting = self.meeting?;
        let this = civil::day(meeting.year(), month, day)?;
        if this >= meeting { Some(this) } else { civil::day(meeting.year() + 1, month, day) }
    }

    /// The end of the first such month that is not over at the meeting.
    pub(crate) fn month_end_after(&self, month: i8) -> Option<Date> {
        let meeting = self.meeting?;
        let this = civil::month_end(meeting.year(), month)?;
        if this >= meeting { Some(this) } else { civil::month_end(meeting.year() + 1, month) }
    }

    /// So many days after the meeting.
    pub(crate) fn days_later(&self, days: i64) -> Option<Date> {
        self.meeting?.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
    }

    /// So many months after the meeting.
    pub(crate) fn months_later(&self, months: i64) -> Option<Date> {
        civil::add_months(self.meeting?, i32::try_from(months).ok()?)
    }
}
