//! How people say what is to be done where nobody writes it up: 去跑一趟, 把账对清楚, 发一封信.

use super::clause::{preposition, strip_adverbs};
use crate::phrases::{Phrases, any_of};

/// Whether a phrase without its adverbs is such an order.
pub(super) fn is_order(phrase: &str) -> bool {
    let Some(first) = phrase.chars().next() else { return false };
    match first {
        '把' | '将' => has_result(phrase),
        '去' | '来' => goes(&phrase[first.len_utf8()..]),
        '走' => any_of!["程序", "流程", "手续"].ends(phrase),
        '请' => asks(phrase),
        '到' => comes(phrase),
        // 一户一户把工作做通
        '一' => by_turns(phrase),
        // 每户补500块
        '每' => {
            let behind = phrase.char_indices().nth(2);
            behind.is_some_and(|(at, verb)| VERBS.contains(verb) && does(&phrase[at + verb.len_utf8()..]))
                || phrase.char_indices().skip(2).take(5).any(|(at, _)| is_granted(&phrase[at..]))
        }
        _ => VERBS.contains(first) && phrase.len() > first.len_utf8() && does(&phrase[first.len_utf8()..]),
    }
}

/// Verbs of one syllable that need something behind them to be told from parts of other words.
pub(super) const VERBS: &str =
    "搬带清发写开找跑问谈补修装贴交报送买换拆查盯管停垫拿做弄搞办建挖铺刷接拉摆收填种浇扫刮堵架登喊叫催递领配挂订碰";

/// What stands behind such a verb: how often or how much, to whom, or what comes of it.
fn does(rest: &str) -> bool {
    static BEHIND: Phrases = Phrases::of(&[
        "个", "几", "到", "给", "去", "出来", "出去", "上来", "上去", "下来", "下去", "回来", "回去", "过来", "过去",
        "清楚", "明白", "起来", "完", "齐", "掉", "上墙", "进去",
    ]);
    static MEASURES: Phrases = Phrases::of(&[
        "封", "次", "趟", "个", "遍", "份", "张", "台", "块", "条", "下", "批", "间", "处", "场", "轮", "把", "部",
        "套", "辆", "桌", "回", "圈", "户", "盏", "棵", "本", "面", "道",
    ]);
    if BEHIND.begins(rest) {
        return true;
    }
    rest.starts_with(|c: char| c.is_ascii_digit())
        || rest.strip_prefix(['一', '两', '三', '几']).is_some_and(|rest| MEASURES.begins(rest))
}

/// 补助5万元, 给予奖励3000元: money, and that it is given.
fn is_granted(phrase: &str) -> bool {
    static GIVEN: Phrases =
        Phrases::of(&["一次性", "补助", "补贴", "奖励", "奖补", "资助", "补偿", "给予", "发放", "安排", "核定"]);
    let rest = GIVEN.trim_start(phrase);
    rest.len() < phrase.len() && rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains('元')
}

/// 去跑区财政, 来签字: a coming or going with its errand.
fn goes(errand: &str) -> bool {
    static ERRANDS: Phrases = Phrases::of(&[
        "跑", "找", "办", "谈", "问", "看", "查", "对接", "联系", "落实", "做", "协调", "拿", "请", "争取", "跟", "和",
        "把", "买", "催", "沟通", "接", "送", "处理", "收", "量", "登记", "说", "盯", "修", "拆", "签", "领", "弄",
        "清", "取", "开",
    ]);
    ERRANDS.begins(errand)
}

/// 到镇里来说清楚: where to, and what to do there.
fn comes(phrase: &str) -> bool {
    phrase.char_indices().skip(2).any(|(at, c)| matches!(c, '来' | '去') && goes(&phrase[at + c.len_utf8()..]))
}

/// 请电工来看: who is to come, and what for.
fn asks(phrase: &str) -> bool {
    phrase.char_indices().skip(2).take(12).any(|(_, c)| matches!(c, '来' | '去'))
}

