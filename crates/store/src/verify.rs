//! `verify`: a folder or a served log against itself and against checkpoints kept elsewhere. Writes nothing.

mod rest;
mod sound;
mod tiles;

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use ledger::document::DocumentEvent;
use ledger::event::{Event, Part};
use ledger::id::{EvidenceId, Holder, Stream};
use ledger::matter::MatterEvent;
use ledger::organisation::OfficerEvent;
use rusqlite::Connection;
use tlog::{Checkpoint, Frontier, Tile, TilePath, Tree, Verifier, leaf_hash, parse_bundle};

use crate::blob::BlobReader;
use crate::body::{Body, commitment, entry};
use crate::error::{OpenError, StoreFault};
use crate::holder;
use crate::keys::Keys;
use crate::lineage::{self, Continuation, Lineage};
use crate::load::{self, EventRow};
use crate::lock::ErasureLock;
use crate::outside::{self, Disowned, Held, Seen};
use crate::settings::Settings;
use crate::{check_durable, check_version, project, schema, seal, sqlite};

use rest::Rest;
use tiles::Tiles;

/// What `verify` found in order.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Verified {
    /// Events.
    pub events: u64,
    /// Parts that opened to what their bodies say.
    pub parts: u64,
    /// Parts that a later event erased.
    pub erased: u64,
    /// Files of evidence that have their hash.
    pub blobs: u64,
    /// Events that the last checkpoint covers; the rest is the unsigned tail.
    pub signed: u64,
    /// The checkpoints given, if any were.
    pub old: Option<Old>,
    /// The logs that this one continues, oldest first.
    pub continues: Vec<Continuation>,
    /// The log's public key.
    pub vkey: String,
}

impl Verified {
    /// Events after the last checkpoint.
    pub fn unsigned_tail(&self) -> u64 {
        self.events - self.signed
    }
}

/// Checkpoints kept elsewhere that belong to what was verified.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Old {
    /// How many there are.
    pub count: u64,
    /// The greatest size among them that the record has.
    pub size: u64,
    /// Names of other logs that have checkpoints beside them, the first few.
    pub others: Vec<String>,
}

/// The first thing that does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The event.
    pub idx: Option<u64>,
    /// Its part.
    pub pos: Option<u16>,
    /// What.
    pub what: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.idx, self.pos) {
            (Some(idx), Some(pos)) => write!(f, "event {idx}, part {pos}: {}", self.what),
            (Some(idx), None) => write!(f, "event {idx}: {}", self.what),
            (None, _) => f.write_str(&self.what),
        }
    }
}

/// Why `verify` does not say yes.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Something does not hold.
    #[error("{0}")]
    Failed(Failure),
    /// The folder or the log could not be read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A file of the log could not be fetched.
    #[error("{path}: {why}")]
    Fetch {
        /// Which.
        path: String,
        /// Why.
        why: String,
    },
}

impl From<StoreFault> for VerifyError {
    fn from(fault: StoreFault) -> Self {
        match fault {
            StoreFault::Corrupt { idx, what } => failed(Some(idx), None, what),
            fault => VerifyError::Open(fault.into()),
        }
    }
}

impl From<rusqlite::Error> for VerifyError {
    fn from(error: rusqlite::Error) -> Self {
        StoreFault::from(error).into()
    }
}

fn failed(idx: Option<u64>, pos: Option<u16>, what: impl Into<String>) -> VerifyError {
    VerifyError::Failed(Failure { idx, pos, what: what.into() })
}

/// The public key of the log in `dir`.
pub fn folder_vkey(dir: &Path) -> Result<String, OpenError> {
    let settings = Settings::read(dir)?;
    let (signer, _) = lineage::key(&settings.origin, &*Keys::open_to_read(dir)?.log_seed()?)?;
    Ok(signer.vkey())
}

