use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use ledger::audience::Audience;

use super::office::{CLERK, Office, random};
use crate::{
    Archives, Count, MatterFilter, OpenError, RestoreError, Restored, Restoring, Store, VerifyError, backup,
    verify_folder,
};

fn restore(data: &Path, keys: &Path, dir: &Path) -> Result<Restored, RestoreError> {
    crate::restore(&Restoring {
        data: data.to_owned(),
        keys: keys.to_owned(),
        dir: dir.to_owned(),
        checkpoints: None,
        new_origin: None,
    })
}

#[test]
fn a_backup_made_while_others_write_restores_to_the_same_record() {
    let office = Office::new();
    for n in 0..20 {
        office.open_matter(&format!("Matter {n}"), Audience::Office);
    }
    let out = tempfile::tempdir().expect("a folder");
    let is_done = AtomicBool::new(false);
    let archives = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_done.load(Ordering::SeqCst) {
                office.open_matter("Meanwhile", Audience::Office);
            }
        });
        let archives = backup(&office.dir(), out.path(), "20261124");
        is_done.store(true, Ordering::SeqCst);
        archives.expect("a backup")
    });
    let dir = out.path().join("restored");
    let restored = restore(&archives.data, &archives.keys, &dir).expect("it restores");
    assert!(restored.verified.events >= 20);
    assert_eq!(restored.outside, crate::Outside::Unset);
    let clock: crate::access::Clock = std::sync::Arc::new(|| "2026-11-24T01:00:00Z".parse().expect("an instant"));
    let store = Store::open(&dir, clock, random()).expect("it opens");
    let count = store.read(|read| read.count(Some(CLERK), &MatterFilter::default())).expect("a count");
    assert!(matches!(count, Count::Exactly(20..)), "{count:?}");
    let digest = store.digest().expect("a digest");
    store.rebuild().expect("it rebuilds");
    assert_eq!(store.digest().expect("a digest"), digest);
    store.checkpoint_now().expect("a checkpoint");
    verify_folder(&dir, None, false).expect("everything holds");
}

#[test]
fn archives_that_were_changed_are_refused_and_leave_nothing() {
    let office = Office::new();
    office.open_matter("Dredge", Audience::Office);
    let out = tempfile::tempdir().expect("a folder");
    let archives = backup(&office.dir(), out.path(), "x").expect("a backup");
    let whole = std::fs::read(&archives.data).expect("an archive");
    let dir = out.path().join("restored");
    let mut flipped = whole.clone();
    let at = whole.len() / 2;
    flipped[at] ^= 1;
    for bytes in [&flipped[..], &whole[..whole.len() / 2], b"", b"hello"] {
        std::fs::write(&archives.data, bytes).expect("space");
        let refused = restore(&archives.data, &archives.keys, &dir).expect_err("it was changed");
        assert!(matches!(refused, RestoreError::Archive { .. }), "{refused}");
        assert!(!dir.exists() && !out.path().join("restored.restoring").exists());
    }
    std::fs::write(&archives.data, &whole).expect("space");
    let refused = restore(&archives.keys, &archives.data, &dir).expect_err("they are swapped");
    assert!(refused.to_string().contains("no archive of data"), "{refused}");
    let refused = restore(&archives.data, &archives.keys, &office.dir()).expect_err("it is in use");
    assert!(matches!(refused, RestoreError::NotEmpty(_)));
    assert!(matches!(backup(out.path(), out.path(), "y"), Err(OpenError::Missing)));
}

#[test]
fn archives_do_not_go_into_the_record_and_leavings_do_not_stay() {
    let office = Office::new();
    for out in [office.dir(), office.dir().join("blobs"), office.dir().join("new").join("deeper")] {
        assert!(matches!(backup(&office.dir(), &out, "x"), Err(OpenError::Inside)), "{}", out.display());
    }
    assert!(!office.dir().join("new").exists());
    let out = office.folder.path().join("out");
    let left = out.join(".luoshi-20261101");
    std::fs::create_dir_all(&left).expect("space");
    std::fs::write(left.join("keys.db"), "a copy of keys").expect("space");
    // Another backup that is under way to the same place is no leaving.
    let held = out.join(".luoshi-20261102");
    std::fs::create_dir_all(&held).expect("space");
    let lock = std::fs::File::create(held.join("lock")).expect("space");
    lock.lock().expect("nobody has it");
    backup(&office.dir(), &out, "20261124").expect("a backup");
    assert!(!left.exists() && held.exists());
}

/// The office worked on after its backup, lost its disk, and restores.
struct Lost {
    folder: tempfile::TempDir,
    archives: Archives,
    outside: PathBuf,
    /// The folder as it was when it was lost.
    office: Office,
    shown: u64,
}

