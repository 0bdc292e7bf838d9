//! The tamperings, each drawn from dice. They are done with the folder closed, by whoever can write to it.

use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use store::verify_log;

use super::Found;
use super::forge::sign_again;
use super::record::{Files, PROJECTIONS, Stock, write_files};
use crate::disk::Dice;

/// Where a tampering is done.
pub struct Place<'a> {
    pub root: &'a Path,
    pub stock: &'a Stock,
}

impl Place<'_> {
    pub fn lay_out(&self, files: &Files) {
        write_files(self.root, files);
    }

    fn path(&self, file: &str) -> PathBuf {
        self.root.join("city").join(file)
    }

    fn open(&self, file: &str) -> Connection {
        let connection = Connection::open(self.path(file)).expect("a database");
        connection.execute_batch("PRAGMA synchronous = OFF").expect("a setting");
        connection
    }

    fn read(&self, path: &Path) -> Vec<u8> {
        std::fs::read(self.root.join(path)).expect("a file")
    }

    fn write(&self, path: &Path, bytes: &[u8]) {
        std::fs::write(self.root.join(path), bytes).expect("space");
    }
}

type Tamper = fn(&Place<'_>, &mut Dice, usize) -> String;

/// This one is done to what a server answers, and not to a folder.
pub const SERVED: &str = "a served log";

/// Each kind, and how it is done; the last argument counts the tamperings of the kind.
pub const KINDS: &[(&str, Tamper)] = &[
    ("an event's bytes", event_bytes),
    ("a leaf", |place, dice, _| cell(&place.open("record.db"), "leaf", dice)),
    ("the order of events", order),
    ("a deletion", deletion),
    ("a truncation", truncation),
    ("a doubling", doubling),
    ("a projection's cell", |place, dice, n| cell(&place.open("record.db"), PROJECTIONS[n % 18], dice)),
    ("a projection's row taken away", |place, dice, n| removed(&place.open("record.db"), PROJECTIONS[n % 18], dice)),
    ("a projection's row added", |place, dice, n| added(&place.open("record.db"), PROJECTIONS[n % 18], dice)),
    ("a sealed part", |place, dice, n| durable(place, dice, "part", n)),
    ("a holder", |place, dice, n| durable(place, dice, "holder", n)),
    ("a command", |place, dice, n| durable(place, dice, "command", n)),
    ("the head", |place, dice, _| cell(&place.open("record.db"), "head", dice)),
    ("a checkpoint of its own", |place, dice, n| durable(place, dice, "checkpoint", n)),
    ("what runs or is found by itself", definition),
    ("a key", keys),
    ("a file of evidence", evidence),
    ("a bit of record.db", |place, dice, _| bit(place, Path::new("city/record.db"), dice)),
    ("a bit of record.db, again", |place, dice, _| bit(place, Path::new("city/record.db"), dice)),
    ("a bit of keys.db", |place, dice, _| bit(place, Path::new("city/keys.db"), dice)),
    ("a bit of any other file", other_bit),
    ("a block of a file", block),
    ("a history written anew and signed", rewritten),
    ("a history cut and signed", cut_and_signed),
    ("another history under the true key", fork),
    ("an older copy of one file", older),
    ("a file of another record", swapped),
    (SERVED, |_, _, n| n.to_string()),
];

/// Flips something in a value.
fn spoilt(value: &Value, dice: &mut Dice) -> Value {
    match value {
        Value::Null => [Value::Integer(1), Value::Text("2026-11-30".into())][dice.roll(2)].clone(),
        Value::Integer(n) => Value::Integer([n ^ 1, n + 1, n - 1, n + 1_000][dice.roll(4)]),
        Value::Real(_) => Value::Null,
        Value::Text(text) => {
            let mut chars: Vec<char> = text.chars().collect();
            match chars.len() {
                0 => chars.push('x'),
                many => {
                    let at = dice.roll(many);
                    match dice.roll(3) {
                        0 => drop(chars.remove(at)),
                        1 => chars.insert(at, chars[at]),
                        _ => chars[at] = if chars[at] == '7' { '3' } else { '7' },
                    }
                }
            }
            Value::Text(chars.into_iter().collect())
        }
        Value::Blob(bytes) if bytes.is_empty() => Value::Blob(vec![0]),
        Value::Blob(bytes) => {
            let mut bytes = bytes.clone();
            let at = dice.roll(bytes.len());
            match dice.roll(6) {
                0 => drop(bytes.remove(at)),
                1 => bytes.insert(at, 0),
                _ => bytes[at] ^= 1 << dice.roll(8),
            }
            Value::Blob(bytes)
        }
    }
}

/// Columns of a table, and one of its rows.
fn drawn(connection: &Connection, table: &str, dice: &mut Dice) -> (Vec<String>, Vec<Value>) {
    let count: usize =
        connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).expect("a count");
    let columns = if table.ends_with("search") { "rowid, *" } else { "*" };
    let mut statement =
        connection.prepare(&format!("SELECT {columns} FROM {table} LIMIT 1 OFFSET ?1")).expect("a query");
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let row = statement
        .query_row([dice.roll(count)], |row| {
            (0..names.len()).map(|at| row.get::<_, Value>(at)).collect::<Result<_, _>>()
        })
        .expect("a row");
    (names, row)
}

