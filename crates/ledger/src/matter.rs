//! The matter: what was decided, who leads it, by when, and where it stands. Folded from its own events; how it may
//! change is in `act`.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::audience::Audience;
use crate::code::codes;
use crate::event::{Event, Fold, Meta, Personal};
use crate::evidence::{Evidence, EvidenceKind, EvidenceText, NonEmpty};
use crate::id::{DocumentId, EvidenceId, Holder, MatterId, Number, OfficerId, Stream, UnitId};
use crate::party::Party;
use crate::text::{Sealed, Text};

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
    /// Why a matter was taken back.
    WithdrawalGround {
        /// An authority decided so; the text says which, and why.
        Decided = "decided",
        /// The clerk took back the confirmation that opened it.
        ConfirmedInError = "confirmed_in_error",
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

/// At most one uncleared matter a key, so that a repeated sweep adds nothing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct OriginKey {
    /// Whom or what it is about.
    pub holder: Holder,
    /// The guarantee, indicator or benefit.
    pub item: Text,
    /// The period, as in `2026-11`; empty where there is none.
    pub period: String,
}

/// The words a matter was opened with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OpenedText {
    /// The directive itself, as it stands in the source.
    pub quote: Text,
    /// Title of the source.
    pub source: Option<Text>,
    /// Who should do it, in the text's words.
    pub owner: Option<Text>,
    /// By when, in the text's words.
    pub deadline: Option<Text>,
    /// How much, in the text's words.
    pub quantity: Option<Text>,
    /// The day the text's deadline resolves to.
    pub due: Option<Date>,
    /// At most one uncleared matter carries it.
    pub origin_key: Option<OriginKey>,
}

/// Who applied, where a person did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Applicant {
    /// The name.
    pub name: Text,
    /// How to reach the person.
    pub contact: Option<Text>,
}

/// What it takes to clear the matter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CriterionText {
    /// The acceptance criterion.
    pub criterion: Text,
    /// Why it was assigned anew, if it was.
    pub reason: Option<Text>,
}

/// A reason in words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReasonText {
    /// The reason.
    pub reason: Text,
}

/// A note in words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NoteText {
    /// The note, if one was made.
    pub note: Option<Text>,
}

/// Why and under whose authority something is taken back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WithdrawalText {
    /// Who decided so: body, meeting, document.
    pub authority: Text,
    /// Why.
    pub reason: Text,
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

