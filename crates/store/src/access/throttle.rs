//! Slowing down guesses: for the login guessed at and for the address the guesses come from, or for the browser alone
//! where it is known.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};
use sha2::{Digest as _, Sha256};

use super::{Access, AccessError, AccessFault, Login, after, credible, instant};

/// Wrong passwords a login has free; each further one doubles the wait, from two seconds on.
const LOGIN_FREE: u32 = 5;
/// The same for an address: a whole office may stand behind one.
const ADDRESS_FREE: u32 = 30;
/// Things said without an account, from one address: a whole street may stand behind one.
const PUBLIC_FREE: u32 = 10;
/// The longest wait. Short enough that nobody is locked out for a day by a stranger who knows his login.
const WAIT_MAX: SignedDuration = SignedDuration::from_mins(15);
/// Guesses are forgotten this long after the last one.
const MEMORY: SignedDuration = SignedDuration::from_hours(24);

/// One attempt at a password: what it is counted under.
pub(super) struct Attempt {
    keys: Vec<([u8; 32], u32)>,
    login: [u8; 32],
}

impl Attempt {
    pub(super) fn of(login: &Login, address: Option<IpAddr>) -> Self {
        let login = digest("login", login.as_str().as_bytes());
        let mut keys = vec![(login, LOGIN_FREE)];
        match address {
            Some(IpAddr::V4(v4)) => keys.push((digest("address", &v4.octets()), ADDRESS_FREE)),
            // One subscriber has at least a whole /64.
            Some(IpAddr::V6(v6)) => keys.push((digest("address", &v6.octets()[..8]), ADDRESS_FREE)),
            None => {}
        }
        Self { keys, login }
    }

    /// From a browser that its officer has signed in with before; `hash` is its secret's.
    pub(super) fn from_known_device(hash: &[u8; 32]) -> Self {
        let key = digest("device", hash);
        Self { keys: vec![(key, LOGIN_FREE)], login: key }
    }

    /// By one who is signed in already, at his own password.
    pub(super) fn from_within(officer: &[u8; 16]) -> Self {
        let key = digest("within", officer);
        Self { keys: vec![(key, LOGIN_FREE)], login: key }
    }

    /// Something said without an account.
    fn of_the_public(address: Option<IpAddr>) -> Self {
        let key = match address {
            Some(IpAddr::V4(v4)) => digest("public", &v4.octets()),
            Some(IpAddr::V6(v6)) => digest("public", &v6.octets()[..8]),
            None => digest("public", b""),
        };
        Self { keys: vec![(key, PUBLIC_FREE)], login: key }
    }

    /// Counts the attempt as a failure in advance. Errors: `Throttled` if one of its keys still waits, and then
    /// nothing is counted.
    pub(super) fn count(&self, connection: &mut Connection, now: Timestamp) -> Result<(), AccessError> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let bounds = [after(now, -MEMORY), credible(now)].map(Timestamp::as_microsecond);
        transaction.execute("DELETE FROM throttle WHERE last <= ?1 OR last > ?2", bounds)?;
        let mut longest: Option<i64> = None;
        let mut counts = vec![];
        for (key, free) in &self.keys {
            let sql = "SELECT failures, until FROM throttle WHERE key = ?1";
            let row: Option<(u32, i64)> =
                transaction.query_row(sql, [key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            let (failures, until) = row.unwrap_or((0, 0));
            if until > now.as_microsecond() {
                longest = longest.max(Some(until));
            }
            counts.push((key, failures.saturating_add(1), *free));
        }
        if let Some(until) = longest {
            return Err(AccessError::Throttled { until: instant(until)? });
        }
        for (key, failures, free) in counts {
            let until = after(now, wait(failures, free)).as_microsecond();
            transaction.execute(
                "INSERT INTO throttle (key, failures, last, until) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, last = excluded.last, until = excluded.until",
                params![key, failures, now.as_microsecond(), until],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// The password was right: the login starts afresh, and this attempt no longer counts against the address.
    /// Earlier guesses from there still do, or whoever has one account could guess at the others for ever.
    pub(super) fn forgive(&self, connection: &Connection) -> Result<(), AccessFault> {
        connection.execute("DELETE FROM throttle WHERE key = ?1", [&self.login])?;
        for (key, _) in self.keys.iter().filter(|(key, _)| *key != self.login) {
            connection.execute("UPDATE throttle SET failures = max(failures - 1, 0) WHERE key = ?1", [key])?;
        }
        Ok(())
    }
}

impl Access {
    /// Counts something said without an account against its address, of which only a hash is kept, for a day.
    /// Errors: `Throttled` after more than a few.
    pub fn count_public(&self, address: Option<IpAddr>) -> Result<(), AccessError> {
        let now = self.now();
        let mut connection = self.lock()?;
        Attempt::of_the_public(address).count(&mut connection, now)
    }

    /// Until when wrong passwords keep this login from being looked at; none while it is free.
    pub fn waits_until(&self, login: &str) -> Result<Option<Timestamp>, AccessFault> {
        let now = self.now();
        let [from, ahead] = [now, credible(now)].map(Timestamp::as_microsecond);
        let sql = "SELECT until FROM throttle WHERE key = ?1 AND until > ?2 AND last <= ?3";
        let key = digest("login", login.as_bytes());
        let until: Option<i64> = self.lock()?.query_row(sql, params![key, from, ahead], |row| row.get(0)).optional()?;
        until.map(instant).transpose()
    }

    /// Lets the login be tried again at once; guesses from an address still count against that address.
    pub fn unlock(&self, login: &str) -> Result<(), AccessFault> {
        self.lock()?.execute("DELETE FROM throttle WHERE key = ?1", [digest("login", login.as_bytes())])?;
        Ok(())
    }
}

/// How long to wait after so many failures.
fn wait(failures: u32, free: u32) -> SignedDuration {
    match failures.saturating_sub(free) {
        0 => SignedDuration::ZERO,
        beyond => SignedDuration::from_secs(1_i64 << beyond.min(20)).min(WAIT_MAX),
    }
}

fn digest(kind: &str, value: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(kind.as_bytes());
    hash.update([0]);
    hash.update(value);
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_after_the_free_attempts_and_ends_at_its_greatest() {
        assert_eq!(wait(5, 5), SignedDuration::ZERO);
        assert_eq!(wait(6, 5), SignedDuration::from_secs(2));
        assert_eq!(wait(7, 5), SignedDuration::from_secs(4));
        assert_eq!(wait(14, 5), SignedDuration::from_secs(512));
        assert_eq!(wait(15, 5), WAIT_MAX);
        assert_eq!(wait(u32::MAX, 5), WAIT_MAX);
    }
}
