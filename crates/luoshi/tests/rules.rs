//! Rules from the command line: checked, tried, laid out, explained, and decided on everybody.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn luoshi(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_luoshi")).args(arguments).output().expect("it runs")
}

fn pack() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/qinghe").display().to_string()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const HOUSEHOLDS: &str = "\
household,area,assets,second_home,rigid_spending,able_supporter,waived,lifted,review,event,remark
H1,rural,0,no,,no,no,no,no,none,first
H2,城镇,5000.00,否,500.01,否,否,否,否,无,
H3,urban,0,no,0,no,,no,no,none,
";

const PERSONS: &str = "\
person,household,role,birth,wage,pension,farm_income,student,severely_ill,severely_disabled,in_prison
P1,H1,head,1980-01-01,1894.00,0,0,no,no,no,no
P2,H2,户主,1960-12-21,1000.00,0,0,否,否,否,否
P3,H1,spouse,1981-01-01,0,0,0,no,no,no,no
P4,H1,child,2010-01-01,0,0,0,yes,no,no,no
P5,H3,head,,0,0,0,no,yes,no,no
";

struct Census {
    folder: tempfile::TempDir,
}

impl Census {
    fn new(households: &str, persons: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("households.csv"), households).expect("space");
        std::fs::write(folder.path().join("persons.csv"), persons).expect("space");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn sweep(&self, on: &str) -> Output {
        self.sweep_into("out.csv", on, &[])
    }

    fn sweep_into(&self, out: &str, on: &str, more: &[&str]) -> Output {
        let (pack, out) = (pack(), self.path(out).display().to_string());
        let (persons, households) = (self.path("persons.csv"), self.path("households.csv"));
        let (persons, households) = (persons.display().to_string(), households.display().to_string());
        let files = ["--rules", &pack, "--persons", &persons, "--households", &households, "--on", on, "--out", &out];
        luoshi(&[&["rules", "sweep"], files.as_slice(), more].concat())
    }
}

#[test]
fn the_pack_is_sound_its_cases_come_out_and_its_files_are_laid_out() {
    for act in ["check", "test"] {
        let output = luoshi(&["rules", act, "--rules", &pack()]);
        assert!(output.status.success(), "{}{}", printed(&output), told(&output));
    }
    let output = luoshi(&["rules", "format", "--check", "--rules", &pack()]);
    assert!(output.status.success(), "{}", printed(&output));
}

#[test]
fn everybody_is_decided_and_what_is_missing_is_named() {
    let census = Census::new(HOUSEHOLDS, PERSONS);
    let output = census.sweep("2020-12-21");
    assert!(output.status.success(), "{}", told(&output));
    let rows = std::fs::read_to_string(census.path("out.csv")).expect("written");
    let rows: Vec<&str> = rows.lines().collect();
    assert_eq!(
        rows,
        [
            "decision,of,id,household,answer,amount_yuan,conditions_met,conditions_unknown,failing,missing,synthetic",
            "dibao,household,H1,H1,yes,2.00,7,0,,,yes",
            "dibao,household,H2,H2,no,0.00,6,0,A,,yes",
            "dibao,household,H3,H3,cannot say,,3,4,,waived,yes",
            "destitute,person,P1,H1,no,,8,0,A B C,,yes",
            "destitute,person,P3,H1,no,,8,0,A B C,,yes",
            "destitute,person,P4,H1,no,,8,0,A B C,,yes",
            "destitute,person,P2,H2,yes,,11,0,C,,yes",
            "destitute,person,P5,H3,cannot say,,9,2,C,P5.birth,yes",
            "unstable,household,H1,H1,no,,0,2,A C,,yes",
            "unstable,household,H2,H2,no,,0,2,A C,,yes",
            "unstable,household,H3,H3,no,,0,2,A C,,yes",
            "edge_of_poverty,household,H1,H1,no,,1,2,C,,yes",
            "edge_of_poverty,household,H2,H2,no,,0,2,A C,,yes",
            "edge_of_poverty,household,H3,H3,no,,0,2,A C,,yes",
        ],
        "decisions that were not in force in 2020 are left out"
    );
    let (printed, told) = (printed(&output), told(&output));
    assert!(printed.contains("dibao 最低生活保障 / subsistence allowance: yes 1, no 1, cannot say 1"), "{printed}");
    assert!(printed.contains("among the reasons of 1 refusal; met, it alone would turn 1 of them"), "{printed}");
    assert!(told.contains("no rule asks for the column remark") && told.contains("edge is left out"), "{told}");
    let after = census.sweep("2024-03-01");
    assert!(after.status.success());
    let rows = std::fs::read_to_string(census.path("out.csv")).expect("written");
    assert!(rows.contains("rigid,household,H2,H2,yes,,7,0,,,yes"), "{rows}");
    assert!(
        rows.contains("rigid,household,H1,H1,no,,0,6,A,,yes"),
        "a fact that changes nothing is not asked for: {rows}"
    );
    assert!(rows.contains("single_cover,person,P5,H3,cannot say,,2,1,C,waived,yes"), "{rows}");
}

