//! The public log: its checkpoint, its tiles and its entries, as C2SP `tlog-tiles` serves them.

use std::fs::File;
use std::io::BufReader;
use std::sync::mpsc::Sender;

use rusqlite::Connection;
use tlog::{Hash, Tile, TilePath, Tree, bundle};

use crate::append::Order;
use crate::error::StoreFault;
use crate::lineage::Lineage;
use crate::outside::{self, Disowned, Held};
use crate::settings::Settings;
use crate::sqlite::prepare;
use crate::tree::{entries, leaves};
use crate::{Inner, Store, between, checkpoint};

/// A file of the public log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether it is text; anything else is bytes.
    pub is_text: bool,
    /// Whether it can never change: a full tile.
    pub is_final: bool,
}

/// How long the log is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LogSize {
    /// Events committed.
    pub events: u64,
    /// Of these, how many stand under a signed checkpoint.
    pub signed: u64,
}

impl Store {
    /// How long the log is, and how far it is signed.
    pub fn log_size(&self) -> Result<LogSize, StoreFault> {
        let signed = self.read(|read| checkpoint::latest(read.connection))?.map_or(0, |(size, _)| size);
        Ok(LogSize { events: self.inner.with_tree(|tree| tree.upper.size()), signed })
    }

    /// The file at `path` below `/log/`: `checkpoint`, `vkey`, `tile/…`. None if there is no such file. Nothing
    /// beyond the last signed checkpoint is shown.
    pub fn log_file(&self, path: &str) -> Result<Option<LogFile>, StoreFault> {
        let text = |text: String| Some(LogFile { bytes: text.into_bytes(), is_text: true, is_final: false });
        if path == "vkey" {
            return Ok(text(self.vkey() + "\n"));
        }
        let latest = self.read(|read| checkpoint::latest(read.connection))?;
        let Some((size, note)) = latest else { return Ok(None) };
        if path == "checkpoint" {
            return Ok(text(note));
        }
        let file = |bytes, tile: Tile| LogFile { bytes, is_text: false, is_final: tile.width == 256 };
        match TilePath::parse(path) {
            None => Ok(None),
            Some(TilePath::Hashes(tile) | TilePath::Entries(tile)) if !tile.is_within(size) => Ok(None),
            Some(TilePath::Hashes(tile)) => {
                let bytes = self.read(|read| {
                    let mut leaves = |range| leaves(read.connection, range);
                    self.inner.with_tree(|tree| tree.upper.tile(&tile, size, &mut leaves))
                });
                let first = tile.index * 256;
                let bytes =
                    bytes?.ok_or(StoreFault::corrupt(first, "leaves from it on are not those that were appended"))?;
                Ok(Some(file(bytes, tile)))
            }
            Some(TilePath::Entries(tile)) => Ok(Some(file(self.entries(&tile)?, tile))),
        }
    }

    fn entries(&self, tile: &Tile) -> Result<Vec<u8>, StoreFault> {
        let first = tile.index * 256;
        let entries = self.read(|read| entries(read.connection, first..first + u64::from(tile.width)))?;
        bundle(entries.iter().map(Vec::as_slice)).ok_or(StoreFault::Malformed("a leaf"))
    }
}

/// Signs over everything committed, if the last checkpoint covers less.
pub(crate) fn checkpoint(inner: &Inner, orders: &Sender<Order>) -> Result<(), StoreFault> {
    let _alone = inner.signing.lock().map_err(|_| StoreFault::Panicked)?;
    let connection = crate::sqlite::open_to_read(&inner.dir.join("record.db"))?;
    let latest = checkpoint::latest(&connection)?;
    let signed = latest.as_ref().map_or(0, |(size, _)| *size);
    // A log that goes on under a new name signs even what its old name has covered.
    let is_named = latest.is_none_or(|(_, note)| note.lines().next() == Some(inner.signer.name()));
    let (size, root) = inner.with_tree(|tree| (tree.upper.size(), tree.upper.root()));
    if size <= signed && is_named {
        return Ok(());
    }
    checkpoint::reread(&connection, signed, size, &|idx| inner.with_tree(|tree| tree.unsigned(idx)))?;
    let note = checkpoint::sign(&inner.signer, size, root)?;
    // Outside first: a checkpoint that was served and is missing there could be disowned.
    if let Some(path) = &inner.settings.checkpoints {
        checkpoint::append_outside(path, &note)?;
    }
    between(orders, move |writer| {
        let sql = "INSERT OR REPLACE INTO checkpoint (size, note) VALUES ($1, $2)";
        prepare(&writer.connection, sql)?.execute((size, note))?;
        writer.inner.signed(size);
        Ok(())
    })
}

/// Holds every checkpoint kept outside against the record. Errors: `Outside` where the record is shorter, its history
/// is another, or there is nothing to compare with: it was edited or put back, and nothing more is signed over it.
pub(crate) fn check_outside(
    settings: &Settings,
    lineage: &Lineage,
    tree: &Tree,
    connection: &Connection,
) -> Result<(), StoreFault> {
    let Some(path) = &settings.checkpoints else { return Ok(()) };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let what = format!("{} is missing; put it back, or set `checkpoints` in settings.json", path.display());
            return Err(StoreFault::Outside(what));
        }
        Err(error) => return Err(StoreFault::file(path.display().to_string())(error)),
    };
    let root = |size| tree.root(size);
    let held = Held { lineage, size: tree.size(), root: &root, is_strict: false };
    let seen = outside::compare(BufReader::new(file), &held)?;
    // A log's first checkpoint may find those of others in the file.
    let latest = checkpoint::latest(connection)?;
    match (seen, latest) {
        (Ok(seen), Some((_, note))) if seen.own == 0 => {
            tracing::warn!(file = %path.display(), "the file of checkpoints is empty; the newest one is put there again");
            checkpoint::append_outside(path, &note)
        }
        (Ok(_), Some(_) | None) | (Err(Disowned::Foreign { .. }), None) => Ok(()),
        (Err(disowned), Some(_) | None) => Err(StoreFault::Outside(disowned.to_string())),
    }
}

/// Compares the newest checkpoint of the record's own with its events and its key. Errors: `KeysLost` if another key
/// signed it, `Torn` if it covers other events.
pub(crate) fn check_own(
    connection: &Connection,
    lineage: &Lineage,
    root: impl Fn(u64) -> Option<Hash>,
) -> Result<(), StoreFault> {
    let Some((_, note)) = checkpoint::latest(connection)? else { return Ok(()) };
    let own = lineage.open(&note);
    let own = own.ok_or(StoreFault::KeysLost("the signing key is not the one that signed the last checkpoint"))?;
    match root(own.size) == Some(own.root) {
        true => Ok(()),
        false => Err(StoreFault::Torn(format!("the checkpoint over {} events has another root", own.size))),
    }
}
