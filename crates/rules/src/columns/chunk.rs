//! Some households at once: each formula is one pass over their columns.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;
use std::ops::Range;

use civil::Date;

use super::arrays::{Bounds, Numbers, Operation, Truths, UNKNOWN, and, or};
use super::{Asked, Column, NARROW_NONE, Part, Registry};
use crate::exact::{NONE, Undivided, narrow, part_of, passed, rounded, stepped};
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
    asked: Asked<'c>,
    registry: &'c Registry,
    households: Range<usize>,
    persons: Range<usize>,
    lets: Vec<Option<Computed>>,
    /// What it came to in each month that it is asked of, by formula and month.
    monthly: BTreeMap<(usize, i64), Computed>,
    /// Of which month facts with a history are taken, within a window.
    month: Cell<Option<i64>>,
    outcomes: Vec<Part<'c>>,
    /// The household of each person, once somebody asked.
    homes: OnceCell<Vec<u32>>,
    /// Between which values the facts of persons and of households lie here, once it was looked up.
    bounds: [Vec<Cell<Option<Bounds>>>; 2],
}

impl<'c> Chunk<'c> {
    pub(super) fn new(
        asked: Asked<'c>,
        registry: &'c Registry,
        households: Range<usize>,
        outcomes: Vec<Part<'c>>,
    ) -> Self {
        let (rules, persons) = (asked.rules, registry.members(households.clone()));
        let lets = rules.lets.iter().map(|_| None).collect();
        let bounds = [&rules.person, &rules.household].map(|facts| vec![Cell::new(None); facts.len()]);
        let (monthly, month, homes) = (BTreeMap::new(), Cell::new(None), OnceCell::new());
        let (on, asked) = (asked.on, asked);
        Self { rules, on, asked, registry, households, persons, lets, monthly, month, outcomes, homes, bounds }
    }

    /// The values of one formula.
    pub(super) fn values(&self, at: usize) -> Vec<Option<i64>> {
        let rows = 0..self.rows(self.rules.lets[at].entity);
        let value = |row: usize| match &self.lets[at] {
            Some(Computed::Numbers(numbers)) => Some(numbers.get(row)).filter(|value| *value != NONE),
            Some(Computed::Truths(truths)) => {
                Some(i64::from(truths.get(row))).filter(|truth| *truth < i64::from(UNKNOWN))
            }
            None => None,
        };
        rows.map(value).collect()
    }

