//! Directives in English sentences: which reading a sentence gets, and action lines. Motions, decisions and modals
//! have their own files.

use super::owner::{Names, Subject, first_named, subject};
use super::tokens::Tokens;
use super::verb_phrase::{is_verb, split};
use crate::draft::Draft;
use crate::segment::{en_sentences, marker};
use crate::{Profile, Rule};
use std::ops::Range;

/// What holds for the whole document.
pub(crate) struct Setting<'a> {
    pub(crate) text: &'a str,
    pub(crate) names: Names<'a>,
    pub(crate) profile: &'a Profile,
}

/// What the reader remembers from sentence to sentence.
#[derive(Default)]
pub(crate) struct Voice {
    /// Who was named last as doing or saying something: whom a pronoun stands for.
    pub(super) named: Option<Range<usize>>,
    /// A list of actions or resolutions is under way.
    listing: bool,
}

/// Read one paragraph. `ahead` is the rest of the document, where a motion's outcome may stand.
pub(crate) fn read(setting: &Setting<'_>, paragraph: Range<usize>, voice: &mut Voice, out: &mut Vec<Draft>) {
    let text = setting.text;
    let words = &text[paragraph.clone()];
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = words.chars().filter(|c| c.is_uppercase()).count();
    let heading = letters == 0 || (capitals * 10 > letters * 8 && letters > 3 && !words.contains(':'));
    if heading {
        voice.listing = announces_actions(words);
        return;
    }
    let sign = marker(words);
    let listed = voice.listing && (sign > 0 || words.len() < 200);
    let sentences = en_sentences(text, paragraph.start + sign..paragraph.end);
    for (n, sentence) in sentences.iter().enumerate() {
        let after = sentence.end..floor(text, sentences.get(n + 2).map_or(sentence.end + 160, |s| s.end));
        read_sentence(setting, sentence.clone(), after, listed, voice, out);
    }
    let short = words.split_whitespace().count() <= 8;
    voice.listing = (short && announces_actions(words)) || (voice.listing && sign > 0);
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn announces_actions(heading: &str) -> bool {
    let lower = heading.trim().to_ascii_lowercase();
    let bare = lower.trim_end_matches([':', '.']);
    [
        "action",
        "actions",
        "action items",
        "action points",
        "actions agreed",
        "resolved",
        "resolutions",
        "it was resolved",
        "review of duties",
        "to do",
        "assignments",
        "next steps",
        "action list",
        "it was agreed",
        "and resolved",
    ]
    .iter()
    .any(|word| bare.ends_with(word))
}

fn read_sentence(
    setting: &Setting<'_>,
    sentence: Range<usize>,
    after: Range<usize>,
    listed: bool,
    voice: &mut Voice,
    out: &mut Vec<Draft>,
) {
    let text = setting.text;
    let words = &text[sentence.clone()];
    let body = words.trim_end().trim_end_matches(['.', ';', '!', '”', '"']);
    if words.trim_end().ends_with('?') {
        return;
    }
    let mut start = sentence.start + (words.len() - words.trim_start().len());
    start += marker(&text[start..sentence.end]);
    let (label, labelled) = label(&text[start..sentence.end]);
    start += label;
    let end = (sentence.start + body.len()).max(start);
    let tokens = Tokens::of(text, start..end);
    if tokens.len() < 3 {
        return;
    }
    let reader = Reader { setting, t: &tokens };
    let named = first_named(&tokens, tokens.len(), &setting.names, setting.profile);
    let first = out.len();
    let found = reader.motion(&text[after], out)
        || reader.request(out)
        || reader.decision(voice, out)
        || reader.duty_list(listed, out)
        || reader.action_line(labelled || listed, voice, out)
        || reader.necessity(out);
    if !found {
        reader.modals(voice, out);
    }
    if !found && out.len() == first && (labelled || listed) {
        reader.imperative(labelled, out);
    }
    if let Some(named) = named {
        voice.named = Some(named);
    }
}

/// "Action:", "Resolved:", "RESOLVED that" at the start: its length, and whether it was there.
fn label(words: &str) -> (usize, bool) {
    let lower: String = words.chars().take(40).collect::<String>().to_ascii_lowercase();
    for word in [
        "action points",
        "action point",
        "action items",
        "action item",
        "actions",
        "action",
        "resolved",
        "resolution",
        "it was resolved",
        "to do",
        "decision",
        "agreed",
    ] {
        if let Some(rest) = lower.strip_prefix(word) {
            let length = rest.trim_start_matches([' ', '\t']);
            let closed = length
                .strip_prefix([':', '-', '–', '—'])
                .or_else(|| length.strip_prefix(", "))
                .or_else(|| if word == "resolved" { length.strip_prefix("that ") } else { None });
            if let Some(tail) = closed {
                let mut cut = lower.len() - tail.len();
                cut += words[cut..].len() - words[cut..].trim_start().len();
                if words[cut..].to_ascii_lowercase().starts_with("that ") {
                    cut += 5;
                }
                return (cut, true);
            }
        }
    }
    (0, false)
}

/// What a clause was found to be.
#[derive(Clone)]
pub(super) struct Found {
    /// Who must do it.
    pub(super) owner: Option<Range<usize>>,
    /// By which rule it was found.
    pub(super) rule: Rule,
    /// Whether it is doubtful.
    pub(super) low: bool,
}

impl Found {
    pub(super) fn by(rule: Rule, owner: Option<Range<usize>>) -> Self {
        Self { owner, rule, low: false }
    }
}

/// Reads one sentence.
pub(super) struct Reader<'a, 't> {
    pub(super) setting: &'a Setting<'t>,
    pub(super) t: &'a Tokens<'t>,
}

impl Reader<'_, '_> {
    pub(super) fn subject(&self, from: usize, to: usize) -> Subject {
        subject(self.t, from, to, &self.setting.names, self.setting.profile)
    }

    pub(super) fn draft(&self, from: usize, to: usize, found: Found) -> Draft {
        let Found { owner, rule, low } = found;
        let range = self.t.start(from)..self.t.end(to.max(from + 1) - 1);
        let range = closed(self.setting.text, range, self.t);
        Draft {
            body: range.start,
            range,
            owner,
            owner_rule: "en-owner-subject",
            supporting: Vec::new(),
            due: None,
            rule,
            low,
        }
    }

    /// The verb phrases from `from`, whose first verb is `verb`.
    pub(super) fn phrases(&self, from: usize, verb: usize, to: usize, found: Found, out: &mut Vec<Draft>) {
        let mut last_due: Option<Range<usize>> = None;
        for (n, (start, end)) in split(self.t, from, verb, to).into_iter().enumerate() {
            let start = if n == 0 { start } else { self.skip_links(start, end) };
            let rule = if n == 0 { found.rule } else { Rule::EnCoordinated };
            let mut draft = self.draft(start, end, Found { rule, ..found.clone() });
            // "ensure that A is closed by May, B is closed": the time governs the clauses that follow.
            let ensured = self.t.word(verb) == "ensure" || (from..to).any(|k| self.t.word(k) == "ensure");
            let times = super::due::find(self.setting.text, draft.range.clone(), &crate::due::Anchor::default());
            match times.into_iter().find(|time| time.binding) {
                Some(time) => last_due = Some(time.range),
                None if ensured && !is_verb(self.t, start) => draft.due = last_due.clone(),
                None => {}
            }
            out.push(draft);
        }
    }

    fn skip_links(&self, mut from: usize, to: usize) -> usize {
        while from + 1 < to && matches!(self.t.word(from), "and" | "also" | "then" | "to") {
            from += 1;
        }
        from
    }

    /// "Dick draft a letter, Gary get the road done, and Jan set up an interview".
    fn duty_list(&self, listed: bool, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let duty = |n: usize| {
            t.is_capital(n)
                && !is_verb(t, n)
                && is_verb(t, n + 1)
                && !t.breaks_before(n + 1)
                && matches!(self.subject(n, n + 1), Subject::Owner(_))
                && !t.word(n).ends_with('s')
        };
        let starts: Vec<usize> = (0..t.len().saturating_sub(2))
            .filter(|n| {
                duty(*n) && (*n == 0 || t.breaks_before(*n) || t.breaks_before(n - 1) && t.word(n - 1) == "and")
            })
            .collect();
        if starts.first() != Some(&0) || (starts.len() < 2 && !listed) {
            return false;
        }
        for (k, start) in starts.iter().enumerate() {
            let mut end = starts.get(k + 1).copied().unwrap_or(t.len());
            if end > *start && t.word(end - 1) == "and" {
                end -= 1;
            }
            out.push(self.draft(*start, end, Found::by(Rule::EnActionLine, Some(t.start(*start)..t.end(*start)))));
        }
        true
    }

    /// "Clerk to write to …".
    fn action_line(&self, labelled: bool, voice: &Voice, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(to) = t
            .find(1, t.len().min(12), "to")
            .filter(|n| is_verb(t, n + 1) || super::words::NOUN_VERBS.has(t.word(n + 1)))
        else {
            return false;
        };
        if (0..to).any(|n| {
            matches!(
                t.word(n),
                "is" | "are"
                    | "was"
                    | "were"
                    | "has"
                    | "have"
                    | "had"
                    | "motion"
                    | "agreed"
                    | "need"
                    | "needs"
                    | "reported"
                    | "reports"
            )
        }) {
            return false;
        }
        match self.subject(0, to) {
            Subject::Owner(owner) if labelled || !matches!(t.word(0), "the" | "a") || to <= 3 => {
                let mut end = t.len();
                if let Some(paused) = (to + 2..t.len()).find(|n| t.word(*n) == "action" && t.breaks_before(*n)) {
                    end = paused;
                }
                let before = out.len();
                self.phrases(0, to + 1, end, Found::by(Rule::EnActionLine, Some(owner)), out);
                // "Clerk to ring the bus company, Ann to order paint": each has its own name.
                for draft in &mut out[before + 1..] {
                    draft.owner = draft.owner.take().or_else(|| voice.named.clone());
                }
                true
            }
            Subject::Owner(_) | Subject::Pronoun | Subject::Nobody | Subject::Thing => false,
        }
    }

    /// "It is necessary to …", "There is a need to …".
    fn necessity(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(at) = (0..t.len()).find(|n| {
            (t.says(*n, "it is") && matches!(t.word(n + 2), "necessary" | "essential" | "imperative" | "vital")
                || t.says(*n, "there is a need")
                || t.says(*n, "efforts should be made"))
                && t.find(*n, n + 6, "to").is_some()
        }) else {
            return false;
        };
        let to = t.find(at, t.len(), "to").expect("looked for in the condition above");
        let mut verb = to + 1;
        while t.word(verb).ends_with("ly") {
            verb += 1;
        }
        self.phrases(at, verb.min(t.len() - 1), t.len(), Found::by(Rule::EnNecessity, None), out);
        true
    }

    /// A verb phrase in a list of resolutions or after "Action:".
    fn imperative(&self, labelled: bool, out: &mut Vec<Draft>) {
        let t = self.t;
        let verb = usize::from(t.word(0) == "to");
        if is_verb(t, verb) && !self.procedural(verb) {
            let low = !labelled && t.len() < 4;
            self.phrases(verb, verb, t.len(), Found { low, ..Found::by(Rule::EnImperative, None) }, out);
        }
    }

    /// Where the clause of a modal begins: its subject, with a time or place in front of it.
    pub(super) fn clause_start(&self, modal: usize) -> usize {
        let t = self.t;
        let mut n = modal;
        while n > 0 {
            let word = t.word(n - 1);
            // A quoted name is part of the subject; a comma, colon or bracket ends the clause before.
            if t.gap(n).contains([',', ':', ';', '(', ')', '–', '—']) && n < modal {
                break;
            }
            let joins_names = word == "and"
                && n >= 2
                && n < modal
                && (t.is_capital(n - 2) || super::words::OFFICES.has(t.word(n - 2)))
                && (t.is_capital(n) || t.word(n) == "the");
            if matches!(
                word,
                "that"
                    | "so"
                    | "but"
                    | "which"
                    | "who"
                    | "if"
                    | "when"
                    | "as"
                    | "because"
                    | "while"
                    | "where"
                    | "whether"
                    | "until"
                    | "and"
            ) && !joins_names
            {
                break;
            }
            n -= 1;
        }
        n
    }
}

/// A bracket that opens inside closes inside.
fn closed(text: &str, range: Range<usize>, t: &Tokens<'_>) -> Range<usize> {
    let words = &text[range.clone()];
    let end = t.base + t.text.len();
    let open = words.matches('(').count() > words.matches(')').count();
    if open && text[range.end..end].starts_with(')') { range.start..range.end + 1 } else { range }
}
