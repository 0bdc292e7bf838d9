//! The desk: what waits, for whom, and what can be done about it right there.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::matter::{Kind, Outcome};
use ledger::party::Party;
use web::texts::Lang;

use crate::city::{CLERK, CLERK2, LEADER, SUPERVISION, WATER_HEAD, WATER_MEMBER, text};
use crate::markup;
use crate::site::{Answer, Site, officer};

/// The fields of the form that posts to `path`.
fn hidden(page: &Answer, path: &str) -> Vec<(String, String)> {
    let form = page.between(&format!("action=\"{path}\">"), "</form>");
    let fields = form.split("<input type=\"hidden\" name=\"").skip(1);
    let field = |part: &str| {
        let (name, rest) = part.split_once("\" value=\"").expect("a value");
        (name.to_owned(), rest.split('"').next().unwrap_or("").to_owned())
    };
    fields.map(field).filter(|(name, _)| name != "csrf").collect()
}

#[tokio::test]
async fn what_asks_nothing_is_done_on_the_desk_itself() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 30);
    let mut browser = site.browser_of(WATER_MEMBER, Lang::En).await;
    let desk = browser.get("/").await;
    markup::check("desk", &desk.body);
    assert!(desk.body.contains("To sign for"), "{}", desk.body);
    let path = format!("/matters/{number}/receipt");
    let fields = hidden(&desk, &path);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let done = browser.post(&path, &fields).await;
    assert_eq!(
        (done.status, done.header(LOCATION)),
        (StatusCode::SEE_OTHER, &*format!("/?done=receipt&number={number}"))
    );
    let desk = browser.get(&format!("/?done=receipt&number={number}")).await;
    assert!(desk.body.contains("Signed for. Your unit leads it from now on:") && !desk.body.contains("To sign for"));
    // And again: nothing has changed, said in one act, from the folded part of the desk.
    let path = format!("/matters/{number}/progress");
    let fields = hidden(&desk, &path);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(browser.post(&path, &fields).await.status, StatusCode::SEE_OTHER);
    let page = browser.get(&format!("/matters/{number}")).await;
    assert!(page.body.contains("Wen Lan noted that nothing has changed."), "{}", page.body);
}

#[tokio::test]
async fn the_groups_stand_in_the_order_of_the_day_in_both_languages() {
    for (lang, words) in [
        (Lang::En, ["To sign for", "Due soon", "Returned", "Under way, nothing pressing"]),
        (Lang::ZhHans, ["待签收", "即将到期", "被退回", "正常办理中"]),
    ] {
        let site = Site::with_city();
        let matters: Vec<_> = (0..4).map(|n| site.open(&format!("Dredge {n}"), Audience::Office).0).collect();
        for (matter, days) in matters.iter().zip([30, 3, 30, 30]) {
            site.assign(*matter, days);
        }
        for matter in &matters[1..] {
            site.act(WATER_MEMBER, *matter, Act::SignFor);
        }
        let piece = site.evidence(WATER_MEMBER, matters[2], 9);
        let (outcome, evidence, report) = (Outcome::Done, vec![piece], text("Done"));
        site.act(WATER_MEMBER, matters[2], Act::DraftReport { outcome, evidence, report });
        site.act(WATER_HEAD, matters[2], Act::SignReport);
        site.act(CLERK, matters[2], Act::Return { reason: text("The second inspection is missing") });
        let desk = site.browser_of(WATER_MEMBER, lang).await.get("/").await;
        markup::check("desk", &desk.body);
        let places: Vec<usize> = words.iter().map(|word| desk.body.find(word).expect(word)).collect();
        assert!(places.is_sorted(), "{places:?}");
    }
}

#[tokio::test]
async fn who_drafted_a_report_is_told_that_somebody_else_signs() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 30);
    site.act(WATER_HEAD, matter, Act::SignFor);
    let piece = site.evidence(WATER_HEAD, matter, 9);
    let (outcome, evidence, report) = (Outcome::Done, vec![piece], text("Done"));
    site.act(WATER_HEAD, matter, Act::DraftReport { outcome, evidence, report });
    let desk = site.browser_of(WATER_HEAD, Lang::En).await.get("/").await;
    assert!(desk.body.contains("Reports to sign"), "{}", desk.body);
    assert!(!desk.body.contains(&format!("action=\"/matters/{number}/report-signature\"")), "he may not");
}

