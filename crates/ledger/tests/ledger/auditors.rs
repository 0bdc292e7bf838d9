//! Who may become an auditor: by another's hand only, and with nothing waiting for him by name (ADR 0022, 0031).

use jiff::civil::{Date, date};
use ledger::Refusal;
use ledger::act::{Act, ActKind};
use ledger::audience::{Audience, audits};
use ledger::calendar::OfficeCalendar;
use ledger::event::Personal;
use ledger::id::{MatterId, OfficerId, PersonId, PostId};
use ledger::matter::{CallBackFinding, Group, Kind, Method, Outcome, PublicItem, Share, StateKind};
use ledger::organisation::{Duty, Function, OfficerName, PostText, UnitText};
use ledger::organise::{self, Change, First};
use ledger::party::Party;
use uuid::Uuid;

use crate::city::*;
use crate::world::{World, hand, name, text};

fn later() -> Date {
    date(2026, 11, 16)
}

fn audit_post(world: &mut World) -> PostId {
    let post = PostId(world.fresh());
    world.make_post(ADMIN, AUDIT, post, Duty::Member);
    post
}

fn to_audit(world: &mut World, officer: OfficerId, from: Date) -> Result<(), Refusal> {
    let post = audit_post(world);
    world.change(ADMIN, Change::TakePost { officer, post, from })
}

fn let_audit(unit: ledger::id::UnitId) -> Change {
    Change::ChangeFunction { unit, function: Function::Audit, reason: text("Founded with the wrong function") }
}

fn led_by(world: &mut World, lead: Party) -> MatterId {
    let id = world.opens(CLERK, Kind::Directive, "Dredge the river", Audience::Office);
    world.does(CLERK, id, assign_to(lead, date(2026, 11, 20)));
    id
}

fn named(world: &World, ids: &[MatterId]) -> Refusal {
    let numbers = ids.iter().map(|id| world.matter(*id).number).collect();
    let raised = |id: &MatterId| world.matter(*id).escalation.is_some();
    Refusal::StillNamed { numbers, confined: false, raised: ids.iter().all(raised) }
}

fn verify_desk(world: &World, id: MatterId) -> Vec<OfficerId> {
    let waits = world.matter(id).waits(&world.organisation, &OfficeCalendar::default());
    let stands = |officer: &OfficerId| {
        let wait = waits.iter().find(|wait| wait.group == Group::Verify);
        wait.is_some_and(|wait| wait.stands_for(&world.organisation, *officer, world.today))
    };
    [CLERK, CHIEF, PARKS_HEAD].into_iter().filter(stands).collect()
}

#[test]
fn whoever_leads_verifies_removes_or_is_asked_by_name_does_not_become_an_auditor() {
    let mut world = city();
    let lead = led_by(&mut world, Party::Officer(PARKS_HEAD));
    let verifier = directive(&mut world, StateKind::UnderWay);
    world.does(CLERK, verifier, Act::NameVerifier { verifier: PARKS_HEAD });
    let remover = directive(&mut world, StateKind::UnderWay);
    let party = Some(Party::Officer(PARKS_HEAD));
    world.does(WATER_HEAD, remover, Act::NameObstacle { obstacle: text("No permit"), remover: party });
    let raised = directive(&mut world, StateKind::UnderWay);
    world.does(CLERK, raised, Act::Escalate { to: LEADER, reason: text("It stands still") });
    for from in [monday(), later(), date(2026, 10, 1)] {
        let refused = to_audit(&mut world, PARKS_HEAD, from);
        assert_eq!(refused, Err(named(&world, &[lead, verifier, remover])), "{from}");
        assert_eq!(to_audit(&mut world, LEADER, from), Err(named(&world, &[raised])), "{from}");
    }
    world.does(LEADER, raised, Act::Instruct { instruction: text("By Friday") });
    assert_eq!(to_audit(&mut world, LEADER, monday()), Ok(()), "he has said his word");
    // What was raised to somebody is raised to no auditor.
    let again = Act::Escalate { to: LEADER, reason: text("It still stands") };
    assert_eq!(world.refused(CLERK, raised, again), Refusal::PartyUnknown);
}

