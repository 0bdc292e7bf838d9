//! What every answer tells the browser not to allow.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

use crate::App;

/// No script, style, picture or form from or to anywhere but here, and nothing inline.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
                      frame-ancestors 'none'; base-uri 'none'; object-src 'none'";
/// For a year this host and those below it are asked over TLS only.
const TLS_ONLY: &str = "max-age=31536000; includeSubDomains";

/// Adds the headers. Pages are kept by nobody unless they say otherwise.
pub async fn secure(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(CONTENT_SECURITY_POLICY, POLICY);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-embedder-policy"), "require-corp");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    set(VARY, "Accept, Accept-Language, Authorization, Cookie");
    if app.settings.secure_cookies {
        set(STRICT_TRANSPORT_SECURITY, TLS_ONLY);
    }
    // A page with a secret in its address says no referrer at all, and open data may be read by anybody's page.
    let own = HeaderValue::from_static("same-origin");
    headers.entry(REFERRER_POLICY).or_insert(own.clone());
    headers.entry(HeaderName::from_static("cross-origin-resource-policy")).or_insert(own);
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
