//! Directives in English sentences: duties, undertakings, decisions, motions and action lines.

use super::owner::{Names, Subject, first_named, last_named, subject};
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
    named: Option<Range<usize>>,
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

struct Reader<'a, 't> {
    setting: &'a Setting<'t>,
    t: &'a Tokens<'t>,
}

impl Reader<'_, '_> {
    fn subject(&self, from: usize, to: usize) -> Subject {
        subject(self.t, from, to, &self.setting.names, self.setting.profile)
    }

    fn draft(&self, from: usize, to: usize, owner: Option<Range<usize>>, rule: Rule, low: bool) -> Draft {
        let range = self.t.start(from)..self.t.end(to.max(from + 1) - 1);
        Draft { range: closed(self.setting.text, range, self.t), owner, supporting: Vec::new(), due: None, rule, low }
    }

    /// The verb phrases from `from`, whose first verb is `verb`.
    fn phrases(
        &self,
        from: usize,
        verb: usize,
        to: usize,
        owner: Option<&Range<usize>>,
        rule: Rule,
        low: bool,
        out: &mut Vec<Draft>,
    ) {
        let mut last_due: Option<Range<usize>> = None;
        for (n, (start, end)) in split(self.t, from, verb, to).into_iter().enumerate() {
            let start = if n == 0 { start } else { self.skip_links(start, end) };
            let mut draft =
                self.draft(start, end, owner.cloned(), if n == 0 { rule } else { Rule::EnCoordinated }, low);
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

    /// "Motion by A, second by B to buy two pumps. Motion carried."
    fn motion(&self, after: &str, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(mark) = (0..t.len().min(14))
            .find(|n| matches!(t.word(*n), "motion" | "moved" | "motioned" | "seconded" | "proposed"))
        else {
            return false;
        };
        if t.word(mark) == "proposed" && !(0..t.len()).any(|n| t.word(n) == "seconded") {
            return false;
        }
        let named =
            (0..t.len()).any(|n| matches!(t.word(n), "by" | "second" | "seconded" | "made" | "moved" | "motioned"));
        if !named {
            return false;
        }
        let Some(verb) = (mark + 1..t.len())
            .find(|n| matches!(t.word(n - 1), "to") && (is_verb(t, *n) || super::words::NOUN_VERBS.has(t.word(*n))))
        else {
            let Some(that) = t.find(mark, t.len(), "that") else { return true };
            if that + 2 < t.len() && outcome(&self.tail(that), after) == Some(true) && !self.procedural(that + 1) {
                out.push(self.draft(that + 1, self.before_outcome(that), None, Rule::EnMotion, false));
            }
            return true;
        };
        if self.procedural(verb) {
            return true;
        }
        let end = self.before_outcome(verb);
        match outcome(&self.tail(verb), after) {
            Some(true) => out.push(self.draft(verb, end, None, Rule::EnMotion, false)),
            Some(false) => {}
            None => out.push(self.draft(verb, end, None, Rule::EnMotion, true)),
        }
        true
    }

    fn tail(&self, from: usize) -> String {
        self.t.text[self.t.start(from) - self.t.base..].to_ascii_lowercase()
    }

    /// The words of a motion end where its outcome or its seconder is told.
    fn before_outcome(&self, from: usize) -> usize {
        let t = self.t;
        (from + 2..t.len())
            .find(|n| {
                t.breaks_before(*n)
                    && (matches!(
                        t.word(*n),
                        "seconded" | "second" | "motion" | "carried" | "passed" | "all" | "unanimously" | "approved"
                    ) || t.says(*n, "with all")
                        || t.says(*n, "and seconded"))
                    || matches!(t.word(*n), "seconded")
                    || t.says(*n, "was carried")
                    || t.says(*n, "motion carried")
            })
            .map_or(t.len(), |n| if matches!(t.word(n - 1), "and" | "was") { n - 1 } else { n })
    }

    /// Acts complete in themselves: adopting minutes, adjourning, appointing.
    fn procedural(&self, verb: usize) -> bool {
        let t = self.t;
        let words = |list: &[&str]| (verb + 1..t.len().min(verb + 9)).any(|n| list.contains(&t.word(n)));
        match t.word(verb) {
            "adjourn" | "recess" | "convene" | "reconvene" | "table" | "appoint" | "elect" | "nominate" | "suspend"
            | "close" | "open" | "defer" | "ratify" | "second" | "postpone" | "receive" | "note" | "acknowledge" => {
                true
            }
            "adopt" | "accept" => true,
            "enter" | "go" | "move" => words(&["session", "closed", "executive", "committee"]),
            "approve" | "confirm" | "sign" | "waive" | "dispense" | "take" => {
                words(&[
                    "minutes",
                    "agenda",
                    "report",
                    "reports",
                    "reading",
                    "recommendation",
                    "recommendations",
                    "consent",
                    "statement",
                    "resolution",
                    "ordinance",
                    "policy",
                    "orders",
                ]) && !words(&["payment", "purchase", "hiring", "paying"])
            }
            _ => false,
        }
    }

    /// "The Clerk was asked to …", "It was requested that the Council write …".
    fn request(&self, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(verb) = (1..t.len()).find(|n| {
            matches!(
                t.word(*n),
                "asked"
                    | "requested"
                    | "instructed"
                    | "directed"
                    | "tasked"
                    | "authorised"
                    | "authorized"
                    | "delegated"
                    | "required"
                    | "charged"
                    | "mandated"
            ) && (matches!(t.word(n - 1), "was" | "were" | "is" | "are" | "be" | "been")
                || t.word(n - 1).ends_with("ly"))
                && matches!(t.word(n + 1), "to" | "that" | "with")
        }) else {
            return false;
        };
        let be = (0..verb)
            .rev()
            .find(|n| matches!(t.word(*n), "was" | "were" | "is" | "are" | "be" | "been"))
            .unwrap_or(verb);
        let modal =
            (be.saturating_sub(1)..be).find(|n| matches!(t.word(*n), "to" | "should" | "would" | "will" | "shall"));
        let from = self.clause_start(modal.unwrap_or(be));
        if t.says(from, "it") {
            if t.word(verb + 1) != "that" || t.word(verb) == "required" {
                return false;
            }
            let from = verb + 2;
            let verb = (from + 1..t.len())
                .find(|n| is_verb(t, *n) || matches!(t.word(*n), "be" | "should"))
                .unwrap_or(from + 1);
            if verb >= t.len() {
                return false;
            }
            let owner = match self.subject(from, verb) {
                Subject::Owner(range) => Some(range),
                Subject::Pronoun | Subject::Nobody | Subject::Thing => None,
            };
            self.phrases(from, verb, t.len(), owner.as_ref(), Rule::EnDecided, false, out);
            return true;
        }
        match self.subject(from, modal.unwrap_or(be)) {
            Subject::Owner(owner) => {
                self.phrases(from, verb + 2, t.len(), Some(&owner), Rule::EnDecided, false, out);
                true
            }
            Subject::Pronoun | Subject::Nobody | Subject::Thing => false,
        }
    }

    /// "Council agreed to …", "It was resolved that …".
    fn decision(&self, voice: &Voice, out: &mut Vec<Draft>) -> bool {
        let t = self.t;
        let Some(verb) = (0..t.len()).find(|n| {
            matches!(
                t.word(*n),
                "agreed"
                    | "resolved"
                    | "decided"
                    | "voted"
                    | "determined"
                    | "authorised"
                    | "authorized"
                    | "directed"
                    | "instructed"
                    | "undertook"
            ) && (matches!(t.word(n + 1), "to" | "that" | "unanimously" | "upon" | "on")
                || matches!(t.word(*n), "directed" | "instructed" | "authorised" | "authorized") && *n > 0)
                && !matches!(t.word(n.wrapping_sub(1)), "as" | "previously" | "not" | "who" | "which" | "been" | "have")
        }) else {
            return false;
        };
        let mut next = verb + 1;
        while matches!(t.word(next), "unanimously" | "that" | "to" | "by" | "consensus")
            && !(t.word(next) == "to" && t.word(next + 1) == "the")
        {
            next += 1;
        }
        if next >= t.len() || t.word(next) == "not" || t.word(next) == "only" && t.word(next + 1) == "not" {
            return true;
        }
        let adverbs = (0..verb)
            .rev()
            .take_while(|n| {
                t.word(*n).ends_with("ly")
                    || matches!(t.word(*n), "all" | "also" | "then" | "has" | "have" | "had" | "was" | "it")
            })
            .count();
        let from = self.clause_start(verb - adverbs.min(verb));
        let impersonal =
            (0..verb).any(|n| t.word(n) == "it") || matches!(t.word(verb - verb.min(1)), "was" | "were") || verb == 0;
        let body = if impersonal { None } else { self.owner_of(from, verb - adverbs.min(verb), voice) };
        if !impersonal && body.is_none() {
            return false;
        }
        let ordering = matches!(t.word(verb), "directed" | "instructed" | "authorised" | "authorized") && !impersonal;
        if ordering {
            // "The Board directed staff to …": staff has to do it.
            let Some(to) = t.find(verb + 1, t.len().min(verb + 9), "to") else { return false };
            let owner = match self.subject(verb + 1, to) {
                Subject::Owner(range) => Some(range),
                Subject::Pronoun | Subject::Nobody | Subject::Thing => None,
            };
            if owner.is_none() {
                return false;
            }
            self.phrases(from, to + 1, t.len(), owner.as_ref(), Rule::EnDecided, false, out);
            return true;
        }
        let that = (verb + 1..next).any(|n| t.word(n) == "that");
        let infinitive = t.word(next - 1) == "to" || t.word(next) == "to";
        if !that && !infinitive && !is_verb(t, next) {
            return false;
        }
        if !that && (self.procedural(next) || matches!(t.word(next), "disagree" | "differ")) {
            return true;
        }
        let start = if impersonal { next } else { from };
        if that {
            let modal = (next..t.len()).find(|n| {
                matches!(
                    t.word(*n),
                    "should"
                        | "would"
                        | "will"
                        | "shall"
                        | "must"
                        | "be"
                        | "is"
                        | "are"
                        | "was"
                        | "were"
                        | "had"
                        | "could"
                        | "may"
                ) || (*n > next && is_verb(t, *n))
            });
            let Some(modal) = modal else { return true };
            if matches!(t.word(modal), "is" | "are" | "was" | "were" | "had" | "could" | "may")
                && !t.says(modal + 1, "to")
                || t.word(modal + 1) == "not"
            {
                return true;
            }
            if (next..t.len()).any(|n| {
                matches!(
                    t.word(n),
                    "adopted" | "approved" | "accepted" | "noted" | "elected" | "appointed" | "adjourned"
                )
            }) && !(next..t.len()).any(|n| matches!(t.word(n), "payment" | "purchase"))
            {
                return true;
            }
            let owner = match self.subject(next, modal) {
                Subject::Owner(range) if !self.is_passive(modal) => Some(range),
                Subject::Owner(_) | Subject::Pronoun | Subject::Nobody | Subject::Thing => body,
            };
            self.phrases(start, (modal + 1).min(t.len() - 1), t.len(), owner.as_ref(), Rule::EnDecided, false, out);
            return true;
        }
        self.phrases(start, next, self.before_outcome(next), body.as_ref(), Rule::EnDecided, false, out);
        true
    }

    fn owner_of(&self, from: usize, to: usize, voice: &Voice) -> Option<Range<usize>> {
        match self.subject(from, to) {
            Subject::Owner(range) => Some(range),
            Subject::Pronoun => voice.named.clone(),
            Subject::Nobody | Subject::Thing => None,
        }
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
            out.push(self.draft(*start, end, Some(t.start(*start)..t.end(*start)), Rule::EnActionLine, false));
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
                self.phrases(0, to + 1, end, Some(&owner), Rule::EnActionLine, false, out);
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
        self.phrases(at, verb.min(t.len() - 1), t.len(), None, Rule::EnNecessity, false, out);
        true
    }

    /// A verb phrase in a list of resolutions or after "Action:".
    fn imperative(&self, labelled: bool, out: &mut Vec<Draft>) {
        let t = self.t;
        let verb = usize::from(t.word(0) == "to");
        if is_verb(t, verb) && !self.procedural(verb) {
            self.phrases(verb, verb, t.len(), None, Rule::EnImperative, !labelled && t.len() < 4, out);
        }
    }

    /// Whether the verb after a modal is passive.
    fn is_passive(&self, modal: usize) -> bool {
        let t = self.t;
        let at = if t.word(modal) == "be" { modal } else { modal + 1 };
        let mut k = at + 1;
        while t.word(k).ends_with("ly") || matches!(t.word(k), "also" | "then" | "all") {
            k += 1;
        }
        t.word(at) == "be" && participle(t.word(k))
    }

    /// Where the clause of a modal begins: its subject, with a time or place in front of it.
    fn clause_start(&self, modal: usize) -> usize {
        let t = self.t;
        let mut n = modal;
        while n > 0 {
            let word = t.word(n - 1);
            if t.breaks_before(n) && n < modal {
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

    fn modals(&self, voice: &mut Voice, out: &mut Vec<Draft>) {
        let t = self.t;
        let found: Vec<(usize, Modal, usize)> =
            (0..t.len()).filter_map(|n| modal(t, n).map(|(kind, verb)| (n, kind, verb))).collect();
        let mut covered = 0;
        for (k, (at, kind, verb)) in found.iter().copied().enumerate() {
            if at < covered {
                continue;
            }
            let start = self.clause_start(at);
            let next_clause = found[k + 1..]
                .iter()
                .map(|(n, _, _)| self.clause_start(*n))
                .find(|s| *s > verb && self.begins_clause(*s));
            let mut end = next_clause.unwrap_or(t.len());
            while end > verb + 1 && matches!(t.word(end - 1), "and" | "but" | "so") {
                end -= 1;
            }
            let Some((owner, low)) = self.judge(start, at, kind, verb, voice) else { continue };
            let from = self.fronted(start);
            self.phrases(
                from,
                verb,
                end,
                owner.as_ref(),
                if kind == Modal::Will { Rule::EnUndertaking } else { Rule::EnModal },
                low,
                out,
            );
            covered = end;
        }
    }

    /// A new clause has a subject that is somebody; "which will" and "that will" only describe.
    fn begins_clause(&self, start: usize) -> bool {
        let t = self.t;
        let joined =
            start > 0 && (matches!(t.word(start - 1), "and" | "but" | "so") || t.gap(start).contains([',', ';', ':']));
        joined
            && (t.is_capital(start)
                || matches!(t.word(start), "the" | "he" | "she" | "they" | "we" | "it" | "this" | "all" | "each" | "a"))
    }

    /// In, on, by … and a comma before the subject belong to the clause; a purpose does not.
    fn fronted(&self, start: usize) -> usize {
        let t = self.t;
        if start == 0 || t.says(0, "in order to") || t.says(0, "to") {
            return start;
        }
        let opens = matches!(
            t.word(0),
            "in" | "on"
                | "by"
                | "at"
                | "for"
                | "after"
                | "before"
                | "during"
                | "following"
                | "with"
                | "when"
                | "once"
                | "if"
                | "from"
                | "under"
                | "until"
                | "within"
                | "subject"
                | "based"
                | "given"
                | "where"
                | "as"
        );
        let saying = (0..start).any(|n| {
            matches!(
                t.word(n),
                "that" | "reports" | "reported" | "stated" | "said" | "advised" | "which" | "stressed" | "noted"
            )
        });
        if opens && !saying { 0 } else { start }
    }

    /// Whether a clause with a modal is a directive: its owner, and whether it is doubtful.
    fn judge(
        &self,
        start: usize,
        at: usize,
        kind: Modal,
        verb: usize,
        voice: &Voice,
    ) -> Option<(Option<Range<usize>>, bool)> {
        let t = self.t;
        let word = t.word(verb);
        let relative = start > 0 && matches!(t.word(start - 1), "which" | "who" | "whether" | "where");
        let conditional =
            start > 0 && matches!(t.word(start - 1), "if" | "when" | "until" | "as" | "because" | "while");
        let negative = t.word(at + 1) == "not" && kind == Modal::Will
            || (start..at).any(|n| matches!(t.word(n), "no" | "none" | "nobody" | "neither"));
        let opinion = (0..start).any(|n| {
            matches!(
                t.word(n),
                "suggested"
                    | "suggests"
                    | "felt"
                    | "thought"
                    | "asked"
                    | "hoped"
                    | "hopes"
                    | "wondered"
                    | "believes"
                    | "believed"
                    | "proposed"
                    | "offered"
                    | "queried"
                    | "questioned"
                    | "expected"
                    | "enquired"
            )
        });
        let quoted = t.word(start) == "i" || self.t.text.starts_with('“') && t.says(0, "i will");
        let noted = word == "be"
            && matches!(
                t.word(verb + 1),
                "noted" | "able" | "like" | "ready" | "available" | "due" | "no" | "glad" | "happy" | "pleased"
            );
        let meeting = (start..at).any(|n| matches!(t.word(n), "meeting" | "meetings"))
            && (start..at).any(|n| t.word(n) == "next");
        if at == start || relative || negative || quoted || noted || meeting {
            return None;
        }
        if conditional && start > 1 && !matches!(t.word(start - 1), "if") {
            return None;
        }
        let subject = self.subject(start, at);
        let passive = self.is_passive(at) || (kind == Modal::To && word == "be" && participle(t.word(verb + 1)));
        let epistemic = matches!(
            word,
            "arrive"
                | "seem"
                | "like"
                | "mean"
                | "cost"
                | "happen"
                | "occur"
                | "know"
                | "last"
                | "begin"
                | "commence"
                | "start"
                | "expire"
                | "become"
                | "depend"
                | "remain"
                | "exceed"
                | "result"
                | "benefit"
                | "see"
                | "receive"
                | "find"
                | "cause"
                | "appear"
                | "love"
                | "want"
                | "run"
                | "feel"
        ) || (word == "be" && !passive);
        let owner = match &subject {
            Subject::Owner(range) if !passive => Some(range.clone()),
            Subject::Pronoun if !passive => self.antecedent(start, voice),
            Subject::Owner(_) | Subject::Pronoun | Subject::Nobody | Subject::Thing => {
                if passive {
                    self.agent(verb)
                } else {
                    None
                }
            }
        };
        match kind {
            Modal::Duty | Modal::To => {
                let people = matches!(subject, Subject::Nobody)
                    && !matches!(t.word(start), "we" | "everyone" | "the" | "all" | "this" | "these" | "there");
                let aim = kind == Modal::To
                    && (start..at).any(|n| {
                        matches!(
                            t.word(n),
                            "aim"
                                | "purpose"
                                | "objective"
                                | "intention"
                                | "idea"
                                | "goal"
                                | "plan"
                                | "hope"
                                | "role"
                                | "proposal"
                        )
                    });
                let advice = (0..start).any(|n| t.word(n) == "if") && matches!(subject, Subject::Pronoun);
                let thing_arrives =
                    matches!(subject, Subject::Thing | Subject::Pronoun) && epistemic && t.word(verb) != "be";
                let located = word == "be"
                    && matches!(
                        t.word(verb + 1),
                        "here" | "there" | "in" | "at" | "on" | "a" | "an" | "the" | "about" | "around"
                    );
                if people
                    || aim
                    || advice
                    || thing_arrives
                    || located && kind == Modal::Duty && matches!(subject, Subject::Thing)
                {
                    return None;
                }
                Some((owner, opinion))
            }
            Modal::Will => {
                if epistemic {
                    return None;
                }
                let told = (0..start).any(|n| {
                    matches!(
                        t.word(n),
                        "stated"
                            | "advised"
                            | "agreed"
                            | "reported"
                            | "confirmed"
                            | "informed"
                            | "noted"
                            | "indicated"
                            | "that"
                    )
                });
                let vague = (start..at).any(|n| {
                    matches!(
                        t.word(n),
                        "decisions"
                            | "decision"
                            | "matters"
                            | "amounts"
                            | "schools"
                            | "anyone"
                            | "costs"
                            | "cost"
                            | "price"
                    )
                });
                match subject {
                    Subject::Owner(_) | Subject::Pronoun if passive => (!vague && !opinion).then_some((owner, false)),
                    Subject::Owner(_) => Some((owner, opinion)),
                    Subject::Pronoun => owner.is_some().then_some((owner, opinion || t.word(start) == "it")),
                    Subject::Nobody if t.word(start) == "we" => Some((None, opinion)),
                    Subject::Nobody if passive && matches!(t.word(start), "this" | "these" | "the") => {
                        Some((owner, vague || opinion))
                    }
                    Subject::Nobody => None,
                    Subject::Thing => (passive && !vague).then_some((owner, opinion && !told)),
                }
            }
        }
    }

    fn antecedent(&self, start: usize, voice: &Voice) -> Option<Range<usize>> {
        let pronoun = self.t.word(start);
        if pronoun == "they" {
            return last_named(self.t, start, &self.setting.names).or_else(|| voice.named.clone());
        }
        first_named(self.t, start, &self.setting.names, self.setting.profile).or_else(|| voice.named.clone())
    }

    /// "… be carried out by the Clerk".
    fn agent(&self, verb: usize) -> Option<Range<usize>> {
        let t = self.t;
        let by = t.find(verb, t.len().min(verb + 12), "by")?;
        (by + 2..=t.len().min(by + 6)).rev().find_map(|end| match self.subject(by + 1, end) {
            Subject::Owner(range) => Some(range),
            Subject::Pronoun | Subject::Nobody | Subject::Thing => None,
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Modal {
    /// Should, must, shall.
    Duty,
    /// Has to, needs to, is to.
    To,
    /// Will, would.
    Will,
}

fn modal(t: &Tokens<'_>, n: usize) -> Option<(Modal, usize)> {
    let mut verb = n + 1;
    let kind = match t.word(n) {
        "should" | "must" | "shall" => Modal::Duty,
        "ought" if t.word(n + 1) == "to" => {
            verb += 1;
            Modal::Duty
        }
        "has" | "have" | "needs" | "need" | "is" | "are" if t.word(n + 1) == "to" => {
            let noun = t.word(n) == "need"
                && matches!(
                    t.word(n.wrapping_sub(1)),
                    "a" | "the" | "no" | "any" | "would" | "will" | "may" | "could" | "not"
                );
            if noun {
                return None;
            }
            verb += 1;
            Modal::To
        }
        "will" | "would" => Modal::Will,
        _ => return None,
    };
    while t.word(verb).ends_with("ly") && !is_verb(t, verb)
        || matches!(t.word(verb), "also" | "now" | "then" | "not" | "all" | "therefore" | "continue" if t.word(verb) != "continue" || false)
    {
        verb += 1;
    }
    (verb < t.len()).then_some((kind, verb))
}

fn participle(word: &str) -> bool {
    word.ends_with("ed")
        || matches!(
            word,
            "made"
                | "done"
                | "held"
                | "put"
                | "set"
                | "sent"
                | "taken"
                | "given"
                | "brought"
                | "built"
                | "bought"
                | "kept"
                | "paid"
                | "met"
                | "written"
                | "drawn"
                | "laid"
                | "found"
                | "cut"
                | "begun"
                | "chosen"
                | "sought"
                | "told"
                | "left"
                | "sold"
                | "undertaken"
                | "shown"
                | "read"
                | "hung"
                | "dug"
                | "spent"
        )
}

/// How a motion ended: told in its own sentence or in those after it.
fn outcome(own: &str, after: &str) -> Option<bool> {
    let after = after.to_ascii_lowercase();
    for text in [own, after.as_str()] {
        let lost = ["failed", "defeated", "lost", "withdrawn", "tabled", "no second", "died", "not carried"]
            .iter()
            .filter_map(|word| text.find(word))
            .min();
        let won = [
            "carried",
            "passed",
            "approved",
            "unanimous",
            "in favor",
            "in favour",
            "ayes",
            "all aye",
            "adopted",
            "agreed",
            "all yes",
            "m/s/c",
        ]
        .iter()
        .filter_map(|word| text.find(word))
        .min();
        match (won, lost) {
            (Some(won), Some(lost)) => return Some(won < lost),
            (Some(_), None) => return Some(true),
            (None, Some(_)) => return Some(false),
            (None, None) => {}
        }
    }
    None
}

/// A bracket that opens inside closes inside.
fn closed(text: &str, range: Range<usize>, t: &Tokens<'_>) -> Range<usize> {
    let words = &text[range.clone()];
    let end = t.base + t.text.len();
    let open = words.matches('(').count() > words.matches(')').count();
    if open && text[range.end..end].starts_with(')') { range.start..range.end + 1 } else { range }
}
