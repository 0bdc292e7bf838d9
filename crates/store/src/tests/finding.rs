//! Lists against the ledger: what a filter finds is what the same filter finds among folded matters.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::{Date, date};
use ledger::act::Act;
use ledger::audience::{Audience, AudienceKind, sees};
use ledger::evidence::{EvidenceKind, EvidenceText};
use ledger::id::{EvidenceId, MatterId, Number, OfficerId, UnitId};
use ledger::matter::{Kind, Matter, Method, Outcome, PublicItem, StateKind};
use ledger::organisation::{Duty, Function, Organisation, UnitText};
use ledger::organise::Change;
use ledger::party::Party;
use proptest::prelude::*;
use uuid::Uuid;

use super::office::{CLERK, CLERK2, Office, SUPERVISION, WATER, WATER_HEAD, name, text};
use crate::{Count, Cursor, MatterFilter, Side, Sort, Standing, StoreFault};

const PUMP: UnitId = UnitId(Uuid::from_u128(0x53));
const SCHOOLS: UnitId = UnitId(Uuid::from_u128(0x54));
const PUMP_HEAD: OfficerId = OfficerId(Uuid::from_u128(0x1a));
const TEACHER: OfficerId = OfficerId(Uuid::from_u128(0x1b));
const READERS: [Option<OfficerId>; 5] = [None, Some(CLERK), Some(WATER_HEAD), Some(PUMP_HEAD), Some(TEACHER)];

fn found_units(office: &Office) {
    for (unit, parent, words) in [(PUMP, Some(WATER), "Pump Station"), (SCHOOLS, None, "Schools Bureau")] {
        let text = UnitText { name: name(words), aliases: vec![] };
        office.organise(Change::FoundUnit { unit, parent, function: Function::Executing, text });
    }
    office.enrol(PUMP_HEAD, PUMP, Duty::Head, "Head Beng");
    office.enrol(TEACHER, SCHOOLS, Duty::Head, "Head Shu");
}

/// Forty matters of every state, audience and lead.
fn varied() -> Office {
    let office = Office::new();
    found_units(&office);
    for n in 0..40_u8 {
        let audience = match n % 5 {
            0 => Audience::Circle(BTreeSet::from([CLERK, CLERK2, WATER_HEAD, TEACHER])),
            1 => Audience::Units(BTreeSet::from([SCHOOLS])),
            _ => Audience::Office,
        };
        let place = ["Linjiang", "Hongqi", "河东", "河西路"][usize::from(n) % 4];
        let what = ["Dredge the water gate at", "清淤排水口", "Repair the gate, water, at", "检查 Phase２ 二期"];
        let matter = office.open_matter(&format!("{} {place}", what[usize::from(n / 4) % 4]), audience);
        carry_on(&office, matter, n);
    }
    office
}

fn carry_on(office: &Office, matter: MatterId, n: u8) {
    let may = |officer: OfficerId, act: Act| drop(office.act(officer, matter, act));
    let (leads, heads) = ([WATER, PUMP, SCHOOLS], [WATER_HEAD, PUMP_HEAD, TEACHER]);
    let (lead, head) = (leads[usize::from(n) % 3], heads[usize::from(n) % 3]);
    if n.is_multiple_of(8) {
        return;
    }
    let due = date(2026, 11, 1 + i8::try_from(n % 28).expect("a day"));
    let due = if due < date(2026, 11, 2) { date(2026, 12, 20) } else { due };
    let lead = if n % 6 == 5 { Party::Officer(head) } else { Party::Unit(lead) };
    may(CLERK, Act::Assign { lead, supervising: SUPERVISION, criterion: text("Two inspections, 两次检查"), due });
    if n % 8 == 1 {
        return;
    }
    may(head, Act::SignFor);
    match n % 7 {
        0 => may(head, Act::NameObstacle { obstacle: text("No pump"), remover: None }),
        1 => may(head, Act::AskExtension { to: date(2027, 1, 31), reason: text("Rain") }),
        2 => may(CLERK, Act::Withdraw { authority: text("Order"), reason: text("Over"), successor: None }),
        _ => {}
    }
    if n % 8 <= 3 {
        return;
    }
    let evidence = EvidenceId(Uuid::from_u128(0xe000 + u128::from(n)));
    let (file_name, media_type, sha256) = (text("a.txt"), text("text/plain"), text(&"0".repeat(64)));
    let words = EvidenceText { file_name, media_type, sha256, caption: None };
    may(head, Act::AddEvidence { evidence, kind: EvidenceKind::Document, bytes: 3, text: words });
    may(head, Act::DraftReport { outcome: Outcome::Done, evidence: vec![evidence], report: text("Done") });
    may(head, Act::SignReport);
    match n % 8 {
        4 => may(CLERK, Act::Return { reason: text("Not yet") }),
        5 => {}
        _ => may(CLERK, Act::Verify { method: Method::SiteVisit, finding: text("Seen") }),
    }
    if n % 8 == 7 {
        may(CLERK2, Act::Clear { note: None });
        may(CLERK, Act::Publish { items: BTreeSet::from([PublicItem::Directive]) });
    }
}

