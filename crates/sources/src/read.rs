//! From the text to the reading.

use crate::draft::Draft;
use crate::due::Anchor;
use crate::header::{self, Header};
use crate::propose::propose;
use crate::unwrapped::Unwrapped;
use crate::workbook::one_year;
use crate::{CodePoints, Directive, Lang, Profile, Reading, Rule, Span, Why, en, segment, zh};
use std::borrow::Cow;
use std::cell::LazyCell;
use std::ops::Range;

/// Read a document. Deterministic; linear in the text's length.
pub fn read(text: &str, profile: &Profile) -> Reading {
    explain(text, profile).0
}

/// Read a document, and say for each directive, in order, by which rules it and its fields were read.
pub fn explain(text: &str, profile: &Profile) -> (Reading, Vec<Why>) {
    let points = CodePoints::of(text);
    let lang = Lang::of(text);
    let paragraphs = segment::paragraphs(text);
    let header = header::read(text, &paragraphs, lang);
    let anchor = anchor_of(text, &header, lang, profile);
    let plain = Unwrapped::of(text, paragraphs);
    let inner = CodePoints::of(&plain.text);
    let drafts = drafts(&plain, profile, &anchor, &header);
    let (directives, whys) = drafts
        .iter()
        .map(|draft| {
            let (mut directive, mut why) = propose(&plain.text, &inner, draft, &anchor);
            plain.restore(&points, &mut directive, &mut why);
            (directive, why)
        })
        .unzip();
    let Header { date, next_meeting: _, title, meeting, body, presided_by, items } = header;
    (Reading { lang, date, meeting, title, body, presided_by, items, directives, unread_pages: vec![] }, whys)
}

fn anchor_of(text: &str, header: &Header, lang: Lang, profile: &Profile) -> Anchor {
    Anchor {
        meeting: header.date,
        next_meeting: header.next_meeting,
        meetings: if lang == Lang::En { en::coming::meetings(text, header.date) } else { Default::default() },
        pounds: lang == Lang::En && text.contains('£'),
        year: header.title.as_deref().and_then(one_year),
        calendar: profile.calendar.or((lang == Lang::Zh).then_some(civil::Country::China)),
    }
}

/// All directives, in order, none overlapping.
fn drafts(plain: &Unwrapped<'_>, profile: &Profile, anchor: &Anchor, header: &Header) -> Vec<Draft> {
    let text = &*plain.text;
    let mut out = Vec::new();
    let chair = header.presided_by.as_deref();
    let mut voice = zh::paragraph::Voice::default();
    let plan = header.title.as_deref().is_some_and(zh::header::is_plan);
    let record = zh::record::Record::of(text, header);
    let own = record.as_ref().map_or(Cow::Borrowed(profile), |record| Cow::Owned(record.profile(profile)));
    let zh_setting = zh::paragraph::Setting { text, profile: &own, anchor, plan, record: record.as_ref() };
    let setting = LazyCell::new(|| en::sentence::Setting::of(text, profile, chair));
    let mut en_voice = en::sentence::Voice::default();
    let mut table = crate::table::Table::default();
    for paragraph in plain.paragraphs.iter().cloned() {
        if table.read(plain.lined(), paragraph.clone(), &mut out) {
            continue;
        }
        match Lang::of(&text[paragraph.clone()]) {
            Lang::Zh => zh_setting.read(paragraph, &mut voice, &mut out),
            Lang::En => en::sentence::read(&setting, paragraph, &mut en_voice, &mut out),
        }
    }
    out.retain(|draft| {
        let words = &text[draft.range.clone()];
        !words.trim().is_empty() && !profile.is_never(words)
    });
    // What is certain goes before what is only offered.
    out.sort_by_key(|draft| draft.range.start);
    let sure: Vec<Range<usize>> = out.iter().filter(|draft| !draft.low).map(|draft| draft.range.clone()).collect();
    out.retain(|draft| {
        let next = sure.partition_point(|range| range.end <= draft.range.start);
        !draft.low || sure.get(next).is_none_or(|range| range.start >= draft.range.end)
    });
    let mut end = 0;
    out.retain(|draft| {
        let apart = draft.range.start >= end;
        if apart {
            end = draft.range.end;
        }
        apart
    });
    out
}

/// What the text says of a span that a clerk marked: class, owner, deadline, quantity.
/// `None` if the span is empty, reversed or leaves the text.
pub fn describe(text: &str, span: Span, profile: &Profile) -> Option<Directive> {
    let outer = CodePoints::of(text);
    outer.slice(span).filter(|quoted| !quoted.trim().is_empty())?;
    let lang = Lang::of(text);
    let paragraphs = segment::paragraphs(text);
    let header = header::read(text, &paragraphs, lang);
    let anchor = anchor_of(text, &header, lang, profile);
    let plain = Unwrapped::of(text, paragraphs);
    let points = CodePoints::of(&plain.text);
    let inner = plain.inside(span);
    let range = points.byte(inner.start)?..points.byte(inner.end)?;
    let drafts = drafts(&plain, profile, &anchor, &header);
    let text = &*plain.text;
    let shared = |draft: &Draft| draft.range.end.min(range.end).saturating_sub(draft.range.start.max(range.start));
    let nearest = drafts.into_iter().filter(|draft| shared(draft) > 0).max_by_key(shared);
    let draft = match nearest {
        Some(near) => {
            Draft { body: near.body.clamp(range.start, range.end), range, rule: Rule::Marked, low: false, ..near }
        }
        None => Draft {
            body: range.start + zh::clause::predicate(&text[range.clone()], profile),
            range,
            owner: None,
            owner_rule: "",
            supporting: Vec::new(),
            due: None,
            rule: Rule::Marked,
            low: false,
        },
    };
    let (mut directive, mut why) = propose(text, &points, &draft, &anchor);
    plain.restore(&outer, &mut directive, &mut why);
    // What was marked stays as it was marked, with the line end at its edge.
    (directive.start, directive.end) = (span.start, span.end);
    directive.text = outer.slice(span)?.to_owned();
    Some(directive)
}
