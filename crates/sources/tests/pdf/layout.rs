//! Where letters stand, and what is made of it: rows, columns, tables, paragraphs.

use super::writer::{Pdf, grid, han, latin};
use super::{placed, read};

fn lines(x: f32, top: f32, step: f32, lines: &[&str], write: fn(f32, f32, &str) -> String) -> String {
    lines.iter().enumerate().map(|(no, line)| write(x, top - step * no as f32, line)).collect()
}

#[test]
fn chinese_lines_become_paragraphs_without_spaces() {
    // 26 ideographs a line, as offices set them; a paragraph begins two further in.
    let page = [
        han(196.0, 740.0, "清禾市人民政府常务会议纪要"),
        han(122.0, 700.0, "会议强调，要切实抓好今年的防汛工作，市水务局要在六月"),
        han(90.0, 672.0, "底前完成全部泵站的检修，市财政局要及时拨付资金，确保各"),
        han(90.0, 644.0, "项工作落到实处。"),
        han(122.0, 616.0, "会议指出，市教育局要加强校园安全的管理，逐校排查隐患，"),
        han(90.0, 588.0, "建立台账，限期整改。"),
        han(122.0, 560.0, "一是市住建局牵头推进老旧小区的改造。"),
    ]
    .concat();
    let text = read(&Pdf::of(&page)).expect("readable");
    assert_eq!(
        text,
        "清禾市人民政府常务会议纪要\n\n会议强调，要切实抓好今年的防汛工作，市水务局要在六月底前完成全部泵站的检修，市财政局要及时拨付资金，\
         确保各项工作落到实处。\n\n会议指出，市教育局要加强校园安全的管理，逐校排查隐患，建立台账，限期整改。\n\n一是市住建局牵头推进老旧小区的改造。"
    );
    let places = placed(&Pdf::of(&page));
    assert_eq!(places[2], (1, 3, "底前".to_owned()));
    assert_eq!(places.len(), 7);
}

#[test]
fn english_lines_become_paragraphs_and_broken_words_whole() {
    let text = [
        "Minutes of the Harbour Committee",
        "",
        "The Committee heard a report on the state of the northern break-",
        "water and agreed that the long-term programme should be re-",
        "viewed by the Clerk. The review is to be long and its term is to",
        "be fixed at the next meeting, to which the Engineer and the long-",
        "term tenants of the quay are to be invited by the Clerk.",
        "",
        "1. The Clerk to write to the owner of the mill.",
        "2. The Engineer to report on the state of the sluice by the end of",
        "   the month.",
    ];
    let text = read(&Pdf::of(&lines(72.0, 740.0, 14.0, &text, latin))).expect("readable");
    assert_eq!(
        text,
        "Minutes of the Harbour Committee\n\nThe Committee heard a report on the state of the northern breakwater and agreed that \
         the long-term programme should be reviewed by the Clerk. The review is to be long and its term is to be fixed at the \
         next meeting, to which the Engineer and the long-term tenants of the quay are to be invited by the Clerk.\n\n1. The Clerk \
         to write to the owner of the mill.\n\n2. The Engineer to report on the state of the sluice by the end of the month."
    );
}

#[test]
fn words_are_parted_by_gaps_where_no_space_is_drawn() {
    let page = "BT /F 10 Tf 90 700 Td [(The) -400 (Clerk) -350 (will) -400 (w) 40 (rite)] TJ ET";
    assert_eq!(read(&Pdf::of(page)).as_deref(), Ok("The Clerk will write"));
    // Justified ideographs are set apart, and are no words.
    let page = "BT /H 16 Tf 2.5 Tc 90 700 Td <C7E5BACCCAD0> Tj ET";
    assert_eq!(read(&Pdf::of(page)).as_deref(), Ok("清禾市"));
    let page = han(90.0, 700.0, "主持人：") + &han(186.0, 700.0, "张三");
    assert_eq!(read(&Pdf::of(&page)).as_deref(), Ok("主持人： 张三"));
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let left = [
        "The left column is read",
        "from its top down to its",
        "last line, and only then",
        "comes what stands right",
        "of it, from the top on.",
    ];
    let right = [
        "The right column begins",
        "at the same height, and",
        "goes on to the bottom of",
        "the page, where it ends",
        "with this.",
    ];
    let title = latin(72.0, 780.0, "A notice to all residents of the quarter, from the Clerk's office");
    for shift in [0.0, 5.0] {
        let page =
            title.clone() + &lines(72.0, 740.0, 14.0, &left, latin) + &lines(240.0, 740.0 - shift, 14.0, &right, latin);
        let text = read(&Pdf::of(&page)).expect("readable");
        assert_eq!(
            text,
            "A notice to all residents of the quarter, from the Clerk's office\n\nThe left column is read from its top down to its \
             last line, and only then comes what stands right of it, from the top on.\n\nThe right column begins at the same height, \
             and goes on to the bottom of the page, where it ends with this."
        );
    }
}