/// Every matter, folded.
fn all(office: &Office) -> (Vec<Arc<Matter>>, Arc<Organisation>, Date) {
    let folded = office.store.read(|read| {
        let organisation = read.organisation()?;
        let mut matters = vec![];
        for n in 1..=40 {
            for number in [format!("2026-{n:04}"), format!("2026-C{n:04}")] {
                let number = Number::parse(&number).expect("a number");
                let found = [CLERK, TEACHER].into_iter().find_map(|reader| read.find(Some(reader), number).transpose());
                if let Some(id) = found.transpose()? {
                    matters.extend(read.matter(id)?);
                }
            }
        }
        Ok::<_, StoreFault>((matters, organisation, read.today()))
    });
    folded.expect("a state")
}

/// What is typed, and what it means.
type Words = (&'static str, fn(&str) -> bool);

const WORDS: [Words; 9] = [
    ("", |_| true),
    ("清淤", |text| text.contains("清淤")),
    ("河", |text| text.contains('河')),
    ("排水 河东", |text| text.contains("排水") && text.contains("河东")),
    ("dredg", |text| text.contains(" dredge")),
    ("gate WATER", |text| text.contains("gate") && text.contains("water")),
    ("\"water gate\"", |text| text.contains("water gate")),
    ("2026-000", |text| text.starts_with("2026-000")),
    ("ｐｈａｓｅ2 “二期”", |text| text.contains("phase2") && text.contains("二期")),
];

/// The filter as somebody would write it who has all matters in his hand.
fn fits(matter: &Matter, filter: &MatterFilter, words: &Words, organisation: &Organisation, today: Date) -> bool {
    let leads = |unit: UnitId| {
        let units = matter.lead.iter().flat_map(|lead| lead.units(organisation, today)).collect::<Vec<_>>();
        units.iter().any(|of| *of == unit || (filter.lead_below && organisation.ancestry(*of, today).contains(&unit)))
    };
    let within = |day: Option<Date>, (from, to): (Option<Date>, Option<Date>)| {
        (from.is_none() && to.is_none())
            || day.is_some_and(|day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to))
    };
    let stands = match filter.standing {
        None => true,
        Some(Standing::Open) => matter.is_open(),
        Some(Standing::Overdue) => matter.overdue_from(&Default::default()).is_some_and(|from| from <= today),
        Some(Standing::Returned) => matter.is_returned(),
        Some(Standing::Held) => matter.is_held(),
        Some(Standing::ExtensionAsked) => matter.asks_extension(),
        Some(Standing::Contradicted) => matter.unanswered().next().is_some(),
    };
    let soon = filter.due_within.is_none_or(|days| {
        let left = matter.due.map(|due| (due - today).get_days());
        matter.is_open() && left.is_some_and(|left| (0..=i32::from(days)).contains(&left))
    });
    let quote = matter.text.open().map(|text| text.quote.to_string()).unwrap_or_default();
    let criterion = matter.criterion.open().map(|text| text.criterion.to_string()).unwrap_or_default();
    let text: String = format!("{} {quote} {criterion}", matter.number).chars().map(civil::narrow).collect();
    (filter.states.is_empty() || filter.states.contains(&matter.state.kind()))
        && (filter.kinds.is_empty() || filter.kinds.contains(&matter.kind))
        && stands
        && soon
        && filter.lead.is_none_or(leads)
        && filter.supervising.is_none_or(|unit| matter.supervising == Some(unit))
        && filter.audience.is_none_or(|audience| matter.audience.kind() == audience)
        && filter.is_published.is_none_or(|is| is == (matter.audience == Audience::Public))
        && within(matter.due, filter.due)
        && within(Some(matter.opened_on), filter.opened)
        && (words.1)(&text.to_lowercase())
}

