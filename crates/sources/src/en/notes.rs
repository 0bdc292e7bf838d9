//! Notes as people type them in a meeting: bullets in small letters, half sentences, whose it is behind a dash. "chase
//! the contractor, quote by Fri - Colin", "EPC - Raj book assessor", "each lead update own section before next mtg".

use std::ops::Range;

use super::assigned::{is_actor, noted};
use super::clause::is_finite;
use super::lexicon::Kinds;
use super::sentence::{Found, Reader, Setting, Voice};
use super::tokens::Tokens;
use super::verb_phrase::is_infinitive;
use crate::Rule;
use crate::draft::Draft;
use crate::segment::marker;

/// So many bullets in small letters make a text notes.
const BULLETS_MIN: usize = 8;
/// A topic before a dash or a colon is no longer than this, in bytes.
const TOPIC_MAX: usize = 36;

/// Whether a text is typed as notes: many of its lines are bullets that begin with a small letter.
pub(super) fn are_notes(text: &str) -> bool {
    let bullet = |line: &&str| {
        let line = line.trim_start();
        line.starts_with(['-', '*', '•', '–'])
            && line[marker(line)..].starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let (all, bullets) = lines.fold((0, 0), |(all, bullets), line| (all + 1, bullets + usize::from(bullet(&line))));
    bullets >= BULLETS_MIN && bullets * 4 >= all
}

/// "Bex -": whose the bullets below are.
pub(super) fn opens_duties(setting: &Setting<'_>, line: Range<usize>) -> Option<Range<usize>> {
    let words = setting.text[line.clone()].trim_end();
    let name = words.strip_suffix(['-', '–', '—', ':'])?.trim_end();
    let range = line.start..line.start + name.len();
    (!name.is_empty() && name.len() <= 24 && is_actor(setting, range.clone())).then_some(range)
}

/// Reads a bullet of notes that says what is to be done; whether it was one.
pub(super) fn noted_line(setting: &Setting<'_>, line: Range<usize>, voice: &Voice, out: &mut Vec<Draft>) -> bool {
    let words = setting.text[line.clone()].trim_end();
    if words.ends_with('?') {
        return false;
    }
    let (end, told) = closing(setting, line.start..line.start + words.len());
    let owner = told.or_else(|| voice.body.clone());
    let known = out.len();
    let behind = topic_end(setting.text, line.start..end);
    for start in [Some(line.start), behind].into_iter().flatten() {
        let t = Tokens::of(setting.text, start..end);
        let reader = Reader { setting, t: &t };
        // "bus stop layby - he reckons it won't fit": a topic that begins like a verb.
        let topic = start == line.start && behind.is_some() && !t.is(0, Kinds::LISTED_VERB);
        let Some((who, verb)) = reader.note().filter(|(_, verb)| *verb > 0 || !topic) else { continue };
        let owner = if verb > who { Some(t.start(who)..t.end(verb - 1)) } else { owner.clone() };
        reader.phrases(who, verb, t.len(), Found::by(Rule::EnActionLine, owner), out);
        break;
    }
    out.len() > known
}

/// Where the words of a note end, and whose it is: "… - Steph + Fiona", "… (Fiona), agreed by all"; what else a dash adds
/// belongs to neither.
fn closing(setting: &Setting<'_>, line: Range<usize>) -> (usize, Option<Range<usize>>) {
    let words = &setting.text[line.clone()];
    let bracket = words.rfind('(').and_then(|open| words[open..].find(')').map(|close| (open, open + 1..open + close)));
    let dash = [" - ", " – ", " — "].iter().filter_map(|dash| words.rfind(dash).map(|at| (at, at + dash.len()))).max();
    let tails = [bracket, dash.map(|(at, from)| (at, from..words.len()))];
    let named = tails.into_iter().flatten().filter(|(at, _)| *at > TOPIC_MAX / 3).find_map(|(at, name)| {
        let name = line.start + name.start..line.start + name.end;
        is_actor(setting, name.clone()).then_some((line.start + at, Some(name)))
    });
    let remark = || dash.filter(|(at, _)| *at > TOPIC_MAX).map(|(at, _)| (line.start + at, None));
    named.or_else(remark).unwrap_or((line.end, None))
}

/// "EPC - Raj book assessor": where what stands behind the topic begins.
fn topic_end(text: &str, line: Range<usize>) -> Option<usize> {
    let words = &text[line.clone()];
    let ends = [" - ", " – ", " — ", ": "].iter().filter_map(|sign| words.find(sign).map(|at| (at, at + sign.len())));
    ends.min().filter(|(at, _)| *at <= TOPIC_MAX).map(|(_, end)| line.start + end)
}

impl Reader<'_, '_> {
    /// Where the words of a note begin, and its verb: in its base form, alone or behind one name or "each lead".
    fn note(&self) -> Option<(usize, usize)> {
        let t = self.t;
        let told =
            |verb: usize| (verb..t.len().min(verb + 5)).any(|n| n > verb && !t.breaks_before(n) && is_finite(t, n));
        if t.len() > 1 && noted(t, 0) && !told(0) {
            return Some((0, 0));
        }
        let every = matches!(t.word(0), "everyone" | "everybody" | "all" | "each");
        let base = |n: usize| is_infinitive(t, n) && t.is(n, Kinds::LISTED_VERB | Kinds::LISTED_NOUN_VERB);
        let first = if every && base(2) && !t.breaks_before(2) && t.word(1) != "to" { 2 } else { 1 };
        let verb = (first..t.len().min(4)).find(|n| base(*n))?;
        let named = (0..verb).all(|n| t.is_capital(n) || matches!(t.word(n), "and" | "+" | "&"));
        let somebody = every && (verb == 1 || verb == 2 && t.word(0) != "all")
            || named && is_actor(self.setting, t.start(0)..t.end(verb - 1));
        let plain = !t.is_capital(verb) && !t.breaks_before(verb) && verb + 1 < t.len() && !told(verb);
        (somebody && plain).then_some((0, verb))
    }
}
