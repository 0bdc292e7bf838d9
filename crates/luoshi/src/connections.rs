//! Connections to the site: how many at once, and for how long one may keep silent.
//!
//! Nobody can hold the site by opening connections: a request's head comes whole within [`Patience::head`], an answer is
//! taken piece by piece within [`Patience::answer`], one address holds at most [`PER_ADDRESS`], and what is more than the machine
//! lets this process open waits outside. Bodies and the answers themselves are bounded where they are read (`web::router`).

use std::collections::HashMap;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use prometheus_client::metrics::gauge::Gauge;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

/// Connections at once; each costs some 10 KiB while it is silent.
const AT_ONCE: u64 = 16_384;
/// Connections of one address at once: a whole office may share one.
const PER_ADDRESS: u32 = 2_048;
/// Connections of those who read the metrics.
const METRICS_AT_ONCE: u32 = 16;
/// Files that the process opens besides: databases, blobs, uploads, and connections to the metrics.
const OTHER_FILES: u64 = 512;
/// What is under way when the process is told to stop has so long.
const ENDING: Duration = Duration::from_secs(30);

/// What whoever connects is allowed.
#[derive(Clone, Copy)]
pub struct Patience {
    /// Within so long the head of a request comes whole, the first one and every further one on the same connection.
    head: Duration,
    /// After so long without taking a byte of its answer a client is given up.
    answer: Duration,
    /// Connections of one address.
    per_address: u32,
    /// Connections of all.
    at_once: u64,
    /// Whether a connection stays open after an answer, for the next request.
    is_kept: bool,
}

impl Patience {
    /// With visitors themselves.
    pub const VISITORS: Self = Self {
        head: Duration::from_secs(20),
        answer: Duration::from_secs(60),
        per_address: PER_ADDRESS,
        at_once: AT_ONCE,
        is_kept: true,
    };
    /// With a proxy of ours, which keeps idle connections for as long as a minute and is one address.
    pub const PROXY: Self = Self { head: Duration::from_secs(75), per_address: u32::MAX, ..Self::VISITORS };
    /// With what reads the metrics: a few at a time, out of the files that are kept for other things, so that visitors
    /// who take every place of theirs hide nothing from it, and it takes none of theirs. Whoever connects says at once what
    /// he wants, and leaves with the answer: what holds these few places holds them for seconds.
    pub const METRICS: Self = Self {
        head: Duration::from_secs(2),
        answer: Duration::from_secs(5),
        per_address: METRICS_AT_ONCE,
        at_once: METRICS_AT_ONCE as u64,
        is_kept: false,
    };
}

/// Serves until `stop`, then lets what is under way finish.
/// `open` counts the connections.
pub async fn serve(
    listener: TcpListener,
    site: Router,
    patience: Patience,
    open: Gauge,
    stop: impl Future<Output = ()>,
) {
    let places = capacity().min(patience.at_once);
    let room = Arc::new(Semaphore::new(usize::try_from(places).unwrap_or(usize::MAX >> 4)));
    let holders = Holders { held: Default::default(), open };
    let ending = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.head).keep_alive(patience.is_kept);
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = async {
            let place = room.clone().acquire_owned().await.expect("nobody closes it");
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, peer)) = accepted else {
            // It was gone before it was accepted, or there is no file for it: others end within seconds.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Some(held) = holders.hold(peer.ip(), patience.per_address) else { continue };
        let site = site.clone();
        let service = TowerToHyperService::new(tower::service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            site.clone().oneshot(request)
        }));
        let connection = ending.watch(http.serve_connection(TokioIo::new(patient(stream, patience.answer)), service));
        tokio::spawn(async move {
            // What can fail here is the client's line.
            let _ = connection.await;
            drop((held, place));
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(ENDING, ending.shutdown()).await;
}

fn patient(stream: TcpStream, answer: Duration) -> Pin<Box<TimeoutStream<TcpStream>>> {
    // Small answers go at once.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(answer));
    Box::pin(stream)
}

/// As many connections as this process may hold open, after it has asked for as many as it is allowed.
fn capacity() -> u64 {
    let allowed = getrlimit(Resource::Nofile);
    let wanted = allowed.maximum.unwrap_or(u64::MAX).min(AT_ONCE + OTHER_FILES);
    let files = match setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: allowed.maximum }) {
        Ok(()) => wanted,
        Err(_) => allowed.current.unwrap_or(wanted),
    };
    files.saturating_sub(OTHER_FILES).clamp(64, AT_ONCE)
}

/// Who holds how many connections.
#[derive(Clone)]
struct Holders {
    held: Arc<Mutex<HashMap<IpAddr, u32>>>,
    open: Gauge,
}

impl Holders {
    /// One more of this address, or none if it has its number.
    fn hold(&self, address: IpAddr, most: u32) -> Option<Held> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let number = held.entry(address).or_default();
        if *number >= most {
            return None;
        }
        *number += 1;
        self.open.inc();
        Some(Held { holders: self.clone(), address })
    }
}

