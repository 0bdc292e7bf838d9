//! What changes in the office while matters run: a unit is merged, leave begins and ends, a desk is handed over, a circle
//! loses somebody; each told to the end as its people meet it.

use axum::http::StatusCode;
use jiff::SignedDuration;
use ledger::act::Act::{self, Assign};
use ledger::audience::Audience;
use ledger::id::{MatterId, PostId, UnitId};
use ledger::matter::Outcome;
use ledger::organisation::{Duty, Function, PostText, UnitText};
use ledger::organise::Change;
use ledger::party::Party;
use ledger::{Name, Text};
use uuid::Uuid;
use web::texts::Lang;

use crate::city::{CLERK, CLERK2, SUPERVISION, WATER, WATER_HEAD, WATER_MEMBER, text};
use crate::markup;
use crate::site::{Answer, Browser, Site, officer};

const ADMIN: u128 = 1;
const ECOLOGY_HEAD: u128 = 20;
const ECOLOGY: UnitId = UnitId(Uuid::from_u128(0x60));

fn unit_path(unit: UnitId) -> String {
    format!("/organisation/units/{unit}")
}

fn officer_path(no: u128) -> String {
    format!("/organisation/officers/{}", officer(no))
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

fn name(words: &str) -> Name {
    Name::parse("", words).expect("a name")
}

/// Sends a form of the page, with the version that the page shows.
async fn send(browser: &mut Browser, page: &str, what: &str, fields: &[(&str, &str)]) -> Answer {
    let seen = browser.get(page).await.between("name=\"seen\" value=\"", "\"").to_owned();
    let mut fields = fields.to_vec();
    fields.push(("seen", &seen));
    let action = page.split('?').next().unwrap_or(page);
    browser.post(&format!("{action}{what}"), &fields).await
}

/// The page on which an administrator hands one officer's desk to another.
fn handover(from: u128, to: u128) -> String {
    format!("{}/handover?successor_officer={}", officer_path(from), officer(to))
}

async fn does(browser: &mut Browser, number: &str, noun: &str, fields: &[(&str, &str)]) {
    let done = send(browser, &format!("/matters/{number}/{noun}"), "", fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{noun}: {}", done.body);
}

/// An ecology bureau with a head of its own.
fn ecology(site: &Site) {
    let text = UnitText { name: name("Ecology Bureau"), aliases: vec![] };
    site.organise(Change::FoundUnit { unit: ECOLOGY, parent: None, function: Function::Executing, text });
    enrol(site, ECOLOGY_HEAD, ECOLOGY, Duty::Head, "Fang Lin");
}

fn enrol(site: &Site, no: u128, unit: UnitId, duty: Duty, words: &str) {
    let post = PostId(Uuid::from_u128(0x7000 + no));
    site.organise(Change::MakePost { unit, post, duty, text: PostText { title: name("Post") } });
    let value = ledger::organisation::OfficerName { name: name(words) };
    let personal = ledger::event::Personal { person: ledger::id::PersonId(Uuid::from_u128(0x9000 + no)), value };
    let from = jiff::civil::date(2026, 1, 1);
    site.organise(Change::EnrolIn { officer: officer(no), personal, post, from });
}

/// Evidence and a drafted report.
fn drafts(site: &Site, no: u128, matter: MatterId) {
    let evidence = vec![site.evidence(no, matter, 9)];
    site.act(no, matter, Act::DraftReport { outcome: Outcome::Done, evidence, report: text("Done") });
}

/// From the signed report to the end, by the two officers of the supervision office.
async fn examined(site: &Site, number: &str) {
    let mut clerk2 = site.browser_of(CLERK2, Lang::En).await;
    does(&mut clerk2, number, "verification", &[("method", "site_visit"), ("finding", "It is so.")]).await;
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    does(&mut clerk, number, "clearance", &[("note", "")]).await;
    let shown = clerk.get(&format!("/matters/{number}")).await;
    markup::check("cleared", &shown.body);
    assert!(shown.body.contains("cleared it"), "{}", shown.body);
}

#[tokio::test]
async fn a_merged_units_matter_is_brought_to_its_end_by_the_successor() {
    let site = Site::with_city();
    ecology(&site);
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    let number = number.to_string();
    site.assign(matter, 30);
    site.act(WATER_HEAD, matter, Act::SignFor);
    drafts(&site, WATER_MEMBER, matter);
    let mut admin = site.browser_of(ADMIN, Lang::En).await;
    let heir = ECOLOGY.to_string();
    let merger = [("last_day", "2026-11-25"), ("heir", &*heir), ("reason", "Reform")];
    let closed = send(&mut admin, &unit_path(WATER), "/closing", &merger).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
    let signature = format!("/matters/{number}/report-signature");
    let mut ecology = site.browser_of(ECOLOGY_HEAD, Lang::En).await;
    assert!(!ecology.get("/").await.body.contains(&signature), "not before the day");
    let early = ecology.post(&signature, &[]).await;
    assert_eq!(early.status, StatusCode::FORBIDDEN, "{}", early.body);
    site.wait(days(2));
    let mut water = site.browser_of(WATER_HEAD, Lang::En).await;
    assert!(water.get("/").await.body.contains("You hold no post today"));
    let late = water.post(&signature, &[]).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND, "{}", late.body);
    let mut ecology = site.browser_of(ECOLOGY_HEAD, Lang::En).await;
    let desk = ecology.get("/").await;
    assert!(desk.body.contains(&format!("/matters/{number}")), "{}", desk.body);
    does(&mut ecology, &number, "report-signature", &[]).await;
    // Nobody who did it, under either name, verifies it.
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let verifier = format!("officer/{}", officer(ECOLOGY_HEAD));
    let named = clerk.post(&format!("/matters/{number}/verifier"), &[("verifier", &verifier)]).await;
    assert_eq!(named.status, StatusCode::CONFLICT, "{}", named.body);
    examined(&site, &number).await;
}

#[tokio::test]
async fn leave_works_from_its_first_day_to_its_last_and_on_no_other() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    let lead = Party::Officer(officer(WATER_HEAD));
    let due = jiff::civil::date(2026, 12, 24);
    site.act(CLERK, matter, Assign { lead, supervising: SUPERVISION, criterion: text("Done"), due });
    let mut head = site.browser_of(WATER_HEAD, Lang::En).await;
    let (to, place) = (format!("officer/{}", officer(WATER_MEMBER)), format!("officer/{}", officer(WATER_HEAD)));
    let page = head.get("/account/delegations").await;
    let offered = page.between("<select id=\"delegate\"", "</select>").to_owned();
    assert!(offered.contains(&to) && !offered.contains(&officer(CLERK2).to_string()), "{offered}");
    let lent = |to: &str| {
        let fields = [("delegate", to), ("lend", "work"), ("from", "2026-11-26"), ("last_day", "2026-11-27")];
        fields.map(|(field, value)| (field.to_owned(), value.to_owned()))
    };
    let elsewhere = format!("officer/{}", officer(crate::city::LEADER));
    for (lang, words) in [(Lang::En, "people of your own units only"), (Lang::ZhHans, "只能委托本单位")] {
        let mut head = site.browser_of(WATER_HEAD, lang).await;
        let fields = lent(&elsewhere);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
        let refused = head.post("/account/delegations", &fields).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        markup::check("delegation-refused", &refused.body);
        assert!(refused.body.contains(words), "{}", refused.body);
    }
    let fields = lent(&to);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
    assert_eq!(head.post("/account/delegations", &fields).await.status, StatusCode::SEE_OTHER);
    let (receipt, progress) = (format!("/matters/{number}/receipt"), format!("/matters/{number}/progress"));
    for (day, is_his) in [(25, false), (26, true), (27, true), (28, false)] {
        site.wait(days(1));
        let mut deputy = site.browser_of(WATER_MEMBER, Lang::En).await;
        // Once it is signed for, nothing waits until the deadline comes near; the matter's page still offers it to him.
        let desk = deputy.get("/").await;
        assert_eq!(desk.body.contains("In the place of Jiang Wang"), day == 26, "on the {day}th: {}", desk.body);
        let shown = deputy.get(&format!("/matters/{number}")).await;
        assert_eq!(shown.body.contains("?in_place_of="), is_his, "on the {day}th: {}", shown.body);
        let done = match day {
            26 => deputy.post(&receipt, &[("in_place_of", &place)]).await,
            _other => deputy.post(&progress, &[("in_place_of", &place), ("note", "Half of it")]).await,
        };
        let expected = if is_his { StatusCode::SEE_OTHER } else { StatusCode::FORBIDDEN };
        assert_eq!(done.status, expected, "on the {day}th: {}", done.body);
    }
    // Its end is no end of what he did: the head still has the matter, and the deputy does not judge it.
    let mut head = site.browser_of(WATER_HEAD, Lang::En).await;
    assert!(head.get("/").await.body.contains(&format!("/matters/{number}")));
    assert!(head.get("/account/delegations").await.body.contains("over"));
    drafts(&site, WATER_HEAD, matter);
    site.act(WATER_HEAD, matter, Act::SignReport);
    examined(&site, &number.to_string()).await;
}

