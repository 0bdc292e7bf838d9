//! Where the facts of one household were read, for its proof: the file and the line of each.

use std::collections::BTreeMap;

use civil::Date;

use super::Census;
use crate::columns::DatedFact;
use crate::facts::{Facts, Household, Place};
use crate::model::Rules;
use crate::syntax::Entity;
use crate::value::day_number;

/// The lines of one household.
#[derive(Default)]
pub struct Traced {
    /// Its row, and the line it stands in.
    household: Option<(u32, u64)>,
    /// The lines of its members.
    persons: BTreeMap<String, u64>,
    /// The lines of dated facts, by whose, which and which month.
    months: BTreeMap<(Entity, u32, usize, i64), u64>,
    /// Facts that change on a day, and their lines; 0 where the table says what they are before.
    days: Vec<(DatedFact, u64)>,
    households_file: String,
    persons_file: String,
    facts_file: String,
}

impl Traced {
    /// It stands in this row of the households.
    pub(super) fn found(&mut self, row: u32, line: u64, file: &str) {
        self.household = Some((row, line));
        self.households_file = file.to_owned();
    }

    /// A person of some household stands in this line.
    pub(super) fn member(&mut self, household: u32, name: &str, line: u64, file: &str) {
        if self.household.is_some_and(|(own, _)| own == household) {
            self.persons.insert(name.to_owned(), line);
            self.persons_file = file.to_owned();
        }
    }

    /// The file of dated facts.
    pub(super) fn dated_in(&mut self, file: &str) {
        self.facts_file = file.to_owned();
    }

    /// What somebody is in a month stands in this line.
    pub(super) fn in_month(&mut self, (entity, row, fact, month): (Entity, u32, usize, i64), line: u64) {
        self.months.insert((entity, row, fact, month), line);
    }

    /// What somebody is from a day on stands in this line.
    pub(super) fn changed(&mut self, change: DatedFact, line: u64) {
        self.days.push((change, line));
    }

    /// Where a fact was read that changes on days; `None` where the table says it.
    fn on_day(&self, (entity, row, fact): (Entity, u32, usize), day: i64) -> Option<u64> {
        let of_it = |change: &DatedFact| (change.entity, change.row, change.fact) == (entity, row, fact);
        let until = self.days.iter().filter(|(change, _)| of_it(change) && change.from <= day);
        until.max_by_key(|(change, _)| change.from).map(|(_, line)| *line).filter(|line| *line > 0)
    }

    /// Says of each fact that is known where it was read; `table` is where its row stands.
    fn sourced(&self, facts: &mut Facts, of: (Entity, u32, usize), table: &str, day: i64) {
        let dated = |line: u64| format!("{}:{line}", self.facts_file);
        for fact in 0..of.2 {
            if let Some(value) = facts.get(fact) {
                let source = self.on_day((of.0, of.1, fact), day).map_or_else(|| table.to_owned(), dated);
                facts.set(fact, Some(value), Some(source));
            }
            for month in facts.months_of(fact).collect::<Vec<_>>() {
                let line = self.months.get(&(of.0, of.1, fact, month)).copied();
                let source = line.map_or_else(|| table.to_owned(), dated);
                facts.set_in(fact, month, facts.get_in(fact, month), Some(source));
            }
        }
    }
}

impl Census {
    /// The household that was traced, as it is on a day for which the registry was settled, with where each of its facts was
    /// read: `persons.csv:7`. `None`: no row has that name.
    pub fn traced(&self, rules: &Rules, on: Date) -> Option<Household> {
        let (row, line) = self.traced.household?;
        let (at, day) = (row as usize, day_number(on));
        let mut one = self.registry.one(rules, at);
        self.households.get(at).clone_into(&mut one.name);
        let table = format!("{}:{line}", self.traced.households_file);
        let facts = one.facts_mut(Place::Household);
        self.traced.sourced(facts, (Entity::Household, row, rules.household.len()), &table, day);
        let first = self.registry.members(at..at + 1).start;
        for (place, person) in one.persons.iter_mut().enumerate() {
            self.persons.get(first + place).clone_into(&mut person.name);
            let line = self.traced.persons.get(&person.name).copied().unwrap_or(0);
            let table = format!("{}:{line}", self.traced.persons_file);
            let row = row_of(first + place);
            self.traced.sourced(&mut person.facts, (Entity::Person, row, rules.person.len()), &table, day);
        }
        Some(one)
    }

    /// Whether a row is of the household that is traced.
    pub(super) fn is_traced(&self, entity: Entity, row: u32) -> bool {
        let Some((household, _)) = self.traced.household else { return false };
        let at = household as usize;
        match entity {
            Entity::Household => row == household,
            Entity::Person => self.registry.members(at..at + 1).contains(&(row as usize)),
        }
    }
}

fn row_of(at: usize) -> u32 {
    u32::try_from(at).expect("counted with 32 bits when read")
}
