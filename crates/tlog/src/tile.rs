//! Tiles and entry bundles: addresses and bytes, as C2SP `tlog-tiles` has them.

use std::fmt;

/// A tile of hashes: `width` of them (1 to 256) from `index`·256 on, at level `level` of tiles (each 8 levels of the
/// tree high).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Tile {
    /// 0 to 7: 64 levels of the tree are eight levels of tiles.
    pub level: u8,
    /// Counted from 0 within the level.
    pub index: u64,
    /// 256 where it is full.
    pub width: u16,
}

impl Tile {
    /// Whether every hash of it belongs to a complete subtree of the first `size` leaves.
    pub fn is_within(&self, size: u64) -> bool {
        let shift = u32::from(self.level) * 8;
        let hashes = size.checked_shr(shift).unwrap_or(0);
        (1..=256).contains(&self.width)
            && self
                .index
                .checked_mul(256)
                .and_then(|first| first.checked_add(u64::from(self.width)))
                .is_some_and(|end| end <= hashes)
    }
}

/// What an address below a log's prefix names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TilePath {
    /// `tile/<L>/<N>[.p/<W>]`
    Hashes(Tile),
    /// `tile/entries/<N>[.p/<W>]`; `level` is 0.
    Entries(Tile),
}

impl TilePath {
    /// Reads an address; refuses every form but the canonical one.
    pub fn parse(path: &str) -> Option<Self> {
        if path.len() > 80 {
            return None;
        }
        let rest = path.strip_prefix("tile/")?;
        let (kind, rest) = rest.split_once('/')?;
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, canonical(width).filter(|w| (1..=255).contains(w))?),
            None => (rest, 256),
        };
        let tile = |level| Some(Tile { level, index: parse_index(number)?, width: u16::try_from(width).ok()? });
        let parsed = match kind {
            "entries" => Self::Entries(tile(0)?),
            level => Self::Hashes(tile(canonical(level).filter(|l| *l <= 63).and_then(|l| u8::try_from(l).ok())?)?),
        };
        (parsed.to_string() == path).then_some(parsed)
    }
}

fn canonical(digits: &str) -> Option<u64> {
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    if plain && !leading_zero { digits.parse().ok() } else { None }
}

/// `x001/x234/067` is 1,234,067.
fn parse_index(number: &str) -> Option<u64> {
    let groups: Vec<&str> = number.split('/').collect();
    let (last, leading) = groups.split_last()?;
    let group = |digits: &str| -> Option<u64> {
        let fits = digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit());
        if fits { digits.parse().ok() } else { None }
    };
    let mut index: u64 = 0;
    for digits in leading {
        index = index.checked_mul(1000)?.checked_add(group(digits.strip_prefix('x')?)?)?;
    }
    index.checked_mul(1000)?.checked_add(group(last)?)
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tile = match self {
            TilePath::Hashes(tile) => {
                write!(f, "tile/{}/", tile.level)?;
                tile
            }
            TilePath::Entries(tile) => {
                f.write_str("tile/entries/")?;
                tile
            }
        };
        let mut groups = vec![tile.index % 1000];
        let mut rest = tile.index / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        for (i, group) in groups.iter().enumerate().rev() {
            write!(f, "{}{group:03}{}", if i > 0 { "x" } else { "" }, if i > 0 { "/" } else { "" })?;
        }
        if tile.width < 256 { write!(f, ".p/{}", tile.width) } else { Ok(()) }
    }
}

/// Every tile of hashes of a tree of `size` leaves, lowest level first: full ones and the partial right edge.
pub fn tiles_for(size: u64) -> Vec<Tile> {
    let mut tiles = vec![];
    let mut hashes = size;
    for level in 0u8.. {
        if hashes == 0 {
            break;
        }
        tiles.extend((0..hashes / 256).map(|index| Tile { level, index, width: 256 }));
        if !hashes.is_multiple_of(256) {
            let width = u16::try_from(hashes % 256).expect("below 256");
            tiles.push(Tile { level, index: hashes / 256, width });
        }
        hashes /= 256;
    }
    tiles
}