fn day() -> impl Strategy<Value = Option<Date>> {
    prop_oneof![3 => Just(None), 1 => (1..29_i8).prop_map(|day| Some(date(2026, 11, day)))]
}

fn filters() -> impl Strategy<Value = (MatterFilter, usize)> {
    let some = |strategy: BoxedStrategy<UnitId>| proptest::option::weighted(0.4, strategy);
    let unit = prop_oneof![Just(WATER), Just(PUMP), Just(SCHOOLS), Just(SUPERVISION)].boxed();
    let standing = prop_oneof![
        Just(Standing::Open),
        Just(Standing::Overdue),
        Just(Standing::Returned),
        Just(Standing::Held),
        Just(Standing::ExtensionAsked)
    ];
    let who = (some(unit.clone()), any::<bool>(), some(unit));
    let what = (
        proptest::collection::vec(proptest::sample::select(StateKind::ALL), 0..3),
        proptest::option::weighted(0.4, standing),
        proptest::option::weighted(0.2, 0..40_u16),
        proptest::option::weighted(0.2, proptest::sample::select(AudienceKind::ALL)),
        proptest::option::weighted(0.2, any::<bool>()),
    );
    (who, what, (day(), day()), (day(), day()), 0..WORDS.len()).prop_map(|(who, what, due, opened, words)| {
        let (states, standing, due_within, audience, is_published) = what;
        let kinds = if states.len() == 2 { vec![Kind::Directive] } else { vec![] };
        let filter = MatterFilter {
            states,
            standing,
            lead: who.0,
            lead_below: who.1,
            supervising: who.2,
            kinds,
            audience,
            is_published,
            due_within,
            due,
            opened,
            words: WORDS[words].0.to_owned(),
            ..MatterFilter::default()
        };
        (filter, words)
    })
}

/// The whole list, page by page; going on to its end and coming back shows the same.
fn walked(office: &Office, reader: Option<OfficerId>, filter: &MatterFilter, sort: &Sort) -> Vec<Number> {
    let page =
        |side: &Side| office.store.read(|read| read.matters_page(reader, filter, sort, side, 3)).expect("a page");
    let (mut forth, mut back, mut side) = (vec![], vec![], Side::First);
    let mut last = None;
    loop {
        let shown = page(&side);
        forth.extend(shown.lines.iter().map(|line| line.number));
        match shown.after {
            Some(after) => side = Side::After(reread(&after, sort)),
            None => break,
        }
        last = Some(side.clone());
    }
    if let Some(Side::After(mut from)) = last {
        loop {
            let shown = page(&Side::Before(from.clone()));
            back.splice(0..0, shown.lines.iter().map(|line| line.number));
            match shown.before {
                Some(before) => from = reread(&before, sort),
                None => break,
            }
        }
        // The row a page begins after stands on the page before.
        assert_eq!(back, forth[..back.len()], "backwards");
        assert!(back.len() + 4 >= forth.len(), "everything but the last page and one row comes again");
    }
    forth
}

/// A place is written into an address and read again.
fn reread(cursor: &Cursor, sort: &Sort) -> Cursor {
    let read = Cursor::parse(&cursor.write(sort)).expect("its own form");
    assert_eq!(&read, cursor);
    read
}

#[test]
fn a_list_is_what_the_same_filter_finds_among_the_matters_themselves() {
    let office = varied();
    let (matters, organisation, today) = all(&office);
    assert_eq!(matters.len(), 40);
    for state in StateKind::ALL {
        assert!(matters.iter().any(|matter| matter.state.kind() == *state), "no matter is {state:?}");
    }
    let leads: Arc<[Party]> = [SCHOOLS, PUMP, WATER]
        .map(Party::Unit)
        .into_iter()
        .chain([WATER_HEAD, TEACHER, PUMP_HEAD].map(Party::Officer))
        .collect();
    let place = |matter: &Matter| leads.iter().position(|lead| Some(*lead) == matter.lead).unwrap_or(leads.len());
    let late = |matter: &Matter| matter.due.unwrap_or(Date::MAX);
    let config = ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |((filter, words) in filters(), reader in proptest::sample::select(&READERS[..]))| {
        let mut right: Vec<&Arc<Matter>> = matters
            .iter()
            .filter(|matter| sees(&organisation, reader, matter, today))
            .filter(|matter| fits(matter, &filter, &WORDS[words], &organisation, today))
            .collect();
        let numbers = |right: &[&Arc<Matter>]| right.iter().map(|matter| matter.number).collect::<Vec<_>>();
        right.sort_by_key(|matter| (late(matter), matter.number));
        prop_assert_eq!(walked(&office, reader, &filter, &Sort::Due), numbers(&right));
        let count = office.store.read(|read| read.count(reader, &filter)).expect("a count");
        prop_assert_eq!(count, Count::Exactly(right.len() as u64));
        right.sort_by_key(|matter| (place(matter), late(matter), matter.number));
        prop_assert_eq!(walked(&office, reader, &filter, &Sort::Lead(leads.clone())), numbers(&right));
        right.sort_by_key(|matter| std::cmp::Reverse(matter.number));
        prop_assert_eq!(walked(&office, reader, &filter, &Sort::Number), numbers(&right));
        let mut changed = walked(&office, reader, &filter, &Sort::Changed);
        changed.sort_by_key(|number| std::cmp::Reverse(*number));
        prop_assert_eq!(changed, numbers(&right));
    });
}

