//! What is sent twice: the same form again, and the same thing in other words.

use axum::http::{StatusCode, header};
use ledger::audience::Audience;
use serde_json::json;
use store::access::{Scopes, TOKEN_LIFE_MAX};
use web::texts::Lang;

use crate::city::{CLERK, SUPERVISION, WATER};
use crate::qinghe::{form, send, set};
use crate::site::{PASSWORD, Site, officer};

const NEW: &str = "/matters/new";
const DREDGE: &str = "完成西河清淤两公里并恢复护岸";
const DREDGE_SOON: &str = "尽快完成西河清淤两公里并恢复护岸";

fn token(site: &Site, no: u128) -> String {
    let scopes = Scopes::parse(["read", "act"]).expect("scopes");
    let made = site.app.access.make_token(officer(no), "desk", &scopes, TOKEN_LIFE_MAX, None);
    made.expect("access.db").expect("a label").expect("the first")
}

#[tokio::test]
async fn a_program_that_only_looks_for_the_same_thing_opens_nothing() {
    let site = Site::with_city();
    let (_, number) = site.open(DREDGE, Audience::Office);
    site.browser_of(CLERK, Lang::En).await;
    let token = token(&site, CLERK);
    let mut asked = json!({ "kind": "directive", "audience": "office", "directive": DREDGE_SOON, "look": "yes" });
    let answer = site.program_sends(NEW, &token, &asked).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let said: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(said, json!({ "alike": [{ "number": number.to_string(), "state": "opened" }] }));
    assert_eq!(site.program("GET", "/matters/2026-0002", &token).await.status, StatusCode::NOT_FOUND);
    asked["look"] = json!("");
    let opened = site.program_sends(NEW, &token, &asked).await;
    assert!(opened.body.contains("2026-0002"), "{}", opened.body);
}

#[tokio::test]
async fn other_words_than_those_looked_at_are_looked_at_again() {
    let site = Site::with_city();
    let (_, dredge) = site.open(DREDGE, Audience::Office);
    let (_, wall) = site.open("修复东岸防洪堤破损的护栏", Audience::Office);
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let mut fields = form(&clerk.get(NEW).await.body, NEW);
    set(&mut fields, "directive", DREDGE_SOON);
    let shown = send(&mut clerk, NEW, &fields).await;
    assert!(
        shown.status == StatusCode::CONFLICT && shown.body.contains(&format!("/matters/{dredge}")),
        "{}",
        shown.body
    );
    let mut again = form(&shown.body, NEW);
    set(&mut again, "directive", "尽快修复东岸防洪堤破损的护栏");
    let other = send(&mut clerk, NEW, &again).await;
    assert!(other.status == StatusCode::CONFLICT && other.body.contains(&format!("/matters/{wall}")), "{}", other.body);
    let mut again = form(&other.body, NEW);
    set(&mut again, "lead", &format!("unit/{WATER}"));
    assert_ne!(send(&mut clerk, NEW, &again).await.status, StatusCode::SEE_OTHER, "for a lead it was not looked at");
    let mut forged = form(&other.body, NEW);
    set(&mut forged, "seen_alike", "yes");
    assert_eq!(send(&mut clerk, NEW, &forged).await.status, StatusCode::CONFLICT);
    let opened = send(&mut clerk, NEW, &form(&other.body, NEW)).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
}

#[tokio::test]
async fn without_a_lead_it_is_looked_for_whoever_leads_it() {
    let site = Site::with_city();
    let (matter, number) = site.open(DREDGE, Audience::Office);
    site.assign(matter, 30);
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let mut fields = form(&clerk.get(NEW).await.body, NEW);
    set(&mut fields, "directive", DREDGE_SOON);
    let shown = send(&mut clerk, NEW, &fields).await;
    assert!(
        shown.status == StatusCode::CONFLICT && shown.body.contains(&format!("/matters/{number}")),
        "{}",
        shown.body
    );
}

