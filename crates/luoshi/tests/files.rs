//! What the server does while the machine lets it open no further file.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// So many files the server may open, its databases among them: fewer than the connections that are made to it.
const FILES: &str = "64";
const CONNECTIONS: usize = 80;

struct Served(Child, String);

impl Served {
    /// Under a limit of its own: the tests' process keeps its files.
    fn start(dir: &Path) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -n \"$1\" && shift && exec \"$@\"", "sh", FILES, env!("CARGO_BIN_EXE_luoshi")]);
        command.arg("serve").arg("--data").arg(dir).args(["--listen", "127.0.0.1:0", "--time-zone", "Asia/Shanghai"]);
        command.args(["--office", "某市督查室", "--origin", "files.example/2026"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("it speaks")).lines();
        let address = loop {
            let line = lines.next().expect("it serves").expect("text");
            if let Some((_, address)) = line.split_once("is served on http://") {
                break address.to_owned();
            }
        };
        Self(child, address)
    }

    /// How many files it holds open.
    fn files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.0.id())).expect("Linux").count()
    }

    fn healthy(&self) -> String {
        let mut stream = TcpStream::connect(&self.1).expect("it listens");
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").expect("it takes it");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_server_that_has_no_file_left_for_a_connection_answers_again_as_soon_as_others_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::start(&folder.path().join("record"));
    assert!(served.healthy().contains("200"));
    let held: Vec<TcpStream> =
        (0..CONNECTIONS).map(|_| TcpStream::connect(&served.1).expect("the machine takes it")).collect();
    // Every file is taken once nothing more is accepted; what is made after that finds none.
    let most: usize = FILES.parse().expect("a number");
    while served.files() < most {
        std::thread::yield_now();
    }
    drop(held);
    assert!(served.healthy().contains("200"), "one connection that could not be accepted ended the site");
}
