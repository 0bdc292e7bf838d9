//! What stands against a "no": every least set of conditions that would have to be met, and for each fact that people
//! can change, the nearest value that turns the answer; where none does, the nearest values of two.

mod line;
mod pairs;
mod sense;

use std::collections::HashMap;

use crate::facts::{Household, Place};
use crate::kind::Kind;
use crate::model::{Needs, Rules};
use crate::row::Row;
use crate::syntax::{Answer, Entity};
use line::{Bent, Lines};

/// The greatest number of sets that are told.
const SETS_MAX: usize = 512;
/// The greatest value that is tried: ten thousand billion yuan, in fen.
const FAR: i64 = 1_000_000_000_000_000;
/// Where a decision is no straight line of a fact, so many values on each side are tried one by one.
const STEPS_MAX: i64 = 1_000;

/// What would have to be otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// Which decision.
    pub decision: usize,
    /// On whom.
    pub place: Place,
    /// Each a least set of conditions, by bit: all of one set met, and nothing else changed, the answer is yes.
    pub sets: Vec<u32>,
    /// One fact changed, and nothing else, and the answer is yes. At most one for each fact.
    pub nearest: Vec<Change>,
    /// Two facts changed, and nothing else, and the answer is yes; where no single one suffices.
    pub pairs: Vec<[Change; 2]>,
}

/// One fact with another value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub place: Place,
    /// Which fact.
    pub fact: usize,
    /// What it is.
    pub from: i64,
    /// What it would have to be.
    pub to: i64,
}

/// What would turn a "no" into a "yes". Empty for any other answer.
pub fn why_not(row: &mut Row<'_>, decision: usize, place: Place) -> Changes {
    let decided = row.decide(decision, place);
    let mut changes = Changes { decision, place, sets: vec![], nearest: vec![], pairs: vec![] };
    let Some(version) = row.rules.decisions[decision].on(row.on) else { return changes };
    if decided.answer != Answer::No {
        return changes;
    }
    changes.sets = least_sets(&version.needs, decided.met);
    for entity in [Entity::Household, Entity::Person] {
        for of in row.household.places(entity) {
            for fact in 0..row.rules.facts(entity).len() {
                changes.nearest.extend(nearest(row, decision, place, of, fact));
            }
        }
    }
    if changes.nearest.is_empty() {
        changes.pairs = pairs::pairs(row, decision, place);
    }
    changes
}

/// Every least set of conditions that, met besides those in `met`, suffices.
pub fn least_sets(needs: &Needs, met: u32) -> Vec<u32> {
    let mut sets = match needs {
        Needs::One(at) if met >> at & 1 == 1 => vec![0],
        Needs::One(at) => vec![1 << at],
        Needs::Any(any) => any.iter().flat_map(|one| least_sets(one, met)).collect(),
        Needs::All(all) => all.iter().fold(vec![0], |sets, one| {
            let more = least_sets(one, met);
            let joined = sets.iter().flat_map(|set| more.iter().map(move |other| set | other)).collect();
            least(joined)
        }),
    };
    sets = least(sets);
    sets
}

/// Without those that hold another whole.
fn least(mut sets: Vec<u32>) -> Vec<u32> {
    sets.sort_unstable_by_key(|set| (set.count_ones(), *set));
    sets.dedup();
    let mut out: Vec<u32> = vec![];
    for set in sets {
        if out.len() < SETS_MAX && !out.iter().any(|smaller| smaller & set == *smaller) {
            out.push(set);
        }
    }
    out
}

fn nearest(row: &Row<'_>, decision: usize, place: Place, of: Place, fact: usize) -> Option<Change> {
    let declared = &row.rules.facts(of.entity())[fact];
    if !declared.is_used || !(declared.rising || declared.falling) {
        return None;
    }
    let from = row.household.facts(of).get(fact)?;
    let change = |to: i64| Change { place: of, fact, from, to };
    let tried = |to: i64| answer_with(row.rules, row, decision, place, change(to)) == Answer::Yes;
    match declared.kind {
        Kind::Number { .. } => {
            let least = if !declared.falling {
                from
            } else if declared.is_signed {
                -FAR
            } else {
                0
            };
            let most = if declared.rising { FAR } else { from };
            let (least, most) = (least.min(from), most.max(from));
            let to = match Lines::new(row, of, fact, (least, most)).nearest_yes(decision, place, from) {
                Ok(to) => to?,
                Err(Bent) => (1..=STEPS_MAX).find_map(|far| {
                    [from - far, from + far].into_iter().find(|to| (least..=most).contains(to) && tried(*to))
                })?,
            };
            // The one that was found is tried like any other, and so is its neighbour: it must be the first.
            let before = to - (to - from).signum();
            (tried(to) && !tried(before)).then(|| change(to))
        }
        Kind::YesNo => {
            let allowed = if from == 1 { declared.falling } else { declared.rising };
            (allowed && tried(1 - from)).then(|| change(1 - from))
        }
        Kind::Options(at) => {
            (0..row.rules.options[at].options.len() as i64).find(|to| *to != from && tried(*to)).map(change)
        }
        Kind::Date => None,
    }
}

/// The answer if one fact were another.
pub fn answer_with(rules: &Rules, row: &Row<'_>, decision: usize, place: Place, change: Change) -> Answer {
    debug_assert!(std::ptr::eq(rules, row.rules), "one package");
    answer_with_all(row, decision, place, &[change])
}

/// The answer if several facts were others.
pub fn answer_with_all(row: &Row<'_>, decision: usize, place: Place, changes: &[Change]) -> Answer {
    let mut household: Household = row.household.clone();
    for change in changes {
        household.facts_mut(change.place).set(change.fact, Some(change.to), None);
    }
    Row::new(row.rules, row.on, &household).decide(decision, place).answer
}

type Memo<T> = HashMap<(usize, Place), T>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn least_sets_are_those_that_brute_force_finds() {
        use Needs::{All, Any, One};
        for needs in [
            All(vec![One(0), One(1), One(2)]),
            All(vec![One(0), Any(vec![One(1), One(2)])]),
            Any(vec![All(vec![One(0), One(1)]), All(vec![One(1), One(2)]), One(3)]),
            All(vec![Any(vec![One(0), One(1)]), Any(vec![One(1), One(2)]), Any(vec![One(2), One(3)])]),
        ] {
            for met in 0..16 {
                let suffices = |set: u32| set & met == 0 && needs.hold(met | set);
                let mut brute: Vec<u32> = (0..16)
                    .filter(|set| {
                        suffices(*set) && (0..16).all(|less| less == *set || less & set != less || !suffices(less))
                    })
                    .collect();
                brute.sort_unstable_by_key(|set| (set.count_ones(), *set));
                assert_eq!(least_sets(&needs, met), brute, "{needs:?} {met:b}");
            }
        }
    }
}