fn lost() -> Lost {
    let folder = tempfile::tempdir().expect("a folder");
    let outside = folder.path().join("checkpoints.txt");
    let office = Office::with_outside(Some(outside.clone()));
    office.open_matter("Before", Audience::Office);
    office.store.checkpoint_now().expect("a checkpoint");
    let archives = backup(&office.dir(), folder.path(), "20261124").expect("a backup");
    office.open_matter("After", Audience::Office);
    office.open_matter("Later", Audience::Office);
    office.store.checkpoint_now().expect("a checkpoint");
    let shown = verify_folder(&office.dir(), None, true).expect("it holds").events;
    Lost { folder, archives, outside, office, shown }
}

fn restoring(lost: &Lost, dir: &str, new_origin: Option<&str>) -> Restoring {
    Restoring {
        data: lost.archives.data.clone(),
        keys: lost.archives.keys.clone(),
        dir: lost.folder.path().join(dir),
        checkpoints: None,
        new_origin: new_origin.map(str::to_owned),
    }
}

fn open(dir: &Path) -> Result<Store, OpenError> {
    let clock: crate::access::Clock = std::sync::Arc::new(|| "2026-11-24T01:00:00Z".parse().expect("an instant"));
    Store::open(dir, clock, random())
}

#[test]
fn a_restored_backup_that_lacks_what_was_shown_is_not_served_under_its_name() {
    let lost = lost();
    let restored = crate::restore(&restoring(&lost, "again", None)).expect("it can be read");
    let crate::Outside::Disowned(_, crate::Disowned::Beyond { shown, has }) = restored.outside else {
        panic!("{:?}", restored.outside)
    };
    assert_eq!((shown, has), (lost.shown, restored.verified.events));
    let refused = open(&lost.folder.path().join("again")).map(|_| ()).expect_err("it is disowned");
    assert!(refused.to_string().contains("more events than this record has"), "{refused}");
}

#[test]
fn a_restored_record_goes_on_under_a_new_name_and_says_what_it_continues() {
    let lost = lost();
    let shown_before = std::fs::read_to_string(&lost.outside).expect("notes");
    let dir = lost.folder.path().join("again");
    for name in ["luoshi.qinghe.example/test", "a name+x"] {
        assert!(crate::restore(&restoring(&lost, "again", Some(name))).is_err(), "{name}");
        assert!(!dir.exists());
    }
    assert_eq!(std::fs::read_to_string(&lost.outside).expect("notes"), shown_before, "a refused name was written");
    let new = "luoshi.qinghe.example/test-2";
    let restored = crate::restore(&restoring(&lost, "again", Some(new))).expect("it goes on");
    let continues = restored.continues.expect("it continues another");
    assert_eq!((continues.lost(), continues.new.as_str()), (lost.shown - continues.size, new));
    let store = open(&dir).expect("it is served");
    let office = |quote: &str| -> u64 {
        let command = crate::Command {
            id: ledger::id::CommandId(uuid::Uuid::from_u128(quote.len() as u128)),
            actor: CLERK,
            on_behalf: None,
            request: [0; 32],
            expects: vec![],
        };
        store.change(command, |_| Ok(vec![])).expect("it is written to");
        store.checkpoint_now().expect("a checkpoint");
        store.log_file("checkpoint").expect("a log").expect("signed").bytes.len() as u64
    };
    assert!(office("x") > 0);
    assert!(store.vkey().starts_with(new));
    let note = String::from_utf8(store.log_file("checkpoint").expect("a log").expect("signed").bytes).expect("text");
    assert!(note.starts_with(new), "{note}");
    // The keeper of the file was told: all of his notes are accounted for. Whoever was not told is not put off.
    let told = std::fs::read_to_string(&lost.outside).expect("notes");
    let verified = verify_folder(&dir, Some(&told), false).expect("everything holds");
    assert_eq!(verified.continues.len(), 1);
    match verify_folder(&dir, Some(&shown_before), false) {
        Err(VerifyError::Failed(failure)) => assert!(failure.what.contains("covers"), "{failure}"),
        other => panic!("{other:?}"),
    }
    drop(store);
    // A backup of it remembers, and starts again.
    let archives = backup(&dir, lost.folder.path(), "20261125").expect("a backup");
    let third = lost.folder.path().join("third");
    restore(&archives.data, &archives.keys, &third).expect("it restores");
    assert_eq!(verify_folder(&third, Some(&told), false).expect("everything holds").continues.len(), 1);
    drop(open(&third).expect("nothing was lost since"));
    // The folder that was given up is found again: it must not go on beside its successor.
    let left_behind = lost.office.dir();
    let Office { folder, store, .. } = lost.office;
    drop(store);
    let refused = open(&left_behind).map(|_| ()).expect_err("it was left behind");
    assert!(refused.to_string().contains("goes on as luoshi.qinghe.example/test-2"), "{refused}");
    drop(folder);
}

