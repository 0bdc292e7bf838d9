//! Arrays of numbers and of truths, and what is done to them element by element.
//!
//! An array knows between which values its known elements lie, and whether all are known. Where these say that nothing
//! can overflow and nothing is missing, a plain loop is taken; elsewhere each element is checked. Both give the same.

use std::borrow::Cow;

use crate::exact::{NONE, ordered};
use crate::syntax::Order;

/// Not known, among 0 (no) and 1 (yes).
pub const UNKNOWN: u8 = 2;

/// Numbers, days or options: one for all, or one for each.
#[derive(Clone)]
pub enum Numbers<'c> {
    One(i64),
    Many(Many<'c>),
}

/// A number for each.
#[derive(Clone)]
pub struct Many<'c> {
    values: Cow<'c, [i64]>,
    bounds: Bounds,
}

/// Between which values the known elements lie, and whether all are known.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    least: i64,
    most: i64,
    whole: bool,
}

impl Bounds {
    /// Nothing is known of them.
    pub const ANY: Bounds = Bounds { least: -i64::MAX, most: i64::MAX, whole: false };

    fn of_one(value: i64) -> Bounds {
        if value == NONE {
            Bounds { least: 0, most: 0, whole: false }
        } else {
            Bounds { least: value, most: value, whole: true }
        }
    }

    pub fn of(values: &[i64]) -> Bounds {
        let (mut least, mut most) = (i64::MAX, i64::MIN);
        for value in values {
            (least, most) = (least.min(*value), most.max(*value));
        }
        // The mark of what is not known is the least of all integers.
        if least != NONE {
            return Bounds { least, most, whole: true };
        }
        let known = values.iter().map(|value| if *value == NONE { i64::MAX } else { *value });
        match known.min() {
            // None is known: any range holds them.
            _ if most == NONE => Bounds { least: 0, most: 0, whole: false },
            least => Bounds { least: least.unwrap_or(0), most, whole: false },
        }
    }

    fn both(self, other: Bounds) -> Bounds {
        let whole = self.whole && other.whole;
        Bounds { least: self.least.min(other.least), most: self.most.max(other.most), whole }
    }

    /// The bounds of a result, where none of it can leave the range.
    fn result(self, other: Bounds, ends: &[i128]) -> Option<Bounds> {
        let (least, most) = (ends.iter().min()?, ends.iter().max()?);
        let (least, most) = (i64::try_from(*least).ok().filter(|least| *least != NONE)?, i64::try_from(*most).ok()?);
        Some(Bounds { least, most, whole: self.whole && other.whole })
    }
}

/// Two numbers become one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    Add,
    Subtract,
    Multiply,
    Larger,
    Smaller,
}

impl Operation {
    fn bounds(self, a: Bounds, b: Bounds) -> Option<Bounds> {
        let [al, am, bl, bm] = [a.least, a.most, b.least, b.most].map(i128::from);
        match self {
            Operation::Add => a.result(b, &[al + bl, am + bm]),
            Operation::Subtract => a.result(b, &[al - bm, am - bl]),
            Operation::Multiply => a.result(b, &[al * bl, al * bm, am * bl, am * bm]),
            Operation::Larger => a.result(b, &[al.max(bl), am.max(bm)]),
            Operation::Smaller => a.result(b, &[al.min(bl), am.min(bm)]),
        }
    }

