//! Unpacking streams (ISO 32000-1, 7.4). Images are not unpacked: their filters are refused.

use super::object::{Dict, Object};
use flate2::{Decompress, FlushDecompress, Status};

/// Filters one after the other; more is a bomb.
pub(super) const MAX_FILTERS: usize = 6;

/// Why a stream is not unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unpacked {
    /// It unpacks to more than was allowed.
    TooLarge,
    /// Its bytes break off, or are no such thing.
    Broken,
    /// The filter of a picture, or one that nobody knows.
    Foreign,
}

/// Unpacks by one filter, to at most `most` bytes.
pub(super) fn unpack(name: &[u8], params: &Dict, bytes: &[u8], most: usize) -> Result<Vec<u8>, Unpacked> {
    let plain = match name {
        b"FlateDecode" | b"Fl" => inflate(bytes, most)?,
        b"LZWDecode" | b"LZW" => {
            let early = params.get(b"EarlyChange".as_slice()).and_then(Object::number) != Some(0.0);
            lzw(bytes, early, most)?
        }
        b"ASCIIHexDecode" | b"AHx" => return ascii_hex(bytes),
        b"ASCII85Decode" | b"A85" => return ascii_85(bytes, most),
        b"RunLengthDecode" | b"RL" => return run_length(bytes, most),
        _ => return Err(Unpacked::Foreign),
    };
    unpredict(plain, params)
}

/// The checksum at the end is not asked: writers get it wrong, and a wrong byte would be refused where it stands.
fn inflate(bytes: &[u8], most: usize) -> Result<Vec<u8>, Unpacked> {
    let has_header = bytes.len() >= 2
        && bytes[0] & 0x0F == 8
        && (u16::from(bytes[0]) << 8 | u16::from(bytes[1])) % 31 == 0
        && bytes[1] & 0x20 == 0;
    let bytes = if has_header { &bytes[2..] } else { bytes };
    let mut state = Decompress::new(false);
    let mut out = Vec::with_capacity((bytes.len() * 4).clamp(1024, 1 << 20).min(most + 1));
    loop {
        let (read, written) = (state.total_in(), state.total_out());
        let rest = bytes.get(usize::try_from(read).unwrap_or(usize::MAX)..).unwrap_or_default();
        if out.len() == out.capacity() {
            out.reserve(out.len().max(1024));
        }
        match state.decompress_vec(rest, &mut out, FlushDecompress::None) {
            Ok(Status::StreamEnd) if out.len() <= most => return Ok(out),
            _ if out.len() > most => return Err(Unpacked::TooLarge),
            Ok(Status::Ok | Status::BufError | Status::StreamEnd) => {
                let has_room = out.len() < out.capacity();
                if has_room && state.total_in() == read && state.total_out() == written {
                    return Err(Unpacked::Broken);
                }
            }
            Err(_) => return Err(Unpacked::Broken),
        }
    }
}

/// Codes grow from 9 to 12 bits; with `early`, one code before the table is full.
fn lzw(bytes: &[u8], early: bool, most: usize) -> Result<Vec<u8>, Unpacked> {
    // An entry of the table is a piece of what was written: where it begins, and how long it is.
    let mut table: Vec<(usize, usize)> = Vec::with_capacity(4096);
    let mut out: Vec<u8> = vec![];
    let mut last: Option<(usize, usize)> = None;
    let (mut bits, mut held, mut width) = (0u32, 0u32, 9u32);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held & ((1 << width) - 1)) as usize;
        bits &= (1 << held) - 1;
        match code {
            256 => {
                table.clear();
                (last, width) = (None, 9);
                continue;
            }
            257 => return Ok(out),
            _ => {}
        }
        let start = out.len();
        if code < 256 {
            out.push(code as u8);
        } else {
            let (from, length) = match (table.get(code - 258), last) {
                (Some(entry), _) => *entry,
                (None, Some((from, length))) if code - 258 == table.len() => (from, length + 1),
                (None, _) => return Err(Unpacked::Broken),
            };
            // The entry may reach into what is being written.
            for at in from..from + length {
                let byte = *out.get(at).ok_or(Unpacked::Broken)?;
                out.push(byte);
            }
        }
        if out.len() > most {
            return Err(Unpacked::TooLarge);
        }
        if let Some((from, length)) = last.filter(|_| table.len() < 4096 - 258) {
            table.push((from, length + 1));
        }
        last = Some((start, out.len() - start));
        let full = table.len() + 258 + usize::from(early);
        width = if full >= 2048 {
            12
        } else if full >= 1024 {
            11
        } else if full >= 512 {
            10
        } else {
            9
        };
    }
    Err(Unpacked::Broken)
}

