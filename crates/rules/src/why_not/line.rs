//! A decision as a function of one number: in pieces, each a straight line, from which the exact turning point follows.

use std::collections::HashMap;

use super::{During, Memo};
use crate::exact::{answer, ordered};
use crate::facts::Place;
use crate::kind::Kind;
use crate::model::{Expr, Term, Thing};
use crate::month::Months;
use crate::row::Row;
use crate::syntax::{Answer, Entity, How};

/// From this value of the fact on, until the next piece.
#[derive(Clone, Debug, PartialEq)]
struct Piece<T> {
    from: i64,
    is: T,
}

/// Slope and height of a number; `None` where it is not known.
type Line = Option<(i128, i128)>;
type Numbers = Vec<Piece<Line>>;
type Truths = Vec<Piece<Option<bool>>>;

/// Of whom a formula is asked, and of which month.
type At = (Place, Option<i64>);

/// A fact that is another along the way: slope times the number, and height.
pub(super) struct Moving {
    pub place: Place,
    pub fact: usize,
    pub during: During,
    pub slope: i64,
    pub height: i128,
}

/// The decision is no piecewise line of this fact, or leaves the range of integers.
#[derive(Debug)]
pub(super) struct Bent;

pub(super) struct Lines<'l, 'r> {
    row: &'l Row<'r>,
    fixed: Row<'r>,
    moving: Vec<Moving>,
    within: (i64, i64),
    lets: HashMap<(usize, Place, Option<i64>), Formula>,
    answers: Memo<Vec<Piece<Answer>>>,
    computed: u64,
}

#[derive(Clone)]
enum Formula {
    Numbers(Numbers),
    Truths(Truths),
}

impl<'l, 'r> Lines<'l, 'r> {
    /// By one number along which facts move.
    pub(super) fn along(row: &'l Row<'r>, moving: Vec<Moving>, within: (i64, i64)) -> Self {
        let fixed = Row::new(row.rules, row.on, row.household);
        Self { row, fixed, moving, within, lets: HashMap::new(), answers: Memo::new(), computed: 0 }
    }

    /// How many formulas were computed so far.
    pub(super) fn computed(&self) -> u64 {
        self.computed + self.fixed.computed()
    }

    /// The first value at which the decision is yes.
    pub(super) fn first_yes(&mut self, decision: usize, place: Place) -> Result<Option<i64>, Bent> {
        let answers = self.decision(decision, place)?;
        Ok(answers.iter().find(|piece| piece.is == Answer::Yes).map(|piece| piece.from))
    }

    /// How a fact moves, in a month where it has months; `None` where it stays as it is.
    fn moves(&self, place: Place, fact: usize, month: Option<i64>) -> Option<Numbers> {
        let ours = |one: &&Moving| one.place == place && one.fact == fact && one.during.meets(month);
        let moving = self.moving.iter().find(ours)?;
        let line = Some((i128::from(moving.slope), moving.height));
        let (first, second) = match moving.during {
            During::Day | During::Month(_) => return Some(self.one(line)),
            During::NeverAbove(..) => (true, false),
            During::NeverBelow(..) => (false, true),
        };
        // Up to its own value the one holds, from there on the other.
        let is = self.row.household.facts(place).get_in(fact, month?)?;
        let stays = Some((0, i128::from(is)));
        let piece = |from: i64, moves: bool| Piece { from, is: if moves { line } else { stays } };
        let own = is.clamp(self.within.0, self.within.1);
        Some(if own == self.within.0 {
            vec![piece(own, second)]
        } else {
            vec![piece(self.within.0, first), piece(own, second)]
        })
    }

    /// The value nearest to `now` at which the decision is yes.
    pub(super) fn nearest_yes(&mut self, decision: usize, place: Place, now: i64) -> Result<Option<i64>, Bent> {
        let answers = self.decision(decision, place)?;
        let mut best: Option<i64> = None;
        for (at, piece) in answers.iter().enumerate() {
            if piece.is != Answer::Yes {
                continue;
            }
            let last = answers.get(at + 1).map_or(self.within.1, |next| next.from - 1);
            let to = now.clamp(piece.from, last);
            if best.is_none_or(|best| to.abs_diff(now) < best.abs_diff(now)) {
                best = Some(to);
            }
        }
        Ok(best.filter(|to| *to != now))
    }

