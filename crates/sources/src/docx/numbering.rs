//! The numbers of lists, which stand nowhere in the text: they are counted as an office program counts them.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::styles::{Styles, holds};
use crate::numeral::Numeral;
use crate::package::{Unusable, Xml, attribute, each, name};

/// Levels of a list.
const LEVELS: usize = 9;
/// More lists than any document has.
const LISTS_MAX: usize = 65_536;
/// The longest text around a number, in code points.
const TEXT_MAX: usize = 200;

/// One level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    numeral: Numeral,
    /// `%1` stands for the number of the first level.
    text: String,
    /// It begins anew after this level (from 1) or a higher one; 0: never. None: after any higher one.
    restart: Option<u8>,
    /// Nothing stands between number and text.
    is_joined: bool,
    /// The numbers of higher levels are written in digits.
    is_legal: bool,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 0,
            numeral: Numeral::Decimal,
            text: String::new(),
            restart: None,
            is_joined: false,
            is_legal: false,
            style: None,
        }
    }
}

#[derive(Debug, Default)]
struct Definition {
    levels: BTreeMap<u8, Level>,
    /// The style whose list it really is.
    of_style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: String,
    starts: BTreeMap<u8, u32>,
    levels: BTreeMap<u8, Level>,
}

#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Definition>,
    lists: HashMap<String, List>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<(String, u8)>,
}

impl Numbering {
    pub(super) fn read(xml: &mut Xml<'_>) -> Result<Numbering, Unusable> {
        let mut numbering = Numbering::default();
        let (mut definition, mut list, mut level, mut start_of) =
            (None::<String>, None::<String>, None::<u8>, None::<u8>);
        each::<Unusable>(xml, |tag| {
            let value = || attribute(tag, "val");
            let level_no =
                || attribute(tag, "ilvl").and_then(|no| no.parse::<u8>().ok()).filter(|no| usize::from(*no) < LEVELS);
            match name(tag) {
                "abstractNum" => {
                    let is_room = numbering.definitions.len() < LISTS_MAX;
                    (definition, list, level) = (attribute(tag, "abstractNumId").filter(|_| is_room), None, None);
                    if let Some(id) = &definition {
                        numbering.definitions.insert(id.clone(), Definition::default());
                    }
                }
                "num" => {
                    let is_room = numbering.lists.len() < LISTS_MAX;
                    (definition, list, level, start_of) =
                        (None, attribute(tag, "numId").filter(|_| is_room), None, None);
                    if let Some(id) = &list {
                        numbering.lists.insert(id.clone(), List::default());
                    }
                }
                "abstractNumId" => {
                    if let Some(list) = list.as_ref().and_then(|id| numbering.lists.get_mut(id)) {
                        list.definition = value().unwrap_or_default();
                    }
                }
                "numStyleLink" => {
                    if let Some(known) = definition.as_ref().and_then(|id| numbering.definitions.get_mut(id)) {
                        known.of_style = value();
                    }
                }
                "lvlOverride" => (start_of, level) = (level_no(), None),
                "startOverride" => {
                    let start = value().and_then(|start| start.parse().ok());
                    if let (Some(list), Some(no), Some(start)) =
                        (list.as_ref().and_then(|id| numbering.lists.get_mut(id)), start_of, start)
                    {
                        list.starts.insert(no, start);
                    }
                }
                "lvl" => {
                    level = level_no();
                    if let (Some(levels), Some(no)) = (numbering.levels(&definition, &list), level) {
                        levels.insert(no, Level::default());
                    }
                }
                other => {
                    let levels = numbering.levels(&definition, &list);
                    if let Some(level) = level.and_then(|no| levels?.get_mut(&no)) {
                        level.take(other, value());
                    }
                }
            }
            Ok(())
        })?;
        Ok(numbering)
    }

    /// The levels that are being read.
    fn levels(&mut self, definition: &Option<String>, list: &Option<String>) -> Option<&mut BTreeMap<u8, Level>> {
        match (definition, list) {
            (Some(id), _) => self.definitions.get_mut(id).map(|definition| &mut definition.levels),
            (None, Some(id)) => self.lists.get_mut(id).map(|list| &mut list.levels),
            (None, None) => None,
        }
    }

