//! The rooms of the product: which kind of matter belongs where, and what it takes to clear it there. The one file
//! of the core that sees them all; rooms do not know one another.

pub mod assessment;
pub mod campaign;
pub mod meetings;
pub mod plan;
pub mod safety_net;
pub mod tips;

use crate::act::Facts;
use crate::code::codes;
use crate::matter::{Kind, Matter, OutcomeKind};
use crate::refusal::Refusal;

codes! {
    /// A room of the product.
    Room {
        /// Directives of meetings. 会议交办
        Meetings = "meetings",
        /// The five-year plan. 规划
        Plan = "plan",
        /// Assessment from outside. 考核
        Assessment = "assessment",
        /// The safety net. 兜底保障
        SafetyNet = "safety_net",
        /// The law-enforcement campaign. 专项行动
        Campaign = "campaign",
        /// Reports from the public. 举报
        Tips = "tips",
    }
}

/// The room a kind belongs to.
pub fn room(kind: Kind) -> Room {
    match kind {
        Kind::Directive => Room::Meetings,
        Kind::IndicatorGap | Kind::Finding | Kind::Suggestion => Room::Plan,
        Kind::Shortcoming => Room::Assessment,
        Kind::Need => Room::SafetyNet,
        Kind::Clue
        | Kind::Fugitive
        | Kind::Case
        | Kind::Asset
        | Kind::Protector
        | Kind::Industry
        | Kind::Rectification => Room::Campaign,
        Kind::Report => Room::Tips,
    }
}

/// How a matter of this kind can end.
pub fn outcomes(kind: Kind) -> &'static [OutcomeKind] {
    match room(kind) {
        Room::Meetings => meetings::OUTCOMES,
        Room::Plan => plan::outcomes(kind),
        Room::Assessment => assessment::OUTCOMES,
        Room::SafetyNet => safety_net::OUTCOMES,
        Room::Campaign => campaign::OUTCOMES,
        Room::Tips => tips::OUTCOMES,
    }
}

/// What the matter's room asks before it may be cleared, beyond what the core asks of every matter.
pub fn may_clear(matter: &Matter, facts: &Facts) -> Result<(), Refusal> {
    match room(matter.kind) {
        Room::Meetings => meetings::may_clear(matter, facts),
        Room::Plan => plan::may_clear(matter, facts),
        Room::Assessment => assessment::may_clear(matter, facts),
        Room::SafetyNet => safety_net::may_clear(matter, facts),
        Room::Campaign => campaign::may_clear(matter, facts),
        Room::Tips => tips::may_clear(matter, facts),
    }
}
