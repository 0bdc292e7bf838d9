//! What is read: one consistent state, through the ledger's own types, with every stream looked at remembered.

mod alike;
mod export;
mod folds;
mod found;
pub(crate) mod lists;
mod meetings;
mod notices;
mod office;
mod overview;
pub(crate) mod paging;
pub(crate) mod published;
mod said;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::act::{Context, Facts};
use ledger::calendar::{self, OfficeCalendar};
use ledger::event::Fold;
use ledger::id::{MatterId, Number, OfficerId, Series, Stream};
use ledger::matter::{Hand, Matter, OriginKey};
use ledger::organisation::Organisation;
use ledger::profile::{self, OfficeProfile};
use rusqlite::{Connection, OptionalExtension as _};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::access::Random;
use crate::error::StoreFault;
use crate::keys::Keys;
use crate::load::{self, Recorded};
use crate::sqlite::prepare;

pub(crate) use folds::{Folds, Kept};
pub(crate) use lists::SeenAs;

pub use alike::Among;
pub use found::DocumentFound;
pub use lists::{Count, DocumentLine, MatterFilter, MatterLine, Standing};
pub use meetings::MeetingLine;
pub use notices::NoticeLine;
pub use overview::LeadCounts;
pub use paging::{Cursor, MatterPage, Side, Sort};
pub use published::{PublishedCounts, PublishedEvent, PublishedFilter, PublishedLine, Unpublished};

/// At most so many matters may stand under one.
const PARTS_MAX: usize = 10_000;

/// One consistent state of the record.
pub struct Read<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) keys: &'a Keys,
    pub(crate) folds: &'a mut Folds,
    pub(crate) random: &'a Random,
    pub(crate) now: Timestamp,
    pub(crate) today: Date,
    pub(crate) seen: BTreeMap<Stream, u64>,
    pub(crate) drawn: BTreeMap<(i16, &'static str), u32>,
    /// As what a reader sees things: all officers are gone through for it, so it is worked out once.
    pub(crate) seen_as: Option<SeenAs>,
}