#[tokio::test]
async fn a_question_goes_to_the_office_and_its_answer_comes_back() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 30);
    let mut lead = site.browser_of(WATER_MEMBER, Lang::En).await;
    let asked = lead.post(&format!("/matters/{number}/question"), &[("question", "Which outfall?")]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    assert!(clerk.get("/").await.body.contains("Questions to answer"));
    // The matter's own page says the same, with the same act in front.
    let page = clerk.get(&format!("/matters/{number}")).await.body;
    assert!(page.contains(&format!("class=\"button\" href=\"/matters/{number}/answer\"")), "{page}");
    assert!(!page.contains("Nothing here waits for you"), "{page}");
    let form = clerk.get(&format!("/matters/{number}/answer")).await;
    assert!(form.body.contains("Which outfall?"), "{}", form.body);
    let answer = [("question_no", "1"), ("reply", "The northern one")];
    let answered = clerk.post(&format!("/matters/{number}/answer"), &answer).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    assert!(!clerk.get("/").await.body.contains("Questions to answer"));
    assert!(lead.get("/").await.body.contains("Instructions, answers and withdrawals to take note of"));
    let page = lead.get(&format!("/matters/{number}")).await;
    assert!(page.body.contains("The northern one") && page.body.contains("Zhou Yinuo answered question 1."));
}

#[tokio::test]
async fn several_that_wait_to_be_assigned_lead_to_the_page_that_assigns_them_together() {
    for lang in Lang::ALL {
        let site = Site::with_city();
        let together = "<a href=\"/matters/assignment\">";
        site.open("One", Audience::Office);
        let mut clerk = site.browser_of(CLERK, lang).await;
        assert!(!clerk.get("/").await.body.contains(together), "one is assigned on its own page");
        site.open("Two", Audience::Office);
        let desk = clerk.get("/").await;
        assert!(desk.body.contains(together), "{}", desk.body);
    }
}

#[tokio::test]
async fn a_long_group_leads_to_the_list_of_all_of_it() {
    let site = Site::with_city();
    for n in 0..23 {
        site.assign(site.open(&format!("Dredge {n}"), Audience::Office).0, 30);
    }
    site.open("A clue", Audience::Circle([officer(CLERK)].into()));
    let mut browser = site.browser_of(WATER_MEMBER, Lang::En).await;
    let desk = browser.get("/").await;
    assert!(desk.body.contains("href=\"/matters?waits=sign_for\">All 23</a>"), "{}", desk.body);
    let list = browser.get("/matters?waits=sign_for").await;
    assert!(list.body.contains("23 matters") && list.body.contains("on your desk: To sign for"), "{}", list.body);
}

#[tokio::test]
async fn a_form_left_half_way_is_on_the_desk_and_comes_back_filled() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 30);
    let mut browser = site.browser_of(WATER_MEMBER, Lang::En).await;
    let path = format!("/matters/{number}/dispute");
    let left = browser.post(&format!("{path}/draft"), &[("reason", "The outfall is the province's")]).await;
    assert_eq!(left.header(LOCATION), format!("/?done=draft&number={number}"));
    let desk = browser.get("/").await;
    markup::check("desk-drafts", &desk.body);
    assert!(desk.body.contains("Forms you left") && desk.body.contains(&format!("href=\"{path}\">Go on")));
    let form = browser.get(&path).await;
    markup::check("act-kept", &form.body);
    assert!(form.body.contains(">The outfall is the province&#39;s</textarea>"), "{}", form.body);
    let mut other = site.browser_of(WATER_HEAD, Lang::ZhHans).await;
    assert!(!other.get(&path).await.body.contains("province") && !other.get("/").await.body.contains("未填完的表单"));
    let done = browser.post(&path, &[("reason", "The outfall is the province's")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(!browser.get("/").await.body.contains("Forms you left"), "what was done is no draft");
}

#[tokio::test]
async fn a_draft_can_be_thrown_away_and_a_blank_one_is_none() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 30);
    let mut browser = site.browser_of(WATER_MEMBER, Lang::En).await;
    let path = format!("/matters/{number}/dispute/draft");
    browser.post(&path, &[("reason", "Not ours")]).await;
    browser.post(&path, &[("reason", "Not ours"), ("discard", "yes")]).await;
    assert!(!browser.get("/").await.body.contains("Forms you left"));
    browser.post(&path, &[("reason", "  ")]).await;
    assert!(!browser.get("/").await.body.contains("Forms you left"));
}

