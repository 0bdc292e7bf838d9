//! What stays a principle whatever its verb: how strictly or how long a routine function is done, how breaches are met.

use super::clause::strip_adverbs;
use super::quantity;
use super::words::PRODUCTS;
use crate::phrases::{Phrases, any_of};

/// 严格采购方式审批: intensity on a routine function.
pub(super) fn is_routine(phrase: &str) -> bool {
    static FUNCTIONS: Phrases = Phrases::of(&["审批", "管理", "监管", "考核", "把关", "控制", "执法", "落实", "管控"]);
    // 加密会商研判, 及时向社会发布预警信息
    let denser = any_of!["加密", "加强"].begins(phrase)
        && any_of!["会商", "研判", "会商研判", "巡查", "巡护", "巡逻", "监测预警"].ends(phrase);
    let warns = phrase.contains("发布")
        && any_of!["预警", "预警信息"].ends(phrase)
        && any_of!["及时", "第一时间"].begins(phrase);
    if denser || warns {
        return true;
    }
    let phrase = any_of!["切实", "进一步"].trim_start(phrase);
    any_of!["严格", "规范", "从严"].begins(phrase) && FUNCTIONS.ends(phrase)
}

/// 依法从严查处, 对整改不力的严肃问责: how breaches are met in general; 对3家企业立案查处 is an act.
pub(super) fn is_sanction(phrase: &str) -> bool {
    static MET: Phrases = Phrases::of(&[
        "查处",
        "处罚",
        "问责",
        "追责",
        "惩处",
        "惩治",
        "打击",
        "追究责任",
        "追责问责",
        "追究",
        "追究法律责任",
        "严肃处理",
        "从严处理",
        "从重处理",
    ]);
    static HOW: Phrases = Phrases::of(&["从严", "从重", "依法", "严肃", "依规", "依纪", "坚决", "严厉", "从快"]);
    // 严肃查处虚报冒领行为
    if any_of!["行为", "问题", "事故", "违法", "违规", "案件", "现象", "作风"].ends(phrase) {
        let plain = strip_adverbs(phrase);
        let adverbs = &phrase[..phrase.len() - plain.len()];
        return HOW.stands_in(adverbs) && MET.begins(plain) && quantity::none_in(phrase);
    }
    let Some(met) = MET.ending(phrase) else { return false };
    let how = phrase[..phrase.len() - met.len()].trim_end_matches("依法").trim_end_matches('予');
    let how = how.trim_end_matches(['予', '以', '进', '行']);
    (HOW.ends(how) || phrase.len() > met.len() && how.is_empty()) && quantity::none_in(phrase)
}

/// 持续清理欠款, 合理确定水平: without an end, a product or a number.
pub(super) fn lasts(phrase: &str) -> bool {
    let adverbs = &phrase[..phrase.len() - strip_adverbs(phrase).len()];
    // 科学设置考核指标: something is set down.
    let sets = any_of!["设置", "设定", "制定", "编制"].begins(strip_adverbs(phrase));
    any_of!["持续", "不断", "始终", "长期", "合理", "科学"].stands_in(adverbs)
        && !sets
        && PRODUCTS.ending(phrase).is_none()
        && quantity::none_in(phrase)
}
