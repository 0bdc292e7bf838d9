//! Clauses with a modal that order nothing: conditions, what is only said or noted, what was settled or told elsewhere.

use super::background::is_advice;
use super::clause::is_finite;
use super::dependent::finished;
use super::judge::Clause;
use super::lexicon::Kinds;
use super::modal::{Modal, participle};
use super::sentence::Reader;
use super::verb_phrase::is_verb;
use crate::phrases::{Phrases, any_of};

/// What is only said of "it": "it should be stressed that".
static SAID: Phrases = Phrases::of(&[
    "seen",
    "stressed",
    "acknowledged",
    "recognised",
    "recognized",
    "remembered",
    "understood",
    "pointed",
    "admitted",
    "emphasised",
    "emphasized",
    "said",
    "mentioned",
    "highlighted",
    "assumed",
    "forgotten",
    "presumed",
    "inferred",
]);

impl Reader<'_, '_> {
    /// Whether a clause with a modal orders nothing. `fronted`: a condition without a comma stands before its subject.
    pub(super) fn orders_nothing(&self, clause: Clause, fronted: bool) -> bool {
        let t = self.t;
        let Clause { start, at, kind, verb } = clause;
        // "As the mast is to stand there": a reason and no order.
        let reason = start == 1 && any_of!["as", "since", "because", "although", "though", "while"].has(t.word(0));
        let quoted = t.word(start) == "i" || t.text.starts_with('“') && t.says(0, "i will");
        let past = kind != Modal::To
            && t.word(verb) == "have"
            && (participle(t.word(verb + 1)) || matches!(t.word(verb + 1), "been" | "had"));
        let meeting = (start..at).any(|n| matches!(t.word(n), "meeting" | "meetings"))
            && (start..at).any(|n| t.word(n) == "next");
        // "Under the Act the report must": the act says so.
        let under = t.word(start) == "under" && (start..at).any(|n| t.is(n, Kinds::PAPER));
        // "The county fair will be held on 8 July": it takes place.
        let festive = || kind == Modal::Will && t.says(verb, "be held") && self.is_festive(start, at);
        at == start
            || reason && !fronted
            || self.is_dependent(start, at, kind)
            || is_advice(t, start, at) && kind != Modal::Will
            || under
            || quoted
            || meeting
            || past
            || self.is_negated(clause)
            || self.is_only_noted(clause)
            || self.is_told_as_ground(start)
            || self.is_for_whoever(at, kind)
            || self.seats(verb)
            || self.refers(verb)
            || self.was_settled(start)
            || self.said_elsewhere(start, kind)
            || festive()
            || self.is_hypothetical(clause)
            || self.was_refused(start)
            || !fronted && self.is_conditional(start)
    }

    /// "will not be needed", "no fee will be charged".
    fn is_negated(&self, clause: Clause) -> bool {
        let t = self.t;
        let Clause { start, at, kind, .. } = clause;
        kind == Modal::Will
            && (matches!(t.word(at + 1), "not" | "never")
                || t.says(at + 1, "no longer")
                || t.word(at + 1) == "be" && (at + 2..at + 4).any(|n| t.word(n) == "missed")
                || (start..at).any(|n| matches!(t.word(n), "no" | "none" | "nobody" | "neither")))
    }

    /// "it should be noted", "he would be glad": a state, a remark, an event of somebody else's.
    fn is_only_noted(&self, clause: Clause) -> bool {
        let t = self.t;
        let Clause { start, at, kind, verb } = clause;
        let state = t.word(verb + 1);
        let felt =
            any_of!["noted", "able", "like", "ready", "available", "due", "no", "glad", "happy", "pleased", "willing"];
        // "it also has to be seen that", "it should be stressed that": only said.
        let noted = t.word(verb) == "be" && (felt.has(state) || t.word(start) == "it" && SAID.has(state));
        // "This should be ready in August": when, and no more.
        let foreseen = kind == Modal::Duty && state == "ready";
        noted && !foreseen && !finished(t, verb)
            || self.is_remark(start, at, verb)
            // "The Council will hold £2,000 once …": what it has.
            || t.word(verb) == "hold"
                && t.raw(verb + 1).starts_with(['£', '$', '€'])
                && t.find(verb, t.len(), "once").is_some()
            // "she would be stepping down", "it will carry over to the next meeting", "a fair would be taking place".
            || ["be stepping down", "carry over to", "be taking place"].iter().any(|words| t.says(verb, words))
    }

    /// "paid on the basis that they mow it", "of a standard that", "had been told by the firm that".
    fn is_told_as_ground(&self, start: usize) -> bool {
        let t = self.t;
        let been_told = |n: usize| {
            t.word(n) == "told"
                && t.word(n - 1) == "been"
                && (n + 1..start - 1).all(|k| !is_finite(t, k) && !t.breaks_before(k) && t.word(k) != "said")
        };
        start > 1
            && t.word(start - 1) == "that"
            && (matches!(t.word(start - 2), "basis" | "standard" | "extent") || (2..start - 1).any(been_told))
    }

    /// "with a link should members wish to join", "it would be eased if the drain were cleared": what would be.
    fn is_hypothetical(&self, clause: Clause) -> bool {
        let t = self.t;
        let Clause { at, verb, .. } = clause;
        let inverted = t.word(at) == "should"
            && !is_verb(t, at + 1)
            && (at + 2..at + 6).any(|n| matches!(t.word(n), "wish" | "want" | "require" | "need"));
        // "to see if she could borrow a tent": what is to be found out.
        let found_out = |n: usize| matches!(t.word(n - 1), "see" | "out" | "ask" | "check" | "know");
        let supposed = t.word(at) == "would"
            && (verb..t.len()).find(|n| t.word(*n) == "if" && !found_out(*n)).is_some_and(|n| {
                (n + 1..t.len().min(n + 8)).any(|k| matches!(t.word(k), "were" | "could" | "had" | "would"))
            });
        inverted || supposed
    }

    /// "It was not agreed that the pilot should be extended", "it should not be assumed that the grant would be paid".
    fn was_refused(&self, start: usize) -> bool {
        let t = self.t;
        let refused = |n: usize| {
            t.word(n - 1) == "not"
                && matches!(t.word(n), "agreed" | "accepted" | "supported" | "resolved" | "convinced")
        };
        (1..start).any(refused)
            || start > 1 && t.word(start - 1) == "that" && matches!(t.word(start - 2), "assumed" | "presumed")
    }

    /// "until the gate is mended", "so that they will": a clause that hangs on another.
    fn is_conditional(&self, start: usize) -> bool {
        let t = self.t;
        let opens = any_of!["when", "until", "as", "because", "unless", "once", "before", "after"];
        start > 1 && (opens.has(t.word(start - 1)) || t.word(start - 1) != "if" && t.says(start - 2, "so that"))
    }
}
