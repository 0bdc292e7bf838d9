//! What a number format makes of a number: a day, a percentage, money, or plain digits.

use civil::Date;

use super::Cell;

/// What a format shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Digits as they are.
    General,
    /// A day; without its day of the month, only year and month are shown.
    Day {
        /// Whether the day of the month is shown.
        to_the_day: bool,
    },
    /// A time without a day.
    Time,
    /// A number with words around it.
    Number {
        /// What stands before the digits.
        before: String,
        /// What stands behind.
        after: String,
        /// Digits after the point.
        decimals: usize,
        /// Shown by the hundred.
        is_percent: bool,
    },
}

/// The formats that have a number and no text in the file. 27–36 and 50–58 are the East Asian dates.
pub(super) fn built_in(id: u32) -> Format {
    let number =
        |decimals, is_percent| Format::Number { before: String::new(), after: String::new(), decimals, is_percent };
    match id {
        1 | 3 => number(0, false),
        2 | 4 => number(2, false),
        9 => number(0, true),
        10 => number(2, true),
        14..=16 | 22 | 28..=31 | 51 | 53 | 54 | 58 => Format::Day { to_the_day: true },
        17 | 27 | 36 | 50 | 52 | 57 => Format::Day { to_the_day: false },
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => Format::Time,
        _other => Format::General,
    }
}

/// Reads a format's text; only its first section, which is the one for positive numbers.
pub(super) fn custom(text: &str) -> Format {
    let (mut before, mut after) = (String::new(), String::new());
    let (mut decimals, mut is_percent, mut has_digits, mut in_decimals) = (0, false, false, false);
    let (mut years, mut months, mut days, mut hours) = (false, false, false, false);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let mut literal = |c: char| if has_digits { after.push(c) } else { before.push(c) };
        match c {
            ';' => break,
            '"' => characters.by_ref().take_while(|c| *c != '"').for_each(literal),
            '\\' => characters.next().into_iter().for_each(literal),
            '_' | '*' => {
                characters.next();
            }
            '[' => {
                let inside: String = characters.by_ref().take_while(|c| *c != ']').collect();
                match inside.strip_prefix('$') {
                    // [$¥-804]: the symbol, then the language.
                    Some(currency) => currency.split('-').next().unwrap_or("").chars().for_each(literal),
                    None => hours |= matches!(inside.as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss"),
                }
            }
            '0' | '#' | '?' => {
                has_digits = true;
                decimals += usize::from(in_decimals);
            }
            '.' if has_digits => in_decimals = true,
            '%' => is_percent = true,
            'y' | 'Y' | 'e' => years = true,
            'd' | 'D' => days = true,
            'm' | 'M' => months = true,
            'h' | 'H' | 's' | 'S' => hours = true,
            '¥' | '￥' | '$' | '€' | '£' => literal(c),
            _filling => {}
        }
    }
    let is_general = text.to_ascii_lowercase().contains("general");
    match () {
        () if is_general || text == "@" => Format::General,
        () if !has_digits && (years || days) => Format::Day { to_the_day: days },
        () if !has_digits && hours => Format::Time,
        () if !has_digits && months => Format::Day { to_the_day: false },
        () if has_digits => Format::Number { before, after, decimals, is_percent },
        () => Format::General,
    }
}

impl Format {
    /// The cell that shows `value`.
    pub(super) fn cell(&self, value: f64, is_1904: bool) -> Cell {
        match self {
            Format::General | Format::Time => Cell::Number(value, plain(value)),
            Format::Day { to_the_day } => match (day(value, is_1904), to_the_day) {
                (Some(day), true) => Cell::Day(day),
                (Some(day), false) => Cell::Text(format!("{}年{}月", day.year(), day.month())),
                (None, _) => Cell::Number(value, plain(value)),
            },
            Format::Number { before, after, decimals, is_percent } => {
                let places = (*decimals).min(9);
                let shown = if *is_percent {
                    format!("{}%", rounded(value * 100.0, places))
                } else if before.is_empty() && after.is_empty() {
                    plain(value)
                } else {
                    rounded(value, places)
                };
                Cell::Number(value, format!("{before}{shown}{after}"))
            }
        }
    }
}