    /// Every formula and decision, each after those it rests on.
    pub(super) fn compute(&mut self) {
        let rules = self.rules;
        for thing in &rules.order {
            match thing {
                Thing::Let(at) if rules.lets[*at].is_monthly => {
                    for month in &self.asked.looked_at[*at] {
                        self.month.set(Some(*month));
                        let computed = self.formula(*at);
                        self.monthly.insert((*at, *month), computed);
                    }
                    self.month.set(None);
                }
                Thing::Let(at) => self.lets[*at] = Some(self.formula(*at)),
                Thing::Decision(at) => {
                    let mut outcome = std::mem::take(&mut self.outcomes[*at]);
                    self.decision(*at, &mut outcome);
                    self.outcomes[*at] = outcome;
                }
            }
        }
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

    fn decision(&self, at: usize, out: &mut Part<'_>) {
        let decision = &self.rules.decisions[at];
        // Room is made with nothing met and nothing to be said.
        let (Some(version), Some(answers)) = (decision.on(self.on), &self.asked.answers[at]) else {
            return out.amounts.fill(NONE);
        };
        for (bit, condition) in version.conditions.iter().enumerate() {
            let wanted = u8::from(!condition.unless);
            match self.truths(&condition.expr, decision.entity) {
                Truths::One(truth) => {
                    let (m, u) = (u32::from(truth == wanted) << bit, u32::from(truth == UNKNOWN) << bit);
                    out.met.iter_mut().for_each(|met| *met |= m);
                    out.unknown.iter_mut().for_each(|unknown| *unknown |= u);
                }
                Truths::Many { values, whole } => {
                    for (met, truth) in out.met.iter_mut().zip(values.iter()) {
                        *met |= u32::from(*truth == wanted) << bit;
                    }
                    if !whole {
                        for (unknown, truth) in out.unknown.iter_mut().zip(values.iter()) {
                            *unknown |= u32::from(*truth == UNKNOWN) << bit;
                        }
                    }
                }
            }
        }
        for ((answer, met), unknown) in out.answers.iter_mut().zip(&*out.met).zip(&*out.unknown) {
            *answer = answers.of(*met, *unknown);
        }
        self.amounts(version, decision.entity, out);
    }

    fn amounts(&self, version: &Version, entity: Entity, out: &mut Part<'_>) {
        let Some(pay) = &version.pay else { return };
        let before = self.numbers(&pay.expr, entity);
        let divisor = pay.divisor.as_ref().map(|by| self.numbers(by, entity));
        if let (Some(undivided), Some(values)) = (Undivided::new(pay), before.slice()) {
            for ((amount, answer), before) in out.amounts.iter_mut().zip(&*out.answers).zip(values) {
                *amount = match answer {
                    Answer::No => 0,
                    Answer::CannotSay => NONE,
                    // What is not known lies below zero, and is none either.
                    Answer::Yes => undivided.of(*before).unwrap_or(NONE),
                };
            }
            return;
        }
        let rows = out.amounts.iter_mut().zip(&*out.answers).enumerate();
        for (row, (amount, answer)) in rows {
            *amount = match answer {
                Answer::No => 0,
                Answer::CannotSay => NONE,
                Answer::Yes => {
                    let (before, by) = (before.get(row), divisor.as_ref().map(|by| by.get(row)));
                    if before == NONE || by == Some(NONE) { NONE } else { rounded(pay, before, by).unwrap_or(NONE) }
                }
            };
        }
    }

    fn numbers<'s>(&'s self, expr: &Expr, scope: Entity) -> Numbers<'s> {
        match &expr.term {
            Term::Const(value) => Numbers::One(*value),
            Term::DecisionDay => Numbers::One(day_number(self.on)),
            Term::Fact(_, at) => match self.column(scope, *at) {
                None => Numbers::One(NONE),
                Some(Column::Wide(values)) => {
                    let values = &values[self.range(scope)];
                    if self.rules.facts(scope)[*at].is_monthly {
                        return Numbers::many(Cow::Borrowed(values));
                    }
                    let known = &self.bounds[usize::from(scope == Entity::Household)][*at];
                    let bounds = known.get().unwrap_or_else(|| Bounds::of(values));
                    known.set(Some(bounds));
                    Numbers::within(Cow::Borrowed(values), bounds)
                }
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
            Term::Amount(at) => Numbers::many(Cow::Borrowed(&*self.outcomes[*at].amounts)),
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
                if let (Since::Years, Some((0.., most))) = (since, from.ends())
                    && most <= to
                {
                    // As `passed` has it, where no day lies ahead; of two days, the later has fewer years behind it.
                    return from.falling(|from| (to - from) / 10_000);
                }
                from.each(|from| passed(*since, from, to).unwrap_or(NONE))
            }
            Term::Part(part, inner) => self.numbers(inner, scope).each(|day| part_of(*part, day)),
            Term::Rank { what, filter } => self.ranked(what, filter.as_deref()),
            Term::Round { mode, over, under, step } => {
                let (mode, parts, step) = (*mode, over.kind.den(), (*step, expr.kind.den()));
                let value = self.numbers(over, scope);
                match under {
                    Some(under) => {
                        let den = under.kind.den();
                        let quotient = |a, b| stepped(mode, (a, parts), Some((b, den)), step).unwrap_or(NONE);
                        value.with(self.numbers(under, scope), quotient)
                    }
                    None => value.each(|value| stepped(mode, (value, parts), None, step).unwrap_or(NONE)),
                }
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
                if let (Term::Fact(_, at), Some(table)) = (&left.term, looked_for(options, *not))
                    && let Some(Column::Narrow(values)) = self.column(scope, *at)
                {
                    return Truths::many(values[self.range(scope)].iter().map(|v| table[usize::from(*v)]).collect());
                }
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
            Term::Part(..) | Term::Rank { .. } | Term::Round { .. } | Term::DecisionDay => {
                self.numbers(expr, scope).truths(|value| value == 1)
            }
        }
    }

    /// The value of each household, for each of its members.
    fn spread<T: Copy>(&self, values: &[T]) -> Vec<T> {
        let homes = self.homes.get_or_init(|| {
            let mut homes = Vec::with_capacity(self.persons.len());
            for (home, members) in (0u32..).zip(self.segments()) {
                homes.extend(std::iter::repeat_n(home, members.len()));
            }
            homes
        });
        homes.iter().map(|home| values[*home as usize]).collect()
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
        if matches!(how, How::Sum | How::Count) && what.can_add_up(self.persons.len()) {
            return self.added_up(&what, &filter);
        }
        let one = |members: Range<usize>| {
            let mut fold = Fold::default();
            members.for_each(|row| fold.take(filter.get(row), what.get(row)));
            fold.of(how)
        };
        Numbers::many(Cow::Owned(self.segments().map(one).collect()))
    }

