//! The names under which a record's log was signed: its own, and those of the logs that it continues.
//!
//! A backup that is restored has forgotten what came after it. Signed on under the same name, the log would show two
//! histories of one size; so it goes on under a new name, and says what it continues in a note signed under both
//! (`docs/adr/0011-a-restored-record-goes-on-under-a-new-name.md`).

use std::fs;
use std::path::Path;

use tlog::{Checkpoint, Hash, Note, Signer, Verifier};

use crate::error::StoreFault;
use crate::keys::{private, sync_folder};
use crate::outside::Notes;

/// The file beside the record that holds the notes, oldest first. It is not there for a log that continues none.
pub(crate) const FILE: &str = "continues";
const FORMAT: &str = "luoshi/continuation/v1";

/// A log goes on under a new name from a size on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Continuation {
    /// The log that ended.
    pub old: String,
    /// How many of its events the new one continues.
    pub size: u64,
    /// The root over these.
    pub root: Hash,
    /// How many events it had shown; those beyond `size` are lost.
    pub shown: u64,
    /// The log that goes on.
    pub new: String,
}

impl Continuation {
    fn text(&self) -> String {
        let Self { old, size, root, shown, new } = self;
        format!("{FORMAT}\n{old}\n{size}\n{}\n{shown}\n{new}\n", root.to_base64())
    }

    /// Reads a note's text. None if it is anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.strip_suffix('\n')?.split('\n').collect();
        let [FORMAT, old, size, root, shown, new] = lines[..] else { return None };
        let (size, shown) = (size.parse().ok()?, shown.parse().ok()?);
        let parsed = Self { old: old.into(), size, root: Hash::from_base64(root)?, shown, new: new.into() };
        (parsed.text() == text).then_some(parsed)
    }

    /// How many events that were shown are lost.
    pub fn lost(&self) -> u64 {
        self.shown.saturating_sub(self.size)
    }
}

/// The keys under which a record's log signs and has signed.
pub(crate) struct Lineage {
    pub(crate) verifier: Verifier,
    /// Oldest first; each with the key of the log that ended.
    pub(crate) earlier: Vec<(Verifier, Continuation)>,
}

impl Lineage {
    /// A log of which only its own key is known.
    pub(crate) fn of(verifier: Verifier) -> Self {
        Self { verifier, earlier: vec![] }
    }

    /// Reads what the log of `origin` in `dir` continues. Errors: `Malformed` if the notes do not lead to it.
    pub(crate) fn read(dir: &Path, origin: &str, seed: &[u8; 32]) -> Result<Self, StoreFault> {
        let (_, verifier) = key(origin, seed)?;
        let mut earlier = vec![];
        let text = match fs::read(dir.join(FILE)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => vec![],
            Err(error) => return Err(StoreFault::file(FILE)(error)),
        };
        let mut notes = Notes::new(text.as_slice());
        let mut next: Option<String> = None;
        while let Some(note) = notes.next()? {
            let wrong = || StoreFault::Malformed("the file of what the log continues");
            let note = Note::parse(&note).map_err(|_| wrong())?;
            let continuation = Continuation::parse(&note.text).ok_or_else(wrong)?;
            let (_, old) = key(&continuation.old, seed)?;
            let (_, new) = key(&continuation.new, seed)?;
            let is_signed = note.verify(&old).is_ok() && note.verify(&new).is_ok();
            if !is_signed || next.is_some_and(|next| next != continuation.old) {
                return Err(wrong());
            }
            next = Some(continuation.new.clone());
            earlier.push((old, continuation));
        }
        match next {
            Some(next) if next != origin => Err(StoreFault::Malformed("the file of what the log continues")),
            Some(_) | None => Ok(Self { verifier, earlier }),
        }
    }

    /// The key under which this record's log signs or signed as `origin`.
    pub(crate) fn verifier(&self, origin: &str) -> Option<&Verifier> {
        if origin == self.verifier.name() {
            return Some(&self.verifier);
        }
        self.earlier.iter().find(|(_, continuation)| continuation.old == origin).map(|(verifier, _)| verifier)
    }

    /// Opens a note of this log, under whichever of its names it is signed.
    pub(crate) fn open(&self, note: &str) -> Option<Checkpoint> {
        let origin = note.lines().next()?;
        Checkpoint::open(note, self.verifier(origin)?).ok()
    }
}

/// A log's two keys.
pub(crate) fn key(origin: &str, seed: &[u8; 32]) -> Result<(Signer, Verifier), StoreFault> {
    let signer = Signer::new(origin, seed).ok_or(StoreFault::Malformed("the log's name"))?;
    let verifier = Verifier::parse(&signer.vkey()).map_err(|_| StoreFault::Malformed("the log's name"))?;
    Ok((signer, verifier))
}

/// The note that says so, signed under both names.
pub(crate) fn sign(continuation: &Continuation, seed: &[u8; 32]) -> Result<String, StoreFault> {
    let ((old, _), (new, _)) = (key(&continuation.old, seed)?, key(&continuation.new, seed)?);
    let text = continuation.text();
    let second = new.sign(&text);
    let line = second.strip_prefix(text.as_str()).map(|rest| rest.trim_start_matches('\n'));
    Ok(old.sign(&text) + line.ok_or(StoreFault::Malformed("a note"))?)
}

/// Adds a note to the file in `dir`, synced.
pub(crate) fn write(dir: &Path, note: &str) -> Result<(), StoreFault> {
    let path = dir.join(FILE);
    crate::checkpoint::append_outside(&path, note)?;
    private(&path)?;
    sync_folder(dir)
}
