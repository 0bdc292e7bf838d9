//! What an address asks behind its question mark, read in one manner everywhere: what the page does not know, or cannot
//! read, is neither passed over nor guessed. It is answered with 422 and a page that names it and leads on without it
//! (ADR 0026). A page with a form for its filters shows that form again, with the same status and the same way on.

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{Method, Uri};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::MethodRouter;
use serde::de::DeserializeOwned;

use crate::error::Problem;
use crate::form::Filled;

/// What the address asks. A struct that denies unknown fields makes its page refuse other names.
pub struct Query<T>(pub T);

/// Name and value of each thing asked, as the address has them.
pub type Pairs = Vec<(String, String)>;

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let asked: Vec<&str> = segments(parts.uri.query().unwrap_or("")).filter(|one| !is_added(one)).collect();
        if let Some(read) = read(&asked.join("&")) {
            return Ok(Self(read));
        }
        // Whatever cannot be read alone either is what is wrong; else something stands there twice.
        let is_twice = |no: usize| asked[..no].iter().any(|before| name_of(before) == name_of(asked[no]));
        let wrong = (0..asked.len()).find(|no| read::<T>(asked[*no]).is_none() || is_twice(*no));
        Err(wrong.map_or(Problem::Address, |no| Problem::Asked { asked: decoded(asked[no]) }))
    }
}

/// A page whose address asks nothing: whatever stands there behind a question mark is refused.
pub fn unasked<S: Clone + Send + Sync + 'static>(methods: MethodRouter<S>) -> MethodRouter<S> {
    methods.layer(from_fn(refuse_all))
}

async fn refuse_all(request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or("");
    let asked = segments(query).find(|one| !is_added(one)).map(decoded);
    match asked {
        Some(asked) if matches!(*request.method(), Method::GET | Method::HEAD) => {
            Problem::Asked { asked }.into_response()
        }
        Some(_) | None => next.run(request).await,
    }
}

/// Errors: `Asked` with the first name that is none of these.
pub fn only(pairs: &[(String, String)], known: &[&str]) -> Result<(), Problem> {
    match pairs.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        Some(unknown) => Err(Problem::Asked { asked: unknown.clone() }),
        None => Ok(()),
    }
}

/// The value of one thing asked, if it can be read; the default where it is not asked. Errors: `Asked`.
pub fn one<T: std::str::FromStr + Default>(pairs: &[(String, String)], name: &str) -> Result<T, Problem> {
    match pairs.iter().find(|(asked, _)| asked == name) {
        Some(asked) => asked.1.parse().map_err(|_| Problem::Asked { asked: asked.clone() }),
        None => Ok(T::default()),
    }
}

/// The address without what has this name.
pub fn without(address: &str, name: &str) -> String {
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let kept: Vec<&str> = segments(query).filter(|one| decoded(one).0 != name).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// The address without the fields that are wrong.
pub fn without_errors(address: &str, form: &Filled) -> String {
    form.errors().iter().fold(address.to_owned(), |address, invalid| without(&address, invalid.field))
}

/// Whether the address asks for something of this name.
pub fn asks(address: &str, name: &str) -> bool {
    address.split_once('?').is_some_and(|(_, query)| segments(query).any(|one| decoded(one).0 == name))
}

fn segments(query: &str) -> impl Iterator<Item = &str> {
    query.split('&').filter(|one| !one.is_empty())
}

fn name_of(segment: &str) -> &str {
    segment.split('=').next().unwrap_or(segment)
}

/// What `visit` reads itself, and what messengers and campaigns add to an address that somebody hands on: nobody asked
/// for it.
fn is_added(segment: &str) -> bool {
    let (name, value) = segment.split_once('=').unwrap_or((segment, ""));
    match name {
        "lang" | "isappinstalled" | "nsukey" | "fbclid" | "gclid" | "msclkid" => true,
        "from" => matches!(value, "singlemessage" | "groupmessage" | "timeline"),
        name => name.starts_with("utm_"),
    }
}

/// What a query says, if it can be read.
pub fn read<T: DeserializeOwned>(query: &str) -> Option<T> {
    let uri = Uri::builder().path_and_query(format!("/?{query}")).build().ok()?;
    axum::extract::Query::try_from_uri(&uri).ok().map(|axum::extract::Query(read)| read)
}

fn decoded(segment: &str) -> (String, String) {
    let pair = read::<Pairs>(segment).and_then(|pairs| pairs.into_iter().next());
    pair.unwrap_or_else(|| (segment.to_owned(), String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_alone_is_taken_out_of_an_address() {
        assert_eq!(without("/published?standing=zz&words=%E6%B2%B3", "standing"), "/published?words=%E6%B2%B3");
        assert_eq!(without("/documents?page=abc", "page"), "/documents");
        assert_eq!(without("/documents?p%61ge=abc&lang=en", "page"), "/documents?lang=en");
        assert_eq!(without("/documents", "page"), "/documents");
    }

    #[test]
    fn what_a_messenger_adds_was_not_asked() {
        for added in ["from=singlemessage", "isappinstalled=0", "utm_source=x", "lang=en"] {
            assert!(is_added(added), "{added}");
        }
        for asked in ["from=2026-11-01", "standing=late", "slang=x"] {
            assert!(!is_added(asked), "{asked}");
        }
    }
}
