//! Published schedules of working days, by country and year, each with its source (`data/*.txt`).
//!
//! A schedule that was not published yet is not here: nothing is guessed. What an office goes by is what it adopted
//! from here and put on its record, so a newer version of these files changes nothing by itself.

use std::sync::LazyLock;

use crate::WorkingDays;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A country, or a part of one, whose schedules are known here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Country {
    /// The People's Republic of China.
    #[serde(rename = "cn")]
    China,
    /// England and Wales.
    #[serde(rename = "gb-eaw")]
    EnglandAndWales,
}

impl Country {
    /// Every country.
    pub const ALL: [Country; 2] = [Country::China, Country::EnglandAndWales];

    /// The code it goes by in the record and in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Country::China => "cn",
            Country::EnglandAndWales => "gb-eaw",
        }
    }

    /// The country of this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|country| country.code() == code)
    }

    /// The years whose schedule is published, in order.
    pub fn years(self) -> &'static [ScheduleYear] {
        static CHINA: LazyLock<Vec<ScheduleYear>> = LazyLock::new(|| read(include_str!("../data/cn.txt")));
        static ENGLAND: LazyLock<Vec<ScheduleYear>> = LazyLock::new(|| read(include_str!("../data/gb-eaw.txt")));
        match self {
            Country::China => &CHINA,
            Country::EnglandAndWales => &ENGLAND,
        }
    }

    /// The working days of all published years.
    pub fn working_days(self) -> &'static WorkingDays {
        static CHINA: LazyLock<WorkingDays> = LazyLock::new(|| Country::China.scheduled());
        static ENGLAND: LazyLock<WorkingDays> = LazyLock::new(|| Country::EnglandAndWales.scheduled());
        match self {
            Country::China => &CHINA,
            Country::EnglandAndWales => &ENGLAND,
        }
    }

    fn scheduled(self) -> WorkingDays {
        let mut days = WorkingDays::default();
        for year in self.years() {
            days.holidays.extend(year.free());
            days.extra_workdays.extend(year.worked());
        }
        days
    }

    /// The schedule of a year, if it is published.
    pub fn year(self, year: i16) -> Option<&'static ScheduleYear> {
        self.years().iter().find(|known| known.year == year)
    }
}

/// One year as it was published.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScheduleYear {
    /// The year.
    pub year: i16,
    /// The notice or page it comes from.
    pub source: &'static str,
    /// The day it was issued, where the source has one.
    pub issued: Option<Date>,
    /// Where it can be read.
    pub address: &'static str,
    /// Its days that differ from plain weekends, in order.
    pub days: Vec<ScheduledDay>,
}

impl ScheduleYear {
    /// Its free days, in order.
    pub fn free(&self) -> Vec<Date> {
        self.days.iter().filter(|day| !day.works).map(|day| day.date).collect()
    }

    /// Its weekend days that are worked in exchange (调休), in order.
    pub fn worked(&self) -> Vec<Date> {
        self.days.iter().filter(|day| day.works).map(|day| day.date).collect()
    }
}

/// A day of a published schedule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ScheduledDay {
    /// The day.
    pub date: Date,
    /// Worked although it falls on a weekend; else free.
    pub works: bool,
    /// What it is, in Chinese.
    pub zh: &'static str,
    /// What it is, in English.
    pub en: &'static str,
}

