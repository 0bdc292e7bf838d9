//! Recomputed month by month: what is due by the rules and facts of today, against what was paid or decided.

use civil::Date;
use std::cell::RefCell;
use std::collections::BTreeMap;

use hashbrown::HashMap;

use crate::census::{Census, Flawed, Flaws, Sheet, Table, neither_person_nor_household, no_month, nobody};
use crate::columns::{Outcome, decide};
use crate::every::{Every, is_monthly};
use crate::exact::NONE;
use crate::message::{Message, list, message};
use crate::model::{Decision, Rules, Version};
use crate::month;
use crate::out::Out;
use crate::reform::Pair;
use crate::sweep::{homes, made_up, marked, spelled, yuan};
use crate::syntax::{Answer, Entity, Label};
use crate::value::exact;

/// The headings of what is written.
pub const HEADINGS: [&str; 10] =
    ["decision", "of", "id", "household", "month", "answer", "amount_yuan", "paid_yuan", "arrears_yuan", "synthetic"];

/// The answer in a month in which the decision is not in force.
const NOT_IN_FORCE: &str = "not in force";

/// How many months may be recomputed.
pub const MONTHS_MAX: i64 = 120;

/// What was paid.
#[derive(Clone, Debug, Default)]
pub struct Paid {
    /// By decision and month: fen for each person or household.
    fen: BTreeMap<(usize, i64), Vec<i64>>,
    /// How many rows speak of a month.
    rows: BTreeMap<i64, u64>,
}

impl Paid {
    /// How many rows speak of none of these months, and so are held against nothing.
    pub fn outside(&self, months: &[(i64, Date)]) -> u64 {
        let is_outside = |month: &i64| !months.iter().any(|(other, _)| other == month);
        self.rows.iter().filter(|(month, _)| is_outside(month)).map(|(_, rows)| rows).sum()
    }
}

/// What is due is held against this.
pub enum Against<'a> {
    /// Nothing was paid: all that is due is listed.
    Nothing,
    /// What was paid, by a file.
    Paid(&'a Paid),
    /// What the rules before a reform say; what is due is what those after it say.
    Before(&'a [Pair]),
}

/// One decision in one month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owed {
    /// Which decision, by its place.
    pub decision: usize,
    /// Which month.
    pub month: i64,
    /// How many were paid too little, and how much, in fen.
    pub under: (u64, i128),
    /// How many were paid too much, and how much, in fen.
    pub over: (u64, i128),
    /// Of how many it cannot be said.
    pub cannot_say: u64,
    /// What the decision of that month rests on that was made up, before a reform or after it.
    pub made_up: Vec<Label>,
}

/// The months up to that of a day, earliest first, each with the day it is decided on: its first.
pub fn months_before(on: Date, count: i64) -> Vec<(i64, Date)> {
    let last = month::of(on);
    (last - count + 1..=last).filter_map(|month| Some((month, month::first_day(month)?))).collect()
}

/// Which decisions pay in these months, but not by the month, and so are left out; and which are not in force in some.
pub fn arrears_notes(rules: &Rules, months: &[(i64, Date)], against: &Against<'_>) -> Vec<Message> {
    let after: Vec<usize> = match against {
        Against::Before(pairs) => pairs.iter().filter_map(|pair| pair.after.or(pair.before)).collect(),
        Against::Nothing | Against::Paid(_) => (0..rules.decisions.len()).collect(),
    };
    let mut notes = vec![];
    for decision in after.into_iter().map(|at| &rules.decisions[at]).filter(|decision| !is_monthly(decision)) {
        let mut versions = months.iter().filter_map(|(_, day)| decision.on(*day));
        let name = &decision.name;
        match versions.find_map(Version::every) {
            None | Some(Every::Month) => {}
            Some(Every::Once) => notes.push(message!(
                "{name} 一次性支付，不按月支付，没有补发，未计入",
                "{name} is paid once and not by the month, so it has no arrears and is left out"
            )),
            Some(Every::Year) => notes.push(message!(
                "{name} 按年支付，不按月支付，没有补发，未计入",
                "{name} is paid by the year and not by the month, so it has no arrears and is left out"
            )),
        }
    }
    for pair in pairs(rules, against) {
        let Some(name) = pair.after.or(pair.before).map(|at| &rules.decisions[at].name) else { continue };
        let on = |at: Option<usize>, day: Date| rules.decisions[at?].on(day);
        let pays_before = |day: Date| on(pair.before, day).is_some_and(|version| version.pay.is_some());
        let counts = |day: Date| !matches!(against, Against::Before(_)) || pays_before(day);
        let idle = months.iter().filter(|(_, day)| on(pair.after, *day).is_none() && counts(*day));
        let idle: Vec<i64> = idle.map(|(month, _)| *month).collect();
        if idle.is_empty() {
            continue;
        }
        let months = month::listed(&idle);
        notes.push(match against {
            Against::Nothing => message!(
                "{name} 在{months}没有现行有效的规则：这些月份没有应付",
                "{name} is not in force in {months}: nothing is due then"
            ),
            Against::Paid(_) | Against::Before(_) => message!(
                "{name} 在{months}没有现行有效的规则：这些月份付过的都算多付",
                "{name} is not in force in {months}: what was paid then counts as too much"
            ),
        });
    }
    notes
}

