//! Rules over time from the command line: months, what was known when, reforms, arrears.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A heating allowance that looks back at three months. `{rate}` and `{from}` are what a reform changes.
const RULES: &str = r#"
package heating "取暖补贴" / "heating allowance"
basis notice "办法" / "Measures" from 2020-01-01 synthetic "made up for this test"
param rate: money/month "每人每月补贴" / "allowance a head" under notice article 4
  from 2020-01-01: 50.00 source "s"
  {later}
param cap: money/month "上限" / "cap" under notice article 2 from 2020-01-01: 1500.00 source "s"
options area urban "城镇" / "urban", rural "农村" / "rural"
input household.area: area "类别" / "area"
input household.received: money/month monthly "当月收入" / "income of a month"
input household.rents: yes/no "租房" / "rents"
input person.counted: yes/no "计入" / "counted"
let household.n "人数" / "members" = count members where counted
decide household.heating "取暖补贴" / "heating allowance" under notice article 2 from 2020-01-01
  when A "租房" / "rents": rents
  when B "三个月平均不超过上限" / "the average of three months not above the cap":
    (average received over last 3 months) at most cap * n
  pay exactly rate * n
decide person.card "取暖卡" / "heating card" under notice article 3 from 2020-01-01
  when A "家庭享受补贴" / "the household gets the allowance": household.heating and counted
"#;

const HOUSEHOLDS: &str = "\
household,district,area,rents,received@2022-10,received@2022-11,received@2022-12
H1,东区,urban,yes,1400.00,1500.00,1600.00
H2,西区,urban,yes,1400.00,1500.00,1600.01
H3,西区,rural,yes,1000.00,,1000.00
H4,东区,rural,no,0,0,0
";

const PERSONS: &str = "\
person,household,counted
P1,H1,yes
P2,H2,yes
P3,H3,yes
P4,H4,yes
P5,H1,no
";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Folder(tempfile::tempdir().expect("a folder"));
        folder.write("households.csv", HOUSEHOLDS);
        folder.write("persons.csv", PERSONS);
        folder.rules("rules", &RULES.replace("{later}", ""));
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("space");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("written")
    }

    fn rules(&self, folder: &str, text: &str) {
        std::fs::create_dir_all(self.path(folder)).expect("space");
        self.write(&format!("{folder}/a.rules"), text);
    }

    /// A sweep; arguments that begin with `@` are files of the folder.
    fn sweep(&self, on: &str, more: &[&str]) -> Output {
        let path = |name: &str| self.path(name).display().to_string();
        let mut arguments: Vec<String> = ["rules", "sweep", "--on", on].map(str::to_owned).to_vec();
        let usual = [
            ("--persons", "persons.csv"),
            ("--households", "households.csv"),
            ("--out", "out.csv"),
            ("--rules", "rules"),
        ];
        for (flag, file) in usual.into_iter().filter(|(flag, _)| !more.contains(flag)) {
            arguments.extend([flag.to_owned(), path(file)]);
        }
        arguments.extend(more.iter().map(|one| one.strip_prefix('@').map_or((*one).to_owned(), path)));
        Command::new(env!("CARGO_BIN_EXE_luoshi")).args(arguments).output().expect("it runs")
    }

    /// The proof of a household.
    fn explained(&self, on: &str, household: &str, more: &[&str]) -> String {
        let path = |name: &str| self.path(name).display().to_string();
        let files = [("--rules", "rules"), ("--persons", "persons.csv"), ("--households", "households.csv")];
        let files = files.into_iter().flat_map(|(flag, file)| [flag.to_owned(), path(file)]);
        let more = more.iter().map(|one| one.strip_prefix('@').map_or((*one).to_owned(), path));
        let output = Command::new(env!("CARGO_BIN_EXE_luoshi"))
            .args(["rules", "explain", "--on", on, "--household", household])
            .args(files.chain(more))
            .output()
            .expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What a sweep that succeeds writes, and what it prints.
    fn swept(&self, on: &str, more: &[&str]) -> (String, String) {
        let output = self.sweep(on, more);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (self.read("out.csv"), String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

fn refused(output: &Output, says: &str) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && told.contains(says), "{says}: {told}");
}

fn lines<'t>(text: &'t str, decision: &str) -> Vec<&'t str> {
    text.lines().filter(|line| line.starts_with(decision)).collect()
}

