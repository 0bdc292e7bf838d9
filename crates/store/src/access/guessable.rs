//! Passwords that a guesser tries early, whatever their length.
//!
//! `common-passwords.txt` holds the 3,000 most common passwords of four characters and more, and every one of twelve and
//! more among the 49,233 most common, in small letters, the commonest first (zxcvbn-ts 4.1.3, language-common, MIT). Few
//! of them are as long as ours must be; what people make longer out of them is what has to be found. What people here make
//! their passwords of beside is a few syllables of pinyin and a number, which no list of words in English knows.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

static COMMON: LazyLock<HashSet<String>> = LazyLock::new(|| {
    include_str!("common-passwords.txt").split_ascii_whitespace().map(|word| folded(word, 'u').collect()).collect()
});
/// Every syllable of Standard Chinese as Hanyu Pinyin writes it, without tones and with `v` for `ü`
/// (GB/T 16159-2012), in its initials' order.
static SYLLABLES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("pinyin.txt").split_ascii_whitespace().collect());
/// What everybody who knows this system tries, beside the words that the caller knows: the product, the trade, the posts,
/// the city of the demonstration.
const OF_THE_TRADE: [&str; 14] = [
    "luoshi",
    "ducha",
    "duban",
    "dubanshi",
    "duchashi",
    "supervision",
    "office",
    "administrator",
    "admin",
    "qinghe",
    "demo",
    "落实",
    "督查",
    "督办",
];
/// A piece is a word of at least so many characters: shorter ones stand in every sentence.
const PIECE_MIN: usize = 3;
/// And no word of the list is longer.
const PIECE_MAX: usize = 24;
/// What is put together so far is still tried early: three words, or five syllables (most set phrases have four), or one
/// word and three syllables. A fourth word, or a sixth syllable, makes a passphrase.
const SPENT_MAX: usize = 15;
const WORD: usize = 5;
const SYLLABLE: usize = 3;
/// So many letters beside the pieces, and any digits and signs, are still tried early.
const BESIDE: usize = 3;
/// What stood before counts once, if it is so long, or a word of `WORD_AGAIN_MIN`; shorter pieces come back in every
/// sentence, as `uang` does in pinyin. Of characters that are no ASCII two are a word.
const AGAIN_MIN: usize = 6;
const WORD_AGAIN_MIN: usize = 4;
/// No more characters are looked at. One character of a password may be written out as eighteen (`ﷺ`).
const LOOKED_AT: usize = 2 * super::PASSWORD_MAX;
/// How a letter is written as a sign: `p@$$w0rd`. `1` and `!` stand for two.
const DISGUISES: [&[(char, char)]; 2] = [
    &[('@', 'a'), ('4', 'a'), ('3', 'e'), ('1', 'i'), ('!', 'i'), ('0', 'o'), ('$', 's'), ('5', 's'), ('7', 't')],
    &[('@', 'a'), ('4', 'a'), ('3', 'e'), ('1', 'l'), ('!', 'l'), ('0', 'o'), ('$', 's'), ('5', 's'), ('7', 't')],
];
/// The signs above the digits, for whoever types `1qaz` with the shift key held.
const SHIFTED: &[(char, char)] = &[
    ('!', '1'),
    ('@', '2'),
    ('#', '3'),
    ('$', '4'),
    ('%', '5'),
    ('^', '6'),
    ('&', '7'),
    ('*', '8'),
    ('(', '9'),
    (')', '0'),
];
/// Numerals, which are beside the matter as digits are.
const NUMERALS: &str = "零〇一二两三四五六七八九十百千万亿";
/// What stands behind a number in a day and an hour, and is beside the matter there.
const OF_A_DATE: &str = "年月日号时点分秒";

/// Whether the password falls apart into a few common words and syllables of pinyin, digits and signs, with hardly anything
/// beside; or repeats very few characters, or one thing that is too short for a password. `words` are those that belong to
/// its person: login, names, unit, office. Width, accents, blanks and what else separates words make no difference.
/// The work grows with the length of the password alone, which `Password::parse` bounds.
pub(super) fn is_guessable(password: &str, words: &[&str]) -> bool {
    let typed: Vec<char> = password.chars().take(LOOKED_AT).collect();
    if is_of_little(&typed) {
        return true;
    }
    let parts = words.iter().flat_map(|word| word.split(['.', '_', '-', '@', ' ']).chain([*word]));
    let own = parts.flat_map(|part| ['u', 'v'].map(|umlaut| folded(part, umlaut).collect::<String>()));
    let own: HashSet<String> = own.filter(|word| !word.is_empty()).collect();
    // Who has no `ü` on his keyboard types `v` for it, or `u`.
    let umlauts: &[char] = if folded(password, 'u').eq(folded(password, 'v')) { &['v'] } else { &['v', 'u'] };
    umlauts.iter().any(|umlaut| {
        let password: Vec<char> = folded(password, *umlaut).take(LOOKED_AT).collect();
        is_soon_found(&password, &own)
    })
}

