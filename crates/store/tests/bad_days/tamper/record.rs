//! A record to tamper with, what it says, and what may be signed over it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::Value;
use store::{VerifyError, verify_folder, verify_log};
use tlog::{Checkpoint, Hash, Tree, Verifier, leaf_hash};

use super::Found;
use crate::city::{City, Step, create_with_keys_of, places, script, what_else_is_projected};
use crate::power::move_outside;

/// The files below a root, by their paths from there.
pub type Files = BTreeMap<PathBuf, Vec<u8>>;

/// The projections, each of which is tampered with.
pub const PROJECTIONS: [&str; 18] = [
    "stream_head",
    "organisation_event",
    "erasure",
    "counter",
    "matter",
    "matter_audience",
    "matter_party",
    "waiting",
    "document",
    "contradiction",
    "published",
    "unpublished",
    "published_event",
    "notice",
    "blob",
    "search",
    "published_search",
    "document_search",
];

/// What tamperings are made of.
pub struct Stock {
    /// The record, and the file of checkpoints beside it.
    pub record: Files,
    /// The same on two days before; the write-ahead log of the first as it lay there while the record was open.
    pub older: [Files; 2],
    pub older_log: Vec<u8>,
    /// Other histories under the same name and keys.
    pub forks: [Files; 2],
    /// A record of the same name with other keys.
    pub other: Files,
    /// The log as it was served, and on the day before.
    pub served: [BTreeMap<String, Vec<u8>>; 2],
    pub vkey: String,
    contents: Contents,
    tree: Tree,
}

/// What a root says, apart from the bytes in which it says so.
#[derive(PartialEq)]
struct Contents {
    /// Rows by file and table, in some order.
    tables: BTreeMap<String, Vec<String>>,
    files: BTreeMap<PathBuf, Vec<u8>>,
}

/// Runs the script in `root` in three lives; `between` is called after the first two.
fn live(root: &Path, seed: u64, start: u64, mut between: impl FnMut(usize)) -> City {
    create_with_keys_of(root, seed).expect("a new folder");
    let mut steps = script(95);
    steps.extend(what_else_is_projected(1));
    let parts = [&steps[..40], &steps[40..80], &steps[80..]];
    let mut city = None;
    for (life, part) in parts.into_iter().enumerate() {
        let now = city.insert(City::open(root, start + life as u64).expect("it opens"));
        let first = [0, 40, 80][life];
        for (no, step) in (first..).zip(part) {
            now.take(no, step).unwrap_or_else(|undone| panic!("step {no}, {step:?}: {undone:?}"));
        }
        now.store.checkpoint_now().expect("a checkpoint");
        if life < 2 {
            drop(city.take());
            between(life);
        }
    }
    city.expect("three lives")
}

pub fn read_files(root: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = std::fs::read(&path).expect("a file");
                files.insert(path.strip_prefix(root).expect("below it").to_owned(), bytes);
            }
        }
    }
    files
}

fn files_of(seed: u64, start: u64) -> Files {
    let folder = tempfile::tempdir_in("/dev/shm").expect("a folder");
    drop(live(folder.path(), seed, start, |_| {}));
    read_files(folder.path())
}

/// Everything that is fetched to verify a served log.
fn serve(city: &City) -> BTreeMap<String, Vec<u8>> {
    let mut served = BTreeMap::new();
    let fetched = verify_log(&city.store.vkey(), None, |path| {
        let file = city.store.log_file(path).expect("a log").ok_or("there is no such file")?;
        served.insert(path.to_owned(), file.bytes.clone());
        Ok(file.bytes)
    });
    fetched.expect("an honest log");
    served
}

impl Stock {
    pub fn make() -> Self {
        let folder = tempfile::tempdir_in("/dev/shm").expect("a folder");
        let root = folder.path();
        let (mut older, mut older_log, mut served_before) = (vec![], vec![], BTreeMap::new());
        let city = live(root, 0, 0, |life| {
            older.push(read_files(root));
            if life == 1 {
                let again = City::open(root, 10).expect("it opens");
                served_before = serve(&again);
                again.take(500, &Step::Checkpoint).expect("a checkpoint");
                older_log = std::fs::read(root.join("city/record.db-wal")).expect("a write-ahead log");
            }
        });
        let (served, vkey) = (serve(&city), city.store.vkey());
        drop(city);
        let record = read_files(root);
        let contents = Contents::read(root);
        for table in PROJECTIONS {
            assert!(!contents.tables[&format!("record.db/{table}")].is_empty(), "nothing of {table} is tampered with");
        }
        let mut tree = Tree::default();
        leaves(root).iter().for_each(|leaf| tree.push(*leaf));
        let [first, second] = <[Files; 2]>::try_from(older).expect("two days");
        Self {
            record,
            older: [first, second],
            older_log,
            forks: [files_of(0, 20), files_of(0, 30)],
            other: files_of(77, 40),
            served: [served, served_before],
            vkey,
            contents,
            tree,
        }
    }

