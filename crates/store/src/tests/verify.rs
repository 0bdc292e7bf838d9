use ledger::act::Act;
use ledger::audience::Audience;
use ledger::evidence::{EvidenceKind, EvidenceText};
use ledger::id::{EvidenceId, Holder, MatterId};
use rusqlite::Connection;
use tlog::{Frontier, Signer, leaf_hash};
use uuid::Uuid;

use super::office::{Office, WATER_HEAD, text};
use crate::keys::Keys;
use crate::{ChangeError, VerifyError, entry, verify_folder};

fn failure(office: &Office, old: Option<&str>) -> String {
    match verify_folder(&office.dir(), old, false) {
        Err(VerifyError::Failed(failure)) => failure.to_string(),
        other => panic!("{other:?}"),
    }
}

fn worked() -> (Office, MatterId) {
    let office = Office::new();
    let matter = office.open_matter("Dredge", Audience::Office);
    office.assign(matter);
    office.act(WATER_HEAD, matter, Act::SignFor).expect("the lead may");
    (office, matter)
}

/// A file that no event named in a day is swept, and no event can come to name it; one that is named stays.
#[test]
fn no_event_names_a_file_that_was_swept() {
    let (office, matter, named) = with_evidence();
    let unnamed = EvidenceId(Uuid::from_u128(0xe8));
    let finish = |id| office.store.blob_writer(&Holder::Matter(matter), id).and_then(|file| file.finish());
    let stored = finish(unnamed).expect("space");
    // The files bear the machine's day, and the office lives by its own clock.
    office.wait(10_000);
    office.store.sweep_blobs().expect("the folder");
    let is_there = |id| crate::blob::is_there(&office.dir(), id).expect("the folder");
    assert_eq!((is_there(named), is_there(unnamed)), (true, false));
    let words = EvidenceText {
        file_name: text("after.jpg"),
        media_type: text("image/jpeg"),
        sha256: text(&stored.sha256),
        caption: None,
    };
    let (evidence, bytes) = (unnamed, stored.bytes);
    let refused = office.store.change(office.command(WATER_HEAD), move |read| {
        let matter = read.matter(matter)?.expect("it was opened");
        let facts = read.facts(&matter)?;
        let act = Act::AddEvidence { evidence, kind: EvidenceKind::Photo, bytes, text: words.clone() };
        let by = ledger::matter::Hand { officer: WATER_HEAD, on_behalf: None };
        Ok(read.with_context(by, &facts, |context| matter.act(act, context))??)
    });
    assert!(matches!(refused, Err(ChangeError::Invalid(invalid)) if invalid.code == "file-gone"));
}

fn with_evidence() -> (Office, MatterId, EvidenceId) {
    let (office, matter) = worked();
    let evidence = EvidenceId(Uuid::from_u128(0xe7));
    let mut writer = office.store.blob_writer(&Holder::Matter(matter), evidence).expect("a file");
    for _ in 0..3 {
        writer.write(&[0x5a; 70_000]).expect("space");
    }
    let stored = writer.finish().expect("space");
    assert_eq!(stored.bytes, 210_000);
    let words = EvidenceText {
        file_name: text("before.jpg"),
        media_type: text("image/jpeg"),
        sha256: text(&stored.sha256),
        caption: None,
    };
    let act = Act::AddEvidence { evidence, kind: EvidenceKind::Photo, bytes: stored.bytes, text: words };
    office.act(WATER_HEAD, matter, act).expect("the lead may");
    (office, matter, evidence)
}

#[test]
fn an_honest_folder_verifies_beside_its_server() {
    let (office, _, _) = with_evidence();
    office.store.checkpoint_now().expect("a checkpoint");
    let verified = verify_folder(&office.dir(), None, false).expect("everything holds");
    assert_eq!((verified.unsigned_tail(), verified.erased, verified.blobs), (0, 0, 1));
    assert!(verified.events > 10 && verified.parts > 10);
    let hashes = verify_folder(&office.dir(), None, true).expect("the hashes hold");
    assert_eq!((hashes.events, hashes.parts), (verified.events, 0));
}

