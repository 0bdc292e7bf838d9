//! Decisions and requests: "Council agreed to …", "It was resolved that …", "the Clerk was asked to …".

use std::ops::Range;

use super::background::is_advice;
use super::joined::noun_before_be;
use super::lexicon::Kinds;
use super::modal::modal;
use super::owner::Subject;
use super::sentence::{Found, Reader, Voice};
use super::tokens::Tokens;
use super::verb_phrase::{is_infinitive, is_verb, third_person};
use super::words::OFFICES;
use crate::Rule;
use crate::draft::Draft;
use crate::phrases::Phrases;

/// To be agreed is to be decided.
pub(super) const DECIDING: [&str; 17] = [
    "chose",
    "opted",
    "committed",
    "pledged",
    "promised",
    "agreed",
    "resolved",
    "decided",
    "voted",
    "determined",
    "undertook",
    "volunteered",
    "concluded",
    "resolves",
    "agrees",
    "decides",
    "undertakes",
];

/// Somebody is told to do something.
pub(super) const ORDERING: [&str; 19] = [
    "told",
    "empowered",
    "called",
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

/// Somebody is asked kindly: an order where it is told in the passive.
pub(super) const INVITING: [&str; 3] = ["invited", "encouraged", "advised"];

/// To approve an act is to order it done.
pub(super) const APPROVING: [&str; 9] =
    ["approved", "authorised", "authorized", "awarded", "accepted", "allocated", "granted", "sanctioned", "ratified"];

/// Those of the body itself: of others, somebody has to ask them.
static OWN: Phrases = Phrases::of(&[
    "officer",
    "officers",
    "clerk",
    "director",
    "manager",
    "engineer",
    "staff",
    "committee",
    "subcommittee",
    "members",
    "councillors",
    "trustees",
    "secretary",
    "treasurer",
    "chair",
    "chairman",
    "warden",
    "caretaker",
    "executive",
    "administrator",
    "attorney",
    "department",
    "superintendent",
    "convener",
    "librarian",
    "council",
    "board",
    "team",
]);

pub(super) fn is_be(word: &str) -> bool {
    matches!(word, "was" | "were" | "is" | "are" | "be" | "been")
}

/// "committed himself to write".
fn is_self(word: &str) -> bool {
    matches!(word, "himself" | "herself" | "themselves" | "itself")
}

impl Reader<'_, '_> {
    /// "The Clerk was asked to …", "It was requested that the Council write …".
    pub(super) fn request(&self, voice: &Voice, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        if !t.holds(Kinds::ORDERING | Kinds::INVITING) {
            return false;
        }
        let Some((verb, next, be)) = (1..t.len()).find_map(|n| {
            if !t.is(n, Kinds::ORDERING | Kinds::INVITING) {
                return None;
            }
            let next = n + 1 + usize::from(t.word(n) == "called" && matches!(t.word(n + 1), "on" | "upon"));
            let asked = t.word(n) != "called" || next == n + 2;
            let invited = t.is(n, Kinds::INVITING) && matches!(t.word(n - 1), "was" | "were" | "is" | "are");
            let told = t.word(next) != "to"
                || is_infinitive(t, next + 1)
                || t.word(next + 1).ends_with("ly")
                || t.gap(next + 1).contains(':');
            // "was told to post the road" orders, "were told that" informs.
            let informed = matches!(t.word(n), "told" | "advised") && t.word(next) != "to";
            if !told
                || informed
                || !(invited || t.is(n, Kinds::ORDERING))
                || !asked
                || !matches!(t.word(next), "to" | "that" | "with")
            {
                return None;
            }
            let be = (n.saturating_sub(5)..n).rev().find(|k| is_be(t.word(*k))).or_else(|| self.asked_in_notes(n))?;
            // "could be asked": somebody thinks so. "expect to be asked": somebody foresees it.
            if be > 0 && matches!(t.word(be - 1), "could" | "may" | "might" | "can" | "not")
                || be > 1 && matches!(t.word(be - 2), "expect" | "likely" | "hope" | "want" | "wish")
            {
                return None;
            }
            // "is hereby authorized and directed to".
            let between = (be + 1..n).all(|k| {
                let word = t.word(k);
                word.ends_with("ly")
                    || t.is(k, Kinds::ORDERING)
                    || matches!(
                        word,
                        "hereby" | "also" | "and" | "further" | "then" | "now" | "therefore" | "again" | "being"
                    )
            });
            between.then_some((n, next, be))
        }) else {
            return false;
        };
        // "Since the last meeting the Warden was asked to": what was asked before; "the firm has been asked to": somebody has.
        let officer = || (self.clause_start(be - 1)..be).any(|n| t.is(n, Kinds::LISTED_OFFICE | Kinds::TITLE));
        let has = t.word(be) == "been" && be > 0 && matches!(t.word(be - 1), "has" | "have");
        if self.was_before(be) || has && t.word(verb) == "asked" && !officer() {
            return true;
        }
        let modal =
            (be.saturating_sub(1)..be).find(|n| matches!(t.word(*n), "to" | "should" | "would" | "will" | "shall"));
        let from = self.clause_start(modal.unwrap_or(be));
        if t.says(from, "it") || from == be {
            // "It was instructed to raise the share".
            if t.says(from, "it")
                && t.word(next) == "to"
                && t.word(verb) != "required"
                && matches!(t.word(be), "was" | "is")
            {
                let until = self.before_outcome(next).max(next + 2).min(t.len());
                self.orders(next + 1, next, until, &Found::by(Rule::EnDecided, None), out);
                return true;
            }
            if t.word(next) != "that" || t.word(verb) == "required" {
                return false;
            }
            let from = next + 1;
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
        let carried = |word: &str| matches!(word, "has" | "have" | "had") || modal.is_some() && is_be(word);
        let end = if end > from && carried(t.word(end - 1)) { end - 1 } else { end };
        // "the Supervisor be and hereby is authorized".
        let be_and = (from + 1..end).find(|n| t.says(*n, "be and"));
        let end = be_and.unwrap_or(end);
        let owner = match self.subject(from, end) {
            Subject::Owner(owner) => Some(owner),
            Subject::Pronoun if matches!(t.word(from), "he" | "she" | "they") => voice.named.clone(),
            // "Dog owners are reminded to": the public is.
            Subject::Thing if is_advice(t, from, end) => return false,
            Subject::Thing if t.is(verb, Kinds::INVITING) && matches!(t.word(be), "is" | "are") => return false,
            // "Departments concerned were asked to": whoever is told.
            Subject::Thing if end > from && end - from <= 10 => Some(t.start(from)..t.end(end - 1)),
            Subject::Pronoun | Subject::Nobody | Subject::Thing => return false,
        };
        if t.word(next) == "that" {
            let known = out.len();
            self.called_clause(next + 1, t.len(), voice, out);
            for draft in &mut out[known..] {
                draft.owner = draft.owner.take().or_else(|| owner.clone());
            }
            return out.len() > known;
        }
        // "Members are invited to declare interests": every meeting's notice.
        let standing = t.is(verb, Kinds::INVITING)
            && matches!(t.word(be), "is" | "are")
            && (matches!(t.word(from), "members" | "councillors") && end - from == 1
                || matches!(t.word(next + 1), "declare" | "attend" | "note" | "speak"));
        if standing {
            return false;
        }
        let passive = t.word(next + 1) == "be" && matches!(t.word(verb), "required");
        // "J Dale to be asked to cut it back": somebody has to ask him.
        let asks = modal
            .is_some_and(|modal| t.word(modal) == "to" && !matches!(t.word(modal - 1), "is" | "are" | "was" | "were"))
            && t.word(verb) == "asked"
            && !(from..end).any(|n| t.is(n, Kinds::LISTED_OFFICE | Kinds::TITLE));
        // "Bonnet Ltd will be asked for its figures": so has whoever is no officer of the body.
        let asks = asks
            || t.word(be) == "be"
                && matches!(t.word(verb), "asked" | "invited" | "requested")
                && !(from..end).any(|n| OWN.has(t.word(n)) || t.is(n, Kinds::TITLE));
        let owner = owner.filter(|_| !passive && !asks);
        let to = if t.word(next) == "to" { next } else { next.min(t.len() - 2) };
        let until = self.before_outcome(to).max(to + 2).min(t.len());
        // "…, and members are invited to forward it": somebody else is told.
        let further = (to + 4..until)
            .find(|n| t.is(*n, Kinds::ORDERING | Kinds::INVITING) && is_be(t.word(n - 1)) && t.word(n + 1) == "to");
        let further = further.map(|n| self.clause_start(n - 1)).filter(|start| *start > to + 2);
        let stop = further.map_or(until, |start| start - usize::from(t.word(start - 1) == "and"));
        self.orders(from, to, stop, &Found::by(Rule::EnDecided, owner), out);
        if let Some(start) = further {
            let tokens = Tokens::of(self.setting.text, t.start(start)..t.end(until - 1));
            Reader { setting: self.setting, t: &tokens }.request(voice, out);
        }
        true
    }

    /// "Clerk asked to reply", "Clerk also asked to": notes leave "was" out. The word behind the officer.
    fn asked_in_notes(&self, n: usize) -> Option<usize> {
        let t = self.t;
        let also = usize::from(n > 1 && matches!(t.word(n - 1), "also" | "again" | "then"));
        let officer = n.checked_sub(1 + also)?;
        let alone = officer == 0 || t.word(officer - 1) == "and" || t.breaks_before(officer);
        let post = t.is(officer, Kinds::LISTED_OFFICE) && t.is_capital(officer) && !t.is(officer, Kinds::BODY);
        (alone
            && post
            && t.word(n + 1) == "to"
            && is_infinitive(t, n + 2)
            && !matches!(t.word(n + 2), "be" | "leave" | "speak" | "attend"))
        .then_some(officer + 1)
    }

    /// "Council agreed to …", "It was resolved that …".
    pub(super) fn decision(&self, voice: &Voice, out: &mut Vec<Draft>) -> bool {
        if self.held_before() {
            return true;
        }
        if self.responsible(out) || self.consensus(out) || self.took_action(out) || self.gave(out) || self.passed(out) {
            return true;
        }
        let known = out.len();
        if self.ordering(voice, out) {
            // "agreed to buy two and asked the Clerk to order them": what was decided before.
            let called = out[known..].iter().map(|draft| draft.range.start).min().unwrap_or(0);
            let until = (0..self.t.len()).find(|n| self.t.start(*n) >= called).unwrap_or(0);
            let joint = (2..until).rev().find(|n| self.t.word(*n) == "and" || self.t.breaks_before(*n));
            if let Some(joint) = joint {
                let _ = self.decided(joint, voice, out) || self.approving(joint, voice, out);
            }
            return true;
        }
        self.approving(self.t.len(), voice, out) || self.decided(self.t.len(), voice, out)
    }

    /// "Council agreed to …", in the words up to `end`.
    fn decided(&self, end: usize, voice: &Voice, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        if !t.holds(Kinds::DECIDING) {
            return false;
        }
        let Some(verb) = (0..end).find(|n| {
            t.is(*n, Kinds::DECIDING)
                && (matches!(
                    t.word(n + 1),
                    "to" | "for" | "that" | "unanimously" | "upon" | "on" | "further" | "also" | "by" | "in"
                ) || is_self(t.word(n + 1))
                    || t.word(n + 1).starts_with(|c: char| c.is_ascii_digit())
                    || t.says(n + 1, "at the meeting")
                    || self.bare_clause(*n)
                    || self.behind_aside(*n).is_some())
                && !(matches!(t.word(*n), "promised" | "committed" | "pledged")
                    && (matches!(t.word(n.wrapping_sub(1)), "had" | "was" | "were" | "is" | "are" | "be")
                        || t.word(*n) != "promised"
                            && (matches!(t.word(n.wrapping_sub(1)), "has" | "have")
                                || !is_verb(t, n + 2) && !is_self(t.word(n + 1)))))
                && !matches!(t.word(n.wrapping_sub(1)), "as" | "previously" | "not" | "who" | "which" | "been" | "had")
                // "will be voted on in April".
                && !(t.word(*n) == "voted" && t.word(n.wrapping_sub(1)) == "be")
                // "If the Council decides to go ahead": nothing is decided.
                && !(0..*n)
                    .rev()
                    .take_while(|k| !t.breaks_before(k + 1) && !super::clause::is_finite(t, *k))
                    .any(|k| t.word(k) == "if")
        }) else {
            return false;
        };
        let bare = self.bare_clause(verb);
        let aside = self.behind_aside(verb);
        let mut next = aside.unwrap_or(verb + 1);
        // "It was agreed by all present to have the green cut".
        if t.word(next) == "by" && matches!(t.word(next + 1), "all" | "those" | "members" | "everyone" | "the") {
            next = (next + 2..end.min(next + 5)).find(|n| matches!(t.word(*n), "to" | "that")).unwrap_or(next);
        }
        // "decided at the meeting to build".
        next += 3 * usize::from(t.says(next, "at the meeting"));
        while (t.word(next).starts_with(|c: char| c.is_ascii_digit())
            && next < verb + 4 + 5 * usize::from(t.word(verb + 1) == "by")
            || matches!(
                t.word(next),
                "unanimously"
                    | "that"
                    | "to"
                    | "by"
                    | "consensus"
                    | "further"
                    | "also"
                    | "in"
                    | "principle"
                    | "majority"
                    | "favour"
                    | "favor"
                    | "of"
                    | "vote"
            )
            || is_self(t.word(next))
            || t.word(next) == "a" && matches!(t.word(next + 1), "majority" | "vote" | "show" | "unanimous"))
            && !(t.word(next) == "to" && t.word(next + 1) == "the")
        {
            next += 1;
        }
        // "agreed on the proposal of Cllr Fallon to invite …".
        if t.word(verb + 1) == "on" && aside.is_none() {
            let Some(to) = (verb + 2..t.len().min(verb + 16)).find(|n| matches!(t.word(*n), "to" | "that")) else {
                return true;
            };
            next = to + 1;
        }
        // "It was agreed for the Clerk to apply": who is to do it stands before "to".
        if t.word(next) == "for"
            && let Some(to) = (next + 2..t.len().min(next + 9)).find(|n| t.word(*n) == "to" && is_infinitive(t, n + 1))
            && let Some(owner) = self.owner_in(next + 1, to)
        {
            self.orders(next + 1, to, self.before_outcome(to).min(end), &Found::by(Rule::EnDecided, Some(owner)), out);
            return true;
        }
        // "agreed that: (i) …": the sign is no word.
        if t.gap(next).contains('(') && t.word(next).len() <= 3 && t.gap(next + 1).contains(')') {
            next += 1;
        }
        // "decided to leave the fence for now": not to act.
        // "to hold the February meeting on the tenth": its notice.
        let meets = t.says(next, "hold the")
            && (civil::month_named(t.word(next + 2)).is_some() || t.word(next + 2) == "next")
            && self.is_notice(next + 3, end);
        if meets
            || self.leaves(next, end)
            || next >= end
            || t.word(next) == "not"
            || t.word(next) == "only" && t.word(next + 1) == "not"
        {
            return true;
        }
        let adverbs = (0..verb)
            .rev()
            .take_while(|n| {
                t.word(*n).ends_with("ly")
                    || matches!(
                        t.word(*n),
                        "all"
                            | "very"
                            | "also"
                            | "then"
                            | "further"
                            | "likewise"
                            | "therefore"
                            | "now"
                            | "has"
                            | "have"
                            | "had"
                            | "was"
                            | "it"
                    )
            })
            .count();
        let from = self.main_subject(self.clause_start(verb - adverbs.min(verb)), verb);
        let impersonal = (from..verb).any(|n| t.word(n) == "it")
            || matches!(t.word(verb - verb.min(1)), "was" | "were")
            || verb == 0
            || t.breaks_before(verb)
            || from == verb;
        let subject_end = verb - adverbs.min(verb);
        let body =
            if impersonal { None } else { self.owner_of(self.after_place(from, subject_end), subject_end, voice) };
        // "In principle the meeting agreed": a meeting is nobody.
        let meeting = (from..subject_end)
            .any(|n| matches!(t.word(n), "meeting" | "conference" | "session" | "participants" | "attendees"));
        let we = !impersonal
            && (matches!(t.word(from), "we" | "all" | "everyone")
                || verb == from + 1 && adverbs == 1 && t.word(from) == "all"
                || meeting);
        if !impersonal && !we && body.is_none() {
            return false;
        }
        let that = bare || next > 0 && (verb + 1..next).any(|n| t.word(n) == "that");
        let infinitive = t.word(next - 1) == "to" || t.word(next) == "to";
        // "voted 4-1 in favour of converting the lamps".
        let gerund = t.word(next - 1) == "of" && t.word(next).len() > 5 && t.word(next).ends_with("ing");
        if !that && !infinitive && !gerund && !is_verb(t, next) {
            return false;
        }
        // "The members agreed to this".
        if !that && matches!(t.word(next), "this" | "it" | "these" | "his" | "her" | "their" | "its" | "all") {
            return true;
        }
        if !that && (self.procedural(next) || matches!(t.word(next), "disagree" | "differ")) {
            let known = out.len();
            // "agreed to note the report and to seek a meeting": what else was decided.
            let besides = (next + 2..end.saturating_sub(1)).find(|n| {
                let verb = n + 1 + usize::from(t.word(n + 1) == "to");
                t.word(*n) == "and" && is_infinitive(t, verb) && is_verb(t, verb) && !self.procedural(verb)
            });
            if let Some(and) = besides {
                let verb = and + 1 + usize::from(t.word(and + 1) == "to");
                self.orders(
                    verb,
                    verb - 1,
                    self.before_outcome(verb).min(end),
                    &Found::by(Rule::EnDecided, self.told(verb)),
                    out,
                );
                return true;
            }
            self.steps(next, end, Rule::EnDecided, out);
            if let Some(further) = self.further_clause(next, end).filter(|_| out.len() == known) {
                self.called_clause(further, end, voice, out);
            }
            return true;
        }
        // "The Engineer replied that it was unclear and undertook to search the title".
        let joined = verb > 0 && from == verb && !that && t.word(verb - 1) == "and";
        let speaker = joined.then(|| self.first_speaker(verb)).flatten();
        let body = body.or_else(|| speaker.clone());
        let start = if impersonal && speaker.is_none() { next } else { from };
        if that {
            // "agreed that a separate fair would be better", "that Cllr Rudd should remain as Vice-Chairman", "that they may
            // reopen it": a judgement, a post, a permission.
            let ordered = (next + 1..end).find_map(|n| modal(t, n).map(|(_, verb)| (n, verb)));
            // "agreed that it would be useful to ring the firm": to ring it.
            let acts = |verb: usize| {
                t.word(next) == "it"
                    && matches!(t.word(verb + 1), "useful" | "helpful" | "appropriate" | "beneficial" | "acceptable")
                    && (verb + 2..verb + 8).any(|n| t.word(n) == "to" && is_infinitive(t, n + 1))
            };
            let values =
                ordered.is_some_and(|(at, verb)| self.seats(verb) || self.is_remark(next, at, verb) && !acts(verb));
            let permits = (next + 1..end.min(next + 4)).any(|n| matches!(t.word(n), "can" | "may" | "might"));
            // "that there shall be: 1. A fair": a list; "that the next meeting shall be held on": its notice.
            let empty = t.word(next) == "there" && end <= next + 3;
            let notice = t.says(next, "the next")
                && self.is_notice(next + 2, end)
                && (next + 3..end).any(|n| t.word(n) == "held");
            if empty || notice {
                return true;
            }
            let alone = t.find(next, end, "and").is_none();
            if alone && (values || permits && ordered.is_none()) {
                return true;
            }
            let known = out.len();
            self.content(start, next, body, out);
            let limit = t.end(end - 1);
            let mut n = known;
            while n < out.len() {
                out[n].range.end = out[n].range.end.min(limit);
                if out[n].range.is_empty() {
                    out.remove(n);
                } else {
                    n += 1;
                }
            }
            return true;
        }
        let until = self.before_outcome(next).min(end);
        // "agreed to invite the firm and that the Engineer would write a note".
        // "A agreed to speak to the owner and B agreed to take pictures": each has its own.
        if let Some(fresh) = self.taken_on(next, until) {
            let stop = fresh - usize::from(t.word(fresh - 1) == "and");
            self.orders(start, next.max(1) - 1, stop, &Found::by(Rule::EnDecided, self.told(next).or(body)), out);
            let tokens = Tokens::of(self.setting.text, t.start(fresh)..t.end(until - 1));
            Reader { setting: self.setting, t: &tokens }.decided(tokens.len(), voice, out);
            return true;
        }
        let further = self.further_clause(next, until);
        let stop = further.map_or(until, |further| further - 2);
        // "agreed to have the Clerk ask for prices": the Clerk asks.
        let body = self.told(next).or(body);
        self.orders(start, next.max(1) - 1, stop, &Found::by(Rule::EnDecided, body), out);
        if let Some(further) = further {
            self.called_clause(further, until, voice, out);
        }
        true
    }

    /// Where somebody else's undertaking begins in the words `from..to`: "… and Cllr Dow agreed to take pictures".
    fn taken_on(&self, from: usize, to: usize) -> Option<usize> {
        let t = self.t;
        (from + 3..to.saturating_sub(2))
            .filter(|n| matches!(t.word(*n), "agreed" | "undertook" | "volunteered") && t.word(n + 1) == "to")
            .map(|n| (self.clause_start(n), n))
            .find(|(start, n)| {
                let joined = *start > from + 1 && (t.word(start - 1) == "and" || t.breaks_before(*start));
                let adverb = usize::from(t.word(n - 1).ends_with("ly") || matches!(t.word(n - 1), "has" | "also"));
                joined && start < n && self.owner_in(*start, n - adverb).is_some()
            })
            .map(|(start, _)| start)
    }

    /// Where a clause begins that "and that" joins to an infinitive: what else was decided.
    pub(super) fn further_clause(&self, from: usize, to: usize) -> Option<usize> {
        let t = self.t;
        (from + 2..to.saturating_sub(3)).find(|n| t.says(*n, "and that") && !is_be(t.word(n + 2))).map(|n| n + 2)
    }

    /// "agreed the chains be replaced", "resolved the Clerk write to the owner": a clause without "that".
    fn bare_clause(&self, verb: usize) -> bool {
        let t = self.t;
        let opens = matches!(t.word(verb + 1), "the" | "a" | "an" | "all" | "no" | "both" | "any" | "this" | "these")
            || t.is_capital(verb + 1) && !t.is(verb + 1, Kinds::LISTED_VERB)
            // "Agreed budget of £50 be put aside".
            || !t.is(verb + 1, Kinds::LISTED_VERB)
                && (verb + 2..t.len().min(verb + 9))
                    .find(|n| matches!(t.word(*n), "be" | "to" | "that" | "and"))
                    .is_some_and(|n| t.word(n) == "be" && super::modal::participle(t.word(n + 1)));
        if !matches!(t.word(verb), "agreed" | "resolved" | "decided") || !opens || t.breaks_before(verb + 1) {
            return false;
        }
        let be = (verb + 2..t.len().min(verb + 14)).find(|n| {
            t.breaks_before(*n)
                || super::clause::is_finite(t, *n)
                || matches!(t.word(*n), "be" | "to" | "that")
                || is_verb(t, *n) && self.owner_in(verb + 1, *n).is_some()
        });
        be.is_some_and(|n| {
            !t.breaks_before(n)
                && (t.word(n) == "be"
                    || is_verb(t, n)
                    || matches!(t.word(n), "should" | "would" | "will" | "shall" | "must"))
        })
    }

    /// "AGREED (4 for, 1 against) to object", "resolved, with one abstention, that": the word behind how it was decided.
    fn behind_aside(&self, verb: usize) -> Option<usize> {
        let t = self.t;
        if !t.is(verb, Kinds::DECIDING) || !t.breaks_before(verb + 1) {
            return None;
        }
        let open = t.gap(verb + 1);
        let close = if open.contains('(') {
            ')'
        } else if open.trim() == "," {
            ','
        } else {
            return None;
        };
        let next = (verb + 2..t.len().min(verb + 14)).find(|n| t.gap(*n).contains(close))?;
        matches!(t.word(next), "to" | "that").then_some(next)
    }

    /// "(agreed) that the Clerk should write": what was decided, as a clause of its own.
    pub(super) fn content(&self, start: usize, next: usize, body: Option<Range<usize>>, out: &mut Vec<Draft>) {
        let t = self.t;
        if self.forgoes(next) || self.is_supposed(next) {
            return;
        }
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
            ) || modal(t, *n).is_some()
                || (*n > next
                    && (is_verb(t, *n)
                        || t.word(*n) == "have"
                            && matches!(t.word(n + 1), "a" | "an" | "the" | "our" | "its" | "their")
                        || self.follows_subject(next, *n)
                        || third_person(t, *n)
                            && !t.is_capital(*n)
                            && !is_plural_subject(t.word(*n - 1))
                            && !noun_before_be(t, *n)))
        });
        let Some(modal) = modal else { return };
        let forbids = matches!(t.word(modal), "must" | "shall") && t.word(modal + 1) == "not";
        if matches!(t.word(modal), "is" | "are" | "was" | "were" | "had" | "could" | "may") && !t.says(modal + 1, "to")
            || t.word(modal + 1) == "not" && !forbids
        {
            return;
        }
        if (next..t.len()).any(|n| {
            matches!(t.word(n), "adopted" | "approved" | "accepted" | "noted" | "elected" | "appointed" | "adjourned")
        }) && !(next..t.len()).any(|n| t.is(n, Kinds::ACT_NOUN))
            && t.word(next) != "no"
        {
            return;
        }
        // "the programme group (Ash, Loft) should": its words end before the bracket.
        let aside = self.parenthesis(modal).filter(|open| t.gap(modal).contains([',', ')']) && *open > next);
        let owner = match self.subject(next, aside.unwrap_or(modal)) {
            Subject::Owner(range) if !self.is_passive(modal) => Some(range),
            // What is to be discussed, the body discusses; what is to be built, it does not build.
            Subject::Owner(_) | Subject::Pronoun | Subject::Nobody | Subject::Thing if self.is_passive(modal) => {
                let own =
                    ["discussed", "considered", "reviewed", "placed", "included", "revisited", "deferred", "added"];
                self.agent(modal)
                    .or_else(|| body.filter(|_| (modal..t.len().min(modal + 5)).any(|n| own.contains(&t.word(n)))))
            }
            // "that a letter issue to the Minister": nobody is named who sends it.
            Subject::Thing if matches!(t.word(modal), "issue" | "go" | "appear") => None,
            // "that a reminder should go out": nobody is named who sends it.
            Subject::Thing if matches!(t.word(modal), "should" | "would" | "will" | "shall" | "must") => None,
            Subject::Owner(_) | Subject::Pronoun | Subject::Nobody | Subject::Thing => body,
        };
        let auxiliary = matches!(
            t.word(modal),
            "should" | "would" | "will" | "shall" | "must" | "be" | "is" | "are" | "has" | "have" | "needs" | "need"
        );
        let verb = if auxiliary { modal + 1 } else { modal };
        self.phrases(start, verb.min(t.len() - 1), t.len(), Found::by(Rule::EnDecided, owner), out);
    }

    /// "all Council members turn in their forms": a verb right after a plural office.
    fn follows_subject(&self, from: usize, n: usize) -> bool {
        let t = self.t;
        let before = t.word(n - 1);
        n > from && is_infinitive(t, n) && before.ends_with('s') && OFFICES.has(before) && !t.breaks_before(n)
    }

    /// "The Board approved the purchase of two graders", "the payment of £20 was approved".
    fn approving(&self, end: usize, voice: &Voice, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        if !t.holds(Kinds::APPROVING | Kinds::DECIDING) {
            return false;
        }
        // "The Council agreed a budget of £300 for the fete".
        let agreed = |n: usize| {
            t.word(n) == "agreed"
                && (matches!(t.word(n + 1), "a" | "an" | "the") || t.is(n + 1, Kinds::ACT_NOUN))
                && !t.breaks_before(n + 1)
                && !self.bare_clause(n)
        };
        // "as approved by the Chair", "the approved list": no act of this sentence.
        let attribute = |n: usize| n > 0 && matches!(t.word(n - 1), "as" | "the" | "an" | "previously" | "any" | "all");
        let Some(verb) =
            (0..end).find(|n| (t.is(*n, Kinds::APPROVING) || agreed(*n)) && t.word(n + 1) != "to" && !attribute(*n))
        else {
            return false;
        };
        // "A sum has been set aside and allocated before": what was done before.
        if verb > 1 && t.word(verb - 1) == "been" && matches!(t.word(verb - 2), "has" | "have" | "had") {
            return false;
        }
        // "a second shelter could be allocated": what might be.
        if verb > 1 && t.word(verb - 1) == "be" && matches!(t.word(verb - 2), "could" | "may" | "might") {
            return false;
        }
        if verb > 0 && is_be(t.word(verb - 1)) {
            let from = self.clause_start(verb - 1);
            let ordered = (from..verb - 1).any(|n| t.is(n, Kinds::ACT_NOUN));
            let past = (from..verb).any(|n| {
                matches!(
                    t.word(n),
                    "minutes"
                        | "previously"
                        | "already"
                        | "that"
                        | "license"
                        | "licence"
                        | "licenses"
                        | "licences"
                        | "permit"
                        | "permits"
                        | "application"
                        | "applications"
                )
            });
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
        // "approved the annual report": the verb opens an item of a list.
        let opens = head == 0;
        let object = (verb + 1..t.len().min(verb + 7)).take_while(|n| !t.breaks_before(*n) || *n == verb + 1);
        // "approved £48,000 for the rehabilitation of the road".
        // "approved up to $250 for a saw".
        let sum = verb + 1 + 2 * usize::from(t.says(verb + 1, "up to"));
        let money = t.raw(sum).starts_with(['£', '$', '€', '₦', '₹']) || super::quantity::is_money(t, sum);
        let budget = t.word(verb) == "agreed"
            && (verb + 1..t.len().min(verb + 8)).any(|n| t.raw(n).starts_with(['£', '$', '€']));
        let ordered = money || budget || object.into_iter().any(|n| t.is(n, Kinds::ACT_NOUN));
        let collective = body.is_some()
            && (from..head).any(|n| {
                t.is(n, Kinds::LISTED_OFFICE) || matches!(t.word(n), "it" | "members" | "cabinet" | "meeting")
            });
        // "The meeting agreed payment of £90".
        let collective = collective || t.says(from, "the meeting") && head == from + 2;
        if !ordered || !(collective || opens) || self.procedural_noun(verb) {
            return false;
        }
        // What is to be built, the body does not build.
        let works = (verb + 1..t.len().min(verb + 7)).find(|n| t.is(*n, Kinds::ACT_NOUN)).is_some_and(|n| {
            matches!(
                t.word(n),
                "construction"
                    | "establishment"
                    | "rehabilitation"
                    | "renovation"
                    | "extension"
                    | "implementation"
                    | "introduction"
                    | "deployment"
                    | "opening"
                    | "works"
                    | "closure"
                    | "relocation"
                    | "rollout"
                    | "roll-out"
            )
        });
        let body = body.filter(|_| money || !works);
        out.push(self.draft(from, self.before_outcome(verb).min(end), Found::by(Rule::EnDecided, body)));
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

/// "the Council members": a plural, behind which a verb stands in its base form.
fn is_plural_subject(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss") && OFFICES.has(word)
}
