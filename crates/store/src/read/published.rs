//! What visitors read: the rows of published matters and of their published events, and no other table. A matter has
//! rows there only while the public is among those it is shown to (`project/published.rs`).

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::id::{ContradictionId, DocumentId, MatterId, Number, UnitId};
use ledger::matter::{Kind, PublicStanding, StateKind};
use ledger::party::Party;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, Row};

use super::Read;
use super::lists::{day, party};
use crate::error::StoreFault;
use crate::load::{self, Recorded};
use crate::search::Question;
use crate::sqlite::prepare;

/// At most so many rows at once.
const LINES_MAX: u32 = 1_000;

/// Which published matters. Everything left out stands for all.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct PublishedFilter {
    /// Standing so today.
    pub standing: Option<PublicStanding>,
    /// Placed with the unit, or with a post or officer of it.
    pub lead: Option<UnitId>,
    /// Decided by this document.
    pub document: Option<DocumentId>,
    /// Holding these words.
    pub words: String,
    /// Only what was opened before this one: where the page before ended.
    pub before: Option<MatterId>,
}

/// A published matter: what of it is published.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the fields are those of `Matter`; what was not published is none")]
pub struct PublishedLine {
    pub matter: MatterId,
    pub number: Number,
    pub kind: Kind,
    pub state: StateKind,
    pub standing: PublicStanding,
    pub quote: Option<String>,
    /// Title of the document that decided it.
    pub source: Option<String>,
    pub document: Option<DocumentId>,
    pub lead: Option<Party>,
    /// The day it was placed with the lead: an officer is named by his units of that day.
    pub lead_since: Option<Date>,
    pub due: Option<Date>,
    pub original_due: Option<Date>,
    /// The first day on which it is late.
    pub late_from: Option<Date>,
    pub cleared_on: Option<Date>,
    /// How often the public said that it is not so.
    pub said: u32,
    /// Of these, not answered yet.
    pub waiting: u32,
    /// Call-backs that found that it stands.
    pub stands: u32,
    /// Call-backs that found that it is not so.
    pub not_so: u32,
    /// When the last of what is shown was first shown.
    pub at: Timestamp,
}

/// How many published matters stand how.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct PublishedCounts {
    /// By standing.
    pub by_standing: BTreeMap<PublicStanding, u64>,
    /// How often the public said that it is not so.
    pub said: u64,
    /// How many of these nobody has answered yet.
    pub waiting: u64,
    /// Call-backs that found that it stands.
    pub stands: u64,
    /// Call-backs that found that it is not so.
    pub not_so: u64,
}

impl PublishedCounts {
    /// How many stand so.
    pub fn of(&self, standing: PublicStanding) -> u64 {
        self.by_standing.get(&standing).copied().unwrap_or(0)
    }

    /// How many there are.
    pub fn all(&self) -> u64 {
        self.by_standing.values().sum()
    }
}

/// An event that the public is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PublishedEvent {
    /// Its index in the log.
    pub idx: u64,
    /// The matter.
    pub matter: MatterId,
    /// When the public could first see it.
    pub shown_at: Timestamp,
}

/// A matter that the public was shown once and is no more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unpublished {
    /// The matter.
    pub matter: MatterId,
    /// Its number.
    pub number: Number,
    /// Until when it was shown.
    pub at: Timestamp,
}

const COLUMNS: &str = "p.matter, p.number, p.kind, p.state, p.standing, p.quote, p.source, p.document, p.lead, p.due, \
                       p.original_due, p.late_from, p.cleared_on, p.said, p.waiting, p.stands, p.not_so, p.at, \
                       p.lead_since";

/// Conditions and the values their `$n` stand for.
#[derive(Default)]
struct Query {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Query {
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn of(filter: &PublishedFilter, today: Date) -> Self {
        let mut query = Self { conditions: vec!["TRUE".into()], values: vec![] };
        if let Some(standing) = filter.standing {
            query.stand(standing, today);
        }
        if let Some(lead) = filter.lead {
            let unit = query.bind(format!("unit/{lead}"));
            query.conditions.push(format!(
                "p.lead IS NOT NULL AND p.number_key IN (SELECT q.number_key FROM matter_party q WHERE q.party = {unit} AND \
                 q.relation = 'placed')"
            ));
        }
        if let Some(document) = filter.document {
            let document = query.bind(document.to_string());
            query.conditions.push(format!("p.document = {document}"));
        }
        if let Some(question) = Question::of(&filter.words) {
            let question = query.bind(question.asked());
            query
                .conditions
                .push(format!("p.matter IN (SELECT s.matter FROM published_search s WHERE s.words MATCH {question})"));
        }
        if let Some(before) = filter.before {
            let before = query.bind(before.to_string());
            query.conditions.push(format!("p.matter < {before}"));
        }
        query
    }

