//! Amounts and levels in Chinese: 530多亿元, 不低于80%, 由7.5%降为3%.

use crate::phrases::{Phrases, any_of};
use crate::words::first_chars;
use std::ops::Range;

static UNITS: Phrases = Phrases::of(&[
    "℃",
    "摄氏度",
    "分钟",
    "期",
    "人次",
    "个百分点",
    "百分点",
    "%",
    "％",
    "亿元",
    "万元",
    "元",
    "亿",
    "万",
    "公里",
    "千米",
    "平方米",
    "平方公里",
    "立方米",
    "米",
    "公顷",
    "万亩",
    "亩",
    "吨",
    "公斤",
    "斤",
    "千克",
    "万千瓦时",
    "千瓦时",
    "万千瓦",
    "千瓦",
    "度",
    "户",
    "人",
    "名",
    "个",
    "项",
    "家",
    "件",
    "所",
    "座",
    "台",
    "辆",
    "套",
    "条",
    "份",
    "处",
    "宗",
    "起",
    "例",
    "批",
    "款",
    "只",
    "根",
    "盏",
    "株",
    "棵",
    "床",
    "张",
    "块",
    "班",
    "场",
    "支",
    "部",
    "倍",
    "成",
    "折",
    "立方",
    "毫米",
    "厘米",
    "毫克",
    "微克",
    "兆瓦",
    "册",
    "篇",
    "艘",
    "架",
    "间",
    "门",
    "队",
    "片",
    "头",
    "羽",
    "袋",
    "顶",
    "箱",
    "轮",
    "种",
    "包",
    "瓶",
    "盒",
    "桶",
    "针",
    "剂",
]);
/// Units of Chinese numerals below a hundred, where a verb or a comparator counts: 增派两个班组, 不少于两场.
static COUNTED: Phrases = Phrases::of(&[
    "批次", "个", "名", "台", "辆", "支", "处", "座", "套", "家", "所", "场", "部", "艘", "架", "间", "盏", "次", "轮",
    "项", "条", "期", "批",
]);
/// Verbs right before such a number.
static COUNTING: Phrases = Phrases::of(&[
    "增派", "选派", "派出", "新建", "改建", "扩建", "新增", "增设", "增加", "增配", "采购", "购置", "配备", "建成",
    "组织", "举办", "开展", "培育", "打造",
]);
static BEFORE: Phrases = Phrases::of(&[
    "不低于",
    "不少于",
    "不高于",
    "不超过",
    "不大于",
    "不小于",
    "每生每月",
    "每生每年",
    "每人每年",
    "每户每年",
    "每户每月",
    "每亩每年",
    "每床每月",
    "每床每年",
    "每人每天",
    "每人每月",
    "每日",
    "每天",
    "每小时",
    "每亩",
    "每平方米",
    "每年",
    "每月",
    "每户",
    "每人",
    "人均",
    "最高",
    "最低",
    "每台",
    "每辆",
    "每件",
    "每吨",
    "每个",
    "每套",
    "每村",
    "每秒",
    "至少",
    "最多",
    "超过",
    "约",
    "近",
]);
/// How long something takes from now on: 压缩至3个工作日.
pub(super) static SHORTENED: Phrases = Phrases::of(&[
    "压至",
    "压到",
    "压缩至",
    "压缩到",
    "压缩为",
    "缩短至",
    "缩短到",
    "缩短为",
    "压减至",
    "压减到",
    "控制在",
    "减少到",
]);
/// What lasts.
static LASTING: Phrases = Phrases::of(&["个工作日", "工作日", "个小时", "小时", "天", "日", "个月"]);
static AFTER: Phrases =
    Phrases::of(&["及以上", "及以下", "（含）以上", "（含）以下", "以上", "以下", "以内", "左右", "上下", "之内"]);

/// What a quantity, or a name that holds none, begins with.
static OPENS: Phrases = Phrases::of(&[
    "《", "“", "〔", "一", "二", "两", "三", "四", "五", "六", "七", "八", "九", "十", "百", "0", "1", "2", "3", "4",
    "5", "6", "7", "8", "9",
]);

