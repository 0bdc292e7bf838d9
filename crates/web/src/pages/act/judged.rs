//! What whoever verifies, clears or calls back judges: the criterion, what was reported, and what supports it.

use ledger::act::ActKind;
use ledger::id::EvidenceId;
use ledger::matter::Matter;

use crate::frame::Frame;

/// Shown above the form that asks whether the criterion is met.
pub struct Judged {
    /// The acceptance criterion; none once erased.
    pub criterion: Option<String>,
    /// How the lead says that it ended.
    pub outcome: String,
    /// The report in words; none once erased.
    pub words: Option<String>,
    /// The evidence that the report names: its id, and its file's name.
    pub evidence: Vec<(EvidenceId, String)>,
}

impl Judged {
    /// None where the act judges no report.
    pub fn of(frame: &Frame, act: ActKind, matter: &Matter) -> Option<Self> {
        if !matches!(act, ActKind::Verify | ActKind::Clear | ActKind::CallBack) {
            return None;
        }
        let report = matter.state.report()?;
        let named = Vec::from(report.evidence.clone());
        let pieces = matter.evidence.iter().filter(|piece| named.contains(&piece.id)).map(|piece| {
            let name = piece.text.open().map(|text| text.file_name.to_string());
            (piece.id, name.unwrap_or_else(|| frame.text("who-erased").to_string()))
        });
        Some(Self {
            criterion: matter.criterion.open().map(|text| text.criterion.to_string()),
            outcome: frame.choice(frame.outcome(report.outcome.kind())),
            words: report.text.open().and_then(|text| text.note.as_ref()).map(ToString::to_string),
            evidence: pieces.collect(),
        })
    }
}
