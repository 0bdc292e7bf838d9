//! The one writer: takes what queued while the last commit synced, and commits it together.
//!
//! A command is decided before anything of it is written, so that a refusal leaves nothing behind; its events, leaves,
//! parts and projections join the batch's one transaction. Nothing is answered before that is synced. Where writing one
//! of them fails, the batch is taken back and each command carried out by itself.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};

use jiff::{SignedDuration, Timestamp};
use ledger::Invalid;
use ledger::event::{Encoded, Event, Meta};
use ledger::id::{CommandId, EventId, OfficerId, Stream};
use rusqlite::{Connection, OptionalExtension as _};
use sha2::{Digest as _, Sha256};
use tlog::{Frontier, Hash, leaf_hash};

use crate::Inner;
use crate::blob;
use crate::body::{Body, commitment, entry, rights_hex};
use crate::error::{ChangeError, Stop, StoreFault};
use crate::holder;
use crate::load::Recorded;
use crate::project;
use crate::read::{Folds, Kept, Read, new_id};
use crate::seal::{self, Place, SALT_BYTES};
use crate::sqlite::prepare;

/// At most so many commands in one transaction.
const BATCH_MAX: usize = 1_024;

/// Who wants what: the envelope of a change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Command {
    /// Sent twice, it is carried out once.
    pub id: CommandId,
    /// Who acts.
    pub actor: OfficerId,
    /// In whose place.
    pub on_behalf: Option<OfficerId>,
    /// SHA-256 of what is asked: the same id with another request is malformed.
    pub request: [u8; 32],
    /// Streams as the actor saw them.
    pub expects: Vec<(Stream, u64)>,
}

/// What came of a change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// Its events, in order.
    pub events: Vec<Appended>,
    /// It was carried out before; this is what was answered then.
    pub is_repeated: bool,
}

/// Where an event stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Appended {
    /// Its index in the log.
    pub idx: u64,
    /// Its stream.
    pub stream: Stream,
    /// Its version on the stream.
    pub n: u64,
}

