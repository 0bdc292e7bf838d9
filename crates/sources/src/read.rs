//! From the text to the reading.

use crate::draft::Draft;
use crate::due::Anchor;
use crate::header::{self, Header};
use crate::propose::propose;
use crate::workbook::one_year;
use crate::{CodePoints, Directive, Lang, Profile, Reading, Rule, Span, Why, en, segment, zh};
use std::ops::Range;

/// Read a document. Deterministic; linear in the text's length.
pub fn read(text: &str, profile: &Profile) -> Reading {
    explain(text, profile).0
}

/// Read a document, and say for each directive, in order, by which rules it and its fields were read.
pub fn explain(text: &str, profile: &Profile) -> (Reading, Vec<Why>) {
    let points = CodePoints::of(text);
    let lang = Lang::of(text);
    let header = header::read(text, lang);
    let anchor = anchor_of(text, &header, lang, profile);
    let drafts = drafts(text, profile, &anchor, header.presided_by.as_deref());
    let (directives, whys) = drafts.iter().map(|draft| propose(text, &points, draft, &anchor)).unzip();
    let Header { date, next_meeting: _, title, meeting, body, presided_by, items } = header;
    (Reading { lang, date, meeting, title, body, presided_by, items, directives, unread_pages: vec![] }, whys)
}

fn anchor_of(text: &str, header: &Header, lang: Lang, profile: &Profile) -> Anchor {
    Anchor {
        meeting: header.date,
        next_meeting: header.next_meeting,
        meetings: if lang == Lang::En { en::header::meetings(text, header.date) } else { Default::default() },
        year: header.title.as_deref().and_then(one_year),
        calendar: profile.calendar.or((lang == Lang::Zh).then_some(civil::Country::China)),
    }
}

/// All directives, in order, none overlapping.
fn drafts(text: &str, profile: &Profile, anchor: &Anchor, chair: Option<&str>) -> Vec<Draft> {
    let mut out = Vec::new();
    let mut voice = zh::sentence::Voice::default();
    let zh_setting = zh::sentence::Setting { text, profile, anchor };
    let setting = en::sentence::Setting { text, names: en::owner::Names::of(text), profile, chair };
    let mut en_voice = en::sentence::Voice::default();
    let mut table = crate::table::Table::default();
    for paragraph in segment::paragraphs(text) {
        if table.read(text, paragraph.clone(), &mut out) {
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
    out.sort_by_key(|draft| draft.range.start);
    // What is only offered gives way to what is proposed.
    let sure: Vec<Range<usize>> = out.iter().filter(|draft| !draft.low).map(|draft| draft.range.clone()).collect();
    out.retain(|draft| {
        let at = sure.partition_point(|range| range.end <= draft.range.start);
        !draft.low || sure.get(at).is_none_or(|range| range.start >= draft.range.end)
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
    let points = CodePoints::of(text);
    points.slice(span).filter(|quoted| !quoted.trim().is_empty())?;
    let range = points.byte(span.start)?..points.byte(span.end)?;
    let lang = Lang::of(text);
    let header = header::read(text, lang);
    let anchor = anchor_of(text, &header, lang, profile);
    let drafts = drafts(text, profile, &anchor, header.presided_by.as_deref());
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
    Some(propose(text, &points, &draft, &anchor).0)
}
