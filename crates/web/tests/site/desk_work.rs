//! What a clerk does without a document: opens and assigns at once, divides, puts wrong words and wrong leads right.

use axum::http::{StatusCode, header};
use web::texts::Lang;

use super::clerk::{assign, open};
use super::markup;
use super::qinghe::{CLERK, HEAD, HOUSING, WATER, browser_of, city, form, send, set, take_in_and_confirm};
use super::site::{Answer, Browser};

const NEW: &str = "/matters/new";

/// The value that the page's list has for this name.
fn value_of(html: &str, label: &str) -> String {
    let at = html.find(&format!("\">{label}</option>")).or_else(|| html.find(&format!("selected>{label}</option>")));
    let before = &html[..at.unwrap_or_else(|| panic!("no {label} in {html}"))];
    let value = &before[before.rfind("value=\"").expect("a value") + 7..];
    value.split('"').next().expect("a value").to_owned()
}

fn number_of(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(header::LOCATION).trim_start_matches("/matters/").to_owned()
}

#[tokio::test]
async fn an_application_is_opened_and_assigned_at_once_and_its_person_is_known_to_few() {
    for lang in Lang::ALL {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        let shown = clerk.get(NEW).await;
        markup::check("new", &shown.body);
        let (water, housing) =
            if lang == Lang::En { ("Water Bureau", "Housing Bureau") } else { ("市水务局", "市住建局") };
        let mut fields = form(&shown.body, NEW);
        set(&mut fields, "directive", "Connect the house at 12 Dyke Lane");
        set(&mut fields, "came_as", "application");
        set(&mut fields, "lead", &value_of(&shown.body, water));
        set(&mut fields, "due", "2027-02-30");
        let wrong = send(&mut clerk, NEW, &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        markup::check("new wrong", &wrong.body);
        for field in ["applicant", "criterion", "due"] {
            assert!(wrong.body.contains(&format!("id=\"{field}-error\"")), "{field}: {}", wrong.body);
        }
        let mut fields = form(&wrong.body, NEW);
        assert!(fields.contains(&("directive".into(), "Connect the house at 12 Dyke Lane".into())), "{fields:?}");
        set(&mut fields, "applicant", "Zhao Applicant");
        set(&mut fields, "applicant_contact", "555 0199");
        set(&mut fields, "criterion", "Water runs at the tap");
        set(&mut fields, "due", "2027-02-28");
        fields.push(("support".into(), value_of(&shown.body, housing)));
        let number = number_of(&send(&mut clerk, NEW, &fields).await);
        let matter = clerk.get(&format!("/matters/{number}")).await;
        markup::check("opened", &matter.body);
        for words in ["Water runs at the tap", "Zhao Applicant", "555 0199", water, "2026-0002"] {
            assert!(matter.body.contains(words), "{words}: {}", matter.body);
        }
        let mut lead = browser_of(&site, WATER, lang).await;
        assert!(lead.get(&format!("/matters/{number}")).await.body.contains("Zhao Applicant"));
        let mut other = browser_of(&site, HOUSING, lang).await;
        let seen = other.get(&format!("/matters/{number}")).await;
        assert!(seen.status == StatusCode::OK && !seen.body.contains("Zhao Applicant"), "{}", seen.body);
        assert_eq!(other.get("/matters/2026-0002").await.status, StatusCode::OK, "its own part");
    }
}

#[tokio::test]
async fn without_a_lead_it_waits_and_looking_for_the_same_thing_opens_nothing() {
    let site = city();
    let mut clerk = browser_of(&site, CLERK, Lang::En).await;
    let first = open(&mut clerk, "完成西河清淤两公里并恢复护岸").await;
    let shown = clerk.get(NEW).await;
    let mut fields = form(&shown.body, NEW);
    set(&mut fields, "directive", "尽快完成西河清淤两公里并恢复护岸");
    fields.push(("look".into(), "yes".into()));
    let looked = send(&mut clerk, NEW, &fields).await;
    assert_eq!(looked.status, StatusCode::OK);
    assert!(looked.body.contains(&format!("href=\"/matters/{first}\"")), "{}", looked.body);
    let again = form(&looked.body, NEW);
    assert!(again.contains(&("directive".into(), "尽快完成西河清淤两公里并恢复护岸".into())), "{again:?}");
    assert_eq!(clerk.get("/matters/2026-0002").await.status, StatusCode::NOT_FOUND, "it was only looked for");
    let number = number_of(&send(&mut clerk, NEW, &again).await);
    assert_eq!(number, "2026-0002");
    let waits = clerk.get(&format!("/matters/{number}/assignment")).await;
    assert!(waits.body.contains(&format!("href=\"/matters/{first}\"")), "offered when assigning: {}", waits.body);
}

#[tokio::test]
async fn what_may_be_the_same_thing_is_shown_once_before_a_matter_is_opened() {
    for lang in Lang::ALL {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        let first = crate::clerk::open(&mut clerk, "完成西河清淤两公里并恢复护岸").await;
        let shown = clerk.get(NEW).await;
        let mut fields = form(&shown.body, NEW);
        set(&mut fields, "directive", "尽快完成西河清淤两公里并恢复护岸");
        let asked = send(&mut clerk, NEW, &fields).await;
        assert_eq!(asked.status, StatusCode::CONFLICT, "{}", asked.body);
        markup::check("new alike", &asked.body);
        assert!(asked.body.contains(&format!("href=\"/matters/{first}\"")), "{}", asked.body);
        assert_eq!(clerk.get("/matters/2026-0002").await.status, StatusCode::NOT_FOUND, "nothing is opened yet");
        let again = form(&asked.body, NEW);
        assert!(again.contains(&("directive".into(), "尽快完成西河清淤两公里并恢复护岸".into())), "{again:?}");
        assert_eq!(number_of(&send(&mut clerk, NEW, &again).await), "2026-0002");
        let many = clerk.get("/matters/assignment").await;
        markup::check("many alike", &many.body);
        assert!(many.body.contains(&format!("<li><a href=\"/matters/{first}\">")), "{}", many.body);
    }
}

#[tokio::test]
async fn named_units_that_leave_the_office_out_are_refused_in_words_and_nothing_typed_is_lost() {
    let site = city();
    let mut clerk = browser_of(&site, CLERK, Lang::En).await;
    let shown = clerk.get(NEW).await;
    let mut fields = form(&shown.body, NEW);
    set(&mut fields, "directive", "Look into the pumping station");
    set(&mut fields, "audience", "units");
    let unit = value_of(&shown.body, "Water Bureau");
    fields.push(("units".into(), unit.clone()));
    let refused = send(&mut clerk, NEW, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("nobody is left who could assign"), "{}", refused.body);
    let mut fields = form(&refused.body, NEW);
    assert!(fields.contains(&("units".into(), unit)), "{fields:?}");
    fields.push(("units".into(), value_of(&shown.body, "Supervision Office")));
    number_of(&send(&mut clerk, NEW, &fields).await);
}

#[tokio::test]
async fn a_matter_is_divided_on_one_page_whole_or_not_at_all() {
    for lang in Lang::ALL {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        let number = open(&mut clerk, "Dredge the West River").await;
        assign(&mut clerk, &number, "2027-03-31").await;
        let asked = clerk.get(&format!("/matters/{number}/sub-matter")).await;
        let page = format!("/matters/{number}/sub-matters");
        assert_eq!(asked.header(header::LOCATION), page);
        let shown = clerk.get(&page).await;
        markup::check("parts", &shown.body);
        let mut fields = form(&shown.body, &page);
        set(&mut fields, "directive-1", "The upper reach");
        let mut more = fields.clone();
        more.push(("more".into(), "yes".into()));
        let grown = form(&send(&mut clerk, &page, &more).await.body, &page);
        assert!(grown.contains(&("directive-1".into(), "The upper reach".into())), "{grown:?}");
        assert!(grown.iter().any(|(name, _)| name == "directive-5"), "{grown:?}");
        set(&mut fields, "lead-1", "Water Bureau");
        set(&mut fields, "criterion-1", "Surveyed");
        set(&mut fields, "lead-2", "Nobody");
        let wrong = send(&mut clerk, &page, &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        markup::check("parts wrong", &wrong.body);
        for field in ["directive-2", "lead-2", "criterion-2"] {
            assert!(wrong.body.contains(&format!("id=\"{field}-error\"")), "{field}: {}", wrong.body);
        }
        set(&mut fields, "directive-2", "The lower reach");
        set(&mut fields, "lead-2", "Supervision Office");
        set(&mut fields, "criterion-2", "Surveyed");
        let refused = send(&mut clerk, &page, &fields).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        let second = refused.between("id=\"row-2\"", "id=\"row-3\"");
        assert!(second.contains("class=\"field-error\""), "{}", refused.body);
        assert!(refused.between("class=\"error-summary\"", "</div>").contains("href=\"#row-2\""), "{}", refused.body);
        assert_eq!(clerk.get("/matters/2026-0002").await.status, StatusCode::NOT_FOUND, "all or nothing");
        let mut fields = form(&refused.body, &page);
        set(&mut fields, "lead-2", "Housing Bureau");
        let done = send(&mut clerk, &page, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let whole = clerk.get(&format!("/matters/{number}")).await;
        assert!(whole.body.contains("2026-0002") && whole.body.contains("The lower reach"), "{}", whole.body);
        let part = clerk.get("/matters/2026-0003").await;
        assert!(part.body.contains("datetime=\"2027-03-31\""), "due with the whole: {}", part.body);
        assert!(!part.body.contains("Dredge the West River"), "its own words, not the whole's: {}", part.body);
        assert!(part.body.contains(&format!("href=\"/matters/{number}\"")), "{}", part.body);
        // A page of before somebody else acted.
        let mut stale = form(&shown.body, &page);
        set(&mut stale, "directive-1", "Once more");
        let stale = send(&mut clerk, &page, &stale).await;
        assert!(stale.status == StatusCode::CONFLICT && stale.body.contains("Once more"), "{}", stale.body);
    }
}

#[tokio::test]
async fn wrong_words_are_put_right_in_one_step_and_both_histories_lead_to_one_another() {
    for lang in Lang::ALL {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        let old = open(&mut clerk, "Dredge the West River").await;
        assign(&mut clerk, &old, "2027-03-31").await;
        let page = format!("/matters/{old}/correction");
        let asked = clerk.get(&page).await;
        markup::check("correction", &asked.body);
        let mut fields = form(&asked.body, &page);
        assert!(fields.contains(&("directive".into(), "Dredge the West River".into())), "{fields:?}");
        set(&mut fields, "directive", "Dredge the West Canal");
        set(&mut fields, "reason", "The minutes were misread");
        assert_eq!(send(&mut clerk, &page, &fields).await.status, StatusCode::SEE_OTHER);
        let gone = clerk.get(&format!("/matters/{old}")).await;
        markup::check("corrected", &gone.body);
        assert!(gone.body.contains("href=\"/matters/2026-0002\""), "{}", gone.body);
        assert!(gone.body.contains("The minutes were misread"), "{}", gone.body);
        let new = clerk.get("/matters/2026-0002").await;
        assert!(
            new.body.contains(&format!("href=\"/matters/{old}\"")) && new.body.contains("Surveyed"),
            "{}",
            new.body
        );
        let mut lead = browser_of(&site, WATER, lang).await;
        let desk = lead.get("/").await;
        assert!(desk.body.contains("/matters/2026-0002/receipt"), "to be signed for: {}", desk.body);
        assert!(desk.body.contains(&format!("/matters/{old}/acknowledgement")), "to be noted: {}", desk.body);
    }
}

#[tokio::test]
async fn a_document_leads_on_to_the_number_under_which_its_corrected_words_go_on() {
    for (lang, words) in [(Lang::En, "goes on as"), (Lang::ZhHans, "继续办理")] {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        let document = take_in_and_confirm(&mut clerk).await;
        let before = clerk.get(&document).await;
        assert!(before.body.contains("href=\"/matters/2026-0001\"") && !before.body.contains(words));
        let mut old = "2026-0001".to_owned();
        for directive in ["Dredge the West Canal", "Dredge the East Canal"] {
            let page = format!("/matters/{old}/correction");
            let mut fields = form(&clerk.get(&page).await.body, &page);
            set(&mut fields, "directive", directive);
            set(&mut fields, "reason", "The minutes were misread");
            let answer = send(&mut clerk, &page, &fields).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
            let gone = clerk.get(&format!("/matters/{old}")).await;
            old = gone.between("<p class=\"notice\"><a href=\"/matters/", "\"").to_owned();
        }
        let after = clerk.get(&document).await;
        markup::check("document-corrected", &after.body);
        for number in ["2026-0001", &old] {
            assert!(after.body.contains(&format!("href=\"/matters/{number}\"")), "{number}: {}", after.body);
        }
        assert_eq!(after.body.matches(words).count(), 1, "{}", after.body);
    }
}

async fn dispute(browser: &mut Browser, number: &str, reason: &str) {
    let page = format!("/matters/{number}/dispute");
    let asked = browser.get(&page).await;
    let mut fields = form(&asked.body, &page);
    set(&mut fields, "reason", reason);
    assert_eq!(send(browser, &page, &fields).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_disputed_matter_is_placed_again_with_what_stood_there_and_the_reason_in_sight() {
    for lang in Lang::ALL {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        let number = open(&mut clerk, "Mend the railings").await;
        assign(&mut clerk, &number, "2027-03-31").await;
        let mut lead = browser_of(&site, WATER, lang).await;
        dispute(&mut lead, &number, "The railings are the housing bureau's").await;
        let page = format!("/matters/{number}/assignment");
        assert!(clerk.get("/").await.body.contains(&page), "it stands on the desk with the act that moves it");
        let asked = clerk.get(&page).await;
        markup::check("disputed", &asked.body);
        assert!(asked.body.contains("The railings are the housing bureau"), "{}", asked.body);
        let mut fields = form(&asked.body, &page);
        assert!(fields.contains(&("criterion".into(), "Surveyed".into())), "{fields:?}");
        assert!(fields.contains(&("due".into(), "2027-03-31".into())), "{fields:?}");
        set(&mut fields, "lead", "Housing Bureau");
        assert_eq!(send(&mut clerk, &page, &fields).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_matter_is_not_merged_into_itself_and_the_field_says_so() {
    let site = city();
    let mut clerk = browser_of(&site, CLERK, Lang::En).await;
    let number = open(&mut clerk, "Mend the railings").await;
    for (noun, field) in [("merger", "into"), ("link", "other"), ("withdrawal", "successor")] {
        let page = format!("/matters/{number}/{noun}");
        let asked = clerk.get(&page).await;
        let mut fields = form(&asked.body, &page);
        set(&mut fields, field, &number);
        let answer = send(&mut clerk, &page, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("is this matter itself"), "{noun}: {}", answer.body);
    }
}

#[tokio::test]
async fn what_somebody_else_assigned_meanwhile_is_said_at_the_top_and_what_was_typed_stays() {
    for lang in Lang::ALL {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        let number = open(&mut clerk, "Mend the railings").await;
        let many = "/matters/assignment";
        let shown = clerk.get(many).await;
        let mut fields = form(&shown.body, many);
        let single = format!("/matters/{number}/assignment");
        let mut one = form(&clerk.get(&single).await.body, &single);
        let mut head = browser_of(&site, HEAD, lang).await;
        assign(&mut head, &number, "2027-03-31").await;
        set(&mut fields, &format!("lead-{number}"), "Housing Bureau");
        set(&mut fields, &format!("criterion-{number}"), "No gap is left");
        let answer = send(&mut clerk, many, &fields).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
        markup::check("assigned meanwhile", &answer.body);
        let summary = answer.between("class=\"error-summary\"", "</div>");
        let water = if lang == Lang::En { "Water Bureau" } else { "市水务局" };
        assert!(summary.contains(water) && summary.contains(&format!("/matters/{number}\"")), "{summary}");
        assert!(answer.body.contains("No gap is left"), "{}", answer.body);
        // The same on the matter's own page.
        set(&mut one, "lead", "Housing Bureau");
        set(&mut one, "supervising", "Supervision Office");
        set(&mut one, "criterion", "No gap is left");
        set(&mut one, "due", "2027-03-31");
        let answer = send(&mut clerk, &single, &one).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.body.contains(water) && answer.body.contains("No gap is left"), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_published_duplicate_leads_the_public_on_only_where_the_other_is_published_too() {
    let site = city();
    let mut clerk = browser_of(&site, CLERK, Lang::En).await;
    let kept = open(&mut clerk, "Mend the railings on the dyke").await;
    let twice = open(&mut clerk, "Mend the railings upon the dyke").await;
    let publish = async |clerk: &mut Browser, number: &str| {
        let page = format!("/matters/{number}/publication");
        let asked = clerk.get(&page).await;
        assert_eq!(send(clerk, &page, &form(&asked.body, &page)).await.status, StatusCode::SEE_OTHER);
    };
    publish(&mut clerk, &twice).await;
    let page = format!("/matters/{twice}/merger");
    let mut fields = form(&clerk.get(&format!("{page}?into={kept}")).await.body, &page);
    set(&mut fields, "reason", "Decided twice");
    assert_eq!(send(&mut clerk, &page, &fields).await.status, StatusCode::SEE_OTHER);
    let mut citizen = site.browser(Lang::En);
    let seen = citizen.get(&format!("/matters/{twice}")).await;
    assert!(seen.status == StatusCode::OK && !seen.body.contains(&kept), "{}", seen.body);
    publish(&mut clerk, &kept).await;
    let seen = citizen.get(&format!("/matters/{twice}")).await;
    assert!(seen.body.contains(&format!("href=\"/matters/{kept}\"")), "{}", seen.body);
}

#[tokio::test]
async fn a_confirmation_that_opens_the_same_thing_twice_says_so_and_goes_on() {
    let site = city();
    let mut clerk = browser_of(&site, CLERK, Lang::En).await;
    let first = open(&mut clerk, "市水务局要在2027年6月30日前完成西河清淤2.4公里").await;
    let document = super::qinghe::take_in(&mut clerk).await;
    let page = format!("{document}/proposals/1/confirmation");
    let read = clerk.get(&document).await;
    let answer = send(&mut clerk, &page, &form(&read.body, &page)).await;
    let place = answer.header(header::LOCATION).to_owned();
    assert!(place.starts_with(&format!("{document}?opened=2026-0002#p")), "{place}");
    let shown = clerk.get(place.split('#').next().expect("a path")).await;
    markup::check("document with a likely duplicate", &shown.body);
    assert!(shown.body.contains(&format!("/matters/2026-0002/merger?into={first}")), "{}", shown.body);
}