    /// Both numbers, in whichever way fits.
    pub fn on<'c>(self, a: Numbers<'c>, b: Numbers<'c>) -> Numbers<'c> {
        let bounds = self.bounds(a.bounds(), b.bounds());
        match (bounds, self) {
            // Nothing can overflow.
            (Some(bounds), Operation::Add) => unchecked(a, b, bounds, i64::wrapping_add),
            (Some(bounds), Operation::Subtract) => unchecked(a, b, bounds, i64::wrapping_sub),
            (Some(bounds), Operation::Multiply) => unchecked(a, b, bounds, i64::wrapping_mul),
            (Some(bounds), Operation::Larger) => unchecked(a, b, bounds, i64::max),
            (Some(bounds), Operation::Smaller) => unchecked(a, b, bounds, i64::min),
            (None, _) => {
                let checked = move |a: i64, b: i64| match self {
                    _ if a == NONE || b == NONE => NONE,
                    Operation::Add => a.checked_add(b).unwrap_or(NONE),
                    Operation::Subtract => a.checked_sub(b).unwrap_or(NONE),
                    Operation::Multiply => a.checked_mul(b).unwrap_or(NONE),
                    Operation::Larger => a.max(b),
                    Operation::Smaller => a.min(b),
                };
                paired(a, b, Bounds::ANY, checked)
            }
        }
    }
}

/// Two numbers become one that cannot leave the range; what is not known stays so.
fn unchecked<'c>(a: Numbers<'c>, b: Numbers<'c>, bounds: Bounds, f: impl Fn(i64, i64) -> i64) -> Numbers<'c> {
    if bounds.whole {
        return paired(a, b, bounds, f);
    }
    paired(a, b, bounds, |a, b| {
        let value = f(a, b);
        if a == NONE || b == NONE { NONE } else { value }
    })
}

fn paired<'c>(a: Numbers<'c>, b: Numbers<'c>, bounds: Bounds, f: impl Fn(i64, i64) -> i64) -> Numbers<'c> {
    let values = match (a, b) {
        (Numbers::One(a), Numbers::One(b)) => return Numbers::One(f(a, b)),
        (Numbers::One(a), Numbers::Many(b)) => mapped(b.values, |b| f(a, b)),
        (Numbers::Many(a), Numbers::One(b)) => mapped(a.values, |a| f(a, b)),
        (Numbers::Many(a), Numbers::Many(b)) => match (a.values, b.values) {
            (Cow::Owned(mut a), b) => {
                a.iter_mut().zip(b.iter()).for_each(|(a, b)| *a = f(*a, *b));
                a
            }
            (a, Cow::Owned(mut b)) => {
                b.iter_mut().zip(a.iter()).for_each(|(b, a)| *b = f(*a, *b));
                b
            }
            (a, b) => a.iter().zip(b.iter()).map(|(a, b)| f(*a, *b)).collect(),
        },
    };
    Numbers::Many(Many { values: Cow::Owned(values), bounds })
}

fn mapped(values: Cow<'_, [i64]>, f: impl Fn(i64) -> i64) -> Vec<i64> {
    match values {
        Cow::Owned(mut values) => {
            values.iter_mut().for_each(|value| *value = f(*value));
            values
        }
        Cow::Borrowed(values) => values.iter().map(|value| f(*value)).collect(),
    }
}

impl<'c> Numbers<'c> {
    /// A number for each; what is known of them is looked up in them.
    pub fn many(values: Cow<'c, [i64]>) -> Self {
        let bounds = Bounds::of(&values);
        Numbers::Many(Many { values, bounds })
    }

    /// A number for each, of which it is known between which values they lie.
    pub fn within(values: Cow<'c, [i64]>, bounds: Bounds) -> Self {
        Numbers::Many(Many { values, bounds })
    }

    fn bounds(&self) -> Bounds {
        match self {
            Numbers::One(value) => Bounds::of_one(*value),
            Numbers::Many(many) => many.bounds,
        }
    }

    /// Whether all are known.
    pub fn is_whole(&self) -> bool {
        self.bounds().whole
    }

    /// Whether so many of those that are known can be added up without leaving the range.
    pub fn can_add_up(&self, count: usize) -> bool {
        let Bounds { least, most, .. } = self.bounds();
        let most = i128::from(least).abs().max(i128::from(most).abs());
        most * (count as i128) < i128::from(i64::MAX)
    }

    /// The least and the greatest, where all are known.
    pub fn ends(&self) -> Option<(i64, i64)> {
        let bounds = self.bounds();
        bounds.whole.then_some((bounds.least, bounds.most))
    }

