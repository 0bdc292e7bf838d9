//! Conditions that can never hold, by the range of each side, or because two of them exclude one another; and conditions that
//! make no difference, because they always hold or stand twice.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::kind::Kind;
use crate::message::{Message, message};
use crate::model::{Condition, Expr, Needs, Rules, Term, Version, key};
use crate::source::Span;
use crate::syntax::{Days, How, Order, Part};

/// Least and greatest value, where there are any.
pub(super) type Range = (Option<i128>, Option<i128>);

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
                let before = wrong.len();
                let ranges = Ranges::new(&self.rules, version.days, true);
                wrong.extend(version.conditions.iter().filter_map(|condition| {
                    let name = &condition.name;
                    let title = if condition.unless {
                        message!(
                            "例外 `{name}` 总是成立，认定永远不会为是",
                            "the exception `{name}` always holds, so the decision is never yes"
                        )
                    } else {
                        message!("条件 `{name}` 永远不能成立", "the condition `{name}` can never hold")
                    };
                    let found = impossible(&ranges, &condition.expr, !condition.unless)?;
                    Some(Diagnostic { title, ..asked_in(condition, found) })
                }));
                if before == wrong.len() {
                    let mut together = vec![];
                    for (_, condition) in required(version) {
                        split(&ranges, &condition.expr, !condition.unless, &mut together);
                    }
                    wrong.extend(contradiction(&ranges, &together, &message!("个条件", "conditions")));
                }
                if before == wrong.len() {
                    wrong.extend(without_difference(&self.rules, version));
                }
            }
        }
        self.wrong.extend(wrong);
    }
}

/// The conditions that must all be met, each with its place.
pub(super) fn required(version: &Version) -> impl Iterator<Item = (usize, &Condition)> {
    version.conditions.iter().enumerate().filter(|(at, _)| is_required(&version.needs, *at))
}

fn is_required(needs: &Needs, at: usize) -> bool {
    match needs {
        Needs::One(one) => *one == at,
        Needs::All(all) => all.iter().any(|one| is_required(one, at)),
        Needs::Any(_) => false,
    }
}

/// An error in a condition points at it first, also where it lies in a formula that the condition names.
fn asked_in(condition: &Condition, mut found: Diagnostic) -> Diagnostic {
    let asked = condition.expr.span;
    let lies_in = |span: Span| span.file == asked.file && asked.from <= span.from && span.to <= asked.to;
    if found.places.first().is_none_or(|(first, _)| !lies_in(*first)) {
        found.places.insert(0, (asked, message!("在此问到", "asked here")));
    }
    found
}

/// Conditions that are always met, whatever the figures, and those that stand twice.
fn without_difference(rules: &Rules, version: &Version) -> Option<Diagnostic> {
    let ranges = Ranges::new(rules, version.days, false);
    let help = || message!("去掉这个条件，或者核对它问的是什么", "take it out, or look at what it asks");
    for condition in &version.conditions {
        if let Some(found) = impossible(&ranges, &condition.expr, condition.unless) {
            let name = &condition.name;
            let title = if condition.unless {
                message!(
                    "例外 `{name}` 永远不成立，有没有都一样",
                    "the exception `{name}` never holds and makes no difference"
                )
            } else {
                message!(
                    "条件 `{name}` 总是成立，有没有都一样",
                    "the condition `{name}` always holds and makes no difference"
                )
            };
            return Some(Diagnostic { title, ..asked_in(condition, found) }.help(help()));
        }
    }
    let mut seen: BTreeMap<(String, bool), Span> = BTreeMap::new();
    for (_, condition) in required(version) {
        let asked = (key(ranges.plain(&condition.expr)), condition.unless);
        if let Some(first) = seen.insert(asked, condition.expr.span) {
            let title = message!(
                "条件 `{}` 与另一个相同，有没有都一样",
                "the condition `{}` is the same as another and makes no difference",
                condition.name
            );
            let wrong = Diagnostic::new("never", title, condition.expr.span, message!("又一次", "once more"));
            return Some(wrong.and_at(first, message!("此处", "here")).help(help()));
        }
    }
    None
}

/// What must hold, or must not, if all of a formula is to hold; what has a name, and decisions that must be yes, are taken
/// apart too.
pub(super) fn split<'e>(ranges: &Ranges<'e>, expr: &'e Expr, hold: bool, out: &mut Vec<Asked<'e>>) {
    split_at(ranges, expr, hold, None, out);
}

/// A formula, whether it must hold, and where that is asked.
pub(super) type Asked<'e> = (&'e Expr, bool, Span);

/// `at` is where a name stands for it, if one does.
fn split_at<'e>(ranges: &Ranges<'e>, named: &'e Expr, hold: bool, at: Option<Span>, out: &mut Vec<Asked<'e>>) {
    let expr = ranges.plain(named);
    let at = at.or((!std::ptr::eq(named, expr)).then_some(named.span));
    let span = at.unwrap_or(expr.span);
    match (&expr.term, hold) {
        (Term::And(all), true) | (Term::Or(all), false) => {
            all.iter().for_each(|one| split_at(ranges, one, hold, at, out))
        }
        (Term::Not(inner), _) => split_at(ranges, inner, !hold, at, out),
        (Term::Decision(decision), true) => {
            out.push((expr, hold, span));
            for (_, condition) in ranges.only_version(*decision).into_iter().flat_map(required) {
                split_at(ranges, &condition.expr, !condition.unless, Some(span), out);
            }
        }
        _ => out.push((expr, hold, span)),
    }
}

