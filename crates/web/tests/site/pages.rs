//! Every page that needs no record, in both languages: kept as it was last looked at, and held to `markup`.

use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use store::access::Purpose;
use web::assets::{MARK, SCRIPT, STYLE};
use web::texts::Lang;

use crate::markup;
use crate::site::{Answer, LOGIN, PASSWORD, Site, officer};

/// The page without what is new in every version or run.
fn settled(html: &str) -> String {
    let mut html = html.to_owned();
    for (asset, name) in [(&STYLE, "[style]"), (&SCRIPT, "[script]"), (&MARK, "[mark]")] {
        html = html.replace(&asset.address(), name);
    }
    for before in ["name=\"csrf\" value=\"", "name=\"command\" value=\"", "name=\"id\" value=\"", "data-select>luoshi_"]
    {
        let mut parts = html.split(before);
        let mut kept = parts.next().unwrap_or("").to_owned();
        for part in parts {
            let end = part.find(['"', '<']).unwrap_or(0);
            kept.push_str(&format!("{before}[secret]{}", &part[end..]));
        }
        html = kept;
    }
    let lines: Vec<&str> = html.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn main_of(answer: &Answer) -> String {
    let html = settled(&answer.body);
    let start = html.find("<main").expect("a main part");
    let end = html.find("</main>").expect("its end");
    html[start..end].to_owned()
}

/// Holds the page to `markup` and to its snapshot.
pub fn keep(name: &str, lang: Lang, answer: &Answer) {
    let name = format!("{name}.{}", lang.tag());
    markup::check(&name, &answer.body);
    assert!(answer.body.contains(&format!("<html lang=\"{}\"", lang.tag())), "{name}: another language");
    insta::assert_snapshot!(name, main_of(answer));
}

#[tokio::test]
async fn pages_for_visitors_say_what_they_did_when_last_looked_at() {
    for lang in Lang::ALL {
        let site = Site::new();
        site.make_account(officer(1));
        let mut browser = site.browser(lang);
        let home = browser.get("/").await;
        keep("home", lang, &home);
        insta::assert_snapshot!(format!("whole-page-of-a-visitor.{}", lang.tag()), settled(&home.body));
        keep("sign-in", lang, &browser.get("/sign-in?to=/account").await);
        keep("sign-in-wrong", lang, &browser.post("/sign-in", &[("login", LOGIN), ("password", "no")]).await);
        keep("display", lang, &browser.get("/display?to=/account").await);
        for (name, purpose) in [("setup", Purpose::Setup), ("invite", Purpose::Invite), ("reset", Purpose::Reset)] {
            let path = site.link(officer(7), purpose);
            keep(name, lang, &browser.get(&path).await);
        }
    }
}

#[tokio::test]
async fn pages_for_officers_say_what_they_did_when_last_looked_at() {
    for lang in Lang::ALL {
        let site = Site::new();
        let mut browser = site.browser_of_officer(lang).await;
        let account = browser.get("/account").await;
        keep("account", lang, &account);
        keep("password", lang, &browser.get("/account/password").await);
        let short = [("old_password", ""), ("new_password", "short"), ("password_again", "shorter")];
        keep("password-wrong", lang, &browser.post("/account/password", &short).await);
        keep("tokens-none", lang, &browser.get("/account/tokens").await);
        let token = [
            ("label", "扫描仪 <scanner>"),
            ("scope", "read"),
            ("scope", "ingest"),
            ("life", "365"),
            ("old_password", PASSWORD),
        ];
        keep("token-made", lang, &browser.post("/account/tokens", &token).await);
        keep("token-wrong", lang, &browser.post("/account/tokens", &[("label", ""), ("life", "7")]).await);
    }
}

#[tokio::test]
async fn pages_for_what_could_not_be_done_say_what_they_did_when_last_looked_at() {
    for lang in Lang::ALL {
        let site = Site::new();
        let mut browser = site.browser_of_officer(lang).await;
        let missing = browser.get("/no/such/page").await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
        keep("error-not-found", lang, &missing);
        keep("error-forged", lang, &browser.post_from("https://evil.example", "/sign-out", &[]).await);
        keep("error-link", lang, &browser.get("/setup/AAAA").await);
        keep("error-invalid", lang, &browser.post("/account/sessions/end", &[("id", "x")]).await);
        keep("error-command", lang, &browser.post("/sign-out", &[("command", "x")]).await);
        let mut guesser = site.browser(lang);
        for _ in 0..6 {
            guesser.post("/sign-in", &[("login", LOGIN), ("password", "no")]).await;
        }
        keep("error-throttled", lang, &guesser.post("/sign-in", &[("login", LOGIN), ("password", PASSWORD)]).await);
    }
}

#[tokio::test]
async fn every_answer_forbids_what_no_page_needs() {
    let site = Site::new();
    let mut browser = site.browser_of_officer(Lang::En).await;
    for path in ["/", "/account", "/no/such/page", "/healthz", "/setup/AAAA", &STYLE.address()] {
        let answer = browser.get(path).await;
        let policy = answer.header(CONTENT_SECURITY_POLICY);
        for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"), "{path}: {policy}");
        assert_eq!(answer.header(X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(answer.header(REFERRER_POLICY), "same-origin");
        assert!(answer.header(VARY).contains("Cookie"));
        let kept = if path.starts_with("/static/") { "public, max-age=31536000, immutable" } else { "no-store" };
        assert_eq!(answer.header(CACHE_CONTROL), kept, "{path}");
    }
}

#[tokio::test]
async fn whatever_watches_the_process_gets_a_short_answer() {
    let answer = Site::new().browser(Lang::En).get("/healthz").await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "ok\n"));
    assert!(answer.header(CONTENT_TYPE).starts_with("text/plain"));
}

#[tokio::test]
async fn a_form_larger_than_is_taken_is_refused() {
    let site = Site::new();
    let long = "x".repeat(web::FORM_BYTES);
    let answer = site.browser(Lang::En).post("/sign-in", &[("login", &long)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    markup::check("error-too-large", &answer.body);
}

#[tokio::test]
async fn a_program_is_answered_in_json() {
    let answer = Site::new().program("GET", "/account", "luoshi_nonsense").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let body: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(body["code"], "sign-in");
    assert!(body["message"].as_str().is_some_and(|message| message.contains("signed in")), "{body}");
    assert!(body["operation"].as_str().is_some_and(|operation| operation.len() == 16), "{body}");
}

#[tokio::test]
async fn a_style_sheet_goes_packed_to_whoever_unpacks_and_as_it_is_to_whoever_does_not() {
    let site = Site::with_city();
    let page = site.browser(Lang::En).get("/").await.body;
    let address =
        page.split("rel=\"stylesheet\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a style");
    let ask = async |accepts: Option<&str>| {
        let mut request = axum::http::Request::get(address);
        if let Some(accepts) = accepts {
            request = request.header("accept-encoding", accepts);
        }
        let request = request.body(axum::body::Body::empty()).expect("a request");
        let answer = tower::ServiceExt::oneshot(web::router(site.app.clone()), request).await.expect("an answer");
        let coding = answer.headers().get("content-encoding").map(|value| value.to_str().expect("text").to_owned());
        let bytes = axum::body::to_bytes(answer.into_body(), 100_000).await.expect("a body");
        (coding, bytes)
    };
    let (coding, plain) = ask(None).await;
    assert!(coding.is_none() && plain.starts_with(b"/*") || plain.starts_with(b":root") || plain.starts_with(b"@"));
    assert_eq!(ask(Some("br, gzip;q=0")).await, (None, plain.clone()));
    let (coding, packed) = ask(Some("gzip, deflate, br")).await;
    assert_eq!(coding.as_deref(), Some("gzip"));
    assert!(packed.len() * 3 < plain.len(), "{} of {}", packed.len(), plain.len());
}
