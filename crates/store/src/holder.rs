//! Whose words lie under which key. A holder has a number from the day something of his was first sealed; the key of that
//! number waits in `keys.db`, made and synced before anybody needed it, so that a change syncs one file and not two.

use ledger::id::Holder;
use rusqlite::{Connection, OptionalExtension as _};

use crate::error::StoreFault;
use crate::keys::{HolderKey, Keys};
use crate::sqlite::prepare;

/// The holder's key; none if it was destroyed, or nothing of his was ever sealed.
pub(crate) fn find(connection: &Connection, keys: &Keys, holder: &Holder) -> Result<Option<HolderKey>, StoreFault> {
    number(connection, holder)?.map_or(Ok(None), |n| keys.find(n))
}

/// The holder's number and key. Where he has none he takes the next number, within the transaction that is open.
/// Errors: `KeysLost` where he has a number and its key is not there; it is not replaced without somebody's noticing.
pub(crate) fn find_or_make(
    connection: &Connection,
    keys: &Keys,
    holder: &Holder,
) -> Result<(u64, HolderKey), StoreFault> {
    if let Some(n) = number(connection, holder)? {
        let key = keys.find(n)?.ok_or(StoreFault::KeysLost("keys.db is older than record.db"))?;
        return Ok((n, key));
    }
    let last: Option<u64> = prepare(connection, "SELECT max(n) FROM holder")?.query_row([], |row| row.get(0))?;
    let n = last.unwrap_or(0) + 1;
    prepare(connection, "INSERT INTO holder (n, name) VALUES ($1, $2)")?.execute((n, holder.to_string()))?;
    Ok((n, keys.take(n)?))
}

/// The name of whoever has the number; none once his key was destroyed.
pub(crate) fn name(connection: &Connection, n: u64) -> Result<Option<String>, StoreFault> {
    let mut statement = prepare(connection, "SELECT name FROM holder WHERE n = $1")?;
    Ok(statement.query_row([n], |row| row.get(0)).optional()?.flatten())
}

/// Destroys every key of somebody who was erased: an older archive of keys, put back, brings them along.
pub(crate) fn destroy_erased(connection: &Connection, keys: &Keys) -> Result<(), StoreFault> {
    let mut statement = prepare(connection, "SELECT n FROM holder WHERE name IS NULL ORDER BY n")?;
    let erased: Vec<u64> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for n in erased {
        if keys.find(n)?.is_some() {
            keys.destroy(n)?;
        }
    }
    Ok(())
}

/// Takes away keys that only holders whom this record does not know ever had: a number is never two people's.
pub(crate) fn destroy_unknown(connection: &Connection, keys: &Keys) -> Result<(), StoreFault> {
    let last: Option<u64> = prepare(connection, "SELECT max(n) FROM holder")?.query_row([], |row| row.get(0))?;
    keys.destroy_after(last.unwrap_or(0))
}

fn number(connection: &Connection, holder: &Holder) -> Result<Option<u64>, StoreFault> {
    let mut statement = prepare(connection, "SELECT n FROM holder WHERE name = $1")?;
    Ok(statement.query_row([holder.to_string()], |row| row.get(0)).optional()?)
}
