//! What stands around every page, and what every template speaks with.

use std::ops::Deref;
use std::sync::Arc;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use ledger::Invalid;

use crate::App;
use crate::assets::{MARK, SCRIPT, STYLE, UPLOAD};
use crate::error::Problem;
use crate::form::Filled;
use crate::pages::display::Display;
use crate::session::visit;
use crate::texts::{Lang, Text};
use crate::visit::{Caller, Visit};
use crate::words::Named;

/// What a handler answers: a response, or a problem that `error` turns into one.
pub type Answer = Result<Response, Problem>;

/// The frame of a page. It says everything that `Text` says: `{{ frame.text("home-title") }}`.
#[derive(Clone)]
pub struct Frame {
    app: Arc<App>,
    visit: Arc<Visit>,
    text: Text,
}

/// A way to one of the rooms, in the head of every page of a signed-in person.
pub struct Way {
    /// Where it leads.
    pub path: &'static str,
    /// What it is called: a message id.
    pub name: &'static str,
    /// Where a room that has no way of its own in the head lies; empty for nowhere else.
    pub also: &'static str,
}

/// The rooms, in the order the head shows them, the same for everybody but auditors. A room that gets its first page adds
/// its line here. Meetings have none: they are what documents were taken in from, found at the head of the documents' page
/// by whoever may read these, and one more way would not fit the head's one row beside the search.
const WAYS: &[Way] = &[
    Way { path: "/documents", name: "documents-title", also: "/meetings" },
    Way { path: "/matters", name: "matters-title", also: "" },
    Way { path: "/overview", name: "layout-overview", also: "" },
    Way { path: "/organisation", name: "organisation-title", also: "" },
    Way { path: "/record", name: "layout-record", also: "" },
    Way { path: AUDIT, name: "audit-title", also: "" },
];

/// The room of auditors.
const AUDIT: &str = "/audit";

impl Deref for Frame {
    type Target = Text;

    fn deref(&self) -> &Text {
        &self.text
    }
}

impl Frame {
    /// Around a page for this visit.
    pub fn new(app: Arc<App>, visit: Arc<Visit>) -> Self {
        let text = visit.text(&app);
        Self { app, visit, text }
    }

    /// What is known of the request.
    pub fn visit(&self) -> &Visit {
        &self.visit
    }

    /// The texts of another language, for what is cited as it was written.
    pub fn in_language(&self, lang: Lang) -> Text {
        Text::new(lang, self.app.settings.zone.clone())
    }