/// Each row: what a liar with the folder does, and what `verify` says then.
#[test]
fn every_flipped_byte_is_named() {
    let table: &[(&str, &str)] = &[
        (
            "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), '\"n\":2', '\"n\":9') AS BLOB) WHERE idx = 1",
            "event 1: its row and its body say different things",
        ),
        (
            "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), '2026', '2025') AS BLOB) WHERE idx = (SELECT max(idx) FROM event)",
            "its leaf is not that of its body",
        ),
        ("UPDATE event SET body = x'7b7d' WHERE idx = 3", "event 3: the body is malformed"),
        ("UPDATE event SET salt = zeroblob(32) WHERE idx = 4", "event 4: its leaf is not that of its body"),
        (
            "UPDATE leaf SET entry = (SELECT entry FROM leaf WHERE idx = 4) WHERE idx = 5",
            "event 5: its leaf is not that of its body",
        ),
        ("DELETE FROM leaf WHERE idx = 6", "event 6: its leaf is not that of its body"),
        ("DELETE FROM event WHERE idx = 2", "event 2: is missing"),
        ("UPDATE part SET ct = zeroblob(length(ct)) WHERE idx = 0", "event 0: part 0 does not open under its key"),
        ("DELETE FROM part WHERE idx = 2 AND pos = 0", "event 2, part 0: is gone, and no later event erased it"),
        ("UPDATE part SET idx = 999 WHERE idx = 2", "event 999, part 0: is a part that no event has"),
        ("UPDATE matter SET state = 'cleared'", "the projections are not those that the events make"),
        ("UPDATE head SET size = 3, frontier = zeroblob(64)", "the head of the log is not that of its events"),
        ("UPDATE head SET frontier = zeroblob(length(frontier))", "the head of the log is not that of its events"),
        ("UPDATE checkpoint SET note = replace(note, 'a', 'b')", "a checkpoint is not signed by this log"),
        ("UPDATE checkpoint SET size = size - 1", "holds another"),
        // Every column of the durable tables, by one byte or one step.
        ("UPDATE event SET id = zeroblob(16) WHERE idx = 7", "event 7: its row and its body say different things"),
        ("UPDATE event SET stream = 'unit/x' WHERE idx = 7", "event 7: its row and its body say different things"),
        ("UPDATE event SET n = n + 50 WHERE idx = 7", "event 7: its row and its body say different things"),
        ("UPDATE event SET idx = 9000 WHERE idx = (SELECT max(idx) FROM event)", ": is missing"),
        ("UPDATE leaf SET idx = 9000 WHERE idx = 7", "event 7: its leaf is not that of its body"),
        (
            "UPDATE part SET holder = 100000 WHERE idx = 0 AND pos = 0",
            "event 0, part 0: is gone, and no later event erased it",
        ),
        (
            "UPDATE part SET holder = holder + 1 WHERE idx = 0 AND pos = 0",
            "event 0: part 0 does not open under its key",
        ),
        ("UPDATE holder SET name = name || '0' WHERE n = 1", "event 0: part 0 has a malformed holder"),
        ("UPDATE holder SET name = NULL WHERE n = 1", "event 0: part 0 has a malformed holder"),
        (
            "UPDATE holder SET name = 'matter/00000000-0000-0000-0000-0000000000ff' WHERE n = 1",
            "event 0: part 0 does not open under its key",
        ),
        ("UPDATE part SET nonce = zeroblob(24) WHERE idx = 2", "event 2: part 0 does not open under its key"),
        ("UPDATE part SET pos = 77 WHERE idx = 2", "event 2, part 77: is a part that no event has"),
        // What stands there beside the events.
        ("INSERT INTO leaf (idx, entry) VALUES (9000, x'00')", "event 9000: there is a leaf, and no event"),
        (
            "INSERT INTO part (idx, pos, holder, nonce, ct) SELECT 9000, pos, holder, nonce, ct FROM part WHERE idx = 2",
            "event 9000, part 0: is a part that no event has",
        ),
        (
            "INSERT INTO part (idx, pos, holder, nonce, ct) SELECT idx, 5, holder, nonce, ct FROM part WHERE idx = 2",
            "event 2, part 5: is a part that no event has",
        ),
        ("DELETE FROM command WHERE first = 5", "event 5: its command is not kept"),
        ("UPDATE command SET first = first + 1 WHERE first = 5", "event 5: its command is kept with other events"),
        ("UPDATE command SET count = count + 1 WHERE first = 5", "event 5: its command is kept with other events"),
        (
            "INSERT INTO command (id, request, first, count, at) VALUES (zeroblob(16), zeroblob(32), 9, 1, 0)",
            "the table of commands names one that no event came from",
        ),
        (
            "INSERT INTO command (id, request, first, count, at) VALUES (zeroblob(16), zeroblob(32), 9, -1, 0)",
            "the table of commands names one that no event came from",
        ),
        ("UPDATE command SET at = at + 1 WHERE first = 5", "event 5: its command is kept with other events"),
        // What is found by an index or a search, and what would run by itself.
        ("UPDATE search SET rowid = rowid + 500", "the projections are not those that the events make"),
        ("UPDATE search_content SET c1 = CAST(c1 AS BLOB)", "the projections are not those that the events make"),
        ("UPDATE search_data SET block = zeroblob(length(block)) WHERE id > 10", "record.db is damaged"),
        ("UPDATE search_config SET v = 0 WHERE k = 'secure-delete'", "search is set otherwise"),
        ("UPDATE holder SET n = n + 1 WHERE n = (SELECT max(n) FROM holder)", "has a malformed holder"),
        ("INSERT INTO holder (n, name) SELECT max(n) + 2, 'unit/x' FROM holder", "is not there"),
        ("INSERT INTO holder (n, name) SELECT max(n) + 1, NULL FROM holder", ", who was erased, is there"),
    ];
    for (lie, truth) in table {
        let (office, _) = worked();
        office.store.checkpoint_now().expect("a checkpoint");
        let connection = Connection::open(office.dir().join("record.db")).expect("a database");
        let changed = connection.execute(lie, []).expect(lie);
        assert!(changed > 0, "{lie} changed nothing");
        let said = verify_folder(&office.dir(), None, false).expect_err(lie).to_string();
        assert!(said.contains(truth), "{lie}: {said}");
    }
}

