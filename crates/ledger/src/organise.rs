//! How units, posts and officers come to be and change: the administrator's acts, delegation, and the two hands it
//! takes to erase a person's data. Nobody may leave the office without an administrator.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::act::{ActKind, Context, Outcomes};
use crate::audience::{audits, sees};
use crate::event::{Event, Personal};
use crate::id::{DelegationId, Number, OfficerId, PostId, Stream, UnitId};
use crate::matter::{Hand, Matter, ReasonText};
use crate::organisation::{
    AccessChange, Duty, ErasureBasis, Function, OfficerEvent, OfficerName, Organisation, PostText, UnitEvent, UnitText,
};
use crate::refusal::Refusal;
use crate::rights::{self, Thing};
use crate::text::{Sealed, Text};

mod hand_over;

#[cfg(test)]
mod tests;

pub use hand_over::{Hanging, end_delegations, hand_over, hanging, waits_by_name};

/// A change of the organisation, with what it needs.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the fields are those of the events in `organisation`")]
pub enum Change {
    FoundUnit { unit: UnitId, parent: Option<UnitId>, function: Function, text: UnitText },
    RenameUnit { unit: UnitId, text: UnitText },
    SetSingleClerk { unit: UnitId, holds: bool },
    ChangeFunction { unit: UnitId, function: Function, reason: Text },
    MoveUnit { unit: UnitId, parent: Option<UnitId>, from: Date, reason: Text },
    CloseUnit { unit: UnitId, on: Date, successor: Option<UnitId>, reason: Text },
    CancelClosing { unit: UnitId, reason: Text },
    MakePost { unit: UnitId, post: PostId, duty: Duty, text: PostText },
    Enrol { officer: OfficerId, personal: Personal<OfficerName> },
    EnrolIn { officer: OfficerId, personal: Personal<OfficerName>, post: PostId, from: Date },
    TakePost { officer: OfficerId, post: PostId, from: Date },
    LeavePost { officer: OfficerId, post: PostId, until: Date },
    LeaveEveryPost { officer: OfficerId, until: Date },
    CorrectName { officer: OfficerId, name: OfficerName },
    ChangeAccess { officer: OfficerId, what: AccessChange },
}

/// Changes the organisation. Refuses without the right, unknown parties, a broken forest, what changes nothing, and who may
/// not become an auditor.
pub fn change(change: Change, context: &Context) -> Outcomes {
    rights::may(context.by, ActKind::Organise, &Thing::Office, context.organisation, context.today)?;
    let comers = auditors_by(&change, context.organisation);
    let events = carry_out(change, context)?;
    may_audit(&comers, &events, context)?;
    Ok(events)
}

