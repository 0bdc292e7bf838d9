//! Forms: read once, checked against forgery, and kept as they were typed until they are right.
//!
//! Two checks stand before every change. A form of a signed-in person carries the secret of the session. And the
//! browser must not say that the form comes from elsewhere; a visitor, who has no secret, must have a browser that
//! says it comes from here (every browser since 2020 sends `Origin` with a POST). A program with a token sends
//! neither cookie nor secret, so nobody can borrow its right.

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use axum::{Form, Json};
use ledger::Invalid;
use ledger::id::{CommandId, Stream};
use serde_json::{Map, Value};

use crate::error::Problem;
use crate::session::{SignedIn, visit};
use crate::visit::Caller;

/// What was typed, and what is wrong with it.
#[derive(Clone, Default, Debug)]
pub struct Filled {
    fields: Vec<(String, String)>,
    errors: Vec<Invalid>,
}

impl Filled {
    /// A form as it is first shown, with these values in it.
    pub fn with(values: &[(&str, &str)]) -> Self {
        let fields = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { fields, errors: vec![] }
    }

    /// A form as it came.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        Self { fields, errors: vec![] }
    }

    /// Adds these fields.
    pub fn extend(&mut self, fields: impl IntoIterator<Item = (String, String)>) {
        self.fields.extend(fields);
    }

    /// Puts a value in the place of what the field held.
    pub fn set(&mut self, name: &str, value: &str) {
        self.fields.retain(|(key, _)| key != name);
        self.fields.push((name.to_owned(), value.to_owned()));
    }

    /// What was typed into the field; empty if nothing was.
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// Every field but those that the page itself put in.
    pub fn typed(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = |name: &str| {
            matches!(
                name,
                "csrf" | "command" | "seen" | "lang" | "back" | "upload" | "upload_name" | "discard" | "file" | "photo"
            )
        };
        self.fields.iter().filter(move |(name, _)| !own(name)).map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Every value of the field: the boxes that were ticked.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether the field has this value: a radio button or box that was ticked.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|typed| typed == value)
    }

    /// The value if it could be read; else notes what is wrong, so that all of it is shown at once.
    pub fn take<T>(&mut self, read: Result<T, Invalid>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(invalid) => {
                self.errors.push(invalid);
                None
            }
        }
    }

    /// Notes what is wrong.
    pub fn wrong(&mut self, invalid: Invalid) {
        self.errors.push(invalid);
    }

    /// What is wrong, in the order it was found.
    pub fn errors(&self) -> &[Invalid] {
        &self.errors
    }

    /// What is wrong with the field.
    pub fn error(&self, name: &str) -> Option<&Invalid> {
        self.errors.iter().find(|invalid| invalid.field == name)
    }
}

/// A file that came with a form.
#[derive(Clone, Debug)]
pub struct File {
    /// The field it was chosen in.
    pub field: String,
    /// What it was called where it came from; never a path on this machine.
    pub name: String,
    /// What the browser takes it for; not to be believed.
    pub media_type: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A form that changes something, from somebody who is signed in. `application/x-www-form-urlencoded`,
/// `multipart/form-data`, or from a program a JSON object of strings and lists of strings.
#[derive(Clone, Debug)]
pub struct CheckedForm {
    /// Who sends it.
    pub who: SignedIn,
    /// What was typed.
    pub form: Filled,
    /// What was attached. Routes that take files raise the body limit themselves.
    pub files: Vec<File>,
    /// The versions that the page showed, for `store::Command::expects`.
    pub seen: Vec<(Stream, u64)>,
    command: Option<CommandId>,
}

impl CheckedForm {
    /// The id made when the form was shown: sent twice, the command is carried out once.
    /// Errors: `Invalid` on the field `command` if the form carries none.
    pub fn command(&self) -> Result<CommandId, Invalid> {
        self.command.ok_or(Invalid::new("command", "missing"))
    }
}

impl<S: Send + Sync> FromRequest<S> for CheckedForm {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let who = SignedIn::from_request_parts(&mut parts, state).await?;
        let (form, files) = read(Request::from_parts(parts.clone(), body), state).await?;
        Ok(Self { files, ..Self::checked(&parts, who, form)? })
    }
}

impl CheckedForm {
    /// A form that was read by other means: a page that takes its file in pieces. Errors: as `check`, and `Invalid`.
    pub fn checked(parts: &Parts, who: SignedIn, form: Filled) -> Result<Self, Problem> {
        Self::check(parts, &form)?;
        let seen = form.all("seen").map(read_seen).collect::<Result<Vec<_>, _>>()?;
        let command = match form.text("command") {
            "" => None,
            text => Some(CommandId::parse(text).map_err(|invalid| Invalid::new("command", invalid.code))?),
        };
        Ok(Self { who, form, files: vec![], seen, command })
    }

