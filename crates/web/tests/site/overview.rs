//! The overview: what each lead has in hand, what is late, and one note on several matters at once.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::party::Party;
use web::texts::Lang;

use crate::city::{CLERK, CLERK2, LEADER, SUPERVISION, WATER_HEAD, WATER_MEMBER, text};
use crate::markup;
use crate::site::{Site, officer};

/// Two late matters, one of them held up; one under way; one nobody leads; one that the leader may not know.
fn busy() -> (Site, [String; 2]) {
    let site = Site::with_city();
    let made =
        ["Dredge the outfall", "Mend the railing", "Survey the river"].map(|quote| site.open(quote, Audience::Office));
    for ((matter, _), days) in made.iter().zip([2, 4, 60]) {
        site.assign(*matter, days);
        site.act(WATER_MEMBER, *matter, Act::SignFor);
    }
    let remover = Some(Party::Unit(SUPERVISION));
    site.act(WATER_MEMBER, made[0].0, Act::NameObstacle { obstacle: text("No permit from the province"), remover });
    site.open("Nobody's yet", Audience::Office);
    let secret = site.open("A clue", Audience::Circle([CLERK, CLERK2, WATER_HEAD].map(officer).into())).0;
    site.assign(secret, 1);
    site.wait(jiff::SignedDuration::from_hours(24 * 10));
    (site, [made[0].1.to_string(), made[1].1.to_string()])
}

