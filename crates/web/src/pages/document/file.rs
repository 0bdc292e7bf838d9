//! `GET /documents/{id}/file`: the file of a document that was kept and not read, as it came.

use std::sync::Arc;

use axum::extract::{Path, State};
use ledger::id::Holder;
use store::access::{ReadKind, Reading};

use super::about;
use crate::App;
use crate::error::Problem;
use crate::frame::Answer;
use crate::pages::evidence::saved;
use crate::record::own_hand;
use crate::session::SignedIn;

/// Gives the file out, to whoever may see the document. Not found where the document was read: its text is on its page.
pub async fn file(State(app): State<Arc<App>>, SignedIn { officer }: SignedIn, Path(id): Path<String>) -> Answer {
    let document = app.read(move |read| Ok(about(read, officer, &id)?.document)).await?;
    let kept = document.kept.ok_or(Problem::NotFound)?;
    let name = document.text.open().map(|text| text.file_name.to_string()).ok_or(Problem::NotFound)?;
    let reader = app.store.blob_reader(&Holder::Document(document.id), kept.file)?.ok_or(Problem::NotFound)?;
    let read = Reading { kind: ReadKind::Evidence, matter: None, file: Some(kept.file) };
    app.note_read(own_hand(officer), [read]).await?;
    saved(reader, &name)
}
