//! Tests as OpenFisca writes them: who is there, what is given, and what must come out.

use std::collections::{BTreeMap, HashMap};

use super::Unreadable;
use super::period::{Period, Unit};
use super::system::{Spread, System, Variable};
use super::yaml::{Decimal, Is, Yaml};
use crate::syntax::Entity;

/// The most persons of one test.
const PERSONS_MAX: usize = 10_000;

/// One test as it stands in its file.
#[derive(Clone, Debug)]
pub struct Situation {
    /// The file.
    pub file: String,
    /// Its line there.
    pub line: usize,
    /// What it is called.
    pub name: String,
    /// The period of whatever names none.
    pub period: Option<Period>,
    /// The reforms it is under, by their paths, in order.
    pub reforms: String,
    /// Parameters that it puts in the place of all others.
    pub parameters: Option<Yaml>,
    /// By how much a value may differ.
    pub margins: Margins,
    /// What is given.
    pub input: Yaml,
    /// What must come out.
    pub output: Yaml,
}

/// By how much a value may differ: for all variables, or for one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Margins {
    absolute: BTreeMap<String, f64>,
    relative: BTreeMap<String, f64>,
}

impl Margins {
    /// Absolute and relative margin of a variable. Without either, the values must be equal.
    pub fn of(&self, variable: &str) -> (Option<f64>, Option<f64>) {
        let find = |of: &BTreeMap<String, f64>| of.get(variable).or_else(|| of.get("default")).copied();
        match (find(&self.absolute), find(&self.relative)) {
            (None, None) => (Some(0.0), None),
            both => both,
        }
    }
}

const KEYS: [&str; 13] = [
    "name",
    "description",
    "keywords",
    "period",
    "input",
    "output",
    "reforms",
    "extensions",
    "parameters",
    "absolute_error_margin",
    "relative_error_margin",
    "max_spiral_loops",
    "options",
];

/// The tests of a file.
pub fn read(file: &str, text: &str) -> Result<Vec<Situation>, Unreadable> {
    let yaml = Yaml::read(file, text)?;
    match &yaml.is {
        Is::List(items) => items.iter().map(|item| situation(file, item)).collect(),
        Is::Map(_) => Ok(vec![situation(file, &yaml)?]),
        Is::Scalar(..) if yaml.is_null() => Ok(vec![]),
        Is::Scalar(..) => Err(Unreadable::new(file, yaml.line, "neither a test nor a list of tests")),
    }
}

fn situation(file: &str, yaml: &Yaml) -> Result<Situation, Unreadable> {
    let wrong = |line: usize, what: String| Unreadable::new(file, line, what);
    let entries = yaml.map().ok_or_else(|| wrong(yaml.line, "a test names what is given and what comes out".into()))?;
    if let Some((name, value)) = entries.iter().find(|(name, _)| !KEYS.contains(&name.as_str())) {
        return Err(wrong(value.line, format!("a test says nothing called {name:?}")));
    }
    let text = |name: &str| yaml.get(name).and_then(Yaml::text).map(str::to_owned);
    let period = match text("period") {
        Some(text) => Some(Period::parse(&text).ok_or_else(|| wrong(yaml.line, format!("{text:?} is no period")))?),
        None => None,
    };
    let reforms = match yaml.get("reforms") {
        Some(Yaml { is: Is::List(items), .. }) => items.iter().filter_map(Yaml::text).collect::<Vec<_>>().join(","),
        Some(one) => one.text().unwrap_or_default().to_owned(),
        None => String::new(),
    };
    let margin = |name: &str| -> Result<BTreeMap<String, f64>, Unreadable> {
        let Some(margin) = yaml.get(name).filter(|margin| !margin.is_null()) else { return Ok(BTreeMap::new()) };
        let one = |yaml: &Yaml| {
            let number = yaml.text().and_then(Decimal::parse).map(Decimal::float);
            number.ok_or_else(|| wrong(yaml.line, format!("{name} is a number")))
        };
        match &margin.is {
            Is::Map(each) => each.iter().map(|(name, value)| Ok((name.clone(), one(value)?))).collect(),
            Is::Scalar(..) | Is::List(_) => Ok(BTreeMap::from([("default".to_owned(), one(margin)?)])),
        }
    };
    let output =
        yaml.get("output").ok_or_else(|| wrong(yaml.line, "a test says what must come out: `output`".into()))?;
    let empty = Yaml { line: yaml.line, is: Is::Map(vec![]) };
    Ok(Situation {
        file: file.to_owned(),
        line: yaml.line,
        name: text("name").unwrap_or_default(),
        period,
        reforms,
        parameters: yaml.get("parameters").cloned(),
        margins: Margins { absolute: margin("absolute_error_margin")?, relative: margin("relative_error_margin")? },
        input: yaml.get("input").filter(|input| !input.is_null()).cloned().unwrap_or(empty),
        output: output.clone(),
    })
}

