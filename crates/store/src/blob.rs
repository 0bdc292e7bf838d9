//! Evidence bytes: one file each, sealed in chunks under its holder's key, on stable storage before an event names it.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use ledger::id::{EvidenceId, Holder};
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use crate::chunks::{NONCE, Opener, Sealer};
use crate::error::StoreFault;
use crate::holder;
use crate::keys::{HolderKey, make_folder, private, sync_folder};
use crate::sqlite::prepare;
use crate::{Inner, Store};

const MAGIC: &[u8; 15] = b"luoshi/blob/v1\n";
/// A file that no event names is taken away after so long.
pub(crate) const UNREFERENCED_LIFE: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

/// A file that was stored whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredBlob {
    /// Plaintext bytes.
    pub bytes: u64,
    /// SHA-256 of the plaintext, hex.
    pub sha256: String,
}

/// Takes a file in, chunk by chunk. Dropped before `finish`, it leaves nothing behind.
pub struct BlobWriter {
    sealer: Option<Sealer<File>>,
    half: PathBuf,
    path: PathBuf,
    hash: Sha256,
    bytes: u64,
}

impl Store {
    /// Begins a file of evidence under the holder's key.
    pub fn blob_writer(&self, holder: &Holder, id: EvidenceId) -> Result<BlobWriter, StoreFault> {
        let key = match self.key_of(holder)? {
            Some(key) => key,
            None => self.key_for(*holder)?,
        };
        let mut nonce = [0; NONCE];
        (self.inner.random)(&mut nonce);
        BlobWriter::begin(&self.inner.dir, &key, nonce, id)
    }

    /// Opens a file of evidence. None if it is not there, or was erased.
    pub fn blob_reader(&self, holder: &Holder, id: EvidenceId) -> Result<Option<BlobReader>, StoreFault> {
        self.key_of(holder)?.map_or(Ok(None), |key| BlobReader::open(&self.inner.dir, &key, id))
    }

    pub(crate) fn key_of(&self, holder: &Holder) -> Result<Option<HolderKey>, StoreFault> {
        self.read(|read| holder::find(read.connection, read.keys, holder))
    }

    /// A key for somebody of whom nothing is on the record yet.
    fn key_for(&self, holder: Holder) -> Result<HolderKey, StoreFault> {
        self.between(move |writer| {
            writer.connection.execute_batch("BEGIN IMMEDIATE")?;
            let (_, key) = holder::find_or_make(&writer.connection, &writer.inner.keys, &holder)?;
            writer.connection.execute_batch("COMMIT")?;
            Ok(key)
        })
    }
}

impl Store {
    /// Takes a file away that no event names: its act was refused, or was carried out before with another.
    pub fn discard_blob(&self, id: EvidenceId) -> Result<(), StoreFault> {
        let file = path(&self.inner.dir, id);
        self.between(move |writer| remove_unnamed(&writer.connection, &file))
    }

    /// Takes every file away that no event has named for a day. Called now and then while the record is served; each
    /// file is looked at and removed between two batches, so that no event comes to name it meanwhile.
    pub fn sweep_blobs(&self) -> Result<(), StoreFault> {
        for file in outlived(&self.inner)? {
            self.between(move |writer| remove_unnamed(&writer.connection, &file))?;
        }
        Ok(())
    }
}

impl BlobWriter {
    fn begin(dir: &Path, key: &HolderKey, nonce: [u8; NONCE], id: EvidenceId) -> Result<Self, StoreFault> {
        let path = path(dir, id);
        let folder = path.parent().unwrap_or(dir);
        make_folder(folder)?;
        let half = path.with_extension("new");
        let mut file = File::create(&half).map_err(StoreFault::file("blobs"))?;
        // From here on whatever fails takes the file with it.
        let mut writer = Self { sealer: None, half, path, hash: Sha256::new(), bytes: 0 };
        private(&writer.half)?;
        file.write_all(MAGIC).and_then(|()| file.write_all(&nonce)).map_err(StoreFault::file("blobs"))?;
        writer.sealer = Some(Sealer::new(file, key, &nonce, *id.0.as_bytes()));
        Ok(writer)
    }

    /// Plaintext bytes taken in so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Takes more bytes in.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), StoreFault> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        let Some(sealer) = &mut self.sealer else { return Err(StoreFault::Closed) };
        sealer.put(bytes).map_err(StoreFault::file("blobs"))
    }

    /// Ends the file and syncs it and its folder: an event may name it now.
    pub fn finish(mut self) -> Result<StoredBlob, StoreFault> {
        let fault = || StoreFault::file("blobs");
        let Some(sealer) = self.sealer.take() else { return Err(StoreFault::Closed) };
        sealer.finish().and_then(|file| file.sync_all()).map_err(fault())?;
        fs::rename(&self.half, &self.path).map_err(fault())?;
        if let Some(folder) = self.path.parent() {
            sync_folder(folder)?;
        }
        Ok(StoredBlob { bytes: self.bytes, sha256: hex(&self.hash.finalize_reset()) })
    }
}