    fn one<T>(&self, is: T) -> Vec<Piece<T>> {
        vec![Piece { from: self.within.0, is }]
    }

    /// Two functions at once: `f` is asked for each stretch on which both are straight, with its first and last value.
    fn both<A: Clone, B: Clone, C: PartialEq>(
        &self,
        a: &[Piece<A>],
        b: &[Piece<B>],
        mut f: impl FnMut(i64, i64, &A, &B) -> Result<Vec<Piece<C>>, Bent>,
    ) -> Result<Vec<Piece<C>>, Bent> {
        let mut starts: Vec<i64> = a.iter().map(|piece| piece.from).chain(b.iter().map(|piece| piece.from)).collect();
        starts.sort_unstable();
        starts.dedup();
        let (mut i, mut j, mut out) = (0, 0, Vec::new());
        for (at, start) in starts.iter().enumerate() {
            while a.get(i + 1).is_some_and(|next| next.from <= *start) {
                i += 1;
            }
            while b.get(j + 1).is_some_and(|next| next.from <= *start) {
                j += 1;
            }
            let last = starts.get(at + 1).map_or(self.within.1, |next| next - 1);
            for piece in f(*start, last, &a[i].is, &b[j].is)? {
                if out.last().is_none_or(|before: &Piece<C>| before.is != piece.is) {
                    out.push(piece);
                }
            }
        }
        Ok(out)
    }

    fn numbers_of(&mut self, a: &Expr, b: &Expr, at: At) -> Result<(Numbers, Numbers), Bent> {
        Ok((self.numbers(a, at)?, self.numbers(b, at)?))
    }

    fn members(&self, month: Option<i64>) -> Vec<At> {
        self.row.household.places(Entity::Person).into_iter().map(|place| (place, month)).collect()
    }

    fn months(&self, months: Months, place: Place) -> Vec<At> {
        months.on(self.row.on).map(|month| (place, Some(month))).collect()
    }

    fn linear(
        &self,
        a: &Numbers,
        b: &Numbers,
        f: impl Fn((i128, i128), (i128, i128)) -> Result<(i128, i128), Bent>,
    ) -> Result<Numbers, Bent> {
        self.both(a, b, |from, _, a, b| {
            let is = match (a, b) {
                (Some(a), Some(b)) => Some(held(f(*a, *b)?)?),
                _ => None,
            };
            Ok(vec![Piece { from, is }])
        })
    }

    /// What does not follow from the fact is asked of the plain evaluator.
    fn constant(&mut self, expr: &Expr, (place, month): At) -> Numbers {
        let value = self.fixed.value_in(month, expr, place).ok();
        self.one(value.map(|value| (0, i128::from(value))))
    }