fn carry_out(change: Change, context: &Context) -> Outcomes {
    let organisation = context.organisation;
    let unit_known = |unit: UnitId| match organisation.unit_exists(unit, context.today) {
        true => Ok(()),
        false => Err(Refusal::PartyUnknown),
    };
    let is_new = |known: bool| if known { Err(Refusal::NothingChanges) } else { Ok(()) };
    match change {
        Change::FoundUnit { unit, parent, function, text } => {
            is_new(organisation.unit(unit).is_some())?;
            organisation.may_stand_under(function, parent, context.today)?;
            let text = Sealed::Open(text);
            Ok(on_unit(unit, UnitEvent::UnitFounded { parent, function, text }))
        }
        Change::RenameUnit { unit, text } => {
            unit_known(unit)?;
            if organisation.unit(unit).is_some_and(|unit| unit.text.open() == Some(&text)) {
                return Err(Refusal::NothingChanges);
            }
            Ok(on_unit(unit, UnitEvent::UnitRenamed { text: Sealed::Open(text) }))
        }
        Change::SetSingleClerk { unit, holds } => {
            unit_known(unit)?;
            if holds && organisation.acting_officers(unit, context.today).len() > 1 {
                return Err(Refusal::SecondOfficerNeeded);
            }
            match organisation.unit(unit).is_some_and(|unit| unit.single_clerk == holds) {
                true => Err(Refusal::NothingChanges),
                false => Ok(on_unit(unit, UnitEvent::SingleClerkSet { holds })),
            }
        }
        Change::ChangeFunction { unit, function, reason } => change_function(unit, function, reason, context),
        Change::MoveUnit { unit, parent, from, reason } => move_unit(unit, parent, from, reason, context),
        Change::CloseUnit { unit, on, successor, reason } => close_unit(unit, on, successor, reason, context),
        Change::CancelClosing { unit, reason } => {
            unit_known(unit)?;
            match organisation.unit(unit).is_some_and(|unit| unit.closed_on.is_some()) {
                true => {
                    Ok(on_unit(unit, UnitEvent::ClosingCancelled { on: context.today, text: sealed_reason(reason) }))
                }
                false => Err(Refusal::NothingChanges),
            }
        }
        Change::MakePost { unit, post, duty, text } => {
            unit_known(unit)?;
            is_new(organisation.post(post).is_some())?;
            Ok(on_unit(unit, UnitEvent::PostMade { post, duty, text: Sealed::Open(text) }))
        }
        Change::Enrol { officer, personal } => {
            is_new(officer.is_public() || organisation.officer(officer).is_some())?;
            let personal = Sealed::Open(personal);
            Ok(on_officer(officer, OfficerEvent::OfficerEnrolled { personal }))
        }
        Change::EnrolIn { officer, personal, post, from } => {
            is_new(officer.is_public() || organisation.officer(officer).is_some())?;
            let post = organisation.post(post).ok_or(Refusal::PartyUnknown)?;
            unit_known(post.unit)?;
            let personal = Sealed::Open(personal);
            let mut events = on_officer(officer, OfficerEvent::OfficerEnrolled { personal });
            events.extend(on_officer(officer, OfficerEvent::PostTaken { post: post.id, from }));
            Ok(events)
        }
        Change::TakePost { officer, post, from } => {
            let held = organisation.officer(officer).ok_or(Refusal::PartyUnknown)?;
            let post = organisation.post(post).ok_or(Refusal::PartyUnknown)?;
            unit_known(post.unit)?;
            match held.holdings.iter().any(|h| h.post == post.id && h.until.is_none()) {
                true => Err(Refusal::NothingChanges),
                false => {
                    let events = on_officer(officer, OfficerEvent::PostTaken { post: post.id, from });
                    // Whoever becomes an auditor looks on from then on.
                    keeps_circles(&events, from, context)?;
                    Ok(events)
                }
            }
        }
        Change::LeavePost { officer, post, until } => {
            let held = organisation.officer(officer).ok_or(Refusal::PartyUnknown)?;
            match held.holdings.iter().find(|held| held.post == post && held.until.is_none()) {
                Some(held) if held.from <= until => {
                    let events = on_officer(officer, OfficerEvent::PostLeft { post, until, on: context.today });
                    keeps_an_administrator(&events, context)?;
                    keeps_circles(&events, until, context)?;
                    Ok(events)
                }
                Some(held) => Err(Refusal::PostNotBegun { from: held.from }),
                None => Err(Refusal::NothingChanges),
            }
        }
        Change::LeaveEveryPost { officer, until } => {
            let held = &organisation.officer(officer).ok_or(Refusal::PartyUnknown)?.holdings;
            let open = held.iter().filter(|held| held.until.is_none() && held.from <= until);
            let left = |post| on_officer(officer, OfficerEvent::PostLeft { post, until, on: context.today });
            let events: Vec<_> = open.flat_map(|held| left(held.post)).collect();
            if events.is_empty() {
                return Err(Refusal::NothingChanges);
            }
            keeps_an_administrator(&events, context)?;
            keeps_circles(&events, until, context)?;
            Ok(events)
        }
        Change::CorrectName { officer, name } => {
            let known = organisation.officer(officer).ok_or(Refusal::PartyUnknown)?;
            // A name that was erased is not written again.
            let person = known.person_id().ok_or(Refusal::PartyUnknown)?;
            if known.name() == Some(&name.name) {
                return Err(Refusal::NothingChanges);
            }
            let personal = Sealed::Open(Personal { person, value: name });
            Ok(on_officer(officer, OfficerEvent::NameCorrected { personal }))
        }
        Change::ChangeAccess { officer, what } => {
            organisation.officer(officer).ok_or(Refusal::PartyUnknown)?;
            Ok(on_officer(officer, OfficerEvent::AccessChanged { what, on: context.today }))
        }
    }
}

