//! Events out of their rows: body parsed, parts opened.

use ledger::event::{Event, Meta, Part};
use ledger::id::{Holder, Stream};
use rusqlite::{Connection, Row};

use crate::body::Body;
use crate::error::StoreFault;
use crate::keys::Keys;
use crate::seal::{self, Place};
use crate::sqlite::prepare;

/// An event as it stands on the record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recorded {
    /// Its index in the log.
    pub idx: u64,
    /// The stream it stands on.
    pub stream: Stream,
    /// What the record knows of it.
    pub meta: Meta,
    /// What happened.
    pub event: Event,
}

/// A row of `event`, before its parts are opened.
pub(crate) struct EventRow {
    pub(crate) idx: u64,
    pub(crate) salt: Vec<u8>,
    pub(crate) bytes: Vec<u8>,
}

impl EventRow {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { idx: row.get(0)?, salt: row.get(1)?, bytes: row.get(2)? })
    }

    pub(crate) fn body(&self) -> Result<Body, StoreFault> {
        Body::parse(&self.bytes).ok_or_else(|| StoreFault::corrupt(self.idx, "the body is malformed"))
    }
}

/// The events of a stream after version `after` and up to `last`, in order.
pub(crate) fn stream(
    connection: &Connection,
    keys: &Keys,
    stream: Stream,
    (after, last): (u64, u64),
) -> Result<Vec<Recorded>, StoreFault> {
    let sql = "SELECT idx, salt, body FROM event WHERE stream = $1 AND n > $2 AND n <= $3 ORDER BY n";
    let mut statement = prepare(connection, sql)?;
    let rows = statement.query_map((stream.to_string(), after, last), EventRow::read)?;
    let rows: Vec<EventRow> = rows.collect::<Result<_, _>>()?;
    rows.iter().map(|row| recorded(connection, keys, row)).collect()
}

/// The event at `idx`.
pub(crate) fn at(connection: &Connection, keys: &Keys, idx: u64) -> Result<Recorded, StoreFault> {
    let mut statement = prepare(connection, "SELECT idx, salt, body FROM event WHERE idx = $1")?;
    let row = statement.query_row([idx], EventRow::read)?;
    recorded(connection, keys, &row)
}

/// Opens the parts of a row and puts the event together.
pub(crate) fn recorded(connection: &Connection, keys: &Keys, row: &EventRow) -> Result<Recorded, StoreFault> {
    let body = row.body()?;
    let mut parts = vec![];
    for pos in 0..body.sealed.len() {
        let pos = u16::try_from(pos).map_err(|_| StoreFault::corrupt(row.idx, "too many parts"))?;
        parts.push(part(connection, keys, row.idx, pos, &body)?);
    }
    decoded(row.idx, body, parts)
}

/// Puts an event together from its body and its opened parts.
pub(crate) fn decoded(idx: u64, body: Body, parts: Vec<Part>) -> Result<Recorded, StoreFault> {
    let meta = body.meta().ok_or_else(|| StoreFault::corrupt(idx, "its instant lies beyond the calendar"))?;
    let event = Event::decode(body.stream, &body.kind, body.data, parts)?;
    Ok(Recorded { idx, stream: body.stream, meta, event })
}

fn part(connection: &Connection, keys: &Keys, idx: u64, pos: u16, body: &Body) -> Result<Part, StoreFault> {
    let Some((holder, salted)) = salted(connection, keys, idx, pos, body)? else { return Ok(Part::Erased) };
    let value = serde_json::from_slice(&salted[seal::SALT_BYTES..])
        .map_err(|_| StoreFault::corrupt(idx, format!("part {pos} is no object")))?;
    Ok(Part::Open(holder, value))
}

/// Holder, salt and part at a place; none if the row or the key is gone.
pub(crate) fn salted(
    connection: &Connection,
    keys: &Keys,
    idx: u64,
    pos: u16,
    body: &Body,
) -> Result<Option<(Holder, Vec<u8>)>, StoreFault> {
    use rusqlite::OptionalExtension as _;
    let sql = "SELECT holder, name, nonce, ct FROM part LEFT JOIN holder ON n = holder WHERE idx = $1 AND pos = $2";
    type Row = (u64, Option<String>, [u8; 24], Vec<u8>);
    let row: Option<Row> = prepare(connection, sql)?
        .query_row((idx, pos), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let Some((n, name, nonce, ct)) = row else { return Ok(None) };
    let Some(key) = keys.find(n)? else { return Ok(None) };
    let holder: Holder = name
        .and_then(|name| name.parse().ok())
        .ok_or_else(|| StoreFault::corrupt(idx, format!("part {pos} has a malformed holder")))?;
    let salted = seal::open(&key, &Place { event: body.id, pos, holder: &holder }, nonce, &ct)
        .map_err(|_| StoreFault::corrupt(idx, format!("part {pos} does not open under its key")))?;
    Ok(Some((holder, salted)))
}
