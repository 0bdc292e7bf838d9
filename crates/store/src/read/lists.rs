//! Lists and counts. Every one of them takes its rows from `visible_to`, the one fragment that says who sees what.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::audience::{AudienceKind, Principal, principals};
use ledger::id::{DocumentId, MatterId, MeetingId, Number, OfficerId, Series, Stream, UnitId};
use ledger::matter::{Desk, Group, Kind, StateKind, desks};
use ledger::organisation::Organisation;
use ledger::party::Party;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::Read;
use crate::error::StoreFault;
use crate::search::Question;
use crate::sqlite::prepare;

/// Counts are exact up to this many.
const COUNT_MAX: u64 = 1_000;
/// At most so many parties in one question.
const NAMED_MAX: usize = 5_000;
/// At most so many rows on one page.
const LINES_MAX: u32 = 500;

/// How a matter stands in time or in somebody's hands, for lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Late today.
    Overdue,
    /// Neither cleared nor withdrawn.
    Open,
    /// Sent back, and worked on again.
    Returned,
    /// Open, and an obstacle stands in its way.
    Held,
    /// Open, and a request for more time waits for a decision.
    ExtensionAsked,
    /// The public said that it is not so, and nobody has answered.
    Contradicted,
}

/// The deadline of what has none, so that it stands last and has a place in an index.
pub(crate) const NO_DUE: &str = "9999-12-31";

/// Neither cleared nor withdrawn. A partial index is taken only by these very words (`schema`).
pub(super) const OPEN: &str = "m.state NOT IN ('cleared', 'withdrawn')";

/// Which matters. Everything left out stands for all.
#[derive(Clone, Default, Debug)]
pub struct MatterFilter {
    /// In one of these states; empty for any.
    pub states: Vec<StateKind>,
    /// Standing so.
    pub standing: Option<Standing>,
    /// Led by the unit, or by a post or officer of it.
    pub lead: Option<UnitId>,
    /// Or by a unit anywhere under it.
    pub lead_below: bool,
    /// Supervised by the unit.
    pub supervising: Option<UnitId>,
    /// Waiting so on a desk of the reader's.
    pub waits: Option<Group>,
    /// Whose desk is meant by `waits`, where it is not the reader's: somebody in whose place the reader acts. What waits
    /// so on the reader's own desk too is left out.
    pub desk_of: Option<OfficerId>,
    /// The officer is named to verify it.
    pub verifier: Option<OfficerId>,
    /// Confirmed from the document.
    pub document: Option<DocumentId>,
    /// Confirmed from a document of the meeting.
    pub meeting: Option<MeetingId>,
    /// Of one of these kinds; empty for any.
    pub kinds: Vec<Kind>,
    /// Known to so many.
    pub audience: Option<AudienceKind>,
    /// Whether everybody may see it.
    pub is_published: Option<bool>,
    /// Open, and due from today to so many days on.
    pub due_within: Option<u16>,
    /// The first and the last day on which it may be due.
    pub due: (Option<Date>, Option<Date>),
    /// The first and the last day on which it may have been opened.
    pub opened: (Option<Date>, Option<Date>),
    /// Holding these words: `search::question` says how they are taken.
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
    pub changed: Timestamp,
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

/// As what a reader sees things, in an organisation as it stood.
pub(crate) struct SeenAs {
    organisation: Arc<Organisation>,
    reader: Option<OfficerId>,
    principals: BTreeSet<Principal>,
}

/// Which index a query is to be served by. Where few matters fit, whatever finds them; where many do, the one that
/// holds them in their order, so that nothing is sorted and the page is soon full.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum By {
    /// By what the filter asks.
    Filter,
    /// By the deadline; state, kind and audience have indexes that hold it too.
    Due,
    /// By the order alone.
    Order,
}

/// A query in the making: its text, and the values its `$n` stand for.
pub(crate) struct Query {
    pub(crate) conditions: Vec<String>,
    pub(crate) values: Vec<Value>,
    by: By,
    is_by_words: bool,
}

impl Query {
    pub(super) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn bind_all<T: Into<Value>>(&mut self, values: impl IntoIterator<Item = T>) -> String {
        let places: Vec<String> = values.into_iter().map(|value| self.bind(value)).collect();
        places.join(", ")
    }

    /// `SELECT columns` of the matters that fit. Where words are looked for, they are found first: the cross join
    /// keeps SQLite from looking at every matter instead.
    pub(crate) fn select(&self, columns: &str) -> String {
        let from = if self.is_by_words { "search s CROSS JOIN matter m ON m.number_key = s.rowid" } else { "matter m" };
        format!("SELECT {columns} FROM {from} WHERE {}", self.conditions.join(" AND "))
    }

