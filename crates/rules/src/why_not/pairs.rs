//! Two facts changed at once, where no single one turns a refusal.

use super::line::{Lines, Moving};
use super::sense::{Sense, Senses};
use super::{Change, During, answer_with_all, nearest};
use crate::facts::Place;
use crate::kind::Kind;
use crate::row::Row;
use crate::syntax::{Answer, Entity};

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
pub(super) fn pairs(row: &Row<'_>, decision: usize, place: Place) -> Vec<[Change; 2]> {
    let open = open(row);
    let pair = Pairs { row, decision, place };
    let mut out = vec![];
    for (at, one) in open.iter().enumerate() {
        for other in &open[at + 1..] {
            if out.len() == PAIRS_MAX {
                return out;
            }
            out.extend(pair.of(*one, *other));
        }
    }
    out
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
                    && out.len() < FACTS_MAX
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
}

impl Pairs<'_, '_> {
    fn is_yes(&self, changes: &[Change]) -> bool {
        answer_with_all(self.row, self.decision, self.place, changes) == Answer::Yes
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
            let mut household = self.row.household.clone();
            chosen.apply(&mut household);
            let row = Row::new(self.row.rules, self.row.on, &household);
            Some([chosen, nearest(&row, self.decision, self.place, number.place, number.fact)?])
        });
        tried.min_by_key(|[_, number]| (number.to - number.from).abs())
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
        let ((step, far), (also_step, also_far)) = (self.way(one, sense)?, self.way(other, also)?);
        let changed = |by: i64, also_by: i64| [one.to(one.is + step * by), other.to(other.is + also_step * also_by)];
        if !self.is_yes(&changed(far, also_far)) {
            return None;
        }
        let first = |sum: i64| -> Option<Option<i64>> {
            let within = ((sum - also_far).max(1), far.min(sum - 1));
            if within.0 > within.1 {
                return Some(None);
            }
            let moving = vec![
                Moving { place: one.place, fact: one.fact, during: During::Day, slope: step, height: one.is },
                Moving {
                    place: other.place,
                    fact: other.fact,
                    during: During::Day,
                    slope: -also_step,
                    height: other.is + also_step * sum,
                },
            ];
            Lines::along(self.row, moving, within).first_yes(self.decision, self.place).ok()
        };
        let (mut low, mut high) = (1, far + also_far);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            match first(middle)? {
                Some(_) => high = middle,
                None => low = middle,
            }
        }
        let by = first(high)??;
        let found = changed(by, high - by);
        let nearer = [changed(by - 1, high - by), changed(by, high - by - 1)];
        // What was found is tried like anything else, and so is what lies before it.
        (self.is_yes(&found) && !nearer.iter().any(|one| self.is_yes(one))).then_some(found)
    }
}
