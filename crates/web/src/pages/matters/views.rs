//! `GET`, `POST /matters/views`: the lists an officer keeps under names of his own; `POST /matters/views/{what}`.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use ledger::Invalid;
use ledger::id::OfficerId;
use store::access::{VIEWS_MAX, View};
use uuid::Uuid;

use super::asked::Asked;
use crate::App;
use crate::error::Problem;
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, go_to, page, page_again};
use crate::session::InPerson;
use crate::who::Who;

/// A view as a link.
pub struct ViewLine {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The list.
    pub path: String,
    /// Whether the officer begins with it.
    pub is_default: bool,
    /// Whether it is the list on this page.
    pub is_here: bool,
}

impl ViewLine {
    /// The view, on a page that shows the list of `query`.
    pub fn of(view: View, query: &str) -> Self {
        let (path, is_here) = (format!("/matters?{}", view.query), view.query == query);
        Self { id: view.id, name: view.name, path, is_default: view.is_default, is_here }
    }
}

#[derive(Template)]
#[template(path = "views.html")]
struct Views {
    frame: Frame,
    form: Filled,
    views: Vec<ViewLine>,
    most: usize,
    /// The list that could not be kept.
    query: String,
}

async fn views(app: &App, frame: Frame, officer: OfficerId, form: Filled) -> Result<Views, Problem> {
    let kept = app.access(move |access| access.views(officer)).await?;
    let query = form.text("query").to_owned();
    Ok(Views {
        views: kept.into_iter().map(|view| ViewLine::of(view, "")).collect(),
        form,
        frame,
        most: VIEWS_MAX,
        query,
    })
}

/// The views, and what can be done with each.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, InPerson { session, .. }: InPerson) -> Answer {
    page(&views(&app, frame, session.officer, Filled::default()).await?)
}

/// Keeps the list that stands in the field `query` under the name in the field `view`.
pub async fn post(
    State(app): State<Arc<App>>,
    frame: Frame,
    InPerson { session, .. }: InPerson,
    CheckedForm { mut form, .. }: CheckedForm,
) -> Answer {
    let officer = session.officer;
    let text = frame.clone();
    let query = form.text("query").to_owned();
    // What is kept is what the list's own page would ask: no field but its own, and none empty.
    let query = app
        .read(move |read| {
            let who = Who::new(&text, read.organisation()?);
            let pairs = pairs_of(&query);
            Ok(Asked::read(pairs, &who).query())
        })
        .await?;
    let (name, to) = (form.text("view").to_owned(), query.clone());
    let kept = app.access(move |access| access.keep_view(officer, &name, &to)).await?;
    match form.take(kept) {
        Some(_) => Ok(go_to(&format!("/matters?{query}"))),
        None => page_again(&views(&app, frame, officer, form).await?),
    }
}

/// `POST /matters/views/{what}`: `names`, `deletions`, `beginnings`.
pub async fn change(
    State(app): State<Arc<App>>,
    frame: Frame,
    Path(what): Path<String>,
    InPerson { session, .. }: InPerson,
    CheckedForm { mut form, .. }: CheckedForm,
) -> Answer {
    let officer = session.officer;
    let id = match form.text("id") {
        "" => None,
        id => Some(Uuid::parse_str(id).map_err(|_| Invalid::new("id", "malformed-id"))?),
    };
    let is_done = match (what.as_str(), id) {
        ("names", Some(id)) => {
            let name = form.text("view").to_owned();
            let renamed = app.access(move |access| access.rename_view(officer, id, &name)).await?;
            match form.take(renamed) {
                Some(renamed) => renamed.is_some(),
                None => return page_again(&views(&app, frame, officer, form).await?),
            }
        }
        ("deletions", Some(id)) => app.access(move |access| access.forget_view(officer, id)).await?,
        ("beginnings", id) => app.access(move |access| access.begin_with_view(officer, id)).await?,
        (_other, _) => false,
    };
    if is_done { Ok(go_to("/matters/views")) } else { Err(Problem::NotFound) }
}

/// The pairs of a query as a form writes them.
fn pairs_of(query: &str) -> Vec<(String, String)> {
    crate::query::read(query).unwrap_or_default()
}
