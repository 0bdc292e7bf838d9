//! Values as integers: read from what was written, and said again as people write them.

use civil::Date;

use crate::diagnostic::{Diagnostic, do_you_mean, nearest};
use crate::kind::{Kind, Unit};
use crate::message::{Message, list, message};
use crate::model::{Expr, Rules, Term};
use crate::syntax::Value;

/// Without zeros at the end of the fraction.
pub(crate) fn trimmed(mut units: i64, mut scale: u32) -> (i64, u32) {
    while scale > 0 && units % 10 == 0 {
        (units, scale) = (units / 10, scale - 1);
    }
    (units, scale)
}

/// The years of days that are decided on, and that somebody who lives may name; in another a digit was mistyped.
pub const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// Whether a day, as yyyymmdd, lies in another year.
pub(crate) fn is_far(day: i64) -> bool {
    !i16::try_from(day.div_euclid(10_000)).is_ok_and(|year| YEARS.contains(&year))
}

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
        (Kind::Number { unit: Unit::RATIO, .. }, Value::Number { units, scale, percent: false, .. })
            if rules.imported.is_none() && may_be_percent(*units, *scale, false) =>
        {
            let (title, help) = percent_or_times(*units, *scale);
            wrong(title, help)
        }
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
                None => {
                    let decimals = den.ilog10();
                    wrong(
                        message!("这个比例的小数位数太多", "this ratio has too many decimals"),
                        message!(
                            "最多写{decimals}位小数；百分数最多{}位",
                            "write at most {decimals} decimals, or {} of per cent",
                            decimals.saturating_sub(2)
                        ),
                    )
                }
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

/// Whether a ratio that is written without a per cent sign may be meant as per cent: `50`, and `33.3` as spreadsheets write
/// it. What is twice and more is written as per cent, and beside per cent what is once and more, so that neither is paid by
/// mistake.
pub(crate) fn may_be_percent(units: i64, scale: u32, beside_percent: bool) -> bool {
    let least = if beside_percent { 1 } else { 2 };
    i128::from(units).abs() >= least * 10i128.saturating_pow(scale)
}

/// What such a ratio says, and how to write what is meant.
pub(crate) fn percent_or_times(units: i64, scale: u32) -> (Message, Message) {
    let places = |number: i128, scale: usize| {
        let (sign, digits) = (if number < 0 { "-" } else { "" }, format!("{:0>1$}", number.abs(), scale + 1));
        let (whole, part) = digits.split_at(digits.len() - scale);
        if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    };
    let (units, scale) = trimmed(units, scale);
    let scale = scale as usize;
    let (written, times) = match scale.checked_sub(2) {
        Some(fewer) => (i128::from(units), places(i128::from(units), fewer)),
        None => (i128::from(units), places(i128::from(units) * 10i128.pow(2 - scale as u32), 0)),
    };
    let written = places(written, scale);
    (
        message!("`{written}` 是比例，即 {times}%", "`{written}` is a ratio, which is {times}%"),
        message!(
            "百分数写 {written}%；确是这么多倍的，写 {times}%",
            "write {written}% if it is per cent, {times}% if so many times is meant"
        ),
    )
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
        Kind::Number { unit, den, .. } => in_unit(unit, &number(unit, (held, den), DECIMALS_MAX), chinese),
    }
}

/// Two sides of a comparison, with as many decimals as it takes to tell them apart. Zero and whole numbers are of the
/// other side's unit.
pub(crate) fn said_apart(rules: &Rules, a: (&Expr, i64), b: (&Expr, i64), chinese: bool) -> (String, String) {
    let (Kind::Number { unit: ua, den: da, .. }, Kind::Number { unit: ub, den: db, .. }) = (a.0.kind, b.0.kind) else {
        return (said(rules, a.0.kind, a.1, chinese), said(rules, b.0.kind, b.1, chinese));
    };
    let unit = if matches!(a.0.term, Term::Const(_)) { ub } else { ua };
    let (a, b) = ((a.1, da), (b.1, db));
    let is_one = i128::from(a.0) * i128::from(b.1) == i128::from(b.0) * i128::from(a.1);
    let alike = |decimals: u32| scaled(unit, a, decimals).0 == scaled(unit, b, decimals).0;
    let decimals = (DECIMALS_MAX..APART_MAX).find(|decimals| is_one || !alike(*decimals)).unwrap_or(APART_MAX);
    (in_unit(unit, &number(unit, a, decimals), chinese), in_unit(unit, &number(unit, b, decimals), chinese))
}

fn in_unit(unit: Unit, number: &str, chinese: bool) -> String {
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
        _ => number.to_owned(),
    }
}

/// So many decimals are said of what has more.
const DECIMALS_MAX: u32 = 6;
/// So many at most where two values differ only beyond those.
const APART_MAX: u32 = 18;

/// How many of the last of so many decimals there are, to the nearest, and whether that is exact. Money is said in yuan.
fn scaled(unit: Unit, (held, den): (i64, i64), decimals: u32) -> (i128, bool) {
    let (over, under) = (i128::from(held) * 10i128.pow(decimals), i128::from(den) * i128::from(unit.parts()));
    let (whole, rest) = (over / under, over % under);
    let away = if rest.abs() * 2 >= under { over.signum() } else { 0 };
    (whole + away, rest == 0)
}

/// A number as it is written: with the fewest decimals that hold it, or to the nearest of so many, behind ≈.
fn number(unit: Unit, of: (i64, i64), most: u32) -> String {
    let least = if unit.money == 1 { 2 } else { 0 };
    let exact = (least..=most).find(|decimals| scaled(unit, of, *decimals).1);
    let decimals = exact.unwrap_or(most);
    let scale = 10u128.pow(decimals);
    let (digits, _) = scaled(unit, of, decimals);
    let (whole, part) = ((digits.unsigned_abs() / scale).to_string(), digits.unsigned_abs() % scale);
    let mut out = String::new();
    out.push_str(if exact.is_none() { "≈" } else { "" });
    out.push_str(if digits < 0 { "-" } else { "" });
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && unit.money == 1 {
            out.push(',');
        }
        out.push(digit);
    }
    if decimals > 0 {
        out.push_str(&format!(".{part:0width$}", width = decimals as usize));
    }
    out
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
    fn what_is_left_out_is_said_and_rounded_to_the_nearest() {
        for (unit, held, den, says) in [
            (Unit::RATIO, 5, 2, "2.5"),
            (Unit::RATIO, -1, 3, "≈-0.333333"),
            (Unit::RATIO, 2, 3, "≈0.666667"),
            (Unit::COUNT, 12_345, 1, "12345"),
            (Unit::MONEY, 123_456_750, 1, "1,234,567.50"),
            (Unit::MONEY, 10_001, 2, "50.005"),
            (Unit::MONEY, 1_026_001, 3, "≈3,420.003333"),
            (Unit::MONEY, 99_999_999_999, 1_000_000_000, "≈1.000000"),
            (Unit::MONEY, -5, 1, "-0.05"),
            (Unit::MONEY, i64::MAX, 1, "92,233,720,368,547,758.07"),
        ] {
            assert_eq!(number(unit, (held, den), DECIMALS_MAX), says);
        }
    }
}
