//! Units, posts and officers as they come and go: everything an administrator is refused, and what becomes of matters
//! whose unit is merged, divided or succeeded, and of what a leaver leaves.

use jiff::civil::{Date, date};
use ledger::Refusal;
use ledger::act::{Act, ActKind};
use ledger::audience::{Audience, sees};
use ledger::calendar::OfficeCalendar;
use ledger::evidence::EvidenceKind;
use ledger::id::{DelegationId, MatterId, OfficerId, PostId, UnitId};
use ledger::matter::{Group, Kind, Misplaced, Outcome, Share, StateKind};
use ledger::organisation::{AccessChange, Duty, ErasureBasis, Function, OfficerEvent, OfficerName, PostText, UnitText};
use ledger::organise::{self, Change, First};
use ledger::party::Party;
use ledger::rights;
use uuid::Uuid;

use crate::city::*;
use crate::world::{World, hand, hand_for, name, text};

const NOBODY: OfficerId = officer(99);
const NOWHERE: UnitId = unit(99);

fn next_week() -> Date {
    date(2026, 11, 9)
}

fn words() -> UnitText {
    UnitText { name: name("Another"), aliases: vec![] }
}

fn no_post() -> PostId {
    PostId(Uuid::from_u128(0x999))
}

fn move_to(unit: UnitId, parent: Option<UnitId>, from: Date) -> Change {
    Change::MoveUnit { unit, parent, from, reason: text("Reform") }
}

#[test]
fn what_is_unknown_or_has_ended_is_not_changed() {
    let mut world = city();
    world.change(ADMIN, closing(PARKS, monday(), None)).expect("it may end");
    let (duty, title) = (Duty::Member, || PostText { title: name("Post") });
    let personal_of = personal(NOBODY);
    let changes = [
        Change::FoundUnit { unit: NOWHERE, parent: Some(PARKS), function: Function::Executing, text: words() },
        Change::RenameUnit { unit: PARKS, text: words() },
        Change::SetSingleClerk { unit: NOWHERE, holds: true },
        move_to(NOWHERE, None, monday()),
        move_to(PARKS, Some(ROADS), monday()),
        move_to(ROADS, Some(PARKS), monday()),
        closing(NOWHERE, monday(), None),
        closing(PARKS, next_week(), None),
        closing(ROADS, monday(), Some(PARKS)),
        closing(ROADS, monday(), Some(NOWHERE)),
        Change::CancelClosing { unit: PARKS, reason: text("A mistake") },
        Change::MakePost { unit: PARKS, post: no_post(), duty, text: title() },
        Change::EnrolIn { officer: NOBODY, personal: personal_of.clone(), post: no_post(), from: monday() },
        Change::EnrolIn { officer: NOBODY, personal: personal_of, post: post(PARKS_HEAD), from: monday() },
        Change::TakePost { officer: NOBODY, post: post(CLERK), from: monday() },
        Change::TakePost { officer: CLERK, post: no_post(), from: monday() },
        Change::TakePost { officer: CLERK, post: post(PARKS_HEAD), from: monday() },
        Change::LeavePost { officer: NOBODY, post: post(CLERK), until: monday() },
        Change::LeaveEveryPost { officer: NOBODY, until: monday() },
        Change::CorrectName { officer: NOBODY, name: OfficerName { name: name("Somebody") } },
        Change::ChangeAccess { officer: NOBODY, what: AccessChange::Invited },
    ];
    for change in changes {
        assert_eq!(world.change(ADMIN, change.clone()), Err(Refusal::PartyUnknown), "{change:?}");
        assert_eq!(world.change(CLERK, change), Err(Refusal::NotPermitted { act: ActKind::Organise }));
    }
}

