//! Every page that links lead to, as each reader finds it in both languages: held to `markup`, and kept as an outline.

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write as _;

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use html5gum::{DefaultEmitter, Token, Tokenizer};
use jiff::civil::date;
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::matter::{Method, Outcome, PublicItem};
use ledger::party::Party;
use web::texts::Lang;

use crate::city::{AUDITOR, CLERK, CLERK2, LEADER, WATER, WATER_HEAD, WATER_MEMBER, text};
use crate::markup;
use crate::qinghe::take_in;
use crate::site::{Browser, Site};

/// What of a page is in its outline.
const KEPT: &[&str] = &["h1", "h2", "h3", "legend", "label", "button", "summary", "th", "dt"];
/// So many pages of one shape are looked at, for each reader; a matter's page has as many faces as it has states.
const MOST: usize = 12;

impl Site {
    /// A city with something in every state, and something waiting on every desk.
    async fn at_work() -> Self {
        let site = Self::with_city();
        let mut clerk = site.browser_of(CLERK, Lang::En).await;
        let document = take_in(&mut clerk).await;
        clerk.get(&document).await;
        clerk.post(&format!("{document}/proposals/1/confirmation"), &[]).await;
        site.open("Opened, and led by nobody yet", Audience::Office);
        let circle = [CLERK, CLERK2, WATER_HEAD].map(crate::site::officer);
        let (known, _) = site.open("Known to three", Audience::Circle(circle.into()));
        site.assign(known, 20);
        let (late, _) = site.open("Signed for, held up and soon late", Audience::Office);
        site.assign(late, 3);
        site.act(WATER_HEAD, late, Act::SignFor);
        site.act(WATER_MEMBER, late, Act::AskQuestion { question: text("Does the yard count?") });
        let (obstacle, remover) = (text("The road is closed"), Some(Party::Unit(WATER)));
        site.act(WATER_MEMBER, late, Act::NameObstacle { obstacle, remover });
        let (to, reason) = (date(2026, 12, 20), text("Frost"));
        site.act(WATER_MEMBER, late, Act::AskExtension { to, reason });
        for (no, until) in ["drafted", "reported", "verified", "cleared"].iter().enumerate() {
            let (matter, _) = site.open(&format!("Carried as far as {until}"), Audience::Office);
            site.assign(matter, 30);
            site.act(WATER_HEAD, matter, Act::SignFor);
            let evidence = vec![site.evidence(WATER_MEMBER, matter, 0x6000 + no as u128)];
            let report = text("Done at all three places");
            site.act(WATER_MEMBER, matter, Act::DraftReport { outcome: Outcome::Done, evidence, report });
            if no > 0 {
                site.act(WATER_HEAD, matter, Act::SignReport);
            }
            if no > 1 {
                let finding = text("Looked at two of them");
                site.act(CLERK, matter, Act::Verify { method: Method::SiteVisit, finding });
            }
            if no > 2 {
                site.act(CLERK2, matter, Act::Clear { note: None });
                site.act(CLERK2, matter, Act::Publish { items: PublicItem::ALL.iter().copied().collect() });
            }
        }
        site
    }
}

