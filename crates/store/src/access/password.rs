//! Passwords: what one may be, how it is kept, signing in with it, changing it.

use std::net::IpAddr;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use ledger::Invalid;
use ledger::id::OfficerId;
use rusqlite::{Connection, OptionalExtension as _, params};
use zeroize::Zeroizing;

use super::devices::forget_devices;
use super::guessable::is_guessable;
use super::throttle::Attempt;
use super::{Access, AccessError, AccessFault, Device, Login, Secret, key, officer};

/// A password's least length, in characters. There is no rule about kinds of characters (OWASP ASVS 5.0, 6.2.5).
pub const PASSWORD_MIN: usize = 12;
/// A password's greatest length, in characters.
pub const PASSWORD_MAX: usize = 256;

/// argon2id as OWASP's Password Storage Cheat Sheet gives it: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Verified where the login is unknown, so that the answer takes as long; no password has this hash.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password that may be chosen.
pub struct Password(Zeroizing<String>);

impl Password {
    /// `words` are what somebody who guesses at this officer tries: his login and name, the office's and the units'.
    /// Errors: `Invalid` on `field` if it is shorter than `PASSWORD_MIN` or longer than `PASSWORD_MAX` characters, or
    /// among what is guessed early.
    pub fn parse(field: &'static str, text: &str, words: &[&str]) -> Result<Self, Invalid> {
        match text.chars().count() {
            0 => Err(Invalid::new(field, "missing")),
            count if count < PASSWORD_MIN => Err(Invalid::new(field, "password-too-short")),
            count if count > PASSWORD_MAX => Err(Invalid::new(field, "password-too-long")),
            _ if is_guessable(text, words) => Err(Invalid::new(field, "password-guessable")),
            _ => Ok(Self(Zeroizing::new(text.to_owned()))),
        }
    }

    /// One that is printed for everybody to read, in a demonstration, and so is not asked how soon it is guessed.
    pub fn of_a_demonstration(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }
}

impl Access {
    /// Lets the officer in. Wrong guesses are slowed for the login and for the address they come from, or, from a
    /// browser that is known for this login, for that browser alone; and an attempt counts before its password is looked
    /// at, so that parallel guesses gain nothing. `known` is what `know_device` gave the browser.
    /// `typed` is whatever stood in the field. Takes tens of milliseconds: call it off the event loop.
    pub fn sign_in(
        &self,
        login: &str,
        typed: &str,
        address: Option<IpAddr>,
        device: Device,
        known: Option<&Secret>,
    ) -> Result<Secret, AccessError> {
        // A login that nobody could have is still hashed and counted like any other.
        let login = Login::parse(login).unwrap_or_else(|_| Login(String::new()));
        let attempt = match self.known_device(&login, known)? {
            Some(hash) => Attempt::from_known_device(&hash),
            None => Attempt::of(&login, address),
        };
        let officer = self.check(&login, typed, &attempt)?;
        let mut connection = self.lock()?;
        let transaction = connection.transaction()?;
        attempt.forgive(&transaction)?;
        let secret = self.begin_session(&transaction, officer, device)?;
        transaction.commit()?;
        Ok(secret)
    }

    /// Sets a new password for one who knows the old. Every session of the officer ends, and a new one begins; browsers
    /// known before are so no longer. Wrong guesses are slowed here apart from those at the door.
    pub fn change_password(
        &self,
        officer: OfficerId,
        old: &str,
        new: &Password,
        device: Device,
    ) -> Result<Secret, AccessError> {
        let login = self.login_of(officer)?.map(Login).ok_or(AccessError::NoAccount)?;
        let attempt = Attempt::from_within(&key(officer));
        self.check(&login, old, &attempt)?;
        let hash = self.hash(new)?;
        let mut connection = self.lock()?;
        let transaction = connection.transaction()?;
        attempt.forgive(&transaction)?;
        set_password(&transaction, officer, &hash, self.now().as_microsecond())?;
        transaction.execute("DELETE FROM session WHERE officer = ?1", [key(officer)])?;
        forget_devices(&transaction, officer)?;
        let secret = self.begin_session(&transaction, officer, device)?;
        transaction.commit()?;
        Ok(secret)
    }

    /// Errors: `WrongPassword` if the officer's password is another, `Throttled` after a few of them.
    pub fn confirm_password(&self, officer: OfficerId, typed: &str) -> Result<(), AccessError> {
        let login = self.login_of(officer)?.map(Login).ok_or(AccessError::NoAccount)?;
        let attempt = Attempt::from_within(&key(officer));
        self.check(&login, typed, &attempt)?;
        attempt.forgive(&*self.lock()?)?;
        Ok(())
    }

    /// Who the login and the password belong to. The lock is not held while hashing.
    fn check(&self, login: &Login, typed: &str, attempt: &Attempt) -> Result<OfficerId, AccessError> {
        let found: Option<(Vec<u8>, String)> = {
            let mut connection = self.lock()?;
            attempt.count(&mut connection, self.now())?;
            let sql = "SELECT officer, password FROM account WHERE login = ?1";
            connection.query_row(sql, [login.as_str()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?
        };
        let hash = found.as_ref().map_or(NOBODY, |(_, hash)| hash);
        // Beyond the greatest length no password was ever set; cutting here bounds the work.
        let matches = typed.chars().count() <= PASSWORD_MAX && verify(hash, typed)?;
        match found {
            Some((bytes, _)) if matches => Ok(officer(&bytes)?),
            Some(_) | None => Err(AccessError::WrongPassword),
        }
    }

    pub(super) fn hash(&self, password: &Password) -> Result<String, AccessFault> {
        let mut salt = [0; 16];
        (self.random)(&mut salt);
        let hash: PasswordHash = argon2()?
            .hash_password_with_salt(password.0.as_bytes(), &salt)
            .map_err(|error| AccessFault::Hash(error.to_string()))?;
        Ok(hash.to_string())
    }
}

pub(super) fn set_password(
    connection: &Connection,
    officer: OfficerId,
    hash: &str,
    now: i64,
) -> Result<(), AccessError> {
    let sql = "UPDATE account SET password = ?2, changed = ?3 WHERE officer = ?1";
    match connection.execute(sql, params![key(officer), hash, now])? {
        0 => Err(AccessError::NoAccount),
        _ => Ok(()),
    }
}

fn argon2() -> Result<Argon2<'static>, AccessFault> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| AccessFault::Hash(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The hash's own parameters are used, so that old hashes outlive a change of the constants above.
fn verify(hash: &str, typed: &str) -> Result<bool, AccessFault> {
    let hash = PasswordHash::new(hash).map_err(|_| AccessFault::Malformed("password"))?;
    Ok(argon2()?.verify_password(typed.as_bytes(), &hash).is_ok())
}
