//! What the lists make of units that end and of days that are free.

use jiff::civil::{Date, date};
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::calendar::{self, Country, DayRule};
use ledger::id::{MatterId, Number, OfficerId, PostId, Series, UnitId};
use ledger::matter::{Hand, PublicItem};
use ledger::organisation::{Duty, Function, PostText, UnitText};
use ledger::organise::Change;
use ledger::party::Party;
use uuid::Uuid;

use super::office::{ADMIN, CLERK, Office, SUPERVISION, WATER, WATER_HEAD, name, text};
use crate::{MatterFilter, Standing, StoreFault};

const ECOLOGY: UnitId = UnitId(Uuid::from_u128(0x53));
const BY: Hand = Hand { officer: ADMIN, on_behalf: None };

fn adopt(office: &Office, years: &'static [i16]) {
    let adopted = office.change(ADMIN, move |read| {
        let held = read.calendar()?;
        Ok(read.with_context(BY, &Default::default(), |c| calendar::adopt(Country::China, years, &held, c))??)
    });
    adopted.expect("an administrator may");
}

fn correct(office: &Office, day: Date, rule: DayRule) {
    let corrected = office.change(ADMIN, move |read| {
        let held = read.calendar()?;
        let reason = text("Duty roster");
        Ok(read.with_context(BY, &Default::default(), |c| calendar::correct(day, rule, reason, &held, c))??)
    });
    corrected.expect("an administrator may");
}

fn overdue_from(office: &Office, matter: MatterId) -> Option<Date> {
    let line = office.store.read(|read| read.matters(Some(CLERK), &MatterFilter::default(), 100, 0)).expect("a list");
    line.into_iter().find(|line| line.id == matter).expect("listed").overdue_from
}

fn due(office: &Office, matter: MatterId, due: Date) {
    let act = Act::Assign { lead: Party::Unit(WATER), supervising: SUPERVISION, criterion: text("Done"), due };
    office.act(CLERK, matter, act).expect("a clerk may assign");
}

#[test]
fn a_change_of_the_calendar_moves_the_day_from_which_matters_are_late() {
    let office = Office::new();
    let matter = office.open_matter("Clear the drains", Audience::Office);
    due(&office, matter, date(2026, 12, 20));
    let other = office.open_matter("Mend the road", Audience::Office);
    due(&office, other, date(2026, 12, 21));
    assert_eq!(overdue_from(&office, matter), Some(date(2026, 12, 21)), "no calendar: the day itself");
    adopt(&office, &[2024, 2025, 2026]);
    // The 20th is a Sunday.
    assert_eq!(overdue_from(&office, matter), Some(date(2026, 12, 22)));
    assert_eq!(overdue_from(&office, other), Some(date(2026, 12, 22)));
    correct(&office, date(2026, 12, 21), DayRule::Free);
    assert_eq!(overdue_from(&office, matter), Some(date(2026, 12, 23)));
    assert_eq!(overdue_from(&office, other), Some(date(2026, 12, 23)));
    correct(&office, date(2026, 12, 20), DayRule::Working);
    assert_eq!(overdue_from(&office, matter), Some(date(2026, 12, 21)));
    let before = office.store.digest().expect("a digest");
    office.store.rebuild().expect("made again");
    assert_eq!(office.store.digest().expect("a digest"), before);
    let later = office.open_matter("Paint the bridge", Audience::Office);
    due(&office, later, date(2026, 12, 26));
    assert_eq!(overdue_from(&office, later), Some(date(2026, 12, 29)), "a new matter goes by it from the start");
    let office = office.reopen(|_| {});
    assert_eq!(overdue_from(&office, later), Some(date(2026, 12, 29)));
}

#[test]
fn the_lists_of_a_successor_hold_the_matters_of_the_unit_it_succeeds_from_its_day_on() {
    let office = Office::new();
    let founded = UnitText { name: name("Ecology Bureau"), aliases: vec![] };
    office.organise(Change::FoundUnit { unit: ECOLOGY, parent: None, function: Function::Executing, text: founded });
    let matter = office.open_matter("Clear the drains", Audience::Office);
    office.assign(matter);
    let led_by = |office: &Office, unit: UnitId| {
        let filter = MatterFilter { lead: Some(unit), standing: Some(Standing::Open), ..MatterFilter::default() };
        office.store.read(|read| read.matters(Some(CLERK), &filter, 10, 0)).expect("a list").len()
    };
    let close = |on: Date| Change::CloseUnit { unit: WATER, on, successor: Some(ECOLOGY), reason: text("Reform") };
    office.organise(close(date(2026, 12, 1)));
    assert_eq!((led_by(&office, WATER), led_by(&office, ECOLOGY)), (1, 0), "not before its day");
    office.organise(Change::CancelClosing { unit: WATER, reason: text("At once instead") });
    office.organise(close(date(2026, 11, 1)));
    assert_eq!((led_by(&office, WATER), led_by(&office, ECOLOGY)), (1, 1));
    let before = office.store.digest().expect("a digest");
    office.store.rebuild().expect("made again");
    assert_eq!(office.store.digest().expect("a digest"), before);
}

