//! Persons and households from CSV. What is malformed is named by row and column, and nothing is guessed.

mod dated;
mod names;
mod sheet;
mod traced;

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use crate::columns::{Column, Histories, Registry};
use crate::kind::{Kind, Unit};
use crate::message::{Message, list, message};
use crate::model::{Fact, Rules};
use crate::month;
use crate::syntax::{Entity, Known};
use crate::value::{day_number, exact};
pub(crate) use dated::{neither_person_nor_household, no_month, nobody};
use names::Index;
pub use names::Names;
pub(crate) use sheet::Sheet;
pub use sheet::{Malformed, Table};
pub use traced::Traced;

/// Everybody, and what they are called.
pub struct Census {
    /// Their facts.
    pub registry: Registry,
    /// Households, in order.
    pub households: Names,
    /// Persons, in the order of their households.
    pub persons: Names,
    /// Columns that no rule asks for, by file.
    pub ignored: Vec<(String, String)>,
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
pub fn read_census(rules: &Rules, households: Table<'_>, persons: Table<'_>) -> Result<Census, Malformed> {
    read_census_beside(rules, households, persons, Beside::default())
}

/// The same, and dated facts beside them. What it holds of days is settled by [`Registry::settle`].
pub fn read_census_beside(
    rules: &Rules,
    households: Table<'_>,
    persons: Table<'_>,
    beside: Beside<'_>,
) -> Result<Census, Malformed> {
    let (mut ignored, mut traced) = (vec![], Traced::default());
    let kept = beside.months.as_ref();
    let mut rows = Rows::open(rules, Entity::Household, &["household"], households, kept)?;
    let by = match &beside.by {
        Some(by) => Some(rows.sheet.find(&[by])?.ok_or_else(|| rows.sheet.absent(by, Message::default()))?),
        None => None,
    };
    ignored.extend(rows.ignored(by));
    let (mut names, mut places, mut lines) = (Names::default(), Index::default(), vec![]);
    let (mut group_names, mut group_of) = (BTreeMap::new(), vec![]);
    while rows.sheet.next()? {
        let name = rows.id(0)?;
        let too_many = |_| rows.sheet.wrong("household", message!("家庭太多", "too many households"));
        let place = u32::try_from(names.len()).map_err(too_many)?;
        names.push(name);
        if places.add_last(&names, place).is_err() {
            let what = message!("家庭 {name:?} 第二次出现", "household {name:?} stands here a second time");
            return Err(rows.sheet.wrong("household", what));
        }
        lines.push(rows.sheet.line);
        if beside.traced.as_deref() == Some(names.get(names.len() - 1)) {
            traced.found(place, rows.sheet.line, &rows.sheet.file);
        }
        if let Some(by) = by {
            let next = u32::try_from(group_names.len()).unwrap_or(u32::MAX);
            group_of.push(*group_names.entry(rows.sheet.field(by)?.to_owned()).or_insert(next));
            if group_names.len() > GROUPS_MAX {
                let what = message!(
                    "超过{GROUPS_MAX}组；请用取值不多的列，例如区县",
                    "more than {GROUPS_MAX} groups; name a column that few values stand in, as a district"
                );
                return Err(rows.sheet.wrong(&rows.sheet.headings[by], what));
            }
        }
        rows.values()?;
    }
    let groups = by.map(|by| ordered_groups(rows.sheet.headings[by].clone(), group_names, group_of));
    let (households_file, household_columns, household_months) = (rows.sheet.file.clone(), rows.columns, rows.months);
    let mut rows = Rows::open(rules, Entity::Person, &["person", "household"], persons, kept)?;
    ignored.extend(rows.ignored(None));
    let (mut person_names, mut of, mut known) = (Names::default(), vec![], Index::default());
    let (mut person_lines, mut members) = (vec![], vec![0; names.len()]);
    while rows.sheet.next()? {
        let (name, household) = (rows.id(0)?, rows.id(1)?);
        // Members mostly follow one another, and households too.
        let near = of.last().map_or(0..1, |last: &u32| *last..last.saturating_add(2));
        let near = near.into_iter().find(|at| (*at as usize) < names.len() && names.get(*at as usize) == household);
        let Some(place) = near.or_else(|| places.find(&names, household)) else {
            return Err(rows.sheet.wrong("household", nobody(Entity::Household, household)));
        };
        let too_many = |_| rows.sheet.wrong("person", message!("个人太多", "too many persons"));
        let person = u32::try_from(of.len()).map_err(too_many)?;
        members[place as usize] += 1;
        if members[place as usize] > MEMBERS_MAX {
            let what = message!(
                "家庭 {household:?} 的成员超过{MEMBERS_MAX}人；请核对家庭编号",
                "household {household:?} has more than {MEMBERS_MAX} members; look at the number of the household"
            );
            return Err(rows.sheet.wrong("household", what));
        }
        of.push(place);
        person_names.push(name);
        traced.member(place, name, rows.sheet.line, &rows.sheet.file);
        if let Err(first) = known.add_last(&person_names, person) {
            let first: &u64 = &person_lines[first as usize];
            let what = message!(
                "此人在第{first}行已出现；一个人只属于一个家庭",
                "this person stands in row {first} too; a person lives in one household"
            );
            return Err(rows.sheet.wrong("person", what));
        }
        person_lines.push(rows.sheet.line);
        rows.values()?;
    }
    drop((known, places, person_lines));
    let (begins, order) = grouped(names.len(), &of);
    if let Some(empty) = begins.windows(2).position(|pair| pair[0] == pair[1]) {
        let what = message!(
            "家庭 {:?} 没有成员：个人表里没有一行属于它",
            "nobody lives in household {:?}: no row of the persons names it",
            names.get(empty)
        );
        return Err(Malformed { file: households_file, row: lines[empty], column: "household".to_owned(), what });
    }
    let mut columns = (rows.columns, rows.months, person_names);
    if !order.is_sorted() {
        columns = (
            columns.0.into_iter().map(|column| column.ordered(&order)).collect(),
            columns.1.into_iter().map(|(key, column)| (key, column.ordered(&order))).collect(),
            order.iter().map(|at| columns.2.get(*at as usize)).collect(),
        );
    }
    let (person, person_months, persons) = columns;
    let registry =
        Registry { begins, person, household: household_columns, person_months, household_months, changes: vec![] };
    let mut census = Census { registry, households: names, persons, ignored, groups, traced };
    if let Some(facts) = beside.facts {
        dated::read(rules, &mut census, facts, beside.known_at, kept)?;
    }
    Ok(census)
}

/// Groups in the order of their names.
fn ordered_groups(heading: String, names: BTreeMap<String, u32>, of: Vec<u32>) -> Groups {
    let mut place = vec![0u32; names.len()];
    for (at, first_seen) in names.values().enumerate() {
        place[*first_seen as usize] = u32::try_from(at).expect("as many as were seen, which 32 bits count");
    }
    let of = of.into_iter().map(|group| place[group as usize]).collect();
    Groups { heading, names: names.into_keys().collect(), of }
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

/// The columns that say whose row it is, in both languages; no fact is called so.
pub(crate) fn id_headings(entity: Entity) -> &'static [&'static str] {
    match entity {
        Entity::Household => &["household", "家庭编号"],
        Entity::Person => &["person", "个人编号", "household", "家庭编号"],
    }
}

/// The rows of persons or households, and the columns they fill.
struct Rows<'r> {
    rules: &'r Rules,
    entity: Entity,
    sheet: Sheet<'r>,
    /// The column of each id.
    ids: Vec<(usize, &'static str)>,
    /// The column of each fact; `None` for those nobody asks for.
    facts: Vec<Option<usize>>,
    /// The columns of facts that have a value for each month: which fact, which month, which column.
    of_months: Vec<(usize, i64, usize)>,
    columns: Vec<Column>,
    months: Histories,
}

impl<'r> Rows<'r> {
    fn open(
        rules: &'r Rules,
        entity: Entity,
        ids: &[&'static str],
        table: Table<'r>,
        kept: Option<&BTreeSet<i64>>,
    ) -> Result<Self, Malformed> {
        let sheet = Sheet::open(table)?;
        let mut places = vec![];
        for id in ids {
            let chinese = if *id == "person" { "个人编号" } else { "家庭编号" };
            places.push((sheet.need(id, chinese)?, *id));
        }
        let (mut facts, mut of_months) = (vec![], vec![]);
        for (place, fact) in rules.facts(entity).iter().enumerate() {
            let at = sheet.find(&[&fact.name, &fact.label.zh, &fact.label.en])?;
            if fact.is_monthly {
                if let Some(at) = at {
                    let what = message!(
                        "它逐月有值：列名写作 `{}@2026-03`，或写进事实文件",
                        "this has a value for each month: head its columns `{}@2026-03`, or give it in a file of facts",
                        fact.name
                    );
                    return Err(sheet.wrong(&sheet.headings[at], what));
                }
                of_months.extend(months_of(&sheet, fact, place)?);
                facts.push(None);
                continue;
            }
            if at.is_none() && fact.is_used {
                let said = message!(
                    "（{}，{}）；请加上这一列，不知道的单元格留空",
                    " ({}, {}); add it, and leave cells empty where nobody knows",
                    fact.label.zh,
                    fact.label.en
                );
                return Err(sheet.absent(&fact.name, said));
            }
            facts.push(at.filter(|_| fact.is_used));
        }
        let mut taken: Vec<(usize, usize)> =
            facts.iter().enumerate().filter_map(|(fact, at)| Some(((*at)?, fact))).collect();
        taken.extend(of_months.iter().map(|(fact, _, at)| (*at, *fact)));
        taken.sort_unstable();
        if let Some([(at, one), (_, other)]) = taken.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let [one, other] = [one, other].map(|fact| &rules.facts(entity)[*fact].name);
            let what = message!(
                "这个列名既指 `{one}` 又指 `{other}`；请改用名称",
                "this column could be of `{one}` or of `{other}`; head it by the name"
            );
            return Err(sheet.wrong(&sheet.headings[*at], what));
        }
        of_months.retain(|(fact, month, _)| {
            rules.facts(entity)[*fact].is_used && kept.is_none_or(|kept| kept.contains(month))
        });
        let columns: Vec<Column> = rules.facts(entity).iter().map(Column::of).collect();
        let months = of_months.iter().map(|(fact, month, _)| ((*fact, *month), columns[*fact].clone())).collect();
        Ok(Self { rules, entity, sheet, ids: places, facts, of_months, columns, months })
    }

