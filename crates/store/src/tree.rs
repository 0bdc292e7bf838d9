//! The tree over the log: all of it while a record is opened or looked over, and its upper part while it is served.

use std::ops::Range;

use rusqlite::Connection;
use tlog::{Frontier, Hash, Tree, UpperTree, leaf_hash};

use crate::error::StoreFault;
use crate::sqlite::prepare;

/// The tree of an open record. Leaves are read where they lie, but for those that no signed checkpoint covers yet: what is
/// signed is compared with what was appended.
pub(crate) struct LogTree {
    pub(crate) upper: UpperTree,
    /// The last leaves of the tree.
    unsigned: Vec<Hash>,
}

impl LogTree {
    /// `signed` leaves are under a checkpoint.
    pub(crate) fn of(tree: Tree, signed: u64) -> Self {
        let (upper, unsigned) = tree.into_upper(signed);
        Self { upper, unsigned }
    }

    pub(crate) fn push(&mut self, leaf: Hash) {
        self.upper.push(leaf);
        self.unsigned.push(leaf);
    }

    /// Lets go of leaves that a signed checkpoint covers.
    pub(crate) fn signed(&mut self, size: u64) {
        let covered = size.saturating_sub(self.upper.size() - self.unsigned.len() as u64);
        self.unsigned.drain(..usize::try_from(covered).unwrap_or(usize::MAX).min(self.unsigned.len()));
        self.unsigned.shrink_to(1024);
    }

    /// A leaf that no signed checkpoint covers.
    pub(crate) fn unsigned(&self, idx: u64) -> Option<Hash> {
        let at = idx.checked_sub(self.upper.size() - self.unsigned.len() as u64)?;
        self.unsigned.get(usize::try_from(at).ok()?).copied()
    }
}

/// The entries of so many leaves as lie in the database.
pub(crate) fn entries(connection: &Connection, range: Range<u64>) -> Result<Vec<Vec<u8>>, StoreFault> {
    let mut statement = prepare(connection, "SELECT entry FROM leaf WHERE idx >= $1 AND idx < $2 ORDER BY idx")?;
    let rows = statement.query_map([range.start, range.end], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Their hashes.
pub(crate) fn leaves(connection: &Connection, range: Range<u64>) -> Result<Vec<Hash>, StoreFault> {
    Ok(entries(connection, range)?.iter().map(|entry| leaf_hash(entry)).collect())
}

/// The tree of every leaf. Errors: `Torn` where events, leaves and head do not belong together: nothing is appended to
/// such a record, and nothing proven from it.
pub(crate) fn read_tree(connection: &Connection) -> Result<Tree, StoreFault> {
    let mut tree = Tree::default();
    let mut statement = connection.prepare("SELECT idx, entry FROM leaf ORDER BY idx")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let idx: i64 = row.get(0)?;
        if u64::try_from(idx) != Ok(tree.size()) {
            return Err(StoreFault::Torn(format!("there is a leaf {idx} where leaf {} belongs", tree.size())));
        }
        tree.push(leaf_hash(row.get_ref(1)?.as_blob().map_err(|_| StoreFault::Malformed("a leaf"))?));
    }
    let (size, edge): (u64, Vec<u8>) =
        connection.query_row("SELECT size, frontier FROM head", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let head = Frontier::from_bytes(size, &edge).ok_or(StoreFault::Malformed("the head of the log"))?;
    if size != tree.size() {
        return Err(StoreFault::Torn(format!("its head counts {size} events, and there are {} leaves", tree.size())));
    }
    if tree.root(size) != Some(head.root()) {
        return Err(StoreFault::Torn("its head and its leaves have different roots".into()));
    }
    let sql = "SELECT count(*), min(idx), max(idx) FROM event";
    let (events, first, last): (u64, Option<i64>, Option<i64>) =
        connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let fits = events == size && first.is_none_or(|first| first == 0);
    if !fits || last.is_some_and(|last| u64::try_from(last) != Ok(size - 1)) {
        return Err(StoreFault::Torn(format!("its head counts {size} events, and others are there")));
    }
    Ok(tree)
}
