//! The disk is full, or a read, a write or a sync fails: at every call there is, one after another.

use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use store::{ChangeError, OpenError, StoreFault};
use tempfile::TempDir;

use crate::city::{City, Step, Told, Undone, create, places, script};
use crate::disk::Dice;
use crate::kernel::{Kind, Watch};
use crate::power::{Promised, check, holds};

fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").expect("a folder")
}

/// Where the failing call comes.
#[derive(Clone, Copy)]
enum Where {
    /// Of each step first the first call, then the second, and so on until it is done.
    Each,
    /// Of each step one call, somewhere.
    Somewhere(u64),
    /// Of each step first the call of this number and then every so-many-th.
    Every(u64),
}

/// What was tried.
#[derive(Default, Debug)]
struct Tried {
    /// Steps that met a failing call and were not done.
    refused: u64,
    /// Steps that met one and were done all the same: it stood in the way of something that is made up for later.
    done: u64,
}

/// Goes through the script while calls fail. After each failure the record holds what was answered, and the same
/// command, sent again, is carried out.
fn go_through(steps: &[Step], kind: Kind, place: Where) -> Tried {
    let folder = folder();
    let (dir, _) = places(folder.path());
    let watch = Watch::begin(folder.path());
    create(folder.path()).expect("a new folder");
    let city = City::open(folder.path(), 0).expect("it opens");
    let (mut promised, mut tried) = (Promised { is_made: true, ..Promised::default() }, Tried::default());
    let mut dice = Dice::new(if let Where::Somewhere(seed) = place { seed } else { 0 });
    for (no, step) in steps.iter().enumerate() {
        let mut before = match place {
            Where::Each => 0,
            Where::Somewhere(_) => {
                let far = if dice.roll(4) == 0 { 2_500 } else { 120 };
                dice.roll(far) as u64
            }
            Where::Every(step) => dice.roll(usize::try_from(step).expect("few")) as u64,
        };
        promised.take(&Told::Sent(no));
        loop {
            watch.spoil(kind, before);
            let outcome = city.take(no, step);
            let failed = watch.relieve();
            match outcome {
                Ok(told) => {
                    promised.take(&told);
                    tried.done += u64::from(!failed.is_empty());
                    break;
                }
                Err(undone) => {
                    assert!(!failed.is_empty() && undone.is_fault(), "step {no}, {step:?}: {undone:?}");
                    assert!(!is_panic(&undone), "step {no}, {step:?}, call {before} at {failed:?}: {undone:?}");
                    tried.refused += 1;
                    if let Err(what) = holds(&dir, steps, &promised, true) {
                        panic!("step {no}, {step:?}, call {before} at {failed:?}, {undone:?}: {what}");
                    }
                    if tried.refused % 50 == 0 {
                        // Killed here, it comes back too.
                        let copy = copied(folder.path());
                        check(copy.path(), steps, &promised)
                            .unwrap_or_else(|what| panic!("step {no}, {step:?}, killed after call {before}: {what}"));
                    }
                }
            }
            before += if let Where::Every(step) = place { step } else { 1 };
        }
    }
    drop(city);
    drop(watch);
    check(folder.path(), steps, &promised).expect("it opens and verifies");
    tried
}

fn is_panic(undone: &Undone) -> bool {
    matches!(
        undone,
        Undone::Fault(StoreFault::Panicked | StoreFault::Closed)
            | Undone::Change(ChangeError::Fault(StoreFault::Panicked | StoreFault::Closed))
    )
}

/// The folder as it stands, with its settings pointing to the copy.
fn copied(root: &Path) -> TempDir {
    let copy = folder();
    let mut folders = vec![PathBuf::new()];
    while let Some(below) = folders.pop() {
        for entry in std::fs::read_dir(root.join(&below)).expect("it reads") {
            let entry = entry.expect("it reads");
            let path = below.join(entry.file_name());
            if entry.path().is_dir() {
                std::fs::create_dir(copy.path().join(&path)).expect("space");
                folders.push(path);
            } else if !path.to_string_lossy().ends_with("-shm") {
                std::fs::write(copy.path().join(&path), std::fs::read(entry.path()).expect("it reads")).expect("space");
            }
        }
    }
    crate::power::move_outside(copy.path()).expect("it has settings");
    copy
}

