//! What an address asks and its page does not know; and a form whose command was carried out before with other content.

use axum::http::StatusCode;
use ledger::audience::Audience;
use web::texts::Lang;

use crate::city::{AUDITOR, CLERK, CLERK2, WATER_MEMBER};
use crate::qinghe::take_in;
use crate::site::{Browser, Site};

/// Refused in one manner: 422, what was asked last is named, and the page is offered without it.
async fn is_refused(browser: &mut Browser, path: &str, named: &str) {
    let named = named.rsplit('&').next().unwrap_or(named);
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.body);
    assert!(answer.body.contains(named), "{path} does not name {named}: {}", answer.body);
    let bare = path.split('?').next().unwrap_or(path);
    let ways = answer.body.split("class=\"button\" href=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or(""));
    let ways: Vec<&str> = ways.collect();
    assert!(ways.iter().any(|way| way.starts_with(bare)), "{path} offers {ways:?} and not {bare}");
    assert!(answer.body.contains("<html"), "{path} is no page: {}", answer.body);
}

#[tokio::test]
async fn whatever_an_address_asks_in_vain_is_named_and_the_page_offered_without_it() {
    let site = Site::with_city();
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let document = take_in(&mut clerk).await;
    let (_, number) = site.open("Dredge", Audience::Office);
    for (lang, standing, number_label) in [(Lang::En, "Standing", "Number"), (Lang::ZhHans, "error-summary", "编号")]
    {
        let mut visitor = site.browser(lang);
        for path in
            ["/published", "/feed.atom", "/open-data/matters.json", "/open-data/matters.csv", "/open-data/events.csv"]
        {
            for asked in ["standing=zz", "lead=zz", "document=zz", "before=zz", "standng=late"] {
                is_refused(&mut visitor, &format!("{path}?{asked}"), asked).await;
            }
            let added = visitor.get(&format!("{path}?from=singlemessage&isappinstalled=0&utm_source=x")).await;
            assert_eq!(added.status, StatusCode::OK, "{path} with what a messenger adds");
        }
        let mut clerk = site.browser_of(CLERK, lang).await;
        for (path, asked) in [
            ("/documents", "page=abc"),
            ("/documents", "page=-1"),
            ("/documents", "pages=1"),
            ("/meetings", "page=99999999999"),
            ("/notices", "page=abc"),
            ("/notices", "number=zzz"),
            ("/notices", "page=0&page=x"),
            ("/notices", "x=1"),
            (document.as_str(), "opened=zzz"),
            ("/matters/assignment", "number=zzz"),
            (document.as_str(), "x=1"),
            ("/matters/assignment", "x=1"),
            ("/search", "wrods=x"),
            (&format!("/matters/{number}/assignment"), "leed=x"),
            (&format!("/matters/{number}"), "before=0"),
            (&format!("/matters/{number}"), "befor=7"),
        ] {
            is_refused(&mut clerk, &format!("{path}?{asked}"), asked).await;
        }
        is_refused(&mut clerk, "/matters?standng=late", "standng=late").await;
        is_refused(&mut clerk, "/matters/export.csv?standng=late", "standng=late").await;
        for asked in ["state=xx", "standing=zz", "due_from=2026-02-30", "within=many", "month=13"] {
            is_refused(&mut clerk, &format!("/matters?{asked}"), "error-summary").await;
            let answer = clerk.get(&format!("/matters?{asked}")).await;
            assert!(!answer.body.contains(&format!("href=\"/matters/{number}\"")), "{asked} lists what was not asked");
        }
        assert!(clerk.get("/matters?standing=zz").await.body.contains(standing), "{standing}");
        let mut auditor = site.browser_of(AUDITOR, lang).await;
        is_refused(&mut auditor, "/audit/reads?number=zzz", number_label).await;
        is_refused(&mut auditor, "/audit/reads?place=zzz", "place=zzz").await;
        is_refused(&mut auditor, "/audit/rights?on=zzz", "error-summary").await;
        is_refused(&mut auditor, "/audit/rights?page=x", "page=x").await;
        is_refused(&mut auditor, "/audit/rights/changes?before=x", "before=x").await;
        let mut administrator = site.browser_of(1, lang).await;
        is_refused(&mut administrator, "/organisation/calendar?year=zz", "year=zz").await;
        is_refused(&mut administrator, "/organisation?p=zz", "p=zz").await;
    }
}

