//! The office's working days: the years it adopted from a published schedule, and single days it corrected.
//!
//! What was adopted stands on the record day by day, so that a newer published schedule changes nothing by itself.

use std::collections::{BTreeMap, BTreeSet};

pub use civil::Country;
use civil::WorkingDays;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::act::{ActKind, Context, Outcomes};
use crate::code::codes;
use crate::event::{Event, Fold, Meta};
use crate::id::{CalendarId, Stream};
use crate::matter::ReasonText;
use crate::refusal::Refusal;
use crate::rights::{self, Thing};
use crate::text::{Sealed, Text};

/// The one calendar of an office.
pub const OFFICE: CalendarId = CalendarId(Uuid::nil());

codes! {
    /// What a corrected day is.
    DayRule {
        /// Worked.
        Working = "working",
        /// Free.
        Free = "free",
        /// What the adopted schedule says; takes an earlier correction back.
        AsScheduled = "as_scheduled",
    }
}

/// What happens to the calendar.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum CalendarEvent {
    /// A year of a published schedule holds from now on, in place of what held for that year before.
    YearAdopted {
        /// Whose schedule.
        country: Country,
        /// The year.
        year: i16,
        /// Its free days besides plain weekends.
        free: BTreeSet<Date>,
        /// Its weekend days that are worked (调休).
        worked: BTreeSet<Date>,
        /// When.
        on: Date,
    },
    /// One day is otherwise in this office.
    DayCorrected {
        /// The day.
        day: Date,
        /// What it is.
        rule: DayRule,
        /// When this was recorded.
        on: Date,
        /// Why.
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
}

/// A year as it was adopted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AdoptedYear {
    /// Whose schedule.
    pub country: Country,
    /// Its free days besides plain weekends.
    pub free: BTreeSet<Date>,
    /// Its weekend days that are worked.
    pub worked: BTreeSet<Date>,
}

/// A day that is otherwise in this office.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Correction {
    /// What it is.
    pub rule: DayRule,
    /// Why.
    pub text: Sealed<ReasonText>,
}

/// The office's calendar. Before anything was adopted or corrected it is silent, and every day counts alike.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct OfficeCalendar {
    years: BTreeMap<i16, AdoptedYear>,
    corrections: BTreeMap<Date, Correction>,
    days: WorkingDays,
}

impl OfficeCalendar {
    /// Whether the office goes by working days at all.
    pub fn is_in_force(&self) -> bool {
        !self.years.is_empty() || !self.corrections.is_empty()
    }

    /// What was adopted for the year. A year without is known by its weekends and corrections only.
    pub fn year(&self, year: i16) -> Option<&AdoptedYear> {
        self.years.get(&year)
    }

    /// Whose schedule the office goes by: the one it adopted for the year, else for the last year it adopted any.
    pub fn country(&self, year: i16) -> Option<Country> {
        let last = || self.years.values().next_back();
        self.years.get(&year).or_else(last).map(|adopted| adopted.country)
    }

    /// The corrections that stand, by day.
    pub fn corrections(&self) -> impl Iterator<Item = (Date, &Correction)> {
        self.corrections.iter().map(|(day, correction)| (*day, correction))
    }

    /// Whether the day is worked. Weekends are free in every year.
    pub fn is_working(&self, day: Date) -> bool {
        self.days.is_working(day)
    }

    /// The last day on which a deadline is kept: a deadline on a free day ends with the next working day.
    /// Sources: Civil Code of the People's Republic of China, article 203; Civil Procedure Rules of England and
    /// Wales, rule 2.8(5). While the office has no calendar, the day itself.
    pub fn last_day(&self, due: Date) -> Date {
        match !self.is_in_force() || self.days.is_working(due) {
            true => due,
            false => self.days.add_working_days(due, 1).unwrap_or(due),
        }
    }

    /// The first day on which something due on `due` is late.
    pub fn late_from(&self, due: Date) -> Option<Date> {
        self.last_day(due).tomorrow().ok()
    }

