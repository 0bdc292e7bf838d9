//! The encoding that a Type 1 font brings along, in the part of it that is plain PostScript.

use super::names;
use super::object::{Item, Lexer, Object};

/// What each code stands for. `None` if the font does not say.
pub(super) fn encoding(program: &[u8]) -> Option<Vec<Option<String>>> {
    let start = super::file::find(program, b"/Encoding")?;
    let mut lexer = Lexer::new(program, start + 9);
    let mut texts = vec![None; 256];
    let (mut code, mut name) = (None, None);
    for _ in 0..4_000 {
        match lexer.item()? {
            Item::Object(Object::Number(number)) => code = Some(number.clamp(0.0, 256.0) as usize),
            Item::Object(Object::Name(found)) => name = Some(found),
            Item::Object(_) => {}
            Item::Keyword(b"StandardEncoding") => {
                return Some(
                    (0..=255).map(|code| names::Encoding::Standard.character(code).map(String::from)).collect(),
                );
            }
            Item::Keyword(b"put") => {
                if let (Some(code), Some(name)) = (code.take(), name.take())
                    && let Some(text) = texts.get_mut(code)
                {
                    *text = std::str::from_utf8(&name).ok().and_then(names::named);
                }
            }
            Item::Keyword(b"def" | b"readonly") => break,
            Item::Keyword(b"for") => (code, name) = (None, None),
            Item::Keyword(_) => {}
        }
    }
    texts.iter().any(Option::is_some).then_some(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_in_the_font_is_read() {
        let font = b"%!PS-AdobeFont-1.0: X\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\ndup 65 /quoteright put\ndup 1 /uni6E05 put\nreadonly def\n";
        let texts = encoding(font).expect("a table");
        assert_eq!((texts[65].as_deref(), texts[1].as_deref(), texts[66].as_deref()), (Some("’"), Some("清"), None));
        assert_eq!(encoding(b"/Encoding StandardEncoding def").map(|t| t[65].clone()), Some(Some("A".to_owned())));
        assert!(encoding(b"/Encoding 256 array def").is_none());
        assert!(encoding(b"nothing").is_none());
    }
}
