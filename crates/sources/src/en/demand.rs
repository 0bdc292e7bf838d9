//! What a body calls for: "The meeting stressed that …", "called on the bureaus to …", "directed A to …, and B to …".

use std::ops::Range;

use super::clause::is_auxiliary;
use super::joined::noun_before_be;
use super::lexicon::Kinds;
use super::modal::modal;
use super::owner::Subject;
use super::sentence::{Found, Reader, Voice};
use super::tokens::Tokens;
use super::verb_phrase::{is_infinitive, is_verb, third_person};
use super::words::{BODIES, TITLES};
use crate::Rule;
use crate::draft::Draft;

/// Who says this orders, whoever it is.
pub(super) const ORDERS: [&str; 21] = [
    "directed",
    "instructed",
    "authorised",
    "authorized",
    "tasked",
    "mandated",
    "ordered",
    "required",
    "commissioned",
    "charged",
    "delegated",
    "enjoined",
    "demanded",
    "empowered",
    "directs",
    "instructs",
    "authorises",
    "authorizes",
    "requires",
    "empowers",
    "delegates",
];

/// A body or its chair that says this asks for something to be done; one member only wishes it.
pub(super) const CALLS: [&str; 32] = [
    "asked",
    "requested",
    "urged",
    "reminded",
    "stressed",
    "emphasised",
    "emphasized",
    "underlined",
    "underscored",
    "insisted",
    "reiterated",
    "invited",
    "encouraged",
    "called",
    "appealed",
    "exhorted",
    "implored",
    "highlighted",
    "stipulated",
    "advised",
    "told",
    "wants",
    "wanted",
    "ruled",
    "asks",
    "requests",
    "urges",
    "reminds",
    "invites",
    "encourages",
    "calls",
    "expects",
];

/// What a sentence says in its "that" clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Force {
    /// It only says so.
    Said,
    /// One member or a guest says so.
    Wished,
    /// It was decided.
    Decided,
    /// It is asked for.
    Called,
}

/// What the verb before "that" makes of the clause behind it.
fn force(t: &Tokens<'_>, n: usize) -> Option<Force> {
    let word = t.word(n);
    if t.is(n, Kinds::ORDER) || t.is(n, Kinds::CALL) && !matches!(word, "advised" | "told" | "wants" | "wanted") {
        return Some(Force::Called);
    }
    match word {
        "agreed" | "resolved" | "decided" | "determined" | "moved" | "resolves" | "agrees" | "decides" => {
            Some(Force::Decided)
        }
        "noted" | "said" | "reported" | "explained" | "confirmed" | "stated" | "added" | "pointed" | "advised"
        | "informed" | "observed" | "heard" | "answered" | "replied" | "says" | "told" | "held" | "indicated" => {
            Some(Force::Said)
        }
        _ => None,
    }
}

/// The force of the first "that" clause.
pub(super) fn lead_force(t: &Tokens<'_>) -> Option<Force> {
    (1..t.len())
        .filter(|n| t.word(*n) == "that")
        .find_map(|n| (n.saturating_sub(14)..n).rev().find_map(|k| force(t, k)))
}

/// Where the further "that" clauses of a sentence begin and what they are: "stressed that A …, that B … and that C …".
pub(super) fn that_clauses(t: &Tokens<'_>) -> Vec<(usize, Force)> {
    let lead = (1..t.len()).find_map(|n| {
        (t.word(n) == "that")
            .then(|| (n.saturating_sub(14)..n).rev().find_map(|k| force(t, k)).map(|force| (n, force)))?
    });
    let Some((first, force)) = lead else { return vec![] };
    (first + 3..t.len().saturating_sub(2))
        .filter(|n| t.word(*n) == "that" && (matches!(t.word(n - 1), "and" | "but") || t.gap(*n).contains(',')))
        .filter(|n| !(t.word(n + 1) == "of" || is_auxiliary(t.word(n + 1))))
        .map(|n| (n, force))
        .collect()
}

impl Reader<'_, '_> {
    /// "The Board directed staff to …", "the meeting called for …", "Cabinet urged that …".
    pub(super) fn ordering(&self, voice: &Voice, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        if !t.holds(Kinds::ORDER | Kinds::CALL) {
            return false;
        }
        let found: Vec<usize> = (0..t.len()).filter(|n| self.is_call(*n)).collect();
        let before = out.len();
        let mut covered = 0;
        for (k, verb) in found.iter().copied().enumerate() {
            if verb < covered {
                continue;
            }
            let end = found.get(k + 1).map_or(t.len(), |next| self.joint_before(verb, *next));
            let known = out.len();
            self.call(verb, end, voice, out);
            if out.len() > known {
                covered = end;
            }
        }
        out.len() > before
    }

