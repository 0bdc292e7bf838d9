//! Which way a decision goes when a number rises: told from the formula alone, so that more of what helps never hurts.

use super::Memo;
use crate::facts::Place;
use crate::model::{Expr, Term, Thing};
use crate::row::Row;
use crate::syntax::{Entity, How, Order};

/// What becomes of a value when a fact rises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// It stays.
    Still,
    /// It rises, or stays.
    Up,
    /// It falls, or stays.
    Down,
    /// Now the one, now the other, or nobody can tell.
    Mixed,
}

use Sense::{Down, Mixed, Still, Up};

impl Sense {
    fn and(self, other: Sense) -> Sense {
        match (self, other) {
            (Still, one) | (one, Still) => one,
            (Up, Up) => Up,
            (Down, Down) => Down,
            (Up | Down | Mixed, _) => Mixed,
        }
    }

    fn turned(self) -> Sense {
        match self {
            Up => Down,
            Down => Up,
            Still | Mixed => self,
        }
    }
}

/// By each of the two facts.
pub(super) type Both = [Sense; 2];

const NEITHER: Both = [Still; 2];

fn and(a: Both, b: Both) -> Both {
    [a[0].and(b[0]), a[1].and(b[1])]
}

fn turned(a: Both) -> Both {
    a.map(Sense::turned)
}

/// Whatever moves it, nobody can tell which way.
fn mixed(a: Both) -> Both {
    a.map(|sense| if sense == Still { Still } else { Mixed })
}

/// How values move with two facts of one household.
pub(super) struct Senses<'r> {
    fixed: Row<'r>,
    facts: [(Place, usize); 2],
    lets: Memo<Both>,
    decisions: Memo<Both>,
    computed: u64,
}

impl<'r> Senses<'r> {
    pub(super) fn new(row: &Row<'r>, facts: [(Place, usize); 2]) -> Self {
        let fixed = Row::new(row.rules, row.on, row.household);
        Self { fixed, facts, lets: Memo::new(), decisions: Memo::new(), computed: 0 }
    }

    /// How many formulas were looked at so far.
    pub(super) fn computed(&self) -> u64 {
        self.computed + self.fixed.computed()
    }

    pub(super) fn decision(&mut self, at: usize, place: Place) -> Both {
        if let Some(known) = self.decisions.get(&(at, place)) {
            return *known;
        }
        let rules = self.fixed.rules;
        let mut all = NEITHER;
        for condition in rules.decisions[at].on(self.fixed.on).into_iter().flat_map(|version| &version.conditions) {
            let one = self.of(&condition.expr, place);
            all = and(all, if condition.unless { turned(one) } else { one });
        }
        self.decisions.insert((at, place), all);
        all
    }

    fn formula(&mut self, at: usize, place: Place) -> Both {
        if let Some(known) = self.lets.get(&(at, place)) {
            return *known;
        }
        let rules = self.fixed.rules;
        let both = rules.lets[at].on(self.fixed.on).map_or(NEITHER, |expr| self.of(expr, place));
        self.lets.insert((at, place), both);
        both
    }

    fn all(&mut self, exprs: &[&Expr], place: Place) -> Both {
        exprs.iter().fold(NEITHER, |all, one| and(all, self.of(one, place)))
    }

    /// A number that rises, or a yes that becomes more likely.
    fn of(&mut self, expr: &Expr, place: Place) -> Both {
        self.computed += 1;
        match &expr.term {
            Term::Const(_) | Term::DecisionDay => NEITHER,
            Term::Fact(_, at) => self.facts.map(|(of, fact)| if of == place && fact == *at { Up } else { Still }),
            Term::Let(at) => self.formula(*at, place),
            Term::Decision(at) => self.decision(*at, place),
            Term::Amount(at) => self.rests_on(*at),
            Term::OfHousehold(inner) => self.of(inner, Place::Household),
            Term::Finer(inner, _) | Term::Divide(inner, ..) => self.of(inner, place),
            Term::Add(a, b) | Term::Larger(a, b) | Term::Smaller(a, b) => self.all(&[a, b], place),
            Term::Subtract(a, b) => and(self.of(a, place), turned(self.of(b, place))),
            Term::Multiply(a, b) => self.product(a, b, place),
            Term::If(asked, then, otherwise) => {
                let moved = self.of(asked, place);
                if moved == NEITHER {
                    return match self.fixed.value(asked, place) {
                        Ok(1) => self.of(then, place),
                        Ok(_) => self.of(otherwise, place),
                        Err(_) => NEITHER,
                    };
                }
                and(mixed(moved), self.all(&[then, otherwise], place))
            }
            Term::Compare { left, order, right, .. } => {
                let (left, right) = (self.of(left, place), self.of(right, place));
                match order {
                    Order::Below | Order::AtMost => and(turned(left), right),
                    Order::Above | Order::AtLeast => and(left, turned(right)),
                    Order::Is | Order::IsNot => mixed(and(left, right)),
                }
            }
            Term::Not(inner) => turned(self.of(inner, place)),
            Term::And(all) | Term::Or(all) => self.all(&all.iter().collect::<Vec<_>>(), place),
            Term::Aggregate { how, what, filter } => self.folded(*how, what.as_deref(), filter.as_deref()),
            Term::OneOf { left: one, .. } | Term::Since(_, one) | Term::Part(_, one) => mixed(self.of(one, place)),
            Term::Round { .. } => mixed(self.all(&expr.term.inner(), place)),
            Term::Rank { .. } => {
                let members = self.fixed.household.places(Entity::Person);
                let each = members.into_iter().map(|member| self.all(&expr.term.inner(), member));
                mixed(each.fold(NEITHER, and))
            }
            Term::Param(_, index) => index.as_deref().map_or(NEITHER, |index| mixed(self.of(index, place))),
            Term::Window { .. } => mixed(self.all(&expr.term.inner(), place)),
        }
    }

    fn rests_on(&self, decision: usize) -> Both {
        let (rules, on) = (self.fixed.rules, self.fixed.on);
        self.facts.map(|(of, fact)| {
            if rules.rests_on_fact(Thing::Decision(decision), on, of.entity(), fact) { Mixed } else { Still }
        })
    }

    /// A product goes with one side, by the sign of the other, where that stays.
    fn product(&mut self, a: &Expr, b: &Expr, place: Place) -> Both {
        let (left, right) = (self.of(a, place), self.of(b, place));
        let (moved, still) = match (left == NEITHER, right == NEITHER) {
            (true, true) => return NEITHER,
            (true, false) => (right, a),
            (false, true) => (left, b),
            (false, false) => return mixed(and(left, right)),
        };
        match self.fixed.value(still, place) {
            Ok(by) if by > 0 => moved,
            Ok(by) if by < 0 => turned(moved),
            // Zero times anything, and what is not known.
            Ok(_) | Err(_) => NEITHER,
        }
    }

    fn folded(&mut self, how: How, what: Option<&Expr>, filter: Option<&Expr>) -> Both {
        let mut all = NEITHER;
        for place in self.fixed.household.places(Entity::Person) {
            let counted = filter.map_or(NEITHER, |filter| self.of(filter, place));
            let value = what.map_or(NEITHER, |what| self.of(what, place));
            let out = counted == NEITHER
                && filter.is_some_and(|filter| self.fixed.value(filter, place).is_ok_and(|counted| counted == 0));
            all = and(
                all,
                match how {
                    _ if out && how != How::All => NEITHER,
                    How::Count | How::Any => and(counted, value),
                    How::All => and(turned(counted), value),
                    How::Sum | How::Min | How::Max => and(mixed(counted), value),
                },
            );
        }
        all
    }
}