    /// A function of each, all of which are known: where one is greater, the function is less or equal.
    pub fn falling(self, f: impl Fn(i64) -> i64) -> Numbers<'c> {
        match self {
            Numbers::One(value) => Numbers::One(f(value)),
            Numbers::Many(Many { values, bounds }) => {
                let bounds = Bounds { least: f(bounds.most), most: f(bounds.least), ..bounds };
                Numbers::Many(Many { values: Cow::Owned(mapped(values, f)), bounds })
            }
        }
    }

    pub fn get(&self, row: usize) -> i64 {
        match self {
            Numbers::One(value) => *value,
            Numbers::Many(many) => many.values[row],
        }
    }

    /// All of them, where there is one for each.
    pub fn slice(&self) -> Option<&[i64]> {
        match self {
            Numbers::One(_) => None,
            Numbers::Many(many) => Some(&many.values),
        }
    }

    pub fn borrowed(&'c self) -> Numbers<'c> {
        match self {
            Numbers::One(value) => Numbers::One(*value),
            Numbers::Many(many) => Numbers::Many(Many { values: Cow::Borrowed(&many.values), bounds: many.bounds }),
        }
    }

    pub fn kept(self) -> Numbers<'static> {
        match self {
            Numbers::One(value) => Numbers::One(value),
            Numbers::Many(many) => {
                Numbers::Many(Many { values: Cow::Owned(many.values.into_owned()), bounds: many.bounds })
            }
        }
    }

    /// A function of each that is known. What it gives is looked over again.
    pub fn each(self, f: impl Fn(i64) -> i64) -> Numbers<'c> {
        let whole = self.is_whole();
        let checked = |value: i64| if value == NONE { NONE } else { f(value) };
        match self {
            Numbers::One(value) => Numbers::One(checked(value)),
            Numbers::Many(many) if whole => Numbers::many(Cow::Owned(mapped(many.values, f))),
            Numbers::Many(many) => Numbers::many(Cow::Owned(mapped(many.values, checked))),
        }
    }

    /// A function of two that are known. What it gives is looked over again.
    pub fn with(self, other: Numbers<'c>, f: impl Fn(i64, i64) -> i64) -> Numbers<'c> {
        let checked = |a: i64, b: i64| if a == NONE || b == NONE { NONE } else { f(a, b) };
        match paired(self, other, Bounds::ANY, checked) {
            Numbers::One(value) => Numbers::One(value),
            Numbers::Many(many) => Numbers::many(many.values),
        }
    }

    /// The same, in another arrangement of the same values.
    pub fn arranged(self, arrange: impl Fn(&[i64]) -> Vec<i64>) -> Numbers<'c> {
        match self {
            Numbers::One(value) => Numbers::One(value),
            Numbers::Many(many) => {
                Numbers::Many(Many { values: Cow::Owned(arrange(&many.values)), bounds: many.bounds })
            }
        }
    }

    /// One or the other of two, by what each is asked.
    pub fn picked(asked: Truths<'c>, then: Numbers<'c>, otherwise: Numbers<'c>) -> Numbers<'c> {
        let Truths::Many { values: asked, whole } = asked else {
            return match asked {
                Truths::One(1) => then,
                Truths::One(0) => otherwise,
                Truths::One(_) | Truths::Many { .. } => Numbers::One(NONE),
            };
        };
        let bounds = then.bounds().both(otherwise.bounds());
        let values = if whole {
            each_picked(&asked, &then, &otherwise, |truth, then, otherwise| if truth == 1 { then } else { otherwise })
        } else {
            each_picked(&asked, &then, &otherwise, |truth, then, otherwise| match truth {
                1 => then,
                0 => otherwise,
                _ => NONE,
            })
        };
        let bounds = Bounds { whole: bounds.whole && whole, ..bounds };
        Numbers::Many(Many { values: Cow::Owned(values), bounds })
    }

    /// Whether two stand in an order, each times its factor.
    pub fn compared(self, order: Order, other: Numbers<'c>, factors: (i64, i64)) -> Truths<'static> {
        let whole = self.is_whole() && other.is_whole();
        if whole && factors != (1, 1) {
            let times = |side: Numbers<'c>, by: i64| Operation::Multiply.on(side, Numbers::One(by));
            let fit = |bounds: Bounds, by: i64| {
                Operation::Multiply.bounds(bounds, Bounds::of_one(by)).is_some_and(|bounds| bounds.whole)
            };
            if fit(self.bounds(), factors.0) && fit(other.bounds(), factors.1) {
                return times(self, factors.0).compared(order, times(other, factors.1), (1, 1));
            }
        }
        if !whole || factors != (1, 1) {
            let compare = |l: i64, r: i64| {
                if l == NONE || r == NONE { UNKNOWN } else { u8::from(ordered(l, order, r, factors)) }
            };
            return asked(&self, &other, whole, compare);
        }
        match order {
            Order::Below => asked(&self, &other, whole, |l, r| u8::from(l < r)),
            Order::AtMost => asked(&self, &other, whole, |l, r| u8::from(l <= r)),
            Order::Above => asked(&self, &other, whole, |l, r| u8::from(l > r)),
            Order::AtLeast => asked(&self, &other, whole, |l, r| u8::from(l >= r)),
            Order::Is => asked(&self, &other, whole, |l, r| u8::from(l == r)),
            Order::IsNot => asked(&self, &other, whole, |l, r| u8::from(l != r)),
        }
    }

    /// Yes or no of each.
    pub fn truths(self, f: impl Fn(i64) -> bool) -> Truths<'static> {
        let whole = self.is_whole();
        asked(&self, &Numbers::One(0), whole, |value, _| if value == NONE { UNKNOWN } else { u8::from(f(value)) })
    }
}

