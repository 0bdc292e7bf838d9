//! Who must do it, in Chinese: 各部门要…, 由市发改委牵头, （责任单位：…）.

use super::lead::{is_name, titled};
use super::words::{ACTS, ADVERBS, EFFORTS, NOBODY, OFFICES, PREPOSITIONS, PRODUCTS};
use crate::Profile;
use crate::phrases::{Phrases, any_of};
use std::ops::Range;

/// The owner that stands at the beginning of a subject: 各方面 in 各方面在保供工作中. `None` if the subject names nobody.
pub(crate) fn of_subject(text: &str, subject: Range<usize>, profile: &Profile) -> Option<Range<usize>> {
    let words = &text[subject.clone()];
    let head_end = words
        .char_indices()
        .skip(2)
        .find(|(at, _)| {
            let rest = &words[*at..];
            let joins = joins(rest) || any_of!["牵头", "负责"].begins(rest);
            (joins || PREPOSITIONS.at(rest).is_some_and(cuts)) && names_office(&words[..*at], profile)
        })
        .map_or(words.len(), |(at, _)| at);
    let head = words[..head_end].trim_end_matches(['，', '、', ' ', '\n', '\r', '也', '都', '均']);
    let head = head.trim_end();
    // 市住建局一方面要…，另一方面要…
    let head = any_of!["另一方面", "一方面"].ending(head).map_or(head, |one| &head[..head.len() - one.len()]);
    // 县公安局一要…，二要…: the number belongs to what is to be done.
    let counted = head.strip_suffix(['一', '二', '三', '四']).filter(|name| names_office(name, profile));
    let head = counted.unwrap_or(head);
    // “两办”督查室: a quotation that closes is part of the name.
    let open = if head.contains(['”', '’']) { head } else { head.trim_start_matches(['“', '‘']) };
    let quoted = head.len() - open.len();
    let (subject, head) = (subject.start + quoted..subject.end, &head[quoted..]);
    // 由市督查室公布: the preposition is no part of the name.
    let asked = any_of!["希望", "建议", "恳请", "商请", "提请", "烦请", "敬请"].trim_start(head);
    let skip = head.len() - asked.trim_start_matches(['由', '请']).len();
    let start = subject.start + skip;
    // 县新华书店: a place in front, and no word of work behind.
    // 防火预案小白写, 由武有田去谈: who it is, without what it is about.
    let given =
        skip > 0 && head.starts_with('由') && (2..=3).contains(&head[skip..].chars().count()) && is_name(&head[skip..]);
    if given {
        return Some(start..subject.start + head.len());
    }
    if let Some(name) = profile.names().find(|name| head.ends_with(name) && is_person(name)) {
        let before = &head[..head.len() - name.len()];
        if OFFICES.ending(before).is_none() && before.len() > skip {
            return Some(subject.start + before.len()..subject.start + head.len());
        }
    }
    let local = head.starts_with(['市', '县', '区', '省', '镇'])
        && (4..=12).contains(&head.chars().count())
        && !any_of![
            "工作", "建设", "发展", "经济", "项目", "问题", "环境", "产业", "资金", "情况", "任务", "工程", "规划",
            "计划", "方案", "场", "内",
        ]
        .ends(head)
        && !head.contains('的');
    (local || names_office(&head[skip..], profile) || titled(&head[skip..]) || names_several(&head[skip..]))
        .then(|| start..subject.start + head.len())
}

/// 各生产车间, 铁路、民航: several that are addressed, whatever their names end with; 各项指标 and 水、电 are things.
pub(super) fn names_several(head: &str) -> bool {
    static THINGS: Phrases = Phrases::of(&[
        "工作", "建设", "发展", "经济", "项目", "问题", "环境", "产业", "资金", "情况", "任务", "工程", "规划", "计划",
        "方案", "场", "内", "质量", "安全", "措施", "制度", "机制", "责任", "检查", "整治", "管理", "服务", "指标",
        "环节", "领域", "行业", "流程", "数据", "标准", "政策", "设施", "设备", "物资", "材料", "费用", "部位", "路段",
        "上", "中", "时", "后", "前", "化", "性", "率", "度", "量", "品", "事", "案", "表", "单", "账", "水", "电",
        "气",
    ]);
    let length = head.chars().count();
    let each =
        head.starts_with('各') && !any_of!["各项", "各类", "各种", "各方面", "各式", "各自", "各环节"].begins(head);
    let parts = head.split('、');
    let list = head.contains('、') && parts.clone().all(|part| (2..=5).contains(&part.chars().count()));
    (each && (3..=10).contains(&length) || list && length <= 20)
        && head.chars().all(|c| crate::lang::is_han(c) || c == '、')
        && !head.contains(['的', '是', '在', '对', '把', '将', '和'])
        && parts.clone().all(|part| !THINGS.ends(part) && !starts_with_verb(part) && !ends_with_verb(part))
}

