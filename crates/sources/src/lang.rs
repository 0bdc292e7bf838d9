//! Which of the two languages a text is in.

use serde::{Deserialize, Serialize};

/// A language this crate reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    En,
    /// Chinese.
    Zh,
}

impl Lang {
    /// By counting letters: one ideograph says as much as two Latin letters or more. Text without either is English.
    pub fn of(text: &str) -> Lang {
        if text.is_ascii() {
            return Lang::En;
        }
        let (mut han, mut latin) = (0usize, 0usize);
        let mut rest = text.as_bytes();
        while let [first, behind @ ..] = rest {
            (han, latin, rest) = match (first, behind) {
                (0..0x80, _) => (han, latin + usize::from(first.is_ascii_alphabetic()), behind),
                (0xE0..0xF0, [second, third, behind @ ..]) => {
                    let code = u32::from(first & 15) << 12 | u32::from(second & 63) << 6 | u32::from(third & 63);
                    (han + usize::from(is_ideograph(code)), latin, behind)
                }
                (0xF0.., _) => {
                    let c = text[text.len() - rest.len()..].chars().next();
                    (han + usize::from(c.is_some_and(is_han)), latin, behind)
                }
                // Letters of two bytes, and what stands inside a character.
                (0x80.., _) => (han, latin, behind),
            };
        }
        if han * 2 > latin { Lang::Zh } else { Lang::En }
    }
}

/// Whether a character is an ideograph.
pub(crate) fn is_han(c: char) -> bool {
    is_ideograph(u32::from(c))
}

#[inline]
fn is_ideograph(code: u32) -> bool {
    matches!(code, 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF | 0x3007)
}