#[tokio::test]
async fn what_an_obstacle_holds_up_stands_apart_with_the_obstacle_and_who_can_remove_it() {
    let site = Site::with_city();
    let (matter, _) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 30);
    site.act(WATER_MEMBER, matter, Act::SignFor);
    let remover = Some(Party::Unit(SUPERVISION));
    site.act(WATER_MEMBER, matter, Act::NameObstacle { obstacle: text("No permit from the province"), remover });
    for no in [WATER_HEAD, WATER_MEMBER] {
        let desk = site.browser_of(no, Lang::En).await.get("/").await;
        markup::check("desk-held", &desk.body);
        assert!(!desk.body.contains("Under way, nothing pressing"), "{}", desk.body);
        assert!(desk.body.contains("Held up by an obstacle"), "{}", desk.body);
        assert!(desk.body.contains("No permit from the province – can be removed by Supervision Office"));
    }
}

#[tokio::test]
async fn whoever_led_a_duplicate_finds_on_the_desk_what_it_goes_on_as() {
    let site = Site::with_city();
    let ((twice, number), (kept, into)) =
        (site.open("Dredge the outfall", Audience::Office), site.open("Dredge it", Audience::Office));
    site.assign(twice, 30);
    site.assign(kept, 30);
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let fields = [("into", &*into.to_string()), ("reason", "The same outfall")];
    let merged = clerk.post(&format!("/matters/{number}/merger"), &fields).await;
    assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.body);
    let mut lead = site.browser_of(WATER_HEAD, Lang::En).await;
    let desk = lead.get("/").await;
    markup::check("desk-merged", &desk.body);
    assert!(desk.body.contains(&format!("Goes on as {into}")), "{}", desk.body);
    let path = format!("/matters/{number}/acknowledgement");
    let fields = hidden(&desk, &path);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(lead.post(&path, &fields).await.status, StatusCode::SEE_OTHER);
    assert!(!lead.get("/").await.body.contains("Goes on as"));
}

#[tokio::test]
async fn what_waits_for_both_stands_on_ones_own_desk_only() {
    let site = Site::with_city();
    let (ours, number) = site.open("Dredge the outfall", Audience::Office);
    let (drafted, signed) = site.open("Mend the railing", Audience::Office);
    site.assign(ours, 30);
    site.assign(drafted, 30);
    site.act(WATER_MEMBER, drafted, Act::SignFor);
    let evidence = vec![site.evidence(WATER_MEMBER, drafted, 9)];
    site.act(WATER_MEMBER, drafted, Act::DraftReport { outcome: Outcome::Done, evidence, report: text("Done") });
    let mut head = site.browser_of(WATER_HEAD, Lang::En).await;
    let to = format!("officer/{}", officer(WATER_MEMBER));
    let lent =
        [("delegate", &*to), ("lend", "work"), ("lend", "sign"), ("from", "2026-11-24"), ("last_day", "2026-11-30")];
    let lent = head.post("/account/delegations", &lent).await;
    assert_eq!(lent.status, StatusCode::SEE_OTHER, "{}", lent.body);
    let desk = site.browser_of(WATER_MEMBER, Lang::En).await.get("/").await;
    let times = |number: &str| desk.body.matches(&format!("<a href=\"/matters/{number}\">")).count();
    assert_eq!((times(&number.to_string()), times(&signed.to_string())), (1, 1), "{}", desk.body);
    assert!(desk.body.contains("In the place of Jiang Wang"), "what only the head signs stands there: {}", desk.body);
}

#[tokio::test]
async fn the_views_one_keeps_are_on_the_desk() {
    let site = Site::with_city();
    let mut browser = site.browser_of(CLERK, Lang::En).await;
    assert!(!browser.get("/").await.body.contains("My views"));
    let kept = browser.post("/matters/views", &[("view", "Late at the bureau"), ("query", "standing=late")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let desk = browser.get("/").await;
    markup::check("desk-views", &desk.body);
    assert!(desk.body.contains("<a href=\"/matters?standing=late\">Late at the bureau</a>"), "{}", desk.body);
}

#[tokio::test]
async fn desk_and_matter_count_the_time_left_alike() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 5);
    let mut lead = site.browser_of(WATER_HEAD, Lang::En).await;
    let mut admin = site.browser_of(1, Lang::En).await;
    for said in ["in 5 days", "in 4 working days"] {
        for page in ["/".to_owned(), format!("/matters/{number}")] {
            let page = lead.get(&page).await;
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        admin.post("/organisation/calendar/years", &[("country", "cn")]).await;
    }
}

#[tokio::test]
async fn a_matter_says_where_it_is_who_disputed_it_and_offers_its_first_notice_once() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    let path = format!("/matters/{number}");
    let mut leader = site.browser_of(LEADER, Lang::En).await;
    let opened = leader.get(&path).await.body;
    assert!(opened.contains("It is with the supervision office, to be assigned."), "{opened}");
    assert!(opened.contains("Not assigned yet"), "{opened}");
    site.assign(matter, 10);
    let assigned = leader.get(&path).await.body;
    assert!(assigned.contains("It is with Water Bureau."), "{assigned}");
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let page = clerk.get(&path).await.body;
    assert!(page.contains("/notices?number=") && !page.contains(&format!("{path}/notice\"")), "once: {page}");
    site.act(WATER_HEAD, matter, Act::Dispute { reason: text("Not ours") });
    let disputed = clerk.get(&path).await.body;
    assert!(disputed.contains("Jiang Wang for Water Bureau disputed it"), "{disputed}");
    assert!(disputed.contains("Disputed by its lead; to be assigned again"), "{disputed}");
}

