//! Taking the rows in, a batch at a time, on a thread of its own: others write in between, and whoever started it may go.

use std::collections::HashSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::ops::Range;
use std::sync::Arc;

use ledger::id::{CommandId, Stream, UnitId};
use ledger::matter::Source;
use sha2::{Digest as _, Sha256};
use sources::workbook::{Entry, Piece};
use store::access::{Import, ImportState};
use store::{Appended, Command, ScratchReader, Stop, StoreFault};
use uuid::Uuid;

use super::check::{Repeats, Seen, events, is_new};
use super::names::Names;
use super::row::Lookup;
use super::{Settings, look, office_of};
use crate::App;
use crate::error::Problem;

/// Rows of one change: less than a tenth of a second of the one writer's time.
const BATCH: usize = 200;

/// Goes on with what was under way when the process ended.
pub fn resume(app: &Arc<App>) -> Result<(), Problem> {
    app.access.imports_running()?.into_iter().for_each(|import| start(app.clone(), import));
    Ok(())
}

/// Takes the import's rows in, unless that is under way already. Answers at once.
pub fn start(app: Arc<App>, import: Import) {
    let mut running = app.imports.running.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if !running.insert(import.id) {
        return;
    }
    drop(running);
    let id = import.id;
    let for_thread = app.clone();
    let spawned = std::thread::Builder::new().name("import".into()).spawn(move || {
        let app = for_thread;
        let _ending = Ending { app: &app, id };
        let moved = match run(&app, &import) {
            Ok(()) => app.access.move_import(id, &[ImportState::Running], ImportState::Done, import.total),
            Err(problem) => {
                tracing::error!(import.id = %id, error = ?problem, "an import stopped");
                app.access.move_import(id, &[ImportState::Running], ImportState::Stopped, import.total)
            }
        };
        if let Err(fault) = moved {
            tracing::error!(import.id = %id, error = %fault, "how an import ended was not kept");
        }
    });
    if let Err(error) = spawned {
        tracing::error!(import.id = %id, %error, "an import was not started");
        Ending { app: &app, id };
    }
}

/// The import is no longer under way, however its thread ends.
struct Ending<'a> {
    app: &'a App,
    id: Uuid,
}

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        let mut running = self.app.imports.running.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        running.remove(&self.id);
    }
}

fn run(app: &App, import: &Import) -> Result<(), Problem> {
    let settings: Settings = serde_json::from_str(&import.settings).map_err(Problem::fault)?;
    let office = app.store.read(|read| office_of(read, import.officer))?.ok_or(Problem::NotFound)?;
    let mut rows = Rows::spill(app, import, &settings, office)?;
    let settings = Arc::new(settings);
    let (mut done, mut opened, mut is_first) = (0, import.opened, true);
    while let Some((count, batch)) = rows.next()? {
        let range = done..done + count;
        done = range.end;
        // What was done before a stop; a batch done twice is answered from the record.
        if range.end <= import.done {
            continue;
        }
        let officer = import.officer;
        let any_new = app.store.read(|read| -> Result<bool, StoreFault> {
            for entry in &batch {
                if is_new(read, officer, entry, office)? {
                    return Ok(true);
                }
            }
            Ok(false)
        })?;
        // The first may be on the record and not be noted: what it opened is counted from its answer.
        if std::mem::take(&mut is_first) || any_new {
            opened += take(app, import, range, batch, settings.clone())?;
        }
        // At this point the batch is on the record; a crash after this only shows it as not done yet.
        app.access.advance_import(import.id, done, opened)?;
    }
    Ok(())
}

