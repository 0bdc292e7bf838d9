//! The clerk's shorthand, in which sentences run together: "Drain survey overdue Clerk to arrange", "Jan to design the flyer and
//! these will be printed by May"; "Clerk to action" behind what is to be done.

use std::ops::Range;

use super::clause::{is_finite, preposition};
use super::label::is_owner;
use super::lexicon::Kinds;
use super::modal::{modal, participle};
use super::owner::Subject;
use super::sentence::{Reader, Setting};
use super::time::calendar_day;
use super::verb_phrase::{is_infinitive, is_verb, third_person};
use crate::due::Anchor;
use crate::phrases::any_of;

/// "Clerk to action", "Cllr Stone to action this.": whose it is, of what was said before.
pub(super) fn to_action(setting: &Setting<'_>, sentence: Range<usize>) -> Option<Range<usize>> {
    let words = setting.text[sentence.clone()].trim_end().trim_end_matches('.');
    if words.len() > 60 {
        return None;
    }
    let bare = [" this", " it", " the above"].iter().find_map(|end| words.strip_suffix(end)).unwrap_or(words);
    let name = [" to action", " to progress", " to arrange", " to do"].iter().find_map(|end| bare.strip_suffix(end))?;
    let start = sentence.start + (name.len() - name.trim_start().len());
    let range = start..sentence.start + name.len();
    is_owner(setting, range.clone()).then_some(range)
}

/// "Present: G Rook (GR), Chair", "Apologies: Cllr Dale": who was there, and nothing to be done.
pub(super) fn lists_people(words: &str) -> bool {
    let leads = any_of![
        "Present ",
        "Present:",
        "PRESENT",
        "Apologies:",
        "Attending:",
        "In attendance:",
        "In Attendance:",
        "Absent:"
    ];
    let Some(lead) = leads.at(words) else { return false };
    let rest = words[lead.len()..].trim_start_matches([' ', ':', '-', '–']);
    // "Present the accounts in May".
    rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && words.len() < 600 && !words.contains(". ")
}

/// "Members made the following points:", "The following comments were made:": views follow, and no orders.
pub(super) fn makes_points(words: &str) -> bool {
    words.trim_end().ends_with([':', '-'])
        && any_of![
            "following points",
            "following comments",
            "following observations",
            "following views",
            "following questions",
            "following suggestions",
            "points were raised",
            "comments were made"
        ]
        .stands_in(words)
}

impl Reader<'_, '_> {
    /// "…, he said, adding that support should be strengthened": where "adding" stands.
    pub(super) fn said_besides(&self) -> Option<usize> {
        let t = self.t;
        (4..t.len().saturating_sub(4)).find(|n| {
            matches!(t.word(*n), "adding" | "stressing" | "emphasizing" | "emphasising")
                && t.word(n + 1) == "that"
                && t.breaks_before(*n)
        })
    }

    /// "Seat is broken Clerk to write", "rent is still outstanding and Clerk to ring him": the word at which who is to do it
    /// stands, without a mark before.
    pub(super) fn run_on(&self) -> Option<usize> {
        let t = self.t;
        (3..t.len().saturating_sub(1)).filter(|to| t.word(*to) == "to").find_map(|to| {
            let told = t.word(to + 1) == "be" && super::shorthand::is_told(t.word(to + 2));
            if !(is_infinitive(t, to + 1) && t.word(to + 1) != "be" || told) {
                return None;
            }
            let mut from = to;
            while from > 0
                && to - from < 4
                && t.is_capital(from - 1)
                && (from == to || !t.breaks_before(from))
                && !t.gap(from).contains('.')
            {
                from -= 1;
            }
            // "The price was agreed contractor to be informed".
            // "expected trustees to say why": whom the verb governs.
            let governs = || {
                t.is(to - 2, Kinds::ORDERING | Kinds::INVITING)
                    || matches!(t.word(to - 2), "expected" | "wanted" | "needed" | "allowed" | "helped" | "encouraged")
            };
            let office =
                from == to && t.is(to - 1, Kinds::LISTED_OFFICE) && t.word(to - 2).ends_with("ed") && !governs();
            from -= usize::from(office);
            if from == to || from < 2 || t.breaks_before(from) {
                return None;
            }
            let joined = t.word(from - 1) == "and";
            let last = from - 1 - usize::from(joined);
            if last == 0 || joined && (t.is_capital(last) || t.is(last, Kinds::LISTED_OFFICE)) {
                return None;
            }
            let word = t.word(last);
            let asked = t.is(last, Kinds::ORDERING | Kinds::INVITING);
            let stated = participle(word) && !asked && matches!(self.subject(0, last), Subject::Thing);
            let open = preposition(word)
                || matches!(
                    word,
                    "the"
                        | "a"
                        | "an"
                        | "our"
                        | "that"
                        | "to"
                        | "for"
                        | "if"
                        | "as"
                        | "or"
                        | "and"
                        | "by"
                        | "per"
                        | "via"
                        | "when"
                )
                || is_verb(t, last)
                || third_person(t, last)
                || word.ends_with("ing")
                    && !matches!(word, "outstanding" | "missing" | "pending" | "ongoing" | "leaking" | "failing")
                || is_finite(t, last) && !stated && !(participle(word) && (0..last).any(|n| is_finite(t, n)))
                // "have emailed Jan to thank her".
                || participle(word) && (1..last).any(|n| matches!(t.word(n), "has" | "have" | "had") && last - n <= 2)
                || calendar_day(t, from, &Anchor::default()).is_some();
            // "Clerk to write to the nearby schools to compare": one order.
            let ordered = !joined && (1..last).any(|n| t.word(n) == "to" && is_infinitive(t, n + 1));
            // "8 PM to plan the fair".
            let clock = matches!(t.word(to - 1), "pm" | "am" | "p.m" | "a.m");
            let puts = ordered
                || clock
                || (0..=last).filter(|n| *n < last || !stated).any(|n| {
                    t.is(n, Kinds::ORDERING | Kinds::INVITING | Kinds::ORDER | Kinds::CALL | Kinds::DECIDING)
                        || matches!(
                            t.word(n),
                            "motion"
                                | "moved"
                                | "seconded"
                                | "second"
                                | "proposed"
                                | "want"
                                | "wanted"
                                | "like"
                                | "if"
                                | "allow"
                                | "help"
                        )
                });
            let named = office || self.owner_in(from, to).is_some();
            let agreed = office && (0..last).any(|n| matches!(t.word(n), "was" | "were" | "is" | "are"));
            (named && !open && (!puts || agreed)).then_some(from)
        })
    }

