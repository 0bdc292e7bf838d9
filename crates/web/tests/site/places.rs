//! A document as an office sends it: which files are taken, what is said of the others, and where in the original each
//! proposal stands.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use rust_xlsxwriter::Workbook;
use web::texts::Lang;

use super::markup;
use super::qinghe::{CLERK, browser_of, city};

fn task_sheet() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("任务分解").expect("a name");
    sheet.write(0, 0, "清禾市重点任务分解表").expect("a title");
    for (column, (heading, words)) in
        [("工作任务", "完成泵站检修"), ("责任单位", "市水务局"), ("完成时限", "2027年6月30日前")]
            .into_iter()
            .enumerate()
    {
        sheet.write(1, column as u16, heading).expect("a heading");
        sheet.write(2, column as u16, words).expect("a cell");
    }
    workbook.save_to_buffer().expect("a workbook")
}

#[tokio::test]
async fn each_proposal_says_where_in_the_original_it_stands() {
    let text = "Minutes of 4 March 2027\r\n\r\nThe Water Bureau shall dredge the outfall by 1 May.\r\n";
    for (lang, name, bytes, at) in [
        (Lang::En, "tasks.xlsx", task_sheet(), "cell A3 of sheet 任务分解"),
        (Lang::ZhHans, "任务.XLSX", task_sheet(), "工作表“任务分解”A3单元格"),
        (Lang::En, "minutes.txt", text.into(), "line 3"),
        (Lang::ZhHans, "minutes.txt", text.into(), "第3行"),
    ] {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        clerk.get("/documents").await;
        let answer = clerk.post_file("/documents", &[("meeting", ""), ("text", "")], (name, &bytes)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}: {}", answer.body);
        let document = answer.header(LOCATION).to_owned();
        let shown = clerk.get(&document).await.body;
        markup::check("document with places", &shown);
        assert!(shown.contains(at), "{name}: {at}: {shown}");
    }
}

#[tokio::test]
async fn a_file_that_is_not_what_its_name_says_is_refused_with_what_to_do() {
    for (lang, name, bytes, said) in [
        (Lang::En, "minutes.docx", b"%PDF-1.7 ...".as_slice(), "it is a PDF"),
        (Lang::ZhHans, "纪要.docx", b"%PDF-1.7 ...", "实际是 PDF"),
        (Lang::En, "minutes.doc", b"...", "This kind of file is not read"),
        (Lang::ZhHans, "纪要.txt", b"\xC7\xE5\xBA\xCC", "另存为 UTF-8"),
        (Lang::En, "tasks.xlsx", b"PK\x03\x04", "The file is damaged"),
    ] {
        let site = city();
        let mut clerk = browser_of(&site, CLERK, lang).await;
        clerk.get("/documents").await;
        let answer = clerk.post_file("/documents", &[("meeting", ""), ("text", "")], (name, bytes)).await;
        assert!(answer.body.contains(said), "{name}: {said}: {}", answer.body);
        markup::check("documents with a file refused", &answer.body);
    }
}
