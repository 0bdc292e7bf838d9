//! The file around the pages: tables of objects in every form, and without one.

use super::read;
use super::writer::{Pdf, deflate, han, latin};

fn two_pages() -> Pdf {
    let mut pdf = Pdf::new();
    let fonts = pdf.fonts();
    pdf.page(&fonts, han(90.0, 700.0, "清禾市会议纪要"));
    pdf.page(&fonts, latin(90.0, 700.0, "Second page"));
    pdf
}

const BOTH: Result<&str, &&str> = Ok("清禾市会议纪要\n\nSecond page");

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = bytes.windows(from.len()).rposition(|part| part == from.as_bytes()).expect("it is there");
    [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
}

#[test]
fn tables_as_text_and_packed() {
    assert_eq!(read(&two_pages().finish()).as_deref(), BOTH);
    assert_eq!(read(&two_pages().finish_packed()).as_deref(), BOTH);
}

#[test]
fn a_broken_table_is_made_again() {
    let plain = two_pages().finish();
    assert_eq!(read(&replaced(&plain, "startxref", "startxxxx")).as_deref(), BOTH);
    assert_eq!(read(&replaced(&plain, "trailer", "trailxx")).as_deref(), BOTH);
    // Every place in the table is wrong by a byte.
    let shifted = [b"%".as_slice(), &plain[..]].concat();
    assert_eq!(read(&shifted).as_deref(), BOTH);
    let grown = replaced(&plain, "1 0 obj\n", "1 0 obj \n");
    assert_eq!(read(&grown).as_deref(), BOTH);
    // Cut off before the table.
    let table = plain.windows(6).rposition(|part| part == b"\nxref\n").expect("a table") + 1;
    assert_eq!(read(&plain[..table]).as_deref(), BOTH);
    let packed = two_pages().finish_packed();
    assert_eq!(read(&replaced(&packed, "startxref", "startxxxx")).as_deref(), BOTH);
}

#[test]
fn a_wrong_length_of_a_stream_is_found_out() {
    let plain = two_pages().finish();
    let text = String::from_utf8_lossy(&plain);
    let at = text.find("/Length ").expect("a length");
    let length: String = text[at + 8..].chars().take_while(char::is_ascii_digit).collect();
    for wrong in ["3", "999999", "0", "(x)"] {
        let from = format!("/Length {length}");
        assert_eq!(read(&replaced(&plain, &from, &format!("/Length {wrong}"))).as_deref(), BOTH, "{wrong}");
    }
}

#[test]
fn what_was_saved_later_counts() {
    let mut old = Pdf::new();
    let fonts = old.fonts();
    let page = old.page(&fonts, latin(90.0, 700.0, "first draft"));
    let mut bytes = old.finish();
    let table = bytes.windows(6).rposition(|part| part == b"\nxref\n").expect("a table") + 1;
    let contents = latin(90.0, 700.0, "last word");
    let place = bytes.len();
    // The page's contents come one object before it.
    let no = page - 1;
    bytes.extend(
        format!("{no} 0 obj\n<< /Length {} >>\nstream\n{contents}\nendstream\nendobj\n", contents.len()).bytes(),
    );
    let next = bytes.len();
    bytes.extend(format!("xref\n{no} 1\n{place:010} 00000 n \ntrailer\n<< /Size 9 /Root 1 0 R /Prev {table} >>\nstartxref\n{next}\n%%EOF").bytes());
    assert_eq!(read(&bytes).as_deref(), Ok("last word"));
    let lost = replaced(&replaced(&bytes, "startxref", "startxxxx"), "startxref", "startxxxx");
    assert_eq!(read(&lost).as_deref(), Ok("last word"));
}

#[test]
fn locked_files_are_refused_by_name() {
    let mut pdf = two_pages();
    let lock = pdf.add("<< /Filter /Own.Handler /V 9 /R 9 /P -4 >>");
    pdf.trailer = format!("/Encrypt {lock} 0 R /ID [<00> <00>]");
    assert_eq!(read(&pdf.finish()), Err("encrypted"));
    assert_eq!(read(&pdf.finish_packed()), Err("encrypted"));
}

#[test]
fn what_is_no_pdf_or_has_no_page_is_refused() {
    assert_eq!(read(b""), Err("empty"));
    assert_eq!(read(b"%PDF-1.7"), Err("broken"));
    assert_eq!(read(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>"), Err("broken"));
    assert_eq!(read(&Pdf::new().finish()), Err("broken"));
    assert_eq!(read(&Pdf::of("")), Err("no-text"));
}

#[test]
fn a_scan_says_that_it_is_one() {
    let scan = |contents: &str| {
        let mut pdf = Pdf::new();
        let picture =
            pdf.stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /Filter /DCTDecode", b"\xFF\xD8\xFF");
        let fonts = pdf.fonts();
        pdf.page(&format!("{fonts} /XObject << /Im {picture} 0 R >>"), contents);
        read(&pdf.finish())
    };
    assert_eq!(scan("q 595 0 0 842 0 0 cm /Im Do Q"), Err("scanned"));
    // Its text, found by a machine and not drawn, is text.
    let found = format!("q 595 0 0 842 0 0 cm /Im Do Q 3 Tr {}", han(90.0, 700.0, "清禾市会议纪要"));
    assert_eq!(scan(&found).as_deref(), Ok("清禾市会议纪要"));
    // A picture in passing is none of a page.
    assert_eq!(scan("q 50 0 0 50 0 0 cm /Im Do Q"), Err("no-text"));
    // One page of several that is a scan would be missed.
    let mut pdf = Pdf::new();
    let fonts = pdf.fonts();
    let picture = pdf.stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /Filter /DCTDecode", b"\xFF\xD8\xFF");
    pdf.page(&fonts, latin(90.0, 700.0, "Text"));
    pdf.page(&format!("{fonts} /XObject << /Im {picture} 0 R >>"), "q 595 0 0 842 0 0 cm /Im Do Q");
    assert_eq!(read(&pdf.finish()), Err("scanned"));
}

#[test]
fn contents_in_pieces_and_packed_twice() {
    let mut pdf = Pdf::new();
    let fonts = pdf.fonts();
    let (one, two) = (pdf.stream("", b"BT /F 10 Tf 90 700"), pdf.stream("", b"Td (in pieces) Tj ET"));
    let text = latin(90.0, 680.0, "and packed");
    let twice: String = deflate(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let three = pdf.stream("/Filter [/AHx /Fl]", format!("{twice}>").as_bytes());
    let page = pdf.page(&fonts, "");
    pdf.replace(
        page,
        format!("<< /Type /Page /Parent 2 0 R /Resources << {fonts} >> /Contents [{one} 0 R {two} 0 R {three} 0 R] >>"),
    );
    assert_eq!(read(&pdf.finish()).as_deref(), Ok("in pieces\n\nand packed"));
}
