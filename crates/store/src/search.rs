//! The tokens that text is found by: pairs of neighbouring ideographs, and words in lower case.

/// At most so many tokens are made of one text.
const TOKENS_MAX: usize = 20_000;

/// Tokens of `text`, space-separated, in order. A single ideograph between other characters is a token of its own.
pub(crate) fn tokens(text: &str) -> String {
    let mut tokens: Vec<String> = vec![];
    let mut word = String::new();
    let mut ideographs: Vec<char> = vec![];
    for c in text.chars().chain([' ']) {
        if tokens.len() >= TOKENS_MAX {
            break;
        }
        if is_ideograph(c) {
            end_word(&mut word, &mut tokens);
            ideographs.push(c);
        } else {
            end_run(&mut ideographs, &mut tokens);
            if c.is_alphanumeric() {
                word.extend(c.to_lowercase());
            } else {
                end_word(&mut word, &mut tokens);
            }
        }
    }
    tokens.join(" ")
}

/// The question that FTS5 is asked: every token, in any order. None where `words` holds nothing to look for.
pub(crate) fn question(words: &str) -> Option<String> {
    let tokens = tokens(words);
    let quoted: Vec<String> = tokens.split(' ').filter(|t| !t.is_empty()).take(32).map(phrase).collect();
    if quoted.is_empty() { None } else { Some(quoted.join(" AND ")) }
}

/// A lone ideograph is looked for as the beginning of a pair.
fn phrase(token: &str) -> String {
    let is_lone = token.chars().count() == 1 && token.chars().all(is_ideograph);
    if is_lone { format!("\"{token}\" *") } else { format!("\"{token}\"") }
}

fn end_word(word: &mut String, tokens: &mut Vec<String>) {
    if !word.is_empty() {
        tokens.push(std::mem::take(word));
    }
}

fn end_run(run: &mut Vec<char>, tokens: &mut Vec<String>) {
    match run.as_slice() {
        [] => {}
        [lone] => tokens.push(lone.to_string()),
        [.., last] => {
            tokens.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
            // So that every ideograph begins a token, and a lone one is found wherever it stands.
            tokens.push(last.to_string());
        }
    }
    run.clear();
}

fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ideographs_go_in_pairs_and_words_in_lower_case() {
        assert_eq!(tokens("清河污水, Phase 2"), "清河 河污 污水 水 phase 2");
        assert_eq!(tokens("  "), "");
    }

    #[test]
    fn a_question_holds_no_operator_of_its_own() {
        assert_eq!(question("污水 OR \"x\""), Some("\"污水\" AND \"水\" * AND \"or\" AND \"x\"".into()));
        assert_eq!(question("*()\""), None);
    }
}
