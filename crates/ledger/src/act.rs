//! The acts on a matter: who may do what in which state, and what happens then. An act returns events or a refusal
//! and changes nothing itself.

mod merge;
mod place;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::audience::{Audience, sees};
use crate::code::codes;
use crate::event::{Event, Personal};
use crate::evidence::{EvidenceKind, EvidenceText, NonEmpty};
use crate::id::{ContradictionId, EvidenceId, MatterId, Number, OfficerId, Stream, UnitId};
use crate::independence;
use crate::matter::{
    AnswerText, Appeal, Applicant, CallBackFinding, ContradictionText, Hand, Kind, LinkRelation, Matter, MatterEvent,
    Method, NoteText, NoticeText, OpenedText, Outcome, PublicItem, ReasonText, Source, StateKind, SubMatter,
    WithdrawalGround, WithdrawalText,
};
use crate::organisation::Organisation;
use crate::party::Party;
use crate::refusal::Refusal;
use crate::rights::{self, Thing};
use crate::rooms;
use crate::text::{Sealed, Text};

pub use place::{Placing, Support, open_and_place};

codes! {
    /// Everything an officer can do that the record keeps, by name.
    ActKind {
        /// Open a matter.
        Open = "open",
        /// Give it a lead, a supervising unit, a criterion and a deadline.
        Assign = "assign",
        /// Give it to another lead.
        Reassign = "reassign",
        /// Take it up.
        SignFor = "sign_for",
        /// Say that it is not ours.
        Dispute = "dispute",
        /// Ask for more time.
        AskExtension = "ask_extension",
        /// Grant or refuse more time.
        DecideExtension = "decide_extension",
        /// Say what stands in the way.
        NameObstacle = "name_obstacle",
        /// Say that it stands there no longer.
        RemoveObstacle = "remove_obstacle",
        /// Ask the office a question.
        AskQuestion = "ask_question",
        /// Answer it.
        AnswerQuestion = "answer_question",
        /// Take note of instructions and answers.
        Acknowledge = "acknowledge",
        /// Say how far it is; "no change" too.
        RecordProgress = "record_progress",
        /// Add a file.
        AddEvidence = "add_evidence",
        /// Write the report.
        DraftReport = "draft_report",
        /// Sign it.
        SignReport = "sign_report",
        /// Name who verifies.
        NameVerifier = "name_verifier",
        /// Agree with the report.
        Verify = "verify",
        /// Send it back.
        Return = "return",
        /// Close it.
        Clear = "clear",
        /// Take it up again.
        Reopen = "reopen",
        /// Take it back under an authority.
        Withdraw = "withdraw",
        /// Show the public named items of it.
        Publish = "publish",
        /// Widen or narrow who may know it.
        ChangeAudience = "change_audience",
        /// Open a matter under it.
        Decompose = "decompose",
        /// No longer wait for a matter under it.
        Waive = "waive",
        /// Take down an appeal against a refusal.
        Appeal = "appeal",
        /// Decide it.
        DecideAppeal = "decide_appeal",
        /// Raise it to a leader.
        Escalate = "escalate",
        /// A leader's word on it.
        Instruct = "instruct",
        /// Say what it has to do with another.
        Link = "link",
        /// Withdraw it as a duplicate of another.
        Merge = "merge",
        /// Send its lead a numbered notice.
        IssueNotice = "issue_notice",
        /// Say, without an account, that what was cleared is not so.
        Contradict = "contradict",
        /// Have what one said without an account erased.
        TakeBack = "take_back",
        /// Ask again, and answer what the public said.
        CallBack = "call_back",
        /// Take in a document.
        Ingest = "ingest",
        /// Correct, split, merge, add, dismiss or confirm what was read in it, or undo that.
        Settle = "settle",
        /// Ask for figures.
        Ask = "ask",
        /// Give them.
        Observe = "observe",
        /// Found units, make posts, enrol officers, fill posts.
        Organise = "organise",
        /// Let another act in one's place.
        Delegate = "delegate",
        /// Ask that a person's data be erased.
        AskErasure = "ask_erasure",
        /// Approve it.
        ApproveErasure = "approve_erasure",
    }
}

