use std::collections::BTreeSet;

use jiff::civil::date;
use ledger::act::Act;
use ledger::audience::{Audience, sees};
use ledger::id::{MatterId, OfficerId, PostId, UnitId};
use ledger::organisation::Duty;
use ledger::organise::Change;
use ledger::party::Party;
use proptest::prelude::*;
use uuid::Uuid;

use super::office::{ADMIN, CLERK, CLERK2, Office, SUPERVISION, WATER, WATER_HEAD, text};
use crate::{Count, MatterFilter, Standing};

const STRANGER: OfficerId = OfficerId(Uuid::from_u128(0x77));
const READERS: [Option<OfficerId>; 6] =
    [Some(ADMIN), Some(CLERK), Some(CLERK2), Some(WATER_HEAD), Some(STRANGER), None];

fn filters() -> Vec<MatterFilter> {
    let plain = MatterFilter::default;
    vec![
        plain(),
        MatterFilter { words: "depot".into(), ..plain() },
        MatterFilter { words: "river".into(), ..plain() },
        MatterFilter { standing: Some(Standing::Open), ..plain() },
        MatterFilter { standing: Some(Standing::Overdue), ..plain() },
        MatterFilter { lead: Some(WATER), ..plain() },
        MatterFilter { supervising: Some(SUPERVISION), ..plain() },
        MatterFilter { is_public: true, ..plain() },
    ]
}

/// A week in the office; with `secret`, one more matter that only the two clerks know, worked on in between.
fn week(secret: bool) -> Office {
    let office = Office::new();
    let circle = Audience::Circle([CLERK, CLERK2, WATER_HEAD].into());
    let first = office.open_matter("Dredge the river", Audience::Office);
    let hidden = secret.then(|| office.open_matter("A clue about the depot by the river", circle));
    office.assign(first);
    if let Some(hidden) = hidden {
        office.assign(hidden);
        office.act(WATER_HEAD, hidden, Act::SignFor).expect("he is inside");
    }
    office.open_matter("Mend the weir on the river", Audience::Units([WATER].into()));
    office.act(WATER_HEAD, first, Act::SignFor).expect("his unit leads");
    let last = office.open_matter("Repair the depot's roof", Audience::Office);
    let items = [ledger::matter::PublicItem::Directive].into();
    office.act(CLERK, last, Act::Publish { items }).expect("a clerk may");
    office
}

/// What a reader is shown by every filter, without the ids that no two records share.
fn shown(office: &Office, reader: Option<OfficerId>) -> Vec<(Count, Vec<String>)> {
    let one = |filter: &MatterFilter| {
        let (count, lines) = office
            .store
            .read(|read| {
                Ok::<_, crate::StoreFault>((read.count(reader, filter)?, read.matters(reader, filter, 500, 0)?))
            })
            .expect("a list");
        let line = |line: &crate::MatterLine| {
            format!("{} {:?} {:?} {:?} {:?}", line.number, line.state, line.quote, line.due, line.original_due)
        };
        (count, lines.iter().map(line).collect())
    };
    filters().iter().map(one).collect()
}

/// Lists, counts, searches and numbers are the same with and without a matter that only a circle knows.
#[test]
fn two_worlds_look_alike_to_everybody_outside_the_circle() {
    let (with, without) = (week(true), week(false));
    for reader in [Some(ADMIN), Some(STRANGER), None] {
        assert_eq!(shown(&with, reader), shown(&without, reader), "{reader:?}");
    }
    assert_ne!(shown(&with, Some(CLERK2)), shown(&without, Some(CLERK2)), "inside it is there");
    let hidden = ledger::id::Number::parse("2026-C0001").expect("a number");
    let find = |reader| with.store.read(|read| read.find(reader, hidden)).expect("a state");
    assert_eq!((find(Some(ADMIN)), find(None)), (None, None));
    assert!(find(Some(CLERK)).is_some());
}

