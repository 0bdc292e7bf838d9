//! Parquet in and out: the same facts give the same decisions as from CSV, and what is no exact value is refused.
#![cfg(feature = "parquet")]

use std::io::Cursor;
use std::sync::Arc;

use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::SerializedFileReader;
use parquet::file::writer::SerializedFileWriter;
use parquet::record::Field;
use parquet::record::reader::RowIter;
use parquet::schema::parser::parse_message_type;
use rules::{Flaws, Out, Rules, Source, Table, check, read_census, sweep};

const RULES: &str = r#"
    package p "甲" / "p" basis law "法" / "law" from 2000-01-01 source "s"
    options area near "近处" / "near", far "远处" / "far"
    input household.area: area "处" / "area"
    input household.rent: money/month "租" / "rent" signed
    input household.spent: money/month monthly "支" / "spent"
    input person.birth: date "生" / "birth"
    input person.works: yes/no "工" / "works"
    decide household.aid "助" / "aid" under law article 1 from 2000-01-01
      when A "甲" / "a": (sum spent over last 1 months) above rent * 1 month and area is far
      when B "乙" / "b": any ((years since birth) at least 60 years and not works) over members
      pay round up to yuan larger(0, rent)
"#;

const HOUSEHOLDS: &str = "household,area,rent,spent@2024-02\nH1,far,-0.05,12.34\nH2,远处,800.50,1000.00\nH3,,5.00,\n";
const PERSONS: &str =
    "person,household,birth,works\nP1,H1,1950-02-28,no\nP2,H2,1969-12-31,yes\nP3,H2,1960-03-01,no\nP4,H3,,\n";

