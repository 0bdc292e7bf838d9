//! Deadlines in Chinese: where a time bounds something. What a time is stands in `time.rs`.

use super::quantity::SHORTENED;
use super::time::{self, Reader, Time};
use super::words::{ACTS, ADVERBS, EFFORTS, OFFICES, STATES};
use crate::due::{Anchor, Found};
use crate::phrases::{Phrases, any_of};
use crate::words::{Words, first_chars};
use std::ops::Range;
use std::sync::LazyLock;

static AFTER_IN: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "在 于 至 到 自 从 截至 截止 截止到 力争 确保 争取 将于 拟于 定于 最迟 时间为 时间是 期限为 工期为 不迟于 不晚于 要于 要在 力争在 确保在 ， 、 （ ： ； , : (",
    ])
});

/// All deadlines in a range, in order. `text` is the whole document.
pub(crate) fn find(text: &str, range: Range<usize>, anchor: &Anchor) -> Vec<Found> {
    times(text, range, anchor).collect()
}

/// The deadlines in a range one after another, none looked for before it is asked for.
pub(crate) fn times<'a>(text: &'a str, range: Range<usize>, anchor: &'a Anchor) -> impl Iterator<Item = Found> + 'a {
    let mut at = range.start;
    std::iter::from_fn(move || {
        let (found, next) = next(text, range.clone(), at, range.end, anchor)?;
        at = next;
        Some(found)
    })
}

/// The first deadline of a range, if it begins no later than `last`.
pub(crate) fn opening(text: &str, range: Range<usize>, last: usize, anchor: &Anchor) -> Option<Found> {
    next(text, range.clone(), range.start, last, anchor).map(|(found, _)| found)
}

/// The first deadline of a range that begins from `at` to `last`, and where the search for the one after it begins.
fn next(text: &str, range: Range<usize>, mut at: usize, last: usize, anchor: &Anchor) -> Option<(Found, usize)> {
    let mut behind = text[range.start..at].chars().next_back();
    while let Some(c) = text[at..range.end].chars().next().filter(|_| at <= last) {
        if matches!(behind, None | Some('在' | '于' | '，'))
            && let Some(length) = event(&text[at..range.end])
        {
            let end = at + length;
            return Some((Found { range: at..end, date: None, binding: true, rule: "zh-due-event" }, end));
        }
        if FIRSTS.may_begin(&text[at..range.end]) && starts_time(&text[at..range.end]) {
            let mut reader = Reader { rest: &text[at..range.end] };
            if let Some(mut time) = reader.time(anchor) {
                let end = range.end - reader.rest.len();
                let mut from = at;
                // 从9月1日至明年年底: until when it runs.
                if text[range.start..at].ends_with(['从', '自'])
                    && let Some((_, until)) =
                        text[at..end].rsplit_once(['至', '到']).filter(|(_, until)| !until.is_empty())
                {
                    from = end - until.len();
                }
                if counted_from_elsewhere(&text[range.start..at]) {
                    time.date = None;
                    from = count_begins(text, range.start..at);
                }
                // 2023年度先进工作者: a year that is over bounds nothing.
                let tells = !time.binding || time.rule == "zh-due-year" && time.bare;
                let past = time.date.is_some_and(|date| anchor.is_past(date)) && tells;
                if !past && keeps(&text[range.start..at], &text[end..range.end], &time) {
                    let binding = time.binding && !is_year_of(&time, &text[end..range.end]);
                    let found = Found { range: from..end, date: time.date, binding, rule: time.rule };
                    return Some((found, end));
                }
                at = end;
                behind = text[range.start..at].chars().next_back();
                continue;
            }
        }
        at += c.len_utf8();
        behind = Some(c);
        // A digit inside a number starts no new one.
        if c.is_ascii_digit() {
            at += text[at..range.end].bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        }
        // Where no event is looked for, nothing is found before the next place that a time may begin at, or an event behind.
        if !matches!(c, '在' | '于' | '，') {
            at += STOPS.may_find(&text[at..range.end])?;
            behind = text[range.start..at].chars().next_back();
        }
    }
    None
}

