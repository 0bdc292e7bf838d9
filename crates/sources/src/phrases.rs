//! Short lists of words and phrases, all of a list looked for at once.

use crate::marks::width;
use crate::words::{begins, ends};

/// A list that is used in one place: `any_of!["如下", "以下"].ends(clause)`.
macro_rules! any_of {
    ($($word:expr),+ $(,)?) => {{
        static LIST: $crate::phrases::Phrases = $crate::phrases::Phrases::of(&[$($word),+]);
        &LIST
    }};
}
pub(crate) use any_of;

/// A list with a name: `static CUES: Phrases = Phrases::of(&["如下", "以下"]);`. Most places in a text begin like none of
/// its words, and a look at one of 1024 bits says so.
pub(crate) struct Phrases {
    words: &'static [&'static str],
    /// How they begin.
    firsts: Bits<16>,
    /// How they end.
    lasts: Bits<16>,
}

impl Phrases {
    /// From words none of which is empty.
    pub(crate) const fn of(words: &'static [&'static str]) -> Phrases {
        let (mut firsts, mut lasts) = (Bits([0; 16]), Bits([0; 16]));
        let mut n = 0;
        while n < words.len() {
            let word = words[n].as_bytes();
            if word.len() == 1 {
                // What stands beside it may be anything.
                let mut other = 0;
                while other < 64 {
                    firsts = firsts.with(low_bits(word[0], other));
                    lasts = lasts.with(low_bits(other, word[0]));
                    other += 1;
                }
            } else {
                firsts = firsts.with(key(word[0], word[1], if word.len() > 2 { word[2] } else { 0 }));
                lasts = lasts.with(low_bits(word[word.len() - 2], word[word.len() - 1]));
            }
            n += 1;
        }
        Phrases { words, firsts, lasts }
    }

    /// The first word of the list that `text` begins with.
    #[inline]
    pub(crate) fn at(&self, text: &str) -> Option<&'static str> {
        if self.may_begin(text) { self.first_of(text.as_bytes()) } else { None }
    }

    #[inline(never)]
    fn first_of(&self, bytes: &[u8]) -> Option<&'static str> {
        self.words.iter().find(|word| begins(bytes, word.as_bytes())).copied()
    }

    /// Whether `word` is one of them.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }

    /// Whether `text` begins with one of them.
    #[inline]
    pub(crate) fn begins(&self, text: &str) -> bool {
        self.at(text).is_some()
    }

    /// Whether `text` may begin with one of them: no in most places, without a look at the words.
    #[inline]
    pub(crate) fn may_begin(&self, text: &str) -> bool {
        let key = match text.as_bytes() {
            [] => return false,
            [first] => key(*first, 0, 0),
            [first, second] => key(*first, *second, 0),
            [first, second, third, ..] => key(*first, *second, *third),
        };
        self.firsts.has(key)
    }

    /// The first word of the list that `text` ends with.
    #[inline]
    pub(crate) fn ending(&self, text: &str) -> Option<&'static str> {
        let key = match text.as_bytes() {
            [] => return None,
            [last] => low_bits(0, *last),
            [.., one, last] => low_bits(*one, *last),
        };
        if self.lasts.has(key) { self.last_of(text.as_bytes()) } else { None }
    }

    #[inline(never)]
    fn last_of(&self, bytes: &[u8]) -> Option<&'static str> {
        self.words.iter().find(|word| ends(bytes, word.as_bytes())).copied()
    }

    /// Whether `text` ends with one of them.
    #[inline]
    pub(crate) fn ends(&self, text: &str) -> bool {
        self.ending(text).is_some()
    }

    /// `text` without those that it ends with, taken off one after another in the list's order.
    pub(crate) fn trim_end<'t>(&self, text: &'t str) -> &'t str {
        if !self.ends(text) {
            return text;
        }
        self.words.iter().fold(text, |text, word| {
            let mut text = text;
            while let Some(rest) = text.strip_suffix(word) {
                text = rest;
            }
            text
        })
    }

    /// `text` without those that it begins with, taken off one after another in the list's order.
    pub(crate) fn trim_start<'t>(&self, text: &'t str) -> &'t str {
        if !self.begins(text) {
            return text;
        }
        self.words.iter().fold(text, |text, word| {
            let mut text = text;
            while let Some(rest) = text.strip_prefix(word) {
                text = rest;
            }
            text
        })
    }

    /// The first place where one of them stands, and which; of several there the first of the list.
    pub(crate) fn find(&self, text: &str) -> Option<(usize, &'static str)> {
        let mut from = 0;
        loop {
            let at = from + self.may_find(&text[from..])?;
            let rest = &text.as_bytes()[at..];
            if let Some(word) = self.first_of(rest) {
                return Some((at, word));
            }
            from = at + width(rest[0]);
        }
    }

    /// The first place where one of them may stand, of words most of which have but one character: what stands there is
    /// looked at by who asks.
    pub(crate) fn may_find(&self, text: &str) -> Option<usize> {
        let mut rest = text.as_bytes();
        while let [first, second, third, ..] = rest {
            let (key, width) = match first {
                0..0x80 => (low_bits(*first, *second), 1),
                0x80..0xE0 => (low_bits(*first, *second), 2),
                0xE0..0xF0 => (low_bits(*second, *third), 3),
                0xF0.. => (low_bits(*second, *third), 4),
            };
            if self.firsts.has(key) {
                return Some(text.len() - rest.len());
            }
            rest = &rest[width..];
        }
        while let [first, behind @ ..] = rest {
            if self.firsts.has(key(*first, behind.first().copied().unwrap_or(0), 0)) {
                return Some(text.len() - rest.len());
            }
            rest = &rest[width(*first)..];
        }
        None
    }

    /// All that `text` begins with.
    pub(crate) fn all_at<'t>(&self, text: &'t str) -> impl Iterator<Item = &'static str> + use<'t> {
        let words = if self.may_begin(text) { self.words } else { &[] };
        words.iter().copied().filter(|word| text.starts_with(*word))
    }

    /// Where they stand in `text`, each place with each word that is there.
    pub(crate) fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, &'static str)> + 't {
        let mut from = 0;
        let places = std::iter::from_fn(move || {
            let at = from + self.find(&text[from..])?.0;
            from = at + width(text.as_bytes()[at]);
            Some(at)
        });
        places.flat_map(|at| self.all_at(&text[at..]).map(move |word| (at, word)))
    }

    /// Whether one of them stands in `text`.
    #[inline]
    pub(crate) fn stands_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