impl Read<'_> {
    /// Now.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The civil date in the office's time zone.
    pub fn today(&self) -> Date {
        self.today
    }

    /// A new id: a UUIDv7.
    pub fn new_id(&self) -> Uuid {
        new_id(self.now, self.random)
    }

    /// The streams looked at, and the version each had.
    pub fn seen(&self) -> &BTreeMap<Stream, u64> {
        &self.seen
    }

    /// The stream's version; 0 where it has no event.
    pub fn version(&mut self, stream: Stream) -> Result<u64, StoreFault> {
        let mut statement = prepare(self.connection, "SELECT n FROM stream_head WHERE stream = $1")?;
        let n: Option<u64> = statement.query_row([stream.to_string()], |row| row.get(0)).optional()?;
        self.seen.insert(stream, n.unwrap_or(0));
        Ok(n.unwrap_or(0))
    }

    /// What the stream's events make; none where it has none, or where they make something else.
    pub fn fold<T: Fold>(&mut self, stream: Stream) -> Result<Option<Arc<T>>, StoreFault> {
        let version = self.version(stream)?;
        if version == 0 {
            return Ok(None);
        }
        let (n, mut thing) = match self.folds.find::<T>(stream, version) {
            Some((n, thing)) if n == version => return Ok(Some(thing)),
            Some((n, thing)) => (n, Some(thing)),
            None => (0, None),
        };
        for Recorded { event, meta, .. } in load::stream(self.connection, self.keys, stream, (n, version))? {
            match &mut thing {
                None => thing = T::begin(stream, &event, &meta).map(Arc::new),
                Some(thing) => Arc::make_mut(thing).apply(&event, &meta),
            }
        }
        if let Some(thing) = &thing {
            self.folds.keep(stream, version, thing.clone());
        }
        Ok(thing)
    }

    /// The matter.
    pub fn matter(&mut self, id: MatterId) -> Result<Option<Arc<Matter>>, StoreFault> {
        self.fold(Stream::Matter(id))
    }

    /// The office's working days; silent before it adopted any.
    pub fn calendar(&mut self) -> Result<Arc<OfficeCalendar>, StoreFault> {
        Ok(self.fold(Stream::Calendar(calendar::OFFICE))?.unwrap_or_default())
    }

    /// What the office's reader was taught; nothing before anybody taught it.
    pub fn profile(&mut self) -> Result<Arc<OfficeProfile>, StoreFault> {
        Ok(self.fold(Stream::Profile(profile::OFFICE))?.unwrap_or_default())
    }

    /// How many events there are.
    pub fn size(&self) -> Result<u64, StoreFault> {
        Ok(prepare(self.connection, "SELECT size FROM head")?.query_row([], |row| row.get(0))?)
    }

    /// The events of a stream, oldest first.
    pub fn history(&mut self, stream: Stream) -> Result<Vec<Recorded>, StoreFault> {
        let version = self.version(stream)?;
        self.history_part(stream, (0, version))
    }

    /// The events of a stream after version `after` and up to `last`, oldest first.
    pub fn history_part(&self, stream: Stream, (after, last): (u64, u64)) -> Result<Vec<Recorded>, StoreFault> {
        load::stream(self.connection, self.keys, stream, (after, last))
    }

    /// Units, posts and officers as they stand.
    pub fn organisation(&mut self) -> Result<Arc<Organisation>, StoreFault> {
        let fresh: Vec<u64> = {
            let sql = "SELECT idx FROM organisation_event WHERE idx > coalesce($1, -1) ORDER BY idx";
            let mut statement = prepare(self.connection, sql)?;
            statement.query_map([self.folds.organisation.0], |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        for idx in fresh {
            let Recorded { stream, event, meta, .. } = load::at(self.connection, self.keys, idx)?;
            let (last, organisation) = &mut self.folds.organisation;
            Arc::make_mut(organisation).apply(stream, &event, &meta);
            *last = Some(idx);
        }
        Ok(self.folds.organisation.1.clone())
    }

    /// The next number of the year in a series. Drawn twice within one change, it gives the next but one.
    pub fn next_number(&mut self, series: Series) -> Result<Number, StoreFault> {
        self.draw(series, series_code(series))
    }

    /// The next number of the year for a notice; notices on matters of a circle are counted apart, as the matters are.
    pub fn next_notice(&mut self, series: Series) -> Result<Number, StoreFault> {
        self.draw(series, notice_code(series))
    }

    fn draw(&mut self, series: Series, counter: &'static str) -> Result<Number, StoreFault> {
        let year = self.today.year();
        let sql = "SELECT count FROM counter WHERE year = $1 AND series = $2";
        let given: Option<u32> =
            prepare(self.connection, sql)?.query_row((year, counter), |row| row.get(0)).optional()?;
        let drawn = self.drawn.entry((year, counter)).or_insert(0);
        *drawn += 1;
        Ok(Number { year, series, count: given.unwrap_or(0) + *drawn })
    }

    /// What other matters say that `matter` depends on. Errors: `TooManyParts` where more than 10,000 stand under it.
    pub fn facts(&mut self, matter: &Matter) -> Result<Facts, StoreFault> {
        let descendants = self.descendants(matter, PARTS_MAX)?;
        let mut facts = Facts { descendants, ..Facts::default() };
        // One that is open carries its key itself; one that is not could take it up again.
        let key = matter.text.open().and_then(|text| text.origin_key.as_ref()).filter(|_| !matter.is_open());
        facts.origin_taken_by = key.map(|key| self.origin_taken_by(key)).transpose()?.flatten();
        Ok(facts)
    }

    /// Every matter under this one, at any depth: all of them, or a fault.
    pub(crate) fn descendants(&mut self, matter: &Matter, max: usize) -> Result<Vec<Arc<Matter>>, StoreFault> {
        let mut descendants = vec![];
        let mut waiting: Vec<MatterId> = matter.subs.iter().map(|sub| sub.id).collect();
        while let Some(id) = waiting.pop() {
            if descendants.len() == max {
                return Err(StoreFault::TooManyParts(max));
            }
            if let Some(sub) = self.matter(id)? {
                waiting.extend(sub.subs.iter().map(|sub| sub.id));
                descendants.push(sub);
            }
        }
        Ok(descendants)
    }

    /// The uncleared matter that carries the origin key.
    pub fn origin_taken_by(&self, key: &OriginKey) -> Result<Option<Number>, StoreFault> {
        let sql = "SELECT number FROM matter WHERE origin = $1";
        let number: Option<String> =
            prepare(self.connection, sql)?.query_row([origin_hash(key)], |row| row.get(0)).optional()?;
        number.map(|n| Number::parse(&n).map_err(|_| StoreFault::Malformed("a matter's number"))).transpose()
    }

    /// The matter that was opened under the origin key last, cleared or not.
    pub fn origin_ever(&self, key: &OriginKey) -> Result<Option<MatterId>, StoreFault> {
        let sql = "SELECT id FROM matter WHERE origin_once = $1 ORDER BY opened_on DESC, number DESC LIMIT 1";
        let id: Option<String> =
            prepare(self.connection, sql)?.query_row([origin_hash(key)], |row| row.get(0)).optional()?;
        id.map(|id| MatterId::parse(&id).map_err(|_| StoreFault::Malformed("a matter's id"))).transpose()
    }

    /// Everything an act on a matter needs to know.
    pub fn with_context<T>(
        &mut self,
        by: Hand,
        facts: &Facts,
        work: impl FnOnce(&Context<'_>) -> T,
    ) -> Result<T, StoreFault> {
        let organisation = self.organisation()?;
        Ok(work(&Context { by, today: self.today, organisation: &organisation, facts }))
    }

    /// The officers who hold a post today, by id.
    pub fn officers_in_office(&mut self) -> Result<Vec<OfficerId>, StoreFault> {
        let (organisation, today) = (self.organisation()?, self.today);
        let in_office = |id: &OfficerId| !organisation.posts_held(*id, today).is_empty();
        Ok(organisation.officers().map(|officer| officer.id).filter(in_office).collect())
    }
}

pub(crate) fn new_id(now: Timestamp, random: &Random) -> Uuid {
    let mut bytes = [0; 10];
    random(&mut bytes);
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

pub(crate) fn series_code(series: Series) -> &'static str {
    match series {
        Series::General => "general",
        Series::Circle => "circle",
    }
}

pub(crate) fn notice_code(series: Series) -> &'static str {
    match series {
        Series::General => "notice",
        Series::Circle => "circle_notice",
    }
}

/// An origin key may name a person's circumstances, so the row holds only its hash.
pub(crate) fn origin_hash(key: &OriginKey) -> String {
    let mut hash = Sha256::new();
    for field in [key.holder.to_string().as_str(), key.item.as_str(), key.period.as_str()] {
        hash.update(field);
        hash.update([0]);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