#[test]
fn what_would_change_a_refusal_is_told_of_months_too() {
    let folder = Folder::new();
    folder.rules(
        "rules",
        &RULES.replace("{later}", "").replace("\"income of a month\"", "\"income of a month\" changeable"),
    );
    let explained = |household: &str| folder.explained("2023-01-15", household, &["--decision", "heating"]);
    let told = explained("H2");
    for says in [
        "with income of a month in 2022-12 1,600.00 yuan/month instead of 1,600.01 yuan/month it would be yes",
        "若当月收入（2022-12）由1,600.01元/月变为1,600.00元/月，结果即为“是”",
    ] {
        assert!(told.contains(says), "{says}: {told}");
    }
    // No single month suffices where each has to lie below; then what none of them may exceed is told.
    let each = "all (received at most cap * n) over last 3 months";
    let rules = folder.read("rules/a.rules").replace("(average received over last 3 months) at most cap * n", each);
    folder.rules("rules", &rules);
    folder.write("households.csv", &HOUSEHOLDS.replace("H2,西区,urban,yes,1400.00,", "H2,西区,urban,yes,1700.00,"));
    let told = explained("H2");
    for says in [
        "with income of a month at most 1,500.00 yuan/month in each month of 2022-10 – 2022-12 it would be yes",
        "若当月收入在2022-10 – 2022-12各月均不高于1,500.00元/月，结果即为“是”",
    ] {
        assert!(told.contains(says), "{says}: {told}");
    }
}

#[test]
fn an_average_stands_on_its_boundary_and_a_missing_month_is_named() {
    let folder = Folder::new();
    let (out, _) = folder.swept("2023-01-15", &[]);
    assert_eq!(
        lines(&out, "heating"),
        [
            "heating,household,H1,H1,yes,50.00,3,0,,,yes",
            "heating,household,H2,H2,no,0.00,1,0,B,,yes",
            "heating,household,H3,H3,cannot say,,1,2,,received@2022-11,yes",
            "heating,household,H4,H4,no,0.00,2,0,A,,yes",
        ]
    );
    // In February the window is another, and December is its first month.
    let (out, _) = folder.swept("2023-02-01", &[]);
    assert!(out.contains("heating,household,H1,H1,cannot say,,1,2,,received@2023-01,yes"), "{out}");
}

const FACTS: &str = "\
of,id,fact,period,value,known_from
household,H3,received,2022-11,1000.00,2023-01-10
household,H3,received,2022-11,9000.00,2023-04-20
家庭,H4,rents,2022-12-15,yes,2022-12-20
household,H4,rents,2023-02-01,no,2023-01-20
person,P5,counted,,yes,2023-03-01
";

#[test]
fn what_comes_late_changes_a_decision_from_then_on_only() {
    let folder = Folder::new();
    folder.write("facts.csv", FACTS);
    let seen = |on: &str, known: &str| folder.swept(on, &["--facts", "@facts.csv", "--known-at", known]).0;
    let then = seen("2023-01-15", "2023-01-15");
    assert_eq!(
        lines(&then, "heating"),
        [
            "heating,household,H1,H1,yes,50.00,3,0,,,yes",
            "heating,household,H2,H2,no,0.00,1,0,B,,yes",
            "heating,household,H3,H3,yes,50.00,3,0,,,yes",
            "heating,household,H4,H4,yes,50.00,3,0,,,yes",
        ]
    );
    // Before it was known that H4 rents, and after H3's income was corrected and P5 counted.
    assert!(seen("2023-01-15", "2022-12-19").contains("heating,household,H4,H4,no,0.00"));
    let now = seen("2023-01-15", "2023-04-20");
    assert!(now.contains("heating,household,H3,H3,no,0.00,1,0,B") && now.contains("H1,H1,yes,100.00"), "{now}");
    assert_eq!(folder.swept("2023-01-15", &["--facts", "@facts.csv"]).0, now, "without it, all that is known");
    // As it was known then it is decided as it was then, to the last byte, whatever has been added since.
    folder.write(
        "facts.csv",
        &format!("{FACTS}household,H1,rents,2022-01-01,no,2023-06-01\nhousehold,H2,received,2022-12,0,2023-06-02\n"),
    );
    assert_eq!(seen("2023-01-15", "2023-01-15"), then);
    // A fact from a day on is not yet so on the day before.
    assert!(seen("2023-01-31", "2023-04-20").contains("heating,household,H4,H4,yes"));
    assert!(seen("2023-02-01", "2023-04-20").contains("heating,household,H4,H4,no"));
    // Positions of a record are another axis.
    let positions = "of,id,fact,period,value,known_from\nhousehold,H3,received,2022-11,1000.00,17\n";
    folder.write("facts.csv", positions);
    assert!(seen("2023-01-15", "16").contains("H3,H3,cannot say"));
    assert!(seen("2023-01-15", "17").contains("H3,H3,yes"));
    refused(
        &folder.sweep("2023-01-15", &["--facts", "@facts.csv", "--known-at", "2023-01-15"]),
        "facts.csv, row 2, column known_from: \"17\" cannot be compared with 2023-01-15",
    );
}

