//! Who speaks in a Chinese sentence, and what force the words after it have: 会议强调, 张三指出, 会议决定.

use super::words::{ORDERS, SAYINGS, SPEAKING};
use crate::Rule;
use crate::marks::width;
use crate::phrases::{Phrases, any_of};
use crate::words::first_chars;

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
    /// 强调, 要求, 同意 …
    pub(super) word: &'static str,
    /// The verb stands alone: whoever spoke before goes on.
    pub(super) bare: bool,
    /// 县委要求, in the words of somebody below it: what a higher body wants, told again.
    pub(super) higher: bool,
    /// 会议同意, 会议通过: what follows may be the thing that was adopted, and no order.
    pub(super) adopts: bool,
}

/// The lead of a clause. `heard`: somebody spoke earlier in the sentence, so that 决定 or 要求 alone goes on.
pub(super) fn lead(clause: &str, heard: bool) -> Option<Lead> {
    let limit = first_chars(clause, 26).len();
    let mut next = 0;
    while let Some(at) = SPEAKING.find(&clause[next..]).map(|(skipped, _)| next + skipped).filter(|at| *at < limit) {
        next = at + width(clause.as_bytes()[at]);
        let order = ORDERS.at(&clause[at..]);
        let Some(word) = order.or_else(|| SAYINGS.at(&clause[at..])) else { continue };
        let before = clause[..at].trim();
        let goes_on = before.is_empty()
            && (heard
                && matches!(
                    word,
                    "决定"
                        | "要求"
                        | "强调"
                        | "议定"
                        | "责成"
                        | "强调要求"
                        | "同意"
                        | "原则同意"
                        | "原则上同意"
                        | "一致同意"
                        | "商定"
                )
                || matches!(word, "责成" | "叮嘱" | "嘱咐" | "同意" | "原则同意" | "原则上同意" | "一致同意"));
        // 市水务集团汇报，下一步将…
        if !(goes_on || speaks(before) || order.is_none() && reports(before)) {
            continue;
        }
        // 同意后, 同意的: what somebody else agreed to.
        if goes_on
            && word == "同意"
            && clause[at + word.len()..].starts_with(|c: char| "后的书率意".contains(c) || c.is_ascii_digit())
        {
            continue;
        }
        let length = at + word.len();
        let rest = &clause[length..];
        // 周密部署: how, and no speaker of that name.
        if word == "部署" && rest.is_empty() {
            continue;
        }
        if rest.starts_with(['的', '了', '中', '下', '和', '、']) && !rest.starts_with("了要") {
            continue;
        }
        let firm = matches!(
            word,
            "要求"
                | "决定"
                | "议定"
                | "责成"
                | "商定"
                | "定于"
                | "指示"
                | "提出要求"
                | "强调要求"
                | "叮嘱"
                | "嘱咐"
                | "嘱托"
                | "交代"
                | "拍板"
        ) || matches!(word, "明确" | "确定") && !before.is_empty();
        let adopts = matches!(word, "同意" | "原则同意" | "原则上同意" | "一致同意");
        // 县水利局局长赵强表态：4月20日前完成…: what somebody pledges; 保证质量 is no speech.
        let pledges = matches!(word, "表态" | "承诺" | "保证");
        if pledges && !(rest.is_empty() || rest.starts_with(['，', '将', '说'])) {
            continue;
        }
        let force = match (order.is_some(), firm || adopts) {
            (true, true) => Force::Firm(Rule::ZhUnderLead),
            (true, false) => Force::Soft(Rule::ZhUnderLead),
            (false, _) if pledges => Force::Soft(Rule::ZhUndertaking),
            (false, _) => Force::Said,
        };
        return Some(Lead { length, force, word, adopts, bare: before.is_empty(), higher: is_higher(before) });
    }
    None
}

