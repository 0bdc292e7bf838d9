//! `GET`, `POST /documents`: what was taken in, and the form that takes in another.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse as _;
use ledger::act::ActKind;
use ledger::document::{self, Kept, ingest, keep};
use ledger::id::{DocumentId, EvidenceId, Holder, MeetingId, Stream};
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
use crate::reading::{Unread, document_text, may_be_kept, profile, unread_text};
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

/// Which page of the list, and which meeting the next document joins.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(default)]
    page: u32,
    meeting: Option<MeetingId>,
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
    Query(asked): Query<Asked>,
) -> Answer {
    let form = asked.meeting.map(|meeting| Filled::with(&[("meeting", &meeting.to_string())])).unwrap_or_default();
    page(&documents(&app, frame, officer, form, asked.page).await?)
}

/// Takes a document in: its file, or its text as it was typed.
pub async fn post(State(app): State<Arc<App>>, frame: Frame, mut sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    match take_in(&app, &mut sent).await {
        Ok(Taken { id, is_repeated, unread, unread_pages }) if frame.visit().json => {
            let mut answer = json!({ "document": id.to_string(), "repeated": is_repeated });
            if let Some(why) = unread {
                answer["unread"] = json!(why.code());
            }
            if !unread_pages.is_empty() {
                answer["unread_pages"] = json!(unread_pages);
            }
            Ok(Json(answer).into_response())
        }
        Ok(Taken { id, .. }) => Ok(go_to(&format!("/documents/{id}"))),
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

/// A document that was taken in.
struct Taken {
    id: DocumentId,
    is_repeated: bool,
    /// Why it was kept and not read.
    unread: Option<document::Unread>,
    /// Pages that are pictures, so that nothing of them was read.
    unread_pages: Vec<u32>,
}

async fn take_in(app: &Arc<App>, sent: &mut CheckedForm) -> Result<Taken, Problem> {
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
    let (reader, store) = (app.reader.clone(), app.store.clone());
    let document = DocumentId(app.command_id().0);
    let file = EvidenceId(app.command_id().0);
    let text = tokio::task::spawn_blocking(move || match reader(&bytes, format, &profile) {
        Ok(read) => Ok((document_text(read, &name, &bytes)?, None)),
        Err(Unread::Fault(what)) => Err(Problem::fault(what)),
        Err(Unread::File(code)) => {
            // What cannot be read by anybody yet is kept as it came, and says so.
            let why = may_be_kept(code, format).ok_or(Invalid::new("file", code))?;
            let mut writer = store.blob_writer(&Holder::Document(document), file)?;
            writer.write(&bytes)?;
            writer.finish()?;
            Ok::<_, Problem>((unread_text(&name, &bytes)?, Some(Kept { file, why })))
        }
    });
    let (text, kept) = text.await.map_err(Problem::fault)??;
    let unread_pages = text.unread_pages.clone();
    let answer = app
        .change(command, move |read| {
            let meeting = match joins {
                Some(meeting) if read.documents_of(meeting)?.is_empty() => {
                    return Err(Invalid::new("meeting", "malformed-id").into());
                }
                Some(meeting) => meeting,
                None => MeetingId(read.new_id()),
            };
            let (text, taught) = (text.clone(), read.profile()?);
            let facts = Default::default();
            Ok(read.with_context(own_hand(officer), &facts, |context| match kept {
                Some(kept) => keep(document, meeting, text, kept, context),
                None => ingest(document, meeting, text, &taught, context),
            })??)
        })
        .await;
    if kept.is_some() {
        // Refused, or sent twice: no event names the file then.
        let store = app.store.clone();
        tokio::task::spawn_blocking(move || store.discard_blob(file)).await.map_err(Problem::fault)??;
    }
    let answer = answer?;
    let document = answer.events.iter().find_map(|event| match event.stream {
        Stream::Document(id) => Some(id),
        _other => None,
    });
    let unread = kept.map(|kept| kept.why);
    let taken = document.map(|id| Taken { id, is_repeated: answer.is_repeated, unread, unread_pages });
    taken.ok_or(Problem::Refused(Refusal::NothingChanges))
}
