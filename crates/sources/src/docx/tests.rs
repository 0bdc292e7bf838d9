//! Documents made here, sound and odd.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::canonical::{Format, Unreadable, canonical};
use crate::{Profile, read};

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
     xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
     xmlns:wps=\"wps\" xmlns:v=\"urn:schemas-microsoft-com:vml\"";

/// A document of these parts; its body is `document.xml`.
fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let relation = |part: &str| {
        let kind = part.trim_end_matches(".xml").trim_end_matches("main");
        format!("<Relationship Id=\"{kind}\" Type=\"{RELATIONS}/{kind}\" Target=\"{part}\"/>")
    };
    let of_document: String = parts.iter().map(|(part, _)| relation(part)).collect();
    let home = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
    );
    let fixed = [
        ("_rels/.rels".to_owned(), home),
        ("word/_rels/document.xml.rels".to_owned(), format!("<Relationships>{of_document}</Relationships>")),
    ];
    let own = parts.iter().map(|(part, text)| (format!("word/{part}"), text.clone()));
    for (name, text) in fixed.into_iter().chain(own) {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("its text");
    }
    zip.finish().expect("an archive").into_inner()
}

fn body(inner: &str) -> (&'static str, String) {
    ("document.xml", format!("<w:document {SPACES}><w:body>{inner}<w:sectPr/></w:body></w:document>"))
}

