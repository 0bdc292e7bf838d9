//! Rows made anew: only what differs from the rows that are there is written, so that an act which changes one column of a
//! matter does not write every index of it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, params_from_iter};

use crate::error::StoreFault;
use crate::sqlite::prepare;

/// Whether there may be rows already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    /// There are none: nobody needs to look for them.
    None,
    Perhaps,
}

/// What stands in a column of a projection.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cell {
    Null,
    Int(i64),
    Text(String),
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Cell::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Cell::Int(n) => ToSqlOutput::Borrowed(ValueRef::Integer(*n)),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

impl FromSql for Cell {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Null => Ok(Cell::Null),
            ValueRef::Integer(n) => Ok(Cell::Int(n)),
            ValueRef::Text(_) => Ok(Cell::Text(value.as_str()?.to_owned())),
            ValueRef::Real(_) | ValueRef::Blob(_) => Err(FromSqlError::InvalidType),
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<i64> for Cell {
    fn from(n: i64) -> Self {
        Cell::Int(n)
    }
}

impl From<u32> for Cell {
    fn from(n: u32) -> Self {
        Cell::Int(n.into())
    }
}

/// An ISO date, compared as text.
impl From<Date> for Cell {
    fn from(day: Date) -> Self {
        Cell::Text(day.to_string())
    }
}

impl From<bool> for Cell {
    fn from(is_so: bool) -> Self {
        Cell::Int(is_so.into())
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Cell::Null, Into::into)
    }
}

/// Makes one row anew. Its first column is the key.
pub(super) fn write_row(
    connection: &Connection,
    table: &str,
    columns: &[(&str, Cell)],
    rows: Rows,
) -> Result<(), StoreFault> {
    let Some(((key, id), rest)) = columns.split_first() else { return Ok(()) };
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let old = match rows {
        Rows::None => None,
        Rows::Perhaps => {
            let sql = format!("SELECT {} FROM {table} WHERE {key} = ?", names[1..].join(", "));
            prepare(connection, &sql)?.query_row([id], |row| cells(row, rest.len())).optional()?
        }
    };
    let Some(old) = old else {
        let sql = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), places(columns.len()));
        prepare(connection, &sql)?.execute(params_from_iter(columns.iter().map(|(_, cell)| cell)))?;
        return Ok(());
    };
    let changed = || rest.iter().zip(&old).filter(|((_, new), old)| new != *old).map(|(column, _)| column);
    let set: Vec<String> = changed().map(|(name, _)| format!("{name} = ?")).collect();
    if !set.is_empty() {
        let sql = format!("UPDATE {table} SET {} WHERE {key} = ?", set.join(", "));
        prepare(connection, &sql)?.execute(params_from_iter(changed().map(|(_, cell)| cell).chain([id])))?;
    }
    Ok(())
}

/// A table in which a matter has several rows, told apart by the first `keys` of their columns.
pub(super) struct Several<'a> {
    pub(super) table: &'a str,
    /// The column that says which matter.
    pub(super) matter: &'a str,
    pub(super) columns: &'a [&'a str],
    pub(super) keys: usize,
}

impl Several<'_> {
    /// Makes them anew. Of two with the same key the first stays.
    pub(super) fn write(
        &self,
        connection: &Connection,
        matter: &Cell,
        new: &[Vec<Cell>],
        rows: Rows,
    ) -> Result<(), StoreFault> {
        let Self { table, matter: name, columns, keys } = self;
        let all = columns.join(", ");
        let mut wanted: BTreeMap<&[Cell], &[Cell]> = BTreeMap::new();
        for row in new {
            wanted.entry(&row[..*keys]).or_insert(row);
        }
        if rows == Rows::Perhaps {
            let old: Vec<Vec<Cell>> = {
                let mut statement = prepare(connection, &format!("SELECT {all} FROM {table} WHERE {name} = ?"))?;
                statement.query_map([matter], |row| cells(row, columns.len()))?.collect::<Result<_, _>>()?
            };
            let which: Vec<String> = columns[..*keys].iter().map(|name| format!("{name} = ?")).collect();
            let delete = format!("DELETE FROM {table} WHERE {} AND {name} = ?", which.join(" AND "));
            for row in old {
                let key = &row[..*keys];
                if wanted.get(key) == Some(&row.as_slice()) {
                    wanted.remove(key);
                } else {
                    prepare(connection, &delete)?.execute(params_from_iter(key.iter().chain([matter])))?;
                }
            }
        }
        let insert = format!("INSERT INTO {table} ({all}, {name}) VALUES ({})", places(columns.len() + 1));
        for row in wanted.values() {
            prepare(connection, &insert)?.execute(params_from_iter(row.iter().chain([matter])))?;
        }
        Ok(())
    }
}

/// A table of words that things are found by, each in a row that is known, under its key.
pub(super) struct Searched<'a> {
    pub(super) table: &'a str,
    pub(super) key: &'a str,
}

impl Searched<'_> {
    /// Makes `words` what is found in the row; without words there is none.
    pub(super) fn write(
        &self,
        connection: &Connection,
        row: i64,
        key: &str,
        words: Option<&str>,
        rows: Rows,
    ) -> Result<(), StoreFault> {
        let Self { table, key: column } = self;
        let old: Option<String> = match rows {
            Rows::None => None,
            Rows::Perhaps => prepare(connection, &format!("SELECT words FROM {table} WHERE rowid = $1"))?
                .query_row([row], |row| row.get(0))
                .optional()?,
        };
        if old.as_deref() == words {
            return Ok(());
        }
        if old.is_some() {
            prepare(connection, &format!("DELETE FROM {table} WHERE rowid = $1"))?.execute([row])?;
        }
        if let Some(words) = words {
            prepare(connection, &format!("INSERT INTO {table} (rowid, {column}, words) VALUES ($1, $2, $3)"))?
                .execute((row, key, words))?;
        }
        Ok(())
    }
}

fn cells(row: &Row<'_>, count: usize) -> rusqlite::Result<Vec<Cell>> {
    (0..count).map(|at| row.get(at)).collect()
}

fn places(count: usize) -> String {
    vec!["?"; count].join(", ")
}
