//! What styles add to paragraphs and runs: a list they belong to, and whether they hide what they mark.

use std::collections::HashMap;

use crate::package::{Unusable, Xml, attribute, each, name};

/// More styles than any document has.
const STYLES_MAX: usize = 65_536;
/// A style rests on others at most so deep.
const DEPTH_MAX: usize = 32;

#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    list: Option<String>,
    level: Option<u8>,
    is_hidden: Option<bool>,
}

/// Whether a property that stands there holds: `<w:vanish/>`, `<w:vanish w:val="0"/>`.
pub(super) fn holds(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off"))
}

impl Styles {
    pub(super) fn read(xml: &mut Xml<'_>) -> Result<Styles, Unusable> {
        let mut styles = Styles::default();
        let mut current: Option<String> = None;
        each::<Unusable>(xml, |tag| {
            let value = || attribute(tag, "val");
            if name(tag) == "style" {
                current = attribute(tag, "styleId").filter(|_| styles.by_id.len() < STYLES_MAX);
                let is_default = attribute(tag, "default").is_some_and(|said| holds(Some(&said)));
                if is_default && attribute(tag, "type").as_deref() == Some("paragraph") {
                    styles.default.clone_from(&current);
                }
                return Ok(());
            }
            let Some(id) = &current else { return Ok(()) };
            match name(tag) {
                "basedOn" => styles.by_id.entry(id.clone()).or_default().based_on = value(),
                "numId" => styles.by_id.entry(id.clone()).or_default().list = value(),
                "ilvl" => {
                    let level = value().and_then(|level| level.parse().ok());
                    styles.by_id.entry(id.clone()).or_default().level = level;
                }
                "vanish" => {
                    styles.by_id.entry(id.clone()).or_default().is_hidden = Some(holds(value().as_deref()));
                }
                // What single parts of a table look like.
                "tblStylePr" => current = None,
                _other => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    /// A style and those it rests on, nearest first.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let mut next = id.or(self.default.as_deref());
        std::iter::from_fn(move || {
            let (id, style) = self.by_id.get_key_value(next?)?;
            next = style.based_on.as_deref();
            Some((id.as_str(), style))
        })
        .take(DEPTH_MAX)
    }

    /// The list a paragraph's style puts it into: the list, the level if it is said, and the style that says it.
    pub(super) fn list<'a>(&'a self, id: Option<&'a str>) -> Option<(&'a str, Option<u8>, &'a str)> {
        let level = self.chain(id).find_map(|(_, style)| style.level);
        let (style, list) = self.chain(id).find_map(|(id, style)| Some((id, style.list.as_deref()?)))?;
        Some((list, level, style))
    }

    /// Whether the style hides what it marks.
    pub(super) fn hides(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|(_, style)| style.is_hidden).unwrap_or(false)
    }
}
