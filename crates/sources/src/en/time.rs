//! Times in English: the end of the year, 28th August 2025, the third quarter, the next meeting.

use super::due::Tie;
use super::festival::festival;
use super::period::{later_month, period, vague_count, vague_span};
use super::tokens::Tokens;
use crate::due::Anchor;
use crate::phrases::any_of;
use civil::Date;

/// A time as its words give it.
#[derive(Clone, Debug)]
pub(super) struct Time {
    pub(super) date: Option<Date>,
    /// The word after it.
    pub(super) next: usize,
    /// A day of the calendar, and no longer period.
    pub(super) exact: bool,
    /// A meeting: its day is that of the next one.
    pub(super) meeting: bool,
    /// "The end of …".
    pub(super) end: bool,
    /// It needs no preposition: "next month".
    pub(super) adverb: bool,
    /// The form it has.
    pub(super) rule: &'static str,
}

impl Time {
    pub(super) fn of(date: Option<Date>, next: usize, rule: &'static str) -> Time {
        Time { date, next, exact: false, meeting: false, end: false, adverb: false, rule }
    }

    /// A time that no day is known of.
    pub(super) fn open(next: usize, rule: &'static str) -> Time {
        Time::of(None, next, rule)
    }

    /// Whether it is a day of the calendar.
    pub(super) fn is_day(&self) -> bool {
        self.exact && !self.meeting
    }

    /// With its last day.
    pub(super) fn on(self, date: Option<Date>) -> Time {
        Time { date, ..self }
    }

    pub(super) fn exact(self) -> Time {
        Time { exact: true, ..self }
    }

    pub(super) fn adverb(self) -> Time {
        Time { adverb: true, ..self }
    }
}

/// "[the next] two weeks", "30 days", "a month": its last day, the word after it, and its form.
pub(super) fn span(t: &Tokens<'_>, from: usize, anchor: &Anchor) -> Option<(Option<Date>, usize, &'static str)> {
    let mut at = from;
    at += usize::from(matches!(t.word(at), "the" | "another"));
    let coming = matches!(t.word(at), "next" | "coming" | "following");
    at += usize::from(coming);
    let determined = at > from;
    // Most words begin no number.
    let word = t.word(at);
    let numeral = any_of!["tw", "th", "te", "fo", "fi", "si", "se", "ei", "ni", "el", "on", "ze"].begins(word)
        || matches!(word, "a" | "an")
        || !word.starts_with(|c: char| c.is_ascii_lowercase());
    let counted = (1..=3).rev().filter(|_| numeral).find_map(|len| {
        let count: Vec<&str> = (at..at + len).map(|k| t.word(k)).collect();
        civil::integer(&count.join(" ")).filter(|value| (1..=5_000).contains(value)).map(|value| (value, len))
    });
    let (count, len) = match counted {
        Some(found) => found,
        None if vague_count(t, at) > 0 => return vague_span(t, at),
        // "in the coming weeks": nobody says how many.
        None if coming && determined && matches!(t.word(at), "days" | "weeks" | "months") => {
            return Some((None, at + 1, "en-due-within"));
        }
        None if matches!(t.word(at), "a" | "one") => (1, 1),
        // "within the month", "in the coming year".
        None if determined && matches!(t.word(at), "week" | "month" | "quarter" | "year" | "fortnight") => {
            let date = match t.word(at) {
                "week" if coming => anchor.days_later(7),
                "week" => anchor.week_end(0),
                "fortnight" => anchor.days_later(14),
                "month" if coming => anchor.months_later(1),
                "year" if coming => anchor.months_later(12),
                "month" => anchor.meeting.map(Date::last_of_month),
                "year" => anchor.meeting.and_then(|day| civil::year_end(day.year())),
                _ => anchor.this_quarter_end(),
            };
            let within = from > 0 && t.word(from - 1) == "within";
            // "within the next month or so": about then.
            if t.says(at + 1, "or so") {
                return Some((None, at + 3, "en-due-within"));
            }
            return (within || coming).then_some((date, at + 1, "en-due-within"));
        }
        None => return None,
    };
    at += len;
    // "thirty (30) days".
    if t.gap(at).contains('(') && t.word(at).parse::<i64>() == Ok(count) {
        at += 1;
    }
    let working = matches!(t.word(at), "working" | "business");
    at += usize::from(working || matches!(t.word(at), "calendar" | "consecutive"));
    let unit = t.word(at).trim_end_matches(['\'', '’']);
    let date = match unit {
        "day" | "days" if !working => anchor.days_later(count),
        "day" | "days" => anchor.working_days_later(count),
        "week" | "weeks" => anchor.days_later(count.checked_mul(7)?),
        "fortnight" => anchor.days_later(14),
        "month" | "months" => anchor.months_later(count),
        "year" | "years" if count <= 50 => anchor.months_later(count * 12),
        "hours" | "hour" => None,
        _ => return None,
    };
    at += 1;
    at += usize::from(t.word(at) == "time");
    // "within a year or so": about then.
    let about = t.says(at, "or so");
    at += 2 * usize::from(about);
    // "within 30 days of the award": no day of this document starts the count.
    let elsewhere = about
        || matches!(t.word(at), "of" | "from" | "after" | "following")
            && !matches!(t.word(at + 1), "today" | "this" | "now")
            && !t.says(at + 1, "the meeting")
            && !t.says(at + 1, "the date of this");
    let rule = match (working, unit) {
        (true, _) => "en-due-working-days",
        (false, "hours" | "hour") => "en-due-hours",
        (false, _) => "en-due-within",
    };
    Some((if elsewhere { None } else { date }, at, rule))
}

