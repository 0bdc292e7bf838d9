//! Days and periods as OpenFisca writes them: `2017`, `2017-01`, `month:2022-01:3`, `ETERNITY`.

use std::fmt;

use civil::{Date, add_months, day};

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// One day.
    Day,
    /// Seven days.
    Week,
    /// One calendar month.
    Month,
    /// Twelve calendar months.
    Year,
    /// For ever.
    Eternity,
}

/// So many units from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The unit.
    pub unit: Unit,
    /// The first day.
    pub from: Date,
    /// How many units.
    pub count: u32,
}

/// The most units of a period.
const COUNT_MAX: u32 = 40_000;

impl Unit {
    fn parse(text: &str) -> Option<Unit> {
        Some(match text.to_ascii_lowercase().as_str() {
            "day" | "weekday" => Unit::Day,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "year" => Unit::Year,
            "eternity" => Unit::Eternity,
            _ => return None,
        })
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
            Unit::Eternity => "eternity",
        })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.unit, self.count) {
            (Unit::Eternity, _) => f.write_str("eternity"),
            (unit, 1) => write!(f, "{unit}:{}", self.from),
            (unit, count) => write!(f, "{unit}:{}:{count}", self.from),
        }
    }
}

/// A day: `2017`, `2017-01`, `2017-01-31`, `2017-W05`, `2017-W05-3`; and the unit that so many parts name.
pub fn instant(text: &str) -> Option<(Date, Unit)> {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let number = |text: &str, digits: usize| -> Option<i16> {
        let fits = text.len() <= digits && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| text.parse().ok()).flatten()
    };
    let year = number(parts.first()?, 4).filter(|year| *year > 0)?;
    let small = |text: &str| number(text, 2).and_then(|value| i8::try_from(value).ok());
    match parts.as_slice() {
        [_] => Some((day(year, 1, 1)?, Unit::Year)),
        [_, week] if week.starts_with(['W', 'w']) => Some((week_day(year, small(&week[1..])?, 1)?, Unit::Week)),
        [_, week, at] if week.starts_with(['W', 'w']) => {
            Some((week_day(year, small(&week[1..])?, small(at)?)?, Unit::Day))
        }
        [_, month] => Some((day(year, small(month)?, 1)?, Unit::Month)),
        [_, month, at] => Some((day(year, small(month)?, small(at)?)?, Unit::Day)),
        _ => None,
    }
}

/// A day of a week as ISO 8601 counts weeks: the first is the one that 4 January lies in.
fn week_day(year: i16, week: i8, at: i8) -> Option<Date> {
    if !(1..=53).contains(&week) || !(1..=7).contains(&at) {
        return None;
    }
    let fourth = day(year, 1, 4)?;
    let before = fourth.weekday().to_monday_zero_offset();
    let first = (0..before).try_fold(fourth, |at, _| at.yesterday().ok())?;
    later(first, u32::try_from((i32::from(week) - 1) * 7 + i32::from(at) - 1).ok()?)
}

/// So many days later.
fn later(from: Date, days: u32) -> Option<Date> {
    (0..days).try_fold(from, |at, _| at.tomorrow().ok())
}

impl Period {
    /// For ever.
    pub const ETERNITY: Period = Period { unit: Unit::Eternity, from: Date::MIN, count: 1 };

    /// One unit from a day on.
    pub fn one(unit: Unit, from: Date) -> Period {
        if unit == Unit::Eternity { Period::ETERNITY } else { Period { unit, from, count: 1 } }
    }

    /// A period as it is written.
    pub fn parse(text: &str) -> Option<Period> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("eternity") {
            return Some(Period::ETERNITY);
        }
        let Some((unit, rest)) = text.split_once(':') else {
            let (from, unit) = instant(text)?;
            return Some(Period::one(unit, from));
        };
        let unit = Unit::parse(unit)?;
        let (start, count) = match rest.split_once(':') {
            Some((start, count)) => (start, count.parse().ok().filter(|count| (1..=COUNT_MAX).contains(count))?),
            None => (rest, 1),
        };
        let (from, named) = instant(start)?;
        // `month:2014` does not say which month.
        if unit == Unit::Eternity || named > unit || (unit == Unit::Week && named == Unit::Month) {
            return None;
        }
        Some(Period { unit, from, count })
    }

    /// The day after the last; `None` beyond the calendar.
    fn end(self) -> Option<Date> {
        let months = |each: u32| add_months(self.from, i32::try_from(self.count.checked_mul(each)?).ok()?);
        match self.unit {
            Unit::Day => later(self.from, self.count),
            Unit::Week => later(self.from, self.count.checked_mul(7)?),
            Unit::Month => months(1),
            Unit::Year => months(12),
            Unit::Eternity => None,
        }
    }

    /// The periods of a smaller unit that make this one up; `None` where they do not.
    pub fn parts(self, unit: Unit) -> Option<Vec<Period>> {
        let end = self.end()?;
        if unit > self.unit || unit == Unit::Eternity {
            return None;
        }
        let (mut out, mut at) = (vec![], self.from);
        while at < end {
            if out.len() > COUNT_MAX as usize {
                return None;
            }
            let one = Period::one(unit, at);
            out.push(one);
            at = one.end()?;
        }
        (at == end).then_some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<String> {
        Period::parse(text).map(|period| period.to_string())
    }

    #[test]
    fn periods_are_read_as_openfisca_writes_them() {
        for (text, period) in [
            ("2017", "year:2017-01-01"),
            ("2017-02", "month:2017-02-01"),
            ("2017-02-28", "day:2017-02-28"),
            ("month:2022-01:3", "month:2022-01-01:3"),
            ("day:2022-01-05:7", "day:2022-01-05:7"),
            ("year:2022-07", "year:2022-07-01"),
            ("2021-W01", "week:2021-01-04"),
            ("2021-W01-7", "day:2021-01-10"),
            ("ETERNITY", "eternity"),
        ] {
            assert_eq!(said(text).as_deref(), Some(period), "{text}");
        }
        for text in ["", "month:2014", "day:2014-02", "2017-13", "2017-02-30", "20177", "month:2014-01:0", "2017-1-1-1"]
        {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_is_twelve_months() {
        let year = Period::parse("2020").expect("a period");
        let months = year.parts(Unit::Month).expect("months");
        assert_eq!((months.len(), months[11].to_string().as_str()), (12, "month:2020-12-01"));
        assert_eq!(year.parts(Unit::Day).map(|days| days.len()), Some(366));
        assert_eq!(months[0].parts(Unit::Year), None);
        assert_eq!(Period::parse("month:2020-01:3").and_then(|p| p.parts(Unit::Month)).map(|m| m.len()), Some(3));
    }
}
