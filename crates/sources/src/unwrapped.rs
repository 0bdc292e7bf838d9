//! A text without the line ends inside its paragraphs. In Chinese a wrap may stand in the middle of a word and is left
//! out; in English it stands for a blank, and is one here.

use crate::marks::marks;
use crate::segment::LINE_ENDS;
use crate::{Amount, CodePoints, Directive, Due, Lang, Mention, Span, Why};
use std::borrow::Cow;
use std::ops::Range;

/// A text, and where line ends were left out of it.
pub(crate) struct Unwrapped<'t> {
    pub(crate) text: Cow<'t, str>,
    /// Its paragraphs, as bytes of `text`.
    pub(crate) paragraphs: Vec<Range<usize>>,
    /// Before which code point of `text` something was left out, and how many code points up to there.
    gaps: Vec<(usize, usize)>,
    /// Whether line ends were written as blanks, which moves nothing.
    blanked: bool,
    /// The text as it was.
    lines: &'t str,
}

impl<'t> Unwrapped<'t> {
    /// Leave the line ends out of a text in these paragraphs; O(n).
    pub(crate) fn of(lines: &'t str, mut paragraphs: Vec<Range<usize>>) -> Self {
        let text = lines;
        let (text, blanked) = match blanked(text, &paragraphs) {
            Some(blanked) => (Cow::Owned(blanked), true),
            None => (Cow::Borrowed(text), false),
        };
        let wrapped = |range: &Range<usize>| {
            let words = &text[range.clone()];
            LINE_ENDS.stand_in(words) && Lang::of(words) == Lang::Zh
        };
        let wrapped: Vec<bool> = paragraphs.iter().map(wrapped).collect();
        if !wrapped.contains(&true) {
            return Unwrapped { text, paragraphs, gaps: vec![], blanked, lines };
        }
        let mut out = String::with_capacity(text.len());
        let mut gaps = vec![];
        let (mut copied, mut count, mut missing) = (0, 0, 0);
        for (range, wrapped) in paragraphs.iter_mut().zip(wrapped) {
            let left_out = copied - out.len();
            let start = range.start - left_out;
            if wrapped {
                let mut at = range.start;
                while let Some(end) = LINE_ENDS.find(&text[at..range.end]) {
                    let from = at + text[at..at + end].trim_end().len();
                    let to = range.end - text[at + end..range.end].trim_start().len();
                    at = to;
                    // Two words of Latin letters stay apart.
                    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                    if latin(text[..from].chars().next_back()) && latin(text[to..].chars().next()) {
                        continue;
                    }
                    out.push_str(&text[copied..from]);
                    count += text[copied..from].chars().count();
                    missing += text[from..to].chars().count();
                    gaps.push((count, missing));
                    copied = to;
                }
            }
            *range = start..range.end - (copied - out.len());
        }
        out.push_str(&text[copied..]);
        Unwrapped { text: Cow::Owned(out), paragraphs, gaps, blanked, lines }
    }

    /// The text with its line ends, where they stand at the same places: by them a table is known.
    pub(crate) fn lined(&self) -> &str {
        if self.gaps.is_empty() { self.lines } else { &self.text }
    }

    /// A span of the text as it was, in this one.
    pub(crate) fn inside(&self, span: Span) -> Span {
        let at = |point: usize| {
            let passed = self.gaps.partition_point(|(at, missing)| at + missing <= point);
            let missing = passed.checked_sub(1).map_or(0, |last| self.gaps[last].1);
            let next = self.gaps.get(passed).map_or(usize::MAX, |(at, _)| *at);
            (point - missing).min(next)
        };
        Span { start: at(span.start), end: at(span.end) }
    }

    /// A span of this text, in the text as it was.
    fn outside(&self, span: Span) -> Span {
        let at = |point: usize| {
            let passed = self.gaps.partition_point(|(at, _)| *at <= point);
            point + passed.checked_sub(1).map_or(0, |last| self.gaps[last].1)
        };
        Span { start: at(span.start), end: span.end.checked_sub(1).map_or(0, |last| at(last) + 1) }
    }

    /// Let a directive that was read here quote the text as it was.
    pub(crate) fn restore(&self, points: &CodePoints<'_>, directive: &mut Directive, why: &mut Why) {
        if self.gaps.is_empty() && !self.blanked {
            return;
        }
        let restore = |start: &mut usize, end: &mut usize, text: &mut String| {
            let span = self.outside(Span { start: *start, end: *end });
            // Where no line end stood inside, the words are the same.
            if self.blanked || span.end - span.start != *end - *start {
                *text = points.slice(span).expect("a gap lies between code points").to_owned();
            }
            (*start, *end) = (span.start, span.end);
        };
        restore(&mut directive.start, &mut directive.end, &mut directive.text);
        (why.start, why.end) = (directive.start, directive.end);
        if let (Some(span), Some(owner)) = (&mut directive.owner_span, &mut directive.owner) {
            restore(&mut span.start, &mut span.end, owner);
        }
        if let Some(Due { start, end, text, .. }) = &mut directive.due {
            restore(start, end, text);
        }
        for Mention { start, end, text } in &mut directive.supporting {
            restore(start, end, text);
        }
        for Amount { start, end, text, .. } in &mut directive.quantities {
            restore(start, end, text);
        }
        directive.quantity = directive.quantities.first().map(|amount| amount.text.clone());
    }
}

/// The text with a blank for each line end inside an English paragraph; `None` where there is none. Byte for byte as long.
fn blanked(text: &str, paragraphs: &[Range<usize>]) -> Option<String> {
    let blanks = |c: char| matches!(c, '\n' | '\r' | '\u{0C}' | '\u{0B}');
    let english = |range: &&Range<usize>| {
        let words = &text[(*range).clone()];
        marks!['\n', '\r', '\u{0C}', '\u{0B}'].stand_in(words) && Lang::of(words) == Lang::En
    };
    let mut out: Option<String> = None;
    let mut copied = 0;
    for range in paragraphs.iter().filter(english) {
        let out = out.get_or_insert_with(|| String::with_capacity(text.len()));
        out.push_str(&text[copied..range.start]);
        out.extend(text[range.clone()].chars().map(|c| if blanks(c) { ' ' } else { c }));
        copied = range.end;
    }
    out.map(|mut out| {
        out.push_str(&text[copied..]);
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_a_wrap_cuts_is_whole_and_what_is_quoted_stays_as_it_was() {
        let text = "会议纪要\n各村对撂荒地要逐块登记造册，能复耕的尽快复耕，不得闲置。农业综合服务中\r\n  心要开展指导，8月15日前完成。\nThe end is near\nby all accounts.";
        let plain = Unwrapped::of(text, crate::segment::paragraphs(text));
        assert!(plain.text.contains("农业综合服务中心要"));
        assert!(plain.text.contains("near by"));
        let said: Vec<&str> = plain.paragraphs.iter().map(|range| &plain.text[range.clone()]).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(said[1].ends_with("8月15日前完成。") && said[2].starts_with("The end"));
        let (inner, outer) = (CodePoints::of(&plain.text), CodePoints::of(text));
        let office = inner.span(plain.text.find("农业").unwrap_or(0)..plain.text.find("要开展").unwrap_or(0));
        let span = plain.outside(office.expect("both stand there"));
        assert_eq!(outer.slice(span), Some("农业综合服务中\r\n  心"));
        assert_eq!(Some(plain.inside(span)), office);
    }
}
