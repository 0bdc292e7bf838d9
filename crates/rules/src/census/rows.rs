//! The rows of persons or households: which column is of which fact, and which are left aside.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{far_days, month_meant, parsed};
use super::flaws::Flawed;
use super::sheet::Sheet;
use crate::columns::{Column, Histories};
use crate::diagnostic::shortened;
use crate::exact::NONE;
use crate::kind::Kind;
use crate::message::{Message, list, message};
use crate::model::{Fact, Rules};
use crate::month;
use crate::syntax::Entity;
use crate::value::is_far;

/// The columns that say whose row it is, in both languages; no fact is called so.
pub(crate) fn id_headings(entity: Entity) -> &'static [&'static str] {
    match entity {
        Entity::Household => &["household", "家庭编号"],
        Entity::Person => &["person", "个人编号", "household", "家庭编号"],
    }
}

/// What people often call the column of an id.
const LIKE_HOUSEHOLD: [&str; 8] = ["家庭", "户号", "家庭号", "户编号", "户", "家庭户号", "户籍编号", "hh"];
const LIKE_PERSON: [&str; 9] =
    ["个人", "姓名", "人员编号", "成员编号", "个人号", "身份证号", "身份证号码", "人员", "name"];

/// So many columns that are left aside are named.
const NAMED_MAX: usize = 20;

/// The rows of persons or households, and the columns they fill.
pub(super) struct Rows<'r> {
    rules: &'r Rules,
    entity: Entity,
    pub sheet: Sheet<'r>,
    /// The column of each id.
    pub ids: Vec<usize>,
    /// The column of each fact; `None` for those nobody asks for.
    facts: Vec<Option<usize>>,
    /// The columns of facts that have a value for each month: which fact, which month, which column.
    of_months: Vec<(usize, i64, usize)>,
    /// Of these, those that nobody looks at.
    unseen: Vec<(usize, i64, usize)>,
    pub columns: Vec<Column>,
    pub months: Histories,
}

impl<'r> Rows<'r> {
    pub fn open(
        rules: &'r Rules,
        entity: Entity,
        sheet: Sheet<'r>,
        kept: Option<&BTreeSet<i64>>,
    ) -> Result<Self, Flawed> {
        let mut ids = vec![];
        if entity == Entity::Person {
            ids.push(sheet.need("person", "个人编号", &LIKE_PERSON));
        }
        ids.push(sheet.need("household", "家庭编号", &LIKE_HOUSEHOLD));
        let ids = ids.into_iter().collect::<Result<Vec<usize>, Flawed>>();
        let (mut facts, mut of_months, mut is_whole) = (vec![], vec![], true);
        for (place, fact) in rules.facts(entity).iter().enumerate() {
            let at = sheet.find(&[&fact.name, &fact.label.zh, &fact.label.en])?;
            if fact.is_monthly {
                if let Some(at) = at {
                    return Err(sheet.wrong(at, || {
                        message!(
                            "它逐月有值：列名写作 `{}@2026-03`，或写进事实文件",
                            "this has a value for each month: head its columns `{}@2026-03`, or give it in a file of facts",
                            fact.name
                        )
                    }));
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
                sheet.absent(&[&fact.name, &fact.label.zh, &fact.label.en], said);
                is_whole = false;
            }
            facts.push(at.filter(|_| fact.is_used));
        }
        let ids = ids?;
        if !is_whole {
            return Err(Flawed);
        }
        let mut taken: Vec<(usize, usize)> =
            facts.iter().enumerate().filter_map(|(fact, at)| Some(((*at)?, fact))).collect();
        taken.extend(of_months.iter().map(|(fact, _, at)| (*at, *fact)));
        taken.sort_unstable();
        if let Some([(at, one), (_, other)]) = taken.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let [one, other] = [one, other].map(|fact| &rules.facts(entity)[*fact].name);
            return Err(sheet.wrong(*at, || {
                message!(
                    "这个列名既指 `{one}` 又指 `{other}`；请改用名称",
                    "this column could be of `{one}` or of `{other}`; head it by the name"
                )
            }));
        }
        let is_seen = |(fact, month, _): &(usize, i64, usize)| {
            rules.facts(entity)[*fact].is_used && kept.is_none_or(|kept| kept.contains(month))
        };
        let (of_months, unseen): (Vec<_>, Vec<_>) = of_months.into_iter().partition(is_seen);
        let columns: Vec<Column> = rules.facts(entity).iter().map(Column::of).collect();
        let months = of_months.iter().map(|(fact, month, _)| ((*fact, *month), columns[*fact].clone())).collect();
        Ok(Self { rules, entity, sheet, ids, facts, of_months, unseen, columns, months })
    }

