//! Past participles: "cleared", "built", "sent".

use super::tokens::Tokens;

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
