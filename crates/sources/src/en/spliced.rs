//! Sentences that run into each other: "…, she will ring the firm" behind no more than a comma, and the condition in front of
//! a clause, wherever in its sentence it stands.

use std::ops::Range;

use super::clause::{is_finite, preposition};
use super::lexicon::Kinds;
use super::modal::{Modal, modal};
use super::sentence::{Found, Reader, Setting};
use super::tokens::Tokens;
use super::verb_phrase::{is_infinitive, is_verb};
use crate::Rule;
use crate::draft::Draft;
use crate::phrases::any_of;

/// The subject of a clause that follows a comma is no longer than this, in words.
const SUBJECT_MAX: usize = 8;
/// A condition is no longer than this, in words.
const CONDITION_MAX: usize = 24;

impl Reader<'_, '_> {
    /// "The gate is broken, the Warden will mend it": where a second sentence begins behind a comma.
    pub(super) fn spliced(&self) -> Option<usize> {
        let t = self.t;
        if !t.holds(Kinds::MODAL) || subordinates(t.word(0)) || preposition(t.word(0)) || t.word(0) == "to" {
            return None;
        }
        let told = (1..t.len()).find(|n| is_finite(t, *n))?;
        // Behind "that", a list of what was said or decided goes on.
        let that = t.find(0, t.len(), "that").unwrap_or(t.len());
        (told + 2..t.len().min(that).saturating_sub(2))
            .filter(|n| t.gap(*n).contains([',', '–', '—']) || t.gap(*n) == " - ")
            .find(|n| {
                let may = |k: usize| matches!(t.word(k), "could" | "may" | "might") && k == n + 1;
                // "The roof leaks – will ring the roofer".
                if t.gap(*n).contains(['–', '—']) && t.word(*n) == "will" && is_infinitive(t, n + 1) {
                    return true;
                }
                let Some(at) = (n + 1..t.len().min(n + SUBJECT_MAX)).find(|k| modal(t, *k).is_some() || may(*k)) else {
                    return false;
                };
                let pronoun = matches!(t.word(*n), "he" | "she" | "they" | "it" | "we" | "this" | "these" | "i");
                let fresh = pronoun || t.is_capital(*n) || matches!(t.word(*n), "the" | "a" | "an" | "all" | "any");
                let will = matches!(modal(t, at), Some((Modal::Will, _))) || may(at);
                let whole = (n + 1..=at).all(|k| !t.breaks_before(k)) && (*n..at).all(|k| !is_finite(t, k));
                // "A, B and C will": names in a row.
                let row = (told..*n).all(|k| !is_finite(t, k) || modal(t, k).is_some() && k == told && k + 1 >= *n);
                let wished = (0..*n).any(|k| t.is(k, Kinds::INVITING | Kinds::ORDERING | Kinds::DECIDING));
                fresh && will && whole && !row && !is_verb(t, *n) && (pronoun || !wished)
            })
    }

    /// "The account will be moved and that will be used", "This must be weighed and allowance should be made": where behind
    /// "and" or "but" a second clause with a subject and a modal of its own begins.
    pub(super) fn second_clause(&self) -> Option<usize> {
        let t = self.t;
        if !t.holds(Kinds::MODAL) {
            return None;
        }
        let ordered =
            (0..t.len()).find(|n| modal(t, *n).is_some() || t.word(*n) == "to" && is_infinitive(t, n + 1) && *n > 0)?;
        // What was only asked, thought or made to depend goes on behind "and".
        let open =
            |n: usize| matches!(t.word(n), "whether" | "if" | "who" | "which" | "suggested" | "felt" | "so" | "ensure");
        // "pipes are to be laid but depth is a worry": what is only told ends the order.
        let but = (ordered + 3..t.len().saturating_sub(2)).find(|n| {
            t.word(*n) == "but"
                && (n + 2..t.len().min(n + 5)).any(|k| matches!(t.word(k), "is" | "are" | "was" | "were" | "has"))
                && !is_verb(t, n + 1)
                && !(0..*n).any(&open)
        });
        if let Some(but) = but {
            return Some(but + 1);
        }
        (ordered + 2..t.len().saturating_sub(2)).filter(|n| matches!(t.word(*n), "and" | "but")).find_map(|and| {
            let opens = and + 1 + usize::from(t.word(and + 1) == "then");
            // "and with three relays, the parish should be reached".
            let placed = preposition(t.word(opens))
                .then(|| (opens + 2..t.len().min(opens + SUBJECT_MAX)).find(|n| t.gap(*n).contains(',')));
            let start = placed.flatten().unwrap_or(opens);
            // "JB to read the plan and the map to be drawn".
            let noted =
                |n: usize| t.says(n, "to be") && super::modal::participle(t.word(n + 2)) && t.word(ordered) == "to";
            let at = (start + 1..t.len().min(start + SUBJECT_MAX)).find(|n| modal(t, *n).is_some() || noted(*n))?;
            // "thank the staff and the volunteers and a card will be sent": the last "and" joins the clause.
            let whole = (start + 1..=at).all(|n| !t.breaks_before(n))
                && (start..at).all(|n| !is_finite(t, n) && t.word(n) != "and");
            let determined = matches!(
                t.word(start),
                "the" | "a" | "an" | "this" | "that" | "these" | "it" | "they" | "he" | "she" | "we" | "all" | "no"
            );
            let bare = at == start + 1 && !is_verb(t, start) && !t.is_capital(start);
            let told = (0..and).any(&open);
            (whole && (determined || bare) && !told && !t.is_capital(at)).then_some(opens)
        })
    }

