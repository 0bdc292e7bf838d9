//! One key a holder, wrapped, in a file apart from the data: destroying the row is what erases.

use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use rusqlite::{Connection, OptionalExtension as _};
use zeroize::Zeroizing;

use crate::access::Random;
use crate::error::StoreFault;
use crate::schema;
use crate::sqlite;

/// The number under which the log's signing seed is kept; holders are numbered from 1.
const LOG: u64 = 0;
/// So many keys are made together, ahead of their holders.
const STOCK: u64 = 512;

const TABLE: &str = "
CREATE TABLE key (
    n     INT64 NOT NULL PRIMARY KEY,
    nonce BYTES NOT NULL,
    ct    BYTES NOT NULL            -- the key, wrapped; the number is bound to it
) STRICT;
";

/// A holder's key.
pub(crate) type HolderKey = Zeroizing<[u8; 32]>;

/// The keys of every holder. `keys.db` holds them wrapped under the key-encryption key in `keys/kek`.
pub(crate) struct Keys {
    kek: Zeroizing<[u8; 32]>,
    random: Random,
    ring: Mutex<Ring>,
}

struct Ring {
    connection: Connection,
    /// Keys by number, as they are on disk.
    known: HashMap<u64, HolderKey>,
}

/// At most so many unwrapped keys are kept in memory.
const KNOWN_MAX: usize = 50_000;

impl Keys {
    /// Makes `dir/keys/kek` and `dir/keys.db`, with the seed of the log's signing key.
    pub(crate) fn create(dir: &Path, random: Random) -> Result<(), StoreFault> {
        make_kek(dir, &random)?;
        let connection = sqlite::open_to_write(&dir.join("keys.db"))?;
        private(&dir.join("keys.db"))?;
        connection.execute_batch(&sqlite::definitions(TABLE))?;
        let keys = Self::with(dir, connection, random)?;
        keys.make(&mut keys.lock(), LOG..STOCK)
    }

    /// Opens what `create` made. Keys are never made good again by themselves: a lost file of keys is said, and not
    /// replaced. Errors: `KeysLost`.
    pub(crate) fn open(dir: &Path, random: Random) -> Result<Self, StoreFault> {
        let path = dir.join("keys.db");
        if !path.exists() {
            return Err(StoreFault::KeysLost("keys.db is missing"));
        }
        let connection = sqlite::open_to_write(&path)?;
        private(&path)?;
        Self::with(dir, connection, random)
    }

    /// Opens what is there and writes nothing: for `verify`, `doctor` and `backup`.
    pub(crate) fn open_to_read(dir: &Path) -> Result<Self, StoreFault> {
        let path = dir.join("keys.db");
        if !path.exists() {
            return Err(StoreFault::KeysLost("keys.db is missing"));
        }
        Self::with(dir, sqlite::open_to_read(&path)?, std::sync::Arc::new(|_| {}))
    }

