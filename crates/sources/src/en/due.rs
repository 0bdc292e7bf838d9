//! Deadlines in English: by 30 June, before the next meeting, within two weeks. What a time is stands in `time.rs`.

use super::lexicon::Kinds;
use super::occasion::{LEAD_TIME, attributive, counted_from, last_of_two, lead_time, occasion, opening};
use super::period::week_of_month;
use super::time::{Time, calendar_day, event, span, time};
use super::tokens::Tokens;
use crate::due::{Anchor, Found};
use std::ops::Range;

/// How a time is tied to what is to be done.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// By, until, no later than.
    By,
    /// Before, prior to, ahead of.
    Before,
    /// On, in, at, during.
    When,
    /// To or for a meeting.
    To,
    /// From, effective.
    From,
}

pub(super) const TIES: [(&str, Tie); 46] = [
    ("deadline", Tie::By),
    ("due", Tie::By),
    ("through", Tie::By),
    ("on or about", Tie::When),
    ("by", Tie::By),
    ("until", Tie::By),
    ("up until", Tie::By),
    ("up to", Tie::By),
    ("till", Tie::By),
    ("no later than", Tie::By),
    ("not later than", Tie::By),
    ("on or before", Tie::By),
    ("before", Tie::Before),
    ("prior to", Tie::Before),
    ("ahead of", Tie::Before),
    ("in advance of", Tie::Before),
    ("in time for", Tie::Before),
    ("on", Tie::When),
    ("in", Tie::When),
    ("at", Tie::When),
    ("towards", Tie::When),
    ("toward", Tie::When),
    ("during", Tie::When),
    ("over", Tie::When),
    ("throughout", Tie::When),
    ("to", Tie::To),
    ("for", Tie::To),
    ("with effect from", Tie::From),
    ("effective from", Tie::From),
    ("effective on", Tie::From),
    ("effective", Tie::From),
    ("from", Tie::From),
    ("starting on", Tie::From),
    ("starting", Tie::From),
    ("beginning", Tie::From),
    ("commencing on", Tie::From),
    ("commencing", Tie::From),
    ("as of", Tie::From),
    ("starting with", Tie::From),
    ("beginning with", Tie::From),
    ("commencing with", Tie::From),
    ("effective with", Tie::From),
    ("retroactive to", Tie::From),
    ("retroactively to", Tie::From),
    ("retrospective to", Tie::From),
    ("backdated to", Tie::From),
];