/// Recomputes each month, writes every row of which the two differ or which cannot be said, and counts. In a month in which
/// a decision is not in force it owes nobody anything, and what was paid by it was too much. `told` hears how many households
/// are done.
pub fn arrears(
    rules: &Rules,
    months: &[(i64, Date)],
    census: &mut Census,
    against: &Against<'_>,
    cores: usize,
    told: &(dyn Fn(usize) + Sync),
    mut out: Out<'_>,
) -> std::io::Result<Vec<Owed>> {
    out.heading(&HEADINGS)?;
    let homes = homes(census);
    let mut all = vec![];
    for (month, day) in months {
        census.registry.settle(*day);
        let outcomes = decide(rules, *day, &census.registry, cores, told);
        for pair in pairs(rules, against) {
            // What is paid once, or by the year, is held against no month.
            let in_force = |at: &usize| {
                let decision = &rules.decisions[*at];
                decision.on(*day).is_some_and(|version| version.pay.is_none() || is_monthly(decision))
            };
            let (before, after) = (pair.before.filter(in_force), pair.after.filter(in_force));
            let paid = match against {
                Against::Nothing => None,
                Against::Paid(paid) => pair.after.and_then(|at| paid.fen.get(&(at, *month))).map(Vec::as_slice),
                Against::Before(_) => before.map(|before| outcomes[before].amounts.as_slice()),
            };
            let Some(at) = pair.after.or(pair.before).filter(|_| after.is_some() || paid.is_some()) else { continue };
            let made_up = made_up(rules, after.into_iter().chain(before), *day);
            let list = List { rules, census, homes: &homes, at, month: *month, made_up };
            all.push(list.write(after.map(|after| &outcomes[after]), paid, &mut out)?);
        }
    }
    out.finish()?;
    Ok(all)
}

/// The decisions of which what is due is listed, each with what it was before.
fn pairs(rules: &Rules, against: &Against<'_>) -> Vec<Pair> {
    let pairs: Vec<Pair> = match against {
        Against::Before(pairs) => pairs.to_vec(),
        Against::Nothing | Against::Paid(_) => {
            (0..rules.decisions.len()).map(|at| Pair { before: None, after: Some(at) }).collect()
        }
    };
    let is_monthly = |at: Option<usize>| at.is_some_and(|at| is_monthly(&rules.decisions[at]));
    pairs.into_iter().filter(|pair| is_monthly(pair.before) || is_monthly(pair.after)).collect()
}

struct List<'l> {
    rules: &'l Rules,
    census: &'l Census,
    homes: &'l [u32],
    at: usize,
    month: i64,
    made_up: Vec<Label>,
}