#[test]
fn headers_footers_and_page_numbers_are_dropped() {
    let body = [
        ("会议强调，要抓好防汛工作。", "The first decision."),
        ("会议指出，要抓好安全生产。", "The second."),
        ("会议要求，要抓好项目建设。", "The third."),
    ];
    let pages: Vec<String> = (1..)
        .zip(body)
        .map(|(no, (zh, en))| {
            han(90.0, 790.0, "清禾市人民政府办公室")
                + &han(122.0, 700.0, zh)
                + &latin(90.0, 600.0, en)
                + &latin(280.0, 40.0, &format!("- {no} -"))
        })
        .collect();
    let text = read(&Pdf::of_pages(&pages)).expect("readable");
    assert!(!text.contains("办公室") && !text.contains("- 1 -") && text.contains("The third."), "{text}");
    assert_eq!(placed(&Pdf::of_pages(&pages))[2].0, 2);
    // The number of a page goes by its looks too; what is a part of the text stays.
    let one = latin(90.0, 700.0, "Resolved.") + &latin(280.0, 40.0, "Page 1 of 1");
    assert_eq!(read(&Pdf::of(&one)).as_deref(), Ok("Resolved."));
    assert_eq!(read(&Pdf::of(&latin(90.0, 700.0, "Item 1"))).as_deref(), Ok("Item 1"));
}

#[test]
fn a_program_may_mark_headers_itself() {
    let page = format!(
        "/Artifact << /Type /Pagination /Subtype /Header >> BDC {} EMC /Artifact BMC EMC /P << /MCID 0 >> BDC {} EMC",
        latin(90.0, 790.0, "Draft of the office"),
        latin(90.0, 700.0, "Text")
    );
    assert_eq!(read(&Pdf::of(&page)).as_deref(), Ok("Text"));
}

#[test]
fn a_paragraph_goes_on_over_the_page() {
    let first = lines(
        72.0,
        100.0,
        14.0,
        &[
            "The Committee decided that the northern breakwater, which had been",
            "damaged in the storm of February, is to be repaired without any",
        ],
        latin,
    );
    let second = lines(
        72.0,
        780.0,
        14.0,
        &["further delay by the Harbour Office, and at its own expense for the", "time being."],
        latin,
    );
    let text = read(&Pdf::of_pages(&[first, second])).expect("readable");
    assert!(text.contains("without any further delay") && !text.contains('\n'), "{text}");
}

#[test]
fn tables_with_lines_become_rows_of_cells() {
    let page = grid(&[90.0, 130.0, 350.0, 450.0, 540.0], &[720.0, 690.0, 640.0, 600.0])
        + &["序号", "工作任务", "责任单位", "时限"]
            .iter()
            .zip([92.0, 150.0, 360.0, 460.0])
            .map(|(cell, x)| han(x, 700.0, cell))
            .collect::<String>()
        + &han(100.0, 660.0, "1")
        + &han(135.0, 668.0, "完成全市泵站的检修")
        + &han(135.0, 648.0, "和维护")
        + &han(355.0, 660.0, "市水务局")
        + &han(455.0, 660.0, "4月底前")
        + &han(100.0, 615.0, "2")
        + &han(135.0, 615.0, "拨付资金")
        + &han(455.0, 615.0, "5月底前");
    let text = read(&Pdf::of(&page)).expect("readable");
    assert_eq!(
        text,
        "序号\t工作任务\t责任单位\t时限\n\n1\t完成全市泵站的检修和维护\t市水务局\t4月底前\n\n2\t拨付资金\t\t5月底前"
    );
    let reading = sources::read(&text, &sources::Profile::default());
    assert_eq!(reading.directives.len(), 2);
    assert_eq!(reading.directives[0].owner.as_deref(), Some("市水务局"));
}

