//! Ways in which somebody might come to verify or clear his own work, and that none of them leads there.

use jiff::civil::date;
use ledger::Refusal;
use ledger::Sealed;
use ledger::act::{Act, ActKind};
use ledger::audience::Audience;
use ledger::event::Event;
use ledger::evidence::EvidenceKind;
use ledger::id::{MatterId, PostId, Series, Stream};
use ledger::independence::Ground;
use ledger::matter::{CallBackFinding, Kind, Method, Outcome, State, StateKind};
use ledger::organisation::{Duty, Function, OfficerEvent, PostText, UnitEvent, UnitText};
use ledger::organise::{self, Change};
use ledger::party::Party;

use crate::city::*;
use crate::refusals::contradicted;
use crate::world::{World, hand, hand_for, name, text};

fn excluded(act: ActKind, ground: Ground) -> Refusal {
    Refusal::Excluded { act, ground }
}

#[test]
fn nothing_that_was_founded_made_or_enrolled_can_be_so_again() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Reported);
    let text = UnitText { name: name("Anew"), aliases: vec![] };
    let anew = [
        Change::FoundUnit { unit: WATER, parent: None, function: Function::Supervision, text },
        Change::MakePost {
            unit: SUPERVISION,
            post: post(WATER_MEMBER),
            duty: Duty::Member,
            text: PostText { title: name("Anew") },
        },
        Change::Enrol { officer: WATER_MEMBER, personal: personal(WATER_MEMBER) },
        Change::EnrolIn {
            officer: WATER_MEMBER,
            personal: personal(WATER_MEMBER),
            post: post(CLERK),
            from: world.today,
        },
    ];
    for change in anew {
        assert_eq!(world.change(ADMIN, change), Err(Refusal::NothingChanges));
    }
    // And if a record said so all the same, what was held would still have been held.
    let personal = Sealed::Open(personal(WATER_MEMBER));
    let made = UnitEvent::PostMade { post: post(WATER_MEMBER), duty: Duty::Member, text: Sealed::Erased };
    let enrolled = OfficerEvent::OfficerEnrolled { personal };
    let founded = UnitEvent::UnitFounded { parent: None, function: Function::Supervision, text: Sealed::Erased };
    world.record(
        hand(ADMIN),
        vec![
            (Stream::Unit(SUPERVISION), Event::Unit(made)),
            (Stream::Officer(WATER_MEMBER), Event::Officer(enrolled)),
            (Stream::Unit(WATER), Event::Unit(founded)),
        ],
    );
    posted(&mut world, WATER_MEMBER, SUPERVISION, Duty::Member);
    assert!(matches!(world.refused(WATER_MEMBER, id, verify(Method::Desk)), Refusal::Excluded { .. }));
}

/// Whoever could still use a post when a matter was opened is excluded, whatever day is named for his leaving.
#[test]
fn a_post_left_after_the_fact_still_excludes() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Reported);
    world.today = date(2026, 11, 10);
    posted(&mut world, ROADS_MEMBER, RIVER, Duty::Member);
    for officer in [RIVER_HEAD, WATER_MEMBER] {
        let change = Change::LeavePost { officer, post: post(officer), until: date(2026, 10, 1) };
        world.change(ADMIN, change).expect("the record is late");
        posted(&mut world, officer, SUPERVISION, Duty::Member);
    }
    let ground = Ground::HeldPost { unit: RIVER };
    assert_eq!(world.refused(RIVER_HEAD, id, verify(Method::Desk)), excluded(ActKind::Verify, ground));
    assert_eq!(world.refused(WATER_MEMBER, id, verify(Method::Desk)), excluded(ActKind::Verify, Ground::Reported));
}

/// Days have no hours: what was left on the day of opening may have been left after it.
#[test]
fn a_post_left_on_the_day_of_opening_excludes_and_one_left_the_day_before_does_not() {
    for (left_on, is_excluded) in [(monday(), true), (monday().yesterday().expect("a day"), false)] {
        let mut world = city();
        world.today = left_on;
        leaves(&mut world, RIVER_HEAD);
        posted(&mut world, RIVER_HEAD, SUPERVISION, Duty::Member);
        world.today = monday();
        let id = directive(&mut world, StateKind::Reported);
        let outcome = world.try_act(hand(RIVER_HEAD), id, verify(Method::Desk));
        assert_eq!(outcome.is_err(), is_excluded, "{outcome:?}");
    }
}

