//! Looking words up at a place in the text.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A word list, found by first character; the longest word wins.
pub(crate) struct Words {
    all: HashSet<&'static str, BuildHasherDefault<Short>>,
    /// The words with one first character, the longest first.
    lists: Vec<Vec<&'static str>>,
    /// For the ideographs from U+4E00: the number of their list, counted from 1.
    ideographs: Vec<u16>,
    others: HashMap<char, u16>,
}

const FIRST: u32 = 0x4E00;
const IDEOGRAPHS: usize = 0x5200;

impl Words {
    /// From lists of words parted by white space.
    pub(crate) fn of(lists: &[&'static str]) -> Words {
        let mut words =
            Words { all: HashSet::default(), lists: vec![], ideographs: vec![0; IDEOGRAPHS], others: HashMap::new() };
        for word in lists.iter().flat_map(|list| list.split_whitespace()) {
            if !words.all.insert(word) {
                continue;
            }
            let first = word.chars().next().expect("split_whitespace gives no empty words");
            let slot = match ideograph(first) {
                Some(at) => &mut words.ideographs[at],
                None => words.others.entry(first).or_insert(0),
            };
            if *slot == 0 {
                words.lists.push(vec![]);
                *slot = u16::try_from(words.lists.len()).expect("a list has fewer first characters than that");
            }
            words.lists[usize::from(*slot) - 1].push(word);
        }
        for list in &mut words.lists {
            list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        words
    }

    fn list(&self, first: char) -> &[&'static str] {
        let slot = match ideograph(first) {
            Some(at) => self.ideographs[at],
            None => self.others.get(&first).copied().unwrap_or(0),
        };
        if slot == 0 { &[] } else { &self.lists[usize::from(slot) - 1] }
    }

    /// The longest word that `text` begins with.
    pub(crate) fn at(&self, text: &str) -> Option<&'static str> {
        let list = self.list(text.chars().next()?);
        list.iter().find(|word| text.starts_with(**word)).copied()
    }

    /// The first place where a word stands, with the word.
    pub(crate) fn find(&self, text: &str) -> Option<(usize, &'static str)> {
        text.char_indices().find_map(|(at, _)| self.at(&text[at..]).map(|word| (at, word)))
    }

    /// The word that `text` ends with.
    pub(crate) fn ending(&self, text: &str) -> Option<&'static str> {
        let starts = text.char_indices().rev().take(10).map(|(at, _)| at);
        starts
            .filter(|at| self.at(&text[*at..]).is_some_and(|word| word.len() == text.len() - at))
            .last()
            .and_then(|at| self.at(&text[at..]))
    }

    /// Whether `word` is in the list.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.all.contains(word)
    }
}

/// FNV-1a: the words are short, and they are ours.
struct Short(u64);

impl Default for Short {
    fn default() -> Short {
        Short(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Short {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Where an ideograph stands among those that have a place of their own.
fn ideograph(c: char) -> Option<usize> {
    let at = u32::from(c).checked_sub(FIRST)? as usize;
    (at < IDEOGRAPHS).then_some(at)
}