fn part(name: &'static str, root: &str, inner: &str) -> (&'static str, String) {
    (name, format!("<w:{root} {SPACES}>{inner}</w:{root}>"))
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A paragraph of a list.
fn item(list: &str, level: u8, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

fn level(no: u8, start: &str, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{no}\"><w:start w:val=\"{start}\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn lines(parts: &[(&str, String)]) -> Vec<String> {
    let read = canonical(&package(parts), Format::Docx).expect("a document");
    read.as_str().lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn refused(parts: &[(&str, String)]) -> &'static str {
    canonical(&package(parts), Format::Docx).expect_err("it cannot be read").code()
}

#[test]
fn numbers_that_stand_nowhere_in_the_text_are_counted_and_written() {
    let numbering = [
        "<w:abstractNum w:abstractNumId=\"0\">",
        &level(0, "1", "chineseCountingThousand", "%1、", "<w:suff w:val=\"nothing\"/>"),
        &level(1, "1", "chineseCounting", "（%2）", ""),
        &level(2, "1", "decimal", "%3.", ""),
        "</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">",
        &level(0, "1", "upperRoman", "%1.", ""),
        &level(1, "1", "decimal", "%1.%2", "<w:isLgl/>"),
        &level(2, "1", "lowerLetter", "(%3)", "<w:lvlRestart w:val=\"0\"/>"),
        "</w:abstractNum>",
        "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
        "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>",
        "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
    ]
    .concat();
    let text = [
        item("1", 0, "水利"),
        item("1", 1, "修堤"),
        item("1", 1, "备沙"),
        item("1", 2, "两处"),
        item("1", 0, "交通"),
        item("1", 1, "修桥"),
        item("0", 0, "不在列表中"),
        item("2", 0, "Roads"),
        item("2", 1, "Signs"),
        item("2", 2, "north"),
        item("2", 0, "Parks"),
        item("2", 1, "Benches"),
        item("2", 2, "south"),
        item("3", 0, "重新开始"),
        item("3", 0, "再来"),
        item("9", 0, "没有这个列表"),
    ]
    .concat();
    let found = lines(&[body(&text), part("numbering.xml", "numbering", &numbering)]);
    assert_eq!(
        found,
        [
            "一、水利",
            "（一）修堤",
            "（二）备沙",
            "1. 两处",
            "二、交通",
            "（一）修桥",
            "不在列表中",
            "I. Roads",
            "1.1 Signs",
            "(a) north",
            "II. Parks",
            "2.1 Benches",
            "(b) south",
            "一、重新开始",
            "二、再来",
            "没有这个列表",
        ]
    );
}

#[test]
fn a_style_puts_its_paragraphs_into_a_list_and_an_empty_one_is_counted() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"h1\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"h2\"><w:basedOn w:val=\"h1\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"character\" w:styleId=\"gone\"><w:rPr><w:vanish/></w:rPr></w:style>\
        <w:style w:type=\"numbering\" w:styleId=\"ours\"><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>";
    let numbering = [
        "<w:abstractNum w:abstractNumId=\"7\"><w:numStyleLink w:val=\"ours\"/></w:abstractNum>",
        "<w:abstractNum w:abstractNumId=\"8\"><w:styleLink w:val=\"ours\"/>",
        &level(0, "1", "chineseCounting", "第%1条", ""),
        &level(1, "1", "decimalEnclosedCircleChinese", "%2", ""),
        "</w:abstractNum>",
        "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"8\"/></w:num>",
    ]
    .concat();
    let styled = |style: &str, inner: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{inner}</w:p>");
    let r = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let text = [
        styled("h1", &r("总则")),
        styled("h1", ""),
        styled("h1", &format!("{}<w:r><w:rPr><w:rStyle w:val=\"gone\"/></w:rPr><w:t>看不见</w:t></w:r>", r("附则"))),
        styled("h2", &r("施行")),
    ]
    .concat();
    let parts = [body(&text), part("numbering.xml", "numbering", &numbering), part("styles.xml", "styles", styles)];
    assert_eq!(lines(&parts), ["第一条 总则", "第三条 附则", "① 施行"]);
}

#[test]
fn what_was_inserted_is_in_and_what_was_deleted_moved_away_or_hidden_is_out() {
    let text = "<w:p><w:r><w:t>市水务局</w:t></w:r><w:ins w:id=\"1\"><w:r><w:t>要</w:t></w:r></w:ins>\
        <w:del w:id=\"2\"><w:r><w:delText>不必</w:delText></w:r></w:del>\
        <w:moveFrom w:id=\"3\"><w:r><w:t>年底前</w:t></w:r></w:moveFrom><w:moveTo w:id=\"4\"><w:r><w:t>6月底前</w:t></w:r></w:moveTo>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>完成</w:t></w:r>\
        <w:r><w:t>检</w:t></w:r><w:r><w:softHyphen/><w:t>修</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del w:id=\"5\"/></w:rPr></w:pPr><w:r><w:t>两段</w:t></w:r></w:p><w:p><w:r><w:t>合为一段</w:t></w:r></w:p>\
        <w:p><w:pPr><w:pPrChange w:id=\"6\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:t>从前有号</w:t></w:r></w:p>";
    assert_eq!(lines(&[body(text)]), ["市水务局要6月底前完成检修", "两段合为一段", "从前有号"]);
}

#[test]
fn of_two_ways_to_show_a_text_box_one_is_taken_and_it_follows_its_paragraph() {
    let boxed = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    let text = format!(
        "<w:p><w:r><w:t>正文在前，</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{0}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{0}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>正文在后。</w:t></w:r></w:p>\
         <w:p><w:r><w:pict><v:textbox>{1}</v:textbox></w:pict></w:r></w:p>",
        boxed("框内"),
        boxed("旧式框")
    );
    assert_eq!(lines(&[body(&text)]), ["正文在前，正文在后。", "框内", "旧式框"]);
    let read = canonical(&package(&[body(&text)]), Format::Docx).expect("a document");
    let said: Vec<String> = read.places().iter().map(|place| place.at.to_string()).collect();
    assert_eq!(said, ["paragraph 1", "text box 1", "text box 2"]);
}

#[test]
fn a_field_shows_its_result_and_one_that_never_ends_swallows_nothing() {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let r = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let code = "<w:r><w:instrText>DATE</w:instrText></w:r>";
    let text = [
        "<w:p>".to_owned(),
        r("于"),
        field("begin"),
        code.into(),
        field("begin"),
        r("嵌套"),
        field("separate"),
        r("内"),
        field("end"),
        field("separate"),
        r("3月1日"),
        field("end"),
        r("前完成"),
        "<w:fldSimple w:instr=\"PAGE\">".into(),
        r("，报市政府"),
        "</w:fldSimple></w:p>".into(),
    ]
    .concat();
    assert_eq!(lines(&[body(&text)]), ["于3月1日前完成，报市政府"]);
    let open = ["<w:p>", &field("begin"), code, "</w:p>", &p("后面的正文")].concat();
    assert_eq!(lines(&[body(&open)]), ["后面的正文"]);
}

#[test]
fn signs_of_symbol_fonts_are_what_they_mean_or_the_file_is_refused() {
    let text = "<w:p><w:r><w:sym w:font=\"Wingdings\" w:char=\"F06C\"/><w:t xml:space=\"preserve\"> 一项</w:t></w:r></w:p>\
        <w:p><w:r><w:t>\u{F0B7}\u{20}二项</w:t></w:r></w:p>\
        <w:p><w:r><w:t>达标率</w:t><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:t>90%</w:t></w:r></w:p>\
        <w:p><w:r><w:rPr><w:rFonts w:ascii=\"Wingdings\" w:hAnsi=\"Wingdings\"/></w:rPr><w:t>n</w:t></w:r><w:r><w:t>三项</w:t></w:r></w:p>\
        <w:p><w:r><w:ruby><w:rt><w:r><w:t>qing</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>清</w:t></w:r></w:rubyBase></w:ruby><w:t>禾</w:t><w:noBreakHyphen/><w:t>市</w:t></w:r></w:p>\
        <w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>";
    assert_eq!(lines(&[body(text)]), ["● 一项", "• 二项", "达标率≥90%", "■三项", "清禾-市", "1/2"]);
    assert_eq!(refused(&[body(&p("乱\u{E123}码"))]), "private");
    assert_eq!(
        refused(&[body("<w:p><w:r><w:t>甲</w:t><w:sym w:font=\"Unknown\" w:char=\"F041\"/></w:r></w:p>")]),
        "private"
    );
    assert_eq!(refused(&[body(&p("乱\u{FFFD}码"))]), "damaged");
    let bullets = [
        "<w:abstractNum w:abstractNumId=\"0\">",
        &level(0, "1", "bullet", "\u{F0B7}", ""),
        "</w:abstractNum>\
        <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
    ]
    .concat();
    let listed = [body(&item("1", 0, "有点的")), part("numbering.xml", "numbering", &bullets)];
    assert_eq!(lines(&listed), ["• 有点的"]);
}

#[test]
fn notes_stand_after_the_text_and_headers_and_comments_nowhere() {
    let text = "<w:p><w:r><w:t>市水务局要在</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t>6月底前完成</w:t></w:r>\
        <w:r><w:commentReference w:id=\"1\"/></w:r><w:r><w:endnoteReference w:id=\"1\"/></w:r></w:p><w:p><w:r><w:t>其他。</w:t></w:r></w:p>";
    let note = |kind: &str, id: &str, text: &str| format!("<w:{kind} w:id=\"{id}\">{}</w:{kind}>", p(text));
    let footnotes =
        note("footnote", "0", "分隔") + &note("footnote", "2", "指当年。") + &note("footnote", "3", "无人引用");
    let found = lines(&[
        body(text),
        part("footnotes.xml", "footnotes", &footnotes),
        part("endnotes.xml", "endnotes", &note("endnote", "1", "见附件。")),
        part("header1.xml", "hdr", &p("页眉")),
        part("comments.xml", "comments", &format!("<w:comment w:id=\"1\">{}</w:comment>", p("批注"))),
    ]);
    assert_eq!(found, ["市水务局要在6月底前完成", "其他。", "[1] 指当年。", "[1] 见附件。"]);
}

fn table(rows: &[&[(&str, &str)]]) -> String {
    let cell = |(properties, text): &(&str, &str)| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text));
    let row = |cells: &&[(&str, &str)]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

