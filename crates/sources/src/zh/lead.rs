//! Who speaks in a Chinese sentence, and what force the words after it have: 会议强调, 张三指出, 会议决定.

use super::words::{ORDERS, SAYINGS};
use crate::Rule;

/// How a clause came to be one of the orders.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Force {
    Off,
    /// After 会议指出: an order needs its 要.
    Said,
    /// In a notice or a list of decisions: an order needs an office that is to do it.
    Named,
    /// After 会议强调, in a list of orders, or after a sentence of orders: a verb phrase will do.
    Soft(Rule),
    /// After 会议决定 and 会议要求: any clause that is no report will do.
    Firm(Rule),
    /// Under a 要 of this sentence.
    On(Rule),
}

/// Who speaks at the beginning of a clause.
pub(super) struct Lead {
    /// How much of the clause it takes.
    pub(super) length: usize,
    pub(super) force: Force,
    /// 会议同意, 会议通过: what follows may be the thing that was adopted, and no order.
    pub(super) adopts: bool,
}

/// The lead of a clause. `heard`: somebody spoke earlier in the sentence, so that 决定 or 要求 alone goes on.
pub(super) fn lead(clause: &str, heard: bool) -> Option<Lead> {
    let limit = clause.char_indices().map(|(at, _)| at).take(26);
    for at in limit {
        let before = clause[..at].trim();
        let order = ORDERS.at(&clause[at..]);
        let Some(word) = order.or_else(|| SAYINGS.at(&clause[at..])) else { continue };
        let goes_on =
            before.is_empty() && heard && matches!(word, "决定" | "要求" | "强调" | "议定" | "责成" | "强调要求");
        if !goes_on && !speaks(before) {
            continue;
        }
        let length = at + word.len();
        let rest = &clause[length..];
        if rest.starts_with(['的', '了', '中', '下', '和', '、']) && !rest.starts_with("了要") {
            continue;
        }
        let firm =
            matches!(word, "要求" | "决定" | "议定" | "责成" | "商定" | "定于" | "指示" | "提出要求" | "强调要求")
                || matches!(word, "明确" | "确定") && !before.is_empty();
        let adopts = matches!(word, "同意" | "原则同意");
        let force = match (order.is_some(), firm || adopts) {
            (true, true) => Force::Firm(Rule::ZhUnderLead),
            (true, false) => Force::Soft(Rule::ZhUnderLead),
            (false, _) => Force::Said,
        };
        return Some(Lead { length, force, adopts });
    }
    None
}

/// Whether words before a verb of saying name the body or a speaker.
fn speaks(before: &str) -> bool {
    let before = before.trim_start_matches(['“', '”']);
    let before = ["还", "同时", "进一步", "特别", "再次", "一致", "并", "最后", "明确", "指出并", "研究"]
        .iter()
        .fold(before, |b, word| b.trim_end_matches(word));
    if before.is_empty() {
        return false;
    }
    let length = before.chars().count();
    let bodies = [
        "会议",
        "全会",
        "大会",
        "她",
        "他",
        "委员会",
        "常委会",
        "小组",
        "领导小组",
        "办公会",
        "常务会",
        "党组",
        "政府",
        "市委",
        "省委",
        "县委",
        "区委",
        "党委",
        "讲话",
        "纪要",
        "班子",
        "会上",
        "同志",
        "通知",
        "意见",
        "与会人员",
        "专班",
        "指挥部",
    ];
    // A speaker's name has two to four characters; a title may stand before it.
    let clean = !before.contains(['，', '要', '应', '是', '的', '按', '把', '将', '对', '为']);
    clean
        && (bodies.iter().any(|body| before.ends_with(body))
            || (2..=4).contains(&length) && is_name(before)
            || (5..=22).contains(&length) && titled(before))
        || about(before)
}

/// 在谈到防汛工作时，, 魏明就贯彻会议精神: a speaker and a topic.
fn about(before: &str) -> bool {
    let Some((who, what)) = before.split_once('就') else { return false };
    (speaker(who) || who.is_empty() || who.ends_with("会议")) && what.chars().count() <= 22 && !what.contains('，')
}

fn speaker(who: &str) -> bool {
    let length = who.chars().count();
    (2..=4).contains(&length) && is_name(who) || (5..=22).contains(&length) && titled(who)
}

fn is_name(word: &str) -> bool {
    const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝";
    word.chars().next().is_some_and(|c| SURNAMES.contains(c)) && word.chars().all(crate::lang::is_han)
}

fn titled(before: &str) -> bool {
    let titles = [
        "书记",
        "市长",
        "县长",
        "区长",
        "省长",
        "主席",
        "主任",
        "局长",
        "厅长",
        "部长",
        "总理",
        "组长",
        "副市长",
        "镇长",
        "秘书长",
        "委员",
        "常委",
        "校长",
        "院长",
        "州长",
        "专员",
        "指挥长",
    ];
    titles.iter().any(|title| {
        before.rfind(title).is_some_and(|at| {
            let name = &before[at + title.len()..];
            name.is_empty() || ((2..=4).contains(&name.chars().count()) && is_name(name))
        })
    })
}
