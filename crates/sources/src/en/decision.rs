//! Decisions and requests: "Council agreed to …", "It was resolved that …", "the Clerk was asked to …".

use std::ops::Range;

use super::owner::Subject;
use super::sentence::{Found, Reader, Voice};
use super::verb_phrase::{is_verb, third_person};
use super::words::{ACT_NOUNS, OFFICES};
use crate::Rule;
use crate::draft::Draft;

/// To be agreed is to be decided.
const DECIDING: [&str; 8] =
    ["agreed", "resolved", "decided", "voted", "determined", "undertook", "volunteered", "concluded"];

/// Somebody is told to do something.
pub(super) const ORDERING: [&str; 16] = [
    "urged",
    "enjoined",
    "reminded",
    "directed",
    "instructed",
    "authorised",
    "authorized",
    "asked",
    "requested",
    "tasked",
    "mandated",
    "ordered",
    "required",
    "commissioned",
    "charged",
    "delegated",
];

/// To approve an act is to order it done.
const APPROVING: [&str; 9] =
    ["approved", "authorised", "authorized", "awarded", "accepted", "allocated", "granted", "sanctioned", "ratified"];

fn is_be(word: &str) -> bool {
    matches!(word, "was" | "were" | "is" | "are" | "be" | "been")
}

impl Reader<'_, '_> {
    /// "The Clerk was asked to …", "It was requested that the Council write …".
    pub(super) fn request(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some((verb, be)) = (1..t.len()).find_map(|n| {
            if !ORDERING.contains(&t.word(n)) || !matches!(t.word(n + 1), "to" | "that" | "with" | "and") {
                return None;
            }
            let be = (n.saturating_sub(5)..n).rev().find(|k| is_be(t.word(*k)))?;
            // "is hereby authorized and directed to".
            let between = (be + 1..n).all(|k| {
                let word = t.word(k);
                word.ends_with("ly")
                    || ORDERING.contains(&word)
                    || matches!(word, "hereby" | "also" | "and" | "further" | "then" | "now")
            });
            (between && t.word(n + 1) != "and").then_some((n, be))
        }) else {
            return false;
        };
        let modal =
            (be.saturating_sub(1)..be).find(|n| matches!(t.word(*n), "to" | "should" | "would" | "will" | "shall"));
        let from = self.clause_start(modal.unwrap_or(be));
        if t.says(from, "it") {
            if t.word(verb + 1) != "that" || t.word(verb) == "required" {
                return false;
            }
            let from = verb + 2;
            let verb = (from + 1..t.len())
                .find(|n| is_verb(t, *n) || matches!(t.word(*n), "be" | "should"))
                .unwrap_or(from + 1);
            if verb >= t.len() {
                return false;
            }
            let owner = self.owner_in(from, verb);
            self.phrases(from, verb, t.len(), Found::by(Rule::EnDecided, owner), out);
            return true;
        }
        let end = modal.unwrap_or(be);
        let end = if end > from && matches!(t.word(end - 1), "has" | "have" | "had") { end - 1 } else { end };
        match self.subject(from, end) {
            Subject::Owner(owner) => {
                self.phrases(from, verb + 2, t.len(), Found::by(Rule::EnDecided, Some(owner)), out);
                true
            }
            Subject::Pronoun | Subject::Nobody | Subject::Thing => false,
        }
    }