/// All quantities in a range, in order; names in 《》 and quotations hold none.
pub(crate) fn find(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let body = &text[range.clone()];
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(skipped) = OPENS.may_find(&body[at..]) {
        at += skipped;
        let Some(c) = body[at..].chars().next() else { break };
        let close = match c {
            '《' => Some('》'),
            '“' => Some('”'),
            '〔' => Some('〕'),
            _ => None,
        };
        if let Some(end) = close.and_then(|close| body[at..].char_indices().take(60).find(|(_, d)| *d == close)) {
            at += end.0 + end.1.len_utf8();
            continue;
        }
        if !c.is_ascii_digit() && !is_numeral(c) {
            at += c.len_utf8();
        } else if let Some(end) = counted(body, at) {
            let start = with_comparator(body, at, out.last().map_or(0, |r| r.end.saturating_sub(range.start)));
            out.push(range.start + start..range.start + end);
            at = end;
        } else if c.is_ascii_digit() || starts_han_number(&body[at..]) {
            let (end, is_quantity) = amount(body, at);
            if is_quantity {
                let start = with_comparator(body, at, out.last().map_or(0, |r| r.end.saturating_sub(range.start)));
                out.push(range.start + start..range.start + end);
            }
            at = end;
        } else {
            at += c.len_utf8();
        }
    }
    out.retain(|amount| !is_of_object(body, amount.start - range.start..amount.end - range.start));
    if !out.is_empty() {
        let scope = scope(body);
        // 对500人以上的企业开展检查: a threshold says whom it is about; 对17处险段落实专人巡查: how many they are.
        out.retain(|amount| amount.start >= range.start + scope || !is_threshold(text, amount));
    }
    for amount in &mut out {
        amount.start = from_duration(&text[range.start..amount.start]).map_or(amount.start, |at| range.start + at);
    }
    join_from_to(text, range, out)
}

/// 由10个工作日 before 压缩至3个工作日: where it begins.
fn from_duration(before: &str) -> Option<usize> {
    let head = &before[..before.len() - SHORTENED.ending(before)?.len()];
    let head = &head[..head.len() - LASTING.ending(head)?.len()];
    let number = head.trim_end_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
    (number.len() < head.len() && number.ends_with(['由', '从'])).then(|| number.len() - '由'.len_utf8())
}

/// Whether nothing is counted in it: what is counted is a target by its number.
pub(crate) fn none_in(phrase: &str) -> bool {
    find(phrase, 0..phrase.len()).is_empty()
}

/// 对全市86家旅行社开展检查: where what an act is about ends, and the act begins. 0 if nothing is about a number.
fn scope(body: &str) -> usize {
    let head = first_chars(body, 30);
    let Some(at) = head
        .find('对')
        .filter(|at| !head[..*at].ends_with(['针', '面', '应', '核']) && !head[*at..].starts_with("对接"))
    else {
        return 0;
    };
    // What stands before is a time, an office or a modal, and no clause of its own.
    if head[..at].contains('，') {
        return 0;
    }
    let verbs = any_of![
        "开展", "进行", "逐一", "逐家", "逐项", "给予", "实行", "予以", "实施", "明确", "再次", "全面", "按", "以",
        "检查", "落实", "组织",
    ];
    verbs.find(&body[at..]).map_or(0, |(verb, _)| at + verb)
}

/// 30亩及以下的地块, 年收入不超过3万元的农户, 等5个镇: which ones an act is about, and no level to reach.
fn is_of_object(body: &str, amount: Range<usize>) -> bool {
    let (words, after) = (&body[amount.clone()], &body[amount.end..]);
    if any_of!["及以上", "及以下", "（含）以上", "（含）以下"].ends(words) {
        return after.starts_with(crate::lang::is_han);
    }
    let bound = any_of!["以上", "以下", "以内"].ends(words)
        || any_of!["不低于", "不少于", "不高于", "不超过", "不大于", "不小于", "超过"].begins(words);
    // 不少于50人的队伍 is one to be raised; 年收入不超过3万元的农户 are those it is about.
    let measured =
        any_of!["额", "量", "率", "数", "规模", "面积", "收入", "年限", "价", "龄"].ends(&body[..amount.start]);
    bound && measured && after.starts_with('的')
        || body[..amount.start].ends_with('等') && body[..amount.start].contains('、')
}