/// What somebody else opened in the meantime was not shown, so it is shown.
#[tokio::test]
async fn what_has_come_since_it_was_looked_for_is_looked_at_again() {
    let site = Site::with_city();
    site.open(DREDGE, Audience::Office);
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let mut fields = form(&clerk.get(NEW).await.body, NEW);
    set(&mut fields, "directive", DREDGE_SOON);
    let shown = send(&mut clerk, NEW, &fields).await;
    assert_eq!(shown.status, StatusCode::CONFLICT, "{}", shown.body);
    let (_, late) = site.open(DREDGE_SOON, Audience::Office);
    let again = send(&mut clerk, NEW, &form(&shown.body, NEW)).await;
    assert!(again.status == StatusCode::CONFLICT && again.body.contains(&format!("/matters/{late}")), "{}", again.body);
    let opened = send(&mut clerk, NEW, &form(&again.body, NEW)).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
}

#[tokio::test]
async fn the_same_words_for_another_lead_may_be_the_same_thing_too() {
    let site = Site::with_city();
    let (matter, number) = site.open(DREDGE, Audience::Office);
    site.assign(matter, 30);
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let mut fields = form(&clerk.get(NEW).await.body, NEW);
    for (name, value) in [("directive", DREDGE), ("criterion", "Dry"), ("due", "2027-03-31")] {
        set(&mut fields, name, value);
    }
    set(&mut fields, "lead", &format!("unit/{}", ledger::id::UnitId(uuid::Uuid::from_u128(0x50))));
    let shown = send(&mut clerk, NEW, &fields).await;
    assert!(
        shown.status == StatusCode::CONFLICT && shown.body.contains(&format!("/matters/{number}")),
        "{}",
        shown.body
    );
}

