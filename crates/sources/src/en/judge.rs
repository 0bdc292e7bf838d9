//! Whether a clause with a modal is a directive, who has to do it, and whether it is doubtful.

use std::ops::Range;

use super::background::is_advice;
use super::dependent::{finished, present};
use super::lexicon::Kinds;
use super::modal::{Modal, participle};
use super::owner::Subject;
use super::sentence::{Reader, Voice};
use super::verb_phrase::is_verb;
use crate::phrases::{Phrases, any_of};

/// Verbs and nouns by which somebody gives a view.
static VIEWS: Phrases = Phrases::of(&[
    "suggested",
    "suggests",
    "felt",
    "thought",
    "asked",
    "hoped",
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

impl Reader<'_, '_> {
    /// Whether a clause with a modal is a directive: its owner, and whether it is doubtful.
    pub(super) fn judge(
        &self,
        start: usize,
        at: usize,
        kind: Modal,
        verb: usize,
        voice: &Voice,
    ) -> Option<(Option<Range<usize>>, bool)> {
        let t = self.t;
        let word = t.word(verb);
        // "As the mast is to stand there": a reason and no order.
        let reason = start == 1 && matches!(t.word(0), "as" | "since" | "because" | "although" | "though" | "while");
        // "if the trustees agree Sten will order it": the name before the modal.
        let fronted = self.behind_condition(start, at);
        let relative = reason && !fronted || self.is_dependent(start, at, kind);
        let conditional = start > 0
            && !fronted
            && (matches!(
                t.word(start - 1),
                "if" | "when" | "until" | "as" | "because" | "unless" | "once" | "before" | "after"
            ) || t.says(start.saturating_sub(2), "so that"));
        let negative = kind == Modal::Will
            && (matches!(t.word(at + 1), "not" | "never")
                || t.says(at + 1, "no longer")
                || t.word(at + 1) == "be" && (at + 2..at + 4).any(|n| t.word(n) == "missed")
                || (start..at).any(|n| matches!(t.word(n), "no" | "none" | "nobody" | "neither")));
        let opinion = self.is_a_view(start, at, kind, voice);
        let opinion = opinion || (start.saturating_sub(1)..=start).any(|n| matches!(t.word(n), "perhaps" | "maybe"));
        let quoted = t.word(start) == "i" || self.t.text.starts_with('“') && t.says(0, "i will");
        let noted = word == "be"
            && matches!(
                t.word(verb + 1),
                "noted"
                    | "able"
                    | "like"
                    | "ready"
                    | "available"
                    | "due"
                    | "no"
                    | "glad"
                    | "happy"
                    | "pleased"
                    | "willing"
            );
        // "it also has to be seen that", "it should be stressed that": only said.
        let noted = noted
            || word == "be"
                && t.word(start) == "it"
                && matches!(
                    t.word(verb + 1),
                    "seen"
                        | "stressed"
                        | "acknowledged"
                        | "recognised"
                        | "recognized"
                        | "remembered"
                        | "understood"
                        | "pointed"
                        | "admitted"
                        | "emphasised"
                        | "emphasized"
                        | "said"
                        | "mentioned"
                        | "highlighted"
                        | "assumed"
                        | "forgotten"
                        | "presumed"
                        | "inferred"
                );
        // "This should be ready in August": when, and no more.
        let foreseen = kind == Modal::Duty && t.word(verb + 1) == "ready";
        let noted = noted && !foreseen && !finished(t, verb) || self.is_remark(start, at, verb);
        // "The Council will hold £2,000 once …": what it has.
        let noted = noted || word == "hold" && t.raw(verb + 1).starts_with(['£', '$', '€']);
        // "paid on the basis that they mow it", "of a standard that", "had been told by the firm that".
        let ground = start > 1
            && t.word(start - 1) == "that"
            && (matches!(t.word(start - 2), "basis" | "standard" | "extent" | "grounds")
                || (2..start - 1)
                    .any(|n| t.word(n) == "told" && t.word(n - 1) == "been" || t.says(n, "now been told")));
        // "she would be stepping down", "it will carry over to the next meeting".
        let left = t.says(verb, "be stepping down") || t.says(verb, "carry over");
        // "a fair would be taking place": somebody else's.
        let noted = noted || ground || left || t.says(verb, "be taking place");
        let past = matches!(kind, Modal::Duty | Modal::Will)
            && word == "have"
            && (participle(t.word(verb + 1)) || matches!(t.word(verb + 1), "been" | "had"));
        let meeting = (start..at).any(|n| matches!(t.word(n), "meeting" | "meetings"))
            && (start..at).any(|n| t.word(n) == "next");
        // "Under the Act the report must": the act says so.
        let under = t.word(start) == "under" && (start..at).any(|n| t.is(n, Kinds::PAPER));
        if at == start
            || is_advice(t, start, at) && kind != Modal::Will
            || under
            || relative
            || negative
            || quoted
            || noted
            || meeting
            || past
            || self.is_for_whoever(at, kind)
            || self.seats(verb)
            || self.refers(verb)
            || self.was_settled(start)
            || self.said_elsewhere(start, kind)
        {
            return None;
        }
        // "The county fair will be held on 8 July": it takes place.
        if kind == Modal::Will && t.says(verb, "be held") && self.is_festive(start, at) {
            return None;
        }
        // "with a link should members wish to join": a condition.
        let inverted = t.word(at) == "should"
            && !is_verb(t, at + 1)
            && (at + 2..at + 6).any(|n| matches!(t.word(n), "wish" | "want" | "require" | "need"));
        // "it would be eased if the drain were cleared": what would be.
        let supposed = t.word(at) == "would"
            // "to see if she could borrow a tent": what is to be found out.
            && (verb..t.len())
                .find(|n| t.word(*n) == "if" && !matches!(t.word(n - 1), "see" | "out" | "ask" | "check" | "know"))
                .is_some_and(|n| {
                (n + 1..t.len().min(n + 8)).any(|k| matches!(t.word(k), "were" | "could" | "had" | "would"))
            });
        if inverted || supposed {
            return None;
        }
        // "It was not agreed that the pilot should be extended".
        let refused = (1..start).any(|n| {
            t.word(n - 1) == "not"
                && matches!(t.word(n), "agreed" | "accepted" | "supported" | "resolved" | "convinced")
        });
        if refused {
            return None;
        }
        // "it should not be assumed that the grant would be paid".
        let assumed = start > 1 && t.word(start - 1) == "that" && matches!(t.word(start - 2), "assumed" | "presumed");
        if assumed {
            return None;
        }
        if conditional && start > 1 && !matches!(t.word(start - 1), "if") {
            return None;
        }
        let fronted = fronted || matches!(t.word(start), "once" | "when" | "if" | "after" | "as") && at > start + 3;
        let start = if (start > 0 && t.word(start - 1) == "if" || fronted) && t.is_capital(at - 1) {
            (start..at).rev().take_while(|n| t.is_capital(*n)).last().unwrap_or(start)
        } else {
            start
        };
        // "A working group, led by Professor Osei, would": its words end before the comma.
        let aside = t.gap(at).contains([',', ')']);
        let to = if aside { self.parenthesis(at).filter(|open| *open > start).unwrap_or(at) } else { at };
        // "Coombs also needs to": the adverb is no part of the name.
        let adverb =
            |n: usize| matches!(t.word(n), "also" | "now" | "then" | "still" | "further" | "therefore" | "first");
        let to = (start + 1..=to).rev().find(|n| !adverb(n - 1)).unwrap_or(to);
        let subject = self.subject(self.after_place(start, to), to);
        // "There will be a public hearing on the plan".
        if kind == Modal::Will
            && t.word(start) == "there"
            && (verb + 1..t.len().min(verb + 8))
                .any(|n| matches!(t.word(n), "session" | "meeting" | "hearing" | "workshop" | "consultation"))
        {
            return Some((None, true));
        }
        // "The ford will be on the agenda": the body will deal with it.
        if kind == Modal::Will && self.tables(verb) {
            return Some((None, opinion));
        }
        let manner =
            usize::from(t.word(verb + 1).ends_with("ly") || matches!(t.word(verb + 1), "also" | "then" | "all"));
        let passive = self.is_passive(at) || word == "be" && participle(t.word(verb + 1 + manner));
        let epistemic = matches!(
            word,
            "arrive"
                | "seem"
                | "like"
                | "mean"
                | "cost"
                | "happen"
                | "occur"
                | "know"
                | "last"
                | "begin"
                | "commence"
                | "start"
                | "expire"
                | "become"
                | "depend"
                | "remain"
                | "exceed"
                | "result"
                | "benefit"
                | "see"
                | "receive"
                | "find"
                | "cause"
                | "appear"
                | "love"
                | "want"
                | "run"
                | "feel"
                | "land"
                | "believe"
                | "hope"
                | "prefer"
                | "welcome"
                | "appreciate"
                | "expect"
                | "wish"
        ) && !(matches!(word, "find" | "see") && matches!(t.word(verb + 1), "out" | "to" | "that"))
            || (word == "be"
                && !passive
                && !(verb + 1..verb + 3).any(|n| t.word(n).len() > 4 && t.word(n).ends_with("ing"))
                && !present(t, verb, &subject));
        let begun = matches!(
            word,
            "begin" | "commence" | "start" | "receive" | "find" | "see" | "run" | "remain" | "know" | "cause"
        );
        let owner = match &subject {
            // "The firm has promised that their fitter will": the firm answers for him.
            Subject::Owner(range) if !passive && matches!(t.word(start), "their" | "its") => {
                self.promising(start).flatten().or_else(|| Some(range.clone()))
            }
            Subject::Owner(range) if !passive => Some(range.clone()),
            Subject::Thing if !passive && kind != Modal::Will && self.names_doers(start, at) => {
                Some(t.start(start)..t.end(at - 1))
            }
            // "Maintenance shall notify", "everyone should read": whoever can write, read and ask.
            Subject::Thing | Subject::Nobody if !passive && self.acts(start, at, word) => {
                Some(t.start(start)..t.end(at - 1))
            }
            Subject::Pronoun if !passive => self.antecedent(start, voice),
            Subject::Owner(_) | Subject::Pronoun | Subject::Nobody | Subject::Thing => {
                if passive {
                    self.agent(verb)
                } else {
                    None
                }
            }
        };
        match kind {
            Modal::Duty | Modal::To => {
                let people = matches!(subject, Subject::Nobody)
                    && !matches!(
                        t.word(start),
                        "no" | "none"
                            | "nobody"
                            | "we"
                            | "everyone"
                            | "the"
                            | "all"
                            | "this"
                            | "these"
                            | "there"
                            | "someone"
                            | "somebody"
                    );
                // "the aim is to reach 6,000 readers by June" sets a number.
                let counted = (verb..t.len()).any(|n| t.word(n).starts_with(|c: char| c.is_ascii_digit()))
                    && matches!(
                        word,
                        "reach" | "achieve" | "attain" | "have" | "increase" | "reduce" | "cut" | "raise"
                    )
                    && t.find(verb, t.len(), "by").is_some();
                let aim = kind == Modal::To
                    && !counted
                    && (start..at).any(|n| {
                        matches!(
                            t.word(n),
                            "aim"
                                | "object"
                                | "purpose"
                                | "objective"
                                | "intention"
                                | "idea"
                                | "goal"
                                | "plan"
                                | "hope"
                                | "role"
                                | "proposal"
                                | "reason"
                                | "suggestion"
                                | "mission"
                                | "recommendation"
                                | "point"
                        )
                    });
                let advice = (0..start).any(|n| t.word(n) == "if") && matches!(subject, Subject::Pronoun);
                // "flood protection must remain a priority": that it matters.
                let priority = word == "remain" && matches!(t.word(verb + 1), "a" | "an" | "the");
                let bounds =
                    !priority && (matches!(word, "exceed" | "remain") || t.word(at) != "should" && kind == Modal::Duty);
                let thing_arrives = !bounds
                    && matches!(subject, Subject::Thing | Subject::Pronoun)
                    && epistemic
                    && t.word(verb) != "be";
                let dated = || !super::due::find_in(t, &crate::due::Anchor::default()).is_empty();
                let located = word == "be"
                    && !dated()
                    && matches!(
                        t.word(verb + 1),
                        "here" | "there" | "in" | "at" | "on" | "a" | "an" | "the" | "about" | "around"
                    );
                // "The project is expected to create jobs" is a forecast.
                let forecast = t.word(at + 1) == "expected" && !matches!(subject, Subject::Owner(_));
                if people
                    || forecast
                    || aim
                    || advice
                    || thing_arrives
                    || located && kind == Modal::Duty && matches!(subject, Subject::Thing)
                {
                    return (!advice).then_some((owner, true));
                }
                // "they should be received by May", "it should be in place by June": what is expected.
                let awaited = t.word(at) == "should" && (t.says(verb, "be received") || t.says(verb, "be in place"));
                // "a lighter load should be safe": a judgement.
                let judged = awaited
                    || t.word(at) == "should"
                        && word == "be"
                        && !passive
                        && matches!(
                            t.word(verb + 1),
                            "safe"
                                | "ready"
                                | "complete"
                                | "available"
                                | "open"
                                | "fine"
                                | "able"
                                | "enough"
                                | "sufficient"
                                | "possible"
                                | "finished"
                                | "done"
                                | "back"
                                | "here"
                                | "better"
                                | "easier"
                                | "cheaper"
                                | "minimal"
                                | "small"
                        )
                        && !matches!(subject, Subject::Owner(_));
                let expected = matches!(subject, Subject::Thing) && self.expects(at, verb);
                Some((owner, opinion || judged || expected))
            }
            Modal::Will => {
                // "would need to": what it would take.
                let supposed = t.word(at) == "would"
                    && matches!(t.word(at + 1), "need" | "have" | "require" | "be")
                    && t.word(verb - 1) == "to";
                // "Work will begin next month to treat the fence".
                let gerund = t.word(start).len() > 5 && t.word(start).ends_with("ing");
                let works = (gerund
                    || matches!(t.word(start), "work" | "works" | "construction" | "installation" | "repairs"))
                    && matches!(word, "begin" | "commence" | "start")
                    && at == start + 1;
                if works {
                    return Some((None, opinion));
                }
                if epistemic
                    && !(begun && (matches!(subject, Subject::Owner(_)) || owner.is_some()))
                    && !finished(t, verb)
                {
                    return None;
                }
                if supposed {
                    return Some((owner, true));
                }
                let told = (0..start).any(|n| {
                    matches!(
                        t.word(n),
                        "stated"
                            | "advised"
                            | "agreed"
                            | "reported"
                            | "confirmed"
                            | "informed"
                            | "noted"
                            | "indicated"
                            | "that"
                    )
                });
                let vague = (start..at).any(|n| {
                    matches!(
                        t.word(n),
                        "decisions"
                            | "decision"
                            | "matters"
                            | "amounts"
                            | "schools"
                            | "anyone"
                            | "costs"
                            | "cost"
                            | "price"
                    )
                });
                // "The subcommittee will meet on 5 May": a day that is told.
                if self.only_meets(verb) {
                    return Some((owner, true));
                }
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
                        let felt = matches!(
                            t.word(verb + 1),
                            "lost"
                                | "affected"
                                | "needed"
                                | "required"
                                | "met"
                                | "seen"
                                | "felt"
                                | "disrupted"
                                | "used"
                                | "based"
                                | "given"
                                | "impacted"
                                | "debated"
                                | "known"
                                | "announced"
                                | "celebrated"
                                | "remembered"
                        );
                        // "A further report would be given to Members".
                        let given = t.word(verb + 1) == "given"
                            && (start..at).any(|n| {
                                matches!(
                                    t.word(n),
                                    "report"
                                        | "update"
                                        | "presentation"
                                        | "briefing"
                                        | "notice"
                                        | "reply"
                                        | "response"
                                        | "priority"
                                        | "consideration"
                                        | "thought"
                                        | "attention"
                                )
                            });
                        // "Donations will be used to furnish the loft": what for.
                        let given = given || t.word(verb + 1) == "used" && matches!(t.word(verb + 2), "to" | "for");
                        let doubtful = vague || felt && !given || opinion && !told;
                        Some((owner, doubtful))
                    }
                    // "The newsletter will go out on 1 November": the body's own work, if it says when.
                    Subject::Thing => {
                        let own = matches!(
                            word,
                            "go" | "open"
                                | "close"
                                | "move"
                                | "resume"
                                | "launch"
                                | "take"
                                | "return"
                                | "come"
                                | "continue"
                                | "cover"
                                | "include"
                                | "form"
                                | "replace"
                                | "be"
                                | "issue"
                                | "finish"
                                | "follow"
                                | "stop"
                                | "apply"
                                | "reopen"
                                | "start"
                                | "visit"
                        );
                        let somebody = owner.filter(|_| !matches!(t.word(start), "the" | "a" | "an"));
                        if self.speaks(start, at, verb) || somebody.is_some() {
                            return Some((somebody, opinion));
                        }
                        let dated = !super::due::find_in(t, &crate::due::Anchor::default()).is_empty();
                        Some((None, vague || opinion || !(own && dated)))
                    }
                }
            }
        }
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
            && (t.word(start - 3) == "they" || voice.person.as_ref().is_some_and(member))
            && t.word(start - 1) == "that"
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