    /// What is said of the columns that nobody asks for; `by` is one that something else asks for.
    pub fn aside(&self, by: Option<usize>) -> Vec<Message> {
        let mut used: BTreeSet<usize> = self.ids.iter().copied().chain(by).collect();
        used.extend(self.facts.iter().flatten());
        used.extend(self.of_months.iter().chain(&self.unseen).map(|(.., at)| *at));
        let (mut nameless, mut unasked) = (vec![], vec![]);
        let mut unmarked = BTreeMap::<usize, (String, Vec<&str>)>::new();
        for (at, heading) in self.sheet.headings.iter().enumerate().filter(|(at, _)| !used.contains(at)) {
            match self.without_mark(heading) {
                _ if heading.is_empty() => nameless.push((at + 1).to_string()),
                Some((fact, meant)) => unmarked.entry(fact).or_insert((meant, vec![])).1.push(heading),
                None => unasked.push(heading.as_str()),
            }
        }
        let mut notes: Vec<Message> = unmarked.into_values().map(|(meant, of)| left_unmarked(&of, &meant)).collect();
        let facts = self.rules.facts(self.entity);
        let mut unseen = BTreeMap::<usize, Vec<i64>>::new();
        self.unseen.iter().for_each(|(fact, month, _)| unseen.entry(*fact).or_default().push(*month));
        for (fact, mut months) in unseen {
            months.sort_unstable();
            let (name, months) = (&facts[fact].name, shortened(&month::listed(&months)));
            notes.push(if facts[fact].is_used {
                message!(
                    "{name} 的这些月份不在所看的月份之内，已略去：{months}",
                    "these months of {name} are not among those looked at, and are left aside: {months}"
                )
            } else {
                message!(
                    "没有规则用到 {name}，它的各月已略去：{months}",
                    "no rule asks for {name}, so its months are left aside: {months}"
                )
            });
        }
        notes.extend(left_unasked(&unasked));
        if !nameless.is_empty() {
            let which = named(&nameless.iter().map(String::as_str).collect::<Vec<_>>());
            notes.push(message!(
                "这些列没有列名，已略去：第{}列（行末有多余的逗号）",
                "no heading stands over these columns, which are left aside: {} (a comma too many at the end of the lines)",
                which
            ));
        }
        notes.extend(self.far_days());
        let file = &self.sheet.file;
        let told = |note: Message| Message { zh: shortened(&note.zh), en: shortened(&note.en) };
        notes.into_iter().map(|note| told(message!("{file}：{}", "{file}: {}", note))).collect()
    }

    /// Of columns with days on which nobody who lives was born: a digit was mistyped, or a year cut short.
    fn far_days(&self) -> Vec<Message> {
        let facts = self.rules.facts(self.entity).iter().zip(&self.columns);
        let far = facts.filter_map(|(fact, column)| {
            let Column::Wide(values) = column else { return None };
            let far = values.iter().copied().filter(|value| *value != NONE && is_far(*value));
            far_days(&fact.name, far.filter(|_| fact.kind == Kind::Date))
        });
        far.collect()
    }

