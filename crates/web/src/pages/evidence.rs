//! `POST /matters/{number}/evidence`, `…/uploads`, `GET /matters/{number}/evidence/{id}`: files, taken in and given out in
//! pieces.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::multipart::Field;
use axum::extract::{FromRequest as _, Multipart, Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use ledger::Invalid;
use ledger::act::ActKind;
use ledger::evidence::EvidenceKind;
use ledger::id::{EvidenceId, Holder, OfficerId};
use ledger::text::misleads;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::access::{ReadKind, Reading};
use store::{BlobReader, StoreFault};
use tokio::sync::mpsc;

use crate::App;
use crate::acts::StoredFile;
use crate::error::Problem;
use crate::form::{CheckedForm, Filled, Ours};
use crate::frame::{Answer, Frame, percent_encoded};
use crate::pages::act::{again, carry_out, draft};
use crate::pages::matter::find;
use crate::query::Query;
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::uploads::{NotTaken, PIECE_BYTES_MAX, Whose};

/// Takes a file in: with the form, or as an upload that came piece by piece. What is typed stands before the file, so that
/// nothing is stored for a forged form or one that may not bring evidence. A file that came is kept while the form is
/// put right.
pub async fn post(
    State(app): State<Arc<App>>,
    frame: Frame,
    Path(number): Path<String>,
    who: SignedIn,
    request: Request,
) -> Answer {
    let (parts, body) = request.into_parts();
    let malformed = || Problem::Invalid(Invalid::new("form", "malformed-form"));
    let multipart = Multipart::from_request(Request::from_parts(parts.clone(), body), &()).await;
    let mut multipart = multipart.map_err(|_| malformed())?;
    let whose = whose(&app, who.officer, number.clone()).await?;
    let (mut fields, mut came) = (vec![], Ok(None));
    while let Some(field) = multipart.next_field().await.map_err(|error| unread(&error))? {
        let name = field.name().unwrap_or("").to_owned();
        if field.file_name().is_none() {
            let text = field.text().await.map_err(|error| unread(&error))?;
            fields.push((name, text));
            continue;
        }
        // Everything typed came before: check the form now, before a byte of the file is kept.
        CheckedForm::check(&parts, &Filled::of(fields.clone()))?;
        came = store_file(&app, whose, field).await;
        if !matches!(came, Ok(None)) {
            break;
        }
    }
    let mut sent = CheckedForm::checked(&parts, who, Filled::of(fields))?;
    let stored = match came {
        Ok(Some(file)) => Some(file),
        Ok(None) => uploaded(&app, whose, &mut sent.form).await?,
        Err(Problem::Invalid(invalid)) => {
            sent.form.wrong(invalid);
            None
        }
        Err(problem) => return Err(problem),
    };
    // A button stands behind the files it sends, so what it asks for stands in the address.
    if parts.uri.query() == Some("for=report") {
        if stored.is_none() {
            return without_file(&app, frame, number, sent).await;
        }
        sent.form = for_report(&app, whose, sent.form, stored.as_ref()).await?;
    }
    let mut command = sent.envelope(&app, &format!("/matters/{number}/evidence"));
    let id = stored.as_ref().map(|file| file.id);
    if let Some(file) = &stored {
        command.request = with_file(command.request, file);
        sent.form.set("upload", &file.id.to_string());
        sent.form.set("upload_name", &file.file_name);
    }
    let answer = carry_out(&app, frame, number, ActKind::AddEvidence, sent.form, command, stored).await;
    let is_done = answer.as_ref().is_ok_and(|response| !response.status().is_client_error());
    if let Some(id) = id.filter(|_| is_done) {
        app.uploads.forget(id);
        // Sent twice, the second file belongs to no event.
        let store = app.store.clone();
        tokio::task::spawn_blocking(move || store.discard_blob(id)).await.map_err(Problem::fault)??;
    }
    answer
}

/// No file came with the report's own form, or none that can be taken: that form is shown again as it was typed.
async fn without_file(app: &App, frame: Frame, number: String, sent: CheckedForm) -> Answer {
    let seen = sent.envelope(app, frame.here()).expects.first().map(|(_, n)| *n);
    let (officer, mut form) = (sent.who.officer, sent.form);
    if form.error("file").is_none() {
        form.wrong(Invalid::new("file", "no-file"));
    }
    again(app, frame, officer, (number, ActKind::DraftReport), form, seen).await
}

/// A file added from the report's own form: what was typed there is kept, and what the file is follows from its type.
async fn for_report(app: &Arc<App>, whose: Whose, form: Filled, file: Option<&StoredFile>) -> Result<Filled, Problem> {
    let typed = draft::fields(ActKind::DraftReport, &form);
    if !typed.is_empty() {
        draft::keep(app, whose.officer, whose.matter, ActKind::DraftReport, typed).await?;
    }
    let is_picture = file.is_some_and(|file| file.media_type.starts_with("image/"));
    let kind = if is_picture { EvidenceKind::Photo } else { EvidenceKind::Document };
    Ok(Filled::with(&[("kind", kind.code()), ("back", "report")]))
}

/// The matter, if the officer may bring evidence to it now.
async fn whose(app: &App, officer: OfficerId, number: String) -> Result<Whose, Problem> {
    app.read(move |read| {
        let id = find(read, Some(officer), &number)?;
        let matter = read.matter(id)?.ok_or(Problem::NotFound)?;
        let facts = read.facts(&matter)?;
        read.with_context(own_hand(officer), &facts, |context| matter.offers(ActKind::AddEvidence, context))??;
        Ok(Whose { officer, matter: id })
    })
    .await
}

/// The request of a command that brings this file: the same form with another file is another request.
fn with_file(request: [u8; 32], file: &StoredFile) -> [u8; 32] {
    let mut all = Sha256::new_with_prefix(request);
    all.update(&file.sha256);
    all.update(&file.file_name);
    all.finalize().into()
}

/// The upload that the form names. None where it names none, or one that was given up.
async fn uploaded(app: &Arc<App>, whose: Whose, form: &mut Filled) -> Result<Option<StoredFile>, Problem> {
    let Ok(id) = EvidenceId::parse(form.text("upload")) else { return Ok(None) };
    let (all, now) = (app.clone(), app.now());
    let finished = tokio::task::spawn_blocking(move || all.uploads.finish(id, whose, now));
    match finished.await.map_err(Problem::fault)? {
        Ok(file) if file.bytes == 0 => {
            form.wrong(Invalid::new("file", "file-empty"));
            Ok(None)
        }
        Ok(file) => Ok(Some(file)),
        Err(NotTaken::Fault(fault)) => Err(Problem::fault(fault)),
        Err(NotTaken::Kind) => {
            form.set("upload", "");
            form.wrong(Invalid::new("file", "evidence-kind"));
            Ok(None)
        }
        Err(NotTaken::Unknown | NotTaken::Elsewhere(_) | NotTaken::TooMany | NotTaken::TooLarge) => {
            form.set("upload", "");
            form.wrong(Invalid::new("file", "upload-gone"));
            Ok(None)
        }
    }
}

/// What an upload begins with.
#[derive(Deserialize)]
pub struct Beginning {
    file_name: String,
}

/// `POST /matters/{number}/uploads`: begins an upload. Answers `{"upload": …, "received": 0}`.
pub async fn begin(
    State(app): State<Arc<App>>,
    Path(number): Path<String>,
    who: SignedIn,
    headers: Ours,
    Json(beginning): Json<Beginning>,
) -> Answer {
    let Ours = headers;
    let whose = whose(&app, who.officer, number).await?;
    let id = begin_upload(&app, whose, &beginning.file_name).await?;
    Ok(Json(json!({ "upload": id.to_string(), "received": 0 })).into_response())
}

async fn begin_upload(app: &Arc<App>, whose: Whose, file_name: &str) -> Result<EvidenceId, Problem> {
    let id = EvidenceId(app.command_id().0);
    let name = clean_name(file_name);
    let (all, now) = (app.clone(), app.now());
    let begun = tokio::task::spawn_blocking(move || {
        let writer = all.store.blob_writer(&Holder::Matter(whose.matter), id).map_err(NotTaken::Fault)?;
        all.uploads.begin(id, whose, name, writer, now)
    });
    begun.await.map_err(Problem::fault)?.map_err(|why| not_taken(&why))?;
    Ok(id)
}

/// Where a piece begins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct From {
    from: u64,
}

