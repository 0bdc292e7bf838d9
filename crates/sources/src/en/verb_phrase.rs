//! Where one order ends and the next begins: "draw up the plan, publish the list and close the gate".

use super::tokens::Tokens;
use super::words::{EFFORTS, NOUN_VERBS, VERBS};

/// Whether a word opens a verb phrase.
pub(crate) fn is_verb(t: &Tokens<'_>, n: usize) -> bool {
    let word = t.word(n);
    let word = word.strip_prefix("re-").filter(|rest| VERBS.has(rest) || NOUN_VERBS.has(rest)).unwrap_or(word);
    VERBS.has(word) || (NOUN_VERBS.has(word) && determines(t.word(n + 1)))
}

/// "accepts", "authorises", "applies": a verb of which a body is the subject.
pub(crate) fn third_person(word: &str) -> bool {
    base(word).is_some()
}

/// The base form of a verb in the third person.
pub(crate) fn base(word: &str) -> Option<&str> {
    let verb = |stem: &str| VERBS.has(stem) || NOUN_VERBS.has(stem);
    let stem = word.strip_suffix('s')?;
    if verb(stem) {
        return Some(stem);
    }
    stem.strip_suffix('e').filter(|stem| verb(stem))
}

fn determines(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "all"
            | "any"
            | "its"
            | "their"
            | "our"
            | "his"
            | "her"
            | "this"
            | "these"
            | "those"
            | "each"
            | "every"
            | "no"
            | "with"
            | "on"
            | "to"
            | "three"
            | "two"
            | "up"
            | "out"
            | "for"
    ) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// The verb phrases of the words `from..to`, whose first verb is `verb`; word ranges, in order, with what joins them left out.
pub(crate) fn split(t: &Tokens<'_>, from: usize, verb: usize, to: usize) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let (mut start, mut last_verb) = (from, verb);
    let mut ensured = t.word(verb) == "ensure";
    let mut n = verb + 1;
    while n < to {
        let comma = t.gap(n).contains([',', ';']);
        let and = t.word(n) == "and";
        if !comma && !and {
            n += 1;
            continue;
        }
        let mut at = n + usize::from(and);
        while at < to
            && (matches!(
                t.word(at),
                "also" | "then" | "to" | "do" | "further" | "not" | "should" | "must" | "shall" | "will" | "would"
            ) || (t.word(at).ends_with("ly") && !is_verb(t, at)))
        {
            at += 1;
        }
        let manner = at > n + usize::from(and) && t.word(at - 1).ends_with("ly");
        // "plan to establish and improve the system" has one object.
        let has_object = n > last_verb + 1 && (comma || !VERBS.has(t.word(n - 1)));
        let repeats = matches!(t.word(at + 1), "it" | "them" | "him" | "her" | "back")
            // "find out and report to the next meeting": one chain towards one report.
            || matches!(t.word(at), "report" | "feed") && matches!(t.word(at + 1), "to" | "at" | "in" | "by" | "on");
        // "control the quality and schedule, and …": what has no object of its own is a noun.
        let object = at + 1 < to && !t.breaks_before(at + 1);
        let phrase = at < to
            && object
            && has_object
            && !repeats
            && (is_verb(t, at) || (manner && !t.word(at).ends_with("ed") && !t.word(at).ends_with("ing")));
        let negative = comma && t.says(n, "so as not to");
        let settled = ensured
            && comma
            && (at..to.min(at + 5)).any(|k| matches!(t.word(k), "is" | "are") && t.word(k + 1).ends_with("ed"));
        if (phrase && !is_tail(t, at, to)) || negative || settled {
            out.push((start, n));
            start = n + usize::from(and);
            last_verb = at;
            ensured = (ensured && settled) || t.word(at) == "ensure";
        }
        n = at.max(n + 1);
    }
    out.push((start, to));
    merge_short(t, out)
}

/// "and ensure that …" closes the phrase before it, unless it names a state of its own.
fn is_tail(t: &Tokens<'_>, at: usize, to: usize) -> bool {
    if t.word(at) != "ensure" {
        return false;
    }
    let settled = (at..to.min(at + 8)).any(|k| matches!(t.word(k), "is" | "are") && t.word(k + 1).ends_with("ed"));
    let counted = (at..to).any(|k| t.word(k).starts_with(|c: char| c.is_ascii_digit()));
    !settled && !counted
}

/// A run of slogans is one directive.
fn merge_short(t: &Tokens<'_>, phrases: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let short = |(from, to): (usize, usize)| {
        let brief = (from + 1..=to).fold((from, true), |(start, brief), n| {
            let ends = n == to || t.gap(n).contains(',');
            if ends { (n, brief && n - start <= 4) } else { (start, brief) }
        });
        brief.1 && EFFORTS.has(t.word(from))
    };
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut run = false;
    for phrase in phrases {
        let lone = phrase.1 - phrase.0 == 1;
        match out.last_mut() {
            Some(last) if (run && short(phrase)) || lone => {
                last.1 = phrase.1;
                run = true;
            }
            Some(_) | None => {
                run = short(phrase);
                out.push(phrase);
            }
        }
    }
    out
}
