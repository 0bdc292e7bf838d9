//! Numbers as both languages write them: 15, 1,234.5, 三, 二〇二五, 1.5亿, two hundred and six, 1.5 million.

/// An exact decimal: `units` / 10^`scale`, with no trailing zero in the fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits as one integer.
    pub units: i128,
    /// How many of them stand after the point, at most 6.
    pub scale: u32,
}

const SCALE: u32 = 6;
const ONE: i128 = 1_000_000;
/// Nobody writes a larger number in minutes; beyond it we read nothing rather than overflow.
const LIMIT: i128 = 1_000_000_000_000_000_000 * ONE;

/// A number written as digits, as Chinese numerals or as English words, and nothing beside it. At most six decimals.
pub fn decimal(text: &str) -> Option<Decimal> {
    let text = text.trim();
    if (1..=18).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Decimal { units: text.parse().ok()?, scale: 0 });
    }
    let millionths = han(text).or_else(|| english(text))?;
    let (mut units, mut scale) = (millionths, SCALE);
    while scale > 0 && units % 10 == 0 {
        units /= 10;
        scale -= 1;
    }
    Some(Decimal { units, scale })
}

/// As [`decimal`], for whole numbers only.
pub fn integer(text: &str) -> Option<i64> {
    let number = decimal(text)?;
    if number.scale == 0 { i64::try_from(number.units).ok() } else { None }
}

fn han_digit(c: char) -> Option<i128> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn han_unit(c: char) -> Option<i128> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' | '萬' => 10_000,
        '亿' | '億' => 100_000_000,
        _ => return None,
    })
}

fn ascii(c: char) -> char {
    match c {
        '０'..='９' => {
            char::from(b'0' + u8::try_from(u32::from(c) - u32::from('０')).expect("the arm holds ten digits"))
        }
        '．' => '.',
        other => other,
    }
}

/// Digits and Chinese numerals, in millionths.
fn han(text: &str) -> Option<i128> {
    let chars: Vec<char> = text.chars().map(ascii).collect();
    if chars.is_empty() || chars.len() > 40 {
        return None;
    }
    if chars.len() > 1 && chars.iter().all(|c| han_digit(*c).is_some()) {
        // 二〇二五 is read digit by digit.
        let value = chars.iter().try_fold(0i128, |sum, c| sum.checked_mul(10)?.checked_add(han_digit(*c)?))?;
        return value.checked_mul(ONE).filter(|v| *v <= LIMIT);
    }
    let (mut total, mut section, mut current) = (0i128, 0i128, None::<i128>);
    let mut last_small = 10_000;
    let mut last_unit = 1;
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        if c.is_ascii_digit() {
            if current.is_some() {
                return None;
            }
            let end = at + chars[at..].iter().take_while(|c| c.is_ascii_digit() || matches!(**c, '.' | ',')).count();
            current = Some(arabic(&chars[at..end])?);
            at = end;
            continue;
        }
        if let Some(digit) = han_digit(c) {
            if current.is_some_and(|value| value != 0) {
                return None;
            }
            current = Some(digit * ONE);
        } else {
            let unit = han_unit(c)?;
            if unit < 10_000 {
                if unit >= last_small {
                    return None;
                }
                let count = match current.take() {
                    Some(value) => value,
                    None if unit == 10 || at == 0 => ONE,
                    None => return None,
                };
                section += count.checked_mul(unit)?;
                last_small = unit;
            } else {
                let below = section + current.take().unwrap_or(0);
                if unit == 10_000 {
                    if below == 0 {
                        return None;
                    }
                    total += below.checked_mul(unit)?;
                } else {
                    total = (total + below).checked_mul(unit)?;
                    if total == 0 {
                        return None;
                    }
                }
                section = 0;
                last_small = 10_000;
            }
            last_unit = unit;
            if total > LIMIT || section > LIMIT {
                return None;
            }
        }
        at += 1;
    }
    let mut tail = current.unwrap_or(0);
    // 两百五 is 250, 一万二 is 12,000: a bare last digit counts the next lower unit.
    let spoken =
        chars.len() >= 3 && han_digit(chars[chars.len() - 1]).is_some() && han_unit(chars[chars.len() - 2]).is_some();
    if spoken && last_unit >= 100 {
        tail *= last_unit / 10;
    }
    let value = total.checked_add(section)?.checked_add(tail)?;
    (value <= LIMIT).then_some(value)
}