impl List<'_> {
    /// `outcome` is none where the decision is not in force, `paid` where nothing was; [`NONE`] in it is what cannot be said.
    fn write(&self, outcome: Option<&Outcome>, paid: Option<&[i64]>, out: &mut Out<'_>) -> std::io::Result<Owed> {
        let made_up = self.made_up.clone();
        let mut owed = Owed { decision: self.at, month: self.month, made_up, ..Owed::default() };
        let month = month::said(self.month);
        let rows = match self.rules.decisions[self.at].entity {
            Entity::Household => self.census.households.len(),
            Entity::Person => self.census.persons.len(),
        };
        for row in 0..rows {
            let answer = outcome.map(|outcome| outcome.answers[row]);
            // A version that pays nothing has no amounts.
            let due = outcome.and_then(|outcome| outcome.amounts.get(row)).copied().unwrap_or(0);
            let paid = paid.map_or(0, |paid| paid.get(row).copied().unwrap_or(0));
            let arrears = (due != NONE && paid != NONE).then(|| i128::from(due) - i128::from(paid));
            match arrears {
                Some(0) => continue,
                Some(fen) if fen > 0 => owed.under = (owed.under.0 + 1, owed.under.1 + fen),
                Some(fen) => owed.over = (owed.over.0 + 1, owed.over.1 - fen),
                None => owed.cannot_say += 1,
            }
            self.row(out, (row, answer, &month), (due, paid), arrears)?;
        }
        Ok(owed)
    }

    fn row(
        &self,
        out: &mut Out<'_>,
        (row, answer, month): (usize, Option<Answer>, &str),
        (due, paid): (i64, i64),
        arrears: Option<i128>,
    ) -> std::io::Result<()> {
        let decision = &self.rules.decisions[self.at];
        let (of, id, home) = match decision.entity {
            Entity::Household => ("household", self.census.households.get(row), row),
            Entity::Person => ("person", self.census.persons.get(row), self.homes[row] as usize),
        };
        let said = |fen: i64| if fen == NONE { String::new() } else { yuan(fen) };
        let arrears = arrears.and_then(|fen| i64::try_from(fen).ok()).map(yuan).unwrap_or_default();
        let household = self.census.households.get(home);
        let (due, paid) = (said(due), said(paid));
        let synthetic = marked(&self.made_up);
        let answer = answer.map_or(NOT_IN_FORCE, spelled);
        out.row(&[&decision.name, of, id, household, month, answer, &due, &paid, &arrears, synthetic])?;
        Ok(())
    }
}

/// Reads what was paid: `decision`, `id`, `month` and `amount_yuan`, and `of` where a decision on persons and one on
/// households have the same name. Several rows of the same month add up. No amount is no payment where the row itself says
/// in `answer` that nothing could be decided, as what one run owes does; else it is refused.
pub fn read_paid(rules: &Rules, census: &Census, table: Table<'_>) -> Result<Paid, Flaws> {
    let flaws = RefCell::new(Flaws::default());
    let read = Payments::open(rules, census, table, &flaws).and_then(Payments::read);
    flaws.into_inner().or(read)
}

/// A file of payments.
struct Payments<'p> {
    rules: &'p Rules,
    sheet: Sheet<'p>,
    /// Households and persons by what they are called.
    rows: [HashMap<&'p str, u32>; 2],
    decision: usize,
    id: usize,
    month: usize,
    amount: usize,
    of: Option<usize>,
    answer: Option<usize>,
}

/// One row: which decision, whom, which month, how many fen.
type Payment = (usize, usize, i64, i64);

/// The most that may be paid to one in a month: ten thousand billion yuan, in fen.
const PAID_MAX: i64 = 1_000_000_000_000_000;

impl<'p> Payments<'p> {
    fn open(rules: &'p Rules, census: &'p Census, table: Table<'p>, flaws: &'p RefCell<Flaws>) -> Result<Self, Flawed> {
        let sheet = Sheet::open(table, flaws)?;
        let need = |name, chinese, alike| sheet.need(name, chinese, alike);
        let needed = [
            need("decision", "认定", &["认定名称", "待遇", "项目"]),
            need("id", "编号", &["家庭编号", "个人编号", "household", "person"]),
            need("month", "月份", &["月", "发放月份"]),
            need("amount_yuan", "金额", &["金额（元）", "实发金额", "已付", "amount"]),
        ];
        let [decision, id, month, amount] = needed;
        let (decision, id, month, amount) = (decision?, id?, month?, amount?);
        let (of, answer) = (sheet.find(&["of", "对象"])?, sheet.find(&["answer"])?);
        let rows = [census.rows(Entity::Household), census.rows(Entity::Person)];
        Ok(Self { rules, sheet, rows, decision, id, month, amount, of, answer })
    }