#[test]
fn what_is_malformed_is_named_by_row_and_column_and_nothing_is_written() {
    let persons = |from: &str, to: &str| (HOUSEHOLDS.to_owned(), PERSONS.replacen(from, to, 1));
    let households = |from: &str, to: &str| (HOUSEHOLDS.replacen(from, to, 1), PERSONS.to_owned());
    for ((households, persons), says) in [
        (persons("1894.00", "-1894.00"), "persons.csv, row 2, column wage: \"-1894.00\" is below zero"),
        (persons("1894.00", "1,894.00"), "persons.csv, row 2: 12 cells, where the heading has 11"),
        (
            persons("1894.00", "1894.005"),
            "row 2, column wage: \"1894.005\" has parts of a fen; write at most two decimals",
        ),
        (persons("1894.00", "99999999999999999999"), "row 2, column wage: \"99999999999999999999\" is too large"),
        (persons("1894.00", "9223372036854775807"), "row 2, column wage: \"9223372036854775807\" is too large"),
        (persons("1894.00", "NaN"), "row 2, column wage: \"NaN\" is no number"),
        (persons("no,no,no,no", "maybe,no,no,no"), "row 2, column student: \"maybe\" is neither `yes`"),
        (persons(",spouse,", ",aunt,"), "row 4, column role: \"aunt\" is none of its options: head, spouse"),
        (persons("1980-01-01", "1981-02-29"), "row 2, column birth: \"1981-02-29\" is no day"),
        (persons("1980-01-01", "01/01/1980"), "row 2, column birth: \"01/01/1980\" is no day"),
        (persons("P3,H1", "P3,H9"), "row 4, column household: there is no household \"H9\""),
        (persons("P3,H1", "P1,H2"), "row 4, column person: this person stands in row 2 too"),
        (persons("P3,H1", ",H1"), "row 4, column person: every row names its person"),
        (persons("P5,H3", "P5,H1"), "households.csv, row 4, column household: nobody lives in household \"H3\""),
        (persons("wage", "wages"), "there is no column `wage` (月工资性收入"),
        (persons("pension", "wage"), "row 1, column wage: two columns are headed so"),
        (persons("no,yes,no,no\n", "no,yes,no,no"), "persons.csv, row 6: the last row has no line end"),
        (persons("0,0,0,no,yes,no,no\n", "0,0\n"), "persons.csv, row 6: 6 cells, where the heading has 11"),
        (
            (HOUSEHOLDS.replace(",remark", ",家庭财产"), PERSONS.to_owned()),
            "households.csv, row 1, column 家庭财产: the column assets is of the same; take out one of them",
        ),
        (persons("severely_ill", "个人编号"), "row 1, column 个人编号: the column person is of the same"),
        (households("H2", "H1"), "households.csv, row 3, column household: household \"H1\" stands here a second time"),
        (households("H1,rural,0,", "H1,rural,zero,"), "households.csv, row 2, column assets: \"zero\" is no number"),
        ((String::new(), PERSONS.to_owned()), "households.csv: the file is empty"),
    ] {
        let census = Census::new(&households, &persons);
        std::fs::write(census.path("out.csv"), "what was there").expect("space");
        let output = census.sweep("2020-12-21");
        assert!(!output.status.success(), "{says}");
        assert!(told(&output).contains(says), "{says}: {}", told(&output));
        assert_eq!(std::fs::read_to_string(census.path("out.csv")).expect("it stays"), "what was there");
        assert_eq!(std::fs::read_dir(census.folder.path()).expect("a folder").count(), 3, "nothing half-written stays");
    }
}

