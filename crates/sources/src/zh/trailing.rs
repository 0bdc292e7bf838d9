//! Phrases that belong to the one beside them: the results and slogans that trail it, the attitudes that lead up to it.

use super::class;
use super::clause::{has_verb, is_preparing, preposition, strip_adverbs};
use super::owner::names_office;
use super::quantity;
use super::words::{ACTS, ADVERBS, EFFORTS, PREPARING_ENDS};
use crate::phrases::{Phrases, any_of};
use crate::{Class, Profile};

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
        "努力开创",
        "以利",
        "做到",
        "坚决做到",
        "真正做到",
        "切实做到",
        "作为",
        "以期",
        "避免",
        "宁可",
        "争取",
        "防止因",
        "防止出现",
        "防止发生",
        "能够",
        "倒逼",
        "真正实现",
    ]
    .begins(phrase)
        && !phrase.starts_with("使用")
        || (phrase.starts_with('以') && !is_preparing(phrase) && !phrase.contains('为') && !by_manner(phrase))
        || changes(strip_adverbs(phrase))
        || benefits(phrase)
        || betters(strip_adverbs(phrase))
        || rules_out(strip_adverbs(phrase))
        || pushes_work(strip_adverbs(phrase))
}

/// 推动任务落地、推动问题销账: the work itself, or what it is about, and that it come to something.
fn pushes_work(plain: &str) -> bool {
    static WORK: Phrases = Phrases::of(&[
        "各项工作",
        "工作",
        "各项任务",
        "任务",
        "各类问题",
        "问题",
        "隐患",
        "责任",
        "各项措施",
        "措施",
        "部署",
        "各项部署",
        "要求",
        "整改",
        "政策措施",
        "各项政策",
    ]);
    let pushed = any_of!["推动", "促使", "带动"].at(plain).map(|verb| &plain[verb.len()..]);
    // 推动任务分解方案印发 makes something.
    pushed.is_some_and(|rest| WORK.begins(rest) || rest.split('、').next().is_some_and(|part| WORK.begins(part)))
}

/// 确保底数清、措施实、整改到底: a run of catchwords, each of a few characters.
pub(super) fn ensures_run(phrase: &str) -> bool {
    phrase.strip_prefix("确保").is_some_and(|rest| {
        rest.contains('、')
            && rest.split('、').all(|part| (2..=5).contains(&part.chars().count()) && !part.starts_with('不'))
            && quantity::none_in(rest)
    })
}

/// 进一步提升群众满意度, 切实提高工作质效: in what the work before it shows.
fn betters(plain: &str) -> bool {
    static SHOWN: Phrases = Phrases::of(&["质量", "水平", "效率", "实效", "成效", "效能", "效果", "质效", "度", "感"]);
    any_of!["提升", "提高", "增强"].begins(plain) && SHOWN.ends(plain) && plain.chars().count() <= 9
}

/// 杜绝走过场: how the work before it is not done; 杜绝重特大事故 is an aim of its own.
fn rules_out(plain: &str) -> bool {
    static EVENTS: Phrases = Phrases::of(&["事故", "事件", "案件", "行为", "现象", "问题", "隐患", "发生"]);
    plain.starts_with("杜绝") && !EVENTS.ends(plain) && plain.chars().count() <= 9
}

/// 以“时时放心不下”的责任感抓好工作: how, and then what.
fn by_manner(phrase: &str) -> bool {
    let starts = |words: &str| ACTS.at(words).is_some() || EFFORTS.at(words).is_some();
    let rest = &phrase['以'.len_utf8()..];
    // 以更大力度推进清淤
    static MANNER: Phrases = Phrases::of(&[
        "标准", "举措", "行动", "力度", "作风", "状态", "姿态", "担当", "速度", "成效", "方式", "精神", "决心",
    ]);
    let verbal = |words: &str| starts(words) || ADVERBS.at(words).is_some();
    if MANNER.places(rest).any(|(at, noun)| verbal(&rest[at + noun.len()..])) {
        return true;
    }
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
    // 努力将停水影响降到最低
    let least = plain.starts_with(['将', '把']) && any_of!["降到最低", "降至最低", "减到最少", "减到最小"].ends(plain);
    spared
        || least
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
    is_stance(phrase) || is_contact(phrase)
}

/// 主动作为, 靠前指挥; 按照分工履职尽责, 到户到人: no more than that it be done well.
pub(super) fn is_stance(phrase: &str) -> bool {
    static STANCES: Phrases =
        Phrases::of(&["靠前服务", "主动作为", "积极作为", "担当作为", "靠前指挥", "提前介入", "跟进", "靠前"]);
    let plain = strip_adverbs(phrase);
    let letters: Vec<char> = phrase.chars().take(5).collect();
    let twice = letters.len() == 4 && letters[0] == letters[2];
    let by = preposition(plain).filter(|by| matches!(*by, "按照" | "按" | "根据" | "结合" | "对照"));
    let behind = by.and_then(|_| PREPARING_ENDS.find(plain)).map(|(at, word)| &plain[at + word.len()..]);
    STANCES.has(phrase) || STANCES.has(plain) || twice || behind.is_some_and(is_catchword)
}

/// 高度重视, 履职尽责, 抓宣传: four characters, and no object among them that belongs to the field; 摸清底数 has one.
pub(super) fn is_catchword(phrase: &str) -> bool {
    // 抓考核: what the next phrases are about.
    if phrase.starts_with('抓') && phrase.chars().count() == 3 {
        return true;
    }
    let object = EFFORTS.at(phrase).or_else(|| ACTS.at(phrase)).map_or("", |verb| &phrase[verb.len()..]);
    let verbal = EFFORTS.at(object).is_some() || ACTS.at(object).is_some();
    static GENERAL: Phrases = Phrases::of(&["责任", "领导", "认识", "担当", "思想", "站位", "任务", "保障"]);
    (3..=4).contains(&phrase.chars().count())
        && (object.is_empty() || verbal || GENERAL.has(object))
        && class::of(phrase, false).0 == Class::Principle
}

