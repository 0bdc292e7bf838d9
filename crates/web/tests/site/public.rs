//! What anybody may read without an account, and what nobody may: pages, feeds, open data, proofs, "this is not so".

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, ETAG, LAST_MODIFIED, LINK, LOCATION, REFERRER_POLICY,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as B64;
use jiff::SignedDuration;
use jiff::civil::date;
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::id::{MatterId, Number, PersonId, PostId};
use ledger::matter::{CallBackFinding, Method, Outcome, PublicItem};
use ledger::organisation::{Duty, OfficerName, PostText};
use ledger::organise::Change;
use ledger::{Name, event::Personal};
use serde_json::Value;
use store::access::ReadKind;
use uuid::Uuid;
use web::texts::Lang;

use crate::city::{CLERK, CLERK2, SUPERVISION, WATER, WATER_HEAD, WATER_MEMBER, text};
use crate::markup;
use crate::pages::keep;
use crate::site::{Answer, Browser, Site, officer};

pub const CLERK3: u128 = 8;

/// Everything that is not about one matter.
const EVERYWHERE: &[&str] = &[
    "/",
    "/?lang=en",
    "/published",
    "/published?standing=open",
    "/published?standing=late",
    "/published?lead=00000000-0000-0000-0000-000000000052",
    "/feed.atom",
    "/feed.atom?lang=en",
    "/feed.atom?lead=00000000-0000-0000-0000-000000000052",
    "/open-data",
    "/open-data/matters.json",
    "/open-data/matters.csv",
    "/open-data/events.csv",
    "/open-data/unpublished.json",
    "/open-data/unpublished.csv",
    "/open-data/schema.json",
    "/robots.txt",
    "/sitemap.xml",
];

/// What there is of one matter.
fn of(number: Number) -> [String; 7] {
    ["", "?lang=en", ".json", "/feed.atom", "/proof", "/proof/check", "/contradiction"]
        .map(|rest| format!("/matters/{number}{rest}"))
}

impl Site {
    /// A matter that was carried through; every text on it begins with `mark`.
    pub fn cleared(&self, mark: &str, days: i64) -> (MatterId, Number) {
        let (matter, number) = self.open(&format!("{mark}dir"), Audience::Office);
        let due = date(2026, 11, 24).checked_add(SignedDuration::from_hours(24 * days)).expect("a day");
        let (lead, criterion) = (ledger::party::Party::Unit(WATER), text(&format!("{mark}crit")));
        self.act(CLERK, matter, Act::Assign { lead, supervising: SUPERVISION, criterion, due });
        self.act(WATER_HEAD, matter, Act::SignFor);
        self.act(WATER_MEMBER, matter, Act::RecordProgress { note: Some(text(&format!("{mark}prog"))) });
        let evidence = self.evidence(WATER_MEMBER, matter, matter.0.as_u128() ^ 1);
        let report = text(&format!("{mark}rep"));
        self.act(WATER_MEMBER, matter, Act::DraftReport { outcome: Outcome::Done, evidence: vec![evidence], report });
        self.act(WATER_HEAD, matter, Act::SignReport);
        let finding = text(&format!("{mark}ver"));
        self.act(CLERK, matter, Act::Verify { method: Method::SiteVisit, finding });
        self.act(CLERK2, matter, Act::Clear { note: Some(text(&format!("{mark}note"))) });
        (matter, number)
    }

    pub fn publish(&self, matter: MatterId, items: &BTreeSet<PublicItem>) {
        self.act(CLERK, matter, Act::Publish { items: items.clone() });
    }

    fn hide(&self, matter: MatterId) {
        self.act(CLERK, matter, Act::ChangeAudience { audience: Audience::Office, reason: text("By mistake") });
    }

    /// A third officer of the supervision office, who had no part in anything.
    pub fn with_fresh_eyes(&self) {
        let personal = Personal {
            person: PersonId(Uuid::from_u128(0x9008)),
            value: OfficerName { name: Name::parse("欧阳", "Ou Yang").expect("a name") },
        };
        let post = PostId(Uuid::from_u128(0x7008));
        let words = PostText { title: Name::parse("岗位", "Post").expect("a name") };
        self.organise(Change::MakePost { unit: SUPERVISION, post, duty: Duty::Member, text: words });
        self.organise(Change::Enrol { officer: officer(CLERK3), personal });
        self.organise(Change::TakePost { officer: officer(CLERK3), post, from: date(2026, 1, 1) });
    }
}

pub fn all() -> BTreeSet<PublicItem> {
    PublicItem::ALL.iter().copied().collect()
}

