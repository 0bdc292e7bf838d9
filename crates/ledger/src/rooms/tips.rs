//! 举报: a report is cleared when it was answered.

use crate::act::Facts;
use crate::matter::{Matter, OutcomeKind};
use crate::refusal::Refusal;

/// A report from the public is founded, unfounded, or handed to who is competent.
pub const OUTCOMES: &[OutcomeKind] = &[OutcomeKind::Done, OutcomeKind::Unfounded, OutcomeKind::Transferred];

/// The answer is the report's own text; it must be there to be given.
pub fn may_clear(matter: &Matter, _facts: &Facts) -> Result<(), Refusal> {
    let answer = matter.state.report().and_then(|report| report.text.open()).and_then(|text| text.note.as_ref());
    match answer {
        Some(_) => Ok(()),
        None => Err(Refusal::AnswerMissing),
    }
}
