//! The words of a motion that was carried, or of a resolution: "Council introduce a curfew, and that the Clerk write".

use std::ops::Range;

use super::joined::noun_before_be;
use super::lexicon::Kinds;
use super::sentence::{Found, Reader, Setting, Voice};
use super::tokens::Tokens;
use super::verb_phrase::{is_infinitive, is_verb, third_person};
use crate::Rule;
use crate::draft::Draft;

/// The words of a carried motion: "Council introduce a curfew, and that the Clerk write".
pub(super) fn motion_clause(setting: &Setting<'_>, range: Range<usize>, out: &mut Vec<Draft>) {
    let words = setting.text[range.clone()].trim_end().trim_end_matches(['.', ';', ',']);
    // "…; and" goes on in the next item.
    let body = [" and", " or"].iter().find_map(|end| words.strip_suffix(end)).unwrap_or(words);
    let body = body.trim_end().trim_end_matches([';', ',']);
    let tokens = Tokens::of(setting.text, range.start..range.start + body.len());
    // "…, and no family remain in hostels": a subject and a verb of its own.
    let subjunctive = |n: usize| {
        let fresh = matches!(tokens.word(n + 1), "no" | "the" | "all" | "any" | "each" | "every" | "this")
            || tokens.is_capital(n + 1);
        let verb = (n + 2..tokens.len().min(n + 8))
            .find(|k| tokens.word(*k) == "be" || is_verb(&tokens, *k) && !tokens.is(*k, Kinds::LISTED_NOUN_VERB));
        let whole = |verb: usize| {
            !(n + 1..verb).any(|k| tokens.breaks_before(k) && k > n + 1 || super::clause::preposition(tokens.word(k)))
        };
        tokens.word(n) == "and"
            && tokens.breaks_before(n)
            && fresh
            && verb.is_some_and(whole)
            && !is_verb(&tokens, n + 1)
    };
    if let Some(and) = (3..tokens.len().saturating_sub(3)).find(|n| subjunctive(*n)) {
        motion_clause(setting, range.start..tokens.end(and - 1), out);
        motion_clause(setting, tokens.start(and + 1)..range.end, out);
        return;
    }
    let further = (2..tokens.len().saturating_sub(2)).find(|n| {
        tokens.word(*n) == "that"
            && (tokens.word(n - 1) == "and" && tokens.breaks_before(n - 1)
                || tokens.gap(*n).contains(',')
                || tokens.says(n - 1, "and that the")
                || tokens.word(n - 1) == "and" && (tokens.is_capital(n + 1) || tokens.word(n + 1) == "staff"))
    });
    if let Some(that) = further {
        let end = that - usize::from(tokens.word(that - 1) == "and");
        motion_clause(setting, range.start..tokens.end(end - 1), out);
        motion_clause(setting, tokens.start(that + 1)..range.end, out);
        return;
    }
    let reader = Reader { setting, t: &tokens };
    // "that Cllr Moss could go on writing to him": what is only allowed.
    let allowed = (1..tokens.len())
        .find(|n| super::clause::is_auxiliary(tokens.word(*n)) || tokens.word(*n) == "be")
        .is_some_and(|n| {
            matches!(tokens.word(n), "could" | "may" | "might" | "can")
                && !(0..n).any(|k| {
                    is_verb(&tokens, k) || matches!(tokens.word(k), "how" | "what" | "that" | "which" | "who" | "where")
                })
        });
    if reader.forgoes(0) || allowed || reader.is_supposed(0) {
        return;
    }
    // "…, the Director to circulate costings".
    if let Some(step) = reader.steps(2, tokens.len(), Rule::EnMotion, out) {
        motion_clause(setting, range.start..tokens.end(step - 1), out);
        return;
    }
    // "the City Manager is directed to submit": he is told.
    // "that he be requested to report": who was named in the resolution before.
    let before =
        out.last().filter(|last| range.start.saturating_sub(last.range.end) < 60).and_then(|last| last.owner.clone());
    let mut voice = Voice::default();
    voice.named = before;
    if !(0..tokens.len()).any(|n| tokens.says(n, "be it")) && reader.request(&voice, out) {
        return;
    }
    let modal = |n: usize| matches!(tokens.word(n), "should" | "must" | "would" | "shall" | "will");
    let found = (1..tokens.len()).find(|n| {
        // "the Draft Schedule of Works be adopted": a name.
        let name = tokens.is_capital(*n) && tokens.raw(*n).contains(char::is_lowercase);
        is_verb(&tokens, *n)
            && !name
            && !determiner(tokens.word(n - 1))
            && tokens.word(n + 1) != "be"
            && !(tokens.is(*n, Kinds::LISTED_NOUN_VERB) && noun_before_be(&tokens, *n))
            || third_person(&tokens, *n) && !tokens.is_capital(*n) && !noun_before_be(&tokens, *n)
            || tokens.word(*n) == "be"
            || modal(*n)
            || measure(&tokens, *n)
    });
    // "the District contract with the firm": a noun that is a verb behind the name of who acts.
    let acts =
        || (1..tokens.len().min(8)).find(|n| tokens.is(*n, Kinds::NOUN_VERB) && reader.owner_in(0, *n).is_some());
    let Some(head) = found.or_else(acts) else { return };
    let verb = (head + usize::from(modal(head))).min(tokens.len() - 1);
    let passive = tokens.word(verb) == "be";
    // "that recommendation 4 be not accepted": a decision not to act.
    if passive && tokens.word(verb + 1) == "not" {
        return;
    }
    let minutes = (0..tokens.len().min(4)).any(|n| tokens.word(n) == "minutes");
    let paper = [
        "adopted",
        "noted",
        "received",
        "accepted",
        "confirmed",
        "approved",
        "endorsed",
        "excluded",
        "excused",
        "appointed",
        "elected",
        "re-elected",
        "adjourned",
        "deferred",
        "tabled",
        "postponed",
        "referred",
        "withdrawn",
        "suspended",
        "ratified",
        "moved",
        "admitted",
        "co-opted",
        "re-appointed",
        "reappointed",
        "declared",
        "designated",
        "proclaimed",
        "dedicated",
        "rejected",
        "refused",
        "declined",
        "thanked",
        "commended",
        "congratulated",
        "read",
    ];
    // "be and are hereby declared to be public": what the body says of them stands behind "hereby".
    let hereby = (verb + 1..tokens.len().min(verb + 4)).find(|n| tokens.word(*n) == "hereby").filter(|_| passive);
    let verb = hereby.map_or(verb, |hereby| hereby + usize::from(matches!(tokens.word(hereby + 1), "is" | "are")));
    let ordered = tokens.word(verb + 1) == "approved" && (0..head).any(|n| tokens.is(n, Kinds::ACT_NOUN));
    let read =
        tokens.word(verb + 1) == "given" && (verb..verb + 8).any(|n| matches!(tokens.word(n), "reading" | "readings"));
    // "that £4,500 be moved from reserves".
    let shifted = tokens.word(verb + 1) == "moved" && matches!(tokens.word(verb + 2), "from" | "to" | "into");
    // "that a caretaker be appointed": he is still to be found.
    let sought =
        tokens.word(verb + 1) == "appointed" && !(1..head).any(|n| tokens.is_capital(n)) && !tokens.is(0, Kinds::TITLE);
    let done = minutes || read || passive && !ordered && !shifted && !sought && paper.contains(&tokens.word(verb + 1));
    if done || reader.procedural(verb) {
        // "reject all bids and direct the Engineer to rebid": what else is ordered.
        let besides = (verb + 2..tokens.len().saturating_sub(2))
            .find(|n| tokens.word(*n) == "and" && is_verb(&tokens, n + 1) && !reader.procedural(n + 1));
        if let Some(and) = besides.filter(|_| !passive) {
            let found = Found::by(Rule::EnMotion, reader.told(and + 1));
            reader.phrases(and + 1, and + 1, tokens.len(), found, out);
            return;
        }
        // What a deferral orders is still to be done.
        reader.awaited(verb, out);
        return;
    }
    // "the Head of Highways be authorised to introduce": he is told.
    let told = passive
        && tokens.is(verb + 1, Kinds::ORDERING)
        && tokens.word(verb + 2) == "to"
        && is_infinitive(&tokens, verb + 3);
    let subject_end = (1..head).find(|n| tokens.breaks_before(*n)).unwrap_or(head);
    let subject = || {
        if passive && !told {
            reader.delegate(verb).or_else(|| reader.agent(verb))
        } else {
            reader.owner_in(0, subject_end)
        }
    };
    let owner = reader.told(verb).or_else(subject);
    reader.phrases(0, verb, tokens.len(), Found::by(Rule::EnMotion, owner), out);
}

/// Behind one of these stands a noun: "the draft schedule".
fn determiner(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "its" | "their" | "this" | "of" | "our" | "any" | "each" | "for")
}

/// "that open burning is prohibited until May 31": what is so from now on.
fn measure(t: &Tokens<'_>, n: usize) -> bool {
    matches!(t.word(n), "is" | "are")
        && matches!(
            t.word(n + 1 + usize::from(t.word(n + 1) == "hereby")),
            "prohibited"
                | "banned"
                | "closed"
                | "suspended"
                | "extended"
                | "increased"
                | "reduced"
                | "imposed"
                | "lifted"
                | "waived"
                | "restricted"
                | "required"
                | "transferred"
                | "allocated"
        )
}