/// Verifies the record in `dir`: bodies, leaves, root, signatures, versions, instants, commands, parts, erasures,
/// evidence, projections, keys, and the file itself; and that its history is the one of every checkpoint in `old`, kept elsewhere. `hashes_only` leaves out everything
/// that needs a key. May run beside a server; an erasure waits for it.
pub fn verify_folder(dir: &Path, old: Option<&str>, hashes_only: bool) -> Result<Verified, VerifyError> {
    let settings = Settings::read(dir)?;
    let path = crate::record_in(dir)?;
    // An erasure meanwhile would take keys away between one look and the next.
    let _no_erasure = ErasureLock::shared(dir)?;
    let connection = sqlite::open_to_read(&path)?;
    // Hashes are of what lasts, whichever version made the projections.
    if hashes_only { check_durable(&connection).map(drop) } else { check_version(&connection) }?;
    connection.execute_batch("BEGIN")?;
    let keys = Keys::open_to_read(dir)?;
    let seed = keys.log_seed()?;
    let (signer, _) = lineage::key(&settings.origin, &seed)?;
    let lineage = Lineage::read(dir, &settings.origin, &seed)?;
    let walk = || {
        let mut walk = Walk::new(dir, &connection, &keys, hashes_only);
        walk.tree = old.map(|_| Tree::default());
        walk.run(&signed_checkpoints(&connection, &lineage)?)?;
        let Walk { mut verified, tree, .. } = walk;
        if let (Some(old), Some(tree)) = (old, tree) {
            verified.old = Some(check_old(old, &lineage, &tree)?);
        }
        if !hashes_only {
            sound::check_file(&connection)?;
            sound::check_keys(&connection, &keys)?;
        }
        Ok(verified)
    };
    let verified = if hashes_only {
        walk()
    } else {
        // Two looks at the same record; where both find something, what the walk found says where.
        std::thread::scope(|scope| {
            let projections = scope.spawn(|| check_projections(dir));
            let verified = walk();
            let projections = projections.join().unwrap_or_else(|_| Err(StoreFault::Panicked.into()));
            let verified: Verified = verified?;
            projections.map(|()| verified)
        })
    }?;
    let continues = lineage.earlier.into_iter().map(|(_, continuation)| continuation).collect();
    Ok(Verified { vkey: signer.vkey(), continues, ..verified })
}

/// Holds every checkpoint given against the tree.
fn check_old(old: &str, lineage: &Lineage, tree: &Tree) -> Result<Old, VerifyError> {
    let root = |size| tree.root(size);
    let held = Held { lineage, size: tree.size(), root: &root, is_strict: true };
    match outside::compare(old.as_bytes(), &held)? {
        Ok(Seen { own: 0, .. }) => Err(failed(None, None, "the checkpoint given holds no note")),
        Ok(seen) => Ok(Old { count: seen.own, size: seen.newest, others: seen.others.into_iter().collect() }),
        Err(Disowned::Another { size }) => {
            let what = format!(
                "the history is not the one of the checkpoint given, which covers {size} events: somebody keeps two \
                 records of one name"
            );
            Err(failed(size.checked_sub(1), None, what))
        }
        Err(Disowned::NotSigned { size }) => {
            let what =
                format!("the checkpoint given, over {size} events, is not signed by this log: its key is another");
            Err(failed(None, None, what))
        }
        Err(Disowned::Beyond { shown, has }) => {
            let what = format!("the checkpoint given covers {shown} events, and there are {has}");
            Err(failed(None, None, what))
        }
        Err(disowned @ (Disowned::LeftBehind { .. } | Disowned::WentOn { .. } | Disowned::Foreign { .. })) => {
            Err(failed(None, None, format!("the checkpoints given: {disowned}")))
        }
    }
}

