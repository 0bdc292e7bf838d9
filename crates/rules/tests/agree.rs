//! Random rules over random households: both evaluators say the same, what is dropped never turns an answer, and what
//! would change a refusal is what brute force finds.

mod made;
mod sound;

use civil::day;
use made::{Dice, MONTHS, conditions_as_formulas, household, package};
use proptest::prelude::*;
use rules::{
    Answer, Change, During, Entity, Gap, Household, Place, Reform, Registry, Row, Rules, Source, answer_with,
    answer_with_all, check, decide, why_not,
};
use sound::sound;

/// A random package. Where chance made a condition that can never hold, the next one is taken.
fn rules_of(seed: u64) -> Rules {
    let mut dice = Dice::new(seed);
    loop {
        let sources = vec![Source { name: format!("{seed}.rules"), text: package(&mut dice) }];
        if let Some(rules) = sound(sources) {
            return rules;
        }
    }
}

fn on() -> civil::Date {
    day(2020, 12, 21).expect("a day")
}

/// Both evaluators on the same households, value by value.
fn agree(rules: &Rules, households: &[Household]) {
    let mut registry = Registry::new(rules);
    households.iter().for_each(|one| registry.push(one));
    let outcomes = decide(rules, on(), &registry, 2, &|_| {});
    let mut first = 0;
    for (at, household) in households.iter().enumerate() {
        let mut row = Row::new(rules, on(), household);
        for (decision, outcome) in outcomes.iter().enumerate() {
            for place in household.places(rules.decisions[decision].entity) {
                let line = match place {
                    Place::Household => at,
                    Place::Person(person) => first + person,
                };
                let decided = row.decide(decision, place);
                let name = &rules.decisions[decision].name;
                assert_eq!(outcome.answers[line], decided.answer, "{name} {place:?} {household:#?}");
                assert_eq!(
                    (outcome.met[line], outcome.unknown[line]),
                    (decided.met, decided.unknown),
                    "{name} {place:?}"
                );
                let amount = decided.amount.map(|amount| amount.ok());
                let column = outcome.amounts.get(line).map(|fen| Some(*fen).filter(|fen| *fen != i64::MIN));
                assert_eq!(column, amount, "{name} {place:?} {household:#?}");
            }
        }
        first += household.persons.len();
    }
}

/// The same household under rules whose options stand in another order.
fn moved(before: &Rules, after: &Rules, household: &Household) -> Household {
    let mut moved = household.clone();
    for place in [Entity::Household, Entity::Person].into_iter().flat_map(|entity| household.places(entity)) {
        for (at, fact) in before.facts(place.entity()).iter().enumerate() {
            let list = before.options.iter().find(|list| list.name == fact.name);
            if let (Some(list), Some(value)) = (list, household.facts(place).get(at)) {
                let name = &list.options[usize::try_from(value).expect("an option")].0;
                let others = after.options.iter().find(|other| other.name == list.name).expect("both have it");
                moved.facts_mut(place).set(at, others.position(name).map(|at| at as i64), None);
            }
        }
    }
    moved
}

