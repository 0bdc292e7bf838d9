//! How often a decision pays: once, by the month, or by the year.

use crate::kind::{Kind, Unit};
use crate::model::{Decision, Version};

/// How often an amount is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// Once.
    Once,
    /// Each month.
    Month,
    /// Each year.
    Year,
}

impl Every {
    /// Before an amount in Chinese, and after it in English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Every::Once => ("", ""),
            Every::Month => ("每月", " a month"),
            Every::Year => ("每年", " a year"),
        }
    }
}

impl Version {
    /// How often it pays; `None` where it pays nothing.
    pub fn every(&self) -> Option<Every> {
        let pay = self.pay.as_ref()?;
        let unit = match (pay.expr.kind, pay.divisor.as_ref().map(|by| by.kind)) {
            (Kind::Number { unit, .. }, Some(Kind::Number { unit: by, .. })) => unit.by(by),
            (Kind::Number { unit, .. }, _) => Some(unit),
            (Kind::YesNo | Kind::Date | Kind::Options(_), _) => None,
        };
        Some(match unit {
            Some(Unit::MONEY_A_MONTH) => Every::Month,
            Some(Unit::MONEY_A_YEAR) => Every::Year,
            _ => Every::Once,
        })
    }
}

/// Whether a decision pays an amount a month; only such has arrears.
pub fn is_monthly(decision: &Decision) -> bool {
    decision.versions.iter().find_map(Version::every) == Some(Every::Month)
}