#[test]
fn merged_cells_say_what_they_say_in_each_row() {
    // The first column has no line between its two rows; the second row's last two cells are one.
    let page = "90 720 m 540 720 l S 200 690 m 540 690 l S 90 660 m 540 660 l S \
        90 660 m 90 720 l S 200 660 m 200 720 l S 400 690 m 400 720 l S 540 660 m 540 720 l S "
        .to_owned()
        + &han(95.0, 685.0, "水利")
        + &han(210.0, 700.0, "检修泵站")
        + &han(410.0, 700.0, "市水务局")
        + &han(210.0, 670.0, "拨付资金");
    assert_eq!(read(&Pdf::of(&page)).as_deref(), Ok("水利\t检修泵站\t市水务局\n\n水利\t拨付资金"));
}

#[test]
fn columns_under_each_other_are_cells_without_lines_too() {
    let page = latin(72.0, 740.0, "Action")
        + &latin(300.0, 740.0, "Owner")
        + &latin(420.0, 740.0, "Due")
        + &latin(72.0, 720.0, "Order paint")
        + &latin(300.0, 720.0, "Clerk")
        + &latin(420.0, 720.0, "10 March")
        + &latin(72.0, 700.0, "Ring the mill")
        + &latin(300.0, 700.0, "Warden")
        + &latin(420.0, 700.0, "12 March");
    assert_eq!(
        read(&Pdf::of(&page)).as_deref(),
        Ok("Action\tOwner\tDue\n\nOrder paint\tClerk\t10 March\n\nRing the mill\tWarden\t12 March")
    );
}

#[test]
fn turned_pages_and_turned_text_are_read_upright() {
    let contents = lines(90.0, 700.0, 20.0, &["First line", "Second line"], latin);
    for (turns, matrix) in [
        ("/Rotate 90", "0 1 -1 0 842 0"),
        ("/Rotate 270", "0 -1 1 0 0 842"),
        ("/Rotate 180", "-1 0 0 -1 842 842"),
        ("", "0 1 -1 0 842 0"),
    ] {
        for more in [turns, ""] {
            let mut pdf = Pdf::new();
            let fonts = pdf.fonts();
            pdf.page_with(&format!("/MediaBox [0 0 842 842] {more}"), &fonts, format!("{matrix} cm {contents}"));
            assert_eq!(read(&pdf.finish()).as_deref(), Ok("First line\n\nSecond line"), "{turns} {more}");
        }
    }
    // A note on the margin comes after, a watermark across the page is none of the text.
    let page = contents
        + "q 0 1 -1 0 40 300 cm BT /F 8 Tf (Margin) Tj ET Q q 0.7 0.7 -0.7 0.7 200 300 cm BT /F 60 Tf (DRAFT) Tj ET Q";
    assert_eq!(read(&Pdf::of(&page)).as_deref(), Ok("First line\n\nSecond line\n\nMargin"));
}

#[test]
fn vertical_lines_are_read_from_right_to_left() {
    let mut pdf = Pdf::new();
    let font = pdf.chinese("GBK-EUC-V", "GB1", "");
    let column = |x: f32, text: &str| {
        let hex: String = encoding_rs::GBK.encode(text).0.iter().map(|byte| format!("{byte:02X}")).collect();
        format!("BT /V 16 Tf {x} 700 Td <{hex}> Tj ET ")
    };
    pdf.page(&format!("/Font << /V {font} 0 R >>"), column(500.0, "清禾市") + &column(470.0, "会议纪要"));
    assert_eq!(read(&pdf.finish()).as_deref(), Ok("清禾市\n\n会议纪要"));
}

