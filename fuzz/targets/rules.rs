//! A file of rules: whatever stands in it, it is read or refused with a message; what is accepted can be computed with, and laid
//! out it says the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::{Household, Language, Registry, Row, Source, Teller, check, decide, format, prove, why_not};

fuzz_target!(|text: &str| {
    if let Ok(laid) = format(text, None) {
        assert_eq!(format(&laid, None).as_deref(), Ok(laid.as_str()));
        let _ = format(text, Some(Language::Zh)).map(|chinese| format(&chinese, Some(Language::En)));
    }
    let sources = vec![Source { name: "fuzz.rules".to_owned(), text: text.to_owned() }];
    let rules = match check(sources.clone()) {
        Ok(rules) => rules,
        Err(wrong) => {
            for language in [Language::Zh, Language::En] {
                wrong.iter().take(20).for_each(|one| assert!(!one.render(&sources, language, false).is_empty()));
            }
            return;
        }
    };
    let on = civil::day(2024, 3, 1).expect("a day");
    let household = Household::unknown(&rules, "h", ["a".to_owned(), "b".to_owned()]);
    let mut registry = Registry::new(&rules);
    registry.push(&household);
    let outcomes = decide(&rules, on, &registry, 1, &|_| {});
    let mut row = Row::new(&rules, on, &household);
    for (at, outcome) in outcomes.iter().enumerate() {
        for (line, place) in household.places(rules.decisions[at].entity).into_iter().enumerate() {
            assert_eq!(row.decide(at, place).answer, outcome.answers[line]);
            let proof = prove(&mut row, at, place);
            let changes = why_not(&mut row, at, place);
            for language in [Language::Zh, Language::En] {
                let teller = Teller { row: &row, language };
                assert!(!teller.proof(&proof).is_empty());
                teller.changes(&changes);
            }
        }
    }
    for case in &rules.cases {
        rules::test(&rules, case);
    }
    assert!(rules::book(&rules, None).contains("</html>"));
});