    fn numbers(&mut self, expr: &Expr, here: At) -> Result<Numbers, Bent> {
        self.computed += 1;
        match &expr.term {
            Term::Fact(entity, at) => {
                let month = here.1.filter(|_| self.row.rules.facts(*entity)[*at].is_monthly);
                Ok(self.moves(here.0, *at, month).unwrap_or_else(|| self.constant(expr, here)))
            }
            Term::Const(_) | Term::DecisionDay => Ok(self.constant(expr, here)),
            Term::Let(at) => match self.formula(*at, here)? {
                Formula::Numbers(numbers) => Ok(numbers),
                Formula::Truths(_) => Err(Bent),
            },
            Term::OfHousehold(inner) => self.numbers(inner, (Place::Household, here.1)),
            Term::Divide(inner, ..) => self.numbers(inner, here),
            Term::Finer(inner, by) => {
                let by = i128::from(*by);
                let inner = self.numbers(inner, here)?;
                self.linear(&inner, &inner, |a, _| times(a, by))
            }
            Term::Add(a, b) => {
                let (a, b) = self.numbers_of(a, b, here)?;
                self.linear(&a, &b, |a, b| Ok((a.0 + b.0, a.1 + b.1)))
            }
            Term::Subtract(a, b) => {
                let (a, b) = self.numbers_of(a, b, here)?;
                self.linear(&a, &b, |a, b| Ok((a.0 - b.0, a.1 - b.1)))
            }
            Term::Multiply(a, b) => {
                let (a, b) = self.numbers_of(a, b, here)?;
                self.linear(&a, &b, |a, b| match (a.0, b.0) {
                    (0, _) => times(b, a.1),
                    (_, 0) => times(a, b.1),
                    _ => Err(Bent),
                })
            }
            Term::Larger(a, b) | Term::Smaller(a, b) => {
                let (a, b) = self.numbers_of(a, b, here)?;
                self.picked(&a, &b, matches!(expr.term, Term::Larger(..)))
            }
            Term::If(asked, then, otherwise) => {
                let asked = self.truths(asked, here)?;
                let (then, otherwise) = self.numbers_of(then, otherwise, here)?;
                let yes = self.both(&asked, &then, |from, _, yes, then| Ok(vec![Piece { from, is: (*yes, *then) }]))?;
                self.both(&yes, &otherwise, |from, _, (yes, then), otherwise| {
                    let is = match yes {
                        Some(true) => *then,
                        Some(false) => *otherwise,
                        None => None,
                    };
                    Ok(vec![Piece { from, is }])
                })
            }
            Term::Aggregate { how, what, filter } => {
                self.folded(self.members(here.1), *how, what.as_deref(), filter.as_deref())
            }
            Term::Window { how, what, filter, months } => {
                self.folded(self.months(*months, here.0), *how, what.as_deref(), filter.as_deref())
            }
            Term::Param(..)
            | Term::Since(..)
            | Term::Amount(_)
            | Term::Part(..)
            | Term::Rank { .. }
            | Term::Round { .. } => {
                if self.follows(expr, here.0) {
                    Err(Bent)
                } else {
                    Ok(self.constant(expr, here))
                }
            }
            Term::Decision(_)
            | Term::Compare { .. }
            | Term::OneOf { .. }
            | Term::Not(_)
            | Term::And(_)
            | Term::Or(_) => Err(Bent),
        }
    }

    fn truths(&mut self, expr: &Expr, here: At) -> Result<Truths, Bent> {
        self.computed += 1;
        match &expr.term {
            Term::Let(at) => match self.formula(*at, here)? {
                Formula::Truths(truths) => Ok(truths),
                Formula::Numbers(_) => Err(Bent),
            },
            Term::Decision(at) => {
                let answers = self.decision(*at, here.0)?;
                let truth = |answer: Answer| match answer {
                    Answer::Yes => Some(true),
                    Answer::No => Some(false),
                    Answer::CannotSay => None,
                };
                Ok(answers.into_iter().map(|piece| Piece { from: piece.from, is: truth(piece.is) }).collect())
            }
            Term::OfHousehold(inner) => self.truths(inner, (Place::Household, here.1)),
            Term::If(asked, then, otherwise) => {
                let (asked, then) = (self.truths(asked, here)?, self.truths(then, here)?);
                let otherwise = self.truths(otherwise, here)?;
                let yes = self.both(&asked, &then, |from, _, yes, then| Ok(vec![Piece { from, is: (*yes, *then) }]))?;
                self.both(&yes, &otherwise, |from, _, (yes, then), otherwise| {
                    let is = yes.and_then(|yes| if yes { *then } else { *otherwise });
                    Ok(vec![Piece { from, is }])
                })
            }
            Term::Compare { left, order, right, factors } => {
                let (left, right) = self.numbers_of(left, right, here)?;
                self.both(&left, &right, |from, last, l, r| {
                    let (Some(l), Some(r)) = (l, r) else { return Ok(vec![Piece { from, is: None }]) };
                    let (l, r) = (times(*l, i128::from(factors.0))?, times(*r, i128::from(factors.1))?);
                    let apart = (l.0 - r.0, l.1 - r.1);
                    let at = |x: i64| apart.0 * i128::from(x) + apart.1;
                    let sign = |x: i64| i64::try_from(at(x).signum()).unwrap_or(0);
                    let pieces = turns(apart, from, last).into_iter();
                    Ok(pieces.map(|x| Piece { from: x, is: Some(ordered(sign(x), *order, 0, (1, 1))) }).collect())
                })
            }
            Term::Not(inner) => {
                let inner = self.truths(inner, here)?;
                Ok(inner.into_iter().map(|piece| Piece { from: piece.from, is: piece.is.map(|yes| !yes) }).collect())
            }
            Term::And(all) | Term::Or(all) => {
                let settles = matches!(expr.term, Term::Or(_));
                let mut out = self.one(Some(!settles));
                for one in all {
                    let one = self.truths(one, here)?;
                    out = self.joined(&out, &one, settles)?;
                }
                Ok(out)
            }
            Term::Aggregate { how, what, filter } => {
                self.asked_of_all(self.members(here.1), *how, what.as_deref(), filter.as_deref())
            }
            Term::Window { how, what, filter, months } => {
                self.asked_of_all(self.months(*months, here.0), *how, what.as_deref(), filter.as_deref())
            }
            _ if self.follows(expr, here.0) => Err(Bent),
            _ => {
                let value = self.fixed.value_in(here.1, expr, here.0).ok();
                Ok(self.one(value.map(|value| value == 1)))
            }
        }
    }

