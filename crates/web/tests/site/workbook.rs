//! An office's ledger comes in, and what is seen goes out.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use jiff::civil::date;
use ledger::Name;
use ledger::act::Facts;
use ledger::id::UnitId;
use ledger::matter::{Hand, StateKind};
use ledger::organisation::{Function, UnitText};
use ledger::organise::{self, Change};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook as Made};
use sources::workbook::{Cell, Kind, Workbook};
use store::{Command, MatterFilter, MatterLine, StoreFault};
use uuid::Uuid;
use web::texts::Lang;

use crate::city::{CLERK, WATER_HEAD};
use crate::markup;
use crate::site::{Answer, Browser, Site, officer};

/// The city with a second bureau.
fn city() -> Site {
    let site = Site::with_city();
    let by = Hand { officer: officer(1), on_behalf: None };
    let text = UnitText { name: Name::parse("市住建局", "Housing Bureau").expect("a name"), aliases: vec![] };
    let unit = UnitId(Uuid::from_u128(0x59));
    let found = Change::FoundUnit { unit, parent: None, function: Function::Executing, text };
    let (id, request) = (site.app.command_id(), [0; 32]);
    let command = Command { id, actor: officer(1), on_behalf: None, request, expects: vec![] };
    let founded = site.app.store.change(command, move |read| {
        let found = found.clone();
        Ok(read.with_context(by, &Facts::default(), |context| organise::change(found, context))??)
    });
    founded.expect("a second bureau");
    site
}

/// A ledger as an office keeps it, with what goes wrong in one.
fn ledger_of_the_office() -> Vec<u8> {
    let mut made = Made::new();
    let sheet = made.add_worksheet().set_name("重点工作").expect("a name");
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 7, "清禾市2026年重点工作督办台账", &plain).expect("a title");
    let headings = ["序号", "来源", "工作事项", "目标要求（验收标准）", "责任分工", "", "责任人", "完成时限"];
    for (column, heading) in (0u16..).zip(headings) {
        sheet.write_string(1, column, heading).expect("a heading");
    }
    sheet.merge_range(1, 4, 1, 5, "责任分工", &plain).expect("a group");
    sheet.write_string(2, 4, "牵头单位").expect("a heading");
    sheet.write_string(2, 5, "配合单位").expect("a heading");
    for column in [0, 1, 2, 3, 6, 7] {
        sheet.merge_range(1, column, 2, column, headings[usize::from(column)], &plain).expect("a heading");
    }
    let rows: [[&str; 8]; 9] = [
        [
            "1",
            "市政府第42次常务会议",
            "建成东岸防洪堤2.4公里",
            "通过竣工验收",
            "市水务局",
            "市住建局",
            "江望",
            "12月底前",
        ],
        ["2", "市政府第42次常务会议", "修订排水管网规划", "印发规划", "市水务据", "", "", "2026年12月20日"],
        ["3", "专题会", "开工建设安置房", "开工", "市住建局", "", "", "2026-02-30"],
        ["4", "专题会", "完成老旧管网普查", "报告送审", "市水务局", "", "", "2026年1月31日"],
        ["5", "专题会", "", "x", "市水务局", "", "", "2026年12月31日"],
        ["6", "专题会", "建立联席会议制度", "印发文件", "市水务局、市住建局", "", "", "2026年12月31日"],
        ["7", "专题会", "隐藏的一行", "x", "市水务局", "", "", "2026年12月31日"],
        ["二、长期任务", "", "", "", "", "", "", ""],
        ["8", "专题会", "推进节水型城市建设", "=达标", "市水务局", "", "", "长期"],
    ];
    for (row, cells) in (3u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells) {
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
    sheet.set_row_hidden(9).expect("a hidden row");
    sheet.merge_range(10, 0, 10, 7, "二、长期任务", &plain).expect("a heading");
    let day = Format::new().set_num_format_index(31);
    for (column, cell) in [(1, "专题会"), (2, "更换老旧水表5000只"), (3, "完成率100%"), (4, "市水务局")]
    {
        sheet.write_string(12, column, cell).expect("a cell");
    }
    sheet.write_with_format(12, 7, ExcelDateTime::from_ymd(2026, 12, 15).expect("a day"), &day).expect("a day");
    sheet.write_formula(12, 0, Formula::new("=A12+1").set_result("9")).expect("a formula");
    made.save_to_buffer().expect("a workbook")
}

fn matters(site: &Site) -> Vec<MatterLine> {
    let filter = MatterFilter::default();
    site.app.store.read(|read| read.matters(Some(officer(CLERK)), &filter, 500, 0)).expect("matters")
}

