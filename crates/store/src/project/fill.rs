//! Every projection made again from the events: two threads open and fold them, another writes what they make.

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
/// Threads that open and fold; one alone takes longer than writing does.
const FOLDING: usize = 2;
/// So many times as many may wait of each of them: about 50 MB in all.
const AHEAD: usize = 2;
/// What each table of words gathers in memory before it writes a segment: fewer segments are merged less often.
const SEGMENT_BYTES: usize = 32 << 20;
/// What is kept of the database meanwhile: rows come in the order of their matters, which is not that of every table.
const CACHE_KIB: i64 = 512 * 1024;
/// What is kept of it while indexes are made: so much is put in order at a time, by a thread of its own where it is little.
const CACHE_KIB_SORTING: i64 = 2 * 1024;
/// Threads that put in order what another reads.
const SORTERS: i64 = 1;
/// So much of the file is taken at once in order to be overwritten.
const FREE_BYTES_AT_ONCE: u64 = 64 << 20;
/// What it gathers otherwise: FTS5's own measure.
const SEGMENT_BYTES_USUAL: usize = 1 << 20;

/// Makes every projection again, tables and all, from the record that lies in `dir`, within the transaction that is open.
pub(crate) fn rebuild(connection: &Connection, dir: &Path) -> Result<(), StoreFault> {
    // Nearly every page that is given up is taken again: what is left of them in the end is overwritten then.
    let at_once = AtOnce::begin(connection)?;
    let rebuilt = rebuild_tables(connection, dir);
    at_once.as_usual()?;
    rebuilt?;
    overwrite_free_pages(connection)
}

/// A connection while everything is made at once. A panic meanwhile must not leave a living writer with it.
struct AtOnce<'a>(&'a Connection);

impl<'a> AtOnce<'a> {
    fn begin(connection: &'a Connection) -> Result<Self, StoreFault> {
        let begun = Self(connection);
        connection.pragma_update(None, "secure_delete", "FAST")?;
        sqlite::keep(connection, CACHE_KIB)?;
        Ok(begun)
    }

    fn as_usual(&self) -> Result<(), StoreFault> {
        self.0.pragma_update(None, "secure_delete", "ON")?;
        sqlite::keep(self.0, sqlite::WRITER_CACHE_KIB)
    }
}

impl Drop for AtOnce<'_> {
    /// Done twice where nothing panicked: what fails is told there.
    fn drop(&mut self) {
        drop(self.as_usual());
    }
}

fn rebuild_tables(connection: &Connection, dir: &Path) -> Result<(), StoreFault> {
    let make_tables = || {
        for (table, _, _) in schema::DIGESTED {
            connection.execute(&format!("DROP TABLE IF EXISTS {table}"), [])?;
        }
        for tables in [schema::PROJECTIONS, schema::SEARCH] {
            connection.execute_batch(&definitions(tables))?;
        }
        gather(connection, SEGMENT_BYTES)
    };
    fill_when(connection, dir, u64::MAX >> 1, make_tables)?;
    gather(connection, SEGMENT_BYTES_USUAL)?;
    sqlite::keep(connection, CACHE_KIB_SORTING)?;
    // Only what may lie in a file is put in order by another thread: keys of indexes, which name units and days.
    connection.pragma_update(None, "temp_store", "FILE")?;
    connection.pragma_update(None, "threads", SORTERS)?;
    // An index over rows that are there is sorted once; one that grows with them is searched for every row.
    let indexed = connection.execute_batch(&definitions(schema::INDEXES));
    connection.pragma_update(None, "threads", 0)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    indexed?;
    connection.pragma_update(None, "user_version", schema::VERSION)?;
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
    fill_when(connection, dir, size, || Ok(()))
}

