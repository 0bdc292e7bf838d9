//! Those who behave: 64 connections that write, each command under an id of its own, and eight that read.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use ledger::id::CommandId;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::office::{Office, Waits};
use crate::served::{Answer, Connection};

pub const WRITERS: usize = 64;
const READERS: usize = 8;
/// Whoever is answered later than this was held up by others: they are given up after twice as long.
const HELD_UP: Duration = Duration::from_secs(30);
/// A text of the greatest length, so that an export of few matters is more than a connection holds that nobody reads.
const LONG: usize = 10_000;
/// A file of evidence, for the same.
const FILE_BYTES: usize = 8 << 20;

#[allow(clippy::disallowed_methods, reason = "waits are measured")]
pub fn now() -> Instant {
    Instant::now()
}

/// Each command that was answered: how many events it leads to, and their places where the answer says them.
pub type Answered = BTreeMap<CommandId, (usize, Option<Vec<u64>>)>;

/// Whoever works at the office, and what was answered so far.
pub struct Hands<'a> {
    office: &'a Office,
    address: SocketAddr,
    /// The matter that everybody works on, and one of each writer's own.
    shared: String,
    own: Vec<String>,
    /// The address of a file of evidence.
    pub file: String,
    pub answered: Answered,
    commands: AtomicU64,
}

/// How long the hands work, and how fast.
#[derive(Clone, Copy)]
pub enum Shift {
    /// So many commands of each writer, one after the other.
    Commands(u64),
    /// So long; a writer sends four commands a second, a reader six requests.
    Long(Duration),
}

const WRITERS_REST: Duration = Duration::from_millis(250);
const READERS_REST: Duration = Duration::from_millis(160);

/// How long those who behave waited.
pub struct Waited {
    pub commands: Waits,
    pub pages: Waits,
}

impl<'a> Hands<'a> {
    /// Opens the matters that are worked on, one of them with a large file.
    pub fn begin(office: &'a Office, address: SocketAddr) -> Self {
        let (commands, answered) = (AtomicU64::new(1), BTreeMap::new());
        let mut hands =
            Self { office, address, shared: String::new(), own: vec![], file: String::new(), answered, commands };
        let opened: Vec<(String, Answered)> = std::thread::scope(|scope| {
            let begun: Vec<_> = (0..=WRITERS).map(|_| scope.spawn(|| hands.open_to_work())).collect();
            begun.into_iter().map(|hand| hand.join().expect("it is opened")).collect()
        });
        for (number, answered) in opened {
            hands.own.push(number);
            hands.answered.extend(answered);
        }
        hands.shared = hands.own.pop().expect("one more than writers");
        let (file, answered) = hands.bring_file();
        hands.file = file;
        hands.answered.extend(answered);
        hands
    }

    fn open_to_work(&self) -> (String, Answered) {
        let mut writer = Writer::new(self);
        let words = "清".repeat(LONG);
        let (lead, due) = (&self.office.lead, "2099-12-31");
        let form = json!({ "directive": words, "lead": lead, "criterion": words, "due": due });
        let number = writer.open(form, false, 2);
        writer.act(&number, "receipt", json!({}), false);
        (number, writer.answered)
    }

    fn bring_file(&self) -> (String, Answered) {
        let (mut writer, head) = (Writer::new(self), &self.office.head);
        let (command, matter) = (writer.next_id(), format!("/matters/{}", self.shared));
        let (path, id) = (format!("{matter}/evidence"), command.to_string());
        let fields = [("command", id.as_str()), ("kind", "document")];
        let file = "every point seen, none left out\n".repeat(FILE_BYTES / 32);
        writer.connection.upload(&path, head, &fields, "survey.txt", file.as_bytes()).expect("it is sent");
        let answer = said(writer.connection.answer());
        writer.answered.insert(command, (1, Some(places(&answer))));
        let matter = said(writer.connection.get(&matter, head));
        let id = matter["evidence"][0].as_str().expect("a piece of evidence");
        (format!("{path}/{id}"), writer.answered)
    }

    /// The matter of a writer's own, of the writer of that number.
    pub fn own(&self, no: usize) -> &str {
        &self.own[no % self.own.len()]
    }

