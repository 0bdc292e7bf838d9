//! OpenFisca's files, read as they are: folders of parameters, YAML tests, and formulas that `checks/openfisca` brought
//! over into the rule language. What comes of them is a `package imported`, by which nothing is paid.

mod conformance;
mod imported;
mod parameters;
mod period;
mod situations;
mod system;
mod yaml;

use std::fmt;

pub use conformance::{Verdict, asked, judge};
pub use imported::{Asked, Imported, import};
pub use parameters::Parameters;
pub use period::Period;
pub use situations::{Situation, read as read_situations};
pub use system::System;

/// What cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Unreadable {
    /// Which file.
    pub file: String,
    /// Which line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl Unreadable {
    fn new(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ", line {}", self.line)?;
        }
        write!(f, ": {}", self.what)
    }
}

/// What a package of ours would have to say, and these files do not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Warnings {
    /// Parameters without a unit.
    pub without_unit: usize,
    /// Parameters without a reference.
    pub without_source: usize,
    /// Changes that are expected, without a value.
    pub expected: usize,
    /// Dates with more parts than a day has.
    pub odd_dates: usize,
    /// Facts that nobody gave, taken to be what the country's package says.
    pub defaults: usize,
    /// Facts that were rounded to four decimals.
    pub rounded: usize,
}
