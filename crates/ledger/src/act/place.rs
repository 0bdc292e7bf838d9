//! Placing a matter together with what opens beside it: in one change, so that nothing stands half done.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Act, Context, Facts, Opening, Outcomes, open};
use crate::audience::Audience;
use crate::event::Event;
use crate::id::{MatterId, Number, Stream, UnitId};
use crate::independence::{self, Eligible};
use crate::matter::{CriterionText, DueOrigin, Hand, Matter, MatterEvent};
use crate::party::Party;
use crate::refusal::Refusal;
use crate::rights;
use crate::text::{Sealed, Text};

/// Who leads and supervises a matter, what clears it, and by when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placing {
    /// The one lead.
    pub lead: Party,
    /// Who verifies and clears.
    pub supervising: UnitId,
    /// What will be there to see.
    pub criterion: Text,
    /// The last day.
    pub due: Date,
}

impl From<Placing> for Act {
    fn from(placing: Placing) -> Self {
        let Placing { lead, supervising, criterion, due } = placing;
        Act::Assign { lead, supervising, criterion, due }
    }
}

/// A matter to be opened for a supporting unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Support {
    /// Its id.
    pub sub: MatterId,
    /// Its number.
    pub number: Number,
    /// The unit that supports.
    pub unit: UnitId,
}

/// Opens a matter and, where a placing is given, assigns it at once, to supporting units too. Refuses what any of these
/// acts refuses.
pub fn open_and_place(opening: Opening, placing: Option<Placing>, support: &[Support], context: &Context) -> Outcomes {
    let id = opening.id;
    let mut events = open(opening, context)?;
    if let Some(placing) = placing {
        let matter = born(id, &events, context.by).ok_or(Refusal::NothingChanges)?;
        events.extend(matter.assign_with_support(placing, support, context)?);
    }
    Ok(events)
}

impl Matter {
    /// Assigns the matter, and opens and assigns one under it for each supporting unit: the same directive, criterion
    /// and deadline, each with a lead of its own. Refuses what any of these acts refuses; then nothing is done.
    pub fn assign_with_support(&self, placing: Placing, support: &[Support], context: &Context) -> Outcomes {
        let mut facts: Facts = context.facts.clone();
        let mut events = vec![];
        for Support { sub, number, unit } in support {
            let quote = self.text.open().map(|text| text.quote.clone()).ok_or(Refusal::DocumentErased)?;
            let opened = self.act(Act::Decompose { sub: *sub, number: *number, directive: quote }, context)?;
            let part = born(*sub, &opened, context.by).ok_or(Refusal::NothingChanges)?;
            let of_part = Placing { lead: Party::Unit(*unit), ..placing.clone() };
            let placed = part.act(of_part.into(), &Context { facts: &Facts::default(), ..*context })?;
            events.extend(opened);
            events.extend(placed);
            // The doers of a part may not verify the whole, so the whole is placed in their knowledge.
            facts.descendants.push(Arc::new(born(*sub, &events, context.by).unwrap_or(part)));
        }
        events.extend(self.act(placing.into(), &Context { facts: &facts, ..*context })?);
        Ok(events)
    }

    pub(super) fn assign(
        &self,
        lead: Party,
        supervising: UnitId,
        criterion: Text,
        due: Date,
        context: &Context,
    ) -> Result<MatterEvent, Refusal> {
        if due < context.today {
            return Err(Refusal::DueInThePast { due });
        }
        self.check_placing(lead, supervising, context)?;
        let from_text = self.text.open().and_then(|text| text.due) == Some(due);
        let due_origin = if from_text { DueOrigin::Text } else { DueOrigin::Assigner };
        let text = Sealed::Open(CriterionText { criterion, reason: None });
        Ok(MatterEvent::Assigned { lead, supervising, due, due_origin, on: context.today, text })
    }

    pub(super) fn reassign(
        &self,
        lead: Party,
        supervising: UnitId,
        criterion: Option<Text>,
        reason: Text,
        context: &Context,
    ) -> Result<MatterEvent, Refusal> {
        let kept = self.criterion.open().map(|text| text.criterion.clone());
        let criterion = criterion.or(kept).ok_or(Refusal::NothingChanges)?;
        if self.lead == Some(lead) && self.supervising == Some(supervising) {
            return Err(Refusal::NothingChanges);
        }
        self.check_placing(lead, supervising, context)?;
        let text = Sealed::Open(CriterionText { criterion, reason: Some(reason) });
        Ok(MatterEvent::Reassigned { lead, supervising, on: context.today, text })
    }

    /// Lead and supervising unit exist, differ, are inside the audience, and leave somebody who can verify and clear.
    pub(crate) fn check_placing(&self, lead: Party, supervising: UnitId, context: &Context) -> Result<(), Refusal> {
        let (organisation, today) = (context.organisation, context.today);
        let lead_units = lead.units(organisation, today);
        let exists = |unit: &UnitId| organisation.unit_exists(*unit, today);
        let lead_exists = match lead {
            Party::Unit(_) | Party::Post(_) => !lead_units.is_empty() && lead_units.iter().all(exists),
            // Units he once belonged to may be gone; he himself must hold a post.
            Party::Officer(officer) => !organisation.posts_held(officer, today).is_empty(),
        };
        if !lead_exists || !exists(&supervising) {
            return Err(Refusal::PartyUnknown);
        }
        rights::check_not_auditing(organisation, lead, today)?;
        if !rights::supervises(organisation, supervising) {
            return Err(Refusal::NotASupervisingUnit);
        }
        if lead_units.contains(&supervising) {
            return Err(Refusal::SupervisesItself);
        }
        let mut placed = self.clone();
        (placed.lead, placed.supervising) = (Some(lead), Some(supervising));
        placed.check_audience(context)
    }

    /// As the matter is placed, somebody who may know it can lead it, and others can verify and clear it.
    pub(super) fn check_audience(&self, context: &Context) -> Result<(), Refusal> {
        let (organisation, today) = (context.organisation, context.today);
        if let Audience::Circle(officers) = &self.audience
            && !officers.iter().any(|officer| rights::leads(organisation, *officer, self, today))
        {
            return Err(Refusal::OutsideCircle);
        }
        match independence::eligible(self, context) {
            Eligible::Somebody => Ok(()),
            Eligible::Nobody => Err(Refusal::NobodyEligible),
        }
    }
}

/// The matter as these events make it.
pub(crate) fn born(id: MatterId, events: &[(Stream, Event)], by: Hand) -> Option<Matter> {
    let mut matter: Option<Matter> = None;
    for (stream, event) in events {
        let (Stream::Matter(of), Event::Matter(event)) = (stream, event) else { continue };
        if *of != id {
            continue;
        }
        match &mut matter {
            None => matter = Matter::opened_by(id, event),
            Some(matter) => matter.apply_matter(event, by),
        }
    }
    matter
}
