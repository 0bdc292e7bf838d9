//! Every projection made again from the events: one thread opens and folds them, another writes what they make.

use std::borrow::Cow;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, SyncSender};

use ledger::calendar::OfficeCalendar;
use ledger::document::Document;
use ledger::event::Fold;
use ledger::id::{DocumentId, Stream};
use ledger::matter::Matter;
use ledger::organisation::Organisation;
use rusqlite::Connection;

use super::matter::MatterRows;
use super::rows::Rows;
use super::{Note, document_rows, notes, write_head};
use crate::error::StoreFault;
use crate::keys::Keys;
use crate::load::{self, EventRow, Recorded};
use crate::schema;
use crate::sqlite::{self, definitions, prepare};

/// Streams are handed over so many at a time, and are written in the order of their numbers: FTS5 writes a segment whenever
/// a row does not come after the one before it.
const TOGETHER: usize = 4_096;
/// So many times as many may wait to be written.
const AHEAD: usize = 2;
/// What each table of words gathers in memory before it writes a segment: fewer segments are merged less often.
const SEGMENT_BYTES: usize = 32 << 20;
/// What is kept of the database meanwhile: rows come in the order of their matters, which is not that of every table.
const CACHE_KIB: i64 = 512 * 1024;
/// So much of the file is taken at once in order to be overwritten.
const FREE_BYTES_AT_ONCE: u64 = 64 << 20;
/// What it gathers otherwise: FTS5's own measure.
const SEGMENT_BYTES_USUAL: usize = 1 << 20;

/// Makes every projection again, tables and all, from the record that lies in `dir`, within the transaction that is open.
pub(crate) fn rebuild(connection: &Connection, dir: &Path) -> Result<(), StoreFault> {
    // Nearly every page that is given up is taken again: what is left of them in the end is overwritten then.
    connection.pragma_update(None, "secure_delete", "FAST")?;
    sqlite::keep(connection, CACHE_KIB)?;
    let rebuilt = rebuild_tables(connection, dir);
    sqlite::keep(connection, sqlite::WRITER_CACHE_KIB)?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    rebuilt?;
    overwrite_free_pages(connection)
}

fn rebuild_tables(connection: &Connection, dir: &Path) -> Result<(), StoreFault> {
    for (table, _, _) in schema::DIGESTED {
        connection.execute(&format!("DROP TABLE IF EXISTS {table}"), [])?;
    }
    for tables in [schema::PROJECTIONS, schema::SEARCH] {
        connection.execute_batch(&definitions(tables))?;
    }
    gather(connection, SEGMENT_BYTES)?;
    fill(connection, dir, u64::MAX >> 1)?;
    gather(connection, SEGMENT_BYTES_USUAL)?;
    // An index over rows that are there is sorted once; one that grows with them is searched for every row.
    connection.execute_batch(&definitions(schema::INDEXES))?;
    Ok(())
}

/// Takes all pages that nothing lies in any more, and gives them up where that overwrites them.
fn overwrite_free_pages(connection: &Connection) -> Result<(), StoreFault> {
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, u64>(0));
    let mut bytes = number("freelist_count")? * number("page_size")?;
    connection.execute_batch("CREATE TABLE free (bytes BLOB)")?;
    while bytes > 0 {
        let some = bytes.min(FREE_BYTES_AT_ONCE);
        connection.execute("INSERT INTO free (bytes) VALUES (zeroblob(?1))", [some])?;
        bytes -= some;
    }
    connection.execute_batch("DROP TABLE free")?;
    Ok(())
}

/// Sets it for this connection; the row that would set it for all goes.
fn gather(connection: &Connection, bytes: usize) -> Result<(), StoreFault> {
    for table in ["search", "published_search", "document_search"] {
        connection.execute(&format!("INSERT INTO {table} ({table}, rank) VALUES ('hashsize', ?1)"), [bytes])?;
        connection.execute(&format!("DELETE FROM {table}_config WHERE k = 'hashsize'"), [])?;
    }
    Ok(())
}

/// Fills empty tables from the first `size` events of the record in `dir`, each of which is opened once, stream by stream.
pub(crate) fn fill(connection: &Connection, dir: &Path, size: u64) -> Result<(), StoreFault> {
    let (made, taken) = mpsc::sync_channel::<Vec<Made>>(AHEAD);
    // What a thread made it drops itself: the allocator locks for what another gives back.
    let (done, given_back) = mpsc::channel::<Vec<Made>>();
    std::thread::scope(|scope| {
        let folding = scope.spawn(move || {
            let connection = sqlite::open_to_read(&dir.join("record.db"))?;
            connection.execute_batch("BEGIN")?;
            let keys = Keys::open_to_read(dir)?;
            keys.hold()?;
            Folding { connection: &connection, keys: &keys, size, made, given_back, ready: vec![] }.run()
        });
        // Where writing fails nobody takes anything any more, and the other thread ends.
        for mut together in taken {
            together.sort_by_key(Made::place);
            together.iter().try_for_each(|made| made.write(connection))?;
            // Where the other end has ended, nobody waits for them.
            let _ = done.send(together);
        }
        folding.join().unwrap_or(Err(StoreFault::Panicked))
    })
}

/// What a stream makes.
struct Made {
    stream: Stream,
    /// Version and instant of its last event.
    head: (u64, i64),
    notes: Vec<Note>,
    rows: MadeRows,
}

enum MadeRows {
    None,
    Matter(Box<MatterRows>),
    Document(DocumentId, Box<Document>),
}

impl Made {
    /// Where it stands among others.
    fn place(&self) -> i64 {
        match &self.rows {
            MadeRows::Matter(rows) => rows.number_key,
            MadeRows::None | MadeRows::Document(..) => 0,
        }
    }