    /// The column that matters are numbered by: that of the search where words are looked for, so that its order is taken.
    pub(super) fn number_key(&self) -> &'static str {
        if self.is_by_words { "s.rowid" } else { "m.number_key" }
    }

    /// The column, kept from SQLite's choice of an index unless `by` wants it: that is what its unary plus does. Another
    /// database that knows its numbers needs none of this.
    fn column(&self, name: &str, is_ordered: bool) -> String {
        match self.by {
            By::Filter => name.to_owned(),
            By::Due if is_ordered => name.to_owned(),
            By::Due | By::Order => format!("+{name}"),
        }
    }

    fn one_of<T>(&mut self, column: &str, codes: &[T], code: impl Fn(&T) -> &'static str) {
        let column = self.column(column, codes.len() == 1);
        match codes {
            [] => {}
            [one] => {
                let place = self.bind(code(one).to_owned());
                self.conditions.push(format!("{column} = {place}"));
            }
            several => {
                let places = self.bind_all(several.iter().map(|one| code(one).to_owned()));
                self.conditions.push(format!("{column} IN ({places})"));
            }
        }
    }

    fn between(&mut self, column: &str, is_ordered: bool, (from, to): (Option<Date>, Option<Date>)) {
        let column = self.column(column, is_ordered);
        if let Some(from) = from {
            let from = self.bind(from.to_string());
            self.conditions.push(format!("{column} >= {from}"));
        }
        if let Some(to) = to {
            let to = self.bind(to.to_string());
            self.conditions.push(format!("{column} <= {to}"));
        }
    }

    /// Where the order is the deadline, the partial index of the flag holds it.
    fn is_so(&mut self, flag: &str) {
        let flag = self.column(flag, true);
        self.conditions.push(format!("{flag} = 1"));
    }

    /// Whom the matter is shown to as what; `parties` is not empty.
    fn shown_as(&mut self, relation: &str, parties: Vec<String>) {
        let relation = self.bind(relation.to_owned());
        let parties = match parties.len() {
            1 => format!("= {}", self.bind_all(parties)),
            _several => format!("IN ({})", self.bind_all(parties)),
        };
        let which =
            format!("SELECT p.number_key FROM matter_party p WHERE p.party {parties} AND p.relation = {relation}");
        self.conditions.push(match self.by {
            By::Filter => format!("m.number_key IN ({which})"),
            By::Due | By::Order => format!("EXISTS ({which} AND p.number_key = m.number_key)"),
        });
    }
}

pub(super) const COLUMNS: &str = "m.id, m.number, m.kind, m.state, m.quote, m.lead, m.supervising, m.due, \
                                  m.original_due, m.overdue_from, m.proposal, m.changed";

/// To whom the audience of a matter alone says that it is shown (`shown_to`); `matter_audience` has no rows for them.
pub(crate) const BY_AUDIENCE: [(Principal, &str); 3] =
    [(Principal::Public, "public"), (Principal::Office, "office"), (Principal::Audit, "units")];

