//! Lists and counts. Every one of them takes its rows from `visible_to`, the one fragment that says who sees what.

use jiff::civil::Date;
use ledger::audience::principals;
use ledger::id::{DocumentId, MatterId, Number, OfficerId, Stream, UnitId};
use ledger::matter::{Desk, Group, Kind, StateKind, desks, is_single_clerk};
use ledger::party::Party;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, Row};

use super::Read;
use crate::error::StoreFault;
use crate::search;
use crate::sqlite::prepare;

/// Counts are exact up to this many.
const COUNT_MAX: u64 = 1_000;
/// At most so many rows on one page.
const LINES_MAX: u32 = 500;

/// How a matter stands in time or in somebody's hands, for lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Late today.
    Overdue,
    /// Neither cleared nor withdrawn.
    Open,
    /// The public said that it is not so, and nobody has answered.
    Contradicted,
}

/// Which matters. Everything left out stands for all.
#[derive(Clone, Default, Debug)]
pub struct MatterFilter {
    /// In one of these states; empty for any.
    pub states: Vec<StateKind>,
    /// Standing so.
    pub standing: Option<Standing>,
    /// Led by the unit, or by a post or officer of it.
    pub lead: Option<UnitId>,
    /// Supervised by the unit.
    pub supervising: Option<UnitId>,
    /// Waiting so on a desk of the reader's.
    pub waits: Option<Group>,
    /// The officer is named to verify it.
    pub verifier: Option<OfficerId>,
    /// Confirmed from the document.
    pub document: Option<DocumentId>,
    /// Holding these words.
    pub words: String,
    /// Shown to everybody: the public's page.
    pub is_public: bool,
}

/// One line of a list of matters.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the fields are those of `Matter`")]
pub struct MatterLine {
    pub id: MatterId,
    pub number: Number,
    pub kind: Kind,
    pub state: StateKind,
    /// None once erased.
    pub quote: Option<String>,
    pub lead: Option<Party>,
    pub supervising: Option<UnitId>,
    pub due: Option<Date>,
    pub original_due: Option<Date>,
    pub overdue_from: Option<Date>,
    pub proposal: Option<u32>,
}

impl MatterLine {
    /// Whether it is late on `today`.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.overdue_from.is_some_and(|from| from <= today)
    }
}

/// One line of the list of documents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentLine {
    /// The document.
    pub id: DocumentId,
    /// Its title; none once erased.
    pub title: Option<String>,
    /// The meeting's day.
    pub held_on: Option<Date>,
    /// The day it was taken in.
    pub ingested: Date,
    /// Proposals nobody has settled.
    pub open: u32,
    /// Proposals settled.
    pub settled: u32,
    /// Matters that came of it.
    pub matters: u32,
}

/// How many there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Count {
    /// Exactly so many.
    Exactly(u64),
    /// More than so many.
    MoreThan(u64),
}

/// A query in the making: its text, and the values its `$n` stand for.
struct Query {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Query {
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn bind_all<T: Into<Value>>(&mut self, values: impl IntoIterator<Item = T>) -> String {
        let places: Vec<String> = values.into_iter().map(|value| self.bind(value)).collect();
        places.join(", ")
    }
}

const COLUMNS: &str = "m.id, m.number, m.kind, m.state, m.quote, m.lead, m.supervising, m.due, m.original_due, \
                       m.overdue_from, m.proposal";

impl Read<'_> {
    /// The fragment that says which rows of `matter m` the reader may see. Nothing lists matters without it.
    fn visible_to(&mut self, reader: Option<OfficerId>) -> Result<Query, StoreFault> {
        let organisation = self.organisation()?;
        let mut query = Query { conditions: vec![], values: vec![] };
        let seen_as = principals(&organisation, reader, self.today);
        let places = query.bind_all(seen_as.iter().map(ToString::to_string));
        query.conditions.push(format!(
            "EXISTS (SELECT 1 FROM matter_audience a WHERE a.matter = m.id AND a.principal IN ({places}))"
        ));
        Ok(query)
    }

