//! Adobe's collections of Chinese glyphs: which character a glyph number stands for.
//!
//! `data/adobe-gb1.bin` and `data/adobe-cns1.bin` are written by `data/collections.py`, which names their source.

/// A collection of glyphs that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Collection {
    Gb1,
    Cns1,
}

impl Collection {
    pub fn of(ordering: &[u8]) -> Option<Collection> {
        match ordering {
            b"GB1" => Some(Collection::Gb1),
            b"CNS1" => Some(Collection::Cns1),
            _ => None,
        }
    }

    /// The character of a glyph, two bytes a glyph; those beyond 16 bits follow, by number, six bytes each.
    pub fn character(self, cid: u32) -> Option<char> {
        let table: &[u8] = match self {
            Collection::Gb1 => include_bytes!("../../data/adobe-gb1.bin"),
            Collection::Cns1 => include_bytes!("../../data/adobe-cns1.bin"),
        };
        let (count, table) = table.split_first_chunk::<2>()?;
        let (near, far) = table.split_at_checked(2 * usize::from(u16::from_be_bytes(*count)))?;
        let at = 2 * usize::try_from(cid).ok()?;
        let point = match near.get(at..at + 2) {
            Some([0, 0]) | None => {
                let is_it = |six: &&[u8]| u32::from(u16::from_be_bytes([six[0], six[1]])) == cid;
                let six = far.chunks_exact(6).find(is_it)?;
                u32::from_be_bytes([six[2], six[3], six[4], six[5]])
            }
            Some(pair) => u32::from(pair[0]) << 8 | u32::from(pair[1]),
        };
        char::from_u32(point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyphs_are_looked_up_in_their_collection() {
        // As Adobe's own tables have them: 力, 控 and 董 in GB1.
        for (cid, c) in [(0x09EF, '力'), (0x0965, '控'), (0x05EC, '董'), (1, ' '), (34, 'A'), (814, '!')] {
            assert_eq!(Collection::Gb1.character(cid), Some(c), "{cid}");
        }
        assert_eq!(Collection::Cns1.character(34), Some('A'));
        assert_eq!(Collection::Cns1.character(595), Some('一'));
        assert_eq!(Collection::Gb1.character(60_000), None);
        assert_eq!(Collection::Gb1.character(u32::MAX), None);
    }
}
