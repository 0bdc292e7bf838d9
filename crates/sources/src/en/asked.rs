//! What is asked for and what is paid, told by a noun: "A breakdown of the costs was requested", "Payments approved", "approval
//! to rent a roller", "The Board would like Reed to price it".

use super::lexicon::Kinds;
use super::modal::participle;
use super::motion::outcome;
use super::owner::Subject;
use super::sentence::{Found, Reader};
use super::verb_phrase::is_infinitive;
use crate::Rule;
use crate::draft::Draft;

impl Reader<'_, '_> {
    /// Reads a request or an approval that is told by a noun; whether it was one.
    pub(super) fn asked_for(&self, after: &str, out: &mut Vec<Draft>) -> bool {
        self.requested(out) || self.approval(after, out) || self.wished(out)
    }

    /// "A breakdown of the costs was requested": what somebody has to bring.
    fn requested(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(verb) = (2..t.len()).find(|n| {
            matches!(t.word(*n), "requested" | "sought")
                && matches!(t.word(n - 1), "was" | "were")
                && (n + 1 >= t.len()
                    || t.breaks_before(n + 1)
                    || matches!(t.word(n + 1), "on" | "of" | "from" | "for" | "in" | "by"))
        }) else {
            return false;
        };
        let from = self.clause_start(verb - 1);
        let brought = (from..verb - 1).any(|n| {
            t.is(n, Kinds::PRODUCT)
                || matches!(
                    t.word(n),
                    "breakdown"
                        | "update"
                        | "updates"
                        | "details"
                        | "figures"
                        | "information"
                        | "clarification"
                        | "copy"
                        | "copies"
                        | "quote"
                        | "quotes"
                        | "costings"
                        | "briefing"
                        | "explanation"
                        | "feedback"
                )
        });
        let told = (0..from).any(|n| matches!(t.word(n), "which" | "that" | "as"));
        if !brought || told || matches!(t.word(from), "it" | "which" | "that" | "as") {
            return false;
        }
        out.push(self.draft(from, t.len(), Found::by(Rule::EnDecided, None)));
        true
    }

    /// "Approval to rent a roller for $900. Motion carried."
    fn approval(&self, after: &str, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(to) = (1..t.len().min(8)).find(|n| {
            t.word(*n) == "to"
                && matches!(t.word(n - 1), "approval" | "permission" | "authorization" | "authorisation" | "consent")
                && is_infinitive(t, n + 1)
        }) else {
            return false;
        };
        let moved = (to..t.len()).any(|n| t.word(n) == "motion");
        let opens = to == 1
            || (0..to - 1).all(|n| {
                matches!(t.word(n), "discussion" | "and" | "for" | "of" | "or" | "final" | "board" | "council")
            });
        let own = t.text.to_ascii_lowercase();
        if !opens || !moved && !after.to_ascii_lowercase().contains("motion") || self.procedural(to + 1) {
            return false;
        }
        let carried = outcome(&own, after);
        if carried != Some(false) {
            let owner = self.told(to + 1);
            let found = Found { low: carried.is_none(), ..Found::by(Rule::EnMotion, owner) };
            out.push(self.draft(to + 1, self.before_outcome(to + 1), found));
        }
        true
    }

    /// "Payments approved", "The following accounts were approved for payment": what is to be paid.
    pub(super) fn paid(&self, after: &str, out: &mut Vec<Draft>) -> bool {
        if self.put_for_payment(after, out) {
            return true;
        }
        let t = self.t;
        let Some(noun) = (0..t.len().min(8)).find(|n| {
            let noun = matches!(
                t.word(*n),
                "payments"
                    | "payment"
                    | "invoices"
                    | "bills"
                    | "cheques"
                    | "accounts"
                    | "expenditure"
                    | "expenditures"
                    | "vouchers"
                    | "warrants"
            );
            let be = n + 1 + usize::from(matches!(t.word(n + 1), "was" | "were" | "are" | "be"));
            // "Bills were read and accepted for payment".
            let shown = matches!(t.word(be), "presented" | "checked" | "read" | "circulated" | "considered")
                && t.word(be + 1) == "and";
            let be = be + 2 * usize::from(shown);
            let accepted = t.says(be, "accepted for payment") || t.says(be, "passed for payment");
            noun && (accepted || matches!(t.word(be), "approved" | "authorised" | "authorized" | "agreed" | "passed"))
                && !t.breaks_before(be)
        }) else {
            return false;
        };
        let plain = |n: usize| {
            matches!(
                t.word(n),
                "the"
                    | "following"
                    | "these"
                    | "those"
                    | "all"
                    | "monthly"
                    | "schedule"
                    | "of"
                    | "list"
                    | "claims"
                    | "listed"
                    | "above"
            ) || t.is(n, Kinds::ACT_NOUN)
        };
        let from = (0..=noun).rev().take_while(|n| *n == noun || plain(*n)).last().unwrap_or(noun);
        // "Bills were read, payments were approved".
        let opens = from > 0 && t.breaks_before(from) && !t.gap(from).contains(':');
        let opens = opens
            || (0..from).all(|n| {
                t.is_capital(n)
                    || matches!(t.word(n), "proposed" | "that" | "resolved" | "and" | "seconded" | "it" | "was")
            });
        if !opens {
            return false;
        }
        let approved = |n: &usize| participle(t.word(*n)) && t.word(n + 1) != "and";
        let verb = (noun + 1..t.len()).find(approved).unwrap_or(noun + 1);
        let end = if t.says(verb + 1, "for payment") { verb + 3 } else { verb + 1 };
        out.push(self.draft(from, end, Found::by(Rule::EnDecided, None)));
        true
    }

