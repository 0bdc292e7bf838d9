//! What the codes of simple fonts stand for: encodings and the names of glyphs (ISO 32000-1, annex D).

use std::collections::HashMap;
use std::sync::LazyLock;

use encoding_rs::{MACINTOSH, WINDOWS_1252};

/// Adobe's list of glyph names: a name, and the code points that it stands for.
static LIST: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/glyphlist.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(';')).collect()
});

/// What a glyph's name stands for: by Adobe's list, or because it spells code points (`uni6E05`, `u1F3DB`, `f_f_i`).
pub(super) fn named(name: &str) -> Option<String> {
    if name.len() > 200 {
        return None;
    }
    let base = name.split('.').next().filter(|base| !base.is_empty())?;
    base.split('_').map(part).collect()
}

fn part(name: &str) -> Option<String> {
    if let Some(points) = LIST.get(name) {
        return points.split(' ').map(point).collect();
    }
    if let Some(digits) = name.strip_prefix("uni").filter(|digits| digits.len() >= 4 && digits.len() % 4 == 0)
        && digits.bytes().all(|b| b.is_ascii_hexdigit())
    {
        return (0..digits.len()).step_by(4).map(|at| point(&digits[at..at + 4])).collect();
    }
    let digits = name.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len()))?;
    point(digits).map(String::from)
}

fn point(digits: &str) -> Option<char> {
    u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
}

/// An encoding that a font may name or fall back on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Standard,
    WinAnsi,
    MacRoman,
}

impl Encoding {
    pub fn of(name: &[u8]) -> Option<Encoding> {
        match name {
            b"StandardEncoding" => Some(Encoding::Standard),
            b"WinAnsiEncoding" => Some(Encoding::WinAnsi),
            b"MacRomanEncoding" => Some(Encoding::MacRoman),
            _ => None,
        }
    }

    pub fn character(self, code: u8) -> Option<char> {
        match self {
            Encoding::WinAnsi if code < 0x20 => None,
            // Codes that stand for nothing are bullets.
            Encoding::WinAnsi if matches!(code, 0x7F | 0x81 | 0x8D | 0x8F | 0x90 | 0x9D) => Some('•'),
            Encoding::WinAnsi => WINDOWS_1252.decode_without_bom_handling(&[code]).0.chars().next(),
            Encoding::MacRoman if code < 0x20 || code == 0x7F => None,
            Encoding::MacRoman => MACINTOSH.decode_without_bom_handling(&[code]).0.chars().next(),
            Encoding::Standard => standard(code),
        }
    }
}

fn standard(code: u8) -> Option<char> {
    match code {
        0x27 => Some('’'),
        0x60 => Some('‘'),
        0x20..=0x7E => Some(char::from(code)),
        _ => {
            let upper = "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\0–†‡·\0¶•‚„”»…‰\0¿\0`´ˆ˜¯˘˙¨\0˚¸\0˝˛ˇ—\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0Æ\0ª\0\0\0\0ŁØŒº\0\0\0\0\0æ\0\0\0ı\0\0łøœß";
            upper.chars().nth(usize::from(code.checked_sub(0xA1)?)).filter(|c| *c != '\0')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_looked_up_or_spell_themselves() {
        for (name, text) in [
            ("A", Some("A")),
            ("quoteright", Some("’")),
            ("f_f_i.alt", Some("ffi")),
            ("uni6E0579BE", Some("清禾")),
            ("u1F3DB", Some("🏛")),
            ("Euro", Some("€")),
            ("g123", None),
            (".notdef", None),
            ("", None),
            ("uniD800", None),
        ] {
            assert_eq!(named(name).as_deref(), text, "{name}");
        }
    }

    #[test]
    fn encodings_agree_on_ascii_but_for_quotes() {
        for code in 0x20..0x7F {
            assert_eq!(Encoding::WinAnsi.character(code), Some(char::from(code)));
            assert_eq!(Encoding::MacRoman.character(code), Some(char::from(code)));
        }
        assert_eq!(Encoding::Standard.character(0x27), Some('’'));
        assert_eq!(Encoding::Standard.character(0xAE), Some('ﬁ'));
        assert_eq!(Encoding::Standard.character(0xD0), Some('—'));
        assert_eq!(Encoding::Standard.character(0xE1), Some('Æ'));
        assert_eq!(Encoding::Standard.character(0xFB), Some('ß'));
        assert_eq!(Encoding::Standard.character(0xFC), None);
        assert_eq!(Encoding::WinAnsi.character(0x93), Some('“'));
    }
}