    fn write(&self, connection: &Connection) -> Result<(), StoreFault> {
        write_head(connection, self.stream, self.head)?;
        self.notes.iter().try_for_each(|note| note.write(connection))?;
        match &self.rows {
            MadeRows::None => Ok(()),
            MadeRows::Matter(rows) => rows.write(connection, Rows::None),
            MadeRows::Document(id, document) => document_rows(connection, *id, document, Rows::None),
        }
    }
}

/// Opens and folds; the other end takes.
struct Folding<'a> {
    connection: &'a Connection,
    keys: &'a Keys,
    size: u64,
    made: SyncSender<Vec<Made>>,
    given_back: Receiver<Vec<Made>>,
    ready: Vec<Made>,
}

impl Folding<'_> {
    fn run(&mut self) -> Result<(), StoreFault> {
        let (judged, others): (Vec<Stream>, Vec<Stream>) =
            self.streams()?.into_iter().partition(|stream| matches!(stream, Stream::Matter(_) | Stream::Document(_)));
        // What matters are judged by comes first; they are placed by what all of it says in the end.
        let (mut of_organisation, mut calendar) = (vec![], OfficeCalendar::default());
        self.each(others, |stream, events| {
            match stream {
                Stream::Unit(_) | Stream::Officer(_) => of_organisation.extend_from_slice(events),
                Stream::Calendar(_) => calendar = fold(stream, events).unwrap_or_default(),
                Stream::Matter(_)
                | Stream::Document(_)
                | Stream::Meeting(_)
                | Stream::Person(_)
                | Stream::Household(_)
                | Stream::Ask(_)
                | Stream::Profile(_) => {}
            }
            Ok(MadeRows::None)
        })?;
        of_organisation.sort_by_key(|recorded| recorded.idx);
        let mut organisation = Organisation::default();
        for Recorded { stream, event, meta, .. } in &of_organisation {
            organisation.apply(*stream, event, meta);
        }
        self.each(judged, |stream, events| {
            let changed = events.last().map_or(0, |last| last.meta.at.as_microsecond());
            let made = match stream {
                Stream::Matter(_) => {
                    let rows = fold::<Matter>(stream, events).map(|matter| {
                        let history = || Ok(Cow::Borrowed(events));
                        MatterRows::of(&matter, changed, history, (&organisation, &calendar))
                    });
                    rows.transpose()?.map(|rows| MadeRows::Matter(Box::new(rows)))
                }
                Stream::Document(id) => fold(stream, events).map(|document| MadeRows::Document(id, Box::new(document))),
                Stream::Unit(_)
                | Stream::Officer(_)
                | Stream::Calendar(_)
                | Stream::Meeting(_)
                | Stream::Person(_)
                | Stream::Household(_)
                | Stream::Ask(_)
                | Stream::Profile(_) => None,
            };
            Ok(made.unwrap_or(MadeRows::None))
        })?;
        self.hand_over();
        Ok(())
    }

    /// In the order in which they began. The index of streams knows them all, so no event is read for it.
    fn streams(&self) -> Result<Vec<Stream>, StoreFault> {
        let mut statement = self.connection.prepare("SELECT stream, idx FROM event WHERE n = 1 ORDER BY stream")?;
        let mut rows = statement.query([])?;
        let mut streams: Vec<(u64, Stream)> = vec![];
        while let Some(row) = rows.next()? {
            let name = row.get_ref(0)?.as_str().ok().and_then(|name| name.parse().ok());
            streams.push((row.get(1)?, name.ok_or(StoreFault::Malformed("a stream"))?));
        }
        streams.sort_unstable_by_key(|(idx, _)| *idx);
        Ok(streams.into_iter().map(|(_, stream)| stream).collect())
    }

    /// Opens the streams, one after the other, and hands over what `work` makes of their events.
    fn each(
        &mut self,
        streams: Vec<Stream>,
        mut work: impl FnMut(Stream, &[Recorded]) -> Result<MadeRows, StoreFault>,
    ) -> Result<(), StoreFault> {
        for stream in streams {
            let events = self.events(stream)?;
            let Some(last) = events.last() else { continue };
            let head = (last.meta.n, last.meta.at.as_microsecond());
            let notes: Vec<Vec<Note>> = events.iter().map(notes).collect::<Result<_, _>>()?;
            let rows = work(stream, &events)?;
            self.ready.push(Made { stream, head, notes: notes.into_iter().flatten().collect(), rows });
            if self.ready.len() >= TOGETHER && !self.hand_over() {
                break;
            }
        }
        Ok(())
    }

    fn events(&self, stream: Stream) -> Result<Vec<Recorded>, StoreFault> {
        let sql = "SELECT idx, salt, body FROM event WHERE stream = $1 AND idx < $2 ORDER BY n";
        let mut statement = prepare(self.connection, sql)?;
        let mut rows = statement.query((stream.to_string(), self.size))?;
        let mut events = vec![];
        while let Some(row) = rows.next()? {
            events.push(load::recorded(self.connection, self.keys, &EventRow::read(row)?)?);
        }
        Ok(events)
    }

    /// Whether anybody took it.
    fn hand_over(&mut self) -> bool {
        self.given_back.try_iter().for_each(drop);
        self.made.send(std::mem::take(&mut self.ready)).is_ok()
    }
}

fn fold<T: Fold>(stream: Stream, events: &[Recorded]) -> Option<T> {
    let (first, rest) = events.split_first()?;
    let mut thing = T::begin(stream, &first.event, &first.meta)?;
    rest.iter().for_each(|recorded| thing.apply(&recorded.event, &recorded.meta));
    Some(thing)
}