/// What happens to a matter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
#[allow(missing_docs, reason = "the fields are those of the acts in `act`, with the day each was done")]
pub enum MatterEvent {
    Opened {
        number: Number,
        kind: Kind,
        source: Source,
        audience: Audience,
        on: Date,
        #[serde(default)]
        text: Sealed<OpenedText>,
        #[serde(default)]
        personal: Sealed<Personal<Applicant>>,
    },
    Assigned {
        lead: Party,
        supervising: UnitId,
        due: Date,
        due_origin: DueOrigin,
        on: Date,
        #[serde(default)]
        text: Sealed<CriterionText>,
    },
    Reassigned {
        lead: Party,
        supervising: UnitId,
        on: Date,
        #[serde(default)]
        text: Sealed<CriterionText>,
    },
    SignedFor {
        on: Date,
    },
    Disputed {
        on: Date,
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    ExtensionAsked {
        to: Date,
        on: Date,
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    ExtensionDecided {
        granted: Option<Date>,
        on: Date,
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    ObstacleNamed {
        no: u32,
        remover: Option<Party>,
        on: Date,
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    ObstacleRemoved {
        no: u32,
        on: Date,
        #[serde(default)]
        text: Sealed<NoteText>,
    },
    ProgressRecorded {
        on: Date,
        #[serde(default)]
        text: Sealed<NoteText>,
    },
    EvidenceAdded {
        evidence: EvidenceId,
        kind: EvidenceKind,
        bytes: u64,
        on: Date,
        #[serde(default)]
        text: Sealed<EvidenceText>,
    },
    ReportDrafted {
        outcome: Outcome,
        evidence: NonEmpty<EvidenceId>,
        on: Date,
        #[serde(default)]
        text: Sealed<NoteText>,
    },
    ReportSigned {
        on: Date,
    },
    VerifierNamed {
        verifier: OfficerId,
        on: Date,
    },
    Verified {
        method: Method,
        on: Date,
        #[serde(default)]
        text: Sealed<NoteText>,
    },
    Returned {
        on: Date,
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    Cleared {
        single_clerk: bool,
        on: Date,
        #[serde(default)]
        text: Sealed<NoteText>,
    },
    Reopened {
        due: Date,
        on: Date,
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    Withdrawn {
        ground: WithdrawalGround,
        successor: Option<MatterId>,
        on: Date,
        #[serde(default)]
        text: Sealed<WithdrawalText>,
    },
    Published {
        items: BTreeSet<PublicItem>,
        on: Date,
    },
    AudienceChanged {
        audience: Audience,
        on: Date,
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    SubMatterOpened {
        sub: MatterId,
        number: Number,
        on: Date,
    },
    SubMatterWaived {
        sub: MatterId,
        on: Date,
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    Appealed {
        on: Date,
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    AppealDecided {
        upheld: bool,
        on: Date,
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    Escalated {
        to: OfficerId,
        on: Date,
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    Instructed {
        on: Date,
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
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
    /// Leads that signed for it and were replaced since.
    pub former_leads: Vec<Party>,
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
    /// Evidence, oldest first.
    pub evidence: Vec<Evidence>,
    /// A report written and not yet signed.
    pub draft: Option<Draft>,
    /// Everybody who ever wrote or signed a report on it.
    pub reporters: BTreeSet<OfficerId>,
    /// Officers named to verify it.
    pub verifiers: BTreeSet<OfficerId>,
    /// Matters under it, oldest first.
    pub subs: Vec<SubMatter>,
    /// What is shown of it to the public.
    pub published: BTreeSet<PublicItem>,
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

    /// The first day on which it is late: the day after the deadline in force, while it is open.
    pub fn overdue_from(&self) -> Option<Date> {
        self.due.filter(|_| self.is_open()).and_then(|due| due.tomorrow().ok())
    }

    /// The extension that waits for a decision.
    pub fn undecided_extension(&self) -> Option<&Extension> {
        self.extensions.last().filter(|extension| extension.decision.is_none())
    }

    /// The three axes on `today`.
    pub fn axes(&self, today: Date) -> Axes {
        Axes { official: self.official(), evidence: self.evidence_axis(), schedule: self.schedule(today) }
    }

    fn official(&self) -> Official {
        match &self.state {
            State::Opened | State::Assigned => Official::NotTakenUp,
            State::UnderWay { .. } => match self.obstacles.iter().any(|o| o.removed_on.is_none()) {
                true => Official::Held,
                false => Official::UnderWay,
            },
            State::Reported(report) | State::Verified(report, _) | State::Cleared(report, _, _) => {
                Official::Reported(report.outcome.kind())
            }
            State::Withdrawn { .. } => Official::Withdrawn,
        }
    }

    fn evidence_axis(&self) -> EvidenceAxis {
        let pieces = u32::try_from(self.evidence.len()).unwrap_or(u32::MAX);
        match &self.state {
            State::Verified(_, verification) | State::Cleared(_, verification, _) => {
                EvidenceAxis::Verified { method: verification.method }
            }
            State::Opened | State::Assigned | State::UnderWay { .. } | State::Reported(_) | State::Withdrawn { .. } => {
                match pieces {
                    0 => EvidenceAxis::Nothing,
                    pieces => EvidenceAxis::Unverified { pieces },
                }
            }
        }
    }

    fn schedule(&self, today: Date) -> Schedule {
        let Some(due) = self.original_due else { return Schedule::NoDue };
        let days_after = |day: Date| i64::from((day - due).get_days());
        match &self.state {
            State::Cleared(_, _, clearing) => match days_after(clearing.on) {
                late if late > 0 => Schedule::ClearedLate { days: late },
                _ => Schedule::ClearedInTime,
            },
            State::Withdrawn { .. } => Schedule::NoDue,
            State::Opened | State::Assigned | State::UnderWay { .. } | State::Reported(_) | State::Verified(_, _) => {
                match days_after(today) {
                    late if late > 0 => Schedule::Late { days: late },
                    left => Schedule::InTime { days: -left },
                }
            }
        }
    }
}

/// What the owner says, what the records support, and where it stands against the original date. Never one light.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Axes {
    /// What the owner says.
    pub official: Official,
    /// What the records support.
    pub evidence: EvidenceAxis,
    /// Against the original deadline.
    pub schedule: Schedule,
}

/// What the owner says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Official {
    /// Nobody has signed for it.
    NotTakenUp,
    /// Under way.
    UnderWay,
    /// Under way, and an obstacle stands.
    Held,
    /// Ended so.
    Reported(OutcomeKind),
    /// Taken back.
    Withdrawn,
}

/// What the records support.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EvidenceAxis {
    /// No evidence.
    Nothing,
    /// Evidence that nobody independent has looked at.
    Unverified {
        /// How many pieces.
        pieces: u32,
    },
    /// Somebody independent agrees.
    Verified {
        /// How he looked.
        method: Method,
    },
}

/// Against the original deadline, in calendar days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Schedule {
    /// None was set, or the matter was withdrawn.
    NoDue,
    /// Not yet late.
    InTime {
        /// Days left; 0 on the day itself.
        days: i64,
    },
    /// Uncleared after the date.
    Late {
        /// Days since.
        days: i64,
    },
    /// Cleared on or before the date.
    ClearedInTime,
    /// Cleared after the date.
    ClearedLate {
        /// Days after.
        days: i64,
    },
}

impl Fold for Matter {
    fn begin(stream: Stream, event: &Event, _meta: &Meta) -> Option<Self> {
        let (Stream::Matter(id), Event::Matter(event)) = (stream, event) else { return None };
        let MatterEvent::Opened { number, kind, source, audience, on, text, personal } = event else { return None };
        Some(Self {
            id,
            number: *number,
            kind: *kind,
            source: *source,
            audience: audience.clone(),
            opened_on: *on,
            text: text.clone(),
            applicant: personal.clone(),
            criterion: Sealed::Erased,
            lead: None,
            former_leads: vec![],
            supervising: None,
            original_due: None,
            due: None,
            due_origin: None,
            extensions: vec![],
            obstacles: vec![],
            evidence: vec![],
            draft: None,
            reporters: BTreeSet::new(),
            verifiers: BTreeSet::new(),
            subs: vec![],
            published: BTreeSet::new(),
            counts: Counts::default(),
            state: State::Opened,
        })
    }

    fn apply(&mut self, event: &Event, meta: &Meta) {
        if let Event::Matter(event) = event {
            self.apply_matter(event, Hand::of(meta));
        }
    }
}

impl Matter {
    /// Takes one event. Total: an event whose facts are missing (no draft to sign) leaves the state as it was.
    pub fn apply_matter(&mut self, event: &MatterEvent, by: Hand) {
        match event {
            MatterEvent::Opened { .. } => {}
            MatterEvent::Assigned { lead, supervising, due, due_origin, text, on: _ } => {
                self.place(*lead, *supervising, text);
                self.original_due = self.original_due.or(Some(*due));
                self.due = Some(*due);
                self.due_origin = Some(*due_origin);
            }
            MatterEvent::Reassigned { lead, supervising, text, on: _ } => {
                if let (State::UnderWay { .. }, Some(lead)) = (&self.state, self.lead) {
                    self.former_leads.push(lead);
                }
                self.place(*lead, *supervising, text);
                self.draft = None;
                self.counts.reassigned += 1;
            }
            MatterEvent::SignedFor { on } => self.state = State::UnderWay { since: *on },
            MatterEvent::Disputed { .. } => {
                self.lead = None;
                self.supervising = None;
                self.due = None;
                self.due_origin = None;
                self.criterion = Sealed::Erased;
                self.state = State::Opened;
                self.counts.disputed += 1;
            }
            MatterEvent::ExtensionAsked { to, on, text } => {
                let text = text.clone();
                self.extensions.push(Extension { asked_by: by, asked_on: *on, to: *to, text, decision: None });
            }
            MatterEvent::ExtensionDecided { granted, on, text: _ } => self.decide_extension(*granted, *on, by),
            MatterEvent::ObstacleNamed { no, remover, on, text } => {
                let (no, remover, on, text) = (*no, *remover, *on, text.clone());
                self.obstacles.push(Obstacle { no, by, on, remover, text, removed_on: None });
            }
            MatterEvent::ObstacleRemoved { no, on, text: _ } => {
                if let Some(obstacle) = self.obstacles.iter_mut().find(|o| o.no == *no) {
                    obstacle.removed_on = Some(*on);
                }
            }
            MatterEvent::ProgressRecorded { .. } => self.counts.progress += 1,
            MatterEvent::EvidenceAdded { evidence, kind, bytes, on, text } => {
                let (id, kind, bytes, on, text) = (*evidence, *kind, *bytes, *on, text.clone());
                self.evidence.push(Evidence { id, kind, bytes, by, on, text });
            }
            MatterEvent::ReportDrafted { outcome, evidence, on, text } => {
                let (outcome, evidence, on, text) = (*outcome, evidence.clone(), *on, text.clone());
                self.reporters.extend(by.officers());
                self.draft = Some(Draft { outcome, evidence, drafted_by: by, on, text });
            }
            MatterEvent::ReportSigned { on } => self.sign(*on, by),
            MatterEvent::VerifierNamed { verifier, on: _ } => {
                self.verifiers.insert(*verifier);
            }
            MatterEvent::Verified { method, on, text } => {
                if let State::Reported(report) = &self.state {
                    let verification = Verification { by, on: *on, method: *method, text: text.clone() };
                    self.state = State::Verified(report.clone(), verification);
                }
            }
            MatterEvent::Returned { on, text: _ } => {
                self.state = State::UnderWay { since: *on };
                self.counts.returned += 1;
            }
            MatterEvent::Cleared { single_clerk, on, text: _ } => {
                if let State::Verified(report, verification) = &self.state {
                    let clearing = Clearing { by, on: *on, single_clerk: *single_clerk };
                    self.state = State::Cleared(report.clone(), verification.clone(), clearing);
                }
            }
            MatterEvent::Reopened { due, on, text: _ } => {
                self.due = Some(*due);
                self.state = State::UnderWay { since: *on };
                self.counts.reopened += 1;
            }
            MatterEvent::Withdrawn { ground, successor, on, text } => {
                let text = text.clone();
                self.state = State::Withdrawn { on: *on, ground: *ground, text, successor: *successor };
            }
            MatterEvent::Published { items, on: _ } => {
                self.audience = Audience::Public;
                self.published.extend(items);
            }
            MatterEvent::AudienceChanged { audience, .. } => {
                self.audience = audience.clone();
                self.published.clear();
            }
            MatterEvent::SubMatterOpened { sub, number, on: _ } => {
                self.subs.push(SubMatter { id: *sub, number: *number, waived_on: None });
            }
            MatterEvent::SubMatterWaived { sub, on, text: _ } => {
                if let Some(sub) = self.subs.iter_mut().find(|s| s.id == *sub) {
                    sub.waived_on = Some(*on);
                }
            }
            MatterEvent::Appealed { on, text } => self.with_report(|report| {
                report.appeal = Some(Appeal { on: *on, text: text.clone(), dismissed_on: None });
            }),
            MatterEvent::AppealDecided { upheld: true, on, text: _ } => self.state = State::UnderWay { since: *on },
            MatterEvent::AppealDecided { upheld: false, on, text: _ } => self.with_report(|report| {
                if let Some(appeal) = &mut report.appeal {
                    appeal.dismissed_on = Some(*on);
                }
            }),
            MatterEvent::Escalated { .. } => self.counts.escalated += 1,
            MatterEvent::Instructed { .. } => {}
        }
    }

    fn place(&mut self, lead: Party, supervising: UnitId, text: &Sealed<CriterionText>) {
        self.lead = Some(lead);
        self.supervising = Some(supervising);
        self.criterion = text.clone();
        self.state = State::Assigned;
    }

    fn decide_extension(&mut self, granted: Option<Date>, on: Date, by: Hand) {
        let undecided = self.extensions.last_mut().filter(|extension| extension.decision.is_none());
        if let Some(extension) = undecided {
            extension.decision = Some(ExtensionDecision { by, on, granted });
            if let Some(due) = granted {
                self.due = Some(due);
                self.counts.extended += 1;
            }
        }
    }

    fn sign(&mut self, on: Date, by: Hand) {
        if let Some(Draft { outcome, evidence, drafted_by, on: _, text }) = self.draft.take() {
            self.reporters.extend(by.officers());
            self.state =
                State::Reported(Report { outcome, evidence, drafted_by, signed_by: by, on, text, appeal: None });
        }
    }

    fn with_report(&mut self, change: impl FnOnce(&mut Report)) {
        match &mut self.state {
            State::Reported(report) | State::Verified(report, _) | State::Cleared(report, _, _) => change(report),
            State::Opened | State::Assigned | State::UnderWay { .. } | State::Withdrawn { .. } => {}
        }
    }
}
