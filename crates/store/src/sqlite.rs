//! SQLite as the store uses it: pragmas, and one query text for both databases.

use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::ffi::{SQLITE_IOERR_DIR_FSYNC, SQLITE_IOERR_FSYNC};
use rusqlite::{CachedStatement, Connection, OpenFlags};

use crate::error::StoreFault;

/// Older ones can corrupt a database in WAL mode.
pub(crate) const OLDEST: i32 = 3_051_003;

/// What a writer keeps of its database in memory at most.
pub(crate) const WRITER_CACHE_KIB: i64 = 64 * 1024;
/// What each of the readers keeps.
const READER_CACHE_KIB: i64 = 8 * 1024;

/// Opens for writing, and makes the file if there is none. Every commit is synced before it returns.
pub(crate) fn open_to_write(path: &Path) -> Result<Connection, StoreFault> {
    if rusqlite::version_number() < OLDEST {
        return Err(StoreFault::Malformed("the version of SQLite (3.51.3 or newer is needed)"));
    }
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    // A batch that does not fit here is written out before its commit, page after page, and again with it.
    keep(&connection, WRITER_CACHE_KIB)?;
    configure(&connection)?;
    Ok(connection)
}

/// How much of the database the connection keeps in memory at most.
pub(crate) fn keep(connection: &Connection, kib: i64) -> Result<(), StoreFault> {
    Ok(connection.pragma_update(None, "cache_size", -kib)?)
}

/// Opens for reading only.
pub(crate) fn open_to_read(path: &Path) -> Result<Connection, StoreFault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(to_read(path), flags)?;
    keep(&connection, READER_CACHE_KIB)?;
    configure(&connection)?;
    Ok(connection)
}

/// The address under which a database is opened for reading, also by `ATTACH`. A database in WAL mode on a file system
/// that cannot be written opens only as one that nobody changes, which there it is.
pub(crate) fn to_read(path: &Path) -> String {
    let file = path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let beside = |tail: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(tail);
        std::path::PathBuf::from(name)
    };
    let is_frozen = !beside("-shm").exists()
        && path.exists()
        && matches!(
            std::fs::File::options().append(true).open(path).map_err(|error| error.kind()),
            Err(std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied)
        )
        && std::fs::metadata(beside("-wal")).map_or(true, |wal| wal.len() == 0);
    format!("file:{file}?mode=ro{}", if is_frozen { "&immutable=1" } else { "" })
}

/// Ends the process where a sync failed: what the kernel holds of the file may differ from the disk from then on, and a
/// second sync would not say so. The next start reads what is there. Every error of SQLite comes by here on its way to
/// being a fault, whichever of the databases it is about.
pub(crate) fn end_after_failed_sync(error: &rusqlite::Error) {
    if let rusqlite::Error::SqliteFailure(error, _) = error
        && matches!(error.extended_code, SQLITE_IOERR_FSYNC | SQLITE_IOERR_DIR_FSYNC)
    {
        tracing::error!(
            "a sync failed, so what was written may be lost; luoshi ends, look at the disk and start it again"
        );
        std::process::abort();
    }
}

/// What every connection is, whatever it is for.
pub(crate) fn configure(connection: &Connection) -> Result<(), StoreFault> {
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // A plan stays as it was made, whatever is bound to it: otherwise queries are prepared again for other values.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Prepares a query written with `$1`, `$2`, …: SQLite would number those by appearance, so they become `?1`, `?2`, …
/// unless they appear in order.
pub(crate) fn prepare<'c>(connection: &'c Connection, query: &str) -> Result<CachedStatement<'c>, StoreFault> {
    Ok(connection.prepare_cached(&numbered(query))?)
}

/// `$n` becomes `?n`, outside string literals. Where the numbers first appear as 1, 2, 3, … SQLite numbers them so itself.
fn numbered(query: &str) -> Cow<'_, str> {
    let mut is_literal = false;
    let mut last = 0;
    let mut is_in_order = true;
    let bytes = query.as_bytes();
    let mut places = vec![];
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'\'' => is_literal = !is_literal,
            b'$' if !is_literal => {
                let digits = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit());
                let n = digits.fold(0_u32, |n, digit| n.saturating_mul(10).saturating_add(u32::from(digit - b'0')));
                if n > 0 {
                    places.push(at);
                    is_in_order &= n <= last + 1;
                    last = last.max(n);
                }
            }
            _other => {}
        }
    }
    if is_in_order {
        return Cow::Borrowed(query);
    }
    let mut out = query.to_owned();
    places.into_iter().rev().for_each(|at| out.replace_range(at..=at, "?"));
    Cow::Owned(out)
}

/// Table definitions with the words of this database: `INT64`, `TEXT`, `BYTES`.
pub(crate) fn definitions(text: &str) -> String {
    text.replace("INT64", "INTEGER").replace("BYTES", "BLOB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_bound_by_their_number_and_not_by_their_place() {
        let connection = Connection::open_in_memory().expect("memory");
        let mut statement = prepare(&connection, "SELECT $2 || '$1' || $1").expect("a query");
        let joined: String = statement.query_row(["a", "b"], |row| row.get(0)).expect("a row");
        assert_eq!(joined, "b$1a");
    }
}
