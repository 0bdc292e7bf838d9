//! The words of one English sentence.

use super::lexicon::Kinds;
use std::borrow::Cow;
use std::ops::Range;

/// A sentence and its words.
pub(crate) struct Tokens<'t> {
    /// The sentence as it stands.
    pub(crate) text: &'t str,
    /// Where it begins in the document.
    pub(crate) base: usize,
    words: Vec<Word<'t>>,
    /// What the lists say of all words together.
    kinds: Kinds,
    /// Whether a comma, colon, dash or bracket stands behind the last word.
    breaks_last: bool,
}

/// A word: where it stands in its sentence, and what was seen of it when the sentence was cut.
struct Word<'t> {
    from: usize,
    to: usize,
    /// In lower case: most words stand so in the text.
    lower: Cow<'t, str>,
    kinds: Kinds,
    capital: bool,
    /// A comma, colon, dash or bracket stands before it.
    breaks: bool,
}

impl<'t> Tokens<'t> {
    /// The words of a range of the document.
    pub(crate) fn of(document: &'t str, range: Range<usize>) -> Tokens<'t> {
        let text = &document[range.clone()];
        let mut tokens = Tokens {
            text,
            base: range.start,
            words: Vec::with_capacity(text.len() / 5 + 1),
            kinds: Kinds::NONE,
            breaks_last: false,
        };
        let mut start = None;
        let mut next = 0;
        loop {
            // Most of a text are letters.
            let plain = text.as_bytes()[next..].iter().take_while(|byte| LETTERS[usize::from(**byte)]).count();
            if plain > 0 {
                start = start.or(Some(next));
            }
            let at = next + plain;
            let Some(c) = text[at..].chars().next() else { break };
            next = at + c.len_utf8();
            let inside = match c {
                ' ' => false,
                '£' | '$' | '€' => true,
                // "Beds- Ola will": the hyphen parts a topic.
                '-' => start.is_some() && !text[next..].starts_with([' ', '\n']),
                '\'' | '’' | '_' | '&' => start.is_some(),
                '.' | ',' => start.is_some() && parts_digits(text.as_bytes(), at),
                _ => c.is_alphanumeric(),
            };
            match (inside, start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    tokens.push(from, at);
                    start = None;
                }
                (true, Some(_)) | (false, None) => {}
            }
            let parts = c == '-' && at > 0 && text.as_bytes()[at - 1].is_ascii_alphanumeric();
            if !inside && (parts || matches!(c, ',' | ':' | ';' | '(' | ')' | '–' | '—' | '“' | '”' | '"')) {
                tokens.breaks_last = true;
            }
        }
        if let Some(from) = start {
            tokens.push(from, text.len());
        }
        tokens.keep_initials();
        tokens
    }

    /// "IS would redraw the plan", "GO to tell staff": initials that spell a small word stay in capitals, and are none.
    fn keep_initials(&mut self) {
        for n in 0..self.words.len().saturating_sub(1) {
            let (from, to) = (self.words[n].from, self.words[n].to);
            if to - from != 2 || !self.text[from..to].bytes().all(|byte| byte.is_ascii_uppercase()) {
                continue;
            }
            let small = matches!(
                &*self.words[n].lower,
                "is" | "am"
                    | "as"
                    | "be"
                    | "do"
                    | "go"
                    | "an"
                    | "at"
                    | "by"
                    | "he"
                    | "in"
                    | "it"
                    | "me"
                    | "my"
                    | "of"
                    | "on"
                    | "so"
                    | "to"
                    | "us"
            );
            let next = &self.text[to..];
            let small_next = next.starts_with(' ') && next[1..].starts_with(|c: char| c.is_ascii_lowercase());
            // "Tessa Oyelaran (TO), Head of Midwifery".
            let bracketed = from > 0 && self.text[..from].ends_with('(') && next.starts_with(')');
            if small && (small_next || bracketed) {
                self.words[n].lower = Cow::Borrowed(&self.text[from..to]);
                self.words[n].kinds = Kinds::NONE;
            }
        }
    }

    fn push(&mut self, from: usize, to: usize) {
        let word = &self.text[from..to];
        // "he’ll": two words.
        let short = ["'ll", "’ll"].iter().find(|end| word.len() > end.len() && word.ends_with(**end));
        if let Some(short) = short {
            self.push_word(from, to - short.len());
            let (lower, kinds) = (Cow::Borrowed("will"), Kinds::of("will"));
            self.words.push(Word { from: to - short.len(), to, lower, kinds, capital: false, breaks: false });
            self.kinds = self.kinds | kinds;
        } else {
            self.push_word(from, to);
        }
    }