#[test]
fn a_proof_says_in_which_file_and_line_each_fact_stands() {
    let folder = Folder::new();
    folder.write("facts.csv", FACTS);
    for (on, household, known, says) in [
        ("2023-01-15", "H3", "2023-01-15", "rents = yes (source: {}households.csv:4)"),
        ("2023-01-15", "H3", "2023-01-15", "2022-10 = 1,000.00 yuan/month (source: {}households.csv:4); 2022-11"),
        ("2023-01-15", "H3", "2023-01-15", "2022-11 = 1,000.00 yuan/month (source: {}facts.csv:2)"),
        ("2023-01-15", "H3", "2023-04-20", "2022-11 = 9,000.00 yuan/month (source: {}facts.csv:3)"),
        ("2023-01-15", "H3", "2023-01-15", "P3: counted = yes (source: {}persons.csv:4)"),
        ("2022-12-14", "H4", "2023-04-20", "rents = no (source: {}households.csv:5)"),
        ("2022-12-15", "H4", "2023-04-20", "rents = yes (source: {}facts.csv:4)"),
        ("2023-02-01", "H4", "2023-04-20", "rents = no (source: {}facts.csv:5)"),
        ("2023-01-15", "H1", "2023-02-28", "P5: counted = no (source: {}persons.csv:6)"),
        ("2023-01-15", "H1", "2023-04-20", "P5: counted = yes (source: {}facts.csv:6)"),
    ] {
        let told = folder.explained(on, household, &["--facts", "@facts.csv", "--known-at", known, "--language", "en"]);
        let says = says.replace("{}", &format!("{}/", folder.0.path().display()));
        assert!(told.contains(&says), "{says}: {told}");
    }
}

#[test]
fn facts_that_are_malformed_are_named_and_nothing_is_written() {
    let folder = Folder::new();
    folder.write("out.csv", "what was there");
    let head = "of,id,fact,period,value,known_from\n";
    for (rows, says) in [
        ("of,id,fact,value\n", "there is no column `period`"),
        ("flat,H1,received,2022-11,1,\n", "row 2, column of: \"flat\" is neither `person`"),
        ("household,H9,received,2022-11,1,\n", "row 2, column id: there is no household \"H9\""),
        ("person,H1,counted,,yes,\n", "row 2, column id: there is no person \"H1\""),
        (
            "household,H1,recieved,2022-11,1,\n",
            "column fact: the rules have no input \"recieved\"; is \"received\" meant?",
        ),
        ("household,H1,received,2022-13,1,\n", "column period: \"2022-13\" is no month"),
        ("household,H1,received,2022-11-01,1,\n", "column period: \"2022-11-01\" is no month"),
        ("household,H1,rents,2022-11,yes,\n", "column period: \"2022-11\" is no day"),
        ("household,H1,received,2022-01,-1,\n", "column value: \"-1\" is below zero"),
        ("household,H1,received,2022-01,1,soon\n", "column known_from: \"soon\" is neither a day"),
        ("household,H1,received,2022-11,1,\n", "row 2: another row, or a column of the table, says what this is"),
        ("household,H3,received,2022-11,1,5\nhousehold,H3,received,2022-11,2,5\n", "row 3: another row"),
        ("household,H4,rents,2022-12-15,yes,5\nhousehold,H4,rents,2022-12-15,no,5\n", "row 3: another row"),
        ("household,H3,received,2022-11,1", "row 2: 5 cells, where the heading has 6"),
        ("household,H3,received,2022-11,1,", "row 2: the last row has no line end"),
    ] {
        folder.write("facts.csv", &if rows.starts_with("of,") { rows.to_owned() } else { format!("{head}{rows}") });
        refused(&folder.sweep("2023-01-15", &["--facts", "@facts.csv"]), says);
        assert_eq!(folder.read("out.csv"), "what was there", "{says}");
    }
    folder.write("facts.csv", "of,id,fact,period,value\n");
    refused(
        &folder.sweep("2023-01-15", &["--facts", "@facts.csv", "--known-at", "3"]),
        "there is no column `known_from`",
    );
    folder.write("households.csv", &HOUSEHOLDS.replace("received@2022-10", "received"));
    refused(&folder.sweep("2023-01-15", &[]), "this has a value for each month: head its columns `received@2026-03`");
    folder.write("households.csv", &HOUSEHOLDS.replace("received@2022-10", "received@October"));
    refused(&folder.sweep("2023-01-15", &[]), "\"October\" is no month");
    folder.write("households.csv", &HOUSEHOLDS.replace("received@2022-10", "当月收入@2022-11"));
    refused(&folder.sweep("2023-01-15", &[]), "another column is of the same fact and month");
}