/// 市水务集团, 市住建局: a unit that tells the meeting of its work.
fn reports(before: &str) -> bool {
    let unit = any_of!["集团", "公司", "局", "委", "厅", "管委会", "中心", "街道", "医院", "学校"].ends(before);
    unit && (4..=16).contains(&before.chars().count())
        && !before.contains(['，', '、', '要', '应', '是', '的', '按', '把', '将', '对', '为', '由', '报', '经', '听'])
}

/// Whether words before a verb of saying name the body or a speaker: 会议, 何建国, 朱文斌在主持会议时.
fn speaks(before: &str) -> bool {
    let before = before.trim_start_matches(['“', '”']);
    static LINKS: Phrases = Phrases::of(&[
        "还",
        "同时",
        "进一步",
        "特别",
        "再次",
        "一致",
        "并",
        "最后",
        "明确",
        "指出并",
        "研究",
        "当即",
        "当场",
        "随即",
        "转身",
        "一再",
        "反复",
        "再三",
        "现场",
        "着重",
        "要求并",
    ]);
    let before = LINKS.trim_end(before);
    // 报市政府同意后实施: whose consent is asked.
    if before.is_empty() || before.starts_with(['报', '经', '待']) {
        return false;
    }
    if let Some((who, occasion)) = before.split_once('在') {
        let said = any_of!["会议时", "讲话时", "讲话中", "总结时", "会上", "发言时", "部署时", "发言中", "会议上"]
            .ends(occasion);
        if said && occasion.chars().count() <= 16 && (speaker(who) || who.ends_with("同志")) {
            return true;
        }
    }
    let length = before.chars().count();
    let bodies = any_of![
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
        && (bodies.ends(before)
            || (2..=4).contains(&length) && is_name(before)
            || (5..=22).contains(&length) && titled(before))
        || about(before)
}

/// 县委, 省政府, 中央: a body above the one that meets.
fn is_higher(before: &str) -> bool {
    let bodies = any_of![
        "中央",
        "国务院",
        "省委",
        "省政府",
        "市委",
        "市政府",
        "县委",
        "县政府",
        "总书记",
        "上级",
        "省里",
        "市里"
    ];
    bodies.ends(before)
}

/// 省委全会…, 党的二十大…: a clause about what a higher meeting said.
pub(super) fn cites(clause: &str) -> bool {
    let opening = first_chars(clause, 14);
    let above = any_of!["党中央", "中央", "国务院", "总书记", "习近平", "党的", "省委", "市委", "县委", "全国", "全省"];
    let met = any_of!["全会", "会议", "大会", "精神", "讲话", "总书记", "党中央", "文件"];
    above.begins(opening) && met.stands_in(opening)
}

/// 有群众反映, 一位阿姨说, 公示牌上写着: somebody who gives no orders speaks, or a text is quoted.
pub(super) fn outsider(clause: &str) -> bool {
    static WRITTEN: Phrases = Phrases::of(&["写着", "写道", "上写明", "标语", "公示牌上", "牌子上"]);
    static SAYS: Phrases =
        Phrases::of(&["说", "提出", "建议", "反映", "认为", "希望", "呼吁", "质疑", "提议", "坦言", "感叹", "抱怨"]);
    static PEOPLE: Phrases = Phrases::of(&[
        "群众", "居民", "村民", "市民", "商户", "业主", "家长", "教师", "老师", "学生", "职工", "员工", "网友", "读者",
        "记者", "阿姨", "大爷", "大妈", "大姐", "大叔", "老人", "摊主", "摊贩", "店主", "专家", "代表", "委员", "旅客",
        "游客", "患者", "企业",
    ]);
    static SOME: Phrases = Phrases::of(&["有", "一位", "部分", "一些", "多名", "不少", "个别", "几位", "多位"]);
    if !any_of![
        "写",
        "上写明",
        "标语",
        "公示牌上",
        "牌子上",
        "说",
        "提",
        "建议",
        "反映",
        "认为",
        "希望",
        "呼吁",
        "质疑",
        "坦言",
        "感叹",
        "抱怨"
    ]
    .stands_in(clause)
    {
        return false;
    }
    if WRITTEN.stands_in(clause) {
        return true;
    }
    let Some((at, _)) = SAYS.find(clause) else { return false };
    let who = &clause[..at];
    // 群众反映集中的问题: what is talked of.
    if clause[at..].contains('的') || any_of!["对", "针对", "就", "把", "将", "为", "以", "按"].begins(who) {
        return false;
    }
    if who.chars().count() > 24 || who.contains(['要', '应', '须']) || who.contains("会议") {
        return false;
    }
    let person = PEOPLE.ends(who) || SOME.begins(who) && PEOPLE.stands_in(who);
    let old = who.starts_with('老') && (2..=3).contains(&who.chars().count())
        || who.chars().count() <= 12 && who.chars().rev().nth(1) == Some('老') && clause[at..].starts_with('说');
    // 白桂枝同志建议: one member's wish.
    let wish = clause[at..].starts_with("建议") && (who.ends_with("同志") || is_name(who) && who.chars().count() <= 4);
    person || old || wish
}

/// Whom an order in direct speech addresses: 葛亮 in 叮嘱北埠街道主任葛亮, 市交通局 in 对市交通局负责人说.
pub(super) fn addressee(words: &str) -> Option<&str> {
    let words = ["说", "表示", "强调", "要求", "叮嘱"].iter().fold(words, |w, verb| w.trim_end_matches(verb));
    let who = words.rsplit(['对', '向']).next().unwrap_or(words).trim();
    let who = ["随行的", "在场的", "身边的", "同行的", "陪同的"].iter().fold(who, |w, word| w.trim_start_matches(word));
    let who = ["相关负责人", "主要负责人", "负责人", "负责同志", "工作人员"]
        .iter()
        .fold(who, |w, word| w.trim_end_matches(word));
    if !(2..=24).contains(&who.chars().count()) || who.contains(['，', '要', '的']) {
        return None;
    }
    match name_after_title(who) {
        Some(name) => Some(name),
        None => Some(who),
    }
}

fn name_after_title(who: &str) -> Option<&str> {
    TITLES.iter().find_map(|title| {
        let at = who.rfind(title)? + title.len();
        let name = &who[at..];
        ((2..=4).contains(&name.chars().count()) && is_name(name)).then_some(name)
    })
}

/// 在谈到防汛工作时，, 魏明就贯彻会议精神: a speaker and a topic.
fn about(before: &str) -> bool {
    let Some((who, what)) = before.split_once('就') else { return false };
    (speaker(who) || who.is_empty() || who.ends_with("会议")) && what.chars().count() <= 22 && !what.contains('，')
}

/// 何建国, 县水利局局长赵强: somebody by name, by post or by both.
pub(super) fn speaker(who: &str) -> bool {
    let length = who.chars().count();
    (2..=4).contains(&length) && is_name(who) || (5..=22).contains(&length) && titled(who)
}

/// Surnames of one character.
pub(super) const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝洪骆冼";

/// Two to four characters, the first a surname.
pub(super) fn is_name(word: &str) -> bool {
    word.chars().next().is_some_and(|c| SURNAMES.contains(c)) && word.chars().all(crate::lang::is_han)
}

const TITLES: [&str; 33] = [
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
    "总河长",
    "河长",
    "经理",
    "董事长",
    "园长",
    "所长",
    "站长",
    "队长",
    "会长",
    "乡长",
    "总工",
];

/// Whether words end with a post, or with a name behind one.
pub(super) fn titled(before: &str) -> bool {
    static ANY: Phrases = Phrases::of(&TITLES);
    ANY.stands_in(before)
        && TITLES.iter().any(|title| {
            before.rfind(title).is_some_and(|at| {
                let name = &before[at + title.len()..];
                name.is_empty() || ((2..=4).contains(&name.chars().count()) && is_name(name))
            })
        })
}
