//! The edges of the life cycle: days, appeals, origin keys, and what the public is shown.

use jiff::civil::date;
use ledger::Refusal;
use ledger::act::{Act, ActKind};
use ledger::audience::Audience;
use ledger::calendar::OfficeCalendar;
use ledger::document::{Class, Settle};
use ledger::id::{Holder, PersonId};
use ledger::matter::{Kind, Method, OriginKey, Outcome, Schedule, StateKind};
use uuid::Uuid;

use crate::city::*;
use crate::reading;
use crate::world::{hand, text};

/// The calendar of an office that has adopted none: every day counts alike.
fn silent() -> OfficeCalendar {
    OfficeCalendar::default()
}

#[test]
fn on_the_due_day_it_is_in_time_and_the_day_after_late_by_one() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Assigned);
    let matter = world.matter(id);
    let schedule = |day| matter.axes(day, &silent()).schedule;
    assert_eq!(schedule(date(2026, 11, 19)), Schedule::InTime { days: 1 });
    assert_eq!(schedule(date(2026, 11, 20)), Schedule::InTime { days: 0 });
    assert_eq!(schedule(date(2026, 11, 21)), Schedule::Late { days: 1 });
    assert_eq!(matter.overdue_from(&silent()), Some(date(2026, 11, 21)));
}

#[test]
fn cleared_on_the_due_day_is_in_time_and_cleared_the_day_after_is_late() {
    for (day, schedule) in
        [(date(2026, 11, 20), Schedule::ClearedInTime), (date(2026, 11, 21), Schedule::ClearedLate { days: 1 })]
    {
        let mut world = city();
        let id = directive(&mut world, StateKind::Verified);
        world.today = day;
        world.does(CHIEF, id, clear());
        assert_eq!(world.matter(id).axes(date(2027, 1, 1), &silent()).schedule, schedule);
        assert_eq!(world.matter(id).overdue_from(&silent()), None, "what is cleared is not overdue");
    }
}

/// More time moves the deadline in force, and never the one that lateness is counted against.
#[test]
fn more_time_does_not_make_it_less_late() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Assigned);
    world.does(WATER_HEAD, id, Act::AskExtension { to: date(2026, 12, 10), reason: text("Rain") });
    assert_eq!(world.matter(id).due, Some(date(2026, 11, 20)), "asked is not granted");
    world.does(CLERK, id, Act::DecideExtension { granted: Some(date(2026, 12, 5)), reason: text("Half of it") });
    let matter = world.matter(id);
    assert_eq!((matter.original_due, matter.due), (Some(date(2026, 11, 20)), Some(date(2026, 12, 5))));
    assert_eq!(matter.overdue_from(&silent()), Some(date(2026, 12, 6)));
    assert_eq!(matter.axes(date(2026, 12, 1), &silent()).schedule, Schedule::Late { days: 11 });
}

/// See ADR 0007: otherwise a dispute would be a way to a new original deadline.
#[test]
fn a_dispute_and_a_new_assignment_leave_the_original_deadline() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Assigned);
    world.does(WATER_HEAD, id, Act::Dispute { reason: text("Not ours") });
    world.does(CLERK, id, water_assigned(date(2027, 1, 15)));
    let matter = world.matter(id);
    assert_eq!((matter.original_due, matter.due), (Some(date(2026, 11, 20)), Some(date(2027, 1, 15))));
}

#[test]
fn a_refusal_is_cleared_on_the_day_after_the_last_for_an_appeal() {
    let mut world = city();
    let id = world.opens(CLERK, Kind::Need, "A home for the winter", Audience::Office);
    bring(&mut world, id, StateKind::UnderWay);
    reports(&mut world, id, Outcome::Refused { appeal_until: date(2026, 11, 30) }, (WATER_MEMBER, WATER_HEAD));
    world.does(CLERK, id, verify(Method::CallBack));
    world.today = date(2026, 11, 30);
    assert_eq!(world.refused(CHIEF, id, clear()), Refusal::AppealOpen { until: date(2026, 11, 30) });
    world.today = date(2026, 12, 1);
    world.does(CHIEF, id, clear());
}

