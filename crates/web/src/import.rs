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
use sources::workbook::{Entry, Field, Header, Left, Lines, Mapping, Workbook, entries, header};
use store::access::{AccessFault, Import};
use store::{Read, StoreFault};
use uuid::Uuid;

use crate::App;
use crate::error::Problem;
use crate::reading::Unread;
use crate::record::own_hand;
use crate::texts::Lang;

pub use check::check;
pub use job::{resume, start, taken};
pub(crate) use remarks::excel;
pub use remarks::{said, write_with_remarks};

/// Reads a workbook's bytes; the binary lets a limited process do it.
pub type WorkbookReader = Arc<dyn Fn(&[u8], sources::workbook::Kind) -> Result<Workbook, Unread> + Send + Sync>;

/// At most so many workbooks are kept in memory.
const KEPT: usize = 3;
/// What was checked is checked anew after so long.
const FRESH: SignedDuration = SignedDuration::from_secs(60);

/// Reads a workbook in this process.
pub fn read_here(bytes: &[u8], kind: sources::workbook::Kind) -> Result<Workbook, Unread> {
    sources::workbook::read(bytes, kind).map_err(|unreadable| unread(unreadable.code()))
}

/// The tail of the message id for a workbook that `sources` does not read.
pub fn unread(code: &str) -> Unread {
    let codes = [
        ("empty", "file-empty"),
        ("too-large", "workbook-too-large"),
        ("bomb", "workbook-bomb"),
        ("damaged", "workbook-damaged"),
        ("locked", "workbook-locked"),
        ("entities", "workbook-entities"),
        ("mis-encoded", "workbook-mis-encoded"),
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
    NoSuchDay(String),
    /// The deadline names no single day; it is kept in words.
    OpenDue(String),
    /// Not assigned, since these are not given.
    Missing(Vec<Field>),
    /// Not assigned, since the rules say no.
    NotAssigned(Refusal),
    /// A formula failed.
    Failed(Field),
    /// There is no matter of this number, or none that the clerk may see.
    NoSuchMatter(String),
}

/// A row, checked against the record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    /// Its number as the sheet shows it.
    pub row: u32,
    /// The beginning of its directive.
    pub words: String,
    /// What becomes of it.
    pub fate: Fate,
    /// Why, and what is worth saying.
    pub remarks: Vec<Remark>,
}

/// A workbook as it was read and is being looked at.
pub struct Looked {
    /// Its sheets.
    pub workbook: Workbook,
    /// The headings of each.
    pub headers: Vec<Header>,
}

impl Looked {
    /// The sheet to begin with: the visible one whose headings say most.
    pub fn best_sheet(&self) -> usize {
        let known = |at: &usize| {
            let fields = Mapping::guess(&self.headers[*at]).columns.iter().flatten().count();
            let is_visible = !self.workbook.sheets[*at].is_hidden;
            (is_visible && fields > 1, fields, std::cmp::Reverse(*at))
        };
        (0..self.headers.len()).max_by_key(known).unwrap_or(0)
    }

    /// The rows below the headings, by these settings. Errors: `Invalid` where merged cells make too much of them.
    pub fn entries(&self, settings: &Settings) -> Result<Vec<Entry>, Problem> {
        let at = settings.sheet.min(self.headers.len().saturating_sub(1));
        let (Some(sheet), Some(header)) = (self.workbook.sheets.get(at), self.headers.get(at)) else {
            return Ok(vec![]);
        };
        let lines = Lines { is_1904: self.workbook.is_1904, year: settings.year, takes_hidden: settings.takes_hidden };
        entries(sheet, header, &settings.mapping, lines)
            .map_err(|_| Problem::Invalid(ledger::Invalid::new("file", "workbook-too-large")))
    }
}

/// Everything a page says of an import.
#[derive(Clone)]
pub struct View {
    /// The workbook.
    pub looked: Arc<Looked>,
    /// How it is read.
    pub settings: Settings,
    /// Its rows.
    pub checked: Arc<Vec<Checked>>,
}

