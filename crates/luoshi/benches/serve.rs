//! `luoshi serve` over a city: how long until it answers, how much memory it holds, and how long pages take while 64
//! connections ask for 300 of them a second. The load is open: a page is asked for when its time has come, and its wait is
//! counted from then, so that a server that falls behind shows it.
//!
//! `cargo bench -p luoshi --bench serve -- 10000 100000 1000000`; cities are made once, in `target/tmp/cities`.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use store::access::{Access, Device, Login, Password, Purpose};
use store::{MatterFilter, Store};

const CONNECTIONS: usize = 64;
const A_SECOND: u32 = 300;
const SECONDS: usize = 20;

#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

/// What opens a session of a clerk's, and the numbers of some matters.
#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn prepare(dir: &Path) -> (String, Vec<String>) {
    let random = |bytes: &mut [u8]| {
        std::fs::File::open("/dev/urandom").and_then(|mut file| file.read_exact(bytes)).expect("randomness");
    };
    let store = Store::open(dir, Arc::new(Timestamp::now), Arc::new(random)).expect("it opens");
    let (clerk, numbers) = store
        .read(|read| {
            let organisation = read.organisation()?;
            let today = read.today();
            let supervises = |id: &ledger::id::OfficerId| {
                organisation
                    .posts_held(*id, today)
                    .iter()
                    .any(|post| ledger::rights::supervises(&organisation, post.unit))
            };
            let clerk = organisation.officers().map(|officer| officer.id).find(supervises).expect("a clerk");
            let lines = read.matters(Some(clerk), &MatterFilter::default(), 500, 0)?;
            Ok::<_, store::StoreFault>((clerk, lines.iter().map(|line| line.number.to_string()).collect()))
        })
        .expect("it is read");
    let access = Access::open(dir, Arc::new(Timestamp::now), Arc::new(random)).expect("it opens");
    let link = access.make_link(clerk, Purpose::Invite).expect("space");
    let login = Login::parse("clerk").expect("a login");
    let password = Password::parse("password", "grind seven millet lanterns", &[]).expect("no guess");
    let session = access.create_account(&link, &login, &password, Device::Computer).expect("the first");
    (session.reveal().to_string(), numbers)
}

/// The server; it ends with this.
struct Served(Child, String);