/// In small letters of one width without accents, and without what separates words; `umlaut` for `ü`.
fn folded(text: &str, umlaut: char) -> impl Iterator<Item = char> {
    let is_kept = |c: &char| c.is_alphanumeric() || is_disguise(*c);
    let mut letters: Vec<char> = vec![];
    for c in text.nfkd().flat_map(char::to_lowercase) {
        match letters.last_mut() {
            Some(last) if c == '\u{308}' && *last == 'u' => *last = umlaut,
            Some(_) | None if is_combining_mark(c) => {}
            Some(_) | None => letters.push(c),
        }
    }
    letters.into_iter().filter(is_kept)
}

fn is_disguise(sign: char) -> bool {
    DISGUISES.iter().copied().chain([SHIFTED]).flatten().any(|(as_sign, _)| *as_sign == sign)
}

fn is_soon_found(password: &[char], own: &HashSet<String>) -> bool {
    if is_of_little(password) {
        return true;
    }
    let again = said_before(password);
    // beside[spent][i]: the fewest letters beside the pieces in the first `i`, with so much spent on the pieces.
    let mut beside = vec![vec![usize::MAX; password.len() + 1]; SPENT_MAX + 1];
    beside[0][0] = 0;
    for i in 0..password.len() {
        let mut pieces = pieces(password, i, own);
        let least = if password[i].is_ascii() { AGAIN_MIN } else { 2 };
        for (end, price) in &mut pieces {
            if *price == WORD && (WORD_AGAIN_MIN..=again[i]).contains(&(*end - i)) {
                *price = 0;
            }
        }
        pieces.extend((least..=again[i]).map(|length| (i + length, 0)));
        let costs = usize::from(!is_beside_the_matter(password, i));
        for spent in 0..=SPENT_MAX {
            let so_far = beside[spent][i];
            if so_far > BESIDE {
                continue;
            }
            beside[spent][i + 1] = beside[spent][i + 1].min(so_far + costs);
            for (end, price) in pieces.iter().filter(|(_, price)| spent + price <= SPENT_MAX) {
                beside[spent + price][*end] = beside[spent + price][*end].min(so_far);
            }
        }
    }
    beside.iter().any(|row| row[password.len()] <= BESIDE)
}

/// Whether it repeats very few characters, or is one thing over and over that is too short for a password.
fn is_of_little(password: &[char]) -> bool {
    let is_of_few = password.iter().collect::<HashSet<_>>().len() <= 4;
    let most = (password.len() / 2).min(super::PASSWORD_MIN - 1);
    is_of_few || (1..=most).any(|length| password[length..] == password[..password.len() - length])
}

/// At each place, how many characters from there on stood in the same order before it.
fn said_before(password: &[char]) -> Vec<usize> {
    let mut most = vec![0; password.len()];
    // From the end: `here[j]` is how many are the same from `i` and from `j` on.
    let mut next = vec![0; password.len() + 1];
    for i in (0..password.len()).rev() {
        let mut here = vec![0; password.len() + 1];
        for j in (0..i).filter(|j| password[*j] == password[i]) {
            here[j] = next[j + 1] + 1;
            most[i] = most[i].max(here[j]);
        }
        next = here;
    }
    most
}

/// Digits, signs and numerals, and the words of a date behind one.
fn is_beside_the_matter(password: &[char], at: usize) -> bool {
    let is_number = |c: char| c.is_numeric() || NUMERALS.contains(c);
    let c = password[at];
    !c.is_alphabetic() || NUMERALS.contains(c) || at > 0 && OF_A_DATE.contains(c) && is_number(password[at - 1])
}

/// The pieces that begin at `from`: where each ends, and what it costs.
fn pieces(password: &[char], from: usize, own: &HashSet<String>) -> Vec<(usize, usize)> {
    let is_word =
        |piece: &str| COMMON.contains(piece) || own.contains(piece) || OF_THE_TRADE.contains(&piece) || is_run(piece);
    let mut found = vec![];
    let mut plain = String::new();
    for end in from + 1..=password.len().min(from + PIECE_MAX) {
        plain.push(password[end - 1]);
        let disguised = DISGUISES.iter().copied().chain([SHIFTED]).map(|table| undisguised(&plain, table));
        let written: Vec<String> = std::iter::once(plain.clone()).chain(disguised).collect();
        let long_enough = end - from >= PIECE_MIN || !password[end - 1].is_ascii() && end - from > 1;
        if long_enough && written.iter().any(|piece| is_word(piece)) {
            found.push((end, WORD));
        }
        if written.iter().any(|piece| SYLLABLES.contains(piece.as_str())) {
            found.push((end, SYLLABLE));
        }
    }
    found
}

