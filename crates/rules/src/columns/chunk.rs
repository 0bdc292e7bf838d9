//! Some households at once: each formula is one pass over their columns.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use civil::Date;

use super::arrays::{Numbers, Operation, Truths, UNKNOWN, and, not, or};
use super::{Column, NARROW_NONE, Outcome, Registry};
use crate::exact::{Answers, NONE, narrow, passed, rounded};
use crate::kind::Kind;
use crate::model::{Expr, Rules, Term, Thing, Version};
use crate::month::Months;
use crate::syntax::{Answer, Entity, How, Since};
use crate::value::day_number;

/// What a formula came to.
enum Computed {
    Numbers(Numbers<'static>),
    Truths(Truths<'static>),
}

pub(super) struct Chunk<'c> {
    rules: &'c Rules,
    on: Date,
    registry: &'c Registry,
    households: Range<usize>,
    persons: Range<usize>,
    lets: Vec<Option<Computed>>,
    /// Of which months each formula is asked, and what it came to in each.
    looked_at: &'c [BTreeSet<i64>],
    monthly: BTreeMap<(usize, i64), Computed>,
    /// Of which month facts with a history are taken, within a window.
    month: Cell<Option<i64>>,
    outcomes: Vec<Outcome>,
}

impl<'c> Chunk<'c> {
    pub(super) fn new(
        rules: &'c Rules,
        on: Date,
        registry: &'c Registry,
        households: Range<usize>,
        looked_at: &'c [BTreeSet<i64>],
    ) -> Self {
        let persons = registry.members(households.clone());
        let lets = rules.lets.iter().map(|_| None).collect();
        let outcomes = vec![Outcome::default(); rules.decisions.len()];
        let (monthly, month) = (BTreeMap::new(), Cell::new(None));
        Self { rules, on, registry, households, persons, lets, looked_at, monthly, month, outcomes }
    }

    /// Every formula and decision, each after those it rests on.
    pub(super) fn decide(mut self) -> Vec<Outcome> {
        let rules = self.rules;
        for thing in &rules.order {
            match thing {
                Thing::Let(at) if rules.lets[*at].is_monthly => {
                    for month in &self.looked_at[*at] {
                        self.month.set(Some(*month));
                        let computed = self.formula(*at);
                        self.monthly.insert((*at, *month), computed);
                    }
                    self.month.set(None);
                }
                Thing::Let(at) => self.lets[*at] = Some(self.formula(*at)),
                Thing::Decision(at) => self.outcomes[*at] = self.decision(*at),
            }
        }
        self.outcomes
    }

    fn formula(&self, at: usize) -> Computed {
        let formula = &self.rules.lets[at];
        match (formula.on(self.on), formula.kind) {
            (Some(expr), Kind::YesNo) => Computed::Truths(self.truths(expr, formula.entity).kept()),
            (Some(expr), _) => Computed::Numbers(self.numbers(expr, formula.entity).kept()),
            (None, Kind::YesNo) => Computed::Truths(Truths::One(UNKNOWN)),
            (None, _) => Computed::Numbers(Numbers::One(NONE)),
        }
    }

    /// What a formula came to, on the day or in the month.
    fn computed(&self, at: usize) -> Option<&Computed> {
        if self.rules.lets[at].is_monthly {
            return self.month.get().and_then(|month| self.monthly.get(&(at, month)));
        }
        self.lets[at].as_ref()
    }

    fn rows(&self, of: Entity) -> usize {
        match of {
            Entity::Person => self.persons.len(),
            Entity::Household => self.households.len(),
        }
    }

    /// The values of a fact; `None` where they are known of nobody.
    fn column(&self, entity: Entity, at: usize) -> Option<&'c Column> {
        if self.rules.facts(entity)[at].is_monthly {
            return self.month.get().and_then(|month| self.registry.histories(entity).get(&(at, month)));
        }
        match entity {
            Entity::Person => self.registry.person.get(at),
            Entity::Household => self.registry.household.get(at),
        }
    }

    fn range(&self, entity: Entity) -> Range<usize> {
        match entity {
            Entity::Person => self.persons.clone(),
            Entity::Household => self.households.clone(),
        }
    }

