//! What holds in every week, whoever did what.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::Date;
use ledger::Refusal;
use ledger::act::{ActKind, Context, Facts};
use ledger::audience::{Audience, sees};
use ledger::calendar::OfficeCalendar;
use ledger::event::{Event, Fold, Part};
use ledger::id::{MatterId, OfficerId, Stream, UnitId};
use ledger::independence;
use ledger::matter::{Counts, Desk, Hand, Matter, MatterEvent, OriginKey, Outcome, State, StateKind};
use ledger::organisation::{Function, OfficerEvent, Organisation};
use ledger::rights::{self, Thing};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::model;
use crate::weeks::{Step, Weeks};
use crate::world::{Entry, World, hand};

type Matters = BTreeMap<MatterId, Arc<Matter>>;

pub fn numbers() -> impl Strategy<Value = Vec<u16>> {
    vec(any::<u16>(), 300..1_800)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_week_breaks_a_promise(numbers in numbers()) {
        let mut weeks = Weeks::begin(&numbers);
        while !weeks.choices.is_over() {
            let (before, organisation) = (weeks.world.matters.clone(), weeks.world.organisation.clone());
            let step = weeks.step();
            check_step(&weeks, &step, &before);
            check_not_bought_out(&weeks.world, step.from, (&before, &organisation));
            check_circles(&weeks.world, (&before, &organisation));
            check_auditors(&weeks.world, step.from, &organisation);
        }
        for id in weeks.world.matters.keys() {
            check_counts(&weeks.world, *id);
            check_fold(&weeks.world, *id);
        }
    }
}

/// A property of weeks in which nothing happens would say nothing.
#[test]
fn random_weeks_reach_every_state_and_run_into_the_rule_of_independence() {
    let mut runner = TestRunner::deterministic();
    let (mut states, mut acts, mut refused) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut taken_up = 0;
    for _ in 0..64 {
        let numbers = numbers().new_tree(&mut runner).expect("numbers").current();
        let mut weeks = Weeks::begin(&numbers);
        while !weeks.choices.is_over() {
            let step = weeks.step();
            match (step.tried, step.outcome) {
                (Some(act), Ok(())) => *acts.entry(act).or_insert(0) += 1,
                (_, Ok(())) => {}
                (_, Err(refusal)) => *refused.entry(refusal.code()).or_insert(0) += 1,
            }
        }
        taken_up += weeks.taken_up;
        for matter in weeks.world.matters.values() {
            *states.entry(matter.state.kind()).or_insert(0) += 1;
        }
    }
    for state in StateKind::ALL {
        assert!(states.contains_key(state), "{state:?} was never reached: {states:?}");
    }
    for act in [ActKind::Verify, ActKind::Clear, ActKind::Reopen, ActKind::Appeal, ActKind::Waive, ActKind::Reassign] {
        assert!(acts.get(&act).is_some_and(|n| *n >= 3), "{act:?} was hardly done: {acts:?}");
    }
    assert!(refused.get("LS-202").is_some_and(|n| *n >= 3), "hardly anybody was excluded: {refused:?}");
    assert!(taken_up >= 3, "what an auditor had led was hardly taken up again: {taken_up}");
}

fn check_step(weeks: &Weeks<'_>, step: &Step, known: &Matters) {
    let world = &weeks.world;
    let mut standing = known.clone();
    for (offset, entry) in world.history[step.from..].iter().enumerate() {
        check_encoding(entry);
        let (Stream::Matter(id), Event::Matter(event)) = (entry.stream, &entry.event) else { continue };
        let before = standing.get(&id).cloned();
        let after = match &before {
            None => Matter::begin(entry.stream, &entry.event, &entry.meta).expect("it begins"),
            Some(before) => {
                let mut after = before.as_ref().clone();
                after.apply(&entry.event, &entry.meta);
                after
            }
        };
        check_placing(&after);
        if let Some(before) = before {
            check_move(&before, event, &after);
            // What an act opens itself it may go on with.
            if known.contains_key(&id) {
                check_hand(world, entry, step.tried, &before);
            }
            check_fresh_eyes(world, event, entry, &before);
        }
        check_doer(world, step.from + offset, id, event);
        check_end(world, event, &after);
        standing.insert(id, Arc::new(after));
    }
    assert!(standing == world.matters, "folded one by one it is the same");
    for id in weeks.touched(step.from) {
        check_audience(weeks, id);
    }
    check_origins(world);
}

