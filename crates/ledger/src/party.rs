//! Who leads, and who is named: a unit, a post within it, or one officer.

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
    /// The units that answer for the party: the unit, the post's unit, or the units the officer holds posts in.
    pub fn units(&self, organisation: &Organisation) -> Vec<UnitId> {
        match self {
            Party::Unit(unit) => vec![*unit],
            Party::Post(post) => organisation.post(*post).map(|post| post.unit).into_iter().collect(),
            Party::Officer(officer) => organisation.officer(*officer).map_or(vec![], |officer| {
                let mut units: Vec<UnitId> =
                    officer.holdings.iter().filter_map(|h| organisation.post(h.post)).map(|post| post.unit).collect();
                units.sort();
                units.dedup();
                units
            }),
        }
    }
}
