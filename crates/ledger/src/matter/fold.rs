//! A matter out of its events. Total: any event on any state gives a matter again.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{
    Answer, Appeal, CallBack, Clearing, Contradiction, Counts, CriterionText, Disputed, Draft, Escalation, Extension,
    ExtensionDecision, FormerLead, Hand, Instruction, Link, Matter, MatterEvent, Notice, Obstacle, Question, Report,
    Share, State, SubMatter, Verification,
};
use crate::audience::Audience;
use crate::event::{Event, Fold, Meta};
use crate::evidence::Evidence;
use crate::id::{MatterId, OfficerId, Stream, UnitId};
use crate::party::Party;
use crate::text::Sealed;

impl Fold for Matter {
    fn begin(stream: Stream, event: &Event, _meta: &Meta) -> Option<Self> {
        let (Stream::Matter(id), Event::Matter(event)) = (stream, event) else { return None };
        Self::opened_by(id, event)
    }

    fn apply(&mut self, event: &Event, meta: &Meta) {
        if let Event::Matter(event) = event {
            let was_public = self.audience == Audience::Public;
            let signs = matches!(event, MatterEvent::ReportSigned { .. });
            self.signed_drafts.extend(self.draft_at.filter(|_| signs));
            self.apply_matter(event, Hand::of(meta));
            self.unpublished_at = match (was_public, self.audience == Audience::Public) {
                (_, true) => None,
                (true, false) => Some(meta.at),
                (false, false) => self.unpublished_at,
            };
            self.draft_at = match event {
                MatterEvent::ReportDrafted { .. } => Some(meta.n),
                _other => self.draft_at.filter(|_| self.draft.is_some()),
            };
        }
    }
}

impl Matter {
    /// The matter as its first event makes it; none if that event does not open one.
    pub(crate) fn opened_by(id: MatterId, event: &MatterEvent) -> Option<Self> {
        let MatterEvent::Opened { number, kind, source, audience, on, carried, text, personal } = event else {
            return None;
        };
        let carried = carried.as_ref();
        Some(Self {
            id,
            number: *number,
            kind: *kind,
            source: *source,
            audience: audience.clone(),
            opened_on: carried.map_or(*on, |carried| carried.since),
            text: text.clone(),
            applicant: personal.clone(),
            criterion: Sealed::Erased,
            lead: None,
            lead_since: None,
            former_leads: carried.map(|carried| carried.former_leads.clone()).unwrap_or_default(),
            supervising: None,
            original_due: carried.and_then(|carried| carried.original_due),
            due: None,
            due_origin: None,
            extensions: vec![],
            obstacles: vec![],
            questions: vec![],
            instructions: vec![],
            escalation: None,
            returned_on: None,
            evidence: vec![],
            draft: None,
            draft_at: None,
            signed_drafts: BTreeSet::new(),
            reporters: carried.map(|carried| carried.reporters.clone()).unwrap_or_default(),
            verifiers: BTreeSet::new(),
            subs: vec![],
            links: vec![],
            merged: vec![],
            notices: vec![],
            disputed: None,
            published: BTreeSet::new(),
            unpublished_at: None,
            contradictions: vec![],
            call_backs: vec![],
            counts: Counts::default(),
            state: State::Opened,
        })
    }

