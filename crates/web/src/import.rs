//! The office's existing ledger on its way in: read, checked against the record row by row, and taken in through the same
//! acts as the forms. Nothing here decides a rule; it asks `ledger` and says what came of it.

mod check;
mod job;
mod names;
mod remarks;
mod row;

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use jiff::{SignedDuration, Timestamp};
use ledger::Refusal;
use ledger::act::ActKind;
use ledger::id::{DocumentId, Holder, Number, OfficerId, UnitId};
use ledger::matter::Kind;
use ledger::organisation::{Function, Organisation};
use ledger::party::Party;
use ledger::rights::{self, Thing};
use serde::{Deserialize, Serialize};
use sources::workbook::{self, Field, Left, Lines, Mapping, Outline, Piece};
use store::access::Import;
use store::{Read, StoreFault};
use uuid::Uuid;

use crate::App;
use crate::error::Problem;
use crate::reading::Unread;
use crate::record::own_hand;
use crate::texts::Lang;

use check::Check;
pub use job::{resume, start, taken};
pub(crate) use remarks::excel;
pub use remarks::{Remarked, said};

/// Reads a workbook's bytes: gives what is wanted of it piece by piece, and answers with its outline. The binary lets a
/// limited process do it. What was given counts only once the answer is there.
pub type WorkbookReader = Arc<
    dyn Fn(&[u8], sources::workbook::Kind, &workbook::Wanted, &mut dyn FnMut(Piece)) -> Result<Outline, Unread>
        + Send
        + Sync,
>;

/// What came of so many rows is kept in memory, over all imports; of the last one looked at in any case.
const KEPT_ROWS: usize = 150_000;
/// What was checked is checked anew after so long.
const FRESH: SignedDuration = SignedDuration::from_secs(60);

/// Reads a workbook in this process.
pub fn read_here(
    bytes: &[u8],
    kind: sources::workbook::Kind,
    wanted: &workbook::Wanted,
    take: &mut dyn FnMut(Piece),
) -> Result<Outline, Unread> {
    let mut outline = None;
    let read = workbook::read_pieces(bytes, kind, wanted, |found| outline = Some(found), take);
    read.map_err(|unreadable| unread(unreadable.code()))?;
    outline.ok_or_else(|| Unread::Fault("a workbook was read without an outline".into()))
}

/// The tail of the message id for a workbook that `sources` does not read.
pub fn unread(code: &str) -> Unread {
    let codes = [
        ("empty", "file-empty"),
        ("too-large", "workbook-too-large"),
        ("bomb", "workbook-bomb"),
        ("cell-too-long", "workbook-cell-too-long"),
        ("damaged", "workbook-damaged"),
        ("locked", "workbook-locked"),
        ("entities", "workbook-entities"),
        ("mis-encoded", "workbook-mis-encoded"),
        ("too-much", "workbook-too-much"),
    ];
    match codes.iter().find(|(known, _)| *known == code) {
        Some((_, tail)) => Unread::File(tail),
        None => Unread::Fault(format!("the reader answered {code:?}")),
    }
}

/// Whom the rows' matters are shown to where no column says so.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spread {
    /// Every officer.
    Office,
    /// The units of each row.
    Units,
}

/// How a workbook is read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Settings {
    /// Which sheet, from 0.
    pub sheet: usize,
    /// What its columns are taken for.
    pub mapping: Mapping,
    /// The year of deadlines that name none.
    pub year: Option<i16>,
    /// Hidden rows are taken too.
    pub takes_hidden: bool,
    /// The supervising unit where no column gives it.
    pub supervising: Option<UnitId>,
    /// The kind where no column gives it.
    pub kind: Kind,
    /// Who may know where no column says so.
    pub spread: Spread,
    /// The language in which words of ours are put on the record: the clerk's.
    pub lang: String,
}

impl Settings {
    /// The clerk's language.
    pub fn lang(&self) -> Lang {
        Lang::parse(&self.lang).unwrap_or(Lang::ZhHans)
    }

    /// The rows below the headings, by these settings.
    pub fn entries(&self) -> workbook::Wanted {
        let lines = Lines { is_1904: false, year: self.year, takes_hidden: self.takes_hidden };
        workbook::Wanted::Entries { sheet: self.sheet, mapping: self.mapping.clone(), lines }
    }
}

