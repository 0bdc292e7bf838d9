//! Tables at the ends of what is read: a fact said twice in whatever order, a household of too many.

mod sound;

use std::io::Cursor;

use rules::{Against, arrears_notes, decide, months_before, read_census_beside};
use rules::{Beside, Census, Column, Entity, Flaws, Household, Place, Registry, Row, Rules, Source, Table};
use sound::sound;

const RULES: &str = r#"
    package p "甲" / "p" basis law "法" / "law" from 2000-01-01 source "s"
    input household.spent: money/month monthly "支出" / "spent"
    input person.wage: money/month "工资" / "wage"
    let person.turn "位次" / "turn" = rank wage over members
    decide household.aid "补助" / "aid" under law article 1 from 2000-01-01
      when A "甲" / "a": any (spent above 0) over last 1 months
    decide person.first "先" / "first" under law article 2 from 2000-01-01
      when A "甲" / "a": turn at most 10
"#;

fn rules() -> Rules {
    let text = RULES.replace("spent above 0", "spent above spent_cap");
    let text =
        text + "param spent_cap: money/month \"限\" / \"cap\" under law article 3 from 2000-01-01: 1.00 source \"s\"";
    sound(vec![Source { name: "p.rules".into(), text }]).expect("it is sound")
}

fn read(households: &str, persons: &str, facts: Option<&str>) -> Result<Census, Flaws> {
    let table = |name: &str, text: &str| Table { name: name.into(), bytes: Box::new(Cursor::new(text.to_owned())) };
    let facts = facts.map(|facts| table("facts.csv", facts));
    let beside = Beside { facts, ..Beside::default() };
    read_census_beside(&rules(), table("households.csv", households), table("persons.csv", persons), beside)
}

#[test]
fn what_is_said_twice_at_one_time_is_refused_in_whatever_order_it_stands() {
    let said = |days: &[u8], table: &str| {
        let rows = days.iter().map(|day| format!("household,H1,spent,2024-02,{day}.00,2024-03-0{day}\n"));
        let facts = rows.fold("of,id,fact,period,value,known_from\n".to_owned(), |all, row| all + &row);
        read(&format!("household,spent@2024-02\nH1,{table}\n"), "person,household,wage\nP1,H1,1.00\n", Some(&facts))
    };
    for days in [[5, 3, 3], [3, 5, 3], [3, 3, 5], [3, 5, 5], [5, 3, 5], [5, 5, 3]] {
        let Err(wrong) = said(&days, "") else { panic!("{days:?} is read") };
        let second = days.iter().rposition(|day| days.iter().filter(|one| *one == day).count() == 2);
        assert_eq!(wrong.first[0].row, 2 + second.expect("one stands twice") as u64, "{days:?}");
    }
    for days in [[1, 2, 3], [3, 2, 1], [2, 3, 1]] {
        let census = said(&days, "9.00").unwrap_or_else(|wrong| panic!("{wrong}"));
        assert_eq!(census.registry.one(&rules(), 0).facts.get_in(0, 2024 * 12 + 1), Some(300), "{days:?}");
    }
}

#[test]
fn a_household_of_too_many_is_refused_at_its_first_member_too_many() {
    let persons = |count: usize| (0..count).map(|at| format!("P{at},H1,1.00\n")).collect::<String>();
    let read = |count: usize| {
        read("household,spent@2024-02\nH1,\n", &format!("person,household,wage\n{}", persons(count)), None)
    };
    assert!(read(1_000).is_ok());
    let Err(wrong) = read(1_001) else { panic!("it is read") };
    let wrong = &wrong.first[0];
    assert_eq!((wrong.file.as_str(), wrong.row, wrong.column.as_str()), ("persons.csv", 1_002, "household"));
}

#[test]
fn members_are_ranked_as_the_plain_evaluator_ranks_them() {
    let rules = rules();
    let wages = [Some(300), Some(100), Some(300), Some(0), Some(100)];
    for unknown in [None, Some(0), Some(3)] {
        let mut household = Household::unknown(&rules, "h", (0..wages.len()).map(|at| format!("m{at}")));
        for (at, wage) in wages.iter().enumerate().filter(|(at, _)| Some(*at) != unknown) {
            household.facts_mut(Place::Person(at)).set(0, *wage, None);
        }
        let mut registry = Registry::new(&rules);
        registry.push(&household);
        let outcome = &decide(&rules, civil::day(2024, 3, 1).expect("a day"), &registry, 1, &|_| {})[1];
        let mut row = Row::new(&rules, civil::day(2024, 3, 1).expect("a day"), &household);
        let plain: Vec<_> = household.places(Entity::Person).into_iter().map(|one| row.decide(1, one).answer).collect();
        assert_eq!(outcome.answers, plain);
    }
    // Many in one household take hardly longer than as many in many.
    let many = Household::unknown(&rules, "h", (0..40_000).map(|at| format!("m{at}")));
    let mut registry = Registry::new(&rules);
    registry.push(&many);
    if let Column::Wide(wages) = &mut registry.person[0] {
        wages.iter_mut().enumerate().for_each(|(at, wage)| *wage = (at as i64 * 7_919) % 40_009);
    }
    let outcome = &decide(&rules, civil::day(2024, 3, 1).expect("a day"), &registry, 1, &|_| {})[1];
    assert_eq!(outcome.answers.iter().filter(|answer| **answer == rules::Answer::Yes).count(), 10);
}

