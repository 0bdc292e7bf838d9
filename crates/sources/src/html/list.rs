//! The numbers of lists as a browser shows them: they stand nowhere in the text (HTML, 4.4.5 to 4.4.8).
//!
//! What a style sheet says of lists is not read; what a list says itself, by attributes or a style of its own, is.

use std::collections::HashMap;

use html5gum::StartTag;

use super::tree::{Child, Role, Tree};
use crate::numeral::Numeral;

/// What a list, or an item of one, says of its numbers.
#[derive(Default)]
pub(super) struct Told {
    start: Option<i64>,
    /// An item's own number.
    value: Option<i64>,
    is_reversed: bool,
    way: Option<Way>,
}

/// How numbers are written, and what follows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Numbered(Numeral, &'static str),
    /// By no number: a picture, or nothing.
    Bare,
}

const DECIMAL: Way = Way::Numbered(Numeral::Decimal, ". ");

impl Told {
    pub(super) fn of(tag: &StartTag<()>) -> Told {
        let value = |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(&value.value));
        let number = |name: &[u8]| value(name).and_then(|number| number.trim().parse().ok());
        let by_type = value(b"type").and_then(|kind| Way::of_type(kind.trim()));
        Told {
            start: number(b"start"),
            value: number(b"value"),
            is_reversed: tag.attributes.contains_key(b"reversed".as_slice()),
            way: value(b"style").and_then(|style| Way::of_style(&style)).or(by_type),
        }
    }
}

impl Way {
    /// By the attribute `type`, in which small and capital letters differ.
    fn of_type(kind: &str) -> Option<Way> {
        match kind {
            "1" => Some(DECIMAL),
            "a" => Some(Way::Numbered(Numeral::LowerLetter, ". ")),
            "A" => Some(Way::Numbered(Numeral::UpperLetter, ". ")),
            "i" => Some(Way::Numbered(Numeral::LowerRoman, ". ")),
            "I" => Some(Way::Numbered(Numeral::UpperRoman, ". ")),
            named => Way::named(named),
        }
    }

    /// By a style such as `list-style: cjk-ideographic inside`.
    fn of_style(style: &str) -> Option<Way> {
        let style = style.to_ascii_lowercase();
        let properties = style.split(';').filter_map(|property| property.split_once(':'));
        let lists = properties.filter(|(name, _)| matches!(name.trim(), "list-style" | "list-style-type"));
        lists.flat_map(|(_, value)| value.split_whitespace()).filter_map(Way::named).next_back()
    }

    /// By the name that style sheets give it (CSS Counter Styles 3).
    fn named(name: &str) -> Option<Way> {
        Some(match name {
            "decimal" => DECIMAL,
            "decimal-leading-zero" => Way::Numbered(Numeral::DecimalZero, ". "),
            "lower-alpha" | "lower-latin" => Way::Numbered(Numeral::LowerLetter, ". "),
            "upper-alpha" | "upper-latin" => Way::Numbered(Numeral::UpperLetter, ". "),
            "lower-roman" => Way::Numbered(Numeral::LowerRoman, ". "),
            "upper-roman" => Way::Numbered(Numeral::UpperRoman, ". "),
            "cjk-ideographic" | "trad-chinese-informal" | "simp-chinese-informal" => {
                Way::Numbered(Numeral::CountingThousand, "、")
            }
            "simp-chinese-formal" => Way::Numbered(Numeral::Legal, "、"),
            "cjk-decimal" => Way::Numbered(Numeral::Digital, "、"),
            "cjk-heavenly-stem" => Way::Numbered(Numeral::Stems, "、"),
            "cjk-earthly-branch" => Way::Numbered(Numeral::Branches, "、"),
            "none" | "disc" | "circle" | "square" => Way::Bare,
            _other => return None,
        })
    }

    fn write(self, number: i64) -> Option<String> {
        let Way::Numbered(numeral, ending) = self else { return None };
        let written = match (u32::try_from(number), numeral) {
            (Ok(number @ 1..), Numeral::LowerLetter) => letters(number, 'a'),
            (Ok(number @ 1..), Numeral::UpperLetter) => letters(number, 'A'),
            (Ok(number @ 1..), numeral) => numeral.write(number),
            // No other way writes nought and what is below it.
            (Ok(_) | Err(_), _) => number.to_string(),
        };
        Some(written + ending)
    }
}

/// a … z, aa, ab …
fn letters(mut number: u32, first: char) -> String {
    let mut out = vec![];
    while let Some(before) = number.checked_sub(1) {
        out.extend(char::from_u32(u32::from(first) + before % 26));
        number = before / 26;
    }
    out.into_iter().rev().collect()
}

/// What is shown before each numbered item, with the space after it.
pub(super) fn labels(tree: &Tree) -> HashMap<usize, String> {
    let mut out = HashMap::new();
    for list in tree.nodes.iter().filter(|node| node.name == "ol") {
        let items = list.children.iter().filter_map(|child| match child {
            Child::Node(id) => Some(*id).filter(|id| {
                let node = &tree.nodes[*id];
                node.name == "li" && node.role != Role::Dropped
            }),
            Child::Text { .. } | Child::LineEnd => None,
        });
        let items: Vec<usize> = items.collect();
        let told = list.told.as_deref();
        let is_reversed = told.is_some_and(|told| told.is_reversed);
        let last = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let mut number = told.and_then(|told| told.start).unwrap_or(if is_reversed { last } else { 1 });
        for item in items {
            let own = tree.nodes[item].told.as_deref();
            number = own.and_then(|own| own.value).unwrap_or(number);
            let way = own.and_then(|own| own.way).or(told.and_then(|told| told.way)).unwrap_or(DECIMAL);
            out.extend(way.write(number).map(|label| (item, label)));
            number = number.saturating_add(if is_reversed { -1 } else { 1 });
        }
    }
    out
}