#[test]
fn a_column_that_a_spreadsheet_changed_is_told_at_once() {
    let birth = |persons: String| persons.replace("-01-0", "/1/");
    let census = Census::new(&HOUSEHOLDS.replace("5000.00", "5000.005"), &birth(PERSONS.to_owned()));
    let said = told(&census.sweep_into("out.csv", "2020-12-21", &["--language", "zh"]));
    for says in [
        "households.csv，第3行，assets 列：\"5000.005\" 有比分更小的部分",
        "persons.csv，第2行，birth 列：\"1980/1/1\" 不是日期；写作 1980-01-01",
        "persons.csv，第5行，birth 列：\"2010/1/1\" 不是日期；写作 2010-01-01",
        "提示：电子表格会改写日期",
    ] {
        assert!(said.contains(says), "{says}: {said}");
    }
    std::fs::write(census.path("persons.csv"), b"PK\x03\x04").expect("space");
    assert!(told(&census.sweep("2020-12-21")).contains("persons.csv: this is an Excel workbook"));
}

#[test]
fn a_mark_stands_before_the_decisions_where_it_is_asked_for() {
    let census = Census::new(HOUSEHOLDS, PERSONS);
    let read = |name: &str| std::fs::read_to_string(census.path(name)).expect("written");
    assert!(census.sweep_into("plain.csv", "2020-12-21", &[]).status.success());
    assert!(census.sweep_into("marked.csv", "2020-12-21", &["--bom"]).status.success());
    assert_eq!(read("marked.csv"), format!("\u{feff}{}", read("plain.csv")));
    // What pays once has no arrears, and what pays by the month says so.
    let output = census.sweep_into("arrears.csv", "2020-12-21", &["--months", "1", "--bom"]);
    assert!(output.status.success() && read("arrears.csv").starts_with("\u{feff}decision,"), "{}", told(&output));
    let said = printed(&census.sweep_into("zh.csv", "2020-12-21", &["--language", "zh"]));
    assert!(said.contains("  每月共应付2.00元"), "{said}");
}

#[test]
fn what_is_wrong_with_files_is_told_in_the_language_of_the_rules() {
    let census = Census::new(HOUSEHOLDS, &PERSONS.replacen("1894.00", "-1894.00", 1));
    let chinese = |out: &str, on: &str| told(&census.sweep_into(out, on, &["--language", "zh"]));
    let said = chinese("out.csv", "2020-12-21");
    assert!(said.contains("persons.csv，第2行，wage 列：\"-1894.00\" 低于零"), "{said}");
    assert!(said.contains("提示：略去 edge：2020-12-21没有对它有效的规则"), "{said}");
    std::fs::write(census.path("persons.csv"), PERSONS).expect("space");
    let said = chinese("out.csv", "2020-12-21");
    assert!(said.contains("households.csv：没有规则用到 remark 列，已略去"), "{said}");
    assert!(chinese("out.csv", "2000-01-01").contains("qinghe 的认定在2000-01-01都不生效"));
    std::fs::write(census.path("persons.csv"), PERSONS.replacen("wage", "wages", 1)).expect("space");
    let said = chinese("out.csv", "2020-12-21");
    assert!(said.contains("persons.csv：没有 `wage` 列（月工资性收入，wage a month）"), "{said}");
    assert!(said.contains("；是不是 \"wages\" 列？"), "{said}");
    std::fs::remove_file(census.path("persons.csv")).expect("it was there");
    assert!(chinese("out.csv", "2020-12-21").contains("persons.csv：没有这个文件"));
    // What cannot be written is told before anything is read.
    assert!(chinese("nowhere/out.csv", "2020-12-21").contains("请先建立"));
    assert!(chinese("households.csv", "2020-12-21").contains("households.csv：既要读又要写"));
    assert_eq!(std::fs::read_to_string(census.path("households.csv")).expect("it stays"), HOUSEHOLDS);
    // Without a language asked for, that of the rules' own words.
    let folder = tempfile::tempdir().expect("a folder");
    for file in std::fs::read_dir(pack()).expect("the pack").map(|one| one.expect("a file").path()) {
        std::fs::copy(&file, folder.path().join(file.file_name().expect("a name"))).expect("space");
    }
    let rules = folder.path().display().to_string();
    assert!(luoshi(&["rules", "format", "--rules", &rules, "--words", "zh"]).status.success());
    let missing = census.path("persons.csv").display().to_string();
    let explained = |more: &[&str]| {
        let files = ["--rules", &rules, "--persons", &missing, "--households", &missing, "--on", "2020-12-21"];
        told(&luoshi(&[&["rules", "explain", "--household", "H1"], files.as_slice(), more].concat()))
    };
    assert!(explained(&[]).contains("没有这个文件"), "{}", explained(&[]));
    assert!(explained(&["--language", "en"]).contains("there is no such file"));
}

