//! Rows under one heading, into a file: CSV, or with the feature `parquet` that.

use std::io::{Result, Write};

#[cfg(feature = "parquet")]
use crate::parquet::Pages;

/// Where rows go.
pub struct Out<'w>(Form<'w>);

enum Form<'w> {
    Csv(Lines<'w>),
    #[cfg(feature = "parquet")]
    Parquet(Box<Pages<'w>>),
}

impl<'w> Out<'w> {
    /// As CSV.
    pub fn csv(out: &'w mut (dyn Write + Send)) -> Self {
        Out(Form::Csv(Lines { out, written: Vec::with_capacity(BUFFER + (1 << 12)) }))
    }

    /// As Parquet: amounts are decimals, bits are integers, all else is text; an empty cell is null.
    #[cfg(feature = "parquet")]
    pub fn parquet(out: &'w mut (dyn Write + Send)) -> Self {
        Out(Form::Parquet(Box::new(Pages::new(out))))
    }

    /// The names of the columns; before any row.
    pub(crate) fn heading(&mut self, names: &[&str]) -> Result<()> {
        match &mut self.0 {
            Form::Csv(lines) => lines.row(names),
            #[cfg(feature = "parquet")]
            Form::Parquet(pages) => pages.heading(names),
        }
    }

    /// A row.
    pub(crate) fn row(&mut self, cells: &[&str]) -> Result<()> {
        match &mut self.0 {
            Form::Csv(lines) => lines.row(cells),
            #[cfg(feature = "parquet")]
            Form::Parquet(pages) => pages.row(cells),
        }
    }

    /// All that was written is in the file.
    pub(crate) fn finish(self) -> Result<()> {
        match self.0 {
            Form::Csv(lines) => lines.finish(),
            #[cfg(feature = "parquet")]
            Form::Parquet(pages) => pages.finish(),
        }
    }
}

/// So many bytes are written at a time.
const BUFFER: usize = 1 << 16;

/// Rows of several cells as CSV, as the crate `csv` writes them. A sweep writes millions of cells of which hardly one needs
/// quotes; that crate looks at each byte of them by a machine of states, which took longer than deciding.
struct Lines<'w> {
    out: &'w mut (dyn Write + Send),
    written: Vec<u8>,
}

impl Lines<'_> {
    fn row(&mut self, cells: &[&str]) -> Result<()> {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.written.push(b',');
            }
            if cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n')) {
                self.quoted(cell);
            } else {
                self.written.extend_from_slice(cell.as_bytes());
            }
        }
        self.written.push(b'\n');
        if self.written.len() < BUFFER {
            return Ok(());
        }
        self.out.write_all(&self.written)?;
        self.written.clear();
        Ok(())
    }

    fn quoted(&mut self, cell: &str) {
        self.written.push(b'"');
        for byte in cell.bytes() {
            if byte == b'"' {
                self.written.push(b'"');
            }
            self.written.push(byte);
        }
        self.written.push(b'"');
    }

    fn finish(self) -> Result<()> {
        self.out.write_all(&self.written)?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rows_are_written_as_the_crate_for_csv_writes_them(
            rows in proptest::collection::vec(proptest::collection::vec("[a\",;'# \r\n\t甲0.-]{0,6}", 3), 0..20),
        ) {
            let mut ours = vec![];
            let mut out = Out::csv(&mut ours);
            let mut theirs = csv::Writer::from_writer(vec![]);
            for row in &rows {
                let cells: Vec<&str> = row.iter().map(String::as_str).collect();
                out.row(&cells).expect("memory");
                theirs.write_record(&cells).expect("memory");
            }
            out.finish().expect("memory");
            prop_assert_eq!(ours, theirs.into_inner().expect("memory"));
        }
    }
}
