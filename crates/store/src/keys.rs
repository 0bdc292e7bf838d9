//! One key a holder, wrapped, in a file apart from the data: destroying the row is what erases.

use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use ledger::id::Holder;
use rusqlite::Connection;
use zeroize::Zeroizing;

use crate::access::Random;
use crate::error::StoreFault;
use crate::sqlite;

/// The name under which the log's signing seed is kept.
const LOG: &str = "log";

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
    /// Keys known to be there, and keys made and not yet on disk.
    known: HashMap<String, HolderKey>,
    fresh: Vec<String>,
}

/// At most so many unwrapped keys are kept in memory.
const KNOWN_MAX: usize = 50_000;

impl Keys {
    /// Opens `dir/keys.db` and `dir/keys/kek`, and makes them if `is_new`.
    pub(crate) fn open(dir: &Path, random: Random, is_new: bool) -> Result<Self, StoreFault> {
        if is_new {
            make_kek(dir, &random)?;
        }
        let connection = sqlite::open_to_write(&dir.join("keys.db"))?;
        private(&dir.join("keys.db"))?;
        connection.execute_batch(&sqlite::definitions(
            "CREATE TABLE IF NOT EXISTS key (
                 holder TEXT NOT NULL PRIMARY KEY,
                 nonce  BYTES NOT NULL,
                 ct     BYTES NOT NULL           -- the key, wrapped; the holder is bound to it
             ) STRICT;",
        ))?;
        Self::with(dir, connection, random)
    }

    /// Opens what is there and writes nothing: for `verify`, `doctor` and `backup`.
    pub(crate) fn open_to_read(dir: &Path) -> Result<Self, StoreFault> {
        let connection = sqlite::open_to_read(&dir.join("keys.db"))?;
        Self::with(dir, connection, std::sync::Arc::new(|_| {}))
    }

    fn with(dir: &Path, connection: Connection, random: Random) -> Result<Self, StoreFault> {
        let bytes = Zeroizing::new(fs::read(kek_path(dir)).map_err(StoreFault::file("keys/kek"))?);
        let kek: [u8; 32] = bytes.as_slice().try_into().map_err(|_| StoreFault::Malformed("keys/kek"))?;
        let ring = Ring { connection, known: HashMap::new(), fresh: vec![] };
        Ok(Self { kek: Zeroizing::new(kek), random, ring: Mutex::new(ring) })
    }

    /// The holder's key; none if it was destroyed, or never was.
    pub(crate) fn find(&self, holder: &Holder) -> Result<Option<HolderKey>, StoreFault> {
        self.find_named(&mut *self.lock()?, &holder.to_string())
    }

    /// The holder's key, made if there is none. A key made here is on disk only after `commit`.
    pub(crate) fn find_or_make(&self, holder: &Holder) -> Result<HolderKey, StoreFault> {
        let mut ring = self.lock()?;
        let name = holder.to_string();
        if let Some(key) = self.find_named(&mut ring, &name)? {
            return Ok(key);
        }
        let mut key = Zeroizing::new([0; 32]);
        (self.random)(key.as_mut_slice());
        ring.known.insert(name.clone(), key.clone());
        ring.fresh.push(name);
        Ok(key)
    }

    /// Puts every key made since on disk, synced. At this point nothing refers to them: an orphan key is harmless.
    pub(crate) fn commit(&self) -> Result<(), StoreFault> {
        let mut ring = self.lock()?;
        if ring.fresh.is_empty() {
            return Ok(());
        }
        let Ring { connection, known, fresh } = &mut *ring;
        let outcome = self.write(connection, known, fresh);
        for name in fresh.drain(..) {
            if outcome.is_err() {
                known.remove(&name);
            }
        }
        outcome
    }

    /// Destroys the holder's key and cuts off the write-ahead log, so that no copy stays in the folder.
    pub(crate) fn destroy(&self, holder: &str) -> Result<(), StoreFault> {
        let mut ring = self.lock()?;
        ring.known.remove(holder);
        ring.connection.execute("DELETE FROM key WHERE holder = ?1", [holder])?;
        truncate(&ring.connection)
    }

    /// The seed of the log's signing key; made if there is none.
    pub(crate) fn log_seed(&self) -> Result<HolderKey, StoreFault> {
        let found = self.find_named(&mut *self.lock()?, LOG)?;
        if let Some(seed) = found {
            return Ok(seed);
        }
        {
            let mut ring = self.lock()?;
            let mut seed = Zeroizing::new([0; 32]);
            (self.random)(seed.as_mut_slice());
            ring.known.insert(LOG.to_owned(), seed);
            ring.fresh.push(LOG.to_owned());
        }
        self.commit()?;
        self.find_named(&mut *self.lock()?, LOG)?.ok_or(StoreFault::Malformed("keys.db"))
    }

    fn write(
        &self,
        connection: &mut Connection,
        known: &HashMap<String, HolderKey>,
        fresh: &[String],
    ) -> Result<(), StoreFault> {
        let transaction = connection.transaction()?;
        {
            let mut insert = transaction.prepare_cached("INSERT INTO key (holder, nonce, ct) VALUES (?1, ?2, ?3)")?;
            for name in fresh {
                let Some(key) = known.get(name) else { continue };
                let mut nonce = [0; 24];
                (self.random)(&mut nonce);
                let payload = Payload { msg: key.as_slice(), aad: name.as_bytes() };
                let ct =
                    self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| StoreFault::Sealed("a key"))?;
                insert.execute((name, nonce, ct))?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    fn find_named(&self, ring: &mut Ring, name: &str) -> Result<Option<HolderKey>, StoreFault> {
        if let Some(key) = ring.known.get(name) {
            return Ok(Some(key.clone()));
        }
        use rusqlite::OptionalExtension as _;
        let row: Option<([u8; 24], Vec<u8>)> = ring
            .connection
            .prepare_cached("SELECT nonce, ct FROM key WHERE holder = ?1")?
            .query_row([name], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((nonce, ct)) = row else { return Ok(None) };
        let payload = Payload { msg: &ct, aad: name.as_bytes() };
        let opened = self.cipher().decrypt(&XNonce::from(nonce), payload).map_err(|_| StoreFault::Sealed("a key"))?;
        let opened = Zeroizing::new(opened);
        let key: [u8; 32] = opened.as_slice().try_into().map_err(|_| StoreFault::Malformed("keys.db"))?;
        let key = Zeroizing::new(key);
        if ring.known.len() >= KNOWN_MAX && ring.fresh.is_empty() {
            ring.known.clear();
        }
        ring.known.insert(name.to_owned(), key.clone());
        Ok(Some(key))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(*self.kek))
    }

    fn lock(&self) -> Result<MutexGuard<'_, Ring>, StoreFault> {
        self.ring.lock().map_err(|_| StoreFault::Panicked)
    }
}

/// Moves the write-ahead log into the database and cuts it off.
pub(crate) fn truncate(connection: &Connection) -> Result<(), StoreFault> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

fn kek_path(dir: &Path) -> PathBuf {
    dir.join("keys").join("kek")
}

fn make_kek(dir: &Path, random: &Random) -> Result<(), StoreFault> {
    let fault = || StoreFault::file("keys/kek");
    fs::create_dir_all(dir.join("keys")).map_err(fault())?;
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

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(dir: &Path) -> Result<(), StoreFault> {
    fs::File::open(dir).and_then(|folder| folder.sync_all()).map_err(StoreFault::file("folder"))
}
