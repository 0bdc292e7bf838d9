//! What a glyph is written as in the canonical text: one form for each character, and nothing that is none.

use unicode_normalization::UnicodeNormalization as _;

use crate::canonical::is_private;
use crate::symbols;

/// What a code of a font stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Text(String),
    Space,
    /// A mark that is not seen.
    Nothing,
    Unknown,
}

/// Radicals that fonts show for the ideographs which look the same (Unicode's EquivalentUnifiedIdeograph.txt), as far as
/// compatibility mappings leave them alone: pairs of the two.
const RADICALS: &str = "⺁厂⺟母⺠民⺩王⺼肉⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟";
/// The forms of punctuation in vertical lines, and the usual ones: pairs.
const VERTICAL: &str =
    "︐，︑、︒。︓：︔；︕！︖？︗〖︘〗︙…︰…︱—︵（︶）︷｛︸｝︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』";

/// A glyph's text as the canonical text has it. `signs` is the font of signs that it comes from, if it comes from one.
pub(super) fn written(text: &str, signs: Option<&str>) -> Written {
    let mut out = String::new();
    let (mut is_space, mut gap) = (false, false);
    for c in text.chars() {
        let before = out.len();
        match u32::from(c) {
            0x09 | 0x0A | 0x0D | 0x20 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x202F | 0x205F | 0x3000 => {
                (is_space, gap) = (true, true);
            }
            0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0x2066..=0x2069 | 0xFE00..=0xFE0F | 0xFEFF => {}
            0xAD | 0x2010 | 0x2011 => out.push('-'),
            0..=0x1F | 0x7F..=0x9F | 0xFFF0..=0xFFFF | 0xFDD0..=0xFDEF => return Written::Unknown,
            private @ 0xF020..=0xF0FF => match sign(private, signs) {
                Some(sign) => out.push(sign),
                None => return Written::Unknown,
            },
            _ if is_private(c) => return Written::Unknown,
            point if point & 0xFFFE == 0xFFFE => return Written::Unknown,
            0x2E80..=0x2EF3 => out.push(partner(RADICALS, c).unwrap_or(c)),
            0x2F00..=0x2FDF | 0xF900..=0xFAFF | 0xFB00..=0xFB06 | 0x2F800..=0x2FA1F => out.extend(c.nfkc()),
            0xFE10..=0xFE19 | 0xFE30..=0xFE44 => out.push(partner(VERTICAL, c).unwrap_or(c)),
            _ => out.push(c),
        }
        if gap && out.len() > before {
            if before > 0 {
                out.insert(before, ' ');
            }
            gap = false;
        }
    }
    match (out.is_empty(), is_space) {
        (false, _) => Written::Text(out),
        (true, true) => Written::Space,
        (true, false) if text.is_empty() => Written::Unknown,
        (true, false) => Written::Nothing,
    }
}

/// A sign of a font of signs, which programs write as a private code point; elsewhere only those that begin an item.
fn sign(private: u32, signs: Option<&str>) -> Option<char> {
    let code = private & 0xFF;
    let sign = match (signs, code) {
        (Some(signs), _) => symbols::sign(signs, code),
        (None, 0xB7) => symbols::sign("symbol", code),
        (None, 0x6C | 0x6E | 0xA7 | 0xD8 | 0xFC) => symbols::sign("wingdings", code),
        (None, _) => return None,
    };
    Some(sign).filter(|sign| !is_private(*sign))
}

fn partner(pairs: &str, c: char) -> Option<char> {
    let mut pairs = pairs.chars();
    while let (Some(one), Some(other)) = (pairs.next(), pairs.next()) {
        if one == c {
            return Some(other);
        }
    }
    None
}

/// Whether ideographs and what is set as wide as they are stand without spaces between them.
pub(super) fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x33FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF
        | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x20000..=0x3FFFF)
}

/// Signs that turn up where codes were read as the wrong characters, and seldom elsewhere.
pub(super) fn is_odd(c: char) -> bool {
    matches!(u32::from(c), 0x80..=0xA6 | 0xA8..=0xAF | 0xB2..=0xB6 | 0xB8..=0xBF | 0xC0..=0xFF | 0x180..=0x36F
        | 0x700..=0x109F | 0x1200..=0x1DFF | 0x2300..=0x245F | 0x2500..=0x259F | 0x2700..=0x2DFF | 0xA000..=0xA95F
        | 0xA980..=0xABFF | 0xFF61..=0xFFDF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_each_character() {
        let text = |text: &str| Written::Text(text.to_owned());
        assert_eq!(written("⽅⻓⻅", None), text("方长见"));
        assert_eq!(written("ﬃ", None), text("ffi"));
        assert_eq!(written("︵︶", None), text("（）"));
        assert_eq!(written("\u{3000}", None), Written::Space);
        assert_eq!(written(" seen\u{A0} by all ", None), text("seen by all"));
        assert_eq!(written("\u{200B}", None), Written::Nothing);
        assert_eq!(written("", None), Written::Unknown);
    }

    #[test]
    fn what_is_no_character_is_not_known() {
        for text in ["\u{FFFD}", "\u{E000}", "\u{3}", "清\u{F123}", "\u{10FFFF}", "\u{1FFFE}", "\u{F041}"] {
            assert_eq!(written(text, None), Written::Unknown, "{text:?}");
        }
        assert_eq!(written("\u{F0B7}", None), Written::Text("•".into()));
        assert_eq!(written("\u{F061}", Some("symbol")), Written::Text("α".into()));
        assert_eq!(written("\u{F041}", Some("wingdings")), Written::Unknown);
    }
}
