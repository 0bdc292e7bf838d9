//! Two matters that are the same thing twice, or have to do with one another.

#![allow(missing_docs, reason = "tests are named as sentences")]

mod qinghe;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::{Date, date};
use ledger::Refusal;
use ledger::act::{Act, ActKind, Facts};
use ledger::audience::Audience;
use ledger::calendar::OfficeCalendar;
use ledger::matter::{Desk, Group, LinkRelation, Matter, State, StateKind, WithdrawalGround};
use ledger::party::Party;
use qinghe::{CLERK, CLERK2, Qinghe, SUPERVISION, WATER, WATER_HEAD, matter_id, number, text};

fn merge(into: &Matter) -> Act {
    Act::Merge { into: Arc::new(into.clone()), reason: text("The same dredging, from two meetings") }
}

fn assigned(city: &Qinghe, n: u32, due: Date) -> Matter {
    let criterion = text("Surveyed");
    let act = Act::Assign { lead: Party::Unit(WATER), supervising: SUPERVISION, criterion, due };
    city.done(CLERK, &city.open(n), act)
}

#[test]
fn a_duplicate_is_withdrawn_and_the_other_takes_note_of_it() {
    let city = Qinghe::new();
    let due = date(2027, 3, 31);
    let (twice, kept) = (assigned(&city, 1, due), assigned(&city, 2, due));
    let events = city.by(CLERK, |context| twice.act(merge(&kept), context)).expect("both are the clerk's");
    let (twice, kept) = (city.after(&twice, &events), city.after(&kept, &events));
    let State::Withdrawn { ground, successor, .. } = &twice.state else { panic!("{:?}", twice.state) };
    assert_eq!((*ground, *successor), (WithdrawalGround::Duplicate, Some(kept.id)));
    assert_eq!(twice.lead, Some(Party::Unit(WATER)), "whoever led it is still told");
    assert_eq!(
        (kept.state.kind(), kept.merged.as_slice()),
        (StateKind::Assigned, [(twice.id, twice.number)].as_slice())
    );
}

#[test]
fn whoever_led_a_duplicate_is_told_until_they_take_note_and_nobody_else_is() {
    let city = Qinghe::new();
    let (twice, kept) = (assigned(&city, 1, date(2027, 3, 31)), assigned(&city, 2, date(2027, 3, 31)));
    let (unled, calendar) = (city.open(3), OfficeCalendar::default());
    let merged = |matter: &Matter| {
        let events = city.by(CLERK, |context| matter.act(merge(&kept), context)).expect("both are the clerk's");
        city.after(matter, &events)
    };
    let (twice, unled) = (merged(&twice), merged(&unled));
    let waits = |matter: &Matter| city.by(CLERK, |context| matter.waits(context.organisation, &calendar));
    let told: Vec<_> = waits(&twice).into_iter().map(|wait| (wait.desk, wait.group, wait.act)).collect();
    assert_eq!(told, [(Desk::Unit(WATER), Group::Acknowledge, ActKind::Acknowledge)]);
    assert!(waits(&unled).is_empty(), "nobody led it");
    let refused = city.by(CLERK, |context| twice.act(Act::Acknowledge, context)).err();
    assert_eq!(refused, Some(Refusal::NotPermitted { act: ActKind::Acknowledge }), "it is the lead who was told");
    let seen = city.done(WATER_HEAD, &twice, Act::Acknowledge);
    assert!(waits(&seen).is_empty());
    let again = city.by(WATER_HEAD, |context| seen.act(Act::Acknowledge, context)).err();
    assert_eq!(again, Some(Refusal::NothingChanges));
}

#[test]
fn what_an_obstacle_holds_up_is_not_under_way_without_anything_pressing() {
    let city = Qinghe::new();
    let matter = city.done(WATER_HEAD, &assigned(&city, 1, date(2027, 3, 31)), Act::SignFor);
    let calendar = OfficeCalendar::default();
    let groups = |matter: &Matter| {
        let waits = city.by(CLERK, |context| matter.waits(context.organisation, &calendar));
        waits.into_iter().map(|wait| wait.group).collect::<BTreeSet<_>>()
    };
    assert_eq!(groups(&matter), BTreeSet::from([Group::DueSoon, Group::Overdue, Group::UnderWay]));
    let held = city.done(WATER_HEAD, &matter, Act::NameObstacle { obstacle: text("No permit"), remover: None });
    assert_eq!(groups(&held), BTreeSet::from([Group::DueSoon, Group::Overdue, Group::Held]));
    let free = city.done(WATER_HEAD, &held, Act::RemoveObstacle { no: 1, note: None });
    assert_eq!(groups(&free), groups(&matter));
}