    pub fn events(&self) -> u64 {
        self.tree.size()
    }

    /// The notes kept outside.
    pub fn outside(&self) -> String {
        String::from_utf8(self.record[Path::new("outside")].clone()).expect("notes are text")
    }

    /// Whether a tampering is found. Errors: it is not, and something that the record says was changed.
    pub fn judge(&self, root: &Path) -> Result<Found, String> {
        let (dir, outside) = places(root);
        if verify_folder(&dir, None, false).is_err() {
            return Ok(Found::Alone);
        }
        let old = std::fs::read(outside).unwrap_or_default();
        match verify_folder(&dir, Some(&String::from_utf8_lossy(&old)), false) {
            Err(VerifyError::Failed(_)) => Ok(Found::Outside),
            Err(error) => Err(format!("verify fails otherwise with the checkpoints: {error}")),
            Ok(_) => self.contents.why_nothing(&Contents::read(root)).map(Found::Nothing),
        }
    }

    /// Serves what was tampered with and goes on. Errors: something was signed that is not true.
    pub fn go_on(&self, root: &Path) -> Result<(), String> {
        let (_, outside) = places(root);
        let before = std::fs::read(&outside).unwrap_or_default().len();
        let Ok(city) = City::open(root, 60) else { return Ok(()) };
        let open = Step::Open { first: 40_000, count: 1, audience: ledger::audience::Audience::Office };
        let went_on = city.take(900, &open).is_ok();
        drop(city);
        let after = std::fs::read(&outside).unwrap_or_default();
        let signed = String::from_utf8_lossy(after.get(before..).unwrap_or_default()).into_owned();
        let mut tree = self.tree.clone();
        if went_on {
            let now = leaves(root);
            now.iter().skip(usize::try_from(tree.size()).expect("few")).for_each(|leaf| tree.push(*leaf));
        }
        let verifier = Verifier::parse(&self.vkey).expect("a key");
        let notes = signed.split("\n\n").filter(|text| text.starts_with(verifier.name()));
        for text in notes {
            let checkpoint = Checkpoint::parse(&format!("{text}\n")).map_err(|error| format!("{error}: {text}"))?;
            if tree.root(checkpoint.size) != Some(checkpoint.root) {
                return Err(format!("a wrong checkpoint over {} events was signed", checkpoint.size));
            }
        }
        Ok(())
    }
}

fn leaves(root: &Path) -> Vec<Hash> {
    let read = || -> rusqlite::Result<Vec<Hash>> {
        let connection = Connection::open(root.join("city/record.db"))?;
        let mut statement = connection.prepare("SELECT entry FROM leaf ORDER BY idx")?;
        let rows = statement.query_map([], |row| Ok(leaf_hash(&row.get::<_, Vec<u8>>(0)?)))?;
        rows.collect()
    };
    read().unwrap_or_default()
}

impl Contents {
    fn read(root: &Path) -> Self {
        let mut tables = BTreeMap::new();
        for file in ["record.db", "keys.db"] {
            let rows = rows_of(&root.join("city").join(file));
            let rows = rows.unwrap_or_else(|error| BTreeMap::from([(error.to_string(), vec![])]));
            tables.extend(rows.into_iter().map(|(table, rows)| (format!("{file}/{table}"), rows)));
        }
        let mut files = read_files(root);
        files.retain(|path, _| {
            let name = path.to_string_lossy();
            ["outside", "city/settings.json", "city/keys/kek", "city/continues"].contains(&&*name)
                || name.starts_with("city/blobs/")
        });
        if let Some(settings) = files.get_mut(Path::new("city/settings.json")) {
            // Where the file of checkpoints lies differs from root to root.
            let mut parsed: serde_json::Value = serde_json::from_slice(settings).unwrap_or_default();
            parsed.as_object_mut().map(|members| members.remove("checkpoints"));
            *settings = parsed.to_string().into_bytes();
        }
        Self { tables, files }
    }

