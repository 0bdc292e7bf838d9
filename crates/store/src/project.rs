//! The projections: rows made from folded aggregates, and made again from the events to the same digest.

mod published;
mod rows;

use jiff::civil::Date;
use ledger::audience::shown_to;
use ledger::calendar::OfficeCalendar;
use ledger::document::{Document, DocumentText, Settled};
use ledger::event::Event;
use ledger::id::{DocumentId, MatterId, Number, OfficerId, Stream, UnitId};
use ledger::matter::{Matter, MatterEvent, Schedule, Source, State};
use ledger::organisation::{OfficerEvent, Organisation};
use ledger::party::Party;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension as _};
use sha2::{Digest as _, Sha256};

use self::rows::{Rows, Several, write_row};
use crate::error::StoreFault;
use crate::load::{self, EventRow, Recorded};
use crate::read::lists::{NO_DUE, number_key, party_code};
use crate::read::{Read, notice_code, origin_hash, series_code};
use crate::sqlite::{definitions, prepare};
use crate::{schema, search};

/// Takes events that were just appended into the projections.
pub(crate) fn take(read: &mut Read<'_>, events: &[Recorded]) -> Result<(), StoreFault> {
    let mut streams: Vec<(Stream, Rows)> = vec![];
    for event in events {
        write_head(read.connection, event)?;
        take_one(read, event)?;
        if !streams.iter().any(|(stream, _)| *stream == event.stream) {
            streams.push((event.stream, if event.meta.n == 1 { Rows::None } else { Rows::Perhaps }));
        }
    }
    for (stream, rows) in streams {
        match stream {
            Stream::Matter(id) => write_matter(read, id, rows)?,
            Stream::Document(id) => write_document(read, id)?,
            Stream::Calendar(_) => write_days(read)?,
            Stream::Officer(id) => write_matters_of(read, id)?,
            Stream::Meeting(_)
            | Stream::Person(_)
            | Stream::Household(_)
            | Stream::Unit(_)
            | Stream::Ask(_)
            | Stream::Profile(_) => {}
        }
    }
    Ok(())
}

fn take_one(read: &mut Read<'_>, event: &Recorded) -> Result<(), StoreFault> {
    note(read.connection, event)?;
    match event.stream {
        Stream::Matter(_) => read.folds.advance::<Matter>(event.stream, &event.event, &event.meta),
        Stream::Document(_) => read.folds.advance::<Document>(event.stream, &event.event, &event.meta),
        Stream::Calendar(_) => read.folds.advance::<OfficeCalendar>(event.stream, &event.event, &event.meta),
        Stream::Meeting(_)
        | Stream::Person(_)
        | Stream::Household(_)
        | Stream::Unit(_)
        | Stream::Officer(_)
        | Stream::Ask(_)
        | Stream::Profile(_) => {}
    }
    Ok(())
}

/// Makes every projection again, tables and all.
pub(crate) fn rebuild(read: &mut Read<'_>) -> Result<(), StoreFault> {
    for (table, _, _) in schema::DIGESTED {
        read.connection.execute(&format!("DROP TABLE IF EXISTS {table}"), [])?;
    }
    for tables in [schema::PROJECTIONS, schema::SEARCH] {
        read.connection.execute_batch(&definitions(tables))?;
    }
    fill(read, u64::MAX >> 1)?;
    // An index over rows that are there is sorted once; one that grows with them is searched for every row.
    read.connection.execute_batch(&definitions(schema::INDEXES))?;
    Ok(())
}

/// Fills empty tables from the first `size` events, each of which is opened once: stream by stream, in the order in which
/// they began. What the others are judged by comes first.
pub(crate) fn fill(read: &mut Read<'_>, size: u64) -> Result<(), StoreFault> {
    read.folds.clear();
    let connection = read.connection;
    for is_first in [true, false] {
        let sql = "SELECT stream FROM event WHERE n = 1 AND idx < ?1 ORDER BY idx";
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([size])?;
        while let Some(row) = rows.next()? {
            let stream: Stream = row
                .get_ref(0)?
                .as_str()
                .ok()
                .and_then(|text| text.parse().ok())
                .ok_or(StoreFault::Malformed("a stream"))?;
            let is_judged = matches!(stream, Stream::Matter(_) | Stream::Document(_));
            if is_judged != is_first {
                fill_stream(read, stream, size)?;
            }
        }
    }
    Ok(())
}