    fn read(mut self) -> Result<Paid, Flawed> {
        let mut paid = Paid::default();
        while self.sheet.next()? {
            let Ok((at, row, month, fen)) = self.payment() else { continue };
            let entity = self.rules.decisions[at].entity;
            let count = self.rows[usize::from(entity == Entity::Person)].len();
            *paid.rows.entry(month).or_default() += 1;
            let amounts = paid.fen.entry((at, month)).or_insert_with(|| vec![0; count]);
            match amounts[row].checked_add(fen).filter(|sum| sum.abs() < PAID_MAX) {
                Some(sum) => amounts[row] = sum,
                None => drop(self.sheet.wrong(self.amount, || {
                    message!("本月已付合计太大", "what was paid in this month adds up to too much")
                })),
            }
        }
        Ok(paid)
    }

    fn payment(&self) -> Result<Payment, Flawed> {
        let sheet = &self.sheet;
        let entity = match self.of.map(|of| sheet.field(of)).transpose()? {
            None | Some("") => None,
            Some("household" | "家庭") => Some(Entity::Household),
            Some("person" | "个人") => Some(Entity::Person),
            Some(other) => {
                let of = self.of.unwrap_or_default();
                return Err(sheet.wrong(of, || neither_person_nor_household(other)));
            }
        };
        let (at, decided) = self.decided(entity)?;
        let rows = match decided.entity {
            Entity::Household => &self.rows[0],
            Entity::Person => &self.rows[1],
        };
        let id = sheet.id(self.id)?;
        let row = rows.get(id).copied();
        let row = row.ok_or_else(|| sheet.wrong(self.id, || nobody(decided.entity, id)))?;
        let text = sheet.field(self.month)?;
        let month = month::parse(text).ok_or_else(|| sheet.wrong(self.month, || no_month(text)))?;
        Ok((at, row as usize, month, self.fen()?))
    }

    fn decided(&self, entity: Option<Entity>) -> Result<(usize, &'p Decision), Flawed> {
        let (rules, sheet) = (self.rules, &self.sheet);
        let name = sheet.id(self.decision)?;
        let called = |one: &(usize, &'p Decision)| {
            let label = &one.1.label;
            [one.1.name.as_str(), &label.zh, &label.en].contains(&name)
                && entity.is_none_or(|entity| entity == one.1.entity)
        };
        let mut fits = rules.decisions.iter().enumerate().filter(called);
        let (Some((at, decided)), None) = (fits.next(), fits.next()) else {
            return Err(sheet.wrong(self.decision, || {
                let names: Vec<&str> = rules.decisions.iter().map(|one| one.name.as_str()).collect();
                message!(
                    "{name:?} 不是任何一项认定，或不止一项；认定有：{}",
                    "{name:?} is not one of the decisions, or several; they are: {}",
                    list(&names)
                )
            }));
        };
        if !is_monthly(decided) {
            return Err(sheet.wrong(self.decision, || {
                message!("{name:?} 不按月支付，没有补发", "{name:?} pays no amount a month, and so has no arrears")
            }));
        }
        Ok((at, decided))
    }

    fn fen(&self) -> Result<i64, Flawed> {
        let sheet = &self.sheet;
        let text = sheet.field(self.amount)?;
        let undecided = self.answer.map(|answer| sheet.field(answer)).transpose()? == Some(spelled(Answer::CannotSay));
        let fen = match text {
            "" if undecided => Some(0),
            _ => crate::census::digits(text).and_then(|(units, scale)| exact(units, scale, 100)),
        };
        fen.ok_or_else(|| {
            sheet.wrong(self.amount, || match text {
                "" => message!(
                    "没有写付了多少；没有付的，写 0.00 或去掉这一行",
                    "it does not say how much was paid; write 0.00 where nothing was, or take the row out"
                ),
                _ => message!(
                    "{text:?} 不是以元计的金额；写作 1234.50",
                    "{text:?} is no amount in yuan; write it as 1234.50"
                ),
            })
        })
    }
}
