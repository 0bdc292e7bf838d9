//! A leaver's desk: what hangs on an officer by name goes to somebody else of his units, each thing as an event of its
//! own matter. What the rules do not let pass stays where it is, and its supervising unit places it anew.

use crate::act::{ActKind, Context, Outcomes};
use crate::event::Event;
use crate::id::{OfficerId, Stream};
use crate::matter::{Matter, MatterEvent, ReasonText, Share, StateKind};
use crate::organisation::OfficerEvent;
use crate::party::Party;
use crate::refusal::Refusal;
use crate::rights::{self, Thing};
use crate::text::{Sealed, Text};

/// One thing that hangs on an officer by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hanging {
    /// What he has in the matter.
    pub share: Share,
    /// The obstacle he is to remove, by its number.
    pub obstacle: Option<u32>,
}

/// What of an open matter hangs on the officer himself, and not on his unit or post.
pub fn hanging(matter: &Matter, officer: OfficerId) -> Vec<Hanging> {
    if !matter.is_open() {
        return vec![];
    }
    let mut found = vec![];
    if matter.lead == Some(Party::Officer(officer)) {
        found.push(Hanging { share: Share::Lead, obstacle: None });
    }
    let waits_for_verifier = !matches!(matter.state.kind(), StateKind::Verified);
    if waits_for_verifier && matter.verifiers.contains(&officer) {
        found.push(Hanging { share: Share::Verifier, obstacle: None });
    }
    let standing = matter.obstacles.iter().filter(|obstacle| obstacle.removed_on.is_none());
    let his = standing.filter(|obstacle| obstacle.remover == Some(Party::Officer(officer)));
    found.extend(his.map(|obstacle| Hanging { share: Share::Remover, obstacle: Some(obstacle.no) }));
    found
}

/// Whether an open matter waits, or will, for the officer himself: for what hangs on him, or for his word where it was
/// raised to him, which no hand-over moves.
pub fn waits_by_name(matter: &Matter, officer: OfficerId) -> bool {
    let is_raised = matter.escalation.as_ref().is_some_and(|escalation| escalation.to == officer);
    matter.is_open() && (is_raised || !hanging(matter, officer).is_empty())
}

/// Gives one hanging thing to the successor. Refuses without the right; to the one who does it; a lead to somebody
/// outside the leaver's units (that is an assignment, and the supervising unit's to make); and whatever assigning or
/// naming would refuse. `context.facts` are the matter's.
pub fn hand_over(
    matter: &Matter,
    hanging: Hanging,
    (from, to): (OfficerId, OfficerId),
    reason: Text,
    context: &Context,
) -> Outcomes {
    rights::may(context.by, ActKind::Organise, &Thing::Office, context.organisation, context.today)?;
    let (organisation, today) = (context.organisation, context.today);
    // Whoever moves work by an administrator's right does not move it to himself.
    if context.by.officers().any(|by| by == to) {
        return Err(Refusal::NotToOneself);
    }
    let posts = organisation.posts_held(to, today);
    if from == to || posts.is_empty() {
        return Err(Refusal::PartyUnknown);
    }
    rights::check_not_auditing(organisation, Party::Officer(to), today)?;
    match hanging.share {
        Share::Lead => {
            // He may have left already: those count in which he held a post since he has led.
            let since = matter.lead_since.unwrap_or(today);
            let his = organisation.units_held(from, (since, today));
            let his: Vec<_> = his.into_iter().filter_map(|unit| organisation.standing_for(unit, today)).collect();
            if !posts.iter().any(|post| his.contains(&post.unit)) {
                return Err(Refusal::NotOfTheUnit);
            }
            let supervising = matter.supervising.ok_or(Refusal::NothingChanges)?;
            matter.check_placing(Party::Officer(to), supervising, context)?;
        }
        Share::Verifier => {
            // Nor does an administrator of the doer's choose who judges.
            matter.check_independent(ActKind::NameVerifier, context)?;
            matter.check_verifier(to, context)?;
        }
        Share::Remover => matter.check_knows(to)?,
    }
    let Hanging { share, obstacle } = hanging;
    let text = Sealed::Open(ReasonText { reason });
    let event = MatterEvent::HandedOver { share, obstacle, from, to, on: today, text };
    Ok(vec![(Stream::Matter(matter.id), Event::Matter(event))])
}

/// Ends every delegation of the officer's that still runs or is to begin, given and received. Never refuses for want of one.
pub fn end_delegations(officer: OfficerId, context: &Context) -> Outcomes {
    rights::may(context.by, ActKind::Organise, &Thing::Office, context.organisation, context.today)?;
    let live = context.organisation.officers().flat_map(|delegator| {
        let touched = move |to: OfficerId| delegator.id == officer || to == officer;
        let live = delegator.delegations.iter().filter(move |d| touched(d.to) && context.today < d.until);
        live.map(|d| {
            let event = OfficerEvent::DelegationRevoked { delegation: d.id, on: context.today };
            (Stream::Officer(delegator.id), Event::Officer(event))
        })
    });
    Ok(live.collect())
}
