//! A million persons: decided in columns, a reform beside, 24 months again; and one household with its full proof.
//!
//! `cargo bench -p rules`. The rules are the pack of the fictional city; facts are made from a seed. Quote the least of
//! the rounds and the machine; the peak of memory is what the kernel saw (Linux).

use std::path::Path;
use std::time::{Duration, Instant};

use civil::day;
use rules::{
    Against, Census, Entity, Household, Out, Place, Reform, Registry, Row, Rules, Source, Traced, arrears, check,
    compare, decide, months_before, prove, sweep,
};

const PERSONS: usize = 1_000_000;
const ROUNDS: usize = 3;
const CASES: usize = 2_000;
/// February 2024, and how many months of history there are.
const LAST_MONTH: i64 = 2024 * 12 + 1;
const HISTORY: u64 = 39;
const MONTHS: i64 = 24;

#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

/// The pack, and with words of it replaced.
fn pack(reformed: &[(&str, &str)]) -> Rules {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/qinghe");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the pack").map(|one| one.expect("a file").path()).collect();
    paths.sort();
    let read =
        |path: &Path| Source { name: path.display().to_string(), text: std::fs::read_to_string(path).expect("a file") };
    let reformed = |mut source: Source| {
        reformed.iter().for_each(|(from, to)| source.text = source.text.replace(from, to));
        source
    };
    check(paths.iter().map(|path| reformed(read(path))).collect()).expect("the pack is sound")
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// One in fifty facts is not known.
fn fact(rules: &Rules, dice: &mut Dice, entity: Entity, fact: usize) -> Option<i64> {
    let name = rules.facts(entity)[fact].name.as_str();
    if dice.below(50) == 0 {
        return None;
    }
    let value = match name {
        "role" => dice.below(5),
        "birth" => 19_300_101 + dice.below(90) * 10_000 + dice.below(12) * 100 + dice.below(28),
        "wage" => dice.below(3) * dice.below(150_000),
        "pension" => dice.below(2) * dice.below(90_000),
        "farm_income" => dice.below(2) * dice.below(1_500_000),
        "assets" => dice.below(3_000_000),
        "rigid_spending" => dice.below(200_000),
        "area" => dice.below(2),
        _ => u64::from(dice.below(12) == 0),
    };
    Some(value as i64)
}

fn household(rules: &Rules, dice: &mut Dice) -> Household {
    let members = 1 + dice.below(3) + dice.below(3);
    let mut out = Household::unknown(rules, "h", (0..members).map(|_| String::new()));
    for entity in [Entity::Household, Entity::Person] {
        for place in out.places(entity) {
            for at in 0..rules.facts(entity).len() {
                if rules.facts(entity)[at].is_monthly {
                    // Of one in fifty, a month is not known.
                    let gap = (dice.below(50) == 0).then(|| dice.below(60));
                    for back in 0..HISTORY {
                        let value = (gap != Some(back)).then(|| dice.below(200_000) as i64);
                        out.facts_mut(place).set_in(at, LAST_MONTH - back as i64, value, None);
                    }
                    continue;
                }
                let value = fact(rules, dice, entity, at);
                out.facts_mut(place).set(at, value, None);
            }
        }
    }
    out
}

/// Time on all cores together, by the kernel (Linux): tells apart what is computed and what is waited for.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
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

fn census(registry: Registry) -> Census {
    let households = (0..registry.households()).map(|at| format!("H{at}")).collect();
    let persons = (0..registry.persons()).map(|at| format!("P{at}")).collect();
    Census { registry, households, persons, notes: vec![], groups: None, traced: Traced::default() }
}

