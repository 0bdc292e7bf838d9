//! Rules as code: a decision that an official can read, computed for everybody, and explained to one.
//!
//! ```
//! use rules::{Answer, Household, Place, Row, Source, check};
//!
//! let text = r#"
//!     package small "小" / "small"
//!     basis notice "办法" / "notice" from 2020-01-01 source "gazette 1"
//!     param cap: money/month "上限" / "cap" under notice article 1 from 2020-01-01: 800.00 source "gazette 1"
//!     input household.income: money/month "收入" / "income"
//!     decide household.aid "补助" / "aid" under notice article 2 from 2020-01-01
//!       when A "收入低于上限" / "income below the cap": income below cap
//!       pay exactly cap - income
//! "#;
//! let rules = check(vec![Source { name: "small.rules".into(), text: text.into() }]).expect("it is sound");
//! let mut household = Household::unknown(&rules, "H1", ["Li".to_owned()]);
//! let on = civil::day(2021, 3, 1).expect("a day");
//! assert_eq!(Row::new(&rules, on, &household).decide(0, Place::Household).answer, Answer::CannotSay);
//! household.facts_mut(Place::Household).set(0, Some(79_999), Some("pay slip".into()));
//! let decided = Row::new(&rules, on, &household).decide(0, Place::Household);
//! assert_eq!((decided.answer, decided.amount), (Answer::Yes, Some(Ok(1))));
//! ```
//!
//! Pure: no clock, no files; texts and bytes come in, days are arguments. The language is in `docs/rules.md`, why it is
//! so in ADR 0032.

mod arrears;
mod book;
mod cases;
mod census;
mod check;
mod columns;
mod compare;
mod diagnostic;
mod every;
mod exact;
mod facts;
mod format;
mod kind;
mod lex;
mod message;
mod model;
mod month;
pub mod openfisca;
mod out;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod parse;
mod proof;
mod reform;
mod report;
mod row;
mod source;
mod sweep;
mod syntax;
mod value;
mod why_not;
mod word;
mod wording;

pub use arrears::{Against, MONTHS_MAX, Owed, Paid, arrears, arrears_notes, months_before, read_paid};
pub use book::book;
pub use cases::test;
pub use census::{
    Beside, Census, Flaws, Groups, Malformed, Names, Table, Traced, day_read, read_census, read_census_beside,
};
pub use check::check;
pub use columns::{Column, DatedFact, Histories, Outcome, Registry, decide};
pub use compare::{Compared, Effect, Tally, compare, left_out, not_in_force};
pub use diagnostic::Diagnostic;
pub use every::{Every, is_monthly};
pub use facts::{Facts, Gap, Gaps, Household, Person, Place};
pub use format::{format, written_in};
pub use message::{Message, Spoken};
pub use model::{Case, Rules, Unsaid};
pub use month::said as month_said;
pub use out::Out;
pub use proof::{About, Beneath, Proof, Proven, Step, Teller, prove, prove_after};
pub use reform::{Pair, Reform, Unlike};
pub use report::{Named, report};
pub use row::{Decided, Row};
pub use source::{Source, Span};
pub use sweep::{Counted, sweep};
pub use syntax::{Answer, Entity, Known, Label};
pub use value::YEARS;
pub use why_not::{Change, Changes, During, answer_with, answer_with_all, least_sets, why_not};
pub use word::words;
pub use wording::{Language, not_to_be_paid, worded};
