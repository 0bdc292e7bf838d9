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

#[test]
fn catchwords_aims_and_means_lead_up_to_what_is_done() {
    all(&[
        (
            "会议强调，各乡镇要周密部署，高度重视，抓紧编制防汛预案。县水利局要相互配合，联合踏勘河道。",
            "action: 各乡镇要周密部署，高度重视，抓紧编制防汛预案 | 各乡镇\n\
             action: 县水利局要相互配合，联合踏勘河道 | 县水利局",
        ),
        (
            "会议强调，县文旅局要拟定导览手册，抢抓桃花节开幕的机遇，引导周边游客前来踏青。",
            "action: 县文旅局要拟定导览手册 | 县文旅局\n\
             principle: 抢抓桃花节开幕的机遇，引导周边游客前来踏青 | 县文旅局",
        ),
        (
            "会议强调，县供水公司要积极协调县供电公司，将泵房专线接入。县教育局要采取分批走访的办法，摸清留守儿童底数。",
            "action: 县供水公司要积极协调县供电公司，将泵房专线接入 | 县供水公司\n\
             principle: 县教育局要采取分批走访的办法，摸清留守儿童底数 | 县教育局",
        ),
        // What has an object of the field is done for itself.
        (
            "会议强调，各乡镇要摸清底数，制定修缮清单。",
            "principle: 各乡镇要摸清底数 | 各乡镇\naction: 制定修缮清单 | 各乡镇",
        ),
    ]);
}

#[test]
fn what_comes_of_work_stays_with_it() {
    all(&[
        (
            "会议强调，县住建局要加强渣土巡查，避免渣土再次堆积。县卫健局要完善预约挂号平台，切实提升群众就医体验感。",
            "principle: 县住建局要加强渣土巡查，避免渣土再次堆积 | 县住建局\n\
             action: 县卫健局要完善预约挂号平台，切实提升群众就医体验感 | 县卫健局",
        ),
        (
            "会议强调，县城管局要逐店签订门前责任书，杜绝走过场。县应急局要排查加油站隐患，坚决杜绝重大事故。",
            "action: 县城管局要逐店签订门前责任书，杜绝走过场 | 县城管局\n\
             action: 县应急局要排查加油站隐患 | 县应急局\n\
             principle: 坚决杜绝重大事故 | 县应急局",
        ),
        (
            "会议强调，县财政局要修订差旅费管理办法，按程序印发。县水务局要做好换管工作，确保换管的同时，居民用水不受影响。",
            "action: 县财政局要修订差旅费管理办法，按程序印发 | 县财政局\n\
             principle: 县水务局要做好换管工作，确保换管的同时，居民用水不受影响 | 县水务局",
        ),
    ]);
}

#[test]
fn a_sentence_broken_between_paragraphs_goes_on() {
    all(&[(
        "会议强调，要推进集镇改造；\n持续抓好厕所革命；探索有利于农户增收的联营办法。",
        "principle: 要推进集镇改造\nprinciple: 持续抓好厕所革命\nprinciple: 探索有利于农户增收的联营办法",
    )]);
}

#[test]
fn who_is_to_do_it_is_no_part_of_an_act() {
    all(&[
        (
            "会议听取了扩建方案（送审稿）的汇报，责成县住建局吸收各方建议改好后，报县委常委会审议。会议要求，要加快闲置人员分流进度。",
            "action: 县住建局吸收各方建议改好后，报县委常委会审议 | 县住建局\n\
             principle: 要加快闲置人员分流进度",
        ),
        (
            "会议要求，县人社局要做好政策解读，各用工单位履行主体责任。",
            "principle: 县人社局要做好政策解读 | 县人社局\nprinciple: 各用工单位履行主体责任 | 各用工单位",
        ),
    ]);
}

#[test]
fn what_forbids_an_attitude_and_what_only_judges() {
    all(&[
        (
            "会议强调，巡线工作仍不能大意，县应急局要备足沙袋。",
            "principle: 巡线工作仍不能大意\naction: 县应急局要备足沙袋 | 县应急局",
        ),
        (
            "会议强调，要补齐短板，只有如此，集镇才有可能留住商户。已完成移交的单位要做好值守工作。",
            "principle: 要补齐短板\nprinciple: 已完成移交的单位要做好值守工作 | 已完成移交的单位",
        ),
        (
            "会议要求，各乡镇按照任务分工履职尽责，抓紧签订管护协议。各乡镇要压实责任，主动作为。",
            "action: 各乡镇按照任务分工履职尽责，抓紧签订管护协议 | 各乡镇\n\
             principle: 各乡镇要压实责任，主动作为 | 各乡镇",
        ),
        (
            "会议强调，各科室要以更实举措推进窗口服务，持续补短板、强弱项、提质效。",
            "principle: 各科室要以更实举措推进窗口服务，持续补短板、强弱项、提质效 | 各科室",
        ),
    ]);
}

