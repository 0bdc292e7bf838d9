//! Motions: what was moved, and how it ended.

use super::sentence::{Found, Reader};
use super::verb_phrase::is_verb;
use crate::Rule;
use crate::draft::Draft;

impl Reader<'_, '_> {
    /// "Motion by A, second by B to buy two pumps. Motion carried."
    pub(super) fn motion(&self, after: &str, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(mark) = (0..t.len().min(14))
            .find(|n| matches!(t.word(*n), "motion" | "moved" | "motioned" | "seconded" | "proposed"))
        else {
            return false;
        };
        if t.word(mark) == "proposed" && !(0..t.len()).any(|n| t.word(n) == "seconded") {
            return false;
        }
        let named =
            (0..t.len()).any(|n| matches!(t.word(n), "by" | "second" | "seconded" | "made" | "moved" | "motioned"));
        if !named {
            return false;
        }
        let Some(verb) = (mark + 1..t.len())
            .find(|n| matches!(t.word(n - 1), "to") && (is_verb(t, *n) || super::words::NOUN_VERBS.has(t.word(*n))))
        else {
            let Some(that) = t.find(mark, t.len(), "that") else { return true };
            if that + 2 < t.len() && outcome(&self.tail(that), after) == Some(true) && !self.procedural(that + 1) {
                out.push(self.draft(that + 1, self.before_outcome(that), Found::by(Rule::EnMotion, None)));
            }
            return true;
        };
        if self.procedural(verb) {
            return true;
        }
        let end = self.before_outcome(verb);
        match outcome(&self.tail(verb), after) {
            Some(true) => out.push(self.draft(verb, end, Found::by(Rule::EnMotion, None))),
            Some(false) => {}
            None => out.push(self.draft(verb, end, Found { low: true, ..Found::by(Rule::EnMotion, None) })),
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

    /// Acts complete in themselves: adopting minutes, adjourning, appointing.
    pub(super) fn procedural(&self, verb: usize) -> bool {
        let t = self.t;
        let words = |list: &[&str]| (verb + 1..t.len().min(verb + 9)).any(|n| list.contains(&t.word(n)));
        match t.word(verb) {
            "adjourn" | "recess" | "convene" | "reconvene" | "table" | "appoint" | "elect" | "nominate" | "suspend"
            | "close" | "open" | "defer" | "ratify" | "second" | "postpone" | "receive" | "note" | "acknowledge" => {
                true
            }
            "adopt" | "accept" => true,
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
                ]) && !words(&["payment", "purchase", "hiring", "paying"])
            }
            _ => false,
        }
    }
}

/// How a motion ended: told in its own sentence or in those after it.
fn outcome(own: &str, after: &str) -> Option<bool> {
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