/// An act on a matter, with what it needs.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the fields are named for what they are; `ActKind` says what each act does")]
pub enum Act {
    Assign { lead: Party, supervising: UnitId, criterion: Text, due: Date },
    Reassign { lead: Party, supervising: UnitId, criterion: Option<Text>, reason: Text },
    SignFor,
    Dispute { reason: Text },
    AskExtension { to: Date, reason: Text },
    DecideExtension { granted: Option<Date>, reason: Text },
    NameObstacle { obstacle: Text, remover: Option<Party> },
    RemoveObstacle { no: u32, note: Option<Text> },
    AskQuestion { question: Text },
    AnswerQuestion { no: u32, answer: Text },
    Acknowledge,
    RecordProgress { note: Option<Text> },
    AddEvidence { evidence: EvidenceId, kind: EvidenceKind, bytes: u64, text: EvidenceText },
    DraftReport { outcome: Outcome, evidence: Vec<EvidenceId>, report: Text },
    SignReport,
    NameVerifier { verifier: OfficerId },
    Verify { method: Method, finding: Text },
    Return { reason: Text },
    Clear { note: Option<Text> },
    Reopen { due: Date, reason: Text },
    Withdraw { authority: Text, reason: Text, successor: Option<MatterId> },
    Publish { items: BTreeSet<PublicItem> },
    ChangeAudience { audience: Audience, reason: Text },
    Decompose { sub: MatterId, number: Number, directive: Text },
    Waive { sub: MatterId, reason: Text },
    Appeal { grounds: Text },
    DecideAppeal { upheld: bool, reason: Text },
    Escalate { to: OfficerId, reason: Text },
    Instruct { instruction: Text },
    Link { other: Arc<Matter>, relation: LinkRelation, note: Option<Text> },
    Merge { into: Arc<Matter>, reason: Text },
    IssueNotice { notice: Number, text: NoticeText },
    Contradict { contradiction: ContradictionId, said: Personal<ContradictionText> },
    CallBack { finding: CallBackFinding, method: Method, answer: Text, due: Option<Date> },
}

impl Act {
    /// The act by name.
    pub fn kind(&self) -> ActKind {
        match self {
            Act::Assign { .. } => ActKind::Assign,
            Act::Reassign { .. } => ActKind::Reassign,
            Act::SignFor => ActKind::SignFor,
            Act::Dispute { .. } => ActKind::Dispute,
            Act::AskExtension { .. } => ActKind::AskExtension,
            Act::DecideExtension { .. } => ActKind::DecideExtension,
            Act::NameObstacle { .. } => ActKind::NameObstacle,
            Act::RemoveObstacle { .. } => ActKind::RemoveObstacle,
            Act::AskQuestion { .. } => ActKind::AskQuestion,
            Act::AnswerQuestion { .. } => ActKind::AnswerQuestion,
            Act::Acknowledge => ActKind::Acknowledge,
            Act::RecordProgress { .. } => ActKind::RecordProgress,
            Act::AddEvidence { .. } => ActKind::AddEvidence,
            Act::DraftReport { .. } => ActKind::DraftReport,
            Act::SignReport => ActKind::SignReport,
            Act::NameVerifier { .. } => ActKind::NameVerifier,
            Act::Verify { .. } => ActKind::Verify,
            Act::Return { .. } => ActKind::Return,
            Act::Clear { .. } => ActKind::Clear,
            Act::Reopen { .. } => ActKind::Reopen,
            Act::Withdraw { .. } => ActKind::Withdraw,
            Act::Publish { .. } => ActKind::Publish,
            Act::ChangeAudience { .. } => ActKind::ChangeAudience,
            Act::Decompose { .. } => ActKind::Decompose,
            Act::Waive { .. } => ActKind::Waive,
            Act::Appeal { .. } => ActKind::Appeal,
            Act::DecideAppeal { .. } => ActKind::DecideAppeal,
            Act::Escalate { .. } => ActKind::Escalate,
            Act::Instruct { .. } => ActKind::Instruct,
            Act::Link { .. } => ActKind::Link,
            Act::Merge { .. } => ActKind::Merge,
            Act::IssueNotice { .. } => ActKind::IssueNotice,
            Act::Contradict { .. } => ActKind::Contradict,
            Act::CallBack { .. } => ActKind::CallBack,
        }
    }
}

/// Who acts, when, and what the ledger knows besides the matter itself.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Who acts, and in whose place.
    pub by: Hand,
    /// The civil date in the office's time zone.
    pub today: Date,
    /// Units, posts and officers.
    pub organisation: &'a Organisation,
    /// What other matters say.
    pub facts: &'a Facts,
}

/// What other matters say that this one depends on.
#[derive(Clone, Default, Debug)]
pub struct Facts {
    /// Every matter under this one, at any depth.
    pub descendants: Vec<Arc<Matter>>,
    /// The uncleared matter, other than this one, that already carries the origin key in question.
    pub origin_taken_by: Option<Number>,
}

