//! The columnar evaluator: arrays of facts, segments for households, a thousand households at a time on each core.
//!
//! It says what is known and what is not; for what is missing, the plain evaluator is asked about those alone.

mod arrays;
mod chunk;
mod looked_at;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use civil::Date;

use crate::exact::{Answers, NONE};
use crate::facts::{Facts, Household};
use crate::kind::Kind;
use crate::model::{Decision, Fact, Rules};
use crate::syntax::{Answer, Entity};
use crate::value::day_number;
use chunk::Chunk;

/// How many households are computed at a time: their columns then stay near the core.
const HOUSEHOLDS: usize = 1024;
/// What stands in a narrow column where nothing is known.
const NARROW_NONE: u8 = u8::MAX;

/// The values of one fact.
#[derive(Clone, Debug)]
pub enum Column {
    /// Numbers and days; [`NONE`] where not known.
    Wide(Vec<i64>),
    /// Yes or no, and options; 255 where not known.
    Narrow(Vec<u8>),
}

impl Column {
    /// An empty column for a fact.
    pub fn of(fact: &Fact) -> Self {
        match fact.kind {
            Kind::Number { .. } | Kind::Date => Column::Wide(vec![]),
            Kind::YesNo | Kind::Options(_) => Column::Narrow(vec![]),
        }
    }

    /// So many values of the same fact, none of them known.
    pub fn unknown(&self, rows: usize) -> Self {
        match self {
            Column::Wide(_) => Column::Wide(vec![NONE; rows]),
            Column::Narrow(_) => Column::Narrow(vec![NARROW_NONE; rows]),
        }
    }

    /// Another value in a place.
    pub fn set(&mut self, at: usize, value: Option<i64>) {
        match self {
            Column::Wide(values) => values[at] = value.unwrap_or(NONE),
            Column::Narrow(values) => values[at] = narrow(value),
        }
    }

    /// One more value.
    pub fn push(&mut self, value: Option<i64>) {
        match self {
            Column::Wide(values) => values.push(value.unwrap_or(NONE)),
            Column::Narrow(values) => {
                values.push(narrow(value));
            }
        }
    }

    /// A value, if it is known.
    pub fn get(&self, at: usize) -> Option<i64> {
        match self {
            Column::Wide(values) => values.get(at).copied().filter(|value| *value != NONE),
            Column::Narrow(values) => values.get(at).copied().filter(|value| *value != NARROW_NONE).map(i64::from),
        }
    }

    /// The same values in this order.
    pub fn ordered(self, order: &[u32]) -> Self {
        match self {
            Column::Wide(values) => Column::Wide(order.iter().map(|at| values[*at as usize]).collect()),
            Column::Narrow(values) => Column::Narrow(order.iter().map(|at| values[*at as usize]).collect()),
        }
    }
}

fn narrow(value: Option<i64>) -> u8 {
    value.and_then(|value| u8::try_from(value).ok()).unwrap_or(NARROW_NONE)
}

/// Facts that have a value for each month, by fact and month. What stands nowhere is known of nobody.
pub type Histories = BTreeMap<(usize, i64), Column>;

/// What a fact is from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DatedFact {
    /// Of whom.
    pub entity: Entity,
    /// Which.
    pub fact: usize,
    /// Whose, by the row.
    pub row: u32,
    /// From which day on, as yyyymmdd; 0 for ever.
    pub from: i64,
    /// Its value.
    pub value: Option<i64>,
}

/// Everybody: persons stand in the order of their households.
#[derive(Clone, Debug)]
pub struct Registry {
    /// Where the members of each household begin; one more at the end.
    pub begins: Vec<u32>,
    /// Facts of persons.
    pub person: Vec<Column>,
    /// Facts of households.
    pub household: Vec<Column>,
    /// Facts of persons, month by month.
    pub person_months: Histories,
    /// Facts of households, month by month.
    pub household_months: Histories,
    /// Facts that are another from a day on, in their order.
    pub changes: Vec<DatedFact>,
}

impl Registry {
    /// A registry without anybody.
    pub fn new(rules: &Rules) -> Self {
        let columns = |facts: &[Fact]| facts.iter().map(Column::of).collect();
        Self {
            begins: vec![0],
            person: columns(&rules.person),
            household: columns(&rules.household),
            person_months: Histories::new(),
            household_months: Histories::new(),
            changes: vec![],
        }
    }

