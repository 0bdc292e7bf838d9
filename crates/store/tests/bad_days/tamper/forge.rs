//! Histories that somebody with the true key writes anew: every hash and every projection fits, and the signature is good.

use std::path::Path;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use rusqlite::Connection;
use store::{Store, entry};
use tlog::{Checkpoint, Frontier, Signer, leaf_hash};

use crate::city::{places, random};

/// Makes every leaf, the head, one checkpoint and the projections anew over what the events now say.
pub fn sign_again(root: &Path) -> Result<(), String> {
    let (dir, outside) = places(root);
    let text = |error: rusqlite::Error| error.to_string();
    let connection = Connection::open(dir.join("record.db")).map_err(text)?;
    connection
        .execute_batch("PRAGMA synchronous = OFF; BEGIN; DELETE FROM leaf; DELETE FROM checkpoint; DELETE FROM erasure")
        .map_err(text)?;
    let mut statement = connection.prepare("SELECT idx, salt, body FROM event ORDER BY idx").map_err(text)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).map_err(text)?;
    let rows: Vec<(u64, Vec<u8>, Vec<u8>)> = rows.collect::<Result<_, _>>().map_err(text)?;
    let mut frontier = Frontier::default();
    for (idx, salt, body) in rows {
        let entry = entry(&salt, &body);
        frontier.push(leaf_hash(&entry));
        connection.execute("INSERT INTO leaf (idx, entry) VALUES (?1, ?2)", (idx, entry)).map_err(text)?;
    }
    let (size, edge) = (frontier.size(), frontier.to_bytes());
    connection.execute("UPDATE head SET size = ?1, frontier = ?2", (size, edge)).map_err(text)?;
    let signer = Signer::new("luoshi.qinghe.example/test", &seed(&dir)).expect("a name");
    let checkpoint = Checkpoint { origin: signer.name().to_owned(), size, root: frontier.root() };
    let note = checkpoint.sign(&signer).expect("its own origin");
    connection.execute("INSERT INTO checkpoint (size, note) VALUES (?1, ?2)", (size, note)).map_err(text)?;
    connection.execute_batch("COMMIT").map_err(text)?;
    drop(statement);
    drop(connection);
    // Nobody compares while the liar works.
    let honest = std::fs::read(&outside).expect("a file");
    std::fs::write(&outside, "").expect("space");
    let clock = Arc::new(|| "2026-11-02T01:00:00Z".parse().expect("an instant"));
    let rebuilt = Store::open(&dir, clock, random(900)).map_err(|error| error.to_string()).and_then(|store| {
        let rebuilt = store.rebuild().map_err(|fault| fault.to_string());
        drop(store);
        rebuilt
    });
    std::fs::write(&outside, honest).expect("space");
    rebuilt
}

/// The seed of the log's key, which whoever holds the folder can read.
fn seed(dir: &Path) -> [u8; 32] {
    let kek: [u8; 32] = std::fs::read(dir.join("keys/kek")).expect("a key").try_into().expect("32 bytes");
    let connection = Connection::open(dir.join("keys.db")).expect("a database");
    let (nonce, ct): ([u8; 24], Vec<u8>) = connection
        .query_row("SELECT nonce, ct FROM key WHERE n = 0", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("the log's key");
    let payload = Payload { msg: &ct, aad: &0_u64.to_be_bytes() };
    let seed = XChaCha20Poly1305::new(&Key::from(kek)).decrypt(&XNonce::from(nonce), payload).expect("it opens");
    seed.try_into().expect("32 bytes")
}