#[test]
fn the_desk_is_handed_over_and_then_he_may_come_to_the_auditors() {
    let mut world = city();
    let id = led_by(&mut world, Party::Officer(WATER_MEMBER));
    assert_eq!(to_audit(&mut world, WATER_MEMBER, later()), Err(named(&world, &[id])));
    let matter = world.matter(id);
    let lead = organise::hanging(&matter, WATER_MEMBER)[0];
    assert_eq!(lead.share, Share::Lead);
    let pass = |world: &World, to| {
        let parties = (WATER_MEMBER, to);
        let leave = |context: &ledger::act::Context<'_>| {
            organise::hand_over(&matter, lead, parties, text("She will audit"), context)
        };
        world.with(hand(ADMIN), leave)
    };
    // Nor does it go to somebody who is to audit.
    posted(&mut world, WATER_HEAD, PARKS, Duty::Member);
    to_audit(&mut world, WATER_HEAD, later()).expect("nothing waits for him by name");
    assert_eq!(pass(&world, WATER_HEAD), Err(Refusal::AuditorsLookOn));
    enrol(&mut world, officer(20), WATER, Duty::Head);
    let passed = pass(&world, officer(20));
    world.carry_out(hand(ADMIN), passed).expect("a colleague takes it");
    assert_eq!(to_audit(&mut world, WATER_MEMBER, later()), Ok(()));
}

/// From the day it is on the record that he will audit, what would still wait then is not put into his hands.
#[test]
fn nothing_is_put_into_the_hands_of_one_who_is_to_audit() {
    let mut world = city();
    let id = directive(&mut world, StateKind::UnderWay);
    to_audit(&mut world, PARKS_HEAD, later()).expect("nothing waits for her");
    to_audit(&mut world, LEADER, later()).expect("nothing waits for him");
    assert!(!audits(&world.organisation, PARKS_HEAD, world.today));
    let verifier = Act::NameVerifier { verifier: PARKS_HEAD };
    assert_eq!(world.refused(CLERK, id, verifier), Refusal::AuditorsLookOn);
    let remover = Some(Party::Officer(PARKS_HEAD));
    let obstacle = Act::NameObstacle { obstacle: text("No permit"), remover };
    assert_eq!(world.refused(WATER_HEAD, id, obstacle), Refusal::AuditorsLookOn);
    let lead = Party::Officer(PARKS_HEAD);
    let reassign = Act::Reassign { lead, supervising: SUPERVISION, criterion: None, reason: text("Hers") };
    assert_eq!(world.refused(CLERK, id, reassign), Refusal::AuditorsLookOn);
    let raise = Act::Escalate { to: LEADER, reason: text("It stands still") };
    assert_eq!(world.refused(CLERK, id, raise), Refusal::AuditorsLookOn);
}

/// A circle's matters are counted in, and their numbers are told to nobody outside.
#[test]
fn what_only_a_circle_knows_stands_in_the_way_without_its_number() {
    let mut world = city();
    let open = led_by(&mut world, Party::Officer(PARKS_HEAD));
    let circle = Audience::Circle([CLERK, CHIEF, PARKS_HEAD].into());
    let secret = world.opens(CLERK, Kind::Clue, "A clue", circle);
    world.does(CLERK, secret, assign_to(Party::Officer(PARKS_HEAD), date(2026, 11, 20)));
    let numbers = vec![world.matter(open).number];
    let refused = to_audit(&mut world, PARKS_HEAD, later());
    assert_eq!(refused, Err(Refusal::StillNamed { numbers, confined: true, raised: false }));
}

#[test]
fn a_unit_does_not_audit_while_a_matter_waits_for_one_of_its_officers_by_name() {
    let mut world = city();
    let id = directive(&mut world, StateKind::UnderWay);
    world.does(CLERK, id, Act::Escalate { to: LEADER, reason: text("It stands still") });
    // Whom it was raised to is no party of the matter, so that his unit's function is not bound by it.
    assert_eq!(world.change(ADMIN, let_audit(COMMITTEE)), Err(named(&world, &[id])));
    world.does(LEADER, id, Act::Instruct { instruction: text("By Friday") });
    assert_eq!(world.change(ADMIN, let_audit(COMMITTEE)), Ok(()));
}

/// A unit that does not end after all has its holders of later days again.
#[test]
fn a_closing_taken_back_makes_no_auditor_of_one_who_is_named() {
    let mut world = city();
    world.change(ADMIN, closing(AUDIT, later(), None)).expect("it is to end");
    to_audit(&mut world, PARKS_HEAD, date(2026, 11, 18)).expect("by then there is no such unit");
    let id = led_by(&mut world, Party::Officer(PARKS_HEAD));
    let back = Change::CancelClosing { unit: AUDIT, reason: text("Not after all") };
    assert_eq!(world.change(ADMIN, back), Err(named(&world, &[id])));
}

#[test]
fn auditors_succeed_no_unit_that_has_work() {
    let mut world = city();
    assert_eq!(world.change(ADMIN, closing(WATER, later(), Some(AUDIT))), Err(Refusal::SuccessorAudits));
    world.found(ADMIN, unit(20), None, Function::Audit, "Inspection");
    assert_eq!(world.change(ADMIN, closing(AUDIT, later(), Some(unit(20)))), Ok(()));
}

