//! Directives in English sentences: which reading a sentence gets, and action lines. Motions, decisions and modals
//! have their own files.

use super::assigned::{assigned, opens_with_initials};
use super::background::{announces, is_done, is_done_behind, is_only_put, is_put_behind, is_recital, strip};
use super::demand::{Force, lead_force, that_clauses};
use super::initialled::initialled;
use super::label::{
    announces_actions, announces_decisions, announces_motion, announces_recommendation, bracketed_owner, label,
    lone_body, motion_words, opens_topic, stem_body, told_owner, without_aside,
};
use super::motion::{outcome, outcome_reach, tells_outcome};
use super::notes::{noted_line, opens_duties};
use super::notice::noticed;
use super::owner::{Names, Subject, first_named, names_person, subject};
use super::resolution::motion_clause;
use super::shorthand::{lists_people, makes_points, to_action};
use super::spliced::{independent, may_hold_two};
use super::stem::{Stem, inline, opens_item, opens_list, stem};
use super::tokens::Tokens;
use super::verb_phrase::{is_verb, split};
use crate::draft::Draft;
use crate::phrases::any_of;
use crate::segment::{en_sentences, marker, named_head};
use crate::{Profile, Rule};
use std::ops::Range;

/// What holds for the whole document.
pub(crate) struct Setting<'a> {
    pub(crate) text: &'a str,
    pub(crate) names: Names<'a>,
    pub(crate) profile: &'a Profile,
    /// Who chaired.
    pub(crate) chair: Option<&'a str>,
    /// It is typed as notes.
    notes: bool,
}

impl<'a> Setting<'a> {
    pub(crate) fn of(text: &'a str, profile: &'a Profile, chair: Option<&'a str>) -> Self {
        Setting { text, names: Names::of(text), profile, chair, notes: super::notes::are_notes(text) }
    }

    /// Whether these words name who chaired: by surname, or by initials that the text explains.
    pub(super) fn chairs(&self, words: &str) -> bool {
        let Some(chair) = self.chair else { return false };
        let named = |word: &str| word.len() > 1 && chair.split_whitespace().any(|name| name == word);
        let initials: String = chair.split_whitespace().filter_map(|name| name.chars().next()).collect();
        words.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'').any(named)
            || initials.len() >= 2 && words == initials && self.names.explains(words)
    }
}

/// What the reader remembers from sentence to sentence.
#[derive(Default)]
pub(crate) struct Voice {
    /// Who was named last as doing or saying something: whom a pronoun stands for.
    pub(super) named: Option<Range<usize>>,
    /// Of those the last single person: whom "he" and "she" stand for.
    pub(super) person: Option<Range<usize>>,
    /// An auditor, an inspector or another from outside opened the sentence before.
    pub(super) adviser: bool,
    /// The sentence before, which may tell the day of an event to attend.
    before: Range<usize>,
    /// A list of actions or resolutions is under way.
    listing: bool,
    /// What an officer recommended: the body's own resolution follows.
    recommending: bool,
    /// A motion whose words follow, and whether it was carried.
    motion: Option<bool>,
    /// Where the drafts of the last paragraph begin, for an owner told after them.
    paragraph: usize,
    /// Guests speak: under "Public comment".
    pub(super) public: bool,
    /// Members' points are listed.
    points: bool,
    /// The body of a stem such as "That Council:".
    pub(super) body: Option<Range<usize>>,
    /// The stem of a list under way: "Motion by A, second by B to:".
    stem: Option<Stem>,
}

