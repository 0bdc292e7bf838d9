//! `POST /matters/{number}/{noun}/draft`: keeps a form for later, or lets go of it. A draft is no event.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use ledger::act::ActKind;
use ledger::id::{MatterId, OfficerId};
use serde_json::json;
use store::{Draft, StoreFault};

use crate::App;
use crate::acts::{self, FieldKind};
use crate::error::Problem;
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, go_to};
use crate::pages::matter::find;

/// Keeps what was typed so far; with `discard`, lets go of what was kept.
pub async fn post(
    State(app): State<Arc<App>>,
    frame: Frame,
    Path((number, noun)): Path<(String, String)>,
    sent: CheckedForm,
) -> Answer {
    let act = acts::by_noun(&noun).ok_or(Problem::NotFound)?;
    let (officer, asked) = (sent.who.officer, number.clone());
    let matter = app.read(move |read| find(read, Some(officer), &asked)).await?;
    let fields = fields(act, &sent.form);
    if !sent.form.text("discard").is_empty() || fields.is_empty() {
        app.drafts(move |store| store.drop_draft(officer, matter, act)).await?;
        let back = if sent.form.text("back") == "desk" { "/".to_owned() } else { format!("/matters/{number}/{noun}") };
        return if frame.visit().json { Ok(Json(json!({ "kept": false })).into_response()) } else { Ok(go_to(&back)) };
    }
    if !keep(&app, officer, matter, act, fields).await? {
        return Err(Problem::NotFound);
    }
    match frame.visit().json {
        true => Ok(Json(json!({ "kept": true })).into_response()),
        false => Ok(go_to(&format!("/?done=draft&number={number}"))),
    }
}

/// Keeps the fields of an act's form.
pub async fn keep(
    app: &Arc<App>,
    officer: OfficerId,
    matter: MatterId,
    act: ActKind,
    fields: Vec<(String, String)>,
) -> Result<bool, Problem> {
    app.drafts(move |store| store.keep_draft(officer, matter, act, &fields)).await
}

/// The form as the officer left it.
pub async fn kept(
    app: &Arc<App>,
    officer: OfficerId,
    matter: MatterId,
    act: ActKind,
) -> Result<Option<Draft>, Problem> {
    app.drafts(move |store| store.draft(officer, matter, act)).await
}

/// What was typed into the act's own fields; nothing where all of it is blank. A file is not kept.
pub fn fields(act: ActKind, form: &Filled) -> Vec<(String, String)> {
    let own = |name: &str| acts::fields(act).iter().any(|field| field.name == name && field.kind != FieldKind::File);
    let typed = form.typed().filter(|(name, _)| own(name));
    let fields: Vec<(String, String)> = typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    if fields.iter().all(|(_, value)| value.trim().is_empty()) { vec![] } else { fields }
}

impl App {
    /// Uses drafts off the event loop: each commit waits for the disk.
    pub async fn drafts<T: Send + 'static>(
        &self,
        work: impl FnOnce(&store::Store) -> Result<T, StoreFault> + Send + 'static,
    ) -> Result<T, Problem> {
        let store = self.store.clone();
        tokio::task::spawn_blocking(move || work(&store)).await.map_err(Problem::fault)?.map_err(Problem::fault)
    }
}
