//! What an address asks behind its question mark, read in one manner everywhere: what the page does not know, or cannot
//! read, is neither passed over nor guessed. It is answered with 422 and a page that names it and leads on without it
//! (ADR 0026). A page with a form for its filters shows that form again, with the same status and the same way on.

use std::collections::HashSet;
use std::str::FromStr;

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{Method, Uri};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::MethodRouter;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize as _, Deserializer};

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
        let mut seen = HashSet::new();
        let wrong = asked.into_iter().filter(|one| !seen.insert(name_of(one)) || read::<T>(one).is_none());
        let wrong: Pairs = wrong.map(decoded).collect();
        Err(if wrong.is_empty() { Problem::Address } else { Problem::Asked { asked: wrong } })
    }
}

/// A page whose address asks nothing: whatever stands there behind a question mark is refused.
pub fn unasked<S: Clone + Send + Sync + 'static>(methods: MethodRouter<S>) -> MethodRouter<S> {
    methods.layer(from_fn(refuse_all))
}

async fn refuse_all(request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or("");
    let asked: Pairs = segments(query).filter(|one| !is_added(one)).map(decoded).collect();
    match !asked.is_empty() && matches!(*request.method(), Method::GET | Method::HEAD) {
        true => Problem::Asked { asked }.into_response(),
        false => next.run(request).await,
    }
}

/// Errors: `Asked` with every name or value that the page does not know, and every name that stands there again and is none
/// of `several`.
pub fn only(
    pairs: &[(String, String)],
    several: &[&str],
    is_known: impl Fn(&str, &str) -> bool,
) -> Result<(), Problem> {
    let mut seen = HashSet::new();
    let mut is_again = |name| !seen.insert(name) && !several.contains(&name);
    let wrong: Pairs =
        pairs.iter().filter(|(name, value)| is_again(name.as_str()) || !is_known(name, value)).cloned().collect();
    if wrong.is_empty() { Ok(()) } else { Err(Problem::Asked { asked: wrong }) }
}

/// The value of one thing asked, if it is asked and can be read; `only` refused the rest.
pub fn one<T: FromStr>(pairs: &[(String, String)], name: &str) -> Option<T> {
    pairs.iter().find(|(asked, _)| asked == name)?.1.parse().ok()
}

/// For a struct's field: the text as it stands, if it is empty or known.
pub fn readable<'de, D: Deserializer<'de>>(asked: D, is_known: impl Fn(&str) -> bool) -> Result<String, D::Error> {
    let text = String::deserialize(asked)?;
    match text.is_empty() || is_known(&text) {
        true => Ok(text),
        false => Err(D::Error::custom("it cannot be read")),
    }
}

/// The address without what has one of these names.
pub fn without(address: &str, names: &[&str]) -> String {
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let kept: Vec<&str> = segments(query).filter(|one| !names.contains(&decoded(one).0.as_str())).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// The address without the fields that are wrong.
pub fn without_errors(address: &str, form: &Filled) -> String {
    let fields: Vec<&str> = form.errors().iter().map(|invalid| invalid.field).collect();
    without(address, &fields)
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
        assert_eq!(without("/published?standing=zz&words=%E6%B2%B3", &["standing"]), "/published?words=%E6%B2%B3");
        assert_eq!(without("/documents?page=abc", &["page"]), "/documents");
        assert_eq!(without("/documents?p%61ge=abc&lang=en&pages=1", &["page", "pages"]), "/documents?lang=en");
        assert_eq!(without("/documents", &["page"]), "/documents");
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
