//! A matter whose lead or supervising unit is no longer there: it must be placed anew, by an act.

use jiff::civil::Date;

use super::Matter;
use crate::organisation::Organisation;
use crate::party::Party;

/// Why a matter cannot go on where it lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Misplaced {
    /// The lead has ended without a successor, or holds no post any more.
    LeadGone,
    /// The supervising unit has ended without a successor.
    SupervisingGone,
    /// Lead and supervising unit have become one.
    SupervisesItself,
}

impl Misplaced {
    /// The code it goes by in message ids.
    pub fn code(&self) -> &'static str {
        match self {
            Misplaced::LeadGone => "lead-gone",
            Misplaced::SupervisingGone => "supervising-gone",
            Misplaced::SupervisesItself => "supervises-itself",
        }
    }
}

impl Matter {
    /// Why the matter must be placed anew on `today`; none where it may go on. A unit that has ended with a successor is
    /// no reason: the successor answers for it (ADR 0012).
    pub fn misplaced(&self, organisation: &Organisation, today: Date) -> Option<Misplaced> {
        let (lead, supervising) = (self.lead.filter(|_| self.is_open())?, self.supervising?);
        let stands = |unit| organisation.standing_for(unit, today);
        let lead_unit = match lead {
            Party::Unit(unit) => Some(unit),
            Party::Post(post) => organisation.post(post).map(|post| post.unit),
            Party::Officer(officer) => organisation.posts_held(officer, today).first().map(|post| post.unit),
        };
        match (lead_unit.and_then(stands), stands(supervising)) {
            (None, _) => Some(Misplaced::LeadGone),
            (Some(_), None) => Some(Misplaced::SupervisingGone),
            (Some(lead), Some(supervising)) if lead == supervising => Some(Misplaced::SupervisesItself),
            (Some(_), Some(_)) => None,
        }
    }
}
