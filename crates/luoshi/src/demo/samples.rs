//! The two documents of the demonstration, with their days counted from today.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

const MEETING: &str = include_str!("../../samples/qinghe-executive-meeting.zh.txt");
const COUNCIL: &str = include_str!("../../samples/qinghe-council.en.txt");

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The executive meeting's minutes, in Chinese.
pub fn meeting(today: Date) -> String {
    dated(MEETING, today, |day| format!("{}年{}月{}日", day.year(), day.month(), day.day()))
}

/// The council's minutes, in English.
pub fn council(today: Date) -> String {
    dated(COUNCIL, today, |day| {
        let month = MONTHS[usize::try_from(day.month() - 1).unwrap_or(0)];
        format!("{} {month} {}", day.day(), day.year())
    })
}

/// Replaces `{full:N}` by the day N days from today.
fn dated(text: &str, today: Date, say: impl Fn(Date) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{full:") {
        out.push_str(before);
        let (number, after) = after.split_once('}').unwrap_or((after, ""));
        let span: Span = number.parse::<i32>().unwrap_or(0).days();
        out.push_str(&say(today.checked_add(span).unwrap_or(today)));
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_today() {
        let today = jiff::civil::date(2026, 11, 24);
        assert!(meeting(today).contains("2026年10月26日，市长"));
        assert!(council(today).contains("held on 12 November 2026 at"));
        assert!(!meeting(today).contains('{') && !council(today).contains('{'));
    }
}
