//! Persons and households from CSV. What is malformed is named by row and column, and nothing is guessed.

mod cell;
mod dated;
mod flaws;
mod names;
mod rows;
mod sheet;
mod traced;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use civil::Date;
use hashbrown::HashMap;

use crate::columns::Registry;
use crate::message::{Message, message};
use crate::model::Rules;
use crate::syntax::{Entity, Known};
use crate::value::day_of;
pub(crate) use cell::{digits, no_month};
pub(crate) use dated::{neither_person_nor_household, nobody};
pub(crate) use flaws::Flawed;
pub use flaws::{Flaws, Malformed};
use names::Index;
pub use names::Names;
use rows::Rows;
pub(crate) use rows::id_headings;
pub(crate) use sheet::Sheet;
pub use sheet::Table;
pub use traced::Traced;

/// Everybody, and what they are called.
pub struct Census {
    /// Their facts.
    pub registry: Registry,
    /// Households, in order.
    pub households: Names,
    /// Persons, in the order of their households.
    pub persons: Names,
    /// What is said of columns that are left aside.
    pub notes: Vec<Message>,
    /// In which group each household is, where a column was asked for: a district, a village.
    pub groups: Option<Groups>,
    /// Where the facts of one household were read, where that was asked for.
    pub traced: Traced,
}

/// Groups of households, by what stands in one column.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    /// The heading of the column.
    pub heading: String,
    /// What the groups are called, in the order of their names; empty for those of whom it does not say.
    pub names: Vec<String>,
    /// The group of each household.
    pub of: Vec<u32>,
}

/// How many may live in one household: what is missing is named for each of them, and may be what anybody of them lacks.
const MEMBERS_MAX: u32 = 1_000;

/// How many groups there may be.
const GROUPS_MAX: usize = 10_000;

/// What is read beside the two tables.
#[derive(Default)]
pub struct Beside<'t> {
    /// Dated facts: what somebody is in a month, or from a day on.
    pub facts: Option<Table<'t>>,
    /// As it was known then; `None`: all that stands in the file.
    pub known_at: Option<Known>,
    /// Only these months are kept; `None`: all.
    pub months: Option<BTreeSet<i64>>,
    /// The column of households by which results are grouped.
    pub by: Option<String>,
    /// The household of which it is kept where each fact was read: [`Census::traced`].
    pub traced: Option<String>,
}

/// A day as a table holds it: `2020-12-31`, or 2020年12月31日.
pub fn day_read(text: &str) -> Option<Date> {
    day_of(cell::day(text)?)
}

impl Census {
    /// The row of each person or household, by what it is called.
    pub(crate) fn rows(&self, entity: Entity) -> HashMap<&str, u32> {
        let names = match entity {
            Entity::Person => &self.persons,
            Entity::Household => &self.households,
        };
        (0..names.len()).map(|at| (names.get(at), u32::try_from(at).expect("counted with 32 bits when read"))).collect()
    }
}

/// Reads both tables. Columns: `household` and the inputs of households; `person`, `household` and the inputs of persons.
/// An input's column is headed by its name or by what people call it, and for an input that has a value for each month
/// by the month too: `income@2026-03`. An empty cell is a fact that nobody knows.
pub fn read_census(rules: &Rules, households: Table<'_>, persons: Table<'_>) -> Result<Census, Flaws> {
    read_census_beside(rules, households, persons, Beside::default())
}

/// The same, and dated facts beside them. What it holds of days is settled by [`Registry::settle`].
pub fn read_census_beside(
    rules: &Rules,
    households: Table<'_>,
    persons: Table<'_>,
    beside: Beside<'_>,
) -> Result<Census, Flaws> {
    let flaws = RefCell::new(Flaws::default());
    let read = read(rules, households, persons, beside, &flaws);
    flaws.into_inner().or(read)
}

