//! What others did to a document between the page that somebody looked at and what he sent: nobody overwrites it unseen.

use ledger::document::DocumentEvent;
use ledger::event::Event;
use ledger::id::{DocumentId, OfficerId, Stream};
use ledger::matter::Hand;
use store::Recorded;

use super::{About, about};
use crate::App;
use crate::error::Problem;
use crate::form::CheckedForm;
use crate::frame::Frame;
use crate::who::Who;
use crate::words::shortened;

/// At most so many are told; the last ones.
const TOLD: usize = 20;
/// So much of a passage stands in a sentence.
const WORDS: usize = 40;

/// The version of the document that the form's page showed.
pub fn seen(sent: &CheckedForm, id: &str) -> Option<u64> {
    let document = Stream::Document(DocumentId::parse(id).ok()?);
    sent.seen.iter().find(|(stream, _)| *stream == document).map(|(_, version)| *version)
}

/// The document as it stands, and what was done to it since it was at version `seen`, in sentences and in order; nothing
/// where that version is not known.
pub async fn since(
    app: &App,
    frame: &Frame,
    officer: OfficerId,
    id: String,
    seen: Option<u64>,
) -> Result<(About, Vec<String>), Problem> {
    let (about, done) = app
        .read(move |read| {
            let about = about(read, officer, &id)?;
            let mut done = read.history(Stream::Document(about.document.id))?;
            done.retain(|recorded| seen.is_some_and(|seen| recorded.meta.n > seen));
            let done = done.split_off(done.len().saturating_sub(TOLD));
            Ok((about, done))
        })
        .await?;
    let who = Who::new(frame, about.organisation.clone());
    let said = done.iter().filter_map(|recorded| sentence(frame, &who, &about, recorded)).collect();
    Ok((about, said))
}

fn sentence(frame: &Frame, who: &Who, about: &About, recorded: &Recorded) -> Option<String> {
    let Event::Document(event) = &recorded.event else { return None };
    let (id, no) = match event {
        DocumentEvent::Ingested { .. } => return None,
        DocumentEvent::ProposalsReplaced { old, new, .. } => match (old.as_slice(), new.as_slice()) {
            ([], [new, ..]) => ("meanwhile-added", Some(*new)),
            ([old], [_]) => ("meanwhile-corrected", Some(*old)),
            ([old], _) => ("meanwhile-split", Some(*old)),
            ([old, ..], _) => ("meanwhile-merged", Some(*old)),
            ([], []) => return None,
        },
        DocumentEvent::ProposalDismissed { no } => ("meanwhile-dismissed", Some(*no)),
        DocumentEvent::ProposalBroughtIn { no } => ("meanwhile-brought-in", Some(*no)),
        DocumentEvent::ProposalConfirmed { no, .. } => ("meanwhile-confirmed", Some(*no)),
        DocumentEvent::ProposalNoted { no } => ("meanwhile-noted", Some(*no)),
        DocumentEvent::ChangeUndone { .. } => ("meanwhile-undone", None),
    };
    let words = no.and_then(|no| about.document.proposal(no));
    let words = words.map(|proposal| shortened(proposal.quote.as_str(), WORDS)).unwrap_or_default();
    let message = frame.text(id).arg("by", who.hand(&Hand::of(&recorded.meta)));
    Some(message.arg("when", frame.moment(&recorded.meta.at)).arg("words", words).to_string())
}