fn starts_with_verb(part: &str) -> bool {
    ADVERBS.at(part).is_some() || EFFORTS.at(part).is_some() || ACTS.at(part).is_some()
}

fn ends_with_verb(part: &str) -> bool {
    EFFORTS.ending(part).is_some() || ACTS.ending(part).is_some() || PRODUCTS.ending(part).is_some()
}

/// 卢长顺, 小白: a person's name, and no unit's.
fn is_person(name: &str) -> bool {
    let short = name.chars().count() == 2 && name.starts_with(['老', '小']);
    short || (2..=3).contains(&name.chars().count()) && is_name(name) && OFFICES.ending(name).is_none()
}

fn cuts(preposition: &str) -> bool {
    matches!(
        preposition,
        "在" | "对"
            | "对于"
            | "从"
            | "按照"
            | "按"
            | "根据"
            | "围绕"
            | "针对"
            | "以"
            | "把"
            | "将"
            | "要"
            | "结合"
            | "于"
            | "就"
            | "为"
            | "通过"
            | "会同"
            | "向"
    )
}

/// The name that 公司 or 集团 alone stands for: 澜建三公司 earlier in the sentence.
pub(crate) fn antecedent(text: &str, before: Range<usize>, name: Range<usize>) -> Range<usize> {
    let kind = text[name.clone()].trim_start_matches(['该', '我', '本']);
    if !["公司", "集团", "医院", "学校", "企业", "单位"].contains(&kind) {
        return name;
    }
    let near = text[before.clone()].char_indices().rev().nth(60).map_or(before.start, |(at, _)| before.start + at);
    let before = near..before.end;
    let words = &text[before.clone()];
    let Some(at) = words.rfind(kind).filter(|at| *at > 0) else { return name };
    let opens = words[..at]
        .rfind(|c: char| !crate::lang::is_han(c))
        .map_or(0, |cut| cut + words[cut..].chars().next().map_or(0, char::len_utf8));
    let head = &words[opens..at];
    let cut = ["单位", "由", "的", "方"]
        .iter()
        .filter_map(|word| head.rfind(word).map(|k| k + word.len()))
        .max()
        .unwrap_or(0);
    let long = head[cut..].chars().count();
    if !(2..=12).contains(&long) {
        return name;
    }
    before.start + opens + cut..before.start + at + kind.len()
}

/// Verbs that join a second unit to the first: 市水务局会同市财政局, 市水务局联合市财政局.
static JOINING: Phrases = Phrases::of(&["会同", "商", "联合", "协同", "协助", "配合", "会商"]);

/// Whether words join a second unit to the first; 省商务厅 consults nobody.
fn joins(rest: &str) -> bool {
    JOINING.begins(rest) && !any_of!["商务", "商业", "商会", "商贸", "商户", "商场", "联合会", "联合社"].begins(rest)
}

/// Who supports, where a subject joins them to itself: 市水务局会同市财政局、市住建局制定….
pub(crate) fn joined(text: &str, clause: Range<usize>, profile: &Profile) -> Vec<Range<usize>> {
    let words = &text[clause.clone()];
    if !any_of!["会同", "联合", "商"].stands_in(words) {
        return vec![];
    }
    let Some((at, verb)) = ["会同", "联合", "商"].iter().find_map(|verb| words.find(verb).map(|at| (at, verb)))
    else {
        return vec![];
    };
    if !joins(&words[at..]) || !names_office(words[..at].trim_start_matches(['由', '请']), profile) {
        return vec![];
    }
    let from = at + verb.len();
    let rest = &words[from..];
    // The longest run of names: 市财政局、市住建局.
    let end = rest
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .take(40)
        .take_while(|end| !rest[..*end].ends_with(['，', '。']))
        .filter(|end| names_office(&rest[..*end], profile) && !super::clause::goes_on(&rest[*end..]))
        .last();
    match end {
        Some(end) => parts(text, clause.start + from..clause.start + from + end, &['、', '和', '及']),
        None => vec![],
    }
}