    fn filtered(&mut self, reader: Option<OfficerId>, filter: &MatterFilter) -> Result<Query, StoreFault> {
        let mut query = self.visible_to(reader)?;
        if !filter.states.is_empty() {
            let places = query.bind_all(filter.states.iter().map(|state| state.code().to_owned()));
            query.conditions.push(format!("m.state IN ({places})"));
        }
        match filter.standing {
            Some(Standing::Overdue) => {
                let today = query.bind(self.today.to_string());
                query.conditions.push(format!("m.overdue_from <= {today}"));
            }
            Some(Standing::Open) => {
                let closed = [StateKind::Cleared, StateKind::Withdrawn].map(|state| state.code().to_owned());
                let places = query.bind_all(closed);
                query.conditions.push(format!("m.state NOT IN ({places})"));
            }
            Some(Standing::Contradicted) => {
                query.conditions.push("m.contradicted = 1".to_owned());
            }
            None => {}
        }
        // A unit's matters are also those of the units it stands in for; which these are changes with the day.
        let (organisation, today) = (self.organisation()?, self.today);
        let units = |unit: UnitId| -> Vec<String> {
            organisation.answers_for(unit, today).into_iter().map(|unit| format!("unit/{unit}")).collect()
        };
        let parties = [
            ("lead", filter.lead.map(units)),
            ("supervising", filter.supervising.map(units)),
            ("verifier", filter.verifier.map(|officer| vec![format!("officer/{officer}")])),
        ];
        for (relation, parties) in parties {
            let Some(parties) = parties else { continue };
            let (relation, parties) = (query.bind(relation.to_owned()), query.bind_all(parties));
            query.conditions.push(format!(
                "m.id IN (SELECT p.matter FROM matter_party p WHERE p.party IN ({parties}) AND p.relation = {relation})"
            ));
        }
        if let Some(group) = filter.waits {
            self.waiting(&mut query, reader, group)?;
        }
        if let Some(document) = filter.document {
            let document = query.bind(document.to_string());
            query.conditions.push(format!("m.document = {document}"));
        }
        if let Some(question) = search::question(&filter.words) {
            let question = query.bind(question);
            query
                .conditions
                .push(format!("'matter/' || m.id IN (SELECT s.stream FROM search s WHERE s.words MATCH {question})"));
        }
        if filter.is_public {
            query.conditions.push("m.audience = 'public'".to_owned());
        }
        Ok(query)
    }

    /// Narrows to what waits as `group` on the reader's desks today: `ledger::matter::Wait::stands_for`, in SQL. What is
    /// under way without anything pressing is what waits there as nothing else.
    fn waiting(&mut self, query: &mut Query, reader: Option<OfficerId>, group: Group) -> Result<(), StoreFault> {
        let Some(officer) = reader else {
            query.conditions.push("1 = 0".to_owned());
            return Ok(());
        };
        let organisation = self.organisation()?;
        let desks = desks(&organisation, officer, self.today);
        let single = desks.iter().filter(|desk| match desk {
            Desk::Unit(unit) => is_single_clerk(&organisation, *unit),
            Desk::Head(_) | Desk::Post(_) | Desk::Officer(_) | Desk::Supervision => false,
        });
        let single = query.bind_all(single.map(ToString::to_string).chain([String::new()]));
        let second = query.bind_all(Group::FOR_A_SECOND_HAND.map(|group| group.code().to_owned()));
        let places = query.bind_all(desks.iter().map(ToString::to_string));
        let (day, officer) = (query.bind(self.today.to_string()), query.bind(officer.to_string()));
        let stands = format!(
            "w.desk IN ({places}) AND w.first <= {day} AND w.last >= {day} \
             AND (w.but NOT LIKE '%' || {officer} || '%' OR (w.grp IN ({second}) AND w.desk IN ({single})))"
        );
        let code = query.bind(group.code().to_owned());
        query.conditions.push(format!("m.id IN (SELECT w.matter FROM waiting w WHERE w.grp = {code} AND {stands})"));
        if group == Group::UnderWay {
            query.conditions.push(format!(
                "NOT EXISTS (SELECT 1 FROM waiting w WHERE w.matter = m.id AND w.grp <> {code} AND {stands})"
            ));
        }
        Ok(())
    }

