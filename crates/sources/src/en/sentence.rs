//! Directives in English sentences: which reading a sentence gets, and action lines. Motions, decisions and modals
//! have their own files.

use super::decision::ORDERING;
use super::modal::modal;
use super::motion::outcome;
use super::owner::{Names, Subject, first_named, subject};
use super::tokens::Tokens;
use super::verb_phrase::{base, is_verb, split, third_person};
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
    /// The day that the sentence before told of: an event to attend.
    pub(super) event: Option<Range<usize>>,
    /// A list of actions or resolutions is under way.
    listing: bool,
    /// What an officer recommended: the body's own resolution follows.
    recommending: bool,
    /// A motion whose words follow, and whether it was carried.
    motion: Option<bool>,
    /// Where the drafts of the last paragraph begin, for an owner told after them.
    paragraph: usize,
}

/// Read one paragraph. `ahead` is the rest of the document, where a motion's outcome may stand.
pub(crate) fn read(setting: &Setting<'_>, paragraph: Range<usize>, voice: &mut Voice, out: &mut Vec<Draft>) {
    let text = setting.text;
    let words = &text[paragraph.clone()];
    let sign = marker(words);
    let body = paragraph.start + sign..paragraph.end;
    // "Action: Clerk" under what it is about.
    if let Some(owner) = told_owner(setting, body.clone()) {
        let from = voice.paragraph.min(out.len());
        assign(&owner, &mut out[from..]);
        return;
    }
    if announces_motion(words) {
        let ahead = &text[paragraph.end..floor(text, paragraph.end + 3_000)];
        let lower = ahead.to_ascii_lowercase();
        let until = lower.find("moved").unwrap_or(ahead.len());
        voice.motion = outcome("", &ahead[..until]);
        voice.recommending = false;
        voice.listing = false;
        return;
    }
    if let Some(recommending) = announces_recommendation(words) {
        voice.recommending = recommending;
        voice.listing = !recommending && announces_actions(words);
        return;
    }
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = words.chars().filter(|c| c.is_uppercase()).count();
    let heading = letters == 0 || (capitals * 10 > letters * 8 && letters > 3 && !words.contains(':'));
    if heading {
        voice.listing = announces_actions(words);
        voice.motion = None;
        return;
    }
    if sign > 0 && words.chars().take(sign).any(|c| c.is_ascii_digit()) && !voice.listing && voice.motion.is_none() {
        voice.recommending = false;
    }
    if voice.recommending || voice.motion == Some(false) {
        return;
    }
    let first = out.len();
    voice.paragraph = first;
    if let Some(content) = voice.motion.and_then(|_| motion_words(words)) {
        if words.trim_end().ends_with(':') {
            voice.listing = true;
            return;
        }
        motion_clause(setting, body.start + content..body.end, out);
        return;
    }
    let listed = voice.listing && (sign > 0 || words.len() < 200);
    let sentences = en_sentences(text, body);
    let mut last = first;
    for (n, sentence) in sentences.iter().enumerate() {
        // Only a motion has an outcome to look for.
        let moved = ["oved", "otion", "econd", "roposed", "/C", "MOVE", "MOTION"];
        let moved = moved.iter().any(|word| text[sentence.clone()].contains(word));
        let after = if !moved {
            sentence.end..sentence.end
        } else {
            sentence.end..outcome_reach(text, sentence.end, paragraph.end, sentences.get(n + 2).map(|s| s.end))
        };
        if let Some(owner) = told_owner(setting, sentence.clone()) {
            assign(&owner, &mut out[last..]);
            continue;
        }
        let before = out.len();
        last = before;
        let end =
            if may_hold_two(&text[sentence.clone()]) { independent(setting, sentence.clone()) } else { sentence.end };
        read_sentence(setting, sentence.start..end, after.clone(), listed, voice, out);
        if end < sentence.end {
            read_sentence(setting, end..sentence.end, after, listed, voice, out);
        }
        if let Some(owner) = bracketed_owner(setting, sentence.clone()) {
            assign(&owner, &mut out[before..]);
        }
    }
    let short = words.split_whitespace().count() <= 8;
    let stem = words.trim_end().ends_with(':') && announces_decisions(words);
    voice.listing = (short && announces_actions(words)) || stem || (voice.listing && sign > 0);
}