/// Each row: what a liar adds to the files or takes from them, and what `verify` says then.
#[test]
fn what_luoshi_did_not_make_is_named() {
    let table = [
        ("record.db", "DROP INDEX matter_overdue", "record.db holds another index matter_overdue"),
        (
            "record.db",
            "DROP INDEX matter_overdue; CREATE INDEX matter_overdue ON matter (overdue_from, number_key) WHERE 0",
            "record.db holds another index matter_overdue",
        ),
        (
            "record.db",
            "CREATE TRIGGER late AFTER INSERT ON matter BEGIN UPDATE matter SET overdue_from = NULL; END",
            "record.db holds another trigger late",
        ),
        ("record.db", "CREATE VIEW other AS SELECT 1", "record.db holds another view other"),
        ("keys.db", "CREATE TABLE other (n)", "keys.db holds more or less than its table"),
        ("keys.db", "UPDATE key SET ct = zeroblob(48) WHERE n = 300", "a key"),
        ("keys.db", "DELETE FROM key WHERE n = 2", "event"),
    ];
    for (file, lie, truth) in table {
        let (office, _) = worked();
        let connection = Connection::open(office.dir().join(file)).expect("a database");
        connection.execute_batch(lie).expect(lie);
        let said = verify_folder(&office.dir(), None, false).expect_err(lie).to_string();
        assert!(said.contains(truth), "{lie}: {said}");
    }
}

#[test]
fn changed_and_missing_files_of_evidence_are_named() {
    let (office, matter, evidence) = with_evidence();
    let mut reader = office.store.blob_reader(&Holder::Matter(matter), evidence).expect("keys").expect("the file");
    let mut bytes = 0;
    while let Some(chunk) = reader.next_chunk().expect("whole") {
        assert!(chunk.iter().all(|byte| *byte == 0x5a));
        bytes += chunk.len();
    }
    assert_eq!(bytes, 210_000);
    let path = office.dir().join("blobs").join("e7").join(evidence.to_string());
    let whole = std::fs::read(&path).expect("a file");
    assert!(!whole.windows(64).any(|window| window == [0x5a; 64]), "the file lies open");
    for cut in [whole.len() - 1, 65_536 + 16 + 34, 40] {
        std::fs::write(&path, &whole[..cut]).expect("space");
        assert!(failure(&office, None).contains("its file of evidence was changed"), "cut at {cut}");
    }
    std::fs::remove_file(&path).expect("a file");
    assert!(failure(&office, None).contains("its file of evidence is missing"));
}