#[test]
fn a_reform_says_who_wins_and_loses_by_district_and_what_it_costs() {
    let folder = Folder::new();
    let reform = RULES
        .replace("{later}", "from 2023-01-01: 60.00 source \"s\"")
        .replace("at most cap * n", "at most cap * n * 2")
        .replace("rents\n  when B", "rents and area is urban\n  when B");
    folder.rules("reform", &reform);
    let more = ["--reform", "@reform", "--by", "district", "--report", "@report.html"];
    folder.write("households.csv", &HOUSEHOLDS.replace("1000.00,,", "1000.00,1000.00,"));
    let (out, told) = folder.swept("2023-01-15", &more);
    assert_eq!(
        lines(&out, "heating"),
        [
            "heating,household,H1,H1,东区,yes,50.00,yes,60.00,10.00,winner,yes",
            "heating,household,H2,H2,西区,no,0.00,yes,60.00,60.00,newly covered,yes",
            "heating,household,H3,H3,西区,yes,50.00,no,0.00,-50.00,no longer covered,yes",
            "heating,household,H4,H4,东区,no,0.00,no,0.00,0.00,unchanged,yes",
        ]
    );
    assert!(out.contains("card,person,P2,H2,西区,no,,yes,,,newly covered,yes"), "{out}");
    let says = "winner 1, loser 0, newly covered 1, no longer covered 1, unchanged 1, cannot say 0";
    assert!(told.contains(says) && told.contains("pays 120.00 a month after 100.00 before: +20.00 yuan"), "{told}");
    assert!(told.contains("district 东区: winner 1") && told.contains("district 西区: winner 0"), "{told}");
    assert!(told.contains("synthetic, not to be paid by: 办法 / Measures"), "{told}");
    let page = folder.read("report.html");
    for says in [
        "<svg",
        "西区",
        "不再覆盖 <span lang=\"en\">no longer covered</span>",
        "+20.00",
        "synthetic, not to be paid by",
        "district",
    ] {
        assert!(page.contains(says), "{says}: {page}");
    }
    assert!(!page.contains("<script") && !page.contains("http"));
    // What it says of each of the two is what each says by itself.
    let alone = |rules: &str| folder.swept("2023-01-15", &["--rules", rules]).0;
    let cut = |text: &str, from: usize| -> Vec<String> {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        let rows = text.lines().skip(1).map(cells);
        rows.map(|row| format!("{} {} {} {}", row[0], row[2], row[from], row[from + 1])).collect()
    };
    assert_eq!(cut(&out, 5), cut(&alone("@rules"), 4));
    assert_eq!(cut(&out, 7), cut(&alone("@reform"), 4));
}