/// A time from word `n` on.
pub(super) fn time(t: &Tokens<'_>, n: usize, anchor: &Anchor, tie: Tie) -> Option<Time> {
    let mut at = clock(t, n);
    at += usize::from(matches!(t.word(at), "the" | "its" | "their" | "our" | "his" | "her"));
    if matches!(t.word(at), "end" | "close") && t.word(at + 1) == "of" {
        return end_of(t, at + 2, anchor).map(|time| Time { end: true, ..time });
    }
    if matches!(t.word(at), "year-end" | "month-end")
        || t.says(at, "year end")
        || t.says(at, "year's end")
        || t.says(at, "month end")
        || t.says(at, "month's end")
    {
        let width = if t.word(at).contains('-') { 1 } else { 2 };
        let date = if t.word(at).starts_with('y') {
            anchor.meeting.and_then(|d| civil::year_end(d.year()))
        } else {
            anchor.meeting.map(Date::last_of_month)
        };
        return Some(Time { end: true, ..Time::of(date, at + width, "en-due-year-end") });
    }
    // "end June", "end-June".
    if t.word(at) == "end" || t.word(at).starts_with("end-") {
        let (word, next) = match t.word(at).strip_prefix("end-") {
            Some(word) => (word, at + 1),
            None => (t.word(at + 1), at + 2),
        };
        let m = civil::month_named(word)?;
        let year = year_at(t, next);
        let date = year.map_or_else(|| anchor.month_end_after(m), |year| civil::month_end(year, m));
        return Some(Time { end: true, ..Time::of(date, next + usize::from(year.is_some()), "en-due-month-end") });
    }
    if (t.word(at) == "week" || t.word(at) == "w" && t.gap(at + 1) == "/")
        && let Some(found) = week_of(t, at + 1, anchor)
    {
        return Some(found);
    }
    // "by the deadline of December 30".
    if t.says(at, "deadline of") {
        return calendar_day(t, at + 2, anchor)
            .filter(|day| day.2)
            .map(|(date, next, _)| Time::of(date, next, "en-due-day").exact());
    }
    // "before then": on the day that was told before.
    if t.word(at) == "then" && (at + 1 >= t.len() || t.breaks_before(at + 1)) {
        return matches!(tie, Tie::By | Tie::Before).then(|| Time::open(at + 1, "en-due-then"));
    }
    if let Some(found) = period(t, at, anchor) {
        return Some(found);
    }
    if let Some(found) = super::meeting::meeting(t, at, anchor, tie).or_else(|| relative(t, at, anchor)) {
        return Some(found);
    }
    if let Some(found) = festival(t, at, anchor, tie).or_else(|| part_of_year(t, at, anchor)) {
        return Some(found);
    }
    if matches!(t.word(at), "winter" | "spring" | "summer" | "autumn" | "fall" | "monsoon" | "ramadan" | "diwali") {
        let next = at + 1 + usize::from(matches!(t.word(at + 1), "term" | "semester"));
        let next = next + usize::from(year_at(t, next).is_some());
        // "winter sand" is no time.
        let ends = next >= t.len()
            || t.breaks_before(next)
            || matches!(
                t.word(next),
                "and" | "or" | "to" | "of" | "in" | "by" | "with" | "so" | "but" | "when" | "if" | "for" | "at" | "on"
            );
        return ends.then(|| Time::of(None, next, "en-due-season"));
    }
    if matches!(t.word(at), "early" | "mid" | "late")
        && (civil::month_named(t.word(at + 1)).is_some() || year_at(t, at + 1).is_some())
    {
        let next = at + 2 + usize::from(year_at(t, at + 2).is_some());
        return Some(Time::of(None, next, "en-due-part-of-month"));
    }
    if let Some(rest) = t.word(at).strip_prefix("mid-")
        && (civil::month_named(rest).is_some() || rest.parse::<i16>().is_ok())
    {
        return Some(Time::of(None, at + 1, "en-due-part-of-month"));
    }
    if let Some((date, next, exact)) = calendar_day(t, at, anchor) {
        // "before March" leaves nothing of March.
        if tie == Tie::Before && !exact {
            let before = date.and_then(|date| date.first_of_month().yesterday().ok());
            return Some(Time::of(before, next, "en-due-before-month"));
        }
        // "with effect from January": from its first day.
        if tie == Tie::From && !exact {
            return Some(Time::of(date.map(Date::first_of_month), next, "en-due-month"));
        }
        let rule = if exact { "en-due-day" } else { "en-due-month" };
        return Some(Time { exact, ..Time::of(date, next, rule) });
    }
    if matches!(tie, Tie::By | Tie::Before)
        && let Some(found) = month_and_day(t, at, anchor)
    {
        return Some(found);
    }
    year_alone(t, at, anchor, tie).or_else(|| day_of_month(t, at, anchor))
}

