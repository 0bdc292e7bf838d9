//! The tiles of hashes that a log serves, compared with those that its entries make, as these come.

use tlog::{Frontier, Hash, Tile, TilePath};

use super::{VerifyError, failed};

/// Hashes in a full tile.
const WIDTH: usize = 256;

/// What was not compared yet: the last tile of each level, as far as it is filled.
#[derive(Default)]
pub(super) struct Tiles {
    levels: Vec<(u64, Vec<Hash>)>,
}

type Get<'a> = dyn FnMut(&str) -> Result<Vec<u8>, VerifyError> + 'a;

impl Tiles {
    /// Takes the next leaf, and compares every tile that is full with it.
    pub(super) fn push(&mut self, leaf: Hash, get: &mut Get<'_>) -> Result<(), VerifyError> {
        let (mut level, mut hash) = (0, leaf);
        loop {
            if self.levels.len() == level {
                self.levels.push((0, Vec::with_capacity(WIDTH)));
            }
            let (index, hashes) = &mut self.levels[level];
            hashes.push(hash);
            if hashes.len() < WIDTH {
                return Ok(());
            }
            compare(level, *index, hashes, get)?;
            let mut above = Frontier::default();
            hashes.drain(..).for_each(|hash| above.push(hash));
            *index += 1;
            (level, hash) = (level + 1, above.root());
        }
    }

    /// Compares what is left: the last tile of each level, which is not full.
    pub(super) fn end(self, get: &mut Get<'_>) -> Result<(), VerifyError> {
        let levels = self.levels.iter().enumerate().filter(|(_, (_, hashes))| !hashes.is_empty());
        levels.into_iter().try_for_each(|(level, (index, hashes))| compare(level, *index, hashes, get))
    }
}

fn compare(level: usize, index: u64, hashes: &[Hash], get: &mut Get<'_>) -> Result<(), VerifyError> {
    let width = u16::try_from(hashes.len()).expect("a tile is no wider than 256");
    let level = u8::try_from(level).expect("eight levels hold any log");
    let path = TilePath::Hashes(Tile { level, index, width }).to_string();
    let ours: Vec<u8> = hashes.iter().flat_map(|hash| hash.0).collect();
    match get(&path)? == ours {
        true => Ok(()),
        false => Err(failed(None, None, format!("{path} is not the tile that the entries make"))),
    }
}
