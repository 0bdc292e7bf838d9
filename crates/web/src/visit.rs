//! One request as it comes in: who asks, in which language, how the page shall look, and the operation's own number.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use ledger::audience::audits;
use store::access::{Device, Secret, Session, Token};

use crate::error::Problem;
use crate::pages::display::Display;
use crate::session::{DEVICE_COOKIE, SESSION_COOKIE};
use crate::texts::{Lang, Text};
use crate::{App, Entry, error, session};

/// What is known of a request before any page looks at it.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The number under which a fault is logged and shown: 16 hexadecimal digits.
    pub operation: String,
    /// The language to answer in.
    pub lang: Lang,
    /// How the page shall look.
    pub display: Display,
    /// Who asks.
    pub caller: Caller,
    /// Whether it is an auditor in person, who is shown the way to the auditors' room.
    pub is_auditor: bool,
    /// Path and query, for coming back after signing in or switching the language.
    pub here: String,
    /// Whether a program asks, and JSON is the answer.
    pub json: bool,
    /// Where the request comes from, as far as known.
    pub address: Option<IpAddr>,
    /// The sort of machine.
    pub device: Device,
    /// What the browser is known by, as it says.
    pub known: Option<Secret>,
    /// Which route answers, as `/matters/{number}`: what was done, without saying to what.
    pub route: Option<String>,
}

/// Who asks.
#[derive(Clone, Debug)]
pub enum Caller {
    /// Nobody we know.
    Visitor,
    /// An officer in person.
    InPerson {
        /// His session.
        session: Session,
        /// What opened it.
        secret: Secret,
    },
    /// A program with an officer's token.
    Program(Token),
    /// A program with a token that opens nothing.
    Stranger,
}

impl Visit {
    /// Nobody in particular, in this language: what data says to everybody.
    pub fn of_nobody(lang: Lang) -> Self {
        Self {
            operation: String::new(),
            lang,
            display: Display::default(),
            caller: Caller::Visitor,
            is_auditor: false,
            here: "/".into(),
            json: false,
            address: None,
            device: Device::Other,
            known: None,
            route: None,
        }
    }

    /// What says things to this visitor.
    pub fn text(&self, app: &App) -> Text {
        Text::new(self.lang, app.settings.zone.clone())
    }
}

/// Takes the request in, lets the site answer it, and renders what the site could not answer.
pub async fn receive(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let visit = Arc::new(look(&app, &parts).await);
    parts.extensions.insert(visit.clone());
    // Whoever sends a token means to be known: one that opens nothing is not answered with what the public sees.
    let answer = match visit.caller {
        Caller::Stranger => Problem::SignInNeeded.into_response(),
        Caller::Visitor | Caller::InPerson { .. } | Caller::Program(_) => {
            next.run(Request::from_parts(parts, body)).await
        }
    };
    let mut response = error::show(&app, &visit, answer);
    if let Ok(operation) = HeaderValue::from_str(&visit.operation) {
        response.headers_mut().insert("x-operation", operation);
    }
    response
}

async fn look(app: &App, parts: &Parts) -> Visit {
    let headers = &parts.headers;
    let query = parts.uri.query().unwrap_or("");
    let sent = |name: &str| cookie(headers, &session::cookie_name(&app.settings, name));
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
    let lang = asked
        .and_then(Lang::parse)
        .or_else(|| sent(LANGUAGE_COOKIE).and_then(Lang::parse))
        .or_else(|| header(headers, &ACCEPT_LANGUAGE).and_then(Lang::accepted))
        .unwrap_or(app.settings.language);
    let mut operation = [0; 8];
    (app.random)(&mut operation);
    let is_page = matches!(parts.method, Method::GET | Method::HEAD);
    let accepts = header(headers, &ACCEPT).unwrap_or("");
    let caller = caller(app, headers).await;
    Visit {
        operation: operation.iter().map(|byte| format!("{byte:02x}")).collect(),
        lang,
        display: sent(DISPLAY_COOKIE).map(Display::read).unwrap_or_default(),
        json: headers.contains_key(AUTHORIZATION)
            || (accepts.contains("application/json") && !accepts.contains("text/html")),
        // A page that answers a POST is come back to by its GET.
        here: if is_page { parts.uri.path_and_query().map(ToString::to_string) } else { None }
            .unwrap_or_else(|| parts.uri.path().to_owned()),
        address: address(app, parts),
        device: device(header(headers, &USER_AGENT).unwrap_or("")),
        known: sent(DEVICE_COOKIE).and_then(Secret::parse),
        route: parts.extensions.get::<MatchedPath>().map(|route| route.as_str().to_owned()),
        is_auditor: is_auditor(app, &caller).await,
        caller,
    }
}

async fn is_auditor(app: &App, caller: &Caller) -> bool {
    let Caller::InPerson { session, .. } = caller else { return false };
    let officer = session.officer;
    let found = app.read(move |read| Ok(audits(&*read.organisation()?, officer, read.today()))).await;
    found.unwrap_or_else(|problem| {
        tracing::error!(error = ?problem, "the organisation could not be read");
        false
    })
}

/// A session or token that cannot be looked up because the machine failed is taken for none, and logged.
async fn caller(app: &App, headers: &HeaderMap) -> Caller {
    let found = match headers.get(AUTHORIZATION).map(|sent| sent.to_str().unwrap_or("")) {
        Some(sent) => {
            // RFC 9110 section 11.1: the scheme is compared without regard to case.
            let sent = sent.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
            let sent = sent.map_or("", |(_, token)| token.trim()).to_owned();
            app.access(move |access| access.token(&sent))
                .await
                .map(|token| token.map_or(Caller::Stranger, Caller::Program))
        }
        None => match cookie(headers, &session::cookie_name(&app.settings, SESSION_COOKIE)).and_then(Secret::parse) {
            Some(secret) => {
                let opening = secret.clone();
                let session = app.access(move |access| access.session(&opening)).await;
                session.map(|s| s.map_or(Caller::Visitor, |session| Caller::InPerson { session, secret }))
            }
            None => Ok(Caller::Visitor),
        },
    };
    found.unwrap_or_else(|entry: Entry| {
        tracing::error!(error = ?entry, "sign-in data could not be read");
        Caller::Visitor
    })
}

fn address(app: &App, parts: &Parts) -> Option<IpAddr> {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if !app.settings.behind_proxy {
        return peer;
    }
    // Only the last entry was written by our own proxy.
    let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back()?;
    forwarded.to_str().ok()?.rsplit(',').next()?.trim().parse().ok().or(peer)
}

fn device(agent: &str) -> Device {
    let says = |words: &[&str]| words.iter().any(|word| agent.contains(word));
    if says(&["Mobile", "Android", "iPhone", "iPad", "HarmonyOS"]) {
        Device::Phone
    } else if says(&["Windows", "Macintosh", "Linux", "X11"]) {
        Device::Computer
    } else {
        Device::Other
    }
}

/// The cookie that remembers the language.
pub const LANGUAGE_COOKIE: &str = "luoshi-language";
/// The cookie that remembers how pages shall look.
pub const DISPLAY_COOKIE: &str = "luoshi-display";

fn header<'a>(headers: &'a HeaderMap, name: &axum::http::HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}