/// "(the week) commencing 21 October": its seventh day; "ending 27 October": that day.
fn week_of(t: &Tokens<'_>, at: usize, anchor: &Anchor) -> Option<Time> {
    let last = match t.word(at) {
        "commencing" | "beginning" | "starting" | "of" | "c" | "b" => 6,
        "ending" | "e" => 0,
        _ => return None,
    };
    let day = at + 1 + usize::from(t.word(at + 1) == "the");
    let (date, next, _) = calendar_day(t, day, anchor).filter(|day| day.2)?;
    // "the week of July 7 – 11", "of April 28 – May 2": its last day is told.
    let dash = next < t.len() && t.gap(next).contains(['-', '–', '—']) && !t.gap(next).contains('\n');
    if let Some(first) = date.filter(|_| dash) {
        let named = calendar_day(t, next, anchor).filter(|day| day.2).and_then(|(last, end, _)| Some((last?, end)));
        let day = || Some((civil::day(first.year(), first.month(), day_number(t.word(next))?)?, next + 1));
        let ends = |end: usize| {
            end >= t.len() || t.breaks_before(end) || super::clause::preposition(t.word(end)) || t.word(end) == "and"
        };
        if let Some((last, end)) = named.or_else(day).filter(|(last, end)| *last > first && ends(*end)) {
            return Some(Time::of(Some(last), end, "en-due-week"));
        }
    }
    let date = date.and_then(|date| date.checked_add(jiff::Span::new().days(last)).ok());
    Some(Time::of(date, next, "en-due-week"))
}

/// "by 2030": before it begins, or before it ends? "in 2026": its last day.
fn year_alone(t: &Tokens<'_>, at: usize, anchor: &Anchor, tie: Tie) -> Option<Time> {
    let year = year_at(t, at)?;
    // "burials before 1950": long over.
    if anchor.meeting.is_some_and(|day| year < day.year()) {
        return None;
    }
    if t.gap(at + 1).starts_with(['/', '-', '–']) || matches!(t.word(at + 1), "budget" | "annual") {
        return None;
    }
    match tie {
        // "put off until 2040": until it begins.
        Tie::By if at > 0 && matches!(t.word(at - 1), "until" | "till") => {
            Some(Time::of(civil::year_end(year - 1), at + 1, "en-due-before-year"))
        }
        // "carbon neutral by 2040": its last day; "before 2040" ends earlier.
        Tie::By => Some(Time::of(civil::year_end(year), at + 1, "en-due-before-year")),
        Tie::Before => Some(Time::of(None, at + 1, "en-due-before-year")),
        // "in the 2020 works": which works.
        Tie::When if at > 0 && t.word(at - 1) == "the" => None,
        Tie::When => {
            let now = anchor.meeting.is_some_and(|day| year >= day.year());
            now.then(|| Time::of(civil::year_end(year), at + 1, "en-due-year"))
        }
        Tie::To | Tie::From => None,
    }
}

