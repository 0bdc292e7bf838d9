//! `kill -9` while eight hands work: a process is killed at some moment, the next one takes the folder over, and whoever
//! had no answer sends his command again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::city::{BUSY_STEPS, City, Told, busy_step, command_id, create, places, script};
use crate::disk::Dice;

/// Tells `a_process_that_is_killed` where it works; no other way leads there.
const CHILD: &str = "LUOSHI_TEST_KILLED";

const HANDS: usize = 8;
/// The commands of the first script, which founds the office, stand apart from those of the hands.
const FOUNDING: usize = 12;
/// So many commands a hand has for itself in one life of the process.
const OF_A_HAND: usize = 10_000 * BUSY_STEPS;

/// The child: works until it is killed, and says what it was answered.
#[test]
#[ignore = "run by the tests below, in a process of its own"]
#[allow(clippy::disallowed_methods, reason = "a test that is run by another is told where")]
fn a_process_that_is_killed() {
    let Ok(told) = std::env::var(CHILD) else { return };
    let mut words = told.splitn(3, ' ');
    let mut word = || words.next().expect("as the parent wrote it");
    let (life, again, root): (usize, &str, &str) = (word().parse().expect("a number"), word(), word());
    let city = City::open(Path::new(root), life as u64).expect("it opens");
    println!("\nopen");
    let take = |no: usize| {
        println!("sent {no}");
        match city.take(no, &busy_step(no)).expect("the machine does not fail") {
            Told::Done(_, events) => println!("done {no} {} {}", events[0].idx, events.len()),
            Told::Made | Told::Sent(_) | Told::Kept(_) => println!("kept {no}"),
        }
    };
    again.split(',').filter_map(|no| no.parse().ok()).for_each(take);
    std::thread::scope(|scope| {
        for hand in 0..HANDS {
            let first = ((life * HANDS) + hand + 1) * OF_A_HAND;
            scope.spawn(move || (first..first + OF_A_HAND).for_each(take));
        }
    });
}

/// What the lives of the process have answered, one after another.
#[derive(Default)]
struct Answers {
    done: BTreeMap<usize, (u64, u64)>,
    open: BTreeSet<usize>,
    /// How long each life took from its start until the folder was open.
    back: Vec<Duration>,
}

#[allow(clippy::disallowed_methods, reason = "how long it takes is printed, and nothing depends on it")]
fn now() -> Instant {
    Instant::now()
}

fn start(root: &Path, life: usize, again: &BTreeSet<usize>) -> Child {
    let again: Vec<String> = again.iter().map(usize::to_string).collect();
    Command::new(std::env::current_exe().expect("a program"))
        .args(["--exact", "kill::a_process_that_is_killed", "--ignored", "--nocapture"])
        .env(CHILD, format!("{life} {},x {}", again.join(","), root.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("it starts")
}

/// One life: so many lines are waited for, then it is killed, and what it had said by then is read.
fn live(root: &Path, life: usize, lines: usize, answers: &mut Answers) {
    let began = now();
    let mut child = start(root, life, &answers.open);
    let output = BufReader::new(child.stdout.take().expect("a pipe"));
    for (n, line) in output.lines().enumerate() {
        // A last line may be there by half: then nobody was answered.
        let Ok(line) = line else { break };
        let words: Vec<&str> = line.split(' ').collect();
        let number = |at: usize| words.get(at).and_then(|word| word.parse::<u64>().ok());
        match (words[0], number(1), number(2), number(3)) {
            ("open", ..) => answers.back.push(began.elapsed()),
            ("sent", Some(no), ..) => drop(answers.open.insert(no as usize)),
            ("kept", Some(no), ..) => drop(answers.open.remove(&(no as usize))),
            ("done", Some(no), Some(first), Some(count)) => {
                answers.open.remove(&(no as usize));
                answers.done.insert(no as usize, (first, count));
            }
            _ => {}
        }
        if n == lines {
            child.kill().expect("it lives");
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Every command that was answered is there once and as answered; of those without an answer some are.
fn holds(dir: &Path, answers: &Answers) -> Result<(), String> {
    let text = |error: rusqlite::Error| error.to_string();
    let record = Connection::open(dir.join("record.db")).map_err(text)?;
    for (no, answered) in &answers.done {
        let mut statement = record.prepare_cached("SELECT first, count FROM command WHERE id = ?1").map_err(text)?;
        let id = command_id(*no);
        let found: Result<(u64, u64), _> = statement.query_row([id.0.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)));
        match found {
            Ok(found) if found == *answered => {}
            found => return Err(format!("command {no} was answered with {answered:?}, and stands as {found:?}")),
        }
    }
    let count = |sql: &str| record.query_row(sql, [], |row| row.get::<_, usize>(0)).map_err(text);
    let (commands, most) = (count("SELECT count(*) FROM command")?, answers.done.len() + answers.open.len());
    if commands < answers.done.len() || commands > most {
        return Err(format!("{} commands were answered, {most} sent, and {commands} are there", answers.done.len()));
    }
    let (events, named) = (count("SELECT count(*) FROM event")?, count("SELECT sum(count) FROM command")?);
    if events != named {
        return Err(format!("{named} events were answered for, and {events} are there"));
    }
    Ok(())
}

fn kill(times: usize, verify_every: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let (dir, outside) = places(folder.path());
    create(folder.path()).expect("a new folder");
    let mut answers = Answers::default();
    {
        let city = City::open(folder.path(), 0).expect("it opens");
        for (no, step) in script(FOUNDING).iter().enumerate() {
            let Told::Done(_, events) = city.take(no, step).expect("an empty record") else { continue };
            answers.done.insert(no, (events[0].idx, events.len() as u64));
        }
    }
    let mut dice = Dice::new(9);
    for life in 1..=times {
        let lines = [0, 3, 40, 150][dice.roll(4)];
        let lines = lines + dice.roll(lines + 4);
        live(folder.path(), life, lines, &mut answers);
        holds(&dir, &answers).unwrap_or_else(|what| panic!("after kill {life}, {lines} lines in: {what}"));
        if life % verify_every == 0 || life == times {
            // Opened once more it signs what it has; then everything must hold.
            drop(City::open(folder.path(), life as u64).expect("it opens"));
            let old = std::fs::read_to_string(&outside).expect("checkpoints");
            let verified = store::verify_folder(&dir, Some(&old), false);
            let verified = verified.unwrap_or_else(|error| panic!("after kill {life}: {error}"));
            assert_eq!(verified.unsigned_tail(), 0);
        }
    }
    answers.back.sort();
    let (middle, most) = (answers.back[answers.back.len() / 2], answers.back[answers.back.len() - 1]);
    let events: u64 = answers.done.values().map(|(_, count)| count).sum();
    println!(
        "{times} kills, {} commands answered, {events} events; back in {middle:.1?}, at most {most:.1?}",
        answers.done.len()
    );
}

#[test]
fn a_process_that_is_killed_loses_nothing_and_doubles_nothing() {
    kill(100, 25);
}

#[test]
#[ignore = "takes minutes; docs/operations.md says how to run it"]
fn a_process_that_is_killed_a_thousand_times_loses_nothing_and_doubles_nothing() {
    kill(1_000, 100);
}
