//! 兜底保障: a need is cleared when the guarantee is met, or when a reasoned refusal stands (the core waits for the
//! last day of appeal).

use crate::act::Facts;
use crate::matter::{Matter, Method, OutcomeKind};
use crate::refusal::Refusal;

/// A need is met, refused for a reason, passed to who owes it, or gone with its household.
pub const OUTCOMES: &[OutcomeKind] =
    &[OutcomeKind::Done, OutcomeKind::Refused, OutcomeKind::Transferred, OutcomeKind::Lapsed];

/// That a guarantee is met is asked of the household, not of the file.
pub fn may_clear(matter: &Matter, _facts: &Facts) -> Result<(), Refusal> {
    let done = matter.state.report().is_some_and(|report| report.outcome.kind() == OutcomeKind::Done);
    match matter.state.verification().map(|verification| verification.method) {
        Some(Method::Desk) if done => Err(Refusal::CheckedOnPaperOnly),
        Some(Method::Desk | Method::SiteVisit | Method::CallBack | Method::Sample) | None => Ok(()),
    }
}