impl Read<'_> {
    /// The fragment that says which rows of `matter m` the reader may see. Nothing lists matters without it.
    fn visible_to(&mut self, reader: Option<OfficerId>, by: By) -> Result<Query, StoreFault> {
        let mut query = Query { conditions: vec![], values: vec![], by, is_by_words: false };
        let mut seen_as = self.principals(reader)?;
        let mut ways = vec![];
        for (principal, audience) in BY_AUDIENCE {
            if seen_as.remove(&principal) {
                ways.push(format!("{} = '{audience}'", query.column("m.audience", true)));
            }
        }
        if !seen_as.is_empty() {
            let places = query.bind_all(seen_as.iter().map(ToString::to_string));
            ways.push(format!(
                "EXISTS (SELECT 1 FROM matter_audience a WHERE a.number_key = m.number_key AND a.principal IN ({places}))"
            ));
        }
        query.conditions.push(if ways.len() == 1 { ways.concat() } else { format!("({})", ways.join(" OR ")) });
        Ok(query)
    }

    fn principals(&mut self, reader: Option<OfficerId>) -> Result<BTreeSet<Principal>, StoreFault> {
        let organisation = self.organisation()?;
        match &self.seen_as {
            Some(seen) if seen.reader == reader && Arc::ptr_eq(&seen.organisation, &organisation) => {
                Ok(seen.principals.clone())
            }
            Some(_) | None => {
                let principals = principals(&organisation, reader, self.today);
                self.seen_as = Some(SeenAs { organisation, reader, principals: principals.clone() });
                Ok(principals)
            }
        }
    }

    pub(crate) fn filtered(
        &mut self,
        reader: Option<OfficerId>,
        filter: &MatterFilter,
        by: By,
    ) -> Result<Query, StoreFault> {
        let mut query = self.visible_to(reader, by)?;
        query.one_of("m.state", &filter.states, StateKind::code);
        query.one_of("m.kind", &filter.kinds, Kind::code);
        match filter.standing {
            Some(Standing::Overdue) => {
                let today = query.bind(self.today.to_string());
                let column = query.column("m.overdue_from", true);
                query.conditions.push(format!("{column} <= {today}"));
            }
            Some(Standing::Open) => query.conditions.push(OPEN.to_owned()),
            Some(Standing::Returned) => query.is_so("m.is_returned"),
            Some(Standing::Held) => query.is_so("m.is_held"),
            Some(Standing::ExtensionAsked) => query.is_so("m.asks_extension"),
            Some(Standing::Contradicted) => query.is_so("m.contradicted"),
            None => {}
        }
        if let Some(days) = filter.due_within {
            let last = self.today.checked_add(jiff::Span::new().days(i64::from(days))).unwrap_or(Date::MAX);
            query.conditions.push(OPEN.to_owned());
            query.between("m.sort_due", true, (Some(self.today), Some(last)));
        }
        query.between("m.sort_due", true, filter.due);
        if filter.due != (None, None) {
            query.conditions.push("m.due IS NOT NULL".to_owned());
        }
        query.between("m.opened_on", false, filter.opened);
        // A unit's matters are also those of the units it stands in for; which these are changes with the day.
        let (organisation, today) = (self.organisation()?, self.today);
        let answering = |unit: UnitId| organisation.answers_for(unit, today);
        if let Some(unit) = filter.lead {
            let mut units = answering(unit);
            if filter.lead_below {
                units.extend(organisation.subtree(unit, today).into_iter().flat_map(answering));
                units.sort_unstable();
                units.dedup();
            }
            let holds =
                |id: &OfficerId| organisation.posts_held(*id, today).iter().any(|post| units.contains(&post.unit));
            let officers = organisation.officers().map(|officer| officer.id).filter(holds);
            let officers: Vec<String> = officers.map(|id| format!("officer/{id}")).collect();
            let units = units.into_iter().map(|unit| format!("unit/{unit}"));
            query.shown_as("lead", units.chain(officers).collect());
        }
        if let Some(unit) = filter.supervising {
            let units = answering(unit).into_iter();
            query.shown_as("supervising", units.map(|unit| format!("unit/{unit}")).collect());
        }
        if let Some(officer) = filter.verifier {
            query.shown_as("verifier", vec![format!("officer/{officer}")]);
        }
        if let Some(group) = filter.waits {
            match filter.desk_of {
                Some(other) => {
                    self.waiting(&mut query, Some(other), group)?;
                    self.not_waiting(&mut query, reader, group)?;
                }
                None => self.waiting(&mut query, reader, group)?,
            }
        }
        if let Some(document) = filter.document {
            let document = query.bind(document.to_string());
            let column = query.column("m.document", false);
            query.conditions.push(format!("{column} = {document}"));
        }
        if let Some(meeting) = filter.meeting {
            let meeting = query.bind(meeting.to_string());
            let column = query.column("m.document", false);
            let documents = format!("SELECT d.id FROM document d WHERE d.meeting = {meeting}");
            query.conditions.push(format!("{column} IN ({documents})"));
        }
        if let Some(audience) = filter.audience {
            query.one_of("m.audience", &[audience], AudienceKind::code);
        }
        match (filter.is_public, filter.is_published) {
            (true, _) | (false, Some(true)) => query.one_of("m.audience", &[AudienceKind::Public], AudienceKind::code),
            (false, Some(false)) => query.conditions.push("m.audience <> 'public'".to_owned()),
            (false, None) => {}
        }
        if let Some(question) = Question::of(&filter.words) {
            let question = query.bind(question.asked());
            match by {
                By::Filter | By::Order => {
                    query.conditions.push(format!("s.words MATCH {question}"));
                    query.is_by_words = true;
                }
                // Collected once; the plus keeps SQLite from fetching them one by one instead of reading the order.
                By::Due => query
                    .conditions
                    .push(format!("+m.number_key IN (SELECT s.rowid FROM search s WHERE s.words MATCH {question})")),
            }
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
        let stands = self.stands(query, officer)?;
        let code = query.bind(group.code().to_owned());
        query
            .conditions
            .push(format!("m.number_key IN (SELECT w.number_key FROM waiting w WHERE w.grp = {code} AND {stands})"));
        if group == Group::UnderWay {
            query.conditions.push(format!(
                "NOT EXISTS (SELECT 1 FROM waiting w WHERE w.number_key = m.number_key AND w.grp <> {code} AND {stands})"
            ));
        }
        Ok(())
    }

    /// Leaves out what waits as `group` on the reader's own desks.
    fn not_waiting(&mut self, query: &mut Query, reader: Option<OfficerId>, group: Group) -> Result<(), StoreFault> {
        let Some(officer) = reader else { return Ok(()) };
        let stands = self.stands(query, officer)?;
        let code = query.bind(group.code().to_owned());
        query.conditions.push(format!(
            "NOT EXISTS (SELECT 1 FROM waiting w WHERE w.number_key = m.number_key AND w.grp = {code} AND {stands})"
        ));
        Ok(())
    }

    /// Whether the row `w` stands on a desk of the officer's today.
    fn stands(&mut self, query: &mut Query, officer: OfficerId) -> Result<String, StoreFault> {
        let organisation = self.organisation()?;
        let desks = desks(&organisation, officer, self.today);
        let single = desks.iter().filter(|desk| match desk {
            Desk::Unit(unit) => organisation.is_of_one_clerk(*unit, self.today),
            Desk::Head(_) | Desk::HeadsOf(_) | Desk::Post(_) | Desk::Officer(_) | Desk::Supervision => false,
        });
        let single = query.bind_all(single.map(ToString::to_string).chain([String::new()]));
        let second = query.bind_all(Group::FOR_A_SECOND_HAND.map(|group| group.code().to_owned()));
        let places = query.bind_all(desks.iter().map(ToString::to_string));
        let (day, officer) = (query.bind(self.today.to_string()), query.bind(officer.to_string()));
        Ok(format!(
            "w.desk IN ({places}) AND w.first <= {day} AND w.last >= {day} \
             AND (w.but NOT LIKE '%' || {officer} || '%' OR (w.grp IN ({second}) AND w.desk IN ({single})))"
        ))
    }

    /// Matters the reader may see, the soonest due first; at most 500 at once, from the `skip`th on.
    pub fn matters(
        &mut self,
        reader: Option<OfficerId>,
        filter: &MatterFilter,
        limit: u32,
        skip: u32,
    ) -> Result<Vec<MatterLine>, StoreFault> {
        let mut query = self.filtered(reader, filter, By::Filter)?;
        let (limit, skip) = (query.bind(i64::from(limit.min(LINES_MAX))), query.bind(i64::from(skip)));
        let sql = query.select(COLUMNS);
        let sql = format!("{sql} ORDER BY m.sort_due, m.number_key LIMIT {limit} OFFSET {skip}");
        lines(self.connection, &sql, query)
    }

    /// Open matters that must be placed anew (`Matter::misplaced`) and that a unit of the reader's supervises, the soonest
    /// due first.
    pub fn misplaced(&mut self, officer: OfficerId, limit: u32) -> Result<Vec<MatterId>, StoreFault> {
        let (organisation, today) = (self.organisation()?, self.today);
        let gone: Vec<UnitId> = organisation
            .units()
            .map(|unit| unit.id)
            .filter(|id| organisation.standing_for(*id, today).is_none())
            .collect();
        let mut leads: Vec<String> = gone.iter().map(|unit| format!("unit/{unit}")).collect();
        let posts = gone.iter().filter_map(|unit| organisation.unit(*unit)).flat_map(|unit| unit.posts.iter());
        leads.extend(posts.map(|post| format!("post/{post}")));
        let former = organisation.officers().filter(|officer| organisation.posts_held(officer.id, today).is_empty());
        leads.extend(former.map(|officer| format!("officer/{}", officer.id)));
        leads.truncate(NAMED_MAX);
        let filter = MatterFilter { standing: Some(Standing::Open), ..MatterFilter::default() };
        let mut query = self.filtered(Some(officer), &filter, By::Filter)?;
        let mut offices: Vec<String> = vec![];
        let mut ones: Vec<String> = vec![];
        let units: std::collections::BTreeSet<UnitId> =
            organisation.posts_held(officer, today).iter().map(|post| post.unit).collect();
        for unit in units.into_iter().filter(|unit| ledger::rights::supervises(&organisation, *unit)) {
            let answers = organisation.answers_for(unit, today);
            offices.extend(answers.iter().map(ToString::to_string));
            ones.extend(answers.iter().map(|unit| format!("unit/{unit}")));
        }
        let ended = query.bind_all(gone.iter().map(ToString::to_string));
        let (leads, offices, ones) = (query.bind_all(leads), query.bind_all(offices), query.bind_all(ones));
        let limit = query.bind(i64::from(limit.min(LINES_MAX)));
        let sql = format!(
            "SELECT m.id FROM matter m WHERE {} AND m.supervising IN ({offices}) \
             AND (m.lead IN ({leads}) OR m.lead IN ({ones}) OR m.supervising IN ({ended})) \
             ORDER BY m.due IS NULL, m.due, m.number LIMIT {limit}",
            query.conditions.join(" AND ")
        );
        let mut statement = prepare(self.connection, &sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(query.values), |row| row.get::<_, String>(0))?;
        rows.map(|row| MatterId::parse(&row?).map_err(|_| StoreFault::Malformed("a matter's id"))).collect()
    }

    /// Open matters in which the officer has a part by name (lead, verifier, remover) and which the reader may see, the
    /// soonest due first; at most 500 at once.
    pub fn matters_naming(
        &mut self,
        reader: Option<OfficerId>,
        officer: OfficerId,
    ) -> Result<Vec<MatterId>, StoreFault> {
        let filter = MatterFilter { standing: Some(Standing::Open), ..MatterFilter::default() };
        let mut query = self.filtered(reader, &filter, By::Filter)?;
        let (party, limit) = (query.bind(format!("officer/{officer}")), query.bind(i64::from(LINES_MAX)));
        let sql = format!(
            "SELECT m.id FROM matter m WHERE {} AND m.number_key IN \
             (SELECT p.number_key FROM matter_party p WHERE p.party = {party}) ORDER BY m.sort_due, m.number_key LIMIT {limit}",
            query.conditions.join(" AND ")
        );
        let mut statement = prepare(self.connection, &sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(query.values), |row| row.get::<_, String>(0))?;
        rows.map(|row| MatterId::parse(&row?).map_err(|_| StoreFault::Malformed("a matter's id"))).collect()
    }

    /// How many matters the reader may see, exact up to 1,000.
    pub fn count(&mut self, reader: Option<OfficerId>, filter: &MatterFilter) -> Result<Count, StoreFault> {
        self.count_up_to(reader, filter, COUNT_MAX)
    }

    /// How many matters the reader may see, exact up to `most`.
    pub fn count_up_to(
        &mut self,
        reader: Option<OfficerId>,
        filter: &MatterFilter,
        most: u64,
    ) -> Result<Count, StoreFault> {
        if let Some(count) = self.count_skimmed(reader, filter, most)? {
            return Ok(count);
        }
        let query = self.filtered(reader, filter, By::Filter)?;
        let sql = format!("SELECT count(*) FROM ({} LIMIT {})", query.select("1"), most.saturating_add(1));
        let mut statement = prepare(self.connection, &sql)?;
        let count: u64 = statement.query_row(rusqlite::params_from_iter(query.values), |row| row.get(0))?;
        Ok(if count > most { Count::MoreThan(most) } else { Count::Exactly(count) })
    }

    /// The matter of this number, if the reader may see it: what he may not see is not found.
    pub fn find(&mut self, reader: Option<OfficerId>, number: Number) -> Result<Option<MatterId>, StoreFault> {
        let mut query = self.visible_to(reader, By::Filter)?;
        let number = query.bind(number_key(number));
        query.conditions.push(format!("m.number_key = {number}"));
        let sql = query.select("m.id");
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

/// The lines of a query whose columns are `COLUMNS`.
pub(super) fn lines(connection: &Connection, sql: &str, query: Query) -> Result<Vec<MatterLine>, StoreFault> {
    let mut statement = prepare(connection, sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(query.values), |row| Ok(line(row, 0)))?;
    rows.map(|row| row?).collect()
}

/// Orders as numbers do: by year, then series, then count.
pub(crate) fn number_key(number: Number) -> i64 {
    let series = match number.series {
        Series::General => 0,
        Series::Circle => 1_000_000_000,
    };
    i64::from(number.year) * 2_000_000_000 + series + i64::from(number.count)
}

/// The line of a row whose columns from `first` on are `COLUMNS`.
pub(super) fn line(row: &Row<'_>, first: usize) -> Result<MatterLine, StoreFault> {
    let text = |at: usize| -> Result<String, StoreFault> { Ok(row.get(first + at)?) };
    let optional = |at: usize| -> Result<Option<String>, StoreFault> { Ok(row.get(first + at)?) };
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
        proposal: row.get(first + 10)?,
        changed: Timestamp::from_microsecond(row.get(first + 11)?).map_err(|_| StoreFault::Malformed("an instant"))?,
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