#[test]
fn leave_taken_back_on_the_day_it_was_given_still_excludes() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Assigned);
    let period = (monday(), date(2026, 12, 1));
    let lent = lent_before(&mut world, (WATER_HEAD, ROADS_MEMBER), &[ActKind::SignFor], period);
    world.act(hand_for(ROADS_MEMBER, WATER_HEAD), id, Act::SignFor).expect("he has leave");
    let revoked = world.with(hand(WATER_HEAD), |context| organise::revoke(lent, context));
    world.carry_out(hand(WATER_HEAD), revoked).expect("it is his to take back");
    leaves(&mut world, ROADS_MEMBER);
    posted(&mut world, ROADS_MEMBER, SUPERVISION, Duty::Member);
    reports(&mut world, id, Outcome::Done, (WATER_MEMBER, WATER_HEAD));
    assert_eq!(
        world.refused(ROADS_MEMBER, id, verify(Method::Desk)),
        excluded(ActKind::Verify, Ground::ActedFor { officer: WATER_HEAD })
    );
}

#[test]
fn leave_to_act_does_not_open_a_circle_that_its_giver_is_outside_of() {
    let mut world = city();
    let circle = Audience::Circle([CLERK, ROADS_HEAD].into());
    let id = world.opens(CLERK, Kind::Clue, "A clue about the depot", circle);
    let period = (monday(), date(2026, 12, 1));
    posted(&mut world, ROADS_HEAD, SUPERVISION, Duty::Member);
    world.delegate(hand(CHIEF), ROADS_HEAD, &[ActKind::Withdraw], period).expect("the chief's own right");
    let act = Act::Withdraw { authority: text("Nobody"), reason: text("None"), successor: None };
    let refusal = world.try_act(hand_for(ROADS_HEAD, CHIEF), id, act).map(|_| ());
    assert_eq!(refusal, Err(Refusal::NotPermitted { act: ActKind::Withdraw }));
}

/// Two posts do not add up to a third.
#[test]
fn a_head_elsewhere_does_not_sign_for_a_unit_he_is_a_member_of() {
    let mut world = city();
    let id = directive(&mut world, StateKind::UnderWay);
    let piece = world.evidence_id();
    world.does(WATER_MEMBER, id, evidence(piece, EvidenceKind::Document));
    world.does(WATER_MEMBER, id, draft(Outcome::Done, &[piece]));
    posted(&mut world, ROADS_HEAD, WATER, Duty::Member);
    let refusal = world.refused(ROADS_HEAD, id, Act::SignReport);
    assert_eq!(refusal, Refusal::NotPermitted { act: ActKind::SignReport });
}

#[test]
fn an_administrator_in_one_supervision_office_and_clerk_in_another_does_not_act_for_the_first() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Reported);
    posted(&mut world, LONE, SUPERVISION, Duty::Administrator);
    let refusal = world.refused(LONE, id, verify(Method::Desk));
    assert_eq!(refusal, Refusal::NotPermitted { act: ActKind::Verify });
}

/// A post of his own making gives him the rights of the post and takes nothing from what he did before.
#[test]
fn an_administrator_who_gives_himself_a_post_is_judged_like_anybody() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Assigned);
    let in_water = posted(&mut world, ADMIN, WATER, Duty::Member);
    world.does(ADMIN, id, Act::SignFor);
    reports(&mut world, id, Outcome::Done, (WATER_MEMBER, WATER_HEAD));
    world.today = date(2026, 11, 10);
    let change = Change::LeavePost { officer: ADMIN, post: in_water, until: monday() };
    world.change(ADMIN, change).expect("he holds it");
    posted(&mut world, ADMIN, SUPERVISION, Duty::Head);
    let ground = Ground::HeldPost { unit: WATER };
    assert_eq!(world.refused(ADMIN, id, verify(Method::Desk)), excluded(ActKind::Verify, ground));
    world.does(CLERK, id, verify(Method::SiteVisit));
    assert_eq!(world.refused(ADMIN, id, clear()), excluded(ActKind::Clear, ground));
}