/// Each table is read to its end, so that all that is malformed in it is known. Where a row cannot be taken at all, or it is not
/// known whose it is, the next table is not read: it would not fit.
fn read<'t>(
    rules: &'t Rules,
    households: Table<'t>,
    persons: Table<'t>,
    beside: Beside<'t>,
    flaws: &'t RefCell<Flaws>,
) -> Result<Census, Flawed> {
    let (households, persons) = (Sheet::open(households, flaws), Sheet::open(persons, flaws));
    let (households, persons) = (households?, persons?);
    let names_persons = |sheet: &Sheet<'_>| sheet.find(&["person", "个人编号"]).map(|at| at.is_some());
    if names_persons(&households)? && !names_persons(&persons)? {
        return Err(households.whole(|| {
            message!(
                "这是个人表，却当作家庭表来读；--persons 与 --households 是否写反了？",
                "this is the table of persons, read as that of households; are --persons and --households swapped?"
            )
        }));
    }
    let kept = beside.months.as_ref();
    let households = Homes::read(rules, households, &beside)?;
    let Homes { rows, names, places, lines, groups, mut traced } = households;
    let mut notes = rows.aside(groups.as_ref().map(|groups| groups.at));
    let groups = groups.map(|groups| groups.ordered(&rows.sheet));
    let mut members = Members::read(Rows::open(rules, Entity::Person, persons, kept)?, &names, &places, &mut traced)?;
    notes.extend(members.rows.aside(None));
    let (begins, order) = grouped(names.len(), &members.of);
    for (at, _) in begins.windows(2).enumerate().filter(|(_, pair)| pair[0] == pair[1]) {
        let (sheet, name) = (&rows.sheet, names.get(at));
        let heading = &sheet.headings[rows.ids[0]];
        sheet.wrong_in(lines[at], heading, || {
            message!(
                "家庭 {name:?} 没有成员：个人表里没有一行属于它",
                "nobody lives in household {name:?}: no row of the persons names it"
            )
        });
    }
    if !order.is_sorted() {
        members.order(&order);
    }
    let registry = Registry {
        begins,
        person: members.rows.columns,
        household: rows.columns,
        person_months: members.rows.months,
        household_months: rows.months,
        changes: vec![],
    };
    let mut census = Census { registry, households: names, persons: members.names, notes, groups, traced };
    if let Some(facts) = beside.facts {
        dated::read(rules, &mut census, Sheet::open(facts, flaws)?, beside.known_at, kept)?;
    }
    Ok(census)
}

/// The table of households as it was read.
struct Homes<'t> {
    rows: Rows<'t>,
    names: Names,
    places: Index,
    /// The line of each.
    lines: Vec<u64>,
    groups: Option<Grouping>,
    traced: Traced,
}

impl<'t> Homes<'t> {
    fn read(rules: &'t Rules, sheet: Sheet<'t>, beside: &Beside<'_>) -> Result<Self, Flawed> {
        let rows = Rows::open(rules, Entity::Household, sheet, beside.months.as_ref())?;
        let by = match &beside.by {
            Some(by) => Some(rows.sheet.find(&[by])?.ok_or_else(|| rows.sheet.absent(&[by], Message::default()))?),
            None => None,
        };
        let groups = by.map(|at| Grouping { at, names: BTreeMap::new(), of: vec![] });
        let (names, places, traced) = (Names::default(), Index::default(), Traced::default());
        let mut homes = Self { rows, names, places, lines: vec![], groups, traced };
        while homes.rows.sheet.next()? {
            if homes.row(beside.traced.as_deref()).is_err() {
                homes.rows.sheet.is_torn = true;
            }
        }
        if homes.rows.sheet.is_torn { Err(Flawed) } else { Ok(homes) }
    }

    fn row(&mut self, traced: Option<&str>) -> Result<(), Flawed> {
        let (name, sheet) = (self.rows.id(0)?, &self.rows.sheet);
        let too_many = |_| sheet.wrong(self.rows.ids[0], || message!("家庭太多", "too many households"));
        let place = u32::try_from(self.names.len()).map_err(too_many)?;
        self.names.push(name);
        self.lines.push(sheet.line);
        if self.places.add_last(&self.names, place).is_err() {
            return Err(sheet.wrong(self.rows.ids[0], || {
                message!("家庭 {name:?} 第二次出现", "household {name:?} stands here a second time")
            }));
        }
        if traced == Some(name) {
            self.traced.found(place, sheet.line, &sheet.file);
        }
        if let Some(groups) = &mut self.groups {
            groups.add(sheet)?;
        }
        self.rows.values();
        Ok(())
    }
}

/// By what stands in one column, as it is read.
struct Grouping {
    /// The place of the column.
    at: usize,
    /// What stands there, as the how-manieth it was first seen.
    names: BTreeMap<String, u32>,
    /// The group of each household.
    of: Vec<u32>,
}

impl Grouping {
    fn add(&mut self, sheet: &Sheet<'_>) -> Result<(), Flawed> {
        let name = sheet.field(self.at)?;
        let group = match self.names.get(name) {
            Some(group) => *group,
            None if self.names.len() == GROUPS_MAX => {
                return Err(sheet.wrong(self.at, || {
                    message!(
                        "超过{GROUPS_MAX}组；请用取值不多的列，例如区县",
                        "more than {GROUPS_MAX} groups; name a column that few values stand in, as a district"
                    )
                }));
            }
            None => {
                let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
                *self.names.entry(name.to_owned()).or_insert(next)
            }
        };
        self.of.push(group);
        Ok(())
    }

