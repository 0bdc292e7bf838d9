//! Motions: what was moved, and how it ended.

use super::sentence::{Found, Reader};
use super::verb_phrase::is_verb;
use super::words::ACT_NOUNS;
use crate::Rule;
use crate::draft::Draft;

impl Reader<'_, '_> {
    /// "Motion by A, second by B to buy two pumps. Motion carried."
    pub(super) fn motion(&self, after: &str, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(mark) = (0..t.len().min(14)).find(|n| {
            matches!(t.word(*n), "motion" | "moved" | "motioned" | "seconded" | "proposed")
                || t.says(*n, "m s c")
                || t.word(*n) == "moves"
        }) else {
            return false;
        };
        if t.word(mark) == "proposed" && !(0..t.len()).any(|n| t.word(n) == "seconded") {
            return false;
        }
        let named =
            (0..t.len()).any(|n| matches!(t.word(n), "by" | "second" | "seconded" | "made" | "moved" | "motioned"));
        if !named && !t.says(mark, "m s c") {
            return false;
        }
        // "On motion of Voss, seconded by Kline, the Board approved the purchase …".
        if t.word(0) == "on" && self.approved_on_motion(mark, out) {
            return true;
        }
        let Some(verb) = (mark + 1..t.len())
            .find(|n| matches!(t.word(n - 1), "to") && (is_verb(t, *n) || super::words::NOUN_VERBS.has(t.word(*n))))
        else {
            let Some(that) = t.find(mark, t.len(), "that") else { return true };
            if that + 2 < t.len() && outcome(&self.tail(that), after) == Some(true) && !self.procedural(that + 1) {
                let verb = (that + 2..t.len()).find(|n| is_verb(t, *n) || super::verb_phrase::third_person(t.word(*n)));
                let owner = verb.and_then(|verb| self.owner_in(that + 1, verb));
                if verb.is_none_or(|verb| !self.procedural(verb)) {
                    out.push(self.draft(that + 1, self.before_outcome(that), Found::by(Rule::EnMotion, owner)));
                }
            }
            return true;
        };
        if self.procedural(verb) {
            return true;
        }
        let end = self.before_outcome(verb);
        let carried = if t.says(mark, "m s c") { Some(true) } else { outcome(&self.tail(verb), after) };
        match carried {
            Some(true) => out.push(self.draft(verb, end, Found::by(Rule::EnMotion, None))),
            Some(false) => {}
            None => out.push(self.draft(verb, end, Found { low: true, ..Found::by(Rule::EnMotion, None) })),
        }
        true
    }

    fn approved_on_motion(&self, mark: usize, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(verb) = (mark + 1..t.len()).find(|n| {
            matches!(
                t.word(*n),
                "approved"
                    | "authorized"
                    | "authorised"
                    | "awarded"
                    | "accepted"
                    | "granted"
                    | "adopted"
                    | "agreed"
                    | "voted"
                    | "resolved"
            )
        }) else {
            return false;
        };
        let from = self.clause_start(verb);
        let infinitive = t.word(verb + 1) == "to" && !self.procedural(verb + 2);
        let ordered = (verb + 1..t.len().min(verb + 8)).any(|n| ACT_NOUNS.has(t.word(n)));
        if from > mark && (infinitive || ordered) && !self.procedural_noun(verb) {
            out.push(self.draft(from, self.before_outcome(verb), Found::by(Rule::EnMotion, self.owner_in(from, verb))));
        }
        true
    }

    fn tail(&self, from: usize) -> String {
        self.t.text[self.t.start(from) - self.t.base..].to_ascii_lowercase()
    }

