//! A site in a folder of its own, with a clock that is set by hand; and browsers that keep cookies.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ledger::Name;
use ledger::id::OfficerId;
use sha2::{Digest as _, Sha256};
use store::access::{Access, Clock, Login, Password, Purpose, Random};
use tower::ServiceExt as _;
use uuid::Uuid;
use web::texts::Lang;
use web::{App, Settings, reading};

/// Where the site stands, as its visitors see it.
const HOST: &str = "luoshi.qinghe.example";
/// The login of the officer that `Site::browser_of_officer` signs in.
pub const LOGIN: &str = "zhang.min";
/// Its password.
pub const PASSWORD: &str = "a quiet river in spring";

/// A running site.
pub struct Site {
    pub app: Arc<App>,
    router: Router,
    clock: Arc<AtomicI64>,
    _folder: tempfile::TempDir,
}

impl Site {
    /// With nobody in it, on 24 November 2026 at 09:00 in the office's zone, reached over TLS.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let start: Timestamp = "2026-11-24T01:00:00Z".parse().expect("an instant");
        let at = Arc::new(AtomicI64::new(start.as_microsecond()));
        let clock: Clock = {
            let at = at.clone();
            Arc::new(move || Timestamp::from_microsecond(at.load(Ordering::SeqCst)).expect("an instant"))
        };
        let random = random();
        let office = Name::parse("清河县人民政府督查室", "Supervision Office of Qinghe County").expect("a name");
        let settings = store::Settings {
            office: office.clone(),
            origin: "luoshi.qinghe.example/2026".into(),
            time_zone: "Asia/Shanghai".into(),
            language: "zh-Hans".into(),
            checkpoints: None,
            licence: Some("CC-BY-4.0".into()),
            public_url: None,
        };
        store::Store::create(folder.path(), &settings, &random).expect("a new record");
        let app = Arc::new(App {
            store: store::Store::open(folder.path(), clock.clone(), random.clone()).expect("the record"),
            reader: Arc::new(reading::read_here),
            workbooks: Arc::new(web::import::read_here),
            imports: Default::default(),
            access: Arc::new(Access::open(folder.path(), clock.clone(), random.clone()).expect("access.db")),
            hashing: Default::default(),
            uploads: Default::default(),
            sending: Default::default(),
            counting: Default::default(),
            settings: Settings {
                office,
                origin: settings.origin,
                zone: TimeZone::fixed(jiff::tz::offset(8)),
                language: Lang::ZhHans,
                secure_cookies: true,
                behind_proxy: false,
            },
            clock,
            random,
        });
        Self { router: web::router(app.clone()), app, clock: at, _folder: folder }
    }

    /// Lets time pass.
    pub fn wait(&self, time: SignedDuration) {
        self.clock.fetch_add(i64::try_from(time.as_micros()).expect("a short time"), Ordering::SeqCst);
    }

    /// The path of a one-time link for the officer.
    pub fn link(&self, officer: OfficerId, purpose: Purpose) -> String {
        format!("/setup/{}", self.app.access.make_link(officer, purpose).expect("a link").reveal())
    }

    /// Gives the officer an account under `LOGIN` and `PASSWORD`.
    pub fn make_account(&self, officer: OfficerId) {
        let access = &self.app.access;
        let link = access.make_link(officer, Purpose::Invite).expect("a link");
        let (login, password) = (Login::parse(LOGIN).expect("a login"), Password::parse("password", PASSWORD, &[]));
        let device = store::access::Device::Other;
        let session = access.create_account(&link, &login, &password.expect("a password"), device).expect("an account");
        access.sign_out(&session).expect("signed out");
    }

    /// A browser that asks for pages in `lang`, with nobody signed in.
    pub fn browser(&self, lang: Lang) -> Browser {
        Browser { router: self.router.clone(), lang, cookies: BTreeMap::new(), csrf: String::new() }
    }

    /// A browser in which an officer is signed in.
    pub async fn browser_of_officer(&self, lang: Lang) -> Browser {
        self.make_account(officer(1));
        let mut browser = self.browser(lang);
        let answer = browser.post("/sign-in", &[("login", LOGIN), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser.get("/account").await;
        browser
    }

    /// An answer to a program that sends none.
    pub async fn visiting_program(&self, path: &str) -> Answer {
        let request =
            Request::builder().uri(path).header(header::HOST, HOST).header(header::ACCEPT, "application/json");
        ask(&self.router, request.body(Body::empty()).expect("a request")).await
    }

    /// An answer to a program that sends this token.
    pub async fn program(&self, method: &str, path: &str, token: &str) -> Answer {
        self.program_as(method, path, &format!("Bearer {token}")).await
    }

    /// An answer to a program that sends this object with its token.
    pub async fn program_sends(&self, path: &str, token: &str, object: &serde_json::Value) -> Answer {
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/json");
        ask(&self.router, request.body(Body::from(object.to_string())).expect("a request")).await
    }

    /// An answer to a program that says so who it is.
    pub async fn program_as(&self, method: &str, path: &str, authorization: &str) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::AUTHORIZATION, authorization)
            .header(header::ACCEPT, "application/json")
            .header(header::ACCEPT_LANGUAGE, "en");
        ask(&self.router, request.body(Body::empty()).expect("a request")).await
    }
}

