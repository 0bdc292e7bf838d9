//! Clauses with a modal that hang on another: relative clauses, conditions, indirect questions, what was settled before; and
//! what a thing will do that is the body's own work.

use super::clause::is_finite;
use super::lexicon::Kinds;
use super::modal::Modal;
use super::owner::Subject;
use super::sentence::Reader;
use super::tokens::Tokens;
use super::verb_phrase::{is_infinitive, third_person};

impl Reader<'_, '_> {
    /// Whether the clause whose subject begins at `start` is a relative clause or an indirect question, and no undertaking:
    /// "the form, which the Clerk will send" is one.
    pub(super) fn is_dependent(&self, start: usize, at: usize, kind: Modal) -> bool {
        let t = self.t;
        if start == 0 {
            return false;
        }
        // "advice on how the Hall and the Green should be run": the question reaches over "and".
        let asked = t.word(start - 1) == "and"
            && (start.saturating_sub(10)..start - 1)
                .rev()
                .take_while(|n| *n + 1 == start - 1 || !t.breaks_before(n + 1))
                .take_while(|n| t.word(*n) != "that" && !is_finite(t, *n))
                .any(|n| matches!(t.word(n), "how" | "whether" | "why"));
        let pronoun = t.word(start - 1);
        // "asking if the Council would be building again".
        let asking = pronoun == "if"
            && start > 1
            && matches!(t.word(start - 2), "asking" | "asked" | "ask" | "asks" | "wondered" | "queried" | "enquired");
        if asking {
            return true;
        }
        if !asked && !matches!(pronoun, "which" | "who" | "whether" | "where" | "how" | "why" | "what") {
            return false;
        }
        // The pronoun is the object, and the subject somebody who takes it on.
        let object = matches!(pronoun, "which" | "where") && kind == Modal::Will && start > 1;
        let questions = |n: usize| {
            matches!(
                t.word(n),
                "ask" | "asked" | "decide" | "see" | "consider" | "discuss" | "on" | "of" | "about" | "know" | "check"
            )
        };
        let somebody = matches!(self.subject(start, at), Subject::Owner(_)) || matches!(t.word(start), "he" | "she");
        !(object && somebody && !questions(start - 2))
    }

    /// "As he is told of a sale Tom will change the list", "if the trustees agree Sten will": a condition without a comma
    /// behind it, and the name before the modal.
    pub(super) fn behind_condition(&self, start: usize, at: usize) -> bool {
        let t = self.t;
        let opens = start > 0
            && matches!(t.word(start - 1), "if" | "when" | "once" | "as" | "after" | "before" | "until" | "because");
        opens
            && at > start + 2
            && t.is_capital(at - 1)
            && (start + 1..at - 1).any(|n| is_finite(t, n) || third_person(t, n) && !t.is_capital(n))
    }

    /// "If you wish to keep it, a form must be sent", "If the Council are to take part either …": what holds for whoever
    /// wishes, and the modal of a condition.
    pub(super) fn is_for_whoever(&self, at: usize, kind: Modal) -> bool {
        let t = self.t;
        if kind == Modal::Will {
            let somebody = matches!(self.subject(self.clause_start(at), at), Subject::Owner(_) | Subject::Pronoun);
            return !somebody && (at..t.len()).any(|n| t.says(n, "those who wish") || t.says(n, "anyone who wishes"));
        }
        // "Residents are reminded that bins must be out by seven": the public is.
        let reminded = (1..at.min(8)).any(|n| {
            matches!(t.word(n), "reminded" | "asked" | "advised" | "encouraged")
                && matches!(t.word(n - 1), "are" | "is" | "were")
                && n > 1
                && t.is(n - 2, Kinds::NOBODY)
        });
        let wishes = reminded || (0..t.len()).any(|n| t.says(n, "if you") || t.says(n, "those who wish"));
        // The condition has no other verb than this.
        let open = (at.saturating_sub(8)..at)
            .rev()
            .take_while(|n| !t.breaks_before(n + 1) && !is_finite(t, *n) && !third_person(t, *n))
            .any(|n| t.word(n) == "if");
        let own = open && matches!(t.word(at), "is" | "are" | "were" | "was") && t.word(at + 1) == "to";
        wishes || own
    }

    /// "It had previously been agreed that cars should keep off": no word of this meeting.
    pub(super) fn was_settled(&self, start: usize) -> bool {
        let t = self.t;
        (1..start).any(|n| {
            matches!(t.word(n), "agreed" | "resolved" | "decided")
                && (n.saturating_sub(2)..n).any(|k| matches!(t.word(k), "previously" | "already" | "earlier"))
        })
    }