    /// Working days after `today` up to and including the last day for `due`; none while the office has no calendar,
    /// when the last day is past, or lies more than ten years away.
    pub fn working_days_left(&self, today: Date, due: Date) -> Option<u32> {
        let last = self.last_day(due);
        let is_near = last >= today && i32::from(last.year()) - i32::from(today.year()) <= 10;
        let left = || u32::try_from(self.days.working_days_between(today, last)).unwrap_or(0);
        (self.is_in_force() && is_near).then(left)
    }

    fn count_again(&mut self) {
        let mut days = WorkingDays::default();
        for year in self.years.values() {
            days.holidays.extend(&year.free);
            days.extra_workdays.extend(&year.worked);
        }
        for (day, correction) in &self.corrections {
            match correction.rule {
                DayRule::Working => {
                    days.extra_workdays.insert(*day);
                }
                DayRule::Free => {
                    days.extra_workdays.remove(day);
                    days.holidays.insert(*day);
                }
                DayRule::AsScheduled => {}
            }
        }
        self.days = days;
    }

    fn take(&mut self, event: &CalendarEvent) {
        match event {
            CalendarEvent::YearAdopted { country, year, free, worked, on: _ } => {
                let adopted = AdoptedYear { country: *country, free: free.clone(), worked: worked.clone() };
                self.years.insert(*year, adopted);
            }
            CalendarEvent::DayCorrected { day, rule: DayRule::AsScheduled, on: _, text: _ } => {
                self.corrections.remove(day);
            }
            CalendarEvent::DayCorrected { day, rule, on: _, text } => {
                self.corrections.insert(*day, Correction { rule: *rule, text: text.clone() });
            }
        }
        self.count_again();
    }
}

impl Fold for OfficeCalendar {
    fn begin(stream: Stream, event: &Event, _meta: &Meta) -> Option<Self> {
        let (Stream::Calendar(_), Event::Calendar(event)) = (stream, event) else { return None };
        let mut calendar = Self::default();
        calendar.take(event);
        Some(calendar)
    }

    fn apply(&mut self, event: &Event, _meta: &Meta) {
        if let Event::Calendar(event) = event {
            self.take(event);
        }
    }
}

/// Adopts the published schedules of these years. Refuses without the right, a year that is not published, and what
/// changes nothing.
pub fn adopt(country: Country, years: &[i16], calendar: &OfficeCalendar, context: &Context) -> Outcomes {
    rights::may(context.by, ActKind::Organise, &Thing::Office, context.organisation, context.today)?;
    let mut events = vec![];
    for year in years {
        let published = country.year(*year).ok_or(Refusal::YearNotPublished)?;
        let (free, worked): (BTreeSet<Date>, BTreeSet<Date>) =
            (published.free().into_iter().collect(), published.worked().into_iter().collect());
        let held = calendar.year(*year);
        if held.is_some_and(|held| held.country == country && held.free == free && held.worked == worked) {
            continue;
        }
        let event = CalendarEvent::YearAdopted { country, year: *year, free, worked, on: context.today };
        events.push((Stream::Calendar(OFFICE), Event::Calendar(event)));
    }
    if events.is_empty() { Err(Refusal::NothingChanges) } else { Ok(events) }
}

