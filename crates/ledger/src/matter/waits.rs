//! For whom a matter waits, as what, and from which day to which. The desk's one rule: it is projected from events, and
//! a list only compares its days with today.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Appeal, Matter, Outcome, State};
use crate::act::ActKind;
use crate::audience::audits;
use crate::calendar::OfficeCalendar;
use crate::code::codes;
use crate::id::{OfficerId, PostId, UnitId};
use crate::organisation::{Duty, Function, Organisation};
use crate::party::Party;

/// So many calendar days before its deadline, the deadline's own day included, a matter is due soon.
pub const SOON_DAYS: i64 = 7;

codes! {
    /// As what a matter stands on a desk, in the order a desk shows it.
    Group {
        /// To be signed for.
        SignFor = "sign_for",
        /// A leader's word, an answer, or a withdrawal, to take note of.
        Acknowledge = "acknowledge",
        /// A question to answer.
        Answer = "answer",
        /// Its deadline is near.
        DueSoon = "due_soon",
        /// Its deadline is past.
        Overdue = "overdue",
        /// It was sent back.
        Returned = "returned",
        /// Under way, and an obstacle stands in its way.
        Held = "held",
        /// A report to be signed before it goes out.
        SignReport = "sign_report",
        /// A report to be verified.
        Verify = "verify",
        /// To be cleared.
        Clear = "clear",
        /// More time, an appeal, or what was raised to a leader.
        Decide = "decide",
        /// Cleared, and the public says that it is not so.
        CallBack = "call_back",
        /// An obstacle to remove.
        Remove = "remove",
        /// To be assigned.
        Assign = "assign",
        /// Under way without anything pressing.
        UnderWay = "under_way",
    }
}

impl Group {
    /// What in an office of one person may be done by the hand that verified.
    pub const FOR_A_SECOND_HAND: [Group; 2] = [Group::Clear, Group::CallBack];
}

/// Where a matter can wait. Written as `unit/<uuid>`, `head/<uuid>` (of a unit), `heads/<uuid>` (of an officer),
/// `post/<uuid>`, `officer/<uuid>`, `supervision`. Whose desk that is changes with the day; what is written does not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Desk {
    /// Everybody's who works in the unit.
    Unit(UnitId),
    /// Theirs who sign for the unit.
    Head(UnitId),
    /// Theirs who sign for the units in which the officer holds a post.
    HeadsOf(OfficerId),
    /// The holder's of the post.
    Post(PostId),
    /// One officer's.
    Officer(OfficerId),
    /// Every supervision office's: nobody supervises the matter yet.
    Supervision,
}

impl std::fmt::Display for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Desk::Unit(id) => write!(f, "unit/{id}"),
            Desk::Head(id) => write!(f, "head/{id}"),
            Desk::HeadsOf(id) => write!(f, "heads/{id}"),
            Desk::Post(id) => write!(f, "post/{id}"),
            Desk::Officer(id) => write!(f, "officer/{id}"),
            Desk::Supervision => f.write_str("supervision"),
        }
    }
}

/// A matter waits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Wait {
    /// Where.
    pub desk: Desk,
    /// As what.
    pub group: Group,
    /// The act that moves it.
    pub act: ActKind,
    /// First day; none for ever since.
    pub from: Option<Date>,
    /// Last day; none for without end.
    pub until: Option<Date>,
    /// Not for these, though the desk is theirs: they wrote what is to be verified, or verified what is to be cleared.
    /// An office of one person overlooks the latter.
    pub but: BTreeSet<OfficerId>,
}

/// The desks of an officer on `day`; none of one who audits: he looks on by every post of his, and nothing waits for him.
pub fn desks(organisation: &Organisation, officer: OfficerId, day: Date) -> BTreeSet<Desk> {
    if audits(organisation, officer, day) {
        return BTreeSet::new();
    }
    let mut desks = BTreeSet::from([Desk::Officer(officer)]);
    for post in organisation.posts_held(officer, day) {
        desks.insert(Desk::Post(post.id));
        let Some(unit) = organisation.unit(post.unit) else { continue };
        let units = || organisation.answers_for(post.unit, day).into_iter();
        match (post.duty, unit.function) {
            (Duty::Head, _) => desks.extend(organisation.officers_of(post.unit, day).into_iter().map(Desk::HeadsOf)),
            // A member of a deciding body signs for himself, not for the other members.
            (Duty::Member, Function::Deciding) => desks.extend([Desk::HeadsOf(officer)]),
            (Duty::Member | Duty::Administrator, _) => {}
        }
        match (post.duty, unit.function) {
            (Duty::Administrator, _) => continue,
            (Duty::Head, _) | (Duty::Member, Function::Deciding) => desks.extend(units().map(Desk::Head)),
            (Duty::Member, Function::Supervision | Function::Audit | Function::Executing) => {}
        }
        desks.extend(units().map(Desk::Unit));
        if unit.function == Function::Supervision {
            desks.insert(Desk::Supervision);
        }
    }
    desks
}

