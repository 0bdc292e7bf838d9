//! A document that was read, its proposals, and what the clerk made of each.
//!
//! The text and its proposals lie in one sealed part; spans are code points of the canonical text. A confirmed action
//! or target becomes a matter, a principle is noted on its meeting.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::act::{ActKind, Context, Opening, Outcomes, may_begin_as, opened};
use crate::audience::Audience;
use crate::code::codes;
use crate::event::{Event, Fold, Meta};
use crate::id::{DocumentId, EvidenceId, MatterId, MeetingId, Number, Stream};
use crate::matter::{Hand, Kind, Matter, MatterEvent, OpenedText, Source, WithdrawalGround};
use crate::meeting::{MeetingEvent, MeetingText, NotedText};
use crate::organisation::Organisation;
use crate::profile::OfficeProfile;
use crate::refusal::Refusal;
use crate::rights::{self, Thing};
use crate::text::{Sealed, Text};

/// At most this many code points of text in one document.
pub const DOCUMENT_CHARS_MAX: usize = 2_000_000;
/// At most this many proposals on one document.
pub const PROPOSALS_MAX: usize = 5_000;
/// At most this many places in one document.
pub const PLACES_MAX: usize = 200_000;

codes! {
    /// What kind of directive a proposal is.
    Class {
        /// A checkable act or product.
        Action = "action",
        /// A number or a yes/no state to reach.
        Target = "target",
        /// Attitude, intensity, continuing effort without a product.
        Principle = "principle",
    }
}

codes! {
    /// Why a file that was kept was not read.
    Unread {
        /// Its pages are pictures.
        Scanned = "scanned",
        /// It is an OFD, for which there is no reader.
        Ofd = "ofd",
        /// It is larger than what is read.
        TooLarge = "too-large",
    }
}

codes! {
    /// Which way a quantity points: a bound that it sets, or a change that it measures.
    Direction {
        /// It or more.
        AtLeast = "at-least",
        /// It or less.
        AtMost = "at-most",
        /// More than it.
        MoreThan = "more-than",
        /// Less than it.
        LessThan = "less-than",
        /// So much more than there is.
        IncreaseBy = "increase-by",
        /// Up to a level.
        IncreaseTo = "increase-to",
        /// So much less than there is.
        ReduceBy = "reduce-by",
        /// Down to a level.
        ReduceTo = "reduce-to",
    }
}

/// A file that was kept as it came, because it could not be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// Its bytes, under the document's key.
    pub file: EvidenceId,
    /// Why it was not read.
    pub why: Unread,
}

/// One proposed directive.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Proposal {
    /// Counted from 1 within the document; never used again.
    pub no: u32,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The text at the span.
    pub quote: Text,
    /// What kind.
    pub class: Class,
    /// Who should do it, in the text's words.
    pub owner: Option<Text>,
    /// Units that support, in the text's words.
    #[serde(default)]
    pub supporting: Vec<Text>,
    /// By when, in the text's words.
    pub deadline: Option<Text>,
    /// The day that resolves to; none where it is ambiguous.
    pub due: Option<Date>,
    /// How much, in the text's words.
    pub quantity: Option<Text>,
    /// Which way it points, where the text says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// The rule it was found by; `clerk` where a person marked it.
    pub rule: String,
    /// Found with little certainty: shown, and not counted upon.
    #[serde(default)]
    pub is_uncertain: bool,
    /// The lesson of the office's profile for which it was left out as it was taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out_by: Option<u32>,
}

impl Proposal {
    /// Whether it leaves nothing to find out before it is confirmed: an action or target that was found with certainty,
    /// with an owner that is exactly one of the office's units, by its own names or as the office's profile has it, and a
    /// deadline that is one day and has not passed.
    pub fn is_clear(&self, profile: &OfficeProfile, organisation: &Organisation, today: Date) -> bool {
        let opens = match self.class {
            Class::Action | Class::Target => true,
            Class::Principle => false,
        };
        opens
            && !self.is_uncertain
            && self.due.is_some_and(|due| due >= today)
            && self
                .owner
                .as_ref()
                .is_some_and(|owner| profile.unit_called(owner.as_str(), organisation, today).is_some())
    }
}

