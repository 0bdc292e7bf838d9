//! Personal tokens: an officer's own, scoped, revocable keys for the command line and for programs.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use ledger::Invalid;
use ledger::id::{CommandId, OfficerId};
use rusqlite::{OptionalExtension as _, params};

use super::{Access, AccessFault, Secret, SecretHash, after, credible, instant, key, officer};

/// A token lives a year at most.
pub const TOKEN_LIFE_MAX: SignedDuration = SignedDuration::from_hours(366 * 24);
/// `used` is written at most this often.
const USED_STEP: SignedDuration = SignedDuration::from_mins(5);
/// So that a leaked token is recognised for what it is.
const PREFIX: &str = "luoshi_";

/// What a token may be used for, besides what its officer may do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Scope {
    /// To read.
    Read,
    /// To act on matters and documents.
    Act,
    /// To bring in documents.
    Ingest,
}

impl Scope {
    /// Every scope, in the order they are shown.
    pub const ALL: [Scope; 3] = [Scope::Read, Scope::Act, Scope::Ingest];

    /// The word it is kept as and sent as.
    pub fn word(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Act => "act",
            Scope::Ingest => "ingest",
        }
    }
}

/// At least one scope, without repetition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    /// Errors: `Invalid` on the field `scope` if a word is unknown or there is none.
    pub fn parse<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self, Invalid> {
        let mut scopes = words
            .into_iter()
            .map(|word| Scope::ALL.into_iter().find(|scope| scope.word() == word))
            .collect::<Option<Vec<_>>>()
            .ok_or(Invalid::new("scope", "unknown-scope"))?;
        scopes.sort_unstable();
        scopes.dedup();
        if scopes.is_empty() {
            return Err(Invalid::new("scope", "scope-missing"));
        }
        Ok(Self(scopes))
    }

    /// Whether the scope is among them.
    pub fn hold(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// In the order they are shown.
    pub fn iter(&self) -> impl Iterator<Item = Scope> + '_ {
        self.0.iter().copied()
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(|scope| scope.word()).collect::<Vec<_>>().join(" "))
    }
}

/// A live token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// Whose it is.
    pub officer: OfficerId,
    /// What it may be used for.
    pub scopes: Scopes,
}

/// One line of the list of an officer's tokens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenLine {
    /// Its name; opens nothing.
    pub id: SecretHash,
    /// What the officer calls it.
    pub label: String,
    /// What it may be used for.
    pub scopes: Scopes,
    /// When it was made.
    pub created: Timestamp,
    /// From when on it opens nothing.
    pub expires: Timestamp,
    /// When it was last used, to five minutes.
    pub used: Option<Timestamp>,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
}

