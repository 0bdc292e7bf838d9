//! Bad tables, each with the exact message it must give in both languages: `tests/snapshots/bad_tables__*.snap`.

use std::io::Cursor;

use rules::{Beside, Flaws, Known, Language, Rules, Source, Table, check, read_census_beside, read_paid};

const RULES: &str = r#"
    package p "甲" / "p" basis law "法" / "law" from 2000-01-01 source "s"
    options area near "近处" / "near", far "远处" / "far"
    input household.area: area "处所" / "place"
    input household.rent: money/month "房租" / "rent"
    input household.share: ratio "份额" / "share"
    input household.rooms: number "房间" / "rooms"
    input household.spent: money/month monthly "支出" / "spent"
    input person.birth: date "生日" / "birth"
    input person.works: yes/no "就业" / "works"
    decide household.aid "补助" / "aid" under law article 1 from 2000-01-01
      when A "甲" / "a": (sum spent over last 1 months) above rent * share * 1 month and area is far and rooms above 1
      when B "乙" / "b": any ((years since birth) at least 60 years and not works) over members
      pay round up to yuan rent
    decide person.card "卡" / "card" under law article 2 from 2000-01-01
      when A "甲" / "a": works
"#;

const HOUSEHOLDS: &str =
    "household,area,rent,share,rooms,spent@2024-02\nH1,far,5.00,0.5,2,12.34\nH2,远处,800.50,50%,1,1000.00\n";
const PERSONS: &str = "person,household,birth,works\nP1,H1,1950-02-28,no\nP2,H2,1969-12-31,是\n";
const FACTS: &str = "of,id,fact,period,value,known_from\nhousehold,H1,rent,2024-01-01,6.00,2024-01-02\n";
const PAID: &str = "decision,id,month,amount_yuan\naid,H1,2024-02,5.00\n";

/// The four files.
#[derive(Clone, Copy)]
enum File {
    Households,
    Persons,
    Facts,
    Paid,
}
use File::{Facts, Households, Paid, Persons};

/// What is bad: in which file, and which of its words are replaced by which.
const BAD: &[(File, &str, &str)] = &[
    (Households, HOUSEHOLDS, ""),
    (Households, ",rent,", ",rnet,"),
    (Households, "household,area,rent,share,rooms,spent@2024-02", "household;area;rent;share;rooms;spent@2024-02"),
    (Households, "household,area,rent,share,rooms,spent@2024-02", "household\tarea\trent\tshare\trooms"),
    (Households, "household,area", "hh,area"),
    (Households, "household,area", "户号,area"),
    (Households, "household,area,rent,share,rooms,spent@2024-02", "household，area，rent，share，rooms"),
    (Households, ",rent,share,", ",租,份,"),
    (Households, "spent@2024-02", "spent@2024年2月"),
    (Households, HOUSEHOLDS, "PK\u{3}\u{4}sheet"),
    (Households, HOUSEHOLDS, "household,area,rent,share,rooms,spent@2024-02\rH1,far,5.00,0.5,2,12.34\r"),
    (Households, "H2,", ",,,,,\nH2,"),
    (Households, "rooms", "rent"),
    (Households, "spent@2024-02", "spent"),
    (Households, "spent@2024-02", "支出@二月"),
    (Households, "rooms,spent@2024-02\nH1,far,5.00,0.5,2,", "rooms,spent@2024-02,支出@2024-02\nH1,far,5.00,0.5,2,1,"),
    (Households, "rooms,spent@2024-02\nH1,far,5.00,0.5,2,", "rooms,房间,spent@2024-02\nH1,far,5.00,0.5,2,2,"),
    (
        Households,
        "household,area,rent,share,rooms,spent@2024-02\nH1,",
        "household,家庭编号,area,rent,share,rooms\nH1,H1,",
    ),
    (Households, "H2", "H1"),
    (Households, "H2", ""),
    (Households, "far", "afar"),
    (Households, "5.00", "-5.00"),
    (Households, "5.00", "5.005"),
    (Households, "5.00", "five"),
    (Households, "5.00", "\"1,234.50元\""),
    (Households, "5.00", "99999999999999999999"),
    (Households, "0.5,", "0.50001,"),
    (Households, "0.5,", "50,"),
    (Households, "0.5,", "33.3,"),
    (Households, "5.00", "不详"),
    (Households, "0.5,2,", "0.5,2.5,"),
    (Households, "5.00,", "5,00,"),
    (Households, "1000.00\n", "1000.00"),
    (Households, "H1,far", "H1,\"far"),
    (Persons, "P1,H1,1950-02-28,no", "P1,H1,1950-02-28,\"no"),
    (Persons, "person,household", "name,household"),
    (Persons, "P2,H2", "P2,H9"),
    (Persons, "P2,H2", "P2,"),
    (Persons, "P2,H2", "P1,H2"),
    (Persons, "P2,H2", "P2,H1"),
    (Persons, "1950-02-28", "1950-02-29"),
    (Persons, "1950-02-28", "1950/2/28"),
    (Persons, "1950-02-28", "02/28/1950"),
    (Persons, "no", "maybe"),
    (Facts, "known_from", "known"),
    (Facts, "household,", "flat,"),
    (Facts, "H1", "H9"),
    (Facts, "household,H1", "person,P9"),
    (Facts, "rent", "rnet"),
    (Facts, "rent,2024-01-01", "spent,2024-01-01"),
    (Facts, "2024-01-01", "2024-01"),
    (Facts, "2024-01-01", "2024/1/1"),
    (Facts, "6.00,2024-01-02", "6.00,soon"),
    (Facts, "6.00,2024-01-02", "6.00,17"),
    (Facts, "6.00,2024-01-02\n", "6.00,2024-01-02\nhousehold,H1,rent,2024-01-01,7.00,2024-01-02\n"),
    (Paid, "decision,", "decided,"),
    (Paid, "decision,id,month,amount_yuan\n", "of,decision,id,month,amount_yuan\nflat,"),
    (Paid, "\naid,H1", "\nade,H1"),
    (Paid, "\naid,H1", "\ncard,P1"),
    (Paid, "H1", "H9"),
    (Paid, "2024-02", "2024-2"),
    (Paid, "2024-02", "二月"),
    (Paid, "decision,id", "decision,household"),
    (Paid, "5.00", ""),
    (Paid, "5.00", "5.005"),
    (Paid, "5.00", "99999999999999.00"),
];

