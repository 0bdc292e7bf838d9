use std::sync::atomic::{AtomicBool, Ordering};

use ledger::audience::Audience;

use super::office::{CLERK, Office, random};
use crate::{Count, MatterFilter, OpenError, RestoreError, Store, backup, restore, verify_folder};

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
    let verified = restore(&archives.data, &archives.keys, &dir).expect("it restores");
    assert!(verified.events >= 20);
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
