//! The record: events, sealed parts, leaves and projections in one SQLite file; keys in another; and everything that
//! proves it. The only SQL of the house stands here.
//!
//! `Store::change` is the one way to write, `Store::read` the one way to look. A `Store` owns one folder and one
//! origin; nothing is global.

pub mod access;
mod append;
mod backup;
mod blob;
mod body;
mod checkpoint;
mod chunks;
mod doctor;
mod drafts;
mod erase;
mod error;
mod holder;
mod keys;
mod lane;
mod lineage;
mod load;
mod lock;
mod log;
mod outside;
mod project;
mod proof;
mod read;
mod restore;
mod schema;
mod scratch;
mod seal;
mod search;
mod settings;
mod sqlite;
mod tree;
mod verify;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ledger::event::Event;
use ledger::id::Stream;
use rusqlite::Connection;
use tlog::{Hash, Signer};

pub use append::{Answer, Appended, Command};
pub use backup::{Archives, backup};
pub use blob::{BlobReader, BlobWriter, StoredBlob};
pub use body::{Body, commitment, entry};
pub use doctor::{Finding, Health, doctor, newest_at};
pub use drafts::{DRAFT_LIFE, DRAFTS_MAX, Draft, DraftLine};
pub use error::{ChangeError, OpenError, Stop, StoreFault};
pub use lineage::Continuation;
pub use load::Recorded;
pub use log::{LogFile, LogSize};
pub use outside::Disowned;
pub use proof::{Disclosure, ProofError, Proven, Signed, verify_proof};
pub use read::{
    Among, Count, Cursor, DocumentFound, DocumentLine, LeadCounts, MatterFilter, MatterLine, MatterPage, MeetingLine,
    NoticeLine, PublishedCounts, PublishedEvent, PublishedFilter, PublishedLine, Read, Side, Sort, Standing,
    Unpublished,
};
pub use restore::{Outside, RestoreError, Restored, Restoring, restore};
pub use scratch::{Scratch, ScratchReader};
pub use settings::{PublicUrl, Settings};
pub use verify::{Failure, Old, Verified, VerifyError, folder_vkey, verify_folder, verify_log};

use access::{Clock, Random};
use append::{Change, Order, Writer};
use drafts::Drafts;
use keys::Keys;
use lane::Lane;
use lineage::Lineage;
use lock::FolderLock;
use read::{Folds, Kept};
use tree::{LogTree, read_tree};

/// At most so many readers at once; the next one waits.
const READERS_MAX: usize = 8;
/// At most so many of them read at length; the others are left to those who want a page.
const AT_LENGTH_MAX: usize = 2;
/// So long after a commit a checkpoint is signed, so that a burst shares one.
const CHECKPOINT_DELAY: Duration = Duration::from_millis(500);

/// A checkpoint that could not be signed is tried again at least so often.
const CHECKPOINT_RETRY_MAX: Duration = Duration::from_secs(30);

/// A record, open for reading and writing. Clones share it; the last one dropped closes it.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
    hands: Arc<Hands>,
}

/// What readers and the writer share.
pub(crate) struct Inner {
    pub(crate) dir: PathBuf,
    pub(crate) settings: Settings,
    pub(crate) zone: TimeZone,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) keys: Keys,
    pub(crate) drafts: Drafts,
    pub(crate) signer: Signer,
    pub(crate) lineage: Lineage,
    tree: RwLock<LogTree>,
    /// How many erasures this process has seen; readers let go of what they folded before.
    erasures: AtomicU64,
    /// What readers have folded.
    folded: Arc<Mutex<Kept>>,
    readers: Mutex<Readers>,
    reader_back: Condvar,
    at_length: Lane,
    signing: Mutex<()>,
}

#[derive(Default)]
struct Readers {
    idle: Vec<Reader>,
    busy: usize,
}

struct Reader {
    connection: Connection,
    folds: Folds,
}

/// The threads, and the lock on the folder; gone with the last `Store`.
struct Hands {
    orders: Sender<Order>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    stop: Mutex<Option<Sender<()>>>,
    _lock: FolderLock,
}

impl Inner {
    /// Takes committed leaves into the tree.
    pub(crate) fn grow(&self, leaves: &[Hash]) {
        let mut tree = self.tree.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        leaves.iter().for_each(|leaf| tree.push(*leaf));
    }

    /// Lets go of leaves that a signed checkpoint covers.
    pub(crate) fn signed(&self, size: u64) {
        self.tree.write().unwrap_or_else(|poisoned| poisoned.into_inner()).signed(size);
    }

