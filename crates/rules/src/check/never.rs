//! Conditions that can never hold: by the range of each side, or because two of them exclude one another.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::kind::Kind;
use crate::message::{Message, message};
use crate::model::{Expr, Needs, Rules, Term, key};
use crate::source::Span;
use crate::syntax::{Days, How, Order};

/// Least and greatest value, where there are any.
type Range = (Option<i128>, Option<i128>);

impl Checker {
    /// Looks at every condition of every decision, and at all that must hold together.
    pub(super) fn never(&mut self) {
        // What is imported says what it says.
        if self.rules.imported.is_some() {
            return;
        }
        let mut wrong = vec![];
        for decision in &self.rules.decisions {
            for version in &decision.versions {
                let ranges = Ranges { rules: &self.rules, days: version.days, lets: RefCell::default() };
                let (mut together, before) = (vec![], wrong.len());
                for (at, condition) in version.conditions.iter().enumerate() {
                    if let Some(found) = impossible(&ranges, &condition.expr, !condition.unless) {
                        let name = &condition.name;
                        let title = if condition.unless {
                            message!(
                                "例外 `{name}` 总是成立，认定永远不会为是",
                                "the exception `{name}` always holds, so the decision is never yes"
                            )
                        } else {
                            message!("条件 `{name}` 永远不能成立", "the condition `{name}` can never hold")
                        };
                        wrong.push(Diagnostic { title, ..found });
                    }
                    if required(&version.needs, at) {
                        split(&condition.expr, !condition.unless, &mut together);
                    }
                }
                if before == wrong.len() {
                    wrong.extend(contradiction(&ranges, &together, &message!("个条件", "conditions")));
                }
            }
        }
        self.wrong.extend(wrong);
    }
}

fn required(needs: &Needs, at: usize) -> bool {
    match needs {
        Needs::One(one) => *one == at,
        Needs::All(all) => all.iter().any(|one| required(one, at)),
        Needs::Any(_) => false,
    }
}

/// What must hold, or must not, if all of a formula is to hold.
fn split<'e>(expr: &'e Expr, hold: bool, out: &mut Vec<(&'e Expr, bool)>) {
    match (&expr.term, hold) {
        (Term::And(all), true) | (Term::Or(all), false) => all.iter().for_each(|one| split(one, hold, out)),
        (Term::Not(inner), _) => split(inner, !hold, out),
        _ => out.push((expr, hold)),
    }
}

/// Why a formula can never be what it should, if it cannot.
fn impossible(ranges: &Ranges<'_>, expr: &Expr, hold: bool) -> Option<Diagnostic> {
    match (&expr.term, hold) {
        (Term::And(all), true) | (Term::Or(all), false) => {
            all.iter().find_map(|one| impossible(ranges, one, hold)).or_else(|| {
                let mut together = vec![];
                split(expr, hold, &mut together);
                contradiction(ranges, &together, &message!("个部分", "parts of it"))
            })
        }
        (Term::And(any), false) | (Term::Or(any), true) => {
            let mut all = any.iter().map(|one| impossible(ranges, one, hold)).collect::<Option<Vec<_>>>()?;
            if all.is_empty() { None } else { Some(all.remove(0)) }
        }
        (Term::Not(inner), _) => impossible(ranges, inner, !hold),
        (Term::Const(value), _) => ((*value == 1) != hold).then(|| {
            let label = if hold { message!("总为否", "always no") } else { message!("总为是", "always yes") };
            Diagnostic::new("never", message!("", ""), expr.span, label).help(message!(
                "去掉它，或者问一件有人核实的事",
                "take it out, or ask for something that somebody establishes"
            ))
        }),
        (Term::Compare { left, order, right, factors }, _) => {
            let order = if hold { *order } else { opposite(*order) };
            let times = |range: Range, by: i64| {
                (range.0.and_then(|v| held(v, i128::from(by))), range.1.and_then(|v| held(v, i128::from(by))))
            };
            let (l, r) = (times(ranges.of(left), factors.0), times(ranges.of(right), factors.1));
            never_ordered(l, order, r).then(|| {
                let wrong =
                    Diagnostic::new("never", message!("", ""), left.span, said(ranges.rules, left, l, factors.0));
                let wrong = wrong.and_at(right.span, said(ranges.rules, right, r, factors.1));
                wrong.help(message!(
                    "请核对边界和单位；如果本意如此，请去掉这个条件",
                    "look at the boundary and at the unit; if it is meant so, take the condition out"
                ))
            })
        }
        _ => None,
    }
}