/// "the 15th": of this month or the next.
fn day_of_month(t: &Tokens<'_>, at: usize, anchor: &Anchor) -> Option<Time> {
    let word = t.word(at);
    let day = day_number(word).filter(|_| word.ends_with(|c: char| c.is_ascii_alphabetic()))?;
    let next = t.word(at + 1);
    let alone = at + 1 >= t.len() || t.breaks_before(at + 1) || matches!(next, "and" | "or" | "so" | "to");
    // "attend on the 26th in place of the Clerk".
    let placed = at > 0 && t.word(at - 1) == "the" && next != "of" && super::clause::preposition(next);
    (alone || placed).then(|| Time::of(anchor.first_day_after(day), at + 1, "en-due-day").exact())
}

/// "5 p.m. on", "noon on", "close of business on": what a day may carry in front.
fn clock(t: &Tokens<'_>, n: usize) -> usize {
    let mut at = n;
    if let Some(width) = [
        "close of business",
        "the close of business",
        "close of play",
        "end of business",
        "end of day",
        "end of play",
        "cob",
    ]
    .iter()
    .find(|phrase| t.says(at, phrase))
    .map(|phrase| phrase.split(' ').count())
    {
        at += width;
    } else if matches!(t.word(at), "noon" | "midnight" | "midday" | "dark" | "dusk" | "dawn" | "nightfall") {
        at += 1;
    } else if t.word(at).starts_with(|c: char| c.is_ascii_digit()) {
        let mut end = at + 1;
        if t.gap(end).starts_with([':', '.']) && t.gap(end).len() == 1 && t.word(end).len() >= 2 {
            end += 1;
        }
        // "06:00 on 24 July".
        let hours =
            end > at + 1 && t.gap(at + 1) == ":" && (t.word(end) == "on" || end >= t.len() || t.breaks_before(end));
        let glued = t.word(end - 1).ends_with("pm") || t.word(end - 1).ends_with("am");
        let parted = matches!(t.word(end), "pm" | "am" | "noon" | "hours");
        let dotted = matches!(t.word(end), "p" | "a") && t.word(end + 1) == "m";
        if !(glued || parted || dotted || hours) {
            return n;
        }
        at = end + usize::from(parted) + 2 * usize::from(dotted);
    }
    if at > n { at + usize::from(t.word(at) == "on") } else { n }
}

/// "next month", "this week", "the following Monday", "tomorrow".
fn relative(t: &Tokens<'_>, at: usize, anchor: &Anchor) -> Option<Time> {
    let here = anchor.meeting;
    match t.word(at) {
        "tomorrow" => return Some(Time::of(anchor.days_later(1), at + 1, "en-due-day").exact().adverb()),
        "tonight" => return Some(Time::of(here, at + 1, "en-due-day").exact().adverb()),
        "today" => return Some(Time::of(here, at + 1, "en-due-day").exact().adverb()),
        "following" if t.word(at + 1) == "day" => {
            // Of which day, the words before may tell.
            return Some(Time::open(at + 2, "en-due-day").exact().adverb());
        }
        "next" | "following" | "coming" | "this" => {}
        _ => return None,
    }
    let this = t.word(at) == "this";
    let word = t.word(at + 1);
    let found = |date, rule| Some(Time::of(date, at + 2, rule).adverb());
    if let Some(weekday) = weekday(word) {
        // "next Friday" is this one or the one after, as people speak.
        let date = if t.word(at) == "next" { None } else { anchor.weekday_after(weekday) };
        return found(date, "en-due-weekday").map(Time::exact);
    }
    match word {
        "month" if this => found(here.map(Date::last_of_month), "en-due-this-month"),
        "month" => found(anchor.months_later(1).map(Date::last_of_month), "en-due-next-month"),
        "year" => {
            let year = here.map(|day| day.year() + i16::from(!this));
            found(year.and_then(civil::year_end), "en-due-year")
        }
        "quarter" if this => found(anchor.this_quarter_end(), "en-due-quarter"),
        "quarter" => {
            let next = anchor.this_quarter_end().and_then(|day| civil::add_months(day.first_of_month(), 3));
            found(next.map(Date::last_of_month), "en-due-quarter")
        }
        "week" => found(anchor.week_end(i64::from(!this)), "en-due-week"),
        "spring" | "summer" | "autumn" | "winter" | "fall" | "term" | "season" => found(None, "en-due-season"),
        word => {
            let m = civil::month_named(word).filter(|_| t.is_capital(at + 1))?;
            found(anchor.month_end_after(m), "en-due-month")
        }
    }
}

