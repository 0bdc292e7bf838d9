//! `GET /matters/export.xlsx`, `GET /matters/export.csv`: what is seen in the list, whole, with the same filter in the
//! same order. Written piece by piece: neither the workbook nor the text ever lies in memory whole.

use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};

use axum::extract::State;
use civil::Date;
use ledger::audience::sees;
use ledger::id::{MatterId, OfficerId};
use ledger::matter::{Matter, State as Standing};
use rust_xlsxwriter::{DocProperties, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use store::access::{ReadKind, Reading};

use crate::App;
use crate::error::Problem;
use crate::frame::{Answer, Frame};
use crate::import::excel;
use crate::pages::matters::asked::Asked;
use crate::query::{Pairs, Query};
use crate::read_log::if_confined;
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::stream::{self, Pipe};
use crate::texts::Text;
use crate::who::Who;

/// A workbook's media type.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// At most so many matters in one file.
const ROWS_MAX: usize = 100_000;
/// Matters read at once, in one consistent state.
const PIECE: usize = 200;

/// So many pieces are read at the same time.
const READING: usize = 2;

/// What a column holds: the tail of its heading's message id, and how wide it is.
const COLUMNS: &[(&str, f64)] = &[
    ("number", 12.0),
    ("state", 12.0),
    ("state-code", 11.0),
    ("kind", 14.0),
    ("directive", 60.0),
    ("source", 30.0),
    ("criterion", 40.0),
    ("lead", 24.0),
    ("supervising", 24.0),
    ("due", 12.0),
    ("original-due", 12.0),
    ("days-late", 9.0),
    ("outcome", 12.0),
    ("method", 16.0),
    ("cleared-on", 12.0),
];

/// A cell of an export.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Value {
    Nothing,
    Words(String),
    Day(Date),
    Days(i64),
}

/// What is seen, as a workbook.
pub async fn xlsx(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Query(pairs): Query<Pairs>,
) -> Answer {
    send(app, &frame, officer, pairs, ("xlsx", XLSX), workbook).await
}

/// What is seen, as delimited text.
pub async fn csv(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Query(pairs): Query<Pairs>,
) -> Answer {
    send(app, &frame, officer, pairs, ("csv", "text/csv; charset=utf-8; header=present"), delimited).await
}