/// What a matter is opened with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opening {
    /// Its id.
    pub id: MatterId,
    /// Its number.
    pub number: Number,
    /// What kind of thing it follows.
    pub kind: Kind,
    /// Where it came from.
    pub source: Source,
    /// Who may know it.
    pub audience: Audience,
    /// Its words.
    pub text: OpenedText,
    /// Who applied.
    pub applicant: Option<Personal<Applicant>>,
}

/// What an act brings about, on this matter's stream and others.
pub type Outcomes = Result<Vec<(Stream, Event)>, Refusal>;

/// Opens a matter. Refuses without the right, on a taken origin key, and a circle that leaves out the opener.
pub fn open(opening: Opening, context: &Context) -> Outcomes {
    rights::may(context.by, ActKind::Open, &Thing::Office, context.organisation, context.today)?;
    if let (Some(_), Some(number)) = (&opening.text.origin_key, context.facts.origin_taken_by) {
        return Err(Refusal::OriginTaken { number });
    }
    may_begin_as(&opening.audience, context)?;
    Ok(vec![(Stream::Matter(opening.id), Event::Matter(opened(opening, context.today)))])
}

/// Whether a matter may be known to `audience` from now on: the one who says so is inside it, and what the public is
/// shown is published by name.
pub(crate) fn may_begin_as(audience: &Audience, context: &Context) -> Result<(), Refusal> {
    match audience {
        Audience::Public => Err(Refusal::NotPermitted { act: ActKind::Publish }),
        Audience::Circle(officers) if context.by.officers().any(|officer| !officers.contains(&officer)) => {
            Err(Refusal::OutsideCircle)
        }
        Audience::Circle(officers) if !officers.iter().any(|officer| supervises_somewhere(*officer, context)) => {
            Err(Refusal::NobodyInside)
        }
        Audience::Office | Audience::Units(_) | Audience::Circle(_) => Ok(()),
    }
}

/// Whether the officer works in a supervision office, which can take a matter up that nobody leads yet.
fn supervises_somewhere(officer: OfficerId, context: &Context) -> bool {
    let roles = rights::roles(context.organisation, officer, context.today);
    roles.iter().any(|role| rights::allowed(ActKind::ChangeAudience, *role, rights::Relation::Supervising))
}

pub(crate) fn opened(opening: Opening, on: Date) -> MatterEvent {
    let Opening { id: _, number, kind, source, audience, text, applicant } = opening;
    let personal = applicant.map_or(Sealed::Erased, Sealed::Open);
    MatterEvent::Opened { number, kind, source, audience, on, text: Sealed::Open(text), personal }
}

/// Whether the life cycle knows `act` in `state`. The whole of it: `table` prints it, and a snapshot holds it.
pub fn is_possible(state: StateKind, act: ActKind) -> bool {
    use StateKind::*;
    let among = |states: &[StateKind]| states.contains(&state);
    match act {
        ActKind::Assign => among(&[Opened]),
        ActKind::Reassign => among(&[Assigned, UnderWay]),
        ActKind::SignFor | ActKind::Dispute => among(&[Assigned]),
        ActKind::AskExtension | ActKind::NameObstacle => among(&[Assigned, UnderWay]),
        ActKind::AskQuestion => among(&[Assigned, UnderWay, Reported]),
        ActKind::DecideExtension | ActKind::RemoveObstacle | ActKind::AnswerQuestion => {
            among(&[Assigned, UnderWay, Reported, Verified])
        }
        ActKind::RecordProgress | ActKind::DraftReport | ActKind::SignReport => among(&[UnderWay]),
        ActKind::AddEvidence => among(&[UnderWay, Reported]),
        ActKind::NameVerifier => among(&[Assigned, UnderWay, Reported]),
        ActKind::Verify => among(&[Reported]),
        ActKind::Return | ActKind::Appeal | ActKind::DecideAppeal => among(&[Reported, Verified]),
        ActKind::Clear => among(&[Verified]),
        ActKind::Reopen | ActKind::Contradict | ActKind::CallBack => among(&[Cleared]),
        ActKind::Withdraw | ActKind::Merge => !among(&[Cleared, Withdrawn]),
        ActKind::Publish | ActKind::ChangeAudience | ActKind::Link => true,
        ActKind::IssueNotice => among(&[Assigned, UnderWay]),
        ActKind::Decompose | ActKind::Waive => among(&[Opened, Assigned, UnderWay]),
        ActKind::Escalate => among(&[Assigned, UnderWay, Reported]),
        ActKind::Instruct | ActKind::Acknowledge => !among(&[Cleared, Withdrawn]),
        ActKind::Open
        | ActKind::Ingest
        | ActKind::Settle
        | ActKind::Ask
        | ActKind::Observe
        | ActKind::Organise
        | ActKind::Delegate
        | ActKind::AskErasure
        | ActKind::TakeBack
        | ActKind::ApproveErasure => false,
    }
}

