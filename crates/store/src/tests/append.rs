use ledger::Refusal;
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::id::{Number, Stream};
use ledger::matter::StateKind;

use super::office::{CLERK, Office, WATER_HEAD, random, settings, text};
use crate::{
    ChangeError, Count, MatterFilter, OpenError, Standing, Stop, Store, StoreFault, VerifyError, doctor, renew,
    verify_folder,
};

#[test]
fn what_is_answered_is_on_the_record() {
    let office = Office::new();
    let matter = office.open_matter("Dredge the Linjiang outfall", Audience::Office);
    office.assign(matter);
    let office = office.reopen(|_| {});
    let (state, quote) = office
        .store
        .read(|read| {
            let matter = read.matter(matter)?.expect("it was acknowledged");
            Ok::<_, StoreFault>((matter.state.kind(), matter.text.open().map(|text| text.quote.to_string())))
        })
        .expect("a state");
    assert_eq!((state, quote.as_deref()), (StateKind::Assigned, Some("Dredge the Linjiang outfall")));
}

#[test]
fn a_command_sent_twice_is_carried_out_once() {
    let office = Office::new();
    let matter = office.open_matter("Dredge", Audience::Office);
    office.assign(matter);
    let command = office.command(WATER_HEAD);
    let sign_for = |command| {
        office.store.change(command, move |read| {
            let matter = read.matter(matter)?.expect("it was opened");
            let by = ledger::matter::Hand { officer: WATER_HEAD, on_behalf: None };
            Ok(read.with_context(by, &Default::default(), |context| matter.act(Act::SignFor, context))??)
        })
    };
    let first = sign_for(command.clone()).expect("the lead may");
    let again = sign_for(command.clone()).expect("the same answer");
    assert!(!first.is_repeated && again.is_repeated);
    assert_eq!(first.events, again.events);
    let mut asks_otherwise = command.clone();
    asks_otherwise.request = [9; 32];
    let mut is_another = command.clone();
    is_another.actor = CLERK;
    let mut acts_for_another = command;
    acts_for_another.on_behalf = Some(CLERK);
    for other in [asks_otherwise, is_another, acts_for_another] {
        match sign_for(other) {
            Err(ChangeError::Invalid(invalid)) => assert_eq!(invalid.code, "command-used"),
            answer => panic!("{answer:?}"),
        }
    }
}

#[test]
fn who_comes_second_is_told_that_somebody_acted_first() {
    let office = Office::new();
    let matter = office.open_matter("Dredge", Audience::Office);
    office.assign(matter);
    let mut command = office.command(WATER_HEAD);
    command.expects = vec![(Stream::Matter(matter), 1)];
    match office.store.change(command, |_| Ok(vec![])) {
        Err(ChangeError::Stale { expected: 1, found: 2, .. }) => {}
        answer => panic!("{answer:?}"),
    }
}

#[test]
fn a_refused_or_panicking_change_leaves_nothing() {
    let office = Office::new();
    let matter = office.open_matter("Dredge", Audience::Office);
    let before = office.store.digest().expect("a digest");
    let refused = office.act(CLERK, matter, Act::SignFor);
    assert!(matches!(refused, Err(ChangeError::Refusal(_))), "{refused:?}");
    let panicked = office.change(CLERK, |read| {
        read.next_number(ledger::id::Series::General)?;
        panic!("a bug")
    });
    assert!(matches!(panicked, Err(ChangeError::Fault(StoreFault::Panicked))), "{panicked:?}");
    assert_eq!(office.store.digest().expect("a digest"), before);
    // The number that the panicking change drew is given to the next.
    office.open_matter("Next", Audience::Office);
    let number = Number::parse("2026-0002").expect("a number");
    let found = office.store.read(|read| read.find(Some(CLERK), number)).expect("a state");
    assert!(found.is_some());
}

#[test]
fn sixteen_hands_at_once_leave_no_gap() {
    let office = Office::new();
    std::thread::scope(|scope| {
        for hand in 0..16 {
            let office = &office;
            scope.spawn(move || {
                for n in 0..20 {
                    let matter = office.open_matter(&format!("Matter {hand}-{n}"), Audience::Office);
                    if n % 4 == 0 {
                        office.assign(matter);
                    } else if n % 4 == 1 {
                        office.act(CLERK, matter, Act::SignFor).expect_err("nobody leads it");
                    }
                }
            });
        }
    });
    office.store.checkpoint_now().expect("a checkpoint");
    let count = office.store.read(|read| read.count(Some(CLERK), &MatterFilter::default())).expect("a count");
    assert_eq!(count, Count::Exactly(320));
    let verified = verify_folder(&office.dir(), None, false).expect("everything holds");
    assert_eq!(verified.unsigned_tail(), 0);
    let (live, rebuilt) = (office.store.digest(), office.store.rebuild().and_then(|()| office.store.digest()));
    assert_eq!(live.expect("a digest"), rebuilt.expect("a digest"));
}

