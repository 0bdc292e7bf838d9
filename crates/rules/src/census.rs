//! Persons and households from CSV. What is malformed is named by row and column, and nothing is guessed.

use std::collections::HashMap;
use std::fmt;
use std::io::{BufReader, Read};

use csv::{ByteRecord, ReaderBuilder};

use crate::columns::{Column, Registry};
use crate::diagnostic::nearest;
use crate::kind::{Kind, Unit};
use crate::model::{Fact, Rules};
use crate::syntax::Entity;
use crate::value::{day_number, exact};

/// A file of rows, and what it is called.
pub struct Table<'t> {
    /// Its path, as it was given.
    pub name: String,
    /// Its bytes.
    pub bytes: Box<dyn Read + 't>,
}

/// What is malformed, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Malformed {
    /// Which file.
    pub file: String,
    /// Which line, from 1; 0 for the file as a whole.
    pub row: u64,
    /// Which column, by its heading.
    pub column: String,
    /// What is wrong with it, and what to do.
    pub what: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.row > 0 {
            write!(f, ", row {}", self.row)?;
        }
        if !self.column.is_empty() {
            write!(f, ", column {}", self.column)?;
        }
        write!(f, ": {}", self.what)
    }
}

/// What rows are called, in one text.
#[derive(Clone, Debug, Default)]
pub struct Names {
    text: String,
    ends: Vec<usize>,
}

impl Names {
    fn push(&mut self, name: &str) {
        self.text.push_str(name);
        self.ends.push(self.text.len());
    }

    /// The name of a row.
    pub fn get(&self, at: usize) -> &str {
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[from..self.ends[at]]
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// Everybody, and what they are called.
pub struct Census {
    /// Their facts.
    pub registry: Registry,
    /// Households, in order.
    pub households: Names,
    /// Persons, in the order of their households.
    pub persons: Names,
    /// Columns that no rule asks for, by file.
    pub ignored: Vec<(String, String)>,
}

/// Reads both files. Columns: `household` and the inputs of households; `person`, `household` and the inputs of persons.
/// An input's column is headed by its name or by what people call it; an empty cell is a fact that nobody knows.
pub fn read_census(rules: &Rules, households: Table<'_>, persons: Table<'_>) -> Result<Census, Malformed> {
    let mut ignored = vec![];
    let mut rows = Rows::open(rules, Entity::Household, &["household"], households)?;
    ignored.append(&mut rows.ignored);
    let (mut names, mut places, mut lines) = (Names::default(), HashMap::new(), vec![]);
    let mut columns: Vec<Column> = rules.household.iter().map(Column::of).collect();
    while rows.next()? {
        let name = rows.id(0)?.to_owned();
        let place =
            u32::try_from(names.len()).map_err(|_| rows.wrong("household", "too many households".to_owned()))?;
        names.push(&name);
        if places.insert(name.clone(), place).is_some() {
            return Err(rows.wrong("household", format!("household {name:?} stands here a second time")));
        }
        lines.push(rows.line);
        rows.values(&mut columns)?;
    }
    let (households_file, household_columns) = (rows.file.clone(), columns);
    let mut rows = Rows::open(rules, Entity::Person, &["person", "household"], persons)?;
    ignored.append(&mut rows.ignored);
    let (mut person_names, mut of, mut known) = (Names::default(), vec![], HashMap::new());
    let mut columns: Vec<Column> = rules.person.iter().map(Column::of).collect();
    while rows.next()? {
        let (name, line) = (rows.id(0)?.to_owned(), rows.line);
        let household = rows.id(1)?;
        let Some(place) = places.get(household) else {
            let what = format!("there is no household {household:?} among the households");
            return Err(rows.wrong("household", what));
        };
        of.push(*place);
        person_names.push(&name);
        if let Some(first) = known.insert(name, line) {
            let what = format!("this person stands in row {first} too; a person lives in one household");
            return Err(rows.wrong("person", what));
        }
        rows.values(&mut columns)?;
    }
    drop((known, places));
    let (begins, order) = grouped(names.len(), &of);
    if let Some(empty) = begins.windows(2).position(|pair| pair[0] == pair[1]) {
        let what = format!("nobody lives in household {:?}: no row of the persons names it", names.get(empty));
        return Err(Malformed { file: households_file, row: lines[empty], column: "household".to_owned(), what });
    }
    let mut persons = Names::default();
    order.iter().for_each(|at| persons.push(person_names.get(*at as usize)));
    let person = columns.into_iter().map(|column| column.ordered(&order)).collect();
    let registry = Registry { begins, person, household: household_columns };
    Ok(Census { registry, households: names, persons, ignored })
}

/// Where the members of each household begin, and the persons in that order.
fn grouped(households: usize, of: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut begins = vec![0u32; households + 1];
    of.iter().for_each(|place| begins[*place as usize + 1] += 1);
    for at in 0..households {
        begins[at + 1] += begins[at];
    }
    let mut next = begins.clone();
    let mut order = vec![0u32; of.len()];
    for (person, place) in of.iter().enumerate() {
        order[next[*place as usize] as usize] = u32::try_from(person).expect("counted with 32 bits when read");
        next[*place as usize] += 1;
    }
    (begins, order)
}

/// Remembers the last byte: a file that ends within a line was cut short.
struct Watched<'t> {
    inner: Box<dyn Read + 't>,
    last: u8,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        if let Some(last) = buffer[..read].last() {
            self.last = *last;
        }
        Ok(read)
    }
}