#[test]
fn a_merger_never_puts_a_deadline_off() {
    let city = Qinghe::new();
    let (early, late) = (assigned(&city, 1, date(2027, 3, 30)), assigned(&city, 2, date(2027, 3, 31)));
    let refused = |a: &Matter, b: &Matter| city.by(CLERK, |context| a.act(merge(b), context)).err();
    assert_eq!(refused(&early, &late), Some(Refusal::MergerDelays { due: date(2027, 3, 30) }));
    assert_eq!(refused(&late, &early), None);
    assert_eq!(refused(&early, &city.open(3)), Some(Refusal::MergerDelays { due: date(2027, 3, 30) }));
    assert_eq!(refused(&city.open(3), &early), None, "one that nobody leads yet has no deadline to lose");
}

#[test]
fn only_open_matters_are_merged_and_never_a_part_into_its_whole() {
    let city = Qinghe::new();
    let (one, other) = (city.open(1), city.open(2));
    let refused =
        |a: &Matter, b: &Matter, facts: &Facts| city.knowing(CLERK, facts, |context| a.act(merge(b), context)).err();
    assert_eq!(refused(&one, &one, &Facts::default()), Some(Refusal::NotMergeable));
    let authority = text("Meeting 42");
    let gone = city.done(CLERK, &other, Act::Withdraw { authority, reason: text("settled"), successor: None });
    assert_eq!(refused(&one, &gone, &Facts::default()), Some(Refusal::NotMergeable));
    let decompose = Act::Decompose { sub: matter_id(3), number: number(3), directive: text("A part") };
    let events = city.by(CLERK, |context| one.act(decompose, context)).expect("a clerk may");
    let (whole, part) = (city.after(&one, &events), city.born(3, &events));
    let facts = Facts { descendants: vec![Arc::new(part.clone())], ..Facts::default() };
    assert_eq!(refused(&whole, &part, &facts), Some(Refusal::NotMergeable));
    assert_eq!(refused(&part, &whole, &Facts::default()), Some(Refusal::NotMergeable));
    let numbers = vec![number(3)];
    assert_eq!(refused(&whole, &other, &facts), Some(Refusal::MergerLeavesParts { numbers }));
}

#[test]
fn a_link_stands_on_both_seen_from_each_and_only_once() {
    let city = Qinghe::new();
    let (first, second) = (city.open(1), city.open(2));
    let link = |other: &Matter, relation| Act::Link { other: Arc::new(other.clone()), relation, note: None };
    let events =
        city.by(CLERK, |context| second.act(link(&first, LinkRelation::Follows), context)).expect("a clerk may");
    let (first, second) = (city.after(&first, &events), city.after(&second, &events));
    assert_eq!((second.links[0].other, second.links[0].relation), (first.id, LinkRelation::Follows));
    assert_eq!((first.links[0].other, first.links[0].relation), (second.id, LinkRelation::FollowedBy));
    let again = city.by(CLERK, |context| second.act(link(&first, LinkRelation::Follows), context));
    assert_eq!(again, Err(Refusal::NothingChanges));
    assert!(city.by(WATER_HEAD, |context| first.act(link(&second, LinkRelation::Related), context)).is_err());
}

#[test]
fn nobody_learns_of_a_circles_matter_from_one_that_everyone_knows() {
    let city = Qinghe::new();
    let known = city.open(1);
    let circle = Audience::Circle(BTreeSet::from([CLERK, CLERK2]));
    let secret = Matter { audience: circle.clone(), ..city.open(2) };
    let also_secret = Matter { audience: circle, ..city.open(3) };
    let link =
        |other: &Matter| Act::Link { other: Arc::new(other.clone()), relation: LinkRelation::Related, note: None };
    for (a, b) in [(&known, &secret), (&secret, &known)] {
        assert_eq!(city.by(CLERK, |context| a.act(link(b), context)), Err(Refusal::AudiencesDiffer));
        assert_eq!(city.by(CLERK, |context| a.act(merge(b), context)), Err(Refusal::AudiencesDiffer));
    }
    assert!(city.by(CLERK, |context| secret.act(link(&also_secret), context)).is_ok());
}