#[tokio::test]
async fn a_leavers_matter_is_brought_to_its_end_by_the_one_who_took_the_desk() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    let number = number.to_string();
    let lead = Party::Officer(officer(WATER_MEMBER));
    let due = jiff::civil::date(2026, 12, 24);
    site.act(CLERK, matter, Assign { lead, supervising: SUPERVISION, criterion: text("Done"), due });
    site.act(WATER_MEMBER, matter, Act::SignFor);
    drafts(&site, WATER_MEMBER, matter);
    let mut admin = site.browser_of(ADMIN, Lang::En).await;
    let to = officer(WATER_HEAD).to_string();
    let fields = [("successor_officer", &*to), ("reason", "He moves away"), ("last_day", "2026-11-25")];
    let done = send(&mut admin, &handover(WATER_MEMBER, WATER_HEAD), "", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    site.wait(days(2));
    let mut leaver = site.browser_of(WATER_MEMBER, Lang::En).await;
    let desk = leaver.get("/").await;
    assert!(desk.body.contains("You hold no post today") && !desk.body.contains(&number), "{}", desk.body);
    let mut head = site.browser_of(WATER_HEAD, Lang::En).await;
    let desk = head.get("/").await;
    assert!(desk.body.contains(&format!("/matters/{number}")), "{}", desk.body);
    does(&mut head, &number, "report-signature", &[]).await;
    examined(&site, &number).await;
}