/// Takes one batch in. Gives how many matters it opened.
fn take(
    app: &App,
    import: &Import,
    range: Range<u64>,
    batch: Vec<Entry>,
    settings: Arc<Settings>,
) -> Result<u64, Problem> {
    let (dataset, officer) = (import.id, import.officer);
    let answer = app.store.change(command(import, &range), move |read| {
        let organisation = read.organisation()?;
        let office = office_of(read, officer)?.ok_or(StoreFault::Malformed("the office of an import"))?;
        let names = Names::of(&organisation);
        let mut lookup =
            Lookup { organisation: &organisation, today: read.today(), names, settings: &settings, office };
        let mut all = vec![];
        for entry in &batch {
            let source = Source::Dataset { dataset, row: u64::from(entry.row) };
            all.extend(events(read, officer, entry, &mut lookup, source)?);
        }
        Ok::<_, Stop>(all)
    })?;
    let is_opened = |event: &&Appended| event.n == 1 && matches!(event.stream, Stream::Matter(_));
    Ok(answer.events.iter().filter(is_opened).count() as u64)
}

/// The rows that are taken up, sealed on disk until they are: no more than a batch of them lies in memory.
struct Rows {
    file: BufReader<ScratchReader>,
    /// Those whose number another has too: they count, and nothing is made of them.
    twice: HashSet<u32>,
}

impl Rows {
    fn spill(app: &App, import: &Import, settings: &Settings, office: UnitId) -> Result<Self, Problem> {
        let mut file = app.store.scratch()?;
        let (mut seen, mut twice, mut failed) = (Seen::default(), HashSet::new(), None);
        let mut write = |entry: &Entry| -> Result<(), serde_json::Error> {
            serde_json::to_writer(&mut file, entry)?;
            file.write_all(b"\n").map_err(serde_json::Error::io)
        };
        let turn = app.imports.turn();
        look(app, import, &settings.entries(), &mut |piece| {
            let Piece::Entry(entry) = piece else { return };
            if entry.left.is_some() || failed.is_some() {
                return;
            }
            match seen.before(&entry, office) {
                Some(Repeats::Words(_)) => return,
                Some(Repeats::Number(first)) => twice.extend([first, entry.row]),
                None => {}
            }
            failed = write(&entry).err();
        })?;
        drop(turn);
        failed.map_or(Ok(()), |error| Err(Problem::fault(error)))?;
        let file = file.reader().map_err(Problem::fault)?;
        Ok(Self { file: BufReader::new(file), twice })
    }

    /// The next batch, and how many rows it stands for; none after the last.
    fn next(&mut self) -> Result<Option<(u64, Vec<Entry>)>, Problem> {
        let (mut batch, mut line): (Vec<Entry>, _) = (vec![], vec![]);
        while batch.len() < BATCH && self.file.read_until(b'\n', &mut line).map_err(Problem::fault)? > 0 {
            batch.push(serde_json::from_slice(&line).map_err(Problem::fault)?);
            line.clear();
        }
        let count = batch.len() as u64;
        batch.retain(|entry| !self.twice.contains(&entry.row));
        Ok(Some((count, batch)).filter(|(count, _)| *count > 0))
    }
}

/// The command of a batch: the same whenever and by whomever it is carried out.
fn command(import: &Import, rows: &Range<u64>) -> Command {
    let hash = |prefix: &str| {
        let mut hash = Sha256::new_with_prefix(prefix);
        hash.update(import.id.as_bytes());
        hash.update(rows.start.to_be_bytes());
        hash.update(rows.end.to_be_bytes());
        hash
    };
    let id: [u8; 32] = hash("luoshi/import batch/v2").finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&id[..16]);
    let mut request = hash("luoshi/import request/v2");
    request.update(&import.sha256);
    request.update(&import.settings);
    Command {
        id: CommandId(uuid::Builder::from_custom_bytes(bytes).into_uuid()),
        actor: import.officer,
        on_behalf: None,
        request: request.finalize().into(),
        expects: vec![],
    }
}

/// How many rows an import takes up: those that are entries and do not repeat another.
pub fn taken(checked: &[super::Checked]) -> u64 {
    let is_taken = |row: &&super::Checked| !matches!(row.fate, super::Fate::Left(_) | super::Fate::Same { .. });
    checked.iter().filter(is_taken).count() as u64
}
