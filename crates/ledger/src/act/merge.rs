//! Two matters that have to do with one another: linked, or, where they are the same thing twice, merged. Both keep
//! their histories; nothing moves from one to the other.

use super::{ActKind, Context, Outcomes};
use crate::audience::Audience;
use crate::event::Event;
use crate::id::Stream;
use crate::matter::{LinkRelation, Matter, MatterEvent, NoteText, WithdrawalGround, WithdrawalText};
use crate::refusal::Refusal;
use crate::rights::{self, Thing};
use crate::text::{Sealed, Text};

impl Matter {
    /// Notes on both how they have to do with one another. Refuses a link that stands already, and one that would tell
    /// of a matter to readers who may not know it.
    pub(super) fn link(
        &self,
        other: &Matter,
        relation: LinkRelation,
        note: Option<Text>,
        context: &Context,
    ) -> Outcomes {
        rights::may(context.by, ActKind::Link, &Thing::Matter(other), context.organisation, context.today)?;
        let stands = self.links.iter().any(|link| link.other == other.id && link.relation == relation);
        if other.id == self.id || stands {
            return Err(Refusal::NothingChanges);
        }
        self.check_known_alike(other)?;
        let on = context.today;
        let linked = |to: &Matter, relation| {
            let text = Sealed::Open(NoteText { note: note.clone() });
            Event::Matter(MatterEvent::Linked { other: to.id, number: to.number, relation, on, text })
        };
        Ok(vec![
            (Stream::Matter(self.id), linked(other, relation)),
            (Stream::Matter(other.id), linked(self, relation.inverse())),
        ])
    }

    /// Withdraws this matter as a duplicate of `into`, which takes note of it. Refuses unless both are open and neither
    /// is part of the other, and where a deadline would be put off by it.
    pub(super) fn merge(&self, into: &Matter, reason: Text, context: &Context) -> Outcomes {
        rights::may(context.by, ActKind::Merge, &Thing::Matter(into), context.organisation, context.today)?;
        let is_below = context.facts.descendants.iter().any(|matter| matter.id == into.id);
        if into.id == self.id || is_below || self.parent() != into.parent() || !self.is_open() || !into.is_open() {
            return Err(Refusal::NotMergeable);
        }
        self.check_known_alike(into)?;
        let numbers = self.subs_in_the_way(context.facts);
        if !numbers.is_empty() {
            return Err(Refusal::MergerLeavesParts { numbers });
        }
        match (self.due, into.due) {
            (Some(due), Some(kept)) if due < kept => return Err(Refusal::MergerDelays { due }),
            (Some(due), None) => return Err(Refusal::MergerDelays { due }),
            (_, _) => {}
        }
        let on = context.today;
        let text = Sealed::Open(WithdrawalText { authority: None, reason });
        let withdrawn =
            MatterEvent::Withdrawn { ground: WithdrawalGround::Duplicate, successor: Some(into.id), on, text };
        let merged = MatterEvent::Merged { from: self.id, number: self.number, on };
        Ok(vec![(Stream::Matter(self.id), Event::Matter(withdrawn)), (Stream::Matter(into.id), Event::Matter(merged))])
    }

    /// Whether nobody learns from one of the two of the other: both known to everyone in the office, or to the same.
    fn check_known_alike(&self, other: &Matter) -> Result<(), Refusal> {
        let in_office = |matter: &Matter| match &matter.audience {
            Audience::Public | Audience::Office => true,
            Audience::Units(_) | Audience::Circle(_) => false,
        };
        match self.audience == other.audience || (in_office(self) && in_office(other)) {
            true => Ok(()),
            false => Err(Refusal::AudiencesDiffer),
        }
    }
}
