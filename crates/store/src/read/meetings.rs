//! Meetings, by the documents their record stands in.

use jiff::civil::Date;
use ledger::id::{DocumentId, MeetingId, Stream};
use ledger::meeting::Meeting;

use super::Read;
use crate::error::StoreFault;
use crate::sqlite::prepare;

/// One line of the list of meetings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MeetingLine {
    /// The meeting.
    pub id: MeetingId,
    /// What it is called; none once erased.
    pub name: Option<String>,
    /// The day it was held.
    pub held_on: Option<Date>,
    /// How many documents its record stands in.
    pub documents: u32,
    /// Proposals nobody has settled.
    pub open: u32,
    /// Proposals settled.
    pub settled: u32,
    /// Matters that came of it.
    pub matters: u32,
}

impl Read<'_> {
    /// Meetings, the latest held first and those without a day last; at most 200 at once, from the `skip`th on.
    pub fn meetings(&mut self, limit: u32, skip: u32) -> Result<Vec<MeetingLine>, StoreFault> {
        let sql = "SELECT meeting, max(held_on), count(*), sum(open), sum(settled), sum(matters) FROM document \
                   GROUP BY meeting ORDER BY max(held_on) IS NULL, max(held_on) DESC, meeting DESC LIMIT $1 OFFSET $2";
        let rows: Vec<(String, Option<String>, [u32; 4])> = {
            let mut statement = prepare(self.connection, sql)?;
            let rows = statement.query_map((limit.min(200), skip), |row| {
                Ok((row.get(0)?, row.get(1)?, [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?]))
            })?;
            rows.collect::<Result<_, _>>()?
        };
        let mut lines = vec![];
        for (id, held_on, [documents, open, settled, matters]) in rows {
            let id = MeetingId::parse(&id).map_err(|_| StoreFault::Malformed("a meeting's id"))?;
            let meeting = self.fold::<Meeting>(Stream::Meeting(id))?;
            let malformed = |_| StoreFault::Malformed("a meeting's day");
            let held_on = held_on.map(|day| day.parse().map_err(malformed)).transpose()?;
            let name = meeting.and_then(|meeting| meeting.text.open().map(|text| text.name.to_string()));
            lines.push(MeetingLine { id, name, held_on, documents, open, settled, matters });
        }
        Ok(lines)
    }

    /// The documents of a meeting, in the order they were taken in.
    pub fn documents_of(&mut self, meeting: MeetingId) -> Result<Vec<DocumentId>, StoreFault> {
        let meeting = self.fold::<Meeting>(Stream::Meeting(meeting))?;
        Ok(meeting.map(|meeting| meeting.documents.clone()).unwrap_or_default())
    }
}