/// The desks of those who sign for a party.
fn heads_of(party: Party, organisation: &Organisation) -> Option<Desk> {
    match party {
        Party::Unit(_) | Party::Post(_) => party.fixed_unit(organisation).map(Desk::Head),
        Party::Officer(officer) => Some(Desk::HeadsOf(officer)),
    }
}

/// The desks of a party: whoever counts as it by `rights::leads`.
fn desks_of(party: Party, organisation: &Organisation) -> Vec<Desk> {
    match party {
        Party::Unit(unit) => vec![Desk::Unit(unit)],
        Party::Post(post) => std::iter::once(Desk::Post(post)).chain(heads_of(party, organisation)).collect(),
        Party::Officer(officer) => {
            std::iter::once(Desk::Officer(officer)).chain(heads_of(party, organisation)).collect()
        }
    }
}

impl Matter {
    /// Everywhere it waits, in order; nowhere once it is cleared and not contradicted, or withdrawn and its lead knows.
    pub fn waits(&self, organisation: &Organisation, calendar: &OfficeCalendar) -> BTreeSet<Wait> {
        let mut waits = BTreeSet::new();
        let lead: Vec<Desk> = self.lead.into_iter().flat_map(|lead| desks_of(lead, organisation)).collect();
        if !self.is_open() {
            waits.extend(self.waits_for_call_back());
            let unknown = lead.iter().filter(|_| self.has_unacknowledged());
            waits.extend(unknown.map(|desk| Wait::always(*desk, Group::Acknowledge, ActKind::Acknowledge)));
            return waits;
        }
        let office = [self.supervising.map_or(Desk::Supervision, Desk::Unit)];
        let mut put = |desks: &[Desk], group: Group, act: ActKind| {
            waits.extend(desks.iter().map(|desk| Wait::always(*desk, group, act)));
        };
        match &self.state {
            State::Opened => put(&office, Group::Assign, ActKind::Assign),
            State::Assigned => put(&lead, Group::SignFor, ActKind::SignFor),
            State::UnderWay { .. } if self.draft.is_some() => {
                let heads: Vec<Desk> = self.lead.and_then(|lead| heads_of(lead, organisation)).into_iter().collect();
                put(&heads, Group::SignReport, ActKind::SignReport);
                put(&lead, Group::UnderWay, ActKind::SignReport);
            }
            State::UnderWay { .. } | State::Reported(_) | State::Verified(_, _) => {}
            State::Cleared(_, _, _) | State::Withdrawn { .. } => return waits,
        }
        // What was said to a lead is the lead's to take note of.
        if self.lead.is_none() && self.has_open_instruction() {
            put(&office, Group::Acknowledge, ActKind::Acknowledge);
        }
        if self.has_unacknowledged() {
            put(&lead, Group::Acknowledge, ActKind::Acknowledge);
        }
        if self.open_questions().next().is_some() && self.lead.is_some() {
            put(&office, Group::Answer, ActKind::AnswerQuestion);
        }
        if self.undecided_extension().is_some() && self.lead.is_some() {
            put(&office, Group::Decide, ActKind::DecideExtension);
        }
        if let Some(escalation) = &self.escalation {
            put(&[Desk::Officer(escalation.to)], Group::Decide, ActKind::Instruct);
        }
        if self.lead.is_some() {
            for remover in self.obstacles.iter().filter(|o| o.removed_on.is_none()).filter_map(|o| o.remover) {
                put(&desks_of(remover, organisation), Group::Remove, ActKind::RemoveObstacle);
            }
        }
        if let State::UnderWay { .. } = &self.state
            && self.draft.is_none()
        {
            waits.extend(lead.iter().flat_map(|desk| self.waits_by_deadline(*desk, calendar)));
        }
        waits.extend(self.waits_for_office(office[0], organisation));
        waits
    }