    /// Columns that nobody asks for.
    fn ignored(&self, by: Option<usize>) -> Vec<(String, String)> {
        let used: Vec<usize> = self
            .ids
            .iter()
            .map(|(at, _)| *at)
            .chain(self.facts.iter().flatten().copied())
            .chain(self.of_months.iter().map(|(.., at)| *at))
            .chain(by)
            .collect();
        let ignored = self.sheet.headings.iter().enumerate().filter(|(at, _)| !used.contains(at));
        ignored.map(|(_, heading)| (self.sheet.file.clone(), heading.clone())).collect()
    }

    fn id(&self, which: usize) -> Result<&str, Malformed> {
        let (at, column) = self.ids[which];
        self.sheet.id(at, column)
    }

    fn values(&mut self) -> Result<(), Malformed> {
        let facts = self.rules.facts(self.entity);
        let value = |fact: &Fact, at: usize| {
            let text = self.sheet.field(at)?;
            parsed(self.rules, fact, text).map_err(|what| self.sheet.wrong(&self.sheet.headings[at], what))
        };
        for ((fact, at), column) in facts.iter().zip(&self.facts).zip(&mut self.columns) {
            column.push(match at {
                Some(at) => value(fact, *at)?,
                None => None,
            });
        }
        for (fact, month, at) in &self.of_months {
            let value = value(&facts[*fact], *at)?;
            if let Some(column) = self.months.get_mut(&(*fact, *month)) {
                column.push(value);
            }
        }
        Ok(())
    }
}

/// The columns of a fact that has a value for each month: `income@2026-03`.
fn months_of(sheet: &Sheet<'_>, fact: &Fact, place: usize) -> Result<Vec<(usize, i64, usize)>, Malformed> {
    let mut out: Vec<(usize, i64, usize)> = vec![];
    for (at, heading) in sheet.headings.iter().enumerate() {
        let Some((name, text)) = heading.split_once('@') else { continue };
        if ![&fact.name, &fact.label.zh, &fact.label.en].contains(&&name.trim().to_owned()) {
            continue;
        }
        let Some(month) = month::parse(text.trim()) else {
            let what = message!(
                "{:?} 不是月份；列名写作 `{}@2026-03`",
                "{:?} is no month; head the column `{}@2026-03`",
                text.trim(),
                fact.name
            );
            return Err(sheet.wrong(heading, what));
        };
        if out.iter().any(|(_, other, _)| *other == month) {
            let what = message!(
                "另有一列是同一事实的同一月份；请去掉一列",
                "another column is of the same fact and month; take out one"
            );
            return Err(sheet.wrong(heading, what));
        }
        out.push((place, month, at));
    }
    Ok(out)
}

/// A cell as a value of its fact; an empty one is not known.
pub(crate) fn parsed(rules: &Rules, fact: &Fact, text: &str) -> Result<Option<i64>, Message> {
    if text.is_empty() {
        return Ok(None);
    }
    let value = match fact.kind {
        Kind::YesNo => match text {
            "yes" | "是" => 1,
            "no" | "否" => 0,
            _ => {
                return Err(message!(
                    "{text:?} 既不是 `是`（yes），也不是 `否`（no）",
                    "{text:?} is neither `yes` (是) nor `no` (否)"
                ));
            }
        },
        Kind::Date => match usual_day(text) {
            Some(day) => day,
            None => match text.parse::<civil::Date>() {
                Ok(date) if text.len() == 10 && date.year() > 0 => day_number(date),
                _ => {
                    return Err(message!(
                        "{text:?} 不是日期；写作 2020-12-31",
                        "{text:?} is no day; write it as 2020-12-31"
                    ));
                }
            },
        },
        Kind::Options(at) => {
            let options = &rules.options[at];
            let found = options
                .options
                .iter()
                .position(|(name, label)| [name, &label.zh, &label.en].into_iter().any(|called| called == text));
            let names = || list(&options.options.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>());
            found
                .ok_or_else(|| message!("{text:?} 不是它的选项：{}", "{text:?} is none of its options: {}", names()))?
                as i64
        }
        Kind::Number { unit, den, .. } => {
            let (number, hundredths, example) = match unit {
                Unit::RATIO => {
                    (text.strip_suffix('%').unwrap_or(text), if text.ends_with('%') { 2 } else { 0 }, "0.25")
                }
                _ if unit.money == 1 => (text, 0, "1234.50"),
                _ => (text, 0, "12"),
            };
            let (units, scale) = digits(number).ok_or_else(|| {
                message!("{text:?} 不是数；写作 {example}", "{text:?} is no number; write it as {example}")
            })?;
            let held = exact(units, scale + hundredths, den * unit.parts()).ok_or_else(|| match unit {
                _ if unit.money == 1 => {
                    message!("{text:?} 太大，或有比分更小的部分", "{text:?} is too large, or has parts of a fen")
                }
                Unit::RATIO => message!(
                    "{text:?} 比万分之一更细，或太大",
                    "{text:?} is finer than a hundredth of a per cent, or too large"
                ),
                _ => message!("{text:?} 不是整数，或太大", "{text:?} is not whole, or too large"),
            })?;
            if held < 0 && !fact.is_signed {
                return Err(message!(
                    "{text:?} 低于零，而规则不允许 `{}` 低于零",
                    "{text:?} is below zero, which the rules do not allow for `{}`",
                    fact.name
                ));
            }
            held
        }
    };
    Ok(Some(value))
}

/// The yyyymmdd of a day in its usual form, read by hand: a city's file holds millions of them. What it does not read, the
/// calendar's own reader answers.
fn usual_day(text: &str) -> Option<i64> {
    let &[y, e, a, r, b'-', m, o, b'-', d, f] = text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        let all = digits.iter().all(u8::is_ascii_digit);
        all.then(|| digits.iter().fold(0i64, |number, digit| number * 10 + i64::from(digit - b'0')))
    };
    let (year, month, day) = (number(&[y, e, a, r])?, number(&[m, o])?, number(&[d, f])?);
    // The 29th to 31st are not in every month.
    let is_there = year > 0 && (1..=12).contains(&month) && (1..=28).contains(&day);
    is_there.then_some(year * 10_000 + month * 100 + day)
}

