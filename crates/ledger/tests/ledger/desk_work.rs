//! A clerk's desk: opening for named units, dividing a matter into parts, putting wrong words and wrong leads right.

use std::collections::BTreeSet;

use jiff::civil::date;
use ledger::Refusal;
use ledger::act::{Act, Part, Placing, Words};
use ledger::audience::Audience;
use ledger::event::Event;
use ledger::id::{MatterId, Number, Series};
use ledger::independence::{self, Ground};
use ledger::matter::{Kind, LinkRelation, MatterEvent, Source, State, StateKind, WithdrawalGround};
use ledger::organisation::Duty;
use ledger::party::Party;

use crate::city::*;
use crate::world::{World, hand, text};

#[test]
fn named_units_without_a_supervision_office_or_without_the_opener_open_nothing() {
    let mut world = city();
    let mut open_for = |by, units: &[ledger::id::UnitId]| {
        let opening = world.opening(Kind::Directive, "Mend the dyke", Audience::Units(units.iter().copied().collect()));
        world.try_open(hand(by), opening).map(|_| ())
    };
    assert_eq!(open_for(CLERK, &[WATER]), Err(Refusal::NobodyInside));
    assert_eq!(open_for(LEADER, &[WATER, SUPERVISION]), Err(Refusal::NobodyInside), "he would not find it again");
    assert_eq!(open_for(CLERK, &[WATER, SUPERVISION]), Ok(()));
    assert_eq!(open_for(LEADER, &[WATER, COMMITTEE]), Ok(()), "the office stands under the committee");
}

#[test]
fn a_circles_matter_and_its_parts_are_numbered_in_the_circles_series() {
    let mut world = city();
    let circle = || Audience::Circle(BTreeSet::from([CLERK, CHIEF]));
    let general = Number { year: 2026, series: Series::General, count: 900 };
    let opening = ledger::act::Opening { number: general, ..world.opening(Kind::Clue, "Look into it", circle()) };
    assert_eq!(world.try_open(hand(CLERK), opening), Err(Refusal::WrongSeries { number: general }));
    let id = world.opens(CLERK, Kind::Clue, "Look into it", circle());
    let part = Act::Decompose { sub: MatterId(world.fresh()), number: general, directive: text("Ask at the bank") };
    assert_eq!(world.refused(CLERK, id, part), Refusal::WrongSeries { number: general });
}

fn part(world: &mut World, words: &str, lead: Option<Party>) -> Part {
    let placing = lead.map(|lead| Placing {
        lead,
        supervising: SUPERVISION,
        criterion: text("Seen on the spot"),
        due: date(2026, 11, 18),
    });
    let (sub, number) = (MatterId(world.fresh()), world.number(Series::General));
    Part { sub, number, directive: text(words), placing }
}

fn decompose(
    world: &World,
    id: MatterId,
    parts: Vec<Part>,
) -> Result<Vec<(ledger::id::Stream, Event)>, (usize, Refusal)> {
    let matter = world.matter(id);
    world.with(hand(CLERK), |context| matter.decompose_into(parts, context))
}

#[test]
fn parts_are_opened_and_assigned_together_each_with_its_own_words() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Assigned);
    let parts = vec![
        part(&mut world, "Dredge the upper reach", Some(Party::Unit(WATER))),
        part(&mut world, "Mend the towpath", Some(Party::Unit(ROADS))),
        part(&mut world, "Count the willows", None),
    ];
    let subs: Vec<MatterId> = parts.iter().map(|part| part.sub).collect();
    let events = decompose(&world, id, parts).expect("nothing stands in the way");
    world.record(hand(CLERK), events);
    let states: Vec<StateKind> = subs.iter().map(|sub| world.matter(*sub).state.kind()).collect();
    assert_eq!(states, [StateKind::Assigned, StateKind::Assigned, StateKind::Opened]);
    let second = world.matter(subs[1]);
    let words = second.text.open().expect("not erased");
    assert_eq!((words.quote.as_str(), words.source.as_ref()), ("Mend the towpath", None));
    assert_eq!(second.source, Source::Part { of: id });
    assert_eq!(world.matter(id).subs.len(), 3);
}

#[test]
fn one_part_that_is_refused_stops_them_all_and_is_named() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Assigned);
    let parts = vec![
        part(&mut world, "Dredge the upper reach", Some(Party::Unit(WATER))),
        part(&mut world, "Check itself", Some(Party::Unit(SUPERVISION))),
    ];
    assert_eq!(decompose(&world, id, parts), Err((1, Refusal::SupervisesItself)));
}

#[test]
fn parts_may_not_leave_nobody_to_verify_the_whole() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Assigned);
    posted(&mut world, CHIEF, ROADS, Duty::Member);
    posted(&mut world, CLERK, ROADS, Duty::Member);
    let mut theirs = part(&mut world, "Mend the towpath", Some(Party::Unit(ROADS)));
    theirs.placing = theirs.placing.map(|placing| Placing { supervising: LONE_OFFICE, ..placing });
    let parts = vec![part(&mut world, "Dredge", Some(Party::Unit(WATER))), theirs];
    assert_eq!(decompose(&world, id, parts), Err((1, Refusal::NobodyEligible)));
}

