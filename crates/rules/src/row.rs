//! The plain evaluator: one household, value by value, and for each that is not known, why.

use civil::Date;
use hashbrown::HashMap;

use crate::exact::{NONE, NoAmount, answer, deciding, narrow, ordered, part_of, passed, rounded, stepped};
use crate::facts::{Gap, Gaps, Household, Place};
use crate::model::{Expr, Rules, Term, Thing, Version};
use crate::syntax::{Answer, Entity, How};
use crate::value::day_number;

/// A value, or all that is missing for it.
pub type Known = Result<i64, Gaps>;

/// A decision on one person or household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Yes, no, or cannot say.
    pub answer: Answer,
    /// Conditions that are met, by bit.
    pub met: u32,
    /// Conditions of which that cannot be said, by bit.
    pub unknown: u32,
    /// What is paid, in fen; zero where the answer is no. `None`: this decision pays nothing.
    pub amount: Option<Known>,
    /// All that is missing, for the answer or the amount.
    pub gaps: Gaps,
    /// What is missing for the answer alone.
    pub open: Gaps,
}

/// The rules on one day, for one household.
pub struct Row<'r> {
    /// The rules.
    pub rules: &'r Rules,
    /// The day.
    pub on: Date,
    /// The household.
    pub household: &'r Household,
    known: Computed,
}

/// What was computed of a household on a day.
#[derive(Default)]
pub(crate) struct Computed {
    lets: HashMap<(usize, Place, Option<i64>), Known>,
    decisions: HashMap<(usize, Place), Decided>,
    parts: u64,
}

impl<'r> Row<'r> {
    /// Nothing is computed before it is asked for.
    pub fn new(rules: &'r Rules, on: Date, household: &'r Household) -> Self {
        Self::going_on(rules, on, household, Computed::default())
    }

    /// With what was computed before by the same rules, of the same household on the same day.
    pub(crate) fn going_on(rules: &'r Rules, on: Date, household: &'r Household, known: Computed) -> Self {
        Self { rules, on, household, known }
    }

    /// What was computed, for another to go on from.
    pub(crate) fn into_computed(self) -> Computed {
        self.known
    }

    /// How many formulas were computed so far, each part of one counted for itself.
    pub(crate) fn computed(&self) -> u64 {
        self.known.parts
    }

    /// The value of a formula for the household or a member.
    pub fn value(&mut self, expr: &Expr, place: Place) -> Known {
        self.value_in(None, expr, place)
    }