/// Making and opening a record meet every failing call too.
fn make_and_open(kind: Kind, stride: u64) {
    let folder = folder();
    let watch = Watch::begin(folder.path());
    let until_done = |what: &mut dyn FnMut() -> Result<(), OpenError>| {
        for before in (0..).step_by(usize::try_from(stride).expect("few")) {
            watch.spoil(kind, before);
            let outcome = what();
            let failed = watch.relieve();
            match outcome {
                Ok(()) if failed.is_empty() => return,
                // It is made, and stands in the way of being made again.
                Ok(()) | Err(OpenError::Taken) => return,
                Err(error) => assert!(!failed.is_empty(), "call {before}: {error}"),
            }
        }
    };
    until_done(&mut || create(folder.path()));
    until_done(&mut || City::open(folder.path(), 0).map(drop));
    let city = City::open(folder.path(), 1).expect("it opens");
    city.take(0, &Step::Begin).expect("it goes on");
}

#[test]
fn a_disk_that_is_full_loses_nothing_and_goes_on_once_there_is_space() {
    make_and_open(Kind::Space, 7);
    let tried = go_through(&script(45), Kind::Space, Where::Every(19));
    assert!(tried.refused >= 40, "{tried:?}");
}

#[test]
fn a_write_or_a_read_that_fails_loses_nothing() {
    for kind in [Kind::Write, Kind::Read] {
        make_and_open(kind, 7);
        let tried = go_through(&script(45), kind, Where::Every(19));
        assert!(tried.refused > 0, "{kind:?}: {tried:?}");
    }
}

#[test]
#[ignore = "takes minutes; docs/operations.md says how to run it"]
fn every_call_that_fails_loses_nothing() {
    for kind in [Kind::Space, Kind::Write, Kind::Read] {
        make_and_open(kind, 1);
        let steps = script(200);
        let mut tried = go_through(&steps, kind, Where::Each);
        println!("{kind:?}, every call: {tried:?}");
        for seed in 1..=20 {
            let more = go_through(&steps, kind, Where::Somewhere(seed));
            tried.refused += more.refused;
            tried.done += more.done;
        }
        println!("{kind:?}, with twenty times somewhere: {tried:?}");
    }
}

/// Names the folder for `a_process_whose_sync_fails`; no other way leads there.
const CHILD: &str = "LUOSHI_TEST_FAILED_SYNC";

/// The child: goes through the script, says what it was answered, and meets one failing sync.
#[test]
#[ignore = "run by the tests below, in a process of its own"]
#[allow(clippy::disallowed_methods, reason = "a test that is run by another is told where")]
fn a_process_whose_sync_fails() {
    let Ok(told) = std::env::var(CHILD) else { return };
    let (before, rest) = told.split_once(' ').expect("as the parent wrote it");
    let (len, root) = rest.split_once(' ').expect("as the parent wrote it");
    let root = Path::new(root);
    let steps = script(len.parse().expect("a number"));
    let watch = Watch::begin(root);
    create(root).expect("a new folder");
    let city = City::open(root, 0).expect("it opens");
    watch.spoil(Kind::Sync, before.parse().expect("a number"));
    for (no, step) in steps.iter().enumerate() {
        println!("sent {no}");
        loop {
            match city.take(no, step) {
                Ok(Told::Done(_, events)) => {
                    let places: Vec<String> =
                        events.iter().map(|event| format!("{} {} {}", event.idx, event.stream, event.n)).collect();
                    println!("done {no} {}", places.join(","));
                    break;
                }
                Ok(_) => {
                    println!("kept {no}");
                    break;
                }
                Err(undone) => {
                    let failed = watch.relieve();
                    assert!(undone.is_fault() && !failed.is_empty(), "step {no}: {undone:?}");
                    none_is_a_database(&failed);
                    println!("refused {no}");
                }
            }
        }
    }
    let failed = watch.relieve();
    none_is_a_database(&failed);
    println!("ended {}", if failed.is_empty() { "without" } else { "with" });
}