fn condition(names: &[String], from: usize) -> String {
    let equal: Vec<String> =
        names.iter().enumerate().map(|(at, name)| format!("\"{name}\" IS ?{}", at + from)).collect();
    equal.join(" AND ")
}

/// Changes a cell of a row.
fn cell(connection: &Connection, table: &str, dice: &mut Dice) -> String {
    loop {
        let (names, row) = drawn(connection, table, dice);
        let at = dice.roll(names.len());
        let sql = format!("UPDATE {table} SET \"{}\" = ?1 WHERE {}", names[at], condition(&names, 2));
        let new = spoilt(&row[at], dice);
        let values = std::iter::once(new.clone()).chain(row.iter().cloned());
        // What the table does not take, a number where a text belongs or a row that is there already, is drawn again.
        if new != row[at] && connection.execute(&sql, params_from_iter(values)).is_ok_and(|changed| changed == 1) {
            return format!("{table}.{} {:?} to {new:?}", names[at], row[at]);
        }
    }
}

fn removed(connection: &Connection, table: &str, dice: &mut Dice) -> String {
    let (names, row) = drawn(connection, table, dice);
    let sql = format!("DELETE FROM {table} WHERE {}", condition(&names, 1));
    assert_eq!(connection.execute(&sql, params_from_iter(row.iter())), Ok(1), "{sql}");
    format!("{table} without {row:?}")
}

/// Adds a row like another, with as many cells changed as it takes.
fn added(connection: &Connection, table: &str, dice: &mut Dice) -> String {
    let (names, mut row) = drawn(connection, table, dice);
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let places: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
    let sql = format!("INSERT INTO {table} ({}) VALUES ({})", quoted.join(", "), places.join(", "));
    loop {
        let at = dice.roll(names.len());
        let new = spoilt(&row[at], dice);
        // A text that is null would be taken for a number.
        if std::mem::discriminant(&new) == std::mem::discriminant(&row[at]) {
            row[at] = new;
        }
        if connection.execute(&sql, params_from_iter(row.iter())).is_ok() {
            return format!("{table} with {row:?}");
        }
    }
}

fn durable(place: &Place<'_>, dice: &mut Dice, table: &str, n: usize) -> String {
    let connection = place.open("record.db");
    match n % 3 {
        0 => cell(&connection, table, dice),
        1 => removed(&connection, table, dice),
        _ => added(&connection, table, dice),
    }
}

fn count(connection: &Connection, table: &str) -> usize {
    connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).expect("a count")
}

fn event_bytes(place: &Place<'_>, dice: &mut Dice, _: usize) -> String {
    cell(&place.open("record.db"), "event", dice)
}

/// Two events change places, with or without their leaves and parts.
fn order(place: &Place<'_>, dice: &mut Dice, _: usize) -> String {
    let connection = place.open("record.db");
    let events = count(&connection, "event");
    let (a, b) = (dice.roll(events - 1), dice.roll(events));
    let b = if a == b { a + 1 } else { b };
    let tables = [&["event"][..], &["leaf"], &["event", "leaf"], &["event", "leaf", "part"]][dice.roll(4)];
    for table in tables {
        for (from, to) in [(a, 900_000), (b, a), (900_000, b)] {
            let sql = format!("UPDATE {table} SET idx = ?2 WHERE idx = ?1");
            connection.execute(&sql, (from, to)).expect("a lie");
        }
    }
    format!("{tables:?} of {a} and {b}")
}

/// An event goes, with or without what belongs to it; those behind it may move up.
fn deletion(place: &Place<'_>, dice: &mut Dice, _: usize) -> String {
    let connection = place.open("record.db");
    let at = dice.roll(count(&connection, "event"));
    let tables = [&["event"][..], &["event", "leaf"], &["event", "leaf", "part"]][dice.roll(3)];
    let moves = dice.roll(2) == 1;
    for table in tables {
        connection.execute(&format!("DELETE FROM {table} WHERE idx = ?1"), [at]).expect("a lie");
        if moves {
            connection.execute(&format!("UPDATE {table} SET idx = -idx WHERE idx > ?1"), [at]).expect("a lie");
            connection.execute(&format!("UPDATE {table} SET idx = -idx - 1 WHERE idx < 0"), []).expect("a lie");
        }
    }
    format!("{tables:?} at {at}, moving up: {moves}")
}