fn opposite(order: Order) -> Order {
    match order {
        Order::Below => Order::AtLeast,
        Order::AtLeast => Order::Below,
        Order::Above => Order::AtMost,
        Order::AtMost => Order::Above,
        Order::Is => Order::IsNot,
        Order::IsNot => Order::Is,
    }
}

fn never_ordered(l: Range, order: Order, r: Range) -> bool {
    let both =
        |a: Option<i128>, b: Option<i128>, test: fn(i128, i128) -> bool| a.zip(b).is_some_and(|(a, b)| test(a, b));
    match order {
        Order::Below => both(l.0, r.1, |least, most| least >= most),
        Order::AtMost => both(l.0, r.1, |least, most| least > most),
        Order::Above => both(l.1, r.0, |most, least| most <= least),
        Order::AtLeast => both(l.1, r.0, |most, least| most < least),
        Order::Is => both(l.0, r.1, |a, b| a > b) || both(l.1, r.0, |a, b| a < b),
        Order::IsNot => l.0.is_some() && l.0 == l.1 && l == r,
    }
}

fn said(rules: &Rules, expr: &Expr, range: Range, factor: i64) -> Message {
    let one = |value: i128| {
        let value = i64::try_from(value / i128::from(factor)).unwrap_or(i64::MAX);
        let said = |chinese| crate::value::said(rules, expr.kind, value, chinese);
        Message { zh: said(true), en: said(false) }
    };
    match range {
        (Some(least), Some(most)) if least == most => message!("总是{}", "always {}", one(least)),
        (Some(least), Some(most)) => message!("从{}到{}", "from {} to {}", one(least), one(most)),
        (Some(least), None) => message!("从不低于{}", "never below {}", one(least)),
        (None, Some(most)) => message!("从不高于{}", "never above {}", one(most)),
        (None, None) => message!("任何值", "anything"),
    }
}

/// What formulas can come to on some days.
struct Ranges<'r> {
    rules: &'r Rules,
    days: Days,
    lets: RefCell<HashMap<usize, Range>>,
}

