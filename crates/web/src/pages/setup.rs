//! `GET`, `POST /setup/{secret}`: a one-time link, by which an officer chooses login and password, or after
//! forgetting it a new password.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use ledger::Invalid;
use store::access::{AccessError, Link, Login, PASSWORD_MIN, Password, Purpose, Secret};

use crate::error::Problem;
use crate::form::{Filled, VisitorForm};
use crate::frame::{Answer, Frame, page, page_again};
use crate::pages::password::tried_early;
use crate::session::let_in;
use crate::{App, Entry};

#[derive(Template)]
#[template(path = "setup.html")]
struct Setup {
    frame: Frame,
    form: Filled,
    purpose: Purpose,
    least: usize,
}

/// The form that the link is for.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, Path(secret): Path<String>) -> Answer {
    let (_, Link { purpose, .. }) = open(&app, &secret).await?;
    page(&Setup { frame, form: Filled::default(), purpose, least: PASSWORD_MIN })
}

/// Uses the link, and lets the officer in.
pub async fn post(
    State(app): State<Arc<App>>,
    frame: Frame,
    Path(secret): Path<String>,
    VisitorForm(mut form): VisitorForm,
) -> Answer {
    let (secret, Link { officer, purpose }) = open(&app, &secret).await?;
    let login = match purpose {
        Purpose::Setup | Purpose::Invite => Some(Login::parse(form.text("login"))),
        Purpose::Reset => None,
    };
    let login = login.and_then(|login| form.take(login));
    let login_of = app.access(move |access| access.login_of(officer)).await?;
    let words = tried_early(&app, officer, login_of.as_deref().unwrap_or(form.text("login"))).await?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let password = Password::parse("new_password", form.text("new_password"), &words);
    let password = form.take(password);
    if form.text("new_password") != form.text("password_again") {
        form.wrong(Invalid::new("password_again", "passwords-differ"));
    }
    let (Some(password), true) = (password, form.errors().is_empty()) else {
        return page_again(&Setup { frame, form, purpose, least: PASSWORD_MIN });
    };
    let device = frame.visit().device;
    let entered = app.hash(move |access| match &login {
        Some(login) => access.create_account(&secret, login, &password, device),
        None => access.reset_password(&secret, &password, device),
    });
    match entered.await {
        Ok(session) => let_in(&app, frame.visit(), session, "/").await,
        Err(Entry::Denied(AccessError::LoginTaken)) => {
            form.wrong(Invalid::new("login", "login-taken"));
            page_again(&Setup { frame, form, purpose, least: PASSWORD_MIN })
        }
        Err(entry) => Err(entry.into()),
    }
}

async fn open(app: &App, secret: &str) -> Result<(Secret, Link), Problem> {
    let secret = Secret::parse(secret).ok_or(Problem::LinkSpent)?;
    let opening = secret.clone();
    let link = app.access(move |access| access.link(&opening)).await?.ok_or(Problem::LinkSpent)?;
    Ok((secret, link))
}
