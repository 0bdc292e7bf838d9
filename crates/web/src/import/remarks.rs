//! What came of each row, said in the clerk's language, on the page and in the workbook that goes back.

use std::iter::Peekable;
use std::slice::Iter;

use rust_xlsxwriter::{Color, Format, Workbook, XlsxError};
use sources::workbook::{Cell, Field, Left, Piece, Row, SheetOutline};

use super::{Checked, Difference, Fate, Remark, There};
use crate::error::refused;
use crate::texts::Text;
use crate::who::Who;

/// The name of a field in forms.
fn label(text: &Text, field: Field) -> String {
    text.word("import-field", field.code())
}

/// What becomes of the row, and why, a sentence each.
pub fn said(text: &Text, who: &Who, row: &Checked) -> Vec<String> {
    let mut lines = vec![fate(text, &row.fate)];
    if let Fate::Changed(_, differences) = &row.fate {
        lines.extend(differences.iter().map(|difference| differs(text, who, difference)));
    }
    lines.extend(row.remarks.iter().map(|remark| says(text, remark)));
    lines
}

fn fate(text: &Text, fate: &Fate) -> String {
    match fate {
        Fate::Add { assigns: true, parts: 0 } => text.text("import-fate-assign").to_string(),
        Fate::Add { assigns: true, parts } => text.text("import-fate-assign-parts").arg("parts", *parts).to_string(),
        Fate::Add { assigns: false, parts: 0 } => text.text("import-fate-open").to_string(),
        Fate::Add { assigns: false, parts } => text.text("import-fate-open-parts").arg("parts", *parts).to_string(),
        Fate::There(Some(number)) => text.text("import-fate-there").arg("number", number.to_string()).to_string(),
        Fate::There(None) => text.text("import-fate-there-unseen").to_string(),
        Fate::Changed(number, _) => text.text("import-fate-changed").arg("number", number.to_string()).to_string(),
        Fate::Same { row } => text.text("import-fate-same").arg("row", *row).to_string(),
        Fate::Refused => text.text("import-fate-refused").to_string(),
        Fate::Left(Left::Hidden) => text.text("import-fate-hidden").to_string(),
        Fate::Left(Left::Heading) => text.text("import-fate-heading").to_string(),
    }
}

fn differs(text: &Text, who: &Who, difference: &Difference) -> String {
    let there = match &difference.there {
        There::Nothing => text.text("import-nothing").to_string(),
        There::Words(words) => words.chars().take(160).collect(),
        There::Party(party) => who.party(party),
        There::Day(day) => text.date(day),
    };
    let field = label(text, difference.field);
    text.text("import-differs").arg("field", field).arg("here", difference.here.clone()).arg("there", there).to_string()
}

fn says(text: &Text, remark: &Remark) -> String {
    let comma = || text.text("list-comma").to_string();
    match remark {
        Remark::Invalid(field, code) => {
            text.text(&format!("invalid-{code}")).arg("field", label(text, *field)).to_string()
        }
        Remark::Unknown { field, words, near } if near.is_empty() => {
            text.text("import-unknown").arg("field", label(text, *field)).arg("words", words.clone()).to_string()
        }
        Remark::Unknown { field, words, near } => text
            .text("import-unknown-near")
            .arg("field", label(text, *field))
            .arg("words", words.clone())
            .arg("near", near.join(&comma()))
            .to_string(),
        Remark::Several(field, words) => {
            text.text("import-several").arg("field", label(text, *field)).arg("words", words.clone()).to_string()
        }
        Remark::NoSuchDay { cell, words } => {
            text.text("import-no-such-day").arg("cell", cell.clone()).arg("words", words.clone()).to_string()
        }
        Remark::ShortYear { cell, words } => {
            text.text("import-short-year").arg("cell", cell.clone()).arg("words", words.clone()).to_string()
        }
        Remark::OpenDue(words) => text.text("import-open-due").arg("words", words.clone()).to_string(),
        Remark::Missing(fields) if fields.is_empty() => text.text("import-not-assigned").to_string(),
        Remark::Missing(fields) => {
            let fields: Vec<String> = fields.iter().map(|field| label(text, *field)).collect();
            text.text("import-missing").arg("fields", fields.join(&comma())).to_string()
        }
        Remark::NotAssigned(refusal) => {
            let (what, next) = refused(text, refusal);
            let message = text.text("import-refused-assignment").arg("code", refusal.code());
            message.arg("what", what).arg("next", next).to_string()
        }
        Remark::Failed(field, cell) => {
            text.text("import-failed").arg("field", label(text, *field)).arg("cell", cell.clone()).to_string()
        }
        Remark::Unsaved(field, cell) => {
            text.text("import-unsaved").arg("field", label(text, *field)).arg("cell", cell.clone()).to_string()
        }
        Remark::NumberTwice { number, row } => {
            text.text("import-number-twice").arg("number", number.clone()).arg("row", *row).to_string()
        }
        Remark::NoSuchMatter(words) => text.text("import-no-such-matter").arg("words", words.clone()).to_string(),
    }
}

