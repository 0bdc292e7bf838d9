//! `luoshi verify`: a folder, a served log, or a proof file.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use store::{Verified, verify_folder, verify_log, verify_proof};

use crate::act::agent;

/// The greatest file of a log that is fetched.
const FETCHED_BYTES_MAX: u64 = 1 << 20;

/// Verify a record's folder, a served log, or a proof file
#[derive(clap::Args)]
#[group(skip)]
pub struct Verify {
    /// A record's folder, also beside its running server
    #[arg(long, value_name = "DIR", group = "what", required_unless_present_any = ["url", "proof"])]
    data: Option<PathBuf>,
    /// A server's address: its public log
    #[arg(long, value_name = "URL", group = "what", requires = "vkey")]
    url: Option<String>,
    /// A proof file
    #[arg(long, value_name = "FILE", group = "what", requires = "vkey")]
    proof: Option<PathBuf>,
    /// The log's public key; never taken from what is verified
    #[arg(long, value_name = "KEY")]
    vkey: Option<String>,
    /// A checkpoint that you kept, or the office's file of checkpoints
    #[arg(long, value_name = "OLD")]
    checkpoint: Option<PathBuf>,
    /// Leave out what needs keys: parts, evidence, projections
    #[arg(long)]
    hashes_only: bool,
}

impl Verify {
    /// Says what holds, or the first thing that does not.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let old = match &self.checkpoint {
            Some(path) => Some(std::fs::read_to_string(path).with_context(|| path.display().to_string())?),
            None => None,
        };
        let old = old.as_deref();
        match (&self.data, &self.url, &self.proof, &self.vkey) {
            (Some(dir), _, _, _) => {
                let verified = verify_folder(dir, old, self.hashes_only).context("NOT VERIFIED")?;
                println!("verified: {} events, {} under a signed checkpoint", verified.events, verified.signed);
                if verified.unsigned_tail() > 0 {
                    println!("the last {} events have no checkpoint yet", verified.unsigned_tail());
                }
                if !self.hashes_only {
                    println!(
                        "{} sealed parts open to what their events say, {} were erased; {} files of evidence have their hash",
                        verified.parts, verified.erased, verified.blobs
                    );
                    println!("the projections are those that the events make");
                }
                say_old(&verified);
                println!("public key: {}", verified.vkey);
            }
            (None, Some(url), _, Some(vkey)) => {
                let url = url.trim_end_matches('/').trim_end_matches("/log").to_owned();
                let verified = verify_log(vkey, old, |path| fetch(&url, path)).context("NOT VERIFIED")?;
                println!("verified: the log of {} events leads to its signed checkpoint", verified.events);
                say_old(&verified);
            }
            (None, None, Some(proof), Some(vkey)) => {
                let text = std::fs::read_to_string(proof).with_context(|| proof.display().to_string())?;
                let proven = verify_proof(&text, vkey, old).context("NOT VERIFIED")?;
                println!(
                    "verified: {} events of {}, unedited when the log held {} events",
                    proven.events.len(),
                    proven.stream,
                    proven.checkpoint.size
                );
                for event in &proven.events {
                    let at = event.at().map(|at| at.to_string()).unwrap_or_default();
                    println!("  {:>4}  {at}  {}", event.body.n, event.body.kind);
                }
                println!("this does not show that there is no later event");
                match old {
                    None => {
                        println!("without --checkpoint, it does not show that the log's operator kept to one history")
                    }
                    Some(_) => println!("the checkpoint you gave does not contradict it"),
                }
            }
            (_, _, _, _) => bail!("--vkey is needed: the log's public key, from somebody you trust"),
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn say_old(verified: &Verified) {
    match verified.old_size {
        Some(size) => println!("its history begins with that of the checkpoint given, over {size} events"),
        None => println!("without --checkpoint, this does not show that the operator kept to one history"),
    }
}

fn fetch(url: &str, path: &str) -> Result<Vec<u8>, String> {
    let mut answer = agent().get(format!("{url}/log/{path}")).call().map_err(|error| error.to_string())?;
    if !answer.status().is_success() {
        return Err(format!("the server answered {}", answer.status()));
    }
    answer.body_mut().with_config().limit(FETCHED_BYTES_MAX).read_to_vec().map_err(|error| error.to_string())
}
