//! What stands before and after the words of an order: "Action:", "RESOLVED that", "(LF)", the stems of lists and topics.

use crate::words::first_chars;
use std::ops::Range;

use super::background::strip;
use super::lexicon::Kinds;
use super::owner::{Subject, subject};
use super::sentence::Setting;
use super::tokens::Tokens;
use super::verb_phrase::{is_verb, third_person};
use crate::phrases::{Phrases, any_of};

/// "Moved: Cr Bower Seconded: Cr Ng": names, and no words of the motion.
pub(super) fn announces_motion(words: &str) -> bool {
    if words.split_whitespace().nth(14).is_some() {
        return false;
    }
    let lower = words.to_ascii_lowercase();
    // "Moved by Councillor Adair", its seconder on a line of its own.
    let mover = lower.trim_start().starts_with("moved") && lower.split_whitespace().count() <= 6;
    (lower.contains("moved") || lower.trim_start().starts_with("motion:"))
        && (mover || lower.contains("second"))
        && !lower.contains(" to ")
        && !lower.contains(" that ")
        && !lower.contains("carried")
}

/// "Officer Recommendation" begins what is not decided yet, "Council Resolution" what is.
pub(super) fn announces_recommendation(words: &str) -> Option<bool> {
    if words.split_whitespace().nth(6).is_some() {
        return None;
    }
    let lower = words.trim().trim_end_matches([':', '.']).to_ascii_lowercase();
    let recommends =
        ["recommendation", "recommendations", "recommended motion", "proposed resolution", "draft resolution"];
    // "8. Committee Recommendations": what a topic is about.
    let topic = ["committee recommendations", "board recommendations"].iter().any(|head| lower.ends_with(head));
    if !topic && recommends.iter().any(|word| lower.ends_with(word)) {
        return Some(true);
    }
    // "Council Resolution 21/4 (Crs Low/Tait)": its number and its movers aside. A sentence with more in it is none.
    let bare = lower.split('(').next().unwrap_or("").trim_end_matches([':', '.', ' ']);
    let last = bare.split_whitespace().rfind(|word| !word.contains(|c: char| c.is_ascii_digit()));
    let decides = matches!(last, Some("resolution" | "resolutions" | "decision" | "decisions" | "resolved"));
    // "Resolved TA25/31: That the Board": its resolutions follow one by one.
    let opens = lower.starts_with("resolved") && lower.split_once("that ").is_some_and(|(_, body)| is_body(body));
    (decides || opens).then_some(false)
}

/// "the Board", "Council": a body and nothing else.
fn is_body(words: &str) -> bool {
    let t = Tokens::of(words, 0..words.len());
    t.len() > 0 && t.len() <= 4 && t.is(t.len() - 1, Kinds::BODY)
}

/// "That Council: …", "That the report be noted": the words of a motion that was announced.
pub(super) fn motion_words(words: &str) -> Option<usize> {
    let bare = words.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '“' | '"' | '‘'));
    let rest = strip(bare, "and ").map_or(bare, str::trim_start);
    // "and (iii) that the balance be deferred".
    let rest = &rest[crate::segment::marker(rest)..];
    strip(rest, "that ").map(|words_of| words.len() - words_of.len())
}

/// "The Committee:", "Council": a body and no more, whose acts follow one by one.
pub(super) fn lone_body(setting: &Setting<'_>, sentence: Range<usize>) -> Option<Range<usize>> {
    let words = setting.text[sentence.clone()].trim_end();
    let name = words.strip_suffix(':').filter(|name| name.len() <= 60)?;
    let tokens = Tokens::of(setting.text, sentence.start..sentence.start + name.len());
    let body = (1..=6).contains(&tokens.len()) && tokens.is(tokens.len() - 1, Kinds::BODY);
    let named = tokens.word(0) == "the" || tokens.is_capital(0);
    (body && named).then(|| tokens.start(0)..tokens.end(tokens.len() - 1))
}

/// "Action: Clerk", "(Clerk)", "Owner: JB": whose it is, and nothing else.
pub(super) fn told_owner(setting: &Setting<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let words = &setting.text[range.clone()];
    if words.len() > 60 || words.trim_end().ends_with(':') {
        return None;
    }
    let lead =
        words.len() - words.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '*')).len();
    let bare = words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '.' | '*'));
    let body = bare.get(lead..)?;
    const LABELS: [&str; 11] = [
        "action by",
        "action points",
        "action point",
        "actions",
        "action",
        "owner",
        "responsible officer",
        "responsible",
        "responsibility",
        "lead",
        "assigned to",
    ];
    let lower = body.to_ascii_lowercase();
    let label = LABELS.iter().find(|label| lower.starts_with(*label))?;
    let rest = body.get(label.len()..)?;
    let value = rest.trim_start_matches([':', ' ', '-', '–', '—']);
    if value.len() == rest.len() || value.is_empty() {
        return None;
    }
    let start = range.start + lead + body.len() - value.len();
    // "(Action: ADM (Revenue))": the bracket belongs to the name.
    let bracket = value.contains('(') && setting.text[start + value.len()..range.end].starts_with(')');
    is_owner(setting, start..start + value.len()).then(|| start..start + value.len() + usize::from(bracket))
}

