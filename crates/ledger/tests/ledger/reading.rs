//! Documents and what a clerk makes of what was read in them.

use ledger::Refusal;
use ledger::audience::Audience;
use ledger::document::{
    self, At, Class, Document, DocumentEvent, DocumentText, PROPOSALS_MAX, Place, Proposal, Settle, Settled, span,
};
use ledger::event::Event;
use ledger::id::{DocumentId, MatterId, MeetingId, Series, Stream};
use ledger::text::Sealed;
use proptest::prelude::*;

use crate::city::{CLERK, city};
use crate::world::{World, hand, text};

/// Two directives, one attitude, and a rest in which nothing was found.
pub const BODY: &str = "Dredge it. 清理河道。 Be bold. The rest is not so clear.";

pub fn proposal((start, end): (u32, u32), class: Class) -> Proposal {
    let there = span(BODY, start, end).and_then(|there| ledger::Text::parse("quote", there).ok());
    let quote = there.unwrap_or_else(|| text("nothing"));
    Proposal {
        no: 0,
        start,
        end,
        quote,
        class,
        owner: None,
        supporting: vec![],
        deadline: None,
        due: None,
        quantity: None,
        direction: None,
        rule: "test".into(),
        is_uncertain: false,
        left_out_by: None,
    }
}

pub fn document_text(body: &str, proposals: Vec<Proposal>) -> DocumentText {
    DocumentText {
        title: text("Minutes"),
        file_name: text("minutes.txt"),
        sha256: "0".repeat(64),
        body: body.to_owned(),
        places: vec![],
        unread_pages: vec![],
        lang: "en".into(),
        date: None,
        meeting: None,
        presided_by: None,
        proposals,
    }
}

pub fn taken_in() -> (World, DocumentId) {
    let mut world = city();
    let mut read: Vec<Proposal> =
        vec![proposal((0, 10), Class::Action), proposal((11, 16), Class::Target), proposal((17, 25), Class::Principle)];
    for (no, proposal) in (1..).zip(&mut read) {
        proposal.no = no;
    }
    let (id, meeting) = (DocumentId(world.fresh()), MeetingId(world.fresh()));
    let words = document_text(BODY, read);
    let outcomes = world.with(hand(CLERK), |context| document::ingest(id, meeting, words, &world.profile, context));
    world.carry_out(hand(CLERK), outcomes).expect("a clerk may take it in");
    (world, id)
}

pub fn settle(world: &mut World, id: DocumentId, settle: Settle) -> Result<(), Refusal> {
    let document = world.documents[&Stream::Document(id)].clone();
    let outcomes = world.with(hand(CLERK), |context| document.settle(settle, context));
    world.carry_out(hand(CLERK), outcomes)
}

pub fn confirm(world: &mut World, id: DocumentId, no: u32, audience: Audience) -> Result<(), Refusal> {
    let (matter, number) = (MatterId(world.fresh()), world.number(Series::General));
    settle(world, id, Settle::Confirm { no, as_matter: false, matter, number, audience })
}

/// As the store gives the document once its key is destroyed.
pub fn erase(world: &mut World, id: DocumentId) {
    world.documents.get_mut(&Stream::Document(id)).expect("it was taken in").text = Sealed::Erased;
}

/// As many proposals as there may be.
pub fn fill(world: &mut World, id: DocumentId) {
    let first = 4;
    let many: Vec<Proposal> = (first..=u32::try_from(PROPOSALS_MAX).expect("not so many"))
        .map(|no| Proposal { no, ..proposal((27, 29), Class::Action) })
        .collect();
    let new = many.iter().map(|proposal| proposal.no).collect();
    let words = Sealed::Open(document::ProposalsText { proposals: many });
    let replaced = DocumentEvent::ProposalsReplaced { old: vec![], new, text: words };
    world.record(hand(CLERK), vec![(Stream::Document(id), Event::Document(replaced))]);
}

/// What a clerk may try, out of four numbers: mostly near where it fits.
fn some_settle(document: &Document, (what, a, b, c): (u8, u32, u32, u32), world: &mut World) -> Settle {
    let standing: Vec<(Proposal, Settled)> = document.proposals().into_iter().map(|(p, s)| (p.clone(), s)).collect();
    let chosen = standing.get(a as usize % standing.len().max(1)).map(|(proposal, _)| proposal.clone());
    let no = chosen.as_ref().map_or(99, |proposal| proposal.no);
    let length = u32::try_from(BODY.chars().count()).expect("a short text");
    let anywhere = proposal((b % (length + 2), b % (length + 2) + c % 14), Class::ALL[c as usize % 3]);
    let (start, end) = chosen.as_ref().map_or((0, 1), |p| (p.start, p.end));
    match what % 8 {
        0 => Settle::Correct { no, by: Box::new(proposal((start, end + c % 2), Class::ALL[b as usize % 3])) },
        1 => {
            let middle = start + 1 + b % (end - start).max(1);
            Settle::Split {
                no,
                into: vec![proposal((start, middle), Class::Action), proposal((middle, end), Class::Target)],
            }
        }
        2 => {
            let next = document.next_open(no).map_or(end, |next| next.end);
            Settle::Merge { no, into: Box::new(proposal((start, next), Class::Action)) }
        }
        3 => Settle::Add { proposal: Box::new(anywhere) },
        4 => Settle::Dismiss { no },
        5 => {
            let (matter, number) = (MatterId(world.fresh()), world.number(Series::General));
            Settle::Confirm { no, as_matter: b % 2 == 0, matter, number, audience: Audience::Office }
        }
        6 => {
            let matter = document.undo_matter().and_then(|id| world.matters.get(&id).cloned());
            Settle::Undo { matter }
        }
        _ => {
            let matter = document.matter_of(no).and_then(|id| world.matters.get(&id).cloned());
            Settle::TakeBack { no, matter }
        }
    }
}

