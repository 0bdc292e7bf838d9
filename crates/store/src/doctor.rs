//! `doctor`: what could bite the operator of a folder. Writes nothing; may run beside a server.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;

use crate::error::{OpenError, StoreFault};
use crate::keys::Keys;
use crate::lineage::{Continuation, Lineage};
use crate::outside::{self, Held};
use crate::settings::Settings;
use crate::tree::read_tree;
use crate::{append, check_version, checkpoint, log, sqlite};

/// How serious a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Health {
    /// As it should be.
    Good,
    /// Works, and will bite one day.
    Warning,
    /// Does not work.
    Problem,
}

/// One thing that was looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// How serious it is.
    pub health: Health,
    /// What was found, and what to do.
    pub what: String,
}

/// Looks at everything, the worst last.
pub fn doctor(dir: &Path) -> Vec<Finding> {
    let mut findings = vec![];
    let mut add = |health, what: String| findings.push(Finding { health, what });
    let settings = match Settings::read(dir) {
        Ok(settings) => settings,
        Err(error) => {
            add(Health::Problem, format!("{}: {error}", dir.display()));
            return findings;
        }
    };
    add(Health::Good, format!("settings: log {}, time zone {}", settings.origin, settings.time_zone));
    match &settings.public_url {
        Some(url) if url.as_str().starts_with("https://") => {
            add(Health::Good, format!("the public reaches this office at {}", url.as_str()));
        }
        Some(url) => add(
            Health::Warning,
            format!("{} is no https address: anybody between can change what the public reads", url.as_str()),
        ),
        None => {
            let what = "where the public reaches this office is not set (`public_url` in settings.json): feeds and open \
                        data name whatever host a visitor asks for";
            add(Health::Warning, what.into());
        }
    }
    match rusqlite::version_number() {
        version if version < sqlite::OLDEST => add(Health::Problem, "SQLite is older than 3.51.3".into()),
        _ => add(Health::Good, format!("SQLite {}", rusqlite::version())),
    }
    add_modes(dir, &mut add);
    if let Err(fault) = add_record(dir, &settings, &mut add) {
        add(Health::Problem, fault);
    }
    findings.sort_by_key(|finding| finding.health);
    findings
}

/// When the newest event of the record in this folder was committed; none before the first. Writes nothing, and may run
/// beside a server. Errors: there is no record, or it cannot be read.
pub fn newest_at(dir: &Path) -> Result<Option<Timestamp>, StoreFault> {
    append::last_at(&sqlite::open_to_read(&dir.join("record.db"))?)
}

fn add_modes(dir: &Path, add: &mut impl FnMut(Health, String)) {
    #[cfg(unix)]
    for name in ["keys/kek", "keys.db", "access.db", "record.db"] {
        use std::os::unix::fs::PermissionsExt as _;
        match std::fs::metadata(dir.join(name)).map(|data| data.permissions().mode() & 0o077) {
            Ok(0) => add(Health::Good, format!("{name} is readable by its owner only")),
            Ok(_) => add(Health::Problem, format!("others may read {name}; run: chmod 600 {name}")),
            Err(_) if name == "access.db" => {}
            Err(error) => add(Health::Problem, format!("{name}: {error}")),
        }
    }
}

fn add_record(dir: &Path, settings: &Settings, add: &mut impl FnMut(Health, String)) -> Result<(), String> {
    let text = |fault: StoreFault| fault.to_string();
    let connection = sqlite::open_to_read(&dir.join("record.db")).map_err(text)?;
    match check_version(&connection) {
        // What lasts is looked at all the same, before somebody makes the lists again.
        Err(older @ OpenError::Older { .. }) => add(Health::Problem, older.to_string()),
        known => known.map_err(|error| error.to_string())?,
    }
    let check: String =
        connection.query_row("PRAGMA quick_check", [], |row| row.get(0)).map_err(|error| error.to_string())?;
    match check.as_str() {
        "ok" => add(Health::Good, "record.db is sound (quick_check)".into()),
        other => add(Health::Problem, format!("record.db is damaged: {other}; restore the last backup")),
    }
    let keys = Keys::open_to_read(dir).map_err(text)?;
    let seed = keys.log_seed().map_err(text)?;
    let lineage = Lineage::read(dir, &settings.origin, &seed).map_err(text)?;
    let tree = read_tree(&connection).map_err(text)?;
    log::check_own(&connection, &lineage, |size| tree.root(size)).map_err(text)?;
    add(
        Health::Good,
        "events, leaves and head belong together, and the signing key is that of the last checkpoint".into(),
    );
    for (_, continuation) in &lineage.earlier {
        let Continuation { old, size, .. } = continuation;
        let what =
            format!("this log continues {old} from {size} events; {} it had shown are lost", continuation.lost());
        add(Health::Warning, what);
    }
    add_lost_keys(&connection, &keys, add).map_err(text)?;
    let size: u64 =
        connection.query_row("SELECT size FROM head", [], |row| row.get(0)).map_err(|error| error.to_string())?;
    let signed = checkpoint::latest(&connection).map_err(text)?.map_or(0, |(size, _)| size);
    match size - signed.min(size) {
        0 => add(Health::Good, format!("{size} events, all under a signed checkpoint")),
        tail => {
            add(Health::Warning, format!("{tail} of {size} events have no checkpoint yet; a running server signs them"))
        }
    }
    let Some(path) = &settings.checkpoints else {
        let what = "no file of checkpoints outside the folder is set (`checkpoints` in settings.json): without one \
                    this record is no proof against its own operator";
        add(Health::Warning, what.into());
        return Ok(());
    };
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) => {
            add(Health::Problem, format!("{}: {error}; the record cannot be served without it", path.display()));
            return Ok(());
        }
    };
    let root = |size| tree.root(size);
    let held = Held { lineage: &lineage, size, root: &root, is_strict: false };
    match outside::compare(std::io::BufReader::new(file), &held).map_err(text)? {
        Ok(seen) if seen.own == 0 => add(Health::Warning, format!("{} holds no checkpoint yet", path.display())),
        Ok(seen) => {
            let what = format!(
                "{} holds {} checkpoints, up to {} events, and all belong to this record",
                path.display(),
                seen.own,
                seen.newest
            );
            add(Health::Good, what);
        }
        Err(disowned) => {
            let what = format!(
                "the checkpoints in {} do not belong to this record: {disowned}; see docs/operations.md",
                path.display()
            );
            add(Health::Problem, what);
        }
    }
    Ok(())
}

/// Parts under a key that is not there can never be read again. An erasure takes both.
fn add_lost_keys(connection: &Connection, keys: &Keys, add: &mut impl FnMut(Health, String)) -> Result<(), StoreFault> {
    let mut statement = connection.prepare("SELECT n FROM holder WHERE name IS NOT NULL")?;
    let mut rows = statement.query([])?;
    let mut lost = 0;
    while let Some(row) = rows.next()? {
        lost += u64::from(keys.find(row.get(0)?)?.is_none());
    }
    match lost {
        0 => add(Health::Good, "every sealed part has its key".into()),
        lost => {
            let what = format!(
                "keys.db lacks {lost} keys under which parts lie sealed: it is older than record.db; put back the \
                 newest archive of keys"
            );
            add(Health::Problem, what);
        }
    }
    Ok(())
}
