//! What both evaluators must agree on to the last bit: orders, time passed, and rounding.
//!
//! Integers lie between −(2^63−1) and 2^63−1. What would leave that range is no value, in both.

use crate::model::{Needs, Pay};
use crate::syntax::{Answer, Mode, Order, Part, Rounding, Since};

/// No value: what stands in a column where nothing is known.
pub const NONE: i64 = i64::MIN;

/// An integer if it lies in the range.
pub fn narrow(wide: i128) -> Option<i64> {
    i64::try_from(wide).ok().filter(|value| *value != NONE)
}

/// Whether two values, each times its factor, stand in this order.
pub fn ordered(left: i64, order: Order, right: i64, factors: (i64, i64)) -> bool {
    let (left, right) = (i128::from(left) * i128::from(factors.0), i128::from(right) * i128::from(factors.1));
    match order {
        Order::Below => left < right,
        Order::AtMost => left <= right,
        Order::Above => left > right,
        Order::AtLeast => left >= right,
        Order::Is => left == right,
        Order::IsNot => left != right,
    }
}

/// Completed years, months or days from one yyyymmdd to another; `None` if it lies ahead. Who was born on
/// 29 February completes a year on 1 March where there is no such day.
pub fn passed(since: Since, from: i64, to: i64) -> Option<i64> {
    if from > to {
        return None;
    }
    Some(match since {
        Since::Years => (to - from) / 10_000,
        Since::Months => {
            let months = |day: i64| day / 10_000 * 12 + day / 100 % 100;
            months(to) - months(from) - i64::from(to % 100 < from % 100)
        }
        Since::Days => days(to) - days(from),
    })
}

/// Days since an arbitrary day, by the proleptic Gregorian calendar.
fn days(number: i64) -> i64 {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (month * 306 + 5) / 10 + day
}

/// Why an amount is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAmount {
    /// It leaves the range of integers.
    Overflow,
    /// It would be paid by the recipient.
    Negative,
    /// Its divisor is zero.
    DividedByZero,
}

/// The amount in fen, rounded once.
pub fn rounded(pay: &Pay, before: i64, divisor: Option<i64>) -> Result<i64, NoAmount> {
    match (divisor, Undivided::new(pay)) {
        (None, Some(undivided)) => undivided.of(before),
        (by, _) => rounded_wide(pay, before, by),
    }
}

/// How amounts are rounded that nothing divides: 64 bits hold all that is computed on the way, many times faster.
#[derive(Clone, Copy)]
pub struct Undivided {
    mode: Mode,
    step: i64,
    under: i64,
}

impl Undivided {
    /// `None` where an amount is divided, or 64 bits may not hold the parts of a step.
    pub fn new(pay: &Pay) -> Option<Self> {
        let (mode, step) = step(pay);
        let under = pay.expr.kind.den().checked_mul(step).filter(|under| *under > 0)?;
        pay.divisor.is_none().then_some(Self { mode, step, under })
    }

    /// As [`rounded`].
    pub fn of(self, before: i64) -> Result<i64, NoAmount> {
        if before < 0 {
            return Err(NoAmount::Negative);
        }
        let (whole, rest) = (before / self.under, before % self.under);
        let more = match self.mode {
            Mode::Up => rest > 0,
            Mode::Down => false,
            Mode::HalfUp => rest >= self.under - rest,
        };
        whole.checked_add(i64::from(more)).and_then(|whole| whole.checked_mul(self.step)).ok_or(NoAmount::Overflow)
    }
}

fn step(pay: &Pay) -> (Mode, i64) {
    match pay.rounding {
        Rounding::Exactly => (Mode::Down, 1),
        Rounding::To { mode, fen } => (mode, fen),
    }
}

