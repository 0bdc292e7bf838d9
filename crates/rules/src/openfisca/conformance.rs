//! OpenFisca's own tests against the imported formulas: each through the checker and both evaluators.

use std::collections::BTreeMap;

use super::imported::{Asked, Imported, Named, import};
use super::parameters::Parameters;
use super::period::instant;
use super::situations::{Bound, Expected, Group, Said, Situation};
use super::system::{System, Type, Variable};
use super::yaml::Decimal;
use super::{Unreadable, Warnings};
use crate::check::check;
use crate::columns::{Registry, values};
use crate::facts::{Facts, Household, Place};
use crate::kind::Kind;
use crate::model::{Fact, RATIO_DEN, Rules};
use crate::row::Row;
use crate::source::Source;
use crate::syntax::Entity;
use crate::value::{day_number, day_of, exact};

/// What came of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything comes out as it says, in both evaluators: so many values.
    Passed(usize),
    /// Something comes out otherwise.
    Failed(String),
    /// It cannot be run, and why.
    Skipped(String),
}

/// Which variables for which periods the tests ask for, each with the reforms it is under.
pub fn asked(system: &System, situations: &[Situation]) -> Vec<(String, Asked)> {
    let mut out: Vec<(String, Asked)> = situations
        .iter()
        .filter_map(|situation| Some((situation, situation.bind(system).ok()?)))
        .flat_map(|(situation, bound)| {
            let each = bound.expected.into_iter();
            each.map(|one| (situation.reforms.clone(), (one.variable, one.period))).collect::<Vec<_>>()
        })
        .collect();
    out.sort();
    out.dedup();
    out
}

/// Runs a test. `parameters` are those of its country under its reforms.
pub fn judge(
    system: &System,
    parameters: &Parameters,
    situation: &Situation,
    warnings: &mut Warnings,
) -> Result<Verdict, Unreadable> {
    let own = match &situation.parameters {
        Some(yaml) => Some(Parameters::of(&situation.file, yaml, &mut Warnings::default())?),
        None => None,
    };
    let parameters = own.as_ref().unwrap_or(parameters);
    let bound = match situation.bind(system) {
        Ok(bound) => bound,
        Err(why) => return Ok(Verdict::Skipped(why)),
    };
    Ok(match ready(system, parameters, situation, &bound) {
        Err(why) => Verdict::Skipped(why),
        Ok((imported, rules)) => {
            let run = Run { system, situation, bound: &bound, imported, rules };
            run.judged(warnings)
        }
    })
}

/// The package for a test, checked.
fn ready(
    system: &System,
    parameters: &Parameters,
    situation: &Situation,
    bound: &Bound,
) -> Result<(Imported, Rules), String> {
    let wanted: Vec<Asked> = bound.expected.iter().map(|one| (one.variable.clone(), one.period)).collect();
    let whole = |values: &Vec<Option<Said>>| {
        let is_whole = |said: &Said| Decimal::parse(&said.0).is_none_or(|number| number.scale == 0);
        values.iter().flatten().all(is_whole)
    };
    let given: BTreeMap<Asked, bool> =
        bound.given.iter().map(|(asked, values)| (asked.clone(), whole(values))).collect();
    let imported = import(system, &situation.reforms, parameters, &wanted, &given)?;
    let source = Source { name: situation.file.clone(), text: imported.text.clone() };
    match check(vec![source]) {
        Ok(rules) => Ok((imported, rules)),
        Err(wrong) => {
            let first = wrong.first().map_or_else(String::new, |one| format!("{}: {}", one.code, one.title.en));
            Err(format!("the checker refuses it: {first}"))
        }
    }
}

struct Run<'s> {
    system: &'s System,
    situation: &'s Situation,
    bound: &'s Bound,
    imported: Imported,
    rules: Rules,
}