/// "… replacing the swing chains (LF)."
pub(super) fn bracketed_owner(setting: &Setting<'_>, sentence: Range<usize>) -> Option<Range<usize>> {
    let words = setting.text[sentence.clone()].trim_end().trim_end_matches(['.', ';']);
    let close = words.strip_suffix([')', ']'])?;
    let open = close.rfind(['(', '['])?;
    let inside = close[open + 1..].trim();
    let inside = ["Action:", "ACTION:", "Action by", "Action"]
        .iter()
        .find_map(|label| inside.strip_prefix(label))
        .unwrap_or(inside)
        .trim();
    // "(Clerk, by 3 May)", "(Clerk to action)".
    let inside = inside.split([',', ';']).next().unwrap_or(inside).trim_end_matches(" to action").trim();
    let start = sentence.start + words[..close.len()].rfind(inside).filter(|_| !inside.is_empty())?;
    (inside.len() <= 40 && is_owner(setting, start..start + inside.len())).then(|| start..start + inside.len())
}

/// Initials, an office or a name.
pub(super) fn is_owner(setting: &Setting<'_>, range: Range<usize>) -> bool {
    let words = &setting.text[range.clone()];
    let initials = |word: &str| (2..=4).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase());
    if words.split(['/', '&', ',', ' ']).filter(|word| !word.is_empty()).all(initials) {
        // "VAT", "GST": taxes take no orders.
        return !["VAT", "GST", "TBC", "TBA", "NTE", "USD", "EUR", "GBP", "AUD", "PLC", "MOU", "RFP", "RFQ"]
            .contains(&words);
    }
    let tokens = Tokens::of(setting.text, range);
    let only = tokens.len() > 0
        && tokens.len() <= 6
        && !(0..tokens.len()).any(|n| is_verb(&tokens, n) && !tokens.is_capital(n));
    only && tokens.is_capital(0)
        && matches!(subject(&tokens, 0, tokens.len(), &setting.names, setting.profile), Subject::Owner(_))
}

pub(super) fn announces_actions(heading: &str) -> bool {
    let lower = without_aside(heading).to_ascii_lowercase();
    let bare = lower.trim_end_matches([':', '.', '-', '–', '—', ' ']);
    [
        "action",
        "actions",
        "action items",
        "action points",
        "actions agreed",
        "resolved",
        "resolutions",
        "it was resolved",
        "duties",
        "to do",
        "assignments",
        "next steps",
        "action list",
        "it was agreed",
        "and resolved",
        "action sheet",
        "action log",
        "action register",
        "action tracker",
        "action table",
        "actions arising",
        "actions required",
        "action summary",
        "summary of actions",
    ]
    .iter()
    .any(|word| bare.ends_with(word))
}

/// "Action list (read back by the Deputy Clerk)": the words of a heading without what its bracket adds.
pub(super) fn without_aside(heading: &str) -> &str {
    let heading = heading.trim();
    let open = heading.strip_suffix(')').and_then(|inside| inside.rfind('(')).filter(|open| *open > 0);
    open.map_or(heading, |open| heading[..open].trim_end())
}

/// "The Committee agreed that:", "That Council:", "Resolved:".
pub(super) fn announces_decisions(stem: &str) -> bool {
    let lower = stem.to_ascii_lowercase();
    let decides = any_of![
        "approved the following",
        "approves the following",
        "following actions",
        "following decisions",
        "agreed",
        "resolved",
        "resolves",
        "decided",
        "that council",
        "that the council",
        "directed",
        "determined",
        "decides",
        "agree to",
        "instructed",
    ];
    decides.stands_in(&lower) && !["noted:", "received:", "discussed:"].iter().any(|word| lower.ends_with(word))
}

/// Whether a line opens a topic, and whether guests speak under it.
pub(super) fn opens_topic(words: &str) -> Option<bool> {
    let bare = words
        .trim()
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '/' | ')' | '(' | ' ' | '#' | '*'));
    let line = bare.trim_end_matches(['*', ':']);
    let count = line.split_whitespace().take(12).count();
    let lower = first_chars(line, 60).to_ascii_lowercase();
    let guests = any_of![
        "public comment",
        "privilege of the floor",
        "public to be heard",
        "public expression",
        "call to the public",
        "hearing of the public",
        "public forum",
        "public participation",
        "public question",
        "public input",
        "public session",
        "public speak",
        "public hearing comment",
        "open forum",
        "citizen comment",
        "citizens' comment",
        "citizens to be heard",
        "audience participation",
        "audience with visitors",
        "deputation",
        "petitions",
        "democratic half",
        "democratic period",
        "democratic quarter",
        "democratic time",
        "comments from the",
        "questions from the public",
        "members of the public",
        "residents' comment",
        "visitors' comment",
        "visitors and guests",
        "parishioners",
    ];
    // "Citizens", but not "Citizens Advice grant".
    let alone = ["citizens", "visitors", "audience", "democratic"].contains(&lower.as_str());
    let opens = alone || guests.begins(&lower) || count <= 6 && guests.stands_in(&lower);
    let closed = line.ends_with(['.', ';', ',', '!', '?']);
    let capital = line.starts_with(char::is_uppercase);
    match (count, closed) {
        (1..=9, false) if capital && !words.trim_end().ends_with(':') => Some(opens),
        _ => (opens && capital && lower.find([':', '-', '–', '—']).is_some_and(|at| at < 40)).then_some(true),
    }
}

