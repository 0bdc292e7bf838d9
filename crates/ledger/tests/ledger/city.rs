//! A small city that the stories and the refusals are told in.

use jiff::civil::{Date, date};
use ledger::act::{Act, ActKind};
use ledger::audience::Audience;
use ledger::event::{Event, Personal};
use ledger::evidence::{EvidenceKind, EvidenceText};
use ledger::id::{
    ContradictionId, DelegationId, EvidenceId, MatterId, OfficerId, PersonId, PostId, Series, Stream, UnitId,
};
use ledger::matter::{CallBackFinding, ContradictionText, Kind, Method, NoticeText, Outcome, StateKind};
use ledger::organisation::{Duty, Function, OfficerEvent, OfficerName, PostText, UnitText};
use ledger::organise::{self, Change, First};
use ledger::party::Party;
use uuid::Uuid;

use crate::world::{World, hand, name, text};

pub const ADMIN: OfficerId = officer(1);
/// Head of the supervision office.
pub const CHIEF: OfficerId = officer(2);
/// Its clerk.
pub const CLERK: OfficerId = officer(3);
/// Heads of executing units, and members of the water bureau and its river section.
pub const WATER_HEAD: OfficerId = officer(4);
pub const WATER_MEMBER: OfficerId = officer(5);
pub const RIVER_HEAD: OfficerId = officer(6);
pub const ROADS_HEAD: OfficerId = officer(7);
pub const PARKS_HEAD: OfficerId = officer(8);
/// Sits in the deciding body.
pub const LEADER: OfficerId = officer(9);
pub const AUDITOR: OfficerId = officer(10);
/// The one clerk of an office of one person.
pub const LONE: OfficerId = officer(11);
pub const ROADS_MEMBER: OfficerId = officer(12);

pub const INFORMATION: UnitId = unit(1);
pub const COMMITTEE: UnitId = unit(2);
pub const SUPERVISION: UnitId = unit(3);
pub const AUDIT: UnitId = unit(4);
pub const WATER: UnitId = unit(5);
/// Stands under the water bureau.
pub const RIVER: UnitId = unit(6);
pub const ROADS: UnitId = unit(7);
pub const PARKS: UnitId = unit(8);
pub const LONE_OFFICE: UnitId = unit(9);

pub const fn officer(n: u128) -> OfficerId {
    OfficerId(Uuid::from_u128(0xa000 + n))
}

pub const fn unit(n: u128) -> UnitId {
    UnitId(Uuid::from_u128(0xb000 + n))
}

/// The post that `enrol` gives the officer.
pub const fn post(officer: OfficerId) -> PostId {
    PostId(Uuid::from_u128(officer.0.as_u128() + 0x4000))
}

pub fn personal(officer: OfficerId) -> Personal<OfficerName> {
    let person = PersonId(Uuid::from_u128(officer.0.as_u128() + 0x5000));
    Personal { person, value: OfficerName { name: name("Somebody") } }
}

/// Monday, 2 November 2026.
pub fn monday() -> Date {
    date(2026, 11, 2)
}

pub fn city() -> World {
    let mut world = World::new(date(2026, 1, 5));
    let first = First {
        unit: INFORMATION,
        unit_text: UnitText { name: name("Information Office"), aliases: vec![] },
        function: Function::Executing,
        post: post(ADMIN),
        post_text: PostText { title: name("Administrator") },
        personal: personal(ADMIN),
    };
    let begun = world.with(hand(ADMIN), |context| organise::begin(first, context));
    world.carry_out(hand(ADMIN), begun).expect("an empty record");
    for (unit, parent, function, words) in [
        (COMMITTEE, None, Function::Deciding, "Committee"),
        (SUPERVISION, Some(COMMITTEE), Function::Supervision, "Supervision Office"),
        (AUDIT, None, Function::Audit, "Audit Office"),
        (WATER, None, Function::Executing, "Water Bureau"),
        (RIVER, Some(WATER), Function::Executing, "River Section"),
        (ROADS, None, Function::Executing, "Roads Bureau"),
        (PARKS, None, Function::Executing, "Parks Bureau"),
        (LONE_OFFICE, None, Function::Supervision, "Office of One"),
    ] {
        world.found(ADMIN, unit, parent, function, words);
    }
    for (officer, unit, duty) in [
        (CHIEF, SUPERVISION, Duty::Head),
        (CLERK, SUPERVISION, Duty::Member),
        (WATER_HEAD, WATER, Duty::Head),
        (WATER_MEMBER, WATER, Duty::Member),
        (RIVER_HEAD, RIVER, Duty::Head),
        (ROADS_HEAD, ROADS, Duty::Head),
        (ROADS_MEMBER, ROADS, Duty::Member),
        (PARKS_HEAD, PARKS, Duty::Head),
        (LEADER, COMMITTEE, Duty::Member),
        (AUDITOR, AUDIT, Duty::Member),
        (LONE, LONE_OFFICE, Duty::Head),
    ] {
        enrol(&mut world, officer, unit, duty);
    }
    let holds = Change::SetSingleClerk { unit: LONE_OFFICE, holds: true };
    world.change(ADMIN, holds).expect("an office of one person");
    world.today = monday();
    world
}

