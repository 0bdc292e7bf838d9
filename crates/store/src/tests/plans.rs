//! How lists are read: every query has an index that serves it, and none sorts or scans a ledger of a million matters.

use std::sync::Arc;
use std::time::Instant;

use jiff::civil::date;
use ledger::id::{OfficerId, UnitId};
use ledger::matter::{Kind, StateKind};
use ledger::party::Party;
use uuid::Uuid;

use super::office::{CLERK, Office, WATER};
use crate::read::paging::{Way, served_by, sorted};
use crate::sqlite::prepare;
use crate::{Count, MatterFilter, Side, Sort, Standing, StoreFault};

/// Rows of a ledger that has run for two years: most matters are cleared, few are known to named units only.
fn fill(office: &Office, many: u32) {
    let sql = format!(
        "CREATE TEMP TABLE made AS
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many})
         SELECT i, printf('%08x-0000-7000-8000-%012x', i, i) AS id, printf('2025-%04d', i) AS number,
                4050000000000 + i AS number_key,
                CASE WHEN i % 100 < 2 THEN 'opened' WHEN i % 100 < 4 THEN 'assigned' WHEN i % 100 < 12 THEN 'under_way'
                     WHEN i % 100 < 14 THEN 'reported' WHEN i % 100 < 15 THEN 'verified' WHEN i % 100 < 98 THEN 'cleared'
                     ELSE 'withdrawn' END AS state,
                CASE WHEN i % 50 = 7 THEN 'public' WHEN i % 97 = 0 THEN 'units' ELSE 'office' END AS audience,
                CASE WHEN i % 5000 = 3 THEN 'fugitive' ELSE 'directive' END AS kind,
                CASE WHEN i % 100 < 2 THEN NULL ELSE date('2026-11-02', ((i * 7919) % 700 - 660) || ' days') END AS due,
                printf('unit/00000000-0000-0000-0000-%012x', 0x52 + (i * 31) % 120) AS lead
         FROM n;
         INSERT INTO matter (id, number, number_key, kind, state, audience, quote, lead, supervising, due, sort_due,
             original_due, overdue_from, is_returned, is_held, asks_extension, contradicted,
             opened_on, cleared_on, is_cleared_late, changed)
         SELECT id, number, number_key, kind, state, audience, '清淤排水口 ' || i, CASE WHEN due IS NULL THEN NULL ELSE lead END,
                '00000000-0000-0000-0000-000000000051', due, coalesce(due, '9999-12-31'), due,
                CASE WHEN i % 100 < 15 THEN date(due, '1 day') END, state = 'under_way' AND i % 9 = 0,
                state = 'under_way' AND i % 11 = 0, state = 'under_way' AND i % 13 = 0, 0,
                date('2025-01-01', (i / ({many} / 600 + 1)) || ' days'),
                CASE WHEN state = 'cleared' THEN date(due, (i % 20 - 15) || ' days') END, state = 'cleared' AND i % 20 > 15,
                1700000000000000 + i * 977
         FROM made;
         INSERT INTO matter_audience SELECT number_key, lead FROM made WHERE audience = 'units';
         INSERT INTO matter_party SELECT lead, 'lead', number_key FROM made WHERE due IS NOT NULL;
         INSERT INTO matter_party SELECT 'unit/00000000-0000-0000-0000-000000000051', 'supervising', number_key FROM made;
         INSERT INTO search (rowid, stream, words)
         SELECT number_key, 'matter/' || id,
                '2025 ' || printf('%04d', i) || ' 清淤 淤排 排水 水口 口 ' || i || CASE i % 3000 WHEN 5 THEN ' 二期 期' ELSE '' END
         FROM made;
         DROP TABLE made;"
    );
    let filled = office.store.between(move |writer| Ok(writer.connection.execute_batch(&sql)?));
    filled.expect("rows");
}

fn with(change: impl FnOnce(&mut MatterFilter)) -> MatterFilter {
    let mut filter = MatterFilter::default();
    change(&mut filter);
    filter
}

