//! Proofs as they are told: both sides of a comparison, what decides of what is joined, and what was shown before.

use std::collections::HashSet;

use rules::{Language, Rules, Source, Teller, check, prove_after};

const PACKAGE: &str = r#"
规则包 relief "临时救助" / "temporary relief"
依据 办法 "办法" / "measures" 自 2020-01-01 来源 "第1号"
参数 标准：金额/月 "低保标准" / "standard" 依 办法 第二条 自 2020-01-01：760.00 来源 "第1号"
参数 倍数：比例 "收入倍数" / "multiple" 依 办法 第二条 自 2020-01-01：1.5 来源 "第1号"
参数 存款上限：金额 "人均存款上限" / "cap on savings a head" 依 办法 第二条 自 2020-01-01：20000.00 来源 "第1号"
参数 起始年龄：年 "起始年龄" / "first age" 依 办法 第六条 自 2020-01-01：80 来源 "第1号"
输入 个人.出生日期：日期 "出生日期" / "day of birth"
输入 个人.学生：是/否 "学生" / "student"
输入 家庭.收入：金额/月 按月 "当月收入" / "income in a month"
输入 家庭.存款：金额 "存款" / "savings"
输入 家庭.火灾：是/否 "遭遇火灾" / "had a fire"
输入 家庭.重病：是/否 "有人重病" / "somebody is seriously ill"
设 家庭.人数 "人数" / "members" = 计数 成员
设 家庭.月均收入 "近三个月月均收入" / "average income of three months" = 平均 收入 遍及 近三个月
设 家庭.线 "收入线" / "income line" = 标准 * 倍数 * 人数
设 个人.高龄 "高龄" / "of old age" = 满年数 出生日期 不低于 起始年龄
认定 家庭.救助 "临时救助" / "temporary relief" 依 办法 第二条 自 2020-01-01
  当 甲 "遭遇困难" / "hardship"：火灾 或 重病
  当 乙 "收入不高于线" / "income not above the line"：月均收入 不高于 线
  当 丙 "存款" / "savings"：存款 不高于 存款上限 * 人数
  除非 丁 "全是学生" / "students alone"：全部 学生 遍及 成员
  支付 如数 标准
认定 家庭.取暖 "取暖补贴" / "heating allowance" 依 办法 第五条 自 2020-01-01
  当 甲 "有高龄成员" / "somebody of old age"：任一 高龄 遍及 成员
  当 乙 "没有救助，收入也不高" / "no relief, and a low income"：非 救助 且 月均收入 不高于 线 * 2
  支付 取整 舍去 至 元 线
认定 个人.津贴 "高龄津贴" / "old-age allowance" 依 办法 第六条 自 2020-01-01
  当 甲 "高龄" / "old age"：高龄
  除非 乙 "享受救助" / "gets relief"：家庭.救助
案例 "多一分" / "a fen too much"
  于 2023-01-15
  家庭 收入 期间 2022-10 至 2022-11 为 3420.00，收入 期间 2022-12 为 3420.01，存款 为 1000.00，火灾 为 否，重病 为 是 来源 "诊断书"
  个人 王五：出生日期 为 1940-05-01，学生 为 否
  个人 李四：出生日期 为 1985-01-01，学生 为 否
  个人 王小：出生日期 为 2015-01-01，学生 为 是
  应 救助 是
"#;

fn rules() -> Rules {
    let sources = vec![Source { name: "relief.rules".to_owned(), text: PACKAGE.to_owned() }];
    check(sources).unwrap_or_else(|wrong| panic!("{wrong:#?}"))
}

/// All that is decided for the household, one after the other.
fn told(rules: &Rules, language: Language) -> String {
    let case = &rules.cases[0];
    let mut row = rules::Row::new(rules, case.on, &case.household);
    let (mut before, mut out) = (HashSet::new(), String::new());
    for decision in 0..rules.decisions.len() {
        for place in case.household.places(rules.decisions[decision].entity) {
            let proof = prove_after(&mut row, decision, place, &before);
            out.push_str(&Teller { row: &row, language }.proof(&proof));
            before.insert((decision, place));
        }
    }
    out
}

#[test]
fn a_fen_too_much_is_seen_and_what_was_proved_is_referred_to() {
    let rules = rules();
    insta::assert_snapshot!("proofs_zh", told(&rules, Language::Zh));
    insta::assert_snapshot!("proofs_en", told(&rules, Language::En));
}

#[test]
fn a_decision_within_another_shows_the_conditions_that_fail() {
    let rules = rules();
    let case = &rules.cases[0];
    let place = case.household.places(rules.decisions[2].entity)[0];
    let mut row = rules::Row::new(&rules, case.on, &case.household);
    let proof = prove_after(&mut row, 2, place, &HashSet::new());
    insta::assert_snapshot!("proofs_within", Teller { row: &row, language: Language::Zh }.proof(&proof));
}