/// The last events go, and the head is set to what is left.
fn truncation(place: &Place<'_>, dice: &mut Dice, _: usize) -> String {
    let connection = place.open("record.db");
    let events = count(&connection, "event");
    let left = events - 1 - dice.roll(events - 1);
    cut(&connection, left);
    if dice.roll(2) == 1 {
        connection.execute("DELETE FROM checkpoint WHERE size > ?1", [left]).expect("a lie");
    }
    format!("{left} of {events} left")
}

fn cut(connection: &Connection, left: usize) {
    for table in ["event", "leaf", "part"] {
        connection.execute(&format!("DELETE FROM {table} WHERE idx >= ?1"), [left]).expect("a lie");
    }
    connection.execute("DELETE FROM command WHERE first >= ?1 AND count > 0", [left]).expect("a lie");
    let mut frontier = tlog::Frontier::default();
    let mut statement = connection.prepare("SELECT entry FROM leaf ORDER BY idx").expect("a query");
    let leaves = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).expect("leaves");
    leaves.for_each(|leaf| frontier.push(tlog::leaf_hash(&leaf.expect("a leaf"))));
    let head = (frontier.size(), frontier.to_bytes());
    connection.execute("UPDATE head SET size = ?1, frontier = ?2", head).expect("a lie");
}

/// An event stands there twice: again behind the last one, or the ones behind it make room.
fn doubling(place: &Place<'_>, dice: &mut Dice, _: usize) -> String {
    let connection = place.open("record.db");
    let events = count(&connection, "event");
    let at = dice.roll(events);
    let is_counted = dice.roll(2) == 1;
    let n = if is_counted { "(SELECT max(n) + 1 FROM event x WHERE x.stream = e.stream)" } else { "n + 1000" };
    let sql = format!("INSERT INTO event SELECT ?2, id, stream, {n}, salt, body FROM event e WHERE idx = ?1");
    connection.execute(&sql, (at, events)).expect("a lie");
    connection.execute("INSERT INTO leaf SELECT ?2, entry FROM leaf WHERE idx = ?1", (at, events)).expect("a lie");
    if dice.roll(2) == 1 {
        let sql = "INSERT INTO part SELECT ?2, pos, holder, nonce, ct FROM part WHERE idx = ?1";
        connection.execute(sql, (at, events)).expect("a lie");
    }
    let all = events + 1;
    cut(&connection, all);
    format!("{at} again at {events}")
}

/// Triggers, views and indices, which no row of a table shows.
fn definition(place: &Place<'_>, dice: &mut Dice, _: usize) -> String {
    let lies = [
        "DROP INDEX matter_overdue",
        "DROP INDEX matter_due; CREATE INDEX matter_due ON matter (sort_due DESC, number_key)",
        "DROP INDEX matter_open; CREATE INDEX matter_open ON matter (sort_due, number_key) WHERE state = 'opened'",
        "CREATE TRIGGER late AFTER INSERT ON matter BEGIN UPDATE matter SET overdue_from = NULL; END",
        "CREATE TRIGGER lost AFTER INSERT ON event BEGIN DELETE FROM published; END",
        "CREATE VIEW other AS SELECT * FROM matter",
        "CREATE TABLE sqlite_stat9 (n)",
        "CREATE TABLE other (n)",
        "ALTER TABLE notice ADD COLUMN other TEXT",
        "UPDATE search_config SET v = 0 WHERE k = 'secure-delete'",
        "DELETE FROM document_search_config WHERE k = 'secure-delete'",
        "UPDATE search_data SET block = zeroblob(length(block)) WHERE id > 10",
        "DELETE FROM published_search_docsize WHERE id = (SELECT min(id) FROM published_search_docsize)",
        "UPDATE search_content SET c1 = c1 || ' ditch'",
        "PRAGMA user_version = 1",
        "PRAGMA user_version = 3",
    ];
    loop {
        let lie = lies[dice.roll(lies.len())];
        if place.open("record.db").execute_batch(lie).is_ok() {
            return lie.to_owned();
        }
    }
}

