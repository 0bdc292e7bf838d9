//! Proof files: events of one stream with their paths to a signed checkpoint, checked without this record.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as B64;
use jiff::Timestamp;
use ledger::event::Event;
use ledger::id::{Holder, Stream};
use ledger::matter::{Matter, Shown};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tlog::{Checkpoint, Hash, Verifier, leaf_hash, verify_inclusion};

use crate::body::{Body, commitment, entry};
use crate::error::StoreFault;
use crate::load::{self, EventRow};
use crate::outside::Notes;
use crate::seal::SALT_BYTES;
use crate::sqlite::prepare;
use crate::tree::leaves;
use crate::{Store, checkpoint};

/// The greatest proof file that is read.
const PROOF_BYTES_MAX: usize = 64 << 20;
const FORMAT: &str = "luoshi/proof/v1";

/// For whom a proof is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Disclosure {
    /// For officers: every event, every text, no person's data.
    Office,
    /// For the public: the events and texts that were published.
    Public,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProofFile {
    format: String,
    checkpoint: String,
    stream: Stream,
    events: Vec<ProofEvent>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProofEvent {
    idx: u64,
    salt: String,
    body: String,
    path: Vec<String>,
    parts: Vec<ProofPart>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum ProofPart {
    Open { pos: u16, salt: String, value: String },
    Withheld { pos: u16, withheld: bool },
    Erased { pos: u16, erased: bool },
}

/// What a proof file shows.
#[derive(Clone, PartialEq, Debug)]
pub struct Proven {
    /// The checkpoint its events stand under.
    pub checkpoint: Checkpoint,
    /// Whose events they are.
    pub stream: Stream,
    /// The events, oldest first.
    pub events: Vec<ProvenEvent>,
}

/// An event that is shown to stand in the log.
#[derive(Clone, PartialEq, Debug)]
pub struct ProvenEvent {
    /// Its index in the log.
    pub idx: u64,
    /// When, and who.
    pub body: Body,
    /// What its parts say: the value, or none where it was withheld or erased.
    pub parts: Vec<Option<Value>>,
}

impl ProvenEvent {
    /// When it was committed.
    pub fn at(&self) -> Option<Timestamp> {
        self.body.meta().map(|meta| meta.at)
    }
}

/// Why a proof file shows nothing.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// It is no proof file.
    #[error("not a proof file: {0}")]
    Malformed(String),
    /// The public key given is malformed.
    #[error("the public key is malformed")]
    Key,
    /// The checkpoint is not signed by the key.
    #[error("the checkpoint is not signed under this key: {0}")]
    Checkpoint(#[from] tlog::CheckpointError),
    /// An event does not stand in the log.
    #[error("event {idx}: {what}")]
    Event {
        /// Its index, as the file says.
        idx: u64,
        /// What does not fit.
        what: &'static str,
    },
    /// The older checkpoint shows another history.
    #[error("the older checkpoint shows another history: {0}")]
    Old(&'static str),
}

/// A checkpoint that the log has signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signed {
    /// The note, as it was signed.
    pub note: String,
    /// Events under it.
    pub size: u64,
}

impl Store {
    /// The last checkpoint that was signed; none before the first.
    pub fn last_checkpoint(&self) -> Result<Option<Signed>, StoreFault> {
        let latest = self.read(|read| checkpoint::latest(read.connection))?;
        Ok(latest.map(|(size, note)| Signed { note, size }))
    }

    /// A proof of a matter's events under the last checkpoint. None where nothing of it is signed yet.
    pub fn proof(&self, matter: &Matter, disclosure: Disclosure) -> Result<Option<String>, StoreFault> {
        match self.last_checkpoint()? {
            Some(under) => self.proof_under(&under, matter, disclosure),
            None => Ok(None),
        }
    }

    /// A proof under a checkpoint of this log, so that many can stand under one. None where it covers nothing of the
    /// matter.
    pub fn proof_under(
        &self,
        under: &Signed,
        matter: &Matter,
        disclosure: Disclosure,
    ) -> Result<Option<String>, StoreFault> {
        let stream = Stream::Matter(matter.id);
        let root = self.inner.lineage.open(&under.note).ok_or(StoreFault::Malformed("a checkpoint of this log"))?.root;
        let rows = self.read(|read| {
            let sql = "SELECT idx, salt, body FROM event WHERE stream = $1 AND idx < $2 ORDER BY n";
            let mut statement = prepare(read.connection, sql)?;
            let rows = statement.query_map((stream.to_string(), under.size), EventRow::read)?;
            let rows: Vec<EventRow> = rows.collect::<Result<_, _>>()?;
            let mut events = vec![];
            for row in rows {
                let body = row.body()?;
                let recorded = load::recorded(read.connection, read.keys, &row)?;
                let shown = match (&recorded.event, disclosure) {
                    (_, Disclosure::Office) => Shown::Words,
                    (Event::Matter(event), Disclosure::Public) => matter.shows(event, recorded.meta.n),
                    (_, Disclosure::Public) => Shown::Nothing,
                };
                if shown == Shown::Nothing {
                    continue;
                }
                let mut parts = vec![];
                for pos in 0..u16::try_from(body.sealed.len()).unwrap_or(u16::MAX) {
                    let opened = load::salted(read.connection, read.keys, row.idx, pos, &body)?;
                    parts.push(part(pos, opened, shown));
                }
                let mut leaves = |range| leaves(read.connection, range);
                let path = self.inner.with_tree(|tree| tree.upper.inclusion(row.idx, under.size, &mut leaves))?;
                let path = path.ok_or(StoreFault::corrupt(row.idx, "a leaf beside it is missing"))?;
                // What lies on the disk is shown to hold before it is given away.
                let leaf = leaf_hash(&entry(&row.salt, &row.bytes));
                verify_inclusion(leaf, row.idx, under.size, root, &path).map_err(|_| {
                    StoreFault::corrupt(row.idx, "it, or a leaf beside it, is not what the checkpoint covers")
                })?;
                events.push((row, parts, path));
            }
            Ok::<_, StoreFault>(events)
        })?;
        let mut events = vec![];
        for (row, parts, path) in rows {
            events.push(ProofEvent {
                idx: row.idx,
                salt: B64.encode(&row.salt),
                body: B64.encode(&row.bytes),
                path: path.iter().map(Hash::to_base64).collect(),
                parts,
            });
        }
        let file = ProofFile { format: FORMAT.into(), checkpoint: under.note.clone(), stream, events };
        if file.events.is_empty() {
            return Ok(None);
        }
        serde_json::to_string_pretty(&file).map(Some).map_err(|_| StoreFault::Malformed("a proof"))
    }
}

fn part(pos: u16, opened: Option<(Holder, Vec<u8>)>, shown: Shown) -> ProofPart {
    match opened {
        None => ProofPart::Erased { pos, erased: true },
        Some((Holder::Person(_), _)) => ProofPart::Withheld { pos, withheld: true },
        Some(_) if shown != Shown::Words => ProofPart::Withheld { pos, withheld: true },
        Some((_, salted)) => {
            let (salt, value) = salted.split_at(SALT_BYTES);
            ProofPart::Open { pos, salt: B64.encode(salt), value: B64.encode(value) }
        }
    }
}

/// Checks a proof file under the log's public key, and against an older checkpoint where one is given. It shows that
/// these events stood unedited at that size, and not that there is no later event.
pub fn verify_proof(text: &str, vkey: &str, old: Option<&str>) -> Result<Proven, ProofError> {
    if text.len() > PROOF_BYTES_MAX {
        return Err(ProofError::Malformed("larger than 64 MiB".into()));
    }
    let file: ProofFile = serde_json::from_str(text).map_err(|error| ProofError::Malformed(error.to_string()))?;
    if file.format != FORMAT {
        return Err(ProofError::Malformed(format!("format {:?}", file.format)));
    }
    let verifier = Verifier::parse(vkey.trim()).map_err(|_| ProofError::Key)?;
    let checkpoint = Checkpoint::open(&file.checkpoint, &verifier)?;
    if let Some(old) = old {
        compare_old(old, &checkpoint, verifier)?;
    }
    let mut events = vec![];
    let mut last_n = 0;
    for event in &file.events {
        let proven = verify_event(event, &checkpoint)?;
        let fail = |what| Err(ProofError::Event { idx: event.idx, what });
        if proven.body.stream != file.stream {
            return fail("it stands on another stream");
        }
        if proven.body.n <= last_n {
            return fail("it is out of order");
        }
        last_n = proven.body.n;
        events.push(proven);
    }
    Ok(Proven { checkpoint, stream: file.stream, events })
}

/// Holds every checkpoint of an older file against the one of the proof.
fn compare_old(old: &str, checkpoint: &Checkpoint, verifier: Verifier) -> Result<(), ProofError> {
    let mut roots: BTreeMap<u64, Hash> = BTreeMap::from([(checkpoint.size, checkpoint.root)]);
    let mut notes = Notes::new(old.as_bytes());
    let (mut is_confirmed, mut newest) = (false, None);
    while let Ok(Some(note)) = notes.next() {
        if note.lines().next() != Some(verifier.name()) {
            continue;
        }
        let old = Checkpoint::open(&note, &verifier)?;
        if *roots.entry(old.size).or_insert(old.root) != old.root {
            return Err(ProofError::Old("another root at the same size"));
        }
        is_confirmed |= old.size == checkpoint.size;
        newest = newest.max(Some(old.size));
    }
    match newest {
        None => Err(ProofError::Old("it holds no checkpoint of this log")),
        Some(newest) if newest > checkpoint.size && !is_confirmed => {
            Err(ProofError::Old("it is newer; ask for a new proof"))
        }
        Some(_) => Ok(()),
    }
}

fn verify_event(event: &ProofEvent, checkpoint: &Checkpoint) -> Result<ProvenEvent, ProofError> {
    let idx = event.idx;
    let fail = |what| ProofError::Event { idx, what };
    let decode = |text: &str| B64.decode(text).map_err(|_| fail("it holds malformed base64"));
    let (salt, bytes) = (decode(&event.salt)?, decode(&event.body)?);
    let path: Option<Vec<Hash>> = event.path.iter().map(|hash| Hash::from_base64(hash)).collect();
    let path = path.ok_or(fail("its path is malformed"))?;
    let leaf = leaf_hash(&entry(&salt, &bytes));
    verify_inclusion(leaf, idx, checkpoint.size, checkpoint.root, &path)
        .map_err(|_| fail("it does not stand under the checkpoint"))?;
    let body = Body::parse(&bytes).ok_or(fail("its body is malformed"))?;
    if event.parts.len() != body.sealed.len() {
        return Err(fail("it has more or fewer parts than its body says"));
    }
    let mut parts = vec![];
    for (at, part) in event.parts.iter().enumerate() {
        parts.push(match part {
            ProofPart::Open { pos, salt, value } if usize::from(*pos) == at => {
                let (salt, value) = (decode(salt)?, decode(value)?);
                if salt.len() != SALT_BYTES || commitment(&[&salt[..], &value].concat()) != body.sealed[at] {
                    return Err(fail("a part is not what its body says"));
                }
                Some(serde_json::from_slice(&value).map_err(|_| fail("a part is malformed"))?)
            }
            ProofPart::Withheld { pos, withheld: true } | ProofPart::Erased { pos, erased: true }
                if usize::from(*pos) == at =>
            {
                None
            }
            ProofPart::Open { .. } | ProofPart::Withheld { .. } | ProofPart::Erased { .. } => {
                return Err(fail("its parts are out of order"));
            }
        });
    }
    Ok(ProvenEvent { idx, body, parts })
}
