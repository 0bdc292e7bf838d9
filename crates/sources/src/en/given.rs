//! What is decided in other words than "agreed" and "resolved": direction that is given, an action that is taken on, a
//! consensus, a responsibility; and decisions not to act.

use std::ops::Range;

use super::decision::is_be;
use super::sentence::{Found, Reader, Voice};
use super::verb_phrase::is_infinitive;
use crate::Rule;
use crate::draft::Draft;

impl Reader<'_, '_> {
    /// "The Housing Bureau is responsible for publishing the list".
    pub(super) fn responsible(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(at) = (2..t.len()).find(|n| {
            t.says(*n, "responsible for")
                && is_be(t.word(n - 1))
                && t.word(n + 2).len() > 5
                && t.word(n + 2).ends_with("ing")
        }) else {
            return false;
        };
        let be = (0..at)
            .rev()
            .find(|n| !is_be(t.word(*n)) && !matches!(t.word(*n), "will" | "shall" | "should" | "to"))
            .unwrap_or(0)
            + 1;
        let from = self.clause_start(be);
        let Some(owner) = self.owner_in(from, be) else { return false };
        self.phrases(from, at + 2, t.len(), Found::by(Rule::EnModal, Some(owner)), out);
        true
    }

    /// "The Board gave direction to staff to return with options".
    pub(super) fn gave(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let noun = |n: usize| {
            matches!(
                t.word(n),
                "direction"
                    | "directions"
                    | "instruction"
                    | "instructions"
                    | "authority"
                    | "authorisation"
                    | "authorization"
                    | "approval"
                    | "go-ahead"
            )
        };
        // "It was left to the Clerk to arrange a date".
        let left = (1..t.len().min(12)).find(|n| t.says(*n, "left to") && is_be(t.word(n - 1)));
        let Some(gave) = left.or_else(|| {
            (1..t.len()).find(|n| {
                matches!(t.word(*n), "gave" | "gives" | "given" | "granted" | "grants") && (noun(n + 1) || noun(n + 2))
            })
        }) else {
            return false;
        };
        let gave = if left.is_some() { gave - 1 } else { gave };
        let Some(link) = (gave + 2..gave + 5).find(|n| matches!(t.word(*n), "to" | "for")) else { return false };
        // "The Council granted approval to open a fund".
        let passive = gave > 0 && (is_be(t.word(gave - 1)) || gave > 1 && is_be(t.word(gave - 2)));
        if left.is_none()
            && !passive
            && t.word(link) == "to"
            && is_infinitive(t, link + 1)
            && !self.procedural(link + 1)
        {
            let from = self.clause_start(gave);
            self.orders(from, link, self.before_outcome(link), &Found::by(Rule::EnDecided, None), out);
            return true;
        }
        let Some(to) = (link + 2..t.len().min(link + 12)).find(|n| t.word(*n) == "to" && is_infinitive(t, n + 1))
        else {
            return false;
        };
        let owner = self.owner_in(link + 1, to).filter(|_| t.word(to + 1) != "be");
        if left.is_some() && owner.is_none() {
            return false;
        }
        self.orders(link + 1, to, t.len(), &Found::by(Rule::EnDecided, owner), out);
        true
    }

    /// "GL took an action to price the works".
    pub(super) fn took_action(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(took) = (1..t.len().min(10)).find(|n| {
            matches!(t.word(*n), "took" | "has" | "have" | "given" | "accepted")
                && matches!(t.word(n + 1), "an" | "the")
                && t.says(n + 2, "action to")
        }) else {
            return false;
        };
        let from = self.clause_start(took);
        let owner = self.owner_in(from, took);
        self.orders(took + 4, took + 3, t.len(), &Found::by(Rule::EnDecided, owner), out);
        true
    }

    /// "The consensus of the Board was that the net be taken down", "there was consensus to …".
    pub(super) fn consensus(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let agreement = || (0..t.len().min(10)).find(|n| t.says(*n, "in agreement")).map(|n| n + 1);
        // "It was the Trustees' decision to sell the piano".
        let decision =
            || (2..t.len().min(8)).find(|n| t.says(0, "it was") && matches!(t.word(*n), "decision" | "wish" | "view"));
        // "There was a unanimous vote to mend the lock", "It was unanimous to".
        let vote = || {
            (2..t.len().min(7)).find(|n| {
                matches!(t.word(*n), "vote" | "unanimous" | "agreement")
                    && t.word(n + 1) == "to"
                    && matches!(t.word(0), "there" | "it")
            })
        };
        let Some(at) = t.find(0, t.len().min(10), "consensus").or_else(agreement).or_else(decision).or_else(vote)
        else {
            return false;
        };
        let next = (at + 1..t.len().min(at + 9)).find(|n| matches!(t.word(*n), "that" | "to"));
        // "By consensus, department heads are to cut their requests": who is to do it stands before.
        let Some(next) = next.filter(|_| !t.gap(at + 1).contains(',')) else { return false };
        if t.word(next) == "that" {
            match self.further_clause(next + 1, t.len()) {
                Some(further) => {
                    self.called_clause(next + 1, further - 2, &Voice::default(), out);
                    self.called_clause(further, t.len(), &Voice::default(), out);
                }
                None => self.content(next + 1, next + 1, None, out),
            }
        } else if is_infinitive(t, next + 1) && !self.procedural(next + 1) {
            let end = self.before_outcome(next + 1);
            let and = (next + 3..end).find(|n| t.says(*n, "and to") && is_infinitive(t, n + 2));
            let left = self.leaves(next + 1, and.unwrap_or(end));
            let to = if left { and.map(|and| and + 1) } else { Some(next) };
            if let Some(to) = to {
                let owner = self.told(to + 1);
                self.orders(to + 1, to, end, &Found::by(Rule::EnDecided, owner), out);
            }
        }
        true
    }

    /// "leave the fence for now", "leave the hours alone": a decision not to act.
    pub(super) fn leaves(&self, verb: usize, end: usize) -> bool {
        let t = self.t;
        t.word(verb) == "leave"
            && ["for now", "as it is", "as is", "as they are", "alone", "unchanged", "at present"]
                .iter()
                .any(|words| (verb + 1..end).any(|n| t.says(n, words)))
    }

    /// "no further action be taken": a decision not to act.
    pub(super) fn forgoes(&self, from: usize) -> bool {
        let t = self.t;
        t.word(from) == "no"
            && (from + 1..from + 4)
                .any(|n| matches!(t.word(n), "action" | "change" | "changes" | "decision" | "objection" | "comment"))
    }

    /// "authority be delegated to the Director": who gets it.
    pub(super) fn delegate(&self, verb: usize) -> Option<Range<usize>> {
        let t = self.t;
        let to = (verb..verb + 4).find(|n| t.says(*n, "delegated to"))? + 2;
        (to + 1..=t.len().min(to + 9)).rev().find_map(|end| {
            let whole = end == t.len() || t.breaks_before(end) || matches!(t.word(end), "to" | "in" | "and");
            self.owner_in(to, end).filter(|_| whole && !(to + 1..end).any(|n| t.gap(n).contains(',')))
        })
    }

    /// "… (Council) meeting on Tuesday, 4 March": the body's own meeting from `n` on, and nothing else that is to be done.
    pub(super) fn is_notice(&self, n: usize, end: usize) -> bool {
        let t = self.t;
        let meeting = (n..end.min(n + 4)).find(|k| t.word(*k) == "meeting");
        meeting.is_some_and(|meeting| {
            (n..meeting).all(|k| super::meeting::is_own(t, k))
                && (meeting..end).all(|k| !matches!(t.word(k), "and" | "by"))
        })
    }
}
