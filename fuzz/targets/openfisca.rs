//! OpenFisca's files: parameters and tests in YAML, and what was brought over of formulas. What is read is run.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use rules::openfisca::{Parameters, System, Warnings, asked, judge, read_situations};

/// A country with a variable of each type, of a person and of a household.
const COUNTRY: &str = "person\tperson\tpersons\ngroup\thousehold\thouseholds\nrole\tadult\tadults\t2\nrole\tchild\tchildren\t\n\
    variable\t\tsalary\tperson\tfloat\t\tmonth\tdivide\t0\t\tSalary\n\
    variable\t\tbirth\tperson\tdate\t\teternity\t\t1970-01-01\t\tBirth\n\
    variable\t\tage\tperson\tint\t\tmonth\t\t0\tcomputed\tAge\n\
    variable\t\thome\thousehold\tenum\tHome:own|let\tmonth\tdispatch\tlet\t\tHome\n\
    variable\t\taid\thousehold\tfloat\t\tmonth\t\t0\tcomputed\tAid\n\
    formula\t\tage\tmonth:2017-01-01\tperson\t(2017 - (year of ⟦v birth eternity⟧))\n\
    formula\t\taid\tmonth:2017-01-01\thousehold\t(if ⟦e home month:2017-01-01 let⟧ then (sum ⟦v salary month:2017-01-01⟧ over members) * ⟦p rate 2017-01-01⟧ else 0)\n";

fuzz_target!(|text: &str| {
    let mut warnings = Warnings::default();
    let read = Parameters::read([(Path::new("rate.yaml"), text)], &mut warnings);
    let parameters = read.unwrap_or_else(|_| {
        Parameters::of_text("rate", "rate: {values: {2010-01-01: 0.25}}").expect("it is sound")
    });
    let country = System::read("country", COUNTRY).expect("it is sound");
    let situations = read_situations("tests.yaml", text).unwrap_or_default();
    let _ = asked(&country, &situations);
    for situation in &situations {
        let _ = judge(&country, &parameters, situation, &mut warnings);
    }
    // Formulas as they were brought over, with whatever stands in them.
    if let Ok(system) = System::read("brought", &format!("{COUNTRY}{text}")) {
        let test = "- {period: 2017-01, input: {salary: [1, 2]}, output: {aid: [0, 0], age: 1}}";
        for situation in &read_situations("tests.yaml", test).expect("it is sound") {
            let _ = judge(&system, &parameters, situation, &mut warnings);
        }
    }
});