#[tokio::test]
async fn lists_offer_what_their_reader_may_do() {
    let site = Site::with_city();
    for (no, may_open, may_assign) in [(CLERK, true, true), (LEADER, true, false), (WATER_HEAD, false, false)] {
        let list = site.browser_of(no, Lang::En).await.get("/matters").await.body;
        assert_eq!(list.contains("href=\"/matters/new\""), may_open, "{no}");
        for path in ["/matters/assignment", "/notices"] {
            assert_eq!(list.contains(&format!("href=\"{path}\"")), may_assign, "{no} {path}");
        }
    }
}

#[tokio::test]
async fn a_report_asks_only_what_its_kind_can_end_as_and_evidence_takes_a_picture() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 10);
    site.act(WATER_MEMBER, matter, Act::SignFor);
    let mut member = site.browser_of(WATER_MEMBER, Lang::En).await;
    let evidence = member.get(&format!("/matters/{number}/evidence")).await.body;
    markup::check("evidence", &evidence);
    assert!(evidence.contains("capture=\"environment\""), "{evidence}");
    assert!(evidence.contains("value=\"photo\" checked"), "{evidence}");
    let report = member.get(&format!("/matters/{number}/report-draft")).await.body;
    markup::check("report", &report);
    for (field, outcome) in [("appeal_until", "refused"), ("transferred_to", "transferred")] {
        let can = report.contains(&format!("id=\"outcome-{outcome}\""));
        assert_eq!(report.contains(&format!("name=\"{field}\"")), can, "{field}: {report}");
        assert_eq!(report.contains(&format!("only-{outcome}")), can, "{field}: {report}");
    }
}

/// What was typed for another outcome is told at its field and stays there to see; an empty field says nothing.
#[tokio::test]
async fn what_goes_with_an_outcome_that_was_not_chosen_is_not_lost_without_a_word() {
    let site = Site::with_city();
    let (matter, number) = site.open_as(Kind::Need, "Repair the roof", Audience::Office);
    site.assign(matter, 10);
    site.act(WATER_MEMBER, matter, Act::SignFor);
    let piece = site.evidence(WATER_MEMBER, matter, 0x600).to_string();
    let path = format!("/matters/{number}/report-draft");
    let unit = format!("unit/{SUPERVISION}");
    for (lang, told) in [(Lang::En, "does not go with what you chose"), (Lang::ZhHans, "与所选项不符")] {
        let mut member = site.browser_of(WATER_MEMBER, lang).await;
        let shown = member.get(&path).await.body;
        assert!(!shown.contains(" filled\""), "nothing is chosen before somebody chooses: {shown}");
        let unfit = [
            ("transferred", "nobody at all", "", "transferred_to"),
            ("done", "nobody at all", "", "transferred_to"),
            ("done", &unit, "", "transferred_to"),
            ("done", "", "banana", "appeal_until"),
            ("transferred", &unit, "2027-01-31", "appeal_until"),
        ];
        for (outcome, to, until, field) in unfit {
            let fields = [("transferred_to", to), ("appeal_until", until), ("outcome", outcome)];
            let fields = [&fields[..], &[("evidence", piece.as_str()), ("report", "Closed")]].concat();
            let wrong = member.post(&path, &fields).await;
            assert_eq!(wrong.status, axum::http::StatusCode::UNPROCESSABLE_ENTITY, "{outcome} {to} {until}");
            markup::check("report wrong", &wrong.body);
            assert!(wrong.body.contains(&format!("href=\"#{field}\"")), "{outcome} {to} {until}: {}", wrong.body);
            assert!(wrong.body.contains(" filled\"") && wrong.body.contains("Closed"), "{}", wrong.body);
            assert_eq!(wrong.body.contains(told), to != "nobody at all" || outcome == "done", "{}", wrong.body);
        }
    }
    let mut member = site.browser_of(WATER_MEMBER, Lang::En).await;
    let empty = [("outcome", "done"), ("transferred_to", ""), ("appeal_until", " ")];
    let fields = [&empty[..], &[("evidence", piece.as_str()), ("report", "Closed")]].concat();
    let done = member.post(&path, &fields).await;
    assert_eq!(done.status, axum::http::StatusCode::SEE_OTHER, "{}", done.body);
    let page = member.get(&format!("/matters/{number}")).await.body;
    assert!(page.contains("Closed"), "{page}");
}

