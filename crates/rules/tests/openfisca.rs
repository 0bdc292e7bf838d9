//! OpenFisca's formats with a country of our own: what passes, what differs, what cannot be run, each with its reason.

use std::path::Path;

use rules::openfisca::{Parameters, Period, System, Verdict, Warnings, asked, import, judge, read_situations};
use rules::{Place, Row, Source, check};

const COUNTRY: &str = "\
person\tresident\tresidents
group\thome\thomes
role\tadult\tadults\t2
role\tchild\tchildren\t
variable\t\twage\tperson\tfloat\t\tmonth\tdivide\t0\t\tWage
variable\t\tborn\tperson\tdate\t\teternity\t\t1970-01-01\t\tDay of birth
variable\t\tage\tperson\tint\t\tmonth\t\t0\tcomputed\tAge
variable\t\telder\tperson\tbool\t\tmonth\t\tFalse\tcomputed\tIs the eldest child
variable\t\ttenure\thousehold\tenum\tTenure:own|let\tmonth\tdispatch\tlet\t\tHow the home is held
variable\t\ttown\thousehold\tstr\t\tmonth\t\tQinghe\t\tTown
variable\t\taid\thousehold\tfloat\t\tmonth\t\t0\tcomputed\tAid
variable\t\ttax\tperson\tfloat\t\tmonth\t\t0\tcomputed\tTax
variable\t\tlevy\tperson\tfloat\t\tmonth\t\t0\tcomputed\tLevy
variable\t\todd\tperson\tfloat\t\tmonth\t\t0\tcomputed\tOdd
formula\t\tage\tmonth:2021-03-01\tperson\t(2021 - (year of ⟦v born eternity⟧))
formula\t\telder\tmonth:2021-03-01\tperson\t(⟦r child⟧ and ((rank ⟦v born eternity⟧ over members where ⟦r child⟧) is 1))
formula\t\taid\tmonth:2021-03-01\thousehold\t(if (⟦e tenure month:2021-03-01 let⟧ and (⟦v town month:2021-03-01⟧ is ⟦s Qinghe⟧)) then ((sum ⟦v wage month:2021-03-01⟧ over members) * ⟦p aid.share 2021-03-01⟧) else 0)
formula\t\ttax\tmonth:2021-03-01\tperson\t⟦c tax 2021-03-01⟧⟦v wage month:2021-03-01⟧⟦/c⟧
formula\t\tlevy\tmonth:2021-03-01\tperson\t⟦c levy 2021-03-01⟧⟦v wage month:2021-03-01⟧⟦/c⟧
untraced\t\todd\tmonth:2021-03-01\t`odd` asks `if` of a vector
";

const SHARE: &str = "description: Share\nmetadata:\n  unit: /1\n  reference: notice 1\nvalues:\n  2020-01-01: 0.25\n";
const TAX: &str = "description: Tax\nbrackets:\n- threshold: {2020-01-01: 0}\n  rate: {2020-01-01: 0.1}\n- threshold: {2020-01-01: \
                   1000}\n  rate: {2020-01-01: 0.2}\n";

const LEVY: &str = "description: Levy\nbrackets:\n- threshold: {2020-01-01: 100}\n  average_rate: {2020-01-01: 0}\n- threshold: \
                    {2020-01-01: 1000}\n  average_rate: {2020-01-01: 0.1}\n- threshold: {2020-01-01: 3000}\n  average_rate: \
                    {2020-01-01: 0.2}\n";

fn parameters() -> (Parameters, Warnings) {
    let mut warnings = Warnings::default();
    let files = [(Path::new("aid/share.yaml"), SHARE), (Path::new("tax.yaml"), TAX), (Path::new("levy.yaml"), LEVY)];
    (Parameters::read(files, &mut warnings).expect("they are sound"), warnings)
}

fn verdict(test: &str) -> Verdict {
    let system = System::read("country", COUNTRY).expect("it is sound");
    let (parameters, mut warnings) = parameters();
    let test = format!("period: 2021-03\n{test}");
    let situations = read_situations("test.yaml", &test).expect("it is sound");
    judge(&system, &parameters, &situations[0], &mut warnings).expect("its own parameters are sound")
}

fn passes(test: &str) {
    assert!(matches!(verdict(test), Verdict::Passed(1..)), "{test}: {:?}", verdict(test));
}

#[test]
fn values_stand_flat_by_entity_and_by_plural() {
    passes("input: {wage: [0, 1000, 3000]}\noutput: {tax: [0, 100, 500], aid: [0, 250, 750]}");
    passes("input: {wage: 1000, tenure: own}\noutput: {aid: 0}");
    passes("input: {wage: {2021: 12000}}\noutput: {tax: 50 * 2}");
    passes(
        "input:\n  home: {adults: [Li, Wu], children: [Xi], town: Qinghe}\n  residents:\n    Li: {wage: 100}\n    Wu: {wage: \
         300}\n    Xi: {born: 2015-05-06}\noutput:\n  home: {aid: 100}\n  residents:\n    Xi: {age: 6, elder: true}\n    Li: \
         {elder: no, age: 51}",
    );
    passes(
        "input:\n  homes:\n    A: {adults: Li}\n    B: {adults: [Wu], town: {2021-03: Elsewhere}}\n  residents: {Li: {wage: 4}, \
         Wu: {wage: 4}}\noutput:\n  homes: {A: {aid: 1}, B: {aid: {2021-03: 0}}}\n  resident: {tax: [0.4, 0.4]}",
    );
}