fn rounded_wide(pay: &Pay, before: i64, divisor: Option<i64>) -> Result<i64, NoAmount> {
    let (mode, step) = step(pay);
    let mut over = i128::from(before);
    let mut under = i128::from(pay.expr.kind.den()) * i128::from(step);
    if let (Some(by), Some(divisor)) = (divisor, &pay.divisor) {
        if by == 0 {
            return Err(NoAmount::DividedByZero);
        }
        over *= i128::from(divisor.kind.den()) * i128::from(by.signum());
        under *= i128::from(by.unsigned_abs());
    }
    if over < 0 {
        return Err(NoAmount::Negative);
    }
    let (whole, rest) = match (i64::try_from(over), i64::try_from(under)) {
        // Dividing 64 bits is many times faster, and gives the same.
        (Ok(over), Ok(under)) => (i128::from(over / under), i128::from(over % under)),
        _ => (over / under, over % under),
    };
    let more = match mode {
        Mode::Up => rest > 0,
        Mode::Down => false,
        Mode::HalfUp => rest * 2 >= under,
    };
    narrow((whole + i128::from(more)) * i128::from(step)).ok_or(NoAmount::Overflow)
}

/// A value to a multiple of `step` parts of a unit that is divided into `parts`: `over`, or `over` by `under`, each with
/// into how many parts its own unit is divided.
pub fn stepped(mode: Mode, over: (i64, i64), under: Option<(i64, i64)>, (step, parts): (i64, i64)) -> Option<i64> {
    let mut above = i128::from(over.0) * i128::from(parts);
    let mut below = i128::from(over.1).checked_mul(i128::from(step))?;
    if let Some((by, den)) = under {
        above = above.checked_mul(i128::from(den))?.checked_mul(i128::from(by.signum()))?;
        below = below.checked_mul(i128::from(by.unsigned_abs()))?;
    }
    if below <= 0 {
        return None;
    }
    let (whole, rest) = (above.div_euclid(below), above.rem_euclid(below));
    let more = match mode {
        Mode::Up => rest > 0,
        Mode::Down => false,
        Mode::HalfUp => rest.checked_mul(2)? >= below,
    };
    narrow((whole + i128::from(more)).checked_mul(i128::from(step))?)
}

/// A part of a yyyymmdd.
pub fn part_of(part: Part, day: i64) -> i64 {
    match part {
        Part::Year => day / 10_000,
        Part::Month => day / 100 % 100,
        Part::Day => day % 100,
    }
}

/// The answer of a decision from what is met and what is not known.
pub fn answer(needs: &Needs, met: u32, unknown: u32) -> Answer {
    if needs.hold(met) {
        Answer::Yes
    } else if needs.hold(met | unknown) {
        Answer::CannotSay
    } else {
        Answer::No
    }
}

/// The conditions by which a decision is what it is: of what is needed together those that alone make it so, by bit.
pub fn deciding(needs: &Needs, met: u32, unknown: u32) -> u32 {
    let is = answer(needs, met, unknown);
    match needs {
        Needs::One(at) => 1 << at,
        Needs::All(some) | Needs::Any(some) => {
            let alike = some.iter().filter(|one| answer(one, met, unknown) == is);
            alike.fold(0, |bits, one| bits | deciding(one, met, unknown))
        }
    }
}

/// The conditions that fail, by bit: of a no those by which it is no, of another answer all.
pub fn failing(needs: &Needs, met: u32, unknown: u32) -> u32 {
    match answer(needs, met, unknown) {
        Answer::No => deciding(needs, met, unknown),
        Answer::Yes | Answer::CannotSay => !(met | unknown),
    }
}

/// The same answers, for many in a row: looked up where there are few conditions.
pub enum Answers<'n> {
    /// By the bits of what is met, then of what is not known.
    Table { conditions: usize, answers: Vec<Answer> },
    /// Too many conditions for a table.
    Asked(&'n Needs),
}

/// So many conditions make a table of 4^6 answers.
const TABLE_CONDITIONS_MAX: usize = 6;

impl<'n> Answers<'n> {
    /// The answers of a decision with so many conditions.
    pub fn new(needs: &'n Needs, conditions: usize) -> Self {
        if conditions > TABLE_CONDITIONS_MAX {
            return Answers::Asked(needs);
        }
        let bits = |at: u32| (at & ((1 << conditions) - 1), at >> conditions);
        let answers = (0..1u32 << (2 * conditions)).map(bits).map(|(met, unknown)| answer(needs, met, unknown));
        Answers::Table { conditions, answers: answers.collect() }
    }

