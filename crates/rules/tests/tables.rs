//! Tables at the ends of what is read: a fact said twice in whatever order, a household of too many.

mod sound;

use std::io::Cursor;

use rules::{Beside, Census, Column, Entity, Household, Malformed, Place, Registry, Row, Rules, Source, Table};
use rules::{decide, read_census_beside};
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

fn read(households: &str, persons: &str, facts: Option<&str>) -> Result<Census, Malformed> {
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
        assert_eq!(wrong.row, 2 + second.expect("one stands twice") as u64, "{days:?}");
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
