//! Two facts changed at once, where no single one turns a refusal.

use super::budget::{Budget, changed};
use super::line::{Lines, Moving};
use super::sense::{Sense, Senses};
use super::{Change, During, nearest};
use crate::facts::Place;
use crate::kind::Kind;
use crate::row::Row;
use crate::syntax::Entity;

/// So many pairs are told.
const PAIRS_MAX: usize = 10;
/// Of so many facts that may change, pairs are tried.
const FACTS_MAX: usize = 60;
/// The farthest value that is tried for a pair: ten billion yuan, in fen. Products of such do not overflow.
const FAR: i64 = 1_000_000_000_000;

/// A fact that may change, and what it is.
#[derive(Clone, Copy)]
struct Open {
    place: Place,
    fact: usize,
    is: i64,
}

impl Open {
    fn to(self, to: i64) -> Change {
        Change { place: self.place, fact: self.fact, during: During::Day, from: self.is, to }
    }
}

/// For each two facts the least changes of both that turn the answer. Of two numbers, those whose sum is least, in the parts
/// of each; told only where the decision goes one way with each of the two, so that the least is known to be the least.
/// Beside them, whether all were looked at.
pub(super) fn pairs(row: &Row<'_>, decision: usize, place: Place, budget: &Budget) -> (Vec<[Change; 2]>, bool) {
    let open = open(row);
    let pair = Pairs { row, decision, place, budget };
    let mut out = vec![];
    let looked_at = &open[..open.len().min(FACTS_MAX)];
    for (at, one) in looked_at.iter().enumerate() {
        for other in &looked_at[at + 1..] {
            if out.len() == PAIRS_MAX {
                return (out, false);
            }
            let found = pair.of(*one, *other);
            if budget.is_spent() {
                return (out, false);
            }
            out.extend(found);
        }
    }
    (out, looked_at.len() == open.len())
}

/// Facts that are known, asked for, and may change.
fn open(row: &Row<'_>) -> Vec<Open> {
    let mut out = vec![];
    for entity in [Entity::Household, Entity::Person] {
        for place in row.household.places(entity) {
            for (fact, declared) in row.rules.facts(entity).iter().enumerate() {
                if let Some(is) = row.household.facts(place).get(fact)
                    && declared.is_used
                    && (declared.rising || declared.falling)
                {
                    out.push(Open { place, fact, is });
                }
            }
        }
    }
    out
}

struct Pairs<'p, 'r> {
    row: &'p Row<'r>,
    decision: usize,
    place: Place,
    budget: &'p Budget,
}

impl Pairs<'_, '_> {
    fn is_yes(&self, changes: &[Change]) -> bool {
        self.budget.is_yes(self.row, self.decision, self.place, changes)
    }

    fn of(&self, one: Open, other: Open) -> Option<[Change; 2]> {
        let is_number = |open: Open| self.row.rules.facts(open.place.entity())[open.fact].is_number();
        match (is_number(one), is_number(other)) {
            (true, true) => self.numbers(one, other),
            (true, false) => self.beside(one, other).map(|[choice, number]| [number, choice]),
            (false, true) => self.beside(other, one),
            (false, false) => {
                let both =
                    self.choices(one).into_iter().flat_map(|a| self.choices(other).into_iter().map(move |b| [a, b]));
                both.into_iter().find(|both| self.is_yes(both))
            }
        }
    }

    /// What a fact that is no number could be instead.
    fn choices(&self, open: Open) -> Vec<Change> {
        let declared = &self.row.rules.facts(open.place.entity())[open.fact];
        match declared.kind {
            Kind::YesNo if open.is == 1 && declared.falling => vec![open.to(0)],
            Kind::YesNo if open.is == 0 && declared.rising => vec![open.to(1)],
            Kind::Options(at) => {
                let all = 0..self.row.rules.options[at].options.len() as i64;
                all.filter(|to| *to != open.is).map(|to| open.to(to)).collect()
            }
            Kind::YesNo | Kind::Date | Kind::Number { .. } => vec![],
        }
    }

    /// A number beside a choice: for each choice the nearest number.
    fn beside(&self, number: Open, choice: Open) -> Option<[Change; 2]> {
        let tried = self.choices(choice).into_iter().filter_map(|chosen| {
            let household = changed(self.row.household, &[chosen]);
            let row = Row::new(self.row.rules, self.row.on, &household);
            Some([chosen, nearest(&row, self.budget, (self.decision, self.place), (number.place, number.fact))?])
        });
        tried.min_by_key(|[_, number]| number.to.abs_diff(number.from))
    }

    /// How far a number may go the way that helps, and which way that is.
    fn way(&self, open: Open, sense: Sense) -> Option<(i64, i64)> {
        let declared = &self.row.rules.facts(open.place.entity())[open.fact];
        let least = if declared.is_signed { -FAR } else { 0 };
        let (step, far) = match sense {
            Sense::Up if declared.rising => (1, FAR.checked_sub(open.is)?),
            Sense::Down if declared.falling => (-1, open.is.checked_sub(least)?),
            Sense::Still | Sense::Up | Sense::Down | Sense::Mixed => return None,
        };
        (far > 0).then_some((step, far))
    }

    /// More of what helps never hurts: so if any two changes of one sum suffice, some of the next sum do, and the least sum
    /// is found by halving. Whether any of one sum suffices is asked exactly, along the line of all of them.
    fn numbers(&self, one: Open, other: Open) -> Option<[Change; 2]> {
        let mut senses = Senses::new(self.row, [(one.place, one.fact), (other.place, other.fact)]);
        let [sense, also] = senses.decision(self.decision, self.place);
        self.budget.spend(senses.computed());
        let ((step, far), (also_step, also_far)) = (self.way(one, sense)?, self.way(other, also)?);
        let both = |by: i64, also_by: i64| [one.to(one.is + step * by), other.to(other.is + also_step * also_by)];
        if !self.is_yes(&both(far, also_far)) {
            return None;
        }
        // Of two amounts near the greatest the sum goes beyond 64 bits; a part of it does not.
        let part = |of: i128| i64::try_from(of).expect("no farther than the one fact goes");
        let first = |sum: i128| -> Option<Option<i64>> {
            if self.budget.is_spent() {
                return None;
            }
            let within = (part((sum - i128::from(also_far)).max(1)), part((sum - 1).min(i128::from(far))));
            if within.0 > within.1 {
                return Some(None);
            }
            let (is, also_is) = (i128::from(one.is), i128::from(other.is) + i128::from(also_step) * sum);
            let moving = vec![
                Moving { place: one.place, fact: one.fact, during: During::Day, slope: step, height: is },
                Moving {
                    place: other.place,
                    fact: other.fact,
                    during: During::Day,
                    slope: -also_step,
                    height: also_is,
                },
            ];
            let mut lines = Lines::along(self.row, moving, within);
            let found = lines.first_yes(self.decision, self.place).ok();
            self.budget.spend(lines.computed());
            found
        };
        let (mut low, mut high) = (1, i128::from(far) + i128::from(also_far));
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            match first(middle)? {
                Some(_) => high = middle,
                None => low = middle,
            }
        }
        let by = first(high)??;
        let also_by = part(high - i128::from(by));
        let found = both(by, also_by);
        let nearer = [both(by - 1, also_by), both(by, also_by - 1)];
        // What was found is tried like anything else, and so is what lies before it.
        (self.is_yes(&found) && !nearer.iter().any(|one| self.is_yes(one))).then_some(found)
    }
}
