//! Times that an occasion gives: "before any works commence", "a week before the hearing", "within eight days of closure".
//! What happens when, no document says: they have words and no day.

use std::ops::Range;

use super::due::Tie;
use super::lexicon::Kinds;
use super::time::{Time, span};
use super::tokens::Tokens;
use crate::due::{Anchor, Found};

/// The rule of a time that is told by how long before something it is.
pub(super) const LEAD_TIME: &str = "en-due-lead-time";

/// An occasion is named in no more words than this.
const NAME_MAX: usize = 6;
/// What a count begins with, "receipt of the signed heads of terms", in no more than this.
const START_MAX: usize = 9;

/// "prior to the budget talks", "until the new bridge opens": what stands behind a word that ends a time, from `n` on.
pub(super) fn occasion(t: &Tokens<'_>, n: usize) -> Option<Time> {
    let until = n > 0 && matches!(t.word(n - 1), "until" | "till");
    let before = n > 0 && matches!(t.word(n - 1), "before" | "to" | "of") || n > 2 && t.says(n - 3, "in time for");
    let moved = (n.saturating_sub(5)..n).any(|k| {
        matches!(
            t.word(k),
            "laid"
                | "lay"
                | "placed"
                | "place"
                | "put"
                | "brought"
                | "bring"
                | "come"
                | "came"
                | "appear"
                | "go"
                | "goes"
                | "listed"
                | "due"
        )
    });
    let named =
        matches!(t.word(n), "the" | "any" | "a" | "an" | "its" | "their" | "his" | "her" | "this" | "each" | "our")
            || t.word(n).ends_with("ion")
            || matches!(
                t.word(n),
                "receipt" | "approval" | "payment" | "delivery" | "closure" | "handover" | "work" | "works"
            )
            || lone_noun(t, n);
    if !(until || before && (!moved || lone_noun(t, n))) || !named {
        return None;
    }
    let end = name_end(t, n, NAME_MAX)?;
    // "before the Council": a place to speak at, and no time.
    let someone = (n..end).any(|k| t.is(k, Kinds::BODY | Kinds::OFFICE) && !works(t, k))
        || (n..end).any(|k| {
            matches!(t.word(k), "house" | "court" | "courts" | "judge" | "tribunal" | "public" | "electorate")
        });
    let noun = end > n + usize::from(matches!(t.word(n), "the" | "any" | "a" | "an" | "its" | "their" | "this"));
    (noun && !someone).then(|| Time::open(end, "en-due-event"))
}

/// "in time for the Q2 review", "before the 2025 season": a year or a quarter that says which occasion, and not when.
pub(super) fn attributive(t: &Tokens<'_>, n: usize, tie: Tie, found: Option<Time>) -> Option<Time> {
    let found = found?;
    let next = found.next;
    let period = matches!(found.rule, "en-due-before-year" | "en-due-quarter");
    let follows = next < t.len()
        && !t.breaks_before(next)
        && !super::clause::preposition(t.word(next))
        && !super::clause::is_finite(t, next)
        && !t.word(next).ends_with("ly")
        && !matches!(t.word(next), "and" | "or" | "so" | "but" | "if" | "when" | "as" | "unless" | "the" | "a");
    let bounds = tie == Tie::Before || tie == Tie::By && t.word(n) == "the";
    match name_end(t, n, NAME_MAX).filter(|_| period && follows && bounds) {
        Some(end) => Some(Time::open(end, "en-due-event")),
        None => Some(found),
    }
}

/// "beginning with the April bills": what something starts with.
pub(super) fn opening(t: &Tokens<'_>, n: usize) -> Option<Time> {
    let end = name_end(t, n, NAME_MAX)?;
    (end > n + 1 && matches!(t.word(n), "the" | "this" | "next")).then(|| Time::open(end, "en-due-opening"))
}