    fn push_word(&mut self, from: usize, to: usize) {
        let word = &self.text[from..to];
        let lower = match word.as_bytes() {
            [letter @ b'A'..=b'Z'] => Cow::Borrowed(&"abcdefghijklmnopqrstuvwxyz"[usize::from(letter - b'A')..][..1]),
            letters if letters.iter().any(u8::is_ascii_uppercase) => Cow::Owned(word.to_ascii_lowercase()),
            _ => Cow::Borrowed(word),
        };
        let kinds = Kinds::of(&lower);
        let capital = word.starts_with(char::is_uppercase);
        self.words.push(Word { from, to, lower, kinds, capital, breaks: self.breaks_last });
        self.kinds = self.kinds | kinds;
        self.breaks_last = false;
    }

    /// Whether the lists say one of these of a word.
    #[inline]
    pub(crate) fn is(&self, n: usize, kinds: Kinds) -> bool {
        self.words.get(n).is_some_and(|word| word.kinds.any(kinds))
    }

    /// Whether the lists say one of these of any word.
    #[inline]
    pub(crate) fn holds(&self, kinds: Kinds) -> bool {
        self.kinds.any(kinds)
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word in lower case; empty beyond the end.
    #[inline]
    pub(crate) fn word(&self, n: usize) -> &str {
        self.words.get(n).map_or("", |word| &word.lower)
    }

    /// The word as it stands.
    pub(crate) fn raw(&self, n: usize) -> &'t str {
        self.words.get(n).map_or("", |word| &self.text[word.from..word.to])
    }

    /// Where a word begins, in the document; the sentence's end beyond the last.
    #[inline]
    pub(crate) fn start(&self, n: usize) -> usize {
        self.base + self.words.get(n).map_or(self.text.len(), |word| word.from)
    }

    /// Where a word ends, in the document.
    #[inline]
    pub(crate) fn end(&self, n: usize) -> usize {
        self.base + self.words.get(n).map_or(self.text.len(), |word| word.to)
    }

    /// What stands between a word and the one before it.
    pub(crate) fn gap(&self, n: usize) -> &'t str {
        if n == 0 || n > self.words.len() {
            return "";
        }
        let from = self.words[n - 1].to;
        &self.text[from..self.words.get(n).map_or(self.text.len(), |word| word.from)]
    }

    /// Whether a comma, colon, dash or bracket stands before a word.
    #[inline]
    pub(crate) fn breaks_before(&self, n: usize) -> bool {
        n == 0 || self.words.get(n).map_or(n == self.words.len() && self.breaks_last, |word| word.breaks)
    }

    /// Whether the words from `n` are these.
    #[inline]
    pub(crate) fn says(&self, n: usize, phrase: &str) -> bool {
        // Most words begin otherwise.
        self.word(n).as_bytes().first() == phrase.as_bytes().first() && self.says_all(n, phrase)
    }

    #[inline(never)]
    fn says_all(&self, mut n: usize, phrase: &str) -> bool {
        let mut rest = phrase.as_bytes();
        loop {
            let word = self.word(n).as_bytes();
            if word.is_empty() || !rest.starts_with(word) {
                return false;
            }
            match rest.get(word.len()) {
                None => return true,
                Some(b' ') => rest = &rest[word.len() + 1..],
                Some(_) => return false,
            }
            n += 1;
        }
    }

    /// Where these words begin, if they end before `n`.
    #[inline]
    pub(crate) fn led_by(&self, n: usize, phrase: &str) -> Option<usize> {
        // Most words end otherwise.
        let last = n.checked_sub(1).and_then(|last| self.word(last).as_bytes().last())?;
        if phrase.as_bytes().last() != Some(last) {
            return None;
        }
        let from = n.checked_sub(phrase.split(' ').count())?;
        self.says(from, phrase).then_some(from)
    }

    /// The first of the words `from..to` that is `word`.
    pub(crate) fn find(&self, from: usize, to: usize, word: &str) -> Option<usize> {
        (from..to.min(self.len())).find(|n| self.word(*n) == word)
    }

    /// Whether a word begins with a capital.
    #[inline]
    pub(crate) fn is_capital(&self, n: usize) -> bool {
        self.words.get(n).is_some_and(|word| word.capital)
    }
}

/// The bytes that are letters and digits for themselves.
static LETTERS: [bool; 256] = {
    let mut letters = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        letters[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    letters
};

/// Whether the mark at `at` stands between two digits.
fn parts_digits(text: &[u8], at: usize) -> bool {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    digit(text.get(at + 1)) && at > 0 && digit(text.get(at - 1))
}