fn corrected(world: &mut World, id: MatterId, words: &str) -> Result<MatterId, Refusal> {
    let successor = MatterId(world.fresh());
    let number = world.number(world.matter(id).audience.series());
    let words = Words { directive: text(words), owner: None, deadline: None, quantity: None };
    let act = Act::Correct { successor, number, words, reason: text("It says river, and the canal was meant") };
    world.act(hand(CLERK), id, act).map(|()| successor)
}

#[test]
fn wrong_words_go_on_under_a_new_number_placed_as_they_were() {
    let mut world = city();
    let id = directive(&mut world, StateKind::UnderWay);
    world.does(WATER_HEAD, id, Act::AskExtension { to: date(2026, 12, 10), reason: text("Rain") });
    world.does(CLERK, id, Act::DecideExtension { granted: Some(date(2026, 12, 5)), reason: text("Half of it") });
    world.does(
        CLERK,
        id,
        Act::Reassign { lead: Party::Unit(ROADS), supervising: SUPERVISION, criterion: None, reason: text("Theirs") },
    );
    world.today = date(2026, 12, 8);
    let old = world.matter(id);
    let successor = corrected(&mut world, id, "Dredge the canal").expect("overdue or not");
    let (old, new) = (old, world.matter(successor));
    assert_eq!((new.lead, new.supervising, new.due), (old.lead, old.supervising, old.due));
    assert_eq!((new.original_due, new.opened_on), (Some(date(2026, 11, 20)), old.opened_on), "no clock starts anew");
    assert_eq!(
        new.criterion,
        old.criterion.clone().map(|kept| ledger::matter::CriterionText { reason: None, ..kept.clone() })
    );
    assert_eq!(new.state, State::Assigned, "its lead is to sign for the right words");
    let State::Withdrawn { ground, successor: named, .. } = &world.matter(id).state else { panic!("it goes on") };
    assert_eq!((*ground, *named), (WithdrawalGround::Corrected, Some(successor)));
    assert!(new.links.iter().any(|link| link.other == id && link.relation == LinkRelation::Follows));
}

#[test]
fn whoever_had_a_hand_in_the_old_words_does_not_verify_the_new() {
    let mut world = city();
    let id = directive(&mut world, StateKind::UnderWay);
    world.does(
        CLERK,
        id,
        Act::Reassign { lead: Party::Unit(ROADS), supervising: SUPERVISION, criterion: None, reason: text("Theirs") },
    );
    let successor = corrected(&mut world, id, "Dredge the canal").expect("it is under way");
    let new = world.matter(successor);
    let ground = world.with(hand(WATER_HEAD), |context| independence::ground_against(hand(WATER_HEAD), &new, context));
    assert_eq!(ground, Some(Ground::HeldPost { unit: WATER }));
}

#[test]
fn a_part_with_other_words_is_still_waited_for() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Assigned);
    let parts = vec![part(&mut world, "Dredge the river", Some(Party::Unit(WATER)))];
    let sub = parts[0].sub;
    let events = decompose(&world, id, parts).expect("nothing stands in the way");
    world.record(hand(CLERK), events);
    assert!(matches!(corrected(&mut world, id, "Dredge the canal"), Err(Refusal::CorrectionLeavesParts { .. })));
    let successor = corrected(&mut world, sub, "Dredge the canal").expect("it is a part");
    assert_eq!(world.matter(successor).parent(), Some(id));
    assert_eq!(world.matter(id).subs_in_the_way(&world.facts(id)), [world.matter(successor).number]);
}

#[test]
fn the_same_words_are_no_correction_and_public_words_are_published_anew() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Assigned);
    assert_eq!(corrected(&mut world, id, "Dredge the river"), Err(Refusal::NothingChanges));
    world.does(CLERK, id, Act::Publish { items: BTreeSet::from([ledger::matter::PublicItem::Directive]) });
    let successor = corrected(&mut world, id, "Dredge the canal").expect("it is assigned");
    assert_eq!(world.matter(successor).audience, Audience::Office);
}

#[test]
fn what_was_disputed_is_kept_until_it_is_placed_better() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Assigned);
    world.does(WATER_HEAD, id, Act::Dispute { reason: text("The canal is the roads bureau's") });
    let matter = world.matter(id);
    let disputed = matter.disputed.as_ref().expect("it was disputed");
    assert_eq!((disputed.lead, disputed.due), (Some(Party::Unit(WATER)), Some(date(2026, 11, 20))));
    assert_eq!(disputed.by, hand(WATER_HEAD));
    world.does(CLERK, id, assign_to(Party::Unit(ROADS), date(2026, 11, 20)));
    assert_eq!(world.matter(id).disputed, None);
}

#[test]
fn an_event_written_before_there_were_corrections_still_opens_a_matter() {
    let mut world = city();
    let id = directive(&mut world, StateKind::Opened);
    let first = world.history.iter().find(|entry| entry.stream == ledger::id::Stream::Matter(id)).expect("opened");
    let written = first.event.encode(first.stream);
    assert!(written.data.get("carried").is_none(), "{:?}", written.data);
    assert!(matches!(&first.event, Event::Matter(MatterEvent::Opened { carried: None, .. })));
}