/// What people ask for, by name.
fn asked() -> Vec<(&'static str, MatterFilter)> {
    vec![
        ("everything", MatterFilter::default()),
        ("open", with(|f| f.standing = Some(Standing::Open))),
        ("late", with(|f| f.standing = Some(Standing::Overdue))),
        ("returned", with(|f| f.standing = Some(Standing::Returned))),
        ("held", with(|f| f.standing = Some(Standing::Held))),
        ("more time asked", with(|f| f.standing = Some(Standing::ExtensionAsked))),
        ("due within a week", with(|f| f.due_within = Some(7))),
        ("reported", with(|f| f.states = vec![StateKind::Reported])),
        ("reported or verified", with(|f| f.states = vec![StateKind::Reported, StateKind::Verified])),
        ("cleared", with(|f| f.states = vec![StateKind::Cleared])),
        ("a rare kind", with(|f| f.kinds = vec![Kind::Fugitive])),
        ("a lead", with(|f| f.lead = Some(WATER))),
        ("a lead's open", with(|f| (f.lead, f.standing) = (Some(WATER), Some(Standing::Open)))),
        ("a lead and below", with(|f| (f.lead, f.lead_below) = (Some(WATER), true))),
        ("a month", with(|f| f.due = (Some(date(2026, 11, 1)), Some(date(2026, 11, 30))))),
        ("opened in a week", with(|f| f.opened = (Some(date(2025, 6, 1)), Some(date(2025, 6, 7))))),
        ("published", with(|f| f.is_published = Some(true))),
        ("rare words", with(|f| f.words = "二期".into())),
        ("common words", with(|f| f.words = "清淤".into())),
        ("a number's beginning", with(|f| f.words = "2025-04".into())),
    ]
}

fn plan(office: &Office, reader: Option<OfficerId>, filter: &MatterFilter, sort: &Sort) -> Vec<String> {
    let plan = office.store.read(|read| {
        let by = served_by(sort, filter, read.count(reader, filter)?);
        let mut query = read.filtered(reader, filter, by)?;
        let sql = format!("EXPLAIN QUERY PLAN {}", sorted(&mut query, sort, filter, (Way::On, None), 51));
        let mut statement = prepare(read.connection, &sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(query.values), |row| row.get(3))?;
        Ok::<Vec<String>, StoreFault>(rows.collect::<Result<_, _>>()?)
    });
    plan.expect("a plan")
}

#[test]
fn every_list_has_an_index_that_serves_it() {
    let office = Office::new();
    fill(&office, 8_000);
    for reader in [None, Some(CLERK)] {
        for (name, filter) in asked() {
            for sort in [Sort::Due, Sort::Number, Sort::Changed] {
                let plan = plan(&office, reader, &filter, &sort);
                // The table itself lies in the order of numbers.
                let is_served = |step: &String| step.contains("USING INDEX") || matches!(sort, Sort::Number);
                let scans = plan.iter().any(|step| step.starts_with("SCAN m") && !is_served(step));
                assert!(!scans, "{name}, {sort:?}: {plan:#?}");
                let count = office.store.read(|read| read.count(reader, &filter)).expect("a count");
                let is_sorted = plan.iter().any(|step| step.contains("TEMP B-TREE FOR ORDER BY"));
                assert!(!is_sorted || matches!(count, Count::Exactly(_)), "{name}, {sort:?}: {plan:#?}");
            }
        }
    }
}