    /// Everybody works for a shift. Fails where an answer is wrong.
    pub fn work(&mut self, shift: Shift) -> Waited {
        let (ended, begun) = (AtomicBool::new(false), now());
        let goes_on = |at: u64| match shift {
            Shift::Commands(count) => at < count,
            Shift::Long(time) => begun.elapsed() < time,
        };
        let hands = &*self;
        let (written, read): (Vec<_>, Vec<_>) = std::thread::scope(|scope| {
            let write = |no: usize| {
                let mut writer = Writer::new(hands);
                for at in (0..).take_while(|at| goes_on(*at)) {
                    let began = now();
                    writer.command(no, at);
                    if let Shift::Long(_) = shift {
                        std::thread::sleep(WRITERS_REST.saturating_sub(began.elapsed()));
                    }
                }
                (writer.waits, writer.answered)
            };
            let ended = &ended;
            let writers: Vec<_> = (0..WRITERS).map(|no| scope.spawn(move || write(no))).collect();
            let readers: Vec<_> = (0..READERS)
                .map(|no| {
                    scope.spawn(move || {
                        let (mut reader, mut at) = (Reader::new(hands), no);
                        while !ended.load(Ordering::Relaxed) {
                            let began = now();
                            reader.look(at);
                            at += 1;
                            if let Shift::Long(_) = shift {
                                std::thread::sleep(READERS_REST.saturating_sub(began.elapsed()));
                            }
                        }
                        reader.waits
                    })
                })
                .collect();
            // Whoever fails ends the others too: readers are told before that is passed on.
            let written: Vec<_> = writers.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
            ended.store(true, Ordering::Relaxed);
            let read = readers.into_iter().map(|reader| reader.join().expect("what is read is right"));
            (written.into_iter().map(|written| written.expect("what is written is answered")).collect(), read.collect())
        });
        let (waits, answered): (Vec<_>, Vec<_>) = written.into_iter().unzip();
        answered.into_iter().for_each(|answered| self.answered.extend(answered));
        Waited { commands: Waits::of(waits.into_iter().flatten()), pages: Waits::of(read.into_iter().flatten()) }
    }

    /// How long the page of the matter takes that everybody worked on, and how many events it shows.
    pub fn look_at_shared(&self) -> (Duration, u64) {
        let mut connection = connect(self.address);
        let began = now();
        let matter = said(connection.get(&format!("/matters/{}", self.shared), &self.office.clerk));
        (began.elapsed(), matter["version"].as_u64().expect("a version"))
    }
}

fn connect(address: SocketAddr) -> Connection {
    Connection::to(address).and_then(|connection| connection.patience(HELD_UP)).expect("it listens")
}

/// What a program was answered.
fn said(answer: std::io::Result<Answer>) -> Value {
    let Answer { status, body } = answer.expect("answered before those are given up who stand in the way");
    let text = String::from_utf8_lossy(&body);
    assert_eq!(status, 200, "{text}");
    serde_json::from_str(&text).expect("JSON")
}

fn places(answer: &Value) -> Vec<u64> {
    let events = answer["events"].as_array().expect("events");
    events.iter().map(|idx| idx.as_u64().expect("a place in the log")).collect()
}

/// One who writes.
struct Writer<'a> {
    hands: &'a Hands<'a>,
    connection: Connection,
    /// For what is sent twice at once.
    second: Connection,
    answered: Answered,
    waits: Vec<Duration>,
}

impl<'a> Writer<'a> {
    fn new(hands: &'a Hands<'a>) -> Self {
        let (connection, second) = (connect(hands.address), connect(hands.address));
        Self { hands, connection, second, answered: BTreeMap::new(), waits: vec![] }
    }

    fn next_id(&self) -> CommandId {
        CommandId(Uuid::from_u128(self.hands.commands.fetch_add(1, Ordering::Relaxed).into()))
    }

