//! The page on the language says what is so: its first benefit is sound and its cases come out, and every word of the
//! language stands in its table.

mod sound;

use rules::{Source, check, format, test};
use sound::{sound, told};

const PAGE: &str = include_str!("../../../docs/rules.md");

fn benefit() -> Vec<Source> {
    let blocks: Vec<&str> = PAGE.split("```rules\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    vec![Source { name: "heating.rules".to_owned(), text: blocks.join("\n") }]
}

#[test]
fn the_first_benefit_is_sound_and_laid_out() {
    let sources = benefit();
    let rules = sound(sources.clone()).expect("every condition can hold");
    assert_eq!((rules.decisions.len(), rules.cases.len()), (2, 5));
    for case in &rules.cases {
        let wrong = test(&rules, case);
        assert!(wrong.is_empty(), "{}", told(&wrong, &sources));
    }
    assert_eq!(format(&sources[0].text, None).expect("it can be read"), sources[0].text);
}

#[test]
fn a_boundary_changed_fails_the_first_case_as_the_page_says() {
    let mut sources = benefit();
    sources[0].text = sources[0].text.replace("income at most", "income below");
    let rules = check(sources).expect("it is sound");
    let failed: Vec<bool> = rules.cases.iter().map(|case| !test(&rules, case).is_empty()).collect();
    assert_eq!(failed, [true, false, false, false, false]);
}

#[test]
fn every_word_stands_in_the_editors_grammar() {
    let grammar = include_str!("../../../editors/luoshi-rules.tmLanguage.json");
    for (english, chinese) in rules::words() {
        for word in [english.replace(' ', "\\\\s+"), chinese.to_owned()] {
            let alone = |sides: &str| grammar.contains(&format!("{}{word}{}", &sides[..1], &sides[1..]));
            assert!(["||", "|)", ":|", ":)"].into_iter().any(alone), "{word}");
        }
    }
}

#[test]
fn every_word_stands_in_the_table() {
    for (english, chinese) in rules::words() {
        assert!(PAGE.contains(chinese), "{english} {chinese}");
    }
}

#[test]
fn the_rule_book_says_each_rule_beside_its_article_and_escapes_what_it_shows() {
    let mut sources = benefit();
    sources[0].text = sources[0].text.replace("made up for this page", "<b>made</b> up & so on");
    let rules = check(sources).expect("it is sound");
    let page = rules::book(&rules);
    for says in [
        "《清河市取暖补贴办法》第2条（虚构）",
        "income of the household a month is at most cap on income per head × number of members",
        "家庭月收入 不高于 人均收入上限 × 家庭人数",
        "60.00 yuan/month",
        "&lt;b&gt;made&lt;/b&gt; up &amp; so on",
        "<code>birth</code>",
    ] {
        assert!(page.contains(says), "{says}: {page}");
    }
    assert!(!page.contains("<b>made"));
}
