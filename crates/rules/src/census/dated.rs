//! Dated facts from CSV: one row for what somebody is in a month, or from a day on; and from when on that was known.
//!
//! Of two rows that speak of the same, the one known later holds. So a correction is a row more, and nothing is deleted.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::cell::{day, day_advice, far_days, no_day, no_month, parsed};
use super::flaws::Flawed;
use super::{Census, Sheet};
use crate::columns::{Column, DatedFact};
use crate::diagnostic::nearest;
use crate::kind::Kind;
use crate::message::{Message, list, message};
use crate::model::{Fact, Rules};
use crate::month;
use crate::syntax::{Entity, Known};
use crate::value::is_far;

/// When the rows of one fact and month were known, each as one more than its number.
struct Stamps {
    /// Of each person or household, the latest; 0 where no row spoke.
    latest: Vec<u32>,
    /// Of whom more than one row spoke: those that are not the latest.
    earlier: BTreeSet<(usize, u32)>,
}

struct Dated<'d> {
    rules: &'d Rules,
    sheet: Sheet<'d>,
    known_at: Option<Known>,
    /// The first that was read: all must lie on its axis.
    axis: Option<Known>,
    places: Places,
}

/// The place of each column.
struct Places {
    of: usize,
    id: usize,
    fact: usize,
    period: usize,
    value: usize,
    known_from: Option<usize>,
}

/// One row as it was read.
struct Row {
    entity: Entity,
    fact: usize,
    row: u32,
    /// A month, or a day as yyyymmdd; 0 for ever.
    key: i64,
    value: Option<i64>,
    known: u32,
}

/// Reads the file into a census whose tables were read.
pub(super) fn read(
    rules: &Rules,
    census: &mut Census,
    sheet: Sheet<'_>,
    known_at: Option<Known>,
    kept: Option<&BTreeSet<i64>>,
) -> Result<(), Flawed> {
    let mut dated = Dated::open(rules, sheet, known_at)?;
    let (mut months, mut changes, mut ignored) = (BTreeMap::new(), vec![], BTreeSet::new());
    let (mut traced, mut far) = (vec![], BTreeMap::<&str, Vec<i64>>::new());
    {
        let rows = [census.rows(Entity::Household), census.rows(Entity::Person)];
        while dated.sheet.next()? {
            let Ok(Some(row)) = dated.row(&rows, &mut ignored) else { continue };
            let fact = &rules.facts(row.entity)[row.fact];
            let period = (!fact.is_monthly && row.key != 0).then_some(row.key);
            let value = row.value.filter(|_| fact.kind == Kind::Date);
            let since = (dated.axis.is_some_and(|axis| matches!(axis, Known::Day(_))) && row.known != 0)
                .then_some(row.known.into());
            for (of, day) in [("period", period), ("known_from", since), (&fact.name, value)] {
                if let Some(day) = day.filter(|day| is_far(*day)) {
                    far.entry(of).or_default().push(day);
                }
            }
            if !fact.is_monthly {
                let change =
                    DatedFact { entity: row.entity, fact: row.fact, row: row.row, from: row.key, value: row.value };
                changes.push((change, row.known, dated.sheet.line));
            } else if kept.is_none_or(|kept| kept.contains(&row.key)) {
                let registry = &census.registry;
                let (column, stamps) = months.entry((row.entity, row.fact, row.key)).or_insert_with(|| {
                    let (plain, rows) = match row.entity {
                        Entity::Person => (&registry.person[row.fact], registry.persons()),
                        Entity::Household => (&registry.household[row.fact], registry.households()),
                    };
                    let wide = registry.histories(row.entity).get(&(row.fact, row.key));
                    let column = wide.cloned().unwrap_or_else(|| plain.unknown(rows));
                    let latest = (0..rows).map(|at| u32::from(column.get(at).is_some())).collect();
                    (column, Stamps { latest, earlier: BTreeSet::new() })
                });
                if matches!(dated.place(&row, column, stamps), Ok(true)) && census.is_traced(row.entity, row.row) {
                    traced.push(((row.entity, row.row, row.fact, row.key), dated.sheet.line));
                }
            }
        }
    }
    let file = dated.sheet.file.clone();
    census.traced.dated_in(&file);
    traced.into_iter().for_each(|(of, line)| census.traced.in_month(of, line));
    if !ignored.is_empty() {
        let facts = list(&ignored.iter().map(String::as_str).collect::<Vec<_>>());
        census.notes.push(message!(
            "{file}：没有规则用到这些事实，已略去：{}",
            "{file}: no rule asks for these facts, so they are left aside: {}",
            facts
        ));
    }
    for note in far.into_iter().filter_map(|(fact, days)| far_days(fact, days.into_iter())) {
        census.notes.push(message!("{file}：{}", "{file}: {}", note));
    }
    for ((entity, fact, month), (column, _)) in months {
        let histories = match entity {
            Entity::Person => &mut census.registry.person_months,
            Entity::Household => &mut census.registry.household_months,
        };
        histories.insert((fact, month), column);
    }
    let settled = settled(&dated, census, changes);
    for (change, line) in &settled {
        if census.is_traced(change.entity, change.row) {
            census.traced.changed(*change, *line);
        }
    }
    census.registry.changes = settled.into_iter().map(|(change, _)| change).collect();
    Ok(())
}