/// 采取错峰配送的办法: by what means the next phrase is done.
pub(super) fn is_means(phrase: &str) -> bool {
    let by = any_of!["采取", "采用", "运用", "综合运用"].begins(strip_adverbs(phrase));
    by && any_of!["方式", "措施", "手段", "办法", "形式", "方法", "工具", "杠杆"].ends(phrase)
        && quantity::none_in(phrase)
}

/// 按程序印发, 逐个推进实施: verbs that have the object of the phrase before them.
pub(super) fn shares_object(phrase: &str) -> bool {
    static TRANSITIVE: Phrases = Phrases::of(&[
        "印发", "公布", "公示", "发布", "下发", "实施", "落实", "执行", "推进", "跟踪", "督办", "跟进", "上报", "报送",
        "报批", "解决", "处置", "处理", "整改", "完善", "修改", "审定", "办结", "办理", "研究",
    ]);
    let mut rest = any_of!["加以", "予以", "逐条", "逐项"].trim_start(strip_adverbs(phrase));
    let whole = rest.len();
    while let Some(verb) = TRANSITIVE.at(rest) {
        rest = &rest[verb.len()..];
    }
    rest.is_empty() && whole > 0 && whole < phrase.len()
}

/// 积极协调供电公司, 对接县住建局: dealing with an office, which the next phrase says what for.
pub(super) fn approaches(phrase: &str, profile: &Profile) -> bool {
    let plain = strip_adverbs(phrase);
    let verb = any_of!["协调", "对接", "沟通", "联系", "商请", "协助", "配合"].at(plain);
    // 联合 is an adverb as well: 联合执法.
    let with = any_of!["联合", "会同"].at(phrase);
    let plain = if with.is_some() { phrase } else { plain };
    with.or(verb).is_some_and(|verb| {
        let who = plain[verb.len()..].trim_start_matches(['好', '与', '和']);
        who.chars().count() >= 3 && names_office(who, profile) && !has_verb(who)
    })
}

/// 加强联系, 密切沟通对接: dealing with others, without saying with whom.
fn is_contact(phrase: &str) -> bool {
    static MORE: Phrases = Phrases::of(&[
        "加强", "强化", "深化", "密切", "做好", "搞好", "保持", "通力", "加大", "加密", "提前", "靠前", "主动",
    ]);
    static CONTACTS: Phrases = Phrases::of(&[
        "对接", "联系", "沟通", "协调", "协同", "协作", "配合", "衔接", "合作", "联络", "磋商", "协商", "会商", "服务",
        "交流", "联动",
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
    let joint = plain.starts_with("形成")
        && any_of!["合力", "声势", "局面", "态势", "氛围", "震慑", "格局", "闭环"].ends(plain);
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
    static SPIRIT: Phrases = Phrases::of(&[
        "站位",
        "意识",
        "思维",
        "观念",
        "定力",
        "自觉",
        "立场",
        "信心",
        "思想认识",
        "思想",
        "清醒头脑",
        "高度警惕",
    ]);
    // 增强居民节水意识: others', and so an aim of its own.
    static OTHERS: Phrases =
        Phrases::of(&["群众", "居民", "村民", "市民", "企业", "全民", "公众", "职工", "师生", "学生", "社会"]);
    let spirit = !OTHERS.stands_in(plain) && HELD.begins(plain) && SPIRIT.ends(plain.trim_end_matches('”'));
    let stands = plain.starts_with('从') && plain.ends_with("出发");
    (spirit || stands) && plain.chars().count() <= 12
}

/// Whether a phrase only tells where the next one is aimed: 聚焦群众反映强烈的问题, 突出重点部位.
pub(super) fn is_focus(phrase: &str) -> bool {
    let plain = strip_adverbs(phrase);
    let plain = any_of!["负责"].trim_start(plain);
    let aims = any_of![
        "履行", "聚焦", "突出", "紧盯", "瞄准", "盯紧", "紧扣", "锚定", "对标", "对照", "抢抓", "抓住", "把握", "抓牢"
    ];
    let Some(aim) = aims.at(plain) else {
        return false;
    };
    let noun = plain[aim.len()..].trim_end_matches('等');
    // 锚定目标不动摇: a stance of its own.
    if any_of!["不动摇", "不放松", "不松劲", "不懈怠"].ends(noun) {
        return false;
    }
    // 突出“一村一品”
    if noun.starts_with('“') && noun.ends_with('”') {
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
        "要求",
        "部署",
        "程序",
        "契机",
        "机遇",
        "机会",
        "窗口期",
        "时机",
    ]);
    let plain_noun = AIMED.ends(noun) || (noun.chars().count() <= 16 || noun.contains('、')) && !has_verb(noun);
    plain_noun && preposition(noun).is_none() && EFFORTS.at(noun).is_none() && ACTS.at(noun).is_none()
}

/// 既要算经济账，更要算民生账: two halves of one thought.
pub(super) fn completes_pair(before: &str, clause: &str) -> bool {
    let half = |words: &str| words.chars().count() <= 14;
    // 既讲原则，又讲方法
    let both = before.rsplit('，').next().is_some_and(|last| last.starts_with('既') && half(last));
    before.starts_with("既要") && any_of!["又要", "更要", "也要"].begins(clause) && half(before) && half(clause)
        || both && clause.starts_with(['又', '也', '更']) && half(clause)
}
