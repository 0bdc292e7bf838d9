//! What an office program saves: the same text as a Word document and as a PDF.

use sources::{Class, Format, Profile, canonical, read};

fn lines(bytes: &[u8], format: Format) -> Vec<String> {
    let read = canonical(bytes, format).expect("readable");
    read.as_str().lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[test]
fn a_word_document_and_a_pdf_of_it_say_the_same() {
    let word = lines(include_bytes!("office/minutes-en.docx"), Format::Docx);
    let pdf = lines(include_bytes!("office/minutes-en.pdf"), Format::Pdf);
    // On one page nobody can tell the header from the text; the number of a note stands where the note is referred to.
    assert_eq!(pdf[0], "Qinghe Town Council – Works Committee");
    let pdf: Vec<String> =
        pdf[1..].iter().map(|line| line.replace("is done.¹", "is done.").replace("25 m²", "25 m2")).collect();
    let (note, text) = word.split_last().expect("a note");
    assert_eq!(pdf.split_last(), Some((&"1 The list of stations is kept by the Water Bureau.".to_owned(), text)));
    assert_eq!(note, "[1] The list of stations is kept by the Water Bureau.");
    assert_eq!(
        text[3..9],
        [
            "1. Apologies for absence",
            "2. Flood preparations",
            "(a) The Water Bureau shall dredge the outfall by 1 May 2027.",
            "(b) The Clerk shall publish the plan.",
            "i. on the website",
            "ii. on the notice board",
        ]
    );
}

#[test]
fn chinese_minutes_keep_their_numbers_cells_box_and_note() {
    let bytes = include_bytes!("office/minutes-zh.docx");
    let read_lines = lines(bytes, Format::Docx);
    assert_eq!(
        read_lines[3..9],
        [
            "一、关于防汛准备工作",
            "（一）市水务局要在4月底前完成河道清淤",
            "1. 清淤长度不少于20公里",
            "2. 弃土运至指定场所",
            "二、关于老旧小区改造",
            "（一）市住房城乡建设局要在9月底前完成56个小区的改造",
        ]
    );
    assert_eq!(
        read_lines[10..],
        [
            "序号\t重点任务\t牵头单位\t完成时限",
            "1\t检修泵站\t市水务局 市应急管理局\t2026年6月底前",
            "1\t检修泵站\t市财政局\t2026年5月15日",
            "2\t压减审批时限30%以上\t\t年底前",
            "联系人：林一，市政府办公室督查科",
            "出席：沈若谷、林一、周其远",
            "[1] 泵站名单由市水务局另行公布。",
        ]
    );
    let text = canonical(bytes, Format::Docx).expect("readable");
    let found = read(&text, &Profile::default()).directives;
    let rate = found.iter().find(|directive| directive.text.contains("不低于95%")).expect("a target");
    assert_eq!(rate.direction, Some(sources::Direction::AtLeast));
    assert!(found.iter().any(|directive| directive.class != Class::Principle && directive.text.contains("12处泵站")));
}
