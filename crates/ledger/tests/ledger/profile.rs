//! What clerks teach the office's reader, and what comes of it.

use ledger::Refusal;
use ledger::audience::Audience;
use ledger::document::{Class, Document, Settle, Settled};
use ledger::event::{Event, Fold as _, Meta, Part};
use ledger::id::{CommandId, DocumentId, EventId, OfficerId, Stream, UnitId};
use ledger::profile::{LESSONS_MAX, LessonText, OFFICE, OfficeProfile, ProfileEvent};
use ledger::text::Sealed;
use uuid::Uuid;

use crate::city::{ADMIN, AUDITOR, CHIEF, CLERK, PARKS, ROADS, WATER, WATER_HEAD};
use crate::reading::{BODY, confirm, document_text, proposal, settle, taken_in};
use crate::world::{World, hand, text};

pub fn teach(world: &mut World, by: OfficerId, id: DocumentId, words: &str, unit: UnitId) -> Result<(), Refusal> {
    let outcomes = world.with(hand(by), |context| world.profile.teach_alias(text(words), unit, id, context));
    world.carry_out(hand(by), outcomes)
}

pub fn never(world: &mut World, by: OfficerId, id: DocumentId, phrase: &str) -> Result<(), Refusal> {
    let document = &world.documents[&Stream::Document(id)];
    let outcomes = world.with(hand(by), |context| world.profile.teach_phrase(text(phrase), document, context));
    world.carry_out(hand(by), outcomes)
}

fn revoke(world: &mut World, by: OfficerId, lesson: u32) -> Result<(), Refusal> {
    let outcomes = world.with(hand(by), |context| world.profile.revoke(lesson, context));
    world.carry_out(hand(by), outcomes)
}

/// As many lessons as there may be.
pub fn fill(world: &mut World, document: DocumentId) {
    let lessons = (1..=u32::try_from(LESSONS_MAX).expect("not so many")).map(|lesson| {
        let words = Sealed::Open(LessonText { words: text(&format!("Team {lesson}")) });
        let taught = ProfileEvent::AliasTaught { lesson, unit: ROADS, document, on: world.today, text: words };
        (Stream::Profile(OFFICE), Event::Profile(taught))
    });
    let lessons = lessons.collect();
    world.record(hand(CLERK), lessons);
}

fn again(world: &mut World) -> Document {
    let (id, meeting) = (DocumentId(world.fresh()), ledger::id::MeetingId(world.fresh()));
    let read = [(1, (0, 10), Class::Action), (2, (11, 16), Class::Target), (3, (17, 25), Class::Principle)]
        .map(|(no, span, class)| ledger::document::Proposal { no, ..proposal(span, class) });
    let words = document_text(BODY, read.to_vec());
    let profile = world.profile.clone();
    let ingest = |context: &ledger::act::Context<'_>| ledger::document::ingest(id, meeting, words, &profile, context);
    let outcomes = world.with(hand(CLERK), ingest);
    world.carry_out(hand(CLERK), outcomes).expect("a clerk may take it in");
    world.documents[&Stream::Document(id)].clone()
}

fn settled(document: &Document, no: u32) -> Settled {
    document.proposals().iter().find(|(proposal, _)| proposal.no == no).expect("it stands").1
}

#[test]
fn words_that_were_taught_name_the_unit_until_that_is_revoked() {
    let (mut world, id) = taken_in();
    let called = |world: &World| {
        let called = world.profile.unit_called("the Canal People", &world.organisation, world.today);
        called.map(|(unit, lesson)| (unit, lesson.map(|lesson| (lesson.no, lesson.by.officer, lesson.document))))
    };
    assert_eq!(called(&world), None);
    teach(&mut world, CLERK, id, "Canal people", WATER).expect("nobody is called so");
    assert_eq!(called(&world), Some((WATER, Some((1, CLERK, id)))), "by whom and from where");
    assert_eq!(teach(&mut world, CHIEF, id, "canal people", WATER), Err(Refusal::NothingChanges));
    assert_eq!(teach(&mut world, CHIEF, id, "canal people", ROADS), Err(Refusal::WordsTaken));
    revoke(&mut world, CHIEF, 1).expect("it holds");
    assert_eq!(called(&world), None);
    assert_eq!(revoke(&mut world, CHIEF, 1), Err(Refusal::NothingChanges));
    teach(&mut world, CHIEF, id, "canal people", ROADS).expect("free again");
    assert_eq!(called(&world), Some((ROADS, Some((2, CHIEF, id)))), "a number is not given twice");
    assert_eq!(world.profile.lesson(1).and_then(|lesson| lesson.revoked.map(|(by, _)| by.officer)), Some(CHIEF));
}

#[test]
fn a_units_own_names_are_stronger_than_what_was_taught() {
    let (mut world, id) = taken_in();
    let name = world.organisation.unit(PARKS).and_then(|unit| unit.text.open()).expect("a name").name.en().to_owned();
    assert_eq!(teach(&mut world, CLERK, id, &name, PARKS), Err(Refusal::NothingChanges), "it is called so");
    assert_eq!(teach(&mut world, CLERK, id, &name, WATER), Err(Refusal::WordsTaken));
    assert_eq!(teach(&mut world, CLERK, id, "nobody", UnitId(Uuid::from_u128(0xff))), Err(Refusal::PartyUnknown));
}