#[test]
fn every_checkpoint_in_a_file_is_held_against_the_record_and_not_the_last_alone() {
    let lost = lost();
    let other = lost.folder.path().join("fork");
    restore(&lost.archives.data, &lost.archives.keys, &other).expect("it restores");
    // The fork signs where its own outside file does not hold it back, and its notes come after those of the original.
    let mut settings = crate::Settings::read(&other).expect("settings");
    settings.checkpoints = None;
    settings.write(&other).expect("space");
    let store = open(&other).expect("nothing outside holds it back");
    for no in 0..4u128 {
        let officer = ledger::id::OfficerId(uuid::Uuid::from_u128(0xf0 + no));
        let person = ledger::id::PersonId(uuid::Uuid::from_u128(0xff0 + no));
        let personal = ledger::event::Personal {
            person,
            value: ledger::organisation::OfficerName { name: super::office::name("Somebody") },
        };
        let command = crate::Command {
            id: ledger::id::CommandId(uuid::Uuid::from_u128(0xf00 + no)),
            actor: CLERK,
            on_behalf: None,
            request: [0; 32],
            expects: vec![],
        };
        store
            .change(command, move |_| {
                let personal = ledger::text::Sealed::Open(personal.clone());
                let enrolled = ledger::organisation::OfficerEvent::OfficerEnrolled { personal };
                Ok(vec![(ledger::id::Stream::Officer(officer), ledger::event::Event::Officer(enrolled))])
            })
            .expect("it is written to");
        store.checkpoint_now().expect("a checkpoint");
    }
    let note = String::from_utf8(store.log_file("checkpoint").expect("a log").expect("signed").bytes).expect("text");
    let both = std::fs::read_to_string(&lost.outside).expect("notes") + &note + "\n";
    verify_folder(&other, Some(&note), false).expect("the last alone says nothing");
    let failed = verify_folder(&other, Some(&both), false).expect_err("the notes before it do");
    assert!(failed.to_string().contains("somebody keeps two records of one name"), "{failed}");
    std::fs::write(&lost.outside, both).expect("space");
    drop(store);
    settings.checkpoints = Some(lost.outside.clone());
    settings.write(&other).expect("space");
    let refused = open(&other).map(|_| ()).expect_err("its notes are of two histories");
    assert!(refused.to_string().contains("somebody keeps two records of one name"), "{refused}");
}

#[test]
fn a_checkpoint_that_could_not_be_kept_is_tried_again_without_another_commit() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("elsewhere");
    std::fs::create_dir(&place).expect("space");
    let office = Office::with_outside(Some(place.join("checkpoints.txt")));
    office.store.checkpoint_now().expect("a checkpoint");
    let kept = std::fs::read_to_string(place.join("checkpoints.txt")).expect("notes");
    std::fs::remove_dir_all(&place).expect("it was there");
    office.open_matter("While the disk was away", Audience::Office);
    office.store.checkpoint_now().expect_err("it cannot be kept");
    // Time for the thread to take notice of the commit and to fail too.
    std::thread::sleep(std::time::Duration::from_millis(900));
    std::fs::create_dir(&place).expect("space");
    std::fs::write(place.join("checkpoints.txt"), kept).expect("space");
    let deadline = 200;
    let is_signed = (0..deadline).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        verify_folder(&office.dir(), None, true).expect("it holds").unsigned_tail() == 0
    });
    assert!(is_signed, "nothing was tried again");
}

#[test]
fn a_first_start_tries_everything_before_it_makes_anything() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("city");
    let taken = folder.path().join("taken.txt");
    let note = crate::checkpoint::sign(
        &tlog::Signer::new("luoshi.qinghe.example/test", &[9; 32]).expect("a name"),
        0,
        tlog::EMPTY_ROOT,
    );
    std::fs::write(&taken, note.expect("its own origin")).expect("space");
    let mut bad_name = super::office::settings(None);
    bad_name.origin = "bad name+x".into();
    let table = [
        (bad_name, "cannot be a log's name"),
        (super::office::settings(Some("rel.txt".into())), "must be named from the root"),
        (super::office::settings(Some("/nonexistent/x/y".into())), "No such file"),
        (super::office::settings(Some(dir.join("inside.txt"))), "own folder"),
        (super::office::settings(Some(taken)), "holds checkpoints of a log"),
    ];
    for (settings, truth) in table {
        let refused = Store::create(&dir, &settings, &random()).expect_err(truth).to_string();
        assert!(refused.contains(truth), "{refused}");
        assert!(!dir.exists(), "{truth}: something was made");
    }
    let outside = folder.path().join("checkpoints.txt");
    Store::create(&dir, &super::office::settings(Some(outside.clone())), &random()).expect("all is well");
    std::fs::remove_file(&outside).expect("it was made");
    let refused = open(&dir).map(|_| ()).expect_err("its file is gone");
    assert!(refused.to_string().contains("is missing; put it back"), "{refused}");
}
