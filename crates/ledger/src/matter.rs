//! The matter: what was decided, who leads it, by when, and where it stands. Folded from its own events; how it may
//! change is in `act`.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::audience::Audience;
use crate::calendar::OfficeCalendar;
use crate::code::codes;
use crate::event::{Meta, Personal};
use crate::evidence::{Evidence, NonEmpty};
use crate::id::{DocumentId, EvidenceId, MatterId, Number, OfficerId, UnitId};
use crate::organisation::Organisation;
use crate::party::Party;
use crate::text::Sealed;

mod axes;
mod contradiction;
mod event;
mod fold;
mod misplaced;
mod published;
mod waits;

pub use axes::{Axes, EvidenceAxis, Official, Schedule};
pub use contradiction::{CallBack, CallBackFinding, Contradiction, OPEN_CONTRADICTIONS_MAX};
pub use event::{
    AnswerText, Applicant, ContradictionText, CriterionText, MatterEvent, NoteText, NoticeText, OpenedText, OriginKey,
    ReasonText, WithdrawalText,
};
pub use misplaced::Misplaced;
pub use published::{PublicStanding, Shown};
pub use waits::{Desk, Group, SOON_DAYS, Wait, desks};

codes! {
    /// What kind of thing the matter follows; the room it belongs to is in `rooms`.
    Kind {
        /// A directive of a meeting.
        Directive = "directive",
        /// An indicator of the plan off its target.
        IndicatorGap = "indicator_gap",
        /// A finding of a visit or inspection.
        Finding = "finding",
        /// A suggestion from the public.
        Suggestion = "suggestion",
        /// A shortcoming against an assessor's indicator.
        Shortcoming = "shortcoming",
        /// A guarantee that a household or person is owed and does not have.
        Need = "need",
        /// A clue of the campaign.
        Clue = "clue",
        /// A fugitive.
        Fugitive = "fugitive",
        /// A case.
        Case = "case",
        /// An illicit asset.
        Asset = "asset",
        /// A protector in office.
        Protector = "protector",
        /// An industry in disorder.
        Industry = "industry",
        /// A rectification notice.
        Rectification = "rectification",
        /// A sealed report from the public.
        Report = "report",
    }
}

codes! {
    /// Where a matter stands, without the facts.
    StateKind {
        /// Confirmed; nobody leads it yet.
        Opened = "opened",
        /// Assigned; the lead has not signed for it.
        Assigned = "assigned",
        /// The lead works on it.
        UnderWay = "under_way",
        /// The lead says how it ended, on evidence.
        Reported = "reported",
        /// Somebody independent agrees.
        Verified = "verified",
        /// The office has closed it.
        Cleared = "cleared",
        /// Taken back under an authority.
        Withdrawn = "withdrawn",
    }
}

codes! {
    /// How a matter ended, without the facts.
    OutcomeKind {
        /// The criterion is met.
        Done = "done",
        /// Nothing in it.
        Unfounded = "unfounded",
        /// Refused for a reason; can be appealed.
        Refused = "refused",
        /// Handed to somebody outside, who took it.
        Transferred = "transferred",
        /// Its object is gone.
        Lapsed = "lapsed",
    }
}

codes! {
    /// How a verifier looked.
    Method {
        /// On paper.
        Desk = "desk",
        /// On the spot.
        SiteVisit = "site_visit",
        /// By asking those concerned.
        CallBack = "call_back",
        /// By a sample of many.
        Sample = "sample",
    }
}

codes! {
    /// What is shown of a published matter.
    PublicItem {
        /// The directive's words and source.
        Directive = "directive",
        /// Who leads it.
        Lead = "lead",
        /// The acceptance criterion.
        Criterion = "criterion",
        /// The original and the present deadline.
        Due = "due",
        /// What the lead reported.
        Report = "report",
        /// What the verifier found.
        Verification = "verification",
    }
}

codes! {
    /// What an officer has in a matter by name.
    Share {
        /// He leads it.
        Lead = "lead",
        /// He was named to verify it.
        Verifier = "verifier",
        /// He can remove an obstacle on it.
        Remover = "remover",
    }
}

