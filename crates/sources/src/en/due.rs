//! Deadlines in English: by 30 June, before the next meeting, within two weeks, at the end of the year.

use super::tokens::Tokens;
use crate::due::{Anchor, Found};
use civil::Date;
use std::ops::Range;

/// All deadlines in a range, in order.
pub(crate) fn find(text: &str, range: Range<usize>, anchor: &Anchor) -> Vec<Found> {
    let tokens = Tokens::of(text, range);
    let mut out = Vec::new();
    let mut n = 0;
    while n < tokens.len() {
        match read(&tokens, n, anchor) {
            Some((found, next)) => {
                out.push(found);
                n = next;
            }
            None => n += 1,
        }
    }
    out
}

fn read(t: &Tokens<'_>, n: usize, anchor: &Anchor) -> Option<(Found, usize)> {
    // The words that bind belong to the deadline, those that only place it do not.
    let (bound, binding) = match t.word(n) {
        "by" | "before" | "until" | "till" => (1, true),
        "no" if t.says(n, "no later than") => (3, true),
        "not" if t.says(n, "not later than") => (3, true),
        "on" if t.says(n, "on or before") => (3, true),
        "prior" if t.says(n, "prior to") => (2, true),
        "within" => return within(t, n, anchor),
        "at" if t.says(n, "at the end of") || t.says(n, "at the next") => (1, true),
        "on" | "in" | "during" | "for" | "from" => (1, false),
        _ => return None,
    };
    let word = t.word(n);
    let (date, next, exact) = time(t, n + bound, anchor)?;
    // "for 2013", "from June" say what something is about; a period after "in" is a deadline all the same.
    if matches!(word, "for" | "from") && !exact {
        return None;
    }
    if word == "from" {
        return None;
    }
    if word == "in" && !binding && t.word(n + 1).parse::<i32>().is_ok() {
        return None;
    }
    let names_end = word == "at" || word == "by" || word == "before" || word == "until" || word == "till" || bound > 1;
    let start = if names_end { t.start(n) } else { t.start(n + bound) };
    // "before 30 June" and "prior to June" end the day before; "before March" leaves nothing open.
    Some((Found { range: start..t.end(next - 1), date, binding }, next))
}

fn within(t: &Tokens<'_>, n: usize, anchor: &Anchor) -> Option<(Found, usize)> {
    let mut at = n + 1;
    if matches!(t.word(at), "the") && matches!(t.word(at + 1), "next" | "coming") {
        at += 2;
    }
    let words = (1..=3).rev().find_map(|len| {
        let count: Vec<&str> = (at..at + len).map(|k| t.word(k)).collect();
        civil::integer(&count.join(" ")).map(|value| (value, len))
    });
    let (count, len) = words.or_else(|| matches!(t.word(at), "a" | "one").then_some((1, 1)))?;
    at += len;
    let working = matches!(t.word(at), "working" | "business");
    at += usize::from(working || t.word(at) == "calendar");
    let date = match t.word(at) {
        "day" | "days" if !working => anchor.days_later(count),
        "day" | "days" => None,
        "week" | "weeks" => anchor.days_later(count.checked_mul(7)?),
        "month" | "months" => anchor.months_later(count),
        "year" | "years" if count <= 50 => anchor.months_later(count * 12),
        "hours" | "hour" => None,
        _ => return None,
    };
    Some((Found { range: t.start(n)..t.end(at), date, binding: true }, at + 1))
}

/// A time: its last day, the word after it, and whether it is a day of the calendar.
fn time(t: &Tokens<'_>, n: usize, anchor: &Anchor) -> Option<(Option<Date>, usize, bool)> {
    let here = anchor.meeting;
    let mut at = n;
    if t.word(at) == "the" {
        at += 1;
    }
    if t.word(at) == "end" && t.word(at + 1) == "of" {
        return end_of(t, at + 2, anchor);
    }
    if matches!(t.word(at), "year-end" | "month-end") || t.says(at, "year end") {
        let width = if t.word(at).contains('-') { 1 } else { 2 };
        let date = if t.word(at).starts_with('y') {
            here.and_then(|d| civil::year_end(d.year()))
        } else {
            here.map(Date::last_of_month)
        };
        return Some((date, at + width, false));
    }
    if matches!(t.word(at), "next" | "following" | "coming") {
        // The next (Parish Council) meeting.
        if let Some(meeting) = (at + 1..at + 6)
            .find(|k| matches!(t.word(*k), "meeting" | "session"))
            .filter(|k| (at + 1..=*k).all(|j| !t.breaks_before(j)))
        {
            return Some((anchor.next_meeting, meeting + 1, true));
        }
        return match t.word(at + 1) {
            "month" => Some((anchor.months_later(1).map(Date::last_of_month), at + 2, false)),
            "week" => Some((None, at + 2, false)),
            "year" => Some((here.and_then(|d| civil::year_end(d.year() + 1)), at + 2, false)),
            "spring" | "summer" | "autumn" | "winter" | "fall" => Some((None, at + 2, false)),
            word => month(word).map(|m| (anchor.month_end_after(m), at + 2, false)),
        };
    }
    if t.says(at, "this month") || t.says(at, "this year") {
        let date = here
            .and_then(|d| if t.word(at + 1) == "month" { Some(d.last_of_month()) } else { civil::year_end(d.year()) });
        return Some((date, at + 2, false));
    }
    if matches!(t.word(at), "winter" | "spring" | "summer" | "autumn" | "fall" | "christmas" | "easter") {
        return Some((None, at + 1, false));
    }
    if matches!(t.word(at), "early" | "mid" | "late") && month(t.word(at + 1)).is_some() {
        return Some((None, at + 2, false));
    }
    calendar_day(t, at, anchor)
}

