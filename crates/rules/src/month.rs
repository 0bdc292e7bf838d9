//! Months, by one number each: year × 12 + month − 1; and which of them a formula looks back at.

use std::ops::RangeInclusive;

use civil::Date;

/// How far back a formula may look, in months.
pub const BACK_MAX: i64 = 120;

/// The months that a formula looks back at, seen from the day decided on. The month of that day is none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Months {
    /// From so many months back to so many; the month before the day's own is 1.
    Back {
        /// The nearest of them.
        nearest: i64,
        /// The farthest of them.
        farthest: i64,
    },
    /// January to December of the year before the day's.
    PreviousYear,
    /// From January of the day's own year to the month before the day's: in January none.
    ThisYear,
}

impl Months {
    /// Which they are, on a day, earliest first.
    pub fn on(self, day: Date) -> RangeInclusive<i64> {
        let own = of(day);
        match self {
            Months::Back { nearest, farthest } => own - farthest..=own - nearest,
            Months::PreviousYear => {
                let january = own.div_euclid(12) * 12 - 12;
                january..=january + 11
            }
            Months::ThisYear => own.div_euclid(12) * 12..=own - 1,
        }
    }

    /// How many; `None` where it depends on the day.
    pub fn count(self) -> Option<i64> {
        match self {
            Months::Back { nearest, farthest } => Some(farthest - nearest + 1),
            Months::PreviousYear => Some(12),
            Months::ThisYear => None,
        }
    }

    /// How many there are at most.
    pub fn most(self) -> i64 {
        self.count().unwrap_or(11)
    }
}

/// The month of a day.
pub fn of(day: Date) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month()) - 1
}

/// The first day of a month, if the calendar has it.
pub fn first_day(month: i64) -> Option<Date> {
    let year = i16::try_from(month.div_euclid(12)).ok()?;
    civil::day(year, i8::try_from(month.rem_euclid(12) + 1).ok()?, 1)
}

/// A month as it is written: `2020-02`.
pub fn said(month: i64) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// Whether a text has the form of a month, whether there is such a month or not.
pub fn looks_like_one(text: &str) -> bool {
    text.len() == 7
        && text.bytes().enumerate().all(|(at, byte)| if at == 4 { byte == b'-' } else { byte.is_ascii_digit() })
}

/// The month that is written so.
pub fn parse(text: &str) -> Option<i64> {
    let (year, month) = text.split_once('-').filter(|_| looks_like_one(text))?;
    let (year, month): (i64, i64) = (year.parse().ok()?, month.parse().ok()?);
    ((1..=12).contains(&month) && year > 0).then_some(year * 12 + month - 1)
}

/// Months in a row are said together: `2020-01 – 2020-03, 2020-05`.
pub fn listed(months: &[i64]) -> String {
    let mut runs: Vec<(i64, i64)> = vec![];
    for month in months {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *month => *last = *month,
            _ => runs.push((*month, *month)),
        }
    }
    let one = |(first, last): (i64, i64)| {
        if first == last { said(first) } else { format!("{} – {}", said(first), said(last)) }
    };
    runs.into_iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: &str, months: Months) -> String {
        let range = months.on(day.parse().expect("a day"));
        format!("{} {}", said(*range.start()), said(*range.end()))
    }

    #[test]
    fn a_window_ends_with_the_month_before_the_day() {
        let year = Months::Back { nearest: 1, farthest: 12 };
        assert_eq!(on("2021-01-01", year), "2020-01 2020-12");
        assert_eq!(on("2021-01-31", year), "2020-01 2020-12");
        assert_eq!(on("2021-02-28", year), "2020-02 2021-01");
        assert_eq!(on("2021-03-15", Months::Back { nearest: 4, farthest: 15 }), "2019-12 2020-11");
        assert_eq!(on("2021-12-31", Months::PreviousYear), "2020-01 2020-12");
        assert_eq!((year.count(), Months::PreviousYear.count()), (Some(12), Some(12)));
        assert_eq!(on("2021-12-31", Months::ThisYear), "2021-01 2021-11");
        assert_eq!(on("2021-02-01", Months::ThisYear), "2021-01 2021-01");
        let none = Months::ThisYear.on("2021-01-31".parse().expect("a day"));
        assert!(none.is_empty() && Months::ThisYear.most() == 11, "{none:?}");
    }

    #[test]
    fn months_are_written_one_way() {
        assert_eq!(parse("2020-02").map(said).as_deref(), Some("2020-02"));
        for text in ["2020-00", "2020-13", "0000-01", "2020-2", "2020/02", "20-02", "", "2020-02-01"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(listed(&[24_240, 24_241, 24_242, 24_244]), "2020-01 – 2020-03, 2020-05");
        assert_eq!(first_day(24_251).map(|day| day.to_string()).as_deref(), Some("2020-12-01"));
    }
}
