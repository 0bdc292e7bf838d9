//! A PDF of 40 pages, read to its text, in milliseconds; and what is read in it.
//!
//! `cargo bench -p sources --bench pdf`. The goal is less than 100 ms.

#[path = "../tests/pdf/writer.rs"]
mod writer;

use std::time::Instant;

use sources::{Format, canonical};
use writer::{Pdf, grid, han, latin};

const PAGES: usize = 40;

#[allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

/// The seconds this thread has worked, where the kernel tells; others may use the processor too.
fn worked() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}

/// Pages as offices have them: 22 lines of 28 ideographs, a header and a number.
fn chinese() -> Vec<u8> {
    let sentence: Vec<char> =
        "市水务局要切实抓好今年的防汛工作，在六月底前完成全部泵站的检修；市财政局要及时拨付资金。".chars().collect();
    let pages: Vec<String> = (0..PAGES)
        .map(|page| {
            let line = |no: usize| {
                let text: String = sentence.iter().cycle().skip((page * 22 + no) * 28).take(28).collect();
                han(74.0, 760.0 - 30.0 * no as f32, &text)
            };
            let body: String = (0..22).map(line).collect();
            han(200.0, 800.0, "清禾市人民政府办公室") + &body + &latin(290.0, 40.0, &format!("- {} -", page + 1))
        })
        .collect();
    Pdf::of_pages(&pages)
}

/// Pages of a table of tasks.
fn table() -> Vec<u8> {
    let ys: Vec<f32> = (0..=20).map(|row| 780.0 - 36.0 * row as f32).collect();
    let xs = [40.0, 80.0, 330.0, 440.0, 550.0];
    let pages: Vec<String> = (0..PAGES)
        .map(|page| {
            let row = |no: usize| {
                let y = 780.0 - 36.0 * no as f32 - 22.0;
                latin(45.0, y, &format!("{}", page * 20 + no + 1))
                    + &han(85.0, y, "完成全市泵站检修和维护")
                    + &han(335.0, y, "市水务局")
                    + &han(445.0, y, "4月底前")
            };
            grid(&xs, &ys) + &(0..20).map(row).collect::<String>()
        })
        .collect();
    Pdf::of_pages(&pages)
}

fn main() {
    for (name, bytes) in [("40 pages of Chinese", chinese()), ("40 pages of tables", table())] {
        let mut times: Vec<f64> = (0..7)
            .map(|_| {
                let (began, before) = (now(), worked());
                canonical(&bytes, Format::Pdf).expect("readable");
                let seconds = match (before, worked()) {
                    (Some(before), Some(after)) if after > before => after - before,
                    _ => began.elapsed().as_secs_f64(),
                };
                seconds * 1000.0
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let text = canonical(&bytes, Format::Pdf).expect("readable");
        println!("{name:<28} {:>7.1} ms, {} characters", times[3], text.chars().count());
    }
}