enum Cells {
    Text(Vec<&'static str>),
    /// Fen, as decimals.
    Money(Vec<Option<i64>>),
    /// Days since 1970.
    Days(Vec<Option<i32>>),
    YesNo(Vec<Option<bool>>),
    Float(Vec<f64>),
}

fn file(columns: Vec<(&str, Cells)>) -> Vec<u8> {
    let field = |(name, cells): &(&str, Cells)| match cells {
        Cells::Text(_) => format!("optional binary {name} (UTF8);"),
        Cells::Money(_) => format!("optional int64 {name} (DECIMAL(18, 2));"),
        Cells::Days(_) => format!("optional int32 {name} (DATE);"),
        Cells::YesNo(_) => format!("optional boolean {name};"),
        Cells::Float(_) => format!("optional double {name};"),
    };
    let fields: String = columns.iter().map(field).collect();
    let schema = parse_message_type(&format!("message facts {{ {fields} }}")).expect("a schema");
    let mut out = vec![];
    let mut writer =
        SerializedFileWriter::new(&mut out, Arc::new(schema), Arc::new(WriterProperties::builder().build()))
            .expect("a file");
    let mut group = writer.next_row_group().expect("a group");
    for (_, cells) in columns {
        let mut column = group.next_column().expect("it goes on").expect("as many as declared");
        match (column.untyped(), cells) {
            (ColumnWriter::ByteArrayColumnWriter(typed), Cells::Text(cells)) => {
                let present: Vec<i16> = cells.iter().map(|cell| i16::from(!cell.is_empty())).collect();
                let known: Vec<ByteArray> =
                    cells.into_iter().filter(|cell| !cell.is_empty()).map(ByteArray::from).collect();
                typed.write_batch(&known, Some(&present), None).expect("written");
            }
            (ColumnWriter::Int64ColumnWriter(typed), Cells::Money(cells)) => {
                let present: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
                typed
                    .write_batch(&cells.into_iter().flatten().collect::<Vec<_>>(), Some(&present), None)
                    .expect("written");
            }
            (ColumnWriter::Int32ColumnWriter(typed), Cells::Days(cells)) => {
                let present: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
                typed
                    .write_batch(&cells.into_iter().flatten().collect::<Vec<_>>(), Some(&present), None)
                    .expect("written");
            }
            (ColumnWriter::BoolColumnWriter(typed), Cells::YesNo(cells)) => {
                let present: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
                typed
                    .write_batch(&cells.into_iter().flatten().collect::<Vec<_>>(), Some(&present), None)
                    .expect("written");
            }
            (ColumnWriter::DoubleColumnWriter(typed), Cells::Float(cells)) => {
                typed.write_batch(&cells, Some(&vec![1; cells.len()]), None).expect("written");
            }
            _ => panic!("a column of another kind"),
        }
        column.close().expect("closed");
    }
    group.close().expect("closed");
    writer.close().expect("closed");
    out
}

fn households(rent: Cells) -> Vec<u8> {
    file(vec![
        ("household", Cells::Text(vec!["H1", "H2", "H3"])),
        ("area", Cells::Text(vec!["far", "远处", ""])),
        ("rent", rent),
        ("spent@2024-02", Cells::Money(vec![Some(1_234), Some(100_000), None])),
    ])
}

fn persons() -> Vec<u8> {
    // 28 February 1950, 31 December 1969, 1 March 1960.
    file(vec![
        ("person", Cells::Text(vec!["P1", "P2", "P3", "P4"])),
        ("household", Cells::Text(vec!["H1", "H2", "H2", "H3"])),
        ("birth", Cells::Days(vec![Some(-7_247), Some(-1), Some(-3_593), None])),
        ("works", Cells::YesNo(vec![Some(false), Some(true), Some(false), None])),
    ])
}

fn rules() -> Rules {
    check(vec![Source { name: "p.rules".to_owned(), text: RULES.to_owned() }]).expect("it is sound")
}

fn decided(rules: &Rules, households: Vec<u8>, persons: Vec<u8>, parquet: bool) -> Result<Vec<u8>, Flaws> {
    let table = |name: &str, bytes| Table { name: name.to_owned(), bytes: Box::new(Cursor::new(bytes)) };
    let census = read_census(rules, table("households", households), table("persons", persons))?;
    let mut out = vec![];
    let form = if parquet { Out::parquet(&mut out) } else { Out::csv(&mut out) };
    sweep(rules, civil::day(2024, 3, 1).expect("a day"), &census, 1, &|_| {}, form).expect("memory");
    Ok(out)
}

fn money() -> Cells {
    Cells::Money(vec![Some(-5), Some(80_050), Some(500)])
}

#[test]
fn the_same_facts_give_the_same_decisions() {
    let rules = rules();
    let from_csv = decided(&rules, HOUSEHOLDS.into(), PERSONS.into(), false).expect("sound");
    let text = String::from_utf8(from_csv.clone()).expect("text");
    assert!(text.contains("aid,household,H1,H1,yes,0.00") && text.contains("aid,household,H2,H2,yes,801.00"), "{text}");
    assert!(
        text.contains("H3,H3,cannot say,,0,3,,P4.birth; P4.works; ") || text.contains("H3,H3,cannot say"),
        "{text}"
    );
    assert_eq!(decided(&rules, households(money()), persons(), false).expect("sound"), from_csv);
    // Written as Parquet and read back, each cell is what the CSV has.
    let written = decided(&rules, households(money()), PERSONS.into(), true).expect("sound");
    let file = SerializedFileReader::new(bytes::Bytes::from(written)).expect("a file");
    let rows: Vec<Vec<String>> = RowIter::from_file_into(Box::new(file))
        .map(|row| {
            let row = row.expect("a row");
            let cell = |(name, field): (&String, &Field)| match field {
                Field::Null => String::new(),
                Field::Str(text) => text.clone(),
                Field::Long(number) => number.to_string(),
                Field::Decimal(_) => field.to_string(),
                other => panic!("{name} {other:?}"),
            };
            row.get_column_iter().map(cell).collect()
        })
        .collect();
    let cells: Vec<Vec<String>> = csv::Reader::from_reader(from_csv.as_slice())
        .records()
        .map(|record| record.expect("a row").iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(rows, cells);
}

#[test]
fn what_is_no_exact_value_or_no_whole_file_is_refused() {
    let rules = rules();
    let floats = households(Cells::Float(vec![-0.05, 800.5, 5.0]));
    let wrong = decided(&rules, floats, persons(), false).expect_err("floats");
    let first = &wrong.first[0];
    assert_eq!((first.row, first.column.as_str()), (1, "rent"), "{wrong}");
    assert!(first.what.en.contains("floating-point"), "{wrong}");
    let whole = households(money());
    for length in [4, 5, whole.len() / 2, whole.len() - 1] {
        let wrong = decided(&rules, whole[..length].to_vec(), persons(), false).expect_err("cut short");
        assert!(wrong.to_string().contains("cannot be read as Parquet"), "{wrong}");
    }
    let mut state = 1u64;
    for _ in 0..2_000 {
        let mut bytes = whole.clone();
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (state >> 33) as usize % bytes.len();
        bytes[at] ^= 1 << (state >> 61);
        // Read or refused; nothing panics.
        let _ = decided(&rules, bytes, persons(), false);
    }
}