#[test]
fn a_page_keeps_its_place_while_matters_come_and_go() {
    let office = Office::new();
    let matters: Vec<MatterId> = (0..6).map(|n| office.open_matter(&format!("Matter {n}"), Audience::Office)).collect();
    let page = |side: &Side| {
        let filter = MatterFilter { standing: Some(Standing::Open), ..MatterFilter::default() };
        let page = office.store.read(|read| read.matters_page(Some(CLERK), &filter, &Sort::Number, side, 2));
        page.expect("a page")
    };
    let counts = |page: &crate::MatterPage| page.lines.iter().map(|line| line.number.count).collect::<Vec<_>>();
    let first = page(&Side::First);
    assert_eq!(counts(&first), [6, 5]);
    office.open_matter("Meanwhile", Audience::Office);
    let gone = Act::Withdraw { authority: text("Order"), reason: text("Over"), successor: None };
    office.act(CLERK, matters[4], gone).expect("a clerk may");
    let second = page(&Side::After(first.after.expect("there is more")));
    assert_eq!(counts(&second), [4, 3]);
    assert_eq!(counts(&page(&Side::Before(second.before.expect("something stands before")))), [7, 6]);
}

#[test]
fn ten_thousand_and_one_stands_behind_nine_thousand_nine_hundred_and_ninety_nine() {
    let key = |text: &str| crate::read::lists::number_key(Number::parse(text).expect("a number"));
    let order = ["2025-C0001", "2026-0412", "2026-9999", "2026-10000", "2026-999999999", "2026-C0001", "2027-0001"];
    assert!(order.windows(2).all(|pair| key(pair[0]) < key(pair[1])));
}

#[test]
fn whoever_is_outside_a_circle_finds_the_same_with_it_and_without() {
    let worlds = [false, true].map(|is_with| {
        let office = Office::new();
        found_units(&office);
        for n in 0..9_u8 {
            let matter = office.open_matter(&format!("Dredge the water gate {n}"), Audience::Office);
            carry_on(&office, matter, n);
            if is_with && n == 4 {
                let circle = Audience::Circle(BTreeSet::from([CLERK, CLERK2]));
                let secret = office.open_matter("Dredge the water gate in secret", circle);
                carry_on(&office, secret, 13);
            }
        }
        office
    });
    let leads: Arc<[Party]> = [PUMP, SCHOOLS, WATER].map(Party::Unit).into();
    let filters = [
        MatterFilter::default(),
        MatterFilter { words: "water".into(), ..MatterFilter::default() },
        MatterFilter { words: "secret".into(), ..MatterFilter::default() },
        MatterFilter { lead: Some(WATER), lead_below: true, ..MatterFilter::default() },
        MatterFilter { audience: Some(AudienceKind::Circle), ..MatterFilter::default() },
        MatterFilter { standing: Some(Standing::Open), ..MatterFilter::default() },
    ];
    let seen = |office: &Office, reader| {
        let mut seen = vec![];
        for filter in &filters {
            for sort in [Sort::Due, Sort::Number, Sort::Changed, Sort::Lead(leads.clone())] {
                seen.push(format!("{:?}", walked(office, reader, filter, &sort)));
            }
            seen.push(format!("{:?}", office.store.read(|read| read.count(reader, filter)).expect("a count")));
        }
        seen
    };
    for reader in [None, Some(WATER_HEAD), Some(TEACHER)] {
        assert_eq!(seen(&worlds[0], reader), seen(&worlds[1], reader));
    }
    assert_ne!(seen(&worlds[0], Some(CLERK)), seen(&worlds[1], Some(CLERK)));
}
