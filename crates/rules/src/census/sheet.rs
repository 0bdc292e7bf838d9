//! A file of rows under one heading, cell by cell. What cannot be read is named by row and column.

use std::fmt;
use std::io::{BufReader, Read};

use csv::{ByteRecord, ReaderBuilder, StringRecord};

use crate::diagnostic::{nearest, shortened};
use crate::message::{Message, message};
use crate::wording::Language;

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
    pub what: Message,
}

impl Malformed {
    /// What is wrong with a file as a whole.
    pub(crate) fn whole(file: &str, what: Message) -> Self {
        Self { file: file.to_owned(), row: 0, column: String::new(), what }
    }

    /// Where and what, in one language.
    pub fn told(&self, language: Language) -> String {
        let Self { file, row, column, what } = self;
        let row = match row {
            0 => Message::default(),
            row => message!("，第{row}行", ", row {row}"),
        };
        let column = match column.as_str() {
            "" => Message::default(),
            column => message!("，{column} 列", ", column {column}"),
        };
        let told = message!("{file}{}{}：{}", "{file}{}{}: {}", row, column, what.clone());
        shortened(told.told(language))
    }
}

/// In English, as errors are in logs.
impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Language::En))
    }
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

/// The rows of a file, one after the other.
pub(crate) struct Sheet<'t> {
    /// Which file.
    pub file: String,
    /// The line of the row that was read last.
    pub line: u64,
    /// The names of its columns.
    pub headings: Vec<String>,
    reader: Reader<'t>,
    record: Record,
}

/// The cells of a row. They are looked through once for what is no UTF-8; only a row that has some is held as bytes.
enum Record {
    Text(StringRecord),
    Bytes(ByteRecord),
}

impl Record {
    fn into_bytes(self) -> ByteRecord {
        match self {
            Record::Text(record) => record.into_byte_record(),
            Record::Bytes(record) => record,
        }
    }
}

impl From<ByteRecord> for Record {
    fn from(record: ByteRecord) -> Self {
        match StringRecord::from_byte_record(record) {
            Ok(record) => Record::Text(record),
            Err(error) => Record::Bytes(error.into_byte_record()),
        }
    }
}

/// Whence the rows come.
enum Reader<'t> {
    Csv(Box<csv::Reader<BufReader<Watched<'t>>>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<crate::parquet::Cells>),
}

/// With what a Parquet file begins.
const PARQUET: &[u8] = b"PAR1";

impl<'t> Sheet<'t> {
    /// Reads the heading.
    pub fn open(table: Table<'t>) -> Result<Self, Malformed> {
        let Table { name: file, bytes: mut inner } = table;
        let mut first = vec![];
        let read = (&mut inner).take(PARQUET.len() as u64).read_to_end(&mut first);
        read.map_err(|error| Malformed::whole(&file, unread(&error)))?;
        if first == PARQUET {
            return Self::parquet(file, first, inner);
        }
        let inner: Box<dyn Read + 't> = Box::new(std::io::Cursor::new(first).chain(inner));
        let watched = BufReader::with_capacity(1 << 16, Watched { inner, last: b'\n' });
        let mut csv = ReaderBuilder::new().has_headers(false).from_reader(watched);
        let mut record = ByteRecord::new();
        if !csv.read_byte_record(&mut record).map_err(|error| unreadable(&file, &error))? {
            let what = message!("文件是空的；第一行要写列名", "the file is empty; its first row names its columns");
            return Err(Malformed::whole(&file, what));
        }
        let mut sheet = Self {
            file,
            line: 1,
            headings: vec![],
            reader: Reader::Csv(Box::new(csv)),
            record: ByteRecord::new().into(),
        };
        for (at, field) in record.iter().enumerate() {
            let Ok(text) = std::str::from_utf8(field) else {
                let what = message!(
                    "第{}列的列名不是 UTF-8；请把文件另存为“CSV UTF-8”",
                    "the heading of column {} is not UTF-8; save the file as \"CSV UTF-8\"",
                    at + 1
                );
                return Err(sheet.wrong("", what));
            };
            let heading = text.trim_start_matches('\u{feff}').trim().to_owned();
            if sheet.headings.contains(&heading) {
                let what = message!(
                    "有两列叫这个名字；请给其中一列改名，或去掉它",
                    "two columns are headed so; rename or take out one of them"
                );
                return Err(sheet.wrong(&heading, what));
            }
            sheet.headings.push(heading);
        }
        Ok(sheet)
    }

    #[cfg(feature = "parquet")]
    fn parquet(file: String, mut bytes: Vec<u8>, mut rest: Box<dyn Read + 't>) -> Result<Self, Malformed> {
        rest.read_to_end(&mut bytes).map_err(|error| Malformed::whole(&file, unread(&error)))?;
        let cells = crate::parquet::Cells::open(bytes).map_err(|what| Malformed::whole(&file, what))?;
        let headings = cells.headings.clone();
        Ok(Self { file, line: 0, headings, reader: Reader::Parquet(Box::new(cells)), record: ByteRecord::new().into() })
    }

    #[cfg(not(feature = "parquet"))]
    fn parquet(file: String, _: Vec<u8>, _: Box<dyn Read + 't>) -> Result<Self, Malformed> {
        let what = message!(
            "这是 Parquet 文件，而本 luoshi 构建时未含此功能；请用 `--features parquet` 构建，或另存为 CSV",
            "this is a Parquet file, and this luoshi was built without; build it with `--features parquet`, or save CSV"
        );
        Err(Malformed::whole(&file, what))
    }

