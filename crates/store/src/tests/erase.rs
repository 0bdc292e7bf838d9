use std::path::Path;

use jiff::civil::date;
use ledger::event::Event;
use ledger::id::{OfficerId, PostId, Stream};
use ledger::matter::Hand;
use ledger::organisation::{Duty, ErasureBasis, OfficerEvent, OfficerName};
use ledger::organise::{self, Change};
use uuid::Uuid;

use super::office::{ADMIN, CLERK, Office, SUPERVISION};
use crate::{ChangeError, StoreFault, verify_folder};

const LEAVER: OfficerId = OfficerId(Uuid::from_u128(0x11));
const NAME: &str = "Zhugeliang Unmistakable";

fn with_leaver() -> Office {
    let office = Office::new();
    office.enrol(LEAVER, SUPERVISION, Duty::Member, NAME);
    let post = PostId(Uuid::from_u128(LEAVER.0.as_u128() + 0x7000));
    office.organise(Change::LeavePost { officer: LEAVER, post, until: date(2026, 11, 1) });
    let by = Hand { officer: ADMIN, on_behalf: None };
    office
        .change(ADMIN, move |read| {
            let ask =
                |context: &ledger::act::Context<'_>| organise::ask_erasure(LEAVER, ErasureBasis::PersonAsked, context);
            Ok(read.with_context(by, &Default::default(), ask)??)
        })
        .expect("an administrator may ask");
    office
}

fn name_of(office: &Office, officer: OfficerId) -> Option<String> {
    let organisation = office.store.read(|read| read.organisation()).expect("a state");
    organisation.officer(officer)?.name().map(|name| name.en().to_owned())
}

fn folder_holds(folder: &Path, needle: &[u8]) -> bool {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).expect("a folder") {
            let path = file.expect("a file").path();
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read(&path).expect("bytes").windows(needle.len()).any(|window| window == needle) {
                return true;
            }
        }
    }
    false
}

#[test]
fn two_hands_erase_a_name_and_the_record_still_verifies() {
    let office = with_leaver();
    assert_eq!(name_of(&office, LEAVER).as_deref(), Some(NAME));
    let same_hand = office.store.erase(office.command(ADMIN), LEAVER);
    assert!(matches!(same_hand, Err(ChangeError::Refusal(_))), "{same_hand:?}");
    let ct: Vec<u8> = office
        .store
        .read(|read| {
            let sql = "SELECT ct FROM part JOIN holder ON n = holder WHERE name = ?1";
            let holder = format!("person/{}", Uuid::from_u128(LEAVER.0.as_u128() + 0x9000));
            Ok::<_, StoreFault>(read.connection.query_row(sql, [holder], |row| row.get(0))?)
        })
        .expect("a part");
    assert!(folder_holds(&office.dir(), &ct));
    office.store.erase(office.command(CLERK), LEAVER).expect("the head of the office approves");
    assert_eq!(name_of(&office, LEAVER), None, "a reader kept the name");
    assert!(!folder_holds(&office.dir(), &ct), "the sealed name still lies in the folder");
    assert!(!folder_holds(&office.dir(), NAME.as_bytes()));
    let verified = verify_folder(&office.dir(), None, false).expect("everything holds");
    assert_eq!(verified.erased, 1);
    let office = office.reopen(|_| {});
    assert_eq!(name_of(&office, LEAVER), None);
    office.store.rebuild().expect("the events still fold");
}

/// Making the projections again gives up whole tables at once: what stood in them must not stay in the file.
#[test]
fn what_a_rebuild_gives_up_is_overwritten() {
    let office = Office::new();
    let rows = |writer: &mut crate::append::Writer| -> Result<(), StoreFault> {
        let sql = "WITH RECURSIVE row (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM row WHERE n < 2000) \
                   INSERT INTO unpublished SELECT 'matter ' || n, ?1 || n, n FROM row";
        writer.connection.execute(sql, [NAME])?;
        Ok(())
    };
    office.store.between(rows).expect("rows that no event makes");
    let office = office.reopen(|folder| assert!(folder_holds(folder, NAME.as_bytes())));
    office.store.rebuild().expect("made again");
    let office = office.reopen(|folder| assert!(!folder_holds(folder, NAME.as_bytes()), "it lies in a free page"));
    verify_folder(&office.dir(), None, false).expect("everything holds");
}

/// A crash right after the erasure was committed: the next start does the rest.
#[test]
fn an_erasure_cut_short_is_finished_on_the_next_start() {
    let office = with_leaver();
    let idx: u64 = office
        .store
        .read(|read| {
            let sql = "SELECT idx FROM part JOIN holder ON n = holder WHERE name = ?1";
            let holder = format!("person/{}", Uuid::from_u128(LEAVER.0.as_u128() + 0x9000));
            Ok::<_, StoreFault>(read.connection.query_row(sql, [holder], |row| row.get(0))?)
        })
        .expect("a part");
    let pos = office
        .store
        .read(|read| {
            Ok::<_, StoreFault>(
                read.connection.query_row("SELECT pos FROM part WHERE idx = ?1", [idx], |row| row.get(0))?,
            )
        })
        .expect("a part");
    office
        .change(CLERK, move |_| {
            let parts = vec![(idx, pos)];
            let erased = OfficerEvent::Erased { parts, basis: ErasureBasis::PersonAsked, approver: CLERK };
            Ok(vec![(Stream::Officer(CLERK), Event::Officer(erased))])
        })
        .expect("the first step");
    assert_eq!(name_of(&office, LEAVER).as_deref(), Some(NAME), "only the first step was done");
    let office = office.reopen(|_| {});
    assert_eq!(name_of(&office, LEAVER), None);
    verify_folder(&office.dir(), None, false).expect("everything holds");
}

