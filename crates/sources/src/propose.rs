//! From a draft to a proposal: class, deadline and quantity are read from its words.

use crate::direction::Said;
use crate::draft::Draft;
use crate::due::{Anchor, Found};
use crate::en::tokens::Tokens;
use crate::{Amount, Class, CodePoints, Confidence, Directive, Due, Lang, Mention, Why, en, lang, zh};
use std::ops::Range;

/// The language of a directive is that of its own words.
pub(crate) fn lang_of(words: &str) -> Lang {
    if !words.is_ascii() && words.chars().any(lang::is_han) { Lang::Zh } else { Lang::En }
}

/// Propose a draft, and say by which rules.
pub(crate) fn propose(text: &str, points: &CodePoints<'_>, draft: &Draft, anchor: &Anchor) -> (Directive, Why) {
    let words = &text[draft.range.clone()];
    let lang = lang_of(words);
    let tokens = (lang == Lang::En).then(|| Tokens::of(text, draft.range.clone()));
    let mut quantities = match &tokens {
        None => zh::quantity::find(text, draft.range.clone()),
        Some(tokens) => en::quantity::find_in(tokens),
    };
    let (class, class_rule) = match &tokens {
        None => zh::class::of_draft(text, draft),
        Some(tokens) => en::class::of(tokens, &quantities),
    };
    // Money or a level stands before a count of items.
    quantities.sort_by_key(|range| lang == Lang::Zh && !zh::quantity::is_level(&text[range.clone()]));
    let said = |range: &Range<usize>| match &tokens {
        None => zh::direction::of(text, draft.range.clone(), range.clone()),
        Some(tokens) => en::direction::of(tokens, range.clone()),
    };
    let said: Vec<Said> = quantities.iter().map(said).collect();
    let first = said.first().copied().flatten();
    let amount = |(range, said): (Range<usize>, &Said)| {
        let Mention { start, end, text } = mention(text, points, range);
        Amount { start, end, text, direction: said.map(|(direction, _)| direction) }
    };
    let quantities: Vec<Amount> = quantities.into_iter().zip(&said).map(amount).collect();
    let owner = draft.owner.clone().map(|range| mention(text, points, range));
    let span = span(points, draft.range.clone());
    let time = due_of(text, draft, tokens.as_ref(), class, anchor);
    let why = Why {
        start: span.start,
        end: span.end,
        rule: draft.rule,
        class: class_rule,
        owner: owner.as_ref().map(|_| draft.owner_rule),
        due: time.as_ref().map(|time| time.rule),
        quantity: quantities.first().map(|amount| quantity_rule(&amount.text)),
        direction: first.map(|(_, rule)| rule),
    };
    let directive = Directive {
        start: span.start,
        end: span.end,
        at: None,
        text: words.to_owned(),
        owner_span: owner.as_ref().map(|m| crate::Span { start: m.start, end: m.end }),
        owner: owner.map(|m| m.text),
        supporting: draft.supporting.iter().map(|range| mention(text, points, range.clone())).collect(),
        due: time.map(|time| {
            let place = mention(text, points, time.range);
            let ambiguous = time.date.is_none();
            Due { start: place.start, end: place.end, text: place.text, date: time.date, ambiguous }
        }),
        quantity: quantities.first().map(|m| m.text.clone()),
        direction: first.map(|(direction, _)| direction),
        quantities,
        class,
        rule: draft.rule,
        confidence: if draft.low { Confidence::Low } else { Confidence::High },
    };
    (directive, why)
}

fn quantity_rule(amount: &str) -> &'static str {
    if amount.contains(['£', '$', '€', '元', '₦', '₹']) || en::quantity::names_money(amount) {
        "quantity-money"
    } else if amount.contains(['%', '％'])
        || amount.contains("百分")
        || amount.contains("per cent")
        || amount.contains("percent")
    {
        "quantity-share"
    } else {
        "quantity-count"
    }
}

/// The time that bounds a draft: its own, else the one outside that governs it.
fn due_of(text: &str, draft: &Draft, english: Option<&Tokens<'_>>, class: Class, anchor: &Anchor) -> Option<Found> {
    let find = |range: Range<usize>| match english {
        None => zh::due::find(text, range, anchor),
        Some(_) => en::due::find(text, range, anchor),
    };
    let mut times = match english {
        None => zh::due::find(text, draft.range.clone(), anchor),
        Some(tokens) => en::due::find_in(tokens, anchor),
    };
    times.sort_by_key(|time| !time.binding);
    let own = times.into_iter().next().map(|time| match time.rule {
        "en-due-then" => Found { date: en::due::told_before(text, draft.range.start, anchor), ..time },
        _ => time,
    });
    let time = match own {
        Some(time) => time,
        None => {
            let outer = draft.due.clone()?;
            let bare = || english.and_then(|_| en::due::bare(text, outer.clone(), anchor));
            let written = || Found { range: outer.clone(), date: None, binding: true, rule: "due-as-written" };
            let found = find(outer.clone()).into_iter().next().or_else(bare).unwrap_or_else(written);
            // The day of the meeting itself stands in the head.
            if found.date.is_some() && found.date == anchor.meeting { return None } else { found }
        }
    };
    (class != Class::Principle || time.binding).then_some(time)
}

pub(crate) fn span(points: &CodePoints<'_>, range: Range<usize>) -> crate::Span {
    points.span(range).expect("grammars cut between code points")
}

fn mention(text: &str, points: &CodePoints<'_>, range: Range<usize>) -> Mention {
    let span = span(points, range.clone());
    Mention { start: span.start, end: span.end, text: text[range].to_owned() }
}