#[test]
fn what_changes_nothing_is_refused() {
    let mut world = city();
    let same = world.organisation.unit(WATER).and_then(|unit| unit.text.open().cloned()).expect("it has a name");
    let (holds, until) = (true, date(2025, 12, 31));
    let changes = [
        Change::RenameUnit { unit: WATER, text: same },
        Change::SetSingleClerk { unit: LONE_OFFICE, holds },
        move_to(RIVER, Some(WATER), monday()),
        Change::CancelClosing { unit: WATER, reason: text("It does not end") },
        Change::Enrol { officer: OfficerId::PUBLIC, personal: personal(NOBODY) },
        Change::TakePost { officer: CLERK, post: post(CLERK), from: next_week() },
        Change::LeavePost { officer: CLERK, post: post(CHIEF), until: monday() },
        Change::LeaveEveryPost { officer: CLERK, until },
        Change::CorrectName { officer: CLERK, name: OfficerName { name: name("Somebody") } },
    ];
    for change in changes {
        assert_eq!(world.change(ADMIN, change.clone()), Err(Refusal::NothingChanges), "{change:?}");
    }
    let too_early = Change::LeavePost { officer: CLERK, post: post(CLERK), until };
    let refused = world.change(ADMIN, too_early);
    assert!(matches!(refused, Err(Refusal::PostNotBegun { .. })), "{refused:?}");
}

#[test]
fn the_forest_stays_one_and_somebody_can_always_change_it() {
    let mut world = city();
    for (change, refusal) in [
        (closing(WATER, monday(), Some(WATER)), Refusal::ForestBroken),
        (move_to(WATER, Some(RIVER), monday()), Refusal::ForestBroken),
        (move_to(AUDIT, Some(ROADS), monday()), Refusal::ForestBroken),
        (closing(WATER, monday(), None), Refusal::UnitsBelow),
        (closing(COMMITTEE, monday(), Some(ROADS)), Refusal::ForestBroken),
        (closing(SUPERVISION, monday(), Some(AUDIT)), Refusal::NotASupervisingUnit),
        (Change::SetSingleClerk { unit: SUPERVISION, holds: true }, Refusal::SecondOfficerNeeded),
        (closing(INFORMATION, monday(), Some(ROADS)), Refusal::LastAdministrator),
        (Change::LeavePost { officer: ADMIN, post: post(ADMIN), until: next_week() }, Refusal::LastAdministrator),
        (Change::LeaveEveryPost { officer: ADMIN, until: next_week() }, Refusal::LastAdministrator),
    ] {
        assert_eq!(world.change(ADMIN, change.clone()), Err(refusal), "{change:?}");
    }
    // A successor must be there on the day, and today too.
    world.change(ADMIN, closing(ROADS, next_week(), None)).expect("it may end");
    assert_eq!(world.change(ADMIN, closing(WATER, next_week(), Some(ROADS))), Err(Refusal::PartyUnknown));
    let first = First {
        unit: NOWHERE,
        unit_text: words(),
        function: Function::Executing,
        post: no_post(),
        post_text: PostText { title: name("Post") },
        personal: personal(NOBODY),
    };
    let again = world.with(hand(NOBODY), |context| organise::begin(first, context));
    assert_eq!(again, Err(Refusal::NotPermitted { act: ActKind::Organise }), "an office begins once");
}

#[test]
fn leave_is_given_by_whom_to_whom_and_for_what_it_can_be() {
    let mut world = city();
    let period = (monday(), date(2026, 12, 1));
    let sign = [ActKind::SignFor];
    for (by, to, acts, period, refusal) in [
        (hand(ADMIN), CLERK, &sign[..], period, Refusal::NotPermitted { act: ActKind::Delegate }),
        (hand(WATER_HEAD), WATER_HEAD, &sign[..], period, Refusal::PartyUnknown),
        (hand(WATER_HEAD), NOBODY, &sign[..], period, Refusal::PartyUnknown),
        (hand(WATER_HEAD), WATER_MEMBER, &[], period, Refusal::DelegationTooWide),
        (hand(WATER_HEAD), WATER_MEMBER, &[ActKind::Clear], period, Refusal::DelegationTooWide),
        (hand(WATER_HEAD), WATER_MEMBER, &sign[..], (monday(), monday()), Refusal::DelegationTooWide),
        (hand(WATER_HEAD), AUDITOR, &sign[..], period, Refusal::AuditorsLookOn),
    ] {
        assert_eq!(world.delegate(by, to, acts, period), Err(refusal), "{to}");
    }
    let given = world.delegate(hand(WATER_HEAD), WATER_MEMBER, &sign, period).expect("his own right");
    let revoke = |world: &World, by, id| world.with(hand(by), |context| organise::revoke(id, context)).map(|_| ());
    assert_eq!(revoke(&world, WATER_MEMBER, given), Err(Refusal::NothingChanges), "it is another's");
    assert_eq!(revoke(&world, WATER_HEAD, DelegationId(Uuid::nil())), Err(Refusal::NothingChanges));
    assert_eq!(revoke(&world, ADMIN, given), Err(Refusal::NotPermitted { act: ActKind::Delegate }));
    world.today = date(2026, 12, 1);
    assert_eq!(revoke(&world, WATER_HEAD, given), Err(Refusal::NothingChanges), "it is over");
}