/// The (state × act) table as officials review it: one line an act, one column a state.
pub fn table() -> String {
    let mut lines = vec![format!(
        "{:<18}{}",
        "",
        StateKind::ALL.iter().map(|s| format!("{:<11}", s.code())).collect::<String>().trim_end()
    )];
    for act in ActKind::ALL.iter().filter(|act| StateKind::ALL.iter().any(|state| is_possible(*state, **act))) {
        let cells: String =
            StateKind::ALL.iter().map(|s| format!("{:<11}", if is_possible(*s, *act) { "yes" } else { "-" })).collect();
        lines.push(format!("{:<18}{}", act.code(), cells.trim_end()));
    }
    lines.join("\n") + "\n"
}

impl Matter {
    /// Whether the officer may do `act` now as far as rights and life cycle go: what a page offers him.
    pub fn offers(&self, act: ActKind, context: &Context) -> Result<(), Refusal> {
        rights::may(context.by, act, &Thing::Matter(self), context.organisation, context.today)?;
        if !is_possible(self.state.kind(), act) {
            return Err(Refusal::WrongState { state: self.state.kind(), act });
        }
        match act {
            // Whoever is excluded from judging does not choose who judges, nor end the matter without a judgement.
            ActKind::Verify | ActKind::NameVerifier | ActKind::Withdraw | ActKind::Merge => {
                self.check_independent(act, context)
            }
            ActKind::Clear => {
                self.check_independent(act, context)?;
                self.clearable(context).map(|_| ())
            }
            ActKind::DecideAppeal => {
                self.check_independent(act, context)?;
                self.undecided_appeal()
            }
            ActKind::SignReport if self.draft.is_none() => Err(Refusal::NothingDrafted),
            ActKind::DecideExtension if self.undecided_extension().is_none() => Err(Refusal::NoExtension),
            ActKind::AskExtension if self.undecided_extension().is_some() => Err(Refusal::ExtensionUndecided),
            ActKind::RemoveObstacle if self.obstacles.iter().all(|o| o.removed_on.is_some()) => {
                Err(Refusal::ObstacleUnknown)
            }
            ActKind::AnswerQuestion if self.open_questions().next().is_none() => Err(Refusal::QuestionUnknown),
            ActKind::Acknowledge if !self.has_unacknowledged() => Err(Refusal::NothingChanges),
            // What was said to the lead is the lead's to take note of.
            ActKind::Acknowledge if self.lead.is_some() && !self.is_led_by(context) => {
                Err(Refusal::NotPermitted { act })
            }
            // An appeal is decided, not forgotten: sending the refusal back would leave nothing to decide it on.
            ActKind::Return if self.undecided_appeal().is_ok() => Err(Refusal::AppealUndecided),
            ActKind::Waive if self.subs.is_empty() => Err(Refusal::NotASubMatter),
            ActKind::Appeal => self.appealable(context.today).map(|_| ()),
            ActKind::Contradict => self.contradictable(),
            ActKind::CallBack => self.check_call_back(context),
            ActKind::Publish if matches!(self.audience, Audience::Circle(_)) => Err(Refusal::CircleNotPublished),
            ActKind::Assign
            | ActKind::Reassign
            | ActKind::SignFor
            | ActKind::Dispute
            | ActKind::NameObstacle
            | ActKind::AskQuestion
            | ActKind::AnswerQuestion
            | ActKind::Acknowledge
            | ActKind::RecordProgress
            | ActKind::AddEvidence
            | ActKind::DraftReport
            | ActKind::SignReport
            | ActKind::AskExtension
            | ActKind::DecideExtension
            | ActKind::RemoveObstacle
            | ActKind::Return
            | ActKind::Reopen
            | ActKind::Publish
            | ActKind::ChangeAudience
            | ActKind::Decompose
            | ActKind::Waive
            | ActKind::Escalate
            | ActKind::Instruct
            | ActKind::Link
            | ActKind::IssueNotice
            | ActKind::Open
            | ActKind::Ingest
            | ActKind::Settle
            | ActKind::Ask
            | ActKind::Observe
            | ActKind::Organise
            | ActKind::Delegate
            | ActKind::AskErasure
            | ActKind::TakeBack
            | ActKind::ApproveErasure => Ok(()),
        }
    }

