//! What the public is shown of a matter's history: the events that carry what was published, and no others.

use std::collections::BTreeSet;

use super::{MatterEvent, PublicItem};

/// How much of an event the public is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    /// Nothing.
    Nothing,
    /// That it happened, when, and its days; none of its words.
    Happened,
    /// Its words too.
    Words,
}

impl MatterEvent {
    /// How much of this event is shown where `published` is.
    pub fn shown(&self, published: &BTreeSet<PublicItem>) -> Shown {
        let words_of = |item: PublicItem| if published.contains(&item) { Shown::Words } else { Shown::Happened };
        let placed = published.contains(&PublicItem::Lead) && published.contains(&PublicItem::Due);
        match self {
            MatterEvent::Opened { .. } => words_of(PublicItem::Directive),
            MatterEvent::Assigned { .. } | MatterEvent::Reassigned { .. } if placed => words_of(PublicItem::Criterion),
            MatterEvent::ReportDrafted { .. } if published.contains(&PublicItem::Report) => Shown::Words,
            MatterEvent::Verified { .. } => words_of(PublicItem::Verification),
            MatterEvent::ExtensionDecided { .. } if published.contains(&PublicItem::Due) => Shown::Happened,
            MatterEvent::ReportSigned { .. }
            | MatterEvent::Returned { .. }
            | MatterEvent::Cleared { .. }
            | MatterEvent::Reopened { .. }
            | MatterEvent::Withdrawn { .. }
            | MatterEvent::Published { .. } => Shown::Happened,
            MatterEvent::Assigned { .. }
            | MatterEvent::Reassigned { .. }
            | MatterEvent::SignedFor { .. }
            | MatterEvent::Disputed { .. }
            | MatterEvent::ExtensionAsked { .. }
            | MatterEvent::ExtensionDecided { .. }
            | MatterEvent::ObstacleNamed { .. }
            | MatterEvent::ObstacleRemoved { .. }
            | MatterEvent::ProgressRecorded { .. }
            | MatterEvent::EvidenceAdded { .. }
            | MatterEvent::ReportDrafted { .. }
            | MatterEvent::VerifierNamed { .. }
            | MatterEvent::AudienceChanged { .. }
            | MatterEvent::SubMatterOpened { .. }
            | MatterEvent::SubMatterWaived { .. }
            | MatterEvent::Appealed { .. }
            | MatterEvent::AppealDecided { .. }
            | MatterEvent::Escalated { .. }
            | MatterEvent::Instructed { .. } => Shown::Nothing,
        }
    }
}
