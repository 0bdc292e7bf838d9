//! What a value is: a number of a unit, yes or no, a day, or one of some options.

use std::fmt;

use crate::message::Message;

/// A product of powers: money in fen, and months, years and days of time. All zero: a bare number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Unit {
    /// Of money.
    pub money: i8,
    /// Of months.
    pub month: i8,
    /// Of years.
    pub year: i8,
    /// Of days.
    pub day: i8,
    /// A bare number that counts things; a bare number that does not is a ratio.
    pub counts: bool,
}

/// Nothing is measured in higher powers of money or time.
const POWER_MAX: i8 = 9;

impl Unit {
    /// Money.
    pub const MONEY: Unit = Unit { money: 1, ..Unit::RATIO };
    /// Money a month.
    pub const MONEY_A_MONTH: Unit = Unit { money: 1, month: -1, ..Unit::RATIO };
    /// Money a year.
    pub const MONEY_A_YEAR: Unit = Unit { money: 1, year: -1, ..Unit::RATIO };
    /// A ratio.
    pub const RATIO: Unit = Unit { money: 0, month: 0, year: 0, day: 0, counts: false };
    /// A number of things.
    pub const COUNT: Unit = Unit { counts: true, ..Unit::RATIO };
    /// Months.
    pub const MONTHS: Unit = Unit { month: 1, ..Unit::RATIO };
    /// Years.
    pub const YEARS: Unit = Unit { year: 1, ..Unit::RATIO };
    /// Days.
    pub const DAYS: Unit = Unit { day: 1, ..Unit::RATIO };

    /// Whether it is a bare number.
    pub fn is_bare(self) -> bool {
        Unit { counts: false, ..self } == Unit::RATIO
    }

    /// The unit of a product; `None` beyond powers that anything is measured in.
    pub fn times(self, other: Unit) -> Option<Unit> {
        let sum = |a: i8, b: i8| a.checked_add(b).filter(|power| power.abs() <= POWER_MAX);
        let product = Unit {
            money: sum(self.money, other.money)?,
            month: sum(self.month, other.month)?,
            year: sum(self.year, other.year)?,
            day: sum(self.day, other.day)?,
            counts: false,
        };
        Some(product.counting(self.counts && other.counts))
    }

    /// The unit of a quotient; the quotient of two counts is a ratio.
    pub fn by(self, other: Unit) -> Option<Unit> {
        let inverse =
            Unit { money: -other.money, month: -other.month, year: -other.year, day: -other.day, counts: false };
        self.times(inverse)
    }

    fn counting(self, counts: bool) -> Unit {
        Unit { counts: counts && self.is_bare(), ..self }
    }

    /// Into how many parts one of it is divided where it is written: money into fen.
    pub fn parts(self) -> i64 {
        if self.money == 1 { 100 } else { 1 }
    }
}

/// Money, months, years and days as units, in Chinese and in English.
const BASES: [[&str; 2]; 4] = [["金额", "money"], ["月", "months"], ["年", "years"], ["日", "days"]];

impl Unit {
    /// What it is called in the language.
    pub fn named(self) -> Message {
        Message { zh: self.spelled(0), en: self.spelled(1) }
    }

    fn spelled(self, language: usize) -> String {
        if self.is_bare() {
            return if self.counts { ["数量", "number"] } else { ["比例", "ratio"] }[language].to_owned();
        }
        let powers = [self.money, self.month, self.year, self.day];
        let bases = || BASES.iter().map(|names| names[language]).zip(powers);
        let raised = |name: &str, power: i8| if power > 1 { format!("{name}^{power}") } else { name.to_owned() };
        let over: Vec<String> =
            bases().filter(|(_, power)| *power > 0).map(|(name, power)| raised(name, power)).collect();
        let mut out = if over.is_empty() { "1".to_owned() } else { over.join("·") };
        for (name, power) in bases().filter(|(_, power)| *power < 0) {
            out.push('/');
            out.push_str(&raised(name.trim_end_matches('s'), -power));
        }
        out
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spelled(1))
    }
}

/// Whether an amount was rounded on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rounded {
    /// Never: it is exact.
    Never,
    /// By the payment of this decision, by its place in the list.
    By(usize),
    /// By several payments, or by one and added to what is exact.
    Mixed,
}

/// What a formula gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number: the integer held, divided by `den`, is how many of the unit (fen, for money).
    Number { unit: Unit, den: i64, rounded: Rounded },
    /// Yes or no.
    YesNo,
    /// A day; held as the integer yyyymmdd.
    Date,
    /// One of these options, by their place in the list.
    Options(usize),
}

impl Kind {
    /// An exact number of whole units.
    pub fn whole(unit: Unit) -> Kind {
        Kind::Number { unit, den: 1, rounded: Rounded::Never }
    }

    /// Into how many parts its unit is divided; 1 for what is no number.
    pub fn den(self) -> i64 {
        match self {
            Kind::Number { den, .. } => den,
            Kind::YesNo | Kind::Date | Kind::Options(_) => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_multiply_and_divide() {
        assert_eq!(Unit::MONEY.by(Unit::MONTHS), Some(Unit::MONEY_A_MONTH));
        assert_eq!(Unit::MONEY_A_YEAR.times(Unit::YEARS), Some(Unit::MONEY));
        assert_eq!(Unit::MONEY_A_MONTH.times(Unit::COUNT), Some(Unit::MONEY_A_MONTH));
        assert_eq!(Unit::COUNT.times(Unit::COUNT), Some(Unit::COUNT));
        assert_eq!(Unit::COUNT.by(Unit::COUNT), Some(Unit::RATIO));
        assert_eq!(Unit::MONEY_A_MONTH.to_string(), "money/month");
        assert_eq!(Unit::MONEY_A_MONTH.named().zh, "金额/月");
        assert_eq!(Unit::RATIO.by(Unit::YEARS).map(|unit| unit.to_string()).as_deref(), Some("1/year"));
    }
}
