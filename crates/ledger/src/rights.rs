//! Who may do what: one pure function over roles and relations, written down whole, printed and hashed. Each event
//! carries the hash of the table it was allowed by.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::act::ActKind;
use crate::audience::sees;
use crate::code::codes;
use crate::id::{OfficerId, UnitId};
use crate::matter::{Hand, Matter};
use crate::organisation::{Duty, Function, Organisation};
use crate::party::Party;
use crate::refusal::Refusal;

codes! {
    /// What an officer is by the posts he holds.
    Role {
        /// Sets up units, posts and officers; acts on no matter.
        Administrator = "administrator",
        /// Works in a supervision office.
        Clerk = "clerk",
        /// Leads a supervision office.
        SupervisionHead = "supervision_head",
        /// Works in an executing unit.
        UnitOfficer = "unit_officer",
        /// Leads an executing unit and signs for it.
        UnitHead = "unit_head",
        /// Sits in a deciding body.
        Leader = "leader",
        /// Looks at everything, changes nothing.
        Auditor = "auditor",
        /// Holds no post.
        Public = "public",
    }
}

codes! {
    /// How an officer stands to a thing.
    Relation {
        /// His party leads the matter.
        Lead = "lead",
        /// His unit supervises it; before it is assigned, and where nobody stands in for one that has ended, any
        /// supervision office does.
        Supervising = "supervising",
        /// He was named to verify it.
        NamedVerifier = "named_verifier",
        /// He can remove an obstacle on it.
        Remover = "remover",
        /// His unit is asked for figures.
        Asked = "asked",
        /// The thing is his own.
        Own = "own",
        /// None of these.
        Outside = "outside",
    }
}

