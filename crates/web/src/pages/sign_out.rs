//! `POST /sign-out`: the session ends.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderValue;

use crate::form::CheckedForm;
use crate::frame::{Answer, Frame, go_to, with_cookie};
use crate::session::{InPerson, forgetting};
use crate::{App, watch};

/// Back to the home page, as a visitor; pages that the browser still holds go.
pub async fn post(
    State(app): State<Arc<App>>,
    frame: Frame,
    InPerson { secret, session }: InPerson,
    _: CheckedForm,
) -> Answer {
    app.access(move |access| access.sign_out(&secret)).await?;
    watch::entered(frame.visit(), session.officer, watch::Entered::Out);
    let mut answer = with_cookie(go_to("/"), forgetting(&app));
    answer.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(answer)
}
