//! An office's ledger of 100,000 rows comes in through a running server, goes out, and comes back; with the server's
//! resident memory at each step and its peak within it.
//!
//! `cargo bench -p luoshi --bench import`, or with `-- ROWS`. The workbook, the city and the server are made here; the
//! folder goes with it.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};
use serde_json::Value;
use store::access::{Access, Scopes};
use ureq::{Agent, SendBody};

const ROWS: u32 = 100_000;
const LEADS: [&str; 3] = ["市水务局", "市住建局", "临江镇"];
const BOUNDARY: &str = "bench-part-7f4a9c2e51b84d06";

#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

/// A ledger as an office keeps it: title, headings, a row for each matter.
fn ledger(rows: u32) -> Result<Vec<u8>, XlsxError> {
    let mut made = Workbook::new();
    let sheet = made.add_worksheet_with_constant_memory()?;
    sheet.write_string(0, 0, "清禾市2027年重点工作督办台账")?;
    let headings = ["序号", "督办编号", "来源", "工作事项", "目标要求（验收标准）", "牵头单位", "责任人", "完成时限"];
    for (column, heading) in (0u16..).zip(headings) {
        sheet.write_string(1, column, heading)?;
    }
    let day = Format::new().set_num_format_index(31);
    for n in 0..rows {
        let row = n + 2;
        sheet.write_number(row, 0, f64::from(n + 1))?;
        sheet.write_string(row, 1, format!("清督〔2027〕{}号", n + 1))?;
        sheet.write_string(row, 2, format!("市政府第{}次常务会议", n / 40 + 1))?;
        let directive = format!("在第{}社区完成第{}段排水管网的清淤和修复，并把结果告知全体居民", n % 613, n + 1);
        sheet.write_string(row, 3, directive)?;
        sheet.write_string(row, 4, "通过竣工验收，检测数据连续三个月达标，资料归档")?;
        sheet.write_string(row, 5, LEADS[n as usize % LEADS.len()])?;
        sheet.write_string(row, 6, "江望")?;
        let (month, date) = (u8::try_from(n % 12 + 1).unwrap_or(1), u8::try_from(n % 28 + 1).unwrap_or(1));
        sheet.write_with_format(row, 7, ExcelDateTime::from_ymd(2028, month, date)?, &day)?;
    }
    made.save_to_buffer()
}

/// A personal token of the city's clerk.
#[allow(clippy::disallowed_methods, reason = "a benchmark reads clock and randomness")]
fn token(dir: &Path) -> String {
    let access =
        Access::open(dir, Arc::new(Timestamp::now), Arc::new(|bytes| getrandom::fill(bytes).expect("randomness")));
    let access = access.expect("the city's accounts");
    let clerk = access.officer_of("clerk").expect("an account").expect("the clerk");
    let scopes = Scopes::parse(["read", "act", "ingest"]).expect("scopes");
    let made = access.make_token(clerk, "bench", &scopes, SignedDuration::from_hours(4), None);
    made.expect("accounts").expect("a label").expect("the first")
}

