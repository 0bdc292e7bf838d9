//! Proposals that somebody else made and the body approved: "The proposal of the Minister to buy two ferries was approved",
//! "Cabinet approved the proposal to buy two ferries", "approval was given to the request to close the lane".

use super::clause::is_auxiliary;
use super::lexicon::Kinds;
use super::sentence::{Found, Reader, Voice};
use super::verb_phrase::is_infinitive;
use crate::Rule;
use crate::draft::Draft;

/// How many words may stand between a proposal and what it is to do: by whom it was made.
const MAKER_MAX: usize = 40;

impl Reader<'_, '_> {
    /// Reads a proposal and that it was approved; whether it was one.
    pub(super) fn proposal(&self, voice: &Voice, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        if self.approval_given(out) {
            return true;
        }
        if !t.holds(Kinds::APPROVING | Kinds::DECIDING) {
            return false;
        }
        let Some(noun) = (1..t.len()).find(|n| {
            matches!(
                t.word(*n),
                "proposal" | "proposals" | "recommendation" | "recommendations" | "request" | "requests"
            ) && (matches!(
                t.word(n - 1),
                "the" | "a" | "his" | "her" | "their" | "joint" | "this" | "combined" | "following"
            ) || t.word(n - 1).ends_with("'s")
                || t.word(n - 1).ends_with("’s"))
        }) else {
            return false;
        };
        let granted =
            |n: usize| n > 0 && t.is(n, Kinds::APPROVING) || matches!(t.word(n), "endorsed" | "agreed" | "supported");
        // "endorsed the recommendation that fees be frozen".
        if t.word(noun + 1) == "that" && (noun.saturating_sub(4)..noun).any(granted) {
            let known = out.len();
            self.called_clause(noun + 2, self.before_outcome(noun + 2), voice, out);
            return out.len() > known;
        }
        let until = t.len().min(noun + MAKER_MAX);
        let Some(to) = (noun + 1..until).find(|n| t.word(*n) == "to" && is_infinitive(t, n + 1)) else {
            return false;
        };
        if (noun + 1..to).any(|n| is_auxiliary(t.word(n)) || t.word(n) == "that") {
            return false;
        }
        let grants = |n: usize| {
            t.is(n, Kinds::APPROVING)
                || matches!(t.word(n), "agreed" | "endorsed" | "adopted" | "supported" | "carried")
        };
        // "…, was approved by the Board".
        let passive = (to + 2..t.len()).find(|n| {
            matches!(t.word(*n), "was" | "were" | "has" | "have" | "is")
                && (n + 1..n + 4).take_while(|k| *k < t.len()).any(|k| {
                    grants(k)
                        && (n + 1..k).all(|j| {
                            matches!(t.word(j), "been" | "hereby" | "also" | "then") || t.word(j).ends_with("ly")
                        })
                })
        });
        let active = || {
            (noun.saturating_sub(6)..noun)
                .find(|n| grants(*n) && *n > 0)
                .filter(|n| !matches!(t.word(n - 1), "not" | "had" | "previously" | "be" | "been"))
        };
        let end = match passive {
            Some(be) => be,
            None if active().is_some() => self.before_outcome(to + 1),
            None => return false,
        };
        if !self.procedural(to + 1) || passive.is_some() && !matches!(t.word(to + 1), "appoint" | "adjourn" | "elect") {
            out.push(self.draft(to + 1, end, Found::by(Rule::EnDecided, None)));
        }
        true
    }

    /// "Approval was given for the purchase of a pump", "Authority was granted to buy one".
    fn approval_given(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(link) = (0..t.len().min(6)).find_map(|n| {
            let noun = matches!(
                t.word(n),
                "approval" | "authority" | "authorisation" | "authorization" | "consent" | "agreement"
            );
            let given = n + 2 + usize::from(matches!(t.word(n + 2), "unanimously" | "also" | "hereby"));
            (noun && matches!(t.word(n + 1), "was" | "is") && matches!(t.word(given), "given" | "granted"))
                .then_some(given + 1)
        }) else {
            return false;
        };
        let act = t.word(link) == "for" && (link + 1..link + 5).any(|n| t.is(n, Kinds::ACT_NOUN));
        let order = t.word(link) == "to" && is_infinitive(t, link + 1) && !self.procedural(link + 1);
        if act || order {
            let from = if order { link + 1 } else { 0 };
            out.push(self.draft(from, self.before_outcome(link), Found::by(Rule::EnDecided, None)));
        }
        act || order
    }
}