fn signed_checkpoints(connection: &Connection, lineage: &Lineage) -> Result<Vec<Checkpoint>, VerifyError> {
    let mut statement = connection.prepare("SELECT size, note FROM checkpoint ORDER BY size")?;
    let notes: Vec<(u64, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let open = |(size, note): &(u64, String)| match lineage.open(note) {
        Some(checkpoint) if checkpoint.size == *size => Ok(checkpoint),
        Some(_) => Err(failed(None, None, format!("the row of the checkpoint over {size} events holds another"))),
        None => Err(failed(None, None, format!("a checkpoint is not signed by this log: the one over {size} events"))),
    };
    notes.iter().map(open).collect()
}

/// One pass over every event.
struct Walk<'a> {
    dir: &'a Path,
    connection: &'a Connection,
    keys: &'a Keys,
    hashes_only: bool,
    frontier: Frontier,
    /// Only where checkpoints are to be compared.
    tree: Option<Tree>,
    versions: HashMap<String, u64>,
    last_at: i64,
    /// Parts that did not open, until a later event says that they were erased.
    missing: BTreeSet<(u64, u16)>,
    verified: Verified,
}

impl<'a> Walk<'a> {
    fn new(dir: &'a Path, connection: &'a Connection, keys: &'a Keys, hashes_only: bool) -> Self {
        let (frontier, tree, versions, missing) = Default::default();
        let (last_at, verified) = (i64::MIN, Verified::default());
        Self { dir, connection, keys, hashes_only, frontier, tree, versions, last_at, missing, verified }
    }

    fn run(&mut self, checkpoints: &[Checkpoint]) -> Result<(), VerifyError> {
        let sql = "SELECT e.idx, e.salt, e.body, e.stream, e.n, l.entry, e.id \
                   FROM event e LEFT JOIN leaf l ON l.idx = e.idx ORDER BY e.idx";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut checkpoints = checkpoints.iter().peekable();
        let mut rest = Rest::new(self.connection)?;
        while let Some(empty) = checkpoints.next_if(|checkpoint| checkpoint.size == 0) {
            if empty.root != tlog::EMPTY_ROOT {
                return Err(failed(None, None, "a checkpoint of an empty log has a root"));
            }
        }
        while let Some(row) = rows.next()? {
            let event = EventRow::read(row)?;
            let (stream, n): (String, u64) = (row.get(3)?, row.get(4)?);
            let (leaf, id): (Option<Vec<u8>>, [u8; 16]) = (row.get(5)?, row.get(6)?);
            let body = self.check_hashes(&event, (stream, n, id), leaf)?;
            rest.check(event.idx, &body)?;
            if !self.hashes_only {
                self.check_parts(&event, body)?;
            }
            let size = self.frontier.size();
            while let Some(checkpoint) = checkpoints.next_if(|checkpoint| checkpoint.size == size) {
                if checkpoint.root != self.frontier.root() {
                    let what = format!("the checkpoint over {size} events has another root");
                    return Err(failed(Some(size - 1), None, what));
                }
                self.verified.signed = size;
            }
        }
        self.verified.events = self.frontier.size();
        if let Some(beyond) = checkpoints.next() {
            let what = format!(
                "a checkpoint of its own covers {} events, and there are {}",
                beyond.size,
                self.frontier.size()
            );
            return Err(failed(None, None, what));
        }
        rest.end(self.connection, self.frontier.size())?;
        self.check_head()?;
        match self.missing.first() {
            Some((idx, pos)) => Err(failed(Some(*idx), Some(*pos), "is gone, and no later event erased it")),
            None => Ok(()),
        }
    }