pub fn events(site: &Site) -> u64 {
    // Every event moves a stream on; their sum stands still where nothing happened.
    let lines = matters(site);
    let streams = lines.iter().map(|line| ledger::id::Stream::Matter(line.id)).collect::<Vec<_>>();
    site.app
        .store
        .read(|read| streams.iter().map(|stream| read.version(*stream)).sum::<Result<u64, StoreFault>>())
        .expect("versions")
}

pub async fn bring(browser: &mut Browser, file: &str, bytes: &[u8]) -> (String, Answer) {
    browser.get("/import").await;
    let answer = browser.post_file("/import", &[], (file, bytes)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let path = answer.header(LOCATION).to_owned();
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    (path, page)
}

async fn confirm(browser: &mut Browser, path: &str) -> Answer {
    let answer = browser.post(&format!("{path}/confirmation"), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    for _ in 0..600 {
        let page = browser.get(path).await;
        if !page.headers.contains_key("refresh") {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("it never ends")
}

/// How many rows of each fate the page counts.
pub fn counts(page: &Answer) -> Vec<u64> {
    page.body
        .split("<dd class=\"number\">")
        .skip(1)
        .map(|rest| rest.split('<').next().expect("a number").parse().expect("digits"))
        .collect()
}

pub fn read(answer: &Answer) -> Workbook {
    sources::workbook::read(&answer.bytes, Kind::Xlsx).expect("a workbook")
}

#[tokio::test]
async fn a_ledger_comes_in_row_by_row_and_twice_changes_nothing() {
    for lang in Lang::ALL {
        let site = city();
        let mut browser = site.browser_of(CLERK, lang).await;
        let form = browser.get("/import").await;
        markup::check("import", &form.body);
        let (path, page) = bring(&mut browser, "台账.xlsx", &ledger_of_the_office()).await;
        markup::check("import-one", &page.body);
        assert_eq!(counts(&page), [4, 0, 0, 4, 2], "add, there, changed, refused, left: {}", page.body);
        let says: &[&str] = match lang {
            Lang::En => &[
                "Nearest: 市水务局",
                "Deadline (cell H6): no calendar has the day “2026-02-30”",
                "names several",
                "Take in 4 rows",
                "One cell is a formula",
                "names no single day",
                "Is hidden in the sheet",
            ],
            Lang::ZhHans => &[
                "相近的有：市水务局",
                "办理时限（H6 单元格）：没有“2026-02-30”这一天",
                "指向多个单位",
                "导入 4 行",
                "有 1 个单元格是公式",
                "没有指明是哪一天",
                "该行在表中是隐藏的",
            ],
        };
        for words in says {
            assert!(page.body.contains(words), "{words} is not said: {}", page.body);
        }
        assert_eq!(matters(&site).len(), 0, "looking changes nothing");

        let done = confirm(&mut browser, &path).await;
        markup::check("import-done", &done.body);
        let lines = matters(&site);
        let so = |words: &str| {
            lines.iter().find(|line| line.quote.as_deref() == Some(words)).map(|line| (line.state, line.due))
        };
        assert_eq!(so("建成东岸防洪堤2.4公里"), Some((StateKind::Assigned, Some(date(2026, 12, 31)))));
        assert_eq!(so("更换老旧水表5000只"), Some((StateKind::Assigned, Some(date(2026, 12, 15)))));
        assert_eq!(so("完成老旧管网普查"), Some((StateKind::Opened, None)), "a past deadline is not assigned");
        assert_eq!(so("推进节水型城市建设"), Some((StateKind::Opened, None)));
        assert_eq!(lines.len(), 5, "and one part for the unit that supports");
        let part = lines.iter().find(|line| {
            line.quote.as_deref().is_some_and(|quote| quote != "建成东岸防洪堤2.4公里" && quote.contains("防洪堤"))
        });
        assert_eq!(part.map(|part| part.state), Some(StateKind::Assigned));

        let before = events(&site);
        let (again, page) = bring(&mut browser, "台账(1).xlsx", &ledger_of_the_office()).await;
        assert_eq!(counts(&page), [0, 4, 0, 4, 2]);
        confirm(&mut browser, &again).await;
        assert_eq!((events(&site), matters(&site).len()), (before, 5), "twice changes nothing");
        assert!(site.app.store.digest().is_ok());

        let remarks = read(&browser.get(&format!("{again}/remarks.xlsx")).await);
        let row = &remarks.sheets[0].rows[3];
        assert_eq!(row.cells[2].shown(), "建成东岸防洪堤2.4公里");
        assert!(row.cells.last().map(Cell::shown).expect("a remark").contains("2026-0001"), "{row:?}");
    }
}

#[tokio::test]
async fn days_in_chinese_numerals_are_read_and_years_of_two_digits_refused() {
    for (lang, says) in [
        (Lang::En, "Deadline (cell C4): the year of “27-03-31” has two digits"),
        (Lang::ZhHans, "办理时限（C4 单元格）：“27-03-31”的年份只有两位"),
    ] {
        let site = city();
        let mut browser = site.browser_of(CLERK, lang).await;
        let file = "工作事项,牵头单位,完成时限,目标要求\n修桥,市水务局,二〇二七年三月三十一日,通车\n修路,市水务局,二○二七年二月三十日,通车\n\
                    修渠,市水务局,27-03-31,通水\n";
        let (path, page) = bring(&mut browser, "a.csv", file.as_bytes()).await;
        assert_eq!(counts(&page), [1, 0, 0, 2, 0], "{}", page.body);
        assert!(page.body.contains(says) && page.body.contains("“二○二七年二月三十日”"), "{}", page.body);
        confirm(&mut browser, &path).await;
        assert_eq!(matters(&site).iter().map(|line| line.due).collect::<Vec<_>>(), [Some(date(2027, 3, 31))]);
    }
}

#[tokio::test]
async fn of_two_rows_with_one_number_neither_is_taken_and_each_names_the_other() {
    for (lang, first, second) in [
        (Lang::En, "Row 3 has the number A-1 too", "Row 2 has the number A-1 too"),
        (Lang::ZhHans, "第 3 行也用了编号 A-1", "第 2 行也用了编号 A-1"),
    ] {
        let site = city();
        let mut browser = site.browser_of(CLERK, lang).await;
        let file =
            "our reference,matter,lead\nA-1,this,市水务局\nA-1,that,市水务局\nA-2,other,市水务局\nA-2,other,市水务局\n";
        let (path, page) = bring(&mut browser, "a.csv", file.as_bytes()).await;
        assert_eq!(counts(&page), [1, 0, 0, 2, 1], "{}", page.body);
        for says in [first, second] {
            assert_eq!(page.body.matches(says).count(), 1, "{says}: {}", page.body);
        }
        let done = confirm(&mut browser, &path).await;
        assert_eq!(matters(&site).iter().filter_map(|line| line.quote.as_deref()).collect::<Vec<_>>(), ["other"]);
        let import = site.app.access.imports(officer(CLERK)).expect("imports").remove(0);
        assert_eq!((import.done, import.total, import.opened), (3, 3, 1), "{}", done.body);
    }
}

#[tokio::test]
async fn rows_that_share_a_number_by_a_merged_cell_are_each_a_matter_and_known_again() {
    let site = city();
    let mut browser = site.browser_of(CLERK, Lang::En).await;
    let mut made = Made::new();
    let (sheet, plain) = (made.add_worksheet(), Format::new());
    for (row, cells) in (0u32..).zip([["督办编号", "工作事项", "牵头单位"], ["", "", "市水务局"], ["", "", "市住建局"]])
    {
        for (column, cell) in (0u16..).zip(cells) {
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
    sheet.merge_range(1, 0, 2, 0, "督〔2026〕1号", &plain).expect("a number");
    sheet.merge_range(1, 1, 2, 1, "防汛", &plain).expect("a directive");
    let bytes = made.save_to_buffer().expect("a workbook");
    let (path, page) = bring(&mut browser, "a.xlsx", &bytes).await;
    assert_eq!(counts(&page), [2, 0, 0, 0, 0], "{}", page.body);
    confirm(&mut browser, &path).await;
    assert_eq!(matters(&site).len(), 2);
    let (_, again) = bring(&mut browser, "a.xlsx", &bytes).await;
    assert_eq!(counts(&again), [0, 2, 0, 0, 0], "{}", again.body);
}

#[tokio::test]
async fn once_it_is_done_an_import_says_its_sums_and_looks_at_rows_when_asked() {
    for lang in Lang::ALL {
        let site = city();
        let mut browser = site.browser_of(CLERK, lang).await;
        let (path, _) = bring(&mut browser, "a.csv", "matter,lead\nthis,市水务局\nthat,市水务局\n".as_bytes()).await;
        let done = confirm(&mut browser, &path).await;
        markup::check("import-sums", &done.body);
        assert!(counts(&done).is_empty() && !done.body.contains("<table"), "{}", done.body);
        let rows = format!("{path}?show=&#38;page=0");
        assert!(done.body.contains(&format!("href=\"{rows}\"")), "{}", done.body);
        let page = browser.get(&rows.replace("&#38;", "&")).await;
        markup::check("import-rows", &page.body);
        assert_eq!(counts(&page), [0, 2, 0, 0, 0], "{}", page.body);
    }
}

#[tokio::test]
async fn an_import_knows_no_other_rows_and_no_page_beyond_the_last() {
    let site = city();
    let mut browser = site.browser_of(CLERK, Lang::En).await;
    let (path, _) = bring(&mut browser, "a.csv", "matter,lead\nthis,市水务局\nthat,市水务局\n".as_bytes()).await;
    let bogus = browser.get(&format!("{path}?show=bogus&page=x")).await;
    assert_eq!(bogus.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", bogus.body);
    assert!(bogus.body.contains("show=bogus, page=x"), "{}", bogus.body);
    assert!(bogus.body.contains(&format!("class=\"button\" href=\"{path}\"")), "{}", bogus.body);
    for fate in ["", "add", "there", "changed", "refused", "left"] {
        assert_eq!(browser.get(&format!("{path}?show={fate}")).await.status, StatusCode::OK, "{fate}");
    }
    assert_eq!(browser.get(&format!("{path}?page=1")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_goes_out_comes_back_without_an_event() {
    for lang in Lang::ALL {
        let site = city();
        let mut browser = site.browser_of(CLERK, lang).await;
        let (path, _) = bring(&mut browser, "台账.xlsx", &ledger_of_the_office()).await;
        confirm(&mut browser, &path).await;
        let before = events(&site);
        for (file, address) in [("out.xlsx", "/matters/export.xlsx"), ("out.csv", "/matters/export.csv")] {
            let out = browser.get(address).await;
            assert_eq!(out.status, StatusCode::OK, "{address}");
            let (back, page) = bring(&mut browser, file, &out.bytes).await;
            assert_eq!(counts(&page), [0, 5, 0, 0, 0], "{file}: {}", page.body);
            confirm(&mut browser, &back).await;
            assert_eq!(events(&site), before, "{file}");
        }
        // Who edits a cell is told what differs; the record stays.
        let out = browser.get("/matters/export.csv").await;
        let edited = out.body.replace("更换老旧水表5000只", "更换老旧水表6000只");
        let (back, page) = bring(&mut browser, "edited.csv", edited.as_bytes()).await;
        assert_eq!(counts(&page), [0, 4, 1, 0, 0], "{}", page.body);
        confirm(&mut browser, &back).await;
        assert_eq!(events(&site), before);
    }
}

#[tokio::test]
async fn an_export_holds_what_is_seen_and_nothing_a_spreadsheet_would_run() {
    let site = city();
    let mut browser = site.browser_of(CLERK, Lang::En).await;
    let file = "matter,lead\n\"=HYPERLINK(\"\"http://x\"\")\",Water Bureau\n\"a, b\",\n";
    let (path, page) = bring(&mut browser, "small.csv", file.as_bytes()).await;
    assert!(page.body.contains("Read as UTF-8, parted by commas."), "{}", page.body);
    confirm(&mut browser, &path).await;
    let out = browser.get("/matters/export.csv").await;
    assert!(out.header(CONTENT_TYPE).starts_with("text/csv"));
    assert!(out.body.starts_with("\u{FEFF}Luoshi number,State,State code,"), "{}", out.body);
    assert!(out.body.contains("\"'=HYPERLINK(\"\"http://x\"\")\"") && out.body.contains("\"a, b\""), "{}", out.body);
    let filtered = browser.get("/matters/export.csv?words=HYPERLINK").await;
    assert_eq!(filtered.body.matches("\r\n").count(), 2, "{}", filtered.body);
    let none = browser.get("/matters/export.csv?state=cleared").await;
    assert_eq!(none.body.matches("\r\n").count(), 1);
    let workbook = read(&browser.get("/matters/export.xlsx").await);
    assert_eq!(workbook.sheets[0].rows[0].cells[4].shown(), "What is to be done");
    assert_eq!(site.browser(Lang::En).get("/matters/export.csv").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_takes_a_ledger_in_without_the_right_to_open_matters() {
    let site = city();
    let mut browser = site.browser_of(WATER_HEAD, Lang::En).await;
    assert_eq!(browser.get("/import").await.status, StatusCode::FORBIDDEN);
    browser.get("/account").await;
    let answer = browser.post_file("/import", &[], ("a.csv", b"matter\nx\n")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn columns_that_are_not_read_are_told_of() {
    let site = city();
    for (lang, said) in [(Lang::En, "Only the first 64 columns are read"), (Lang::ZhHans, "只读取前 64 列")] {
        let mut browser = site.browser_of(CLERK, lang).await;
        let row = |columns: usize| vec!["a"; columns].join(",");
        let (_, narrow) = bring(&mut browser, "a.csv", format!("事项\n{}\n", row(64)).as_bytes()).await;
        assert!(!narrow.body.contains(said), "{}", narrow.body);
        let (_, wide) = bring(&mut browser, "a.csv", format!("事项\n{}\n", row(65)).as_bytes()).await;
        assert!(wide.body.contains(said), "{}", wide.body);
        let mut made = Made::new();
        let sheet = made.add_worksheet();
        sheet.write_string(0, 0, "事项").expect("a heading");
        sheet.write_string(1, 0, "修桥").expect("a matter");
        sheet.write_string(1, 64, "x").expect("beyond");
        let (_, wide) = bring(&mut browser, "a.xlsx", &made.save_to_buffer().expect("a workbook")).await;
        assert!(wide.body.contains(said), "{}", wide.body);
    }
}

#[tokio::test]
async fn a_file_that_is_no_ledger_is_told_at_its_field() {
    let site = city();
    let mut browser = site.browser_of(CLERK, Lang::En).await;
    browser.get("/import").await;
    for (file, bytes, words) in [
        ("a.xls", b"x".as_slice(), "This kind of file is not read here"),
        ("a.xlsx", b"x", "not a workbook, or is damaged"),
        ("a.xlsx", &[0xD0, 0xCF, 0x11, 0xE0], "locked with a password"),
        ("a.csv", &[0xFF, 0xFF, b'x'], "characters cannot be read"),
        ("a.csv", b"", "is empty"),
        ("a.csv", format!("matter,lead\n{},x\n", "字".repeat(32_768)).as_bytes(), "more than 32,767 characters"),
    ] {
        let answer = browser.post_file("/import", &[], (file, bytes)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{file}");
        assert!(answer.body.contains(words), "{file}: {}", answer.body);
    }
}

#[tokio::test]
async fn what_columns_are_taken_for_is_kept_for_the_next_workbook() {
    let site = city();
    let mut browser = site.browser_of(CLERK, Lang::En).await;
    let (path, page) = bring(&mut browser, "a.csv", "甲,乙\n修桥,市水务局\n".as_bytes()).await;
    assert!(page.body.contains("No column says what is to be done"), "{}", page.body);
    let twice = browser.post(&format!("{path}/mapping"), &[("column-0", "lead"), ("column-1", "lead")]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.get(&path).await;
    let kept = browser.post(&format!("{path}/mapping"), &[("column-0", "directive"), ("column-1", "lead")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    assert_eq!(counts(&browser.get(&path).await), [1, 0, 0, 0, 0]);
    let (_, moved) = bring(&mut browser, "b.csv", "乙,甲\n市水务局,修桥\n市水务局,修路\n".as_bytes()).await;
    assert_eq!(counts(&moved), [2, 0, 0, 0, 0]);
    let other = browser.get(&path.replace(&path[path.len() - 4..], "0000")).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_import_that_was_cut_off_goes_on_where_it_was_and_repeats_nothing() {
    let site = city();
    let mut browser = site.browser_of(CLERK, Lang::En).await;
    let rows: String = (0..500).map(|n| format!("do {n},Water Bureau\n")).collect();
    let (path, _) = bring(&mut browser, "a.csv", format!("matter,lead\n{rows}").as_bytes()).await;
    confirm(&mut browser, &path).await;
    let before = (events(&site), matters(&site).len());
    assert_eq!(before.1, 500);
    // As if the process had ended after the last batch was committed and before that was noted.
    let id = Uuid::parse_str(path.rsplit('/').next().expect("an id")).expect("an id");
    let access = &site.app.access;
    assert!(
        access
            .move_import(id, &[store::access::ImportState::Done], store::access::ImportState::Running, 500)
            .expect("moved")
    );
    access.advance_import(id, 400, 400).expect("noted");
    web::import::resume(&site.app).expect("gone on with");
    for _ in 0..600 {
        if !browser.get(&path).await.headers.contains_key("refresh") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let import = access.import(id).expect("access").expect("the import");
    assert_eq!((import.state.word(), import.done, import.opened), ("done", 500, 500));
    assert_eq!((events(&site), matters(&site).len()), before);
}