    /// Where the part of the sentence under `verb` ends, if `next` is joined to it: "asked A to …, and urged B to …".
    fn joint_before(&self, verb: usize, next: usize) -> usize {
        let t = self.t;
        let joint = (verb + 2..next).rev().find(|n| t.word(*n) == "and" || t.breaks_before(*n));
        joint.filter(|n| next - n <= 3).unwrap_or(t.len())
    }

    /// A verb by which somebody is told or something is called for.
    fn is_call(&self, n: usize) -> bool {
        let t = self.t;
        let word = t.word(n);
        if !t.is(n, Kinds::ORDER | Kinds::CALL) {
            return false;
        }
        let before = if n == 0 { "" } else { t.word(n - 1) };
        let passive = is_auxiliary(before) && !matches!(before, "has" | "have" | "had")
            || matches!(
                before,
                "be" | "been" | "as" | "who" | "which" | "that" | "the" | "not" | "a" | "if" | "when" | "being"
            )
            || before.ends_with("ly") && n >= 2 && matches!(t.word(n - 2), "was" | "were" | "is" | "are" | "be");
        let reached = match word {
            "called" | "calls" => matches!(t.word(n + 1), "on" | "upon" | "for"),
            // "the tool requires a licence", "requests are dealt with by post": a noun, or no order.
            word if word.ends_with('s') => {
                n > 0 && t.find(n, t.len().min(n + 14), "to").is_some_and(|to| is_infinitive(t, to + 1))
            }
            "appealed" => t.word(n + 1) == "to",
            "advised" | "told" | "wants" | "wanted" => {
                t.find(n, t.len().min(n + 8), "to").is_some_and(|to| is_verb(t, to + 1))
            }
            _ => true,
        };
        !passive && reached && n + 1 < t.len()
    }

    /// "requested the Head to meet them and undertook to reply": what the same subject takes on besides.
    fn undertaken_besides(&self, verb: usize) -> Option<(usize, usize)> {
        let t = self.t;
        let took = |n: usize| {
            matches!(t.word(n), "undertook" | "agreed" | "volunteered" | "promised" | "resolved" | "decided")
                && t.word(n + 1) == "to"
        };
        (verb + 3..t.len().saturating_sub(3))
            .filter(|n| t.word(*n) == "and")
            .find_map(|and| (and + 1..and + 6).find(|n| took(*n)).map(|took| (and, took)))
            .filter(|(and, took)| took - and == 1 || self.owner_in(and + 1, *took).is_some())
    }

