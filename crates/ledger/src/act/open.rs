//! Opening a matter.

use jiff::civil::Date;

use super::audience::may_begin_as;
use super::{ActKind, Context, Outcomes};
use crate::audience::Audience;
use crate::event::{Event, Personal};
use crate::id::{MatterId, Number, Stream};
use crate::matter::{Applicant, Kind, MatterEvent, OpenedText, Source};
use crate::refusal::Refusal;
use crate::rights::{self, Thing};
use crate::text::Sealed;

/// What a matter is opened with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opening {
    /// Its id.
    pub id: MatterId,
    /// Its number.
    pub number: Number,
    /// What kind of thing it follows.
    pub kind: Kind,
    /// Where it came from.
    pub source: Source,
    /// Who may know it.
    pub audience: Audience,
    /// Its words.
    pub text: OpenedText,
    /// Who applied.
    pub applicant: Option<Personal<Applicant>>,
}

/// Opens a matter. Refuses without the right, on a taken origin key, and a circle that leaves out the opener.
pub fn open(opening: Opening, context: &Context) -> Outcomes {
    rights::may(context.by, ActKind::Open, &Thing::Office, context.organisation, context.today)?;
    if let (Some(_), Some(number)) = (&opening.text.origin_key, context.facts.origin_taken_by) {
        return Err(Refusal::OriginTaken { number });
    }
    may_begin_as(&opening.audience, context)?;
    Ok(vec![(Stream::Matter(opening.id), Event::Matter(opened(opening, context.today)))])
}

pub(crate) fn opened(opening: Opening, on: Date) -> MatterEvent {
    let Opening { id: _, number, kind, source, audience, text, applicant } = opening;
    let personal = applicant.map_or(Sealed::Erased, Sealed::Open);
    MatterEvent::Opened { number, kind, source, audience, on, text: Sealed::Open(text), personal }
}
