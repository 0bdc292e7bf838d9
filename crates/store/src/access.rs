//! Who may come in: accounts, sessions, personal tokens and one-time links, in a file of their own;
//! and beside them what no record keeps: ledgers that clerks are taking in, and who read what is personal or confined.
//!
//! `DIR/access.db` is no part of the record. A session begins and ends many times a day and proves nothing about a
//! matter, and a secret that can be revoked must also be forgettable; so none of it is an event, none of it is
//! replayed, and restoring the record restores nobody's session.
//!
//! Of every 256-bit secret only its SHA-256 is kept, so that a copy of the file opens no door. Every call is
//! serialised on one connection; what returns `Ok` is on stable storage.

mod devices;
mod guessable;
mod imports;
mod links;
mod password;
mod read_log;
mod sessions;
mod throttle;
mod tokens;
mod views;

#[cfg(test)]
mod tests;

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ledger::Invalid;
use ledger::id::OfficerId;
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use devices::DEVICE_LIFE;
pub use imports::{Import, ImportState};
pub use links::{LINK_LIFE, Link, Purpose};
pub use password::{PASSWORD_MAX, PASSWORD_MIN, Password};
pub use read_log::{READ_LOG_LIFE, ReadFilter, ReadKind, ReadLine, Reading};
pub use sessions::{Device, SESSION_IDLE, SESSION_LIFE, Session, SessionLine};
pub use tokens::{Scope, Scopes, TOKEN_LIFE_MAX, Token, TokenLine};
pub use views::{VIEWS_MAX, View};

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
/// Fills the bytes with randomness fit for secrets.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// The one that keeps accounts, sessions, tokens and links. Share it behind an `Arc`.
pub struct Access {
    connection: Mutex<Connection>,
    clock: Clock,
    random: Random,
}

/// Why somebody was not let in, or could not change how he comes in.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// No such login, or not its password; the two are not told apart.
    #[error("login and password do not belong together")]
    WrongPassword,
    /// Too many wrong passwords for this login or from this address.
    #[error("too many attempts")]
    Throttled {
        /// From when on an attempt is looked at again.
        until: Timestamp,
    },
    /// The one-time link is unknown, was used, was replaced or has expired; they are not told apart.
    #[error("the link is spent")]
    LinkSpent,
    /// Another officer already has this login name.
    #[error("the login name is taken")]
    LoginTaken,
    /// The officer has no account yet.
    #[error("the officer has no account")]
    NoAccount,
    /// The machine failed.
    #[error(transparent)]
    Fault(#[from] AccessFault),
}

/// The machine failed.
#[derive(Debug, thiserror::Error)]
pub enum AccessFault {
    /// SQLite refused or the file is damaged.
    #[error("access.db: {0}")]
    Database(rusqlite::Error),
    /// The password could not be hashed.
    #[error("argon2: {0}")]
    Hash(String),
    /// A column holds what this version never writes.
    #[error("access.db: {0} is malformed")]
    Malformed(&'static str),
    /// A thread panicked while it held the connection.
    #[error("access.db: another thread failed while using it")]
    Poisoned,
}

impl AccessFault {
    /// Whether there was no space; it works again once there is.
    pub fn is_full(&self) -> bool {
        match self {
            Self::Database(error) => error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull),
            Self::Hash(_) | Self::Malformed(_) | Self::Poisoned => false,
        }
    }
}

impl From<rusqlite::Error> for AccessFault {
    fn from(error: rusqlite::Error) -> Self {
        crate::sqlite::end_after_failed_sync(&error);
        Self::Database(error)
    }
}

impl From<rusqlite::Error> for AccessError {
    fn from(error: rusqlite::Error) -> Self {
        AccessError::Fault(error.into())
    }
}

/// A login name: 2 to 64 characters, neither blank nor control characters, compared without regard to case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Login(String);

impl Login {
    /// Errors: `Invalid` on the field `login`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let login = text.trim().to_lowercase();
        match login.chars().count() {
            0 => return Err(Invalid::new("login", "missing")),
            1 => return Err(Invalid::new("login", "login-too-short")),
            2..=64 => {}
            65.. => return Err(Invalid::new("login", "login-too-long")),
        }
        if login.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(Invalid::new("login", "login-blank-inside"));
        }
        Ok(Self(login))
    }

    /// As it is kept and compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// 256 random bits that open a door. Shown once; only their SHA-256 is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// Reads what `reveal` wrote. `None` if it is anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// 43 characters that fit a cookie, a header and an address.
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Whether both are the same; takes as long whichever byte differs.
    pub fn matches(&self, other: &Secret) -> bool {
        self.0.iter().zip(other.0).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
    }

    fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.0).into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What is kept of a secret. It names a session or a token on a page, and opens nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SecretHash([u8; 32]);

impl SecretHash {
    /// Reads what `Display` wrote. Errors: `Invalid` on the field `id`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or(Invalid::new("id", "malformed-id"))
    }

    fn read(bytes: &[u8]) -> Result<Self, AccessFault> {
        bytes.try_into().map(Self).map_err(|_| AccessFault::Malformed("hash"))
    }
}

impl fmt::Display for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

