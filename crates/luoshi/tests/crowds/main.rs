//! Crowds: 64 connections that write to one matter and to many, and some that read, while others open thousands of
//! connections and say nothing, speak a byte a second, or ask for much and never read it. What was answered is on the record
//! once, the record verifies, and whoever behaves is answered as if the others were not there.
//!
//! `cargo test --release -p luoshi --test crowds` tries a part of it. All of it, with figures, takes a quarter of an hour:
//! `cargo test --release -p luoshi --test crowds -- --nocapture --ignored`.

mod crowd;
mod hands;
mod office;
#[path = "../served/mod.rs"]
mod served;

use std::time::Duration;

use crowd::{Crowd, Manners, Wanted};
use hands::{Hands, Shift};
use office::Office;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// More of each sort than the server has threads that wait for the disk.
const FEW: Manners = Manners { silent: 400, begin: 100, slow: 40, deaf: 160 };
const TEN_THOUSAND: Manners = Manners { silent: 8_000, begin: 1_640, slow: 200, deaf: 160 };

/// As many files as the machine allows: this process holds the other end of every connection.
fn open_many_files() {
    let allowed = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: allowed.maximum, maximum: allowed.maximum })
        .expect("up to the limit");
}

fn wanted(office: &Office, hands: &Hands<'_>, address: std::net::SocketAddr) -> Wanted {
    let act = format!("/matters/{}/progress", hands.own(0));
    Wanted { address, token: office.head.clone(), file: hands.file.clone(), act }
}

/// What was answered is what is on the record, and nothing besides.
fn compare(office: &Office, hands: &Hands<'_>) {
    let told = office.told();
    for (command, (events, places)) in &hands.answered {
        let found = told.get(command).unwrap_or_else(|| panic!("{command} was answered, and is not on the record"));
        assert_eq!(found.len(), *events, "{command} led to {found:?}");
        assert!(
            places.as_ref().is_none_or(|places| places == found),
            "{command}: {places:?} answered, {found:?} found"
        );
    }
    assert_eq!(told.len(), hands.answered.len(), "something was carried out that nobody was answered");
}

#[test]
fn whoever_behaves_is_answered_among_those_who_do_not_and_each_command_is_carried_out_once() {
    open_many_files();
    let office = Office::found();
    let server = office.serve();
    let mut hands = Hands::begin(&office, server.address);
    let crowd = Crowd::gather(wanted(&office, &hands, server.address), FEW);
    hands.work(Shift::Commands(16));
    assert!(crowd.held() > crowd.size() / 2, "the crowd stood there meanwhile");
    drop(crowd);
    drop(server);
    compare(&office, &hands);
}

#[test]
#[ignore = "takes a quarter of an hour, and says how long requests took"]
fn ten_minutes_among_ten_thousand() {
    open_many_files();
    let office = Office::found();
    let server = office.serve();
    let mut hands = Hands::begin(&office, server.address);
    println!("64 connections send four commands a second each, eight ask for six pages a second each");
    let alone = hands.work(Shift::Long(Duration::from_secs(120)));
    println!("alone, two minutes\n  commands {}\n  pages    {}", alone.commands, alone.pages);
    let crowd = Crowd::gather(wanted(&office, &hands, server.address), TEN_THOUSAND);
    println!("{} others hold {} connections; the server has {} files open", crowd.size(), crowd.held(), server.files());
    let among = hands.work(Shift::Long(Duration::from_secs(600)));
    println!("among them, ten minutes\n  commands {}\n  pages    {}", among.commands, among.pages);
    let (held, ended, files) = (crowd.held(), crowd.ended(), server.files());
    println!("  {held} connections held at the end, {ended} ended by the server, which has {files} files open");
    println!("  {} MB resident, {} MB at most", server.memory("VmRSS:"), server.memory("VmHWM:"));
    drop(crowd);
    let (took, events) = hands.look_at_shared();
    println!("  the matter that everybody worked on has {events} events; its page took {took:.1?}");
    drop(server);
    compare(&office, &hands);
    println!("  {} commands answered, each on the record once; it verifies", hands.answered.len());
    let most = [&alone, &among].map(|waited| waited.commands.most().max(waited.pages.most())).into_iter().max();
    assert!(most < Some(Duration::from_secs(2)), "a request took {most:?}");
}