/// Where in its file a piece of a document's text stands. Everything is counted from 1.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// A line of a text file.
    Line(u32),
    /// A line of a page.
    Page {
        /// The page.
        page: u32,
        /// The line on it.
        line: u32,
    },
    /// A paragraph outside tables.
    Paragraph(u32),
    /// A cell of a table among paragraphs.
    TableCell {
        /// The table.
        table: u32,
        /// The row.
        row: u32,
        /// The column.
        column: u32,
    },
    /// A footnote.
    Footnote(u32),
    /// An endnote.
    Endnote(u32),
    /// A text box.
    TextBox(u32),
    /// A cell of a workbook.
    Cell {
        /// The name of its sheet.
        sheet: String,
        /// Column and row, such as `B7`.
        cell: String,
    },
}

/// From `start` on, up to the next place, the text stands there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Place {
    /// The first code point.
    pub start: u32,
    /// Where it stands.
    pub at: At,
}

/// The document's words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DocumentText {
    /// Its title.
    pub title: Text,
    /// The file's name as it came.
    pub file_name: Text,
    /// SHA-256 of the file's bytes, in hex.
    pub sha256: String,
    /// The canonical text.
    pub body: String,
    /// Where its pieces stand in the file, in order; none for a document that was read before places were kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// The pages of the file that are pictures, counted from 1 and in order: nothing of them stands in the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread_pages: Vec<u32>,
    /// `en` or `zh`.
    pub lang: String,
    /// The meeting's day, where the text gives it.
    pub date: Option<Date>,
    /// The meeting's name, where the text gives it.
    pub meeting: Option<Text>,
    /// Who chaired, where the text says so.
    pub presided_by: Option<Text>,
    /// What was proposed.
    pub proposals: Vec<Proposal>,
}

impl DocumentText {
    /// Where in the file what begins at code point `start` stands, where that is known.
    pub fn place(&self, start: u32) -> Option<&At> {
        let after = self.places.partition_point(|place| place.start <= start);
        Some(&self.places.get(after.checked_sub(1)?)?.at)
    }
}

/// Proposals in words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProposalsText {
    /// As they are from now on.
    pub proposals: Vec<Proposal>,
}

/// What happens to a document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
#[allow(clippy::large_enum_variant, reason = "events are read one at a time, never kept by the million")]
pub enum DocumentEvent {
    /// It was taken in and read.
    Ingested {
        /// The meeting whose record it is.
        meeting: MeetingId,
        /// The day it was taken in.
        on: Date,
        /// The file itself, where it was kept and not read: the text is empty then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kept: Option<Kept>,
        /// Text and proposals.
        #[serde(default)]
        text: Sealed<DocumentText>,
    },
    /// Proposals take the place of others: a correction (one by one), a split (one by several), a merge (several by
    /// one), an addition (none by one).
    ProposalsReplaced {
        /// Which fall away.
        old: Vec<u32>,
        /// Which stand instead.
        new: Vec<u32>,
        /// Their words.
        #[serde(default)]
        text: Sealed<ProposalsText>,
    },
    /// A proposal is no directive.
    ProposalDismissed {
        /// Which.
        no: u32,
    },
    /// A proposal that was left out by the office's profile is one after all.
    ProposalBroughtIn {
        /// Which.
        no: u32,
    },
    /// A proposal became a matter.
    ProposalConfirmed {
        /// Which.
        no: u32,
        /// The matter.
        matter: MatterId,
        /// Its number.
        number: Number,
    },
    /// A principle was noted on its meeting.
    ProposalNoted {
        /// Which.
        no: u32,
    },
    /// The last change that still stands was taken back.
    ChangeUndone {
        /// The version it was made with.
        n: u64,
    },
}

