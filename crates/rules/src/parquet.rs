//! Parquet: a file's rows as the cells that a CSV of them would have, and rows into a file. Amounts are decimals and never
//! floating-point numbers.

use std::io::{Error, Result, Write};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use parquet::basic::Compression;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::Field;
use parquet::record::reader::RowIter;
use parquet::schema::parser::parse_message_type;

use crate::message::{Message, message};
use crate::value::exact;

/// So many rows stand together.
const GROUP_ROWS: usize = 1 << 16;

/// The rows of a file, one after the other.
pub(crate) struct Cells {
    rows: RowIter<'static>,
    /// The names of the columns.
    pub headings: Vec<String>,
}

impl Cells {
    /// Reads what the file says of itself.
    pub fn open(bytes: Vec<u8>) -> std::result::Result<Self, Message> {
        let reader = caught(|| SerializedFileReader::new(Bytes::from(bytes)))?;
        let columns = reader.metadata().file_metadata().schema_descr().columns().to_vec();
        if let Some(nested) = columns.iter().find(|column| column.path().parts().len() > 1) {
            return Err(message!(
                "{} 列嵌在另一列里；表的列不能嵌套",
                "the column {} lies within another; a table has flat columns",
                nested.path().string()
            ));
        }
        let headings = columns.iter().map(|column| column.name().to_owned()).collect();
        Ok(Self { rows: RowIter::from_file_into(Box::new(reader)), headings })
    }

    /// The cells of the next row; `None` after the last. Errors: which column, and what is wrong.
    pub fn next(&mut self) -> Option<std::result::Result<Vec<String>, (String, Message)>> {
        let row = match caught(|| self.rows.next().transpose()) {
            Ok(row) => row?,
            Err(what) => return Some(Err((String::new(), what))),
        };
        let cell = |(name, field): (&String, &Field)| cell(field).map_err(|what| (name.clone(), what));
        Some(row.get_column_iter().map(cell).collect())
    }
}

/// What the reader says, or that it gave up: it panics at some damaged pages. What it held is not asked again.
fn caught<T>(read: impl FnOnce() -> std::result::Result<T, ParquetError>) -> std::result::Result<T, Message> {
    match std::panic::catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|error| unreadable(message!("{error}", "{error}"))),
        Err(_) => Err(unreadable(message!("有一页损坏", "a page is damaged"))),
    }
}

fn unreadable(error: Message) -> Message {
    message!(
        "不能按 Parquet 读取（{}）；文件可能被截断，或压缩方式不是 Snappy",
        "cannot be read as Parquet ({}); it may be cut short, or compressed in another way than Snappy",
        error
    )
}

/// A value as a CSV has it.
fn cell(field: &Field) -> std::result::Result<String, Message> {
    Ok(match field {
        Field::Null => String::new(),
        Field::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Field::Byte(number) => number.to_string(),
        Field::Short(number) => number.to_string(),
        Field::Int(number) => number.to_string(),
        Field::Long(number) => number.to_string(),
        Field::UByte(number) => number.to_string(),
        Field::UShort(number) => number.to_string(),
        Field::UInt(number) => number.to_string(),
        Field::ULong(number) => number.to_string(),
        Field::Decimal(decimal) => {
            let bytes = decimal.data();
            if bytes.len() > 16 || decimal.scale() < 0 {
                return Err(message!("这个小数的位数太多，存不下", "a decimal of more digits than are held"));
            }
            // Big-endian, in two's complement.
            let negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
            let number = bytes.iter().fold(if negative { -1i128 } else { 0 }, |all, byte| all << 8 | i128::from(*byte));
            decimal_text(number, decimal.scale().unsigned_abs() as usize)
        }
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => match std::str::from_utf8(bytes.data()) {
            Ok(text) => text.to_owned(),
            Err(_) => return Err(message!("这些字节不是文本", "bytes that are no text")),
        },
        Field::Date(days) => {
            let apart = Duration::from_secs(u64::from(days.unsigned_abs()) * 86_400);
            let first = civil::day(1970, 1, 1);
            let day = first
                .and_then(|first| if *days < 0 { first.checked_sub(apart) } else { first.checked_add(apart) }.ok());
            day.ok_or_else(|| message!("超出历法的日期", "a day beyond the calendar"))?.to_string()
        }
        Field::Float(_) | Field::Double(_) | Field::Float16(_) => {
            return Err(message!(
                "浮点数不是确切的数额；请存为定点小数、整数或文本",
                "a floating-point number, which is no exact amount; store decimals, integers or text"
            ));
        }
        _ => {
            return Err(message!("事实表里不会有这种类型的值", "a value of a kind that no table of facts has"));
        }
    })
}