/// Every standing proposal quotes the text at its span, none crosses another that counts, and what became a matter has
/// one that stands.
fn check(world: &World, document: &Document) {
    let standing = document.proposals();
    for (at, (proposal, settled)) in standing.iter().enumerate() {
        let there = span(BODY, proposal.start, proposal.end).expect("inside the text");
        assert_eq!(there, proposal.quote.as_str(), "the text at a span is the quote, always");
        for (other, of_other) in &standing[at + 1..] {
            let counts = |settled: &Settled| !matches!(settled, Settled::Dismissed | Settled::LeftOut);
            let crosses = proposal.start < other.end && other.start < proposal.end;
            assert!(!crosses || !counts(settled) || !counts(of_other), "{proposal:?} crosses {other:?}");
        }
        if let Settled::Matter(id, number) = settled {
            let matter = &world.matters[id];
            assert_eq!((matter.number, matter.is_open()), (*number, true));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_clerk_settles_the_text_at_a_span_is_the_quote(
        tries in proptest::collection::vec((any::<u8>(), 0..40u32, 0..60u32, 0..60u32), 1..60)
    ) {
        let (mut world, id) = taken_in();
        let mut is_out_of_order = false;
        for numbers in tries {
            let document = world.documents[&Stream::Document(id)].clone();
            let wish = some_settle(&document, numbers, &mut world);
            let takes_back = matches!(wish, Settle::TakeBack { .. });
            // What is refused leaves everything as it was; so does the check.
            is_out_of_order |= settle(&mut world, id, wish).is_ok() && takes_back;
            check(&world, &world.documents[&Stream::Document(id)]);
        }
        // Taken back one by one, everything is as it was read.
        while world.documents[&Stream::Document(id)].can_undo() {
            let document = world.documents[&Stream::Document(id)].clone();
            let matter = document.undo_matter().and_then(|id| world.matters.get(&id).cloned());
            match settle(&mut world, id, Settle::Undo { matter }) {
                Ok(()) => {}
                // What was taken back out of order may stand where an earlier change would come back to.
                Err(Refusal::SpansCross) if is_out_of_order => return Ok(()),
                Err(refusal) => panic!("nobody touched what came of it: {refusal}"),
            }
            check(&world, &world.documents[&Stream::Document(id)]);
        }
        let document = &world.documents[&Stream::Document(id)];
        let first: Vec<u32> = document.proposals().into_iter().map(|(proposal, _)| proposal.no).collect();
        prop_assert_eq!(first, vec![1, 2, 3]);
        prop_assert!(document.proposals().iter().all(|(_, settled)| *settled == Settled::Open));
    }

    /// Blanks around a quote are not part of it, and line ends count alike; anything else is not the text.
    #[test]
    fn what_is_taken_in_stands_where_it_says(before in 0..3u32, after in 0..3u32) {
        let world = city();
        let (id, meeting) = (DocumentId(uuid::Uuid::from_u128(1)), MeetingId(uuid::Uuid::from_u128(2)));
        let body = "   Dredge\r\nit.   ";
        let mut wide = proposal((3 - before, 14 + after), Class::Action);
        let take_in = |proposal: &Proposal| {
            let words = document_text(body, vec![proposal.clone()]);
            world.with(hand(CLERK), |context| document::ingest(id, meeting, words, &world.profile, context))
        };
        wide.quote = text("Dredge\nit.");
        let events = take_in(&wide).expect("it stands there");
        let Event::Document(DocumentEvent::Ingested { text: Sealed::Open(read), .. }) = &events[0].1 else {
            panic!("it was taken in")
        };
        prop_assert_eq!((read.proposals[0].start, read.proposals[0].end), (3, 14));
        wide.quote = text("Dredge it.");
        prop_assert_eq!(take_in(&wide).map(|_| ()), Err(Refusal::SpanOutside));
    }

    #[test]
    fn a_span_is_counted_in_code_points(text in "\\PC{0,24}", start in 0..30u32, length in 0..30u32) {
        let chars: Vec<char> = text.chars().collect();
        let (from, to) = (start as usize, (start + length) as usize);
        let expected = (from < to && to <= chars.len()).then(|| chars[from..to].iter().collect::<String>());
        prop_assert_eq!(span(&text, start, start + length).map(str::to_owned), expected);
    }
}

#[test]
fn a_text_without_places_is_written_as_it_always_was_and_one_with_places_says_where_a_passage_stands() {
    let old = document_text(BODY, vec![]);
    let written = serde_json::to_value(&old).expect("a text");
    assert!(written.get("places").is_none(), "what was committed to before must not change: {written}");
    assert_eq!(serde_json::from_value::<DocumentText>(written).expect("the same"), old);
    assert_eq!(old.place(3), None);
    let cell = At::Cell { sheet: "任务".into(), cell: "B7".into() };
    let places = vec![Place { start: 2, at: At::Page { page: 3, line: 12 } }, Place { start: 9, at: cell.clone() }];
    let new = DocumentText { places, ..old };
    let read: DocumentText = serde_json::from_value(serde_json::to_value(&new).expect("a text")).expect("the same");
    assert_eq!(read, new);
    for (start, at) in [(1, None), (2, Some(&At::Page { page: 3, line: 12 })), (9, Some(&cell)), (99, Some(&cell))] {
        assert_eq!(read.place(start), at, "{start}");
    }
}
