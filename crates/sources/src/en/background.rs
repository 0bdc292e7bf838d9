//! What stands in minutes and orders nothing: recitals, questions put to a body, notices of motion, the announcement of
//! what a communiqué then says in full, advice to whoever wishes.

use super::lexicon::Kinds;
use super::tokens::Tokens;

/// "WHEREAS, the bridge …": why a resolution is made.
pub(super) fn is_recital(words: &str) -> bool {
    let bare = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let bare = strip(bare, "and ").unwrap_or(bare);
    strip(bare, "whereas").is_some()
}

/// "Councillor Fahy: “To ask when the quay will be opened”", "gave notice that she would move": not yet put.
pub(super) fn is_only_put(t: &Tokens<'_>) -> bool {
    let asked = (0..t.len().min(12)).find(|n| t.says(*n, "to ask"));
    let asked = asked.is_some_and(|n| n == 0 || t.gap(n).contains(['“', '"', ':', '‘']));
    let notice = (1..t.len().min(14)).any(|n| {
        t.word(n) == "notice"
            && matches!(t.word(n - 1), "gave" | "given" | "gives")
            && (n + 1..n + 12).any(|k| matches!(t.word(k), "move" | "propose" | "motion" | "moving"))
    });
    asked || notice
}

/// "The meeting heard a report on …, decided to …, arranged … and adopted …": what the paragraphs below say in full.
pub(super) fn announces(t: &Tokens<'_>) -> bool {
    let did = |n: usize| {
        matches!(
            t.word(n),
            "heard"
                | "reviewed"
                | "studied"
                | "discussed"
                | "deliberated"
                | "considered"
                | "decided"
                | "arranged"
                | "adopted"
                | "approved"
                | "conveyed"
                | "examined"
                | "made"
                | "laid"
        )
    };
    let opens = (1..t.len().min(6)).any(|n| t.is(n, Kinds::BODY) && did(n + 1));
    let rows = (2..t.len()).filter(|n| did(*n) && (t.breaks_before(*n) || t.word(n - 1) == "and")).count();
    let heard = (0..t.len()).any(|n| matches!(t.word(n), "heard" | "studied" | "reviewed" | "discussed"));
    opens && heard && rows >= 2
}

/// "any councillor wishing to attend should", "residents who want a bin must": whoever wishes is advised, nobody is told.
pub(super) fn is_advice(t: &Tokens<'_>, from: usize, to: usize) -> bool {
    let wishing = (from..to).any(|n| {
        matches!(t.word(n), "wishing" | "interested" | "wanting" | "wish" | "wishes")
            || matches!(t.word(n), "who" | "that") && matches!(t.word(n + 1), "want" | "wants" | "require")
    });
    let whole = matches!(t.word(from), "no" | "every" | "each" | "all" | "any");
    wishing
        || !whole
            && t.is(to.saturating_sub(1), Kinds::NOBODY)
            && to > from + 1
            && to - from <= 3
            && !t.is_capital(to - 1)
}

/// What follows `word`, in capitals or not.
pub(super) fn strip<'t>(words: &'t str, word: &str) -> Option<&'t str> {
    let head = words.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &words[word.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(words: &str) -> Tokens<'_> {
        Tokens::of(words, 0..words.len())
    }

    #[test]
    fn a_recital_orders_nothing() {
        assert!(is_recital("WHEREAS, the State requires that counties should pay; and"));
        assert!(is_recital("AND WHEREAS the culvert must be replaced"));
        assert!(!is_recital("NOW THEREFORE BE IT RESOLVED that the culvert be replaced"));
    }

    #[test]
    fn what_is_only_asked_or_announced_is_not_decided() {
        assert!(is_only_put(&tokens("Councillor Daly: “To ask when the slip will be repaired")));
        assert!(is_only_put(&tokens("Cllr Moss gave notice that she would move that the gate be shut")));
        assert!(!is_only_put(&tokens("The Clerk was told to ask for prices")));
        let lead = "The meeting heard a report on wells, decided to cut the fee, and adopted the draft rules";
        assert!(announces(&tokens(lead)));
        assert!(!announces(&tokens("The meeting decided to cut the fee and adopted the draft rules")));
    }
}
