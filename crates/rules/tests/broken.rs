//! Whatever is done to a file of rules, it is read or refused with a message, and nothing panics.

use std::path::Path;

use proptest::prelude::*;
use rules::{Household, Language, Place, Row, Rules, Source, Teller, check, format, prove, why_not};

fn pack() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/qinghe");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the pack").map(|one| one.expect("a file").path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("a file")).collect()
}

/// Reads it; every error can be shown. What is accepted can be computed with.
fn read(texts: &[String]) {
    let name = |at: usize| format!("{at}.rules");
    let sources: Vec<Source> =
        texts.iter().enumerate().map(|(at, text)| Source { name: name(at), text: text.clone() }).collect();
    match check(sources.clone()) {
        Err(wrong) => {
            assert!(!wrong.is_empty());
            wrong
                .iter()
                .take(20)
                .for_each(|one| assert!(one.render(&sources, rules::Language::En, false).contains(one.code)));
        }
        Ok(rules) => {
            let mut household = Household::unknown(&rules, "h", ["a".to_owned(), "b".to_owned()]);
            let on = civil::day(2024, 3, 1).expect("a day");
            explain(&rules, on, &household);
            for place in [Place::Household, Place::Person(0), Place::Person(1)] {
                for (at, fact) in rules.facts(place.entity()).iter().enumerate().filter(|(_, fact)| fact.is_number()) {
                    let facts = household.facts_mut(place);
                    if fact.is_monthly {
                        (2022 * 12..2024 * 12 + 3).for_each(|month| facts.set_in(at, month, Some(i64::MAX), None));
                    } else {
                        facts.set(at, Some(i64::MAX), None);
                    }
                }
            }
            explain(&rules, on, &household);
            rules.cases.iter().take(CASES).for_each(|case| explain(&rules, case.on, &case.household));
        }
    }
}

/// Of so many cases everything is explained.
const CASES: usize = 3;

/// All that is said of every decision.
fn explain(rules: &Rules, on: civil::Date, household: &Household) {
    let mut row = Row::new(rules, on, household);
    for at in 0..rules.decisions.len() {
        for place in household.places(rules.decisions[at].entity) {
            let proof = prove(&mut row, at, place);
            let changes = why_not(&mut row, at, place);
            let teller = Teller { row: &row, language: Language::En };
            let _ = (teller.proof(&proof), teller.changes(&changes));
        }
    }
}

/// Laid out, it is read as before; laid out again, it stays.
fn laid_out(text: &str) {
    let Ok(laid) = format(text, None) else { return };
    assert_eq!(format(&laid, None).as_ref(), Ok(&laid), "{text}");
    let words = |text: &str| format(text, Some(Language::Zh)).map(|text| text.split_whitespace().collect::<String>());
    assert_eq!(words(&laid), words(text), "{text}");
}

/// Nobody is told a hundred thousand errors, so none of that many takes any time.
#[test]
fn a_hundred_thousand_broken_lines_are_refused_after_two_hundred() {
    let head = "package p \"甲\" / \"p\"\n";
    for line in
        ["input household.", "@", "let household.a{} = b{}", "param a{}: money", "case", "input household.a{}: b{}"]
    {
        let lines = (0..100_000).map(|at| line.replace("{}", &at.to_string()));
        let text = head.to_owned() + &lines.collect::<Vec<_>>().join("\n");
        let wrong = check(vec![Source { name: "a.rules".into(), text }]).expect_err("it is broken");
        assert_eq!((wrong.len(), wrong[100].code), (101, "more"), "{line}");
        assert!(wrong[100].title.en.ends_with("or more further errors"), "{line}");
    }
}

/// Chains in either order, and formulas that lie deep at every step: all are refused before they take the stack.
#[test]
fn formulas_that_rest_on_one_another_too_deep_are_refused() {
    for (count, open, close) in [
        (52, "(1 + ".repeat(30), ")".repeat(30)),
        (3_000, "larger(1, ".into(), ")".into()),
        (19_000, String::new(), String::new()),
    ] {
        let mut lets: Vec<String> = (1..count)
            .map(|at| format!("let household.a{at} \"甲{at}\" / \"a{at}\" = {open}a{}{close}\n", at - 1))
            .collect();
        lets.insert(0, "let household.a0 \"甲0\" / \"a0\" = n\n".to_owned());
        for is_reversed in [false, true] {
            let mut lets = lets.clone();
            if is_reversed {
                lets.reverse();
            }
            let head = "package p \"甲\" / \"p\"\ninput household.n: number \"数\" / \"n\"\n";
            let text = head.to_owned() + &lets.concat();
            let wrong = check(vec![Source { name: "a.rules".into(), text }]).expect_err("it is too deep");
            assert_eq!((wrong.len(), wrong[0].code), (1, "too-deep"), "{count} {is_reversed}");
        }
    }
}

