//! Looking words up at a place in the text.

use crate::marks::width;
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

/// A word list, found by first or last character; the longest word wins.
pub(crate) struct Words {
    all: HashSet<&'static str, BuildHasherDefault<Short>>,
    firsts: Index,
    lasts: Index,
    /// Which low bits the first two ideographs have: most places of a text are turned away here.
    pairs: Box<[u64; PAIRS / 64]>,
}

impl Words {
    /// From lists of words parted by white space.
    pub(crate) fn of(lists: &[&'static str]) -> Words {
        let mut all = HashSet::default();
        let words: Vec<&'static str> =
            lists.iter().flat_map(|list| list.split_whitespace()).filter(|word| all.insert(*word)).collect();
        let firsts = Index::of(&words, |word| word.chars().next());
        let lasts = Index::of(&words, |word| word.chars().next_back());
        let mut pairs = Box::new([0; PAIRS / 64]);
        for word in &words {
            let seconds = match word.as_bytes() {
                [0xE0..=0xEF, _, _] => 0..128,
                [0xE0..=0xEF, _, _, 0xE0..=0xEF, second, third, ..] => {
                    low_bits(*second, *third)..low_bits(*second, *third) + 1
                }
                _ => continue,
            };
            for second in seconds {
                let pair = low_bits(word.as_bytes()[1], word.as_bytes()[2]) << 7 | second;
                pairs[pair / 64] |= 1 << (pair % 64);
            }
        }
        Words { all, firsts, lasts, pairs }
    }

    /// The longest word that `text` begins with.
    #[inline]
    pub(crate) fn at(&self, text: &str) -> Option<&'static str> {
        if !self.may_begin(text.as_bytes()) {
            return None;
        }
        let list = self.firsts.list(text.chars().next()?);
        list.iter().find(|word| begins(text.as_bytes(), word.as_bytes())).copied()
    }

    /// The first place where a word stands, with the word.
    pub(crate) fn find(&self, text: &str) -> Option<(usize, &'static str)> {
        let mut from = 0;
        while let Some(first) = text.as_bytes().get(from) {
            if self.may_begin(&text.as_bytes()[from..])
                && let Some(word) = self.at(&text[from..])
            {
                return Some((from, word));
            }
            from += width(*first);
        }
        None
    }

    /// Whether a text may begin with a word, by its first two ideographs.
    #[inline]
    fn may_begin(&self, text: &[u8]) -> bool {
        let [0xE0..=0xEF, one, two, 0xE0..=0xEF, three, four, ..] = text else { return true };
        let pair = low_bits(*one, *two) << 7 | low_bits(*three, *four);
        self.pairs[pair / 64] & 1 << (pair % 64) != 0
    }

    /// The longest word that `text` ends with.
    pub(crate) fn ending(&self, text: &str) -> Option<&'static str> {
        let list = self.lasts.list(text.chars().next_back()?);
        list.iter().find(|word| ends(text.as_bytes(), word.as_bytes())).copied()
    }

    /// All words.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'static str> {
        self.firsts.words.iter().copied()
    }

    /// Whether `word` is in the list.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.all.contains(word)
    }
}

/// The first so many characters of a text, or all of it.
#[inline]
pub(crate) fn first_chars(text: &str, count: usize) -> &str {
    let mut end = 0;
    for _ in 0..count {
        let Some(first) = text.as_bytes().get(end) else { break };
        end += width(*first);
    }
    &text[..end]
}

