//! Finding: the list in its three shapes, what is wrong with an address, kept views, and the search.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use jiff::SignedDuration;
use ledger::act::Act;
use ledger::audience::Audience;
use web::texts::Lang;

use crate::city::{CLERK, CLERK2, WATER_HEAD, WATER_MEMBER, text};
use crate::markup;
use crate::pages::keep;
use crate::site::{Browser, Site, officer};

/// Three matters for everybody, and one that two clerks alone may know.
fn city() -> Site {
    let site = Site::with_city();
    site.assign(site.open("Dredge the outfall at Linjiang Road", Audience::Office).0, 12);
    site.assign(site.open("年底前完成清淤，检查三次", Audience::Office).0, 1);
    site.open("Repair the water gate", Audience::Office);
    site.open("A clue about the outfall", Audience::Circle([officer(CLERK), officer(CLERK2)].into()));
    site.wait(SignedDuration::from_hours(48));
    site
}

async fn listed(browser: &mut Browser, path: &str) -> String {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.header(LOCATION));
    markup::check(path, &answer.body);
    answer.body
}

#[tokio::test]
async fn the_list_says_what_it_shows_in_every_shape_and_both_languages() {
    for lang in Lang::ALL {
        let site = city();
        let mut browser = site.browser_of(CLERK, lang).await;
        let asked = "standing=open&lead=water-bureau&below=yes&due_to=2027-03-31&sort=lead";
        keep("matters", lang, &browser.get("/matters?sort=due").await);
        keep("matters-narrowed", lang, &browser.get(&format!("/matters?{asked}")).await);
        keep("matters-board", lang, &browser.get("/matters?as=board").await);
        keep("matters-calendar", lang, &browser.get("/matters?as=calendar&month=2026-12").await);
        keep("matters-nothing", lang, &browser.get("/matters?words=nowhere").await);
    }
}

#[tokio::test]
async fn the_filter_of_an_address_is_what_the_list_shows() {
    let site = city();
    let mut browser = site.browser_of(WATER_HEAD, Lang::En).await;
    let all = ["2026-0001", "2026-0002", "2026-0003"];
    for (query, found) in [
        ("sort=due", &all[..]),
        ("standing=late", &all[1..2]),
        ("within=14", &all[..1]),
        ("state=opened", &all[2..]),
        ("state=opened&state=assigned", &all[..]),
        ("lead=water-bureau", &all[..2]),
        ("lead=%E5%B8%82%E6%B0%B4%E5%8A%A1%E5%B1%80&below=yes", &all[..2]),
        ("words=%E6%B8%85%E6%B7%A4", &all[1..2]),
        ("words=outfall", &all[..1]),
        ("words=%22water+gate%22", &all[2..]),
        ("words=2026-000", &all[..]),
        ("kind=meetings&due_from=2026-12-01", &all[..1]),
        ("published=yes", &[]),
        ("audience=circle", &[]),
        ("audience=office", &all[..]),
        ("waits=sign_for", &all[..2]),
        ("meeting=00000000-0000-7000-8000-000000000000", &[]),
    ] {
        let page = listed(&mut browser, &format!("/matters?{query}")).await;
        for number in all.iter().chain(&["2026-C0001"]) {
            let is_there = page.contains(&format!("<a href=\"/matters/{number}\">"));
            assert_eq!(is_there, found.contains(number), "{query}: {number}");
        }
    }
}

