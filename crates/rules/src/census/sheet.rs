//! A file of rows under one heading, cell by cell. What cannot be read is named by row and column.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;
use std::io::{BufReader, Read};

use csv::{ByteRecord, ReaderBuilder, StringRecord};

use super::flaws::{Flawed, Flaws};
use crate::diagnostic::nearest;
use crate::message::{Message, message};

/// A file of rows, and what it is called.
pub struct Table<'t> {
    /// Its path, as it was given.
    pub name: String,
    /// Its bytes.
    pub bytes: Box<dyn Read + 't>,
}

/// Remembers the last byte: a file that ends within a line was cut short. And how lines end, as far as it was read first.
struct Watched<'t> {
    inner: Box<dyn Read + 't>,
    last: u8,
    ends: Option<Ends>,
    /// Whether one of the quotation marks read so far stands without another.
    is_quoted: bool,
}

/// How lines end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// With a line feed.
    Usual,
    /// With a carriage return before it. The reader ends a row at the return, and counts lines at the feed: a row seems to
    /// begin in the line before its own.
    WithReturn,
    /// With a carriage return alone, as Macintoshes once did; lines cannot be counted then.
    ReturnOnly,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let bytes = &buffer[..read];
        if let Some(last) = bytes.last() {
            self.last = *last;
        }
        self.is_quoted ^= bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
        if self.ends.is_none() {
            // A return at the end may be half of the usual line end.
            let followed = &bytes[..read.saturating_sub(1)];
            self.ends = match bytes.iter().position(|byte| *byte == b'\n') {
                Some(at) if at > 0 && bytes[at - 1] == b'\r' => Some(Ends::WithReturn),
                Some(_) => Some(Ends::Usual),
                None if followed.contains(&b'\r') => Some(Ends::ReturnOnly),
                None => None,
            };
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
    /// The names of its columns; several may have none.
    pub headings: Vec<String>,
    /// Whether a row was left out because it cannot be read: what follows from that is not told.
    pub is_torn: bool,
    /// How many lines a row begins after the one that the reader names.
    after: u64,
    flaws: &'t RefCell<Flaws>,
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

    /// Whether no cell has anything in it.
    fn is_blank(&self) -> bool {
        match self {
            Record::Text(record) => record.iter().all(|cell| cell.trim().is_empty()),
            Record::Bytes(_) => false,
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

/// What a file is that begins so and is no table, and what to do.
fn no_table(first: &[u8]) -> Option<Message> {
    match first {
        [b'P', b'K', 3, 4] | [0xd0, 0xcf, 0x11, 0xe0] => Some(message!(
            "这是 Excel 工作簿（或压缩文件），不是 CSV；请在电子表格软件里另存为“CSV UTF-8（逗号分隔）”",
            "this is an Excel workbook (or an archive), and no CSV; in the spreadsheet, save it as \"CSV UTF-8 (comma delimited)\""
        )),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some(message!(
            "这是“Unicode 文本”（UTF-16），不是 UTF-8；请另存为“CSV UTF-8（逗号分隔）”",
            "this is \"Unicode text\" (UTF-16), and not UTF-8; save it as \"CSV UTF-8 (comma delimited)\""
        )),
        _ => None,
    }
}

impl<'t> Sheet<'t> {
    /// Reads the heading. What is malformed, now and in its rows, is written down among the flaws.
    pub fn open(table: Table<'t>, flaws: &'t RefCell<Flaws>) -> Result<Self, Flawed> {
        let Table { name: file, bytes: mut inner } = table;
        let whole = |what: Message| flaws.borrow_mut().add(&file, 0, "", || (what, None));
        let mut first = vec![];
        let read = (&mut inner).take(PARQUET.len() as u64).read_to_end(&mut first);
        read.map_err(|error| whole(unread(&error)))?;
        if first == PARQUET {
            return Self::parquet(file, first, inner, flaws);
        }
        if let Some(what) = no_table(&first) {
            return Err(whole(what));
        }
        let inner: Box<dyn Read + 't> = Box::new(std::io::Cursor::new(first).chain(inner));
        let watched = BufReader::with_capacity(1 << 16, Watched { inner, last: b'\n', ends: None, is_quoted: false });
        let mut csv = ReaderBuilder::new().has_headers(false).from_reader(watched);
        let mut record = ByteRecord::new();
        if !csv.read_byte_record(&mut record).map_err(|error| whole(unread(&error)))? {
            let what = message!("文件是空的；第一行要写列名", "the file is empty; its first row names its columns");
            return Err(whole(what));
        }
        if csv.get_ref().get_ref().ends == Some(Ends::ReturnOnly) {
            return Err(whole(message!(
                "各行以旧式 Mac 的回车符结尾；请另存为“CSV UTF-8（逗号分隔）”，不要选“CSV（Macintosh）”",
                "its lines end as on an old Macintosh; save it as \"CSV UTF-8 (comma delimited)\", and not as \"CSV (Macintosh)\""
            )));
        }
        let after = u64::from(csv.get_ref().get_ref().ends == Some(Ends::WithReturn));
        let (reader, empty) = (Reader::Csv(Box::new(csv)), ByteRecord::new().into());
        let mut sheet = Self { file, line: 1, headings: vec![], is_torn: false, after, flaws, reader, record: empty };
        let mut known = HashSet::new();
        for (at, field) in record.iter().enumerate() {
            let Ok(text) = std::str::from_utf8(field) else {
                return Err(sheet.row_wrong(|| {
                    message!(
                        "第{}列的列名不是 UTF-8；请把文件另存为“CSV UTF-8”",
                        "the heading of column {} is not UTF-8; save the file as \"CSV UTF-8\"",
                        at + 1
                    )
                }));
            };
            let heading = text.trim_start_matches('\u{feff}').trim().to_owned();
            let is_second = !heading.is_empty() && !known.insert(heading.clone());
            sheet.headings.push(heading);
            if is_second {
                return Err(sheet.wrong(at, || {
                    message!(
                        "有两列叫这个名字；请给其中一列改名，或去掉它",
                        "two columns are headed so; rename or take out one of them"
                    )
                }));
            }
        }
        match sheet.kept_apart() {
            None => Ok(sheet),
            Some(apart) => Err(sheet.whole(|| {
                message!(
                    "它用{}分隔单元格，请改用逗号保存",
                    "its cells are kept apart by {}: save it with commas",
                    apart
                )
            })),
        }
    }

    /// What keeps the cells apart, where that is no comma.
    fn kept_apart(&self) -> Option<Message> {
        match self.headings.as_slice() {
            [one] if one.contains(';') => Some(message!("分号", "semicolons")),
            [one] if one.contains('\t') => Some(message!("制表符", "tabs")),
            [one] if one.contains('，') => Some(message!("全角逗号", "full-width commas")),
            _ => None,
        }
    }

    #[cfg(feature = "parquet")]
    fn parquet(
        file: String,
        mut bytes: Vec<u8>,
        mut rest: Box<dyn Read + 't>,
        flaws: &'t RefCell<Flaws>,
    ) -> Result<Self, Flawed> {
        let whole = |what: Message| flaws.borrow_mut().add(&file, 0, "", || (what, None));
        rest.read_to_end(&mut bytes).map_err(|error| whole(unread(&error)))?;
        let cells = crate::parquet::Cells::open(bytes).map_err(whole)?;
        let headings = cells.headings.clone();
        let (reader, record) = (Reader::Parquet(Box::new(cells)), ByteRecord::new().into());
        Ok(Self { file, line: 0, headings, is_torn: false, after: 0, flaws, reader, record })
    }

    #[cfg(not(feature = "parquet"))]
    fn parquet(file: String, _: Vec<u8>, _: Box<dyn Read + 't>, flaws: &'t RefCell<Flaws>) -> Result<Self, Flawed> {
        let what = message!(
            "这是 Parquet 文件，而本 luoshi 构建时未含此功能；请用 `--features parquet` 构建，或另存为 CSV",
            "this is a Parquet file, and this luoshi was built without; build it with `--features parquet`, or save CSV"
        );
        Err(flaws.borrow_mut().add(&file, 0, "", || (what, None)))
    }

    /// The column that is headed so, in one language or the other; refused where there are two.
    pub fn find(&self, wanted: &[&str]) -> Result<Option<usize>, Flawed> {
        let is_wanted = |heading: &str| !heading.is_empty() && wanted.contains(&heading);
        let mut found = self.headings.iter().enumerate().filter(|(_, heading)| is_wanted(heading));
        let first = found.next();
        if let (Some((_, first)), Some((second, _))) = (first, found.next()) {
            return Err(self.wrong(second, || {
                message!(
                    "与 {first} 列是同一内容；请去掉一列",
                    "the column {first} is of the same; take out one of them"
                )
            }));
        }
        Ok(first.map(|(at, _)| at))
    }

    /// The same; refused where there is none. `alike` is what people often call it.
    pub fn need(&self, name: &str, chinese: &str, alike: &[&str]) -> Result<usize, Flawed> {
        if let Some(at) = self.find(&[name, chinese])? {
            return Ok(at);
        }
        let said = message!("（也可叫 `{chinese}`）", " (in Chinese `{chinese}`)");
        match self.headings.iter().find(|heading| alike.contains(&heading.as_str())) {
            Some(meant) => Err(self.whole(|| {
                message!(
                    "没有 `{chinese}` 列（英文 `{name}`）；如果 {meant} 就是它，请把列名改为 `{chinese}`",
                    "there is no column `{name}` (in Chinese `{chinese}`); if {meant} is it, head it `{name}`"
                )
            })),
            None => Err(self.absent(&[name, chinese], said)),
        }
    }

    /// That a column is not there, and which may be meant; `names` is what it may be called.
    pub fn absent(&self, names: &[&str], said: Message) -> Flawed {
        self.whole(|| {
            let headings = || self.headings.iter().map(String::as_str);
            let guess = names.iter().find_map(|name| nearest(name, headings()));
            let guess = guess.map(|guess| message!("；是不是 {guess:?} 列？", "; is {guess:?} meant to be it?"));
            let guess = guess.unwrap_or_default();
            let name = names.first().copied().unwrap_or_default();
            message!("没有 `{name}` 列{}{}", "there is no column `{name}`{}{}", said, guess)
        })
    }

    /// What is wrong with the file as a whole.
    pub fn whole(&self, what: impl FnOnce() -> Message) -> Flawed {
        self.wrong_in(0, "", what)
    }

    /// What is wrong with a cell of the row, or with a heading.
    pub fn wrong(&self, at: usize, what: impl FnOnce() -> Message) -> Flawed {
        let column = self.headings.get(at).map_or("", String::as_str);
        self.wrong_in(self.line, column, what)
    }

    /// What is wrong with the row as a whole.
    pub fn row_wrong(&self, what: impl FnOnce() -> Message) -> Flawed {
        self.wrong_in(self.line, "", what)
    }

    /// What is wrong with another row.
    pub fn wrong_in(&self, line: u64, column: &str, what: impl FnOnce() -> Message) -> Flawed {
        self.flaws.borrow_mut().add(&self.file, line, column, || (what(), None))
    }

    /// What is wrong with a cell, and what to do where a whole column is so.
    pub fn wrong_with(&self, at: usize, what: impl FnOnce() -> (Message, Option<Message>)) -> Flawed {
        let column = self.headings.get(at).map_or("", String::as_str);
        self.flaws.borrow_mut().add(&self.file, self.line, column, what)
    }

    /// The next row; false after the last. Rows that cannot be read are left out, and the sheet is torn.
    pub fn next(&mut self) -> Result<bool, Flawed> {
        loop {
            let read = match &mut self.reader {
                Reader::Csv(reader) => {
                    let mut record = std::mem::replace(&mut self.record, Record::Bytes(ByteRecord::new())).into_bytes();
                    let read = reader.read_byte_record(&mut record);
                    self.line = record.position().map_or(self.line, |position| position.line() + self.after);
                    self.record = record.into();
                    // The reader takes all that follows an open quotation mark for one cell.
                    if reader.is_done() && reader.get_ref().get_ref().is_quoted {
                        self.is_torn = true;
                        return Err(self.row_wrong(|| {
                            message!(
                                "有一个英文双引号没有成对，其后各行会被当作同一格；请补上另一个，或删去它",
                                "a quotation mark has no other, so all lines behind it count as one cell; add the other, or take it away"
                            )
                        }));
                    }
                    if reader.is_done() && reader.get_ref().get_ref().last != b'\n' {
                        self.is_torn = true;
                        return Err(self.row_wrong(|| {
                            message!(
                                "最后一行没有换行，文件可能被截断；请补全其余内容，或补上换行",
                                "the last row has no line end, so the file may be cut short; add the rest, or the line end"
                            )
                        }));
                    }
                    read
                }
                #[cfg(feature = "parquet")]
                Reader::Parquet(cells) => {
                    self.line += 1;
                    match cells.next() {
                        None => return Ok(false),
                        Some(Ok(row)) => {
                            self.record = ByteRecord::from(row).into();
                            return Ok(true);
                        }
                        Some(Err((column, what))) => {
                            self.is_torn = true;
                            let flawed = self.wrong_in(self.line, &column, || what);
                            // Of one cell it is said which; else no further row can be read.
                            if column.is_empty() {
                                return Err(flawed);
                            }
                            continue;
                        }
                    }
                }
            };
            match read {
                Ok(false) => return Ok(false),
                Ok(true) if self.record.is_blank() => {
                    self.row_wrong(|| {
                        message!(
                            "整行是空的；请在电子表格里删除这一行（不是清除内容）",
                            "the row is empty; in the spreadsheet, delete it (do not only clear it)"
                        )
                    });
                }
                Ok(true) => return Ok(true),
                Err(error) => {
                    self.is_torn = true;
                    let row = error.position().map_or(self.line, |position| position.line() + self.after);
                    let csv::ErrorKind::UnequalLengths { expected_len, len, .. } = *error.kind() else {
                        return Err(self.wrong_in(row, "", || unread(&error)));
                    };
                    self.wrong_in(row, "", || {
                        message!(
                            "有{len}个单元格，而列名有{expected_len}个；或多或少了一个逗号，或文件被截断",
                            "{len} cells, where the heading has {expected_len}; a comma too many or too few, or the file was cut short"
                        )
                    });
                }
            }
        }
    }

    /// A cell of the row, without blanks around it.
    pub fn field(&self, at: usize) -> Result<&str, Flawed> {
        let text = match &self.record {
            Record::Text(record) => record.get(at).unwrap_or_default(),
            Record::Bytes(record) => std::str::from_utf8(record.get(at).unwrap_or_default()).map_err(|_| {
                self.wrong(at, || {
                    message!(
                        "不是 UTF-8；请把文件另存为“CSV UTF-8”",
                        "this is not UTF-8; save the file as \"CSV UTF-8\""
                    )
                })
            })?,
        };
        let plain = |byte: Option<&u8>| byte.is_none_or(|byte| (b'!'..=b'~').contains(byte));
        let is_plain = plain(text.as_bytes().first()) && plain(text.as_bytes().last());
        Ok(if is_plain { text } else { text.trim() })
    }

    /// The same, where every row must have one.
    pub fn id(&self, at: usize) -> Result<&str, Flawed> {
        match self.field(at)? {
            "" => Err(self.wrong(at, || {
                let column = &self.headings[at];
                message!("每一行都要填写 {column}", "every row names its {column}")
            })),
            id => Ok(id),
        }
    }
}

/// What the system says that could not be read.
fn unread(error: &dyn fmt::Display) -> Message {
    message!("无法读取：{}", "cannot be read: {}", error)
}