    /// "Cllr Moss moved approval for payment", "seconded by Mrs Hale these accounts be passed for payment": what was moved.
    fn put_for_payment(&self, after: &str, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let proposed = |n: usize| (0..n).any(|k| matches!(t.word(k), "proposed" | "seconded" | "moved"));
        let mut payments = (3..t.len()).filter(|n| t.word(*n) == "payment");
        if let Some(payment) = payments.clone().find(|n| t.says(n - 3, "be passed for") && *n > 4 && proposed(n - 3)) {
            out.push(self.draft(payment - 5, payment + 1, Found::by(Rule::EnDecided, None)));
            return true;
        }
        let cleared =
            payments.find(|n| ["approval for", "approval of", "pass for"].iter().any(|words| t.says(n - 2, words)));
        let Some(from) = cleared.map(|payment| payment - 2).filter(|from| proposed(*from)) else { return false };
        // "to deny approval of payment", "approval for payment of the bills": more is said.
        let opens = matches!(t.word(from - 1), "proposed" | "moved" | "seconded") || t.is_capital(from - 1);
        let ends = from + 3 >= t.len()
            || t.breaks_before(from + 3)
            || matches!(t.word(from + 3), "seconded" | "proposed" | "by");
        let moved = opens && ends && outcome(&t.text.to_ascii_lowercase(), after) != Some(false);
        if moved {
            out.push(self.draft(from, from + 3, Found::by(Rule::EnDecided, None)));
        }
        moved
    }

    /// "A quotation from Bonnet was accepted to reset the posts": what is then done for it.
    pub(super) fn quotation_accepted(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let noun = (0..t.len().min(6)).find(|n| matches!(t.word(*n), "quotation" | "quote" | "tender" | "estimate"));
        let Some(verb) = noun.and_then(|noun| {
            (noun + 1..t.len().min(noun + 9))
                .find(|n| matches!(t.word(*n), "accepted" | "approved") && matches!(t.word(n - 1), "was" | "were"))
        }) else {
            return false;
        };
        if (0..verb).any(|n| t.breaks_before(n) && n > 0 || matches!(t.word(n), "which" | "that" | "if" | "not")) {
            return false;
        }
        out.push(self.draft(0, self.before_outcome(verb), Found::by(Rule::EnDecided, None)));
        true
    }

    /// "The Board would like Reed to price it": whom a body wants to do it.
    fn wished(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some((wish, next)) = (1..t.len().min(10)).find_map(|n| match t.word(n) {
            "would" if matches!(t.word(n + 1), "like" | "prefer") => Some((n, n + 2)),
            "wants" | "wanted" | "wishes" | "wished" | "want" => Some((n, n + 1)),
            _ => None,
        }) else {
            return false;
        };
        let body = (0..wish).any(|n| t.is(n, Kinds::BODY) && !t.is(n, Kinds::TITLE))
            && matches!(self.subject(0, wish), Subject::Owner(_));
        let Some(to) = (next + 1..t.len().min(next + 8)).find(|n| t.word(*n) == "to" && is_infinitive(t, n + 1)) else {
            return false;
        };
        let Some(owner) = self.owner_in(next, to).filter(|_| body) else { return false };
        self.orders(0, to, t.len(), &Found::by(Rule::EnDecided, Some(owner)), out);
        true
    }
}
