//! Those who stand in the way: each comes again as soon as the server has ended his connection.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::watch;

use crate::served::head;

/// They come from so many addresses, since one may hold only so many connections.
const ADDRESSES: u8 = 8;
/// Whoever reads nothing cannot see that he was given up, and comes again after this.
const DEAF: Duration = Duration::from_secs(70);
/// A body that would take an hour, a byte a second.
const BODY: usize = 3_600;

/// How they behave, and how many of each there are.
#[derive(Clone, Copy)]
pub struct Manners {
    /// Open a connection and say nothing.
    pub silent: usize,
    /// Begin a request and say no more.
    pub begin: usize,
    /// Send a request's head, and of an act its fields, a byte a second.
    pub slow: usize,
    /// Ask for a large file, or an export, and read none of it.
    pub deaf: usize,
}

/// What they ask for.
pub struct Wanted {
    pub address: SocketAddr,
    pub token: String,
    /// The address of a large file.
    pub file: String,
    /// The address of an act.
    pub act: String,
}

/// The crowd, until it is dropped.
pub struct Crowd {
    counts: Arc<Counts>,
    size: usize,
    end: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Counts {
    held: AtomicUsize,
    ended: AtomicUsize,
}

#[derive(Clone, Copy)]
enum Manner {
    Silent,
    Begins,
    SlowHead,
    SlowBody,
    DeafToFile,
    DeafToExport,
}

impl Crowd {
    /// Comes, and stays. Returns once everybody was let in.
    pub fn gather(wanted: Wanted, manners: Manners) -> Self {
        let Manners { silent, begin, slow, deaf } = manners;
        let all = [
            (Manner::Silent, silent),
            (Manner::Begins, begin),
            (Manner::SlowHead, slow.div_ceil(2)),
            (Manner::SlowBody, slow / 2),
            (Manner::DeafToFile, deaf.div_ceil(2)),
            (Manner::DeafToExport, deaf / 2),
        ];
        let all: Vec<Manner> = all.into_iter().flat_map(|(manner, count)| std::iter::repeat_n(manner, count)).collect();
        let (counts, size) = (Arc::new(Counts::default()), all.len());
        let (end, ended) = watch::channel(false);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let (told, wanted) = (counts.clone(), Arc::new(wanted));
        let (came, comes) = channel();
        let thread = std::thread::spawn(move || {
            runtime.block_on(async move {
                for (no, manner) in all.into_iter().enumerate() {
                    tokio::spawn(come(no, manner, wanted.clone(), told.clone(), came.clone()));
                    // One after the other, as a crowd comes, and not all in the same instant.
                    tokio::task::yield_now().await;
                }
                let mut ended = ended;
                let _ = ended.wait_for(|ended| *ended).await;
            });
        });
        (0..size).for_each(|_| comes.recv().expect("nobody goes home"));
        Self { counts, size, end, thread: Some(thread) }
    }

    /// How many there are, and how many connections they hold just now.
    pub fn size(&self) -> usize {
        self.size
    }

    pub fn held(&self) -> usize {
        self.counts.held.load(Ordering::Relaxed)
    }

    /// How many connections the server has ended.
    pub fn ended(&self) -> usize {
        self.counts.ended.load(Ordering::Relaxed)
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        let _ = self.end.send(true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn come(no: usize, manner: Manner, wanted: Arc<Wanted>, counts: Arc<Counts>, came: Sender<()>) {
    let mut came = Some(came);
    let from = u8::try_from(no % usize::from(ADDRESSES)).unwrap_or_default() + 2;
    loop {
        if let Ok(stream) = connect(from, wanted.address, manner).await {
            counts.held.fetch_add(1, Ordering::Relaxed);
            if let Some(came) = came.take() {
                let _ = came.send(());
            }
            stay(stream, manner, &wanted).await;
            counts.held.fetch_sub(1, Ordering::Relaxed);
            counts.ended.fetch_add(1, Ordering::Relaxed);
        } else {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

async fn connect(from: u8, to: SocketAddr, manner: Manner) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    if let Manner::DeafToFile | Manner::DeafToExport = manner {
        socket.set_recv_buffer_size(4_096)?;
    }
    socket.bind(SocketAddr::from(([127, 0, 0, from], 0)))?;
    socket.connect(to).await
}

/// Returns when the server has ended the connection.
async fn stay(mut stream: TcpStream, manner: Manner, wanted: &Wanted) {
    let Wanted { address, token, file, act } = wanted;
    match manner {
        Manner::Silent => until_ended(&mut stream).await,
        Manner::Begins => {
            let _ = stream.write_all(b"GET /matters HTTP/1.1\r\nHost: ").await;
            until_ended(&mut stream).await;
        }
        Manner::SlowHead => {
            let head = head(*address, "GET /matters", token, "text/html", 0);
            slowly(&mut stream, head.as_bytes()).await;
        }
        Manner::SlowBody => {
            let head = head(*address, &format!("POST {act}"), token, "application/json", BODY);
            let _ = stream.write_all(head.as_bytes()).await;
            slowly(&mut stream, &[b' '; BODY]).await;
        }
        Manner::DeafToFile | Manner::DeafToExport => {
            let path = if let Manner::DeafToFile = manner { file } else { "/matters/export.csv" };
            let asked = head(*address, &format!("GET {path}"), token, "*/*", 0);
            let _ = stream.write_all(asked.as_bytes()).await;
            tokio::time::sleep(DEAF).await;
        }
    }
}

async fn until_ended(stream: &mut TcpStream) {
    let mut answer = [0; 1 << 10];
    while stream.read(&mut answer).await.is_ok_and(|count| count > 0) {}
}

/// Sends a byte a second until the server has had enough.
async fn slowly(stream: &mut TcpStream, bytes: &[u8]) {
    let (mut reading, mut writing) = stream.split();
    let send = async {
        for byte in bytes {
            if writing.write_all(&[*byte]).await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    };
    let mut answer = [0; 1 << 10];
    let ended = async { while reading.read(&mut answer).await.is_ok_and(|count| count > 0) {} };
    tokio::select! {
        () = send => {}
        () = ended => {}
    }
}