#[test]
fn an_office_of_several_is_no_office_of_one_whatever_is_set() {
    let mut world = city();
    let holds = Change::SetSingleClerk { unit: SUPERVISION, holds: true };
    assert_eq!(world.change(ADMIN, holds.clone()), Err(Refusal::SecondOfficerNeeded));
    // Set while the clerk was alone, and another came after the verification.
    leaves(&mut world, CHIEF);
    world.change(ADMIN, holds).expect("now it is one person");
    let id = directive(&mut world, StateKind::Verified);
    posted(&mut world, PARKS_HEAD, SUPERVISION, Duty::Member);
    assert_eq!(world.refused(CLERK, id, clear()), Refusal::SecondOfficerNeeded);
    world.does(PARKS_HEAD, id, clear());
    let State::Cleared(_, _, clearing) = &world.matter(id).state else { panic!("it was cleared") };
    assert!(!clearing.single_clerk);
}

#[test]
fn an_office_of_one_clears_what_it_verified_and_says_so() {
    let mut world = city();
    let id = world.opens(LONE, Kind::Directive, "Dredge the river", Audience::Office);
    let (criterion, due) = (text("Dredged"), date(2026, 11, 20));
    let act = Act::Assign { lead: Party::Unit(WATER), supervising: LONE_OFFICE, criterion, due };
    world.does(LONE, id, act);
    world.does(WATER_HEAD, id, Act::SignFor);
    reports(&mut world, id, Outcome::Done, (WATER_MEMBER, WATER_HEAD));
    world.does(LONE, id, verify(Method::Desk));
    world.does(LONE, id, clear());
    let State::Cleared(_, _, clearing) = &world.matter(id).state else { panic!("it was cleared") };
    assert!(clearing.single_clerk);
}

/// What the lead was is carried by whoever takes its place, and by those who were there before.
#[test]
fn a_unit_that_takes_over_leads_on_and_is_excluded_with_the_one_that_ended() {
    let mut world = city();
    let id = directive(&mut world, StateKind::UnderWay);
    assert_eq!(
        world.change(ADMIN, closing(SUPERVISION, monday(), Some(ROADS))),
        Err(Refusal::NotASupervisingUnit),
        "its matters would have nobody to clear them"
    );
    world.change(ADMIN, closing(WATER, monday(), Some(ROADS))).expect("roads take over");
    reports(&mut world, id, Outcome::Done, (ROADS_MEMBER, ROADS_HEAD));
    for (officer, ground) in [
        (ROADS_HEAD, Ground::Reported),
        (PARKS_HEAD, Ground::HeldPost { unit: ROADS }),
        (WATER_MEMBER, Ground::HeldPost { unit: WATER }),
    ] {
        if officer == PARKS_HEAD {
            posted(&mut world, officer, ROADS, Duty::Member);
        }
        posted(&mut world, officer, SUPERVISION, Duty::Member);
        assert_eq!(world.refused(officer, id, verify(Method::Desk)), excluded(ActKind::Verify, ground));
    }
    let change = closing(SUPERVISION, monday(), Some(LONE_OFFICE));
    world.change(ADMIN, change).expect("another supervision office");
    world.does(LONE, id, verify(Method::SiteVisit));
    assert_eq!(world.refused(CLERK, id, clear()), Refusal::NotPermitted { act: ActKind::Clear });
    world.does(LONE, id, clear());
}

#[test]
fn a_verifier_who_moves_to_the_lead_no_longer_verifies() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Reported);
    world.does(CLERK, id, Act::NameVerifier { verifier: PARKS_HEAD });
    posted(&mut world, PARKS_HEAD, RIVER, Duty::Member);
    let ground = Ground::HeldPost { unit: RIVER };
    assert_eq!(world.refused(PARKS_HEAD, id, verify(Method::Desk)), excluded(ActKind::Verify, ground));
}

