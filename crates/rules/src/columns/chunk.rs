//! Some households at once: each formula is one pass over their columns.

use std::borrow::Cow;
use std::ops::Range;

use civil::Date;

use super::{Column, NARROW_NONE, Outcome, Registry};
use crate::exact::{Answers, NONE, narrow, ordered, passed, rounded};
use crate::kind::Kind;
use crate::model::{Expr, Rules, Term, Thing, Version};
use crate::syntax::{Answer, Entity, How, Order};
use crate::value::day_number;

/// Numbers, days or options: one for all, or one for each.
#[derive(Clone)]
enum Numbers<'c> {
    One(i64),
    Many(Cow<'c, [i64]>),
}

/// No, yes, not known: 0, 1, 2. One for all, or one for each.
#[derive(Clone)]
enum Truths<'c> {
    One(u8),
    Many(Cow<'c, [u8]>),
}

const UNKNOWN: u8 = 2;

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
    outcomes: Vec<Outcome>,
}

impl<'c> Chunk<'c> {
    pub(super) fn new(rules: &'c Rules, on: Date, registry: &'c Registry, households: Range<usize>) -> Self {
        let persons = registry.members(households.clone());
        let lets = rules.lets.iter().map(|_| None).collect();
        let outcomes = vec![Outcome::default(); rules.decisions.len()];
        Self { rules, on, registry, households, persons, lets, outcomes }
    }

    /// Every formula and decision, each after those it rests on.
    pub(super) fn decide(mut self) -> Vec<Outcome> {
        let rules = self.rules;
        for thing in &rules.order {
            match thing {
                Thing::Let(at) => {
                    let formula = &rules.lets[*at];
                    let computed = match (formula.on(self.on), formula.kind) {
                        (Some(expr), Kind::YesNo) => Computed::Truths(self.truths(expr, formula.entity).kept()),
                        (Some(expr), _) => Computed::Numbers(self.numbers(expr, formula.entity).kept()),
                        (None, Kind::YesNo) => Computed::Truths(Truths::One(UNKNOWN)),
                        (None, _) => Computed::Numbers(Numbers::One(NONE)),
                    };
                    self.lets[*at] = Some(computed);
                }
                Thing::Decision(at) => self.outcomes[*at] = self.decision(*at),
            }
        }
        self.outcomes
    }

    fn rows(&self, of: Entity) -> usize {
        match of {
            Entity::Person => self.persons.len(),
            Entity::Household => self.households.len(),
        }
    }