fn cleared_by(world: &mut World, officer: OfficerId) -> MatterId {
    let id = led_by(world, Party::Officer(officer));
    world.does(officer, id, Act::SignFor);
    world.does(CLERK, id, Act::Escalate { to: LEADER, reason: text("It stands still") });
    let remover = Some(Party::Officer(PARKS_HEAD));
    world.does(officer, id, Act::NameObstacle { obstacle: text("No permit"), remover });
    let head = if officer == ROADS_MEMBER { ROADS_HEAD } else { WATER_HEAD };
    reports(world, id, Outcome::Done, (officer, head));
    world.does(CLERK, id, verify(Method::SiteVisit));
    world.does(CHIEF, id, clear());
    id
}

/// Cleared, it waited for none of them; taken up again, by whichever act, it waits for none of them by name.
#[test]
fn what_is_taken_up_again_does_not_wait_for_those_who_came_to_the_auditors_meanwhile() {
    for is_called_back in [false, true] {
        let mut world = city();
        let id = cleared_by(&mut world, WATER_MEMBER);
        for officer in [WATER_MEMBER, PARKS_HEAD, LEADER] {
            to_audit(&mut world, officer, later()).expect("nothing waits by name");
        }
        let due = date(2026, 11, 30);
        if is_called_back {
            world.does(CLERK, id, Act::Publish { items: [PublicItem::Directive].into() });
            let said = contradict(&mut world);
            world.does(OfficerId::PUBLIC, id, said);
            let fresh = officer(30);
            enrol(&mut world, fresh, SUPERVISION, Duty::Member);
            world.does(fresh, id, call_back(CallBackFinding::NotSo, Some(due)));
        } else {
            world.does(CLERK, id, Act::Reopen { due, reason: text("It floods again") });
        }
        let matter = world.matter(id);
        assert_eq!((matter.state.kind(), matter.lead), (StateKind::Assigned, Some(Party::Unit(WATER))));
        assert!(matter.former_leads.iter().any(|former| former.party == Party::Officer(WATER_MEMBER)));
        assert_eq!((matter.escalation.is_none(), matter.is_held(), matter.due), (true, false, Some(due)));
        let officers = [WATER_MEMBER, PARKS_HEAD, LEADER];
        assert!(!officers.iter().any(|officer| organise::waits_by_name(&matter, *officer)));
        world.does(WATER_HEAD, id, Act::SignFor);
    }
}

#[test]
fn a_lead_who_does_not_audit_goes_on_with_what_is_taken_up_again() {
    let mut world = city();
    let id = cleared_by(&mut world, WATER_MEMBER);
    world.does(CLERK, id, Act::Reopen { due: date(2026, 11, 30), reason: text("It floods again") });
    let matter = world.matter(id);
    let lead = Some(Party::Officer(WATER_MEMBER));
    assert_eq!((matter.state.kind(), matter.lead, matter.is_held()), (StateKind::UnderWay, lead, true));
}

/// His unit is gone without a successor: nobody can go on with it, and nobody does.
#[test]
fn what_no_unit_of_an_auditors_can_lead_is_not_taken_up_again() {
    let mut world = city();
    let id = cleared_by(&mut world, ROADS_MEMBER);
    to_audit(&mut world, ROADS_MEMBER, monday()).expect("nothing waits by name");
    world.change(ADMIN, closing(ROADS, monday(), None)).expect("nothing is under it");
    let reopen = Act::Reopen { due: date(2026, 11, 30), reason: text("It floods again") };
    assert_eq!(world.refused(CLERK, id, reopen), Refusal::LeadAudits);
}

/// He was named for an earlier report, and came to the auditors between the two.
#[test]
fn one_who_was_named_and_audits_now_is_not_waited_for_by_the_next_report() {
    let mut world = city();
    let id = directive(&mut world, StateKind::UnderWay);
    world.does(CLERK, id, Act::NameVerifier { verifier: PARKS_HEAD });
    reports(&mut world, id, Outcome::Done, (WATER_MEMBER, WATER_HEAD));
    assert_eq!(verify_desk(&world, id), [PARKS_HEAD]);
    world.does(PARKS_HEAD, id, verify(Method::SiteVisit));
    to_audit(&mut world, PARKS_HEAD, later()).expect("she has verified it");
    world.does(CLERK, id, Act::Return { reason: text("Half of it") });
    world.pass_day();
    reports(&mut world, id, Outcome::Done, (WATER_MEMBER, WATER_HEAD));
    assert_eq!(verify_desk(&world, id), [CLERK, CHIEF], "the office does, also before she audits");
    world.today = later();
    assert_eq!(verify_desk(&world, id), [CLERK, CHIEF]);
}