/// The list begins as its headings do; within a sentence the same word is small.
#[tokio::test]
async fn a_choice_begins_with_a_capital() {
    let site = Site::with_city();
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let mut admin = site.browser_of(1, Lang::En).await;
    let pages = [
        clerk.get("/matters").await.body,
        clerk.get("/matters/new").await.body,
        admin.get("/organisation").await.body,
        admin.get(&format!("/organisation/units/{SUPERVISION}")).await.body,
    ];
    for page in &pages {
        for option in page.split("<option ").skip(1) {
            let words = option.split_once('>').expect("a tag").1.split('<').next().expect("words");
            assert!(!words.starts_with(char::is_lowercase), "{words}");
        }
    }
    assert!(pages[0].contains(">Directive</option>") && pages[1].contains(">Directive</option>"));
}

/// Whoever may read documents finds the meetings from there, and the head says that they are in that room.
#[tokio::test]
async fn meetings_lie_in_the_room_of_documents() {
    let site = Site::with_city();
    let mut member = site.browser_of(WATER_MEMBER, Lang::En).await;
    assert!(member.get("/documents").await.body.contains("href=\"/meetings\""));
    let meetings = member.get("/meetings").await.body;
    assert!(meetings.contains("href=\"/documents\" aria-current=\"page\""), "{meetings}");
    assert!(!meetings.contains("href=\"/matters\" aria-current"), "{meetings}");
}

#[tokio::test]
async fn whoever_is_refused_an_act_is_led_back_to_its_matter() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 30);
    let mut head = site.browser_of(WATER_HEAD, Lang::En).await;
    let refused = head.get(&format!("/matters/{number}/report-draft")).await;
    assert!(refused.body.contains("Code LS-201"), "{}", refused.body);
    assert!(refused.body.contains(&format!("href=\"/matters/{number}\">Back to {number}<")), "{}", refused.body);
}

/// Whoever is asked whether the criterion is met reads it there, beside what was reported and what supports it.
#[tokio::test]
async fn whoever_verifies_or_clears_sees_criterion_report_and_evidence() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 30);
    site.act(WATER_MEMBER, matter, Act::SignFor);
    let piece = site.evidence(WATER_MEMBER, matter, 9);
    let (outcome, evidence, report) = (Outcome::Done, vec![piece], text("Ten sections are dredged"));
    site.act(WATER_MEMBER, matter, Act::DraftReport { outcome, evidence, report });
    site.act(WATER_HEAD, matter, Act::SignReport);
    let link = format!("href=\"/matters/{number}/evidence/{piece}\"");
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let mut second = site.browser_of(CLERK2, Lang::En).await;
    let verify = clerk.get(&format!("/matters/{number}/verification")).await.body;
    let sent = [("method", "desk"), ("finding", "Seen")];
    let verified = clerk.post(&format!("/matters/{number}/verification"), &sent).await;
    assert_eq!(verified.status, StatusCode::SEE_OTHER, "{}", verified.body);
    let clear = second.get(&format!("/matters/{number}/clearance")).await.body;
    for page in [verify, clear] {
        markup::check("judged", &page);
        for words in ["Two inspections, both passed", "Ten sections are dredged", &link] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
}

/// An administrator, for whom no matter waits, and a clerk without one to assign find the way on.
#[tokio::test]
async fn an_empty_desk_leads_on() {
    let site = Site::with_city();
    let desk = site.browser_of(CLERK, Lang::En).await.get("/").await.body;
    assert!(desk.contains("href=\"/matters/new\""), "{desk}");
    let desk = site.browser_of(1, Lang::En).await.get("/").await.body;
    assert!(desk.contains("“Organisation”. <a href=\"/organisation\">"), "{desk}");
    site.open("Dredge the outfall", Audience::Office);
    let desk = site.browser_of(CLERK, Lang::En).await.get("/").await.body;
    assert_eq!(desk.matches("href=\"/matters/new\"").count(), 1, "{desk}");
}
