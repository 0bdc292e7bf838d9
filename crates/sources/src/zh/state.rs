//! Targets by what is completed or by the state that is reached: 全部办结, 实现全覆盖, 确保9月底前开工.

use super::class::{acts, after_time, bounded};
use super::clause::strip_adverbs;
use super::trailing::ensures_run;
use super::words::{ACTS, EFFORTS, PRODUCTS, STATES};
use super::{due, quantity};
use crate::Class;
use crate::due::Anchor;
use crate::phrases::{Phrases, any_of};

/// By what a phrase completes, or the state that it reaches.
pub(super) fn by_state(phrase: &str, plain: &str, timed: &dyn Fn() -> bool) -> Option<(Class, &'static str)> {
    // 7月5日前完成夏播扫尾: work that is done by a day; a document, a check or a procedure is an act.
    if completes(phrase) && timed() {
        return Some((Class::Target, "zh-class-completed"));
    }
    // 尽快完成逾期的整改任务, 正心楼事宜抓紧完成: pressed for, and done or not.
    let pressed = any_of!["尽快完成", "抓紧完成", "如期完成", "按时完成", "按期完成", "按质完成", "确保完成"];
    let whole = !phrase.contains('，') && !phrase.starts_with("督促");
    if let Some((at, word)) = pressed.find(phrase).filter(|_| whole)
        && (phrase.len() > at + word.len() || at > 9 && !phrase.starts_with("确保"))
        && !PROCEDURES.ends(&phrase[at + word.len()..])
        && PRODUCTS.ending(phrase).is_none()
    {
        return Some((Class::Target, "zh-class-completed"));
    }
    // 采暖补贴足额发放到位: a payment is an act.
    if phrase.ends_with("到位") && any_of!["发放", "拨付", "兑付", "支付"].stands_in(phrase) {
        return Some((Class::Action, "zh-class-paid"));
    }
    if phrase.ends_with("到位") && !plain.starts_with("落实") && timed() {
        return Some((Class::Target, "zh-class-state"));
    }
    // 推动跨省通办, 确保各项措施落地见效: an effort, unless a day bounds it.
    let pushed = any_of!["推动", "推进", "促进", "加快", "引导", "支持"].begins(plain)
        || any_of!["落地见效", "落地生效", "落地", "显效"].ends(phrase);
    if pushed
        && ends_in_state(phrase)
        && !timed()
        && due::times(phrase, 0..phrase.len(), &Anchor::default()).next().is_none()
    {
        return None;
    }
    // 实现开通 is a state, 开通渠道 an act.
    if ends_in_state(phrase) && !plain.starts_with("开通") {
        return Some((Class::Target, "zh-class-state"));
    }
    let aims = phrase.split('，').any(|part| part.ends_with("体系"))
        || any_of!["全面消除", "基本消除", "彻底消除", "全部消除", "全面完成", "全部落实"].stands_in(phrase)
        || plain.starts_with("办结") && !plain.starts_with("办结后") && !plain.ends_with("手续")
        || plain.starts_with("完成全部");
    // 完成年度改造任务, 完成半年增长目标
    let yearly = plain.starts_with("完成")
        && any_of!["年度", "全年", "半年", "季度"].stands_in(plain)
        && any_of!["任务", "目标", "目标任务"].ends(plain);
    if yearly {
        return Some((Class::Target, "zh-class-bounded-aim"));
    }
    let ensured = ensures_by_day(phrase) && PRODUCTS.ending(phrase).is_none();
    (aims && timed() || ensured || plain.starts_with("全面完成")).then_some((Class::Target, "zh-class-bounded-aim"))
}

/// 确保9月底前开工建设: that something is so on a day, which is so or not.
pub(super) fn ensures_by_day(phrase: &str) -> bool {
    any_of!["确保", "力争", "争取"].trim_start(phrase).len() < phrase.len() && bounded(phrase)
}

/// What is completed by an act, and is no state of things.
static PROCEDURES: Phrases = Phrases::of(&[
    "编制", "方案", "抽检", "报告", "手续", "招标", "招租", "踏勘", "鉴定", "检查", "评估", "报批", "审批", "审查",
    "勘察", "测算", "论证", "备案", "登记", "招聘", "采购", "培训", "演练", "统计", "自查", "核查", "清单", "工作",
    "台账", "清查", "排查", "摸排", "验收", "预算",
]);

/// 完成…, not of a document, a check or a procedure.
fn completes(phrase: &str) -> bool {
    let first = phrase.split('，').next().unwrap_or(phrase);
    let Some((at, _)) = any_of!["完成"].find(first) else { return false };
    let object = first[at + "完成".len()..].trim_end_matches(['”', '。']);
    let reads = strip_adverbs(&first[..at]);
    let told = reads.is_empty()
        || any_of!["督促", "力争", "确保", "争取", "推动"].begins(reads)
        || !acts(reads) && EFFORTS.at(reads).is_none();
    told && object.chars().count() >= 3
        && !object.starts_with('了')
        && !PROCEDURES.ends(object)
        && quantity::none_in(object)
}

/// 全部办结, 实现全覆盖: the state ends the phrase; 销号管理 is no state.
fn ends_in_state(phrase: &str) -> bool {
    let ensured = |rest: &str| after_time(rest).starts_with('不') || rest.starts_with('不');
    phrase.strip_prefix("确保").is_some_and(ensured)
        || phrase.split('，').any(|clause| {
            if ensures_run(clause) {
                return false;
            }
            // 建立台账、逐笔销号: the state is that of the thing made.
            let mut made = false;
            clause.split('、').map(|part| part.trim_end_matches(['”', '’'])).any(|part| {
                let reached = !made && reaches_state(part);
                // 实现图纸、台账互联互通: the archive is not made.
                made |= PRODUCTS.ending(part).is_some() && !part.contains("实现");
                reached
            })
        })
}

/// 室温达标; 供暖不达标 is a complaint.
pub(super) fn reaches_state(phrase: &str) -> bool {
    // 换装下月全部启动: of none less.
    let all = || {
        phrase.rfind("全部").is_some_and(|at| {
            let done = &phrase[at + "全部".len()..];
            at >= 6 && done.chars().count() == 2 && ACTS.has(done)
        })
    };
    STATES.ending(phrase).is_some_and(|state| !phrase[..phrase.len() - state.len()].ends_with(['不', '未'])) || all()
}
