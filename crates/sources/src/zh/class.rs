//! Action, target or principle, for a Chinese clause: by its verb, and by the last noun of its object.

use super::clause::{goes_on, is_preparing, preposition, strip_adverbs};
use super::colloquial;
use super::effort::by_effort;
use super::intensity::{is_routine, is_sanction, lasts};
use super::owner::starts_with_label;
use super::spoken;
use super::state::by_state;
use super::words::{ACTS, ADVERBS, DRIVES, EFFORTS, PRODUCTS};
use super::{due, quantity};
use crate::draft::Draft;
use crate::due::Anchor;
use crate::phrases::{Phrases, any_of};
use crate::segment::marker;
use crate::{Class, Rule};
use std::cell::LazyCell;
use std::ops::Range;

/// The class of a draft, and the rule that gave it.
pub(crate) fn of_draft(text: &str, draft: &Draft) -> (Class, &'static str) {
    let body = draft.body.clamp(draft.range.start, draft.range.end);
    let predicate = &text[body..draft.range.end];
    let timed = draft.due.is_some();
    // 禁止供水企业收取开户费: a charge is done away with.
    let charge = any_of!["收取", "征收"].stands_in(predicate) && predicate.ends_with('费');
    if charge && forbids(&text[draft.range.start..body], predicate) {
        return (Class::Action, "zh-class-charge");
    }
    if forbids(&text[draft.range.start..body], predicate) {
        return (Class::Principle, "zh-class-forbidden");
    }
    // （二）改造城镇老旧小区。每年…: what the items under it are for.
    if is_heading(text, draft) && quantity::find(predicate, 0..predicate.len()).is_empty() {
        let (class, rule) = of(predicate, timed);
        let made = PRODUCTS.ending(predicate).is_some() || names_instrument(predicate);
        return if class == Class::Action && !made { (Class::Principle, "zh-class-heading") } else { (class, rule) };
    }
    // 所需资金1260万元由市财政局解决: who pays how much.
    let whole = &text[draft.range.clone()];
    // 做好资金保障 is care for it, and no payment.
    let cares = any_of!["做好", "加强", "强化", "优先", "抓好", "落实", "加大"].begins(strip_adverbs(predicate))
        || any_of!["资金保障", "经费保障"].ends(predicate);
    let pays = !cares
        && any_of!["解决", "列支", "承担", "垫付", "统筹", "自筹", "调剂", "保障", "分担", "负担"].ends(predicate);
    // 钱由村里出
    let gives = predicate.chars().count() <= 2 && predicate.ends_with(['出', '付', '垫', '拿']);
    let money = any_of!["元", "资金", "部分", "钱", "费", "款", "编制", "名额"].stands_in(whole);
    if (pays || gives) && money && draft.owner.is_some() {
        return (Class::Action, "zh-class-money");
    }
    // 与公司对接，问清费用，下次会议报告结果
    if any_of!["报告结果", "反馈结果", "汇报结果", "报告情况"].ends(whole) {
        return (Class::Action, "zh-class-report");
    }
    if counted_before(text, draft, body) && REACHED.ends(predicate) {
        return (Class::Target, "zh-class-counted-state");
    }
    // 争取五一前签下来: what people say is to be reached.
    if draft.rule == Rule::ZhSpoken && any_of!["争取", "力争", "确保"].begins(predicate) {
        return (Class::Target, "zh-class-spoken");
    }
    match of(predicate, timed) {
        // 这个事小李盯一下
        (Class::Principle, _) if draft.rule == Rule::ZhSpoken && spoken::acts(predicate) => {
            (Class::Action, "zh-class-spoken")
        }
        found => found,
    }
}

/// What is reached when it has been done.
static REACHED: Phrases = Phrases::of(&["完成", "交付", "办结", "到位", "退出", "清零", "收齐", "结清"]);

