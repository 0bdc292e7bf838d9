//! Opening a matter.

use jiff::civil::Date;

use super::audience::may_begin_as;
use super::{ActKind, Context, Outcomes};
use crate::audience::{Audience, sees};
use crate::event::{Event, Personal};
use crate::id::{MatterId, Number, Stream};
use crate::matter::{Applicant, Carried, Hand, Kind, Matter, MatterEvent, OpenedText, Source};
use crate::organisation::Officer;
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

/// Opens a matter. Refuses without the right, on a taken origin key, under a number of another series, and for an
/// audience that leaves out the opener or everybody who could assign it.
pub fn open(opening: Opening, context: &Context) -> Outcomes {
    rights::may(context.by, ActKind::Open, &Thing::Office, context.organisation, context.today)?;
    if let (Some(_), Some(number)) = (&opening.text.origin_key, context.facts.origin_taken_by) {
        return Err(Refusal::OriginTaken { number });
    }
    may_begin_as(&opening.audience, context)?;
    let (id, begun) = (opening.id, opened(opening, None, context.today)?);
    if let Some(matter) = Matter::opened_by(id, &begun) {
        check_can_be_assigned(&matter, context)?;
    }
    Ok(vec![(Stream::Matter(id), Event::Matter(begun))])
}

/// Named units may be any: only where the opener and somebody who can assign it are among their officers does it go on.
fn check_can_be_assigned(matter: &Matter, context: &Context) -> Result<(), Refusal> {
    let Audience::Units(_) = &matter.audience else { return Ok(()) };
    let (organisation, today) = (context.organisation, context.today);
    let may_assign = |officer: &Officer| {
        let hand = Hand { officer: officer.id, on_behalf: None };
        rights::may(hand, ActKind::Assign, &Thing::Matter(matter), organisation, today).is_ok()
    };
    let is_inside = context.by.officers().all(|officer| sees(organisation, Some(officer), matter, today));
    match is_inside && organisation.officers().any(may_assign) {
        true => Ok(()),
        false => Err(Refusal::NobodyInside),
    }
}

/// The first event of a matter. Refuses a number of another series than the audience's.
pub(crate) fn opened(opening: Opening, carried: Option<Carried>, on: Date) -> Result<MatterEvent, Refusal> {
    let Opening { id: _, number, kind, source, audience, text, applicant } = opening;
    if number.series != audience.series() {
        return Err(Refusal::WrongSeries { number });
    }
    let personal = applicant.map_or(Sealed::Erased, Sealed::Open);
    Ok(MatterEvent::Opened { number, kind, source, audience, on, carried, text: Sealed::Open(text), personal })
}