fn each_picked(
    asked: &[u8],
    then: &Numbers<'_>,
    otherwise: &Numbers<'_>,
    pick: impl Fn(u8, i64, i64) -> i64,
) -> Vec<i64> {
    match (then, otherwise) {
        (Numbers::One(then), Numbers::One(otherwise)) => {
            asked.iter().map(|truth| pick(*truth, *then, *otherwise)).collect()
        }
        (Numbers::One(then), Numbers::Many(otherwise)) => {
            asked.iter().zip(otherwise.values.iter()).map(|(truth, o)| pick(*truth, *then, *o)).collect()
        }
        (Numbers::Many(then), Numbers::One(otherwise)) => {
            asked.iter().zip(then.values.iter()).map(|(truth, t)| pick(*truth, *t, *otherwise)).collect()
        }
        (Numbers::Many(then), Numbers::Many(otherwise)) => {
            let both = then.values.iter().zip(otherwise.values.iter());
            asked.iter().zip(both).map(|(truth, (t, o))| pick(*truth, *t, *o)).collect()
        }
    }
}

fn asked(l: &Numbers<'_>, r: &Numbers<'_>, whole: bool, f: impl Fn(i64, i64) -> u8) -> Truths<'static> {
    let values: Vec<u8> = match (l, r) {
        (Numbers::One(l), Numbers::One(r)) => return Truths::One(f(*l, *r)),
        (Numbers::One(l), Numbers::Many(r)) => r.values.iter().map(|r| f(*l, *r)).collect(),
        (Numbers::Many(l), Numbers::One(r)) => l.values.iter().map(|l| f(*l, *r)).collect(),
        (Numbers::Many(l), Numbers::Many(r)) => l.values.iter().zip(r.values.iter()).map(|(l, r)| f(*l, *r)).collect(),
    };
    Truths::Many { values: Cow::Owned(values), whole }
}

/// No, yes, not known: 0, 1, 2. One for all, or one for each, and whether all are known.
#[derive(Clone)]
pub enum Truths<'c> {
    One(u8),
    Many { values: Cow<'c, [u8]>, whole: bool },
}

