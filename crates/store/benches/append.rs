//! Durable appends: 64 threads and one, `synchronous=FULL`, rights included, beside the disk's own fdatasync.
//!
//! `cargo bench -p store --bench append`. Quote medians and ratios; the disk is what it is.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use ledger::act::{Opening, open};
use ledger::audience::Audience;
use ledger::event::Personal;
use ledger::id::{CommandId, MatterId, OfficerId, PersonId, PostId, Series, UnitId};
use ledger::matter::{Hand, Kind, OpenedText, Source};
use ledger::organisation::{Duty, Function, OfficerName, PostText, UnitText};
use ledger::organise::{self, Change, First};
use ledger::{Name, Text};
use sha2::{Digest as _, Sha256};
use store::access::{Clock, Random};
use store::{Command, Settings, Store};
use uuid::Uuid;

const THREADS: usize = 64;
const ROUNDS: usize = 5;
const PER_THREAD: usize = 100;
const ALONE: usize = 300;

#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn clock() -> Clock {
    Arc::new(Timestamp::now)
}

fn random() -> Random {
    let count = AtomicU64::new(0);
    Arc::new(move |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(32) {
            let n = count.fetch_add(1, Ordering::Relaxed);
            chunk.copy_from_slice(&Sha256::digest(n.to_be_bytes())[..chunk.len()]);
        }
    })
}

fn name(words: &str) -> Name {
    Name::parse("", words).expect("a name")
}

fn command(id: u128, actor: OfficerId) -> Command {
    Command { id: CommandId(Uuid::from_u128(id)), actor, on_behalf: None, request: [0; 32], expects: vec![] }
}

/// An office with one clerk who may open matters.
fn office(dir: &Path) -> (Store, OfficerId) {
    let settings = Settings {
        office: name("Bench"),
        origin: "bench.example/log".into(),
        time_zone: "Asia/Shanghai".into(),
        language: "en".into(),
        checkpoints: None,
        licence: None,
        public_url: None,
    };
    let random = random();
    Store::create(dir, &settings, &random).expect("a new folder");
    let store = Store::open(dir, clock(), random).expect("it opens");
    let (admin, clerk) = (OfficerId(Uuid::from_u128(1)), OfficerId(Uuid::from_u128(2)));
    let personal =
        |id: u128| Personal { person: PersonId(Uuid::from_u128(id)), value: OfficerName { name: name("N") } };
    let first = First {
        unit: UnitId(Uuid::from_u128(3)),
        unit_text: UnitText { name: name("IT"), aliases: vec![] },
        function: Function::Executing,
        post: PostId(Uuid::from_u128(4)),
        post_text: PostText { title: name("Administrator") },
        personal: personal(5),
    };
    let by = Hand { officer: admin, on_behalf: None };
    let begin = move |read: &mut store::Read<'_>| {
        let first = first.clone();
        Ok(read.with_context(by, &Default::default(), |context| organise::begin(first, context))??)
    };
    store.change(command(10, admin), begin).expect("an empty record");
    let (unit, post) = (UnitId(Uuid::from_u128(6)), PostId(Uuid::from_u128(7)));
    let text = UnitText { name: name("Supervision"), aliases: vec![] };
    let changes = [
        Change::FoundUnit { unit, parent: None, function: Function::Supervision, text },
        Change::MakePost { unit, post, duty: Duty::Member, text: PostText { title: name("Clerk") } },
        Change::EnrolIn { officer: clerk, personal: personal(8), post, from: jiff::civil::date(2020, 1, 1) },
    ];
    for (id, change) in (11..).zip(changes) {
        let done = store.change(command(id, admin), move |read| {
            let change = change.clone();
            Ok(read.with_context(by, &Default::default(), |context| organise::change(change, context))??)
        });
        done.expect("the administrator may");
    }
    (store, clerk)
}

/// Opens one matter: rights, a number, one event with one sealed part, its projections. Gives how long it took.
fn append(store: &Store, clerk: OfficerId, id: u128) -> Duration {
    let began = now();
    let done = store.change(command(id, clerk), move |read| {
        let (id, number) = (MatterId(read.new_id()), read.next_number(Series::General)?);
        let quote = Text::parse("quote", "Dredge 2.4 km of the West River before 31 March.")?;
        let text = OpenedText::of(quote);
        let (kind, source, audience, applicant) = (Kind::Directive, Source::Instruction, Audience::Office, None);
        let opening = Opening { id, number, kind, source, audience, text, applicant };
        let by = Hand { officer: clerk, on_behalf: None };
        Ok(read.with_context(by, &Default::default(), |context| open(opening, context))??)
    });
    done.expect("a clerk may");
    began.elapsed()
}

fn quantile(sorted: &[Duration], part: f64) -> Duration {
    let at = ((sorted.len() - 1) as f64 * part).round() as usize;
    sorted[at]
}

/// How long the disk takes to make 4 KiB durable, by itself.
fn fdatasync(dir: &Path) -> Duration {
    let mut file = File::create(dir.join("fdatasync")).expect("a file");
    let mut took: Vec<Duration> = (0..200)
        .map(|_| {
            let began = now();
            file.write_all(&[7; 4096]).and_then(|()| file.sync_data()).expect("space");
            began.elapsed()
        })
        .collect();
    took.sort();
    quantile(&took, 0.5)
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, clerk) = office(&folder.path().join("office"));
    let disk = fdatasync(folder.path());
    println!("fdatasync of 4 KiB           p50 {disk:>9.1?}");

    let mut alone: Vec<Duration> = (0..ALONE).map(|n| append(&store, clerk, 1_000 + n as u128)).collect();
    alone.sort();
    let (p50, p99) = (quantile(&alone, 0.5), quantile(&alone, 0.99));
    let ratio = p50.as_secs_f64() / disk.as_secs_f64();
    println!("one client, one event each   p50 {p50:>9.1?}  p99 {p99:>9.1?}  {ratio:.1} x fdatasync");

    let (mut rates, mut waits) = (vec![], vec![]);
    for round in 0..ROUNDS {
        let began = now();
        let took: Vec<Duration> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..THREADS)
                .map(|thread| {
                    let store = &store;
                    let first = 1_000_000 + (round * THREADS + thread) * PER_THREAD;
                    scope.spawn(move || {
                        (0..PER_THREAD).map(|n| append(store, clerk, (first + n) as u128)).collect::<Vec<_>>()
                    })
                })
                .collect();
            hands.into_iter().flat_map(|hand| hand.join().expect("no thread fails")).collect()
        });
        rates.push((THREADS * PER_THREAD) as f64 / began.elapsed().as_secs_f64());
        waits.extend(took);
    }
    rates.sort_by(f64::total_cmp);
    waits.sort();
    println!(
        "{THREADS} threads, one event each    median {:.0} events/s (of {ROUNDS} rounds: {:.0} to {:.0})  p50 {:.1?}  p99 {:.1?}",
        rates[ROUNDS / 2],
        rates[0],
        rates[ROUNDS - 1],
        quantile(&waits, 0.5),
        quantile(&waits, 0.99)
    );
}
