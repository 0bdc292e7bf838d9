//! A workbook in pieces: its outline, and then row by row what is wanted of one sheet. Whoever asks never holds the whole.

use serde::{Deserialize, Serialize};

use super::{
    Decoded, Entry, Header, Kind, Lines, Mapping, Row, Sheet, Unreadable, Workbook, entries, header, read as read_whole,
};

/// What a workbook is, without its cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// Its sheets, in order.
    pub sheets: Vec<SheetOutline>,
    /// Days are counted from 1904 and not from 1900.
    pub is_1904: bool,
    /// How a text file was read; none for a workbook.
    pub text: Option<Decoded>,
}

/// What a sheet is, without its cells.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SheetOutline {
    /// Its name; empty for a text file.
    pub name: String,
    /// It is not shown in the workbook.
    pub is_hidden: bool,
    /// How many cells are formulas.
    pub formulas: u32,
    /// Something stands beyond the last column that is read.
    #[serde(default)]
    pub is_cut: bool,
    /// The most columns that hold something in one row.
    pub width: usize,
    /// Where its table begins.
    pub header: Header,
}

/// What is wanted of a workbook, besides its outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// Nothing.
    Outline,
    /// The rows below a sheet's heading, as entries.
    Entries {
        /// Which sheet, from 0.
        sheet: usize,
        /// What its columns are taken for.
        mapping: Mapping,
        /// How the table is read.
        lines: Lines,
    },
    /// The rows of a sheet, as they stand.
    Rows {
        /// Which sheet, from 0.
        sheet: usize,
    },
}

/// One row of what was wanted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// Of `Wanted::Entries`.
    Entry(Entry),
    /// Of `Wanted::Rows`.
    Row(Row),
}

/// Reads a file, and gives what is wanted of it to `take`, in order, once nothing more can be refused. A sheet that is
/// not there has no rows. Days are counted as the workbook says, whatever `Lines` says.
pub fn read_pieces(
    bytes: &[u8],
    kind: Kind,
    wanted: &Wanted,
    begin: impl FnOnce(Outline),
    mut take: impl FnMut(Piece),
) -> Result<(), Unreadable> {
    let Workbook { mut sheets, is_1904, text } = read_whole(bytes, kind)?;
    let outline = |sheet: &Sheet| SheetOutline {
        name: sheet.name.clone(),
        is_hidden: sheet.is_hidden,
        formulas: sheet.formulas,
        is_cut: sheet.is_cut,
        width: sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0),
        header: header(sheet),
    };
    let outline = Outline { sheets: sheets.iter().map(outline).collect(), is_1904, text };
    match wanted {
        Wanted::Outline => begin(outline),
        Wanted::Entries { sheet, mapping, lines } => {
            let found = match (sheets.get(*sheet), outline.sheets.get(*sheet)) {
                (Some(sheet), Some(known)) => entries(sheet, &known.header, mapping, Lines { is_1904, ..*lines })?,
                _none => vec![],
            };
            begin(outline);
            found.into_iter().for_each(|entry| take(Piece::Entry(entry)));
        }
        Wanted::Rows { sheet } => {
            let rows = sheets.get_mut(*sheet).map(|sheet| std::mem::take(&mut sheet.rows)).unwrap_or_default();
            begin(outline);
            rows.into_iter().for_each(|row| take(Piece::Row(row)));
        }
    }
    Ok(())
}