struct Rows<'r> {
    rules: &'r Rules,
    entity: Entity,
    file: String,
    reader: csv::Reader<BufReader<Watched<'r>>>,
    record: ByteRecord,
    line: u64,
    /// The column of each id.
    ids: Vec<(usize, &'static str)>,
    /// The column of each fact; `None` for those nobody asks for.
    facts: Vec<Option<(usize, String)>>,
    ignored: Vec<(String, String)>,
}

impl<'r> Rows<'r> {
    fn open(rules: &'r Rules, entity: Entity, ids: &[&'static str], table: Table<'r>) -> Result<Self, Malformed> {
        let watched = BufReader::with_capacity(1 << 16, Watched { inner: table.bytes, last: b'\n' });
        let mut reader = ReaderBuilder::new().has_headers(false).from_reader(watched);
        let file = table.name;
        let mut record = ByteRecord::new();
        let whole = |what: String| Malformed { file: file.clone(), row: 0, column: String::new(), what };
        let any = reader.read_byte_record(&mut record).map_err(|error| unreadable(&file, &error))?;
        if !any {
            return Err(whole("the file is empty; its first row names its columns".to_owned()));
        }
        let mut headings: Vec<String> = vec![];
        for (at, field) in record.iter().enumerate() {
            let Ok(text) = std::str::from_utf8(field) else {
                let what = format!("the heading of column {} is not UTF-8; save the file as \"CSV UTF-8\"", at + 1);
                return Err(Malformed { row: 1, ..whole(what) });
            };
            headings.push(text.trim_start_matches('\u{feff}').trim().to_owned());
        }
        if let Some(twice) = headings.iter().enumerate().find(|(at, one)| headings[..*at].contains(one)) {
            let what = "two columns are headed so; rename or take out one of them".to_owned();
            return Err(Malformed { row: 1, column: twice.1.clone(), ..whole(what) });
        }
        let find = |wanted: &[&str]| headings.iter().position(|heading| wanted.contains(&heading.as_str()));
        let absent = |name: &str, said: &str| {
            let guess = nearest(name, headings.iter().map(String::as_str));
            let guess = guess.map(|guess| format!("; is {guess:?} meant to be it?")).unwrap_or_default();
            whole(format!("there is no column `{name}`{said}{guess}"))
        };
        let mut places = vec![];
        for id in ids {
            let chinese = if *id == "person" { "个人编号" } else { "家庭编号" };
            places.push((find(&[*id, chinese]).ok_or_else(|| absent(id, ""))?, *id));
        }
        let mut facts = vec![];
        for fact in rules.facts(entity) {
            let at = find(&[&fact.name, &fact.label.zh, &fact.label.en]);
            if at.is_none() && fact.is_used {
                let said = format!(
                    " ({}, {}); add it, and leave cells empty where nobody knows",
                    fact.label.zh, fact.label.en
                );
                return Err(absent(&fact.name, &said));
            }
            facts.push(at.filter(|_| fact.is_used).map(|at| (at, headings[at].clone())));
        }
        let used: Vec<usize> =
            places.iter().map(|(at, _)| *at).chain(facts.iter().flatten().map(|(at, _)| *at)).collect();
        let ignored = headings.iter().enumerate().filter(|(at, _)| !used.contains(at));
        let ignored = ignored.map(|(_, heading)| (file.clone(), heading.clone())).collect();
        Ok(Self { rules, entity, file, reader, record, line: 1, ids: places, facts, ignored })
    }

    fn wrong(&self, column: &str, what: String) -> Malformed {
        Malformed { file: self.file.clone(), row: self.line, column: column.to_owned(), what }
    }

    /// The next row; false after the last.
    fn next(&mut self) -> Result<bool, Malformed> {
        let any = self.reader.read_byte_record(&mut self.record).map_err(|error| unreadable(&self.file, &error))?;
        self.line = self.record.position().map_or(self.line, csv::Position::line);
        if self.reader.is_done() && self.reader.get_ref().get_ref().last != b'\n' {
            let what = "the last row has no line end, so the file may be cut short; add the rest, or the line end";
            return Err(self.wrong("", what.to_owned()));
        }
        Ok(any)
    }

    fn field(&self, at: usize, column: &str) -> Result<&str, Malformed> {
        let bytes = self.record.get(at).unwrap_or_default();
        let text = std::str::from_utf8(bytes)
            .map_err(|_| self.wrong(column, "this is not UTF-8; save the file as \"CSV UTF-8\"".to_owned()))?;
        Ok(text.trim())
    }

    fn id(&self, which: usize) -> Result<&str, Malformed> {
        let (at, column) = self.ids[which];
        match self.field(at, column)? {
            "" => Err(self.wrong(column, format!("every row names its {column}"))),
            id => Ok(id),
        }
    }

    fn values(&self, columns: &mut [Column]) -> Result<(), Malformed> {
        for ((fact, place), column) in self.rules.facts(self.entity).iter().zip(&self.facts).zip(columns) {
            let value = match place {
                Some((at, heading)) => {
                    let text = self.field(*at, heading)?;
                    parsed(self.rules, fact, text).map_err(|what| self.wrong(heading, what))?
                }
                None => None,
            };
            column.push(value);
        }
        Ok(())
    }
}