    /// Groups in the order of their names.
    fn ordered(self, sheet: &Sheet<'_>) -> Groups {
        let mut place = vec![0u32; self.names.len()];
        for (at, first_seen) in self.names.values().enumerate() {
            place[*first_seen as usize] = u32::try_from(at).expect("as many as were seen, which 32 bits count");
        }
        let of = self.of.into_iter().map(|group| place[group as usize]).collect();
        Groups { heading: sheet.headings[self.at].clone(), names: self.names.into_keys().collect(), of }
    }
}

/// The table of persons as it was read.
struct Members<'t> {
    rows: Rows<'t>,
    names: Names,
    /// The household of each.
    of: Vec<u32>,
    /// The line of each.
    lines: Vec<u64>,
    known: Index,
    /// How many live in each household.
    counts: Vec<u32>,
}

impl<'t> Members<'t> {
    fn read(rows: Rows<'t>, homes: &Names, places: &Index, traced: &mut Traced) -> Result<Self, Flawed> {
        let (names, known, counts) = (Names::default(), Index::default(), vec![0; homes.len()]);
        let mut members = Self { rows, names, of: vec![], lines: vec![], known, counts };
        while members.rows.sheet.next()? {
            if members.row(homes, places, traced).is_err() {
                members.rows.sheet.is_torn = true;
            }
        }
        if members.rows.sheet.is_torn { Err(Flawed) } else { Ok(members) }
    }

    fn row(&mut self, homes: &Names, places: &Index, traced: &mut Traced) -> Result<(), Flawed> {
        let (name, household, sheet) = (self.rows.id(0)?, self.rows.id(1)?, &self.rows.sheet);
        let [own, home] = [self.rows.ids[0], self.rows.ids[1]];
        // Members mostly follow one another, and households too.
        let near = self.of.last().map_or(0..1, |last: &u32| *last..last.saturating_add(2));
        let near = near.into_iter().find(|at| (*at as usize) < homes.len() && homes.get(*at as usize) == household);
        let Some(place) = near.or_else(|| places.find(homes, household)) else {
            return Err(sheet.wrong(home, || nobody(Entity::Household, household)));
        };
        let too_many = |_| sheet.wrong(own, || message!("个人太多", "too many persons"));
        let person = u32::try_from(self.of.len()).map_err(too_many)?;
        let count = &mut self.counts[place as usize];
        *count = count.saturating_add(1);
        if *count > MEMBERS_MAX {
            return Err(sheet.wrong(home, || {
                message!(
                    "家庭 {household:?} 的成员超过{MEMBERS_MAX}人；请核对家庭编号",
                    "household {household:?} has more than {MEMBERS_MAX} members; look at the number of the household"
                )
            }));
        }
        self.of.push(place);
        self.names.push(name);
        self.lines.push(sheet.line);
        traced.member(place, name, sheet.line, &sheet.file);
        if let Err(first) = self.known.add_last(&self.names, person) {
            let first: u64 = self.lines[first as usize];
            return Err(sheet.wrong(own, || {
                message!(
                    "此人在第{first}行已出现；一个人只属于一个家庭",
                    "this person stands in row {first} too; a person lives in one household"
                )
            }));
        }
        self.rows.values();
        Ok(())
    }

    /// Brings them into this order.
    fn order(&mut self, order: &[u32]) {
        let (columns, months) = (std::mem::take(&mut self.rows.columns), std::mem::take(&mut self.rows.months));
        self.rows.columns = columns.into_iter().map(|column| column.ordered(order)).collect();
        self.rows.months = months.into_iter().map(|(key, column)| (key, column.ordered(order))).collect();
        self.names = order.iter().map(|at| self.names.get(*at as usize)).collect();
    }
}

/// Where the members of each household begin, and the persons in that order.
fn grouped(households: usize, of: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut begins = vec![0u32; households + 1];
    of.iter().for_each(|place| begins[*place as usize + 1] += 1);
    for at in 0..households {
        begins[at + 1] += begins[at];
    }
    let mut next = begins.clone();
    let mut order = vec![0u32; of.len()];
    for (person, place) in of.iter().enumerate() {
        order[next[*place as usize] as usize] = u32::try_from(person).expect("counted with 32 bits when read");
        next[*place as usize] += 1;
    }
    (begins, order)
}