/// Lead, supervising unit and deadline are set from `Assigned` on, and none of them before.
fn check_placing(matter: &Matter) {
    let placed = [matter.lead.is_some(), matter.supervising.is_some(), matter.due.is_some()];
    match matter.state.kind() {
        StateKind::Opened => assert_eq!(placed, [false; 3], "nobody leads what was only opened"),
        StateKind::Assigned | StateKind::UnderWay | StateKind::Reported | StateKind::Verified | StateKind::Cleared => {
            assert_eq!(placed, [true; 3], "{:?}", matter.state.kind());
            assert!(matter.original_due.is_some());
        }
        StateKind::Withdrawn => assert!(placed == [true; 3] || placed == [false; 3]),
    }
    assert_eq!(
        matter.overdue_from(&OfficeCalendar::default()),
        matter.due.filter(|_| matter.is_open()).map(|due| due.tomorrow().expect("a day"))
    );
}

/// The life cycle of the design's second section, and what may move a deadline.
fn check_move(before: &Matter, event: &MatterEvent, after: &Matter) {
    use StateKind::{Assigned, Cleared, Opened, Reported, UnderWay, Verified, Withdrawn};
    let (from, to) = (before.state.kind(), after.state.kind());
    let known = match event {
        MatterEvent::Assigned { .. } => from == Opened && to == Assigned,
        MatterEvent::Reassigned { .. } => matches!(from, Assigned | UnderWay) && to == Assigned,
        MatterEvent::SignedFor { .. } => from == Assigned && to == UnderWay,
        MatterEvent::Disputed { .. } => from == Assigned && to == Opened,
        MatterEvent::ReportSigned { .. } => from == UnderWay && to == Reported,
        MatterEvent::Verified { .. } => from == Reported && to == Verified,
        MatterEvent::Returned { .. } | MatterEvent::AppealDecided { upheld: true, .. } => {
            matches!(from, Reported | Verified) && to == UnderWay
        }
        MatterEvent::Cleared { .. } => from == Verified && to == Cleared,
        MatterEvent::Reopened { .. } => from == Cleared && to == UnderWay,
        MatterEvent::Withdrawn { .. } => !matches!(from, Cleared | Withdrawn) && to == Withdrawn,
        MatterEvent::Opened { .. }
        | MatterEvent::ExtensionAsked { .. }
        | MatterEvent::ExtensionDecided { .. }
        | MatterEvent::ObstacleNamed { .. }
        | MatterEvent::ObstacleRemoved { .. }
        | MatterEvent::QuestionAsked { .. }
        | MatterEvent::QuestionAnswered { .. }
        | MatterEvent::Acknowledged { .. }
        | MatterEvent::HandedOver { .. }
        | MatterEvent::ProgressRecorded { .. }
        | MatterEvent::EvidenceAdded { .. }
        | MatterEvent::ReportDrafted { .. }
        | MatterEvent::VerifierNamed { .. }
        | MatterEvent::Published { .. }
        | MatterEvent::AudienceChanged { .. }
        | MatterEvent::SubMatterOpened { .. }
        | MatterEvent::SubMatterWaived { .. }
        | MatterEvent::Appealed { .. }
        | MatterEvent::AppealDecided { upheld: false, .. }
        | MatterEvent::Escalated { .. }
        | MatterEvent::Instructed { .. }
        | MatterEvent::Linked { .. }
        | MatterEvent::Merged { .. }
        | MatterEvent::NoticeIssued { .. } => from == to,
        MatterEvent::Contradicted { .. } | MatterEvent::CalledBack { .. } => from == Cleared && to == Cleared,
    };
    assert!(known, "{from:?} to {to:?} by {event:?}");
    if before.original_due.is_some() {
        assert_eq!(after.original_due, before.original_due, "the original deadline moved by {event:?}");
    }
    match event {
        MatterEvent::Assigned { due, .. } | MatterEvent::Reopened { due, .. } => assert_eq!(after.due, Some(*due)),
        MatterEvent::Disputed { .. } => assert_eq!(after.due, None),
        MatterEvent::ExtensionDecided { granted: Some(to), .. } => {
            assert_eq!(after.due, Some(*to));
            assert!(after.due > before.due, "more time is more time");
        }
        // An extension asked for and not decided leaves the deadline where it was, and so does all else.
        other => assert_eq!(after.due, before.due, "the deadline moved by {other:?}"),
    }
}