    /// Does the act. Rights first, then the life cycle, then what the act itself asks. Changes nothing.
    pub fn act(&self, act: Act, context: &Context) -> Outcomes {
        self.offers(act.kind(), context)?;
        let on = context.today;
        let stream = Stream::Matter(self.id);
        // These write to another matter's stream too.
        let act = match act {
            Act::Decompose { sub, number, directive } => return Ok(self.decompose(sub, number, directive, on)),
            Act::Link { other, relation, note } => return self.link(&other, relation, note, context),
            Act::Merge { into, reason } => return self.merge(&into, reason, context),
            act => act,
        };
        if let Act::CallBack { finding, method, answer, due } = act {
            return self.call_back(finding, method, answer, due, context);
        }
        let event = match act {
            Act::Assign { lead, supervising, criterion, due } => {
                self.assign(lead, supervising, criterion, due, context)
            }
            Act::Reassign { lead, supervising, criterion, reason } => {
                self.reassign(lead, supervising, criterion, reason, context)
            }
            Act::SignFor => Ok(MatterEvent::SignedFor { on }),
            Act::Dispute { reason } => Ok(MatterEvent::Disputed { on, text: sealed_reason(reason) }),
            Act::AskExtension { to, reason } => self.ask_extension(to, reason, on),
            Act::DecideExtension { granted, reason } => self.decide(granted, reason, on),
            Act::NameObstacle { obstacle, remover } => {
                let no = u32::try_from(self.obstacles.len()).unwrap_or(u32::MAX - 1) + 1;
                Ok(MatterEvent::ObstacleNamed { no, remover, on, text: sealed_reason(obstacle) })
            }
            Act::RemoveObstacle { no, note } => self.remove_obstacle(no, note, on),
            Act::AskQuestion { question } => {
                let no = u32::try_from(self.questions.len()).unwrap_or(u32::MAX - 1) + 1;
                Ok(MatterEvent::QuestionAsked { no, on, text: sealed_reason(question) })
            }
            Act::AnswerQuestion { no, answer } => self.answer_question(no, answer, on),
            Act::Acknowledge => Ok(MatterEvent::Acknowledged { on }),
            Act::RecordProgress { note } => Ok(MatterEvent::ProgressRecorded { on, text: sealed_note(note) }),
            Act::AddEvidence { evidence, kind, bytes, text } => {
                Ok(MatterEvent::EvidenceAdded { evidence, kind, bytes, on, text: Sealed::Open(text) })
            }
            Act::DraftReport { outcome, evidence, report } => self.draft_report(outcome, evidence, report, on),
            Act::SignReport => self.sign_report(context),
            Act::NameVerifier { verifier } => self.name_verifier(verifier, context),
            Act::Verify { method, finding } => {
                Ok(MatterEvent::Verified { method, on, text: sealed_note(Some(finding)) })
            }
            Act::Return { reason } => Ok(MatterEvent::Returned { on, text: sealed_reason(reason) }),
            Act::Clear { note } => self.clear(note, context),
            Act::Reopen { due, reason } => self.reopen(due, reason, context),
            Act::Withdraw { authority, reason, successor } => {
                let text = Sealed::Open(WithdrawalText { authority: Some(authority), reason });
                Ok(MatterEvent::Withdrawn { ground: WithdrawalGround::Decided, successor, on, text })
            }
            Act::Publish { items } => self.publish(items, on),
            Act::ChangeAudience { audience, reason } => self.change_audience(audience, reason, context),
            Act::Decompose { .. } | Act::Link { .. } | Act::Merge { .. } => unreachable!("answered above"),
            Act::Waive { sub, reason } => self.waive(sub, reason, on),
            Act::Appeal { grounds } => {
                self.appealable(on)?;
                Ok(MatterEvent::Appealed { on, text: sealed_reason(grounds) })
            }
            Act::DecideAppeal { upheld, reason } => self.decide_appeal(upheld, reason, on),
            Act::Escalate { to, reason } => self.escalate(to, reason, context),
            Act::Instruct { instruction } => Ok(MatterEvent::Instructed { on, text: sealed_reason(instruction) }),
            Act::IssueNotice { notice, text } => Ok(MatterEvent::NoticeIssued { notice, on, text: Sealed::Open(text) }),
            Act::Contradict { contradiction, said } => self.contradict(contradiction, said, on),
            Act::CallBack { .. } => unreachable!("answered above, since it may also reopen the matter"),
        }?;
        Ok(vec![(stream, Event::Matter(event))])
    }

    fn ask_extension(&self, to: Date, reason: Text, on: Date) -> Result<MatterEvent, Refusal> {
        match self.due {
            Some(due) if to <= due => Err(Refusal::ExtensionNotLater { due }),
            Some(_) | None => Ok(MatterEvent::ExtensionAsked { to, on, text: sealed_reason(reason) }),
        }
    }

