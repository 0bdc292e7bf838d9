//! The tokens that text is found by: pairs of neighbouring ideographs, and words in lower case. Full-width letters and
//! digits count as the plain ones.

use civil::narrow;

/// At most so many tokens are made of one text.
const TOKENS_MAX: usize = 200_000;
/// At most so many things are looked for at once; what is typed beyond them is not looked at.
const TERMS_MAX: usize = 32;
/// A word of so many letters is found by its beginning.
const BEGINNING_MIN: usize = 3;

/// Tokens of `text`, space-separated, in order.
pub(crate) fn tokens(text: &str) -> String {
    let mut tokens = String::with_capacity(text.len() * 2);
    each_token(text, |token| {
        if !tokens.is_empty() {
            tokens.push(' ');
        }
        tokens.push_str(token);
    });
    tokens
}

/// Hands over the tokens of `text`, in order. The last ideograph of a run is a token of its own, so that each begins one.
pub(crate) fn each_token(text: &str, mut take: impl FnMut(&str)) {
    let mut count = 0;
    each_piece(text, |kind, piece| {
        match kind {
            Kind::Word => {
                take(piece);
                count += 1;
            }
            Kind::Ideographs => {
                let mut before = 0;
                for (at, c) in piece.char_indices().skip(1) {
                    take(&piece[before..at + c.len_utf8()]);
                    before = at;
                    count += 1;
                }
                take(&piece[before..]);
                count += 1;
            }
        }
        count < TOKENS_MAX
    });
}

/// What somebody looks for, so that everything typed is found, in any order. Between quotation marks it is found as it
/// stands; else a run of ideographs by its pairs, a word by its beginning, and what hangs together as `2026-04` does in
/// that order.
pub(crate) struct Question(Vec<Term>);

/// Tokens that follow one another; of the last, its beginning may be enough.
struct Term {
    tokens: Vec<String>,
    is_beginning: bool,
}

impl Question {
    /// None where `words` holds nothing to look for.
    pub(crate) fn of(words: &str) -> Option<Self> {
        let mut terms = vec![];
        for (text, is_quoted) in quoted(words) {
            if is_quoted {
                terms.extend(exactly(&text));
            } else {
                text.split_whitespace().for_each(|word| loosely(word, &mut terms));
            }
        }
        terms.truncate(TERMS_MAX);
        (!terms.is_empty()).then_some(Self(terms))
    }

    /// As FTS5 is asked. Tokens hold letters and digits only, so nothing in them ends the quotation.
    pub(crate) fn asked(&self) -> String {
        let star = |term: &Term| if term.is_beginning { " *" } else { "" };
        let terms = self.0.iter().map(|term| format!("\"{}\"{}", term.tokens.join(" "), star(term)));
        terms.collect::<Vec<_>>().join(" AND ")
    }

    /// Whether FTS5 would find it in what `tokens` made of a text.
    pub(crate) fn fits(&self, tokens: &str) -> bool {
        let tokens: Vec<&str> = tokens.split(' ').collect();
        self.0.iter().all(|term| tokens.windows(term.tokens.len()).any(|window| term.fits(window)))
    }
}

impl Term {
    fn fits(&self, window: &[&str]) -> bool {
        let Some(((last, before), (found, found_before))) = self.tokens.split_last().zip(window.split_last()) else {
            return false;
        };
        let is_last = if self.is_beginning { found.starts_with(last.as_str()) } else { found == last };
        is_last && before == found_before
    }
}

/// A run of ideographs, or of other letters and digits.
enum Piece {
    Ideographs(Vec<char>),
    Word(String),
}

/// Of what a run is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ideographs,
    Word,
}