/// "Q3 2025", "the first quarter of 2025", "the second half of the year".
fn part_of_year(t: &Tokens<'_>, at: usize, anchor: &Anchor) -> Option<Time> {
    let quarters = ["first", "second", "third", "fourth"];
    let short = t.word(at).strip_prefix('q').and_then(|n| n.parse::<i8>().ok()).filter(|n| (1..=4).contains(n));
    let short = short.or(match t.word(at) {
        "h1" => Some(2),
        "h2" => Some(4),
        _ => None,
    });
    let ordinal = quarters.iter().position(|word| *word == t.word(at)).and_then(|n| i8::try_from(n + 1).ok());
    // "Quarter 1 of 2016".
    let counted = t.word(at + 1).parse::<i8>().ok().filter(|n| (1..=4).contains(n) && t.word(at) == "quarter");
    let (month, mut next, half) = match (short, ordinal) {
        (Some(n), _) => (n * 3, at + 1, false),
        (None, None) if let Some(n) = counted => (n * 3, at + 2, false),
        (None, Some(n)) if t.word(at + 1) == "quarter" => (n * 3, at + 2, false),
        (None, Some(n)) if t.word(at + 1) == "half" && n <= 2 => (n * 6, at + 2, true),
        (None, _) => return None,
    };
    let of = usize::from(t.word(next) == "of");
    let article = of + usize::from(of > 0 && matches!(t.word(next + 1), "the" | "this" | "next"));
    let rule = if half { "en-due-half-year" } else { "en-due-quarter" };
    if let Some(year) = year_at(t, next + of) {
        return Some(Time::of(civil::month_end(year, month), next + of + 1, rule));
    }
    let fiscal = |n: usize| matches!(t.word(n), "fiscal" | "financial") || t.word(n).starts_with("fy");
    if fiscal(next + article) {
        let width = 1 + usize::from(t.word(next + article + 1) == "year");
        return Some(Time::of(None, next + article + width, "en-due-fiscal-year"));
    }
    let date = if of > 0 && t.word(next + article) == "year" {
        let later = i16::from(t.word(next + 1) == "next");
        next += article + 1;
        anchor.meeting.and_then(|day| civil::month_end(day.year() + later, month))
    } else if half {
        // The second half of a match, of a meeting …
        return None;
    } else {
        anchor.month_end_after(month)
    };
    Some(Time::of(date, next, rule))
}

fn end_of(t: &Tokens<'_>, mut at: usize, anchor: &Anchor) -> Option<Time> {
    let here = anchor.meeting;
    let determined = matches!(t.word(at), "the" | "this" | "next" | "that" | "each" | "every");
    if matches!(t.word(at), "each" | "every") {
        return None;
    }
    let next = t.word(at) == "next";
    at += usize::from(determined);
    at += usize::from(t.word(at) == "calendar");
    let add = i16::from(next);
    let one = |date, rule| Some(Time::of(date, at + 1, rule));
    match t.word(at) {
        "year" => one(here.and_then(|d| civil::year_end(d.year() + add)), "en-due-year-end"),
        "month" => one(anchor.months_later(i64::from(add)).map(Date::last_of_month), "en-due-month-end"),
        "quarter" => one(anchor.this_quarter_end(), "en-due-quarter-end"),
        "week" => one(anchor.week_end(i64::from(next)), "en-due-week"),
        "day" => one(None, "en-due-week"),
        "meeting"
            if matches!(t.word(at - 1), "the" | "this")
                && (at + 1 >= t.len() || t.breaks_before(at + 1) || super::clause::preposition(t.word(at + 1))) =>
        {
            one(here, "en-due-day")
        }
        "business" => None,
        "financial" | "fiscal" | "school" | "academic" | "municipal" | "council" | "civic"
            if t.word(at + 1) == "year" =>
        {
            let date = if t.word(at) == "financial" && !next { anchor.financial_year_end() } else { None };
            Some(Time::of(date, at + 2, "en-due-fiscal-year"))
        }
        word if word.starts_with("fy") => one(None, "en-due-fiscal-year"),
        "summer" | "winter" | "spring" | "autumn" | "term" | "season" | "semester" | "summer's" | "recess" => {
            one(None, "en-due-season")
        }
        "school" | "spring-term" if t.word(at + 1) == "term" => Some(Time::of(None, at + 2, "en-due-season")),
        word => {
            if let Some(found) = part_of_year(t, at, anchor) {
                return Some(found);
            }
            if let Some(m) = civil::month_named(word) {
                if let Some(year) = year_at(t, at + 1) {
                    return Some(Time::of(civil::month_end(year, m), at + 2, "en-due-month-end"));
                }
                return one(anchor.month_end_after(m), "en-due-month-end");
            }
            one(civil::year_end(year_at(t, at)?), "en-due-year-end")
        }
    }
}