#[test]
fn a_failing_case_shows_each_condition_however_long_its_proof() {
    let rules = rules();
    let wrong = rules::test(&rules, &rules.cases[0]);
    for (language, marks) in [
        (Language::Zh, ["+ 甲 遭遇困难", "- 乙 收入不高于线", "+ 丙 存款", "+ 丁 全是学生"]),
        (Language::En, ["+ 甲 hardship", "- 乙 income not above", "+ 丙 savings", "+ 丁 students alone"]),
    ] {
        let told = wrong[0].render(&rules.sources, language, false);
        assert!(told.chars().count() > 1_000 && marks.iter().all(|mark| told.contains(mark)), "{told}");
    }
}

#[test]
fn what_may_fall_below_zero_is_remarked_on_unless_something_keeps_it_from_that() {
    let remarks = |formula: &str, condition: &str| {
        let text = format!(
            "package p \"甲\" / \"p\" basis law \"法\" / \"law\" from 2000-01-01 source \"s\"\n\
             param cap: money \"上限\" / \"cap\" under law article 1 from 2000-01-01: 900.00 source \"s\"\n\
             input household.had: money \"已领\" / \"had\" input household.cost: money \"费\" / \"cost\"\n\
             input household.gain: money \"盈\" / \"gain\" signed\n\
             let household.left \"余\" / \"left\" = cap - had\n\
             decide household.aid \"助\" / \"aid\" under law article 1 from 2000-01-01\n\
             when A \"甲\" / \"a\": {condition}\n pay exactly {formula}"
        );
        let rules = check(vec![Source { name: "p.rules".to_owned(), text }]).expect("it is sound");
        let told = |one: &rules::Diagnostic| one.render(&rules.sources, Language::En, false);
        rules.remarks.iter().map(told).collect::<Vec<_>>()
    };
    for (formula, condition, falls) in [
        ("cap - had", "cost above 0", true),
        ("smaller(cost, left)", "cost above 0", true),
        ("left", "had below cap * 2", true),
        ("gain", "cost above 0", true),
        ("cost + gain", "gain is not 0", true),
        ("if had below cap then cost else left", "cost above 0", true),
        ("cap - had", "had below cap", false),
        ("left", "left above 0", false),
        ("cap - had", "left at least 0", false),
        ("larger(0, smaller(cost, left))", "cost above 0", false),
        ("if had below cap then left else cost", "cost above 0", false),
        ("cost + gain", "gain above 0", false),
        ("cap + cost", "cost above 0", false),
    ] {
        let told = remarks(formula, condition);
        assert_eq!(told.len(), usize::from(falls), "{formula}, {condition}: {told:?}");
        assert!(
            told.iter().all(|one| one.starts_with("remark[below-zero]: nothing keeps the amount of `aid`")),
            "{told:?}"
        );
    }
}

/// The package with these declarations, and what is remarked on it, in English.
fn remarked(declared: &str) -> (Rules, Vec<String>) {
    let text = format!("package p \"甲\" / \"p\"\nbasis law \"法\" / \"law\" from 2000-01-01 source \"s\"\n{declared}");
    let rules = check(vec![Source { name: "p.rules".to_owned(), text }]).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    let told = rules.remarks.iter().map(|one| one.render(&rules.sources, Language::En, false)).collect();
    (rules, told)
}

#[test]
fn days_between_two_versions_of_which_nothing_is_said_are_remarked_on() {
    let versions = |from: &str| {
        remarked(&format!(
            "param cap: money \"上限\" / \"cap\" under law article 1\n from 2000-01-01 to 2020-06-30: 900.00 source \"s\"\n from {from}: 950.00 source \"s\""
        ))
        .1
    };
    assert_eq!(versions("2020-07-01"), Vec::<String>::new());
    let told = versions("2020-07-02");
    assert!(told.len() == 1 && told[0].starts_with("remark[gap]: `cap` says nothing for 2020-07-01\n"), "{told:?}");
    assert!(versions("2020-09-01")[0].starts_with("remark[gap]: `cap` says nothing from 2020-07-01 to 2020-08-31\n"));
}

