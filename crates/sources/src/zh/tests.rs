//! What is read of clauses that minutes in Chinese hold, one line a directive. The texts are our own.

use crate::{Class, Confidence, Profile, read};

/// One line a proposal: whether it is only offered, class, words, and what they say of owner, helpers, deadline and
/// quantity.
fn aloud(body: &str) -> String {
    let head = "临江县人民政府县长办公会议纪要\n2024年3月12日，县长刘某主持召开县长办公会议，研究有关工作。\n\n";
    let mut out = vec![];
    for directive in read(&format!("{head}{body}\n"), &Profile::default()).directives {
        let class = match directive.class {
            Class::Action => "action",
            Class::Target => "target",
            Class::Principle => "principle",
        };
        let doubt = if directive.confidence == Confidence::Low { "?" } else { "" };
        let mut line = format!("{class}{doubt}: {}", directive.text);
        if let Some(owner) = directive.owner {
            line += &format!(" | {owner}");
        }
        for helper in directive.supporting {
            line += &format!(" + {}", helper.text);
        }
        if let Some(due) = directive.due {
            let day = due.date.map_or("open".to_owned(), |date| date.to_string());
            line += &format!(" | {} = {day}", due.text);
        }
        if let Some(quantity) = directive.quantity {
            line += &format!(" | {quantity}");
        }
        out.push(line);
    }
    out.join("\n")
}

fn all(cases: &[(&str, &str)]) {
    for (body, found) in cases {
        assert_eq!(aloud(body), *found, "{body}");
    }
}

#[test]
fn a_number_with_a_dot_leaves_the_day_behind_it_whole() {
    all(&[
        (
            "会议议定以下事项：\n1.5月底前，县水利局完成设计。\n2.12个项目由县发改委负责推进。\n3.4月30日前，县水利局完成清淤。",
            "action: 5月底前，县水利局完成设计 | 县水利局 | 5月底前 = 2024-05-31\n\
             principle: 12个项目由县发改委负责推进 | 县发改委 | 12个\n\
             action: 4月30日前，县水利局完成清淤 | 县水利局 | 4月30日前 = 2024-04-30",
        ),
        (
            "会议议定以下事项：\n1.2024年5月底前，县水利局完成设计。",
            "action: 2024年5月底前，县水利局完成设计 | 县水利局 | 2024年5月底前 = 2024-05-31",
        ),
    ]);
}

#[test]
fn what_opens_like_a_report_may_order() {
    all(&[
        ("会议要求，此项工作由县民政局牵头。", "principle: 此项工作由县民政局牵头 | 县民政局"),
        (
            "会议要求，此项工作由县民政局牵头，县财政局配合。",
            "principle: 此项工作由县民政局牵头，县财政局配合 | 县民政局 + 县财政局",
        ),
        ("会议要求，这项工作由县民政局负责落实。", "principle: 这项工作由县民政局负责落实 | 县民政局"),
        ("会议要求，此事请县信访局妥善处理。", "action: 此事请县信访局妥善处理 | 县信访局"),
        ("会议强调，这项工作要在5月底前完成。", "action: 这项工作要在5月底前完成 | 5月底前 = 2024-05-31"),
        ("会议指出，进展缓慢，但县财政局要加快资金拨付。", "action: 县财政局要加快资金拨付 | 县财政局"),
        ("会议强调，当前要抓紧做好春耕备耕。", "principle: 当前要抓紧做好春耕备耕"),
        (
            "会议要求，目前未完成整改的企业要在3月底前完成整改。",
            "action: 目前未完成整改的企业要在3月底前完成整改 | 目前未完成整改的企业 | 3月底前 = 2024-03-31",
        ),
        ("会议强调，个别乡镇要加快进度。", "principle: 个别乡镇要加快进度 | 个别乡镇"),
        // What was said before is judged, what is seen is told.
        ("会议指出，这要求我们提高认识。", ""),
        ("会议指出，但也要看到，工作还不平衡。", ""),
        ("会议指出，目前进展缓慢。", ""),
        ("会议指出，这项工作已经取得进展。", ""),
    ]);
}