/// Random rules, and others as their reform, whose options stand in another order and of which one is new: together they
/// say of everybody what each says by itself.
fn both_say_what_each_says(seed: u64) -> usize {
    let mut dice = Dice::new(seed);
    let (before, mut pairs) = (rules_of(seed), 0);
    let after = (1..).find_map(|next: u64| {
        let text = package(&mut Dice::new(if dice.below(4) == 0 { seed } else { seed ^ next }));
        let text = text
            .replace("urban \"城\" / \"urban\", rural", "edge \"边\" / \"edge\", urban \"城\" / \"urban\", rural")
            .replace(
                ", rural \"乡\" / \"rural\", far \"远\" / \"far\"",
                ", far \"远\" / \"far\", rural \"乡\" / \"rural\"",
            )
            .replace(".50 source", ".50, edge 77.00 source");
        sound(vec![Source { name: "after.rules".to_owned(), text }])
    });
    let after = after.expect("one is sound");
    let reform = Reform::of(&before, &after).expect("their facts are alike");
    let households: Vec<Household> = (0..20).map(|_| household(&before, &mut dice)).collect();
    agree(&reform.rules, &households);
    for one in &households {
        let moved = moved(&before, &after, one);
        let mut together = Row::new(&reform.rules, on(), one);
        let (mut was, mut is) = (Row::new(&before, on(), one), Row::new(&after, on(), &moved));
        for pair in &reform.pairs {
            let (before_at, after_at) = (pair.before.expect("both have it"), pair.after.expect("both have it"));
            let name = &before.decisions[before_at].name;
            let at = after.decisions.iter().position(|decision| decision.name == *name).expect("both have it");
            for place in one.places(before.decisions[before_at].entity) {
                let told = |decided: rules::Decided| {
                    (decided.answer, decided.met, decided.unknown, decided.amount.map(|amount| amount.ok()))
                };
                assert_eq!(
                    told(together.decide(before_at, place)),
                    told(was.decide(before_at, place)),
                    "{name} {one:#?}"
                );
                assert_eq!(told(together.decide(after_at, place)), told(is.decide(at, place)), "{name} {one:#?}");
                pairs += usize::from(before_at != after_at);
            }
        }
    }
    pairs
}

#[test]
fn a_reform_says_what_each_of_the_two_says_by_itself() {
    let compared: usize = (0..150).map(both_say_what_each_says).sum();
    assert!(compared > 5_000, "{compared}");
}

/// Ten thousand random households under each of two hundred random rule sets; the plain evaluator is asked of every
/// `each`th.
fn agree_on_two_hundred_rule_sets(each: usize) {
    let counts = std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| scope.spawn(move || agree_on_rule_sets((half..200).step_by(2), each)));
        halves.map(|half| half.join().expect("no difference"))
    });
    // The rules are no trivial ones: every answer comes up often.
    let counts: Vec<usize> = counts[0].iter().zip(counts[1]).map(|(a, b)| a + b).collect();
    assert!(counts.iter().all(|count| *count > 100_000), "{counts:?}");
}

/// How many answers are yes, no and open, and how many amounts are paid.
fn agree_on_rule_sets(seeds: impl Iterator<Item = u64>, each: usize) -> [usize; 4] {
    let mut counts = [0; 4];
    for seed in seeds {
        let rules = rules_of(seed);
        let mut dice = Dice::new(seed ^ 0x5eed);
        let households: Vec<Household> = (0..10_000).map(|_| household(&rules, &mut dice)).collect();
        let some: Vec<Household> = households.iter().skip(seed as usize % each).step_by(each).cloned().collect();
        agree(&rules, &some);
        let mut registry = Registry::new(&rules);
        households.iter().for_each(|one| registry.push(one));
        for outcome in decide(&rules, on(), &registry, 1, &|_| {}) {
            for (count, wanted) in counts.iter_mut().zip([Answer::Yes, Answer::No, Answer::CannotSay]) {
                *count += outcome.answers.iter().filter(|answer| **answer == wanted).count();
            }
            counts[3] += outcome.amounts.iter().filter(|fen| **fen > 0).count();
        }
    }
    counts
}

#[test]
fn both_evaluators_agree_on_two_hundred_rule_sets() {
    agree_on_two_hundred_rule_sets(50);
}