#[test]
fn a_no_is_for_the_conditions_that_make_it_one() {
    // B fails too, and C does what B might have done.
    let case = |because: &str| {
        let (rules, _) = remarked(&format!(
            "input household.old: yes/no \"老\" / \"old\" input household.ill: yes/no \"病\" / \"ill\"\n\
             input household.here: yes/no \"在\" / \"here\" input person.male: yes/no \"男\" / \"male\"\n\
             decide household.aid \"助\" / \"aid\" under law article 1 from 2000-01-01\n\
             when A \"甲\" / \"a\": here when B \"乙\" / \"b\": old when C \"丙\" / \"c\": ill needs A and (B or C)\n\
             case \"例\" / \"case\" on 2021-01-01 household old is no, ill is yes, here is no person Li: male is no\n\
             expect aid no, because {because}"
        ));
        rules::test(&rules, &rules.cases[0]).len()
    };
    assert_eq!((case("A"), case("A, B")), (0, 1));
}

#[test]
fn in_what_order_reasons_stand_makes_no_difference() {
    let (rules, _) = remarked(
        "input household.old: yes/no \"老\" / \"old\" input household.ill: yes/no \"病\" / \"ill\"\n\
         input person.male: yes/no \"男\" / \"male\"\n\
         decide household.aid \"助\" / \"aid\" under law article 1 from 2000-01-01\n\
         when A \"甲\" / \"a\": old when B \"乙\" / \"b\": ill\n\
         case \"例\" / \"case\" on 2021-01-01 household old is no, ill is no person Li: male is no\n\
         expect aid no, because B, A",
    );
    assert_eq!(rules::test(&rules, &rules.cases[0]), []);
}

#[test]
fn a_long_proof_says_where_steps_are_left_out() {
    let people: String = (0..1_000).map(|at| format!("person P{at}: a is 1.00, b is 2.00, c is no\n")).collect();
    let told = told_of(&format!(
        "param cap: money/month \"限\" / \"cap\" under law article 1 from 2000-01-01: 1.00 source \"s\"\n\
         input person.a: money/month \"甲\" / \"a\" input person.b: money/month \"乙\" / \"b\"\n\
         input person.c: yes/no \"丙\" / \"c\"\n\
         let person.d \"丁\" / \"d\" = a + b let person.e \"戊\" / \"e\" = if c then a else d + b\n\
         decide household.aid \"助\" / \"aid\" under law article 1 from 2000-01-01\n\
         when A \"子\" / \"long\": (sum e over members) above cap\n\
         when B \"丑\" / \"short\": (max a over members) above 0\n\
         case \"例\" / \"case\" on 2021-01-01\n{people}expect aid yes"
    ));
    let cut: Vec<usize> = told.match_indices("some of the steps are left out").map(|(at, _)| at).collect();
    let second = told.find("+ B short").expect("the second condition");
    assert!(cut.len() == 1 && cut[0] < second && told[second..].contains("P999: a = 1.00"), "{cut:?} {second}");
}

/// A package of these declarations, and what is told of its first decision in its first case.
fn told_of(declared: &str) -> String {
    let text = format!("package p \"甲\" / \"p\"\nbasis law \"法\" / \"law\" from 2000-01-01 source \"s\"\n{declared}");
    let rules = check(vec![Source { name: "p.rules".to_owned(), text }]).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    told(&rules, Language::En)
}

#[test]
fn a_figure_asked_for_by_two_options_is_shown_for_each() {
    let told = told_of(
        r#"options band young "青年" / "the young", old "老年" / "the old"
        param rate: money/month by band "标准" / "rate" under law article 1
          from 2000-01-01: young 100.00, old 200.00 source "s"
        input household.rents: yes/no "租房" / "rents"
        input person.here: yes/no "在" / "here"
        decide household.aid "补助" / "aid" under law article 1 from 2000-01-01
          when A "租房" / "rents": rents
          pay exactly rate[young] + rate[old]
        case "一" / "one"
          on 2020-01-01
          household rents is yes
          person A: here is yes
          expect aid yes"#,
    );
    assert!(told.contains("rate (the young) = 100.00") && told.contains("rate (the old) = 200.00"), "{told}");
}

#[test]
fn an_amount_that_doubles_by_every_name_is_checked_in_no_time() {
    let mut declared = r#"input household.a: money "甲" / "a"
        input household.b: money "乙" / "b"
        input person.here: yes/no "在" / "here"
        let household.x0 "差" / "x0" = a - b
    "#
    .to_owned();
    for n in 1..=70 {
        let before = n - 1;
        declared +=
            &format!("let household.x{n} \"差{n}\" / \"x{n}\" = smaller(x{before}, larger(x{before}, x{before}))\n");
    }
    declared += "decide household.aid \"补助\" / \"aid\" under law article 1 from 2000-01-01\n\
                 when A \"甲\" / \"at most a\": b at most a\npay exactly x70\n\
                 case \"一\" / \"one\"\non 2020-01-01\nhousehold a is 3.00, b is 1.00\nperson A: here is yes\nexpect aid yes, pay 2.00\n";
    assert!(told_of(&declared).contains("pays 2.00"));
}
