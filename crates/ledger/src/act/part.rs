//! A matter in parts: what opens under it, and which part it no longer waits for.

use jiff::civil::Date;

use super::open::opened;
use super::{Facts, Opening, sealed_reason};
use crate::audience::Audience;
use crate::event::Event;
use crate::id::{MatterId, Number, Stream};
use crate::matter::{Matter, MatterEvent, OpenedText, Source, SubMatter};
use crate::refusal::Refusal;
use crate::text::Text;

impl Matter {
    pub(super) fn decompose(&self, sub: MatterId, number: Number, directive: Text, on: Date) -> Vec<(Stream, Event)> {
        let of = self.text.open();
        let text = OpenedText {
            quote: directive,
            source: of.map(|of| of.quote.clone()),
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
        vec![
            (Stream::Matter(self.id), Event::Matter(MatterEvent::SubMatterOpened { sub, number, on })),
            (Stream::Matter(sub), Event::Matter(opened(opening, on))),
        ]
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