    fn call(&self, verb: usize, end: usize, voice: &Voice, out: &mut Vec<Draft>) {
        let t = self.t;
        // "…, warning that laxity would not be tolerated": what was said besides.
        let aside = |n: &usize| {
            t.gap(*n).contains(',')
                && matches!(t.word(*n), "warning" | "saying" | "adding" | "noting" | "stressing" | "arguing" | "citing")
        };
        // "…, and this was agreed": how it ended.
        let ended = |n: &usize| {
            t.breaks_before(*n)
                && ["and this was", "and it was", "this was", "which was", "and that was"]
                    .iter()
                    .any(|words| t.says(*n, words))
                || t.word(*n) == "and"
                    && (t.says(n + 1, "all present") || t.says(n + 1, "all members") || t.says(n + 1, "the members"))
        };
        let ended = |n: &usize| {
            ended(n)
                && (n + 2..n + 5)
                    .any(|k| matches!(t.word(k), "agreed" | "approved" | "accepted" | "supported" | "concurred"))
        };
        let concurred = (verb + 3..end).any(|n| ended(&n));
        // "…, and expressed displeasure": what else its subject did.
        let turned = |n: &usize| {
            t.word(*n) == "and"
                && matches!(
                    t.word(n + 1),
                    "expressed"
                        | "thanked"
                        | "noted"
                        | "appreciated"
                        | "congratulated"
                        | "commended"
                        | "welcomed"
                        | "praised"
                        | "warned"
                        | "observed"
                )
        };
        let end = (verb + 3..end).find(|n| aside(n) || ended(n) || turned(n)).unwrap_or(end);
        let besides = self.undertaken_besides(verb).filter(|(and, _)| *and < end);
        if let Some((and, took)) = besides {
            let first = || super::owner::first_named(t, verb, &self.setting.names, self.setting.profile);
            let owner = self.owner_in(and + 1, took).or_else(first);
            self.orders(and + 1, took + 1, end, &Found::by(Rule::EnDecided, owner), out);
        }
        let end = besides.map_or(end, |(and, _)| and);
        // "The County has asked parishes to reply", "had requested a report": what was asked before this meeting.
        let perfect = verb > 0
            && (matches!(t.word(verb - 1), "has" | "have" | "had")
                || verb > 1
                    && matches!(t.word(verb - 1), "also" | "now" | "already")
                    && matches!(t.word(verb - 2), "has" | "have" | "had"));
        let strong = t.is(verb, Kinds::ORDER) && !perfect;
        let weight = if concurred { Some(Weight::Binding) } else { self.weight(verb, voice) };
        let Some(weight) = weight.map(|weight| if perfect && !concurred { Weight::Member } else { weight }) else {
            return;
        };
        // "The Act requires owners to register": what holds anyway, unless the body says so.
        let standing = t.word(verb).ends_with('s');
        let low = match (strong && !standing, weight) {
            (_, Weight::Binding) | (true, Weight::Other) => false,
            (false, Weight::Other) | (_, Weight::Member) => true,
        };
        let found = |owner| Found { low, ..Found::by(Rule::EnDecided, owner) };
        let mut at = verb + 1 + usize::from(matches!(t.word(verb), "called" | "calls" | "appealed"));
        at += usize::from(matches!(t.word(at), "again" | "both" | "also"));
        // "delegated authority to the Director to agree".
        if matches!(t.word(at), "authority" | "power" | "powers" | "responsibility") && t.word(at + 1) == "to" {
            at += 2;
        }
        // "called for …", "stressed strengthening …", "urged continued efforts to …".
        let efforts = (at..end.min(at + 5)).any(|n| is_effort(t.word(n)) && t.word(n + 1) == "to");
        let acting = !strong && t.word(at).len() > 5 && t.word(at).ends_with("ing") && t.word(at) != "according";
        if t.says(verb, "called for") || efforts || acting {
            self.called_for(at, end, &found, out);
            return;
        }
        // "asked for a notice to be put up": what is to be done, and nobody is told.
        if matches!(t.word(verb), "asked" | "asks" | "requested") && t.says(at, "for") {
            let to = (at + 2..end.min(at + 12)).find(|n| t.says(*n, "to be"));
            if let Some(to) = to.filter(|to| !(at + 2..*to).any(|n| is_auxiliary(t.word(n)))) {
                self.orders(at + 1, to, end, &found(None), out);
            } else if weight == Weight::Binding && self.names_paper(at + 1, end) {
                out.push(self.draft(self.clause_start(verb), end, found(None)));
            }
            return;
        }
        // "The Board requested an update in July", "ordered the repair of the wells": a paper or an act by its noun.
        let plain = (at..end.min(at + 12)).all(|n| !matches!(t.word(n), "to" | "that"));
        let act = strong && (at..end.min(at + 4)).any(|n| t.is(n, Kinds::ACT_NOUN) && t.word(n + 1) == "of");
        if plain && (act || weight == Weight::Binding && t.word(verb) == "requested" && self.names_paper(at, end)) {
            out.push(self.draft(self.clause_start(verb), end, found(None)));
            return;
        }
        if matches!(t.word(at), "the" | "a") && matches!(t.word(at + 1), "need" | "necessity" | "urgency" | "urgent") {
            let Some(need) = (at + 1..at + 4).find(|n| matches!(t.word(*n), "to" | "for")) else { return };
            if t.word(need) == "to" {
                self.phrases(need + 1, self.verb_from(need + 1), end, found(None), out);
            } else {
                self.called_for(need + 1, end, &found, out);
            }
            return;
        }
        // "the importance of doing": what matters is not yet ordered.
        if matches!(t.word(at), "the") && t.find(at, at + 4, "importance").is_some() {
            if let Some(of) = t.find(at, at + 5, "of").filter(|of| t.word(of + 1).ends_with("ing")) {
                out.push(self.draft(of + 1, end, Found { low: true, ..found(None) }));
            }
            return;
        }
        let that = (at..end.min(at + 10)).find(|n| t.word(*n) == "that" && !t.breaks_before(*n));
        let to = (at + 1..end.min(at + 18)).find(|n| t.word(*n) == "to" && is_infinitive(t, n + 1));
        match (that, to) {
            (Some(that), to) if to.is_none_or(|to| that < to) => {
                // "reminded everyone that papers have to be": they have to see to it.
                let told = (that > at).then(|| t.start(at)..t.end(that - 1));
                let known = out.len();
                self.called_clause(that + 1, end, voice, out);
                for draft in &mut out[known..] {
                    draft.owner = draft.owner.take().or_else(|| told.clone());
                    draft.low |= low;
                }
            }
            (_, Some(to)) => {
                let breaks = (at + 1..to).any(|n| t.breaks_before(n) && t.gap(n).contains(','));
                // "and asked him to get prices": whoever was named last.
                let pronoun = to == at + 1 && matches!(t.word(at), "him" | "her" | "them");
                let named = if t.word(at) == "them" { voice.named.clone() } else { voice.person.clone() };
                let owner = named.filter(|_| pronoun).or_else(|| self.addressee(at, to, weight != Weight::Member));
                if breaks && owner.is_none() || owner.is_none() && !strong {
                    return;
                }
                let owner = owner.or_else(|| self.owner_in(at, to));
                if owner.is_some() {
                    self.orders(at, to, end, &found(owner), out);
                }
            }
            (None, None) | (Some(_), None) => {}
        }
    }

