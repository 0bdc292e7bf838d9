//! A whole tree in memory: 35 bytes a leaf, every proof and tile without a look at the disk.

use std::convert::Infallible;

use crate::hash::{EMPTY_ROOT, Hash, node_hash};
use crate::proof;
use crate::tile::Tile;

/// The hashes of every leaf and of complete subtrees, every fourth level: what lies between is hashed when it is asked for,
/// from sixteen at most. Proofs may be asked for any size up to its own.
#[derive(Clone, Default, Debug)]
pub struct Tree {
    /// The hashes of subtrees of 1, 16, 256 … leaves.
    kept: Vec<Vec<Hash>>,
}

/// Levels from one that is kept to the next; the lowest levels of tiles are among them.
const STEP: u8 = 4;

impl Tree {
    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.kept.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// Appends a leaf by its hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for step in 0.. {
            if self.kept.len() == step {
                self.kept.push(vec![]);
            }
            let hashes = &mut self.kept[step];
            hashes.push(hash);
            if !hashes.len().is_multiple_of(1 << STEP) {
                return;
            }
            hash = join(&hashes[hashes.len() - (1 << STEP)..]);
        }
    }

    /// The hash of the complete subtree of 2^level leaves that begins at leaf `index`·2^level, if it is complete.
    pub fn hash(&self, level: u8, index: u64) -> Option<Hash> {
        let kept = self.kept.get(usize::from(level / STEP))?;
        let width = 1usize << (level % STEP);
        let first = usize::try_from(index).ok()?.checked_mul(width)?;
        kept.get(first..first.checked_add(width)?).map(join)
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

/// The hash of a complete subtree over so many neighbours, a power of two of them.
fn join(hashes: &[Hash]) -> Hash {
    match hashes {
        [one] => *one,
        several => {
            let (left, right) = several.split_at(several.len() / 2);
            node_hash(&join(left), &join(right))
        }
    }
}
