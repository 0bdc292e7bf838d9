//! Two other event stores in the way that `crates/store/benches/append` times ours: 64 writers, one event of six hundred
//! bytes each, on a stream of its own; five rounds, of which the median counts. `run` says how to start it.
//!
//! Neither does as much for an event as ours does: rights, numbers, sealing, a tree, projections, search.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use happenstance_core::{Event, SendEventStore as _, Tags};
use happenstance_sqlite::connection::{ConnectionSettings, open_configured};
use happenstance_sqlite::event_store::SqliteEventStore;
use tokio::sync::{mpsc, oneshot, watch};
use umadb_core::mvcc::{Mvcc, StorageOptions};
use umadb_core::writer_thread_blocking::writer_thread_blocking;
use umadb_core::writer_thread_request::WriterThreadRequest;
use umadb_dcb::DcbEvent;

const WRITERS: usize = 64;
const ROUNDS: usize = 5;
const EACH: usize = 100;
const ALONE: usize = 300;
const BODY: [u8; 600] = [b'x'; 600];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let ours: f64 = arguments.next().and_then(|rate| rate.parse().ok()).expect("events a second of ours");
    let folder = tempfile::tempdir().expect("a folder");
    umadb(folder.path(), ours);
    happenstance(folder.path(), ours);
}

/// As it comes, which is not synced with every commit; and synced, as ours is.
fn happenstance(folder: &Path, ours: f64) {
    for (name, synchronous) in [("as it comes", None), ("synced", Some("FULL"))] {
        let path = folder.join(name);
        // Opening makes the tables; the settings are those of the connection that it is then given.
        drop(SqliteEventStore::open(&path).expect("a new file"));
        let connection = open_configured(&path).expect("the file");
        if let Some(level) = synchronous {
            connection.pragma_update(None, "synchronous", level).expect("a level");
        }
        let settings = ConnectionSettings::read_back(&connection).expect("settings");
        let (journal, level, sqlite) =
            (settings.journal_mode(), settings.synchronous(), happenstance_sqlite::rusqlite::version());
        println!("happenstance-sqlite {name}: SQLite {sqlite}, {journal}, synchronous = {level}");
        let store = SqliteEventStore::new(connection).expect("the tables are there");
        let append = |id: usize| {
            let tags = Tags::from_pairs([("matter", id.to_string().as_str())]).expect("a tag");
            let event = Event::new("Opened", BODY.to_vec()).expect("an event").with_tags(tags);
            pollster::block_on(store.append(&[event], None)).expect("space");
        };
        measure(ours, append);
    }
}

/// The thread that its server writes with, and what the server sends it: one of a few thousand requests a batch, two syncs
/// each.
fn umadb(folder: &Path, ours: f64) {
    let mvcc =
        Arc::new(Mvcc::new(false, StorageOptions::default().db_path(folder.join("uma.db"))).expect("a new file"));
    let (orders, waiting) = mpsc::channel(1_024);
    let (head, _seen) = watch::channel(None);
    std::thread::spawn(move || writer_thread_blocking(mvcc, waiting, head, 2_048));
    println!("UmaDB, its writer");
    let append = |id: usize| {
        let tags = vec![format!("matter:{id}")];
        let event = DcbEvent {
            event_type: "Opened".into(),
            data: BODY.to_vec(),
            tags,
            uuid: None,
            metadata: Default::default(),
        };
        let (response_tx, answered) = oneshot::channel();
        let (condition, tracking_info, cancel) = (None, None, None);
        let order = WriterThreadRequest::Append { events: vec![event], condition, tracking_info, response_tx, cancel };
        orders.blocking_send(order).expect("it is taken");
        answered.blocking_recv().expect("it is answered").expect("space");
    };
    measure(ours, append);
}

/// One writer, and then rounds of 64, one event after the other each.
fn measure(ours: f64, append: impl Fn(usize) + Sync) {
    let began = Instant::now();
    (0..ALONE).for_each(&append);
    println!("  one writer, one event each    mean {:.2?}", began.elapsed() / ALONE as u32);
    let mut rates: Vec<f64> = (0..ROUNDS)
        .map(|round| {
            let began = Instant::now();
            std::thread::scope(|scope| {
                for writer in 0..WRITERS {
                    let (append, first) = (&append, ALONE + (round * WRITERS + writer) * EACH);
                    scope.spawn(move || (first..first + EACH).for_each(append));
                }
            });
            (WRITERS * EACH) as f64 / began.elapsed().as_secs_f64()
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    let (least, median, most) = (rates[0], rates[ROUNDS / 2], rates[ROUNDS - 1]);
    let ratio = median / ours;
    println!(
        "  64 writers, one event each    median {median:.0} events/s ({least:.0} to {most:.0}): {ratio:.2} x ours"
    );
}