    /// The words of a motion end where its outcome or its seconder is told.
    pub(super) fn before_outcome(&self, from: usize) -> usize {
        let t = self.t;
        (from + 2..t.len())
            .find(|n| {
                t.breaks_before(*n)
                    && (matches!(
                        t.word(*n),
                        "seconded" | "second" | "motion" | "carried" | "passed" | "all" | "unanimously" | "approved"
                    ) || t.says(*n, "with all")
                        || t.says(*n, "and seconded"))
                    || matches!(t.word(*n), "seconded")
                    || t.says(*n, "was carried")
                    || t.says(*n, "motion carried")
            })
            .map_or(t.len(), |n| if matches!(t.word(n - 1), "and" | "was") { n - 1 } else { n })
    }

    /// Whether the object of approving is a paper and no act: minutes, a report, a policy.
    pub(super) fn procedural_noun(&self, verb: usize) -> bool {
        let t = self.t;
        let paper = |n: usize| {
            matches!(
                t.word(n),
                "minutes"
                    | "agenda"
                    | "report"
                    | "reports"
                    | "reading"
                    | "consent"
                    | "statement"
                    | "policy"
                    | "strategy"
                    | "orders"
                    | "calendar"
                    | "framework"
                    | "appointment"
                    | "appointments"
                    | "nomination"
                    | "bill"
                    | "memorandum"
            )
        };
        let first_act = (verb + 1..t.len()).find(|n| ACT_NOUNS.has(t.word(*n)));
        (verb + 1..t.len().min(verb + 7))
            .find(|n| paper(*n))
            .is_some_and(|paper| first_act.is_none_or(|act| paper < act))
    }

    /// Acts complete in themselves: adopting minutes, adjourning, appointing.
    pub(super) fn procedural(&self, verb: usize) -> bool {
        let t = self.t;
        let words = |list: &[&str]| (verb + 1..t.len().min(verb + 9)).any(|n| list.contains(&t.word(n)));
        let ordered = (verb + 1..t.len().min(verb + 7)).any(|n| ACT_NOUNS.has(t.word(n)));
        match super::verb_phrase::base(t.word(verb)).unwrap_or(t.word(verb)) {
            "adjourn" | "recess" | "convene" | "reconvene" | "table" | "appoint" | "elect" | "nominate" | "suspend"
            | "defer" | "ratify" | "second" | "postpone" | "receive" | "note" | "acknowledge" => true,
            "thank" | "congratulate" | "endorse" | "affirm" | "reaffirm" | "recommend" | "lay" => {
                !ordered || t.word(verb).starts_with("recommend")
            }
            "adopt" | "accept" => !ordered || self.procedural_noun(verb),
            "open" | "close" => words(&["meeting", "session", "hearing", "floor", "nominations", "comment"]),
            "enter" | "go" | "move" => words(&["session", "closed", "executive", "committee"]),
            "approve" | "confirm" | "sign" | "waive" | "dispense" | "take" => {
                words(&[
                    "minutes",
                    "agenda",
                    "report",
                    "reports",
                    "reading",
                    "recommendation",
                    "recommendations",
                    "consent",
                    "statement",
                    "resolution",
                    "ordinance",
                    "policy",
                    "orders",
                    "calendar",
                ]) && (!ordered || self.procedural_noun(verb))
            }
            _ => false,
        }
    }
}

/// How a motion ended: told in its own sentence or in those after it.
pub(super) fn outcome(own: &str, after: &str) -> Option<bool> {
    let after = after.to_ascii_lowercase();
    for text in [own, after.as_str()] {
        let lost = ["failed", "defeated", "lost", "withdrawn", "tabled", "no second", "died", "not carried"]
            .iter()
            .filter_map(|word| text.find(word))
            .min();
        let won = [
            "carried",
            "passed",
            "approved",
            "unanimous",
            "in favor",
            "in favour",
            "ayes",
            "all aye",
            "adopted",
            "agreed",
            "all yes",
            "m/s/c",
            "msc",
        ]
        .iter()
        .filter_map(|word| text.find(word))
        .min();
        match (won, lost) {
            (Some(won), Some(lost)) => return Some(won < lost),
            (Some(_), None) => return Some(true),
            (None, Some(_)) => return Some(false),
            (None, None) => {}
        }
    }
    None
}