/// Read one paragraph, the lists in it item by item.
pub(crate) fn read(setting: &Setting<'_>, paragraph: Range<usize>, voice: &mut Voice, out: &mut Vec<Draft>) {
    let text = setting.text;
    let mut rest = paragraph.clone();
    if let Some(mut stem) = voice.stem.take().filter(|stem| stem.takes(&text[paragraph.clone()])) {
        let item = paragraph.start + marker(&text[paragraph.clone()])..paragraph.end;
        rest.start = stem.item(setting, item, out);
        voice.stem = Some(stem);
    }
    let mut from = rest.start;
    while let Some(list) = inline(text, from..rest.end) {
        from = list.items.last().map_or(rest.end, |item| item.end);
        let behind = &text[from..outcome_reach(text, from, paragraph.end, None)];
        if let Some(mut stem) = stem(setting, list.stem.clone(), &[behind]) {
            read_paragraph(setting, rest.start..list.stem.start, voice, out);
            for item in list.items {
                stem.item(setting, item, out);
            }
            rest.start = from;
        }
    }
    if let Some(stem) = opens_list(setting, rest.clone()) {
        voice.stem = Some(stem);
        let last = en_sentences(text, rest.clone()).pop().map_or(rest.start, |last| last.start);
        rest.end = last;
    }
    read_paragraph(setting, rest, voice, out);
}

