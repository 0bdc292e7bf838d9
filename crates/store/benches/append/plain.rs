//! What SQLite does with nothing around it, on the same disk with the same settings: one table, bodies of six hundred
//! bytes, no rights, no projections, no log. It is what the store is built on, so it is the most that the store could do.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use rusqlite::Connection;

/// About as long as what the store writes of an opened matter's event.
const BODY: [u8; 600] = [b'x'; 600];
/// As many as the store takes together.
const BATCH_MAX: usize = 1_024;

/// One table, synced with every commit.
pub struct Plain(Connection);

impl Plain {
    pub fn create(dir: &Path) -> Self {
        let connection = Connection::open(dir.join("plain.db")).expect("a new file");
        connection.pragma_update(None, "journal_mode", "WAL").expect("a mode");
        connection.pragma_update(None, "synchronous", "FULL").expect("a mode");
        connection
            .execute_batch("CREATE TABLE event (idx INTEGER PRIMARY KEY, stream TEXT, n INTEGER, body BLOB) STRICT")
            .expect("a table");
        Self(connection)
    }

    /// One event and its commit.
    pub fn append(&self, id: u128) {
        let stream = format!("matter/{id:032x}");
        let mut statement =
            self.0.prepare_cached("INSERT INTO event (stream, n, body) VALUES (?1, 1, ?2)").expect("a statement");
        statement.execute((stream, BODY)).expect("space");
    }

    /// Lends it to one thread that takes together what queued while the last commit synced; whoever appends through what
    /// this gives is answered after the commit.
    pub fn batched(self) -> Batched {
        let (orders, waiting) = channel();
        std::thread::spawn(move || self.run(&waiting));
        Batched(orders)
    }

    fn run(&self, waiting: &Receiver<Order>) {
        while let Ok(first) = waiting.recv() {
            let mut batch = vec![first];
            batch.extend(waiting.try_iter().take(BATCH_MAX - 1));
            self.0.execute_batch("BEGIN IMMEDIATE").expect("nobody else writes");
            batch.iter().for_each(|(id, _)| self.append(*id));
            self.0.execute_batch("COMMIT").expect("space");
            batch.into_iter().for_each(|(_, answer)| answer.send(()).expect("he waits"));
        }
    }
}

type Order = (u128, SyncSender<()>);

/// The way to the one who writes.
pub struct Batched(Sender<Order>);

impl Batched {
    /// Returns once it is on stable storage.
    pub fn append(&self, id: u128) {
        let (answer, answered) = sync_channel(1);
        self.0.send((id, answer)).expect("it is taken");
        answered.recv().expect("it is answered");
    }
}