    /// The members of each household of the chunk.
    fn segments(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let begins = &self.registry.begins[self.households.start..=self.households.end];
        begins.windows(2).map(|pair| pair[0] as usize - self.persons.start..pair[1] as usize - self.persons.start)
    }

    fn decision(&self, at: usize) -> Outcome {
        let decision = &self.rules.decisions[at];
        let rows = self.rows(decision.entity);
        let Some(version) = decision.on(self.on) else {
            let pays = decision.versions.iter().any(|version| version.pay.is_some());
            return Outcome {
                answers: vec![Answer::CannotSay; rows],
                met: vec![0; rows],
                unknown: vec![0; rows],
                amounts: if pays { vec![NONE; rows] } else { vec![] },
            };
        };
        let (mut met, mut unknown) = (vec![0u32; rows], vec![0u32; rows]);
        for (bit, condition) in version.conditions.iter().enumerate() {
            let wanted = u8::from(!condition.unless);
            match self.truths(&condition.expr, decision.entity) {
                Truths::One(truth) => {
                    let (m, u) = (u32::from(truth == wanted) << bit, u32::from(truth == UNKNOWN) << bit);
                    met.iter_mut().for_each(|met| *met |= m);
                    unknown.iter_mut().for_each(|unknown| *unknown |= u);
                }
                Truths::Many { values, .. } => {
                    for ((met, unknown), truth) in met.iter_mut().zip(&mut unknown).zip(values.iter()) {
                        *met |= u32::from(*truth == wanted) << bit;
                        *unknown |= u32::from(*truth == UNKNOWN) << bit;
                    }
                }
            }
        }
        let answers = Answers::new(&version.needs, version.conditions.len());
        let answers: Vec<Answer> = met.iter().zip(&unknown).map(|(m, u)| answers.of(*m, *u)).collect();
        let amounts = self.amounts(version, decision.entity, &answers);
        Outcome { answers, met, unknown, amounts }
    }

    fn amounts(&self, version: &Version, entity: Entity, answers: &[Answer]) -> Vec<i64> {
        let Some(pay) = &version.pay else { return vec![] };
        let before = self.numbers(&pay.expr, entity);
        let divisor = pay.divisor.as_ref().map(|by| self.numbers(by, entity));
        let one = |(row, answer): (usize, &Answer)| match answer {
            Answer::No => 0,
            Answer::CannotSay => NONE,
            Answer::Yes => {
                let before = before.get(row);
                let divisor = divisor.as_ref().map(|by| by.get(row));
                if before == NONE || divisor == Some(NONE) {
                    return NONE;
                }
                rounded(pay, before, divisor).unwrap_or(NONE)
            }
        };
        answers.iter().enumerate().map(one).collect()
    }

