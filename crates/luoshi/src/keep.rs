//! `luoshi backup`, `restore`, `doctor`: keeping a record.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use store::Health;

use crate::World;

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
        std::fs::create_dir_all(&self.out).with_context(|| self.out.display().to_string())?;
        let stamp: String = (world.clock)().to_string().chars().filter(char::is_ascii_alphanumeric).take(15).collect();
        let archives = store::backup(&self.data, &self.out, &stamp)?;
        println!("data: {}", archives.data.display());
        println!("keys: {}  (keep it apart from the data, and no longer than thirty days)", archives.keys.display());
        Ok(ExitCode::SUCCESS)
    }
}

/// Make a folder again from the two archives of a backup
#[derive(clap::Args)]
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
}

impl Restore {
    /// Restores, verifies, and says what is there.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let verified = store::restore(&self.data_archive, &self.keys_archive, &self.data)?;
        println!(
            "restored and verified: {} events, {} sealed parts, {} files of evidence",
            verified.events, verified.parts, verified.blobs
        );
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
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let findings = store::doctor(&self.data);
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
