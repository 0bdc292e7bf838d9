//! Who is signed in, as extractors, and the cookie that says so.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method};
use axum::response::Response;
use ledger::id::OfficerId;
use store::access::{DEVICE_LIFE, SESSION_LIFE, Scope, Secret, Session};

use crate::error::Problem;
use crate::frame::{go_to, with_cookie};
use crate::visit::{Caller, Visit};
use crate::{App, Entry, Settings, watch};

/// An officer, in person or by a program that carries his token with the scope this request needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SignedIn {
    /// Who acts.
    pub officer: OfficerId,
}

/// An officer in person, for pages that no token opens: password, sessions, tokens.
#[derive(Clone, Debug)]
pub struct InPerson {
    /// The session; its `csrf` stands in every form.
    pub session: Session,
    /// What opened it.
    pub secret: Secret,
}

/// An officer or nobody, for pages that show more to officers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MaybeSignedIn(pub Option<SignedIn>);

/// What a token must be good for. The one place that says so; acts are the rule, reading and bringing in the exceptions.
fn scope_needed(method: &Method, path: &str) -> Scope {
    match (method, path) {
        (&Method::GET | &Method::HEAD, _) => Scope::Read,
        (_, "/documents") => Scope::Ingest,
        (_, _) => Scope::Act,
    }
}

pub(crate) fn visit(parts: &Parts) -> Result<Arc<Visit>, Problem> {
    parts
        .extensions
        .get::<Arc<Visit>>()
        .cloned()
        .ok_or_else(|| Problem::fault("a route stands outside `visit::receive`"))
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match &visit(parts)?.caller {
            Caller::InPerson { session, .. } => Ok(Self { officer: session.officer }),
            Caller::Program(token) => match scope_needed(&parts.method, parts.uri.path()) {
                scope if token.scopes.hold(scope) => Ok(Self { officer: token.officer }),
                scope => Err(Problem::ScopeMissing(scope)),
            },
            Caller::Visitor | Caller::Stranger => Err(Problem::SignInNeeded),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InPerson {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match &visit(parts)?.caller {
            Caller::InPerson { session, secret } => Ok(Self { session: session.clone(), secret: secret.clone() }),
            Caller::Program(_) => Err(Problem::InPersonOnly),
            Caller::Visitor | Caller::Stranger => Err(Problem::SignInNeeded),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for MaybeSignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match SignedIn::from_request_parts(parts, state).await {
            Ok(who) => Ok(Self(Some(who))),
            Err(Problem::SignInNeeded) => Ok(Self(None)),
            Err(other) => Err(other),
        }
    }
}

/// The cookie that opens the session.
pub(crate) const SESSION_COOKIE: &str = "luoshi";
/// The cookie by which a browser is known.
pub(crate) const DEVICE_COOKIE: &str = "luoshi-device";

/// `__Host-` binds the cookie to this host and to TLS; a browser refuses it over plain HTTP.
pub(crate) fn cookie_name(settings: &Settings, name: &str) -> String {
    if settings.secure_cookies { format!("__Host-{name}") } else { name.to_owned() }
}

/// Lets the browser in: the cookie that opens the session, and the one by which the browser is known from now on.
pub(crate) async fn let_in(app: &App, visit: &Visit, session: Secret, to: &str) -> Result<Response, Problem> {
    let opening = cookie(&app.settings, SESSION_COOKIE, &session.reveal(), SESSION_LIFE.as_secs());
    let answer = with_cookie(go_to(to), opening);
    let before = visit.known.clone();
    let known = app.access(move |access| access.know_device(&session, before.as_ref())).await;
    // He is in, and what brought him in is done: that his browser is not known next time is no reason to say otherwise.
    let known = known.unwrap_or_else(|entry: Entry| {
        tracing::error!(error = ?entry, "a browser could not be remembered");
        None
    });
    Ok(match known {
        Some((officer, known)) => {
            watch::entered(visit, officer, watch::Entered::In);
            with_cookie(answer, cookie(&app.settings, DEVICE_COOKIE, &known.reveal(), DEVICE_LIFE.as_secs()))
        }
        None => answer,
    })
}

/// The cookie that forgets the session.
pub(crate) fn forgetting(app: &App) -> HeaderValue {
    cookie(&app.settings, SESSION_COOKIE, "", 0)
}

/// A cookie for the whole site and no other, and for no script. `value` consists of characters that a cookie may hold.
pub(crate) fn cookie(settings: &Settings, name: &str, value: &str, seconds: i64) -> HeaderValue {
    let secure = if settings.secure_cookies { "; Secure" } else { "" };
    let name = cookie_name(settings, name);
    let line = format!("{name}={value}; Path=/; Max-Age={seconds}; SameSite=Lax; HttpOnly{secure}");
    HeaderValue::from_str(&line).expect("names and values of our cookies are plain ASCII")
}