#[test]
fn an_empty_reform_changes_nothing_and_one_from_a_month_on_nothing_before() {
    let folder = Folder::new();
    folder.write(
        "households.csv",
        &HOUSEHOLDS
            .replace("received@2022-10", "received@2022-07,received@2022-08,received@2022-09,received@2022-10")
            .replace("yes,1", "yes,1,1,1,1")
            .replace("no,0", "no,0,0,0,0"),
    );
    let (out, told) = folder.swept("2023-01-15", &["--reform", "@rules"]);
    assert!(
        told.contains("winner 0, loser 0, newly covered 0, no longer covered 0, unchanged 3, cannot say 1"),
        "{told}"
    );
    for line in out.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells[5..7], cells[7..9], "{line}");
    }
    let (out, _) = folder.swept("2023-01-15", &["--reform", "@rules", "--months", "4"]);
    assert!(out.lines().skip(1).all(|line| line.ends_with(",,yes")), "nothing is owed by it: {out}");
    folder.rules("reform", &RULES.replace("{later}", "from 2022-12-01: 60.00 source \"s\""));
    let (out, told) = folder.swept("2023-01-15", &["--reform", "@reform", "--months", "4"]);
    let owed: Vec<&str> = out.lines().filter(|line| line.ends_with(",10.00,yes")).collect();
    assert_eq!(
        owed,
        [
            "heating,household,H1,H1,2022-12,yes,60.00,50.00,10.00,yes",
            "heating,household,H2,H2,2022-12,yes,60.00,50.00,10.00,yes",
            "heating,household,H1,H1,2023-01,yes,60.00,50.00,10.00,yes",
        ]
    );
    assert!(told.contains("2022-11: owed 0.00 to 0") && told.contains("in all: owed 30.00 yuan"), "{told}");
    assert!(told.contains("synthetic, not to be paid by: 办法 / Measures"), "{told}");
}

#[test]
fn arrears_are_what_is_due_less_what_was_paid() {
    let folder = Folder::new();
    let paid = "decision,id,month,amount_yuan\nheating,H1,2023-01,20.00\n取暖补贴,H1,2023-01,25.50\nheating,H4,2023-01,50.00\nheating,H1,2020-01,1.00\n";
    folder.write("paid.csv", paid);
    let (out, told) = folder.swept("2023-01-15", &["--months", "1", "--paid", "@paid.csv"]);
    assert_eq!(
        out.lines().skip(1).collect::<Vec<_>>(),
        [
            "heating,household,H1,H1,2023-01,yes,50.00,45.50,4.50,yes",
            "heating,household,H3,H3,2023-01,cannot say,,0.00,,yes",
            "heating,household,H4,H4,2023-01,no,0.00,50.00,-50.00,yes",
        ]
    );
    assert!(told.contains("2023-01: owed 4.50 to 1, paid too much 50.00 to 1, cannot say 1"), "{told}");
    // One run's decisions are another's payments: nothing is left.
    let (due, _) = folder.swept("2023-01-15", &["--months", "2"]);
    folder.write("paid.csv", &due);
    let (out, _) = folder.swept("2023-01-15", &["--months", "2", "--paid", "@paid.csv"]);
    assert!(out.lines().skip(1).all(|line| line.ends_with(",,yes")), "{out}");
    folder.write("out.csv", "what was there");
    for (row, says) in [
        ("heting,H1,2023-01,1", "row 2, column decision: \"heting\" is not one of the decisions"),
        ("card,P1,2023-01,1", "column decision: \"card\" pays no amount a month"),
        ("heating,H9,2023-01,1", "column id: there is no household \"H9\""),
        ("heating,H1,2023-1,1", "column month: \"2023-1\" is no month"),
        (
            "heating,H1,2023-01,",
            "row 2, column amount_yuan: it does not say how much was paid; write 0.00 where nothing was",
        ),
        ("heating,H1,2023-01,1.005", "column amount_yuan: \"1.005\" is no amount in yuan"),
        ("heating,H1,2023-01,99999999999999.00", "what was paid in this month adds up to too much"),
    ] {
        folder.write("paid.csv", &format!("decision,id,month,amount_yuan\n{row}\n"));
        refused(&folder.sweep("2023-01-15", &["--months", "1", "--paid", "@paid.csv"]), says);
        assert_eq!(folder.read("out.csv"), "what was there", "{says}");
    }
}

