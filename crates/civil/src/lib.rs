//! What every room needs to know of days, numbers and money, in Chinese and English.
//!
//! Pure: no clock, no time zone, no locale. A day is a civil day in the office's own time zone; "today" is an argument.

mod calendar;
mod festival;
mod money;
mod numeral;
mod order;
mod schedule;
mod working_days;

pub use calendar::{add_months, day, half_end, month_end, month_named, quarter_end, year_end};
pub use festival::Festival;
pub use jiff::civil::Date;
pub use money::{Fen, InvalidMoney};
pub use numeral::{Decimal, decimal, integer};
pub use order::{NameKey, Script, name_key, narrow};
pub use schedule::{Country, ScheduleYear, ScheduledDay};
pub use working_days::WorkingDays;