/// On whose desks it stands today, among these.
fn waits_for(world: &World, id: MatterId, officers: &[OfficerId]) -> Vec<(OfficerId, Group)> {
    let waits = world.matter(id).waits(&world.organisation, &OfficeCalendar::default());
    let stands = |officer: OfficerId| {
        waits.iter().filter(move |wait| wait.stands_for(&world.organisation, officer, world.today))
    };
    officers.iter().flat_map(|officer| stands(*officer).map(|wait| (*officer, wait.group))).collect()
}

fn leads(world: &World, id: MatterId, officers: &[OfficerId]) -> Vec<OfficerId> {
    let does = |officer: &&OfficerId| rights::leads(&world.organisation, **officer, &world.matter(id), world.today);
    officers.iter().filter(does).copied().collect()
}

#[test]
fn a_merged_units_matters_wait_with_its_successor_and_its_successors_successor() {
    let mut world = city();
    let audience = Audience::Units([SUPERVISION].into());
    let id = world.opens(CLERK, Kind::Directive, "Dredge the river", audience);
    bring(&mut world, id, StateKind::UnderWay);
    let piece = world.evidence_id();
    world.does(WATER_MEMBER, id, evidence(piece, EvidenceKind::Document));
    world.does(WATER_MEMBER, id, draft(Outcome::Done, &[piece]));
    let dues = (world.matter(id).due, world.matter(id).original_due);
    let officers = [WATER_HEAD, ROADS_HEAD, PARKS_HEAD];
    world.change(ADMIN, closing(WATER, next_week(), Some(ROADS))).expect("merged");
    world.change(ADMIN, closing(ROADS, date(2026, 11, 16), Some(PARKS))).expect("and again");
    for (day, who) in [(monday(), WATER_HEAD), (next_week(), ROADS_HEAD), (date(2026, 11, 16), PARKS_HEAD)] {
        world.today = day;
        assert_eq!(leads(&world, id, &officers), [who], "{day}");
        let seeing = officers.into_iter().filter(|o| sees(&world.organisation, Some(*o), &world.matter(id), day));
        assert_eq!(seeing.collect::<Vec<_>>(), [who], "{day}");
        let waits = waits_for(&world, id, &officers);
        assert!(waits.contains(&(who, Group::SignReport)) && waits.iter().all(|(other, _)| *other == who), "{waits:?}");
        assert_eq!(world.matter(id).misplaced(&world.organisation, day), None);
    }
    assert_eq!((world.matter(id).due, world.matter(id).original_due), dues, "no merger moves a deadline");
    world.does(PARKS_HEAD, id, Act::SignReport);
    assert_eq!(world.matter(id).state.kind(), StateKind::Reported);
}

#[test]
fn a_closing_that_is_called_off_in_time_changes_nothing_for_its_matters() {
    let mut world = city();
    let id = directive(&mut world, StateKind::UnderWay);
    world.change(ADMIN, closing(WATER, next_week(), Some(ROADS))).expect("merged");
    world.change(ADMIN, Change::CancelClosing { unit: WATER, reason: text("Not after all") }).expect("in time");
    world.today = next_week();
    assert_eq!(leads(&world, id, &[WATER_HEAD, ROADS_HEAD]), [WATER_HEAD]);
    world.does(CLERK, id, Act::NameVerifier { verifier: ROADS_HEAD });
}

