//! What the signs of symbol fonts mean. A character of such a font is a picture of its own; what is not in these tables is
//! left as the private character it is, and the file is refused for it.

/// Whether the font gives the codes of letters other pictures.
pub(crate) fn is_symbol_font(font: &str) -> bool {
    let font = font.to_ascii_lowercase();
    font == "symbol" || font.starts_with("wingdings") || font == "webdings"
}

/// The sign at `code` (0x20 to 0xFF) of a font; where its meaning is not known, a private character.
pub(crate) fn sign(font: &str, code: u32) -> char {
    let private = char::from_u32(0xF000 + code).unwrap_or('\u{F000}');
    let known = match font.to_ascii_lowercase().as_str() {
        "symbol" => symbol(code),
        "wingdings" => wingdings(code),
        "wingdings 2" => match code {
            0x20 => Some(' '),
            0x4F | 0xCF => Some('✗'),
            0x50 => Some('✓'),
            0x51 | 0x53 | 0x54 => Some('☒'),
            0x52 => Some('☑'),
            0x2A | 0xA3 => Some('□'),
            0x95..=0x98 => Some('●'),
            0xA2 => Some('■'),
            _ => None,
        },
        "wingdings 3" => match code {
            0x20 => Some(' '),
            0x75 | 0x7D | 0x84 => Some('•'),
            _ => None,
        },
        "webdings" => match code {
            0x20 => Some(' '),
            0x61 => Some('✓'),
            0x72 => Some('✗'),
            0x3D | 0x6E => Some('●'),
            0x67 => Some('■'),
            0x63 => Some('□'),
            _ => None,
        },
        _ => None,
    };
    known.unwrap_or(private)
}

/// Greek letters stand where Latin ones do; figures and most marks where they always stand.
fn symbol(code: u32) -> Option<char> {
    const SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    const GREAT: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    let nth = |letters: &str, first: u32| letters.chars().nth(usize::try_from(code - first).ok()?);
    match code {
        0x61..=0x7A => nth(SMALL, 0x61),
        0x41..=0x5A => nth(GREAT, 0x41),
        0x20
        | 0x21
        | 0x23
        | 0x25
        | 0x26
        | 0x28
        | 0x29
        | 0x2B
        | 0x2C
        | 0x2E..=0x3F
        | 0x5B
        | 0x5D
        | 0x5F
        | 0x7B..=0x7D => char::from_u32(code),
        0x2A => Some('∗'),
        0x2D => Some('−'),
        0x7E => Some('∼'),
        0xA2 => Some('′'),
        0xA3 => Some('≤'),
        0xA5 => Some('∞'),
        0xAB => Some('↔'),
        0xAC => Some('←'),
        0xAD => Some('↑'),
        0xAE => Some('→'),
        0xAF => Some('↓'),
        0xB0 => Some('°'),
        0xB1 => Some('±'),
        0xB2 => Some('″'),
        0xB3 => Some('≥'),
        0xB4 => Some('×'),
        0xB7 => Some('•'),
        0xB8 => Some('÷'),
        0xB9 => Some('≠'),
        0xBA => Some('≡'),
        0xBB => Some('≈'),
        0xBC => Some('…'),
        0xD7 => Some('·'),
        _ => None,
    }
}

fn wingdings(code: u32) -> Option<char> {
    let counted = |first: char, at: u32| char::from_u32(u32::from(first) + code - at);
    match code {
        0x20 => Some(' '),
        0x6C => Some('●'),
        0x6D => Some('○'),
        0x6E => Some('■'),
        0x6F..=0x72 | 0xA8 => Some('□'),
        0x74 | 0x75 | 0x77 => Some('◆'),
        0x81..=0x8A => counted('①', 0x81),
        0x8C..=0x95 => counted('❶', 0x8C),
        0x9E => Some('·'),
        0x9F => Some('•'),
        0xA1 => Some('○'),
        0xA7 => Some('▪'),
        // Arrowheads and flowers that stand before items.
        0x76 | 0xD8 | 0xE8 | 0xF0 => Some('•'),
        0xAB => Some('★'),
        0xDF => Some('←'),
        0xE0 => Some('→'),
        0xE1 => Some('↑'),
        0xE2 => Some('↓'),
        0xFB => Some('✗'),
        0xFC => Some('✓'),
        0xFD => Some('☒'),
        0xFE => Some('☑'),
        _ => None,
    }
}
