//! A whole tree in memory, 34 bytes a leaf, and the upper part of one, two bytes a leaf.

use std::convert::Infallible;
use std::ops::Range;

use crate::hash::{EMPTY_ROOT, Hash, node_hash};
use crate::proof;
use crate::tile::Tile;

/// Levels from one that is kept to the next; the lowest levels of tiles are among them.
const STEP: u8 = 4;

/// The hashes of complete subtrees of 16 leaves and more, every fourth level: what lies between is hashed when it is asked
/// for, from sixteen at most, and what lies below from leaves that whoever asks reads somewhere. `leaves` is given a range
/// and gives as many hashes. With other leaves than were appended there is no tile over all sixteen of a subtree, and the
/// proofs do not hold.
#[derive(Clone, Default, Debug)]
pub struct UpperTree {
    /// The hashes of subtrees of 16, 256 … leaves.
    kept: Vec<Vec<Hash>>,
    /// The leaves after the last of them, fewer than 16.
    rest: Vec<Hash>,
}

impl UpperTree {
    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.below() + self.rest.len() as u64
    }

    /// So many leaves lie below what is kept.
    fn below(&self) -> u64 {
        self.kept.first().map_or(0, |hashes| (hashes.len() as u64) << STEP)
    }

    /// Appends a leaf by its hash.
    pub fn push(&mut self, leaf: Hash) {
        self.rest.push(leaf);
        if self.rest.len() < 1 << STEP {
            return;
        }
        let mut hash = join(&self.rest);
        self.rest.clear();
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
    pub fn hash<E>(
        &self,
        level: u8,
        index: u64,
        leaves: &mut impl FnMut(Range<u64>) -> Result<Vec<Hash>, E>,
    ) -> Result<Option<Hash>, E> {
        let (step, width) = (level / STEP, 1u64 << (level % STEP));
        let Some(range) = index.checked_mul(width).and_then(|first| Some(first..first.checked_add(width)?)) else {
            return Ok(None);
        };
        if step == 0 {
            return Ok(self.leaves(range, leaves)?.map(|hashes| join(&hashes)));
        }
        let (Ok(first), Ok(end)) = (usize::try_from(range.start), usize::try_from(range.end)) else { return Ok(None) };
        Ok(self.kept.get(usize::from(step) - 1).and_then(|hashes| hashes.get(first..end)).map(join))
    }

    /// The leaves of a range; none where there are fewer.
    fn leaves<E>(
        &self,
        range: Range<u64>,
        leaves: &mut impl FnMut(Range<u64>) -> Result<Vec<Hash>, E>,
    ) -> Result<Option<Vec<Hash>>, E> {
        let below = self.below();
        if range.end > self.size() {
            return Ok(None);
        }
        let read = range.start..range.end.min(below);
        let mut hashes = if read.is_empty() { vec![] } else { leaves(read.clone())? };
        if !self.are_below(read.start, &hashes) {
            return Ok(None);
        }
        let rest = range.start.max(below)..range.end;
        if !rest.is_empty() {
            let at = |n: u64| usize::try_from(n - below).unwrap_or(usize::MAX);
            hashes.extend_from_slice(&self.rest[at(rest.start)..at(rest.end)]);
        }
        Ok(Some(hashes).filter(|hashes| hashes.len() as u64 == range.end - range.start))
    }

    /// Whether leaves from `first` on are those that were appended, as far as whole subtrees of sixteen tell.
    fn are_below(&self, first: u64, leaves: &[Hash]) -> bool {
        let Some(nth) = usize::try_from(first >> STEP).ok().filter(|_| first.is_multiple_of(1 << STEP)) else {
            return true;
        };
        let kept = self.kept.first().map_or(&[][..], |hashes| hashes.get(nth..).unwrap_or(&[]));
        leaves.chunks_exact(1 << STEP).zip(kept).all(|(sixteen, hash)| join(sixteen) == *hash)
    }

    /// The root over all of its leaves; none of them is asked for.
    pub fn root(&self) -> Hash {
        let Ok(root) = self.root_of(self.size(), &mut none);
        root.unwrap_or(EMPTY_ROOT)
    }

    /// The root of the first `size` leaves; none beyond its own size.
    pub fn root_of<E>(
        &self,
        size: u64,
        leaves: &mut impl FnMut(Range<u64>) -> Result<Vec<Hash>, E>,
    ) -> Result<Option<Hash>, E> {
        if size > self.size() {
            return Ok(None);
        }
        found(proof::root_of(size, &mut self.reader(leaves)))
    }

    /// The inclusion path of leaf `index` in the first `size` leaves; none out of range.
    pub fn inclusion<E>(
        &self,
        index: u64,
        size: u64,
        leaves: &mut impl FnMut(Range<u64>) -> Result<Vec<Hash>, E>,
    ) -> Result<Option<Vec<Hash>>, E> {
        if index >= size || size > self.size() {
            return Ok(None);
        }
        found(proof::inclusion_proof(index, size, &mut self.reader(leaves)))
    }

    /// The consistency proof between two sizes; none out of range.
    pub fn consistency<E>(
        &self,
        old: u64,
        new: u64,
        leaves: &mut impl FnMut(Range<u64>) -> Result<Vec<Hash>, E>,
    ) -> Result<Option<Vec<Hash>>, E> {
        if old > new || new > self.size() {
            return Ok(None);
        }
        found(proof::consistency_proof(old, new, &mut self.reader(leaves)))
    }

    /// The bytes of a tile of the tree of `size` leaves, 32 a hash; none if the tile is not part of that tree.
    pub fn tile<E>(
        &self,
        tile: &Tile,
        size: u64,
        leaves: &mut impl FnMut(Range<u64>) -> Result<Vec<Hash>, E>,
    ) -> Result<Option<Vec<u8>>, E> {
        let place = tile.level.checked_mul(8).zip(tile.index.checked_mul(256));
        let Some((level, first)) = place.filter(|_| size <= self.size() && tile.is_within(size)) else {
            return Ok(None);
        };
        let range = first..first + u64::from(tile.width);
        let hashes = match level {
            0 => self.leaves(range, leaves)?,
            level => range.map(|index| self.hash(level, index, leaves)).collect::<Result<_, _>>()?,
        };
        Ok(hashes.map(|hashes| hashes.iter().flat_map(|hash| hash.0).collect()))
    }

    fn reader<E>(
        &self,
        leaves: &mut impl FnMut(Range<u64>) -> Result<Vec<Hash>, E>,
    ) -> impl FnMut(u8, u64) -> Result<Hash, Option<E>> {
        move |level, index| self.hash(level, index, leaves).map_err(Some)?.ok_or(None)
    }
}