/// Reads a file of `data`. Lines that are malformed are left out, and a test counts what was read.
fn read(text: &'static str) -> Vec<ScheduleYear> {
    let mut years: Vec<ScheduleYear> = vec![];
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut fields = line.split('|').map(str::trim);
        let Some(head) = fields.next() else { continue };
        let (a, b, c) = (fields.next().unwrap_or(""), fields.next().unwrap_or(""), fields.next().unwrap_or(""));
        if let Some(year) = head.strip_prefix("year ").and_then(|year| year.parse().ok()) {
            years.push(ScheduleYear { year, source: a, issued: b.parse().ok(), address: c, days: vec![] });
            continue;
        }
        let (Some(year), Some((days, kind))) = (years.last_mut(), head.split_once(' ')) else { continue };
        let (first, last) = days.split_once("..").unwrap_or((days, days));
        let (Ok(first), Ok(last)) = (first.parse::<Date>(), last.parse::<Date>()) else { continue };
        let works = kind == "work";
        let span = std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(|day| *day <= last);
        year.days.extend(span.map(|date| ScheduledDay { date, works, zh: a, en: b }));
    }
    years.iter_mut().for_each(|year| year.days.sort_by_key(|day| day.date));
    years
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WorkingDays;
    use jiff::civil::date;

    fn calendar(country: Country) -> WorkingDays {
        let mut days = WorkingDays::default();
        for year in country.years() {
            days.holidays.extend(year.free());
            days.extra_workdays.extend(year.worked());
        }
        days
    }

    #[test]
    fn every_line_of_the_files_was_read() {
        for (country, text) in [
            (Country::China, include_str!("../data/cn.txt")),
            (Country::EnglandAndWales, include_str!("../data/gb-eaw.txt")),
        ] {
            let lines =
                |ending: &str| text.lines().filter(|line| line.contains(ending) && !line.starts_with('#')).count();
            assert_eq!(country.years().iter().map(|year| year.worked().len()).sum::<usize>(), lines(" work |"));
            assert!(country.years().iter().map(|year| year.free().len()).sum::<usize>() >= lines(" free |"));
            for year in country.years() {
                assert!(!year.source.is_empty() && year.address.starts_with("https://"), "{}", year.year);
                assert!(year.days.iter().all(|day| day.date.year() == year.year && !day.zh.is_empty()));
                assert!(year.days.windows(2).all(|pair| pair[0].date < pair[1].date), "a day stands twice");
            }
        }
        assert_eq!(Country::China.years().iter().map(|year| year.year).collect::<Vec<_>>(), [2024, 2025, 2026]);
        assert!(Country::China.year(2027).is_none(), "the notice for 2027 is not known, and nothing is guessed");
    }

    #[test]
    fn the_notices_count_of_days_is_what_they_say() {
        // "共8天", "共3天" … as each notice writes it: New Year, Spring, Qingming, Labour, Dragon Boat, Autumn, National.
        let free = |year: i16| Country::China.year(year).map(|year| year.free().len());
        assert_eq!(free(2024), Some(1 + 8 + 3 + 5 + 1 + 3 + 7));
        assert_eq!(free(2025), Some(1 + 8 + 3 + 5 + 3 + 8));
        assert_eq!(free(2026), Some(3 + 9 + 3 + 5 + 3 + 3 + 7));
    }

    #[test]
    fn swapped_weekends_are_worked_on_their_very_day_and_not_beside_it() {
        let days = calendar(Country::China);
        // Spring Festival 2026: 14 February (Saturday) and 28 February (Saturday) are worked, 15 to 23 free.
        for (day, works) in [
            (date(2026, 2, 13), true),
            (date(2026, 2, 14), true),
            (date(2026, 2, 15), false),
            (date(2026, 2, 23), false),
            (date(2026, 2, 24), true),
            (date(2026, 2, 28), true),
            (date(2026, 3, 1), false),
            (date(2026, 1, 3), false),
            (date(2026, 1, 4), true),
            (date(2025, 10, 8), false),
            (date(2025, 10, 11), true),
            (date(2025, 10, 12), false),
            (date(2024, 9, 14), true),
            (date(2024, 9, 15), false),
        ] {
            assert_eq!(days.is_working(day), works, "{day}");
        }
        assert_eq!(days.add_working_days(date(2026, 2, 14), 1), Some(date(2026, 2, 24)));
        assert_eq!(days.working_days_between(date(2026, 9, 30), date(2026, 10, 10)), 3);
    }

    #[test]
    fn a_bank_holiday_on_a_weekend_is_free_on_its_substitute_day() {
        let days = calendar(Country::EnglandAndWales);
        assert!(!days.is_working(date(2026, 12, 28)) && days.is_working(date(2026, 12, 29)));
        assert!(!days.is_working(date(2027, 12, 27)) && !days.is_working(date(2027, 12, 28)));
        assert!(days.is_working(date(2027, 12, 24)));
        for year in Country::EnglandAndWales.years() {
            assert_eq!(year.days.len(), 8, "{}", year.year);
            assert!(year.days.iter().all(|day| day.date.weekday().to_monday_one_offset() < 6));
        }
    }
}