/// Whether words name an office, a body or a group of people that can be asked.
pub(crate) fn names_office(words: &str, profile: &Profile) -> bool {
    // 各县（市、区）: what the brackets add names more of the same.
    let words = without_bracket(words.trim());
    if governs(words) {
        return false;
    }
    let named = profile.names().any(|name| words.ends_with(name))
        || OFFICES.ending(words).is_some_and(|office| !is_place(words, office) && !is_act(words, office))
        || is_branch(words);
    named
        && (2..=40).contains(&words.chars().count())
        && !words.contains(['，', '。', '：', '“'])
        && !words.starts_with(['的', '了', '逐'])
        && !NOBODY.has(words)
        && !words.ends_with("一方面")
}

/// 镇对村, 把钥匙交给单位, 完善后提请常委: words with a preposition or a verb inside name nobody; 对外联络办 does.
fn governs(words: &str) -> bool {
    static NAMED: Phrases = Phrases::of(&["对口", "对外", "对台", "对接", "对内", "对象"]);
    words.char_indices().any(|(at, c)| match c {
        '对' => !NAMED.begins(&words[at..]),
        '把' => !words[at..].starts_with("把关"),
        '后' => any_of!["后提请", "后提交", "后报", "后印发", "后送"].begins(&words[at..]),
        _ => false,
    })
}

/// 各县（市、区）, 各镇（街道）: without the brackets at the end.
fn without_bracket(words: &str) -> &str {
    let body = words.strip_suffix(['）', ')']).and_then(|body| body.rfind(['（', '(']).map(|open| &body[..open]));
    body.filter(|body| !body.is_empty()).unwrap_or(words)
}

/// 全市政法系统, 各级教育系统: all offices of one field.
fn is_branch(words: &str) -> bool {
    words.ends_with("系统") && words.starts_with(['全', '各']) && words.chars().count() >= 5
}

/// 春节后组织拆除, 结果全县通报: no office.
fn is_act(words: &str, office: &str) -> bool {
    static ORGANISED: Phrases =
        Phrases::of(&["党组织", "社会组织", "经济组织", "群团组织", "自治组织", "行业组织", "合作组织", "基层组织"]);
    match office {
        // 破除地方保护
        "地方" => {
            !any_of!["各地方", "有关地方", "相关地方", "和地方", "、地方", "部分地方", "与地方"].ends(words)
                && words != office
        }
        "组织" => words != "各组织" && !ORGANISED.ends(words),
        "县" | "市" | "区" | "省" | "镇" => words[..words.len() - office.len()].ends_with('全'),
        _ => false,
    }
}

/// 交易区, 水库, 格局: a place or a thing whose last character ends offices' names too.
fn is_place(words: &str, office: &str) -> bool {
    static PLACES: Phrases = Phrases::of(&[
        "格局",
        "布局",
        "大局",
        "全局",
        "结局",
        "场所",
        "厕所",
        "住所",
        "网站",
        "车站",
        "泵站",
        "水站",
        "水库",
        "车库",
        "数据库",
        "仓库",
        "冷库",
        "项目库",
        "城乡",
        "农村",
        "城镇",
        "城市",
        "小区",
        "景区",
        "校区",
        "山区",
        "灾区",
        "片区",
        "厂区",
        "老区",
        "街区",
        "库区",
        "镇区",
        "保护区",
        "示范区",
        "试验区",
        "功能区",
        "交易区",
        "核心区",
        "安置区",
        "作业区",
        "生鲜区",
        "停车区",
        "生活区",
        "办公区",
        "施工区",
        "服务区",
        "返校",
        "全部",
        "内部",
        "外部",
        "局部",
        "底部",
        "督办",
        "承办",
        "主办",
        "协办",
        "举办",
        "节省",
        "股市",
        "楼市",
        "夜市",
        "学科",
        "用处",
        "多处",
    ]);
    // 古城区 is a district's name, 主城区 a part of a town.
    let town =
        words == "城区" || any_of!["主城区", "老城区", "中心城区", "市城区", "县城区", "建成区", "全城区"].ends(words);
    office.chars().count() <= 1 && (town || PLACES.ends(words))
}

/// A lead and its helpers, and a deadline, from an assignment in brackets or on its own line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Assignment {
    pub(crate) lead: Option<Range<usize>>,
    pub(crate) supporting: Vec<Range<usize>>,
    pub(crate) due: Option<Range<usize>>,
}

impl Assignment {
    /// What another line adds.
    pub(super) fn add(&mut self, other: Assignment) {
        self.lead = self.lead.take().or(other.lead);
        self.supporting.extend(other.supporting);
        self.due = self.due.take().or(other.due);
    }
}