#[tokio::test]
async fn the_overview_counts_by_lead_what_its_reader_may_see_and_nothing_else() {
    let (site, [first, second]) = busy();
    for lang in Lang::ALL {
        let page = site.browser_of(LEADER, lang).await.get("/overview").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        markup::check("overview", &page.body);
        assert!(page.body.contains(if lang == Lang::En { "4 December 2026" } else { "2026年12月4日" }));
        assert!(page.body.find(&first) < page.body.find(&second), "the longest late first");
        assert!(!page.body.contains("A clue"));
    }
    let mut leader = site.browser_of(LEADER, Lang::En).await;
    let page = leader.get("/overview").await.body;
    for said in [
        "<a href=\"/matters?lead=water-bureau&#38;standing=late\">2</a>",
        "<a href=\"/matters?lead=water-bureau&#38;standing=open\">3</a>",
        "Nobody leads it yet",
        "8 days late",
        "6 days late",
        "No permit from the province – can be removed by Supervision Office",
        "no obstacle named",
        "Made on 4 December 2026 for",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let clerk = site.browser_of(CLERK, Lang::En).await.get("/overview").await.body;
    assert!(clerk.contains("<a href=\"/matters?lead=water-bureau&#38;standing=late\">3</a>"), "{clerk}");
    assert!(!clerk.contains("Instruct with one note"), "a clerk does not instruct");
    assert!(clerk.contains("Obstacles you can remove"), "{clerk}");
    let mut visitor = site.browser(Lang::En);
    assert_eq!(visitor.get("/overview").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn lateness_is_counted_from_the_original_deadline_whatever_it_was_moved_to() {
    let site = Site::with_city();
    let (matter, _) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 2);
    site.act(WATER_MEMBER, matter, Act::SignFor);
    let to = jiff::civil::date(2026, 11, 30);
    site.act(WATER_HEAD, matter, Act::AskExtension { to, reason: text("Ice") });
    site.act(CLERK, matter, Act::DecideExtension { granted: Some(to), reason: text("Ice") });
    let mut leader = site.browser_of(LEADER, Lang::En).await;
    assert!(leader.get("/overview").await.body.contains("Nothing is late."));
    site.wait(jiff::SignedDuration::from_hours(24 * 10));
    let mut leader = site.browser_of(LEADER, Lang::En).await;
    let page = leader.get("/overview").await.body;
    assert!(page.contains("8 days late") && page.contains("moved to 30 November 2026"), "{page}");
}

#[tokio::test]
async fn one_note_goes_to_every_matter_that_was_ticked_or_to_none() {
    let (site, [first, second]) = busy();
    let mut leader = site.browser_of(LEADER, Lang::En).await;
    leader.get("/overview").await;
    let path = "/overview/instruction";
    let none = leader.post(path, &[("instruction", "Report by Friday")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    markup::check("overview-none", &none.body);
    assert!(none.body.contains("tick at least one") && none.body.contains(">Report by Friday</textarea>"));
    let blank = leader.post(path, &[("matters", &first), ("instruction", " ")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    markup::check("overview-blank", &blank.body);
    assert!(blank.body.contains(&format!("value=\"{first}\" checked")), "what was ticked stays: {}", blank.body);
    let unknown = leader.post(path, &[("matters", &first), ("matters", "2026-9999"), ("instruction", "x")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unknown.body);
    assert!(!leader.get("/overview").await.body.contains("Instructed on"), "all or none");
    let told =
        leader.post(path, &[("matters", &first), ("matters", &second), ("instruction", "Report by Friday")]).await;
    assert_eq!((told.status, told.header(LOCATION)), (StatusCode::SEE_OTHER, "/overview?told=2"));
    let page = leader.get("/overview?told=2").await;
    markup::check("overview-told", &page.body);
    assert!(page.body.contains("Your note stands on 2 matters."), "{}", page.body);
    assert_eq!(page.body.matches("Instructed on 4 December 2026; not noted yet.").count(), 2);
    let lead = site.browser_of(WATER_HEAD, Lang::En).await.get("/").await;
    assert!(lead.body.contains("Instructions, answers and withdrawals to take note of"), "{}", lead.body);
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    clerk.get("/overview").await;
    let tried = clerk.post(path, &[("matters", &first), ("instruction", "Me too")]).await;
    assert_eq!(tried.status, StatusCode::CONFLICT, "{}", tried.body);
}

#[tokio::test]
async fn a_note_refused_to_one_of_many_says_which_and_why_and_keeps_what_was_typed() {
    let (site, [first, second]) = busy();
    for lang in Lang::ALL {
        let mut leader = site.browser_of(LEADER, lang).await;
        leader.get("/overview").await;
        let withdrawn = site.open("Taken back", Audience::Office);
        let (authority, reason) = (text("Order 5"), text("Not needed"));
        site.act(CLERK, withdrawn.0, Act::Withdraw { authority, reason, successor: None });
        let gone = withdrawn.1.to_string();
        let fields =
            [("matters", first.as_str()), ("matters", &second), ("matters", &gone), ("instruction", "By Friday")];
        let refused = leader.post("/overview/instruction", &fields).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
        markup::check("overview-refused", &refused.body);
        let alert = refused.body.split("class=\"error-summary\"").nth(1).and_then(|rest| rest.split("</div>").next());
        let alert = alert.expect("it says what stands in the way");
        assert!(alert.contains(&format!("/matters/{gone}")), "{alert}");
        assert!(!alert.contains(&first) && !alert.contains(&second), "only the one that refuses: {alert}");
        assert!(refused.body.contains(">By Friday</textarea>"), "{}", refused.body);
        for number in [&first, &second, &gone] {
            assert!(refused.body.contains(&format!("value=\"{number}\" checked")), "{number} stays ticked");
        }
        assert!(!leader.get("/overview").await.body.contains("class=\"note\""), "all or none");
    }
}

#[tokio::test]
async fn late_matters_stand_in_the_order_of_the_deadlines_in_force() {
    let site = Site::with_city();
    let (moved, at_once) = (site.open("Moved", Audience::Office), site.open("As it was", Audience::Office));
    for ((matter, _), days) in [(moved, 2), (at_once, 4)] {
        site.assign(matter, days);
        site.act(WATER_MEMBER, matter, Act::SignFor);
    }
    let to = jiff::civil::date(2026, 12, 1);
    site.act(WATER_HEAD, moved.0, Act::AskExtension { to, reason: text("Ice") });
    site.act(CLERK, moved.0, Act::DecideExtension { granted: Some(to), reason: text("Ice") });
    site.wait(jiff::SignedDuration::from_hours(24 * 10));
    let page = site.browser_of(LEADER, Lang::En).await.get("/overview").await.body;
    assert!(page.contains("The earliest deadline in force first"), "{page}");
    assert!(page.find("As it was") < page.find("Moved"), "{page}");
}

#[tokio::test]
async fn whoever_looks_over_others_finds_the_overview_on_the_desk() {
    let site = Site::with_city();
    for (no, is_there) in [(LEADER, true), (CLERK, true), (WATER_HEAD, true), (WATER_MEMBER, false)] {
        let desk = site.browser_of(no, Lang::En).await.get("/").await;
        assert_eq!(desk.body.contains("Overview by lead, to print"), is_there, "{no}");
    }
}