#[test]
fn what_was_paid_while_a_decision_was_not_in_force_was_too_much_and_other_months_are_counted() {
    let folder = Folder::new();
    let later =
        RULES.replace("{later}", "").replace("article 2 from 2020-01-01\n  when", "article 2 from 2023-01-01\n  when");
    folder.rules("rules", &later);
    let paid =
        "decision,id,month,amount_yuan\nheating,H1,2022-12,50.00\nheating,H1,2022-10,1.00\nheating,H2,2023-02,1.00\n";
    folder.write("paid.csv", paid);
    let output = folder.sweep("2023-01-15", &["--months", "2", "--paid", "@paid.csv"]);
    let (out, told) = (folder.read("out.csv"), String::from_utf8_lossy(&output.stderr).into_owned());
    let first = out.lines().nth(1);
    assert_eq!(first, Some("heating,household,H1,H1,2022-12,not in force,0.00,50.00,-50.00,no"), "{out}");
    assert!(out.contains("heating,household,H1,H1,2023-01,yes,50.00,0.00,50.00,yes"), "{out}");
    assert!(told.contains("paid.csv: 2 rows are of no month that is recomputed, and are left aside"), "{told}");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.contains("2022-12: owed 0.00 to 0, paid too much 50.00 to 1, cannot say 0"), "{printed}");
}

#[test]
fn a_reform_that_ends_or_abolishes_a_decision_owes_less_by_what_it_paid() {
    let folder = Folder::new();
    let rules = RULES.replace("{later}", "");
    let ended = rules.replace("article 2 from 2020-01-01\n  when", "article 2 from 2020-01-01 to 2022-11-30\n  when");
    let abolished = rules.split("decide household.heating").next().expect("what stands before").to_owned();
    for reform in [ended, abolished] {
        folder.rules("reform", &reform);
        let (out, told) = folder.swept("2023-01-15", &["--reform", "@reform", "--months", "1"]);
        let rows: Vec<&str> = out.lines().skip(1).collect();
        let gone = "heating,household,H1,H1,2023-01,not in force,0.00,50.00,-50.00,yes";
        assert_eq!(rows, [gone, "heating,household,H3,H3,2023-01,not in force,0.00,,,yes"], "{reform}");
        assert!(told.contains("2023-01: owed 0.00 to 0, paid too much 50.00 to 1, cannot say 1"), "{told}");
    }
}

#[test]
fn an_amount_a_month_is_not_compared_with_one_a_year_or_paid_once() {
    let folder = Folder::new();
    let rules = RULES.replace("{later}", "");
    for (pays, says) in [
        ("rate * n * 12 months / 1 year", "heating pays by the month now and by the year after the reform"),
        ("rate * n * 1 month", "heating pays by the month now and once after the reform"),
    ] {
        folder.rules("reform", &rules.replace("pay exactly rate * n", &format!("pay exactly {pays}")));
        for more in [vec![], vec!["--months", "2"]] {
            refused(&folder.sweep("2023-01-15", &[&["--reform", "@reform"], more.as_slice()].concat()), says);
        }
    }
}

#[test]
fn that_a_decision_is_not_in_force_before_or_after_a_reform_is_told() {
    let folder = Folder::new();
    let rules = RULES.replace("{later}", "");
    let ended = rules.replace("article 2 from 2020-01-01\n  when", "article 2 from 2020-01-01 to 2022-11-30\n  when");
    folder.rules("reform", &ended);
    let told = |rules: &str, reform: &str, more: &[&str]| {
        let more = [&["--rules", rules, "--reform", reform], more].concat();
        String::from_utf8_lossy(&folder.sweep("2023-01-15", &more).stderr).into_owned()
    };
    for (rules, reform, more, says) in [
        (
            "@rules",
            "@reform",
            vec![],
            "heating is not in force on 2023-01-15 after the reform: it covers nobody then, and",
        ),
        ("@reform", "@rules", vec![], "heating is not in force on 2023-01-15 before the reform: it covers nobody then"),
        ("@reform", "@reform", vec![], "heating is left out: no rule for it is in force on 2023-01-15"),
        (
            "@rules",
            "@reform",
            vec!["--months", "3"],
            "heating is not in force in 2022-12 – 2023-01: what was paid then",
        ),
    ] {
        let told = told(rules, reform, &more);
        assert!(told.contains(says), "{says}: {told}");
    }
    assert!(!told("@reform", "@reform", &["--months", "3"]).contains("what was paid then"));
    assert!(!told("@rules", "@rules", &[]).contains("in force"));
    let alone = folder.sweep("2023-01-15", &["--rules", "@reform", "--months", "2"]);
    let alone = String::from_utf8_lossy(&alone.stderr).into_owned();
    assert!(alone.contains("heating is not in force in 2022-12 – 2023-01: nothing is due then"), "{alone}");
}

