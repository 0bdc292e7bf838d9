//! Notes that end with whose they are: "Secure a quote for the marquee – LO", "Holes in Mill Lane – report again. JB".

use std::ops::Range;

use super::clause::is_auxiliary;
use super::lexicon::Kinds;
use super::sentence::{Found, Reader, Setting};
use super::tokens::Tokens;
use super::verb_phrase::{is_infinitive, is_verb};
use crate::Rule;
use crate::draft::Draft;

/// A note is no longer than this, in bytes.
const NOTE_MAX: usize = 160;

/// Reads a line that ends with initials; whether it was one.
pub(super) fn initialled(setting: &Setting<'_>, line: Range<usize>, out: &mut Vec<Draft>) -> bool {
    let Some((owner, end)) = closing_initials(setting.text, line.clone()) else { return false };
    let words = &setting.text[line.start..end];
    // "Holes in Mill Lane – report again": what stands before the dash is the topic.
    let from = [" – ", " — ", " - ", ": "].iter().filter_map(|dash| words.rfind(dash).map(|at| at + dash.len())).max();
    let known = out.len();
    let mut start = line.start + from.unwrap_or(0);
    for part in setting.text[start..end].split(';') {
        let range = start..start + part.trim_end().trim_end_matches('.').len();
        start += part.len() + 1;
        let t = Tokens::of(setting.text, range);
        let order = t.len() > 1 && (is_verb(&t, 0) || is_infinitive(&t, 0));
        if order && !(1..t.len().min(5)).any(|n| is_auxiliary(t.word(n)) && !t.breaks_before(n)) {
            let found = Found::by(Rule::EnActionLine, Some(owner.clone()));
            Reader { setting, t: &t }.phrases(0, 0, t.len(), found, out);
        }
    }
    out.len() > known
}

/// "… – LO", "…. JB", "… (JB)": the initials, and where the words before them end.
fn closing_initials(text: &str, line: Range<usize>) -> Option<(Range<usize>, usize)> {
    let words = text[line.clone()].trim_end();
    if words.len() > NOTE_MAX {
        return None;
    }
    let bracket = words.ends_with(')');
    let bare = words.trim_end_matches([')', '.']);
    let open = bare.rfind([' ', '(']).map(|at| at + 1)?;
    let initials = &bare[open..];
    let known = (2..=3).contains(&initials.len())
        && initials.bytes().all(|byte| byte.is_ascii_uppercase())
        && !matches!(initials, "VAT" | "GST" | "TBC" | "TBA" | "AOB" | "UK" | "US" | "PM" | "AM" | "LED" | "NO");
    let before = bare[..open].trim_end_matches('(').trim_end();
    let parted = bracket && bare[..open].ends_with('(') || before.ends_with(['–', '—', '-', '.']);
    let end = before.trim_end_matches(['–', '—', '-', '.', ' ']).len();
    (known && parted && end > 0).then(|| (line.start + open..line.start + bare.len(), line.start + end))
}

impl Reader<'_, '_> {
    /// "DV write to Severn Trent", "2 Clerk update the register": one person, and a verb that agrees with nobody.
    pub(super) fn told_bare(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let who = usize::from(t.word(0).bytes().all(|byte| byte.is_ascii_digit()));
        let verb = who + 1;
        let past =
            matches!(t.word(verb), "put" | "set" | "cut" | "let" | "read" | "hit" | "shut" | "become" | "come" | "run");
        let named = t.raw(who);
        let initials = (2..=3).contains(&named.len())
            && named.bytes().all(|byte| byte.is_ascii_uppercase())
            && !matches!(named, "MPH" | "KPH" | "AGM" | "VAT")
            && !(0..t.len()).any(|n| t.says(n, "no action"));
        let officer = matches!(t.word(who), "clerk" | "chair" | "chairman" | "treasurer" | "caretaker" | "handyman");
        let order = t.len() > verb + 1
            && (officer && t.is_capital(who) || initials)
            && t.is(verb, Kinds::LISTED_VERB)
            && !past
            && !t.is_capital(verb)
            && !t.breaks_before(verb);
        if order {
            let owner = t.start(who)..t.end(who);
            self.phrases(who, verb, t.len(), Found::by(Rule::EnActionLine, Some(owner)), out);
        }
        order
    }

    /// "A wreath be purchased, and the Chairman lay it": what is resolved, in words of its own.
    pub(super) fn subjunctive(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let opens = usize::from(t.word(0) == "that");
        let Some(be) = (opens + 1..t.len().min(12)).find(|n| t.word(*n) == "be") else { return false };
        let passive = super::modal::participle(t.word(be + 1 + usize::from(t.word(be + 1).ends_with("ly"))));
        let whole = (opens..be).all(|n| {
            !super::clause::is_finite(t, n)
                && !is_auxiliary(t.word(n))
                && !t.breaks_before(n.max(opens + 1))
                && !matches!(t.word(n), "to" | "not" | "can" | "could" | "may" | "might" | "that" | "let" | "if" | "it")
                && !t.is(n, Kinds::DECIDING | Kinds::ORDERING)
        });
        let order = passive && whole && t.is_capital(0) && t.word(be + 1) != "it";
        if order {
            super::resolution::motion_clause(self.setting, t.start(opens)..t.end(t.len() - 1), out);
        }
        order
    }
}