codes! {
    /// Why a matter was taken back.
    WithdrawalGround {
        /// An authority decided so; the text says which, and why.
        Decided = "decided",
        /// The clerk took back the confirmation that opened it.
        ConfirmedInError = "confirmed_in_error",
        /// It is the same thing as another, which goes on.
        Duplicate = "duplicate",
    }
}

codes! {
    /// What a matter has to do with another.
    LinkRelation {
        /// They touch the same thing.
        Related = "related",
        /// It takes up where the other ended.
        Follows = "follows",
        /// The other takes up where it ended.
        FollowedBy = "followed_by",
        /// They may be the same thing twice.
        Duplicate = "duplicate",
    }
}

impl LinkRelation {
    /// The same, seen from the other one.
    pub fn inverse(self) -> Self {
        match self {
            LinkRelation::Related => LinkRelation::Related,
            LinkRelation::Follows => LinkRelation::FollowedBy,
            LinkRelation::FollowedBy => LinkRelation::Follows,
            LinkRelation::Duplicate => LinkRelation::Duplicate,
        }
    }
}

codes! {
    /// Where a deadline comes from.
    DueOrigin {
        /// The text names it.
        Text = "text",
        /// Whoever assigned the matter set it.
        Assigner = "assigner",
    }
}

/// Who acted, and in whose place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Hand {
    /// Who acted.
    pub officer: OfficerId,
    /// In whose place, if in another's.
    pub on_behalf: Option<OfficerId>,
}

impl Hand {
    /// Whose hand an event shows.
    pub fn of(meta: &Meta) -> Self {
        Self { officer: meta.actor, on_behalf: meta.on_behalf }
    }

    /// Both officers, where there are two.
    pub fn officers(&self) -> impl Iterator<Item = OfficerId> {
        std::iter::once(self.officer).chain(self.on_behalf)
    }

    /// Whether somebody is in both.
    pub fn shares_with(&self, other: &Hand) -> bool {
        self.officers().any(|officer| other.officers().any(|o| o == officer))
    }
}

/// Where a matter came from. Ids only; words stand in `OpenedText`, persons in `Applicant`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A span of a document, in code points of its canonical text.
    Document {
        /// The document.
        document: DocumentId,
        /// The proposal that was confirmed.
        proposal: u32,
        /// First code point.
        start: u32,
        /// One past the last.
        end: u32,
    },
    /// An instruction without a document: a leader's note, a call.
    Instruction,
    /// A row of a dataset.
    Dataset {
        /// The dataset's admission.
        dataset: uuid::Uuid,
        /// The row within it.
        row: u64,
    },
    /// A report from the public.
    Report,
    /// An application of a person or household.
    Application,
    /// Part of another matter.
    Part {
        /// The matter above.
        of: MatterId,
    },
    /// A guarantee lost again, or a matter taken up again under a new number.
    Follows {
        /// The matter before.
        matter: MatterId,
    },
}

/// How a matter ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The criterion is met.
    Done,
    /// Nothing in it.
    Unfounded,
    /// Refused for a reason.
    Refused {
        /// The last day for an appeal.
        appeal_until: Date,
    },
    /// Handed to somebody else, who took it.
    Transferred {
        /// To whom.
        to: Party,
    },
    /// Its object is gone.
    Lapsed,
}

impl Outcome {
    /// The outcome without its facts.
    pub fn kind(&self) -> OutcomeKind {
        match self {
            Outcome::Done => OutcomeKind::Done,
            Outcome::Unfounded => OutcomeKind::Unfounded,
            Outcome::Refused { .. } => OutcomeKind::Refused,
            Outcome::Transferred { .. } => OutcomeKind::Transferred,
            Outcome::Lapsed => OutcomeKind::Lapsed,
        }
    }
}

/// A report written and not yet signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// How it ended.
    pub outcome: Outcome,
    /// What supports it.
    pub evidence: NonEmpty<EvidenceId>,
    /// Who wrote it.
    pub drafted_by: Hand,
    /// When.
    pub on: Date,
    /// In words.
    pub text: Sealed<NoteText>,
}

/// A signed report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// How it ended.
    pub outcome: Outcome,
    /// What supports it.
    pub evidence: NonEmpty<EvidenceId>,
    /// Who wrote it.
    pub drafted_by: Hand,
    /// Who signed it.
    pub signed_by: Hand,
    /// The day it was signed.
    pub on: Date,
    /// In words.
    pub text: Sealed<NoteText>,
    /// Who appealed against a refusal, and what was decided.
    pub appeal: Option<Appeal>,
}

