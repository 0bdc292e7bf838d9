//! Times that are told by a meeting: the next one, that of November, the first one in March.

use super::due::Tie;
use super::lexicon::Kinds;
use super::time::{Time, day_number, year_at};
use super::tokens::Tokens;
use crate::due::Anchor;

/// "the next (Parish Council) meeting", "the November meeting".
pub(super) fn meeting(t: &Tokens<'_>, at: usize, anchor: &Anchor, tie: Tie) -> Option<Time> {
    if let Some(found) = meeting_of_month(t, at, anchor) {
        return Some(found);
    }
    let coming = matches!(t.word(at), "next" | "following" | "coming" | "subsequent");
    let named = civil::month_named(t.word(at)).filter(|_| t.is_capital(at));
    // "the autumn meeting".
    let season = matches!(t.word(at), "spring" | "summer" | "autumn" | "winter" | "fall" | "annual" | "budget");
    if season && matches!(t.word(at + 1), "meeting" | "session") && !t.breaks_before(at + 1) {
        // "the annual meeting in June".
        let month = civil::month_named(t.word(at + 3)).filter(|_| t.word(at + 2) == "in" && t.is_capital(at + 3));
        let date = month.and_then(|month| anchor.meeting_in(month).or_else(|| anchor.month_end_after(month)));
        let next = at + 2 + 2 * usize::from(month.is_some());
        return Some(Time { meeting: true, ..Time::of(date, next, "en-due-season") });
    }
    if !coming && named.is_none() {
        return None;
    }
    let last = (at + 1..at + 7)
        .find(|k| matches!(t.word(*k), "meeting" | "session" | "agenda" | "sitting" | "forum") || sits(t, *k))
        .filter(|k| (at + 1..=*k).all(|j| !t.breaks_before(j)))?;
    let date = match named {
        // "the May 13 work session".
        Some(month) if day_number(t.word(at + 1)).is_some() => {
            day_number(t.word(at + 1)).and_then(|day| anchor.first_after(month, day))
        }
        // No meeting of June is later than its last day.
        Some(month) => anchor.meeting_in(month).or_else(|| anchor.month_end_after(month)),
        None if (at + 1..=last).all(|n| is_own(t, n)) => anchor.next_meeting,
        None => None,
    };
    // "bring it to the May 13 work session": the day tells it.
    let dated = tie == Tie::To && named.is_some() && day_number(t.word(at + 1)).is_some() && last > at + 2;
    let next = if dated { at + 2 } else { last + 1 };
    // "the May meeting of the Council": whose it is.
    let of = t.says(next, "of the") && !t.breaks_before(next) && !dated;
    let whose = (next + 2..next + 4).rev().find(|n| of && t.is(*n, Kinds::BODY) && !t.breaks_before(*n));
    let next = whose.map_or(next, |body| body + 1);
    Some(Time { meeting: true, ..Time::of(date, next, "en-due-next-meeting").exact() })
}

/// "the next harbour users' meeting" is another's; the next regular board meeting is that of who writes.
pub(super) fn is_own(t: &Tokens<'_>, n: usize) -> bool {
    t.is(n, Kinds::BODY) && t.word(n) != "group"
        || matches!(
            t.word(n),
            "meeting"
                | "session"
                | "agenda"
                | "sitting"
                | "forum"
                | "regular"
                | "regularly"
                | "scheduled"
                | "ordinary"
                | "monthly"
                | "full"
                | "general"
                | "business"
                | "parish"
                | "town"
                | "township"
                | "city"
                | "county"
                | "district"
                | "village"
                | "community"
                | "municipal"
                | "borough"
                | "executive"
                | "exec"
                | "members"
                | "trustees"
                | "board"
                | "public"
                | "formal"
                | "normal"
                | "committee"
                | "plenary"
                | "work"
                | "working"
                | "quarterly"
                | "bimonthly"
                | "pc"
                | "team"
        )
}

/// "before the next board": the body stands for its meeting, where nothing follows that it might belong to.
fn sits(t: &Tokens<'_>, n: usize) -> bool {
    let ends = n + 1 >= t.len()
        || t.breaks_before(n + 1)
        || super::clause::preposition(t.word(n + 1))
        || matches!(t.word(n + 1), "and" | "or" | "so" | "with" | "but");
    matches!(t.word(n), "board" | "committee" | "council" | "cabinet" | "panel" | "group" | "plenary" | "executive")
        && ends
}

/// "the first meeting in December", "the regular session of May": no later than that month ends.
fn meeting_of_month(t: &Tokens<'_>, at: usize, anchor: &Anchor) -> Option<Time> {
    let which = matches!(
        t.word(at),
        "first" | "second" | "third" | "last" | "final" | "regular" | "ordinary" | "monthly" | "special" | "meeting"
    );
    let last = (at..at + 4).find(|k| matches!(t.word(*k), "meeting" | "session")).filter(|_| which)?;
    let month = civil::month_named(t.word(last + 2))
        .filter(|_| matches!(t.word(last + 1), "in" | "of") && t.is_capital(last + 2))?;
    let year = year_at(t, last + 3);
    let date = year.map_or_else(|| anchor.month_end_after(month), |year| civil::month_end(year, month));
    let next = last + 3 + usize::from(year.is_some());
    Some(Time { meeting: true, ..Time::of(date, next, "en-due-meeting-of-month") })
}