/// A unit is divided: what the new one is to do is placed anew, and the deadlines stay.
#[test]
fn a_divided_units_matters_stay_until_they_are_placed_anew() {
    let mut world = city();
    let (stays, goes) = (directive(&mut world, StateKind::UnderWay), directive(&mut world, StateKind::UnderWay));
    let harbour = unit(30);
    world.found(ADMIN, harbour, None, Function::Executing, "Harbour Bureau");
    leaves(&mut world, WATER_MEMBER);
    posted(&mut world, WATER_MEMBER, harbour, Duty::Head);
    let both = [WATER_HEAD, WATER_MEMBER];
    assert_eq!((leads(&world, stays, &both), leads(&world, goes, &both)), (vec![WATER_HEAD], vec![WATER_HEAD]));
    let due = world.matter(goes).due;
    let (lead, reason) = (Party::Unit(harbour), text("The harbour has a bureau of its own"));
    world.does(CLERK, goes, Act::Reassign { lead, supervising: SUPERVISION, criterion: None, reason });
    assert_eq!((leads(&world, stays, &both), leads(&world, goes, &both)), (vec![WATER_HEAD], vec![WATER_MEMBER]));
    assert_eq!((world.matter(goes).due, waits_for(&world, goes, &both)), (due, vec![(WATER_MEMBER, Group::SignFor)]));
    // Both bureaus had it in hand.
    for verifier in both {
        let refusal = world.refused(CLERK, goes, Act::NameVerifier { verifier });
        assert!(matches!(refusal, Refusal::Excluded { .. }), "{refusal:?}");
    }
}

/// What a leading officer's unit is goes by the day: his old unit's people neither see, lead nor sign any more.
#[test]
fn a_leading_officer_who_moves_takes_the_matter_with_him() {
    let mut world = city();
    let id = world.opens(CLERK, Kind::Directive, "Dredge the river", Audience::Units([SUPERVISION].into()));
    world.does(CLERK, id, assign_to(Party::Officer(WATER_MEMBER), date(2026, 11, 20)));
    let officers = [WATER_HEAD, WATER_MEMBER, ROADS_HEAD];
    let seeing = |world: &World| {
        let sees = |o: &OfficerId| sees(&world.organisation, Some(*o), &world.matter(id), world.today);
        officers.into_iter().filter(sees).collect::<Vec<_>>()
    };
    assert_eq!(
        (seeing(&world), leads(&world, id, &officers)),
        (vec![WATER_HEAD, WATER_MEMBER], vec![WATER_HEAD, WATER_MEMBER])
    );
    leaves(&mut world, WATER_MEMBER);
    posted(&mut world, WATER_MEMBER, ROADS, Duty::Member);
    let now = vec![WATER_MEMBER, ROADS_HEAD];
    assert_eq!((seeing(&world), leads(&world, id, &officers)), (now.clone(), now));
    assert_eq!(waits_for(&world, id, &[WATER_HEAD]), []);
}

/// Out of office he is as anybody outside: what he was shown by name he was shown for his office.
#[test]
fn who_holds_no_post_any_more_sees_what_the_public_sees() {
    let mut world = city();
    let circle = Audience::Circle([CLERK, ROADS_HEAD].into());
    let secret = world.opens(CLERK, Kind::Clue, "A clue about the depot", circle);
    let named = world.opens(CLERK, Kind::Directive, "Dredge", Audience::Units([SUPERVISION].into()));
    bring(&mut world, named, StateKind::Assigned);
    world.does(CLERK, named, Act::NameVerifier { verifier: ROADS_HEAD });
    let open = directive(&mut world, StateKind::Opened);
    let published = directive(&mut world, StateKind::Opened);
    let items = [ledger::matter::PublicItem::Directive].into();
    world.does(CLERK, published, Act::Publish { items });
    let seeing = |world: &World| {
        let sees = |id: &MatterId| sees(&world.organisation, Some(ROADS_HEAD), &world.matter(*id), world.today);
        [secret, named, open, published].into_iter().filter(sees).collect::<Vec<_>>()
    };
    assert_eq!(seeing(&world), [secret, named, open, published]);
    leaves(&mut world, ROADS_HEAD);
    assert_eq!(seeing(&world), [published]);
    let act = world.try_act(
        hand(ROADS_HEAD),
        named,
        Act::Verify { method: ledger::matter::Method::Desk, finding: text("So") },
    );
    assert_eq!(act, Err(Refusal::NotPermitted { act: ActKind::Verify }));
    assert_eq!(waits_for(&world, open, &[ROADS_HEAD]), []);
    posted(&mut world, ROADS_HEAD, PARKS, Duty::Member);
    assert_eq!(seeing(&world), [secret, named, open, published], "in office again, he is meant again");
}