/// 一户一户把工作做通: one after the other.
fn by_turns(phrase: &str) -> bool {
    let mut chars = phrase.chars();
    let (one, unit) = (chars.next(), chars.next());
    if one.is_none() || unit.is_none() || chars.next() != one || chars.next() != unit {
        return false;
    }
    let rest = strip_adverbs(chars.as_str());
    super::clause::is_order(rest)
}

/// 把党员用起来, 把账对清楚: a thing, and what is to become of it.
fn has_result(phrase: &str) -> bool {
    static RESULTS: Phrases = Phrases::of(&[
        "起来", "清楚", "明白", "到位", "到底", "上去", "上来", "下去", "下来", "出来", "出去", "回来", "回去", "过来",
        "一遍", "一次", "一下", "好", "完", "掉", "通", "齐", "实", "牢", "紧", "满", "足", "净", "稳", "住", "透",
        "细", "清",
    ]);
    preposition(phrase).is_some() && (RESULTS.ends(phrase) || PLACED.stands_in(phrase))
}

/// Whether a clerk can see that it was done: 把巡查表交到村委会, and not 把工作做通.
pub(super) fn acts(phrase: &str) -> bool {
    static SEEN: Phrases = Phrases::of(&[
        "用起来",
        "清楚",
        "明白",
        "出来",
        "出去",
        "回来",
        "回去",
        "过来",
        "一遍",
        "一次",
        "掉",
        "完",
        "齐",
        "修好",
        "装好",
        "建好",
        "搬走",
        "补上",
    ]);
    if phrase.starts_with('把') {
        return SEEN.ends(phrase) || PLACED.stands_in(phrase) && !any_of!["摆在", "放在", "落到"].stands_in(phrase);
    }
    is_order(phrase) && !phrase.starts_with(['将', '一']) || settles(phrase)
}

/// Where a thing is put.
static PLACED: Phrases = Phrases::of(&[
    "交到", "交给", "报到", "报给", "送到", "发到", "贴到", "放到", "拿到", "移到", "摆在", "放在", "落到",
]);

/// 离田补贴照旧, 剩下的钱从应急经费里出: what a meeting settles about a thing.
pub(super) fn settles(clause: &str) -> bool {
    static SETTLED: Phrases = Phrases::of(&[
        "照旧", "不变", "照办", "照常", "照发", "照付", "包干", "平摊", "分摊", "自理", "报销", "作废", "暂停", "停用",
        "取消",
    ]);
    SETTLED.ends(clause) || is_paid(clause) || ends_in_result(clause)
}

/// 钱从应急经费里出: where the money comes from.
pub(super) fn is_paid(clause: &str) -> bool {
    any_of!["里出", "中出", "里支", "里列", "里解决", "中支付", "里扣"].ends(clause) && clause.contains('从')
}

/// 村口的垃圾池拆掉, 欠费月底前收齐: a thing, a verb of one syllable and what comes of it.
fn ends_in_result(clause: &str) -> bool {
    static DONE: Phrases = Phrases::of(&["掉", "完", "齐", "清", "好", "走", "一遍", "一次", "一趟"]);
    DONE.ending(clause).is_some_and(|result| {
        clause[..clause.len() - result.len()]
            .chars()
            .next_back()
            .is_some_and(|verb| VERBS.contains(verb) || "播讲".contains(verb))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_say_is_to_be_done_is_an_order() {
        for phrase in [
            "去跑一趟县水务局",
            "把欠账对清楚",
            "把巡查表交到村委会",
            "发一封公开信",
            "请设计院的人来看",
            "到镇里来说明白",
            "走招标程序",
            "一家一家把字签齐",
            "每户补助5万元",
            "每个项目给予奖励3000元",
            "问清楚租金",
        ] {
            assert!(is_order(strip_adverbs(phrase)), "{phrase}");
        }
        for phrase in ["去年的账", "来信来访", "发展生产", "开门见山", "请示报告", "一一回应", "报名人数", "把关不严"]
        {
            assert!(!is_order(phrase), "{phrase}");
        }
    }
}