/// Whether a clause may begin with a time: a look at its first characters.
pub(crate) fn may_begin(clause: &str) -> bool {
    starts_time(clause)
}

/// Where the time ends that a range begins with.
pub(crate) fn first(text: &str, range: Range<usize>, anchor: &Anchor) -> Option<usize> {
    let words = &text[range.clone()];
    if let Some(length) = event(words) {
        return Some(range.start + length);
    }
    if !may_begin(words) {
        return None;
    }
    let mut reader = Reader { rest: words };
    let time = reader.time(anchor)?;
    let end = range.end - reader.rest.len();
    let after = &text[end..range.end];
    (time.rule != "zh-due-year" || after.starts_with('，') || is_year_of(&time, after)).then_some(end)
}

/// The length of a recurrence that words begin with: 每月5日前.
pub(crate) fn recurrence(words: &str) -> usize {
    time::recurrence(words)
}

/// 工程竣工前, 正式接管前, …: an event on a day that nobody says, and then a comma or who is to act.
fn event(words: &str) -> Option<usize> {
    static EVENTS: Phrases = Phrases::of(&[
        "接管", "竣工", "完工", "开工", "投用", "使用", "验收", "召开", "开学", "交付", "启用", "建成", "到来", "来临",
        "结束", "开园", "开业", "运营", "通车", "开幕", "出台", "实施", "搬迁", "移交", "入住", "入场", "上岗", "施工",
        "拆除", "供暖", "供热", "开馆", "开市", "下达", "签约", "复工", "复产", "返校", "离校", "放假", "登陆", "审批",
        "封山", "过境", "修好", "建好", "装好", "办好", "修完", "办完", "签完", "清完", "收完", "施行", "生效",
    ]);
    if words.starts_with('每') {
        return None;
    }
    let at = words[..floor(words, 13 * 4)].find('前')?;
    if words[..at].chars().count() > 12 {
        return None;
    }
    let before = words[..at].trim_end_matches(['之', '以']);
    let after = &words[at + '前'.len_utf8()..];
    let ends = after.is_empty()
        || after.starts_with(['，', '要', '须', '必', '应', '由', '务', '把', '将', '对', '全'])
        || ADVERBS.at(after).is_some()
        || ACTS.at(after).is_some();
    let whole = !before.contains(['，', '。', '；', '：', '月', '日', '年', '要', '在', '于']);
    (ends && whole && EVENTS.ends(before)).then_some(at + '前'.len_utf8())
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// What a time begins with.
static FIRSTS: Phrases = Phrases::of(&[
    "〇", "零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "两", "“", "第", "今", "次", "这",
    "本", "当", "明", "后", "全", "半", "年", "月", "季", "上", "下", "春", "国", "元", "汛", "会", "中", "端", "清",
    "规", "开", "新", "入", "主", "供", "雨", "高", "任", "即", "用", "劳", "双", "节", "儿", "教", "0", "1", "2", "3",
    "4", "5", "6", "7", "8", "9", "０", "１", "２", "３", "４", "５", "６", "７", "８", "９",
]);

/// A time begins here, or an event behind.
static STOPS: Phrases = Phrases::of(&[
    "在", "于", "，", "〇", "零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "两", "“", "第",
    "今", "这", "本", "当", "明", "后", "全", "半", "年", "月", "季", "上", "下", "春", "国", "元", "汛", "会", "中",
    "端", "清", "规", "开", "新", "入", "主", "供", "雨", "高", "任", "即", "用", "劳", "双", "节", "儿", "教", "0",
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "０", "１", "２", "３", "４", "５", "６", "７", "８", "９",
]);

/// Whether a time may begin here: a look at the first characters, which turns most places of a text away.
fn starts_time(rest: &str) -> bool {
    let mut chars = rest.chars();
    let Some(first) = chars.next() else { return false };
    if time::is_numeral(first) {
        return counts_time(rest);
    }
    let seconds = match first {
        '“' | '第' => return true,
        '今' => "晚夜天日明年",
        '次' => "日",
        '这' => "个周",
        '本' => "月季周通日届年",
        '当' => "月年",
        '明' => "天日早晚后年",
        '后' => "年天",
        '全' => "年",
        '半' => "个年",
        '年' => "底末内中终前",
        '月' => "底末内",
        '季' => "度末",
        '上' => "半",
        '下' => "个月周次一半",
        '春' => "节季耕运",
        '国' => "庆",
        '元' => "旦",
        '汛' => "期前",
        '会' => "前后议",
        '中' => "秋考",
        '端' => "午",
        '清' => "明",
        '开' | '新' => "学",
        '入' => "汛冬",
        '主' => "汛",
        '供' => "暖",
        '雨' => "季",
        '高' => "考",
        '任' => "期",
        '规' => "定",
        '即' => "日",
        '用' => return chars.next().is_some_and(|c| c == '半' || time::is_numeral(c)),
        '劳' => "动",
        '双' => "节",
        '节' => "前",
        '儿' => "童",
        '教' => "师",
        _ => return false,
    };
    chars.next().is_some_and(|second| seconds.contains(second))
}

/// Whether a number may be one of a time: 6月, 三个月, 七一, 十四五.
fn counts_time(rest: &str) -> bool {
    let mut last = ' ';
    for c in rest.chars() {
        if !time::is_numeral(c) {
            return "个工周星日号天年小分月季节会".contains(c) || matches!(last, '一' | '五');
        }
        last = c;
    }
    matches!(last, '一' | '五')
}

/// 收到通知后5日内, 自印发之日起一个月内: no day of this document starts the count.
fn counted_from_elsewhere(before: &str) -> bool {
    let before = before.trim_end_matches(['，', '的', ' ']);
    (before.ends_with("之日起") || before.ends_with('后') || before.ends_with("之日"))
        && !before.ends_with("会后")
        && !before.ends_with("会议后")
}

/// 收到申请材料后 before 5个工作日内: where the words begin that say from when it is counted.
fn count_begins(text: &str, before: Range<usize>) -> usize {
    static COUNTED: Phrases = Phrases::of(&["收到", "接到", "受理", "自"]);
    let words = &text[before.clone()];
    let clause = words.rfind(['，', '；', '。']).map_or(0, |at| at + '，'.len_utf8());
    let found = COUNTED.places(&words[clause..]).last().filter(|(at, _)| words[clause + at..].chars().count() <= 16);
    found.map_or(before.end, |(at, _)| before.start + clause + at)
}

/// 明年 in 明年要建成, 今年新增: a year, and then what is done in it.
fn is_year_of(time: &Time, after: &str) -> bool {
    let verb = || {
        any_of!["要", "将", "力争", "确保", "计划", "再"].begins(after) && !after.starts_with("要求")
            || any_of!["统筹安排", "统筹", "筹措", "开展", "实施", "培育", "争取", "建设", "打造", "组织", "支持"]
                .begins(after)
            || ADVERBS.at(after).is_some()
            || ACTS.at(after).is_some_and(|act| !after[act.len()..].starts_with(['的', '了']))
            || EFFORTS.at(after).is_some_and(|effort| after[effort.len()..].chars().count() >= 4) && !TOPICS.ends(after)
    };
    time.rule == "zh-due-year" && time.bare && (after.is_empty() || verb())
}

/// What a year is of, and nothing that is done in it: 今年改革发展任务.
static TOPICS: Phrases = Phrases::of(&["任务", "工作", "目标", "重点", "要求", "情况", "计划", "形势", "措施", "成效"]);

/// A time without a deadline word bounds something only where a preposition or the clause's beginning puts it forward.
fn keeps(before: &str, after: &str, time: &Time) -> bool {
    let recurs = any_of!["每", "每个", "每月", "每年", "每周", "每季度", "每旬", "每日", "每半年", "每学期"];
    // 压缩至3个工作日内: how long something takes.
    if SHORTENED.ends(before) {
        return false;
    }
    // 对照到2030年全面建成绿色矿山的目标: what the aim is.
    if any_of!["对照", "按照", "围绕", "锚定", "紧扣", "瞄准", "朝着", "根据", "聚焦", "对标", "依据"].stands_in(before)
        && before.ends_with(['到', '至', '在'])
        && !before.contains('，')
        && after.split('，').next().is_some_and(|clause| clause.contains('的'))
    {
        return false;
    }
    // 2005年前建成的小区: what something is.
    let near = first_chars(after, 4);
    if near.contains('的') && !near.starts_with(['对', '把', '将', '向', '由', '为']) && !after.starts_with('的')
    {
        return false;
    }
    // 三年前, 几年前: how long ago.
    if time.rule == "zh-due-event" && before.ends_with(|c: char| time::is_numeral(c) || "几多数去往".contains(c)) {
        return false;
    }
    if recurs.ends(before) || before.ends_with("近") || after.starts_with("以来") {
        return false;
    }
    if time.binding && !time.bare {
        return !after.starts_with('的') || before.ends_with("于") || before.ends_with('在');
    }
    if after.starts_with(['的', '份']) && !after.starts_with("份前") {
        return false;
    }
    // 一期工程10月份完工: when a state is reached.
    if time.rule != "zh-due-year" && time.bare && reaches_state(after) {
        return true;
    }
    // A year alone says what something is about, unless 到 or a comma puts it forward.
    if time.rule == "zh-due-year" && time.bare {
        let placed =
            || before.trim_end().is_empty() || AFTER_IN.ending(before).is_some() || OFFICES.ending(before).is_some();
        return before.ends_with(['到', '至', '在', '于'])
            || after.starts_with('，')
            || is_year_of(time, after) && placed();
    }
    before.trim_end().is_empty() || AFTER_IN.ending(before).is_some()
}

/// 完工, 建成投用: a state that ends what is said.
fn reaches_state(after: &str) -> bool {
    let first = after.split(['，', '。', '；']).next().unwrap_or(after);
    // 全部启动: whatever is done, none is left.
    let whole = any_of!["全部", "全面", "基本"]
        .at(first)
        .is_some_and(|all| (2..=4).contains(&first[all.len()..].chars().count()));
    whole
        || first.chars().count() <= 8
            && (STATES.ending(first).is_some() || any_of!["开工", "交房", "启用", "启动", "开业", "开园"].has(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use civil::{Country, Date};
    use jiff::civil::date;

    fn anchored(meeting: Date, text: &str) -> Option<(&str, Option<Date>)> {
        let anchor = Anchor {
            meeting: Some(meeting),
            next_meeting: Some(date(2024, 7, 2)),
            calendar: Some(Country::China),
            year: None,
            ..Anchor::default()
        };
        find(text, 0..text.len(), &anchor).into_iter().next().map(|f| (&text[f.range], f.date))
    }

    fn one(text: &str) -> Option<(&str, Option<Date>)> {
        anchored(date(2024, 5, 20), text)
    }

    #[test]
    fn the_last_possible_day() {
        for (text, words, day) in [
            ("年底前完成", "年底前", Some(date(2024, 12, 31))),
            ("年内办结", "年内", Some(date(2024, 12, 31))),
            ("今年内办结", "今年内", Some(date(2024, 12, 31))),
            ("年末前完成", "年末前", Some(date(2024, 12, 31))),
            ("到2030年，绿地率达到40%", "2030年", Some(date(2030, 12, 31))),
            ("要在6月30日前完成", "6月30日前", Some(date(2024, 6, 30))),
            ("于3月15日前报送", "3月15日前", Some(date(2025, 3, 15))),
            ("5月20日前报送", "5月20日前", Some(date(2024, 5, 20))),
            ("于25日前报送", "25日前", Some(date(2024, 5, 25))),
            ("于15日前报送", "15日前", Some(date(2024, 6, 15))),
            ("6月7日（周五）下班前报送", "6月7日（周五）下班前", Some(date(2024, 6, 7))),
            ("6月7日17:00前报送", "6月7日17:00前", Some(date(2024, 6, 7))),
            ("2025年3月底前建成", "2025年3月底前", Some(date(2025, 3, 31))),
            ("在四季度落地", "四季度", Some(date(2024, 12, 31))),
            ("三季度末前出台", "三季度末前", Some(date(2024, 9, 30))),
            ("在2025年一季度实现", "2025年一季度", Some(date(2025, 3, 31))),
            ("第三季度，开工", "第三季度", Some(date(2024, 9, 30))),
            ("力争上半年开工", "上半年", Some(date(2024, 6, 30))),
            ("上半年内开工", "上半年内", Some(date(2024, 6, 30))),
            ("明年上半年建成", "明年上半年", Some(date(2025, 6, 30))),
            ("三个月内办结", "三个月内", Some(date(2024, 8, 20))),
            ("五年内建成", "五年内", Some(date(2029, 5, 20))),
            ("用三年时间完成", "用三年时间", Some(date(2027, 5, 20))),
            ("十五日之内答复", "十五日之内", Some(date(2024, 6, 4))),
            ("会后一周内报送", "会后一周内", Some(date(2024, 5, 27))),
            ("明年6月底前", "明年6月底前", Some(date(2025, 6, 30))),
            ("月底前上报", "月底前", Some(date(2024, 5, 31))),
            ("本月内办结", "本月内", Some(date(2024, 5, 31))),
            ("下月底前上报", "下月底前", Some(date(2024, 6, 30))),
            ("下周五前上报", "下周五前", Some(date(2024, 5, 31))),
            ("本周内报送", "本周内", Some(date(2024, 5, 26))),
            ("自7月1日起执行", "7月1日起", Some(date(2024, 7, 1))),
            ("即日起执行", "即日起", Some(date(2024, 5, 20))),
            ("6月至8月底开展", "6月至8月底", Some(date(2024, 8, 31))),
            ("十二月月底前", "十二月月底前", Some(date(2024, 12, 31))),
            ("下次会议前报告", "下次会议前", Some(date(2024, 7, 2))),
            ("二〇二五年底前", "二〇二五年底前", Some(date(2025, 12, 31))),
            ("“七一”前走访", "“七一”前", Some(date(2024, 6, 30))),
            ("今晚24时前撤离", "今晚24时前", Some(date(2024, 5, 20))),
            ("明天下班前报送", "明天下班前", Some(date(2024, 5, 21))),
            ("20日18时前转移", "20日18时前", Some(date(2024, 5, 20))),
            ("今明两年改造", "今明两年", Some(date(2025, 12, 31))),
            ("确保全年零事故", "全年", Some(date(2024, 12, 31))),
            ("即日起至8月31日开展", "即日起至8月31日", Some(date(2024, 8, 31))),
            ("下次党委会报告结果", "下次党委会", Some(date(2024, 7, 2))),
            ("国庆节前完工", "国庆节前", Some(date(2024, 9, 30))),
            ("元旦前发放", "元旦前", Some(date(2024, 12, 31))),
            ("春节前发放", "春节前", Some(date(2025, 1, 28))),
            ("中秋节前抽检", "中秋节前", Some(date(2024, 9, 16))),
            ("明年五一前开园", "明年五一前", Some(date(2025, 4, 30))),
            ("一期工程今年10月份完工", "今年10月份", Some(date(2024, 10, 31))),
            ("二期10月建成投用", "10月", Some(date(2024, 10, 31))),
            ("时间为6月20日至7月20日", "6月20日至7月20日", Some(date(2024, 7, 20))),
            ("9月1日新学期开学前完成", "9月1日新学期开学前", Some(date(2024, 8, 31))),
            ("从7月1日起执行", "7月1日起", Some(date(2024, 7, 1))),
        ] {
            assert_eq!(one(text), Some((words, day)), "{text}");
        }
    }

    #[test]
    fn what_other_readers_of_times_got_wrong() {
        assert_eq!(anchored(date(2024, 2, 3), "月底前").unwrap_or_default().1, Some(date(2024, 2, 29)));
        assert_eq!(anchored(date(2024, 2, 3), "本月底前").unwrap_or_default().1, Some(date(2024, 2, 29)));
        assert_eq!(anchored(date(2024, 2, 3), "年末").unwrap_or_default().1, Some(date(2024, 12, 31)));
        assert_eq!(anchored(date(2024, 2, 3), "月末").unwrap_or_default().1, Some(date(2024, 2, 29)));
        assert_eq!(anchored(date(2024, 12, 9), "十二月月底").unwrap_or_default().1, Some(date(2024, 12, 31)));
        assert_eq!(anchored(date(2024, 12, 9), "下个月底前").unwrap_or_default().1, Some(date(2025, 1, 31)));
        assert_eq!(anchored(date(2024, 12, 31), "下个月").unwrap_or_default().1, Some(date(2025, 1, 31)));
        assert_eq!(one("2025年前建成"), Some(("2025年前", None)), "before it begins, or before it ends?");
        for text in ["4/5G基站", "每个工作日", "去年上半年全市完成", "每月底前"] {
            assert_eq!(one(text), None, "{text}");
        }
    }

    #[test]
    fn working_days_follow_the_published_schedule() {
        assert_eq!(one("3个工作日内答复"), Some(("3个工作日内", Some(date(2024, 5, 23)))));
        assert_eq!(one("三个工作日之内答复"), Some(("三个工作日之内", Some(date(2024, 5, 23)))));
        // 29 September and 12 October 2024, a Sunday and a Saturday, were worked for the week of National Day.
        assert_eq!(anchored(date(2024, 9, 27), "5个工作日内").unwrap_or_default().1, Some(date(2024, 10, 10)));
        assert_eq!(anchored(date(2019, 9, 27), "5个工作日内"), Some(("5个工作日内", None)), "no schedule is known");
    }

    #[test]
    fn an_open_deadline_says_so() {
        for (text, words) in [
            ("2025年前建成", "2025年前"),
            ("6月前完成", "6月前"),
            ("“十四五”期间建成", "“十四五”期间"),
            ("汛期前加固", "汛期前"),
            ("主汛期来临前加固", "主汛期来临前"),
            ("开学前告知", "开学前"),
            ("供暖季前检修", "供暖季前"),
            ("9月上旬召开", "9月上旬"),
            ("9月上旬前召开", "9月上旬前"),
            ("正式接管前，由镇环卫站抽运", "正式接管前"),
            ("要在项目开工前拨付", "项目开工前"),
            ("在会前报告", "会前"),
            ("全国两会前完成", "两会前"),
            ("两会召开前完成", "两会召开前"),
            ("次日9时前报送", "次日9时前"),
            ("10月份前完成", "10月份前"),
            ("2月30日前", "2月30日前"),
        ] {
            assert_eq!(one(text), Some((words, None)), "{text}");
        }
        let counted = "收到通知后5日内报送";
        assert_eq!(one(counted), Some(("收到通知后5日内", None)));
    }

    #[test]
    fn a_time_that_bounds_nothing_is_none() {
        for text in [
            "今年的重点",
            "2023年工作总结",
            "每月底前",
            "5G网络",
            "每年12000元",
            "第三次会议",
            "今年以来",
            "一季度的经济",
            "4/5G",
            "十五项",
            "开工前期工作",
            "上下联动",
            "会后交流",
            "国家标准",
            "2005年前建成的小区",
            "压缩至3个工作日内",
            "每月5日前报送",
            "全年工作任务",
            "做好汛前准备",
            "目前由市财政垫付",
            "给予2023年度先进工作者称号",
            "次日凌晨发生事故",
        ] {
            assert_eq!(one(text), None, "{text}");
        }
    }
}