/// Whoever acted could see the matter, and in another's place had leave for it that the other could have used himself.
fn check_hand(world: &World, entry: &Entry, tried: Option<ActKind>, before: &Matter) {
    let (Some(act), organisation, today) = (tried, &world.organisation, world.today) else { return };
    for officer in entry.by.officers() {
        assert!(sees(organisation, Some(officer), before, today), "{act:?} by one who could not know the matter");
    }
    let Some(other) = entry.by.on_behalf else { return };
    assert!(
        rights::may(hand(other), act, &Thing::Matter(before), organisation, today).is_ok(),
        "leave was wider than the one who gave it: {act:?}"
    );
    let live = world.history.iter().any(|given| match (given.stream, &given.event) {
        (Stream::Officer(by), Event::Officer(OfficerEvent::Delegated { delegation, to, acts, from, until })) => {
            let revoked = world.history.iter().any(|e| match &e.event {
                Event::Officer(OfficerEvent::DelegationRevoked { delegation: d, .. }) => d == delegation,
                _ => false,
            });
            by == other
                && *to == entry.by.officer
                && acts.contains(&act)
                && *from <= today
                && today < *until
                && !revoked
        }
        (_, _) => false,
    });
    assert!(live, "{act:?} in another's place without leave that runs today");
}

/// The doer never verifies, clears, or decides an appeal.
fn check_doer(world: &World, index: usize, id: MatterId, event: &MatterEvent) {
    let judges =
        matches!(event, MatterEvent::Verified { .. } | MatterEvent::Cleared { .. } | MatterEvent::AppealDecided { .. });
    if judges {
        let entry = &world.history[index];
        let excluded = model::excluded(&world.history[..index], id, entry.on);
        for officer in entry.by.officers() {
            assert!(!excluded.contains(&officer), "{officer:?} judged his own: {event:?}");
        }
    }
}

/// Nobody of an office that examines, and nobody who is named to verify, is excluded by what another does, other than by placing the work anew or by
/// changing who holds which post.
fn check_not_bought_out(world: &World, from: usize, (before, organisation): (&Matters, &Organisation)) {
    let entries = &world.history[from..];
    let is_placing = |entry: &Entry| match &entry.event {
        Event::Officer(OfficerEvent::Delegated { .. } | OfficerEvent::DelegationRevoked { .. }) => false,
        Event::Matter(event) => matches!(
            event,
            MatterEvent::Assigned { .. } | MatterEvent::Reassigned { .. } | MatterEvent::HandedOver { .. }
        ),
        _organising => true,
    };
    if entries.is_empty() || entries.iter().any(is_placing) {
        return;
    }
    let today = world.today;
    let examines = |id: &OfficerId| {
        let functions = organisation.posts_held(*id, today).into_iter().filter_map(|post| organisation.unit(post.unit));
        functions.into_iter().any(|unit| unit.function == Function::Supervision)
            || before.values().any(|matter| matter.verifiers.contains(id))
    };
    let is_independent = |matters: &Matters, organisation: &Organisation, id: MatterId, officer: OfficerId| {
        let mut facts = Facts::default();
        let mut waiting: Vec<MatterId> = matters[&id].subs.iter().map(|sub| sub.id).collect();
        while let Some(sub) = waiting.pop() {
            waiting.extend(matters[&sub].subs.iter().map(|sub| sub.id));
            facts.descendants.push(matters[&sub].clone());
        }
        let context = Context { by: hand(officer), today, organisation, facts: &facts };
        independence::ground_against(hand(officer), &matters[&id], &context).is_none()
    };
    let did = |officer: &OfficerId| entries.iter().any(|entry| entry.by.officers().any(|by| by == *officer));
    let examiners = organisation.officers().map(|officer| officer.id).filter(examines).filter(|officer| !did(officer));
    for officer in examiners {
        for id in before.keys().filter(|id| is_independent(before, organisation, **id, officer)) {
            let stays = is_independent(&world.matters, &world.organisation, *id, officer);
            assert!(
                stays,
                "{officer:?} was excluded by another: {:?}",
                entries.iter().map(|e| &e.event).collect::<Vec<_>>()
            );
        }
    }
}