/// Every address that answers a GET, as the router has them.
fn addresses() -> Vec<&'static str> {
    let sources = [include_str!("../../src/pages/mod.rs"), include_str!("../../src/pages/public.rs")];
    let routes = sources.into_iter().flat_map(|source| source.split(".route(").skip(1));
    let gets = routes.filter(|route| route.split(".route(").next().is_some_and(|route| route.contains("get(")));
    gets.map(|route| route.split('"').nth(1).expect("an address")).collect()
}

#[tokio::test]
async fn no_address_passes_over_what_it_does_not_know() {
    let addresses = addresses();
    assert!(
        addresses.len() > 60 && addresses.contains(&"/audit") && addresses.contains(&"/sitemap.xml"),
        "{addresses:?}"
    );
    let site = Site::with_city();
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let document = take_in(&mut clerk).await;
    let (_, number) = site.open("Dredge", Audience::Office);
    let mut auditor = site.browser_of(AUDITOR, Lang::En).await;
    let mut administrator = site.browser_of(1, Lang::En).await;
    let mut visitor = site.browser(Lang::En);
    let some_id = uuid::Uuid::from_u128(0x77).to_string();
    for address in addresses {
        let path = match address {
            _ if address.starts_with("/documents/") => address.replace("/documents/{id}", &document),
            _ => address.replace("{noun}", "assignment"),
        };
        let path = path.replace("{number}", &number.to_string()).replace("{id}", &some_id).replace("{no}", "1");
        let path = path.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect::<Vec<_>>();
        let path = format!("{}?nonsense=1", path.join("/"));
        for reader in [&mut clerk, &mut auditor, &mut administrator, &mut visitor] {
            let answer = reader.get(&path).await;
            let is_told = answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.body.contains("nonsense=1");
            // Whoever may not see the page at all is told that, and nothing of its address.
            let is_kept_out = [StatusCode::SEE_OTHER, StatusCode::NOT_FOUND, StatusCode::FORBIDDEN];
            assert!(is_told || is_kept_out.contains(&answer.status), "{path}: {}", answer.status);
        }
        let mut told = 0;
        for reader in [&mut clerk, &mut auditor, &mut administrator, &mut visitor] {
            told += usize::from(reader.get(&path).await.status == StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert!(told > 0, "nobody is told at {path}");
    }
}

#[tokio::test]
async fn the_way_on_takes_out_what_is_wrong_and_leaves_the_rest() {
    let site = Site::with_city();
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let answer = clerk.get("/matters?standing=zz&lang=en&words=dredge").await;
    assert!(answer.body.contains("class=\"button\" href=\"/matters?lang=en&#38;words=dredge\""), "{}", answer.body);
}

#[tokio::test]
async fn the_way_on_takes_out_all_that_is_wrong_at_once() {
    let site = Site::with_city();
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    for (path, kept) in [
        ("/account?nosuch=1&other=2", "/account"),
        ("/documents?nosuch=1&page=x&other=2", "/documents"),
        ("/documents?page=0&page=1", "/documents"),
        ("/notices?page=x&number=zzz&nosuch=1", "/notices"),
        ("/notices?page=0&page=x", "/notices"),
        ("/published?standing=zz&words=dredge&lead=zz&nosuch=1", "/published?words=dredge"),
        ("/matters?nosuch=1&words=dredge&words=wall&other=2", "/matters"),
    ] {
        let answer = clerk.get(path).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.body);
        assert!(answer.body.contains(&format!("class=\"button\" href=\"{kept}\"")), "{path}: {}", answer.body);
        assert_eq!(clerk.get(kept).await.status, StatusCode::OK, "{kept}");
    }
    let named = clerk.get("/account?nosuch=1&other=2").await;
    assert!(named.body.contains("nosuch=1, other=2"), "{}", named.body);
}

#[tokio::test]
async fn a_page_beyond_the_last_is_none_and_leads_to_the_first() {
    let site = Site::with_city();
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let mut auditor = site.browser_of(AUDITOR, Lang::ZhHans).await;
    take_in(&mut clerk).await;
    for path in ["/documents", "/meetings", "/notices"] {
        let answer = clerk.get(&format!("{path}?page=7")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.body);
        assert!(answer.body.contains("has no such page"), "{}", answer.body);
        assert!(answer.body.contains(&format!("class=\"button\" href=\"{path}\"")), "{}", answer.body);
        assert_eq!(clerk.get(&format!("{path}?page=0")).await.status, StatusCode::OK, "{path}");
    }
    let answer = auditor.get("/audit/rights?on=2026-11-24&page=3").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
    assert!(answer.body.contains("href=\"/audit/rights?on=2026-11-24\""), "{}", answer.body);
}

#[tokio::test]
async fn a_program_is_told_which_field_its_address_has_wrong() {
    let site = Site::with_city();
    let answer = site.visiting_program("/open-data/matters.json?standing=zz").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!((&said["code"], &said["field"]), (&"asked".into(), &"standing".into()));
}

#[tokio::test]
async fn a_form_sent_again_with_other_content_comes_back_with_it() {
    let site = Site::with_city();
    for lang in Lang::ALL {
        let said = match lang {
            Lang::En => "already sent once",
            Lang::ZhHans => "已提交过一次",
        };
        let (matter, number) = site.open("Dredge", Audience::Office);
        site.assign(matter, 30);
        let mut clerk = site.browser_of(CLERK, lang).await;
        let (command, number) = (site.app.command_id().to_string(), number.to_string());
        let notice = |word: &'static str| {
            [("command", command.as_str()), ("number", &number), ("word", word), ("liaison", "8765")].map(|pair| pair)
        };
        let first = clerk.post("/notices", &notice("QD")).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let again = clerk.post("/notices", &notice("Typed anew")).await;
        assert!(again.body.contains(said), "{}: {}", again.status, again.body);

        let command = site.app.command_id().to_string();
        let text = |words| [("command", command.as_str()), ("text", words)];
        let first = clerk.post("/documents", &text("会议要求，水务局年底前完成清淤工作。")).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let again = clerk.post("/documents", &text("Typed anew")).await;
        assert!(again.body.contains(said) && again.body.contains("Typed anew"), "{}: {}", again.status, again.body);

        let (command, _) = (site.app.command_id().to_string(), site.open("One", Audience::Office));
        let (_, number) = site.open("Two", Audience::Office);
        let (number, [lead, supervising]) = (
            number.to_string(),
            [format!("unit/{}", crate::city::WATER), format!("unit/{}", crate::city::SUPERVISION)],
        );
        let [l, s, c, d, v] =
            ["lead", "supervising", "criterion", "due", "version"].map(|name| format!("{name}-{number}"));
        let row = |criterion: &'static str| -> Vec<(String, String)> {
            [
                ("command", command.as_str()),
                ("row", &number),
                (&v, "1"),
                (&l, &lead),
                (&s, &supervising),
                (&c, criterion),
                (&d, "2027-03-31"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into()
        };
        let mut send = async |criterion| {
            let fields = row(criterion);
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            clerk.post("/matters/assignment", &fields).await
        };
        let first = send("dry").await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        // The row has moved on, which is said with what was typed.
        let again = send("Typed anew").await;
        assert!(
            again.status == StatusCode::CONFLICT && again.body.contains("Typed anew"),
            "{}: {}",
            again.status,
            again.body
        );
    }
}

#[tokio::test]
async fn who_may_not_do_it_is_told_so_before_his_form_is_looked_at() {
    let site = Site::with_city();
    let mut member = site.browser_of(WATER_MEMBER, Lang::En).await;
    for path in ["/notices", "/matters/assignment"] {
        let answer = member.post(path, &[("row", "2026-0001")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.body);
    }
    let mut clerk = site.browser_of(CLERK2, Lang::En).await;
    assert_eq!(clerk.post("/notices", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
