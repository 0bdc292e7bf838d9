//! The organisation as it was: what the record said of units, posts and officers at an instant, and every change of it;
//! and what matters say that a change of it depends on.

use std::sync::Arc;

use jiff::Timestamp;
use ledger::act::Facts;
use ledger::audience::Principal;
use ledger::id::{MatterId, OfficerId, UnitId};
use ledger::matter::Matter;
use ledger::organisation::{Duty, Function, Holding, Organisation, Post};
use ledger::organise::{self, Change};

use super::Read;
use crate::error::StoreFault;
use crate::load::{self, Recorded};
use crate::sqlite::prepare;

impl Read<'_> {
    /// What matters say that a change of the organisation depends on.
    pub fn facts_of_change(&mut self, change: &Change) -> Result<Facts, StoreFault> {
        let organisation = self.organisation()?;
        let mut facts = Facts::default();
        for officer in organise::leavers(change, &organisation) {
            facts.circles.extend(self.circles_with(officer)?);
        }
        for officer in organise::auditors_by(change, &organisation) {
            facts.naming.extend(self.matters_for(officer)?);
        }
        if let Change::ChangeFunction { unit, .. } = change
            && !self.is_named(*unit)?
        {
            facts.untouched = Some(*unit);
        }
        Ok(facts)
    }

    /// Open matters that are known to a circle with this officer in it, whoever asks.
    fn circles_with(&mut self, officer: OfficerId) -> Result<Vec<Arc<Matter>>, StoreFault> {
        let sql = "SELECT m.id FROM matter_audience a JOIN matter m ON m.number_key = a.number_key \
                   WHERE a.principal = $1 AND m.audience = 'circle' AND m.state NOT IN ('cleared', 'withdrawn') \
                   ORDER BY m.id";
        self.matters_by(sql, &Principal::Officer(officer).to_string())
    }

    /// Open matters that name the officer, or wait for him himself, whoever asks.
    fn matters_for(&mut self, officer: OfficerId) -> Result<Vec<Arc<Matter>>, StoreFault> {
        // A verifier is a party before the report waits for him; whom it was raised to is none, and only waited for.
        let sql = "SELECT m.id FROM matter m WHERE m.state NOT IN ('cleared', 'withdrawn') AND m.number_key IN \
                   (SELECT number_key FROM matter_party WHERE party = $1 \
                   UNION SELECT number_key FROM waiting WHERE desk = $1) ORDER BY m.id";
        self.matters_by(sql, &format!("officer/{officer}"))
    }

    fn matters_by(&mut self, sql: &str, whose: &str) -> Result<Vec<Arc<Matter>>, StoreFault> {
        let ids: Vec<String> = {
            let mut statement = prepare(self.connection, sql)?;
            statement.query_map([whose], |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        let mut matters = vec![];
        for id in ids {
            let id = MatterId::parse(&id).map_err(|_| StoreFault::Malformed("a matter's id"))?;
            matters.extend(self.matter(id)?);
        }
        Ok(matters)
    }

    /// Whether a matter, cleared or not, names the unit, one it answers or will answer for, or somebody who holds or held
    /// an acting post in it.
    fn is_named(&mut self, unit: UnitId) -> Result<bool, StoreFault> {
        let (organisation, today) = (self.organisation()?, self.today);
        let ended = organisation.units().filter(|ended| ended.successor == Some(unit)).map(|ended| ended.id);
        let units = organisation.answers_for(unit, today).into_iter().chain(ended).map(|unit| format!("unit/{unit}"));
        // In an auditing unit an administrator audits too.
        let is_auditing = organisation.unit(unit).is_some_and(|unit| unit.function == Function::Audit);
        let acts_in = |holding: &Holding| {
            let post = organisation.post(holding.post);
            let acts = |post: &Post| post.duty != Duty::Administrator || is_auditing;
            post.is_some_and(|post| post.unit == unit && acts(post))
        };
        let officers = organisation.officers().filter(|officer| officer.holdings.iter().any(acts_in));
        let officers = officers.map(|officer| format!("officer/{}", officer.id));
        let mut statement = prepare(self.connection, "SELECT EXISTS (SELECT 1 FROM matter_party WHERE party = $1)")?;
        for party in units.chain(officers) {
            if statement.query_row([party], |row| row.get(0))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

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
