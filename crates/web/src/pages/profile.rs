//! `GET /profile`: what clerks taught the reader of this office's documents; `POST /profile/{no}/revocation` takes one of
//! it back.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use ledger::act::ActKind;
use ledger::document::Document;
use ledger::id::{DocumentId, OfficerId, Stream};
use ledger::profile::{self, Lesson, Meaning};
use ledger::rights::{self, Thing};
use serde_json::json;

use crate::App;
use crate::error::Problem;
use crate::form::CheckedForm;
use crate::frame::{Answer, Frame, page, page_with};
use crate::pages::organisation::{done, stale_or_refused};
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::who::Who;

/// A lesson in words.
#[derive(Clone)]
pub struct Taught {
    /// The lesson.
    pub no: u32,
    /// The words it is about; none once they were erased.
    pub words: Option<String>,
    /// The unit they name; none for a phrase whose passages are no directives.
    pub unit: Option<String>,
    /// Who taught it.
    pub by: String,
    /// When.
    pub on: civil::Date,
    /// From which document.
    pub document: DocumentId,
    /// What that is called; a word for it once it was erased.
    pub title: String,
    /// Who revoked it, and when.
    pub revoked: Option<(String, civil::Date)>,
}

impl Taught {
    /// The lesson, with the title of the document it was taught from.
    pub fn new(frame: &Frame, who: &Who, lesson: &Lesson, title: Option<String>) -> Self {
        Self {
            no: lesson.no,
            words: lesson.words().map(str::to_owned),
            unit: match lesson.meaning {
                Meaning::Unit(unit) => Some(who.unit(&unit)),
                Meaning::NoDirective => None,
            },
            by: who.hand(&lesson.by),
            on: lesson.on,
            document: lesson.document,
            title: title.unwrap_or_else(|| frame.text("matter-erased").to_string()),
            revoked: lesson.revoked.map(|(by, on)| (who.hand(&by), on)),
        }
    }
}

#[derive(Template)]
#[template(path = "profile.html")]
struct ProfilePage {
    frame: Frame,
    in_force: Vec<Taught>,
    revoked: Vec<Taught>,
    may_teach: bool,
    stream: String,
    version: u64,
    refusal: Option<(String, String)>,
}

async fn show(app: &App, frame: Frame, officer: OfficerId) -> Result<ProfilePage, Problem> {
    let (organisation, lessons, version, may_teach) = app
        .read(move |read| {
            let (organisation, today) = (read.organisation()?, read.today());
            // What is taught cites documents, and these are the office's own.
            if organisation.posts_held(officer, today).is_empty() {
                return Err(Problem::NotFound);
            }
            let (taught, version) = (read.profile()?, read.version(Stream::Profile(profile::OFFICE))?);
            let mut lessons = vec![];
            for lesson in taught.lessons().rev() {
                let from = read.fold::<Document>(Stream::Document(lesson.document))?;
                let title = from.and_then(|from| from.text.open().map(|text| text.title.to_string()));
                lessons.push((lesson.clone(), title));
            }
            let may = rights::may(own_hand(officer), ActKind::Teach, &Thing::Office, &organisation, today);
            Ok((organisation, lessons, version, may.is_ok()))
        })
        .await?;
    let who = Who::new(&frame, organisation);
    let lessons = lessons.into_iter().map(|(lesson, title)| Taught::new(&frame, &who, &lesson, title));
    let (in_force, revoked) = lessons.partition(|lesson| lesson.revoked.is_none());
    let stream = Stream::Profile(profile::OFFICE).to_string();
    Ok(ProfilePage { frame, in_force, revoked, may_teach, stream, version, refusal: None })
}

/// What was taught, the latest first; JSON where a program asks.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, SignedIn { officer }: SignedIn) -> Answer {
    let shown = show(&app, frame, officer).await?;
    if shown.frame.visit().json {
        let lessons = shown.in_force.iter().chain(&shown.revoked).map(|lesson| {
            json!({
                "lesson": lesson.no,
                "words": lesson.words,
                "unit": lesson.unit,
                "taught_by": lesson.by,
                "taught_on": lesson.on.to_string(),
                "document": lesson.document.to_string(),
                "revoked_on": lesson.revoked.as_ref().map(|(_, on)| on.to_string()),
            })
        });
        return Ok(Json(json!({ "lessons": lessons.collect::<Vec<_>>() })).into_response());
    }
    page(&shown)
}

/// Revokes a lesson: it is not applied to what is taken in from now on, nor to owners that wait to be settled.
pub async fn revoke(State(app): State<Arc<App>>, frame: Frame, Path(no): Path<u32>, sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    let command = sent.envelope(&app, frame.here());
    let changed = app.change(command, move |read| {
        let (profile, facts) = (read.profile()?, Default::default());
        Ok(read.with_context(own_hand(officer), &facts, |context| profile.revoke(no, context))??)
    });
    let refusal = match changed.await {
        Ok(answer) => return Ok(done(&frame, &answer, "/profile")),
        Err(error) => stale_or_refused(&frame, error)?,
    };
    let mut shown = show(&app, frame, officer).await?;
    shown.refusal = Some(refusal);
    page_with(StatusCode::CONFLICT, &shown)
}
