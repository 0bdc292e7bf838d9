//! Files that cannot be read yet: kept as they came, said to be unread, and given out again.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use web::texts::Lang;

use super::markup;
use super::qinghe::{CLERK, HEAD, browser_of, city};

/// A page that is a picture.
const SCAN: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] >>\nendobj\n\
3 0 obj\n<< /Type /Page /MediaBox [0 0 10 10] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>\nendobj\n\
4 0 obj\n<< /Length 26 >>\nstream\nq 10 0 0 10 0 0 cm /P Do Q\nendstream\nendobj\n\
5 0 obj\n<< /Subtype /Image /Filter /DCTDecode /Length 3 >>\nstream\n\xFF\xD8\xFF\nendstream\nendobj\ntrailer << /Root 1 0 R >>";

/// Two pages: the first is text, the second a picture.
const HALF: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R 6 0 R] >>\nendobj\n\
3 0 obj\n<< /Type /Page /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>\nendobj\n\
4 0 obj\n<< /Length 93 >>\nstream\nBT /F 10 Tf 50 700 Td (The Water Bureau shall plant no more than 40 trees by 1 May 2027.) Tj ET\nendstream\nendobj\n\
5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>\nendobj\n\
6 0 obj\n<< /Type /Page /MediaBox [0 0 10 10] /Contents 7 0 R /Resources << /XObject << /P 8 0 R >> >> >>\nendobj\n\
7 0 obj\n<< /Length 26 >>\nstream\nq 10 0 0 10 0 0 cm /P Do Q\nendstream\nendobj\n\
8 0 obj\n<< /Subtype /Image /Filter /DCTDecode /Length 3 >>\nstream\n\xFF\xD8\xFF\nendstream\nendobj\ntrailer << /Root 1 0 R >>";

#[tokio::test]
async fn pages_that_were_not_read_are_named_where_the_text_is_shown() {
    for (lang, said, direction) in [
        (Lang::En, "Page 2 is a picture, and was not read", "(at most)"),
        (Lang::ZhHans, "第 2 页是图像，未读取", "(不超过)"),
    ] {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        clerk.get("/documents").await;
        let answer = clerk.post_file("/documents", &[("meeting", ""), ("text", "")], ("minutes.pdf", HALF)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let shown = clerk.get(answer.header(LOCATION)).await.body;
        markup::check("document read in part", &shown);
        assert!(shown.contains(said) && shown.contains("The Water Bureau shall plant"), "{shown}");
        assert!(shown.contains(direction), "{shown}");
        assert!(shown.contains("/documents?meeting="), "a way to give the text of the page: {shown}");
    }
}

#[tokio::test]
async fn a_scan_too_large_to_be_read_is_kept_and_a_file_that_only_says_it_is_one_is_refused() {
    let site = city();
    let mut clerk = browser_of(&site, CLERK, Lang::En).await;
    clerk.get("/documents").await;
    let large = |head: &[u8]| [head, &vec![0xFF; sources::MAX_BYTES]].concat();
    let answer = clerk.post_file("/documents", &[("meeting", ""), ("text", "")], ("scan.pdf", &large(SCAN))).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let shown = clerk.get(answer.header(LOCATION)).await.body;
    assert!(shown.contains("It is larger than what is read"), "{shown}");
    for name in ["scan.pdf", "scan.ofd", "scan.docx"] {
        let answer = clerk.post_file("/documents", &[("meeting", ""), ("text", "")], (name, &large(b"scan"))).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", answer.body);
    }
}

/// An archive that holds nothing but an empty `OFD.xml`.
fn ofd() -> Vec<u8> {
    let name = b"OFD.xml";
    let fields = [&[0; 4][..], &[0, 0, 0x21, 0], &[0; 12], &[7, 0, 0, 0]].concat();
    let local = [b"PK\x03\x04\x14\0".as_slice(), &fields, name].concat();
    let entry = [b"PK\x01\x02\x14\0\x14\0".as_slice(), &fields, &[0; 14], name].concat();
    let (size, at) = ((entry.len() as u32).to_le_bytes(), (local.len() as u32).to_le_bytes());
    let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(), &size, &at, &[0, 0]].concat();
    [local, entry, end].concat()
}

#[tokio::test]
async fn a_scan_and_an_ofd_are_kept_said_to_be_unread_and_given_out_again() {
    for (lang, name, bytes, said) in [
        (Lang::En, "minutes.pdf", SCAN.to_vec(), "Its pages are pictures"),
        (Lang::ZhHans, "纪要.pdf", SCAN.to_vec(), "各页是图像"),
        (Lang::En, "minutes.ofd", ofd(), "It is an OFD"),
        (Lang::ZhHans, "纪要.ofd", ofd(), "这是 OFD 文件"),
    ] {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        clerk.get("/documents").await;
        let answer = clerk.post_file("/documents", &[("meeting", ""), ("text", "")], (name, &bytes)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}: {}", answer.body);
        let document = answer.header(LOCATION).to_owned();
        let shown = clerk.get(&document).await.body;
        markup::check("document kept", &shown);
        assert!(shown.contains(said) && shown.contains(name), "{name}: {shown}");
        let file = clerk.get(&format!("{document}/file")).await;
        assert_eq!(file.status, StatusCode::OK, "{name}: {}", file.body);
        assert_eq!(file.body, String::from_utf8_lossy(&bytes), "{name}");
        // Its text joins the same meeting.
        let (_, meeting) = shown.split_once("/documents?meeting=").expect("a way to give the text");
        let meeting = meeting.split('#').next().expect("its id");
        let form = clerk.get(&format!("/documents?meeting={meeting}")).await.body;
        assert!(form.contains(&format!("<option value=\"{meeting}\" selected>")), "{form}");
        let text = "Minutes\n\nThe Water Bureau shall dredge the outfall by 1 May 2027.\n";
        let given = clerk.post("/documents", &[("text", text), ("meeting", meeting)]).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
        // What was read is not given out as a file, and nobody else's document is.
        let read = given.header(LOCATION).to_owned();
        assert_eq!(clerk.get(&format!("{read}/file")).await.status, StatusCode::NOT_FOUND);
        let mut head = browser_of(&site, HEAD, lang).await;
        assert_eq!(head.get(&format!("{document}/file")).await.status, StatusCode::OK);
    }
}