impl Access {
    /// Makes a token and returns what to send as `Authorization: Bearer`; it cannot be shown again.
    /// `label` is at most 60 characters; `life` is positive and cut at `TOKEN_LIFE_MAX`. None where this `command` of
    /// the officer's made one before: a form that is sent twice makes one token, and whoever saw it first has it.
    /// Errors of the inner result: `Invalid` on the field `label`.
    pub fn make_token(
        &self,
        officer: OfficerId,
        label: &str,
        scopes: &Scopes,
        life: SignedDuration,
        command: Option<CommandId>,
    ) -> Result<Result<Option<String>, Invalid>, AccessFault> {
        let label = label.trim();
        match label.chars().count() {
            0 => return Ok(Err(Invalid::new("label", "missing"))),
            1..=60 => {}
            61.. => return Ok(Err(Invalid::new("label", "label-too-long"))),
        }
        let (secret, now) = (self.secret(), self.now());
        let mut connection = self.lock()?;
        let transaction = connection.transaction()?;
        if let Some(CommandId(command)) = command {
            let sql = "INSERT INTO token_form (officer, command, hash) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
            let row = params![key(officer), command.as_bytes().as_slice(), secret.hash().0];
            if transaction.execute(sql, row)? == 0 {
                return Ok(Ok(None));
            }
        }
        transaction.execute(
            "INSERT INTO token (hash, officer, label, scopes, created, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                secret.hash().0,
                key(officer),
                label,
                scopes.to_string(),
                now.as_microsecond(),
                after(now, life.min(TOKEN_LIFE_MAX)).as_microsecond()
            ],
        )?;
        transaction.commit()?;
        Ok(Ok(Some(format!("{PREFIX}{}", secret.reveal()))))
    }

    /// Whether the token that this command made the officer opens anything still.
    pub fn is_made_and_live(&self, officer: OfficerId, command: CommandId) -> Result<bool, AccessFault> {
        let sql = "SELECT count(*) FROM token_form JOIN token USING (hash)
             WHERE token_form.officer = ?1 AND command = ?2 AND revoked IS NULL AND expires > ?3";
        let asked = params![key(officer), command.0.as_bytes().as_slice(), self.now().as_microsecond()];
        Ok(self.lock()?.query_row(sql, asked, |row| row.get::<_, i64>(0))? > 0)
    }

    /// The token as it was sent, if it is live; it counts as used now.
    pub fn token(&self, sent: &str) -> Result<Option<Token>, AccessFault> {
        type Row = (Vec<u8>, String, i64, Option<i64>, Option<i64>, i64);
        let Some(secret) = sent.strip_prefix(PREFIX).and_then(Secret::parse) else { return Ok(None) };
        let now = self.now();
        let hash = secret.hash();
        let connection = self.lock()?;
        let sql = "SELECT officer, scopes, expires, used, revoked, created FROM token WHERE hash = ?1";
        let row: Option<Row> = connection
            .prepare_cached(sql)?
            .query_row([hash.0], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
            })
            .optional()?;
        let Some((bytes, scopes, expires, used, revoked, created)) = row else { return Ok(None) };
        if revoked.is_some() || now >= instant(expires)? || instant(created)? > credible(now) {
            return Ok(None);
        }
        let stale = match used {
            Some(used) => now >= after(instant(used)?, USED_STEP),
            None => true,
        };
        if stale {
            connection.execute("UPDATE token SET used = ?2 WHERE hash = ?1", params![hash.0, now.as_microsecond()])?;
        }
        Ok(Some(Token { officer: officer(&bytes)?, scopes: read_scopes(&scopes)? }))
    }

    /// The officer's tokens, revoked and expired ones included, the newest first; at most 200.
    pub fn tokens(&self, officer: OfficerId) -> Result<Vec<TokenLine>, AccessFault> {
        let connection = self.lock()?;
        let mut statement = connection.prepare(
            "SELECT hash, label, scopes, created, expires, used, revoked FROM token
             WHERE officer = ?1 ORDER BY created DESC, hash LIMIT 200",
        )?;
        let mut rows = statement.query([key(officer)])?;
        let mut lines = vec![];
        while let Some(row) = rows.next()? {
            lines.push(TokenLine {
                id: SecretHash::read(&row.get::<_, Vec<u8>>(0)?)?,
                label: row.get(1)?,
                scopes: read_scopes(&row.get::<_, String>(2)?)?,
                created: instant(row.get(3)?)?,
                expires: instant(row.get(4)?)?,
                used: row.get::<_, Option<i64>>(5)?.map(instant).transpose()?,
                revoked: row.get::<_, Option<i64>>(6)?.map(instant).transpose()?,
            });
        }
        Ok(lines)
    }

    /// Revokes one of the officer's tokens; whether there was one to revoke.
    pub fn revoke_token(&self, officer: OfficerId, id: SecretHash) -> Result<bool, AccessFault> {
        let sql = "UPDATE token SET revoked = ?3 WHERE officer = ?1 AND hash = ?2 AND revoked IS NULL";
        Ok(self.lock()?.execute(sql, params![key(officer), id.0, self.now().as_microsecond()])? > 0)
    }
}

fn read_scopes(words: &str) -> Result<Scopes, AccessFault> {
    Scopes::parse(words.split(' ')).map_err(|_| AccessFault::Malformed("scopes"))
}