#[test]
fn nothing_is_written_over_that_is_read_or_is_no_file() {
    use std::os::unix::fs::{FileTypeExt as _, symlink};
    let census = Census::new(HOUSEHOLDS, PERSONS);
    let rules = census.path("rules");
    std::fs::create_dir(&rules).expect("space");
    for file in std::fs::read_dir(pack()).expect("the pack").map(|one| one.expect("a file").path()) {
        std::fs::copy(&file, rules.join(file.file_name().expect("a name"))).expect("space");
    }
    let law = std::fs::read(rules.join("1-law.rules")).expect("copied");
    assert!(std::process::Command::new("mkfifo").arg(census.path("fifo")).status().expect("it runs").success());
    symlink(census.path("nowhere"), census.path("to-nowhere")).expect("space");
    symlink(census.path("persons.csv"), census.path("to-persons")).expect("space");
    symlink(rules.join("1-law.rules"), census.path("to-law")).expect("space");
    let [households, persons, rules_path] =
        [census.path("households.csv"), census.path("persons.csv"), rules].map(|path| path.display().to_string());
    let sweep = |out: &str, more: &[&str]| {
        let out = census.path(out).display().to_string();
        let files = ["--persons", &persons, "--households", &households, "--rules", &rules_path, "--out", &out];
        luoshi(&[&["rules", "sweep", "--on", "2020-12-21"], files.as_slice(), more].concat())
    };
    let report = |to: &str| ["--reform", &rules_path, "--report", to].map(str::to_owned);
    for (out, says) in [
        ("fifo", "fifo: no file, so it cannot be replaced; name a file"),
        ("rules", "rules: no file, so it cannot be replaced"),
        ("to-nowhere", "to-nowhere: no file"),
        ("to-persons", "to-persons: it would be read and written"),
        ("rules/../persons.csv", "it would be read and written"),
        ("to-law", "to-law: it would be read and written"),
        ("rules/1-law.rules", "1-law.rules: it would be read and written"),
        ("rules/decisions.csv", "decisions.csv: this is a folder of rules; write it elsewhere"),
    ] {
        let output = sweep(out, &[]);
        assert!(!output.status.success() && told(&output).contains(says), "{says}: {}", told(&output));
        let to = census.path(out).display().to_string();
        let output = luoshi(&["rules", "doc", "--rules", &rules_path, "--out", &to]);
        assert!(!output.status.success() || out.ends_with("persons") || out.ends_with("persons.csv"), "{out}");
        std::fs::write(&persons, PERSONS).expect("space");
        let to = report(&to);
        let output = sweep("out.csv", &to.each_ref().map(String::as_str));
        assert!(!output.status.success() && told(&output).contains(says), "{says}: {}", told(&output));
    }
    // The same file by another path, before it is there.
    let twice = report(&census.path("rules/../out.csv").display().to_string());
    let output = sweep("out.csv", &twice.each_ref().map(String::as_str));
    assert!(told(&output).contains("out.csv: it would be read and written, or written twice"), "{}", told(&output));
    assert!(!census.path("out.csv").exists() && !census.path("nowhere").exists());
    assert!(std::fs::symlink_metadata(census.path("fifo")).expect("it stays").file_type().is_fifo());
    assert!(std::fs::symlink_metadata(census.path("to-nowhere")).expect("it stays").is_symlink());
    assert_eq!(std::fs::read(census.path("rules/1-law.rules")).expect("it stays"), law);
}

