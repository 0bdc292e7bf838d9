//! A cell as a value: exact, or refused with what to write instead.

use civil::Date;

use crate::kind::{Kind, Unit};
use crate::message::{Message, list, message};
use crate::model::{Fact, Rules};
use crate::value::{day_number, day_of, exact, may_be_percent, percent_or_times};

/// Why a cell is no value of its fact. Words are made of it only where it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    NeitherYesNorNo,
    NoDay,
    NoOption,
    NoNumber,
    PercentOrTimes,
    TooFine,
    TooLarge,
    BelowZero,
}

/// A cell as a value of its fact; an empty one is not known.
pub(crate) fn parsed(rules: &Rules, fact: &Fact, text: &str) -> Result<Option<i64>, Unfit> {
    if text.is_empty() {
        return Ok(None);
    }
    let value = match fact.kind {
        Kind::YesNo => match text {
            "yes" | "是" => 1,
            "no" | "否" => 0,
            _ => return Err(Unfit::NeitherYesNorNo),
        },
        Kind::Date => day(text).ok_or(Unfit::NoDay)?,
        Kind::Options(at) => {
            let options = &rules.options[at];
            let found = options
                .options
                .iter()
                .position(|(name, label)| [name, &label.zh, &label.en].into_iter().any(|called| called == text));
            found.ok_or(Unfit::NoOption)? as i64
        }
        Kind::Number { unit, den, .. } => {
            let (number, hundredths) = match text.strip_suffix('%') {
                Some(number) if unit == Unit::RATIO => (number, 2),
                _ => (text, 0),
            };
            let (units, scale) = digits(number).map_or_else(|| longer(number), Ok)?;
            let is_plain_ratio = unit == Unit::RATIO && hundredths == 0 && rules.imported.is_none();
            if is_plain_ratio && may_be_percent(units, scale, false) {
                return Err(Unfit::PercentOrTimes);
            }
            let (scale, parts) = (scale + hundredths, den * unit.parts());
            let held = exact(units, scale, parts).ok_or_else(|| {
                let rest = i128::from(units) * i128::from(parts) % 10i128.pow(scale);
                if rest == 0 { Unfit::TooLarge } else { Unfit::TooFine }
            })?;
            if held < 0 && !fact.is_signed {
                return Err(Unfit::BelowZero);
            }
            held
        }
    };
    Ok(Some(value))
}

impl Unfit {
    /// What is wrong with the text, and what to write.
    pub fn told(self, rules: &Rules, fact: &Fact, text: &str) -> Message {
        match self {
            Unfit::NeitherYesNorNo => message!(
                "{text:?} 既不是 `是`（yes），也不是 `否`（no）",
                "{text:?} is neither `yes` (是) nor `no` (否)"
            ),
            Unfit::NoDay => no_day(text),
            Unfit::NoOption => {
                let Kind::Options(at) = fact.kind else { return Message::default() };
                let options = &rules.options[at].options;
                let names = list(&options.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>());
                message!("{text:?} 不是它的选项：{}", "{text:?} is none of its options: {}", names)
            }
            // 不详, /, -, #N/A
            Unfit::NoNumber if !text.chars().any(char::is_numeric) => message!(
                "{text:?} 不是数；写作 {0}，不知道的单元格留空",
                "{text:?} is no number; write it as {0}, and leave the cell empty where nobody knows",
                example(fact.kind)
            ),
            Unfit::NoNumber => {
                let example = number_meant(text).unwrap_or_else(|| example(fact.kind).to_owned());
                message!("{text:?} 不是数；写作 {example}", "{text:?} is no number; write it as {example}")
            }
            Unfit::PercentOrTimes => {
                let (units, scale) = digits(text).map_or_else(|| longer(text), Ok).unwrap_or_default();
                let (what, help) = percent_or_times(units, scale);
                message!("{}；{}", "{}; {}", what, help)
            }
            Unfit::TooFine => match fact.kind {
                Kind::Number { unit, .. } if unit.money == 1 => message!(
                    "{text:?} 有比分更小的部分；最多写两位小数，怎样取整依规定",
                    "{text:?} has parts of a fen; write at most two decimals, rounded as the law says"
                ),
                Kind::Number { unit: Unit::RATIO, .. } => message!(
                    "{text:?} 比万分之一更细；最多写四位小数",
                    "{text:?} is finer than a hundredth of a per cent; write at most four decimals"
                ),
                _ => message!("{text:?} 不是整数；不要写小数", "{text:?} is not whole; write it without a fraction"),
            },
            Unfit::TooLarge => message!("{text:?} 太大", "{text:?} is too large"),
            Unfit::BelowZero => message!(
                "{text:?} 低于零，而规则不允许 `{}` 低于零",
                "{text:?} is below zero, which the rules do not allow for `{}`",
                fact.name
            ),
        }
    }

