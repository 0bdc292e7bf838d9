//! Notices by their numbers: one may be on several matters.

use jiff::civil::Date;
use ledger::id::{MatterId, Number, OfficerId};
use rusqlite::params_from_iter;

use super::Read;
use super::lists::{By, MatterFilter};
use crate::error::StoreFault;
use crate::sqlite::prepare;

/// One line of the list of notices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoticeLine {
    /// Its number.
    pub number: Number,
    /// The day it was issued.
    pub on: Date,
    /// A matter it is on; they all have the same lead.
    pub matter: MatterId,
    /// On how many matters the reader may see it is.
    pub matters: u32,
}

impl Read<'_> {
    /// The matters that a notice is on, as far as the reader may see them, by their numbers.
    pub fn matters_of_notice(
        &mut self,
        reader: Option<OfficerId>,
        notice: Number,
    ) -> Result<Vec<MatterId>, StoreFault> {
        let mut query = self.filtered(reader, &MatterFilter::default(), By::Filter)?;
        let number = query.bind(notice.to_string());
        query.conditions.push(format!("n.number = {number}"));
        let sql = format!(
            "SELECT m.id FROM notice n JOIN matter m ON m.id = n.matter WHERE {} ORDER BY m.number LIMIT 500",
            query.conditions.join(" AND ")
        );
        let mut statement = prepare(self.connection, &sql)?;
        let rows = statement.query_map(params_from_iter(query.values), |row| row.get::<_, String>(0))?;
        rows.map(|id| MatterId::parse(&id?).map_err(|_| StoreFault::Malformed("a matter's id"))).collect()
    }

    /// Notices on matters that the reader may see, the latest first; at most 200 at once, from the `skip`th on.
    pub fn notices(&mut self, reader: Option<OfficerId>, limit: u32, skip: u32) -> Result<Vec<NoticeLine>, StoreFault> {
        let rows: Vec<(String, String, u32)> = {
            let mut query = self.filtered(reader, &MatterFilter::default(), By::Filter)?;
            let (limit, skip) = (query.bind(i64::from(limit.min(200))), query.bind(i64::from(skip)));
            let sql = format!(
                "SELECT n.number, min(m.id), count(*) FROM notice n JOIN matter m ON m.id = n.matter WHERE {} \
                 GROUP BY n.number ORDER BY n.number DESC LIMIT {limit} OFFSET {skip}",
                query.conditions.join(" AND ")
            );
            let mut statement = prepare(self.connection, &sql)?;
            let rows = statement
                .query_map(params_from_iter(query.values), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            rows.collect::<Result<_, _>>()?
        };
        let mut lines = vec![];
        for (number, matter, matters) in rows {
            let number = Number::parse(&number).map_err(|_| StoreFault::Malformed("a notice's number"))?;
            let id = MatterId::parse(&matter).map_err(|_| StoreFault::Malformed("a matter's id"))?;
            let Some(matter) = self.matter(id)? else { continue };
            let issued = matter.notices.iter().find(|notice| notice.number == number);
            lines.extend(issued.map(|notice| NoticeLine { number, on: notice.on, matter: id, matters }));
        }
        Ok(lines)
    }
}