/// "the second reading", "the onset of the long rains": it comes, and no document says when.
pub(super) fn event(t: &Tokens<'_>, n: usize, tie: Tie, anchor: &Anchor) -> Option<Time> {
    const SEASONS: [&str; 19] = [
        "season",
        "holiday",
        "holidays",
        "term",
        "semester",
        "rains",
        "monsoon",
        "harvest",
        "frost",
        "election",
        "elections",
        "recess",
        "year",
        "deadline",
        "ramadan",
        "winter",
        "summer",
        "spring",
        "autumn",
    ];
    const EVENTS: [&str; 17] = [
        "reading",
        "hearing",
        "session",
        "conference",
        "summit",
        "fete",
        "festival",
        "carnival",
        "parade",
        "agm",
        "exams",
        "examinations",
        "launch",
        "meeting",
        "inauguration",
        "visit",
        "event",
    ];
    let starts = matches!(t.word(n + usize::from(t.word(n) == "the")), "start" | "beginning" | "commencement");
    if !(matches!(tie, Tie::By | Tie::Before) || tie == Tie::From && starts) {
        return None;
    }
    if let Some(next) = until_clause(t, n) {
        return Some(Time::of(None, next, "en-due-event"));
    }
    if matches!(t.word(n), "each" | "every" | "any") || t.word(n).starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut at = n + usize::from(matches!(t.word(n), "the" | "this" | "our" | "its"));
    let opens = matches!(
        t.word(at),
        "start" | "onset" | "beginning" | "end" | "commencement" | "opening" | "close" | "arrival" | "completion"
    ) && t.word(at + 1) == "of";
    if opens {
        at += 2;
    }
    let stop = (at..t.len().min(at + 6)).find(|k| {
        (*k > at && t.breaks_before(*k))
            || matches!(
                t.word(*k),
                "and" | "to" | "in" | "on" | "at" | "for" | "with" | "by" | "so" | "if" | "or" | "of" | "from"
            )
    });
    let stop = stop.unwrap_or(t.len().min(at + 6));
    let last = (at..stop).rev().find(|k| {
        let word = t.word(*k);
        let ends = k + 1 >= t.len() || t.breaks_before(k + 1);
        SEASONS.contains(&word) || (tie == Tie::Before || tie == Tie::By && ends) && EVENTS.contains(&word)
    });
    let next = match last {
        // "by the year 2030" has a year.
        Some(k) if t.word(k) == "year" && k == at => return None,
        Some(k) => k + 1,
        None if opens && stop > at => stop,
        None => return None,
    };
    let meeting = t.word(next - 1) == "meeting";
    let date = if meeting && (n..next).any(|k| t.word(k) == "next") { anchor.next_meeting } else { None };
    Some(Time { meeting, ..Time::of(date, next, "en-due-event") })
}

/// "before work begins", "until repairs are complete": a clause that says what ends the time.
fn until_clause(t: &Tokens<'_>, n: usize) -> Option<usize> {
    let tied = n > 0 && matches!(t.word(n - 1), "before" | "until" | "till");
    // "before we sign", "before the clocks go back".
    let pronoun = matches!(t.word(n), "we" | "they" | "he" | "she" | "it" | "you" | "i");
    let plural = (n + 1..n + 4)
        .find(|k| super::verb_phrase::is_verb(t, k + 1) && t.word(*k).ends_with('s') && t.word(n) == "the");
    if tied && let Some(subject) = if pronoun { Some(n) } else { plural } {
        let stop = (subject + 2..t.len().min(subject + 5))
            .find(|k| t.breaks_before(*k) || matches!(t.word(*k), "and" | "to" | "in" | "on" | "by"));
        return Some(stop.unwrap_or(t.len().min(subject + 4)).max((subject + 2).min(t.len())));
    }
    let verb = (n + 1..t.len().min(n + 7)).find(|k| {
        matches!(
            t.word(*k),
            "begins"
                | "begin"
                | "starts"
                | "start"
                | "opens"
                | "open"
                | "closes"
                | "began"
                | "started"
                | "opened"
                | "closed"
                | "commenced"
                | "expired"
                | "ended"
                | "resumed"
                | "arrived"
                | "reopens"
                | "takes"
                | "comes"
                | "concludes"
                | "was"
                | "were"
                | "had"
                | "expires"
                | "expire"
                | "commences"
                | "commence"
                | "resumes"
                | "resume"
                | "arrives"
                | "arrive"
                | "ends"
                | "is"
                | "are"
                | "has"
                | "have"
        )
    })?;
    if t.word(verb + 1) == "of" || t.word(verb - 1) == "the" {
        return None;
    }
    let broken =
        (n + 1..=verb).any(|k| t.breaks_before(k)) || (n..verb).any(|k| matches!(t.word(k), "and" | "to" | "or"));
    let auxiliary = matches!(t.word(verb), "is" | "are" | "has" | "have" | "was" | "were" | "had");
    // "until planning was in place": where it is belongs to the clause.
    let place =
        t.word(verb + 1) == "in" && matches!(t.word(verb + 2), "place" | "force" | "hand" | "operation" | "post");
    let width = if !auxiliary { 1 } else { 2 + usize::from(t.word(verb + 1) == "been" || place) };
    (tied && !broken).then_some((verb + width).min(t.len()))
}

