//! Who may know a matter is narrowed, and somebody is left who can act on it.

#![allow(missing_docs, reason = "tests are named as sentences")]

mod qinghe;

use std::collections::BTreeSet;

use ledger::Refusal;
use ledger::act::{Act, Opening, open};
use ledger::audience::Audience;
use qinghe::{CLERK, CLERK2, Qinghe, WATER, WATER_HEAD, opening, text};

fn to(audience: Audience) -> Act {
    Act::ChangeAudience { audience, reason: text("It names a person") }
}

#[test]
fn a_matter_is_never_narrowed_to_people_who_cannot_take_it_up() {
    let city = Qinghe::new();
    let matter = city.open(1);
    let narrowed = |audience: Audience| city.by(CLERK, |context| matter.act(to(audience), context));
    assert_eq!(narrowed(Audience::Units(BTreeSet::from([WATER]))), Err(Refusal::NobodyInside));
    assert_eq!(narrowed(Audience::Circle(BTreeSet::from([WATER_HEAD]))), Err(Refusal::OutsideCircle));
    assert!(narrowed(Audience::Circle(BTreeSet::from([CLERK, CLERK2]))).is_ok());
}

#[test]
fn a_circle_is_opened_with_somebody_of_a_supervision_office_in_it() {
    let city = Qinghe::new();
    let within =
        |officers: &[_]| Opening { audience: Audience::Circle(officers.iter().copied().collect()), ..opening(1) };
    assert!(city.by(CLERK, |context| open(within(&[CLERK]), context)).is_ok());
    assert_eq!(city.by(CLERK, |context| open(within(&[WATER_HEAD]), context)), Err(Refusal::OutsideCircle));
}
