//! Money as integer fen.

use crate::numeral::decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount in fen (1 yuan = 100 fen).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// The text is no amount of money in yuan, or has parts of a fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidMoney;

impl fmt::Display for InvalidMoney {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an amount in yuan with at most two decimals")
    }
}

impl std::error::Error for InvalidMoney {}

impl Fen {
    /// An amount in yuan: `1234.5`, `¥1,234.50`, `300元`, `1.5万元`, `两亿元`, `-20`, `20 yuan`.
    pub fn parse(text: &str) -> Result<Fen, InvalidMoney> {
        let text = text.trim();
        let (text, negative) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (rest.trim_start(), true),
            None => (text, false),
        };
        let text = ["人民币", "RMB", "CNY", "¥", "￥"]
            .iter()
            .fold(text, |t, mark| t.strip_prefix(mark).unwrap_or(t).trim_start());
        let text =
            ["元整", "元", "yuan", "CNY"].iter().fold(text, |t, mark| t.strip_suffix(mark).unwrap_or(t).trim_end());
        let number = decimal(text).ok_or(InvalidMoney)?;
        if number.scale > 2 {
            return Err(InvalidMoney);
        }
        let fen = number.units.checked_mul(10i128.pow(2 - number.scale)).ok_or(InvalidMoney)?;
        let fen = i64::try_from(fen).map_err(|_| InvalidMoney)?;
        Ok(Fen(if negative { -fen } else { fen }))
    }

    /// The sum, or `None` beyond what 64 bits hold.
    pub fn checked_add(self, other: Fen) -> Option<Fen> {
        self.0.checked_add(other.0).map(Fen)
    }

    /// The difference, or `None` beyond what 64 bits hold.
    pub fn checked_sub(self, other: Fen) -> Option<Fen> {
        self.0.checked_sub(other.0).map(Fen)
    }
}

impl fmt::Display for Fen {
    /// Yuan with two decimals and a comma between groups of three: `-1,234.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fen = self.0.unsigned_abs();
        let yuan = (fen / 100).to_string();
        if self.0 < 0 {
            f.write_str("-")?;
        }
        for (i, digit) in yuan.chars().enumerate() {
            if i > 0 && (yuan.len() - i).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, ".{:02}", fen % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        for (text, fen) in [
            ("0.1", 10),
            ("1234.5", 123_450),
            ("¥1,234.50", 123_450),
            ("1.5万元", 1_500_000),
            ("两亿元", 20_000_000_000),
            ("-20 yuan", -2_000),
        ] {
            assert_eq!(Fen::parse(text), Ok(Fen(fen)), "{text}");
        }
    }

    #[test]
    fn parts_of_a_fen_and_other_things_are_refused() {
        for text in ["0.001", "", "元", "20 euro", "--2", "1,23", "99999999999999999999"] {
            assert_eq!(Fen::parse(text), Err(InvalidMoney), "{text}");
        }
    }

    #[test]
    fn what_is_shown_can_be_read_again() {
        for fen in [0, 1, 99, 100, 123_456, -123_456_789, 100_000_000] {
            assert_eq!(Fen::parse(&Fen(fen).to_string()), Ok(Fen(fen)));
        }
        assert_eq!(Fen(-123_456_789).to_string(), "-1,234,567.89");
        assert_eq!(Fen(i64::MIN).to_string(), "-92,233,720,368,547,758.08");
        assert_eq!(Fen(i64::MAX).checked_add(Fen(1)), None);
    }
}