/// The day of a serial number, its time left out. The system of 1900 counts a 29 February that never was.
pub(super) fn day(serial: f64, is_1904: bool) -> Option<Date> {
    if !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, reason = "the range was checked")]
    let days = serial.floor() as i64;
    let (start, days) = match (is_1904, days) {
        (true, days) => (civil::day(1904, 1, 1)?, days),
        (false, 60) => return None,
        (false, days) if days < 60 => (civil::day(1899, 12, 31)?, days),
        (false, days) => (civil::day(1899, 12, 30)?, days),
    };
    start.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// A number without a trailing `.0`, and without the noise of binary fractions.
pub(super) fn plain(value: f64) -> String {
    if value == value.trunc() && value.abs() < 1e15 {
        return format!("{value:.0}");
    }
    let text = format!("{value:.9}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn rounded(value: f64, places: usize) -> String {
    format!("{value:.places$}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_east_asian_formats_are_dates() {
        for id in [14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58] {
            assert_eq!(built_in(id).cell(46112.0, false), Cell::Day(date(2026, 3, 31)), "{id}");
        }
        for id in [17, 27, 36, 50, 52, 57] {
            assert_eq!(built_in(id).cell(46112.0, false), Cell::Text("2026年3月".into()), "{id}");
        }
        for id in [18, 32, 33, 34, 35, 55, 56] {
            assert_eq!(built_in(id), Format::Time, "{id}");
        }
    }

    #[test]
    fn serial_numbers_are_days_in_both_systems() {
        assert_eq!(day(46112.75, false), Some(date(2026, 3, 31)));
        assert_eq!(day(44650.0, true), Some(date(2026, 3, 31)));
        assert_eq!(day(1.0, false), Some(date(1900, 1, 1)));
        assert_eq!(day(59.0, false), Some(date(1900, 2, 28)));
        assert_eq!(day(60.0, false), None, "29 February 1900 never was");
        assert_eq!(day(61.0, false), Some(date(1900, 3, 1)));
        for none in [0.0, -1.0, 2_958_466.0, f64::NAN, f64::INFINITY] {
            assert_eq!(day(none, false), None, "{none}");
        }
    }

    #[test]
    fn a_number_is_taken_as_it_is_shown() {
        let shown = |format: &str, value: f64| custom(format).cell(value, false).shown();
        assert_eq!(shown("0%", 0.85), "85%");
        assert_eq!(shown("0.0%", 0.1234), "12.3%");
        assert_eq!(shown("\"¥\"#,##0.00", 1234.5), "¥1234.50");
        assert_eq!(shown("[$¥-804]#,##0", 1234.0), "¥1234");
        assert_eq!(shown("0.0\"万元\"", 12.0), "12.0万元");
        assert_eq!(shown("General", 0.1 + 0.2), "0.3");
        assert_eq!(shown("#,##0.00", 1234.5), "1234.5");
        assert_eq!(shown("0_);[Red](0)", 7.0), "7");
    }

    #[test]
    fn formats_of_their_own_making_are_dates_where_they_name_days() {
        for format in
            ["yyyy\"年\"m\"月\"d\"日\"", "yyyy/m/d", "[$-804]yyyy-mm-dd;@", "m\"月\"d\"日\"", "dd/mm/yyyy hh:mm"]
        {
            assert_eq!(custom(format), Format::Day { to_the_day: true }, "{format}");
        }
        assert_eq!(custom("yyyy\"年\"m\"月\""), Format::Day { to_the_day: false });
        assert_eq!(custom("[h]:mm"), Format::Time);
        assert_eq!(custom("h:mm AM/PM"), Format::Time);
    }
}
