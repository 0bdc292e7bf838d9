//! What stands beside the history and decides what is found of it, and who can still read it: the file of the record
//! itself, its indices and searches, and the keys.

use rusqlite::Connection;

use super::{VerifyError, failed};
use crate::keys::Keys;
use crate::schema;

/// Every index finds what its table holds, and nothing stands in the file that Luoshi did not make.
pub(super) fn check_file(connection: &Connection) -> Result<(), VerifyError> {
    let other = schema::difference(connection, &schema::RECORD)?;
    if let Some(name) = other {
        return Err(failed(None, None, format!("record.db holds another {name} than Luoshi made, or none")));
    }
    // What a search holds, SQLite's check holds against its words; not how it is set.
    for table in ["search", "published_search", "document_search"] {
        let sql = format!("SELECT group_concat(k || '=' || v) FROM {table}_config WHERE k <> 'version'");
        let kept: Option<String> = connection.query_row(&sql, [], |row| row.get(0))?;
        if kept.as_deref() != Some("secure-delete=1") {
            return Err(failed(None, None, format!("{table} is set otherwise: what is erased may stay in it")));
        }
    }
    let sound: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    match sound.as_str() {
        "ok" => Ok(()),
        what => Err(failed(None, None, format!("record.db is damaged: {what}"))),
    }
}

/// Every key opens, every holder has his, and nobody has one who was erased.
pub(super) fn check_keys(connection: &Connection, keys: &Keys) -> Result<(), VerifyError> {
    let mut statement = connection.prepare("SELECT n, name IS NULL FROM holder ORDER BY n")?;
    let mut rows = statement.query([])?;
    let mut holders = std::iter::from_fn(move || {
        let row = rows.next().transpose()?;
        Some(row.and_then(|row| Ok((row.get::<_, u64>(0)?, row.get::<_, bool>(1)?))))
    })
    .peekable();
    let mut wrong: Option<VerifyError> = None;
    let mut before = 0;
    // Keys come in the order of their numbers, and so do holders, who are numbered from 1 without a gap.
    let mut pass = |key: u64| -> Result<(), VerifyError> {
        while let Some(holder) = holders.next_if(|holder| holder.as_ref().map_or(true, |(n, _)| *n <= key)) {
            let (n, is_erased) = holder?;
            if n != before + 1 {
                return Err(failed(None, None, format!("the holder of number {} is not there", before + 1)));
            }
            before = n;
            match (n == key, is_erased) {
                (true, true) => {
                    let what = format!("the key of holder {n}, who was erased, is there: the next start destroys it");
                    return Err(failed(None, None, what));
                }
                (false, false) => return Err(failed(None, None, format!("the key of holder {n} is not there"))),
                (true, false) | (false, true) => {}
            }
        }
        Ok(())
    };
    keys.each(|key| {
        if wrong.is_none() {
            wrong = pass(key).err();
        }
    })?;
    match wrong {
        Some(wrong) => Err(wrong),
        None => pass(u64::MAX),
    }
}
