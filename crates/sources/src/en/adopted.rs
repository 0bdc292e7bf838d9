//! Papers that a body adopted, and what they order: "passed Resolution No. 4 directing the Engineer to report".

use super::sentence::{Found, Reader};
use super::verb_phrase::is_infinitive;
use crate::Rule;
use crate::draft::Draft;

impl Reader<'_, '_> {
    /// "passed Resolution No. 4 directing the Engineer to report", "approved an ordinance prohibiting parking": what the
    /// paper orders stands behind it.
    pub(super) fn passed(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let orders = |n: usize| {
            matches!(
                t.word(n),
                "directing" | "requiring" | "instructing" | "requesting" | "urging" | "authorizing" | "authorising"
            )
        };
        let acts = |n: usize| {
            matches!(
                t.word(n),
                "allocating"
                    | "appropriating"
                    | "granting"
                    | "creating"
                    | "establishing"
                    | "increasing"
                    | "reducing"
                    | "prohibiting"
                    | "banning"
                    | "extending"
                    | "suspending"
                    | "donating"
            )
        };
        let paper =
            |n: &usize| matches!(t.word(*n), "resolution" | "resolutions" | "ordinance" | "order" | "by-law" | "bylaw");
        let adopted = |n: usize| {
            matches!(t.word(n), "passed" | "adopted" | "approved" | "enacted" | "issued" | "approving" | "passing")
        };
        let Some(gerund) = (2..t.len().saturating_sub(2)).find(|n| orders(*n) || acts(*n)) else { return false };
        let named = (gerund.saturating_sub(8)..gerund).rev().find(paper);
        if !named.is_some_and(|named| (0..named).any(adopted)) {
            return false;
        }
        let end = self.before_outcome(gerund);
        let to = (gerund + 2..end.min(gerund + 14)).find(|n| t.word(*n) == "to" && is_infinitive(t, n + 1));
        match to.filter(|_| orders(gerund)) {
            Some(to) => {
                let owner = self.owner_in(gerund + 1, to);
                self.orders(gerund + 1, to, end, &Found::by(Rule::EnDecided, owner), out);
            }
            None => self.phrases(gerund, gerund, end, Found::by(Rule::EnDecided, None), out),
        }
        true
    }
}
