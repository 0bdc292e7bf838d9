//! Punctuation and blanks, looked for by the first byte that their characters are written with.

/// A set that is used in one place: `marks!['(', '['].find(words)`.
macro_rules! marks {
    ($($mark:literal),+ $(,)?) => {{
        static MARKS: $crate::marks::Marks = $crate::marks::Marks::of(&[$($mark),+]);
        &MARKS
    }};
}
pub(crate) use marks;

/// Some characters. Few others begin with the same byte: no ideograph does with that of a Chinese mark.
pub(crate) struct Marks {
    marks: &'static [char],
    firsts: [bool; 256],
}

impl Marks {
    pub(crate) const fn of(marks: &'static [char]) -> Marks {
        let mut firsts = [false; 256];
        let mut n = 0;
        while n < marks.len() {
            firsts[first_byte(marks[n]) as usize] = true;
            n += 1;
        }
        Marks { marks, firsts }
    }

    /// The first place where one of them stands.
    #[inline]
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        let mut from = 0;
        loop {
            let at = from + bytes[from..].iter().position(|byte| self.firsts[usize::from(*byte)])?;
            if self.stands_at(text, at) {
                return Some(at);
            }
            from = at + 1;
        }
    }

    /// The last place where one of them stands.
    #[inline]
    pub(crate) fn rfind(&self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        let mut to = bytes.len();
        loop {
            let at = bytes[..to].iter().rposition(|byte| self.firsts[usize::from(*byte)])?;
            if self.stands_at(text, at) {
                return Some(at);
            }
            to = at;
        }
    }

    /// Whether one of them stands in `text`.
    #[inline]
    pub(crate) fn stand_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// Where they stand.
    #[inline]
    pub(crate) fn places<'t>(&'static self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        let mut from = 0;
        std::iter::from_fn(move || {
            let at = from + self.find(&text[from..])?;
            from = at + width(text.as_bytes()[at]);
            Some(at)
        })
    }

    /// Whether one of them stands at a place whose byte they may begin with.
    #[inline]
    fn stands_at(&self, text: &str, at: usize) -> bool {
        text.as_bytes()[at] < 0x80 || text[at..].starts_with(self.marks)
    }
}

/// The first byte of a character.
const fn first_byte(mark: char) -> u8 {
    let code = mark as u32;
    let first = match code {
        0..=0x7F => code,
        0x80..=0x7FF => 0xC0 | code >> 6,
        0x800..=0xFFFF => 0xE0 | code >> 12,
        0x1_0000.. => 0xF0 | code >> 18,
    };
    first as u8
}

/// How many bytes a character has that begins with this one.
#[inline]
pub(crate) const fn width(first: u8) -> usize {
    match first {
        0..=0x7F => 1,
        0x80..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xFF => 4,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_are_found_from_either_end() {
        let marks = marks!['，', ',', '“', '\u{85}', '🏛'];
        for text in ["", "，", "市，县、乡,村", "、。：", "a\u{85}b“c", "é，", "🏚🏛，", ",,"] {
            let all = ['，', ',', '“', '\u{85}', '🏛'];
            assert_eq!(marks.find(text), text.find(all), "{text}");
            assert_eq!(marks.rfind(text), text.rfind(all), "{text}");
            let places: Vec<usize> = text.match_indices(all).map(|(at, _)| at).collect();
            assert_eq!(marks.places(text).collect::<Vec<_>>(), places, "{text}");
            assert_eq!(marks.stand_in(text), text.contains(all), "{text}");
        }
    }
}
