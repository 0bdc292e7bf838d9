//! The power goes: at every call, with all, nothing, or any part of what was not synced.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rusqlite::Connection;
use store::{Appended, OpenError};

use crate::city::{City, Step, Told, command_id, create, person_of, places, script};
use crate::disk::{Disk, Luck};
use crate::kernel::{Op, Watch};

/// What had been answered when the power went.
#[derive(Clone, Default)]
pub struct Promised {
    pub is_made: bool,
    pub done: BTreeMap<usize, Vec<Appended>>,
    pub kept: BTreeSet<usize>,
    pub under_way: Option<usize>,
}

impl Promised {
    pub fn take(&mut self, told: &Told) {
        match told.clone() {
            Told::Made => self.is_made = true,
            Told::Sent(no) => self.under_way = Some(no),
            Told::Done(no, events) => {
                self.under_way = None;
                self.done.insert(no, events);
            }
            Told::Kept(no) => {
                self.under_way = None;
                self.kept.insert(no);
            }
        }
    }
}

/// Runs the script once and gives all that was asked of the operating system.
fn record(steps: &[Step]) -> Vec<Op> {
    let folder = tempfile::tempdir_in("/dev/shm").expect("a folder");
    let watch = Watch::begin(folder.path());
    create(folder.path()).expect("a new folder");
    watch.tell(Told::Made);
    let city = City::open(folder.path(), 0).expect("it opens");
    for (no, step) in steps.iter().enumerate() {
        watch.tell(Told::Sent(no));
        let told = city.take(no, step).unwrap_or_else(|undone| panic!("step {no}, {step:?}: {undone:?}"));
        watch.tell(told);
    }
    drop(city);
    watch.take()
}

/// Opens what a crash left behind and says what does not hold.
pub fn check(root: &Path, steps: &[Step], promised: &Promised) -> Result<(), String> {
    let (dir, outside) = places(root);
    let city = match City::open(root, 1) {
        Ok(city) => city,
        // What was not finished can be begun again elsewhere.
        Err(OpenError::Missing | OpenError::Fault(_)) if !promised.is_made => return Ok(()),
        Err(error) => return Err(format!("it does not open: {error}")),
    };
    sound(&dir)?;
    holds(&dir, steps, promised, false)?;
    for no in &promised.kept {
        if !city.keeps(&steps[*no]) {
            return Err(format!("step {no} was answered, and what it kept is gone"));
        }
    }
    // Whoever had no answer sends his command again; and the last who had one does so too.
    if let Some(no) = promised.under_way {
        city.take(no, &steps[no]).map_err(|undone| format!("step {no}, sent again: {undone:?}"))?;
    }
    if let Some((no, events)) = promised.done.last_key_value()
        && !matches!(steps[*no], Step::Evidence { .. })
    {
        let told = city.take(*no, &steps[*no]).map_err(|undone| format!("step {no}, sent again: {undone:?}"))?;
        if told != Told::Done(*no, events.clone()) {
            return Err(format!("step {no}, sent again, was answered otherwise: {told:?}"));
        }
    }
    if promised.under_way.is_none() && promised.is_made {
        let no = promised.done.len() + promised.kept.len();
        let step = steps.get(no).ok_or("the script has ended");
        if let Ok(step) = step {
            city.take(no, step).map_err(|undone| format!("it does not go on with step {no}: {undone:?}"))?;
        }
    }
    drop(city);
    let outside = std::fs::read_to_string(outside).map_err(|error| format!("the file of checkpoints: {error}"))?;
    let old = (!outside.trim().is_empty()).then_some(outside.as_str());
    let verified = store::verify_folder(&dir, old, false).map_err(|error| format!("verify: {error}"))?;
    if verified.unsigned_tail() != 0 {
        return Err(format!("{} events have no checkpoint after it was closed", verified.unsigned_tail()));
    }
    Ok(())
}