    /// One command; every fifth is sent twice at once. Half of them go to the matter that everybody works on, a quarter to
    /// one of his own, a quarter opens one.
    fn command(&mut self, no: usize, at: u64) {
        let (is_twice, note) = (at.is_multiple_of(5), json!({ "note": format!("{at} / {no}") }));
        match at % 4 {
            0 | 1 => self.act(&self.hands.shared, "progress", note, is_twice),
            2 => self.act(&self.hands.own[no], "progress", note, is_twice),
            _opens => {
                let words = format!("Dredge reach {at} of canal {no}.");
                let number = self.open(json!({ "directive": words }), is_twice, 1);
                let matter = said(self.connection.get(&format!("/matters/{number}"), &self.hands.office.head));
                assert_eq!(matter["directive"], words, "{number} is read as it was written");
            }
        }
    }

    fn act(&mut self, number: &str, noun: &str, form: Value, is_twice: bool) {
        let (command, path) = (self.next_id(), format!("/matters/{number}/{noun}"));
        let answers = self.send(command, &path, &self.hands.office.head, form, is_twice);
        let first = answers.iter().filter(|answer| answer["repeated"] == false).count();
        assert_eq!(first, 1, "{command} was carried out once");
        self.answered.insert(command, (1, Some(places(&answers[0]))));
    }

    /// Opens a matter, which leads to so many events, and gives its number.
    fn open(&mut self, mut form: Value, is_twice: bool, events: usize) -> String {
        form["kind"] = "directive".into();
        form["audience"] = "office".into();
        let command = self.next_id();
        let answers = self.send(command, "/matters/new", &self.hands.office.clerk, form, is_twice);
        self.answered.insert(command, (events, None));
        answers[0]["number"].as_str().expect("a number").to_owned()
    }

    /// Sends a command, once or twice at once, and gives what was answered.
    fn send(&mut self, command: CommandId, path: &str, token: &str, mut form: Value, is_twice: bool) -> Vec<Value> {
        form["command"] = command.to_string().into();
        let (form, began) = (form.to_string(), now());
        let connections = [&mut self.connection, &mut self.second].into_iter().take(if is_twice { 2 } else { 1 });
        let mut sent: Vec<&mut Connection> = connections.collect();
        sent.iter_mut().for_each(|connection| connection.post(path, token, &form).expect("it is sent"));
        let mut answers = vec![];
        for connection in sent {
            answers.push(said(connection.answer()));
            self.waits.push(began.elapsed());
        }
        for answer in &answers {
            for what in ["number", "events"] {
                assert_eq!(answer[what], answers[0][what], "two answers to {command}");
            }
        }
        answers
    }
}

/// One who reads, on one connection and now and then on a new one.
struct Reader<'a> {
    hands: &'a Hands<'a>,
    connection: Connection,
    /// How many events stood under the last checkpoint that was seen.
    signed: u64,
    waits: Vec<Duration>,
}

impl<'a> Reader<'a> {
    fn new(hands: &'a Hands<'a>) -> Self {
        Self { hands, connection: connect(hands.address), signed: 0, waits: vec![] }
    }

    /// One look; each kind in its turn.
    fn look(&mut self, at: usize) {
        let clerk = &self.hands.office.clerk;
        let began = now();
        if at.is_multiple_of(10) {
            self.connection = connect(self.hands.address);
        }
        let (path, token) = match at % 6 {
            0 => ("/".to_owned(), ""),
            1 => ("/matters".to_owned(), clerk.as_str()),
            2 => (format!("/matters/{}", self.hands.own(at)), clerk.as_str()),
            3 => ("/log/checkpoint".to_owned(), ""),
            4 => ("/matters?words=canal".to_owned(), clerk.as_str()),
            _more => ("/open-data/matters.json".to_owned(), ""),
        };
        let answer = self.connection.get(&path, token);
        self.waits.push(began.elapsed());
        let Answer { status, body } = answer.expect("answered before those are given up who stand in the way");
        let text = String::from_utf8_lossy(&body);
        assert_eq!(status, 200, "{path}: {text}");
        match at % 6 {
            2 => assert!(text.contains(&"清".repeat(LONG)), "{path} is there whole"),
            3 => {
                let size = text.lines().nth(1).and_then(|size| size.parse().ok()).expect("a checkpoint");
                assert!(size >= self.signed, "the log ran back from {} to {size}", self.signed);
                self.signed = size;
            }
            0 => assert!(text.trim_end().ends_with("</html>"), "{path} is cut"),
            _data => drop(serde_json::from_str::<Value>(&text).expect("JSON, whole")),
        }
    }
}