fn unreadable(file: &str, error: &csv::Error) -> Malformed {
    let row = error.position().map_or(0, csv::Position::line);
    let what = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!(
                "{len} cells, where the heading has {expected_len}; a comma too many or too few, or the file was cut short"
            )
        }
        _ => error.to_string(),
    };
    Malformed { file: file.to_owned(), row, column: String::new(), what }
}

/// A cell as a value of its fact; an empty one is not known.
pub(crate) fn parsed(rules: &Rules, fact: &Fact, text: &str) -> Result<Option<i64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let value = match fact.kind {
        Kind::YesNo => match text {
            "yes" | "是" => 1,
            "no" | "否" => 0,
            _ => return Err(format!("{text:?} is neither `yes` (是) nor `no` (否)")),
        },
        Kind::Date => match text.parse::<civil::Date>() {
            Ok(date) if text.len() == 10 && date.year() > 0 => day_number(date),
            _ => return Err(format!("{text:?} is no day; write it as 2020-12-31")),
        },
        Kind::Options(at) => {
            let options = &rules.options[at];
            let found = options
                .options
                .iter()
                .position(|(name, label)| [name, &label.zh, &label.en].contains(&&text.to_owned()));
            let names = || options.options.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
            found.ok_or_else(|| format!("{text:?} is none of its options: {}", names()))? as i64
        }
        Kind::Number { unit, den, .. } => {
            let (units, scale) = digits(text).ok_or_else(|| format!("{text:?} is no number; write it as 1234.50"))?;
            let held = exact(units, scale, den * unit.parts()).ok_or_else(|| match unit {
                _ if unit.money == 1 => format!("{text:?} is too large, or has parts of a fen"),
                Unit::RATIO => format!("{text:?} is finer than a hundredth of a per cent, or too large"),
                _ => format!("{text:?} is not whole, or too large"),
            })?;
            if held < 0 && !fact.is_signed {
                return Err(format!("{text:?} is below zero, which the rules do not allow for `{}`", fact.name));
            }
            held
        }
    };
    Ok(Some(value))
}

/// Digits with at most one point: as one integer, and how many stand after the point.
fn digits(text: &str) -> Option<(i64, u32)> {
    let (negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text),
    };
    let (mut units, mut scale, mut point, mut any) = (0i64, 0u32, false, false);
    for byte in body.bytes() {
        match byte {
            b'0'..=b'9' => {
                units = units.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                scale += u32::from(point);
                any = true;
            }
            b'.' if !point && any => point = true,
            _ => return None,
        }
    }
    let complete = any && !body.ends_with('.') && scale <= 18;
    complete.then_some((if negative { -units } else { units }, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_exact_or_refused() {
        assert_eq!(digits("1894.00"), Some((189_400, 2)));
        assert_eq!(digits("-5"), Some((-5, 0)));
        for text in ["", "-", ".", "1.", ".5", "1,000", "1e3", "１２", "1.2.3", "9223372036854775808", "+1", "1 000"]
        {
            assert_eq!(digits(text), None, "{text}");
        }
    }
}