/// What is missing for one is asked by the next twice, and of each member.
#[test]
fn decisions_that_rest_on_one_another_and_of_which_nothing_is_known_are_told() {
    let mut text = "package p \"甲\" / \"p\"\nbasis law \"法\" / \"law\" from 2000-01-01 source \"s\"\n\
                    input household.rents: yes/no \"租\" / \"rents\" input household.poor: yes/no \"贫\" / \"poor\"\n\
                    decide household.d0 \"零\" / \"d0\" under law article 1 from 2000-01-01 when A \"甲\" / \"a\": rents\n"
        .to_owned();
    for at in 1..=60 {
        let (of, asked) = match at % 2 {
            0 => ("household", format!("any d{} over members", at - 1)),
            _ => ("person", format!("household.d{}", at - 1)),
        };
        let poor = if of == "household" { "poor" } else { "household.poor" };
        text += &format!(
            "decide {of}.d{at} \"第{at}\" / \"d{at}\" under law article 1 from 2000-01-01\n \
             when A \"甲\" / \"a\": ({asked}) or {poor}\n when B \"乙\" / \"b\": ({asked}) or not {poor}\n"
        );
    }
    let sources = vec![Source { name: "a.rules".into(), text: text.clone() }];
    assert!(check(sources).is_ok());
    read(&[text]);
}

#[test]
fn more_names_than_any_law_has_are_refused() {
    let inputs = (0..20_000).map(|at| format!("input household.a{at}: yes/no \"甲{at}\" / \"a{at}\"\n"));
    let text = "package p \"甲\" / \"p\"\n".to_owned() + &inputs.collect::<String>();
    let wrong = check(vec![Source { name: "a.rules".into(), text }]).expect_err("one too many");
    assert_eq!((wrong.len(), wrong[0].code), (1, "too-many"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_pack_with_pieces_cut_out_doubled_or_moved(cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0usize..40, 0u8..4), 1..6)) {
        let mut texts = pack();
        for (file, place, length, act) in cuts {
            let at = file.index(texts.len());
            let mut signs: Vec<char> = texts[at].chars().collect();
            let from = place.index(signs.len().max(1)).min(signs.len());
            let to = (from + length).min(signs.len());
            let piece: Vec<char> = signs[from..to].to_vec();
            match act {
                0 => { signs.drain(from..to); }
                1 => { signs.splice(from..from, piece); }
                2 => { signs.drain(from..to); signs.splice(0..0, piece); }
                _ => { signs.truncate(from); }
            }
            texts[at] = signs.into_iter().collect();
        }
        texts.iter().for_each(|text| laid_out(text));
        read(&texts);
    }

    #[test]
    fn words_in_any_order(words in prop::collection::vec(prop::sample::select(vec![
        "let", "household.x", "person.y", "\"甲\" / \"a\"", "=", "decide", "when", "A", ":", "(", ")", "[", "]", "sum", "count", "over",
        "members", "where", "if", "then", "else", "and", "or", "not", "below", "is", "in", "{", "}", "years since", "999999999999999",
        "0", "12", "months", "*", "/", "+", "-", "pay", "round", "up", "to", "yuan", "from", "2020-01-01", "under", "law", "article",
        "param", "p", "input", "household.r", "money", "ratio", "by", "o", "options", "roles", "a \"甲\" / \"a\"", "source \"s\"", ",", "0.000001",
        "basis", "case", "expect", "person", "household", "amount", "larger", "needs", "unless", "package", "x", "r",
    ]), 0..60)) {
        let text = words.join(" ");
        laid_out(&text);
        read(&[text]);
    }
}

#[test]
fn what_grows_beyond_measure_is_refused() {
    let head = "package p \"甲\" / \"a\"\nbasis law \"法\" / \"law\" from 2020-01-01 source \"s\"\n\
                input household.r: money \"租\" / \"rent\"\nparam f: ratio \"比\" / \"f\" under law article 1 from 2020-01-01: 0.000001 source \"s\"\n";
    let doubled = |sign: &str, first: &str| {
        let mut text = format!("{head}let household.a0 \"甲\" / \"a\" = {first}\n");
        for at in 1..60 {
            text += &format!("let household.a{at} \"甲\" / \"a\" = a{} {sign} a{}\n", at - 1, at - 1);
        }
        text + "decide household.d \"乙\" / \"d\" under law article 2 from 2020-01-01\n  when A \"甲\" / \"a\": a59 above r\n"
    };
    let long = (0..5_000).map(|at| format!("let household.b{at} \"甲\" / \"a\" = b{}\n", at + 1)).collect::<String>();
    for text in [
        doubled("+", "r"),
        doubled("*", "r"),
        doubled("*", "f"),
        doubled("*", "999999999999999"),
        format!("{head}{long}let household.b5000 \"甲\" / \"a\" = r\n"),
        format!("{head}let household.x \"甲\" / \"a\" = {}r{}\n", "(".repeat(50_000), ")".repeat(50_000)),
        format!("{head}let household.x \"甲\" / \"a\" = {}r\n", "not ".repeat(50_000)),
        format!("{head}let household.x \"甲\" / \"a\" = r{}\n", " + r".repeat(50_000)),
        format!("{head}let household.x \"甲\" / \"a\" = {}r\n", "years since ".repeat(50_000)),
        format!("{head}let household.x \"甲\" / \"a\" = (999999999999999 * f * f) + 999999999999999\n"),
        format!("{head}let household.x \"甲\" / \"a\" = r / 999999999999999\n"),
    ] {
        read(&[text]);
    }
}