/// Every one of these matters says the words, so that looking for them changes nothing.
#[test]
fn words_that_many_matters_hold_are_found_in_every_order_and_among_few() {
    let office = Office::new();
    fill(&office, 11_000);
    for (name, filter) in asked().into_iter().filter(|(_, filter)| filter.words.is_empty()) {
        for sort in [Sort::Due, Sort::Number, Sort::Changed, Sort::Lead(Arc::from([Party::Unit(WATER)]))] {
            let page = |filter: &MatterFilter, side: &Side| {
                office.store.read(|read| read.matters_page(Some(CLERK), filter, &sort, side, 50)).expect("a page")
            };
            let with = MatterFilter { words: "清淤 排水".into(), ..filter.clone() };
            let (first, first_with) = (page(&filter, &Side::First), page(&with, &Side::First));
            assert_eq!(first_with.count, first.count, "{name}, {sort:?}");
            let numbers = |page: &crate::MatterPage| page.lines.iter().map(|line| line.number).collect::<Vec<_>>();
            assert_eq!(numbers(&first_with), numbers(&first), "{name}, {sort:?}");
            let Some(after) = first_with.after else { continue };
            let (second, second_with) =
                (page(&filter, &Side::After(first.after.expect("the same"))), page(&with, &Side::After(after)));
            assert_eq!(numbers(&second_with), numbers(&second), "{name}, {sort:?}");
        }
        let vain = MatterFilter { words: "清淤 phase".into(), ..filter };
        let count = office.store.read(|read| read.count(Some(CLERK), &vain)).expect("a count");
        assert_eq!(count, Count::Exactly(0), "{name}");
    }
}

#[test]
fn leads_are_counted_by_indexes_that_hold_what_is_counted() {
    let office = Office::new();
    fill(&office, 8_000);
    let lead = format!("unit/{WATER}");
    for reader in [None, Some(CLERK)] {
        let plans = office.store.read(|read| {
            let queries = [
                ("matter_open_lead", read.led_by(reader, Some(&lead))?),
                ("matter_open_lead", read.led_by(reader, None)?),
                ("matter_cleared_lead", read.cleared_of(reader, &lead, date(2026, 1, 1))?),
            ];
            let mut plans = vec![];
            for (index, query) in queries {
                let sql = format!("EXPLAIN QUERY PLAN {}", query.select("count(*)"));
                let mut statement = prepare(read.connection, &sql)?;
                let rows =
                    statement.query_map(rusqlite::params_from_iter(query.values), |row| row.get::<_, String>(3))?;
                plans.push((index, rows.collect::<Result<Vec<_>, _>>()?));
            }
            Ok::<_, StoreFault>(plans)
        });
        for (index, plan) in plans.expect("plans") {
            assert!(plan[0].starts_with("SEARCH m USING") && plan[0].contains(index), "{index}: {plan:#?}");
        }
    }
}

/// `cargo test -p store timings -- --ignored --nocapture`
#[test]
#[ignore = "takes a minute, and prints instead of judging"]
#[expect(clippy::disallowed_methods, reason = "it measures")]
fn timings_over_many_matters() {
    let office = Office::new();
    let many = 200_000;
    let start = Instant::now();
    fill(&office, many);
    println!("{many} matters filled in {:?}", start.elapsed());
    let leads: Arc<[Party]> = (0..120).map(|n| Party::Unit(UnitId(Uuid::from_u128(0x52 + n)))).collect();
    for (name, filter) in asked() {
        let time = |work: &dyn Fn()| {
            let mut times: Vec<_> = (0..5)
                .map(|_| {
                    let start = Instant::now();
                    work();
                    start.elapsed()
                })
                .collect();
            times.sort();
            times[2]
        };
        let mut line = format!("{name:22}");
        for sort in [Sort::Due, Sort::Number, Sort::Changed, Sort::Lead(leads.clone())] {
            let took = time(&|| {
                let page = office.store.read(|read| read.matters_page(Some(CLERK), &filter, &sort, &Side::First, 50));
                drop(page.expect("a page"));
            });
            line += &format!(" {:>8.2}", took.as_secs_f64() * 1e3);
        }
        let took = time(&|| {
            office.store.read(|read| read.count(Some(CLERK), &filter)).expect("a count");
        });
        println!("{line} count {:>8.2} ms", took.as_secs_f64() * 1e3);
    }
    let start = Instant::now();
    let month = (date(2026, 11, 1), date(2026, 11, 30));
    office.store.read(|read| read.counts_by_lead(Some(CLERK), month, date(2026, 1, 1))).expect("counts");
    println!("counts by lead {:>8.2} ms", start.elapsed().as_secs_f64() * 1e3);
}