#[tokio::test]
async fn the_last_of_a_circle_who_can_act_lets_another_in_before_he_leaves() {
    let site = Site::with_city();
    let circle = |members: &[u128]| Audience::Circle(members.iter().map(|no| officer(*no)).collect());
    let (matter, number) = site.open("Look into the outfall", circle(&[CLERK, WATER_HEAD]));
    let page = officer_path(CLERK);
    let post = PostId(Uuid::from_u128(0x7000 + CLERK)).to_string();
    let fields = [("post", &*post), ("last_day", "2026-11-30")];
    for (lang, words) in [(Lang::En, "only named officers may know"), (Lang::ZhHans, "没有人能够处理")] {
        let mut admin = site.browser_of(ADMIN, lang).await;
        let refused = send(&mut admin, &page, "/departures", &fields).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
        markup::check("last-in-circle", &refused.body);
        assert!(refused.body.contains(words) && !refused.body.contains(&number.to_string()), "{}", refused.body);
        let dissolution = [("last_day", "2026-11-30"), ("reason", "x")];
        let ended = send(&mut admin, &unit_path(SUPERVISION), "/closing", &dissolution).await;
        assert!(ended.status == StatusCode::CONFLICT && ended.body.contains(words), "{}", ended.body);
    }
    let mut admin = site.browser_of(ADMIN, Lang::En).await;
    let to = officer(CLERK2).to_string();
    let handed = [("successor_officer", &*to), ("reason", "She retires"), ("last_day", "2026-11-30")];
    let refused = send(&mut admin, &handover(CLERK, CLERK2), "", &handed).await;
    assert!(refused.body.contains("only named officers may know"), "{}", refused.body);
    let reason = Text::parse("reason", "I retire").expect("a text");
    site.act(CLERK, matter, Act::ChangeAudience { audience: circle(&[CLERK, CLERK2, WATER_HEAD]), reason });
    let left = send(&mut admin, &page, "/departures", &fields).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.body);
    site.wait(days(7));
    let mut clerk2 = site.browser_of(CLERK2, Lang::En).await;
    assert_eq!(clerk2.get(&format!("/matters/{number}/assignment")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_unit_founded_with_the_wrong_function_is_put_right_on_its_page_until_a_matter_names_it() {
    let site = Site::with_city();
    ecology(&site);
    for (lang, becomes, words) in
        [(Lang::En, "supervision", "it now supervises"), (Lang::ZhHans, "executing", "将其职能变更为执行")]
    {
        let mut admin = site.browser_of(ADMIN, lang).await;
        let page = unit_path(ECOLOGY);
        let nothing = send(&mut admin, &page, "/function", &[("function", ""), ("reason", "")]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        markup::check("function-wrong", &nothing.body);
        let done = send(&mut admin, &page, "/function", &[("function", becomes), ("reason", "Typed wrongly")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let shown = admin.get(&page).await;
        markup::check("function", &shown.body);
        assert!(shown.body.contains(words) && shown.body.contains("Typed wrongly"), "{}", shown.body);
    }
    let (matter, _) = site.open("Dredge the outfall", Audience::Office);
    let due = jiff::civil::date(2026, 12, 24);
    let lead = Party::Unit(ECOLOGY);
    site.act(CLERK, matter, Assign { lead, supervising: SUPERVISION, criterion: text("Done"), due });
    for (lang, words) in [(Lang::En, "A matter names this unit"), (Lang::ZhHans, "已有事项涉及该单位")] {
        let mut admin = site.browser_of(ADMIN, lang).await;
        for unit in [ECOLOGY, SUPERVISION] {
            let fields = [("function", "deciding"), ("reason", "x")];
            let refused = send(&mut admin, &unit_path(unit), "/function", &fields).await;
            assert_eq!(refused.status, StatusCode::CONFLICT);
            markup::check("function-refused", &refused.body);
            assert!(refused.body.contains(words), "{}", refused.body);
        }
    }
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let tried = clerk.post(&format!("{}/function", unit_path(WATER)), &[("function", "audit"), ("reason", "x")]).await;
    assert_eq!(tried.status, StatusCode::FORBIDDEN, "{}", tried.body);
}