/// An appeal against a refusal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appeal {
    /// The day it came in.
    pub on: Date,
    /// Its grounds.
    pub text: Sealed<ReasonText>,
    /// Dismissed on this day, if it was; an appeal upheld sends the matter back.
    pub dismissed_on: Option<Date>,
}

/// Somebody independent agrees with the report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verification {
    /// Who.
    pub by: Hand,
    /// When.
    pub on: Date,
    /// How he looked.
    pub method: Method,
    /// What he found.
    pub text: Sealed<NoteText>,
}

/// The office has closed it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clearing {
    /// Who.
    pub by: Hand,
    /// When.
    pub on: Date,
    /// Verified and cleared by one hand, because the office has set `single_clerk`.
    pub single_clerk: bool,
}

/// Where a matter stands. Each variant holds the facts that put it there; lead and due are the matter's own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State {
    /// Nobody leads it yet.
    Opened,
    /// The lead has not signed for it.
    Assigned,
    /// The lead works on it.
    UnderWay {
        /// Since when.
        since: Date,
    },
    /// The lead says how it ended.
    Reported(Report),
    /// Somebody independent agrees.
    Verified(Report, Verification),
    /// The office has closed it.
    Cleared(Report, Verification, Clearing),
    /// Taken back.
    Withdrawn {
        /// When.
        on: Date,
        /// On what ground.
        ground: WithdrawalGround,
        /// Why and by whose authority, where it was decided.
        text: Sealed<WithdrawalText>,
        /// The matter that takes its place.
        successor: Option<MatterId>,
    },
}

impl State {
    /// The state without its facts.
    pub fn kind(&self) -> StateKind {
        match self {
            State::Opened => StateKind::Opened,
            State::Assigned => StateKind::Assigned,
            State::UnderWay { .. } => StateKind::UnderWay,
            State::Reported(_) => StateKind::Reported,
            State::Verified(_, _) => StateKind::Verified,
            State::Cleared(_, _, _) => StateKind::Cleared,
            State::Withdrawn { .. } => StateKind::Withdrawn,
        }
    }

    /// The report, from `Reported` on.
    pub fn report(&self) -> Option<&Report> {
        match self {
            State::Reported(report) | State::Verified(report, _) | State::Cleared(report, _, _) => Some(report),
            State::Opened | State::Assigned | State::UnderWay { .. } | State::Withdrawn { .. } => None,
        }
    }

    /// The verification, from `Verified` on.
    pub fn verification(&self) -> Option<&Verification> {
        match self {
            State::Verified(_, verification) | State::Cleared(_, verification, _) => Some(verification),
            State::Opened | State::Assigned | State::UnderWay { .. } | State::Reported(_) | State::Withdrawn { .. } => {
                None
            }
        }
    }
}

/// More time asked for, and the answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Extension {
    /// Who asked.
    pub asked_by: Hand,
    /// When.
    pub asked_on: Date,
    /// Until when.
    pub to: Date,
    /// Why.
    pub text: Sealed<ReasonText>,
    /// The answer, once there is one.
    pub decision: Option<ExtensionDecision>,
}

/// The answer to a request for more time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExtensionDecision {
    /// Who decided.
    pub by: Hand,
    /// When.
    pub on: Date,
    /// The new deadline; none where it was refused.
    pub granted: Option<Date>,
}

/// What stands in the way, and who can remove it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Obstacle {
    /// Counted from 1 within the matter.
    pub no: u32,
    /// Who named it.
    pub by: Hand,
    /// When.
    pub on: Date,
    /// Who can remove it.
    pub remover: Option<Party>,
    /// What it is.
    pub text: Sealed<ReasonText>,
    /// The day it was removed.
    pub removed_on: Option<Date>,
}

/// A question of the lead's to the office.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// Counted from 1 within the matter.
    pub no: u32,
    /// Who asked.
    pub by: Hand,
    /// When.
    pub on: Date,
    /// What was asked.
    pub text: Sealed<ReasonText>,
    /// The answer, once there is one.
    pub answer: Option<Answer>,
}

