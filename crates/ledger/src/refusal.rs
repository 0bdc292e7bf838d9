//! The two expected ways for a request to fail: the rules say no, or the input is malformed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

use crate::act::ActKind;
use crate::id::Number;
use crate::independence::Ground;
use crate::matter::{Kind, OutcomeKind, StateKind};

/// Input that is malformed. `field` names the form field or the line, `code` what is wrong with it (a message id).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invalid {
    /// The form field, or the kind of thing that was read.
    pub field: &'static str,
    /// What is wrong, in kebab case: the tail of a message id `invalid-<code>`.
    pub code: &'static str,
}

impl Invalid {
    /// What is wrong with which field.
    pub const fn new(field: &'static str, code: &'static str) -> Self {
        Self { field, code }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.code)
    }
}

impl std::error::Error for Invalid {}

/// Why the rules or a colleague say no. Each variant has a stable code, and a text in both languages that names
/// the state, the act and what to do next.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The rights table gives this act to none of the officer's roles and relations.
    NotPermitted {
        /// What was tried.
        act: ActKind,
    },
    /// The officer acts for another without a live delegation that covers the act.
    NoDelegation {
        /// What was tried.
        act: ActKind,
    },
    /// The life cycle does not allow the act in this state.
    WrongState {
        /// Where the matter stands.
        state: StateKind,
        /// What was tried.
        act: ActKind,
    },
    /// The doer, or somebody close to the doer, may not verify or clear.
    Excluded {
        /// What was tried.
        act: ActKind,
        /// Why the officer is excluded.
        ground: Ground,
    },
    /// Nobody in the supervising unit (and the audience) could verify and clear: the matter may not be assigned so.
    NobodyEligible,
    /// The verifier may not also clear, unless the office of one person has set `single_clerk`.
    SecondOfficerNeeded,
    /// Sub-matters are neither cleared, withdrawn nor waived.
    SubMattersOpen {
        /// Their numbers.
        numbers: Vec<Number>,
    },
    /// A report needs evidence that stands on the matter.
    EvidenceMissing,
    /// There is no draft to sign.
    NothingDrafted,
    /// The one who drafted the report may not sign it while the unit has somebody else.
    SignerDrafted,
    /// A refusal may be cleared only after the day until which it can be appealed.
    AppealOpen {
        /// The last day for an appeal.
        until: Date,
    },
    /// An appeal waits for its decision.
    AppealUndecided,
    /// No appeal waits for a decision.
    NoAppeal,
    /// The appeal came after the last day for it.
    AppealTooLate {
        /// The last day for it.
        until: Date,
    },
    /// A refusal names the last day for an appeal, not before the day it is reported.
    AppealDayMissing,
    /// Another uncleared matter already carries this origin key.
    OriginTaken {
        /// Its number.
        number: Number,
    },
    /// The deadline has already passed on the day it is set.
    DueInThePast {
        /// The day asked for.
        due: Date,
    },
    /// An extension must be later than the deadline in force.
    ExtensionNotLater {
        /// The deadline in force.
        due: Date,
    },
    /// An extension is already asked and undecided.
    ExtensionUndecided,
    /// No extension waits for a decision.
    NoExtension,
    /// The rooms that this kind belongs to do not know this outcome.
    OutcomeNotForKind {
        /// Kind of the matter.
        kind: Kind,
        /// The outcome reported.
        outcome: OutcomeKind,
    },
    /// A matter of the campaign is disposed of with a legal act, and none is among the evidence.
    LegalActMissing,
    /// The acceptance criterion does not stand on the record.
    CriterionMissing,
    /// An indicator is met by figures, and none are among the evidence.
    FiguresMissing,
    /// It must be looked at anew or asked of those concerned; it was checked on paper only.
    CheckedOnPaperOnly,
    /// The report holds no answer to give.
    AnswerMissing,
    /// A matter was to be opened under a number of the wrong series: a circle's matters are counted apart.
    WrongSeries {
        /// The number.
        number: Number,
    },
    /// The words that are to be corrected have parts under them, which would hang on the old ones.
    CorrectionLeavesParts {
        /// Their numbers.
        numbers: Vec<Number>,
    },
    /// Only two open matters can be merged, neither of them part of the other.
    NotMergeable,
    /// The duplicate has sub-matters that would stand alone.
    MergerLeavesParts {
        /// Their numbers.
        numbers: Vec<Number>,
    },
    /// The duplicate is due before the one that would be kept.
    MergerDelays {
        /// When the duplicate is due.
        due: Date,
    },
    /// One of the two is known to others than the other is.
    AudiencesDiffer,
    /// The unit, post or officer is unknown or no longer exists.
    PartyUnknown,
    /// The unit named for supervising is not one that may supervise.
    NotASupervisingUnit,
    /// A matter has one lead; its supervising unit cannot be that lead.
    SupervisesItself,
    /// Named officers only: somebody the act involves is outside the circle.
    OutsideCircle,
    /// Nobody of a supervision office would be left who may know the matter.
    NobodyInside,
    /// No such obstacle, or it was already removed.
    ObstacleUnknown,
    /// No such question, or it was already answered.
    QuestionUnknown,
    /// The sub-matter named is not under this matter.
    NotASubMatter,
    /// Nothing would change.
    NothingChanges,
    /// What is known to a circle is not published.
    CircleNotPublished,
    /// The proposal was already confirmed, dismissed or replaced.
    ProposalSettled,
    /// No such proposal on this document.
    ProposalUnknown,
    /// The span does not stand in the text.
    SpanOutside,
    /// The span crosses another proposal's.
    SpansCross,
    /// The document holds as many proposals as it may.
    TooManyProposals,
    /// As many lessons are in force as the office's profile holds.
    LessonsFull,
    /// The words name another unit, by its own names or as it was taught.
    WordsTaken,
    /// The phrase stands in directives that were confirmed from the same document.
    PhraseConfirmed {
        /// Their matters.
        numbers: Vec<Number>,
    },
    /// The indicator or unit is not among those asked.
    NotAsked,
    /// The two proposals are not neighbours.
    NotNeighbours,
    /// There is nothing to undo, or what followed from it has moved on.
    NothingToUndo,
    /// The document's text was erased.
    DocumentErased,
    /// A unit cannot stand under itself, nor a deciding, supervising or auditing body under an executing unit.
    ForestBroken,
    /// A delegation is never wider or longer than the delegator's own.
    DelegationTooWide,
    /// An officer of a supervision office acts only for colleagues: acting for others, he could no longer examine
    /// what they do.
    DelegateExamines,
    /// Leave goes to the delegator's own people: whoever acts for a doer no longer examines, and anybody elsewhere may
    /// come to be named for that.
    DelegateElsewhere,
    /// Auditors look at everything and change nothing: no work is put into their hands, neither a matter to lead or to
    /// verify, nor an obstacle to remove, nor leave to act in another's place.
    AuditorsLookOn,
    /// The unit that was to take over audits: what the ending one has in hand would be in the hands of auditors.
    SuccessorAudits,
    /// The officer who led a cleared matter audits by now, or is to, and no unit of his is left to lead it again.
    LeadAudits,
    /// Open matters name an officer who would become an auditor, and would wait for somebody without an act.
    StillNamed {
        /// Those of them that whoever is refused may know.
        numbers: Vec<Number>,
        /// Whether there are others, known to named officers only.
        confined: bool,
        /// Whether each of them waits for nothing but his word, which no hand-over moves.
        raised: bool,
    },
    /// Nobody makes himself an auditor: another administrator does it.
    AuditorByOwnHand,
    /// Without this officer or unit nobody could change the organisation any more.
    LastAdministrator,
    /// Units still stand under the one that is to end, and no successor is named that could take them.
    UnitsBelow,
    /// What a unit is for changes only while no matter names the unit or one of its officers.
    FunctionInUse,
    /// Without this officer, or this unit's, nobody who could act on it would know an open matter of a circle.
    LastInCircle,
    /// A lead passes by name only to somebody of the leaver's own units; elsewhere the matter is reassigned.
    NotOfTheUnit,
    /// Whoever hands a desk over does not take it himself.
    NotToOneself,
    /// No schedule of working days has been published for the year.
    YearNotPublished,
    /// The officer would leave a post before taking it.
    PostNotBegun {
        /// The first day on which he holds it.
        from: Date,
    },
    /// The officer still holds a post, and must be known by name to those who work with him.
    StillInOffice,
    /// Two officers are needed: the approver may not be the one who asks.
    ApproverNeeded,
    /// As much as waits for one call-back was already said; that call-back is under way.
    ContradictionsFull,
    /// Nobody said that it is not so, or all of it was answered.
    NothingContradicted,
    /// Who verified or cleared it does not also answer what the public says against it.
    FreshEyesNeeded,
    /// It is not so, and the matter needs a new deadline to be taken up again.
    NewDueMissing,
}

