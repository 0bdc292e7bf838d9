//! Which acts a matter offers an officer, and which of them moves it: the one primary button of its page.

use jiff::civil::Date;
use ledger::act::{ActKind, Context};
use ledger::calendar::OfficeCalendar;
use ledger::id::OfficerId;
use ledger::matter::Matter;
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

/// What `matter` offers, as far as rights and life cycle go. What moves it is what waits on the desk of whoever it is done
/// for, the most pressing first: the page and the desk say the same.
pub fn offer(matter: &Matter, context: &Context<'_>, calendar: &OfficeCalendar) -> Offer {
    let all = ACTS.iter().map(|(act, _, _)| *act).filter(|act| matter.offers(*act, context).is_ok());
    let all: Vec<ActKind> = all.collect();
    // What lies where nobody can go on with it is placed anew before anything else.
    let misplaced = matter.misplaced(context.organisation, context.today);
    let anew = misplaced.map(|_| ActKind::Reassign).filter(|act| all.contains(act));
    let owner = context.by.on_behalf.unwrap_or(context.by.officer);
    let waits = matter.waits(context.organisation, calendar);
    let stand = waits.iter().filter(|wait| wait.stands_for(context.organisation, owner, context.today));
    let pressing = stand.filter(|wait| all.contains(&wait.act)).min_by_key(|wait| wait.group);
    let next = anew.or(pressing.map(|wait| wait.act));
    Offer { next, others: all.into_iter().filter(|act| Some(*act) != next).collect() }
}

/// In whose place the officer may act on matters on this day: everybody whose delegation to him runs.
pub fn delegators(organisation: &Organisation, officer: OfficerId, today: Date) -> Vec<OfficerId> {
    let runs = |giver: &&Officer| {
        giver.delegations.iter().any(|given| given.to == officer && given.from <= today && today < given.until)
    };
    organisation.officers().filter(runs).map(|giver| giver.id).collect()
}
