//! What may be meant as a directive and is not sure to be: it is offered, and the clerk decides. What is put off or passed
//! on, papers that somebody wants, power that is given, what is only said to be due, a bullet that opens with a verb.

use super::clause::is_finite;
use super::lexicon::Kinds;
use super::sentence::{Found, Reader};
use super::verb_phrase::is_verb;
use crate::Rule;
use crate::draft::Draft;
use crate::due::Anchor;

impl Reader<'_, '_> {
    /// Offers a sentence in which nothing else was found; `item` if it is one of a list.
    pub(super) fn possible(&self, item: bool, out: &mut Vec<Draft>) {
        let t = self.t;
        let Some((from, rule)) = self.cue(item) else { return };
        // "Mr Lane offered to mend it and this was agreed": it was taken up.
        let offer = (1..t.len()).find(|n| t.says(*n, "offered to"));
        let taken = offer.and_then(|offer| {
            (offer + 3..t.len()).find(|n| {
                matches!(t.word(*n), "this" | "which" | "that" | "offer")
                    && t.word(n + 1) == "was"
                    && (n + 2..n + 4).any(|k| matches!(t.word(k), "agreed" | "accepted" | "approved" | "welcomed"))
            })
        });
        if let (Some(offer), Some(taken)) = (offer, taken) {
            let start = self.clause_start(offer);
            let have = usize::from(matches!(t.word(offer - 1), "has" | "had" | "kindly"));
            let end = taken - usize::from(t.word(taken - 1) == "and");
            out.push(self.draft(start, end, Found::by(rule, self.owner_in(start, offer - have))));
            return;
        }
        out.push(self.draft(from, t.len(), Found { low: true, ..Found::by(rule, None) }));
    }

    /// Where what may be a directive begins, and what it would be.
    fn cue(&self, item: bool) -> Option<(usize, Rule)> {
        let t = self.t;
        let opens = is_verb(t, 0) && t.is(0, Kinds::LISTED_VERB) && t.len() > 2 && !self.procedural(0);
        if item && opens && !(1..t.len().min(6)).any(|n| is_finite(t, n) && !t.breaks_before(n)) {
            return Some((0, Rule::EnImperative));
        }
        let wanted = (0..t.len()).find(|n| self.wants_paper(*n));
        if let Some(verb) = wanted {
            return Some((verb, Rule::EnDecided));
        }
        // "Mr Lane offered to repair the gate".
        let offered =
            |n: usize| t.says(n, "offered to") && is_verb(t, n + 2) && !matches!(t.word(n - 1), "had" | "was" | "be");
        if (1..t.len()).any(|n| self.passes_on(n) || self.empowers(n) || offered(n)) {
            return Some((0, Rule::EnDecided));
        }
        self.falls_due().then_some((0, Rule::EnNecessity))
    }

    /// "asked for a progress report", "requested an update".
    fn wants_paper(&self, n: usize) -> bool {
        let t = self.t;
        let object = match t.word(n) {
            "requested" | "requests" | "sought" => n + 1,
            "asked" | "asks" if t.word(n + 1) == "for" => n + 2,
            _ => return false,
        };
        let asked = n > 0 && !matches!(t.word(n - 1), "as" | "was" | "were" | "been" | "had" | "previously" | "not");
        let paper = |k: usize| {
            t.is(k, Kinds::PAPER | Kinds::PRODUCT)
                || matches!(
                    t.word(k),
                    "update" | "updates" | "figures" | "briefing" | "breakdown" | "costings" | "copies"
                )
                || matches!(t.word(k), "information" | "details" | "clarification" | "quotes" | "prices" | "paper")
        };
        asked && (object..t.len().min(object + 5)).take_while(|k| *k == object || !t.breaks_before(*k)).any(paper)
    }

    /// "was referred to the Finance Committee", "deferred to the May meeting".
    fn passes_on(&self, n: usize) -> bool {
        let t = self.t;
        let passed = matches!(t.word(n), "referred" | "deferred" | "tabled" | "postponed" | "remitted" | "forwarded")
            && matches!(t.word(n + 1), "to" | "until" | "back");
        // "the report referred to the flood": it spoke of it.
        let told =
            t.word(n) == "referred" && !matches!(t.word(n - 1), "was" | "were" | "be" | "is" | "are" | "and" | "then");
        passed && !told && !matches!(t.word(n - 1), "had" | "previously" | "been")
    }

    /// "was given authority to sign", "was left with the Clerk to arrange", "was appointed to".
    fn empowers(&self, n: usize) -> bool {
        let t = self.t;
        let given = t.word(n) == "given"
            && (n + 1..n + 4)
                .any(|k| matches!(t.word(k), "authority" | "permission" | "until" | "power" | "powers" | "days"));
        let granted = matches!(t.word(n), "authority" | "permission") && matches!(t.word(n + 2), "given" | "granted");
        let left = t.says(n, "left with");
        let named =
            matches!(t.word(n), "appointed" | "nominated" | "designated") && matches!(t.word(n - 1), "was" | "were");
        (given || granted || left || named) && t.find(n, t.len().min(n + 12), "to").is_some_and(|to| is_verb(t, to + 1))
    }

    /// "Tenders are due by 20 March": something comes by a day, and nothing is told of the past.
    fn falls_due(&self) -> bool {
        let t = self.t;
        let past = (0..t.len()).any(|n| {
            matches!(t.word(n), "was" | "were" | "had" | "has" | "have" | "did")
                || super::clause::is_finite(t, n) && !super::clause::is_auxiliary(t.word(n))
        });
        let said = (0..t.len()).any(|n| matches!(t.word(n), "may" | "might" | "could" | "can" | "cannot" | "not"));
        !past && !said && t.len() > 4 && super::due::find_in(t, &Anchor::default()).iter().any(|due| due.binding)
    }
}