/// What became of a proposal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settled {
    /// Nobody has looked at it.
    Open,
    /// It became this matter.
    Matter(MatterId, Number),
    /// It was noted on its meeting.
    Noted,
    /// It is no directive.
    Dismissed,
    /// It is no directive by what the office's profile says, and nobody has looked at it.
    LeftOut,
    /// Others took its place.
    Replaced,
}

impl Settled {
    /// Whether its place in the text is taken.
    fn counts(self) -> bool {
        match self {
            Settled::Open | Settled::Matter(..) | Settled::Noted | Settled::Replaced => true,
            Settled::Dismissed | Settled::LeftOut => false,
        }
    }
}

/// A document as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// Its meeting.
    pub meeting: MeetingId,
    /// The day it was taken in.
    pub on: Date,
    /// Its file, where that was kept and not read.
    pub kept: Option<Kept>,
    /// Its words, with the proposals as first read.
    pub text: Sealed<DocumentText>,
    proposals: BTreeMap<u32, (Proposal, Settled)>,
    undo: Vec<Undo>,
}

/// How to take a change back.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Undo {
    n: u64,
    by: Hand,
    at: Timestamp,
    before: Vec<(u32, Settled)>,
    added: Vec<u32>,
}

/// How a clerk changes what was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Settle {
    /// Class, owner, deadline, quantity or span of one proposal, described anew.
    Correct {
        /// Which.
        no: u32,
        /// As it should be; its `no` is given by the document.
        by: Box<Proposal>,
    },
    /// One becomes several.
    Split {
        /// Which.
        no: u32,
        /// Two or more inside its span, in order.
        into: Vec<Proposal>,
    },
    /// It and the next open one become one.
    Merge {
        /// The first of the two.
        no: u32,
        /// What stands in their place.
        into: Box<Proposal>,
    },
    /// A directive that was overlooked.
    Add {
        /// What stands in the text.
        proposal: Box<Proposal>,
    },
    /// No directive.
    Dismiss {
        /// Which.
        no: u32,
    },
    /// A directive after all, though the office's profile left it out.
    BringIn {
        /// Which.
        no: u32,
    },
    /// Right as it stands: an action or target opens a matter, a principle is noted, unless `as_matter`.
    Confirm {
        /// Which.
        no: u32,
        /// Make a matter of a principle too.
        as_matter: bool,
        /// The matter's id, if one is opened.
        matter: MatterId,
        /// The matter's number, if one is opened.
        number: Number,
        /// Who may know the matter.
        audience: Audience,
    },
    /// Take the last change back; a matter it opened is withdrawn, if nobody has touched it since.
    Undo {
        /// The matter that change opened.
        matter: Option<std::sync::Arc<Matter>>,
    },
    /// Take back what was decided about one proposal, whenever that was; a matter it opened is withdrawn likewise.
    TakeBack {
        /// Which.
        no: u32,
        /// The matter it became.
        matter: Option<std::sync::Arc<Matter>>,
    },
}

/// Takes in a document that was read; proposals that the office's profile knows for no directives are left out. Refuses
/// without the right, and a proposal that does not stand in the text.
pub fn ingest(
    id: DocumentId,
    meeting: MeetingId,
    mut text: DocumentText,
    profile: &OfficeProfile,
    context: &Context,
) -> Outcomes {
    for proposal in &mut text.proposals {
        proposal.left_out_by = profile.leaves_out(proposal.quote.as_str()).map(|lesson| lesson.no);
    }
    take_in(id, meeting, text, None, context)
}

/// Takes in a document whose file is kept and was not read: its text is empty. Refuses without the right.
pub fn keep(id: DocumentId, meeting: MeetingId, text: DocumentText, kept: Kept, context: &Context) -> Outcomes {
    take_in(id, meeting, DocumentText { body: String::new(), proposals: vec![], ..text }, Some(kept), context)
}