/// `PUT /matters/{number}/uploads/{id}?from=N`: the next piece. Answers how many bytes stand; 409 where another is due.
pub async fn add(
    State(app): State<Arc<App>>,
    Path((number, id)): Path<(String, String)>,
    Query(From { from }): Query<From>,
    who: SignedIn,
    headers: Ours,
    piece: Bytes,
) -> Answer {
    let Ours = headers;
    let whose = whose(&app, who.officer, number).await?;
    let id = EvidenceId::parse(&id).map_err(|_| Problem::NotFound)?;
    if piece.len() > PIECE_BYTES_MAX {
        return Err(Problem::TooLarge);
    }
    let (all, now) = (app.clone(), app.now());
    let added = tokio::task::spawn_blocking(move || all.uploads.add(id, whose, from, &piece, now));
    standing(added.await.map_err(Problem::fault)?)
}

/// `GET /matters/{number}/uploads/{id}`: how many bytes stand.
pub async fn received(
    State(app): State<Arc<App>>,
    Path((number, id)): Path<(String, String)>,
    who: SignedIn,
) -> Answer {
    let whose = whose(&app, who.officer, number).await?;
    let id = EvidenceId::parse(&id).map_err(|_| Problem::NotFound)?;
    standing(app.uploads.received(id, whose))
}

fn standing(received: Result<u64, NotTaken>) -> Answer {
    match received {
        Ok(received) => Ok(Json(json!({ "received": received })).into_response()),
        Err(NotTaken::Elsewhere(received)) => {
            Ok((StatusCode::CONFLICT, Json(json!({ "received": received }))).into_response())
        }
        Err(why) => Err(not_taken(&why)),
    }
}

