//! `GET`, `POST /account/password`: another password, by one who knows the old.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use ledger::Invalid;
use store::access::{AccessError, PASSWORD_MIN, Password};

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
    let words = [&login, app.settings.office.zh(), app.settings.office.en()];
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
