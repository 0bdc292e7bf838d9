//! What the public is shown, what it says against a cleared matter, and who answers that.

use std::collections::BTreeSet;

use jiff::civil::date;
use ledger::Refusal;
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::event::{Event, Personal};
use ledger::evidence::{EvidenceKind, EvidenceText};
use ledger::id::{ContradictionId, EvidenceId, Holder, MatterId, OfficerId, PersonId, Stream};
use ledger::matter::{
    CallBackFinding, ContradictionText, MatterEvent, Method, OPEN_CONTRADICTIONS_MAX, Outcome, PublicItem,
    PublicStanding, Shown, StateKind,
};
use ledger::organisation::Duty;
use uuid::Uuid;

use super::office::{CLERK, CLERK2, Office, SUPERVISION, WATER, WATER_HEAD, text};
use crate::{Answer, ChangeError, PublishedFilter, PublishedLine, Recorded, verify_folder};

const CLERK3: OfficerId = OfficerId(Uuid::from_u128(0x1f));

fn cleared(office: &Office, quote: &str) -> MatterId {
    let matter = office.open_matter(quote, Audience::Office);
    office.assign(matter);
    office.act(WATER_HEAD, matter, Act::SignFor).expect("the lead may");
    let evidence = EvidenceId(Uuid::from_u128(matter.0.as_u128() ^ 0xe7));
    let mut writer = office.store.blob_writer(&Holder::Matter(matter), evidence).expect("a file");
    writer.write(b"before and after").expect("space");
    let stored = writer.finish().expect("space");
    let about = EvidenceText {
        file_name: text("dredged.txt"),
        media_type: text("text/plain"),
        sha256: text(&stored.sha256),
        caption: None,
    };
    let steps = [
        (WATER_HEAD, Act::AddEvidence { evidence, kind: EvidenceKind::Photo, bytes: stored.bytes, text: about }),
        (
            WATER_HEAD,
            Act::DraftReport { outcome: Outcome::Done, evidence: vec![evidence], report: text("It is dredged") },
        ),
        (WATER_HEAD, Act::SignReport),
        (CLERK, Act::Verify { method: Method::SiteVisit, finding: text("Seen") }),
        (CLERK2, Act::Clear { note: None }),
    ];
    for (officer, act) in steps {
        office.act(officer, matter, act).expect("each in his turn");
    }
    matter
}

fn publish(office: &Office, matter: MatterId, items: &[PublicItem]) {
    office.act(CLERK, matter, Act::Publish { items: items.iter().copied().collect() }).expect("a clerk may");
}

fn contradict(office: &Office, matter: MatterId, id: u128) -> Result<Answer, ChangeError> {
    let said =
        ContradictionText { words: text("The ditch is full of mud"), place: None, contact: Some(text("555 0100")) };
    let said = Personal { person: PersonId(Uuid::from_u128(id + 0xa000)), value: said };
    let contradiction = ContradictionId(Uuid::from_u128(id));
    office.act(OfficerId::PUBLIC, matter, Act::Contradict { contradiction, said })
}

fn call_back(finding: CallBackFinding) -> Act {
    let due = (finding == CallBackFinding::NotSo).then_some(date(2026, 12, 30));
    Act::CallBack { finding, method: Method::SiteVisit, answer: text("We went there again"), due }
}

