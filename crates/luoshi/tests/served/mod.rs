//! The server as it is started, and connections to it: for what is tried and measured over the network.

#![allow(dead_code, reason = "each of those who use this uses a part of it")]

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The server; it ends with this, at once.
pub struct Served {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Served {
    /// Serves the folder, and waits until it says where. `more` are further arguments.
    pub fn start(dir: &Path, more: &[&str]) -> Self {
        Self::run(Command::new(env!("CARGO_BIN_EXE_luoshi")), dir, more)
    }

    /// The same where the machine lets it open no more files than that: under a limit of its own, so that whoever tries
    /// this keeps his.
    pub fn with_files(dir: &Path, most: usize, more: &[&str]) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -n \"$1\" && shift && exec \"$@\"", "sh", &most.to_string()]);
        command.arg(env!("CARGO_BIN_EXE_luoshi"));
        Self::run(command, dir, more)
    }

    fn run(mut command: Command, dir: &Path, more: &[&str]) -> Self {
        command.arg("serve").arg("--data").arg(dir).args(["--listen", "127.0.0.1:0"]).args(more);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("it speaks")).lines();
        let address = loop {
            let line = lines.next().expect("it serves").expect("text");
            if let Some((_, address)) = line.split_once("is served on http://") {
                break address.parse().expect("an address");
            }
        };
        Self { child, address }
    }

    /// How many files it holds open, connections among them.
    pub fn files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).expect("Linux").count()
    }

    /// What Linux says of its memory under this name, in MB: `VmRSS:`, `VmHWM:`.
    pub fn memory(&self, which: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("Linux");
        let line = status.lines().find_map(|line| line.strip_prefix(which)).unwrap_or("0");
        let kib: String = line.chars().filter(char::is_ascii_digit).collect();
        kib.parse::<u64>().unwrap_or(0) / 1024
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What was answered.
pub struct Answer {
    /// Its code.
    pub status: u16,
    /// All of it.
    pub body: Vec<u8>,
}

/// A connection that stays open from one request to the next.
pub struct Connection {
    stream: BufReader<TcpStream>,
    address: SocketAddr,
}

impl Connection {
    /// Errors of the machine's: it is not listened to, or no more sockets.
    pub fn to(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), address })
    }

    /// After so long without a byte of an answer it is an error.
    pub fn patience(self, most: Duration) -> io::Result<Self> {
        self.stream.get_ref().set_read_timeout(Some(most))?;
        Ok(self)
    }

    /// Asks for a page, as somebody with this token or, where it is empty, as a visitor, and reads all of it.
    pub fn get(&mut self, path: &str, token: &str) -> io::Result<Answer> {
        self.send(&format!("GET {path}"), token, "text/html", b"")?;
        self.answer()
    }

    /// Asks for a page as the browser of a session does, and reads all of it.
    pub fn look(&mut self, path: &str, session: &str) -> io::Result<Answer> {
        let (address, accept) = (self.address, "Accept: text/html");
        let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{accept}\r\nCookie: luoshi={session}\r\n\r\n");
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.answer()
    }

    /// Sends a JSON object as a program does, and waits for nothing.
    pub fn post(&mut self, path: &str, token: &str, object: &str) -> io::Result<()> {
        self.send(&format!("POST {path}"), token, "application/json", object.as_bytes())
    }

    /// Sends a file with the fields typed before it, and waits for nothing.
    pub fn upload(
        &mut self,
        path: &str,
        token: &str,
        fields: &[(&str, &str)],
        name: &str,
        file: &[u8],
    ) -> io::Result<()> {
        let part = |head: &str| format!("--part\r\nContent-Disposition: form-data; {head}\r\n\r\n");
        let fields = fields.iter().map(|(name, value)| part(&format!("name=\"{name}\"")) + value + "\r\n");
        let before = fields.collect::<String>() + &part(&format!("name=\"file\"; filename=\"{name}\""));
        let body = [before.as_bytes(), file, b"\r\n--part--\r\n"].concat();
        self.send(&format!("POST {path}"), token, "multipart/form-data; boundary=part", &body)
    }

    fn send(&mut self, what: &str, token: &str, kind: &str, body: &[u8]) -> io::Result<()> {
        let stream = self.stream.get_mut();
        stream.write_all(head(self.address, what, token, kind, body.len()).as_bytes())?;
        stream.write_all(body)
    }

    /// Reads the next answer, which says how long it is, to its end.
    pub fn answer(&mut self) -> io::Result<Answer> {
        let (mut status, mut length, mut line) = (0, 0, String::new());
        loop {
            line.clear();
            if self.stream.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let head = line.trim().to_ascii_lowercase();
            if let Some(code) = head.strip_prefix("http/1.1 ") {
                status = code.split(' ').next().and_then(|code| code.parse().ok()).unwrap_or(0);
            } else if let Some(bytes) = head.strip_prefix("content-length: ") {
                length = bytes.parse().unwrap_or(0);
            } else if head.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(Answer { status, body })
    }
}

/// The head of a request: what is asked for, as `GET /matters`, by whom, and what comes after it or is wanted.
pub fn head(address: SocketAddr, what: &str, token: &str, kind: &str, bytes: usize) -> String {
    let authorization = if token.is_empty() { String::new() } else { format!("Authorization: Bearer {token}\r\n") };
    let body = match what.starts_with("GET ") {
        true => format!("Accept: {kind}\r\n"),
        false => format!("Content-Type: {kind}\r\nContent-Length: {bytes}\r\n"),
    };
    format!("{what} HTTP/1.1\r\nHost: {address}\r\n{authorization}{body}\r\n")
}
