//! Taking the rows in, a batch at a time, on a thread of its own: others write in between, and whoever started it may go.

use std::sync::Arc;

use ledger::id::{CommandId, Stream};
use ledger::matter::Source;
use sha2::{Digest as _, Sha256};
use sources::workbook::Piece;
use store::access::{Import, ImportState};
use store::{Command, Stop, StoreFault};
use uuid::Uuid;

use super::check::{Seen, events};
use super::names::Names;
use super::row::Lookup;
use super::{Settings, look, office_of};
use crate::App;
use crate::error::Problem;

/// Rows of one change: some hundredths of a second of the one writer's time.
const BATCH: usize = 40;

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
    let (mut taken, mut seen) = (vec![], Seen::default());
    let turn = app.imports.turn();
    look(app, import, &settings.entries(), &mut |piece| {
        if let Piece::Entry(entry) = piece
            && entry.left.is_none()
            && seen.before(&entry, office).is_none()
        {
            taken.push(entry);
        }
    })?;
    drop(turn);
    let (taken, settings) = (Arc::new(taken), Arc::new(settings));
    let mut opened = import.opened;
    // What was done before a stop is a whole number of batches; a batch done twice is answered from the record.
    let first = usize::try_from(import.done).unwrap_or(usize::MAX) / BATCH;
    for batch in first..taken.len().div_ceil(BATCH) {
        let range = batch * BATCH..taken.len().min((batch + 1) * BATCH);
        let command = command(import, batch);
        let (rows, settings, of, officer) = (taken.clone(), settings.clone(), range.clone(), import.officer);
        let dataset = import.id;
        let answer = app.store.change(command, move |read| {
            let organisation = read.organisation()?;
            let office = office_of(read, officer)?.ok_or(StoreFault::Malformed("the office of an import"))?;
            let names = Names::of(&organisation);
            let mut lookup =
                Lookup { organisation: &organisation, today: read.today(), names, settings: &settings, office };
            let mut all = vec![];
            for entry in &rows[of.clone()] {
                let source = Source::Dataset { dataset, row: u64::from(entry.row) };
                all.extend(events(read, officer, entry, &mut lookup, source)?);
            }
            Ok::<_, Stop>(all)
        })?;
        opened += answer.events.iter().filter(|event| event.n == 1 && matches!(event.stream, Stream::Matter(_))).count()
            as u64;
        // At this point the batch is on the record; a crash after this only shows it as not done yet.
        app.access.advance_import(import.id, range.end as u64, opened)?;
    }
    Ok(())
}

/// The command of a batch: the same whenever and by whomever it is carried out.
fn command(import: &Import, batch: usize) -> Command {
    let hash = |prefix: &str| {
        let mut hash = Sha256::new_with_prefix(prefix);
        hash.update(import.id.as_bytes());
        hash.update((batch as u64).to_be_bytes());
        hash
    };
    let id: [u8; 32] = hash("luoshi/import batch/v1").finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&id[..16]);
    let mut request = hash("luoshi/import request/v1");
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
