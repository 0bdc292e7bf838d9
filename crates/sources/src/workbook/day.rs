//! Deadlines as cells hold them: days, serial numbers, and words in both languages.

use civil::Date;
use serde::{Deserialize, Serialize};

use super::{Cell, figure, format};
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
    /// A day whose year has two digits: of which century is not said.
    ShortYear,
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
        // Of a formula that was not saved nothing is known.
        Cell::Unsaved => Due::None,
        Cell::Number(value, shown) => serial(*value, is_1904).map_or_else(|| words(shown, year), Due::Day),
        // A serial number kept as text is one all the same.
        Cell::Text(text) => match figure::plain(text).parse().ok().and_then(|value| serial(value, is_1904)) {
            Some(day) => Due::Day(day),
            None => words(text, year),
        },
    }
}

fn serial(value: f64, is_1904: bool) -> Option<Date> {
    let in_1900 = if is_1904 { value + BETWEEN_SYSTEMS } else { value };
    format::day(value, is_1904).filter(|_| SERIALS.contains(&in_1900))
}

fn words(text: &str, year: Option<i16>) -> Due {
    let text = text.trim().chars().filter(|c| !c.is_whitespace() || text.is_ascii()).map(figure::narrow);
    let text = figure::arabic(&text.collect::<String>());
    if text.is_empty() {
        return Due::None;
    }
    if text.chars().count() > 60 {
        return Due::Open;
    }
    if let Some(found) = digits(&text, year).or_else(|| named_month(&text)) {
        return found;
    }
    if has_short_year(&text) {
        return Due::ShortYear;
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

/// `27年3月底`, `27年底前`; but not `3年内`, which is a span.
fn has_short_year(text: &str) -> bool {
    let Some((before, after)) = text.split_once('年') else { return false };
    let stem = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let begins = ["底", "末", "中", "初", "年", "第", "一季", "二季", "三季", "四季", "上半", "下半"];
    (1..=2).contains(&(before.len() - stem.len()))
        && !stem.ends_with(['第', '每'])
        && !after.contains('个')
        && (after.starts_with(|c: char| c.is_ascii_digit()) || begins.iter().any(|word| after.starts_with(word)))
}

/// `31 March 2027`, `by 31-Mar-2027`, `March 31st, 2027`.
fn named_month(text: &str) -> Option<Due> {
    let small = text.to_lowercase();
    let text = ["by ", "before ", "on or before ", "no later than "].iter().find_map(|word| small.strip_prefix(word));
    let text = text.unwrap_or(&small);
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty() && *part != "of").collect();
    let (day, month, year) = match parts.as_slice() {
        [a, b, year] => match (civil::month_named(a), civil::month_named(b)) {
            (None, Some(month)) => (*a, month, *year),
            (Some(month), None) => (*b, month, *year),
            (None, None) | (Some(_), Some(_)) => return None,
        },
        _other => return None,
    };
    let day = ["st", "nd", "rd", "th"].iter().find_map(|tail| day.strip_suffix(tail)).unwrap_or(day);
    let day: i8 = day.parse().ok()?;
    match (year.len(), year.parse::<i16>().ok()?) {
        (4, year @ 1900..=2200) => Some(civil::day(year, month, day).map_or(Due::NoSuchDay, Due::Day)),
        (1..=2, _) => Some(Due::ShortYear),
        _other => None,
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
        // Three numbers of which none can be a year.
        ([_, _, _], [a, b, c]) if [a, b, c].iter().all(|part| part.len() <= 2) => Some(Due::ShortYear),
        ([month, day], _) if core.contains('月') => match (year, compose(2000, *month, *day)) {
            (Some(year), _) => compose(year, *month, *day),
            // Of no year, not even of a leap year.
            (None, Some(Due::NoSuchDay)) => Some(Due::NoSuchDay),
            (None, _) => Some(Due::Open),
        },
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
            "二〇二六年三月三十一日",
            "二○二六年三月三十一日前",
            "二零二六年三月卅一日",
            "二0二六年三月底",
            "2026年三月31日",
            "31 March 2026",
            "31-Mar-2026",
            "March 31st, 2026",
            "46112",
            "４６１１２",
            "46,112",
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
            "3年内",
            "三年内完成",
            "第2年3月",
            "31 March",
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
        for text in [
            "2026-02-30",
            "2026年13月1日",
            "2026.4.31",
            "20260230",
            "2027年2月29日",
            "二〇二七年二月三十日",
            "2月30日前",
            "31 June 2027",
            "by 31 June 2027",
            "29-Feb-2027",
        ] {
            assert_eq!(of(text), Due::NoSuchDay, "{text}");
        }
    }

    #[test]
    fn a_year_of_two_digits_is_told_and_never_completed() {
        for text in [
            "27-03-31",
            "27.3.31前",
            "27年3月31日",
            "27年3月",
            "27年3月底",
            "27年底前",
            "二七年三月三十一日",
            "27年第一季度末",
            "27年一季度",
            "3/31/27",
            "31/3/27 10:00",
            "31-Mar-27",
            "by 31 March 27",
        ] {
            assert_eq!(of(text), Due::ShortYear, "{text}");
            assert_eq!(
                due(&Cell::Text(text.into()), false, Some(2027)),
                Due::ShortYear,
                "{text}, whatever the sheet says"
            );
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