/// Looks into the files themselves.
fn sound(dir: &Path) -> Result<(), String> {
    let text = |error: rusqlite::Error| error.to_string();
    for file in ["record.db", "keys.db", "access.db", "drafts.db"] {
        let connection = Connection::open(dir.join(file)).map_err(text)?;
        let sound: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).map_err(text)?;
        if sound != "ok" {
            return Err(format!("{file}: {sound}"));
        }
    }
    Ok(())
}

/// Whether everything that was answered stands in the record, and nothing else, and every key with its parts.
pub fn holds(dir: &Path, steps: &[Step], promised: &Promised, is_running: bool) -> Result<(), String> {
    let text = |error: rusqlite::Error| error.to_string();
    let record = Connection::open(dir.join("record.db")).map_err(text)?;
    record.execute("ATTACH ?1 AS keys", [dir.join("keys.db").display().to_string()]).map_err(text)?;
    let count = |sql: &str| record.query_row(sql, [], |row| row.get::<_, u64>(0)).map_err(text);
    // Every command that was answered, as it was answered; of the one under way all or nothing; and no other.
    let mut commands = 0;
    for (no, events) in &promised.done {
        let sql = "SELECT first, count FROM command WHERE id = ?1";
        let id = command_id(*no);
        let found = record.query_row(sql, [id.0.as_bytes()], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, u64>(1)?)));
        let expected = (events.first().map_or(0, |event| event.idx), events.len() as u64);
        match found {
            Ok(found) if found == expected => commands += 1,
            Ok(found) => return Err(format!("step {no} was answered with {expected:?}, and stands as {found:?}")),
            Err(error) => return Err(format!("step {no} was answered, and is gone: {error}")),
        }
        for Appended { idx, stream, n } in events {
            let sql = "SELECT count(*) FROM event WHERE idx = ?1 AND stream = ?2 AND n = ?3";
            let there: u64 = record.query_row(sql, (idx, stream.to_string(), n), |row| row.get(0)).map_err(text)?;
            if there != 1 {
                return Err(format!("event {idx} was answered, and is gone"));
            }
        }
    }
    let found = count("SELECT count(*) FROM command")?;
    if found != commands && !(found == commands + 1 && promised.under_way.is_some()) {
        return Err(format!("{commands} commands were answered, and {found} are there"));
    }
    let keyless = count("SELECT count(*) FROM holder h WHERE name IS NOT NULL AND n NOT IN (SELECT n FROM keys.key)")?;
    let orphans = count("SELECT count(*) FROM part WHERE holder NOT IN (SELECT n FROM holder WHERE name IS NOT NULL)")?;
    let undead = count("SELECT count(*) FROM holder h JOIN keys.key k ON k.n = h.n WHERE name IS NULL")?;
    // An erasure that met a fault is finished when it is sent again, or on the next start; the key goes first.
    let is_half_erased =
        is_running && promised.under_way.is_some_and(|no| matches!(steps[no], Step::Erase(_) | Step::TakeBack(_)));
    if !is_half_erased && (keyless, orphans, undead) != (0, 0, 0) {
        return Err(format!("{keyless} holders without a key, {orphans} parts without a holder, {undead} keys undead"));
    }
    for no in promised.done.keys() {
        if let Step::Erase(officer) = &steps[*no] {
            let sql = "SELECT count(*) FROM holder WHERE name = ?1";
            let holder = format!("person/{}", person_of(*officer).0);
            let left: u64 = record.query_row(sql, [holder], |row| row.get(0)).map_err(text)?;
            if left != 0 {
                return Err(format!("step {no} erased somebody, and he is there again"));
            }
        }
    }
    Ok(())
}

/// A point in the script, and what the disk made of it.
type Point = (usize, Luck);

