//! 专项行动: disposed of with a legal act, or found to be unfounded.

use crate::act::Facts;
use crate::evidence::EvidenceKind;
use crate::matter::{Matter, OutcomeKind};
use crate::refusal::Refusal;

/// A clue is disposed of, unfounded, or handed to the authority competent for it.
pub const OUTCOMES: &[OutcomeKind] = &[OutcomeKind::Done, OutcomeKind::Unfounded, OutcomeKind::Transferred];

/// Disposed of means by a legal act that stands among the report's evidence.
pub fn may_clear(matter: &Matter, _facts: &Facts) -> Result<(), Refusal> {
    let Some(report) = matter.state.report() else { return Ok(()) };
    let named = |piece: &&crate::evidence::Evidence| report.evidence.as_slice().contains(&piece.id);
    let legal_act = matter.evidence.iter().filter(named).any(|piece| piece.kind == EvidenceKind::LegalAct);
    match report.outcome.kind() {
        OutcomeKind::Done if !legal_act => Err(Refusal::LegalActMissing),
        OutcomeKind::Done
        | OutcomeKind::Unfounded
        | OutcomeKind::Refused
        | OutcomeKind::Transferred
        | OutcomeKind::Lapsed => Ok(()),
    }
}
