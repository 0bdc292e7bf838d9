//! What happens to a matter, and the words that come with it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    CallBackFinding, DueOrigin, FormerLead, Kind, LinkRelation, Method, Outcome, PublicItem, Share, Source,
    WithdrawalGround,
};
use crate::audience::Audience;
use crate::event::Personal;
use crate::evidence::{EvidenceKind, EvidenceText, NonEmpty};
use crate::id::{ContradictionId, EvidenceId, Holder, MatterId, Number, OfficerId, UnitId};
use crate::party::Party;
use crate::text::{Sealed, Text};

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

impl OpenedText {
    /// A directive, and nothing else known of it.
    pub fn of(quote: Text) -> Self {
        Self { quote, source: None, owner: None, deadline: None, quantity: None, due: None, origin_key: None }
    }
}

/// What a matter takes over from the one whose words it corrects: a corrected word starts no clock anew, and clears no
/// one's hands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Carried {
    /// The day the first of them was opened.
    pub since: Date,
    /// The first deadline ever set, if one was.
    pub original_due: Option<Date>,
    /// Who led and was replaced.
    pub former_leads: Vec<FormerLead>,
    /// Who wrote or signed a report.
    pub reporters: BTreeSet<OfficerId>,
}

/// Who applied, where a person did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Applicant {
    /// The name.
    pub name: Text,
    /// How to reach the person.
    pub contact: Option<Text>,
}

/// What somebody of the public says is not so. All of it lies under that person's own key.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ContradictionText {
    /// What is not so.
    pub words: Text,
    /// Where it can be seen.
    pub place: Option<Text>,
    /// How to reach the person, if that was given.
    pub contact: Option<Text>,
}

/// The answer to what the public said, in words chosen to be public.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AnswerText {
    /// The answer.
    pub answer: Text,
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

/// What a notice says besides what stands on the matter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NoticeText {
    /// The office's word in the number of its papers, as in 清督.
    pub word: Text,
    /// Who answers questions, and how to reach him.
    pub contact: Text,
    /// Anything else the lead must know.
    pub note: Option<Text>,
}

/// Why and under whose authority something is taken back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WithdrawalText {
    /// Who decided so: body, meeting, document; none where it is a duplicate.
    pub authority: Option<Text>,
    /// Why.
    pub reason: Text,
}

/// What happens to a matter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
#[allow(clippy::large_enum_variant, reason = "events are read one at a time, never kept by the million")]
#[allow(missing_docs, reason = "the fields are those of the acts in `act`, with the day each was done")]
pub enum MatterEvent {
    Opened {
        number: Number,
        kind: Kind,
        source: Source,
        audience: Audience,
        on: Date,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        carried: Option<Carried>,
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
    QuestionAsked {
        no: u32,
        on: Date,
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    QuestionAnswered {
        no: u32,
        on: Date,
        #[serde(default)]
        text: Sealed<ReasonText>,
    },
    Acknowledged {
        on: Date,
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
    HandedOver {
        share: Share,
        obstacle: Option<u32>,
        from: OfficerId,
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
    Linked {
        other: MatterId,
        number: Number,
        relation: LinkRelation,
        on: Date,
        #[serde(default)]
        text: Sealed<NoteText>,
    },
    Merged {
        from: MatterId,
        number: Number,
        on: Date,
    },
    NoticeIssued {
        notice: Number,
        on: Date,
        #[serde(default)]
        text: Sealed<NoticeText>,
    },
    Contradicted {
        contradiction: ContradictionId,
        on: Date,
        #[serde(default)]
        personal: Sealed<Personal<ContradictionText>>,
    },
    CalledBack {
        finding: CallBackFinding,
        method: Method,
        on: Date,
        #[serde(default)]
        text: Sealed<AnswerText>,
    },
}
