//! Answers that are sent while they are written: what is sent never lies in memory whole, and ends when nobody takes it.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use ledger::id::OfficerId;
use tokio::sync::mpsc::{Sender, channel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_stream::wrappers::ReceiverStream;

use crate::error::Problem;
use crate::frame::Answer;

/// Pieces on their way at once.
const PIECES: usize = 4;
/// So many are written at once: each holds a thread for as long as its reader takes, and pages need threads too.
const AT_ONCE: usize = 16;
/// So many of them for one officer: nobody takes all turns.
const EACH: usize = 4;
/// So long somebody waits for his turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// Turns at writing an answer while it is sent.
pub struct Turns {
    all: Arc<Semaphore>,
    /// Of each officer who has one or waits for one.
    each: Mutex<HashMap<OfficerId, Weak<Semaphore>>>,
}

/// A turn, until it is dropped.
pub struct Turn {
    _of_all: OwnedSemaphorePermit,
    _of_his: OwnedSemaphorePermit,
}

impl Default for Turns {
    fn default() -> Self {
        Self { all: Arc::new(Semaphore::new(AT_ONCE)), each: Mutex::default() }
    }
}

impl Turns {
    /// A turn for the officer, to be taken before anything is read. Errors: `Busy` where too many are written, by him or
    /// by all.
    pub async fn turn(&self, officer: OfficerId) -> Result<Turn, Problem> {
        let taken = async {
            let of_his = self.of(officer).acquire_owned().await.map_err(Problem::fault)?;
            let of_all = self.all.clone().acquire_owned().await.map_err(Problem::fault)?;
            Ok(Turn { _of_all: of_all, _of_his: of_his })
        };
        tokio::time::timeout(PATIENCE, taken).await.map_err(|_| Problem::Busy)?
    }

    fn of(&self, officer: OfficerId) -> Arc<Semaphore> {
        let mut each = self.each.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(his) = each.get(&officer).and_then(Weak::upgrade) {
            return his;
        }
        each.retain(|_, his| his.strong_count() > 0);
        let his = Arc::new(Semaphore::new(EACH));
        each.insert(officer, Arc::downgrade(&his));
        his
    }
}

/// Where bytes go out.
pub struct Pipe {
    sender: Sender<Result<Bytes, std::io::Error>>,
    waiting: Vec<u8>,
}

impl Pipe {
    const FULL: usize = 64 << 10;
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= Self::FULL {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    /// Errors: `BrokenPipe` once whoever asked has gone away.
    fn flush(&mut self) -> std::io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let full = std::mem::replace(&mut self.waiting, Vec::with_capacity(Self::FULL));
        self.sender.blocking_send(Ok(full.into())).map_err(|_| std::io::ErrorKind::BrokenPipe.into())
    }
}

/// A file to be saved under this name, sent while `write` writes it. What fails on the way breaks the answer off, and is
/// logged; that somebody went away is no failure.
pub fn file(
    turn: Turn,
    name: &str,
    kind: &'static str,
    write: impl FnOnce(&mut Pipe) -> Result<(), Problem> + Send + 'static,
) -> Answer {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).map_err(Problem::fault)?;
    let (sender, receiver) = channel(PIECES);
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let mut pipe = Pipe { sender, waiting: Vec::with_capacity(Pipe::FULL) };
        let written = write(&mut pipe).and_then(|()| pipe.flush().map_err(Problem::fault));
        if let Err(problem) = written
            && !pipe.sender.is_closed()
        {
            tracing::error!(error = ?problem, "an export broke off");
            let _ = pipe.sender.blocking_send(Err(std::io::Error::other("the export broke off")));
        }
    });
    let mut response: Response = Body::from_stream(ReceiverStream::new(receiver)).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const OFFICER: OfficerId = OfficerId(Uuid::from_u128(1));
    const OTHER: OfficerId = OfficerId(Uuid::from_u128(2));

    fn endless(pipe: &mut Pipe) -> Result<(), Problem> {
        let error = std::iter::repeat(()).find_map(|()| pipe.write_all(&[7; 1_000]).err());
        Err(error.map_or(Problem::NotFound, Problem::fault))
    }

    #[tokio::test]
    async fn nothing_more_is_written_once_whoever_asked_has_gone_away() {
        let (ended, end) = tokio::sync::oneshot::channel();
        let turn = Turns::default().turn(OFFICER).await.expect("a turn");
        let response = file(turn, "endless.bin", "application/octet-stream", move |pipe| {
            let error = std::iter::repeat(()).find_map(|()| pipe.write_all(&[7; 1_000]).err());
            let _ = ended.send(error.map(|error| error.kind()));
            Err(Problem::fault("gone"))
        });
        let mut body = response.expect("an answer").into_body().into_data_stream();
        let first = tokio_stream::StreamExt::next(&mut body).await.expect("a piece").expect("bytes");
        assert_eq!(first.len() / 1_000, Pipe::FULL / 1_000 + 1, "as much as a pipe holds");
        drop(body);
        assert_eq!(end.await.expect("it ended"), Some(std::io::ErrorKind::BrokenPipe));
    }

    #[tokio::test]
    async fn whoever_has_all_his_turns_waits_until_one_of_them_goes_away_and_keeps_nobody_else_waiting() {
        let turns = Turns::default();
        let mut sent = vec![];
        for _ in 0..EACH {
            let turn = turns.turn(OFFICER).await.expect("a turn");
            sent.push(file(turn, "endless.bin", "application/octet-stream", endless).expect("an answer"));
        }
        let soon = Duration::from_millis(50);
        let mut next = Box::pin(turns.turn(OFFICER));
        assert!(tokio::time::timeout(soon, &mut next).await.is_err(), "all are taken by whoever reads nothing");
        drop(turns.turn(OTHER).await.expect("another's turn"));
        sent.pop();
        next.await.expect("his turn");
        drop(sent);
        assert_eq!(turns.each.lock().expect("no panic").len(), 2);
    }
}