/// Why a formula can never be what it should, if it cannot.
fn impossible<'e>(ranges: &Ranges<'e>, expr: &'e Expr, hold: bool) -> Option<Diagnostic> {
    let expr = ranges.plain(expr);
    match (&expr.term, hold) {
        (Term::And(all), true) | (Term::Or(all), false) => {
            all.iter().find_map(|one| impossible(ranges, one, hold)).or_else(|| {
                let mut together = vec![];
                split(ranges, expr, hold, &mut together);
                contradiction(ranges, &together, &message!("个部分", "parts of it"))
            })
        }
        // One member, or one month, must be all that is asked of it.
        (
            Term::Aggregate { how: how @ (How::Any | How::All), what, filter }
            | Term::Window { how: how @ (How::Any | How::All), what, filter, .. },
            _,
        ) if (*how == How::Any) == hold => {
            let asked = filter.iter().map(|one| (&**one, true)).chain(what.iter().map(|one| (&**one, hold)));
            let asked: Vec<(&Expr, bool)> = asked.collect();
            asked.iter().find_map(|(one, hold)| impossible(ranges, one, *hold)).or_else(|| {
                let mut together = vec![];
                asked.iter().for_each(|(one, hold)| split(ranges, one, *hold, &mut together));
                contradiction(ranges, &together, &message!("个部分", "parts of it"))
            })
        }
        (Term::OneOf { left, options, not }, _) => {
            let Kind::Options(at) = left.kind else { return None };
            let count = ranges.rules.options[at].options.len() as i64;
            let is_never = (0..count).all(|option| options.contains(&option) == (*not == hold));
            is_never.then(|| {
                let label = if *not == hold {
                    message!("列出了每个选项", "each option is named")
                } else {
                    message!("没有列出任何选项", "no option is named")
                };
                Diagnostic::new("never", message!("", ""), expr.span, label).help(message!(
                    "请核对列出的选项；如果本意如此，请去掉这个条件",
                    "look at the options; if it is meant so, take the condition out"
                ))
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
            if matches!(order, Order::Below | Order::Above | Order::IsNot) && ranges.is_same(left, right) {
                let wrong = Diagnostic::new("never", message!("", ""), left.span, message!("这一边", "this side"));
                return Some(wrong.and_at(right.span, message!("与这一边相同", "is the same as this one")).help(
                    message!(
                        "请核对两边；如果本意如此，请去掉这个条件",
                        "look at both sides; if it is meant so, take the condition out"
                    ),
                ));
            }
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
pub(super) struct Ranges<'r> {
    pub(super) rules: &'r Rules,
    pub(super) days: Days,
    /// Whether by the figures of those days, or by any.
    by_figures: bool,
    lets: RefCell<HashMap<usize, Range>>,
    /// So many names are still taken apart: formulas that rest on one another many times over are not followed for ever.
    left: Cell<u32>,
}

/// So many names are taken apart for one decision.
const NAMES_MAX: u32 = 2_000;

impl<'r> Ranges<'r> {
    pub(super) fn new(rules: &'r Rules, days: Days, by_figures: bool) -> Self {
        Self { rules, days, by_figures, lets: RefCell::default(), left: Cell::new(NAMES_MAX) }
    }

    /// What a name stands for, where it stands for one formula on all of those days.
    pub(super) fn plain<'e>(&self, mut expr: &'e Expr) -> &'e Expr
    where
        'r: 'e,
    {
        loop {
            match &expr.term {
                Term::OfHousehold(inner) => expr = inner,
                Term::Let(at) => {
                    let rules: &'r Rules = self.rules;
                    let mut versions =
                        rules.lets[*at].versions.iter().filter(|(own, _)| own.is_none_or(|own| own.meet(self.days)));
                    match (versions.next(), versions.next(), self.left.get().checked_sub(1)) {
                        (Some((_, only)), None, Some(left)) => {
                            self.left.set(left);
                            expr = only;
                        }
                        _ => return expr,
                    }
                }
                _ => return expr,
            }
        }
    }

    /// A decision that does not change on those days.
    fn only_version(&self, at: usize) -> Option<&'r Version> {
        let rules: &'r Rules = self.rules;
        let mut versions = rules.decisions[at].versions.iter().filter(|version| version.days.meet(self.days));
        let left = self.left.get().checked_sub(1)?;
        self.left.set(left);
        versions.next().filter(|_| versions.next().is_none())
    }

    /// Whether both are one formula.
    fn is_same(&self, a: &Expr, b: &Expr) -> bool {
        key(self.plain(a)) == key(self.plain(b))
    }

    pub(super) fn of(&self, expr: &Expr) -> Range {
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
            Term::Param(..) if !self.by_figures => (None, None),
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
                ((Some(0), Some(0)), _) | (_, (Some(0), Some(0))) => (Some(0), Some(0)),
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
            Term::Window { how: How::Count, months, .. } => (Some(0), Some(i128::from(months.most()))),
            Term::Window { how: How::Sum, what: Some(what), .. } => {
                (of(what).0.filter(|least| *least >= 0).map(|_| 0), None)
            }
            Term::Window { how: How::Min | How::Max, what: Some(what), .. } => of(what),
            Term::Since(..) => (Some(0), None),
            Term::Part(Part::Month, _) => (Some(1), Some(12)),
            Term::Part(Part::Day, _) => (Some(1), Some(31)),
            Term::Part(Part::Year, _) | Term::Rank { .. } => (Some(1), None),
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
fn contradiction<'e>(ranges: &Ranges<'e>, together: &[Asked<'e>], what: &Message) -> Option<Diagnostic> {
    // What is left of each pair of sides, of each list of options and of each yes or no; and who narrowed it first.
    let mut orders: BTreeMap<(String, String), (u8, Span)> = BTreeMap::new();
    let mut bounds: BTreeMap<String, Vec<(i128, Range, Span)>> = BTreeMap::new();
    let mut choices: BTreeMap<String, (Vec<i64>, Span)> = BTreeMap::new();
    for (expr, hold, span) in together {
        let (hold, span) = (*hold, *span);
        let clash = |first: Span| {
            let title = message!(
                "有两{}互相排斥，认定永远不会为是",
                "two {} exclude one another, so the decision is never yes",
                what
            );
            let wrong = Diagnostic::new("never", title, span, message!("这一处就不成立", "this does not"));
            Some(wrong.and_at(first, message!("如果这一处成立，", "if this holds,")).help(message!(
                "请核对两处；如果有一处成立即可，在 `须` 里用 `或` 连接",
                "look at both; where either suffices, join them with `or` in `needs`"
            )))
        };
        match &expr.term {
            Term::Compare { left, order, right, factors } => {
                let order = if hold { *order } else { opposite(*order) };
                let (left, right) = (ranges.plain(left), ranges.plain(right));
                let (mut l, mut r, mut bit) = (key(left), key(right), bits(order));
                if l > r {
                    (l, r) = (r, l);
                    bit = bits(mirrored(order));
                }
                let entry = orders.entry((l, r)).or_insert((0b111, span));
                entry.0 &= bit;
                if entry.0 == 0 {
                    return clash(entry.1);
                }
                for (side, own, order, other, by) in
                    [(left, factors.0, order, right, factors.1), (right, factors.1, mirrored(order), left, factors.0)]
                {
                    let own = i128::from(own);
                    let allowed = narrowed(order, ranges.of(other), i128::from(by));
                    if matches!(side.term, Term::Const(_) | Term::Param(..)) || allowed == (None, None) {
                        continue;
                    }
                    let known = bounds.entry(key(side)).or_default();
                    let clashing = known.iter().find(|(factor, before, _)| exclude((own, allowed), (*factor, *before)));
                    if let Some((.., first)) = clashing {
                        return clash(*first);
                    }
                    known.push((own, allowed, span));
                }
            }
            Term::OneOf { left, options, not } => {
                let Kind::Options(at) = left.kind else { continue };
                let wanted = |option: i64| options.contains(&option) != (*not == hold);
                let all: Vec<i64> = (0..ranges.rules.options[at].options.len() as i64).collect();
                let entry = choices.entry(key(ranges.plain(left))).or_insert((all, span));
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

/// The same said from the other side.
fn mirrored(order: Order) -> Order {
    match order {
        Order::Below => Order::Above,
        Order::AtMost => Order::AtLeast,
        Order::Above => Order::Below,
        Order::AtLeast => Order::AtMost,
        Order::Is | Order::IsNot => order,
    }
}

/// Where an integer may lie that is ordered so to one within a range, which is so many times finer.
fn narrowed(order: Order, (least, most): Range, by: i128) -> Range {
    let (least, most) = (least.and_then(|least| held(least, by)), most.and_then(|most| held(most, by)));
    match order {
        Order::Below => (None, most.map(|most| most - 1)),
        Order::AtMost => (None, most),
        Order::Above => (least.map(|least| least + 1), None),
        Order::AtLeast => (least, None),
        Order::Is => (least, most),
        Order::IsNot => (None, None),
    }
}

/// Whether nothing lies in both ranges: the one of so many times a value, the other of so many times the same.
fn exclude((a_by, a): (i128, Range), (b_by, b): (i128, Range)) -> bool {
    let above = |least: Option<i128>, by: i128, most: Option<i128>, other: i128| {
        let both = least.and_then(|least| held(least, other)).zip(most.and_then(|most| held(most, by)));
        both.is_some_and(|(least, most)| least > most)
    };
    above(a.0, a_by, b.1, b_by) || above(b.0, b_by, a.1, a_by)
}
