//! Sessions: begun by signing in, looked up on every request, ended one by one or all at once.

use jiff::{SignedDuration, Timestamp};
use ledger::id::OfficerId;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Access, AccessFault, Secret, SecretHash, after, credible, instant, key, officer};

/// A session ends when nothing was asked of it for so long. Keeping a draft, as scripts do while somebody
/// types, counts as asking. Source: NIST SP 800-63B-4, which asks as much of two factors.
pub const SESSION_IDLE: SignedDuration = SignedDuration::from_hours(1);
/// A session ends so long after it began, whatever happens: a working day. Same source, which allows twice as much.
pub const SESSION_LIFE: SignedDuration = SignedDuration::from_hours(12);
/// `seen` is written at most this often; idleness is therefore counted up to this much too early.
const SEEN_STEP: SignedDuration = SignedDuration::from_mins(5);

/// The sort of machine somebody signed in from, as far as its browser tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Device {
    /// A phone or a tablet.
    Phone,
    /// A computer.
    Computer,
    /// Something else, or it does not tell.
    Other,
}

impl Device {
    /// The word it is kept as.
    pub fn word(self) -> &'static str {
        match self {
            Device::Phone => "phone",
            Device::Computer => "computer",
            Device::Other => "other",
        }
    }

    fn read(word: &str) -> Result<Self, AccessFault> {
        [Device::Phone, Device::Computer, Device::Other]
            .into_iter()
            .find(|device| device.word() == word)
            .ok_or(AccessFault::Malformed("device"))
    }
}

/// A live session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    /// Its name on pages; opens nothing.
    pub id: SecretHash,
    /// Whose it is.
    pub officer: OfficerId,
    /// What every form of this session carries.
    pub csrf: Secret,
}

/// One line of the list of an officer's sessions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionLine {
    /// Its name; opens nothing.
    pub id: SecretHash,
    /// Where it was begun.
    pub device: Device,
    /// When it was begun.
    pub created: Timestamp,
    /// When it was last used, to five minutes.
    pub seen: Timestamp,
}

impl Access {
    pub(super) fn begin_session(
        &self,
        connection: &Connection,
        officer: OfficerId,
        device: Device,
    ) -> Result<Secret, AccessFault> {
        let (secret, csrf, now) = (self.secret(), self.secret(), self.now());
        connection.execute(
            "DELETE FROM session WHERE expires <= ?1 OR seen <= ?2 OR created > ?3",
            [now, after(now, -SESSION_IDLE), credible(now)].map(Timestamp::as_microsecond),
        )?;
        self.forget_old_reads(connection)?;
        connection.execute(
            "INSERT INTO session (hash, officer, csrf, device, created, seen, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)",
            params![
                secret.hash().0,
                key(officer),
                csrf.0,
                device.word(),
                now.as_microsecond(),
                after(now, SESSION_LIFE).as_microsecond()
            ],
        )?;
        Ok(secret)
    }

    /// The session that the secret opens, if it is live; it counts as used now.
    pub fn session(&self, secret: &Secret) -> Result<Option<Session>, AccessFault> {
        type Row = (Vec<u8>, [u8; 32], i64, i64, i64);
        let now = self.now();
        let id = secret.hash();
        let connection = self.lock()?;
        let sql = "SELECT officer, csrf, created, seen, expires FROM session WHERE hash = ?1";
        let row: Option<Row> = connection
            .prepare_cached(sql)?
            .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
            .optional()?;
        let Some((bytes, csrf, created, seen, expires)) = row else { return Ok(None) };
        let seen = instant(seen)?;
        if now >= instant(expires)? || now >= after(seen, SESSION_IDLE) || instant(created)? > credible(now) {
            connection.execute("DELETE FROM session WHERE hash = ?1", [id.0])?;
            return Ok(None);
        }
        if now >= after(seen, SEEN_STEP) {
            connection.execute("UPDATE session SET seen = ?2 WHERE hash = ?1", params![id.0, now.as_microsecond()])?;
        }
        Ok(Some(Session { id, officer: officer(&bytes)?, csrf: Secret(csrf) }))
    }

    /// The officer's live sessions, the one used last first.
    pub fn sessions(&self, officer: OfficerId) -> Result<Vec<SessionLine>, AccessFault> {
        let now = self.now();
        let connection = self.lock()?;
        let mut statement = connection.prepare(
            "SELECT hash, device, created, seen FROM session
             WHERE officer = ?1 AND expires > ?2 AND seen > ?3 AND created <= ?4 ORDER BY seen DESC, created DESC, hash",
        )?;
        let [now, idle, ahead] = [now, after(now, -SESSION_IDLE), credible(now)].map(Timestamp::as_microsecond);
        let mut rows = statement.query(params![key(officer), now, idle, ahead])?;
        let mut lines = vec![];
        while let Some(row) = rows.next()? {
            lines.push(SessionLine {
                id: SecretHash::read(&row.get::<_, Vec<u8>>(0)?)?,
                device: Device::read(&row.get::<_, String>(1)?)?,
                created: instant(row.get(2)?)?,
                seen: instant(row.get(3)?)?,
            });
        }
        Ok(lines)
    }

    /// Ends the session that the secret opens.
    pub fn sign_out(&self, secret: &Secret) -> Result<(), AccessFault> {
        self.lock()?.execute("DELETE FROM session WHERE hash = ?1", [secret.hash().0])?;
        Ok(())
    }

    /// Ends one session of the officer; whether there was one.
    pub fn end_session(&self, officer: OfficerId, id: SecretHash) -> Result<bool, AccessFault> {
        let sql = "DELETE FROM session WHERE officer = ?1 AND hash = ?2";
        Ok(self.lock()?.execute(sql, params![key(officer), id.0])? > 0)
    }

    /// Ends every session of the officer but one; how many.
    pub fn end_other_sessions(&self, officer: OfficerId, kept: SecretHash) -> Result<usize, AccessFault> {
        let sql = "DELETE FROM session WHERE officer = ?1 AND hash <> ?2";
        Ok(self.lock()?.execute(sql, params![key(officer), kept.0])?)
    }
}