    fn joined(&self, a: &Truths, b: &Truths, settles: bool) -> Result<Truths, Bent> {
        self.both(a, b, |from, _, a, b| {
            let is = match (a, b) {
                (Some(a), _) if *a == settles => Some(settles),
                (_, Some(b)) if *b == settles => Some(settles),
                (Some(_), Some(_)) => Some(!settles),
                _ => None,
            };
            Ok(vec![Piece { from, is }])
        })
    }

    fn picked(&self, a: &Numbers, b: &Numbers, larger: bool) -> Result<Numbers, Bent> {
        self.both(a, b, |from, last, a, b| {
            let (Some(a), Some(b)) = (a, b) else { return Ok(vec![Piece { from, is: None }]) };
            let apart = (a.0 - b.0, a.1 - b.1);
            let pick = |x: i64| if (apart.0 * i128::from(x) + apart.1 >= 0) == larger { *a } else { *b };
            Ok(turns(apart, from, last).into_iter().map(|x| Piece { from: x, is: Some(pick(x)) }).collect())
        })
    }

    fn folded(&mut self, each: Vec<At>, how: How, what: Option<&Expr>, filter: Option<&Expr>) -> Result<Numbers, Bent> {
        let mut out: Option<Numbers> =
            if matches!(how, How::Sum | How::Count) { Some(self.one(Some((0, 0)))) } else { None };
        for here in each {
            let counted = match filter {
                Some(filter) => self.truths(filter, here)?,
                None => self.one(Some(true)),
            };
            let value = match what {
                Some(what) => self.numbers(what, here)?,
                None => self.one(Some((0, 1))),
            };
            match how {
                How::Sum | How::Count => {
                    let added = self.both(&counted, &value, |from, _, counted, value| {
                        let is = match counted {
                            Some(true) => *value,
                            Some(false) => Some((0, 0)),
                            None => None,
                        };
                        Ok(vec![Piece { from, is }])
                    })?;
                    let sum = out.take().unwrap_or_else(|| self.one(Some((0, 0))));
                    out = Some(self.linear(&sum, &added, |a, b| Ok((a.0 + b.0, a.1 + b.1)))?);
                }
                How::Min | How::Max => {
                    // Who counts must be fixed; a least value over a changing circle is left to the reader.
                    match counted.as_slice() {
                        [Piece { is: Some(true), .. }] => {
                            out = Some(match out {
                                Some(before) => self.picked(&before, &value, how == How::Max)?,
                                None => value,
                            });
                        }
                        [Piece { is: Some(false), .. }] => {}
                        _ => return Err(Bent),
                    }
                }
                How::Any | How::All => return Err(Bent),
            }
        }
        Ok(out.unwrap_or_else(|| self.one(None)))
    }

    fn asked_of_all(
        &mut self,
        each: Vec<At>,
        how: How,
        what: Option<&Expr>,
        filter: Option<&Expr>,
    ) -> Result<Truths, Bent> {
        let all = how == How::All;
        let mut out = self.one(Some(all));
        for here in each {
            let mut counted = match filter {
                Some(filter) => self.truths(filter, here)?,
                None => self.one(Some(true)),
            };
            if all {
                counted.iter_mut().for_each(|piece| piece.is = piece.is.map(|yes| !yes));
            }
            let value = match what {
                Some(what) => self.truths(what, here)?,
                None => self.one(Some(true)),
            };
            let one = self.joined(&counted, &value, all)?;
            out = self.joined(&out, &one, !all)?;
        }
        Ok(out)
    }