#[test]
fn an_owner_ends_where_its_name_or_its_post_ends() {
    all(&[
        ("会议要求刘副县长尽快带队赴省对接。", "principle: 刘副县长尽快带队赴省对接 | 刘副县长"),
        ("会议要求，由分管副县长召集有关部门研究。", "action: 由分管副县长召集有关部门研究 | 分管副县长"),
        ("会议要求，县水利局局长赵强牵头编制方案。", "action: 县水利局局长赵强牵头编制方案 | 县水利局局长赵强"),
        ("会议要求，各乡镇长为第一责任人。", "action?: 各乡镇长为第一责任人"),
        ("会议要求，由县河长办下发提醒函。", "action: 由县河长办下发提醒函 | 县河长办"),
        ("会议要求，建议县财政局安排资金50万元。", "action: 建议县财政局安排资金50万元 | 县财政局 | 50万元"),
        ("会议要求，恳请省厅支持泵站建设。", "principle: 恳请省厅支持泵站建设 | 省厅"),
        // Who pledges it does it.
        (
            "县水利局局长赵强表态：4月20日前完成河道清淤。",
            "target: 4月20日前完成河道清淤 | 县水利局局长赵强 | 4月20日前 = 2024-04-20",
        ),
        ("会议要求，县住建局：5月底前完成设计。", "action: 5月底前完成设计 | 县住建局 | 5月底前 = 2024-05-31"),
        (
            "会议决定，由县财政局、县水利局（牵头）、县审计局制定方案。",
            "action: 由县财政局、县水利局（牵头）、县审计局制定方案 | 县水利局 + 县财政局 + 县审计局",
        ),
        (
            "会议议定以下事项：\n1.完成河道清淤。责任单位：县财政局、县水利局（牵头）、县审计局。",
            "action: 完成河道清淤 | 县水利局 + 县财政局 + 县审计局",
        ),
        (
            "会议决定，县水利局负责，5月底前完成河道整治。",
            "target: 县水利局负责，5月底前完成河道整治 | 县水利局 | 5月底前 = 2024-05-31",
        ),
    ]);
}

#[test]
fn what_was_agreed_to_is_no_order_and_what_comes_of_it_is_one() {
    all(&[
        ("会议原则同意该方案，待完善后提交县委常委会审议。", "action: 待完善后提交县委常委会审议"),
        ("会议同意县住建局起草的方案，按程序报批。", "action: 按程序报批"),
        ("会议同意县住建局关于调整规划的请示。", ""),
        ("会议决定，授予张强等10人2023年度先进工作者称号。", ""),
        (
            "会议议定以下事项：\n1.土地出让金缓缴至2024年12月31日。\n2.工期由12个月压缩至10个月。\n3.谁破坏谁恢复。\n4.对符合条件的企业，每户补助5万元。",
            "action: 土地出让金缓缴至2024年12月31日 | 2024年12月31日 = 2024-12-31\n\
             action: 工期由12个月压缩至10个月 | 由12个月压缩至10个月\n\
             action: 谁破坏谁恢复\n\
             action: 对符合条件的企业，每户补助5万元 | 5万元",
        ),
    ]);
}

#[test]
fn who_answers_may_be_said_in_front() {
    let found = "action: 要完成设计 | 县住建局 | 5月底前 = 2024-05-31";
    all(&[
        ("责任单位：县住建局\n完成时限：5月底前\n要完成设计。", found),
        ("责任单位：县住建局。完成时限：5月底前。要完成设计。", found),
        ("会议议定以下事项：\n完成设计（县住建局，5月底前）", "action: 完成设计 | 县住建局 | 5月底前 = 2024-05-31"),
        // One above each, and not the one above the next.
        (
            "责任单位：县住建局\n要完成设计。\n责任单位：县水利局\n要完成清淤。",
            "action: 要完成设计 | 县住建局\naction: 要完成清淤 | 县水利局",
        ),
    ]);
}

#[test]
fn a_term_or_a_part_in_a_clause_of_its_own_belongs_to_what_stands_before_it() {
    all(&[
        (
            "会议要求，开展集中整治，时间为3月20日至4月20日。",
            "action: 开展集中整治，时间为3月20日至4月20日 | 3月20日至4月20日 = 2024-04-20",
        ),
        ("会议决定，新建停车场一处，设车位300个。", "action: 新建停车场一处，设车位300个 | 300个"),
        ("会议强调，要加强联系，月底前签约。", "action: 要加强联系，月底前签约 | 月底前 = 2024-03-31"),
        ("会议决定，安排78亿元，着力支持卫生院设备更新。", "action: 安排78亿元，着力支持卫生院设备更新 | 78亿元"),
        ("会议要求，编制清单，四季度提交县政府审议。", "action: 编制清单，四季度提交县政府审议 | 四季度 = 2024-12-31"),
        ("会议要求，摸排线索，将结果报县纪委。", "action: 摸排线索，将结果报县纪委"),
    ]);
}