    /// "Jan to design the flyer and these will be printed by May", "Mr Dale would list the ditches and copies to be sent
    /// out": where a clause with a subject of its own follows what somebody is to do.
    pub(super) fn joined_clause(&self) -> Option<usize> {
        let t = self.t;
        if !t.holds(Kinds::MODAL) && t.find(0, t.len(), "to").is_none() {
            return None;
        }
        (3..t.len().saturating_sub(2)).filter(|n| t.word(*n) == "and").map(|and| and + 1).find(|start| {
            let and = start - 1;
            let infinitive = (1..and).any(|n| t.word(n) == "to" && is_infinitive(t, n + 1));
            let finite = (0..and).any(|n| is_finite(t, n));
            let future = (1..and).any(|n| matches!(t.word(n), "will" | "would"))
                && !(0..and).any(|n| is_finite(t, n) && !matches!(t.word(n), "will" | "would"));
            let ends = t.len().min(start + 9);
            let own =
                (start + 1..ends).find(|n| modal(t, *n).is_some() || t.says(*n, "to be") && participle(t.word(n + 2)));
            let Some(own) = own else { return false };
            let plain = !is_verb(t, *start)
                && !preposition(t.word(*start))
                && !(*start..own).any(|n| t.breaks_before(n) && n > *start || is_finite(t, n));
            if t.says(own, "to be") {
                return plain && (future || infinitive && !finite) && t.word(start + 1) != "to";
            }
            let fresh = matches!(t.word(*start), "these" | "this" | "it" | "they" | "he" | "she")
                || matches!(self.subject(*start, own), Subject::Owner(_));
            plain && infinitive && !finite && fresh && matches!(t.word(own), "will" | "would" | "should" | "must")
        })
    }

    /// "The county fair will be held": what takes place, whoever holds it.
    pub(super) fn is_festive(&self, from: usize, to: usize) -> bool {
        let t = self.t;
        (from..to).any(|n| {
            matches!(
                t.word(n),
                "fair"
                    | "convention"
                    | "parade"
                    | "festival"
                    | "fete"
                    | "fête"
                    | "carnival"
                    | "show"
                    | "race"
                    | "marathon"
                    | "concert"
                    | "election"
                    | "elections"
                    | "conference"
                    | "ceremony"
                    | "celebration"
                    | "fireworks"
                    | "funeral"
                    | "service"
                    | "party"
                    | "picnic"
                    | "supper"
                    | "breakfast"
                    | "lunch"
                    | "barbecue"
                    | "bbq"
                    | "gala"
                    | "tournament"
                    | "social"
                    | "reception"
                    | "dinner"
                    | "raffle"
                    | "sale"
                    | "market"
            )
        })
    }
}

/// Somebody is to be told: "contractor to be informed".
fn is_told(word: &str) -> bool {
    matches!(
        word,
        "asked"
            | "informed"
            | "contacted"
            | "invited"
            | "requested"
            | "thanked"
            | "notified"
            | "told"
            | "approached"
            | "reminded"
            | "chased"
            | "instructed"
            | "consulted"
    )
}