/// One connection of an address, until dropped.
struct Held {
    holders: Holders,
    address: IpAddr,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.holders.open.dec();
        let mut held = self.holders.held.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(number) = held.get_mut(&self.address) else { return };
        *number -= 1;
        if *number == 0 {
            held.remove(&self.address);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::net::SocketAddr;

    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::sync::oneshot;

    use super::*;

    const SOON: Patience = Patience {
        head: Duration::from_millis(200),
        answer: Duration::from_millis(200),
        per_address: 2,
        at_once: 9,
        is_kept: true,
    };
    const NEVER: Duration = Duration::from_secs(3_600);

    /// Says when it is dropped.
    struct Dropped(Option<oneshot::Sender<()>>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            let _ = self.0.take().expect("once").send(());
        }
    }

    async fn served(site: Router, patience: Patience) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        tokio::spawn(serve(listener, site, patience, Gauge::default(), std::future::pending()));
        address
    }

    fn site() -> Router {
        Router::new().route("/", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() }))
    }

    async fn sent(address: SocketAddr, bytes: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.expect("listening");
        // A line that is refused may be gone already.
        let _ = stream.write_all(bytes).await;
        stream
    }

    async fn to_end(mut stream: TcpStream) -> String {
        let mut answer = vec![];
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    const ASKED: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

    #[tokio::test]
    async fn a_head_that_does_not_come_whole_ends_the_connection() {
        let address = served(site(), SOON).await;
        let half = to_end(sent(address, b"GET / HTTP/1.1\r\nho").await).await;
        assert!(!half.contains(" 200 "), "{half}");
        // Nor does silence after an answer keep it.
        let silent = to_end(sent(address, b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await).await;
        assert!(silent.starts_with("HTTP/1.1 200 "), "{silent}");
    }

    #[tokio::test]
    async fn an_address_holds_its_number_and_others_do_not_notice() {
        let address = served(site(), Patience { head: NEVER, answer: NEVER, ..SOON }).await;
        let first = sent(address, b"").await;
        let second = sent(address, b"GET /").await;
        assert_eq!(to_end(sent(address, ASKED).await).await, "", "a third is not listened to");
        let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
        socket.bind("127.0.0.2:0".parse().expect("an address")).expect("a loopback address");
        let mut other = socket.connect(address).await.expect("listening");
        other.write_all(ASKED).await.expect("listened to");
        assert!(to_end(other).await.contains("127.0.0.2:"));
        drop(first);
        // The place is free as soon as the end was read; ask until then.
        while to_end(sent(address, ASKED).await).await.is_empty() {
            tokio::task::yield_now().await;
        }
        drop(second);
    }

    #[tokio::test]
    async fn who_finds_every_place_taken_is_answered_as_soon_as_one_is_free() {
        let address = served(site(), Patience { head: NEVER, answer: NEVER, per_address: 9, at_once: 1, ..SOON }).await;
        // Answered, and held open: the one place is taken.
        let mut first = sent(address, b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
        first.read_u8().await.expect("an answer");
        let mut second = sent(address, ASKED).await;
        let mut third = sent(address, ASKED).await;
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        assert!(second.try_read(&mut [0; 1]).is_err() && third.try_read(&mut [0; 1]).is_err(), "both wait");
        drop(first);
        assert_eq!(second.read_u8().await.expect("an answer"), b'H');
        drop(second);
        assert_eq!(third.read_u8().await.expect("an answer"), b'H');
    }

    #[tokio::test]
    async fn who_reads_the_metrics_waits_for_the_silent_no_longer_than_a_scrape_may_take() {
        // A scrape is given ten seconds, unless the operator says otherwise.
        assert!(Patience::METRICS.head + Patience::METRICS.answer < Duration::from_secs(10));
        let address = served(site(), Patience { head: SOON.head, ..Patience::METRICS }).await;
        let mut silent = vec![];
        for _ in 0..METRICS_AT_ONCE {
            silent.push(sent(address, b"").await);
        }
        assert!(to_end(sent(address, ASKED).await).await.starts_with("HTTP/1.1 200 "));
        for gone in silent {
            assert!(!to_end(gone).await.contains(" 200 "), "whoever asks nothing is let go");
        }
    }

    #[tokio::test]
    async fn a_connection_to_the_metrics_ends_with_its_answer() {
        const TWICE: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\n\r\nGET / HTTP/1.1\r\nhost: a\r\n\r\n";
        let answers = async |patience| to_end(sent(served(site(), patience).await, TWICE).await).await;
        let metrics = answers(Patience::METRICS).await;
        assert_eq!(metrics.matches("HTTP/1.1 200 ").count(), 1, "{metrics}");
        assert_eq!(answers(SOON).await.matches("HTTP/1.1 200 ").count(), 2, "visitors ask on");
    }

    #[tokio::test]
    async fn whoever_never_reads_is_given_up() {
        let (sender, gone) = oneshot::channel();
        let held = Arc::new(Mutex::new(Some(Dropped(Some(sender)))));
        let endless = move || async move {
            let held = held.lock().expect("not poisoned").take();
            let pieces = tokio_stream::iter(std::iter::repeat_with(move || {
                let _ = &held;
                Ok::<_, Infallible>(vec![b'x'; 1 << 16])
            }));
            Body::from_stream(pieces)
        };
        let address = served(Router::new().route("/", get(endless)), SOON).await;
        let _stalled = sent(address, ASKED).await;
        gone.await.expect("the answer was dropped, and with it what it held");
    }
}