/// What becomes of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It will be opened; and assigned, where `assigns`.
    Add {
        /// Whether everything an assignment takes is there.
        assigns: bool,
        /// How many units support it: a sub-matter each.
        parts: usize,
    },
    /// It is there; with its number where the clerk may see it.
    There(Option<Number>),
    /// It is there and differs.
    Changed(Number, Vec<Difference>),
    /// It says the same as a row above it.
    Same {
        /// That row.
        row: u32,
    },
    /// It cannot be taken in; the remarks say why.
    Refused,
    /// It is no entry.
    Left(Left),
}

impl Fate {
    /// The code it goes by in addresses and message ids.
    pub fn code(&self) -> &'static str {
        match self {
            Fate::Add { .. } => "add",
            Fate::There(_) => "there",
            Fate::Changed(..) => "changed",
            Fate::Same { .. } | Fate::Left(_) => "left",
            Fate::Refused => "refused",
        }
    }
}

/// The codes of all fates, in the order a page counts them.
pub const FATES: [&str; 5] = ["add", "there", "changed", "refused", "left"];

/// Where a row and the record differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// In what.
    pub field: Field,
    /// What the record says.
    pub there: There,
    /// What the row says.
    pub here: String,
}

/// What the record says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum There {
    /// Nothing.
    Nothing,
    /// Words.
    Words(String),
    /// Somebody.
    Party(Party),
    /// A day.
    Day(civil::Date),
}

/// What is wrong with a row, or worth saying of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Remark {
    /// A field is malformed: the tail of a message id `invalid-<code>`.
    Invalid(Field, &'static str),
    /// Nobody is called so.
    Unknown {
        /// In which field.
        field: Field,
        /// What the cell says.
        words: String,
        /// Who is called nearly so.
        near: Vec<String>,
    },
    /// Several are called so, or several are named where one leads.
    Several(Field, String),
    /// The deadline is a day that no calendar has.
    NoSuchDay {
        /// In which cell, as `H12`.
        cell: String,
        /// What the cell says.
        words: String,
    },
    /// The deadline's year has two digits.
    ShortYear {
        /// In which cell.
        cell: String,
        /// What the cell says.
        words: String,
    },
    /// The deadline names no single day; it is kept in words.
    OpenDue(String),
    /// Not assigned, since these are not given.
    Missing(Vec<Field>),
    /// Not assigned, since the rules say no.
    NotAssigned(Refusal),
    /// A formula failed, in this cell.
    Failed(Field, String),
    /// A formula's result was not saved, in this cell.
    Unsaved(Field, String),
    /// Another row has the same number and says something else.
    NumberTwice {
        /// The number.
        number: String,
        /// The other row.
        row: u32,
    },
    /// There is no matter of this number, or none that the clerk may see.
    NoSuchMatter(String),
}

/// A row, checked against the record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    /// Its number as the sheet shows it.
    pub row: u32,
    /// The beginning of its directive.
    pub words: Box<str>,
    /// What becomes of it.
    pub fate: Fate,
    /// Why, and what is worth saying.
    pub remarks: Vec<Remark>,
}

/// The sheet to begin with: the visible one whose headings say most.
pub fn best_sheet(outline: &Outline) -> usize {
    let known = |at: &usize| {
        let sheet = &outline.sheets[*at];
        let fields = Mapping::guess(&sheet.header).columns.iter().flatten().count();
        (!sheet.is_hidden && fields > 1, fields, std::cmp::Reverse(*at))
    };
    (0..outline.sheets.len()).max_by_key(known).unwrap_or(0)
}

/// Everything a page says of an import.
#[derive(Clone)]
pub struct View {
    /// The workbook.
    pub outline: Arc<Outline>,
    /// How it is read.
    pub settings: Settings,
    /// Its rows.
    pub checked: Arc<Vec<Checked>>,
}

struct Kept {
    import: Import,
    at: Timestamp,
    view: View,
}

/// What is being worked on: what was found in workbooks, and imports under way.
#[derive(Default)]
pub struct Desk {
    kept: Mutex<VecDeque<Kept>>,
    running: Mutex<HashSet<Uuid>>,
    /// One workbook is read at a time, whoever brings more: the process that reads may take much memory.
    reading: Mutex<()>,
}

