//! What a Chinese line or sentence tells instead of ordering: who was there, what was adopted, what was on the agenda.

use super::clause::{has_verb, is_order, is_preparing};
use crate::marks::marks;
use crate::phrases::{Phrases, any_of};
use std::ops::Range;

/// 现就有关事项通知如下：, 会议议定以下事项：
pub(super) fn announces_orders(words: &str) -> bool {
    let last = words.rfind('。').map_or(words, |at| &words[at..]);
    let said = any_of![
        "意见如下",
        "如下意见",
        "纪要如下",
        "提出如下",
        "如下措施",
        "通知如下",
        "督办如下",
        "议定",
        "要求如下",
        "安排如下",
        "明确如下",
        "事项：",
        "决定：",
        "任务分解",
        "交办如下",
        "部署如下",
    ];
    said.stands_in(last) && !last.contains("存在") && !last.contains("汇报")
}

/// 市政府办公室关于印发民生实事项目清单的通知: what a document is called.
fn names_document(line: &str) -> bool {
    let line = line.trim();
    any_of!["的通知", "的意见", "的决定", "的函", "的批复", "的公告", "的通报", "的决议", "的报告", "的请示"].ends(line)
        && line.contains("关于")
        && !line.contains(['，', '。', '：'])
}

/// 市政府办公室　2026年1月21日印发: who printed it, and when.
fn is_imprint(line: &str) -> bool {
    let line = line.trim();
    line.ends_with("日印发") && line.contains('年') && !line.contains(['，', '。'])
}

/// 参加：市水务局雷鸣。: who was there, who gets a copy.
pub(super) fn is_register(line: &str) -> bool {
    if is_imprint(line) || names_document(line) {
        return true;
    }
    let Some(label) = marks!['：', ':'].find(line).map(|colon| &line[..colon]) else { return false };
    let bare: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    let labels = [
        "参加",
        "参会",
        "出席",
        "列席",
        "主持",
        "主持人",
        "记录",
        "记录人",
        "地点",
        "时间",
        "会议时间",
        "会议地点",
        "抄送",
        "主送",
        "分送",
        "发送",
        "送",
        "印发",
        "请假",
        "缺席",
        "参加人员",
        "出席人员",
        "列席人员",
        "参会人员",
        "参加单位",
        "联系人",
        "附件",
    ];
    labels.contains(&bare.as_str())
}

/// A short first sentence of a numbered paragraph, without subject, number or modal.
pub(super) fn is_title(sentence: &str) -> bool {
    let words = sentence.trim_end_matches('。');
    words.chars().count() <= 16
        && !words.contains(['要', '应', '须', '请', '由', '，', '：', '（'])
        && !words.contains(|c: char| c.is_ascii_digit())
}

pub(super) fn orders_in(words: &str) -> bool {
    any_of!["要", "必须", "务必"].stands_in(words)
}

/// 市发改委提出的实施方案, 《…规划》: the thing that was adopted.
pub(super) fn is_adopted(words: &str) -> bool {
    let named = words.ends_with('》')
        || any_of!["提出的", "报送的", "拟定的", "起草的", "提交的", "制定的", "汇报的"].stands_in(words);
    let noun =
        any_of!["方案", "计划", "意见", "建议", "报告", "规划", "办法", "草案", "请示", "安排", "模式", "思路", "做法"]
            .ends(words);
    let staff = any_of!["人员组成", "组成人员", "人选", "人员名单"].ends(words) && !is_order(words);
    staff || named && !words.starts_with('由') || noun && !is_order(words) || words.starts_with("关于")
}

/// 会议通过《…条例》.
pub(super) fn adopts(clause: &str) -> bool {
    clause.contains('《') && any_of!["通过", "审议", "印发了"].stands_in(clause)
}

/// A noun phrase and no clause: 有关工作事项.
pub(super) fn is_topic(words: &str) -> bool {
    any_of!["问题", "事项", "情况", "方面", "工作"].ends(words) || words.ends_with("如下")
}

/// 规模约630亿元, 总投资12亿元: how much the order before it comes to.
pub(super) fn is_size(clause: &str) -> bool {
    let sized = any_of![
        "规模",
        "首期额度",
        "首期规模",
        "首批额度",
        "总额度",
        "额度",
        "总规模",
        "总额",
        "金额",
        "总金额",
        "总投资",
        "投资额",
        "合计",
        "共计",
        "总计",
        "涉及资金",
        "涉及税款",
        "涉及金额",
        "涉及",
    ];
    let rest = sized.at(clause).map(|word| &clause[word.len()..]);
    rest.is_some_and(|rest| rest.chars().take(4).any(|c| c.is_ascii_digit()) && rest.chars().count() <= 16)
}