    /// Whose office this is.
    pub fn office(&self) -> Named<'_> {
        self.text.name(&self.app.settings.office)
    }

    /// Whether an officer looks at the page.
    pub fn is_signed_in(&self) -> bool {
        match self.visit.caller {
            Caller::InPerson { .. } => true,
            Caller::Visitor | Caller::Program(_) | Caller::Stranger => false,
        }
    }

    /// What every form of this session carries; empty for visitors.
    pub fn csrf(&self) -> String {
        match &self.visit.caller {
            Caller::InPerson { session, .. } => session.csrf.reveal(),
            Caller::Visitor | Caller::Program(_) | Caller::Stranger => String::new(),
        }
    }

    /// A new command id: one for every form, made when the form is shown.
    pub fn command(&self) -> String {
        self.app.command_id().to_string()
    }

    /// The rooms.
    pub fn ways(&self) -> Vec<&'static Way> {
        WAYS.iter().filter(|way| way.path != AUDIT || self.visit.is_auditor).collect()
    }

    /// Whether the page lies in the room to which this way leads.
    pub fn is_in(&self, way: &Way) -> bool {
        self.is_on(way.path) || (!way.also.is_empty() && self.is_on(way.also))
    }

    /// Whether the page lies at or below this path.
    pub fn is_on(&self, path: &str) -> bool {
        let rest = self.visit.here.strip_prefix(path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    }

    /// Path and query of this page.
    pub fn here(&self) -> &str {
        &self.visit.here
    }

    /// The tag of the language that a text of somebody's is written in; the page's where it cannot be told. Pages show
    /// such a text by `Text::written`; a feed knows no `bdi`.
    pub fn lang_of(&self, text: &str) -> &'static str {
        Lang::of(text).unwrap_or(self.lang()).tag()
    }

    /// This page in a language, wherever it is read: its address begins as the office says, if it says.
    pub fn here_in(&self, lang: &Lang) -> String {
        let here = self.address_of_here();
        format!("{here}{}lang={}", if here.contains('?') { '&' } else { '?' }, lang.tag())
    }

    /// Whether the office says by which address the world reaches it.
    pub fn has_public_address(&self) -> bool {
        self.app.store.settings().public_url.is_some()
    }

    /// This page, in no language in particular, wherever it is read.
    pub fn address_of_here(&self) -> String {
        let base = self.app.store.settings().public_url.as_ref().map_or("", |url| url.as_str());
        format!("{base}{}", without_language(self.here()))
    }

    /// This page without what is wrong in its address.
    pub fn here_without(&self, form: &Filled) -> String {
        crate::query::without_errors(self.here(), form)
    }

    /// The languages there are.
    pub fn languages(&self) -> &'static [Lang] {
        Lang::ALL.as_slice()
    }

    /// The languages one can switch to.
    pub fn other_languages(&self) -> impl Iterator<Item = Lang> + '_ {
        Lang::ALL.into_iter().filter(|lang| *lang != self.visit.lang)
    }

    /// How the page shall look.
    pub fn display(&self) -> Display {
        self.visit.display
    }

    /// The name of the form's field in the person's language.
    pub fn label(&self, field: &str) -> String {
        self.text.field(field)
    }

    /// What is wrong with a field, as a sentence that names it.
    pub fn invalid(&self, invalid: &Invalid) -> String {
        let id = format!("invalid-{}", invalid.code);
        self.text.text(&id).arg("field", self.label(invalid.field)).to_string()
    }

    /// Address of the style sheet.
    pub fn style(&self) -> String {
        STYLE.address()
    }

    /// Address of the script.
    pub fn script(&self) -> String {
        SCRIPT.address()
    }

    /// Address of the script that sends files piece by piece.
    pub fn upload_script(&self) -> String {
        UPLOAD.address()
    }

    /// Address of the mark.
    pub fn mark(&self) -> String {
        MARK.address()
    }
}

impl FromRequestParts<Arc<App>> for Frame {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        Ok(Self::new(app.clone(), visit(parts)?))
    }
}

/// The page, as the answer to a GET.
pub fn page(template: &impl Template) -> Answer {
    page_with(StatusCode::OK, template)
}

/// The form again, with what was typed and what is wrong with it.
pub fn page_again(template: &impl Template) -> Answer {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, template)
}

/// The page under another status.
pub fn page_with(status: StatusCode, template: &impl Template) -> Answer {
    let html = template.render().map_err(Problem::fault)?;
    Ok((status, Html(html)).into_response())
}

/// After a POST: go there by GET.
pub fn go_to(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// The response with one more cookie.
pub fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(axum::http::header::SET_COOKIE, cookie);
    response
}

/// Percent-encodes every byte but ASCII letters, digits and those of `kept`.
pub(crate) fn percent_encoded(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            true => encoded.push(char::from(byte)),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The path without `lang=` in its query, which would win over what somebody chooses.
pub(crate) fn without_language(path: &str) -> String {
    let Some((bare, query)) = path.split_once('?') else { return path.to_owned() };
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
    if kept.is_empty() { bare.to_owned() } else { format!("{bare}?{}", kept.join("&")) }
}

/// `path` if it leads to a page of this site; else the home page. Keeps redirects from leading elsewhere.
pub fn local_path(path: &str) -> &str {
    let is_local = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    if is_local && !path.chars().any(char::is_control) && path.len() <= 2_000 { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_alone_is_taken_out_of_an_address() {
        for (path, without) in [
            ("/published", "/published"),
            ("/published?lang=en", "/published"),
            ("/published?standing=late&lang=en&words=%E6%B2%B3", "/published?standing=late&words=%E6%B2%B3"),
            ("/published?slang=x", "/published?slang=x"),
        ] {
            assert_eq!(without_language(path), without);
        }
    }

    #[test]
    fn a_way_back_never_leads_to_another_site() {
        assert_eq!(local_path("/matters/2026-0412?lang=en"), "/matters/2026-0412?lang=en");
        for elsewhere in ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb", "matters"] {
            assert_eq!(local_path(elsewhere), "/", "{elsewhere}");
        }
    }
}