fn decimal_text(number: i128, scale: usize) -> String {
    let digits = format!("{:0>width$}", number.unsigned_abs(), width = scale + 1);
    let (whole, part) = digits.split_at(digits.len() - scale);
    let sign = if number < 0 { "-" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Rows on their way into a file.
pub(crate) struct Pages<'w> {
    out: Option<&'w mut (dyn Write + Send)>,
    writer: Option<SerializedFileWriter<&'w mut (dyn Write + Send)>>,
    columns: Vec<(Held, Vec<String>)>,
}

/// How a column is held.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Text,
    /// Fen, as a decimal of yuan.
    Yuan,
    Bits,
}

impl<'w> Pages<'w> {
    pub fn new(out: &'w mut (dyn Write + Send)) -> Self {
        Self { out: Some(out), writer: None, columns: vec![] }
    }

    pub fn heading(&mut self, names: &[&str]) -> Result<()> {
        let held = |name: &&str| match *name {
            name if name.ends_with("_yuan") => Held::Yuan,
            name if name.starts_with("conditions_") => Held::Bits,
            _ => Held::Text,
        };
        self.columns = names.iter().map(|name| (held(name), vec![])).collect();
        let column = |(name, held): (&&str, Held)| match held {
            Held::Text => format!("optional binary {name} (UTF8);"),
            Held::Yuan => format!("optional int64 {name} (DECIMAL(18, 2));"),
            Held::Bits => format!("optional int64 {name};"),
        };
        let columns: String = names.iter().map(|name| column((name, held(name)))).collect();
        let schema = parse_message_type(&format!("message rows {{ {columns} }}")).map_err(Error::other)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let out = self.out.take().ok_or_else(|| Error::other("a second heading"))?;
        self.writer =
            Some(SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(Error::other)?);
        Ok(())
    }

    pub fn row(&mut self, cells: &[&str]) -> Result<()> {
        for ((_, column), cell) in self.columns.iter_mut().zip(cells) {
            column.push((*cell).to_owned());
        }
        if self.columns.first().is_some_and(|(_, column)| column.len() == GROUP_ROWS) { self.group() } else { Ok(()) }
    }

    pub fn finish(mut self) -> Result<()> {
        if self.columns.first().is_some_and(|(_, column)| !column.is_empty()) {
            self.group()?;
        }
        if let Some(writer) = self.writer {
            writer.close().map_err(Error::other)?;
        }
        Ok(())
    }

    /// What was gathered, as one group of rows.
    fn group(&mut self) -> Result<()> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        let mut group = writer.next_row_group().map_err(Error::other)?;
        for (held, column) in &mut self.columns {
            let Some(mut into) = group.next_column().map_err(Error::other)? else { break };
            let present: Vec<i16> = column.iter().map(|cell| i16::from(!cell.is_empty())).collect();
            let known = column.iter().filter(|cell| !cell.is_empty());
            let written = match into.untyped() {
                ColumnWriter::ByteArrayColumnWriter(typed) => {
                    let values: Vec<ByteArray> = known.map(|cell| ByteArray::from(cell.as_str())).collect();
                    typed.write_batch(&values, Some(&present), None)
                }
                ColumnWriter::Int64ColumnWriter(typed) => {
                    let values: Result<Vec<i64>> = known.map(|cell| number(*held, cell)).collect();
                    typed.write_batch(&values?, Some(&present), None)
                }
                _ => return Err(Error::other("a column of another kind than was declared")),
            };
            written.map_err(Error::other)?;
            into.close().map_err(Error::other)?;
            column.clear();
        }
        group.close().map_err(Error::other)?;
        Ok(())
    }
}

/// The integer that a cell of ours stands for.
fn number(held: Held, cell: &str) -> Result<i64> {
    let number = match held {
        Held::Yuan => crate::census::digits(cell).and_then(|(units, scale)| exact(units, scale, 100)),
        Held::Bits | Held::Text => cell.parse().ok(),
    };
    number.ok_or_else(|| Error::other(format!("{cell:?} is no number of its column")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_written_out() {
        assert_eq!(decimal_text(189_450, 2), "1894.50");
        assert_eq!(decimal_text(-5, 2), "-0.05");
        assert_eq!(decimal_text(7, 0), "7");
    }
}