    fn check_hashes(
        &mut self,
        event: &EventRow,
        (stream, n, id): (String, u64, [u8; 16]),
        leaf: Option<Vec<u8>>,
    ) -> Result<Body, VerifyError> {
        let idx = event.idx;
        let fail = |what: &str| failed(Some(idx), None, what);
        if idx != self.frontier.size() {
            return Err(failed(Some(self.frontier.size()), None, "is missing"));
        }
        let body = event.body()?;
        if body.stream.to_string() != stream || body.n != n || *body.id.0.as_bytes() != id {
            return Err(fail("its row and its body say different things"));
        }
        let version = self.versions.entry(stream).or_insert(0);
        *version += 1;
        if n != *version {
            return Err(fail("its stream has a gap before it"));
        }
        if body.at <= self.last_at {
            return Err(fail("its instant does not come after that of the event before it"));
        }
        self.last_at = body.at;
        let entry = entry(&event.salt, &event.bytes);
        if leaf.as_deref() != Some(&entry) {
            return Err(fail("its leaf is not that of its body"));
        }
        let leaf = leaf_hash(&entry);
        self.frontier.push(leaf);
        if let Some(tree) = &mut self.tree {
            tree.push(leaf);
        }
        Ok(body)
    }

    fn check_parts(&mut self, event: &EventRow, body: Body) -> Result<(), VerifyError> {
        let idx = event.idx;
        let mut parts = vec![];
        for (pos, committed) in (0u16..).zip(&body.sealed) {
            match load::salted(self.connection, self.keys, idx, pos, &body)? {
                None => {
                    self.missing.insert((idx, pos));
                    parts.push(Part::Erased);
                }
                Some((holder, salted)) => {
                    if commitment(&salted) != *committed {
                        return Err(failed(Some(idx), Some(pos), "is not what the body says"));
                    }
                    self.verified.parts += 1;
                    let value = serde_json::from_slice(&salted[seal::SALT_BYTES..]);
                    let value = value.map_err(|_| failed(Some(idx), Some(pos), "is no object"))?;
                    parts.push(Part::Open(holder, value));
                }
            }
        }
        let stream = body.stream;
        match load::decoded(idx, body, parts)?.event {
            Event::Officer(OfficerEvent::Erased { parts, .. }) => {
                for place in parts {
                    if self.missing.remove(&place) {
                        self.verified.erased += 1;
                    }
                    if self.is_there(place)? {
                        let what = format!("event {idx} erased it, and it is there: the next start takes it away");
                        return Err(failed(Some(place.0), Some(place.1), what));
                    }
                }
            }
            Event::Matter(MatterEvent::EvidenceAdded { evidence, ref text, .. }) => {
                if let (Stream::Matter(matter), Some(text)) = (stream, text.open()) {
                    self.check_file(idx, Holder::Matter(matter), evidence, text.sha256.as_str())?;
                }
            }
            Event::Document(DocumentEvent::Ingested { kept: Some(kept), ref text, .. }) => {
                if let (Stream::Document(document), Some(text)) = (stream, text.open()) {
                    self.check_file(idx, Holder::Document(document), kept.file, &text.sha256)?;
                }
            }
            Event::Matter(_)
            | Event::Officer(_)
            | Event::Document(_)
            | Event::Meeting(_)
            | Event::Unit(_)
            | Event::Ask(_)
            | Event::Calendar(_)
            | Event::Profile(_) => {}
        }
        Ok(())
    }

    /// Whether the file that an event names lies there, and is the one that it names.
    fn check_file(&mut self, idx: u64, holder: Holder, file: EvidenceId, sha256: &str) -> Result<(), VerifyError> {
        let key = holder::find(self.connection, self.keys, &holder)?;
        let file = key.map_or(Ok(None), |key| BlobReader::open(self.dir, &key, file))?;
        let Some(file) = file else { return Err(failed(Some(idx), None, "its file of evidence is missing")) };
        let hash = file.sha256().map_err(|_| failed(Some(idx), None, "its file of evidence was changed"))?;
        if hash != sha256 {
            return Err(failed(Some(idx), None, "its file of evidence is another"));
        }
        self.verified.blobs += 1;
        Ok(())
    }

