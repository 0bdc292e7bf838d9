//! Many matters placed at once, and what is clear enough for it: given events, when act, then events or refusal.

#![allow(missing_docs, reason = "tests are named as sentences")]

mod qinghe;

use jiff::civil::date;
use ledger::Refusal;
use ledger::act::{Placing, Support, open_and_place};
use ledger::document::{Class, Settle, Settled};
use ledger::event::Event;
use ledger::matter::{MatterEvent, StateKind};
use ledger::party::Party;
use ledger::profile::OfficeProfile;
use qinghe::{CLERK, Qinghe, SUPERVISION, WATER, document, housing, matter_id, number, opening, proposal, text};

fn placing(lead: Party) -> Placing {
    Placing { lead, supervising: SUPERVISION, criterion: text("Surveyed at ten sections"), due: date(2027, 3, 31) }
}

#[test]
fn supporting_units_get_matters_of_their_own_under_the_one_that_is_assigned() {
    let city = Qinghe::new();
    let matter = city.open(1);
    let support = [Support { sub: matter_id(2), number: number(2), unit: housing() }];
    let events = city.by(CLERK, |context| matter.assign_with_support(placing(Party::Unit(WATER)), &support, context));
    let events = events.expect("a clerk may");
    let kinds: Vec<&str> = events
        .iter()
        .map(|(_, event)| match event {
            Event::Matter(MatterEvent::SubMatterOpened { .. }) => "sub",
            Event::Matter(MatterEvent::Opened { .. }) => "opened",
            Event::Matter(MatterEvent::Assigned { .. }) => "assigned",
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(kinds, ["sub", "opened", "assigned", "assigned"]);
    let (whole, part) = (city.after(&matter, &events), city.born(2, &events));
    assert_eq!((whole.lead, part.lead), (Some(Party::Unit(WATER)), Some(Party::Unit(housing()))));
    assert_eq!((whole.subs.len(), part.parent()), (1, Some(matter.id)));
    assert_eq!((part.state.kind(), part.due), (StateKind::Assigned, whole.due));
}

#[test]
fn a_part_that_cannot_be_assigned_stops_the_whole() {
    let city = Qinghe::new();
    let matter = city.open(1);
    let support = [Support { sub: matter_id(2), number: number(2), unit: SUPERVISION }];
    let refused = city.by(CLERK, |context| matter.assign_with_support(placing(Party::Unit(WATER)), &support, context));
    assert_eq!(refused, Err(Refusal::SupervisesItself));
}

#[test]
fn a_matter_is_opened_and_assigned_in_one_change_or_not_at_all() {
    let city = Qinghe::new();
    let events = city.by(CLERK, |context| open_and_place(opening(1), Some(placing(Party::Unit(WATER))), &[], context));
    assert_eq!(city.born(1, &events.expect("a clerk may")).state.kind(), StateKind::Assigned);
    let itself = Some(placing(Party::Unit(SUPERVISION)));
    assert_eq!(
        city.by(CLERK, |context| open_and_place(opening(1), itself, &[], context)),
        Err(Refusal::SupervisesItself)
    );
}

#[test]
fn a_name_that_fits_several_units_is_nobodys() {
    let city = Qinghe::new();
    let called = |words| city.organisation.units_called(words, city.today);
    assert_eq!(called("The Water Bureau"), [WATER]);
    assert_eq!(called("水务局"), [WATER]);
    assert_eq!(called("Bureau").len(), 2, "an alias of two units");
    assert_eq!(called("水务"), [], "part of a name is no name");
}

#[test]
fn a_proposal_is_clear_only_where_owner_and_day_leave_no_doubt() {
    let city = Qinghe::new();
    let clear = proposal(1, (0, 5), Class::Action);
    let is_clear = |proposal: &ledger::document::Proposal| {
        proposal.is_clear(&OfficeProfile::default(), &city.organisation, city.today)
    };
    assert!(is_clear(&clear));
    assert!(!is_clear(&ledger::document::Proposal { owner: Some(text("Bureau")), ..clear.clone() }));
    assert!(!is_clear(&ledger::document::Proposal { owner: None, ..clear.clone() }));
    assert!(!is_clear(&ledger::document::Proposal { due: None, ..clear.clone() }));
    assert!(!is_clear(&ledger::document::Proposal { is_uncertain: true, ..clear.clone() }));
    assert!(!is_clear(&ledger::document::Proposal { class: Class::Principle, ..clear.clone() }));
    // On its last day a deadline has not passed; the day after it has.
    assert!(is_clear(&ledger::document::Proposal { due: Some(city.today), ..clear.clone() }));
    let yesterday = city.today.yesterday().ok();
    assert!(!is_clear(&ledger::document::Proposal { due: yesterday, ..clear }));
}

#[test]
fn what_was_decided_about_one_proposal_is_taken_back_out_of_turn() {
    let city = Qinghe::new();
    let mut document = document(&city);
    let mut settle = |settle: Settle| -> Result<(), Refusal> {
        let events = city.by(CLERK, |context| document.settle(settle, context))?;
        document = city.after_document(&document, &events);
        Ok(())
    };
    settle(Settle::Dismiss { no: 1 }).expect("open");
    settle(Settle::Dismiss { no: 2 }).expect("open");
    settle(Settle::TakeBack { no: 1, matter: None }).expect("dismissed");
    assert_eq!(settle(Settle::TakeBack { no: 1, matter: None }), Err(Refusal::NothingToUndo));
    let states: Vec<Settled> = document.proposals().iter().map(|(_, settled)| *settled).collect();
    assert_eq!(states, [Settled::Open, Settled::Dismissed]);
}
