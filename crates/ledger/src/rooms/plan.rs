//! 规划: an indicator off target is cleared when it is met, a suggestion when its suggester has an answer.

use crate::act::Facts;
use crate::evidence::EvidenceKind;
use crate::matter::{Kind, Matter, OutcomeKind};
use crate::refusal::Refusal;

/// Only a suggestion can be refused.
pub fn outcomes(kind: Kind) -> &'static [OutcomeKind] {
    match kind {
        Kind::Suggestion => &[OutcomeKind::Done, OutcomeKind::Refused, OutcomeKind::Transferred],
        Kind::Finding => &[OutcomeKind::Done, OutcomeKind::Unfounded, OutcomeKind::Transferred],
        Kind::IndicatorGap
        | Kind::Directive
        | Kind::Shortcoming
        | Kind::Need
        | Kind::Clue
        | Kind::Fugitive
        | Kind::Case
        | Kind::Asset
        | Kind::Protector
        | Kind::Industry
        | Kind::Rectification
        | Kind::Report => &[OutcomeKind::Done, OutcomeKind::Lapsed],
    }
}

/// An indicator is met by figures, so figures must be among the evidence.
pub fn may_clear(matter: &Matter, _facts: &Facts) -> Result<(), Refusal> {
    let done = matter.state.report().is_some_and(|report| report.outcome.kind() == OutcomeKind::Done);
    let needs_data = matter.kind == Kind::IndicatorGap && done;
    match !needs_data || matter.evidence.iter().any(|piece| piece.kind == EvidenceKind::Data) {
        true => Ok(()),
        false => Err(Refusal::FiguresMissing),
    }
}