fn ascii_hex(bytes: &[u8]) -> Result<Vec<u8>, Unpacked> {
    let mut out = Vec::with_capacity(bytes.len() / 2);
    let mut half = None;
    for byte in bytes {
        match (char::from(*byte).to_digit(16), half) {
            (Some(digit), None) => half = Some(digit as u8),
            (Some(digit), Some(high)) => {
                out.push(high << 4 | digit as u8);
                half = None;
            }
            (None, _) if *byte == b'>' => break,
            (None, _) if super::object::is_white(*byte) => {}
            (None, _) => return Err(Unpacked::Broken),
        }
    }
    out.extend(half.map(|high| high << 4));
    Ok(out)
}

fn ascii_85(bytes: &[u8], most: usize) -> Result<Vec<u8>, Unpacked> {
    let mut out = Vec::with_capacity(bytes.len() / 5 * 4);
    let (mut group, mut count) = (0u32, 0);
    for byte in bytes {
        if out.len() > most {
            return Err(Unpacked::TooLarge);
        }
        match byte {
            b'z' if count == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group = group
                    .checked_mul(85)
                    .and_then(|group| group.checked_add(u32::from(byte - b'!')))
                    .ok_or(Unpacked::Broken)?;
                count += 1;
                if count == 5 {
                    out.extend(group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            b'~' => break,
            _ if super::object::is_white(*byte) => {}
            _ => return Err(Unpacked::Broken),
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend(&group.to_be_bytes()[..count - 1]);
    }
    Ok(out)
}

fn run_length(bytes: &[u8], most: usize) -> Result<Vec<u8>, Unpacked> {
    let mut out = vec![];
    let mut at = 0;
    while let Some(length) = bytes.get(at) {
        let length = usize::from(*length);
        if length == 128 {
            break;
        }
        if length < 128 {
            out.extend(bytes.get(at + 1..at + 2 + length).ok_or(Unpacked::Broken)?);
            at += length + 2;
        } else {
            let byte = *bytes.get(at + 1).ok_or(Unpacked::Broken)?;
            out.extend(std::iter::repeat_n(byte, 257 - length));
            at += 2;
        }
        if out.len() > most {
            return Err(Unpacked::TooLarge);
        }
    }
    Ok(out)
}

/// Takes back what was done to rows of samples so that they pack better.
fn unpredict(bytes: Vec<u8>, params: &Dict) -> Result<Vec<u8>, Unpacked> {
    let asked = |key: &[u8], otherwise: usize| match params.get(key) {
        Some(value) => value.count().filter(|n| (1..=1 << 20).contains(n)).ok_or(Unpacked::Broken),
        None => Ok(otherwise),
    };
    let predictor = asked(b"Predictor", 1)?;
    if predictor == 1 {
        return Ok(bytes);
    }
    let (colours, depth, columns) = (asked(b"Colors", 1)?, asked(b"BitsPerComponent", 8)?, asked(b"Columns", 1)?);
    let bits = colours.checked_mul(depth).ok_or(Unpacked::Broken)?;
    let step = bits.div_ceil(8).max(1);
    let width = bits.checked_mul(columns).ok_or(Unpacked::Broken)?.div_ceil(8);
    if width == 0 || width > 1 << 24 {
        return Err(Unpacked::Broken);
    }
    match predictor {
        2 if depth == 8 => Ok(tiff(bytes, width, step)),
        10..=15 => png(&bytes, width, step),
        _ => Err(Unpacked::Broken),
    }
}

fn tiff(mut bytes: Vec<u8>, width: usize, step: usize) -> Vec<u8> {
    for row in bytes.chunks_mut(width) {
        for at in step..row.len() {
            row[at] = row[at].wrapping_add(row[at - step]);
        }
    }
    bytes
}

fn png(bytes: &[u8], width: usize, step: usize) -> Result<Vec<u8>, Unpacked> {
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    for row in bytes.chunks(width + 1) {
        let (kind, row) = row.split_first().ok_or(Unpacked::Broken)?;
        let start = out.len();
        for (at, byte) in row.iter().enumerate() {
            let left = if at >= step { out[start + at - step] } else { 0 };
            let up = if start >= width { out[start - width + at] } else { 0 };
            let corner = if at >= step && start >= width { out[start - width + at - step] } else { 0 };
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => up,
                3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                4 => paeth(left, up, corner),
                _ => return Err(Unpacked::Broken),
            };
            out.push(byte.wrapping_add(guess));
        }
    }
    Ok(out)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(corner);
    let away = |from: u8| (guess - i16::from(from)).abs();
    if away(left) <= away(up) && away(left) <= away(corner) {
        left
    } else if away(up) <= away(corner) {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Unpacked> {
        unpack(name.as_bytes(), &Dict::new(), bytes, 1000)
    }

    #[test]
    fn each_filter_gives_back_what_was_packed() {
        assert_eq!(plain("AHx", b"48 65 6C6c 6F>"), Ok(b"Hello".to_vec()));
        assert_eq!(plain("A85", b"87cURD]i,\"Ebo80~>"), Ok(b"Hello World!".to_vec()));
        assert_eq!(plain("RL", &[2, b'a', b'b', b'c', 254, b'd', 128, 9]), Ok(b"abcddd".to_vec()));
        // The example of ISO 32000-1, 7.4.4.2.
        let packed = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        assert_eq!(plain("LZW", &packed), Ok(vec![45, 45, 45, 45, 45, 65, 45, 45, 45, 66]));
        // Stored, without compression: header, one block, no checksum.
        assert_eq!(plain("Fl", b"\x78\x01\x01\x02\x00\xFD\xFFok"), Ok(b"ok".to_vec()));
        assert_eq!(plain("DCTDecode", b""), Err(Unpacked::Foreign));
    }

    #[test]
    fn what_breaks_off_or_swells_is_said() {
        assert_eq!(plain("Fl", b"\x78\x01\x01\x03\x00\xFC\xFFok"), Err(Unpacked::Broken));
        assert_eq!(plain("RL", &[129, b'a'].repeat(8)), Err(Unpacked::TooLarge));
        assert_eq!(plain("A85", &[b'z'; 400]), Err(Unpacked::TooLarge));
        assert_eq!(plain("LZW", &[0xFF, 0xFF]), Err(Unpacked::Broken));
    }

    #[test]
    fn predictors_are_taken_back() {
        let params = |predictor: f64| {
            Dict::from([(b"Predictor".to_vec(), Object::Number(predictor)), (b"Columns".to_vec(), Object::Number(3.0))])
        };
        assert_eq!(unpredict(vec![1, 1, 1, 2, 0, 1], &params(2.0)), Ok(vec![1, 2, 3, 2, 2, 3]));
        let rows = vec![0, 5, 6, 7, 2, 1, 1, 1, 1, 1, 1, 1, 4, 1, 0, 0, 3, 2, 2, 2];
        assert_eq!(unpredict(rows, &params(12.0)), Ok(vec![5, 6, 7, 6, 7, 8, 1, 2, 3, 2, 2, 3, 3, 4, 5]));
    }
}