    /// Sums of the members of each household, where nothing can overflow.
    fn added_up(&self, what: &Numbers<'_>, filter: &Truths<'_>) -> Numbers<'_> {
        let sums = match (what, filter) {
            (Numbers::One(_), Truths::One(_)) => {
                let each = if filter.get(0) == 1 { what.get(0) } else { 0 };
                self.segments().map(|members| (members.len() as i64).wrapping_mul(each)).collect()
            }
            (Numbers::One(each), Truths::Many { values, .. }) => {
                self.differences(values.iter().map(|yes| if *yes == 1 { *each } else { 0 }))
            }
            (Numbers::Many(_), Truths::One(_)) => {
                let counted = filter.get(0) == 1;
                let known = |value: &i64| if *value == NONE || !counted { 0 } else { *value };
                let values = what.slice().unwrap_or_default();
                if what.is_whole() && counted {
                    self.differences(values.iter().copied())
                } else {
                    self.differences(values.iter().map(known))
                }
            }
            (Numbers::Many(_), Truths::Many { values: counted, .. }) => {
                let both = what.slice().unwrap_or_default().iter().zip(counted.iter());
                self.differences(both.map(|(value, yes)| if *yes == 1 && *value != NONE { *value } else { 0 }))
            }
        };
        if what.is_whole() && filter.is_whole() {
            return Numbers::many(Cow::Owned(sums));
        }
        // Where one of them is counted and not known, or not known to be counted, the sum is not known.
        let open = |row: usize| {
            let counted = filter.get(row);
            i64::from(counted == UNKNOWN || (counted == 1 && what.get(row) == NONE))
        };
        let open = self.differences((0..self.persons.len()).map(open));
        let sums = sums.into_iter().zip(open).map(|(sum, open)| if open == 0 { sum } else { NONE }).collect();
        Numbers::many(Cow::Owned(sums))
    }

    /// What each household adds to a running sum over all persons: no branch asks how many members it has. The running
    /// sum may wrap; a difference that lies in the range is right all the same.
    fn differences(&self, values: impl Iterator<Item = i64>) -> Vec<i64> {
        let mut sums = Vec::with_capacity(self.persons.len() + 1);
        let mut sum = 0i64;
        sums.push(sum);
        sums.extend(values.map(|value| {
            sum = sum.wrapping_add(value);
            sum
        }));
        self.segments().map(|members| sums[members.end].wrapping_sub(sums[members.start])).collect()
    }

    /// The rank of each member in his household, as the plain evaluator has it.
    fn ranked(&self, what: &Expr, filter: Option<&Expr>) -> Numbers<'_> {
        let what = self.numbers(what, Entity::Person);
        let filter = filter.map_or(Truths::One(1), |filter| self.truths(filter, Entity::Person));
        let mut out = vec![NONE; self.persons.len()];
        let mut ordered = vec![];
        for members in self.segments() {
            // Who may or may not come before, nobody knows; of himself each is sure.
            let is_open = |row: usize| match filter.get(row) {
                0 => false,
                counted => counted == UNKNOWN || what.get(row) == NONE,
            };
            let open = members.clone().filter(|row| is_open(*row)).count();
            ordered.clear();
            ordered.extend(members.map(|row| (what.get(row), row)).filter(|(value, _)| *value != NONE));
            ordered.sort_unstable();
            let mut before = 0;
            for (_, row) in &ordered {
                if open == usize::from(is_open(*row)) {
                    out[*row] = before + 1;
                }
                before += i64::from(filter.get(*row) == 1);
            }
        }
        Numbers::many(Cow::Owned(out))
    }

    /// Whether any, or all, of the members of each household.
    fn asked_of_all(&self, how: How, what: Option<&Expr>, filter: Option<&Expr>) -> Truths<'_> {
        let what = what.map_or(Truths::One(1), |what| self.truths(what, Entity::Person));
        let filter = filter.map_or(Truths::One(1), |filter| self.truths(filter, Entity::Person));
        // Who is not counted is no for any, and yes for all.
        let (asked, settles) = match how {
            How::All => (filter.negated().joined(what, or), 0),
            _ => (filter.joined(what, and), 1),
        };
        let Some(truths) = asked.slice() else {
            let truth = asked.get(0);
            let one = |members: Range<usize>| if members.is_empty() { 1 - settles } else { truth };
            return Truths::many(self.segments().map(one).collect());
        };
        // Settled ones in the lower half, those not known in the upper.
        let each = |truth: &u8| i64::from(*truth == settles) | i64::from(*truth == UNKNOWN) << 32;
        let of = |found: i64| match (found & i64::from(u32::MAX), found >> 32) {
            (0, 0) => 1 - settles,
            (0, _) => UNKNOWN,
            _ => settles,
        };
        Truths::many(self.differences(truths.iter().map(each)).into_iter().map(of).collect())
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

/// For each value of a narrow column whether it is one of these options, or none of them.
fn looked_for(options: &[i64], not: bool) -> Option<[u8; 256]> {
    let mut table = [u8::from(not); 256];
    table[usize::from(NARROW_NONE)] = UNKNOWN;
    for option in options {
        *table.get_mut(usize::try_from(*option).ok()?)? = u8::from(!not);
    }
    Some(table)
}
