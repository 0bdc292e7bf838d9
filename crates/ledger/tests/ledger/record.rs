//! Folding is total: any event on any state, with and without its words, gives a matter again.

use ledger::calendar::OfficeCalendar;
use ledger::event::{Event, Fold, Part};
use ledger::id::Stream;
use ledger::matter::Matter;
use proptest::prelude::*;

use crate::invariants::numbers;
use crate::weeks::Weeks;
use crate::world::Entry;

/// The event as it is read back once some of its parts are erased.
fn erased(entry: &Entry, is_erased: bool) -> Event {
    let encoded = entry.event.encode(entry.stream);
    let part = |(holder, value): &(ledger::id::Holder, serde_json::Value)| match is_erased {
        true => Part::Erased,
        false => Part::Open(*holder, value.clone()),
    };
    let parts: Vec<Part> = encoded.parts.iter().map(part).collect();
    Event::decode(entry.stream, &encoded.kind, encoded.data, parts).expect("it reads without its words")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Events that no act would give in that order, on states they do not belong to.
    #[test]
    fn any_events_in_any_order_fold(numbers in numbers(), order in proptest::collection::vec(any::<u16>(), 400)) {
        let mut weeks = Weeks::begin(&numbers);
        while !weeks.choices.is_over() {
            weeks.step();
        }
        let of_matters: Vec<&Entry> =
            weeks.world.history.iter().filter(|entry| matches!(entry.stream, Stream::Matter(_))).collect();
        let Some(first) = of_matters.first() else { return Ok(()) };
        let mut matter = Matter::begin(first.stream, &first.event, &first.meta).expect("it begins with Opened");
        let calendar = OfficeCalendar::default();
        for pick in order {
            let entry = of_matters[usize::from(pick >> 1) % of_matters.len()];
            matter.apply(&erased(entry, pick & 1 == 1), &entry.meta);
            let _ = (matter.axes(entry.on, &calendar), matter.overdue_from(&calendar));
            let _ = matter.waits(&weeks.world.organisation, &calendar);
            let _ = ledger::audience::shown_to(&matter, &weeks.world.organisation);
        }
    }
}
