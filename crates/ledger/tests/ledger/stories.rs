//! Matters told from beginning to end, as an official would follow them.

use jiff::civil::date;
use ledger::Refusal;
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::calendar::OfficeCalendar;
use ledger::event::Event;
use ledger::evidence::EvidenceKind;
use ledger::id::{MatterId, Number, OfficerId, Series, Stream, UnitId};
use ledger::matter::{Kind, MatterEvent, Method, Outcome, StateKind};
use ledger::party::Party;

use crate::city::*;
use crate::world::{World, hand, text};

fn who(officer: OfficerId) -> &'static str {
    let names = [
        (ADMIN, "the administrator"),
        (CHIEF, "the chief"),
        (CLERK, "the clerk"),
        (WATER_HEAD, "the head of water"),
        (WATER_MEMBER, "a member of water"),
        (ROADS_HEAD, "the head of roads"),
        (ROADS_MEMBER, "a member of roads"),
        (PARKS_HEAD, "the head of parks"),
        (LONE, "the one clerk"),
    ];
    names.iter().find(|(id, _)| *id == officer).map_or("somebody", |(_, name)| name)
}

fn said(event: &MatterEvent) -> String {
    let debug = format!("{event:?}");
    let name = debug.split([' ', '{']).next().unwrap_or_default().to_owned();
    match event {
        MatterEvent::Assigned { due, .. } => format!("{name}, due {due}"),
        MatterEvent::ExtensionAsked { to, .. } => format!("{name} until {to}"),
        MatterEvent::ExtensionDecided { granted: Some(to), .. } => format!("{name}: until {to}"),
        MatterEvent::ExtensionDecided { granted: None, .. } => format!("{name}: no"),
        MatterEvent::ReportDrafted { outcome, .. } => format!("{name}: {:?}", outcome.kind()),
        MatterEvent::AppealDecided { upheld, .. } => {
            format!("{name}: {}", if *upheld { "upheld" } else { "dismissed" })
        }
        MatterEvent::SubMatterOpened { number, .. } => format!("{name} {number}"),
        MatterEvent::Cleared { single_clerk: true, .. } => format!("{name}, by the hand that verified"),
        _ => name,
    }
}

/// One line an event: the day, the matter, who, what, and where it stands then.
fn told(world: &World) -> String {
    let mut standing: std::collections::BTreeMap<MatterId, ledger::matter::Matter> = Default::default();
    let mut lines = vec![];
    for entry in &world.history {
        let (Stream::Matter(id), Event::Matter(event)) = (entry.stream, &entry.event) else { continue };
        match standing.get_mut(&id) {
            Some(matter) => matter.apply_matter(event, entry.by),
            None => {
                let begun = ledger::event::Fold::begin(entry.stream, &entry.event, &entry.meta).expect("it begins");
                standing.insert(id, begun);
            }
        }
        let matter = &standing[&id];
        let state = matter.state.kind().code();
        lines.push(format!("{} {} {}: {} -> {state}", entry.on, matter.number, who(entry.by.officer), said(event)));
    }
    lines.join("\n")
}

fn part(world: &mut World, of: MatterId, unit: UnitId, words: &str) -> MatterId {
    let (sub, number): (MatterId, Number) = (MatterId(world.fresh()), world.number(Series::General));
    world.does(CLERK, of, Act::Decompose { sub, number, directive: text(words) });
    world.does(CLERK, sub, assign_to(Party::Unit(unit), date(2026, 11, 18)));
    sub
}

