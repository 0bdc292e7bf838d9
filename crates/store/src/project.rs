//! The projections: rows made from folded aggregates, and made again from the events to the same digest.

mod fill;
mod matter;
mod published;
mod rows;

use std::borrow::Cow;

use jiff::civil::Date;
use ledger::calendar::OfficeCalendar;
use ledger::document::{Document, DocumentText, Settled};
use ledger::event::Event;
use ledger::id::{ContradictionId, DocumentId, EvidenceId, MatterId, Number, OfficerId, Stream};
use ledger::matter::{Matter, MatterEvent};
use ledger::organisation::OfficerEvent;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest as _, Sha256};

use self::matter::MatterRows;
use self::rows::{Rows, Searched};
use crate::error::StoreFault;
use crate::load::{self, Recorded};
use crate::read::{Read, notice_code, series_code};
use crate::sqlite::prepare;
use crate::{schema, search};

pub(crate) use self::fill::{fill, rebuild};

/// Takes events that were just appended into the projections.
pub(crate) fn take(read: &mut Read<'_>, events: &[Recorded]) -> Result<(), StoreFault> {
    let mut streams: Vec<(Stream, Rows)> = vec![];
    for event in events {
        write_head(read.connection, event.stream, (event.meta.n, event.meta.at.as_microsecond()))?;
        notes(event)?.iter().try_for_each(|note| note.write(read.connection))?;
        advance(read, event);
        if !streams.iter().any(|(stream, _)| *stream == event.stream) {
            streams.push((event.stream, if event.meta.n == 1 { Rows::None } else { Rows::Perhaps }));
        }
    }
    for (stream, rows) in streams {
        match stream {
            Stream::Matter(id) => write_matter(read, id, rows)?,
            Stream::Document(id) => write_document(read, id, rows)?,
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

/// Takes an event into what is folded of its stream.
fn advance(read: &mut Read<'_>, event: &Recorded) {
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

/// How far the stream has come: version and instant of its last event.
fn write_head(connection: &Connection, stream: Stream, head: (u64, i64)) -> Result<(), StoreFault> {
    let sql = "INSERT INTO stream_head (stream, n, at) VALUES ($1, $2, $3) \
               ON CONFLICT (stream) DO UPDATE SET n = excluded.n, at = excluded.at";
    prepare(connection, sql)?.execute((stream.to_string(), head.0, head.1))?;
    Ok(())
}

/// What an event leaves by itself, whatever else its stream holds.
enum Note {
    /// It names a file.
    File(EvidenceId, u64),
    /// It is one of those that the organisation is made of.
    Organisation(u64),
    /// It erased parts.
    Erasure(u64),
    /// It gave a number of a series.
    Number(Number, &'static str),
    /// It put a notice on a matter.
    Notice(Number, MatterId),
    /// With it the public contradicted.
    Contradiction(ContradictionId, MatterId),
}

impl Note {
    fn write(&self, connection: &Connection) -> Result<(), StoreFault> {
        let list = |table: &str, idx: u64| -> Result<usize, StoreFault> {
            Ok(prepare(connection, &format!("INSERT INTO {table} (idx) VALUES ($1)"))?.execute([idx])?)
        };
        match self {
            Note::File(file, idx) => {
                let sql = "INSERT INTO blob (id, idx) VALUES ($1, $2) \
                           ON CONFLICT (id) DO UPDATE SET idx = min(idx, excluded.idx)";
                prepare(connection, sql)?.execute((file.to_string(), idx))?
            }
            Note::Organisation(idx) => list("organisation_event", *idx)?,
            Note::Erasure(idx) => list("erasure", *idx)?,
            Note::Number(number, series) => {
                let sql = "INSERT INTO counter (year, series, count) VALUES ($1, $2, $3) \
                           ON CONFLICT (year, series) DO UPDATE SET count = max(count, excluded.count)";
                prepare(connection, sql)?.execute((number.year, series, number.count))?
            }
            Note::Notice(notice, matter) => {
                prepare(connection, "INSERT OR IGNORE INTO notice (number, matter) VALUES ($1, $2)")?
                    .execute((notice.to_string(), matter.to_string()))?
            }
            Note::Contradiction(contradiction, matter) => {
                prepare(connection, "INSERT OR IGNORE INTO contradiction (id, matter) VALUES ($1, $2)")?
                    .execute((contradiction.to_string(), matter.to_string()))?
            }
        };
        Ok(())
    }
}

fn notes(recorded: &Recorded) -> Result<Vec<Note>, StoreFault> {
    let Recorded { idx, stream, event, .. } = recorded;
    let matter = || {
        let Stream::Matter(matter) = stream else { return Err(StoreFault::Malformed("an event of a matter")) };
        Ok(*matter)
    };
    let mut notes: Vec<Note> = event.file().map(|file| Note::File(file, *idx)).into_iter().collect();
    match event {
        Event::Unit(_) => notes.push(Note::Organisation(*idx)),
        Event::Officer(event) => {
            notes.push(Note::Organisation(*idx));
            if let OfficerEvent::Erased { .. } = event {
                notes.push(Note::Erasure(*idx));
            }
        }
        Event::Matter(MatterEvent::Opened { number, .. }) => {
            notes.push(Note::Number(*number, series_code(number.series)));
        }
        Event::Matter(MatterEvent::NoticeIssued { notice, .. }) => {
            notes.push(Note::Number(*notice, notice_code(notice.series)));
            notes.push(Note::Notice(*notice, matter()?));
        }
        Event::Matter(MatterEvent::Contradicted { contradiction, .. }) => {
            notes.push(Note::Contradiction(*contradiction, matter()?));
        }
        Event::Matter(_)
        | Event::Document(_)
        | Event::Meeting(_)
        | Event::Ask(_)
        | Event::Calendar(_)
        | Event::Profile(_) => {}
    }
    Ok(notes)
}

/// A post whose days are recorded late changes with which units the matters that the officer leads were placed.
fn write_matters_of(read: &mut Read<'_>, officer: OfficerId) -> Result<(), StoreFault> {
    let matters: Vec<String> = {
        let sql = "SELECT m.id FROM matter_party p JOIN matter m ON m.number_key = p.number_key \
                   WHERE p.party = $1 AND p.relation = 'lead' ORDER BY p.number_key";
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

/// Makes the rows of a matter that has some anew.
fn write_matter_called(read: &mut Read<'_>, id: &str) -> Result<(), StoreFault> {
    let id = MatterId::parse(id).map_err(|_| StoreFault::Malformed("a matter's id"))?;
    write_matter(read, id, Rows::Perhaps)
}

fn write_matter(read: &mut Read<'_>, id: MatterId, rows: Rows) -> Result<(), StoreFault> {
    let Some(matter) = read.matter(id)? else { return Ok(()) };
    let (organisation, calendar) = (read.organisation()?, read.calendar()?);
    let stream = Stream::Matter(id);
    let (version, changed) = head(read.connection, stream)?;
    let connection = read.connection;
    let history = || load::stream(connection, read.keys, stream, (0, version)).map(Cow::Owned);
    MatterRows::of(&matter, changed, history, (&organisation, &calendar))?.write(connection, rows)
}

fn write_document(read: &mut Read<'_>, id: DocumentId, rows: Rows) -> Result<(), StoreFault> {
    match read.fold::<Document>(Stream::Document(id))? {
        Some(document) => document_rows(read.connection, id, &document, rows),
        None => Ok(()),
    }
}

const DOCUMENT_SEARCH: Searched<'_> = Searched { table: "document_search", key: "stream" };

/// Writes the rows of a document.
fn document_rows(connection: &Connection, id: DocumentId, document: &Document, rows: Rows) -> Result<(), StoreFault> {
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
    index_document(connection, id, text, rows)?;
    prepare(
        connection,
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
fn index_document(
    connection: &Connection,
    id: DocumentId,
    text: Option<&DocumentText>,
    rows: Rows,
) -> Result<(), StoreFault> {
    let stream = Stream::Document(id);
    let row: i64 = prepare(connection, "SELECT rowid FROM stream_head WHERE stream = $1")?
        .query_row([stream.to_string()], |row| row.get(0))?;
    let sql = "SELECT EXISTS (SELECT 1 FROM document_search WHERE rowid = $1)";
    if rows == Rows::Perhaps && text.is_some() && prepare(connection, sql)?.query_row([row], |row| row.get(0))? {
        return Ok(());
    }
    let words = text.map_or(String::new(), |text| search::tokens(&format!("{}\n{}", text.title, text.body)));
    DOCUMENT_SEARCH.write(connection, row, &stream.to_string(), Some(&words), rows)
}