/// Of each fact that changes, what it is from which day on, and in which line that stands; first what the table has, which
/// holds before.
fn settled(dated: &Dated<'_>, census: &Census, mut changes: Vec<(DatedFact, u32, u64)>) -> Vec<(DatedFact, u64)> {
    let whose: BTreeSet<(Entity, usize, u32)> =
        changes.iter().map(|(change, ..)| (change.entity, change.fact, change.row)).collect();
    let ever: BTreeSet<(Entity, usize, u32)> = changes
        .iter()
        .filter(|(change, ..)| change.from == 0)
        .map(|(change, ..)| (change.entity, change.fact, change.row))
        .collect();
    for (entity, fact, row) in whose {
        let columns = match entity {
            Entity::Person => &census.registry.person,
            Entity::Household => &census.registry.household,
        };
        let value = columns[fact].get(row as usize);
        if value.is_some() || !ever.contains(&(entity, fact, row)) {
            changes.push((DatedFact { entity, fact, row, from: 0, value }, 0, 0));
        }
    }
    let key = |change: &DatedFact| (change.entity, change.fact, change.row, change.from);
    changes.sort_by_key(|(change, known, line)| (key(change), *known, *line));
    let mut out = vec![];
    for (at, (change, known, line)) in changes.iter().enumerate() {
        match changes.get(at + 1) {
            Some((next, later, second)) if key(next) == key(change) => {
                if later == known {
                    dated.twice(*line.max(second));
                }
            }
            _ => out.push((*change, *line)),
        }
    }
    out
}

impl<'d> Dated<'d> {
    fn open(rules: &'d Rules, sheet: Sheet<'d>, known_at: Option<Known>) -> Result<Self, Flawed> {
        let need = |name, chinese| sheet.need(name, chinese, &[]);
        let needed =
            [need("of", "对象"), need("id", "编号"), need("fact", "事实"), need("period", "期间"), need("value", "值")];
        let [of, id, fact, period, value] = needed;
        let known_from = sheet.find(&["known_from", "获知", "获知日"])?;
        let places = Places { of: of?, id: id?, fact: fact?, period: period?, value: value?, known_from };
        if let (Some(known_at), None) = (known_at, places.known_from) {
            let what = message!(
                "（也可叫 `获知`），无从知道截至{}已获知什么",
                ", so nothing says what was known at {}",
                said(known_at)
            );
            return Err(sheet.absent(&["known_from", "获知"], what));
        }
        Ok(Self { rules, sheet, known_at, axis: known_at, places })
    }

    /// A row; `None` where no rule asks for the fact, or it was not known yet.
    fn row(&mut self, rows: &[HashMap<&str, u32>; 2], ignored: &mut BTreeSet<String>) -> Result<Option<Row>, Flawed> {
        let (rules, sheet, places) = (self.rules, &self.sheet, &self.places);
        let (entity, rows) = match sheet.field(places.of)? {
            "household" | "家庭" => (Entity::Household, &rows[0]),
            "person" | "个人" => (Entity::Person, &rows[1]),
            other => {
                return Err(sheet.wrong(places.of, || neither_person_nor_household(other)));
            }
        };
        let id = sheet.id(places.id)?;
        let Some(row) = rows.get(id).copied() else {
            return Err(sheet.wrong(places.id, || nobody(entity, id)));
        };
        let name = sheet.id(places.fact)?;
        let facts = rules.facts(entity);
        let called = |fact: &Fact| fact.name == name || fact.label.zh == name || fact.label.en == name;
        let Some(at) = facts.iter().position(called) else {
            return Err(sheet.wrong(places.fact, || {
                if rules.facts(entity.other()).iter().any(called) {
                    return match entity {
                        Entity::Household => message!("{name:?} 是个人的输入", "{name:?} is an input of persons"),
                        Entity::Person => message!("{name:?} 是家庭的输入", "{name:?} is an input of households"),
                    };
                }
                let guess = nearest(name, facts.iter().map(|fact| fact.name.as_str()));
                let guess =
                    guess.map(|guess| message!("；是不是 {guess:?}？", "; is {guess:?} meant?")).unwrap_or_default();
                message!("规则里没有输入 {name:?}{}", "the rules have no input {name:?}{}", guess)
            }));
        };
        let fact = &facts[at];
        let key = period(sheet, places.period, fact.is_monthly)?;
        let value = sheet.field(places.value)?;
        let value = parsed(rules, fact, value).map_err(|unfit| {
            sheet.wrong_with(places.value, || (unfit.told(rules, fact, value), unfit.advice(value)))
        })?;
        let known_from = places.known_from;
        let known = match known_from {
            Some(place) => self.known(place)?,
            None => None,
        };
        if !fact.is_used {
            ignored.insert(fact.name.clone());
            return Ok(None);
        }
        let (known, at_most) = (known.map_or(0, Known::number), self.known_at.map(Known::number));
        if at_most.is_some_and(|most| known > most) {
            return Ok(None);
        }
        Ok(Some(Row { entity, fact: at, row, key, value, known }))
    }

