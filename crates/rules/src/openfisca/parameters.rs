//! Folders of parameters: values by date, and scales with their brackets. What nobody says (a unit, a reference) is counted.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use civil::Date;

use super::period::instant;
use super::yaml::{Decimal, Is, Yaml};
use super::{Unreadable, Warnings};
use crate::syntax::Days;

/// What a parameter comes to from a day on.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(Decimal),
    /// Yes or no.
    YesNo(bool),
    /// A text.
    Text(String),
    /// Several values.
    List(Vec<Value>),
    /// It was abolished.
    Abolished,
}

/// A value and from which day.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// From which day.
    pub from: Date,
    /// What it comes to.
    pub value: Value,
    /// Where it was read, if that is said.
    pub reference: Option<String>,
}

/// What a scale does with a base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Each part of the base at the rate of its bracket.
    MarginalRate,
    /// The amounts of all brackets that the base lies above.
    MarginalAmount,
    /// The amount of the one bracket that the base lies in.
    SingleAmount,
    /// A rate for the whole base, drawn straight between thresholds.
    AverageRate,
}

/// One step of a scale: from which base on, and what holds there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bracket {
    /// From which base on.
    pub threshold: Vec<Dated>,
    /// The rate, the amount or the average rate.
    pub figure: Vec<Dated>,
}

/// What stands under a path.
#[derive(Clone, Debug, PartialEq)]
pub enum Parameter {
    /// A figure.
    Values(Vec<Dated>),
    /// A scale.
    Scale(Scale, Vec<Bracket>),
}

/// A parameter and what is said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// What people call it.
    pub description: String,
    /// Its unit, as it is written.
    pub unit: Option<String>,
    /// What it is.
    pub parameter: Parameter,
}

/// Every parameter, by its path: `benefits.basic_income`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameters {
    /// In the order of their paths.
    pub by_path: BTreeMap<String, Described>,
}

/// What a file may say beside what it holds.
const ABOUT: [&str; 7] = ["description", "metadata", "unit", "reference", "documentation", "label", "use"];