fn keys(place: &Place<'_>, dice: &mut Dice, n: usize) -> String {
    let connection = place.open("keys.db");
    match n % 4 {
        0 => cell(&connection, "key", dice),
        1 => removed(&connection, "key", dice),
        2 => loop {
            // A key takes another's place; of those that were erased there is none.
            let (a, b) = (dice.roll(500), dice.roll(500));
            let sql = "UPDATE key SET (nonce, ct) = (SELECT nonce, ct FROM key WHERE n = ?2) WHERE n = ?1";
            if connection.execute(sql, (a, b)) == Ok(1) {
                return format!("the key of {b} for {a}");
            }
        },
        _ => added(&connection, "key", dice),
    }
}

fn evidence(place: &Place<'_>, dice: &mut Dice, _: usize) -> String {
    let blobs: Vec<&PathBuf> = place.stock.record.keys().filter(|path| path.starts_with("city/blobs")).collect();
    let (path, other) = (blobs[dice.roll(blobs.len())], blobs[dice.roll(blobs.len())]);
    let mut bytes = place.read(path);
    let at = dice.roll(bytes.len());
    let what = match dice.roll(6) {
        0 => {
            bytes.truncate(at);
            "cut"
        }
        1 => {
            bytes.extend_from_slice(&[0; 17]);
            "with more at its end"
        }
        2 => {
            std::fs::remove_file(place.root.join(path)).expect("a file");
            return format!("{} is gone", path.display());
        }
        3 => {
            bytes = place.read(other);
            "as another"
        }
        _ => {
            bytes[at] ^= 1 << dice.roll(8);
            "with another bit"
        }
    };
    place.write(path, &bytes);
    format!("{} {what}, at {at}", path.display())
}

fn bit(place: &Place<'_>, path: &Path, dice: &mut Dice) -> String {
    let mut bytes = place.read(path);
    let (at, which) = (dice.roll(bytes.len()), dice.roll(8));
    bytes[at] ^= 1 << which;
    place.write(path, &bytes);
    format!("bit {which} of byte {at} of {}", path.display())
}

fn other_bit(place: &Place<'_>, dice: &mut Dice, _: usize) -> String {
    let paths = ["city/keys/kek", "city/settings.json", "outside"];
    bit(place, Path::new(paths[dice.roll(paths.len())]), dice)
}

/// A sector or a page: emptied, put elsewhere, or the file ends there.
fn block(place: &Place<'_>, dice: &mut Dice, _: usize) -> String {
    let path = Path::new(["city/record.db", "city/record.db", "city/keys.db"][dice.roll(3)]);
    let mut bytes = place.read(path);
    let size = [512, 4_096][dice.roll(2)];
    let (from, to) = (dice.roll(bytes.len() / size) * size, dice.roll(bytes.len() / size) * size);
    let what = match dice.roll(4) {
        0 => {
            bytes[from..from + size].fill(0);
            "is empty"
        }
        1 => {
            bytes.copy_within(from..from + size, to);
            "lies elsewhere too"
        }
        2 => {
            bytes.truncate(from);
            "is the end"
        }
        _ => {
            let old = place.stock.older[dice.roll(2)].get(path).expect("it was there");
            if old.len() >= from + size {
                bytes[from..from + size].copy_from_slice(&old[from..from + size]);
            }
            "is as it was"
        }
    };
    place.write(path, &bytes);
    format!("{size} bytes at {from} of {}: it {what} ({to})", path.display())
}

