//! How units stand to one another on a day: who is above whom, and who stands in for a unit that has ended.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Duty, Function, Organisation, Unit};
use crate::id::{OfficerId, UnitId};
use crate::refusal::Refusal;

/// Where a unit stands from a day on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placing {
    /// The unit above; none for a root of the forest.
    pub above: Option<UnitId>,
    /// First day; none for the place it was founded in.
    pub from: Option<Date>,
    /// The day it was recorded; none for the place it was founded in.
    pub recorded_on: Option<Date>,
}

impl Unit {
    /// The unit above on `day`: of the placings that have begun by then, the one recorded last.
    pub fn parent_on(&self, day: Date) -> Option<UnitId> {
        let begun = |placing: &&Placing| placing.from.is_none_or(|from| from <= day);
        self.placings.iter().rev().find(begun).and_then(|placing| placing.above)
    }

    /// Every unit it stood directly under on a day from `since` to `today`. A move that was dated back counts from
    /// the day after it was recorded: nobody gets out of a matter by a date written later.
    fn parents_between(&self, since: Date, today: Date) -> impl Iterator<Item = UnitId> + '_ {
        self.placings.iter().enumerate().filter_map(move |(at, placing)| {
            let next = self.placings.get(at + 1);
            let is_over = |next: &Placing| {
                next.from.is_some_and(|from| from <= since) && next.recorded_on.is_some_and(|on| on < since)
            };
            let begun = placing.from.is_none_or(|from| from <= today);
            placing.above.filter(|_| begun && !next.is_some_and(is_over))
        })
    }
}

impl Organisation {
    /// The unit itself, the unit above it on `day`, and so on to the root. Ends on a cycle, which no change makes.
    pub fn ancestry(&self, unit: UnitId, day: Date) -> Vec<UnitId> {
        let mut line = vec![];
        let mut next = Some(unit);
        while let Some(id) = next.filter(|id| !line.contains(id)) {
            line.push(id);
            next = self.unit(id).and_then(|unit| unit.parent_on(day));
        }
        line
    }

    /// Whether `unit` was `above`, or stood anywhere under it, on a day from `since` to `today`.
    pub fn was_or_stood_under(&self, unit: UnitId, above: UnitId, (since, today): (Date, Date)) -> bool {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![unit];
        while let Some(id) = waiting.pop() {
            if id == above {
                return true;
            }
            if seen.insert(id) {
                waiting.extend(self.unit(id).into_iter().flat_map(|unit| unit.parents_between(since, today)));
            }
        }
        false
    }

    /// The unit that answers on `day` for what `unit` had in hand: itself while it exists, then its successor, and
    /// that one's. None where the line ends: nobody does.
    pub fn standing_for(&self, unit: UnitId, day: Date) -> Option<UnitId> {
        self.line_of_heirs(unit, day).last().copied().filter(|last| self.unit_exists(*last, day))
    }

    /// The unit and all that took its place by `day`, in order.
    pub fn line_of_heirs(&self, unit: UnitId, day: Date) -> Vec<UnitId> {
        let mut line = vec![];
        let mut next = Some(unit);
        while let Some(id) = next.filter(|id| !line.contains(id)) {
            line.push(id);
            next = self.unit(id).filter(|_| !self.unit_exists(id, day)).and_then(|unit| unit.successor);
        }
        line
    }

    /// Whether the unit, or the one that stands in for it on `day`, is an office of one person: so set, and true. As
    /// soon as a second officer could act, one who verified no longer clears.
    pub fn is_of_one_clerk(&self, unit: UnitId, day: Date) -> bool {
        let office = self.standing_for(unit, day).and_then(|unit| self.unit(unit));
        office.is_some_and(|office| office.single_clerk && self.acting_officers(office.id, day).len() <= 1)
    }

    /// Officers who hold a post in the unit on `day` other than the administrator's.
    pub fn acting_officers(&self, unit: UnitId, day: Date) -> Vec<OfficerId> {
        let acts = |post: &super::Post| post.unit == unit && post.duty != Duty::Administrator;
        let officers = self.officers().map(|officer| officer.id);
        officers.filter(|id| self.holds(*id, day).any(acts)).collect()
    }