    /// "Almshouses report (Cllr Crisp to request)": who is to do what, in brackets behind a topic.
    pub(super) fn told_in_brackets(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let known = out.len();
        let mut open = None;
        for n in 1..t.len() {
            if t.gap(n).contains(['(', ')']) {
                open = t.gap(n).ends_with('(').then_some(n);
            }
            let Some(from) = open.filter(|from| n > *from && n - from <= SUBJECT_MAX) else { continue };
            if t.word(n) != "to" || !is_infinitive(t, n + 1) {
                continue;
            }
            let end = (n + 2..t.len()).find(|k| t.gap(*k).contains(')')).unwrap_or(t.len());
            // What stands around the bracket is a topic, and orders nothing itself.
            let outside = (0..from).chain(end..t.len()).any(|k| {
                is_finite(t, k)
                    || modal(t, k).is_some()
                    || t.word(k) == "to" && is_infinitive(t, k + 1)
                    || t.is(k, Kinds::ORDERING | Kinds::DECIDING | Kinds::APPROVING)
                    || k == 0 && is_verb(t, k)
            });
            let declared = matches!(t.word(n + 1), "declare" | "note");
            if let Some(owner) = self.owner_in(from, n).filter(|_| !outside && !declared) {
                self.phrases(from, n + 1, end, Found::by(Rule::EnActionLine, Some(owner)), out);
            }
            open = None;
        }
        out.len() > known
    }

    /// "The path is worn. To obtain a quote and to clear the steps.": what a note says is to be done, in the middle of a
    /// paragraph; `before` is what stands before the sentence.
    pub(super) fn noted_to(&self, before: &str, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        if t.word(0) != "to" {
            return false;
        }
        // "6. To give an update" is the heading of an item.
        let before = before.trim_end_matches(' ');
        let told = before.trim_end_matches(['.', ';']);
        let near = &told[told.floor_char_boundary(told.len().saturating_sub(160))..];
        let tells = any_of![" is ", " are ", " was ", " were ", " has ", " have ", " had ", " need"].stands_in(near);
        let inside = told.len() < before.len() && tells && told.ends_with(|c: char| c.is_ascii_lowercase());
        let order = inside
            && t.is_capital(0)
            && is_infinitive(t, 1)
            && t.len() > 3
            && !self.procedural(1)
            && (0..t.len()).all(|n| !is_finite(t, n) && modal(t, n).is_none());
        if order {
            self.phrases(0, 1, t.len(), Found::by(Rule::EnActionLine, None), out);
        }
        order
    }

    /// "A meeting would be called and a report submitted to it": where, in the words behind the passive at `verb`, a second
    /// thing and its participle stand that share the modal.
    pub(super) fn shared_passive(&self, verb: usize, to: usize) -> Option<usize> {
        let t = self.t;
        if t.word(verb) != "be" {
            return None;
        }
        (verb + 2..to.saturating_sub(2)).filter(|n| t.word(*n) == "and").map(|and| and + 1).find(|start| {
            let noun = matches!(t.word(*start), "a" | "an" | "the" | "all" | "any")
                || matches!(t.word(*start), "funding" | "quotes" | "quotations" | "prices" | "advice" | "permission");
            let done = (start + 1..to.min(start + SUBJECT_MAX)).find(|n| is_brought(t.word(*n)));
            noun && done.is_some_and(|done| {
                (start + 1..=done).all(|n| !t.breaks_before(n) && t.word(n) != "be")
                    && (start + 1..done).all(|n| !is_finite(t, n))
                    && !matches!(t.word(done - 1), "the" | "a" | "any" | "being")
            })
        })
    }