/// Whatever is written about him meanwhile is erased with the rest, or refused.
#[test]
fn nothing_is_written_under_a_key_that_is_about_to_die() {
    let office = with_leaver();
    let is_done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let by = Hand { officer: ADMIN, on_behalf: None };
            for n in 0u32.. {
                if is_done.load(std::sync::atomic::Ordering::SeqCst) {
                    break;
                }
                let change = Change::CorrectName {
                    officer: LEAVER,
                    name: OfficerName { name: super::office::name(&format!("{NAME} {n}")) },
                };
                let _ = office.change(ADMIN, move |read| {
                    let change = change.clone();
                    Ok(read.with_context(by, &Default::default(), |context| organise::change(change, context))??)
                });
            }
        });
        office.store.erase(office.command(CLERK), LEAVER).expect("the head of the office approves");
        is_done.store(true, std::sync::atomic::Ordering::SeqCst);
    });
    verify_folder(&office.dir(), None, false).expect("everything holds");
    assert_eq!(name_of(&office, LEAVER), None);
}

#[test]
fn an_erasure_sent_again_is_done_once_and_a_post_taken_since_stops_it() {
    let office = with_leaver();
    let post = PostId(Uuid::from_u128(LEAVER.0.as_u128() + 0x7000));
    office.organise(Change::TakePost { officer: LEAVER, post, from: date(2026, 11, 1) });
    let refused = office.store.erase(office.command(CLERK), LEAVER);
    assert!(matches!(refused, Err(ChangeError::Refusal(ledger::Refusal::StillInOffice))), "{refused:?}");
    office.organise(Change::LeavePost { officer: LEAVER, post, until: date(2026, 11, 1) });
    let command = office.command(CLERK);
    assert!(!office.store.erase(command.clone(), LEAVER).expect("nobody stands in the way").is_repeated);
    assert!(office.store.erase(command, LEAVER).expect("the same answer").is_repeated);
    verify_folder(&office.dir(), None, false).expect("everything holds");
}

#[test]
fn verify_waits_for_an_erasure_that_is_under_way() {
    let office = with_leaver();
    let erasure = crate::lock::ErasureLock::alone(&office.dir()).expect("nobody has it");
    let (done, is_done) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let dir = office.dir();
        scope.spawn(move || done.send(verify_folder(&dir, None, true).is_ok()));
        let early = is_done.recv_timeout(std::time::Duration::from_millis(300));
        assert!(early.is_err(), "it looked while keys were taken away");
        drop(erasure);
        assert_eq!(is_done.recv(), Ok(true));
    });
}

/// Keys of yesterday put back beside the data of today: what was erased between them stays erased.
#[test]
fn an_older_archive_of_keys_brings_nobody_back() {
    let office = with_leaver();
    let out = tempfile::tempdir().expect("a folder");
    let before = crate::backup(&office.dir(), out.path(), "before").expect("a backup");
    let holder = format!("person/{}", Uuid::from_u128(LEAVER.0.as_u128() + 0x9000));
    let n: u64 = office
        .store
        .read(|read| {
            let sql = "SELECT n FROM holder WHERE name = ?1";
            Ok::<_, StoreFault>(read.connection.query_row(sql, [&holder], |row| row.get(0))?)
        })
        .expect("a number");
    office.store.erase(office.command(CLERK), LEAVER).expect("the head of the office approves");
    let after = crate::backup(&office.dir(), out.path(), "after").expect("a backup");
    let keys_of = |dir: &std::path::Path| {
        let keys = rusqlite::Connection::open(dir.join("keys.db")).expect("a database");
        let sql = "SELECT count(*) FROM key WHERE n = ?1";
        keys.query_row(sql, [n], |row| row.get::<_, u64>(0)).expect("a count")
    };
    let dir = out.path().join("crossed");
    let what =
        crate::Restoring { data: after.data, keys: before.keys, dir: dir.clone(), checkpoints: None, new_origin: None };
    crate::restore(&what).expect("it restores");
    assert_eq!(keys_of(&dir), 0, "the destroyed key is there again");
    // The same where somebody puts the file back by hand.
    let old = out.path().join("old");
    let what = crate::Restoring {
        data: before.data,
        keys: out.path().join("luoshi-before-keys.tar"),
        dir: old.clone(),
        checkpoints: None,
        new_origin: None,
    };
    crate::restore(&what).expect("it restores");
    assert_eq!(keys_of(&old), 1);
    let office = office.reopen(|dir| {
        for tail in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(dir.join(format!("keys.db{tail}")));
        }
        std::fs::copy(old.join("keys.db"), dir.join("keys.db")).expect("space");
        std::fs::copy(old.join("keys/kek"), dir.join("keys/kek")).expect("space");
    });
    assert_eq!(keys_of(&office.dir()), 0, "a start left the destroyed key");
}
