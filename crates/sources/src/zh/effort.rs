//! Action or principle, for a phrase with a verb of effort: by the object, which may be a thing that is there or not.

use super::class::{RESULTS, bounded};
use super::quantity;
use super::words::ACTS;
use crate::Class;
use crate::phrases::{Phrases, any_of};

/// What a decision changes.
static TERMS: Phrases = Phrases::of(&[
    "范围",
    "额度",
    "限额",
    "门槛",
    "补助标准",
    "补贴标准",
    "保障标准",
    "缴费标准",
    "收费标准",
    "税率",
    "费率",
    "利率",
    "比例",
    "期限",
    "条件",
    "投放规模",
    "贷款规模",
    "实施规模",
    "招生规模",
    "发行规模",
    "名额",
    "编制",
    "限制",
    "手续",
    "收费",
    "费用",
    "种类",
    "资金规模",
    "环节",
    "事项",
    "税收",
]);

/// What is built.
static FACILITIES: Phrases = Phrases::of(&[
    "库", "中心", "平台", "基地", "工程", "项目", "电站", "泵站", "站点", "医院", "学校", "车站", "机场", "港口",
    "园区", "场馆", "网点", "设施",
]);

/// The class of a phrase that begins with a verb of effort, and the rule that gave it. `product`: it ends in a thing that can be
/// seen.
pub(super) fn by_effort(phrase: &str, effort: &str, product: bool) -> (Class, &'static str) {
    let object = &phrase[effort.len()..];
    let counted = !quantity::find(phrase, 0..phrase.len()).is_empty();
    if counted && (object.starts_with(|c: char| c.is_ascii_digit()) || RESULTS.has(effort)) {
        return (Class::Action, "zh-class-counted");
    }
    // 推进修订河道管理条例: an act that is pushed on.
    if matches!(effort, "推进" | "推动" | "加快") && any_of!["修改", "修订", "制定", "出台"].begins(object)
    {
        return (Class::Action, "zh-class-act");
    }
    // 研究出台配套政策, 作出书面检讨
    if effort == "研究" && ACTS.at(object).is_some() || effort == "作出" && product {
        return (Class::Action, "zh-class-act");
    }
    // 组织技术人员进村入户: people are sent.
    // 组织受灾群众重建家园: people are led.
    let led = any_of!["家园", "生产", "奋斗", "自救"].ends(object);
    if effort == "组织"
        && !led
        && any_of!["人员", "专家", "力量", "队伍", "干部", "企业", "群众", "第三方", "专班"].stands_in(object)
    {
        return (Class::Action, "zh-class-people-sent");
    }
    // 推行“链长制”, 拿出治理方案: something with a name.
    let named = object.contains('“') || object.ends_with('制');
    let general = any_of!["经验", "做法", "模式", "理念", "方式", "工作", "改革", "建设"].ends(object);
    if matches!(effort, "推行" | "运用" | "推广") && named
        || effort == "推行" && !general && object.chars().count() >= 3
        || effort == "开展" && object.starts_with('“')
        || effort == "拿出" && product
    {
        return (Class::Action, "zh-class-named");
    }
    // 做好规划指标核定, 抓好补贴申领: a procedure, behind a light verb.
    static PROCEDURES: Phrases = Phrases::of(&[
        "核定", "申报", "发放", "登记", "验收", "审计", "结算", "清算", "报批", "评审", "采购", "招标", "移交", "签约",
        "摸底", "统计", "测算", "鉴定", "勘察", "体检", "接种", "申领", "备案", "公示", "归档", "搬迁", "拆除", "交接",
        "清查", "普查", "清理", "核查",
    ]);
    let light = matches!(effort, "做好" | "抓好" | "开展" | "组织" | "实施");
    if light && PROCEDURES.ends(any_of!["工作"].trim_end(object)) {
        return (Class::Action, "zh-class-procedure");
    }
    // 做好分诊并公布出诊信息, 形成清单报局办公室: an act in the second place.
    let second = any_of![
        "并在", "并向", "并公", "并印", "并发", "并报", "并上", "并建", "并制", "报局", "报市", "报县", "报区", "报镇",
        "报院",
    ];
    if second.stands_in(object) {
        return (Class::Action, "zh-class-second-act");
    }
    // 足额保障防汛经费5000万元: money is set aside.
    if counted && object.contains('元') && matches!(effort, "保障" | "落实" | "筹措" | "统筹" | "争取") {
        return (Class::Action, "zh-class-money");
    }
    // 督促渔船今晚前回港: what is to be done by a day.
    if effort == "督促" && bounded(phrase) {
        return (Class::Action, "zh-class-bounded-effort");
    }
    // 用好专项再贷款: a named instrument is put to use.
    let instruments = any_of!["政策", "工具", "资金", "贷款", "基金", "债券", "补贴", "平台", "机制"];
    if effort.starts_with('用') && instruments.ends(object.trim_end_matches(['”', '等'])) {
        return (Class::Action, "zh-class-instrument");
    }
    // 7月1日起实施夜间禁行: a measure is put to use on a day.
    if matches!(effort, "实施" | "推行") && bounded(phrase) && !object.is_empty() {
        return (Class::Action, "zh-class-bounded-measure");
    }
    // 扩大受益范围, 放宽申领条件: a term or a rate is changed.
    if matches!(
        effort,
        "扩大"
            | "提高"
            | "降低"
            | "延续"
            | "优化"
            | "增加"
            | "放宽"
            | "放开"
            | "简化"
            | "减少"
            | "压减"
            | "精简"
            | "整顿"
    ) && TERMS.ends(object)
    {
        return (Class::Action, "zh-class-term");
    }
    // 建设种质资源库, 布局建设一批重大项目: something is built that has a name or a number.
    let built =
        matches!(effort, "建设" | "打造" | "谋划" | "建立") && (object.contains("一批") || FACILITIES.ends(object));
    if built && !any_of!["中国", "强国", "强省", "强市"].stands_in(object) {
        return (Class::Action, "zh-class-built");
    }
    // 加强…, 推进… stay efforts whatever they are about; 建立, 健全, 开展 make the thing they name.
    let making = [
        "建立",
        "健全",
        "完善",
        "开展",
        "实施",
        "组织",
        "抓好",
        "做好",
        "用好",
        "用足",
        "研究",
        "落实",
        "探索建立",
        "修订",
        "严格落实",
        "总结",
        "构建",
        "推行",
        "引导",
        "提供",
        "设置",
        "督促",
        "打通",
    ];
    let making = making.contains(&effort) && !any_of!["体系", "格局", "环境", "氛围", "合力"].ends(phrase);
    if product && making { (Class::Action, "zh-class-making") } else { (Class::Principle, "zh-class-effort") }
}
