//! A whole tree in memory: 64 bytes a leaf, every proof and tile without a look at the disk.

use std::convert::Infallible;

use crate::hash::{EMPTY_ROOT, Hash, node_hash};
use crate::proof;
use crate::tile::Tile;

/// The hashes of every complete subtree, level by level. Proofs may be asked for any size up to its own.
#[derive(Clone, Default, Debug)]
pub struct Tree {
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// Appends a leaf by its hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(vec![]);
            }
            let hashes = &mut self.levels[level];
            hashes.push(hash);
            if !hashes.len().is_multiple_of(2) {
                return;
            }
            hash = node_hash(&hashes[hashes.len() - 2], &hashes[hashes.len() - 1]);
        }
    }

    /// The hash of the complete subtree of 2^level leaves that begins at leaf `index`·2^level, if it is complete.
    pub fn hash(&self, level: u8, index: u64) -> Option<Hash> {
        self.levels.get(usize::from(level))?.get(usize::try_from(index).ok()?).copied()
    }

    fn reader(&self) -> impl FnMut(u8, u64) -> Result<Hash, Infallible> {
        |level, index| Ok(self.hash(level, index).expect("only subtrees within the size are asked for"))
    }

    /// The root of the first `size` leaves; none beyond its own size.
    pub fn root(&self, size: u64) -> Option<Hash> {
        match size {
            0 => Some(EMPTY_ROOT),
            size if size > self.size() => None,
            size => proof::root_of(size, &mut self.reader()).ok(),
        }
    }

    /// The inclusion path of leaf `index` in the first `size` leaves; none out of range.
    pub fn inclusion(&self, index: u64, size: u64) -> Option<Vec<Hash>> {
        if index >= size || size > self.size() {
            return None;
        }
        proof::inclusion_proof(index, size, &mut self.reader()).ok()
    }

    /// The consistency proof between two sizes; none out of range.
    pub fn consistency(&self, old: u64, new: u64) -> Option<Vec<Hash>> {
        if old > new || new > self.size() {
            return None;
        }
        proof::consistency_proof(old, new, &mut self.reader()).ok()
    }

    /// The bytes of a tile of the tree of `size` leaves, 32 a hash; none if the tile is not part of that tree.
    pub fn tile(&self, tile: &Tile, size: u64) -> Option<Vec<u8>> {
        if size > self.size() || !tile.is_within(size) {
            return None;
        }
        let level = tile.level.checked_mul(8)?;
        let first = tile.index.checked_mul(256)?;
        (first..first + u64::from(tile.width)).map(|index| self.hash(level, index)).try_fold(
            Vec::with_capacity(usize::from(tile.width) * 32),
            |mut bytes, hash| {
                bytes.extend_from_slice(&hash?.0);
                Some(bytes)
            },
        )
    }
}
