//! The list as a month of deadlines, with the days that are not worked.

use civil::{Date, add_months};
use ledger::id::OfficerId;
use store::{MatterFilter, MatterLine, Read};

use super::asked::{Asked, Shape};
use crate::error::Problem;

/// At most so many matters are shown in one month.
const MONTH_MAX: u32 = 400;
/// At most so many on one day.
const DAY_MAX: usize = 4;

/// A month of deadlines.
pub struct Calendar {
    /// Its first day.
    pub month: Date,
    /// The lists of the month before and of the month after.
    pub around: [String; 2],
    /// Its weeks, from Monday on; days of other months are none.
    pub weeks: Vec<Vec<Option<Day>>>,
    /// Whether the month holds more than is shown.
    pub is_cut: bool,
}

/// A day of the month.
pub struct Day {
    /// Which.
    pub date: Date,
    /// Whether the office works.
    pub is_worked: bool,
    /// Whether it is today.
    pub is_today: bool,
    /// What is due: the first few.
    pub lines: Vec<MatterLine>,
    /// How many more are due, and their list.
    pub more: Option<(u64, String)>,
}

impl Calendar {
    /// The month that begins on `month`.
    pub fn read(read: &mut Read<'_>, asked: &Asked, officer: OfficerId, month: Date) -> Result<Self, Problem> {
        let filter = asked.filter();
        let first = filter.due.0.map_or(month, |from| from.max(month));
        let last = filter.due.1.map_or(month.last_of_month(), |to| to.min(month.last_of_month()));
        let filter = MatterFilter { due: (Some(first), Some(last)), ..filter };
        let mut lines = read.matters(Some(officer), &filter, MONTH_MAX + 1, 0)?;
        let is_cut = lines.len() > MONTH_MAX as usize;
        lines.truncate(MONTH_MAX as usize);
        let (calendar, today) = (read.calendar()?, read.today());
        let mut days: Vec<Option<Day>> = vec![];
        days.resize_with(usize::try_from(month.weekday().to_monday_zero_offset()).unwrap_or(0), || None);
        let mut date = month;
        while date.month() == month.month() {
            let mut due: Vec<MatterLine> = lines.iter().filter(|line| line.due == Some(date)).cloned().collect();
            let more = u64::try_from(due.len().saturating_sub(DAY_MAX)).unwrap_or(0);
            due.truncate(DAY_MAX);
            let day = date.to_string();
            let of_day: &[&str] = &[&day];
            let table: &[&str] = &[Shape::Table.code()];
            let all = asked.changed(&[("due_from", of_day), ("due_to", of_day), ("as", table), ("month", &[])]);
            let more = (more > 0).then_some((more, all));
            days.push(Some(Day {
                date,
                is_worked: calendar.is_working(date),
                is_today: date == today,
                lines: due,
                more,
            }));
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
        days.resize_with(days.len().next_multiple_of(7), || None);
        let mut weeks = vec![];
        while !days.is_empty() {
            let rest = days.split_off(7);
            weeks.push(std::mem::replace(&mut days, rest));
        }
        let other = |months| {
            let month = add_months(month, months).unwrap_or(month);
            asked.with("month", &[&format!("{:04}-{:02}", month.year(), month.month())])
        };
        Ok(Self { month, around: [other(-1), other(1)], weeks, is_cut })
    }

    /// Whether anything is due in it.
    pub fn is_empty(&self) -> bool {
        self.weeks.iter().flatten().flatten().all(|day| day.lines.is_empty())
    }
}
