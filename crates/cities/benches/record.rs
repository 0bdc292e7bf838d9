//! What the age of a record costs: verifying, opening, making projections again, backing up beside a writer.
//!
//! `cargo bench -p cities --bench record -- 10000 100000 1000000` measures cities of so many matters. They are made once,
//! in `target/tmp/cities`; take that folder away when you are done.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use cities::processor_time;
use jiff::Timestamp;
use ledger::id::{CommandId, OfficerId};
use store::{Command, Store, backup, verify_folder};
use uuid::Uuid;

#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Took) {
    let (began, before) = (now(), processor_time(std::process::id()));
    let done = work();
    let (wall, after) = (began.elapsed(), processor_time(std::process::id()));
    (done, Took { wall, used: after.saturating_sub(before) })
}

/// How long something took, and what of it the processors worked.
struct Took {
    wall: Duration,
    used: Duration,
}

#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn open(dir: &Path) -> Store {
    // Nothing that is measured here is secret; what is drawn only has to differ from one time to the next.
    let count = AtomicU64::new(u64::try_from(Timestamp::now().as_microsecond()).expect("an instant after 1970"));
    let random = move |bytes: &mut [u8]| {
        bytes.chunks_mut(8).for_each(|chunk| {
            let n = count.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            chunk.copy_from_slice(&n.to_be_bytes()[..chunk.len()]);
        });
    };
    Store::open(dir, Arc::new(Timestamp::now), Arc::new(random)).expect("it opens")
}

/// How long each of the durable commands took that were given one after the other until told to stop.
fn writing(store: &Store, first: u128, stop: &AtomicBool) -> Vec<Duration> {
    let (mut waits, mut count) = (vec![], 0_u64);
    while !stop.load(Ordering::Relaxed) {
        let id = CommandId(Uuid::from_u128(first + u128::from(count)));
        let actor = OfficerId(Uuid::from_u128(1));
        let command = Command { id, actor, on_behalf: None, request: [0; 32], expects: vec![] };
        // A command from which no event follows is kept and synced like any other, and leaves the city as it is.
        let (answer, took) = timed(|| store.change(command, |_| Ok(vec![])));
        answer.expect("the disk has space");
        waits.push(took.wall);
        count += 1;
    }
    waits
}

/// Writes while `work` runs. Gives how long the work took, and what the writer waited.
fn beside<T>(store: &Store, first: u128, work: impl FnOnce() -> T) -> (Took, String) {
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| writing(store, first, &stop));
        let (_, took) = timed(work);
        stop.store(true, Ordering::Relaxed);
        let mut waits = writer.join().expect("the writer goes on");
        waits.sort_unstable();
        let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
        let (half, most, longest) = (at(0.5), at(0.999), at(1.0));
        let beyond = waits.iter().filter(|wait| **wait > Duration::from_millis(10)).count();
        let said = format!(
            "p50 {half:.2?}, p99.9 {most:.2?}, longest {longest:.1?}, {beyond} of {} beyond 10 ms",
            waits.len()
        );
        (took, said)
    })
}

fn bytes(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |file| file.len())
}

fn measure(folder: &Path, matters: u64) {
    let dir = cities::kept(&folder.join("cities"), matters);
    let (verified, hashes) = timed(|| verify_folder(&dir, None, true).expect("it verifies"));
    let (_, whole) = timed(|| verify_folder(&dir, None, false).expect("it verifies"));
    let events = verified.events;
    println!("{matters} matters, {events} events, record.db {} MB", bytes(&dir.join("record.db")) / 1_000_000);
    let a_million = |time: Duration| time.as_secs_f64() * 1_000_000.0 / events as f64;
    let said = |what: &str, Took { wall, used }: &Took| {
        let (each, works) = (a_million(*wall), a_million(*used));
        println!("  {what:<42} {wall:>9.2?}  processors {used:>9.2?}  (a million events: {each:.1} s, {works:.1} s)");
    };
    said("verify, hashes only", &hashes);
    said("verify, with projections made again", &whole);
    let (store, opened) = timed(|| open(&dir));
    said("open for writing", &opened);
    let (_, rebuilt) = timed(|| store.rebuild().expect("it can be made again"));
    said("every projection made again in its place", &rebuilt);
    let out = folder.join("archives");
    let _ = std::fs::remove_dir_all(&out);
    let first = u128::from(opened.wall.as_nanos() as u64) << 64 | u128::from(rebuilt.wall.as_nanos() as u64);
    let (took, among) = beside(&store, first, || backup(&dir, &out, "bench").expect("space"));
    // As long, since what takes longest is longer the longer one looks.
    let (_, alone) = beside(&store, first + (1 << 32), || std::thread::sleep(took.wall));
    said("backup beside a writer", &took);
    println!("    the writer meanwhile: {among}");
    println!("    as long without a backup: {alone}");
    std::fs::remove_dir_all(&out).expect("archives go");
}

#[allow(clippy::disallowed_methods, reason = "a benchmark is told what to measure")]
fn main() {
    let sizes: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![10_000, 100_000] } else { sizes };
    sizes.iter().for_each(|matters| measure(Path::new(env!("CARGO_TARGET_TMPDIR")), *matters));
}