/// Says anew what a unit is for: for one that was founded with the wrong function, or whose first use is another. Once
/// a matter names the unit or its officers, who may do and who may examine what it does hangs on its function (ADR 0023).
fn change_function(unit: UnitId, function: Function, reason: Text, context: &Context) -> Outcomes {
    let organisation = context.organisation;
    let known = organisation
        .unit(unit)
        .filter(|_| organisation.unit_exists(unit, context.today))
        .ok_or(Refusal::PartyUnknown)?;
    if known.function == function {
        return Err(Refusal::NothingChanges);
    }
    if context.facts.untouched != Some(unit) {
        return Err(Refusal::FunctionInUse);
    }
    let events = on_unit(unit, UnitEvent::FunctionChanged { function, on: context.today, text: sealed_reason(reason) });
    keeps_circles(&events, context.today, context)?;
    match after(&events, context).is_forest_from(context.today) {
        true => Ok(events),
        false => Err(Refusal::ForestBroken),
    }
}

/// Places a unit under another one from a day on. The units stay a forest on that day and every later one.
fn move_unit(unit: UnitId, parent: Option<UnitId>, from: Date, reason: Text, context: &Context) -> Outcomes {
    let organisation = context.organisation;
    let moved =
        organisation.unit(unit).filter(|_| organisation.unit_exists(unit, from)).ok_or(Refusal::PartyUnknown)?;
    if parent.is_some_and(|parent| !organisation.unit_exists(parent, from)) {
        return Err(Refusal::PartyUnknown);
    }
    if moved.parent_on(from) == parent {
        return Err(Refusal::NothingChanges);
    }
    let events = on_unit(unit, UnitEvent::UnitMoved { parent, from, on: context.today, text: sealed_reason(reason) });
    match after(&events, context).is_forest_from(from) {
        true => Ok(events),
        false => Err(Refusal::ForestBroken),
    }
}

/// Ends a unit on a day. Its successor takes its matters over and gets the units below it; without a successor no unit
/// may be left below. A supervision office is succeeded by a supervision office only, or its matters would be
/// supervised by nobody who may.
fn close_unit(unit: UnitId, on: Date, successor: Option<UnitId>, reason: Text, context: &Context) -> Outcomes {
    let (organisation, today) = (context.organisation, context.today);
    let ending = organisation.unit(unit).filter(|unit| unit.closed_on.is_none()).ok_or(Refusal::PartyUnknown)?;
    if successor == Some(unit) {
        return Err(Refusal::ForestBroken);
    }
    if let Some(successor) = successor {
        let heir = organisation.unit(successor).ok_or(Refusal::PartyUnknown)?;
        // It must still be there on both days, or it would take over what it cannot hold.
        if ![on, today].iter().all(|day| organisation.unit_exists(successor, *day)) {
            return Err(Refusal::PartyUnknown);
        }
        if ending.function == Function::Supervision && heir.function != Function::Supervision {
            return Err(Refusal::NotASupervisingUnit);
        }
        // What the one has in hand would be in the hands of auditors.
        if ending.function != Function::Audit && heir.function == Function::Audit {
            return Err(Refusal::SuccessorAudits);
        }
    }
    let below = organisation.units_under(unit, on);
    if successor.is_none() && !below.is_empty() {
        return Err(Refusal::UnitsBelow);
    }
    let mut events = on_unit(unit, UnitEvent::UnitClosed { on, successor, text: sealed_reason(reason.clone()) });
    for child in below {
        // A successor from below takes the place of the unit it succeeds.
        let parent = if Some(child) == successor { ending.parent_on(on) } else { successor };
        let text = sealed_reason(reason.clone());
        events.extend(on_unit(child, UnitEvent::UnitMoved { parent, from: on, on: today, text }));
    }
    keeps_an_administrator(&events, context)?;
    keeps_circles(&events, on, context)?;
    match after(&events, context).is_forest_from(on) {
        true => Ok(events),
        false => Err(Refusal::ForestBroken),
    }
}