/// Why a bundle is malformed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BundleError {
    /// It ends within an entry.
    #[error("the bundle ends within entry {0}")]
    Truncated(usize),
    /// More than 256 entries.
    #[error("more than 256 entries in one bundle")]
    TooMany,
}

/// Entries as a bundle: each after its length in two bytes, big-endian. None if an entry is longer than 65,535 bytes.
pub fn bundle<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let mut bytes = vec![];
    for entry in entries {
        bytes.extend_from_slice(&u16::try_from(entry.len()).ok()?.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Some(bytes)
}

/// The entries of a bundle. Errors: `BundleError`.
pub fn parse_bundle(bytes: &[u8]) -> Result<Vec<&[u8]>, BundleError> {
    let mut entries = vec![];
    let mut rest = bytes;
    while !rest.is_empty() {
        if entries.len() == 256 {
            return Err(BundleError::TooMany);
        }
        let truncated = BundleError::Truncated(entries.len());
        let (length, after) = rest.split_first_chunk::<2>().ok_or(truncated)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, after) = after.split_at_checked(length).ok_or(truncated)?;
        entries.push(entry);
        rest = after;
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_the_specification() {
        let path = TilePath::Hashes(Tile { level: 0, index: 1_234_067, width: 256 });
        assert_eq!(path.to_string(), "tile/0/x001/x234/067");
        assert_eq!(TilePath::parse("tile/0/x001/x234/067"), Some(path));
        let edge = TilePath::Entries(Tile { level: 0, index: 273, width: 112 });
        assert_eq!(edge.to_string(), "tile/entries/273.p/112");
        assert_eq!(TilePath::parse("tile/entries/273.p/112"), Some(edge));
    }

    #[test]
    fn other_forms_of_an_address_are_refused() {
        for path in [
            "tile/0/0",
            "tile/0/0000",
            "tile/00/000",
            "tile/64/000",
            "tile/0/x000/001",
            "tile/0/001/002",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/000/",
            "tile/-1/000",
            "tile/0/x001",
            "tile/entries",
            "tile//000",
            "tile/0/x18446744073709551616/000",
            "tile/0/000.p/5.p/5",
            "TILE/0/000",
        ] {
            assert_eq!(TilePath::parse(path), None, "{path} was accepted");
        }
    }

    #[test]
    fn seventy_thousand_leaves_have_the_tiles_of_the_specification() {
        let tiles = tiles_for(70_000);
        assert_eq!(tiles.iter().filter(|t| t.level == 0 && t.width == 256).count(), 273);
        let rest: Vec<_> = tiles.iter().filter(|t| t.level > 0 || t.width < 256).copied().collect();
        assert_eq!(
            rest,
            [
                Tile { level: 0, index: 273, width: 112 },
                Tile { level: 1, index: 0, width: 256 },
                Tile { level: 1, index: 1, width: 17 },
                Tile { level: 2, index: 0, width: 1 },
            ]
        );
        assert_eq!(tiles_for(256), [Tile { level: 0, index: 0, width: 256 }, Tile { level: 1, index: 0, width: 1 }]);
        assert!(tiles.iter().all(|tile| tile.is_within(70_000)));
        assert!(!Tile { level: 0, index: 273, width: 113 }.is_within(70_000));
        assert!(!Tile { level: 63, index: u64::MAX, width: 256 }.is_within(u64::MAX));
    }

    #[test]
    fn a_bundle_reads_back_and_a_torn_one_does_not() {
        let entries: [&[u8]; 3] = [b"one", b"", b"three"];
        let bytes = bundle(entries).expect("short entries");
        assert_eq!(parse_bundle(&bytes).expect("its own bytes"), entries);
        assert_eq!(parse_bundle(&bytes[..bytes.len() - 1]), Err(BundleError::Truncated(2)));
        assert!(bundle([&[0u8; 65_536][..]]).is_none());
        assert_eq!(parse_bundle(&[0; 514]), Err(BundleError::TooMany));
    }
}
