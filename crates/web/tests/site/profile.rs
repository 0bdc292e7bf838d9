//! What a clerk's corrections teach the reader, how the next document says so, and how it is taken back.

use axum::http::{StatusCode, header};
use ledger::calendar::{self, Country};
use ledger::matter::Hand;
use store::Command;
use web::texts::Lang;

use super::markup;
use super::qinghe::{CLERK, HEAD, HOUSING, browser_of, city, form, send, set};
use super::site::{Browser, Site, officer};

/// Minutes in which a bureau goes by words that are none of its names, with a phrase that orders nothing.
fn minutes(directive: &str) -> String {
    format!(
        "清河县专题会议纪要\n\n2026年11月23日，副县长高远主持召开专题会议。会议决定，住房城建局要在2027年3月31日前{directive}。\n\n\
         要提高认识，压实责任。\n"
    )
}

async fn take_in(clerk: &mut Browser, text: &str) -> String {
    clerk.get("/documents").await;
    let answer = clerk.post("/documents", &[("text", text)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(header::LOCATION).to_owned()
}

/// The words that stand in the page's language.
fn said(lang: Lang, en: &'static str, zh: &'static str) -> &'static str {
    if lang == Lang::En { en } else { zh }
}

/// Corrects the owner of the first proposal, and has it done so from now on.
async fn teach(clerk: &mut Browser, document: &str, unit: &str) {
    let page = format!("{document}/proposals/1/correction");
    let shown = clerk.get(&page).await;
    markup::check("correction", &shown.body);
    let mut fields = form(&shown.body, &page);
    assert!(fields.iter().all(|(name, _)| name != "teach"), "nobody teaches unasked: {fields:?}");
    set(&mut fields, "owner", unit);
    set(&mut fields, "teach", "yes");
    let answer = send(clerk, &page, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn an_owner_corrected_once_is_known_in_the_next_document_until_that_is_revoked() {
    for lang in Lang::ALL {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        let first = take_in(&mut clerk, &minutes("完成路灯更换80盏")).await;
        let housing = said(lang, "Housing Bureau", "市住建局");
        teach(&mut clerk, &first, housing).await;
        let list = clerk.get("/profile").await;
        markup::check("profile", &list.body);
        assert!(list.body.contains("住房城建局") && list.body.contains(housing), "{}", list.body);

        // Another clerk takes in the next document: it says whose word is applied, from when and where.
        let mut head = browser_of(&site, HEAD, lang).await;
        let next = take_in(&mut head, &minutes("完成管网排查12处")).await;
        let shown = head.get(&next).await;
        markup::check("document by the list", &shown.body);
        let by_list = shown.between("class=\"taught\"", "</dd>");
        let day = said(lang, "24 November 2026", "2026年11月24日");
        for words in [housing, "clerk", day, "清河县专题会议纪要", "/profile#lesson-1"] {
            assert!(by_list.contains(words), "{words}: {by_list}");
        }
        // Nothing is left to find out, so it is confirmed with the clear ones, and its lead stands there.
        let page = format!("{next}/proposals/1/confirmation");
        send(&mut head, &page, &form(&shown.body, &page)).await;
        let rows = head.get(&format!("{next}/assignment")).await;
        let lead = form(&rows.body, &format!("{next}/assignment"));
        assert!(lead.contains(&("lead-2026-0001".into(), housing.into())), "{lead:?}");

        let revocation = "/profile/1/revocation";
        let list = head.get("/profile").await;
        let answer = send(&mut head, revocation, &form(&list.body, revocation)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let list = head.get("/profile").await;
        markup::check("profile revoked", &list.body);
        assert!(
            !list.body.contains(revocation) && list.body.contains("住房城建局"),
            "it stays in sight: {}",
            list.body
        );
        let third = take_in(&mut head, &minutes("完成桥梁检测9座")).await;
        let shown = head.get(&third).await;
        assert!(!shown.body.contains("class=\"taught\""), "{}", shown.body);
        let answer = head.post(revocation, &[]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "it holds no longer: {}", answer.body);
    }
}

#[tokio::test]
async fn a_clear_page_says_which_lead_is_by_the_list() {
    let site = city();
    let mut clerk = browser_of(&site, CLERK, Lang::En).await;
    let first = take_in(&mut clerk, &minutes("完成路灯更换80盏")).await;
    teach(&mut clerk, &first, "Housing Bureau").await;
    let two = "清河县专题会议纪要\n\n2026年11月23日，会议决定，住房城建局要在2027年3月31日前完成管网排查12处。\
        市水务局要在2027年4月30日前修复护栏120米。\n";
    let next = take_in(&mut clerk, two).await;
    let clear = clerk.get(&format!("{next}/confirmation")).await;
    assert_eq!(clear.body.matches("by the office&#39;s list").count(), 1, "{}", clear.body);
    assert_eq!(form(&clear.body, &format!("{next}/confirmation")).iter().filter(|(name, _)| name == "no").count(), 2);
}

#[tokio::test]
async fn what_is_taught_must_be_one_unit_and_nothing_typed_is_lost() {
    for lang in Lang::ALL {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        let document = take_in(&mut clerk, &minutes("完成路灯更换80盏")).await;
        let page = format!("{document}/proposals/1/correction");
        let mut fields = form(&clerk.get(&page).await.body, &page);
        set(&mut fields, "owner", "Nobody in particular");
        set(&mut fields, "teach", "yes");
        let answer = send(&mut clerk, &page, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        markup::check("taught nobody", &answer.body);
        let again = form(&answer.body, &page);
        assert!(again.contains(&("owner".into(), "Nobody in particular".into())), "{again:?}");
        assert!(again.contains(&("teach".into(), "yes".into())), "{again:?}");
        // Without the tick any words may stand there, and nothing is taught.
        fields.retain(|(name, _)| name != "teach");
        assert_eq!(send(&mut clerk, &page, &fields).await.status, StatusCode::SEE_OTHER);
        assert!(!clerk.get("/profile").await.body.contains("lesson-1"));
    }
}

#[tokio::test]
async fn a_phrase_that_is_no_directive_is_left_out_of_the_next_document_in_sight() {
    for lang in Lang::ALL {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        let first = take_in(&mut clerk, &minutes("完成路灯更换80盏")).await;
        let read = clerk.get(&first).await;
        let (_, last) = read.body.rsplit_once("/lesson\"").expect("offered at each");
        assert!(!last.is_empty());
        let no = read.body.matches("data-open").count();
        let page = format!("{first}/proposals/{no}/lesson");
        let asked = clerk.get(&page).await;
        markup::check("lesson", &asked.body);
        let mut fields = form(&asked.body, &page);
        assert!(fields.iter().any(|(name, words)| name == "phrase" && words.contains("压实责任")), "{fields:?}");
        for (phrase, why) in [("压实", "too-short"), ("齐抓共管", "not there"), ("", "missing")] {
            set(&mut fields, "phrase", phrase);
            let wrong = send(&mut clerk, &page, &fields).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}: {}", wrong.body);
            markup::check("lesson wrong", &wrong.body);
        }
        set(&mut fields, "phrase", "压实责任");
        let answer = send(&mut clerk, &page, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let dismissed = clerk.get(&first).await;
        markup::check("dismissed", &dismissed.body);
        assert!(dismissed.body.contains("data-aside=\"d\"") && !dismissed.body.contains("data-aside=\"l\""));

        let mut head = browser_of(&site, HEAD, lang).await;
        let next = take_in(&mut head, &minutes("完成管网排查12处")).await;
        let shown = head.get(&next).await;
        markup::check("left out", &shown.body);
        let fold = shown.between("data-aside=\"l\"", "</details>");
        for words in ["压实责任", "clerk", "/profile#lesson-1"] {
            assert!(fold.contains(words), "{words}: {fold}");
        }
        let inclusion = format!("{next}/proposals/{no}/inclusion");
        let open = shown.body.matches("data-open").count();
        let answer = send(&mut head, &inclusion, &form(&shown.body, &inclusion)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let shown = head.get(&next).await;
        assert!(!shown.body.contains("data-aside=\"l\""), "{}", shown.body);
        assert_eq!(shown.body.matches("data-open").count(), open + 1);
    }
}

#[tokio::test]
async fn a_phrase_of_what_became_a_matter_is_refused_by_its_number_and_stays_as_it_was_typed() {
    let site = city();
    let mut clerk = browser_of(&site, CLERK, Lang::En).await;
    let text =
        "会议决定，市水务局要在2027年3月31日前完成西河清淤工程。市住建局要在2027年2月28日前完成西河清淤工程围挡。";
    let document = take_in(&mut clerk, text).await;
    let read = clerk.get(&document).await;
    let confirm = format!("{document}/proposals/1/confirmation");
    send(&mut clerk, &confirm, &form(&read.body, &confirm)).await;
    let page = format!("{document}/proposals/2/lesson");
    let mut fields = form(&clerk.get(&page).await.body, &page);
    set(&mut fields, "phrase", "西河清淤工程");
    let refused = send(&mut clerk, &page, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(refused.body.contains("2026-0001") && refused.body.contains("西河清淤工程</textarea>"), "{}", refused.body);
    assert_eq!(clerk.get(&document).await.body.matches("data-open").count(), 1, "neither was done");
}

#[tokio::test]
async fn others_look_on_at_what_was_taught_and_visitors_see_nothing() {
    let site = city();
    let mut clerk = browser_of(&site, CLERK, Lang::En).await;
    let document = take_in(&mut clerk, &minutes("完成路灯更换80盏")).await;
    teach(&mut clerk, &document, "Housing Bureau").await;
    let mut housing = browser_of(&site, HOUSING, Lang::En).await;
    let list = housing.get("/profile").await;
    assert!(list.body.contains("住房城建局") && !list.body.contains("revocation"), "{}", list.body);
    assert_eq!(housing.post("/profile/1/revocation", &[]).await.status, StatusCode::FORBIDDEN);
    let lesson = format!("{document}/proposals/2/lesson");
    assert_eq!(housing.get(&lesson).await.status, StatusCode::NOT_FOUND);
    assert_eq!(housing.post(&lesson, &[("phrase", "压实责任")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.browser(Lang::En).get("/profile").await.status, StatusCode::SEE_OTHER);
}

fn adopt(site: &Site, country: Country) {
    let by = Hand { officer: officer(0xa0), on_behalf: None };
    let id = site.app.command_id();
    let command = Command { id, actor: by.officer, on_behalf: None, request: [0; 32], expects: vec![] };
    let adopted = site.app.store.change(command, move |read| {
        let held = read.calendar()?;
        let adopt = |context: &ledger::act::Context<'_>| calendar::adopt(country, &[2026], &held, context);
        Ok(read.with_context(by, &Default::default(), adopt)??)
    });
    adopted.expect("an administrator may");
}

#[tokio::test]
async fn working_days_are_counted_by_the_schedule_that_the_office_adopted() {
    let text = "Minutes of the River Board\n\nHeld on 21 December 2026.\n\n\
        The Board agreed that the Water Bureau should publish the survey within 5 working days.\n";
    let site = city();
    let mut clerk = browser_of(&site, CLERK, Lang::En).await;
    let silent = take_in(&mut clerk, text).await;
    let shown = clerk.get(&silent).await;
    assert!(shown.body.contains("within 5 working days (no single day)"), "{}", shown.body);
    adopt(&site, Country::EnglandAndWales);
    let counted = take_in(&mut clerk, text).await;
    let shown = clerk.get(&counted).await;
    // Friday 25 December is free, and so is Monday 28 in place of Boxing Day.
    assert!(shown.body.contains("within 5 working days (30 December 2026)"), "{}", shown.body);
}