    /// One more household.
    pub fn push(&mut self, household: &Household) {
        let (rows, persons) = (self.households(), self.persons());
        push_months(&mut self.household_months, &self.household, rows, &household.facts);
        for (at, column) in self.household.iter_mut().enumerate() {
            column.push(household.facts.get(at));
        }
        for (place, person) in household.persons.iter().enumerate() {
            push_months(&mut self.person_months, &self.person, persons + place, &person.facts);
            for (at, column) in self.person.iter_mut().enumerate() {
                column.push(person.facts.get(at));
            }
        }
        let before = self.begins.last().copied().unwrap_or(0);
        self.begins.push(before + u32::try_from(household.persons.len()).expect("a household is not so large"));
    }

    /// Facts that change on a day become what they are on this one.
    pub fn settle(&mut self, day: Date) {
        let day = day_number(day);
        for (at, change) in self.changes.iter().enumerate() {
            let next = self.changes.get(at + 1);
            let later = next.is_some_and(|next| {
                (next.entity, next.fact, next.row) == (change.entity, change.fact, change.row) && next.from <= day
            });
            if change.from <= day && !later {
                let columns = match change.entity {
                    Entity::Person => &mut self.person,
                    Entity::Household => &mut self.household,
                };
                columns[change.fact].set(change.row as usize, change.value);
            }
        }
    }

    /// Facts of persons or households, month by month.
    pub fn histories(&self, entity: Entity) -> &Histories {
        match entity {
            Entity::Person => &self.person_months,
            Entity::Household => &self.household_months,
        }
    }

    /// How many households.
    pub fn households(&self) -> usize {
        self.begins.len() - 1
    }

    /// How many persons.
    pub fn persons(&self) -> usize {
        self.begins.last().map_or(0, |end| *end as usize)
    }

    /// The persons of some households.
    pub fn members(&self, households: Range<usize>) -> Range<usize> {
        self.begins[households.start] as usize..self.begins[households.end] as usize
    }

    /// One household by itself.
    pub fn one(&self, rules: &Rules, at: usize) -> Household {
        let members = self.members(at..at + 1);
        let mut one = Household::unknown(rules, "", members.clone().map(|_| String::new()));
        for (fact, column) in self.household.iter().enumerate() {
            one.facts.set(fact, column.get(at), None);
        }
        for ((fact, month), column) in &self.household_months {
            one.facts.set_in(*fact, *month, column.get(at), None);
        }
        for (person, place) in one.persons.iter_mut().zip(members) {
            for (fact, column) in self.person.iter().enumerate() {
                person.facts.set(fact, column.get(place), None);
            }
            for ((fact, month), column) in &self.person_months {
                person.facts.set_in(*fact, *month, column.get(place), None);
            }
        }
        one
    }
}

fn push_months(histories: &mut Histories, of: &[Column], rows: usize, facts: &Facts) {
    for (at, column) in of.iter().enumerate() {
        for month in facts.months_of(at) {
            histories.entry((at, month)).or_insert_with(|| column.unknown(rows));
        }
    }
    for ((fact, month), column) in histories {
        column.push(facts.get_in(*fact, *month));
    }
}

/// One decision on everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Yes, no, or cannot say.
    pub answers: Vec<Answer>,
    /// Conditions that are met, by bit.
    pub met: Vec<u32>,
    /// Conditions of which that cannot be said, by bit.
    pub unknown: Vec<u32>,
    /// Fen; [`NONE`] where not known. Empty where the decision pays nothing.
    pub amounts: Vec<i64>,
}

impl Outcome {
    /// Room for so many; nobody is decided on yet.
    fn room(rows: usize, pays: bool) -> Self {
        let amounts = vec![0; if pays { rows } else { 0 }];
        Self { answers: vec![Answer::CannotSay; rows], met: vec![0; rows], unknown: vec![0; rows], amounts }
    }

    fn part(&mut self) -> Part<'_> {
        let Outcome { answers, met, unknown, amounts } = self;
        Part { answers, met, unknown, amounts }
    }
}

/// One decision on some.
#[derive(Default)]
struct Part<'o> {
    answers: &'o mut [Answer],
    met: &'o mut [u32],
    unknown: &'o mut [u32],
    amounts: &'o mut [i64],
}

impl<'o> Part<'o> {
    /// The same, written to. A page that is read before it is written to is mapped twice, and all cores are stopped for it.
    fn written(self) -> Self {
        self.met.fill(0);
        self.unknown.fill(0);
        self.amounts.fill(0);
        self
    }

