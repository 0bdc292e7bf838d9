//! The pack of the fictional city: it is sound, and its cases come out.

mod sound;

use std::path::Path;

use rules::{Language, Source, check, format, test};
use sound::{sound, told};

fn qinghe() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/qinghe");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the pack").map(|one| one.expect("a file").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    paths.iter().map(|path| Source { name: name(path), text: std::fs::read_to_string(path).expect("a file") }).collect()
}

#[test]
fn every_case_of_the_pack_comes_out_as_it_says() {
    let sources = qinghe();
    let rules = sound(sources.clone()).expect("every condition can hold");
    // What a program in use got wrong: an amount rounded twice, a line described otherwise than computed, a look-up that
    // failed without a word, a refusal that no article knows, amounts left as they were once a fact was corrected.
    for said in [
        "三口之家，差两元",
        "刚性支出恰为收入的一半",
        "学籍查询失败",
        "有健康劳动力但收入低于标准",
        "迟报的工资，获知后按更正重算",
    ] {
        assert!(rules.cases.iter().any(|case| case.label.zh == said), "{said}");
    }
    assert_eq!(told(&rules.remarks, &sources), "", "nothing is worth a second look");
    for case in &rules.cases {
        let wrong = test(&rules, case);
        assert!(wrong.is_empty(), "{}", told(&wrong, &sources));
    }
}

#[test]
fn in_chinese_words_the_pack_says_the_same() {
    let sources = qinghe();
    let chinese: Vec<Source> = sources
        .iter()
        .map(|one| Source {
            name: one.name.clone(),
            text: format(&one.text, Some(Language::Zh)).expect("it can be read"),
        })
        .collect();
    assert!(chinese[0].text.contains("参数 standard: 金额/月 按 area") && chinese[2].text.contains("认定 家庭.dibao"));
    let (one, other) = (check(sources).expect("sound"), check(chinese.clone()).expect("sound in Chinese too"));
    assert_eq!(rules::book(&one, None), rules::book(&other, None));
    for case in &other.cases {
        assert!(test(&other, case).is_empty(), "{}", case.label.zh);
    }
    let back = |one: &Source| format(&one.text, Some(Language::En)).expect("it can be read");
    assert_eq!(
        chinese.iter().map(back).collect::<Vec<_>>(),
        qinghe().into_iter().map(|one| one.text).collect::<Vec<_>>()
    );
}
