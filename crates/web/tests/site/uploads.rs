//! Evidence that comes in piece by piece, is kept while its form is put right, and is stored once.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use ledger::act::Act;
use ledger::audience::Audience;
use ledger::id::{Holder, MatterId, Number};
use web::texts::Lang;

use crate::city::{AUDITOR, CLERK2, WATER_HEAD, WATER_MEMBER};
use crate::markup;
use crate::site::{Browser, Site};

async fn under_way() -> (Site, MatterId, Number, Browser) {
    let site = Site::with_city();
    let (matter, number) = site.open("Dredge the West River.", Audience::Office);
    site.assign(matter, 30);
    site.act(WATER_HEAD, matter, Act::SignFor);
    let mut browser = site.browser_of(WATER_MEMBER, Lang::En).await;
    browser.get(&format!("/matters/{number}/evidence")).await;
    (site, matter, number, browser)
}

async fn begin(browser: &mut Browser, number: Number) -> String {
    let named = r#"{"file_name":"C:\\\\photos\\\\断面.jpg","media_type":"image/jpeg"}"#.replace("\\\\", "\\");
    let begun = browser.script("POST", &format!("/matters/{number}/uploads"), "application/json", named).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.body);
    begun.between("\"upload\":\"", "\"").to_owned()
}

async fn piece(browser: &mut Browser, number: Number, upload: &str, from: usize, bytes: &[u8]) -> (StatusCode, String) {
    let path = format!("/matters/{number}/uploads/{upload}?from={from}");
    let answer = browser.script("PUT", &path, "application/octet-stream", bytes.to_vec()).await;
    (answer.status, answer.body)
}

