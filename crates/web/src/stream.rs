//! Answers that are sent while they are written: what is sent never lies in memory whole, and ends when nobody takes it.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{Sender, channel};
use tokio_stream::wrappers::ReceiverStream;

use crate::error::Problem;
use crate::frame::Answer;

/// Pieces on their way at once.
const PIECES: usize = 4;
/// So many are written at once: each holds a thread for as long as its reader takes, and pages need threads too.
const AT_ONCE: usize = 16;
/// So long somebody waits for his turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// Turns at writing an answer while it is sent.
pub struct Turns(Arc<Semaphore>);

impl Default for Turns {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
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
/// logged; that somebody went away is no failure. Errors: `Busy` where too many are written.
pub async fn file(
    turns: &Turns,
    name: &str,
    kind: &'static str,
    write: impl FnOnce(&mut Pipe) -> Result<(), Problem> + Send + 'static,
) -> Answer {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).map_err(Problem::fault)?;
    let turn = tokio::time::timeout(PATIENCE, turns.0.clone().acquire_owned()).await;
    let turn = turn.map_err(|_| Problem::Busy)?.map_err(Problem::fault)?;
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
    use super::*;

    #[tokio::test]
    async fn nothing_more_is_written_once_whoever_asked_has_gone_away() {
        let (ended, end) = tokio::sync::oneshot::channel();
        let turns = Turns::default();
        let response = file(&turns, "endless.bin", "application/octet-stream", move |pipe| {
            let error = std::iter::repeat(()).find_map(|()| pipe.write_all(&[7; 1_000]).err());
            let _ = ended.send(error.map(|error| error.kind()));
            Err(Problem::fault("gone"))
        });
        let mut body = response.await.expect("an answer").into_body().into_data_stream();
        let first = tokio_stream::StreamExt::next(&mut body).await.expect("a piece").expect("bytes");
        assert_eq!(first.len() / 1_000, Pipe::FULL / 1_000 + 1, "as much as a pipe holds");
        drop(body);
        assert_eq!(end.await.expect("it ended"), Some(std::io::ErrorKind::BrokenPipe));
    }

    #[tokio::test]
    async fn whoever_finds_every_turn_taken_waits_until_somebody_goes_away() {
        let turns = Turns(Arc::new(Semaphore::new(1)));
        let endless = |pipe: &mut Pipe| {
            let error = std::iter::repeat(()).find_map(|()| pipe.write_all(&[7; 1_000]).err());
            Err(error.map_or(Problem::NotFound, Problem::fault))
        };
        let first = file(&turns, "first.bin", "application/octet-stream", endless).await.expect("an answer");
        let mut second = Box::pin(file(&turns, "second.bin", "application/octet-stream", endless));
        let waits = tokio::time::timeout(Duration::from_millis(50), &mut second).await;
        assert!(waits.is_err(), "the one turn is taken by whoever reads nothing");
        drop(first);
        second.await.expect("his turn");
    }
}