#[test]
fn what_a_leaver_drafted_is_signed_by_another_and_he_stays_out_of_judging_it() {
    let mut world = city();
    let id = directive(&mut world, StateKind::UnderWay);
    let piece = world.evidence_id();
    world.does(WATER_MEMBER, id, evidence(piece, EvidenceKind::Document));
    world.does(WATER_MEMBER, id, draft(Outcome::Done, &[piece]));
    let change = Change::LeaveEveryPost { officer: WATER_MEMBER, until: world.today };
    world.change(ADMIN, change).expect("he leaves");
    assert!(waits_for(&world, id, &[WATER_HEAD]).contains(&(WATER_HEAD, Group::SignReport)));
    assert_eq!(waits_for(&world, id, &[WATER_MEMBER]), []);
    assert_eq!(world.refused(WATER_MEMBER, id, Act::SignReport), Refusal::NotPermitted { act: ActKind::SignReport });
    world.does(WATER_HEAD, id, Act::SignReport);
    posted(&mut world, WATER_MEMBER, SUPERVISION, Duty::Member);
    assert!(matches!(world.refused(WATER_MEMBER, id, verify(ledger::matter::Method::Desk)), Refusal::Excluded { .. }));
}

fn pass(
    world: &World,
    by: OfficerId,
    id: MatterId,
    share: Share,
    parties: (OfficerId, OfficerId),
) -> Result<(), Refusal> {
    let matter = world.matter(id);
    let what =
        organise::hanging(&matter, parties.0).into_iter().find(|what| what.share == share).expect("it hangs on him");
    world.with(hand(by), |context| organise::hand_over(&matter, what, parties, text("He left"), context)).map(|_| ())
}

#[test]
fn a_desk_is_handed_over_only_by_an_administrator_to_a_colleague_who_may_have_it() {
    let mut world = city();
    let id =
        world.opens(CLERK, Kind::Clue, "A clue", Audience::Circle([CLERK, CHIEF, WATER_MEMBER, PARKS_HEAD].into()));
    world.does(CLERK, id, assign_to(Party::Officer(WATER_MEMBER), date(2026, 11, 20)));
    let remover = Some(Party::Officer(PARKS_HEAD));
    world.does(WATER_MEMBER, id, Act::NameObstacle { obstacle: text("No permit"), remover });
    world.does(CLERK, id, Act::NameVerifier { verifier: PARKS_HEAD });
    let (lead, verifier, hers) = (Share::Lead, Share::Verifier, (WATER_MEMBER, WATER_HEAD));
    assert_eq!(pass(&world, CLERK, id, lead, hers), Err(Refusal::NotPermitted { act: ActKind::Organise }));
    assert_eq!(pass(&world, ADMIN, id, lead, (WATER_MEMBER, NOBODY)), Err(Refusal::PartyUnknown));
    assert_eq!(pass(&world, ADMIN, id, lead, (WATER_MEMBER, ROADS_HEAD)), Err(Refusal::NotOfTheUnit));
    assert_eq!(pass(&world, ADMIN, id, lead, hers), Err(Refusal::OutsideCircle));
    assert_eq!(pass(&world, ADMIN, id, verifier, (PARKS_HEAD, ROADS_HEAD)), Err(Refusal::OutsideCircle));
    assert_eq!(pass(&world, ADMIN, id, Share::Remover, (PARKS_HEAD, ROADS_HEAD)), Err(Refusal::OutsideCircle));
    assert_eq!(pass(&world, ADMIN, id, verifier, (PARKS_HEAD, CHIEF)), Ok(()));
    // A colleague of old is none: his units are those in which he led it.
    leaves(&mut world, WATER_MEMBER);
    posted(&mut world, WATER_MEMBER, RIVER, Duty::Member);
    world.pass_day();
    let audience = Audience::Circle([CLERK, CHIEF, WATER_MEMBER, WATER_HEAD, PARKS_HEAD].into());
    world.does(CLERK, id, Act::ChangeAudience { audience, reason: text("He is to lead it") });
    assert_eq!(pass(&world, ADMIN, id, lead, hers), Ok(()), "he has led it in the bureau");
}

