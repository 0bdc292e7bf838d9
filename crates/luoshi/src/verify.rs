//! `luoshi verify`: a folder, a served log, or a proof file.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use store::{Old, Verified, folder_vkey, verify_folder, verify_log, verify_proof};

use crate::act::agent;

/// The greatest file of a log that is fetched.
const FETCHED_BYTES_MAX: u64 = 1 << 20;
/// The greatest file of checkpoints that is read: some five million of them.
const NOTES_BYTES_MAX: u64 = 1 << 30;

/// Verify a record's folder, a served log, or a proof file
#[derive(clap::Args)]
#[group(skip)]
#[command(
    arg_required_else_help = true,
    override_usage = "luoshi verify --data DIR [--vkey KEY] [--checkpoint OLD] [--hashes-only]\n       \
                      luoshi verify --url URL --vkey KEY [--checkpoint OLD]\n       \
                      luoshi verify --proof FILE --vkey KEY [--checkpoint OLD]"
)]
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
            Some(path) => Some(notes(path)?),
            None => None,
        };
        let old = old.as_deref();
        match (&self.data, &self.url, &self.proof, &self.vkey) {
            (Some(dir), _, _, vkey) => {
                let found = folder_vkey(dir).context("NOT VERIFIED")?;
                if vkey.as_ref().is_some_and(|vkey| vkey.trim() != found) {
                    bail!("NOT VERIFIED: the log's public key is another: {found}");
                }
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
                for continuation in &verified.continues {
                    let store::Continuation { old, size, .. } = continuation;
                    let lost = continuation.lost();
                    println!(
                        "a backup was restored: this log continues {old} from {size} events; {lost} it had shown are lost"
                    );
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
    match &verified.old {
        Some(Old { count, size, others }) => {
            println!("its history is that of every checkpoint given: {count}, up to {size} events");
            if !others.is_empty() {
                println!("checkpoints of other logs were left aside: {}", others.join(", "));
            }
        }
        None => println!("without --checkpoint, this does not show that the operator kept to one history"),
    }
}

/// A file of checkpoints, within reason.
fn notes(path: &Path) -> anyhow::Result<String> {
    let named = || path.display().to_string();
    let mut bytes = vec![];
    let file = std::fs::File::open(path).with_context(named)?;
    file.take(NOTES_BYTES_MAX + 1).read_to_end(&mut bytes).with_context(named)?;
    if bytes.len() as u64 > NOTES_BYTES_MAX {
        bail!("{}: larger than a gibibyte, which no file of checkpoints is", named());
    }
    String::from_utf8(bytes).with_context(named)
}

fn fetch(url: &str, path: &str) -> Result<Vec<u8>, String> {
    let mut answer = agent().get(format!("{url}/log/{path}")).call().map_err(|error| error.to_string())?;
    if !answer.status().is_success() {
        return Err(format!("the server answered {}", answer.status()));
    }
    answer.body_mut().with_config().limit(FETCHED_BYTES_MAX).read_to_vec().map_err(|error| error.to_string())
}
