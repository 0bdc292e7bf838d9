//! `restore`: a folder again from the two archives of a backup, with every projection made anew and everything
//! verified before it takes its name.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use ledger::id::EvidenceId;
use sha2::{Digest as _, Sha256};

use crate::backup::{FORMAT, Manifest};
use crate::blob::hex;
use crate::error::{OpenError, StoreFault};
use crate::keys::{Keys, private, sync_folder};
use crate::read::{Folds, Read};
use crate::verify::{Verified, VerifyError, verify_folder};
use crate::{project, schema, sqlite};

/// The greatest manifest that is read.
const MANIFEST_BYTES_MAX: u64 = 256 << 20;

/// Why a folder was not restored. Nothing is left behind.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The folder is there and not empty.
    #[error("{0} is not empty; restore into a folder of its own")]
    NotEmpty(PathBuf),
    /// An archive is not what `backup` writes, or was changed.
    #[error("{archive}: {what}")]
    Archive {
        /// Which.
        archive: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// What was restored does not verify.
    #[error("what the archives hold does not verify: {0}")]
    Verify(#[from] VerifyError),
    /// The machine failed.
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl From<StoreFault> for RestoreError {
    fn from(fault: StoreFault) -> Self {
        RestoreError::Open(fault.into())
    }
}

/// Restores the two archives to `dir`, which is missing or empty.
pub fn restore(data: &Path, keys: &Path, dir: &Path) -> Result<Verified, RestoreError> {
    if dir.exists() && fs::read_dir(dir).map_err(StoreFault::file(dir.display().to_string()))?.next().is_some() {
        return Err(RestoreError::NotEmpty(dir.to_owned()));
    }
    let mut half = dir.as_os_str().to_owned();
    half.push(".restoring");
    let half = PathBuf::from(half);
    let fault = || StoreFault::file(half.display().to_string());
    fs::create_dir_all(&half).map_err(fault())?;
    let outcome = fill(data, keys, &half);
    if outcome.is_err() {
        let _ = fs::remove_dir_all(&half);
        return outcome;
    }
    if dir.exists() {
        fs::remove_dir(dir).map_err(StoreFault::file(dir.display().to_string()))?;
    }
    fs::rename(&half, dir).map_err(fault())?;
    dir.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or(Ok(()), sync_folder)?;
    outcome
}

fn fill(data: &Path, keys: &Path, dir: &Path) -> Result<Verified, RestoreError> {
    extract(data, "data", dir)?;
    extract(keys, "keys", dir)?;
    fs::create_dir_all(dir.join("blobs")).map_err(StoreFault::file("blobs"))?;
    let connection = sqlite::open_to_write(&dir.join("record.db"))?;
    crate::check_version(&connection)?;
    let keys = Keys::open_to_read(dir)?;
    let random: crate::access::Random = std::sync::Arc::new(|_| {});
    let mut folds = Folds::default();
    connection.execute_batch("BEGIN IMMEDIATE").map_err(StoreFault::from)?;
    connection.execute_batch(&sqlite::definitions(schema::PROJECTIONS)).map_err(StoreFault::from)?;
    project::rebuild(&mut Read {
        connection: &connection,
        keys: &keys,
        folds: &mut folds,
        random: &random,
        now: jiff::Timestamp::UNIX_EPOCH,
        today: jiff::civil::Date::MIN,
        seen: Default::default(),
        drawn: Default::default(),
    })?;
    connection.execute_batch("COMMIT").map_err(StoreFault::from)?;
    drop(connection);
    Ok(verify_folder(dir, None, false)?)
}

/// Takes every member the manifest names, and nothing else, and compares each with its hash.
fn extract(archive: &Path, kind: &str, dir: &Path) -> Result<(), RestoreError> {
    let wrong = |what: &str| RestoreError::Archive { archive: archive.to_owned(), what: what.to_owned() };
    let torn = |error: std::io::Error| wrong(&format!("cannot be read: {error}"));
    let mut tar = tar::Archive::new(File::open(archive).map_err(torn)?);
    let mut members = tar.entries().map_err(torn)?;
    let mut first = members.next().ok_or_else(|| wrong("is empty"))?.map_err(torn)?;
    if first.path_bytes().as_ref() != b"manifest.json" || first.size() > MANIFEST_BYTES_MAX {
        return Err(wrong("is not a backup of luoshi"));
    }
    let mut text = vec![];
    first.read_to_end(&mut text).map_err(torn)?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| wrong("its manifest is malformed"))?;
    if manifest.format != FORMAT || manifest.kind != kind {
        return Err(wrong(&format!("is no archive of {kind}")));
    }
    let mut expected = manifest.files.iter();
    for member in members {
        let mut member = member.map_err(torn)?;
        let file = expected.next().ok_or_else(|| wrong("holds more than its manifest names"))?;
        if member.path_bytes().as_ref() != file.name.as_bytes() || member.size() != file.bytes {
            return Err(wrong("does not hold what its manifest names"));
        }
        let path = place(&file.name, kind, dir).ok_or_else(|| wrong("names a file that no backup holds"))?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(torn)?;
        }
        let mut out = File::options().write(true).create_new(true).open(&path).map_err(torn)?;
        private(&path)?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = member.read(&mut buffer).map_err(torn)?;
            if read == 0 {
                break;
            }
            hash.update(&buffer[..read]);
            out.write_all(&buffer[..read]).map_err(torn)?;
        }
        out.sync_all().map_err(torn)?;
        if hex(&hash.finalize()) != file.sha256 {
            return Err(wrong(&format!("{} was changed", file.name)));
        }
    }
    match expected.next() {
        None => Ok(()),
        Some(file) => Err(wrong(&format!("{} is missing; the archive was cut short", file.name))),
    }
}

/// Where a member goes; none for a name that `backup` never writes.
fn place(name: &str, kind: &str, dir: &Path) -> Option<PathBuf> {
    match (kind, name) {
        ("data", "settings.json" | "record.db") | ("keys", "keys/kek" | "keys.db" | "access.db") => {
            Some(dir.join(name))
        }
        ("data", blob) => {
            let (folder, id) = blob.strip_prefix("blobs/")?.split_once('/')?;
            let is_folder = folder.len() == 2 && folder.bytes().all(|b| b.is_ascii_hexdigit());
            let is_id = EvidenceId::parse(id).is_ok_and(|parsed| parsed.to_string() == id);
            (is_folder && is_id).then(|| dir.join("blobs").join(folder).join(id))
        }
        (_, _) => None,
    }
}
