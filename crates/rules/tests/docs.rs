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
fn the_examples_of_a_cap_and_of_bands_of_age_are_sound() {
    let blocks = PAGE.split("```text\n").skip(1).filter_map(|rest| rest.split("```").next());
    let examples: Vec<&str> =
        blocks.filter(|block| block.contains("cap_a_year") || block.contains("age_band")).collect();
    let param = |name: &str, kind: &str, is: &str| {
        format!(
            "param {name}: {kind} \"{name}\" / \"{name}\" under notice article 4 from 2020-10-01: {is} source \"s\"\n"
        )
    };
    let more = [
        param("share", "ratio", "50%"),
        param("cap_a_year", "money", "20000.00"),
        param("first_age", "years", "80"),
        param("second_age", "years", "90"),
        param("third_age", "years", "100"),
        "input household.expense: money \"支出\" / \"expense\"\n".to_owned(),
        "input household.had_this_year: money \"本年已领\" / \"had this year\"\n".to_owned(),
    ];
    let text = [benefit()[0].text.clone(), more.concat(), examples.concat()].concat();
    let sources = vec![Source { name: "examples.rules".to_owned(), text: text.clone() }];
    let rules = sound(sources.clone()).expect("every condition can hold");
    assert_eq!((examples.len(), rules.decisions.len(), told(&rules.remarks, &sources)), (2, 4, String::new()));
    // Without its condition, the cap is remarked on as the page says.
    let open = text.replace("had_this_year below cap_a_year", "expense above 0");
    let rules = check(vec![Source { name: "open.rules".to_owned(), text: open }]).expect("it is sound");
    assert_eq!(rules.remarks.iter().map(|one| one.code).collect::<Vec<_>>(), ["below-zero"]);
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
    let page = rules::book(&rules, None);
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
    // In one language there is nothing of the other but names, sources and the words of the law.
    let english = rules::book(&rules, Some(rules::Language::En));
    assert!(english.contains("income of a member a month") && english.contains("<html lang=\"en\">"), "{english}");
    assert!(!english.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign)), "{english}");
    let chinese = rules::book(&rules, Some(rules::Language::Zh));
    assert!(chinese.contains("60.00元/月") && !chinese.contains("lang=\"en\""), "{chinese}");
}

#[test]
fn the_rule_book_says_shares_as_the_law_does_and_what_may_stand_in_a_column() {
    let mut sources = benefit();
    sources[0].text += r#"
options tenure owner "自有" / "owner", renter "租房" / "renter", poor "保障房" / "council home"
input household.tenure: tenure "住房类型" / "tenure"
param share: ratio by tenure "补助比例" / "share" under notice article 7
  from 2020-10-01: owner 0%, renter 80%, poor 100% synthetic "made up"
param times: ratio "倍数" / "multiple" under notice article 8 from 2020-10-01: 1.5 synthetic "made up"
let household.three "三者" / "three" = larger(smaller(smaller(income, income_cap), rate), 0)
let household.four "四者" / "four" = larger(larger(income, income_cap), larger(rate, 0))
"#;
    let rules = check(sources.clone()).unwrap_or_else(|wrong| panic!("{}", told(&wrong, &sources)));
    let page = rules::book(&rules, None);
    for says in [
        "<b>80%</b>",
        "<b>100%</b>",
        ">1.5<",
        "<li>租房 <span lang=\"en\">renter</span></li>",
        "<li>保障房 <span lang=\"en\">council home</span> <code>poor</code></li>",
        "<code>received@2026-03</code>",
        "the larger of (the smallest of income of the household a month, cap on income per head and allowance a head) and 0",
        "（家庭月收入、人均收入上限与每人每月补贴中的最小者）与0中的较大者",
        "the largest of income of the household a month, cap on income per head, allowance a head and 0",
        "<title>取暖补贴 / heating allowance</title>",
    ] {
        assert!(page.contains(says), "{says}: {page}");
    }
    assert_eq!(rules.params.iter().filter(|param| !param.is_used).count(), 2, "no formula asks for the two shares");
}
