//! `GET /account`: how an officer comes in, and from where he is signed in.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use store::access::{AccessFault, Device, SecretHash, SessionLine};

use crate::form::CheckedForm;
use crate::frame::{Answer, Frame, go_to, page};
use crate::session::InPerson;
use crate::{App, watch};

#[derive(Template)]
#[template(path = "account/overview.html")]
struct Account {
    frame: Frame,
    login: String,
    sessions: Vec<SessionLine>,
    this: SecretHash,
    live_tokens: usize,
}

/// What is kept about how he comes in.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, InPerson { session, .. }: InPerson) -> Answer {
    let officer = session.officer;
    let read = move |access: &store::access::Access| {
        let login = access.login_of(officer)?;
        Ok::<_, AccessFault>((login, access.sessions(officer)?, access.tokens(officer)?))
    };
    let (login, sessions, tokens) = app.access(read).await?;
    let now = app.now();
    let live_tokens = tokens.iter().filter(|token| token.revoked.is_none() && now < token.expires).count();
    page(&Account { frame, login: login.unwrap_or_default(), sessions, this: session.id, live_tokens })
}

/// `POST /account/sessions/end`: signs out where `id` says.
pub async fn end_session(
    State(app): State<Arc<App>>,
    frame: Frame,
    InPerson { session, .. }: InPerson,
    sent: CheckedForm,
) -> Answer {
    let id = SecretHash::parse(sent.form.text("id"))?;
    app.access(move |access| access.end_session(session.officer, id)).await?;
    watch::entered(frame.visit(), session.officer, watch::Entered::SessionsEnded);
    Ok(go_to("/account"))
}

/// `POST /account/sessions/end-others`: signs out everywhere but here.
pub async fn end_other_sessions(
    State(app): State<Arc<App>>,
    frame: Frame,
    InPerson { session, .. }: InPerson,
    _: CheckedForm,
) -> Answer {
    app.access(move |access| access.end_other_sessions(session.officer, session.id)).await?;
    watch::entered(frame.visit(), session.officer, watch::Entered::SessionsEnded);
    Ok(go_to("/account"))
}