    /// What to do where a whole column is so: a spreadsheet made it such.
    pub fn advice(self, text: &str) -> Option<Message> {
        match self {
            Unfit::NoDay => day_advice(text),
            Unfit::NeitherYesNorNo | Unfit::NoOption | Unfit::NoNumber | Unfit::PercentOrTimes => None,
            Unfit::TooFine | Unfit::TooLarge | Unfit::BelowZero => None,
        }
    }
}

/// That a text is no day, and the day that it means.
pub(crate) fn no_day(text: &str) -> Message {
    let meant = numbers(text).and_then(|numbers| match numbers.as_slice() {
        [year @ 1_000..=9_999, month, day] => {
            civil::day(i16::try_from(*year).ok()?, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?)
        }
        _ => None,
    });
    let meant = meant.map_or_else(|| "2020-12-31".to_owned(), |day: Date| day.to_string());
    message!("{text:?} 不是日期；写作 {meant}", "{text:?} is no day; write it as {meant}")
}

/// What to do about days that a spreadsheet wrote in its own way.
pub(crate) fn day_advice(text: &str) -> Option<Message> {
    let is_otherwise = text.contains('/') || text.contains('.') || text.len() != 10;
    numbers(text).filter(|numbers| is_otherwise && numbers.len() >= 3).map(|_| {
        message!(
            "电子表格会改写日期：选中整列，把单元格格式设为自定义 yyyy-mm-dd（或文本），再另存为“CSV UTF-8”",
            "a spreadsheet writes days its own way: give the whole column the format yyyy-mm-dd (or text), and save it as \"CSV UTF-8\" again"
        )
    })
}

/// That a cell holds no month, and the month that it means.
pub(crate) fn no_month(text: &str) -> Message {
    let meant = month_meant(text).map_or_else(|| "2026-03".to_owned(), crate::month::said);
    message!("{text:?} 不是月份；写作 {meant}", "{text:?} is no month; write it as {meant}")
}

/// The month that somebody means who writes it otherwise: `2022/3`, `2022年3月`, `202203`, `2022-03-01`.
pub(crate) fn month_meant(text: &str) -> Option<i64> {
    let (year, month) = match numbers(text)?.as_slice() {
        [year @ 1_000..=9_999, month] | [year @ 1_000..=9_999, month, 1..=31] => (*year, *month),
        [both @ 100_000..=999_999] => (both / 100, both % 100),
        _ => return None,
    };
    (1..=12).contains(&month).then_some(year * 12 + month - 1)
}

/// The numbers in a text that has a few of them and hardly anything else.
fn numbers(text: &str) -> Option<Vec<i64>> {
    if text.chars().count() > 24 {
        return None;
    }
    let parts = text.split(|sign: char| !sign.is_ascii_digit()).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().ok()).collect()
}

/// The number that somebody means who writes it with its unit, with commas, or with wide digits.
fn number_meant(text: &str) -> Option<String> {
    let plain =
        text.chars().filter(|sign| !matches!(sign, ',' | '，' | '元' | '¥' | '￥' | ' ')).map(|sign| match sign {
            '０'..='９' => char::from_digit(u32::from(sign) - u32::from('０'), 10).unwrap_or(sign),
            '．' => '.',
            '％' => '%',
            other => other,
        });
    let plain: String = plain.collect();
    digits(plain.strip_suffix('%').unwrap_or(&plain)).map(|_| plain)
}

fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Number { unit: Unit::RATIO, .. } => "0.25",
        Kind::Number { unit, .. } if unit.money == 1 => "1234.50",
        Kind::Number { .. } | Kind::YesNo | Kind::Date | Kind::Options(_) => "12",
    }
}

/// A day as it is written: `2020-12-31`, or 2020年12月31日; as yyyymmdd.
pub(crate) fn day(text: &str) -> Option<i64> {
    if let Some(usual) = usual_day(text) {
        return Some(usual);
    }
    let date: Option<Date> = match text.strip_suffix('日') {
        Some(rest) => {
            let (year, rest) = rest.split_once('年')?;
            let (month, day) = rest.split_once('月')?;
            let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i16>().ok());
            let (year, month, day) = (number(year)??, number(month)??, number(day)??);
            civil::day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        }
        None => text.parse().ok().filter(|_| text.len() == 10),
    };
    date.filter(|date| date.year() > 0).map(day_number)
}

