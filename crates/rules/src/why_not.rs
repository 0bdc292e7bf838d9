//! What stands against a "no": every least set of conditions that would have to be met, and for each fact that people
//! can change, the nearest value that turns the answer; where none does, the nearest values of two. Of a fact over months it
//! is the value of one of them, or else one that it never goes beyond in any.

mod budget;
mod line;
mod pairs;
mod sense;

use std::collections::HashMap;

use crate::facts::{Household, Place};
use crate::kind::Kind;
use crate::model::{Needs, Rules, Thing};
use crate::row::Row;
use crate::syntax::{Answer, Entity};
use budget::{Budget, changed};
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
    /// Whether there may be more sets than those.
    pub more_sets: bool,
    /// Whether there may be more facts, or pairs of them, than those that were looked at.
    pub more_changes: bool,
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
    let (more_sets, more_changes) = (false, false);
    let mut changes =
        Changes { decision, place, sets: vec![], nearest: vec![], pairs: vec![], more_sets, more_changes };
    let Some(version) = row.rules.decisions[decision].on(row.on) else { return changes };
    if decided.answer != Answer::No {
        return changes;
    }
    (changes.sets, changes.more_sets) = least_sets(&version.needs, decided.met);
    let budget = Budget::whole();
    let (mut of, mut found) = (vec![], vec![]);
    for entity in [Entity::Household, Entity::Person] {
        let facts = 0..row.rules.facts(entity).len();
        of.extend(row.household.places(entity).into_iter().flat_map(|place| facts.clone().map(move |at| (place, at))));
    }
    for one in of {
        let change = nearest(row, &budget, (decision, place), one);
        if budget.is_spent() {
            break;
        }
        found.extend(change);
    }
    changes.nearest = found;
    changes.more_changes = budget.is_spent();
    if changes.nearest.is_empty() && !budget.is_spent() {
        let (pairs, all) = pairs::pairs(row, decision, place, &budget);
        (changes.pairs, changes.more_changes) = (pairs, !all);
    }
    changes
}

/// Every least set of conditions that, met besides those in `met`, suffices; and whether there may be more.
pub fn least_sets(needs: &Needs, met: u32) -> (Vec<u32>, bool) {
    let mut more = false;
    let mut sets = sets(needs, met, &mut more);
    if more {
        // Where some were left out on the way, what is left may hold more than it needs.
        sets = sets.into_iter().map(|set| without_surplus(needs, met, set)).collect();
        least(&mut sets);
    }
    (sets, more)
}

fn sets(needs: &Needs, met: u32, more: &mut bool) -> Vec<u32> {
    let mut out = match needs {
        Needs::One(at) if met >> at & 1 == 1 => vec![0],
        Needs::One(at) => vec![1 << at],
        Needs::Any(any) => any.iter().flat_map(|one| sets(one, met, more)).collect(),
        Needs::All(all) => all.iter().fold(vec![0], |before, one| {
            let also = sets(one, met, more);
            let mut joined = before.iter().flat_map(|set| also.iter().map(move |other| set | other)).collect();
            *more |= least(&mut joined);
            joined
        }),
    };
    *more |= least(&mut out);
    out
}

/// A set that suffices, without what it does not need.
fn without_surplus(needs: &Needs, met: u32, set: u32) -> u32 {
    (0..u32::BITS).map(|at| 1 << at).fold(set, |set, one| if needs.hold(met | set & !one) { set & !one } else { set })
}

/// Takes out those that hold another whole. Whether any was left out for their number.
fn least(sets: &mut Vec<u32>) -> bool {
    sets.sort_unstable_by_key(|set| (set.count_ones(), *set));
    sets.dedup();
    let mut out: Vec<u32> = vec![];
    let mut more = false;
    for set in sets.iter() {
        if !out.iter().any(|smaller| smaller & set == *smaller) {
            if out.len() == SETS_MAX {
                more = true;
                break;
            }
            out.push(*set);
        }
    }
    *sets = out;
    more
}

/// The nearest value of one fact, of somebody, that turns a decision on somebody.
fn nearest(
    row: &Row<'_>,
    budget: &Budget,
    (decision, place): (usize, Place),
    (of, fact): (Place, usize),
) -> Option<Change> {
    let declared = &row.rules.facts(of.entity())[fact];
    if !declared.is_used || !(declared.rising || declared.falling) {
        return None;
    }
    let asked = Asked { row, budget, decision, place, of, fact };
    if declared.is_monthly {
        return asked.over_months();
    }
    asked.nearest(During::Day, row.household.facts(of).get(fact)?)
}

/// A fact that may change, and the decision that it may turn.
struct Asked<'a, 'r> {
    row: &'a Row<'r>,
    budget: &'a Budget,
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
        if let Some(change) = in_one.min_by_key(|change| change.to.abs_diff(change.from)) {
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
        let Asked { row, budget, decision, place, of, fact } = *self;
        let declared = &row.rules.facts(of.entity())[fact];
        let change = |to: i64| Change { place: of, fact, during, from, to };
        let tried = |to: i64| budget.is_yes(row, decision, place, &[change(to)]);
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
                if budget.is_spent() {
                    return None;
                }
                let mut lines = Lines::along(row, moving, (least, most));
                let found = lines.nearest_yes(decision, place, from);
                budget.spend(lines.computed());
                let to = match found {
                    Ok(to) => to?,
                    Err(Bent) => (1..=steps).find_map(|far| {
                        let sides = [from.checked_sub(far), from.checked_add(far)].into_iter().flatten();
                        sides.filter(|to| (least..=most).contains(to)).find(|to| tried(*to))
                    })?,
                };
                // The one that was found is tried like any other, and so is its neighbour: it must be the first.
                let before = if to > from { to - 1 } else { to + 1 };
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
    Row::new(row.rules, row.on, &changed(row.household, changes)).decide(decision, place).answer
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
                assert_eq!(least_sets(&needs, met), (brute, false), "{needs:?} {met:b}");
            }
        }
    }
}