impl Run<'_> {
    fn judged(mut self, warnings: &mut Warnings) -> Verdict {
        let households = match self.households(warnings) {
            Ok(households) => households,
            Err(why) => return Verdict::Skipped(why),
        };
        let (mut registry, mut compared) = (Registry::new(&self.rules), 0);
        households.iter().for_each(|one| registry.push(one));
        for expected in &self.bound.expected.clone() {
            match self.expected(&households, &registry, expected) {
                Ok(None) => {
                    let all = self.system.variable(&self.situation.reforms, &expected.variable);
                    let all = all.map_or(0, |variable| self.bound.count(variable.entity));
                    compared += if expected.of.is_some() { 1 } else { all };
                }
                Ok(Some(differs)) => return Verdict::Failed(differs),
                Err(why) => return Verdict::Skipped(why),
            }
        }
        if compared == 0 { Verdict::Skipped("expects nothing".to_owned()) } else { Verdict::Passed(compared) }
    }

    /// The place of a person, or of a group by itself.
    fn place(&self, entity: Entity, at: usize) -> Option<(usize, Place)> {
        match entity {
            Entity::Household => Some((at, Place::Household)),
            Entity::Person => self.bound.groups.iter().enumerate().find_map(|(home, group)| {
                let within = self.members(group).iter().position(|(person, _)| *person == at)?;
                Some((home, Place::Person(within)))
            }),
        }
    }

    /// Members in the order in which the test names persons.
    fn members(&self, group: &Group) -> Vec<(usize, usize)> {
        let mut members = group.members.clone();
        members.sort_unstable();
        members
    }

    fn households(&mut self, warnings: &mut Warnings) -> Result<Vec<Household>, String> {
        let mut out = vec![];
        for group in &self.bound.groups {
            let members = self.members(group);
            let names = members.iter().map(|(person, _)| self.bound.persons[*person].clone());
            let mut household = Household::unknown(&self.rules, &group.name, names);
            if let Some(role) = self.rules.role() {
                for (within, (_, at)) in members.iter().enumerate() {
                    household.facts_mut(Place::Person(within)).set(role, i64::try_from(*at).ok(), None);
                }
            }
            out.push(household);
        }
        let mut inputs: Vec<(Asked, Named)> = self
            .imported
            .names
            .iter()
            .filter(|(_, named)| named.is_input)
            .map(|(a, n)| (a.clone(), n.clone()))
            .collect();
        inputs.sort_by(|a, b| a.0.cmp(&b.0));
        for ((name, period), named) in inputs {
            let Some(variable) = self.system.variable(&self.situation.reforms, &name) else { continue };
            let Some(fact) = self.rules.facts(named.entity).iter().position(|fact| fact.name == named.name) else {
                return Err(format!("`{name}` is no input"));
            };
            let kind = self.rules.facts(named.entity)[fact].kind;
            for at in 0..self.bound.count(named.entity) {
                let given = self.bound.given.get(&(name.clone(), period)).and_then(|values| values.get(at)?.as_ref());
                warnings.defaults += usize::from(given.is_none());
                let default = (variable.default.clone(), true);
                let (said, source) = given.map_or((&default, "default"), |said| (said, "given"));
                let value = self.held(variable, kind, said, warnings);
                let value = value.ok_or_else(|| format!("{:?} is no value of `{name}`", said.0))?;
                let Some((home, place)) = self.place(named.entity, at) else { continue };
                household_facts(&mut out, home, place).set(fact, Some(value), Some(source.to_owned()));
            }
        }
        Ok(out)
    }

    /// A value in the parts of its kind.
    fn held(&mut self, variable: &Variable, kind: Kind, said: &Said, warnings: &mut Warnings) -> Option<i64> {
        let text = said.0.trim();
        let number =
            || Decimal::parse(text).or_else(|| truth(text).map(|yes| Decimal { units: i64::from(yes), scale: 0 }));
        match (&variable.kind, kind) {
            (Type::YesNo, _) => truth(text).or_else(|| number().map(|number| number.units != 0)).map(i64::from),
            (Type::Date, _) => instant(text).map(|(date, _)| day_number(date)),
            (Type::Text, _) => i64::try_from(self.text_code(text)).ok(),
            (Type::Options(_, items), _) => {
                items.iter().position(|item| item == text).and_then(|at| i64::try_from(at).ok())
            }
            (Type::Whole, _) => number().map(|number| number.float() as i64),
            (Type::Number, kind) => {
                let number = number().or_else(|| text.parse().ok().and_then(nearest))?;
                exact(number.units, number.scale, kind.den()).or_else(|| {
                    warnings.rounded += 1;
                    let held = (number.float() * kind.den() as f64).round();
                    (held.abs() < 9e18).then_some(held as i64)
                })
            }
        }
    }

    fn text_code(&mut self, text: &str) -> usize {
        let texts = &mut self.imported.texts;
        match texts.iter().position(|known| known == text) {
            Some(at) => at + 1,
            None => {
                texts.push(text.to_owned());
                texts.len()
            }
        }
    }

    /// What differs; nothing where it comes out as expected.
    fn expected(
        &self,
        households: &[Household],
        registry: &Registry,
        expected: &Expected,
    ) -> Result<Option<String>, String> {
        let (name, period) = (&expected.variable, expected.period);
        let named = self.imported.names.get(&(name.clone(), period)).ok_or_else(|| format!("`{name}` is not there"))?;
        let variable =
            self.system.variable(&self.situation.reforms, name).ok_or_else(|| format!("`{name}` is unknown"))?;
        let formula = self
            .rules
            .lets
            .iter()
            .position(|one| one.name == named.name && one.entity == named.entity && !named.is_input);
        let column = formula.map(|at| values(&self.rules, self.imported.on, registry, at));
        let places: Vec<usize> = match expected.of {
            Some(at) => vec![at],
            None => (0..self.bound.count(named.entity)).collect(),
        };
        for (at, said) in places.iter().zip(expected.values.iter().cycle()) {
            let Some((home, place)) = self.place(named.entity, *at) else { return Err("nobody is there".to_owned()) };
            let household = &households[home];
            let mut row = Row::new(&self.rules, self.imported.on, household);
            let (value, kind) = match formula {
                Some(formula) => (row.named(formula, place), self.rules.lets[formula].kind),
                None => {
                    let facts: &[Fact] = self.rules.facts(named.entity);
                    let fact = facts.iter().position(|fact| fact.name == named.name).ok_or("it is not there")?;
                    let value = household.facts(place).get(fact);
                    (value.ok_or_else(crate::facts::Gaps::new), facts[fact].kind)
                }
            };
            if let Some(column) = &column {
                let row = match place {
                    Place::Household => home,
                    Place::Person(within) => registry.members(home..home + 1).start + within,
                };
                let other = column.get(row).copied().flatten();
                if other != value.as_ref().ok().copied() {
                    return Ok(Some(format!("`{name}`: the evaluators differ: {value:?} and {other:?}")));
                }
            }
            let Ok(value) = value else {
                let teller = crate::proof::Teller { row: &row, language: crate::wording::Language::En };
                let gaps = value.err().unwrap_or_default();
                let gaps = gaps.iter().map(|gap| teller.gap(gap)).collect::<Vec<_>>().join("; ");
                return Err(format!("`{name}` cannot be said: {gaps}"));
            };
            if !self.agrees((name, variable), kind, value, said) {
                let told = self.told(variable, kind, value);
                return Ok(Some(format!("`{name}` for {period} is {told}, and not {}", said.0)));
            }
        }
        Ok(None)
    }

    fn agrees(&self, (name, variable): (&str, &Variable), kind: Kind, value: i64, said: &Said) -> bool {
        let text = said.0.trim();
        match &variable.kind {
            Type::Date => instant(text).is_some_and(|(date, _)| day_number(date) == value),
            Type::Text => self.text(value) == Some(text),
            Type::Options(_, items) => {
                usize::try_from(value).ok().and_then(|at| items.get(at)).is_some_and(|one| one == text)
            }
            Type::YesNo | Type::Whole | Type::Number => {
                let wanted = truth(text).map(|yes| f64::from(u8::from(yes))).or_else(|| arithmetic(text));
                let Some(wanted) = wanted else { return false };
                // As OpenFisca compares: both as its own numbers of 32 bits.
                let (is, wanted) = (((value as f64) / kind.den() as f64) as f32, wanted as f32);
                let apart = f64::from((is - wanted).abs());
                let (absolute, relative) = self.situation.margins.of(name);
                absolute.is_none_or(|most| apart <= f64::from(most as f32).max(most))
                    && relative.is_none_or(|most| apart <= (most * f64::from(wanted)).abs())
            }
        }
    }

    fn text(&self, value: i64) -> Option<&str> {
        let at = usize::try_from(value).ok()?.checked_sub(1)?;
        self.imported.texts.get(at).map(String::as_str)
    }

    fn told(&self, variable: &Variable, kind: Kind, value: i64) -> String {
        match &variable.kind {
            Type::Date => day_of(value).map(|day| day.to_string()).unwrap_or_default(),
            Type::Text => self.text(value).unwrap_or_default().to_owned(),
            Type::Options(_, items) => {
                usize::try_from(value).ok().and_then(|at| items.get(at)).cloned().unwrap_or_default()
            }
            Type::YesNo => (if value == 1 { "yes" } else { "no" }).to_owned(),
            Type::Whole | Type::Number => format!("{}", value as f64 / kind.den() as f64),
        }
    }
}

