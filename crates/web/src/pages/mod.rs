//! Every page, and where it stands. One file a page: its struct, its GET, its POST.

pub mod account;
pub mod display;
pub mod health;
pub mod home;
pub mod language;
pub mod password;
pub mod setup;
pub mod sign_in;
pub mod sign_out;
pub mod tokens;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::{App, assets};

/// Acts are nouns: what is posted to is the thing that comes about.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(home::get))
        .route("/healthz", get(health::get))
        .route("/static/{name}", get(assets::get))
        .route("/sign-in", get(sign_in::get).post(sign_in::post))
        .route("/sign-out", post(sign_out::post))
        .route("/setup/{secret}", get(setup::get).post(setup::post))
        .route("/language", post(language::post))
        .route("/display", get(display::get).post(display::post))
        .route("/account", get(account::get))
        .route("/account/password", get(password::get).post(password::post))
        .route("/account/sessions/end", post(account::end_session))
        .route("/account/sessions/end-others", post(account::end_other_sessions))
        .route("/account/tokens", get(tokens::get).post(tokens::post))
        .route("/account/tokens/revocation", post(tokens::revoke))
}