impl Served {
    /// Starts it. Gives how long it took until the first answer.
    fn start(dir: &Path) -> (Self, Duration) {
        let began = now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_luoshi"));
        command.arg("serve").arg("--data").arg(dir).args(["--listen", "127.0.0.1:0", "--clock-is-right"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("it speaks")).lines();
        let address = loop {
            let line = lines.next().expect("it serves").expect("text");
            if let Some((_, address)) = line.split_once("is served on http://") {
                break address.to_owned();
            }
        };
        Connection::to(&address).get("/healthz", "").expect("an answer");
        (Self(child, address), began.elapsed())
    }

    fn memory(&self, which: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).expect("Linux");
        let line = status.lines().find_map(|line| line.strip_prefix(which)).unwrap_or("0");
        let kib: String = line.chars().filter(char::is_ascii_digit).collect();
        kib.parse::<u64>().unwrap_or(0) / 1024
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct Connection {
    stream: BufReader<TcpStream>,
    address: String,
}

impl Connection {
    fn to(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("it listens");
        stream.set_nodelay(true).expect("a socket");
        Self { stream: BufReader::new(stream), address: address.to_owned() }
    }

    /// Asks for a page and reads all of it. Gives its status.
    fn get(&mut self, path: &str, session: &str) -> std::io::Result<u16> {
        let cookie = if session.is_empty() { String::new() } else { format!("Cookie: luoshi={session}\r\n") };
        let address = &self.address;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: text/html\r\n{cookie}\r\n");
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (mut status, mut length, mut line) = (0, None, String::new());
        loop {
            line.clear();
            if self.stream.read_line(&mut line)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            let head = line.trim().to_ascii_lowercase();
            if head.starts_with("http/1.1 ") {
                status = head[9..12].parse().unwrap_or(0);
            } else if let Some(bytes) = head.strip_prefix("content-length: ") {
                length = bytes.parse().ok();
            } else if head.is_empty() {
                break;
            }
        }
        // Every page that is measured says how long it is.
        let mut body = vec![0; length.unwrap_or(0)];
        self.stream.read_exact(&mut body)?;
        Ok(status)
    }
}

/// What is asked for, by name: lists, searches and matters as people mix them.
fn asked(numbers: &[String], at: usize) -> (&'static str, String) {
    match at % 10 {
        0 => ("list", "/matters".into()),
        1 => ("list, open by change", "/matters?standing=open&sort=changed".into()),
        2 => ("list, late", "/matters?standing=late".into()),
        3 => ("list, reported", "/matters?state=reported&sort=number".into()),
        4 => ("search, a word of many", format!("/matters?words={}", "%E6%B8%85%E6%B7%A4")),
        5 => ("search, a word of few", format!("/matters?words={}", at * 37 % 9_999)),
        _matter => ("matter", format!("/matters/{}", numbers[at * 7 % numbers.len()])),
    }
}

fn quantile(sorted: &[Duration], part: f64) -> Duration {
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

fn measure(folder: &Path, matters: u64) {
    let dir = cities::kept(&folder.join("cities"), matters);
    let (session, numbers) = prepare(&dir);
    let (server, started) = Served::start(&dir);
    println!("{matters} matters: the first answer after {started:.2?}, {} MB resident", server.memory("VmRSS:"));
    let mut connection = Connection::to(&server.1);
    for at in 0..7 {
        let mut took: Vec<Duration> = (0..5)
            .map(|round| {
                let began = now();
                let status = connection.get(&asked(&numbers, round * 10 + at).1, &session).expect("an answer");
                assert_eq!(status, 200);
                began.elapsed()
            })
            .collect();
        took.sort();
        println!("  alone: {:<24} p50 {:>8.1?}  longest {:>8.1?}", asked(&numbers, at).0, took[2], took[4]);
    }
    for (round, count) in [("warming", A_SECOND as usize * 2), ("measured", A_SECOND as usize * SECONDS)] {
        let (next, began) = (AtomicUsize::new(0), now());
        let took: Vec<(&str, Duration, bool)> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..CONNECTIONS)
                .map(|_| {
                    scope.spawn(|| {
                        let (mut connection, mut took) = (Connection::to(&server.1), vec![]);
                        loop {
                            let at = next.fetch_add(1, Ordering::Relaxed);
                            if at >= count {
                                return took;
                            }
                            let due = began + Duration::from_secs(1) / A_SECOND * u32::try_from(at).unwrap_or(u32::MAX);
                            std::thread::sleep(due.saturating_duration_since(now()));
                            let (name, path) = asked(&numbers, at);
                            let is_well = connection.get(&path, &session).is_ok_and(|status| status == 200);
                            took.push((name, now().saturating_duration_since(due), is_well));
                            if !is_well {
                                connection = Connection::to(&server.1);
                            }
                        }
                    })
                })
                .collect();
            hands.into_iter().flat_map(|hand| hand.join().expect("no connection fails")).collect()
        });
        if round == "warming" {
            continue;
        }
        let mut kinds: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
        for (name, wait, _) in &took {
            kinds.entry(name).or_default().push(*wait);
            kinds.entry("every page").or_default().push(*wait);
        }
        for (name, mut waits) in kinds {
            waits.sort();
            let (p50, p99, most) = (quantile(&waits, 0.5), quantile(&waits, 0.99), quantile(&waits, 1.0));
            println!("  {name:<24} {:>6} pages  p50 {p50:>8.1?}  p99 {p99:>8.1?}  longest {most:>8.1?}", waits.len());
        }
        let failed = took.iter().filter(|(_, _, is_well)| !is_well).count();
        let rate = count as f64 / began.elapsed().as_secs_f64();
        println!("  {rate:.0} pages a second, {failed} not answered with 200; {} MB resident", server.memory("VmRSS:"));
    }
}

#[allow(clippy::disallowed_methods, reason = "a benchmark is told what to measure")]
fn main() {
    let sizes: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![10_000, 100_000] } else { sizes };
    sizes.iter().for_each(|matters| measure(Path::new(env!("CARGO_TARGET_TMPDIR")), *matters));
}