/// The history says something else, and everything is made to fit.
fn rewritten(place: &Place<'_>, dice: &mut Dice, _: usize) -> String {
    let connection = place.open("record.db");
    let events = count(&connection, "event");
    let at = dice.roll(events);
    let (salt, body): (Vec<u8>, Vec<u8>) = connection
        .query_row("SELECT salt, body FROM event WHERE idx = ?1", [at], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("an event");
    let text = String::from_utf8(body).expect("a body is text");
    let (salt, text) = match dice.roll(5) {
        0 => (spoilt_salt(salt, dice), text),
        1 => (salt, text.replace("2026-12-20", "2027-12-20").replace("2026-11-02", "2026-11-01")),
        2 => (salt, text.replace("00000000000c\"", "00000000000d\"")),
        3 => (salt, text.replace("\"on\":\"2026", "\"on\":\"2025")),
        _ => (salt, text.replace("\"rights\":\"", "\"rights\":\"0")),
    };
    let salt = if Some(text.as_str()) == std::str::from_utf8(&place_body(&connection, at)).ok() {
        spoilt_salt(salt, dice)
    } else {
        salt
    };
    let sql = "UPDATE event SET salt = ?2, body = ?3 WHERE idx = ?1";
    connection.execute(sql, (at, salt, text.into_bytes())).expect("a lie");
    drop(connection);
    format!("event {at}, {:?}", sign_again(place.root))
}

fn place_body(connection: &Connection, at: usize) -> Vec<u8> {
    connection.query_row("SELECT body FROM event WHERE idx = ?1", [at], |row| row.get(0)).expect("an event")
}

fn spoilt_salt(mut salt: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    salt[dice.roll(32)] ^= 1 << dice.roll(8);
    salt
}

/// The last commands were never given.
fn cut_and_signed(place: &Place<'_>, dice: &mut Dice, _: usize) -> String {
    let connection = place.open("record.db");
    let mut statement = connection.prepare("SELECT first FROM command WHERE count > 0 AND first > 0").expect("a query");
    let firsts: Vec<usize> = statement.query_map([], |row| row.get(0)).and_then(Iterator::collect).expect("commands");
    drop(statement);
    // What an erasure took is missed once the event is gone that says so; most are cut behind the last one.
    let begin = if dice.roll(4) == 0 { 0 } else { firsts.len() * 3 / 4 };
    let left = firsts[begin + dice.roll(firsts.len() - begin)];
    cut(&connection, left);
    drop(connection);
    format!("{left} left, {:?}", sign_again(place.root))
}

/// Another history of one name: its record, alone or with its keys and files; the checkpoints are those of the first.
fn fork(place: &Place<'_>, dice: &mut Dice, n: usize) -> String {
    let fork = &place.stock.forks[n % 2];
    let takes: &[&str] = [&["city/"][..], &["city/record.db", "city/blobs"], &["city/record.db"]][dice.roll(3)];
    let files: Files = fork
        .iter()
        .filter(|(path, _)| takes.iter().any(|take| path.to_string_lossy().starts_with(take)))
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect();
    place.lay_out(&files);
    if dice.roll(2) == 0 {
        return format!("{takes:?}");
    }
    // And it is signed again at some other length.
    cut_and_signed(place, dice, n)
}

fn older(place: &Place<'_>, dice: &mut Dice, _: usize) -> String {
    let day = dice.roll(2);
    let older = &place.stock.older[day];
    if dice.roll(5) == 0 {
        place.write(Path::new("city/record.db-wal"), &place.stock.older_log);
        return "an older write-ahead log".into();
    }
    let names = ["city/record.db", "city/record.db", "city/keys.db", "city/keys/kek", "outside"];
    let name = Path::new(names[dice.roll(names.len())]);
    if let Some(bytes) = older.get(name) {
        place.lay_out(&Files::from([(name.to_owned(), bytes.clone())]));
    }
    format!("{} of day {day}", name.display())
}

fn swapped(place: &Place<'_>, dice: &mut Dice, _: usize) -> String {
    let other = &place.stock.other;
    let names: Vec<&PathBuf> = other
        .keys()
        .filter(|path| !["lock", "drafts", "access", "settings"].iter().any(|no| path.to_string_lossy().contains(no)))
        .collect();
    let is_database = dice.roll(2) == 0;
    let name = match is_database {
        true => Path::new(["city/record.db", "city/keys.db", "city/keys/kek", "outside"][dice.roll(4)]),
        false => names[dice.roll(names.len())].as_path(),
    };
    place.lay_out(&Files::from([(name.to_owned(), other[name].clone())]));
    name.display().to_string()
}

/// What a server answers is changed on the way, or by itself: some of it, or an older state as a whole.
pub fn take_served(place: &Place<'_>, dice: &mut Dice) -> Found {
    let served = &place.stock.served;
    let paths: Vec<&String> = served[0].keys().collect();
    let path = paths[dice.roll(paths.len())];
    let mut lie = served[0].clone();
    let mut bytes = lie[path].clone();
    let at = dice.roll(bytes.len());
    match dice.roll(5) {
        0 => bytes.truncate(at),
        1 => bytes.insert(at, bytes[at] ^ 1),
        2 => lie = served[1].clone(),
        _ => bytes[at] ^= 1 << dice.roll(8),
    }
    if lie != served[1] {
        lie.insert(path.clone(), bytes);
    }
    let outside = place.stock.outside();
    let ask = |old: Option<&str>| {
        verify_log(&place.stock.vkey, old, |path| lie.get(path).cloned().ok_or_else(|| "there is no such file".into()))
    };
    match (ask(None), ask(Some(&outside))) {
        (Err(_), _) => Found::Alone,
        (Ok(_), Err(_)) => Found::Outside,
        (Ok(_), Ok(_)) => panic!("a served lie was not found: {path} at {at}"),
    }
}