#[test]
fn forms_are_drawn_and_comments_are_not() {
    let mut pdf = Pdf::new();
    let fonts = pdf.fonts();
    let form = pdf.stream(
        &format!("/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Matrix [1 0 0 1 90 600] /Resources << {fonts} >>"),
        latin(0.0, 0.0, "in a form").as_bytes(),
    );
    let look = pdf.stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", latin(0.0, 0.0, "a comment").as_bytes());
    pdf.page_with(
        &format!("/Annots [<< /Type /Annot /Subtype /FreeText /Contents (a comment) /AP << /N {look} 0 R >> >>]"),
        &format!("{fonts} /XObject << /Fm {form} 0 R >>"),
        latin(90.0, 700.0, "on the page") + "/Fm Do",
    );
    assert_eq!(read(&pdf.finish()).as_deref(), Ok("on the page\n\nin a form"));
}

#[test]
fn bold_by_drawing_twice_counts_once() {
    let page = han(90.0, 700.0, "会议纪要") + &han(90.4, 700.0, "会议纪要") + &han(90.0, 660.0, "日日夜夜");
    assert_eq!(read(&Pdf::of(&page)).as_deref(), Ok("会议纪要\n\n日日夜夜"));
}

#[test]
fn raised_and_small_letters_stay_in_their_line() {
    let page = "BT /F 10 Tf 90 700 Td (See note) Tj /F 6 Tf 4 Ts (1) Tj 0 Ts /F 10 Tf (  on area.) Tj ET";
    assert_eq!(read(&Pdf::of(page)).as_deref(), Ok("See note¹ on area."));
}

#[test]
fn a_note_s_number_raised_high_stays_in_its_line_and_the_note_comes_after() {
    let line = "会议强调，要切实抓好今年的防汛工作，市水务局要在六月";
    let page = han(90.0, 700.0, line)
        + "BT /F 9 Tf 122 679.8 Td (1) Tj ET "
        + &han(90.0, 672.0, "底前")
        + &han(127.4, 672.0, "完成检修。")
        + "BT /F 9 Tf 90 84 Td (1  By all stations.) Tj ET ";
    let next = han(122.0, 740.0, "会议指出，要抓好安全生产。");
    assert_eq!(
        read(&Pdf::of_pages(&[page, next])).as_deref(),
        Ok(
            "会议强调，要切实抓好今年的防汛工作，市水务局要在六月底前¹完成检修。\n\n会议指出，要抓好安全生产。\n\n1 By all stations."
        )
    );
}

#[test]
fn a_number_broken_at_the_end_of_a_line_is_whole() {
    let page = [
        han(90.0, 700.0, "会议强调，要切实抓好今年的防汛工作，市水务局完成检修"),
        han(90.0, 672.0, "1.2万户居民的供水设施，并在四月底前向市政府办公室报送"),
        han(90.0, 644.0, "进展情况和问题清单，联系电话（零零零零—一二三四五六1"),
        han(90.0, 616.0, "678），逾期未报的，予以通报。"),
    ]
    .concat();
    assert_eq!(
        read(&Pdf::of(&page)).as_deref(),
        Ok(
            "会议强调，要切实抓好今年的防汛工作，市水务局完成检修1.2万户居民的供水设施，并在四月底前向市政府办公室报送进展情况和问\
            题清单，联系电话（零零零零—一二三四五六1678），逾期未报的，予以通报。"
        )
    );
}

#[test]
fn a_dash_within_a_sentence_begins_no_item() {
    let prose = [
        "It was noted that the difficulty over the off-street parking near Mill Lane",
        "- see the report of 12 February - had still not been resolved, and that the",
        "Clerk would write again.",
    ];
    let text = read(&Pdf::of(&lines(72.0, 700.0, 14.0, &prose, latin))).expect("readable");
    assert!(text.contains("Mill Lane - see the report") && !text.contains('\n'), "{text}");
    let list = [
        "- The Clerk to write to the owner of the mill about the gate at Mill Lane",
        "- The Engineer to report on the state of the sluice by the end of the month",
        "- The Warden to inspect the bridge.",
    ];
    let text = read(&Pdf::of(&lines(72.0, 700.0, 14.0, &list, latin))).expect("readable");
    assert_eq!(text.matches("\n\n- ").count(), 2, "{text}");
}