/// Whatever database cannot be synced, nobody goes on with it.
fn none_is_a_database(failed: &[PathBuf]) {
    let is_database = |path: &&PathBuf| path.extension().is_some_and(|kind| kind.to_string_lossy().starts_with("db"));
    assert_eq!(failed.iter().find(is_database), None, "the process went on after its sync failed");
}

/// How a process ended in which a sync failed.
enum Ended {
    /// By itself.
    Aborted,
    /// It answered that the step was not done, or made up for it, and went on.
    WentOn,
    /// No sync of that number came.
    Untouched,
}

fn with_failed_sync(before: u64, len: usize) -> Ended {
    let folder = folder();
    let me = std::env::current_exe().expect("a program");
    let output = Command::new(me)
        .args(["--exact", "faults::a_process_whose_sync_fails", "--ignored", "--nocapture"])
        .env(CHILD, format!("{before} {len} {}", folder.path().display()))
        .output()
        .expect("it starts");
    let said = String::from_utf8(output.stdout).expect("text");
    let (steps, mut promised) = (script(len), Promised { is_made: true, ..Promised::default() });
    let mut end = "";
    for line in said.lines() {
        let Some((word, rest)) = line.split_once(' ') else { continue };
        let (no, places) = rest.split_once(' ').unwrap_or((rest, ""));
        let no = no.parse().unwrap_or(0);
        match word {
            "sent" => promised.take(&Told::Sent(no)),
            "kept" => promised.take(&Told::Kept(no)),
            "done" => promised
                .take(&Told::Done(no, places.split(',').filter(|place| !place.is_empty()).map(appended).collect())),
            "ended" => end = rest,
            _ => {}
        }
    }
    check(folder.path(), &steps, &promised).unwrap_or_else(|what| panic!("sync {before} failed: {what}\n{said}"));
    match (output.status.signal(), output.status.success(), end) {
        (Some(libc::SIGABRT), _, "") => Ended::Aborted,
        (None, true, "with") => Ended::WentOn,
        (None, true, "without") => {
            if said.contains("refused") {
                Ended::WentOn
            } else {
                Ended::Untouched
            }
        }
        _ => panic!("sync {before} failed: {:?}\n{said}\n{}", output.status, String::from_utf8_lossy(&output.stderr)),
    }
}

fn appended(place: &str) -> store::Appended {
    let mut words = place.split(' ');
    let mut word = || words.next().expect("three words");
    let (idx, stream, n) = (word(), word(), word());
    store::Appended {
        idx: idx.parse().expect("a number"),
        stream: stream.parse().expect("a stream"),
        n: n.parse().expect("a number"),
    }
}

fn every_failed_sync(len: usize, stride: usize) -> (u64, u64) {
    let (mut aborted, mut went_on) = (0, 0);
    for before in (0..).step_by(stride) {
        match with_failed_sync(before, len) {
            Ended::Aborted => aborted += 1,
            Ended::WentOn => went_on += 1,
            Ended::Untouched => break,
        }
    }
    (aborted, went_on)
}

#[test]
fn after_a_failed_sync_the_process_ends_and_the_next_one_recovers() {
    let (aborted, _) = every_failed_sync(45, 2);
    assert!(aborted > 5, "{aborted} processes ended");
}

#[test]
#[ignore = "takes minutes; docs/operations.md says how to run it"]
fn after_every_failed_sync_the_process_ends_and_the_next_one_recovers() {
    let (aborted, went_on) = every_failed_sync(200, 1);
    println!(
        "{aborted} processes ended at a failed sync and the next recovered; {went_on} told the failure or made up for it"
    );
}
