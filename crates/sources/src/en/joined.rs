//! What stands in one sentence with a decision and is an order of its own: a clause with a modal before it, the steps that
//! somebody is given behind it, a second thing that its subject will do.

use std::ops::Range;

use super::clause::is_finite;
use super::lexicon::Kinds;
use super::modal::modal;
use super::owner::Subject;
use super::sentence::{Found, Reader, Voice};
use super::tokens::Tokens;
use super::verb_phrase::is_infinitive;
use crate::Rule;
use crate::draft::Draft;

impl Reader<'_, '_> {
    /// "Ms Sellu will draft the report and Mr Berg agreed to check it": the clauses with a modal that stand before what
    /// was found from `first` on.
    pub(super) fn before_decided(&self, first: usize, voice: &Voice, out: &mut Vec<Draft>) {
        let t = self.t;
        let Some(called) = out[first..].iter().map(|draft| draft.range.start).min() else { return };
        let until = (0..t.len()).find(|n| t.start(*n) >= called).unwrap_or(0);
        let joint =
            (4..until).rev().find(|n| matches!(t.word(*n), "and" | "but") || t.gap(*n).contains([',', ';', ':']));
        let Some(joint) = joint else { return };
        let end = joint - usize::from(matches!(t.word(joint - 1), "and" | "but"));
        if !(1..end).any(|n| modal(t, n).is_some()) || end < 4 {
            return;
        }
        // "If a motion should be lost, …": a condition and no clause.
        if matches!(t.word(0), "if" | "should" | "when" | "unless" | "because" | "as" | "since") {
            return;
        }
        let tokens = Tokens::of(self.setting.text, t.start(0)..t.end(end - 1));
        let before = Reader { setting: self.setting, t: &tokens };
        let known = out.len();
        before.modals(voice, out);
        out[known..].iter_mut().for_each(|draft| draft.range.end = draft.range.end.min(called));
    }

    /// "Two have been filled, Clerk to chase the third", "deferred to June, in the meantime Cllr Moss to get a price": where
    /// what somebody is to do begins behind what is only told.
    pub(super) fn appended(&self) -> Option<usize> {
        let t = self.t;
        let to = |from: usize| {
            (from + 1..t.len().min(from + 7))
                .take_while(|n| !t.breaks_before(*n))
                .find(|n| t.word(*n) == "to" && is_infinitive(t, n + 1) && t.word(n + 1) != "be")
        };
        // "Noticeboard – Cllr Ash to varnish it": one word may be the topic.
        (1..t.len().saturating_sub(2))
            .filter(|n| t.breaks_before(*n) && t.gap(*n).contains([',', ';', ':', '–', '—']) || t.gap(*n).trim() == "-")
            .filter(|n| *n > 1 || t.gap(*n).contains(['–', '—', '-']))
            .find(|n| {
                let actor = n + self.meantime(*n);
                let Some(to) = to(actor) else { return false };
                let known = t.is_capital(actor)
                    || matches!(t.word(actor), "the" | "staff" | "all")
                    || matches!(t.word(actor), "clerk" | "chairman" | "chair") && t.word(actor + 1) == "to";
                let which = (actor..to).any(|k| matches!(t.word(k), "first" | "only" | "last" | "next" | "latest"));
                known && !which && self.owner_in(actor, to).is_some() && !self.puts_to_somebody(*n)
            })
    }

    /// "in the meantime", "meanwhile": so many words before who is to do it.
    pub(super) fn meantime(&self, n: usize) -> usize {
        let t = self.t;
        let adverbs = ["in the meantime", "in the interim", "meanwhile", "in addition", "also", "then"];
        adverbs.iter().find(|words| t.says(n, words)).map_or(0, |words| words.split(' ').count())
    }

    /// Whether somebody is asked or told, or something is moved, before `n`: then what follows a name and "to" is that.
    fn puts_to_somebody(&self, n: usize) -> bool {
        let t = self.t;
        (0..n).any(|k| {
            t.is(k, Kinds::ORDERING | Kinds::INVITING | Kinds::ORDER | Kinds::CALL) && t.word(k + 1) != "about"
                || matches!(
                    t.word(k),
                    "moved"
                        | "motion"
                        | "seconded"
                        | "second"
                        | "proposed"
                        | "wanted"
                        | "wished"
                        | "wants"
                        | "allow"
                        | "allowed"
                        | "helped"
                        | "voted"
                        | "if"
                        | "opportunity"
                        | "right"
                )
        })
    }

