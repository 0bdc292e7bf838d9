//! Who may do what: one pure function over roles and relations, written down whole, printed and hashed. Each event
//! carries the hash of the table it was allowed by.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::act::ActKind;
use crate::audience::{audits, sees};
use crate::code::codes;
use crate::id::{OfficerId, UnitId};
use crate::matter::{Hand, Matter};
use crate::organisation::{Duty, Function, Organisation, Post};
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
        | ActKind::Correct
        | ActKind::Publish
        | ActKind::ChangeAudience
        | ActKind::Decompose
        | ActKind::Waive
        | ActKind::Appeal
        | ActKind::DecideAppeal
        | ActKind::AnswerQuestion
        | ActKind::Escalate
        | ActKind::Link
        | ActKind::Merge
        | ActKind::IssueNotice => supervising,
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
        ActKind::AddEvidence => leading || supervising || (acting && relation == Relation::NamedVerifier),
        ActKind::Verify | ActKind::Return => supervising || (acting && relation == Relation::NamedVerifier),
        ActKind::Instruct => role == Role::Leader,
        ActKind::Contradict | ActKind::TakeBack => role == Role::Public && relation == Relation::Outside,
        ActKind::Ingest | ActKind::Settle | ActKind::Teach => supervision && relation == Relation::Outside,
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
    let roles: BTreeSet<Role> = posts.iter().filter_map(|post| role_by(organisation, (officer, post), day)).collect();
    if roles.is_empty() { BTreeSet::from([Role::Public]) } else { roles }
}

/// What the officer is by one of his posts. Whoever audits looks on by every post of his: by another one he would do
/// what he looks at.
fn role_by(organisation: &Organisation, (officer, post): (OfficerId, &Post), day: Date) -> Option<Role> {
    let function = organisation.unit(post.unit)?.function;
    Some(if audits(organisation, officer, day) {
        role_of(post.duty, Function::Audit)
    } else {
        role_of(post.duty, function)
    })
}

/// Refuses to put work into the hands of auditors: of an auditing unit, of a post in one, or of an officer who audits on
/// that day or is to on a later one.
pub fn check_not_auditing(organisation: &Organisation, party: Party, day: Date) -> Result<(), Refusal> {
    let is_of_auditors = match party {
        Party::Unit(_) | Party::Post(_) => party
            .fixed_unit(organisation)
            .and_then(|unit| organisation.unit(unit))
            .is_some_and(|unit| unit.function == Function::Audit),
        Party::Officer(officer) => organisation.is_to_audit(officer, day),
    };
    if is_of_auditors { Err(Refusal::AuditorsLookOn) } else { Ok(()) }
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
/// unit, holds the lead post or heads its unit, is the lead or heads one of his units. Where the unit has ended, the
/// one that took over stands in its place.
pub fn leads(organisation: &Organisation, officer: OfficerId, matter: &Matter, day: Date) -> bool {
    stands(organisation, officer, matter, day).iter().any(|(_, relation)| *relation == Relation::Lead)
}

/// Whether holding `post` makes the officer one of the party.
fn belongs_by(organisation: &Organisation, (officer, post): (OfficerId, &Post), party: Party, day: Date) -> bool {
    let is_in = |unit: UnitId| organisation.standing_for(unit, day) == Some(post.unit);
    let heads = |unit: UnitId| post.duty == Duty::Head && is_in(unit);
    match party {
        Party::Unit(unit) => is_in(unit) && post.duty != Duty::Administrator,
        Party::Post(id) => post.id == id || organisation.post(id).is_some_and(|named| heads(named.unit)),
        Party::Officer(id) => id == officer || organisation.posts_held(id, day).iter().any(|held| heads(held.unit)),
    }
}

/// How the officer stands to the matter on `day`, post by post: what he is by a post goes with the relations that this
/// same post gives him. A head elsewhere does not sign where he is a member.
pub fn stands(
    organisation: &Organisation,
    officer: OfficerId,
    matter: &Matter,
    day: Date,
) -> BTreeSet<(Role, Relation)> {
    let removers: Vec<Party> =
        matter.obstacles.iter().filter(|o| o.removed_on.is_none()).filter_map(|o| o.remover).collect();
    let mut stands = BTreeSet::new();
    for post in organisation.posts_held(officer, day) {
        let Some(unit) = organisation.unit(post.unit) else { continue };
        let Some(role) = role_by(organisation, (officer, post), day) else { continue };
        let is_one_of = |party: Party| belongs_by(organisation, (officer, post), party, day);
        let supervising = match matter.supervising.and_then(|unit| organisation.standing_for(unit, day)) {
            Some(office) => post.unit == office,
            None => unit.function == Function::Supervision,
        };
        let given = [
            (Relation::Outside, true),
            (Relation::Lead, matter.lead.is_some_and(is_one_of)),
            (Relation::Supervising, supervising),
            (Relation::NamedVerifier, matter.verifiers.contains(&officer)),
            (Relation::Remover, removers.iter().any(|remover| is_one_of(*remover))),
        ];
        stands.extend(given.into_iter().filter(|(_, holds)| *holds).map(|(relation, _)| (role, relation)));
    }
    if stands.is_empty() { BTreeSet::from([(Role::Public, Relation::Outside)]) } else { stands }
}

/// How he stands to the office, to his own affairs, or to figures asked of units.
fn stands_otherwise(
    organisation: &Organisation,
    officer: OfficerId,
    relation: Relation,
    units: Option<&BTreeSet<UnitId>>,
    day: Date,
) -> BTreeSet<(Role, Relation)> {
    let posts = organisation.posts_held(officer, day);
    // For a unit that has ended, whoever took over gives the figures.
    let answers = |units: &BTreeSet<UnitId>, post: &Post| {
        units.iter().any(|unit| organisation.standing_for(*unit, day) == Some(post.unit))
    };
    let posts = posts.into_iter().filter(|post| units.is_none_or(|units| answers(units, post)));
    let roles = posts.filter_map(|post| role_by(organisation, (officer, post), day));
    roles.map(|role| (role, relation)).collect()
}

/// Whether the hand may do `act` to `thing` today. Who may not know a matter is told nothing about it: the page
/// answers "not found" before it comes here, and so does this. In another's place both must know it: leave is never
/// wider than the right of the one who gave it. Errors: `NoDelegation`, `NotPermitted`.
pub fn may(by: Hand, act: ActKind, thing: &Thing, organisation: &Organisation, today: Date) -> Result<(), Refusal> {
    let holder = match by.on_behalf {
        None => by.officer,
        Some(delegator) if organisation.may_act_for(by.officer, delegator, act, today) => {
            // He may have come to the auditors since it was lent.
            if audits(organisation, by.officer, today) {
                return Err(Refusal::AuditorsLookOn);
            }
            delegator
        }
        Some(_) => return Err(Refusal::NoDelegation { act }),
    };
    let stands = match thing {
        Thing::Matter(matter) => match by.officers().all(|officer| sees(organisation, Some(officer), matter, today)) {
            true => stands(organisation, holder, matter, today),
            false => BTreeSet::new(),
        },
        Thing::Office => stands_otherwise(organisation, holder, Relation::Outside, None, today),
        Thing::Own => stands_otherwise(organisation, holder, Relation::Own, None, today),
        Thing::AskOf(units) => stands_otherwise(organisation, holder, Relation::Asked, Some(units), today),
    };
    match stands.iter().any(|(role, relation)| allowed(act, *role, *relation)) {
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
