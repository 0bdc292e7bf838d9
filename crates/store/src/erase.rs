//! Erasing a person's parts, in four steps, each safe to be cut off after.

use std::collections::BTreeSet;
use std::sync::Arc;

use ledger::event::Event;
use ledger::id::{ContradictionId, Holder, OfficerId, Stream};
use ledger::matter::Hand;
use ledger::organisation::{ErasureBasis, OfficerEvent};
use ledger::organise;
use rusqlite::{Connection, OptionalExtension as _};

use crate::append::{Answer, Command};
use crate::error::{ChangeError, Stop, StoreFault};
use crate::holder;
use crate::keys::truncate;
use crate::load;
use crate::lock::ErasureLock;
use crate::read::Read;
use crate::sqlite::prepare;
use crate::{Inner, Store};

impl Store {
    /// Erases an officer's personal data that somebody asked to have erased; the command's actor approves. Refuses as
    /// `organise::approve_erasure` does. When this returns, no copy is left in the folder.
    pub fn erase(&self, command: Command, officer: OfficerId) -> Result<Answer, ChangeError> {
        let by = Hand { officer: command.actor, on_behalf: command.on_behalf };
        let work = move |read: &mut Read<'_>| {
            let organisation = read.organisation()?;
            let facts = Default::default();
            let basis = read.with_context(by, &facts, |context| organise::approve_erasure(officer, context))??;
            let person = organisation.officer(officer).and_then(|officer| officer.person_id());
            let Some(person) = person else { return Err(ledger::Refusal::NothingChanges.into()) };
            let parts = parts_of(read.connection, &Holder::Person(person))?;
            let erased = OfficerEvent::Erased { parts, basis, approver: by.officer };
            Ok(vec![(Stream::Officer(by.officer), Event::Officer(erased))])
        };
        self.carry_out_erasure(command, work)
    }

    /// Erases what somebody of the public said, and how to reach him, for whoever holds the receipt. Refuses as
    /// `Matter::taken_back` does. When this returns, no copy is left in the folder.
    pub fn take_back(&self, command: Command, id: ContradictionId) -> Result<Answer, ChangeError> {
        let by = Hand { officer: command.actor, on_behalf: command.on_behalf };
        let work = move |read: &mut Read<'_>| {
            let matter = read.contradicted(id)?.map(|matter| read.matter(matter)).transpose()?.flatten();
            let matter = matter.ok_or(ledger::Refusal::NothingChanges)?;
            let person = read.with_context(by, &Default::default(), |context| matter.taken_back(id, context))??;
            let parts = parts_of(read.connection, &Holder::Person(person))?;
            let erased = OfficerEvent::Erased { parts, basis: ErasureBasis::PersonAsked, approver: by.officer };
            Ok(vec![(Stream::Officer(by.officer), Event::Officer(erased))])
        };
        self.carry_out_erasure(command, work)
    }

    fn carry_out_erasure(
        &self,
        command: Command,
        work: impl FnMut(&mut Read<'_>) -> Result<Vec<(Stream, Event)>, Stop> + Send + 'static,
    ) -> Result<Answer, ChangeError> {
        let _alone = ErasureLock::alone(&self.inner.dir)?;
        let inner: Arc<Inner> = self.inner.clone();
        // One order for both: a change between them could write a part under the key that is about to die.
        self.between(move |writer| {
            let answer = match writer.carry_out_one(command, Box::new(work)) {
                Ok(answer) => answer,
                Err(error) => return Ok(Err(error)),
            };
            // At this point the erasure is on the record; a crash after this delays the rest until the next start.
            let finished = finish(&inner, &writer.connection);
            writer.folds.clear();
            finished?;
            // Sent again after a reader stood in the way, it gets here too.
            inner.keys.cut()?;
            truncate(&writer.connection)?;
            Ok(Ok(answer))
        })?
    }
}

/// Finishes on start what a crash cut short, and cuts off copies of what was erased that still lie beside the files.
pub(crate) fn finish_on_start(inner: &Inner, connection: &Connection) -> Result<(), StoreFault> {
    holder::destroy_erased(connection, &inner.keys)?;
    finish(inner, connection)?;
    let is_any: bool = prepare(connection, "SELECT EXISTS (SELECT 1 FROM erasure)")?.query_row([], |row| row.get(0))?;
    if is_any && let Err(fault) = inner.keys.cut().and_then(|()| truncate(connection)) {
        tracing::warn!(fault = fault.to_string(), "copies of what was erased may still lie in the folder");
    }
    Ok(())
}

/// Does what is left of every erasure on the record: keys first, then rows.
fn finish(inner: &Inner, connection: &Connection) -> Result<(), StoreFault> {
    let erasures: Vec<u64> = {
        let mut statement = prepare(connection, "SELECT idx FROM erasure ORDER BY idx")?;
        statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
    };
    let mut left: Vec<((u64, u16), u64)> = vec![];
    for idx in erasures {
        let Event::Officer(OfficerEvent::Erased { parts, .. }) = load::at(connection, &inner.keys, idx)?.event else {
            continue;
        };
        for place in parts {
            let mut statement = prepare(connection, "SELECT holder FROM part WHERE idx = $1 AND pos = $2")?;
            let holder: Option<u64> = statement.query_row(place, |row| row.get(0)).optional()?;
            left.extend(holder.map(|holder| (place, holder)));
        }
    }
    if left.is_empty() {
        return Ok(());
    }
    let holders: BTreeSet<u64> = left.iter().map(|(_, holder)| *holder).collect();
    for n in &holders {
        inner.keys.destroy(*n)?;
    }
    inner.erased();
    for n in &holders {
        if let Some(name) = holder::name(connection, *n)? {
            inner.drafts.forget(&name)?;
        }
    }
    // At this point the parts cannot be opened any more; a crash leaves rows that the next start takes away.
    connection.execute_batch("BEGIN IMMEDIATE")?;
    for (place, _) in &left {
        prepare(connection, "DELETE FROM part WHERE idx = $1 AND pos = $2")?.execute(*place)?;
    }
    for n in &holders {
        prepare(connection, "UPDATE holder SET name = NULL WHERE n = $1")?.execute([n])?;
    }
    connection.execute_batch("COMMIT")?;
    Ok(())
}

fn parts_of(connection: &Connection, holder: &Holder) -> Result<Vec<(u64, u16)>, StoreFault> {
    let sql = "SELECT idx, pos FROM part JOIN holder ON n = holder WHERE name = $1 ORDER BY idx, pos";
    let mut statement = prepare(connection, sql)?;
    let rows = statement.query_map([holder.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
