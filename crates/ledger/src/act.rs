//! The acts on a matter: who may do what in which state, and what happens then. An act returns events or a refusal
//! and changes nothing itself.

mod appeal;
mod audience;
mod call_back;
mod correct;
mod life_cycle;
mod merge;
mod open;
mod part;
mod place;
mod report;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::audience::{Audience, sees};
use crate::code::codes;
use crate::event::{Event, Personal};
use crate::evidence::{EvidenceKind, EvidenceText};
use crate::id::{ContradictionId, EvidenceId, MatterId, Number, OfficerId, Stream, UnitId};
use crate::matter::{
    CallBackFinding, ContradictionText, Hand, LinkRelation, Matter, MatterEvent, Method, NoteText, NoticeText, Outcome,
    PublicItem, ReasonText, WithdrawalGround, WithdrawalText,
};
use crate::organisation::Organisation;
use crate::party::Party;
use crate::refusal::Refusal;
use crate::rights::{self, Thing};
use crate::text::{Sealed, Text};

pub(crate) use audience::may_begin_as;
pub use correct::Words;
pub use life_cycle::{is_possible, table};
pub(crate) use open::opened;
pub use open::{Opening, open};
pub use part::Part;
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
        /// Put another in its place, with the right words.
        Correct = "correct",
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
        /// Teach the office's reader what words mean, or revoke that.
        Teach = "teach",
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
    Correct { successor: MatterId, number: Number, words: Words, reason: Text },
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
            Act::Correct { .. } => ActKind::Correct,
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
    /// Where a change of the organisation ends posts: open matters of the circles that their holders are in.
    pub circles: Vec<Arc<Matter>>,
    /// Where a change of the organisation makes somebody an auditor: open matters that name him.
    pub naming: Vec<Arc<Matter>>,
    /// The unit whose function is to change, if no matter names it or one of its officers.
    pub untouched: Option<UnitId>,
}

/// What an act brings about, on this matter's stream and others.
pub type Outcomes = Result<Vec<(Stream, Event)>, Refusal>;

impl Matter {
    /// Whether the officer may do `act` now as far as rights and life cycle go: what a page offers him.
    pub fn offers(&self, act: ActKind, context: &Context) -> Result<(), Refusal> {
        rights::may(context.by, act, &Thing::Matter(self), context.organisation, context.today)?;
        if !is_possible(self.state.kind(), act) {
            return Err(Refusal::WrongState { state: self.state.kind(), act });
        }
        match act {
            // Whoever is excluded from judging does not choose who judges, nor end the matter without a judgement.
            ActKind::Verify | ActKind::NameVerifier | ActKind::Withdraw | ActKind::Correct | ActKind::Merge => {
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
            | ActKind::Teach
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
        // These write to another matter's stream too.
        let act = match act {
            Act::Decompose { sub, number, directive } => return self.decompose(sub, number, directive, on),
            Act::Link { other, relation, note } => return self.link(&other, relation, note, context),
            Act::Merge { into, reason } => return self.merge(&into, reason, context),
            Act::Correct { successor, number, words, reason } => {
                return self.correct((successor, number), words, reason, context);
            }
            act => act,
        };
        // These may bring about more than one thing.
        let act = match act {
            Act::CallBack { finding, method, answer, due } => {
                return self.call_back(finding, method, answer, due, context);
            }
            Act::Reopen { due, reason } => return Ok(self.to_stream(self.reopen(due, reason, context)?)),
            act => act,
        };
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
                if let Some(remover) = remover {
                    rights::check_not_auditing(context.organisation, remover, on)?;
                }
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
            Act::Withdraw { authority, reason, successor } => {
                let text = Sealed::Open(WithdrawalText { authority: Some(authority), reason });
                Ok(MatterEvent::Withdrawn { ground: WithdrawalGround::Decided, successor, on, text })
            }
            Act::Publish { items } => self.publish(items, on),
            Act::ChangeAudience { audience, reason } => self.change_audience(audience, reason, context),
            Act::Decompose { .. } | Act::Link { .. } | Act::Merge { .. } | Act::Correct { .. } => {
                unreachable!("answered above")
            }
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
            Act::CallBack { .. } | Act::Reopen { .. } => unreachable!("answered above"),
        }?;
        Ok(self.to_stream(vec![event]))
    }

    /// The events as they go to this matter's own stream.
    fn to_stream(&self, events: Vec<MatterEvent>) -> Vec<(Stream, Event)> {
        events.into_iter().map(|event| (Stream::Matter(self.id), Event::Matter(event))).collect()
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

    fn escalate(&self, to: OfficerId, reason: Text, context: &Context) -> Result<MatterEvent, Refusal> {
        if !rights::roles(context.organisation, to, context.today).contains(&rights::Role::Leader) {
            return Err(Refusal::PartyUnknown);
        }
        rights::check_not_auditing(context.organisation, Party::Officer(to), context.today)?;
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