    pub(crate) fn with_tree<T>(&self, work: impl FnOnce(&LogTree) -> T) -> T {
        work(&self.tree.read().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }

    pub(crate) fn erased(&self) {
        self.erasures.fetch_add(1, Ordering::SeqCst);
    }

    fn reader(&self) -> Result<Reader, StoreFault> {
        let mut readers = self.readers.lock().map_err(|_| StoreFault::Panicked)?;
        loop {
            if let Some(reader) = readers.idle.pop() {
                readers.busy += 1;
                return Ok(reader);
            }
            if readers.busy < READERS_MAX {
                let connection = sqlite::open_to_read(&self.dir.join("record.db"))?;
                readers.busy += 1;
                return Ok(Reader { connection, folds: Folds::of(self.folded.clone()) });
            }
            readers = self.reader_back.wait(readers).map_err(|_| StoreFault::Panicked)?;
        }
    }

    /// A reader comes back; one whose work panicked does not, and its connection closes.
    fn give_back(&self, reader: Option<Reader>) {
        let mut readers = self.readers.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        readers.busy -= 1;
        readers.idle.extend(reader);
        self.reader_back.notify_one();
    }
}

impl Store {
    /// Makes a record in `dir`, which is made too if it is missing. Errors: `Taken` where there is one.
    pub fn create(dir: &Path, settings: &Settings, random: &Random) -> Result<(), OpenError> {
        let made = ["settings.json", "record.db", "record.db-wal", "keys.db", "keys.db-wal", "keys/kek"];
        let is_taken = || made.iter().any(|name| dir.join(name).exists());
        if is_taken() {
            return Err(OpenError::Taken);
        }
        // Nothing is made before everything was tried: what is decided here never changes.
        settings.check()?;
        settings.check_outside(dir)?;
        keys::make_folder(dir)?;
        let _lock = FolderLock::take(dir)?;
        // Somebody else may have made it while this one waited; what is taken away below is this one's own.
        if is_taken() {
            return Err(OpenError::Taken);
        }
        let make = || {
            Keys::create(dir, random.clone())?;
            make_record(dir)?;
            keys::make_folder(&dir.join("blobs"))?;
            // The settings come last: a folder without them has no record yet.
            settings.write(dir)
        };
        make().map_err(|fault| {
            // None of it was here before, and nobody was told of it: once there is space it is made again.
            made.iter().for_each(|name| drop(std::fs::remove_file(dir.join(name))));
            fault.into()
        })
    }

    /// Opens the record in `dir`. Finishes erasures that a crash cut short, and refuses where a checkpoint kept
    /// outside shows another history. Errors: `Missing`, `Locked`, `Newer`, `Older`, `Settings`, or a fault.
    pub fn open(dir: &Path, clock: Clock, random: Random) -> Result<Self, OpenError> {
        let settings = Settings::read(dir)?;
        let lock = FolderLock::take(dir)?;
        let connection = sqlite::open_to_write(&record_in(dir)?)?;
        check_version(&connection)?;
        let keys = Keys::open(dir, random.clone())?;
        let seed = keys.log_seed()?;
        let (signer, _) = lineage::key(&settings.origin, &seed)?;
        let lineage = Lineage::read(dir, &settings.origin, &seed)?;
        let tree = read_tree(&connection)?;
        log::check_own(&connection, &lineage, |size| tree.root(size))?;
        let outside = log::check_outside(&settings, &lineage, &tree, &connection);
        let signed = checkpoint::latest(&connection)?.map_or(0, |(size, _)| size);
        let inner = Arc::new(Inner {
            dir: dir.to_owned(),
            zone: settings.zone()?,
            settings,
            clock,
            random,
            keys,
            drafts: Drafts::open(dir)?,
            signer,
            lineage,
            tree: RwLock::new(LogTree::of(tree, signed)),
            erasures: AtomicU64::new(0),
            folded: Kept::shared(),
            readers: Mutex::default(),
            reader_back: Condvar::new(),
            at_length: Lane::new(AT_LENGTH_MAX),
            signing: Mutex::new(()),
        });
        erase::finish_on_start(&inner, &connection)?;
        outside?;
        blob::sweep(&inner, &connection)?;
        let (orders, waiting) = mpsc::channel();
        let (committed, commits) = mpsc::channel();
        let writer = Writer::new(inner.clone(), connection, committed)?;
        let (stop, stopped) = mpsc::channel();
        let hands = Hands { orders, threads: Mutex::default(), stop: Mutex::new(Some(stop)), _lock: lock };
        let store = Self { inner: inner.clone(), hands: Arc::new(hands) };
        store.spawn("writer", move || writer.run(&waiting))?;
        let orders = store.hands.orders.clone();
        store.spawn("checkpoints", move || sign_after_commits(&inner, &orders, &commits, &stopped))?;
        store.checkpoint_now()?;
        Ok(store)
    }