    /// Whether the form is this session's own. Errors: `Forged`, `SignInNeeded`.
    pub fn check(parts: &Parts, form: &Filled) -> Result<(), Problem> {
        match &visit(parts)?.caller {
            Caller::InPerson { session, .. } => {
                let sent = store::access::Secret::parse(form.text("csrf"));
                let matches = sent.is_some_and(|sent| session.csrf.matches(&sent));
                if !matches || standing(&parts.headers) == Standing::Elsewhere {
                    return Err(Problem::Forged);
                }
                Ok(())
            }
            Caller::Program(_) => Ok(()),
            Caller::Visitor | Caller::Stranger => Err(Problem::SignInNeeded),
        }
    }
}

/// A request that a script of ours makes for a signed-in person, with the session's secret in `x-csrf`; or a program's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ours;

impl<S: Send + Sync> FromRequestParts<S> for Ours {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let secret = parts.headers.get("x-csrf").and_then(|value| value.to_str().ok()).unwrap_or("");
        CheckedForm::check(parts, &Filled::with(&[("csrf", secret)]))?;
        Ok(Self)
    }
}

/// A form from somebody who need not be signed in: signing in itself, a setup link, the language.
#[derive(Clone, Debug)]
pub struct VisitorForm(pub Filled);

impl<S: Send + Sync> FromRequest<S> for VisitorForm {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match standing(request.headers()) {
            Standing::Here => read(request, state).await.map(|(form, _)| Self(form)),
            Standing::Unsaid | Standing::Elsewhere => Err(Problem::Forged),
        }
    }
}

/// Where the browser says the form stood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Standing {
    Here,
    Elsewhere,
    Unsaid,
}

fn standing(headers: &HeaderMap) -> Standing {
    let get = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    match headers.get("sec-fetch-site").and_then(|value| value.to_str().ok()) {
        Some("same-origin") => return Standing::Here,
        Some(_) => return Standing::Elsewhere,
        None => {}
    }
    match (get(ORIGIN), get(HOST)) {
        (None, _) => Standing::Unsaid,
        (Some(origin), Some(host)) if origin.split_once("://").is_some_and(|(_, from)| from == host) => Standing::Here,
        (Some(_), _) => Standing::Elsewhere,
    }
}

/// `matter/<uuid>:7`
fn read_seen(text: &str) -> Result<(Stream, u64), Invalid> {
    let (stream, version) = text.rsplit_once(':').ok_or(Invalid::new("seen", "malformed-form"))?;
    Ok((stream.parse()?, version.parse().map_err(|_| Invalid::new("seen", "malformed-form"))?))
}

async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<(Filled, Vec<File>), Problem> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    if kind.starts_with("multipart/form-data") {
        let parts = Multipart::from_request(request, state).await.map_err(|error| unreadable(error.status()))?;
        return read_parts(parts).await.map_err(|error| unreadable(error.into_response().status()));
    }
    if kind.starts_with("application/json") {
        let Json(object) = Json::<Map<String, Value>>::from_request(request, state)
            .await
            .map_err(|error| unreadable(error.status()))?;
        return Ok((Filled { fields: flatten(object)?, errors: vec![] }, vec![]));
    }
    match Form::<Vec<(String, String)>>::from_request(request, state).await {
        Ok(Form(fields)) => Ok((Filled { fields, errors: vec![] }, vec![])),
        Err(error) => Err(unreadable(error.status())),
    }
}

async fn read_parts(mut parts: Multipart) -> Result<(Filled, Vec<File>), MultipartError> {
    let (mut fields, mut files) = (vec![], vec![]);
    while let Some(part) = parts.next_field().await? {
        let field = part.name().unwrap_or("").to_owned();
        let Some(name) = part.file_name().map(|name| name.rsplit(['/', '\\']).next().unwrap_or("").to_owned()) else {
            fields.push((field, part.text().await?));
            continue;
        };
        let media_type = part.content_type().unwrap_or("").to_owned();
        let bytes = part.bytes().await?.to_vec();
        // A browser sends a nameless, empty file where none was chosen.
        if !(name.is_empty() && bytes.is_empty()) {
            files.push(File { field, name, media_type, bytes });
        }
    }
    Ok((Filled { fields, errors: vec![] }, files))
}

fn flatten(object: Map<String, Value>) -> Result<Vec<(String, String)>, Invalid> {
    let mut fields = vec![];
    for (name, value) in object {
        let values = match value {
            Value::Array(values) => values,
            Value::Null => vec![],
            one @ (Value::String(_) | Value::Bool(_) | Value::Number(_) | Value::Object(_)) => vec![one],
        };
        for value in values {
            match value {
                Value::String(text) => fields.push((name.clone(), text)),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                    return Err(Invalid::new("form", "malformed-form"));
                }
            }
        }
    }
    Ok(fields)
}

fn unreadable(status: StatusCode) -> Problem {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::Invalid(Invalid::new("form", "malformed-form")),
    }
}