    /// The lead's own work: far off, due soon, overdue; or sent back, until it is overdue; or held up, until it is due.
    fn waits_by_deadline(&self, desk: Desk, calendar: &OfficeCalendar) -> Vec<Wait> {
        let act = if self.evidence.is_empty() { ActKind::AddEvidence } else { ActKind::DraftReport };
        let wait = |group: Group, from, until| Wait { from, until, ..Wait::always(desk, group, act) };
        let waiting = |until| match (self.returned_on, self.is_held()) {
            (Some(_), _) => wait(Group::Returned, None, until),
            (None, true) => Wait { act: ActKind::RemoveObstacle, ..wait(Group::Held, None, until) },
            (None, false) => wait(Group::UnderWay, None, until),
        };
        let Some(due) = self.due else { return vec![waiting(None)] };
        let overdue = self.overdue_from(calendar);
        let last = overdue.and_then(|day| day.yesterday().ok());
        let mut waits = vec![wait(Group::Overdue, overdue, None)];
        match (self.returned_on, due.checked_sub((SOON_DAYS - 1).days())) {
            (None, Ok(soon)) => {
                waits.push(waiting(soon.yesterday().ok()));
                waits.push(wait(Group::DueSoon, Some(soon), last));
            }
            (Some(_), _) | (_, Err(_)) => waits.push(waiting(last)),
        }
        waits
    }

    /// What was cleared and contradicted waits for somebody with fresh eyes.
    fn waits_for_call_back(&self) -> Option<Wait> {
        let unit = self.supervising.filter(|_| self.unanswered().next().is_some())?;
        match &self.state {
            State::Cleared(_, verification, clearing) => {
                let but = verification.by.officers().chain(clearing.by.officers()).collect();
                Some(Wait { but, ..Wait::always(Desk::Unit(unit), Group::CallBack, ActKind::CallBack) })
            }
            State::Opened
            | State::Assigned
            | State::UnderWay { .. }
            | State::Reported(_)
            | State::Verified(_, _)
            | State::Withdrawn { .. } => None,
        }
    }

    /// What the office has to verify, clear or decide of a report.
    fn waits_for_office(&self, office: Desk, organisation: &Organisation) -> Vec<Wait> {
        let Some(report) = self.state.report() else { return vec![] };
        if let Some(Appeal { dismissed_on: None, .. }) = report.appeal {
            let but = self.reporters.clone();
            return vec![Wait { but, ..Wait::always(office, Group::Decide, ActKind::DecideAppeal) }];
        }
        match &self.state {
            State::Verified(_, verification) => {
                let from = match report.outcome {
                    Outcome::Refused { appeal_until } => appeal_until.tomorrow().ok(),
                    Outcome::Done | Outcome::Unfounded | Outcome::Transferred { .. } | Outcome::Lapsed => None,
                };
                let but = verification.by.officers().collect();
                vec![Wait { from, but, ..Wait::always(office, Group::Clear, ActKind::Clear) }]
            }
            State::Reported(report) => {
                // One who was named for an earlier report may have come to the auditors since. While this one waits,
                // none of them can (`organise`), so that what is written here does not change with their posts.
                let looks_on = |officer: &OfficerId| organisation.was_to_audit(*officer, report.on);
                if self.verifiers.iter().all(looks_on) {
                    let but = self.reporters.clone();
                    return vec![Wait { but, ..Wait::always(office, Group::Verify, ActKind::Verify) }];
                }
                let named = self.verifiers.difference(&self.reporters).filter(|officer| !looks_on(officer));
                named.map(|officer| Wait::always(Desk::Officer(*officer), Group::Verify, ActKind::Verify)).collect()
            }
            State::Opened
            | State::Assigned
            | State::UnderWay { .. }
            | State::Cleared(_, _, _)
            | State::Withdrawn { .. } => vec![],
        }
    }
}

impl Wait {
    fn always(desk: Desk, group: Group, act: ActKind) -> Self {
        Self { desk, group, act, from: None, until: None, but: BTreeSet::new() }
    }

    /// Whether it stands on a desk of the officer's on `day`.
    pub fn stands_for(&self, organisation: &Organisation, officer: OfficerId, day: Date) -> bool {
        let overlooked = match self.desk {
            Desk::Unit(unit) => {
                Group::FOR_A_SECOND_HAND.contains(&self.group) && organisation.is_of_one_clerk(unit, day)
            }
            Desk::Head(_) | Desk::HeadsOf(_) | Desk::Post(_) | Desk::Officer(_) | Desk::Supervision => false,
        };
        let is_barred = !overlooked && self.but.contains(&officer);
        let runs = self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until);
        runs && !is_barred && desks(organisation, officer, day).contains(&self.desk)
    }
}
