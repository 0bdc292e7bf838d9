//! Writes the place of each ideograph from U+4E00 to U+9FFF in CLDR's pinyin order: 20,992 numbers of two bytes,
//! the greater byte first. `cargo run --manifest-path checks/pinyin/Cargo.toml crates/civil/src/pinyin.bin`

use icu_collator::Collator;
use icu_collator::options::CollatorOptions;
use icu_locale_core::locale;

fn main() {
    let path = std::env::args().nth(1).expect("the file to write");
    let pinyin = locale!("zh-u-co-pinyin").into();
    let collator = Collator::try_new(pinyin, CollatorOptions::default()).expect("compiled data");
    let mut ideographs: Vec<char> = ('\u{4e00}'..='\u{9fff}').collect();
    let compare = |a: &char, b: &char| collator.compare(&a.to_string(), &b.to_string()).then(a.cmp(b));
    ideographs.sort_by(compare);
    let mut places = vec![0; ideographs.len() * 2];
    for (place, ideograph) in (0_u16..).zip(ideographs) {
        let at = (ideograph as usize - 0x4e00) * 2;
        places[at..at + 2].copy_from_slice(&place.to_be_bytes());
    }
    std::fs::write(path, places).expect("a file that can be written");
}