/// 剩余274户要在春节前全部交付: whether what is counted stands before the modal, and is not whose it is.
fn counted_before(text: &str, draft: &Draft, body: usize) -> bool {
    let before = &text[draft.range.start..body];
    let whose = draft.owner.as_ref().is_some_and(|owner| owner.start < body && owner.end > draft.range.start);
    !whose && !quantity::none_in(before)
}

/// 推行企业开办“零成本”, 全面推行“综合查一次”: something with a name is put to use.
fn names_instrument(predicate: &str) -> bool {
    let rest = strip_adverbs(predicate);
    any_of!["推行", "实行", "试行", "推出", "开展", "实施"].begins(rest) && rest.ends_with('”')
}

/// 不得挤占资金, 严禁盲目施工: what must not be done.
pub(super) fn forbids(before: &str, predicate: &str) -> bool {
    static BANS: Phrases = Phrases::of(&[
        "不得",
        "严禁",
        "禁止",
        "不准",
        "决不能",
        "绝不能",
        "不能",
        "决不允许",
        "绝不允许",
        "不允许",
        "不许",
        "切忌",
        "不要",
        "切勿",
    ]);
    BANS.ends(before) || BANS.begins(predicate)
}

/// A short first sentence after a list sign, with more behind it in its paragraph.
fn is_heading(text: &str, draft: &Draft) -> bool {
    let (start, end) = (draft.range.start, draft.range.end);
    text[start..end].chars().count() <= 16 && opens_paragraph(text, start, end)
}