/// No leaves: nobody asks for any.
fn none(_: Range<u64>) -> Result<Vec<Hash>, Infallible> {
    Ok(vec![])
}

/// What was not there is none, and no error.
fn found<T, E>(made: Result<T, Option<E>>) -> Result<Option<T>, E> {
    match made {
        Ok(made) => Ok(Some(made)),
        Err(None) => Ok(None),
        Err(Some(error)) => Err(error),
    }
}

/// A tree with all of its leaves. Proofs may be asked for any size up to its own.
#[derive(Clone, Default, Debug)]
pub struct Tree {
    upper: UpperTree,
    leaves: Vec<Hash>,
}

impl Tree {
    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.leaves.len() as u64
    }

    /// Appends a leaf by its hash.
    pub fn push(&mut self, leaf: Hash) {
        self.leaves.push(leaf);
        self.upper.push(leaf);
    }

    /// The hash of the complete subtree of 2^level leaves that begins at leaf `index`·2^level, if it is complete.
    pub fn hash(&self, level: u8, index: u64) -> Option<Hash> {
        let Ok(hash) = self.upper.hash(level, index, &mut self.reader());
        hash
    }

    /// The root of the first `size` leaves; none beyond its own size.
    pub fn root(&self, size: u64) -> Option<Hash> {
        let Ok(root) = self.upper.root_of(size, &mut self.reader());
        root
    }

    /// The inclusion path of leaf `index` in the first `size` leaves; none out of range.
    pub fn inclusion(&self, index: u64, size: u64) -> Option<Vec<Hash>> {
        let Ok(path) = self.upper.inclusion(index, size, &mut self.reader());
        path
    }

    /// The consistency proof between two sizes; none out of range.
    pub fn consistency(&self, old: u64, new: u64) -> Option<Vec<Hash>> {
        let Ok(path) = self.upper.consistency(old, new, &mut self.reader());
        path
    }

    /// The bytes of a tile of the tree of `size` leaves, 32 a hash; none if the tile is not part of that tree.
    pub fn tile(&self, tile: &Tile, size: u64) -> Option<Vec<u8>> {
        let Ok(bytes) = self.upper.tile(tile, size, &mut self.reader());
        bytes
    }

    /// Lets go of the leaves, but for those from `first` on.
    pub fn into_upper(mut self, first: u64) -> (UpperTree, Vec<Hash>) {
        let first = usize::try_from(first).unwrap_or(usize::MAX).min(self.leaves.len());
        (self.upper, self.leaves.split_off(first))
    }

    fn reader(&self) -> impl FnMut(Range<u64>) -> Result<Vec<Hash>, Infallible> {
        |range| {
            let at = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
            Ok(self.leaves.get(at(range.start)..at(range.end)).map_or(vec![], <[Hash]>::to_vec))
        }
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
