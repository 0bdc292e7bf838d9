//! Who leads, and who is named: a unit, a post within it, or one officer.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{OfficerId, PostId, UnitId};
use crate::organisation::Organisation;

/// The one lead of a matter, or the one who can remove an obstacle.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// Everybody who holds a post in the unit.
    Unit(UnitId),
    /// Whoever holds the post.
    Post(PostId),
    /// One officer, by name.
    Officer(OfficerId),
}

impl Party {
    /// The unit, or the post's unit, which is the same on every day; none for an officer.
    pub fn fixed_unit(&self, organisation: &Organisation) -> Option<UnitId> {
        match self {
            Party::Unit(unit) => Some(*unit),
            Party::Post(post) => organisation.post(*post).map(|post| post.unit),
            Party::Officer(_) => None,
        }
    }

    /// The units that answer for the party on `day`: the unit, the post's unit, or the units in which the officer holds
    /// a post that day. This is who leads, sees and signs; whom a lead excludes goes by the time it was in his hands,
    /// and that is asked of `independence`.
    pub fn units(&self, organisation: &Organisation, day: Date) -> Vec<UnitId> {
        let Party::Officer(officer) = self else { return self.fixed_unit(organisation).into_iter().collect() };
        let mut units: Vec<UnitId> = organisation.posts_held(*officer, day).iter().map(|post| post.unit).collect();
        units.sort();
        units.dedup();
        units
    }
}