#[test]
fn an_item_hangs_under_its_first_word_whatever_numbers_it() {
    let item = |top: f32, no: &str, text: [&str; 2]| {
        latin(72.0, top, no) + &latin(90.0, top, text[0]) + &latin(90.0, top - 14.0, text[1])
    };
    let page = item(
        700.0,
        "1",
        ["The Committee agreed that the Water Bureau shall repair all the pumping", "stations before the end of June."],
    ) + &item(
        660.0,
        "2",
        ["The Treasurer is to report on the balance at each ordinary meeting until", "the work is done."],
    );
    let text = read(&Pdf::of(&page)).expect("readable");
    assert!(text.contains("pumping stations") && text.contains("until the work"), "{text}");
    assert_eq!(text.matches("\n\n").count(), 1, "{text}");
}

#[test]
fn columns_of_wide_lines_end_where_the_longer_one_does() {
    let left = [
        "The left column is read",
        "from its top down to its",
        "last line, and only then",
        "comes what stands right",
        "of it, from the top on,",
        "and it is longer by one.",
    ];
    let right = [
        "The right column begins",
        "at the same height, and",
        "goes on to the bottom of",
        "the page, where it ends",
        "with this as it should.",
    ];
    let page = lines(72.0, 740.0, 22.0, &left, latin)
        + &lines(240.0, 740.0, 22.0, &right, latin)
        + &latin(72.0, 560.0, "This line goes across the two of them, and comes after both.");
    let text = read(&Pdf::of(&page)).expect("readable");
    assert!(text.contains("of it, from the top on, and it is longer by one.\n\nThe right column"), "{text}");
}

#[test]
fn what_a_page_hides_is_not_read() {
    // A cell too narrow for its words, as sheets are printed.
    let page = format!(
        "q 90 690 50 20 re W n {} Q q 150 690 100 20 re W* n {} Q",
        han(90.0, 700.0, "完成检修任务"),
        han(150.0, 700.0, "市水务局")
    );
    assert_eq!(read(&Pdf::of(&page)).as_deref(), Ok("完成检市水务局"));
    let page = format!("q 0 0 1 1 re W n {} Q {}", latin(90.0, 700.0, "hidden"), latin(90.0, 650.0, "seen"));
    assert_eq!(read(&Pdf::of(&page)).as_deref(), Ok("seen"));
}

#[test]
fn names_under_each_other_in_a_cell_are_parted() {
    let page = grid(&[90.0, 250.0, 400.0], &[720.0, 660.0])
        + &han(95.0, 700.0, "完成全市泵站的检修")
        + &han(95.0, 680.0, "和维护")
        + &han(255.0, 700.0, "市水务局")
        + &han(255.0, 680.0, "各镇人民政府");
    assert_eq!(read(&Pdf::of(&page)).as_deref(), Ok("完成全市泵站的检修和维护\t市水务局 各镇人民政府"));
}

#[test]
fn a_row_that_the_end_of_a_page_cuts_is_whole() {
    let row = |top: f32, cells: [&str; 3]| {
        grid(&[90.0, 130.0, 230.0, 330.0], &[top, top - 30.0])
            + &cells.iter().zip([92.0, 132.0, 232.0]).map(|(cell, x)| han(x, top - 20.0, cell)).collect::<String>()
    };
    let first = row(130.0, ["8", "修桥", "三月底前"]) + &row(100.0, ["9", "整治背街小巷", "2026年10月1"]);
    let next = row(780.0, ["", "二十七条", "5日前"]) + &row(750.0, ["10", "修路", "五月底前"]);
    assert_eq!(
        read(&Pdf::of_pages(&[first, next])).as_deref(),
        Ok("8\t修桥\t三月底前\n\n9\t整治背街小巷二十七条\t2026年10月15日前\n\n10\t修路\t五月底前")
    );
}

#[test]
fn what_stands_outside_the_page_is_not_on_it() {
    let page = latin(90.0, 700.0, "on it") + &latin(-300.0, 700.0, "left of it") + &latin(90.0, 2000.0, "above it");
    assert_eq!(read(&Pdf::of(&page)).as_deref(), Ok("on it"));
}
