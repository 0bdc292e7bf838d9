//! `POST /sign-out`: the session ends.

use std::sync::Arc;

use axum::extract::State;

use crate::App;
use crate::form::CheckedForm;
use crate::frame::{Answer, go_to, with_cookie};
use crate::session::{InPerson, forgetting};

/// Back to the home page, as a visitor.
pub async fn post(State(app): State<Arc<App>>, InPerson { secret, .. }: InPerson, _: CheckedForm) -> Answer {
    app.access(move |access| access.sign_out(&secret)).await?;
    Ok(with_cookie(go_to("/"), forgetting(&app)))
}