/// The office's answer to a question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// Who answered.
    pub by: Hand,
    /// When.
    pub on: Date,
    /// In words.
    pub text: Sealed<ReasonText>,
    /// The day the lead took note of it.
    pub acknowledged_on: Option<Date>,
}

/// A leader's word on the matter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Instruction {
    /// Whose.
    pub by: Hand,
    /// When.
    pub on: Date,
    /// In words.
    pub text: Sealed<ReasonText>,
    /// The day the lead took note of it; the supervising office where nobody leads yet.
    pub acknowledged_on: Option<Date>,
}

/// Raised to a leader, who has not yet instructed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Escalation {
    /// To whom.
    pub to: OfficerId,
    /// Who raised it.
    pub by: Hand,
    /// When.
    pub on: Date,
    /// Why.
    pub text: Sealed<ReasonText>,
}

/// A matter under this one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SubMatter {
    /// The matter.
    pub id: MatterId,
    /// Its number.
    pub number: Number,
    /// Not waited for: the day it was waived.
    pub waived_on: Option<Date>,
}

/// Another matter that this one has to do with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
    /// The other.
    pub other: MatterId,
    /// Its number.
    pub number: Number,
    /// What they have to do with one another.
    pub relation: LinkRelation,
}

/// A numbered notice that went to the lead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// Its number; other matters may share it.
    pub number: Number,
    /// The day it was issued.
    pub on: Date,
    /// What it says besides.
    pub text: Sealed<NoticeText>,
}

/// A lead that was replaced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FormerLead {
    /// Who.
    pub party: Party,
    /// The day it was placed with it.
    pub since: Date,
    /// The day it was placed with another.
    pub until: Date,
}

/// How often things went back or on.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Counts {
    /// Assigned anew.
    pub reassigned: u32,
    /// Disputed by a lead.
    pub disputed: u32,
    /// Given more time.
    pub extended: u32,
    /// Sent back by a verifier or clerk.
    pub returned: u32,
    /// Taken up again after clearing.
    pub reopened: u32,
    /// Raised to a leader.
    pub escalated: u32,
    /// Progress recorded.
    pub progress: u32,
}

/// A matter as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Matter {
    /// Its id.
    pub id: MatterId,
    /// The number people and paper see.
    pub number: Number,
    /// What kind of thing it follows.
    pub kind: Kind,
    /// Where it came from.
    pub source: Source,
    /// Who may see it.
    pub audience: Audience,
    /// The day it was opened.
    pub opened_on: Date,
    /// The words it was opened with.
    pub text: Sealed<OpenedText>,
    /// Who applied.
    pub applicant: Sealed<Personal<Applicant>>,
    /// What it takes to clear it; set from `Assigned` on.
    pub criterion: Sealed<CriterionText>,
    /// The one lead; set from `Assigned` on.
    pub lead: Option<Party>,
    /// The day it was placed with that lead.
    pub lead_since: Option<Date>,
    /// Leads that signed for it and were replaced since.
    pub former_leads: Vec<FormerLead>,
    /// The unit that verifies, or names who does, and clears; set from `Assigned` on.
    pub supervising: Option<UnitId>,
    /// The first deadline ever set; never changed.
    pub original_due: Option<Date>,
    /// The deadline in force; set from `Assigned` on.
    pub due: Option<Date>,
    /// Whether the text or the assigner set the deadline.
    pub due_origin: Option<DueOrigin>,
    /// Requests for more time, oldest first.
    pub extensions: Vec<Extension>,
    /// Obstacles, oldest first.
    pub obstacles: Vec<Obstacle>,
    /// Questions of the lead's, oldest first.
    pub questions: Vec<Question>,
    /// Leaders' words on it, oldest first.
    pub instructions: Vec<Instruction>,
    /// Raised to a leader who has not yet instructed.
    pub escalation: Option<Escalation>,
    /// The day it was sent back, until a report is drafted anew.
    pub returned_on: Option<Date>,
    /// Evidence, oldest first.
    pub evidence: Vec<Evidence>,
    /// A report written and not yet signed.
    pub draft: Option<Draft>,
    /// The draft that waits for a signature, and those that got one, by their events' places in the stream.
    pub draft_at: Option<u64>,
    /// Drafts that were signed.
    pub signed_drafts: BTreeSet<u64>,
    /// Everybody who ever wrote or signed a report on it.
    pub reporters: BTreeSet<OfficerId>,
    /// Officers named to verify it.
    pub verifiers: BTreeSet<OfficerId>,
    /// Matters under it, oldest first.
    pub subs: Vec<SubMatter>,
    /// Other matters that it has to do with.
    pub links: Vec<Link>,
    /// Duplicates that were merged into it, oldest first.
    pub merged: Vec<(MatterId, Number)>,
    /// Notices issued on it, oldest first.
    pub notices: Vec<Notice>,
    /// What is shown of it to the public.
    pub published: BTreeSet<PublicItem>,
    /// When the public was last told of it no more; none while it is published, and where it never was.
    pub unpublished_at: Option<Timestamp>,
    /// What the public said is not so, oldest first.
    pub contradictions: Vec<Contradiction>,
    /// What came of asking again, oldest first.
    pub call_backs: Vec<CallBack>,
    /// How often things went back or on.
    pub counts: Counts,
    /// Where it stands.
    pub state: State,
}