fn not_taken(why: &NotTaken) -> Problem {
    match why {
        NotTaken::Unknown | NotTaken::Elsewhere(_) => Problem::NotFound,
        NotTaken::TooMany => Problem::Busy,
        NotTaken::TooLarge => Problem::TooLarge,
        NotTaken::Kind => Problem::Invalid(Invalid::new("file", "evidence-kind")),
        NotTaken::Fault(fault) => Problem::fault(fault),
    }
}

/// The last part of a path, without what no name holds, at most 200 characters long.
fn clean_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or("").trim();
    name.chars().filter(|c| !c.is_control() && !misleads(*c)).take(200).collect()
}

/// Stores the file that came with the form, as an upload in one go. None where none was chosen. Errors: `TooLarge`.
async fn store_file(app: &Arc<App>, whose: Whose, mut field: Field<'_>) -> Result<Option<StoredFile>, Problem> {
    let file_name = clean_name(field.file_name().unwrap_or(""));
    if file_name.is_empty() {
        return Ok(None);
    }
    let id = begin_upload(app, whose, &file_name).await?;
    let stored = store_pieces(app, whose, id, &mut field).await;
    if stored.is_err() {
        app.uploads.forget(id);
    }
    stored.map(Some)
}

async fn store_pieces(
    app: &Arc<App>,
    whose: Whose,
    id: EvidenceId,
    field: &mut Field<'_>,
) -> Result<StoredFile, Problem> {
    let (mut from, mut piece) = (0, Vec::with_capacity(PIECE_BYTES_MAX));
    loop {
        let chunk = field.chunk().await.map_err(|error| unread(&error))?;
        let is_last = chunk.is_none();
        piece.extend_from_slice(&chunk.unwrap_or_default());
        if piece.len() >= PIECE_BYTES_MAX / 2 || is_last {
            let (all, now, full) = (app.clone(), app.now(), std::mem::take(&mut piece));
            let added = tokio::task::spawn_blocking(move || all.uploads.add(id, whose, from, &full, now));
            from = added.await.map_err(Problem::fault)?.map_err(|why| not_taken(&why))?;
        }
        if is_last {
            break;
        }
    }
    if from == 0 {
        return Err(Problem::Invalid(Invalid::new("file", "file-empty")));
    }
    let (all, now) = (app.clone(), app.now());
    let finished = tokio::task::spawn_blocking(move || all.uploads.finish(id, whose, now));
    finished.await.map_err(Problem::fault)?.map_err(|why| not_taken(&why))
}

fn unread(error: &axum::extract::multipart::MultipartError) -> Problem {
    match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::Invalid(Invalid::new("form", "malformed-form")),
    }
}

/// Gives a file out, as something to be saved and never shown: what it holds is not to be believed.
pub async fn get(
    State(app): State<Arc<App>>,
    SignedIn { officer }: SignedIn,
    Path((number, id)): Path<(String, String)>,
) -> Answer {
    let id = EvidenceId::parse(&id).map_err(|_| Problem::NotFound)?;
    let (matter, name) = app
        .read(move |read| {
            let matter = find(read, Some(officer), &number)?;
            let matter = read.matter(matter)?.ok_or(Problem::NotFound)?;
            let evidence = matter.evidence.iter().find(|evidence| evidence.id == id).ok_or(Problem::NotFound)?;
            let name = evidence.text.open().map(|text| text.file_name.to_string());
            Ok((matter.id, name.unwrap_or_else(|| id.to_string())))
        })
        .await?;
    let reader = app.store.blob_reader(&Holder::Matter(matter), id)?.ok_or(Problem::NotFound)?;
    let read = Reading { kind: ReadKind::Evidence, matter: Some(matter), file: Some(id) };
    app.note_read(own_hand(officer), [read]).await?;
    saved(reader, &name)
}

/// A stored file as something to be saved under its name.
pub(crate) fn saved(reader: BlobReader, name: &str) -> Answer {
    let (sender, receiver) = mpsc::channel::<Result<Bytes, StoreFault>>(4);
    // A thread is held while a piece is read, and none while somebody takes his time over it.
    tokio::spawn(async move {
        let mut reader = reader;
        loop {
            let read = tokio::task::spawn_blocking(move || (reader.next_chunk(), reader)).await;
            let Ok((read, back)) = read else {
                let _ = sender.send(Err(StoreFault::Panicked)).await;
                break;
            };
            reader = back;
            let Some(chunk) = read.map(|chunk| chunk.map(Bytes::from)).transpose() else { break };
            let is_last = chunk.is_err();
            if sender.send(chunk).await.is_err() || is_last {
                break;
            }
        }
    });
    let mut response = Response::new(Body::from_stream(tokio_stream::wrappers::ReceiverStream::new(receiver)));
    let headers = response.headers_mut();
    let ascii: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect();
    let encoded = percent_encoded(name, b"-_.");
    let disposition = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}");
    headers.insert(CONTENT_DISPOSITION, disposition.parse().map_err(Problem::fault)?);
    headers.insert(CONTENT_TYPE, axum::http::HeaderValue::from_static("application/octet-stream"));
    headers.insert(CACHE_CONTROL, axum::http::HeaderValue::from_static("private, no-store"));
    Ok(response.into_response())
}