/// What is done takes from no circle of an open matter the last who can let others in. A post that was to end when the
/// circle was named ends all the same.
fn check_circles(world: &World, (before, organisation): (&Matters, &Organisation)) {
    let can_be_widened = |matter: &Matter, organisation: &Organisation| {
        let Audience::Circle(officers) = &matter.audience else { return true };
        let thing = Thing::Matter(matter);
        let can =
            |officer| rights::may(hand(officer), ActKind::ChangeAudience, &thing, organisation, world.today).is_ok();
        officers.iter().any(|officer| can(*officer))
    };
    for matter in world.matters.values().filter(|matter| matter.is_open()) {
        let could = before.get(&matter.id).is_none_or(|before| can_be_widened(before, organisation));
        let can = can_be_widened(matter, &world.organisation);
        assert!(can || !could, "{}: nobody inside can act", matter.number);
    }
}

/// No open matter waits for an auditor, today or once he is one; and nobody has made himself an auditor.
fn check_auditors(world: &World, from: usize, before: &Organisation) {
    let (organisation, today) = (&world.organisation, world.today);
    let last = today.checked_add(30.days()).expect("within the calendar");
    let days: Vec<Date> = today.series(1.day()).take_while(|day| *day <= last).collect();
    let audits = |organisation: &Organisation, officer: OfficerId, day: Date| {
        let posts = organisation.posts_held(officer, day);
        posts.iter().any(|post| organisation.unit(post.unit).is_some_and(|unit| unit.function == Function::Audit))
    };
    let auditors: Vec<OfficerId> = organisation.officers().map(|officer| officer.id).collect();
    let auditors = auditors.into_iter().filter(|id| days.iter().any(|day| audits(organisation, *id, *day)));
    let auditors: Vec<OfficerId> = auditors.collect();
    for matter in world.matters.values().filter(|matter| matter.is_open()) {
        let lead_audits = matter.lead.and_then(|lead| lead.fixed_unit(organisation)).is_some_and(|unit| {
            let heir = organisation.standing_for(unit, last).and_then(|unit| organisation.unit(unit));
            heir.is_some_and(|unit| unit.function == Function::Audit)
        });
        assert!(!lead_audits, "{} lies with a unit that audits", matter.number);
        let waits = matter.waits(organisation, &OfficeCalendar::default());
        for officer in &auditors {
            let by_name = waits.iter().any(|wait| wait.desk == Desk::Officer(*officer));
            assert!(!by_name, "{} waits for {officer:?}, who audits: {waits:?}", matter.number);
            let stands = |day: &&Date| waits.iter().any(|wait| wait.stands_for(organisation, *officer, **day));
            let day = days.iter().filter(|day| audits(organisation, *officer, **day)).find(stands);
            assert_eq!(day, None, "{} stands on a desk of {officer:?}, who audits", matter.number);
        }
    }
    for entry in &world.history[from..] {
        if let Event::Unit(_) | Event::Officer(_) = entry.event {
            let by = entry.by.officer;
            let more = days.iter().any(|day| audits(organisation, by, *day) && !audits(before, by, *day));
            assert!(!more, "{by:?} made himself an auditor: {:?}", entry.event);
        }
    }
}

/// Whoever verified or cleared it does not answer what is said against it, unless the office is of one.
fn check_fresh_eyes(world: &World, event: &MatterEvent, entry: &Entry, before: &Matter) {
    if let (MatterEvent::CalledBack { .. }, State::Cleared(_, verification, clearing)) = (event, &before.state) {
        let office = before.supervising.expect("it is placed");
        let closed_it = verification.by.shares_with(&entry.by) || clearing.by.shares_with(&entry.by);
        assert!(!closed_it || single_clerk(world, office), "answered by who closed it");
    }
}

