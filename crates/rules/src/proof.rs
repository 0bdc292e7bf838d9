//! Why a decision is what it is: every condition, figure and fact it rests on, each with its value and where it stands.
//!
//! Of what is joined, only the parts that decide are shown: of a refused `and` those that fail, of a decision that another
//! rests on the conditions by which it is what it is. What was shown once is referred to.

mod teller;

use std::collections::HashSet;

use crate::exact::deciding;
use crate::facts::{Gap, Gaps, Place};
use crate::model::{Article, Condition, Expr, Rules, Term};
use crate::month::Months;
use crate::row::{Decided, Known, Row};
use crate::source::Span;
use crate::syntax::{Answer, Entity, How};
pub use teller::Teller;
pub(crate) use teller::rounding;

/// A decision and all it rests on.
#[derive(Clone, Debug)]
pub struct Proof<'r> {
    /// Which decision.
    pub decision: usize,
    /// On whom.
    pub place: Place,
    /// What was decided.
    pub decided: Decided,
    /// Where the law says so; `None` if no rule was in force.
    pub article: Option<&'r Article>,
    /// The conditions, in their order.
    pub conditions: Vec<Proven<'r>>,
    /// What the amount rests on.
    pub pay: Vec<Step<'r>>,
    /// Whether that is longer than anybody reads, and not shown to its end.
    pub pay_is_cut: bool,
}

/// So many steps are shown of one condition, and of what is paid.
const STEPS_MAX: usize = 5_000;

/// A condition and what it rests on.
#[derive(Clone, Debug)]
pub struct Proven<'r> {
    /// Which.
    pub condition: &'r Condition,
    /// Whether it is met; `None` if that cannot be said.
    pub met: Option<bool>,
    /// What it rests on.
    pub steps: Vec<Step<'r>>,
    /// Whether that is longer than anybody reads, and not shown to its end; of conditions that are a proof's own.
    pub is_cut: bool,
}

/// One value on the way.
#[derive(Clone, Debug)]
pub struct Step<'r> {
    /// Whose.
    pub place: Place,
    /// What.
    pub about: About,
    /// Its value, or what is missing for it.
    pub value: Known,
    /// What it rests on.
    pub beneath: Beneath<'r>,
}

/// What a step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// A fact that somebody established.
    Fact(usize),
    /// A formula.
    Let(usize),
    /// A decision.
    Decision(usize),
    /// What a decision pays.
    Amount(usize),
    /// A figure of the law, and of which option, where it differs by options and that is known.
    Param(usize, Option<i64>),
    /// A comparison, by where it stands.
    Compared(Span),
    /// What somebody established month by month, in the months that are looked at.
    History(usize, Months),
    /// A formula of those months.
    Monthly(usize, Months),
}

/// What a step rests on.
#[derive(Clone, Debug)]
pub enum Beneath<'r> {
    /// It was shown before.
    Shown,
    /// Other steps; none beneath a fact.
    Steps(Vec<Step<'r>>),
    /// The two sides of a comparison.
    Sides {
        /// What is compared.
        expr: &'r Expr,
        /// The value of the one side.
        left: Known,
        /// The value of the other.
        right: Known,
        /// Whether nothing else is asked where it stands.
        is_whole: bool,
    },
    /// The conditions by which a decision is what it is, and what its amount rests on.
    Decided(Vec<Proven<'r>>, Vec<Step<'r>>),
}

/// Proves a decision.
pub fn prove<'r>(row: &mut Row<'r>, decision: usize, place: Place) -> Proof<'r> {
    prove_after(row, decision, place, &HashSet::new())
}

/// Proves a decision where others were proved before it and are referred to.
pub fn prove_after<'r>(
    row: &mut Row<'r>,
    decision: usize,
    place: Place,
    before: &HashSet<(usize, Place)>,
) -> Proof<'r> {
    let rules = row.rules;
    let decided = row.decide(decision, place);
    let seen = HashSet::from([(About::Decision(decision), place), (About::Amount(decision), place)]);
    let mut prover = Prover { row, before, seen, left: STEPS_MAX, referred: STEPS_MAX, is_cut: false };
    let version = rules.decisions[decision].on(prover.row.on);
    let mut conditions = vec![];
    for bit in 0..version.map_or(0, |version| version.conditions.len()) {
        prover.begin();
        let proven = prover.conditions(decision, place, 1 << bit);
        let is_cut = prover.is_cut;
        conditions.extend(proven.into_iter().map(|proven| Proven { is_cut, ..proven }));
    }
    prover.begin();
    let pay = if decided.answer == Answer::No { vec![] } else { prover.pay(decision, place) };
    let pay_is_cut = prover.is_cut;
    let article = version.map(|version| &version.article);
    Proof { decision, place, decided, article, conditions, pay, pay_is_cut }
}

