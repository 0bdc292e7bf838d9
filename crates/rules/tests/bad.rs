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
fn amounts_that_were_rounded_are_held_against_figures_against_one_fact_and_by_days() {
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
        let household.n "人数" / "members" = count members
        let household.base "基数" / "base"
          from 2020-01-01 to 2021-12-31 = rent * share
          from 2022-01-01 = amount aid
        let household.limit "限" / "limit"
          from 2020-01-01 to 2021-12-31 = rent
          from 2022-01-01 = amount aid
        let household.left "余额" / "what is left" = larger(cap * n - amount aid - amount more, 0)
        decide household.rest "余补" / "rest" under law article 5 from 2020-01-01
          when A "甲" / "a": left above 0
          when B "乙" / "b": amount aid at most rent
          when C "丙" / "c": amount aid + amount more at most cap * n
          when D "丁" / "d": amount aid at most (if rent above cap then cap else cap * 2)
          when E "戊" / "e": base at most limit
          pay round down to yuan left
        decide household.counted "数补" / "by count" under law article 9 from 2020-01-01
          when A "甲" / "a": amount aid at least cap * (count members where sick)
          when B "乙" / "b": amount aid at most (if rent above cap then cap * n else cap)
          when C "丙" / "c": amount aid at most cap * share
        decide household.old "旧补" / "old" under law article 6 from 2020-01-01 to 2021-12-31
          when A "甲" / "a": base at most rent * share * 2
        decide household.joint "合补" / "joint" under law article 7 from 2020-01-01
          when A "甲" / "a": amount aid + amount more above 0
          pay exactly amount aid + amount more
        decide household.twice "再补" / "twice" under law article 8 from 2022-01-01
          when A "甲" / "a": amount joint at most cap * n"#;
    let sources = vec![Source { name: "a.rules".to_owned(), text: text.to_owned() }];
    let told = |wrong: Vec<rules::Diagnostic>| wrong[0].render(&sources, Language::En, false);
    check(sources.clone()).map_err(told).expect("sound");
}