#[test]
fn nothing_waits_for_an_auditor_by_another_post_of_his() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Assigned);
    let waits = |world: &World| {
        let waits = world.matter(id).waits(&world.organisation, &OfficeCalendar::default());
        waits.iter().any(|wait| wait.stands_for(&world.organisation, WATER_MEMBER, world.today))
    };
    assert!(waits(&world));
    to_audit(&mut world, WATER_MEMBER, monday()).expect("it waits for the bureau, not for him");
    assert_eq!(world.refused(WATER_MEMBER, id, Act::SignFor), Refusal::NotPermitted { act: ActKind::SignFor });
    assert!(!waits(&world));
}

fn second_administrator(world: &mut World) -> OfficerId {
    enrol(world, officer(21), PARKS, Duty::Administrator);
    officer(21)
}

#[test]
fn nobody_makes_himself_an_auditor() {
    let mut world = city();
    let own = Err(Refusal::AuditorByOwnHand);
    for from in [monday(), later()] {
        assert_eq!(to_audit(&mut world, ADMIN, from), own, "{from}");
    }
    assert_eq!(world.change(ADMIN, let_audit(INFORMATION)), own, "his own unit");
    // Nor a unit in which he is to have a post, nor by the day on which an audit's end is taken back.
    let post = PostId(world.fresh());
    world.make_post(ADMIN, PARKS, post, Duty::Member);
    world.change(ADMIN, Change::TakePost { officer: ADMIN, post, from: later() }).expect("no auditors yet");
    assert_eq!(world.change(ADMIN, let_audit(PARKS)), own);
    world.change(ADMIN, closing(AUDIT, later(), None)).expect("it is to end");
    to_audit(&mut world, ADMIN, date(2026, 11, 18)).expect("by then there is no such unit");
    let back = Change::CancelClosing { unit: AUDIT, reason: text("Not after all") };
    assert_eq!(world.change(ADMIN, back), own);
}

#[test]
fn another_administrator_makes_him_one_and_he_does_not_lengthen_it() {
    let mut world = city();
    let other = second_administrator(&mut world);
    let post = audit_post(&mut world);
    world.change(other, Change::TakePost { officer: ADMIN, post, from: monday() }).expect("two hands");
    assert!(audits(&world.organisation, ADMIN, world.today));
    // He goes on setting up the office, and makes others auditors.
    to_audit(&mut world, ROADS_MEMBER, monday()).expect("another");
    world.change(ADMIN, Change::LeavePost { officer: ADMIN, post, until: later() }).expect("he may end it");
    assert_eq!(to_audit(&mut world, ADMIN, later()), Err(Refusal::AuditorByOwnHand));
    assert_eq!(to_audit(&mut world, ADMIN, date(2026, 11, 10)), Err(Refusal::AuditorByOwnHand));
}

#[test]
fn the_first_administrator_enrols_the_auditor_and_is_none_himself() {
    let first = |function| First {
        unit: INFORMATION,
        unit_text: UnitText { name: name("Office"), aliases: vec![] },
        function,
        post: post(ADMIN),
        post_text: PostText { title: name("Administrator") },
        personal: personal(ADMIN),
    };
    let mut world = World::new(monday());
    let begin = |world: &World, function| world.with(hand(ADMIN), |context| organise::begin(first(function), context));
    assert_eq!(begin(&world, Function::Audit), Err(Refusal::AuditorByOwnHand));
    let begun = begin(&world, Function::Supervision);
    world.carry_out(hand(ADMIN), begun).expect("an empty record");
    world.found(ADMIN, AUDIT, None, Function::Audit, "Audit Office");
    let post = audit_post(&mut world);
    assert_eq!(
        world.change(ADMIN, Change::TakePost { officer: ADMIN, post, from: monday() }),
        Err(Refusal::AuditorByOwnHand)
    );
    let person = PersonId(Uuid::from_u128(0x77));
    let personal = Personal { person, value: OfficerName { name: name("An auditor") } };
    let change = Change::EnrolIn { officer: AUDITOR, personal, post, from: monday() };
    assert_eq!(world.change(ADMIN, change), Ok(()));
}

/// A post taken by mistake is held on the day its end is recorded, since days have no hours; from the next day on it asks
/// nothing of those whom he lends to.
#[test]
fn a_post_taken_by_mistake_bars_lending_for_that_day_and_no_longer() {
    let mut world = city();
    let mistaken = posted(&mut world, WATER_HEAD, ROADS, Duty::Member);
    let until = world.today;
    world.change(ADMIN, Change::LeavePost { officer: WATER_HEAD, post: mistaken, until }).expect("it was a mistake");
    let lend = |world: &mut World, from: Date| {
        world.delegate(hand(WATER_HEAD), WATER_MEMBER, &[ActKind::SignFor], (from, later())).map(|_| ())
    };
    assert_eq!(lend(&mut world, monday()), Err(Refusal::DelegateElsewhere));
    assert_eq!(lend(&mut world, date(2026, 11, 3)), Ok(()));
}