impl Parameters {
    /// Reads the files of a folder, each with its path from there; what is neither `.yaml` nor `.yml` is passed over.
    pub fn read<'f>(
        files: impl IntoIterator<Item = (&'f Path, &'f str)>,
        warnings: &mut Warnings,
    ) -> Result<Parameters, Unreadable> {
        let mut out = Parameters::default();
        for (path, text) in files {
            let named = path.display().to_string();
            let part = |part: Component<'_>| match part {
                Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
                _ => None,
            };
            let mut parts: Vec<String> = path.components().filter_map(part).collect();
            let Some(stem) = parts.pop().and_then(|name| name.rsplit_once('.').map(|(stem, _)| stem.to_owned())) else {
                return Err(Unreadable::new(&named, 0, "no name of a file"));
            };
            if stem != "index" {
                parts.push(stem);
                let yaml = Yaml::read(&named, text)?;
                out.node(&named, &parts.join("."), &yaml, warnings)?;
            } else if let Some(entries) = Yaml::read(&named, text)?.map()
                && let Some((name, value)) = entries.iter().find(|(name, _)| !ABOUT.contains(&name.as_str()))
            {
                return Err(Unreadable::new(&named, value.line, format!("{name:?} is not what an index says")));
            }
        }
        Ok(out)
    }

    /// Parameters that a test writes out itself.
    pub fn of(file: &str, yaml: &Yaml, warnings: &mut Warnings) -> Result<Parameters, Unreadable> {
        let mut out = Parameters::default();
        out.node(file, "", yaml, warnings)?;
        Ok(out)
    }

    fn node(&mut self, file: &str, path: &str, yaml: &Yaml, warnings: &mut Warnings) -> Result<(), Unreadable> {
        let Some(entries) = yaml.map() else {
            return Err(Unreadable::new(file, yaml.line, "neither values by date nor parameters by name"));
        };
        let dated = |name: &str| instant(name).is_some();
        let parameter = if let Some(values) = yaml.get("values") {
            Parameter::Values(values_of(file, values, warnings)?)
        } else if let Some(brackets) = yaml.get("brackets") {
            scale(file, yaml, brackets, warnings)?
        } else if !entries.is_empty() && entries.iter().all(|(name, _)| dated(name)) {
            Parameter::Values(values_of(file, yaml, warnings)?)
        } else {
            for (name, value) in entries.iter().filter(|(name, _)| !ABOUT.contains(&name.as_str())) {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                self.node(file, &path, value, warnings)?;
            }
            return Ok(());
        };
        let said = |name: &str| {
            let own = yaml.get(name).or_else(|| yaml.get("metadata").and_then(|metadata| metadata.get(name)));
            own.and_then(first_text)
        };
        let unit = said("unit").or_else(|| said("threshold_unit"));
        warnings.without_unit += usize::from(unit.is_none());
        if said("reference").is_none() {
            warnings.without_source += usize::from(!parameter.is_referenced());
        }
        let parameter = parameter.referenced(said("reference"));
        let description = said("description").unwrap_or_else(|| path.to_owned());
        if self.by_path.insert(path.to_owned(), Described { description, unit, parameter }).is_some() {
            return Err(Unreadable::new(file, yaml.line, format!("`{path}` stands in two files")));
        }
        Ok(())
    }

    /// Parameters by their whole paths, in one text.
    pub fn of_text(file: &str, text: &str) -> Result<Parameters, Unreadable> {
        Parameters::of(file, &Yaml::read(file, text)?, &mut Warnings::default())
    }

    /// The value of a figure on a day.
    pub fn value(&self, path: &str, on: Date) -> Option<&Value> {
        match &self.by_path.get(path)?.parameter {
            Parameter::Values(values) => in_force(values, on),
            Parameter::Scale(..) => None,
        }
    }
}

impl Parameter {
    fn lists(&mut self) -> Vec<&mut Vec<Dated>> {
        match self {
            Parameter::Values(values) => vec![values],
            Parameter::Scale(_, brackets) => {
                brackets.iter_mut().flat_map(|bracket| [&mut bracket.threshold, &mut bracket.figure]).collect()
            }
        }
    }

    fn is_referenced(&self) -> bool {
        let all = |values: &[Dated]| values.iter().all(|one| one.reference.is_some());
        match self {
            Parameter::Values(values) => all(values),
            Parameter::Scale(_, brackets) => brackets.iter().all(|one| all(&one.threshold) && all(&one.figure)),
        }
    }

    /// A reference for the whole stands for each value that has none.
    fn referenced(mut self, reference: Option<String>) -> Self {
        for value in self.lists().into_iter().flatten() {
            value.reference = value.reference.take().or_else(|| reference.clone());
        }
        self
    }
}

/// The value in force on a day: the latest from before; `None` where there is none, or it was abolished.
pub fn in_force(values: &[Dated], on: Date) -> Option<&Value> {
    let latest = values.iter().rev().find(|one| one.from <= on)?;
    (latest.value != Value::Abolished).then_some(&latest.value)
}

/// The days of each value, without those that say only that it was abolished.
pub fn versions(values: &[Dated]) -> Vec<(Days, &Dated)> {
    let ends = values.iter().skip(1).map(|next| next.from.yesterday().ok()).chain([None]);
    let dated = values.iter().zip(ends).map(|(value, to)| (Days { from: value.from, to }, value));
    dated.filter(|(_, value)| value.value != Value::Abolished).collect()
}

/// The first text of a text, a list of texts, or texts by date.
fn first_text(yaml: &Yaml) -> Option<String> {
    match &yaml.is {
        Is::Scalar(text, _) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Is::Scalar(..) => None,
        Is::List(items) => items.iter().find_map(first_text),
        Is::Map(entries) => entries.iter().find_map(|(_, value)| first_text(value)),
    }
}

