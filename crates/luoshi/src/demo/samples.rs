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
    /// The history knows its matters by these words; the days in the text differ with the day it is made on.
    #[test]
    fn the_directives_of_the_history_are_read_on_every_day() {
        let units = super::super::city::UNITS.iter().map(|unit| sources::Unit {
            name: unit.zh.into(),
            aliases: unit.aliases.iter().map(|alias| (*alias).into()).collect(),
        });
        let profile = sources::Profile { units: units.collect(), ..sources::Profile::default() };
        let mut today = jiff::civil::date(2026, 1, 1);
        while today.year() < 2029 {
            let read = web::reading::read_here(meeting(today).as_bytes(), sources::Format::Text, &profile);
            let directives = read.expect("it can be read").reading.directives;
            for words in super::super::history::DIRECTIVES {
                assert!(directives.iter().any(|found| found.text.contains(words)), "{words} is not read on {today}");
            }
            today += 5.days();
        }
    }
}