/// Instants are microseconds UTC; officers are the 16 bytes of their id.
const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS account (
    officer  BLOB NOT NULL PRIMARY KEY,
    login    TEXT NOT NULL UNIQUE,   -- lower case
    password TEXT NOT NULL,          -- PHC string, argon2id
    created  INTEGER NOT NULL,
    changed  INTEGER NOT NULL        -- when the password was last set
) STRICT;
CREATE TABLE IF NOT EXISTS session (
    hash    BLOB NOT NULL PRIMARY KEY,
    officer BLOB NOT NULL,
    csrf    BLOB NOT NULL,           -- 32 bytes that every form of this session carries
    device  TEXT NOT NULL,
    created INTEGER NOT NULL,
    seen    INTEGER NOT NULL,        -- written at most once in five minutes
    expires INTEGER NOT NULL         -- absolute; idleness is counted from seen
) STRICT;
CREATE INDEX IF NOT EXISTS session_officer ON session (officer);
CREATE TABLE IF NOT EXISTS token (
    hash    BLOB NOT NULL PRIMARY KEY,
    officer BLOB NOT NULL,
    label   TEXT NOT NULL,
    scopes  TEXT NOT NULL,           -- words, space-separated
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    used    INTEGER,
    revoked INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS token_officer ON token (officer);
CREATE TABLE IF NOT EXISTS token_form (
    officer BLOB NOT NULL,
    command BLOB NOT NULL,           -- 16 bytes: the form that made a token makes its officer no second
    hash    BLOB NOT NULL,
    PRIMARY KEY (officer, command)
) STRICT;
CREATE TABLE IF NOT EXISTS link (
    hash    BLOB NOT NULL PRIMARY KEY,
    officer BLOB NOT NULL,
    purpose TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    used    INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS view (
    id         BLOB NOT NULL PRIMARY KEY,
    officer    BLOB NOT NULL,
    name       TEXT NOT NULL,
    query      TEXT NOT NULL,        -- what the address of the list asks
    is_default INTEGER NOT NULL,
    created    INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS view_officer ON view (officer, created);
CREATE TABLE IF NOT EXISTS throttle (
    key      BLOB NOT NULL PRIMARY KEY, -- SHA-256 of a login or an address, so that the file lists neither
    failures INTEGER NOT NULL,
    last     INTEGER NOT NULL,
    until    INTEGER NOT NULL
) STRICT;
";

impl Access {
    /// Opens `dir/access.db` and makes it if there is none; `dir` exists. On Unix the file is readable by its owner only.
    pub fn open(dir: &Path, clock: Clock, random: Random) -> Result<Self, AccessFault> {
        let path = dir.join("access.db");
        let connection = Connection::open(&path)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))
                .map_err(|_| AccessFault::Malformed("file mode"))?;
        }
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "secure_delete", "ON")?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.execute_batch(SCHEMA)?;
        connection.execute_batch(devices::SCHEMA)?;
        connection.execute_batch(imports::SCHEMA)?;
        connection.execute_batch(read_log::SCHEMA)?;
        Ok(Self { connection: Mutex::new(connection), clock, random })
    }

    /// Takes away everything by which the officer comes in: account, sessions, tokens, open links and known browsers. No copy stays in
    /// the file; in the write-ahead log one may, where somebody else reads it meanwhile, until the next start.
    pub fn close_account(&self, officer: OfficerId) -> Result<(), AccessFault> {
        let mut connection = self.lock()?;
        let transaction = connection.transaction()?;
        for table in ["account", "session", "token", "token_form", "link", "view", "device"] {
            transaction.execute(&format!("DELETE FROM {table} WHERE officer = ?1"), [key(officer)])?;
        }
        transaction.commit()?;
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// The officer's login name, if he has an account.
    pub fn login_of(&self, officer: OfficerId) -> Result<Option<String>, AccessFault> {
        use rusqlite::OptionalExtension as _;
        let connection = self.lock()?;
        let sql = "SELECT login FROM account WHERE officer = ?1";
        Ok(connection.query_row(sql, [key(officer)], |row| row.get(0)).optional()?)
    }

    /// The officer who signs in under this name, if anybody does.
    pub fn officer_of(&self, login: &str) -> Result<Option<OfficerId>, AccessFault> {
        use rusqlite::OptionalExtension as _;
        let connection = self.lock()?;
        let sql = "SELECT officer FROM account WHERE login = ?1";
        let found: Option<Vec<u8>> =
            connection.query_row(sql, [login.trim().to_lowercase()], |row| row.get(0)).optional()?;
        found.map(|bytes| officer(&bytes)).transpose()
    }

    /// Whether anybody has an account: the first start prints a link for the first administrator if not.
    pub fn anybody(&self) -> Result<bool, AccessFault> {
        Ok(self.lock()?.query_row("SELECT EXISTS (SELECT 1 FROM account)", [], |row| row.get(0))?)
    }

    fn lock(&self) -> Result<MutexGuard<'_, Connection>, AccessFault> {
        self.connection.lock().map_err(|_| AccessFault::Poisoned)
    }

    fn now(&self) -> Timestamp {
        (self.clock)()
    }

    fn secret(&self) -> Secret {
        let mut bytes = [0; 32];
        (self.random)(&mut bytes);
        Secret(bytes)
    }
}

fn key(officer: OfficerId) -> [u8; 16] {
    *officer.0.as_bytes()
}

fn officer(bytes: &[u8]) -> Result<OfficerId, AccessFault> {
    Uuid::from_slice(bytes).map(OfficerId).map_err(|_| AccessFault::Malformed("officer"))
}

fn instant(micros: i64) -> Result<Timestamp, AccessFault> {
    Timestamp::from_microsecond(micros).map_err(|_| AccessFault::Malformed("instant"))
}

/// A clock may be set back by so much; what was written further ahead was written while it was wrong.
const SET_BACK_MAX: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

/// What was written after this instant was written under a wrong clock, and counts for nothing: it opens no door, and
/// keeps nobody out, ten years longer.
fn credible(now: Timestamp) -> Timestamp {
    after(now, SET_BACK_MAX)
}

/// `at` moved by `life`; the end of time where that lies beyond it.
fn after(at: Timestamp, life: jiff::SignedDuration) -> Timestamp {
    at.checked_add(life).unwrap_or(Timestamp::MAX)
}