    fn with(dir: &Path, connection: Connection, random: Random) -> Result<Self, StoreFault> {
        let tables = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'key')";
        if !connection.query_row(tables, [], |row| row.get(0))? {
            return Err(StoreFault::KeysLost("keys.db is empty"));
        }
        let bytes = match fs::read(kek_path(dir)) {
            Ok(bytes) => Zeroizing::new(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreFault::KeysLost("keys/kek is missing"));
            }
            Err(error) => return Err(StoreFault::file("keys/kek")(error)),
        };
        let kek: [u8; 32] = bytes.as_slice().try_into().map_err(|_| StoreFault::Malformed("keys/kek"))?;
        let ring = Ring { connection, known: HashMap::new() };
        Ok(Self { kek: Zeroizing::new(kek), random, ring: Mutex::new(ring) })
    }

    /// Looks at the keys as they are now, whoever makes more or destroys some: for as long as this lives, which saves
    /// asking for every key whether the file changed.
    pub(crate) fn hold(&self) -> Result<(), StoreFault> {
        Ok(self.lock().connection.execute_batch("BEGIN")?)
    }

    /// The key of a number; none if it was destroyed, or is not made yet.
    pub(crate) fn find(&self, n: u64) -> Result<Option<HolderKey>, StoreFault> {
        self.find_in(&mut self.lock(), n)
    }

    /// The key of a number that nobody had before. Where the stock has run out, more are made first and synced: a key
    /// that nothing refers to is harmless, a part without its key is lost.
    pub(crate) fn take(&self, n: u64) -> Result<HolderKey, StoreFault> {
        let mut ring = self.lock();
        if let Some(key) = self.find_in(&mut ring, n)? {
            return Ok(key);
        }
        self.make(&mut ring, n..n + STOCK)?;
        self.find_in(&mut ring, n)?.ok_or(StoreFault::Malformed("keys.db"))
    }

    /// Makes the keys of `numbers` that are not there, synced.
    fn make(&self, ring: &mut Ring, numbers: Range<u64>) -> Result<(), StoreFault> {
        let mut made = vec![];
        let transaction = ring.connection.transaction()?;
        {
            let sql = "INSERT INTO key (n, nonce, ct) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
            let mut insert = transaction.prepare_cached(sql)?;
            for n in numbers {
                let (mut key, mut nonce) = (Zeroizing::new([0; 32]), [0; 24]);
                (self.random)(key.as_mut_slice());
                (self.random)(&mut nonce);
                let payload = Payload { msg: key.as_slice(), aad: &n.to_be_bytes() };
                let ct =
                    self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| StoreFault::Sealed("a key"))?;
                // One that is there already stays.
                if insert.execute((n, nonce, ct))? == 1 {
                    made.push((n, key));
                }
            }
        }
        transaction.commit()?;
        ring.known.extend(made);
        Ok(())
    }

    /// Destroys a key. A copy may lie in the write-ahead log until `cut`.
    pub(crate) fn destroy(&self, n: u64) -> Result<(), StoreFault> {
        let mut ring = self.lock();
        ring.known.remove(&n);
        ring.connection.execute("DELETE FROM key WHERE n = ?1", [n])?;
        Ok(())
    }

    /// Destroys every key after that of `last`: the stock, made anew when it is needed.
    pub(crate) fn destroy_after(&self, last: u64) -> Result<(), StoreFault> {
        let mut ring = self.lock();
        ring.known.retain(|n, _| *n <= last);
        ring.connection.execute("DELETE FROM key WHERE n > ?1", [last])?;
        Ok(())
    }

    /// Cuts off the write-ahead log, so that no copy of what was destroyed stays in the folder. Errors: `InUse`.
    pub(crate) fn cut(&self) -> Result<(), StoreFault> {
        truncate(&self.lock().connection)
    }

    /// Goes through every number that has a key, in order, and opens each: also those that wait for their holders.
    /// Errors: `Sealed` where one does not open, `Torn` where the file holds what Luoshi never wrote.
    pub(crate) fn each(&self, mut found: impl FnMut(u64)) -> Result<(), StoreFault> {
        let ring = self.lock();
        let sound: String = ring.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if sound != "ok" {
            return Err(StoreFault::Torn(format!("keys.db: {sound}")));
        }
        if schema::difference(&ring.connection, &[TABLE])?.is_some() {
            return Err(StoreFault::Torn("keys.db holds more or less than its table".into()));
        }
        let mut statement = ring.connection.prepare("SELECT n, nonce, ct FROM key ORDER BY n")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let n = row.get(0)?;
            self.unwrapped(n, row.get(1)?, row.get(2)?)?;
            found(n);
        }
        Ok(())
    }

    /// The seed of the log's signing key. Errors: `KeysLost` if it is not there.
    pub(crate) fn log_seed(&self) -> Result<HolderKey, StoreFault> {
        self.find(LOG)?.ok_or(StoreFault::KeysLost("keys.db holds no signing key"))
    }

    fn find_in(&self, ring: &mut Ring, n: u64) -> Result<Option<HolderKey>, StoreFault> {
        if let Some(key) = ring.known.get(&n) {
            return Ok(Some(key.clone()));
        }
        let row: Option<([u8; 24], Vec<u8>)> = ring
            .connection
            .prepare_cached("SELECT nonce, ct FROM key WHERE n = ?1")?
            .query_row([n], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((nonce, ct)) = row else { return Ok(None) };
        let key = self.unwrapped(n, nonce, ct)?;
        if ring.known.len() >= KNOWN_MAX {
            ring.known.clear();
        }
        ring.known.insert(n, key.clone());
        Ok(Some(key))
    }

    fn unwrapped(&self, n: u64, nonce: [u8; 24], ct: Vec<u8>) -> Result<HolderKey, StoreFault> {
        let payload = Payload { msg: &ct, aad: &n.to_be_bytes() };
        let opened = self.cipher().decrypt(&XNonce::from(nonce), payload).map_err(|_| StoreFault::Sealed("a key"))?;
        let opened = Zeroizing::new(opened);
        let key: [u8; 32] = opened.as_slice().try_into().map_err(|_| StoreFault::Malformed("keys.db"))?;
        Ok(Zeroizing::new(key))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(*self.kek))
    }

    /// A panic of somebody who held the ring leaves it whole: what is known is on disk.
    fn lock(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// Moves the write-ahead log into the database and cuts it off. Errors: `InUse` where a reader held it for ten
/// seconds: then copies of what was deleted may still lie in it.
pub(crate) fn truncate(connection: &Connection) -> Result<(), StoreFault> {
    let cut = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    let is_busy: bool = cut?;
    if is_busy { Err(StoreFault::InUse) } else { Ok(()) }
}

fn kek_path(dir: &Path) -> PathBuf {
    dir.join("keys").join("kek")
}

fn make_kek(dir: &Path, random: &Random) -> Result<(), StoreFault> {
    let fault = || StoreFault::file("keys/kek");
    make_folder(&dir.join("keys"))?;
    let mut kek = Zeroizing::new([0; 32]);
    random(kek.as_mut_slice());
    let path = kek_path(dir);
    let mut file = fs::File::options().write(true).create_new(true).open(&path).map_err(fault())?;
    private(&path)?;
    file.write_all(kek.as_slice()).map_err(fault())?;
    file.sync_all().map_err(fault())?;
    sync_folder(&dir.join("keys"))
}

/// Readable and writable by the owner only.
pub(crate) fn private(path: &Path) -> Result<(), StoreFault> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).map_err(StoreFault::file("file mode"))?;
    }
    Ok(())
}

/// Makes a folder, and those above it that are missing; their names are durable.
pub(crate) fn make_folder(dir: &Path) -> Result<(), StoreFault> {
    if dir.is_dir() {
        return Ok(());
    }
    let above = dir.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_folder(above)?;
    match fs::create_dir(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(StoreFault::file(dir.display().to_string())(error))
        }
        Ok(()) | Err(_) => sync_folder(above),
    }
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(dir: &Path) -> Result<(), StoreFault> {
    fs::File::open(dir).and_then(|folder| folder.sync_all()).map_err(StoreFault::file("folder"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_deleted_is_not_said_to_be_gone_while_a_reader_keeps_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("some.db");
        let writer = sqlite::open_to_write(&path).expect("a database");
        writer.execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)").expect("a table");
        let reader = sqlite::open_to_read(&path).expect("a database");
        reader.execute_batch("BEGIN; SELECT * FROM t").expect("a look");
        writer.execute_batch("DELETE FROM t").expect("a table");
        writer.busy_timeout(std::time::Duration::ZERO).expect("a setting");
        assert!(matches!(truncate(&writer), Err(StoreFault::InUse)));
        drop(reader);
        truncate(&writer).expect("nobody reads");
    }
}