static LEAD_LABELS: Phrases = Phrases::of(&[
    "牵头单位",
    "责任单位",
    "牵头部门",
    "责任部门",
    "主办单位",
    "承办单位",
    "责任人",
    "牵头领导",
    "责任领导",
    "完成单位",
    "落实单位",
    "牵头人",
    "实施单位",
    "建设单位",
    "责任主体",
    "办理单位",
    "责任科室",
    "责任处室",
    "包保领导",
    "分管领导",
    "负责单位",
    "负责人",
]);
static SUPPORT_LABELS: Phrases = Phrases::of(&[
    "配合单位",
    "配合部门",
    "协办单位",
    "参与单位",
    "参加单位",
    "支持单位",
    "协助单位",
    "会办单位",
    "协同单位",
]);
static DUE_LABELS: Phrases = Phrases::of(&[
    "完成时限",
    "完成时间",
    "办结时限",
    "时限要求",
    "时间节点",
    "时限",
    "整改时限",
    "办理时限",
    "时间要求",
    "完成日期",
    "办结时间",
    "竣工时间",
    "完工时间",
]);

/// What stands behind a deadline that has no label: 5月20日前完成.
static DONE: Phrases = Phrases::of(&[
    "完成",
    "办结",
    "完工",
    "整改到位",
    "落实到位",
    "整改完毕",
    "全部完成",
    "报送",
    "完成整改",
    "前完成",
]);

/// All labels.
const LABELS: [&Phrases; 3] = [&LEAD_LABELS, &SUPPORT_LABELS, &DUE_LABELS];

/// Whether a line begins with the label of an assignment.
pub(crate) fn starts_with_label(words: &str) -> bool {
    let labelled = |label: &str| words[label.len()..].trim_start().starts_with(['：', ':']);
    LABELS.iter().any(|labels| labels.all_at(words).any(labelled))
}

/// Whether words end with a label of who answers for something.
pub(super) fn ends_with_lead_label(words: &str) -> bool {
    LEAD_LABELS.ends(words.trim_end())
}

/// Read 责任单位：A；配合单位：B、C；完成时限：6月底前, or A牵头，B配合，6月底前完成. `None` if it assigns nothing.
pub(crate) fn assignment(text: &str, range: Range<usize>, profile: &Profile) -> Option<Assignment> {
    let mut found = Assignment::default();
    for part in pieces(text, range) {
        for part in labelled(text, part) {
            assign_part(text, part, profile, &mut found);
        }
    }
    (found.lead.is_some() || !found.supporting.is_empty() || found.due.is_some()).then_some(found)
}

/// The pieces of an assignment, where 县财政局、县水利局（牵头）、县审计局 is one.
fn pieces(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    static ROLES: Phrases = Phrases::of(&[
        "（牵头",
        "(牵头",
        "（主办",
        "(主办",
        "（牵头单位",
        "（牵头负责",
        "（配合",
        "(配合",
        "（配合单位",
        "（协办",
    ]);
    let mut out: Vec<Range<usize>> = vec![];
    for mut part in parts(text, range.clone(), &['；', ';', '，', ',', '。', '\n', '）', ')', '】']) {
        let close = text[part.end..range.end].chars().next().filter(|c| matches!(c, '）' | ')'));
        if let Some(close) = close.filter(|_| ROLES.ends(&text[part.clone()])) {
            part.end += close.len_utf8();
        }
        match out.last_mut() {
            Some(last) if last.end == part.start && text[part.clone()].starts_with('、') => last.end = part.end,
            Some(_) | None => out.push(part),
        }
    }
    out
}

/// 责任单位：市水务局 完成时限：6月底: one part for each label.
fn labelled(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let words = &text[part.clone()];
    let mut cuts: Vec<usize> = LABELS
        .iter()
        .flat_map(|labels| labels.places(words))
        .filter(|(at, label)| *at > 0 && words[at + label.len()..].trim_start().starts_with(['：', ':']))
        .filter(|(at, _)| words[..*at].ends_with(|c: char| c.is_whitespace()))
        .map(|(at, _)| part.start + at)
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let ends: Vec<usize> = cuts.iter().copied().chain([part.end]).collect();
    std::iter::once(part.start).chain(cuts).zip(ends).map(|(from, to)| from..to).collect()
}

