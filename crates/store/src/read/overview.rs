//! How much each lead has in hand, and how it fared: counts for whoever looks over all of them.

use jiff::civil::Date;
use ledger::id::OfficerId;
use ledger::party::Party;
use rusqlite::Connection;

use super::Read;
use super::lists::{By, MatterFilter, Query, Standing, party};
use crate::error::StoreFault;
use crate::sqlite::prepare;

/// What one lead has in hand, of what the reader may see.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct LeadCounts {
    /// Neither cleared nor withdrawn.
    pub open: u64,
    /// Of these, late today.
    pub late: u64,
    /// Of the open ones, due within the days asked for.
    pub due: u64,
    /// Of the open ones, sent back and worked on again.
    pub returned: u64,
    /// Cleared since the day asked for, in time or without a deadline.
    pub cleared_in_time: u64,
    /// Cleared since then, after the original deadline.
    pub cleared_late: u64,
}

impl std::ops::AddAssign for LeadCounts {
    fn add_assign(&mut self, other: Self) {
        self.open += other.open;
        self.late += other.late;
        self.due += other.due;
        self.returned += other.returned;
        self.cleared_in_time += other.cleared_in_time;
        self.cleared_late += other.cleared_late;
    }
}

impl Read<'_> {
    /// What every lead has in hand, what nobody leads yet last: open ones, those due from the first to the last of `due`,
    /// and what was cleared from `since` on. A lead without any of it is left out.
    pub fn counts_by_lead(
        &mut self,
        reader: Option<OfficerId>,
        due: (Date, Date),
        since: Date,
    ) -> Result<Vec<(Option<Party>, LeadCounts)>, StoreFault> {
        let mut leads: Vec<Option<String>> = self.leading()?.into_iter().map(Some).collect();
        leads.sort_unstable();
        leads.push(None);
        let mut counts = vec![];
        for lead in leads {
            let mut of_lead = self.open_of(reader, lead.as_deref(), due)?;
            if let Some(lead) = &lead {
                let query = self.cleared_of(reader, lead, since)?;
                let sql = query.select("count(*), count(*) FILTER (WHERE m.is_cleared_late = 1)");
                let [all, late] = numbers(self.connection, &sql, query)?;
                (of_lead.cleared_in_time, of_lead.cleared_late) = (all - late, late);
            }
            if of_lead != LeadCounts::default() {
                counts.push((lead.as_deref().map(party).transpose()?, of_lead));
            }
        }
        Ok(counts)
    }

    fn open_of(
        &mut self,
        reader: Option<OfficerId>,
        lead: Option<&str>,
        (first, last): (Date, Date),
    ) -> Result<LeadCounts, StoreFault> {
        let mut query = self.led_by(reader, lead)?;
        let today = query.bind(self.today().to_string());
        let (first, last) = (query.bind(first.to_string()), query.bind(last.to_string()));
        let sql = query.select(&format!(
            "count(*), count(*) FILTER (WHERE m.overdue_from <= {today}), \
             count(*) FILTER (WHERE m.sort_due BETWEEN {first} AND {last}), count(*) FILTER (WHERE m.is_returned = 1)"
        ));
        let [open, late, due, returned] = numbers(self.connection, &sql, query)?;
        Ok(LeadCounts { open, late, due, returned, ..LeadCounts::default() })
    }

    /// Open matters of the lead.
    pub(crate) fn led_by(&mut self, reader: Option<OfficerId>, lead: Option<&str>) -> Result<Query, StoreFault> {
        let filter = MatterFilter { standing: Some(Standing::Open), ..MatterFilter::default() };
        let mut query = self.filtered(reader, &filter, By::Order)?;
        let lead = lead.map(|lead| query.bind(lead.to_owned()));
        query.conditions.push(lead.map_or("m.lead IS NULL".to_owned(), |lead| format!("m.lead = {lead}")));
        Ok(query)
    }

    /// Matters of the lead that were cleared on `since` or later.
    pub(crate) fn cleared_of(
        &mut self,
        reader: Option<OfficerId>,
        lead: &str,
        since: Date,
    ) -> Result<Query, StoreFault> {
        let mut query = self.filtered(reader, &MatterFilter::default(), By::Order)?;
        let (lead, since) = (query.bind(lead.to_owned()), query.bind(since.to_string()));
        query.conditions.push(format!("m.lead = {lead} AND m.cleared_on >= {since}"));
        Ok(query)
    }
}

/// The one row of a query that counts.
fn numbers<const N: usize>(connection: &Connection, sql: &str, query: Query) -> Result<[u64; N], StoreFault> {
    let mut statement = prepare(connection, sql)?;
    Ok(statement.query_row(rusqlite::params_from_iter(query.values), |row| {
        let mut numbers = [0; N];
        for (at, number) in numbers.iter_mut().enumerate() {
            *number = row.get(at)?;
        }
        Ok(numbers)
    })?)
}