#[test]
fn only_a_supervision_office_teaches_and_revokes() {
    let (mut world, id) = taken_in();
    for officer in [ADMIN, WATER_HEAD, AUDITOR, crate::city::LEADER] {
        let refused = |outcome: Result<(), Refusal>| matches!(outcome, Err(Refusal::NotPermitted { .. }));
        assert!(refused(teach(&mut world, officer, id, "Canal people", WATER)));
        assert!(refused(never(&mut world, officer, id, "清理河道")));
        assert!(refused(revoke(&mut world, officer, 1)));
    }
}

#[test]
fn a_passage_that_was_taught_is_left_out_of_the_next_document_and_can_be_brought_in() {
    let (mut world, id) = taken_in();
    never(&mut world, CLERK, id, "清理河道").expect("nothing was confirmed");
    assert_eq!(never(&mut world, CHIEF, id, "理河道"), Ok(()), "a part of it leaves out more");
    assert_eq!(never(&mut world, CHIEF, id, "全面清理河道"), Err(Refusal::NothingChanges), "they hold the first");
    assert_eq!(settled(&world.documents[&Stream::Document(id)], 2), Settled::Open, "what is there stays as it is");
    let document = again(&mut world);
    assert_eq!([1, 2, 3].map(|no| settled(&document, no)), [Settled::Open, Settled::LeftOut, Settled::Open]);
    let left_out = document.proposals()[1].0.left_out_by;
    assert_eq!(left_out, Some(1), "by which lesson");
    assert_eq!(confirm(&mut world, document.id, 2, Audience::Office), Err(Refusal::ProposalSettled));
    assert_eq!(settle(&mut world, document.id, Settle::BringIn { no: 1 }), Err(Refusal::ProposalSettled));
    assert_eq!(settle(&mut world, document.id, Settle::BringIn { no: 9 }), Err(Refusal::ProposalUnknown));
    settle(&mut world, document.id, Settle::BringIn { no: 2 }).expect("it was left out");
    confirm(&mut world, document.id, 2, Audience::Office).expect("a directive after all");
    let at = |world: &World, no| settled(&world.documents[&Stream::Document(document.id)], no);
    assert!(matches!(at(&world, 2), Settled::Matter(..)));
    let matter = world.documents[&Stream::Document(document.id)].undo_matter();
    let matter = matter.and_then(|matter| world.matters.get(&matter).cloned());
    settle(&mut world, document.id, Settle::Undo { matter }).expect("nobody touched it");
    settle(&mut world, document.id, Settle::Undo { matter: None }).expect("it was brought in");
    assert_eq!(at(&world, 2), Settled::LeftOut);
    revoke(&mut world, CLERK, 1).expect("it holds");
    revoke(&mut world, CLERK, 2).expect("it holds");
    assert_eq!(settled(&again(&mut world), 2), Settled::Open);
}

#[test]
fn what_was_left_out_gives_way_to_what_a_clerk_marks_and_does_not_come_back_across_it() {
    let (mut world, id) = taken_in();
    never(&mut world, CLERK, id, "清理河道").expect("nothing was confirmed");
    let document = again(&mut world);
    let narrower = Box::new(proposal((11, 13), Class::Action));
    settle(&mut world, document.id, Settle::Add { proposal: narrower }).expect("nothing that counts stands there");
    assert_eq!(settle(&mut world, document.id, Settle::BringIn { no: 2 }), Err(Refusal::SpansCross));
}

#[test]
fn lessons_whose_words_were_erased_say_nothing_and_break_nothing() {
    let (mut world, id) = taken_in();
    teach(&mut world, CLERK, id, "Canal people", WATER).expect("nobody is called so");
    never(&mut world, CLERK, id, "清理河道").expect("nothing was confirmed");
    let mut erased = None::<OfficeProfile>;
    for (n, entry) in (1..).zip(world.history.iter().filter(|entry| matches!(entry.stream, Stream::Profile(_)))) {
        let encoded = entry.event.encode(entry.stream);
        assert!(!encoded.data.to_string().contains("anal"), "words stand in the sealed part only: {}", encoded.data);
        let parts: Vec<Part> = encoded.parts.iter().map(|_| Part::Erased).collect();
        let event = Event::decode(entry.stream, &encoded.kind, encoded.data, parts).expect("erased, not broken");
        let id = EventId(Uuid::from_u128(n.into()));
        let meta = Meta { id, n, at: entry.meta.at, actor: CLERK, on_behalf: None, command: CommandId(id.0) };
        match &mut erased {
            Some(profile) => profile.apply(&event, &meta),
            None => erased = OfficeProfile::begin(entry.stream, &event, &meta),
        }
    }
    let erased = erased.expect("two lessons");
    assert_eq!((erased.lessons().count(), erased.in_force().count()), (2, 0));
    assert!(erased.leaves_out("清理河道").is_none());
}

#[test]
fn what_is_uncertain_comes_last_and_who_dismissed_is_known() {
    let (mut world, id) = taken_in();
    let uncertain = ledger::document::Proposal { is_uncertain: true, ..proposal((0, 10), Class::Action) };
    settle(&mut world, id, Settle::Correct { no: 1, by: Box::new(uncertain) }).expect("it is open");
    settle(&mut world, id, Settle::Dismiss { no: 3 }).expect("it is open");
    let document = &world.documents[&Stream::Document(id)];
    let order: Vec<u32> = document.in_review().iter().map(|(proposal, _)| proposal.no).collect();
    assert_eq!(order, [2, 3, 4]);
    assert_eq!(document.settled_by(3).map(|(by, _)| by.officer), Some(CLERK));
    assert_eq!(document.settled_by(2), None);
}
