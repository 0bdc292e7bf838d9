//! Lists whose stem is a motion or an order: "Motion by A, second by B, carried 5-0, to:", "directed the Engineer to: 1) sell
//! the grader; 2) bank the proceeds". Each item is an order of its own; whom the stem tells has all of them to do.

use crate::marks::marks;
use std::ops::Range;

use super::decision::is_be;
use super::lexicon::Kinds;
use super::motion::outcome;
use super::resolution::motion_clause;
use super::sentence::{Found, Reader, Setting};
use super::tokens::Tokens;
use super::verb_phrase::{base, is_infinitive, is_verb};
use crate::Rule;
use crate::draft::Draft;
use crate::phrases::any_of;
use crate::segment::{en_sentences, marker};

/// How far behind its stem a list may end, in bytes.
const LIST_MAX: usize = 3_000;
/// A stem has no more words than this.
const STEM_MAX: usize = 60;

/// How far back the line of a list sign begins, with what it is set in by, in bytes.
const SIGN_REACH: usize = 80;

/// Whether a list sign stands before `at` in its line.
pub(super) fn opens_item(text: &str, at: usize) -> bool {
    // A sign is short: no line is looked through to its beginning, however long it is.
    let near = text.floor_char_boundary(at.saturating_sub(SIGN_REACH));
    let line = match text[near..at].rfind('\n') {
        Some(end) => &text[near + end + 1..at],
        None if near == 0 => &text[..at],
        None => return false,
    };
    let line = line.trim_start();
    !line.is_empty() && line.len() <= 8 && marker(line) == line.len()
}

/// What governs the items of a list.
#[derive(Clone)]
pub(super) struct Stem {
    /// Whom it tells.
    owner: Option<Range<usize>>,
    /// It was moved, and no outcome is told.
    low: bool,
    /// It was moved and lost.
    lost: bool,
    /// It was moved: what one item says is one order.
    moved: bool,
    /// It ends with "that": the items are clauses.
    that: bool,
    /// How many items were read.
    count: usize,
}

/// A list within a paragraph: its stem, its items, and where it ends.
pub(super) struct Inline {
    pub(super) stem: Range<usize>,
    pub(super) items: Vec<Range<usize>>,
}

/// The stem that a paragraph is: it ends with a colon, and its items follow on lines of their own.
pub(super) fn opens_list(setting: &Setting<'_>, paragraph: Range<usize>) -> Option<Stem> {
    let words = setting.text[paragraph.clone()].trim_end().trim_end_matches(['-', '–', '—', ' ']);
    let body = words.strip_suffix(':').unwrap_or(words);
    // "… that the Board:".
    let clause = || {
        let near = (body.len().saturating_sub(60)..).find(|at| body.is_char_boundary(*at));
        near.is_some_and(|near| body[near..].contains(" that "))
    };
    let last = body.rsplit(' ').next().unwrap_or("");
    let closed = body.len() < words.len();
    let acts = matches!(last, "following" | "follows") || is_modal(last);
    if !(matches!(last, "to" | "that") || acts && closed || clause()) {
        return None;
    }
    let last = en_sentences(setting.text, paragraph.start..paragraph.start + body.len()).pop()?;
    let ahead = &setting.text[paragraph.end..setting.text.floor_char_boundary(paragraph.end + LIST_MAX)];
    let listed = ahead
        .lines()
        .find(|line| !line.trim().is_empty())
        .is_some_and(|line| sign(line).is_some_and(|sign| counts(sign, 1)));
    let mut told = "";
    let mut item = "";
    for line in ahead.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if marker(line) == 0 {
            told = line;
            break;
        }
        item = line;
    }
    // "3) bring two quotes. Carried 4-1."
    let behind = en_sentences(item, 0..item.len()).get(1).map_or("", |second| &item[second.start..]);
    stem(setting, last, &[told, behind]).filter(|_| listed)
}

