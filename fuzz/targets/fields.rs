//! What stands in one field: numbers, quantities, money, names, codes, ids and days.
#![no_main]

use civil::{Fen, decimal, integer};
use ledger::ask::{Code, Figure};
use ledger::id::{MatterId, Number, Stream};
use ledger::{Name, Text};
use libfuzzer_sys::fuzz_target;
use sources::workbook::{Cell, due};

fuzz_target!(|text: &str| {
    let _ = (decimal(text), integer(text), Fen::parse(text), Figure::parse(text));
    let _ = (Code::parse("code", text), Text::parse("text", text), Text::parse_optional("text", text));
    let _ = Name::parse(text, text);
    if let Ok(number) = Number::parse(text) {
        assert_eq!(Number::parse(&number.to_string()), Ok(number));
    }
    if let Ok(id) = MatterId::parse(text) {
        assert_eq!(MatterId::parse(&id.to_string()), Ok(id));
    }
    if let Ok(stream) = text.parse::<Stream>() {
        assert_eq!(stream.to_string().parse::<Stream>(), Ok(stream));
    }
    let _ = store::PublicUrl::try_from(text.to_owned());
    for year in [None, Some(2026)] {
        let _ = due(&Cell::Text(text.to_owned()), false, year);
    }
});
