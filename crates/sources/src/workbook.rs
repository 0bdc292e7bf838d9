//! An office's existing ledger, as .xlsx or as delimited text: to sheets of cells, and by a mapping of its columns to
//! entries. Pure; what a cell shows is what is taken (a percentage as `85%`, a formula by its last value), and nothing is
//! guessed silently: a deadline that names no single day says so.

mod column;
mod csv;
mod day;
mod document;
mod entry;
mod figure;
mod format;
mod header;
mod pieces;
mod xlsx;

pub use column::Field;
pub(crate) use column::{exact, guess};
pub use day::{Due, due};
pub(crate) use document::document;
pub use entry::{Entry, Left, Lines, entries};
pub(crate) use header::one_year;
pub use header::{Header, Mapping, fingerprint, header};
pub use pieces::{Outline, Piece, SheetOutline, Wanted, read_pieces};

use civil::Date;
use serde::{Deserialize, Serialize};

/// The largest file read.
pub const WORKBOOK_BYTES_MAX: usize = 32 << 20;
/// At most so many rows of one sheet.
pub const ROWS_MAX: usize = 100_000;
/// Rows that may stand above them: titles and the heading.
pub(crate) const ROWS_ABOVE: usize = 10;
/// At most so many columns of one sheet; the rest is not looked at.
pub const COLUMNS_MAX: usize = 64;
/// At most so many sheets.
pub const SHEETS_MAX: usize = 64;
/// At most so many cells that hold something, over all sheets.
pub const CELLS_MAX: usize = 3_000_000;
/// What the parts of a workbook may unfold to, together.
pub const INFLATED_BYTES_MAX: u64 = 512 << 20;
/// The longest text of a cell, in code points: Excel's own limit.
pub const CELL_MAX: usize = 32_767;

/// A kind of file that holds a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Office Open XML.
    Xlsx,
    /// Fields parted by comma, semicolon or tab.
    Csv,
}

impl Kind {
    /// By the file name's ending, in any case; `None` for one we do not read.
    pub fn of(file_name: &str) -> Option<Kind> {
        let (stem, ending) = file_name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            _ if stem.is_empty() => None,
            "xlsx" | "xlsm" => Some(Kind::Xlsx),
            "csv" | "tsv" | "txt" => Some(Kind::Csv),
            _ => None,
        }
    }
}

/// A workbook, read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Workbook {
    /// Its sheets, in order.
    pub sheets: Vec<Sheet>,
    /// Days are counted from 1904 and not from 1900.
    pub is_1904: bool,
    /// How a text file was read; none for a workbook.
    pub text: Option<Decoded>,
}

/// How a text file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decoded {
    /// Its encoding.
    pub encoding: Encoding,
    /// What parts its fields.
    pub separator: char,
}

/// An encoding of text files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with its mark or without.
    Utf8,
    /// UTF-16 with its mark.
    Utf16,
    /// GB 18030, and with it GBK and GB 2312.
    Gb18030,
}

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name; empty for a text file.
    pub name: String,
    /// It is not shown in the workbook.
    pub is_hidden: bool,
    /// The rows that hold something, in order.
    pub rows: Vec<Row>,
    /// Cells merged into one.
    pub merged: Vec<Area>,
    /// How many cells are formulas.
    pub formulas: u32,
    /// Something stands beyond the last column that is read.
    pub is_cut: bool,
}

/// One row. `cells` ends with the last one that holds something.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its number as the sheet shows it, from 1.
    #[serde(rename = "r")]
    pub no: u32,
    /// It is not shown: hidden, or filtered away.
    #[serde(rename = "h", default, skip_serializing_if = "std::ops::Not::not")]
    pub is_hidden: bool,
    /// Its cells, from the first column on.
    #[serde(rename = "c")]
    pub cells: Vec<Cell>,
}

/// Rows and columns that are merged into one cell; rows as the sheet numbers them, columns from 0; both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u16,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u16,
}

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// Nothing.
    #[default]
    #[serde(rename = "")]
    Empty,
    /// Words.
    #[serde(rename = "t")]
    Text(String),
    /// A number, and how its format shows it.
    #[serde(rename = "n")]
    Number(f64, String),
    /// A day.
    #[serde(rename = "d")]
    Day(Date),
    /// A formula that failed: `#REF!` and the like.
    #[serde(rename = "e")]
    Failed(String),
    /// A formula whose result was not saved.
    #[serde(rename = "u")]
    Unsaved,
}

impl Cell {
    /// What the cell shows, with days as `2026-03-31`.
    pub fn shown(&self) -> String {
        match self {
            Cell::Empty | Cell::Unsaved => String::new(),
            Cell::Text(text) | Cell::Number(_, text) | Cell::Failed(text) => text.trim().to_owned(),
            Cell::Day(day) => day.to_string(),
        }
    }

    /// Whether it holds nothing but blanks.
    pub fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            Cell::Number(..) | Cell::Day(_) | Cell::Failed(_) | Cell::Unsaved => false,
        }
    }
}

/// Why a workbook is not read. Nothing is repaired silently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// No bytes, or no cell that holds anything.
    #[error("the file holds nothing")]
    Empty,
    /// More bytes, rows, sheets or cells than are read.
    #[error("the workbook is too large: at most {ROWS_MAX} rows of a sheet are read")]
    TooLarge,
    /// It unfolds to more than any ledger: made to fill a disk or memory.
    #[error(
        "the workbook unfolds to more than {INFLATED_BYTES_MAX} bytes, or one value to more than {}",
        crate::package::RUN_BYTES_MAX
    )]
    Bomb,
    /// A cell holds more than an office program can write into one.
    #[error("a cell holds more than {CELL_MAX} characters")]
    CellTooLong,
    /// It is no workbook, or a damaged one.
    #[error("the file is not a workbook, or is damaged")]
    Damaged,
    /// It is locked with a password, or of the old binary kind.
    #[error("the workbook is locked with a password, or is an old .xls file")]
    Locked,
    /// It defines entities, which no office program writes.
    #[error("the workbook defines entities of its own")]
    Entities,
    /// The text is in none of the encodings we read.
    #[error("the text is neither UTF-8, UTF-16 with its mark, nor GB 18030")]
    MisEncoded,
}

impl Unreadable {
    /// A name for this refusal that never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Unreadable::Empty => "empty",
            Unreadable::TooLarge => "too-large",
            Unreadable::Bomb => "bomb",
            Unreadable::CellTooLong => "cell-too-long",
            Unreadable::Damaged => "damaged",
            Unreadable::Locked => "locked",
            Unreadable::Entities => "entities",
            Unreadable::MisEncoded => "mis-encoded",
        }
    }
}

/// Reads a file. Deterministic; time and memory are bounded by the limits above.
pub fn read(bytes: &[u8], kind: Kind) -> Result<Workbook, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    if bytes.len() > WORKBOOK_BYTES_MAX {
        return Err(Unreadable::TooLarge);
    }
    let workbook = match kind {
        Kind::Xlsx => xlsx::read(bytes)?,
        Kind::Csv => csv::read(bytes)?,
    };
    match workbook.sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        true => Err(Unreadable::Empty),
        false => Ok(workbook),
    }
}
