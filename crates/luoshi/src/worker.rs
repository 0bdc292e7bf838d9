//! The reader of documents from outside: a process of its own, with limits on memory, time and answer.
//!
//! It is told what to read by one line of JSON and the file's bytes, and answers with one JSON object.

use std::cell::RefCell;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{ChildStdout, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde::{Deserialize, Serialize};
use sources::workbook::{self, Outline, Piece, WORKBOOK_BYTES_MAX, Wanted};
use sources::{Format, Profile};
use web::import::WorkbookReader;
use web::reading::{ReadText, Reader, Unread, read_here, unread};

/// Address space of the worker, for a workbook and for a document.
const MEMORY_BYTES: u64 = 2 << 30;
const DOCUMENT_MEMORY_BYTES: u64 = 512 << 20;
/// Processor time of the worker, for a document and for a workbook.
const CPU_SECONDS: u64 = 20;
const WORKBOOK_CPU_SECONDS: u64 = 40;
/// After so long an answer is no longer waited for: the processor may be shared with others.
const PATIENCE: Duration = Duration::from_secs(120);
/// The longest answer about a document that is taken.
const ANSWER_BYTES_MAX: u64 = 256 << 20;
/// The longest line of an answer about a workbook: one row, at its widest.
const LINE_BYTES_MAX: u64 = 64 << 20;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Asked {
    Workbook { kind: workbook::Kind, wanted: Wanted },
    Document(Question),
}

/// A line of the answer about a workbook: the outline, what was wanted of it piece by piece, and that this was all.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Outline(Outline),
    Piece(Piece),
    End,
    Unread(String),
}

