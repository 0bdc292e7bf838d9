//! `GET /record`: what the record is, its key and its last checkpoint; `GET /log/{path}`: the log itself.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse as _;

use crate::App;
use crate::error::Problem;
use crate::frame::{Answer, Frame, page};

#[derive(Template)]
#[template(path = "record.html")]
struct Record {
    frame: Frame,
    origin: String,
    vkey: String,
    checkpoint: Option<String>,
    size: u64,
    has_outside: bool,
}

/// The page.
pub async fn get(State(app): State<Arc<App>>, frame: Frame) -> Answer {
    let store = app.store.clone();
    let note = tokio::task::spawn_blocking(move || store.log_file("checkpoint")).await.map_err(Problem::fault)??;
    let checkpoint = note.and_then(|file| String::from_utf8(file.bytes).ok());
    let size = checkpoint.as_deref().and_then(|note| note.lines().nth(1)?.parse().ok()).unwrap_or(0);
    let settings = app.store.settings();
    page(&Record {
        origin: settings.origin.clone(),
        has_outside: settings.checkpoints.is_some(),
        vkey: app.store.vkey(),
        checkpoint,
        size,
        frame,
    })
}

/// A file of the log, for verifiers that nobody here wrote.
pub async fn log(State(app): State<Arc<App>>, Path(path): Path<String>) -> Answer {
    let store = app.store.clone();
    let file = tokio::task::spawn_blocking(move || store.log_file(&path)).await.map_err(Problem::fault)??;
    let file = file.ok_or(Problem::NotFound)?;
    let kind = if file.is_text { "text/plain; charset=utf-8" } else { "application/octet-stream" };
    let cached = if file.is_final { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [(CONTENT_TYPE, HeaderValue::from_static(kind)), (CACHE_CONTROL, HeaderValue::from_static(cached))];
    Ok((headers, file.bytes).into_response())
}