fn values_of(file: &str, yaml: &Yaml, warnings: &mut Warnings) -> Result<Vec<Dated>, Unreadable> {
    let wrong = |line: usize, what: String| Unreadable::new(file, line, what);
    let entries = yaml.map().ok_or_else(|| wrong(yaml.line, "values stand by their dates".to_owned()))?;
    let mut out = vec![];
    for (date, value) in entries {
        // A placeholder for a change that is expected has no bearing on what is computed; nor does a description.
        if ABOUT.contains(&date.as_str()) {
            continue;
        }
        // A published package has `2017-01-01-01`; OpenFisca compares dates as texts, and takes it for that day.
        let day = || date.get(..10).filter(|_| date.as_bytes().get(10) == Some(&b'-')).and_then(instant);
        warnings.odd_dates += usize::from(instant(date).is_none() && day().is_some());
        let Some((from, _)) = instant(date).or_else(day) else {
            return Err(wrong(value.line, format!("{date:?} is no day, month or year")));
        };
        if value.text() == Some("expected") || value.get("expected").is_some() {
            warnings.expected += 1;
            continue;
        }
        let about = value.get("metadata");
        let said = |name: &str| value.get(name).or_else(|| about.and_then(|about| about.get(name)));
        let reference = value.map().and_then(|_| said("reference")).and_then(first_text);
        let value = if value.map().is_some() {
            value.get("value").ok_or_else(|| wrong(value.line, format!("{date} says no value")))?
        } else {
            value
        };
        out.push(Dated { from, value: scalar(file, value)?, reference });
    }
    out.sort_by_key(|one| one.from);
    if let Some(pair) = out.windows(2).find(|pair| pair[0].from == pair[1].from) {
        return Err(wrong(yaml.line, format!("two values from {} on", pair[0].from)));
    }
    Ok(out)
}

fn scalar(file: &str, yaml: &Yaml) -> Result<Value, Unreadable> {
    if yaml.is_null() {
        return Ok(Value::Abolished);
    }
    if let Some(yes) = yaml.yes_no() {
        return Ok(Value::YesNo(yes));
    }
    match &yaml.is {
        Is::Scalar(text, plain) => match Decimal::parse(text).filter(|_| *plain) {
            Some(number) => Ok(Value::Number(number)),
            None => Ok(Value::Text(text.clone())),
        },
        Is::List(items) => Ok(Value::List(items.iter().map(|item| scalar(file, item)).collect::<Result<_, _>>()?)),
        Is::Map(_) => Err(Unreadable::new(file, yaml.line, "a value is a number, yes or no, a text or a list")),
    }
}

fn scale(file: &str, yaml: &Yaml, brackets: &Yaml, warnings: &mut Warnings) -> Result<Parameter, Unreadable> {
    let wrong = |line: usize, what: &str| Unreadable::new(file, line, what);
    let items = brackets.list().ok_or_else(|| wrong(brackets.line, "brackets are a list"))?;
    let kinds = ["rate", "amount", "average_rate"];
    let named = |kind: &str| items.iter().any(|item| item.get(kind).is_some());
    let single = yaml.get("metadata").and_then(|metadata| metadata.get("type")).and_then(Yaml::text);
    let (kind, scale) = match (single, named("amount"), named("average_rate")) {
        (Some("single_amount"), ..) => ("amount", Scale::SingleAmount),
        (_, true, _) => ("amount", Scale::MarginalAmount),
        (_, false, true) => ("average_rate", Scale::AverageRate),
        (_, false, false) => ("rate", Scale::MarginalRate),
    };
    let mut out = vec![];
    for item in items {
        let entries =
            item.map().ok_or_else(|| wrong(item.line, "a bracket has a threshold, and what holds from it on"))?;
        for (name, value) in entries {
            if name != "threshold"
                && name != "base"
                && !kinds.contains(&name.as_str())
                && !ABOUT.contains(&name.as_str())
            {
                return Err(wrong(value.line, "a bracket has `threshold`, and `rate`, `amount` or `average_rate`"));
            }
        }
        let mut list = |name: &str| match item.get(name) {
            Some(values) => values_of(file, values.get("values").unwrap_or(values), warnings),
            None => Ok(vec![]),
        };
        out.push(Bracket { threshold: list("threshold")?, figure: list(kind)? });
    }
    Ok(Parameter::Scale(scale, out))
}