/// The first list in a range whose items stand in the same paragraph: "to: (a) pay …; (b) accept …; and (c) donate …".
pub(super) fn inline(text: &str, range: Range<usize>) -> Option<Inline> {
    let words = &text[range.clone()];
    let leads = any_of![" to: ", " to:\n", " to (", " that: (", " that (", " to – ", " following: "];
    if !marks![':', '(', '–'].stand_in(words) || !leads.stands_in(words) {
        return None;
    }
    let open = word_starts(words).find(|at| {
        let lead = words[..*at].trim_end();
        let bare = lead.trim_end_matches([':', '-', '–', ' ']);
        [" to", " that", " following"].iter().any(|end| bare.ends_with(end))
            && sign(&words[*at..]).is_some_and(|sign| counts(sign, 1))
    })?;
    // No list is longer: what is far behind is none of it.
    let words = &words[..words.floor_char_boundary(open + LIST_MAX)];
    let range = range.start..range.start + words.len();
    let mut starts = vec![open];
    for at in word_starts(&words[open..]).map(|at| open + at) {
        let lead = words[..at].trim_end();
        let parted = lead.ends_with([';', ',', '.']) || lead.ends_with(" and") || lead.ends_with(" or");
        if parted && sign(&words[at..]).is_some_and(|sign| counts(sign, starts.len() + 1)) {
            starts.push(at);
        }
    }
    if starts.len() < 2 {
        return None;
    }
    let base = range.start;
    let stem = en_sentences(text, base..base + open).pop()?;
    let items = starts.iter().enumerate().map(|(n, start)| {
        let from = base + start + marker(&words[*start..]);
        match starts.get(n + 1) {
            Some(next) => from..base + next,
            None => en_sentences(text, from..range.end).first().map_or(from..range.end, |first| from..first.end),
        }
    });
    Some(Inline { stem, items: items.collect() })
}

/// Where words begin behind blanks.
fn word_starts(words: &str) -> impl Iterator<Item = usize> {
    let behind = words.match_indices([' ', '\n']).map(|(at, _)| at + 1);
    behind.filter(|at| !words[*at..].starts_with([' ', '\n']))
}

/// The sign of a list at the beginning: "(a)", "2)", "iv.".
fn sign(words: &str) -> Option<&str> {
    let length = marker(words);
    (length > 0).then(|| words[..length].trim())
}

/// Whether a sign is that of the so-many-th item: 2, b, ii; a dot or a dash is of any.
fn counts(sign: &str, nth: usize) -> bool {
    const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let bare = sign.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let letter =
        bare.len() == 1 && bare.bytes().next().is_some_and(|byte| usize::from(byte) + 1 == usize::from(b'a') + nth);
    bare.is_empty() && !sign.contains(['#', '>'])
        || bare.parse() == Ok(nth)
        || letter
        || ROMAN.get(nth - 1).is_some_and(|roman| *roman == bare)
}

/// What a stem orders, and whom it tells; `told` are the places where the outcome of a motion may stand.
pub(super) fn stem(setting: &Setting<'_>, words: Range<usize>, told: &[&str]) -> Option<Stem> {
    let text = setting.text[words.clone()].trim_end().trim_end_matches([':', '-', '–', ' ']);
    let t = Tokens::of(setting.text, words.start..words.start + text.len());
    let last = t.len().checked_sub(1).filter(|last| (1..=STEM_MAX).contains(last))?;
    let that = t.word(last) == "that";
    // "Motion by A, second by B that the Board:": what follows are its verbs.
    let acts = t.says(last - 1, "the following") || t.says(last - 1, "as follows");
    let duty = is_modal(t.word(last));
    let open = that || acts || duty || t.word(last) == "to";
    let body = (last.saturating_sub(5)..last).find(|n| t.word(*n) == "that").filter(|_| !open);
    if !open && body.is_none() {
        return None;
    }
    let moved = (0..t.len().min(16))
        .any(|n| matches!(t.word(n), "motion" | "moved" | "moves" | "motioned" | "seconded") || t.says(n, "m s c"));
    let reader = Reader { setting, t: &t };
    let owner = match body {
        Some(body) => Some(reader.owner_in(body + 1, last + 1)?),
        None if that || acts => None,
        None if duty => Some(reader.owner_in(reader.clause_start(last), last)?),
        None => reader.stem_owner(last),
    };
    let decided = duty || t.holds(Kinds::DECIDING | Kinds::ORDERING | Kinds::ORDER | Kinds::APPROVING);
    let short =
        body.is_none() && last <= 6 && owner.is_some() || matches!(t.word(last - 1), "is" | "are" | "was" | "were");
    let approves =
        (0..last).any(|n| matches!(t.word(n), "approve" | "approves" | "approved" | "authorize" | "authorise" | "do"));
    if !moved && !decided && !short || t.word(last - 1) == "not" || acts && !approves {
        return None;
    }
    let own = text.to_ascii_lowercase();
    let outcomes = || told.iter().find_map(|told| outcome("", told));
    let carried = if moved { outcome(&own, "").or_else(outcomes) } else { Some(true) };
    Some(Stem { owner, low: carried.is_none(), lost: carried == Some(false), moved, that, count: 0 })
}

/// "The City Manager shall:".
fn is_modal(word: &str) -> bool {
    matches!(word, "shall" | "will" | "must" | "should" | "would")
}

