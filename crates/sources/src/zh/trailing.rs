//! Phrases that belong to the one beside them: the results and slogans that trail it, the attitudes that lead up to it.

use super::clause::{has_verb, is_preparing, preposition, strip_adverbs};
use super::words::{ACTS, EFFORTS};
use crate::phrases::{Phrases, any_of};

/// Whether a clause is only the result of the one before: 确保…, 从而…, 以…, 使…, 变要我改为我要改.
pub(super) fn is_tail(phrase: &str) -> bool {
    let phrase = phrase.trim_start_matches('并');
    any_of![
        "确保",
        "从而",
        "用于",
        "使",
        "让",
        "进而",
        "以便",
        "以免",
        "促进",
        "促使",
        "更好",
        "切实保障",
        "不断提升",
        "不断提高",
        "不断增强",
        "努力开创",
        "以利",
        "做到",
        "坚决做到",
        "真正做到",
        "切实做到",
        "作为",
        "以期",
    ]
    .begins(phrase)
        && !phrase.starts_with("使用")
        || (phrase.starts_with('以') && !is_preparing(phrase) && !phrase.contains('为') && !by_manner(phrase))
        || changes(strip_adverbs(phrase))
        || benefits(phrase)
}

/// 以“时时放心不下”的责任感抓好工作: how, and then what.
fn by_manner(phrase: &str) -> bool {
    let starts = |words: &str| ACTS.at(words).is_some() || EFFORTS.at(words).is_some();
    let rest = &phrase['以'.len_utf8()..];
    !starts(strip_adverbs(rest))
        && rest.find('的').is_some_and(|at| rest[at..].char_indices().skip(2).any(|(k, _)| starts(&rest[at + k..])))
}

/// 变“要我改”为“我要改”, 把图纸变成实景: what becomes of something by the work before.
fn changes(phrase: &str) -> bool {
    phrase.starts_with('变') && !phrase.starts_with("变更") && phrase.contains('为')
        || phrase.starts_with(['把', '将']) && any_of!["变成", "变为", "转化为", "转变为"].stands_in(phrase)
}

/// 为高质量发展提供坚实支撑, 切实减轻企业负担: what the work before is good for.
fn benefits(phrase: &str) -> bool {
    let given = any_of!["提供", "奠定", "作出", "做出", "注入", "贡献", "创造", "营造", "打下"];
    let plain = strip_adverbs(phrase);
    // 最大限度减少灾害损失
    let spared = any_of!["减少", "减轻", "降低", "避免"].begins(plain)
        && any_of!["最大限度", "最大程度", "尽可能", "尽量"].begins(phrase);
    spared
        || phrase.starts_with('为') && given.find(phrase).is_some_and(|(at, _)| at > 3)
        || plain.starts_with("减轻") && plain.ends_with("负担")
}

/// 安排78亿元，支持乡镇卫生院设备更新: money, and what it is for.
pub(super) fn is_spent_on(before: &str, phrase: &str) -> bool {
    let money = any_of!["安排", "统筹", "投入", "追加", "列支", "拨付", "下达", "筹措", "划拨"]
        .find(before)
        .is_some_and(|(at, _)| before[at..].contains('元') && before.ends_with(['元', '上', '金']));
    // 着力支持, 主要用于: how is not asked.
    let plain = any_of!["着力", "大力", "全力", "积极", "重点", "主要", "专项", "专门", "全部"].trim_start(phrase);
    money && any_of!["支持", "用于", "保障", "补助"].begins(plain)
}

/// 主动对接，10月上旬前完成手续: a verb without an object, which the next phrase says what for.
pub(super) fn has_no_object(phrase: &str) -> bool {
    static STANCES: Phrases =
        Phrases::of(&["靠前服务", "主动作为", "积极作为", "担当作为", "靠前指挥", "提前介入", "跟进", "靠前"]);
    STANCES.has(phrase) || STANCES.has(strip_adverbs(phrase)) || is_contact(phrase)
}

/// 加强联系, 密切沟通对接: dealing with others, without saying with whom.
fn is_contact(phrase: &str) -> bool {
    static MORE: Phrases = Phrases::of(&[
        "加强", "强化", "深化", "密切", "做好", "搞好", "保持", "通力", "加大", "加密", "提前", "靠前", "主动",
    ]);
    static CONTACTS: Phrases = Phrases::of(&[
        "对接", "联系", "沟通", "协调", "协作", "配合", "衔接", "合作", "联络", "磋商", "协商", "会商", "服务", "交流",
        "联动",
    ]);
    let mut rest = MORE.trim_start(strip_adverbs(phrase));
    let whole = rest.len();
    while let Some(word) = CONTACTS.at(rest) {
        rest = rest[word.len()..].trim_start_matches('、');
    }
    rest.len() < whole && matches!(rest, "" | "力度" | "工作")
}