    /// Takes one event. Total: an event whose facts are missing (no draft to sign) leaves the state as it was.
    pub fn apply_matter(&mut self, event: &MatterEvent, by: Hand) {
        match event {
            MatterEvent::Opened { .. } => {}
            MatterEvent::Assigned { lead, supervising, due, due_origin, text, on } => {
                self.place(*lead, *supervising, text, *on);
                self.original_due = self.original_due.or(Some(*due));
                self.due = Some(*due);
                self.due_origin = Some(*due_origin);
                self.disputed = None;
            }
            MatterEvent::Reassigned { lead, supervising, text, on } => {
                if let State::UnderWay { .. } = &self.state {
                    self.lead_ends(*on);
                }
                self.place(*lead, *supervising, text, *on);
                self.draft = None;
                self.returned_on = None;
                self.counts.reassigned += 1;
            }
            MatterEvent::SignedFor { on } => self.state = State::UnderWay { since: *on },
            MatterEvent::Disputed { on, text } => {
                self.lead_since = None;
                self.disputed = Some(Disputed {
                    by,
                    on: *on,
                    text: text.clone(),
                    lead: self.lead.take(),
                    supervising: self.supervising.take(),
                    due: self.due.take(),
                    criterion: std::mem::replace(&mut self.criterion, Sealed::Erased),
                });
                self.due_origin = None;
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
            MatterEvent::QuestionAsked { no, on, text } => {
                let (no, on, text) = (*no, *on, text.clone());
                self.questions.push(Question { no, by, on, text, answer: None });
            }
            MatterEvent::QuestionAnswered { no, on, text } => {
                if let Some(question) = self.questions.iter_mut().find(|q| q.no == *no) {
                    question.answer = Some(Answer { by, on: *on, text: text.clone(), acknowledged_on: None });
                }
            }
            MatterEvent::Acknowledged { on } => self.acknowledge(*on),
            MatterEvent::ProgressRecorded { .. } => self.counts.progress += 1,
            MatterEvent::EvidenceAdded { evidence, kind, bytes, on, text } => {
                let (id, kind, bytes, on, text) = (*evidence, *kind, *bytes, *on, text.clone());
                self.evidence.push(Evidence { id, kind, bytes, by, on, text });
            }
            MatterEvent::ReportDrafted { outcome, evidence, on, text } => {
                let (outcome, evidence, on, text) = (*outcome, evidence.clone(), *on, text.clone());
                self.reporters.extend(by.officers());
                self.returned_on = None;
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
                self.returned_on = Some(*on);
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
                // A word that was not needed to clear it is not waited for; who raised it may do so again.
                self.escalation = None;
                self.state = State::UnderWay { since: *on };
                self.counts.reopened += 1;
            }
            MatterEvent::Withdrawn { ground, successor, on, text } => {
                let text = text.clone();
                let (on, ground, successor) = (*on, *ground, *successor);
                self.state = State::Withdrawn { on, ground, text, successor, acknowledged_on: None };
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
            MatterEvent::AppealDecided { upheld: true, on, text: _ } => {
                self.state = State::UnderWay { since: *on };
                self.returned_on = Some(*on);
            }
            MatterEvent::AppealDecided { upheld: false, on, text: _ } => self.with_report(|report| {
                if let Some(appeal) = &mut report.appeal {
                    appeal.dismissed_on = Some(*on);
                }
            }),
            MatterEvent::Linked { other, number, relation, on: _, text: _ } => {
                self.links.push(Link { other: *other, number: *number, relation: *relation });
            }
            MatterEvent::Merged { from, number, on: _ } => self.merged.push((*from, *number)),
            MatterEvent::NoticeIssued { notice, on, text } => {
                self.notices.push(Notice { number: *notice, on: *on, text: text.clone() });
            }
            MatterEvent::Contradicted { contradiction, on, personal } => {
                let (id, on, personal) = (*contradiction, *on, personal.clone());
                self.contradictions.push(Contradiction { id, on, personal, answered_by: None });
            }
            MatterEvent::CalledBack { finding, method, on, text } => {
                let no = u32::try_from(self.call_backs.len()).unwrap_or(u32::MAX).saturating_add(1);
                for open in self.contradictions.iter_mut().filter(|said| said.answered_by.is_none()) {
                    open.answered_by = Some(no);
                }
                let (finding, method, on, text) = (*finding, *method, *on, text.clone());
                self.call_backs.push(CallBack { no, by, on, finding, method, text });
            }
            MatterEvent::Escalated { to, on, text } => {
                self.escalation = Some(Escalation { to: *to, by, on: *on, text: text.clone() });
                self.counts.escalated += 1;
            }
            MatterEvent::Instructed { on, text } => {
                self.escalation = None;
                self.instructions.push(Instruction { by, on: *on, text: text.clone(), acknowledged_on: None });
            }
            MatterEvent::HandedOver { share, obstacle, from, to, on, text: _ } => {
                self.hand_over(*share, *obstacle, (*from, *to), *on);
            }
        }
    }

    /// The state stays as it is: the work goes on in another's hands, and the one who left stays excluded.
    fn hand_over(&mut self, share: Share, obstacle: Option<u32>, (from, to): (OfficerId, OfficerId), on: Date) {
        match share {
            Share::Lead => {
                self.lead_ends(on);
                self.lead = Some(Party::Officer(to));
                self.lead_since = Some(on);
            }
            Share::Verifier => {
                self.verifiers.remove(&from);
                self.verifiers.insert(to);
            }
            Share::Remover => {
                for standing in self.obstacles.iter_mut().filter(|standing| Some(standing.no) == obstacle) {
                    standing.remover = Some(Party::Officer(to));
                }
            }
        }
    }

    fn lead_ends(&mut self, on: Date) {
        let former = self.lead.zip(self.lead_since).map(|(party, since)| FormerLead { party, since, until: on });
        self.former_leads.extend(former);
    }

    fn place(&mut self, lead: Party, supervising: UnitId, text: &Sealed<CriterionText>, on: Date) {
        self.lead = Some(lead);
        self.lead_since = Some(on);
        self.supervising = Some(supervising);
        self.criterion = text.clone();
        self.state = State::Assigned;
    }

    fn acknowledge(&mut self, on: Date) {
        let answers = self.questions.iter_mut().filter_map(|question| question.answer.as_mut());
        let open = answers.map(|answer| &mut answer.acknowledged_on);
        let open = open.chain(self.instructions.iter_mut().map(|instruction| &mut instruction.acknowledged_on));
        open.filter(|day| day.is_none()).for_each(|day| *day = Some(on));
        if let State::Withdrawn { acknowledged_on, .. } = &mut self.state {
            *acknowledged_on = acknowledged_on.or(Some(on));
        }
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