    fn known(&mut self, place: usize) -> Result<Option<Known>, Flawed> {
        let text = self.sheet.field(place)?;
        if text.is_empty() {
            return Ok(None);
        }
        let Some(known) = Known::parse(text).filter(|known| known.number() < u32::MAX) else {
            return Err(self.sheet.wrong(place, || {
                message!(
                    "{text:?} 既不是日期（如 2026-03-31），也不是记录里的位置号",
                    "{text:?} is neither a day, as 2026-03-31, nor the number of a position in the record"
                )
            }));
        };
        let axis = *self.axis.get_or_insert(known);
        if !known.is_comparable(axis) {
            return Err(self.sheet.wrong(place, || {
                message!(
                    "{text:?} 与{}不能比较：一个是日期，一个是位置号",
                    "{text:?} cannot be compared with {}: one is a day, the other a position",
                    said(axis)
                )
            }));
        }
        Ok(Some(known))
    }

    /// Puts a value where nothing is known that was known later; whether it did.
    fn place(&self, row: &Row, column: &mut Column, stamps: &mut Stamps) -> Result<bool, Flawed> {
        let (at, stamp) = (row.row as usize, row.known + 1);
        let latest = stamps.latest[at];
        if latest == stamp || stamps.earlier.contains(&(at, stamp)) {
            return Err(self.twice(self.sheet.line));
        }
        let is_later = latest < stamp;
        if is_later {
            stamps.latest[at] = stamp;
            column.set(at, row.value);
        }
        if latest != 0 {
            stamps.earlier.insert((at, latest.min(stamp)));
        }
        Ok(is_later)
    }

    fn twice(&self, line: u64) -> Flawed {
        self.sheet.wrong_in(line, "", || {
            message!(
                "另有一行或表里的一列写了同一期间的这项事实，获知时间也相同；请去掉一处，或在 `known_from` 里写明哪个较晚",
                "another row, or a column of the table, says what this is in the same period, known at the same time; \
                 take out one, or say in `known_from` which came later"
            )
        })
    }
}

/// A month for what has a value for each; else the day from which on it is so, or nothing for ever.
fn period(sheet: &Sheet<'_>, at: usize, is_monthly: bool) -> Result<i64, Flawed> {
    let text = sheet.field(at)?;
    if is_monthly {
        return month::parse(text).ok_or_else(|| sheet.wrong(at, || no_month(text)));
    }
    if text.is_empty() {
        return Ok(0);
    }
    day(text).ok_or_else(|| {
        sheet.wrong_with(at, || {
            let what = message!("{}，或留空", "{}, or leave it empty", no_day(text));
            (what, day_advice(text))
        })
    })
}

/// Of whom a row speaks, if it says neither.
pub(crate) fn neither_person_nor_household(said: &str) -> Message {
    message!(
        "{said:?} 既不是 `个人`（person），也不是 `家庭`（household）",
        "{said:?} is neither `person` (个人) nor `household` (家庭)"
    )
}

/// That the tables hold nobody who is called so.
pub(crate) fn nobody(entity: Entity, id: &str) -> Message {
    let whom = match entity {
        Entity::Person => message!("个人", "person"),
        Entity::Household => message!("家庭", "household"),
    };
    message!("{0}表里没有 {1:?}", "there is no {0} {1:?} among the {0}s", whom, id)
}

fn said(known: Known) -> Message {
    match known {
        Known::Position(number) => message!("位置{number}", "position {number}"),
        Known::Day(number) => {
            let day = crate::value::day_of(i64::from(number)).map(|day| day.to_string()).unwrap_or_default();
            message!("{day}", "{day}")
        }
    }
}