    fn column(&self, entity: Entity, at: usize) -> &'c Column {
        match entity {
            Entity::Person => &self.registry.person[at],
            Entity::Household => &self.registry.household[at],
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
                Truths::Many(truths) => {
                    for ((met, unknown), truth) in met.iter_mut().zip(&mut unknown).zip(truths.iter()) {
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
                Column::Wide(values) => Numbers::Many(Cow::Borrowed(&values[self.range(scope)])),
                Column::Narrow(values) => {
                    let wide = |value: &u8| if *value == NARROW_NONE { NONE } else { i64::from(*value) };
                    Numbers::Many(Cow::Owned(values[self.range(scope)].iter().map(wide).collect()))
                }
            },
            Term::Let(at) => match &self.lets[*at] {
                Some(Computed::Numbers(Numbers::One(value))) => Numbers::One(*value),
                Some(Computed::Numbers(Numbers::Many(values))) => Numbers::Many(Cow::Borrowed(values)),
                Some(Computed::Truths(_)) | None => unreachable!("formulas are computed in order, each by its kind"),
            },
            Term::Amount(at) if self.outcomes[*at].amounts.is_empty() => Numbers::One(NONE),
            Term::Amount(at) => Numbers::Many(Cow::Borrowed(&self.outcomes[*at].amounts)),
            Term::OfHousehold(inner) => match self.numbers(inner, Entity::Household) {
                Numbers::One(value) => Numbers::One(value),
                Numbers::Many(values) => Numbers::Many(Cow::Owned(self.spread(&values))),
            },
            Term::Param(at, index) => self.figure(*at, index.as_deref(), scope),
            Term::Divide(inner, ..) => self.numbers(inner, scope),
            Term::Finer(inner, by) => each(self.numbers(inner, scope), |value| value.checked_mul(*by).unwrap_or(NONE)),
            Term::Add(a, b) => self.both(a, b, scope, |a, b| a.checked_add(b).unwrap_or(NONE)),
            Term::Subtract(a, b) => self.both(a, b, scope, |a, b| a.checked_sub(b).unwrap_or(NONE)),
            Term::Multiply(a, b) => self.both(a, b, scope, |a, b| a.checked_mul(b).unwrap_or(NONE)),
            Term::Larger(a, b) => self.both(a, b, scope, i64::max),
            Term::Smaller(a, b) => self.both(a, b, scope, i64::min),
            Term::If(asked, then, otherwise) => {
                let (then, otherwise) = (self.numbers(then, scope), self.numbers(otherwise, scope));
                let pick = |row: usize, truth: u8| match truth {
                    1 => then.get(row),
                    0 => otherwise.get(row),
                    _ => NONE,
                };
                match self.truths(asked, scope) {
                    Truths::One(1) => then,
                    Truths::One(0) => otherwise,
                    Truths::One(_) => Numbers::One(NONE),
                    Truths::Many(truths) => {
                        Numbers::Many(Cow::Owned(truths.iter().enumerate().map(|(row, t)| pick(row, *t)).collect()))
                    }
                }
            }
            Term::Aggregate { how, what, filter } => self.folded(*how, what.as_deref(), filter.as_deref()),
            Term::Since(since, inner) => {
                let to = day_number(self.on);
                each(self.numbers(inner, scope), |from| passed(*since, from, to).unwrap_or(NONE))
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
                Column::Narrow(values) => {
                    let truth = |value: &u8| (*value).min(UNKNOWN);
                    Truths::Many(Cow::Owned(values[self.range(scope)].iter().map(truth).collect()))
                }
                Column::Wide(_) => unreachable!("yes or no stands in a narrow column"),
            },
            Term::Let(at) => match &self.lets[*at] {
                Some(Computed::Truths(Truths::One(truth))) => Truths::One(*truth),
                Some(Computed::Truths(Truths::Many(truths))) => Truths::Many(Cow::Borrowed(truths)),
                Some(Computed::Numbers(_)) | None => unreachable!("formulas are computed in order, each by its kind"),
            },
            Term::Decision(at) => {
                let truth = |answer: &Answer| match answer {
                    Answer::No => 0,
                    Answer::Yes => 1,
                    Answer::CannotSay => UNKNOWN,
                };
                Truths::Many(Cow::Owned(self.outcomes[*at].answers.iter().map(truth).collect()))
            }
            Term::OfHousehold(inner) => match self.truths(inner, Entity::Household) {
                Truths::One(truth) => Truths::One(truth),
                Truths::Many(truths) => Truths::Many(Cow::Owned(self.spread(&truths))),
            },
            Term::If(asked, then, otherwise) => {
                let (then, otherwise) = (self.truths(then, scope), self.truths(otherwise, scope));
                let asked = self.truths(asked, scope);
                let pick = |row: usize| match asked.get(row) {
                    1 => then.get(row),
                    0 => otherwise.get(row),
                    _ => UNKNOWN,
                };
                Truths::Many(Cow::Owned((0..self.rows(scope)).map(pick).collect()))
            }
            Term::Compare { left, order, right, factors } => {
                self.compared(self.numbers(left, scope), *order, self.numbers(right, scope), *factors)
            }
            Term::OneOf { left, options, not } => {
                let asked =
                    |value: i64| if value == NONE { UNKNOWN } else { u8::from(options.contains(&value) != *not) };
                match self.numbers(left, scope) {
                    Numbers::One(value) => Truths::One(asked(value)),
                    Numbers::Many(values) => Truths::Many(Cow::Owned(values.iter().map(|v| asked(*v)).collect())),
                }
            }
            Term::Not(inner) => negated(self.truths(inner, scope)),
            Term::And(all) => self.joined(all, scope, and),
            Term::Or(any) => self.joined(any, scope, or),
            Term::Aggregate { how, what, filter } => self.asked_of_all(*how, what.as_deref(), filter.as_deref()),
            Term::Amount(_) | Term::Param(..) | Term::Finer(..) | Term::Add(..) | Term::Subtract(..) => {
                self.yes_of_figure(expr, scope)
            }
            Term::Multiply(..) | Term::Divide(..) | Term::Larger(..) | Term::Smaller(..) | Term::Since(..) => {
                self.yes_of_figure(expr, scope)
            }
        }
    }