/// Hands over the runs of `text`, of plain width and in lower case, for as long as more are wanted.
fn each_piece(text: &str, mut take: impl FnMut(Kind, &str) -> bool) {
    let mut run = String::new();
    let mut open: Option<Kind> = None;
    for c in text.chars().map(narrow) {
        let kind = match (is_ideograph(c), c.is_alphanumeric()) {
            (true, _) => Some(Kind::Ideographs),
            (false, true) => Some(Kind::Word),
            (false, false) => None,
        };
        if kind != open {
            if let Some(open) = open
                && !take(open, &run)
            {
                return;
            }
            run.clear();
            open = kind;
        }
        match kind {
            Some(Kind::Ideographs) => run.push(c),
            Some(Kind::Word) => run.extend(c.to_lowercase()),
            None => {}
        }
    }
    if let Some(open) = open {
        take(open, &run);
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = vec![];
    each_piece(text, |kind, run| {
        pieces.push(match kind {
            Kind::Ideographs => Piece::Ideographs(run.chars().collect()),
            Kind::Word => Piece::Word(run.to_owned()),
        });
        true
    });
    pieces
}

fn pairs(run: &[char]) -> impl Iterator<Item = String> {
    run.windows(2).map(|pair| pair.iter().collect())
}

/// What stands between quotation marks, and what does not. A mark without its other half quotes the rest.
fn quoted(words: &str) -> Vec<(String, bool)> {
    let mut parts = vec![];
    let mut part = String::new();
    let mut until: Option<char> = None;
    for c in words.chars().map(narrow) {
        let closing = match c {
            '"' => '"',
            '“' | '”' => '”',
            '「' => '」',
            other => {
                if until == Some(other) {
                    parts.push((std::mem::take(&mut part), true));
                    until = None;
                } else {
                    part.push(other);
                }
                continue;
            }
        };
        parts.push((std::mem::take(&mut part), until.is_some()));
        until = if until == Some(closing) { None } else { Some(closing) };
    }
    parts.push((part, until.is_some()));
    parts
}

/// The text as it stands, one token after the other.
fn exactly(text: &str) -> Option<Term> {
    let mut tokens = vec![];
    let pieces = pieces(text);
    let last = pieces.len().saturating_sub(1);
    let mut is_beginning = false;
    for (at, piece) in pieces.into_iter().enumerate() {
        match piece {
            Piece::Word(word) => tokens.push(word),
            // How the last run goes on is left open.
            Piece::Ideographs(run) if at == last && run.len() > 1 => tokens.extend(pairs(&run)),
            Piece::Ideographs(run) => {
                is_beginning = at == last;
                tokens.extend(pairs(&run).chain(run.last().map(char::to_string)));
            }
        }
    }
    term(tokens, is_beginning)
}

fn loosely(word: &str, terms: &mut Vec<Term>) {
    let mut together: Vec<String> = vec![];
    let end = |together: &mut Vec<String>, terms: &mut Vec<Term>| {
        let is_beginning = together.len() > 1 || together.iter().any(|word| word.chars().count() >= BEGINNING_MIN);
        terms.extend(term(std::mem::take(together), is_beginning));
    };
    for piece in pieces(word) {
        match piece {
            Piece::Word(word) => together.push(word),
            Piece::Ideographs(run) => {
                end(&mut together, terms);
                match run.as_slice() {
                    [lone] => terms.extend(term(vec![lone.to_string()], true)),
                    run => terms.extend(pairs(run).filter_map(|pair| term(vec![pair], false))),
                }
            }
        }
    }
    end(&mut together, terms);
}

fn term(tokens: Vec<String>, is_beginning: bool) -> Option<Term> {
    if tokens.is_empty() { None } else { Some(Term { tokens, is_beginning }) }
}

fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &str) -> String {
        Question::of(words).expect("something to look for").asked()
    }

    #[test]
    fn ideographs_go_in_pairs_and_words_in_lower_case() {
        assert_eq!(tokens("清河污水, Phase 2"), "清河 河污 污水 水 phase 2");
        assert_eq!(tokens("Ｐｈａｓｅ　２清淤"), "phase 2 清淤 淤");
        assert_eq!(tokens("  "), "");
    }

    #[test]
    fn a_question_holds_no_operator_of_its_own() {
        assert_eq!(asked("污水 OR x*"), "\"污水\" AND \"or\" AND \"x\"");
        assert!(Question::of("*()\"").is_none());
        assert!(Question::of("\"\" “”「」").is_none());
    }

    #[test]
    fn words_are_found_by_their_beginning_and_numbers_too() {
        assert_eq!(asked("Dredg 2026-04"), "\"dredg\" * AND \"2026 04\" *");
        assert_eq!(asked("河"), "\"河\" *");
        assert_eq!(asked("清河污水"), "\"清河\" AND \"河污\" AND \"污水\"");
        assert_eq!(asked("二期Phase2清淤"), "\"二期\" AND \"phase2\" * AND \"清淤\"");
    }

    #[test]
    fn what_is_quoted_is_found_as_it_stands() {
        assert_eq!(asked("\"清河污水\""), "\"清河 河污 污水\"");
        assert_eq!(asked("“Phase 2” 清淤"), "\"phase 2\" AND \"清淤\"");
        assert_eq!(asked("「污水，河」"), "\"污水 水 河\" *");
        assert_eq!(asked("\"never closed"), "\"never closed\"");
    }

    #[test]
    fn a_question_fits_what_fts5_finds() {
        let connection = rusqlite::Connection::open_in_memory().expect("memory");
        connection.execute_batch(&crate::sqlite::definitions(crate::schema::SEARCH)).expect("tables");
        let pieces =
            ["清", "河", "清河污水", "，", " ", "Phase", "2", "2026-04", "12", "Dredging", "café", "“", "”", "Ｂ"];
        let mut state = 7_u64;
        let mut drawn = |most: u64| {
            let count = 1 + {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                state >> 33
            } % most;
            let pieces = (0..count).map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                pieces[(state >> 33) as usize % pieces.len()]
            });
            pieces.collect::<String>()
        };
        let texts: Vec<String> = (0..300).map(|_| tokens(&drawn(12))).collect();
        for (row, words) in texts.iter().enumerate() {
            let sql = "INSERT INTO search (rowid, stream, words) VALUES (?1, '', ?2)";
            connection.execute(sql, (row, words)).expect("a row");
        }
        let mut hits = 0;
        for _ in 0..600 {
            let Some(question) = Question::of(&drawn(3)) else { continue };
            let sql = "SELECT rowid FROM search WHERE words MATCH ?1 ORDER BY rowid";
            let mut statement = connection.prepare_cached(sql).expect("a query");
            let rows = statement.query_map([question.asked()], |row| row.get(0)).expect("an answer");
            let found: Vec<usize> = rows.collect::<Result<_, _>>().expect("rows");
            let fitting: Vec<usize> = (0..texts.len()).filter(|row| question.fits(&texts[*row])).collect();
            assert_eq!(found, fitting, "{}", question.asked());
            hits += found.len();
        }
        assert!(hits > 10_000, "{hits}");
    }
}
