//! What a browser sends: a query or a form's fields, as anybody can write them.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let pairs: Vec<(String, String)> = web::query::read(text).unwrap_or_default();
    let _ = web::query::only(&pairs, &["state", "q", "page"]);
    let _ = web::query::one::<u32>(&pairs, "page");
    let address = web::query::without(text, "page");
    assert!(!web::query::asks(&address, "page"), "{address:?} still asks");
    let today = civil::Date::constant(2026, 11, 29);
    let _ = web::acts::parse_day_to_come("due", text, today);
});