#[test]
fn a_second_run_into_one_file_is_refused_and_nothing_is_written_through_a_link() {
    let census = Census::new(HOUSEHOLDS, PERSONS);
    let beside = census.path(".out.csv.part");
    let held = std::fs::File::create(&beside).expect("space");
    held.lock().expect("it can be held");
    let output = census.sweep("2020-12-21");
    assert!(!output.status.success() && told(&output).contains("another run is writing it"), "{}", told(&output));
    drop(held);
    std::fs::remove_file(&beside).expect("it is there");
    std::fs::write(census.path("other"), "what was there").expect("space");
    std::os::unix::fs::symlink(census.path("other"), &beside).expect("space");
    let output = census.sweep("2020-12-21");
    assert!(!output.status.success() && told(&output).contains("it is no file; move it away"), "{}", told(&output));
    assert_eq!(std::fs::read_to_string(census.path("other")).expect("it stays"), "what was there");
    std::fs::remove_file(&beside).expect("it is there");
    assert!(census.sweep("2020-12-21").status.success());
}

#[test]
fn where_nobody_reads_on_it_ends_quietly() {
    let pack = pack();
    for arguments in [
        vec!["rules", "explain", "--rules", &pack, "--case", "恰为标准"],
        vec!["rules", "test", "--rules", &pack],
        vec!["rules", "check", "--rules", &pack],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = Command::new(env!("CARGO_BIN_EXE_luoshi"));
        let output = command.args(&arguments).stdout(writer).stderr(std::process::Stdio::piped()).spawn();
        let output = output.and_then(std::process::Child::wait_with_output).expect("it runs");
        assert_eq!((told(&output).as_str(), output.status.code()), ("", Some(141)), "{arguments:?}");
    }
}

#[test]
fn figures_too_large_are_answered_and_never_wrapped() {
    let persons = PERSONS.replacen("1894.00", "92233720368547758.06", 1).replacen("1981-01-01,0", "1981-01-01,1.00", 1);
    let census = Census::new(HOUSEHOLDS, &persons);
    let output = census.sweep("2020-12-21");
    assert!(output.status.success(), "{}", told(&output));
    let rows = std::fs::read_to_string(census.path("out.csv")).expect("written");
    let told = rows.lines().find(|row| row.starts_with("dibao,household,H1,H1,cannot say,,6,1,,")).expect("a row");
    assert!(told.contains("figures too large to compute with in “") && told.ends_with(",yes"), "{told}");
}

#[test]
fn a_row_in_another_encoding_is_named() {
    let census = Census::new(HOUSEHOLDS, PERSONS);
    let mut bytes = PERSONS.as_bytes().to_vec();
    let at = bytes.windows(4).position(|four| four == b"head").expect("a role");
    bytes.splice(at..at + 4, [0xbb, 0xa7, 0xd6, 0xf7]);
    std::fs::write(census.path("persons.csv"), bytes).expect("space");
    let told = told(&census.sweep("2020-12-21"));
    assert!(told.contains("persons.csv, row 2, column role: this is not UTF-8"), "{told}");
}

#[test]
fn a_proof_says_each_figure_with_its_article_and_what_would_change_it() {
    let output = luoshi(&["rules", "explain", "--rules", &pack(), "--case", "恰为标准"]);
    let proof = printed(&output);
    for says in [
        "最低生活保障：否",
        "- A 人均收入低于标准：家庭月收入 低于 家庭月保障需求",
        "最低生活保障标准（城镇） = 810.00元/月（《社会救助暂行办法》第10条",
        "若周平的月工资性收入由810.00元/月变为809.99元/月，结果即为“是”",
        "subsistence allowance: no",
        "with 周平's wage a month 809.99 yuan/month instead of 810.00 yuan/month it would be yes",
        "synthetic, not to be paid by",
    ] {
        assert!(proof.contains(says), "{says}: {proof}");
    }
    let census = Census::new(HOUSEHOLDS, PERSONS);
    let (persons, households) = (census.path("persons.csv"), census.path("households.csv"));
    let (persons, households) = (persons.display().to_string(), households.display().to_string());
    let files = ["--persons", &persons, "--households", &households, "--on", "2020-12-21"];
    let asked = |household: &str| {
        let mut arguments = vec!["rules", "explain", "--language", "en", "--decision", "dibao"];
        let pack = pack();
        arguments.extend(["--rules", &pack, "--household", household]);
        arguments.extend(files);
        luoshi(&arguments)
    };
    let one = asked("H1");
    assert!(printed(&one).contains("pays 2.00 yuan/month"), "{}{}", printed(&one), told(&one));
    assert!(told(&asked("H8")).contains("there is no household \"H8\""));
}

