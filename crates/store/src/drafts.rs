//! Forms kept for later, in `DIR/drafts.db`: no events, and nobody's business but their officer's.
//!
//! What was typed lies sealed under the key of the officer's person, so that erasing the person takes it along. A draft
//! that nobody came back to goes after sixty days. A backup leaves drafts out, as it leaves out sessions.

use std::path::Path;
use std::sync::{Mutex, MutexGuard};

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use jiff::{SignedDuration, Timestamp};
use ledger::act::ActKind;
use ledger::id::{Holder, MatterId, OfficerId};
use rusqlite::{Connection, OptionalExtension as _};

use crate::error::StoreFault;
use crate::keys::{HolderKey, private, truncate};
use crate::{Store, sqlite};

/// So long an untouched draft is kept.
pub const DRAFT_LIFE: SignedDuration = SignedDuration::from_hours(60 * 24);
/// At most so many drafts an officer; the oldest makes room.
pub const DRAFTS_MAX: u32 = 100;

/// A form as it was left.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// Names and values, in the order of the form.
    pub fields: Vec<(String, String)>,
    /// When it was kept.
    pub kept: Timestamp,
}

/// Which form was left, and when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DraftLine {
    /// On which matter.
    pub matter: MatterId,
    /// Of which act.
    pub act: ActKind,
    /// When it was kept.
    pub kept: Timestamp,
}

/// The file of drafts.
pub(crate) struct Drafts(Mutex<Connection>);

impl Drafts {
    pub(crate) fn open(dir: &Path) -> Result<Self, StoreFault> {
        let path = dir.join("drafts.db");
        let connection = sqlite::open_to_write(&path)?;
        private(&path)?;
        connection.execute_batch(&sqlite::definitions(
            "CREATE TABLE IF NOT EXISTS draft (
                 officer TEXT NOT NULL,
                 matter  TEXT NOT NULL,
                 act     TEXT NOT NULL,
                 holder  TEXT NOT NULL,          -- under whose key it lies
                 nonce   BYTES NOT NULL,
                 ct      BYTES NOT NULL,         -- names and values; officer, matter and act are bound to it
                 kept    INT64 NOT NULL,
                 PRIMARY KEY (officer, matter, act)
             ) STRICT;
             CREATE INDEX IF NOT EXISTS draft_holder ON draft (holder);",
        ))?;
        Ok(Self(Mutex::new(connection)))
    }

    /// Takes away what lies under a key that is gone.
    pub(crate) fn forget(&self, holder: &str) -> Result<(), StoreFault> {
        let connection = self.lock()?;
        connection.execute("DELETE FROM draft WHERE holder = ?1", [holder])?;
        truncate(&connection)
    }

    fn lock(&self) -> Result<MutexGuard<'_, Connection>, StoreFault> {
        self.0.lock().map_err(|_| StoreFault::Panicked)
    }
}

