//! Canonical JSON: RFC 8785, restricted to objects, arrays, strings, booleans, null and integers up to 2^53−1.
//!
//! What is stored is these bytes; they are never made again from a parsed value (`docs/record.md`).

use serde_json::Value;

/// The largest integer that every JSON reader keeps exactly.
pub const INTEGER_MAX: i64 = (1 << 53) - 1;

/// Why a value has no canonical form here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotCanonical {
    /// A number with a fraction or an exponent, or beyond ±(2^53−1).
    Number,
    /// Nested deeper than 32 levels.
    Depth,
}

impl std::fmt::Display for NotCanonical {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            NotCanonical::Number => "a number is not an integer within ±(2^53−1)",
            NotCanonical::Depth => "nested deeper than 32 levels",
        })
    }
}

impl std::error::Error for NotCanonical {}

/// The canonical bytes of `value`. Errors: `NotCanonical`.
pub fn canonical(value: &Value) -> Result<Vec<u8>, NotCanonical> {
    let mut out = String::new();
    write(value, 0, &mut out)?;
    Ok(out.into_bytes())
}

fn write(value: &Value, depth: usize, out: &mut String) -> Result<(), NotCanonical> {
    if depth > 32 {
        return Err(NotCanonical::Depth);
    }
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        Value::Number(n) => match n.as_i64() {
            Some(n) if (-INTEGER_MAX..=INTEGER_MAX).contains(&n) => out.push_str(&n.to_string()),
            Some(_) | None => return Err(NotCanonical::Number),
        },
        Value::String(s) => write_string(s, out),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(item, depth + 1, out)?;
            }
            out.push(']');
        }
        Value::Object(map) => {
            // RFC 8785 section 3.2.3: names are ordered by their UTF-16 code units.
            let mut names: Vec<&String> = map.keys().collect();
            names.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (i, name) in names.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_string(name, out);
                out.push(':');
                write(&map[name], depth + 1, out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

fn write_string(s: &str, out: &mut String) {
    out.push('"');
    for c in s.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_are_ordered_by_utf16_and_text_is_kept_as_it_came() {
        // The order of RFC 8785 section 3.2.3: a surrogate pair sorts before U+FB33.
        let value = json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7});
        let text = String::from_utf8(canonical(&value).expect("canonical")).expect("UTF-8");
        assert_eq!(text, "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}");
    }

    #[test]
    fn only_integers_that_every_reader_keeps_are_numbers() {
        assert_eq!(canonical(&json!(INTEGER_MAX)).expect("the edge"), b"9007199254740991");
        assert_eq!(canonical(&json!(INTEGER_MAX + 1)), Err(NotCanonical::Number));
        assert_eq!(canonical(&json!(-INTEGER_MAX - 1)), Err(NotCanonical::Number));
        assert_eq!(canonical(&json!(i64::MIN)), Err(NotCanonical::Number));
        assert_eq!(canonical(&json!(1.5)), Err(NotCanonical::Number));
        assert_eq!(canonical(&json!(u64::MAX)), Err(NotCanonical::Number));
    }

    #[test]
    fn control_characters_are_escaped_in_the_short_form() {
        assert_eq!(
            canonical(&json!("\u{1}\n\"\\\u{7f}é")).expect("canonical"),
            "\"\\u0001\\n\\\"\\\\\u{7f}é\"".as_bytes()
        );
    }

    #[test]
    fn depth_is_bounded() {
        let mut value = json!(1);
        for _ in 0..40 {
            value = json!([value]);
        }
        assert_eq!(canonical(&value), Err(NotCanonical::Depth));
    }
}
