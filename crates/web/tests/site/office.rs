//! Setting up the office: units, officers, the calendar, delegation, and what nobody may do.

use axum::http::StatusCode;
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::party::Party;
use store::access::Login;
use web::texts::Lang;

use crate::city::{CLERK, CLERK2, LEADER, SUPERVISION, WATER, WATER_HEAD, WATER_MEMBER, text};
use crate::markup;
use crate::site::{Answer, Browser, Site, officer};
use ledger::act::Act::Assign;

const ADMIN: u128 = 1;

fn unit_path(unit: ledger::id::UnitId) -> String {
    format!("/organisation/units/{unit}")
}

fn officer_path(no: u128) -> String {
    format!("/organisation/officers/{}", officer(no))
}

/// The version a form of the page carries.
fn seen(page: &Answer) -> String {
    page.between("name=\"seen\" value=\"", "\"").to_owned()
}

async fn send(browser: &mut Browser, page: &str, what: &str, fields: &[(&str, &str)]) -> Answer {
    let seen = seen(&browser.get(page).await);
    let mut fields = fields.to_vec();
    fields.push(("seen", &seen));
    browser.post(&format!("{page}/{what}"), &fields).await
}

#[tokio::test]
async fn every_page_of_the_office_keeps_to_the_houses_promises_in_both_languages() {
    let site = Site::with_city();
    for lang in Lang::ALL {
        for no in [ADMIN, CLERK, WATER_MEMBER] {
            let mut browser = site.browser_of(no, lang).await;
            let pages = [
                "/organisation".to_owned(),
                "/organisation?q=water".to_owned(),
                "/organisation?q=%E4%BB%80%E4%B9%88".to_owned(),
                unit_path(WATER),
                officer_path(WATER_HEAD),
                "/organisation/calendar".to_owned(),
                "/organisation/calendar?year=2027".to_owned(),
                "/account/delegations".to_owned(),
            ];
            for page in pages {
                let answer = browser.get(&page).await;
                assert_eq!(answer.status, StatusCode::OK, "{page}");
                markup::check(&page, &answer.body);
            }
        }
        let mut browser = site.browser_of(ADMIN, lang).await;
        let page = format!("{}/handover?successor_officer={}", officer_path(WATER_HEAD), officer(WATER_MEMBER));
        markup::check(&page, &browser.get(&page).await.body);
    }
}

#[tokio::test]
async fn a_unit_is_found_by_part_of_a_name_in_either_language() {
    let site = Site::with_city();
    let mut browser = site.browser_of(CLERK, Lang::En).await;
    for question in ["bureau", "%E6%B0%B4%E5%8A%A1"] {
        let page = browser.get(&format!("/organisation?q={question}")).await;
        assert!(page.body.contains(&unit_path(WATER)), "{question}");
        assert!(!page.body.contains(&unit_path(SUPERVISION)), "{question}");
    }
    let page = browser.get("/organisation?q=nobody%20of%20that%20name").await;
    assert!(page.body.contains("Nothing of that name"));
}

#[tokio::test]
async fn two_administrators_at_once_do_not_overwrite_one_another() {
    let site = Site::with_city();
    let mut one = site.browser_of(ADMIN, Lang::En).await;
    let page = unit_path(WATER);
    let old = seen(&one.get(&page).await);
    let renamed = send(&mut one, &page, "names", &[("name_zh", "市水利局"), ("name_en", "Bureau of Waters")]).await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER, "{}", renamed.body);
    let late = [("name_zh", "水务水利局"), ("name_en", "Typed Meanwhile"), ("seen", &old)];
    let stale = one.post(&format!("{page}/names"), &late).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    markup::check("stale", &stale.body);
    assert!(stale.body.contains("Typed Meanwhile") && stale.body.contains("Bureau of Waters"), "{}", stale.body);
    assert!(stale.body.contains("Somebody changed this while you were filling in the form."));
}

