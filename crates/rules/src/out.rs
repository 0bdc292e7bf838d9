//! Rows under one heading, into a file: CSV, or with the feature `parquet` that.

use std::io::{Result, Write};

#[cfg(feature = "parquet")]
use crate::parquet::Pages;

/// Where rows go.
pub struct Out<'w>(Form<'w>);

enum Form<'w> {
    Csv(Box<csv::Writer<&'w mut (dyn Write + Send)>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<Pages<'w>>),
}

impl<'w> Out<'w> {
    /// As CSV.
    pub fn csv(out: &'w mut (dyn Write + Send)) -> Self {
        Out(Form::Csv(Box::new(csv::Writer::from_writer(out))))
    }

    /// As Parquet: amounts are decimals, bits are integers, all else is text; an empty cell is null.
    #[cfg(feature = "parquet")]
    pub fn parquet(out: &'w mut (dyn Write + Send)) -> Self {
        Out(Form::Parquet(Box::new(Pages::new(out))))
    }

    /// The names of the columns; before any row.
    pub(crate) fn heading(&mut self, names: &[&str]) -> Result<()> {
        match &mut self.0 {
            Form::Csv(writer) => Ok(writer.write_record(names)?),
            #[cfg(feature = "parquet")]
            Form::Parquet(pages) => pages.heading(names),
        }
    }

    /// A row.
    pub(crate) fn row(&mut self, cells: &[&str]) -> Result<()> {
        match &mut self.0 {
            Form::Csv(writer) => Ok(writer.write_record(cells)?),
            #[cfg(feature = "parquet")]
            Form::Parquet(pages) => pages.row(cells),
        }
    }

    /// All that was written is in the file.
    pub(crate) fn finish(self) -> Result<()> {
        match self.0 {
            Form::Csv(mut writer) => writer.flush(),
            #[cfg(feature = "parquet")]
            Form::Parquet(pages) => pages.finish(),
        }
    }
}
