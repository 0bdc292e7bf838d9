//! What an office tells the reader about itself.

use serde::{Deserialize, Serialize};

/// The names an office's documents use. Empty by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// The units that directives may name.
    pub units: Vec<Unit>,
    /// Phrases whose clauses are never directives, such as the office's standing notices.
    pub never: Vec<String>,
    /// Whose published schedule working days are counted by; in a Chinese document China's unless said otherwise.
    pub calendar: Option<civil::Country>,
}

/// A unit and what documents call it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Unit {
    /// Its full name.
    pub name: String,
    /// Short forms and abbreviations.
    pub aliases: Vec<String>,
}

impl Profile {
    /// Whether a clause holds a phrase that is never a directive.
    pub(crate) fn is_never(&self, clause: &str) -> bool {
        self.never.iter().any(|phrase| !phrase.is_empty() && clause.contains(phrase.as_str()))
    }

    /// All names and aliases that are not empty.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.units
            .iter()
            .flat_map(|unit| std::iter::once(&unit.name).chain(&unit.aliases))
            .map(String::as_str)
            .filter(|n| !n.is_empty())
    }
}