#[test]
fn columns_that_nobody_looks_at_are_told_of_together() {
    let headings = "household,支出2024-02,spent@2023-11,spent@2023-12,a,b,,";
    let households = format!("{headings}\nH1,1.00,2.00,3.00,x,y,,\n");
    let persons = "person,household,wage,wages,2024年1月支出\nP1,H1,2020,1.00,1.00\n";
    let table = |name: &str, text: &str| Table { name: name.into(), bytes: Box::new(Cursor::new(text.to_owned())) };
    let beside = Beside { months: Some([2024 * 12 + 1].into()), ..Beside::default() };
    let census = read_census_beside(&rules(), table("h.csv", &households), table("p.csv", persons), beside);
    let notes = census.unwrap_or_else(|wrong| panic!("{wrong}")).notes;
    let notes: Vec<&str> = notes.iter().flat_map(|note| [note.en.as_str(), note.zh.as_str()]).collect();
    assert_eq!(
        notes,
        [
            "h.csv: the column 支出2024-02 is left aside; do you mean `支出@2024-02`?",
            "h.csv：支出2024-02 列已略去；是不是要写 `支出@2024-02`？",
            "h.csv: these months of spent are not among those looked at, and are left aside: 2023-11 – 2023-12",
            "h.csv：spent 的这些月份不在所看的月份之内，已略去：2023-11 – 2023-12",
            "h.csv: no rule asks for these 2 columns, so they are left aside: a, b",
            "h.csv：没有规则用到这2列，已略去：a、b",
            "h.csv: no heading stands over these columns, which are left aside: 7, 8 (a comma too many at the end of the lines)",
            "h.csv：这些列没有列名，已略去：第7、8列（行末有多余的逗号）",
            "p.csv: no rule asks for these 2 columns, so they are left aside: wages, 2024年1月支出",
            "p.csv：没有规则用到这2列，已略去：wages、2024年1月支出",
        ]
    );
}

#[test]
fn what_was_had_this_year_is_capped_and_in_january_nothing_was() {
    let text = r#"
        规则包 p "甲" / "p" 依据 法 "法" / "law" 自 2000-01-01 来源 "s"
        参数 上限：金额 "年度上限" / "cap a year" 依 法 第一条 自 2000-01-01：300.00 来源 "s"
        参数 标准：金额/月 "标准" / "standard" 依 法 第二条 自 2000-01-01：120.00 来源 "s"
        输入 家庭.已领：金额/月 按月 "当月已领" / "had in a month"
        设 家庭.余额 "余额" / "left" = 较大(上限 - 合计 已领 遍及 本年度, 0)
        设 家庭.最多 "最多" / "most" = 最大 已领 遍及 本年度
        认定 家庭.救助 "救助" / "aid" 依 法 第三条 自 2000-01-01
          当 甲 "未满上限" / "below the cap": (合计 已领 遍及 本年度) 低于 上限
          当 乙 "并非月月领" / "not each month": 任一 (已领 低于 标准) 遍及 本年度 或 (计数 本年度 其中 已领 高于 标准) 低于 1 月
          支付 如数 较小(标准 * 1 月, 余额)
    "#;
    let rules = sound(vec![Source { name: "p.rules".into(), text: text.into() }]).expect("it is sound");
    let table = |name: &str, text: &str| Table { name: name.into(), bytes: Box::new(Cursor::new(text.to_owned())) };
    let households = "家庭编号,已领@2023-12,已领@2024-01,已领@2024-02\nH1,900,120,100\nH2,,,\n";
    let persons = "个人编号,家庭编号\nP1,H1\nP2,H2\n";
    let read = read_census_beside(&rules, table("h", households), table("p", persons), Beside::default());
    let census = read.unwrap_or_else(|wrong| panic!("{wrong}"));
    for (day, amounts) in [((2024, 1, 31), [Some(12_000), Some(12_000)]), ((2024, 3, 1), [Some(8_000), None])] {
        let day = civil::day(day.0, day.1, day.2).expect("a day");
        let outcome = &decide(&rules, day, &census.registry, 1, &|_| {})[0];
        for (at, amount) in amounts.into_iter().enumerate() {
            let household = census.registry.one(&rules, at);
            let decided = Row::new(&rules, day, &household).decide(0, Place::Household);
            assert_eq!(decided.amount.and_then(Result::ok), amount, "{day} {at}");
            assert_eq!(outcome.answers[at], decided.answer, "{day} {at}");
            assert_eq!(amount.unwrap_or(i64::MIN), outcome.amounts[at], "{day} {at}");
        }
    }
    // What is paid once has no arrears, and that is said.
    let months = months_before(civil::day(2024, 3, 1).expect("a day"), 2);
    let notes = arrears_notes(&rules, &months, &Against::Nothing);
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].zh, "救助 一次性支付，不按月支付，没有补发，未计入");
    assert_eq!(notes[0].en, "救助 is paid once and not by the month, so it has no arrears and is left out");
}

