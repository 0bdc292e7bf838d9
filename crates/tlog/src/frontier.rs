//! The right edge of a tree: what is needed to append and to name the root, and no more.

use crate::hash::{EMPTY_ROOT, Hash, node_hash};

/// A tree of `size` leaves by the roots of its complete subtrees, largest first: one for each bit of `size`.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Frontier {
    size: u64,
    edge: Vec<Hash>,
}

impl Frontier {
    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf by its hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        // Each trailing one of the old size is a complete subtree that the new leaf completes one level up.
        for _ in 0..self.size.trailing_ones() {
            let left = self.edge.pop().expect("the edge holds one subtree for each bit of the size");
            hash = node_hash(&left, &hash);
        }
        self.edge.push(hash);
        self.size += 1;
    }

    /// The root.
    pub fn root(&self) -> Hash {
        let mut subtrees = self.edge.iter().rev();
        match subtrees.next() {
            None => EMPTY_ROOT,
            Some(last) => subtrees.fold(*last, |right, left| node_hash(left, &right)),
        }
    }

    /// The edge as bytes, 32 for each bit of the size; kept beside the size.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.edge.iter().flat_map(|hash| hash.0).collect()
    }

    /// Reads what `to_bytes` wrote; none if the length does not belong to `size`.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Option<Self> {
        let (chunks, rest) = bytes.as_chunks::<32>();
        let fits = rest.is_empty() && u32::try_from(chunks.len()).is_ok_and(|len| len == size.count_ones());
        fits.then(|| Self { size, edge: chunks.iter().map(|chunk| Hash(*chunk)).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;

    #[test]
    fn a_frontier_survives_being_written_down_at_every_size() {
        let mut frontier = Frontier::default();
        assert_eq!(frontier.root(), EMPTY_ROOT);
        for i in 0u64..200 {
            frontier.push(leaf_hash(&i.to_be_bytes()));
            let read = Frontier::from_bytes(frontier.size(), &frontier.to_bytes()).expect("its own bytes");
            assert_eq!(read, frontier);
            assert!(
                Frontier::from_bytes(frontier.size() + 1, &[&frontier.to_bytes()[..], &[0; 64]].concat()).is_none()
            );
        }
    }
}
