//! Ledgers that are being taken in, and what offices' headings are taken for. Working data: the file itself lies sealed
//! among the blobs. Both go after a day; what came of it stands on the record.

use jiff::Timestamp;
use ledger::id::{EvidenceId, OfficerId};
use rusqlite::{OptionalExtension as _, Row, params};
use uuid::Uuid;

use super::{Access, AccessFault, instant, key, officer};

/// At most so many of an officer's imports are listed.
const LISTED: u32 = 20;

/// How far an import is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ImportState {
    /// Looked at; nothing is on the record yet.
    Checked,
    /// Its rows are being taken in.
    Running,
    /// All of them were.
    Done,
    /// The machine failed on the way; it can be gone on with.
    Stopped,
}

impl ImportState {
    /// The word it is kept as.
    pub fn word(self) -> &'static str {
        match self {
            ImportState::Checked => "checked",
            ImportState::Running => "running",
            ImportState::Done => "done",
            ImportState::Stopped => "stopped",
        }
    }

    fn read(word: &str) -> Result<Self, AccessFault> {
        [ImportState::Checked, ImportState::Running, ImportState::Done, ImportState::Stopped]
            .into_iter()
            .find(|state| state.word() == word)
            .ok_or(AccessFault::Malformed("state"))
    }
}

/// A ledger that is being taken in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Import {
    /// Its id; also the dataset its matters name as their source.
    pub id: Uuid,
    /// Who brought it.
    pub officer: OfficerId,
    /// What the file is called.
    pub name: String,
    /// The file.
    pub file: EvidenceId,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// How it is read, as JSON.
    pub settings: String,
    /// How far it is.
    pub state: ImportState,
    /// Rows that were taken up so far.
    pub done: u64,
    /// Rows to take up.
    pub total: u64,
    /// Matters opened so far, sub-matters included.
    pub opened: u64,
    /// When it was brought.
    pub created: Timestamp,
}

const COLUMNS: &str = "id, officer, name, file, sha256, settings, state, done, total, opened, created";

