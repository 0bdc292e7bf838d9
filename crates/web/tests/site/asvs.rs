//! The table of security requirements is whole, and what it names is there.

use std::collections::BTreeSet;
use std::path::Path;

/// How many requirements of levels 1 and 2 each section has, in the chapters that apply by line, with those of level 3
/// between them left out. Source: OWASP ASVS 5.0.0, the English list.
const REQUIREMENTS: &str = "
    1.1.1-2 1.2.1-9 1.3.1-11 1.4.1-3 1.5.1-2
    2.1.1-3 2.2.1-3 2.3.1-4 2.4.1
    3.2.1-2 3.3.1-4 3.4.1-6 3.5.1-5 3.7.1-2
    4.1.1-3 4.2.1 4.3.1-2 4.4.1-4
    5.1.1 5.2.1-3 5.3.1-2 5.4.1-3
    6.1.1-3 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-5 6.6.1-3 6.8.1-4
    7.1.1-3 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2 7.6.1-2
    8.1.1-2 8.2.1-3 8.3.1 8.4.1
    11.1.1-2 11.2.1-3 11.3.1-3 11.4.1-4 11.5.1 11.6.1
    12.1.1-3 12.2.1-2 12.3.1-4
    13.1.1 13.2.1-5 13.3.1-2 13.4.1-5
    14.1.1-2 14.2.1-4 14.3.1-3
    15.1.1-3 15.2.1-3 15.3.1-7
    16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3";

/// `1.2.6 – 1.2.8` and `1.2.6-8` as three numbers.
fn numbers(written: &str) -> Vec<String> {
    let (first, last) = written.split_once(['-', '–']).unwrap_or((written, written));
    let (first, last) = (first.trim(), last.trim());
    let (section, from) = first.rsplit_once('.').expect("a section");
    let to = last.rsplit('.').next().expect("a number");
    let (from, to): (u32, u32) = (from.parse().expect("a number"), to.parse().expect("a number"));
    (from..=to).map(|no| format!("{section}.{no}")).collect()
}

#[test]
fn every_requirement_stands_here_once_and_every_test_named_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let table = std::fs::read_to_string(root.join("docs/security/asvs.md")).expect("the table");
    let by_line = |chapter: &str| !["9", "10", "17"].contains(&chapter);
    let rows = table.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let mut stand: Vec<String> = vec![];
    for (said, _) in rows.filter(|(said, _)| said.starts_with(|c: char| c.is_ascii_digit())) {
        if by_line(said.split('.').next().expect("a chapter")) {
            stand.extend(said.split(',').flat_map(|part| numbers(part.trim())));
        }
    }
    let asked: Vec<String> = REQUIREMENTS.split_whitespace().flat_map(numbers).collect();
    let (once, all): (BTreeSet<&String>, BTreeSet<&String>) = (stand.iter().collect(), asked.iter().collect());
    assert_eq!(once.len(), stand.len(), "a number stands twice");
    assert_eq!(once.symmetric_difference(&all).collect::<Vec<_>>(), Vec::<&&String>::new(), "left out, or too much");
    for chapter in 1..=17 {
        assert!(table.contains(&format!("\n## V{chapter} ")), "chapter {chapter}");
    }
    let mut named = 0;
    for word in table.split('`').skip(1).step_by(2) {
        let Some((file, test)) = word.split_once(".rs::").filter(|(_, test)| *test != "…") else { continue };
        let path = root.join("crates").join(format!("{file}.rs"));
        let code = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let before = code.split_once(&format!("fn {test}(")).unwrap_or_else(|| panic!("{word} is not there")).0;
        let marks = before.rsplit("\n\n").next().expect("what stands before it");
        assert!(
            marks.contains("test]") || marks.contains("::test(") || before.contains("proptest! {"),
            "{word} is no test"
        );
        named += 1;
    }
    assert!(named > 100, "{named} tests are named");
}