/// Named in the circle, named as a verifier, or of the leading unit: out of office he is shown what the public is.
#[test]
fn who_holds_no_post_any_more_is_shown_what_a_visitor_is() {
    let office = week(true);
    let named = office.open_matter("Mend the sluice", Audience::Units([SUPERVISION].into()));
    office.assign(named);
    office.act(CLERK, named, Act::NameVerifier { verifier: CLERK2 }).expect("he is independent");
    assert_ne!(shown(&office, Some(CLERK2)), shown(&office, None));
    for officer in [CLERK2, WATER_HEAD] {
        office.organise(Change::LeaveEveryPost { officer, until: date(2026, 11, 2) });
        assert_eq!(shown(&office, Some(officer)), shown(&office, None));
    }
}

fn audience(choice: u8) -> Audience {
    match choice % 5 {
        0 => Audience::Units([WATER].into()),
        1 => Audience::Units([SUPERVISION].into()),
        2 => Audience::Circle([CLERK, WATER_HEAD].into()),
        3 => Audience::Circle([CLERK, CLERK2].into()),
        _ => Audience::Office,
    }
}

proptest! {
    // Each case makes a record of its own on the disk.
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is listed, counted and found is what `ledger::audience::sees` says, whoever holds which post that day.
    #[test]
    fn lists_counts_and_numbers_agree_with_the_ledger(
        audiences in proptest::collection::vec((any::<u8>(), any::<bool>(), any::<bool>()), 1..8),
        posts in proptest::collection::vec((0..3usize, any::<bool>()), 0..4),
    ) {
        let office = Office::new();
        office.enrol(STRANGER, WATER, Duty::Member, "Stranger");
        let mut matters: Vec<MatterId> = vec![];
        for (choice, is_assigned, is_published) in audiences {
            let id = office.open_matter("Something", audience(choice));
            // What the rules refuse here is refused; the rest gives the lists something to differ by.
            if is_assigned {
                let lead = if choice % 3 == 0 { Party::Officer(STRANGER) } else { Party::Unit(WATER) };
                let criterion = text("Done");
                let act = Act::Assign { lead, supervising: SUPERVISION, criterion, due: date(2026, 12, 20) };
                let _ = office.act(CLERK, id, act);
            }
            if is_published {
                let items = [ledger::matter::PublicItem::Directive].into();
                let _ = office.act(CLERK, id, Act::Publish { items });
            }
            matters.push(id);
        }
        for (at, (who, leaves)) in posts.into_iter().enumerate() {
            let officer = [CLERK2, WATER_HEAD, STRANGER][who];
            if at == 2 {
                // Who has left already leaves nothing more.
                let _ = office.try_organise(Change::LeaveEveryPost { officer, until: date(2026, 11, 2) });
            }
            let unit: UnitId = if leaves { WATER } else { SUPERVISION };
            let post = PostId(Uuid::from_u128(0x8_0000 + at as u128));
            let title = ledger::organisation::PostText { title: super::office::name("Post") };
            office.organise(Change::MakePost { unit, post, duty: Duty::Member, text: title });
            office.organise(Change::TakePost { officer, post, from: date(2026, 11, 1) });
            if leaves {
                office.organise(Change::LeavePost { officer, post, until: date(2026, 11, 2) });
            }
        }
        for reader in READERS {
            let (listed, count, seen, found) = office
                .store
                .read(|read| {
                    let (organisation, today) = (read.organisation()?, read.today());
                    let lines = read.matters(reader, &MatterFilter::default(), 500, 0)?;
                    let listed: BTreeSet<MatterId> = lines.into_iter().map(|line| line.id).collect();
                    let (mut seen, mut found) = (BTreeSet::new(), BTreeSet::new());
                    for id in &matters {
                        let matter = read.matter(*id)?.expect("it was opened");
                        if sees(&organisation, reader, &matter, today) {
                            seen.insert(*id);
                        }
                        found.extend(read.find(reader, matter.number)?);
                    }
                    Ok::<_, crate::StoreFault>((listed, read.count(reader, &MatterFilter::default())?, seen, found))
                })
                .expect("a state");
            prop_assert_eq!(&listed, &seen);
            prop_assert_eq!(&found, &seen);
            prop_assert_eq!(count, Count::Exactly(seen.len() as u64));
        }
    }
}