    /// The same, where what has a value for each month is that of one.
    pub(crate) fn value_in(&mut self, month: Option<i64>, expr: &Expr, place: Place) -> Known {
        self.known.parts += 1;
        match &expr.term {
            Term::Const(value) => Ok(*value),
            Term::DecisionDay => Ok(day_number(self.on)),
            Term::Fact(entity, at) => {
                self.fact(month.filter(|_| self.rules.facts(*entity)[*at].is_monthly), *at, place)
            }
            Term::Let(at) => self.named_in(month, *at, place),
            Term::Decision(at) => {
                let decided = self.decide(*at, place);
                match decided.answer {
                    Answer::Yes => Ok(1),
                    Answer::No => Ok(0),
                    Answer::CannotSay => Err(decided.open),
                }
            }
            Term::Amount(at) => match self.decide(*at, place).amount {
                Some(amount) => amount,
                None => gap(Gap::NotInForce(Thing::Decision(*at))),
            },
            Term::OfHousehold(inner) => self.value_in(month, inner, Place::Household),
            Term::Param(at, index) => self.figure(month, *at, index.as_deref(), place),
            Term::Divide(inner, ..) => self.value_in(month, inner, place),
            Term::Finer(inner, by) => {
                let value = self.value_in(month, inner, place)?;
                self.narrowed(expr, i128::from(value) * i128::from(*by))
            }
            Term::Add(a, b) => self.both(month, expr, a, b, place, |a, b| a + b),
            Term::Subtract(a, b) => self.both(month, expr, a, b, place, |a, b| a - b),
            Term::Multiply(a, b) => self.both(month, expr, a, b, place, |a, b| a * b),
            Term::Larger(a, b) => self.both(month, expr, a, b, place, i128::max),
            Term::Smaller(a, b) => self.both(month, expr, a, b, place, i128::min),
            Term::If(asked, then, otherwise) => match self.value_in(month, asked, place) {
                Ok(1) => self.value_in(month, then, place),
                Ok(_) => self.value_in(month, otherwise, place),
                Err(mut gaps) => {
                    gaps.extend(self.value_in(month, then, place).err().into_iter().flatten());
                    gaps.extend(self.value_in(month, otherwise, place).err().into_iter().flatten());
                    Err(gaps)
                }
            },
            Term::Compare { left, order, right, factors } => {
                let (left, right) = pair(self.value_in(month, left, place), self.value_in(month, right, place))?;
                Ok(i64::from(ordered(left, *order, right, *factors)))
            }
            Term::OneOf { left, options, not } => {
                let value = self.value_in(month, left, place)?;
                Ok(i64::from(options.contains(&value) != *not))
            }
            Term::Not(inner) => self.value_in(month, inner, place).map(|yes| 1 - yes),
            Term::And(all) => joined(all.iter().map(|one| self.value_in(month, one, place)), 0),
            Term::Or(any) => joined(any.iter().map(|one| self.value_in(month, one, place)), 1),
            Term::Aggregate { how, what, filter } => {
                self.aggregate(month, expr, *how, (what.as_deref(), filter.as_deref()))
            }
            Term::Window { how, what, filter, months } => {
                let places = months.on(self.on).map(|month| (Some(month), place)).collect();
                self.folded(places, expr, *how, (what.as_deref(), filter.as_deref()))
            }
            Term::Since(since, inner) => {
                let from = self.value_in(month, inner, place)?;
                passed(*since, from, day_number(self.on)).ok_or_else(|| Gaps::from([Gap::DayAhead(expr.span)]))
            }
            Term::Part(part, inner) => self.value_in(month, inner, place).map(|day| part_of(*part, day)),
            Term::Rank { what, filter } => self.rank(month, what, filter.as_deref(), place),
            Term::Round { mode, over, under, step } => {
                let (value, by) = match under {
                    Some(under) => {
                        let (value, by) = pair(self.value_in(month, over, place), self.value_in(month, under, place))?;
                        (value, Some((by, under.kind.den())))
                    }
                    None => (self.value_in(month, over, place)?, None),
                };
                let gap = if matches!(by, Some((0, _))) { Gap::ByZero(expr.span) } else { Gap::Overflow(expr.span) };
                let step = (*step, expr.kind.den());
                stepped(*mode, (value, over.kind.den()), by, step).ok_or_else(|| Gaps::from([gap]))
            }
        }
    }

    fn fact(&self, month: Option<i64>, at: usize, place: Place) -> Known {
        let facts = self.household.facts(place);
        match month {
            Some(month) => facts.get_in(at, month).map_or_else(|| gap(Gap::MissingIn(place, at, month)), Ok),
            None => facts.get(at).map_or_else(|| gap(Gap::Missing(place, at)), Ok),
        }
    }

    /// The value of a formula that has a name.
    pub fn named(&mut self, at: usize, place: Place) -> Known {
        self.named_in(None, at, place)
    }

    fn named_in(&mut self, month: Option<i64>, at: usize, place: Place) -> Known {
        let rules = self.rules;
        let month = month.filter(|_| rules.lets[at].is_monthly);
        if let Some(known) = self.known.lets.get(&(at, place, month)) {
            return known.clone();
        }
        let value = match rules.lets[at].on(self.on) {
            Some(expr) => self.value_in(month, expr, place),
            None => gap(Gap::NotInForce(Thing::Let(at))),
        };
        self.known.lets.insert((at, place, month), value.clone());
        value
    }

