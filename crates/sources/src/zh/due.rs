//! Deadlines in Chinese: 年底前, 6月30日前, 第四季度, 三个月内, 自7月1日起.

use crate::due::{Anchor, Found};
use crate::words::Words;
use civil::Date;
use std::ops::Range;
use std::sync::LazyLock;

static AFTER_IN: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "在 于 至 到 自 从 截至 截止 截止到 力争 确保 争取 将于 拟于 定于 最迟 不迟于 不晚于 ， 、 （ ： ； , : (",
    ])
});

/// All deadlines in a range, in order. `text` is the whole document.
pub(crate) fn find(text: &str, range: Range<usize>, anchor: &Anchor) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut at = range.start;
    while let Some(c) = text[at..range.end].chars().next() {
        if starts_time(c) {
            let mut reader = Reader { rest: &text[at..range.end] };
            if let Some(time) = reader.time(anchor) {
                let end = range.end - reader.rest.len();
                if keeps(text, range.start, at, end, &time) {
                    out.push(Found { range: at..end, date: time.date, binding: time.binding });
                }
                at = end;
                continue;
            }
        }
        at += c.len_utf8();
        // A digit inside a number starts no new one.
        if c.is_ascii_digit() {
            at += text[at..range.end].bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        }
    }
    out
}

fn starts_time(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '两' | '半' | '〇' | '０'..='９'
        )
        || matches!(
            c,
            '今' | '本'
                | '当'
                | '明'
                | '后'
                | '年'
                | '月'
                | '季'
                | '第'
                | '上'
                | '下'
                | '周'
                | '春'
                | '国'
                | '元'
                | '“'
                | '汛'
                | '全'
                | '会'
        )
}

struct Time {
    date: Option<Date>,
    binding: bool,
    /// Only a month, a quarter or a half-year, with nothing that bounds.
    bare: bool,
}

