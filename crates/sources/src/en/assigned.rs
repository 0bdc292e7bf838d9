//! Lines of a list of actions that open with whose they are: "Dale – order markers", "JB/TW: ring the firm; get a price".

use std::ops::Range;

use super::label::is_owner;
use super::lexicon::Kinds;
use super::sentence::{Found, Reader, Setting};
use super::time;
use super::tokens::Tokens;
use super::verb_phrase::{is_infinitive, is_verb};
use crate::Rule;
use crate::draft::Draft;
use crate::due::Anchor;
use crate::segment::{en_sentences, named_head};

/// Reads a line that opens with whose it is; whether it was one.
pub(super) fn assigned(setting: &Setting<'_>, line: Range<usize>, out: &mut Vec<Draft>) -> bool {
    let words = &setting.text[line.clone()];
    let line = line.end - words.trim_start().len()..line.end;
    let Some((name, rest)) =
        bracketed_head(&setting.text[line.clone()]).or_else(|| named_head(&setting.text[line.clone()]))
    else {
        return false;
    };
    // "ACTION MO: measure the gate".
    let lead = ["ACTION ", "Action "]
        .iter()
        .find(|lead| setting.text[line.clone()].starts_with(**lead))
        .map_or(0, |lead| lead.len());
    let lead = if name.start >= lead { 0 } else { lead };
    let owner = line.start + name.start + lead..line.start + name.end;
    if owner.is_empty() {
        return false;
    }
    let items = en_sentences(setting.text, line.start + rest..line.end);
    let opens = items.first().is_some_and(|item| {
        let t = words_of(setting, item.clone());
        noted(&t, first_verb(&t)) && !t.gap(1).contains(':')
    });
    if !opens || !is_actor(setting, owner.clone()) {
        return false;
    }
    for item in items {
        let t = words_of(setting, item);
        let reader = Reader { setting, t: &t };
        let (verb, known) = (first_verb(&t), out.len());
        if noted(&t, verb) {
            let mut from = verb;
            // "order booths, post the notice": what else is noted, whether or not its verb is a noun as well.
            let joint =
                |n: &usize| *n > from + 1 && t.gap(*n).contains(',') && is_infinitive(&t, *n) && n + 1 < t.len();
            let parts: Vec<usize> = (verb + 2..t.len()).filter(joint).collect();
            for next in parts.into_iter().chain([t.len()]) {
                reader.phrases(from, from, next, Found::by(Rule::EnActionLine, Some(owner.clone())), out);
                from = next;
            }
        } else if t.len() > 2 {
            reader.action_line(true, out);
        }
        if let (Some(last), Some(day)) = (out[known..].last_mut(), closing_day(&t)) {
            last.due = Some(day);
        }
    }
    true
}

fn words_of<'t>(setting: &Setting<'t>, item: Range<usize>) -> Tokens<'t> {
    let words = setting.text[item.clone()].trim_end().trim_end_matches(['.', ';', ',', '!']);
    Tokens::of(setting.text, item.start..item.start + words.len())
}

/// Whether a note opens with what is to be done at a word: a verb, or a word in small letters that is none of another class.
pub(super) fn noted(t: &Tokens<'_>, n: usize) -> bool {
    let word = t.word(n);
    let other = super::clause::preposition(word)
        || super::clause::is_finite(t, n)
        || matches!(
            word,
            "the"
                | "a"
                | "an"
                | "this"
                | "these"
                | "that"
                | "his"
                | "her"
                | "its"
                | "their"
                | "no"
                | "all"
                | "some"
                | "not"
                | "he"
                | "she"
                | "they"
                | "it"
                | "we"
                | "i"
                | "there"
                | "and"
                | "also"
                | "still"
                | "none"
                | "any"
                | "each"
        )
        || word.ends_with("ing")
        || word.ends_with("ion");
    let object = matches!(
        t.word(n + 1),
        "the"
            | "a"
            | "an"
            | "all"
            | "his"
            | "her"
            | "its"
            | "their"
            | "up"
            | "out"
            | "off"
            | "down"
            | "two"
            | "new"
            | "with"
            | "re"
    );
    is_infinitive(t, n) || object && !t.is_capital(n) && word.bytes().all(|byte| byte.is_ascii_lowercase()) && !other
}

/// "Action (GO): book the firm": whose it is, and where what follows begins.
fn bracketed_head(line: &str) -> Option<(Range<usize>, usize)> {
    let rest = line.strip_prefix("Action (").or_else(|| line.strip_prefix("ACTION ("))?;
    let close = rest.find(')').filter(|close| *close <= 40)?;
    let told = rest[close + 1..].trim_start_matches([':', ' ', '-', '–', '—']);
    let open = line.len() - rest.len();
    (close > 0 && !told.is_empty()).then(|| (open..open + close, line.len() - told.len()))
}

/// "IT: close the ticket", "AS – send the log": initials that the text explains, and what is to be done and no more.
pub(super) fn opens_with_initials(setting: &Setting<'_>, line: Range<usize>) -> bool {
    let Some((name, rest)) = named_head(&setting.text[line.clone()]) else { return false };
    let t = words_of(setting, line.start + rest..line.end);
    let order = is_verb(&t, 0) && t.len() > 2 && !super::clause::preposition(t.word(1)) && !t.breaks_before(1);
    setting.names.explains(setting.text[line.start + name.start..line.start + name.end].trim())
        && order
        && !(0..t.len()).any(|n| super::clause::is_finite(&t, n))
}

fn first_verb(t: &Tokens<'_>) -> usize {
    usize::from(matches!(t.word(0), "to" | "and" | "also"))
}

/// Initials, a post, a name, or some of them: "AG/PN", "Clerk and Chair", "Dale".
pub(super) fn is_actor(setting: &Setting<'_>, name: Range<usize>) -> bool {
    if is_owner(setting, name.clone()) {
        return true;
    }
    let t = Tokens::of(setting.text, name);
    t.len() > 0
        && (0..t.len()).all(|n| {
            matches!(t.word(n), "and" | "&")
                || t.is_capital(n)
                    && !t.is(n, Kinds::THING | Kinds::PAPER | Kinds::ACT_NOUN | Kinds::PRODUCT)
                    && !is_verb(&t, n)
                    && !t.word(n).ends_with("ion")
        })
}

/// "sweep the path 19 Nov": a day that closes a note, without a preposition.
fn closing_day(t: &Tokens<'_>) -> Option<Range<usize>> {
    let from = t.len().checked_sub(2).filter(|from| *from > 0)?;
    let from = if from > 1 && time::year_at(t, from + 1).is_some() { from - 1 } else { from };
    // "quote, Fri".
    let weekday = t.len() - 1;
    let from = if t.breaks_before(weekday) && time::calendar_day(t, weekday, &Anchor::default()).is_some() {
        weekday
    } else {
        from
    };
    let day = time::time(t, from, &Anchor::default(), super::due::Tie::By)?;
    (day.is_day() && day.next == t.len()).then(|| t.start(from)..t.end(t.len() - 1))
}