#[tokio::test]
async fn what_an_address_asks_wrongly_is_named_and_nothing_is_listed() {
    let site = city();
    let mut browser = site.browser_of(CLERK, Lang::En).await;
    for (query, said) in [
        ("standing=slow", "“Standing” has none of the values offered"),
        ("state=opened&state=nowhere", "“State” has none of the values offered"),
        ("lead=fire-brigade", "“Lead” names nobody here"),
        ("within=soon", "“Due within so many days” is not a number of days"),
        ("due_from=2026-02-30", "“Due from” is not a day"),
        ("due_from=2026-12-02&due_to=2026-12-01", "“Due up to” lies before the day it begins with"),
        ("as=pie", "“Shown as” has none of the values offered"),
        ("as=calendar&month=december", "“Month” is not a month"),
        ("after=here", "The place in the list cannot be read"),
        ("waits=lunch", "“On your desk as” has none of the values offered"),
        ("meeting=lunch", "“Meeting” has none of the values offered"),
        ("audience=some", "“Who may know” has none of the values offered"),
        ("published=maybe", "“Published” has none of the values offered"),
        ("sort=size", "“Order” has none of the values offered"),
    ] {
        let answer = browser.get(&format!("/matters?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        markup::check(query, &answer.body);
        let page = answer.body;
        assert!(!page.contains("<a href=\"/matters/2026-"), "{query} lists something: {page}");
        assert!(page.contains(said), "{query} does not say {said}: {page}");
        assert_eq!(page.matches("<li><a href=\"#").count(), 1, "{query} says one thing once");
    }
}

#[tokio::test]
async fn a_form_leaves_an_address_without_empty_fields() {
    let site = city();
    let mut browser = site.browser_of(CLERK, Lang::En).await;
    let sent = browser.get("/matters?words=&standing=late&lead=&sort=due&kind=&due_from=").await;
    assert_eq!((sent.status, sent.header(LOCATION)), (StatusCode::SEE_OTHER, "/matters?standing=late&sort=due"));
}

#[tokio::test]
async fn a_view_is_kept_begun_with_renamed_and_forgotten() {
    let site = city();
    let mut browser = site.browser_of(CLERK, Lang::En).await;
    browser.get("/matters?standing=late").await;
    let kept = browser.post("/matters/views", &[("view", "Late ones"), ("query", "standing=late&words=")]).await;
    assert_eq!((kept.status, kept.header(LOCATION)), (StatusCode::SEE_OTHER, "/matters?standing=late"));
    let again = browser.post("/matters/views", &[("view", "late ones"), ("query", "sort=due")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("Another of your views has this name") && again.body.contains("value=\"late ones\""));
    markup::check("views-wrong", &again.body);
    let views = browser.get("/matters/views").await;
    markup::check("views", &views.body);
    let id = views.between("name=\"id\" value=\"", "\"").to_owned();
    browser.post("/matters/views/beginnings", &[("id", &id)]).await;
    let bare = browser.get("/matters").await;
    assert_eq!((bare.status, bare.header(LOCATION)), (StatusCode::SEE_OTHER, "/matters?standing=late"));
    assert!(listed(&mut browser, "/matters?sort=due").await.contains("Late ones"));
    browser.post("/matters/views/names", &[("id", &id), ("view", "Too late")]).await;
    assert!(listed(&mut browser, "/matters/views").await.contains("Too late"));
    let mut other = site.browser_of(WATER_MEMBER, Lang::En).await;
    other.get("/matters/views").await;
    assert_eq!(other.post("/matters/views/deletions", &[("id", &id)]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.post("/matters/views/deletions", &[("id", &id)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get("/matters").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_number_leads_to_its_matter_and_words_to_what_holds_them() {
    let site = city();
    let mut browser = site.browser_of(WATER_HEAD, Lang::En).await;
    let straight = browser.get("/search?words=%EF%BC%92026-0002").await;
    assert_eq!((straight.status, straight.header(LOCATION)), (StatusCode::SEE_OTHER, "/matters/2026-0002"));
    let page = listed(&mut browser, "/search?words=outfall").await;
    assert!(page.contains("Linjiang Road") && page.contains("1 matter<"), "{page}");
    assert!(listed(&mut browser, "/search?words=bureau").await.contains("/matters?lead=water-bureau"));
    for lang in Lang::ALL {
        let mut clerk = site.browser_of(CLERK2, lang).await;
        keep("search", lang, &clerk.get("/search?words=outfall").await);
        keep("search-empty", lang, &clerk.get("/search").await);
    }
}

#[tokio::test]
async fn whoever_is_outside_a_circle_searches_in_a_world_without_it() {
    let site = city();
    let mut outsider = site.browser_of(WATER_HEAD, Lang::En).await;
    for words in ["2026-C0001", "clue", "outfall", "a"] {
        let page = listed(&mut outsider, &format!("/search?words={words}")).await;
        assert!(!page.contains("/matters/2026-C") && !page.contains("clue about"), "{words}: {page}");
    }
    let number = listed(&mut outsider, "/search?words=2026-C0001").await;
    let nowhere = listed(&mut outsider, "/search?words=2026-C0002").await;
    let plain =
        |page: &str| page.split("<main").nth(1).map(|page| page.replace("2026-C0001", "").replace("2026-C0002", ""));
    assert_eq!(plain(&number), plain(&nowhere));
    let mut insider = site.browser_of(CLERK2, Lang::En).await;
    assert!(listed(&mut insider, "/search?words=clue").await.contains("/matters/2026-C0001"));
}

#[tokio::test]
async fn an_address_that_cannot_be_read_is_answered_in_the_readers_language() {
    let site = city();
    let mut browser = site.browser_of(CLERK, Lang::ZhHans).await;
    for path in ["/documents?page=-1", "/meetings?page=1&page=2"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        markup::check(path, &answer.body);
        assert!(answer.body.contains("地址中的条件无法识别"), "{path}: {}", answer.body);
    }
    let unread = browser.post("/documents/x/proposals/zz/dismissal", &[]).await;
    markup::check("a number that is none", &unread.body);
}

#[tokio::test]
async fn long_words_are_cut_in_every_shape_of_the_list_and_whole_on_the_matters_page() {
    let site = Site::with_city();
    let long = format!("{}尾", "长".repeat(9_999));
    site.assign(site.open(&long, Audience::Office).0, 3);
    let mut browser = site.browser_of(CLERK, Lang::En).await;
    for path in [
        "/matters?sort=due",
        "/matters?as=board",
        "/matters?as=calendar&month=2026-11",
        "/search?words=%E9%95%BF%E9%95%BF",
    ] {
        let page = listed(&mut browser, path).await;
        assert!(page.contains("<bdi lang=\"zh-Hans\">长长") && page.contains("长…</bdi>"), "{path}");
        assert!(!page.contains('尾'), "{path}");
    }
    assert!(browser.get("/matters/2026-0001").await.body.contains('尾'));
}

#[tokio::test]
async fn the_head_holds_every_way_twice_and_marks_where_one_is() {
    let site = Site::with_city();
    let mut browser = site.browser_of(CLERK, Lang::En).await;
    let page = listed(&mut browser, "/matters?sort=due").await;
    assert_eq!(page.matches("<a href=\"/matters\" aria-current=\"page\">").count(), 2, "wide, and in the menu");
    let account = browser.get("/account").await.body;
    assert_eq!(account.matches("aria-current=\"page\"").count(), 1);
}

/// A matter that much was written on is shown a part at a time, and nothing of it is left out or said twice.
#[tokio::test]
async fn a_long_history_is_shown_in_parts() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge", Audience::Office);
    site.assign(matter, 30);
    site.act(WATER_HEAD, matter, Act::SignFor);
    for day in 0..500 {
        site.act(WATER_HEAD, matter, Act::RecordProgress { note: Some(text(&format!("metre {day} of five hundred"))) });
    }
    for lang in Lang::ALL {
        let mut clerk = site.browser_of(CLERK, lang).await;
        let (mut path, mut metres, mut pages) = (format!("/matters/{number}"), vec![], 0);
        loop {
            let body = clerk.get(&path).await.body;
            let said = body.split("metre ").skip(1).filter_map(|rest| rest.split(' ').next()?.parse::<u32>().ok());
            metres.extend(said);
            pages += 1;
            assert!(pages < 9, "the way on leads round in a ring");
            assert_eq!(body.contains(&format!("/matters/{number}#history")), pages > 1, "the way back");
            // The page names its own address too; the way on leads to the heading.
            let way = format!("href=\"/matters/{number}?before=");
            let ways = body.split(&way).skip(1);
            let Some(before) = ways.filter_map(|way| way.split_once("#history")).find(|(way, _)| way.len() < 6) else {
                break;
            };
            path = format!("/matters/{number}?before={}", before.0);
        }
        assert_eq!(pages, 3);
        assert!(metres.iter().copied().eq((0..500).rev()), "{metres:?}");
    }
    let answer = site.browser(Lang::En).get(&format!("/matters/{number}?before=3")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}
