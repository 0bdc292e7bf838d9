//! Turns of phrase whose class their words give: "take photographs" is an act, "think about a theme" an effort.

use super::lexicon::Kinds;
use super::modal::participle;
use super::tokens::Tokens;
use crate::Class;
use crate::phrases::{Phrases, any_of};

/// Acts, though their verbs are those of efforts.
static ACTS: Phrases = Phrases::of(&[
    "take place",
    "take the lead on planning",
    "take the lead in planning",
    "take photographs",
    "take photos",
    "take pictures",
    "take minutes",
    "take the minutes",
    "take readings",
    "take samples",
    "take measurements",
    "take care of the",
    "take delivery",
    "do the paperwork",
    "do the work",
    "do the job",
    "do the accounts",
    "do the returns",
    "keep a timesheet",
    "keep a record",
    "keep a log",
    "keep a list",
    "keep a register",
    "keep a note",
    "take the lead in organizing",
    "take the lead in organising",
    "take the lead in formulating",
    "take the lead in drafting",
    "take the lead in preparing",
    "take the lead in solving",
    "take the lead in establishing",
]);

/// Efforts, though their verbs are those of acts.
static EFFORTS: Phrases = Phrases::of(&[
    "think about",
    "think of",
    "thinking about",
    "thinking of",
    "be thinking",
    "wear ",
    "spend more time",
    "hold accountable",
    "hold to account",
    "do a good job in",
    "do a good job of",
    "do a solid job in",
    "do solid work in",
    "taken into account",
    "kept locked",
    "kept clear",
    "kept clean",
    "kept tidy",
    "kept free",
    "looked at",
    "made clear",
    "coordinated",
    "co-ordinated",
    "spare no ",
    "speak ",
    "guided by",
    "continue to work on",
    "dare to ",
]);

/// The class that the words of a clause from its main verb on give of themselves.
pub(super) fn told(t: &Tokens<'_>, start: usize, measured: bool) -> Option<(Class, &'static str)> {
    let words = t.text[t.start(start) - t.base..].to_ascii_lowercase();
    if ACTS.begins(&words) {
        return Some((Class::Action, "en-class-act"));
    }
    // "complete a dragnet inspection", "the survey should be completed": what is checked is gone through.
    let check = |n: usize| {
        matches!(t.word(n), "investigation" | "inspection" | "survey" | "audit" | "assessment" | "study" | "census")
    };
    let checked = t.word(start) == "completed" && (0..start).any(check)
        || t.word(start) == "complete" && (start + 1..t.len().min(start + 5)).any(check);
    if checked {
        return Some((Class::Action, "en-class-check"));
    }
    if goal(t, start, measured) {
        return Some((Class::Target, "en-class-goal"));
    }
    let watched = (start..t.len()).any(|n| t.says(n, "under review"));
    if EFFORTS.begins(&words) || watched || by_manner(t, start, measured) || service(t, start) {
        return Some((Class::Principle, "en-class-effort"));
    }
    None
}

/// "achieve no casualties", "fulfil the target of 28,000 jobs", "cleared to zero", "not lower than 18 degrees", "open to
/// traffic": a state that is reached or not.
fn goal(t: &Tokens<'_>, start: usize, measured: bool) -> bool {
    let verb = t.word(start);
    let achieves = matches!(verb, "achieve" | "realize" | "realise") && matches!(t.word(start + 1), "no" | "zero");
    let target = matches!(verb, "fulfil" | "fulfill" | "meet" | "achieve" | "complete")
        && measured
        && (start + 1..t.len().min(start + 5)).any(|n| matches!(t.word(n), "target" | "targets" | "quota" | "goal"));
    let zero = participle(verb) && (start + 1..t.len().min(start + 4)).any(|n| t.says(n, "to zero"));
    let ensured = matches!(verb, "ensure" | "guarantee") && t.word(start + 1) == "that";
    let bound =
        ["not lower than", "no lower than", "no less than", "not less than", "at least", "not exceed", "no more than"];
    let bounded = ensured && measured && (start + 2..t.len()).any(|n| bound.iter().any(|words| t.says(n, words)));
    let standing = |n: usize| {
        matches!(t.word(n), "is" | "are")
            && matches!(t.word(n + 1), "open" | "operational" | "ready" | "available" | "complete" | "safe" | "warm")
    };
    let stands = ensured && (start + 2..t.len()).any(standing);
    let reach = verb == "reach" && measured;
    let gone =
        matches!(verb, "eliminated" | "eradicated") && (0..t.len()).any(|n| matches!(t.word(n), "by" | "before"));
    let fewer = t.says(0, "the number of") && measured && matches!(verb, "reduced" | "cut" | "increased" | "raised");
    // "sign no less than 30 projects": a number to reach.
    let gains = matches!(verb, "sign" | "attract" | "cultivate")
        && ["no less than", "not less than", "no fewer than", "more than", "at least", "over"]
            .iter()
            .any(|words| t.says(start + 1, words));
    gains || achieves || target || zero || bounded || stands || reach || gone || fewer
}

/// "enforce the bye-laws more strictly", "be allocated scientifically": what counts is the manner, and stands behind.
fn by_manner(t: &Tokens<'_>, start: usize, measured: bool) -> bool {
    let last = t.len().wrapping_sub(1);
    let manner = last > start
        && any_of![
            "strictly",
            "scientifically",
            "decisively",
            "resolutely",
            "vigorously",
            "rigorously",
            "conscientiously",
            "rationally",
            "effectively",
            "steadily",
            "actively",
            "earnestly",
            "carefully",
            "diligently",
        ]
        .has(t.word(last));
    manner && !measured && !(start + 1..t.len()).any(|n| t.is(n, Kinds::PRODUCT))
}

/// "provide uninterrupted services", "provide strong support": no product.
fn service(t: &Tokens<'_>, start: usize) -> bool {
    let quality = matches!(
        t.word(start + 1),
        "uninterrupted"
            | "good"
            | "better"
            | "strong"
            | "solid"
            | "efficient"
            | "high-quality"
            | "quality"
            | "powerful"
            | "convenient"
    );
    let noun = |n: usize| {
        matches!(
            t.word(n),
            "services" | "service" | "support" | "guarantee" | "guarantees" | "protection" | "assistance"
        )
    };
    t.word(start) == "provide" && quality && (start + 2..t.len().min(start + 6)).any(noun)
}
