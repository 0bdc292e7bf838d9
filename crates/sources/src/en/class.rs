//! Action, target or principle, for an English clause: by its verb and its object.

use super::quantity;
use super::tokens::Tokens;
use super::verb_phrase::is_verb;
use super::words::{EFFORTS, NOUN_VERBS, PRODUCTS, VERBS};
use crate::Class;

/// The class of a clause, and the rule that gave it.
pub(crate) fn of(phrase: &str) -> (Class, &'static str) {
    let t = Tokens::of(phrase, 0..phrase.len());
    let start = main_verb(&t);
    if state(&t, start) {
        return (Class::Target, "en-class-state");
    }
    let verb = t.word(start);
    let measured = !quantity::find(phrase, 0..phrase.len()).is_empty();
    let reaches = (start..t.len()).any(|n| matches!(t.word(n), "reach" | "achieve" | "attain" | "complete" | "exceed"))
        || phrase.contains("at least")
        || phrase.contains("not less than");
    if measured
        && reaches
        && matches!(
            verb,
            "reach"
                | "achieve"
                | "attain"
                | "complete"
                | "increase"
                | "reduce"
                | "ensure"
                | "raise"
                | "cut"
                | "exceed"
                | "bring"
        )
    {
        return (Class::Target, "en-class-number");
    }
    if measured
        && matches!(verb, "reduce" | "increase" | "raise" | "cut" | "bring" | "keep" | "hold")
        && bounded(&t, start)
    {
        return (Class::Target, "en-class-level");
    }
    // "every village should have a service", "every patient can reach a clinic": for all of them.
    let every = (0..t.len())
        .find(|n| t.word(*n) == "every" && (*n == 0 || t.word(n - 1) == "that" || t.word(n - 1) == "ensure"));
    let universal = every.is_some_and(|at| {
        (at..t.len()).any(|n| matches!(t.word(n), "have" | "has" | "can" | "receive" | "receives" | "reach"))
    });
    if universal && verb != "make" {
        return (Class::Target, "en-class-universal");
    }
    // "All pending applications must be disposed of": a state that all reach.
    let all = t.word(0) == "all" || t.says(0, "every");
    if all
        && matches!(
            verb,
            "disposed"
                | "cleared"
                | "closed"
                | "completed"
                | "resolved"
                | "settled"
                | "cleaned"
                | "eliminated"
                | "vaccinated"
                | "paid"
                | "connected"
        )
    {
        return (Class::Target, "en-class-all");
    }
    if verb == "complete"
        && (start..t.len()).any(|n| matches!(t.word(n), "objectives" | "targets" | "tasks" | "goals" | "all"))
    {
        return (Class::Target, "en-class-all-tasks");
    }
    if passive_effort(&t, start) {
        return (Class::Principle, "en-class-passive-effort");
    }
    let object = (start + 1..t.len().min(start + 14)).any(|n| PRODUCTS.has(t.word(n)));
    let making = matches!(
        verb,
        "implement"
            | "make"
            | "set"
            | "take"
            | "do"
            | "follow"
            | "develop"
            | "give"
            | "consider"
            | "lead"
            | "seek"
            | "keep"
            | "pay"
            | "deal"
            | "look"
    );
    if EFFORTS.has(verb) && !(object && making && !vague(&t, start)) {
        // Paying a bill, setting up a meeting and taking a reading are acts.
        let act = verb == "pay" && !t.says(start + 1, "attention") && !t.says(start + 1, "close attention")
            || t.says(start, "set up")
            || t.says(start, "look into")
            || t.says(start, "follow up")
            || t.says(start, "carry out")
            || t.says(start, "take down")
            || t.says(start, "make an")
            || t.says(start, "make a")
            || t.says(start, "work with")
            || t.says(start, "put");
        return if act || measured { (Class::Action, "en-class-act") } else { (Class::Principle, "en-class-effort") };
    }
    (Class::Action, "en-class-rest")
}

/// "to no more than 90", "by at least 5 per cent": a level to reach.
fn bounded(t: &Tokens<'_>, start: usize) -> bool {
    (start..t.len()).any(|n| {
        matches!(t.word(n), "to" | "by" | "below" | "above" | "under")
            && (n + 1..n + 5).any(|k| t.word(k).starts_with(|c: char| c.is_ascii_digit()))
    })
}

fn vague(t: &Tokens<'_>, start: usize) -> bool {
    (start..t.len())
        .any(|n| matches!(t.word(n), "spirit" | "effort" | "efforts" | "principle" | "principles" | "requirements"))
}

/// The verb that says what is done: the first word if it is one, else that after the modal, "to" and adverbs.
fn main_verb(t: &Tokens<'_>) -> usize {
    let opens = (0..t.len()).find(|n| !t.word(*n).ends_with("ly")).unwrap_or(0);
    if is_verb(t, opens) && t.word(opens + 1) != "should" && !t.says(opens, "council") {
        return opens;
    }
    let modal = (0..t.len()).find(|n| {
        matches!(t.word(*n), "should" | "must" | "shall" | "will" | "would" | "agreed" | "resolved" | "decided" | "to")
    });
    let mut n = modal.map_or(0, |n| n + 1);
    let mut steps = 0;
    while n < t.len() && steps < 8 {
        let word = t.word(n);
        if !(word == "to"
            || word == "have"
            || word == "also"
            || word == "now"
            || word.ends_with("ly")
            || matches!(word, "that" | "not" | "all" | "only" | "further" | "then" | "therefore" | "be" | "always"))
        {
            break;
        }
        n += 1;
        steps += 1;
    }
    if n < t.len() { n } else { 0 }
}

/// "be monitored", "be considered", "be kept under review".
fn passive_effort(t: &Tokens<'_>, start: usize) -> bool {
    let under_review = (start..t.len().min(start + 6)).any(|n| t.says(n, "under review"));
    under_review
        || matches!(
            t.word(start),
            "monitored"
                | "advanced"
                | "considered"
                | "encouraged"
                | "supported"
                | "strengthened"
                | "promoted"
                | "improved"
                | "maintained"
                | "reminded"
                | "mindful"
                | "aware"
                | "sure"
                | "respected"
        )
}

/// A state that is reached or not: "all cases are closed", "so that no pupil is left out".
fn state(t: &Tokens<'_>, start: usize) -> bool {
    if t.says(0, "so as not to") || t.says(0, "so that no") {
        return true;
    }
    let ensured = matches!(t.word(start), "ensure" | "guarantee");
    let from = if ensured { start + 1 } else { 0 };
    let bare = VERBS.has(t.word(0)) || NOUN_VERBS.has(t.word(0));
    if !ensured && bare {
        return false;
    }
    let settled = (from..t.len()).any(|n| {
        matches!(t.word(n), "is" | "are")
            && t.word(n + 1).ends_with("ed")
            && n + 2 >= from
            && !matches!(
                t.word(n + 1),
                "needed"
                    | "expected"
                    | "required"
                    | "authorised"
                    | "authorized"
                    | "asked"
                    | "instructed"
                    | "directed"
                    | "requested"
            )
    });
    settled
        && !(0..t.len())
            .any(|n| matches!(t.word(n), "should" | "must" | "shall" | "will" | "would" | "agreed" | "resolved" | "if"))
}
