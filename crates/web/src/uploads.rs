//! Files that come in piece by piece over a bad line. An upload is sealed as it comes and lives in this process only: a
//! lost connection goes on where it stopped, a restart begins again, and nothing of it ever lies on the disk in the clear.
//! What is no evidence by its content (`content`) is refused as soon as its beginning is there.

mod content;

use std::collections::HashMap;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use ledger::evidence::EVIDENCE_BYTES_MAX;
use ledger::id::{EvidenceId, MatterId, OfficerId};
use store::{BlobWriter, StoreFault};

use crate::acts::StoredFile;

/// The largest piece taken at once, in bytes.
pub const PIECE_BYTES_MAX: usize = 1 << 20;
/// An upload that nothing was added to for so long is given up.
const LIFE: SignedDuration = SignedDuration::from_hours(2);
/// At most so many at once: of one officer, and in all.
const OF_ONE_OFFICER: usize = 4;
const IN_ALL: usize = 400;

/// The uploads under way.
#[derive(Default)]
pub struct Uploads(Mutex<HashMap<EvidenceId, Upload>>);

struct Upload {
    officer: OfficerId,
    matter: MatterId,
    touched: Timestamp,
    file_name: String,
    /// How the file begins, up to `content::HEAD_BYTES`.
    head: Vec<u8>,
    stage: Stage,
}

enum Stage {
    /// Pieces come in.
    Coming(BlobWriter),
    /// A piece is being written, or the end.
    Busy,
    /// All of it is on stable storage; an event may name it.
    Stored(StoredFile),
}

/// What an upload is asked of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Whose {
    /// Who uploads.
    pub officer: OfficerId,
    /// For which matter.
    pub matter: MatterId,
}

/// Why a piece was not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// There is no such upload of this officer's, or it was given up.
    Unknown,
    /// It stands elsewhere: go on from here, in bytes.
    Elsewhere(u64),
    /// The officer has too many under way.
    TooMany,
    /// More than a file of evidence may hold.
    TooLarge,
    /// No kind of file that is taken as evidence.
    Kind,
    /// The machine failed.
    Fault(StoreFault),
}

impl Uploads {
    /// Takes up an upload that was begun with `writer`. Errors: `TooMany`.
    pub fn begin(
        &self,
        id: EvidenceId,
        whose: Whose,
        file_name: String,
        writer: BlobWriter,
        now: Timestamp,
    ) -> Result<(), NotTaken> {
        let mut uploads = self.0.lock().map_err(|_| NotTaken::Fault(StoreFault::Panicked))?;
        uploads.retain(|_, upload| now.duration_since(upload.touched) < LIFE);
        let own = uploads.values().filter(|upload| upload.officer == whose.officer).count();
        if own >= OF_ONE_OFFICER {
            // The oldest of one's own gives way: whoever begins a fifth has left the first behind.
            let oldest = uploads.iter().filter(|(_, upload)| upload.officer == whose.officer);
            let oldest = oldest.min_by_key(|(_, upload)| upload.touched).map(|(id, _)| *id);
            oldest.and_then(|id| uploads.remove(&id));
        }
        if uploads.len() >= IN_ALL {
            return Err(NotTaken::TooMany);
        }
        let Whose { officer, matter } = whose;
        let stage = Stage::Coming(writer);
        uploads.insert(id, Upload { officer, matter, touched: now, file_name, head: vec![], stage });
        Ok(())
    }

    /// How many bytes stand. Errors: `Unknown`.
    pub fn received(&self, id: EvidenceId, whose: Whose) -> Result<u64, NotTaken> {
        self.with(id, whose, |upload| match &upload.stage {
            Stage::Coming(writer) => Ok(writer.bytes()),
            Stage::Stored(file) => Ok(file.bytes),
            Stage::Busy => Err(NotTaken::Elsewhere(0)),
        })
    }