/// Read what stands in a paragraph besides lists. The outcome of a motion may stand behind it.
fn read_paragraph(setting: &Setting<'_>, paragraph: Range<usize>, voice: &mut Voice, out: &mut Vec<Draft>) {
    let text = setting.text;
    let words = &text[paragraph.clone()];
    if words.trim().is_empty() {
        return;
    }
    let sign = marker(words);
    if lists_people(&words[sign..]) {
        return;
    }
    let body = paragraph.start + sign..paragraph.end;
    let body_range = body.clone();
    // "Action: Clerk" under what it is about.
    if let Some(owner) = told_owner(setting, body.clone()) {
        let from = voice.paragraph.min(out.len());
        assign(&owner, &mut out[from..]);
        return;
    }
    if announces_motion(words) {
        let ahead = &text[paragraph.end..text.floor_char_boundary(paragraph.end + 3_000)];
        let lower = ahead.to_ascii_lowercase();
        let until = lower.find("moved").unwrap_or(ahead.len());
        voice.motion = outcome("", &ahead[..until]);
        voice.body = None;
        voice.recommending = false;
        voice.listing = false;
        return;
    }
    if let Some(recommending) = announces_recommendation(words) {
        voice.recommending = recommending;
        voice.listing = !recommending && announces_actions(words);
        let lower = words.trim_start().to_ascii_lowercase();
        // "Resolved TA25/31: That the Board": its resolutions follow one by one.
        let stem =
            lower.find("that ").and_then(|at| stem_body(setting, body.start + at.saturating_sub(sign)..body.end));
        if !recommending && stem.is_some() {
            voice.body = stem;
            voice.listing = true;
            return;
        }
        if !recommending && !voice.listing {
            voice.motion = Some(true);
        }
        return;
    }
    let topic = opens_topic(words);
    if let Some(public) = topic {
        voice.public = public;
    }
    // "Public comment: Bev Lund said …": what guests say ends with the paragraph.
    let run_in = voice.public && words.split_once(':').is_some_and(|(head, told)| head.len() < 40 && told.len() > 20);
    // "21/56 Highways. It was agreed …": the next item, its heading in the same line.
    if sign > 0 && voice.public && topic.is_none() && words.starts_with(|c: char| c.is_ascii_digit()) {
        let head = text[body.clone()].split(['.', ':', '–']).next().unwrap_or("");
        if head.split_whitespace().take(6).count() <= 5 && head.len() < body.len() {
            voice.public = opens_topic(head.trim()).unwrap_or(false);
        }
    }
    // A heading without a number ends what was only recommended.
    let heads = topic.is_some() && sign == 0 && words.len() < 60 && {
        let t = Tokens::of(words, 0..words.len());
        !is_verb(&t, 0) && !super::verb_phrase::third_person(&t, 0) && t.word(0) != "that"
    };
    if heads {
        voice.recommending = false;
    }
    // A numbered topic ends the motion before it, and whoever was named last.
    let topic = topic.is_some() && words.starts_with(|c: char| c.is_ascii_digit());
    if topic {
        voice.person = None;
        voice.motion = None;
        voice.recommending = false;
        voice.body = None;
    }
    if is_heading(words) {
        voice.listing = announces_actions(words);
        voice.motion = None;
        voice.body = None;
        return;
    }
    if sign > 0 && words.chars().take(sign).any(|c| c.is_ascii_digit()) && !voice.listing && voice.motion.is_none() {
        voice.recommending = false;
    }
    if tells_outcome(words) {
        voice.motion = None;
        voice.body = None;
        voice.listing = false;
        return;
    }
    if voice.recommending || voice.motion == Some(false) {
        return;
    }
    // "Actions (read back by the Deputy Clerk)": a heading in small letters.
    let heading = without_aside(words);
    if sign == 0 && heading.split_whitespace().nth(3).is_none() && announces_actions(words) && !heading.contains(':') {
        (voice.listing, voice.body) = (true, None);
        return;
    }
    let first = out.len();
    voice.paragraph = first;
    if voice.listing && assigned(setting, body.clone(), out) {
        return;
    }
    if voice.motion.is_none() && initialled(setting, body.clone(), out) {
        return;
    }
    if setting.notes && voice.motion.is_none() {
        if sign > 0 && noted_line(setting, body.clone(), voice, out) {
            return;
        }
        if let Some(owner) = opens_duties(setting, body.clone()) {
            (voice.body, voice.listing) = (Some(owner), true);
            return;
        }
    }
    let noticed = if voice.motion.is_some() || voice.listing { None } else { noticed(setting, body.clone(), out) };
    let body = noticed.map_or(body.clone(), |end| end..body.end);
    if let Some(content) = voice.motion.and_then(|_| motion_words(&text[body.clone()])) {
        if words.trim_end().ends_with(':') {
            voice.listing = true;
            voice.body = stem_body(setting, body.clone());
            return;
        }
        for (n, sentence) in en_sentences(text, body.clone()).into_iter().enumerate() {
            let further = motion_words(&text[sentence.clone()]).map(|lead| sentence.start + lead);
            let start = if n == 0 { Some(body.start + content) } else { further };
            if let Some(start) = start {
                motion_clause(setting, start..sentence.end, out);
            }
        }
        return;
    }
    let listed = voice.listing && (sign > 0 || words.len() < 200 || motion_words(words).is_some());
    let sentences = en_sentences(text, body.clone());
    // "ACTION ITEMS: Mead – call the state; Olsen – order booths".
    let (cut, labelled) = label(&text[body.clone()]);
    let actions = labelled && announces_actions(&text[body.start..body.start + cut]);
    let mut last = first;
    let mut lead = None;
    for (n, sentence) in sentences.iter().enumerate() {
        // Only a motion has an outcome to look for.
        let moved =
            any_of!["oved", "otion", "econd", "roposed", "uggested", "/C", "MOVE", "MOTION", "esolution", "RESOLUTION"];
        let moved = moved.stands_in(&text[sentence.clone()]);
        let after = if !moved {
            sentence.end..sentence.end
        } else {
            sentence.end..outcome_reach(text, sentence.end, paragraph.end, sentences.get(n + 2).map(|s| s.end))
        };
        let told = told_owner(setting, sentence.clone());
        let told = told.or_else(|| if out.len() > last { to_action(setting, sentence.clone()) } else { None });
        if let Some(owner) = told {
            assign(&owner, &mut out[last..]);
            continue;
        }
        let before = out.len();
        last = before;
        let item = if n == 0 && actions { body.start + cut } else { sentence.start };
        let told = ["ACTION ", "Action "].iter().any(|lead| text[item..sentence.end].trim_start().starts_with(lead));
        let told = told || n == 0 && sign == 0 && opens_with_initials(setting, sentence.clone());
        if (actions || voice.listing || told) && item < sentence.end && assigned(setting, item..sentence.end, out) {
            continue;
        }
        let carried = n > 0 && text[sentences[n - 1].clone()].ends_with(';');
        if carried && before > first && continues_order(setting, sentence.clone(), out) {
            if let Some(owner) = bracketed_owner(setting, sentence.clone()) {
                own(&owner, &mut out[before..]);
            }
            continue;
        }
        if !carried {
            lead = text[sentence.clone()]
                .ends_with(';')
                .then(|| lead_force(&Tokens::of(text, sentence.clone())))
                .flatten();
            let opening = text[sentence.clone()].trim_start();
            let openings = ["resolved", "it was resolved", "agreed", "decision"];
            let resolved = openings.iter().any(|words| strip(opening, words).is_some());
            lead = lead.or(resolved.then_some(Force::Decided));
        }
        let pieces = pieces(setting, sentence.clone());
        let whole = pieces.first().map_or(sentence.clone(), |(range, _)| range.clone());
        let end = if may_hold_two(&text[whole.clone()]) { independent(setting, whole.clone()) } else { whole.end };
        // "First, ensure supply: firms must store coal.": an order and what it means.
        let colon = ordinal(&text[whole.start..end])
            .then(|| text[whole.start..end].find(": "))
            .flatten()
            .map(|at| whole.start + at + 1);
        if let Some(colon) = colon {
            read_sentence(setting, whole.start..colon - 1, after.clone(), listed, voice, out);
        }
        read_sentence(setting, colon.unwrap_or(whole.start)..end, after.clone(), listed, voice, out);
        if end < whole.end {
            read_sentence(setting, end..whole.end, after, listed, voice, out);
        }
        // "agreed that (i) …; (ii) …; and (iii) the policy be reviewed".
        if let Some(force) =
            lead.filter(|force| carried && !matches!(force, Force::Said | Force::Wished) && out.len() == before)
        {
            read_piece(setting, after_link(text, sentence.clone()), force, false, voice, out);
        }
        let doubted = out.len() == before || out[before..].iter().all(|draft| draft.low);
        for (range, force) in pieces.into_iter().skip(1) {
            let low = doubted && force == Force::Called || force == Force::Wished;
            read_piece(setting, range, force, low, voice, out);
        }
        if let Some(owner) = bracketed_owner(setting, sentence.clone()) {
            assign(&owner, &mut out[before..]);
        }
    }
    let short = without_aside(words).split_whitespace().nth(8).is_none();
    let lone = sentences.last().and_then(|last| lone_body(setting, last.clone()));
    let stem = words.trim_end().ends_with(':') && (announces_decisions(words) || lone.is_some());
    if stem {
        voice.body = lone.or_else(|| stem_body(setting, body_range));
    }
    // An item without a sign is a note of what is to be done, and no longer than that.
    let noted = sign > 0 || words.len() < 140 && (out.len() > first || named_head(words).is_some());
    voice.listing = (short && announces_actions(words)) || stem || voice.listing && noted;
    if !voice.listing {
        voice.body = None;
    }
    // "Members made the following points:": views, one by one.
    voice.points = makes_points(words) || voice.points && sign > 0;
    if voice.public || voice.points {
        // What guests say ought to be done, the body has not said; what officers undertake stands.
        for draft in out[first..].iter_mut().filter(|draft| matches!(draft.rule, Rule::EnModal | Rule::EnCoordinated)) {
            draft.low = true;
        }
    }
    voice.public &= !run_in;
}