    /// "Council agreed to …", "It was resolved that …".
    pub(super) fn decision(&self, voice: &Voice, out: &mut Vec<Draft>) -> bool {
        if self.consensus(out) || self.ordering(voice, out) || self.approving(voice, out) {
            return true;
        }
        let t = self.t;
        let Some(verb) = (0..t.len()).find(|n| {
            DECIDING.contains(&t.word(*n))
                && matches!(t.word(n + 1), "to" | "that" | "unanimously" | "upon" | "on")
                && !matches!(t.word(n.wrapping_sub(1)), "as" | "previously" | "not" | "who" | "which" | "been" | "have")
        }) else {
            return false;
        };
        let mut next = verb + 1;
        while matches!(t.word(next), "unanimously" | "that" | "to" | "by" | "consensus")
            && !(t.word(next) == "to" && t.word(next + 1) == "the")
        {
            next += 1;
        }
        // "agreed on the proposal of Cllr Fallon to invite …".
        if t.word(verb + 1) == "on" {
            let Some(to) = (verb + 2..t.len().min(verb + 16)).find(|n| matches!(t.word(*n), "to" | "that")) else {
                return true;
            };
            next = to + 1;
        }
        if next >= t.len() || t.word(next) == "not" || t.word(next) == "only" && t.word(next + 1) == "not" {
            return true;
        }
        let adverbs = (0..verb)
            .rev()
            .take_while(|n| {
                t.word(*n).ends_with("ly")
                    || matches!(t.word(*n), "all" | "also" | "then" | "further" | "has" | "have" | "had" | "was" | "it")
            })
            .count();
        let from = self.clause_start(verb - adverbs.min(verb));
        let impersonal =
            (0..verb).any(|n| t.word(n) == "it") || matches!(t.word(verb - verb.min(1)), "was" | "were") || verb == 0;
        let body = if impersonal { None } else { self.owner_of(from, verb - adverbs.min(verb), voice) };
        if !impersonal && body.is_none() {
            return false;
        }
        let that = next > 0 && (verb + 1..next).any(|n| t.word(n) == "that");
        let infinitive = t.word(next - 1) == "to" || t.word(next) == "to";
        if !that && !infinitive && !is_verb(t, next) {
            return false;
        }
        if !that && (self.procedural(next) || matches!(t.word(next), "disagree" | "differ")) {
            return true;
        }
        let start = if impersonal { next } else { from };
        if that {
            self.content(start, next, body, out);
            return true;
        }
        self.phrases(start, next, self.before_outcome(next), Found::by(Rule::EnDecided, body), out);
        true
    }

    /// "(agreed) that the Clerk should write": what was decided, as a clause of its own.
    pub(super) fn content(&self, start: usize, next: usize, body: Option<Range<usize>>, out: &mut Vec<Draft>) {
        let t = self.t;
        let modal = (next..t.len()).find(|n| {
            matches!(
                t.word(*n),
                "should"
                    | "would"
                    | "will"
                    | "shall"
                    | "must"
                    | "be"
                    | "is"
                    | "are"
                    | "was"
                    | "were"
                    | "had"
                    | "could"
                    | "may"
            ) || (*n > next && (is_verb(t, *n) || third_person(t.word(*n)) && !t.is_capital(*n)))
        });
        let Some(modal) = modal else { return };
        if matches!(t.word(modal), "is" | "are" | "was" | "were" | "had" | "could" | "may") && !t.says(modal + 1, "to")
            || t.word(modal + 1) == "not"
        {
            return;
        }
        if (next..t.len()).any(|n| {
            matches!(t.word(n), "adopted" | "approved" | "accepted" | "noted" | "elected" | "appointed" | "adjourned")
        }) && !(next..t.len()).any(|n| ACT_NOUNS.has(t.word(n)))
        {
            return;
        }
        let owner = match self.subject(next, modal) {
            Subject::Owner(range) if !self.is_passive(modal) => Some(range),
            // What is to be discussed, the body discusses; what is to be built, it does not build.
            Subject::Owner(_) | Subject::Pronoun | Subject::Nobody | Subject::Thing if self.is_passive(modal) => {
                let own =
                    ["discussed", "considered", "reviewed", "placed", "included", "revisited", "deferred", "added"];
                body.filter(|_| (modal..t.len().min(modal + 5)).any(|n| own.contains(&t.word(n))))
            }
            Subject::Owner(_) | Subject::Pronoun | Subject::Nobody | Subject::Thing => body,
        };
        let auxiliary = matches!(t.word(modal), "should" | "would" | "will" | "shall" | "must" | "be" | "is" | "are");
        let verb = if auxiliary { modal + 1 } else { modal };
        self.phrases(start, verb.min(t.len() - 1), t.len(), Found::by(Rule::EnDecided, owner), out);
    }

    /// "The consensus of the Board was that the net be taken down", "there was consensus to …".
    fn consensus(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(at) = t.find(0, t.len().min(10), "consensus") else { return false };
        let Some(next) = (at + 1..t.len().min(at + 9)).find(|n| matches!(t.word(*n), "that" | "to")) else {
            return false;
        };
        if t.word(next) == "that" {
            self.content(next + 1, next + 1, None, out);
        } else if is_verb(t, next + 1) && !self.procedural(next + 1) {
            self.phrases(next + 1, next + 1, self.before_outcome(next + 1), Found::by(Rule::EnDecided, None), out);
        }
        true
    }

