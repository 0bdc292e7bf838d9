//! What a country's package declares and computes, as `checks/openfisca` wrote it down: entities, variables, and each
//! formula for a period. One fact a line, its parts between tabs; `docs/rules.md` says which.

use std::collections::{BTreeMap, HashMap};

use super::Unreadable;
use super::period::{Period, Unit};
use crate::syntax::Entity;

/// The greatest number of lines that is read.
const LINES_MAX: usize = 2_000_000;

/// A role in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its name.
    pub key: String,
    /// The name of all who have it.
    pub plural: String,
    /// How many may have it.
    pub most: Option<usize>,
}

/// What a variable measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Yes or no.
    YesNo,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A day.
    Date,
    /// A text.
    Text,
    /// One of these options of a list.
    Options(String, Vec<String>),
}

/// What a value for a longer period says of the shorter ones in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// Nothing: it is refused.
    None,
    /// It is shared among them.
    Divide,
    /// It is the value of each.
    Dispatch,
}

/// A variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Of whom.
    pub entity: Entity,
    /// What it measures.
    pub kind: Type,
    /// For which unit of time.
    pub unit: Unit,
    /// What a longer period says.
    pub spread: Spread,
    /// What it is where nobody says.
    pub default: String,
    /// What people call it.
    pub label: String,
    /// Whether any formula computes it.
    pub is_computed: bool,
}

/// A formula for a period, in the words of the rule language; what it rests on stands between ⟦ and ⟧.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// Of whom.
    pub entity: Entity,
    /// Its text.
    pub text: String,
}

/// Under which reforms, which variable, for which period.
type Key = (String, String, Period);

/// A country's package.
#[derive(Clone, Debug, Default)]
pub struct System {
    /// What a person is called, alone and together.
    pub person: (String, String),
    /// What a group of persons is called, alone and together.
    pub group: (String, String),
    /// The roles in a group.
    pub roles: Vec<Role>,
    variables: HashMap<(String, String), Variable>,
    formulas: HashMap<Key, Formula>,
    untraced: HashMap<Key, String>,
    /// Files with the parameters under reforms that change them.
    pub reformed: BTreeMap<String, String>,
}

impl System {
    /// Reads what `checks/openfisca` wrote.
    pub fn read(file: &str, text: &str) -> Result<System, Unreadable> {
        let mut out = System::default();
        for (at, line) in text.lines().enumerate() {
            if at >= LINES_MAX {
                return Err(Unreadable::new(file, at, format!("more than {LINES_MAX} lines")));
            }
            out.line(line).map_err(|what| Unreadable::new(file, at + 1, what))?;
        }
        if out.person.0.is_empty() || out.group.0.is_empty() {
            return Err(Unreadable::new(file, 0, "names no person or no group"));
        }
        Ok(out)
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let parts: Vec<String> = line.split('\t').map(unescaped).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let period = |text: &str| Period::parse(text).ok_or_else(|| format!("{text:?} is no period"));
        match parts.as_slice() {
            ["" | "#", ..] => {}
            ["person", key, plural] => self.person = ((*key).to_owned(), (*plural).to_owned()),
            ["group", key, plural] => self.group = ((*key).to_owned(), (*plural).to_owned()),
            ["role", key, plural, most] => {
                let most = if most.is_empty() { None } else { Some(most.parse().map_err(|_| "no number of persons")?) };
                self.roles.push(Role { key: (*key).to_owned(), plural: (*plural).to_owned(), most });
            }
            ["variable", reforms, name, entity, kind, options, unit, spread, default, computed, label] => {
                let kind = kind_of(kind, options)?;
                let spread = match *spread {
                    "divide" => Spread::Divide,
                    "dispatch" => Spread::Dispatch,
                    "" => Spread::None,
                    other => return Err(format!("{other:?} is no way to spread a value")),
                };
                let unit = period(&format!("{unit}:2000-01-01")).or_else(|_| period(unit))?.unit;
                let (entity, default, label) = (entity_of(entity)?, (*default).to_owned(), (*label).to_owned());
                let is_computed = *computed == "computed";
                let variable = Variable { entity, kind, unit, spread, default, label, is_computed };
                self.variables.insert(((*reforms).to_owned(), (*name).to_owned()), variable);
            }
            ["formula", reforms, name, at, entity, text] => {
                let formula = Formula { entity: entity_of(entity)?, text: (*text).to_owned() };
                self.formulas.insert(((*reforms).to_owned(), (*name).to_owned(), period(at)?), formula);
            }
            ["untraced", reforms, name, at, why] => {
                self.untraced.insert(((*reforms).to_owned(), (*name).to_owned(), period(at)?), (*why).to_owned());
            }
            ["parameters", reforms, path] => {
                self.reformed.insert((*reforms).to_owned(), (*path).to_owned());
            }
            [first, ..] => return Err(format!("{first:?} with {} parts is not known here", parts.len())),
            [] => {}
        }
        Ok(())
    }

    /// A variable, as the reforms leave it.
    pub fn variable(&self, reforms: &str, name: &str) -> Option<&Variable> {
        self.variables.get(&(reforms.to_owned(), name.to_owned()))
    }

    /// The formula of a variable for a period; the reason where there is one that could not be brought over.
    pub fn formula(&self, reforms: &str, name: &str, period: Period) -> Result<Option<&Formula>, &str> {
        let key = (reforms.to_owned(), name.to_owned(), period);
        match (self.formulas.get(&key), self.untraced.get(&key)) {
            (Some(formula), _) => Ok(Some(formula)),
            (None, Some(why)) => Err(why),
            (None, None) => Ok(None),
        }
    }
}

fn entity_of(text: &str) -> Result<Entity, String> {
    match text {
        "person" => Ok(Entity::Person),
        "household" => Ok(Entity::Household),
        other => Err(format!("{other:?} is neither person nor household")),
    }
}

fn kind_of(kind: &str, options: &str) -> Result<Type, String> {
    Ok(match kind {
        "bool" => Type::YesNo,
        "int" => Type::Whole,
        "float" => Type::Number,
        "date" => Type::Date,
        "str" => Type::Text,
        "enum" => {
            let (name, items) = options.split_once(':').ok_or("options have a name")?;
            Type::Options(name.to_owned(), items.split('|').map(str::to_owned).collect())
        }
        other => return Err(format!("{other:?} is no type of a variable")),
    })
}

/// `\t`, `\n` and `\\` as what they stand for.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(next) = chars.next() {
        match (next, next == '\\') {
            (_, true) => match chars.next() {
                Some('t') => out.push('\t'),
                Some('n') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            (other, false) => out.push(other),
        }
    }
    out
}