/// A sentence cut where further "that" clauses begin: "stressed that A …, and that B …".
fn pieces(setting: &Setting<'_>, sentence: Range<usize>) -> Vec<(Range<usize>, Force)> {
    let words = &setting.text[sentence.clone()];
    if !words.contains("that ") || any_of!["that "].places(words).nth(1).is_none() {
        return vec![];
    }
    let t = Tokens::of(setting.text, sentence.clone());
    let mut out = vec![];
    let mut start = sentence.start;
    let mut last = Force::Said;
    // "Cllr Moss said that A, and that B should come first": one member's view of both.
    let first = (1..t.len()).find(|n| t.word(*n) == "that").unwrap_or(0);
    let view = Reader { setting, t: &t }.member_says(first);
    for (n, force) in that_clauses(&t) {
        let end = n - usize::from(matches!(t.word(n - 1), "and" | "but"));
        out.push((start..t.end(end - 1), last));
        start = t.start(n + 1);
        last = if view && force == Force::Said { Force::Wished } else { force };
    }
    out.push((start..sentence.end, last));
    out
}

/// "First, …", "Second, …" in front of an order and its colon.
fn ordinal(words: &str) -> bool {
    let first = words.trim_start().split([',', ' ']).next().unwrap_or("");
    matches!(
        first,
        "First" | "Firstly" | "Second" | "Secondly" | "Third" | "Thirdly" | "Fourth" | "Fifth" | "Finally" | "Lastly"
    )
}

