//! Amounts and levels in Chinese: 530多亿元, 不低于80%, 由7.5%降为3%.

use std::ops::Range;

const UNITS: [&str; 66] = [
    "℃",
    "摄氏度",
    "分钟",
    "期",
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
];
const BEFORE: [&str; 17] = [
    "不低于",
    "不少于",
    "不高于",
    "不超过",
    "不大于",
    "不小于",
    "每人每月",
    "每年",
    "每月",
    "每户",
    "每人",
    "人均",
    "至少",
    "最多",
    "超过",
    "约",
    "近",
];
const AFTER: [&str; 6] = ["以上", "以下", "以内", "左右", "上下", "之内"];

/// All quantities in a range, in order; names in 《》 and quotations hold none.
pub(crate) fn find(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let body = &text[range.clone()];
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(c) = body[at..].chars().next() {
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
        if c.is_ascii_digit() || starts_han_number(&body[at..]) {
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
    join_from_to(text, range, out)
}

/// Whether an amount is a level or money, and no count of items.
pub(crate) fn is_level(amount: &str) -> bool {
    amount.contains(['元', '%', '％', '成', '倍']) || amount.contains("百分")
}

fn starts_han_number(rest: &str) -> bool {
    // 三成, 两倍, 百分之八十, 一千户: a numeral that measures. 一批, 两项 count words, not amounts.
    rest.starts_with("百分之")
        || rest.starts_with(|c: char| "一二两三四五六七八九十百".contains(c))
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
            c.is_ascii_digit() || matches!(c, '.' | ',') || "一二两三四五六七八九十百千万亿零多余几".contains(*c)
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
    let dated = [
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
    .iter()
    .any(|word| after.starts_with(word));
    let compared = BEFORE[..4].iter().any(|word| body[..at].ends_with(word));
    let long =
        after.starts_with("个百分点") || after.starts_with("分钟") || compared && after.starts_with(['期', '次']);
    if body[..at].ends_with('第') || body[..at].ends_with('〔') || dated && !long {
        return (end, false);
    }
    let unit = UNITS.iter().find(|unit| after.starts_with(**unit));
    let big = body[at..end].ends_with(['万', '亿', '多']);
    if unit.is_none() && !big {
        return (end, false);
    }
    end += unit.map_or(0, |unit| unit.len());
    for word in AFTER {
        if body[end..].starts_with(word) {
            end += word.len();
            break;
        }
    }
    (end, true)
}

fn with_comparator(body: &str, mut at: usize, floor: usize) -> usize {
    for _ in 0..2 {
        if let Some(word) = BEFORE.iter().find(|word| body[floor.min(at)..at].ends_with(**word)) {
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
            let moves = ["降", "提高", "增", "升", "调整", "减", "扩大", "下调", "上调", "至", "到"]
                .iter()
                .any(|word| between.starts_with(word));
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
        ] {
            assert!(all(text).is_empty(), "{text}: {:?}", all(text));
        }
    }
}