/// 以上 or 以下 in a phrase that says what something is.
fn is_threshold(text: &str, amount: &Range<usize>) -> bool {
    any_of!["以上", "以下", "以内"].ends(&text[amount.clone()]) || text[amount.end..].starts_with('的')
}

/// Whether an amount is a level or money, and no count of items.
pub(crate) fn is_level(amount: &str) -> bool {
    amount.contains(['元', '%', '％', '成', '倍']) || amount.contains("百分")
}

/// 两个 in 增派两个班组: where a small numeral that is counted ends. 一个 counts nothing.
fn counted(body: &str, at: usize) -> Option<usize> {
    let rest = &body[at..];
    let length: usize = rest
        .chars()
        .take(4)
        .take_while(|c| is_numeral(*c) && !matches!(c, '一' | '二' | '百'))
        .map(char::len_utf8)
        .sum();
    if length == 0 {
        return None;
    }
    let unit = COUNTED.at(&rest[length..])?;
    let before = &body[..at];
    // 每学期不少于两轮: how often, not how much.
    let often = before.contains('每') && matches!(unit, "次" | "轮" | "期" | "场");
    let compared = any_of!["不低于", "不少于", "至少", "不超过", "不高于"].ends(before) && !often;
    let verb = COUNTING.ends(before) && !matches!(unit, "次" | "轮" | "批" | "期");
    (compared || verb).then_some(at + length + unit.len())
}

/// What a number in Chinese begins with.
fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
}

fn starts_han_number(rest: &str) -> bool {
    // 三成, 两倍, 百分之八十, 一千户: a numeral that measures. 一批, 两项 count words, not amounts.
    rest.starts_with("百分之")
        || rest.starts_with(is_numeral)
            && (rest.chars().nth(1).is_some_and(|c| matches!(c, '成' | '倍'))
                && !rest.chars().nth(2).is_some_and(|c| matches!(c, '立' | '为' | '果' | '员'))
                || rest
                    .chars()
                    .take(6)
                    .take_while(|c| "一二两三四五六七八九十百千万亿".contains(*c))
                    .any(|c| "千万亿".contains(c)))
}

/// The end of the number at `at` with its unit, and whether it is an amount.
fn amount(body: &str, at: usize) -> (usize, bool) {
    let rest = &body[at..];
    let percent = rest.strip_prefix("百分之").map_or(0, |_| "百分之".len());
    let number: usize = rest[percent..]
        .chars()
        .take_while(|c| {
            let more = matches!(c, '.' | ',' | '千' | '万' | '亿' | '零' | '多' | '余' | '几');
            more || c.is_ascii_digit() || is_numeral(*c)
        })
        .map(char::len_utf8)
        .sum();
    let mut end = at + percent + number;
    if number == 0 {
        return (at + rest.chars().next().map_or(1, char::len_utf8), false);
    }
    if percent > 0 {
        return (end, true);
    }
    // Dates, document numbers, ordinals and ages of plans are no amounts.
    let after = &body[end..];
    let dated = any_of![
        "年",
        "月",
        "日",
        "号",
        "季度",
        "时",
        "点",
        "分",
        "届",
        "次",
        "天",
        "周",
        "期",
        "〕",
        "小时",
        "工作日",
        "个工作日",
        "个月",
        "个小时",
    ]
    .begins(after);
    let compared = any_of!["不低于", "不少于", "不高于", "不超过", "至少"].ends(&body[..at]);
    // 压缩至3个工作日: how long something may take.
    let shortened = SHORTENED.ends(&body[..at]) && LASTING.begins(after);
    let long = after.starts_with("个百分点")
        || after.starts_with("分钟") && !after.starts_with("分钟内")
        || shortened
        || compared && after.starts_with(['期', '次']);
    if body[..at].ends_with('第') || body[..at].ends_with('〔') || dated && !long {
        return (end, false);
    }
    let lasts = LASTING.at(after).filter(|_| shortened);
    // 演练不少于2次; 每年不少于2次 is how often.
    let times = || (compared && !body[..at].contains('每')).then_some("次").filter(|unit| after.starts_with(unit));
    let unit = lasts.or_else(|| UNITS.at(after)).or_else(times);
    let big = body[at..end].ends_with(['万', '亿', '多']);
    if unit.is_none() && !big {
        return (end, false);
    }
    end += unit.map_or(0, |unit| unit.len());
    end += AFTER.at(&body[end..]).map_or(0, str::len);
    (end, true)
}