/// Makes one day worked or free in this office, or takes that back. Refuses without the right, and what changes nothing.
pub fn correct(day: Date, rule: DayRule, reason: Text, calendar: &OfficeCalendar, context: &Context) -> Outcomes {
    rights::may(context.by, ActKind::Organise, &Thing::Office, context.organisation, context.today)?;
    let stands = calendar.corrections.get(&day).map(|correction| correction.rule);
    let changes = match (rule, stands) {
        (DayRule::AsScheduled, stands) => stands.is_some(),
        (rule, Some(stands)) => rule != stands,
        (DayRule::Working, None) => !calendar.is_working(day),
        (DayRule::Free, None) => calendar.is_working(day),
    };
    if !changes {
        return Err(Refusal::NothingChanges);
    }
    let text = Sealed::Open(ReasonText { reason });
    let event = CalendarEvent::DayCorrected { day, rule, on: context.today, text };
    Ok(vec![(Stream::Calendar(OFFICE), Event::Calendar(event))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn adopted(year: i16) -> CalendarEvent {
        let published = Country::China.year(year).expect("published");
        CalendarEvent::YearAdopted {
            country: Country::China,
            year,
            free: published.free().into_iter().collect(),
            worked: published.worked().into_iter().collect(),
            on: date(2026, 1, 1),
        }
    }

    fn correction(day: Date, rule: DayRule) -> CalendarEvent {
        CalendarEvent::DayCorrected { day, rule, on: date(2026, 1, 1), text: Sealed::Erased }
    }

    #[test]
    fn an_office_without_a_calendar_counts_every_day_alike() {
        let calendar = OfficeCalendar::default();
        assert_eq!(calendar.late_from(date(2026, 10, 3)), Some(date(2026, 10, 4)));
        assert_eq!(calendar.working_days_left(date(2026, 10, 1), date(2026, 10, 3)), None);
    }

    #[test]
    fn a_deadline_on_a_free_day_ends_with_the_next_working_day() {
        let mut calendar = OfficeCalendar::default();
        calendar.take(&adopted(2026));
        // Friday 25 September to Sunday 27 is the Mid-Autumn Festival; Saturday 10 October is worked.
        assert_eq!(calendar.last_day(date(2026, 9, 24)), date(2026, 9, 24));
        assert_eq!(calendar.last_day(date(2026, 9, 25)), date(2026, 9, 28));
        assert_eq!(calendar.late_from(date(2026, 10, 1)), Some(date(2026, 10, 9)));
        assert_eq!(calendar.late_from(date(2026, 10, 10)), Some(date(2026, 10, 11)), "a worked Saturday is a last day");
        assert_eq!(calendar.late_from(date(2026, 10, 11)), Some(date(2026, 10, 13)));
    }

    #[test]
    fn days_left_are_working_days_and_none_is_left_on_the_last_day() {
        let mut calendar = OfficeCalendar::default();
        calendar.take(&adopted(2026));
        assert_eq!(calendar.working_days_left(date(2026, 9, 30), date(2026, 10, 10)), Some(3));
        assert_eq!(calendar.working_days_left(date(2026, 9, 30), date(2026, 9, 30)), Some(0));
        assert_eq!(calendar.working_days_left(date(2026, 10, 1), date(2026, 10, 3)), Some(1), "until 8 October");
        assert_eq!(calendar.working_days_left(date(2026, 10, 8), date(2026, 10, 3)), Some(0));
        assert_eq!(calendar.working_days_left(date(2026, 10, 9), date(2026, 10, 3)), None, "late");
        assert_eq!(calendar.working_days_left(date(2026, 10, 9), date(9999, 12, 31)), None, "beyond counting");
    }

    #[test]
    fn a_correction_wins_over_the_schedule_until_it_is_taken_back() {
        let mut calendar = OfficeCalendar::default();
        calendar.take(&adopted(2026));
        let saturday = date(2026, 10, 10);
        calendar.take(&correction(saturday, DayRule::Free));
        assert!(!calendar.is_working(saturday));
        calendar.take(&adopted(2026));
        assert!(!calendar.is_working(saturday), "a year adopted again leaves the office's own days alone");
        calendar.take(&correction(saturday, DayRule::AsScheduled));
        assert!(calendar.is_working(saturday));
        calendar.take(&correction(date(2026, 10, 1), DayRule::Working));
        assert!(calendar.is_working(date(2026, 10, 1)), "a duty day within a holiday");
    }

    #[test]
    fn a_year_nobody_has_published_is_known_by_its_weekends() {
        let mut calendar = OfficeCalendar::default();
        calendar.take(&adopted(2026));
        assert!(calendar.is_working(date(2027, 10, 1)), "Friday, and no notice has been issued");
        assert_eq!(calendar.late_from(date(2027, 10, 2)), Some(date(2027, 10, 5)));
    }
}
