//! What visitors may keep for a minute: answers with an entity tag, and none at all where the visitor has them already.

use axum::extract::FromRequestParts;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, HeaderName, IF_NONE_MATCH, LAST_MODIFIED,
};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::App;
use crate::error::Problem;
use crate::frame::Answer;
use crate::session::visit;
use crate::visit::Caller;

/// How long a visitor's browser, or a cache between, may keep a public answer.
const A_MINUTE: &str = "public, max-age=60";

/// What a visitor's browser says of what it has, and by which name it reached us.
#[derive(Clone, Debug)]
pub struct Asking {
    known: Option<String>,
    host: Option<String>,
    /// Nobody is signed in, so the page is the same for everybody.
    is_visitor: bool,
}

impl FromRequestParts<std::sync::Arc<App>> for Asking {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &std::sync::Arc<App>) -> Result<Self, Problem> {
        let header = |name: HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let host = header(HOST).or(parts.uri.authority().map(|authority| authority.as_str()));
        let is_plain = |host: &&str| {
            !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
        };
        let (known, host) = (header(IF_NONE_MATCH).map(str::to_owned), host.filter(is_plain).map(str::to_owned));
        let is_visitor = matches!(visit(parts)?.caller, Caller::Visitor);
        Ok(Self { known, host, is_visitor })
    }
}

impl Asking {
    /// Scheme and host, for addresses that are read elsewhere: those the office says it is reached at; where it says
    /// none, those by which the visitor reached us.
    pub fn base(&self, app: &App) -> String {
        if let Some(url) = &app.store.settings().public_url {
            return url.as_str().to_owned();
        }
        let scheme = if app.settings.secure_cookies { "https" } else { "http" };
        format!("{scheme}://{}", self.host.as_deref().unwrap_or("localhost"))
    }

    /// The answer, kept for a minute; no body where the visitor has this very one.
    pub fn kept(&self, kind: &'static str, body: String) -> Response {
        let tag: String = Sha256::digest(&body).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let tag = format!("\"{tag}\"");
        let is_known = |known: &str| known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag);
        let has_it = self.known.as_deref().is_some_and(|known| known.trim() == "*" || is_known(known));
        let mut response = match has_it {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => ([(CONTENT_TYPE, HeaderValue::from_static(kind))], body).into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(A_MINUTE));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(ETAG, tag);
        }
        response
    }

    /// The same of what was last added to at an instant.
    pub fn kept_since(&self, kind: &'static str, body: String, at: Timestamp) -> Response {
        let mut response = self.kept(kind, body);
        let at = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&at);
        if let Some(at) = at.ok().and_then(|at| HeaderValue::from_str(&at).ok()) {
            response.headers_mut().insert(LAST_MODIFIED, at);
        }
        response
    }

    /// A page, kept for a minute.
    pub fn page(&self, template: &impl askama::Template) -> Answer {
        let html = template.render().map_err(Problem::fault)?;
        if !self.is_visitor {
            // It carries the secret of a session.
            return Ok(Html(html).into_response());
        }
        Ok(self.kept("text/html; charset=utf-8", html))
    }

    /// Open data, kept for a minute, which the pages of any other site may read too: it is the same for everybody.
    pub fn open(&self, kind: &'static str, body: String) -> Response {
        let mut response = self.kept(kind, body);
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers
            .insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_the_answer_already_gets_no_body() {
        let asking = |known: Option<&str>| Asking { known: known.map(str::to_owned), host: None, is_visitor: true };
        let first = asking(None).kept("text/plain", "one".into());
        let tag = first.headers()[ETAG].to_str().expect("ASCII").to_owned();
        assert_eq!((first.status(), tag.len()), (StatusCode::OK, 34));
        for known in [tag.clone(), format!("\"x\", {tag}"), format!("W/{tag}"), "*".into()] {
            let again = asking(Some(&known)).kept("text/plain", "one".into());
            assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{known}");
            assert_eq!(again.headers()[ETAG], tag.as_str());
        }
        assert_eq!(asking(Some(&tag)).kept("text/plain", "two".into()).status(), StatusCode::OK);
    }
}