impl<'c> Truths<'c> {
    /// One for each; whether all are known is looked up in them.
    pub fn many(values: Vec<u8>) -> Self {
        let whole = values.iter().fold(0, |any, truth| any | truth) < UNKNOWN;
        Truths::Many { values: Cow::Owned(values), whole }
    }

    /// Whether all are known.
    pub fn is_whole(&self) -> bool {
        match self {
            Truths::One(truth) => *truth != UNKNOWN,
            Truths::Many { whole, .. } => *whole,
        }
    }

    pub fn get(&self, row: usize) -> u8 {
        match self {
            Truths::One(truth) => *truth,
            Truths::Many { values, .. } => values[row],
        }
    }

    /// All of them, where there is one for each.
    pub fn slice(&self) -> Option<&[u8]> {
        match self {
            Truths::One(_) => None,
            Truths::Many { values, .. } => Some(values),
        }
    }

    pub fn borrowed(&'c self) -> Truths<'c> {
        match self {
            Truths::One(truth) => Truths::One(*truth),
            Truths::Many { values, whole } => Truths::Many { values: Cow::Borrowed(values), whole: *whole },
        }
    }

    pub fn kept(self) -> Truths<'static> {
        match self {
            Truths::One(truth) => Truths::One(truth),
            Truths::Many { values, whole } => Truths::Many { values: Cow::Owned(values.into_owned()), whole },
        }
    }

    /// The same, in another arrangement of the same values.
    pub fn arranged(self, arrange: impl Fn(&[u8]) -> Vec<u8>) -> Truths<'c> {
        match self {
            Truths::One(truth) => Truths::One(truth),
            Truths::Many { values, whole } => Truths::Many { values: Cow::Owned(arrange(&values)), whole },
        }
    }

    /// The opposite of each.
    pub fn negated(self) -> Truths<'c> {
        match self {
            Truths::One(truth) => Truths::One(not(truth)),
            Truths::Many { values, whole } => {
                Truths::Many { values: Cow::Owned(values.iter().map(|truth| not(*truth)).collect()), whole }
            }
        }
    }

    /// Two of each joined.
    pub fn joined(self, other: Truths<'c>, f: impl Fn(u8, u8) -> u8) -> Truths<'c> {
        let whole = self.is_whole() && other.is_whole();
        let values: Vec<u8> = match (self, other) {
            (Truths::One(a), Truths::One(b)) => return Truths::One(f(a, b)),
            (Truths::One(one), Truths::Many { values, .. }) | (Truths::Many { values, .. }, Truths::One(one)) => {
                values.iter().map(|truth| f(*truth, one)).collect()
            }
            (Truths::Many { values: a, .. }, Truths::Many { values: b, .. }) => {
                a.iter().zip(b.iter()).map(|(a, b)| f(*a, *b)).collect()
            }
        };
        Truths::Many { values: Cow::Owned(values), whole }
    }
}

pub fn not(truth: u8) -> u8 {
    if truth == UNKNOWN { UNKNOWN } else { truth ^ 1 }
}

pub fn and(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 { 0 } else { a.max(b) }
}

pub fn or(a: u8, b: u8) -> u8 {
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

    #[test]
    fn the_plain_loop_is_taken_only_where_nothing_can_overflow() {
        let many = |values: &[i64]| Numbers::many(Cow::Owned(values.to_vec()));
        let sum = Operation::Add.on(many(&[i64::MAX, 5]), many(&[1, NONE]));
        assert_eq!((sum.get(0), sum.get(1), sum.is_whole()), (NONE, NONE, false));
        let product = Operation::Multiply.on(many(&[i64::MAX, -3]), Numbers::One(-1));
        assert_eq!((product.get(0), product.get(1), product.is_whole()), (-i64::MAX, 3, true));
        let difference = Operation::Subtract.on(many(&[-i64::MAX]), Numbers::One(1));
        assert_eq!(difference.get(0), NONE, "the least of all integers marks what is not known");
    }
}