/// The yyyymmdd of a day in its usual form, read by hand: a city's file holds millions of them. What it does not read, the
/// calendar's own reader answers.
fn usual_day(text: &str) -> Option<i64> {
    let &[y, e, a, r, b'-', m, o, b'-', d, f] = text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        let all = digits.iter().all(u8::is_ascii_digit);
        all.then(|| digits.iter().fold(0i64, |number, digit| number * 10 + i64::from(digit - b'0')))
    };
    let (year, month, day) = (number(&[y, e, a, r])?, number(&[m, o])?, number(&[d, f])?);
    // The 29th to 31st are not in every month.
    let is_there = year > 0 && (1..=12).contains(&month) && (1..=28).contains(&day);
    is_there.then_some(year * 10_000 + month * 100 + day)
}

/// Digits with at most one point: as one integer, and how many stand after the point.
pub(crate) fn digits(text: &str) -> Option<(i64, u32)> {
    let (negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text),
    };
    let (mut units, mut scale, mut point, mut any) = (0i64, 0u32, false, false);
    for byte in body.bytes() {
        match byte {
            b'0'..=b'9' => {
                units = units.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                scale += u32::from(point);
                any = true;
            }
            b'.' if !point && any => point = true,
            _ => return None,
        }
    }
    let complete = any && !body.ends_with('.') && scale <= 18;
    complete.then_some((if negative { -units } else { units }, scale))
}

/// Digits that are more than 64 bits hold: zeros at the end of a fraction say nothing.
fn longer(number: &str) -> Result<(i64, u32), Unfit> {
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    if !all(whole.strip_prefix('-').unwrap_or(whole)) || !all(part) {
        return Err(Unfit::NoNumber);
    }
    let part = part.trim_end_matches('0');
    let short = format!("{whole}.{part}");
    let unfit = if part.len() > 6 && digits(whole).is_some() { Unfit::TooFine } else { Unfit::TooLarge };
    digits(short.trim_end_matches('.')).ok_or(unfit)
}

/// That days of a fact lie where nobody who lives was born: a digit was mistyped, or a year cut short. `None` of no days.
pub(crate) fn far_days(fact: &str, mut days: impl Iterator<Item = i64>) -> Option<Message> {
    let (first, more) = (days.next().and_then(day_of)?, days.count());
    Some(message!(
        "{fact} 有{}个日期在1900年以前或2200年以后，如 {first}；请核对年份",
        "{} of the days of {fact} lie before 1900 or after 2200, as {first}; look whether the year is right",
        more + 1
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_read_by_hand_is_the_calendars() {
        for text in
            ["2020-12-28", "0001-01-01", "2021-02-29", "2020-02-29", "1999-13-01", "2020-1-01", "2020-01-00", "二〇"]
        {
            let calendar = text.parse::<Date>().ok().map(day_number);
            assert!(usual_day(text).is_none_or(|day| Some(day) == calendar), "{text}");
        }
        assert_eq!(usual_day("2020-12-28"), Some(20_201_228));
        assert_eq!(usual_day("2020-12-31"), None, "left to the calendar");
        for (text, read) in [
            ("2020-12-31", Some(20_201_231)),
            ("2020年12月31日", Some(20_201_231)),
            ("1980年1月8日", Some(19_800_108)),
            ("2021年2月29日", None),
            ("1980年1月+8日", None),
            ("80年月8日", None),
            ("1980/1/8", None),
            ("0000-01-01", None),
        ] {
            assert_eq!(day(text), read, "{text}");
        }
    }

    #[test]
    fn what_is_written_otherwise_is_guessed() {
        assert!(no_day("1980/1/8").en.ends_with("write it as 1980-01-08"));
        assert!(no_day("01/08/1980").en.ends_with("write it as 2020-12-31"), "which is the month?");
        for text in ["2022/3", "2022年3月", "2022-3", "202203", "2022.03"] {
            assert_eq!(month_meant(text).map(crate::month::said).as_deref(), Some("2022-03"), "{text}");
        }
        assert_eq!((month_meant("2022-13"), month_meant("3"), month_meant("")), (None, None, None));
        for (text, meant) in [("1,234.50元", "1234.50"), ("３００", "300"), ("￥ 5", "5"), ("50％", "50%")] {
            assert_eq!(number_meant(text).as_deref(), Some(meant));
        }
        assert_eq!(number_meant("five"), None);
    }

    #[test]
    fn cells_are_exact_or_refused() {
        assert_eq!(digits("1894.00"), Some((189_400, 2)));
        assert_eq!(digits("-5"), Some((-5, 0)));
        for text in ["", "-", ".", "1.", ".5", "1,000", "1e3", "１２", "1.2.3", "9223372036854775808", "+1", "1 000"]
        {
            assert_eq!(digits(text), None, "{text}");
        }
    }
}