/// Sends a file while it is written.
async fn send(
    app: Arc<App>,
    frame: &Frame,
    officer: OfficerId,
    pairs: Vec<(String, String)>,
    (ending, kind): (&str, &'static str),
    write: fn(&Pages, &mut Pipe) -> Result<(), Problem>,
) -> Answer {
    Asked::check_names(&pairs)?;
    let turn = app.sending.turn(officer).await?;
    let said = frame.clone();
    let (ids, organisation, today) = app
        .read_at_length(move |read| {
            let organisation = read.organisation()?;
            let asked = Asked::read(pairs, &Who::new(&said, organisation.clone()));
            if let Some(invalid) = asked.form.errors().first() {
                return Err(Problem::Invalid(invalid.clone()));
            }
            let filter = asked.filter();
            Ok((read.matter_ids(Some(officer), &filter, asked.sort(), ROWS_MAX)?, organisation, read.today()))
        })
        .await?;
    let text: Text = (**frame).clone();
    let pages = Pages {
        who: Who::new(&text, organisation),
        folder: app.store.dir().to_owned(),
        kind: ReadKind::List,
        app,
        officer,
        ids,
        text,
        today,
    };
    stream::file(turn, &format!("matters-{today}.{ending}"), kind, move |pipe| write(&pages, pipe))
}

/// What is written, and in which words.
pub(crate) struct Pages {
    pub(crate) app: Arc<App>,
    pub(crate) officer: OfficerId,
    pub(crate) ids: Vec<MatterId>,
    pub(crate) text: Text,
    pub(crate) who: Who,
    pub(crate) today: Date,
    pub(crate) folder: PathBuf,
    /// As what it is noted that a matter of a circle is in it.
    pub(crate) kind: ReadKind,
}

/// Rows that were read together, and what must be noted before they are written.
struct Piece {
    rows: Vec<Vec<Value>>,
    confined: Vec<Reading>,
}

impl Pages {
    fn headings(&self) -> Vec<String> {
        COLUMNS.iter().map(|(name, _)| self.text.word("export", name)).collect()
    }

    /// Every matter as a row, a piece at a time, noted before it is written where only a circle knows it. While one piece
    /// is written the next are read.
    fn each(&self, mut row: impl FnMut(Vec<Value>) -> Result<(), Problem>) -> Result<(), Problem> {
        std::thread::scope(|scope| {
            let mut hands = vec![];
            for first in 0..READING {
                let (read, taken) = mpsc::sync_channel(1);
                scope.spawn(move || {
                    let mut pieces = self.ids.chunks(PIECE).skip(first).step_by(READING).map(|piece| self.piece(piece));
                    // Where nobody takes a piece any more, no other is read.
                    pieces.all(|piece| read.send(piece).is_ok())
                });
                hands.push(taken);
            }
            for hand in (0..READING).cycle().take(self.ids.chunks(PIECE).len()) {
                let Piece { rows, confined } = hands[hand].recv().map_err(Problem::fault)??;
                if !confined.is_empty() {
                    self.app.access.note_read(own_hand(self.officer), &confined).map_err(Problem::fault)?;
                }
                rows.into_iter().try_for_each(&mut row)?;
            }
            Ok(())
        })
    }

    /// Matters as rows. What was hidden from the reader since the list was made stays hidden.
    fn piece(&self, ids: &[MatterId]) -> Result<Piece, Problem> {
        self.app.store.read_at_length(|read| {
            let organisation = read.organisation()?;
            let mut piece = Piece { rows: Vec::with_capacity(ids.len()), confined: vec![] };
            for id in ids {
                let matter = read.matter(*id)?;
                let seen = matter.filter(|matter| sees(&organisation, Some(self.officer), matter, read.today()));
                piece.confined.extend(seen.iter().filter_map(|matter| if_confined(self.kind, matter)));
                piece.rows.extend(seen.map(|matter| self.row(&matter)));
            }
            Ok(piece)
        })
    }

    fn row(&self, matter: &Matter) -> Vec<Value> {
        let words = |text: Option<&ledger::Text>| text.map_or(Value::Nothing, |text| Value::Words(text.to_string()));
        let day = |day: Option<Date>| day.map_or(Value::Nothing, Value::Day);
        let cleared_on = match &matter.state {
            Standing::Cleared(_, _, clearing) => Some(clearing.on),
            Standing::Opened
            | Standing::Assigned
            | Standing::UnderWay { .. }
            | Standing::Reported(_)
            | Standing::Verified(..)
            | Standing::Withdrawn { .. } => None,
        };
        let until = cleared_on.or(Some(self.today).filter(|_| matter.is_open()));
        let late = until.zip(matter.due).map_or(0, |(until, due)| due.until(until).map_or(0, |span| span.get_days()));
        let opened = matter.text.open();
        let erased = || Value::Words(self.text.text("matter-erased").to_string());
        vec![
            Value::Words(matter.number.to_string()),
            Value::Words(self.text.state(&matter.state.kind())),
            Value::Words(matter.state.kind().code().to_owned()),
            Value::Words(self.text.kind(&matter.kind)),
            opened.map_or_else(erased, |text| Value::Words(text.quote.to_string())),
            words(opened.and_then(|text| text.source.as_ref())),
            words(matter.criterion.open().map(|text| &text.criterion)),
            matter.lead.map_or(Value::Nothing, |lead| Value::Words(self.who.party(&lead))),
            matter.supervising.map_or(Value::Nothing, |unit| Value::Words(self.who.unit(&unit))),
            day(matter.due),
            day(matter.original_due),
            if late > 0 { Value::Days(late.into()) } else { Value::Nothing },
            matter.state.report().map_or(Value::Nothing, |r| Value::Words(self.text.outcome(r.outcome.kind()))),
            matter.state.verification().map_or(Value::Nothing, |v| Value::Words(self.text.method(v.method))),
            day(cleared_on),
        ]
    }
}

fn workbook(pages: &Pages, pipe: &mut Pipe) -> Result<(), Problem> {
    let mut workbook = Workbook::new();
    // Without it the library asks the machine's clock.
    let made = excel(pages.today).map_err(Problem::fault)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    workbook.set_tempdir(&pages.folder).map_err(Problem::fault)?;
    let sheet = workbook.add_worksheet_with_constant_memory().map_err(Problem::fault)?;
    head(pages, sheet).map_err(Problem::fault)?;
    let words = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let day = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top);
    let mut at = 0;
    pages.each(|row| {
        at += 1;
        let written: Result<(), XlsxError> = (0u16..).zip(row).try_for_each(|(column, value)| {
            match value {
                Value::Nothing => {}
                Value::Words(text) => {
                    sheet.write_string_with_format(at, column, text, &words)?;
                }
                Value::Day(date) => {
                    sheet.write_date_with_format(at, column, excel(date)?, &day)?;
                }
                Value::Days(count) => {
                    #[allow(clippy::cast_precision_loss, reason = "days of a calendar")]
                    sheet.write_number_with_format(at, column, count as f64, &words)?;
                }
            }
            Ok(())
        });
        written.map_err(Problem::fault)
    })?;
    workbook.save_to_writer(pipe).map_err(Problem::fault)
}