fn assign_part(text: &str, part: Range<usize>, profile: &Profile, found: &mut Assignment) {
    let words = text[part.clone()].trim();
    const BETWEEN: [char; 3] = ['、', ' ', '\u{3000}'];
    if let Some((label, value)) = words.split_once(['：', ':']) {
        let label = label.trim();
        let value = value.trim();
        let start = part.start + (text[part.clone()].rfind(value).unwrap_or(0));
        let value = start..start + value.len();
        if LEAD_LABELS.ends(label) {
            let (lead, others) = leads(text, value.clone(), parts(text, value, &BETWEEN));
            found.lead = found.lead.clone().or(lead);
            found.supporting.extend(others);
        } else if SUPPORT_LABELS.ends(label) {
            found.supporting.extend(parts(text, value, &BETWEEN));
        } else if DUE_LABELS.ends(label)
            && !value.is_empty()
            // 长期坚持: no end.
            && !any_of!["长期", "持续", "常年", "常态", "坚持"].begins(&text[value.clone()])
        {
            found.due = Some(value);
        }
        return;
    }
    // 5月20日前完成
    let end = super::due::first(text, part.clone(), &crate::due::Anchor::default());
    if let Some(end) = end.filter(|end| {
        let rest = text[*end..part.end].trim();
        rest.is_empty() || DONE.has(rest)
    }) {
        found.due = Some(part.start..end);
        return;
    }
    let place = |units: &str| {
        let start = part.start + text[part.clone()].find(units).unwrap_or(0);
        start..start + units.len()
    };
    for verb in ["牵头负责", "牵头", "负责落实", "具体负责", "负责", "主办", "承办"] {
        if let Some(unit) = words.strip_suffix(verb).filter(|unit| names_office(unit, profile)) {
            let unit = unit.strip_prefix('由').unwrap_or(unit);
            let value = place(unit);
            let (lead, others) = leads(text, value.clone(), parts(text, value, &['、']));
            found.lead = found.lead.clone().or(lead);
            found.supporting.extend(others);
            return;
        }
    }
    for verb in ["配合", "协办", "参与", "参加", "按职责分工负责"] {
        if let Some(units) = words.strip_suffix(verb).filter(|units| names_office(units, profile)) {
            found.supporting.extend(parts(text, place(units), &['、']));
            return;
        }
    }
}

/// Who answers for it, of the units that a label names, and who supports: 市水务局（牵头）、市财政局 says which one leads;
/// where several stand beside each other, they answer together.
pub(super) fn leads(
    text: &str,
    value: Range<usize>,
    units: Vec<Range<usize>>,
) -> (Option<Range<usize>>, Vec<Range<usize>>) {
    let own = |unit: &Range<usize>, signs: &Phrases| {
        let words = &text[unit.clone()];
        let sign = signs.ending(words)?;
        (sign.len() < words.len()).then(|| unit.start..unit.end - sign.len())
    };
    if let Some(at) = units.iter().position(|unit| own(unit, &LEADING).is_some()) {
        let lead = own(&units[at], &LEADING);
        let others = units.iter().enumerate().filter(|(n, _)| *n != at);
        return (lead, others.map(|(_, unit)| own(unit, &HELPING).unwrap_or(unit.clone())).collect());
    }
    let helps = |unit: &&Range<usize>| own(unit, &HELPING).is_some();
    let together = units.len() >= 2
        && !units.iter().any(|unit| helps(&unit))
        && text[value.clone()].chars().count() <= TOGETHER_MAX
        && text[units[0].start..units[units.len() - 1].end].chars().all(|c| !c.is_whitespace());
    let lead = if together { Some(units[0].start..units[units.len() - 1].end) } else { units.first().cloned() };
    let others = units.iter().skip(1).map(|unit| own(unit, &HELPING).unwrap_or(unit.clone())).collect();
    (lead, others)
}

/// A list of units that answer together is no longer, in characters.
const TOGETHER_MAX: usize = 60;

/// What marks the lead in a list of units.
static LEADING: Phrases = Phrases::of(&["（牵头）", "(牵头)", "（牵头单位）", "（主办）", "(主办)", "（牵头负责）"]);
/// What marks a helper there.
static HELPING: Phrases = Phrases::of(&["（配合）", "(配合)", "（配合单位）", "（协办）", "(协办)"]);

/// The pieces of a range between marks, without white space, none empty.
pub(crate) fn parts(text: &str, range: Range<usize>, marks: &[char]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = range.start;
    // 各县（市、区）: what the brackets hold is one.
    let held = |at: usize, c: char| {
        let behind = || text[at..range.end].chars().take(8).find(|c| matches!(c, '（' | '）' | '(' | ')'));
        c == '、' && matches!(behind(), Some('）' | ')'))
    };
    let found = text[range.clone()].match_indices(marks).map(|(at, mark)| (range.start + at, mark));
    let ends = found.filter(|(at, mark)| !mark.starts_with(|c| held(*at, c))).map(|(at, mark)| (at, mark.len()));
    for (end, mark) in ends.chain([(range.end, 0)]) {
        let piece = &text[start..end];
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            let from = start + (piece.len() - piece.trim_start().len());
            out.push(from..from + trimmed.len());
        }
        start = end + mark;
    }
    out
}