fn take_in(
    id: DocumentId,
    meeting: MeetingId,
    mut text: DocumentText,
    kept: Option<Kept>,
    context: &Context,
) -> Outcomes {
    rights::may(context.by, ActKind::Ingest, &Thing::Office, context.organisation, context.today)?;
    if !text.proposals.iter_mut().all(|proposal| is_fitted(proposal, &text.body)) {
        return Err(Refusal::SpanOutside);
    }
    let about = MeetingText {
        name: text.meeting.clone().unwrap_or_else(|| text.title.clone()),
        chair: text.presided_by.clone(),
    };
    let held = MeetingEvent::MeetingRecorded { document: id, held_on: text.date, text: Sealed::Open(about) };
    let read = DocumentEvent::Ingested { meeting, on: context.today, kept, text: Sealed::Open(text) };
    Ok(vec![(Stream::Document(id), Event::Document(read)), (Stream::Meeting(meeting), Event::Meeting(held))])
}

impl Document {
    /// Proposals that stand (not replaced), in the order of the text, and what became of each.
    pub fn proposals(&self) -> Vec<(&Proposal, Settled)> {
        let standing = self.proposals.values().filter(|(_, settled)| *settled != Settled::Replaced);
        let mut proposals: Vec<(&Proposal, Settled)> = standing.map(|(p, s)| (p, *s)).collect();
        proposals.sort_by_key(|(proposal, _)| (proposal.start, proposal.no));
        proposals
    }

    /// The same in the order in which a clerk goes through them: what was found with little certainty comes last.
    pub fn in_review(&self) -> Vec<(&Proposal, Settled)> {
        let mut proposals = self.proposals();
        proposals.sort_by_key(|(proposal, _)| proposal.is_uncertain);
        proposals
    }

    /// Who confirmed, noted or dismissed a proposal, and when.
    pub fn settled_by(&self, no: u32) -> Option<(Hand, Timestamp)> {
        self.settling(no).map(|undo| (undo.by, undo.at))
    }

    /// The matter that the last standing change opened, if it opened one: `Settle::Undo` needs it.
    pub fn undo_matter(&self) -> Option<MatterId> {
        let (no, _) = self.undo.last()?.before.first()?;
        self.matter_of(*no)
    }

    /// The proposal, also one that others took the place of.
    pub fn proposal(&self, no: u32) -> Option<&Proposal> {
        self.proposals.get(&no).map(|(proposal, _)| proposal)
    }

    /// The matter that a proposal became.
    pub fn matter_of(&self, no: u32) -> Option<MatterId> {
        match self.proposals.get(&no)?.1 {
            Settled::Matter(matter, _) => Some(matter),
            Settled::Open | Settled::Noted | Settled::Dismissed | Settled::LeftOut | Settled::Replaced => None,
        }
    }