fn fill_stream(read: &mut Read<'_>, stream: Stream, size: u64) -> Result<(), StoreFault> {
    let connection = read.connection;
    let mut statement =
        prepare(connection, "SELECT idx, salt, body FROM event WHERE stream = $1 AND idx < $2 ORDER BY n")?;
    let mut rows = statement.query((stream.to_string(), size))?;
    let mut last = None;
    while let Some(row) = rows.next()? {
        let event = load::recorded(connection, read.keys, &EventRow::read(row)?)?;
        take_one(read, &event)?;
        last = Some(event);
    }
    let Some(last) = last else { return Ok(()) };
    write_head(connection, &last)?;
    match stream {
        Stream::Matter(id) => write_matter(read, id, Rows::None),
        Stream::Document(id) => write_document(read, id),
        // Matters are placed by what all of these say in the end, so none is written twice.
        Stream::Calendar(_)
        | Stream::Officer(_)
        | Stream::Meeting(_)
        | Stream::Person(_)
        | Stream::Household(_)
        | Stream::Unit(_)
        | Stream::Ask(_)
        | Stream::Profile(_) => Ok(()),
    }
}

/// SHA-256 over every row of every projection, in order.
pub(crate) fn digest(connection: &Connection) -> Result<[u8; 32], StoreFault> {
    let mut hash = Sha256::new();
    for (table, columns, order) in schema::DIGESTED {
        hash.update(table);
        let mut statement = connection.prepare(&format!("SELECT {columns} FROM {table} t ORDER BY {order}"))?;
        let width = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            hash.update([0]);
            for at in 0..width {
                match row.get_ref(at)? {
                    ValueRef::Null => hash.update([1]),
                    ValueRef::Integer(n) => {
                        hash.update([2]);
                        hash.update(n.to_be_bytes());
                    }
                    value @ (ValueRef::Text(bytes) | ValueRef::Blob(bytes)) => {
                        hash.update([if matches!(value, ValueRef::Text(_)) { 3 } else { 4 }]);
                        hash.update((bytes.len() as u64).to_be_bytes());
                        hash.update(bytes);
                    }
                    ValueRef::Real(_) => return Err(StoreFault::Malformed("a projection (it holds a float)")),
                }
            }
        }
    }
    Ok(hash.finalize().into())
}

/// How far the stream has come.
fn write_head(connection: &Connection, recorded: &Recorded) -> Result<(), StoreFault> {
    let Recorded { stream, meta, .. } = recorded;
    prepare(
        connection,
        "INSERT INTO stream_head (stream, n, at) VALUES ($1, $2, $3) \
         ON CONFLICT (stream) DO UPDATE SET n = excluded.n, at = excluded.at",
    )?
    .execute((stream.to_string(), meta.n, meta.at.as_microsecond()))?;
    Ok(())
}

/// What each event leaves by itself: the numbers given, the files named, and the two lists of events.
fn note(connection: &Connection, recorded: &Recorded) -> Result<(), StoreFault> {
    let Recorded { idx, stream, event, .. } = recorded;
    if let Some(file) = event.file() {
        prepare(connection, "INSERT OR IGNORE INTO blob (id, idx) VALUES ($1, $2)")?
            .execute((file.to_string(), idx))?;
    }
    match event {
        Event::Unit(_) => list(connection, "organisation_event", *idx)?,
        Event::Officer(event) => {
            list(connection, "organisation_event", *idx)?;
            if let OfficerEvent::Erased { .. } = event {
                list(connection, "erasure", *idx)?;
            }
        }
        Event::Matter(MatterEvent::Opened { number, .. }) => count(connection, *number, series_code(number.series))?,
        Event::Matter(MatterEvent::NoticeIssued { notice, .. }) => {
            count(connection, *notice, notice_code(notice.series))?;
            if let Stream::Matter(matter) = stream {
                prepare(connection, "INSERT OR IGNORE INTO notice (number, matter) VALUES ($1, $2)")?
                    .execute((notice.to_string(), matter.to_string()))?;
            }
        }
        Event::Matter(MatterEvent::Contradicted { contradiction, .. }) => {
            let Stream::Matter(matter) = stream else { return Err(StoreFault::Malformed("a contradiction")) };
            prepare(connection, "INSERT OR IGNORE INTO contradiction (id, matter) VALUES ($1, $2)")?
                .execute((contradiction.to_string(), matter.to_string()))?;
        }
        Event::Matter(_)
        | Event::Document(_)
        | Event::Meeting(_)
        | Event::Ask(_)
        | Event::Calendar(_)
        | Event::Profile(_) => {}
    }
    Ok(())
}

