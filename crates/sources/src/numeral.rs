//! How a list's number is written: 3, iii, c, 三, 叁, ③.

/// A way to write numbers, by the name that the format gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numeral {
    /// 1, 2, 3; and whatever we have no better way for.
    Decimal,
    /// 01, 02, 03.
    DecimalZero,
    /// １, ２, ３.
    FullWidth,
    /// I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// A, B, C … Z, AA, BB.
    UpperLetter,
    /// a, b, c … z, aa, bb.
    LowerLetter,
    /// 1st, 2nd, 3rd.
    Ordinal,
    /// 一 … 十 … 九十九, then digit by digit: 一〇〇.
    Counting,
    /// 一 … 一百零五 … 一千.
    CountingThousand,
    /// 一 … 百五 … 千.
    JapaneseCounting,
    /// 一, 二 … 一〇, 一一: digit by digit.
    Digital,
    /// 壹, 贰 … 壹拾.
    Legal,
    /// ①, ② … ⑳.
    Circled,
    /// ⑴, ⑵ … ⒇.
    Parenthesised,
    /// ⒈, ⒉ … ⒛.
    Stopped,
    /// 甲, 乙 … 癸.
    Stems,
    /// 子, 丑 … 亥.
    Branches,
    /// - 1 -.
    Dashed,
    /// A sign and no number.
    Bullet,
    /// Nothing.
    None,
}

impl Numeral {
    /// By the format's name, in the standard's spelling.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "decimalZero" => Numeral::DecimalZero,
            "decimalFullWidth" | "decimalFullWidth2" => Numeral::FullWidth,
            "upperRoman" => Numeral::UpperRoman,
            "lowerRoman" => Numeral::LowerRoman,
            "upperLetter" => Numeral::UpperLetter,
            "lowerLetter" => Numeral::LowerLetter,
            "ordinal" => Numeral::Ordinal,
            "chineseCounting" | "taiwaneseCounting" => Numeral::Counting,
            "chineseCountingThousand" | "taiwaneseCountingThousand" => Numeral::CountingThousand,
            "japaneseCounting" => Numeral::JapaneseCounting,
            "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => Numeral::Digital,
            "chineseLegalSimplified" => Numeral::Legal,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Numeral::Circled,
            "decimalEnclosedParen" => Numeral::Parenthesised,
            "decimalEnclosedFullstop" => Numeral::Stopped,
            "ideographTraditional" => Numeral::Stems,
            "ideographZodiac" => Numeral::Branches,
            "numberInDash" => Numeral::Dashed,
            "bullet" => Numeral::Bullet,
            "none" => Numeral::None,
            _decimal => Numeral::Decimal,
        }
    }

    /// The number, written. What a way cannot write is written in digits.
    pub(crate) fn write(self, number: u32) -> String {
        let digits = || number.to_string();
        let enclosed = |first: char, most: u32| match number {
            1.. if number <= most => char::from_u32(u32::from(first) + number - 1).map_or_else(digits, String::from),
            _ => digits(),
        };
        let one_of = |signs: &str| {
            let at = number.checked_sub(1).and_then(|at| usize::try_from(at).ok());
            at.and_then(|at| signs.chars().nth(at)).map_or_else(digits, String::from)
        };
        match self {
            Numeral::Decimal => digits(),
            Numeral::DecimalZero => format!("{number:02}"),
            Numeral::FullWidth => {
                digits().chars().filter_map(|c| char::from_u32(u32::from(c) - 0x30 + 0xFF10)).collect()
            }
            Numeral::UpperRoman => roman(number).unwrap_or_else(digits),
            Numeral::LowerRoman => roman(number).map_or_else(digits, |roman| roman.to_lowercase()),
            Numeral::UpperLetter => letters(number, 'A').unwrap_or_else(digits),
            Numeral::LowerLetter => letters(number, 'a').unwrap_or_else(digits),
            Numeral::Ordinal => {
                let ending = match (number % 100, number % 10) {
                    (11..=13, _) => "th",
                    (_, 1) => "st",
                    (_, 2) => "nd",
                    (_, 3) => "rd",
                    (_, _) => "th",
                };
                format!("{number}{ending}")
            }
            Numeral::Counting if number < 100 => counted(number, "〇一二三四五六七八九", "十百千", true),
            Numeral::Counting | Numeral::Digital => one_by_one(number),
            Numeral::CountingThousand if number < 10_000 => counted(number, "零一二三四五六七八九", "十百千", true),
            Numeral::Legal if number < 10_000 => counted(number, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", false),
            Numeral::JapaneseCounting if number < 10_000 => japanese(number),
            Numeral::CountingThousand | Numeral::Legal | Numeral::JapaneseCounting => one_by_one(number),
            Numeral::Circled => enclosed('①', 20),
            Numeral::Parenthesised => enclosed('⑴', 20),
            Numeral::Stopped => enclosed('⒈', 20),
            Numeral::Stems => one_of("甲乙丙丁戊己庚辛壬癸"),
            Numeral::Branches => one_of("子丑寅卯辰巳午未申酉戌亥"),
            Numeral::Dashed => format!("- {number} -"),
            Numeral::Bullet | Numeral::None => String::new(),
        }
    }
}

