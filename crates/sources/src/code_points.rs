//! Byte offsets and code-point offsets of one text.

/// A half-open range of Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

const STEP: usize = 16;

/// An index between byte offsets and code-point offsets: one mark every 16 code points, so that a look-up walks at most 15.
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// The byte offset of code points 0, 16, 32, …
    marks: Vec<usize>,
    len: usize,
}

impl<'t> CodePoints<'t> {
    /// Index a text; O(n).
    pub fn of(text: &'t str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut len = 0;
        for (byte, _) in text.char_indices() {
            if len % STEP == 0 {
                marks.push(byte);
            }
            len += 1;
        }
        CodePoints { text, marks, len }
    }

    /// How many code points the text has.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The byte at which a code point begins; the text's length for one past the last; `None` beyond.
    pub fn byte(&self, code_point: usize) -> Option<usize> {
        if code_point >= self.len {
            return (code_point == self.len).then_some(self.text.len());
        }
        let mark = self.marks[code_point / STEP];
        let (byte, _) = self.text[mark..].char_indices().nth(code_point % STEP)?;
        Some(mark + byte)
    }

    /// How many code points stand before a byte offset; `None` inside a code point or beyond the end.
    pub fn code_point(&self, byte: usize) -> Option<usize> {
        if !self.text.is_char_boundary(byte) {
            return None;
        }
        let block = self.marks.partition_point(|mark| *mark <= byte);
        if block == 0 {
            return Some(0);
        }
        let mark = self.marks[block - 1];
        Some((block - 1) * STEP + self.text[mark..byte].chars().count())
    }

    /// The text at a span; `None` if the span is reversed or leaves the text.
    pub fn slice(&self, span: Span) -> Option<&'t str> {
        if span.start > span.end {
            return None;
        }
        Some(&self.text[self.byte(span.start)?..self.byte(span.end)?])
    }

    /// The span of a byte range; `None` if an end lies inside a code point.
    pub fn span(&self, bytes: std::ops::Range<usize>) -> Option<Span> {
        let start = self.code_point(bytes.start)?;
        Some(Span { start, end: start + self.text.get(bytes)?.chars().count() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_code_points_agree_everywhere() {
        let text = "清禾 e\u{301}🏛\r\n".repeat(40);
        let points = CodePoints::of(&text);
        assert_eq!(points.len(), text.chars().count());
        for (n, (byte, c)) in text.char_indices().enumerate() {
            assert_eq!(points.byte(n), Some(byte));
            assert_eq!(points.code_point(byte), Some(n));
            assert_eq!(points.slice(Span { start: n, end: n + 1 }), Some(c.to_string().as_str()));
        }
        assert_eq!(points.byte(points.len()), Some(text.len()));
        assert_eq!(points.code_point(text.len()), Some(points.len()));
    }

    #[test]
    fn offsets_outside_are_none() {
        let points = CodePoints::of("清禾");
        assert_eq!(points.byte(3), None);
        assert_eq!(points.code_point(1), None);
        assert_eq!(points.code_point(7), None);
        assert_eq!(points.slice(Span { start: 2, end: 1 }), None);
        assert!(CodePoints::of("").is_empty());
        assert_eq!(CodePoints::of("").byte(0), Some(0));
        assert_eq!(CodePoints::of("").code_point(0), Some(0));
    }
}
