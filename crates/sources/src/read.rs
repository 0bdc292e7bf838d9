//! From the text to the reading.

use crate::{Class, CodePoints, Confidence, Directive, Lang, Profile, Reading, Rule, Span};

/// Read a document. Deterministic; linear in the text's length.
pub fn read(text: &str, profile: &Profile) -> Reading {
    let points = CodePoints::of(text);
    let _ = profile;
    let mut directives = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '。' | '；' | '\n' | '.' | ';') {
            let sentence = &text[start..at];
            let body = sentence.trim();
            let marked = ["要", "应", "须", "务必", "should", "must", "shall", "will", "agreed to"]
                .iter()
                .any(|m| body.contains(m));
            if marked {
                let from = start + (sentence.len() - sentence.trim_start().len());
                directives.push(marked_span(&points, from..from + body.len(), body, Rule::ZhModal));
            }
            start = at + c.len_utf8();
        }
    }
    Reading {
        lang: Lang::of(text),
        date: None,
        meeting: None,
        title: None,
        body: None,
        presided_by: None,
        items: Vec::new(),
        directives,
    }
}

fn marked_span(points: &CodePoints, range: std::ops::Range<usize>, text: &str, rule: Rule) -> Directive {
    let span = points.span(range).expect("sentences end between code points");
    Directive {
        start: span.start,
        end: span.end,
        text: text.to_owned(),
        owner: None,
        owner_span: None,
        supporting: Vec::new(),
        due: None,
        quantity: None,
        quantities: Vec::new(),
        class: Class::Action,
        rule,
        confidence: Confidence::High,
    }
}

/// What the text says of a span that a clerk marked: class, owner, deadline, quantity.
/// `None` if the span is empty, reversed or leaves the text.
pub fn describe(text: &str, span: Span, profile: &Profile) -> Option<Directive> {
    let _ = profile;
    let points = CodePoints::of(text);
    let quoted = points.slice(span).filter(|quoted| !quoted.trim().is_empty())?;
    Some(marked_span(&points, points.byte(span.start)?..points.byte(span.end)?, quoted, Rule::Marked))
}
