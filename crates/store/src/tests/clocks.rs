//! The clock jumps: time in the log never runs back, days are the office's, and what is late is asked of the day.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::id::MatterId;

use super::office::{Office, WATER_HEAD, random, settings, text};
use crate::{MatterFilter, Standing, Store, StoreFault, verify_folder};

fn overdue(office: &Office) -> Vec<MatterId> {
    let filter = MatterFilter { standing: Some(Standing::Overdue), ..MatterFilter::default() };
    let lines = office.store.read(|read| read.matters(Some(super::office::CLERK), &filter, 10, 0)).expect("a list");
    lines.into_iter().map(|line| line.id).collect()
}

fn last_at(office: &Office) -> Timestamp {
    office.store.last_at().expect("a record").expect("events")
}

fn progress(office: &Office, matter: MatterId) {
    office.act(WATER_HEAD, matter, Act::RecordProgress { note: Some(text("Half of it")) }).expect("the lead may");
}

#[test]
fn time_in_the_log_never_runs_back() {
    let office = Office::new();
    let matter = office.open_matter("Dredge", Audience::Office);
    office.assign(matter);
    let before = last_at(&office);
    office.wait(-1);
    office.act(WATER_HEAD, matter, Act::SignFor).expect("the lead may");
    let first = last_at(&office);
    assert_eq!(first.as_microsecond(), before.as_microsecond() + 1, "it stands still while the clock is behind");
    // Also for whoever opens the record again on such a day.
    let office = office.reopen(|_| {});
    progress(&office, matter);
    assert_eq!(last_at(&office).as_microsecond(), before.as_microsecond() + 2);
    office.wait(2);
    progress(&office, matter);
    assert!(last_at(&office) > before + jiff::SignedDuration::from_hours(23));
    office.store.checkpoint_now().expect("a checkpoint");
    verify_folder(&office.dir(), None, false).expect("instants grow");
}

#[test]
fn what_is_late_is_asked_of_the_day_and_kept_nowhere() {
    let office = Office::new();
    let matter = office.open_matter("Dredge", Audience::Office);
    office.assign(matter);
    assert_eq!(overdue(&office), vec![]);
    let digest = office.store.digest().expect("rows");
    office.wait(3_652);
    assert_eq!(overdue(&office), vec![matter], "ten years later");
    office.wait(-3_652);
    assert_eq!(overdue(&office), vec![], "the clock was put right");
    office.wait(-1);
    assert_eq!(overdue(&office), vec![]);
    assert_eq!(office.store.digest().expect("rows"), digest, "looking changed something");
}

/// Each row: a zone, an instant, and the day that it is in the office then.
#[test]
fn a_day_is_the_offices_also_where_clocks_are_changed_and_in_leap_years() {
    let table = [
        ("Europe/Berlin", "2026-03-28T22:59:59Z", date(2026, 3, 28)),
        ("Europe/Berlin", "2026-03-28T23:00:00Z", date(2026, 3, 29)),
        // Clocks go on an hour in the night: this day has 23.
        ("Europe/Berlin", "2026-03-29T21:59:59Z", date(2026, 3, 29)),
        ("Europe/Berlin", "2026-03-29T22:00:00Z", date(2026, 3, 30)),
        // And back: this one has 25, and its third hour comes twice.
        ("Europe/Berlin", "2026-10-25T00:30:00Z", date(2026, 10, 25)),
        ("Europe/Berlin", "2026-10-25T01:30:00Z", date(2026, 10, 25)),
        ("Europe/Berlin", "2026-10-25T22:59:59Z", date(2026, 10, 25)),
        ("Europe/Berlin", "2026-10-25T23:00:00Z", date(2026, 10, 26)),
        // Midnight itself is left out here.
        ("Asia/Beirut", "2026-03-28T21:59:59Z", date(2026, 3, 28)),
        ("Asia/Beirut", "2026-03-28T22:00:00Z", date(2026, 3, 29)),
        ("Asia/Shanghai", "2028-02-28T15:59:59Z", date(2028, 2, 28)),
        ("Asia/Shanghai", "2028-02-28T16:00:00Z", date(2028, 2, 29)),
        ("Asia/Shanghai", "2028-02-29T16:00:00Z", date(2028, 3, 1)),
        ("Asia/Shanghai", "2027-02-28T16:00:00Z", date(2027, 3, 1)),
    ];
    for (zone, now, day) in table {
        let folder = tempfile::tempdir().expect("a folder");
        let dir = folder.path().join("city");
        let settings = crate::Settings { time_zone: zone.into(), ..settings(None) };
        Store::create(&dir, &settings, &random()).expect("a new folder");
        let at: Timestamp = now.parse().expect("an instant");
        let store = Store::open(&dir, std::sync::Arc::new(move || at), random()).expect("it opens");
        let today: Date = store.read(|read| Ok::<_, StoreFault>(read.today)).expect("a day");
        assert_eq!(today, day, "{zone}, {now}");
    }
}
