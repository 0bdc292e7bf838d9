//! Coming in and going out.

use axum::http::StatusCode;
use axum::http::header::{LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};
use jiff::SignedDuration;
use store::access::Purpose;
use web::texts::Lang;

use crate::site::{LOGIN, PASSWORD, Site, officer};

const SESSION: &str = "__Host-luoshi";

#[tokio::test]
async fn the_right_password_opens_a_session_in_a_cookie_that_no_script_and_no_other_site_can_use() {
    let site = Site::new();
    site.make_account(officer(1));
    let mut browser = site.browser(Lang::En);
    let answer = browser.post("/sign-in", &[("login", "Zhang.Min"), ("password", PASSWORD), ("to", "/account")]).await;
    assert_eq!((answer.status, answer.header(LOCATION)), (StatusCode::SEE_OTHER, "/account"));
    let cookie = answer.cookie(SESSION);
    for flag in ["; Path=/;", "; HttpOnly", "; Secure", "; SameSite=Lax", "; Max-Age=43200;"] {
        assert!(cookie.contains(flag), "{cookie} lacks {flag}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let account = browser.get("/account").await;
    assert_eq!(account.status, StatusCode::OK);
    assert!(account.body.contains(LOGIN));
}

#[tokio::test]
async fn a_wrong_password_is_told_at_its_field_and_the_login_stays() {
    let site = Site::new();
    site.make_account(officer(1));
    for login in [LOGIN, "nobody.at.all"] {
        let answer = site.browser(Lang::En).post("/sign-in", &[("login", login), ("password", "wrong")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("href=\"#password\""), "{}", answer.body);
        assert!(answer.body.contains("aria-invalid=\"true\""));
        assert!(answer.body.contains(&format!("value=\"{login}\"")));
        assert!(!answer.body.contains("value=\"wrong\""), "a password is never shown again");
        assert_eq!(answer.cookie(SESSION), "");
    }
}

#[tokio::test]
async fn an_empty_form_is_told_field_by_field() {
    let site = Site::new();
    let answer = site.browser(Lang::En).post("/sign-in", &[("login", " "), ("password", "")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("href=\"#login\"") && answer.body.contains("href=\"#password\""));
}

#[tokio::test]
async fn guesses_are_slowed_and_the_wait_is_said_and_ends() {
    let site = Site::new();
    site.make_account(officer(1));
    let mut browser = site.browser(Lang::En);
    for _ in 0..6 {
        let answer = browser.post("/sign-in", &[("login", LOGIN), ("password", "wrong")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let slowed = browser.post("/sign-in", &[("login", LOGIN), ("password", PASSWORD)]).await;
    assert_eq!((slowed.status, slowed.header(RETRY_AFTER)), (StatusCode::TOO_MANY_REQUESTS, "2"));
    assert!(slowed.body.contains("in 2 seconds"), "{}", slowed.body);
    site.wait(SignedDuration::from_secs(2));
    let answer = browser.post("/sign-in", &[("login", LOGIN), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_page_for_officers_sends_visitors_to_sign_in_and_back() {
    let site = Site::new();
    site.make_account(officer(1));
    let mut browser = site.browser(Lang::En);
    let asked = browser.get("/account/tokens").await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    let form = browser.get(asked.header(LOCATION)).await;
    let form = form.between("action=\"/sign-in\">", "</form>");
    let to =
        form.split_once("name=\"to\" value=\"").expect("a way back").1.split('"').next().expect("an end").to_owned();
    let answer = browser.post("/sign-in", &[("login", LOGIN), ("password", PASSWORD), ("to", &to)]).await;
    assert_eq!(answer.header(LOCATION), "/account/tokens");
}

#[tokio::test]
async fn signing_in_never_leads_to_another_site() {
    let site = Site::new();
    site.make_account(officer(1));
    for to in ["//evil.example", "https://evil.example/", "/\\evil.example"] {
        let fields = [("login", LOGIN), ("password", PASSWORD), ("to", to)];
        assert_eq!(site.browser(Lang::En).post("/sign-in", &fields).await.header(LOCATION), "/");
    }
}

#[tokio::test]
async fn signing_in_anew_ends_the_session_that_the_browser_had() {
    let site = Site::new();
    let mut browser = site.browser_of_officer(Lang::En).await;
    let before = browser.cookies.clone();
    browser.post("/sign-in", &[("login", LOGIN), ("password", PASSWORD)]).await;
    assert_ne!(browser.cookies[SESSION], before[SESSION]);
    browser.cookies = before;
    assert_eq!(browser.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_without_the_sessions_secret_changes_nothing() {
    let site = Site::new();
    let mut browser = site.browser_of_officer(Lang::En).await;
    let here = "https://luoshi.qinghe.example";
    let token = [("label", "stolen"), ("scope", "act"), ("life", "30")];
    for sent in [vec![], vec![("csrf", "")], vec![("csrf", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]] {
        let fields: Vec<(&str, &str)> = token.into_iter().chain(sent).collect();
        assert_eq!(browser.post_from(here, "/account/tokens", &fields).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(browser.post_from(here, "/sign-out", &[]).await.status, StatusCode::FORBIDDEN);
    let tokens = browser.get("/account/tokens").await;
    assert_eq!(tokens.status, StatusCode::OK);
    assert!(!tokens.body.contains("stolen"));
}

#[tokio::test]
async fn a_form_from_another_site_is_refused_even_with_the_secret() {
    let site = Site::new();
    let mut browser = site.browser_of_officer(Lang::En).await;
    let csrf = browser.get("/account").await.between("name=\"csrf\" value=\"", "\"").to_owned();
    let fields = [("csrf", csrf.as_str())];
    assert_eq!(browser.post_from("https://evil.example", "/sign-out", &fields).await.status, StatusCode::FORBIDDEN);
    let fields = [("login", LOGIN), ("password", PASSWORD)];
    assert_eq!(browser.post_from("https://evil.example", "/sign-in", &fields).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn signing_out_ends_the_session_here_and_on_the_server() {
    let site = Site::new();
    let mut browser = site.browser_of_officer(Lang::En).await;
    let before = browser.cookies.clone();
    let answer = browser.post("/sign-out", &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.cookie(SESSION).contains("Max-Age=0"));
    assert!(!browser.cookies.contains_key(SESSION));
    browser.cookies = before;
    assert_eq!(browser.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_session_left_alone_for_an_hour_is_over() {
    let site = Site::new();
    let mut browser = site.browser_of_officer(Lang::En).await;
    site.wait(SignedDuration::from_mins(59));
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    site.wait(SignedDuration::from_mins(60));
    assert_eq!(browser.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_token_is_shown_once_opens_what_it_was_made_for_and_nothing_after_it_is_revoked() {
    let site = Site::new();
    let mut browser = site.browser_of_officer(Lang::En).await;
    let made = browser
        .post("/account/tokens", &[("label", "scanner"), ("scope", "read"), ("life", "30"), ("old_password", PASSWORD)])
        .await;
    assert_eq!(made.status, StatusCode::OK);
    let token = made.between("data-select>", "<").to_owned();
    assert!(token.starts_with("luoshi_"));
    let list = browser.get("/account/tokens").await;
    assert!(list.body.contains("scanner") && !list.body.contains(&token));

    // No token opens the account itself, and the answer to a program is JSON.
    let answer = site.program("GET", "/account", &token).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("\"code\":\"in-person\""), "{}", answer.body);
    assert_eq!(site.program("GET", "/", &token).await.status, StatusCode::OK);

    let id = list.between("action=\"/account/tokens/revocation\">", "</form>");
    let id = id.split_once("name=\"id\" value=\"").expect("an id").1.split('"').next().expect("an end");
    assert_eq!(browser.post("/account/tokens/revocation", &[("id", id)]).await.status, StatusCode::SEE_OTHER);
    let answer = site.program("GET", "/account", &token).await;
    assert_eq!((answer.status, answer.header(WWW_AUTHENTICATE)), (StatusCode::UNAUTHORIZED, "Bearer"));
    assert_eq!(browser.post("/account/tokens/revocation", &[("id", id)]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_token_is_made_only_for_who_says_the_password_again() {
    let site = Site::new();
    let mut browser = site.browser_of_officer(Lang::En).await;
    for typed in ["", "not the password"] {
        let fields = [("label", "scanner"), ("scope", "read"), ("life", "365"), ("old_password", typed)];
        let answer = browser.post("/account/tokens", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("href=\"#old_password\"") && answer.body.contains("value=\"scanner\""));
        assert!(!answer.body.contains("luoshi_"), "{}", answer.body);
    }
    assert!(site.app.access.tokens(officer(1)).expect("tokens").is_empty());
}

#[tokio::test]
async fn a_token_that_opens_nothing_is_not_taken_for_a_visitor() {
    let site = Site::new();
    for sent in ["Bearer bogus", "bearer bogus", "Bearer", "Basic YTpi", "bogus"] {
        for path in ["/", "/matters", "/public", "/nowhere"] {
            let answer = site.program_as("GET", path, sent).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{sent:?} {path}: {}", answer.body);
            assert_eq!(answer.header(WWW_AUTHENTICATE), "Bearer");
            assert!(answer.body.contains("\"code\":\"sign-in\""), "{}", answer.body);
        }
    }
    let mut browser = site.browser_of_officer(Lang::En).await;
    let made = browser
        .post("/account/tokens", &[("label", "scanner"), ("scope", "read"), ("life", "30"), ("old_password", PASSWORD)])
        .await;
    let token = made.between("data-select>", "<").to_owned();
    for scheme in ["Bearer", "bearer", "BEARER"] {
        assert_eq!(site.program_as("GET", "/", &format!("{scheme} {token}")).await.status, StatusCode::OK, "{scheme}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_token_is_told_and_what_was_typed_stays() {
    let site = Site::new();
    let mut browser = site.browser_of_officer(Lang::En).await;
    let answer = browser.post("/account/tokens", &[("label", "night run"), ("life", "9999")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("href=\"#scope\"") && answer.body.contains("href=\"#life\""));
    assert!(answer.body.contains("value=\"night run\""));
}

#[tokio::test]
async fn the_language_chosen_is_kept_over_what_the_browser_asks_for() {
    let site = Site::new();
    let mut browser = site.browser(Lang::En);
    assert!(browser.get("/display").await.body.contains("<html lang=\"en\""));
    let answer = browser.post("/language", &[("language", "zh-Hans"), ("to", "/display?lang=en")]).await;
    assert_eq!((answer.status, answer.header(LOCATION)), (StatusCode::SEE_OTHER, "/display"));
    for path in ["/display", "/", "/nowhere"] {
        assert!(browser.get(path).await.body.contains("<html lang=\"zh-Hans\""), "{path}");
    }
    assert!(browser.get("/?lang=en").await.body.contains("<html lang=\"en\""), "an address may ask for one page");
}

#[tokio::test]
async fn the_display_chosen_is_kept() {
    let site = Site::new();
    let mut browser = site.browser(Lang::En);
    let fields = [("theme", "light"), ("size", "large"), ("contrast", "high"), ("to", "/sign-in")];
    assert_eq!(browser.post("/display", &fields).await.header(LOCATION), "/sign-in");
    let page = browser.get("/").await;
    assert!(page.body.contains("data-theme=\"light\" data-size=\"large\" data-contrast=\"high\""), "{}", page.body);
}

#[tokio::test]
async fn a_one_time_link_lets_in_once() {
    let site = Site::new();
    let path = site.link(officer(7), Purpose::Setup);
    let fields = [("login", "li.wei"), ("new_password", PASSWORD), ("password_again", PASSWORD)];
    let mut browser = site.browser(Lang::En);
    assert_eq!(browser.get(&path).await.status, StatusCode::OK);
    let answer = browser.post(&path, &fields).await;
    assert_eq!((answer.status, answer.header(LOCATION)), (StatusCode::SEE_OTHER, "/"));
    assert!(browser.get("/account").await.body.contains("li.wei"));

    let mut other = site.browser(Lang::En);
    assert_eq!(other.get(&path).await.status, StatusCode::GONE);
    assert_eq!(other.post(&path, &fields).await.status, StatusCode::GONE);
    assert_eq!(other.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_one_time_link_is_not_spent_by_a_mistake_but_by_three_days_or_a_newer_one() {
    let site = Site::new();
    let first = site.link(officer(7), Purpose::Invite);
    let path = site.link(officer(7), Purpose::Invite);
    let mut browser = site.browser(Lang::En);
    assert_eq!(browser.get(&first).await.status, StatusCode::GONE);
    let fields = [("login", "li.wei"), ("new_password", "short"), ("password_again", "shorter")];
    let answer = browser.post(&path, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("value=\"li.wei\"") && answer.body.contains("href=\"#password_again\""));
    assert_eq!(browser.get(&path).await.status, StatusCode::OK);
    site.wait(SignedDuration::from_hours(72));
    assert_eq!(browser.get(&path).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_login_that_somebody_has_is_told_at_its_field() {
    let site = Site::new();
    site.make_account(officer(1));
    let path = site.link(officer(7), Purpose::Invite);
    let fields = [("login", LOGIN), ("new_password", PASSWORD), ("password_again", PASSWORD)];
    let answer = site.browser(Lang::En).post(&path, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("href=\"#login\""));
}

#[tokio::test]
async fn a_reset_ends_every_other_way_in() {
    let site = Site::new();
    let mut browser = site.browser_of_officer(Lang::En).await;
    let made = browser
        .post("/account/tokens", &[("label", "scanner"), ("scope", "read"), ("life", "30"), ("old_password", PASSWORD)])
        .await;
    let token = made.between("data-select>", "<").to_owned();
    let path = site.link(officer(1), Purpose::Reset);
    let new = "another river in autumn";
    let answer = site.browser(Lang::En).post(&path, &[("new_password", new), ("password_again", new)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get("/account").await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.program("GET", "/account", &token).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn changing_the_password_asks_for_the_old_one_and_signs_out_elsewhere() {
    let site = Site::new();
    let mut browser = site.browser_of_officer(Lang::En).await;
    let mut elsewhere = site.browser(Lang::En);
    elsewhere.post("/sign-in", &[("login", LOGIN), ("password", PASSWORD)]).await;
    let new = "another river in autumn";
    let wrong = [("old_password", "not it at all"), ("new_password", new), ("password_again", new)];
    let answer = browser.post("/account/password", &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("href=\"#old_password\""));
    let right = [("old_password", PASSWORD), ("new_password", new), ("password_again", new)];
    assert_eq!(browser.post("/account/password", &right).await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    assert_eq!(elsewhere.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_session_elsewhere_can_be_ended_from_the_account() {
    let site = Site::new();
    let mut browser = site.browser_of_officer(Lang::En).await;
    let mut elsewhere = site.browser(Lang::En);
    elsewhere.post("/sign-in", &[("login", LOGIN), ("password", PASSWORD)]).await;
    let account = browser.get("/account").await;
    let form = account.between("action=\"/account/sessions/end\">", "</form>");
    let id = form.split_once("name=\"id\" value=\"").expect("an id").1.split('"').next().expect("an end");
    assert_eq!(browser.post("/account/sessions/end", &[("id", id)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(elsewhere.get("/account").await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
}