#[test]
fn a_table_of_work_gives_its_rows_with_owner_and_deadline_and_each_cell_has_its_place() {
    const FIRST: &str = "<w:vMerge w:val=\"restart\"/>";
    const NEXT: &str = "<w:vMerge/>";
    let rows = table(&[
        &[("<w:gridSpan w:val=\"5\"/>", "重点任务分解表")],
        &[(FIRST, "序号"), (FIRST, "工作任务"), (FIRST, "具体措施"), ("<w:gridSpan w:val=\"2\"/>", "责任分工")],
        &[(NEXT, ""), (NEXT, ""), (NEXT, ""), ("", "牵头单位"), ("", "完成时限")],
        &[("<w:gridSpan w:val=\"5\"/>", "一、水利")],
        &[("", "1"), (FIRST, "防汛准备"), ("", "完成泵站检修"), (FIRST, "市水务局"), ("", "4月底前")],
        &[("", "2"), (NEXT, ""), ("", "备足防汛沙石"), (NEXT, ""), ("", "5月10日前")],
    ]);
    let bytes = package(&[body(&(p("清禾市政府常务会议纪要") + &p("2026年3月3日") + &rows + &p("此件公开发布。")))]);
    let text = canonical(&bytes, Format::Docx).expect("a document");
    let directives = read(&text, &Profile::default()).directives;
    let found: Vec<_> = directives
        .iter()
        .map(|d| {
            let day = d.due.as_ref().and_then(|due| due.date).map(|day| day.to_string());
            let at = crate::place(text.places(), d.start).map(ToString::to_string);
            (d.text.clone(), d.owner.clone(), day, at)
        })
        .collect();
    let said = |text: &str| Some(text.to_owned());
    assert_eq!(
        found,
        [
            ("完成泵站检修".to_owned(), said("市水务局"), said("2026-04-30"), said("table 1, row 5, column 3")),
            ("备足防汛沙石".to_owned(), said("市水务局"), said("2026-05-10"), said("table 1, row 6, column 3")),
        ],
        "{}",
        text.as_str()
    );
    let owner = directives[1].owner_span.expect("its span").start;
    assert_eq!(crate::place(text.places(), owner).map(ToString::to_string), said("table 1, row 5, column 4"));
}

