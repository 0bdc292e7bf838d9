//! The timeline: one sentence an event, with the words that were written then.

use ledger::event::Event;
use ledger::id::EvidenceId;
use ledger::matter::{CallBackFinding, Hand, Matter, MatterEvent, Share, Shown as ShownPart, WithdrawalGround};
use ledger::party::Party;
use ledger::{Sealed, Text};
use store::Recorded;

use crate::frame::Frame;
use crate::who::Who;

/// One line of the timeline.
pub struct Line {
    /// When, in words.
    pub when: String,
    /// When, for machines.
    pub machine: String,
    /// What happened, as a sentence.
    pub sentence: String,
    /// What was written, if anything was and may be shown.
    pub words: Option<String>,
    /// The words were erased.
    pub is_erased: bool,
    /// A file, with its name and size.
    pub file: Option<(EvidenceId, String, u64)>,
    /// A turn in the matter's life, and no note beside it.
    pub is_turn: bool,
}

impl Line {
    /// What an officer is told of these events of a matter, the latest first.
    pub fn of(frame: &Frame, who: &Who, matter: &Matter, events: &[Recorded]) -> Vec<Line> {
        lines(frame, who, matter, events, true)
    }
}

/// What the public is told that happened; none for an event it is not shown.
pub(crate) fn told(frame: &Frame, who: &Who, matter: &Matter, recorded: &Recorded) -> Option<(String, Option<String>)> {
    let Event::Matter(event) = &recorded.event else { return None };
    let share = matter.shows(event, recorded.meta.n);
    let written = match share {
        ShownPart::Nothing => return None,
        ShownPart::Happened => None,
        ShownPart::Words => written(frame, event),
    };
    Some((sentence(frame, who, event, &publicly(frame, event)), written))
}

/// Who acted, as the public is told: the lead where it reports, the office in all else.
fn publicly(frame: &Frame, event: &MatterEvent) -> String {
    let is_report = matches!(event, MatterEvent::ReportDrafted { .. } | MatterEvent::ReportSigned { .. });
    frame.text(if is_report { "event-lead" } else { "event-somebody" }).to_string()
}

/// The lines the reader may see, the latest first.
pub fn lines(frame: &Frame, who: &Who, matter: &Matter, events: &[Recorded], is_officer: bool) -> Vec<Line> {
    let line = |recorded: &Recorded| -> Option<Line> {
        let Event::Matter(event) = &recorded.event else { return None };
        let share = if is_officer { ShownPart::Words } else { matter.shows(event, recorded.meta.n) };
        if share == ShownPart::Nothing {
            return None;
        }
        let hand = Hand::of(&recorded.meta);
        let by = match (is_officer, event) {
            (true, MatterEvent::Disputed { on, .. }) => {
                of_lead(frame, who, who.hand(&hand), disputing(matter, events, recorded), *on)
            }
            (true, _) => who.hand(&hand),
            (false, _) => publicly(frame, event),
        };
        let words = if share == ShownPart::Words { words(event) } else { None };
        Some(Line {
            when: frame.moment(&recorded.meta.at),
            machine: frame.machine(&recorded.meta.at),
            sentence: sentence(frame, who, event, &by),
            is_erased: words.as_ref().is_some_and(|words| words.open().is_none()),
            words: if share == ShownPart::Words { written(frame, event) } else { None },
            file: file(event).filter(|_| is_officer),
            is_turn: is_turn(event),
        })
    };
    events.iter().rev().filter_map(line).collect()
}

/// Who disputed, and for which lead: the lead is what matters, and the event does not name it.
fn of_lead(frame: &Frame, who: &Who, by: String, lead: Option<Party>, on: civil::Date) -> String {
    match lead {
        Some(lead) if !matches!(lead, Party::Officer(_)) => {
            frame.text("event-by-of").arg("by", by).arg("party", who.party_on(&lead, on)).to_string()
        }
        Some(_) | None => by,
    }
}

/// Who led the matter when this was said: from the events before it, or from the matter where they are not at hand.
fn disputing(matter: &Matter, events: &[Recorded], recorded: &Recorded) -> Option<Party> {
    let before = events.iter().rev().skip_while(|other| other.meta.n >= recorded.meta.n);
    let mut leads = before.filter_map(|other| {
        if let Event::Matter(MatterEvent::Assigned { lead, .. } | MatterEvent::Reassigned { lead, .. }) = &other.event {
            Some(*lead)
        } else {
            None
        }
    });
    leads.next().or_else(|| matter.disputed.as_ref().and_then(|disputed| disputed.lead))
}