#[test]
fn a_former_lead_stays_excluded_and_so_does_who_only_drafted_for_it() {
    let mut world = city();
    let id = directive(&mut world, StateKind::UnderWay);
    let piece = world.evidence_id();
    world.does(WATER_HEAD, id, evidence(piece, EvidenceKind::Document));
    world.does(WATER_MEMBER, id, draft(Outcome::Done, &[piece]));
    let reassign = Act::Reassign {
        lead: Party::Unit(ROADS),
        supervising: SUPERVISION,
        criterion: None,
        reason: text("Roads are nearer"),
    };
    world.does(CLERK, id, reassign);
    world.does(ROADS_HEAD, id, Act::SignFor);
    reports(&mut world, id, Outcome::Done, (ROADS_MEMBER, ROADS_HEAD));
    for (officer, ground) in [(WATER_MEMBER, Ground::Reported), (WATER_HEAD, Ground::HeldPost { unit: WATER })] {
        let act = Act::NameVerifier { verifier: officer };
        assert_eq!(world.refused(CLERK, id, act), excluded(ActKind::NameVerifier, ground));
    }
}

/// Withdrawing or waiving a part does not undo that its lead worked on it.
#[test]
fn whoever_led_a_part_does_not_verify_the_whole_even_once_the_part_is_gone() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Assigned);
    let (sub, number) = (MatterId(world.fresh()), world.number(Series::General));
    world.does(CLERK, id, Act::Decompose { sub, number, directive: text("Supervise the weir") });
    let (criterion, due) = (text("Watched"), date(2026, 11, 15));
    let act = Act::Assign { lead: Party::Unit(SUPERVISION), supervising: LONE_OFFICE, criterion, due };
    world.does(CLERK, sub, act);
    world.does(CHIEF, sub, Act::SignFor);
    let act = Act::Withdraw { authority: text("The meeting"), reason: text("Settled"), successor: None };
    world.does(LONE, sub, act);
    world.does(WATER_HEAD, id, Act::SignFor);
    reports(&mut world, id, Outcome::Done, (WATER_MEMBER, WATER_HEAD));
    for officer in [CLERK, CHIEF] {
        let ground = Ground::HeldPost { unit: SUPERVISION };
        assert_eq!(world.refused(officer, id, verify(Method::Desk)), excluded(ActKind::Verify, ground));
    }
    // Nor does he name who does: the matter goes to an office that had no part in it.
    let ground = Ground::HeldPost { unit: SUPERVISION };
    let name = || Act::NameVerifier { verifier: PARKS_HEAD };
    assert_eq!(world.refused(CLERK, id, name()), excluded(ActKind::NameVerifier, ground));
    world.does(CLERK, id, Act::Return { reason: text("We had a part in it") });
    let (lead, reason) = (Party::Unit(WATER), text("We had a part in it"));
    world.does(CLERK, id, Act::Reassign { lead, supervising: LONE_OFFICE, criterion: None, reason });
    world.does(LONE, id, name());
    world.does(WATER_HEAD, id, Act::SignFor);
    reports(&mut world, id, Outcome::Done, (WATER_MEMBER, WATER_HEAD));
    world.does(PARKS_HEAD, id, verify(Method::SiteVisit));
}

/// Leave is given in one's own name, so there is no chain of it; and both who acted are looked at.
#[test]
fn leave_is_not_passed_on_and_hides_neither_hand() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Reported);
    let period = (monday(), date(2026, 12, 1));
    posted(&mut world, WATER_HEAD, SUPERVISION, Duty::Member);
    world.delegate(hand(CHIEF), WATER_HEAD, &[ActKind::Verify], period).expect("the chief's own right");
    let act = verify(Method::Desk);
    let refusal = world.try_act(hand_for(WATER_HEAD, CHIEF), id, act).map(|_| ());
    assert_eq!(refusal, Err(excluded(ActKind::Verify, Ground::Reported)));
    let on = world.delegate(hand_for(WATER_HEAD, CHIEF), ROADS_HEAD, &[ActKind::Verify], period);
    assert_eq!(on, Err(Refusal::NoDelegation { act: ActKind::Delegate }));
    for unit in [WATER, SUPERVISION] {
        posted(&mut world, ROADS_HEAD, unit, Duty::Member);
    }
    let on = world.delegate(hand(WATER_HEAD), ROADS_HEAD, &[ActKind::Verify], period);
    assert!(on.is_ok(), "a named verifier's right may be lent");
    let refusal = world.try_act(hand_for(ROADS_HEAD, CHIEF), id, verify(Method::Desk)).map(|_| ());
    assert_eq!(refusal, Err(Refusal::NoDelegation { act: ActKind::Verify }));
}

