//! Answers that are sent while they are written: what is sent never lies in memory whole, and ends when nobody takes it.

use std::io::Write;

use axum::body::{Body, Bytes};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use tokio::sync::mpsc::{Sender, channel};
use tokio_stream::wrappers::ReceiverStream;

use crate::error::Problem;
use crate::frame::Answer;

/// Pieces on their way at once.
const PIECES: usize = 4;

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
    name: &str,
    kind: &'static str,
    write: impl FnOnce(&mut Pipe) -> Result<(), Problem> + Send + 'static,
) -> Answer {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).map_err(Problem::fault)?;
    let (sender, receiver) = channel(PIECES);
    tokio::task::spawn_blocking(move || {
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
        let response = file("endless.bin", "application/octet-stream", move |pipe| {
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
}