#[test]
fn what_hangs_on_an_officer_is_listed_to_those_who_may_know_it() {
    let office = Office::new();
    let open = office.open_matter("Clear the drains", Audience::Office);
    let circle =
        office.open_matter("Look into the drains", Audience::Circle([CLERK, super::office::CLERK2, WATER_HEAD].into()));
    for matter in [open, circle] {
        let lead = Party::Officer(WATER_HEAD);
        let act = Act::Assign { lead, supervising: SUPERVISION, criterion: text("Done"), due: date(2026, 12, 20) };
        office.act(CLERK, matter, act).expect("assigned");
    }
    let naming = |reader| office.store.read(|read| read.matters_naming(Some(reader), WATER_HEAD)).expect("a list");
    assert_eq!(naming(ADMIN), [open], "an administrator is told nothing of a circle he is not in");
    assert_eq!(naming(CLERK).len(), 2);
}

/// Nothing is written when the day comes on which the leading officer is somewhere else; the lists ask by day. The public
/// is told of the unit it was placed with.
#[test]
fn a_leading_officers_matter_is_listed_with_the_unit_he_is_in_today() {
    let office = Office::new();
    let (officer, from) = (OfficerId(Uuid::from_u128(0xf1)), date(2026, 11, 9));
    office.enrol(officer, WATER, Duty::Member, "Member Lan");
    office.organise(Change::FoundUnit {
        unit: ECOLOGY,
        parent: None,
        function: Function::Executing,
        text: UnitText { name: name("Ecology Bureau"), aliases: vec![] },
    });
    let post = PostId(Uuid::from_u128(0x901));
    let title = PostText { title: name("Post") };
    office.organise(Change::MakePost { unit: ECOLOGY, post, duty: Duty::Member, text: title });
    let matter = office.open_matter("Dredge the river", Audience::Office);
    let (lead, criterion, due) = (Party::Officer(officer), text("Done"), date(2026, 12, 20));
    office.act(CLERK, matter, Act::Assign { lead, supervising: SUPERVISION, criterion, due }).expect("assigned");
    office.act(CLERK, matter, Act::Publish { items: PublicItem::ALL.iter().copied().collect() }).expect("published");
    office.organise(Change::LeaveEveryPost { officer, until: from });
    office.organise(Change::TakePost { officer, post, from });
    let led = |unit| {
        let filter = MatterFilter { lead: Some(unit), ..MatterFilter::default() };
        office.store.read(|read| read.matters(Some(CLERK), &filter, 100, 0)).expect("a list").len()
    };
    let public = || {
        let by_unit = office.store.read(|read| read.published_by_unit(10)).expect("a list");
        by_unit.into_iter().map(|(unit, _)| unit).collect::<Vec<_>>()
    };
    assert_eq!(((led(WATER), led(ECOLOGY)), public()), ((1, 0), vec![WATER]));
    office.wait(7);
    assert_eq!(((led(WATER), led(ECOLOGY)), public()), ((0, 1), vec![WATER]));
    let digest = office.store.digest().expect("a digest");
    office.store.rebuild().expect("rebuilt");
    assert_eq!(office.store.digest().expect("a digest"), digest);
}

#[test]
fn what_stands_under_a_matter_is_looked_at_whole_or_not_at_all() {
    let office = Office::new();
    let matter = office.open_matter("Dredge the river", Audience::Office);
    for n in 0..3 {
        let number = Number { year: 2026, series: Series::General, count: 100 + n };
        let sub = MatterId(Uuid::from_u128(0x9900 + u128::from(n)));
        office.act(CLERK, matter, Act::Decompose { sub, number, directive: text("A stretch") }).expect("decomposed");
    }
    let looked_at = |max| {
        office.store.read(|read| {
            let matter = read.matter(matter)?.expect("it was opened");
            Ok::<_, StoreFault>(
                read.descendants(&matter, max).map(|parts| parts.len()).map_err(|fault| fault.to_string()),
            )
        })
    };
    assert_eq!(looked_at(3).expect("a state"), Ok(3));
    assert_eq!(looked_at(2).expect("a state"), Err("more than 2 matters stand under one".to_owned()));
}
