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

/// Facts, each with where it was read.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    values: Vec<Option<i64>>,
    sources: Vec<Option<String>>,
}

impl Facts {
    /// Nothing is known yet of so many facts.
    pub fn unknown(of: &[Fact]) -> Self {
        Self { values: vec![None; of.len()], sources: vec![None; of.len()] }
    }

    /// One that is known.
    pub fn set(&mut self, at: usize, value: Option<i64>, source: Option<String>) {
        self.values[at] = value;
        self.sources[at] = source;
    }

    /// One, if it is known.
    pub fn get(&self, at: usize) -> Option<i64> {
        self.values.get(at).copied().flatten()
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