    /// What the office decided once.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.inner.dir
    }

    /// The log's public key, as C2SP `signed-note` writes it.
    pub fn vkey(&self) -> String {
        self.inner.signer.vkey()
    }

    /// The one way to write. `work` is pure but for `read`, runs under the head lock, and may be run again. Blocks
    /// until what it decided is on stable storage; an `Ok` is never lost.
    pub fn change(
        &self,
        command: Command,
        work: impl FnMut(&mut Read<'_>) -> Result<Vec<(Stream, Event)>, Stop> + Send + 'static,
    ) -> Result<Answer, ChangeError> {
        let (answer, answered) = mpsc::sync_channel(1);
        let order = Order::Change(Change { command, work: Box::new(work), answer });
        self.hands.orders.send(order).map_err(|_| StoreFault::Closed)?;
        answered.recv().map_err(|_| StoreFault::Closed)?
    }

    /// One consistent state, for as long as `work` runs.
    pub fn read<T, E: From<StoreFault>>(&self, work: impl FnOnce(&mut Read<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut lent = Lent { inner: &self.inner, reader: Some(self.inner.reader()?) };
        let now = (self.inner.clock)();
        let today = now.to_zoned_datetime(self.inner.zone.clone()).date();
        let Some(reader) = &mut lent.reader else { return Err(StoreFault::Closed.into()) };
        // Counted before the state is taken, so that no state that knows less of erasures passes for one that knows more.
        let erasures = self.inner.erasures.load(Ordering::SeqCst);
        reader.connection.execute_batch("BEGIN").map_err(StoreFault::from)?;
        reader.folds.begin(erasures);
        let outcome = work(&mut Read {
            connection: &reader.connection,
            keys: &self.inner.keys,
            folds: &mut reader.folds,
            random: &self.inner.random,
            now,
            today,
            seen: BTreeMap::new(),
            drawn: BTreeMap::new(),
            seen_as: None,
        });
        reader.connection.execute_batch("COMMIT").map_err(StoreFault::from)?;
        lent.give_back();
        outcome
    }

    /// As `read`, for who reads much, as an export does: he waits for others who do, and not they who want a page for him.
    pub fn read_at_length<T, E: From<StoreFault>>(
        &self,
        work: impl FnOnce(&mut Read<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _turn = self.inner.at_length.enter();
        self.read(work)
    }

    /// Signs a checkpoint over everything committed, if the last one covers less. What follows a commit does this by
    /// itself within a second.
    pub fn checkpoint_now(&self) -> Result<(), StoreFault> {
        log::checkpoint(&self.inner, &self.hands.orders)
    }

    /// When the newest event was committed; none before the first. Time in the log does not run back, so what is committed
    /// while the clock says less gets the instant after this one.
    pub fn last_at(&self) -> Result<Option<Timestamp>, StoreFault> {
        self.read(|read| append::last_at(read.connection))
    }

    /// SHA-256 over every projection.
    pub fn digest(&self) -> Result<[u8; 32], StoreFault> {
        self.read(|read| project::digest(read.connection))
    }

    /// Makes every projection again from the events, in one transaction.
    pub fn rebuild(&self) -> Result<(), StoreFault> {
        self.between(|writer| {
            let rebuilt = rebuild(&writer.connection, &writer.inner.dir);
            writer.folds.clear();
            rebuilt
        })
    }

    /// Runs `work` on the writer's thread, between two batches.
    pub(crate) fn between<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Writer) -> Result<T, StoreFault> + Send + 'static,
    ) -> Result<T, StoreFault> {
        between(&self.hands.orders, work)
    }

    fn spawn(&self, name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), StoreFault> {
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(work).map_err(StoreFault::file(name))?;
        self.hands.threads.lock().map_err(|_| StoreFault::Panicked)?.push(thread);
        Ok(())
    }
}

pub(crate) fn between<T: Send + 'static>(
    orders: &Sender<Order>,
    work: impl FnOnce(&mut Writer) -> Result<T, StoreFault> + Send + 'static,
) -> Result<T, StoreFault> {
    let (answer, answered) = mpsc::sync_channel(1);
    let work = move |writer: &mut Writer| {
        let _ = answer.send(work(writer));
    };
    orders.send(Order::Between(Box::new(work))).map_err(|_| StoreFault::Closed)?;
    // The order was taken, so no answer means that the work panicked.
    answered.recv().map_err(|_| StoreFault::Panicked)?
}