/// Takes note of a number that was given.
fn count(connection: &Connection, number: Number, series: &str) -> Result<(), StoreFault> {
    prepare(
        connection,
        "INSERT INTO counter (year, series, count) VALUES ($1, $2, $3) \
         ON CONFLICT (year, series) DO UPDATE SET count = max(count, excluded.count)",
    )?
    .execute((number.year, series, number.count))?;
    Ok(())
}

fn list(connection: &Connection, table: &str, idx: u64) -> Result<(), StoreFault> {
    prepare(connection, &format!("INSERT INTO {table} (idx) VALUES ($1)"))?.execute([idx])?;
    Ok(())
}

/// A post whose days are recorded late changes with which units the matters that the officer leads were placed.
fn write_matters_of(read: &mut Read<'_>, officer: OfficerId) -> Result<(), StoreFault> {
    let matters: Vec<String> = {
        let sql = "SELECT matter FROM matter_party WHERE party = $1 AND relation = 'lead' ORDER BY matter";
        let mut statement = prepare(read.connection, sql)?;
        statement.query_map([format!("officer/{officer}")], |row| row.get(0))?.collect::<Result<_, _>>()?
    };
    for matter in matters {
        write_matter_called(read, &matter)?;
    }
    Ok(())
}

/// A change of the calendar moves the day from which open matters are late, and what the public is told of closed ones.
fn write_days(read: &mut Read<'_>) -> Result<(), StoreFault> {
    let calendar = read.calendar()?;
    let rows: Vec<(String, String, String)> = {
        let sql = "SELECT id, due, overdue_from FROM matter WHERE overdue_from IS NOT NULL ORDER BY id";
        let mut statement = prepare(read.connection, sql)?;
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?
    };
    for (id, due, overdue_from) in rows {
        let due = due.parse().map_err(|_| StoreFault::Malformed("a matter's deadline"))?;
        let from = calendar.late_from(due).map(|day| day.to_string());
        if from.as_ref() != Some(&overdue_from) {
            write_matter_called(read, &id)?;
        }
    }
    // Whatever was cleared by its deadline's own day is in time by any calendar.
    let cleared: Vec<(String, String, String, bool)> = {
        let sql = "SELECT id, original_due, cleared_on, is_cleared_late FROM matter \
                   WHERE cleared_on IS NOT NULL AND cleared_on > original_due ORDER BY id";
        let mut statement = prepare(read.connection, sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        rows.collect::<Result<_, _>>()?
    };
    for (id, due, cleared_on, was_late) in cleared {
        let day = |text: &str| text.parse().map_err(|_| StoreFault::Malformed("a matter's day"));
        let (due, cleared_on): (Date, Date) = (day(&due)?, day(&cleared_on)?);
        if was_late != (cleared_on > calendar.last_day(due)) {
            write_matter_called(read, &id)?;
        }
    }
    let published: Vec<String> = {
        let sql = "SELECT matter FROM published WHERE original_due IS NOT NULL ORDER BY matter";
        let mut statement = prepare(read.connection, sql)?;
        statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
    };
    for matter in published {
        write_matter_called(read, &matter)?;
    }
    Ok(())
}

const AUDIENCE: Several<'_> = Several { table: "matter_audience", columns: &["principal"], keys: 1 };
const PARTIES: Several<'_> = Several { table: "matter_party", columns: &["party", "relation"], keys: 2 };
const WAITING: Several<'_> =
    Several { table: "waiting", columns: &["desk", "grp", "act", "first", "last", "but"], keys: 3 };

/// Makes the rows of a matter that has some anew.
fn write_matter_called(read: &mut Read<'_>, id: &str) -> Result<(), StoreFault> {
    let id = MatterId::parse(id).map_err(|_| StoreFault::Malformed("a matter's id"))?;
    write_matter(read, id, Rows::Perhaps)
}

fn write_matter(read: &mut Read<'_>, id: MatterId, rows: Rows) -> Result<(), StoreFault> {
    let Some(matter) = read.matter(id)? else { return Ok(()) };
    let (organisation, calendar) = (read.organisation()?, read.calendar()?);
    let (version, changed) = head(read.connection, Stream::Matter(id))?;
    let connection = read.connection;
    let key = id.to_string();
    let text = matter.text.open();
    let (document, proposal) = match matter.source {
        Source::Document { document, proposal, .. } => (Some(document.to_string()), Some(proposal)),
        Source::Instruction
        | Source::Inspection
        | Source::Dataset { .. }
        | Source::Report
        | Source::Application
        | Source::Part { .. }
        | Source::Follows { .. } => (None, None),
    };
    let is_cleared_late = matches!(matter.axes(matter.opened_on, &calendar).schedule, Schedule::ClearedLate { .. });
    let origin_once = text.and_then(|text| text.origin_key.as_ref()).map(origin_hash);
    let origin = origin_once.as_ref().filter(|_| matter.is_open());
    let row = [
        ("number_key", number_key(matter.number).into()),
        ("id", key.as_str().into()),
        ("number", matter.number.to_string().into()),
        ("kind", matter.kind.code().into()),
        ("state", matter.state.kind().code().into()),
        ("audience", matter.audience.code().into()),
        ("quote", text.map(|text| text.quote.as_str()).into()),
        ("lead", matter.lead.as_ref().map(party_code).into()),
        ("supervising", matter.supervising.map(|unit| unit.to_string()).into()),
        ("due", matter.due.into()),
        ("sort_due", matter.due.map_or(NO_DUE.to_owned(), |day| day.to_string()).into()),
        ("original_due", matter.original_due.into()),
        ("overdue_from", matter.overdue_from(&calendar).into()),
        ("is_returned", matter.is_returned().into()),
        ("is_held", matter.is_held().into()),
        ("asks_extension", matter.asks_extension().into()),
        ("opened_on", matter.opened_on.into()),
        ("cleared_on", cleared_on(&matter).into()),
        ("is_cleared_late", is_cleared_late.into()),
        ("parent", matter.parent().map(|parent| parent.to_string()).into()),
        ("document", document.into()),
        ("proposal", proposal.into()),
        ("origin", origin.map(String::as_str).into()),
        ("origin_once", origin_once.as_deref().into()),
        ("contradicted", matter.unanswered().next().is_some().into()),
        ("changed", changed.into()),
    ];
    write_row(connection, "matter", &row, rows)?;
    let shown = shown_to(&matter, &organisation);
    AUDIENCE.write(connection, &key, shown.iter().map(|principal| vec![principal.to_string().into()]), rows)?;
    let parties = parties(&matter, &organisation);
    let parties = parties.into_iter().map(|(party, relation)| vec![party.into(), relation.into()]);
    PARTIES.write(connection, &key, parties, rows)?;
    let waits = matter.waits(&organisation, &calendar);
    let waits = waits.iter().map(|wait| {
        let but: Vec<String> = wait.but.iter().map(ToString::to_string).collect();
        vec![
            wait.desk.to_string().into(),
            wait.group.code().into(),
            wait.act.code().into(),
            wait.from.map_or(String::new(), |day| day.to_string()).into(),
            wait.until.map_or("9999-12-31".to_owned(), |day| day.to_string()).into(),
            but.join(" ").into(),
        ]
    });
    WAITING.write(connection, &key, waits, rows)?;
    let words = [text.map(|text| text.quote.as_str()), matter.criterion.open().map(|text| text.criterion.as_str())];
    let words = format!("{} {}", matter.number, words.into_iter().flatten().collect::<Vec<_>>().join(" "));
    index(connection, "search", number_key(matter.number), Stream::Matter(id), &words)?;
    published::write(read, &matter, (&organisation, &calendar), (version, rows))
}

/// The day on which it was cleared; none unless it is.
fn cleared_on(matter: &Matter) -> Option<Date> {
    match &matter.state {
        State::Cleared(_, _, clearing) => Some(clearing.on),
        State::Opened
        | State::Assigned
        | State::UnderWay { .. }
        | State::Reported(_)
        | State::Verified(_, _)
        | State::Withdrawn { .. } => None,
    }
}

/// Whom a list of theirs shows the matter to, and as what.
fn parties(matter: &Matter, organisation: &Organisation) -> Vec<(String, &'static str)> {
    let unit = |id: UnitId| format!("unit/{id}");
    let officer = |id: &OfficerId| format!("officer/{id}");
    let mut parties = vec![];
    parties.extend(matter.placed_with(organisation).into_iter().map(|id| (unit(id), "placed")));
    if let Some(lead) = &matter.lead {
        parties.extend(lead.fixed_unit(organisation).map(|id| (unit(id), "lead")));
        if let Party::Officer(id) = lead {
            parties.push((officer(id), "lead"));
        }
    }
    parties.extend(matter.supervising.map(|id| (unit(id), "supervising")));
    parties.extend(matter.verifiers.iter().map(|id| (officer(id), "verifier")));
    let standing = matter.obstacles.iter().filter(|obstacle| obstacle.removed_on.is_none());
    for remover in standing.filter_map(|obstacle| obstacle.remover) {
        parties.extend(remover.fixed_unit(organisation).map(|id| (unit(id), "remover")));
        if let Party::Officer(id) = remover {
            parties.push((officer(&id), "remover"));
        }
    }
    parties
}

fn write_document(read: &mut Read<'_>, id: DocumentId) -> Result<(), StoreFault> {
    let Some(document) = read.fold::<Document>(Stream::Document(id))? else { return Ok(()) };
    let (mut open, mut settled, mut matters) = (0, 0, 0);
    for (_, outcome) in document.proposals() {
        match outcome {
            Settled::Open => open += 1,
            Settled::Matter(..) => (settled, matters) = (settled + 1, matters + 1),
            Settled::Noted | Settled::Dismissed => settled += 1,
            Settled::LeftOut | Settled::Replaced => {}
        }
    }
    let text = document.text.open();
    index_document(read.connection, id, text)?;
    prepare(
        read.connection,
        "INSERT OR REPLACE INTO document (id, meeting, title, held_on, ingested, open, settled, matters) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )?
    .execute((
        id.to_string(),
        document.meeting.to_string(),
        text.map(|text| text.title.as_str()),
        text.and_then(|text| text.date).map(|day| day.to_string()),
        document.on.to_string(),
        open,
        settled,
        matters,
    ))?;
    Ok(())
}

/// Version and instant of a stream's last event.
fn head(connection: &Connection, stream: Stream) -> Result<(u64, i64), StoreFault> {
    let mut statement = prepare(connection, "SELECT n, at FROM stream_head WHERE stream = $1")?;
    Ok(statement.query_row([stream.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Title and text never change once they were taken in; they may only be erased.
fn index_document(connection: &Connection, id: DocumentId, text: Option<&DocumentText>) -> Result<(), StoreFault> {
    let stream = Stream::Document(id);
    let row: i64 = prepare(connection, "SELECT rowid FROM stream_head WHERE stream = $1")?
        .query_row([stream.to_string()], |row| row.get(0))?;
    let sql = "SELECT EXISTS (SELECT 1 FROM document_search WHERE rowid = $1)";
    let is_there: bool = prepare(connection, sql)?.query_row([row], |row| row.get(0))?;
    match text {
        Some(_) if is_there => Ok(()),
        Some(text) => index(connection, "document_search", row, stream, &format!("{}\n{}", text.title, text.body)),
        None => index(connection, "document_search", row, stream, ""),
    }
}

/// Makes `words` what the stream is found by in `table`. The stream is no search word, so its row has a place of its own.
fn index(connection: &Connection, table: &str, row: i64, stream: Stream, words: &str) -> Result<(), StoreFault> {
    let stream = stream.to_string();
    let tokens = search::tokens(words);
    let old: Option<String> = prepare(connection, &format!("SELECT words FROM {table} WHERE rowid = $1"))?
        .query_row([row], |row| row.get(0))
        .optional()?;
    if old.as_ref() == Some(&tokens) {
        return Ok(());
    }
    if old.is_some() {
        prepare(connection, &format!("DELETE FROM {table} WHERE rowid = $1"))?.execute([row])?;
    }
    prepare(connection, &format!("INSERT INTO {table} (rowid, stream, words) VALUES ($1, $2, $3)"))?
        .execute((row, stream, tokens))?;
    Ok(())
}