fn with_comparator(body: &str, mut at: usize, floor: usize) -> usize {
    for _ in 0..3 {
        // 最多可领取2袋: a bound, and what is bounded.
        let before = &body[floor.min(at)..at];
        let verb = any_of!["可购买", "可申请", "可办理", "可领取", "可预约"].ending(before);
        let most = |verb: &&str| any_of!["最多", "最高", "至多"].ends(&before[..before.len() - verb.len()]);
        if let Some(word) = verb.filter(most).or_else(|| BEFORE.ending(before)) {
            at -= word.len();
        }
    }
    at
}

/// 由7.5%降为3% is one quantity with both ends.
fn join_from_to(text: &str, range: Range<usize>, found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for next in found {
        if let Some(last) = out.last_mut() {
            let between = &text[last.end..next.start];
            let before = &text[range.start..last.start];
            let moves = any_of![
                "降", "提高", "提升", "增", "升", "调整", "减", "压减", "压缩", "缩短", "扩大", "下调", "上调", "至",
                "到",
            ]
            .begins(between);
            // 化肥、农药施用量分别下降15%和20%
            if matches!(between, "和" | "、" | "与") && before.contains("分别") {
                last.end = next.end;
                continue;
            }
            if between.chars().count() <= 5 && moves && between.ends_with(['为', '到', '至']) {
                let from = ["由", "从"].iter().find(|word| before.ends_with(**word)).map_or(0, |word| word.len());
                *last = last.start - from..next.end;
                continue;
            }
        }
        out.push(next);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        find(text, 0..text.len()).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn amounts_keep_unit_and_comparator() {
        assert_eq!(all("缓缴12项收费，规模530多亿元"), ["12项", "530多亿元"]);
        assert_eq!(all("覆盖率不低于80%"), ["不低于80%"]);
        assert_eq!(all("税率由7.5%降为3%"), ["由7.5%降为3%"]);
        assert_eq!(all("按每人每月300元发放"), ["每人每月300元"]);
        assert_eq!(all("新建公厕20座以上"), ["20座以上"]);
        assert_eq!(all("投入一千五百万元"), ["一千五百万元"]);
        assert_eq!(all("提高百分之十"), ["百分之十"]);
        assert_eq!(all("普及率由94%提升到97%"), ["由94%提升到97%"]);
        assert_eq!(all("增派两个施工班组"), ["两个"]);
        assert_eq!(all("组织演练不少于2次"), ["不少于2次"]);
        assert_eq!(all("组织不少于三场演练"), ["不少于三场"]);
        assert_eq!(all("审批时限压缩至3个工作日以内"), ["3个工作日以内"]);
        assert_eq!(all("新增处理能力每日4万吨"), ["每日4万吨"]);
    }

    #[test]
    fn dates_names_and_ordinals_are_no_amounts() {
        for text in [
            "2024年6月30日前",
            "第3次会议",
            "《100项清单》",
            "“1主18辅”",
            "清政发〔2024〕3号",
            "一批项目",
            "三个月内",
            "10个工作日",
            "两个积极性",
            "每周两次",
            "每学期抽检不少于两轮",
            "每年演练不少于2次",
            "三个责任人",
            "对全市500人以上的企业开展专项检查",
        ] {
            assert!(all(text).is_empty(), "{text}: {:?}", all(text));
        }
    }
}
