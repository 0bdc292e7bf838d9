//! Inclusion and consistency proofs of RFC 6962 section 2.1, made over any source of subtree hashes and verified as
//! RFC 9162 sections 2.1.3.2 and 2.1.4.2 say. Paths run from the leaf to the root.

use crate::hash::{EMPTY_ROOT, Hash, node_hash};

/// Why a proof does not show what it claims.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ProofError {
    /// The index lies outside the tree, or the old tree is larger than the new one.
    #[error("index or size lies outside the tree")]
    OutOfRange,
    /// Too few or too many hashes for the size.
    #[error("the proof has the wrong length")]
    Length,
    /// The hashes do not lead to the root.
    #[error("the proof does not lead to the root")]
    Root,
    /// The hashes do not lead to the old root.
    #[error("the proof does not start from the old root: history was rewritten")]
    OldRoot,
}

/// The root of the first `size` leaves. `read(level, index)` gives the hash of the complete subtree of 2^level leaves
/// that begins at leaf `index`·2^level; it is asked only for subtrees within `size`. Errors: those of `read`.
pub fn root_of<E>(size: u64, read: &mut impl FnMut(u8, u64) -> Result<Hash, E>) -> Result<Hash, E> {
    if size == 0 { Ok(EMPTY_ROOT) } else { range(0, size, read) }
}

/// Hash of the leaves `start..start + len`, where `start` is a multiple of the largest power of two below `len`.
fn range<E>(start: u64, len: u64, read: &mut impl FnMut(u8, u64) -> Result<Hash, E>) -> Result<Hash, E> {
    if len.is_power_of_two() {
        let level = u8::try_from(len.trailing_zeros()).expect("a u64 has fewer than 256 bits");
        return read(level, start >> level);
    }
    let left = split(len);
    let (left, right) = (range(start, left, read)?, range(start + left, len - left, read)?);
    Ok(node_hash(&left, &right))
}

/// The largest power of two below `len`; `len` is at least 2.
fn split(len: u64) -> u64 {
    1 << (63 - (len - 1).leading_zeros())
}

/// The path from leaf `index` to the root of the first `size` leaves. `read` as in `root_of`. `index` must be below
/// `size`; otherwise the path is empty and verifies for nothing.
pub fn inclusion_proof<E>(
    index: u64,
    size: u64,
    read: &mut impl FnMut(u8, u64) -> Result<Hash, E>,
) -> Result<Vec<Hash>, E> {
    let mut path = vec![];
    let (mut start, mut len) = (0, size);
    if index >= size {
        return Ok(path);
    }
    while len > 1 {
        let left = split(len);
        if index - start < left {
            path.push(range(start + left, len - left, read)?);
            len = left;
        } else {
            path.push(range(start, left, read)?);
            (start, len) = (start + left, len - left);
        }
    }
    path.reverse();
    Ok(path)
}

/// The proof that the first `old` leaves of the first `new` are unchanged; empty where `old` is 0 or equals `new`.
/// `read` as in `root_of`; `old` must not be above `new`.
pub fn consistency_proof<E>(
    old: u64,
    new: u64,
    read: &mut impl FnMut(u8, u64) -> Result<Hash, E>,
) -> Result<Vec<Hash>, E> {
    let mut path = vec![];
    if old == 0 || old >= new {
        return Ok(path);
    }
    let (mut start, mut len, mut whole) = (0, new, true);
    let mut rest = old;
    while rest != len {
        let left = split(len);
        if rest <= left {
            path.push(range(start + left, len - left, read)?);
            len = left;
        } else {
            path.push(range(start, left, read)?);
            (start, len, rest, whole) = (start + left, len - left, rest - left, false);
        }
    }
    if !whole {
        path.push(range(start, len, read)?);
    }
    path.reverse();
    Ok(path)
}

/// Checks that `leaf` stands at `index` in the tree of `size` leaves with `root`.
pub fn verify_inclusion(leaf: Hash, index: u64, size: u64, root: Hash, path: &[Hash]) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::OutOfRange);
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = leaf;
    for sibling in path {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            if node & 1 == 0 {
                let up = node.trailing_zeros().min(63);
                (node, last) = (node >> up, last >> up);
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    match (last, hash == root) {
        (0, true) => Ok(()),
        (0, false) => Err(ProofError::Root),
        (_, _) => Err(ProofError::Length),
    }
}

/// Checks that the tree of `new` leaves with `new_root` begins with the tree of `old` leaves with `old_root`.
pub fn verify_consistency(old: u64, old_root: Hash, new: u64, new_root: Hash, path: &[Hash]) -> Result<(), ProofError> {
    if old > new {
        return Err(ProofError::OutOfRange);
    }
    if old == new || old == 0 {
        let expected_old = if old == 0 { EMPTY_ROOT } else { new_root };
        return match (path.is_empty(), old_root == expected_old) {
            (true, true) => Ok(()),
            (false, _) => Err(ProofError::Length),
            (true, false) => Err(ProofError::OldRoot),
        };
    }
    // Where the old tree is one complete subtree, its root begins the path and is left out of the proof.
    let (first, rest) = match old.is_power_of_two() {
        true => (old_root, path),
        false => path.split_first().map(|(first, rest)| (*first, rest)).ok_or(ProofError::Length)?,
    };
    let up = (old - 1).trailing_ones();
    let (mut node, mut last) = ((old - 1) >> up, (new - 1) >> up);
    let (mut old_hash, mut new_hash) = (first, first);
    for sibling in rest {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            if node & 1 == 0 {
                let up = node.trailing_zeros().min(63);
                (node, last) = (node >> up, last >> up);
            }
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    if last != 0 {
        Err(ProofError::Length)
    } else if old_hash != old_root {
        Err(ProofError::OldRoot)
    } else if new_hash != new_root {
        Err(ProofError::Root)
    } else {
        Ok(())
    }
}