/// How far the outcome of a motion may stand: to the next motion, and no further than a roll call is long.
fn outcome_reach(text: &str, from: usize, paragraph: usize, near: Option<usize>) -> usize {
    let far = floor(text, paragraph.max(from) + 160).min(floor(text, from + 900));
    let next = [" moved", " motion by", " made a motion", "Motion by", "MOTION"]
        .iter()
        .filter_map(|word| text[from..far].find(word))
        .min()
        .map_or(far, |at| from + at);
    next.max(near.unwrap_or(0).min(next)).max(from)
}

/// Whether a sentence may hold a decision and, behind a comma or "but", a clause of its own.
fn may_hold_two(words: &str) -> bool {
    let joined = words.contains(',') || words.contains(" and ") || words.contains(" but ");
    joined && ["ed ", "otion"].iter().any(|end| words.contains(end))
}

/// "Moved: Cr Bower Seconded: Cr Ng": names, and no words of the motion.
fn announces_motion(words: &str) -> bool {
    let lower = words.to_ascii_lowercase();
    let both = lower.contains("moved") && (lower.contains("seconded") || lower.contains("second"));
    both && words.split_whitespace().count() <= 14
        && !lower.contains(" to ")
        && !lower.contains(" that ")
        && !lower.contains("carried")
}

/// "Officer Recommendation" begins what is not decided yet, "Council Resolution" what is.
fn announces_recommendation(words: &str) -> Option<bool> {
    if words.split_whitespace().count() > 6 {
        return None;
    }
    let lower = words.trim().trim_end_matches([':', '.']).to_ascii_lowercase();
    let recommends =
        ["recommendation", "recommendations", "recommended motion", "proposed resolution", "draft resolution"];
    if recommends.iter().any(|word| lower.ends_with(word)) {
        return Some(true);
    }
    let decides = ["resolution", "decision", "council resolution", "resolved"].iter().any(|word| lower.contains(word));
    decides.then_some(false)
}

/// "That Council: …", "That the report be noted": the words of a motion that was announced.
fn motion_words(words: &str) -> Option<usize> {
    let lead = words.len() - words.trim_start().len();
    let lower = words[lead..].get(..5)?.to_ascii_lowercase();
    (lower == "that ").then_some(lead + 5)
}

/// The words of a carried motion: "Council introduce a curfew".
fn motion_clause(setting: &Setting<'_>, range: Range<usize>, out: &mut Vec<Draft>) {
    let words = &setting.text[range.clone()];
    let body = words.trim_end().trim_end_matches(['.', ';', ',']);
    let tokens = Tokens::of(setting.text, range.start..range.start + body.len());
    let reader = Reader { setting, t: &tokens };
    let modal = |n: usize| matches!(tokens.word(n), "should" | "must" | "would" | "shall" | "will");
    let found = (1..tokens.len()).find(|n| {
        is_verb(&tokens, *n)
            || third_person(tokens.word(*n)) && !tokens.is_capital(*n)
            || tokens.word(*n) == "be"
            || modal(*n)
    });
    let Some(head) = found else { return };
    let verb = (head + usize::from(modal(head))).min(tokens.len() - 1);
    let passive = tokens.word(verb) == "be";
    let minutes = (0..tokens.len().min(4)).any(|n| tokens.word(n) == "minutes");
    let paper = ["adopted", "noted", "received", "accepted", "confirmed", "approved", "endorsed"];
    if minutes || passive && paper.contains(&tokens.word(verb + 1)) || reader.procedural(verb) {
        return;
    }
    // "the Head of Highways be authorised to introduce": he is told.
    let told = passive && ORDERING.contains(&tokens.word(verb + 1)) && tokens.word(verb + 2) == "to";
    let subject_end = (1..head).find(|n| tokens.breaks_before(*n)).unwrap_or(head);
    let subject = || if passive && !told { None } else { reader.owner_in(0, subject_end) };
    let owner = reader.told(verb).or_else(subject);
    reader.phrases(0, verb, tokens.len(), Found::by(Rule::EnMotion, owner), out);
}

