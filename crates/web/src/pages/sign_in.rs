//! `GET`, `POST /sign-in`: an officer comes in with login and password.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use ledger::Invalid;
use store::access::AccessError;

use crate::form::{Filled, VisitorForm};
use crate::frame::{Answer, Frame, local_path, page, page_again};
use crate::pages::display::To;
use crate::query::Query;
use crate::session::let_in;
use crate::visit::Caller;
use crate::{App, Entry, watch};

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignIn {
    frame: Frame,
    form: Filled,
    to: String,
}

/// `?to=` is the page that asked for signing in.
pub async fn get(frame: Frame, Query(query): Query<To>) -> Answer {
    page(&SignIn { frame, form: Filled::default(), to: local_path(&query.to).to_owned() })
}

/// Begins a session of its own for every sign-in, and ends the one this browser had.
pub async fn post(State(app): State<Arc<App>>, frame: Frame, VisitorForm(mut form): VisitorForm) -> Answer {
    let (login, typed) = (form.text("login").to_owned(), form.text("password").to_owned());
    let to = local_path(form.text("to")).to_owned();
    if login.trim().is_empty() {
        form.wrong(Invalid::new("login", "missing"));
    }
    if typed.is_empty() {
        form.wrong(Invalid::new("password", "missing"));
    }
    if !form.errors().is_empty() {
        return page_again(&SignIn { frame, form, to });
    }
    let (address, device, known) = (frame.visit().address, frame.visit().device, frame.visit().known.clone());
    let before = match &frame.visit().caller {
        Caller::InPerson { secret, .. } => Some(secret.clone()),
        Caller::Visitor | Caller::Program(_) | Caller::Stranger => None,
    };
    let signed_in = app.hash(move |access| {
        let secret = access.sign_in(&login, &typed, address, device, known.as_ref())?;
        if let Some(before) = before {
            access.sign_out(&before)?;
        }
        Ok::<_, AccessError>(secret)
    });
    match signed_in.await {
        Ok(secret) => let_in(&app, frame.visit(), secret, &to).await,
        Err(Entry::Denied(AccessError::WrongPassword)) => {
            watch::kept_out(frame.visit());
            form.wrong(Invalid::new("password", "wrong-password"));
            page_again(&SignIn { frame, form, to })
        }
        Err(entry) => Err(entry.into()),
    }
}
