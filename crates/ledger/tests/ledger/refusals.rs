//! Every refusal there is, produced by somebody who runs into it.

use std::collections::BTreeSet;

use jiff::civil::date;
use ledger::Refusal;
use ledger::act::{Act, ActKind, Context};
use ledger::ask::{self, Ask, Asking, Giving};
use ledger::audience::Audience;
use ledger::calendar::{self, Country, OfficeCalendar};
use ledger::document::{Class, Settle};
use ledger::event::{Event, Fold};
use ledger::evidence::EvidenceKind;
use ledger::id::{AskId, Holder, MatterId, OfficerId, Series, Stream};
use ledger::matter::{
    CallBackFinding, Kind, Method, OPEN_CONTRADICTIONS_MAX, OriginKey, Outcome, PublicItem, StateKind,
};
use ledger::organisation::{Duty, ErasureBasis, Function, UnitText};
use ledger::organise::{self, Change};
use ledger::party::Party;
use uuid::Uuid;

use crate::city::*;
use crate::profile;
use crate::reading::{self, proposal};
use crate::world::{World, hand, hand_for, name, text};

type Case = (&'static str, fn() -> Refusal);

const CASES: &[Case] = &[
    ("who does not lead a matter does not sign for it", || {
        let (world, id) = with(StateKind::Assigned);
        world.refused(ROADS_HEAD, id, Act::SignFor)
    }),
    ("nobody acts in another's place without leave", || {
        let (world, id) = with(StateKind::Assigned);
        refused_to(&world, (WATER_MEMBER, WATER_HEAD), id, Act::SignFor)
    }),
    ("a matter nobody signed for is not reported on", || {
        let (world, id) = with(StateKind::Assigned);
        world.refused(WATER_HEAD, id, Act::RecordProgress { note: None })
    }),
    ("who signed the report does not verify it", || {
        let (mut world, id) = with(StateKind::Reported);
        posted(&mut world, WATER_HEAD, SUPERVISION, Duty::Member);
        world.refused(WATER_HEAD, id, verify(Method::Desk))
    }),
    ("a matter is not given to a lead that leaves nobody to verify and clear it", || {
        let (mut world, id) = with(StateKind::Opened);
        posted(&mut world, CHIEF, WATER, Duty::Member);
        posted(&mut world, CLERK, WATER, Duty::Member);
        world.refused(CLERK, id, water_assigned(date(2026, 11, 20)))
    }),
    ("who verified does not clear", || {
        let (world, id) = with(StateKind::Verified);
        world.refused(CLERK, id, clear())
    }),
    ("a matter is not reported while one under it is open", || {
        let (mut world, id) = with(StateKind::Opened);
        decompose(&mut world, id);
        advance_to_draft(&mut world, id);
        world.refused(WATER_HEAD, id, Act::SignReport)
    }),
    ("a report names evidence that stands on the matter", || {
        let (world, id) = with(StateKind::UnderWay);
        world.refused(WATER_HEAD, id, draft(Outcome::Done, &[ledger::id::EvidenceId(Uuid::from_u128(9))]))
    }),
    ("there is no report to sign before one is written", || {
        let (world, id) = with(StateKind::UnderWay);
        world.refused(WATER_HEAD, id, Act::SignReport)
    }),
    ("who wrote the report does not sign it while another could", || {
        let (mut world, id) = with(StateKind::UnderWay);
        let piece = world.evidence_id();
        world.does(WATER_HEAD, id, evidence(piece, EvidenceKind::Document));
        world.does(WATER_HEAD, id, draft(Outcome::Done, &[piece]));
        world.refused(WATER_HEAD, id, Act::SignReport)
    }),
    ("a refusal is not cleared on the last day for an appeal", || {
        let (mut world, id) = refused_need();
        world.does(CLERK, id, verify(Method::CallBack));
        world.today = date(2026, 11, 30);
        world.refused(CHIEF, id, clear())
    }),
    ("a refusal is not cleared while an appeal waits", || {
        let (mut world, id) = refused_need();
        world.does(CLERK, id, Act::Appeal { grounds: text("The income was counted twice") });
        world.does(CLERK, id, verify(Method::CallBack));
        world.today = date(2026, 12, 24);
        world.refused(CHIEF, id, clear())
    }),
    ("what was not refused is not appealed", || {
        let (world, id) = with(StateKind::Reported);
        world.refused(CLERK, id, Act::Appeal { grounds: text("No") })
    }),
    ("no appeal is taken down after the last day for it", || {
        let (mut world, id) = refused_need();
        world.today = date(2026, 12, 1);
        world.refused(CLERK, id, Act::Appeal { grounds: text("Late") })
    }),
    ("a refusal names a day for an appeal that is still to come", || {
        let (mut world, id) = need();
        let piece = world.evidence_id();
        world.does(WATER_HEAD, id, evidence(piece, EvidenceKind::Document));
        world.refused(WATER_MEMBER, id, draft(Outcome::Refused { appeal_until: date(2026, 11, 1) }, &[piece]))
    }),
    ("a repeated sweep opens nothing twice", || {
        let mut world = city();
        let mut opening = world.opening(Kind::Need, "A home", Audience::Office);
        opening.text.origin_key = Some(key());
        world.try_open(hand(CLERK), opening).expect("the first");
        let mut opening = world.opening(Kind::Need, "A home", Audience::Office);
        opening.text.origin_key = Some(key());
        world.try_open(hand(CLERK), opening).expect_err("the second")
    }),
    ("no deadline lies in the past", || {
        let (world, id) = with(StateKind::Opened);
        world.refused(CLERK, id, water_assigned(date(2026, 11, 1)))
    }),
    ("more time is more time", || {
        let (world, id) = with(StateKind::Assigned);
        world.refused(WATER_HEAD, id, Act::AskExtension { to: date(2026, 11, 20), reason: text("Rain") })
    }),
    ("more time is asked for once at a time", || {
        let (mut world, id) = with(StateKind::Assigned);
        let ask = Act::AskExtension { to: date(2026, 11, 30), reason: text("Rain") };
        world.does(WATER_HEAD, id, ask.clone());
        world.refused(WATER_HEAD, id, ask)
    }),
    ("nothing is decided that was not asked", || {
        let (world, id) = with(StateKind::Assigned);
        world.refused(CLERK, id, Act::DecideExtension { granted: None, reason: text("No") })
    }),
    ("a directive is not reported as refused", || {
        let (mut world, id) = with(StateKind::UnderWay);
        let piece = world.evidence_id();
        world.does(WATER_HEAD, id, evidence(piece, EvidenceKind::Document));
        world.refused(WATER_MEMBER, id, draft(Outcome::Refused { appeal_until: date(2026, 12, 1) }, &[piece]))
    }),
    ("a clue is disposed of by a legal act", || verified_and_uncleared(Kind::Clue, Outcome::Done, Method::SiteVisit)),
    ("a unit nobody founded leads nothing", || {
        let (world, id) = with(StateKind::Opened);
        world.refused(CLERK, id, assign_to(Party::Unit(unit(99)), date(2026, 11, 20)))
    }),
    ("an executing unit supervises nobody", || {
        let (world, id) = with(StateKind::Opened);
        let (criterion, due) = (text("Done"), date(2026, 11, 20));
        let act = Act::Assign { lead: Party::Unit(WATER), supervising: ROADS, criterion, due };
        world.refused(CLERK, id, act)
    }),
    ("nobody supervises himself", || {
        let (world, id) = with(StateKind::Opened);
        world.refused(CLERK, id, assign_to(Party::Unit(SUPERVISION), date(2026, 11, 20)))
    }),
    ("a circle holds the one who draws it", || {
        let mut world = city();
        let opening = world.opening(Kind::Clue, "A clue", Audience::Circle([CHIEF].into()));
        world.try_open(hand(CLERK), opening).expect_err("the clerk is outside")
    }),
    ("only an obstacle that stands is removed", || {
        let (mut world, id) = with(StateKind::UnderWay);
        world.does(WATER_HEAD, id, Act::NameObstacle { obstacle: text("No road"), remover: None });
        world.refused(WATER_HEAD, id, Act::RemoveObstacle { no: 2, note: None })
    }),
    ("only a matter under this one is waived", || {
        let (world, id) = with(StateKind::UnderWay);
        world.refused(CLERK, id, Act::Waive { sub: id, reason: text("Never mind") })
    }),
    ("nobody is named twice to verify", || {
        let (mut world, id) = with(StateKind::UnderWay);
        world.does(CLERK, id, Act::NameVerifier { verifier: PARKS_HEAD });
        world.refused(CLERK, id, Act::NameVerifier { verifier: PARKS_HEAD })
    }),
    ("an auditor is not named to verify", || {
        let (world, id) = with(StateKind::UnderWay);
        world.refused(CLERK, id, Act::NameVerifier { verifier: AUDITOR })
    }),
    ("nobody narrows a matter to people who cannot take it up", || {
        let (world, id) = with(StateKind::Opened);
        let reason = text("It names a person");
        world.refused(CLERK, id, Act::ChangeAudience { audience: Audience::Units([WATER].into()), reason })
    }),
    ("what a circle knows is not published", || {
        let mut world = city();
        let id = world.opens(CLERK, Kind::Clue, "A clue", Audience::Circle([CLERK].into()));
        world.refused(CLERK, id, Act::Publish { items: [PublicItem::Lead].into() })
    }),
    ("a directive whose criterion was erased is not cleared", || {
        let (mut world, id) = with(StateKind::Verified);
        erase_criterion(&mut world, id);
        world.refused(CHIEF, id, clear())
    }),
    ("an indicator is met by figures", || verified_and_uncleared(Kind::IndicatorGap, Outcome::Done, Method::SiteVisit)),
    ("a shortcoming is checked again, not on paper", || {
        verified_and_uncleared(Kind::Shortcoming, Outcome::Done, Method::Desk)
    }),
    ("a report from the public is answered in words", || {
        let mut world = city();
        let id = world.opens(CLERK, Kind::Report, "They dump it at night", Audience::Office);
        bring(&mut world, id, StateKind::Verified);
        erase_report(&mut world, id);
        world.refused(CHIEF, id, clear())
    }),
    ("a settled proposal is not settled again", || {
        let (mut world, id) = reading::taken_in();
        reading::settle(&mut world, id, Settle::Dismiss { no: 1 }).expect("it is open");
        reading::settle(&mut world, id, Settle::Dismiss { no: 1 }).expect_err("it is settled")
    }),
    ("a proposal nobody made is not settled", || {
        let (mut world, id) = reading::taken_in();
        reading::settle(&mut world, id, Settle::Dismiss { no: 99 }).expect_err("there is none")
    }),
    ("what does not stand in the text is no proposal", || {
        let (mut world, id) = reading::taken_in();
        let mut by = proposal((0, 11), Class::Action);
        by.quote = text("something else");
        reading::settle(&mut world, id, Settle::Correct { no: 1, by: Box::new(by) }).expect_err("another text")
    }),
    ("only neighbours are joined", || {
        let (mut world, id) = reading::taken_in();
        let into = Box::new(proposal((0, 11), Class::Action));
        reading::settle(&mut world, id, Settle::Merge { no: 1, into }).expect_err("it covers one of two")
    }),
    ("nothing is taken back before anything was done", || {
        let (mut world, id) = reading::taken_in();
        reading::settle(&mut world, id, Settle::Undo { matter: None }).expect_err("nothing was done")
    }),
    ("an erased document is left alone", || {
        let (mut world, id) = reading::taken_in();
        reading::erase(&mut world, id);
        reading::settle(&mut world, id, Settle::Dismiss { no: 1 }).expect_err("its text is gone")
    }),
    ("no directive crosses another", || {
        let (mut world, id) = reading::taken_in();
        let proposal = Box::new(proposal((2, 20), Class::Action));
        reading::settle(&mut world, id, Settle::Add { proposal }).expect_err("it crosses the first")
    }),
    ("the office's list holds so many lessons and no more", || {
        let (mut world, id) = reading::taken_in();
        profile::fill(&mut world, id);
        profile::teach(&mut world, CLERK, id, "the Streets Team", ROADS).expect_err("it is full")
    }),
    ("words that name one unit are not taught to name another", || {
        let (mut world, id) = reading::taken_in();
        profile::teach(&mut world, CLERK, id, "the Water Bureau", ROADS).expect_err("it is the other's name")
    }),
    ("a phrase of a confirmed directive is not left out", || {
        let (mut world, id) = reading::taken_in();
        reading::confirm(&mut world, id, 2, Audience::Office).expect("it is open");
        profile::never(&mut world, CLERK, id, "清理河道").expect_err("it was confirmed")
    }),
    ("a document holds so many proposals and no more", || {
        let (mut world, id) = reading::taken_in();
        reading::fill(&mut world, id);
        let proposal = Box::new(proposal((32, 36), Class::Action));
        reading::settle(&mut world, id, Settle::Add { proposal }).expect_err("it is full")
    }),
    ("a figure is given where it was asked", || {
        let world = city();
        let indicator = ask::Code::parse("indicator", "loss.rate").expect("a code");
        let asked = asked(&world);
        let giving = Giving { indicator, ..giving() };
        world.with(hand(WATER_HEAD), |context| asked.observe(giving, context)).expect_err("nobody asked that")
    }),
    ("supervision does not stand under those it supervises", || {
        let mut world = city();
        let text = UnitText { name: name("Inner supervision"), aliases: vec![] };
        let (unit, function) = (unit(20), Function::Supervision);
        world
            .change(ADMIN, Change::FoundUnit { unit, parent: Some(WATER), function, text })
            .expect_err("it would stand under an executing unit")
    }),
    ("nobody lends a right he does not have", || {
        let mut world = city();
        let period = (monday(), date(2026, 12, 1));
        world.delegate(hand(WATER_MEMBER), WATER_HEAD, &[ActKind::Clear], period).expect_err("too wide")
    }),
    ("who examines does not act for those he examines", || {
        let mut world = city();
        let period = (monday(), date(2026, 12, 1));
        world.delegate(hand(WATER_HEAD), CLERK, &[ActKind::SignFor], period).expect_err("he could verify no more")
    }),
    ("leave to act goes to one's own people", || {
        let mut world = city();
        let period = (monday(), date(2026, 12, 1));
        world.delegate(hand(WATER_HEAD), PARKS_HEAD, &[ActKind::SignFor], period).expect_err("he may have to verify")
    }),
    ("what a unit is for stays once a matter names it", || {
        let (mut world, _) = with(StateKind::Assigned);
        let change = Change::ChangeFunction { unit: WATER, function: Function::Supervision, reason: text("Wrong") };
        world.change(ADMIN, change).expect_err("it leads a matter")
    }),
    ("whoever leads a matter by name does not become an auditor", || {
        let (mut world, id) = with(StateKind::Opened);
        world.does(CLERK, id, assign_to(Party::Officer(PARKS_HEAD), date(2026, 11, 20)));
        let change = Change::TakePost { officer: PARKS_HEAD, post: post(AUDITOR), from: monday() };
        world.change(ADMIN, change).expect_err("it would wait for one without an act")
    }),
    ("nobody makes himself an auditor", || {
        let mut world = city();
        let change = Change::TakePost { officer: ADMIN, post: post(AUDITOR), from: monday() };
        world.change(ADMIN, change).expect_err("another administrator does")
    }),
    ("a circle keeps somebody who can act", || {
        let mut world = city();
        world.opens(CLERK, Kind::Clue, "A clue", Audience::Circle([CLERK, PARKS_HEAD].into()));
        let change = Change::LeavePost { officer: CLERK, post: post(CLERK), until: monday() };
        world.change(ADMIN, change).expect_err("nobody else could")
    }),
    ("the name of one who holds a post stays", || {
        let world = city();
        let basis = ErasureBasis::PersonAsked;
        world.with(hand(ADMIN), |context| organise::ask_erasure(CLERK, basis, context)).expect_err("in office")
    }),
    ("who asks for an erasure does not approve it", || {
        let mut world = city();
        posted(&mut world, ADMIN, SUPERVISION, Duty::Head);
        leaves(&mut world, ROADS_HEAD);
        let basis = ErasureBasis::PersonAsked;
        let asked = world.with(hand(ADMIN), |context| organise::ask_erasure(ROADS_HEAD, basis, context));
        world.carry_out(hand(ADMIN), asked).expect("he holds no post");
        world.with(hand(ADMIN), |context| organise::approve_erasure(ROADS_HEAD, context)).expect_err("one hand")
    }),
    ("a question that is answered is not answered again", || {
        let (mut world, id) = with(StateKind::UnderWay);
        world.does(WATER_HEAD, id, Act::AskQuestion { question: text("Which bank?") });
        world.does(CLERK, id, Act::AnswerQuestion { no: 1, answer: text("Both") });
        world.refused(CLERK, id, Act::AnswerQuestion { no: 1, answer: text("The left") })
    }),
    ("the last administrator does not leave", || {
        let mut world = city();
        let change = Change::LeavePost { officer: ADMIN, post: post(ADMIN), until: monday() };
        world.change(ADMIN, change).expect_err("nobody could undo it")
    }),
    ("a unit does not end above others without a successor", || {
        let mut world = city();
        world.change(ADMIN, closing(WATER, monday(), None)).expect_err("the river section stands under it")
    }),
    ("a leaver's matters go to his own unit", || {
        let (world, id) = led_by_one_officer();
        hand_over(&world, id, ROADS_HEAD)
    }),
    ("whoever moves work does not move it to himself", || {
        let (mut world, id) = led_by_one_officer();
        posted(&mut world, ADMIN, WATER, Duty::Member);
        hand_over(&world, id, ADMIN)
    }),
    ("a year nobody has published is not adopted", || {
        let (world, silent) = (city(), OfficeCalendar::default());
        let adopt = |context: &Context<'_>| calendar::adopt(Country::China, &[2999], &silent, context);
        world.with(hand(ADMIN), adopt).expect_err("nobody knows it")
    }),
    ("nobody leaves a post before he takes it", || {
        let mut world = city();
        let leave = Change::LeavePost { officer: WATER_HEAD, post: post(WATER_HEAD), until: date(1999, 1, 1) };
        world.change(ADMIN, leave).expect_err("before")
    }),
    ("a matter taken back is merged into nothing", || {
        let (mut world, id) = with(StateKind::Opened);
        let gone = directive(&mut world, StateKind::Withdrawn);
        world.refused(CLERK, id, merge(&world, gone))
    }),
    ("a duplicate does not leave its parts behind", || {
        let (mut world, id) = with(StateKind::Opened);
        decompose(&mut world, id);
        let kept = directive(&mut world, StateKind::Opened);
        world.refused(CLERK, id, merge(&world, kept))
    }),
    ("a merger puts no deadline off", || {
        let (mut world, id) = with(StateKind::Assigned);
        let kept = directive(&mut world, StateKind::Opened);
        world.refused(CLERK, id, merge(&world, kept))
    }),
    ("what some may not know is not linked with what all know", || {
        let (mut world, id) = with(StateKind::Opened);
        let circle = Audience::Circle(BTreeSet::from([CLERK, CHIEF]));
        let secret = world.opens(CLERK, Kind::Directive, "Keep it quiet", circle);
        world.refused(CLERK, id, merge(&world, secret))
    }),
    ("a circle's matter is not numbered among the others", || {
        let mut world = city();
        let circle = Audience::Circle(BTreeSet::from([CLERK, CHIEF]));
        let number = world.number(Series::General);
        let opening = ledger::act::Opening { number, ..world.opening(Kind::Clue, "Keep it quiet", circle) };
        world.try_open(hand(CLERK), opening).expect_err("it would tell of itself")
    }),
    ("words with parts under them are not corrected", || {
        let (mut world, id) = with(StateKind::Opened);
        decompose(&mut world, id);
        let words = ledger::act::Words { directive: text("Other"), owner: None, deadline: None, quantity: None };
        let (successor, number) = (MatterId(world.fresh()), world.number(Series::General));
        world.refused(CLERK, id, Act::Correct { successor, number, words, reason: text("Wrong word") })
    }),
    ("only so much waits for one call-back", || {
        let (mut world, id) = public_and_cleared();
        for _ in 0..OPEN_CONTRADICTIONS_MAX {
            let said = contradict(&mut world);
            world.does(OfficerId::PUBLIC, id, said);
        }
        let said = contradict(&mut world);
        world.refused(OfficerId::PUBLIC, id, said)
    }),
    ("nobody answers what nobody said", || {
        let (world, id) = public_and_cleared();
        world.refused(PARKS_HEAD, id, call_back(CallBackFinding::Stands, None))
    }),
    ("who verified it does not answer what is said against it", || {
        let (mut world, id) = contradicted();
        world.today = date(2026, 11, 30);
        world.refused(CLERK, id, call_back(CallBackFinding::Stands, None))
    }),
    ("what is not so is taken up again with a new deadline", || {
        let (world, id) = contradicted();
        world.refused(PARKS_HEAD, id, call_back(CallBackFinding::NotSo, None))
    }),
];

/// What a reviewer reads: code, who runs into it, and what is answered.
#[test]
fn every_refusal_is_met_by_somebody() {
    let mut lines: Vec<String> = vec![];
    let mut met: BTreeSet<&str> = BTreeSet::new();
    for (sentence, case) in CASES {
        let refusal = case();
        met.insert(refusal.code());
        lines.push(format!("{} {sentence}\n       {refusal:?}", refusal.code()));
    }
    lines.sort();
    insta::assert_snapshot!("refusals", lines.join("\n"));
    let source = include_str!("../../src/refusal.rs");
    let codes: BTreeSet<&str> = source.split("=> \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unmet: Vec<&&str> = codes.difference(&met).collect();
    assert!(unmet.is_empty(), "no case in this file runs into {unmet:?}: add one, or take the refusal out");
    assert_eq!(source.matches("=> \"LS-").count(), codes.len(), "two refusals have one code");
}

fn with(state: StateKind) -> (World, MatterId) {
    let mut world = city();
    let id = directive(&mut world, state);
    (world, id)
}

fn merge(world: &World, into: MatterId) -> Act {
    Act::Merge { into: world.matter(into), reason: text("The same thing") }
}

fn refused_to(world: &World, (officer, on_behalf): (OfficerId, OfficerId), id: MatterId, act: Act) -> Refusal {
    world.try_act(hand_for(officer, on_behalf), id, act).expect_err("he has no leave")
}

/// A household's need under way.
fn need() -> (World, MatterId) {
    let mut world = city();
    let id = world.opens(CLERK, Kind::Need, "A home for the winter", Audience::Office);
    bring(&mut world, id, StateKind::UnderWay);
    (world, id)
}

/// A household's need reported as refused; an appeal can be made until 30 November.
fn refused_need() -> (World, MatterId) {
    let (mut world, id) = need();
    reports(&mut world, id, Outcome::Refused { appeal_until: date(2026, 11, 30) }, (WATER_MEMBER, WATER_HEAD));
    (world, id)
}

fn verified_and_uncleared(kind: Kind, outcome: Outcome, method: Method) -> Refusal {
    let mut world = city();
    let id = world.opens(CLERK, kind, "Something", Audience::Office);
    bring(&mut world, id, StateKind::UnderWay);
    reports(&mut world, id, outcome, (WATER_MEMBER, WATER_HEAD));
    world.does(CLERK, id, verify(method));
    world.refused(CHIEF, id, clear())
}

/// A directive that was published and cleared, and a third officer of the supervision office.
fn public_and_cleared() -> (World, MatterId) {
    let (mut world, id) = with(StateKind::Cleared);
    world.does(CLERK, id, Act::Publish { items: [PublicItem::Directive].into() });
    posted(&mut world, PARKS_HEAD, SUPERVISION, Duty::Member);
    (world, id)
}

fn led_by_one_officer() -> (World, MatterId) {
    let (mut world, id) = with(StateKind::Opened);
    world.does(CLERK, id, assign_to(Party::Officer(WATER_MEMBER), date(2026, 11, 20)));
    (world, id)
}

fn hand_over(world: &World, id: MatterId, to: OfficerId) -> Refusal {
    let (matter, facts) = (world.matter(id), world.facts(id));
    let context = Context { by: hand(ADMIN), today: world.today, organisation: &world.organisation, facts: &facts };
    let hanging = organise::hanging(&matter, WATER_MEMBER)[0];
    organise::hand_over(&matter, hanging, (WATER_MEMBER, to), text("He left"), &context).expect_err("it is refused")
}

/// A matter that was cleared and published, and of which somebody of the public says that it is not so.
pub fn contradicted() -> (World, MatterId) {
    let (mut world, id) = public_and_cleared();
    let said = contradict(&mut world);
    world.does(OfficerId::PUBLIC, id, said);
    (world, id)
}

fn decompose(world: &mut World, id: MatterId) -> MatterId {
    let (sub, number) = (MatterId(world.fresh()), world.number(Series::General));
    world.does(CLERK, id, Act::Decompose { sub, number, directive: text("Mend the weir") });
    sub
}

fn advance_to_draft(world: &mut World, id: MatterId) {
    bring(world, id, StateKind::UnderWay);
    let piece = world.evidence_id();
    world.does(WATER_HEAD, id, evidence(piece, EvidenceKind::Document));
    world.does(WATER_MEMBER, id, draft(Outcome::Done, &[piece]));
}

fn key() -> OriginKey {
    let holder = Holder::Person(ledger::id::PersonId(Uuid::from_u128(77)));
    OriginKey { holder, item: text("housing"), period: "2026-11".into() }
}

/// As the store gives the matter once the key of its texts is destroyed.
fn erase_criterion(world: &mut World, id: MatterId) {
    let matter = world.matters.get_mut(&id).expect("it was opened");
    std::sync::Arc::make_mut(matter).criterion = ledger::Sealed::Erased;
}

fn erase_report(world: &mut World, id: MatterId) {
    let matter = std::sync::Arc::make_mut(world.matters.get_mut(&id).expect("it was opened"));
    if let ledger::matter::State::Verified(report, _) = &mut matter.state {
        report.text = ledger::Sealed::Erased;
    }
}

fn asked(world: &World) -> Ask {
    let asking = Asking {
        matter: None,
        indicators: BTreeSet::from([giving().indicator]),
        units: BTreeSet::from([WATER]),
        period: ask::Period::Month { year: 2026, month: 10 },
        due: date(2026, 11, 20),
        purpose: text("The quarterly meeting"),
    };
    let id = AskId(Uuid::from_u128(5));
    let events = world.with(hand(CLERK), |context| ask::ask(id, asking, context)).expect("a clerk may ask");
    let (stream, event): &(Stream, Event) = &events[0];
    Ask::begin(*stream, event, &world.history[0].meta).expect("an ask")
}

fn giving() -> Giving {
    let code = |code| ask::Code::parse("code", code).expect("a code");
    Giving {
        indicator: code("supply.volume"),
        unit: WATER,
        value: ask::Figure { mantissa: 125, scale: 1 },
        measure: code("m3"),
        source: code("register"),
        remark: None,
    }
}