    fn decide(&self, granted: Option<Date>, reason: Text, on: Date) -> Result<MatterEvent, Refusal> {
        match (granted, self.due) {
            (Some(to), Some(due)) if to <= due => Err(Refusal::ExtensionNotLater { due }),
            (_, _) => Ok(MatterEvent::ExtensionDecided { granted, on, text: sealed_reason(reason) }),
        }
    }

    fn remove_obstacle(&self, no: u32, note: Option<Text>, on: Date) -> Result<MatterEvent, Refusal> {
        let standing = self.obstacles.iter().any(|o| o.no == no && o.removed_on.is_none());
        if !standing {
            return Err(Refusal::ObstacleUnknown);
        }
        Ok(MatterEvent::ObstacleRemoved { no, on, text: sealed_note(note) })
    }

    fn answer_question(&self, no: u32, answer: Text, on: Date) -> Result<MatterEvent, Refusal> {
        match self.open_questions().any(|question| question.no == no) {
            true => Ok(MatterEvent::QuestionAnswered { no, on, text: sealed_reason(answer) }),
            false => Err(Refusal::QuestionUnknown),
        }
    }

    fn is_led_by(&self, context: &Context) -> bool {
        let holder = context.by.on_behalf.unwrap_or(context.by.officer);
        rights::leads(context.organisation, holder, self, context.today)
    }

    fn draft_report(
        &self,
        outcome: Outcome,
        evidence: Vec<EvidenceId>,
        report: Text,
        on: Date,
    ) -> Result<MatterEvent, Refusal> {
        if let Outcome::Refused { appeal_until } = outcome
            && appeal_until < on
        {
            return Err(Refusal::AppealDayMissing);
        }
        if !rooms::outcomes(self.kind).contains(&outcome.kind()) {
            return Err(Refusal::OutcomeNotForKind { kind: self.kind, outcome: outcome.kind() });
        }
        let on_matter = |id: &EvidenceId| self.evidence.iter().any(|piece| piece.id == *id);
        match NonEmpty::new(evidence).filter(|pieces| pieces.as_slice().iter().all(on_matter)) {
            None => Err(Refusal::EvidenceMissing),
            Some(evidence) => Ok(MatterEvent::ReportDrafted { outcome, evidence, on, text: sealed_note(Some(report)) }),
        }
    }

    fn sign_report(&self, context: &Context) -> Result<MatterEvent, Refusal> {
        let draft = self.draft.as_ref().ok_or(Refusal::NothingDrafted)?;
        let numbers: Vec<Number> = self.subs_in_the_way(context.facts);
        if !numbers.is_empty() {
            return Err(Refusal::SubMattersOpen { numbers });
        }
        if draft.drafted_by.shares_with(&context.by) && self.has_another_hand(&draft.drafted_by, context) {
            return Err(Refusal::SignerDrafted);
        }
        if let Outcome::Refused { appeal_until } = draft.outcome
            && appeal_until < context.today
        {
            return Err(Refusal::AppealDayMissing);
        }
        Ok(MatterEvent::ReportSigned { on: context.today })
    }

    /// Whether the lead has somebody besides the drafter who knows the matter.
    fn has_another_hand(&self, drafter: &Hand, context: &Context) -> bool {
        context.organisation.officers().any(|officer| {
            drafter.officers().all(|d| d != officer.id)
                && rights::leads(context.organisation, officer.id, self, context.today)
                && sees(context.organisation, Some(officer.id), self, context.today)
        })
    }

    /// Direct sub-matters that are neither cleared, withdrawn nor waived.
    pub fn subs_in_the_way(&self, facts: &Facts) -> Vec<Number> {
        let is_open = |sub: &&SubMatter| facts.descendants.iter().find(|m| m.id == sub.id).is_none_or(|m| m.is_open());
        self.subs.iter().filter(|sub| sub.waived_on.is_none()).filter(is_open).map(|sub| sub.number).collect()
    }

    fn name_verifier(&self, verifier: OfficerId, context: &Context) -> Result<MatterEvent, Refusal> {
        self.check_verifier(verifier, context)?;
        Ok(MatterEvent::VerifierNamed { verifier, on: context.today })
    }

    /// Whether the officer may know the matter: within a circle only those named do.
    pub(crate) fn check_knows(&self, officer: OfficerId) -> Result<(), Refusal> {
        match &self.audience {
            Audience::Circle(officers) if !officers.contains(&officer) => Err(Refusal::OutsideCircle),
            Audience::Public | Audience::Office | Audience::Units(_) | Audience::Circle(_) => Ok(()),
        }
    }