#[test]
fn days_far_off_in_a_file_of_facts_are_told_of() {
    let text = "package p \"甲\" / \"p\"\nbasis law \"法\" / \"law\" from 2000-01-01 source \"s\"\n\
                input person.birth: date \"生日\" / \"birth\"\n\
                param age: years \"岁\" / \"age\" under law article 1 from 2000-01-01: 60 source \"s\"\n\
                decide person.aid \"助\" / \"aid\" under law article 1 from 2000-01-01\n\
                when A \"甲\" / \"a\": (years since birth) at least age\n";
    let rules = sound(vec![Source { name: "p.rules".into(), text: text.into() }]).expect("it is sound");
    let table = |name: &str, text: &'static str| Table { name: name.into(), bytes: Box::new(text.as_bytes()) };
    let facts = "of,id,fact,period,value\nperson,P1,birth,,0197-05-06\nperson,P2,birth,0202-01-01,1975-05-06\n";
    let beside = Beside { facts: Some(table("f.csv", facts)), ..Beside::default() };
    let persons = "person,household,birth\nP1,H1,\nP2,H1,\n";
    let census = read_census_beside(&rules, table("h.csv", "household\nH1\n"), table("p.csv", persons), beside);
    let notes = census.unwrap_or_else(|wrong| panic!("{wrong}")).notes;
    let said: Vec<&str> = notes.iter().map(|note| note.en.as_str()).collect();
    let far =
        "f.csv: 1 of the days of birth lie before 1900 or after 2200, as 0197-05-06; look whether the year is right";
    assert_eq!(said, [far, &far.replace("of birth", "of period").replace("0197-05-06", "0202-01-01")]);
}

/// What is missing for one member rests on what is missing for all others: it is computed once for a household.
#[test]
fn what_is_missing_for_each_of_many_members_is_told_of_all() {
    let mut text = "package p \"甲\" / \"p\"\nbasis law \"法\" / \"law\" from 2000-01-01 source \"s\"\n\
                    input person.poor: yes/no \"贫\" / \"poor\"\n\
                    decide person.d0 \"零\" / \"d0\" under law article 1 from 2000-01-01 when A \"甲\" / \"a\": poor\n"
        .to_owned();
    for at in 1..8 {
        text += &format!(
            "let household.l{at} \"层{at}\" / \"l{at}\" = all d{} over members\n\
             decide person.d{at} \"第{at}\" / \"d{at}\" under law article 1 from 2000-01-01\n\
             when A \"甲\" / \"a\": household.l{at}\n",
            at - 1
        );
    }
    let rules = sound(vec![Source { name: "p.rules".into(), text }]).expect("it is sound");
    let persons = (0..200).fold("person,household,poor\n".to_owned(), |all, at| all + &format!("P{at},H1,\n"));
    let table = |name: &str, text: String| Table { name: name.into(), bytes: Box::new(Cursor::new(text)) };
    let census = read_census_beside(
        &rules,
        table("h.csv", "household\nH1\n".into()),
        table("p.csv", persons),
        Beside::default(),
    );
    let census = census.unwrap_or_else(|wrong| panic!("{wrong}"));
    let mut out = vec![];
    let day = civil::day(2024, 1, 1).expect("a day");
    rules::sweep(&rules, day, &census, 2, &|_| {}, rules::Out::csv(&mut out)).expect("memory");
    let out = String::from_utf8(out).expect("text");
    let last = out.lines().find(|line| line.starts_with("d7,person,P199,")).expect("the last member");
    let missing: Vec<&str> = last.split(',').nth(9).expect("what is missing").split("; ").collect();
    assert_eq!((missing.len(), missing[0], missing[199]), (200, "P0.poor", "P199.poor"), "{last}");
}