    /// The first so many; the others stay.
    fn split(&mut self, rows: usize) -> Part<'o> {
        fn first<'o, T>(all: &mut &'o mut [T], rows: usize) -> &'o mut [T] {
            let (some, rest) = std::mem::take(all).split_at_mut(rows);
            *all = rest;
            some
        }
        let paid = if self.amounts.is_empty() { 0 } else { rows };
        Part {
            answers: first(&mut self.answers, rows),
            met: first(&mut self.met, rows),
            unknown: first(&mut self.unknown, rows),
            amounts: first(&mut self.amounts, paid),
        }
    }
}

/// Every decision of the rules on everybody, on so many cores. `told` hears how many households are done.
pub fn decide(
    rules: &Rules,
    on: Date,
    registry: &Registry,
    cores: usize,
    told: &(dyn Fn(usize) + Sync),
) -> Vec<Outcome> {
    let mut outcomes = rooms(rules, on, registry, 0..registry.households());
    let (answers, looked_at) = (answers(rules, on), looked_at::months(rules, on));
    let asked = Asked { rules, on, answers: &answers, looked_at: &looked_at };
    let mut parts: Vec<Part<'_>> = outcomes.iter_mut().map(Outcome::part).collect();
    let mut work = vec![];
    for households in chunks(registry) {
        let rows = |entity| match entity {
            Entity::Household => households.len(),
            Entity::Person => registry.members(households.clone()).len(),
        };
        let own = rules.decisions.iter().zip(&mut parts).map(|(decision, part)| part.split(rows(decision.entity)));
        let own = own.collect::<Vec<_>>();
        work.push((households, own));
    }
    // Whoever is done takes the next: a core that others slow down holds nobody up.
    let queue = Mutex::new(work.into_iter());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let works = || {
        while let Some((households, parts)) = next() {
            let count = households.len();
            let parts = parts.into_iter().map(Part::written).collect();
            Chunk::new(asked, registry, households, parts).compute();
            told(count);
        }
    };
    std::thread::scope(|scope| {
        (1..cores.max(1)).for_each(|_| drop(scope.spawn(works)));
        works();
    });
    drop(queue);
    outcomes
}

/// What is asked, worked out once for everybody.
#[derive(Clone, Copy)]
struct Asked<'c> {
    rules: &'c Rules,
    on: Date,
    /// What each decision in force answers.
    answers: &'c [Option<Answers<'c>>],
    /// Of which months each formula is asked.
    looked_at: &'c [BTreeSet<i64>],
}

/// What each decision in force answers, made once for everybody.
fn answers<'r>(rules: &'r Rules, on: Date) -> Vec<Option<Answers<'r>>> {
    let in_force = |decision: &'r Decision| {
        let version = decision.on(on)?;
        Some(Answers::new(&version.needs, version.conditions.len()))
    };
    rules.decisions.iter().map(in_force).collect()
}

/// The households that are computed at a time.
fn chunks(registry: &Registry) -> impl Iterator<Item = Range<usize>> {
    let all = registry.households();
    (0..all).step_by(HOUSEHOLDS).map(move |start| start..(start + HOUSEHOLDS).min(all))
}

/// Room for every decision on some households and their members.
fn rooms(rules: &Rules, on: Date, registry: &Registry, households: Range<usize>) -> Vec<Outcome> {
    let persons = registry.members(households.clone()).len();
    let room = |decision: &Decision| {
        let pays = match decision.on(on) {
            Some(version) => version.pay.is_some(),
            None => decision.versions.iter().any(|version| version.pay.is_some()),
        };
        match decision.entity {
            Entity::Household => Outcome::room(households.len(), pays),
            Entity::Person => Outcome::room(persons, pays),
        }
    };
    rules.decisions.iter().map(room).collect()
}

/// The values of one formula for everybody; `None` where not known.
pub fn values(rules: &Rules, on: Date, registry: &Registry, formula: usize) -> Vec<Option<i64>> {
    let (answers, looked_at) = (answers(rules, on), looked_at::months(rules, on));
    let asked = Asked { rules, on, answers: &answers, looked_at: &looked_at };
    let mut out = vec![];
    for households in chunks(registry) {
        let mut rooms = rooms(rules, on, registry, households.clone());
        let parts = rooms.iter_mut().map(Outcome::part).collect();
        let mut chunk = Chunk::new(asked, registry, households, parts);
        chunk.compute();
        out.extend(chunk.values(formula));
    }
    out
}