    fn formula(&mut self, at: usize, (place, month): At) -> Result<Formula, Bent> {
        let rules = self.row.rules;
        let month = month.filter(|_| rules.lets[at].is_monthly);
        if let Some(known) = self.lets.get(&(at, place, month)) {
            return Ok(known.clone());
        }
        let formula = match (rules.lets[at].on(self.row.on), rules.lets[at].kind) {
            (Some(expr), Kind::YesNo) => Formula::Truths(self.truths(expr, (place, month))?),
            (Some(expr), _) => Formula::Numbers(self.numbers(expr, (place, month))?),
            (None, Kind::YesNo) => Formula::Truths(self.one(None)),
            (None, _) => Formula::Numbers(self.one(None)),
        };
        self.lets.insert((at, place, month), formula.clone());
        Ok(formula)
    }

    fn decision(&mut self, at: usize, place: Place) -> Result<Vec<Piece<Answer>>, Bent> {
        if let Some(known) = self.answers.get(&(at, place)) {
            return Ok(known.clone());
        }
        let rules = self.row.rules;
        let Some(version) = rules.decisions[at].on(self.row.on) else { return Ok(self.one(Answer::CannotSay)) };
        let mut bits = self.one((0u32, 0u32));
        for (bit, condition) in version.conditions.iter().enumerate() {
            let truths = self.truths(&condition.expr, (place, None))?;
            bits = self.both(&bits, &truths, |from, _, (met, unknown), truth| {
                let met = met | u32::from(*truth == Some(!condition.unless)) << bit;
                Ok(vec![Piece { from, is: (met, unknown | u32::from(truth.is_none()) << bit) }])
            })?;
        }
        let answers = bits
            .into_iter()
            .map(|piece| Piece { from: piece.from, is: answer(&version.needs, piece.is.0, piece.is.1) });
        let answers: Vec<_> = answers.collect();
        self.answers.insert((at, place), answers.clone());
        Ok(answers)
    }

    fn rests_on(&self, thing: Thing) -> bool {
        let (rules, on) = (self.row.rules, self.row.on);
        self.moving.iter().any(|one| rules.rests_on_fact(thing, on, one.place.entity(), one.fact))
    }

    /// Whether a formula may change with the fact.
    fn follows(&self, expr: &Expr, place: Place) -> bool {
        let own = match &expr.term {
            Term::Fact(_, at) => self.moving.iter().any(|one| place.entity() == one.place.entity() && *at == one.fact),
            Term::Let(at) => self.rests_on(Thing::Let(*at)),
            Term::Decision(at) | Term::Amount(at) => self.rests_on(Thing::Decision(*at)),
            _ => false,
        };
        let inner_place = match &expr.term {
            Term::OfHousehold(_) => Place::Household,
            Term::Aggregate { .. } => Place::Person(0),
            _ => place,
        };
        own || expr.term.inner().into_iter().any(|inner| self.follows(inner, inner_place))
    }
}

fn times(line: (i128, i128), by: i128) -> Result<(i128, i128), Bent> {
    let (slope, height) = (line.0.checked_mul(by), line.1.checked_mul(by));
    slope.zip(height).ok_or(Bent).and_then(held)
}

/// A line whose values, and those of sums of two such, 128 bits hold.
fn held((slope, height): (i128, i128)) -> Result<(i128, i128), Bent> {
    let within = slope.unsigned_abs() < 1 << 60 && height.unsigned_abs() < 1 << 100;
    within.then_some((slope, height)).ok_or(Bent)
}

/// The values from `from` to `last` at which the sign of a line changes, and `from` itself.
fn turns((slope, height): (i128, i128), from: i64, last: i64) -> Vec<i64> {
    let mut out = vec![from];
    if slope == 0 {
        return out;
    }
    // The line is zero at -height / slope. Its sign changes there, and at the integer after.
    let zero = (-height).div_euclid(slope);
    for near in [zero, zero + 1, zero - 1] {
        if let Ok(near) = i64::try_from(near)
            && from < near
            && near <= last
        {
            out.push(near);
        }
    }
    out.sort_unstable();
    out
}