struct Kept {
    id: Uuid,
    looked: Arc<Looked>,
    checked: Option<(Import, Timestamp, Arc<Vec<Checked>>)>,
}

/// What is being worked on: workbooks that were read, and imports under way.
#[derive(Default)]
pub struct Desk {
    kept: Mutex<VecDeque<Kept>>,
    running: Mutex<HashSet<Uuid>>,
}

impl Desk {
    fn kept(&self) -> MutexGuard<'_, VecDeque<Kept>> {
        self.kept.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Whether the import is under way in this process.
    pub fn is_running(&self, id: Uuid) -> bool {
        self.running.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).contains(&id)
    }

    /// Keeps a workbook that was just read; the one looked at longest ago goes.
    pub fn keep(&self, id: Uuid, looked: Arc<Looked>) {
        let mut kept = self.kept();
        kept.retain(|one| one.id != id);
        kept.push_front(Kept { id, looked, checked: None });
        kept.truncate(KEPT);
    }
}

/// Under whose key the file of an import lies.
pub fn holder(id: Uuid) -> Holder {
    Holder::Document(DocumentId(id))
}

impl From<AccessFault> for Problem {
    fn from(fault: AccessFault) -> Self {
        Problem::fault(fault)
    }
}

/// The workbook of an import; read again from its sealed file where it is not in memory. Blocks. Errors: `NotFound`
/// once the file has gone, a day after it came.
pub fn look(app: &App, import: &Import) -> Result<Arc<Looked>, Problem> {
    if let Some(kept) = app.imports.kept().iter().find(|kept| kept.id == import.id) {
        return Ok(kept.looked.clone());
    }
    let mut reader = app.store.blob_reader(&holder(import.id), import.file)?.ok_or(Problem::NotFound)?;
    let mut bytes = vec![];
    while let Some(chunk) = reader.next_chunk()? {
        bytes.extend_from_slice(&chunk);
    }
    let looked = read_bytes(app, &import.name, &bytes)?;
    app.imports.keep(import.id, looked.clone());
    Ok(looked)
}

/// Reads a file's bytes by its name's ending. Blocks. Errors: `Invalid` on `file`.
pub fn read_bytes(app: &App, name: &str, bytes: &[u8]) -> Result<Arc<Looked>, Problem> {
    let invalid = |code| Problem::Invalid(ledger::Invalid::new("file", code));
    let kind = sources::workbook::Kind::of(name).ok_or(invalid("workbook-kind"))?;
    let workbook = (app.workbooks)(bytes, kind).map_err(|unread| match unread {
        Unread::File(code) => invalid(code),
        Unread::Fault(what) => Problem::fault(what),
    })?;
    let headers = workbook.sheets.iter().map(header).collect();
    Ok(Arc::new(Looked { workbook, headers }))
}

/// The import with its rows checked against the record as it stands, or stood a moment ago. Blocks.
pub fn view(app: &App, import: &Import) -> Result<View, Problem> {
    let looked = look(app, import)?;
    let settings: Settings = serde_json::from_str(&import.settings).map_err(Problem::fault)?;
    let now = app.now();
    let is_fresh = |(known, at, _): &&(Import, Timestamp, Arc<Vec<Checked>>)| {
        known.settings == import.settings && known.state == import.state && now.duration_since(*at) < FRESH
    };
    let kept = app.imports.kept().iter().find(|kept| kept.id == import.id).and_then(|kept| kept.checked.clone());
    if let Some((_, _, checked)) = kept.as_ref().filter(is_fresh) {
        return Ok(View { looked, settings, checked: checked.clone() });
    }
    let rows = looked.entries(&settings)?;
    let officer = import.officer;
    let checked = app.store.read(|read| check(read, officer, &rows, &settings))?;
    let checked = Arc::new(checked);
    if let Some(kept) = app.imports.kept().iter_mut().find(|kept| kept.id == import.id) {
        kept.checked = Some((import.clone(), app.now(), checked.clone()));
    }
    Ok(View { looked, settings, checked })
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
