//! `GET`, `POST /documents`: what was taken in, and the form that takes in another.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse as _;
use ledger::act::{ActKind, Context};
use ledger::document::ingest;
use ledger::id::{DocumentId, MeetingId, Stream};
use ledger::rights::{self, Thing};
use ledger::{Invalid, Refusal};
use serde::Deserialize;
use serde_json::json;
use sources::Format;
use store::{DocumentLine, MeetingLine};

use crate::App;
use crate::error::{Problem, refused};
use crate::form::{CheckedForm, File, Filled};
use crate::frame::{Answer, Frame, go_to, page, page_again};
use crate::paging::cut;
use crate::query::Query;
use crate::reading::{Unread, document_text, profile};
use crate::record::own_hand;
use crate::session::SignedIn;

/// Documents on one page of the list.
const LINES: u32 = 50;

/// Meetings that a document taken in may join.
const MEETINGS: u32 = 30;

#[derive(Template)]
#[template(path = "documents.html")]
struct Documents {
    frame: Frame,
    form: Filled,
    lines: Vec<DocumentLine>,
    may_ingest: bool,
    /// The latest meetings, for a document that belongs to one of them.
    meetings: Vec<MeetingLine>,
    refusal: Option<(String, String)>,
    page: u32,
    has_more: bool,
}

/// Which page of a list.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// From 0.
    #[serde(default)]
    pub page: u32,
}

async fn documents(
    app: &App,
    frame: Frame,
    officer: ledger::id::OfficerId,
    form: Filled,
    at: u32,
) -> Result<Documents, Problem> {
    let (lines, meetings, may) = app
        .read(move |read| {
            let lines = read.documents(LINES + 1, at.saturating_mul(LINES))?;
            let organisation = read.organisation()?;
            let in_office = !organisation.posts_held(officer, read.today()).is_empty();
            let hand = own_hand(officer);
            let may = rights::may(hand, ActKind::Ingest, &Thing::Office, &organisation, read.today());
            if in_office { Ok((lines, read.meetings(MEETINGS, 0)?, may)) } else { Err(Problem::NotFound) }
        })
        .await?;
    let (lines, has_more) = cut(lines, LINES as usize, at == 0)?;
    Ok(Documents { frame, form, lines, may_ingest: may.is_ok(), meetings, refusal: None, page: at, has_more })
}

/// The list, and the form for those who may.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Query(at): Query<Page>,
) -> Answer {
    page(&documents(&app, frame, officer, Filled::default(), at.page).await?)
}

/// Takes a document in: its file, or its text as it was typed.
pub async fn post(State(app): State<Arc<App>>, frame: Frame, mut sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    match take_in(&app, &mut sent).await {
        Ok((id, is_repeated)) if frame.visit().json => {
            Ok(Json(json!({ "document": id.to_string(), "repeated": is_repeated })).into_response())
        }
        Ok((id, _)) => Ok(go_to(&format!("/documents/{id}"))),
        Err(problem) if frame.visit().json => Err(problem),
        Err(Problem::Invalid(invalid)) => {
            sent.form.wrong(invalid);
            page_again(&documents(&app, frame, officer, sent.form, 0).await?)
        }
        Err(Problem::Refused(refusal)) => {
            let said = refused(&frame, &refusal);
            let mut again = documents(&app, frame, officer, sent.form, 0).await?;
            again.refusal = Some(said);
            page_again(&again)
        }
        Err(problem) => Err(problem),
    }
}

async fn take_in(app: &Arc<App>, sent: &mut CheckedForm) -> Result<(DocumentId, bool), Problem> {
    let officer = sent.who.officer;
    // Minutes may stand in several documents: this one joins a meeting that is on the record.
    let joins = match sent.form.text("meeting").trim() {
        "" => None,
        id => Some(MeetingId::parse(id).map_err(|_| Invalid::new("meeting", "malformed-id"))?),
    };
    let (name, bytes) = match sent.files.drain(..).find(|file| file.field == "file") {
        Some(File { name, bytes, .. }) => (name, bytes),
        None if sent.form.text("text").trim().is_empty() => return Err(Invalid::new("file", "missing").into()),
        None => ("text.txt".to_owned(), sent.form.text("text").as_bytes().to_vec()),
    };
    let format = Format::of(&name).ok_or(Invalid::new("file", "file-kind"))?;
    let mut command = sent.envelope(app, "/documents");
    command.request = sha2::Digest::finalize(sha2::Digest::chain_update(
        <sha2::Sha256 as sha2::Digest>::new_with_prefix(command.request),
        &bytes,
    ))
    .into();
    let profile = app
        .read(move |read| {
            let organisation = read.organisation()?;
            rights::may(own_hand(officer), ActKind::Ingest, &Thing::Office, &organisation, read.today())?;
            Ok(profile(read)?)
        })
        .await?;
    let reader = app.reader.clone();
    let text = tokio::task::spawn_blocking(move || {
        let read = reader(&bytes, format, &profile).map_err(|unread| match unread {
            Unread::File(code) => Problem::Invalid(Invalid::new("file", code)),
            Unread::Fault(what) => Problem::fault(what),
        })?;
        document_text(read, &name, &bytes).map_err(Problem::Invalid)
    });
    let text = text.await.map_err(Problem::fault)??;
    let answer = app
        .change(command, move |read| {
            let meeting = match joins {
                Some(meeting) if read.documents_of(meeting)?.is_empty() => {
                    return Err(Invalid::new("meeting", "malformed-id").into());
                }
                Some(meeting) => meeting,
                None => MeetingId(read.new_id()),
            };
            let document = DocumentId(read.new_id());
            let (text, taught) = (text.clone(), read.profile()?);
            let facts = Default::default();
            let ingest = |context: &Context<'_>| ingest(document, meeting, text, &taught, context);
            Ok(read.with_context(own_hand(officer), &facts, ingest)??)
        })
        .await?;
    let document = answer.events.iter().find_map(|event| match event.stream {
        Stream::Document(id) => Some(id),
        _other => None,
    });
    document.map(|id| (id, answer.is_repeated)).ok_or(Problem::Refused(Refusal::NothingChanges))
}