#[test]
fn what_is_asked_in_vain_is_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = folder.path().display().to_string();
    let other = tempfile::tempdir().expect("a folder");
    std::fs::write(other.path().join("1.rules.txt"), "").expect("space");
    let (disguised, pack) = (other.path().display().to_string(), pack());
    for (arguments, says) in [
        (vec!["rules"], "Usage: luoshi rules"),
        (vec!["rules", "chekc", "--rules", &pack], "错误：没有命令 chekc；是不是 check？"),
        (vec!["rules", "check"], "--rules <DIR>"),
        (vec!["rules", "check"], "错误：缺少参数 --rules <DIR>"),
        (vec!["rules", "check", "--rule", &pack], "错误：没有参数 --rule；是不是 --rules？"),
        (
            vec!["rules", "explain", "--rules", &pack, "--case", "恰", "--household", "H1"],
            "错误：--case <WORDS> 不能与 --household <ID> 同用",
        ),
        (vec!["rules", "check", "--rules", &disguised], "请把 "),
        (vec!["rules", "check", "--rules", "no-such-folder"], "no-such-folder：没有这个文件夹"),
        (
            vec!["rules", "sweep", "--rules", &pack, "--language", "zh", "--reform", "no-such-folder"]
                .into_iter()
                .chain(["--persons", "p.csv", "--households", "h.csv", "--on", "2020-12-21", "--out", "o.csv"])
                .collect(),
            "luoshi: no-such-folder：没有这个文件夹",
        ),
        (vec!["rules", "check", "--rules", "no-such-folder"], "no-such-folder: there is no such folder"),
        (vec!["rules", "check", "--rules", &empty], "holds no *.rules and no *.cases"),
        (vec!["rules", "sweep", "--rules", &pack, "--months", "0"], "--months <N> 不能是 \"0\"：不是1至120之间的整数"),
        (vec!["rules", "explain", "--rules", &pack], "name a case by --case WORDS, or all four of"),
        (vec!["rules", "test", "--rules", &pack, "--case", "no such words"], "the cases are:"),
        (vec!["rules", "explain", "--rules", &pack, "--case", "no such words"], "0 cases whose words contain"),
        (
            vec!["rules", "explain", "--rules", &pack, "--case", "恰为标准", "--decision", "dibo"],
            "there is no decision \"dibo\"",
        ),
        (
            vec![
                "rules",
                "sweep",
                "--rules",
                &pack,
                "--persons",
                "p.csv",
                "--households",
                "h.csv",
                "--on",
                "2020-02-30",
                "--out",
                "o.csv",
            ],
            "不是日历上写作 2026-03-31 的日期 / no day of the calendar written as 2026-03-31",
        ),
        (vec!["rules", "doc", "--rules", &pack, "--out", "no-such-folder/b.html"], "there is no folder no-such-folder"),
        (
            vec![
                "rules",
                "sweep",
                "--rules",
                &pack,
                "--persons",
                "p.csv",
                "--households",
                "h.csv",
                "--on",
                "2020-02-29",
                "--out",
                "o.csv",
            ],
            "h.csv: there is no such file",
        ),
    ] {
        let output = luoshi(&arguments);
        let said = told(&output);
        assert!(!output.status.success() && said.contains(says), "{arguments:?}: {said}");
    }
}

