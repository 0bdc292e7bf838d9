//! The read log: who read what is personal or confined, in whose place, when and as what. A read decides nothing, so it
//! is no event (ADR 0016). Only ids stand here, no name and no text.

use jiff::{SignedDuration, Timestamp};
use ledger::id::{EvidenceId, MatterId, OfficerId};
use ledger::matter::Hand;
use rusqlite::{Connection, Row, ToSql, params};
use uuid::Uuid;

use super::{Access, AccessFault, after, instant, key, officer};

/// A line of the read log is kept for three years: the least for which article 56 of the Personal Information Protection
/// Law keeps records of how personal data was handled.
pub const READ_LOG_LIFE: SignedDuration = SignedDuration::from_hours(24 * 1_096);
/// At most so many lines are given at once.
const LINES_MAX: u32 = 500;

/// As what something was read; the purpose follows from it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReadKind {
    /// A matter known to a circle: its page, a form on it, a notice about it.
    Matter,
    /// Who applied, with contact: on the page of the matter.
    Applicant,
    /// What the public said of a matter, with place and contact, to answer it.
    Contradiction,
    /// A file of evidence, taken out.
    Evidence,
    /// The proof file of a matter known to a circle.
    Proof,
    /// A list taken out as a file, with this matter of a circle in it.
    List,
    /// An auditor's export: every proof.
    Export,
    /// The read log itself, taken out as a file.
    ReadLog,
}

impl ReadKind {
    /// Every kind, in the order they are shown.
    pub const ALL: &[ReadKind] = &[
        ReadKind::Matter,
        ReadKind::Applicant,
        ReadKind::Contradiction,
        ReadKind::Evidence,
        ReadKind::Proof,
        ReadKind::List,
        ReadKind::Export,
        ReadKind::ReadLog,
    ];

    /// The code it is kept as; also the tail of its message's id.
    pub fn code(self) -> &'static str {
        match self {
            ReadKind::Matter => "matter",
            ReadKind::Applicant => "applicant",
            ReadKind::Contradiction => "contradiction",
            ReadKind::Evidence => "evidence",
            ReadKind::Proof => "proof",
            ReadKind::List => "list",
            ReadKind::Export => "export",
            ReadKind::ReadLog => "read_log",
        }
    }

    fn read(code: &str) -> Result<Self, AccessFault> {
        ReadKind::ALL.iter().copied().find(|kind| kind.code() == code).ok_or(AccessFault::Malformed("a read's kind"))
    }
}

/// What is about to be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reading {
    /// As what.
    pub kind: ReadKind,
    /// The matter; none for a whole export.
    pub matter: Option<MatterId>,
    /// The file of evidence.
    pub file: Option<EvidenceId>,
}

/// A line of the read log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadLine {
    /// Its number; among lines of one instant, later ones have greater numbers.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who, and in whose place.
    pub by: Hand,
    /// What.
    pub what: Reading,
}

/// Which lines are wanted.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct ReadFilter {
    /// Read by this officer, or in this officer's place.
    pub officer: Option<OfficerId>,
    /// Of this matter.
    pub matter: Option<MatterId>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS read_log (
    id        INTEGER NOT NULL PRIMARY KEY,
    at        INTEGER NOT NULL,
    officer   BLOB NOT NULL,
    on_behalf BLOB,                   -- in whose place
    kind      TEXT NOT NULL,
    matter    BLOB,
    file      BLOB
) STRICT;
CREATE INDEX IF NOT EXISTS read_log_at ON read_log (at);
CREATE INDEX IF NOT EXISTS read_log_officer ON read_log (officer);
CREATE INDEX IF NOT EXISTS read_log_behalf ON read_log (on_behalf) WHERE on_behalf IS NOT NULL;
CREATE INDEX IF NOT EXISTS read_log_matter ON read_log (matter);
";

impl Access {
    /// Notes what is about to be read, all of it or nothing. Whoever gets no `Ok` serves nothing of it.
    pub fn note_read(&self, by: Hand, what: &[Reading]) -> Result<(), AccessFault> {
        let at = self.now().as_microsecond();
        let mut connection = self.lock()?;
        let transaction = connection.transaction()?;
        for one in what {
            transaction
                .prepare_cached(
                    "INSERT INTO read_log (at, officer, on_behalf, kind, matter, file) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![
                    at,
                    key(by.officer),
                    by.on_behalf.map(key),
                    one.kind.code(),
                    one.matter.map(|matter| *matter.0.as_bytes()),
                    one.file.map(|file| *file.0.as_bytes()),
                ])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Lines before the one of this instant and number, the latest first; at most 500 at once.
    pub fn read_log(
        &self,
        filter: &ReadFilter,
        before: Option<(Timestamp, i64)>,
        limit: u32,
    ) -> Result<Vec<ReadLine>, AccessFault> {
        let (mut conditions, mut values): (Vec<String>, Vec<Box<dyn ToSql>>) = (vec![], vec![]);
        if let Some((at, id)) = before {
            values.extend([Box::new(at.as_microsecond()) as Box<dyn ToSql>, Box::new(id)]);
            conditions.push("(at, id) < (?1, ?2)".to_owned());
        }
        let mut condition = |sql: &str, value: Box<dyn ToSql>| {
            values.push(value);
            conditions.push(sql.replace('?', &format!("?{}", values.len())));
        };
        if let Some(officer) = filter.officer {
            condition("(officer = ? OR on_behalf = ?)", Box::new(key(officer)));
        }
        if let Some(matter) = filter.matter {
            condition("matter = ?", Box::new(*matter.0.as_bytes()));
        }
        if let Some(from) = filter.from {
            condition("at >= ?", Box::new(from.as_microsecond()));
        }
        if let Some(until) = filter.until {
            condition("at < ?", Box::new(until.as_microsecond()));
        }
        let narrowed = if conditions.is_empty() { "1 = 1".to_owned() } else { conditions.join(" AND ") };
        let sql = format!(
            "SELECT id, at, officer, on_behalf, kind, matter, file FROM read_log WHERE {narrowed} \
             ORDER BY at DESC, id DESC LIMIT {}",
            limit.min(LINES_MAX)
        );
        let connection = self.lock()?;
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(values), |row| Ok(line(row)))?;
        rows.map(|row| row?).collect()
    }

    /// Lets go of what is older than it is kept. Done when somebody signs in, so that no read waits for it.
    pub(super) fn forget_old_reads(&self, connection: &Connection) -> Result<(), AccessFault> {
        let oldest = after(self.now(), -READ_LOG_LIFE).as_microsecond();
        connection.execute("DELETE FROM read_log WHERE at <= ?1", [oldest])?;
        Ok(())
    }
}

fn line(row: &Row<'_>) -> Result<ReadLine, AccessFault> {
    let id = |at: usize| -> Result<Option<Uuid>, AccessFault> {
        let bytes: Option<Vec<u8>> = row.get(at)?;
        bytes.map(|bytes| Uuid::from_slice(&bytes)).transpose().map_err(|_| AccessFault::Malformed("a read's id"))
    };
    Ok(ReadLine {
        id: row.get(0)?,
        at: instant(row.get(1)?)?,
        by: Hand { officer: officer(&row.get::<_, Vec<u8>>(2)?)?, on_behalf: id(3)?.map(OfficerId) },
        what: Reading {
            kind: ReadKind::read(&row.get::<_, String>(4)?)?,
            matter: id(5)?.map(MatterId),
            file: id(6)?.map(EvidenceId),
        },
    })
}