    /// A decision on the household or a member.
    pub fn decide(&mut self, at: usize, place: Place) -> Decided {
        if let Some(known) = self.known.decisions.get(&(at, place)) {
            return known.clone();
        }
        let rules = self.rules;
        let decided = match rules.decisions[at].on(self.on) {
            Some(version) => self.version(at, version, place),
            None => {
                let gaps = Gaps::from([Gap::NotInForce(Thing::Decision(at))]);
                let pays = rules.decisions[at].versions.iter().any(|version| version.pay.is_some());
                let amount = pays.then(|| Err(gaps.clone()));
                Decided { answer: Answer::CannotSay, met: 0, unknown: 0, amount, open: gaps.clone(), gaps }
            }
        };
        self.known.decisions.insert((at, place), decided.clone());
        decided
    }

    fn version(&mut self, at: usize, version: &Version, place: Place) -> Decided {
        let (mut met, mut unknown, mut open) = (0, 0, vec![]);
        for (bit, condition) in version.conditions.iter().enumerate() {
            match self.value(&condition.expr, place) {
                Ok(yes) if (yes == 1) != condition.unless => met |= 1 << bit,
                Ok(_) => {}
                Err(more) => {
                    unknown |= 1 << bit;
                    open.push((bit, more));
                }
            }
        }
        let answer = answer(&version.needs, met, unknown);
        let mut gaps = Gaps::new();
        if answer == Answer::CannotSay {
            let decides = deciding(&version.needs, met, unknown);
            open.into_iter().filter(|(bit, _)| decides >> bit & 1 == 1).for_each(|(_, more)| gaps.extend(more));
        }
        let open = gaps.clone();
        let amount = version.pay.as_ref().map(|_| match answer {
            Answer::No => Ok(0),
            Answer::Yes => self.amount(at, version, place),
            Answer::CannotSay => {
                let mut missing = gaps.clone();
                missing.extend(self.amount(at, version, place).err().into_iter().flatten());
                Err(missing)
            }
        });
        if let Some(Err(more)) = &amount {
            gaps.extend(more);
        }
        Decided { answer, met, unknown, amount, gaps, open }
    }

    fn amount(&mut self, at: usize, version: &Version, place: Place) -> Known {
        let Some(pay) = &version.pay else { return Ok(0) };
        let before = self.value(&pay.expr, place);
        let divisor = pay.divisor.as_ref().map(|by| self.value(by, place));
        let (before, divisor) = match divisor {
            Some(divisor) => pair(before, divisor).map(|(before, by)| (before, Some(by)))?,
            None => (before?, None),
        };
        rounded(pay, before, divisor).map_err(|why| {
            Gaps::from([match why {
                NoAmount::Overflow => Gap::Overflow(pay.expr.span),
                NoAmount::Negative => Gap::NegativeAmount(at),
                NoAmount::DividedByZero => Gap::DividedByZero(at),
            }])
        })
    }

    fn figure(&mut self, month: Option<i64>, at: usize, index: Option<&Expr>, place: Place) -> Known {
        let rules = self.rules;
        let version = rules.params[at].versions.iter().find(|version| version.days.contain(self.on));
        let option = index.map(|index| self.value_in(month, index, place));
        match (version, option) {
            (Some(version), None) => version.values.first().copied().ok_or_else(|| Gaps::from([Gap::NoFigure(at)])),
            (Some(version), Some(Ok(option))) => {
                let value = usize::try_from(option).ok().and_then(|option| version.values.get(option).copied());
                value.filter(|value| *value != NONE).ok_or_else(|| Gaps::from([Gap::NoFigure(at)]))
            }
            (Some(_), Some(Err(gaps))) => Err(gaps),
            (None, option) => {
                let mut gaps = option.and_then(Result::err).unwrap_or_default();
                gaps.insert(Gap::NoFigure(at));
                Err(gaps)
            }
        }
    }

    fn both(
        &mut self,
        month: Option<i64>,
        expr: &Expr,
        a: &Expr,
        b: &Expr,
        place: Place,
        f: fn(i128, i128) -> i128,
    ) -> Known {
        let (a, b) = pair(self.value_in(month, a, place), self.value_in(month, b, place))?;
        self.narrowed(expr, f(i128::from(a), i128::from(b)))
    }

    fn narrowed(&self, expr: &Expr, wide: i128) -> Known {
        narrow(wide).ok_or_else(|| Gaps::from([Gap::Overflow(expr.span)]))
    }