    /// "Since the last meeting the Warden was asked to", "The Board had been asked to": what was asked before this meeting.
    pub(super) fn was_before(&self, be: usize) -> bool {
        let t = self.t;
        let last = (1..be).any(|n| {
            matches!(t.word(n), "meeting" | "month" | "year")
                && matches!(t.word(n - 1), "last" | "previous" | "january's")
        });
        let perfect = be > 0 && t.word(be) == "been" && t.word(be - 1) == "had";
        let opens = (0..be).any(|n| {
            matches!(t.word(n), "following" | "at" | "after" | "since" | "last") && (n == 0 || t.breaks_before(n))
        });
        last && opens || perfect
    }

    /// "at its meeting held in May the Board approved": what a meeting before this one did.
    pub(super) fn held_before(&self) -> bool {
        let t = self.t;
        t.text.contains("meeting held on")
            && (2..t.len()).any(|n| {
                t.says(n, "meeting held on")
                    && matches!(t.word(n - 1), "its" | "the" | "cabinet")
                    && (n - 2..n).any(|k| t.word(k) == "at")
            })
    }

    /// "we would need to read the policy", "Cllr Moss would join the Committee": what it would take, and who is to sit where.
    pub(super) fn is_supposed(&self, from: usize) -> bool {
        let t = self.t;
        let Some(modal) = (from + 1..t.len().min(from + 9))
            .take_while(|n| !t.breaks_before(*n))
            .find(|n| matches!(t.word(*n), "would" | "will" | "should" | "shall" | "to"))
        else {
            return false;
        };
        let needs = t.word(modal) == "would" && t.word(modal + 1) == "need" && t.word(modal + 2) == "to";
        needs || self.seats(modal + 1)
    }

    /// "join the Committee", "serve on the Panel", "be made up of three members", "be the representative on": who sits where.
    pub(super) fn seats(&self, verb: usize) -> bool {
        let t = self.t;
        let body = |from: usize| {
            (from..t.len().min(from + 5)).any(|n| {
                matches!(
                    t.word(n),
                    "committee" | "sub-committee" | "subcommittee" | "board" | "panel" | "group" | "forum" | "party"
                )
            })
        };
        let on = |n: usize| matches!(t.word(n), "on" | "onto");
        match t.word(verb) {
            "join" => body(verb + 1),
            "serve" if verb + 1 >= t.len() || t.word(verb + 1) == "as" => true,
            // "Cllr Hoad should stay on as Vice-Chairman", "the officers remain in post".
            "remain" | "stay" | "continue" if t.find(verb, t.len(), "and").is_some() => false,
            "remain" | "stay" | "continue"
                if t.word(verb + 1) == "as" && (t.is_capital(verb + 2) || t.is(verb + 2, Kinds::LISTED_OFFICE))
                    || t.says(verb + 1, "in post")
                    || t.says(verb + 1, "in office") =>
            {
                true
            }
            "serve" | "sit" | "come" | "go" | "remain" | "stay" => on(verb + 1) && body(verb + 2),
            "be" => {
                matches!(t.word(verb + 1), "made" | "composed" | "comprised" | "constituted")
                    && matches!(t.word(verb + 2), "up" | "of")
                    || t.says(verb + 1, "a member") && body(verb + 3)
                    || matches!(t.word(verb + 1), "the" | "our")
                        && matches!(
                            t.word(verb + 2),
                            "representative" | "chair" | "chairman" | "secretary" | "treasurer"
                        )
                    || (verb + 2..verb + 5).any(|n| t.word(n) == "signatory")
            }
            _ => false,
        }
    }

    /// "… and the Warden to warn the owners" in the words behind `verb`: where it begins, and its "to". Whom somebody
    /// asks has nothing to do of his own.
    pub(super) fn order_beside(&self, verb: usize, to: usize) -> Option<(usize, usize)> {
        let t = self.t;
        let asks = |n: usize| {
            matches!(
                t.word(n),
                "ask"
                    | "asked"
                    | "invite"
                    | "request"
                    | "allow"
                    | "instruct"
                    | "authorise"
                    | "authorize"
                    | "direct"
                    | "require"
                    | "want"
                    | "urge"
                    | "get"
                    | "enable"
                    | "permit"
                    | "help"
                    | "remind"
                    | "tell"
                    | "call"
                    | "advise"
                    | "encourage"
                    | "order"
                    | "for"
                    | "between"
                    | "like"
                    | "approve"
                    | "delegate"
                    | "task"
                    | "appoint"
            )
        };
        t.find(verb + 3, to.saturating_sub(1), "to")?;
        self.gapped(verb + 1, to).into_iter().find(|(start, _)| {
            *start > verb + 1 && t.word(start - 1) == "and" && !(verb.saturating_sub(2)..*start).any(asks)
        })
    }