/// Tries every point, on all processors, and gives what did not hold.
fn try_points(ops: &[Op], steps: &[Step], points: &[Point], is_lying: bool) -> Vec<(Point, String)> {
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(vec![]));
    // Points come in the order of the script; a hand takes the next few, and its disk moves on to them.
    const RUN: usize = 64;
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from).min(8) {
            scope.spawn(|| {
                let (mut disk, mut promised, mut taken) = (Disk::default(), Promised::default(), 0);
                let mut is_begun = false;
                loop {
                    let begin = next.fetch_add(RUN, Ordering::SeqCst);
                    let Some(run) = points.get(begin..(begin + RUN).min(points.len())).filter(|run| !run.is_empty())
                    else {
                        return;
                    };
                    for (at, luck) in run {
                        for op in &ops[taken..*at] {
                            is_begun |= matches!(op, Op::Told(Told::Sent(_)));
                            disk.take(op, is_lying && is_begun);
                            if let Op::Told(told) = op {
                                promised.take(told);
                            }
                        }
                        taken = *at;
                        let folder = tempfile::tempdir_in("/dev/shm").expect("a folder");
                        disk.crash(*luck, folder.path());
                        if let Err(what) =
                            move_outside(folder.path()).and_then(|()| check(folder.path(), steps, &promised))
                        {
                            failures.lock().expect("nobody panics").push(((*at, *luck), what));
                        }
                    }
                }
            });
        }
    });
    failures.into_inner().expect("nobody panics")
}

/// The settings name the file of checkpoints from the root, and this is another root.
pub fn move_outside(root: &Path) -> Result<(), String> {
    let (dir, outside) = places(root);
    let Ok(text) = std::fs::read_to_string(dir.join("settings.json")) else { return Ok(()) };
    let mut settings: serde_json::Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    settings["checkpoints"] = outside.display().to_string().into();
    std::fs::write(dir.join("settings.json"), settings.to_string()).map_err(|error| error.to_string())
}

/// At every `step`-th call: everything is there, nothing that was not synced, and `lucks` times any part of it.
fn points(ops: &[Op], step: usize, lucks: u64) -> Vec<Point> {
    let mut points = vec![];
    for at in (0..=ops.len()).step_by(step) {
        points.extend([(at, Luck::All), (at, Luck::None)]);
        points.extend((0..lucks).map(|n| (at, Luck::Some(at as u64 * 1_000 + n))));
    }
    points
}

fn report(ops: &[Op], points: &[Point], failures: &[(Point, String)]) {
    println!("{} calls, {} crash points, {} of them bad", ops.len(), points.len(), failures.len());
    for ((at, luck), what) in failures.iter().take(20) {
        let last: Vec<String> = ops[at.saturating_sub(3)..*at].iter().map(brief).collect();
        println!("bad: after {at} calls ({}), {luck:?}: {what}", last.join(", "));
    }
}

fn brief(op: &Op) -> String {
    match op {
        Op::Wrote(path, at, bytes) => format!("{} bytes to {} at {at}", bytes.len(), path.display()),
        Op::Told(Told::Done(no, _)) => format!("step {no} answered"),
        Op::Told(told) => format!("{told:?}"),
        op => format!("{op:?}"),
    }
}

#[test]
fn power_lost_at_any_moment_loses_nothing_that_was_answered() {
    let steps = script(60);
    let ops = record(&steps);
    let points = points(&ops, 41, 3);
    let failures = try_points(&ops, &steps, &points, false);
    report(&ops, &points, &failures);
    assert!(points.len() >= 300, "{} points are too few", points.len());
    assert!(failures.is_empty());
}

#[test]
#[ignore = "takes minutes; docs/operations.md says how to run it"]
fn power_lost_at_every_moment_loses_nothing_that_was_answered() {
    let steps = script(200);
    let ops = record(&steps);
    let points = points(&ops, 1, 1);
    let failures = try_points(&ops, &steps, &points, false);
    report(&ops, &points, &failures);
    assert!(points.len() >= 20_000, "{} points are too few", points.len());
    assert!(failures.is_empty());
}

/// The check can fail: without syncs what was answered is lost, and it says so.
#[test]
fn without_syncs_losses_are_found() {
    let steps = script(40);
    let ops = record(&steps);
    let points = points(&ops, 97, 3);
    let failures = try_points(&ops, &steps, &points, true);
    report(&ops, &points, &failures);
    let lost = failures.iter().filter(|(_, what)| what.contains("was answered, and is gone")).count();
    assert!(lost > 0, "nothing was lost although nothing was synced");
}
