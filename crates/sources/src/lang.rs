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
        for c in text.chars() {
            if c.is_ascii_alphabetic() {
                latin += 1;
            } else if is_han(c) {
                han += 1;
            }
        }
        if han * 2 > latin { Lang::Zh } else { Lang::En }
    }
}

/// Whether a character is an ideograph.
pub(crate) fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF | 0x3007)
}
