//! What every answer forbids, who is let in after wrong guesses, and what the log is told of it.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Method, Request, StatusCode};
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::matter::PublicItem;
use tower::ServiceExt as _;
use web::assets::{MARK, SCRIPT, STYLE};
use web::texts::Lang;

use crate::city::{AUDITOR, CLERK, WATER_MEMBER};
use crate::site::{LOGIN, PASSWORD, Site, officer};

#[tokio::test]
async fn pages_files_feeds_downloads_and_errors_all_forbid_what_they_do_not_need() {
    let site = Site::with_city();
    let (matter, number) = site.open("The river wall", Audience::Office);
    site.assign(matter, 9);
    site.act(CLERK, matter, Act::Publish { items: PublicItem::ALL.iter().copied().collect() });
    let files = [STYLE.address(), SCRIPT.address(), MARK.address()];
    let of_matter = ["", ".json", "/proof", "/feed.atom"].map(|rest| format!("/matters/{number}{rest}"));
    let others = [
        "/",
        "/sign-in",
        "/account",
        "/no/such/page",
        "/healthz",
        "/setup/AAAA",
        "/documents?page=-1",
        "/record",
        "/log/checkpoint",
        "/feed.atom",
        "/robots.txt",
        "/sitemap.xml",
        "/open-data/matters.json",
        "/open-data/matters.csv",
        "/open-data/schema.json",
        "/record/verify-proof.py",
        "/matters/export.csv",
        "/matters/export.xlsx",
        "/profile",
        "/audit/reads.csv",
        "/audit/export.tar",
        "/audit/rights.txt",
    ];
    let paths: Vec<&str> = files.iter().chain(&of_matter).map(String::as_str).chain(others).collect();
    for mut browser in [site.browser(Lang::En), site.browser_of(AUDITOR, Lang::ZhHans).await] {
        for path in &paths {
            let answer = browser.get(path).await;
            let is = |name: &'static str| answer.header(HeaderName::from_static(name));
            let policy = answer.header(CONTENT_SECURITY_POLICY);
            for part in [
                "default-src 'none'",
                "object-src 'none'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
                "form-action 'self'",
            ] {
                assert!(policy.contains(part), "{path}: {policy}");
            }
            assert!(
                !policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"),
                "{path}: {policy}"
            );
            assert_eq!(answer.header(X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
            assert_eq!(answer.header(STRICT_TRANSPORT_SECURITY), "max-age=31536000; includeSubDomains", "{path}");
            assert_eq!(is("cross-origin-opener-policy"), "same-origin", "{path}");
            assert_eq!(is("cross-origin-embedder-policy"), "require-corp", "{path}");
            assert!(["same-origin", "no-referrer"].contains(&is("referrer-policy")), "{path}");
            assert!(is("permissions-policy").contains("camera=()"), "{path}");
            let is_open = path.starts_with("/open-data/") || path.contains("feed.atom") || path.contains(".json");
            let from = is("cross-origin-resource-policy");
            assert!(from == "same-origin" || is_open && from == "cross-origin", "{path}: {from}");
            assert_eq!(is("access-control-allow-credentials"), "", "{path}");
            assert!(!answer.header(CACHE_CONTROL).is_empty(), "{path}");
            let kind = answer.header(CONTENT_TYPE);
            let is_text = kind.starts_with("text/") || kind.contains("xml");
            assert!(!is_text || kind.contains("charset=utf-8") || kind.contains("openxml"), "{path}: {kind}");
            assert!(answer.body.is_empty() || !kind.is_empty(), "{path} does not say what it is");
            if path.contains("export.") || path.ends_with("reads.csv") {
                let is_refused = answer.status != StatusCode::OK;
                assert!(is_refused || answer.header(CONTENT_DISPOSITION).starts_with("attachment"), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn nothing_is_answered_to_a_method_that_no_page_has() {
    let site = Site::with_city();
    for method in ["TRACE", "OPTIONS", "DELETE", "PATCH", "PUT", "CONNECT"] {
        for path in ["/", "/matters", "/sign-in", "/open-data/matters.json"] {
            let method = Method::from_bytes(method.as_bytes()).expect("a method");
            let request = Request::builder()
                .method(method.clone())
                .uri(path)
                .body(Body::from("said by nobody"))
                .expect("a request");
            let answer = web::router(site.app.clone()).oneshot(request).await.expect("an answer");
            let status = answer.status();
            let is_none = matches!(status, StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_FOUND);
            assert!(is_none, "{method} {path}: {status}");
            let body = axum::body::to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
            assert!(!String::from_utf8_lossy(&body).contains("said by nobody"), "{method} {path} is echoed");
        }
    }
}

#[tokio::test]
async fn every_cookie_is_bound_to_this_host_and_to_tls_and_no_script_reads_it() {
    let site = Site::new();
    site.make_account(officer(1));
    let mut browser = site.browser(Lang::En);
    let answers = [
        browser.post("/sign-in", &[("login", LOGIN), ("password", PASSWORD)]).await,
        browser.post("/language", &[("language", "zh-Hans"), ("to", "/")]).await,
        browser.post("/display", &[("theme", "dark"), ("to", "/")]).await,
    ];
    let lines: Vec<&str> = answers
        .iter()
        .flat_map(|answer| answer.headers.get_all("set-cookie"))
        .map(|line| line.to_str().expect("ASCII"))
        .collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    for line in lines {
        assert!(line.starts_with("__Host-luoshi") && line.len() < 4_096, "{line}");
        for flag in ["; Path=/;", "; HttpOnly", "; Secure", "; SameSite=Lax"] {
            assert!(line.contains(flag), "{line} lacks {flag}");
        }
    }
    browser.get("/account").await;
    let gone = browser.post("/sign-out", &[]).await;
    assert_eq!(gone.header(HeaderName::from_static("clear-site-data")), "\"cache\", \"storage\"");
}

#[tokio::test]
async fn a_stranger_who_guesses_at_a_login_does_not_keep_its_officer_out_of_his_own_browser() {
    let site = Site::new();
    let mut own = site.browser_of_officer(Lang::En).await;
    own.get("/account").await;
    own.post("/sign-out", &[]).await;
    let mut stranger = site.browser(Lang::En);
    let guess = [("login", LOGIN), ("password", "wrong")];
    for _ in 0..6 {
        assert_eq!(stranger.post("/sign-in", &guess).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let right = [("login", LOGIN), ("password", PASSWORD)];
    assert_eq!(stranger.post("/sign-in", &right).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(own.post("/sign-in", &right).await.status, StatusCode::SEE_OTHER);
    assert_eq!(own.get("/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_password_that_is_guessed_early_is_named_at_its_field() {
    let site = Site::new();
    let path = site.link(officer(7), store::access::Purpose::Invite);
    for password in
        ["Password12345", "li.wei.2026!!", "1qaz2wsx3edc", "P@ssw0rd2024!!", "woaini1314520", "woaiwojia1234"]
    {
        let fields = [("login", "li.wei"), ("new_password", password), ("password_again", password)];
        let answer = site.browser(Lang::En).post(&path, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{password}");
        assert!(answer.body.contains("guessed early") && !answer.body.contains(password), "{}", answer.body);
    }
    // Any characters will do, spaces and Chinese among them, and none are asked for.
    let password = "三棵柳树 站在旧桥 东边等船";
    let fields = [("login", "li.wei"), ("new_password", password), ("password_again", password)];
    assert_eq!(site.browser(Lang::En).post(&path, &fields).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_the_units_are_called_makes_no_password_wherever_one_is_chosen() {
    let site = Site::with_city();
    let guessed = "Water Bureau 2026!";
    let chosen = [("new_password", guessed), ("password_again", guessed)];
    let mut head = site.browser_of(crate::city::WATER_HEAD, Lang::En).await;
    let own = [("old_password", crate::site::PASSWORD)];
    let changed = head.post("/account/password", &[&own[..], &chosen[..]].concat()).await;
    let link = |purpose| site.link(officer(crate::city::WATER_MEMBER), purpose);
    let invite = link(store::access::Purpose::Invite);
    let invited = site.browser(Lang::En).post(&invite, &[&[("login", "li.wei")][..], &chosen[..]].concat()).await;
    let reset = site.link(officer(crate::city::WATER_HEAD), store::access::Purpose::Reset);
    let reset = site.browser(Lang::En).post(&reset, &chosen).await;
    for answer in [changed, invited, reset] {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert!(answer.body.contains("guessed early"), "{}", answer.body);
    }
}

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the log").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_tells_who_came_in_and_who_was_turned_away_and_no_secret_and_no_word() {
    let site = Site::with_city();
    let (_, number) = site.open("The river wall", Audience::Office);
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false).finish();
    // With one subscriber alone, a line that another test's thread comes upon first is thought to interest nobody.
    let _another = tracing::Dispatch::new(tracing_subscriber::fmt().with_writer(std::io::sink).finish());
    let told = tracing::subscriber::set_default(subscriber);
    let mut browser = site.browser_of(WATER_MEMBER, Lang::En).await;
    let secrets: Vec<String> = browser.cookies.values().cloned().chain([browser.csrf.clone()]).collect();
    let withdrawal = [("authority", "The meeting"), ("reason", "A quarrel between neighbours")];
    let refused = browser.post(&format!("/matters/{number}/withdrawal"), &withdrawal).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let forged = browser.post_from("https://evil.example", "/sign-out", &[]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    let typed = [("login", "officer5"), ("password", "my secret in the wrong field")];
    let mut stranger = site.browser(Lang::En);
    for _ in 0..7 {
        stranger.post("/sign-in", &typed).await;
    }
    site.program("GET", "/matters", "luoshi_nonsense").await;
    drop(told);
    let said = String::from_utf8(log.0.lock().expect("the log").clone()).expect("UTF-8");
    let lines: Vec<&str> = said.lines().filter(|line| line.contains("security")).collect();
    let one = |words: &[&str]| lines.iter().any(|line| words.iter().all(|word| line.contains(word)));
    let id = officer(WATER_MEMBER).to_string();
    for words in [
        &["a session began", id.as_str(), "/sign-in"][..],
        &["turned away", id.as_str(), "/matters/{number}/{noun}", "LS-"],
        &["turned away", "forged", "/sign-out"],
        &["a wrong password", "/sign-in"],
        &["turned away", "throttled"],
        &["turned away", "sign-in", "/matters"],
    ] {
        assert!(one(words), "{words:?} in {said}");
    }
    assert!(lines.iter().all(|line| line.contains("operation=")), "{said}");
    let words = ["my secret", "officer5", PASSWORD, "neighbours", "river wall", "nonsense", "Wen Lan", "温澜"];
    for word in words.into_iter().chain(secrets.iter().map(String::as_str)) {
        assert!(!said.contains(word), "{word} in {said}");
    }
    assert!(!said.contains(&number.to_string()) && !said.contains("ERROR"), "{said}");
}