#[tokio::test]
async fn looking_for_nothing_or_for_nobodys_is_told_at_the_field() {
    let site = Site::with_city();
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let token = token(&site, CLERK);
    for (directive, lead, field) in [("", "", "directive"), (DREDGE, "unit/banana", "lead"), (DREDGE, "nobody", "lead")]
    {
        let mut fields = form(&clerk.get(NEW).await.body, NEW);
        set(&mut fields, "directive", directive);
        set(&mut fields, "lead", lead);
        fields.push(("look".into(), "yes".into()));
        let wrong = send(&mut clerk, NEW, &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.body);
        crate::markup::check("looked for wrongly", &wrong.body);
        assert!(wrong.body.contains(&format!("href=\"#{field}\"")), "{}", wrong.body);
        assert!(!wrong.body.contains("says much the same"), "{}", wrong.body);
        let asked = json!({ "directive": directive, "lead": lead, "look": "yes" });
        let answer = site.program_sends(NEW, &token, &asked).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert!(answer.body.contains(&format!("\"field\":\"{field}\"")), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_form_for_a_token_makes_one_whatever_it_says_the_second_time() {
    for (lang, said) in [(Lang::En, "already sent once"), (Lang::ZhHans, "已提交过一次")] {
        let site = Site::new();
        let mut browser = site.browser_of_officer(lang).await;
        let command = site.app.command_id().to_string();
        let fields = |label: &'static str| {
            [
                ("command", command.as_str()),
                ("label", label),
                ("scope", "read"),
                ("life", "30"),
                ("old_password", PASSWORD),
            ]
        };
        let first = browser.post("/account/tokens", &fields("scanner")).await;
        assert!(first.status == StatusCode::OK && first.body.contains("data-select"), "{}", first.body);
        for label in ["scanner", "plotter"] {
            let again = browser.post("/account/tokens", &fields(label)).await;
            assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
            assert!(again.body.contains(said) && !again.body.contains("data-select"), "{}", again.body);
            crate::markup::check("token again", &again.body);
        }
        assert_eq!(site.app.access.tokens(officer(1)).expect("access.db").len(), 1);
    }
}

#[tokio::test]
async fn a_form_for_a_token_sent_again_offers_no_revoking_of_what_is_revoked() {
    for (lang, below, gone) in
        [(Lang::En, "revoke it below", "opens nothing"), (Lang::ZhHans, "在下方撤销", "已经失效")]
    {
        let site = Site::new();
        let mut browser = site.browser_of_officer(lang).await;
        let command = site.app.command_id().to_string();
        let fields = [
            ("command", command.as_str()),
            ("label", "scanner"),
            ("scope", "read"),
            ("life", "30"),
            ("old_password", PASSWORD),
        ];
        browser.post("/account/tokens", &fields).await;
        let live = browser.post("/account/tokens", &fields).await.body;
        assert!(live.contains(below) && !live.contains(gone), "{live}");
        let id = site.app.access.tokens(officer(1)).expect("access.db")[0].id.to_string();
        browser.post("/account/tokens/revocation", &[("id", &id)]).await;
        let revoked = browser.post("/account/tokens", &fields).await.body;
        assert!(!revoked.contains(below) && revoked.contains(gone), "{revoked}");
    }
}

#[tokio::test]
async fn a_script_that_makes_a_token_is_answered_as_one() {
    let site = Site::new();
    let mut browser = site.browser_of_officer(Lang::En).await;
    let command = site.app.command_id().to_string();
    let asked = json!({
        "csrf": browser.csrf,
        "command": command,
        "label": "scanner",
        "scope": ["read"],
        "life": "30",
        "old_password": PASSWORD,
    });
    let mut send = async |path: &str, asked: &serde_json::Value| {
        let answer = browser.post_json(path, asked).await;
        let said: serde_json::Value = serde_json::from_str(&answer.body).expect(&answer.body);
        (answer.status, said)
    };
    let mut wrong = asked.clone();
    wrong["old_password"] = json!("wrong horse battery");
    let (status, said) = send("/account/tokens", &wrong).await;
    assert_eq!((status, &said["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("old_password")));
    wrong["label"] = json!("");
    let (status, said) = send("/account/tokens", &wrong).await;
    assert_eq!((status, &said["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("label")));
    let (status, said) = send("/account/tokens", &asked).await;
    let token = said["token"].as_str().unwrap_or_default();
    assert!(status == StatusCode::OK && site.app.access.token(token).expect("access.db").is_some(), "{said}");
    let (status, said) = send("/account/tokens", &asked).await;
    assert_eq!((status, &said["code"]), (StatusCode::CONFLICT, &json!("repeated")));
    let id = site.app.access.tokens(officer(1)).expect("access.db")[0].id.to_string();
    let (status, said) = send("/account/tokens/revocation", &json!({ "csrf": asked["csrf"], "id": id })).await;
    assert_eq!((status, &said["revoked"]), (StatusCode::OK, &json!(id)));
}

#[tokio::test]
async fn an_assignment_of_many_sent_again_is_answered_as_it_was_the_first_time() {
    let site = Site::with_city();
    let numbers = ["One", "Two"].map(|quote| site.open(quote, Audience::Office).1.to_string());
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let command = site.app.command_id().to_string();
    let mut fields = vec![("command".to_owned(), command)];
    for number in &numbers {
        fields.push(("row".to_owned(), number.clone()));
        for (name, value) in [
            ("version", "1".to_owned()),
            ("lead", format!("unit/{WATER}")),
            ("supervising", format!("unit/{SUPERVISION}")),
            ("criterion", "Dry".to_owned()),
            ("due", "2027-03-31".to_owned()),
        ] {
            fields.push((format!("{name}-{number}"), value));
        }
    }
    let path = "/matters/assignment";
    let first = send(&mut clerk, path, &fields).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    let again = send(&mut clerk, path, &fields).await;
    assert_eq!((again.status, again.header(header::LOCATION)), (first.status, first.header(header::LOCATION)));
    // Another form for the same rows is told that they have moved on.
    fields[0].1 = site.app.command_id().to_string();
    assert_eq!(send(&mut clerk, path, &fields).await.status, StatusCode::CONFLICT);
    let three = site.open("Three", Audience::Office).1.to_string();
    let token = token(&site, CLERK);
    let mut object = serde_json::Map::new();
    for (name, value) in [
        ("command".to_owned(), site.app.command_id().to_string()),
        ("row".to_owned(), three.clone()),
        (format!("version-{three}"), "1".to_owned()),
        (format!("lead-{three}"), format!("unit/{WATER}")),
        (format!("supervising-{three}"), format!("unit/{SUPERVISION}")),
        (format!("criterion-{three}"), "Dry".to_owned()),
        (format!("due-{three}"), "2027-03-31".to_owned()),
    ] {
        object.insert(name, json!(value));
    }
    let object = serde_json::Value::Object(object);
    for _ in 0..2 {
        let answer = site.program_sends(path, &token, &object).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&answer.body).expect("JSON"),
            json!({ "assigned": 1, "left": [] })
        );
    }
}
