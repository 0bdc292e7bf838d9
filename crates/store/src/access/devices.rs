//! Browsers known from before. Whoever has signed in carries a secret of that browser's own from then on; a password
//! that comes with it waits for wrong guesses from this browser only (OWASP's device cookies). So nobody who knows a
//! login keeps its officer out by guessing at it, and a stolen secret buys five guesses and no session.

use jiff::{SignedDuration, Timestamp};
use ledger::id::OfficerId;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Access, AccessFault, Login, Secret, after, credible, key};

/// A browser is known so long after its last sign-in.
pub const DEVICE_LIFE: SignedDuration = SignedDuration::from_hours(180 * 24);
/// So many browsers of one officer are known; the one used longest ago goes first.
const DEVICES_MAX: i64 = 20;

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS device (
    hash    BLOB NOT NULL PRIMARY KEY,
    officer BLOB NOT NULL,
    seen    INTEGER NOT NULL         -- the last sign-in
) STRICT;
CREATE INDEX IF NOT EXISTS device_officer ON device (officer, seen);
";

impl Access {
    /// Knows this browser from now on, for the officer whose session this is, and gives him and what it shall carry:
    /// `before`, where he is known by that already. `None` if the session is over.
    pub fn know_device(
        &self,
        session: &Secret,
        before: Option<&Secret>,
    ) -> Result<Option<(OfficerId, Secret)>, AccessFault> {
        let Some(session) = self.session(session)? else { return Ok(None) };
        let (officer, now) = (session.officer, self.now());
        let mut connection = self.lock()?;
        let transaction = connection.transaction()?;
        let bounds = [after(now, -DEVICE_LIFE), credible(now)].map(Timestamp::as_microsecond);
        transaction.execute("DELETE FROM device WHERE seen <= ?1 OR seen > ?2", bounds)?;
        let sql = "UPDATE device SET seen = ?3 WHERE hash = ?1 AND officer = ?2";
        let kept = match before {
            Some(before) => {
                let values = params![before.hash().0, key(officer), now.as_microsecond()];
                (transaction.execute(sql, values)? > 0).then(|| before.clone())
            }
            None => None,
        };
        let secret = kept.unwrap_or_else(|| self.secret());
        transaction.execute(
            "INSERT OR IGNORE INTO device (hash, officer, seen) VALUES (?1, ?2, ?3)",
            params![secret.hash().0, key(officer), now.as_microsecond()],
        )?;
        transaction.execute(
            "DELETE FROM device WHERE officer = ?1 AND hash NOT IN
                 (SELECT hash FROM device WHERE officer = ?1 ORDER BY seen DESC, hash LIMIT ?2)",
            params![key(officer), DEVICES_MAX],
        )?;
        transaction.commit()?;
        Ok(Some((officer, secret)))
    }

    /// The hash of the browser's secret, if it is known for the officer who signs in under `login`.
    pub(super) fn known_device(&self, login: &Login, sent: Option<&Secret>) -> Result<Option<[u8; 32]>, AccessFault> {
        let Some(sent) = sent else { return Ok(None) };
        let (hash, now) = (sent.hash().0, self.now());
        let [forgotten, ahead] = [after(now, -DEVICE_LIFE), credible(now)].map(Timestamp::as_microsecond);
        let sql = "SELECT 1 FROM device JOIN account USING (officer) \
                   WHERE hash = ?1 AND login = ?2 AND seen > ?3 AND seen <= ?4";
        let connection = self.lock()?;
        let found =
            connection.query_row(sql, params![hash, login.as_str(), forgotten, ahead], |_| Ok(())).optional()?;
        Ok(found.map(|()| hash))
    }
}

/// The officer's browsers are strangers again.
pub(super) fn forget_devices(connection: &Connection, officer: OfficerId) -> Result<(), AccessFault> {
    connection.execute("DELETE FROM device WHERE officer = ?1", [key(officer)])?;
    Ok(())
}
