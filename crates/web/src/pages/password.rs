//! `GET`, `POST /account/password`: another password, by one who knows the old.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use ledger::Invalid;
use ledger::id::OfficerId;
use store::access::{AccessError, PASSWORD_MIN, Password};

use crate::error::Problem;
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, page, page_again};
use crate::session::{InPerson, let_in};
use crate::{App, Entry, watch};

#[derive(Template)]
#[template(path = "account/password.html")]
struct ChangePassword {
    frame: Frame,
    form: Filled,
    least: usize,
}

/// The form.
pub async fn get(frame: Frame, _: InPerson) -> Answer {
    page(&ChangePassword { frame, form: Filled::default(), least: PASSWORD_MIN })
}

/// What somebody who guesses at this officer's password tries: login, name, and what the office and its units are called.
pub(super) async fn tried_early(app: &App, officer: OfficerId, login: &str) -> Result<Vec<String>, Problem> {
    let organisation = app.read(|read| Ok(read.organisation()?)).await?;
    let own = organisation.officer(officer).and_then(|officer| officer.name()).into_iter();
    let units = organisation.units().filter_map(|unit| unit.text.open()).map(|text| &text.name);
    let names = own.chain(units).chain([&app.settings.office]);
    let names = names.flat_map(|name| [name.zh(), name.en()]).map(str::to_owned);
    Ok(names.chain([login.to_owned()]).collect())
}

/// Ends every other session; this one goes on under a new secret.
pub async fn post(
    State(app): State<Arc<App>>,
    frame: Frame,
    InPerson { session, .. }: InPerson,
    CheckedForm { mut form, .. }: CheckedForm,
) -> Answer {
    let old = form.text("old_password").to_owned();
    if old.is_empty() {
        form.wrong(Invalid::new("old_password", "missing"));
    }
    let login = app.access(move |access| access.login_of(session.officer)).await?.unwrap_or_default();
    let words = tried_early(&app, session.officer, &login).await?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let new = form.take(Password::parse("new_password", form.text("new_password"), &words));
    if form.text("new_password") != form.text("password_again") {
        form.wrong(Invalid::new("password_again", "passwords-differ"));
    }
    let (Some(new), true) = (new, form.errors().is_empty()) else {
        return page_again(&ChangePassword { frame, form, least: PASSWORD_MIN });
    };
    let device = frame.visit().device;
    let changed = app.hash(move |access| access.change_password(session.officer, &old, &new, device));
    match changed.await {
        Ok(secret) => let_in(&app, frame.visit(), secret, "/account").await,
        Err(Entry::Denied(AccessError::WrongPassword)) => {
            watch::kept_out(frame.visit());
            form.wrong(Invalid::new("old_password", "wrong-old-password"));
            page_again(&ChangePassword { frame, form, least: PASSWORD_MIN })
        }
        Err(entry) => Err(entry.into()),
    }
}
