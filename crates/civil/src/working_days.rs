//! Working days: the weekend, the public holidays, and the weekend days worked in exchange (调休).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A calendar of working days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingDays {
    /// Weekdays that are free, by ISO number: 1 is Monday, 7 is Sunday.
    pub weekend: BTreeSet<i8>,
    /// Days that are free although they are no weekend days.
    #[serde(default)]
    pub holidays: BTreeSet<Date>,
    /// Days that are worked although they fall on a weekend or a holiday; they win.
    #[serde(default)]
    pub extra_workdays: BTreeSet<Date>,
}

impl Default for WorkingDays {
    /// Saturday and Sunday free, no holidays.
    fn default() -> Self {
        WorkingDays { weekend: BTreeSet::from([6, 7]), holidays: BTreeSet::new(), extra_workdays: BTreeSet::new() }
    }
}

impl WorkingDays {
    /// Whether `day` is worked.
    pub fn is_working(&self, day: Date) -> bool {
        if self.extra_workdays.contains(&day) {
            return true;
        }
        !self.weekend.contains(&day.weekday().to_monday_one_offset()) && !self.holidays.contains(&day)
    }

    /// The `count`-th working day after `from`; `from` itself is not counted, and 0 gives `from`.
    /// Negative counts go back. `None` if the calendar ends first.
    pub fn add_working_days(&self, from: Date, count: i32) -> Option<Date> {
        let mut day = from;
        let mut left = count.unsigned_abs();
        while left > 0 {
            if !self.may_work_after(day, count > 0) {
                return None;
            }
            day = if count > 0 { day.tomorrow() } else { day.yesterday() }.ok()?;
            if self.is_working(day) {
                left -= 1;
            }
        }
        Some(day)
    }

    /// Working days after `from` up to and including `to`; negative if `to` lies before `from`.
    pub fn working_days_between(&self, from: Date, to: Date) -> i32 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        let mut day = from;
        let mut count = 0;
        while day < to {
            day = day.tomorrow().expect("a day before `to` has a successor");
            count += i32::from(self.is_working(day));
        }
        count
    }

    /// Whether a week without work can end: else a calendar of seven free days would be walked to its end.
    fn may_work_after(&self, day: Date, forward: bool) -> bool {
        if !(1..=7).all(|weekday| self.weekend.contains(&weekday)) {
            return true;
        }
        if forward {
            self.extra_workdays.range(day..).any(|d| *d > day)
        } else {
            self.extra_workdays.range(..day).next().is_some()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn golden_week() -> WorkingDays {
        WorkingDays {
            holidays: (1..=7).map(|d| date(2024, 10, d)).collect(),
            extra_workdays: BTreeSet::from([date(2024, 9, 29), date(2024, 10, 12)]),
            ..WorkingDays::default()
        }
    }

    #[test]
    fn a_swapped_sunday_is_worked() {
        assert!(golden_week().is_working(date(2024, 9, 29)));
        assert!(!golden_week().is_working(date(2024, 10, 7)));
        assert!(!golden_week().is_working(date(2024, 10, 13)));
    }

    #[test]
    fn the_day_itself_is_not_counted() {
        let days = golden_week();
        assert_eq!(days.add_working_days(date(2024, 9, 30), 0), Some(date(2024, 9, 30)));
        assert_eq!(days.add_working_days(date(2024, 9, 30), 1), Some(date(2024, 10, 8)));
        assert_eq!(days.add_working_days(date(2024, 9, 30), 5), Some(date(2024, 10, 12)));
        assert_eq!(days.add_working_days(date(2024, 10, 8), -1), Some(date(2024, 9, 30)));
        assert_eq!(days.working_days_between(date(2024, 9, 30), date(2024, 10, 12)), 5);
        assert_eq!(days.working_days_between(date(2024, 10, 12), date(2024, 9, 30)), -5);
        assert_eq!(days.working_days_between(date(2024, 10, 12), date(2024, 10, 12)), 0);
    }

    #[test]
    fn a_calendar_without_work_ends() {
        let none = WorkingDays { weekend: (1..=7).collect(), ..WorkingDays::default() };
        assert_eq!(none.add_working_days(date(2024, 1, 1), 1), None);
        assert_eq!(none.add_working_days(date(2024, 1, 1), -1), None);
        assert_eq!(WorkingDays::default().add_working_days(Date::MAX, 1), None);
    }
}