fn read(rules: &Rules, [households, persons, facts, paid]: [&[u8]; 4]) -> Result<(), Flaws> {
    let table = |name: &str, bytes| Table { name: name.to_owned(), bytes: Box::new(Cursor::new(bytes)) };
    let known_at = Known::parse("2024-03-01");
    let beside = Beside { facts: Some(table("facts.csv", facts)), known_at, ..Beside::default() };
    let census = read_census_beside(rules, table("households.csv", households), table("persons.csv", persons), beside)?;
    read_paid(rules, &census, table("paid.csv", paid))?;
    Ok(())
}

fn rules() -> Rules {
    check(vec![Source { name: "p.rules".to_owned(), text: RULES.to_owned() }]).expect("it is sound")
}

/// Files of which some words are replaced.
fn files(bad: Option<&(File, &str, &str)>) -> [Vec<u8>; 4] {
    let mut texts = [HOUSEHOLDS, PERSONS, FACTS, PAID].map(str::to_owned);
    if let Some((file, from, to)) = bad {
        let text = &mut texts[*file as usize];
        assert!(text.contains(from), "{from}");
        *text = text.replacen(from, to, 1);
    }
    texts.map(String::into_bytes)
}

/// Whole columns that a spreadsheet changed, and in several tables.
fn many() -> [Vec<u8>; 4] {
    let mut files = files(None);
    files[0] = HOUSEHOLDS.replace("5.00", "5元").into_bytes();
    let persons = (0..40).map(|at| format!("P{at},H{},1980/1/{at},{}\n", 1 + at % 2, if at == 7 { "x" } else { "no" }));
    files[1] = format!("person,household,birth,works\n{}", persons.collect::<String>()).into_bytes();
    files[2] = FACTS.replace("6.00", "six").into_bytes();
    files
}

/// Lines as Windows ends them are counted like others.
fn with_returns() -> [Vec<u8>; 4] {
    let mut files = files(None);
    let persons = PERSONS.replace("1950-02-28", "1950").replace("P2,", "P2,,").replace('\n', "\r\n");
    files[1] = persons.into_bytes();
    files
}

/// Rows that cannot be taken: what would follow from their absence is not told.
fn torn() -> [Vec<u8>; 4] {
    let mut files = files(None);
    let persons = (0..9).map(|at| format!("P{at},H{},1980-01-01{}\n", at % 3, if at > 6 { "" } else { ",no" }));
    files[1] = format!("person,household,birth,works\n{}", persons.collect::<String>()).into_bytes();
    files
}

#[test]
fn every_bad_table_is_refused_with_its_message() {
    let rules = rules();
    let read = |files: &[Vec<u8>; 4]| read(&rules, files.each_ref().map(Vec::as_slice));
    read(&files(None)).expect("the tables are sound");
    let mut latin = files(None);
    latin[1][PERSONS.find("P1").expect("it stands there")] = 0xff;
    let mut heading = files(None);
    heading[0] = [b"\xbc\xd2,", HOUSEHOLDS.as_bytes()].concat();
    let mut wide = files(None);
    wide[0] = [b"\xff\xfe", HOUSEHOLDS.as_bytes()].concat();
    let mut swapped = files(None);
    swapped.swap(0, 1);
    let all =
        BAD.iter().map(|bad| files(Some(bad))).chain([latin, heading, wide, swapped, many(), torn(), with_returns()]);
    let mut told = vec![];
    for files in all {
        let wrong = read(&files).expect_err("it is bad");
        let [zh, en] = [Language::Zh, Language::En].map(|language| wrong.told(language));
        assert!(zh.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign)), "{zh}");
        assert_eq!(wrong.to_string(), en);
        told.push(format!("{en}\n{zh}"));
    }
    insta::assert_snapshot!("told", told.join("\n\n"));
}