    fn stand(&mut self, standing: PublicStanding, today: Date) {
        let today = self.bind(today.to_string());
        let condition = match standing {
            PublicStanding::Late => format!("p.standing = 'open' AND p.late_from <= {today}"),
            PublicStanding::Open => format!("p.standing = 'open' AND (p.late_from IS NULL OR p.late_from > {today})"),
            PublicStanding::ClearedInTime
            | PublicStanding::ClearedLate
            | PublicStanding::Cleared
            | PublicStanding::Withdrawn => format!("p.standing = '{}' AND {today} IS NOT NULL", standing.code()),
        };
        self.conditions.push(condition);
    }
}

impl Read<'_> {
    /// Published matters, the latest opened first; at most 1,000 at once.
    pub fn published(&mut self, filter: &PublishedFilter, limit: u32) -> Result<Vec<PublishedLine>, StoreFault> {
        self.published_by(Query::of(filter, self.today), "p.matter DESC", limit)
    }

    /// Those that are late today, the longest first.
    pub fn published_late(&mut self, limit: u32) -> Result<Vec<PublishedLine>, StoreFault> {
        let filter = PublishedFilter { standing: Some(PublicStanding::Late), ..PublishedFilter::default() };
        self.published_by(Query::of(&filter, self.today), "p.late_from, p.matter", limit)
    }

    /// Those that were cleared, the latest first.
    pub fn published_cleared(&mut self, limit: u32) -> Result<Vec<PublishedLine>, StoreFault> {
        let query = Query { conditions: vec!["p.cleared_on IS NOT NULL".into()], values: vec![] };
        self.published_by(query, "p.cleared_on DESC, p.matter DESC", limit)
    }

    fn published_by(&mut self, mut query: Query, order: &str, limit: u32) -> Result<Vec<PublishedLine>, StoreFault> {
        let limit = query.bind(i64::from(limit.min(LINES_MAX)));
        let sql = format!(
            "SELECT {COLUMNS} FROM published p WHERE {} ORDER BY {order} LIMIT {limit}",
            query.conditions.join(" AND ")
        );
        let today = self.today;
        let mut statement = prepare(self.connection, &sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(query.values), |row| Ok(line(row, today)))?;
        rows.map(|row| row?).collect()
    }

    /// The published matter of this number; none where there is none or it is not published.
    pub fn published_line(&mut self, number: Number) -> Result<Option<PublishedLine>, StoreFault> {
        let mut query = Query::default();
        let number = query.bind(number.to_string());
        query.conditions.push(format!("p.number = {number}"));
        Ok(self.published_by(query, "p.matter", 1)?.pop())
    }

    /// Matters that are no longer published, the latest first; at most 1,000 at once. One that is published again is
    /// not among them.
    pub fn unpublished(&mut self, limit: u32) -> Result<Vec<Unpublished>, StoreFault> {
        self.unpublished_by("$1 IS NOT NULL", "", limit)
    }

    /// The matter of this number, if it is no longer published.
    pub fn unpublished_line(&mut self, number: Number) -> Result<Option<Unpublished>, StoreFault> {
        Ok(self.unpublished_by("number = $1", &number.to_string(), 1)?.pop())
    }

    fn unpublished_by(&mut self, condition: &str, value: &str, limit: u32) -> Result<Vec<Unpublished>, StoreFault> {
        let sql = format!(
            "SELECT matter, number, at FROM unpublished WHERE {condition} ORDER BY at DESC, matter DESC LIMIT $2"
        );
        let mut statement = prepare(self.connection, &sql)?;
        let mut rows = statement.query((value, limit.min(LINES_MAX)))?;
        let mut lines = vec![];
        while let Some(row) = rows.next()? {
            let (matter, number): (String, String) = (row.get(0)?, row.get(1)?);
            let malformed = |_| StoreFault::Malformed("an unpublished matter's row");
            lines.push(Unpublished {
                matter: MatterId::parse(&matter).map_err(malformed)?,
                number: Number::parse(&number).map_err(malformed)?,
                at: Timestamp::from_microsecond(row.get(2)?).map_err(|_| StoreFault::Malformed("an instant"))?,
            });
        }
        Ok(lines)
    }

