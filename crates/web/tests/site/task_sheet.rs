//! The task sheet: what became matters of a document, as a workbook that comes back without an event, and to print.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use jiff::civil::date;
use ledger::act::Act;
use ledger::id::Number;
use ledger::party::Party;
use sources::workbook::{Cell, Mapping, header as headings};
use web::texts::Lang;

use crate::city::{CLERK, SUPERVISION, WATER, WATER_HEAD, text};
use crate::markup;
use crate::qinghe::{form, send};
use crate::site::{Browser, Site, officer};
use crate::workbook::{bring, counts, events, read};

const MINUTES: &str = "清禾市河道整治专题会议纪要\n\n2026年11月23日，市长沈若谷主持召开专题会议。会议决定，\
    市水务局要在2027年3月31日前完成西河清淤2.4公里。各相关部门要尽快完成台账清理。市审计局要在2027年4月30日前公布审计结果。\n";

async fn confirmed(clerk: &mut Browser) -> String {
    clerk.get("/documents").await;
    let answer = clerk.post("/documents", &[("text", MINUTES)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let document = answer.header(LOCATION).to_owned();
    for no in 1..=3 {
        let page = format!("{document}/proposals/{no}/confirmation");
        let shown = clerk.get(&document).await;
        let answer = send(clerk, &page, &form(&shown.body, &page)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    document
}

#[tokio::test]
async fn one_press_makes_a_workbook_that_the_import_takes_back_without_an_event() {
    for lang in Lang::ALL {
        let site = Site::with_city();
        let mut clerk = site.browser_of(CLERK, lang).await;
        let document = confirmed(&mut clerk).await;
        let first =
            site.app.store.read(|read| read.find(Some(officer(CLERK)), Number::parse("2026-0001").expect("a number")));
        let first = first.expect("the record").expect("it was confirmed");
        let due = date(2027, 3, 20);
        let (lead, criterion) = (Party::Unit(WATER), text("Surveyed at ten sections"));
        site.act(CLERK, first, Act::Assign { lead, supervising: SUPERVISION, criterion, due });
        let before = events(&site);

        let shown = clerk.get(&document).await;
        let address = format!("{document}/task-sheet.xlsx");
        assert!(shown.body.contains(&format!("href=\"{address}\" download data-page-key=\"t\"")), "{}", shown.body);
        let sheet = clerk.get(&address).await;
        assert_eq!(sheet.status, StatusCode::OK);
        assert!(sheet.header(CONTENT_DISPOSITION).contains("task-sheet-2026-11-23.xlsx"), "{:?}", sheet.headers);
        let workbook = read(&sheet);
        let table = headings(&workbook.sheets[0]);
        assert_eq!((table.row, table.title.as_deref().map(|title| title.contains("河道整治"))), (3, Some(true)));
        let known = Mapping::guess(&table).columns.iter().flatten().count();
        assert_eq!(known, 7, "all but the running number and the remarks: {:?}", table.names);
        let rows = &workbook.sheets[0].rows;
        let cells = |at: usize| rows[at].cells.iter().map(Cell::shown).collect::<Vec<_>>();
        assert_eq!(cells(3)[0], "1");
        assert!(cells(3)[1].contains("西河清淤") && cells(3)[2] == "Surveyed at ten sections", "{:?}", cells(3));
        assert_eq!(cells(3)[3], if lang == Lang::En { "Water Bureau" } else { "市水务局" });
        assert!(matches!(rows[3].cells[6], Cell::Day(..)), "a date is a date: {:?}", rows[3].cells[6]);
        assert_eq!(cells(4)[3], "各相关部门", "before it is assigned, the text's own words");

        let (back, page) = bring(&mut clerk, "任务清单.xlsx", &sheet.bytes).await;
        assert_eq!(counts(&page), [0, 3, 0, 0, 0], "{}", page.body);
        assert_eq!(events(&site), before, "looked at");
        let asked = clerk.get(&back).await;
        assert!(!asked.body.contains("/confirmation\""), "there is nothing to take in: {}", asked.body);
    }
}

#[tokio::test]
async fn the_sheet_is_read_and_printed_by_the_office_and_by_nobody_else() {
    for lang in Lang::ALL {
        let site = Site::with_city();
        let mut clerk = site.browser_of(CLERK, lang).await;
        let document = confirmed(&mut clerk).await;
        let mut water = site.browser_of(WATER_HEAD, lang).await;
        let page = format!("{document}/task-sheet");
        let shown = water.get(&page).await;
        assert_eq!(shown.status, StatusCode::OK);
        markup::check("task sheet", &shown.body);
        for words in ["西河清淤", "2026-0002", "各相关部门", "class=\"page sheet\""] {
            assert!(shown.body.contains(words), "{words}: {}", shown.body);
        }
        assert_eq!(site.browser(lang).get(&page).await.status, StatusCode::SEE_OTHER);
        let sheet = water.get(&format!("{document}/task-sheet.xlsx")).await;
        assert!(sheet.header(CONTENT_TYPE).contains("spreadsheetml"), "{:?}", sheet.headers);
        assert_eq!(water.get("/documents/1/task-sheet").await.status, StatusCode::NOT_FOUND);
    }
}
