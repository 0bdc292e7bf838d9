//! `luoshi serve` over a city: how long until it answers, how much memory it holds, and how long pages take while 64
//! connections ask for 300 of them a second. The load is open: a page is asked for when its time has come, and its wait is
//! counted from then, so that a server that falls behind shows it.
//!
//! `cargo bench -p luoshi --bench serve -- 10000 100000 1000000`; cities are made once, in `target/tmp/cities`.

#[path = "../tests/served/mod.rs"]
mod served;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use served::{Connection, Served};
use store::access::{Access, Device, Login, Password, Purpose};
use store::{MatterFilter, Store};

const CONNECTIONS: usize = 64;
const A_SECOND: u32 = 300;
const SECONDS: usize = 20;

#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

/// What opens a session of a clerk's, and the numbers of some matters.
#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn prepare(dir: &Path) -> (String, Vec<String>) {
    let random = |bytes: &mut [u8]| {
        std::fs::File::open("/dev/urandom").and_then(|mut file| file.read_exact(bytes)).expect("randomness");
    };
    let store = Store::open(dir, Arc::new(Timestamp::now), Arc::new(random)).expect("it opens");
    let (clerk, numbers) = store
        .read(|read| {
            let organisation = read.organisation()?;
            let today = read.today();
            let supervises = |id: &ledger::id::OfficerId| {
                organisation
                    .posts_held(*id, today)
                    .iter()
                    .any(|post| ledger::rights::supervises(&organisation, post.unit))
            };
            let clerk = organisation.officers().map(|officer| officer.id).find(supervises).expect("a clerk");
            let lines = read.matters(Some(clerk), &MatterFilter::default(), 500, 0)?;
            Ok::<_, store::StoreFault>((clerk, lines.iter().map(|line| line.number.to_string()).collect()))
        })
        .expect("it is read");
    let access = Access::open(dir, Arc::new(Timestamp::now), Arc::new(random)).expect("it opens");
    let link = access.make_link(clerk, Purpose::Invite).expect("space");
    let login = Login::parse("clerk").expect("a login");
    let password = Password::parse("password", "grind seven millet lanterns", &[]).expect("no guess");
    let session = access.create_account(&link, &login, &password, Device::Computer).expect("the first");
    (session.reveal().to_string(), numbers)
}

/// What is asked for, by name: lists, searches and matters as people mix them.
fn asked(numbers: &[String], at: usize) -> (&'static str, String) {
    match at % 10 {
        0 => ("list", "/matters".into()),
        1 => ("list, open by change", "/matters?standing=open&sort=changed".into()),
        2 => ("list, late", "/matters?standing=late".into()),
        3 => ("list, reported", "/matters?state=reported&sort=number".into()),
        4 => ("search, a word of many", format!("/matters?words={}", "%E6%B8%85%E6%B7%A4")),
        5 => ("search, a word of few", format!("/matters?words={}", at * 37 % 9_999)),
        _matter => ("matter", format!("/matters/{}", numbers[at * 7 % numbers.len()])),
    }
}

fn quantile(sorted: &[Duration], part: f64) -> Duration {
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

fn measure(folder: &Path, matters: u64) {
    let dir = cities::kept(&folder.join("cities"), matters);
    let (session, numbers) = prepare(&dir);
    let began = now();
    let server = Served::start(&dir, &["--clock-is-right"]);
    let connect = || Connection::to(server.address).expect("it listens");
    connect().get("/healthz", "").expect("an answer");
    let started = began.elapsed();
    println!("{matters} matters: the first answer after {started:.2?}, {} MB resident", server.memory("VmRSS:"));
    let mut connection = connect();
    for at in 0..7 {
        let mut took: Vec<Duration> = (0..5)
            .map(|round| {
                let began = now();
                let answer = connection.look(&asked(&numbers, round * 10 + at).1, &session).expect("an answer");
                assert_eq!(answer.status, 200);
                began.elapsed()
            })
            .collect();
        took.sort();
        println!("  alone: {:<24} p50 {:>8.1?}  longest {:>8.1?}", asked(&numbers, at).0, took[2], took[4]);
    }
    for (round, count) in [("warming", A_SECOND as usize * 2), ("measured", A_SECOND as usize * SECONDS)] {
        let (next, began) = (AtomicUsize::new(0), now());
        let took: Vec<(&str, Duration, bool)> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..CONNECTIONS)
                .map(|_| {
                    scope.spawn(|| {
                        let (mut connection, mut took) = (connect(), vec![]);
                        loop {
                            let at = next.fetch_add(1, Ordering::Relaxed);
                            if at >= count {
                                return took;
                            }
                            let due = began + Duration::from_secs(1) / A_SECOND * u32::try_from(at).unwrap_or(u32::MAX);
                            std::thread::sleep(due.saturating_duration_since(now()));
                            let (name, path) = asked(&numbers, at);
                            let is_well = connection.look(&path, &session).is_ok_and(|answer| answer.status == 200);
                            took.push((name, now().saturating_duration_since(due), is_well));
                            if !is_well {
                                connection = connect();
                            }
                        }
                    })
                })
                .collect();
            hands.into_iter().flat_map(|hand| hand.join().expect("no connection fails")).collect()
        });
        if round == "warming" {
            continue;
        }
        let mut kinds: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
        for (name, wait, _) in &took {
            kinds.entry(name).or_default().push(*wait);
            kinds.entry("every page").or_default().push(*wait);
        }
        for (name, mut waits) in kinds {
            waits.sort();
            let (p50, p99, most) = (quantile(&waits, 0.5), quantile(&waits, 0.99), quantile(&waits, 1.0));
            println!("  {name:<24} {:>6} pages  p50 {p50:>8.1?}  p99 {p99:>8.1?}  longest {most:>8.1?}", waits.len());
        }
        let failed = took.iter().filter(|(_, _, is_well)| !is_well).count();
        let rate = count as f64 / began.elapsed().as_secs_f64();
        println!("  {rate:.0} pages a second, {failed} not answered with 200; {} MB resident", server.memory("VmRSS:"));
    }
}

#[allow(clippy::disallowed_methods, reason = "a benchmark is told what to measure")]
fn main() {
    let sizes: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![10_000, 100_000] } else { sizes };
    sizes.iter().for_each(|matters| measure(Path::new(env!("CARGO_TARGET_TMPDIR")), *matters));
}
