//! What is known of one household.

use std::collections::BTreeSet;

use crate::model::{Fact, Rules, Thing};
use crate::source::Span;
use crate::syntax::Entity;

/// One household and its members.
#[derive(Clone, Debug, Default)]
pub struct Household {
    /// What it is called.
    pub name: String,
    /// Its facts, in the order of the rules.
    pub facts: Facts,
    /// Its members.
    pub persons: Vec<Person>,
}

/// One member.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// What he is called.
    pub name: String,
    /// His facts, in the order of the rules.
    pub facts: Facts,
}

/// A fact and a month, what it is in it, and where that was read.
type InMonth = ((usize, i64), i64, Option<String>);

/// Facts, each with where it was read.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    values: Vec<Option<i64>>,
    /// Empty where none is known.
    sources: Vec<Option<String>>,
    /// By fact and month, in that order.
    months: Vec<InMonth>,
}

impl Facts {
    /// Nothing is known yet of so many facts.
    pub fn unknown(of: &[Fact]) -> Self {
        Self { values: vec![None; of.len()], sources: vec![], months: vec![] }
    }

    /// One that is known.
    pub fn set(&mut self, at: usize, value: Option<i64>, source: Option<String>) {
        self.values[at] = value;
        if source.is_some() && self.sources.is_empty() {
            self.sources = vec![None; self.values.len()];
        }
        if let Some(place) = self.sources.get_mut(at) {
            *place = source;
        }
    }

    /// One, if it is known.
    pub fn get(&self, at: usize) -> Option<i64> {
        self.values.get(at).copied().flatten()
    }

    /// What one is in a month, and where that was read.
    pub fn set_in(&mut self, at: usize, month: i64, value: Option<i64>, source: Option<String>) {
        match (self.place(at, month), value) {
            (Ok(place), Some(value)) => self.months[place] = ((at, month), value, source),
            (Ok(place), None) => drop(self.months.remove(place)),
            (Err(place), Some(value)) => self.months.insert(place, ((at, month), value, source)),
            (Err(_), None) => {}
        }
    }

    fn place(&self, at: usize, month: i64) -> Result<usize, usize> {
        // They mostly come in their order.
        if self.months.last().is_none_or(|(last, ..)| *last < (at, month)) {
            return Err(self.months.len());
        }
        self.months.binary_search_by_key(&(at, month), |(key, ..)| *key)
    }

    /// What one is in a month, if it is known.
    pub fn get_in(&self, at: usize, month: i64) -> Option<i64> {
        self.place(at, month).ok().map(|place| self.months[place].1)
    }

    /// Where that was read.
    pub fn source_in(&self, at: usize, month: i64) -> Option<&str> {
        self.place(at, month).ok().and_then(|place| self.months[place].2.as_deref())
    }

    /// The months of which one is known, earliest first.
    pub fn months_of(&self, at: usize) -> impl Iterator<Item = i64> + '_ {
        self.months.iter().filter(move |((fact, _), ..)| *fact == at).map(|((_, month), ..)| *month)
    }

    /// Where it was read.
    pub fn source(&self, at: usize) -> Option<&str> {
        self.sources.get(at).and_then(Option::as_deref)
    }
}

/// Whose fact or formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The household's.
    Household,
    /// A member's, by his place.
    Person(usize),
}

impl Place {
    /// Of which kind.
    pub fn entity(self) -> Entity {
        match self {
            Place::Household => Entity::Household,
            Place::Person(_) => Entity::Person,
        }
    }
}

impl Household {
    /// A household of which nothing is known, with so many members.
    pub fn unknown(rules: &Rules, name: &str, persons: impl IntoIterator<Item = String>) -> Self {
        let member = |name| Person { name, facts: Facts::unknown(&rules.person) };
        let facts = Facts::unknown(&rules.household);
        Self { name: name.to_owned(), facts, persons: persons.into_iter().map(member).collect() }
    }

    /// The facts of the household or of a member.
    pub fn facts(&self, place: Place) -> &Facts {
        match place {
            Place::Household => &self.facts,
            Place::Person(at) => &self.persons[at].facts,
        }
    }

    /// As [`Self::facts`], to change them.
    pub fn facts_mut(&mut self, place: Place) -> &mut Facts {
        match place {
            Place::Household => &mut self.facts,
            Place::Person(at) => &mut self.persons[at].facts,
        }
    }

    /// What the household or a member is called.
    pub fn name(&self, place: Place) -> &str {
        match place {
            Place::Household => &self.name,
            Place::Person(at) => &self.persons[at].name,
        }
    }

    /// The household and its members, of one kind.
    pub fn places(&self, entity: Entity) -> Vec<Place> {
        match entity {
            Entity::Household => vec![Place::Household],
            Entity::Person => (0..self.persons.len()).map(Place::Person).collect(),
        }
    }
}

/// Why a value is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// Nobody established this fact.
    Missing(Place, usize),
    /// Nobody established this fact for this month.
    MissingIn(Place, usize, i64),
    /// No figure of the law was in force that day.
    NoFigure(usize),
    /// No formula or decision was in force that day.
    NotInForce(Thing),
    /// The least or greatest of no members.
    NoMembers(Span),
    /// Time since a day that lies ahead.
    DayAhead(Span),
    /// Beyond what 64 bits hold.
    Overflow(Span),
    /// The amount of a decision is below zero.
    NegativeAmount(usize),
    /// A quotient that is rounded is divided by zero.
    ByZero(Span),
    /// The amount of a decision is divided by zero.
    DividedByZero(usize),
}

/// Everything for want of which a value is not known.
pub type Gaps = BTreeSet<Gap>;