/// The organisation as it would stand after these events.
fn after(events: &[(Stream, Event)], context: &Context) -> Organisation {
    let mut organisation = context.organisation.clone();
    for (stream, event) in events {
        organisation.take(*stream, event, context.by.officer);
    }
    organisation
}

/// Refuses what would leave nobody with an administrator's post that is not set to end.
fn keeps_an_administrator(events: &[(Stream, Event)], context: &Context) -> Result<(), Refusal> {
    let before = context.organisation.lasting_administrators(context.today);
    match before.is_empty() || !after(events, context).lasting_administrators(context.today).is_empty() {
        true => Ok(()),
        false => Err(Refusal::LastAdministrator),
    }
}

/// Refuses what would leave nobody inside the circle of an open matter who could let others in, on the day the posts
/// change or on a later one on which others are to change: it would be seen by nobody who can act on it.
fn keeps_circles(events: &[(Stream, Event)], until: Date, context: &Context) -> Result<(), Refusal> {
    if context.facts.circles.is_empty() {
        return Ok(());
    }
    let (before, after) = (context.organisation, after(events, context));
    let days = days_of_change(before, until.max(context.today));
    let is_left = |matter: &Arc<Matter>| {
        days.iter().any(|day| matter.can_be_widened(before, *day) && !matter.can_be_widened(&after, *day))
    };
    match context.facts.circles.iter().any(is_left) {
        true => Err(Refusal::LastInCircle),
        false => Ok(()),
    }
}

/// The first day, and every later one from which on somebody holds other posts, by what is on the record.
fn days_of_change(organisation: &Organisation, first: Date) -> BTreeSet<Date> {
    let holdings = organisation.officers().flat_map(|officer| &officer.holdings);
    let changes = holdings.flat_map(|holding| [Some(holding.from), holding.until].into_iter().flatten());
    let changes = changes.chain(organisation.units().filter_map(|unit| unit.closed_on)).filter(|day| *day > first);
    changes.chain([first]).collect()
}

/// Refuses to make an auditor, today or on a later day, of whoever does it (ADR 0031), and of somebody whom an open matter
/// names: auditors look on (ADR 0022), so it would wait for one who has no act.
fn may_audit(comers: &[OfficerId], events: &[(Stream, Event)], context: &Context) -> Result<(), Refusal> {
    if comers.is_empty() {
        return Ok(());
    }
    let (before, after) = (context.organisation, after(events, context));
    let days = days_of_change(&after, context.today);
    let becomes = |officer: &&OfficerId| {
        days.iter().any(|day| audits(&after, **officer, *day) && !audits(before, **officer, *day))
    };
    let new: BTreeSet<OfficerId> = comers.iter().filter(becomes).copied().collect();
    if context.by.officers().any(|by| new.contains(&by)) {
        return Err(Refusal::AuditorByOwnHand);
    }
    let names = |matter: &&Arc<Matter>| new.iter().any(|officer| waits_by_name(matter, *officer));
    let (known, hidden): (Vec<&Arc<Matter>>, Vec<_>) = context
        .facts
        .naming
        .iter()
        .filter(names)
        .partition(|matter| context.by.officers().all(|by| sees(before, Some(by), matter, context.today)));
    let hangs = |matter: &&&Arc<Matter>| new.iter().any(|officer| !hanging(matter, *officer).is_empty());
    let raised = !known.iter().chain(&hidden).any(|matter| hangs(&matter));
    let numbers: BTreeSet<Number> = known.into_iter().map(|matter| matter.number).collect();
    match (numbers.is_empty(), hidden.is_empty()) {
        (true, true) => Ok(()),
        (_, _) => {
            let numbers = numbers.into_iter().collect();
            Err(Refusal::StillNamed { numbers, confined: !hidden.is_empty(), raised })
        }
    }
}