/// The page's shape: its address without ids, numbers and what is asked of it.
fn shape(path: &str) -> String {
    let path = path.split('?').next().unwrap_or(path);
    let is_id = |part: &str| part.len() == 36 && part.contains('-');
    let is_number = |part: &str| part.len() > 5 && part.starts_with("20") && part.as_bytes()[4] == b'-';
    let parts = path.split('/').map(|part| if is_id(part) || is_number(part) { "*" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// What the page's main part says, heading by heading and field by field, and where its links lead.
fn outline(html: &str) -> (String, Vec<String>) {
    let said = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let (mut lines, mut links, mut within) = (Vec::<(String, Vec<String>)>::new(), vec![], false);
    let mut kept: Option<(String, String)> = None;
    for Ok(token) in Tokenizer::new_with_emitter(html, DefaultEmitter::<()>::default()) {
        match token {
            Token::StartTag(tag) => {
                let name = said(&tag.name);
                within |= name == "main";
                if let (true, Some(href)) = (name == "a", tag.attributes.get(b"href".as_slice())) {
                    links.push(said(&href.value));
                }
                if within && kept.is_none() && KEPT.contains(&name.as_str()) {
                    kept = Some((name, String::new()));
                }
            }
            Token::String(string) => {
                if let Some((_, words)) = &mut kept {
                    words.push_str(&said(&string.value));
                }
            }
            Token::EndTag(tag) => {
                let name = said(&tag.name);
                within &= name != "main";
                if let Some((_, words)) = kept.take_if(|(of, _)| *of == name) {
                    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                    match lines.last_mut() {
                        Some((of, all)) if *of == name => all.push(words),
                        Some(_) | None => lines.push((name, vec![words])),
                    }
                }
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    let lines = lines.into_iter().map(|(name, words)| format!("    {name}: {}\n", words.join(" | ")));
    (lines.collect(), links)
}

/// What people wrote in the city.
const WRITTEN: &[&str] = &[
    "Opened, and led by nobody yet",
    "Known to three",
    "Signed for, held up and soon late",
    "Does the yard count?",
    "The road is closed",
    "Frost",
    "Carried as far as",
    "Done at all three places",
    "Looked at two of them",
    "河道整治工作会议",
];
/// Where no other element may stand, or where the browser keeps words apart itself.
const APART: &[&str] = &["bdi", "title", "option", "textarea"];

/// Everywhere people's words stand on a page without being told apart from what stands around them (`Text::written`):
/// neither in one of `APART`, nor in a block that says its language.
fn bare(html: &str) -> Vec<String> {
    // The elements around that keep apart, each with how many of its own name stand open from it on.
    let (mut around, mut found) = (Vec::<(Vec<u8>, usize)>::new(), vec![]);
    for Ok(token) in Tokenizer::new_with_emitter(html, DefaultEmitter::<()>::default()) {
        match token {
            Token::StartTag(tag) => {
                let name = tag.name.to_vec();
                let says = tag.attributes.contains_key(b"lang".as_slice()) && !matches!(&*name, b"html" | b"a");
                match around.last_mut() {
                    Some((open, depth)) if *open == name => *depth += 1,
                    _another if says || APART.iter().any(|apart| apart.as_bytes() == name) => around.push((name, 1)),
                    _another => {}
                }
            }
            Token::EndTag(tag) => {
                if let Some((_, depth)) = around.last_mut().filter(|(open, _)| **open == *tag.name) {
                    *depth -= 1;
                    around.retain(|(_, depth)| *depth > 0);
                }
            }
            Token::String(string) => {
                let words = String::from_utf8_lossy(&string.value).into_owned();
                if around.is_empty() && WRITTEN.iter().any(|written| words.contains(written)) {
                    found.push(words);
                }
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    found
}

#[test]
fn words_that_stand_bare_are_found_and_those_that_stand_apart_are_not() {
    assert_eq!(bare("<p>Frost</p><p><bdi>Frost</bdi></p><label>2 <bdi>Frost</bdi> Frost</label>"), ["Frost", " Frost"]);
    assert_eq!(bare("<p lang=\"zh\"><b>Frost</b> Frost</p><p><b lang=\"zh\">x</b> Frost</p>"), [" Frost"]);
}

/// Follows every link from the front page on. Every one leads to a page.
async fn walk(browser: &mut Browser, reader: &str, lang: Lang, known: &mut BTreeSet<String>) -> String {
    let mut waiting = VecDeque::from(["/".to_owned()]);
    let mut met = BTreeSet::from(["/".to_owned()]);
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    let mut pages = std::collections::BTreeMap::<String, BTreeSet<String>>::new();
    while let Some(path) = waiting.pop_front() {
        let count = counts.entry(shape(&path)).or_default();
        *count += 1;
        if *count > MOST {
            continue;
        }
        let answer = browser.get(&path).await;
        if answer.status == StatusCode::SEE_OTHER {
            let on = answer.header(LOCATION);
            if met.insert(on.to_owned()) {
                waiting.push_back(on.to_owned());
            }
            continue;
        }
        assert_eq!(answer.status, StatusCode::OK, "{reader} is led to {path}: {}", answer.body);
        if !answer.header(CONTENT_TYPE).starts_with("text/html") {
            continue;
        }
        markup::check(&format!("{reader}, {} {path}", lang.tag()), &answer.body);
        let bare = bare(&answer.body);
        assert!(bare.is_empty(), "{reader}, {} {path}: stands bare: {bare:?}", lang.tag());
        let (said, links) = outline(&answer.body);
        pages.entry(shape(&path)).or_default().insert(said);
        for link in links {
            let link = link.split('#').next().unwrap_or("").to_owned();
            // The city's evidence has no files.
            let is_page = link.starts_with('/') && !link.starts_with("/log/") && !link.contains("/evidence/");
            if is_page && met.insert(link.clone()) {
                waiting.push_back(link);
            }
        }
    }
    let mut shown = String::new();
    for (shape, outlines) in pages {
        for said in outlines {
            // What another reader is shown alike stands there.
            if known.insert(format!("{shape}\n{said}")) {
                let _ = write!(shown, "{shape}\n{said}");
            }
        }
    }
    shown
}

#[tokio::test]
async fn every_page_a_reader_is_led_to_says_what_it_did_when_last_looked_at() {
    let site = Site::at_work().await;
    for lang in Lang::ALL {
        let mut known = BTreeSet::new();
        let visitor = walk(&mut site.browser(lang), "visitor", lang, &mut known).await;
        insta::assert_snapshot!(format!("visitor.{}", lang.tag()), visitor);
        for (reader, no) in [
            ("clerk", CLERK),
            ("unit-head", WATER_HEAD),
            ("leader", LEADER),
            ("auditor", AUDITOR),
            ("administrator", 1),
        ] {
            let mut browser = site.browser_of(no, lang).await;
            let shown = walk(&mut browser, reader, lang, &mut known).await;
            insta::assert_snapshot!(format!("{reader}.{}", lang.tag()), shown);
        }
    }
}