impl Refusal {
    /// The stable code that people quote and that never changes its meaning.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::NotPermitted { .. } => "LS-101",
            Refusal::NoDelegation { .. } => "LS-102",
            Refusal::WrongState { .. } => "LS-201",
            Refusal::Excluded { .. } => "LS-202",
            Refusal::NobodyEligible => "LS-203",
            Refusal::SecondOfficerNeeded => "LS-204",
            Refusal::SubMattersOpen { .. } => "LS-205",
            Refusal::EvidenceMissing => "LS-206",
            Refusal::NothingDrafted => "LS-207",
            Refusal::SignerDrafted => "LS-208",
            Refusal::AppealOpen { .. } => "LS-209",
            Refusal::AppealUndecided => "LS-210",
            Refusal::NoAppeal => "LS-211",
            Refusal::AppealTooLate { .. } => "LS-212",
            Refusal::AppealDayMissing => "LS-213",
            Refusal::OriginTaken { .. } => "LS-214",
            Refusal::DueInThePast { .. } => "LS-215",
            Refusal::ExtensionNotLater { .. } => "LS-216",
            Refusal::ExtensionUndecided => "LS-217",
            Refusal::NoExtension => "LS-218",
            Refusal::OutcomeNotForKind { .. } => "LS-219",
            Refusal::LegalActMissing => "LS-220",
            Refusal::PartyUnknown => "LS-221",
            Refusal::NotASupervisingUnit => "LS-222",
            Refusal::SupervisesItself => "LS-223",
            Refusal::OutsideCircle => "LS-224",
            Refusal::NobodyInside => "LS-242",
            Refusal::ObstacleUnknown => "LS-225",
            Refusal::NotASubMatter => "LS-226",
            Refusal::NothingChanges => "LS-227",
            Refusal::CircleNotPublished => "LS-228",
            Refusal::QuestionUnknown => "LS-240",
            Refusal::CriterionMissing => "LS-229",
            Refusal::FiguresMissing => "LS-230",
            Refusal::CheckedOnPaperOnly => "LS-231",
            Refusal::AnswerMissing => "LS-232",
            Refusal::NotMergeable => "LS-241",
            Refusal::MergerLeavesParts { .. } => "LS-245",
            Refusal::MergerDelays { .. } => "LS-243",
            Refusal::AudiencesDiffer => "LS-244",
            Refusal::WrongSeries { .. } => "LS-246",
            Refusal::CorrectionLeavesParts { .. } => "LS-247",
            Refusal::ProposalSettled => "LS-301",
            Refusal::ProposalUnknown => "LS-302",
            Refusal::SpanOutside => "LS-303",
            Refusal::NotNeighbours => "LS-304",
            Refusal::NothingToUndo => "LS-305",
            Refusal::DocumentErased => "LS-306",
            Refusal::SpansCross => "LS-307",
            Refusal::TooManyProposals => "LS-308",
            Refusal::NotAsked => "LS-309",
            Refusal::ForestBroken => "LS-401",
            Refusal::DelegationTooWide => "LS-402",
            Refusal::DelegateExamines => "LS-408",
            Refusal::DelegateElsewhere => "LS-415",
            Refusal::FunctionInUse => "LS-411",
            Refusal::StillNamed { .. } => "LS-412",
            Refusal::AuditorByOwnHand => "LS-413",
            Refusal::LessonsFull => "LS-414",
            Refusal::WordsTaken => "LS-417",
            Refusal::PhraseConfirmed { .. } => "LS-418",
            Refusal::LastInCircle => "LS-416",
            Refusal::LastAdministrator => "LS-403",
            Refusal::UnitsBelow => "LS-404",
            Refusal::NotOfTheUnit => "LS-405",
            Refusal::NotToOneself => "LS-406",
            Refusal::YearNotPublished => "LS-407",
            Refusal::AuditorsLookOn | Refusal::SuccessorAudits | Refusal::LeadAudits => "LS-410",
            Refusal::PostNotBegun { .. } => "LS-409",
            Refusal::StillInOffice => "LS-502",
            Refusal::ApproverNeeded => "LS-501",
            Refusal::ContradictionsFull => "LS-601",
            Refusal::NothingContradicted => "LS-602",
            Refusal::FreshEyesNeeded => "LS-603",
            Refusal::NewDueMissing => "LS-604",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {self:?}", self.code())
    }
}

impl std::error::Error for Refusal {}