/// Whom a change may make an auditor: the open matters that name them are what `Facts::naming` holds.
pub fn auditors_by(change: &Change, organisation: &Organisation) -> Vec<OfficerId> {
    let audits = |unit: UnitId| organisation.unit(unit).is_some_and(|unit| unit.function == Function::Audit);
    match change {
        Change::TakePost { officer, post, .. } => match organisation.post(*post).is_some_and(|post| audits(post.unit)) {
            true => vec![*officer],
            false => vec![],
        },
        Change::ChangeFunction { unit, function: Function::Audit, .. } => members(*unit, organisation),
        Change::CancelClosing { unit, .. } if audits(*unit) => members(*unit, organisation),
        Change::FoundUnit { .. }
        | Change::RenameUnit { .. }
        | Change::SetSingleClerk { .. }
        | Change::ChangeFunction { .. }
        | Change::MoveUnit { .. }
        | Change::CloseUnit { .. }
        | Change::CancelClosing { .. }
        | Change::MakePost { .. }
        | Change::Enrol { .. }
        // Whoever is new is named nowhere, and was enrolled by another.
        | Change::EnrolIn { .. }
        | Change::LeavePost { .. }
        | Change::LeaveEveryPost { .. }
        | Change::CorrectName { .. }
        | Change::ChangeAccess { .. } => vec![],
    }
}

/// Whoever holds or held a post in the unit, or is to.
fn members(unit: UnitId, organisation: &Organisation) -> Vec<OfficerId> {
    let is_of = |post: PostId| organisation.post(post).is_some_and(|post| post.unit == unit);
    let members = organisation.officers().filter(|officer| officer.holdings.iter().any(|held| is_of(held.post)));
    members.map(|officer| officer.id).collect()
}

/// Whose acts a change may end: what they are in the circle of is what `Facts::circles` holds.
pub fn leavers(change: &Change, organisation: &Organisation) -> Vec<OfficerId> {
    match change {
        Change::LeavePost { officer, .. }
        | Change::LeaveEveryPost { officer, .. }
        | Change::TakePost { officer, .. } => vec![*officer],
        Change::ChangeFunction { unit, .. } => members(*unit, organisation),
        Change::CloseUnit { unit, on, .. } => organisation.officers_of(*unit, on.yesterday().unwrap_or(*on)),
        Change::FoundUnit { .. }
        | Change::RenameUnit { .. }
        | Change::SetSingleClerk { .. }
        | Change::MoveUnit { .. }
        | Change::CancelClosing { .. }
        | Change::MakePost { .. }
        | Change::Enrol { .. }
        | Change::EnrolIn { .. }
        | Change::CorrectName { .. }
        | Change::ChangeAccess { .. } => vec![],
    }
}

/// Whether the officer is the only one who could change the organisation tomorrow.
pub fn is_last_administrator(officer: OfficerId, organisation: &Organisation, today: Date) -> bool {
    organisation.lasting_administrators(today) == [officer]
}

/// What the first administrator is made of: a unit, its administrator's post, and an officer who holds it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct First {
    /// The unit.
    pub unit: UnitId,
    /// What it is called.
    pub unit_text: UnitText,
    /// What it is for.
    pub function: Function,
    /// The post.
    pub post: PostId,
    /// What it is called.
    pub post_text: PostText,
    /// Who he is.
    pub personal: Personal<OfficerName>,
}

/// Sets up the first administrator, who is the actor. Refuses as soon as anybody is enrolled, and to make him an auditor.
pub fn begin(first: First, context: &Context) -> Outcomes {
    if context.organisation.officers().next().is_some() {
        return Err(Refusal::NotPermitted { act: ActKind::Organise });
    }
    let First { unit, unit_text, function, post, post_text, personal } = first;
    if function == Function::Audit {
        return Err(Refusal::AuditorByOwnHand);
    }
    let founded = UnitEvent::UnitFounded { parent: None, function, text: Sealed::Open(unit_text) };
    let made = UnitEvent::PostMade { post, duty: Duty::Administrator, text: Sealed::Open(post_text) };
    let mut events = on_unit(unit, founded);
    events.extend(on_unit(unit, made));
    let Hand { officer, on_behalf: _ } = context.by;
    events.extend(on_officer(officer, OfficerEvent::OfficerEnrolled { personal: Sealed::Open(personal) }));
    events.extend(on_officer(officer, OfficerEvent::PostTaken { post, from: context.today }));
    Ok(events)
}

