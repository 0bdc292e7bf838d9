//! What stands in minutes and orders nothing: recitals, questions put to a body, notices of motion, the announcement of
//! what a communiqué then says in full, advice to whoever wishes.

use super::decision::is_be;
use super::lexicon::Kinds;
use super::modal::participle;
use super::sentence::Reader;
use super::tokens::Tokens;
use crate::phrases::any_of;

/// "I", and what scanning makes of it.
pub(super) const FIRST_PERSON: [&str; 4] = ["i", "1", "l", "!"];

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
    // "“I will move in June that": a notice of motion.
    let moves = (0..t.len().min(30)).any(|n| {
        t.says(n, "will move") && t.find(n, n + 12, "meeting").is_some_and(|meeting| t.word(meeting + 1) == "that")
    });
    // "I will ask in June whether the ford can be marked": a question of which notice is given; scanned, "I" is "1" or "l".
    let asks = (0..t.len().min(3)).any(|n| t.says(n, "will ask") && (n == 0 || FIRST_PERSON.contains(&t.word(n - 1))))
        && (0..t.len().min(14)).any(|n| {
            matches!(t.word(n), "if" | "whether" | "why" | "when" | "what") || t.word(n) == "for" && t.word(0) != "will"
        });
    asked || notice || moves || asks
}

/// "a Notice of Motion was read: “That …": its words follow.
pub(super) fn is_put_behind(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    if !before.ends_with([':', '“', '„', '"']) {
        return false;
    }
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(160))..];
    any_of!["otice of Motion", "otice of motion", "OTICE OF MOTION"].stands_in(near)
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

impl Reader<'_, '_> {
    /// A clause with a modal that values, foresees or sees, and orders nothing: its subject begins at `start`, its modal
    /// stands at `at`, its verb at `verb`.
    pub(super) fn is_remark(&self, start: usize, at: usize, verb: usize) -> bool {
        let t = self.t;
        let behind = verb + 1 + usize::from(t.word(verb + 1).ends_with("ly"));
        // "the Council should be ashamed of it", "the band should be commended".
        let felt = t.word(verb) == "be"
            && matches!(
                t.word(behind),
                "ashamed"
                    | "proud"
                    | "grateful"
                    | "thankful"
                    | "careful"
                    | "congratulated"
                    | "commended"
                    | "praised"
                    | "applauded"
                    | "affirmed"
                    | "pleased"
                    | "embarrassed"
                    | "worried"
                    | "concerned"
                    | "wary"
                    | "patient"
                    | "better"
                    | "fine"
                    | "appropriate"
                    | "useful"
                    | "helpful"
                    | "beneficial"
                    | "acceptable"
                    | "likely"
                    | "wrong"
                    | "impossible"
                    | "premature"
                    | "illegal"
                    | "unwise"
                    | "difficult"
                    | "unfair"
                    | "inappropriate"
                    | "unnecessary"
            );
        // "the miller will likely come": a forecast.
        let felt = felt || t.word(at + 1) == "likely";
        // "we should also see that the rainfall is still low".
        let seen = matches!(
            t.word(verb),
            "see" | "recognise" | "recognize" | "realise" | "realize" | "acknowledge" | "remember" | "appreciate"
        ) && t.word(verb + 1) == "that"
            && at == start + 1
            && matches!(t.word(start), "we" | "it" | "one" | "they" | "people" | "everyone");
        // "parishes should expect to be asked".
        let awaited = matches!(t.word(verb), "expect" | "anticipate") && t.word(verb + 1) == "to";
        // "The seesaw is to be left as it is": nothing is to be done.
        let left = t.word(verb) == "be"
            && matches!(t.word(behind), "left" | "kept")
            && (t.says(behind + 1, "as it is")
                || t.says(behind + 1, "as is")
                || t.says(behind + 1, "as they are")
                || matches!(t.word(behind + 1), "alone" | "unchanged"));
        // "The topic will be tabled", "the paint is to be left until June": it is put off.
        let put_off = t.word(verb) == "be" && is_put_off(t, behind);
        // "the notes should be signed as a correct record": the minutes.
        let signed = matches!(t.word(behind), "signed" | "approved" | "accepted" | "adopted")
            && t.word(behind + 1) == "as"
            && (behind + 2..behind + 7).any(|n| t.word(n) == "record");
        felt || seen || awaited || self.is_foreseen(start) || left || put_off || signed || self.suffers(start, at, verb)
    }

    /// "It was expected that the grant would be notified in January", "it is hoped the county will mend it".
    fn is_foreseen(&self, start: usize) -> bool {
        let t = self.t;
        let before = |back: usize| start.checked_sub(back).map_or("", |n| t.word(n));
        let said = before(1) == "that"
            && matches!(
                before(2),
                "expected"
                    | "anticipated"
                    | "hoped"
                    | "expects"
                    | "hopes"
                    | "likely"
                    | "feared"
                    | "appear"
                    | "appears"
                    | "seems"
                    | "seem"
                    | "believed"
            );
        let bare = matches!(before(1), "hoped" | "expected" | "anticipated" | "envisaged") && is_be(before(2));
        said || bare || t.says(start, "it is hoped") || t.says(start, "it was hoped")
    }

