//! `backup`: two archives beside a running server. Keys lie apart from data, so that deleting old key archives
//! completes an erasure; keep those no longer than thirty days.

use std::fs::{self, File};
use std::io::{BufReader, Read as _, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::blob::{files, hex};
use crate::error::{OpenError, StoreFault};
use crate::keys::{private, sync_folder};
use crate::lock::ErasureLock;
use crate::settings::Settings;
use crate::{check_durable, lineage, schema, sqlite};

/// The two archives of a backup.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Archives {
    /// Events, leaves, checkpoints, sealed parts, evidence.
    pub data: PathBuf,
    /// Keys, and who may come in. Keep it apart, and no longer than thirty days.
    pub keys: PathBuf,
}

/// What an archive holds; its first member.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// `luoshi/backup/v1`.
    pub(crate) format: String,
    /// `data` or `keys`.
    pub(crate) kind: String,
    /// Every other member, in order.
    pub(crate) files: Vec<ManifestFile>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ManifestFile {
    pub(crate) name: String,
    pub(crate) bytes: u64,
    /// Hex.
    pub(crate) sha256: String,
}

pub(crate) const FORMAT: &str = "luoshi/backup/v1";

/// Tables that a backup holds, each with the column it is copied by; everything else is made again.
const TABLES: &[(&str, &str, &str)] = &[
    ("event", "idx", "idx, id, stream, n, salt, body"),
    ("leaf", "idx", "idx, entry"),
    ("part", "idx", "idx, pos, holder, nonce, ct"),
    ("holder", "n", "n, name"),
    ("checkpoint", "size", "size, note"),
];

/// So many rows, or so many bytes, are written and synced at a time: whoever writes to the record meanwhile waits for the
/// disk until these are there, and no longer.
const ROWS_AT_ONCE: u64 = 2_000;
const BYTES_AT_ONCE: u64 = 2 << 20;

/// Writes `luoshi-<stamp>-data.tar` and `luoshi-<stamp>-keys.tar` to `out`, which is made if it is missing. May run
/// beside a server, and over a folder that cannot be written; an erasure waits for it. Errors: those of opening the
/// folder, `Inside`, or a fault; then no archive is left behind.
pub fn backup(dir: &Path, out: &Path, stamp: &str) -> Result<Archives, OpenError> {
    Settings::read(dir)?;
    refuse_inside(dir, out)?;
    fs::create_dir_all(out).map_err(StoreFault::file(out.display().to_string()))?;
    let _no_erasure = ErasureLock::shared(dir)?;
    let archives = Archives {
        data: out.join(format!("luoshi-{stamp}-data.tar")),
        keys: out.join(format!("luoshi-{stamp}-keys.tar")),
    };
    sweep(out)?;
    let work = out.join(format!("{WORK}{stamp}"));
    let fault = || StoreFault::file(work.display().to_string());
    make_private(&work).map_err(fault())?;
    // Whoever backs up to the same place meanwhile takes this one for no leaving.
    let held = File::create(work.join("lock")).map_err(fault())?;
    held.lock().map_err(fault())?;
    let outcome = write_both(dir, &work, &archives);
    let _ = fs::remove_dir_all(&work);
    if outcome.is_err() {
        let _ = fs::remove_file(&archives.data);
        let _ = fs::remove_file(&archives.keys);
    }
    outcome.map(|()| archives)
}

/// The folder that a backup works in, before its stamp.
const WORK: &str = ".luoshi-";

/// Archives in the record's own folder would be lost with it. Links and folders still to be made do not hide that.
fn refuse_inside(dir: &Path, out: &Path) -> Result<(), OpenError> {
    let dir = dir.canonicalize().map_err(StoreFault::file(dir.display().to_string()))?;
    let there = out.ancestors().find_map(|folder| match folder.as_os_str().is_empty() {
        true => Path::new(".").canonicalize().ok(),
        false => folder.canonicalize().ok(),
    });
    match there {
        Some(there) if there.starts_with(&dir) => Err(OpenError::Inside),
        Some(_) | None => Ok(()),
    }
}

/// A folder that its owner alone can look into, from its first moment on.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Takes away what a backup that was killed left behind: copies of events and keys.
fn sweep(out: &Path) -> Result<(), StoreFault> {
    let fault = || StoreFault::file(out.display().to_string());
    for left in fs::read_dir(out).map_err(fault())? {
        let left = left.map_err(fault())?.path();
        let is_work = left.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(WORK));
        if !is_work || !left.is_dir() {
            continue;
        }
        let is_in_use = File::open(left.join("lock")).is_ok_and(|lock| lock.try_lock_shared().is_err());
        if !is_in_use {
            fs::remove_dir_all(&left).map_err(StoreFault::file(left.display().to_string()))?;
        }
    }
    Ok(())
}