impl Drop for BlobWriter {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.half);
    }
}

/// Reads a file of evidence, chunk by chunk.
pub struct BlobReader(Opener<File>);

impl BlobReader {
    pub(crate) fn open(dir: &Path, key: &HolderKey, id: EvidenceId) -> Result<Option<Self>, StoreFault> {
        let mut file = match File::open(path(dir, id)) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(StoreFault::file("blobs")(error)),
        };
        let mut head = [0; MAGIC.len() + NONCE];
        file.read_exact(&mut head).map_err(StoreFault::file("blobs"))?;
        let (magic, nonce) = head.split_at(MAGIC.len());
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| StoreFault::Malformed("a file of evidence"))?;
        if magic != MAGIC {
            return Err(StoreFault::Malformed("a file of evidence"));
        }
        let opener = Opener::new(file, key, &nonce, *id.0.as_bytes()).map_err(StoreFault::file("blobs"))?;
        Ok(Some(Self(opener)))
    }

    /// The next bytes; none at the end. Errors: `Sealed` where the file was changed or cut short.
    pub fn next_chunk(&mut self) -> Result<Option<Vec<u8>>, StoreFault> {
        self.0.next_chunk("blobs")
    }

    /// Reads to the end and gives the SHA-256 of the plaintext, hex.
    pub(crate) fn sha256(mut self) -> Result<String, StoreFault> {
        let mut hash = Sha256::new();
        while let Some(chunk) = self.next_chunk()? {
            hash.update(&chunk);
        }
        Ok(hex(&hash.finalize()))
    }
}

/// Takes away files that no event has named for a day: uploads that led to nothing. On opening, before anything is
/// appended.
pub(crate) fn sweep(inner: &Inner, connection: &Connection) -> Result<(), StoreFault> {
    outlived(inner)?.iter().try_for_each(|file| remove_unnamed(connection, file))
}

/// Files that have lain for so long that an event should have named them.
fn outlived(inner: &Inner) -> Result<Vec<PathBuf>, StoreFault> {
    let now = (inner.clock)();
    let mut outlived = vec![];
    for file in files(&inner.dir)? {
        let modified = match file.metadata().and_then(|data| data.modified()) {
            Ok(modified) => modified,
            // A half file became a whole one, or was erased, since the folder was read.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(StoreFault::file("blobs")(error)),
        };
        let age = Timestamp::try_from(modified).map_or(jiff::SignedDuration::ZERO, |at| now.duration_since(at));
        if age > UNREFERENCED_LIFE {
            outlived.push(file);
        }
    }
    Ok(outlived)
}

/// Removes the file unless an event names it; a half file, which none can name, always. Only for whoever holds the one
/// connection that appends, or an event could come to name the file in between.
fn remove_unnamed(connection: &Connection, file: &Path) -> Result<(), StoreFault> {
    let name = file.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    let is_named: bool = file.extension().is_none()
        && prepare(connection, "SELECT EXISTS (SELECT 1 FROM blob WHERE id = $1)")?
            .query_row([name], |row| row.get(0))?;
    if is_named {
        return Ok(());
    }
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreFault::file("blobs")(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Whether the file of evidence lies in the folder.
pub(crate) fn is_there(dir: &Path, id: EvidenceId) -> Result<bool, StoreFault> {
    path(dir, id).try_exists().map_err(StoreFault::file("blobs"))
}

/// Every file of evidence in the folder, in order.
pub(crate) fn files(dir: &Path) -> Result<Vec<PathBuf>, StoreFault> {
    let fault = || StoreFault::file("blobs");
    let mut files = vec![];
    let root = dir.join("blobs");
    if !root.exists() {
        return Ok(files);
    }
    for folder in fs::read_dir(root).map_err(fault())? {
        let folder = folder.map_err(fault())?.path();
        if folder.is_dir() {
            for file in fs::read_dir(folder).map_err(fault())? {
                files.push(file.map_err(fault())?.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// `blobs/xx/<uuid>`; the folder is the id's last byte, since its first ones are the time.
fn path(dir: &Path, id: EvidenceId) -> PathBuf {
    let last = id.0.as_bytes().last().copied().unwrap_or(0);
    dir.join("blobs").join(format!("{last:02x}")).join(id.to_string())
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