/// What was written with an event, as it is shown under its sentence.
fn written(frame: &Frame, event: &MatterEvent) -> Option<String> {
    let words = words(event).and_then(|words| words.open().cloned().flatten())?;
    Some(match event {
        MatterEvent::Assigned { .. } => frame.text("event-criterion").arg("criterion", words).to_string(),
        _other => words,
    })
}

fn sentence(frame: &Frame, who: &Who, event: &MatterEvent, by: &str) -> String {
    let say = |id: &'static str| frame.text(id).arg("by", by.to_owned());
    let said = match event {
        MatterEvent::Opened { .. } => say("event-opened"),
        MatterEvent::Assigned { lead, supervising, due, on, .. } => say("event-assigned")
            .arg("lead", who.party_on(lead, *on))
            .arg("unit", who.unit(supervising))
            .arg("due", frame.date(due)),
        MatterEvent::Reassigned { lead, on, .. } => say("event-reassigned").arg("lead", who.party_on(lead, *on)),
        MatterEvent::SignedFor { .. } => say("event-signed-for"),
        MatterEvent::Disputed { .. } => say("event-disputed"),
        MatterEvent::ExtensionAsked { to, .. } => say("event-extension-asked").arg("to", frame.date(to)),
        MatterEvent::ExtensionDecided { granted: Some(to), .. } => {
            say("event-extension-granted").arg("to", frame.date(to))
        }
        MatterEvent::ExtensionDecided { granted: None, .. } => say("event-extension-refused"),
        MatterEvent::ObstacleNamed { remover: Some(remover), on, .. } => {
            say("event-obstacle-named-with").arg("remover", who.party_on(remover, *on))
        }
        MatterEvent::ObstacleNamed { remover: None, .. } => say("event-obstacle-named"),
        MatterEvent::ObstacleRemoved { .. } => say("event-obstacle-removed"),
        MatterEvent::QuestionAsked { no, .. } => say("event-question").arg("no", *no),
        MatterEvent::QuestionAnswered { no, .. } => say("event-answer").arg("no", *no),
        MatterEvent::Acknowledged { .. } => say("event-acknowledged"),
        MatterEvent::ProgressRecorded { text, .. } if text.open().is_some_and(|text| text.note.is_none()) => {
            say("event-no-change")
        }
        MatterEvent::ProgressRecorded { .. } => say("event-progress"),
        MatterEvent::EvidenceAdded { kind, .. } => {
            say("event-evidence").arg("kind", frame.word("evidence", kind.code()))
        }
        MatterEvent::ReportDrafted { outcome, .. } => {
            say("event-report-drafted").arg("outcome", frame.outcome(outcome.kind()))
        }
        MatterEvent::ReportSigned { .. } => say("event-report-signed"),
        MatterEvent::VerifierNamed { verifier, .. } => say("event-verifier").arg("verifier", who.officer(verifier)),
        MatterEvent::Verified { method, .. } => say("event-verified").arg("method", frame.method(*method)),
        MatterEvent::Returned { .. } => say("event-returned"),
        MatterEvent::Cleared { single_clerk: false, .. } => say("event-cleared"),
        MatterEvent::Cleared { single_clerk: true, .. } => say("event-cleared-single"),
        MatterEvent::Reopened { due, .. } => say("event-reopened").arg("due", frame.date(due)),
        MatterEvent::Withdrawn { ground: WithdrawalGround::Decided, .. } => say("event-withdrawn"),
        MatterEvent::Withdrawn { ground: WithdrawalGround::ConfirmedInError, .. } => say("event-unconfirmed"),
        MatterEvent::Withdrawn { ground: WithdrawalGround::Duplicate, .. } => say("event-duplicate"),
        MatterEvent::Withdrawn { ground: WithdrawalGround::Corrected, .. } => say("event-corrected"),
        MatterEvent::Published { .. } => say("event-published"),
        MatterEvent::AudienceChanged { audience, .. } => {
            say("event-audience").arg("audience", frame.word("audience", audience.code()))
        }
        MatterEvent::SubMatterOpened { number, .. } => say("event-sub-opened").arg("number", number.to_string()),
        MatterEvent::SubMatterWaived { .. } => say("event-sub-waived"),
        MatterEvent::Appealed { .. } => say("event-appealed"),
        MatterEvent::AppealDecided { upheld: true, .. } => say("event-appeal-upheld"),
        MatterEvent::AppealDecided { upheld: false, .. } => say("event-appeal-dismissed"),
        MatterEvent::Escalated { to, .. } => say("event-escalated").arg("to", who.officer(to)),
        MatterEvent::Instructed { .. } => say("event-instructed"),
        MatterEvent::Linked { number, relation, .. } => {
            say("event-linked").arg("number", number.to_string()).arg("relation", frame.word("link", relation.code()))
        }
        MatterEvent::Merged { number, .. } => say("event-merged").arg("number", number.to_string()),
        MatterEvent::NoticeIssued { notice, .. } => say("event-notice").arg("number", notice.to_string()),
        MatterEvent::Contradicted { .. } => say("event-contradicted"),
        MatterEvent::CalledBack { finding: CallBackFinding::Stands, method, .. } => {
            say("event-call-back-stands").arg("method", frame.method(*method))
        }
        MatterEvent::CalledBack { finding: CallBackFinding::NotSo, method, .. } => {
            say("event-call-back-not-so").arg("method", frame.method(*method))
        }
        MatterEvent::HandedOver { share, from, to, .. } => {
            let id = match share {
                Share::Lead => "event-handed-over-lead",
                Share::Verifier => "event-handed-over-verifier",
                Share::Remover => "event-handed-over-remover",
            };
            say(id).arg("from", who.officer(from)).arg("to", who.officer(to))
        }
    };
    said.to_string()
}

