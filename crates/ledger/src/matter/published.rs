//! What the public is shown of a matter's history: the events that carry what was published, and no others.

use crate::calendar::OfficeCalendar;
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Matter, MatterEvent, PublicItem, Schedule, State};
use crate::code::codes;
use crate::text::Text;

codes! {
    /// What became of a published matter, as the public is told. Lateness counts from the original deadline, and only
    /// where deadlines were published.
    PublicStanding {
        /// Open, and not late as far as the public knows.
        Open = "open",
        /// Open after its original deadline.
        Late = "late",
        /// Cleared on or before its original deadline.
        ClearedInTime = "cleared_in_time",
        /// Cleared after it.
        ClearedLate = "cleared_late",
        /// Cleared; its deadline was not published.
        Cleared = "cleared",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

impl Matter {
    /// What became of it, as the public is told on `today`.
    pub fn public_standing(&self, today: Date, calendar: &OfficeCalendar) -> PublicStanding {
        let shows_due = self.published.contains(&PublicItem::Due);
        match (&self.state, self.axes(today, calendar).schedule) {
            (State::Withdrawn { .. }, _) => PublicStanding::Withdrawn,
            (State::Cleared(_, _, _), Schedule::ClearedInTime) if shows_due => PublicStanding::ClearedInTime,
            (State::Cleared(_, _, _), Schedule::ClearedLate { .. }) if shows_due => PublicStanding::ClearedLate,
            (State::Cleared(_, _, _), _) => PublicStanding::Cleared,
            (_, Schedule::Late { .. }) if shows_due => PublicStanding::Late,
            (_, _) => PublicStanding::Open,
        }
    }

    /// What was decided, in the document's words, where that is published and was not erased.
    pub fn published_quote(&self) -> Option<&Text> {
        self.text.open().filter(|_| self.published.contains(&PublicItem::Directive)).map(|text| &text.quote)
    }

    /// How much of the `n`th event of its stream the public is shown.
    pub fn shows(&self, event: &MatterEvent, n: u64) -> Shown {
        event.shown(&self.published, self.signed_drafts.contains(&n))
    }

    /// The first day on which the public is told that it is late: the day after the last day for the original
    /// deadline, while it is open.
    pub fn publicly_late_from(&self, calendar: &OfficeCalendar) -> Option<Date> {
        let due = self.original_due.filter(|_| self.is_open() && self.published.contains(&PublicItem::Due));
        due.and_then(|due| calendar.late_from(due))
    }
}

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
    /// A draft's words are nobody's word until it is signed: `is_signed` says whether this one was.
    pub fn shown(&self, published: &BTreeSet<PublicItem>, is_signed: bool) -> Shown {
        let words_of = |item: PublicItem| if published.contains(&item) { Shown::Words } else { Shown::Happened };
        let placed = published.contains(&PublicItem::Lead) && published.contains(&PublicItem::Due);
        match self {
            MatterEvent::Opened { .. } => words_of(PublicItem::Directive),
            MatterEvent::Assigned { .. } if placed => words_of(PublicItem::Criterion),
            // The reason lies sealed with the criterion and is not the public's.
            MatterEvent::Reassigned { .. } if placed => Shown::Happened,
            MatterEvent::ReportDrafted { .. } if is_signed && published.contains(&PublicItem::Report) => Shown::Words,
            MatterEvent::Verified { .. } => words_of(PublicItem::Verification),
            // What the public said is counted and never shown, nor when it was said; the answer is written to be read.
            MatterEvent::CalledBack { .. } => Shown::Words,
            // Both name a deadline.
            MatterEvent::ExtensionDecided { .. } | MatterEvent::Reopened { .. }
                if published.contains(&PublicItem::Due) =>
            {
                Shown::Happened
            }
            MatterEvent::ReportSigned { .. }
            | MatterEvent::Returned { .. }
            | MatterEvent::Cleared { .. }
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
            | MatterEvent::QuestionAsked { .. }
            | MatterEvent::QuestionAnswered { .. }
            | MatterEvent::Acknowledged { .. }
            | MatterEvent::ProgressRecorded { .. }
            | MatterEvent::EvidenceAdded { .. }
            | MatterEvent::ReportDrafted { .. }
            | MatterEvent::Reopened { .. }
            | MatterEvent::VerifierNamed { .. }
            | MatterEvent::AudienceChanged { .. }
            | MatterEvent::SubMatterOpened { .. }
            | MatterEvent::SubMatterWaived { .. }
            | MatterEvent::Appealed { .. }
            | MatterEvent::AppealDecided { .. }
            | MatterEvent::Escalated { .. }
            | MatterEvent::Instructed { .. }
            | MatterEvent::Linked { .. }
            | MatterEvent::Merged { .. }
            | MatterEvent::NoticeIssued { .. }
            | MatterEvent::HandedOver { .. }
            | MatterEvent::Contradicted { .. } => Shown::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::NonEmpty;
    use crate::id::{EvidenceId, UnitId};
    use crate::matter::Outcome;
    use crate::party::Party;
    use crate::text::Sealed;
    use uuid::Uuid;

    fn everything() -> BTreeSet<PublicItem> {
        PublicItem::ALL.iter().copied().collect()
    }

    #[test]
    fn a_draft_is_nobodys_word_until_it_is_signed() {
        let evidence = NonEmpty::new(vec![EvidenceId(Uuid::nil())]).expect("one");
        let on = jiff::civil::date(2026, 11, 24);
        let draft = MatterEvent::ReportDrafted { outcome: Outcome::Done, evidence, on, text: Sealed::Erased };
        assert_eq!(draft.shown(&everything(), false), Shown::Nothing);
        assert_eq!(draft.shown(&everything(), true), Shown::Words);
    }

    #[test]
    fn why_another_leads_is_never_shown() {
        let unit = UnitId(Uuid::nil());
        let on = jiff::civil::date(2026, 11, 24);
        let event = MatterEvent::Reassigned { lead: Party::Unit(unit), supervising: unit, on, text: Sealed::Erased };
        assert_eq!(event.shown(&everything(), false), Shown::Happened);
    }

    #[test]
    fn a_new_deadline_is_shown_only_where_deadlines_are() {
        let on = jiff::civil::date(2026, 11, 24);
        let event = MatterEvent::Reopened { due: on, on, text: Sealed::Erased };
        let without: BTreeSet<PublicItem> = everything().into_iter().filter(|item| *item != PublicItem::Due).collect();
        assert_eq!(
            (event.shown(&everything(), false), event.shown(&without, false)),
            (Shown::Happened, Shown::Nothing)
        );
    }
}
