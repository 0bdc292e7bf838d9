//! Which acts a matter offers an officer, and which of them moves it: the one primary button of its page.

use jiff::civil::Date;
use ledger::act::{ActKind, Context};
use ledger::id::OfficerId;
use ledger::matter::{Matter, StateKind};
use ledger::organisation::{Officer, Organisation};

use crate::acts::ACTS;

/// What a matter offers an officer.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Offer {
    /// The act that moves it, if it is this officer's to do.
    pub next: Option<ActKind>,
    /// Everything else he may do, in the order of `ACTS`.
    pub others: Vec<ActKind>,
}

/// What `matter` offers, as far as rights and life cycle go.
pub fn offer(matter: &Matter, context: &Context<'_>) -> Offer {
    let all = ACTS.iter().map(|(act, _, _)| *act).filter(|act| matter.offers(*act, context).is_ok());
    let all: Vec<ActKind> = all.collect();
    // Evidence may come from others too, but only the lead's moves the matter.
    let moves = |act: &ActKind| *act != ActKind::AddEvidence || all.contains(&ActKind::DraftReport);
    // What lies where nobody can go on with it is placed anew before anything else.
    let misplaced = matter.misplaced(context.organisation, context.today);
    let anew = misplaced.map(|_| ActKind::Reassign).filter(|act| all.contains(act));
    let next = anew.or_else(|| moving(matter).iter().copied().find(|act| all.contains(act) && moves(act)));
    Offer { next, others: all.into_iter().filter(|act| Some(*act) != next).collect() }
}

/// The acts that move a matter as it stands, the most pressing first.
fn moving(matter: &Matter) -> &'static [ActKind] {
    if matter.has_open_instruction() && matter.state.kind() == StateKind::UnderWay && matter.draft.is_none() {
        return &[ActKind::Acknowledge, ActKind::DecideExtension, ActKind::DraftReport, ActKind::AddEvidence];
    }
    let waits_for_time = matter.undecided_extension().is_some();
    match matter.state.kind() {
        StateKind::Opened => &[ActKind::Assign],
        StateKind::Assigned if waits_for_time => &[ActKind::DecideExtension, ActKind::SignFor],
        StateKind::Assigned => &[ActKind::SignFor],
        StateKind::UnderWay if waits_for_time => &[ActKind::DecideExtension, ActKind::SignReport, ActKind::AddEvidence],
        StateKind::UnderWay if matter.draft.is_some() => &[ActKind::SignReport],
        StateKind::UnderWay if matter.evidence.is_empty() => &[ActKind::AddEvidence],
        StateKind::UnderWay => &[ActKind::DraftReport],
        StateKind::Reported => &[ActKind::DecideAppeal, ActKind::Verify],
        StateKind::Verified => &[ActKind::DecideAppeal, ActKind::Clear],
        StateKind::Cleared => &[ActKind::CallBack],
        StateKind::Withdrawn => &[ActKind::Acknowledge],
    }
}

/// In whose place the officer may act on matters on this day: everybody whose delegation to him runs.
pub fn delegators(organisation: &Organisation, officer: OfficerId, today: Date) -> Vec<OfficerId> {
    let runs = |giver: &&Officer| {
        giver.delegations.iter().any(|given| given.to == officer && given.from <= today && today < given.until)
    };
    organisation.officers().filter(runs).map(|giver| giver.id).collect()
}