    /// A parameter that is yes or no; nothing else that is a number is asked for as such.
    fn yes_of_figure(&self, expr: &Expr, scope: Entity) -> Truths<'_> {
        let truth = |value: i64| if value == NONE { UNKNOWN } else { u8::from(value == 1) };
        match self.numbers(expr, scope) {
            Numbers::One(value) => Truths::One(truth(value)),
            Numbers::Many(values) => Truths::Many(Cow::Owned(values.iter().map(|value| truth(*value)).collect())),
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
        each(self.numbers(index, scope), value)
    }

    fn both<'s>(&'s self, a: &Expr, b: &Expr, scope: Entity, f: impl Fn(i64, i64) -> i64) -> Numbers<'s> {
        let f = |a: i64, b: i64| if a == NONE || b == NONE { NONE } else { f(a, b) };
        match (self.numbers(a, scope), self.numbers(b, scope)) {
            (Numbers::One(a), Numbers::One(b)) => Numbers::One(f(a, b)),
            (Numbers::One(a), many) => each(many, |b| f(a, b)),
            (many, Numbers::One(b)) => each(many, |a| f(a, b)),
            (Numbers::Many(a), Numbers::Many(b)) => {
                Numbers::Many(Cow::Owned(a.iter().zip(b.iter()).map(|(a, b)| f(*a, *b)).collect()))
            }
        }
    }

    fn compared(&self, left: Numbers<'_>, order: Order, right: Numbers<'_>, factors: (i64, i64)) -> Truths<'static> {
        let known = |l: i64, r: i64, yes: bool| if l == NONE || r == NONE { UNKNOWN } else { u8::from(yes) };
        let whole = factors == (1, 1);
        let compare = |l: i64, r: i64| match order {
            Order::Below if whole => known(l, r, l < r),
            Order::AtMost if whole => known(l, r, l <= r),
            Order::Above if whole => known(l, r, l > r),
            Order::AtLeast if whole => known(l, r, l >= r),
            _ => known(l, r, ordered(l, order, r, factors)),
        };
        match (left, right) {
            (Numbers::One(l), Numbers::One(r)) => Truths::One(compare(l, r)),
            (Numbers::One(l), Numbers::Many(r)) => Truths::Many(Cow::Owned(r.iter().map(|r| compare(l, *r)).collect())),
            (Numbers::Many(l), Numbers::One(r)) => Truths::Many(Cow::Owned(l.iter().map(|l| compare(*l, r)).collect())),
            (Numbers::Many(l), Numbers::Many(r)) => {
                Truths::Many(Cow::Owned(l.iter().zip(r.iter()).map(|(l, r)| compare(*l, *r)).collect()))
            }
        }
    }

    fn joined<'s>(&'s self, all: &[Expr], scope: Entity, f: impl Fn(u8, u8) -> u8) -> Truths<'s> {
        let mut all = all.iter().map(|one| self.truths(one, scope));
        let first = all.next().expect("the parser joins at least two");
        all.fold(first, |a, b| combined(a, b, &f))
    }

    /// Sum, count, least or greatest of the members of each household.
    fn folded(&self, how: How, what: Option<&Expr>, filter: Option<&Expr>) -> Numbers<'_> {
        let what = what.map_or(Numbers::One(1), |what| self.numbers(what, Entity::Person));
        let filter = filter.map_or(Truths::One(1), |filter| self.truths(filter, Entity::Person));
        let one = |members: Range<usize>| {
            let (mut sum, mut least, mut most, mut any) = (0i128, i64::MAX, i64::MIN, false);
            for row in members {
                let (counted, value) = (filter.get(row), what.get(row));
                if counted == UNKNOWN || (counted == 1 && value == NONE) {
                    return NONE;
                }
                if counted == 1 {
                    (sum, least, most, any) = (sum + i128::from(value), least.min(value), most.max(value), true);
                }
            }
            match how {
                How::Min if any => least,
                How::Max if any => most,
                How::Min | How::Max => NONE,
                How::Sum | How::Count | How::Any | How::All => narrow(sum).unwrap_or(NONE),
            }
        };
        Numbers::Many(Cow::Owned(self.segments().map(one).collect()))
    }

    /// Whether any, or all, of the members of each household.
    fn asked_of_all(&self, how: How, what: Option<&Expr>, filter: Option<&Expr>) -> Truths<'_> {
        let what = what.map_or(Truths::One(1), |what| self.truths(what, Entity::Person));
        let filter = filter.map_or(Truths::One(1), |filter| self.truths(filter, Entity::Person));
        let one = |members: Range<usize>| match how {
            How::All => members.into_iter().fold(1, |all, row| and(all, or(not(filter.get(row)), what.get(row)))),
            _ => members.into_iter().fold(0, |any, row| or(any, and(filter.get(row), what.get(row)))),
        };
        Truths::Many(Cow::Owned(self.segments().map(one).collect()))
    }
}