/// What else a time or a condition may begin with.
pub(super) const OPENING: [&str; 34] = [
    "w",
    "following",
    "sometime",
    "between",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "week",
    "tonight",
    "within",
    "inside",
    "after",
    "if",
    "unless",
    "this",
    "next",
    "tomorrow",
    "today",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// All deadlines in a range, in order.
pub(crate) fn find(text: &str, range: Range<usize>, anchor: &Anchor) -> Vec<Found> {
    find_in(&Tokens::of(text, range), anchor)
}

/// Whether a time stands behind another, and only a comma between them.
fn explains(t: &Tokens<'_>, day: &Found, found: &Found) -> bool {
    let between = day.range.end - t.base..found.range.start.max(day.range.end) - t.base;
    day.date.is_some() && t.text[between].trim() == ","
}

/// All deadlines of a sentence, in order. The window of a condition bounds nothing.
pub(crate) fn find_in(tokens: &Tokens<'_>, anchor: &Anchor) -> Vec<Found> {
    let mut out = Vec::new();
    let mut n = 0;
    while n < tokens.len() {
        if !tokens.is(n, Kinds::TIMED) {
            n += 1;
            continue;
        }
        if let Some(after) = condition(tokens, n) {
            n = after;
            continue;
        }
        match read(tokens, n, anchor) {
            Some((found, next)) => {
                // "on May 2, a week before the fair": the day is told.
                let told = || found.rule == LEAD_TIME && out.last().is_some_and(|day| explains(tokens, day, &found));
                let idle = is_name(tokens, n, next)
                    || is_told(tokens, n)
                    || is_of_an_event(tokens, n)
                    || found.rule != "en-due-next-meeting" && says_when(tokens, n)
                    || told();
                if !idle {
                    out.push(Found { date: bracketed_day(tokens, next, anchor).or(found.date), ..found });
                }
                n = next;
            }
            None => n += 1,
        }
    }
    out
}

/// So many words stand between "to be held" and its day at most.
const EVENT_MAX: usize = 9;

/// "will be booked for the session to be held at the Mill on 21 January": when that takes place, and not by when to book.
fn is_of_an_event(t: &Tokens<'_>, n: usize) -> bool {
    // "an inspection to be held by June": until when it has to be.
    if matches!(t.word(n), "by" | "before" | "until") {
        return false;
    }
    let held = (n.saturating_sub(EVENT_MAX)..n)
        .rev()
        .take_while(|k| !super::clause::is_finite(t, *k) || t.word(*k) == "held")
        .take_while(|k| *k + 1 == n || !t.breaks_before(k + 1))
        .find(|k| t.says(*k, "to be held") || t.says(*k, "being held") || t.says(*k, "taking place"));
    held.is_some_and(|held| held > 3 && (1..held - 2).any(|k| super::modal::modal(t, k).is_some()))
}

/// "give it to tenants when contracts are renewed in October": of a clause that says when, and no limit.
fn says_when(t: &Tokens<'_>, n: usize) -> bool {
    let inside = |k: &usize| !t.breaks_before(k + 1) && t.word(*k) != "and";
    let clause = (1..n).rev().take_while(inside).find(|k| t.word(*k) == "when");
    clause.is_some_and(|when| (when + 1..n).any(|k| super::clause::is_finite(t, k)))
}

/// "on Sunday Hill Lane", "in March Road": a name that begins like a time. No number stands in it.
fn is_name(t: &Tokens<'_>, n: usize, next: usize) -> bool {
    let street = |n: usize| {
        !t.breaks_before(n)
            && t.is_capital(n)
            && matches!(
                t.word(n),
                "road"
                    | "lane"
                    | "street"
                    | "avenue"
                    | "close"
                    | "drive"
                    | "way"
                    | "court"
                    | "terrace"
                    | "square"
                    | "crescent"
            )
    };
    let written = t.start(n)..t.end(next - 1);
    let number = t.text[written.start - t.base..written.end - t.base].bytes().any(|byte| byte.is_ascii_digit());
    let capital = !t.breaks_before(next) && t.is_capital(next);
    !number && capital && (street(next) || street(next + 1))
}

/// "the fault that occurred on 1 March": what a clause tells of has happened.
fn is_told(t: &Tokens<'_>, n: usize) -> bool {
    let past = n > 1 && t.word(n - 1).len() > 4 && t.word(n - 1).ends_with("ed");
    // "should have been completed by March".
    let missed = past && t.word(n - 2) == "been" && n > 3 && t.word(n - 3) == "have" && t.word(n - 4) != "will";
    missed || past && t.word(n) != "by" && matches!(t.word(n - 2), "that" | "which" | "who")
}

/// "by the end of the second quarter (30.09.2023)": the day that the text gives besides.
fn bracketed_day(t: &Tokens<'_>, next: usize, anchor: &Anchor) -> Option<civil::Date> {
    let opens = next < t.len() && t.gap(next).trim_end().ends_with('(');
    let (date, _, exact) = if opens { calendar_day(t, next, anchor)? } else { return None };
    date.filter(|_| exact)
}

/// "If nothing is heard by 14 March, …": the word after a condition that begins here.
fn condition(t: &Tokens<'_>, n: usize) -> Option<usize> {
    // "find out if it qualifies": whether it does.
    let asked = n > 0
        && t.word(n) == "if"
        && matches!(
            t.word(n - 1),
            "out"
                | "see"
                | "ask"
                | "know"
                | "check"
                | "determine"
                | "decide"
                | "establish"
                | "confirm"
                | "enquire"
                | "inquire"
        );
    if !matches!(t.word(n), "if" | "unless") || t.says(n, "if possible") || asked {
        return None;
    }
    (n + 1..t.len()).find(|k| t.gap(*k).contains(',')).or(Some(t.len()))
}

/// How far back the day stands that "by then" means, in bytes.
const THEN_REACH: usize = 400;

/// "by then": the last day that was told before `end`, in the same paragraph.
pub(crate) fn told_before(text: &str, end: usize, anchor: &Anchor) -> Option<civil::Date> {
    let mut start = end.saturating_sub(THEN_REACH);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let start = text[start..end].rfind("\n\n").map_or(start, |at| start + at);
    find(text, start..end, anchor).into_iter().rev().find_map(|found| found.date)
}

/// A range that is a time and nothing else, as in the cell of a table: "13 December".
pub(crate) fn bare(text: &str, range: Range<usize>, anchor: &Anchor) -> Option<Found> {
    let t = Tokens::of(text, range);
    let found = time(&t, 0, anchor, Tie::By)?;
    let range = t.start(0)..t.end(found.next - 1);
    Some(Found { range, date: found.date, binding: true, rule: found.rule })
}

fn read(t: &Tokens<'_>, n: usize, anchor: &Anchor) -> Option<(Found, usize)> {
    if matches!(t.word(n), "within" | "inside") {
        let (date, next, rule) = span(t, n + 1, anchor)?;
        let next = counted_from(t, next);
        return Some((Found { range: t.start(n)..t.end(next - 1), date, binding: true, rule }, next));
    }
    // "from May 4 to July 9": a measure runs until its last day.
    // "extended from 25 June to 15 July" tells of two ends.
    let moved = n > 0
        && matches!(
            t.word(n - 1),
            "extended"
                | "moved"
                | "postponed"
                | "deferred"
                | "rescheduled"
                | "shifted"
                | "delayed"
                | "back"
                | "forward"
                | "put"
        );
    if t.word(n) == "from"
        && !moved
        && let Some((Some(_), to, true)) = calendar_day(t, n + 1, anchor)
        && t.word(to) == "to"
        && let Some((date, next, true)) = calendar_day(t, to + 1, anchor)
    {
        return Some((Found { range: t.start(n)..t.end(next - 1), date, binding: true, rule: "en-due-until" }, next));
    }
    if let Some(found) = lead_time(t, n, anchor).or_else(|| term(t, n, anchor)) {
        return Some(found);
    }
    // "will brine the road the week of 21 August".
    if t.word(n) == "week" && n > 0 && t.word(n - 1) == "the" {
        let found = time(t, n, anchor, Tie::When).filter(|found| found.rule == "en-due-week")?;
        let (found, next) = placed(t, n, found);
        return Some((Found { range: t.start(n - 1)..found.range.end, ..found }, next));
    }
    // "plan this for sometime in August".
    if t.says(n, "sometime in") {
        return time(t, n + 2, anchor, Tie::When).map(|found| placed(t, n, found));
    }
    // "w/c 7 October", "w/e 14 March".
    if t.word(n) == "w" && t.gap(n + 1) == "/" {
        return time(t, n, anchor, Tie::When).map(|found| placed(t, n, found));
    }
    // "will be on site the second week of January".
    if t.word(n) == "week"
        && n > 1
        && t.word(n - 2) == "the"
        && let Some(found) = week_of_month(t, n - 1, anchor)
    {
        let (found, next) = placed(t, n - 2, found);
        return Some((found, next));
    }
    if let Some(found) = between(t, n, anchor).or_else(|| after_event(t, n)) {
        return Some(found);
    }
    if t.says(n, "in the morning") && anchor.meeting.is_some() {
        let range = t.start(n)..t.end(n + 2);
        return Some((Found { range, date: anchor.days_later(1), binding: false, rule: "en-due-day" }, n + 3));
    }
    // "be reviewed after six months".
    if t.word(n) == "after"
        && let Some((date, next, rule)) = span(t, n + 1, anchor)
        && !matches!(t.word(next), "of" | "from" | "the")
    {
        return Some((Found { range: t.start(n)..t.end(next - 1), date, binding: false, rule }, next));
    }
    let Some((width, tie)) =
        tie(t, n).filter(|_| n == 0 || t.word(n) != "by" || !super::participle::leads_on(t.word(n - 1)))
    else {
        if let Some(found) = is_day(t, n, anchor) {
            return Some(found);
        }
        // "will report next month": no preposition.
        // "will be out there Thursday".
        let day = t.is_capital(n)
            && super::time::weekday(t.word(n)).is_some()
            && n > 0
            && (n + 1 >= t.len()
                || t.breaks_before(n + 1)
                || matches!(t.word(n + 1), "and" | "to" | "morning" | "afternoon" | "evening" | "night"))
            && !t.breaks_before(n)
            && !matches!(
                t.word(n - 1),
                "the"
                    | "every"
                    | "each"
                    | "last"
                    | "on"
                    | "and"
                    | "to"
                    | "through"
                    | "of"
                    | "next"
                    | "this"
                    | "until"
                    | "by"
            );
        if day && let Some(found) = time(t, n, anchor, Tie::When) {
            return Some(placed(t, n, found));
        }
        // "will be held March 22", "will start April 10": a day behind a verb.
        if t.is_capital(n)
            && n > 0
            && civil::month_named(t.word(n)).is_some()
            && !t.breaks_before(n)
            && (super::modal::participle(t.word(n - 1)) || super::verb_phrase::is_infinitive(t, n - 1))
            && !matches!(t.word(n - 1), "dated" | "need" | "the")
            && let Some(found) = time(t, n, anchor, Tie::When).filter(|found| found.is_day())
            && (found.next >= t.len() || t.breaks_before(found.next) || !t.word(found.next).ends_with('s'))
        {
            return Some(placed(t, n, found));
        }
        // "brief the next executive meeting", "attend the July meeting".
        let bare = t.word(n) == "next" && n > 0 && matches!(t.word(n - 1), "attend" | "brief" | "address");
        if bare && let Some(found) = time(t, n, anchor, Tie::To).filter(|found| found.meeting) {
            return Some(placed(t, n, found));
        }
        let told = n >= 2
            && matches!(t.word(n - 1), "the" | "our" | "its")
            && (t.word(n) == "next" || t.is_capital(n) && civil::month_named(t.word(n)).is_some())
            && matches!(t.word(n - 2), "brief" | "inform" | "update" | "advise" | "attend" | "address");
        if told && let Some(found) = time(t, n, anchor, Tie::To).filter(|found| found.meeting) {
            let (found, next) = placed(t, n, found);
            return Some((Found { range: t.start(n - 1)..found.range.end, ..found }, next));
        }
        // "will be put up the following day".
        if t.says(n, "following day") && n > 1 && t.word(n - 1) == "the" {
            let (found, next) = time(t, n, anchor, Tie::When).map(|found| placed(t, n, found))?;
            return Some((Found { range: t.start(n - 1)..found.range.end, ..found }, next));
        }
        let spoken = matches!(t.word(n), "this" | "next" | "tomorrow" | "today" | "tonight")
            && !matches!(t.word(n.wrapping_sub(1)), "the" | "of" | "a" | "for" | "from" | "since" | "and");
        let found = spoken.then(|| time(t, n, anchor, Tie::When)).flatten()?;
        return (found.adverb).then(|| placed(t, n, found));
    };
    // "in two weeks", "over the next three months", "for the next five years".
    if matches!(t.word(n), "in" | "over" | "during" | "for")
        && (matches!(t.word(n), "in") || t.says(n + 1, "the next") || t.says(n + 1, "the coming"))
        && let Some((date, next, rule)) = span(t, n + 1, anchor)
    {
        return Some((Found { range: t.start(n)..t.end(next - 1), date, binding: t.word(n) == "in", rule }, next));
    }
    // "Monday through Friday": a span of days.
    let before = t.word(n.wrapping_sub(1));
    if t.word(n) == "through"
        && (super::time::weekday(before).is_some() || before.ends_with(|c: char| c.is_ascii_digit()))
    {
        return None;
    }
    let ended =
        || (tie == Tie::Before || matches!(t.word(n), "until" | "till")).then(|| occasion(t, n + width)).flatten();
    let opened = || (tie == Tie::From && t.word(n + width - 1) == "with").then(|| opening(t, n + width)).flatten();
    let found = opened()
        .or_else(|| attributive(t, n + width, tie, time(t, n + width, anchor, tie)))
        .or_else(|| event(t, n + width, tie, anchor))
        .or_else(ended)?;
    // "retroactive to January 1": the last one.
    if t.word(n + width - 1) == "to" && tie == Tie::From && found.exact {
        let date = found.date.map(|date| match anchor.meeting {
            Some(meeting) if date > meeting => civil::add_months(date, -12).unwrap_or(date),
            Some(_) | None => date,
        });
        return Some((
            Found { range: t.start(n)..t.end(found.next - 1), date, binding: false, rule: found.rule },
            found.next,
        ));
    }
    // "opened at 7:15 p.m. on October 8".
    let timed = t.word(n) == "at" && found.is_day() && found.next > n + 2;
    // "extended from 25 October to 15 November".
    if t.word(n) == "from"
        && found.exact
        && let Some(last) = last_of_two(t, found.next, |at| time(t, at, anchor, Tie::By))
    {
        let (range, last) = last?;
        return Some((Found { range, date: last.date, binding: true, rule: last.rule }, last.next));
    }
    // "up to 4 December" is a time, "up to 2,000 trees" is none.
    if t.word(n) == "up" && !(found.exact || found.end || found.rule == "en-due-month") {
        return None;
    }
    let binding = matches!(tie, Tie::By | Tie::Before);
    // A day that is over tells of something done.
    if !binding && found.date.is_some_and(|date| anchor.is_past(date)) {
        return None;
    }
    // "on the December tax bill": which bill, and not when.
    let attribute = found.rule == "en-due-month"
        && t.word(n + width) == "the"
        && found.next < t.len()
        && !t.breaks_before(found.next)
        && !super::clause::preposition(t.word(found.next))
        && !matches!(t.word(found.next), "and" | "or" | "when" | "so" | "if");
    let kept = match tie {
        Tie::By | Tie::Before => true,
        Tie::When | Tie::To | Tie::From if attribute => false,
        Tie::When => match t.word(n) {
            "over" => false,
            // "towards the end of the year"; "towards May" is no day.
            "towards" | "toward" => found.end,
            // "put on the May agenda": what is done, and not when.
            "on" if t.word(found.next - 1) == "agenda" => false,
            "at" => found.meeting || found.end || timed,
            _ => true,
        },
        // "report to the next meeting"; "a budget for 2026" and "the letter from June" say what something is about.
        // "have the contract ready for November".
        Tie::To => {
            let ready = matches!(
                t.word(n.wrapping_sub(1)),
                "ready" | "agenda" | "scheduled" | "set" | "available" | "planned" | "booked" | "done" | "due"
            );
            let period = matches!(found.rule, "en-due-month" | "en-due-week-of-month");
            found.meeting
                || t.word(n) == "for" && (found.exact || period && ready || found.rule == "en-due-week-of-month")
        }
        // "do this from April"; "the letter from June" tells which.
        Tie::From if found.rule == "en-due-month" && t.word(n) == "from" => {
            let paper = matches!(
                t.word(n.wrapping_sub(1)),
                "minutes"
                    | "letter"
                    | "report"
                    | "email"
                    | "figures"
                    | "data"
                    | "meeting"
                    | "notes"
                    | "action"
                    | "actions"
                    | "item"
                    | "items"
                    | "list"
            );
            let ends =
                found.next >= t.len() || t.breaks_before(found.next) || matches!(t.word(found.next), "and" | "to");
            ends && !paper && n > 0
        }
        Tie::From if matches!(found.rule, "en-due-event" | "en-due-opening") => true,
        Tie::From => found.exact || !matches!(t.word(n), "from") && found.rule == "en-due-month",
    };
    if !kept {
        return None;
    }
    // The words that bind belong to the deadline, those that only place it do not.
    let inside = binding || found.end || matches!(t.word(n), "at" | "from") || tie == Tie::From;
    // "with effect from 1 July": from that day.
    let inside_from = if t.says(n, "with effect from") { n + 2 } else { n };
    let start = if inside { inside_from } else { n + width };
    let next = found.next;
    let range = t.start(start)..t.end(next - 1);
    // "ready for November": its meeting, where the text names one.
    let ready = tie == Tie::To && found.rule == "en-due-month";
    let meeting = found.date.filter(|_| ready).and_then(|date| anchor.meeting_in(date.month()));
    let date = meeting.or(found.date);
    Some((Found { range, date, binding: binding || found.end, rule: found.rule }, next))
}

/// "the September meeting will be Monday 14th September": a day behind "be".
fn is_day(t: &Tokens<'_>, n: usize, anchor: &Anchor) -> Option<(Found, usize)> {
    let said = n > 0 && t.word(n - 1) == "be" && t.is_capital(n) && !t.breaks_before(n);
    let (_, _, exact) = calendar_day(t, n, anchor).filter(|_| said)?;
    let found = time(t, n, anchor, Tie::When).filter(|_| exact)?;
    Some(placed(t, n, found))
}

/// "an agreement for advice, January 1, 2025 through December 31, 2026": its last day.
fn term(t: &Tokens<'_>, n: usize, anchor: &Anchor) -> Option<(Found, usize)> {
    let bound = n > 0 && matches!(t.word(n - 1), "from" | "between" | "of");
    if bound || !t.is_capital(n) || civil::month_named(t.word(n)).is_none() {
        return None;
    }
    let (_, next, _) = calendar_day(t, n, anchor).filter(|day| day.2)?;
    let until = matches!(t.word(next), "through" | "until" | "to");
    let (date, end, _) = calendar_day(t, next + 1, anchor).filter(|day| until && day.2)?;
    let over = date.is_some_and(|date| anchor.is_past(date));
    let range = t.start(n)..t.end(end - 1);
    (!over).then_some((Found { range, date, binding: true, rule: "en-due-between" }, end))
}

/// "between April 1 and April 10": until its last day.
fn between(t: &Tokens<'_>, n: usize, anchor: &Anchor) -> Option<(Found, usize)> {
    if t.word(n) != "between" {
        return None;
    }
    let first = time(t, n + 1, anchor, Tie::When)?;
    let last = time(t, first.next + 1, anchor, Tie::When)?;
    let joined =
        matches!(t.word(first.next), "and" | "to") && (first.is_day() && last.is_day() || last.rule == first.rule);
    let over = last.date.is_some_and(|date| anchor.is_past(date));
    let range = t.start(n)..t.end(last.next - 1);
    (joined && !over).then_some((Found { range, date: last.date, binding: true, rule: "en-due-between" }, last.next))
}

/// "after harvest", "after the first of the year": from then on, and no document says until when.
fn after_event(t: &Tokens<'_>, n: usize) -> Option<(Found, usize)> {
    const EVENTS: [&str; 6] =
        ["harvest", "the harvest", "the holidays", "the first of the year", "the first of the month", "the new year"];
    if t.word(n) != "after" || n == 0 {
        return None;
    }
    let event = EVENTS.iter().find(|event| t.says(n + 1, event))?;
    let next = n + 1 + event.split(' ').count();
    let range = t.start(n)..t.end(next - 1);
    Some((Found { range, date: None, binding: false, rule: "en-due-after" }, next))
}

fn placed(t: &Tokens<'_>, n: usize, found: Time) -> (Found, usize) {
    let range = t.start(n)..t.end(found.next - 1);
    (Found { range, date: found.date, binding: false, rule: found.rule }, found.next)
}

fn tie(t: &Tokens<'_>, n: usize) -> Option<(usize, Tie)> {
    let fits = |(phrase, tie): &(&str, Tie)| t.says(n, phrase).then(|| (phrase.split(' ').count(), *tie));
    TIES.iter().filter_map(fits).max_by_key(|(width, _)| *width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use civil::{Country, Date};
    use jiff::civil::date;

    fn anchored(meeting: Date, text: &str) -> Option<(&str, Option<Date>)> {
        let anchor = Anchor {
            meeting: Some(meeting),
            next_meeting: Some(date(2024, 7, 2)),
            year: None,
            calendar: Some(Country::EnglandAndWales),
            ..Anchor::default()
        };
        find(text, 0..text.len(), &anchor).into_iter().next().map(|f| (&text[f.range], f.date))
    }

    fn one(text: &str) -> Option<(&str, Option<Date>)> {
        anchored(date(2024, 5, 20), text)
    }

    #[test]
    fn the_last_possible_day() {
        for (text, words, day) in [
            ("finish by the end of the year", "by the end of the year", Some(date(2024, 12, 31))),
            ("finish by year-end", "by year-end", Some(date(2024, 12, 31))),
            ("finish by the end of the month", "by the end of the month", Some(date(2024, 5, 31))),
            ("finish by the end of 2026", "by the end of 2026", Some(date(2026, 12, 31))),
            ("finish by end of June", "by end of June", Some(date(2024, 6, 30))),
            ("finish by end June", "by end June", Some(date(2024, 6, 30))),
            ("finish by 30 June", "by 30 June", Some(date(2024, 6, 30))),
            ("finish by June 30th, 2025", "by June 30th, 2025", Some(date(2025, 6, 30))),
            ("finish by 30.06.2025", "by 30.06.2025", Some(date(2025, 6, 30))),
            ("finish by 30/06/2025", "by 30/06/2025", Some(date(2025, 6, 30))),
            ("finish by 6/30", "by 6/30", Some(date(2024, 6, 30))),
            ("carbon neutral by 2030", "by 2030", Some(date(2030, 12, 31))),
            ("finish by 2025-06-30", "by 2025-06-30", Some(date(2025, 6, 30))),
            ("finish by May 20", "by May 20", Some(date(2024, 5, 20))),
            ("finish by May 19", "by May 19", Some(date(2025, 5, 19))),
            ("finish by the 15th", "by the 15th", Some(date(2024, 6, 15))),
            ("finish before March", "before March", Some(date(2025, 2, 28))),
            ("finish by March", "by March", Some(date(2025, 3, 31))),
            (
                "ready before the next Parish Council meeting",
                "before the next Parish Council meeting",
                Some(date(2024, 7, 2)),
            ),
            ("report to the next meeting", "the next meeting", Some(date(2024, 7, 2))),
            ("a paper for the July meeting", "the July meeting", Some(date(2024, 7, 2))),
            ("held on Thursday, 28th August, 2025 at noon", "Thursday, 28th August, 2025", Some(date(2025, 8, 28))),
            ("count in September when", "September", Some(date(2024, 9, 30))),
            ("reply within two weeks", "within two weeks", Some(date(2024, 6, 3))),
            ("reply within a fortnight", "within a fortnight", Some(date(2024, 6, 3))),
            ("reply within 30 days", "within 30 days", Some(date(2024, 6, 19))),
            ("reply within thirty (30) days", "within thirty (30) days", Some(date(2024, 6, 19))),
            ("reply within the next three months", "within the next three months", Some(date(2024, 8, 20))),
            ("built within five years", "within five years", Some(date(2029, 5, 20))),
            ("report back in two weeks’ time", "in two weeks’ time", Some(date(2024, 6, 3))),
            ("over the next six months", "over the next six months", Some(date(2024, 11, 20))),
            ("by Friday", "by Friday", Some(date(2024, 5, 24))),
            ("at the March meeting", "at the March meeting", Some(date(2025, 3, 31))),
            ("on site the second week of June", "the second week of June", Some(date(2024, 6, 14))),
            ("call a meeting for the first week in September", "the first week in September", Some(date(2024, 9, 7))),
            ("by the first of June", "by the first of June", Some(date(2024, 6, 1))),
            ("send them by the weekend", "by the weekend", Some(date(2024, 5, 26))),
            ("issue the maps during the week", "the week", Some(date(2024, 5, 26))),
            ("drop it off within the week", "within the week", Some(date(2024, 5, 26))),
            ("brought to members in Quarter 3 of 2024", "Quarter 3 of 2024", Some(date(2024, 9, 30))),
            ("removed between June 1 and June 10", "between June 1 and June 10", Some(date(2024, 6, 10))),
            ("a rise retroactive to January 1", "retroactive to January 1", Some(date(2024, 1, 1))),
            ("paid with effect from 1 June", "from 1 June", Some(date(2024, 6, 1))),
            ("opened at 7:15 p.m. on June 8", "at 7:15 p.m. on June 8", Some(date(2024, 6, 8))),
            ("attend the July meeting", "the July meeting", Some(date(2024, 7, 2))),
            ("have the rates ready for July", "July", Some(date(2024, 7, 2))),
            ("spend it by the deadline of June 30", "by the deadline of June 30", Some(date(2024, 6, 30))),
            ("by close of business on Friday", "by close of business on Friday", Some(date(2024, 5, 24))),
            ("by 5 p.m. on Friday, May 24", "by 5 p.m. on Friday, May 24", Some(date(2024, 5, 24))),
            ("on the following Monday", "the following Monday", Some(date(2024, 5, 27))),
            ("no later than 1st of July 2024", "no later than 1st of July 2024", Some(date(2024, 7, 1))),
            ("by the end of next month", "by the end of next month", Some(date(2024, 6, 30))),
            ("report next month", "next month", Some(date(2024, 6, 30))),
            ("at the end of the quarter", "at the end of the quarter", Some(date(2024, 6, 30))),
            ("in the third quarter", "the third quarter", Some(date(2024, 9, 30))),
            ("in the first quarter of 2025", "the first quarter of 2025", Some(date(2025, 3, 31))),
            ("by the end of Q3 2025", "by the end of Q3 2025", Some(date(2025, 9, 30))),
            ("in the second half of the year", "the second half of the year", Some(date(2024, 12, 31))),
            ("before Christmas", "before Christmas", Some(date(2024, 12, 25))),
            ("by Hallowe'en", "by Hallowe'en", Some(date(2024, 10, 31))),
            ("before Thanksgiving", "before Thanksgiving", Some(date(2024, 11, 28))),
            ("lit by Good Friday", "by Good Friday", Some(date(2025, 4, 18))),
            ("before New Year’s Day", "before New Year’s Day", Some(date(2025, 1, 1))),
            ("by Easter", "by Easter", Some(date(2025, 4, 20))),
            ("before the Spring Festival", "before the Spring Festival", Some(date(2025, 1, 28))),
            ("before the May Day holiday", "before the May Day holiday", Some(date(2025, 4, 30))),
            ("the fee rises from 1 July", "from 1 July", Some(date(2024, 7, 1))),
            ("effective July 1", "effective July 1", Some(date(2024, 7, 1))),
            ("closed until 9 June", "until 9 June", Some(date(2024, 6, 9))),
            ("extended from 25 June to 15 July", "15 July", Some(date(2024, 7, 15))),
            ("closed from 25 June until 15 July", "until 15 July", Some(date(2024, 7, 15))),
            ("back in the week commencing 3 June", "the week commencing 3 June", Some(date(2024, 6, 9))),
            ("brine the road the week of June 3", "the week of June 3", Some(date(2024, 6, 9))),
            ("open the sluice by 06:00 on 24 June", "by 06:00 on 24 June", Some(date(2024, 6, 24))),
            ("send three teams tonight", "tonight", Some(date(2024, 5, 20))),
            ("a bus commencing June 29", "commencing June 29", Some(date(2024, 6, 29))),
            ("answered inside two weeks", "inside two weeks", Some(date(2024, 6, 3))),
            ("report the stile in the morning", "in the morning", Some(date(2024, 5, 21))),
            ("brief the next executive meeting", "the next executive meeting", Some(date(2024, 7, 2))),
        ] {
            assert_eq!(one(text), Some((words, day)), "{text}");
        }
    }

    #[test]
    fn what_other_readers_of_times_got_wrong() {
        let leap = |text| anchored(date(2024, 2, 3), text).and_then(|(_, day)| day);
        assert_eq!(leap("before the end of the month"), Some(date(2024, 2, 29)));
        assert_eq!(leap("by the end of the month"), Some(date(2024, 2, 29)));
        assert_eq!(leap("by the end of the year"), Some(date(2024, 12, 31)));
        assert_eq!(leap("until 8 February"), Some(date(2024, 2, 8)), "the last day is part of it");
        assert_eq!(
            anchored(date(2024, 12, 9), "by the end of next month").unwrap_or_default().1,
            Some(date(2025, 1, 31))
        );
        assert_eq!(one("4/5G masts"), None);
    }

    #[test]
    fn working_days_follow_the_published_schedule() {
        // 27 May 2024 was the spring bank holiday.
        assert_eq!(one("within 10 working days"), Some(("within 10 working days", Some(date(2024, 6, 4)))));
        let unknown = Anchor { meeting: Some(date(2024, 5, 20)), ..Anchor::default() };
        let found = find("within 10 working days", 0..22, &unknown);
        assert_eq!(found.first().map(|f| f.date), Some(None), "whose holidays?");
    }

    #[test]
    fn an_open_deadline_says_so() {
        for (text, words) in [
            ("moved before winter", "before winter"),
            ("by early May", "by early May"),
            ("by mid-June", "by mid-June"),
            ("by 04/05/2025", "by 04/05/2025"),
            ("by 4/5", "by 4/5"),
            ("by next Friday", "by next Friday"),
            ("by 30 February", "by 30 February"),
            ("by the end of the financial year", "by the end of the financial year"),
            ("by the end of the school year", "by the end of the school year"),
            ("before the second reading", "before the second reading"),
            ("pull the records before then", "before then"),
            ("fill the washout before freeze-up", "before freeze-up"),
            ("review the clause prior to signature", "prior to signature"),
            ("billed beginning with the April bills", "beginning with the April bills"),
            ("a raise effective with the next pay period", "effective with the next pay period"),
            ("repair the tile after harvest", "after harvest"),
            ("before the onset of the long rains", "before the onset of the long rains"),
            ("within 30 days of the award", "within 30 days of the award"),
            ("pay within 8 days of closure of the roll", "within 8 days of closure of the roll"),
            ("prior to the 2025 budget deliberations", "prior to the 2025 budget deliberations"),
            ("agreed in writing before any works commenced", "before any works commenced"),
            ("closed until the repairs are complete", "until the repairs are complete"),
            ("sent to members a week before that date", "a week before that date"),
            ("circulate it at least five days in advance", "at least five days in advance"),
            ("a paper for the autumn meeting", "the autumn meeting"),
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
            "by the Council",
            "within the parish",
            "within forty minutes",
            "in 2012",
            "on 3 May 2023",
            "as soon as possible",
            "place it on the May agenda",
            "levy it on the December tax bill",
            "speak before the Council",
            "laid before the House",
            "by the 5th of each month",
            "next month's agenda",
            "in the second half",
            "for the year 2025",
        ] {
            assert_eq!(one(text), None, "{text}");
        }
    }
}