impl Ranges<'_> {
    fn of(&self, expr: &Expr) -> Range {
        let (rules, days) = (self.rules, self.days);
        let of = |inner: &Expr| self.of(inner);
        let least = |a: Option<i128>, b: Option<i128>| a.zip(b).map(|(a, b)| a.min(b));
        let most = |a: Option<i128>, b: Option<i128>| a.zip(b).map(|(a, b)| a.max(b));
        match &expr.term {
            Term::Const(value) => (Some(i128::from(*value)), Some(i128::from(*value))),
            Term::Fact(entity, at) => {
                let fact = &rules.facts(*entity)[*at];
                (if fact.is_signed || !matches!(fact.kind, Kind::Number { .. }) { None } else { Some(0) }, None)
            }
            Term::Param(at, _) => {
                let versions = rules.params[*at].versions.iter().filter(|version| version.days.meet(days));
                let values: Vec<i128> =
                    versions.flat_map(|version| &version.values).map(|value| i128::from(*value)).collect();
                (values.iter().min().copied(), values.iter().max().copied())
            }
            Term::OfHousehold(inner) | Term::Divide(inner, ..) => of(inner),
            Term::Finer(inner, by) => {
                let (a, b) = of(inner);
                (a.and_then(|v| held(v, i128::from(*by))), b.and_then(|v| held(v, i128::from(*by))))
            }
            Term::Add(a, b) => {
                let (a, b) = (of(a), of(b));
                (a.0.zip(b.0).map(|(a, b)| a + b), a.1.zip(b.1).map(|(a, b)| a + b))
            }
            Term::Subtract(a, b) => {
                let (a, b) = (of(a), of(b));
                (a.0.zip(b.1).map(|(a, b)| a - b), a.1.zip(b.0).map(|(a, b)| a - b))
            }
            Term::Multiply(a, b) => match (of(a), of(b)) {
                ((Some(a), a_most), (Some(b), b_most)) if a >= 0 && b >= 0 => {
                    (held(a, b), a_most.zip(b_most).and_then(|(a, b)| held(a, b)))
                }
                _ => (None, None),
            },
            Term::Larger(a, b) => {
                let (a, b) = (of(a), of(b));
                (a.0.max(b.0), most(a.1, b.1))
            }
            Term::Smaller(a, b) => {
                let (a, b) = (of(a), of(b));
                let least_known = |a: Option<i128>, b: Option<i128>| match (a, b) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (one, None) | (None, one) => one,
                };
                (least(a.0, b.0), least_known(a.1, b.1))
            }
            Term::If(_, a, b) => {
                let (a, b) = (of(a), of(b));
                (least(a.0, b.0), most(a.1, b.1))
            }
            Term::Aggregate { how: How::Count, .. } => (Some(0), None),
            Term::Aggregate { how: How::Sum, what: Some(what), .. } => {
                (of(what).0.filter(|least| *least >= 0).map(|_| 0), None)
            }
            Term::Aggregate { how: How::Min | How::Max, what: Some(what), .. } => of(what),
            Term::Window { how: How::Count, months, .. } => (Some(0), Some(i128::from(months.count()))),
            Term::Window { how: How::Sum, what: Some(what), .. } => {
                (of(what).0.filter(|least| *least >= 0).map(|_| 0), None)
            }
            Term::Window { how: How::Min | How::Max, what: Some(what), .. } => of(what),
            Term::Since(..) => (Some(0), None),
            Term::Part(..) | Term::Rank { .. } => (Some(1), None),
            Term::Round { .. } | Term::DecisionDay => (None, None),
            Term::Amount(_) => (Some(0), None),
            Term::Let(at) => {
                if let Some(known) = self.lets.borrow().get(at) {
                    return *known;
                }
                let ranges = rules.lets[*at].versions.iter().filter(|(own, _)| own.is_none_or(|own| own.meet(days)));
                let ranges = ranges.map(|(_, expr)| of(expr)).reduce(|a, b| (least(a.0, b.0), most(a.1, b.1)));
                let range = ranges.unwrap_or((None, None));
                self.lets.borrow_mut().insert(*at, range);
                range
            }
            Term::Decision(_) | Term::Compare { .. } | Term::OneOf { .. } | Term::Not(_) => (None, None),
            Term::And(_) | Term::Or(_) | Term::Aggregate { .. } | Term::Window { .. } => (None, None),
        }
    }
}

/// A product, if it lies where sums of such cannot overflow.
fn held(a: i128, b: i128) -> Option<i128> {
    a.checked_mul(b).filter(|product| product.abs() < 1 << 100)
}

/// Bits of an order: less, equal, more.
fn bits(order: Order) -> u8 {
    match order {
        Order::Below => 0b001,
        Order::Is => 0b010,
        Order::AtMost => 0b011,
        Order::Above => 0b100,
        Order::IsNot => 0b101,
        Order::AtLeast => 0b110,
    }
}