/// A set of small numbers.
struct Bits<const N: usize>([u64; N]);

impl<const N: usize> Bits<N> {
    const fn with(self, number: usize) -> Self {
        let Bits(mut bits) = self;
        bits[number >> 6] |= 1 << (number & 63);
        Bits(bits)
    }

    #[inline]
    fn has(&self, number: usize) -> bool {
        self.0[number >> 6] & 1 << (number & 63) != 0
    }
}

/// What a text that begins with these bytes is looked up by: its first two letters, or an ideograph.
#[inline]
const fn key(first: u8, second: u8, third: u8) -> usize {
    // What a character of three bytes or more is made of stands behind its first.
    if first < 0xE0 { low_bits(first, second) } else { low_bits(second, third) }
}

/// The low bits of two bytes, in which letters and ideographs differ.
#[inline]
const fn low_bits(one: u8, other: u8) -> usize {
    (one as usize & 15) << 6 | other as usize & 63
}

#[cfg(test)]
mod tests {
    use super::*;

    static WORDS: Phrases = Phrases::of(&["要求", "要", "½ day", "如下", "due"]);

    #[test]
    fn a_list_is_found_at_the_beginning_at_the_end_and_inside() {
        assert_eq!(WORDS.at("要求各村"), Some("要求"));
        assert_eq!(WORDS.at("要各村"), Some("要"));
        assert_eq!(WORDS.at("各村要"), None);
        assert_eq!(WORDS.ending("各村要"), Some("要"));
        assert_eq!(WORDS.ending("意见如下："), None);
        assert_eq!(WORDS.trim_end("各村如下要要"), "各村");
        assert_eq!(WORDS.trim_end("各村要要如下"), "各村要要", "each has its turn once");
        assert_eq!(WORDS.trim_start("要求要各村"), "各村");
        assert_eq!(WORDS.find("意见🏛如下"), Some((10, "如下")));
        assert_eq!(WORDS.find("a ½ day is due"), Some((2, "½ day")));
        assert_eq!(WORDS.places("要求如下").collect::<Vec<_>>(), [(0, "要求"), (0, "要"), (6, "如下")]);
        assert!(WORDS.stands_in("is due") && !WORDS.stands_in("is du"));
        assert!(!WORDS.begins("") && !WORDS.ends("") && !WORDS.stands_in(""));
    }

    #[test]
    fn characters_that_look_alike_in_a_byte_are_told_apart() {
        // U+8981 and U+8881 share their low byte.
        assert!(!WORDS.begins("袁") && !WORDS.stands_in("袁求"));
    }
}
