//! A million persons: decided in columns, and one household with its full proof.
//!
//! `cargo bench -p rules`. The rules are the pack of the fictional city; facts are made from a seed. Quote the least of
//! the rounds and the machine; the peak of memory is what the kernel saw (Linux).

use std::path::Path;
use std::time::{Duration, Instant};

use civil::day;
use rules::{Entity, Household, Place, Registry, Row, Rules, Source, check, decide, prove};

const PERSONS: usize = 1_000_000;
const ROUNDS: usize = 5;
const CASES: usize = 2_000;

#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

fn pack() -> Rules {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/qinghe");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the pack").map(|one| one.expect("a file").path()).collect();
    paths.sort();
    let read =
        |path: &Path| Source { name: path.display().to_string(), text: std::fs::read_to_string(path).expect("a file") };
    check(paths.iter().map(|path| read(path)).collect()).expect("the pack is sound")
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
                let value = fact(rules, dice, entity, at);
                out.facts_mut(place).set(at, value, None);
            }
        }
    }
    out
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
    let rules = pack();
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