    /// "…, and if none is found a letter will be sent", "as soon as it is known they will be told": where the condition in
    /// front of the subject at `start` begins.
    pub(super) fn condition_before(&self, start: usize) -> Option<usize> {
        let t = self.t;
        let opens = |n: usize| {
            matches!(t.word(n), "if" | "once" | "when" | "unless")
                || t.says(n, "as soon as")
                || t.says(n, "in the event")
        };
        let from = (start.saturating_sub(CONDITION_MAX)..start.saturating_sub(1)).rev().find(|n| opens(*n))?;
        let first =
            from == 0 || t.breaks_before(from) || matches!(t.word(from - 1), "and" | "but" | "that" | "so" | "then");
        let closed = t.gap(start).contains(',')
            || (from + 1..start).any(|n| is_finite(t, n) || super::modal::participle(t.word(n)))
                && (t.is_capital(start)
                    || matches!(t.word(start), "the" | "a" | "an" | "it" | "they" | "this" | "these")
                    || t.word(start).ends_with('s'));
        let one = (from + 1..start).all(|n| modal(t, n).is_none() && (n == from + 1 || !t.breaks_before(n)));
        (first && closed && one).then_some(from)
    }
}

/// Whether a sentence may hold a decision and, behind a comma or "but", a clause of its own.
pub(super) fn may_hold_two(words: &str) -> bool {
    let joined = words.contains(',') || words.contains(" and ") || words.contains(" but ");
    joined && ["ed ", "otion"].iter().any(|end| words.contains(end))
}

/// Where a clause of its own begins after a decision: "…, this payment will be reviewed".
pub(super) fn independent(setting: &Setting<'_>, sentence: Range<usize>) -> usize {
    let tokens = Tokens::of(setting.text, sentence.clone());
    let reader = Reader { setting, t: &tokens };
    let t = reader.t;
    let decided = (0..t.len()).find(|n| {
        t.is(*n, Kinds::ORDERING | Kinds::DECIDING | Kinds::APPROVING) || matches!(t.word(*n), "moved" | "motion")
    });
    let Some(decided) = decided else { return sentence.end };
    let found = (decided + 4..t.len()).filter(|n| modal(t, *n).is_some()).find_map(|modal| {
        let mut start = reader.clause_start(modal);
        // "but if someone wants …": the condition belongs to the clause.
        let condition = (start.saturating_sub(8)..start).rev().find(|n| matches!(t.word(*n), "if" | "when"));
        if let Some(at) = condition.filter(|_| matches!(t.word(start), "he" | "she" | "they" | "it" | "we")) {
            start = at;
        }
        if start > 0 && matches!(t.word(start - 1), "if" | "when") {
            start -= 1;
        }
        let joined = start > decided + 3 && (t.breaks_before(start) || matches!(t.word(start - 1), "but" | "and"));
        let subject = modal > start && modal - start <= 8;
        let fresh = t.is_capital(start)
            || matches!(t.word(start), "the" | "this" | "these" | "it" | "they" | "all" | "each" | "a" | "if" | "no");
        (joined && subject && fresh && t.word(start) != "that").then_some(start)
    });
    match found {
        Some(start) => {
            let joint = matches!(t.word(start - 1), "but" | "and");
            t.end(start - 1 - usize::from(joint)).min(sentence.end)
        }
        None => sentence.end,
    }
}

/// What is done with a thing that somebody has to bring about.
pub(super) fn is_brought(word: &str) -> bool {
    matches!(
        word,
        "submitted"
            | "sought"
            | "sent"
            | "drawn"
            | "installed"
            | "removed"
            | "obtained"
            | "issued"
            | "made"
            | "prepared"
            | "arranged"
            | "paid"
            | "held"
            | "replaced"
            | "repaired"
            | "cleared"
            | "erected"
            | "circulated"
            | "published"
            | "purchased"
            | "ordered"
            | "informed"
            | "notified"
    )
}

/// What opens a clause that leads up to another.
fn subordinates(word: &str) -> bool {
    matches!(
        word,
        "if" | "when"
            | "once"
            | "as"
            | "since"
            | "unless"
            | "until"
            | "although"
            | "though"
            | "while"
            | "whilst"
            | "because"
            | "having"
            | "following"
            | "given"
            | "due"
            | "where"
            | "should"
    )
}
