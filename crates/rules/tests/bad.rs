//! Bad rule files, each with the exact message it must give: `tests/snapshots/bad__*.snap`.

use std::path::Path;

use rules::{Language, Source, check};

#[test]
fn every_bad_file_is_refused_with_its_message() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the corpus").map(|one| one.expect("a file").path()).collect();
    paths.sort();
    assert!(paths.len() >= 40, "{} files", paths.len());
    for path in paths {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        let text = std::fs::read_to_string(&path).expect("a file");
        let sources = vec![Source { name: format!("{name}.rules"), text }];
        let Err(wrong) = check(sources.clone()) else { panic!("{name} is accepted") };
        let told = |language| wrong.iter().map(|one| one.render(&sources, language, false)).collect::<Vec<_>>();
        for one in &wrong {
            let says_what_to_do = one.help.is_some() || one.code == "syntax";
            assert!(says_what_to_do, "{name}: {} does not say what to do", one.code);
            for message in
                one.places.iter().map(|(_, label)| label).chain([&one.title]).chain(&one.note).chain(&one.help)
            {
                let is_chinese = message.zh.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign));
                assert!(
                    is_chinese || message.zh.is_empty() && message.en.is_empty() || message.zh.contains('→'),
                    "{name}: {message:?}"
                );
            }
        }
        let told = [told(Language::En), told(Language::Zh)].concat();
        insta::assert_snapshot!(name, told.join("\n\n"));
    }
}

#[test]
fn what_several_benefits_leave_of_a_figure_may_be_held_against_zero() {
    let text = r#"package p "甲" / "a"
        basis law "法" / "law" from 2020-01-01 source "公报"
        param cap: money/month "上限" / "cap" under law article 1 from 2020-01-01: 800.00 source "第1号"
        param share: ratio "比例" / "share" under law article 2 from 2020-01-01: 0.5 source "第1号"
        input household.rent: money/month "租金" / "rent"
        input person.sick: yes/no "病" / "sick"
        decide household.aid "补助" / "aid" under law article 3 from 2020-01-01
          when A "甲" / "a": rent above cap
          pay round up to yuan rent * share
        decide household.more "增" / "more" under law article 4 from 2020-01-01
          when A "甲" / "a": rent above cap
          pay round down to yuan rent * share
        let household.left "余额" / "what is left" = larger(cap - amount aid - amount more, 0)
        decide household.rest "余补" / "rest" under law article 5 from 2020-01-01
          when A "甲" / "a": left above 0
          when B "乙" / "b": rent - cap - amount aid above 0
          when C "丙" / "c": amount aid + rent * share at most rent
          pay exactly left"#;
    let sources = vec![Source { name: "a.rules".to_owned(), text: text.to_owned() }];
    let told = |wrong: Vec<rules::Diagnostic>| wrong[0].render(&sources, Language::En, false);
    check(sources.clone()).map_err(told).expect("sound");
}
