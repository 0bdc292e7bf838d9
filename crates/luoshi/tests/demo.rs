//! What is made as it is started: the demonstration whole, again in the same place, and nothing over what is another's.

use std::path::Path;
use std::process::{Command, Output};

fn prepare(dir: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_luoshi"));
    command.arg("demo").arg("--prepare-only").arg("--data").arg(dir).output().expect("it runs")
}

#[test]
fn a_city_is_made_and_again_where_one_was_but_not_over_anothers_checkpoints() {
    let folder = tempfile::tempdir().expect("a folder");
    let (dir, outside) = (folder.path().join("city"), folder.path().join("city.checkpoints.txt"));
    let first = prepare(&dir);
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    std::fs::remove_dir_all(&dir).expect("the folder goes, and its checkpoints stay");
    assert!(outside.exists());
    let again = prepare(&dir);
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
    std::fs::remove_dir_all(&dir).expect("the folder goes");
    std::fs::write(&outside, "luoshi.city.example/office\n12\nroot\n").expect("written");
    let refused = prepare(&dir);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success());
    assert!(said.contains(&outside.display().to_string()) && said.contains("move it elsewhere"), "{said}");
    assert!(outside.exists() && !dir.exists(), "what was there stays, and half a city is none");
}

#[test]
fn a_folder_of_something_else_is_not_made_a_record_and_stays_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("letters.txt"), "not ours").expect("written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_luoshi"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--time-zone", "nowhere", "--data"]).arg(folder.path());
    let refused = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("holds something else"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

#[test]
fn a_wrong_verb_or_a_missing_file_is_told_before_a_token_is_asked_for() {
    for (arguments, says) in [
        (vec!["act", "shw", "2026-0001"], "there is no verb \"shw\""),
        (vec!["act", "add-evidence", "2026-0001", "kind=photo"], "needs --file FILE"),
        (vec!["act", "clear", "2026-0001", "--file", "paper.pdf"], "takes no --file FILE"),
        (vec!["act", "clear", "2026"], "no matter's number"),
        (vec!["import", "no-such-file.csv"], "no-such-file.csv"),
        (vec!["act", "clear", "2026-0001"], "--token-file is needed"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_luoshi"));
        let refused = command.args(&arguments).output().expect("it runs");
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && said.contains(says), "{arguments:?}: {said}");
    }
}
