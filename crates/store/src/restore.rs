//! `restore`: a folder again from the two archives of a backup, with every projection made anew and everything
//! verified before it takes its name.

use std::fs::{self, File};
use std::io::{BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};

use ledger::id::EvidenceId;
use sha2::{Digest as _, Sha256};

use crate::backup::{FORMAT, Manifest};
use crate::blob::hex;
use crate::error::{OpenError, StoreFault};
use crate::holder;
use crate::keys::{Keys, private, sync_folder};
use crate::lineage::{self, Continuation, Lineage};
use crate::outside::{self, Disowned, Held};
use crate::settings::Settings;
use crate::tree::read_tree;
use crate::verify::{Verified, VerifyError, verify_folder};
use crate::{checkpoint, sqlite};

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
    /// The log cannot go on under that name.
    #[error("no new name was given to the log: {0}")]
    NewOrigin(String),
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

/// What is restored, and how it goes on.
#[derive(Clone, Debug)]
pub struct Restoring {
    /// The archive of data.
    pub data: PathBuf,
    /// The archive of keys.
    pub keys: PathBuf,
    /// The folder to make; missing or empty.
    pub dir: PathBuf,
    /// Where checkpoints are kept outside from now on; otherwise where the record's settings say.
    pub checkpoints: Option<PathBuf>,
    /// The name under which the log goes on, where events that were shown came after the backup.
    pub new_origin: Option<String>,
}

/// What was restored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Restored {
    /// What is in order.
    pub verified: Verified,
    /// How it stands to the checkpoints kept outside.
    pub outside: Outside,
    /// What the log continues from now on, where a new name was given.
    pub continues: Option<Continuation>,
}

/// How a restored record stands to the checkpoints kept outside its folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outside {
    /// No file is set.
    Unset,
    /// The file is not there.
    Missing(PathBuf),
    /// All of them belong to the record.
    Fits(PathBuf),
    /// They do not: the record cannot be served as it is.
    Disowned(PathBuf, Disowned),
}

/// Restores the two archives of a backup.
pub fn restore(what: &Restoring) -> Result<Restored, RestoreError> {
    let dir = &what.dir;
    if dir.exists() && fs::read_dir(dir).map_err(StoreFault::file(dir.display().to_string()))?.next().is_some() {
        return Err(RestoreError::NotEmpty(dir.to_owned()));
    }
    let mut half = dir.as_os_str().to_owned();
    half.push(".restoring");
    let half = PathBuf::from(half);
    let fault = || StoreFault::file(half.display().to_string());
    fs::create_dir_all(&half).map_err(fault())?;
    let outcome = fill(&what.data, &what.keys, &half).and_then(|verified| go_on(what, &half, verified));
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

/// Holds what was restored against the checkpoints kept outside, and lets the log go on under a new name where one is
/// given. Errors: `NewOrigin` if that cannot be.
fn go_on(what: &Restoring, half: &Path, mut verified: Verified) -> Result<Restored, RestoreError> {
    let mut settings = Settings::read(half)?;
    if let Some(checkpoints) = &what.checkpoints {
        settings.checkpoints = Some(checkpoints.clone());
        settings.check()?;
        settings.write(half)?;
    }
    let seed = Keys::open_to_read(half)?.log_seed()?;
    let connection = sqlite::open_to_read(&half.join("record.db"))?;
    let tree = read_tree(&connection)?;
    let lineage = Lineage::read(half, &settings.origin, &seed)?;
    let compare = |lineage: &Lineage| -> Result<Outside, RestoreError> {
        let Some(path) = settings.checkpoints.clone() else { return Ok(Outside::Unset) };
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Outside::Missing(path)),
            Err(error) => return Err(StoreFault::file(path.display().to_string())(error).into()),
        };
        let root = |size| tree.root(size);
        let held = Held { lineage, size: tree.size(), root: &root, is_strict: false };
        Ok(match outside::compare(BufReader::new(file), &held)? {
            Ok(_) | Err(Disowned::Foreign { .. }) => Outside::Fits(path),
            Err(disowned) => Outside::Disowned(path, disowned),
        })
    };
    let outside = compare(&lineage)?;
    let Some(new) = &what.new_origin else { return Ok(Restored { verified, outside, continues: None }) };
    let wrong = |what: String| Err(RestoreError::NewOrigin(what));
    let size = tree.size();
    let shown = match &outside {
        Outside::Unset | Outside::Fits(_) => size,
        Outside::Missing(path) => {
            let what = "is missing; say with --checkpoints where checkpoints are kept from now on";
            return wrong(format!("the file of checkpoints, {}, {what}", path.display()));
        }
        Outside::Disowned(_, Disowned::Beyond { shown, .. }) => *shown,
        // The note of a restore that was cut short may be there already: it says the same then.
        Outside::Disowned(_, Disowned::LeftBehind { new: known }) if known == new => size,
        Outside::Disowned(
            path,
            disowned @ (Disowned::Another { .. }
            | Disowned::NotSigned { .. }
            | Disowned::LeftBehind { .. }
            | Disowned::WentOn { .. }
            | Disowned::Foreign { .. }),
        ) => return wrong(format!("the checkpoints in {} are of another history: {disowned}", path.display())),
    };
    if lineage.verifier(new).is_some() {
        return wrong(format!("the log was called {new} before; choose a name that it never had"));
    }
    let root = tree.root(size).ok_or(StoreFault::Malformed("the tree"))?;
    let continuation = Continuation { old: settings.origin.clone(), size, root, shown, new: new.clone() };
    settings.origin = new.clone();
    settings.check()?;
    let note = lineage::sign(&continuation, &seed)?;
    lineage::write(half, &note)?;
    settings.write(half)?;
    let lineage = Lineage::read(half, new, &seed)?;
    if let Some(path) = &settings.checkpoints {
        checkpoint::append_outside(path, &note)?;
    }
    verified.vkey = lineage::key(new, &seed)?.0.vkey();
    match compare(&lineage)? {
        Outside::Disowned(path, disowned) => {
            wrong(format!("the checkpoints in {} do not belong to it even so: {disowned}", path.display()))
        }
        outside @ (Outside::Unset | Outside::Missing(_) | Outside::Fits(_)) => {
            Ok(Restored { verified, outside, continues: Some(continuation) })
        }
    }
}

fn fill(data: &Path, keys: &Path, dir: &Path) -> Result<Verified, RestoreError> {
    extract(data, "data", dir)?;
    extract(keys, "keys", dir)?;
    fs::create_dir_all(dir.join("blobs")).map_err(StoreFault::file("blobs"))?;
    let connection = sqlite::open_to_write(&dir.join("record.db"))?;
    crate::check_durable(&connection)?;
    let random: crate::access::Random = std::sync::Arc::new(|_| {});
    let keys = Keys::open(dir, random.clone())?;
    // The archives may be of two days: what was erased meanwhile stays erased, and a key is never two people's.
    holder::destroy_erased(&connection, &keys)?;
    holder::destroy_unknown(&connection, &keys)?;
    keys.cut()?;
    crate::rebuild(&connection, dir)?;
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
        ("data", "settings.json" | "record.db" | lineage::FILE) | ("keys", "keys/kek" | "keys.db" | "access.db") => {
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