    fn is_there(&self, place: (u64, u16)) -> Result<bool, VerifyError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM part WHERE idx = ?1 AND pos = ?2)";
        Ok(self.connection.prepare_cached(sql)?.query_row(place, |row| row.get(0))?)
    }

    fn check_head(&self) -> Result<(), VerifyError> {
        let (size, edge): (u64, Vec<u8>) =
            self.connection.query_row("SELECT size, frontier FROM head", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        match Frontier::from_bytes(size, &edge) {
            Some(head) if head == self.frontier => Ok(()),
            Some(_) | None => Err(failed(None, None, "the head of the log is not that of its events")),
        }
    }
}

/// Makes the projections again, in memory, and compares.
fn check_projections(dir: &Path) -> Result<(), VerifyError> {
    let connection = sqlite::open_to_read(&dir.join("record.db"))?;
    connection.execute_batch("BEGIN")?;
    let rebuilt = Connection::open_in_memory()?;
    sqlite::configure(&rebuilt)?;
    for definitions in [schema::PROJECTIONS, schema::UNSEARCHED] {
        rebuilt.execute_batch(&sqlite::definitions(definitions))?;
    }
    // Both see the same events: a server may go on writing meanwhile.
    let size: u64 = connection.query_row("SELECT size FROM head", [], |row| row.get(0))?;
    // One transaction: by themselves, a million rows would each be journalled.
    rebuilt.execute_batch("BEGIN")?;
    project::fill(&rebuilt, dir, size)?;
    rebuilt.execute_batch("COMMIT")?;
    if project::digest(&rebuilt)? == project::digest(&connection)? {
        return Ok(());
    }
    Err(failed(None, None, "the projections are not those that the events make"))
}

/// Verifies a served log: its checkpoint under `vkey`, all its entries and tiles against the root, and that its history
/// begins with that of `old`. `fetch` gives the bytes of a path below `/log/`.
pub fn verify_log(
    vkey: &str,
    old: Option<&str>,
    mut fetch: impl FnMut(&str) -> Result<Vec<u8>, String>,
) -> Result<Verified, VerifyError> {
    let verifier = Verifier::parse(vkey.trim()).map_err(|_| failed(None, None, "the public key is malformed"))?;
    let mut get = |path: &str| fetch(path).map_err(|why| VerifyError::Fetch { path: path.to_owned(), why });
    let note = String::from_utf8(get("checkpoint")?).map_err(|_| failed(None, None, "the checkpoint is no text"))?;
    let latest = Checkpoint::open(&note, &verifier)
        .map_err(|error| failed(None, None, format!("the checkpoint is not signed under this key: {error}")))?;
    let mut frontier = Frontier::default();
    let mut tree = old.map(|_| Tree::default());
    let mut tiles = Tiles::default();
    while frontier.size() < latest.size {
        let index = frontier.size() / 256;
        let width = u16::try_from((latest.size - frontier.size()).min(256)).unwrap_or(256);
        let path = TilePath::Entries(Tile { level: 0, index, width }).to_string();
        let bytes = get(&path)?;
        let entries = parse_bundle(&bytes).map_err(|error| failed(Some(frontier.size()), None, error.to_string()))?;
        if entries.len() != usize::from(width) {
            return Err(failed(Some(frontier.size()), None, "a bundle of entries has another length"));
        }
        for entry in entries {
            let leaf = leaf_hash(entry);
            frontier.push(leaf);
            tiles.push(leaf, &mut get)?;
            if let Some(tree) = &mut tree {
                tree.push(leaf);
            }
        }
    }
    tiles.end(&mut get)?;
    if frontier.root() != latest.root {
        return Err(failed(None, None, "the entries do not lead to the checkpoint's root"));
    }
    let old = match (old, &tree) {
        (Some(old), Some(tree)) => Some(check_old(old, &Lineage::of(verifier), tree)?),
        (Some(_), None) | (None, _) => None,
    };
    let events = latest.size;
    Ok(Verified { events, signed: events, old, vkey: vkey.trim().to_owned(), ..Verified::default() })
}
