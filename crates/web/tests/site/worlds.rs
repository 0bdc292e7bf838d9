//! Two worlds over HTTP: with a matter that a circle knows, and without it, every page, list, search, feed, export and
//! count is the same to everybody outside, byte by byte.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::header::{CONTENT_TYPE, ETAG, LAST_MODIFIED, LOCATION};
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::matter::PublicItem;
use web::texts::Lang;

use crate::city::{AUDITOR, CLERK, CLERK2, LEADER, WATER_HEAD, WATER_MEMBER, text};
use crate::site::{Browser, Site, officer};

/// So many pages of one shape are looked at.
const MOST: usize = 8;
/// What no link leads to, or what is asked for by what might be there.
const ASKED: &[&str] = &[
    "/",
    "/matters?sort=due",
    "/matters?audience=circle",
    "/matters?words=whisper",
    "/matters?as=board",
    "/matters?as=calendar&month=2026-12",
    "/matters/export.csv",
    "/matters/export.xlsx",
    "/search?words=whisper",
    "/search?words=2026-C0001",
    "/matters/2026-C0001",
    "/matters/2026-C0001.json",
    "/matters/2026-C0001/proof",
    "/matters/2026-C0001/feed.atom",
    "/overview",
    "/notices",
    "/meetings",
    "/documents",
    "/organisation",
    "/audit",
    "/audit/rights",
    "/audit/rights/changes",
    "/published",
    "/feed.atom",
    "/open-data/matters.json",
    "/open-data/matters.csv",
    "/open-data/events.csv",
    "/open-data/unpublished.json",
    "/sitemap.xml",
];

/// The address without numbers, ids and what is asked of it.
fn shape(path: &str) -> String {
    let path = path.split('?').next().unwrap_or(path);
    let is_one = |part: &str| part.len() > 8 && part.chars().any(|c| c.is_ascii_digit());
    path.split('/').map(|part| if is_one(part) { "*" } else { part }).collect::<Vec<_>>().join("/")
}

/// What forms carry of their own: the command that a form shown now would be.
fn without_commands(body: &str) -> String {
    let mut parts = body.split("name=\"command\" value=\"");
    let mut kept = parts.next().unwrap_or("").to_owned();
    for part in parts {
        kept.push_str(part.split_once('"').map_or(part, |(_, rest)| rest));
    }
    kept
}

/// How much there is in the log anybody may know; an auditor is told it on his desk.
fn without_log_size(body: &str) -> String {
    let Some((before, after)) = body.split_once(" events stand under the last checkpoint") else {
        return body.to_owned();
    };
    before.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',').to_owned() + after
}

/// Whatever this reader can be shown. The log itself says how much there is, and of what it is is sealed: `/record` and
/// `/log` are no part of it, nor is what is proven under its newest checkpoint.
async fn everything(browser: &mut Browser) -> BTreeMap<String, Vec<String>> {
    let mut waiting: VecDeque<String> = ASKED.iter().map(|path| (*path).to_owned()).collect();
    let mut met: BTreeSet<String> = waiting.iter().cloned().collect();
    let (mut counts, mut shown) = (BTreeMap::<String, usize>::new(), BTreeMap::new());
    while let Some(path) = waiting.pop_front() {
        let count = counts.entry(shape(&path)).or_default();
        *count += 1;
        if *count > MOST && !ASKED.contains(&path.as_str()) {
            continue;
        }
        let answer = browser.get(&path).await;
        let headers = [CONTENT_TYPE, LOCATION, ETAG, LAST_MODIFIED].map(|name| answer.header(name).to_owned());
        let is_html = answer.header(CONTENT_TYPE).starts_with("text/html");
        let body = match is_html {
            true => without_log_size(&without_commands(&answer.body)),
            false => answer.bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        };
        for link in answer.body.split("href=\"").skip(1).filter(|_| is_html) {
            let link = link.split(['"', '#']).next().unwrap_or("").replace("&amp;", "&").replace("&#38;", "&");
            // The read log grows by what this reader reads; what it holds of a circle is asked in `audit`.
            let is_log = ["/log/", "/record", "/audit/reads"].iter().any(|log| link.starts_with(log));
            let is_log = is_log || link.ends_with(".tar");
            let is_proof = link.ends_with("/proof") || link.ends_with("/proof/check");
            if link.starts_with('/') && !is_log && !is_proof && met.insert(link.clone()) {
                waiting.push_back(link);
            }
        }
        shown.insert(path, [vec![answer.status.to_string()], headers.to_vec(), vec![body]].concat());
    }
    shown
}