/// The sheet as it came, its cells at their places, with a column of remarks behind the last. Looks are not carried over.
/// Rows lie in a file without a name in `folder` until all is written.
pub struct Remarked<'a> {
    text: &'a Text,
    who: &'a Who,
    workbook: Workbook,
    header_row: u32,
    /// The column of remarks.
    last: u16,
    checked: Peekable<Iter<'a, Checked>>,
    day: Format,
    bold: Format,
    wrong: Format,
    wrapped: Format,
    failed: Option<XlsxError>,
}

impl<'a> Remarked<'a> {
    /// Begins the workbook of a sheet whose rows follow.
    pub fn begin(
        text: &'a Text,
        who: &'a Who,
        sheet: &SheetOutline,
        checked: &'a [Checked],
        folder: &std::path::Path,
    ) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder)?;
        let page = workbook.add_worksheet_with_constant_memory()?;
        if !sheet.name.is_empty() {
            page.set_name(&sheet.name)?;
        }
        let last = u16::try_from(sheet.width).unwrap_or(u16::MAX);
        page.set_column_width(last, 60)?;
        page.set_freeze_panes(sheet.header.row, 0)?;
        let wrapped = Format::new().set_text_wrap();
        Ok(Self {
            text,
            who,
            workbook,
            header_row: sheet.header.row,
            last,
            checked: checked.iter().peekable(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            bold: Format::new().set_bold(),
            wrong: wrapped.clone().set_font_color(Color::RGB(0x00A6_1B1B)),
            wrapped,
            failed: None,
        })
    }

    /// Writes the next row.
    pub fn take(&mut self, piece: Piece) {
        if let Piece::Row(row) = piece
            && self.failed.is_none()
        {
            self.failed = self.write(&row).err();
        }
    }

    fn write(&mut self, row: &Row) -> Result<(), XlsxError> {
        let (at, last) = (row.no - 1, self.last);
        let page = self.workbook.worksheet_from_index(0)?;
        for (column, cell) in (0u16..).zip(&row.cells) {
            match cell {
                Cell::Empty | Cell::Unsaved => {}
                Cell::Text(words) | Cell::Failed(words) => {
                    page.write_string(at, column, words.as_str())?;
                }
                // As it was shown where that is more than the number: a percentage, money with its unit.
                Cell::Number(value, shown) if shown.parse::<f64>().is_ok() => {
                    page.write_number(at, column, *value)?;
                }
                Cell::Number(_, shown) => {
                    page.write_string(at, column, shown.as_str())?;
                }
                Cell::Day(date) => {
                    page.write_date_with_format(at, column, excel(*date)?, &self.day)?;
                }
            }
        }
        if row.no == self.header_row {
            page.write_string_with_format(at, last, self.text.text("import-remarks").to_string(), &self.bold)?;
        }
        while self.checked.next_if(|checked| checked.row < row.no).is_some() {}
        if let Some(checked) = self.checked.next_if(|checked| checked.row == row.no) {
            let look = if checked.fate == Fate::Refused { &self.wrong } else { &self.wrapped };
            page.write_string_with_format(at, last, said(self.text, self.who, checked).join("\n"), look)?;
        }
        if row.is_hidden {
            page.set_row_hidden(at)?;
        }
        Ok(())
    }

    /// The workbook's bytes.
    pub fn end(mut self) -> Result<Vec<u8>, XlsxError> {
        match self.failed {
            Some(error) => Err(error),
            None => self.workbook.save_to_buffer(),
        }
    }
}

/// A day as the writer takes it.
pub(crate) fn excel(day: civil::Date) -> Result<rust_xlsxwriter::ExcelDateTime, XlsxError> {
    let (year, month, date) = (day.year(), day.month(), day.day());
    let unsigned = |n: i8| u8::try_from(n).unwrap_or(1);
    rust_xlsxwriter::ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), unsigned(month), unsigned(date))
}
