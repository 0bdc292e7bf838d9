//! Whether a clause with a modal is a directive, who has to do it, and whether it is doubtful.

use std::ops::Range;

use super::dependent::{finished, present};
use super::lexicon::Kinds;
use super::modal::{Modal, participle};
use super::owner::Subject;
use super::sentence::{Reader, Voice};
use crate::phrases::{Phrases, any_of};

/// Verbs and nouns by which somebody gives a view.
static VIEWS: Phrases = Phrases::of(&[
    "suggested",
    "suggests",
    "felt",
    "thought",
    "asked",
    "hoped",
    "hope",
    "hopes",
    "expects",
    "anticipates",
    "anticipated",
    "estimates",
    "estimated",
    "learned",
    "learnt",
    "noting",
    "predicted",
    "understands",
    "wondered",
    "believes",
    "believed",
    "proposed",
    "offered",
    "queried",
    "questioned",
    "expected",
    "enquired",
    "considered",
    "argued",
    "commented",
    "remarked",
    "preferred",
    "wished",
    "complained",
    "claimed",
    "wanted",
    "thinks",
    "feels",
    "reckons",
    "sought",
    "feeling",
    "opinion",
]);

/// Verbs of what comes about, and is not done.
static EPISTEMIC: Phrases = Phrases::of(&[
    "arrive",
    "seem",
    "like",
    "mean",
    "cost",
    "happen",
    "occur",
    "know",
    "last",
    "begin",
    "commence",
    "start",
    "expire",
    "become",
    "depend",
    "remain",
    "exceed",
    "result",
    "benefit",
    "see",
    "receive",
    "find",
    "cause",
    "appear",
    "love",
    "want",
    "run",
    "feel",
    "land",
    "believe",
    "hope",
    "prefer",
    "welcome",
    "appreciate",
    "expect",
    "wish",
]);

/// What is only aimed at, or proposed.
static AIMS: Phrases = Phrases::of(&[
    "aim",
    "thinking",
    "best",
    "object",
    "purpose",
    "objective",
    "intention",
    "idea",
    "goal",
    "plan",
    "hope",
    "role",
    "proposal",
    "reason",
    "suggestion",
    "mission",
    "recommendation",
    "point",
]);

/// What a thing "should be" in somebody's judgement.
static JUDGED: Phrases = Phrases::of(&[
    "safe",
    "ready",
    "complete",
    "available",
    "open",
    "fine",
    "able",
    "enough",
    "sufficient",
    "possible",
    "finished",
    "done",
    "back",
    "here",
    "better",
    "easier",
    "cheaper",
    "minimal",
    "small",
]);

/// By which something is told.
static TOLD: Phrases =
    Phrases::of(&["stated", "advised", "agreed", "reported", "confirmed", "informed", "noted", "indicated", "that"]);

/// Subjects of which much may be said.
static VAGUE: Phrases =
    Phrases::of(&["decisions", "decision", "matters", "amounts", "schools", "anyone", "costs", "cost", "price"]);

/// Participles of what befalls a thing.
static FELT: Phrases = Phrases::of(&[
    "lost",
    "affected",
    "needed",
    "required",
    "met",
    "seen",
    "felt",
    "disrupted",
    "used",
    "based",
    "given",
    "impacted",
    "debated",
    "known",
    "announced",
    "celebrated",
    "remembered",
]);

/// What is given to somebody who waits for it.
static GIVEN: Phrases = Phrases::of(&[
    "report",
    "update",
    "presentation",
    "briefing",
    "notice",
    "reply",
    "response",
    "priority",
    "consideration",
    "thought",
    "attention",
]);

/// What the body's own work does: "the newsletter will go out".
static OWN: Phrases = Phrases::of(&[
    "go", "open", "close", "move", "resume", "launch", "take", "return", "come", "continue", "cover", "include",
    "form", "replace", "be", "issue", "finish", "follow", "stop", "apply", "reopen", "start", "visit",
]);

/// A clause with a modal: where its subject begins, and where its modal and its verb stand.
#[derive(Clone, Copy)]
pub(super) struct Clause {
    pub(super) start: usize,
    pub(super) at: usize,
    pub(super) kind: Modal,
    pub(super) verb: usize,
}

/// What a clause shows besides its words.
struct Seen {
    subject: Subject,
    owner: Option<Range<usize>>,
    passive: bool,
    /// Its verb tells what comes about.
    epistemic: bool,
    /// It is somebody's view.
    opinion: bool,
}

/// Who has to do it, and whether it is doubtful.
type Judgement = (Option<Range<usize>>, bool);