/// What an act is about, for rights.
#[derive(Clone, Copy, Debug)]
pub enum Thing<'a> {
    /// A matter.
    Matter(&'a Matter),
    /// The office as a whole: documents, opening matters, the organisation.
    Office,
    /// Figures asked of these units.
    AskOf(&'a BTreeSet<UnitId>),
    /// The officer's own affairs.
    Own,
}

/// Whether `role` in `relation` may do `act`. The whole table.
pub fn allowed(act: ActKind, role: Role, relation: Relation) -> bool {
    let supervision = matches!(role, Role::Clerk | Role::SupervisionHead);
    let acting =
        matches!(role, Role::UnitOfficer | Role::UnitHead | Role::Clerk | Role::SupervisionHead | Role::Leader);
    let heading = matches!(role, Role::UnitHead | Role::SupervisionHead | Role::Leader);
    let supervising = supervision && relation == Relation::Supervising;
    let leading = acting && relation == Relation::Lead;
    let looking = acting || role == Role::Auditor;
    match act {
        ActKind::Open => (supervision || role == Role::Leader) && relation == Relation::Outside,
        ActKind::Assign
        | ActKind::Reassign
        | ActKind::DecideExtension
        | ActKind::NameVerifier
        | ActKind::Clear
        | ActKind::Reopen
        | ActKind::CallBack
        | ActKind::Withdraw
        | ActKind::Publish
        | ActKind::ChangeAudience
        | ActKind::Decompose
        | ActKind::Waive
        | ActKind::Appeal
        | ActKind::DecideAppeal
        | ActKind::AnswerQuestion
        | ActKind::Escalate => supervising,
        ActKind::SignFor
        | ActKind::Dispute
        | ActKind::AskExtension
        | ActKind::NameObstacle
        | ActKind::AskQuestion
        | ActKind::RecordProgress
        | ActKind::DraftReport => leading,
        ActKind::SignReport => heading && relation == Relation::Lead,
        ActKind::Acknowledge => leading || supervising,
        ActKind::RemoveObstacle => leading || supervising || (acting && relation == Relation::Remover),
        ActKind::AddEvidence => leading || supervising || (looking && relation == Relation::NamedVerifier),
        ActKind::Verify | ActKind::Return => supervising || (looking && relation == Relation::NamedVerifier),
        ActKind::Instruct => role == Role::Leader,
        ActKind::Contradict => role == Role::Public && relation == Relation::Outside,
        ActKind::Ingest | ActKind::Settle => supervision && relation == Relation::Outside,
        ActKind::Ask => (supervision || role == Role::Leader) && relation == Relation::Outside,
        ActKind::Observe => acting && relation == Relation::Asked,
        ActKind::Organise | ActKind::AskErasure => role == Role::Administrator && relation == Relation::Outside,
        ActKind::Delegate => acting && relation == Relation::Own,
        ActKind::ApproveErasure => {
            matches!(role, Role::SupervisionHead | Role::Leader) && relation == Relation::Outside
        }
    }
}

/// Whether any relation gives one of `roles` the act: the most a delegation can pass on.
pub fn allowed_anywhere(act: ActKind, roles: &BTreeSet<Role>) -> bool {
    roles.iter().any(|role| Relation::ALL.iter().any(|relation| allowed(act, *role, *relation)))
}

/// The roles an officer has on `day` from the posts he holds; `Public` where he holds none.
pub fn roles(organisation: &Organisation, officer: OfficerId, day: Date) -> BTreeSet<Role> {
    let posts = organisation.posts_held(officer, day);
    let roles: BTreeSet<Role> = posts
        .iter()
        .filter_map(|post| organisation.unit(post.unit).map(|unit| role_of(post.duty, unit.function)))
        .collect();
    if roles.is_empty() { BTreeSet::from([Role::Public]) } else { roles }
}

fn role_of(duty: Duty, function: Function) -> Role {
    match (duty, function) {
        (Duty::Administrator, _) => Role::Administrator,
        (Duty::Head, Function::Supervision) => Role::SupervisionHead,
        (Duty::Member, Function::Supervision) => Role::Clerk,
        (Duty::Head, Function::Executing) => Role::UnitHead,
        (Duty::Member, Function::Executing) => Role::UnitOfficer,
        (Duty::Head | Duty::Member, Function::Deciding) => Role::Leader,
        (Duty::Head | Duty::Member, Function::Audit) => Role::Auditor,
    }
}

/// Whether the unit is one that may supervise.
pub fn supervises(organisation: &Organisation, unit: UnitId) -> bool {
    organisation.unit(unit).is_some_and(|unit| unit.function == Function::Supervision)
}

/// Whether the officer belongs to the matter's lead on `day`: holds a post (other than administrator) in the lead
/// unit, holds the lead post or heads its unit, is the lead or heads one of his units. For a unit that has ended its
/// successor counts.
pub fn leads(organisation: &Organisation, officer: OfficerId, matter: &Matter, day: Date) -> bool {
    let Some(lead) = matter.lead else { return false };
    belongs_to(organisation, officer, lead, day)
}

fn belongs_to(organisation: &Organisation, officer: OfficerId, party: Party, day: Date) -> bool {
    let posts = organisation.posts_held(officer, day);
    let heads = |unit: UnitId| posts.iter().any(|post| post.unit == unit && post.duty == Duty::Head);
    let works = |unit: UnitId| posts.iter().any(|post| post.unit == unit && post.duty != Duty::Administrator);
    let heir = |unit: UnitId| organisation.standing_for(unit, day);
    match party {
        Party::Unit(unit) => heir(unit).is_some_and(works),
        Party::Post(id) => {
            posts.iter().any(|post| post.id == id)
                || organisation.post(id).and_then(|post| heir(post.unit)).is_some_and(heads)
        }
        Party::Officer(id) => id == officer || organisation.posts_held(id, day).iter().any(|post| heads(post.unit)),
    }
}

/// How the officer stands to the matter on `day`; never empty.
pub fn relations(organisation: &Organisation, officer: OfficerId, matter: &Matter, day: Date) -> BTreeSet<Relation> {
    let mut relations = BTreeSet::from([Relation::Outside]);
    if leads(organisation, officer, matter, day) {
        relations.insert(Relation::Lead);
    }
    let own_units: Vec<UnitId> = organisation.posts_held(officer, day).iter().map(|post| post.unit).collect();
    let supervising = match matter.supervising.and_then(|unit| organisation.standing_for(unit, day)) {
        Some(unit) => own_units.contains(&unit),
        None => own_units.iter().any(|unit| supervises(organisation, *unit)),
    };
    if supervising {
        relations.insert(Relation::Supervising);
    }
    if matter.verifiers.contains(&officer) {
        relations.insert(Relation::NamedVerifier);
    }
    let removers = matter.obstacles.iter().filter(|o| o.removed_on.is_none()).filter_map(|o| o.remover);
    if removers.into_iter().any(|remover| belongs_to(organisation, officer, remover, day)) {
        relations.insert(Relation::Remover);
    }
    relations
}

/// Whether the hand may do `act` to `thing` today. Who may not know a matter is told nothing about it: the page
/// answers "not found" before it comes here, and so does this. Errors: `NoDelegation`, `NotPermitted`.
pub fn may(by: Hand, act: ActKind, thing: &Thing, organisation: &Organisation, today: Date) -> Result<(), Refusal> {
    let holder = match by.on_behalf {
        None => by.officer,
        Some(delegator) if organisation.may_act_for(by.officer, delegator, act, today) => delegator,
        Some(_) => return Err(Refusal::NoDelegation { act }),
    };
    let relations = match thing {
        Thing::Matter(matter) if !sees(organisation, Some(by.officer), matter, today) => BTreeSet::new(),
        Thing::Matter(matter) => relations(organisation, holder, matter, today),
        Thing::Office => BTreeSet::from([Relation::Outside]),
        Thing::Own => BTreeSet::from([Relation::Own]),
        Thing::AskOf(units) => match organisation.posts_held(holder, today).iter().any(|p| units.contains(&p.unit)) {
            true => BTreeSet::from([Relation::Asked]),
            false => BTreeSet::from([Relation::Outside]),
        },
    };
    let roles = roles(organisation, holder, today);
    match roles.iter().any(|role| relations.iter().any(|relation| allowed(act, *role, *relation))) {
        true => Ok(()),
        false => Err(Refusal::NotPermitted { act }),
    }
}

/// The role × act × relation table as officials review it: one line an act and role, with the relations that allow it.
pub fn table() -> String {
    let mut lines = vec![];
    for act in ActKind::ALL {
        for role in Role::ALL {
            let relations: Vec<&str> =
                Relation::ALL.iter().filter(|r| allowed(*act, *role, **r)).map(|r| r.code()).collect();
            if !relations.is_empty() {
                lines.push(format!("{:<18}{:<18}{}", act.code(), role.code(), relations.join(" ")));
            }
        }
    }
    lines.join("\n") + "\n"
}

/// SHA-256 of `table()`: what each event's body carries.
pub fn table_hash() -> [u8; 32] {
    static HASH: OnceLock<[u8; 32]> = OnceLock::new();
    *HASH.get_or_init(|| Sha256::digest(table().as_bytes()).into())
}
