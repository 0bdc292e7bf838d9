//! Checkpoints: what was committed is read again, hashed again by other code than wrote it, and signed.

use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as B64;
use rusqlite::{Connection, OptionalExtension as _};
use sha2::{Digest as _, Sha256};
use tlog::{Checkpoint, Hash, Signer};

use crate::error::StoreFault;
use crate::sqlite::prepare;

/// The newest checkpoint that was signed; none before the first.
pub(crate) fn latest(connection: &Connection) -> Result<Option<(u64, String)>, StoreFault> {
    let sql = "SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1";
    Ok(prepare(connection, sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Reads the events from `from` to `to` again and gives their leaf hashes, made without the code that wrote them.
/// Errors: `Corrupt` where an event, its leaf, or the tree in memory say different things.
pub(crate) fn reread(
    connection: &Connection,
    from: u64,
    to: u64,
    in_memory: &dyn Fn(u64) -> Option<Hash>,
) -> Result<(), StoreFault> {
    let sql = "SELECT e.idx, e.salt, e.body, l.entry FROM event e LEFT JOIN leaf l ON l.idx = e.idx \
               WHERE e.idx >= $1 AND e.idx < $2 ORDER BY e.idx";
    let mut statement = prepare(connection, sql)?;
    let mut rows = statement.query([from, to])?;
    let mut expected = from;
    while let Some(row) = rows.next()? {
        let (idx, salt): (u64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let (body, entry): (Vec<u8>, Option<Vec<u8>>) = (row.get(2)?, row.get(3)?);
        if idx != expected {
            return Err(StoreFault::corrupt(expected, "is missing"));
        }
        expected += 1;
        let line = B64.encode(Sha256::digest([&b"luoshi/body/v1\0"[..], &salt, &body].concat()));
        let again = ["luoshi/event/v1", &line, ""].join("\n").into_bytes();
        if entry.as_ref() != Some(&again) {
            return Err(StoreFault::corrupt(idx, "its leaf is not that of its body"));
        }
        let leaf = Hash(Sha256::digest([&[0][..], &again].concat()).into());
        if in_memory(idx) != Some(leaf) {
            return Err(StoreFault::corrupt(idx, "its leaf is not the one that was appended"));
        }
    }
    if expected == to { Ok(()) } else { Err(StoreFault::corrupt(expected, "is missing")) }
}

/// Signs a checkpoint.
pub(crate) fn sign(signer: &Signer, size: u64, root: Hash) -> Result<String, StoreFault> {
    let checkpoint = Checkpoint { origin: signer.name().to_owned(), size, root };
    checkpoint.sign(signer).map_err(|_| StoreFault::Malformed("the log's name"))
}

/// Appends a note to the file outside the folder, synced. Notes stand apart by an empty line.
pub(crate) fn append_outside(path: &Path, note: &str) -> Result<(), StoreFault> {
    let fault = || StoreFault::file("the file of checkpoints");
    let mut file = fs::File::options().create(true).read(true).append(true).open(path).map_err(fault())?;
    let mut end = [b'\n'; 2];
    if file.seek(SeekFrom::End(-2)).is_ok() {
        file.read_exact(&mut end).map_err(fault())?;
    }
    // A crash can leave half a note at the end; the next one begins apart from it.
    let apart = if end == *b"\n\n" { "" } else { "\n\n" };
    let before = file.metadata().map_err(fault())?.len();
    let appended = file.write_all(format!("{apart}{note}\n").as_bytes()).and_then(|()| file.sync_all());
    appended.map_err(|error| {
        // What was not synced is not built upon: the next try writes the same place again. Where the file only grows,
        // half a note stays in it and is passed over.
        let _ = file.set_len(before);
        fault()(error)
    })
}