impl Reader<'_, '_> {
    /// Whether a clause with a modal is a directive.
    pub(super) fn judge(&self, clause: Clause, voice: &Voice) -> Option<Judgement> {
        let t = self.t;
        let Clause { start, at, kind, verb } = clause;
        // "if the trustees agree Sten will order it": the name before the modal.
        let fronted = self.behind_condition(start, at);
        if self.orders_nothing(clause, fronted) {
            return None;
        }
        let perhaps = (start.saturating_sub(1)..=start).any(|n| matches!(t.word(n), "perhaps" | "maybe"));
        let opinion = perhaps || self.is_a_view(start, at, kind, voice);
        let clause = Clause { start: self.name_behind_condition(clause, fronted), ..clause };
        let subject = self.subject_of(clause);
        if self.announces_session(clause) {
            return Some((None, true));
        }
        // "The ford will be on the agenda": the body will deal with it.
        if kind == Modal::Will && self.tables(verb) {
            return Some((None, opinion));
        }
        let manner =
            usize::from(t.word(verb + 1).ends_with("ly") || matches!(t.word(verb + 1), "also" | "then" | "all"));
        let passive = self.is_passive(at) || t.word(verb) == "be" && participle(t.word(verb + 1 + manner));
        let owner = self.doer(clause, &subject, passive, voice);
        let epistemic = self.is_epistemic(verb, passive, &subject);
        let seen = Seen { subject, owner, passive, epistemic, opinion };
        match kind {
            Modal::Duty | Modal::To => self.duty(clause, seen),
            Modal::Will => self.undertaking(clause, seen),
        }
    }

    /// Where the name before the modal begins that a condition without a comma leads up to.
    fn name_behind_condition(&self, clause: Clause, fronted: bool) -> usize {
        let t = self.t;
        let Clause { start, at, .. } = clause;
        let fronted = fronted || matches!(t.word(start), "once" | "when" | "if" | "after" | "as") && at > start + 3;
        if (start > 0 && t.word(start - 1) == "if" || fronted) && t.is_capital(at - 1) {
            (start..at).rev().take_while(|n| t.is_capital(*n)).last().unwrap_or(start)
        } else {
            start
        }
    }

    fn subject_of(&self, clause: Clause) -> Subject {
        let t = self.t;
        let Clause { start, at, .. } = clause;
        // "A working group, led by Professor Osei, would": its words end before the comma.
        let aside = t.gap(at).contains([',', ')']);
        let to = if aside { self.parenthesis(at).filter(|open| *open > start).unwrap_or(at) } else { at };
        // "Coombs also needs to": the adverb is no part of the name.
        let adverb =
            |n: usize| matches!(t.word(n), "also" | "now" | "then" | "still" | "further" | "therefore" | "first");
        let to = (start + 1..=to).rev().find(|n| !adverb(n - 1)).unwrap_or(to);
        self.subject(self.after_place(start, to), to)
    }

    /// "There will be a public hearing on the plan".
    fn announces_session(&self, clause: Clause) -> bool {
        let t = self.t;
        let session = |n: usize| matches!(t.word(n), "session" | "meeting" | "hearing" | "workshop" | "consultation");
        clause.kind == Modal::Will
            && t.word(clause.start) == "there"
            && (clause.verb + 1..t.len().min(clause.verb + 8)).any(session)
    }

    /// Whether the verb tells what comes about: "will arrive", "would be cheaper".
    fn is_epistemic(&self, verb: usize, passive: bool, subject: &Subject) -> bool {
        let t = self.t;
        let word = t.word(verb);
        let found_out = matches!(word, "find" | "see") && matches!(t.word(verb + 1), "out" | "to" | "that");
        let does = || {
            (verb + 1..verb + 3).any(|n| t.word(n).len() > 4 && t.word(n).ends_with("ing") && t.word(n) != "arriving")
        };
        EPISTEMIC.has(word) && !found_out || word == "be" && !passive && !does() && !present(t, verb, subject)
    }

    /// Who has to do it.
    fn doer(&self, clause: Clause, subject: &Subject, passive: bool, voice: &Voice) -> Option<Range<usize>> {
        let t = self.t;
        let Clause { start, at, kind, verb } = clause;
        if passive {
            return self.agent(verb);
        }
        match subject {
            // "The firm has promised that their fitter will": the firm answers for him.
            Subject::Owner(range) if matches!(t.word(start), "their" | "its") => {
                self.promising(start).flatten().or_else(|| Some(range.clone()))
            }
            Subject::Owner(range) => Some(range.clone()),
            Subject::Thing if kind != Modal::Will && self.names_doers(start, at) => Some(t.start(start)..t.end(at - 1)),
            // "Maintenance shall notify", "everyone should read": whoever can write, read and ask.
            Subject::Thing | Subject::Nobody if self.acts(start, at, t.word(verb)) => {
                Some(t.start(start)..t.end(at - 1))
            }
            Subject::Pronoun => self.antecedent(start, voice),
            Subject::Nobody | Subject::Thing => None,
        }
    }