#[test]
fn two_hands_erase_the_name_of_one_who_has_left_and_nothing_else_of_his() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Reported);
    let basis = ErasureBasis::PersonAsked;
    let ask = |world: &World, by| world.with(hand(by), |context| organise::ask_erasure(WATER_MEMBER, basis, context));
    let approve = |world: &World, by| world.with(by, |context| organise::approve_erasure(WATER_MEMBER, context));
    assert_eq!(ask(&world, CLERK), Err(Refusal::NotPermitted { act: ActKind::AskErasure }));
    assert_eq!(ask(&world, ADMIN), Err(Refusal::StillInOffice));
    let unknown = world.with(hand(ADMIN), |context| organise::ask_erasure(NOBODY, basis, context));
    assert_eq!(unknown, Err(Refusal::PartyUnknown));
    leaves(&mut world, WATER_MEMBER);
    assert_eq!(approve(&world, hand(CHIEF)), Err(Refusal::NothingChanges), "nobody has asked");
    let asked = ask(&world, ADMIN);
    world.carry_out(hand(ADMIN), asked).expect("he has left");
    assert_eq!(ask(&world, ADMIN), Err(Refusal::NothingChanges), "it is asked");
    assert_eq!(approve(&world, hand(CLERK)), Err(Refusal::NotPermitted { act: ActKind::ApproveErasure }));
    assert_eq!(approve(&world, hand_for(CHIEF, ADMIN)), Err(Refusal::NoDelegation { act: ActKind::ApproveErasure }));
    posted(&mut world, ADMIN, COMMITTEE, Duty::Member);
    assert_eq!(approve(&world, hand(ADMIN)), Err(Refusal::ApproverNeeded), "not the one who asked");
    let back = posted(&mut world, WATER_MEMBER, PARKS, Duty::Member);
    assert_eq!(approve(&world, hand(CHIEF)), Err(Refusal::StillInOffice), "he has come back");
    let until = world.today;
    world.change(ADMIN, Change::LeavePost { officer: WATER_MEMBER, post: back, until }).expect("and gone");
    assert_eq!(approve(&world, hand(CHIEF)), Ok(basis));
    // What the store then erases is the name; that he wrote the report stays, and keeps him from judging it.
    let erased = OfficerEvent::NameCorrected { personal: ledger::Sealed::Erased };
    world.record(hand(CHIEF), vec![(ledger::id::Stream::Officer(WATER_MEMBER), ledger::event::Event::Officer(erased))]);
    assert_eq!(ask(&world, ADMIN), Err(Refusal::NothingChanges), "there is no name any more");
    assert!(world.matter(id).reporters.contains(&WATER_MEMBER));
    assert_eq!(world.matter(id).misplaced(&world.organisation, world.today), None);
}

#[test]
fn a_leader_by_name_who_leaves_with_nobody_to_take_over_is_told_to_his_office() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Opened);
    world.does(CLERK, id, assign_to(Party::Officer(PARKS_HEAD), date(2026, 11, 20)));
    leaves(&mut world, PARKS_HEAD);
    assert_eq!(world.matter(id).misplaced(&world.organisation, world.today), Some(Misplaced::LeadGone));
    assert_eq!(leads(&world, id, &[PARKS_HEAD]), []);
    let (lead, reason) = (Party::Unit(ROADS), text("He has retired"));
    world.does(CLERK, id, Act::Reassign { lead, supervising: SUPERVISION, criterion: None, reason });
    assert_eq!(world.matter(id).misplaced(&world.organisation, world.today), None);
}

fn leave(officer: OfficerId, until: Date) -> Change {
    Change::LeavePost { officer, post: post(officer), until }
}

/// Whoever is left inside can act on it or let in somebody who can; else the matter would be seen by nobody.
#[test]
fn the_last_of_a_circle_who_can_act_does_not_leave_his_post_before_he_lets_another_in() {
    let mut world = city();
    let id = world.opens(CLERK, Kind::Clue, "A clue", Audience::Circle([CLERK, WATER_HEAD].into()));
    let every = |officer, until| Change::LeaveEveryPost { officer, until };
    for change in [
        leave(CLERK, monday()),
        leave(CLERK, next_week()),
        every(CLERK, monday()),
        closing(SUPERVISION, monday(), Some(LONE_OFFICE)),
        closing(SUPERVISION, next_week(), None),
    ] {
        assert_eq!(world.change(ADMIN, change.clone()), Err(Refusal::LastInCircle), "{change:?}");
    }
    world.change(ADMIN, leave(WATER_HEAD, next_week())).expect("he could not act on it");
    let audience = Audience::Circle([CLERK, CHIEF].into());
    world.does(CLERK, id, Act::ChangeAudience { audience, reason: text("I am leaving") });
    world.change(ADMIN, leave(CLERK, date(2026, 11, 16))).expect("the chief is inside");
    // That she leaves before him does not make her less the last one: from the 16th nobody would be there.
    assert_eq!(world.change(ADMIN, leave(CHIEF, next_week())), Err(Refusal::LastInCircle));
    let withdraw = Act::Withdraw { authority: text("The meeting"), reason: text("Settled"), successor: None };
    world.does(CHIEF, id, withdraw);
    world.change(ADMIN, leave(CHIEF, next_week())).expect("what is closed waits for nobody");
}