impl Numbers<'_> {
    fn get(&self, row: usize) -> i64 {
        match self {
            Numbers::One(value) => *value,
            Numbers::Many(values) => values[row],
        }
    }

    fn kept(self) -> Numbers<'static> {
        match self {
            Numbers::One(value) => Numbers::One(value),
            Numbers::Many(values) => Numbers::Many(Cow::Owned(values.into_owned())),
        }
    }
}

impl Truths<'_> {
    fn get(&self, row: usize) -> u8 {
        match self {
            Truths::One(truth) => *truth,
            Truths::Many(truths) => truths[row],
        }
    }

    fn kept(self) -> Truths<'static> {
        match self {
            Truths::One(truth) => Truths::One(truth),
            Truths::Many(truths) => Truths::Many(Cow::Owned(truths.into_owned())),
        }
    }
}

/// A function of each value that is known.
fn each<'s>(values: Numbers<'s>, f: impl Fn(i64) -> i64) -> Numbers<'s> {
    let f = |value: i64| if value == NONE { NONE } else { f(value) };
    match values {
        Numbers::One(value) => Numbers::One(f(value)),
        Numbers::Many(Cow::Owned(mut values)) => {
            values.iter_mut().for_each(|value| *value = f(*value));
            Numbers::Many(Cow::Owned(values))
        }
        Numbers::Many(Cow::Borrowed(values)) => Numbers::Many(Cow::Owned(values.iter().map(|v| f(*v)).collect())),
    }
}

fn negated(truths: Truths<'_>) -> Truths<'_> {
    match truths {
        Truths::One(truth) => Truths::One(not(truth)),
        Truths::Many(truths) => Truths::Many(Cow::Owned(truths.iter().map(|truth| not(*truth)).collect())),
    }
}

fn combined<'s>(a: Truths<'s>, b: Truths<'s>, f: impl Fn(u8, u8) -> u8) -> Truths<'s> {
    match (a, b) {
        (Truths::One(a), Truths::One(b)) => Truths::One(f(a, b)),
        (Truths::One(one), Truths::Many(many)) | (Truths::Many(many), Truths::One(one)) => {
            Truths::Many(Cow::Owned(many.iter().map(|truth| f(*truth, one)).collect()))
        }
        (Truths::Many(a), Truths::Many(b)) => {
            Truths::Many(Cow::Owned(a.iter().zip(b.iter()).map(|(a, b)| f(*a, *b)).collect()))
        }
    }
}

fn not(truth: u8) -> u8 {
    if truth == UNKNOWN { UNKNOWN } else { truth ^ 1 }
}

fn and(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 { 0 } else { a.max(b) }
}

fn or(a: u8, b: u8) -> u8 {
    if a == 1 || b == 1 { 1 } else { a.max(b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_stays_so_unless_the_other_side_settles_it() {
        let (no, yes, unknown) = (0, 1, UNKNOWN);
        for (a, b, both, any) in [
            (no, no, no, no),
            (no, yes, no, yes),
            (yes, yes, yes, yes),
            (no, unknown, no, unknown),
            (yes, unknown, unknown, yes),
            (unknown, unknown, unknown, unknown),
        ] {
            assert_eq!((and(a, b), and(b, a), or(a, b), or(b, a)), (both, both, any, any), "{a} {b}");
        }
        assert_eq!((not(no), not(yes), not(unknown)), (yes, no, unknown));
    }
}
