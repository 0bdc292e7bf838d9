//! Periods that are told by their place in a longer one: the second week of January, the first of the month, the weekend.

use super::time::{Time, day_number, weekday, year_at};
use super::tokens::Tokens;
use crate::due::Anchor;
use civil::Date;

const ORDINALS: [&str; 5] = ["first", "second", "third", "fourth", "last"];

/// The period that begins at `at`, behind its article.
pub(super) fn period(t: &Tokens<'_>, at: usize, anchor: &Anchor) -> Option<Time> {
    week_of_month(t, at, anchor).or_else(|| first_of(t, at, anchor)).or_else(|| weekend(t, at, anchor))
}

/// "the first week in September": its seventh day; "the last week of January": the end of the month.
pub(super) fn week_of_month(t: &Tokens<'_>, at: usize, anchor: &Anchor) -> Option<Time> {
    let nth = ORDINALS.iter().position(|word| *word == t.word(at)).and_then(|nth| i8::try_from(nth).ok())?;
    if !(matches!(t.word(at + 1), "week" | "part") || weekday(t.word(at + 1)).is_some())
        || !matches!(t.word(at + 2), "of" | "in")
    {
        return None;
    }
    let month_at = at + 3 + usize::from(t.word(at + 3) == "the");
    let (month_end, next) = match civil::month_named(t.word(month_at)).filter(|_| t.is_capital(month_at)) {
        Some(month) => {
            let year = year_at(t, month_at + 1);
            let end = year.map_or_else(|| anchor.month_end_after(month), |year| civil::month_end(year, month));
            (end, month_at + 1 + usize::from(year.is_some()))
        }
        None if t.says(at + 3, "next month") => (anchor.months_later(1).map(Date::last_of_month), at + 5),
        None => return None,
    };
    let date = month_end.and_then(|end| match t.word(at + 1) {
        "week" if nth == 4 => Some(end),
        "week" => civil::day(end.year(), end.month(), 7 * (nth + 1)),
        "part" => None,
        // "the second Monday of March".
        day => {
            let weekday = jiff::civil::Weekday::from_monday_zero_offset(i8::try_from(weekday(day)?).ok()?).ok()?;
            end.nth_weekday_of_month(if nth == 4 { -1 } else { nth + 1 }, weekday).ok()
        }
    });
    Some(Time::open(next, "en-due-week-of-month").on(date))
}

/// "the first of April", "the fifteenth of the month", "the first of the year".
fn first_of(t: &Tokens<'_>, at: usize, anchor: &Anchor) -> Option<Time> {
    let day = match t.word(at) {
        "first" => 1,
        "tenth" => 10,
        "fifteenth" => 15,
        "twentieth" => 20,
        word if word.ends_with(|c: char| c.is_ascii_alphabetic()) => day_number(word)?,
        _ => return None,
    };
    if t.word(at + 1) != "of" {
        return None;
    }
    if let Some(month) = civil::month_named(t.word(at + 2)).filter(|_| t.is_capital(at + 2)) {
        let year = year_at(t, at + 3);
        let date = year.map_or_else(|| anchor.first_after(month, day), |year| civil::day(year, month, day));
        return Some(Time::open(at + 3 + usize::from(year.is_some()), "en-due-day").on(date).exact());
    }
    let next = at + 3 + usize::from(matches!(t.word(at + 3), "new" | "next"));
    match t.word(next - 1 + usize::from(next > at + 3)) {
        "month" => Some(Time::open(next + 1, "en-due-day").on(anchor.first_day_after(day)).exact()),
        "year" if day == 1 => Some(Time::open(next + 1, "en-due-day").on(anchor.first_after(1, 1)).exact()),
        _ => None,
    }
}

/// "by the weekend", "this weekend": its Sunday.
fn weekend(t: &Tokens<'_>, at: usize, anchor: &Anchor) -> Option<Time> {
    let lead = usize::from(matches!(t.word(at), "this" | "next" | "coming" | "following"));
    let ends = at + lead + 1 >= t.len() || t.breaks_before(at + lead + 1) || !t.word(at + lead + 1).ends_with('s');
    let date = anchor.week_end(i64::from(matches!(t.word(at), "next" | "following")));
    // "during the week": that of the meeting.
    if ends && t.word(at) == "week" && at > 1 && t.says(at - 2, "during the") {
        return Some(Time::open(at + 1, "en-due-week").on(anchor.week_end(0)));
    }
    (t.word(at + lead) == "weekend" && ends).then(|| Time::open(at + lead + 1, "en-due-week").on(date).adverb())
}

/// "few", "a couple of": how many words tell a number that nobody says.
pub(super) fn vague_count(t: &Tokens<'_>, at: usize) -> usize {
    let article = usize::from(t.word(at) == "a");
    match t.word(at + article) {
        "few" => 1 + article,
        "couple" => 1 + article + usize::from(t.word(at + article + 1) == "of"),
        _ => 0,
    }
}

/// "the next few days", "a couple of months' time": nobody says how many.
pub(super) fn vague_span(t: &Tokens<'_>, at: usize) -> Option<(Option<Date>, usize, &'static str)> {
    let unit = at + vague_count(t, at);
    let counted = matches!(t.word(unit).trim_end_matches(['\'', '’']), "days" | "weeks" | "months");
    counted.then(|| (None, unit + 1 + usize::from(t.word(unit + 1) == "time"), "en-due-within"))
}

/// So many months are told in a row at most.
const MONTHS_MAX: usize = 3;

/// The last of the months that stand behind the month `first`, up to `next`, and the word after it: "April/May",
/// "May and August-September"; of a row that goes back in the year none.
pub(super) fn later_month(t: &Tokens<'_>, first: i8, next: usize) -> Option<(i8, usize)> {
    let mut found: Option<(i8, usize)> = None;
    for _ in 0..MONTHS_MAX {
        let (before, next) = found.unwrap_or((first, next));
        let and = usize::from(matches!(t.word(next), "and" | "or"));
        let joined = and > 0 || matches!(t.gap(next).trim(), "/" | "-" | "–");
        let last = t.word(next + and).rsplit('-').next().unwrap_or_default();
        let Some(month) = civil::month_named(last).filter(|_| joined && t.is_capital(next + and)) else { break };
        let after = next + and + 1;
        // "in May and June 5": two times. "in May and August Bank Holiday stalls": a name.
        let other = day_number(t.word(after)).is_some() && !t.breaks_before(after) || t.is_capital(after);
        let follows = month > before || and == 0 && month == before % 12 + 1;
        if other || !follows {
            break;
        }
        found = Some((month, after));
    }
    found
}