/// Auditors look on: whoever becomes one, by a post of his or by what his unit is for, could let nobody in any more.
#[test]
fn the_last_of_a_circle_who_can_act_does_not_become_an_auditor() {
    let mut world = city();
    world.opens(CLERK, Kind::Clue, "A clue", Audience::Circle([CLERK, WATER_HEAD].into()));
    let take = |of| Change::TakePost { officer: CLERK, post: post(of), from: monday() };
    assert_eq!(world.change(ADMIN, take(AUDITOR)), Err(Refusal::LastInCircle));
    world.change(ADMIN, take(PARKS_HEAD)).expect("he acts on it as before");
    assert_eq!(world.change(ADMIN, becomes(PARKS, Function::Audit)), Err(Refusal::LastInCircle));
}

fn becomes(unit: UnitId, function: Function) -> Change {
    Change::ChangeFunction { unit, function, reason: text("Founded with the wrong function") }
}

/// What was founded by mistake is mended while nothing hangs on it.
#[test]
fn what_a_unit_is_for_changes_until_a_matter_names_it() {
    let mut world = city();
    assert_eq!(
        world.change(CLERK, becomes(PARKS, Function::Audit)),
        Err(Refusal::NotPermitted { act: ActKind::Organise })
    );
    assert_eq!(world.change(ADMIN, becomes(NOWHERE, Function::Audit)), Err(Refusal::PartyUnknown));
    assert_eq!(world.change(ADMIN, becomes(PARKS, Function::Executing)), Err(Refusal::NothingChanges));
    assert_eq!(world.change(ADMIN, becomes(RIVER, Function::Supervision)), Err(Refusal::ForestBroken));
    assert_eq!(world.change(ADMIN, becomes(COMMITTEE, Function::Executing)), Err(Refusal::ForestBroken));
    world.change(ADMIN, becomes(PARKS, Function::Supervision)).expect("nothing names it");
    assert!(rights::roles(&world.organisation, PARKS_HEAD, monday()).contains(&rights::Role::SupervisionHead));
    let id = directive(&mut world, StateKind::Reported);
    for unit in [WATER, SUPERVISION] {
        assert_eq!(world.change(ADMIN, becomes(unit, Function::Deciding)), Err(Refusal::FunctionInUse));
    }
    // Whoever did not ask the matters changes nothing.
    let unasked = world.with(hand(ADMIN), |context| organise::change(becomes(ROADS, Function::Audit), context));
    assert_eq!(unasked, Err(Refusal::FunctionInUse));
    world.does(CLERK, id, verify(ledger::matter::Method::SiteVisit));
}

/// The first unit supervises, and its administrator is no clerk by that.
#[test]
fn an_administrator_of_a_supervision_office_acts_on_no_matter() {
    let mut world = city();
    world.change(ADMIN, becomes(INFORMATION, Function::Supervision)).expect("nothing names it");
    let id = directive(&mut world, StateKind::Opened);
    let roles = rights::roles(&world.organisation, ADMIN, monday());
    assert_eq!(roles, [rights::Role::Administrator].into());
    let due = date(2026, 11, 20);
    assert_eq!(world.refused(ADMIN, id, water_assigned(due)), Refusal::NotPermitted { act: ActKind::Assign });
    let (criterion, lead) = (text("Done"), Party::Unit(WATER));
    let act = Act::Assign { lead, supervising: INFORMATION, criterion, due };
    assert_eq!(world.refused(CLERK, id, act), Refusal::NobodyEligible, "nobody there examines");
    assert_eq!(waits_for(&world, id, &[ADMIN]), []);
}