pub(super) fn year_at(t: &Tokens<'_>, n: usize) -> Option<i16> {
    t.word(n).parse::<i16>().ok().filter(|year| (1900..=2200).contains(year) && t.word(n).len() == 4)
}

pub(super) fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    matches!(suffix, "" | "st" | "nd" | "rd" | "th").then(|| digits.parse().ok().filter(|d| (1..=31).contains(d)))?
}

/// "8th-10th": the second of two days.
fn last_of_days(word: &str) -> Option<i8> {
    let (first, last) = word.split_once('-')?;
    let (first, last) = (day_number(first)?, day_number(last)?);
    (first < last).then_some(last)
}

pub(super) fn weekday(word: &str) -> Option<i64> {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        .iter()
        .position(|d| *d == word)
        .and_then(|n| i64::try_from(n).ok())
}

/// "Fri 27 June", "Tues 4 March": where a day of a month follows; "by Fri", "end of play Thurs": where it ends a time.
fn short_weekday(t: &Tokens<'_>, n: usize) -> Option<i64> {
    const SHORT: [&[&str]; 7] =
        [&["mon"], &["tue", "tues"], &["wed", "weds"], &["thu", "thur", "thurs"], &["fri"], &["sat"], &["sun"]];
    let dated = day_number(t.word(n + 1)).is_some() && t.is_capital(n + 2)
        || civil::month_named(t.word(n + 1)).is_some() && t.is_capital(n + 1);
    let tied =
        matches!(t.word(n.wrapping_sub(1)), "by" | "until" | "till" | "before" | "on" | "play" | "business" | "next");
    let ends =
        n + 1 >= t.len() || t.breaks_before(n + 1) || matches!(t.word(n + 1), "and" | "or" | "to" | "at" | "week");
    let closes = n + 1 >= t.len() && (n == 0 || t.breaks_before(n));
    let fits = dated || tied && ends || closes;
    let day = SHORT.iter().position(|names| names.contains(&t.word(n))).filter(|_| fits && t.is_capital(n))?;
    i64::try_from(day).ok()
}

/// "10/17": a month and a day, where only one order gives a day.
fn month_and_day(t: &Tokens<'_>, n: usize, anchor: &Anchor) -> Option<Time> {
    if t.gap(n + 1) != "/" || t.gap(n + 2) == "/" || t.word(n).len() > 2 || t.word(n + 1).len() > 2 {
        return None;
    }
    let one = |word: &str| word.parse::<i8>().ok().filter(|n| (1..=31).contains(n));
    let (a, b) = (one(t.word(n))?, one(t.word(n + 1))?);
    let date = match (a, b) {
        _ if a > 12 && b <= 12 => anchor.first_after(b, a),
        _ if b > 12 && a <= 12 => anchor.first_after(a, b),
        _ if a == b => anchor.first_after(a, b),
        _ if a > 12 => return None,
        _ => None,
    };
    Some(Time::of(date, n + 2, "en-due-day").exact())
}

/// 30.06.2025, 30/06/2025, 2025-06-30; 04/05/2025 is read in two ways, and has no date.
fn numeric_day(t: &Tokens<'_>, n: usize) -> Option<(Option<Date>, usize)> {
    if let Ok(date) = t.word(n).parse::<Date>() {
        return Some((Some(date), n + 1));
    }
    let one = |word: &str| word.parse::<i8>().ok().filter(|n| (1..=31).contains(n));
    let full = |word: &str| match word.len() {
        4 => word.parse::<i16>().ok().filter(|year| (1900..=2200).contains(year)),
        2 => word.parse::<i16>().ok().map(|year| 2000 + year),
        _ => None,
    };
    let mut dotted = t.word(n).split(['.', '-']);
    if let (Some(day), Some(month), Some(year), None) = (dotted.next(), dotted.next(), dotted.next(), dotted.next()) {
        // "07.19.1994": no month is the nineteenth.
        let (day, month) = if one(month)? > 12 && one(day)? <= 12 { (month, day) } else { (day, month) };
        return Some((civil::day(full(year)?, one(month)?, one(day)?), n + 1));
    }
    if t.gap(n + 1) != "/" || t.gap(n + 2) != "/" {
        return None;
    }
    let (a, b, year) = (one(t.word(n))?, one(t.word(n + 1))?, full(t.word(n + 2))?);
    let date = match (a, b) {
        _ if a > 12 || a == b => civil::day(year, b, a),
        _ if b > 12 => civil::day(year, a, b),
        _ => None,
    };
    Some((date, n + 3))
}