    /// A clause with should, must, has to or is to.
    fn duty(&self, clause: Clause, seen: Seen) -> Option<Judgement> {
        let t = self.t;
        let Clause { start, at, kind, verb } = clause;
        let Seen { subject, owner, passive, epistemic, opinion } = seen;
        let word = t.word(verb);
        let should = t.word(at) == "should";
        let people = matches!(subject, Subject::Nobody)
            && !any_of![
                "no", "none", "nobody", "we", "everyone", "the", "all", "this", "these", "there", "someone", "somebody"
            ]
            .has(t.word(start));
        // "the aim is to reach 6,000 readers by June" sets a number.
        let counted = || {
            (verb..t.len()).any(|n| t.word(n).starts_with(|c: char| c.is_ascii_digit()))
                && matches!(word, "reach" | "achieve" | "attain" | "have" | "increase" | "reduce" | "cut" | "raise")
                && t.find(verb, t.len(), "by").is_some()
        };
        let aim = kind == Modal::To && (start..at).any(|n| AIMS.has(t.word(n))) && !counted();
        let advice = (0..start).any(|n| t.word(n) == "if") && matches!(subject, Subject::Pronoun);
        // "flood protection must remain a priority": that it matters.
        let priority = word == "remain" && matches!(t.word(verb + 1), "a" | "an" | "the");
        let bounds = !priority && (matches!(word, "exceed" | "remain") || !should && kind == Modal::Duty);
        let thing_arrives =
            !bounds && matches!(subject, Subject::Thing | Subject::Pronoun) && epistemic && word != "be";
        let place = |word: &str| {
            matches!(word, "here" | "there" | "in" | "at" | "on" | "a" | "an" | "the" | "about" | "around")
        };
        let located = || word == "be" && place(t.word(verb + 1)) && !self.is_dated();
        // "The project is expected to create jobs" is a forecast.
        let forecast = t.word(at + 1) == "expected" && !matches!(subject, Subject::Owner(_));
        if people
            || forecast
            || aim
            || advice
            || thing_arrives
            || kind == Modal::Duty && matches!(subject, Subject::Thing) && located()
        {
            return (!advice).then_some((owner, true));
        }
        // "they should be received by May", "it should be in place by June": what is expected.
        let awaited = should && (t.says(verb, "be received") || t.says(verb, "be in place"));
        // "a lighter load should be safe": a judgement.
        let judged =
            should && word == "be" && !passive && JUDGED.has(t.word(verb + 1)) && !matches!(subject, Subject::Owner(_));
        let expected = matches!(subject, Subject::Thing) && self.expects(at, verb);
        Some((owner, opinion || awaited || judged || expected))
    }

    /// A clause with will or would.
    fn undertaking(&self, clause: Clause, seen: Seen) -> Option<Judgement> {
        let t = self.t;
        let Clause { start, at, verb, .. } = clause;
        let Seen { subject, owner, passive, epistemic, opinion } = seen;
        let word = t.word(verb);
        // "Work will begin next month to treat the fence", "Mowing will begin".
        let gerund = t.word(start).len() > 5 && t.word(start).ends_with("ing");
        let works = gerund || matches!(t.word(start), "work" | "works" | "construction" | "installation" | "repairs");
        if works && matches!(word, "begin" | "commence" | "start") && at == start + 1 {
            return Some((None, opinion));
        }
        let begun = matches!(
            word,
            "begin" | "commence" | "start" | "receive" | "find" | "see" | "run" | "remain" | "know" | "cause"
        );
        let somebody = matches!(subject, Subject::Owner(_)) || owner.is_some();
        if epistemic && !(begun && somebody) && !finished(t, verb) {
            return None;
        }
        // "would need to": what it would take.
        let supposed = t.word(at) == "would"
            && matches!(t.word(at + 1), "need" | "have" | "require" | "be")
            && t.word(verb - 1) == "to";
        // "The subcommittee will meet on 5 May": a day that is told.
        if supposed || self.only_meets(verb) {
            return Some((owner, true));
        }
        let vague = (start..at).any(|n| VAGUE.has(t.word(n)));
        match subject {
            Subject::Owner(_) | Subject::Pronoun if passive => {
                let wanted = matches!(t.word(verb + 1), "needed" | "required" | "missed" | "affected");
                Some((owner, vague || opinion || wanted))
            }
            Subject::Owner(_) => Some((owner, opinion)),
            Subject::Pronoun => {
                let doubtful = t.word(start) == "it" && self.firm_before(start).is_none();
                let nobody = owner.is_none();
                Some((owner, opinion || doubtful || nobody))
            }
            Subject::Nobody if t.word(start) == "we" => Some((None, opinion)),
            // "The country will step up support": what a government says of its own.
            Subject::Nobody | Subject::Thing if t.says(start, "the country") && at == start + 2 => {
                Some((None, opinion))
            }
            Subject::Nobody if passive && matches!(t.word(start), "this" | "these" | "the" | "those") => {
                Some((owner, vague || opinion))
            }
            Subject::Nobody => Some((None, true)),
            Subject::Thing if passive => {
                let done = t.word(verb + 1);
                // "A further report would be given to Members"; "Donations will be used to furnish the loft": what for.
                let given = done == "given" && (start..at).any(|n| GIVEN.has(t.word(n)))
                    || done == "used" && matches!(t.word(verb + 2), "to" | "for");
                let told = || (0..start).any(|n| TOLD.has(t.word(n)));
                Some((owner, vague || FELT.has(done) && !given || opinion && !told()))
            }
            // "The newsletter will go out on 1 November": the body's own work, if it says when.
            Subject::Thing => {
                let somebody = owner.filter(|_| !matches!(t.word(start), "the" | "a" | "an"));
                if self.speaks(start, at, verb) || somebody.is_some() {
                    return Some((somebody, opinion));
                }
                Some((None, vague || opinion || !(OWN.has(word) && self.is_dated())))
            }
        }
    }

