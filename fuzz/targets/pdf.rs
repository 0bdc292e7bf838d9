//! A PDF file: its text, and where each line of it begins.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sources::{Format, canonical};

fuzz_target!(|bytes: &[u8]| {
    let Ok(read) = canonical(bytes, Format::Pdf) else { return };
    let points = read.as_str().chars().count();
    assert!(!read.as_str().contains(|c: char| c == '\u{FFFD}' || matches!(u32::from(c), 0xE000..=0xF8FF | 0xF0000..)));
    let mut before = None;
    for place in read.places() {
        // Places are in order, and in the text.
        assert!(before.is_none_or(|before| before < place.start) && place.start < points);
        before = Some(place.start);
    }
});