    /// Matters the reader may see, the soonest due first; at most 500 at once, from the `skip`th on.
    pub fn matters(
        &mut self,
        reader: Option<OfficerId>,
        filter: &MatterFilter,
        limit: u32,
        skip: u32,
    ) -> Result<Vec<MatterLine>, StoreFault> {
        let mut query = self.filtered(reader, filter)?;
        let (limit, skip) = (query.bind(i64::from(limit.min(LINES_MAX))), query.bind(i64::from(skip)));
        let sql = format!(
            "SELECT {COLUMNS} FROM matter m WHERE {} ORDER BY m.due IS NULL, m.due, m.number LIMIT {limit} OFFSET {skip}",
            query.conditions.join(" AND ")
        );
        let mut statement = prepare(self.connection, &sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(query.values), |row| Ok(line(row)))?;
        rows.map(|row| row?).collect()
    }

    /// Open matters in which the officer has a part by name (lead, verifier, remover) and which the reader may see, the
    /// soonest due first; at most 500 at once.
    pub fn matters_naming(
        &mut self,
        reader: Option<OfficerId>,
        officer: OfficerId,
    ) -> Result<Vec<MatterId>, StoreFault> {
        let filter = MatterFilter { standing: Some(Standing::Open), ..MatterFilter::default() };
        let mut query = self.filtered(reader, &filter)?;
        let (party, limit) = (query.bind(format!("officer/{officer}")), query.bind(i64::from(LINES_MAX)));
        let sql = format!(
            "SELECT m.id FROM matter m WHERE {} AND m.id IN (SELECT p.matter FROM matter_party p WHERE p.party = {party}) \
             ORDER BY m.due IS NULL, m.due, m.number LIMIT {limit}",
            query.conditions.join(" AND ")
        );
        let mut statement = prepare(self.connection, &sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(query.values), |row| row.get::<_, String>(0))?;
        rows.map(|row| MatterId::parse(&row?).map_err(|_| StoreFault::Malformed("a matter's id"))).collect()
    }

