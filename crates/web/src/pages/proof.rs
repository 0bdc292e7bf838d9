//! `GET /matters/{number}/proof`: the matter's proof file, with the public's share for a visitor.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use store::Disclosure;
use store::access::ReadKind;

use crate::App;
use crate::error::Problem;
use crate::frame::Answer;
use crate::pages::matter::find;
use crate::pages::public;
use crate::read_log::if_confined;
use crate::record::own_hand;
use crate::session::MaybeSignedIn;

/// The file. It covers what the last checkpoint covers; nothing signed yet is not found yet.
pub async fn get(State(app): State<Arc<App>>, MaybeSignedIn(who): MaybeSignedIn, Path(number): Path<String>) -> Answer {
    let reader = who.map(|who| who.officer);
    let disclosure = if reader.is_some() { Disclosure::Office } else { Disclosure::Public };
    let name = format!("attachment; filename=\"{number}.proof.json\"");
    let matter = app
        .read(move |read| {
            if reader.is_none() {
                public::matter::line(read, &number)?;
            }
            let id = find(read, reader, &number)?;
            read.matter(id)?.ok_or(Problem::NotFound)
        })
        .await?;
    if let Some(officer) = reader {
        app.note_read(own_hand(officer), if_confined(ReadKind::Proof, &matter)).await?;
    }
    let store = app.store.clone();
    let proof = tokio::task::spawn_blocking(move || {
        // What was just done is covered too: a proof never says less than the page it was asked from.
        store.checkpoint_now()?;
        store.proof(&matter, disclosure)
    });
    let proof = proof.await.map_err(Problem::fault)??.ok_or(Problem::NotFound)?;
    let name = HeaderValue::from_str(&name).map_err(|_| Problem::NotFound)?;
    let headers = [(CONTENT_TYPE, HeaderValue::from_static("application/json")), (CONTENT_DISPOSITION, name)];
    Ok((headers, proof).into_response())
}
