//! Deadlines as cells hold them: days, serial numbers, and words in both languages.

use civil::Date;
use serde::{Deserialize, Serialize};

use super::{Cell, format};
use crate::due::Anchor;
use crate::{en, zh};

/// What a deadline's cell says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// Nothing.
    #[default]
    None,
    /// One day, and no other.
    Day(Date),
    /// Words that leave the day open.
    Open,
    /// A day that no calendar has.
    NoSuchDay,
}

/// Serial numbers of the years in which a ledger can have deadlines: 2000 to 2099.
const SERIALS: std::ops::Range<f64> = 36_526.0..73_051.0;
/// From the one system to the other.
const BETWEEN_SYSTEMS: f64 = 1_462.0;

/// Reads a deadline. `year` is the year of days that name none. Nothing else is guessed.
pub fn due(cell: &Cell, is_1904: bool, year: Option<i16>) -> Due {
    match cell {
        Cell::Empty => Due::None,
        Cell::Day(day) => Due::Day(*day),
        Cell::Failed(_) => Due::Open,
        Cell::Number(value, shown) => {
            let in_1900 = if is_1904 { value + BETWEEN_SYSTEMS } else { *value };
            match format::day(*value, is_1904).filter(|_| SERIALS.contains(&in_1900)) {
                Some(day) => Due::Day(day),
                None => words(shown, year),
            }
        }
        Cell::Text(text) => words(text, year),
    }
}

fn words(text: &str, year: Option<i16>) -> Due {
    let text: String = text.trim().chars().filter(|c| !c.is_whitespace() || text.is_ascii()).map(narrow).collect();
    if text.is_empty() {
        return Due::None;
    }
    if text.chars().count() > 60 {
        return Due::Open;
    }
    if let Some(found) = digits(&text, year) {
        return found;
    }
    let anchor = Anchor::default();
    let with_year = year.filter(|_| !names_a_year(&text)).map(|year| format!("{year}年{text}"));
    let text = with_year.as_deref().unwrap_or(&text);
    let whole = 0..text.len();
    let found = match crate::Lang::of(text) {
        crate::Lang::Zh => zh::due::find(text, whole, &anchor),
        crate::Lang::En => en::due::find(text, whole, &anchor),
    };
    match found.as_slice() {
        // What stands beside the time may change it: 3月底前（一期）.
        [one] if one.binding && rest(text, &one.range) => one.date.map_or(Due::Open, Due::Day),
        _none_or_several => Due::Open,
    }
}

fn rest(text: &str, range: &std::ops::Range<usize>) -> bool {
    let left = format!("{}{}", &text[..range.start], &text[range.end..]);
    let left = left.trim_matches(|c: char| c.is_whitespace() || "。.，,".contains(c)).to_lowercase();
    ["", "完成", "办结", "前", "于", "于完成"].contains(&left.as_str())
}

fn names_a_year(text: &str) -> bool {
    let is_year = |run: &str| run.len() == 4 && (run.starts_with("19") || run.starts_with("20"));
    text.split(|c: char| !c.is_ascii_digit()).any(is_year)
        || ["年底", "年内", "年中", "年末"].iter().all(|word| !text.starts_with(word)) && text.contains('年')
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '．' | '／' | '－' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '—' | '–' | '‐' | '‑' => '-',
        c => c,
    }
}