    pub(crate) fn check_verifier(&self, verifier: OfficerId, context: &Context) -> Result<(), Refusal> {
        if context.organisation.posts_held(verifier, context.today).is_empty() {
            return Err(Refusal::PartyUnknown);
        }
        if self.verifiers.contains(&verifier) {
            return Err(Refusal::NothingChanges);
        }
        self.check_knows(verifier)?;
        let by = Hand { officer: verifier, on_behalf: None };
        self.check_independent(ActKind::NameVerifier, &Context { by, ..*context })
    }

    pub(crate) fn check_independent(&self, act: ActKind, context: &Context) -> Result<(), Refusal> {
        match independence::ground_against(context.by, self, context) {
            Some(ground) => Err(Refusal::Excluded { act, ground }),
            None => Ok(()),
        }
    }

    fn clear(&self, note: Option<Text>, context: &Context) -> Result<MatterEvent, Refusal> {
        let single_clerk = self.clearable(context)?;
        Ok(MatterEvent::Cleared { single_clerk, on: context.today, text: sealed_note(note) })
    }

    /// Whether nothing stands in the way of clearing; true where it would be by the hand that verified.
    fn clearable(&self, context: &Context) -> Result<bool, Refusal> {
        let (Some(report), Some(verification)) = (self.state.report(), self.state.verification()) else {
            return Err(Refusal::WrongState { state: self.state.kind(), act: ActKind::Clear });
        };
        let same_hand = verification.by.shares_with(&context.by);
        let (organisation, today) = (context.organisation, context.today);
        if same_hand && !self.supervising.is_some_and(|unit| organisation.is_of_one_clerk(unit, today)) {
            return Err(Refusal::SecondOfficerNeeded);
        }
        let numbers = self.subs_in_the_way(context.facts);
        if !numbers.is_empty() {
            return Err(Refusal::SubMattersOpen { numbers });
        }
        match (&report.appeal, report.outcome) {
            (Some(Appeal { dismissed_on: None, .. }), _) => return Err(Refusal::AppealUndecided),
            (_, Outcome::Refused { appeal_until }) if context.today <= appeal_until => {
                return Err(Refusal::AppealOpen { until: appeal_until });
            }
            (_, _) => {}
        }
        rooms::may_clear(self, context.facts)?;
        Ok(same_hand)
    }

    fn reopen(&self, due: Date, reason: Text, context: &Context) -> Result<MatterEvent, Refusal> {
        let on = context.today;
        if due < on {
            return Err(Refusal::DueInThePast { due });
        }
        if let Some(number) = context.facts.origin_taken_by {
            return Err(Refusal::OriginTaken { number });
        }
        Ok(MatterEvent::Reopened { due, on, text: sealed_reason(reason) })
    }

    fn publish(&self, items: BTreeSet<PublicItem>, on: Date) -> Result<MatterEvent, Refusal> {
        match &self.audience {
            Audience::Circle(_) => Err(Refusal::CircleNotPublished),
            Audience::Public if items.is_subset(&self.published) => Err(Refusal::NothingChanges),
            Audience::Public | Audience::Office | Audience::Units(_) if items.is_empty() => {
                Err(Refusal::NothingChanges)
            }
            Audience::Public | Audience::Office | Audience::Units(_) => Ok(MatterEvent::Published { items, on }),
        }
    }

    fn change_audience(&self, audience: Audience, reason: Text, context: &Context) -> Result<MatterEvent, Refusal> {
        may_begin_as(&audience, context)?;
        if audience == self.audience {
            return Err(Refusal::NothingChanges);
        }
        let narrowed = Matter { audience: audience.clone(), ..self.clone() };
        if narrowed.lead.is_some() && narrowed.is_open() {
            narrowed.check_audience(context)?;
        }
        // Whoever narrows it stays inside, and so does somebody who can widen it again.
        let (organisation, today) = (context.organisation, context.today);
        let may_widen = |officer: OfficerId| {
            let hand = Hand { officer, on_behalf: None };
            rights::may(hand, ActKind::ChangeAudience, &Thing::Matter(&narrowed), organisation, today).is_ok()
        };
        let stays = sees(organisation, Some(context.by.officer), &narrowed, today);
        if !stays || !organisation.officers().any(|officer| may_widen(officer.id)) {
            return Err(Refusal::NobodyInside);
        }
        Ok(MatterEvent::AudienceChanged { audience, on: context.today, text: sealed_reason(reason) })
    }

