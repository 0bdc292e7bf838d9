//! What every page keeps to, whatever it shows.

use std::collections::{BTreeMap, BTreeSet};

use html5gum::{DefaultEmitter, Token, Tokenizer};
use web::assets::{SCRIPT, STYLE};

/// A start tag: its name and attributes.
type Tag = (String, BTreeMap<String, String>);

fn tags(html: &str) -> Vec<Tag> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let mut tags = vec![];
    for Ok(token) in Tokenizer::new_with_emitter(html, DefaultEmitter::<()>::default()) {
        match token {
            Token::StartTag(tag) => {
                let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(&value.value)));
                tags.push((text(&tag.name), attributes.collect()));
            }
            Token::Error(error) => panic!("{error:?} in {html}"),
            Token::String(string) => {
                let said = text(&string.value);
                assert!(!is_an_id(said.trim()), "{said:?} stands where a sentence should, in {html}");
            }
            Token::EndTag(_) | Token::Comment(_) | Token::Doctype(_) => {}
        }
    }
    tags
}

/// Whether the text is the id of a message that is missing.
fn is_an_id(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    text.contains('-') && parts.all(is_part)
}

/// Panics where the page breaks one of the house's promises: one heading of the first rank, a label for every
/// field, ids that are there once and are found, nothing inline, nothing from elsewhere, one primary act, no ids of
/// messages in place of sentences.
pub fn check(name: &str, html: &str) {
    let tags = tags(html);
    let all = |wanted: &str| tags.iter().filter(|(tag, _)| tag == wanted).map(|(_, a)| a).collect::<Vec<_>>();
    assert_eq!(all("h1").len(), 1, "{name}: headings of the first rank");
    assert!(all("html")[0].contains_key("lang"), "{name}: no language");
    let mut ids = BTreeSet::new();
    for (tag, attributes) in &tags {
        if let Some(id) = attributes.get("id") {
            assert!(ids.insert(id.as_str()), "{name}: the id {id} stands twice");
        }
        for (key, value) in attributes {
            assert!(!key.starts_with("on") && key != "style", "{name}: {tag} has {key} inline");
            let elsewhere = value.contains("//") && matches!(key.as_str(), "src" | "href" | "action" | "srcset");
            assert!(!elsewhere, "{name}: {tag} leads to {value}");
        }
    }
    for (tag, attributes) in &tags {
        for key in ["aria-describedby", "aria-labelledby", "for"] {
            for id in attributes.get(key).map_or("", String::as_str).split_whitespace() {
                assert!(ids.contains(id), "{name}: {tag} names the id {id}, which is not there");
            }
        }
        if let Some(id) = attributes.get("href").and_then(|href| href.strip_prefix('#')) {
            assert!(ids.contains(id), "{name}: a link leads to #{id}, which is not there");
        }
    }
    let labelled: BTreeSet<&str> = all("label").iter().filter_map(|a| a.get("for")).map(String::as_str).collect();
    for field in ["input", "select", "textarea"].iter().flat_map(|tag| all(tag)) {
        let is_hidden = field.get("type").is_some_and(|kind| kind == "hidden");
        let id = field.get("id").map_or("", String::as_str);
        assert!(is_hidden || labelled.contains(id), "{name}: the field {id:?} has no label");
    }
    assert!(all("style").is_empty(), "{name}: styles stand inline");
    assert!(all("script").iter().all(|script| script.contains_key("src")), "{name}: a script stands inline");
    let class =
        |a: &BTreeMap<String, String>, word: &str| a.get("class").is_some_and(|c| c.split(' ').any(|w| w == word));
    let is_primary =
        |a: &&BTreeMap<String, String>| !["quiet", "secondary", "unseen"].iter().any(|word| class(a, word));
    let buttons = all("button").into_iter().filter(is_primary).count();
    let links = all("a").into_iter().filter(|a| class(a, "button") && !class(a, "secondary")).count();
    assert!(buttons + links <= 1, "{name}: {} primary acts", buttons + links);
    let weight = html.len() + STYLE.weight() + SCRIPT.weight();
    assert!(weight < 60_000, "{name}: {weight} bytes, more than 60 kB");
}