    /// As [`answer`].
    pub fn of(&self, met: u32, unknown: u32) -> Answer {
        match self {
            Answers::Table { conditions, answers } => answers[(met | unknown << conditions) as usize],
            Answers::Asked(needs) => answer(needs, met, unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: &str) -> i64 {
        crate::value::day_number(day.parse().expect("a day"))
    }

    #[test]
    fn years_are_completed_on_the_day_itself_and_leap_days_on_the_first_of_march() {
        for (from, to, years) in [
            ("1960-12-21", "2020-12-20", Some(59)),
            ("1960-12-21", "2020-12-21", Some(60)),
            ("2004-02-29", "2021-02-28", Some(16)),
            ("2004-02-29", "2021-03-01", Some(17)),
            ("2004-02-29", "2024-02-29", Some(20)),
            ("2021-01-02", "2021-01-01", None),
        ] {
            assert_eq!(passed(Since::Years, at(from), at(to)), years, "{from} {to}");
        }
    }

    #[test]
    fn months_and_days_are_those_of_the_calendar() {
        for (from, to, months) in [
            ("2020-01-31", "2020-02-29", 0),
            ("2019-02-28", "2020-02-29", 12),
            ("1999-12-31", "2026-11-29", 322),
            ("1900-03-01", "2100-03-01", 2400),
            ("2020-02-29", "2020-03-01", 0),
        ] {
            assert_eq!(passed(Since::Months, at(from), at(to)), Some(months), "{from} {to}");
            let (a, b): (civil::Date, civil::Date) = (from.parse().expect("a day"), to.parse().expect("a day"));
            let days = i64::from((b - a).get_days());
            assert_eq!(passed(Since::Days, at(from), at(to)), Some(days), "{from} {to}");
        }
    }

    #[test]
    fn steps_are_exact_below_zero_and_for_quotients() {
        for (mode, over, under, step, is) in [
            (Mode::Down, (1999, 100), None, (1, 1), Some(19)),
            (Mode::Up, (1901, 100), None, (1, 1), Some(20)),
            (Mode::HalfUp, (25, 10), None, (1, 1), Some(3)),
            (Mode::Down, (-1, 100), None, (1, 1), Some(-1)),
            (Mode::Down, (123_456, 1), None, (1000, 1), Some(123_000)),
            (Mode::HalfUp, (2, 1), Some((3, 1)), (1, 1_000_000), Some(666_667)),
            (Mode::Down, (10, 1), Some((-3, 1)), (1, 1), Some(-4)),
            (Mode::Down, (10, 1), Some((0, 1)), (1, 1), None),
            (Mode::Down, (i64::MAX, 1), Some((1, 1_000_000)), (1, 1_000_000), None),
        ] {
            assert_eq!(stepped(mode, over, under, step), is, "{mode:?} {over:?} {under:?} {step:?}");
        }
    }

    #[test]
    fn amounts_come_out_the_same_by_both_ways() {
        let span = crate::source::Span::default();
        for (den, mode, fen) in [(1, Mode::Up, 100), (12, Mode::HalfUp, 10), (600, Mode::Down, 1), (7, Mode::HalfUp, 1)]
        {
            let kind =
                crate::kind::Kind::Number { unit: crate::kind::Unit::MONEY, den, rounded: crate::kind::Rounded::Never };
            let expr = crate::model::Expr { term: crate::model::Term::Const(0), kind, span };
            let pay = Pay { rounding: Rounding::To { mode, fen }, expr, divisor: None };
            for before in (-3..2000).chain([i64::MAX, i64::MAX - 1, i64::MAX / 2]) {
                assert_eq!(rounded(&pay, before, None), rounded_wide(&pay, before, None), "{den} {mode:?} {before}");
            }
        }
    }

    #[test]
    fn orders_do_not_wrap() {
        assert!(ordered(i64::MAX, Order::Above, 1, (1_000_000, 1)));
        assert!(!ordered(100, Order::Below, 100, (1, 1)) && ordered(100, Order::AtMost, 100, (1, 1)));
    }
}