/// A clause that may open the next order: a topic, a time, a condition. A purpose (为…) stays outside.
pub(super) fn keep_pending(pending: Option<usize>, clause: &str, start: usize) -> Option<usize> {
    let purpose = clause.starts_with('为') && !clause.starts_with("为此");
    if is_preparing(clause) && !purpose { pending.or(Some(start)) } else { None }
}

/// 主持召开, 审议通过: what happened, not what is to be done.
pub(super) fn announces(sentence: &str) -> bool {
    if !any_of!["主持召开", "会议", "审议通过了"].stands_in(sentence) {
        return false;
    }
    let held = any_of!["主持召开", "出席会议并", "主持会议", "参加会议", "列席会议", "出席会议", "参加了会议"];
    let chaired = sentence.trim_start().starts_with("会议由")
        && sentence.contains("主持")
        && !any_of!["强调", "要求", "指出", "要"].stands_in(sentence);
    chaired
        || held.stands_in(sentence) && !sentence.contains("会议要求") && !sentence.contains("会议强调")
        || any_of!["审议通过了", "会议听取了", "会议研究了", "会议还研究了"].stands_in(sentence)
            && !sentence.contains('要')
            && !sentence.contains("决定")
}

fn is_count(c: char) -> bool {
    c.is_ascii_digit() || "一二两三四五六七八九十".contains(c)
}

/// 请广大市民减少外出: advice to the public.
pub(super) fn advises(clause: &str) -> bool {
    let asked = ["请", "提醒", "希望", "呼吁", "建议"].iter().find_map(|verb| clause.strip_prefix(verb));
    asked.is_some_and(|who| any_of!["广大", "市民", "公众", "居民", "旅客", "游客", "群众", "社会公众"].begins(who))
}

/// 保障措施, 组织保障: a heading that is a noun, whatever verb it holds.
pub(super) fn is_heading_noun(line: &str) -> bool {
    static NOUNS: Phrases = Phrases::of(&[
        "措施", "任务", "目标", "原则", "内容", "安排", "保障", "职责", "分工", "时限", "步骤", "重点", "依据", "范围",
        "项目",
    ]);
    let length = line.chars().count();
    let makes =
        any_of!["落实", "完善", "强化", "明确", "加强", "做好", "制定", "细化", "压实", "实施", "推进", "完成", "分解"];
    length <= 8 && NOUNS.ends(line) && !makes.begins(line)
}

/// 当场定了几件事, 提出以下要求: what follows its colon is to be done.
pub(super) fn opens_list(clause: &str) -> bool {
    static CUES: Phrases = Phrases::of(&[
        "定了",
        "敲定",
        "拍板",
        "以下",
        "如下",
        "几点要求",
        "几件事",
        "提出要求",
        "点要求",
        "点意见",
        "作出安排",
        "作了安排",
        "提出了要求",
        "作出部署",
        "作了部署",
        "进行部署",
        "进行了部署",
        "时间节点",
        "时间表",
    ]);
    CUES.stands_in(clause) && !any_of!["问题", "汇报", "情况", "困难"].ends(clause)
}

/// 王敏部署了今年六项重点任务。: a list of them follows.
pub(super) fn sets_tasks(sentence: &str) -> bool {
    static TASKS: Phrases = Phrases::of(&[
        "重点工作",
        "重点任务",
        "工作任务",
        "目标任务",
        "项任务",
        "项工作",
        "点要求",
        "点意见",
        "条意见",
        "条要求",
        "方面工作",
        "方面任务",
        "方面要求",
        "项要求",
        "项措施",
        "项举措",
        "具体要求",
        "具体安排",
        "工作安排",
    ]);
    let words = sentence.trim().trim_end_matches('。');
    // …，抓好八项重点任务。
    let last = words.rsplit('，').next().unwrap_or(words);
    let counted = any_of!["抓好", "做好", "突出抓好", "重点抓好", "扎实做好", "着力抓好"]
        .at(last)
        .is_some_and(|verb| last[verb.len()..].trim_start_matches(['以', '下', '这']).starts_with(is_count));
    if counted && last.contains(['项', '个', '方']) && TASKS.ends(last) && last.chars().count() <= 16 {
        return true;
    }
    let set = || any_of!["部署了", "安排了", "布置了", "明确了", "提出了", "下达了", "提出", "作出"].find(words);
    TASKS.ends(words)
        && set().is_some_and(|(at, word)| word.ends_with('了') || words[at..].contains(['项', '点', '条', '个']))
        && words.chars().count() <= 40
        && !any_of!["要", "问题", "汇报", "听取", "传达", "学习", "审议", "主持"].stands_in(words)
}

