//! Placing a matter together with what opens beside it: in one change, so that nothing stands half done.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Act, Context, Facts, Opening, Outcomes, open};
use crate::event::Event;
use crate::id::{MatterId, Number, Stream, UnitId};
use crate::matter::{Hand, Matter};
use crate::party::Party;
use crate::refusal::Refusal;
use crate::text::Text;

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

/// Opens a matter and, where a placing is given, assigns it at once. Refuses what either act refuses.
pub fn open_and_place(opening: Opening, placing: Option<Placing>, context: &Context) -> Outcomes {
    let id = opening.id;
    let mut events = open(opening, context)?;
    if let Some(placing) = placing {
        let matter = born(id, &events, context.by).ok_or(Refusal::NothingChanges)?;
        events.extend(matter.act(placing.into(), context)?);
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