impl Matter {
    /// The matter above, where this is a sub-matter.
    pub fn parent(&self) -> Option<MatterId> {
        match self.source {
            Source::Part { of } => Some(of),
            Source::Document { .. }
            | Source::Instruction
            | Source::Dataset { .. }
            | Source::Report
            | Source::Application
            | Source::Follows { .. } => None,
        }
    }

    /// The units that answer for it in public: those of the lead on the day it was placed with it. Where an officer who
    /// leads by name goes afterwards does not change who was told to do it.
    pub fn placed_with(&self, organisation: &Organisation) -> Vec<UnitId> {
        let placed = self.lead.zip(self.lead_since);
        placed.map(|(lead, since)| lead.units(organisation, since)).unwrap_or_default()
    }

    /// Whether it is neither cleared nor withdrawn.
    pub fn is_open(&self) -> bool {
        match self.state.kind() {
            StateKind::Cleared | StateKind::Withdrawn => false,
            StateKind::Opened
            | StateKind::Assigned
            | StateKind::UnderWay
            | StateKind::Reported
            | StateKind::Verified => true,
        }
    }

    /// Whether it was opened and nobody has done anything with it since but set who may know it.
    pub fn is_untouched(&self) -> bool {
        self.state == State::Opened
            && self.counts == Counts::default()
            && self.subs.is_empty()
            && self.instructions.is_empty()
            && self.published.is_empty()
    }

    /// The first day on which it is late: the day after the last day for the deadline in force, while it is open.
    pub fn overdue_from(&self, calendar: &OfficeCalendar) -> Option<Date> {
        self.due.filter(|_| self.is_open()).and_then(|due| calendar.late_from(due))
    }

    /// Questions without an answer, oldest first.
    pub fn open_questions(&self) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(|question| question.answer.is_none())
    }

    /// Whether an instruction stands of which nobody has taken note.
    pub fn has_open_instruction(&self) -> bool {
        self.instructions.iter().any(|instruction| instruction.acknowledged_on.is_none())
    }

    /// Whether an instruction or an answer stands of which nobody has taken note.
    pub fn has_unacknowledged(&self) -> bool {
        let answers = self.questions.iter().filter_map(|question| question.answer.as_ref());
        self.has_open_instruction() || answers.into_iter().any(|answer| answer.acknowledged_on.is_none())
    }

    /// Whether it was sent back and its lead works on it again.
    pub fn is_returned(&self) -> bool {
        match self.state.kind() {
            StateKind::UnderWay => self.counts.returned > 0,
            StateKind::Opened
            | StateKind::Assigned
            | StateKind::Reported
            | StateKind::Verified
            | StateKind::Cleared
            | StateKind::Withdrawn => false,
        }
    }

    /// Whether it is open and an obstacle stands in its way.
    pub fn is_held(&self) -> bool {
        self.is_open() && self.obstacles.iter().any(|obstacle| obstacle.removed_on.is_none())
    }

    /// Whether it is open and a request for more time waits for a decision.
    pub fn asks_extension(&self) -> bool {
        self.is_open() && self.undecided_extension().is_some()
    }

    /// The extension that waits for a decision.
    pub fn undecided_extension(&self) -> Option<&Extension> {
        self.extensions.last().filter(|extension| extension.decision.is_none())
    }
}