fn roman(number: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4_000).contains(&number) {
        return None;
    }
    let (mut left, mut out) = (number, String::new());
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    Some(out)
}

/// A … Z, AA, BB …: the letter is repeated.
fn letters(number: u32, first: char) -> Option<String> {
    let before = number.checked_sub(1).filter(|before| *before < 26 * 30)?;
    let letter = char::from_u32(u32::from(first) + before % 26)?;
    let times = usize::try_from(before / 26 + 1).ok()?;
    Some(std::iter::repeat_n(letter, times).collect())
}

fn digit(signs: &str, digit: u32) -> Option<char> {
    signs.chars().nth(usize::try_from(digit).ok()?)
}

fn one_by_one(number: u32) -> String {
    number.to_string().chars().filter_map(|c| digit("〇一二三四五六七八九", c.to_digit(10)?)).collect()
}

/// Below 10,000, with 十, 百 and 千, and a 零 for the places left out; ten to nineteen without their 一 if `is_short`.
fn counted(number: u32, digits: &str, units: &str, is_short: bool) -> String {
    let (mut out, mut is_gap) = (String::new(), false);
    for place in (0..4u32).rev() {
        let value = number / 10u32.pow(place) % 10;
        if value == 0 {
            is_gap = !out.is_empty();
            continue;
        }
        if is_gap {
            out.extend(digit(digits, 0));
            is_gap = false;
        }
        if !(is_short && out.is_empty() && place == 1 && value == 1) {
            out.extend(digit(digits, value));
        }
        out.extend(place.checked_sub(1).and_then(|unit| digit(units, unit)));
    }
    if out.is_empty() { digit(digits, 0).into_iter().collect() } else { out }
}

fn japanese(number: u32) -> String {
    let mut out = String::new();
    for place in (0..4u32).rev() {
        let value = number / 10u32.pow(place) % 10;
        if value > 1 || (value == 1 && place == 0) {
            out.extend(digit("〇一二三四五六七八九", value));
        }
        if value > 0 {
            out.extend(place.checked_sub(1).and_then(|unit| digit("十百千", unit)));
        }
    }
    if out.is_empty() { "〇".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_office_programs_write_them() {
        for (name, number, written) in [
            ("decimal", 12, "12"),
            ("decimalZero", 7, "07"),
            ("decimalFullWidth", 12, "１２"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerRoman", 4, "iv"),
            ("lowerRoman", 4_000, "4000"),
            ("upperLetter", 26, "Z"),
            ("lowerLetter", 28, "bb"),
            ("lowerLetter", 0, "0"),
            ("lowerLetter", u32::MAX, "4294967295"),
            ("ordinal", 12, "12th"),
            ("ordinal", 22, "22nd"),
            ("chineseCounting", 10, "十"),
            ("chineseCounting", 21, "二十一"),
            ("chineseCounting", 100, "一〇〇"),
            ("chineseCountingThousand", 10, "十"),
            ("chineseCountingThousand", 105, "一百零五"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 1001, "一千零一"),
            ("chineseCountingThousand", 1010, "一千零一十"),
            ("chineseCountingThousand", u32::MAX, "四二九四九六七二九五"),
            ("japaneseCounting", 111, "百十一"),
            ("japaneseCounting", 203, "二百三"),
            ("ideographDigital", 10, "一〇"),
            ("chineseLegalSimplified", 16, "壹拾陆"),
            ("decimalEnclosedCircle", 3, "③"),
            ("decimalEnclosedCircleChinese", 21, "21"),
            ("decimalEnclosedParen", 2, "⑵"),
            ("ideographTraditional", 2, "乙"),
            ("ideographZodiac", 13, "13"),
            ("numberInDash", 3, "- 3 -"),
            ("none", 3, ""),
            ("something new", 3, "3"),
        ] {
            assert_eq!(Numeral::named(name).write(number), written, "{name} {number}");
        }
    }
}