/// The answer's text, with what a proof hides in Base64 laid open.
fn laid_open(answer: &Answer) -> String {
    let mut text = answer.body.clone();
    for part in answer.body.split('"').filter(|part| part.len() > 60) {
        if let Ok(bytes) = B64.decode(part) {
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    text
}

/// One matter for every set of items that can be published; each page, feed, file and proof of each holds the words of
/// what was published and of nothing else.
#[tokio::test]
async fn whatever_is_published_nothing_else_shows_anywhere() {
    let site = Site::with_city();
    let mut matters = vec![];
    for set in 1..64_u32 {
        let has = |(at, _): &(usize, &PublicItem)| set & (1 << at) != 0;
        let items: BTreeSet<PublicItem> =
            PublicItem::ALL.iter().enumerate().filter(has).map(|(_, item)| *item).collect();
        let mark = format!("zq{set}x");
        let (matter, number) = site.cleared(&mark, 69 + i64::from(set));
        site.publish(matter, &items);
        let due =
            date(2026, 11, 24).checked_add(SignedDuration::from_hours(24 * (69 + i64::from(set)))).expect("a day");
        matters.push((mark, number, items, due));
    }
    let mut visitor = site.browser(Lang::En);
    let mut everywhere = String::new();
    for path in EVERYWHERE {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        everywhere.push_str(&answer.body);
    }
    for (mark, number, items, due) in &matters {
        let mut own = String::new();
        for path in of(*number) {
            let answer = visitor.get(&path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            own.push_str(&laid_open(&answer));
        }
        for (item, tail) in [
            (Some(PublicItem::Directive), "dir"),
            (Some(PublicItem::Criterion), "crit"),
            (Some(PublicItem::Report), "rep"),
            (Some(PublicItem::Verification), "ver"),
            (None, "prog"),
            (None, "note"),
        ] {
            let word = format!("{mark}{tail}");
            let may = item.is_some_and(|item| items.contains(&item));
            assert_eq!(own.contains(&word), may, "{word} of {items:?}");
            assert!(may || !everywhere.contains(&word), "{word} of {items:?}, in a list");
            let found = visitor.get(&format!("/published?words={word}")).await.body.contains(&number.to_string());
            let is_found = matches!(item, Some(PublicItem::Directive | PublicItem::Criterion)) && may;
            assert_eq!(found, is_found, "{word} of {items:?}, looked for");
        }
        let shows_due = items.contains(&PublicItem::Due);
        assert_eq!(own.contains(&due.to_string()), shows_due, "{due} of {items:?}");
        assert_eq!(own.contains("Cleared in time"), shows_due);
        let shows_lead = items.contains(&PublicItem::Lead);
        assert_eq!(
            own.contains("Water Bureau") || own.contains(&WATER.to_string()),
            shows_lead,
            "the lead of {items:?}"
        );
    }
    for name in ["Jiang Wang", "江望", "Wen Lan", "温澜", "Zhou Yinuo", "周一诺", "何清扬"] {
        assert!(!everywhere.contains(name), "{name} is named");
    }
}

/// Two worlds: with matters that the public may not know, and without. Nobody outside can tell which he is in.
#[tokio::test]
async fn a_matter_that_is_not_published_cannot_be_told_from_one_that_does_not_exist() {
    let site = Site::with_city();
    let (shown, _) = site.cleared("shown", 30);
    site.publish(shown, &all());
    let before = everywhere(&site).await;
    let (_, office) = site.cleared("secret", 30);
    let circle = Audience::Circle(BTreeSet::from([officer(CLERK), officer(WATER_HEAD)]));
    let (_, circled) = site.open("secret", circle);
    assert_eq!(everywhere(&site).await, before, "the same bytes, with and without");
    let mut visitor = site.browser(Lang::En);
    let missing = Number { count: 9_999, ..office };
    for (at, path) in of(missing).iter().enumerate() {
        let nothing = visitor.get(path).await;
        assert_eq!(nothing.status, StatusCode::NOT_FOUND, "{path}");
        for number in [office, circled] {
            let path = &of(number)[at];
            let answer = visitor.get(path).await;
            let same = |body: &str, number: Number| body.replace(&number.to_string(), "[number]");
            assert_eq!(
                (answer.status, same(&answer.body, number)),
                (nothing.status, same(&nothing.body, missing)),
                "{path}"
            );
        }
    }
}

/// Whoever follows a matter is told that it is no longer published, and whoever does not, no more than that it was.
#[tokio::test]
async fn a_matter_no_longer_published_is_said_to_be_gone_and_nothing_of_it_is_said() {
    let site = Site::with_city();
    let (kept, _) = site.cleared("kept", 30);
    site.publish(kept, &all());
    let (matter, number) = site.cleared("takenback", 30);
    site.publish(matter, &all());
    let mut visitor = site.browser(Lang::En);
    let shown = visitor.get("/feed.atom?words=takenback&lang=en").await;
    assert!(shown.body.contains("<blockquote xml:lang=\"en\"><p>takenbackdir</p></blockquote>"), "{}", shown.body);
    site.wait(SignedDuration::from_hours(24));
    site.hide(matter);
    for path in of(number) {
        let answer = visitor.get(&path).await;
        if path.ends_with("feed.atom") {
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert_eq!(answer.body.matches("<entry>").count(), 1, "{}", answer.body);
            assert!(answer.body.contains("was published until 25 November 2026 and no longer is"), "{}", answer.body);
        } else {
            assert_eq!(answer.status, StatusCode::GONE, "{path}");
            assert!(answer.body.contains("No longer published"), "{}", answer.body);
        }
        assert!(!laid_open(&answer).contains("takenback"), "{path}: {}", answer.body);
    }
    let sent = visitor.post(&format!("/matters/{number}/contradiction"), &[("not_so", "Mud")]).await;
    assert_eq!(sent.status, StatusCode::GONE);
    // Every feed of more than one matter says it once, under the same id whenever it is asked.
    for path in [
        "/feed.atom?lang=en".to_owned(),
        format!("/feed.atom?lead={WATER}&lang=en"),
        "/feed.atom?words=takenback&lang=en".to_owned(),
    ] {
        let feed = visitor.get(&path).await;
        assert_eq!(feed.body.matches("<category term=\"unpublished\"/>").count(), 1, "{path}: {}", feed.body);
        assert!(!feed.body.contains("takenbackdir"));
        let id = |answer: &Answer| answer.between("<entry>\n<id>", "</id>").to_owned();
        assert_eq!(id(&feed), id(&visitor.get(&path).await));
        assert_eq!(id(&feed), id(&visitor.get(&format!("/matters/{number}/feed.atom")).await));
        assert_eq!(feed.header(LAST_MODIFIED), "Wed, 25 Nov 2026 01:00:00 GMT");
    }
    let gone: Value = serde_json::from_str(&visitor.get("/open-data/unpublished.json").await.body).expect("JSON");
    assert_eq!(gone["unpublished"], serde_json::json!([{ "number": number.to_string(), "until": "2026-11-25" }]));
    let csv = visitor.get("/open-data/unpublished.csv").await.body;
    assert_eq!(csv, format!("\u{feff}number,until\r\n{number},2026-11-25\r\n"));
    assert!(!visitor.get("/open-data/matters.json").await.body.contains("takenback"));
    let program: Value =
        serde_json::from_str(&site.visiting_program(&format!("/matters/{number}")).await.body).expect("JSON");
    assert_eq!((program["code"].as_str(), program["until"].as_str()), (Some("unpublished"), Some("2026-11-25")));
    site.publish(matter, &all());
    assert_eq!(visitor.get(&format!("/matters/{number}")).await.status, StatusCode::OK);
    assert!(!visitor.get("/feed.atom").await.body.contains("unpublished"));
}

async fn everywhere(site: &Site) -> Vec<String> {
    let mut bodies = vec![];
    for lang in Lang::ALL {
        let mut visitor = site.browser(lang);
        for path in EVERYWHERE {
            bodies.push(visitor.get(path).await.body);
        }
        bodies.push(visitor.get("/published?words=secret").await.body);
    }
    bodies
}

/// The page without what is new in every version or run.
fn masked(site: &Site, mut answer: Answer) -> Answer {
    answer.body = answer.body.replace(&site.app.store.vkey(), "[key]");
    for (before, after) in [("<code>", "=</code>"), ("name=\"receipt\" value=\"", "\""), ("data-select>", "</p>")] {
        let mut parts = answer.body.split(before);
        let mut kept = parts.next().unwrap_or("").to_owned();
        for part in parts {
            match part.split_once(after).filter(|(inside, _)| inside.len() > 20 && !inside.contains('<')) {
                Some((_, rest)) => kept.push_str(&format!("{before}[secret]{after}{rest}")),
                None => kept.push_str(&format!("{before}{part}")),
            }
        }
        answer.body = kept;
    }
    answer
}

#[tokio::test]
async fn a_deadline_on_a_saturday_is_one_day_late_on_tuesday_for_everybody() {
    let site = Site::with_city();
    let mut admin = site.browser_of(1, Lang::En).await;
    admin.post("/organisation/calendar/years", &[("country", "cn")]).await;
    let (matter, number) = site.open("Mend the weir", Audience::Office);
    site.assign(matter, 4);
    site.publish(matter, &all());
    let (mut visitor, path) = (site.browser(Lang::En), format!("/matters/{number}"));
    for (days, said) in [(2, "in 2 working days"), (4, "due today"), (1, "1 day late")] {
        site.wait(SignedDuration::from_hours(24 * days));
        let mut clerk = site.browser_of(CLERK, Lang::En).await;
        for body in [visitor.get("/published").await.body, visitor.get(&path).await.body, clerk.get(&path).await.body] {
            assert!(body.contains(said), "{said}: {body}");
        }
    }
}

#[tokio::test]
async fn the_publics_pages_say_what_they_did_when_last_looked_at() {
    for lang in Lang::ALL {
        let site = Site::with_city();
        site.with_fresh_eyes();
        let (matter, number) = site.cleared("Dredge the east ditch: ", 30);
        site.publish(matter, &all());
        let (late, _) = site.cleared("Repair the outfall: ", 3);
        site.act(CLERK, late, Act::Reopen { due: date(2026, 12, 20), reason: text("It leaks") });
        site.publish(late, &BTreeSet::from([PublicItem::Directive, PublicItem::Due]));
        site.wait(SignedDuration::from_hours(24 * 7));
        let mut visitor = site.browser(lang);
        let code = contradict(&site, &mut visitor, number, "The ditch is full of mud").await;
        keep("receipt-waiting", lang, &masked(&site, visitor.get(&format!("/contradictions/{code}")).await));
        let answer = text("We went there again on Monday");
        let due = None;
        let call_back = Act::CallBack { finding: CallBackFinding::Stands, method: Method::SiteVisit, answer, due };
        site.act(CLERK3, matter, call_back);
        for (name, path) in [
            ("public-home", "/".to_owned()),
            ("published", "/published".to_owned()),
            ("published-none", "/published?words=nowhere".to_owned()),
            ("published-matter", format!("/matters/{number}")),
            ("proof-check", format!("/matters/{number}/proof/check")),
            ("contradiction", format!("/matters/{number}/contradiction")),
            ("receipts", "/contradictions".to_owned()),
            ("receipt", format!("/contradictions/{code}")),
            ("receipt-unknown", "/contradictions?code=7K3F-0000".to_owned()),
            ("open-data", "/open-data".to_owned()),
        ] {
            keep(name, lang, &masked(&site, visitor.get(&path).await));
        }
    }
}

/// Sends the form as a person would, and gives the receipt's code.
async fn contradict(site: &Site, visitor: &mut Browser, number: Number, words: &str) -> String {
    let path = format!("/matters/{number}/contradiction");
    let (command, receipt) = form(visitor, &path).await;
    site.wait(SignedDuration::from_secs(20));
    let fields = [
        ("command", &*command),
        ("receipt", &*receipt),
        ("not_so", words),
        ("place", "East Street"),
        ("contact", "555 0100"),
    ];
    let answer = visitor.post(&path, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(LOCATION).strip_prefix("/contradictions/").expect("to the receipt").to_owned()
}

async fn form(visitor: &mut Browser, path: &str) -> (String, String) {
    let page = visitor.get(path).await;
    assert_eq!(page.header(CACHE_CONTROL), "no-store");
    let field = |name: &str| page.between(&format!("name=\"{name}\" value=\""), "\"").to_owned();
    (field("command"), field("receipt"))
}

#[tokio::test]
async fn somebody_without_an_account_is_answered_and_never_quoted() {
    let site = Site::with_city();
    site.with_fresh_eyes();
    let (matter, number) = site.cleared("Dredge: ", 30);
    site.publish(matter, &all());
    let mut visitor = site.browser(Lang::En);
    let code = contradict(&site, &mut visitor, number, "Mudmudmud").await;
    let receipt = visitor.get(&format!("/contradictions/{code}")).await;
    assert!(receipt.body.contains("There is no answer yet"), "{}", receipt.body);
    assert_eq!((receipt.header(REFERRER_POLICY), receipt.header(CACHE_CONTROL)), ("no-referrer", "no-store"));
    // The doer sees that something was said, and not what; those who verified or cleared do not answer it.
    let mut doer = site.browser_of(WATER_HEAD, Lang::En).await;
    let page = doer.get(&format!("/matters/{number}")).await;
    assert!(page.body.contains("Somebody of the public said that this is not so."), "{}", page.body);
    for body in [page.body, doer.get(&format!("/matters/{number}/call-back")).await.body] {
        assert!(!body.contains("Mudmudmud") && !body.contains("555 0100"), "{body}");
    }
    let mut verifier = site.browser_of(CLERK, Lang::En).await;
    let refused = verifier.get(&format!("/matters/{number}/call-back")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("LS-603") && !refused.body.contains("Mudmudmud"), "{}", refused.body);
    let mut fresh = site.browser_of(CLERK3, Lang::En).await;
    assert!(fresh.get("/").await.body.contains(&number.to_string()), "it waits on the desk");
    let form = fresh.get(&format!("/matters/{number}/call-back")).await;
    assert!(form.body.contains("Mudmudmud") && form.body.contains("555 0100") && form.body.contains("East Street"));
    markup::check("call-back", &form.body);
    let read: Vec<_> = site.reads().iter().map(|line| (line.by.officer, line.what.kind, line.what.matter)).collect();
    assert_eq!(read, [(officer(CLERK3), ReadKind::Contradiction, Some(matter))], "who read it is on the read log");
    let (command, seen) =
        (form.between("name=\"command\" value=\"", "\""), form.between("name=\"seen\" value=\"", "\""));
    let fields = [
        ("command", command),
        ("seen", seen),
        ("result", "not_so"),
        ("method", "site_visit"),
        ("answer", "It is full of mud"),
        ("new_due", ""),
    ];
    let again = fresh.post(&format!("/matters/{number}/call-back"), &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("It is full of mud") && again.body.contains("Mudmudmud"), "nothing typed is lost");
    assert_eq!(site.reads().len(), 2, "it was shown again");
    let mut fields = fields;
    fields[5].1 = "2026-12-30";
    let done = fresh.post(&format!("/matters/{number}/call-back"), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let receipt = visitor.get(&format!("/contradictions/{code}")).await;
    assert!(
        receipt.body.contains("It is not so; the matter was taken up again.")
            && receipt.body.contains("It is full of mud")
    );
    let page = visitor.get(&format!("/matters/{number}")).await;
    assert!(page.body.contains("It is full of mud") && page.body.contains("1 time."), "{}", page.body);
    assert_eq!(visitor.get(&format!("/matters/{number}/contradiction")).await.status, StatusCode::CONFLICT);
    for path in EVERYWHERE.iter().map(|path| (*path).to_owned()).chain(of(number)) {
        let shown = laid_open(&visitor.get(&path).await);
        assert!(!shown.contains("Mudmudmud") && !shown.contains("555 0100"), "{path}");
    }
    let erased = visitor.post(&format!("/contradictions/{code}/erasure"), &[]).await;
    assert_eq!(erased.status, StatusCode::SEE_OTHER, "{}", erased.body);
    assert!(visitor.get(&format!("/contradictions/{code}")).await.body.contains("was erased"));
    assert_eq!(visitor.post("/contradictions/nonsense/erasure", &[]).await.status, StatusCode::NOT_FOUND);
    site.hide(matter);
    let receipt = visitor.get(&format!("/contradictions/{code}")).await;
    assert!(receipt.body.contains("not published at present") && !receipt.body.contains(&number.to_string()));
    assert!(!receipt.body.contains("full of mud"), "{}", receipt.body);
}

#[tokio::test]
async fn a_robot_gets_its_form_back_and_a_person_loses_nothing() {
    let site = Site::with_city();
    let (matter, number) = site.cleared("Dredge: ", 30);
    site.publish(matter, &all());
    let mut visitor = site.browser(Lang::En);
    let path = format!("/matters/{number}/contradiction");
    let (command, receipt) = form(&mut visitor, &path).await;
    let fields = |words: &'static str, website: &'static str| {
        vec![
            ("command", command.clone()),
            ("receipt", receipt.clone()),
            ("not_so", words.into()),
            ("website", website.into()),
        ]
    };
    let send = async |visitor: &mut Browser, fields: Vec<(&str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        visitor.post(&path, &fields).await
    };
    let quick = send(&mut visitor, fields("Full of mud", "")).await;
    assert_eq!(quick.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(quick.body.contains("faster than anybody reads") && quick.body.contains("Full of mud"));
    markup::check("sent too quickly", &quick.body);
    site.wait(SignedDuration::from_secs(3));
    let trapped = send(&mut visitor, fields("Full of mud", "https://spam.example")).await;
    assert_eq!(trapped.status, StatusCode::UNPROCESSABLE_ENTITY);
    markup::check("trapped", &trapped.body);
    let empty = send(&mut visitor, fields(" ", "")).await;
    assert!(empty.body.contains("is empty: fill it in"), "{}", empty.body);
    let done = send(&mut visitor, fields("Full of mud", "")).await;
    assert_eq!(done.header(LOCATION), format!("/contradictions/{receipt}"));
    // Sent again, by whatever button: the same receipt, and it counts once.
    assert_eq!(
        send(&mut visitor, fields("Full of mud", "")).await.header(LOCATION),
        format!("/contradictions/{receipt}")
    );
    assert!(
        visitor.get(&format!("/matters/{number}")).await.body.contains("Members of the public disputed this 1 time.")
    );
    site.wait(SignedDuration::from_hours(25));
    let old = send(&mut visitor, fields("Full of mud", "")).await;
    assert!(old.body.contains("lay open for too long"), "{}", old.body);
    let elsewhere = visitor.post_from("https://evil.example", &path, &[("not_so", "x")]).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_flood_from_one_address_is_slowed_down() {
    let site = Site::with_city();
    let (matter, number) = site.cleared("Dredge: ", 30);
    site.publish(matter, &all());
    let mut visitor = site.browser(Lang::En);
    let path = format!("/matters/{number}/contradiction");
    let mut last = None;
    for _ in 0..12 {
        let (command, receipt) = form(&mut visitor, &path).await;
        site.wait(SignedDuration::from_millis(3_001));
        let fields = [("command", &*command), ("receipt", &*receipt), ("not_so", "Mud")];
        last = Some(visitor.post(&path, &fields).await);
    }
    let (command, receipt) = form(&mut visitor, &path).await;
    site.wait(SignedDuration::from_millis(3_001));
    let fields = [("command", &*command), ("receipt", &*receipt), ("not_so", "Mud is what I typed")];
    let slowed = visitor.post(&path, &fields).await;
    assert_eq!(last.expect("an answer").status, StatusCode::SEE_OTHER);
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(slowed.body.contains("Mud is what I typed"), "{}", slowed.body);
}

#[tokio::test]
async fn a_feed_is_kept_while_nothing_changes_and_tells_what_is_new() {
    let site = Site::with_city();
    let (matter, number) = site.cleared("Dredge <the> ditch & outfall: ", 30);
    site.publish(matter, &all());
    let mut visitor = site.browser(Lang::En);
    for path in [
        "/feed.atom?lang=en".to_owned(),
        format!("/matters/{number}/feed.atom?lang=en"),
        format!("/feed.atom?lead={WATER}&lang=en"),
    ] {
        let feed = visitor.get(&path).await;
        assert_eq!(
            (feed.header(CONTENT_TYPE), feed.header(CACHE_CONTROL)),
            ("application/atom+xml; charset=utf-8", "public, max-age=60")
        );
        assert!(
            feed.body.contains(&format!(
                "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://luoshi.qinghe.example{}",
                path.split('&').next().expect("a start")
            )),
            "{}",
            feed.body
        );
        let ids: Vec<&str> = feed.body.split("<id>").skip(1).map(|rest| rest.split('<').next().unwrap_or("")).collect();
        assert!(ids.len() > 6 && ids.iter().all(|id| id.starts_with("urn:uuid:")), "{ids:?}");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id stands twice");
        let updated: Vec<&str> =
            feed.body.split("<updated>").skip(1).map(|rest| rest.split('<').next().unwrap_or("")).collect();
        assert_eq!(updated[0], updated[1], "the feed is as new as its newest entry");
        assert!(updated[1..].windows(2).all(|pair| pair[0] >= pair[1]), "{updated:?}");
        assert!(updated.iter().all(|at| at.parse::<jiff::Timestamp>().is_ok()), "{updated:?}");
        assert!(!feed.body.contains("Jiang") && !feed.body.contains("Zhou"));
    }
    let first = visitor.get("/feed.atom?lang=en").await;
    let tag = first.header(ETAG).to_owned();
    assert_eq!(visitor.get_if_none_match("/feed.atom?lang=en", &tag).await.status, StatusCode::NOT_MODIFIED);
    let (other, _) = site.cleared("Another: ", 30);
    assert_eq!(visitor.get_if_none_match("/feed.atom?lang=en", &tag).await.status, StatusCode::NOT_MODIFIED);
    site.publish(other, &all());
    let news = visitor.get_if_none_match("/feed.atom?lang=en", &tag).await;
    assert_eq!(news.status, StatusCode::OK);
    assert_ne!(news.header(ETAG), tag);
    let chinese = visitor.get("/feed.atom?lang=zh").await;
    assert!(chinese.body.contains("xml:lang=\"zh-Hans\"") && chinese.body.contains("本办公室"), "{}", chinese.body);
}

/// The list, its feed and its data take the same query, and counts are those of what one would see.
#[tokio::test]
async fn a_list_is_counted_followed_and_taken_away_by_one_query() {
    let site = Site::with_city();
    for (mark, days) in [("alpha ", 30), ("beta ", 3)] {
        let (matter, _) = site.cleared(mark, days);
        site.publish(matter, &all());
    }
    let (late, number) = site.open("alpha late", Audience::Office);
    let (lead, criterion) = (ledger::party::Party::Unit(WATER), text("Done"));
    site.act(CLERK, late, Act::Assign { lead, supervising: SUPERVISION, criterion, due: date(2026, 11, 25) });
    site.publish(late, &all());
    site.wait(SignedDuration::from_hours(24 * 7));
    let mut visitor = site.browser(Lang::En);
    let page = visitor.get("/published?words=alpha&standing=late").await.body;
    assert!(page.contains("2 matters are published: 1 cleared, 1 late."), "{page}");
    assert!(
        page.contains("<h1>“alpha”, Open and late</h1>") && page.contains("alpha late") && !page.contains("alpha dir"),
        "{page}"
    );
    let query =
        page.split("/feed.atom?").nth(1).and_then(|rest| rest.split('"').next()).expect("a feed").replace("&#38;", "&");
    let feed = visitor.get(&format!("/feed.atom?{query}")).await.body;
    assert!(feed.contains("<blockquote xml:lang=\"en\"><p>alpha late</p></blockquote>"), "{feed}");
    assert!(feed.contains("“alpha”, Open and late") && !feed.contains("alpha dir") && !feed.contains("beta"), "{feed}");
    let data: Value =
        serde_json::from_str(&visitor.get("/open-data/matters.json?words=alpha&standing=late").await.body)
            .expect("JSON");
    assert_eq!(
        (data["matters"].as_array().map(Vec::len), &data["matters"][0]["number"]),
        (Some(1), &Value::from(number.to_string()))
    );
    let other = visitor.get("/published?standing=withdrawn").await.body;
    assert!(other.contains("Nothing published fits this") && other.contains("3 matters are published"), "{other}");
}

#[tokio::test]
async fn a_page_says_what_it_is_to_whoever_is_sent_its_address() {
    let site = Site::with_city();
    let long = format!("Dredge \"the\" <ditch> {}", "and so on ".repeat(9));
    let (matter, number) = site.cleared(&long, 30);
    site.publish(matter, &all());
    let mut visitor = site.browser(Lang::ZhHans);
    let page = visitor.get(&format!("/matters/{number}?lang=en")).await;
    markup::check("a published matter", &page.body);
    assert!(
        page.body.contains("<html lang=\"en\"")
            && page.body.contains("<title>Dredge &#34;the&#34; &#60;ditch&#62; and so on"),
        "{}",
        page.body
    );
    assert!(page.body.contains(&format!("… ({number})")), "cut where a title ends");
    assert!(
        page.body.contains("<meta name=\"description\" content=\"Cleared in time. Lead: Water Bureau.\">"),
        "{}",
        page.body
    );
    for (lang, query) in [("en", "?lang=en"), ("zh-Hans", "?lang=zh-Hans"), ("x-default", "")] {
        let link = format!("<link rel=\"alternate\" hreflang=\"{lang}\" href=\"/matters/{number}{query}\">");
        assert!(page.body.contains(&link), "{link}");
    }
    assert_eq!(page.header(axum::http::header::VARY), "Accept, Accept-Language, Authorization, Cookie");
    // Whoever switches the language stays where he is, with what he looked for.
    let fields = [("language", "en"), ("to", "/published?standing=late&lang=zh-Hans&words=x")];
    assert_eq!(visitor.post("/language", &fields).await.header(LOCATION), "/published?standing=late&words=x");
}

/// Every key of the answers stands in the schema, and every key that it asks for in the answers.
#[tokio::test]
async fn the_schema_names_every_field_of_the_open_data() {
    fn check(at: &str, shape: &Value, value: &Value, all: &Value) {
        let shape = match shape["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
            Some(name) => &all["$defs"][name],
            None => shape,
        };
        for inner in shape["allOf"].as_array().into_iter().flatten() {
            check(at, inner, value, all);
        }
        if let (Some(fields), Some(known)) = (value.as_object(), shape["properties"].as_object()) {
            for name in shape["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                assert!(fields.contains_key(name), "{at} lacks {name}");
            }
            let is_whole = shape["additionalProperties"] == Value::Bool(false);
            for (name, value) in fields {
                assert!(!is_whole || known.contains_key(name), "{at}.{name} is not in the schema");
                known.get(name).into_iter().for_each(|shape| check(&format!("{at}.{name}"), shape, value, all));
            }
        }
        for value in value.as_array().into_iter().flatten() {
            check(at, &shape["items"], value, all);
        }
    }
    let site = Site::with_city();
    let (matter, number) = site.cleared("Dredge: ", 30);
    site.publish(matter, &all());
    let mut visitor = site.browser(Lang::En);
    let mut json = async |path: &str| serde_json::from_str::<Value>(&visitor.get(path).await.body).expect("JSON");
    let shape = json("/open-data/schema.json").await;
    check("page", &shape["$defs"]["page"], &json("/open-data/matters.json").await, &shape);
    let one = json(&format!("/matters/{number}.json")).await;
    check("one", &shape["$defs"]["one"], &one, &shape);
    let fields = shape["$defs"]["matter_fields"]["properties"].as_object().expect("fields");
    let names =
        one.as_object().expect("an object").keys().filter(|name| !matches!(name.as_str(), "schema" | "licence"));
    assert!(names.clone().all(|name| fields.contains_key(name)) && names.count() == fields.len());
    site.hide(matter);
    check("unpublished", &shape["$defs"]["unpublished"], &json("/open-data/unpublished.json").await, &shape);
}

#[tokio::test]
async fn open_data_is_paged_typed_and_readable_from_anywhere() {
    let site = Site::with_city();
    let mut numbers = vec![];
    for n in 0..101 {
        let (matter, number) = site.open(&format!("Number \"{n}\", with a comma"), Audience::Office);
        site.publish(matter, &BTreeSet::from([PublicItem::Directive]));
        numbers.push(number.to_string());
    }
    let mut visitor = site.browser(Lang::En);
    let first = visitor.get("/open-data/matters.json").await;
    assert_eq!(first.header(ACCESS_CONTROL_ALLOW_ORIGIN), "*");
    let page: Value = serde_json::from_str(&first.body).expect("JSON");
    assert_eq!((page["schema"].as_str(), page["licence"].as_str()), (Some("luoshi/open-data/v1"), Some("CC-BY-4.0")));
    let next = page["next"].as_str().expect("more").to_owned();
    let link = format!("<{next}>; rel=\"next\", <https://luoshi.qinghe.example/open-data>; rel=\"describedby\"");
    assert_eq!(first.header(LINK), link);
    let second = visitor.get(next.strip_prefix("https://luoshi.qinghe.example").expect("here")).await;
    let last: Value = serde_json::from_str(&second.body).expect("JSON");
    assert_eq!(last["next"], Value::Null);
    let of = |page: &Value| page["matters"].as_array().expect("a list").clone();
    let both: Vec<Value> = of(&page).into_iter().chain(of(&last)).collect();
    let mut seen: Vec<&str> = both.iter().filter_map(|matter| matter["number"].as_str()).collect();
    seen.sort_unstable();
    assert_eq!(seen, numbers.iter().map(String::as_str).collect::<Vec<_>>(), "each once");
    for matter in &both {
        assert!(
            matter["contradictions"]["said"].is_u64()
                && matter["due"].is_null()
                && matter["lead"] == serde_json::json!([])
        );
        let events = matter["events"].as_array().expect("a list");
        assert!(events.iter().all(|event| event["n"].is_u64() && event["sentence"]["zh-Hans"].is_string()));
        assert!(matter["shown_at"].as_str().is_some_and(|at| at.parse::<jiff::Timestamp>().is_ok()));
    }
    let one = visitor.get(&format!("/matters/{}.json", numbers[0])).await;
    assert_eq!((one.status, one.header(ACCESS_CONTROL_ALLOW_ORIGIN)), (StatusCode::OK, "*"));
    let csv = visitor.get("/open-data/matters.csv").await;
    assert!(csv.body.starts_with("\u{feff}id,number,") && csv.body.contains("\"Number \"\"100\"\", with a comma\""));
    assert_eq!(csv.body.lines().count(), 101, "a head and a hundred lines");
    for path in ["/", "/published", "/feed.atom", "/open-data", "/matters/2026-0001", "/record", "/contradictions"] {
        assert_eq!(visitor.get(path).await.header(ACCESS_CONTROL_ALLOW_ORIGIN), "", "{path}");
    }
    for path in ["/open-data/matters.json?lead=x", "/published?standing=x", "/published?before=1", "/feed.atom?lead=x"]
    {
        assert_eq!(visitor.get(path).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
}
