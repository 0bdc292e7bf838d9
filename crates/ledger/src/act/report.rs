//! From the lead's report to clearing, and back: who may write, sign, verify and clear, and what must be there.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{ActKind, Context, sealed_note, sealed_reason};
use crate::audience::sees;
use crate::evidence::NonEmpty;
use crate::id::{EvidenceId, Number, OfficerId, UnitId};
use crate::independence;
use crate::matter::{Appeal, Hand, Matter, MatterEvent, Outcome};
use crate::party::Party;
use crate::refusal::Refusal;
use crate::rights;
use crate::rooms;
use crate::text::Text;

impl Matter {
    pub(super) fn draft_report(
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

    pub(super) fn sign_report(&self, context: &Context) -> Result<MatterEvent, Refusal> {
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

    pub(super) fn name_verifier(&self, verifier: OfficerId, context: &Context) -> Result<MatterEvent, Refusal> {
        self.check_verifier(verifier, context)?;
        Ok(MatterEvent::VerifierNamed { verifier, on: context.today })
    }

    pub(crate) fn check_verifier(&self, verifier: OfficerId, context: &Context) -> Result<(), Refusal> {
        if context.organisation.posts_held(verifier, context.today).is_empty() {
            return Err(Refusal::PartyUnknown);
        }
        rights::check_not_auditing(context.organisation, Party::Officer(verifier), context.today)?;
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

    pub(super) fn clear(&self, note: Option<Text>, context: &Context) -> Result<MatterEvent, Refusal> {
        let single_clerk = self.clearable(context)?;
        Ok(MatterEvent::Cleared { single_clerk, on: context.today, text: sealed_note(note) })
    }

    /// Whether nothing stands in the way of clearing; true where it would be by the hand that verified.
    pub(super) fn clearable(&self, context: &Context) -> Result<bool, Refusal> {
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

    /// Takes it up again. What it named of auditors before it was cleared it does not wait for: see `let_go_of_auditors`.
    pub(super) fn reopen(&self, due: Date, reason: Text, context: &Context) -> Result<Vec<MatterEvent>, Refusal> {
        let on = context.today;
        if due < on {
            return Err(Refusal::DueInThePast { due });
        }
        if let Some(number) = context.facts.origin_taken_by {
            return Err(Refusal::OriginTaken { number });
        }
        let mut events = vec![MatterEvent::Reopened { due, on, text: sealed_reason(reason.clone()) }];
        events.extend(self.let_go_of_auditors(reason, context)?);
        Ok(events)
    }

    /// Nobody becomes an auditor while an open matter waits for him by name (ADR 0031), but a cleared one waits for nobody.
    /// As it is taken up again, a lead who audits by now, or is to, is followed by his unit of then, and an obstacle that he
    /// was to remove is none any more: it kept nobody from clearing. Refuses where no unit of his can lead it.
    fn let_go_of_auditors(&self, reason: Text, context: &Context) -> Result<Vec<MatterEvent>, Refusal> {
        let (organisation, on) = (context.organisation, context.today);
        let looks_on = |party: Party| rights::check_not_auditing(organisation, party, on).is_err();
        let mut events = vec![];
        if let Some(Party::Officer(officer)) = self.lead.filter(|lead| looks_on(*lead)) {
            events.push(self.follow_auditor(officer, reason, context)?);
        }
        let removes = |remover: Option<Party>| remover.is_some_and(looks_on);
        let standing = self.obstacles.iter().filter(|obstacle| obstacle.removed_on.is_none());
        let theirs = standing.filter(|obstacle| removes(obstacle.remover));
        events.extend(theirs.map(|obstacle| MatterEvent::ObstacleRemoved {
            no: obstacle.no,
            on,
            text: sealed_note(None),
        }));
        Ok(events)
    }

    fn follow_auditor(&self, officer: OfficerId, reason: Text, context: &Context) -> Result<MatterEvent, Refusal> {
        let (organisation, on) = (context.organisation, context.today);
        let since = self.lead_since.unwrap_or(on);
        let stands = |unit| organisation.standing_for(unit, on);
        let supervising = self.supervising.and_then(stands).ok_or(Refusal::PartyUnknown)?;
        let can_lead = |unit: &UnitId| rights::check_not_auditing(organisation, Party::Unit(*unit), on).is_ok();
        let held = organisation.units_held(officer, (since, on)).into_iter();
        let his: BTreeSet<UnitId> = held.filter_map(stands).filter(can_lead).collect();
        let placed = |unit| self.reassign(Party::Unit(unit), supervising, None, reason.clone(), context);
        let (mut tried, mut refused) = (his.into_iter().map(placed), Refusal::LeadAudits);
        tried.find_map(|placing| placing.map_err(|refusal| refused = refusal).ok()).ok_or(refused)
    }
}