/// An officer by number; the record need not know him to let him in.
pub fn officer(no: u128) -> OfficerId {
    OfficerId(Uuid::from_u128(no))
}

/// The same bytes in every run.
fn random() -> Random {
    let count = AtomicU64::new(0);
    Arc::new(move |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(32) {
            let block = Sha256::digest(count.fetch_add(1, Ordering::SeqCst).to_be_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    })
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// As text; what is no UTF-8 stands in `bytes` only.
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// A header's text; empty if there is none.
    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }

    /// The `Set-Cookie` line of this cookie.
    pub fn cookie(&self, name: &str) -> &str {
        let mut lines = self.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().expect("ASCII"));
        lines.find(|line| line.starts_with(&format!("{name}="))).unwrap_or("")
    }

    /// What stands between `before` and `after`, the first time.
    pub fn between(&self, before: &str, after: &str) -> &str {
        let (_, rest) = self.body.split_once(before).unwrap_or_else(|| panic!("no {before} in {}", self.body));
        rest.split_once(after).expect("an end").0
    }
}

/// A browser: it keeps cookies, names its origin, and puts the secret it was last shown into every form.
pub struct Browser {
    router: Router,
    lang: Lang,
    pub cookies: BTreeMap<String, String>,
    pub csrf: String,
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.request("GET", path).body(Body::empty()).expect("a request");
        self.send(request).await
    }

    /// Asks again for what it has already.
    pub async fn get_if_none_match(&mut self, path: &str, tag: &str) -> Answer {
        let request = self.request("GET", path).header(header::IF_NONE_MATCH, tag);
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// Sends a form as its page would: from here, with the page's secret.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf.clone();
        let mut fields = fields.to_vec();
        if !csrf.is_empty() {
            fields.push(("csrf", &csrf));
        }
        self.post_from(&format!("https://{HOST}"), path, &fields).await
    }

    /// Sends what a script of the page would send, with the page's secret in a header.
    pub async fn script(&mut self, method: &str, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let request = self
            .request(method, path)
            .header(header::ORIGIN, format!("https://{HOST}"))
            .header("x-csrf", self.csrf.clone())
            .header(header::CONTENT_TYPE, kind)
            .body(body.into())
            .expect("a request");
        self.send(request).await
    }

    /// Sends an object as a script of the page would that asks for JSON.
    pub async fn post_json(&mut self, path: &str, object: &serde_json::Value) -> Answer {
        let request = self
            .request("POST", path)
            .header(header::ORIGIN, format!("https://{HOST}"))
            .header(header::CONTENT_TYPE, "application/json");
        let mut request = request.body(Body::from(object.to_string())).expect("a request");
        request.headers_mut().insert(header::ACCEPT, header::HeaderValue::from_static("application/json"));
        self.send(request).await
    }

    /// Sends a form with a file in its last field, as its page would.
    pub async fn post_file(&mut self, path: &str, fields: &[(&str, &str)], file: (&str, &[u8])) -> Answer {
        let mut body = vec![];
        let secret = self.csrf.clone();
        for (name, value) in fields.iter().copied().chain([("csrf", secret.as_str())]) {
            let part = format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let (name, bytes) = file;
        let head = format!("--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        self.script("POST", path, "multipart/form-data; boundary=edge", body).await
    }

    /// Sends exactly these fields, as a page at `origin` would.
    pub async fn post_from(&mut self, origin: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let request = self
            .request("POST", path)
            .header(header::ORIGIN, origin)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))
            .expect("a request");
        self.send(request).await
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::ACCEPT, "text/html,application/xhtml+xml")
            .header(header::ACCEPT_LANGUAGE, self.lang.tag())
            .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64)")
            .header(header::COOKIE, cookies.join("; "))
    }

    async fn send(&mut self, request: Request<Body>) -> Answer {
        let answer = ask(&self.router, request).await;
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("ASCII");
            let (name, rest) = line.split_once('=').expect("a cookie");
            let value = rest.split(';').next().unwrap_or("");
            match line.contains("Max-Age=0") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        if answer.body.contains("name=\"csrf\"") {
            answer.between("name=\"csrf\" value=\"", "\"").clone_into(&mut self.csrf);
        }
        answer
    }
}

async fn ask(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.expect("the router never fails");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    let text = String::from_utf8_lossy(&body).into_owned();
    Answer { status: parts.status, headers: parts.headers, body: text, bytes: body.to_vec() }
}

fn encoded(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