/// A line of nearly nothing but capitals, or without letters.
fn is_heading(words: &str) -> bool {
    let (mut letters, mut capitals) = (0, 0);
    for c in words.chars() {
        letters += usize::from(c.is_alphabetic());
        capitals += usize::from(c.is_uppercase());
    }
    letters == 0 || (capitals * 10 > letters * 8 && letters > 3 && !words.contains(':'))
}

/// An item behind "and", its sign and "that".
fn after_link(text: &str, sentence: Range<usize>) -> Range<usize> {
    let mut start = sentence.start;
    loop {
        let words = &text[start..sentence.end];
        let bare = words.trim_start();
        let lead = words.len() - bare.len();
        let link = ["and ", "that ", "That "].iter().find(|link| bare.starts_with(**link)).map_or(0, |link| link.len());
        let step = if link > 0 { lead + link } else { marker(words) };
        if step == 0 {
            return start + lead..sentence.end;
        }
        start += step;
    }
}

/// A further "that" clause, read by the force of the verb before the first.
fn read_piece(
    setting: &Setting<'_>,
    range: Range<usize>,
    force: Force,
    low: bool,
    voice: &mut Voice,
    out: &mut Vec<Draft>,
) {
    let words = &setting.text[range.clone()];
    let body = words.trim_end().trim_end_matches(['.', ';', '!', ',']);
    let tokens = Tokens::of(setting.text, range.start..range.start + body.len());
    if tokens.len() < 3 {
        return;
    }
    let reader = Reader { setting, t: &tokens };
    let first = out.len();
    match force {
        Force::Said | Force::Wished => reader.modals(voice, out),
        Force::Decided | Force::Called => reader.called_clause(0, tokens.len(), voice, out),
    }
    // "reported that … and that the roof needs to be looked at": a want that is told of, as is a member's view.
    let wanted = force == Force::Said && (0..tokens.len()).any(|n| matches!(tokens.word(n), "needs" | "need"));
    for draft in &mut out[first..] {
        draft.low |=
            low && (force != Force::Wished || draft.rule == Rule::EnModal) || wanted && draft.rule == Rule::EnModal;
    }
}

/// "second, correct the faults; and third, report": an order that goes on behind a semicolon.
fn continues_order(setting: &Setting<'_>, sentence: Range<usize>, out: &mut Vec<Draft>) -> bool {
    let words = setting.text[sentence.clone()].trim_end().trim_end_matches(['.', ';']);
    let tokens = Tokens::of(setting.text, sentence.start..sentence.start + words.len());
    let mut verb = 0;
    // "(ii) obtain prices".
    while marker(words) > 0 && verb < tokens.len() && tokens.start(verb) < sentence.start + marker(words) {
        verb += 1;
    }
    while matches!(
        tokens.word(verb),
        "and"
            | "first"
            | "second"
            | "third"
            | "fourth"
            | "fifth"
            | "firstly"
            | "secondly"
            | "thirdly"
            | "finally"
            | "lastly"
            | "then"
            | "to"
            | "also"
    ) || tokens.word(verb).ends_with("ly") && !is_verb(&tokens, verb)
    {
        verb += 1;
    }
    let Some(last) = out.last().filter(|last| {
        matches!(
            last.rule,
            Rule::EnModal
                | Rule::EnDecided
                | Rule::EnCoordinated
                | Rule::EnImperative
                | Rule::EnActionLine
                | Rule::EnMotion
        )
    }) else {
        return false;
    };
    if verb + 1 >= tokens.len() || !is_verb(&tokens, verb) || tokens.is_capital(verb) {
        return false;
    }
    let found = Found { low: last.low, ..Found::by(Rule::EnCoordinated, last.owner.clone()) };
    let reader = Reader { setting, t: &tokens };
    if reader.procedural(verb) {
        return true;
    }
    reader.phrases(verb, verb, tokens.len(), found, out);
    true
}

