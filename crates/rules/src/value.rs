//! Values as integers: read from what was written, and said again as people write them.

use civil::{Date, Fen};

use crate::diagnostic::{Diagnostic, do_you_mean, nearest};
use crate::kind::{Kind, Unit};
use crate::message::{Message, list, message};
use crate::model::Rules;
use crate::syntax::Value;

/// A day as yyyymmdd.
pub fn day_number(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// The day of a yyyymmdd.
pub fn day_of(number: i64) -> Option<Date> {
    let year = i16::try_from(number.div_euclid(10_000)).ok()?;
    let month = i8::try_from(number.rem_euclid(10_000) / 100).ok()?;
    civil::day(year, month, i8::try_from(number.rem_euclid(100)).ok()?)
}

/// Digits with `scale` decimals as an integer of `parts` to the unit, if that is exact.
pub fn exact(units: i64, scale: u32, parts: i64) -> Option<i64> {
    let wide = i128::from(units) * i128::from(parts);
    let by = 10i128.checked_pow(scale)?;
    if wide % by != 0 {
        return None;
    }
    i64::try_from(wide / by).ok().filter(|value| *value != i64::MIN)
}

/// A written value in the parts of its kind.
pub(crate) fn held(rules: &Rules, kind: Kind, value: &Value) -> Result<i64, Box<Diagnostic>> {
    let span = value.span();
    let wrong = |title: Message, help: Message| {
        Err(Box::new(Diagnostic::new("wrong-value", title, span, message!("", "")).help(help)))
    };
    match (kind, value) {
        (Kind::Number { unit, den, .. }, Value::Number { units, scale, .. }) => {
            match exact(*units, *scale, den * unit.parts()) {
                Some(held) => Ok(held),
                None if unit.money == 1 => wrong(
                    message!("金额没有比分更小的单位", "an amount has no parts of a fen"),
                    message!("以元计，最多两位小数：800.00", "write yuan with at most two decimals: 800.00"),
                ),
                None if den == 1 => wrong(
                    message!("以{}计的值是整数", "a value in {} is whole", unit.named()),
                    message!("不要写小数", "write it without a fraction"),
                ),
                None => wrong(
                    message!("比例精确到万分之一", "a ratio is held to a hundredth of a per cent"),
                    message!("最多写四位小数", "write at most four decimals"),
                ),
            }
        }
        (Kind::YesNo, Value::YesNo(yes, _)) => Ok(i64::from(*yes)),
        (Kind::Date, Value::Date(date, _)) => Ok(day_number(*date)),
        (Kind::Options(at), Value::Option(name)) => {
            let options = &rules.options[at];
            match options.position(&name.text) {
                Some(option) => Ok(option as i64),
                None => {
                    let known: Vec<&str> = options.options.iter().map(|(name, _)| name.as_str()).collect();
                    let help = match nearest(&name.text, known.iter().copied()) {
                        Some(guess) => do_you_mean(guess),
                        None => message!("选项有：{}", "the options are: {}", list(&known)),
                    };
                    wrong(message!("`{}` 没有选项 `{}`", "`{}` has no option `{}`", options.name, name.text), help)
                }
            }
        }
        (Kind::Number { .. } | Kind::YesNo | Kind::Date | Kind::Options(_), _) => {
            let title = message!("这不是{}的值", "this is no value of {}", kind_name(rules, kind));
            wrong(title, message!("请写{}", "write {}", example(kind)))
        }
    }
}

/// What a kind is called in the language.
pub fn kind_name(rules: &Rules, kind: Kind) -> Message {
    match kind {
        Kind::Number { unit, .. } => message!("`{}`", "`{}`", unit.named()),
        Kind::YesNo => message!("`是/否`", "`yes/no`"),
        Kind::Date => message!("`日期`", "`date`"),
        Kind::Options(at) => message!("`{}`", "`{}`", rules.options[at].name),
    }
}

fn example(kind: Kind) -> Message {
    match kind {
        Kind::Number { unit, .. } if unit.money == 1 => message!("以元计的金额：800.00", "an amount in yuan: 800.00"),
        Kind::Number { unit: Unit::RATIO, .. } => message!("小数或百分数：1.5、50%", "a decimal or per cent: 1.5, 50%"),
        Kind::Number { .. } => message!("整数：3", "a whole number: 3"),
        Kind::YesNo => message!("`是` 或 `否`", "`yes` or `no`"),
        Kind::Date => message!("日期：2020-12-31", "a day: 2020-12-31"),
        Kind::Options(_) => message!("它的一个选项", "one of its options"),
    }
}

/// An integer of a kind, as both languages write it.
pub fn said(rules: &Rules, kind: Kind, held: i64, chinese: bool) -> String {
    match kind {
        Kind::YesNo => (if chinese { ["否", "是"] } else { ["no", "yes"] })[usize::from(held == 1)].to_owned(),
        Kind::Date => day_of(held).map(|date| date.to_string()).unwrap_or_default(),
        Kind::Options(at) => {
            let option = usize::try_from(held).ok().and_then(|held| rules.options[at].options.get(held));
            option.map(|(_, label)| if chinese { label.zh.clone() } else { label.en.clone() }).unwrap_or_default()
        }
        Kind::Number { unit, den, .. } => {
            let (number, rest) = if unit.money == 1 { money(held, den) } else { fraction(held, den) };
            let number = if rest { format!("≈{number}") } else { number };
            match (unit, chinese) {
                (Unit::MONEY, true) => format!("{number}元"),
                (Unit::MONEY, false) => format!("{number} yuan"),
                (Unit::MONEY_A_MONTH, true) => format!("{number}元/月"),
                (Unit::MONEY_A_MONTH, false) => format!("{number} yuan/month"),
                (Unit::MONEY_A_YEAR, true) => format!("{number}元/年"),
                (Unit::MONEY_A_YEAR, false) => format!("{number} yuan/year"),
                (Unit::MONTHS, true) => format!("{number}个月"),
                (Unit::YEARS, true) => format!("{number}年"),
                (Unit::DAYS, true) => format!("{number}天"),
                (Unit::MONTHS | Unit::YEARS | Unit::DAYS, false) if number == "1" => {
                    format!("{number} {}", unit.to_string().trim_end_matches('s'))
                }
                (Unit::MONTHS | Unit::YEARS | Unit::DAYS, false) => format!("{number} {unit}"),
                _ => number,
            }
        }
    }
}

/// Fen in parts of a fen, as yuan; and whether something beyond the fen was left out.
fn money(held: i64, den: i64) -> (String, bool) {
    (Fen(held / den).to_string(), held % den != 0)
}

/// A decimal of at most six places; and whether more was left out.
fn fraction(held: i64, den: i64) -> (String, bool) {
    let millionths = i128::from(held) * 1_000_000 / i128::from(den);
    let rest = i128::from(held) * 1_000_000 % i128::from(den) != 0;
    let (whole, part) = (millionths.abs() / 1_000_000, millionths.abs() % 1_000_000);
    let sign = if millionths < 0 { "-" } else { "" };
    let part = format!("{part:06}").trim_end_matches('0').to_owned();
    (if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_become_parts_exactly_or_not_at_all() {
        assert_eq!(exact(189_450, 2, 100), Some(189_450));
        assert_eq!(exact(1, 3, 100), None, "a tenth of a fen");
        assert_eq!(exact(15, 1, 10_000), Some(15_000));
        assert_eq!(exact(i64::MAX, 0, 100), None, "too large");
    }

    #[test]
    fn days_go_back_and_forth() {
        for (year, month, day) in [(2020, 2, 29), (1, 1, 1), (9999, 12, 31)] {
            let date = civil::day(year, month, day).expect("a day");
            assert_eq!(day_of(day_number(date)), Some(date));
        }
        assert_eq!(day_of(20_210_229), None);
    }

    #[test]
    fn what_is_left_out_is_said() {
        assert_eq!(fraction(5, 2), ("2.5".to_owned(), false));
        assert_eq!(fraction(-1, 3), ("-0.333333".to_owned(), true));
        assert_eq!(money(10_001, 2), ("50.00".to_owned(), true));
    }
}