impl Site {
    /// Something of every kind that everybody in office may know.
    fn plainly(&self) {
        let (matter, _) = self.open("Plain and late", Audience::Office);
        self.assign(matter, 3);
        self.act(WATER_HEAD, matter, Act::SignFor);
        self.act(WATER_MEMBER, matter, Act::AskQuestion { question: text("Does the yard count?") });
        let (matter, _) = self.open("Plain and published", Audience::Office);
        self.assign(matter, 20);
        self.act(CLERK, matter, Act::Publish { items: PublicItem::ALL.iter().copied().collect() });
        self.open("Plain and waiting", Audience::Office);
    }

    /// What a circle knows: a matter carried as far as clearing, one under way and held up, one withdrawn.
    fn whispered(&self) {
        let circle = || Audience::Circle([CLERK, CLERK2, WATER_HEAD].map(officer).into());
        let words = || text("A whisper about the outfall");
        let (matter, _) = self.open("A whisper about the outfall", circle());
        self.assign(matter, 2);
        self.act(WATER_HEAD, matter, Act::SignFor);
        self.act(WATER_HEAD, matter, Act::NameObstacle { obstacle: words(), remover: None });
        self.act(WATER_HEAD, matter, Act::AskQuestion { question: words() });
        self.act(WATER_HEAD, matter, Act::RecordProgress { note: Some(words()) });
        let (matter, _) = self.open("A whisper that came to nothing", circle());
        self.act(CLERK, matter, Act::Withdraw { authority: words(), reason: words(), successor: None });
        let (matter, _) = self.open("A whisper for tomorrow", circle());
        self.assign(matter, 1);
    }
}

#[tokio::test]
async fn whoever_is_outside_a_circle_is_shown_the_same_bytes_with_it_and_without() {
    let site = Site::with_city();
    site.plainly();
    let mut outside = vec![("a visitor", site.browser(Lang::En)), ("a visitor", site.browser(Lang::ZhHans))];
    for (who, no) in
        [("a colleague", WATER_MEMBER), ("the leader", LEADER), ("the auditor", AUDITOR), ("the administrator", 1)]
    {
        outside.push((who, site.browser_of(no, Lang::En).await));
    }
    let mut inside = site.browser_of(WATER_HEAD, Lang::En).await;
    let mut without = vec![];
    for (_, browser) in &mut outside {
        without.push(everything(browser).await);
    }
    let knew = everything(&mut inside).await;
    site.whispered();
    for ((who, browser), before) in outside.iter_mut().zip(&without) {
        let after = everything(browser).await;
        let paths = |world: &BTreeMap<String, Vec<String>>| world.keys().cloned().collect::<BTreeSet<String>>();
        let other: Vec<String> = paths(&after).symmetric_difference(&paths(before)).cloned().collect();
        assert!(after.len() >= ASKED.len() && other.is_empty(), "{who} is led elsewhere: {other:?}");
        for (path, shown) in &after {
            assert_eq!(shown, &before[path], "{who} at {path}");
            assert!(!shown.iter().any(|part| part.contains("A whisper")), "{who} at {path}");
        }
    }
    // So that the test can fail: whoever is inside is shown another world.
    let knows = everything(&mut inside).await;
    assert_eq!(knows["/matters/2026-C0001"][0], "200 OK");
    for path in ["/", "/matters?sort=due", "/matters/export.csv", "/search?words=whisper"] {
        assert_ne!(knows[path], knew[path], "{path}");
    }
}