    /// The definition that a list follows, through the style it may be linked by.
    fn definition(&self, list: &List, styles: &Styles) -> Option<(&str, &Definition)> {
        let (id, own) = self.definitions.get_key_value(&list.definition)?;
        let linked = own.of_style.as_deref().and_then(|style| styles.list(Some(style)));
        let linked = linked.and_then(|(list, _, _)| self.lists.get(list));
        let linked = linked.and_then(|list| self.definitions.get_key_value(&list.definition));
        let (id, definition) = linked.unwrap_or((id, own));
        Some((id, definition))
    }

    /// What stands before a paragraph of a list, with the space after it; counts it. `None` where no number is shown.
    /// `level` where the paragraph says it, `style` where its style put it into the list.
    pub(super) fn label(
        &mut self,
        list: &str,
        level: Option<u8>,
        style: Option<&str>,
        styles: &Styles,
    ) -> Option<String> {
        let known = self.lists.get(list)?;
        let (id, definition) = self.definition(known, styles)?;
        let id = id.to_owned();
        let of_style = || {
            let linked = |(no, level): (&u8, &Level)| (level.style.as_deref() == style).then_some(*no);
            style.and_then(|_| definition.levels.iter().find_map(linked))
        };
        let no = level.or_else(of_style).unwrap_or(0).min(8);
        let levels: Vec<Option<Level>> =
            (0..=8u8).map(|no| known.levels.get(&no).or_else(|| definition.levels.get(&no)).cloned()).collect();
        let start = known.starts.get(&no).copied();
        let level = levels.get(usize::from(no))?.clone()?;
        let counts = self.counts.entry(id).or_default();
        if let (Some(start), true) = (start, self.begun.insert((list.to_owned(), no))) {
            counts[usize::from(no)] = start.checked_sub(1);
        }
        let slot = &mut counts[usize::from(no)];
        *slot = Some(match (*slot, start) {
            (Some(count), _) => count.saturating_add(1),
            (None, Some(start)) => start,
            (None, None) => level.start,
        });
        for (deeper, count) in counts.iter_mut().enumerate().skip(usize::from(no) + 1) {
            let restart = levels.get(deeper).and_then(|level| level.as_ref()?.restart);
            // Level `no` is the (no + 1)th.
            if restart.is_none_or(|after| no < after) {
                *count = None;
            }
        }
        let counts = *counts;
        let shown = |of: usize| {
            let level_of = levels.get(of)?.as_ref()?;
            let numeral = if level.is_legal { Numeral::Decimal } else { level_of.numeral };
            Some(numeral.write(counts[of].unwrap_or(level_of.start)))
        };
        level.written(shown)
    }
}

impl Level {
    fn take(&mut self, property: &str, value: Option<String>) {
        match property {
            "start" => self.start = value.and_then(|start| start.parse().ok()).unwrap_or(0),
            "numFmt" => self.numeral = Numeral::named(value.as_deref().unwrap_or("decimal")),
            "lvlText" => self.text = value.unwrap_or_default().chars().take(TEXT_MAX).collect(),
            "lvlRestart" => self.restart = value.and_then(|after| after.parse().ok()),
            "suff" => self.is_joined = value.as_deref() == Some("nothing"),
            "isLgl" => self.is_legal = holds(value.as_deref()),
            "pStyle" => self.style = value,
            _other => {}
        }
    }

    fn written(&self, shown: impl Fn(usize) -> Option<String>) -> Option<String> {
        match self.numeral {
            // Whatever picture stands there, it begins an item.
            Numeral::Bullet => return (!self.text.is_empty()).then(|| "• ".to_owned()),
            Numeral::None if !self.text.contains(|c: char| !c.is_whitespace()) => return None,
            _number => {}
        }
        let (mut out, mut rest) = (String::new(), self.text.chars().peekable());
        while let Some(c) = rest.next() {
            match rest.peek().and_then(|c| c.to_digit(10)).filter(|of| c == '%' && (1..=9).contains(of)) {
                Some(of) => {
                    rest.next();
                    out.push_str(&shown(of as usize - 1).unwrap_or_default());
                }
                None => out.push(c),
            }
        }
        if out.trim().is_empty() {
            return None;
        }
        // After a mark as wide as an ideograph, no space is seen.
        let is_wide =
            out.chars().next_back().is_some_and(|c| matches!(u32::from(c), 0x3000..=0x303F | 0xFF00..=0xFFEF));
        if !self.is_joined && !is_wide && !out.ends_with(' ') {
            out.push(' ');
        }
        Some(out)
    }
}
