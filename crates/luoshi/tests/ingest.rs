//! Files taken straight into a folder: read, read in part, or kept as they came, and said to be so.

use std::path::Path;
use std::process::{Command, Output};

/// A file of these pages: text, or a picture where there is none.
fn pdf(pages: &[&str]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|no| format!("{} 0 R ", 5 + 2 * no)).collect();
    let mut out = format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [{kids}] >>\nendobj\n\
         3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>\nendobj\n\
         4 0 obj\n<< /Subtype /Image /Filter /DCTDecode /Length 3 >>\nstream\nabc\nendstream\nendobj\n"
    );
    for (no, text) in pages.iter().enumerate() {
        let (page, contents) = (5 + 2 * no, 6 + 2 * no);
        let drawn = match *text {
            "" => "q 595 0 0 842 0 0 cm /P Do Q".to_owned(),
            text => format!("BT /F 10 Tf 50 700 Td ({text}) Tj ET"),
        };
        out += &format!(
            "{page} 0 obj\n<< /Type /Page /Contents {contents} 0 R /Resources << /Font << /F 3 0 R >> /XObject << /P 4 0 R >> >> >>\n\
             endobj\n{contents} 0 obj\n<< /Length {} >>\nstream\n{drawn}\nendstream\nendobj\n",
            drawn.len()
        );
    }
    (out + "trailer << /Root 1 0 R >>").into_bytes()
}

fn luoshi(arguments: &[&str], paths: &[&Path]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_luoshi"));
    command.args(arguments).args(paths).output().expect("it runs")
}

#[test]
fn what_is_taken_into_a_folder_says_what_of_it_was_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("city");
    let made = luoshi(&["demo", "--prepare-only", "--data"], &[&dir]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    const TEXT: &str = "The Water Bureau shall dredge the outfall by 1 May 2027.";
    // Words that stand on every page in one place are a heading, and no text.
    const MORE: &str = "The Clerk shall report what the survey found by 1 June 2027.";
    let large = [pdf(&["", ""]), vec![b' '; sources::MAX_BYTES]].concat();
    for (name, bytes, said) in [
        ("minutes.pdf", pdf(&[TEXT]), Ok("taken in as /documents/")),
        ("part.pdf", pdf(&[TEXT, "", "", MORE, ""]), Ok("; not read, because they are pictures: pages 2–3, 5")),
        ("scan.pdf", pdf(&["", ""]), Ok("kept, and not read (scanned): /documents/")),
        ("large.pdf", large, Ok("kept, and not read (too-large): /documents/")),
        ("broken.pdf", b"%PDF-1.7".to_vec(), Err("damaged")),
        ("broken.ofd", b"no archive".to_vec(), Err("damaged")),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("space");
        let answer = luoshi(&["ingest", "--as", "clerk", "--data"], &[&dir, &file]);
        let (out, error) = (String::from_utf8_lossy(&answer.stdout), String::from_utf8_lossy(&answer.stderr));
        match said {
            Ok(said) => assert!(answer.status.success() && out.contains(said), "{name}: {out}{error}"),
            Err(said) => assert!(!answer.status.success() && error.contains(said), "{name}: {out}{error}"),
        }
    }
    let out = folder.path().join("out");
    let answer = luoshi(&["extract", "--out"], &[&out, &folder.path().join("part.pdf")]);
    let said = String::from_utf8_lossy(&answer.stderr).into_owned();
    assert!(answer.status.success() && said.contains("pages 2–3, 5"), "{said}");
    let read = std::fs::read_to_string(out.join("part.json")).expect("it was written");
    assert!(read.contains("\"unread_pages\": [\n    2,\n    3,\n    5\n  ]"), "{read}");
}
