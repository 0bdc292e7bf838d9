//! Decisions and requests: "Council agreed to …", "It was resolved that …", "the Clerk was asked to …".

use std::ops::Range;

use super::owner::Subject;
use super::sentence::{Found, Reader, Voice};
use super::verb_phrase::is_verb;
use crate::Rule;
use crate::draft::Draft;

impl Reader<'_, '_> {
    /// "The Clerk was asked to …", "It was requested that the Council write …".
    pub(super) fn request(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(verb) = (1..t.len()).find(|n| {
            matches!(
                t.word(*n),
                "asked"
                    | "requested"
                    | "instructed"
                    | "directed"
                    | "tasked"
                    | "authorised"
                    | "authorized"
                    | "delegated"
                    | "required"
                    | "charged"
                    | "mandated"
            ) && (matches!(t.word(n - 1), "was" | "were" | "is" | "are" | "be" | "been")
                || t.word(n - 1).ends_with("ly"))
                && matches!(t.word(n + 1), "to" | "that" | "with")
        }) else {
            return false;
        };
        let be = (0..verb)
            .rev()
            .find(|n| matches!(t.word(*n), "was" | "were" | "is" | "are" | "be" | "been"))
            .unwrap_or(verb);
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
            let owner = match self.subject(from, verb) {
                Subject::Owner(range) => Some(range),
                Subject::Pronoun | Subject::Nobody | Subject::Thing => None,
            };
            self.phrases(from, verb, t.len(), Found::by(Rule::EnDecided, owner), out);
            return true;
        }
        match self.subject(from, modal.unwrap_or(be)) {
            Subject::Owner(owner) => {
                self.phrases(from, verb + 2, t.len(), Found::by(Rule::EnDecided, Some(owner)), out);
                true
            }
            Subject::Pronoun | Subject::Nobody | Subject::Thing => false,
        }
    }

    /// "Council agreed to …", "It was resolved that …".
    pub(super) fn decision(&self, voice: &Voice, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(verb) = (0..t.len()).find(|n| {
            matches!(
                t.word(*n),
                "agreed"
                    | "resolved"
                    | "decided"
                    | "voted"
                    | "determined"
                    | "authorised"
                    | "authorized"
                    | "directed"
                    | "instructed"
                    | "undertook"
            ) && (matches!(t.word(n + 1), "to" | "that" | "unanimously" | "upon" | "on")
                || matches!(t.word(*n), "directed" | "instructed" | "authorised" | "authorized") && *n > 0)
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
        if next >= t.len() || t.word(next) == "not" || t.word(next) == "only" && t.word(next + 1) == "not" {
            return true;
        }
        let adverbs = (0..verb)
            .rev()
            .take_while(|n| {
                t.word(*n).ends_with("ly")
                    || matches!(t.word(*n), "all" | "also" | "then" | "has" | "have" | "had" | "was" | "it")
            })
            .count();
        let from = self.clause_start(verb - adverbs.min(verb));
        let impersonal =
            (0..verb).any(|n| t.word(n) == "it") || matches!(t.word(verb - verb.min(1)), "was" | "were") || verb == 0;
        let body = if impersonal { None } else { self.owner_of(from, verb - adverbs.min(verb), voice) };
        if !impersonal && body.is_none() {
            return false;
        }
        let ordering = matches!(t.word(verb), "directed" | "instructed" | "authorised" | "authorized") && !impersonal;
        if ordering {
            // "The Board directed staff to …": staff has to do it.
            let Some(to) = t.find(verb + 1, t.len().min(verb + 9), "to") else { return false };
            let owner = match self.subject(verb + 1, to) {
                Subject::Owner(range) => Some(range),
                Subject::Pronoun | Subject::Nobody | Subject::Thing => None,
            };
            if owner.is_none() {
                return false;
            }
            self.phrases(from, to + 1, t.len(), Found::by(Rule::EnDecided, owner), out);
            return true;
        }
        let that = (verb + 1..next).any(|n| t.word(n) == "that");
        let infinitive = t.word(next - 1) == "to" || t.word(next) == "to";
        if !that && !infinitive && !is_verb(t, next) {
            return false;
        }
        if !that && (self.procedural(next) || matches!(t.word(next), "disagree" | "differ")) {
            return true;
        }
        let start = if impersonal { next } else { from };
        if that {
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
                ) || (*n > next && is_verb(t, *n))
            });
            let Some(modal) = modal else { return true };
            if matches!(t.word(modal), "is" | "are" | "was" | "were" | "had" | "could" | "may")
                && !t.says(modal + 1, "to")
                || t.word(modal + 1) == "not"
            {
                return true;
            }
            if (next..t.len()).any(|n| {
                matches!(
                    t.word(n),
                    "adopted" | "approved" | "accepted" | "noted" | "elected" | "appointed" | "adjourned"
                )
            }) && !(next..t.len()).any(|n| matches!(t.word(n), "payment" | "purchase"))
            {
                return true;
            }
            let owner = match self.subject(next, modal) {
                Subject::Owner(range) if !self.is_passive(modal) => Some(range),
                Subject::Owner(_) | Subject::Pronoun | Subject::Nobody | Subject::Thing => body,
            };
            self.phrases(start, (modal + 1).min(t.len() - 1), t.len(), Found::by(Rule::EnDecided, owner), out);
            return true;
        }
        self.phrases(start, next, self.before_outcome(next), Found::by(Rule::EnDecided, body), out);
        true
    }

    fn owner_of(&self, from: usize, to: usize, voice: &Voice) -> Option<Range<usize>> {
        match self.subject(from, to) {
            Subject::Owner(range) => Some(range),
            Subject::Pronoun => voice.named.clone(),
            Subject::Nobody | Subject::Thing => None,
        }
    }
}
