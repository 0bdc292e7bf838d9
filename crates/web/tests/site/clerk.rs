//! The clerk's day: what was read is confirmed, many matters are assigned at once, and nothing that was typed is lost.

use axum::http::{StatusCode, header};
use web::texts::Lang;

use super::markup;
use super::qinghe::{CLERK, HOUSING, browser_of, city, form, send, set, take_in};

#[tokio::test]
async fn what_is_clear_is_shown_and_confirmed_at_once_and_taken_back_one_by_one() {
    for lang in Lang::ALL {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        let document = take_in(&mut clerk).await;
        let read = clerk.get(&document).await;
        markup::check("document", &read.body);
        let page = format!("{document}/confirmation");
        let clear = clerk.get(&page).await;
        markup::check("clear", &clear.body);
        let ticked = form(&clear.body, &page);
        assert_eq!(ticked.iter().filter(|(name, _)| name == "no").count(), 3, "{}", clear.body);
        let answer = send(&mut clerk, &page, &ticked).await;
        assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::SEE_OTHER, document.as_str()));
        let settled = clerk.get(&document).await;
        assert_eq!(settled.body.matches("class=\"tag ok\"").count(), 3, "{}", settled.body);
        let back = format!("{document}/proposals/2/undo");
        let answer = send(&mut clerk, &back, &form(&settled.body, &back)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let settled = clerk.get(&document).await;
        assert_eq!(settled.body.matches("class=\"tag ok\"").count(), 2, "{}", settled.body);
        assert!(settled.body.contains("2026-0003") && !settled.body.contains("2026-0002"), "{}", settled.body);
    }
}

#[tokio::test]
async fn what_is_complete_is_assigned_and_what_is_not_stays_as_it_was_typed() {
    for lang in Lang::ALL {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        let document = take_in(&mut clerk).await;
        let page = format!("{document}/confirmation");
        let clear = clerk.get(&page).await;
        send(&mut clerk, &page, &form(&clear.body, &page)).await;
        let page = format!("{document}/assignment");
        let shown = clerk.get(&page).await;
        markup::check("assignment", &shown.body);
        let mut fields = form(&shown.body, &page);
        let prefilled = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        assert_eq!(prefilled("due-2026-0001").as_deref(), Some("2027-03-31"));
        let water = if lang == Lang::En { "Water Bureau" } else { "市水务局" };
        assert_eq!(prefilled("lead-2026-0001").as_deref(), Some(water));
        assert!(prefilled("supervising-2026-0001").is_some_and(|unit| unit.starts_with("unit/")));
        set(&mut fields, "criterion-2026-0001", "Surveyed at ten sections");
        set(&mut fields, "criterion-2026-0002", "Three routes are signposted");
        set(&mut fields, "lead-2026-0002", "Nobody");
        set(&mut fields, "due-2026-0003", "2026-11-01");
        set(&mut fields, "criterion-2026-0003", "Walked along");
        let answer = send(&mut clerk, &page, &fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        markup::check("assignment left", &answer.body);
        assert!(!answer.body.contains("criterion-2026-0001"), "it was assigned: {}", answer.body);
        let left = form(&answer.body, &page);
        assert!(left.contains(&("lead-2026-0002".into(), "Nobody".into())), "{left:?}");
        assert!(left.contains(&("criterion-2026-0003".into(), "Walked along".into())), "{left:?}");
        // A name that is nobody's, and a day that has passed.
        assert_eq!(answer.body.matches("class=\"field-error\"").count(), 2, "{}", answer.body);
        let matter = clerk.get("/matters/2026-0001").await;
        assert!(matter.body.contains(water) && matter.body.contains("Surveyed at ten sections"), "{}", matter.body);
    }
}

#[tokio::test]
async fn the_words_of_the_directive_and_the_row_above_fill_what_is_empty() {
    let site = city();
    let mut clerk = browser_of(&site, CLERK, Lang::En).await;
    let document = take_in(&mut clerk).await;
    let page = format!("{document}/confirmation");
    let clear = clerk.get(&page).await;
    send(&mut clerk, &page, &form(&clear.body, &page)).await;
    let page = format!("{document}/assignment");
    let shown = clerk.get(&page).await;
    let mut fields = form(&shown.body, &page);
    set(&mut fields, "criterion-2026-0001", "Seen on the spot");
    set(&mut fields, "lead-2026-0002", "");
    let mut down = fields.clone();
    down.push(("fill".into(), "2026-0001".into()));
    let filled = form(&send(&mut clerk, &page, &down).await.body, &page);
    assert!(filled.contains(&("criterion-2026-0003".into(), "Seen on the spot".into())), "{filled:?}");
    assert!(filled.contains(&("lead-2026-0002".into(), "Water Bureau".into())), "{filled:?}");
    fields.push(("fill".into(), "words".into()));
    let filled = form(&send(&mut clerk, &page, &fields).await.body, &page);
    assert!(filled.contains(&("criterion-2026-0001".into(), "Seen on the spot".into())), "{filled:?}");
    assert!(filled.iter().any(|(name, value)| name == "criterion-2026-0003" && value.contains("护栏")), "{filled:?}");
    let states = clerk.get("/matters?state=opened").await;
    assert!(states.body.contains("2026-0003"), "filling in assigns nothing: {}", states.body);
}

#[tokio::test]
async fn only_who_may_assign_is_offered_rows() {
    let site = city();
    let mut clerk = browser_of(&site, CLERK, Lang::En).await;
    let document = take_in(&mut clerk).await;
    let page = format!("{document}/confirmation");
    let clear = clerk.get(&page).await;
    send(&mut clerk, &page, &form(&clear.body, &page)).await;
    let mut housing = browser_of(&site, HOUSING, Lang::En).await;
    let shown = housing.get("/matters/assignment").await;
    assert!(!shown.body.contains("criterion-2026-0001"), "{}", shown.body);
    let answer = housing.post("/matters/assignment", &[("row", "2026-0001"), ("criterion-2026-0001", "mine")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
}
