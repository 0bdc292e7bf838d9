//! The words of one English sentence.

use std::cell::Cell;
use std::ops::Range;

/// A sentence, its lower-case copy (same byte offsets) and its words.
pub(crate) struct Tokens<'t> {
    /// The sentence as it stands.
    pub(crate) text: &'t str,
    /// Where it begins in the document.
    pub(crate) base: usize,
    lower: String,
    words: Vec<Range<usize>>,
    /// What the lists say of each word, once asked.
    kinds: Vec<Cell<u8>>,
}

/// Bits of what a list says of a word.
pub(crate) mod kind {
    /// The lists of verbs were asked.
    pub(crate) const VERBS_ASKED: u8 = 1;
    /// The list of offices was asked.
    pub(crate) const OFFICES_ASKED: u8 = 16;
    /// A base form that is hardly a noun.
    pub(crate) const VERB: u8 = 2;
    /// A base form that is a noun as often.
    pub(crate) const NOUN_VERB: u8 = 4;
    /// An office, a body or a post.
    pub(crate) const OFFICE: u8 = 8;
}

impl<'t> Tokens<'t> {
    /// The words of a range of the document.
    pub(crate) fn of(document: &'t str, range: Range<usize>) -> Tokens<'t> {
        let text = &document[range.clone()];
        let lower = text.to_ascii_lowercase();
        let mut words = Vec::new();
        let mut start = None;
        for (at, c) in text.char_indices() {
            let inside = c.is_alphanumeric()
                || matches!(c, '\'' | '’' | '-' | '_' | '&') && start.is_some()
                || matches!(c, '£' | '$' | '€')
                || matches!(c, '.' | ',')
                    && start.is_some()
                    && text[at + 1..].starts_with(|d: char| d.is_ascii_digit())
                    && text[..at].ends_with(|d: char| d.is_ascii_digit());
            match (inside, start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    words.push(from..at);
                    start = None;
                }
                (true, Some(_)) | (false, None) => {}
            }
        }
        if let Some(from) = start {
            words.push(from..text.len());
        }
        let kinds = vec![Cell::new(0); words.len()];
        Tokens { text, base: range.start, lower, words, kinds }
    }

    /// What a list says of a word; `ask` looks it up the first time, and `asked` says that it was.
    pub(crate) fn kind(&self, n: usize, asked: u8, ask: impl FnOnce(&str) -> u8) -> u8 {
        let Some(cell) = self.kinds.get(n) else { return 0 };
        if cell.get() & asked == 0 {
            cell.set(cell.get() | ask(self.word(n)) | asked);
        }
        cell.get()
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word in lower case; empty beyond the end.
    pub(crate) fn word(&self, n: usize) -> &str {
        self.words.get(n).map_or("", |range| &self.lower[range.clone()])
    }

    /// The word as it stands.
    pub(crate) fn raw(&self, n: usize) -> &'t str {
        self.words.get(n).map_or("", |range| &self.text[range.clone()])
    }

    /// Where a word begins, in the document; the sentence's end beyond the last.
    pub(crate) fn start(&self, n: usize) -> usize {
        self.base + self.words.get(n).map_or(self.text.len(), |range| range.start)
    }

    /// Where a word ends, in the document.
    pub(crate) fn end(&self, n: usize) -> usize {
        self.base + self.words.get(n).map_or(self.text.len(), |range| range.end)
    }

    /// What stands between a word and the one before it.
    pub(crate) fn gap(&self, n: usize) -> &'t str {
        if n == 0 || n > self.words.len() {
            return "";
        }
        let from = self.words[n - 1].end;
        &self.text[from..self.words.get(n).map_or(self.text.len(), |range| range.start)]
    }

    /// Whether a comma, colon, dash or bracket stands before a word.
    pub(crate) fn breaks_before(&self, n: usize) -> bool {
        n == 0 || self.gap(n).contains([',', ':', ';', '(', ')', '–', '—', '“', '”', '"'])
    }

    /// Whether the words from `n` are these.
    pub(crate) fn says(&self, n: usize, phrase: &str) -> bool {
        // Most words begin otherwise.
        if self.word(n).as_bytes().first() != phrase.as_bytes().first() {
            return false;
        }
        phrase.split(' ').enumerate().all(|(i, word)| self.word(n + i) == word)
    }

    /// The first of the words `from..to` that is `word`.
    pub(crate) fn find(&self, from: usize, to: usize, word: &str) -> Option<usize> {
        (from..to.min(self.len())).find(|n| self.word(*n) == word)
    }

    /// Whether a word begins with a capital.
    pub(crate) fn is_capital(&self, n: usize) -> bool {
        self.raw(n).starts_with(char::is_uppercase)
    }
}