pub(super) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS import (
    id       BLOB NOT NULL PRIMARY KEY,
    officer  BLOB NOT NULL,
    name     TEXT NOT NULL,
    file     BLOB NOT NULL,          -- the sealed file's id
    sha256   TEXT NOT NULL,
    settings TEXT NOT NULL,          -- JSON: sheet, columns, defaults
    state    TEXT NOT NULL,
    done     INTEGER NOT NULL,
    total    INTEGER NOT NULL,
    opened   INTEGER NOT NULL,
    created  INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS import_officer ON import (officer, created);
CREATE TABLE IF NOT EXISTS mapping (
    headings BLOB NOT NULL PRIMARY KEY, -- SHA-256 of a sheet's headings, in any order
    columns  TEXT NOT NULL,             -- JSON: what each heading is taken for
    changed  INTEGER NOT NULL
) STRICT;
";

impl Access {
    /// Notes a new import; all but its state, counts and instant is taken from `import`.
    pub fn make_import(&self, import: &Import) -> Result<(), AccessFault> {
        self.lock()?.execute(
            "INSERT INTO import (id, officer, name, file, sha256, settings, state, done, total, opened, created) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, 0, ?8)",
            params![
                import.id.as_bytes(),
                key(import.officer),
                import.name,
                import.file.0.as_bytes(),
                import.sha256,
                import.settings,
                ImportState::Checked.word(),
                self.now().as_microsecond()
            ],
        )?;
        Ok(())
    }

    /// The import, if there is one of this id.
    pub fn import(&self, id: Uuid) -> Result<Option<Import>, AccessFault> {
        let sql = format!("SELECT {COLUMNS} FROM import WHERE id = ?1");
        let connection = self.lock()?;
        let row = connection.query_row(&sql, [id.as_bytes()], |row| Ok(read(row))).optional()?;
        row.transpose()
    }

    /// The officer's imports, the newest first; at most 20.
    pub fn imports(&self, officer: OfficerId) -> Result<Vec<Import>, AccessFault> {
        let sql = format!("SELECT {COLUMNS} FROM import WHERE officer = ?1 ORDER BY created DESC, id LIMIT {LISTED}");
        let connection = self.lock()?;
        let mut statement = connection.prepare(&sql)?;
        let rows = statement.query_map([key(officer)], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// Imports that were under way when the process ended.
    pub fn imports_running(&self) -> Result<Vec<Import>, AccessFault> {
        let sql = format!("SELECT {COLUMNS} FROM import WHERE state = 'running' ORDER BY created, id");
        let connection = self.lock()?;
        let mut statement = connection.prepare(&sql)?;
        let rows = statement.query_map([], |row| Ok(read(row)))?;
        rows.map(|row| row?).collect()
    }

    /// Keeps how the import is read; only while nothing of it was taken in. Whether it was kept.
    pub fn set_import_settings(&self, id: Uuid, settings: &str) -> Result<bool, AccessFault> {
        let sql = "UPDATE import SET settings = ?2 WHERE id = ?1 AND state = 'checked'";
        Ok(self.lock()?.execute(sql, params![id.as_bytes(), settings])? > 0)
    }

    /// Moves an import that is in one of `from` on; whether it was.
    pub fn move_import(
        &self,
        id: Uuid,
        from: &[ImportState],
        to: ImportState,
        total: u64,
    ) -> Result<bool, AccessFault> {
        let from: Vec<String> = from.iter().map(|state| format!("'{}'", state.word())).collect();
        let sql = format!("UPDATE import SET state = ?2, total = ?3 WHERE id = ?1 AND state IN ({})", from.join(", "));
        Ok(self.lock()?.execute(&sql, params![id.as_bytes(), to.word(), total])? > 0)
    }

    /// Notes how far an import is.
    pub fn advance_import(&self, id: Uuid, done: u64, opened: u64) -> Result<(), AccessFault> {
        let sql = "UPDATE import SET done = ?2, opened = ?3 WHERE id = ?1";
        self.lock()?.execute(sql, params![id.as_bytes(), done, opened])?;
        Ok(())
    }

    /// Forgets imports that are older than a day and not under way: their files have gone, and what came of them stands on
    /// the record. What headings were taken for is kept.
    pub fn sweep_imports(&self) -> Result<(), AccessFault> {
        let before = (self.now() - crate::blob::UNREFERENCED_LIFE).as_microsecond();
        self.lock()?.execute("DELETE FROM import WHERE created < ?1 AND state <> 'running'", [before])?;
        Ok(())
    }

    /// What these headings were taken for last, as JSON.
    pub fn mapping(&self, headings: [u8; 32]) -> Result<Option<String>, AccessFault> {
        let sql = "SELECT columns FROM mapping WHERE headings = ?1";
        Ok(self.lock()?.query_row(sql, [headings], |row| row.get(0)).optional()?)
    }

    /// Keeps what these headings are taken for.
    pub fn keep_mapping(&self, headings: [u8; 32], columns: &str) -> Result<(), AccessFault> {
        let sql = "INSERT INTO mapping (headings, columns, changed) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (headings) DO UPDATE SET columns = excluded.columns, changed = excluded.changed";
        self.lock()?.execute(sql, params![headings, columns, self.now().as_microsecond()])?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> Result<Import, AccessFault> {
    let id = |at: usize| -> Result<Uuid, AccessFault> {
        Uuid::from_slice(&row.get::<_, Vec<u8>>(at)?).map_err(|_| AccessFault::Malformed("an import's id"))
    };
    Ok(Import {
        id: id(0)?,
        officer: officer(&row.get::<_, Vec<u8>>(1)?)?,
        name: row.get(2)?,
        file: EvidenceId(id(3)?),
        sha256: row.get(4)?,
        settings: row.get(5)?,
        state: ImportState::read(&row.get::<_, String>(6)?)?,
        done: row.get(7)?,
        total: row.get(8)?,
        opened: row.get(9)?,
        created: instant(row.get(10)?)?,
    })
}