#[test]
fn in_a_month_whose_rules_pay_nothing_nothing_is_owed() {
    let folder = Folder::new();
    let (from, first) = (
        "article 2 from 2020-01-01\n",
        "article 2 from 2020-01-01 to 2022-12-31\n  when A \"租房\" / \"rents\": rents\n",
    );
    let versions = format!("{first}  under notice article 2 from 2023-01-01\n");
    folder.rules("rules", &RULES.replace("{later}", "").replace(from, &versions));
    let (out, told) = folder.swept("2023-01-15", &["--months", "3"]);
    let rows: Vec<&str> = out.lines().skip(1).collect();
    let owed = "heating,household,H1,H1,2023-01,yes,50.00,0.00,50.00,yes";
    assert_eq!(rows, [owed, "heating,household,H3,H3,2023-01,cannot say,,0.00,,yes"], "{told}");
}

#[test]
fn a_reform_says_what_it_makes_up_where_the_rules_before_it_do_not() {
    let folder = Folder::new();
    let rules = RULES.replace("{later}", "").replace("synthetic \"made up for this test\"", "source \"s\"");
    folder.rules("rules", &rules);
    assert!(folder.swept("2023-01-15", &["--reform", "@rules"]).0.contains("unchanged,no"));
    let city = "basis city \"细则\" / \"city rules\" from 2020-01-01 synthetic \"x\"\nparam rate";
    let words = "\"人数\" / \"members\"";
    for reform in [
        rules.replace("param rate", city).replace(words, &format!("{words} under city article 1")),
        rules.replace("from 2020-01-01 source \"s\"\nparam", "from 2020-01-01 synthetic \"s\"\nparam"),
    ] {
        assert_ne!(reform, rules);
        folder.rules("reform", &reform);
        let (out, told) = folder.swept("2023-01-15", &["--reform", "@reform"]);
        assert!(out.lines().skip(1).all(|line| line.ends_with(",yes")), "{out}");
        assert!(told.contains("synthetic, not to be paid by"), "{told}");
    }
}

#[test]
fn what_a_cost_leaves_out_is_said() {
    let folder = Folder::new();
    folder.rules("reform", &RULES.replace("{later}", "").replace("over last 3 months", "over last 4 months"));
    let (_, told) = folder.swept("2023-01-15", &["--reform", "@reform", "--by", "district"]);
    let says = "pays 0.00 a month after 0.00 before: 0.00 yuan, without the 3 that cannot be said; as far as known they were paid 50.00 before";
    assert!(told.contains(says), "{told}");
    let east = "东区: winner 0, loser 0, newly covered 0, no longer covered 0, unchanged 1, cannot say 1; pays 0.00 a month after";
    assert!(told.contains(east) && told.contains("without the 2 that cannot be said"), "{told}");
}

#[test]
fn both_files_of_a_reform_come_into_place_or_neither() {
    let folder = Folder::new();
    folder.write("out.csv", "what was there");
    std::fs::create_dir(folder.path(".report.html.part")).expect("space");
    let more = ["--reform", "@rules", "--report", "@report.html"];
    refused(&folder.sweep("2023-01-15", &more), ".report.html.part");
    assert_eq!(folder.read("out.csv"), "what was there");
    std::fs::remove_dir(folder.path(".report.html.part")).expect("it is there");
    assert!(folder.sweep("2023-01-15", &more).status.success());
    assert!(folder.read("out.csv").starts_with("decision,") && folder.read("report.html").starts_with("<!doctype"));
    assert!(!folder.path(".report.html.part").exists() && !folder.path(".out.csv.part").exists());
}

#[test]
fn words_that_a_reform_gives_to_two_facts_are_refused() {
    let folder = Folder::new();
    let rules = RULES
        .replace("{later}", "")
        .replace("household.rents: yes/no", "household.lets: yes/no")
        .replace("\": rents\n", "\": lets\n");
    folder.rules("reform", &rules);
    refused(
        &folder.sweep("2023-01-15", &["--reform", "@reform"]),
        "`lets` of the reform and `rents` are both called \"租房\", so a table could mean either; give it other words",
    );
}