    /// Where a directive ends in front of a remark: "… -- which suits her", "… (the hall is shut at eight)".
    pub(super) fn before_remark(&self, from: usize, to: usize) -> usize {
        let t = self.t;
        let open = (from + 3..to).find(|n| {
            t.gap(*n).contains("--")
                || t.gap(*n).contains('(')
                    && (n + 1..to).any(|k| {
                        is_finite(t, k)
                            && (super::clause::is_auxiliary(t.word(k))
                                || matches!(
                                    t.word(*n),
                                    "the" | "it" | "this" | "he" | "she" | "they" | "which" | "there"
                                ))
                    })
                    && !(n + 1..to).any(|k| t.gap(k).contains(')'))
        });
        // "…, as the Clerk advised that it is not ready": why.
        let why = (from + 3..to.saturating_sub(3)).find(|n| {
            t.word(*n) == "as"
                && t.gap(*n).contains(',')
                && matches!(t.word(n + 1), "the" | "he" | "she" | "they" | "it")
                && (n + 2..to.min(n + 6)).any(|k| is_finite(t, k) || t.word(k) == "advised")
                && to - n > 5
                // "…, as the stock is low, by 14 March": what follows is no reason.
                && !(n + 1..to).any(|k| t.gap(k).contains(','))
        });
        open.into_iter().chain(why).min().unwrap_or(to)
    }

    /// "had confirmed that all banks will be removed": told in the pluperfect.
    pub(super) fn said_before(&self, start: usize) -> bool {
        let t = self.t;
        start > 2
            && t.word(start - 1) == "that"
            && (start.saturating_sub(4)..start).any(|n| {
                matches!(
                    t.word(n),
                    "said" | "confirmed" | "stated" | "advised" | "reported" | "told" | "indicated" | "written"
                ) && n > 0
                    && (t.word(n - 1) == "had" || n > 1 && t.word(n - 2) == "had")
            })
    }

    /// Where the subject of the modal at `at` begins behind a clause of reason or time that no comma ends: "as no request was
    /// made the Council will fill the seat".
    pub(super) fn main_subject(&self, start: usize, at: usize) -> usize {
        let t = self.t;
        let opens = start > 0
            && matches!(
                t.word(start - 1),
                "as" | "since"
                    | "because"
                    | "if"
                    | "when"
                    | "once"
                    | "after"
                    | "before"
                    | "until"
                    | "although"
                    | "while"
            );
        if !opens || at < start + 3 {
            return start;
        }
        let Some(finite) = (start + 1..at).rev().find(|n| is_finite(t, *n) || third_person(t, *n) && !t.is_capital(*n))
        else {
            return start;
        };
        if finite + 1 < at && matches!(t.word(at - 1), "he" | "she" | "they" | "we" | "it") {
            return at - 1;
        }
        let determined = |n: usize| {
            matches!(
                t.word(n),
                "the" | "a" | "an" | "all" | "this" | "these" | "our" | "its" | "their" | "each" | "any" | "no"
            )
        };
        let opens = |n: &usize| {
            let before = t.word(n - 1);
            let inside =
                matches!(before, "the" | "a" | "an" | "our" | "its" | "their" | "and" | "or") || t.is_capital(n - 1);
            (determined(*n) || t.is_capital(*n))
                && !inside
                && !super::clause::preposition(before)
                && !super::clause::is_auxiliary(before)
        };
        // "as soon as it is settled letters will go out": one noun in the plural.
        let plural = at - 1 > finite + 1 && t.word(at - 1).ends_with('s') && super::modal::participle(t.word(at - 2));
        (finite + 1..at).rev().find(opens).unwrap_or(if plural { at - 1 } else { start })
    }

    /// "will come up in item 11", "shall be dealt with below": the minutes speak of themselves.
    pub(super) fn refers(&self, verb: usize) -> bool {
        let t = self.t;
        let leaves = t.word(verb) == "leave"
            && (verb + 1..t.len().min(verb + 4)).any(|n| matches!(t.word(n), "room" | "meeting" | "chamber"));
        leaves
            || t.word(verb) == "be"
                && (verb + 2..t.len().min(verb + 6)).any(|n| {
                    t.word(n) == "below" && n + 1 >= t.len()
                        || matches!(t.word(n), "in" | "under" | "at" | "see")
                            && matches!(t.word(n + 1), "item" | "minute" | "agenda")
                            && (t.word(n + 2).starts_with(|c: char| c.is_ascii_digit()) || t.word(n + 2) == "item")
                })
    }