/// …会议强调 坚持人民至上: a headline, in which a blank stands behind who speaks.
pub(super) fn is_headline(rest: &str) -> bool {
    let line = || marks!['\n', '\r'].find(rest).map_or(rest, |end| &rest[..end]);
    rest.starts_with([' ', '\u{3000}']) && !line().contains(['。', '；', '：'])
}

/// 省政府部署秋冬造林 周启明主持: the first line of a text of sentences, in two parts.
pub(super) fn opens_as_headline(text: &str, paragraph: Range<usize>) -> bool {
    let line = &text[paragraph.clone()];
    text[..paragraph.start].trim_start().is_empty()
        && line.contains([' ', '\u{3000}'])
        && !line.contains(['。', '；', '：', '，'])
        && near(text, paragraph.end).contains('。')
}

/// 对参与更新的社会资本，: whom or what the next clause is about.
pub(super) fn is_scope(clause: &str) -> bool {
    // 在建筑施工领域, 在服务事项方面
    if clause.starts_with('在') && any_of!["领域", "方面", "环节", "行业", "层面"].ends(clause) {
        return !clause.contains(['要', '应']);
    }
    let about =
        clause.strip_prefix("对于").or_else(|| clause.strip_prefix("针对")).or_else(|| clause.strip_prefix('对'));
    let Some((_, noun)) = about.and_then(|about| about.rsplit_once('的')) else { return false };
    noun.chars().count() >= 2 && !is_order(noun) && !has_verb(noun)
}

/// 凡能取消的事项一律取消: a case together with what is decided for it.
pub(super) fn rules_whole(clause: &str) -> bool {
    clause.starts_with('凡')
        && any_of!["一律", "必须", "都要", "均须", "均应"].stands_in(clause)
        && !clause.ends_with('的')
}

/// 决定出台一批惠企政策 in an announcement: a package whose parts the text decides later on.
pub(super) fn repeats_later(text: &str, decided: Range<usize>) -> bool {
    let package = any_of!["政策", "措施", "举措", "政策措施", "政策举措"].ends(&text[decided.clone()]);
    package && any_of!["会议决定", "会议确定", "会议明确"].stands_in(near(text, decided.end))
}

/// 该议题暂缓, 不予支持: decided not to act.
pub(super) fn defers(clause: &str) -> bool {
    let refused = any_of!["不予支持", "不予批准", "不予采纳", "不予同意", "暂不研究", "暂不表决"];
    clause.starts_with("暂缓")
        || clause.ends_with("暂缓") && clause.chars().count() <= 16
        || refused.ends(clause) && clause.chars().count() <= 10
}

/// 今年以来, 去年, 过去一年: a time that is over.
pub(super) fn looks_back(clause: &str) -> bool {
    clause.ends_with("以来") && clause.chars().count() <= 12 && !clause.contains(['要', '把'])
        || any_of!["去年", "前年", "过去一年", "上年", "此前", "上半年以来", "近年", "近年来"].has(clause)
}

/// 苗芳同志任党政办副主任: an appointment, or an honour.
pub(super) fn appoints(clause: &str) -> bool {
    static POSTS: Phrases = Phrases::of(&[
        "主任",
        "局长",
        "书记",
        "科长",
        "处长",
        "所长",
        "站长",
        "院长",
        "校长",
        "经理",
        "委员",
        "职务",
        "组长",
        "董事长",
    ]);
    // 授予张强2023年度先进工作者称号: done by saying so.
    let honours = any_of!["称号", "荣誉"].ends(clause)
        && any_of!["授予", "给予", "命名", "追授", "追认"].find(clause).is_some_and(|(at, _)| at <= 60);
    honours || POSTS.ends(clause) && any_of!["同志任", "任命", "免去", "聘任", "提名", "兼任"].stands_in(clause)
}

/// How far behind an announcement its matter is looked for, in bytes.
const AGAIN_BYTES_MAX: usize = 6_000;

/// What stands shortly behind a place.
fn near(text: &str, from: usize) -> &str {
    let most = (from + AGAIN_BYTES_MAX).min(text.len());
    let end = (from..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(from);
    &text[from..end]
}

/// Whether what is announced is said again: half of the pairs of its characters stand in the text after it.
pub(super) fn said_again(text: &str, clause: Range<usize>) -> bool {
    let rest = near(text, clause.end);
    let words = &text[clause.clone()];
    let starts: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
    let pairs: Vec<&str> = starts.windows(3).take(40).map(|w| &words[w[0]..w[2]]).collect();
    let found = pairs.iter().filter(|pair| rest.contains(**pair)).count();
    found * 2 >= pairs.len()
}