/// Initials in brackets behind an item tell whose it is.
fn own(owner: &Range<usize>, drafts: &mut [Draft]) {
    for draft in drafts {
        draft.owner = Some(owner.clone());
        draft.owner_rule = "en-owner-told-after";
    }
}

fn assign(owner: &Range<usize>, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| draft.owner.is_none()) {
        draft.owner = Some(owner.clone());
        draft.owner_rule = "en-owner-told-after";
        // "- Write to the owner (Clerk)": whose it is makes an order of it.
        draft.low &= draft.rule != Rule::EnImperative;
    }
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
    if words.trim_end().ends_with('?') || is_recital(words) || is_done(words) || is_done_behind(text, sentence.end) {
        return;
    }
    let mut start = sentence.start + (words.len() - words.trim_start().len());
    start += marker(&text[start..sentence.end]);
    let (label, labelled) = label(&text[start..sentence.end]);
    start += label;
    // "Resolved: (1) to accept …".
    start += if labelled { marker(&text[start..sentence.end]) } else { 0 };
    // "RESOLVED: That the fee be raised", "(2) That the scheme be reviewed": the words of a resolution.
    let that = motion_words(&text[start..sentence.end]);
    let before = text[..start].trim_end().as_bytes();
    let stripped = labelled && before.last_chunk().is_some_and(|last: &[u8; 4]| last.eq_ignore_ascii_case(b"that"));
    // "(ii) That the sale of the field be approved".
    let item = that.is_some() && words.contains(" be ") && opens_item(text, sentence.start);
    if (that.is_some() && (listed || labelled || item) || stripped) && start < sentence.start + body.len() {
        let from = start + that.unwrap_or(0);
        let before = out.len();
        if from < sentence.start + body.len() {
            motion_clause(setting, from..sentence.start + body.len(), out);
        }
        if out.len() > before || that.is_some() {
            return;
        }
    }
    let end = (sentence.start + body.len()).max(start);
    let tokens = Tokens::of(text, start..end);
    if tokens.len() < 3 {
        return;
    }
    if is_only_put(&tokens) || announces(&tokens) || is_put_behind(text, sentence.start) {
        return;
    }
    let reader = Reader { setting, t: &tokens };
    // "4. Note that the plan will be reviewed": noted, and not ordered.
    if listed && tokens.word(0) == "note" {
        return;
    }
    // "Two have been filled, Clerk to chase the third": what is told, and what somebody is to do about it.
    if reader.proposal(voice, out) {
        return;
    }
    // "…, he said, adding that support should be strengthened": what the same speaker went on to say.
    if let Some(adding) = reader.said_besides() {
        let known = out.len();
        read_sentence(setting, sentence.start..tokens.end(adding - 1), after.clone(), listed, voice, out);
        let low = out[known..].iter().all(|draft| draft.low);
        let known = out.len();
        read_sentence(setting, tokens.start(adding + 2)..sentence.end, after, listed, voice, out);
        out[known..].iter_mut().for_each(|draft| draft.low |= low);
        return;
    }
    let joint = reader.appended().or_else(|| reader.run_on()).or_else(|| reader.joined_clause());
    if let Some(step) = joint.or_else(|| reader.spliced()).or_else(|| reader.second_clause()) {
        let end = tokens.start(step);
        let before = step - usize::from(matches!(tokens.word(step - 1), "and" | "but"));
        read_sentence(setting, sentence.start..tokens.end(before - 1), after.clone(), listed, voice, out);
        read_sentence(setting, end..sentence.end, end..end, listed, voice, out);
        return;
    }
    let named = first_named(&tokens, tokens.len(), &setting.names, setting.profile);
    let first = out.len();
    let found = reader.told_in_brackets(out)
        || reader.noted_to(&text[..sentence.start], out)
        || reader.deadline(out)
        || reader.titled(labelled, &text[after.clone()], out)
        || reader.paid(&text[after.clone()], out)
        || reader.quotation_accepted(out)
        || reader.motion(&text[after.clone()], out)
        || reader.duty_list(listed || labelled, out)
        || reader.request(voice, out)
        || reader.decision(voice, out)
        || reader.asked_for(&text[after], out)
        || reader.listed_act(listed || labelled, voice, out)
        || reader.action_line(labelled || listed, out)
        || reader.necessity(out)
        || reader.to_be_done(listed || labelled, out)
        || reader.told_bare(out)
        || reader.subjunctive(out);
    if found {
        reader.before_decided(first, voice, out);
    } else {
        reader.modals(voice, out);
    }
    if !found && out.len() == first {
        reader.imperative(labelled, listed, voice, out);
    }
    if out.len() == first && !voice.public {
        let item = start > sentence.start && marker(words) > 0 || opens_item(text, sentence.start);
        reader.possible(item, out);
    }
    // "She had met the Minister": she is still the one that was named before.
    let same = matches!(tokens.word(0), "he" | "she") && voice.person.is_some();
    if let Some(named) = named.filter(|_| !same) {
        if names_person(&text[named.clone()]) {
            voice.person = Some(named.clone());
        }
        voice.named = Some(named);
    }
    voice.adviser = (0..tokens.len().min(6)).any(|n| {
        let advisers =
            any_of!["auditor", "inspector", "consultant", "insurer", "insurers", "surveyor", "adviser", "advisor"];
        let word = tokens.word(n);
        advisers.begins(word) && advisers.has(word.trim_end_matches("'s").trim_end_matches("’s"))
    });
    reader.attendance(voice, &mut out[first..]);
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
        let to = self.before_remark(from, to.max(from + 1));
        let range = self.t.start(from)..self.t.end(to - 1);
        let mut range = closed(self.setting.text, range, self.t);
        // "reduced by 10%": the sign is no word.
        range.end += usize::from(self.setting.text[range.end..].starts_with('%'));
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
        // "the lane should stay open and the Warden to warn the owners": an order beside a clause.
        if let Some((start, order)) = self.order_beside(verb, to) {
            let stop = start - usize::from(matches!(self.t.word(start - 1), "and" | "while"));
            let owner = self.owner_in(start, order);
            self.phrases(from, verb, stop, found.clone(), out);
            self.orders(start, order, to, &Found { owner, ..found }, out);
            return;
        }
        // "send it to the Clerk, who will draft a letter": what another takes on.
        let who = (verb + 1..to.saturating_sub(1)).filter(|n| self.t.word(*n) == "who");
        let relative = who.map(|who| who + 1).find_map(|at| {
            let (kind, does) = super::modal::modal(self.t, at)?;
            Some((at, does, self.takes_on(at, kind)?))
        });
        if let Some((at, does, owner)) = relative {
            self.phrases(from, verb, at - 1, found.clone(), out);
            self.phrases(at - 1, does, to, Found { owner: Some(owner), rule: Rule::EnUndertaking, ..found }, out);
            return;
        }
        // "Report (Carl will bring the figures) and minutes": what began in brackets ends in them.
        let bracket = |n: &usize| self.t.gap(*n).contains(['(', ')']);
        let inside = (0..=from).rev().find(bracket).is_some_and(|n| self.t.gap(n).ends_with('('));
        let to = (verb + 1..to).find(bracket).filter(|n| inside && self.t.gap(*n).contains(')')).unwrap_or(to);
        if let Some(start) = self.shared_passive(verb, to) {
            self.phrases(from, verb, start - 1, found.clone(), out);
            let found = Found { owner: None, rule: Rule::EnCoordinated, ..found };
            out.push(self.draft(start, to, found));
            return;
        }
        let mut last_due: Option<Range<usize>> = None;
        let ensured = self.t.word(verb) == "ensure" || (from..to).any(|k| self.t.word(k) == "ensure");
        for (n, (start, end)) in split(self.t, from, verb, to).into_iter().enumerate() {
            let start = if n == 0 { start } else { self.skip_links(start, end) };
            // "…, and the lease be deferred till spring": put off.
            let put_off = n > 0
                && (start..end)
                    .find(|k| self.t.word(*k) == "be")
                    .is_some_and(|be| super::background::is_put_off(self.t, be + 1));
            // "… and appoint Ms Hale as the auditor": complete in itself.
            let appoints = n > 0
                && matches!(self.t.word(start), "appoint" | "elect")
                && self.t.find(start, end, "as").is_some()
                && self.procedural(start);
            // "…, and not to hold a second one".
            let refused = n > 0 && self.t.says(start, "not to");
            if put_off || appoints || refused {
                continue;
            }
            // "It will be posted and can be searched": what is only possible.
            if n > 0 && matches!(self.t.word(start), "can" | "may" | "could" | "might") {
                continue;
            }
            let rule = if n == 0 { found.rule } else { Rule::EnCoordinated };
            // "so that no pupil is left out" has a subject of its own.
            let own = n > 0 && (self.t.says(start, "so that") || self.t.word(start) == "with");
            // "… and reports be filed by the Clerk": a clause with a subject of its own.
            let clause = if n > 0 { self.passive_clause(start, end) } else { None };
            let owner = match clause {
                Some(be) => self.agent(be),
                // "… and have the caretaker replace the flag".
                None if n > 0
                    && matches!(self.t.word(start), "have" | "instruct" | "direct" | "authorise" | "authorize") =>
                {
                    self.told(start).or_else(|| found.owner.clone())
                }
                None => found.owner.clone().filter(|_| !own),
            };
            let mut draft = self.draft(start, end, Found { rule, owner, ..found.clone() });
            // "ensure that A is closed by May, B is closed": the time governs the clauses that follow.
            if ensured {
                let times = super::due::find(self.setting.text, draft.range.clone(), &crate::due::Anchor::default());
                match times.into_iter().find(|time| time.binding) {
                    Some(time) => last_due = Some(time.range),
                    None if !is_verb(self.t, start) => draft.due = last_due.clone(),
                    None => {}
                }
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

    /// "The hearing will be on 10 October. Cllr Marsh will attend.": on that day.
    fn attendance(&self, voice: &mut Voice, drafts: &mut [Draft]) {
        let t = self.t;
        let before = std::mem::replace(&mut voice.before, t.base..t.base + t.text.len());
        for draft in drafts.iter_mut().filter(|draft| draft.due.is_none() && draft.range.len() < 90) {
            let attends = (0..t.len()).any(|n| {
                draft.range.contains(&t.start(n))
                    && (matches!(t.word(n), "attend" | "attending" | "represent")
                        || t.says(n, "be there")
                        || t.says(n, "be present"))
            });
            if attends && !days(t).iter().any(|day| day.rule == "en-due-day") {
                let told = days(&Tokens::of(self.setting.text, before.clone()));
                draft.due = told.into_iter().rev().find(|day| day.rule == "en-due-day").map(|day| day.range);
            }
        }
    }
}

/// The days that a sentence tells. One is written with a digit.
fn days(t: &Tokens<'_>) -> Vec<crate::due::Found> {
    let dated = t.text.bytes().any(|byte| byte.is_ascii_digit());
    if dated { super::due::find_in(t, &crate::due::Anchor::default()) } else { vec![] }
}

/// A bracket that opens inside closes inside.
fn closed(text: &str, range: Range<usize>, t: &Tokens<'_>) -> Range<usize> {
    let words = &text[range.clone()];
    let end = t.base + t.text.len();
    let open = words.matches('(').count() > words.matches(')').count();
    if open && text[range.end..end].starts_with(')') { range.start..range.end + 1 } else { range }
}