#[test]
fn a_directive_with_two_supporting_units_and_an_extension_nobody_decided_in_time() {
    let mut world = city();
    let id = world.opens(CLERK, Kind::Directive, "Dredge the river before the winter", Audience::Office);
    let roads = part(&mut world, id, ROADS, "Open the road to the bank");
    let parks = part(&mut world, id, PARKS, "Plant the bank");
    world.does(CLERK, id, water_assigned(date(2026, 11, 20)));
    world.does(WATER_HEAD, id, Act::SignFor);
    world.does(ROADS_HEAD, roads, Act::SignFor);
    world.today = date(2026, 11, 16);
    reports(&mut world, roads, Outcome::Done, (ROADS_MEMBER, ROADS_HEAD));
    world.does(CLERK, roads, verify(Method::SiteVisit));
    world.does(CHIEF, roads, clear());
    world.today = date(2026, 11, 19);
    world.does(WATER_HEAD, id, Act::AskExtension { to: date(2026, 12, 4), reason: text("The river is high") });
    world.today = date(2026, 11, 20);
    let silent = OfficeCalendar::default();
    assert_eq!(world.matter(id).overdue_from(&silent), Some(date(2026, 11, 21)), "asked is not granted");
    world.today = date(2026, 11, 23);
    world.does(CLERK, id, Act::DecideExtension { granted: Some(date(2026, 12, 4)), reason: text("It is") });
    let piece = world.evidence_id();
    world.does(WATER_HEAD, id, evidence(piece, EvidenceKind::Photo));
    world.does(WATER_MEMBER, id, draft(Outcome::Done, &[piece]));
    let numbers = vec![world.matter(parks).number];
    assert_eq!(world.refused(WATER_HEAD, id, Act::SignReport), Refusal::SubMattersOpen { numbers });
    world.does(CLERK, id, Act::Waive { sub: parks, reason: text("It is planted in spring") });
    world.does(WATER_HEAD, id, Act::SignReport);
    for officer in [ROADS_HEAD, PARKS_HEAD] {
        let act = Act::NameVerifier { verifier: officer };
        assert!(matches!(world.refused(CLERK, id, act), Refusal::Excluded { .. }), "he had a part in it");
    }
    world.does(CLERK, id, verify(Method::SiteVisit));
    world.does(CHIEF, id, clear());
    insta::assert_snapshot!("a_directive", told(&world));
}

#[test]
fn a_households_need_refused_with_a_reason_and_appealed_both_ways() {
    let mut world = city();
    let id = world.opens(CLERK, Kind::Need, "A home for the winter", Audience::Office);
    bring(&mut world, id, StateKind::UnderWay);
    reports(&mut world, id, Outcome::Refused { appeal_until: date(2026, 11, 20) }, (WATER_MEMBER, WATER_HEAD));
    world.today = date(2026, 11, 18);
    world.does(CLERK, id, Act::Appeal { grounds: text("The income was counted twice") });
    world.does(CHIEF, id, Act::DecideAppeal { upheld: true, reason: text("It was") });
    reports(&mut world, id, Outcome::Refused { appeal_until: date(2026, 12, 18) }, (WATER_MEMBER, WATER_HEAD));
    world.today = date(2026, 12, 18);
    world.does(CLERK, id, Act::Appeal { grounds: text("The flat is damp") });
    world.does(CHIEF, id, Act::DecideAppeal { upheld: false, reason: text("It was dried") });
    world.does(CLERK, id, verify(Method::CallBack));
    assert_eq!(world.refused(CHIEF, id, clear()), Refusal::AppealOpen { until: date(2026, 12, 18) });
    world.today = date(2026, 12, 19);
    world.does(CHIEF, id, clear());
    insta::assert_snapshot!("a_need", told(&world));
}

#[test]
fn an_unfounded_clue_in_a_circle_of_two() {
    let mut world = city();
    let opening = world.opening(Kind::Clue, "A clue about the depot", Audience::Circle([LONE, ROADS_HEAD].into()));
    let id = world.try_open(hand(LONE), opening).expect("he is inside");
    let (criterion, due) = (text("Founded or not"), date(2026, 11, 20));
    let act = Act::Assign { lead: Party::Unit(ROADS), supervising: LONE_OFFICE, criterion, due };
    world.does(LONE, id, act);
    assert!(matches!(world.refused(ROADS_MEMBER, id, Act::SignFor), Refusal::NotPermitted { .. }), "he is outside");
    world.does(ROADS_HEAD, id, Act::SignFor);
    // Nobody else of his unit may know it, so he signs what he wrote.
    reports(&mut world, id, Outcome::Unfounded, (ROADS_HEAD, ROADS_HEAD));
    world.today = date(2026, 11, 9);
    world.does(LONE, id, verify(Method::SiteVisit));
    world.does(LONE, id, clear());
    insta::assert_snapshot!("a_clue", told(&world));
}
