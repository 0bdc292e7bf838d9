//! YAML as OpenFisca writes it: one document, bounded in size, depth and number of values, each with its line.
//!
//! Plain values stay text until somebody asks what they are: OpenFisca reads YAML 1.1, where `yes` is a truth and
//! `2017` a number, and keeps days as text.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::Unreadable;

/// The greatest file that is read.
pub const BYTES_MAX: usize = 16 << 20;
/// How deep values may lie in one another.
const DEPTH_MAX: usize = 40;
/// The most values of one file.
const VALUES_MAX: usize = 2_000_000;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Yaml {
    /// Its line, from 1.
    pub line: usize,
    /// What it is.
    pub is: Is,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Is {
    /// One value as it was written, and whether without quotes.
    Scalar(String, bool),
    /// Values in order.
    List(Vec<Yaml>),
    /// Values by name, in order; no name stands twice.
    Map(Vec<(String, Yaml)>),
}

impl Yaml {
    /// The only document of a text; an empty text is nothing.
    pub fn read(file: &str, text: &str) -> Result<Yaml, Unreadable> {
        if text.len() > BYTES_MAX {
            return Err(Unreadable::new(file, 0, format!("larger than {} MB", BYTES_MAX >> 20)));
        }
        let parser = Parser::new_from_str(text.trim_start_matches('\u{feff}'));
        Reader { file, parser, values: 0 }.document()
    }

    /// Nothing: `null`, `~` or no text at all.
    pub fn is_null(&self) -> bool {
        matches!(&self.is, Is::Scalar(text, true) if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The text of one value.
    pub fn text(&self) -> Option<&str> {
        match &self.is {
            Is::Scalar(text, _) => Some(text),
            Is::List(_) | Is::Map(_) => None,
        }
    }

    /// Yes or no, as YAML 1.1 writes it.
    pub fn yes_no(&self) -> Option<bool> {
        let Is::Scalar(text, true) = &self.is else { return None };
        match text.to_ascii_lowercase().as_str() {
            "yes" | "true" | "on" => Some(true),
            "no" | "false" | "off" => Some(false),
            _ => None,
        }
    }

    /// The values by name.
    pub fn map(&self) -> Option<&[(String, Yaml)]> {
        match &self.is {
            Is::Map(entries) => Some(entries),
            Is::Scalar(..) | Is::List(_) => None,
        }
    }

    /// The values in order.
    pub fn list(&self) -> Option<&[Yaml]> {
        match &self.is {
            Is::List(items) => Some(items),
            Is::Scalar(..) | Is::Map(_) => None,
        }
    }

    /// A value by its name.
    pub fn get(&self, name: &str) -> Option<&Yaml> {
        self.map()?.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

struct Reader<'t, 'f> {
    file: &'f str,
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    values: usize,
}

impl<'t> Reader<'t, '_> {
    fn wrong(&self, line: usize, what: impl Into<String>) -> Unreadable {
        Unreadable::new(self.file, line, what)
    }

    fn next(&mut self) -> Result<(Event<'t>, usize), Unreadable> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, span.start.line())),
            Some(Err(error)) => Err(self.wrong(error.marker().line(), error.info())),
            None => Err(self.wrong(0, "ends in the middle")),
        }
    }

    fn document(&mut self) -> Result<Yaml, Unreadable> {
        let mut out = None;
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => break,
                (Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing, _) => {}
                (_, line) if out.is_some() => return Err(self.wrong(line, "a second document; a file holds one")),
                (event, line) => out = Some(self.value(event, line, 0)?),
            }
        }
        Ok(out.unwrap_or(Yaml { line: 1, is: Is::Scalar(String::new(), true) }))
    }

    fn value(&mut self, event: Event<'t>, line: usize, depth: usize) -> Result<Yaml, Unreadable> {
        self.values += 1;
        if self.values > VALUES_MAX {
            return Err(self.wrong(line, format!("more than {VALUES_MAX} values")));
        }
        if depth > DEPTH_MAX {
            return Err(self.wrong(line, format!("more than {DEPTH_MAX} values lie in one another")));
        }
        let is = match event {
            Event::Scalar(text, style, anchor, _) => {
                self.refuse_anchor(anchor, line)?;
                Is::Scalar(Cow::into_owned(text), style == ScalarStyle::Plain)
            }
            Event::SequenceStart(anchor, _) => {
                self.refuse_anchor(anchor, line)?;
                let mut items = vec![];
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, _) => break Is::List(items),
                        (event, line) => items.push(self.value(event, line, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(anchor, _) => {
                self.refuse_anchor(anchor, line)?;
                self.mapping(depth)?
            }
            Event::Alias(_) => return Err(self.wrong(line, "an alias (`*name`); write the value out")),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::SequenceEnd
            | Event::MappingEnd => return Err(self.wrong(line, "ends in the middle of a value")),
        };
        Ok(Yaml { line, is })
    }

    /// A few references to one value can stand for more values than memory holds, and OpenFisca's files have none.
    fn refuse_anchor(&self, anchor: usize, line: usize) -> Result<(), Unreadable> {
        if anchor == 0 { Ok(()) } else { Err(self.wrong(line, "an anchor (`&name`); write the value out")) }
    }

    fn mapping(&mut self, depth: usize) -> Result<Is, Unreadable> {
        let (mut entries, mut known) = (vec![], std::collections::HashSet::new());
        loop {
            let name = match self.next()? {
                (Event::MappingEnd, _) => return Ok(Is::Map(entries)),
                (Event::Scalar(text, _, 0, _), _) => text.into_owned(),
                (_, line) => return Err(self.wrong(line, "a name must be one value")),
            };
            let (event, line) = self.next()?;
            if !known.insert(name.clone()) {
                return Err(self.wrong(line, format!("{name:?} stands here twice")));
            }
            let value = self.value(event, line, depth + 1)?;
            entries.push((name, value));
        }
    }
}

/// A number as it was written: digits with the point moved away, so many of them decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// The digits.
    pub units: i64,
    /// How many of them stand after the point.
    pub scale: u32,
}

impl Decimal {
    /// `12`, `-0.5`, `1_000`, `1.5e3`, `.5`; `None` for what is no number or has more than 18 digits.
    pub fn parse(text: &str) -> Option<Decimal> {
        let text = text.trim().replace('_', "");
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(&text)),
        };
        let (digits, power) = match rest.split_once(['e', 'E']) {
            Some((digits, power)) => (digits, power.parse::<i32>().ok()?),
            None => (rest, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{fraction}");
        if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut units = all.trim_start_matches('0').to_owned();
        let mut scale = i32::try_from(fraction.len()).ok()?.checked_sub(power)?;
        while scale > 0 && units.ends_with('0') {
            units.pop();
            scale -= 1;
        }
        if units.is_empty() {
            return Some(Decimal { units: 0, scale: 0 });
        }
        while scale < 0 && units.len() <= 18 {
            units.push('0');
            scale += 1;
        }
        if units.len() > 18 || scale < 0 {
            return None;
        }
        Some(Decimal { units: sign * units.parse::<i64>().ok()?, scale: u32::try_from(scale).ok()? })
    }

    /// As a floating-point number.
    pub fn float(self) -> f64 {
        self.units as f64 / 10f64.powi(i32::try_from(self.scale).unwrap_or(i32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_lines_and_names_stand_once() {
        let yaml = Yaml::read("f", "a: 1\nb:\n  - yes\n  - 'yes'\n").expect("it is sound");
        assert_eq!(yaml.get("a").and_then(Yaml::text), Some("1"));
        let items = yaml.get("b").and_then(Yaml::list).expect("a list");
        assert_eq!((items[0].yes_no(), items[1].yes_no(), items[1].line), (Some(true), None, 4));
        for (text, what) in [
            ("a: 1\na: 2\n", "f, line 2: \"a\" stands here twice"),
            ("a: &x 1\nb: *x\n", "f, line 1: an anchor (`&name`); write the value out"),
            ("a: *x\n", "f, line 1: while parsing node, found unknown anchor"),
            ("--- 1\n--- 2\n", "f, line 2: a second document; a file holds one"),
            ("{[a]: 1}", "f, line 1: a name must be one value"),
        ] {
            assert_eq!(Yaml::read("f", text).map_err(|wrong| wrong.to_string()), Err(what.to_owned()), "{text}");
        }
        let deep = format!("{}1{}", "[".repeat(60), "]".repeat(60));
        let told = Yaml::read("f", &deep).expect_err("it is too deep").to_string();
        assert_eq!(told, "f, line 1: more than 40 values lie in one another");
    }

    #[test]
    fn numbers_are_decimals() {
        for (text, units, scale) in
            [("600.0", 600, 0), ("-0.25", -25, 2), ("1_000", 1000, 0), ("1.5e3", 1500, 0), (".5", 5, 1), ("0.0", 0, 0)]
        {
            assert_eq!(Decimal::parse(text), Some(Decimal { units, scale }), "{text}");
        }
        for text in ["", "-", "1.2.3", "0x10", "12e99", "ten", "1234567890123456789"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }
}
