//! OpenFisca's country template in our language, over the facts that `checks/peer` made: run by that script, beside the peer.
//!
//! `checks/peer` prints both from one run. By itself: `cargo bench -p rules --bench peer -- DIR`, where DIR holds
//! persons.csv and households.csv. Without DIR nothing is measured.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use civil::day;
use rules::{Census, Rules, Source, Table, check, decide, read_census};

const ROUNDS: usize = 7;

#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

fn country() -> Rules {
    let text = include_str!("country/country.rules").to_owned();
    let sources = vec![Source { name: "country.rules".to_owned(), text }];
    check(sources.clone()).unwrap_or_else(|wrong| {
        panic!(
            "{}",
            wrong.iter().map(|one| one.render(&sources, rules::Language::En, false)).collect::<Vec<_>>().join("\n\n")
        )
    })
}

fn census(rules: &Rules, folder: &Path) -> Census {
    let open = |name: &str| {
        let path = folder.join(name);
        Table { name: name.to_owned(), bytes: Box::new(std::fs::File::open(path).expect("checks/peer made it")) }
    };
    read_census(rules, open("households.csv"), open("persons.csv")).expect("checks/peer made it well")
}

fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// How long this thread has worked, where the kernel says so (Linux): other programs on the machine do not count.
fn worked() -> Duration {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(said.split(' ').next().and_then(|ns| ns.parse().ok()).unwrap_or(0))
}

fn main() {
    let rules = country();
    let Some(folder) = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).map(PathBuf::from) else {
        println!("run checks/peer, which measures this beside OpenFisca");
        return;
    };
    let started = now();
    let census = census(&rules, &folder);
    let read = started.elapsed();
    let on = day(2025, 1, 1).expect("a day");
    for cores in [1, 2] {
        let mut rounds: Vec<Duration> = vec![];
        let (mut sum, mut least_worked) = (0i128, Duration::MAX);
        for _ in 0..ROUNDS {
            let (started, busy) = (now(), worked());
            let outcomes = decide(&rules, on, &census.registry, cores, &|_| {});
            rounds.push(started.elapsed());
            least_worked = least_worked.min(worked() - busy);
            sum = outcomes[0].amounts.iter().map(|fen| i128::from(*fen)).sum();
        }
        rounds.sort();
        let (least, median) = (rounds[0].as_secs_f64(), rounds[ROUNDS / 2].as_secs_f64());
        let cpu = if cores == 1 { format!("\tcpu={:.4}", least_worked.as_secs_f64()) } else { String::new() };
        let sum = format!("{}.{:02}", sum / 100, sum % 100);
        println!("luoshi\tcores={cores}\tleast={least:.4}\tmedian={median:.4}{cpu}\tsum={sum}");
    }
    println!("luoshi\tread={:.2}\tpeak_mb={}", read.as_secs_f64(), peak_mb());
}