/// Digits with at most one point: as one integer, and how many stand after the point.
pub(crate) fn digits(text: &str) -> Option<(i64, u32)> {
    let (negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text),
    };
    let (mut units, mut scale, mut point, mut any) = (0i64, 0u32, false, false);
    for byte in body.bytes() {
        match byte {
            b'0'..=b'9' => {
                units = units.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                scale += u32::from(point);
                any = true;
            }
            b'.' if !point && any => point = true,
            _ => return None,
        }
    }
    let complete = any && !body.ends_with('.') && scale <= 18;
    complete.then_some((if negative { -units } else { units }, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_read_by_hand_is_the_calendars() {
        for text in
            ["2020-12-28", "0001-01-01", "2021-02-29", "2020-02-29", "1999-13-01", "2020-1-01", "2020-01-00", "二〇"]
        {
            let calendar = text.parse::<civil::Date>().ok().map(day_number);
            assert!(usual_day(text).is_none_or(|day| Some(day) == calendar), "{text}");
        }
        assert_eq!(usual_day("2020-12-28"), Some(20_201_228));
        assert_eq!(usual_day("2020-12-31"), None, "left to the calendar");
    }

    #[test]
    fn cells_are_exact_or_refused() {
        assert_eq!(digits("1894.00"), Some((189_400, 2)));
        assert_eq!(digits("-5"), Some((-5, 0)));
        for text in ["", "-", ".", "1.", ".5", "1,000", "1e3", "１２", "1.2.3", "9223372036854775808", "+1", "1 000"]
        {
            assert_eq!(digits(text), None, "{text}");
        }
    }
}