/// What a change does: reads, and says which events follow. May be run again.
pub(crate) type Work = Box<dyn FnMut(&mut Read<'_>) -> Result<Vec<(Stream, Event)>, Stop> + Send>;

/// A change, and where its answer goes.
pub(crate) struct Change {
    pub(crate) command: Command,
    pub(crate) work: Work,
    pub(crate) answer: SyncSender<Result<Answer, ChangeError>>,
}

/// What the writer is asked.
pub(crate) enum Order {
    /// A change.
    Change(Change),
    /// Something between two batches, with the connection to itself.
    Between(Box<dyn FnOnce(&mut Writer) + Send>),
    /// No more.
    Stop,
}

/// The writer's own state; it lives on the writer's thread.
pub(crate) struct Writer {
    pub(crate) inner: Arc<Inner>,
    pub(crate) connection: Connection,
    pub(crate) folds: Folds,
    frontier: Frontier,
    last_at: Timestamp,
    rights: String,
    /// Told after every commit, so that a checkpoint follows.
    committed: Sender<()>,
}

/// Frontier and leaves of a batch that is not committed yet.
struct Batch {
    frontier: Frontier,
    leaves: Vec<Hash>,
    last_at: Timestamp,
}

/// What a command leads to.
enum Decided {
    /// It was carried out before.
    Before(Answer),
    /// These events follow, now.
    Follow(Vec<(Stream, Event)>, Timestamp),
}

/// A batch that could not be written.
enum Unwritten {
    /// Writing the command's rows failed.
    Spoilt(StoreFault),
    /// It was written, and not committed.
    NotCommitted(Arc<StoreFault>),
}

impl Writer {
    pub(crate) fn new(inner: Arc<Inner>, connection: Connection, committed: Sender<()>) -> Result<Self, StoreFault> {
        let (size, edge): (u64, Vec<u8>) =
            connection.query_row("SELECT size, frontier FROM head", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let frontier = Frontier::from_bytes(size, &edge).ok_or(StoreFault::Malformed("the head of the log"))?;
        let last_at = last_at(&connection)?.unwrap_or(Timestamp::MIN);
        let folds = Folds::of(Kept::shared());
        Ok(Self { inner, connection, folds, frontier, last_at, rights: rights_hex(), committed })
    }

    /// Serves orders until told to stop, or until nobody is left to give one.
    pub(crate) fn run(mut self, orders: &Receiver<Order>) {
        let mut put_off = None;
        loop {
            let order = match put_off.take() {
                Some(order) => Ok(order),
                None => orders.recv(),
            };
            match order {
                Err(_) | Ok(Order::Stop) => break,
                Ok(Order::Between(work)) => {
                    let done = catch_unwind(AssertUnwindSafe(|| work(&mut self)));
                    // Whoever waits for the answer is told by its absence; the next order finds the writer whole.
                    if done.is_err() || !self.connection.is_autocommit() {
                        self.take_back();
                    }
                }
                Ok(Order::Change(change)) => {
                    let mut batch = vec![change];
                    while batch.len() < BATCH_MAX {
                        match orders.try_recv() {
                            Ok(Order::Change(change)) => batch.push(change),
                            Ok(order @ (Order::Between(_) | Order::Stop)) => {
                                put_off = Some(order);
                                break;
                            }
                            Err(_) => break,
                        }
                    }
                    self.carry_out(batch);
                }
            }
        }
    }

    /// Carries out one command, alone.
    pub(crate) fn carry_out_one(&mut self, command: Command, work: Work) -> Result<Answer, ChangeError> {
        let (answer, answered) = mpsc::sync_channel(1);
        self.carry_out(vec![Change { command, work, answer }]);
        answered.recv().map_err(|_| StoreFault::Closed)?
    }

    /// Leaves whatever is under way, and lets go of what was folded from it.
    fn take_back(&mut self) {
        if !self.connection.is_autocommit()
            && let Err(error) = self.connection.execute_batch("ROLLBACK")
        {
            tracing::error!(error = error.to_string(), "what was under way could not be taken back");
        }
        self.folds.clear();
    }

    /// Carries out a batch, or ends the process: where that panics, whether it was committed is not known, and what
    /// stands in memory may differ from what stands on disk. The next start reads it again.
    fn carry_out(&mut self, orders: Vec<Change>) {
        if catch_unwind(AssertUnwindSafe(|| self.carry_out_whole(orders))).is_err() {
            tracing::error!("the writer failed between a batch and its answers; luoshi ends, start it again");
            std::process::abort();
        }
    }

    /// One transaction for all of them; every one is answered after it.
    fn carry_out_whole(&mut self, mut orders: Vec<Change>) {
        match self.carry_out_together(&mut orders) {
            Ok(outcomes) => {
                for (Change { answer, .. }, outcome) in orders.into_iter().zip(outcomes) {
                    let _ = answer.send(outcome);
                }
            }
            Err(unwritten) => {
                self.take_back();
                match unwritten {
                    // One of them stands in the others' way; which, they show by themselves.
                    Unwritten::Spoilt(_) if orders.len() > 1 => {
                        orders.into_iter().for_each(|order| self.carry_out_whole(vec![order]));
                    }
                    Unwritten::Spoilt(fault) => {
                        if let Some(Change { answer, .. }) = orders.pop() {
                            let _ = answer.send(Err(fault.into()));
                        }
                    }
                    Unwritten::NotCommitted(cause) => {
                        for Change { answer, .. } in orders {
                            let _ = answer.send(Err(StoreFault::NotCommitted(cause.clone()).into()));
                        }
                    }
                }
            }
        }
    }

    /// Decides, writes and commits. Gives the outcome of each, in order.
    fn carry_out_together(&mut self, orders: &mut [Change]) -> Result<Vec<Result<Answer, ChangeError>>, Unwritten> {
        let not_committed = |fault: StoreFault| Unwritten::NotCommitted(fault.into());
        let mut batch = Batch { frontier: self.frontier.clone(), leaves: vec![], last_at: self.last_at };
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| not_committed(error.into()))?;
        let mut outcomes = Vec::with_capacity(orders.len());
        for Change { command, work, .. } in orders {
            let decided = catch_unwind(AssertUnwindSafe(|| self.decide(command, work, &batch))).unwrap_or_else(|_| {
                // Whatever panicked may have folded half of something.
                self.folds.clear();
                Err(StoreFault::Panicked.into())
            });
            let outcome = match decided {
                Err(error) => Err(error),
                Ok(Decided::Before(answer)) => Ok(answer),
                Ok(Decided::Follow(events, now)) => {
                    let write = || self.write(command, events, now, &mut batch);
                    let written = catch_unwind(AssertUnwindSafe(write)).unwrap_or(Err(StoreFault::Panicked));
                    Ok(written.map_err(Unwritten::Spoilt)?)
                }
            };
            // A full disk or a failed read ends the whole transaction.
            if self.connection.is_autocommit() {
                let cause = match outcome {
                    Err(ChangeError::Fault(fault)) => fault,
                    Ok(_) | Err(_) => StoreFault::Malformed("the transaction, which ended by itself,"),
                };
                return Err(Unwritten::Spoilt(StoreFault::NotCommitted(cause.into())));
            }
            outcomes.push(outcome);
        }
        self.commit(&batch).map_err(not_committed)?;
        // At this point the batch is on stable storage; a crash after this only delays the answers and the
        // checkpoint, and a command sent again is answered from the record.
        self.frontier = batch.frontier;
        self.last_at = batch.last_at;
        self.inner.grow(&batch.leaves);
        let _ = self.committed.send(());
        Ok(outcomes)
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreFault> {
        prepare(&self.connection, "UPDATE head SET size = $1, frontier = $2")?
            .execute((batch.frontier.size(), batch.frontier.to_bytes()))?;
        self.connection.execute_batch("COMMIT")?;
        Ok(())
    }

    /// What the command leads to; writes nothing.
    fn decide(&mut self, command: &Command, work: &mut Work, batch: &Batch) -> Result<Decided, ChangeError> {
        if let Some(answer) = self.answered(command)? {
            return Ok(Decided::Before(answer));
        }
        let now = after((self.inner.clock)(), batch.last_at);
        let mut read = self.reading(now);
        for (stream, expected) in &command.expects {
            let (stream, expected) = (*stream, *expected);
            let found = read.version(stream)?;
            if found != expected {
                return Err(ChangeError::Stale { stream, expected, found });
            }
        }
        let events = work(&mut read)?;
        self.check_files(&events)?;
        Ok(Decided::Follow(events, now))
    }

    /// Refuses an event that names a file which does not lie there: the record never points at evidence it has not got.
    fn check_files(&self, events: &[(Stream, Event)]) -> Result<(), ChangeError> {
        for (_, event) in events {
            if let Some(file) = event.file()
                && !blob::is_there(&self.inner.dir, file)?
            {
                return Err(ChangeError::Invalid(Invalid::new("file", "file-gone")));
            }
        }
        Ok(())
    }

    /// Writes what was decided: events, leaves, parts, projections, and that the command was carried out.
    fn write(
        &mut self,
        command: &Command,
        events: Vec<(Stream, Event)>,
        now: Timestamp,
        batch: &mut Batch,
    ) -> Result<Answer, StoreFault> {
        let (inner, rights) = (self.inner.clone(), self.rights.clone());
        let mut read = self.reading(now);
        let mut recorded = Vec::with_capacity(events.len());
        for (stream, event) in events {
            let n = next_version(&mut read, stream, &recorded)?;
            let at = after(now, batch.last_at);
            batch.last_at = at;
            let id = EventId(new_id(at, &inner.random));
            let Command { id: cmd, actor, on_behalf, .. } = *command;
            let meta = Meta { id, n, at, actor, on_behalf, command: cmd };
            let idx = batch.frontier.size();
            let leaf = append(&read, &inner, &rights, idx, stream, &event, &meta)?;
            batch.frontier.push(leaf);
            batch.leaves.push(leaf);
            recorded.push(Recorded { idx, stream, meta, event });
        }
        project::take(&mut read, &recorded)?;
        let first = recorded.first().map_or(batch.frontier.size(), |recorded| recorded.idx);
        prepare(read.connection, "INSERT INTO command (id, request, first, count, at) VALUES ($1, $2, $3, $4, $5)")?
            .execute((command.id.0.as_bytes(), asked(command), first, recorded.len(), now.as_microsecond()))?;
        let place = |recorded: &Recorded| Appended { idx: recorded.idx, stream: recorded.stream, n: recorded.meta.n };
        Ok(Answer { events: recorded.iter().map(place).collect(), is_repeated: false })
    }

    /// What was answered when the command came first. Errors: `Invalid` if it asked for something else then, or if
    /// somebody else sent it.
    fn answered(&self, command: &Command) -> Result<Option<Answer>, ChangeError> {
        let mut statement = prepare(&self.connection, "SELECT request, first, count FROM command WHERE id = $1")?;
        let row: Option<([u8; 32], u64, u64)> = statement
            .query_row([command.id.0.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()
            .map_err(StoreFault::from)?;
        let Some((request, first, count)) = row else { return Ok(None) };
        if request != asked(command) {
            return Err(ChangeError::Invalid(Invalid::new("command", "command-used")));
        }
        let sql = "SELECT idx, stream, n FROM event WHERE idx >= $1 AND idx < $1 + $2 ORDER BY idx";
        let mut statement = prepare(&self.connection, sql)?;
        let rows = statement.query_map((first, count), |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?)));
        let mut events = vec![];
        for row in rows.map_err(StoreFault::from)? {
            let (idx, stream, n) = row.map_err(StoreFault::from)?;
            let stream = stream.parse().map_err(|_| StoreFault::corrupt(idx, "its stream is malformed"))?;
            events.push(Appended { idx, stream, n });
        }
        Ok(Some(Answer { events, is_repeated: true }))
    }

    fn reading(&mut self, now: Timestamp) -> Read<'_> {
        Read {
            connection: &self.connection,
            keys: &self.inner.keys,
            folds: &mut self.folds,
            random: &self.inner.random,
            now,
            today: now.to_zoned_datetime(self.inner.zone.clone()).date(),
            seen: BTreeMap::new(),
            drawn: BTreeMap::new(),
            seen_as: None,
        }
    }
}

/// What makes two commands of one id the same: who acts, in whose place, and what is asked.
fn asked(command: &Command) -> [u8; 32] {
    let on_behalf = command.on_behalf.map_or([0; 16], |officer| *officer.0.as_bytes());
    Sha256::new()
        .chain_update("luoshi/command/v1\0")
        .chain_update(command.actor.0.as_bytes())
        .chain_update(on_behalf)
        .chain_update(command.request)
        .finalize()
        .into()
}

/// When the newest event was committed; none before the first.
pub(crate) fn last_at(connection: &Connection) -> Result<Option<Timestamp>, StoreFault> {
    let sql = "SELECT body FROM event ORDER BY idx DESC LIMIT 1";
    let last: Option<Vec<u8>> = connection.query_row(sql, [], |row| row.get(0)).optional()?;
    Ok(last.and_then(|bytes| Body::parse(&bytes)?.meta()).map(|meta| meta.at))
}

/// `now`, or a microsecond after `last` where the clock stood still or went back.
fn after(now: Timestamp, last: Timestamp) -> Timestamp {
    let next = last.checked_add(SignedDuration::from_micros(1)).unwrap_or(now);
    let now = Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now);
    now.max(next)
}