    /// "an update", "a further report on the costs": something that somebody has to write.
    fn names_paper(&self, from: usize, end: usize) -> bool {
        let t = self.t;
        (from..end.min(from + 5)).take_while(|n| *n == from || !t.breaks_before(*n)).any(|n| {
            matches!(
                t.word(n),
                "report"
                    | "reports"
                    | "update"
                    | "updates"
                    | "figures"
                    | "briefing"
                    | "breakdown"
                    | "costings"
                    | "information"
                    | "details"
                    | "quotes"
                    | "quotations"
                    | "estimates"
                    | "plan"
                    | "paper"
                    | "list"
                    | "clarification"
            )
        })
    }

    /// Whom "urged … to" names: an owner, or after a body's word whoever stands there.
    fn addressee(&self, from: usize, to: usize, binding: bool) -> Option<Range<usize>> {
        let t = self.t;
        if let Some(owner) = self.owner_in(from, to) {
            return Some(owner);
        }
        let plural = (from..to).any(|n| t.word(n).len() > 3 && t.word(n).ends_with('s') && !t.word(n).ends_with("ss"));
        let actor = self.names_actor(from, to) || binding && plural && to - from <= 10;
        let clause = (from..to).any(|n| is_auxiliary(t.word(n)));
        (actor && !clause && from < to).then(|| t.start(from)..t.end(to - 1))
    }

    /// "… for solid efforts to stabilise", "… for strengthening oversight and closing gaps", "… for staff to be trained".
    fn called_for(&self, at: usize, end: usize, found: &dyn Fn(Option<Range<usize>>) -> Found, out: &mut Vec<Draft>) {
        let t = self.t;
        let gerund = |n: usize| {
            t.word(n).len() > 5
                && t.word(n).ends_with("ing")
                && !matches!(t.word(n), "training" | "funding" | "planning" | "building" | "meeting")
        };
        let opens = at + usize::from(t.word(at).ends_with("ly"));
        if gerund(opens) {
            let mut start = at;
            for n in at + 2..=end {
                let joint = n < end && (t.gap(n).contains(',') || t.word(n) == "and");
                let next = n + usize::from(n < end && t.word(n) == "and");
                let next_verb = next + usize::from(t.word(next).ends_with("ly"));
                if n == end || joint && gerund(next_verb) && next > start {
                    if n > start + 1 || n == end {
                        let rule = if start == at { Rule::EnDecided } else { Rule::EnCoordinated };
                        out.push(self.draft(start, n, Found { rule, ..found(None) }));
                    }
                    start = next;
                }
            }
            return;
        }
        let to =
            (at + 1..end.min(at + 12)).find(|n| t.word(*n) == "to" && is_infinitive(t, n + 1) && !t.breaks_before(*n));
        match to {
            Some(to) => {
                let owner = self.addressee(at, to, true).filter(|_| !(at..to).any(|n| is_effort(t.word(n))));
                let owner = owner.filter(|_| t.word(to + 1) != "be");
                self.orders(at, to, end, &found(owner), out);
            }
            // "called for the thorough implementation of the plan": an act by its noun; "called for calm": none.
            None if end > at + 1 => {
                let act = (at..end.min(at + 5)).any(|n| {
                    t.word(n + 1) == "of"
                        && ["tion", "ment", "sion", "ance", "ing"].iter().any(|tail| t.word(n).ends_with(tail))
                });
                let plain = found(None);
                out.push(self.draft(at, end, Found { low: plain.low || !act, ..plain }));
            }
            None => {}
        }
    }

