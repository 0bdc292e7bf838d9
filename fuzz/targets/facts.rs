//! Households, persons, dated facts and payments as CSV: read, or refused by row and column.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rules::{Beside, Known, Out, Rules, Source, Table, check, read_census_beside, read_paid, sweep};

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let text = r#"
        package p "甲" / "p" basis law "法" / "law" from 2000-01-01 source "s"
        options area near "近" / "near", far "远" / "far"
        input household.area: area "处" / "area" input household.rent: money/month "租" / "rent" signed
        input household.spent: money/month monthly "支" / "spent"
        input person.birth: date "生" / "birth" input person.works: yes/no monthly "工" / "works"
        decide household.aid "助" / "aid" under law article 1 from 2000-01-01
          when A "甲" / "a": (sum spent over last 3 months) above rent * 3 months or area is far
          when B "乙" / "b": any ((years since birth) at least 60 years and (count last 3 months where works) below 2 months) over members
          pay round up to yuan larger(0, rent)
    "#;
    check(vec![Source { name: "fuzz.rules".to_owned(), text: text.to_owned() }]).expect("it is sound")
});

fuzz_target!(|files: (&[u8], &[u8], &[u8], &[u8], bool)| {
    let (households, persons, facts, paid, then) = files;
    let table = |name: &str, bytes| Table { name: name.to_owned(), bytes: Box::new(std::io::Cursor::new(bytes)) };
    let on = civil::day(2024, 3, 1).expect("a day");
    let beside = Beside {
        facts: Some(table("facts.csv", facts)),
        known_at: then.then_some(Known::of(on)),
        months: Some(RULES.months(on).into_iter().collect()),
        by: None,
        traced: Some("H1".to_owned()),
    };
    let read = read_census_beside(&RULES, table("households.csv", households), table("persons.csv", persons), beside);
    let Ok(mut census) = read else { return };
    census.registry.settle(on);
    let _ = census.traced(&RULES, on);
    sweep(&RULES, on, &census, 1, &|_| {}, Out::csv(&mut std::io::sink())).expect("a sink");
    let _ = read_paid(&RULES, &census, table("paid.csv", paid));
});