/// A time without a deadline word bounds something only where a preposition or the clause's beginning puts it forward.
fn keeps(text: &str, from: usize, start: usize, end: usize, time: &Time) -> bool {
    let before = &text[from..start];
    let after = &text[end..];
    if before.ends_with('每') || before.ends_with("每个") || after.starts_with("以来") {
        return false;
    }
    if time.binding && !time.bare {
        return !after.starts_with('的') || before.ends_with("于") || before.ends_with('在');
    }
    if after.starts_with(['的', '份']) && !after.starts_with("份前") {
        return false;
    }
    before.trim_end().is_empty() || AFTER_IN.ending(before).is_some()
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn eat(&mut self, word: &str) -> bool {
        match self.rest.strip_prefix(word) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn eat_any(&mut self, words: &[&'static str]) -> Option<&'static str> {
        words.iter().find(|word| self.eat(word)).copied()
    }

    fn number(&mut self) -> Option<i64> {
        let length: usize = self
            .rest
            .chars()
            .take(9)
            .take_while(|c| {
                c.is_ascii_digit() || ('０'..='９').contains(c) || "〇零一二三四五六七八九十百两".contains(*c)
            })
            .map(char::len_utf8)
            .sum();
        let value = civil::integer(&self.rest[..length])?;
        self.rest = &self.rest[length..];
        Some(value)
    }

    fn small(&mut self, range: std::ops::RangeInclusive<i64>) -> Option<i8> {
        let value = self.number().filter(|n| range.contains(n))?;
        i8::try_from(value).ok()
    }

    fn try_read<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.rest;
        let found = read(self);
        if found.is_none() {
            self.rest = before;
        }
        found
    }

    /// A time, or two joined by 至; the second one ends it.
    fn time(&mut self, anchor: &Anchor) -> Option<Time> {
        let mut first = self.try_read(|r| r.within(anchor)).or_else(|| self.try_read(|r| r.point(anchor)))?;
        let joined = self.try_read(|r| {
            r.eat_any(&["至", "到", "—", "－", "-", "~", "～"])?;
            r.point(anchor)
        });
        if let Some(second) = joined {
            first = Time { bare: false, ..second };
        }
        self.bound(first)
    }

    /// 三个月内, 15个工作日内, 一周之内.
    fn within(&mut self, anchor: &Anchor) -> Option<Time> {
        let half = self.eat("半");
        let count = if half { 1 } else { self.number()? };
        let date = if half {
            match self.eat_any(&["个月", "年"])? {
                "年" => anchor.months_later(6),
                _ => anchor.days_later(15),
            }
        } else {
            // Working days need the office's calendar, which a document does not carry.
            match self.eat_any(&["个工作日", "工作日", "个月", "周", "个星期", "日", "天", "年", "小时", "个小时"])?
            {
                "个月" => anchor.months_later(count),
                "周" | "个星期" => anchor.days_later(count.checked_mul(7)?),
                "日" | "天" => anchor.days_later(count),
                "年" if count <= 50 => anchor.months_later(count * 12),
                _ => None,
            }
        };
        self.eat("之");
        self.eat("以");
        if self.eat("内") { Some(Time { date, binding: true, bare: false }) } else { None }
    }

    /// A year, month, day, quarter or part of one of them.
    fn point(&mut self, anchor: &Anchor) -> Option<Time> {
        if let Some(time) = self.try_read(|r| r.named(anchor)) {
            return Some(time);
        }
        let year = self.try_read(|r| r.year(anchor));
        let known = year.flatten();
        let in_year = |month: i8| match (year, known) {
            (Some(None), _) => None,
            (Some(_), Some(y)) => civil::month_end(y, month),
            (Some(_), None) | (None, _) => anchor.month_end_after(month),
        };
        if let Some(time) = self.try_read(|r| r.part_of_year(year.is_some(), &in_year)) {
            return Some(time);
        }
        if let Some(month) = self.try_read(|r| {
            let month = r.small(1..=12)?;
            r.eat("月").then_some(month)
        }) {
            let day = self.try_read(|r| {
                let day = r.small(1..=31)?;
                r.eat_any(&["日", "号"])?;
                Some(day)
            });
            if let Some(day) = day {
                let date = match (year, known) {
                    (Some(_), Some(y)) => civil::day(y, month, day),
                    (Some(_), None) => None,
                    (None, _) => anchor.first_after(month, day),
                };
                return Some(Time { date, binding: false, bare: false });
            }
            self.eat("份");
            let end = in_year(month);
            let third = |day: i8| end.and_then(|e| civil::day(e.year(), month, day));
            return Some(match self.eat_any(&["月底", "月末", "底", "末", "上旬", "中旬", "下旬"]) {
                Some("上旬") => Time { date: third(10), binding: true, bare: false },
                Some("中旬") => Time { date: third(20), binding: true, bare: false },
                Some(_) => Time { date: end, binding: true, bare: false },
                None => Time { date: end, binding: false, bare: true },
            });
        }
        // A year alone bounds only with 前, 内 or 底, and 前 leaves the day open.
        if year.is_some() && self.rest.starts_with(['前', '之', '以', '内']) {
            let inside = self.rest.starts_with('内') || self.rest.starts_with("之内") || self.rest.starts_with("以内");
            return Some(Time {
                date: if inside { known.and_then(civil::year_end) } else { None },
                binding: false,
                bare: false,
            });
        }
        None
    }

    fn year(&mut self, anchor: &Anchor) -> Option<Option<i16>> {
        let here = anchor.meeting.map(Date::year);
        if let Some(word) = self.eat_any(&["今年", "本年度", "本年", "当年", "明年", "后年"]) {
            return Some(here.map(|y| match word {
                "明年" => y + 1,
                "后年" => y + 2,
                _ => y,
            }));
        }
        let value = self.number().filter(|n| (1900..=2200).contains(n))?;
        if !self.eat("年") {
            return None;
        }
        self.eat("度");
        Some(i16::try_from(value).ok())
    }

    /// 底, 第四季度, 上半年, after a year or alone.
    fn part_of_year(&mut self, after_year: bool, in_year: &dyn Fn(i8) -> Option<Date>) -> Option<Time> {
        let ends: &[&'static str] =
            if after_year { &["年底", "年末", "底", "末"] } else { &["年底", "年末", "年内"] };
        if self.eat_any(ends).is_some() {
            return Some(Time { date: in_year(12), binding: true, bare: false });
        }
        if let Some(half) = self.eat_any(&["上半年", "下半年"]) {
            return Some(Time { date: in_year(if half == "上半年" { 6 } else { 12 }), binding: false, bare: true });
        }
        if self.eat_any(&["年中", "年终"]).is_some() {
            return Some(Time { date: None, binding: true, bare: false });
        }
        self.eat("第");
        let quarter = self.small(1..=4)?;
        if !self.eat("季度") {
            return None;
        }
        let ends = self.eat_any(&["末", "底"]).is_some();
        Some(Time { date: in_year(quarter * 3), binding: ends, bare: !ends })
    }

    /// 月底, 下月底, 本周五, “十四五”期间, 春节前.
    fn named(&mut self, anchor: &Anchor) -> Option<Time> {
        let binding = |date| Some(Time { date, binding: true, bare: false });
        let here = anchor.meeting;
        if self.eat_any(&["本月底", "本月末", "本月内", "当月底", "月底", "月末", "月内"]).is_some() {
            return binding(here.map(Date::last_of_month));
        }
        if self.eat_any(&["下个月", "下月"]).is_some() {
            self.eat_any(&["底", "末", "内"]);
            return binding(anchor.months_later(1).map(Date::last_of_month));
        }
        if self.eat_any(&["本季度末", "本季度内", "季度末", "季末"]).is_some() {
            return binding(here.and_then(|d| civil::quarter_end(d.year(), (d.month() + 2) / 3)));
        }
        if let Some(week) = self.eat_any(&["本周", "下周", "下个星期"]) {
            let monday = here.map(|d| (d, i64::from(d.weekday().to_monday_zero_offset())));
            let weekday = self.eat_any(&["一", "二", "三", "四", "五", "六", "日", "天"]);
            let offset = match weekday {
                Some("一") => 0,
                Some("二") => 1,
                Some("三") => 2,
                Some("四") => 3,
                Some("五") => 4,
                Some("六") => 5,
                Some(_) => 6,
                // Whether the week ends on Friday or on Sunday is not said.
                None => {
                    self.eat_any(&["内", "末"])?;
                    return binding(None);
                }
            };
            let weeks = if week == "本周" { 0 } else { 7 };
            return binding(monday.and_then(|(_, zero)| anchor.days_later(offset + weeks - zero)));
        }
        if self.eat_any(&["下次会议", "下一次会议", "会后"]).is_some() {
            let next = anchor.next_meeting;
            return if self.rest.starts_with(['前', '之']) || self.rest.starts_with("上") {
                binding(next)
            } else {
                None
            };
        }
        if self.eat_any(&["春节", "国庆节", "国庆", "元旦", "汛期", "两节", "全年"]).is_some() {
            let bounded = self.rest.starts_with('前')
                || self.rest.starts_with("之前")
                || self.rest.starts_with("来临前")
                || self.rest.starts_with("到来前");
            self.eat_any(&["来临", "到来"]);
            return if bounded { binding(None) } else { None };
        }
        if self.rest.starts_with('“') || self.rest.starts_with('十') || self.rest.starts_with('第') {
            self.eat("“");
            self.eat("第");
            self.eat("十");
            let plan = self.eat_any(&["一五", "二五", "三五", "四五", "五五", "六五", "七五"]).is_some();
            if plan {
                self.eat("”");
                return self.eat_any(&["时期末", "规划期末", "期末", "末", "期间", "时期"]).and_then(|_| binding(None));
            }
        }
        None
    }

    /// What may follow a time: 前, 内, 止, 起.
    fn bound(&mut self, time: Time) -> Option<Time> {
        let before = self.rest;
        self.eat_any(&["之", "以"]);
        if self.eat_any(&["前", "内", "期间", "止"]).is_some() {
            // 6月前: before it begins, or before it ends? A clerk decides.
            let open = before.starts_with('前') || before.starts_with("之前") || before.starts_with("以前");
            return Some(Time { date: if time.bare && open { None } else { time.date }, binding: true, bare: false });
        }
        self.rest = before;
        if self.rest.starts_with('起') || self.rest.starts_with("开始") {
            self.eat("起");
            return Some(Time { binding: true, bare: true, ..time });
        }
        if time.bare || time.binding { Some(time) } else { Some(Time { bare: true, ..time }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn one(text: &str) -> Option<(&str, Option<Date>)> {
        let anchor = Anchor { meeting: Some(date(2024, 5, 20)), next_meeting: Some(date(2024, 7, 2)) };
        find(text, 0..text.len(), &anchor).into_iter().next().map(|f| (&text[f.range], f.date))
    }

    #[test]
    fn the_last_possible_day() {
        for (text, words, day) in [
            ("年底前完成", "年底前", Some(date(2024, 12, 31))),
            ("要在6月30日前完成", "6月30日前", Some(date(2024, 6, 30))),
            ("于3月15日前报送", "3月15日前", Some(date(2025, 3, 15))),
            ("5月20日前报送", "5月20日前", Some(date(2024, 5, 20))),
            ("2025年3月底前建成", "2025年3月底前", Some(date(2025, 3, 31))),
            ("在四季度落地", "四季度", Some(date(2024, 12, 31))),
            ("第三季度，开工", "第三季度", Some(date(2024, 9, 30))),
            ("力争上半年开工", "上半年", Some(date(2024, 6, 30))),
            ("三个月内办结", "三个月内", Some(date(2024, 8, 20))),
            ("十五日之内答复", "十五日之内", Some(date(2024, 6, 4))),
            ("明年6月底前", "明年6月底前", Some(date(2025, 6, 30))),
            ("月底前上报", "月底前", Some(date(2024, 5, 31))),
            ("下月底前上报", "下月底前", Some(date(2024, 6, 30))),
            ("下周五前上报", "下周五前", Some(date(2024, 5, 31))),
            ("自7月1日起执行", "7月1日起", Some(date(2024, 7, 1))),
            ("6月至8月底开展", "6月至8月底", Some(date(2024, 8, 31))),
            ("十二月月底前", "十二月月底前", Some(date(2024, 12, 31))),
            ("下次会议前报告", "下次会议前", Some(date(2024, 7, 2))),
            ("二〇二五年底前", "二〇二五年底前", Some(date(2025, 12, 31))),
            ("9月上旬召开", "9月上旬", Some(date(2024, 9, 10))),
        ] {
            assert_eq!(one(text), Some((words, day)), "{text}");
        }
    }

    #[test]
    fn an_open_deadline_says_so() {
        for (text, words) in [
            ("2025年前建成", "2025年前"),
            ("6月前完成", "6月前"),
            ("10个工作日内办结", "10个工作日内"),
            ("“十四五”期间建成", "“十四五”期间"),
            ("汛期前加固", "汛期前"),
            ("本周内报送", "本周内"),
            ("2月30日前", "2月30日前"),
        ] {
            assert_eq!(one(text), Some((words, None)), "{text}");
        }
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
        ] {
            assert_eq!(one(text), None, "{text}");
        }
    }
}