#[test]
fn an_average_rate_rises_between_thresholds_and_is_of_the_whole() {
    // Half way from 100 to 1,000 it is half of a tenth; half way from 1,000 to 3,000 it is 0.15.
    passes("input: {wage: [0, 99, 550, 1000, 2000, 3000]}\noutput: {levy: [0, 0, 27.5, 100, 300, 0]}");
}

#[test]
fn a_formula_gives_way_to_what_is_given_and_parameters_to_those_of_the_test() {
    passes("input: {age: 7}\noutput: {age: 7}");
    passes("parameters: {aid: {share: {values: {2021-01-01: 0.5}}}}\ninput: {wage: 10}\noutput: {aid: 5}");
}

#[test]
fn values_may_differ_by_their_margin_and_no_more() {
    for (margin, says) in [("0.1", true), ("{default: 0, tax: 0.1}", true), ("{default: 0.1, tax: 0}", false)] {
        let test = format!("absolute_error_margin: {margin}\ninput: {{wage: 1000}}\noutput: {{tax: 100.1}}");
        assert_eq!(verdict(&test) == Verdict::Passed(1), says, "{test}");
    }
    passes("relative_error_margin: 0.01\ninput: {wage: 1000}\noutput: {tax: 101}");
    let differs = Verdict::Failed("`tax` for month:2021-03-01 is 100, and not 101".to_owned());
    assert_eq!(verdict("input: {wage: 1000}\noutput: {tax: 101}"), differs);
}

#[test]
fn what_cannot_be_run_says_why() {
    for (test, why) in [
        ("input: {wage: 1}\noutput: {odd: 1}", "`odd` asks `if` of a vector"),
        ("input: {wage: 1}\noutput: {age: {2021-04: 1}}", "`age` was not brought over for month:2021-04-01"),
        ("input: {rent: 1}\noutput: {tax: 1}", "names `rent`, which is neither a variable nor an entity"),
        (
            "input: {tenure: {2021: let}, town: {2021: Qinghe}}\noutput: {aid: 0}",
            "gives `town` for year:2021-01-01, and it is for a month",
        ),
        ("input: {wage: 1}\noutput: {}", "expects nothing"),
        ("input: {wage: [1, 2], tenure: [own]}\noutput: {tax: 1}", "`tenure` has 1 values for 2"),
        ("input: {tenure: rent}\noutput: {aid: 0}", "\"rent\" is no value of `tenure`"),
        (
            "input:\n  home: {adults: [A, B, C]}\n  residents: {A: {}, B: {}, C: {}}\noutput: {aid: 0}",
            "3 persons are `adults` of home",
        ),
        (
            "input:\n  homes: {X: {adults: [A]}, Y: {children: [A]}}\n  residents: {A: {}}\noutput: {aid: 0}",
            "`A` lives in X and in Y",
        ),
        ("input: {wage: 1}\noutput: {tax: [1, 2]}", "expects 2 values of `tax`, of which there are 1"),
        (
            "parameters: {aid: {other: {2020: 1}}}\ninput: {wage: 1}\noutput: {aid: 1}",
            "there is no parameter `aid.share`",
        ),
    ] {
        assert_eq!(verdict(test), Verdict::Skipped(why.to_owned()), "{test}");
    }
}

#[test]
fn what_is_imported_is_checked_counted_and_asked_of_everybody() {
    let system = System::read("country", COUNTRY).expect("it is sound");
    let (parameters, warnings) = parameters();
    assert_eq!((warnings.without_unit, warnings.without_source), (2, 2), "the scales say neither");
    let period = Period::parse("2021-03").expect("a period");
    let wanted = [("tax".to_owned(), period), ("elder".to_owned(), period)];
    let imported = import(&system, "", &parameters, &wanted, &Default::default()).expect("it was brought over");
    let text = imported.text_with_questions(&wanted);
    let rules = check(vec![Source { name: "imported.rules".into(), text: text.clone() }]).unwrap_or_else(|wrong| {
        panic!("{}\n{text}", wrong.iter().map(|one| one.title.en.clone()).collect::<Vec<_>>().join("\n"))
    });
    let unsaid = rules.imported.expect("it is imported");
    assert_eq!((unsaid.sources, unsaid.units), (4, 5), "{text}");
    let mut household = rules::Household::unknown(&rules, "H", ["Li".to_owned()]);
    let decided = Row::new(&rules, imported.on, &household).decide(0, Place::Person(0));
    assert_eq!(decided.answer, rules::Answer::CannotSay, "what nobody gives is not known");
    let wage = rules.person.iter().position(|fact| fact.name == "wage").expect("it is an input");
    household.facts_mut(Place::Person(0)).set(wage, Some(10_000), None);
    assert_eq!(Row::new(&rules, imported.on, &household).decide(0, Place::Person(0)).answer, rules::Answer::Yes);
}

#[test]
fn what_tests_ask_for_is_listed_once() {
    let system = System::read("country", COUNTRY).expect("it is sound");
    let tests =
        "- {period: 2021-03, output: {tax: 1, age: 2}}\n- {period: 2021-03, output: {tax: 2, aid: {2021-04: 1}}}";
    let situations = read_situations("test.yaml", tests).expect("they are sound");
    let asked: Vec<String> =
        asked(&system, &situations).into_iter().map(|(_, (name, period))| format!("{name} {period}")).collect();
    assert_eq!(asked, ["age month:2021-03-01", "aid month:2021-04-01", "tax month:2021-03-01"]);
}