/// Where a clause of its own begins after a decision: "…, this payment will be reviewed".
fn independent(setting: &Setting<'_>, sentence: Range<usize>) -> usize {
    let tokens = Tokens::of(setting.text, sentence.clone());
    let reader = Reader { setting, t: &tokens };
    let t = reader.t;
    let decided = (0..t.len()).find(|n| {
        ORDERING.contains(&t.word(*n))
            || matches!(t.word(*n), "agreed" | "resolved" | "decided" | "moved" | "motion" | "approved")
    });
    let Some(decided) = decided else { return sentence.end };
    let found = (decided + 4..t.len()).filter(|n| modal(t, *n).is_some()).find_map(|modal| {
        let mut start = reader.clause_start(modal);
        // "but if someone wants …": the condition belongs to the clause.
        if start > 0 && matches!(t.word(start - 1), "if" | "when") {
            start -= 1;
        }
        let joined = start > decided + 3 && (t.breaks_before(start) || matches!(t.word(start - 1), "but" | "and"));
        let subject = modal > start && modal - start <= 8;
        let fresh = t.is_capital(start)
            || matches!(t.word(start), "the" | "this" | "these" | "it" | "they" | "all" | "each" | "a" | "if");
        (joined && subject && fresh && t.word(start) != "that").then_some(start)
    });
    match found {
        Some(start) => {
            let joint = matches!(t.word(start - 1), "but" | "and");
            t.end(start - 1 - usize::from(joint)).min(sentence.end)
        }
        None => sentence.end,
    }
}

