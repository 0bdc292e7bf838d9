//! `luoshi backup`, `restore`, `rebuild`, `doctor`: keeping a record.

use std::path::PathBuf;
use std::process::ExitCode;

use store::{Continuation, Finding, Health, Outside, Restored, Restoring};

use crate::{World, clock};

/// Write a record to two archives, data and keys; may run beside a server
#[derive(clap::Args)]
pub struct Backup {
    /// The record's folder
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Where the archives go; the keys belong elsewhere than the data, and no longer than thirty days
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Backup {
    /// Writes both archives and says where they are.
    pub fn run(self, world: &World) -> anyhow::Result<ExitCode> {
        let stamp: String = (world.clock)().to_string().chars().filter(char::is_ascii_alphanumeric).take(15).collect();
        let archives = store::backup(&self.data, &self.out, &stamp)?;
        println!("data: {}", archives.data.display());
        println!("keys: {}  (keep it apart from the data, and no longer than thirty days)", archives.keys.display());
        Ok(ExitCode::SUCCESS)
    }
}

/// Make a folder again from the two archives of a backup
#[derive(clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Restore {
    /// The folder to make; missing or empty
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The archive of data
    #[arg(value_name = "DATA.tar")]
    data_archive: PathBuf,
    /// The archive of keys
    #[arg(value_name = "KEYS.tar")]
    keys_archive: PathBuf,
    /// Where checkpoints are kept outside from now on; otherwise where they were
    #[arg(long, value_name = "FILE")]
    checkpoints: Option<PathBuf>,
    /// Go on under this name: needed where the office worked on after the backup, which is then said for good
    #[arg(long, value_name = "NAME")]
    new_origin: Option<String>,
}

impl Restore {
    /// Restores, verifies, and says what is there, and whether it can be served.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let checkpoints = self.checkpoints.as_deref().map(std::path::absolute).transpose()?;
        let restoring = Restoring {
            data: self.data_archive,
            keys: self.keys_archive,
            dir: self.data,
            checkpoints,
            new_origin: self.new_origin,
        };
        let Restored { verified, outside, continues } = store::restore(&restoring)?;
        println!(
            "restored and verified: {} events, {} sealed parts, {} files of evidence",
            verified.events, verified.parts, verified.blobs
        );
        if let Some(Continuation { old, size, new, .. }) = &continues {
            let lost = continues.as_ref().map_or(0, Continuation::lost);
            println!(
                "the log goes on as {new}; it continues {old} from {size} events, and {lost} that were shown are lost"
            );
            println!("public key from now on: {}", verified.vkey);
            println!("tell everybody who keeps checkpoints or the old key; see docs/operations.md, “Restore”");
        }
        match &outside {
            Outside::Fits(path) => println!("every checkpoint in {} belongs to it", path.display()),
            Outside::Unset => {
                println!(
                    "no file of checkpoints outside the folder is set, so nothing shows whether the office worked on"
                );
                println!("after this backup. If it did, restore again with --new-origin NAME.");
            }
            Outside::Missing(path) => {
                println!(
                    "the file of checkpoints, {}, is not there. Bring it here, or restore again with",
                    path.display()
                );
                println!("--checkpoints FILE. Until then the record is not served.");
            }
            Outside::Disowned(path, disowned) => {
                println!();
                println!("ATTENTION: the checkpoints in {} do not belong to it:", path.display());
                println!("    {disowned}");
                println!(
                    "Events that the world was shown are not in this backup. Look for a newer one first. If there is"
                );
                println!(
                    "none, restore again with --new-origin NAME: the log then goes on under that name, and says what"
                );
                println!(
                    "it continues and how much is lost. As it is, the folder can be read and verified, not served."
                );
                return Ok(ExitCode::FAILURE);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Make everything that lists and searches show again from the events, in a folder that no server holds
#[derive(clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Rebuild {
    /// The record's folder
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

impl Rebuild {
    /// Makes it again in one transaction, and says whether it differs from what was there.
    pub fn run(self, world: &World) -> anyhow::Result<ExitCode> {
        if store::renew(&self.data)? {
            println!("made again as this version has it: an older one had written it");
            return Ok(ExitCode::SUCCESS);
        }
        let store = store::Store::open(&self.data, world.clock.clone(), world.random.clone())?;
        let before = store.digest();
        store.rebuild()?;
        let is_same = before.is_ok_and(|before| store.digest().is_ok_and(|after| after == before));
        let found = if is_same { "it is what was there" } else { "it differs from what was there" };
        println!("made again from {} events: {found}", store.log_size()?.events);
        Ok(ExitCode::SUCCESS)
    }
}

/// Look a record's folder over and say what could bite its operator
#[derive(clap::Args)]
pub struct Doctor {
    /// The record's folder
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

impl Doctor {
    /// Prints every finding, the worst last; fails if one of them is a problem.
    pub fn run(self, world: &World) -> anyhow::Result<ExitCode> {
        let mut findings = store::doctor(&self.data);
        // Where there is no record to read, that was found already.
        if let Ok(last) = store::newest_at(&self.data) {
            findings.push(match clock::check((world.clock)(), last) {
                Ok(()) => Finding { health: Health::Good, what: "the clock agrees with the newest event".into() },
                Err(error) => Finding { health: Health::Warning, what: format!("`serve` does not start: {error}") },
            });
            findings.sort_by_key(|finding| finding.health);
        }
        for finding in &findings {
            let mark = match finding.health {
                Health::Good => "good   ",
                Health::Warning => "warning",
                Health::Problem => "PROBLEM",
            };
            println!("{mark}  {}", finding.what);
        }
        let is_ill = findings.iter().any(|finding| finding.health == Health::Problem);
        Ok(if is_ill { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}
