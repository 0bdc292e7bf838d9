//! The clerk's day: what was read is confirmed, many matters are assigned at once, and nothing that was typed is lost.

use axum::http::{StatusCode, header};
use web::texts::Lang;

use super::markup;
use super::qinghe::{CLERK, HEAD, HOUSING, browser_of, city, form, send, set, take_in, take_in_and_confirm};

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
        let document = take_in_and_confirm(&mut clerk).await;
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
    let document = take_in_and_confirm(&mut clerk).await;
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
    take_in_and_confirm(&mut clerk).await;
    let mut housing = browser_of(&site, HOUSING, Lang::En).await;
    let shown = housing.get("/matters/assignment").await;
    assert!(!shown.body.contains("criterion-2026-0001"), "{}", shown.body);
    let answer = housing.post("/matters/assignment", &[("row", "2026-0001"), ("criterion-2026-0001", "mine")]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
}

#[tokio::test]
async fn a_page_on_which_nothing_is_complete_says_what_to_do() {
    let site = city();
    let mut clerk = browser_of(&site, CLERK, Lang::En).await;
    take_in_and_confirm(&mut clerk).await;
    let page = "/matters/assignment";
    let fields = form(&clerk.get(page).await.body, page);
    let answer = send(&mut clerk, page, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    markup::check("nothing complete", &answer.body);
    assert!(answer.body.contains("Nothing was assigned: no matter is filled in yet"), "{}", answer.body);
}

#[tokio::test]
async fn the_choice_stands_with_the_notice_of_what_may_be_the_same() {
    let site = city();
    let mut clerk = browser_of(&site, CLERK, Lang::En).await;
    let number = open(&mut clerk, "Dredge the outfall at the north bridge").await;
    let fields =
        [("kind", "directive"), ("audience", "office"), ("directive", "Dredge the outfall at the north bridge")];
    let answer = clerk.post("/matters/new", &fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
    markup::check("the same thing", &answer.body);
    let notice = answer.between("class=\"notice warn\"", "<form");
    for words in [
        &*format!("href=\"/matters/{number}\""),
        "<button form=\"new-matter\">Open it all the same</button>",
        "Open nothing",
    ] {
        assert!(notice.contains(words), "{words}: {notice}");
    }
}

/// Opens a matter without a document and gives its number.
pub async fn open(clerk: &mut super::site::Browser, directive: &str) -> String {
    clerk.get("/matters/new").await;
    let fields = [("kind", "directive"), ("audience", "office"), ("directive", directive)];
    let mut answer = clerk.post("/matters/new", &fields).await;
    if answer.status == StatusCode::CONFLICT {
        // It was shown what may be the same thing, and is another.
        let again = form(&answer.body, "/matters/new");
        answer = send(clerk, "/matters/new", &again).await;
    }
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(header::LOCATION).trim_start_matches("/matters/").to_owned()
}

pub async fn assign(clerk: &mut super::site::Browser, number: &str, due: &str) {
    let page = format!("/matters/{number}/assignment");
    let shown = clerk.get(&page).await;
    let mut fields = form(&shown.body, &page);
    set(&mut fields, "lead", "Water Bureau");
    set(&mut fields, "supervising", "Supervision Office");
    set(&mut fields, "criterion", "Surveyed");
    set(&mut fields, "due", due);
    let answer = send(clerk, &page, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn a_likely_duplicate_is_offered_merged_and_leads_on_to_the_one_that_goes_on() {
    for lang in Lang::ALL {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        let kept = open(&mut clerk, "完成西河清淤两公里并恢复护岸").await;
        let twice = open(&mut clerk, "尽快完成西河清淤两公里并恢复护岸").await;
        let other = open(&mut clerk, "公布冬季公交时刻表").await;
        let shown = clerk.get(&format!("/matters/{twice}")).await;
        markup::check("alike", &shown.body);
        let merger = format!("/matters/{twice}/merger?into={kept}");
        assert!(shown.body.contains(&merger) && !shown.body.contains(&format!("into={other}")), "{}", shown.body);
        let page = format!("/matters/{twice}/merger");
        let asked = clerk.get(&merger).await;
        let mut fields = form(&asked.body, &page);
        assert!(fields.contains(&("into".into(), kept.clone())), "{fields:?}");
        set(&mut fields, "reason", "Two meetings decided the same");
        assert_eq!(send(&mut clerk, &page, &fields).await.status, StatusCode::SEE_OTHER);
        let gone = clerk.get(&format!("/matters/{twice}")).await;
        markup::check("merged", &gone.body);
        assert!(gone.body.contains(&format!("href=\"/matters/{kept}\"")), "{}", gone.body);
        let goes_on = clerk.get(&format!("/matters/{kept}")).await;
        assert!(goes_on.body.contains(&format!("href=\"/matters/{twice}\"")), "{}", goes_on.body);
        let page = format!("/matters/{kept}/link");
        let asked = clerk.get(&page).await;
        let mut fields = form(&asked.body, &page);
        set(&mut fields, "other", &other);
        set(&mut fields, "relation", "follows");
        assert_eq!(send(&mut clerk, &page, &fields).await.status, StatusCode::SEE_OTHER);
        let linked = clerk.get(&format!("/matters/{other}")).await;
        assert!(linked.body.contains(&format!("href=\"/matters/{kept}\"")), "{}", linked.body);
    }
}

#[tokio::test]
async fn notices_go_out_one_a_lead_numbered_and_are_reprinted_as_they_were_issued() {
    for lang in Lang::ALL {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        for directive in ["Dredge the West River", "Repair the railings"] {
            let number = open(&mut clerk, directive).await;
            assign(&mut clerk, &number, "2027-03-31").await;
        }
        let shown = clerk.get("/notices").await;
        markup::check("notices", &shown.body);
        let fields = form(&shown.body, "/notices");
        assert!(fields.iter().all(|(name, _)| name != "number"), "nothing is ticked beforehand: {fields:?}");
        let nothing = send(&mut clerk, "/notices", &fields).await;
        let said = if lang == Lang::En { "Tick at least one" } else { "请至少勾选一个" };
        assert!(nothing.status == StatusCode::UNPROCESSABLE_ENTITY && nothing.body.contains(said), "{}", nothing.body);
        let asked = clerk.get("/notices?number=2026-0001&number=2026-0002").await;
        let mut fields = form(&asked.body, "/notices");
        assert_eq!(fields.iter().filter(|(name, _)| name == "number").count(), 2, "{fields:?}");
        let empty = send(&mut clerk, "/notices", &fields).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        markup::check("notices wrong", &empty.body);
        set(&mut fields, "word", "清督");
        set(&mut fields, "liaison", "Zhou, 555 0101");
        let answer = send(&mut clerk, "/notices", &fields).await;
        assert_eq!(answer.header(header::LOCATION), "/notices/2026-0001", "{}", answer.body);
        let paper = clerk.get("/notices/2026-0001").await;
        markup::check("notice", &paper.body);
        // Cited as it is written, whatever the reader's language.
        let sign = "lang=\"zh-Hans\">清督〔2026〕1号<";
        assert!(paper.body.contains(sign) && paper.body.contains("Repair the railings"), "{}", paper.body);
        // A notice on one matter, from its own page, takes the next number.
        let page = "/matters/2026-0001/notice";
        let asked = clerk.get(page).await;
        let again = form(&asked.body, page);
        assert!(again.contains(&("word".into(), "清督".into())), "what was said last is said again: {again:?}");
        assert_eq!(send(&mut clerk, page, &again).await.status, StatusCode::SEE_OTHER);
        assert!(clerk.get("/matters/2026-0001").await.body.contains("href=\"/notices/2026-0002\""));
        assert_eq!(clerk.get("/notices/2026-0003").await.status, StatusCode::NOT_FOUND);
        // Given to another lead, the notice still says whom it went to.
        let page = "/matters/2026-0001/reassignment";
        let asked = clerk.get(page).await;
        let mut fields = form(&asked.body, page);
        set(&mut fields, "lead", "Housing Bureau");
        set(&mut fields, "supervising", "Supervision Office");
        set(&mut fields, "reason", "It is theirs");
        assert_eq!(send(&mut clerk, page, &fields).await.status, StatusCode::SEE_OTHER);
        let reprinted = clerk.get("/notices/2026-0002").await;
        let (water, housing) =
            if lang == Lang::En { ("Water Bureau", "Housing") } else { ("市水务局", "市住建局") };
        assert!(reprinted.body.contains(water) && !reprinted.body.contains(housing), "{}", reprinted.body);
    }
}

#[tokio::test]
async fn the_meetings_page_says_what_became_of_every_directive_over_all_its_documents() {
    for lang in Lang::ALL {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        let document = take_in_and_confirm(&mut clerk).await;
        let read = clerk.get(&document).await;
        let meeting = format!("/meetings/{}", read.between("href=\"/meetings/", "\""));
        let id = meeting.trim_start_matches("/meetings/").to_owned();
        clerk.get("/documents").await;
        let annex = "会议决定，市住建局要在2027年6月30日前完成路灯更换80盏。";
        let answer = clerk.post("/documents", &[("text", annex), ("meeting", &id)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let list = clerk.get("/meetings").await;
        markup::check("meetings", &list.body);
        assert!(list.body.contains(&meeting), "{}", list.body);
        let shown = clerk.get(&meeting).await;
        markup::check("meeting", &shown.body);
        for words in ["西河清淤", "路灯更换", "2026-0003"] {
            assert!(shown.body.contains(words), "{words}: {}", shown.body);
        }
        let unknown = clerk.post("/documents", &[("text", annex), ("meeting", &id.replace('7', "8"))]).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut housing = browser_of(&site, HOUSING, lang).await;
        assert_eq!(housing.get(&meeting).await.status, StatusCode::OK);
        assert_eq!(site.browser(lang).get(&meeting).await.status, StatusCode::SEE_OTHER, "only for officers");
    }
}

#[tokio::test]
async fn a_list_is_narrowed_to_a_meeting_in_every_shape_and_says_so() {
    let site = city();
    let mut clerk = browser_of(&site, CLERK, Lang::En).await;
    take_in_and_confirm(&mut clerk).await;
    open(&mut clerk, "Repair the water gate").await;
    let meeting = clerk.get("/meetings").await.between("href=\"/meetings/", "\"").to_owned();
    for shape in ["table", "board"] {
        let list = clerk.get(&format!("/matters?meeting={meeting}&as={shape}")).await;
        markup::check(shape, &list.body);
        assert!(
            list.body.contains("from the meeting ") && !list.body.contains("Repair the water gate"),
            "{}",
            list.body
        );
        assert!(list.body.contains("<a href=\"/matters/2026-0001\">"), "{shape}");
    }
    let file = clerk.get(&format!("/matters/export.csv?meeting={meeting}")).await;
    assert!(file.body.contains("2026-0001") && !file.body.contains("Repair the water gate"), "{}", file.body);
}

#[tokio::test]
async fn of_two_clerks_on_one_proposal_the_second_is_told_and_overwrites_nothing() {
    for lang in Lang::ALL {
        let site = city();
        let (mut one, mut two) = (browser_of(&site, CLERK, lang).await, browser_of(&site, HEAD, lang).await);
        let document = take_in(&mut one).await;
        let (confirm, dismiss, correct) =
            ["confirmation", "dismissal", "correction"].map(|act| format!("{document}/proposals/1/{act}")).into();
        let (seen, late) = (one.get(&document).await, two.get(&document).await);
        let typed = two.get(&correct).await;
        assert_eq!(send(&mut one, &confirm, &form(&seen.body, &confirm)).await.status, StatusCode::SEE_OTHER);
        let told = send(&mut two, &dismiss, &form(&late.body, &dismiss)).await;
        assert_eq!(told.status, StatusCode::CONFLICT, "{}", told.body);
        markup::check("settled meanwhile", &told.body);
        assert!(told.body.contains("href=\"/matters/2026-0001\""), "it stays as it was confirmed: {}", told.body);
        let did = if lang == Lang::En { "clerk made a matter of “" } else { "clerk将“" };
        assert!(told.between("class=\"notice warn\"", "</div>").contains(did), "who did what: {}", told.body);
        let mut fields = form(&typed.body, &correct);
        set(&mut fields, "owner", "Whoever was typed");
        let kept = send(&mut two, &correct, &fields).await;
        assert_eq!(kept.status, StatusCode::CONFLICT, "{}", kept.body);
        markup::check("corrected too late", &kept.body);
        assert!(kept.body.contains("Whoever was typed") && kept.body.contains(did), "{}", kept.body);
    }
}

#[tokio::test]
async fn what_is_uncertain_comes_last_says_why_and_is_reached_last() {
    let text = "Minutes of the Town Board\n\nHeld on 24 November 2026.\n\n\
        Moved by Alderman Ho and seconded by Alderman Lin to approve the purchase of two pumps for the Water Bureau.\n\n\
        The Board resolved that the Water Bureau should dredge 2.4 km of the West River by 31 March 2027.\n\n\
        The Board resolved that the Housing Bureau should publish three detour routes by 28 February 2027.\n";
    for (lang, why) in
        [(Lang::En, "the text does not say whether it was carried"), (Lang::ZhHans, "正文没有写明是否通过")]
    {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        clerk.get("/documents").await;
        let document = clerk.post("/documents", &[("text", text)]).await.header(header::LOCATION).to_owned();
        let shown = clerk.get(&document).await;
        markup::check("uncertain", &shown.body);
        let (source, reviewed) = shown.body.split_once("data-reading").expect("proposals");
        assert!(source.find("two pumps") < source.find("detour routes"), "the text stands as it is: {source}");
        assert!(reviewed.find("detour routes") < reviewed.find(why), "{reviewed}");
        assert!(reviewed.find(why) < reviewed.find("two pumps"), "{reviewed}");
        for (no, next) in [(2, 3), (3, 1)] {
            let confirm = format!("{document}/proposals/{no}/confirmation");
            let shown = clerk.get(&document).await;
            let answer = send(&mut clerk, &confirm, &form(&shown.body, &confirm)).await;
            let place = answer.header(header::LOCATION);
            assert!(place.ends_with(&format!("#p{next}")), "{place}");
        }
    }
}