fn undisguised(piece: &str, table: &[(char, char)]) -> String {
    let plain = |sign: char| table.iter().find(|(as_sign, _)| *as_sign == sign).map_or(sign, |(_, letter)| *letter);
    piece.chars().map(plain).collect()
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
            "Summer2024!!!",
            "Welcome@12345",
            "一二三四五六七八九十十一",
        ] {
            assert!(is_guessable(password, &[]), "{password}");
        }
    }

    #[test]
    fn signs_in_the_place_of_letters_disguise_no_word() {
        for password in ["P@ssw0rd2024!!", "P@$$w0rd123456", "Passw0rd!2026", "!QAZ2wsx#EDC", "f00tba11-2024"] {
            assert!(is_guessable(password, &[]), "{password}");
        }
    }

    #[test]
    fn a_phrase_or_a_name_in_pinyin_with_a_number_is_guessable() {
        for password in [
            "woaini1314520",
            "woaiwojia1234",
            "wo ai ni 1314",
            "woaizhongguo",
            "wangwei19880101",
            "zhonghuarenmin",
            "wojiushiwo123",
            "yifanfengshun",
            "gongxifacai888",
            "shengrikuaile1",
            "zaijian88888888",
            "qinghe-demo-2026",
        ] {
            assert!(is_guessable(password, &[]), "{password}");
        }
    }

    #[test]
    fn what_is_said_over_and_over_counts_once() {
        for password in [
            "qwertyqwertyqwertyqwerty",
            "qwerty1qwerty2qwerty3qwerty4",
            "woaini woaini woaini",
            "passwordpasswordpasswordpasswordpassword",
            "password-password-password-password-password",
            "lüyou-lüyou-12",
            "xkqzvp xkqzvp xkqzvp",
            "kqzxvbwkqzxvbwk",
            "青河督查青河督查青河督查青河督查",
        ] {
            assert!(is_guessable(password, &["青河市"]), "{password}");
        }
        for password in ["g7Kqwpx2Vmnt-g7Kqwpx2Vmnt", "green typewriter oceans, green typewriter oceans"] {
            assert!(!is_guessable(password, &[]), "what is strong once is so twice: {password}");
        }
    }

    #[test]
    fn neither_width_nor_accents_nor_blanks_disguise_a_word() {
        for password in [
            "p a s s w o r d 1",
            "p.a.s.s.w.o.r.d.1.2",
            "ＰＡＳＳＷＯＲＤ１２３４",
            "pásswörd-2026",
            "p\u{200b}assword 2026",
            "lvyou lǚyóu luyou 12",
            "nǚ'ér hóng 1988",
            "wǒ ài nǐ 1314520",
            "d r e d g i n g 2026",
            "ＤＲＥＤＧＩＮＧ２０２６",
        ] {
            assert!(is_guessable(password, &["Dredging Bureau"]), "{password}");
        }
        assert!(
            is_guessable("brvckenbauer1988", &["Brückenbauer"]) && is_guessable("bruckenbauer1988", &["Brückenbauer"])
        );
    }

    #[test]
    fn a_day_is_guessable_however_it_is_written() {
        for password in
            ["2026年11月29日2026年11月29日", "二〇二六年十一月二十九日八时", "1988年3月5日10点", "落实2026年11月29日"]
        {
            assert!(is_guessable(password, &[]), "{password}");
        }
    }

    #[test]
    fn hostile_text_takes_bounded_work() {
        let most = super::super::PASSWORD_MAX;
        for unit in ["ﷺ", "a", "ab", "ü\u{308}", "shi", "\u{308}", "passwor"] {
            let text: String = unit.chars().cycle().take(most).collect();
            assert!(folded(&text, 'v').count() <= 18 * most);
            assert!(is_guessable(&text, &[]), "{unit} over and over");
        }
    }

    #[test]
    fn a_few_words_nobody_puts_together_are_not() {
        for password in [
            "a quiet river in spring",
            "correct horse battery",
            "kettle under nine lanterns",
            "green typewriter 47 oceans",
            "三棵柳树站在旧桥东边等船",
            "桥头老王家的豆腐脑不放糖",
            "mubandeng xiaxue qiaotou",
            "yuanlaishizheyangdehuaduo",
            "g7Kq-wpx2-Vmnt",
            "zX9!mQ2#vL7p",
            "8hT$wz!kPq31",
        ] {
            assert!(!is_guessable(password, &[]), "{password}");
        }
    }

    #[test]
    fn five_syllables_are_guessed_early_and_seven_are_not() {
        assert!(is_guessable("zhuangshuangchuang-guangzhuang", &[]));
        assert!(!is_guessable("zhuangshuangchuang-guangzhuangkuangniang", &[]));
    }

    #[test]
    fn neither_login_nor_office_makes_a_password() {
        assert!(!is_guessable("mcallister-brookhaven", &[]));
        assert!(is_guessable("mcallister-brookhaven", &["mcallister", "Brookhaven"]));
        assert!(is_guessable("Kowalczyk.B.2026!", &["kowalczyk.b"]));
        assert!(is_guessable("Dredging Bureau 2026", &["Dredging Bureau"]));
    }

    #[test]
    fn every_common_password_of_the_least_length_is_refused() {
        let long: Vec<&str> = COMMON
            .iter()
            .map(String::as_str)
            .filter(|word| word.chars().count() >= super::super::PASSWORD_MIN)
            .collect();
        assert!(COMMON.len() >= 3_000 && long.len() >= 300, "{} {}", COMMON.len(), long.len());
        for word in long {
            assert!(is_guessable(word, &[]), "{word}");
        }
    }
}