    /// How many of the published matters that the filter takes stand how today.
    pub fn published_counts(&mut self, filter: &PublishedFilter) -> Result<PublishedCounts, StoreFault> {
        let by_nothing = self.counted("''", "", Query::of(filter, self.today), 1)?;
        Ok(by_nothing.into_iter().next().map(|(_, counts)| counts).unwrap_or_default())
    }

    /// The same by the unit that leads, where that is published; the units with most first.
    pub fn published_by_unit(&mut self, limit: usize) -> Result<Vec<(UnitId, PublishedCounts)>, StoreFault> {
        let join = "JOIN matter_party q ON q.number_key = p.number_key AND q.relation = 'placed' AND q.party >= 'unit/' AND \
                    q.party < 'unit0' AND p.lead IS NOT NULL";
        let rows = self.counted("q.party", join, Query::default(), limit)?;
        let unit = |(party, counts): (String, PublishedCounts)| {
            let id = party.strip_prefix("unit/").and_then(|id| UnitId::parse(id).ok());
            id.map(|id| (id, counts)).ok_or(StoreFault::Malformed("a matter's lead"))
        };
        rows.into_iter().map(unit).collect()
    }

    /// The same by the document that decided, where that is published.
    pub fn published_by_document(
        &mut self,
        limit: usize,
    ) -> Result<Vec<(DocumentId, String, PublishedCounts)>, StoreFault> {
        let rows = self.counted("p.document", "", Query::default(), limit)?;
        let mut documents = vec![];
        for (document, counts) in rows {
            let sql = "SELECT max(source) FROM published WHERE document = $1";
            let title: Option<String> = prepare(self.connection, sql)?.query_row([&document], |row| row.get(0))?;
            let id = DocumentId::parse(&document).map_err(|_| StoreFault::Malformed("a document's id"))?;
            documents.push((id, title.unwrap_or_default(), counts));
        }
        Ok(documents)
    }

