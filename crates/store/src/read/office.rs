//! The organisation as it was: what the record said of units, posts and officers at an instant, and every change of it.

use jiff::Timestamp;
use ledger::organisation::Organisation;

use super::Read;
use crate::error::StoreFault;
use crate::load::{self, Recorded};
use crate::sqlite::prepare;

impl Read<'_> {
    /// Units, posts and officers as the record said them before `until`: what was recorded later, also what was dated
    /// back, is not in it.
    pub fn organisation_until(&mut self, until: Timestamp) -> Result<Organisation, StoreFault> {
        let places: Vec<u64> = {
            let mut statement = prepare(self.connection, "SELECT idx FROM organisation_event ORDER BY idx")?;
            statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        let mut organisation = Organisation::default();
        for idx in places {
            let Recorded { stream, event, meta, .. } = load::at(self.connection, self.keys, idx)?;
            if meta.at >= until {
                break;
            }
            organisation.apply(stream, &event, &meta);
        }
        Ok(organisation)
    }

    /// Changes of units and officers that stand before `before` in the log, the latest first.
    pub fn organisation_changes(&mut self, before: Option<u64>, limit: u32) -> Result<Vec<Recorded>, StoreFault> {
        let places: Vec<u64> = {
            let sql = "SELECT idx FROM organisation_event WHERE $1 IS NULL OR idx < $1 ORDER BY idx DESC LIMIT $2";
            let mut statement = prepare(self.connection, sql)?;
            statement.query_map((before, limit), |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        places.into_iter().map(|idx| load::at(self.connection, self.keys, idx)).collect()
    }
}
