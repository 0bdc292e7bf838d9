//! Text that crossed the door: bounded, not blank, and free of control characters; and text that may have been erased.

use serde::{Deserialize, Serialize};
use std::fmt;

use crate::Invalid;

/// At most this many Unicode code points stand in one `Text`.
pub const TEXT_MAX: usize = 10_000;

/// A text a person wrote: 1 to `TEXT_MAX` code points, not blank, no control characters but line ends and tabs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// Trims and checks. `field` is the form field the text came from. Errors: `Invalid` with `missing`, `too-long`
    /// or `control-character`.
    pub fn parse(field: &'static str, text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Invalid::new(field, "missing"));
        }
        if text.len() > TEXT_MAX && text.chars().count() > TEXT_MAX {
            return Err(Invalid::new(field, "too-long"));
        }
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(Invalid::new(field, "control-character"));
        }
        Ok(Self(text.replace("\r\n", "\n")))
    }

    /// As `parse`, where nothing typed means nothing said.
    pub fn parse_optional(field: &'static str, text: &str) -> Result<Option<Self>, Invalid> {
        if text.trim().is_empty() { Ok(None) } else { Self::parse(field, text).map(Some) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Content stays out of logs: only the length is shown.
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes)", self.0.len())
    }
}

/// A value that stands in a sealed part: open while its holder's key lives, erased after.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sealed<T> {
    /// The part opened.
    Open(T),
    /// The key was destroyed; the value is gone for good.
    #[default]
    Erased,
}

impl<T> Sealed<T> {
    /// The value, if it was not erased.
    pub fn open(&self) -> Option<&T> {
        match self {
            Sealed::Open(value) => Some(value),
            Sealed::Erased => None,
        }
    }

    /// The same with part of the value taken out.
    pub fn map<U>(&self, f: impl FnOnce(&T) -> U) -> Sealed<U> {
        match self {
            Sealed::Open(value) => Sealed::Open(f(value)),
            Sealed::Erased => Sealed::Erased,
        }
    }
}

/// At most this many code points stand in a name: names stand in lists, headings and buttons.
pub const NAME_MAX: usize = 200;

/// Whether it is a mark that turns the direction of what follows: an embedding, an override or an isolate, or its end.
pub fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What in a name could make one thing look like another: marks that turn the direction of what follows, and characters
/// that are not seen. Joiners (U+200C, U+200D) and direction marks (U+200E, U+200F) belong to some scripts and are none.
pub fn misleads(c: char) -> bool {
    let is_unseen = matches!(
        c,
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
    );
    turns_direction(c) || is_unseen
}

/// No script sets more marks on one letter of a name; a heap of them covers the lines above and below.
const MARKS_MAX: usize = 4;

fn heaps_marks(name: &str) -> bool {
    let is_mark = |c: char| matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}');
    let mut run = 0;
    name.chars().any(|c| {
        run = if is_mark(c) { run + 1 } else { 0 };
        run > MARKS_MAX
    })
}

/// One line of a name. Errors: as `Text::parse`, and `name-too-long` or `control-character`.
pub fn parse_name(field: &'static str, text: &str) -> Result<Option<Text>, Invalid> {
    let Some(name) = Text::parse_optional(field, text)? else { return Ok(None) };
    if name.as_str().chars().count() > NAME_MAX {
        return Err(Invalid::new(field, "name-too-long"));
    }
    let is_seen = name.as_str().chars().any(char::is_alphanumeric);
    if !is_seen || name.as_str().chars().any(|c| c.is_control() || misleads(c)) || heaps_marks(name.as_str()) {
        return Err(Invalid::new(field, "control-character"));
    }
    Ok(Some(name))
}

/// A name in both languages; at least one is given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Name {
    /// Chinese.
    pub zh: Option<Text>,
    /// English.
    pub en: Option<Text>,
}

impl Name {
    /// Errors: as `parse_name`, and `Invalid` on `name_zh`, the first of the two, with `no-name` if neither is given.
    pub fn parse(zh: &str, en: &str) -> Result<Self, Invalid> {
        let name = Self { zh: parse_name("name_zh", zh)?, en: parse_name("name_en", en)? };
        if name.zh.is_none() && name.en.is_none() {
            return Err(Invalid::new("name_zh", "no-name"));
        }
        Ok(name)
    }

    /// The Chinese name, or the English one where there is none.
    pub fn zh(&self) -> &str {
        self.zh.as_ref().or(self.en.as_ref()).map_or("", Text::as_str)
    }

    /// The English name, or the Chinese one where there is none.
    pub fn en(&self) -> &str {
        self.en.as_ref().or(self.zh.as_ref()).map_or("", Text::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_bounded_and_never_blank() {
        assert_eq!(Text::parse("reason", "  \n ").expect_err("blank").code, "missing");
        assert!(Text::parse("reason", &"字".repeat(TEXT_MAX)).is_ok());
        assert_eq!(Text::parse("reason", &"字".repeat(TEXT_MAX + 1)).expect_err("long").code, "too-long");
        assert_eq!(Text::parse("reason", "a\u{0}b").expect_err("NUL").code, "control-character");
    }

    #[test]
    fn a_name_may_be_written_in_any_script_but_is_one_short_line_that_cannot_mislead() {
        for name in [
            "𠮷田",
            "䶮 (yǎn)",
            "𪚥𬺓𰻝",
            "Nguye\u{302}\u{303}n",
            "محمد بن سلمان",
            "יעל",
            "Zoë 👩‍🚒",
            "O'Neill-de la Cruz",
        ] {
            assert_eq!(Name::parse("", name).expect(name).en(), name);
        }
        assert!(Name::parse(&"长".repeat(NAME_MAX), "").is_ok());
        assert_eq!(Name::parse(&"长".repeat(NAME_MAX + 1), "").expect_err("long").code, "name-too-long");
        assert_eq!(Name::parse("", &"x".repeat(TEXT_MAX + 1)).expect_err("longer").code, "too-long");
        for bad in [
            "a\nb",
            "Wen \u{202e}uL",
            "a\u{2066}b",
            "Wen\u{200b} Lan",
            "\u{200d}",
            &format!("a{}", "\u{301}".repeat(5)),
        ] {
            assert_eq!(Name::parse("", bad).expect_err(bad).code, "control-character");
        }
    }
}