impl Reader<'_, '_> {
    /// Whom a stem tells: "direct the Administrator to", "the Clerk was asked to", "Ms Roe agreed to", "Clerk to".
    fn stem_owner(&self, to: usize) -> Option<Range<usize>> {
        let t = self.t;
        let orders = |n: usize| {
            let verb = base(t.word(n)).unwrap_or(t.word(n));
            t.is(n, Kinds::ORDERING | Kinds::ORDER)
                || matches!(
                    verb,
                    "direct"
                        | "request"
                        | "instruct"
                        | "authorise"
                        | "authorize"
                        | "ask"
                        | "require"
                        | "order"
                        | "task"
                )
        };
        if let Some(verb) = (0..to).rev().find(|n| orders(*n)).filter(|verb| verb + 1 < to) {
            return self.owner_in(verb + 1, to).or_else(|| {
                let name = t.word(verb + 1) == "the" || t.is_capital(verb + 1);
                (name && to - verb <= 8).then(|| t.start(verb + 1)..t.end(to - 1))
            });
        }
        // "that the Council agree to:".
        let told = orders(to - 1)
            || t.is(to - 1, Kinds::DECIDING)
            || matches!(
                t.word(to - 1),
                "agree" | "resolve" | "undertake" | "commit" | "pledge" | "continue" | "decide"
            );
        let be = (0..to).rev().find(|n| is_be(t.word(*n)));
        let end = match be.filter(|be| to - be <= 3) {
            Some(be) => be - usize::from(be > 0 && matches!(t.word(be - 1), "has" | "have" | "had")),
            None if told => to - 1,
            None => to,
        };
        let from = self.clause_start(end);
        self.owner_in(self.after_place(from, end), end)
    }
}

impl Stem {
    /// Whether a line with this sign goes on with the list.
    pub(super) fn takes(&self, line: &str) -> bool {
        sign(line).is_some_and(|sign| counts(sign, self.count + 1))
    }

    /// Reads an item, its sign left out, and says where it ends.
    pub(super) fn item(&mut self, setting: &Setting<'_>, item: Range<usize>, out: &mut Vec<Draft>) -> usize {
        self.count += 1;
        let Some(first) = en_sentences(setting.text, item.clone()).into_iter().next() else { return item.end };
        let end = first.end;
        if self.lost {
            return end;
        }
        let mut words = setting.text[first.clone()].trim_end();
        loop {
            let bare = words.trim_end_matches(['.', ';', ',', ' ']);
            let bare = [" and", " or", ", and"].iter().find_map(|link| bare.strip_suffix(link)).unwrap_or(bare);
            if bare.len() == words.len() {
                break;
            }
            words = bare;
        }
        let known = out.len();
        let range = first.start..first.start + words.len();
        let t = Tokens::of(setting.text, range.clone());
        let reader = Reader { setting, t: &t };
        let mut verb = usize::from(matches!(t.word(0), "to" | "and" | "that"));
        while t.word(verb).ends_with("ly") && !is_verb(&t, verb) && verb + 1 < t.len() {
            verb += 1;
        }
        let clause = self.that || t.word(0) == "that";
        // "Payment of invoice 33 to Sealift": an act by its noun.
        if !clause && t.is(0, Kinds::ACT_NOUN) && matches!(t.word(1), "of" | "to" | "for" | "in") && t.len() > 3 {
            out.push(reader.draft(0, t.len(), Found::by(Rule::EnMotion, self.owner.clone())));
        } else if !clause
            && verb + 1 < t.len()
            && (is_verb(&t, verb) || is_infinitive(&t, verb) && verb + 2 < t.len() || reader.procedural(verb))
        {
            if !reader.procedural(verb) {
                let owner = reader.told(verb).or_else(|| self.owner.clone());
                let from = usize::from(matches!(t.word(0), "to" | "and"));
                let found = Found::by(if self.moved { Rule::EnMotion } else { Rule::EnDecided }, owner);
                if self.moved && self.owner.is_none() {
                    out.push(reader.draft(from, t.len(), found));
                } else {
                    reader.phrases(from, verb, t.len(), found, out);
                }
            }
        } else if t.len() > 2 {
            let from = if t.word(0) == "that" { t.start(1) } else { range.start };
            motion_clause(setting, from..range.end, out);
            // "requested that: i) terms were drawn up": what is asked for, in the past tense.
            let past = |n: &usize| matches!(t.word(*n), "were" | "was") && super::modal::participle(t.word(n + 1));
            if self.that
                && out.len() == known
                && let Some(be) = (1..t.len()).find(past).filter(|_| t.word(0) != "minutes")
            {
                reader.phrases(0, be, t.len(), Found::by(Rule::EnMotion, None), out);
            }
        }
        for draft in &mut out[known..] {
            draft.low |= self.low;
        }
        end
    }
}