    /// The column that is headed so, in one language or the other; refused where there are two.
    pub fn find(&self, wanted: &[&str]) -> Result<Option<usize>, Malformed> {
        let mut found = self.headings.iter().enumerate().filter(|(_, heading)| wanted.contains(&heading.as_str()));
        let first = found.next();
        if let (Some((_, first)), Some((_, second))) = (first, found.next()) {
            let what = message!(
                "与 {first} 列是同一内容；请去掉一列",
                "the column {first} is of the same; take out one of them"
            );
            return Err(self.wrong(second, what));
        }
        Ok(first.map(|(at, _)| at))
    }

    /// The same; refused where there is none.
    pub fn need(&self, name: &str, chinese: &str) -> Result<usize, Malformed> {
        let said = message!("（也可叫 `{chinese}`）", "");
        self.find(&[name, chinese])?.ok_or_else(|| self.absent(name, said))
    }

    /// That a column is not there, and which may be meant.
    pub fn absent(&self, name: &str, said: Message) -> Malformed {
        let guess = nearest(name, self.headings.iter().map(String::as_str));
        let apart = match self.headings.as_slice() {
            [one] if one.contains(';') => Some(message!("分号", "semicolons")),
            [one] if one.contains('\t') => Some(message!("制表符", "tabs")),
            _ => None,
        };
        let guess = match (apart, guess) {
            (Some(apart), _) => {
                message!(
                    "；它用{}分隔单元格，请改用逗号保存",
                    "; its cells are kept apart by {}: save it with commas",
                    apart
                )
            }
            (None, Some(guess)) => message!("；是不是 {guess:?} 列？", "; is {guess:?} meant to be it?"),
            (None, None) => Message::default(),
        };
        Malformed::whole(&self.file, message!("没有 `{name}` 列{}{}", "there is no column `{name}`{}{}", said, guess))
    }

    /// What is wrong with the row.
    pub fn wrong(&self, column: &str, what: Message) -> Malformed {
        Malformed { file: self.file.clone(), row: self.line, column: column.to_owned(), what }
    }

    /// The next row; false after the last.
    pub fn next(&mut self) -> Result<bool, Malformed> {
        match &mut self.reader {
            Reader::Csv(reader) => {
                let mut record = std::mem::replace(&mut self.record, Record::Bytes(ByteRecord::new())).into_bytes();
                let any = reader.read_byte_record(&mut record).map_err(|error| unreadable(&self.file, &error))?;
                self.line = record.position().map_or(self.line, csv::Position::line);
                self.record = record.into();
                if reader.is_done() && reader.get_ref().get_ref().last != b'\n' {
                    let what = message!(
                        "最后一行没有换行，文件可能被截断；请补全其余内容，或补上换行",
                        "the last row has no line end, so the file may be cut short; add the rest, or the line end"
                    );
                    return Err(self.wrong("", what));
                }
                Ok(any)
            }
            #[cfg(feature = "parquet")]
            Reader::Parquet(cells) => {
                self.line += 1;
                match cells.next() {
                    None => Ok(false),
                    Some(Ok(row)) => {
                        self.record = ByteRecord::from(row).into();
                        Ok(true)
                    }
                    Some(Err((column, what))) => Err(self.wrong(&column, what)),
                }
            }
        }
    }

    /// A cell of the row, without blanks around it.
    pub fn field(&self, at: usize) -> Result<&str, Malformed> {
        let text = match &self.record {
            Record::Text(record) => record.get(at).unwrap_or_default(),
            Record::Bytes(record) => std::str::from_utf8(record.get(at).unwrap_or_default()).map_err(|_| {
                let column = self.headings.get(at).map_or("", String::as_str);
                let what = message!(
                    "不是 UTF-8；请把文件另存为“CSV UTF-8”",
                    "this is not UTF-8; save the file as \"CSV UTF-8\""
                );
                self.wrong(column, what)
            })?,
        };
        let plain = |byte: Option<&u8>| byte.is_none_or(|byte| (b'!'..=b'~').contains(byte));
        let is_plain = plain(text.as_bytes().first()) && plain(text.as_bytes().last());
        Ok(if is_plain { text } else { text.trim() })
    }

    /// The same, where every row must have one; `column` is what it is called in messages.
    pub fn id(&self, at: usize, column: &str) -> Result<&str, Malformed> {
        match self.field(at)? {
            "" => Err(self.wrong(column, message!("每一行都要填写 {column}", "every row names its {column}"))),
            id => Ok(id),
        }
    }
}

fn unreadable(file: &str, error: &csv::Error) -> Malformed {
    let row = error.position().map_or(0, csv::Position::line);
    let what = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            message!(
                "有{len}个单元格，而列名有{expected_len}个；或多或少了一个逗号，或文件被截断",
                "{len} cells, where the heading has {expected_len}; a comma too many or too few, or the file was cut short"
            )
        }
        _ => unread(error),
    };
    Malformed { row, ..Malformed::whole(file, what) }
}

/// What the system says that could not be read.
fn unread(error: &dyn fmt::Display) -> Message {
    message!("无法读取：{}", "cannot be read: {}", error)
}
