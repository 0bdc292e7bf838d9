//! 考核: a shortcoming is cleared when it is mended and checked again, not on paper.

use crate::act::Facts;
use crate::matter::{Matter, Method, OutcomeKind};
use crate::refusal::Refusal;

/// A shortcoming found by an assessor is mended or falls away with its indicator.
pub const OUTCOMES: &[OutcomeKind] = &[OutcomeKind::Done, OutcomeKind::Lapsed];

/// Checked again means looked at anew: a desk check of the report alone does not do.
pub fn may_clear(matter: &Matter, _facts: &Facts) -> Result<(), Refusal> {
    match matter.state.verification().map(|verification| verification.method) {
        Some(Method::Desk) => Err(Refusal::CheckedOnPaperOnly),
        Some(Method::SiteVisit | Method::CallBack | Method::Sample) | None => Ok(()),
    }
}