/// Whether a sentence stands behind the list sign of a paragraph that goes on behind it.
pub(super) fn opens_paragraph(text: &str, start: usize, end: usize) -> bool {
    if !text[end..].starts_with('。') {
        return false;
    }
    // A number with its sign is short: no line is looked for further in front.
    let near = (start.saturating_sub(25)..start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let line = match text[near..start].rfind(['\n', '\r']) {
        Some(at) => near + at + 1,
        None if near == 0 => 0,
        None => return false,
    };
    let rest = &text[end + '。'.len_utf8()..];
    let more = rest.chars().next().is_some_and(|c| !c.is_whitespace() && c != '（') && !starts_with_label(rest);
    more && start - line <= 24 && start > line && marker(&text[line..end]) == start - line
}

/// The class of a clause, and the rule that gave it. `predicate` begins after subject and modal; `timed`: a deadline
/// outside it governs it.
pub(crate) fn of(predicate: &str, timed: bool) -> (Class, &'static str) {
    let mut rest = predicate.trim().trim_end_matches(['”', '’', '。', '；']);
    // A phrase that prepares the verb is left behind.
    while let Some((head, tail)) = rest.split_once('，') {
        if !is_preparing(head) && !is_slogan(head) {
            break;
        }
        rest = tail;
    }
    let whole = after_time(rest);
    let first = match whole.split_once('，') {
        Some((_, rest)) if is_attribute(rest) => whole,
        Some((first, _)) => first,
        None => whole,
    };
    let timed = timed || whole.len() < rest.len();
    // 督促渔船今晚24时前回港, 请商户代表参加
    if timed && whole.starts_with("督促") && !whole.contains("完成") || whole.starts_with('请') {
        return (Class::Action, "zh-class-bounded-effort");
    }
    if is_sanction(whole.rsplit('，').next().unwrap_or(whole)) {
        return (Class::Principle, "zh-class-sanction");
    }
    if is_routine(first) {
        return (Class::Principle, "zh-class-routine");
    }
    // 尽快兑现补贴资金
    let paid = any_of!["兑现", "兑付", "拨付", "发放", "补发", "清偿", "下拨"].begins(strip_adverbs(first));
    if colloquial::is_paid(first)
        || paid && any_of!["资金", "补贴", "补助", "工资", "款", "奖金", "津贴", "奖补"].ends(first)
    {
        return (Class::Action, "zh-class-money");
    }
    if let Some(found) = by_number(whole, timed) {
        return found;
    }
    if governs_noun(first) {
        return (Class::Principle, "zh-class-effort");
    }
    match by_verb(without_duty(first.trim_end_matches(['”', '’']))) {
        // 11月20日前进场: a day bounds an act, whatever its verb.
        (Class::Principle, "zh-class-rest") if timed => (Class::Action, "zh-class-bounded-rest"),
        // 持续清理欠款: routine, whatever the verb.
        (Class::Action, "zh-class-act") if !timed && lasts(first) => (Class::Principle, "zh-class-lasting"),
        // 对17处险工险段落实专人巡查: the number sizes an act.
        (Class::Principle, _) if !quantity::none_in(whole) => (Class::Action, "zh-class-sized"),
        found => found,
    }
}

/// 加快用地审批, 严格标准: what is an adverb before a verb governs a noun.
fn governs_noun(phrase: &str) -> bool {
    let plain = strip_adverbs(phrase);
    any_of!["加快", "加紧", "严格", "科学"].ends(&phrase[..phrase.len() - plain.len()])
        && ACTS.at(plain).is_none()
        && EFFORTS.at(plain).is_none()
        && preposition(plain).is_none()
        && !colloquial::acts(plain)
        && quantity::none_in(plain)
        && !PAYING.ends(plain)
        && !plain.contains('完')
}

/// 10个工作日内公布进展, 每月5日前报送: the verb stands after the time.
pub(super) fn after_time(phrase: &str) -> &str {
    let phrase = &phrase[due::recurrence(phrase)..];
    let placed = phrase.trim_start_matches(['在', '于', '到', '至', '自', '从']);
    let from = if placed.len() + 6 < phrase.len() { phrase } else { placed };
    let skip = phrase.len() - from.len();
    match due::first(phrase, skip..phrase.len(), &Anchor::default()) {
        Some(end) => phrase[end..].trim_start_matches(['，', ' ']),
        None => phrase,
    }
}

/// 负责汇总台账, 牵头制定方案: what is done stands after them; 会同市公安局 says with whom.
fn without_duty(phrase: &str) -> &str {
    let mut phrase = strip_adverbs(phrase);
    for _ in 0..3 {
        let duties = any_of!["具体负责", "牵头负责", "负责", "牵头", "抓紧", "组织力量"];
        let Some(verb) = duties.at(phrase) else { break };
        let rest = strip_adverbs(after_time(&phrase[verb.len()..]));
        if rest.chars().count() < 3 {
            break;
        }
        phrase = rest;
    }
    // 配合退回费用: what is done, together with somebody.
    if let Some(rest) = phrase.strip_prefix("配合")
        && ACTS.at(rest).is_some()
    {
        return rest;
    }
    // 提前2小时发布预警
    if let Some((lead, rest)) = hours_or_days(phrase)
        && lead.chars().all(|c| c.is_ascii_digit() || "提前至少".contains(c))
        && rest.chars().count() >= 3
    {
        return strip_adverbs(rest);
    }
    for verb in ["会同", "联合", "配合", "协助", "商"] {
        if let Some(rest) = phrase.strip_prefix(verb)
            && let Some((at, _)) = rest.char_indices().skip(2).find(|(at, _)| {
                (ACTS.at(&rest[*at..]).is_some() || EFFORTS.at(&rest[*at..]).is_some()) && !goes_on(&rest[*at..])
            })
        {
            return strip_adverbs(&rest[at..]);
        }
    }
    phrase
}

/// What stands before 小时, else 天, and what behind.
fn hours_or_days(phrase: &str) -> Option<(&str, &str)> {
    let (at, unit) = any_of!["小时"].find(phrase).or_else(|| any_of!["天"].find(phrase))?;
    Some((&phrase[..at], &phrase[at + unit.len()..]))
}

/// 符合公共管理要求的制度: it goes on with what the phrase before it makes.
pub(crate) fn is_attribute(phrase: &str) -> bool {
    let opens = any_of!["符合", "适应", "具有", "覆盖", "涵盖", "体现", "贯穿", "权责清晰", "便于", "以及"];
    opens.begins(phrase) && phrase.contains('的') && !phrase.ends_with('的')
}

/// Pairs of four characters: 凝聚共识、形成合力.
pub(crate) fn is_slogan(phrase: &str) -> bool {
    phrase.contains('、') && phrase.split('、').all(|part| part.chars().count() == 4)
}

static REACHING: Phrases = Phrases::of(&[
    "惠及",
    "受益",
    "覆盖",
    "达到",
    "达",
    "降到",
    "降至",
    "降为",
    "提高到",
    "提高至",
    "提升到",
    "提升至",
    "升至",
    "增至",
    "增长",
    "控制在",
    "保持在",
    "稳定在",
    "不低于",
    "不少于",
    "不超过",
    "不高于",
    "突破",
    "扩大到",
    "扩大至",
    "扩充到",
    "带动",
    "撬动",
    "完成",
    "实现",
    "建成",
    "压减",
    "办结",
    "减少",
    "增加到",
    "清偿",
    "确保",
    "力争",
    "下降",
    "缩短",
    "压缩",
    "提高",
]);

/// What has a level.
static MEASURES: Phrases = Phrases::of(&[
    "率",
    "收入",
    "比例",
    "比重",
    "占比",
    "余额",
    "产值",
    "增加值",
    "面积",
    "总量",
    "能力",
    "产量",
    "水平",
    "增速",
    "投资额",
    "销售额",
    "到位额",
    "量",
]);

/// Verbs whose amounts only size the act.
static PAYING: Phrases = Phrases::of(&[
    "发放", "拨付", "安排", "列支", "补贴", "补助", "奖励", "缴纳", "收取", "缓缴", "支付", "采购", "购置", "购买",
    "投入", "下达", "下拨", "给予", "举办", "召开", "选派", "罚款", "保障",
]);

fn by_number(phrase: &str, timed: bool) -> Option<(Class, &'static str)> {
    let amounts = quantity::find(phrase, 0..phrase.len());
    let plain = strip_adverbs(phrase);
    // Times are looked for once, and only where something depends on them.
    let bounds = LazyCell::new(|| timed || bounded(phrase));
    let timed = || *bounds;
    let found = if amounts.is_empty() { None } else { by_amount(phrase, plain, &amounts, &timed) };
    found.or_else(|| by_state(phrase, plain, &timed))
}

/// By what is counted in a phrase.
fn by_amount(
    phrase: &str,
    plain: &str,
    amounts: &[Range<usize>],
    timed: &dyn Fn() -> bool,
) -> Option<(Class, &'static str)> {
    // 按不低于10%的比例抽查: by which share something is done.
    let by = |range: &Range<usize>| {
        let (before, after) = (&phrase[..range.start], &phrase[range.end..]);
        any_of!["按", "按照"].ends(before) || before.contains('按') && any_of!["的比例", "的标准"].begins(after)
    };
    if amounts.iter().all(by) {
        return None;
    }
    // 将3.2亿元资金列入预算
    let budgeted = phrase.contains('元') && any_of!["列入", "纳入"].stands_in(phrase) && phrase.contains("预算");
    if budgeted {
        return Some((Class::Action, "zh-class-money"));
    }
    let pays = PAYING.begins(plain) || PAYING.stands_in(phrase) && preposition(plain).is_some();
    // 落实播种面积5600万亩以上: a level, not the size of a list.
    let level = plain.starts_with("落实")
        && amounts.iter().any(|range| {
            let words = &phrase[range.clone()];
            words.ends_with("以上") || words.starts_with("不低于") || words.starts_with("不少于")
        });
    if level {
        return Some((Class::Target, "zh-class-number"));
    }
    // 养老金提高到每月210元: a decided change of a rate.
    let rated = any_of!["税率", "费率", "利率", "贴息", "比例", "标准", "价格", "额度", "限额", "上限", "门槛"]
        .stands_in(phrase)
        && amounts.iter().any(|range| phrase[range.clone()].starts_with(['由', '从']));
    if rated && any_of!["提高", "降低", "降为", "降至", "调整"].stands_in(phrase) {
        return Some((Class::Action, "zh-class-rate"));
    }
    // 将病种由32种扩大到45种
    let widened = amounts.iter().any(|range| {
        let words = &phrase[range.clone()];
        words.starts_with(['由', '从'])
            && any_of!["扩大", "调整", "延长", "增加", "压缩", "缩短", "压减", "精简"].stands_in(words)
            && !words.contains(['%', '％'])
    });
    if widened {
        return Some((Class::Action, "zh-class-rate"));
    }
    // 对工伤保险费率阶段性下调20%, 住房公积金贷款利率下调0.25个百分点
    let cut = any_of!["税率", "费率", "利率", "票价", "电价", "水价", "气价", "收费标准"].stands_in(phrase)
        && any_of!["下调", "上调", "下浮", "上浮", "调低", "调高", "减按", "降低"].stands_in(phrase);
    if cut {
        return Some((Class::Action, "zh-class-rate"));
    }
    let rate = any_of!["提高到", "提高至", "降为", "降至", "降到", "调整为", "调整到", "增加到"].stands_in(phrase)
        && amounts.iter().all(|range| phrase[range.clone()].contains('元'));
    if rate {
        return Some((Class::Action, "zh-class-rate"));
    }
    // 全年处置收入不低于3200万元: what is measured, and its level.
    let measured = amounts.iter().any(|range| {
        let bound = any_of!["不少于", "不低于", "不超过", "不高于"].begins(&phrase[range.clone()]);
        bound && MEASURES.ends(&phrase[..range.start])
    });
    if measured && !pays {
        return Some((Class::Target, "zh-class-level"));
    }
    // 发布项目不少于60个, 抽检不少于20家: the number sizes the act.
    let sizes = amounts.iter().any(|range| any_of!["不少于", "不低于", "不超过"].begins(&phrase[range.clone()]))
        && (acts(plain) || any_of!["实施", "组织", "开展", "建设"].begins(plain));
    if sizes {
        return Some((Class::Action, "zh-class-sized"));
    }
    // 改造2005年前建成的小区: the verb inside the object reaches nothing.
    let reaches = |(at, word): (usize, &str)| {
        !phrase[at + word.len()..].starts_with(['的', '通', '面']) && !phrase[..at].ends_with(['已', '未', '待'])
    };
    if !pays && REACHING.places(phrase).any(reaches) {
        return Some((Class::Target, "zh-class-number"));
    }
    // 剩余9处违规栈桥全部拆除: what is counted, and that none is left.
    let none_left = phrase.find("全部").is_some_and(|at| {
        let done = &phrase[at + "全部".len()..];
        amounts.iter().all(|range| range.end <= at) && (2..=4).contains(&done.chars().count())
    });
    if none_left && !pays && preposition(plain).is_none() && !acts(plain) {
        return Some((Class::Target, "zh-class-none-left"));
    }
    // 守住6800万亩耕地红线, 将播种面积稳定在1.02亿亩: a level to hold.
    if any_of!["守住", "守牢", "稳住"].begins(plain) && !pays {
        return Some((Class::Target, "zh-class-level"));
    }
    // 城镇新增就业4.2万人以上: a level of something that is no act.
    let level = amounts.iter().any(|range| {
        let words = &phrase[range.clone()];
        words.ends_with("以上") || words.ends_with("以内") || words.starts_with("不少于") || words.starts_with("不低于")
    });
    if level && !pays && !acts(plain) && EFFORTS.at(plain).is_none() && preposition(plain).is_none() {
        return Some((Class::Target, "zh-class-level"));
    }
    let share = amounts.iter().any(|range| {
        let words = &phrase[range.clone()];
        (words.contains(['%', '％']) || words.contains("百分")) && !by(range)
    });
    if share && !pays {
        return Some((Class::Target, "zh-class-share"));
    }
    // 化解首批积压的360套: a result that is counted, and a day for it.
    (RESULTS.begins(plain) && timed()).then_some((Class::Target, "zh-class-counted-result"))
}

/// Whether a phrase begins with an act; 新增 and 完成 reach what they count.
pub(super) fn acts(phrase: &str) -> bool {
    ACTS.at(phrase).is_some_and(|act| !matches!(act, "新增" | "完成" | "建成" | "增加" | "收储" | "储备" | "增加至"))
        || EFFORTS.at(phrase).is_some_and(|effort| {
            ACTS.at(&phrase[effort.len()..]).is_some() && matches!(effort, "优化" | "组织" | "开展")
                || any_of!["不少于", "不低于", "至少"].begins(&phrase[effort.len()..])
        })
        || preposition(phrase).is_some_and(|p| {
            let rest = &phrase[p.len()..];
            rest.char_indices()
                .skip(1)
                .any(|(at, _)| any_of!["发布", "抽检", "检查", "公布", "推送", "下发"].begins(&rest[at..]))
        })
}

/// Verbs that name a result.
pub(super) static RESULTS: Phrases =
    Phrases::of(&["化解", "解决", "消除", "减少", "盘活", "培育", "引进", "发展", "打造", "创建", "争取", "消化"]);

pub(super) fn bounded(phrase: &str) -> bool {
    due::times(phrase, 0..phrase.len(), &Anchor::default()).any(|time| time.binding)
}

fn by_verb(phrase: &str) -> (Class, &'static str) {
    // 重点抓好四方面工作
    let plain = phrase.strip_prefix("重点").filter(|rest| EFFORTS.at(rest).is_some());
    let adverbial = plain.unwrap_or(phrase);
    let mut phrase = strip_adverbs(adverbial);
    if let Some(stripped) = phrase.strip_prefix("实现") {
        let vague = any_of![
            "化", "发展", "提升", "突破", "共赢", "飞跃", "转变", "衔接", "降低", "提高", "改善", "好转", "向好",
            "开局", "稳定", "平衡"
        ]
        .ends(stripped)
            || adverbial.starts_with("真正");
        return if vague { (Class::Principle, "zh-class-vague-aim") } else { (Class::Target, "zh-class-realise") };
    }
    // 开展专项整治, 加强隐患排查整治: a drive.
    if DRIVES.ending(phrase).is_some() {
        return (Class::Action, "zh-class-drive");
    }
    let product = PRODUCTS.ending(phrase).is_some();
    // 执行首都规划, 落实党中央部署: carrying out a package; 落实18项制度 is an act.
    let package = any_of![
        "规定",
        "纪律",
        "规划",
        "政策",
        "部署",
        "决策部署",
        "精神",
        "要求",
        "措施",
        "制度",
        "责任制",
        "法律",
        "法规",
        "任务"
    ];
    let counted = LazyCell::new(|| !quantity::none_in(phrase));
    if any_of!["执行", "落实", "贯彻", "贯彻落实", "遵守", "落实好"].begins(phrase) && package.ends(phrase)
    {
        return if *counted {
            (Class::Action, "zh-class-counted-package")
        } else {
            (Class::Principle, "zh-class-package")
        };
    }
    // 进行一次检修, 开展一次演练: an act that is done once can be checked.
    if any_of!["一次", "一轮", "一场", "一遍"].stands_in(phrase)
        && !phrase.contains("进一次")
        && !phrase.contains("一次办")
    {
        return (Class::Action, "zh-class-once");
    }
    // 把巡查表交到村委会: the result can be seen.
    if phrase.starts_with('把') && colloquial::acts(phrase) {
        return (Class::Action, "zh-class-colloquial");
    }
    // 在补短板上多下功夫
    if any_of!["下功夫", "多想办法", "想办法", "做文章", "求突破", "见实效", "加大力度"].ends(phrase)
    {
        return (Class::Principle, "zh-class-stance");
    }
    // 把改革试点作为重头戏, 把群众冷暖放在心上: what something is taken for.
    let taken = any_of!["作为", "摆在", "放在", "摆上", "置于", "当作", "当成"];
    if adverbial.starts_with(['把', '将']) && taken.stands_in(adverbial) && quantity::none_in(adverbial) && !product {
        return (Class::Principle, "zh-class-stance");
    }
    // 将落实方案报省政府: an object that sounds like a verb.
    if let Some(rest) = adverbial.strip_prefix('将')
        && PLACING.find(rest).is_some_and(|(at, _)| at >= 6)
    {
        return (Class::Action, "zh-class-act-after-object");
    }
    // 将…纳入…, 对…予以…: the verb stands after the object.
    if let Some(preposition) = preposition(phrase) {
        let rest = &phrase[preposition.len()..];
        // 对困难户给予支持, 对孤老进行日常照护服务, 对新业态积极探索监管办法: a routine function, or an effort.
        if is_function(phrase) {
            return (Class::Principle, "zh-class-function");
        }
        let verb = rest.char_indices().skip(1).find(|(at, _)| {
            ACTS.at(&rest[*at..]).is_some_and(|act| !ADVERBS.has(act))
                && EFFORTS.at(&rest[*at..]).is_none()
                && !goes_on(&rest[*at..])
        });
        if verb.is_some() {
            return (Class::Action, "zh-class-act-after-object");
        }
        let effort = |(at, _): &(usize, char)| EFFORTS.at(&rest[*at..]).is_some() && !goes_on(&rest[*at..]);
        if let Some((at, _)) = rest.char_indices().skip(1).find(effort) {
            phrase = strip_adverbs(&rest[at..]);
        }
    }
    if let Some(act) = ACTS.at(phrase) {
        // 恢复生产生活秩序: what was goes on.
        if act == "恢复" && any_of!["秩序", "生产", "生活", "家园"].ends(phrase) {
            return (Class::Principle, "zh-class-effort");
        }
        // 安排好生产生活: care, whatever the verb.
        let cares = phrase[act.len()..].starts_with('好') && phrase.chars().count() > 4;
        if cares && !product && !*counted {
            return (Class::Principle, "zh-class-effort");
        }
        let effort = EFFORTS.at(phrase).is_some_and(|effort| effort.len() >= act.len());
        return if effort && !product {
            by_effort(phrase, EFFORTS.at(phrase).unwrap_or(act), product)
        } else {
            (Class::Action, "zh-class-act")
        };
    }
    if let Some(effort) = EFFORTS.at(phrase) {
        return by_effort(phrase, effort, product);
    }
    // 投资收益暂不征税, 老年人免费乘坐公交: a thing, and what is decided for it.
    let decided = any_of![
        "期限至",
        "期限延至",
        "期限到",
        "期限为",
        "期限延长",
        "有效期至",
        "暂不",
        "不再",
        "予以",
        "一律",
        "免费",
        "改为",
        "调整为",
        "降为",
        "提高为",
        "施行",
        "执行",
        "报",
        "交由",
        "停止",
    ];
    // 请电工来看, 离田补贴照旧: what people say is to be done.
    if colloquial::acts(phrase) {
        return (Class::Action, "zh-class-colloquial");
    }
    // 测评结果向社会公布: a thing, and what is done with it.
    let done = phrase
        .char_indices()
        .skip(2)
        .find(|(at, _)| ACTS.at(&phrase[*at..]).is_some_and(|act| act.len() >= 6) && !goes_on(&phrase[*at..]))
        .is_some_and(|(at, _)| {
            EFFORTS.at(&phrase[at..]).is_none() && !phrase[..at].ends_with(['抓', '促', '保', '防'])
        });
    if done {
        return (Class::Action, "zh-class-act-of-thing");
    }
    if product || *counted || decided.stands_in(phrase) {
        (Class::Action, "zh-class-product")
    } else {
        (Class::Principle, "zh-class-rest")
    }
}

/// 给予支持, 进行滚动预报; 进行检查 and 给予补贴 are acts.
fn is_function(phrase: &str) -> bool {
    static FUNCTIONS: Phrases = Phrases::of(&[
        "支持", "帮助", "照顾", "倾斜", "指导", "预报", "服务", "监测", "管理", "引导", "保护", "关爱", "关心", "宣传",
        "教育", "研判", "分析", "管控", "监管", "关注",
    ]);
    let light = any_of!["给予", "进行", "予以", "做好", "加以"].find(phrase);
    let function = FUNCTIONS.ends(phrase) || phrase.ends_with("工作") && FUNCTIONS.ends(&phrase[..phrase.len() - 6]);
    light.is_some() && function && quantity::none_in(phrase)
        || any_of!["积极探索", "大胆探索", "不断探索"].stands_in(phrase)
}

/// Where a thing is brought, behind it.
static PLACING: Phrases = Phrases::of(&[
    "报送",
    "上报",
    "报市",
    "报省",
    "报县",
    "报区",
    "报镇",
    "报院",
    "报局",
    "报国务院",
    "提交",
    "纳入",
    "列入",
    "移交",
    "通报",
    "公布",
    "公示",
    "发布",
    "印发",
    "下达",
    "分解到",
    "推送",
    "抄送",
    "转交",
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_states_are_targets() {
        for phrase in [
            "实现在建项目工资专户全覆盖",
            "年内清偿无分歧欠款60%以上",
            "问题全部整改到位",
            "年底前化解首批积压的360套",
            "绿地率达到40%",
            "完成120个小区改造",
            "将平均等候时间压缩到15分钟以内",
            "7月5日前完成夏播扫尾",
            "督促供热企业在10月31日前完成剩余管网检修",
            "惠及居民1.9万户",
            "全年城镇新增就业4.2万人以上",
            "8月15日前安装完毕",
            "年底前全面消除劣Ⅴ类水体",
        ] {
            assert_eq!(of(phrase, false).0, Class::Target, "{phrase}");
        }
    }

    #[test]
    fn what_leaves_something_to_check_is_an_action() {
        for phrase in [
            "化解首批积压的360套",
            "制定错峰放学方案",
            "建立问题、任务、责任“三张清单”",
            "对老旧管网进行一次全面检修",
            "组织技术人员进村入户指导",
            "深入开展燃气安全专项整治",
            "切实加强安全隐患排查整治",
            "于10月8日前将结果报市政府",
            "负责汇总台账",
            "会同市公安局建立数据比对机制",
            "安排1200万元用于泵站更新",
            "责令其停止夜间施工",
            "实行销号管理",
            "11月底前向社会集中发布首批项目不少于60个",
            "优化调整公交线路不少于20条",
            "改造2005年前建成的老旧小区52个",
            "测评结果向社会公布",
            "每月5日前向市政府督查室报送工程进度",
            "在一个月内拿出综合治理方案",
            "全面推行产业链“链长制”",
            "贴息比例由1.5%提高到2%",
            "配合退回违规费用26.4万元",
            "遇强降雨提前2小时发布预警",
        ] {
            assert_eq!(of(phrase, false).0, Class::Action, "{phrase}");
        }
    }

    #[test]
    fn attitude_and_routine_are_principles() {
        for phrase in [
            "提高政治站位",
            "压实各方责任",
            "严格采购方式审批",
            "带头执行首都规划",
            "全面贯彻会议精神",
            "推进海绵城市建设",
            "健全基层治理体系",
            "加强灾害性天气监测预警",
        ] {
            assert_eq!(of(phrase, false).0, Class::Principle, "{phrase}");
        }
    }
}