    fn decompose(&self, sub: MatterId, number: Number, directive: Text, on: Date) -> Vec<(Stream, Event)> {
        let of = self.text.open();
        let text = OpenedText {
            quote: directive,
            source: of.map(|of| of.quote.clone()),
            owner: None,
            deadline: of.and_then(|of| of.deadline.clone()),
            quantity: None,
            due: of.and_then(|of| of.due),
            origin_key: None,
        };
        // What is shown to the public is named matter by matter, so a part of a public matter starts in the office.
        let audience = match &self.audience {
            Audience::Public => Audience::Office,
            Audience::Office | Audience::Units(_) | Audience::Circle(_) => self.audience.clone(),
        };
        let source = Source::Part { of: self.id };
        let opening = Opening { id: sub, number, kind: self.kind, source, audience, text, applicant: None };
        vec![
            (Stream::Matter(self.id), Event::Matter(MatterEvent::SubMatterOpened { sub, number, on })),
            (Stream::Matter(sub), Event::Matter(opened(opening, on))),
        ]
    }

    fn waive(&self, sub: MatterId, reason: Text, on: Date) -> Result<MatterEvent, Refusal> {
        match self.subs.iter().find(|s| s.id == sub) {
            None => Err(Refusal::NotASubMatter),
            Some(sub) if sub.waived_on.is_some() => Err(Refusal::NothingChanges),
            Some(_) => Ok(MatterEvent::SubMatterWaived { sub, on, text: sealed_reason(reason) }),
        }
    }

    /// The last day for an appeal. Refuses where nothing was refused, the day is over, or one was made already.
    fn appealable(&self, today: Date) -> Result<Date, Refusal> {
        let report = self.state.report().filter(|_| self.is_open());
        match report.map(|report| (report.outcome, &report.appeal)) {
            Some((Outcome::Refused { .. }, Some(_))) => Err(Refusal::NothingChanges),
            Some((Outcome::Refused { appeal_until }, None)) if today > appeal_until => {
                Err(Refusal::AppealTooLate { until: appeal_until })
            }
            Some((Outcome::Refused { appeal_until }, None)) => Ok(appeal_until),
            Some((Outcome::Done | Outcome::Unfounded | Outcome::Transferred { .. } | Outcome::Lapsed, _)) | None => {
                Err(Refusal::NoAppeal)
            }
        }
    }

    fn decide_appeal(&self, upheld: bool, reason: Text, on: Date) -> Result<MatterEvent, Refusal> {
        self.undecided_appeal()?;
        Ok(MatterEvent::AppealDecided { upheld, on, text: sealed_reason(reason) })
    }

    fn undecided_appeal(&self) -> Result<(), Refusal> {
        match self.state.report().and_then(|report| report.appeal.as_ref()) {
            Some(Appeal { dismissed_on: None, .. }) => Ok(()),
            Some(Appeal { dismissed_on: Some(_), .. }) | None => Err(Refusal::NoAppeal),
        }
    }

    fn contradict(
        &self,
        contradiction: ContradictionId,
        said: Personal<ContradictionText>,
        on: Date,
    ) -> Result<MatterEvent, Refusal> {
        match self.contradictions.iter().any(|before| before.id == contradiction) {
            true => Err(Refusal::NothingChanges),
            false => Ok(MatterEvent::Contradicted { contradiction, on, personal: Sealed::Open(said) }),
        }
    }

    /// One answer to everything that waits. Where it is not so, the matter is taken up again with a new deadline.
    fn call_back(
        &self,
        finding: CallBackFinding,
        method: Method,
        answer: Text,
        due: Option<Date>,
        context: &Context,
    ) -> Outcomes {
        let on = context.today;
        let text = Sealed::Open(AnswerText { answer: answer.clone() });
        let mut events = vec![MatterEvent::CalledBack { finding, method, on, text }];
        match (finding, due) {
            (CallBackFinding::NotSo, Some(due)) => events.push(self.reopen(due, answer, context)?),
            (CallBackFinding::NotSo, None) => return Err(Refusal::NewDueMissing),
            (CallBackFinding::Stands, _) => {}
        }
        Ok(events.into_iter().map(|event| (Stream::Matter(self.id), Event::Matter(event))).collect())
    }

    fn escalate(&self, to: OfficerId, reason: Text, context: &Context) -> Result<MatterEvent, Refusal> {
        if !rights::roles(context.organisation, to, context.today).contains(&rights::Role::Leader) {
            return Err(Refusal::PartyUnknown);
        }
        if !sees(context.organisation, Some(to), self, context.today) {
            return Err(Refusal::OutsideCircle);
        }
        Ok(MatterEvent::Escalated { to, on: context.today, text: sealed_reason(reason) })
    }
}

fn sealed_reason(reason: Text) -> Sealed<ReasonText> {
    Sealed::Open(ReasonText { reason })
}

fn sealed_note(note: Option<Text>) -> Sealed<NoteText> {
    Sealed::Open(NoteText { note })
}