    /// The units whose matters are `unit`'s on `day`: itself, and every ended unit it stands in for. A supervision
    /// office also stands in for supervision offices that ended without a successor: their matters need somebody.
    pub fn answers_for(&self, unit: UnitId, day: Date) -> Vec<UnitId> {
        let is_supervising = |id: UnitId| self.unit(id).is_some_and(|unit| unit.function == Function::Supervision);
        let mut units = vec![unit];
        for ended in self.closing.iter().copied().filter(|ended| *ended != unit && !self.unit_exists(*ended, day)) {
            match self.standing_for(ended, day) {
                Some(heir) if heir == unit => units.push(ended),
                None if is_supervising(ended) && is_supervising(unit) => units.push(ended),
                Some(_) | None => {}
            }
        }
        units
    }

    /// Checks that a unit of `function` may be founded under `parent`. Deciding, supervising and auditing bodies do
    /// not stand under executing units. Errors: `PartyUnknown`, `ForestBroken`.
    pub fn may_stand_under(&self, function: Function, parent: Option<UnitId>, day: Date) -> Result<(), Refusal> {
        let Some(parent) = parent else { return Ok(()) };
        if !self.unit_exists(parent, day) {
            return Err(Refusal::PartyUnknown);
        }
        match function == Function::Executing || !self.is_executing(&self.ancestry(parent, day)) {
            true => Ok(()),
            false => Err(Refusal::ForestBroken),
        }
    }

    fn is_executing(&self, line: &[UnitId]) -> bool {
        line.iter().any(|id| self.unit(*id).is_some_and(|unit| unit.function == Function::Executing))
    }

    /// Whether the units form a forest on `first` and on every later day on which one of them moves: no unit stands
    /// under itself, and no deciding, supervising or auditing body under an executing one.
    pub fn is_forest_from(&self, first: Date) -> bool {
        let moves = self.units().flat_map(|unit| unit.placings.iter().filter_map(|placing| placing.from));
        let mut days: BTreeSet<Date> = moves.filter(|day| *day > first).collect();
        days.insert(first);
        days.into_iter().all(|day| self.is_forest_on(day))
    }

    fn is_forest_on(&self, day: Date) -> bool {
        self.units().filter(|unit| self.unit_exists(unit.id, day)).all(|unit| {
            let line = self.ancestry(unit.id, day);
            let top = line.last().and_then(|top| self.unit(*top)).and_then(|top| top.parent_on(day));
            // The walk ends at a root, or where it would come round again.
            top.is_none() && (unit.function == Function::Executing || !self.is_executing(&line))
        })
    }

    /// Units that stand directly under `unit` on `day`.
    pub fn units_under(&self, unit: UnitId, day: Date) -> Vec<UnitId> {
        let under = self.units().filter(|below| self.unit_exists(below.id, day) && below.parent_on(day) == Some(unit));
        under.map(|below| below.id).collect()
    }

    /// The unit itself and every unit anywhere under it on `day`, in the order of their ids.
    pub fn subtree(&self, above: UnitId, day: Date) -> Vec<UnitId> {
        self.units().map(|unit| unit.id).filter(|unit| self.ancestry(*unit, day).contains(&above)).collect()
    }

    /// Officers who hold an administrator's post on `today` that is not set to end.
    pub fn lasting_administrators(&self, today: Date) -> Vec<OfficerId> {
        let lasts = |unit: UnitId| self.unit(unit).is_some_and(|unit| unit.closed_on.is_none());
        let is_one = |officer: &&super::Officer| {
            officer.holdings.iter().filter(|held| held.from <= today && held.until.is_none()).any(|held| {
                self.post(held.post).is_some_and(|post| post.duty == Duty::Administrator && lasts(post.unit))
            })
        };
        self.officers().filter(is_one).map(|officer| officer.id).collect()
    }
}