/// "Action: Clerk", "(Clerk)", "Owner: JB": whose it is, and nothing else.
fn told_owner(setting: &Setting<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let words = &setting.text[range.clone()];
    if words.len() > 60 {
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
    is_owner(setting, start..start + value.len()).then(|| start..start + value.len())
}

/// "… replacing the swing chains (LF)."
fn bracketed_owner(setting: &Setting<'_>, sentence: Range<usize>) -> Option<Range<usize>> {
    let words = setting.text[sentence.clone()].trim_end().trim_end_matches('.');
    let close = words.strip_suffix([')', ']'])?;
    let open = close.rfind(['(', '['])?;
    let inside = close[open + 1..].trim();
    let inside = ["Action:", "ACTION:", "Action by", "Action"]
        .iter()
        .find_map(|label| inside.strip_prefix(label))
        .unwrap_or(inside)
        .trim();
    let start = sentence.start + words[..close.len()].rfind(inside).filter(|_| !inside.is_empty())?;
    (inside.len() <= 40 && is_owner(setting, start..start + inside.len())).then(|| start..start + inside.len())
}

/// Initials, an office or a name.
fn is_owner(setting: &Setting<'_>, range: Range<usize>) -> bool {
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

fn assign(owner: &Range<usize>, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| draft.owner.is_none()) {
        draft.owner = Some(owner.clone());
        draft.owner_rule = "en-owner-told-after";
    }
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

/// "The Committee agreed that:", "That Council:", "Resolved:".
fn announces_decisions(stem: &str) -> bool {
    let lower = stem.to_ascii_lowercase();
    let decides = [
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
    decides.iter().any(|word| lower.contains(word))
        && !["noted:", "received:", "discussed:"].iter().any(|word| lower.ends_with(word))
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
    // "RESOLVED: That the fee be raised", "(2) That the scheme be reviewed": the words of a resolution.
    let that = text[start..sentence.end].get(..5).is_some_and(|word| word.eq_ignore_ascii_case("that "));
    let stripped = labelled && text[..start].trim_end().to_ascii_lowercase().ends_with("that");
    if (that && (listed || labelled) || stripped) && start < sentence.start + body.len() {
        let from = if that { start + 5 } else { start };
        let before = out.len();
        motion_clause(setting, from..sentence.start + body.len(), out);
        if out.len() > before || that {
            return;
        }
    }
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
        || reader.listed_act(listed || labelled, out)
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
    reader.attendance(voice, &mut out[first..]);
}

/// "Action:", "Resolved:", "RESOLVED that" at the start: its length, and whether it was there.
fn label(words: &str) -> (usize, bool) {
    let lower: String = words.chars().take(40).collect::<String>().to_ascii_lowercase();
    for word in [
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
                && (listed || matches!(self.subject(n, n + 1), Subject::Owner(_)))
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
        if let Some(to) = self.unknown_actor(labelled) {
            let owner = t.start(0)..t.end(to - 1);
            self.phrases(0, to + 1, t.len(), Found::by(Rule::EnActionLine, Some(owner)), out);
            return true;
        }
        let Some(to) = t
            .find(1, t.len().min(12), "to")
            .filter(|n| is_verb(t, n + 1) || super::words::NOUN_VERBS.has(t.word(n + 1)))
        else {
            return false;
        };
        // "called the meeting to order", "offered to erect": a clause, and no name.
        if (1..to).any(|n| t.word(n).ends_with("ed") && t.word(n).len() > 4 && !t.is_capital(n)) {
            return false;
        }
        if (0..to).any(|n| {
            matches!(
                t.word(n),
                "will"
                    | "would"
                    | "should"
                    | "must"
                    | "shall"
                    | "may"
                    | "can"
                    | "moves"
                    | "is"
                    | "are"
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

    /// "Port to order the signs": whoever stands before "to" in a line of action, or with nothing else in the sentence.
    fn unknown_actor(&self, labelled: bool) -> Option<usize> {
        let t = self.t;
        let to = t.find(1, t.len().min(5), "to").filter(|n| is_verb(t, n + 1))?;
        let names = (0..to).all(|n| t.is_capital(n) || matches!(t.word(n), "and" | "&" | "of")) && !is_verb(t, 0);
        let none = [
            "need",
            "how",
            "due",
            "failure",
            "agreed",
            "resolved",
            "motion",
            "subject",
            "plans",
            "time",
            "request",
            "permission",
            "proposal",
            "next",
            "as",
            "in",
            "i",
            "we",
        ];
        let finite =
            (0..t.len()).any(|n| matches!(t.word(n), "is" | "was" | "were" | "are" | "will" | "should" | "would"));
        let thing = super::words::THINGS.has(t.word(to - 1)) || t.word(to - 1).ends_with("ion");
        (names && !none.contains(&t.word(0)) && (labelled || !finite) && !thing).then_some(to)
    }

    /// "Accepts the tender", "Requests the Chief Executive to report": an item of what a body decided.
    fn listed_act(&self, listed: bool, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        if !listed || base(t.word(0)).is_none() || !t.is_capital(0) {
            return false;
        }
        if !self.procedural(0) {
            self.phrases(0, 0, t.len(), Found::by(Rule::EnMotion, self.told(0)), out);
        }
        true
    }

    /// Whom a verb of ordering tells: "Requests the Chief Executive Officer to …".
    fn told(&self, verb: usize) -> Option<Range<usize>> {
        let t = self.t;
        let orders = matches!(
            base(t.word(verb)).unwrap_or(t.word(verb)),
            "request"
                | "direct"
                | "instruct"
                | "authorise"
                | "authorize"
                | "ask"
                | "require"
                | "delegate"
                | "invite"
                | "order"
                | "task"
        );
        let to = t.find(verb + 1, t.len().min(verb + 12), "to").filter(|_| orders)?;
        self.owner_in(verb + 1, to)
    }

    /// "The hearing will be on 10 October. Cllr Marsh will attend.": on that day.
    fn attendance(&self, voice: &mut Voice, drafts: &mut [Draft]) {
        let t = self.t;
        let nothing = crate::due::Anchor::default();
        // A day is written with a digit.
        let dated = t.text.bytes().any(|byte| byte.is_ascii_digit());
        let days = if dated { super::due::find_in(t, &nothing) } else { vec![] };
        for draft in drafts.iter_mut().filter(|draft| draft.due.is_none()) {
            let attends = (0..t.len()).any(|n| {
                draft.range.contains(&t.start(n)) && matches!(t.word(n), "attend" | "attending" | "represent")
            });
            if attends && days.is_empty() && draft.range.len() < 90 {
                draft.due = voice.event.clone();
            }
        }
        voice.event = days.into_iter().rev().find(|day| day.rule == "en-due-day").map(|day| day.range);
    }

    /// "It is necessary to …", "There is a need to …".
    fn necessity(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        // "It is essential that every patient can reach a clinic".
        if let Some(at) = (0..t.len()).find(|n| {
            t.says(*n, "it is")
                && matches!(t.word(n + 2), "necessary" | "essential" | "imperative" | "vital" | "crucial")
                && t.word(n + 3) == "that"
        }) {
            let verb = (at + 5..t.len())
                .find(|n| is_verb(t, *n) && !t.breaks_before(*n) || matches!(t.word(*n), "be" | "is" | "are" | "can"))
                .unwrap_or(at + 4);
            let owner = self.owner_in(at + 4, verb.max(at + 5));
            self.phrases(at, verb.min(t.len() - 1), t.len(), Found::by(Rule::EnNecessity, owner), out);
            return true;
        }
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
            let said = matches!(
                word,
                "said" | "says" | "reported" | "reports" | "disclosed" | "announced" | "stated" | "added" | "explained"
            ) && n < modal;
            if said
                || matches!(
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