/// Nothing is reported or cleared without what that takes.
fn check_end(world: &World, event: &MatterEvent, after: &Matter) {
    if !matches!(event, MatterEvent::ReportSigned { .. } | MatterEvent::Cleared { .. }) {
        return;
    }
    for sub in &after.subs {
        let ended = matches!(world.matters[&sub.id].state.kind(), StateKind::Cleared | StateKind::Withdrawn);
        assert!(ended || sub.waived_on.is_some(), "{event:?} while a matter under it is open");
    }
    let report = after.state.report().expect("it is reported");
    assert!(!report.evidence.as_slice().is_empty());
    for piece in report.evidence.as_slice() {
        assert!(after.evidence.iter().any(|e| e.id == *piece), "evidence that does not stand on the matter");
    }
    assert!(report.drafted_by.officers().chain(report.signed_by.officers()).all(|o| after.reporters.contains(&o)));
    let State::Cleared(report, verification, clearing) = &after.state else { return };
    assert_eq!(clearing.single_clerk, verification.by.shares_with(&clearing.by), "one hand, and unmarked");
    if clearing.single_clerk {
        let office = after.supervising.expect("it is placed");
        assert!(single_clerk(world, office), "one hand in an office of several");
    }
    if let Outcome::Refused { appeal_until } = report.outcome {
        assert!(clearing.on > appeal_until, "cleared while it could be appealed");
    }
    assert!(report.appeal.as_ref().is_none_or(|appeal| appeal.dismissed_on.is_some()), "an appeal is undecided");
    let appeals = |wanted: fn(&MatterEvent) -> bool| {
        let events = world.history.iter().filter(|entry| entry.stream == Stream::Matter(after.id));
        events.filter(|entry| matches!(&entry.event, Event::Matter(event) if wanted(event))).count()
    };
    let appealed = appeals(|event| matches!(event, MatterEvent::Appealed { .. }));
    let decided = appeals(|event| matches!(event, MatterEvent::AppealDecided { .. }));
    assert_eq!(appealed, decided, "an appeal went away undecided");
}

fn single_clerk(world: &World, supervising: UnitId) -> bool {
    let office = world.organisation.standing_for(supervising, world.today).expect("somebody stands in for it");
    world.organisation.unit(office).is_some_and(|unit| unit.single_clerk)
        && world.organisation.acting_officers(office, world.today).len() == 1
}

/// Outside the audience nobody may do anything, and nobody is told why not.
fn check_audience(weeks: &Weeks<'_>, id: MatterId) {
    let (world, matter) = (&weeks.world, weeks.world.matter(id));
    let facts = world.facts(id);
    if let Audience::Circle(_) = matter.audience {
        assert!(matter.published.is_empty(), "what a circle knows was published");
    }
    for by in weeks.hands() {
        let inside = by.officers().all(|officer| sees_plainly(world, officer, &matter));
        for officer in by.officers() {
            let seen = sees(&world.organisation, Some(officer), &matter, world.today);
            assert_eq!(seen, sees_plainly(world, officer, &matter), "{:?}", matter.audience);
        }
        if inside {
            continue;
        }
        for act in ActKind::ALL {
            let context = Context { by, today: world.today, organisation: &world.organisation, facts: &facts };
            match matter.offers(*act, &context) {
                Err(Refusal::NotPermitted { .. } | Refusal::NoDelegation { .. }) => {}
                other => panic!("{act:?} outside {:?}: {other:?}", matter.audience),
            }
        }
    }
}

/// Who may know a matter, said again.
fn sees_plainly(world: &World, officer: OfficerId, matter: &Matter) -> bool {
    let (organisation, today) = (&world.organisation, world.today);
    let posts = organisation.posts_held(officer, today);
    match &matter.audience {
        Audience::Public => true,
        Audience::Office => !posts.is_empty(),
        Audience::Circle(officers) => officers.contains(&officer) && !posts.is_empty(),
        Audience::Units(units) => {
            let lead = matter.lead.iter().flat_map(|lead| lead.units(organisation, today));
            let units = units.iter().copied().chain(matter.supervising).chain(lead);
            let units: Vec<UnitId> = units.flat_map(|unit| answering(organisation, unit, today)).collect();
            (matter.verifiers.contains(&officer) && !posts.is_empty())
                || posts.iter().any(|post| {
                    organisation.unit(post.unit).is_some_and(|unit| unit.function == Function::Audit)
                        || units.iter().any(|unit| under(organisation, post.unit, *unit, today))
                })
        }
    }
}