/// "That Council:", "The Board resolved:": the body that a list of decisions leaves out.
pub(super) fn stem_body(setting: &Setting<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let tokens = Tokens::of(setting.text, range);
    let from = usize::from(tokens.word(0) == "that" || tokens.word(0) == "resolved")
        + usize::from(tokens.says(0, "resolved that"));
    let to = (from..tokens.len()).find(|n| {
        super::clause::is_finite(&tokens, *n)
            || third_person(&tokens, *n) && !tokens.is_capital(*n)
            || tokens.word(*n) == "hereby"
    });
    // "That Council, by absolute majority:".
    let stop = (from + 1..tokens.len()).find(|n| tokens.breaks_before(*n)).unwrap_or(tokens.len());
    let to = to.unwrap_or(tokens.len()).min(stop);
    let known = to > from && to - from <= 5;
    known.then(|| subject(&tokens, from, to, &setting.names, setting.profile)).and_then(|found| match found {
        Subject::Owner(range) => Some(range),
        Subject::Pronoun | Subject::Nobody | Subject::Thing => None,
    })
}

/// "Action:", "Resolved:", "RESOLVED that" at the start: its length, and whether it was there.
pub(super) fn label(words: &str) -> (usize, bool) {
    // "REPLY A plan will be drawn up": who was asked answers.
    if let Some(answer) = words.strip_prefix("REPLY ") {
        return (words.len() - answer.len(), false);
    }
    let lower = first_chars(words, 60).to_ascii_lowercase();
    static WORDS: Phrases = Phrases::of(&[
        "now, therefore, be it resolved",
        "therefore, be it resolved",
        "be it further resolved",
        "be it resolved",
        "further resolved",
        "and be it further resolved",
        "action points",
        "action point",
        "action items",
        "action item",
        "action list",
        "assignments",
        "actions",
        "action",
        "resolved unanimously",
        "unanimously resolved",
        "it was resolved",
        "council resolution",
        "resolved",
        "resolution",
        "outcome",
        "direction",
        "follow-up",
        "ap",
        "to do",
        "decision",
        "agreed",
    ]);
    for word in WORDS.all_at(&lower) {
        let rest = &lower[word.len()..];
        let length = rest.trim_start_matches([' ', '\t']);
        // "RESOLVED (i) to approve …".
        let item = length.starts_with('(') && crate::segment::marker(length) > 0;
        if item && word.ends_with("resolved") {
            return (lower.len() - length.len(), true);
        }
        // "Resolved (Crs Lowe/Tait): That …".
        let moved = length.starts_with('(') && word != "action";
        let length = if moved { length.split_once(')').map_or(length, |(_, rest)| rest) } else { length };
        // "Action 3: …", "Action point 2 – …".
        let numbered = length.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '#');
        // "Resolution 2021-07: …".
        let numbered = match numbered.strip_prefix('-') {
            Some(rest) if numbered.len() < length.len() && rest.starts_with(|c: char| c.is_ascii_digit()) => {
                rest.trim_start_matches(|c: char| c.is_ascii_digit())
            }
            Some(_) | None => numbered,
        };
        // "Decision 17/D1: …", "Action 9.2/A: …".
        let number = length.split([':', ' ']).next().unwrap_or("");
        let coded = matches!(word, "decision" | "action" | "agreed")
            && number.len() <= 8
            && number.bytes().any(|byte| byte.is_ascii_digit())
            && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.-".contains(&byte));
        let numbered = if coded { &length[number.len()..] } else { numbered };
        let length = if numbered.len() < length.len() { numbered.trim_start_matches(' ') } else { length };
        let closed = length
            .strip_prefix([':', '-', '–', '—'])
            .or_else(|| {
                length.strip_prefix(", ").filter(|rest| rest.starts_with("that ") || !word.ends_with("resolved"))
            })
            .or_else(|| if word.ends_with("resolved") { length.strip_prefix("that ") } else { None });
        if let Some(tail) = closed {
            let mut cut = lower.len() - tail.len();
            cut += words[cut..].len() - words[cut..].trim_start().len();
            if words[cut..].to_ascii_lowercase().starts_with("that ") {
                cut += 5;
            }
            return (cut, true);
        }
    }
    (0, false)
}