    /// Adds a piece that begins at byte `from`. Blocks on the disk. Errors: `Elsewhere` where another byte is due; `Kind`
    /// once what came shows that it is no evidence.
    pub fn add(&self, id: EvidenceId, whose: Whose, from: u64, piece: &[u8], now: Timestamp) -> Result<u64, NotTaken> {
        let mut writer = self.take(id, whose, |writer| match writer.bytes() {
            due if due != from => Err(NotTaken::Elsewhere(due)),
            due if due + piece.len() as u64 > EVIDENCE_BYTES_MAX => Err(NotTaken::TooLarge),
            _due => Ok(()),
        })?;
        // A piece that could not be written whole spoils the upload: it is dropped, and its file with it.
        if let Err(fault) = writer.write(piece) {
            self.forget(id);
            return Err(NotTaken::Fault(fault));
        }
        let received = writer.bytes();
        let is_taken = self.with(id, whose, |upload| {
            let lacks = content::HEAD_BYTES - upload.head.len();
            upload.head.extend(piece.iter().take(lacks));
            let is_known = upload.head.len() == content::HEAD_BYTES;
            Ok(!is_known || content::media_type(&upload.file_name, &upload.head).is_some())
        })?;
        if !is_taken {
            self.forget(id);
            return Err(NotTaken::Kind);
        }
        self.put(id, Stage::Coming(writer), now);
        Ok(received)
    }

    /// Ends an upload: the file, on stable storage; one that holds nothing is of no kind. May be asked again until it is
    /// forgotten. Errors: `Kind`.
    pub fn finish(&self, id: EvidenceId, whose: Whose, now: Timestamp) -> Result<StoredFile, NotTaken> {
        let stored = self.with(id, whose, |upload| match &upload.stage {
            Stage::Stored(file) => Ok(Some(file.clone())),
            Stage::Coming(_) | Stage::Busy => Ok(None),
        })?;
        if let Some(file) = stored {
            return Ok(file);
        }
        let (file_name, media_type) = self.with(id, whose, |upload| {
            let known = content::media_type(&upload.file_name, &upload.head);
            Ok((upload.file_name.clone(), if upload.head.is_empty() { Some("") } else { known }))
        })?;
        let Some(media_type) = media_type.map(str::to_owned) else {
            self.forget(id);
            return Err(NotTaken::Kind);
        };
        let writer = self.take(id, whose, |_| Ok(()))?;
        let blob = writer.finish().map_err(|fault| {
            self.forget(id);
            NotTaken::Fault(fault)
        })?;
        let file = StoredFile { id, bytes: blob.bytes, file_name, media_type, sha256: blob.sha256 };
        self.put(id, Stage::Stored(file.clone()), now);
        Ok(file)
    }

    /// Forgets an upload: an event names it now, or it is given up.
    pub fn forget(&self, id: EvidenceId) {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).remove(&id);
    }

    fn with<T>(
        &self,
        id: EvidenceId,
        whose: Whose,
        work: impl FnOnce(&mut Upload) -> Result<T, NotTaken>,
    ) -> Result<T, NotTaken> {
        let mut uploads = self.0.lock().map_err(|_| NotTaken::Fault(StoreFault::Panicked))?;
        let own = |upload: &&mut Upload| upload.officer == whose.officer && upload.matter == whose.matter;
        work(uploads.get_mut(&id).filter(own).ok_or(NotTaken::Unknown)?)
    }

    /// Takes the writer out, so that the disk is waited for without the lock.
    fn take(
        &self,
        id: EvidenceId,
        whose: Whose,
        check: impl FnOnce(&BlobWriter) -> Result<(), NotTaken>,
    ) -> Result<BlobWriter, NotTaken> {
        self.with(id, whose, |upload| match std::mem::replace(&mut upload.stage, Stage::Busy) {
            Stage::Coming(writer) => match check(&writer) {
                Ok(()) => Ok(writer),
                Err(why) => {
                    upload.stage = Stage::Coming(writer);
                    Err(why)
                }
            },
            Stage::Busy => Err(NotTaken::Elsewhere(0)),
            Stage::Stored(file) => {
                let bytes = file.bytes;
                upload.stage = Stage::Stored(file);
                Err(NotTaken::Elsewhere(bytes))
            }
        })
    }

    fn put(&self, id: EvidenceId, stage: Stage, now: Timestamp) {
        let mut uploads = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(upload) = uploads.get_mut(&id) {
            (upload.stage, upload.touched) = (stage, now);
        }
    }
}
