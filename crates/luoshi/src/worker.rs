//! The reader of documents from outside: a process of its own, with limits on memory, time and answer.
//!
//! It is told what to read by one line of JSON and the file's bytes, and answers with one JSON object.

use std::io::{BufRead as _, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};
use sources::workbook::{self, WORKBOOK_BYTES_MAX, Workbook};
use sources::{Format, Profile};
use web::import::WorkbookReader;
use web::reading::{ReadText, Reader, Unread, read_here, unread};

/// Address space of the worker.
const MEMORY_BYTES: u64 = 2 << 30;
/// Processor time of the worker, for a document and for a workbook.
const CPU_SECONDS: u64 = 20;
const WORKBOOK_CPU_SECONDS: u64 = 40;
/// After so long an answer is no longer waited for.
const PATIENCE: Duration = Duration::from_secs(50);
/// The longest answer that is taken.
const ANSWER_BYTES_MAX: u64 = 256 << 20;

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Asked {
    Workbook { workbook: workbook::Kind },
    Document(Question),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Sheets {
    Read(Box<Workbook>),
    Unread { error: String },
}

#[derive(Serialize, Deserialize)]
struct Question {
    format: Kind,
    profile: Profile,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Text,
    Markdown,
    Html,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Reply {
    Read(Box<ReadText>),
    Unread { error: String },
}

/// Answers one question on standard input, within limits.
pub fn answer() -> anyhow::Result<ExitCode> {
    let limit = |most| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::As, limit(MEMORY_BYTES))?;
    setrlimit(Resource::Cpu, limit(WORKBOOK_CPU_SECONDS))?;
    setrlimit(Resource::Fsize, limit(0))?;
    let mut input = std::io::stdin().lock();
    let mut line = String::new();
    (&mut input).take(16 << 20).read_line(&mut line)?;
    let mut bytes = vec![];
    let Question { format, profile } = match serde_json::from_str(&line)? {
        Asked::Document(question) => question,
        Asked::Workbook { workbook } => {
            input.take(WORKBOOK_BYTES_MAX as u64 + 1).read_to_end(&mut bytes)?;
            return answer_sheets(&bytes, workbook);
        }
    };
    setrlimit(Resource::Cpu, limit(CPU_SECONDS))?;
    input.take(sources::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    let format = match format {
        Kind::Text => Format::Text,
        Kind::Markdown => Format::Markdown,
        Kind::Html => Format::Html,
    };
    let reply = match read_here(&bytes, format, &profile) {
        Ok(read) => Reply::Read(Box::new(read)),
        Err(Unread::File(code)) => Reply::Unread { error: code.trim_start_matches("file-").to_owned() },
        Err(Unread::Fault(what)) => anyhow::bail!(what),
    };
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, &reply)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn answer_sheets(bytes: &[u8], kind: workbook::Kind) -> anyhow::Result<ExitCode> {
    let sheets = match workbook::read(bytes, kind) {
        Ok(workbook) => Sheets::Read(Box::new(workbook)),
        Err(unreadable) => Sheets::Unread { error: unreadable.code().to_owned() },
    };
    let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    serde_json::to_writer(&mut out, &sheets)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// A reader of workbooks that lets such a process read.
pub fn workbooks(program: PathBuf) -> WorkbookReader {
    Arc::new(move |bytes, kind| {
        let ask = || -> anyhow::Result<Result<Workbook, Unread>> {
            let answer = converse(&program, &Asked::Workbook { workbook: kind }, bytes)?;
            Ok(match serde_json::from_slice(&answer)? {
                Sheets::Read(workbook) => Ok(*workbook),
                Sheets::Unread { error } => Err(web::import::unread(&error)),
            })
        };
        ask().map_err(|error| Unread::Fault(format!("{error:#}")))?
    })
}

/// A reader that lets such a process read.
pub fn reader(program: PathBuf) -> Reader {
    Arc::new(move |bytes, format, profile| {
        ask(&program, bytes, format, profile).map_err(|error| Unread::Fault(format!("{error:#}")))?
    })
}

fn ask(program: &PathBuf, bytes: &[u8], format: Format, profile: &Profile) -> anyhow::Result<Result<ReadText, Unread>> {
    let format = match format {
        Format::Text => Kind::Text,
        Format::Markdown => Kind::Markdown,
        Format::Html => Kind::Html,
    };
    let answer = converse(program, &Asked::Document(Question { format, profile: profile.clone() }), bytes)?;
    Ok(match serde_json::from_slice(&answer)? {
        Reply::Read(read) => Ok(*read),
        Reply::Unread { error } => Err(unread(&error)),
    })
}

/// Asks such a process one question, and gives its answer.
fn converse(program: &PathBuf, asked: &Asked, bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut question = serde_json::to_vec(asked)?;
    question.push(b'\n');
    question.extend_from_slice(bytes);
    let mut child = Command::new(program)
        .arg("read-worker")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        anyhow::bail!("the reader has no pipes")
    };
    // Writing and reading go on at once: a full pipe on either side would stop both.
    std::thread::spawn(move || {
        let _ = input.write_all(&question);
    });
    let (sender, answered) = mpsc::channel();
    std::thread::spawn(move || {
        let mut answer = vec![];
        let read = output.take(ANSWER_BYTES_MAX).read_to_end(&mut answer);
        let _ = sender.send(read.map(|_| answer));
    });
    let answer = answered.recv_timeout(PATIENCE);
    if answer.is_err() {
        let _ = child.kill();
    }
    let status = child.wait()?;
    let answer = answer.map_err(|_| anyhow::anyhow!("the reader did not answer in time"))??;
    if !status.success() {
        anyhow::bail!("the reader ended with {status}");
    }
    Ok(answer)
}