#[derive(Serialize, Deserialize)]
struct Question {
    format: Format,
    profile: Profile,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Reply {
    Read(Box<ReadText>),
    Unread { error: String },
}

/// Answers one question on standard input, within limits.
pub fn answer() -> anyhow::Result<ExitCode> {
    limit(Resource::As, MEMORY_BYTES)?;
    limit(Resource::Cpu, WORKBOOK_CPU_SECONDS)?;
    limit(Resource::Fsize, 0)?;
    let mut input = std::io::stdin().lock();
    let mut line = String::new();
    (&mut input).take(16 << 20).read_line(&mut line)?;
    let mut bytes = vec![];
    let Question { format, profile } = match serde_json::from_str(&line)? {
        Asked::Document(question) => question,
        Asked::Workbook { kind, wanted } => {
            input.take(WORKBOOK_BYTES_MAX as u64 + 1).read_to_end(&mut bytes)?;
            return answer_pieces(&bytes, kind, &wanted);
        }
    };
    limit(Resource::Cpu, CPU_SECONDS)?;
    limit(Resource::As, DOCUMENT_MEMORY_BYTES)?;
    input.take(sources::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
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

/// No more than so much, and no more than the machine's operator leaves: a limit of his may be lower, and stays.
fn limit(resource: Resource, most: u64) -> anyhow::Result<()> {
    let most = getrlimit(resource).maximum.map_or(most, |left| left.min(most));
    Ok(setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?)
}

fn answer_pieces(bytes: &[u8], kind: workbook::Kind, wanted: &Wanted) -> anyhow::Result<ExitCode> {
    let out = RefCell::new(std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock()));
    let failed = RefCell::new(None);
    let write = |line: &Line| {
        let mut out = out.borrow_mut();
        let written = serde_json::to_writer(&mut *out, line).map_err(anyhow::Error::from);
        if let Err(error) = written.and_then(|()| Ok(out.write_all(b"\n")?)) {
            failed.borrow_mut().get_or_insert(error);
        }
    };
    let (begin, take) = (|outline| write(&Line::Outline(outline)), |piece| write(&Line::Piece(piece)));
    match workbook::read_pieces(bytes, kind, wanted, begin, take) {
        Ok(()) => write(&Line::End),
        Err(unreadable) => write(&Line::Unread(unreadable.code().to_owned())),
    }
    match failed.take() {
        Some(error) => Err(error),
        None => Ok(out.into_inner().flush().map(|()| ExitCode::SUCCESS)?),
    }
}

/// A reader of workbooks that lets such a process read.
pub fn workbooks(program: PathBuf) -> WorkbookReader {
    Arc::new(move |bytes, kind, wanted, take| {
        let asked = Asked::Workbook { kind, wanted: wanted.clone() };
        let (mut outline, mut unread, mut is_whole) = (None, None, false);
        let conversed = converse(&program, &asked, bytes, |mut answer| {
            let mut line = vec![];
            // A line that breaks off is not understood: the process was stopped.
            while (&mut answer).take(LINE_BYTES_MAX).read_until(b'\n', &mut line)? > 0 && line.ends_with(b"\n") {
                match serde_json::from_slice(&line)? {
                    Line::Outline(found) => outline = Some(found),
                    Line::Piece(piece) => take(piece),
                    Line::End => is_whole = true,
                    Line::Unread(code) => unread = Some(web::import::unread(&code)),
                }
                line.clear();
            }
            Ok(())
        });
        match (conversed, unread, outline) {
            (Ok(()), Some(unread), _) => Err(unread),
            (Ok(()), None, Some(outline)) if is_whole => Ok(outline),
            (Ok(()), None, _) => Err(Unread::Fault("the reader's answer was cut off".into())),
            // A process that met its limits was stopped by a signal; a file that does that to it is too much for us.
            (Err(error), _, _) if error.is::<Stopped>() => Err(Unread::File("workbook-too-much")),
            (Err(error), _, _) => Err(Unread::Fault(format!("{error:#}"))),
        }
    })
}

/// A reader that lets such a process read.
pub fn reader(program: PathBuf) -> Reader {
    Arc::new(move |bytes, format, profile| {
        ask(&program, bytes, format, profile).map_err(|error| match error.is::<Stopped>() {
            // What met a limit unfolds to more than a document holds.
            true => Unread::File("file-too-much"),
            false => Unread::Fault(format!("{error:#}")),
        })?
    })
}

fn ask(program: &PathBuf, bytes: &[u8], format: Format, profile: &Profile) -> anyhow::Result<Result<ReadText, Unread>> {
    let mut answer = vec![];
    let question = Asked::Document(Question { format, profile: profile.clone() });
    converse(program, &question, bytes, |output| {
        output.take(ANSWER_BYTES_MAX).read_to_end(&mut answer)?;
        Ok(())
    })?;
    Ok(match serde_json::from_slice(&answer)? {
        Reply::Read(read) => Ok(*read),
        Reply::Unread { error } => Err(unread(&error)),
    })
}

/// The process met a limit of time or memory.
#[derive(Debug)]
struct Stopped;

impl std::fmt::Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the reader met a limit of time or memory")
    }
}

impl std::error::Error for Stopped {}

/// Asks such a process one question, and lets `hear` read its answer. Errors: `Stopped`; whatever `hear` says.
fn converse(
    program: &PathBuf,
    asked: &Asked,
    bytes: &[u8],
    hear: impl FnOnce(BufReader<ChildStdout>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut question = serde_json::to_vec(asked)?;
    question.push(b'\n');
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
    let child = Mutex::new(child);
    let kill = || {
        let _ = child.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).kill();
    };
    let (heard, is_heard) = mpsc::channel::<()>();
    let (answer, is_late) = std::thread::scope(|scope| {
        // Writing and reading go on at once: a full pipe on either side would stop both.
        scope.spawn(move || {
            let _ = input.write_all(&question).and_then(|()| input.write_all(bytes));
        });
        let watch = scope.spawn(|| {
            let is_heard = is_heard;
            let is_late = is_heard.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout);
            if is_late {
                kill();
            }
            is_late
        });
        let answer = hear(BufReader::with_capacity(1 << 16, output));
        if answer.is_err() {
            kill();
        }
        drop(heard);
        (answer, watch.join().unwrap_or(true))
    });
    let status = child.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()).wait()?;
    match answer {
        _ if is_late => Err(Stopped.into()),
        Ok(()) if status.success() => Ok(()),
        // Nothing but a limit stops it by a signal.
        Ok(()) if status.signal().is_some() => Err(Stopped.into()),
        Ok(()) => anyhow::bail!("the reader ended with {status}"),
        Err(error) => Err(error),
    }
}