#[test]
fn a_rebuilt_and_signed_lie_is_caught_by_a_checkpoint_kept_elsewhere() {
    let (office, _) = worked();
    office.store.checkpoint_now().expect("a checkpoint");
    let old =
        String::from_utf8(office.store.log_file("checkpoint").expect("a log").expect("signed").bytes).expect("text");
    // The operator closes the record, changes what an event says, makes every leaf anew and signs with his own key.
    let office = office.reopen(|dir| {
        let connection = Connection::open(dir.join("record.db")).expect("a database");
        let lie = "UPDATE event SET body = CAST(replace(CAST(body AS TEXT), '2026-12-20', '2027-12-20') AS BLOB)";
        assert!(connection.execute(lie, []).expect("a lie") > 0);
        let mut statement = connection.prepare("SELECT idx, salt, body FROM event ORDER BY idx").expect("a query");
        let rows: Vec<(u64, Vec<u8>, Vec<u8>)> = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .and_then(Iterator::collect)
            .expect("rows");
        let mut frontier = Frontier::default();
        for (idx, salt, body) in rows {
            let entry = entry(&salt, &body);
            frontier.push(leaf_hash(&entry));
            connection.execute("UPDATE leaf SET entry = ?1 WHERE idx = ?2", (entry, idx)).expect("a leaf");
        }
        connection.execute("UPDATE head SET frontier = ?1", [frontier.to_bytes()]).expect("the head");
        connection.execute("DELETE FROM checkpoint", []).expect("checkpoints");
        let seed = Keys::open_to_read(dir).and_then(|keys| keys.log_seed()).expect("the seed");
        let signer = Signer::new("luoshi.qinghe.example/test", &seed).expect("a name");
        let note = crate::checkpoint::sign(&signer, frontier.size(), frontier.root()).expect("its own origin");
        connection
            .execute("INSERT INTO checkpoint (size, note) VALUES (?1, ?2)", (frontier.size(), note))
            .expect("a note");
        connection
            .execute(
                "UPDATE matter SET due = '2027-12-20', sort_due = '2027-12-20', original_due = '2027-12-20', \
                 overdue_from = '2027-12-21'",
                [],
            )
            .expect("rows");
        let days = "UPDATE waiting SET first = replace(first, '2026-12', '2027-12'), last = replace(last, '2026-12', '2027-12')";
        connection.execute(days, []).expect("rows");
    });
    verify_folder(&office.dir(), None, false).expect("the lie is whole in itself");
    let said = failure(&office, Some(&old));
    assert!(said.contains("the history is not the one of the checkpoint given"), "{said}");
}

#[test]
fn nothing_is_signed_over_a_record_that_its_outside_checkpoint_disowns() {
    let outside = tempfile::tempdir().expect("a folder");
    let file = outside.path().join("checkpoints");
    let office = Office::with_outside(Some(file.clone()));
    office.open_matter("Dredge", Audience::Office);
    office.store.checkpoint_now().expect("a checkpoint");
    let notes = std::fs::read_to_string(&file).expect("a file");
    assert!(notes.contains("luoshi.qinghe.example/test\n"));
    let dir = office.dir();
    let Office { folder, store, .. } = office;
    drop(store);
    // An old copy of the data is put back under the same keys: fewer events than the world was shown.
    let connection = Connection::open(dir.join("record.db")).expect("a database");
    connection.execute_batch(
        "DELETE FROM checkpoint; DELETE FROM event WHERE idx > 2; DELETE FROM leaf WHERE idx > 2; DELETE FROM part WHERE idx > 2",
    ).expect("a lie");
    drop(connection);
    let clock: crate::access::Clock = std::sync::Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
    let refused = crate::Store::open(&dir, clock, super::office::random()).map(|_| ()).expect_err("it is torn");
    assert!(matches!(refused, crate::OpenError::Fault(crate::StoreFault::Torn(_))), "{refused}");
    drop(folder);
}

/// Each row: what was done to the folder while nobody served it, and what the next start says.
#[test]
fn a_record_whose_tables_do_not_belong_together_is_not_opened() {
    let table = [
        ("DELETE FROM leaf WHERE idx = (SELECT max(idx) FROM leaf)", "leaves"),
        ("DELETE FROM leaf WHERE idx = 3", "leaf 4 where leaf 3 belongs"),
        ("INSERT INTO leaf (idx, entry) SELECT max(idx) + 1, entry FROM leaf", "leaves"),
        ("UPDATE leaf SET entry = (SELECT entry FROM leaf WHERE idx = 4) WHERE idx = 5", "different roots"),
        ("UPDATE head SET size = 3, frontier = zeroblob(64)", "counts 3 events"),
        ("UPDATE head SET frontier = zeroblob(length(frontier))", "different roots"),
        (
            "INSERT INTO event (idx, id, stream, n, salt, body) VALUES (9000, x'00', 'unit/x', 1, x'00', x'00')",
            "others are there",
        ),
        ("DELETE FROM event WHERE idx = (SELECT max(idx) FROM event)", "others are there"),
        ("DELETE FROM event WHERE idx = 3", "others are there"),
    ];
    for (lie, truth) in table {
        let (office, _) = worked();
        let dir = office.dir();
        let Office { folder, store, .. } = office;
        drop(store);
        let connection = Connection::open(dir.join("record.db")).expect("a database");
        assert!(connection.execute(lie, []).expect(lie) > 0, "{lie}");
        drop(connection);
        let said = open_again(&dir);
        assert!(said.contains("damaged") && said.contains(truth), "{lie}: {said}");
        drop(folder);
    }
}