fn next_version(read: &mut Read<'_>, stream: Stream, before: &[Recorded]) -> Result<u64, StoreFault> {
    match before.iter().rev().find(|recorded| recorded.stream == stream) {
        Some(recorded) => Ok(recorded.meta.n + 1),
        None => Ok(read.version(stream)? + 1),
    }
}

/// Writes one event, its leaf and its parts. Gives the leaf's hash.
fn append(
    read: &Read<'_>,
    inner: &Inner,
    rights: &str,
    idx: u64,
    stream: Stream,
    event: &Event,
    meta: &Meta,
) -> Result<Hash, StoreFault> {
    let Encoded { kind, data, parts } = event.encode(stream);
    let mut sealed = Vec::with_capacity(parts.len());
    for (pos, (holder, part)) in (0u16..).zip(&parts) {
        let mut salted = vec![0; SALT_BYTES];
        (inner.random)(&mut salted);
        let part =
            ledger::encode::canonical(part).map_err(|_| StoreFault::corrupt(idx, "a part has no canonical form"))?;
        salted.extend_from_slice(&part);
        sealed.push(commitment(&salted));
        let (n, key) = holder::find_or_make(read.connection, &inner.keys, holder)?;
        let row = seal::seal(&key, &Place { event: meta.id, pos, holder }, &salted, &inner.random)?;
        prepare(read.connection, "INSERT INTO part (idx, pos, holder, nonce, ct) VALUES ($1, $2, $3, $4, $5)")?
            .execute((idx, pos, n, row.nonce, row.ct))?;
    }
    let body = Body {
        v: 1,
        id: meta.id,
        stream,
        n: meta.n,
        kind,
        at: meta.at.as_microsecond(),
        actor: meta.actor,
        on_behalf: meta.on_behalf,
        cmd: meta.command,
        rights: rights.to_owned(),
        data,
        sealed,
    };
    let bytes = body.bytes().map_err(|_| StoreFault::corrupt(idx, "the body has no canonical form"))?;
    let mut salt = [0; 32];
    (inner.random)(&mut salt);
    let entry = entry(&salt, &bytes);
    prepare(read.connection, "INSERT INTO event (idx, id, stream, n, salt, body) VALUES ($1, $2, $3, $4, $5, $6)")?
        .execute((idx, meta.id.0.as_bytes(), stream.to_string(), meta.n, salt, &bytes))?;
    prepare(read.connection, "INSERT INTO leaf (idx, entry) VALUES ($1, $2)")?.execute((idx, &entry))?;
    Ok(leaf_hash(&entry))
}
