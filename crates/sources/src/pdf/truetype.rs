//! Which character a glyph of an embedded font is drawn for: the font's own table `cmap`, read backwards.

use std::collections::HashMap;

/// Codes that are gone through at most; more is a bomb.
const MAX_CODES: usize = 400_000;

/// Glyph numbers to characters. `None` if the font has no table of Unicode.
pub(super) fn characters(font: &[u8]) -> Option<HashMap<u32, char>> {
    let font_at = if font.starts_with(b"ttcf") { long(font, 12)? as usize } else { 0 };
    let tables = usize::from(short(font, font_at + 4)?);
    let table = (0..tables.min(64))
        .map(|no| font_at + 12 + 16 * no)
        .find(|at| font.get(*at..*at + 4) == Some(b"cmap".as_slice()))?;
    let cmap = font.get(long(font, table + 8)? as usize..)?;
    let count = usize::from(short(cmap, 2)?).min(64);
    let mut best: Option<(u8, usize)> = None;
    for no in 0..count {
        let record = 4 + 8 * no;
        let rank = match (short(cmap, record)?, short(cmap, record + 2)?) {
            (3, 10) | (0, 4 | 6) => 2,
            (3, 1) | (0, 0..=3) => 1,
            _ => continue,
        };
        if best.is_none_or(|(ranked, _)| rank > ranked) {
            best = Some((rank, long(cmap, record + 4)? as usize));
        }
    }
    let table = cmap.get(best?.1..)?;
    let mut found = Found { glyphs: HashMap::new(), codes: 0 };
    match short(table, 0)? {
        4 => found.format_4(table)?,
        6 => found.format_6(table)?,
        12 => found.format_12(table)?,
        _ => return None,
    }
    (!found.glyphs.is_empty()).then_some(found.glyphs)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(bytes.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}

struct Found {
    glyphs: HashMap<u32, char>,
    codes: usize,
}

impl Found {
    /// Of several characters with one glyph the first counts: it is the common one, the others are made for compatibility.
    fn add(&mut self, glyph: u32, code: u32) -> Option<()> {
        self.codes += 1;
        if self.codes > MAX_CODES {
            return None;
        }
        if let Some(character) = char::from_u32(code).filter(|_| glyph != 0) {
            self.glyphs.entry(glyph).or_insert(character);
        }
        Some(())
    }

    fn format_4(&mut self, table: &[u8]) -> Option<()> {
        let segments = usize::from(short(table, 6)? / 2);
        let (ends, starts) = (14, 16 + 2 * segments);
        let (deltas, offsets) = (starts + 2 * segments, starts + 4 * segments);
        for no in 0..segments {
            let (start, end) = (short(table, starts + 2 * no)?, short(table, ends + 2 * no)?);
            let (delta, offset) = (short(table, deltas + 2 * no)?, short(table, offsets + 2 * no)?);
            for code in start..=end {
                let glyph = if offset == 0 {
                    code.wrapping_add(delta)
                } else {
                    let at = offsets + 2 * no + usize::from(offset) + 2 * usize::from(code - start);
                    match short(table, at) {
                        None | Some(0) => 0,
                        Some(glyph) => glyph.wrapping_add(delta),
                    }
                };
                self.add(u32::from(glyph), u32::from(code))?;
            }
        }
        Some(())
    }

    fn format_6(&mut self, table: &[u8]) -> Option<()> {
        let (first, count) = (short(table, 6)?, short(table, 8)?);
        for no in 0..count {
            self.add(u32::from(short(table, 10 + 2 * usize::from(no))?), u32::from(first) + u32::from(no))?;
        }
        Some(())
    }

    fn format_12(&mut self, table: &[u8]) -> Option<()> {
        let groups = long(table, 12)? as usize;
        for no in 0..groups {
            let at = 16usize.checked_add(no.checked_mul(12)?)?;
            let (start, end, glyph) = (long(table, at)?, long(table, at + 4)?, long(table, at + 8)?);
            for code in start..=end {
                self.add(glyph.checked_add(code - start)?, code)?;
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A font that has nothing but a table `cmap` with one table of platform 3.
    fn font(encoding: u16, table: &[u8]) -> Vec<u8> {
        let mut cmap = vec![0, 0, 0, 1, 0, 3];
        cmap.extend(encoding.to_be_bytes());
        cmap.extend([0, 0, 0, 12]);
        cmap.extend(table);
        let mut font = vec![0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        font.extend(b"cmap\0\0\0\0\0\0\0\x1c");
        font.extend((cmap.len() as u32).to_be_bytes());
        font.extend(cmap);
        font
    }

    fn shorts(numbers: &[u16]) -> Vec<u8> {
        numbers.iter().flat_map(|n| n.to_be_bytes()).collect()
    }

    #[test]
    fn tables_are_read_backwards() {
        let four = shorts(&[4, 32, 0, 4, 0, 0, 0, 0x6E06, 0xFFFF, 0, 0x6E05, 0xFFFF, 0x9200, 1, 0, 0]);
        let glyphs = characters(&font(1, &four)).expect("glyphs");
        assert_eq!(glyphs.get(&5), Some(&'清'));
        let mut twelve = shorts(&[12, 0, 0, 28, 0, 0, 0, 1]);
        twelve.extend([0x1F3DBu32, 0x1F3DC, 7].iter().flat_map(|n| n.to_be_bytes()));
        assert_eq!(characters(&font(10, &twelve)).expect("glyphs").get(&7), Some(&'🏛'));
        let six = shorts(&[6, 14, 0, 0x41, 2, 9, 8]);
        assert_eq!(characters(&font(1, &six)).expect("glyphs").get(&8), Some(&'B'));
    }

    #[test]
    fn a_table_of_symbols_or_of_everything_is_none() {
        let six = shorts(&[6, 14, 0, 0x41, 2, 9, 8]);
        assert!(characters(&font(0, &six)).is_none());
        let mut twelve = shorts(&[12, 0, 0, 28, 0, 0, 0, 1]);
        twelve.extend([0u32, u32::MAX, 0].iter().flat_map(|n| n.to_be_bytes()));
        assert!(characters(&font(10, &twelve)).is_none());
        for length in 0..40 {
            let _ = characters(&font(1, &six)[..length]);
        }
    }
}