fn household_facts(households: &mut [Household], home: usize, place: Place) -> &mut Facts {
    households[home].facts_mut(place)
}

fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// A floating-point number to the parts in which ratios are held.
fn nearest(float: f64) -> Option<Decimal> {
    let units = (float * RATIO_DEN as f64).round();
    (units.abs() < 9e18).then_some(Decimal { units: units as i64, scale: RATIO_DEN.ilog10() })
}

/// `600 - 200 / 12`, as OpenFisca lets tests write what they expect.
fn arithmetic(text: &str) -> Option<f64> {
    let mut rest = text.trim();
    let value = sum(&mut rest, 0)?;
    rest.trim().is_empty().then_some(value)
}

const DEPTH_MAX: usize = 20;

fn sum(rest: &mut &str, depth: usize) -> Option<f64> {
    let mut value = product(rest, depth)?;
    loop {
        match rest.trim_start().chars().next() {
            Some(sign @ ('+' | '-')) => {
                *rest = &rest.trim_start()[1..];
                let next = product(rest, depth)?;
                value = if sign == '+' { value + next } else { value - next };
            }
            _ => return Some(value),
        }
    }
}

fn product(rest: &mut &str, depth: usize) -> Option<f64> {
    let mut value = single(rest, depth)?;
    loop {
        match rest.trim_start().chars().next() {
            Some(sign @ ('*' | '/')) => {
                *rest = &rest.trim_start()[1..];
                let next = single(rest, depth)?;
                value = if sign == '*' { value * next } else { value / next };
            }
            _ => return Some(value),
        }
    }
}