pub fn enrol(world: &mut World, officer: OfficerId, unit: UnitId, duty: Duty) {
    world.make_post(ADMIN, unit, post(officer), duty);
    let (personal, from) = (personal(officer), world.today);
    let change = Change::EnrolIn { officer, personal, post: post(officer), from };
    world.change(ADMIN, change).expect("he can be enrolled");
}

/// Gives an officer another post, made for him, from today on.
pub fn posted(world: &mut World, officer: OfficerId, unit: UnitId, duty: Duty) -> PostId {
    let post = PostId(world.fresh());
    world.make_post(ADMIN, unit, post, duty);
    let change = Change::TakePost { officer, post, from: world.today };
    world.change(ADMIN, change).expect("he can take it");
    post
}

/// The officer leaves the post that `enrol` gave him, today being the first day without it.
pub fn leaves(world: &mut World, officer: OfficerId) {
    let change = Change::LeavePost { officer, post: post(officer), until: world.today };
    world.change(ADMIN, change).expect("he holds it");
}

/// Leave as it could be given before it went to one's own people only; what is on a record stays there.
pub fn lent_before(
    world: &mut World,
    (by, to): (OfficerId, OfficerId),
    acts: &[ActKind],
    (from, until): (Date, Date),
) -> DelegationId {
    let delegation = DelegationId(world.fresh());
    let given = OfficerEvent::Delegated { delegation, to, acts: acts.to_vec(), from, until };
    world.record(hand(by), vec![(Stream::Officer(by), Event::Officer(given))]);
    delegation
}

pub fn closing(unit: UnitId, on: Date, successor: Option<UnitId>) -> Change {
    Change::CloseUnit { unit, on, successor, reason: text("Merged") }
}

pub fn assign_to(lead: Party, due: Date) -> Act {
    Act::Assign { lead, supervising: SUPERVISION, criterion: text("Two inspections, both passed"), due }
}

pub fn water_assigned(due: Date) -> Act {
    assign_to(Party::Unit(WATER), due)
}

pub fn evidence(id: EvidenceId, kind: EvidenceKind) -> Act {
    let text = EvidenceText {
        file_name: text("inspection.pdf"),
        media_type: text("application/pdf"),
        sha256: text(&"0".repeat(64)),
        caption: None,
    };
    Act::AddEvidence { evidence: id, kind, bytes: 17, text }
}

pub fn draft(outcome: Outcome, evidence: &[EvidenceId]) -> Act {
    Act::DraftReport { outcome, evidence: evidence.to_vec(), report: text("It is done.") }
}

pub fn verify(method: Method) -> Act {
    Act::Verify { method, finding: text("It is so.") }
}

pub fn clear() -> Act {
    Act::Clear { note: None }
}

/// A notice with a number nobody else has.
pub fn notice(world: &mut World) -> Act {
    let words = NoticeText { word: text("Qinghe"), contact: text("Room 214"), note: None };
    Act::IssueNotice { notice: world.number(Series::General), text: words }
}

/// Somebody of the public says that it is not so.
pub fn contradict(world: &mut World) -> Act {
    let (contradiction, person) = (ContradictionId(world.fresh()), PersonId(world.fresh()));
    let value = ContradictionText { words: text("It still floods"), place: None, contact: None };
    Act::Contradict { contradiction, said: Personal { person, value } }
}

pub fn call_back(finding: CallBackFinding, due: Option<Date>) -> Act {
    Act::CallBack { finding, method: Method::SiteVisit, answer: text("We looked again."), due }
}

/// Adds a document as evidence, drafts by the first hand and signs by the second.
pub fn reports(world: &mut World, id: MatterId, outcome: Outcome, (drafts, signs): (OfficerId, OfficerId)) {
    let piece = world.evidence_id();
    world.does(drafts, id, evidence(piece, EvidenceKind::Document));
    world.does(drafts, id, draft(outcome, &[piece]));
    world.does(signs, id, Act::SignReport);
}

/// A directive led by the water bureau, due on 20 November, brought to `state` by the shortest way.
pub fn directive(world: &mut World, state: StateKind) -> MatterId {
    let id = world.opens(CLERK, Kind::Directive, "Dredge the river", Audience::Office);
    bring(world, id, state);
    id
}

/// Brings a matter that was just opened to `state`.
pub fn bring(world: &mut World, id: MatterId, state: StateKind) {
    if !matches!(state, StateKind::Opened | StateKind::Withdrawn) {
        world.does(CLERK, id, water_assigned(date(2026, 11, 20)));
    }
    advance(world, id, state);
}

/// Brings a matter that was just assigned to the water bureau, or is to stay as it is, to `state`.
pub fn advance(world: &mut World, id: MatterId, state: StateKind) {
    let steps = match state {
        StateKind::Opened | StateKind::Assigned => 0,
        StateKind::UnderWay => 1,
        StateKind::Reported => 2,
        StateKind::Verified => 3,
        StateKind::Cleared => 4,
        StateKind::Withdrawn => {
            let act = Act::Withdraw { authority: text("The meeting"), reason: text("Settled"), successor: None };
            return world.does(CLERK, id, act);
        }
    };
    for step in 1..=steps {
        match step {
            1 => world.does(WATER_HEAD, id, Act::SignFor),
            2 => reports(world, id, Outcome::Done, (WATER_MEMBER, WATER_HEAD)),
            3 => world.does(CLERK, id, verify(Method::SiteVisit)),
            _ => world.does(CHIEF, id, clear()),
        }
    }
}
