//! Amounts that nothing keeps from falling below zero: the rules are sound, and somebody's amount could not be said.

use std::cell::Cell;

use super::Checker;
use super::never::{Asked, Ranges, required, split};
use crate::diagnostic::Diagnostic;
use crate::message::message;
use crate::model::{Expr, Term, key};
use crate::source::Span;
use crate::syntax::Order;

/// So many parts of an amount are looked at; where there are more, nothing is remarked.
const STEPS_MAX: usize = 10_000;

impl Checker {
    /// Remarks on every amount that may be one.
    pub(super) fn below_zero(&mut self) {
        let mut remarks = vec![];
        for decision in &self.rules.decisions {
            for version in &decision.versions {
                let Some(pay) = &version.pay else { continue };
                let ranges = Ranges::new(&self.rules, version.days, true);
                let mut known = vec![];
                for (_, condition) in required(version) {
                    split(&ranges, &condition.expr, !condition.unless, &mut known);
                }
                let steps = Cell::new(STEPS_MAX);
                let amount = Amount { ranges: &ranges, known, steps: &steps };
                let mut parts = std::iter::once(&pay.expr).chain(&pay.divisor);
                let Some(span) = parts.find_map(|part| amount.falls(part)) else { continue };
                let title = message!(
                    "没有什么保证 `{0}` 的应付额不低于零",
                    "nothing keeps the amount of `{0}` from falling below zero",
                    decision.name
                );
                let label = message!("这一处可能低于零", "this may be below zero");
                let note = message!(
                    "低于零的户，结果仍为“是”，金额却无法判断",
                    "where it does, the answer stays yes, and the amount cannot be said"
                );
                let wrong = Diagnostic::remark("below-zero", title, span, label);
                remarks.push(wrong.note(note).help(message!(
                    "写 `较大(…, 0)`，或者加一个条件，要求它 `高于 0`",
                    "write `larger(…, 0)`, or ask in a condition that it be `above 0`"
                )));
            }
        }
        self.rules.remarks.extend(remarks);
    }
}

/// What is paid, and what is known to hold where it is.
struct Amount<'a, 'r> {
    ranges: &'a Ranges<'r>,
    known: Vec<Asked<'r>>,
    /// So many parts may still be looked at: a name that is asked for twice is looked at twice.
    steps: &'a Cell<usize>,
}

impl<'r> Amount<'_, 'r> {
    /// A part of a formula by which it may fall below zero, if it may.
    fn falls(&self, expr: &'r Expr) -> Option<Span> {
        self.steps.set(self.steps.get().checked_sub(1)?);
        let plain = self.bare(expr);
        if self.ranges.of(plain).0.is_some_and(|least| least >= 0) || self.is_at_least_zero(plain) {
            return None;
        }
        match &plain.term {
            Term::Smaller(a, b) | Term::Add(a, b) | Term::Multiply(a, b) => self.falls(a).or_else(|| self.falls(b)),
            Term::Larger(a, b) => self.falls(a).and_then(|span| self.falls(b).map(|_| span)),
            Term::If(asked, then, otherwise) => {
                self.also(asked, true).falls(then).or_else(|| self.also(asked, false).falls(otherwise))
            }
            Term::Subtract(a, b) => (!self.is_ordered(b, a)).then_some(plain.span),
            Term::Divide(inner, ..) => self.falls(inner),
            Term::Aggregate { what: Some(what), filter, .. } | Term::Window { what: Some(what), filter, .. } => {
                self.of_each(filter.as_deref()).falls(what)
            }
            Term::Let(at) => {
                let versions = self.ranges.rules.lets[*at].versions.iter();
                versions
                    .filter(|(days, _)| days.is_none_or(|days| days.meet(self.ranges.days)))
                    .find_map(|(_, expr)| self.falls(expr))
            }
            Term::Fact(..) => Some(plain.span),
            Term::Const(_) | Term::DecisionDay | Term::Decision(_) | Term::Amount(_) | Term::Param(..) => None,
            Term::OfHousehold(_) | Term::Finer(..) | Term::Compare { .. } | Term::OneOf { .. } => None,
            Term::Not(_) | Term::And(_) | Term::Or(_) | Term::Aggregate { .. } | Term::Window { .. } => None,
            Term::Since(..) | Term::Part(..) | Term::Rank { .. } | Term::Round { .. } => None,
        }
    }

    /// Of members or months, of whom is known what is asked of each: what is known of one is not of the others.
    fn of_each(&self, filter: Option<&'r Expr>) -> Self {
        let mut known = vec![];
        if let Some(filter) = filter {
            split(self.ranges, filter, true, &mut known);
        }
        Self { ranges: self.ranges, known, steps: self.steps }
    }

    /// The same where something more is known.
    fn also(&self, asked: &'r Expr, holds: bool) -> Self {
        let mut known = self.known.clone();
        split(self.ranges, asked, holds, &mut known);
        Self { ranges: self.ranges, known, steps: self.steps }
    }

    /// What a name stands for, in whatever parts it is counted.
    fn bare(&self, expr: &'r Expr) -> &'r Expr {
        let mut plain = self.ranges.plain(expr);
        while let Term::Finer(inner, _) = &plain.term {
            plain = self.ranges.plain(inner);
        }
        plain
    }

    fn is_same(&self, a: &'r Expr, b: &'r Expr) -> bool {
        key(self.bare(a)) == key(self.bare(b))
    }

    /// Whether it is known that one is at most the other.
    fn is_ordered(&self, least: &'r Expr, most: &'r Expr) -> bool {
        self.orders().any(|(left, right)| self.is_same(left, least) && self.is_same(right, most))
    }

    /// Whether it is known to be no less than something that is never below zero.
    fn is_at_least_zero(&self, expr: &'r Expr) -> bool {
        let above_zero = |least: &Expr| self.ranges.of(least).0.is_some_and(|least| least >= 0);
        self.orders().any(|(left, right)| self.is_same(right, expr) && above_zero(left))
    }

    /// Pairs of which the first is known to be at most the second.
    fn orders(&self) -> impl Iterator<Item = (&'r Expr, &'r Expr)> {
        self.known.iter().filter_map(|(expr, holds, _)| {
            let Term::Compare { left, order, right, .. } = &expr.term else { return None };
            match (order, holds) {
                (Order::Below | Order::AtMost, true) | (Order::Above | Order::AtLeast, false) => {
                    Some((&**left, &**right))
                }
                (Order::Above | Order::AtLeast, true) | (Order::Below | Order::AtMost, false) => {
                    Some((&**right, &**left))
                }
                (Order::Is, true) | (Order::IsNot, false) => Some((&**left, &**right)),
                (Order::Is, false) | (Order::IsNot, true) => None,
            }
        })
    }
}