#[test]
fn two_hands_for_one_officer_are_one() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Reported);
    let period = (monday(), date(2026, 12, 1));
    for to in [ROADS_HEAD, PARKS_HEAD] {
        posted(&mut world, to, SUPERVISION, Duty::Member);
        world.delegate(hand(CHIEF), to, &[ActKind::Verify, ActKind::Clear], period).expect("the chief's own right");
    }
    world.act(hand_for(ROADS_HEAD, CHIEF), id, verify(Method::Desk)).expect("he has leave");
    let refusal = world.try_act(hand_for(PARKS_HEAD, CHIEF), id, clear()).map(|_| ());
    assert_eq!(refusal, Err(Refusal::SecondOfficerNeeded));
    world.today = date(2026, 12, 1);
    let refusal = world.try_act(hand_for(PARKS_HEAD, CHIEF), id, clear()).map(|_| ());
    assert_eq!(refusal, Err(Refusal::NoDelegation { act: ActKind::Clear }), "its last day is over");
}

#[test]
fn who_holds_no_post_any_more_is_given_nothing_to_lead() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Opened);
    leaves(&mut world, PARKS_HEAD);
    let act = assign_to(Party::Officer(PARKS_HEAD), date(2026, 11, 20));
    assert_eq!(world.refused(CLERK, id, act), Refusal::PartyUnknown);
}

#[test]
fn neither_the_doer_nor_whoever_closed_it_answers_what_the_public_says() {
    let (world, id) = contradicted();
    let answer = || call_back(CallBackFinding::Stands, None);
    let table = [
        (WATER_HEAD, Refusal::NotPermitted { act: ActKind::CallBack }),
        (CLERK, Refusal::FreshEyesNeeded),
        (CHIEF, Refusal::FreshEyesNeeded),
        (LEADER, Refusal::NotPermitted { act: ActKind::CallBack }),
    ];
    for (officer, refusal) in table {
        assert_eq!(world.refused(officer, id, answer()), refusal, "{officer}");
    }
}

/// Whoever acts for the doer no longer examines; so the doer gives no leave to those who examine him.
#[test]
fn nobody_excludes_his_examiners_by_giving_them_leave() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Reported);
    let period = (monday(), date(2026, 12, 1));
    let coming = PostId(world.fresh());
    world.make_post(ADMIN, SUPERVISION, coming, Duty::Member);
    let change = Change::TakePost { officer: PARKS_HEAD, post: coming, from: date(2026, 11, 9) };
    world.change(ADMIN, change).expect("he is to come");
    for (by, to, act) in [
        (WATER_HEAD, CLERK, ActKind::SignFor),
        (WATER_HEAD, CHIEF, ActKind::SignFor),
        (WATER_MEMBER, PARKS_HEAD, ActKind::AddEvidence),
        (WATER_HEAD, PARKS_HEAD, ActKind::SignFor),
        (LEADER, CLERK, ActKind::Instruct),
        (CHIEF, LONE, ActKind::Clear),
    ] {
        assert_eq!(world.delegate(hand(by), to, &[act], period), Err(Refusal::DelegateExamines), "{by} to {to}");
    }
    world.delegate(hand(CHIEF), CLERK, &[ActKind::Clear], period).expect("a colleague");
    world.does(CLERK, id, verify(Method::SiteVisit));
    world.does(CHIEF, id, clear());
}

