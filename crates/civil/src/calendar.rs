//! Ends of months, quarters and years, and the names of months.

use jiff::civil::Date;

/// The civil day, or `None` if there is no such day (30 February, month 13).
pub fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// The last day of a month (1 to 12).
pub fn month_end(year: i16, month: i8) -> Option<Date> {
    day(year, month, 1).map(Date::last_of_month)
}

/// The last day of a quarter (1 to 4).
pub fn quarter_end(year: i16, quarter: i8) -> Option<Date> {
    if (1..=4).contains(&quarter) { month_end(year, quarter * 3) } else { None }
}

/// The last day of a half-year (1 or 2).
pub fn half_end(year: i16, half: i8) -> Option<Date> {
    if (1..=2).contains(&half) { month_end(year, half * 6) } else { None }
}

/// 31 December.
pub fn year_end(year: i16) -> Option<Date> {
    month_end(year, 12)
}

/// The same day `months` later, or the last day of that month where it has no such day (31 January + 1 = 28 or 29 February).
pub fn add_months(from: Date, months: i32) -> Option<Date> {
    let count = i32::from(from.year()) * 12 + i32::from(from.month()) - 1 + months;
    let year = i16::try_from(count.div_euclid(12)).ok()?;
    let month = i8::try_from(count.rem_euclid(12) + 1).ok()?;
    let last = month_end(year, month)?;
    day(year, month, from.day().min(last.day()))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The number of an English month, by its name or its usual abbreviation, in any case.
pub fn month_named(name: &str) -> Option<i8> {
    let name = name.trim_end_matches('.');
    let found = MONTHS.iter().position(|month| {
        name.eq_ignore_ascii_case(month)
            || (name.len() == 3 && month.len() > 3 && month.as_bytes()[..3].eq_ignore_ascii_case(name.as_bytes()))
            || (name.eq_ignore_ascii_case("sept") && *month == "september")
    })?;
    i8::try_from(found + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn february_ends_on_29_in_leap_years_only() {
        assert_eq!(month_end(2024, 2), Some(date(2024, 2, 29)));
        assert_eq!(month_end(2023, 2), Some(date(2023, 2, 28)));
        assert_eq!(month_end(1900, 2), Some(date(1900, 2, 28)));
    }

    #[test]
    fn there_is_no_fifth_quarter_and_no_month_zero() {
        assert_eq!(quarter_end(2024, 4), Some(date(2024, 12, 31)));
        assert_eq!(quarter_end(2024, 5), None);
        assert_eq!(half_end(2024, 1), Some(date(2024, 6, 30)));
        assert_eq!(half_end(2024, 3), None);
        assert_eq!(month_end(2024, 0), None);
        assert_eq!(day(2024, 2, 30), None);
    }

    #[test]
    fn a_month_later_stays_within_the_month() {
        assert_eq!(add_months(date(2024, 1, 31), 1), Some(date(2024, 2, 29)));
        assert_eq!(add_months(date(2024, 12, 5), 1), Some(date(2025, 1, 5)));
        assert_eq!(add_months(date(2024, 1, 5), -1), Some(date(2023, 12, 5)));
        assert_eq!(add_months(date(9999, 12, 1), 1), None);
    }

    #[test]
    fn months_have_names_and_abbreviations() {
        assert_eq!(month_named("September"), Some(9));
        assert_eq!(month_named("SEPT."), Some(9));
        assert_eq!(month_named("may"), Some(5));
        assert_eq!(month_named("Ma"), None);
        assert_eq!(month_named("十月"), None);
    }
}
