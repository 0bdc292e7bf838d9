//! An old backup comes back after the office worked on: on the command line, from the lost disk to serving again. No
//! checkpoint is ever signed that contradicts one the world was shown.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use ledger::Name;
use ledger::id::{CommandId, OfficerId, UnitId};
use ledger::matter::Hand;
use ledger::organisation::{Function, UnitText};
use ledger::organise::{self, Change};
use store::Store;
use uuid::Uuid;

const ORIGIN: &str = "luoshi.qinghe.example/2026";

/// What a command said, and whether it went well.
fn luoshi(arguments: &[&str]) -> (bool, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_luoshi")).args(arguments).output().expect("it runs");
    let said = [done.stdout, done.stderr].concat();
    (done.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// Serves the folder until it says where, and stops it again; or what it says instead.
fn serve(dir: &str, more: &[&str]) -> Result<(), String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_luoshi"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--data", dir]).args(more);
    let mut server = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let lines = BufReader::new(server.stdout.take().expect("piped")).lines();
    let is_served = lines.map_while(Result::ok).any(|line| line.contains("is served on"));
    if is_served {
        let process = rustix::process::Pid::from_child(&server);
        rustix::process::kill_process(process, rustix::process::Signal::TERM).expect("it runs");
    }
    let ended = server.wait_with_output().expect("it ends");
    // Told to stop before it listens for that, it ends all the same; what it committed is there.
    if is_served { Ok(()) } else { Err(String::from_utf8_lossy(&ended.stderr).into_owned()) }
}

/// The office works on: the first administrator founds units, and a checkpoint is signed.
#[allow(clippy::disallowed_methods, reason = "the record lives by the machine's clock")]
fn work_on(dir: &Path, units: u128) {
    let drawn = AtomicU64::new(u64::try_from(units).expect("few") * 1_000);
    let random = move |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&drawn.fetch_add(1, Ordering::SeqCst).to_le_bytes()[..chunk.len()]);
        }
    };
    let store = Store::open(dir, Arc::new(Timestamp::now), Arc::new(random)).expect("it opens");
    let admin: OfficerId = store
        .read(|read| Ok::<_, store::StoreFault>(read.organisation()?.officers().next().map(|officer| officer.id)))
        .expect("a record")
        .expect("the first administrator");
    for n in 0..3 {
        let unit = UnitId(Uuid::from_u128(units * 16 + n));
        let command = store::Command {
            id: CommandId(Uuid::from_u128(units * 16 + n)),
            actor: admin,
            on_behalf: None,
            request: [0; 32],
            expects: vec![],
        };
        let done = store.change(command, move |read| {
            let text = UnitText { name: Name::parse("", "Water Bureau").expect("a name"), aliases: vec![] };
            let change = Change::FoundUnit { unit, parent: None, function: Function::Executing, text };
            let by = Hand { officer: admin, on_behalf: None };
            Ok(read.with_context(by, &Default::default(), |context| organise::change(change, context))??)
        });
        done.expect("the administrator may");
    }
    store.checkpoint_now().expect("a checkpoint");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}

#[test]
fn an_old_backup_signs_nothing_until_the_log_goes_on_under_a_new_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (dir, outside, out) = (at("record"), at("checkpoints.txt"), at("backup"));
    serve(&dir, &["--origin", ORIGIN, "--checkpoints", &outside]).expect("a new record");
    work_on(Path::new(&dir), 1);
    let (done, said) = luoshi(&["backup", "--data", &dir, "--out", &out]);
    assert!(done, "{said}");
    let archive = |kind: &str| -> String {
        let mut names = std::fs::read_dir(&out).expect("a folder").map(|entry| entry.expect("an entry").path());
        let found: Option<PathBuf> = names.find(|path| path.to_string_lossy().ends_with(kind));
        found.expect("an archive").display().to_string()
    };
    let (data, keys) = (archive("-data.tar"), archive("-keys.tar"));
    let restore = |more: &[&str]| luoshi(&[&["restore", "--data", &dir, &data, &keys], more].concat());

    // The office works on, the world is shown a checkpoint, and the disk is lost.
    work_on(Path::new(&dir), 2);
    let shown = std::fs::read_to_string(&outside).expect("checkpoints");
    copy(Path::new(&dir), Path::new(&at("lost")));
    std::fs::remove_dir_all(&dir).expect("a folder");

    let (done, said) = restore(&[]);
    assert!(!done && said.contains("ATTENTION") && said.contains("more events than this record has"), "{said}");
    let refused = serve(&dir, &[]).expect_err("it was served under the old name");
    assert!(refused.contains("more events than this record has"), "{refused}");
    let refused = serve(&dir, &["--clock-is-right"]).expect_err("it was served under the old name");
    assert!(refused.contains("more events than this record has"), "{refused}");
    let now = || std::fs::read_to_string(&outside).expect("checkpoints");
    assert_eq!(now(), shown, "something was signed");
    assert!(luoshi(&["verify", "--data", &dir]).0, "it is whole in itself");
    assert!(!luoshi(&["verify", "--data", &dir, "--checkpoint", &outside]).0);
    assert!(!luoshi(&["doctor", "--data", &dir]).0);

    // It does not go on under the name that it had.
    std::fs::remove_dir_all(&dir).expect("a folder");
    let (done, said) = restore(&["--new-origin", ORIGIN]);
    assert!(!done && said.contains("choose a name that it never had"), "{said}");
    assert!(!Path::new(&dir).exists() && now() == shown, "something was left or signed");

    let (done, said) = restore(&["--new-origin", "luoshi.qinghe.example/2026-b"]);
    assert!(done && said.contains("goes on as luoshi.qinghe.example/2026-b"), "{said}");
    serve(&dir, &[]).expect("it is served under the new name");
    work_on(Path::new(&dir), 3);
    let (done, said) = luoshi(&["verify", "--data", &dir, "--checkpoint", &outside]);
    assert!(done && said.contains("a backup was restored"), "{said}");
    let (done, said) = luoshi(&["rebuild", "--data", &dir]);
    assert!(done && said.contains("it is what was there"), "{said}");
    let after = now();
    assert!(after.starts_with(&shown), "what was shown before was changed");
    let under = |name: &str| after[shown.len()..].lines().filter(|line| *line == name).count();
    assert!(under("luoshi.qinghe.example/2026-b") > 1, "nothing was signed under the new name");
    // Once in the note that says what goes on; a checkpoint under the old name would begin a note of its own.
    assert_eq!(under(ORIGIN), 1, "something more was signed under the old name");

    // The lost disk turns up: it can be read, and is not served.
    let lost = at("lost");
    let refused = serve(&lost, &[]).expect_err("the folder that was left behind was served");
    assert!(refused.contains("goes on as luoshi.qinghe.example/2026-b"), "{refused}");
    assert_eq!(now(), after, "something was signed");
    assert!(luoshi(&["verify", "--data", &lost]).0);
}

#[test]
fn a_start_by_a_wrong_clock_is_refused_until_somebody_says_that_it_is_right() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("city");
    cities::make(&dir, &cities::Plan { seed: 1, matters: 0, units: 1 }, |_| {});
    let dir = dir.display().to_string();
    // The city was founded on 5 January 2026, and nobody has worked there for more than a hundred days.
    let refused = serve(&dir, &[]).expect_err("it was served");
    assert!(refused.contains("put the clock right"), "{refused}");
    let (_, said) = luoshi(&["doctor", "--data", &dir]);
    assert!(said.contains("warning  `serve` does not start: this machine's clock says"), "{said}");
    serve(&dir, &["--clock-is-right"]).expect("somebody said so");
}