    /// Open proposals that leave nothing to find out, in the order of the text (`Proposal::is_clear`).
    pub fn clear_proposals(&self, profile: &OfficeProfile, organisation: &Organisation, today: Date) -> Vec<&Proposal> {
        let open = self.proposals().into_iter().filter(|(_, settled)| *settled == Settled::Open);
        let open = open.map(|(proposal, _)| proposal);
        open.filter(|proposal| proposal.is_clear(profile, organisation, today)).collect()
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Does what the clerk decided. Refuses without the right, on a settled or unknown proposal, on spans outside the
    /// text, and where two to be merged are not neighbours.
    pub fn settle(&self, settle: Settle, context: &Context) -> Outcomes {
        rights::may(context.by, ActKind::Settle, &Thing::Office, context.organisation, context.today)?;
        let text = self.text.open().ok_or(Refusal::DocumentErased)?;
        match settle {
            Settle::Correct { no, by } => {
                self.open_proposal(no)?;
                self.replace(text, vec![no], vec![*by])
            }
            Settle::Split { no, into } => self.split(text, no, into),
            Settle::Merge { no, into } => self.merge(text, no, *into),
            Settle::Add { proposal } => self.replace(text, vec![], vec![*proposal]),
            Settle::Dismiss { no } => {
                self.open_proposal(no)?;
                Ok(self.event(DocumentEvent::ProposalDismissed { no }))
            }
            Settle::BringIn { no } => self.bring_in(no),
            Settle::Confirm { no, as_matter, matter, number, audience } => {
                self.confirm(no, as_matter, (matter, number), audience, context)
            }
            Settle::Undo { matter } => {
                let last = self.undo.last().ok_or(Refusal::NothingToUndo)?;
                self.undo(last, matter.as_deref(), context)
            }
            Settle::TakeBack { no, matter } => {
                let settled = self.settling(no).ok_or(Refusal::NothingToUndo)?;
                self.undo(settled, matter.as_deref(), context)
            }
        }
    }

    fn event(&self, event: DocumentEvent) -> Vec<(Stream, Event)> {
        vec![(Stream::Document(self.id), Event::Document(event))]
    }

    fn open_proposal(&self, no: u32) -> Result<&Proposal, Refusal> {
        match self.proposals.get(&no) {
            None => Err(Refusal::ProposalUnknown),
            Some((proposal, Settled::Open)) => Ok(proposal),
            Some((
                _,
                Settled::Matter(..) | Settled::Noted | Settled::Dismissed | Settled::LeftOut | Settled::Replaced,
            )) => Err(Refusal::ProposalSettled),
        }
    }

    fn bring_in(&self, no: u32) -> Outcomes {
        let (left_out, settled) = self.proposals.get(&no).ok_or(Refusal::ProposalUnknown)?;
        if *settled != Settled::LeftOut {
            return Err(Refusal::ProposalSettled);
        }
        match self.is_crossed(left_out, &[]) {
            true => Err(Refusal::SpansCross),
            false => Ok(self.event(DocumentEvent::ProposalBroughtIn { no })),
        }
    }

    /// Whether the proposal crosses another that counts and is none of these.
    fn is_crossed(&self, proposal: &Proposal, but: &[u32]) -> bool {
        self.proposals().into_iter().any(|(other, settled)| {
            !but.contains(&other.no) && settled.counts() && proposal.start < other.end && other.start < proposal.end
        })
    }

    fn split(&self, text: &DocumentText, no: u32, into: Vec<Proposal>) -> Outcomes {
        let whole = self.open_proposal(no)?;
        let inside = into.iter().all(|part| whole.start <= part.start && part.end <= whole.end);
        let in_order = into.windows(2).all(|pair| pair[0].end <= pair[1].start);
        if into.len() < 2 || !inside || !in_order {
            return Err(Refusal::SpanOutside);
        }
        self.replace(text, vec![no], into)
    }

    fn merge(&self, text: &DocumentText, no: u32, into: Proposal) -> Outcomes {
        let first = self.open_proposal(no)?;
        let next = self.next_open(no).ok_or(Refusal::NotNeighbours)?;
        if into.start != first.start.min(next.start) || into.end != first.end.max(next.end) {
            return Err(Refusal::NotNeighbours);
        }
        self.replace(text, vec![no, next.no], vec![into])
    }

    /// The proposal that `Settle::Merge` would join to `no`: the one after it, if that is open.
    pub fn next_open(&self, no: u32) -> Option<&Proposal> {
        let standing = self.proposals();
        let at = standing.iter().position(|(proposal, _)| proposal.no == no)?;
        standing.get(at + 1).filter(|(_, settled)| *settled == Settled::Open).map(|(proposal, _)| *proposal)
    }

    fn replace(&self, text: &DocumentText, old: Vec<u32>, mut new: Vec<Proposal>) -> Outcomes {
        let first_no = self.proposals.keys().last().map_or(1, |no| no + 1);
        if self.proposals.len() + new.len() > PROPOSALS_MAX {
            return Err(Refusal::TooManyProposals);
        }
        for (no, proposal) in (first_no..).zip(&mut new) {
            proposal.no = no;
            if !is_fitted(proposal, &text.body) {
                return Err(Refusal::SpanOutside);
            }
            if self.is_crossed(proposal, &old) {
                return Err(Refusal::SpansCross);
            }
        }
        let numbers = new.iter().map(|proposal| proposal.no).collect();
        let text = Sealed::Open(ProposalsText { proposals: new });
        Ok(self.event(DocumentEvent::ProposalsReplaced { old, new: numbers, text }))
    }

    fn confirm(
        &self,
        no: u32,
        as_matter: bool,
        (matter, number): (MatterId, Number),
        audience: Audience,
        context: &Context,
    ) -> Outcomes {
        let proposal = self.open_proposal(no)?;
        let opens = match proposal.class {
            Class::Action | Class::Target => true,
            Class::Principle => as_matter,
        };
        if !opens {
            let text = Sealed::Open(NotedText { directive: proposal.quote.clone() });
            let noted = MeetingEvent::DirectiveNoted { document: self.id, proposal: no, text };
            let mut events = self.event(DocumentEvent::ProposalNoted { no });
            events.push((Stream::Meeting(self.meeting), Event::Meeting(noted)));
            return Ok(events);
        }
        may_begin_as(&audience, context)?;
        let Proposal { start, end, .. } = *proposal;
        let words = OpenedText {
            quote: proposal.quote.clone(),
            source: self.text.open().map(|text| text.title.clone()),
            owner: proposal.owner.clone(),
            deadline: proposal.deadline.clone(),
            quantity: proposal.quantity.clone(),
            due: proposal.due,
            origin_key: None,
        };
        let source = Source::Document { document: self.id, proposal: no, start, end };
        let opening =
            Opening { id: matter, number, kind: Kind::Directive, source, audience, text: words, applicant: None };
        let mut events = self.event(DocumentEvent::ProposalConfirmed { no, matter, number });
        events.push((Stream::Matter(matter), Event::Matter(opened(opening, None, context.today)?)));
        Ok(events)
    }

    /// Whether two proposals that count cross each other.
    fn has_crossing(&self) -> bool {
        let counting = self.proposals().into_iter().filter(|(_, settled)| settled.counts());
        let spans: Vec<(u32, u32)> = counting.map(|(proposal, _)| (proposal.start, proposal.end)).collect();
        spans.windows(2).any(|pair| pair[1].0 < pair[0].1)
    }

    /// The change by which a standing proposal was confirmed, noted or dismissed.
    fn settling(&self, no: u32) -> Option<&Undo> {
        match self.proposals.get(&no)?.1 {
            Settled::Matter(..) | Settled::Noted | Settled::Dismissed => {}
            Settled::Open | Settled::LeftOut | Settled::Replaced => return None,
        }
        self.undo.iter().rfind(|undo| undo.added.is_empty() && undo.before == [(no, Settled::Open)])
    }

    fn undo(&self, last: &Undo, matter: Option<&Matter>, context: &Context) -> Outcomes {
        let mut events = self.event(DocumentEvent::ChangeUndone { n: last.n });
        // What fell away may have made room for another since.
        let mut after = self.clone();
        after.take_back(last.n);
        if after.has_crossing() {
            return Err(Refusal::SpansCross);
        }
        if let Some(opened) = last.before.first().and_then(|(no, _)| self.matter_of(*no)) {
            if !matter.is_some_and(|matter| matter.id == opened && matter.is_untouched()) {
                return Err(Refusal::NothingToUndo);
            }
            let withdrawn = MatterEvent::Withdrawn {
                ground: WithdrawalGround::ConfirmedInError,
                successor: None,
                on: context.today,
                text: Sealed::Erased,
            };
            events.push((Stream::Matter(opened), Event::Matter(withdrawn)));
        }
        if let Some((no, _)) = last.before.first()
            && matches!(self.proposals.get(no), Some((_, Settled::Noted)))
        {
            let back = MeetingEvent::NotingUndone { document: self.id, proposal: *no };
            events.push((Stream::Meeting(self.meeting), Event::Meeting(back)));
        }
        Ok(events)
    }

    fn set(&mut self, meta: &Meta, changes: &[(u32, Settled)], added: Vec<u32>) {
        let mut before = vec![];
        for (no, settled) in changes {
            if let Some((_, standing)) = self.proposals.get_mut(no) {
                before.push((*no, *standing));
                *standing = *settled;
            }
        }
        self.undo.push(Undo { n: meta.n, by: Hand::of(meta), at: meta.at, before, added });
    }

    fn take_back(&mut self, n: u64) {
        let Some(at) = self.undo.iter().rposition(|undo| undo.n == n) else { return };
        let undo = self.undo.remove(at);
        for (no, settled) in undo.before {
            if let Some((_, standing)) = self.proposals.get_mut(&no) {
                *standing = settled;
            }
        }
        for no in undo.added {
            if let Some((_, standing)) = self.proposals.get_mut(&no) {
                *standing = Settled::Replaced;
            }
        }
    }
}

/// Draws the span in to where the quote stands, without the blanks around it; whether the text there is the quote. Line
/// ends count alike, as they do in a `Text`.
fn is_fitted(proposal: &mut Proposal, body: &str) -> bool {
    let Some(found) = span(body, proposal.start, proposal.end) else { return false };
    let blanks = |all: &str, rest: &str| u32::try_from(all.chars().count() - rest.chars().count()).unwrap_or(u32::MAX);
    let (before, after) = (blanks(found, found.trim_start()), blanks(found, found.trim_end()));
    if found.trim().replace("\r\n", "\n") != proposal.quote.as_str() {
        return false;
    }
    (proposal.start, proposal.end) = (proposal.start + before, proposal.end - after);
    true
}

/// The text between two code points; none outside the text or where the order is wrong.
pub fn span(text: &str, start: u32, end: u32) -> Option<&str> {
    let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
    if start >= end {
        return None;
    }
    let mut offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let from = offsets.nth(start)?;
    let to = offsets.nth(end - start - 1)?;
    text.get(from..to)
}

impl Fold for Document {
    fn begin(stream: Stream, event: &Event, _meta: &Meta) -> Option<Self> {
        let (Stream::Document(id), Event::Document(DocumentEvent::Ingested { meeting, on, kept, text })) =
            (stream, event)
        else {
            return None;
        };
        let read = text.open().map(|text| text.proposals.as_slice()).unwrap_or_default();
        let settled = |proposal: &Proposal| match proposal.left_out_by {
            Some(_) => Settled::LeftOut,
            None => Settled::Open,
        };
        let proposals = read.iter().map(|proposal| (proposal.no, (proposal.clone(), settled(proposal)))).collect();
        Some(Self { id, meeting: *meeting, on: *on, kept: *kept, text: text.clone(), proposals, undo: vec![] })
    }

    fn apply(&mut self, event: &Event, meta: &Meta) {
        let Event::Document(event) = event else { return };
        match event {
            DocumentEvent::Ingested { .. } => {}
            DocumentEvent::ProposalsReplaced { old, new, text } => {
                let fresh = text.open().map(|text| text.proposals.as_slice()).unwrap_or_default();
                for proposal in fresh {
                    self.proposals.insert(proposal.no, (proposal.clone(), Settled::Open));
                }
                let replaced: Vec<(u32, Settled)> = old.iter().map(|no| (*no, Settled::Replaced)).collect();
                self.set(meta, &replaced, new.clone());
            }
            DocumentEvent::ProposalBroughtIn { no } => self.set(meta, &[(*no, Settled::Open)], vec![]),
            DocumentEvent::ProposalDismissed { no } => self.set(meta, &[(*no, Settled::Dismissed)], vec![]),
            DocumentEvent::ProposalConfirmed { no, matter, number } => {
                self.set(meta, &[(*no, Settled::Matter(*matter, *number))], vec![]);
            }
            DocumentEvent::ProposalNoted { no } => self.set(meta, &[(*no, Settled::Noted)], vec![]),
            DocumentEvent::ChangeUndone { n } => self.take_back(*n),
        }
    }
}