fn end_of(t: &Tokens<'_>, mut at: usize, anchor: &Anchor) -> Option<(Option<Date>, usize, bool)> {
    let here = anchor.meeting;
    let determined = matches!(t.word(at), "the" | "this" | "next");
    let next = t.word(at) == "next";
    at += usize::from(determined);
    let add = i16::from(next);
    let date = match t.word(at) {
        "year" => here.and_then(|d| civil::year_end(d.year() + add)),
        "month" => anchor.months_later(i64::from(add)).map(Date::last_of_month),
        "quarter" => here.and_then(|d| civil::quarter_end(d.year(), (d.month() + 2) / 3)),
        "week" | "summer" | "winter" | "spring" | "autumn" => None,
        "financial" | "fiscal" => return Some((None, at + 2, false)),
        word => {
            if let Some(m) = month(word) {
                if let Some(year) = year_at(t, at + 1) {
                    return Some((civil::month_end(year, m), at + 2, false));
                }
                anchor.month_end_after(m)
            } else {
                civil::year_end(year_at(t, at)?)
            }
        }
    };
    Some((date, at + 1, false))
}

fn month(word: &str) -> Option<i8> {
    // "may" and "march" are words; a capital is not seen here, so only unmistakable places use them.
    civil::month_named(word)
}

fn year_at(t: &Tokens<'_>, n: usize) -> Option<i16> {
    t.word(n).parse::<i16>().ok().filter(|year| (1900..=2200).contains(year) && t.word(n).len() == 4)
}

fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    matches!(suffix, "" | "st" | "nd" | "rd" | "th").then(|| digits.parse().ok().filter(|d| (1..=31).contains(d)))?
}

fn weekday(word: &str) -> Option<i64> {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        .iter()
        .position(|d| *d == word)
        .and_then(|n| i64::try_from(n).ok())
}

/// [Thursday,] 28th [of] August[, 2014]; August 28[, 2014]; August [2014]; Friday; 30/6/2014 is read by nobody the same way.
pub(crate) fn calendar_day(t: &Tokens<'_>, n: usize, anchor: &Anchor) -> Option<(Option<Date>, usize, bool)> {
    let mut at = n;
    let named = weekday(t.word(at));
    at += usize::from(named.is_some());
    at += usize::from(named.is_some() && matches!(t.word(at), "the"));
    let (day, month_at) = match day_number(t.word(at)) {
        Some(day) => (Some(day), at + 1 + usize::from(t.word(at + 1) == "of")),
        None => (None, at),
    };
    let m = month(t.word(month_at)).filter(|_| t.is_capital(month_at));
    let Some(m) = m else {
        // A lone weekday: the first one after the meeting.
        let weekday = named.filter(|_| day.is_none())?;
        let date = anchor.meeting.and_then(|d| {
            let days = (weekday - i64::from(d.weekday().to_monday_zero_offset())).rem_euclid(7);
            anchor.days_later(if days == 0 { 7 } else { days })
        });
        return Some((date, at, true));
    };
    let (day, mut next) = match day {
        Some(day) => (Some(day), month_at + 1),
        None => match day_number(t.word(month_at + 1)).filter(|_| !t.gap(month_at + 1).contains(['.', ';'])) {
            Some(day) => (Some(day), month_at + 2),
            None => (None, month_at + 1),
        },
    };
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn one(text: &str) -> Option<(&str, Option<Date>)> {
        let anchor = Anchor { meeting: Some(date(2024, 5, 20)), next_meeting: Some(date(2024, 7, 2)) };
        find(text, 0..text.len(), &anchor).into_iter().next().map(|f| (&text[f.range], f.date))
    }

    #[test]
    fn the_last_possible_day() {
        for (text, words, day) in [
            ("finish by the end of the year", "by the end of the year", Some(date(2024, 12, 31))),
            ("finish by the end of the month", "by the end of the month", Some(date(2024, 5, 31))),
            ("finish by 30 June", "by 30 June", Some(date(2024, 6, 30))),
            ("finish by May 20", "by May 20", Some(date(2024, 5, 20))),
            ("finish by May 19", "by May 19", Some(date(2025, 5, 19))),
            (
                "ready before the next Parish Council meeting",
                "before the next Parish Council meeting",
                Some(date(2024, 7, 2)),
            ),
            ("held on Thursday, 28th August, 2025 at noon", "Thursday, 28th August, 2025", Some(date(2025, 8, 28))),
            ("count in September when", "September", Some(date(2024, 9, 30))),
            ("reply within two weeks", "within two weeks", Some(date(2024, 6, 3))),
            ("reply within 30 days", "within 30 days", Some(date(2024, 6, 19))),
            ("by Friday", "by Friday", Some(date(2024, 5, 24))),
            ("no later than 1st of July 2024", "no later than 1st of July 2024", Some(date(2024, 7, 1))),
            ("by the end of next month", "by the end of next month", Some(date(2024, 6, 30))),
            ("at the end of the quarter", "at the end of the quarter", Some(date(2024, 6, 30))),
        ] {
            assert_eq!(one(text), Some((words, day)), "{text}");
        }
    }

    #[test]
    fn an_open_deadline_says_so() {
        for (text, words) in [
            ("moved before winter", "before winter"),
            ("by early May", "by early May"),
            ("within 10 working days", "within 10 working days"),
            ("by 30 February", "by 30 February"),
        ] {
            assert_eq!(one(text), Some((words, None)), "{text}");
        }
    }

    #[test]
    fn a_time_that_bounds_nothing_is_none() {
        for text in [
            "the minutes from 2020",
            "they may march on",
            "by the river",
            "within the parish",
            "in 2012",
            "as soon as possible",
        ] {
            assert_eq!(one(text), None, "{text}");
        }
    }
}