/// "prior to signature", "before freeze-up": one noun, and nothing behind it.
fn lone_noun(t: &Tokens<'_>, n: usize) -> bool {
    let ends = n + 1 >= t.len() || t.breaks_before(n + 1);
    let pointed = matches!(
        t.word(n),
        "it" | "that" | "this" | "them" | "us" | "me" | "him" | "her" | "long" | "now" | "you" | "then" | "hand"
    );
    n < t.len() && ends && !pointed && !t.is_capital(n) && !t.word(n).starts_with(|c: char| c.is_ascii_digit())
}

/// "works" is an office of some towns, and what begins on most sites.
fn works(t: &Tokens<'_>, n: usize) -> bool {
    matches!(t.word(n), "services" | "service" | "regions" | "trust")
        || !t.is_capital(n) && matches!(t.word(n), "heads" | "leads" | "lead")
}

/// Where a name that begins at `n` ends: before a mark, a preposition or what joins clauses.
fn name_end(t: &Tokens<'_>, n: usize, most: usize) -> Option<usize> {
    let stop = |k: &usize| {
        *k > n
            && (t.breaks_before(*k)
                || matches!(
                    t.word(*k),
                    "and"
                        | "to"
                        | "in"
                        | "on"
                        | "at"
                        | "for"
                        | "with"
                        | "by"
                        | "so"
                        | "if"
                        | "or"
                        | "from"
                        | "when"
                        | "which"
                        | "that"
                        | "as"
                        | "under"
                ))
    };
    let end = (n..t.len().min(n + most + 1)).find(stop).unwrap_or(t.len());
    (end > n && end - n <= most).then_some(end)
}

/// "a week before that date", "at least five days in advance": so long before something, whose last word but one is `n`.
pub(super) fn lead_time(t: &Tokens<'_>, n: usize, anchor: &Anchor) -> Option<(Found, usize)> {
    let width = match t.word(n) {
        "before" => 1,
        "prior" | "ahead" if matches!(t.word(n + 1), "to" | "of") => 2,
        "in" if t.word(n + 1) == "advance" => 2 + usize::from(t.word(n + 2) == "of"),
        _ => return None,
    };
    let from =
        (2..=4).filter_map(|back| n.checked_sub(back)).find(|k| span(t, *k, anchor).is_some_and(|span| span.1 == n))?;
    let bounds = ["at least", "no later than", "not later than", "not less than", "no less than", "no fewer than"];
    let opens = bounds.iter().find_map(|bound| {
        let words = bound.split(' ').count();
        from.checked_sub(words).filter(|start| t.says(*start, bound))
    });
    let start = opens.unwrap_or(from);
    let end = if t.says(n, "in advance") && width == 2 { n + 2 } else { name_end(t, n + width, NAME_MAX)? };
    let range = t.start(start)..t.end(end - 1);
    Some((Found { range, date: None, binding: true, rule: LEAD_TIME }, end))
}

/// "within eight days of closure of the roll": where the words end that say from when is counted.
pub(super) fn counted_from(t: &Tokens<'_>, next: usize) -> usize {
    let counted = matches!(t.word(next), "of" | "after" | "from" | "following") && !t.breaks_before(next);
    let end = if counted { name_end(t, next + 1, START_MAX) } else { None };
    end.unwrap_or(next)
}

/// "from 25 October to 15 November", "from April 17 until May 31": the day on which it ends; `None` where a word of its
/// own says so. `next` is the word behind the first day.
pub(super) fn last_of_two(
    t: &Tokens<'_>,
    next: usize,
    day: impl Fn(usize) -> Option<Time>,
) -> Option<Option<(Range<usize>, Time)>> {
    match t.word(next) {
        "to" => day(next + 1).filter(|day| day.is_day()).map(|day| Some((t.start(next + 1)..t.end(day.next - 1), day))),
        "until" | "till" | "through" => day(next + 1).filter(Time::is_day).map(|_| None),
        _ => None,
    }
}