fn under(organisation: &Organisation, unit: UnitId, above: UnitId, day: Date) -> bool {
    let parent = || organisation.unit(unit).and_then(|unit| unit.parent_on(day));
    unit == above || parent().is_some_and(|parent| under(organisation, parent, above, day))
}

/// The unit, whoever stands in for it, and where nobody does for a supervision office, every other one.
fn answering(organisation: &Organisation, unit: UnitId, day: Date) -> Vec<UnitId> {
    let supervises = |id: UnitId| organisation.unit(id).is_some_and(|unit| unit.function == Function::Supervision);
    match organisation.standing_for(unit, day) {
        Some(heir) => vec![unit, heir],
        None if supervises(unit) => {
            organisation.units().map(|unit| unit.id).filter(|id| *id == unit || supervises(*id)).collect()
        }
        None => vec![unit],
    }
}

fn check_origins(world: &World) {
    let mut keys: BTreeSet<&OriginKey> = BTreeSet::new();
    for matter in world.matters.values().filter(|matter| matter.is_open()) {
        if let Some(key) = matter.text.open().and_then(|text| text.origin_key.as_ref()) {
            assert!(keys.insert(key), "two uncleared matters carry one origin key");
        }
    }
}

/// The counts are those of the events.
fn check_counts(world: &World, id: MatterId) {
    let mut counts = Counts::default();
    for entry in world.history.iter().filter(|entry| entry.stream == Stream::Matter(id)) {
        let Event::Matter(event) = &entry.event else { continue };
        counts.reassigned += u32::from(matches!(event, MatterEvent::Reassigned { .. }));
        counts.disputed += u32::from(matches!(event, MatterEvent::Disputed { .. }));
        counts.extended += u32::from(matches!(event, MatterEvent::ExtensionDecided { granted: Some(_), .. }));
        counts.returned += u32::from(matches!(event, MatterEvent::Returned { .. }));
        counts.reopened += u32::from(matches!(event, MatterEvent::Reopened { .. }));
        counts.escalated += u32::from(matches!(event, MatterEvent::Escalated { .. }));
        counts.progress += u32::from(matches!(event, MatterEvent::ProgressRecorded { .. }));
    }
    assert_eq!(world.matters[&id].counts, counts);
}

/// Read back from what is recorded, it is the same matter.
fn check_fold(world: &World, id: MatterId) {
    let mut again: Option<Matter> = None;
    for entry in world.history.iter().filter(|entry| entry.stream == Stream::Matter(id)) {
        let encoded = entry.event.encode(entry.stream);
        let parts: Vec<Part> = encoded.parts.iter().map(|(holder, value)| Part::Open(*holder, value.clone())).collect();
        let event = Event::decode(entry.stream, &encoded.kind, encoded.data, parts).expect("its own encoding");
        match &mut again {
            None => again = Matter::begin(entry.stream, &event, &entry.meta),
            Some(matter) => matter.apply(&event, &entry.meta),
        }
    }
    assert_eq!(again.as_ref(), Some(world.matters[&id].as_ref()));
}

fn check_encoding(entry: &Entry) {
    let encoded = entry.event.encode(entry.stream);
    ledger::encode::canonical(&encoded.data).expect("ids, codes, integers and dates");
    let parts: Vec<Part> = encoded.parts.iter().map(|(holder, value)| Part::Open(*holder, value.clone())).collect();
    let again =
        Event::decode(entry.stream, &encoded.kind, encoded.data.clone(), parts.clone()).expect("its own encoding");
    assert_eq!(again, entry.event);
    let erased: Vec<Part> = parts.iter().map(|_| Part::Erased).collect();
    Event::decode(entry.stream, &encoded.kind, encoded.data, erased).expect("it reads without its words");
}

/// Not used by the ledger's own rule: whoever acted shows up as both.
#[test]
fn a_hand_in_anothers_place_is_two_officers() {
    let (one, other) = (crate::city::officer(1), crate::city::officer(2));
    let both = Hand { officer: one, on_behalf: Some(other) };
    assert!(both.shares_with(&hand(other)) && both.shares_with(&hand(one)));
    assert!(!hand(one).shares_with(&hand(other)));
}