/// Sending the refusal back and reporting it anew would otherwise make an appeal go away.
#[test]
fn a_refusal_under_appeal_is_not_sent_back_before_the_appeal_is_decided() {
    let mut world = city();
    let id = world.opens(CLERK, Kind::Need, "A home for the winter", Audience::Office);
    bring(&mut world, id, StateKind::UnderWay);
    reports(&mut world, id, Outcome::Refused { appeal_until: date(2026, 11, 30) }, (WATER_MEMBER, WATER_HEAD));
    world.does(CLERK, id, Act::Appeal { grounds: text("The income was counted twice") });
    assert_eq!(world.refused(CLERK, id, Act::Return { reason: text("Look again") }), Refusal::AppealUndecided);
    world.does(CHIEF, id, Act::DecideAppeal { upheld: false, reason: text("It was not") });
    world.does(CLERK, id, Act::Return { reason: text("Look again") });
}

#[test]
fn a_cleared_matter_is_not_taken_up_again_while_another_carries_its_key() {
    let mut world = city();
    let key = OriginKey {
        holder: Holder::Person(PersonId(Uuid::from_u128(77))),
        item: text("housing"),
        period: "2026-11".into(),
    };
    let mut first = world.opening(Kind::Need, "A home for the winter", Audience::Office);
    first.text.origin_key = Some(key.clone());
    let first = world.try_open(hand(CLERK), first).expect("the first");
    bring(&mut world, first, StateKind::Cleared);
    let mut second = world.opening(Kind::Need, "A home for the winter, lost again", Audience::Office);
    second.text.origin_key = Some(key);
    let second = world.try_open(hand(CLERK), second).expect("the first is cleared");
    let reopen = Act::Reopen { due: date(2026, 12, 20), reason: text("Lost again") };
    let number = world.matter(second).number;
    assert_eq!(world.refused(CLERK, first, reopen.clone()), Refusal::OriginTaken { number });
    bring(&mut world, second, StateKind::Withdrawn);
    world.does(CLERK, first, reopen);
}

#[test]
fn confirming_opens_nothing_to_the_public_and_no_circle_without_the_clerk() {
    for (audience, refusal) in [
        (Audience::Public, Refusal::NotPermitted { act: ActKind::Publish }),
        (Audience::Circle([CHIEF].into()), Refusal::OutsideCircle),
    ] {
        let (mut world, id) = reading::taken_in();
        assert_eq!(reading::confirm(&mut world, id, 1, audience), Err(refusal));
    }
}

/// A confirmation is taken back only while nobody has done anything with the matter.
#[test]
fn a_confirmation_that_others_built_on_is_not_taken_back() {
    let touches: [fn(&mut crate::world::World, ledger::id::MatterId); 4] = [
        |world, id| world.does(LEADER, id, Act::Instruct { instruction: text("Hurry") }),
        |world, id| world.does(CLERK, id, Act::Publish { items: [ledger::matter::PublicItem::Directive].into() }),
        |world, id| {
            let (sub, number) = (ledger::id::MatterId(world.fresh()), world.number(ledger::id::Series::General));
            world.does(CLERK, id, Act::Decompose { sub, number, directive: text("Mend the weir") });
        },
        |world, id| {
            world.does(CLERK, id, water_assigned(date(2026, 11, 20)));
            world.does(WATER_HEAD, id, Act::Dispute { reason: text("Not ours") });
        },
    ];
    for touch in touches {
        let (mut world, id) = reading::taken_in();
        reading::confirm(&mut world, id, 1, Audience::Office).expect("it is open");
        let opened = *world.matters.keys().next().expect("it was confirmed");
        touch(&mut world, opened);
        let undo = Settle::Undo { matter: Some(world.matter(opened)) };
        assert_eq!(reading::settle(&mut world, id, undo), Err(Refusal::NothingToUndo));
    }
    let (mut world, id) = reading::taken_in();
    reading::confirm(&mut world, id, 1, Audience::Office).expect("it is open");
    let opened = *world.matters.keys().next().expect("it was confirmed");
    let undo = Settle::Undo { matter: Some(world.matter(opened)) };
    reading::settle(&mut world, id, undo).expect("nobody touched it");
    assert_eq!(world.matter(opened).state.kind(), StateKind::Withdrawn);
    let proposal = Box::new(reading::proposal((0, 10), Class::Principle));
    reading::settle(&mut world, id, Settle::Correct { no: 1, by: proposal }).expect("it is open again");
}