#[test]
#[ignore = "two million households in both evaluators take six minutes: cargo test --release -p rules --test agree -- --ignored"]
fn both_evaluators_agree_on_two_hundred_rule_sets_and_every_household() {
    agree_on_two_hundred_rule_sets(1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_evaluators_agree(seed in any::<u64>()) {
        let rules = rules_of(seed);
        let mut dice = Dice::new(seed.rotate_left(17));
        let households: Vec<Household> = (0..60).map(|_| household(&rules, &mut dice)).collect();
        agree(&rules, &households);
    }

    /// A fact that is dropped never turns yes into no or no into yes, and never shortens the list of what is missing.
    #[test]
    fn what_nobody_knows_decides_nothing(seed in any::<u64>()) {
        let rules = rules_of(seed);
        let mut dice = Dice::new(seed.rotate_left(31));
        for _ in 0..3 {
            let whole = household(&rules, &mut dice);
            for entity in [Entity::Household, Entity::Person] {
                for of in whole.places(entity) {
                    for (fact, month) in (0..rules.facts(entity).len()).flat_map(|fact| {
                        let months = MONTHS.map(move |month| (fact, Some(month)));
                        if rules.facts(entity)[fact].is_monthly { months.collect() } else { vec![(fact, None)] }
                    }) {
                        let mut less = whole.clone();
                        match month {
                            Some(month) => less.facts_mut(of).set_in(fact, month, None, None),
                            None => less.facts_mut(of).set(fact, None, None),
                        }
                        let (mut before, mut after) = (Row::new(&rules, on(), &whole), Row::new(&rules, on(), &less));
                        for decision in 0..rules.decisions.len() {
                            for place in whole.places(rules.decisions[decision].entity) {
                                let (was, is) = (before.decide(decision, place), after.decide(decision, place));
                                prop_assert!(is.answer == was.answer || is.answer == Answer::CannotSay);
                                let missing = |gaps: &rules::Gaps| -> Vec<Gap> {
                                    gaps.iter().filter(|gap| matches!(gap, Gap::Missing(..) | Gap::MissingIn(..))).copied().collect()
                                };
                                let (was, is) = (missing(&was.gaps), missing(&is.gaps));
                                prop_assert!(was.iter().all(|gap| is.contains(gap)), "{was:?} {is:?}");
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The nearest change turns the answer, and no value nearer to what is does: of each refusal in ten random households under
/// random rules. How many refusals there were, how many changes of one fact brute force found too, and how many lay farther.
fn nearest_is_nearest(seeds: impl Iterator<Item = u64>) -> [usize; 3] {
    let [mut refused, mut found, mut farther] = [0; 3];
    for seed in seeds {
        let rules = rules_of(seed);
        let mut dice = Dice::new(seed.rotate_left(47));
        for _ in 0..10 {
            let whole = made::small_household(&rules, &mut dice);
            let mut row = Row::new(&rules, on(), &whole);
            for decision in 0..rules.decisions.len() {
                for place in whole.places(rules.decisions[decision].entity) {
                    let changes = why_not(&mut row, decision, place);
                    refused += usize::from(row.decide(decision, place).answer == Answer::No);
                    let entities = [Entity::Household, Entity::Person].into_iter();
                    for of in entities.flat_map(|entity| whole.places(entity)) {
                        let facts = rules.facts(of.entity()).iter().enumerate();
                        for (fact, declared) in facts.filter(|(_, fact)| fact.is_number()) {
                            let told = changes.nearest.iter().find(|one| one.place == of && one.fact == fact).copied();
                            if declared.is_monthly {
                                // One in twelve: each month is tried by itself.
                                if dice.below(12) == 0 {
                                    over_months(&row, decision, place, (of, fact), told).expect("it is the nearest");
                                }
                                continue;
                            }
                            let brute = brute(&rules, &mut row, decision, place, of, fact);
                            let far = told.map(|one| (one.to - one.from).abs());
                            if brute.is_some() || far.is_some_and(|far| far <= REACH) {
                                assert_eq!(far, brute, "{seed} {decision} {place:?} {of:?} {fact}");
                                found += 1;
                            } else if let Some(told) = told {
                                let answer = |value: i64| {
                                    let mut other = whole.clone();
                                    other.facts_mut(of).set(fact, Some(value), None);
                                    Row::new(&rules, on(), &other).decide(decision, place).answer
                                };
                                let nearer = told.to - (told.to - told.from).signum();
                                assert_eq!(answer(told.to), Answer::Yes, "{seed} {decision} {place:?} {told:?}");
                                assert_ne!(answer(nearer), Answer::Yes, "{seed} {decision} {place:?} {told:?}");
                                farther += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    [refused, found, farther]
}

#[test]
fn the_nearest_change_is_the_nearest() {
    let [refused, found, farther] = nearest_is_nearest(0..60);
    assert!(refused > 300 && found > 20 && farther > 100, "{refused} {found} {farther}");
}

#[test]
#[ignore = "ten thousand refusals and more, in minutes: cargo test --release -p rules --test agree -- --ignored nearest"]
fn the_nearest_change_of_ten_thousand_refusals_is_the_nearest() {
    let halves = std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| scope.spawn(move || nearest_is_nearest((half..1_800).step_by(2))));
        halves.map(|half| half.join().expect("each is the nearest"))
    });
    let [refused, found, farther] = [0, 1, 2].map(|at| halves[0][at] + halves[1][at]);
    println!("{refused} refusals, {found} changes found by brute force too, {farther} that lie farther");
    assert!(refused >= 10_000, "{refused}");
}

/// What is refused as never holding never holds: tried with the same conditions as formulas.
#[test]
fn what_can_never_hold_never_does() {
    let mut refused = 0;
    for seed in 0..10_000 {
        let text = package(&mut Dice::new(seed));
        let Err(wrong) = check(vec![Source { name: "made".into(), text: text.clone() }]) else { continue };
        let formulas = conditions_as_formulas(&mut Dice::new(seed));
        let rules = check(vec![Source { name: "made".into(), text: formulas }]).expect("formulas may say anything");
        let mut dice = Dice::new(seed ^ 0x0dd);
        let households: Vec<Household> = (0..100).map(|_| household(&rules, &mut dice)).collect();
        for one in &wrong {
            // "the condition `A` can never hold", "the exception `B` always holds, …", and what makes no difference because it
            // always or never holds; pairs are told otherwise.
            let Some(letter) = one.title.en.split('`').nth(1) else { continue };
            if one.title.en.contains("is the same as another") {
                continue;
            }
            let never = ["can never hold", "never holds"].iter().any(|said| one.title.en.contains(said));
            let before = &text[..one.places[0].0.from];
            let decision = before.rsplit("decide ").next().and_then(|rest| rest.split([' ', '.']).nth(1));
            let name = format!("{}_{letter}", decision.expect("a condition stands in a decision"));
            let at = rules.lets.iter().position(|formula| formula.name == name).expect("the condition as a formula");
            refused += 1;
            for household in &households {
                let mut row = Row::new(&rules, on(), household);
                for place in household.places(rules.lets[at].entity) {
                    assert_ne!(row.named(at, place), Ok(i64::from(never)), "{seed} {name}: {}", one.title.en);
                }
            }
        }
    }
    assert!(refused > 20, "{refused}");
}

/// How far brute force goes.
const REACH: i64 = 400;

/// A change of a fact over months turns the answer, and no value nearer does: in one month, if any one suffices; else in all.
fn over_months(
    row: &Row<'_>,
    decision: usize,
    place: Place,
    (of, fact): (Place, usize),
    told: Option<Change>,
) -> Result<(), TestCaseError> {
    let rules = row.rules;
    let declared = &rules.facts(of.entity())[fact];
    let facts = row.household.facts(of);
    let is_yes = |during: During, from: i64, to: i64| {
        let allowed = if to > from { declared.rising } else { declared.falling && (declared.is_signed || to >= 0) };
        let change = Change { place: of, fact, during, from, to };
        allowed && to != from && answer_with(rules, row, decision, place, change) == Answer::Yes
    };
    let refused = answer_with_all(row, decision, place, &[]) == Answer::No && declared.is_used;
    let known: Vec<(i64, i64)> =
        rules.months(row.on).into_iter().filter_map(|month| Some((month, facts.get_in(fact, month)?))).collect();
    let near = |during: During, from: i64| {
        (1..=MONTHLY_REACH).find(|far| is_yes(during, from, from + far) || is_yes(during, from, from - far))
    };
    let in_one = known.iter().filter(|_| refused).filter_map(|(month, is)| near(During::Month(*month), *is)).min();
    match told {
        None => {
            prop_assert_eq!(in_one, None);
            if let (true, Some(first), Some(last)) = (refused, known.first(), known.last()) {
                let values = || known.iter().map(|(_, is)| *is);
                let (most, least) = (values().max().expect("known"), values().min().expect("known"));
                for far in 1..=MONTHLY_REACH {
                    prop_assert!(!is_yes(During::NeverAbove(first.0, last.0), most, most - far));
                    prop_assert!(!is_yes(During::NeverBelow(first.0, last.0), least, least + far));
                }
            }
        }
        Some(Change { during: During::Month(_), from, to, .. }) => {
            let far = (to - from).abs();
            prop_assert!(in_one == Some(far) || in_one.is_none() && far > MONTHLY_REACH, "{:?} {:?}", in_one, told);
        }
        Some(Change { during, from, to, .. }) => {
            prop_assert_eq!(in_one, None, "{:?}", told);
            prop_assert!(is_yes(during, from, to));
            let step = (to - from).signum();
            for back in 1..=MONTHLY_REACH.min((to - from).abs() - 1) {
                prop_assert!(!is_yes(during, from, to - step * back), "{:?} {}", told, back);
            }
        }
    }
    Ok(())
}

/// How far brute force goes in each month.
const MONTHLY_REACH: i64 = 20;

/// How far the nearest value is that turns a "no", by trying one after the other.
fn brute(rules: &Rules, row: &mut Row<'_>, decision: usize, place: Place, of: Place, fact: usize) -> Option<i64> {
    let declared = &rules.facts(of.entity())[fact];
    if row.decide(decision, place).answer != Answer::No || !declared.is_used {
        return None;
    }
    let from = row.household.facts(of).get(fact)?;
    (1..=REACH).find(|far| {
        [from + far, from - far].into_iter().any(|to| {
            let allowed = if to > from { declared.rising } else { declared.falling && (declared.is_signed || to >= 0) };
            allowed
                && answer_with(rules, row, decision, place, Change { place: of, fact, during: During::Day, from, to })
                    == Answer::Yes
        })
    })
}

#[test]
fn a_season_is_asked_of_the_decision_day() {
    let text = r#"
        package p "甲" / "p" basis law "法" / "law" from 2000-01-01 source "s"
        input household.rents: yes/no "租" / "rents"
        decide household.heating "暖" / "heating" under law article 1 from 2000-01-01
          when A "冬" / "winter": month of decision day at least 11 or month of decision day at most 3
          when B "租" / "rents": rents
    "#;
    let rules = check(vec![Source { name: "p.rules".into(), text: text.into() }]).expect("it is sound");
    let mut household = Household::unknown(&rules, "h", ["a".to_owned()]);
    household.facts_mut(Place::Household).set(0, Some(1), None);
    let mut registry = Registry::new(&rules);
    registry.push(&household);
    for (month, date, answer) in [(10, 31, Answer::No), (11, 1, Answer::Yes), (3, 31, Answer::Yes), (4, 1, Answer::No)]
    {
        let on = day(2023, month, date).expect("a day");
        assert_eq!(Row::new(&rules, on, &household).decide(0, Place::Household).answer, answer, "{on}");
        assert_eq!(decide(&rules, on, &registry, 1, &|_| {})[0].answers, [answer], "{on}");
    }
}
