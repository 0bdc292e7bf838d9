//! `GET`, `POST /documents/{id}/proposals/{no}/lesson`: passages like this one are no directives, in this document and in
//! every one that is taken in from now on.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use ledger::act::ActKind;
use ledger::document::{Settle, Settled};
use ledger::id::{DocumentId, OfficerId, Stream};
use ledger::profile::{holds, parse_phrase};
use ledger::{Invalid, Refusal};
use store::ChangeError;

use super::settle::{Teach, Wish, change, next_place};
use super::{About, about, meanwhile};
use crate::App;
use crate::error::{Problem, refused};
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, go_to, page, page_again, page_with};
use crate::session::SignedIn;

#[derive(Template)]
#[template(path = "lesson.html")]
struct LessonPage {
    frame: Frame,
    form: Filled,
    id: DocumentId,
    no: u32,
    quote: String,
    lang: String,
    stream: String,
    version: u64,
    refusal: Option<(String, String)>,
    meanwhile: Vec<String>,
}

impl LessonPage {
    /// Errors: `NotFound` for whoever may not teach it, and where there is no such proposal.
    fn new(frame: Frame, form: Filled, about: &About, no: u32) -> Result<Self, Problem> {
        let proposal = about.document.proposal(no).filter(|_| about.may_settle).ok_or(Problem::NotFound)?;
        Ok(Self {
            id: about.document.id,
            quote: proposal.quote.to_string(),
            lang: about.document.text.open().map(|text| text.lang.clone()).unwrap_or_default(),
            stream: Stream::Document(about.document.id).to_string(),
            version: about.version,
            refusal: None,
            meanwhile: vec![],
            frame,
            form,
            no,
        })
    }
}

/// The form, with the passage's own words in it.
pub async fn lesson(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Path((id, no)): Path<(String, u32)>,
) -> Answer {
    let about = app.read(move |read| about(read, officer, &id)).await?;
    let quote = about.document.proposal(no).map(|proposal| proposal.quote.to_string()).unwrap_or_default();
    page(&LessonPage::new(frame, Filled::with(&[("phrase", &quote)]), &about, no)?)
}

/// Teaches it; a proposal that is open is dismissed with it.
pub async fn post_lesson(
    State(app): State<Arc<App>>,
    frame: Frame,
    Path((id, no)): Path<(String, u32)>,
    sent: CheckedForm,
) -> Answer {
    let officer = sent.who.officer;
    app.may_anywhere(officer, ActKind::Teach).await?;
    let (seen, mut form) = (meanwhile::seen(&sent, &id), sent.form.clone());
    let about = read_about(&app, officer, &id).await?;
    let proposal = about.document.proposal(no).ok_or(Problem::NotFound)?;
    let phrase = parse_phrase("phrase", form.text("phrase")).and_then(|phrase| {
        match holds(proposal.quote.as_str(), phrase.as_str()) {
            true => Ok(phrase),
            false => Err(Invalid::new("phrase", "not-in-passage")),
        }
    });
    let Some(phrase) = form.take(phrase) else {
        return page_again(&LessonPage::new(frame, form, &about, no)?);
    };
    let done = change(&app, &frame, &id, sent, move |_, document| {
        let settled = document.proposals().into_iter().find(|(proposal, _)| proposal.no == no);
        let settle = match settled.ok_or(Refusal::ProposalUnknown)?.1 {
            Settled::Open => Some(Settle::Dismiss { no }),
            Settled::Dismissed => None,
            Settled::Matter(..) | Settled::Noted | Settled::LeftOut | Settled::Replaced => {
                return Err(Refusal::ProposalSettled.into());
            }
        };
        let wish: Wish = (settle, Some(Teach::Phrase(phrase.clone())));
        Ok(wish)
    });
    match done.await {
        Ok(()) => Ok(go_to(&next_place(&app, officer, &id, Some(no)).await?)),
        Err(ChangeError::Refusal(refusal)) if !frame.visit().json => {
            let mut shown = LessonPage::new(frame, form, &about, no)?;
            shown.refusal = Some(refused(&shown.frame, &refusal));
            page_with(StatusCode::CONFLICT, &shown)
        }
        // What was typed stays, with what became of the document meanwhile.
        Err(ChangeError::Stale { .. }) if !frame.visit().json => {
            let (about, said) = meanwhile::since(&app, &frame, officer, id, seen).await?;
            let mut shown = LessonPage::new(frame, form, &about, no)?;
            let say = |id| shown.frame.text(id).to_string();
            shown.refusal = Some((say("act-meanwhile"), say("proposal-stale")));
            shown.meanwhile = said;
            page_with(StatusCode::CONFLICT, &shown)
        }
        Err(error) => Err(error.into()),
    }
}

async fn read_about(app: &App, officer: OfficerId, id: &str) -> Result<About, Problem> {
    let id = id.to_owned();
    app.read(move |read| about(read, officer, &id)).await
}
