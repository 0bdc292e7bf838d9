//! What would change a refusal, at the ends of what may be asked: the greatest amounts, the largest households, the most
//! conditions. Nothing panics, nothing is searched for ever, and what was left out is said to be.

mod sound;

use rules::{Answer, Changes, Household, Language, Place, Row, Rules, Source, Teller, prove, why_not};
use sound::sound;

fn rules_of(written: &str) -> Rules {
    let head = r#"
        package ends "端" / "ends"
        basis law "法" / "law" from 2000-01-01 source "test"
        param cap: money/month "限" / "cap" under law article 1 from 2000-01-01: 100.00 source "t"
        input household.a: money/month "甲" / "a" changeable
        input household.b: money/month "乙" / "b" changeable
        input household.s: money/month "丙" / "s" changeable signed
        input household.waived: yes/no "弃" / "waived" changeable
        input household.spent: money/month monthly "支" / "spent" changeable
        input person.wage: money/month "工" / "wage" changeable
        input person.ill: yes/no "病" / "ill" changeable
    "#;
    let sources = vec![Source { name: "ends.rules".into(), text: format!("{head}{written}") }];
    sound(sources).expect("every condition can hold")
}

/// A decision of these conditions, A, B and so on.
fn decision(conditions: &[&str]) -> Rules {
    let letters = ["A", "B", "C", "D"].into_iter();
    let conditions =
        letters.zip(conditions).map(|(name, asked)| format!("when {name} \"{name}\" / \"{name}\": {asked}\n"));
    let conditions: String = conditions.collect();
    rules_of(&format!("decide household.aid \"助\" / \"aid\" under law article 2 from 2000-01-01\n{conditions}"))
}

fn on() -> civil::Date {
    civil::day(2021, 3, 15).expect("a day")
}

/// A household of which every fact that is an amount is the same, and every other no.
fn household(rules: &Rules, members: usize, amount: i64) -> Household {
    let mut out = Household::unknown(rules, "h", (0..members).map(|at| format!("m{at}")));
    for place in [Place::Household].into_iter().chain((0..members).map(Place::Person)) {
        for (at, fact) in rules.facts(place.entity()).iter().enumerate() {
            let is_number = !["waived", "ill"].contains(&fact.name.as_str());
            let value = if !is_number {
                0
            } else if fact.is_signed {
                amount
            } else {
                amount.abs()
            };
            if fact.is_monthly {
                (0..12).for_each(|month| out.facts_mut(place).set_in(at, 2020 * 12 + month, Some(value), None));
                (0..2).for_each(|month| out.facts_mut(place).set_in(at, 2021 * 12 + month, Some(value), None));
            } else {
                out.facts_mut(place).set(at, Some(value), None);
            }
        }
    }
    out
}

/// Everything that is said of a decision.
fn explained(rules: &Rules, household: &Household) -> (Answer, Changes, String) {
    let mut row = Row::new(rules, on(), household);
    let proof = prove(&mut row, 0, Place::Household);
    let changes = why_not(&mut row, 0, Place::Household);
    let mut told = String::new();
    for language in [Language::Zh, Language::En] {
        let teller = Teller { row: &row, language };
        told += &teller.proof(&proof);
        told += &teller.changes(&changes);
    }
    (proof.decided.answer, changes, told)
}

#[test]
fn the_greatest_amounts_are_explained() {
    for conditions in [
        &["a at most cap"][..],
        &["a at most cap", "b at most cap"],
        &["s at most cap", "b at most cap"],
        &["s at least cap", "a at most cap"],
        &["s is cap"],
        &["s * s at most cap * cap"],
        &["a * a below cap * cap"],
        &["larger(a, s) is cap"],
        &["waived", "a at most cap"],
        &["waived", "a * a at most cap * cap"],
        &["all (spent at most cap) over last 12 months"],
        &["(average spent over last 12 months) at most cap"],
        &["waived", "(max spent over last 2 months) at most cap", "a at most cap"],
        &["all (wage at most cap) over members"],
        &["(max wage over members) at most cap"],
        &["waived", "a + b at most cap"],
        &["waived", "a - s at least cap"],
        &["waived", "a * 1000000 at most cap"],
    ] {
        let rules = decision(conditions);
        for amount in [i64::MAX, 9_200_000_000_000_000_000, i64::MAX / 2, i64::MAX / 2 + 1, 1 << 61] {
            for amount in [amount, -amount] {
                explained(&rules, &household(&rules, 2, amount));
            }
        }
    }
}