fn write_both(dir: &Path, work: &Path, archives: &Archives) -> Result<(), OpenError> {
    let record = work.join("record.db");
    copy_durable(&dir.join("record.db"), &record)?;
    let mut members = vec![("settings.json".to_owned(), dir.join("settings.json")), ("record.db".to_owned(), record)];
    if dir.join(lineage::FILE).exists() {
        members.push((lineage::FILE.to_owned(), dir.join(lineage::FILE)));
    }
    for file in files(dir)?.into_iter().filter(|file| file.extension().is_none()) {
        let name = file.strip_prefix(dir).map_err(|_| StoreFault::Malformed("blobs"))?;
        members.push((name.display().to_string(), file.clone()));
    }
    write_archive("data", &members, &archives.data)?;
    // Keys after data: whatever the data refers to is in this copy.
    let mut members = vec![("keys/kek".to_owned(), dir.join("keys").join("kek"))];
    for name in ["keys.db", "access.db"] {
        if dir.join(name).exists() {
            let copy = work.join(name);
            sqlite::open_to_read(&dir.join(name))?.backup("main", &copy, None::<fn(rusqlite::backup::Progress)>)?;
            members.push((name.to_owned(), copy));
        }
    }
    write_archive("keys", &members, &archives.keys)?;
    Ok(())
}

/// One consistent state of the durable tables, in a database of its own. Rows are only added to them while no erasure runs,
/// so that state is what belongs to the head as it stands now.
fn copy_durable(from: &Path, to: &Path) -> Result<(), OpenError> {
    check_durable(&sqlite::open_to_read(from)?)?;
    let copy = Connection::open(to)?;
    // Nobody needs half a copy; what is written is synced all the same.
    copy.pragma_update(None, "journal_mode", "OFF")?;
    copy.pragma_update(None, "synchronous", "FULL")?;
    copy.execute_batch(&sqlite::definitions(schema::DURABLE))?;
    copy.pragma_update(None, "user_version", schema::VERSION)?;
    copy.execute("ATTACH DATABASE ?1 AS source", [sqlite::to_read(from)])?;
    let sql = "INSERT OR REPLACE INTO main.head SELECT * FROM source.head";
    copy.execute(sql, [])?;
    let (size, holders): (u64, u64) =
        copy.query_row("SELECT size, (SELECT coalesce(max(n), 0) FROM source.holder) FROM main.head", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    for (table, column, columns) in TABLES {
        // Events count from 0; holders, and the sizes of checkpoints, from 1 to the last.
        let end = match *column {
            "idx" => size,
            "size" => size + 1,
            _n => holders + 1,
        };
        let sql = format!(
            "INSERT INTO main.{table} ({columns}) SELECT {columns} FROM source.{table} WHERE {column} >= ?1 AND {column} < ?2"
        );
        let mut statement = copy.prepare(&sql)?;
        for first in (0..end).step_by(ROWS_AT_ONCE as usize) {
            statement.execute((first, end.min(first + ROWS_AT_ONCE)))?;
        }
    }
    // Commands lie in no order of time: whoever comes meanwhile comes after the head.
    let sql = "INSERT INTO main.command (id, request, first, count, at) \
               SELECT id, request, first, count, at FROM source.command \
               WHERE id > coalesce((SELECT max(id) FROM main.command), x'') AND first + count <= ?1 ORDER BY id LIMIT ?2";
    let mut statement = copy.prepare(sql)?;
    while statement.execute((size, ROWS_AT_ONCE))? > 0 {}
    drop(statement);
    copy.execute_batch("DETACH DATABASE source")?;
    Ok(())
}

/// A file that is synced while it is written.
struct Paced {
    file: File,
    waiting: u64,
}

impl Write for Paced {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.waiting += written as u64;
        if self.waiting >= BYTES_AT_ONCE {
            self.file.sync_data()?;
            self.waiting = 0;
        }
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

fn write_archive(kind: &str, members: &[(String, PathBuf)], to: &Path) -> Result<(), StoreFault> {
    let fault = || StoreFault::file(to.display().to_string());
    let mut files = vec![];
    for (name, path) in members {
        let (bytes, sha256) = measure(path)?;
        files.push(ManifestFile { name: name.clone(), bytes, sha256 });
    }
    let manifest = Manifest { format: FORMAT.into(), kind: kind.into(), files };
    let manifest = serde_json::to_vec_pretty(&manifest).map_err(|_| StoreFault::Malformed("a manifest"))?;
    let file = File::options().write(true).create_new(true).open(to).map_err(fault())?;
    private(to)?;
    let mut archive = tar::Builder::new(Paced { file, waiting: 0 });
    let mut put = |name: &str, bytes: u64, content: &mut dyn std::io::Read| {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes);
        header.set_mode(0o600);
        archive.append_data(&mut header, name, content)
    };
    put("manifest.json", manifest.len() as u64, &mut manifest.as_slice()).map_err(fault())?;
    for (name, path) in members {
        let file = File::open(path).map_err(fault())?;
        let bytes = file.metadata().map_err(fault())?.len();
        put(name, bytes, &mut file.take(bytes)).map_err(fault())?;
    }
    let paced = archive.into_inner().map_err(fault())?;
    paced.file.sync_all().map_err(fault())?;
    to.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or(Ok(()), sync_folder)
}

/// A file's length, and its SHA-256 in hex.
fn measure(path: &Path) -> Result<(u64, String), StoreFault> {
    let fault = || StoreFault::file(path.display().to_string());
    let mut file = BufReader::new(File::open(path).map_err(fault())?);
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer).map_err(fault())?;
        if read == 0 {
            return Ok((bytes, hex(&hash.finalize())));
        }
        hash.update(&buffer[..read]);
        bytes += read as u64;
    }
}