    /// Whether the sentence tells a time.
    fn is_dated(&self) -> bool {
        !super::due::find_in(self.t, &crate::due::Anchor::default()).is_empty()
    }

    /// Whether a clause says what somebody thinks, wishes or was told, and not what is to be done.
    fn is_a_view(&self, start: usize, at: usize, kind: Modal, voice: &Voice) -> bool {
        let t = self.t;
        // "this could not be considered and …": no view of anybody's.
        let dealt = |n: usize| n > 0 && t.word(n - 1) == "be" && t.word(n + 1) != "that";
        let opinion = (0..start).any(|n| VIEWS.has(t.word(n)) && !dealt(n));
        // "The auditor recommends that the Alliance should": no body's word.
        let advised = (1..start).any(|n| {
            matches!(t.word(n), "recommends" | "recommended" | "advises")
                && (!matches!(t.word(n - 1), "he" | "she" | "they" | "it" | "we" | "i") || voice.adviser)
                && !(n.saturating_sub(4)..n).any(|k| t.is(k, Kinds::BODY))
        });
        let opinion = opinion
            || kind == Modal::Duty
                && (advised || self.member_says(start) || self.guest_says(start, voice) || self.said_aside(start));
        // "reported that the roof needs to be looked at": a want that is told of.
        let told_of = kind == Modal::To && t.word(at).starts_with("need") && self.reports_want(start);
        let opinion = opinion || kind == Modal::To && self.member_says(start) || told_of;
        // "It was felt that it leaks and the Clerk will ring": an undertaking beside what is felt.
        let opinion = opinion
            && !(kind == Modal::Will
                && start > 1
                && (matches!(t.word(start - 1), "and" | "but" | "so") || t.gap(start).contains(';'))
                && self.owner_in(start, at).is_some());
        let opinion = opinion || matches!(kind, Modal::Duty) && self.is_passive(at) && self.only_noted(start);
        // "The firm had said that the hall should have a bin": what was said before the meeting.
        let opinion = opinion || (kind == Modal::Duty || self.is_passive(at)) && self.said_before(start);
        // "He indicated that every boat should have a light", "views were expressed that": somebody's view.
        let member = |named: &Range<usize>| {
            let words = &self.setting.text[named.clone()];
            any_of!["Cllr", "Councillor", "Cr ", "Member", "Superintendent", "Inspector"].stands_in(words)
        };
        let his = kind == Modal::Duty
            && start > 2
            && t.word(start - 1) == "that"
            && (t.word(start - 3) == "they" || voice.person.as_ref().is_some_and(member))
            && (matches!(t.word(start - 2), "indicated" | "stated" | "said" | "added" | "expressed")
                && matches!(t.word(start - 3), "he" | "she" | "they")
                || (0..start).any(|n| t.says(n, "views were expressed")));
        // "told its hauliers they must cover every load": what somebody told others.
        opinion
            || his
            || kind == Modal::Duty
                && matches!(t.word(start), "they" | "he" | "she")
                && (start.saturating_sub(4)..start).any(|n| matches!(t.word(n), "told" | "reminded" | "informed"))
    }
}