#[tokio::test]
async fn names_may_be_rare_and_never_endless() {
    let site = Site::with_city();
    let mut browser = site.browser_of(ADMIN, Lang::En).await;
    let page = officer_path(WATER_HEAD);
    for name in ["𠮷田䶮", "محمد بن عبد الله", "Zoë 👩‍🚒", "<b>&\"'"] {
        let done = send(&mut browser, &page, "name", &[("name_zh", ""), ("name_en", name)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{name}: {}", done.body);
        let shown = browser.get(&page).await;
        markup::check(name, &shown.body);
    }
    let long = "长".repeat(10_000);
    let wrong = send(&mut browser, &page, "name", &[("name_zh", &long), ("name_en", "")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("too long for a name") && wrong.body.contains(&long), "what was typed is lost");
    let turned = send(&mut browser, &page, "name", &[("name_zh", ""), ("name_en", "Wei \u{202e}gniM")]).await;
    assert_eq!(turned.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nobody = send(&mut browser, &page, "name", &[("name_zh", " "), ("name_en", "")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    markup::check("nobody", &nobody.body);
}

#[tokio::test]
async fn days_that_do_not_exist_are_told_at_the_field() {
    let site = Site::with_city();
    let mut browser = site.browser_of(ADMIN, Lang::En).await;
    let unit = unit_path(WATER);
    for day in ["2026-02-30", "2027-13-01", "yesterday", "+012026-01-01"] {
        let wrong = send(&mut browser, &unit, "closing", &[("last_day", day), ("heir", ""), ("reason", "x")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
        assert!(wrong.body.contains("is not a day"), "{day}");
        let wrong =
            browser.post("/organisation/calendar/days", &[("day", day), ("rule", "free"), ("reason", "x")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
        markup::check("calendar-wrong", &wrong.body);
    }
}

#[tokio::test]
async fn a_merged_units_matters_run_on_and_a_dissolved_ones_come_back_to_the_desk() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 30);
    let mut admin = site.browser_of(ADMIN, Lang::En).await;
    let page = unit_path(WATER);
    let fields = [("last_day", "2026-11-23"), ("heir", ""), ("reason", "Reform of institutions")];
    let closed = send(&mut admin, &page, "closing", &fields).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
    let shown = admin.get(&page).await;
    markup::check("closed", &shown.body);
    assert!(shown.body.contains("Reform of institutions") && !shown.body.contains("/closing-cancellation"));
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let desk = clerk.get("/").await;
    markup::check("desk", &desk.body);
    assert!(desk.body.contains("To be reassigned"), "{}", desk.body);
    assert!(desk.body.contains(&format!("/matters/{number}/reassignment")));
    let page = clerk.get(&format!("/matters/{number}")).await;
    assert!(page.body.contains("The lead is no longer there."), "{}", page.body);
    // Its officers hold no post now, and are told so in words.
    let mut water = site.browser_of(WATER_HEAD, Lang::En).await;
    let desk = water.get("/").await;
    assert!(desk.body.contains("You hold no post today"), "{}", desk.body);
    for page in ["/organisation", "/organisation/calendar"] {
        let told = water.get(page).await;
        assert_eq!(told.status, StatusCode::FORBIDDEN);
        markup::check(page, &told.body);
        assert!(told.body.contains("You hold no post today"));
    }
}

#[tokio::test]
async fn only_administrators_change_and_everybody_in_office_may_look() {
    let site = Site::with_city();
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let page = unit_path(WATER);
    assert!(!clerk.get(&page).await.body.contains("<textarea"));
    let tried = clerk.post(&format!("{page}/names"), &[("name_zh", "x"), ("name_en", "y")]).await;
    assert_eq!(tried.status, StatusCode::FORBIDDEN);
    assert!(tried.body.contains("do not give you the right"));
    let handover = clerk.get(&format!("{}/handover", officer_path(WATER_HEAD))).await;
    assert_eq!(handover.status, StatusCode::NOT_FOUND);
    let days = [("day", "2026-12-24"), ("rule", "free"), ("reason", "x")];
    assert_eq!(clerk.post("/organisation/calendar/days", &days).await.status, StatusCode::FORBIDDEN);
    let invited = clerk.post(&format!("{}/invitation", officer_path(WATER_HEAD)), &[]).await;
    assert_eq!(invited.status, StatusCode::FORBIDDEN, "{}", invited.body);
    assert!(!invited.body.contains("/setup/"));
}

#[tokio::test]
async fn nobody_locks_out_the_last_administrator_by_any_form() {
    let site = Site::with_city();
    let mut admin = site.browser_of(ADMIN, Lang::En).await;
    let page = officer_path(ADMIN);
    let post = "00000000-0000-0000-0000-000000000070";
    let left = send(&mut admin, &page, "departures", &[("post", post), ("last_day", "2026-12-31")]).await;
    assert_eq!(left.status, StatusCode::CONFLICT);
    assert!(left.body.contains("without an administrator"), "{}", left.body);
    let closed = admin.post(&format!("{page}/closure"), &[]).await;
    assert_eq!(closed.status, StatusCode::CONFLICT);
    assert_eq!(admin.get("/account").await.status, StatusCode::OK, "still signed in");
    // A second one who never signed in does not count either.
    let second = send(&mut admin, &officer_path(CLERK2), "posts", &[("post", post), ("from", "2026-11-24")]).await;
    assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.body);
    let left = send(&mut admin, &page, "departures", &[("post", post), ("last_day", "2026-12-31")]).await;
    assert_eq!(left.status, StatusCode::CONFLICT);
    site.browser_of(CLERK2, Lang::En).await;
    let left = send(&mut admin, &page, "departures", &[("post", post), ("last_day", "2026-12-31")]).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.body);
}

#[tokio::test]
async fn an_account_is_invited_unlocked_and_closed_and_each_stands_on_the_record() {
    let site = Site::with_city();
    let mut admin = site.browser_of(ADMIN, Lang::En).await;
    let page = officer_path(WATER_HEAD);
    let invited = admin.post(&format!("{page}/invitation"), &[]).await;
    assert_eq!(invited.status, StatusCode::OK);
    markup::check("invited", &invited.body);
    let link = invited.between("<code data-select>", "</code>").to_owned();
    let mut water = site.browser(Lang::En);
    assert_eq!(water.get(&link).await.status, StatusCode::OK);
    let mut water = site.browser_of(WATER_HEAD, Lang::En).await;
    let login = Login::parse(&format!("officer{WATER_HEAD}")).expect("a login");
    for _ in 0..8 {
        let mut stranger = site.browser(Lang::En);
        stranger.post("/sign-in", &[("login", login.as_str()), ("password", "wrong password")]).await;
    }
    assert!(site.app.access.waits_until(login.as_str()).expect("access.db").is_some());
    assert!(admin.get(&page).await.body.contains("Unlock now"));
    admin.post(&format!("{page}/unlocking"), &[]).await;
    assert!(site.app.access.waits_until(login.as_str()).expect("access.db").is_none());
    let closed = admin.post(&format!("{page}/closure"), &[]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
    assert_eq!(water.get("/account").await.status, StatusCode::SEE_OTHER, "signed out at once");
    let shown = admin.get(&page).await;
    for words in ["made an invitation link", "lifted the wait", "closed the account"] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
}

#[tokio::test]
async fn a_leavers_desk_is_shown_and_handed_over_in_one_change() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    let due = jiff::civil::date(2026, 12, 24);
    let lead = Party::Officer(officer(WATER_HEAD));
    site.act(CLERK, matter, Assign { lead, supervising: SUPERVISION, criterion: text("Done"), due });
    site.act(WATER_HEAD, matter, Act::SignFor);
    let circle = Audience::Circle([officer(CLERK), officer(CLERK2), officer(WATER_HEAD)].into());
    let (secret, secret_number) = site.open("Look into the outfall", circle);
    site.act(CLERK, secret, Assign { lead, supervising: SUPERVISION, criterion: text("Done"), due });
    let mut admin = site.browser_of(ADMIN, Lang::En).await;
    let page = format!("{}/handover", officer_path(WATER_HEAD));
    let before = admin.get(&format!("{page}?successor_officer={}", officer(WATER_MEMBER))).await;
    assert!(before.body.contains(&number.to_string()) && before.body.contains("moves"), "{}", before.body);
    assert!(!before.body.contains(&secret_number.to_string()), "an administrator is told of no circle");
    let elsewhere = admin.get(&format!("{page}?successor_officer={}", officer(CLERK2))).await;
    assert!(elsewhere.body.contains("stays"), "{}", elsewhere.body);
    let seen = seen(&before);
    let to = officer(WATER_MEMBER).to_string();
    let nothing =
        admin.post(&page, &[("successor_officer", &to), ("reason", ""), ("last_day", ""), ("seen", &seen)]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("successor_officer", &*to), ("reason", "She retires"), ("last_day", "2026-11-30"), ("seen", &seen)];
    let done = admin.post(&page, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let shown = clerk.get(&format!("/matters/{number}")).await;
    assert!(shown.body.contains("handed the lead over from Jiang Wang to Wen Lan"), "{}", shown.body);
    assert!(shown.body.contains("She retires"));
    let shown = admin.get(&officer_path(WATER_HEAD)).await;
    assert!(shown.body.contains("30 November 2026"), "{}", shown.body);
}

#[tokio::test]
async fn a_deputy_acts_in_anothers_place_from_his_own_desk() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    let lead = Party::Officer(officer(WATER_HEAD));
    let due = jiff::civil::date(2026, 12, 24);
    site.act(CLERK, matter, Assign { lead, supervising: SUPERVISION, criterion: text("Done"), due });
    let mut deputy = site.browser_of(WATER_MEMBER, Lang::En).await;
    let receipt = format!("/matters/{number}/receipt");
    let place = format!("officer/{}", officer(WATER_HEAD));
    let tried = deputy.post(&receipt, &[("in_place_of", &place)]).await;
    assert_eq!(tried.status, StatusCode::FORBIDDEN, "nothing was lent yet: {}", tried.body);
    let mut head = site.browser_of(WATER_HEAD, Lang::En).await;
    let to = format!("officer/{}", officer(WATER_MEMBER));
    let fields = [("delegate", &*to), ("lend", "work"), ("from", "2026-11-24"), ("last_day", "2026-11-30")];
    let lent = head.post("/account/delegations", &fields).await;
    assert_eq!(lent.status, StatusCode::SEE_OTHER, "{}", lent.body);
    let wrong = [("delegate", ""), ("from", "2026-11-31"), ("last_day", "2026-11-30")];
    let wrong = head.post("/account/delegations", &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    markup::check("delegations-wrong", &wrong.body);
    let page = head.get("/account/delegations").await;
    markup::check("delegations", &page.body);
    assert!(page.body.contains("Wen Lan") && page.body.contains("in force"), "{}", page.body);
    let desk = deputy.get("/").await;
    markup::check("desk", &desk.body);
    assert!(desk.body.contains("In the place of Jiang Wang"), "{}", desk.body);
    let form = deputy.get(&receipt).await;
    markup::check("act", &form.body);
    assert!(form.body.contains("for Jiang Wang"), "{}", form.body);
    let done = deputy.post(&receipt, &[("in_place_of", &place)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let shown = deputy.get(&format!("/matters/{number}")).await;
    assert!(shown.body.contains("Wen Lan") && shown.body.contains("Jiang Wang") && shown.body.contains("under way"));
    // What was not lent is not his, and the last day is the last.
    let tried = deputy.post(&format!("/matters/{number}/report-signature"), &[("in_place_of", &place)]).await;
    assert_eq!(tried.status, StatusCode::FORBIDDEN);
    site.wait(jiff::SignedDuration::from_hours(24 * 7));
    let mut deputy = site.browser_of(WATER_MEMBER, Lang::En).await;
    let late = deputy.post(&format!("/matters/{number}/progress"), &[("in_place_of", &place), ("note", "x")]).await;
    assert_eq!(late.status, StatusCode::FORBIDDEN, "{}", late.body);
}

#[tokio::test]
async fn the_desk_counts_in_working_days_once_the_office_has_a_calendar() {
    let site = Site::with_city();
    let (matter, _) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 5);
    let mut water = site.browser_of(WATER_HEAD, Lang::En).await;
    // Tuesday 24 November to Sunday 29.
    assert!(water.get("/").await.body.contains("in 5 days"));
    let mut admin = site.browser_of(ADMIN, Lang::En).await;
    let adopted = admin.post("/organisation/calendar/years", &[("country", "cn")]).await;
    assert_eq!(adopted.status, StatusCode::SEE_OTHER, "{}", adopted.body);
    assert!(water.get("/").await.body.contains("in 4 working days"), "until Monday the 30th");
    let days = [("day", "2026-11-28"), ("rule", "working"), ("reason", "Flood duty")];
    assert_eq!(admin.post("/organisation/calendar/days", &days).await.status, StatusCode::SEE_OTHER);
    assert!(water.get("/").await.body.contains("in 5 working days"));
    let page = admin.get("/organisation/calendar").await;
    markup::check("calendar", &page.body);
    assert!(page.body.contains("Flood duty") && page.body.contains("国办发明电〔2025〕7号"), "{}", page.body);
    let again = admin.post("/organisation/calendar/years", &[("country", "cn")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "nothing changes");
    let unknown = admin.post("/organisation/calendar/years", &[("country", "cn"), ("year", "2027")]).await;
    assert!(unknown.body.contains("No schedule of working days is known here"), "{}", unknown.body);
}

#[tokio::test]
async fn a_unit_takes_the_name_of_another_only_where_that_is_meant() {
    let site = Site::with_city();
    let mut browser = site.browser_of(ADMIN, Lang::En).await;
    let fields = [("name_zh", ""), ("name_en", "water BUREAU"), ("function", "executing"), ("parent", "")];
    let asked = browser.post("/organisation/units", &fields).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.body.contains("Another unit goes by this “English name” already"), "{}", asked.body);
    markup::check("namesake", &asked.body);
    let meant = [&fields[..], &[("same_name", "yes")]].concat();
    assert_eq!(browser.post("/organisation/units", &meant).await.status, StatusCode::SEE_OTHER);
    let page = unit_path(SUPERVISION);
    let renamed = send(&mut browser, &page, "names", &[("name_zh", "市水务局"), ("name_en", "")]).await;
    assert!(renamed.body.contains("Another unit goes by this “Chinese name” already"), "{}", renamed.body);
    let nameless = send(&mut browser, &page, "names", &[("name_zh", " "), ("name_en", "")]).await;
    assert!(nameless.body.contains("No name is given") && nameless.body.contains("href=\"#names-name_zh\""));
    let own = send(&mut browser, &unit_path(WATER), "names", &[("name_zh", "市水务局"), ("name_en", "Waters")]).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "its own name is not another's");
}

#[tokio::test]
async fn whoever_has_no_right_is_told_that_before_what_is_wrong_with_the_form() {
    let site = Site::with_city();
    let number = site.open("Dredge the outfall", Audience::Office).1;
    let mut browser = site.browser_of(WATER_MEMBER, Lang::En).await;
    for (path, fields) in [
        ("/organisation/units".to_owned(), vec![("name_zh", "")]),
        (format!("{}/names", unit_path(WATER)), vec![("name_zh", "")]),
        (format!("{}/posts", officer_path(WATER_HEAD)), vec![("post", "x")]),
        ("/organisation/calendar/days".to_owned(), vec![("day", "x")]),
        (format!("/matters/{number}/assignment"), vec![("due", "x")]),
    ] {
        let answer = browser.post(&path, &fields).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.body);
        markup::check(&path, &answer.body);
    }
}

#[tokio::test]
async fn nobody_leaves_a_post_before_taking_it_and_is_told_from_when_on() {
    let site = Site::with_city();
    let mut browser = site.browser_of(ADMIN, Lang::En).await;
    let page = officer_path(WATER_HEAD);
    let shown = browser.get(&page).await;
    let post = shown.between("<select id=\"departures-post\" name=\"post\"><option value=\"", "\"").to_owned();
    let early = send(&mut browser, &page, "departures", &[("post", &post), ("last_day", "2001-01-01")]).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert!(early.body.contains("so it cannot end before"), "{}", early.body);
}

#[tokio::test]
async fn a_form_sent_again_with_other_words_comes_back_with_them_and_a_new_command() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 12);
    let mut lead = site.browser_of(WATER_HEAD, Lang::En).await;
    let path = format!("/matters/{number}/question");
    let form = lead.get(&path).await;
    let (command, seen) = (
        form.between("name=\"command\" value=\"", "\"").to_owned(),
        form.between("name=\"seen\" value=\"matter", "\"").to_owned(),
    );
    let seen = format!("matter{seen}");
    let fields = |words: &'static str| [("question", words), ("command", command.as_str()), ("seen", seen.as_str())];
    assert_eq!(lead.post(&path, &fields("Which outfall?")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(lead.post(&path, &fields("Which outfall?")).await.status, StatusCode::SEE_OTHER, "twice is once");
    let again = lead.post(&path, &fields("Whose outfall?")).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    markup::check("sent with other words", &again.body);
    assert!(again.body.contains("Whose outfall?") && again.body.contains("already sent once"), "{}", again.body);
    assert!(again.body.contains(&format!("/matters/{number}#history")), "{}", again.body);
    let fresh = again.between("name=\"command\" value=\"", "\"");
    assert_ne!(fresh, command);
}

#[tokio::test]
async fn what_is_wrong_with_leave_to_act_is_told_at_the_field() {
    let site = Site::with_city();
    for (lang, oneself, order) in
        [(Lang::En, "names you", "lies before the first day"), (Lang::ZhHans, "是您本人", "早于起始日期")]
    {
        let mut head = site.browser_of(WATER_HEAD, lang).await;
        let own = format!("officer/{}", officer(WATER_HEAD));
        let fields = [("delegate", &*own), ("lend", "work"), ("from", "2026-11-30"), ("last_day", "2026-11-29")];
        let wrong = head.post("/account/delegations", &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        markup::check("leave", &wrong.body);
        assert!(wrong.body.contains(oneself) && wrong.body.contains(order), "{}", wrong.body);
        assert!(wrong.body.contains("href=\"#last_day\"") && wrong.body.contains("href=\"#delegate\""));
        assert!(wrong.body.contains("value=\"2026-11-29\""), "what was typed stays: {}", wrong.body);
    }
    let mut head = site.browser_of(WATER_HEAD, Lang::En).await;
    let to = format!("officer/{}", officer(WATER_MEMBER));
    for (from, last, said) in [
        ("2020-12-10", "2026-11-30", "is a day that has passed"),
        ("2026-11-30", "9999-12-31", "is the last day that can be written"),
    ] {
        let fields = [("delegate", &*to), ("lend", "work"), ("from", from), ("last_day", last)];
        let wrong = head.post("/account/delegations", &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.body);
        assert!(wrong.body.contains(said), "{}", wrong.body);
    }
    // One day is the first and the last.
    let fields = [("delegate", &*to), ("lend", "work"), ("from", "2026-11-30"), ("last_day", "2026-11-30")];
    assert_eq!(head.post("/account/delegations", &fields).await.status, StatusCode::SEE_OTHER);
}

/// What was raised to somebody is not on his desk to be handed over, so that is not advised.
#[tokio::test]
async fn whoever_is_only_asked_for_a_word_is_not_sent_to_hand_a_desk_over() {
    let site = Site::with_city();
    let (matter, _) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 30);
    site.act(CLERK, matter, Act::Escalate { to: officer(LEADER), reason: text("It stands still") });
    for (lang, said, unsaid) in [
        (Lang::En, "handing the desk over does not move that", "desk over first"),
        (Lang::ZhHans, "移交工作不能将其转移", "请先在该人员页面办理"),
    ] {
        let mut admin = site.browser_of(ADMIN, lang).await;
        let fields = [("post", "00000000-0000-0000-0000-000000007007"), ("from", "2026-11-24")];
        let refused = send(&mut admin, &officer_path(LEADER), "posts", &fields).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
        assert!(refused.body.contains(said) && !refused.body.contains(unsaid), "{}", refused.body);
    }
}

/// A post's day has no hours: one taken by mistake bars lending until it is over, and the refusal says from when it goes.
#[tokio::test]
async fn a_post_taken_by_mistake_bars_lending_for_the_day_and_that_is_said() {
    let site = Site::with_city();
    let mut admin = site.browser_of(ADMIN, Lang::En).await;
    let (page, post) = (officer_path(WATER_HEAD), "00000000-0000-0000-0000-000000007003");
    let taken = send(&mut admin, &page, "posts", &[("post", post), ("from", "2026-11-24")]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let left = send(&mut admin, &page, "departures", &[("post", post), ("last_day", "2026-11-23")]).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.body);
    let mut head = site.browser_of(WATER_HEAD, Lang::En).await;
    let to = format!("officer/{}", officer(WATER_MEMBER));
    let fields = |from| {
        [("delegate", to.clone()), ("lend", "work".into()), ("from", from), ("last_day", "2026-11-30".to_owned())]
    };
    let lend = async |head: &mut Browser, from: &str| {
        let fields = fields(from.to_owned());
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        head.post("/account/delegations", &fields).await
    };
    let today = lend(&mut head, "2026-11-24").await;
    assert_eq!(today.status, StatusCode::CONFLICT);
    assert!(today.body.contains("begin on the next day"), "{}", today.body);
    assert_eq!(lend(&mut head, "2026-11-25").await.status, StatusCode::SEE_OTHER);
}