fn refusal(answer: Result<Answer, ChangeError>) -> Refusal {
    match answer {
        Err(ChangeError::Refusal(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn lines(office: &Office) -> Vec<PublishedLine> {
    office.store.read(|read| read.published(&PublishedFilter::default(), 100)).expect("a list")
}

fn history(office: &Office, matter: MatterId) -> Vec<Recorded> {
    office.store.read(|read| read.history(Stream::Matter(matter))).expect("a history")
}

/// The indexes of the events that visitors are given.
fn told(office: &Office, matter: MatterId) -> Vec<u64> {
    let told = office.store.read(|read| read.published_history(matter)).expect("a history");
    told.iter().map(|recorded| recorded.idx).collect()
}

/// The indexes of the events that the matter itself says may be shown.
fn shown(office: &Office, matter: MatterId) -> Vec<u64> {
    let folded = office.store.read(|read| read.matter(matter)).expect("a look").expect("a matter");
    let may = |recorded: &Recorded| match &recorded.event {
        Event::Matter(event) => folded.shows(event, recorded.meta.n) != Shown::Nothing,
        other => panic!("{other:?}"),
    };
    history(office, matter).iter().filter(|recorded| may(recorded)).map(|recorded| recorded.idx).collect()
}

#[test]
fn only_what_was_published_stands_in_the_publics_rows() {
    let office = Office::new();
    let matter = cleared(&office, "Dredge the east ditch");
    assert_eq!(lines(&office), vec![]);
    publish(&office, matter, &[PublicItem::Lead]);
    let line = lines(&office).remove(0);
    assert_eq!((line.quote, line.due, line.original_due), (None, None, None));
    assert_eq!((line.lead.is_some(), line.standing), (true, PublicStanding::Cleared));
    let found = |words: &str| {
        let filter = PublishedFilter { words: words.into(), ..PublishedFilter::default() };
        office.store.read(|read| read.published(&filter, 100)).expect("a list").len()
    };
    assert_eq!((found("dredge"), found("inspections")), (0, 0), "words that were not published find nothing");
    assert_eq!(told(&office, matter), shown(&office, matter));
    publish(&office, matter, &[PublicItem::Directive, PublicItem::Due]);
    assert_eq!(told(&office, matter), shown(&office, matter));
    assert!(told(&office, matter).len() < history(&office, matter).len(), "what was not published is not told");
    let line = lines(&office).remove(0);
    assert_eq!((line.quote.as_deref(), line.standing), (Some("Dredge the east ditch"), PublicStanding::ClearedInTime));
    assert_eq!((found("dredge"), found("inspections")), (1, 0));
    let by_unit = office.store.read(|read| read.published_by_unit(10)).expect("counts");
    assert_eq!(by_unit.iter().map(|(unit, counts)| (*unit, counts.all())).collect::<Vec<_>>(), vec![(WATER, 1)]);
}

#[test]
fn a_matter_no_longer_published_leaves_no_row_behind() {
    let office = Office::new();
    let matter = cleared(&office, "Dredge the east ditch");
    publish(&office, matter, PublicItem::ALL);
    let events =
        || office.store.read(|read| read.published_events(None, &PublishedFilter::default(), 100)).expect("events");
    assert!(events().len() >= 6);
    let act = Act::ChangeAudience { audience: Audience::Office, reason: text("Published by mistake") };
    office.act(CLERK, matter, act).expect("a clerk may");
    assert_eq!((lines(&office), events()), (vec![], vec![]));
    let gone = || office.store.read(|read| read.unpublished(10)).expect("a list");
    let number = office.store.read(|read| Ok::<_, crate::StoreFault>(read.matter(matter)?.expect("it").number));
    let number = number.expect("a number");
    assert_eq!(gone().iter().map(|gone| (gone.matter, gone.number)).collect::<Vec<_>>(), vec![(matter, number)]);
    let since = gone()[0].at;
    // Narrowed further, it is gone since the first time; published again, it is not gone.
    let circle = Audience::Circle(std::collections::BTreeSet::from([CLERK, CLERK2]));
    let act = Act::ChangeAudience { audience: circle, reason: text("Nobody else's") };
    office.act(CLERK, matter, act).expect("a clerk may");
    assert_eq!(gone()[0].at, since);
    let act = Act::ChangeAudience { audience: Audience::Office, reason: text("Not so secret") };
    office.act(CLERK, matter, act).expect("a clerk may");
    assert_eq!(office.store.read(|read| read.unpublished_line(number)).expect("a look").map(|g| g.at), Some(since));
    publish(&office, matter, PublicItem::ALL);
    assert_eq!((gone(), lines(&office).len()), (vec![], 1));
    let act = Act::ChangeAudience { audience: Audience::Office, reason: text("By mistake again") };
    office.act(CLERK, matter, act).expect("a clerk may");
    office.store.rebuild().expect("a rebuild");
    assert_eq!(gone().len(), 1);
    let counts = office.store.read(|read| read.published_counts(&PublishedFilter::default())).expect("counts");
    assert_eq!(counts.all(), 0);
    let filter = PublishedFilter { words: "dredge".into(), ..PublishedFilter::default() };
    assert_eq!(office.store.read(|read| read.published(&filter, 9)).expect("a list"), vec![]);
}

#[test]
fn an_event_shown_later_than_it_happened_is_dated_when_it_was_first_shown() {
    let office = Office::new();
    let matter = cleared(&office, "Dredge the east ditch");
    publish(&office, matter, &[PublicItem::Directive]);
    publish(&office, matter, &[PublicItem::Report]);
    let (events, history) = office
        .store
        .read(|read| {
            Ok::<_, crate::StoreFault>((
                read.published_events(None, &PublishedFilter::default(), 100)?,
                read.history(Stream::Matter(matter))?,
            ))
        })
        .expect("a state");
    let at = |wanted: fn(&MatterEvent) -> bool| {
        let holds = |event: &Event| matches!(event, Event::Matter(event) if wanted(event));
        history.iter().filter(|recorded| holds(&recorded.event)).map(|r| (r.idx, r.meta.at)).collect::<Vec<_>>()
    };
    let published = at(|event| matches!(event, MatterEvent::Published { .. }));
    let shown = |idx: u64| events.iter().find(|event| event.idx == idx).map(|event| event.shown_at);
    let opened = at(|event| matches!(event, MatterEvent::Opened { .. }))[0];
    let drafted = at(|event| matches!(event, MatterEvent::ReportDrafted { .. }))[0];
    let evidence = at(|event| matches!(event, MatterEvent::EvidenceAdded { .. }))[0];
    assert_eq!(shown(opened.0), Some(published[0].1));
    assert_eq!(shown(drafted.0), Some(published[1].1));
    assert_eq!(shown(evidence.0), None);
    assert!(events.windows(2).all(|pair| pair[0].shown_at >= pair[1].shown_at), "the latest shown first");
}

#[test]
fn the_public_contradicts_only_what_is_cleared_and_published() {
    let office = Office::new();
    let open = office.open_matter("Dredge", Audience::Office);
    office.assign(open);
    publish(&office, open, PublicItem::ALL);
    assert!(matches!(refusal(contradict(&office, open, 1)), Refusal::WrongState { .. }));
    let hidden = cleared(&office, "Dredge the west ditch");
    assert!(matches!(refusal(contradict(&office, hidden, 2)), Refusal::NotPermitted { .. }));
    publish(&office, hidden, &[PublicItem::Lead]);
    contradict(&office, hidden, 3).expect("anybody may");
    assert!(matches!(refusal(contradict(&office, hidden, 3)), Refusal::NothingChanges));
    let id = ContradictionId(Uuid::from_u128(3));
    assert_eq!(office.store.read(|read| read.contradicted(id)).expect("a look"), Some(hidden));
    // An officer says such things as anybody else does: without his post.
    let said = Personal {
        person: PersonId(Uuid::from_u128(0xb0)),
        value: ContradictionText { words: text("No"), place: None, contact: None },
    };
    let act = Act::Contradict { contradiction: ContradictionId(Uuid::from_u128(4)), said };
    assert!(matches!(refusal(office.act(CLERK, hidden, act)), Refusal::NotPermitted { .. }));
}

#[test]
fn neither_the_doer_nor_who_verified_or_cleared_answers_the_public() {
    let office = Office::new();
    let matter = cleared(&office, "Dredge");
    publish(&office, matter, PublicItem::ALL);
    let stands = || call_back(CallBackFinding::Stands);
    assert_eq!(refusal(office.act(CLERK, matter, stands())), Refusal::NothingContradicted);
    contradict(&office, matter, 1).expect("anybody may");
    contradict(&office, matter, 2).expect("anybody may");
    assert!(matches!(refusal(office.act(WATER_HEAD, matter, stands())), Refusal::NotPermitted { .. }));
    assert_eq!(refusal(office.act(CLERK, matter, stands())), Refusal::FreshEyesNeeded);
    assert_eq!(refusal(office.act(CLERK2, matter, stands())), Refusal::FreshEyesNeeded);
    office.enrol(CLERK3, SUPERVISION, Duty::Member, "Clerk Ou");
    office.act(CLERK3, matter, stands()).expect("somebody with fresh eyes");
    let line = lines(&office).remove(0);
    assert_eq!((line.said, line.waiting, line.stands, line.not_so), (2, 0, 1, 0));
    assert_eq!(line.state, StateKind::Cleared);
    assert_eq!(refusal(office.act(CLERK3, matter, stands())), Refusal::NothingContradicted);
}

#[test]
fn what_is_not_so_is_taken_up_again_with_a_new_deadline() {
    let office = Office::new();
    let matter = cleared(&office, "Dredge");
    publish(&office, matter, PublicItem::ALL);
    contradict(&office, matter, 1).expect("anybody may");
    office.enrol(CLERK3, SUPERVISION, Duty::Member, "Clerk Ou");
    let without = Act::CallBack {
        finding: CallBackFinding::NotSo,
        method: Method::CallBack,
        answer: text("It is not so"),
        due: None,
    };
    assert_eq!(refusal(office.act(CLERK3, matter, without)), Refusal::NewDueMissing);
    office.act(CLERK3, matter, call_back(CallBackFinding::NotSo)).expect("with a new deadline");
    let folded = office.store.read(|read| read.matter(matter)).expect("a look").expect("it is there");
    assert_eq!((folded.state.kind(), folded.due), (StateKind::UnderWay, Some(date(2026, 12, 30))));
    assert_eq!((folded.counts.reopened, folded.original_due), (1, Some(date(2026, 12, 20))));
    assert!(matches!(refusal(contradict(&office, matter, 9)), Refusal::WrongState { .. }));
}

#[test]
fn a_flood_waits_for_one_call_back() {
    let office = Office::new();
    let matter = cleared(&office, "Dredge");
    publish(&office, matter, PublicItem::ALL);
    for id in 0..OPEN_CONTRADICTIONS_MAX as u128 {
        contradict(&office, matter, 0x100 + id).expect("within the limit");
    }
    assert_eq!(refusal(contradict(&office, matter, 0x900)), Refusal::ContradictionsFull);
    office.enrol(CLERK3, SUPERVISION, Duty::Member, "Clerk Ou");
    office.act(CLERK3, matter, call_back(CallBackFinding::Stands)).expect("one answer to all");
    contradict(&office, matter, 0x901).expect("there is room again");
}

#[test]
fn what_the_public_said_stands_in_no_body_and_no_public_proof() {
    let office = Office::new();
    let matter = cleared(&office, "Dredge");
    publish(&office, matter, PublicItem::ALL);
    contradict(&office, matter, 0xabcdef).expect("anybody may");
    office.store.checkpoint_now().expect("a checkpoint");
    let folded = office.store.read(|read| read.matter(matter)).expect("a look").expect("it is there");
    let proof = |disclosure| office.store.proof(&folded, disclosure).expect("a proof").expect("it is signed");
    let public = proof(crate::Disclosure::Public);
    for secret in ["mud", "555 0100", "abcdef"] {
        assert!(!public.contains(secret), "{secret}");
        assert!(!proof(crate::Disclosure::Office).contains(secret), "{secret}");
    }
    let proven = crate::verify_proof(&public, &office.store.vkey(), None).expect("it holds");
    assert!(proven.events.iter().all(|event| event.body.kind != "Contradicted"));
}

#[test]
fn whoever_holds_the_receipt_has_what_he_said_erased() {
    let office = Office::new();
    let matter = cleared(&office, "Dredge");
    publish(&office, matter, PublicItem::ALL);
    contradict(&office, matter, 1).expect("anybody may");
    contradict(&office, matter, 2).expect("anybody may");
    let id = ContradictionId(Uuid::from_u128(1));
    assert!(matches!(refusal(office.store.take_back(office.command(CLERK), id)), Refusal::NotPermitted { .. }));
    office.store.take_back(office.command(OfficerId::PUBLIC), id).expect("his own words");
    assert_eq!(refusal(office.store.take_back(office.command(OfficerId::PUBLIC), id)), Refusal::NothingChanges);
    let unknown = ContradictionId(Uuid::from_u128(77));
    assert_eq!(refusal(office.store.take_back(office.command(OfficerId::PUBLIC), unknown)), Refusal::NothingChanges);
    let folded = office.store.read(|read| read.matter(matter)).expect("a look").expect("it is there");
    let open: Vec<bool> = folded.contradictions.iter().map(|said| said.personal.open().is_some()).collect();
    assert_eq!((open, folded.unanswered().count()), (vec![false, true], 2), "it still counts");
    office.store.checkpoint_now().expect("a checkpoint");
    let verified = verify_folder(&office.dir(), None, false).expect("everything holds");
    assert_eq!(verified.erased, 1);
}

#[test]
fn the_publics_rows_are_made_again_to_the_same_digest() {
    let office = Office::new();
    let first = cleared(&office, "Dredge the east ditch");
    let second = cleared(&office, "Dredge the west ditch");
    publish(&office, first, PublicItem::ALL);
    publish(&office, second, &[PublicItem::Directive]);
    contradict(&office, first, 1).expect("anybody may");
    let hide = Act::ChangeAudience {
        audience: Audience::Units(BTreeSet::from([WATER])),
        reason: text("Published by mistake"),
    };
    office.act(CLERK, second, hide).expect("a clerk may");
    let before = office.store.digest().expect("a digest");
    office.store.rebuild().expect("a rebuild");
    assert_eq!(office.store.digest().expect("a digest"), before);
    office.store.checkpoint_now().expect("a checkpoint");
    verify_folder(&office.dir(), None, false).expect("everything holds");
}