#[test]
fn a_table_that_sets_out_a_page_is_read_as_text() {
    let long = "会议要求，各部门要提高认识。".repeat(30);
    let cell = format!("<w:tc>{}{}</w:tc>", p(&long), p("第二段。"));
    let form = format!("<w:tbl><w:tr><w:tc>{}</w:tc>{cell}</w:tr></w:tbl>", p("会议内容"));
    assert_eq!(lines(&[body(&form)]), ["会议内容", &long, "第二段。"]);
    let frame = format!(
        "<w:tbl><w:tr><w:tc>{}<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>",
        p("外"),
        p("甲"),
        p("乙")
    );
    assert_eq!(lines(&[body(&frame)]), ["外", "甲\t乙"]);
}

#[test]
fn any_prefix_and_both_editions_of_the_standard_are_read_and_other_elements_of_the_name_are_not() {
    for space in [
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ] {
        for (prefix, declared) in [("x:", "xmlns:x"), ("", "xmlns")] {
            let text = "<#document @=\"$\" xmlns:o=\"other\"><#body><#p><#r><#t>清禾</#t><o:t>他人</o:t></#r><o:p><#r><#t>不读</#t></#r></o:p></#p></#body></#document>";
            let text = text.replace('#', prefix).replace('@', declared).replace('$', space);
            assert_eq!(lines(&[("document.xml", text)]), ["清禾"], "{prefix}{space}");
        }
    }
}

#[test]
fn what_hides_text_or_names_it_elsewhere_is_refused() {
    for (what, code) in [
        (body("<w:altChunk/>"), "broken"),
        (("document.xml", format!("<!DOCTYPE x [<!ENTITY a \"b\">]><w:document {SPACES}/>")), "entities"),
        (body("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>"), "entities"),
        (body("<w:p><w:r>"), "broken"),
        (body(&"<w:ins>".repeat(300)), "too-deep"),
        (body("<w:p/>"), "no-text"),
    ] {
        assert_eq!(refused(&[what]), code);
    }
    assert_eq!(canonical(&package(&[part("styles.xml", "styles", "")]), Format::Docx), Err(Unreadable::Broken));
    let placeholder = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>单击此处输入文字</w:t></w:r></w:p></w:sdtContent></w:sdt>\
        <w:sdt><w:sdtContent><w:p><w:r><w:t>控件内</w:t></w:r></w:p></w:sdtContent></w:sdt>";
    assert_eq!(lines(&[body(placeholder)]), ["控件内"]);
}