    /// One more than how many members counted come before this one.
    fn rank(&mut self, month: Option<i64>, what: &Expr, filter: Option<&Expr>, place: Place) -> Known {
        let own = self.value_in(month, what, place);
        let (mut gaps, mut before) = (own.clone().err().unwrap_or_default(), 0);
        let mut is_earlier = true;
        for other in self.household.places(Entity::Person) {
            if other == place {
                is_earlier = false;
                continue;
            }
            match (
                filter.map_or(Ok(1), |filter| self.value_in(month, filter, other)),
                self.value_in(month, what, other),
            ) {
                (Ok(1), Ok(value)) => {
                    let least = own.as_ref().copied().unwrap_or(value);
                    before += i64::from(value < least || (is_earlier && value == least));
                }
                (Ok(1), Err(more)) => gaps.extend(more),
                (Ok(_), _) => {}
                (Err(more), value) => {
                    gaps.extend(more);
                    gaps.extend(value.err().into_iter().flatten());
                }
            }
        }
        if gaps.is_empty() { Ok(before + 1) } else { Err(gaps) }
    }

    fn aggregate(&mut self, month: Option<i64>, expr: &Expr, how: How, inner: (Option<&Expr>, Option<&Expr>)) -> Known {
        let members = self.household.places(Entity::Person);
        self.folded(members.into_iter().map(|place| (month, place)).collect(), expr, how, inner)
    }

    /// One value of those of members, or of those of months.
    fn folded(
        &mut self,
        each: Vec<(Option<i64>, Place)>,
        expr: &Expr,
        how: How,
        (what, filter): (Option<&Expr>, Option<&Expr>),
    ) -> Known {
        let (mut values, mut gaps) = (vec![], Gaps::new());
        for (month, place) in each {
            let counted = filter.map_or(Ok(1), |filter| self.value_in(month, filter, place));
            let mut value = || what.map_or(Ok(1), |what| self.value_in(month, what, place));
            match how {
                How::Any => values.push(joined([counted, value()].into_iter(), 0)),
                How::All => values.push(joined([counted.map(|yes| 1 - yes), value()].into_iter(), 1)),
                How::Sum | How::Count | How::Min | How::Max => match counted {
                    Ok(1) => values.push(value()),
                    Ok(_) => {}
                    Err(more) => {
                        gaps.extend(more);
                        gaps.extend(value().err().into_iter().flatten());
                    }
                },
            }
        }
        match how {
            How::Any => return joined(values.into_iter(), 1),
            How::All => return joined(values.into_iter(), 0),
            How::Sum | How::Count | How::Min | How::Max => {}
        }
        let mut known = vec![];
        for value in values {
            match value {
                Ok(value) => known.push(value),
                Err(more) => gaps.extend(more),
            }
        }
        if !gaps.is_empty() {
            return Err(gaps);
        }
        let none = || Gaps::from([Gap::NoMembers(expr.span)]);
        match how {
            How::Min => known.into_iter().min().ok_or_else(none),
            How::Max => known.into_iter().max().ok_or_else(none),
            How::Sum | How::Count | How::Any | How::All => self.narrowed(expr, known.into_iter().map(i128::from).sum()),
        }
    }
}

fn gap(gap: Gap) -> Known {
    Err(Gaps::from([gap]))
}

fn pair(a: Known, b: Known) -> Result<(i64, i64), Gaps> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(mut a), Err(b)) => {
            a.extend(b);
            Err(a)
        }
        (Err(gaps), Ok(_)) | (Ok(_), Err(gaps)) => Err(gaps),
    }
}

/// Yes and no joined: `settles` decides alone, also where others are not known. 0 for "and", 1 for "or".
fn joined(values: impl Iterator<Item = Known>, settles: i64) -> Known {
    let mut gaps = Gaps::new();
    let mut settled = false;
    for value in values {
        match value {
            Ok(value) => settled |= value == settles,
            Err(more) => gaps.extend(more),
        }
    }
    match (settled, gaps.is_empty()) {
        (true, _) => Ok(settles),
        (false, true) => Ok(1 - settles),
        (false, false) => Err(gaps),
    }
}