struct Server {
    child: Child,
    url: String,
    token: String,
    agent: Agent,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(dir: &Path) -> Self {
        let token = token(dir);
        let mut command = Command::new(env!("CARGO_BIN_EXE_luoshi"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(dir);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its words")).read_line(&mut line).expect("its address");
        let url = line.trim().rsplit(' ').next().unwrap_or_default().to_owned();
        let agent = Agent::config_builder().timeout_global(Some(Duration::from_secs(600))).build().into();
        Self { child, url, token, agent }
    }

    fn get(&self, path: &str, kind: &str) -> ureq::http::Response<ureq::Body> {
        let request = self.agent.get(format!("{}{path}", self.url)).header("Accept", kind);
        request.header("Authorization", format!("Bearer {}", self.token)).call().expect("an answer")
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_reader(self.get(path, "application/json").into_body().into_reader()).expect("JSON")
    }

    fn post(&self, path: &str, kind: &str, body: Vec<u8>) -> Value {
        let request = self.agent.post(format!("{}{path}", self.url)).header("Accept", "application/json");
        let request = request.header("Authorization", format!("Bearer {}", self.token)).header("Content-Type", kind);
        let answer = request.send(SendBody::from_owned_reader(std::io::Cursor::new(body))).expect("an answer");
        serde_json::from_reader(answer.into_body().into_reader()).expect("JSON")
    }

    /// Brings a workbook. Gives the address of its page.
    fn bring(&self, name: &str, bytes: &[u8]) -> String {
        let mut body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let answer = self.post("/import", &format!("multipart/form-data; boundary={BOUNDARY}"), body);
        format!("/import/{}", answer["import"].as_str().unwrap_or_default())
    }

    /// Takes the rows in, and waits until all of them are.
    fn confirm(&self, path: &str) -> Value {
        self.post(&format!("{path}/confirmation"), "application/json", b"{}".to_vec());
        loop {
            let seen = self.json(path);
            if seen["state"] != "running" {
                return seen;
            }
            std::thread::sleep(Duration::from_millis(250));
        }
    }

    fn out(&self, path: &str) -> Vec<u8> {
        let mut bytes = vec![];
        self.get(path, "*/*").into_body().into_reader().read_to_end(&mut bytes).expect("a file");
        bytes
    }

    /// How many events there are: the second line of the checkpoint that follows within a second.
    fn events(&self) -> u64 {
        std::thread::sleep(Duration::from_secs(2));
        let note = String::from_utf8(self.out("/log/checkpoint")).expect("a note");
        note.lines().nth(1).and_then(|size| size.parse().ok()).expect("a size")
    }

    /// A line of `/proc/PID/status`, in MB.
    fn memory(&self, line: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("the process");
        let found = status.lines().find_map(|known| known.strip_prefix(line)?.strip_suffix("kB")?.trim().parse().ok());
        found.unwrap_or(0u64) >> 10
    }

    /// Does something, and says how long it took and what memory it took.
    fn measured<T>(&self, what: &str, work: impl FnOnce() -> T) -> T {
        // From here on the peak is counted anew.
        std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5").expect("the process");
        let began = now();
        let done = work();
        let seconds = began.elapsed().as_secs_f64();
        let (resident, peak) = (self.memory("VmRSS:"), self.memory("VmHWM:"));
        println!("{what:<44} {seconds:>7.2} s   resident {resident:>4} MB, at most {peak:>4} MB");
        done
    }
}

fn main() {
    let rows = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(ROWS);
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("city");
    let mut command = Command::new(env!("CARGO_BIN_EXE_luoshi"));
    let prepared = command.args(["demo", "--prepare-only", "--data"]).arg(&dir).output().expect("it runs");
    assert!(prepared.status.success(), "{}", String::from_utf8_lossy(&prepared.stderr));
    let bytes = ledger(rows).expect("a workbook");
    let server = Server::start(&dir);
    println!("{rows} rows in {} kB", bytes.len() >> 10);
    server.measured("a page of the empty ledger", || server.json("/matters"));

    let path = server.measured("the workbook is brought", || server.bring("ledger.xlsx", &bytes));
    let seen = server.measured("every row is checked", || server.json(&path));
    assert_eq!(seen["counts"]["add"], rows, "{}", seen["counts"]);
    let before = server.events();
    let done = server.measured("the rows are taken in", || server.confirm(&path));
    assert_eq!((&done["state"], &done["opened"]), (&Value::from("done"), &Value::from(rows)));
    let events = server.events();
    println!("{:<44} {}", "events", events - before);
    server.measured("the page of what was taken in", || server.json(&path));
    server.measured("a page of the list", || server.json("/matters"));

    for ending in ["csv", "xlsx"] {
        let out = server.measured(&format!("an export as .{ending}"), || {
            server.out(&format!("/matters/export.{ending}?state=assigned"))
        });
        println!("{:<44} {} kB", "", out.len() >> 10);
        let name = format!("back.{ending}");
        let back = server.measured("it is brought back", || server.bring(&name, &out));
        let seen = server.measured("every row is checked", || server.json(&back));
        assert_eq!(seen["counts"]["there"], rows.min(ROWS), "{}", seen["counts"]);
        server.measured("it is confirmed", || server.confirm(&back));
        assert_eq!(server.events(), events, "what comes back makes no event");
    }
    println!("{:<44} {:>26} MB", "resident at the end", server.memory("VmRSS:"));
}