#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let office = Office::new();
    let kept = office.open_matter("Kept", Audience::Office);
    let pages = |max: Option<i64>| {
        office
            .store
            .between(move |writer| {
                let now: i64 = writer.connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
                let max = max.unwrap_or(now + 4);
                writer.connection.query_row(&format!("PRAGMA max_page_count = {max}"), [], |_| Ok(()))?;
                Ok(())
            })
            .expect("a pragma");
    };
    pages(None);
    let mut acknowledged = 0;
    let failed = loop {
        let long = text(&"x".repeat(9_000));
        let progress = Act::Assign {
            lead: ledger::party::Party::Unit(super::office::WATER),
            supervising: super::office::SUPERVISION,
            criterion: long,
            due: jiff::civil::date(2026, 12, 20),
        };
        let other = match office.change(CLERK, |_| Ok(vec![])) {
            Ok(_) => office.act(CLERK, kept, progress),
            Err(error) => Err(error),
        };
        match other {
            Ok(_) | Err(ChangeError::Refusal(Refusal::WrongState { .. })) => acknowledged += 1,
            Err(error) => break error,
        }
        assert!(acknowledged < 2_000, "the disk never filled up");
    };
    assert!(failed.to_string().contains("full"), "the cause is not said: {failed}");
    pages(Some(1_000_000));
    let after = office.open_matter("After", Audience::Office);
    let office = office.reopen(|_| {});
    for matter in [kept, after] {
        assert!(office.store.read(|read| read.matter(matter)).expect("a state").is_some());
    }
    verify_folder(&office.dir(), None, false).expect("everything holds");
}

#[test]
fn one_process_a_folder_and_no_newer_tables() {
    let office = Office::new();
    let dir = office.dir();
    let clock: crate::access::Clock = std::sync::Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
    let open = |dir: &std::path::Path| Store::open(dir, clock.clone(), random()).map(|_| ());
    assert!(matches!(open(&dir), Err(OpenError::Locked)));
    assert!(matches!(Store::create(&dir, &settings(None), &random()), Err(OpenError::Taken)));
    assert!(matches!(open(&office.folder.path().join("nowhere")), Err(OpenError::Missing)));
    let Office { folder, store, .. } = office;
    drop(store);
    let connection = rusqlite::Connection::open(dir.join("record.db")).expect("a database");
    connection.pragma_update(None, "user_version", 99).expect("a pragma");
    drop(connection);
    assert!(matches!(open(&dir), Err(OpenError::Newer { found: 99, .. })));
    drop(folder);
}

#[test]
fn a_record_of_an_older_version_is_told_and_made_again() {
    let office = Office::new();
    office.open_matter("治理清河污水直排", Audience::Office);
    let (dir, digest) = (office.dir(), office.store.digest().expect("a digest"));
    let Office { folder, store, .. } = office;
    drop(store);
    assert!(!renew(&dir).expect("it is of this version"));
    let connection = rusqlite::Connection::open(dir.join("record.db")).expect("a database");
    connection
        .execute_batch("DROP TABLE waiting; DROP INDEX matter_due; PRAGMA user_version = 2")
        .expect("an older one");
    drop(connection);
    let clock: crate::access::Clock = std::sync::Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
    let open = || Store::open(&dir, clock.clone(), random());
    assert!(matches!(open(), Err(OpenError::Older { found: 2, .. })));
    assert!(matches!(verify_folder(&dir, None, false), Err(VerifyError::Open(OpenError::Older { .. }))));
    let told = |what: &str| doctor(&dir).iter().any(|finding| finding.what.contains(what));
    assert!(told("run: luoshi rebuild") && told("events, leaves and head belong together"));
    assert!(renew(&dir).expect("it is made again"));
    assert_eq!(open().expect("it opens").digest().expect("a digest"), digest);
    verify_folder(&dir, None, false).expect("it verifies");
    drop(folder);
}