    /// How many matters the reader may see, exact up to 1,000.
    pub fn count(&mut self, reader: Option<OfficerId>, filter: &MatterFilter) -> Result<Count, StoreFault> {
        let query = self.filtered(reader, filter)?;
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM matter m WHERE {} LIMIT {})",
            query.conditions.join(" AND "),
            COUNT_MAX + 1
        );
        let mut statement = prepare(self.connection, &sql)?;
        let count: u64 = statement.query_row(rusqlite::params_from_iter(query.values), |row| row.get(0))?;
        Ok(if count > COUNT_MAX { Count::MoreThan(COUNT_MAX) } else { Count::Exactly(count) })
    }

    /// The matter of this number, if the reader may see it: what he may not see is not found.
    pub fn find(&mut self, reader: Option<OfficerId>, number: Number) -> Result<Option<MatterId>, StoreFault> {
        let mut query = self.visible_to(reader)?;
        let number = query.bind(number.to_string());
        query.conditions.push(format!("m.number = {number}"));
        let sql = format!("SELECT m.id FROM matter m WHERE {}", query.conditions.join(" AND "));
        let mut statement = prepare(self.connection, &sql)?;
        let id: Option<String> =
            statement.query_row(rusqlite::params_from_iter(query.values), |row| row.get(0)).optional()?;
        id.map(|id| MatterId::parse(&id).map_err(|_| StoreFault::Malformed("a matter's id"))).transpose()
    }

    /// Documents, the latest taken in first; at most 500 at once.
    pub fn documents(&mut self, limit: u32, skip: u32) -> Result<Vec<DocumentLine>, StoreFault> {
        let sql = "SELECT id, title, held_on, ingested, open, settled, matters FROM document \
                   ORDER BY ingested DESC, id DESC LIMIT $1 OFFSET $2";
        let mut statement = prepare(self.connection, sql)?;
        let rows = statement.query_map((limit.min(LINES_MAX), skip), |row| {
            let (id, held_on): (String, Option<String>) = (row.get(0)?, row.get(2)?);
            let ingested: String = row.get(3)?;
            let counts = (row.get(4)?, row.get(5)?, row.get(6)?);
            Ok((id, row.get(1)?, held_on, ingested, counts))
        })?;
        let mut lines = vec![];
        for row in rows {
            let (id, title, held_on, ingested, (open, settled, matters)) = row?;
            let id = DocumentId::parse(&id).map_err(|_| StoreFault::Malformed("a document's id"))?;
            let ingested = ingested.parse().map_err(|_| StoreFault::Malformed("a document's day"))?;
            lines.push(DocumentLine { id, title, held_on: day(held_on)?, ingested, open, settled, matters });
        }
        Ok(lines)
    }

    /// When the stream last changed.
    pub fn changed(&mut self, stream: Stream) -> Result<Option<jiff::Timestamp>, StoreFault> {
        let sql = "SELECT at FROM stream_head WHERE stream = $1";
        let at: Option<i64> =
            prepare(self.connection, sql)?.query_row([stream.to_string()], |row| row.get(0)).optional()?;
        let instant = |at| jiff::Timestamp::from_microsecond(at).map_err(|_| StoreFault::Malformed("an instant"));
        at.map(instant).transpose()
    }
}

fn line(row: &Row<'_>) -> Result<MatterLine, StoreFault> {
    let text = |at: usize| -> Result<String, StoreFault> { Ok(row.get(at)?) };
    let optional = |at: usize| -> Result<Option<String>, StoreFault> { Ok(row.get(at)?) };
    let malformed = |_| StoreFault::Malformed("a matter's row");
    Ok(MatterLine {
        id: MatterId::parse(&text(0)?).map_err(malformed)?,
        number: Number::parse(&text(1)?).map_err(malformed)?,
        kind: text(2)?.parse().map_err(malformed)?,
        state: text(3)?.parse().map_err(malformed)?,
        quote: optional(4)?,
        lead: optional(5)?.map(|lead| party(&lead)).transpose()?,
        supervising: optional(6)?.map(|unit| UnitId::parse(&unit).map_err(malformed)).transpose()?,
        due: day(optional(7)?)?,
        original_due: day(optional(8)?)?,
        overdue_from: day(optional(9)?)?,
        proposal: row.get(10)?,
    })
}

pub(super) fn day(text: Option<String>) -> Result<Option<Date>, StoreFault> {
    text.map(|day| day.parse().map_err(|_| StoreFault::Malformed("a day"))).transpose()
}

/// Writes a party as a row holds it.
pub(crate) fn party_code(party: &Party) -> String {
    match party {
        Party::Unit(id) => format!("unit/{id}"),
        Party::Post(id) => format!("post/{id}"),
        Party::Officer(id) => format!("officer/{id}"),
    }
}

pub(super) fn party(code: &str) -> Result<Party, StoreFault> {
    let malformed = || StoreFault::Malformed("a matter's lead");
    let (kind, id) = code.split_once('/').ok_or_else(malformed)?;
    let id = uuid::Uuid::parse_str(id).map_err(|_| malformed())?;
    match kind {
        "unit" => Ok(Party::Unit(UnitId(id))),
        "post" => Ok(Party::Post(ledger::id::PostId(id))),
        "officer" => Ok(Party::Officer(OfficerId(id))),
        _ => Err(malformed()),
    }
}