#[test]
fn two_of_the_greatest_amounts_are_told_how_far_they_must_fall() {
    let rules = decision(&["a at most cap", "b at most cap"]);
    let (answer, changes, _) = explained(&rules, &household(&rules, 1, i64::MAX));
    assert_eq!(answer, Answer::No);
    assert_eq!(changes.pairs.iter().map(|pair| pair.map(|one| one.to)).collect::<Vec<_>>(), [[10_000, 10_000]]);
}

#[test]
fn sums_that_double_a_hundred_times_are_explained() {
    let mut text = "let household.d0 \"甲\" / \"d\" = a\n".to_owned();
    for at in 1..=100 {
        text += &format!("let household.d{at} \"甲\" / \"d\" = d{} + d{}\n", at - 1, at - 1);
    }
    text += "decide household.aid \"助\" / \"aid\" under law article 2 from 2000-01-01\n\
             when A \"A\" / \"A\": waived and d100 at most cap\n";
    let rules = rules_of(&text);
    explained(&rules, &household(&rules, 1, i64::MAX));
}

#[test]
fn a_large_household_is_not_searched_for_ever_and_that_is_said() {
    let said = ["可能还有其他改变", "there may be other changes"];
    for (conditions, members) in [
        // Each of three amounts and a yes or no is too many to be one change, or two.
        (&["waived", "(sum wage over members) at most cap", "a at most cap"][..], 400),
        // A product is tried value by value.
        (
            &[
                "waived",
                "(sum wage * wage over members) at most cap * cap",
                "a * a at most cap * cap",
                "any ill over members",
            ],
            40,
        ),
        (&["waived", "(sum wage over members) at most cap", "(count members where ill) at least 4"], 1_000),
    ] {
        let rules = decision(conditions);
        let (answer, changes, told) = explained(&rules, &household(&rules, members, 1_000_000));
        assert_eq!(answer, Answer::No);
        assert!(changes.more_changes, "{conditions:?}");
        assert!(said.iter().all(|said| told.contains(said)), "{told}");
    }
    // An ordinary one is searched to the end.
    let rules = decision(&[
        "waived",
        "(sum wage over members) at most cap",
        "(sum wage * wage over members) at most cap * cap",
    ]);
    let (answer, changes, told) = explained(&rules, &household(&rules, 8, 1_000_000));
    assert_eq!(answer, Answer::No);
    assert!(!changes.more_changes && !said.iter().any(|said| told.contains(said)), "{told}");
}

#[test]
fn sets_of_conditions_that_are_not_all_told_are_said_to_be_more_and_each_is_least() {
    // Ten times one of three; one in all of them, and one condition more, are another way: 59,049 sets and more.
    let mut conditions = String::new();
    let mut groups = vec![];
    for at in 0..10 {
        let names = [0, 1, 2].map(|one| format!("c{}", at * 3 + one));
        for name in &names {
            conditions +=
                &format!("when {name} \"{name}\" / \"{name}\": a at most cap + b * {}\n", name.len() + groups.len());
        }
        groups.push(format!("({})", names.join(" or ")));
    }
    let needs = groups.join(" and ");
    let text = format!(
        "decide household.aid \"助\" / \"aid\" under law article 2 from 2000-01-01\n{conditions}needs {needs}\n"
    );
    let rules = rules_of(&text.replace("a at most cap + b", "a at most cap - cap + b"));
    let mut household = household(&rules, 1, 0);
    household.facts_mut(Place::Household).set(0, Some(1), None);
    let (answer, changes, told) = explained(&rules, &household);
    assert_eq!(answer, Answer::No);
    assert!(changes.more_sets, "{told}");
    assert!(told.contains("可能还有其他组合") && told.contains("there may be more such sets"), "{told}");
    let needs = &rules.decisions[0].versions[0].needs;
    for set in &changes.sets {
        assert!(needs.hold(*set));
        let less = (0..32).map(|at| set & !(1 << at)).filter(|less| less != set);
        assert!(less.into_iter().all(|less| !needs.hold(less)), "{set:b}");
    }
}