    /// "…, the Director to circulate costings": what somebody is to do behind what was deferred or decided, from `from` on.
    pub(super) fn steps(&self, from: usize, to: usize, rule: Rule, out: &mut Vec<Draft>) -> Option<usize> {
        let t = self.t;
        let steps = self.gapped(from, to);
        let first = steps.first()?.0;
        for (k, (start, link)) in steps.iter().enumerate() {
            let end = steps.get(k + 1).map_or(to, |next| next.0);
            let end = end - usize::from(end > link + 2 && t.word(end - 1) == "and");
            let owner = self.owner_in(*start, *link).or_else(|| Some(t.start(*start)..t.end(link - 1)));
            self.phrases(*start, self.verb_from(link + 1), end, Found::by(rule, owner), out);
        }
        Some(first)
    }

    /// "postponed pending an appraisal to be obtained by the City Manager": what is still to be done by somebody named.
    pub(super) fn awaited(&self, from: usize, out: &mut Vec<Draft>) {
        let t = self.t;
        let Some(to) = (from + 2..t.len()).find(|n| t.says(*n, "to be") && super::modal::participle(t.word(n + 2)))
        else {
            return;
        };
        let Some(owner) = self.agent(to + 1) else { return };
        let noun = (from..to).rev().find(|n| super::clause::preposition(t.word(*n)) || t.breaks_before(*n));
        let start = noun.map_or(from, |n| n + usize::from(super::clause::preposition(t.word(n))));
        if start < to {
            out.push(self.draft(start, t.len(), Found::by(Rule::EnMotion, Some(owner))));
        }
    }

    /// "The department has cleared the drains and will paint the rails": the subject of a modal that has none before it.
    /// `None` where there is no subject, `Some(None)` where it names nobody.
    pub(super) fn subject_before(&self, at: usize, voice: &Voice) -> Option<Option<Range<usize>>> {
        let t = self.t;
        let finite = (1..at).find(|n| is_finite(t, *n) && modal(t, *n).is_none())?;
        let from = self.clause_start(finite);
        if from >= finite
            || matches!(t.word(from.saturating_sub(1)), "which" | "who" | "that" | "if" | "when") && from > 0
        {
            return None;
        }
        match self.subject(self.after_place(from, finite), finite) {
            Subject::Owner(range) => Some(Some(range)),
            Subject::Pronoun => self.antecedent(from, voice).map(Some),
            Subject::Nobody if t.word(from) == "we" => Some(None),
            Subject::Nobody | Subject::Thing => None,
        }
    }

    /// "reports be filed", "signs to be put up": where "be" stands in a clause that has its own subject.
    pub(super) fn passive_clause(&self, start: usize, end: usize) -> Option<usize> {
        let t = self.t;
        let be = (start + 1..end.min(start + 9)).find(|n| t.word(*n) == "be" || is_finite(t, *n))?;
        let opens = super::verb_phrase::is_verb(t, start) || (start + 1..be).any(|n| t.breaks_before(n));
        let joins = matches!(t.word(start), "not" | "to" | "be" | "that") || t.word(start).ends_with("ly") || opens;
        (t.word(be) == "be" && !joins && super::modal::participle(t.word(be + 1))).then_some(be)
    }

    /// The first word of the sentence's own subject, if it is somebody who acts: "The Engineer replied that …".
    pub(super) fn first_speaker(&self, to: usize) -> Option<Range<usize>> {
        let t = self.t;
        let finite = (1..to).find(|n| is_finite(t, *n))?;
        let passive = matches!(t.word(finite), "is" | "are" | "was" | "were" | "will" | "would" | "should" | "must");
        match self.subject(0, finite) {
            Subject::Owner(range) if !passive => Some(range),
            Subject::Owner(_) | Subject::Pronoun | Subject::Nobody | Subject::Thing => None,
        }
    }
}

/// A noun in "s" that might be a verb, before the "be" of its clause: "that the works be closed".
pub(super) fn noun_before_be(t: &Tokens<'_>, n: usize) -> bool {
    let determined = matches!(t.word(n + 1), "the" | "a" | "an" | "all" | "that" | "its" | "this" | "each")
        || t.word(n + 1) == "to" && is_infinitive(t, n + 2);
    !determined
        && (n + 1..t.len().min(n + 14)).take_while(|k| !is_finite(t, *k)).any(|k| {
            t.word(k) == "be" && super::modal::participle(t.word(k + 1 + usize::from(t.word(k + 1).ends_with("ly"))))
        })
}