/// The brackets of a scale that are in force on a day, each with its place, threshold and figure.
pub fn brackets_on(brackets: &[Bracket], on: Date) -> Vec<(usize, Decimal, Decimal)> {
    let number = |values: &[Dated]| match in_force(values, on) {
        Some(Value::Number(number)) => Some(*number),
        Some(Value::YesNo(_) | Value::Text(_) | Value::List(_) | Value::Abolished) | None => None,
    };
    let each = brackets.iter().enumerate();
    each.filter_map(|(at, one)| Some((at, number(&one.threshold)?, number(&one.figure)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Result<Parameters, Unreadable>, Warnings) {
        let mut warnings = Warnings::default();
        let read = Parameters::read([(Path::new("aid/amount.yaml"), text)], &mut warnings);
        (read, warnings)
    }

    #[test]
    fn values_hold_from_their_dates_until_they_are_abolished() {
        let text = "description: Aid\nmetadata:\n  unit: currency-CNY\nvalues:\n  2015-12:\n    value: 600.5\n  2010: 500\n  \
                    2016-12-01:\n    value: null\n  2018-01-01: expected\n";
        let (parameters, warnings) = read(text);
        let parameters = parameters.expect("it is sound");
        let on = |day: &str| parameters.value("aid.amount", day.parse().expect("a day")).cloned();
        let number = |units, scale| Some(Value::Number(Decimal { units, scale }));
        assert_eq!(on("2009-12-31"), None);
        assert_eq!((on("2010-01-01"), on("2015-11-30")), (number(500, 0), number(500, 0)));
        assert_eq!((on("2016-11-30"), on("2016-12-01")), (number(6005, 1), None));
        assert_eq!((warnings.without_source, warnings.without_unit, warnings.expected), (1, 0, 1));
    }

    #[test]
    fn brackets_without_a_figure_that_day_are_left_out() {
        let text = "brackets:\n- threshold:\n    2010-01-01: 0\n  rate:\n    2010-01-01: 0.1\n- threshold:\n    2012-01-01: 100\n  \
                    rate:\n    2012-01-01: 0.2\n";
        let (parameters, _) = read(text);
        let parameters = parameters.expect("it is sound");
        let Parameter::Scale(Scale::MarginalRate, brackets) = &parameters.by_path["aid.amount"].parameter else {
            panic!("a scale of rates")
        };
        let on = |day: &str| brackets_on(brackets, day.parse().expect("a day")).len();
        assert_eq!((on("2009-01-01"), on("2011-01-01"), on("2012-01-01")), (0, 1, 2));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (text, what) in [
            ("values: 3", "aid/amount.yaml, line 1: values stand by their dates"),
            ("values:\n  soon: 3", "aid/amount.yaml, line 2: \"soon\" is no day, month or year"),
            ("values:\n  2010: {unit: x}", "aid/amount.yaml, line 2: 2010 says no value"),
            ("values:\n  2010: 1\n  2010-01: 2", "aid/amount.yaml, line 2: two values from 2010-01-01 on"),
            ("brackets: 3", "aid/amount.yaml, line 1: brackets are a list"),
            ("- 3", "aid/amount.yaml, line 1: neither values by date nor parameters by name"),
        ] {
            assert_eq!(read(text).0.map_err(|wrong| wrong.to_string()), Err(what.to_owned()));
        }
    }
}