    /// "The hedge is over the footway and children have to walk in the road": what comes of it, and no order.
    fn suffers(&self, start: usize, at: usize, verb: usize) -> bool {
        let t = self.t;
        let forced = matches!(t.word(at), "have" | "has") && t.word(at + 1) == "to" && t.word(verb) != "be";
        let joined =
            start > 0 && matches!(t.word(start - 1), "and" | "so" | "as" | "because" | "since" | "where" | "while");
        let told = (0..start).any(|n| super::clause::is_finite(t, n) && super::modal::modal(t, n).is_none());
        let someone = (start..at).any(|n| t.is(n, Kinds::OFFICE | Kinds::BODY | Kinds::TITLE)) || t.is_capital(start);
        let we = at == start + 1 && matches!(t.word(start), "we" | "he" | "she" | "they");
        forced && joined && told && !someone && !we
    }

    /// Whether what stands from `start` on is only reported, by somebody who neither chairs nor speaks for the body.
    pub(super) fn reports_want(&self, start: usize) -> bool {
        let t = self.t;
        (1..start).any(|n| {
            let says = matches!(
                t.word(n),
                "reported"
                    | "reports"
                    | "explained"
                    | "pointed"
                    | "noted"
                    | "said"
                    | "says"
                    | "commented"
                    | "observed"
                    | "advised"
                    | "stated"
                    | "mentioned"
                    | "added"
                    | "highlighted"
                    | "raised"
            );
            let sayer = self.sayer(n);
            says && !sayer.is_empty()
                && !sayer.clone().any(|k| t.is(k, Kinds::BODY))
                && !self
                    .setting
                    .text
                    .get(t.start(sayer.start)..t.end(sayer.end - 1))
                    .is_some_and(|words| self.setting.chairs(words))
        })
    }

    /// "The new truck should be delivered in October", "it should be live in spring": what somebody expects.
    pub(super) fn expects(&self, at: usize, verb: usize) -> bool {
        let t = self.t;
        let comes = matches!(
            t.word(verb + 1),
            "delivered"
                | "received"
                | "announced"
                | "notified"
                | "published"
                | "known"
                | "back"
                | "with"
                | "live"
                | "here"
                | "up"
                | "online"
                | "working"
                | "running"
                | "home"
        );
        let by = t.find(verb, t.len(), "by").is_some_and(|by| !participle(t.word(by.saturating_sub(1))));
        // "the refunds of 30 billion yuan should be delivered in full": money is paid.
        let money = (0..at).any(|n| {
            matches!(
                t.word(n),
                "refunds"
                    | "refund"
                    | "funds"
                    | "money"
                    | "subsidies"
                    | "grants"
                    | "loans"
                    | "yuan"
                    | "bonds"
                    | "quota"
            )
        });
        t.word(at) == "should" && t.word(verb) == "be" && comes && !by && !money
    }
}

/// "tabled", "left until spring", and nothing that is done then.
pub(super) fn is_put_off(t: &Tokens<'_>, n: usize) -> bool {
    let off = matches!(t.word(n), "tabled" | "deferred" | "postponed" | "shelved")
        || matches!(t.word(n), "left" | "held") && matches!(t.word(n + 1), "until" | "over" | "till");
    off && t.find(n, t.len(), "and").is_none()
}

/// What is told of an action of the last meeting that is no longer to be done.
const DONE: [&str; 9] = [
    "done",
    "completed",
    "complete",
    "closed",
    "actioned",
    "no longer required",
    "now done",
    "done and closed",
    "resolved",
];

/// "Clerk to renew the insurance – done": an action of the last meeting that is no longer to be done.
pub(super) fn is_done(words: &str) -> bool {
    let words = words.trim_end().trim_end_matches(['.', ';', ')']);
    let told = words.trim_end();
    DONE.iter().any(|done| {
        let tail = told.len().checked_sub(done.len()).and_then(|from| told.get(from..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(done)) && {
            let before = told[..told.len() - done.len()].trim_end();
            before.ends_with(['–', '—', '-', ':', '(', '.']) || before.is_empty() && words.len() > done.len()
        }
    })
}

/// "Hale will email the firm. Done": what is told of an action behind its sentence, in the same line.
pub(super) fn is_done_behind(text: &str, end: usize) -> bool {
    let near = &text[end..text.floor_char_boundary(end + 32)];
    let line = near.split('\n').next().unwrap_or(near);
    let whole = line.len() < near.len() || end + near.len() == text.len();
    let told = line.trim_matches([' ', '.', ')', '-', '–']);
    whole && DONE.iter().any(|done| told.eq_ignore_ascii_case(done))
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
