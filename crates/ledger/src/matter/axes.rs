//! Three axes, never one light.

use jiff::civil::Date;

use super::{Matter, Method, OutcomeKind, State};
use crate::calendar::OfficeCalendar;

/// What the owner says, what the records support, and where it stands against the original date. Never one light.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Axes {
    /// What the owner says.
    pub official: Official,
    /// What the records support.
    pub evidence: EvidenceAxis,
    /// Against the original deadline.
    pub schedule: Schedule,
}

/// What the owner says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Official {
    /// Nobody was given it yet.
    NotAssigned,
    /// Its lead said that it is not theirs, and it waits to be assigned again.
    Disputed,
    /// Nobody has signed for it.
    NotTakenUp,
    /// Under way.
    UnderWay,
    /// Under way, and an obstacle stands.
    Held,
    /// Ended so.
    Reported(OutcomeKind),
    /// Taken back.
    Withdrawn,
}

/// What the records support.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EvidenceAxis {
    /// No evidence.
    Nothing,
    /// Evidence that nobody independent has looked at.
    Unverified {
        /// How many pieces.
        pieces: u32,
    },
    /// Somebody independent agrees.
    Verified {
        /// How he looked.
        method: Method,
    },
}

/// Against the original deadline, in calendar days; a deadline on a free day ends with the next working day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Schedule {
    /// None was set, or the matter was withdrawn.
    NoDue,
    /// Not yet late.
    InTime {
        /// Days left; 0 on the day itself.
        days: i64,
    },
    /// Uncleared after the date.
    Late {
        /// Days since.
        days: i64,
    },
    /// Cleared on or before the date.
    ClearedInTime,
    /// Cleared after the date.
    ClearedLate {
        /// Days after.
        days: i64,
    },
}

impl Matter {
    /// The three axes on `today`.
    pub fn axes(&self, today: Date, calendar: &OfficeCalendar) -> Axes {
        Axes { official: self.official(), evidence: self.evidence_axis(), schedule: self.schedule(today, calendar) }
    }

    fn official(&self) -> Official {
        match &self.state {
            State::Opened if self.disputed.is_some() => Official::Disputed,
            State::Opened => Official::NotAssigned,
            State::Assigned => Official::NotTakenUp,
            State::UnderWay { .. } => match self.obstacles.iter().any(|o| o.removed_on.is_none()) {
                true => Official::Held,
                false => Official::UnderWay,
            },
            State::Reported(report) | State::Verified(report, _) | State::Cleared(report, _, _) => {
                Official::Reported(report.outcome.kind())
            }
            State::Withdrawn { .. } => Official::Withdrawn,
        }
    }

    fn evidence_axis(&self) -> EvidenceAxis {
        let pieces = u32::try_from(self.evidence.len()).unwrap_or(u32::MAX);
        match &self.state {
            State::Verified(_, verification) | State::Cleared(_, verification, _) => {
                EvidenceAxis::Verified { method: verification.method }
            }
            State::Opened | State::Assigned | State::UnderWay { .. } | State::Reported(_) | State::Withdrawn { .. } => {
                match pieces {
                    0 => EvidenceAxis::Nothing,
                    pieces => EvidenceAxis::Unverified { pieces },
                }
            }
        }
    }

    fn schedule(&self, today: Date, calendar: &OfficeCalendar) -> Schedule {
        let Some(due) = self.original_due.map(|due| calendar.last_day(due)) else { return Schedule::NoDue };
        let days_after = |day: Date| i64::from((day - due).get_days());
        match &self.state {
            State::Cleared(_, _, clearing) => match days_after(clearing.on) {
                late if late > 0 => Schedule::ClearedLate { days: late },
                _ => Schedule::ClearedInTime,
            },
            State::Withdrawn { .. } => Schedule::NoDue,
            State::Opened | State::Assigned | State::UnderWay { .. } | State::Reported(_) | State::Verified(_, _) => {
                match days_after(today) {
                    late if late > 0 => Schedule::Late { days: late },
                    left => Schedule::InTime { days: -left },
                }
            }
        }
    }
}
