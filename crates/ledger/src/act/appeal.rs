//! An appeal against a refusal, and its decision.

use jiff::civil::Date;

use super::sealed_reason;
use crate::matter::{Appeal, Matter, MatterEvent, Outcome};
use crate::refusal::Refusal;
use crate::text::Text;

impl Matter {
    /// The last day for an appeal. Refuses where nothing was refused, the day is over, or one was made already.
    pub(super) fn appealable(&self, today: Date) -> Result<Date, Refusal> {
        let report = self.state.report().filter(|_| self.is_open());
        match report.map(|report| (report.outcome, &report.appeal)) {
            Some((Outcome::Refused { .. }, Some(_))) => Err(Refusal::NothingChanges),
            Some((Outcome::Refused { appeal_until }, None)) if today > appeal_until => {
                Err(Refusal::AppealTooLate { until: appeal_until })
            }
            Some((Outcome::Refused { appeal_until }, None)) => Ok(appeal_until),
            Some((Outcome::Done | Outcome::Unfounded | Outcome::Transferred { .. } | Outcome::Lapsed, _)) | None => {
                Err(Refusal::NoAppeal)
            }
        }
    }

    pub(super) fn decide_appeal(&self, upheld: bool, reason: Text, on: Date) -> Result<MatterEvent, Refusal> {
        self.undecided_appeal()?;
        Ok(MatterEvent::AppealDecided { upheld, on, text: sealed_reason(reason) })
    }

    pub(super) fn undecided_appeal(&self) -> Result<(), Refusal> {
        match self.state.report().and_then(|report| report.appeal.as_ref()) {
            Some(Appeal { dismissed_on: None, .. }) => Ok(()),
            Some(Appeal { dismissed_on: Some(_), .. }) | None => Err(Refusal::NoAppeal),
        }
    }
}
