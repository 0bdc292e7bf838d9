//! `GET`, `POST /account/tokens`: an officer's tokens for the command line and for programs.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use jiff::{SignedDuration, Timestamp};
use ledger::Invalid;
use ledger::id::{CommandId, OfficerId};
use serde_json::json;
use store::access::{AccessError, Scope, Scopes, SecretHash, TokenLine};

use crate::error::Problem;
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, go_to, page, page_again, page_with};
use crate::session::InPerson;
use crate::{App, Entry, watch};

/// How long a token may live, in days, as the form offers it.
const LIVES: [i64; 4] = [7, 30, 90, 365];

/// What became of a token since its form was sent the first time.
#[derive(Clone, Copy)]
enum Before {
    /// It opens what it was made for.
    Live,
    /// It was revoked, or has expired.
    Gone,
}

impl Before {
    /// What to do next: the id of a message.
    fn next(self) -> &'static str {
        match self {
            Before::Live => "tokens-made-before-next",
            Before::Gone => "tokens-made-before-gone",
        }
    }
}

#[derive(Template)]
#[template(path = "account/tokens.html")]
struct Tokens {
    frame: Frame,
    form: Filled,
    tokens: Vec<TokenLine>,
    now: Timestamp,
    /// Shown once, right after it was made.
    made: Option<String>,
    /// The form was sent before, and made its token then.
    made_before: Option<Before>,
    scopes: [Scope; 3],
    lives: [i64; 4],
}

async fn tokens(
    app: &App,
    frame: Frame,
    officer: OfficerId,
    form: Filled,
    made: Option<String>,
) -> Result<Tokens, Problem> {
    let tokens = app.access(move |access| access.tokens(officer)).await?;
    Ok(Tokens { frame, form, tokens, now: app.now(), made, made_before: None, scopes: Scope::ALL, lives: LIVES })
}

/// The tokens, and the form for another.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, InPerson { session, .. }: InPerson) -> Answer {
    let form = Filled::with(&[("scope", "read"), ("life", "30")]);
    page(&tokens(&app, frame, session.officer, form, None).await?)
}

/// Makes a token for one who says his password again. The answer to this POST is a page and no redirect, because the token
/// can be shown only now; the same form sent again makes no second one.
pub async fn post(
    State(app): State<Arc<App>>,
    frame: Frame,
    InPerson { session, .. }: InPerson,
    sent: CheckedForm,
) -> Answer {
    let (command, mut form) = (sent.command().ok(), sent.form);
    let officer = session.officer;
    let label = form.text("label").to_owned();
    if label.trim().is_empty() {
        form.wrong(Invalid::new("label", "missing"));
    }
    let scopes = form.take(Scopes::parse(form.all("scope")));
    let days = LIVES.into_iter().find(|days| days.to_string() == form.text("life"));
    let days = form.take(days.ok_or(Invalid::new("life", "unknown-code")));
    let typed = form.text("old_password").to_owned();
    if typed.is_empty() {
        form.wrong(Invalid::new("old_password", "missing"));
    }
    let (Some(scopes), Some(days), true) = (scopes, days, form.errors().is_empty()) else {
        return again(&app, frame, officer, form).await;
    };
    let life = SignedDuration::from_hours(24 * days);
    // A token outlives the session: a machine left open for an hour shall not give one for a year.
    match app.hash(move |access| access.confirm_password(officer, &typed)).await {
        Ok(()) => {}
        Err(Entry::Denied(AccessError::WrongPassword)) => {
            watch::kept_out(frame.visit());
            form.wrong(Invalid::new("old_password", "wrong-old-password"));
            return again(&app, frame, officer, form).await;
        }
        Err(entry) => return Err(entry.into()),
    }
    let made = app.access(move |access| access.make_token(officer, &label, &scopes, life, command)).await?;
    let made = match form.take(made) {
        Some(Some(made)) => made,
        Some(None) => return sent_before(&app, frame, officer, form, command).await,
        None => return again(&app, frame, officer, form).await,
    };
    watch::entered(frame.visit(), officer, watch::Entered::TokenMade);
    if frame.visit().json {
        return Ok(Json(json!({ "token": made })).into_response());
    }
    let form = Filled::with(&[("scope", "read"), ("life", "30")]);
    page(&tokens(&app, frame, officer, form, Some(made)).await?)
}

/// The form with what is wrong in it; a program is told what is wrong first.
async fn again(app: &App, frame: Frame, officer: OfficerId, form: Filled) -> Answer {
    match form.errors().first() {
        Some(invalid) if frame.visit().json => Err(invalid.clone().into()),
        Some(_) | None => page_again(&tokens(app, frame, officer, form, None).await?),
    }
}

/// The form made its token when it was sent the first time, and the token was shown then.
async fn sent_before(app: &App, frame: Frame, officer: OfficerId, form: Filled, command: Option<CommandId>) -> Answer {
    let is_live =
        app.access(move |access| command.map_or(Ok(false), |command| access.is_made_and_live(officer, command)));
    let before = if is_live.await? { Before::Live } else { Before::Gone };
    if frame.visit().json {
        let said = json!({
            "code": "repeated",
            "message": frame.text("tokens-made-before").to_string(),
            "next": frame.text(before.next()).to_string(),
            "field": "command",
            "operation": frame.visit().operation,
        });
        return Ok((StatusCode::CONFLICT, Json(said)).into_response());
    }
    let shown = tokens(app, frame, officer, form, None).await?;
    page_with(StatusCode::CONFLICT, &Tokens { made_before: Some(before), ..shown })
}

/// `POST /account/tokens/revocation`: the token with this `id` opens nothing from now on.
pub async fn revoke(
    State(app): State<Arc<App>>,
    frame: Frame,
    InPerson { session, .. }: InPerson,
    sent: CheckedForm,
) -> Answer {
    let id = SecretHash::parse(sent.form.text("id"))?;
    if !app.access(move |access| access.revoke_token(session.officer, id)).await? {
        return Err(Problem::NotFound);
    }
    watch::entered(frame.visit(), session.officer, watch::Entered::TokenRevoked);
    match frame.visit().json {
        true => Ok(Json(json!({ "revoked": id.to_string() })).into_response()),
        false => Ok(go_to("/account/tokens")),
    }
}