    /// "The Board directed staff to …": staff has to do it. A single member's request is none.
    fn ordering(&self, voice: &Voice, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(verb) = (1..t.len()).find(|n| {
            ORDERING.contains(&t.word(*n))
                && !is_be(t.word(n - 1))
                && !matches!(t.word(n - 1), "as" | "who" | "been" | "and" | "the" | "not")
        }) else {
            return false;
        };
        let mut head = verb;
        while head > 0
            && (t.word(head - 1).ends_with("ly")
                || matches!(t.word(head - 1), "also" | "further" | "then" | "has" | "have"))
        {
            head -= 1;
        }
        let from = self.clause_start(head);
        let member = matches!(
            t.word(from),
            "cllr"
                | "cllrs"
                | "councillor"
                | "councilor"
                | "councilmember"
                | "supervisor"
                | "trustee"
                | "cr"
                | "mr"
                | "mrs"
                | "ms"
                | "resident"
                | "residents"
        ) || t.says(from, "council member")
            || t.says(from, "vice mayor")
            || t.says(from, "board member");
        let body = self.owner_of(from, head, voice);
        let mild = matches!(t.word(verb), "asked" | "requested");
        if body.is_none() || mild && member {
            return false;
        }
        // "directed that staff prepare …".
        if t.word(verb + 1) == "that" {
            let before = out.len();
            self.content(verb + 2, verb + 2, None, out);
            return out.len() > before;
        }
        let Some(to) = t.find(verb + 1, t.len().min(verb + 12), "to") else { return false };
        let Some(owner) = self.owner_in(verb + 1, to) else { return false };
        self.phrases(from, to + 1, self.before_outcome(to), Found::by(Rule::EnDecided, Some(owner)), out);
        true
    }

    /// "The Board approved the purchase of two graders", "the payment of £20 was approved".
    fn approving(&self, voice: &Voice, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(verb) = (1..t.len()).find(|n| APPROVING.contains(&t.word(*n)) && t.word(n + 1) != "to") else {
            return false;
        };
        if is_be(t.word(verb - 1)) {
            let from = self.clause_start(verb - 1);
            let ordered = (from..verb - 1).any(|n| ACT_NOUNS.has(t.word(n)));
            let past = (from..verb).any(|n| matches!(t.word(n), "minutes" | "previously" | "already" | "that"));
            if !ordered || past || verb < 3 {
                return false;
            }
            out.push(self.draft(from, self.before_outcome(verb), Found::by(Rule::EnDecided, None)));
            return true;
        }
        let mut head = verb;
        while head > 0 && (t.word(head - 1).ends_with("ly") || matches!(t.word(head - 1), "also" | "further" | "then"))
        {
            head -= 1;
        }
        let from = self.clause_start(head);
        let body = match self.subject(from, head) {
            Subject::Owner(range) => Some(range),
            Subject::Pronoun => voice.named.clone(),
            Subject::Nobody | Subject::Thing => None,
        };
        let object = (verb + 1..t.len().min(verb + 7)).take_while(|n| !t.breaks_before(*n) || *n == verb + 1);
        // "approved £48,000 for the rehabilitation of the road".
        let money = t.raw(verb + 1).starts_with(['£', '$', '€', '₦', '₹']) || super::quantity::is_money(t, verb + 1);
        let ordered = money || object.into_iter().any(|n| ACT_NOUNS.has(t.word(n)));
        let collective = body.is_some()
            && (from..head).any(|n| OFFICES.has(t.word(n)) || matches!(t.word(n), "it" | "members" | "cabinet"));
        if !ordered || !collective || self.procedural_noun(verb) {
            return false;
        }
        out.push(self.draft(from, self.before_outcome(verb), Found::by(Rule::EnDecided, body)));
        true
    }

    pub(super) fn owner_in(&self, from: usize, to: usize) -> Option<Range<usize>> {
        match self.subject(from, to) {
            Subject::Owner(range) => Some(range),
            Subject::Pronoun | Subject::Nobody | Subject::Thing => None,
        }
    }

    fn owner_of(&self, from: usize, to: usize, voice: &Voice) -> Option<Range<usize>> {
        match self.subject(from, to) {
            Subject::Owner(range) => Some(range),
            Subject::Pronoun => voice.named.clone(),
            Subject::Nobody | Subject::Thing => None,
        }
    }
}