/// `1,234.5`: commas only between groups of three.
fn arabic(chars: &[char]) -> Option<i128> {
    let text: String = chars.iter().collect();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let groups: Vec<&str> = whole.split(',').collect();
    if groups.len() > 1 && (groups[0].is_empty() || groups[0].len() > 3 || groups[1..].iter().any(|g| g.len() != 3)) {
        return None;
    }
    let digits: String = groups.concat();
    if digits.is_empty() || digits.len() > 18 || fraction.len() > 6 || (text.contains('.') && fraction.is_empty()) {
        return None;
    }
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let padded = format!("{fraction:0<6}");
    Some(digits.parse::<i128>().ok()? * ONE + padded.parse::<i128>().ok()?)
}

fn english_word(word: &str) -> Option<i128> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let found =
        SMALL.iter().position(|w| *w == word).or_else(|| TENS.iter().position(|w| *w == word).map(|i| (i + 2) * 10));
    i128::try_from(found?).ok()
}

/// English words, and digits with `million` and the like, in millionths.
fn english(text: &str) -> Option<i128> {
    if !text.is_ascii() || text.len() > 120 || text.starts_with('-') {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let (mut total, mut section, mut any) = (0i128, 0i128, false);
    for word in lower.split([' ', '-', '\n', '\r', '\t']).filter(|w| !w.is_empty()) {
        let unit = match word {
            "and" if any => continue,
            "a" | "an" if !any => {
                section = ONE;
                any = true;
                continue;
            }
            "hundred" => 100,
            "thousand" => 1_000,
            "million" => 1_000_000,
            "billion" => 1_000_000_000,
            "dozen" => 12,
            _ => 1,
        };
        if unit == 1 {
            let chars: Vec<char> = word.chars().collect();
            let value = if chars[0].is_ascii_digit() { arabic(&chars)? } else { english_word(word)? * ONE };
            // "twenty-five" adds up; "one two" and "3-4" are two numbers.
            let room = if value < 10 * ONE { 10 * ONE } else { 100 * ONE };
            if section % room != 0 || section % (100 * ONE) == 10 * ONE || (section != 0 && value >= room) {
                return None;
            }
            section = section.checked_add(value)?;
            any = true;
        } else {
            if section == 0 {
                return None;
            }
            section = section.checked_mul(unit)?;
            if unit >= 1_000 {
                total = total.checked_add(section)?;
                section = 0;
            }
        }
        if total > LIMIT || section > LIMIT {
            return None;
        }
    }
    // A lone article is no number.
    let value = total + section;
    (any && lower != "a" && lower != "an" && value <= LIMIT).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numerals() {
        for (text, value) in [
            ("三", 3),
            ("十", 10),
            ("十五", 15),
            ("二十", 20),
            ("一百零五", 105),
            ("两百五", 250),
            ("两千零五", 2_005),
            ("一万二", 12_000),
            ("二〇二五", 2025),
            ("一万亿", 1_000_000_000_000),
            ("3亿5000万", 350_000_000),
            ("１５", 15),
            ("5千万", 50_000_000),
        ] {
            assert_eq!(integer(text), Some(value), "{text}");
        }
    }

    #[test]
    fn decimals_keep_their_digits() {
        assert_eq!(integer("1.5亿"), Some(150_000_000));
        assert_eq!(decimal("7.5"), Some(Decimal { units: 75, scale: 1 }));
        assert_eq!(decimal("7.50"), Some(Decimal { units: 75, scale: 1 }));
        assert_eq!(integer("1,234"), Some(1_234));
        assert_eq!(integer("7.5"), None);
    }

    #[test]
    fn english_words() {
        assert_eq!(integer("two hundred"), Some(200));
        assert_eq!(integer("Two hundred and fifty-three thousand and six"), Some(253_006));
        assert_eq!(integer("1.5 million"), Some(1_500_000));
        assert_eq!(integer("a hundred"), Some(100));
        assert_eq!(integer("a dozen"), Some(12));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "",
            "万",
            "亿",
            "a",
            "and",
            "hundred",
            "三人",
            "1,23",
            "1.",
            "百千",
            "三百二千",
            "one two",
            "one two thre",
            "ten two",
            "3-4",
            "-3",
            "1.2345678",
            "12,34,567",
        ] {
            assert_eq!(decimal(text), None, "{text}");
        }
        assert_eq!(decimal(&"九".repeat(41)), None);
        assert_eq!(decimal("999999999999999999亿亿亿"), None);
    }
}
