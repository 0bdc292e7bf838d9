//! A document as it is uploaded: its first byte says as what.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sources::{Format, Profile, Span, Unit, canonical, describe, read};

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, bytes)) = bytes.split_first() else { return };
    let format = [Format::Text, Format::Markdown, Format::Html][usize::from(*kind) % 3];
    let Ok(read_in) = canonical(bytes, format) else { return };
    let unit = Unit { name: "市水务局".into(), aliases: vec!["水务局".into(), "Water Bureau".into()] };
    let profile = Profile { units: vec![unit] };
    let text = read_in.as_str();
    let points = text.chars().count();
    let reading = read(text, &profile);
    let mut end = 0;
    for directive in &reading.directives {
        // What is proposed stands in the text, in order, and none over another.
        assert!(directive.start >= end && directive.start < directive.end && directive.end <= points);
        end = directive.end;
    }
    let (a, b) = (usize::from(*kind) % (points + 2), usize::from(kind.reverse_bits()) % (points + 2));
    let _ = describe(text, Span { start: a.min(b), end: a.max(b) }, &profile);
});
