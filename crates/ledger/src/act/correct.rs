//! Words that were confirmed are never changed. Where they are wrong, another matter takes their place, with the right
//! words and placed as the old one was.

use super::open::opened;
use super::place::born;
use super::{Context, Opening, Outcomes};
use crate::audience::Audience;
use crate::event::Event;
use crate::id::{MatterId, Number, Stream};
use crate::matter::{
    Carried, CriterionText, DueOrigin, FormerLead, LinkRelation, Matter, MatterEvent, NoteText, OpenedText,
    WithdrawalGround, WithdrawalText,
};
use crate::refusal::Refusal;
use crate::text::{Sealed, Text};

/// The right words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    /// The directive.
    pub directive: Text,
    /// Who should do it, in the text's words.
    pub owner: Option<Text>,
    /// By when, in the text's words.
    pub deadline: Option<Text>,
    /// How much, in the text's words.
    pub quantity: Option<Text>,
}

impl Matter {
    /// Withdraws the matter and opens its successor, which is assigned to the same lead where this one was: it lands on
    /// the lead's desk to be signed for. Deadlines, days and whoever had a hand in the work carry over. Refuses words
    /// that are the same, and a matter with open parts.
    pub(super) fn correct(
        &self,
        (successor, number): (MatterId, Number),
        words: Words,
        reason: Text,
        context: &Context,
    ) -> Outcomes {
        let Words { directive, owner, deadline, quantity } = words;
        let old = self.text.open().ok_or(Refusal::DocumentErased)?;
        let text = OpenedText { quote: directive, owner, deadline, quantity, ..old.clone() };
        if text == *old {
            return Err(Refusal::NothingChanges);
        }
        let numbers = self.subs_in_the_way(context.facts);
        if !numbers.is_empty() {
            return Err(Refusal::CorrectionLeavesParts { numbers });
        }
        let on = context.today;
        // What is shown to the public is named matter by matter.
        let audience = match &self.audience {
            Audience::Public => Audience::Office,
            Audience::Office | Audience::Units(_) | Audience::Circle(_) => self.audience.clone(),
        };
        let led = self.lead.zip(self.lead_since).map(|(party, since)| FormerLead { party, since, until: on });
        let carried = Carried {
            since: self.opened_on,
            original_due: self.original_due,
            former_leads: self.former_leads.iter().copied().chain(led).collect(),
            reporters: self.reporters.clone(),
        };
        let applicant = self.applicant.open().cloned();
        let (kind, source) = (self.kind, self.source);
        let opening = Opening { id: successor, number, kind, source, audience, text, applicant };
        let withdrawal = Sealed::Open(WithdrawalText { authority: None, reason });
        let follows = Sealed::Open(NoteText { note: None });
        let here = Stream::Matter(self.id);
        let there = Stream::Matter(successor);
        let mut events = vec![
            // First, so that the successor may carry the same origin key.
            (
                here,
                MatterEvent::Withdrawn {
                    ground: WithdrawalGround::Corrected,
                    successor: Some(successor),
                    on,
                    text: withdrawal,
                },
            ),
            (there, opened(opening, Some(carried), on)?),
            (
                there,
                MatterEvent::Linked {
                    other: self.id,
                    number: self.number,
                    relation: LinkRelation::Follows,
                    on,
                    text: follows,
                },
            ),
        ];
        if let Some(whole) = self.parent() {
            events.push((Stream::Matter(whole), MatterEvent::SubMatterOpened { sub: successor, number, on }));
        }
        let mut events: Vec<(Stream, Event)> =
            events.into_iter().map(|(stream, event)| (stream, Event::Matter(event))).collect();
        if let (Some(lead), Some(supervising), Some(due)) = (self.lead, self.supervising, self.due) {
            let criterion: CriterionText = self.criterion.open().cloned().ok_or(Refusal::CriterionMissing)?;
            let begun = born(successor, &events, context.by).ok_or(Refusal::NothingChanges)?;
            begun.check_placing(lead, supervising, context)?;
            let due_origin = self.due_origin.unwrap_or(DueOrigin::Assigner);
            let text = Sealed::Open(CriterionText { reason: None, ..criterion });
            let assigned = MatterEvent::Assigned { lead, supervising, due, due_origin, on, text };
            events.push((there, Event::Matter(assigned)));
        }
        Ok(events)
    }
}
