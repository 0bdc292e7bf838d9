//! One-time links: by which an officer comes in for the first time, or again after forgetting.

use jiff::SignedDuration;
use ledger::id::OfficerId;
use rusqlite::{OptionalExtension as _, TransactionBehavior, params};

use super::devices::forget_devices;
use super::password::set_password;
use super::{
    Access, AccessError, AccessFault, Device, Login, Password, Secret, after, credible, instant, key, officer,
};

/// A link is good for three days: over a weekend, not over a holiday.
pub const LINK_LIFE: SignedDuration = SignedDuration::from_hours(72);

/// What a link is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// The first administrator comes in.
    Setup,
    /// A further officer comes in.
    Invite,
    /// An officer who has an account chooses a new password.
    Reset,
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Purpose::Setup => "setup",
            Purpose::Invite => "invite",
            Purpose::Reset => "reset",
        }
    }

    fn read(word: &str) -> Result<Self, AccessFault> {
        [Purpose::Setup, Purpose::Invite, Purpose::Reset]
            .into_iter()
            .find(|purpose| purpose.word() == word)
            .ok_or(AccessFault::Malformed("purpose"))
    }
}

/// A link that still opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
    /// For whom.
    pub officer: OfficerId,
    /// For what.
    pub purpose: Purpose,
}

impl Access {
    /// Makes a link for the officer; earlier unused ones of his no longer open.
    pub fn make_link(&self, officer: OfficerId, purpose: Purpose) -> Result<Secret, AccessFault> {
        let (secret, now) = (self.secret(), self.now());
        let mut connection = self.lock()?;
        let transaction = connection.transaction()?;
        transaction.execute("DELETE FROM link WHERE officer = ?1 AND used IS NULL", [key(officer)])?;
        transaction.execute(
            "INSERT INTO link (hash, officer, purpose, created, expires) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                secret.hash().0,
                key(officer),
                purpose.word(),
                now.as_microsecond(),
                after(now, LINK_LIFE).as_microsecond()
            ],
        )?;
        transaction.commit()?;
        Ok(secret)
    }

    /// What the link opens. `None` if it is unknown, used, replaced or expired. Looking does not use it.
    pub fn link(&self, secret: &Secret) -> Result<Option<Link>, AccessFault> {
        let connection = self.lock()?;
        let sql = "SELECT officer, purpose, created, expires FROM link WHERE hash = ?1 AND used IS NULL";
        let row: Option<(Vec<u8>, String, i64, i64)> = connection
            .query_row(sql, [secret.hash().0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        let Some((bytes, purpose, created, expires)) = row else { return Ok(None) };
        let now = self.now();
        if now >= instant(expires)? || instant(created)? > credible(now) {
            return Ok(None);
        }
        Ok(Some(Link { officer: officer(&bytes)?, purpose: Purpose::read(&purpose)? }))
    }

    /// Makes the account that a setup or invitation link is for, and lets the officer in.
    /// Errors: `LinkSpent`, `LoginTaken`.
    pub fn create_account(
        &self,
        secret: &Secret,
        login: &Login,
        password: &Password,
        device: Device,
    ) -> Result<Secret, AccessError> {
        let hash = self.hash(password)?;
        let link = self.link(secret)?.ok_or(AccessError::LinkSpent)?;
        match link.purpose {
            Purpose::Setup | Purpose::Invite => {}
            Purpose::Reset => return Err(AccessError::LinkSpent),
        }
        let mut connection = self.lock()?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        self.spend(&transaction, secret)?;
        let sql = "SELECT EXISTS (SELECT 1 FROM account WHERE login = ?1 AND officer <> ?2)";
        if transaction.query_row(sql, params![login.as_str(), key(link.officer)], |row| row.get(0))? {
            return Err(AccessError::LoginTaken);
        }
        // An officer invited again after all keeps one account, under the login chosen last.
        transaction.execute(
            "INSERT INTO account (officer, login, password, created, changed) VALUES (?1, ?2, ?3, ?4, ?4)
             ON CONFLICT (officer) DO UPDATE SET login = excluded.login, password = excluded.password, changed = excluded.changed",
            params![key(link.officer), login.as_str(), hash, self.now().as_microsecond()],
        )?;
        transaction.execute("DELETE FROM session WHERE officer = ?1", [key(link.officer)])?;
        let session = self.begin_session(&transaction, link.officer, device)?;
        transaction.commit()?;
        Ok(session)
    }

    /// Sets a new password by a reset link, ends every session and token of the officer, and lets him in.
    /// Errors: `LinkSpent`, `NoAccount`.
    pub fn reset_password(&self, secret: &Secret, password: &Password, device: Device) -> Result<Secret, AccessError> {
        let hash = self.hash(password)?;
        let link = self.link(secret)?.ok_or(AccessError::LinkSpent)?;
        match link.purpose {
            Purpose::Reset => {}
            Purpose::Setup | Purpose::Invite => return Err(AccessError::LinkSpent),
        }
        let mut connection = self.lock()?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        self.spend(&transaction, secret)?;
        let now = self.now().as_microsecond();
        set_password(&transaction, link.officer, &hash, now)?;
        transaction.execute("DELETE FROM session WHERE officer = ?1", [key(link.officer)])?;
        forget_devices(&transaction, link.officer)?;
        let sql = "UPDATE token SET revoked = ?2 WHERE officer = ?1 AND revoked IS NULL";
        transaction.execute(sql, params![key(link.officer), now])?;
        let session = self.begin_session(&transaction, link.officer, device)?;
        transaction.commit()?;
        Ok(session)
    }

    /// Of two who send the same link at once, the conditional update lets one through.
    fn spend(&self, connection: &rusqlite::Connection, secret: &Secret) -> Result<(), AccessError> {
        let now = self.now().as_microsecond();
        let sql = "UPDATE link SET used = ?2 WHERE hash = ?1 AND used IS NULL AND expires > ?2";
        match connection.execute(sql, params![secret.hash().0, now])? {
            1 => Ok(()),
            _ => Err(AccessError::LinkSpent),
        }
    }
}
