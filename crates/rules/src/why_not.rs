//! What stands against a "no": every least set of conditions that would have to be met, and for each fact that people
//! can change, the nearest value that turns the answer; where none does, the nearest values of two. Of a fact over months it
//! is the value of one of them, or else one that it never goes beyond in any.

mod line;
mod pairs;
mod sense;

use std::collections::HashMap;

use crate::facts::{Household, Place};
use crate::kind::Kind;
use crate::model::{Needs, Rules, Thing};
use crate::row::Row;
use crate::syntax::{Answer, Entity};
use line::{Bent, Lines, Moving};

/// The greatest number of sets that are told.
const SETS_MAX: usize = 512;
/// The greatest value that is tried: ten thousand billion yuan, in fen.
const FAR: i64 = 1_000_000_000_000_000;
/// Where a decision is no straight line of a fact, so many values on each side are tried one by one.
const STEPS_MAX: i64 = 1_000;
/// The same for a fact over months, of which there are many.
const MONTH_STEPS_MAX: i64 = 20;

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
    /// In which months.
    pub during: During,
    /// What it is; in several months, the one of them that goes farthest beyond.
    pub from: i64,
    /// What it would have to be.
    pub to: i64,
}

/// When a fact would have to be otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum During {
    /// On the day decided on: it has no months.
    Day,
    /// In one month.
    Month(i64),
    /// In none of the months from one to another may it be above.
    NeverAbove(i64, i64),
    /// In none of them may it be below.
    NeverBelow(i64, i64),
}

impl During {
    /// Whether it speaks of the fact in this month; `None` where the fact has none.
    fn meets(self, month: Option<i64>) -> bool {
        match (self, month) {
            (During::Day, None) => true,
            (During::Month(own), Some(month)) => own == month,
            (During::NeverAbove(first, last) | During::NeverBelow(first, last), Some(month)) => {
                (first..=last).contains(&month)
            }
            (During::Day, Some(_)) | (During::Month(_) | During::NeverAbove(..) | During::NeverBelow(..), None) => {
                false
            }
        }
    }
}

impl Change {
    /// Makes it so.
    fn apply(&self, household: &mut Household) {
        let facts = household.facts_mut(self.place);
        let beyond = |is: i64| match self.during {
            During::NeverAbove(..) => is > self.to,
            During::NeverBelow(..) => is < self.to,
            During::Day | During::Month(_) => true,
        };
        match self.during {
            During::Day => facts.set(self.fact, Some(self.to), None),
            During::Month(month) => facts.set_in(self.fact, month, Some(self.to), None),
            During::NeverAbove(first, last) | During::NeverBelow(first, last) => {
                for month in first..=last {
                    if facts.get_in(self.fact, month).is_some_and(beyond) {
                        facts.set_in(self.fact, month, Some(self.to), None);
                    }
                }
            }
        }
    }
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
    let asked = Asked { row, decision, place, of, fact };
    if declared.is_monthly {
        return asked.over_months();
    }
    asked.nearest(During::Day, row.household.facts(of).get(fact)?)
}

/// A fact that may change, and the decision that it may turn.
struct Asked<'a, 'r> {
    row: &'a Row<'r>,
    decision: usize,
    place: Place,
    of: Place,
    fact: usize,
}

impl Asked<'_, '_> {
    /// In one month, the last of those in which least has to change; else, in none of them beyond one value.
    fn over_months(&self) -> Option<Change> {
        let facts = self.row.household.facts(self.of);
        let looked_at = self.row.rules.months_beneath(Thing::Decision(self.decision), self.row.on);
        let known = looked_at.iter().filter_map(|month| Some((*month, facts.get_in(self.fact, *month)?)));
        let known: Vec<(i64, i64)> = known.collect();
        let in_one = known.iter().rev().filter_map(|(month, is)| self.nearest(During::Month(*month), *is));
        if let Some(change) = in_one.min_by_key(|change| (change.to - change.from).abs()) {
            return Some(change);
        }
        let ([(first, _), .., (last, _)], values) = (known.as_slice(), known.iter().map(|(_, is)| *is)) else {
            return None;
        };
        let (least, most) = (values.clone().min()?, values.max()?);
        let above = || self.nearest(During::NeverAbove(*first, *last), most);
        above().or_else(|| self.nearest(During::NeverBelow(*first, *last), least))
    }

    fn nearest(&self, during: During, from: i64) -> Option<Change> {
        let Asked { row, decision, place, of, fact } = *self;
        let declared = &row.rules.facts(of.entity())[fact];
        let change = |to: i64| Change { place: of, fact, during, from, to };
        let tried = |to: i64| answer_with(row.rules, row, decision, place, change(to)) == Answer::Yes;
        let falling = declared.falling && !matches!(during, During::NeverBelow(..));
        let rising = declared.rising && !matches!(during, During::NeverAbove(..));
        match declared.kind {
            Kind::Number { .. } => {
                let least = if !falling {
                    from
                } else if declared.is_signed {
                    -FAR
                } else {
                    0
                };
                let most = if rising { FAR } else { from };
                let (least, most) = (least.min(from), most.max(from));
                let moving = vec![Moving { place: of, fact, during, slope: 1, height: 0 }];
                let steps = if during == During::Day { STEPS_MAX } else { MONTH_STEPS_MAX };
                let to = match Lines::along(row, moving, (least, most)).nearest_yes(decision, place, from) {
                    Ok(to) => to?,
                    Err(Bent) => (1..=steps).find_map(|far| {
                        [from - far, from + far].into_iter().find(|to| (least..=most).contains(to) && tried(*to))
                    })?,
                };
                // The one that was found is tried like any other, and so is its neighbour: it must be the first.
                let before = to - (to - from).signum();
                (tried(to) && !tried(before)).then(|| change(to))
            }
            Kind::YesNo => {
                let allowed = if from == 1 { falling } else { rising };
                (allowed && tried(1 - from)).then(|| change(1 - from))
            }
            Kind::Options(_) if !matches!(during, During::Day | During::Month(_)) => None,
            Kind::Options(at) => {
                (0..row.rules.options[at].options.len() as i64).find(|to| *to != from && tried(*to)).map(change)
            }
            Kind::Date => None,
        }
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
        change.apply(&mut household);
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
