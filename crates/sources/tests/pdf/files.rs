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
fn an_empty_password_is_none() {
    const TEXT: &str = "清禾市会议纪要\n\nThe Water Bureau shall dredge the outfall by 1 May 2027.\n\nSeen by all";
    for (name, file) in [
        ("RC4, 40 bits", include_bytes!("locked/rc4-40.pdf").as_slice()),
        ("RC4, 128 bits", include_bytes!("locked/rc4-128.pdf")),
        ("RC4 by filters", include_bytes!("locked/rc4-v4.pdf")),
        ("AES, 128 bits", include_bytes!("locked/aes-128.pdf")),
        ("AES, metadata open", include_bytes!("locked/aes-128-open-metadata.pdf")),
        ("AES, 256 bits, revision 5", include_bytes!("locked/aes-256-r5.pdf")),
        ("AES, 256 bits, packed objects", include_bytes!("locked/aes-256.pdf")),
    ] {
        assert_eq!(read(file).as_deref(), Ok(TEXT), "{name}");
        // Where its table is broken it is gone through, and opened all the same.
        assert_eq!(read(&replaced(file, "startxref", "startxxxx")).as_deref(), Ok(TEXT), "{name}");
    }
    for file in [include_bytes!("locked/password-128.pdf").as_slice(), include_bytes!("locked/password-256.pdf")] {
        assert_eq!(read(file), Err("encrypted"));
    }
}

#[test]
fn a_lock_that_was_tampered_with_breaks_nothing() {
    for file in [
        include_bytes!("locked/rc4-40.pdf").as_slice(),
        include_bytes!("locked/aes-128.pdf"),
        include_bytes!("locked/aes-256-r5.pdf"),
    ] {
        // No byte of the lock may be trusted: each is set to others in turn.
        let at = file.windows(8).rposition(|part| part == b"/Encrypt").expect("a lock");
        let own = file.windows(7).position(|part| part == b"/Filter").expect("filters");
        for place in (own..at + 40).step_by(3) {
            for byte in [0, b'9', b'>', 0xFF] {
                let mut file = file.to_vec();
                if let Some(old) = file.get_mut(place) {
                    *old = byte;
                }
                let text = read(&file).unwrap_or_default();
                assert!(!text.contains(|c: char| c == '\u{FFFD}' || ('\u{E000}'..='\u{F8FF}').contains(&c)));
            }
        }
    }
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
    // Stamped by another program, it is one all the same; what is not said to be one is a page with a picture.
    let stamped = format!("q 595 0 0 842 0 0 cm /Im Do Q {}", latin(90.0, 800.0, "Received 4 March 2027, No 17"));
    assert_eq!(scan(&stamped), Err("scanned"));
    let under = format!("q 595 0 0 300 0 0 cm /Im Do Q {}", latin(90.0, 700.0, "The new sluice"));
    assert_eq!(scan(&under).as_deref(), Ok("The new sluice"));
    // Letters drawn as curves are a picture too.
    assert_eq!(scan(&"90 700 m 1 2 3 4 5 6 c f ".repeat(399)), Err("no-text"));
    assert_eq!(scan(&"90 700 m 1 2 3 4 5 6 c f ".repeat(400)), Err("scanned"));
}

#[test]
fn pages_that_are_scans_among_others_are_named() {
    let mut pdf = Pdf::new();
    let fonts = pdf.fonts();
    let picture = pdf.stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /Filter /DCTDecode", b"\xFF\xD8\xFF");
    let whole = format!("{fonts} /XObject << /Im {picture} 0 R >>");
    pdf.page(&whole, "q 595 0 0 842 0 0 cm /Im Do Q");
    pdf.page(&fonts, latin(90.0, 700.0, "The Water Bureau shall dredge the outfall"));
    pdf.page(&whole, "q 595 0 0 842 0 0 cm /Im Do Q".to_owned() + &latin(280.0, 20.0, "3"));
    pdf.page(&fonts, "");
    let read = sources::canonical(&pdf.finish(), sources::Format::Pdf).expect("readable");
    assert_eq!(read.as_str(), "The Water Bureau shall dredge the outfall");
    // A page on which nothing stands is none of them.
    assert_eq!(read.unread_pages(), [1, 3]);
    let mut reading = sources::read(&read, &sources::Profile::default());
    reading.stand(&read);
    assert_eq!(serde_json::to_value(&reading).expect("plain data")["unread_pages"], serde_json::json!([1, 3]));
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
