//! Motions of which notice was given: their words stand in quotation marks, and what became of them is told behind.

use crate::marks::marks;
use std::ops::Range;

use super::background::{FIRST_PERSON, strip};
use super::resolution::motion_clause;
use super::sentence::Setting;
use crate::draft::Draft;
use crate::phrases::{Phrases, any_of};

/// How far behind a motion what became of it may stand, in bytes.
const REACH: usize = 2_500;

/// "No. 21 – Cllr Moss: “That the Council write …”", "“I will move at the next meeting that …”": reads the words of the
/// motion if it was carried, and says where they end. One of which nothing is told is only offered.
pub(super) fn noticed(setting: &Setting<'_>, paragraph: Range<usize>, out: &mut Vec<Draft>) -> Option<usize> {
    let words = &setting.text[paragraph.clone()];
    let open = marks!['“', '"', '‘'].find(words)?;
    let lead = &words[..open];
    let quote = &words[open..];
    let inside = quote.trim_start_matches(['“', '"', '‘']);
    let that = put(inside)?;
    // "Motion in the name of Cllr Quinn", and its words on the next line.
    let above = setting.text[..paragraph.start].trim_end().rsplit('\n').next().unwrap_or("");
    let announced = lead.trim().is_empty() && above.len() < 120 && gives_notice(&format!("{above}:"), inside);
    if lead.len() > 120 || !announced && !gives_notice(lead, inside) {
        return None;
    }
    let start = paragraph.start + open + (quote.len() - inside.len());
    let end = inside.find(['”', '"', '’']).filter(|end| *end > that + 10);
    let end = start + end.unwrap_or(inside.len());
    let told = became(&setting.text[end..setting.text.floor_char_boundary(end + REACH)]);
    let known = out.len();
    if told != Some(false) {
        motion_clause(setting, start + that..end, out);
    }
    for draft in &mut out[known..] {
        draft.low |= told.is_none();
    }
    Some(end)
}

/// Where the words of a motion begin: behind "That", "I will move at the next meeting that".
fn put(inside: &str) -> Option<usize> {
    if let Some(rest) = strip(inside, "that ") {
        return Some(inside.len() - rest.len());
    }
    let scanned = FIRST_PERSON.iter().any(|i| strip(inside, i).is_some_and(|rest| strip(rest, " will move").is_some()));
    let moves = ["i move", "i hereby move", "i propose", "to move", "i wish to move", "i will propose"];
    let found = scanned || moves.iter().any(|words| strip(inside, words).is_some());
    if !found {
        return None;
    }
    let that = inside.find("that ").filter(|at| *at < 90)?;
    Some(that + "that ".len())
}

/// Whether what stands before the quotation mark leads to a motion that is put, and to none that is already carried.
fn gives_notice(lead: &str, inside: &str) -> bool {
    let lower = lead.to_ascii_lowercase();
    let settled = any_of!["resolved", "resolution", "agreed", "carried", "replied", "reply", "stated", "said"];
    if settled.stands_in(&lower) {
        return false;
    }
    let own = strip(inside, "i ").is_some();
    let named = any_of!["cllr", "councillor", "motion", "member", "deputy", "submitted", "proposed", "moved", "no."];
    own || named.stands_in(&lower) && lead.trim_end().ends_with([':', ',', '-', '–', '—'])
}

/// What became of a motion: carried, or lost, withdrawn, deferred, referred.
fn became(behind: &str) -> Option<bool> {
    let next = ["“I will", "\"I will", "“That ", "\"That ", "otice of Motion submitted", "NOTICE OF MOTION"];
    let until = next.iter().filter_map(|words| behind.find(words)).min();
    let lower = behind[..until.unwrap_or(behind.len())].to_ascii_lowercase();
    static DROPPED: Phrases = Phrases::of(&[
        "withdrawn",
        "withdrew",
        "be referred",
        "was referred",
        "referred to",
        "to refer",
        "to defer",
        "be deferred",
        "was deferred",
        "deferred to",
        "defeated",
        "motion lost",
        "was lost",
        "declared lost",
        "fell",
        "not carried",
        "not seconded",
        "no seconder",
        "ruled out of order",
        "negatived",
    ]);
    static CARRIED: Phrases = Phrases::of(&[
        "and agreed",
        "agreed.",
        "agreed unanimously",
        "unanimously agreed",
        "was agreed",
        "motion agreed",
        "carried",
        "adopted",
        "and resolved",
        "was passed",
        "motion passed",
        "unanimously supported",
        "agreed by all",
        "all in favour",
        "all in favor",
    ]);
    let dropped = DROPPED.find(&lower).map(|found| found.0);
    let carried = CARRIED.find(&lower).map(|found| found.0);
    match (dropped, carried) {
        // "It was agreed to defer it", "… be referred to the District. Agreed.": the same sentence or the one before.
        (Some(dropped), Some(carried)) if dropped > carried => {
            Some(lower[carried..dropped].trim_end_matches('.').contains('.'))
        }
        (Some(_), _) => Some(false),
        (None, carried) => carried.map(|_| true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_a_motion() {
        assert_eq!(became("”. Seconded by Cllr Moss and Agreed."), Some(true));
        assert_eq!(became("”. It was agreed to defer this item."), Some(false));
        assert_eq!(became("”. It was proposed that the motion be referred to the Committee. Agreed."), Some(false));
        assert_eq!(became("”. The motion was carried. A second item was withdrawn."), Some(true));
        assert_eq!(became("”. The Engineer said that this would cost much."), None);
        assert_eq!(became("”. Noted.\n“That the quay be lit”. Agreed."), None);
    }

    #[test]
    fn the_words_of_a_motion_begin_behind_that() {
        assert_eq!(put("That the slip be repaired"), Some(5));
        assert_eq!(put("I will move at the next Meeting that the slip be repaired").map(|at| at > 30), Some(true));
        assert_eq!(put("I will ask at the next Meeting that"), None);
    }
}
