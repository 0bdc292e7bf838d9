//! What stands beside the events, in the order of the log: no part, leaf or command without its event.

use std::iter::Peekable;
use std::vec::IntoIter;

use ledger::id::CommandId;
use rusqlite::{Connection, OptionalExtension as _};

use super::{VerifyError, failed};
use crate::body::Body;

/// Rows read at once.
const PAGE: u32 = 4_096;

/// Goes along with the walk over the events, a page of rows at a time.
pub(super) struct Rest<'a> {
    connection: &'a Connection,
    parts: Peekable<IntoIter<(i64, i64)>>,
    /// The command that the events before came from, and where and when they began.
    run: Option<Run>,
    /// Commands that have events, as far as seen.
    commands: u64,
}

/// Events that came from one command.
struct Run {
    command: CommandId,
    first: u64,
    count: u64,
    at: i64,
}

impl<'a> Rest<'a> {
    pub(super) fn new(connection: &'a Connection) -> Result<Self, VerifyError> {
        let mut rest = Self { connection, parts: vec![].into_iter().peekable(), run: None, commands: 0 };
        rest.turn((i64::MIN, i64::MIN))?;
        Ok(rest)
    }

    pub(super) fn check(&mut self, idx: u64, body: &Body) -> Result<(), VerifyError> {
        let (at, count) = (i64::try_from(idx).unwrap_or(i64::MAX), body.sealed.len() as u64);
        while let Some(place) = self.parts.peek().copied().filter(|(place, _)| *place <= at) {
            if place.0 != at || u64::try_from(place.1).is_ok_and(|pos| pos >= count) || place.1 < 0 {
                return Err(surplus(place));
            }
            self.parts.next();
            if self.parts.peek().is_none() {
                self.turn(place)?;
            }
        }
        match &mut self.run {
            Some(run) if run.command == body.cmd => run.count += 1,
            Some(_) | None => {
                self.end_run()?;
                self.run = Some(Run { command: body.cmd, first: idx, count: 1, at: body.at });
            }
        }
        Ok(())
    }

    /// At the end of the walk over `size` events: nothing may be left.
    pub(super) fn end(mut self, connection: &Connection, size: u64) -> Result<(), VerifyError> {
        if let Some(place) = self.parts.next() {
            return Err(surplus(place));
        }
        self.end_run()?;
        let leaf: Option<i64> = connection
            .query_row("SELECT idx FROM leaf WHERE idx < 0 OR idx >= ?1 ORDER BY idx LIMIT 1", [size], |row| row.get(0))
            .optional()?;
        if let Some(idx) = leaf {
            return Err(failed(u64::try_from(idx).ok(), None, "there is a leaf, and no event"));
        }
        let commands: u64 =
            connection.query_row("SELECT count(*) FROM command WHERE count <> 0", [], |row| row.get(0))?;
        match commands == self.commands {
            true => Ok(()),
            false => Err(failed(None, None, "the table of commands names one that no event came from")),
        }
    }

    /// What is kept of a command must be the events that came from it: sent again, it is answered with them.
    fn end_run(&mut self) -> Result<(), VerifyError> {
        let Some(Run { command, first, count, at }) = self.run.take() else { return Ok(()) };
        let mut statement = self.connection.prepare_cached("SELECT first, count, at FROM command WHERE id = ?1")?;
        let kept: Option<(u64, u64, i64)> = statement
            .query_row([command.0.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        self.commands += 1;
        match kept {
            Some(kept) if kept == (first, count, at) => Ok(()),
            Some(_) => Err(failed(Some(first), None, "its command is kept with other events")),
            None => Err(failed(Some(first), None, "its command is not kept")),
        }
    }

    /// The next page of parts after a place.
    fn turn(&mut self, after: (i64, i64)) -> Result<(), VerifyError> {
        let sql = "SELECT idx, pos FROM part WHERE (idx, pos) > (?1, ?2) ORDER BY idx, pos LIMIT ?3";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map((after.0, after.1, PAGE), |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.parts = rows.collect::<Result<Vec<_>, _>>()?.into_iter().peekable();
        Ok(())
    }
}

fn surplus((idx, pos): (i64, i64)) -> VerifyError {
    failed(u64::try_from(idx).ok(), u16::try_from(pos).ok(), "is a part that no event has")
}