    /// Why nothing that the record says was changed. Errors: something was.
    fn why_nothing(&self, now: &Self) -> Result<&'static str, String> {
        let mut why = vec![];
        let names: BTreeSet<&String> = self.tables.keys().chain(now.tables.keys()).collect();
        for name in names {
            let (before, after) = (self.tables.get(name), now.tables.get(name));
            if before != after {
                let (before, after) = (before.map_or(&[][..], |rows| rows), after.map_or(&[][..], |rows| rows));
                why.push(self.why_not_a_table(name, before, after).ok_or_else(|| difference(name, before, after))?);
            }
        }
        let names: BTreeSet<&PathBuf> = self.files.keys().chain(now.files.keys()).collect();
        for name in names {
            if self.files.get(name) != now.files.get(name) {
                why.push(match name.to_string_lossy().as_ref() {
                    "outside" => "the file outside is its keeper's: a note that is spoilt is passed over",
                    "city/settings.json" => "how the office is called, and its language, are settings and no history",
                    blob if blob.starts_with("city/blobs/") && !self.files.contains_key(name) => {
                        "a file that no event names is swept after a day"
                    }
                    other => return Err(format!("{other} was changed")),
                });
            }
        }
        Ok(why
            .first()
            .copied()
            .unwrap_or("bytes that nobody reads: free space, comments, and counters of SQLite's own"))
    }

    fn why_not_a_table(&self, name: &str, before: &[String], after: &[String]) -> Option<&'static str> {
        let is_less = after.iter().all(|row| before.contains(row));
        let gone = || before.iter().filter(|row| !after.contains(row));
        let come = || after.iter().filter(|row| !before.contains(row));
        match name {
            // id, request, first, count, at
            "record.db/command" => {
                let is_unbound = |row: &String| row.split('|').nth(3) == Some("Integer(0)");
                let but_request = |row: &String| {
                    let mut fields: Vec<&str> = row.split('|').collect();
                    fields.remove(1);
                    fields.join("|")
                };
                let kept: Vec<String> = before.iter().filter(|row| !is_unbound(row)).map(but_request).collect();
                let now: Vec<String> = after.iter().filter(|row| !is_unbound(row)).map(but_request).collect();
                (kept == now).then_some("what makes a command the same when it is sent again is bound to nothing")
            }
            "record.db/checkpoint" if is_less => Some("a crash can leave a checkpoint out of the record's own table"),
            "record.db/holder" => {
                let parts = &self.tables["record.db/part"];
                let has_parts = |row: &String| {
                    let n = row.split('|').next().unwrap_or_default().to_owned();
                    parts.iter().any(|part| part.split('|').nth(2) == Some(&n))
                };
                let is_nobody = !gone().any(has_parts) && !come().any(has_parts);
                is_nobody.then_some("a holder of whom nothing is on the record")
            }
            "keys.db/key" if is_less => {
                let holders = &self.tables["record.db/holder"];
                let has_holder = |row: &String| {
                    let n = row.split('|').next().unwrap_or_default();
                    holders.iter().any(|holder| holder.split('|').next() == Some(n))
                };
                (!gone().any(has_holder)).then_some("a key made ahead, which nobody has yet, is made again")
            }
            shadow if shadow.contains("search_") => {
                Some("a search holds the same words in other bytes, and SQLite's check finds them whole")
            }
            _ => None,
        }
    }
}

fn difference(name: &str, before: &[String], after: &[String]) -> String {
    let only = |these: &[String], those: &[String]| these.iter().find(|row| !those.contains(row)).cloned();
    format!("{name} was changed: {:?} became {:?}", only(before, after), only(after, before))
}

/// Every row of every table, and how the tables are defined.
fn rows_of(path: &Path) -> rusqlite::Result<BTreeMap<String, Vec<String>>> {
    let connection = Connection::open(path)?;
    let sql = "SELECT name, coalesce(sql, '') FROM sqlite_schema ORDER BY name";
    let mut statement = connection.prepare(sql)?;
    let objects: Vec<(String, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    // What stands behind two dashes is for people.
    let bare = |sql: &String| sql.lines().map(|line| line.split("--").next().unwrap_or(line)).collect();
    let mut tables = BTreeMap::from([("schema".to_owned(), objects.iter().map(|(_, sql)| bare(sql)).collect())]);
    for (name, sql) in objects.iter().filter(|(_, sql)| sql.starts_with("CREATE") && !sql.contains(" INDEX ")) {
        let rowid = if sql.starts_with("CREATE VIRTUAL") { "rowid, " } else { "" };
        let mut statement = connection.prepare(&format!("SELECT {rowid}* FROM \"{name}\""))?;
        let width = statement.column_count();
        let rows = statement.query_map([], |row| {
            let fields = (0..width).map(|at| row.get::<_, Value>(at).map(|value| format!("{value:?}")));
            Ok(fields.collect::<Result<Vec<_>, _>>()?.join("|"))
        })?;
        let mut rows: Vec<String> = rows.collect::<Result<_, _>>()?;
        rows.sort();
        tables.insert(name.clone(), rows);
    }
    Ok(tables)
}

/// Writes files below a root, whose settings then name its own file of checkpoints.
pub fn write_files(root: &Path, files: &Files) {
    for (path, bytes) in files {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        std::fs::write(path, bytes).expect("space");
    }
    move_outside(root).expect("settings");
}