/// Lets another act in the actor's own place. Refuses what is wider than the actor's own rights.
pub fn delegate(
    delegation: DelegationId,
    to: OfficerId,
    acts: Vec<ActKind>,
    period: (Date, Date),
    context: &Context,
) -> Outcomes {
    rights::may(context.by, ActKind::Delegate, &Thing::Own, context.organisation, context.today)?;
    // Leave is given in one's own name only: what was lent to somebody is not his to lend on.
    if context.by.on_behalf.is_some() {
        return Err(Refusal::DelegationTooWide);
    }
    let delegator = context.by.officer;
    let events = context.organisation.delegate(delegator, delegation, to, acts, period)?;
    Ok(events.into_iter().map(|event| (Stream::Officer(delegator), Event::Officer(event))).collect())
}

/// Takes a delegation of the actor's back from today on.
pub fn revoke(delegation: DelegationId, context: &Context) -> Outcomes {
    rights::may(context.by, ActKind::Delegate, &Thing::Own, context.organisation, context.today)?;
    let delegator = context.by.officer;
    let given =
        context.organisation.officer(delegator).map(|officer| officer.delegations.as_slice()).unwrap_or_default();
    match given.iter().any(|d| d.id == delegation && context.today < d.until) {
        true => Ok(on_officer(delegator, OfficerEvent::DelegationRevoked { delegation, on: context.today })),
        false => Err(Refusal::NothingChanges),
    }
}

/// Asks that an officer's personal data be erased; somebody else must approve.
pub fn ask_erasure(officer: OfficerId, basis: ErasureBasis, context: &Context) -> Outcomes {
    rights::may(context.by, ActKind::AskErasure, &Thing::Office, context.organisation, context.today)?;
    let asked_of = context.organisation.officer(officer).ok_or(Refusal::PartyUnknown)?;
    // Whoever still holds a post must be known by name to those who work with him.
    if !context.organisation.posts_held(officer, context.today).is_empty() {
        return Err(Refusal::StillInOffice);
    }
    if asked_of.person_id().is_none() || asked_of.erasure_asked.is_some() {
        return Err(Refusal::NothingChanges);
    }
    Ok(on_officer(officer, OfficerEvent::ErasureAsked { basis }))
}

/// Whether the actor may approve the erasure asked for on `officer`: with the right, not the one who asked, and while
/// the officer holds no post.
/// Gives the ground it was asked on; the store then erases.
pub fn approve_erasure(officer: OfficerId, context: &Context) -> Result<ErasureBasis, Refusal> {
    rights::may(context.by, ActKind::ApproveErasure, &Thing::Office, context.organisation, context.today)?;
    let asked = context.organisation.officer(officer).and_then(|officer| officer.erasure_asked);
    let (asker, basis) = asked.ok_or(Refusal::NothingChanges)?;
    // He may have taken a post since it was asked.
    if !context.organisation.posts_held(officer, context.today).is_empty() {
        return Err(Refusal::StillInOffice);
    }
    match context.by.officers().any(|by| by == asker || by == officer) {
        true => Err(Refusal::ApproverNeeded),
        false => Ok(basis),
    }
}

fn on_unit(unit: UnitId, event: UnitEvent) -> Vec<(Stream, Event)> {
    vec![(Stream::Unit(unit), Event::Unit(event))]
}

fn on_officer(officer: OfficerId, event: OfficerEvent) -> Vec<(Stream, Event)> {
    vec![(Stream::Officer(officer), Event::Officer(event))]
}

fn sealed_reason(reason: Text) -> Sealed<ReasonText> {
    Sealed::Open(ReasonText { reason })
}