/// Who verifies may come from anywhere in the office, so a doer gives leave to his own people only: they are excluded with
/// him anyway.
#[test]
fn nobody_excludes_a_named_verifier_or_one_who_may_be_named_by_giving_him_leave() {
    let mut world = city();
    let id = directive(&mut world, StateKind::UnderWay);
    let period = (monday(), date(2026, 12, 1));
    world.does(CLERK, id, Act::NameVerifier { verifier: ROADS_HEAD });
    for (by, to, act) in [
        (WATER_HEAD, ROADS_HEAD, ActKind::SignFor),
        (WATER_MEMBER, ROADS_HEAD, ActKind::AddEvidence),
        (WATER_HEAD, PARKS_HEAD, ActKind::SignReport),
        (RIVER_HEAD, WATER_MEMBER, ActKind::SignFor),
        (CHIEF, ROADS_HEAD, ActKind::Verify),
        (LEADER, ROADS_HEAD, ActKind::Instruct),
    ] {
        assert_eq!(world.delegate(hand(by), to, &[act], period), Err(Refusal::DelegateElsewhere), "{by} to {to}");
    }
    world.delegate(hand(WATER_HEAD), RIVER_HEAD, &[ActKind::SignFor], period).expect("below him");
    reports(&mut world, id, Outcome::Done, (WATER_MEMBER, WATER_HEAD));
    world.does(ROADS_HEAD, id, verify(Method::SiteVisit));
}

/// A colleague for a part of the time is somebody elsewhere for the rest of it.
#[test]
fn leave_runs_no_longer_than_the_other_works_there() {
    let mut world = city();
    let (until, tomorrow) = (date(2026, 11, 9), monday().tomorrow().expect("a day"));
    let visiting = PostId(world.fresh());
    world.make_post(ADMIN, WATER, visiting, Duty::Member);
    world.change(ADMIN, Change::TakePost { officer: ROADS_HEAD, post: visiting, from: tomorrow }).expect("he comes");
    world.change(ADMIN, Change::LeavePost { officer: ROADS_HEAD, post: visiting, until }).expect("and goes");
    let mut lend = |period| world.delegate(hand(WATER_HEAD), ROADS_HEAD, &[ActKind::SignFor], period).map(|_| ());
    assert_eq!(lend((monday(), until)), Err(Refusal::DelegateElsewhere), "a day too early");
    assert_eq!(lend((tomorrow, date(2026, 11, 10))), Err(Refusal::DelegateElsewhere), "a day too long");
    assert_eq!(lend((tomorrow, until)), Ok(()));
}

/// What was lent to an auditor before auditors were taken out of it stands on the record and gives him nothing.
#[test]
fn an_auditor_does_not_use_leave_that_was_given_before() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Assigned);
    let acts = [ActKind::SignFor, ActKind::Verify, ActKind::Instruct];
    for by in [WATER_HEAD, CHIEF, LEADER] {
        lent_before(&mut world, (by, AUDITOR), &acts, (monday(), date(2026, 12, 1)));
    }
    for (by, act) in [
        (WATER_HEAD, Act::SignFor),
        (CHIEF, verify(Method::Desk)),
        (LEADER, Act::Instruct { instruction: text("Hurry") }),
    ] {
        let refusal = world.try_act(hand_for(AUDITOR, by), id, act).map(|_| ());
        assert_eq!(refusal, Err(Refusal::AuditorsLookOn));
    }
}

/// He acts for a colleague, and not for the unit the colleague came from.
#[test]
fn leave_from_a_colleague_who_was_of_the_lead_before_excludes_nobody() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Reported);
    leaves(&mut world, WATER_MEMBER);
    world.pass_day();
    posted(&mut world, WATER_MEMBER, SUPERVISION, Duty::Member);
    let period = (world.today, date(2026, 12, 1));
    world.delegate(hand(WATER_MEMBER), CLERK, &[ActKind::IssueNotice], period).expect("a colleague");
    assert_eq!(world.refused(WATER_MEMBER, id, verify(Method::Desk)), excluded(ActKind::Verify, Ground::Reported));
    world.does(CLERK, id, verify(Method::SiteVisit));
}

