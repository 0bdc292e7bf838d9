//! Durable appends: 64 threads and one, `synchronous=FULL`, rights included, beside the disk's own fdatasync and SQLite with
//! nothing around it.
//!
//! `cargo bench -p store --bench append`. Quote medians and ratios; the disk is what it is. `checks/stores/run` times other
//! event stores in the same run.

mod plain;

use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
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
use plain::Plain;
use sha2::{Digest as _, Sha256};
use store::access::{Clock, Random};
use store::{Command, Settings, Store};
use uuid::Uuid;

const THREADS: usize = 64;
const ROUNDS: usize = 5;
const PER_THREAD: usize = 100;
/// SQLite alone is done with a hundred in no time.
const PER_THREAD_PLAIN: usize = 1_000;
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

/// Opens one matter: rights, a number, one event with one sealed part, its projections.
fn append(store: &Store, clerk: OfficerId, id: u128) {
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
}

fn quantile(sorted: &[Duration], part: f64) -> Duration {
    let at = ((sorted.len() - 1) as f64 * part).round() as usize;
    sorted[at]
}

/// How long the disk takes to make 4 KiB at the end of a file durable.
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

/// How long it takes for so many bytes in the place of others, as a write-ahead log is written.
fn fdatasync_over(dir: &Path, bytes: usize) -> Duration {
    const PLACES: usize = 32;
    let mut file = File::create(dir.join("fdatasync-over")).expect("a file");
    let piece = vec![7; bytes];
    (0..PLACES).try_for_each(|_| file.write_all(&piece)).and_then(|()| file.sync_all()).expect("space");
    let mut took: Vec<Duration> = (0..200)
        .map(|n| {
            file.seek(SeekFrom::Start((n % PLACES * bytes) as u64)).expect("a place");
            let began = now();
            file.write_all(&piece).and_then(|()| file.sync_data()).expect("space");
            began.elapsed()
        })
        .collect();
    took.sort();
    quantile(&took, 0.5)
}

/// What this process has given to the disk so far, as Linux counts it; elsewhere nothing.
fn written_bytes() -> usize {
    let io = std::fs::read_to_string("/proc/self/io").unwrap_or_default();
    io.lines().find_map(|line| line.strip_prefix("write_bytes: ")).and_then(|bytes| bytes.parse().ok()).unwrap_or(0)
}

/// Rounds of 64 threads, each of which appends one after the other. Gives the median of events a second, and prints it.
fn rounds(what: &str, per_thread: usize, append: impl Fn(u128) + Sync) -> f64 {
    let (mut rates, mut waits) = (vec![], vec![]);
    for round in 0..ROUNDS {
        let began = now();
        let took: Vec<Duration> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..THREADS)
                .map(|thread| {
                    let (append, first) = (&append, 1_000_000 + (round * THREADS + thread) * per_thread);
                    scope.spawn(move || {
                        let one = |n: usize| {
                            let began = now();
                            append((first + n) as u128);
                            began.elapsed()
                        };
                        (0..per_thread).map(one).collect::<Vec<_>>()
                    })
                })
                .collect();
            hands.into_iter().flat_map(|hand| hand.join().expect("no thread fails")).collect()
        });
        rates.push((THREADS * per_thread) as f64 / began.elapsed().as_secs_f64());
        waits.extend(took);
    }
    rates.sort_by(f64::total_cmp);
    waits.sort();
    let (least, median, most) = (rates[0], rates[ROUNDS / 2], rates[ROUNDS - 1]);
    let (p50, p99) = (quantile(&waits, 0.5), quantile(&waits, 0.99));
    println!(
        "{what:<44} median {median:.0} events/s (of {ROUNDS} rounds: {least:.0} to {most:.0})  p50 {p50:.1?}  p99 {p99:.1?}"
    );
    median
}

/// One client that appends one after the other: how long one takes, beside the disk's.
fn alone(what: &str, disk: Duration, append: impl Fn(u128)) {
    let one = |n: usize| {
        let began = now();
        append(1_000 + n as u128);
        began.elapsed()
    };
    let mut took: Vec<Duration> = (0..ALONE).map(one).collect();
    took.sort();
    let (p50, p99) = (quantile(&took, 0.5), quantile(&took, 0.99));
    let ratio = p50.as_secs_f64() / disk.as_secs_f64();
    println!("{what:<44} p50 {p50:>9.1?}  p99 {p99:>9.1?}  {ratio:.1} x fdatasync of 4 KiB");
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, clerk) = office(&folder.path().join("office"));
    let disk = fdatasync(folder.path());
    println!("{:<44} p50 {disk:>9.1?}", "fdatasync of 4 KiB");

    let before = written_bytes();
    alone("one client, one event each", disk, |id| append(&store, clerk, id));
    let bytes = (written_bytes() - before) / ALONE;
    let name = format!("fdatasync of {} KiB, as a commit of that client", bytes >> 10);
    println!("{name:<44} p50 {:>9.1?}", fdatasync_over(folder.path(), bytes));
    let ours = rounds("64 threads, one event each", PER_THREAD, |id| append(&store, clerk, id));
    drop(store);

    let plain = Plain::create(folder.path());
    println!("SQLite {} alone, one table", rusqlite::version());
    alone("  one client, one commit each", disk, |id| plain.append(id));
    let batched = plain.batched();
    let most = rounds("  64 threads, one writer that batches", PER_THREAD_PLAIN, |id| batched.append(id));
    println!("  {:.1} x ours", most / ours);
}