impl Desk {
    fn kept(&self) -> MutexGuard<'_, VecDeque<Kept>> {
        self.kept.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Whether the import is under way in this process.
    pub fn is_running(&self, id: Uuid) -> bool {
        self.running.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).contains(&id)
    }

    /// Waits until no other workbook is being read; whoever reads one holds the turn meanwhile.
    pub fn turn(&self) -> MutexGuard<'_, ()> {
        self.reading.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn fresh(&self, import: &Import, now: Timestamp) -> Option<View> {
        let is_fresh = |kept: &&Kept| {
            kept.import.id == import.id
                && kept.import.settings == import.settings
                && kept.import.state == import.state
                && now.duration_since(kept.at) < FRESH
        };
        self.kept().iter().find(is_fresh).map(|kept| kept.view.clone())
    }

    /// Keeps what was just found; what was looked at longest ago goes.
    fn keep(&self, import: Import, view: View, at: Timestamp) {
        let mut kept = self.kept();
        kept.retain(|one| one.import.id != import.id);
        kept.push_front(Kept { import, at, view });
        let mut rows = 0;
        kept.retain(|one| {
            let is_first = rows == 0;
            rows += one.view.checked.len().max(1);
            is_first || rows <= KEPT_ROWS
        });
    }
}

/// Under whose key the file of an import lies.
pub fn holder(id: Uuid) -> Holder {
    Holder::Document(DocumentId(id))
}

/// What is wanted of the workbook of an import, read from its sealed file. Blocks. Errors: `NotFound` once the file has
/// gone, a day after it came.
pub fn look(
    app: &App,
    import: &Import,
    wanted: &workbook::Wanted,
    take: &mut dyn FnMut(Piece),
) -> Result<Outline, Problem> {
    let mut reader = app.store.blob_reader(&holder(import.id), import.file)?.ok_or(Problem::NotFound)?;
    let mut bytes = vec![];
    while let Some(chunk) = reader.next_chunk()? {
        bytes.extend_from_slice(&chunk);
    }
    read_bytes(app, &import.name, &bytes, wanted, take)
}

/// Reads a file's bytes by its name's ending. Blocks. Errors: `Invalid` on `file`.
pub fn read_bytes(
    app: &App,
    name: &str,
    bytes: &[u8],
    wanted: &workbook::Wanted,
    take: &mut dyn FnMut(Piece),
) -> Result<Outline, Problem> {
    let invalid = |code| Problem::Invalid(ledger::Invalid::new("file", code));
    let kind = workbook::Kind::of(name).ok_or(invalid("workbook-kind"))?;
    (app.workbooks)(bytes, kind, wanted, take).map_err(|unread| match unread {
        Unread::File(code) => invalid(code),
        Unread::Fault(what) => Problem::fault(what),
    })
}

/// The import with its rows checked against the record as it stands, or stood a moment ago. Blocks.
pub fn view(app: &App, import: &Import) -> Result<View, Problem> {
    if let Some(view) = app.imports.fresh(import, app.now()) {
        return Ok(view);
    }
    let _turn = app.imports.turn();
    // Whoever waited for the same workbook finds it read.
    if let Some(view) = app.imports.fresh(import, app.now()) {
        return Ok(view);
    }
    let settings: Settings = serde_json::from_str(&import.settings).map_err(Problem::fault)?;
    // Each row is checked as it is read, and let go: no more than what came of it is held.
    let (outline, checked) = app.store.read(|read| -> Result<_, Problem> {
        let organisation = read.organisation()?;
        let mut check = Check::begin(read, import.officer, &organisation, &settings)?;
        let outline = look(app, import, &settings.entries(), &mut |piece| check.take(piece))?;
        Ok((outline, check.end()?))
    })?;
    let view = View { outline: Arc::new(outline), settings, checked: Arc::new(checked) };
    app.imports.keep(import.clone(), view.clone(), app.now());
    Ok(view)
}

/// Whether the officer may take a ledger in: whoever may open matters. Errors: `NotPermitted`.
pub fn may_import(organisation: &Organisation, officer: OfficerId, today: civil::Date) -> Result<(), Refusal> {
    rights::may(own_hand(officer), ActKind::Open, &Thing::Office, organisation, today)
}

/// The office whose ledger it is: the officer's supervision office, or the unit in which he holds a post.
pub(crate) fn office_of(read: &mut Read<'_>, officer: OfficerId) -> Result<Option<UnitId>, StoreFault> {
    let (organisation, today) = (read.organisation()?, read.today());
    let units: Vec<UnitId> = organisation.posts_held(officer, today).iter().map(|post| post.unit).collect();
    let supervises = |id: &&UnitId| organisation.unit(**id).is_some_and(|unit| unit.function == Function::Supervision);
    Ok(units.iter().find(supervises).or(units.first()).copied())
}