struct Prover<'r, 'p> {
    row: &'p mut Row<'r>,
    /// Decisions that are proved elsewhere.
    before: &'p HashSet<(usize, Place)>,
    /// What is shown in this proof.
    seen: HashSet<(About, Place)>,
    /// How many more steps are shown.
    left: usize,
    /// How many more are referred to, beside them.
    referred: usize,
    /// Whether there were more.
    is_cut: bool,
}

impl<'r> Prover<'r, '_> {
    /// What comes next has its own share.
    fn begin(&mut self) {
        (self.left, self.referred, self.is_cut) = (STEPS_MAX, STEPS_MAX, false);
    }

    /// The conditions with these bits.
    fn conditions(&mut self, decision: usize, place: Place, bits: u32) -> Vec<Proven<'r>> {
        let rules: &'r Rules = self.row.rules;
        let decided = self.row.decide(decision, place);
        let mut out = vec![];
        let version = rules.decisions[decision].on(self.row.on);
        for (bit, condition) in version.into_iter().flat_map(|version| version.conditions.iter().enumerate()) {
            if bits >> bit & 1 == 1 {
                let known = decided.unknown >> bit & 1 == 0;
                let met = known.then_some(decided.met >> bit & 1 == 1);
                let steps = self.formula(&condition.expr, place);
                out.push(Proven { condition, met, steps, is_cut: false });
            }
        }
        out
    }

    fn pay(&mut self, decision: usize, place: Place) -> Vec<Step<'r>> {
        let rules: &'r Rules = self.row.rules;
        let pay = rules.decisions[decision].on(self.row.on).and_then(|version| version.pay.as_ref());
        let parts = pay.into_iter().flat_map(|pay| [Some(&pay.expr), pay.divisor.as_ref()]).flatten();
        parts.flat_map(|expr| self.formula(expr, place)).collect()
    }

    /// The steps under all that is asked at one place.
    fn formula(&mut self, expr: &'r Expr, place: Place) -> Vec<Step<'r>> {
        let mut out = self.steps(None, expr, place);
        if let Some(Step { beneath: Beneath::Sides { expr: compared, is_whole, .. }, .. }) = out.first_mut() {
            *is_whole = std::ptr::eq(*compared, expr);
        }
        out.retain(|step| {
            let is_referred = matches!(step.beneath, Beneath::Shown);
            let is_kept = !is_referred || self.referred > 0;
            self.is_cut |= !is_kept;
            self.referred = self.referred.saturating_sub(usize::from(is_referred));
            is_kept
        });
        out
    }

    /// The steps directly under a formula, which may be one of months.
    fn steps(&mut self, months: Option<Months>, expr: &'r Expr, place: Place) -> Vec<Step<'r>> {
        if self.left == 0 {
            self.is_cut |= !matches!(expr.term, Term::Const(_) | Term::DecisionDay);
            return vec![];
        }
        let rules: &'r Rules = self.row.rules;
        let mut out = vec![];
        match (&expr.term, months) {
            (Term::Fact(entity, at), Some(months)) if rules.facts(*entity)[*at].is_monthly => {
                let about = About::History(*at, months);
                let household = self.row.household;
                let known = |month: &i64| household.facts(place).get_in(*at, *month).is_none();
                let missing: Gaps =
                    months.on(self.row.on).filter(known).map(|month| Gap::MissingIn(place, *at, month)).collect();
                let value = if missing.is_empty() { Ok(0) } else { Err(missing) };
                let beneath = self.once(about, place, |_| vec![]);
                out.push(Step { place, about, value, beneath });
            }
            (Term::Let(at), Some(months)) if rules.lets[*at].is_monthly => {
                let about = About::Monthly(*at, months);
                let under = rules.lets[*at].on(self.row.on);
                let beneath = self.once(about, place, |prover| {
                    under.into_iter().flat_map(|expr| prover.steps(Some(months), expr, place)).collect()
                });
                out.push(Step { place, about, value: Ok(0), beneath });
            }
            (Term::Window { what, filter, months, .. }, _) => {
                for inner in filter.iter().chain(what) {
                    out.extend(self.steps(Some(*months), inner, place));
                }
            }
            (_, months) => out.extend(self.plain_steps(months, expr, place)),
        }
        let mut told = HashSet::new();
        out.retain(|step: &Step<'_>| told.insert((step.about, step.place)));
        out
    }

    /// What a step rests on, where it was not shown before.
    fn once(&mut self, about: About, place: Place, under: impl FnOnce(&mut Self) -> Vec<Step<'r>>) -> Beneath<'r> {
        if self.is_new(about, place) { Beneath::Steps(under(self)) } else { Beneath::Shown }
    }

    /// Whether it was shown neither in this proof nor in one before it. It counts as shown from now on.
    fn is_new(&mut self, about: About, place: Place) -> bool {
        let is_proved = match about {
            About::Decision(at) | About::Amount(at) => self.before.contains(&(at, place)),
            About::Fact(_) | About::Let(_) | About::Param(..) | About::Compared(_) => false,
            About::History(..) | About::Monthly(..) => false,
        };
        let is_new = !is_proved && self.seen.insert((about, place));
        self.left = self.left.saturating_sub(usize::from(is_new));
        is_new
    }

    /// The steps under what has one value.
    fn plain_steps(&mut self, months: Option<Months>, expr: &'r Expr, place: Place) -> Vec<Step<'r>> {
        let rules: &'r Rules = self.row.rules;
        let mut out = vec![];
        match &expr.term {
            Term::Fact(_, at) => out.push(self.step(About::Fact(*at), expr, place, None)),
            Term::Let(at) => {
                let under = rules.lets[*at].on(self.row.on);
                out.push(self.step(About::Let(*at), expr, place, under));
            }
            Term::Decision(at) => out.push(self.decision(About::Decision(*at), *at, expr, place)),
            Term::Amount(at) => out.push(self.decision(About::Amount(*at), *at, expr, place)),
            Term::Param(at, index) => {
                let option = index.as_deref().and_then(|index| self.row.value(index, place).ok());
                out.push(self.step(About::Param(*at, option), expr, place, index.as_deref()));
            }
            Term::OfHousehold(inner) => out.extend(self.steps(months, inner, Place::Household)),
            // By what members are ranked stands there once, whoever's place is asked for.
            Term::Rank { .. } if !self.seen.insert((About::Compared(expr.span), Place::Household)) => {}
            Term::Rank { what, filter } => {
                for member in self.row.household.places(Entity::Person) {
                    for inner in filter.iter().chain([what]) {
                        out.extend(self.steps(months, inner, member));
                    }
                }
            }
            Term::Aggregate { how, what, filter } => {
                for (member, inner) in self.members(months, *how, what.as_deref(), filter.as_deref()) {
                    out.extend(self.steps(months, inner, member));
                }
            }
            Term::Compare { left, right, .. } => {
                if months.is_none() {
                    let about = About::Compared(expr.span);
                    let value = self.row.value(expr, place);
                    let (l, r) = (self.row.value(left, place), self.row.value(right, place));
                    let beneath = Beneath::Sides { expr, left: l, right: r, is_whole: false };
                    self.left = self.left.saturating_sub(1);
                    out.push(Step { place, about, value, beneath });
                }
                out.extend(self.steps(months, left, place));
                out.extend(self.steps(months, right, place));
            }
            Term::And(all) => {
                for inner in self.deciding(months, all, 0, place) {
                    out.extend(self.steps(months, inner, place));
                }
            }
            Term::Or(any) => {
                for inner in self.deciding(months, any, 1, place) {
                    out.extend(self.steps(months, inner, place));
                }
            }
            Term::If(asked, then, otherwise) => {
                let known = if months.is_none() { self.row.value(asked, place).ok() } else { None };
                let both = [(then, known != Some(0)), (otherwise, known != Some(1))];
                out.extend(self.steps(months, asked, place));
                for (inner, _) in both.iter().filter(|(_, counts)| *counts) {
                    out.extend(self.steps(months, inner, place));
                }
            }
            Term::Const(_) | Term::DecisionDay | Term::Window { .. } => {}
            Term::Finer(..)
            | Term::Add(..)
            | Term::Subtract(..)
            | Term::Multiply(..)
            | Term::Divide(..)
            | Term::Larger(..)
            | Term::Smaller(..)
            | Term::OneOf { .. }
            | Term::Not(_)
            | Term::Since(..)
            | Term::Part(..)
            | Term::Round { .. } => {
                for inner in expr.term.inner() {
                    out.extend(self.steps(months, inner, place));
                }
            }
        }
        out
    }

    /// Of what is joined, the parts that decide: those that settle it alone, else those that leave it open, else all.
    fn deciding(&mut self, months: Option<Months>, all: &'r [Expr], settles: i64, place: Place) -> Vec<&'r Expr> {
        if months.is_some() {
            return all.iter().collect();
        }
        let values: Vec<Known> = all.iter().map(|one| self.row.value(one, place)).collect();
        let settled = values.contains(&Ok(settles));
        let open = values.iter().any(Result::is_err);
        let decides = |value: &Known| match value {
            Ok(value) => *value == settles || !(settled || open),
            Err(_) => !settled,
        };
        all.iter().zip(&values).filter(|(_, value)| decides(value)).map(|(one, _)| one).collect()
    }

    /// Of which members what is shown: of those who decide, and of who is not counted only why not.
    fn members(
        &mut self,
        months: Option<Months>,
        how: How,
        what: Option<&'r Expr>,
        filter: Option<&'r Expr>,
    ) -> Vec<(Place, &'r Expr)> {
        let members = self.row.household.places(Entity::Person);
        let all = |member: Place| filter.into_iter().chain(what).map(move |inner| (member, inner));
        if months.is_some() {
            return members.into_iter().flat_map(all).collect();
        }
        // What one member is to all: whether he settles it, leaves it open, or neither.
        let settles = match how {
            How::Any => Some(1),
            How::All => Some(0),
            How::Sum | How::Count | How::Min | How::Max => None,
        };
        let mut each = vec![];
        for member in members {
            let counted = filter.map_or(Ok(1), |filter| self.row.value(filter, member));
            let value = what.map_or(Ok(1), |what| self.row.value(what, member));
            let own = match (&counted, &value, settles) {
                (Ok(0), ..) => Ok(false),
                (Ok(_), Ok(value), Some(settles)) => Ok(*value == settles),
                (Err(_), Ok(value), Some(settles)) if *value != settles => Ok(false),
                (_, _, Some(_)) => Err(()),
                (_, _, None) => Ok(false),
            };
            each.push((member, counted, own));
        }
        let settled = each.iter().any(|(.., own)| *own == Ok(true));
        let open = each.iter().any(|(.., own)| own.is_err());
        let decides = |own: &Result<bool, ()>| match own {
            Ok(own) => *own || !(settled || open),
            Err(()) => !settled,
        };
        let shown = each.iter().filter(|(.., own)| decides(own));
        let parts = shown.flat_map(|(member, counted, _)| {
            let what = what.filter(|_| *counted != Ok(0));
            filter.into_iter().chain(what).map(|inner| (*member, inner)).collect::<Vec<_>>()
        });
        parts.collect()
    }

    fn step(&mut self, about: About, expr: &'r Expr, place: Place, under: Option<&'r Expr>) -> Step<'r> {
        let value = self.row.value(expr, place);
        let beneath =
            self.once(about, place, |prover| under.into_iter().flat_map(|expr| prover.formula(expr, place)).collect());
        Step { place, about, value, beneath }
    }

    /// A decision that another rests on, or what it pays.
    fn decision(&mut self, about: About, at: usize, expr: &'r Expr, place: Place) -> Step<'r> {
        let rules: &'r Rules = self.row.rules;
        let value = self.row.value(expr, place);
        let version = rules.decisions[at].on(self.row.on);
        let decided = self.row.decide(at, place);
        let is_new = self.is_new(About::Decision(at), place);
        let pays = matches!(about, About::Amount(_)) && self.is_new(about, place);
        if !is_new && !pays {
            return Step { place, about, value, beneath: Beneath::Shown };
        }
        let bits = version.map_or(0, |version| deciding(&version.needs, decided.met, decided.unknown));
        let conditions = if is_new { self.conditions(at, place, bits) } else { vec![] };
        let pay = if pays && decided.answer != Answer::No { self.pay(at, place) } else { vec![] };
        Step { place, about, value, beneath: Beneath::Decided(conditions, pay) }
    }
}
