//! Past participles: "cleared", "built", "sent"; and by whom something is done.

use super::owner::Subject;
use super::sentence::Reader;
use super::tokens::Tokens;
use std::ops::Range;

impl Reader<'_, '_> {
    /// "… be carried out by the Clerk".
    pub(super) fn agent(&self, verb: usize) -> Option<Range<usize>> {
        let t = self.t;
        let by = t.find(verb, t.len().min(verb + 12), "by")?;
        // "they will be told that the sign by the school is gone": of another clause.
        if t.find(verb, by, "that").is_some() {
            return None;
        }
        if leads_on(t.word(by.saturating_sub(1))) {
            return None;
        }
        // "increased by CPI": how much, and not by whom; "guided by the plan": by what.
        if matches!(
            t.word(by.saturating_sub(1)),
            "guided"
                | "driven"
                | "inspired"
                | "underpinned"
                | "increased"
                | "reduced"
                | "raised"
                | "cut"
                | "lowered"
                | "extended"
        ) {
            return None;
        }
        // "by Nov. 30", "by Friday".
        let time = super::time::time(t, by + 1, &crate::due::Anchor::default(), super::due::Tie::By);
        if time.is_some() || super::time::weekday(t.word(by + 1)).is_some() {
            return None;
        }
        // "by tahsildars at least twice": the name ends before what places it.
        let stop = (by + 2..t.len().min(by + 7)).find(|n| {
            t.word(*n) != "of" && super::clause::preposition(t.word(*n))
                || matches!(t.word(*n), "every" | "each" | "once" | "twice")
        });
        (by + 2..=stop.unwrap_or(t.len().min(by + 6)).min(by + 6)).rev().find_map(|end| {
            match self.subject(by + 1, end) {
                Subject::Owner(range) => Some(range),
                Subject::Pronoun | Subject::Nobody | Subject::Thing => None,
            }
        })
    }
}

/// Whether a phrase is over before a word: no noun follows.
pub(super) fn ends_phrase(t: &Tokens<'_>, n: usize) -> bool {
    n >= t.len()
        || t.breaks_before(n)
        || super::clause::preposition(t.word(n))
        || matches!(
            t.word(n),
            "asap" | "urgently" | "again" | "soon" | "now" | "and" | "back" | "off" | "out" | "up" | "down"
        )
}

/// A past participle.
pub(super) fn participle(word: &str) -> bool {
    // "relaid", "rebuilt".
    let word = word.strip_prefix("re").filter(|stem| stem.len() > 3 && !stem.ends_with("ed")).unwrap_or(word);
    word.ends_with("ed")
        || matches!(
            word,
            "lit"
                | "shut"
                | "driven"
                | "dealt"
                | "lent"
                | "input"
                | "led"
                | "fed"
                | "broken"
                | "heard"
                | "hidden"
                | "grown"
                | "mown"
                | "swept"
                | "taught"
                | "thrown"
                | "withdrawn"
                | "bound"
                | "split"
                | "spread"
                | "struck"
                | "torn"
                | "hit"
                | "run"
                | "got"
                | "sown"
                | "let"
                | "made"
                | "done"
                | "held"
                | "put"
                | "set"
                | "sent"
                | "taken"
                | "given"
                | "brought"
                | "built"
                | "bought"
                | "kept"
                | "paid"
                | "met"
                | "written"
                | "drawn"
                | "laid"
                | "found"
                | "cut"
                | "begun"
                | "chosen"
                | "sought"
                | "told"
                | "left"
                | "sold"
                | "undertaken"
                | "shown"
                | "read"
                | "hung"
                | "dug"
                | "spent"
        )
}

/// "followed by the July meeting": what comes with a thing, neither who does it nor until when.
pub(super) fn leads_on(word: &str) -> bool {
    matches!(word, "followed" | "preceded" | "accompanied")
}