/// A word without the marks around it.
#[inline]
pub(crate) fn bare(word: &str) -> &str {
    match word.as_bytes() {
        [one] | [one, .., _] if !one.is_ascii_alphanumeric() => {}
        [.., last] if last.is_ascii_alphanumeric() => return word,
        _ => {}
    }
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// So many pairs of ideographs are told apart by their low bits.
const PAIRS: usize = 1 << 14;

/// Seven bits of the last two bytes of an ideograph.
#[inline]
fn low_bits(second: u8, third: u8) -> usize {
    usize::from(second & 1) << 6 | usize::from(third & 63)
}

/// Whether `text` begins with a word whose first character it has: in most cases the last byte says no.
pub(crate) fn begins(text: &[u8], word: &[u8]) -> bool {
    let last = word.len() - 1;
    text.get(last) == Some(&word[last]) && text[..last] == word[..last]
}

/// Whether `text` ends with a word whose last character it has.
pub(crate) fn ends(text: &[u8], word: &[u8]) -> bool {
    text.len().checked_sub(word.len()).is_some_and(|at| text[at] == word[0] && text[at + 1..] == word[1..])
}

/// The words of a list by one of their characters.
struct Index {
    /// Which low bits the characters have: most characters of a text are turned away here.
    bits: Box<[u64; BITS / 64]>,
    /// The characters, each where its bits send it or in the next free place after it.
    places: Vec<Place>,
    /// The words of one character behind each other, the longest first.
    words: Vec<&'static str>,
}

/// A character, and where its words stand; of none `from` and `to` are the same.
#[derive(Clone, Copy, Default)]
struct Place {
    character: u32,
    from: u16,
    to: u16,
}

const BITS: usize = 4096;

impl Index {
    fn of(words: &[&'static str], character: fn(&str) -> Option<char>) -> Index {
        let key = |word: &str| u32::from(character(word).expect("split_whitespace gives no empty words"));
        let mut sorted: Vec<(u32, &'static str)> = words.iter().map(|word| (key(word), *word)).collect();
        sorted.sort_by_key(|(key, word)| (*key, std::cmp::Reverse(word.len())));
        let mut index = Index {
            bits: Box::new([0; BITS / 64]),
            // At most a quarter of the places is taken.
            places: vec![Place::default(); (4 * sorted.len()).next_power_of_two()],
            words: sorted.iter().map(|(_, word)| *word).collect(),
        };
        let mut from = 0;
        for list in sorted.chunk_by(|one, other| one.0 == other.0) {
            let character = list[0].0;
            index.bits[character as usize % BITS / 64] |= 1 << (character % 64);
            let free = index.place(character);
            let end = |at: usize| u16::try_from(at).expect("a list has fewer words than that");
            index.places[free] = Place { character, from: end(from), to: end(from + list.len()) };
            from += list.len();
        }
        index
    }

    /// Where a character stands, or the free place that says that it does not.
    fn place(&self, character: u32) -> usize {
        let mask = self.places.len() - 1;
        let mut at = character as usize & mask;
        while self.places[at].to > 0 && self.places[at].character != character {
            at = (at + 1) & mask;
        }
        at
    }

    #[inline]
    fn list(&self, character: char) -> &[&'static str] {
        let character = u32::from(character);
        if self.bits[character as usize % BITS / 64] & 1 << (character % 64) == 0 {
            return &[];
        }
        self.words_of(character)
    }

    #[inline(never)]
    fn words_of(&self, character: u32) -> &[&'static str] {
        let place = self.places[self.place(character)];
        &self.words[usize::from(place.from)..usize::from(place.to)]
    }
}

/// What a hash table of our own words is looked up by: their length and the eight bytes at either end, since nobody
/// chooses the words to collide.
#[derive(Default)]
pub(crate) struct Short(u64);

impl Hasher for Short {
    fn write(&mut self, bytes: &[u8]) {
        let (head, tail) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
            _ => match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
                (Some(head), Some(tail)) => (u32::from_le_bytes(*head).into(), u32::from_le_bytes(*tail).into()),
                _ => bytes.iter().fold((0, 0), |(head, _), byte| (head << 8 | u64::from(*byte), 0)),
            },
        };
        for part in [head ^ bytes.len() as u64, tail] {
            self.0 = (self.0.rotate_left(5) ^ part).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }

    // What ends a string tells nothing here.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}
