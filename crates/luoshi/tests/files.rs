//! What the server does while the machine lets it open no further file.

mod served;

use std::net::TcpStream;

use served::{Connection, Served};

/// So many files the server may open, its databases among them: fewer than the connections that are made to it.
const FILES: usize = 64;
const CONNECTIONS: usize = 80;

#[test]
fn a_server_that_has_no_file_left_for_a_connection_answers_again_as_soon_as_others_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = ["--time-zone", "Asia/Shanghai", "--office", "某市督查室", "--origin", "files.example/2026"];
    let served = Served::with_files(&folder.path().join("record"), FILES, &first);
    let is_healthy = || {
        let mut connection = Connection::to(served.address).expect("it listens");
        connection.get("/healthz", "").expect("it answers").status == 200
    };
    assert!(is_healthy());
    let held: Vec<TcpStream> =
        (0..CONNECTIONS).map(|_| TcpStream::connect(served.address).expect("the machine takes it")).collect();
    // Every file is taken once nothing more is accepted; what is made after that finds none.
    while served.files() < FILES {
        std::thread::yield_now();
    }
    drop(held);
    assert!(is_healthy(), "one connection that could not be accepted ended the site");
}
