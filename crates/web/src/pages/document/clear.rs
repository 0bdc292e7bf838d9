//! `GET`, `POST /documents/{id}/confirmation`: proposals that leave nothing to find out, each shown, confirmed at once.
//! Each can be taken back by itself afterwards.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use ledger::audience::Audience;
use ledger::document::{Document, Settle};
use ledger::event::Event;
use ledger::id::{DocumentId, MatterId, Series, Stream};
use ledger::{Invalid, Refusal};
use store::{ChangeError, Read, Stop};

use super::{about, again, meanwhile};
use crate::App;
use crate::error::{Problem, refused, sent_before};
use crate::form::CheckedForm;
use crate::frame::{Answer, Frame, go_to, page};
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::who::Who;

/// At most so many are confirmed at once.
const AT_ONCE: usize = 200;

/// One proposal to be confirmed.
struct Clear {
    no: u32,
    quote: String,
    owner: String,
    /// The unit that the owner's words are.
    lead: String,
    /// They are so by the office's list.
    is_taught: bool,
    deadline: String,
    due: Option<civil::Date>,
}

#[derive(Template)]
#[template(path = "document-clear.html")]
struct ClearPage {
    frame: Frame,
    id: DocumentId,
    title: String,
    lang: String,
    stream: String,
    version: u64,
    lines: Vec<Clear>,
}

/// The list.
pub async fn clear(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Path(id): Path<String>,
) -> Answer {
    let about = app.read(move |read| about(read, officer, &id)).await?;
    if !about.may_settle {
        return Err(Problem::NotFound);
    }
    let who = Who::new(&frame, about.organisation.clone());
    let clear = about.document.clear_proposals(&about.office, &about.organisation, about.today);
    let lines = clear.into_iter().take(AT_ONCE).map(|proposal| {
        let owner = proposal.owner.as_ref().map(ToString::to_string).unwrap_or_default();
        let called = about.office.unit_called(&owner, &about.organisation, about.today);
        Clear {
            no: proposal.no,
            quote: proposal.quote.to_string(),
            lead: called.map(|(unit, _)| who.unit(&unit)).unwrap_or_default(),
            is_taught: called.is_some_and(|(_, lesson)| lesson.is_some()),
            deadline: proposal.deadline.as_ref().map(ToString::to_string).unwrap_or_default(),
            due: proposal.due,
            owner,
        }
    });
    let lines = lines.collect();
    let text = about.document.text.open();
    page(&ClearPage {
        id: about.document.id,
        title: text.map(|text| text.title.to_string()).unwrap_or_default(),
        lang: text.map(|text| text.lang.clone()).unwrap_or_default(),
        stream: Stream::Document(about.document.id).to_string(),
        version: about.version,
        lines,
        frame,
    })
}

/// Confirms those that are ticked: all of them, or none where one was settled meanwhile.
pub async fn confirm_clear(
    State(app): State<Arc<App>>,
    frame: Frame,
    Path(id): Path<String>,
    sent: CheckedForm,
) -> Answer {
    let officer = sent.who.officer;
    let document = DocumentId::parse(&id).map_err(|_| Problem::NotFound)?;
    let ticked: Result<Vec<u32>, Invalid> = sent
        .form
        .all("no")
        .take(AT_ONCE)
        .map(|no| no.parse().map_err(|_| Invalid::new("no", "malformed-number")))
        .collect();
    let ticked = ticked?;
    if ticked.is_empty() {
        return Ok(go_to(&format!("/documents/{id}")));
    }
    let seen = meanwhile::seen(&sent, &id);
    let command = sent.envelope(&app, frame.here());
    let work = move |read: &mut Read<'_>| -> Result<Vec<(Stream, Event)>, Stop> {
        let document = read.fold::<Document>(Stream::Document(document))?.ok_or(Refusal::ProposalUnknown)?;
        let mut events = vec![];
        for no in &ticked {
            let (matter, number) = (MatterId(read.new_id()), read.next_number(Series::General)?);
            let settle = Settle::Confirm { no: *no, as_matter: false, matter, number, audience: Audience::Office };
            let facts = Default::default();
            events.extend(read.with_context(own_hand(officer), &facts, |context| document.settle(settle, context))??);
        }
        Ok(events)
    };
    match app.change(command, work).await {
        Ok(_) => Ok(go_to(&format!("/documents/{id}"))),
        Err(error) if frame.visit().json => Err(error.into()),
        Err(ChangeError::Refusal(refusal)) => {
            let said = refused(&frame, &refusal);
            again(&app, frame, officer, id, Some(said), seen).await
        }
        Err(ChangeError::Stale { .. }) => again(&app, frame, officer, id, None, seen).await,
        Err(ChangeError::Invalid(invalid)) if invalid.field == "command" => {
            let said = sent_before(&frame);
            again(&app, frame, officer, id, Some(said), seen).await
        }
        Err(error) => Err(error.into()),
    }
}