/// Everything that must stand before the first row: the writer never goes back.
fn head(pages: &Pages, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(pages.text.text("matters-title").to_string())?;
    sheet.set_freeze_panes(1, 1)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    for (column, (_, width)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(column, *width)?;
    }
    for (column, heading) in (0u16..).zip(pages.headings()) {
        sheet.write_string_with_format(0, column, heading, &bold)?;
    }
    Ok(())
}

fn delimited(pages: &Pages, pipe: &mut Pipe) -> Result<(), Problem> {
    delimited_head(pages, pipe)?;
    delimited_rows(pages, pipe)
}

/// The headings of a delimited text.
pub(crate) fn delimited_head(pages: &Pages, out: &mut dyn Write) -> Result<(), Problem> {
    // Excel takes a file for UTF-8 by this mark.
    out.write_all("\u{FEFF}".as_bytes()).map_err(Problem::fault)?;
    line(out, &pages.headings())
}

/// Every matter as a line of a delimited text.
pub(crate) fn delimited_rows(pages: &Pages, out: &mut dyn Write) -> Result<(), Problem> {
    pages.each(|row| {
        let said = |value| match value {
            Value::Nothing => String::new(),
            Value::Words(words) => words,
            Value::Day(day) => day.to_string(),
            Value::Days(count) => count.to_string(),
        };
        line(out, &row.into_iter().map(said).collect::<Vec<_>>())
    })
}

/// One line of RFC 4180.
pub(crate) fn line(out: &mut dyn Write, cells: &[String]) -> Result<(), Problem> {
    let line = cells.iter().map(|cell| field(cell)).collect::<Vec<_>>().join(",");
    out.write_all(line.as_bytes()).and_then(|()| out.write_all(b"\r\n")).map_err(Problem::fault)
}

/// One field of RFC 4180. What a spreadsheet would take for a formula gets an apostrophe before it.
pub(crate) fn field(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let defused = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    match is_formula || defused.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", defused.replace('"', "\"\"")),
        false => defused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_quoted_where_it_must_be_and_never_becomes_a_formula() {
        assert_eq!(field("修桥"), "修桥");
        assert_eq!(field("a, \"b\"\nc"), "\"a, \"\"b\"\"\nc\"");
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(field(formula), format!("\"'{formula}\""));
        }
    }
}
