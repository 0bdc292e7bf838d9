//! Cities of any size from a seed, for benchmarks: units, officers, documents, and matters with their histories. They are
//! made by the acts of their officers through `Store::change`, a thousand matters at a time: no other way makes the same
//! record, and none would show what a record of that size costs. The same plan makes the same log (ADR 0028).

mod founding;
mod history;
mod words;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use ledger::Name;
use ledger::event::Event;
use ledger::id::{CommandId, OfficerId, Stream, UnitId};
use store::access::{Clock, Random};
use store::{Command, Read, Settings, Stop, Store};
use uuid::Uuid;

/// What a city is made by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Plan {
    /// The same seed makes the same city.
    pub seed: u64,
    /// How many matters.
    pub matters: u64,
    /// How many units lead them, each with a head and two members.
    pub units: usize,
}

/// Who is in a city, to act or to look on.
#[derive(Clone, Debug)]
pub struct City {
    /// Clerks of the supervision office: they open, assign and verify.
    pub clerks: Vec<OfficerId>,
    /// Its head: clears and publishes.
    pub head: OfficerId,
    /// The units that lead.
    pub leads: Vec<Lead>,
    /// The office that supervises.
    pub supervision: UnitId,
}

/// A unit that leads matters.
#[derive(Clone, Copy, Debug)]
pub struct Lead {
    /// The unit.
    pub unit: UnitId,
    /// Signs its reports.
    pub head: OfficerId,
    /// Drafts them.
    pub members: [OfficerId; 2],
}

/// The first day of every city's history.
const BEGINS: jiff::civil::Date = jiff::civil::date(2026, 1, 5);
/// Its history takes so many days.
const DAYS: u64 = 300;
/// So many matters come together.
const BATCH: u64 = 1_000;

/// Makes the city in `dir`, which must be missing, and leaves its folder closed. `told` hears how many matters there are.
pub fn make(dir: &Path, plan: &Plan, mut told: impl FnMut(u64)) -> City {
    let chance = Chance::new(plan.seed);
    let days = Days::default();
    let settings = Settings {
        office: Name::parse("清禾市督查室", "Supervision Office").expect("a name"),
        origin: "city.example/log".into(),
        time_zone: "Asia/Shanghai".into(),
        language: "zh-Hans".into(),
        checkpoints: None,
        licence: None,
        public_url: None,
    };
    Store::create(dir, &settings, &chance.random()).expect("a new folder");
    let store = Store::open(dir, days.clock(), chance.random()).expect("a record that was just made");
    let hand = Hands { store: &store, chance: &chance, days: &days };
    let city = founding::found(&hand, plan.units);
    let mut made = 0;
    while made < plan.matters {
        days.go_to(made * DAYS / plan.matters.max(1));
        let count = BATCH.min(plan.matters - made);
        history::batch(&hand, &city, made / BATCH, count);
        made += count;
        told(made);
    }
    city
}

/// The city of that many matters in `folder`, made unless an earlier run left it there.
pub fn kept(folder: &Path, matters: u64) -> PathBuf {
    let dir = folder.join(format!("city-{matters}"));
    if !dir.join("settings.json").exists() {
        let begun = folder.join(format!("begun-{matters}"));
        let _ = std::fs::remove_dir_all(&begun);
        std::fs::create_dir_all(folder).expect("a folder");
        make(&begun, &Plan { seed: 1, matters, units: 200 }, |made| {
            if made % 50_000 == 0 {
                eprintln!("made {made} matters of {matters}");
            }
        });
        std::fs::rename(&begun, &dir).expect("one folder");
    }
    store::renew(&dir).expect("one that an older version kept is made again");
    dir
}

/// What a process has used of the processors so far, by Linux's clock of a hundred ticks a second: beside others who use
/// them too, it says more than the time that went by.
pub fn processor_time(process: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok());
    Duration::from_millis(ticks.sum::<u64>() * 10)
}

/// A clock that stands at nine in the morning of a day.
#[derive(Clone, Default)]
struct Days(Arc<AtomicI64>);

impl Days {
    fn go_to(&self, day: u64) {
        let at = BEGINS.at(9, 0, 0, 0).in_tz("Asia/Shanghai").expect("a day of that year").timestamp();
        let micros = i64::try_from(day).expect("a day of that year") * 86_400_000_000;
        self.0.store(at.as_microsecond() + micros, Ordering::SeqCst);
    }

    fn clock(&self) -> Clock {
        self.go_to(0);
        let days = self.clone();
        Arc::new(move || days.now())
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).expect("a day of that year")
    }
}

/// Chance that a seed decides: splitmix64 over a count. Nothing of it is secret, so it opens no real record.
#[derive(Clone)]
struct Chance(Arc<AtomicU64>);

impl Chance {
    fn new(seed: u64) -> Self {
        Self(Arc::new(AtomicU64::new(mixed(seed))))
    }

    fn next(&self) -> u64 {
        mixed(self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst))
    }

    /// One of `0..n`.
    fn below(&self, n: usize) -> usize {
        usize::try_from(self.next() % (n as u64).max(1)).unwrap_or(0)
    }

    fn is(&self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn random(&self) -> Random {
        let chance = self.clone();
        Arc::new(move |bytes: &mut [u8]| {
            bytes.chunks_mut(8).for_each(|chunk| chunk.copy_from_slice(&chance.next().to_be_bytes()[..chunk.len()]));
        })
    }
}

fn mixed(n: u64) -> u64 {
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

/// What acts are done with.
struct Hands<'a> {
    store: &'a Store,
    chance: &'a Chance,
    days: &'a Days,
}

impl Hands<'_> {
    /// A new id as the store makes them, a UUIDv7 of its instant: what comes later stands later in every index of ids.
    fn id(&self) -> Uuid {
        let since_epoch = u64::try_from(self.days.now().as_millisecond()).expect("a day of that year");
        let mut random = [0; 10];
        self.chance.random()(&mut random);
        uuid::Builder::from_unix_timestamp_millis(since_epoch, &random).into_uuid()
    }

    fn change(
        &self,
        actor: OfficerId,
        work: impl FnMut(&mut Read<'_>) -> Result<Vec<(Stream, Event)>, Stop> + Send + 'static,
    ) {
        let id = CommandId(self.id());
        let command = Command { id, actor, on_behalf: None, request: [0; 32], expects: vec![] };
        self.store.change(command, work).expect("officers of the city do what they may");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_plan_makes_the_same_log() {
        let folder = tempfile::tempdir().expect("a folder");
        let plan = Plan { seed: 7, matters: 300, units: 6 };
        let checkpoint = |name: &str, plan: &Plan| {
            let dir = folder.path().join(name);
            make(&dir, plan, |_| {});
            let verified = store::verify_folder(&dir, None, false).expect("it verifies");
            let store = Store::open(&dir, Arc::new(|| Timestamp::UNIX_EPOCH), Arc::new(|_| {})).expect("it opens");
            let note = store.log_file("checkpoint").expect("it is read").expect("it is signed").bytes;
            (verified.events, verified.blobs, note)
        };
        let first = checkpoint("first", &plan);
        assert!(first.0 > 600 && first.1 > 0, "{} events, {} files", first.0, first.1);
        assert_eq!(checkpoint("second", &plan), first);
        assert_ne!(checkpoint("third", &Plan { seed: 8, ..plan }).2, first.2);
    }
}