    /// Counts by `group`, which is never null, of what the query takes; the greatest groups first.
    fn counted(
        &mut self,
        group: &str,
        join: &str,
        mut query: Query,
        limit: usize,
    ) -> Result<Vec<(String, PublishedCounts)>, StoreFault> {
        let today = query.bind(self.today.to_string());
        query.conditions.push(format!("{group} IS NOT NULL"));
        let sql = format!(
            "SELECT {group}, p.standing, coalesce(p.late_from <= {today}, FALSE), count(*), sum(p.said), sum(p.stands), \
             sum(p.not_so), sum(p.waiting) FROM published p {join} WHERE {} GROUP BY 1, 2, 3 ORDER BY 1",
            query.conditions.join(" AND ")
        );
        let mut groups: BTreeMap<String, PublishedCounts> = BTreeMap::new();
        let mut statement = prepare(self.connection, &sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(query.values))?;
        while let Some(row) = rows.next()? {
            let (name, standing, is_late): (String, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let counts = groups.entry(name).or_default();
            *counts.by_standing.entry(standing_of(&standing, is_late)?).or_default() += row.get::<_, u64>(3)?;
            counts.said += row.get::<_, u64>(4)?;
            counts.stands += row.get::<_, u64>(5)?;
            counts.not_so += row.get::<_, u64>(6)?;
            counts.waiting += row.get::<_, u64>(7)?;
        }
        let mut groups: Vec<(String, PublishedCounts)> = groups.into_iter().collect();
        groups.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.all()));
        groups.truncate(limit);
        Ok(groups)
    }

    /// Published events, the latest shown first: of one matter, or of those that the filter takes. At most 1,000 at once.
    pub fn published_events(
        &mut self,
        matter: Option<MatterId>,
        filter: &PublishedFilter,
        limit: u32,
    ) -> Result<Vec<PublishedEvent>, StoreFault> {
        let mut query = Query::of(filter, self.today);
        if *filter != PublishedFilter::default() {
            let matters =
                format!("e.matter IN (SELECT p.matter FROM published p WHERE {})", query.conditions.join(" AND "));
            query.conditions = vec![matters];
        }
        if let Some(matter) = matter {
            let matter = query.bind(matter.to_string());
            query.conditions.push(format!("e.matter = {matter}"));
        }
        let limit = query.bind(i64::from(limit.min(LINES_MAX)));
        let sql = format!(
            "SELECT e.idx, e.matter, e.shown_at FROM published_event e WHERE {} \
             ORDER BY e.shown_at DESC, e.idx DESC LIMIT {limit}",
            query.conditions.join(" AND ")
        );
        let mut statement = prepare(self.connection, &sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(query.values), |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
        })?;
        let mut events = vec![];
        for row in rows {
            let (idx, matter, shown_at) = row?;
            let matter = MatterId::parse(&matter).map_err(|_| StoreFault::Malformed("a matter's id"))?;
            let shown_at = Timestamp::from_microsecond(shown_at).map_err(|_| StoreFault::Malformed("an instant"))?;
            events.push(PublishedEvent { idx, matter, shown_at });
        }
        Ok(events)
    }

    /// What the public is shown of a matter's history, oldest first: its latest 1,000 published events.
    pub fn published_history(&mut self, matter: MatterId) -> Result<Vec<Recorded>, StoreFault> {
        let mut events = self.published_events(Some(matter), &PublishedFilter::default(), LINES_MAX)?;
        // Words that were published later than they were written stand where they were written.
        events.sort_by_key(|event| event.idx);
        events.iter().map(|event| self.published_event(event)).collect()
    }

    /// The event at an index that a list of published events gave.
    pub fn published_event(&mut self, event: &PublishedEvent) -> Result<Recorded, StoreFault> {
        load::at(self.connection, self.keys, event.idx)
    }

    /// The matter that somebody of the public contradicted, by the id that the receipt's code makes.
    pub fn contradicted(&mut self, id: ContradictionId) -> Result<Option<MatterId>, StoreFault> {
        let sql = "SELECT matter FROM contradiction WHERE id = $1";
        let matter: Option<String> =
            prepare(self.connection, sql)?.query_row([id.to_string()], |row| row.get(0)).optional()?;
        matter.map(|id| MatterId::parse(&id).map_err(|_| StoreFault::Malformed("a matter's id"))).transpose()
    }
}

fn standing_of(code: &str, is_late: bool) -> Result<PublicStanding, StoreFault> {
    match code.parse().map_err(|_| StoreFault::Malformed("a published matter's row"))? {
        PublicStanding::Open if is_late => Ok(PublicStanding::Late),
        standing => Ok(standing),
    }
}

fn line(row: &Row<'_>, today: Date) -> Result<PublishedLine, StoreFault> {
    let text = |at: usize| -> Result<String, StoreFault> { Ok(row.get(at)?) };
    let optional = |at: usize| -> Result<Option<String>, StoreFault> { Ok(row.get(at)?) };
    let malformed = |_| StoreFault::Malformed("a published matter's row");
    let late_from = day(optional(11)?)?;
    Ok(PublishedLine {
        matter: MatterId::parse(&text(0)?).map_err(malformed)?,
        number: Number::parse(&text(1)?).map_err(malformed)?,
        kind: text(2)?.parse().map_err(malformed)?,
        state: text(3)?.parse().map_err(malformed)?,
        standing: standing_of(&text(4)?, late_from.is_some_and(|from| from <= today))?,
        quote: optional(5)?,
        source: optional(6)?,
        document: optional(7)?.map(|id| DocumentId::parse(&id).map_err(malformed)).transpose()?,
        lead: optional(8)?.map(|lead| party(&lead)).transpose()?,
        due: day(optional(9)?)?,
        original_due: day(optional(10)?)?,
        late_from,
        cleared_on: day(optional(12)?)?,
        said: row.get(13)?,
        waiting: row.get(14)?,
        stands: row.get(15)?,
        not_so: row.get(16)?,
        lead_since: day(optional(18)?)?,
        at: Timestamp::from_microsecond(row.get(17)?).map_err(|_| StoreFault::Malformed("an instant"))?,
    })
}
