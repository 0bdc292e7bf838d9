//! Deadlines: what both languages share. The grammars stand in `zh/due.rs` and `en/due.rs`.

use civil::{Country, Date, Festival};
use jiff::civil::Weekday;
use std::ops::Range;

/// The days a document's deadlines are counted from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Anchor {
    /// The day of the meeting, else the document's date.
    pub(crate) meeting: Option<Date>,
    /// The day of the next meeting, where the text gives it.
    pub(crate) next_meeting: Option<Date>,
    /// Later meetings that the text names, in its order.
    pub(crate) meetings: [Option<Date>; 6],
    /// Money is in pounds: the financial year ends on 31 March.
    pub(crate) pounds: bool,
    /// Of a document without a day, the one year that its title names: 2026年重点任务分解表.
    pub(crate) year: Option<i16>,
    /// Whose published schedule working days are counted by.
    pub(crate) calendar: Option<Country>,
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
    /// The form it has: a stable name for explanations.
    pub(crate) rule: &'static str,
}

impl Anchor {
    /// The first such month and day on or after the meeting, or that of the title's year; a day that does not exist that
    /// year gives `None`.
    pub(crate) fn first_after(&self, month: i8, day: i8) -> Option<Date> {
        let Some(meeting) = self.meeting else { return civil::day(self.year?, month, day) };
        let this = civil::day(meeting.year(), month, day)?;
        if this >= meeting { Some(this) } else { civil::day(meeting.year() + 1, month, day) }
    }

    /// The end of the financial year that the meeting was in, where it is known.
    pub(crate) fn financial_year_end(&self) -> Option<Date> {
        if self.pounds { self.first_after(3, 31) } else { None }
    }

    /// The first such weekday, the so-many-th of its month (-1: the last), on or after the meeting.
    pub(crate) fn nth_weekday_after(&self, month: i8, nth: i8, weekday: Weekday) -> Option<Date> {
        let meeting = self.meeting?;
        let of = |year: i16| civil::day(year, month, 1)?.nth_weekday_of_month(nth, weekday).ok();
        let this = of(meeting.year())?;
        if this >= meeting { Some(this) } else { of(meeting.year() + 1) }
    }

    /// The first such day of a month on or after the meeting.
    pub(crate) fn first_day_after(&self, day: i8) -> Option<Date> {
        let meeting = self.meeting?;
        let this = civil::day(meeting.year(), meeting.month(), day)?;
        if this >= meeting {
            return Some(this);
        }
        let next = civil::add_months(meeting.first_of_month(), 1)?;
        civil::day(next.year(), next.month(), day)
    }

    /// The end of the first such month that is not over at the meeting, or that of the title's year.
    pub(crate) fn month_end_after(&self, month: i8) -> Option<Date> {
        let Some(meeting) = self.meeting else { return civil::month_end(self.year?, month) };
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

    /// So many working days after the meeting, by the published schedule; `None` where a year of it is not published.
    pub(crate) fn working_days_later(&self, count: i64) -> Option<Date> {
        let (from, country) = (self.meeting?, self.calendar?);
        let count = i32::try_from(count).ok().filter(|count| *count <= 1_000)?;
        let to = country.working_days().add_working_days(from, count)?;
        (from.year()..=to.year()).all(|year| country.year(year).is_some()).then_some(to)
    }

    /// The first such weekday after the meeting; 0 is Monday.
    pub(crate) fn weekday_after(&self, weekday: i64) -> Option<Date> {
        let days = (weekday - i64::from(self.meeting?.weekday().to_monday_zero_offset())).rem_euclid(7);
        self.days_later(if days == 0 { 7 } else { days })
    }

    /// The first such festival after the meeting.
    pub(crate) fn festival_after(&self, festival: Festival) -> Option<Date> {
        let meeting = self.meeting?;
        let this = festival.on(meeting.year())?;
        if this > meeting { Some(this) } else { festival.on(meeting.year() + 1) }
    }

    /// So many days after the first Easter for which that day lies behind the meeting.
    pub(crate) fn after_easter(&self, days: i64) -> Option<Date> {
        let meeting = self.meeting?;
        let of = |year: i16| Festival::Easter.on(year)?.checked_add(jiff::Span::new().try_days(days).ok()?).ok();
        let this = of(meeting.year())?;
        if this > meeting { Some(this) } else { of(meeting.year() + 1) }
    }

    /// The end of the quarter the meeting was in.
    pub(crate) fn this_quarter_end(&self) -> Option<Date> {
        self.meeting.and_then(|day| civil::quarter_end(day.year(), (day.month() + 2) / 3))
    }

    /// The first meeting that the text announces for a month.
    pub(crate) fn meeting_in(&self, month: i8) -> Option<Date> {
        let days = || self.next_meeting.into_iter().chain(self.meetings.into_iter().flatten());
        days().filter(|day| day.month() == month).min()
    }

    /// The end of the week the meeting was in.
    pub(crate) fn week_end(&self, later: i64) -> Option<Date> {
        let to_sunday = 6 - i64::from(self.meeting?.weekday().to_monday_zero_offset());
        self.days_later(to_sunday + 7 * later)
    }

    /// Whether a day with its own year lies before the meeting: then it tells of something done, and bounds nothing.
    pub(crate) fn is_past(&self, date: Date) -> bool {
        self.meeting.is_some_and(|meeting| date < meeting)
    }
}
