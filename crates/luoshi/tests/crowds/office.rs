//! The office that the crowd comes to: a small city, its server, and what is told of its record afterwards.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use cities::{City, Plan};
use jiff::{SignedDuration, Timestamp};
use ledger::id::{CommandId, OfficerId, Stream};
use store::access::{Access, Clock, Random, Scopes};
use store::{Store, StoreFault};

use crate::served::Served;

/// The city, before anybody comes.
pub struct Office {
    folder: tempfile::TempDir,
    /// The unit that leads what the hands work on, as a form names it.
    pub lead: String,
    /// Tokens: of a clerk, who opens matters, and of that unit's head, who works on them.
    pub clerk: String,
    pub head: String,
    /// How many events there were.
    begun: u64,
}

#[allow(clippy::disallowed_methods, reason = "the record lives by the machine's clock")]
fn clock() -> Clock {
    Arc::new(Timestamp::now)
}

fn random() -> Random {
    Arc::new(|bytes: &mut [u8]| {
        std::fs::File::open("/dev/urandom").and_then(|mut file| file.read_exact(bytes)).expect("randomness");
    })
}

impl Office {
    pub fn found() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let dir = folder.path().join("city");
        let City { clerks, leads, .. } = cities::make(&dir, &Plan { seed: 6, matters: 200, units: 2 }, |_| {});
        let access = Access::open(&dir, clock(), random()).expect("it opens");
        let scopes = Scopes::parse(["read", "act"]).expect("scopes");
        let token = |officer: OfficerId| {
            let made = access.make_token(officer, "crowd", &scopes, SignedDuration::from_hours(24), None);
            made.expect("space").expect("a label").expect("the first")
        };
        let begun = Store::open(&dir, clock(), random()).expect("it opens").log_size().expect("it is read").events;
        Self {
            clerk: token(clerks[0]),
            head: token(leads[0].head),
            lead: format!("unit/{}", leads[0].unit),
            folder,
            begun,
        }
    }

    fn dir(&self) -> PathBuf {
        self.folder.path().join("city")
    }

    pub fn serve(&self) -> Served {
        Served::start(&self.dir(), &["--clock-is-right"])
    }

    /// What stands on the record since the city was made: each command with the places of its events. Fails where the
    /// places are not dense, or the record does not verify. The server has ended.
    pub fn told(&self) -> BTreeMap<CommandId, Vec<u64>> {
        verify(&self.dir());
        let store = Store::open(&self.dir(), clock(), random()).expect("it opens");
        let end = store.log_size().expect("it is read").events;
        let read = store.read(|read| {
            let mut events = vec![];
            let officers: Vec<OfficerId> = read.organisation()?.officers().map(|officer| officer.id).collect();
            for id in
                read.matter_ids(officers.first().copied(), &Default::default(), &Default::default(), usize::MAX)?
            {
                events
                    .extend(read.history(Stream::Matter(id))?.into_iter().map(|event| (event.idx, event.meta.command)));
            }
            Ok::<_, StoreFault>(events)
        });
        let mut events = read.expect("it is read");
        events.retain(|(idx, _)| *idx >= self.begun);
        events.sort_unstable();
        let places: Vec<u64> = events.iter().map(|(idx, _)| *idx).collect();
        assert!(places.iter().copied().eq(self.begun..end), "the log has gaps, or holds something that nobody did");
        let mut commands: BTreeMap<CommandId, Vec<u64>> = BTreeMap::new();
        for (idx, command) in events {
            commands.entry(command).or_default().push(idx);
        }
        commands
    }
}

/// As an operator does it.
fn verify(dir: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_luoshi"));
    let verified = command.arg("verify").arg("--data").arg(dir).output().expect("it runs");
    let said = String::from_utf8_lossy(&[verified.stdout, verified.stderr].concat()).into_owned();
    assert!(verified.status.success(), "{said}");
}

/// How long requests took, the longest last.
pub struct Waits(Vec<Duration>);

impl Waits {
    pub fn of(waits: impl IntoIterator<Item = Duration>) -> Self {
        let mut waits: Vec<Duration> = waits.into_iter().collect();
        waits.sort();
        Self(waits)
    }

    pub fn most(&self) -> Duration {
        self.0.last().copied().unwrap_or_default()
    }
}

impl std::fmt::Display for Waits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at = |part: usize| self.0.get(self.0.len().saturating_sub(1) * part / 100).copied().unwrap_or_default();
        write!(f, "{:>7}  p50 {:>8.1?}  p99 {:>8.1?}  longest {:>8.1?}", self.0.len(), at(50), at(99), self.most())
    }
}
