//! `POST /matters/{number}/evidence`, `GET /matters/{number}/evidence/{id}`: files, taken in and given out in pieces.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::multipart::Field;
use axum::extract::{FromRequest as _, Multipart, Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use ledger::Invalid;
use ledger::act::ActKind;
use ledger::evidence::EVIDENCE_BYTES_MAX;
use ledger::id::{EvidenceId, Holder};
use store::{StoreFault, StoredBlob};
use tokio::sync::mpsc;

use crate::App;
use crate::acts::StoredFile;
use crate::error::Problem;
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame};
use crate::pages::act::carry_out;
use crate::pages::matter::find;
use crate::session::SignedIn;

/// Takes a file in. What is typed stands before the file, so that nothing is stored for a forged or malformed form.
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
    let (mut fields, mut stored) = (vec![], None);
    let (officer, to) = (who.officer, number.clone());
    let matter = app.read(move |read| find(read, Some(officer), &to)).await?;
    while let Some(field) = multipart.next_field().await.map_err(|error| unread(&error))? {
        let name = field.name().unwrap_or("").to_owned();
        if field.file_name().is_none() {
            let text = field.text().await.map_err(|error| unread(&error))?;
            fields.push((name, text));
            continue;
        }
        // Everything typed came before: check the form now, before a byte of the file is kept.
        CheckedForm::check(&parts, &Filled::of(fields.clone()))?;
        stored = store_file(&app, Holder::Matter(matter), field).await?;
        break;
    }
    let sent = CheckedForm::checked(&parts, who, Filled::of(fields))?;
    let command = sent.envelope(&app, &format!("/matters/{number}/evidence"));
    carry_out(&app, frame, number, ActKind::AddEvidence, sent.form, command, stored).await
}

/// Stores the file, sealed, on a thread of its own. None where none was chosen. Errors: `TooLarge`.
async fn store_file(app: &Arc<App>, holder: Holder, mut field: Field<'_>) -> Result<Option<StoredFile>, Problem> {
    let file_name = field.file_name().unwrap_or("").rsplit(['/', '\\']).next().unwrap_or("").to_owned();
    let media_type =
        field.content_type().filter(|kind| !kind.is_empty()).unwrap_or("application/octet-stream").to_owned();
    if file_name.is_empty() {
        return Ok(None);
    }
    let id = EvidenceId(app.command_id().0);
    let (chunks, mut coming) = mpsc::channel::<Bytes>(4);
    let store = app.store.clone();
    let writing = tokio::task::spawn_blocking(move || -> Result<Option<StoredBlob>, StoreFault> {
        let mut writer = store.blob_writer(&holder, id)?;
        while let Some(chunk) = coming.blocking_recv() {
            // An empty chunk ends the file; a channel that closes without one was given up, and the file goes.
            if chunk.is_empty() {
                return writer.finish().map(Some);
            }
            writer.write(&chunk)?;
        }
        Ok(None)
    });
    let mut bytes = 0u64;
    let mut ended = Ok(());
    loop {
        match field.chunk().await {
            Ok(Some(chunk)) if chunk.is_empty() => {}
            Ok(Some(chunk)) => {
                bytes += chunk.len() as u64;
                if bytes > EVIDENCE_BYTES_MAX {
                    ended = Err(Problem::TooLarge);
                    break;
                }
                if chunks.send(chunk).await.is_err() {
                    break;
                }
            }
            Ok(None) => {
                let _ = chunks.send(Bytes::new()).await;
                break;
            }
            Err(error) => {
                ended = Err(unread(&error));
                break;
            }
        }
    }
    drop(chunks);
    let blob = writing.await.map_err(Problem::fault)?;
    ended?;
    let Some(StoredBlob { bytes, sha256 }) = blob? else { return Err(Problem::fault("a file was not stored")) };
    if bytes == 0 {
        return Err(Problem::Invalid(Invalid::new("file", "file-empty")));
    }
    Ok(Some(StoredFile { id, bytes, file_name, media_type, sha256 }))
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
    let (sender, receiver) = mpsc::channel::<Result<Bytes, StoreFault>>(4);
    tokio::task::spawn_blocking(move || {
        let mut reader = reader;
        loop {
            let chunk = match reader.next_chunk() {
                Ok(None) => break,
                Ok(Some(chunk)) => Ok(Bytes::from(chunk)),
                Err(fault) => Err(fault),
            };
            let is_last = chunk.is_err();
            if sender.blocking_send(chunk).is_err() || is_last {
                break;
            }
        }
    });
    let mut response = Response::new(Body::from_stream(tokio_stream::wrappers::ReceiverStream::new(receiver)));
    let headers = response.headers_mut();
    let ascii: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect();
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    let disposition = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}");
    headers.insert(CONTENT_DISPOSITION, disposition.parse().map_err(Problem::fault)?);
    headers.insert(CONTENT_TYPE, axum::http::HeaderValue::from_static("application/octet-stream"));
    headers.insert(CACHE_CONTROL, axum::http::HeaderValue::from_static("private, no-store"));
    Ok(response.into_response())
}