/// [Thursday,] 28th [of] August[, 2014]; August 28[, 2014]; August [2014]; Friday; a day in figures. Its last day, the
/// word after it, and whether it is a day.
pub(crate) fn calendar_day(t: &Tokens<'_>, n: usize, anchor: &Anchor) -> Option<(Option<Date>, usize, bool)> {
    let mut at = n;
    let named = weekday(t.word(at)).or_else(|| short_weekday(t, at));
    at += usize::from(named.is_some());
    at += usize::from(named.is_some() && matches!(t.word(at), "the"));
    if let Some((date, next)) = numeric_day(t, at) {
        return Some((date, next, true));
    }
    let (day, month_at) = match day_number(t.word(at)) {
        Some(day) => {
            // "10 th May", "the 12th day of March".
            let mut next = at + 1 + usize::from(matches!(t.word(at + 1), "st" | "nd" | "rd" | "th"));
            next += usize::from(t.says(next, "day of"));
            (Some(day), next + usize::from(t.word(next) == "of"))
        }
        None => (None, at),
    };
    let m = civil::month_named(t.word(month_at)).filter(|_| t.is_capital(month_at));
    let Some(m) = m else {
        // A lone weekday: the first one after the meeting.
        let weekday = named.filter(|_| day.is_none())?;
        let date = anchor.weekday_after(weekday);
        // "by Thursday week": a week later.
        if t.word(at) == "week" && !matches!(t.word(at + 1), "of" | "commencing" | "beginning") {
            let later = date.and_then(|date| date.checked_add(jiff::Span::new().days(7)).ok());
            return Some((later, at + 1, true));
        }
        return Some((date, at, true));
    };
    // "June 7,2011": no blank parts the day from the year.
    if let Some((day, year)) = t.word(month_at + 1).split_once(',').filter(|_| day.is_none())
        && let (Some(day), Some(year)) = (day_number(day), year.parse().ok().filter(|_| year.len() == 4))
    {
        return Some((civil::day(year, m, day), month_at + 2, true));
    }
    let (day, mut next) = match day {
        Some(day) => (Some(day), month_at + 1),
        None => match day_number(t.word(month_at + 1)).filter(|_| !t.gap(month_at + 1).contains([';', '\n'])) {
            // "March 4th-6th": its last day.
            Some(_) | None if last_of_days(t.word(month_at + 1)).is_some() => {
                (last_of_days(t.word(month_at + 1)), month_at + 2)
            }
            Some(day) => {
                (Some(day), month_at + 2 + usize::from(matches!(t.word(month_at + 2), "st" | "nd" | "rd" | "th")))
            }
            None => (None, month_at + 1),
        },
    };
    // "April/May", "in May and August-September": the last of them.
    if day.is_none()
        && let Some((m, next)) = later_month(t, m, next)
    {
        let year = year_at(t, next);
        let date = year.map_or_else(|| anchor.month_end_after(m), |year| civil::month_end(year, m));
        return Some((date, next + usize::from(year.is_some()), false));
    }
    // "September 28 and 29": the second of two days.
    let mut day = day;
    if t.word(next) == "and"
        && t.word(next - 1).starts_with(|c: char| c.is_ascii_digit())
        && let Some(last) = day_number(t.word(next + 1)).filter(|last| day.is_some_and(|day| *last > day))
        && (next + 2 >= t.len() || t.breaks_before(next + 2) || super::clause::preposition(t.word(next + 2)))
    {
        (day, next) = (Some(last), next + 2);
    }
    let year = year_at(t, next);
    next += usize::from(year.is_some());
    let date = match (day, year) {
        (Some(day), Some(year)) => civil::day(year, m, day),
        (Some(day), None) => anchor.first_after(m, day),
        (None, Some(year)) => civil::month_end(year, m),
        (None, None) => anchor.month_end_after(m),
    };
    Some((date, next, day.is_some()))
}
