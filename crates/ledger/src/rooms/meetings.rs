//! 会议交办: a directive is cleared when its acceptance criterion is verified, or when it lapsed or was transferred.

use crate::act::Facts;
use crate::matter::{Matter, OutcomeKind};
use crate::refusal::Refusal;

/// A directive is not refused and cannot be unfounded: it is disputed, or withdrawn under an authority.
pub const OUTCOMES: &[OutcomeKind] = &[OutcomeKind::Done, OutcomeKind::Transferred, OutcomeKind::Lapsed];

/// The criterion must stand on the record: a verification means nothing without what was verified.
pub fn may_clear(matter: &Matter, _facts: &Facts) -> Result<(), Refusal> {
    match matter.criterion.open() {
        Some(_) => Ok(()),
        None => Err(Refusal::CriterionMissing),
    }
}