/// Two of these that exclude one another.
fn contradiction(ranges: &Ranges<'_>, together: &[(&Expr, bool)], what: &Message) -> Option<Diagnostic> {
    // What is left of each pair of sides, of each list of options and of each yes or no; and who narrowed it first.
    let mut orders: BTreeMap<(String, String), (u8, Span)> = BTreeMap::new();
    let mut bounds: BTreeMap<String, Vec<(i128, Order, i128, Span)>> = BTreeMap::new();
    let mut choices: BTreeMap<String, (Vec<i64>, Span)> = BTreeMap::new();
    for (expr, hold) in together {
        let (hold, span) = (*hold, expr.span);
        let clash = |first: Span| {
            let title = message!(
                "有两{}互相排斥，认定永远不会为是",
                "two {} exclude one another, so the decision is never yes",
                what
            );
            let wrong = Diagnostic::new("never", title, span, message!("如果这一处成立，", "if this holds,"));
            Some(wrong.and_at(first, message!("这一处就不成立", "this does not")).help(message!(
                "请核对两处；如果有一处成立即可，在 `须` 里用 `或` 连接",
                "look at both; where either suffices, join them with `or` in `needs`"
            )))
        };
        match &expr.term {
            Term::Compare { left, order, right, factors } => {
                let order = if hold { *order } else { opposite(*order) };
                let (mut l, mut r, mut bit) = (key(left), key(right), bits(order));
                if l > r {
                    (l, r) = (r, l);
                    bit = (bit & 0b010) | (bit >> 2 & 1) | (bit & 1) << 2;
                }
                let entry = orders.entry((l, r)).or_insert((0b111, span));
                entry.0 &= bit;
                if entry.0 == 0 {
                    return clash(entry.1);
                }
                let (lr, rr) = (ranges.of(left), ranges.of(right));
                let point = |range: Range| range.0.zip(range.1).filter(|(a, b)| a == b).map(|(a, _)| a);
                if let (None, Some(at)) = (point(lr), point(rr)) {
                    let Some(bound) = held(at, i128::from(factors.1)) else { continue };
                    let value = (i128::from(factors.0), order, bound);
                    let known = bounds.entry(key(left)).or_default();
                    for (factor, other, bound, first) in known.iter() {
                        let both = held(value.2, *factor).zip(held(*bound, value.0));
                        if both.is_some_and(|(one, two)| exclude((value.1, one), (*other, two))) {
                            return clash(*first);
                        }
                    }
                    known.push((value.0, value.1, value.2, span));
                }
            }
            Term::OneOf { left, options, not } => {
                let Kind::Options(at) = left.kind else { continue };
                let wanted = |option: i64| options.contains(&option) != (*not == hold);
                let all: Vec<i64> = (0..ranges.rules.options[at].options.len() as i64).collect();
                let entry = choices.entry(key(left)).or_insert((all, span));
                entry.0.retain(|option| wanted(*option));
                if entry.0.is_empty() {
                    return clash(entry.1);
                }
            }
            Term::Fact(..)
            | Term::Let(_)
            | Term::Decision(_)
            | Term::OfHousehold(_)
            | Term::Aggregate { .. }
            | Term::Window { .. } => {
                let entry = choices.entry(key(expr)).or_insert((vec![0, 1], span));
                entry.0.retain(|yes| (*yes == 1) == hold);
                if entry.0.is_empty() {
                    return clash(entry.1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether no integer is ordered so to both bounds; both are of the same value, in the same parts.
fn exclude(a: (Order, i128), b: (Order, i128)) -> bool {
    let span = |(order, bound): (Order, i128)| match order {
        Order::Below => (i128::MIN, bound - 1),
        Order::AtMost => (i128::MIN, bound),
        Order::Above => (bound + 1, i128::MAX),
        Order::AtLeast => (bound, i128::MAX),
        Order::Is => (bound, bound),
        Order::IsNot => (i128::MIN, i128::MAX),
    };
    let (a, b) = (span(a), span(b));
    a.0.max(b.0) > a.1.min(b.1)
}