impl Store {
    /// Keeps what an officer typed so far; it replaces what was kept of the same form. False where the record does not
    /// know him: there is no key to seal it under.
    pub fn keep_draft(
        &self,
        officer: OfficerId,
        matter: MatterId,
        act: ActKind,
        fields: &[(String, String)],
    ) -> Result<bool, StoreFault> {
        let Some(holder) = self.person_of(officer)? else { return Ok(false) };
        // Made here, it would outlive an erasure that came since.
        let Some(key) = self.key_of(&holder)? else { return Ok(false) };
        let plain = serde_json::to_vec(fields).map_err(|_| StoreFault::Malformed("a draft"))?;
        let mut nonce = [0; 24];
        (self.inner.random)(&mut nonce);
        let payload = Payload { msg: &plain, aad: &place(officer, matter, act) };
        let ct = cipher(&key).encrypt(&XNonce::from(nonce), payload).map_err(|_| StoreFault::Sealed("a draft"))?;
        let now = (self.inner.clock)();
        let connection = self.inner.drafts.lock()?;
        connection.execute(
            "INSERT OR REPLACE INTO draft (officer, matter, act, holder, nonce, ct, kept) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            rusqlite::params![
                officer.to_string(),
                matter.to_string(),
                act.code(),
                holder.to_string(),
                nonce,
                ct,
                now.as_microsecond()
            ],
        )?;
        connection.execute("DELETE FROM draft WHERE kept <= ?1", [expired(now)])?;
        connection.execute(
            "DELETE FROM draft WHERE officer = ?1 AND (matter, act) IN \
             (SELECT matter, act FROM draft WHERE officer = ?1 ORDER BY kept DESC, matter, act LIMIT -1 OFFSET ?2)",
            (officer.to_string(), DRAFTS_MAX),
        )?;
        Ok(true)
    }

    /// The form as he left it, unless it expired or its key is gone.
    pub fn draft(&self, officer: OfficerId, matter: MatterId, act: ActKind) -> Result<Option<Draft>, StoreFault> {
        type Row = (String, [u8; 24], Vec<u8>, i64);
        let now = (self.inner.clock)();
        let row: Option<Row> = {
            let connection = self.inner.drafts.lock()?;
            let sql = "SELECT holder, nonce, ct, kept FROM draft \
                       WHERE officer = ?1 AND matter = ?2 AND act = ?3 AND kept > ?4";
            let named = (officer.to_string(), matter.to_string(), act.code(), expired(now));
            let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
            connection.prepare_cached(sql)?.query_row(named, read).optional()?
        };
        let Some((holder, nonce, ct, kept)) = row else { return Ok(None) };
        let holder: Holder = holder.parse().map_err(|_| StoreFault::Malformed("a draft's holder"))?;
        let Some(key) = self.key_of(&holder)? else { return Ok(None) };
        let payload = Payload { msg: &ct, aad: &place(officer, matter, act) };
        let plain = cipher(&key).decrypt(&XNonce::from(nonce), payload).map_err(|_| StoreFault::Sealed("a draft"))?;
        let fields = serde_json::from_slice(&plain).map_err(|_| StoreFault::Malformed("a draft"))?;
        Ok(Some(Draft { fields, kept: instant(kept)? }))
    }

    /// The forms an officer left, the last first; at most `DRAFTS_MAX`.
    pub fn drafts(&self, officer: OfficerId) -> Result<Vec<DraftLine>, StoreFault> {
        let now = (self.inner.clock)();
        let connection = self.inner.drafts.lock()?;
        let sql = "SELECT matter, act, kept FROM draft WHERE officer = ?1 AND kept > ?2 \
                   ORDER BY kept DESC, matter, act LIMIT ?3";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query((officer.to_string(), expired(now), DRAFTS_MAX))?;
        let mut lines = vec![];
        while let Some(row) = rows.next()? {
            let (matter, act): (String, String) = (row.get(0)?, row.get(1)?);
            let malformed = |_| StoreFault::Malformed("a draft");
            let (matter, act) = (MatterId::parse(&matter).map_err(malformed)?, act.parse().map_err(malformed)?);
            lines.push(DraftLine { matter, act, kept: instant(row.get(2)?)? });
        }
        Ok(lines)
    }

    /// Lets go of a form: the act was done, or the officer thought better of it.
    pub fn drop_draft(&self, officer: OfficerId, matter: MatterId, act: ActKind) -> Result<(), StoreFault> {
        let sql = "DELETE FROM draft WHERE officer = ?1 AND matter = ?2 AND act = ?3";
        self.inner.drafts.lock()?.execute(sql, (officer.to_string(), matter.to_string(), act.code()))?;
        Ok(())
    }

    fn person_of(&self, officer: OfficerId) -> Result<Option<Holder>, StoreFault> {
        self.read(|read| {
            let organisation = read.organisation()?;
            Ok(organisation.officer(officer).and_then(|officer| officer.person_id()).map(Holder::Person))
        })
    }
}

fn cipher(key: &HolderKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(**key))
}

fn place(officer: OfficerId, matter: MatterId, act: ActKind) -> Vec<u8> {
    format!("luoshi/draft/v1\0{officer}\0{matter}\0{}", act.code()).into_bytes()
}

/// What was kept up to then has expired, in microseconds UTC.
fn expired(now: Timestamp) -> i64 {
    now.as_microsecond().saturating_sub(i64::try_from(DRAFT_LIFE.as_micros()).unwrap_or(i64::MAX))
}

fn instant(micros: i64) -> Result<Timestamp, StoreFault> {
    Timestamp::from_microsecond(micros).map_err(|_| StoreFault::Malformed("a draft's instant"))
}