    /// The orders from `from`, whose first infinitive stands behind `to`, each person's own apart.
    pub(super) fn orders(&self, from: usize, to: usize, end: usize, found: &Found, out: &mut Vec<Draft>) {
        let t = self.t;
        let mut starts = vec![(from, to, found.owner.clone())];
        for (start, to) in self.gapped(to + 1, end) {
            starts.push((start, to, self.owner_in(start, to).or_else(|| Some(t.start(start)..t.end(to - 1)))));
        }
        for (k, (start, to, owner)) in starts.iter().enumerate() {
            let mut stop = starts.get(k + 1).map_or(end, |next| next.0);
            while stop > to + 2 && matches!(t.word(stop - 1), "and" | "while" | "whilst" | "for") {
                stop -= 1;
            }
            self.phrases(*start, self.verb_from(to + 1), stop, Found { owner: owner.clone(), ..found.clone() }, out);
        }
    }

    /// The first verb from `at` on, adverbs passed over.
    pub(super) fn verb_from(&self, at: usize) -> usize {
        let t = self.t;
        let mut verb = at;
        let sign = |n: usize| t.gap(n).contains('(') && t.word(n).len() <= 3 && t.gap(n + 1).contains(')');
        while verb + 1 < t.len()
            && (sign(verb)
                || t.word(verb).ends_with("ly") && !is_verb(t, verb)
                || matches!(t.word(verb), "also" | "further" | "not"))
        {
            verb += 1;
        }
        verb.min(t.len() - 1)
    }

    /// What is asked for in a clause of its own: with a modal or without.
    pub(super) fn called_clause(&self, from: usize, end: usize, voice: &Voice, out: &mut Vec<Draft>) {
        let t = self.t;
        if from + 1 >= end {
            return;
        }
        let tokens = Tokens::of(self.setting.text, t.start(from)..t.end(end - 1));
        let inner = Reader { setting: self.setting, t: &tokens };
        let known = out.len();
        let judged = (0..tokens.len()).any(|n| modal(&tokens, n).is_some());
        if judged {
            inner.modals(voice, out);
        }
        if out.len() == known && !judged {
            inner.content(0, 0, None, out);
            // "stressed that safety remains a priority": a statement; what is asked for stands in the base form.
            let first = (1..tokens.len()).find(|n| {
                let follows = is_infinitive(&tokens, *n) && tokens.word(n - 1).ends_with('s');
                is_verb(&tokens, *n)
                    || follows
                    || tokens.word(*n) == "be"
                    || third_person(&tokens, *n) && !tokens.is_capital(*n) && !noun_before_be(&tokens, *n)
            });
            let told = (1..first.unwrap_or(tokens.len()))
                .any(|n| matches!(tokens.word(n), "was" | "were" | "had" | "is" | "are" | "has"));
            let stative = |n: usize| {
                matches!(tokens.word(n), "come" | "matter" | "mean" | "depend" | "exist" | "belong" | "seem" | "remain")
            };
            let states = first.is_some_and(|n| tokens.word(n) != "be" && !is_infinitive(&tokens, n) || stative(n));
            for draft in &mut out[known..] {
                draft.low |= states || told;
            }
        }
    }