#[test]
fn bad_rules_are_refused_with_their_line_and_stay_as_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.rules");
    let text = "package p \"甲\" / \"a\"\nlet household.x \"乙\" / \"b\" = y\n";
    std::fs::write(&file, text).expect("space");
    let named = folder.path().display().to_string();
    let output = luoshi(&["rules", "check", "--rules", &named]);
    assert!(!output.status.success());
    assert!(told(&output).contains("a.rules:2:29") && told(&output).contains("1 error in"), "{}", told(&output));
    // In the language of the rules' own words, unless another is asked for.
    let chinese = |more: &[&str]| told(&luoshi(&[&["rules", "check", "--rules", &named], more].concat()));
    std::fs::write(&file, text.replace("let household", "设 家庭").replace("package", "规则包")).expect("space");
    let said = chinese(&[]);
    assert!(said.contains("错误[unknown-name]: 家庭没有 `y`") && said.contains("：1处错误"), "{said}");
    assert!(chinese(&["--lang", "en"]).contains("error[unknown-name]: a household has no `y`"));
    std::fs::write(&file, "let \"open").expect("space");
    assert!(!luoshi(&["rules", "format", "--rules", &named]).status.success());
    assert_eq!(std::fs::read_to_string(&file).expect("it stays"), "let \"open");
    std::fs::write(&file, b"package \xff").expect("space");
    assert!(told(&luoshi(&["rules", "check", "--rules", &named])).contains("not UTF-8 in line 1"));
}

const COUNTRY: &str = "\
person\tresident\tresidents
group\thome\thomes
role\tadult\tadults\t
variable\t\twage\tperson\tfloat\t\tmonth\tdivide\t0\t\tWage
variable\t\taid\thousehold\tfloat\t\tmonth\t\t0\tcomputed\tAid
formula\t\taid\tmonth:2021-03-01\thousehold\t((sum ⟦v wage month:2021-03-01⟧ over members) * ⟦p aid.share 2021-03-01⟧)
";

#[test]
fn openfisca_is_read_as_it_is_tested_and_imported_and_nothing_is_paid_by_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("space");
        std::fs::write(&path, text).expect("space");
        path.display().to_string()
    };
    let system = write("system", COUNTRY);
    write("parameters/aid/share.yaml", "description: Share\nvalues:\n  2020-01-01: 0.25\n");
    write(
        "tests/aid.yaml",
        "- {period: 2021-03, input: {wage: 1000}, output: {aid: 250}}\n- {period: 2021-03, input: {wage: 1}, output: {aid: 1}}\n",
    );
    let (parameters, tests) = (folder.path().join("parameters"), folder.path().join("tests"));
    let (parameters, tests) = (parameters.display().to_string(), tests.display().to_string());
    let output = luoshi(&["rules", "openfisca", "read", "--parameters", &parameters, "--tests", &tests]);
    assert_eq!(
        printed(&output),
        "1 parameter\n1 without a unit, 1 without a reference\n0 changes expected, without a value; 0 dates with more parts than a day\n2 tests\n"
    );
    let output = luoshi(&[
        "rules",
        "openfisca",
        "test",
        "--system",
        &system,
        "--parameters",
        &parameters,
        "--tests",
        &tests,
        "--least",
        "2",
    ]);
    assert!(!output.status.success(), "fewer pass than must");
    let said = printed(&output);
    assert!(said.starts_with("1 passed, 1 failed, 0 skipped of 2\n"), "{said}");
    assert!(said.contains("failed: `aid` for month:2021-03-01 is 0.25, and not 1"), "{said}");
    let out = folder.path().join("imported/aid.rules").display().to_string();
    std::fs::create_dir(folder.path().join("imported")).expect("space");
    let output = luoshi(&[
        "rules",
        "openfisca",
        "import",
        "--system",
        &system,
        "--parameters",
        &parameters,
        "--variable",
        "aid",
        "--period",
        "2021-03",
        "--out",
        &out,
    ]);
    assert!(output.status.success(), "{}", told(&output));
    let package = folder.path().join("imported").display().to_string();
    let output = luoshi(&["rules", "check", "--rules", &package]);
    assert!(
        printed(&output).contains("imported, not to be paid by: 2 figures without a unit, 1 without a source"),
        "{}",
        printed(&output)
    );
    let mut text = std::fs::read_to_string(&out).expect("it was written");
    text.push_str("  pay round down to yuan aid\n");
    std::fs::write(&out, text).expect("space");
    let output = luoshi(&["rules", "check", "--rules", &package]);
    assert!(told(&output).contains("error[imported]: nothing is paid by an imported package"), "{}", told(&output));
}