#[tokio::test]
async fn a_broken_line_goes_on_where_it_stopped_and_the_file_is_whole() {
    let (site, matter, number, mut browser) = under_way().await;
    let upload = begin(&mut browser, number).await;
    let mut bytes: Vec<u8> = (0..300_000_u32).map(|n| (n % 251) as u8).collect();
    bytes[..3].copy_from_slice(&[0xFF, 0xD8, 0xFF]);
    assert_eq!(piece(&mut browser, number, &upload, 0, &bytes[..200_000]).await.0, StatusCode::OK);
    // The answer was lost: the browser sends the same piece again and is told where it stands.
    let (status, body) = piece(&mut browser, number, &upload, 0, &bytes[..200_000]).await;
    assert_eq!((status, body.as_str()), (StatusCode::CONFLICT, r#"{"received":200000}"#));
    let (status, body) = piece(&mut browser, number, &upload, 200_000, &bytes[200_000..]).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, r#"{"received":300000}"#));

    let path = format!("/matters/{number}/evidence");
    // Something is wrong with the form: the file is kept, and its name stands on the page.
    let again = browser.post_file(&path, &[("kind", ""), ("upload", &upload)], ("", b"")).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
    assert!(again.body.contains("断面.jpg"), "{}", again.body);
    let done = browser.post_file(&path, &[("kind", "photo"), ("upload", &upload)], ("", b"")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(done.header(LOCATION), format!("/matters/{number}"));

    let kept = site.app.store.read(|read| read.matter(matter)).expect("a state").expect("a matter");
    let [evidence] = kept.evidence.as_slice() else { panic!("{:?}", kept.evidence) };
    assert_eq!(evidence.bytes, 300_000);
    let mut reader = site.app.store.blob_reader(&Holder::Matter(matter), evidence.id).expect("a file").expect("a file");
    let mut read = vec![];
    while let Some(chunk) = reader.next_chunk().expect("sealed as it was written") {
        read.extend(chunk);
    }
    assert_eq!(read, bytes);
}

#[tokio::test]
async fn nobody_else_adds_to_an_upload_and_nobody_without_the_right_begins_one() {
    let (site, _, number, mut browser) = under_way().await;
    let upload = begin(&mut browser, number).await;
    let mut head = site.browser_of(WATER_HEAD, Lang::En).await;
    head.get(&format!("/matters/{number}/evidence")).await;
    assert_eq!(piece(&mut head, number, &upload, 0, b"x").await.0, StatusCode::NOT_FOUND);
    let mut auditor = site.browser_of(AUDITOR, Lang::En).await;
    auditor.get("/account").await;
    let path = format!("/matters/{number}/uploads");
    let named = r#"{"file_name":"a.txt"}"#;
    let refused = auditor.script("POST", &path, "application/json", named).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    // Without the page's secret it is no request of ours.
    let mut forger = site.browser_of(WATER_MEMBER, Lang::En).await;
    forger.csrf.clear();
    assert_eq!(forger.script("POST", &path, "application/json", named).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_same_form_with_another_file_is_another_request() {
    let (site, matter, number, mut browser) = under_way().await;
    let path = format!("/matters/{number}/evidence");
    let command = site.app.command_id().to_string();
    let fields = [("kind", "data"), ("command", command.as_str())];
    assert_eq!(browser.post_file(&path, &fields, ("a.txt", b"one")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.post_file(&path, &fields, ("a.txt", b"one")).await.status, StatusCode::SEE_OTHER);
    let other = browser.post_file(&path, &fields, ("b.txt", b"two")).await;
    assert!(other.status.is_client_error(), "another file under the same command was taken for the first");
    let kept = site.app.store.read(|read| read.matter(matter)).expect("a state").expect("a matter");
    assert_eq!(kept.evidence.len(), 1);
}

#[tokio::test]
async fn an_empty_file_is_named_at_its_field_and_what_was_typed_stands() {
    let (_site, _, number, mut browser) = under_way().await;
    let path = format!("/matters/{number}/evidence");
    let answer = browser.post_file(&path, &[("kind", "data"), ("caption", "ten sections")], ("a.txt", b"")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("ten sections"), "{}", answer.body);
    assert_eq!(answer.body.matches("field-error").count(), 1, "{}", answer.body);
}

#[tokio::test]
async fn no_file_added_from_the_report_leaves_the_report_as_it_was_typed() {
    let (_site, _, number, mut browser) = under_way().await;
    let fields = [("outcome", "done"), ("report", "Nine of ten sections")];
    let answer = browser.post_file(&format!("/matters/{number}/evidence?for=report"), &fields, ("", b"")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    markup::check("report without a file", &answer.body);
    for words in ["Nine of ten sections", "No file is chosen: choose one.", "evidence?for=report"] {
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
    }
    let answer = browser.post_file(&format!("/matters/{number}/evidence"), &[("kind", "photo")], ("", b"")).await;
    assert!(answer.body.contains("No file is chosen: choose one."), "{}", answer.body);
}

#[tokio::test]
async fn a_file_that_may_not_come_is_not_kept() {
    let (site, _, number, _) = under_way().await;
    let mut clerk = site.browser_of(CLERK2, Lang::En).await;
    clerk.get(&format!("/matters/{number}/evidence")).await;
    let mut auditor = site.browser_of(AUDITOR, Lang::En).await;
    auditor.get("/account").await;
    let path = format!("/matters/{number}/evidence");
    let refused = auditor.post_file(&path, &[("kind", "data")], ("a.txt", &[7; 4_000])).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    let blobs = site.app.store.dir().join("blobs");
    let files = std::fs::read_dir(blobs)
        .expect("blobs")
        .filter_map(Result::ok)
        .map(|folder| std::fs::read_dir(folder.path()).expect("a folder").count());
    assert_eq!(files.sum::<usize>(), 0);
}

#[tokio::test]
async fn what_is_no_evidence_by_its_content_is_refused_with_what_is_taken() {
    for (lang, words) in [(Lang::En, "not taken as evidence"), (Lang::ZhHans, "不能作为佐证材料")] {
        let (site, matter, number, _) = under_way().await;
        let mut browser = site.browser_of(WATER_MEMBER, lang).await;
        let path = format!("/matters/{number}/evidence");
        browser.get(&path).await;
        let fields = [("kind", "photo"), ("caption", "ten sections")];
        for (name, bytes) in [("run.exe", b"MZ\x90\0".as_slice()), ("photo.jpg", b"MZ\x90\0"), ("a.txt", b"<html>")] {
            let answer = browser.post_file(&path, &fields, (name, bytes)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            assert!(answer.body.contains(words) && answer.body.contains("ten sections"), "{name}: {}", answer.body);
        }
        // Piece by piece: as soon as it is seen, and not when all of it was sent.
        let (to, named) = (format!("/matters/{number}/uploads"), r#"{"file_name":"a.jpg"}"#);
        let begun = browser.script("POST", &to, "application/json", named).await;
        let upload = begun.between("\"upload\":\"", "\"").to_owned();
        let refused = piece(&mut browser, number, &upload, 0, &[b'x'; 4_000]).await;
        assert_eq!(refused.0, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.1);
        assert!(refused.1.contains(words), "{}", refused.1);
        // What misleads is not kept in a name.
        let done = browser.post_file(&path, &fields, ("gpj.\u{202e}txt", b"words")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let kept = site.app.store.read(|read| read.matter(matter)).expect("a state").expect("a matter");
        let [evidence] = kept.evidence.as_slice() else { panic!("{:?}", kept.evidence) };
        let text = evidence.text.open().expect("a name");
        assert_eq!((text.file_name.as_str(), text.media_type.as_str()), ("gpj.txt", "text/plain"));
    }
}