#[test]
fn lost_or_older_keys_are_never_replaced_by_new_ones() {
    for (lost, truth) in [("keys.db", "keys.db is missing"), ("keys/kek", "keys/kek is missing")] {
        let (office, _) = worked();
        office.store.checkpoint_now().expect("a checkpoint");
        let dir = office.dir();
        let Office { folder, store, .. } = office;
        drop(store);
        std::fs::remove_file(dir.join(lost)).expect("it was there");
        let said = open_again(&dir);
        assert!(said.contains(truth) && said.contains("archive of keys"), "{said}");
        assert!(!dir.join(lost).exists(), "it was made again");
        let ill = crate::doctor(&dir).into_iter().any(|finding| finding.health == crate::Health::Problem);
        assert!(ill, "doctor takes {lost} for there");
        drop(folder);
    }
    let (office, _) = worked();
    office.store.checkpoint_now().expect("a checkpoint");
    let other = Office::new();
    let (dir, from) = (office.dir(), other.dir());
    let (Office { folder, store, .. }, Office { folder: other_folder, store: other_store, .. }) = (office, other);
    drop((store, other_store));
    // The keys of another office that happens to have drawn the same key-encryption key.
    let connection = Connection::open(dir.join("keys.db")).expect("a database");
    connection.execute("ATTACH DATABASE ?1 AS other", [from.join("keys.db").display().to_string()]).expect("another");
    connection.execute("DELETE FROM key WHERE n = 0", []).expect("no seed");
    let said = open_again(&dir);
    assert!(said.contains("holds no signing key"), "{said}");
    drop((connection, folder, other_folder));
}

#[test]
fn a_holder_whose_key_is_lost_gets_no_new_one() {
    let (office, matter) = worked();
    let office = office.reopen(|dir| {
        let connection = Connection::open(dir.join("record.db")).expect("a database");
        let sql = "SELECT n FROM holder WHERE name = ?1";
        let n: u64 =
            connection.query_row(sql, [Holder::Matter(matter).to_string()], |row| row.get(0)).expect("a number");
        let connection = Connection::open(dir.join("keys.db")).expect("a database");
        let taken = connection.execute("DELETE FROM key WHERE n = ?1", [n]);
        assert_eq!(taken, Ok(1));
    });
    assert!(crate::doctor(&office.dir()).iter().any(|finding| finding.what.contains("lacks 1 keys")));
    let ask = Act::Withdraw { authority: text("Council"), reason: text("Merged"), successor: None };
    let refused = office.act(super::office::CLERK, matter, ask);
    assert!(refused.is_err(), "it was sealed under a new key");
}

#[test]
fn the_doctor_warns_of_an_office_that_does_not_say_where_the_public_reaches_it() {
    let office = Office::new();
    let said = |of: &str| {
        let finding = crate::doctor(&office.dir()).into_iter().find(|finding| finding.what.contains(of));
        finding.map(|finding| finding.health)
    };
    assert_eq!(said("`public_url` in settings.json"), Some(crate::Health::Warning));
    let path = office.dir().join("settings.json");
    let settings = std::fs::read_to_string(&path).expect("settings");
    let with = |url: &str| {
        let line = format!("{{\n  \"public_url\": \"{url}\",");
        std::fs::write(&path, settings.replacen('{', &line, 1)).expect("written");
    };
    with("https://luoshi.qinghe.example");
    assert_eq!(said("reaches this office at https://luoshi.qinghe.example"), Some(crate::Health::Good));
    with("http://luoshi.qinghe.example");
    assert_eq!(said("is no https address"), Some(crate::Health::Warning));
    with("https://luoshi.qinghe.example/office");
    assert_eq!(said("is not the scheme and host alone"), Some(crate::Health::Problem));
}

fn open_again(dir: &std::path::Path) -> String {
    let clock: crate::access::Clock = std::sync::Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
    crate::Store::open(dir, clock, super::office::random()).map(|_| ()).expect_err("it was opened").to_string()
}

#[test]
fn a_checkpoint_of_another_key_is_no_checkpoint_of_this_log() {
    let (office, _) = worked();
    let signer = Signer::new("luoshi.qinghe.example/test", &[7; 32]).expect("a name");
    let note = crate::checkpoint::sign(&signer, 1, tlog::EMPTY_ROOT).expect("its own origin");
    assert!(failure(&office, Some(&note)).contains("not signed by this log"));
    assert!(failure(&office, Some("hello")).contains("holds no note"));
}