/// What was written; none for an event that has no words.
fn words(event: &MatterEvent) -> Option<Sealed<Option<String>>> {
    let owned = |text: &Text| Some(text.to_string());
    match event {
        MatterEvent::Opened { .. }
        | MatterEvent::SignedFor { .. }
        | MatterEvent::Acknowledged { .. }
        | MatterEvent::ReportSigned { .. }
        | MatterEvent::VerifierNamed { .. }
        | MatterEvent::Published { .. }
        | MatterEvent::Withdrawn { ground: WithdrawalGround::ConfirmedInError, .. }
        | MatterEvent::SubMatterOpened { .. }
        // Whoever may answer reads it beside the form; the doer does not.
        | MatterEvent::Contradicted { .. } => None,
        MatterEvent::CalledBack { text, .. } => Some(text.map(|text| owned(&text.answer))),
        MatterEvent::Assigned { text, .. } => Some(text.map(|text| owned(&text.criterion))),
        MatterEvent::Reassigned { text, .. } => Some(text.map(|text| text.reason.as_ref().and_then(owned))),
        MatterEvent::Disputed { text, .. }
        | MatterEvent::ExtensionAsked { text, .. }
        | MatterEvent::ExtensionDecided { text, .. }
        | MatterEvent::ObstacleNamed { text, .. }
        | MatterEvent::QuestionAsked { text, .. }
        | MatterEvent::QuestionAnswered { text, .. }
        | MatterEvent::Returned { text, .. }
        | MatterEvent::Reopened { text, .. }
        | MatterEvent::AudienceChanged { text, .. }
        | MatterEvent::SubMatterWaived { text, .. }
        | MatterEvent::Appealed { text, .. }
        | MatterEvent::AppealDecided { text, .. }
        | MatterEvent::Escalated { text, .. }
        | MatterEvent::HandedOver { text, .. }
        | MatterEvent::Instructed { text, .. } => Some(text.map(|text| owned(&text.reason))),
        MatterEvent::Linked { text, .. } => Some(text.map(|text| text.note.as_ref().and_then(owned))),
        MatterEvent::NoticeIssued { text, .. } => Some(text.map(|text| text.note.as_ref().and_then(owned))),
        MatterEvent::Merged { .. } => None,
        MatterEvent::ObstacleRemoved { text, .. }
        | MatterEvent::ProgressRecorded { text, .. }
        | MatterEvent::ReportDrafted { text, .. }
        | MatterEvent::Verified { text, .. }
        | MatterEvent::Cleared { text, .. } => Some(text.map(|text| text.note.as_ref().and_then(owned))),
        MatterEvent::EvidenceAdded { text, .. } => Some(text.map(|text| text.caption.as_ref().and_then(owned))),
        MatterEvent::Withdrawn { ground: WithdrawalGround::Decided | WithdrawalGround::Duplicate | WithdrawalGround::Corrected, text, .. } => {
            let lines = |text: &ledger::matter::WithdrawalText| match &text.authority {
                Some(authority) => format!("{authority}
{}", text.reason),
                None => text.reason.to_string(),
            };
            Some(text.map(|text| Some(lines(text))))
        }
    }
}

fn file(event: &MatterEvent) -> Option<(EvidenceId, String, u64)> {
    match event {
        MatterEvent::EvidenceAdded { evidence, bytes, text, .. } => {
            Some((*evidence, text.open()?.file_name.to_string(), *bytes))
        }
        MatterEvent::Opened { .. }
        | MatterEvent::Assigned { .. }
        | MatterEvent::Reassigned { .. }
        | MatterEvent::SignedFor { .. }
        | MatterEvent::Disputed { .. }
        | MatterEvent::ExtensionAsked { .. }
        | MatterEvent::ExtensionDecided { .. }
        | MatterEvent::ObstacleNamed { .. }
        | MatterEvent::ObstacleRemoved { .. }
        | MatterEvent::QuestionAsked { .. }
        | MatterEvent::QuestionAnswered { .. }
        | MatterEvent::Acknowledged { .. }
        | MatterEvent::ProgressRecorded { .. }
        | MatterEvent::ReportDrafted { .. }
        | MatterEvent::ReportSigned { .. }
        | MatterEvent::VerifierNamed { .. }
        | MatterEvent::Verified { .. }
        | MatterEvent::Returned { .. }
        | MatterEvent::Cleared { .. }
        | MatterEvent::Reopened { .. }
        | MatterEvent::Withdrawn { .. }
        | MatterEvent::Published { .. }
        | MatterEvent::AudienceChanged { .. }
        | MatterEvent::SubMatterOpened { .. }
        | MatterEvent::SubMatterWaived { .. }
        | MatterEvent::Appealed { .. }
        | MatterEvent::AppealDecided { .. }
        | MatterEvent::Escalated { .. }
        | MatterEvent::HandedOver { .. }
        | MatterEvent::Instructed { .. }
        | MatterEvent::Linked { .. }
        | MatterEvent::Merged { .. }
        | MatterEvent::NoticeIssued { .. }
        | MatterEvent::Contradicted { .. }
        | MatterEvent::CalledBack { .. } => None,
    }
}

fn is_turn(event: &MatterEvent) -> bool {
    match event {
        MatterEvent::Opened { .. }
        | MatterEvent::Assigned { .. }
        | MatterEvent::Reassigned { .. }
        | MatterEvent::SignedFor { .. }
        | MatterEvent::Disputed { .. }
        | MatterEvent::ReportSigned { .. }
        | MatterEvent::Verified { .. }
        | MatterEvent::Returned { .. }
        | MatterEvent::Cleared { .. }
        | MatterEvent::Reopened { .. }
        | MatterEvent::CalledBack { .. }
        | MatterEvent::Withdrawn { .. } => true,
        MatterEvent::ExtensionAsked { .. }
        | MatterEvent::ExtensionDecided { .. }
        | MatterEvent::ObstacleNamed { .. }
        | MatterEvent::ObstacleRemoved { .. }
        | MatterEvent::QuestionAsked { .. }
        | MatterEvent::QuestionAnswered { .. }
        | MatterEvent::Acknowledged { .. }
        | MatterEvent::ProgressRecorded { .. }
        | MatterEvent::EvidenceAdded { .. }
        | MatterEvent::ReportDrafted { .. }
        | MatterEvent::VerifierNamed { .. }
        | MatterEvent::Published { .. }
        | MatterEvent::AudienceChanged { .. }
        | MatterEvent::SubMatterOpened { .. }
        | MatterEvent::SubMatterWaived { .. }
        | MatterEvent::Appealed { .. }
        | MatterEvent::AppealDecided { .. }
        | MatterEvent::Escalated { .. }
        | MatterEvent::HandedOver { .. }
        | MatterEvent::Instructed { .. }
        | MatterEvent::Linked { .. }
        | MatterEvent::Merged { .. }
        | MatterEvent::NoticeIssued { .. }
        | MatterEvent::Contradicted { .. } => false,
    }
}