/// The same; the tables are made while what there is to fold is looked for.
fn fill_when(
    connection: &Connection,
    dir: &Path,
    size: u64,
    make_tables: impl FnOnce() -> Result<(), StoreFault>,
) -> Result<(), StoreFault> {
    let work = std::thread::scope(|scope| {
        let looking = scope.spawn(|| Work::of(&Source::open(dir, size)?));
        let made = make_tables();
        let work = looking.join().unwrap_or(Err(StoreFault::Panicked));
        made.and(work)
    })?;
    std::thread::scope(|scope| {
        let (mut folding, mut lanes) = (vec![], vec![]);
        for nth in 0..FOLDING {
            let (made, taken) = mpsc::sync_channel(AHEAD);
            // What a thread made it drops itself: the allocator locks for what another gives back.
            let (done, given_back) = mpsc::channel();
            let work = &work;
            folding.push(scope.spawn(move || work.fold(nth, &Source::open(dir, size)?, &made, &given_back)));
            lanes.push((taken, done));
        }
        // Each made every so manieth of what is written in turn; whoever has no more ends it.
        let written = (0..FOLDING).cycle().map_while(|nth| Some((lanes[nth].0.recv().ok()?, &lanes[nth].1)));
        let written = written.map(|(mut together, done)| {
            together.sort_by_key(Made::place);
            together.iter().try_for_each(|made: &Made| made.write(connection))?;
            // Where the other end has ended, nobody waits for them.
            let _ = done.send(together);
            Ok(())
        });
        let written: Result<(), StoreFault> = written.collect();
        // Where writing failed nobody takes anything any more, and the other threads end.
        drop(lanes);
        let folded = folding.into_iter().map(|thread| thread.join().unwrap_or(Err(StoreFault::Panicked)));
        folded.fold(written, Result::and)
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

/// The events, as one thread reads and opens them.
struct Source {
    connection: Connection,
    keys: Keys,
    size: u64,
}

impl Source {
    fn open(dir: &Path, size: u64) -> Result<Self, StoreFault> {
        let connection = sqlite::open_to_read(&dir.join("record.db"))?;
        connection.execute_batch("BEGIN")?;
        let keys = Keys::open_to_read(dir)?;
        keys.hold()?;
        Ok(Self { connection, keys, size })
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

    fn events(&self, stream: Stream) -> Result<Vec<Recorded>, StoreFault> {
        let sql = "SELECT idx, salt, body FROM event WHERE stream = $1 AND idx < $2 ORDER BY n";
        let mut statement = prepare(&self.connection, sql)?;
        let mut rows = statement.query((stream.to_string(), self.size))?;
        let mut events = vec![];
        while let Some(row) = rows.next()? {
            events.push(load::recorded(&self.connection, &self.keys, &EventRow::read(row)?)?);
        }
        Ok(events)
    }
}

/// All streams, and what matters are placed and judged by: what all of it says in the end.
struct Work {
    streams: Vec<Stream>,
    organisation: Organisation,
    calendar: OfficeCalendar,
}

impl Work {
    fn of(source: &Source) -> Result<Self, StoreFault> {
        let streams = source.streams()?;
        let (mut of_organisation, mut calendar) = (vec![], OfficeCalendar::default());
        for stream in &streams {
            match stream {
                Stream::Unit(_) | Stream::Officer(_) => of_organisation.extend(source.events(*stream)?),
                Stream::Calendar(_) => calendar = fold(*stream, &source.events(*stream)?).unwrap_or_default(),
                Stream::Matter(_)
                | Stream::Document(_)
                | Stream::Meeting(_)
                | Stream::Person(_)
                | Stream::Household(_)
                | Stream::Ask(_)
                | Stream::Profile(_) => {}
            }
        }
        of_organisation.sort_by_key(|recorded| recorded.idx);
        let mut organisation = Organisation::default();
        for Recorded { stream, event, meta, .. } in &of_organisation {
            organisation.apply(*stream, event, meta);
        }
        Ok(Self { streams, organisation, calendar })
    }

    /// Makes what the `nth` thread has to make, and hands it over as long as anybody takes it.
    fn fold(
        &self,
        nth: usize,
        source: &Source,
        made: &SyncSender<Vec<Made>>,
        given_back: &Receiver<Vec<Made>>,
    ) -> Result<(), StoreFault> {
        for streams in self.streams.chunks(TOGETHER).skip(nth).step_by(FOLDING) {
            let mut together = vec![];
            for stream in streams {
                together.extend(self.made(*stream, &source.events(*stream)?)?);
            }
            given_back.try_iter().for_each(drop);
            if made.send(together).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// None of a stream without events.
    fn made(&self, stream: Stream, events: &[Recorded]) -> Result<Option<Made>, StoreFault> {
        let Some(last) = events.last() else { return Ok(None) };
        let head = (last.meta.n, last.meta.at.as_microsecond());
        let notes: Vec<Vec<Note>> = events.iter().map(notes).collect::<Result<_, _>>()?;
        let rows = match stream {
            Stream::Matter(_) => {
                let rows = fold::<Matter>(stream, events).map(|matter| {
                    let history = || Ok(Cow::Borrowed(events));
                    MatterRows::of(&matter, head.1, history, (&self.organisation, &self.calendar))
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
        let notes = notes.into_iter().flatten().collect();
        Ok(Some(Made { stream, head, notes, rows: rows.unwrap_or(MadeRows::None) }))
    }
}

fn fold<T: Fold>(stream: Stream, events: &[Recorded]) -> Option<T> {
    let (first, rest) = events.split_first()?;
    let mut thing = T::begin(stream, &first.event, &first.meta)?;
    rest.iter().for_each(|recorded| thing.apply(&recorded.event, &recorded.meta));
    Some(thing)
}
