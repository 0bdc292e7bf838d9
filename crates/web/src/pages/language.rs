//! `POST /language`: the language of this browser, remembered for a year.

use std::sync::Arc;

use axum::extract::State;
use ledger::Invalid;

use crate::App;
use crate::form::VisitorForm;
use crate::frame::{Answer, go_to, local_path, with_cookie, without_language};
use crate::session::cookie;
use crate::texts::Lang;
use crate::visit::LANGUAGE_COOKIE;

/// How long a browser remembers what its person chose.
pub(crate) const REMEMBERED_SECONDS: i64 = 365 * 24 * 60 * 60;

/// Back to the page the switch stood on.
pub async fn post(State(app): State<Arc<App>>, VisitorForm(form): VisitorForm) -> Answer {
    let lang = Lang::parse(form.text("language")).ok_or(Invalid::new("language", "unknown-code"))?;
    let cookie = cookie(&app.settings, LANGUAGE_COOKIE, lang.tag(), REMEMBERED_SECONDS);
    Ok(with_cookie(go_to(&without_language(local_path(form.text("to")))), cookie))
}
