//! The doer never closes his own matter. The rule stands here and nowhere else; no import, delegation or
//! administrator gets around it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::act::{ActKind, Context};
use crate::audience::sees;
use crate::id::{OfficerId, UnitId};
use crate::matter::{Hand, Matter};
use crate::organisation::{Function, Organisation};
use crate::party::Party;
use crate::rights::{self, Relation};

/// Why somebody may neither verify nor clear.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// He leads the matter or one under it.
    Leads,
    /// Since it was opened he held a post in the lead's unit, or in one below.
    HeldPost {
        /// That unit.
        unit: UnitId,
    },
    /// Since it was opened he could act for somebody who held such a post at that time.
    ActedFor {
        /// That somebody.
        officer: OfficerId,
    },
    /// He wrote or signed a report on it.
    Reported,
}

impl Ground {
    /// The code it goes by in message ids.
    pub fn code(&self) -> &'static str {
        match self {
            Ground::Leads => "leads",
            Ground::HeldPost { .. } => "held-post",
            Ground::ActedFor { .. } => "acted-for",
            Ground::Reported => "reported",
        }
    }
}

/// Whether anybody could verify and clear.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Eligible {
    /// Yes.
    Somebody,
    /// No: the matter may not be assigned so.
    Nobody,
}

/// Why the hand may not verify or clear the matter; none where it may. In another's place, both are looked at.
pub fn ground_against(by: Hand, matter: &Matter, context: &Context) -> Option<Ground> {
    let family = || std::iter::once(matter).chain(context.facts.descendants.iter().map(|m| m.as_ref()));
    by.officers().find_map(|officer| {
        family().find_map(|m| ground_on_one(officer, m, matter.opened_on, context.organisation, context.today))
    })
}

/// `since` is the day the matter in question was opened, also for those under it.
fn ground_on_one(
    officer: OfficerId,
    matter: &Matter,
    since: Date,
    organisation: &Organisation,
    today: Date,
) -> Option<Ground> {
    if matter.reporters.contains(&officer) {
        return Some(Ground::Reported);
    }
    let former = matter.former_leads.iter().map(|former| (former.party, (former.since, former.until)));
    let led: Vec<(Party, (Date, Date))> = matter
        .lead
        .zip(matter.lead_since)
        .map(|(lead, since)| (lead, (since, today)))
        .into_iter()
        .chain(former)
        .collect();
    if led.iter().any(|(lead, _)| *lead == Party::Officer(officer)) {
        return Some(Ground::Leads);
    }
    // Whoever took over from a unit that has ended does its work now, and whoever did between them did it then.
    let lead_units: Vec<UnitId> = led
        .iter()
        .flat_map(|(lead, days)| units_that_led(*lead, *days, organisation))
        .flat_map(|unit| organisation.line_of_heirs(unit, today))
        .collect();
    if let Some(unit) = post_touching(officer, &lead_units, since, organisation, today) {
        return Some(Ground::HeldPost { unit });
    }
    // He who heads a unit that the leading officer has come to since.
    if rights::leads(organisation, officer, matter, today) {
        return Some(Ground::Leads);
    }
    // What counts is leave from one who was of the lead while it could be used.
    organisation.officers().find_map(|delegator| {
        let lent = delegator.delegations.iter().filter(|d| d.to == officer).filter_map(|d| d.days(since, today));
        let mut of_the_lead =
            lent.filter_map(|(first, last)| post_touching(delegator.id, &lead_units, first, organisation, last));
        of_the_lead.next().map(|_| Ground::ActedFor { officer: delegator.id })
    })
}

/// The units whose work a matter was while the party led it, from the first to the last day. An officer's are those he
/// held a post in when it was placed with him, and those executing units he came to while he led. That he came to an
/// office that examines makes him one who is excluded, and not his new colleagues: or the doer could exclude a whole
/// office by moving into it. Posts he held before count for nothing.
fn units_that_led(lead: Party, (first, last): (Date, Date), organisation: &Organisation) -> Vec<UnitId> {
    let Party::Officer(officer) = lead else { return lead.fixed_unit(organisation).into_iter().collect() };
    let Some(officer) = organisation.officer(officer) else { return vec![] };
    let held = officer.holdings.iter().filter(|holding| holding.touches(first, last));
    let units = held.filter_map(|holding| {
        let unit = organisation.unit(organisation.post(holding.post)?.unit)?;
        (unit.function == Function::Executing || holding.touches(first, first)).then_some(unit.id)
    });
    units.collect()
}

/// The unit, among `lead_units` or below them, in which the officer held a post on any day from `since` to `today`.
fn post_touching(
    officer: OfficerId,
    lead_units: &[UnitId],
    since: Date,
    organisation: &Organisation,
    today: Date,
) -> Option<UnitId> {
    let holdings = &organisation.officer(officer)?.holdings;
    let touching = holdings.iter().filter(|holding| holding.touches(since, today));
    let units = touching.filter_map(|holding| organisation.post(holding.post)).map(|post| post.unit);
    units
        .into_iter()
        .find(|unit| lead_units.iter().any(|lead| organisation.was_or_stood_under(*unit, *lead, (since, today))))
}

/// Whether, as the matter is placed, one officer could verify and a second one of the supervising unit clear it; one
/// is enough where that unit has set `single_clerk`. Only officers who may know the matter count.
pub fn eligible(matter: &Matter, context: &Context) -> Eligible {
    let (organisation, today) = (context.organisation, context.today);
    // Few may clear, and most of these are independent: whoever is asked for the costly thing last is seldom asked.
    let is_independent = |id: OfficerId| {
        sees(organisation, Some(id), matter, today)
            && ground_against(Hand { officer: id, on_behalf: None }, matter, context).is_none()
    };
    let may = |officer: OfficerId, act: ActKind, is_named: bool| {
        let stands = rights::stands(organisation, officer, matter, today);
        stands.iter().any(|(role, relation)| {
            rights::allowed(act, *role, *relation) || (is_named && rights::allowed(act, *role, Relation::NamedVerifier))
        })
    };
    let clears = |id: &OfficerId| may(*id, ActKind::Clear, false) && is_independent(*id);
    let verifies = |id: &OfficerId| may(*id, ActKind::Verify, true) && is_independent(*id);
    let officers = || organisation.officers().map(|officer| officer.id);
    let mut clearers = officers().filter(clears);
    let Some(clearer) = clearers.next() else { return Eligible::Nobody };
    let one_will_do = || matter.supervising.is_some_and(|unit| organisation.is_of_one_clerk(unit, today));
    let is_somebody = officers().filter(|id| *id != clearer).any(|id| verifies(&id))
        || (verifies(&clearer) && clearers.next().is_some())
        || one_will_do();
    if is_somebody { Eligible::Somebody } else { Eligible::Nobody }
}