#[test]
fn a_leading_officer_who_comes_to_the_office_excludes_himself_and_not_the_office() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Opened);
    world.does(CLERK, id, assign_to(Party::Officer(WATER_MEMBER), date(2026, 11, 20)));
    world.does(WATER_MEMBER, id, Act::SignFor);
    world.pass_day();
    posted(&mut world, WATER_MEMBER, SUPERVISION, Duty::Member);
    posted(&mut world, WATER_MEMBER, PARKS, Duty::Member);
    // As long as he leads, those lead who head him.
    let name = Act::NameVerifier { verifier: PARKS_HEAD };
    assert_eq!(world.refused(CHIEF, id, name), excluded(ActKind::NameVerifier, Ground::Leads));
    world.pass_day();
    let (lead, reason) = (Party::Unit(WATER), text("He has left the bureau"));
    world.does(CLERK, id, Act::Reassign { lead, supervising: SUPERVISION, criterion: None, reason });
    world.does(WATER_HEAD, id, Act::SignFor);
    enrol(&mut world, officer(90), WATER, Duty::Member);
    reports(&mut world, id, Outcome::Done, (officer(90), WATER_HEAD));
    for (officer, ground) in [(WATER_MEMBER, Ground::Leads), (PARKS_HEAD, Ground::HeldPost { unit: PARKS })] {
        let act = Act::NameVerifier { verifier: officer };
        assert_eq!(world.refused(CLERK, id, act), excluded(ActKind::NameVerifier, ground), "he came there as its lead");
    }
    world.does(CLERK, id, verify(Method::SiteVisit));
    world.does(CHIEF, id, clear());
}

#[test]
fn an_office_that_the_leading_officer_left_long_ago_examines_him() {
    let mut world = city();
    world.today = date(2026, 2, 2);
    let before = posted(&mut world, PARKS_HEAD, SUPERVISION, Duty::Member);
    world.today = date(2026, 3, 2);
    let change = Change::LeavePost { officer: PARKS_HEAD, post: before, until: world.today };
    world.change(ADMIN, change).expect("he holds it");
    world.today = monday();
    let id = directive(&mut world, StateKind::Opened);
    world.does(CLERK, id, assign_to(Party::Officer(PARKS_HEAD), date(2026, 11, 20)));
    world.does(PARKS_HEAD, id, Act::SignFor);
    reports(&mut world, id, Outcome::Done, (PARKS_HEAD, PARKS_HEAD));
    world.does(CLERK, id, verify(Method::SiteVisit));
}

#[test]
fn whoever_may_not_judge_neither_names_who_does_nor_ends_the_matter_without_a_judgement() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Reported);
    let kept = directive(&mut world, StateKind::UnderWay);
    leaves(&mut world, WATER_MEMBER);
    posted(&mut world, WATER_MEMBER, SUPERVISION, Duty::Member);
    let withdraw = Act::Withdraw { authority: text("The meeting"), reason: text("Settled"), successor: None };
    let acts = [
        Act::NameVerifier { verifier: PARKS_HEAD },
        withdraw,
        Act::Merge { into: world.matter(kept), reason: text("The same") },
    ];
    for act in acts {
        let kind = act.kind();
        assert_eq!(world.refused(WATER_MEMBER, id, act), excluded(kind, Ground::Reported));
    }
    // Nor does an administrator who sits in the lead unit pass the verifying on.
    world.does(CLERK, id, Act::NameVerifier { verifier: PARKS_HEAD });
    let pass_on = |world: &World| {
        let matter = world.matter(id);
        let what = organise::hanging(&matter, PARKS_HEAD).pop().expect("he is named");
        world.with(hand(ADMIN), |context| {
            organise::hand_over(&matter, what, (PARKS_HEAD, ROADS_HEAD), text("He left"), context)
        })
    };
    assert!(pass_on(&world).is_ok());
    posted(&mut world, ADMIN, WATER, Duty::Administrator);
    let ground = Ground::HeldPost { unit: WATER };
    assert_eq!(pass_on(&world), Err(excluded(ActKind::NameVerifier, ground)));
}