fn single(rest: &mut &str, depth: usize) -> Option<f64> {
    if depth > DEPTH_MAX {
        return None;
    }
    let text = rest.trim_start();
    if let Some(inner) = text.strip_prefix('(') {
        *rest = inner;
        let value = sum(rest, depth + 1)?;
        *rest = rest.trim_start().strip_prefix(')')?;
        return Some(value);
    }
    if let Some(inner) = text.strip_prefix('-') {
        *rest = inner;
        return single(rest, depth + 1).map(|value| -value);
    }
    let digits = |c: char| c.is_ascii_digit() || c == '.' || c == '_' || c == 'e' || c == 'E';
    let length = text.find(|c| !digits(c)).unwrap_or(text.len());
    *rest = &text[length..];
    text[..length].replace('_', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tests_expect_is_computed() {
        for (text, value) in
            [("600 - 200 / 12", Some(583.333_333_333_333_4)), ("100*0.1", Some(10.0)), ("-3", Some(-3.0))]
        {
            assert_eq!(arithmetic(text), value, "{text}");
        }
        assert_eq!(arithmetic("(1 + 2) * 3"), Some(9.0));
        for text in ["", "1 +", "(1", "tenant", "1 2"] {
            assert_eq!(arithmetic(text), None, "{text}");
        }
        assert_eq!(arithmetic(&"(".repeat(100)), None);
    }
}
