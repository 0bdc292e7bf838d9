//! The days of festivals that move from year to year.

use crate::{Date, day};

/// A festival whose day differs from year to year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Festival {
    /// 春节: the first day of the first lunar month.
    Spring,
    /// 清明节: the solar term of 4 or 5 April.
    Qingming,
    /// 端午节: the fifth day of the fifth lunar month.
    DragonBoat,
    /// 中秋节: the fifteenth day of the eighth lunar month.
    MidAutumn,
    /// Easter Sunday of the western churches.
    Easter,
}

/// The lunar festivals of a year as (month, day): Spring Festival, Dragon Boat Festival, Mid-Autumn Festival.
/// Source: GB/T 33661-2017, Calculation and promulgation of the Chinese calendar, as printed in yearly almanacs.
const LUNAR: [(i16, [(i8, i8); 3]); 21] = [
    (2010, [(2, 14), (6, 16), (9, 22)]),
    (2011, [(2, 3), (6, 6), (9, 12)]),
    (2012, [(1, 23), (6, 23), (9, 30)]),
    (2013, [(2, 10), (6, 12), (9, 19)]),
    (2014, [(1, 31), (6, 2), (9, 8)]),
    (2015, [(2, 19), (6, 20), (9, 27)]),
    (2016, [(2, 8), (6, 9), (9, 15)]),
    (2017, [(1, 28), (5, 30), (10, 4)]),
    (2018, [(2, 16), (6, 18), (9, 24)]),
    (2019, [(2, 5), (6, 7), (9, 13)]),
    (2020, [(1, 25), (6, 25), (10, 1)]),
    (2021, [(2, 12), (6, 14), (9, 21)]),
    (2022, [(2, 1), (6, 3), (9, 10)]),
    (2023, [(1, 22), (6, 22), (9, 29)]),
    (2024, [(2, 10), (6, 10), (9, 17)]),
    (2025, [(1, 29), (5, 31), (10, 6)]),
    (2026, [(2, 17), (6, 19), (9, 25)]),
    (2027, [(2, 6), (6, 9), (9, 15)]),
    (2028, [(1, 26), (5, 28), (10, 3)]),
    (2029, [(2, 13), (6, 16), (9, 22)]),
    (2030, [(2, 3), (6, 5), (9, 12)]),
];

impl Festival {
    /// Its day in a year; `None` outside the years that are known (2010 to 2030 for the lunar ones, 2000 to 2099 for 清明,
    /// 1900 to 2199 for Easter).
    pub fn on(self, year: i16) -> Option<Date> {
        let lunar = |n: usize| {
            let (_, days) = LUNAR.iter().find(|(known, _)| *known == year)?;
            day(year, days[n].0, days[n].1)
        };
        match self {
            Festival::Spring => lunar(0),
            Festival::DragonBoat => lunar(1),
            Festival::MidAutumn => lunar(2),
            Festival::Qingming => {
                // The usual approximation of the solar term in this century, in ten-thousandths of a day.
                let n = i32::from(year) - 2000;
                let at = (n * 2422 + 48_100) / 10_000 - n / 4;
                if (0..100).contains(&n) { day(year, 4, i8::try_from(at).ok()?) } else { None }
            }
            Festival::Easter => easter(year),
        }
    }
}

/// The Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    if !(1900..2200).contains(&year) {
        return None;
    }
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Country;
    use jiff::civil::date;

    #[test]
    fn festivals_are_free_days_of_the_published_schedules() {
        for year in Country::China.years() {
            for (festival, name) in [
                (Festival::Spring, "春节"),
                (Festival::Qingming, "清明"),
                (Festival::DragonBoat, "端午"),
                (Festival::MidAutumn, "中秋"),
            ] {
                let day = festival.on(year.year).expect("a year that is known");
                assert!(year.free().contains(&day), "{name} {day}");
            }
        }
        for year in Country::EnglandAndWales.years() {
            let monday = Festival::Easter.on(year.year).expect("a year that is known").tomorrow().expect("a day");
            assert!(year.free().contains(&monday), "{monday}");
        }
    }

    #[test]
    fn years_outside_are_not_guessed() {
        assert_eq!(Festival::Spring.on(2031), None);
        assert_eq!(Festival::Qingming.on(2100), None);
        assert_eq!(Festival::Qingming.on(2023), Some(date(2023, 4, 5)));
        assert_eq!(Festival::Easter.on(1899), None);
        assert_eq!(Festival::Easter.on(2025), Some(date(2025, 4, 20)));
    }
}