/// A group and its members, each with the place of his role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What it is called.
    pub name: String,
    /// Its members.
    pub members: Vec<(usize, usize)>,
}

/// A value that is given or must come out: one text, quoted or not.
pub type Said = (String, bool);

/// Everybody in a test, and what is said of them.
#[derive(Clone, Debug, Default)]
pub struct Bound {
    /// Persons by name.
    pub persons: Vec<String>,
    /// Groups.
    pub groups: Vec<Group>,
    /// What is given: for each variable and period a value for each person or group, where it is given.
    pub given: BTreeMap<(String, Period), Vec<Option<Said>>>,
    /// What must come out.
    pub expected: Vec<Expected>,
}

/// What must come out.
#[derive(Clone, Debug)]
pub struct Expected {
    /// Of which variable.
    pub variable: String,
    /// For which period.
    pub period: Period,
    /// Of which person or group; of all of them where it does not say.
    pub of: Option<usize>,
    /// One value for all, or one for each.
    pub values: Vec<Said>,
}

impl Bound {
    /// How many persons or groups.
    pub fn count(&self, entity: Entity) -> usize {
        match entity {
            Entity::Person => self.persons.len(),
            Entity::Household => self.groups.len(),
        }
    }
}

impl Situation {
    /// Brings a test together with what its country declares. Errors: the reason why it cannot be run.
    pub fn bind(&self, system: &System) -> Result<Bound, String> {
        let mut binder = Binder { situation: self, system, bound: Bound::default(), waiting: vec![] };
        binder.population()?;
        binder.spread()?;
        binder.outputs()?;
        Ok(binder.bound)
    }
}

struct Binder<'s> {
    situation: &'s Situation,
    system: &'s System,
    bound: Bound,
    /// What is given, before it is spread over shorter periods: variable, period, whose, value.
    waiting: Vec<(String, Period, usize, Said)>,
}