    /// The fact whose month stands in a heading without the mark between them, `income2026-03`; and what is meant.
    fn without_mark(&self, heading: &str) -> Option<(usize, String)> {
        let mut monthly = self.rules.facts(self.entity).iter().enumerate().filter(|(_, fact)| fact.is_monthly);
        monthly.find_map(|(at, fact)| {
            let names = [&fact.name, &fact.label.zh, &fact.label.en].map(String::as_str);
            names.into_iter().find_map(|name| {
                let rest = heading.strip_prefix(name).or_else(|| heading.strip_suffix(name))?;
                Some((at, format!("{name}@{}", month::said(month_meant(rest)?))))
            })
        })
    }

    pub fn id(&self, which: usize) -> Result<&str, Flawed> {
        self.sheet.id(self.ids[which])
    }

    /// Takes the values of the row; what is malformed is not known, and is written down.
    pub fn values(&mut self) {
        let facts = self.rules.facts(self.entity);
        let value = |fact: &Fact, at: usize| {
            let text = self.sheet.field(at).ok()?;
            parsed(self.rules, fact, text).unwrap_or_else(|unfit| {
                self.sheet.wrong_with(at, || (unfit.told(self.rules, fact, text), unfit.advice(text)));
                None
            })
        };
        for ((fact, at), column) in facts.iter().zip(&self.facts).zip(&mut self.columns) {
            column.push(at.and_then(|at| value(fact, at)));
        }
        for (fact, month, at) in &self.of_months {
            let value = value(&facts[*fact], *at);
            if let Some(column) = self.months.get_mut(&(*fact, *month)) {
                column.push(value);
            }
        }
    }
}

/// The columns of a fact that has a value for each month: `income@2026-03`.
fn months_of(sheet: &Sheet<'_>, fact: &Fact, place: usize) -> Result<Vec<(usize, i64, usize)>, Flawed> {
    let mut out: Vec<(usize, i64, usize)> = vec![];
    for (at, heading) in sheet.headings.iter().enumerate() {
        let Some((name, text)) = heading.split_once('@') else { continue };
        if ![&fact.name, &fact.label.zh, &fact.label.en].contains(&&name.trim().to_owned()) {
            continue;
        }
        let Some(month) = month::parse(text.trim()) else {
            return Err(sheet.wrong(at, || {
                let meant = month_meant(text).map_or_else(|| "2026-03".to_owned(), month::said);
                message!(
                    "{:?} 不是月份；列名写作 `{}@{meant}`",
                    "{:?} is no month; head the column `{}@{meant}`",
                    text.trim(),
                    fact.name
                )
            }));
        };
        if out.iter().any(|(_, other, _)| *other == month) {
            return Err(sheet.wrong(at, || {
                message!(
                    "另有一列是同一事实的同一月份；请去掉一列",
                    "another column is of the same fact and month; take out one"
                )
            }));
        }
        out.push((place, month, at));
    }
    Ok(out)
}

/// Of columns that are left aside because a month is not set off.
fn left_unmarked(headings: &[&str], meant: &str) -> Message {
    match headings {
        [one] => {
            message!("{one} 列已略去；是不是要写 `{meant}`？", "the column {one} is left aside; do you mean `{meant}`?")
        }
        several => message!(
            "这{0}列已略去：{1}；是不是要写 `{meant}` 这样的列名？",
            "these {0} columns are left aside: {1}; do you mean headings as `{meant}`?",
            several.len(),
            named(several)
        ),
    }
}

/// Of columns that no rule asks for.
fn left_unasked(headings: &[&str]) -> Option<Message> {
    match headings {
        [] => None,
        [one] => {
            Some(message!("没有规则用到 {one} 列，已略去", "no rule asks for the column {one}, so it is left aside"))
        }
        several => Some(message!(
            "没有规则用到这{0}列，已略去：{1}",
            "no rule asks for these {0} columns, so they are left aside: {1}",
            several.len(),
            named(several)
        )),
    }
}

/// The first of some names, and how many more there are.
fn named(all: &[&str]) -> Message {
    let (first, more) = (list(&all[..all.len().min(NAMED_MAX)]), all.len().saturating_sub(NAMED_MAX));
    match more {
        0 => first,
        _ => message!("{}，另有{more}列", "{}, and {more} more", first),
    }
}
