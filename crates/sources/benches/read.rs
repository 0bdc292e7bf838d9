//! Plain text read on one core, in megabytes a second: communiqués and minutes, then text that is made to be slow.
//!
//! `cargo bench -p sources --bench read`. What is made to be slow must cost per byte about what prose costs: a shape
//! whose rate falls from half a megabyte to two is not read in linear time.

use std::path::Path;
use std::time::Instant;

use sources::{Profile, read};

#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

/// The seconds this thread has worked, where the kernel tells; others may use the processor too.
fn worked() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}

fn rate(text: &str) -> (f64, usize) {
    let (began, before) = (now(), worked());
    let found = read(text, &Profile::default()).directives.len();
    let seconds = match (before, worked()) {
        (Some(before), Some(after)) if after > before => after - before,
        _ => began.elapsed().as_secs_f64(),
    };
    (text.len() as f64 / 1e6 / seconds, found)
}

/// A text of about `bytes` bytes, out of the same piece again and again.
fn of(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len() + 1)
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/communiques");
    let mut prose = [String::new(), String::new()];
    let mut names: Vec<_> =
        std::fs::read_dir(folder).expect("the texts").map(|entry| entry.expect("one").path()).collect();
    names.sort();
    for path in names.iter().filter(|path| path.extension().is_some_and(|kind| kind == "txt")) {
        let text = std::fs::read_to_string(path).expect("a text");
        prose[usize::from(path.to_string_lossy().contains("_en_"))] += &(text + "\n\n");
    }
    for (name, text) in [("communiqués in Chinese", &prose[0]), ("minutes in English", &prose[1])] {
        let text = of(text, 2_000_000);
        let mut rates: Vec<f64> = (0..3).map(|_| rate(&text).0).collect();
        rates.sort_by(f64::total_cmp);
        println!("{name:<28} {:>7.1} MB/s", rates[1]);
    }
    let zh = "会议要求，市水务局要在6月30日前完成清淤";
    let en = "the Clerk should write to the owner by 30 June and ";
    for (name, piece) in [
        ("one line in Chinese", zh),
        ("one line in English", en),
        ("commas", ","),
        ("Chinese commas", "，"),
        ("clauses of one word", "要，"),
        ("modals", "要"),
        ("modals in English", "should "),
        ("opening brackets", "（"),
        ("brackets", "（）"),
        ("opening quotations", "“"),
        ("offices", "市水务局、"),
        ("offices without marks", "市水务局"),
        ("numbers", "1"),
        ("Chinese numbers", "一千"),
        ("times", "6月30日前"),
        ("by by by", "by "),
        ("that that that", "that "),
        ("names", "Alan Bell and "),
        ("motions", "Moved by Bell, seconded by Marsh to buy a pump. "),
        ("motions on lines", "Moved Bell Seconded Marsh\nThat Council:\n1. Buys a pump\n"),
        ("lines", "a\n"),
        ("short lines of orders", "Clerk to write\n"),
        ("columns", "a|b|"),
        ("rows", "Action | Owner\nwrite | Clerk\n"),
        ("labels", "责任单位：市水务局 "),
        ("full stops", ". "),
        ("initials", "A. "),
        ("colons", "："),
        ("items", "一是"),
        ("by whom", "由市水务局"),
        ("tabs", "\t"),
    ] {
        let (small, _) = rate(&of(piece, 500_000));
        let (large, found) = rate(&of(piece, 2_000_000));
        println!("{name:<28} {small:>7.1} MB/s {large:>7.1} MB/s  {found} found");
    }
}
