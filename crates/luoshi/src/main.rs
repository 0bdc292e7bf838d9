//! The binary: the only reader of clock, randomness and environment.

#[macro_use]
mod printed;

mod act;
mod clock;
mod connections;
mod demo;
mod extract;
mod import;
mod ingest;
mod keep;
mod metrics;
mod rules;
mod serve;
mod verify;
mod worker;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use jiff::{SignedDuration, Timestamp};
use store::access::{Clock, Random};

/// Luoshi (落实): what a committee decided gets done, and the record proves it.
#[derive(Parser)]
#[command(version, propagate_version = true, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve a real office's record; makes the folder on first start and prints a link for the first administrator
    Serve(serve::Serve),
    /// Make the fictional city of Qinghe and serve it on this machine, to look around
    Demo(demo::Demo),
    /// Take a document in: through a running server, or straight into a folder that no server holds
    Ingest(ingest::Ingest),
    /// Take an existing ledger in from a workbook, through a running server: look at it first, then confirm
    Import(import::Import),
    /// Read documents and write what they propose as JSON, one file each
    Extract(extract::Extract),
    /// Act on a matter through a running server, with a personal token
    Act(act::Act),
    /// Verify a record's folder, a served log, or a proof file
    Verify(verify::Verify),
    /// Rules as code: check a package, try its cases, explain one household, decide on everybody
    Rules(rules::RulesCommand),
    /// Write a record to two archives, data and keys; may run beside a server
    Backup(keep::Backup),
    /// Make a folder again from the two archives of a backup
    Restore(keep::Restore),
    /// Make everything that lists and searches show again from the events, in a folder that no server holds
    Rebuild(keep::Rebuild),
    /// Look a record's folder over and say what could bite its operator
    Doctor(keep::Doctor),
    /// Read one document from standard input, within limits; used by the server itself
    #[command(hide = true)]
    ReadWorker,
}

/// What only this file reads: the clock, randomness, and where this program lies.
#[derive(Clone)]
pub struct World {
    /// Tells the time.
    pub clock: Clock,
    /// Makes ids and secrets.
    pub random: Random,
    /// This program, to start its reader.
    pub program: PathBuf,
    /// How many cores there are.
    pub cores: usize,
    /// For folders that go when the demonstration ends.
    pub temporary: PathBuf,
}

impl World {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads clock, randomness and environment")]
    fn real() -> anyhow::Result<Self> {
        let (begun, counted) = (clock::Followed::new(Timestamp::now()), std::time::Instant::now());
        let passed = move || SignedDuration::try_from(counted.elapsed()).unwrap_or(SignedDuration::MAX);
        Ok(Self {
            clock: Arc::new(move || begun.now(Timestamp::now(), passed())),
            random: Arc::new(|bytes| getrandom::fill(bytes).expect("the system gives randomness, or nothing is safe")),
            program: std::env::current_exe()?,
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            temporary: std::env::temp_dir(),
        })
    }
}

fn main() -> ExitCode {
    printed::unless_unread(begin)
}

fn begin() -> ExitCode {
    let arguments = Arguments::try_parse().unwrap_or_else(|error| {
        // Of a wrong value the error does not say which command it is of.
        let is_of_rules = std::env::args_os().nth(1).is_some_and(|word| word == "rules");
        if let Some(said) = is_of_rules.then(|| rules::in_chinese(&error)).flatten() {
            eprintln!("{said}");
        }
        error.exit()
    });
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn,security=info".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match World::real().and_then(|world| run(arguments.command, &world)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("luoshi: {}", said(&error));
            ExitCode::FAILURE
        }
    }
}

/// An error with its causes, each said once: many already end in the words of what caused them.
pub fn said(error: &anyhow::Error) -> String {
    let mut said = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !said.contains(&cause) {
            said = format!("{said}: {cause}");
        }
    }
    said
}

fn run(command: Command, world: &World) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(serve) => serve.run(world),
        Command::Demo(demo) => demo.run(world),
        Command::Ingest(ingest) => ingest.run(world),
        Command::Import(import) => import.run(),
        Command::Extract(extract) => extract.run(),
        Command::Act(act) => act.run(),
        Command::Verify(verify) => verify.run(),
        Command::Rules(rules) => rules.run(world.cores),
        Command::Backup(backup) => backup.run(world),
        Command::Restore(restore) => restore.run(),
        Command::Rebuild(rebuild) => rebuild.run(world),
        Command::Doctor(doctor) => doctor.run(world),
        Command::ReadWorker => worker::answer(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_cause_that_was_said_is_not_said_again() {
        let disk = std::io::Error::from_raw_os_error(30);
        let inner = store::StoreFault::File { what: "settings.json".into(), source: disk };
        let said = super::said(&anyhow::Error::from(inner).context("cannot open /srv"));
        assert_eq!(said.matches("os error 30").count(), 1, "{said}");
        assert!(said.starts_with("cannot open /srv: settings.json: "), "{said}");
    }
}
