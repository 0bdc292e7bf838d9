//! Documents and what a clerk makes of what was read in them.

use ledger::Refusal;
use ledger::audience::Audience;
use ledger::document::{self, Class, DocumentEvent, DocumentText, PROPOSALS_MAX, Proposal, Settle, span};
use ledger::event::Event;
use ledger::id::{DocumentId, MatterId, MeetingId, Series, Stream};
use ledger::text::Sealed;

use crate::city::{CLERK, city};
use crate::world::{World, hand, text};

/// Two directives, one attitude, and a rest in which nothing was found.
pub const BODY: &str = "Dredge it. 清理河道。 Be bold. The rest is not so clear.";

pub fn proposal((start, end): (u32, u32), class: Class) -> Proposal {
    let quote = span(BODY, start, end).map_or_else(|| text("nothing"), text);
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
        rule: "test".into(),
        is_uncertain: false,
    }
}

pub fn document_text(body: &str, proposals: Vec<Proposal>) -> DocumentText {
    DocumentText {
        title: text("Minutes"),
        file_name: text("minutes.txt"),
        sha256: "0".repeat(64),
        body: body.to_owned(),
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
        vec![proposal((0, 10), Class::Action), proposal((11, 17), Class::Target), proposal((18, 26), Class::Principle)];
    for (no, proposal) in (1..).zip(&mut read) {
        proposal.no = no;
    }
    let (id, meeting) = (DocumentId(world.fresh()), MeetingId(world.fresh()));
    let words = document_text(BODY, read);
    let outcomes = world.with(hand(CLERK), |context| document::ingest(id, meeting, words, context));
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
        .map(|no| Proposal { no, ..proposal((27, 30), Class::Action) })
        .collect();
    let new = many.iter().map(|proposal| proposal.no).collect();
    let words = Sealed::Open(document::ProposalsText { proposals: many });
    let replaced = DocumentEvent::ProposalsReplaced { old: vec![], new, text: words };
    world.record(hand(CLERK), vec![(Stream::Document(id), Event::Document(replaced))]);
}