#[test]
fn a_changed_term_is_an_action_and_a_routine_function_a_principle() {
    all(&[
        (
            "会议强调，要放宽摊位申领限制，减少停车收费。要推进修订集市管理办法。",
            "action: 要放宽摊位申领限制\naction: 减少停车收费\naction: 要推进修订集市管理办法",
        ),
        (
            "会议强调，县文旅局要在弘扬茶文化上多下功夫。县农业农村局要对受冻茶园给予支持。要尽快恢复茶市秩序。",
            "principle: 县文旅局要在弘扬茶文化上多下功夫 | 县文旅局\n\
             principle: 县农业农村局要对受冻茶园给予支持 | 县农业农村局\n\
             principle: 要尽快恢复茶市秩序",
        ),
        (
            "会议强调，各乡镇要完成半年税收目标。县教育局要科学设置考核指标。",
            "target: 各乡镇要完成半年税收目标 | 各乡镇\naction: 县教育局要科学设置考核指标 | 县教育局",
        ),
    ]);
}

#[test]
fn a_span_of_time_ends_where_it_runs_out() {
    all(&[
        (
            "会议决定，从4月1日至2025年底，将困难家庭用水减免额度由每户5吨提高到8吨。",
            "action: 从4月1日至2025年底，将困难家庭用水减免额度由每户5吨提高到8吨 | 2025年底 = 2025-12-31 | 由每户5吨提高到8吨",
        ),
        (
            "会议决定，将困难家庭用水减免额度，由5吨提高到8吨。",
            "action: 将困难家庭用水减免额度，由5吨提高到8吨 | 由5吨提高到8吨",
        ),
        (
            "会议要求，各镇要对年收入不超过3万元的农户开展走访。",
            "action: 各镇要对年收入不超过3万元的农户开展走访 | 各镇",
        ),
    ]);
}

#[test]
fn whoever_several_are_they_are_asked() {
    all(&[
        (
            "会议要求，安环科要组织消防演练，各生产车间要检修设备，航运、邮政要增加班次。",
            "action: 安环科要组织消防演练 | 安环科\n\
             action: 各生产车间要检修设备 | 各生产车间\n\
             principle: 航运、邮政要增加班次 | 航运、邮政",
        ),
        (
            "会议要求，县公安局一要加强巡逻，二要严查酒驾。",
            "principle: 县公安局一要加强巡逻 | 县公安局\nprinciple: 要严查酒驾 | 县公安局",
        ),
        (
            "会议决定，由县水利局负责编制方案，由乡镇负责组织实施。",
            "action: 由县水利局负责编制方案 | 县水利局\nprinciple: 由乡镇负责组织实施 | 乡镇",
        ),
        (
            "会议要求，县重点办要加大调度力度；对进度滞后的单位要约谈负责人。",
            "principle: 县重点办要加大调度力度 | 县重点办\naction: 对进度滞后的单位要约谈负责人 | 县重点办",
        ),
    ]);
}

#[test]
fn what_closes_a_phrase_stays_with_it() {
    all(&[
        (
            "会议要求，县交警大队要联合路政单位，紧盯码头、堆场等，严查超载行为。",
            "principle: 县交警大队要联合路政单位，紧盯码头、堆场等，严查超载行为 | 县交警大队",
        ),
        (
            "会议要求，各村要加强联防联控，形成上下衔接的工作格局，抓紧清理林下可燃物。",
            "principle: 各村要加强联防联控，形成上下衔接的工作格局 | 各村\naction: 抓紧清理林下可燃物 | 各村",
        ),
        (
            "会议要求，县水利局要抓紧招标，确保9月底前开工建设。",
            "action: 县水利局要抓紧招标 | 县水利局\n\
             target: 确保9月底前开工建设 | 县水利局 | 9月底前 = 2024-09-30",
        ),
        ("会议要求，县水利局要加快项目前期工作。", "principle: 县水利局要加快项目前期工作 | 县水利局"),
    ]);
}