#[test]
fn a_reform_that_measures_otherwise_is_refused_by_name() {
    let folder = Folder::new();
    folder.rules(
        "reform",
        &RULES.replace("{later}", "").replace("received: money/month monthly", "received: money/month"),
    );
    refused(&folder.sweep("2023-01-15", &["--reform", "@reform"]), "");
    folder.rules(
        "reform",
        &RULES
            .replace("{later}", "")
            .replace("person.counted: yes/no", "person.counted: date")
            .replace("where counted", "where (years since counted) above 3 years")
            .replace("and counted", ""),
    );
    refused(
        &folder.sweep("2023-01-15", &["--reform", "@reform"]),
        "the input `counted` is declared otherwise in the reform",
    );
    for more in [
        vec!["--by", "district"],
        vec!["--reform", "@rules", "--by", "region"],
        vec!["--paid", "@persons.csv"],
        vec!["--months", "0"],
        vec!["--months", "121"],
        vec!["--reform", "@rules", "--months", "2", "--paid", "@persons.csv"],
        vec!["--known-at", "2023-01-01"],
        vec!["--facts", "@persons.csv", "--known-at", "yesterday"],
    ] {
        refused(&folder.sweep("2023-01-15", &more), "");
    }
}

#[test]
fn a_run_that_was_killed_leaves_what_was_there_and_the_next_gives_the_same_bytes() {
    let folder = Folder::new();
    let (mut households, mut persons) = (
        String::from("household,area,rents,received@2022-10,received@2022-11,received@2022-12\n"),
        String::from("person,household,counted\n"),
    );
    for at in 0..60_000 {
        households += &format!("H{at},urban,yes,{at}.00,{at}.00,{at}.00\n");
        persons += &format!("P{at},H{at},yes\n");
    }
    folder.write("households.csv", &households);
    folder.write("persons.csv", &persons);
    let (whole, _) = folder.swept("2023-01-15", &["--months", "12"]);
    folder.write("out.csv", "what was there");
    let path = |name: &str| folder.path(name);
    let mut killed = 0;
    for wait in [5, 20, 60, 120, 200] {
        let mut run = Command::new(env!("CARGO_BIN_EXE_luoshi"))
            .args(["rules", "sweep", "--on", "2023-01-15", "--months", "12", "--rules"])
            .arg(path("rules"))
            .arg("--persons")
            .arg(path("persons.csv"))
            .arg("--households")
            .arg(path("households.csv"))
            .arg("--out")
            .arg(path("out.csv"))
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("it runs");
        std::thread::sleep(std::time::Duration::from_millis(wait));
        if run.try_wait().expect("it can be asked").is_none() {
            run.kill().expect("it can be ended");
            killed += 1;
        }
        run.wait().expect("it ends");
        let out = folder.read("out.csv");
        assert!(out == "what was there" || out == whole, "half a file after {wait} ms");
    }
    assert!(killed > 0);
    assert_eq!(folder.swept("2023-01-15", &["--months", "12"]).0, whole);
    let left: Vec<_> =
        Path::new(folder.0.path()).read_dir().expect("a folder").flatten().map(|one| one.file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with(".part")), "{left:?}");
}

#[test]
#[cfg(feature = "parquet")]
fn what_one_run_writes_as_parquet_another_reads_as_from_csv() {
    let folder = Folder::new();
    let (due, _) = folder.swept("2023-01-15", &["--months", "2"]);
    folder.write("due.csv", &due);
    assert!(folder.sweep("2023-01-15", &["--months", "2", "--out", "@due.parquet"]).status.success());
    assert!(std::fs::read(folder.path("due.parquet")).expect("written").starts_with(b"PAR1"));
    let against = |paid: &str| folder.swept("2023-01-15", &["--months", "2", "--paid", paid]);
    assert_eq!(against("@due.parquet"), against("@due.csv"));
    assert_ne!(against("@due.csv").0, due, "what was paid counts");
}

#[test]
#[cfg(not(feature = "parquet"))]
fn without_parquet_it_is_said_how_to_get_it() {
    let folder = Folder::new();
    refused(&folder.sweep("2023-01-15", &["--out", "@out.parquet"]), "out.parquet: this luoshi writes CSV only");
    folder.write("households.csv", "PAR1, and what follows");
    refused(&folder.sweep("2023-01-15", &[]), "households.csv: this is a Parquet file");
}