/// Rules and reform in one pass, against the rules alone: what is decided, and what is written.
fn reforms(rules: &Rules, census: &Census, on: civil::Date) {
    let least = |rounds: usize, mut f: Box<dyn FnMut() + '_>| {
        let rounds = (0..rounds).map(|_| {
            let (started, before) = (now(), cpu());
            f();
            (started.elapsed().as_secs_f64(), cpu() - before)
        });
        rounds.fold((f64::MAX, f64::MAX), |least, one| (least.0.min(one.0), least.1.min(one.1)))
    };
    let registry = &census.registry;
    let alone = least(ROUNDS, Box::new(|| drop(decide(rules, on, registry, 2, &|_| {}))));
    let swept = least(1, Box::new(|| drop(sweep(rules, on, census, 2, &|_| {}, Out::csv(&mut std::io::sink())))));
    for (name, reformed) in [
        ("an empty one", vec![]),
        ("of the edge line", vec![("from 2014-05-01: 1.5", "from 2014-05-01: 1.8")]),
        ("of the standard, on which all rests", vec![("urban 810.00", "urban 900.00")]),
    ] {
        let reform = Reform::of(rules, &pack(&reformed)).expect("the same facts");
        let both = least(ROUNDS, Box::new(|| drop(decide(&reform.rules, on, registry, 2, &|_| {}))));
        let written =
            least(1, Box::new(|| drop(compare(&reform, on, census, 2, &|_| {}, Out::csv(&mut std::io::sink())))));
        println!(
            "a reform {name}: decided {:.3} s, alone {:.3} s ({:.2} x; of the cores' time {:.2} x); written {:.3} s, alone {:.3} s",
            both.0,
            alone.0,
            both.0 / alone.0,
            both.1 / alone.1,
            written.0,
            swept.0
        );
    }
}

fn main() {
    let rules = pack(&[]);
    let on = day(2024, 3, 1).expect("a day");
    let mut dice = Dice(20_201_221);
    let mut registry = Registry::new(&rules);
    while registry.persons() < PERSONS {
        registry.push(&household(&rules, &mut dice));
    }
    let (persons, households) = (registry.persons(), registry.households());
    println!("{persons} persons in {households} households, {} decisions", rules.decisions.len());
    for cores in [1, 2] {
        let (mut rounds, mut least_worked) = (vec![], Duration::MAX);
        for _ in 0..ROUNDS {
            let (started, busy) = (now(), worked());
            let outcomes = decide(&rules, on, &registry, cores, &|_| {});
            rounds.push(started.elapsed());
            least_worked = least_worked.min(worked() - busy);
            assert_eq!(outcomes.len(), rules.decisions.len());
        }
        rounds.sort();
        let (least, median) = (rounds[0], rounds[ROUNDS / 2]);
        let each = persons as f64 / least.as_secs_f64() / 1e6;
        println!(
            "{cores} core(s): least {least:?}, median {median:?} of {ROUNDS}; {each:.1} M persons/s; {least_worked:?} of work on this one"
        );
    }
    println!("peak of memory: {} MB", peak_mb());
    let mut census = census(registry);
    reforms(&rules, &census, on);
    let months = months_before(on, MONTHS);
    let (started, before) = (now(), cpu());
    let owed = arrears(&rules, &months, &mut census, &Against::Nothing, 2, &|_| {}, Out::csv(&mut std::io::sink()))
        .expect("a sink");
    let cannot_say: u64 = owed.iter().map(|one| one.cannot_say).sum();
    println!(
        "{MONTHS} months again: {:?}, {:.1} s of the cores' time ({cannot_say} rows cannot be said)",
        started.elapsed(),
        cpu() - before
    );
    println!("peak of memory: {} MB", peak_mb());
    let registry = &census.registry;
    let cases: Vec<Household> = (0..CASES).map(|at| registry.one(&rules, at)).collect();
    let (started, busy) = (now(), worked());
    let mut steps = 0;
    for case in &cases {
        let mut row = Row::new(&rules, on, case);
        steps += prove(&mut row, 0, Place::Household).conditions.len();
    }
    let (each, work) = (started.elapsed() / CASES as u32, (worked() - busy) / CASES as u32);
    println!("one decision with its proof: {each:?} each, {work:?} of work ({steps} conditions)");
}
