//! The tokens that text is found by: pairs of neighbouring ideographs, and words in lower case. Full-width letters and
//! digits count as the plain ones.

use civil::narrow;

/// At most so many tokens are made of one text.
const TOKENS_MAX: usize = 200_000;
/// At most so many things are looked for at once; what is typed beyond them is not looked at.
const TERMS_MAX: usize = 32;
/// A word of so many letters is found by its beginning.
const BEGINNING_MIN: usize = 3;

/// Tokens of `text`, space-separated, in order. The last ideograph of a run is a token of its own, so that each begins one.
pub(crate) fn tokens(text: &str) -> String {
    let mut tokens: Vec<String> = vec![];
    for piece in pieces(text) {
        if tokens.len() >= TOKENS_MAX {
            break;
        }
        match piece {
            Piece::Word(word) => tokens.push(word),
            Piece::Ideographs(run) => tokens.extend(pairs(&run).chain(run.last().map(char::to_string))),
        }
    }
    tokens.join(" ")
}

/// What FTS5 is asked, so that everything typed is found, in any order. Between quotation marks it is found as it
/// stands; else a run of ideographs by its pairs, a word by its beginning, and what hangs together as `2026-04` does in
/// that order. None where `words` holds nothing to look for.
pub(crate) fn question(words: &str) -> Option<String> {
    let mut terms: Vec<String> = vec![];
    for (text, is_quoted) in quoted(words) {
        if is_quoted {
            terms.extend(exactly(&text));
        } else {
            text.split_whitespace().for_each(|word| loosely(word, &mut terms));
        }
    }
    terms.truncate(TERMS_MAX);
    if terms.is_empty() { None } else { Some(terms.join(" AND ")) }
}

/// A run of ideographs, or of other letters and digits.
enum Piece {
    Ideographs(Vec<char>),
    Word(String),
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = vec![];
    let mut is_open = false;
    for c in text.chars().map(narrow) {
        match (is_ideograph(c), pieces.last_mut()) {
            (true, Some(Piece::Ideographs(run))) if is_open => run.push(c),
            (true, _) => pieces.push(Piece::Ideographs(vec![c])),
            (false, Some(Piece::Word(word))) if is_open && c.is_alphanumeric() => word.extend(c.to_lowercase()),
            (false, _) if c.is_alphanumeric() => pieces.push(Piece::Word(c.to_lowercase().collect())),
            (false, _) => {
                is_open = false;
                continue;
            }
        }
        is_open = true;
    }
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
fn exactly(text: &str) -> Option<String> {
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
    term(&tokens, is_beginning)
}

fn loosely(word: &str, terms: &mut Vec<String>) {
    let mut together: Vec<String> = vec![];
    let end = |together: &mut Vec<String>, terms: &mut Vec<String>| {
        let is_beginning = together.len() > 1 || together.iter().any(|word| word.chars().count() >= BEGINNING_MIN);
        terms.extend(term(together, is_beginning));
        together.clear();
    };
    for piece in pieces(word) {
        match piece {
            Piece::Word(word) => together.push(word),
            Piece::Ideographs(run) => {
                end(&mut together, terms);
                match run.as_slice() {
                    [lone] => terms.extend(term(&[lone.to_string()], true)),
                    run => terms.extend(pairs(run).filter_map(|pair| term(&[pair], false))),
                }
            }
        }
    }
    end(&mut together, terms);
}

/// Tokens hold letters and digits only, so nothing in them ends the quotation.
fn term(tokens: &[String], is_beginning: bool) -> Option<String> {
    let star = if is_beginning { " *" } else { "" };
    if tokens.is_empty() { None } else { Some(format!("\"{}\"{star}", tokens.join(" "))) }
}

fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &str) -> String {
        question(words).expect("something to look for")
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
        assert_eq!(question("*()\""), None);
        assert_eq!(question("\"\" “”「」"), None);
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
}