#[test]
fn lists_show_what_the_ledger_lets_be_seen() {
    let office = Office::new();
    office.open_matter("治理清河污水直排", Audience::Office);
    let circle = office.open_matter("A clue about the depot", Audience::Circle([CLERK].into()));
    let list = |reader, words: &str| {
        let filter = MatterFilter { words: words.into(), standing: Some(Standing::Open), ..Default::default() };
        let lines = office.store.read(|read| read.matters(reader, &filter, 50, 0)).expect("a list");
        lines.into_iter().map(|line| line.number.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(list(Some(CLERK), ""), ["2026-0001", "2026-C0001"]);
    assert_eq!(list(Some(WATER_HEAD), ""), ["2026-0001"]);
    assert_eq!(list(None, ""), [""; 0]);
    assert_eq!(list(Some(CLERK), "污水"), ["2026-0001"]);
    assert_eq!(list(Some(CLERK), "河"), ["2026-0001"]);
    assert_eq!(list(Some(CLERK), "DEPOT"), ["2026-C0001"]);
    assert_eq!(list(Some(WATER_HEAD), "depot"), [""; 0]);
    let number = Number::parse("2026-C0001").expect("a number");
    let found = |reader| office.store.read(|read| read.find(reader, number)).expect("a state");
    assert_eq!((found(Some(CLERK)), found(Some(WATER_HEAD))), (Some(circle), None));
    let stopped = office.change(CLERK, |_| Err(Stop::Refusal(Refusal::NothingChanges)));
    assert!(matches!(stopped, Err(ChangeError::Refusal(Refusal::NothingChanges))));
}

#[test]
fn whatever_panics_the_writer_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("city");
    Store::create(&dir, &settings(None), &random()).expect("a new folder");
    let is_broken = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let seen = is_broken.clone();
    let clock: crate::access::Clock = std::sync::Arc::new(move || {
        assert!(!seen.swap(false, std::sync::atomic::Ordering::SeqCst), "the clock is broken");
        "2026-11-02T01:00:00Z".parse().expect("an instant")
    });
    let store = Store::open(&dir, clock, random()).expect("it opens");
    let command = |no| crate::Command {
        id: ledger::id::CommandId(uuid::Uuid::from_u128(no)),
        actor: CLERK,
        on_behalf: None,
        request: [0; 32],
        expects: vec![],
    };
    is_broken.store(true, std::sync::atomic::Ordering::SeqCst);
    let failed = store.change(command(1), |_| Ok(vec![]));
    assert!(matches!(failed, Err(ChangeError::Fault(StoreFault::Panicked))), "{failed:?}");
    let failed = store.between(|writer| -> Result<(), StoreFault> {
        writer.connection.execute_batch("BEGIN IMMEDIATE")?;
        panic!("a bug")
    });
    assert!(matches!(failed, Err(StoreFault::Panicked)), "{failed:?}");
    store.change(command(1), |_| Ok(vec![])).expect("the writer is there and in no transaction");
}

#[test]
fn one_that_cannot_be_written_takes_nobody_else_along() {
    let office = Office::new();
    let matters = ["Dredge", "Pave", "Plant"].map(|words| office.open_matter(words, Audience::Office));
    let [_, lost, _] = matters;
    let office = office.reopen(|dir| {
        let record = rusqlite::Connection::open(dir.join("record.db")).expect("a database");
        let sql = "SELECT n FROM holder WHERE name = ?1";
        let holder = ledger::id::Holder::Matter(lost).to_string();
        let n: u64 = record.query_row(sql, [holder], |row| row.get(0)).expect("a number");
        let keys = rusqlite::Connection::open(dir.join("keys.db")).expect("a database");
        keys.execute("DELETE FROM key WHERE n = ?1", [n]).expect("a key");
    });
    let before = office.store.read(|read| read.count(Some(CLERK), &MatterFilter::default())).expect("a count");
    let (busy, is_busy) = std::sync::mpsc::channel();
    let (go_on, told) = std::sync::mpsc::channel::<()>();
    let answers = std::thread::scope(|scope| {
        let office = &office;
        let holding = scope.spawn(move || {
            office.store.between(move |_| {
                let _ = busy.send(());
                let _ = told.recv();
                Ok(())
            })
        });
        is_busy.recv().expect("the writer waits");
        let withdraw = Act::Withdraw { authority: text("Council"), reason: text("Merged"), successor: None };
        let acts = matters.map(|matter| {
            let act = withdraw.clone();
            scope.spawn(move || office.act(CLERK, matter, act))
        });
        // All three wait for the writer, and so stand in one batch; where one comes later, the test shows less.
        std::thread::sleep(std::time::Duration::from_millis(100));
        go_on.send(()).expect("it waits");
        holding.join().expect("no panic").expect("nothing failed");
        acts.map(|act| act.join().expect("no panic"))
    });
    let [first, second, third] = answers;
    assert!(first.is_ok() && third.is_ok(), "{first:?}, {third:?}");
    assert!(matches!(second, Err(ChangeError::Fault(StoreFault::KeysLost(_)))), "{second:?}");
    let state = |matter| {
        let read = |read: &mut crate::Read<'_>| Ok::<_, StoreFault>(read.matter(matter)?.expect("known").state.kind());
        office.store.read(read).expect("a state")
    };
    assert_eq!(matters.map(state), [StateKind::Withdrawn, StateKind::Opened, StateKind::Withdrawn]);
    assert_eq!(office.store.read(|read| read.count(Some(CLERK), &MatterFilter::default())).expect("a count"), before);
    // Events, leaves and head still belong together: it opens.
    office.reopen(|_| {});
}
