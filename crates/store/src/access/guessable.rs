//! Passwords that a guesser tries early, whatever their length.
//!
//! `common-passwords.txt` holds the 3,000 most common passwords of four characters and more, and every one of twelve and
//! more among the 49,233 most common, in small letters, the commonest first (zxcvbn-ts 4.1.3, language-common, MIT). Few
//! of them are as long as ours must be; what people make longer out of them is what has to be found.

use std::collections::HashSet;
use std::sync::LazyLock;

static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common-passwords.txt").split_ascii_whitespace().collect());
/// What everybody who knows this system tries, beside the words that the caller knows: the product, the trade, the posts.
const OF_THE_TRADE: [&str; 12] = [
    "luoshi",
    "ducha",
    "duban",
    "dubanshi",
    "duchashi",
    "supervision",
    "office",
    "administrator",
    "admin",
    "落实",
    "督查",
    "督办",
];
/// A piece is a word of at least so many characters: shorter ones stand in every sentence.
const PIECE_MIN: usize = 3;
/// And no word of the list is longer.
const PIECE_MAX: usize = 24;
/// So many pieces together are still tried early; a fourth is a passphrase.
const PIECES: usize = 3;
/// So many characters beside the pieces, digits and signs are still tried early.
const BESIDE: usize = 3;

/// Whether the password falls apart into at most three common words, digits and signs, with hardly anything beside; or
/// repeats very few characters. `words` are those that belong to its person: login and office.
pub(super) fn is_guessable(password: &str, words: &[&str]) -> bool {
    let password: Vec<char> = password.to_lowercase().chars().collect();
    if password.iter().collect::<HashSet<_>>().len() <= 4 {
        return true;
    }
    let words: Vec<String> = words.iter().map(|word| word.trim().to_lowercase()).collect();
    let mut own: HashSet<&str> = words.iter().flat_map(|word| word.split(['.', '_', '-', '@', ' '])).collect();
    own.extend(words.iter().map(String::as_str));
    let is_word =
        |piece: &str| COMMON.contains(piece) || own.contains(piece) || OF_THE_TRADE.contains(&piece) || is_run(piece);
    // beside[k][i]: the fewest characters beside the pieces in the first `i`, with `k` pieces among them.
    let mut beside = vec![vec![usize::MAX; password.len() + 1]; PIECES + 1];
    beside[0][0] = 0;
    for i in 0..password.len() {
        let costs = usize::from(password[i].is_alphabetic());
        for k in 0..=PIECES {
            if beside[k][i] == usize::MAX {
                continue;
            }
            beside[k][i + 1] = beside[k][i + 1].min(beside[k][i] + costs);
            if k == PIECES {
                continue;
            }
            let mut piece = String::new();
            for end in i..password.len().min(i + PIECE_MAX) {
                piece.push(password[end]);
                let long_enough = end + 1 - i >= PIECE_MIN || !password[end].is_ascii() && end > i;
                if long_enough && is_word(&piece) {
                    beside[k + 1][end + 1] = beside[k + 1][end + 1].min(beside[k][i]);
                }
            }
        }
    }
    beside.iter().any(|row| row[password.len()] <= BESIDE)
}

/// Four and more characters that follow one another in the alphabet, as in `abcd` and `dcba`, or are all the same.
fn is_run(piece: &str) -> bool {
    let codes: Vec<i64> = piece.chars().map(|c| i64::from(u32::from(c))).collect();
    codes.len() >= 4 && [-1, 0, 1].iter().any(|step| codes.windows(2).all(|pair| pair[1] - pair[0] == *step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_of_common_words_digits_and_signs_is_guessable() {
        for password in [
            "1qaz2wsx3edc",
            "motherfucker",
            "Password1234",
            "password!!2026",
            "qwerty123456",
            "iloveyou-iloveyou",
            "AdministratorLuoshi",
            "aaaaaaaaaaaa",
            "121212121212",
            "20261124101010",
            "abcdefghijkl",
            "落实落实落实落实落实落实",
            "督查2026督查2026督查",
        ] {
            assert!(is_guessable(password, &[]), "{password}");
        }
    }

    #[test]
    fn a_few_words_nobody_puts_together_are_not() {
        for password in [
            "a quiet river in spring",
            "correct horse battery",
            "qinghe-demo-2026",
            "三棵柳树站在旧桥东边等船",
            "g7Kq-wpx2-Vmnt",
        ] {
            assert!(!is_guessable(password, &[]), "{password}");
        }
    }

    #[test]
    fn neither_login_nor_office_makes_a_password() {
        assert!(!is_guessable("zhouyinuo-qinghexian", &[]));
        assert!(is_guessable("zhouyinuo-qinghexian", &["zhouyinuo", "Qinghexian"]));
        assert!(is_guessable("Zhang.Min.2026!", &["zhang.min"]));
    }

    #[test]
    fn every_common_password_of_the_least_length_is_refused() {
        let long: Vec<&str> =
            COMMON.iter().copied().filter(|word| word.chars().count() >= super::super::PASSWORD_MIN).collect();
        assert!(COMMON.len() >= 3_000 && long.len() >= 300, "{} {}", COMMON.len(), long.len());
        for word in long {
            assert!(is_guessable(word, &[]), "{word}");
        }
    }
}