    /// How much the word of the subject of a verb counts.
    fn weight(&self, verb: usize, voice: &Voice) -> Option<Weight> {
        let t = self.t;
        // "The Clerk reminded Members to submit their forms": whoever reminds them, they have to.
        if t.word(verb) == "reminded" && matches!(t.word(verb + 1), "members" | "councillors" | "everyone" | "all") {
            return Some(Weight::Binding);
        }
        let mut head = verb;
        while head > 0
            && (t.word(head - 1).ends_with("ly") && !t.is_capital(head - 1)
                || matches!(
                    t.word(head - 1),
                    "also" | "further" | "then" | "has" | "have" | "had" | "again" | "and" | "did"
                ))
        {
            head -= 1;
        }
        // "The Committee: … (c) asked", "It noted the report and asked": the body is said before.
        if head == 0 || voice.body.is_some() && t.word(head) == "and" {
            return Some(Weight::Binding);
        }
        let from = self.clause_start(head);
        let joined = from == head || head < verb && (head..verb).any(|n| t.word(n) == "and");
        // "The meeting passed the measures and requested": who is named first speaks to the end.
        let finite = (0..head).find(|n| super::clause::is_finite(t, *n)).unwrap_or(0);
        if joined && (0..finite).any(|n| t.is(n, Kinds::BODY)) {
            return Some(Weight::Binding);
        }
        let direct = if from < head { self.weight_of(from, head, voice) } else { None };
        direct.or_else(|| {
            if !joined && from > 0 && !t.breaks_before(from) {
                return None;
            }
            let first = super::owner::first_named(t, head, &self.setting.names, self.setting.profile)?;
            let end = (0..t.len()).find(|n| t.end(*n) == first.end)? + 1;
            let start = (0..t.len()).find(|n| t.start(*n) == first.start)?;
            self.weight_of(start, end, voice)
        })
    }

    fn weight_of(&self, from: usize, to: usize, voice: &Voice) -> Option<Weight> {
        let t = self.t;
        let words = self.setting.text.get(t.start(from)..t.end(to - 1))?;
        if self.setting.chairs(words) || self.setting.names.leads(words) {
            return Some(Weight::Binding);
        }
        if to - from == 1 && matches!(t.word(from), "it" | "they") {
            return Some(Weight::Binding);
        }
        if to - from == 1 && matches!(t.word(from), "he" | "she") {
            let named = voice.named.clone().map(|range| &self.setting.text[range]);
            let bound = named.is_some_and(|words| self.setting.chairs(words) || holds_office(words));
            return Some(if bound { Weight::Binding } else { Weight::Other });
        }
        // "Councillors asked", "all members requested": together they are the body.
        let whole = from + usize::from(matches!(t.word(from), "the" | "all"));
        if to == whole + 1
            && matches!(
                t.word(whole),
                "councillors" | "members" | "trustees" | "supervisors" | "commissioners" | "directors"
            )
        {
            return Some(Weight::Binding);
        }
        let member = matches!(
            t.word(from),
            "cllr"
                | "cllrs"
                | "councillor"
                | "councillors"
                | "councilor"
                | "councilmember"
                | "supervisor"
                | "trustee"
                | "cr"
                | "crs"
                | "mr"
                | "mrs"
                | "ms"
                | "alderman"
                | "resident"
                | "residents"
                | "member"
                | "one"
                | "some"
                | "several"
                | "public"
                | "nobody"
                | "someone"
                | "others"
        ) || t.word(from) == "director" && to == from + 2 && t.is_capital(from + 1)
            || t.says(from, "council member")
            || t.says(from, "vice mayor")
            || t.says(from, "board member")
            || t.says(from, "members of the public");
        if member {
            return Some(Weight::Member);
        }
        if (from..to).any(|n| t.is(n, Kinds::BODY)) {
            return Some(Weight::Binding);
        }
        match self.subject(from, to) {
            Subject::Owner(_) => Some(Weight::Other),
            Subject::Pronoun | Subject::Nobody | Subject::Thing => None,
        }
    }
}

/// Whose word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    /// The body's, or its chair's.
    Binding,
    /// One member's, or a guest's.
    Member,
    /// Somebody's.
    Other,
}

fn holds_office(words: &str) -> bool {
    words.to_ascii_lowercase().split_whitespace().any(|word| {
        BODIES.has(word) && !TITLES.has(word) || matches!(word, "mayor" | "chair" | "president" | "chairman")
    })
}

/// Words for work: whose efforts they are is not said.
fn is_effort(word: &str) -> bool {
    matches!(
        word,
        "effort"
            | "efforts"
            | "measures"
            | "measure"
            | "steps"
            | "action"
            | "work"
            | "actions"
            | "attention"
            | "initiatives"
            | "mechanisms"
    )
}