    /// "Noted that the mast should be up by May": somebody says so, and nothing is ordered.
    pub(super) fn only_noted(&self, start: usize) -> bool {
        let t = self.t;
        start > 1
            && t.word(start - 1) == "that"
            && (0..start).any(|n| t.word(n) == "noted")
            && !(0..start).any(|n| t.is(n, Kinds::DECIDING | Kinds::ORDERING))
    }

    /// "will be on the agenda for May", "will come back as an item of the agenda": it will be dealt with.
    pub(super) fn tables(&self, verb: usize) -> bool {
        let t = self.t;
        matches!(t.word(verb), "be" | "go" | "come" | "appear")
            && (verb + 1..t.len().min(verb + 6)).any(|n| t.word(n) == "agenda")
            && !(verb + 1..t.len().min(verb + 6)).any(|n| matches!(t.word(n), "published" | "available"))
    }

    /// "The working group will meet on 5 May": when, and nothing that is to be done.
    pub(super) fn only_meets(&self, verb: usize) -> bool {
        let t = self.t;
        let when = |n: usize| {
            matches!(t.word(n), "on" | "at" | "again" | "next" | "in" | "every")
                || t.word(n).starts_with(|c: char| c.is_ascii_digit())
        };
        t.word(verb) == "meet"
            && (verb + 1 == t.len() || when(verb + 1))
            && !(verb + 1..t.len()).any(|n| t.word(n) == "with" || t.word(n) == "to" && is_infinitive(t, n + 1))
    }

    /// "The leaflet will ask for views", "a notice would remind owners": the body says so by a paper of its own.
    pub(super) fn speaks(&self, start: usize, at: usize, verb: usize) -> bool {
        let t = self.t;
        let paper = matches!(
            t.word(at - 1 - usize::from(at > start + 1 && t.word(at - 1) == "also")),
            "leaflet"
                | "newsletter"
                | "notice"
                | "notices"
                | "poster"
                | "posters"
                | "article"
                | "letter"
                | "letters"
                | "email"
                | "website"
                | "signs"
                | "flyer"
                | "survey"
                | "questionnaire"
                | "report"
        );
        let says = matches!(
            t.word(verb),
            "request"
                | "ask"
                | "remind"
                | "include"
                | "invite"
                | "explain"
                | "inform"
                | "state"
                | "mention"
                | "list"
                | "contain"
                | "advise"
                | "tell"
                | "urge"
                | "encourage"
                | "seek"
                | "advertise"
                | "thank"
                | "set"
                | "detail"
                | "outline"
        );
        paper && says
    }
}

/// "advised that a form had to be returned": whether somebody says what stands at a word.
pub(super) fn is_reported(t: &Tokens<'_>, n: usize) -> bool {
    let that = (n.saturating_sub(12)..n).rev().find(|k| t.word(*k) == "that");
    that.is_some_and(|that| {
        (that.saturating_sub(4)..that).any(|k| {
            t.is(k, Kinds::DECIDING)
                || matches!(
                    t.word(k),
                    "advised" | "stated" | "said" | "explained" | "confirmed" | "stressed" | "informed" | "noted"
                )
        })
    })
}

/// "The contractor would be back on site on Monday": somebody undertakes to come.
pub(super) fn present(t: &Tokens<'_>, be: usize, subject: &Subject) -> bool {
    // "the host will be responsible for inviting them".
    if t.says(be + 1, "responsible for") && t.word(be + 3).ends_with("ing") {
        return true;
    }
    let back = be + 1 + usize::from(matches!(t.word(be + 1), "back" | "present"));
    matches!(subject, Subject::Owner(_))
        && ["on site", "in attendance", "on hand", "here", "in the office", "at the office", "in town", "out to"]
            .iter()
            .any(|place| t.says(back, place))
}

/// "paving will be complete by 30 August": a state, and its day.
pub(super) fn finished(t: &Tokens<'_>, be: usize) -> bool {
    let state = be + 1 + usize::from(matches!(t.word(be + 1), "fully" | "all" | "back"));
    let reached = matches!(t.word(state), "complete" | "operational" | "open" | "ready" | "online")
        || ["in place", "in service", "in operation", "in use"].iter().any(|words| t.says(state, words));
    t.word(be) == "be"
        && reached
        && super::due::find_in(t, &crate::due::Anchor::default())
            .iter()
            .any(|time| time.binding && time.range.start > t.start(be))
}
