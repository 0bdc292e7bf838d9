//! The public log: its checkpoint, its tiles and its entries, as C2SP `tlog-tiles` serves them.

use std::sync::mpsc::Sender;

use tlog::{Tile, TilePath, bundle};

use crate::append::Order;
use crate::error::StoreFault;
use crate::sqlite::prepare;
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

impl Store {
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
            Some(TilePath::Hashes(tile)) => {
                Ok(self.inner.with_tree(|tree| tree.tile(&tile, size)).map(|bytes| file(bytes, tile)))
            }
            Some(TilePath::Entries(tile)) if !tile.is_within(size) => Ok(None),
            Some(TilePath::Entries(tile)) => Ok(Some(file(self.entries(&tile)?, tile))),
        }
    }

    fn entries(&self, tile: &Tile) -> Result<Vec<u8>, StoreFault> {
        let entries: Vec<Vec<u8>> = self.read(|read| {
            let first = tile.index * 256;
            let sql = "SELECT entry FROM leaf WHERE idx >= $1 AND idx < $2 ORDER BY idx";
            let mut statement = prepare(read.connection, sql)?;
            let rows = statement.query_map([first, first + u64::from(tile.width)], |row| row.get(0))?;
            rows.collect::<Result<_, _>>().map_err(StoreFault::from)
        })?;
        bundle(entries.iter().map(Vec::as_slice)).ok_or(StoreFault::Malformed("a leaf"))
    }
}

/// Signs over everything committed, if the last checkpoint covers less.
pub(crate) fn checkpoint(inner: &Inner, orders: &Sender<Order>) -> Result<(), StoreFault> {
    let _alone = inner.signing.lock().map_err(|_| StoreFault::Panicked)?;
    let connection = crate::sqlite::open_to_read(&inner.dir.join("record.db"))?;
    let signed = checkpoint::latest(&connection)?.map_or(0, |(size, _)| size);
    let (size, root) = inner.with_tree(|tree| (tree.size(), tree.root(tree.size())));
    let Some(root) = root.filter(|_| size > signed) else { return Ok(()) };
    checkpoint::reread(&connection, signed, size, &|idx| inner.with_tree(|tree| tree.hash(0, idx)))?;
    let note = checkpoint::sign(&inner.signer, size, root)?;
    // Outside first: a checkpoint that was served and is missing there could be disowned.
    if let Some(path) = &inner.settings.checkpoints {
        checkpoint::append_outside(path, &note)?;
    }
    between(orders, move |writer| {
        prepare(&writer.connection, "INSERT INTO checkpoint (size, note) VALUES ($1, $2)")?.execute((size, note))?;
        Ok(())
    })
}

/// Compares the last checkpoint kept outside with the record. Errors: `Outside` where the record is shorter, or its
/// history is another: it was edited or put back, and nothing more is signed over it.
pub(crate) fn check_outside(inner: &Inner) -> Result<(), StoreFault> {
    let Some(path) = &inner.settings.checkpoints else { return Ok(()) };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StoreFault::file("the file of checkpoints")(error)),
    };
    let Some(note) = checkpoint::last_note(&text) else { return Ok(()) };
    let outside = checkpoint::open(&note, &inner.verifier)?;
    match inner.with_tree(|tree| tree.root(outside.size)) {
        None => Err(StoreFault::Outside("it shows more events than this record has")),
        Some(root) if root != outside.root => Err(StoreFault::Outside("its root is another at the same size")),
        Some(_) => Ok(()),
    }
}