    fn numbers<'s>(&'s self, expr: &Expr, scope: Entity) -> Numbers<'s> {
        match &expr.term {
            Term::Const(value) => Numbers::One(*value),
            Term::Fact(_, at) => match self.column(scope, *at) {
                None => Numbers::One(NONE),
                Some(Column::Wide(values)) => Numbers::many(Cow::Borrowed(&values[self.range(scope)])),
                Some(Column::Narrow(values)) => {
                    let wide = |value: &u8| if *value == NARROW_NONE { NONE } else { i64::from(*value) };
                    Numbers::many(Cow::Owned(values[self.range(scope)].iter().map(wide).collect()))
                }
            },
            Term::Let(at) => match self.computed(*at) {
                Some(Computed::Numbers(numbers)) => numbers.borrowed(),
                Some(Computed::Truths(_)) | None => unreachable!("formulas are computed in order, each by its kind"),
            },
            Term::Amount(at) if self.outcomes[*at].amounts.is_empty() => Numbers::One(NONE),
            Term::Amount(at) => Numbers::many(Cow::Borrowed(&self.outcomes[*at].amounts)),
            Term::OfHousehold(inner) => self.numbers(inner, Entity::Household).arranged(|values| self.spread(values)),
            Term::Param(at, index) => self.figure(*at, index.as_deref(), scope),
            Term::Divide(inner, ..) => self.numbers(inner, scope),
            Term::Finer(inner, by) => Operation::Multiply.on(self.numbers(inner, scope), Numbers::One(*by)),
            Term::Add(a, b) => Operation::Add.on(self.numbers(a, scope), self.numbers(b, scope)),
            Term::Subtract(a, b) => Operation::Subtract.on(self.numbers(a, scope), self.numbers(b, scope)),
            Term::Multiply(a, b) => Operation::Multiply.on(self.numbers(a, scope), self.numbers(b, scope)),
            Term::Larger(a, b) => Operation::Larger.on(self.numbers(a, scope), self.numbers(b, scope)),
            Term::Smaller(a, b) => Operation::Smaller.on(self.numbers(a, scope), self.numbers(b, scope)),
            Term::If(asked, then, otherwise) => {
                let (then, otherwise) = (self.numbers(then, scope), self.numbers(otherwise, scope));
                Numbers::picked(self.truths(asked, scope), then, otherwise)
            }
            Term::Aggregate { how, what, filter } => self.folded(*how, what.as_deref(), filter.as_deref()),
            Term::Window { how, what, filter, months } => {
                self.over_months(*how, (what.as_deref(), filter.as_deref()), *months, scope)
            }
            Term::Since(since, inner) => {
                let (to, from) = (day_number(self.on), self.numbers(inner, scope));
                if *since == Since::Years && from.are_at_most(to) {
                    // As `passed` has it, where no day lies ahead.
                    return from.each(|from| (to - from) / 10_000);
                }
                from.each(|from| passed(*since, from, to).unwrap_or(NONE))
            }
            Term::Decision(_)
            | Term::Compare { .. }
            | Term::OneOf { .. }
            | Term::Not(_)
            | Term::And(_)
            | Term::Or(_) => {
                unreachable!("what is yes or no is asked for as such")
            }
        }
    }

    fn truths<'s>(&'s self, expr: &Expr, scope: Entity) -> Truths<'s> {
        match &expr.term {
            Term::Const(value) => Truths::One(u8::from(*value == 1)),
            Term::Fact(_, at) => match self.column(scope, *at) {
                None => Truths::One(UNKNOWN),
                Some(Column::Narrow(values)) => {
                    Truths::many(values[self.range(scope)].iter().map(|value| (*value).min(UNKNOWN)).collect())
                }
                Some(Column::Wide(_)) => unreachable!("yes or no stands in a narrow column"),
            },
            Term::Let(at) => match self.computed(*at) {
                Some(Computed::Truths(truths)) => truths.borrowed(),
                Some(Computed::Numbers(_)) | None => unreachable!("formulas are computed in order, each by its kind"),
            },
            Term::Decision(at) => {
                let truth = |answer: &Answer| match answer {
                    Answer::No => 0,
                    Answer::Yes => 1,
                    Answer::CannotSay => UNKNOWN,
                };
                Truths::many(self.outcomes[*at].answers.iter().map(truth).collect())
            }
            Term::OfHousehold(inner) => self.truths(inner, Entity::Household).arranged(|truths| self.spread(truths)),
            Term::If(asked, then, otherwise) => {
                let (then, otherwise) = (self.truths(then, scope), self.truths(otherwise, scope));
                let asked = self.truths(asked, scope);
                let pick = |row: usize| match asked.get(row) {
                    1 => then.get(row),
                    0 => otherwise.get(row),
                    _ => UNKNOWN,
                };
                Truths::many((0..self.rows(scope)).map(pick).collect())
            }
            Term::Compare { left, order, right, factors } => {
                self.numbers(left, scope).compared(*order, self.numbers(right, scope), *factors)
            }
            Term::OneOf { left, options, not } => {
                self.numbers(left, scope).truths(|value| options.contains(&value) != *not)
            }
            Term::Not(inner) => self.truths(inner, scope).negated(),
            Term::And(all) => self.joined(all, scope, and),
            Term::Or(any) => self.joined(any, scope, or),
            Term::Aggregate { how, what, filter } => self.asked_of_all(*how, what.as_deref(), filter.as_deref()),
            Term::Window { how, what, filter, months } => {
                self.asked_of_months(*how, (what.as_deref(), filter.as_deref()), *months, scope)
            }
            // A parameter that is yes or no; nothing else that is a number is asked for as such.
            Term::Amount(_) | Term::Param(..) | Term::Finer(..) | Term::Add(..) | Term::Subtract(..) => {
                self.numbers(expr, scope).truths(|value| value == 1)
            }
            Term::Multiply(..) | Term::Divide(..) | Term::Larger(..) | Term::Smaller(..) | Term::Since(..) => {
                self.numbers(expr, scope).truths(|value| value == 1)
            }
        }
    }

    /// The value of each household, for each of its members.
    fn spread<T: Copy>(&self, values: &[T]) -> Vec<T> {
        let mut out = Vec::with_capacity(self.persons.len());
        for (value, members) in values.iter().zip(self.segments()) {
            out.extend(std::iter::repeat_n(*value, members.len()));
        }
        out
    }

    fn figure(&self, at: usize, index: Option<&Expr>, scope: Entity) -> Numbers<'_> {
        let version = self.rules.params[at].versions.iter().find(|version| version.days.contain(self.on));
        let Some(version) = version else { return Numbers::One(NONE) };
        let Some(index) = index else { return Numbers::One(version.values.first().copied().unwrap_or(NONE)) };
        let value = |option: i64| {
            usize::try_from(option).ok().and_then(|option| version.values.get(option).copied()).unwrap_or(NONE)
        };
        self.numbers(index, scope).each(value)
    }

    fn joined<'s>(&'s self, all: &[Expr], scope: Entity, f: impl Fn(u8, u8) -> u8) -> Truths<'s> {
        let mut all = all.iter().map(|one| self.truths(one, scope));
        let first = all.next().expect("the parser joins at least two");
        all.fold(first, |a, b| a.joined(b, &f))
    }

    /// Sum, count, least or greatest of the members of each household.
    fn folded(&self, how: How, what: Option<&Expr>, filter: Option<&Expr>) -> Numbers<'_> {
        let what = what.map_or(Numbers::One(1), |what| self.numbers(what, Entity::Person));
        let filter = filter.map_or(Truths::One(1), |filter| self.truths(filter, Entity::Person));
        if matches!(how, How::Sum | How::Count) && filter.is_whole() && what.can_add_up(self.persons.len()) {
            return self.added_up(&what, &filter);
        }
        let one = |members: Range<usize>| {
            let mut fold = Fold::default();
            members.for_each(|row| fold.take(filter.get(row), what.get(row)));
            fold.of(how)
        };
        Numbers::many(Cow::Owned(self.segments().map(one).collect()))
    }

    /// Sums of the members of each household, where nothing is missing and nothing can overflow.
    fn added_up(&self, what: &Numbers<'_>, filter: &Truths<'_>) -> Numbers<'_> {
        let sums: Vec<i64> = match (what.slice(), filter.slice()) {
            (Some(values), Some(counted)) => self
                .segments()
                .map(|members| {
                    let both = values[members.clone()].iter().zip(&counted[members]);
                    both.fold(0, |sum: i64, (value, yes)| sum.wrapping_add(value.wrapping_mul(i64::from(*yes))))
                })
                .collect(),
            (Some(values), None) => {
                let each = i64::from(filter.get(0));
                let sum =
                    |members: Range<usize>| values[members].iter().fold(0, |sum: i64, value| sum.wrapping_add(*value));
                self.segments().map(|members| sum(members).wrapping_mul(each)).collect()
            }
            (None, Some(counted)) => {
                let each = what.get(0);
                let count =
                    |members: Range<usize>| counted[members].iter().fold(0, |sum: i64, yes| sum + i64::from(*yes));
                self.segments().map(|members| count(members).wrapping_mul(each)).collect()
            }
            (None, None) => {
                let each = what.get(0).wrapping_mul(i64::from(filter.get(0)));
                self.segments().map(|members| (members.len() as i64).wrapping_mul(each)).collect()
            }
        };
        Numbers::many(Cow::Owned(sums))
    }

    /// Whether any, or all, of the members of each household.
    fn asked_of_all(&self, how: How, what: Option<&Expr>, filter: Option<&Expr>) -> Truths<'_> {
        let what = what.map_or(Truths::One(1), |what| self.truths(what, Entity::Person));
        let filter = filter.map_or(Truths::One(1), |filter| self.truths(filter, Entity::Person));
        if let (Some(truths), Truths::One(1)) = (what.slice(), &filter) {
            let one = |members: Range<usize>| match how {
                How::All => truths[members].iter().fold(1, |all, truth| and(all, *truth)),
                _ => truths[members].iter().fold(0, |any, truth| or(any, *truth)),
            };
            return Truths::many(self.segments().map(one).collect());
        }
        let one = |members: Range<usize>| match how {
            How::All => members.into_iter().fold(1, |all, row| and(all, or(not(filter.get(row)), what.get(row)))),
            _ => members.into_iter().fold(0, |any, row| or(any, and(filter.get(row), what.get(row)))),
        };
        Truths::many(self.segments().map(one).collect())
    }

    /// What is computed in each of some months.
    fn in_months<T>(&self, months: Months, mut f: impl FnMut() -> T) -> Vec<T> {
        let outer = self.month.get();
        let in_month = |month: i64| {
            self.month.set(Some(month));
            f()
        };
        let each = months.on(self.on).map(in_month).collect();
        self.month.set(outer);
        each
    }

    /// Sum, count, least or greatest of the months of each.
    fn over_months(&self, how: How, (what, filter): Inner<'_>, months: Months, scope: Entity) -> Numbers<'_> {
        let each = self.in_months(months, || {
            let what = what.map_or(Numbers::One(1), |what| self.numbers(what, scope));
            (what, filter.map_or(Truths::One(1), |filter| self.truths(filter, scope)))
        });
        let plain = |(what, filter): &(Numbers<'_>, Truths<'_>)| {
            matches!(filter, Truths::One(1)) && what.can_add_up(each.len())
        };
        if how == How::Sum && each.iter().all(plain) {
            let numbers = each.into_iter().map(|(what, _)| what);
            return numbers.reduce(|sum, what| Operation::Add.on(sum, what)).unwrap_or(Numbers::One(0));
        }
        let mut folds = vec![Fold::default(); self.rows(scope)];
        for (what, filter) in &each {
            folds.iter_mut().enumerate().for_each(|(row, fold)| fold.take(filter.get(row), what.get(row)));
        }
        Numbers::many(Cow::Owned(folds.into_iter().map(|fold| fold.of(how)).collect()))
    }

    /// Whether in any, or in all, of the months of each.
    fn asked_of_months(&self, how: How, (what, filter): Inner<'_>, months: Months, scope: Entity) -> Truths<'_> {
        let each = self.in_months(months, || {
            let what = what.map_or(Truths::One(1), |what| self.truths(what, scope));
            let filter = filter.map_or(Truths::One(1), |filter| self.truths(filter, scope));
            match how {
                How::All => filter.negated().joined(what, or),
                _ => filter.joined(what, and),
            }
        });
        let (first, join): (u8, fn(u8, u8) -> u8) = if how == How::All { (1, and) } else { (0, or) };
        each.into_iter().fold(Truths::One(first), |all, one| all.joined(one, join))
    }
}

/// What is folded, and which of it counts.
type Inner<'e> = (Option<&'e Expr>, Option<&'e Expr>);

/// Several values becoming one.
#[derive(Clone, Copy)]
struct Fold {
    sum: i128,
    least: i64,
    most: i64,
    any: bool,
    unknown: bool,
}

impl Default for Fold {
    fn default() -> Self {
        Self { sum: 0, least: i64::MAX, most: i64::MIN, any: false, unknown: false }
    }
}

impl Fold {
    fn take(&mut self, counted: u8, value: i64) {
        self.unknown |= counted == UNKNOWN || (counted == 1 && value == NONE);
        if counted == 1 && value != NONE {
            self.sum += i128::from(value);
            (self.least, self.most, self.any) = (self.least.min(value), self.most.max(value), true);
        }
    }

    fn of(self, how: How) -> i64 {
        match how {
            _ if self.unknown => NONE,
            How::Min if self.any => self.least,
            How::Max if self.any => self.most,
            How::Min | How::Max => NONE,
            How::Sum | How::Count | How::Any | How::All => narrow(self.sum).unwrap_or(NONE),
        }
    }
}