/// `2026-3-31`, `2026.3.31前`, `2026年3月31日`, `20260331`, `3月31日` in the year given; `31/12/2026` where only one order fits.
fn digits(text: &str, year: Option<i16>) -> Option<Due> {
    let mut core = text;
    for tail in ["完成", "办结", "之前", "以前", "前", "止"] {
        core = core.strip_suffix(tail).unwrap_or(core);
    }
    // A time of day, and the ISO letter before it, bound nothing more than the day.
    let core = core.split(['T', ' ']).next().unwrap_or(core);
    let core = core.strip_suffix(['日', '号', '.']).unwrap_or(core);
    if core.is_empty() || !core.chars().all(|c| c.is_ascii_digit() || "年月-./".contains(c)) {
        return None;
    }
    let parts: Vec<&str> = core.split(['年', '月', '-', '.', '/']).collect();
    let numbers: Vec<i16> = parts.iter().map(|part| part.parse().ok()).collect::<Option<_>>().unwrap_or_default();
    let compose = |year: i16, month: i16, day: i16| {
        let day = i8::try_from(month).ok().zip(i8::try_from(day).ok()).and_then(|(m, d)| civil::day(year, m, d));
        Some(day.map_or(Due::NoSuchDay, Due::Day))
    };
    match (numbers.as_slice(), parts.as_slice()) {
        ([year @ 1900..=2200, month, day], _) => compose(*year, *month, *day),
        // Day and month before the year: certain only where one of them cannot be a month.
        ([a, b, year @ 1900..=2200], _) if *a > 12 => compose(*year, *b, *a),
        ([a, b, year @ 1900..=2200], _) if *b > 12 => compose(*year, *a, *b),
        ([a, b, year @ 1900..=2200], _) if a == b => compose(*year, *a, *b),
        ([_, _, 1900..=2200], _) => Some(Due::Open),
        ([month, day], _) if core.contains('月') => year.map_or(Some(Due::Open), |year| compose(year, *month, *day)),
        (_, [one]) if one.len() == 8 && (one.starts_with("19") || one.starts_with("20")) => {
            let number = |range: std::ops::Range<usize>| one.get(range)?.parse().ok();
            compose(number(0..4)?, number(4..6)?, number(6..8)?)
        }
        _other => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn of(text: &str) -> Due {
        due(&Cell::Text(text.into()), false, None)
    }

    #[test]
    fn days_in_words_are_read_in_both_languages() {
        let day = Due::Day(date(2026, 3, 31));
        for text in [
            "2026年3月31日",
            "2026年3月31日前",
            "2026.3.31",
            "2026.03.31前",
            "2026-3-31",
            "2026/3/31",
            "２０２６．３．３１",
            "20260331",
            "2026-03-31 00:00:00",
            "2026年3月底",
            "2026年3月底前",
            "2026年第一季度末",
            "31/3/2026",
            "3/31/2026",
            "by 31 March 2026",
            " 2026 年 3 月 31 日 ",
        ] {
            assert_eq!(of(text), day, "{text}");
        }
        assert_eq!(of("2026年底前"), Due::Day(date(2026, 12, 31)));
    }

    #[test]
    fn what_names_no_single_day_stays_open() {
        for text in [
            "3月底",
            "年底前",
            "长期",
            "持续推进",
            "2026年3月",
            "03/04/2026",
            "尽快",
            "2026年6月前",
            "一期2026年3月底，二期2026年9月底",
            "soon",
        ] {
            assert_eq!(of(text), Due::Open, "{text}");
        }
        assert_eq!(of(" "), Due::None);
    }

    #[test]
    fn the_year_of_the_sheet_completes_a_day_without_one() {
        let of = |text: &str| due(&Cell::Text(text.into()), false, Some(2026));
        assert_eq!(of("3月底"), Due::Day(date(2026, 3, 31)));
        assert_eq!(of("3月31日前"), Due::Day(date(2026, 3, 31)));
        assert_eq!(of("年底前"), Due::Day(date(2026, 12, 31)));
        assert_eq!(of("2027年3月底"), Due::Day(date(2027, 3, 31)));
        assert_eq!(of("三个月内"), Due::Open, "from when is not said");
        assert_eq!(of("2月30日"), Due::NoSuchDay);
    }

    #[test]
    fn a_day_that_no_calendar_has_is_told() {
        for text in ["2026-02-30", "2026年13月1日", "2026.4.31", "20260230"] {
            assert_eq!(of(text), Due::NoSuchDay, "{text}");
        }
    }

    #[test]
    fn a_serial_number_is_a_day_whatever_its_format() {
        let number = |value: f64, is_1904| due(&Cell::Number(value, format::plain(value)), is_1904, None);
        assert_eq!(number(46112.0, false), Due::Day(date(2026, 3, 31)));
        assert_eq!(number(44650.0, true), Due::Day(date(2026, 3, 31)));
        assert_eq!(number(20_260_331.0, false), Due::Day(date(2026, 3, 31)));
        assert_eq!(number(12.0, false), Due::Open);
    }
}