impl Drop for Hands {
    fn drop(&mut self) {
        // The checkpoints end first: their thread gives the writer a last order.
        if let Ok(mut stop) = self.stop.lock() {
            stop.take();
        }
        let threads = self.threads.get_mut().map(std::mem::take).unwrap_or_default();
        let mut threads = threads.into_iter().rev();
        if let Some(checkpoints) = threads.next() {
            let _ = checkpoints.join();
        }
        let _ = self.orders.send(Order::Stop);
        for thread in threads {
            let _ = thread.join();
        }
    }
}

/// A reader on loan; it goes back however the work ends.
struct Lent<'a> {
    inner: &'a Inner,
    reader: Option<Reader>,
}

impl Lent<'_> {
    fn give_back(mut self) {
        let reader = self.reader.take();
        self.inner.give_back(reader);
        std::mem::forget(self);
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        // The work panicked or the transaction failed: this connection is not used again.
        self.reader.take();
        self.inner.give_back(None);
    }
}

/// Signs what was committed. What could not be signed is tried again, less and less often, also if nothing more is
/// committed meanwhile.
fn sign_after_commits(inner: &Inner, orders: &Sender<Order>, commits: &Receiver<()>, stopped: &Receiver<()>) {
    use mpsc::RecvTimeoutError::{Disconnected, Timeout};
    let (mut is_owed, mut pause) = (false, CHECKPOINT_DELAY);
    loop {
        let is_last = match stopped.recv_timeout(pause) {
            Err(Timeout) => false,
            Ok(()) | Err(Disconnected) => true,
        };
        is_owed |= commits.try_iter().count() > 0;
        if is_owed || is_last {
            match log::checkpoint(inner, orders) {
                Ok(()) => (is_owed, pause) = (false, CHECKPOINT_DELAY),
                Err(fault) => {
                    pause = (pause * 2).min(CHECKPOINT_RETRY_MAX);
                    tracing::error!(fault = fault.to_string(), "no checkpoint was signed; it will be tried again");
                }
            }
        }
        if is_last {
            return;
        }
    }
}

/// Makes `record.db` with its tables.
pub(crate) fn make_record(dir: &Path) -> Result<(), StoreFault> {
    let path = dir.join("record.db");
    let connection = sqlite::open_to_write(&path)?;
    keys::private(&path)?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    for definitions in schema::RECORD {
        connection.execute_batch(&sqlite::definitions(definitions))?;
    }
    connection.pragma_update(None, "user_version", schema::VERSION)?;
    connection.execute_batch("COMMIT")?;
    Ok(())
}

/// Errors: `Newer` if the tables are of a version this one does not know, `Older` if only their durable part is known.
pub(crate) fn check_version(connection: &Connection) -> Result<(), OpenError> {
    let (found, known) = (check_durable(connection)?, schema::VERSION);
    if found < known { Err(OpenError::Older { found, known }) } else { Ok(()) }
}

/// The version of the tables, of which at least the durable part is known. Errors: `Newer`.
pub(crate) fn check_durable(connection: &Connection) -> Result<i64, OpenError> {
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match found {
        schema::OLDEST..=schema::VERSION => Ok(found),
        newer if newer > schema::VERSION => Err(OpenError::Newer { found, known: schema::VERSION }),
        _none => Err(StoreFault::Malformed("record.db (it has no tables)").into()),
    }
}

/// The file of the record that lies in `dir`. Errors: `Missing`.
pub(crate) fn record_in(dir: &Path) -> Result<PathBuf, OpenError> {
    let path = dir.join("record.db");
    if path.exists() { Ok(path) } else { Err(OpenError::Missing) }
}

/// Makes the projections of a record that an older version wrote again, as this one has them. Whether there was need to.
/// Errors: `Missing`, `Locked`, `Newer`, or a fault; nothing is changed then.
pub fn renew(dir: &Path) -> Result<bool, OpenError> {
    let path = record_in(dir)?;
    let _lock = FolderLock::take(dir)?;
    let connection = sqlite::open_to_write(&path)?;
    if check_durable(&connection)? == schema::VERSION {
        return Ok(false);
    }
    rebuild(&connection, dir)?;
    Ok(true)
}

/// Makes every projection again in one transaction.
fn rebuild(connection: &Connection, dir: &Path) -> Result<(), StoreFault> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let rebuilt = project::rebuild(connection, dir);
    // A full disk takes the transaction back by itself, and what is told is why it was not rebuilt.
    match (&rebuilt, connection.is_autocommit()) {
        (Ok(()), _) => connection.execute_batch("COMMIT")?,
        (Err(_), false) => drop(connection.execute_batch("ROLLBACK")),
        (Err(_), true) => {}
    }
    rebuilt
}
