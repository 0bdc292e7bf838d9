//! Figures asked for and given: who may, of whom, until when, and what becomes of an ask when a unit ends.

use std::collections::BTreeSet;

use jiff::civil::date;
use ledger::act::ActKind;
use ledger::ask::{self, Ask, Asking, Code, Figure, Giving, Period};
use ledger::event::Fold as _;
use ledger::id::{AskId, OfficerId, UnitId};
use ledger::{Invalid, Refusal};
use uuid::Uuid;

use crate::city::*;
use crate::world::{World, hand, text};

fn code(code: &str) -> Code {
    Code::parse("code", code).expect("a code")
}

fn asking() -> Asking {
    Asking {
        matter: None,
        indicators: [code("loss.rate"), code("supply.volume")].into(),
        units: [WATER, ROADS].into(),
        period: Period::Quarter { year: 2026, quarter: 3 },
        due: date(2026, 11, 20),
        purpose: text("The quarterly meeting"),
    }
}

fn giving(unit: UnitId, mantissa: i64) -> Giving {
    let value = Figure { mantissa, scale: 1 };
    Giving {
        indicator: code("loss.rate"),
        unit,
        value,
        measure: code("percent"),
        source: code("register"),
        remark: None,
    }
}

fn asked(world: &mut World) -> Ask {
    let id = AskId(Uuid::from_u128(5));
    let events = world.with(hand(CLERK), |context| ask::ask(id, asking(), context)).expect("a clerk may ask");
    world.record(hand(CLERK), events.clone());
    Ask::begin(events[0].0, &events[0].1, &world.history.last().expect("recorded").meta).expect("an ask")
}

fn gives(world: &mut World, asked: &mut Ask, officer: OfficerId, giving: Giving) -> Result<(), Refusal> {
    let events = world.with(hand(officer), |context| asked.observe(giving, context))?;
    world.record(hand(officer), events.clone());
    asked.apply(&events[0].1, &world.history.last().expect("recorded").meta);
    Ok(())
}

#[test]
fn nothing_is_asked_of_nobody_for_nothing_too_late_or_without_the_right() {
    let mut world = city();
    let ask_by = |world: &World, officer, asking| {
        let asked = world.with(hand(officer), |context| ask::ask(AskId(Uuid::from_u128(5)), asking, context));
        asked.map(|events| events.len())
    };
    let forbidden = Err(Refusal::NotPermitted { act: ActKind::Ask });
    for officer in [WATER_HEAD, AUDITOR, ADMIN, OfficerId::PUBLIC] {
        assert_eq!(ask_by(&world, officer, asking()), forbidden, "{officer}");
    }
    let nothing = Err(Refusal::NothingChanges);
    assert_eq!(ask_by(&world, CLERK, Asking { indicators: BTreeSet::new(), ..asking() }), nothing);
    assert_eq!(ask_by(&world, CLERK, Asking { units: BTreeSet::new(), ..asking() }), nothing);
    let unknown = Asking { units: [WATER, unit(99)].into(), ..asking() };
    assert_eq!(ask_by(&world, CLERK, unknown), Err(Refusal::PartyUnknown));
    let late = Asking { due: date(2026, 11, 1), ..asking() };
    assert_eq!(ask_by(&world, CLERK, late), Err(Refusal::DueInThePast { due: date(2026, 11, 1) }));
    assert_eq!(ask_by(&world, CLERK, Asking { due: monday(), ..asking() }), Ok(1), "its own day is a day");
    assert_eq!(ask_by(&world, LEADER, asking()), Ok(1));
    world.change(ADMIN, closing(ROADS, monday(), None)).expect("it may end");
    assert_eq!(ask_by(&world, CLERK, asking()), Err(Refusal::PartyUnknown), "the bureau has ended");
}

#[test]
fn a_figure_is_given_by_the_unit_it_is_asked_of_and_the_last_one_stands() {
    let mut world = city();
    let mut ask = asked(&mut world);
    let forbidden = Err(Refusal::NotPermitted { act: ActKind::Observe });
    for officer in [ROADS_HEAD, RIVER_HEAD, CLERK, ADMIN] {
        assert_eq!(gives(&mut world, &mut ask, officer, giving(WATER, 125)), forbidden, "{officer}");
    }
    assert_eq!(gives(&mut world, &mut ask, PARKS_HEAD, giving(PARKS, 125)), Err(Refusal::NotAsked));
    let other = Giving { indicator: code("rain"), ..giving(WATER, 125) };
    assert_eq!(gives(&mut world, &mut ask, WATER_HEAD, other), Err(Refusal::NotAsked));
    assert_eq!(ask.missing().len(), 4);
    gives(&mut world, &mut ask, WATER_MEMBER, giving(WATER, 125)).expect("asked of his unit");
    gives(&mut world, &mut ask, WATER_HEAD, giving(WATER, 118)).expect("given anew");
    assert_eq!(ask.missing().len(), 3);
    let standing = &ask.observations[&(code("loss.rate"), WATER)];
    assert_eq!((standing.value.to_string(), standing.revision, standing.by), ("11.8".into(), 2, hand(WATER_HEAD)));
}

#[test]
fn for_a_unit_that_was_merged_its_successor_gives_the_figures() {
    let mut world = city();
    let mut ask = asked(&mut world);
    world.change(ADMIN, closing(WATER, date(2026, 11, 9), Some(PARKS))).expect("merged");
    let forbidden = Err(Refusal::NotPermitted { act: ActKind::Observe });
    assert_eq!(gives(&mut world, &mut ask, PARKS_HEAD, giving(WATER, 125)), forbidden, "not yet");
    world.today = date(2026, 11, 9);
    assert_eq!(gives(&mut world, &mut ask, WATER_HEAD, giving(WATER, 125)), forbidden, "no longer");
    gives(&mut world, &mut ask, PARKS_HEAD, giving(WATER, 125)).expect("in its place");
    assert_eq!(ask.missing().len(), 3);
}

#[test]
fn figures_codes_and_periods_are_what_they_say() {
    for (typed, again) in [("-12.50", Some("-12.50")), ("0.000000001", Some("0.000000001")), ("007", Some("7"))] {
        assert_eq!(Figure::parse(typed).ok().map(|figure| figure.to_string()).as_deref(), again, "{typed}");
    }
    for typed in
        ["", "-", ".5", "1,5", "1e3", "１２", "9007199254740992", "-9223372036854775808", "0.0000000001", "--1"]
    {
        assert_eq!(Figure::parse(typed), Err(Invalid::new("value", "malformed-figure")), "{typed}");
    }
    for typed in ["", "Rain", "rain fall", &"r".repeat(65)] {
        assert_eq!(Code::parse("indicator", typed), Err(Invalid::new("indicator", "malformed-code")), "{typed}");
    }
    for period in [Period::Month { year: 2026, month: 13 }, Period::Quarter { year: 2026, quarter: 0 }] {
        assert_eq!(period.check(), Err(Invalid::new("period", "no-such-period")));
    }
    assert!(Period::Month { year: 2026, month: 12 }.check().is_ok());
}