/// Whether a last phrase only closes what stands before it: 营造浓厚氛围, 形成工作合力.
pub(super) fn closes(phrase: &str) -> bool {
    let plain = strip_adverbs(phrase);
    let mood = plain.starts_with("营造") && any_of!["氛围", "环境", "风气", "生态"].ends(plain);
    let joint = plain.starts_with("形成") && any_of!["合力", "声势", "局面", "态势", "氛围", "震慑"].ends(plain);
    mood || joint || plain.starts_with("管好用好")
}

/// 抓好贯彻落实, 推动各项任务落地见效: work in general, and that it be done.
pub(super) fn carries_out(phrase: &str) -> bool {
    let plain = strip_adverbs(phrase);
    static DONE: Phrases = Phrases::of(&[
        "抓好贯彻落实",
        "抓好落实",
        "狠抓落实",
        "落到实处",
        "落地见效",
        "落实见效",
        "见行见效",
        "抓好工作落实",
        "落地生根",
        "落地落实",
        "取得实效",
        "见到实效",
    ]);
    static GENERAL: Phrases = Phrases::of(&[
        "工作", "任务", "部署", "措施", "举措", "要求", "政策", "责任", "精神", "落实", "自身", "实际", "职能", "职责",
    ]);
    DONE.ends(plain)
        && plain.chars().count() <= 18
        && (GENERAL.stands_in(plain) || plain.chars().count() <= 8)
        && !plain.contains(|c: char| c.is_ascii_digit())
}

/// Whether a phrase only tells in what spirit the next one is done: 提高政治站位, 强化“一盘棋”意识, 从实际出发.
pub(super) fn is_attitude(phrase: &str) -> bool {
    let plain = strip_adverbs(phrase);
    static HELD: Phrases = Phrases::of(&[
        "提高",
        "提升",
        "强化",
        "增强",
        "树牢",
        "树立",
        "牢固树立",
        "坚定",
        "保持",
        "站稳",
        "统一",
        "增进",
        "深化",
        "进一步提高",
    ]);
    static SPIRIT: Phrases =
        Phrases::of(&["站位", "意识", "定力", "自觉", "立场", "信心", "思想认识", "思想", "清醒头脑", "高度警惕"]);
    let spirit = HELD.begins(plain) && SPIRIT.ends(plain.trim_end_matches('”'));
    let stands = plain.starts_with('从') && plain.ends_with("出发");
    (spirit || stands) && plain.chars().count() <= 12
}

/// Whether a phrase only tells where the next one is aimed: 聚焦群众反映强烈的问题, 突出重点部位.
pub(super) fn is_focus(phrase: &str) -> bool {
    let plain = strip_adverbs(phrase);
    let Some(aim) = any_of!["聚焦", "突出", "紧盯", "瞄准", "盯紧", "紧扣", "锚定"].at(plain) else {
        return false;
    };
    let noun = &plain[aim.len()..];
    // 锚定目标不动摇: a stance of its own.
    if any_of!["不动摇", "不放松", "不松劲", "不懈怠"].ends(noun) {
        return false;
    }
    // 聚焦供需两端协同发力, 突出抓好: a verb stands behind.
    static AIMED: Phrases = Phrases::of(&[
        "重点",
        "领域",
        "部位",
        "环节",
        "问题",
        "难点",
        "堵点",
        "痛点",
        "弱项",
        "短板",
        "需求",
        "目标",
        "任务",
        "区域",
        "地区",
        "行业",
        "时段",
        "节点",
        "群体",
        "对象",
        "方向",
        "关键",
        "要害",
        "风险点",
        "产业",
        "产业链",
        "产业集群",
        "集聚区",
        "赛道",
        "隐患",
        "路段",
        "事项",
    ]);
    let plain_noun = AIMED.ends(noun) || noun.chars().count() <= 16 && !has_verb(noun);
    plain_noun && preposition(noun).is_none() && EFFORTS.at(noun).is_none() && ACTS.at(noun).is_none()
}

/// 既要算经济账，更要算民生账: two halves of one thought.
pub(super) fn completes_pair(before: &str, clause: &str) -> bool {
    let half = |words: &str| words.chars().count() <= 14;
    before.starts_with("既要") && any_of!["又要", "更要", "也要"].begins(clause) && half(before) && half(clause)
}
