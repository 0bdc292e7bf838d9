//! Who becomes an auditor, on the administrator's pages: by another's hand, and with nothing waiting for him by name.

use axum::http::StatusCode;
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::party::Party;
use web::texts::Lang;

use crate::city::{CLERK, CLERK2, LEADER, SUPERVISION, WATER_HEAD, WATER_MEMBER, text};
use crate::markup;
use crate::site::{Answer, Browser, Site, officer};

const ADMIN: u128 = 1;
/// The auditor's post in the city.
const AUDIT_POST: &str = "00000000-0000-0000-0000-000000007007";
const ADMIN_POST: &str = "00000000-0000-0000-0000-000000000070";
const INFORMATION: &str = "/organisation/units/00000000-0000-0000-0000-000000000050";
const MEETING: &str = "/organisation/units/00000000-0000-0000-0000-000000000053";

fn page_of(no: u128) -> String {
    format!("/organisation/officers/{}", officer(no))
}

async fn send(browser: &mut Browser, page: &str, what: &str, fields: &[(&str, &str)]) -> Answer {
    let shown = browser.get(page).await;
    let seen = shown.between("name=\"seen\" value=\"", "\"").to_owned();
    let fields = [fields, &[("seen", seen.as_str())]].concat();
    browser.post(&format!("{page}/{what}"), &fields).await
}

async fn to_audit(browser: &mut Browser, no: u128) -> Answer {
    send(browser, &page_of(no), "posts", &[("post", AUDIT_POST), ("from", "2026-12-01")]).await
}

fn led_by_name(site: &Site, audience: Audience, quote: &str) -> ledger::id::Number {
    let (matter, number) = site.open(quote, audience);
    let (lead, due) = (Party::Officer(officer(WATER_HEAD)), jiff::civil::date(2026, 12, 24));
    site.act(CLERK, matter, Act::Assign { lead, supervising: SUPERVISION, criterion: text("Done"), due });
    number
}

#[tokio::test]
async fn whoever_leads_a_matter_by_name_hands_it_over_before_he_comes_to_the_auditors() {
    let site = Site::with_city();
    let number = led_by_name(&site, Audience::Office, "Dredge the outfall");
    for (lang, words) in [(Lang::En, "One unfinished matter"), (Lang::ZhHans, "1 个未办结事项")] {
        let mut admin = site.browser_of(ADMIN, lang).await;
        let refused = to_audit(&mut admin, WATER_HEAD).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        markup::check("still named", &refused.body);
        assert!(refused.body.contains(words) && refused.body.contains(&number.to_string()), "{}", refused.body);
        assert!(refused.body.contains("value=\"2026-12-01\""), "what was typed stays: {}", refused.body);
    }
    let mut admin = site.browser_of(ADMIN, Lang::En).await;
    let page = page_of(WATER_HEAD);
    let to = officer(WATER_MEMBER).to_string();
    let fields = [("successor_officer", &*to), ("reason", "She will audit"), ("last_day", "")];
    let handed = send(&mut admin, &page, "handover", &fields).await;
    assert_eq!(handed.status, StatusCode::SEE_OTHER, "{}", handed.body);
    let taken = to_audit(&mut admin, WATER_HEAD).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    // And nothing is given to her any more: forms do not offer her.
    let (matter, number) = site.open("Mend the weir", Audience::Office);
    site.assign(matter, 20);
    let mut clerk = site.browser_of(CLERK, Lang::En).await;
    let form = clerk.get(&format!("/matters/{number}/verifier")).await;
    let offers = |no| form.body.contains(&format!("value=\"officer/{}\"", officer(no)));
    assert!(offers(CLERK2) && !offers(WATER_HEAD), "{}", form.body);
}

#[tokio::test]
async fn a_circles_matter_stands_in_the_way_and_is_not_told() {
    let site = Site::with_city();
    let circle = Audience::Circle([officer(CLERK), officer(CLERK2), officer(WATER_HEAD)].into());
    let secret = led_by_name(&site, circle, "Look into the outfall");
    let mut admin = site.browser_of(ADMIN, Lang::En).await;
    let refused = to_audit(&mut admin, WATER_HEAD).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("A matter that only named officers may know"), "{}", refused.body);
    assert!(!refused.body.contains(&secret.to_string()), "{}", refused.body);
}

/// Whom it was raised to is no party, so that the store finds it by what waits.
#[tokio::test]
async fn a_unit_does_not_audit_while_its_officers_word_is_asked_for() {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the outfall", Audience::Office);
    site.assign(matter, 20);
    site.act(CLERK, matter, Act::Escalate { to: officer(LEADER), reason: text("It stands still") });
    let mut admin = site.browser_of(ADMIN, Lang::En).await;
    let fields = [("function", "audit"), ("reason", "Founded with the wrong function")];
    let refused = send(&mut admin, MEETING, "function", &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    markup::check("still asked", &refused.body);
    assert!(refused.body.contains(&number.to_string()), "{}", refused.body);
    site.act(LEADER, matter, Act::Instruct { instruction: text("By Friday") });
    let done = send(&mut admin, MEETING, "function", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

#[tokio::test]
async fn an_administrator_reads_the_read_log_only_by_another_administrators_hand() {
    let site = Site::with_city();
    let mut admin = site.browser_of(ADMIN, Lang::En).await;
    let fields = [("function", "audit"), ("reason", "It audits")];
    let own_unit = send(&mut admin, INFORMATION, "function", &fields).await;
    let own_post = to_audit(&mut admin, ADMIN).await;
    for refused in [own_unit, own_post] {
        assert_eq!(refused.status, StatusCode::CONFLICT);
        markup::check("own hand", &refused.body);
        assert!(refused.body.contains("Nobody makes himself or herself an auditor"), "{}", refused.body);
    }
    assert_eq!(admin.get("/audit/reads").await.status, StatusCode::NOT_FOUND);
    let fields = [("post", ADMIN_POST), ("from", "2026-11-24")];
    let second = send(&mut admin, &page_of(CLERK2), "posts", &fields).await;
    assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.body);
    let mut second = site.browser_of(CLERK2, Lang::En).await;
    let fields = [("post", AUDIT_POST), ("from", "2026-11-24")];
    let done = send(&mut second, &page_of(ADMIN), "posts", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(admin.get("/audit/reads").await.status, StatusCode::OK);
}