impl<'s> Binder<'s> {
    fn variable(&self, name: &str) -> Result<&'s Variable, String> {
        let known = self.system.variable(&self.situation.reforms, name);
        known.ok_or_else(|| format!("names `{name}`, which is neither a variable nor an entity"))
    }

    fn population(&mut self) -> Result<(), String> {
        let input: &'s [(String, Yaml)] = self.situation.input.map().ok_or("its input is no list by name")?;
        let system = self.system;
        let names = [&system.person.1, &system.group.0, &system.group.1];
        let flat = input.iter().all(|(name, _)| !names.contains(&name));
        if flat {
            return self.flat(input);
        }
        let axes = input.iter().any(|(name, _)| name == "axes");
        if axes {
            return Err("makes its persons along axes".to_owned());
        }
        let find = |key: &str| input.iter().find(|(name, _)| name == key).map(|(_, value)| value);
        let persons = find(&system.person.1).and_then(Yaml::map).ok_or("names groups, but no persons")?;
        if persons.len() > PERSONS_MAX {
            return Err(format!("more than {PERSONS_MAX} persons"));
        }
        self.bound.persons = persons.iter().map(|(name, _)| name.clone()).collect();
        for (at, (_, values)) in persons.iter().enumerate() {
            self.values(values.map().unwrap_or(&[]), Entity::Person, at)?;
        }
        let mut groups: Vec<(String, &'s [(String, Yaml)])> = vec![];
        if let Some(one) = find(&system.group.0) {
            groups.push((system.group.0.clone(), one.map().unwrap_or(&[])));
        }
        if let Some(many) = find(&system.group.1).and_then(Yaml::map) {
            groups.extend(many.iter().map(|(name, one)| (name.clone(), one.map().unwrap_or(&[]))));
        }
        self.groups(&groups)?;
        let stray = input.iter().find(|(name, _)| !names.contains(&name));
        match stray {
            Some((name, _)) if self.system.variable(&self.situation.reforms, name).is_none() => {
                Err(format!("names `{name}`, a group of another kind"))
            }
            // OpenFisca passes over variables beside a group that is named alone.
            Some(_) if find(&system.group.0).is_some() => Ok(()),
            Some((name, _)) => Err(format!("gives `{name}` beside entities")),
            None => Ok(()),
        }
    }

    /// Variables alone: as many persons as the first has values, each in a group of his own.
    fn flat(&mut self, input: &'s [(String, Yaml)]) -> Result<(), String> {
        let values = |yaml: &Yaml| match &yaml.is {
            Is::Map(dated) => dated.first().and_then(|(_, value)| value.list()).map_or(1, <[Yaml]>::len),
            Is::List(items) => items.len(),
            Is::Scalar(..) => 1,
        };
        let count = input.first().map_or(1, |(_, value)| values(value));
        if count == 0 || count > PERSONS_MAX {
            return Err(format!("its first variable has {count} values"));
        }
        self.bound.persons = (0..count).map(|at| at.to_string()).collect();
        self.bound.groups = (0..count).map(|at| Group { name: at.to_string(), members: vec![(at, 0)] }).collect();
        for (name, value) in input {
            for (period, value) in self.dated(name, value)? {
                match value.list() {
                    Some(items) if items.len() == count => {
                        for (at, item) in items.iter().enumerate() {
                            self.wait(name, period, at, item)?;
                        }
                    }
                    Some(items) => return Err(format!("`{name}` has {} values for {count}", items.len())),
                    None => {
                        for at in 0..count {
                            self.wait(name, period, at, value)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn groups(&mut self, groups: &[(String, &'s [(String, Yaml)])]) -> Result<(), String> {
        let mut member_of: HashMap<usize, String> = HashMap::new();
        for (place, (name, entries)) in groups.iter().enumerate() {
            let mut members = vec![];
            let mut rest = vec![];
            for (key, value) in *entries {
                let role = self.system.roles.iter().position(|role| role.plural == *key || role.key == *key);
                let Some(role) = role else {
                    rest.push((key.clone(), value.clone()));
                    continue;
                };
                let ids: Vec<&Yaml> = match &value.is {
                    Is::List(items) => items.iter().collect(),
                    Is::Scalar(..) if value.is_null() => vec![],
                    Is::Scalar(..) => vec![value],
                    Is::Map(_) => return Err(format!("`{key}` of {name} is no list of persons")),
                };
                if self.system.roles[role].most.is_some_and(|most| ids.len() > most) {
                    return Err(format!("{} persons are `{key}` of {name}", ids.len()));
                }
                for id in ids {
                    let id = id.text().unwrap_or_default();
                    let person = self.bound.persons.iter().position(|one| one == id);
                    let person = person.ok_or_else(|| format!("`{id}` of {name} is not among its persons"))?;
                    if let Some(other) = member_of.insert(person, name.clone()) {
                        return Err(format!("`{id}` lives in {other} and in {name}"));
                    }
                    members.push((person, role));
                }
            }
            self.bound.groups.push(Group { name: name.clone(), members });
            let kept: Vec<(String, Yaml)> = rest;
            self.group_values(&kept, place)?;
        }
        // Who is in no group has one of his own, with the first role.
        for person in 0..self.bound.persons.len() {
            if !member_of.contains_key(&person) {
                let name = self.bound.persons[person].clone();
                self.bound.groups.push(Group { name, members: vec![(person, 0)] });
            }
        }
        Ok(())
    }

    fn group_values(&mut self, entries: &[(String, Yaml)], at: usize) -> Result<(), String> {
        for (name, value) in entries {
            let of = self.variable(name)?.entity;
            if of != Entity::Household {
                return Err(format!("gives `{name}` of a person to a group"));
            }
            for (period, value) in self.dated(name, value)? {
                self.wait(name, period, at, value)?;
            }
        }
        Ok(())
    }

    fn values(&mut self, entries: &[(String, Yaml)], entity: Entity, at: usize) -> Result<(), String> {
        for (name, value) in entries {
            if self.variable(name)?.entity != entity {
                return Err(format!("gives `{name}` of a group to a person"));
            }
            for (period, value) in self.dated(name, value)? {
                self.wait(name, period, at, value)?;
            }
        }
        Ok(())
    }

    /// A value by period, or one for the period of the test.
    fn dated<'y>(&self, name: &str, value: &'y Yaml) -> Result<Vec<(Period, &'y Yaml)>, String> {
        if let Is::Map(entries) = &value.is {
            let period = |text: &str| Period::parse(text).ok_or_else(|| format!("`{name}` is for {text:?}, no period"));
            return entries.iter().map(|(text, value)| Ok((period(text)?, value))).collect();
        }
        match self.situation.period {
            Some(period) => Ok(vec![(period, value)]),
            None if self.variable(name)?.unit == Unit::Eternity => Ok(vec![(Period::ETERNITY, value)]),
            None => Err(format!("`{name}` is for no period")),
        }
    }

    fn wait(&mut self, name: &str, period: Period, at: usize, value: &Yaml) -> Result<(), String> {
        self.variable(name)?;
        if value.is_null() {
            return Ok(());
        }
        let Is::Scalar(text, plain) = &value.is else {
            return Err(format!("`{name}` is given several values for one"));
        };
        self.waiting.push((name.to_owned(), period, at, (text.clone(), !*plain)));
        Ok(())
    }

    /// Values for longer periods become values for those of the variable; the shortest are taken first.
    fn spread(&mut self) -> Result<(), String> {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_by_key(|(_, period, ..)| (period.unit, period.count));
        // A value for one sets the others of that period to what they are where nobody says.
        for (name, period, at, said) in waiting {
            let variable = self.variable(&name)?;
            let count = self.bound.count(variable.entity);
            let mut set = |period: Period, said: Said| {
                let values = self.bound.given.entry((name.clone(), period)).or_insert_with(|| vec![None; count]);
                if let Some(value) = values.get_mut(at) {
                    *value = Some(said);
                }
            };
            if variable.unit == Unit::Eternity {
                set(Period::ETERNITY, said);
            } else if period.unit == variable.unit && period.count == 1 {
                set(period, said);
            } else {
                let none = || format!("gives `{name}` for {period}, and it is for a {}", variable.unit);
                let parts = period.parts(variable.unit).ok_or_else(none)?;
                match variable.spread {
                    Spread::None => return Err(none()),
                    Spread::Dispatch => {
                        for part in parts {
                            if !self.is_given(&name, part, at) {
                                self.put(&name, part, at, count, said.clone());
                            }
                        }
                    }
                    Spread::Divide => {
                        let total = Decimal::parse(&said.0).ok_or_else(|| format!("`{name}` cannot be shared out"))?;
                        let open: Vec<Period> =
                            parts.iter().copied().filter(|part| !self.is_given(&name, *part, at)).collect();
                        let taken: f64 = parts.iter().filter_map(|part| self.number(&name, *part, at)).sum();
                        if open.is_empty() {
                            continue;
                        }
                        let each = (total.float() - taken) / open.len() as f64;
                        for part in open {
                            self.put(&name, part, at, count, (format!("{each}"), false));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn is_given(&self, name: &str, period: Period, at: usize) -> bool {
        let values = self.bound.given.get(&(name.to_owned(), period));
        values.is_some_and(|values| values.get(at).is_some_and(Option::is_some))
    }

    fn number(&self, name: &str, period: Period, at: usize) -> Option<f64> {
        let (text, _) = self.bound.given.get(&(name.to_owned(), period))?.get(at)?.as_ref()?;
        Decimal::parse(text).map(Decimal::float)
    }

    fn put(&mut self, name: &str, period: Period, at: usize, count: usize, said: Said) {
        let values = self.bound.given.entry((name.to_owned(), period)).or_insert_with(|| vec![None; count]);
        if let Some(value) = values.get_mut(at) {
            *value = Some(said);
        }
    }

    fn outputs(&mut self) -> Result<(), String> {
        let output = self.situation.output.map().ok_or("its output is no list by name")?;
        let system = self.system;
        for (name, value) in output {
            if *name == system.person.1 || *name == system.group.1 {
                for (id, values) in value.map().unwrap_or(&[]) {
                    let at = match *name == system.person.1 {
                        true => self.bound.persons.iter().position(|one| one == id),
                        false => self.bound.groups.iter().position(|one| one.name == *id),
                    };
                    let at = at.ok_or_else(|| format!("expects something of `{id}`, who is not there"))?;
                    for (name, value) in values.map().unwrap_or(&[]) {
                        self.expect(name, value, Some(at))?;
                    }
                }
            } else if *name == system.group.0 || *name == system.person.0 {
                for (name, value) in value.map().unwrap_or(&[]) {
                    self.expect(name, value, None)?;
                }
            } else {
                self.expect(name, value, None)?;
            }
        }
        Ok(())
    }

    fn expect(&mut self, name: &str, value: &Yaml, of: Option<usize>) -> Result<(), String> {
        let variable = self.variable(name)?;
        for (period, value) in self.dated(name, value)? {
            let said = |yaml: &Yaml| match &yaml.is {
                Is::Scalar(text, plain) => Ok((text.clone(), !*plain)),
                Is::List(_) | Is::Map(_) => Err(format!("expects no single value of `{name}`")),
            };
            let values = match &value.is {
                Is::List(items) => items.iter().map(said).collect::<Result<Vec<_>, _>>()?,
                Is::Scalar(..) | Is::Map(_) => vec![said(value)?],
            };
            let count = if of.is_some() { 1 } else { self.bound.count(variable.entity) };
            if values.len() != 1 && values.len() != count {
                return Err(format!("expects {} values of `{name}`, of which there are {count}", values.len()));
            }
            let period = if variable.unit == Unit::Eternity { Period::ETERNITY } else { period };
            if value.is_null() {
                continue;
            }
            self.bound.expected.push(Expected { variable: name.to_owned(), period, of, values });
        }
        Ok(())
    }
}
