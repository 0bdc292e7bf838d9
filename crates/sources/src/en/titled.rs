//! Resolutions told by their title: "Resolution 21-15 authorizing the transfer of $500 was moved by Brandt".

use super::motion::outcome;
use super::sentence::{Found, Reader};
use super::verb_phrase::is_infinitive;
use crate::Rule;
use crate::draft::Draft;
use crate::phrases::any_of;
use std::ops::Range;

/// The number of a resolution stands within so many words.
const TITLE_MAX: usize = 4;

impl Reader<'_, '_> {
    /// Reads a resolution whose title says what is ordered; whether it was one.
    pub(super) fn titled(&self, labelled: bool, after: &str, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(verb) = self.title_verb(labelled) else { return false };
        let end = (verb + 2..t.len()).find(|n| self.ends_title(*n)).unwrap_or(t.len());
        let own = t.text[t.start(verb) - t.base..].to_ascii_lowercase();
        let carried = outcome(&own, after);
        if carried != Some(false) && end > verb + 1 {
            let owner = self.title_told(verb, end);
            out.push(self.draft(verb, end, Found { low: carried.is_none(), ..Found::by(Rule::EnMotion, owner) }));
        }
        true
    }

    /// The verb of the title: "authorizing", "to place".
    fn title_verb(&self, labelled: bool) -> Option<usize> {
        let t = self.t;
        if labelled && orders(t.word(0)) {
            return Some(0);
        }
        let offered = |n: usize| {
            t.word(n.wrapping_sub(1)) == "a"
                && (0..n).any(|k| matches!(t.word(k), "offered" | "introduced" | "presented" | "moved"))
        };
        let name = (0..t.len().min(14)).find(|n| t.word(*n) == "resolution" && (*n < 2 || offered(*n)))?;
        let number =
            |n: usize| t.word(n).starts_with(|c: char| c.is_ascii_digit()) || matches!(t.word(n), "no" | "number");
        let next = (name + 1..t.len().min(name + TITLE_MAX)).find(|n| !number(*n))?;
        if orders(t.word(next)) {
            return Some(next);
        }
        let to = t.word(next) == "to" && is_infinitive(t, next + 1) && !self.procedural(next + 1);
        let named = next > name + 1 || offered(name);
        (to && named).then_some(next + 1)
    }

    /// "… was moved by Brandt", ", introduced by Abel", "offered by Hatch": who brought it.
    fn ends_title(&self, n: usize) -> bool {
        let t = self.t;
        let brought = |n: usize| {
            matches!(
                t.word(n),
                "moved"
                    | "introduced"
                    | "offered"
                    | "read"
                    | "presented"
                    | "adopted"
                    | "approved"
                    | "passed"
                    | "seconded"
                    | "proposed"
            )
        };
        matches!(t.word(n), "was" | "were" | "is") && brought(n + 1)
            || brought(n) && t.word(n + 1) == "by"
            || t.breaks_before(n) && matches!(t.word(n), "motion" | "moved" | "second" | "seconded")
    }

    /// "authorizing the Chief to apply": whom it tells.
    fn title_told(&self, verb: usize, end: usize) -> Option<Range<usize>> {
        let t = self.t;
        let to = (verb + 2..end.min(verb + 10)).find(|n| t.word(*n) == "to" && is_infinitive(t, n + 1))?;
        self.owner_in(verb + 1, to)
    }
}

/// What a title orders; "adopting the budget", "recognizing the firemen" end with themselves.
fn orders(word: &str) -> bool {
    any_of![
        "authorizing",
        "authorising",
        "awarding",
        "directing",
        "instructing",
        "transferring",
        "increasing",
        "decreasing",
        "reducing",
        "raising",
        "hiring",
        "purchasing",
        "imposing",
        "extending",
        "requesting",
        "allocating",
        "reallocating",
        "appropriating",
        "levying",
        "placing",
        "engaging",
        "employing",
        "closing",
    ]
    .has(word)
}
