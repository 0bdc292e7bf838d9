//! A matter in parts: what opens under it, and which part it no longer waits for.

use std::sync::Arc;

use jiff::civil::Date;

use super::open::opened;
use super::place::born;
use super::{Act, Context, Facts, Opening, Outcomes, Placing, sealed_reason};
use crate::audience::Audience;
use crate::event::Event;
use crate::id::{MatterId, Number, Stream};
use crate::matter::{Matter, MatterEvent, OpenedText, Source, SubMatter};
use crate::refusal::Refusal;
use crate::text::Text;

/// A part to be opened under a matter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Its id.
    pub sub: MatterId,
    /// Its number.
    pub number: Number,
    /// Its own words.
    pub directive: Text,
    /// Who leads it, what clears it and by when, where that is known.
    pub placing: Option<Placing>,
}

impl Matter {
    /// Opens these parts under the matter, and assigns those that say by whom: all of them, or none. Errors: the place
    /// of the first part that is refused, counted from 0, and why.
    pub fn decompose_into(
        &self,
        parts: Vec<Part>,
        context: &Context,
    ) -> Result<Vec<(Stream, Event)>, (usize, Refusal)> {
        let mut facts: Facts = context.facts.clone();
        let mut events = vec![];
        for (at, Part { sub, number, directive, placing }) in parts.into_iter().enumerate() {
            let mut of_part = self.act(Act::Decompose { sub, number, directive }, context).map_err(|why| (at, why))?;
            let mut part = born(sub, &of_part, context.by).ok_or((at, Refusal::NothingChanges))?;
            if let Some(placing) = placing {
                let within = Context { facts: &Facts::default(), ..*context };
                of_part.extend(part.act(placing.into(), &within).map_err(|why| (at, why))?);
                part = born(sub, &of_part, context.by).ok_or((at, Refusal::NothingChanges))?;
            }
            events.extend(of_part);
            facts.descendants.push(Arc::new(part));
            // Who does a part may not verify the whole: somebody must be left who can.
            if self.lead.is_some() {
                self.check_audience(&Context { facts: &facts, ..*context }).map_err(|why| (at, why))?;
            }
        }
        Ok(events)
    }

    pub(super) fn decompose(&self, sub: MatterId, number: Number, directive: Text, on: Date) -> Outcomes {
        let of = self.text.open();
        let text = OpenedText {
            quote: directive,
            // Where the whole came from; that this is part of it, `Source::Part` says.
            source: of.and_then(|of| of.source.clone()),
            owner: None,
            deadline: of.and_then(|of| of.deadline.clone()),
            quantity: None,
            due: of.and_then(|of| of.due),
            origin_key: None,
        };
        // What is shown to the public is named matter by matter, so a part of a public matter starts in the office.
        let audience = match &self.audience {
            Audience::Public => Audience::Office,
            Audience::Office | Audience::Units(_) | Audience::Circle(_) => self.audience.clone(),
        };
        let source = Source::Part { of: self.id };
        let opening = Opening { id: sub, number, kind: self.kind, source, audience, text, applicant: None };
        Ok(vec![
            (Stream::Matter(self.id), Event::Matter(MatterEvent::SubMatterOpened { sub, number, on })),
            (Stream::Matter(sub), Event::Matter(opened(opening, None, on)?)),
        ])
    }

    pub(super) fn waive(&self, sub: MatterId, reason: Text, on: Date) -> Result<MatterEvent, Refusal> {
        match self.subs.iter().find(|s| s.id == sub) {
            None => Err(Refusal::NotASubMatter),
            Some(sub) if sub.waived_on.is_some() => Err(Refusal::NothingChanges),
            Some(_) => Ok(MatterEvent::SubMatterWaived { sub, on, text: sealed_reason(reason) }),
        }
    }

    /// Direct sub-matters that are neither cleared, withdrawn nor waived.
    pub fn subs_in_the_way(&self, facts: &Facts) -> Vec<Number> {
        let is_open = |sub: &&SubMatter| facts.descendants.iter().find(|m| m.id == sub.id).is_none_or(|m| m.is_open());
        self.subs.iter().filter(|sub| sub.waived_on.is_none()).filter(is_open).map(|sub| sub.number).collect()
    }
}
