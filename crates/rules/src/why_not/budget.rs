//! How much is tried before a search for changes ends: counted, not timed, so that one question has one answer everywhere.

use std::cell::Cell;

use super::Change;
use crate::facts::{Household, Place};
use crate::row::Row;
use crate::syntax::Answer;

/// So many formulas are computed for one question, each counted once for each member and month it is computed for; a second
/// or two.
const COMPUTED_MAX: u64 = 10_000_000;

/// What is left to be computed for one question.
pub(super) struct Budget {
    left: Cell<Option<u64>>,
}

impl Budget {
    pub(super) fn whole() -> Self {
        Self { left: Cell::new(Some(COMPUTED_MAX)) }
    }

    /// Whether nothing is left. What was found with the last of it is not to be told: it may not have been tried to its end.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get().is_none()
    }

    pub(super) fn spend(&self, computed: u64) {
        self.left.set(self.left.get().and_then(|left| left.checked_sub(computed)));
    }

    /// Whether the answer is yes if several facts are others; nothing is computed once the budget is spent.
    pub(super) fn is_yes(&self, row: &Row<'_>, decision: usize, place: Place, changes: &[Change]) -> bool {
        if self.is_spent() {
            return false;
        }
        let household = changed(row.household, changes);
        let mut row = Row::new(row.rules, row.on, &household);
        let answer = row.decide(decision, place).answer;
        self.spend(row.computed() + copied(&household));
        answer == Answer::Yes
    }
}

/// A household of which some facts are others.
pub(super) fn changed(household: &Household, changes: &[Change]) -> Household {
    let mut household = household.clone();
    for change in changes {
        change.apply(&mut household);
    }
    household
}

/// What copying a household comes to.
fn copied(household: &Household) -> u64 {
    1 + household.persons.len() as u64
}
