//! Looking words up at a place in the text.

use std::collections::HashMap;

/// A word list, found by first character; the longest word wins.
pub(crate) struct Words(HashMap<char, Vec<&'static str>>);

impl Words {
    /// From lists of words parted by white space.
    pub(crate) fn of(lists: &[&'static str]) -> Words {
        let mut words: HashMap<char, Vec<&'static str>> = HashMap::new();
        for word in lists.iter().flat_map(|list| list.split_whitespace()) {
            let first = word.chars().next().expect("split_whitespace gives no empty words");
            words.entry(first).or_default().push(word);
        }
        for list in words.values_mut() {
            list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        Words(words)
    }

    /// The longest word that `text` begins with.
    pub(crate) fn at(&self, text: &str) -> Option<&'static str> {
        let list = self.0.get(&text.chars().next()?)?;
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
        word.chars().next().and_then(|first| self.0.get(&first)).is_some_and(|list| list.contains(&word))
    }
}
