//! Times in Chinese: 年底, 6月30日, 第四季度, 三个月内, 春节前.

use crate::due::Anchor;
use crate::phrases::{Phrases, any_of};
use civil::{Date, Festival};

/// A time as its words give it.
pub(super) struct Time {
    pub(super) date: Option<Date>,
    pub(super) binding: bool,
    /// Only a month, a quarter or a half-year, with nothing that bounds.
    pub(super) bare: bool,
    /// The form it has.
    pub(super) rule: &'static str,
}

impl Time {
    fn binding(date: Option<Date>, rule: &'static str) -> Time {
        Time { date, binding: true, bare: false, rule }
    }

    fn bare(date: Option<Date>, rule: &'static str) -> Time {
        Time { date, binding: false, bare: true, rule }
    }
}

/// What is left to read.
pub(super) struct Reader<'t> {
    pub(super) rest: &'t str,
}

/// What a number of a time is written with.
pub(super) fn is_numeral(c: char) -> bool {
    let han =
        matches!(c, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '两');
    han || c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// The length of a recurrence that words begin with: 每月5日前, 每周五, 每3小时. It bounds nothing. 0 if there is none.
pub(super) fn recurrence(words: &str) -> usize {
    let mut reader = Reader { rest: words };
    if !reader.eat("每") {
        return 0;
    }
    if !reader.eat("半") {
        reader.number();
    }
    reader.eat("个");
    let Some(unit) = reader.eat_any(any_of![
        "季度",
        "学期",
        "半年",
        "半月",
        "工作日",
        "小时",
        "星期",
        "月",
        "周",
        "年",
        "旬",
        "日",
        "天"
    ]) else {
        return 0;
    };
    if matches!(unit, "周" | "星期") {
        reader.eat_any(&WEEKDAYS);
    }
    reader.try_read(|r| {
        r.number()?;
        r.eat_any(any_of!["日", "号", "月"]).map(|_| ())
    });
    // 每月15日、30日前
    reader.try_read(|r| {
        r.eat_any(any_of!["、", "和"])?;
        r.number()?;
        r.eat_any(any_of!["日", "号"]).map(|_| ())
    });
    reader.eat_any(any_of!["底", "末", "初", "上旬", "中旬", "下旬"]);
    reader.clock();
    reader.eat_any(any_of!["之前", "以前", "前"]);
    words.len() - reader.rest.len()
}

/// What follows 周 and 星期.
static WEEKDAYS: Phrases = Phrases::of(&["一", "二", "三", "四", "五", "六", "日", "天"]);

/// Events that come every year on a day that no document says.
static SEASONS: Phrases = Phrases::of(&[
    "主汛期",
    "汛期",
    "防汛期",
    "两会",
    "“两会”",
    "两节",
    "“两节”",
    "双节",
    "新学期",
    "开学",
    "秋季开学",
    "春季开学",
    "入汛",
    "入冬",
    "供暖季",
    "供暖期",
    "采暖季",
    "雨季",
    "台风季",
    "高考",
    "中考",
    "春耕",
    "春运",
    "冬季来临",
    "任期",
    "本届政府任期",
]);

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

    fn eat_any(&mut self, words: &Phrases) -> Option<&'static str> {
        let word = words.at(self.rest)?;
        self.rest = &self.rest[word.len()..];
        Some(word)
    }

    fn number(&mut self) -> Option<i64> {
        let length: usize = self.rest.chars().take(9).take_while(|c| is_numeral(*c)).map(char::len_utf8).sum();
        if length == 0 {
            return None;
        }
        let value = match &self.rest[..length] {
            "一" => 1,
            "二" | "两" => 2,
            "三" => 3,
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok()?,
            numeral => civil::integer(numeral)?,
        };
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
    pub(super) fn time(&mut self, anchor: &Anchor) -> Option<Time> {
        // 分别在2个月、4个月内: one within for each.
        self.try_read(|r| {
            r.number()?;
            let unit = r.eat_any(any_of!["个工作日", "个月", "天", "日", "周"])?;
            r.eat("、").then_some(())?;
            let ahead = r.rest;
            r.number()?;
            let same = r.rest.starts_with(unit);
            r.rest = ahead;
            same.then_some(())
        });
        if let Some(time) = self.try_read(|r| r.within(anchor)) {
            return Some(time);
        }
        let mut first = self.try_read(|r| r.point(anchor))?;
        let joined = self.try_read(|r| {
            r.eat("起");
            r.eat_any(any_of!["至", "到", "—", "－", "-", "~", "～"])?;
            r.point(anchor)
        });
        if let Some(second) = joined {
            first = Time { bare: false, ..second };
        }
        self.bound(first)
    }

    /// 三个月内, 15个工作日内, 会后一周之内, 用三年时间.
    fn within(&mut self, anchor: &Anchor) -> Option<Time> {
        self.eat_any(any_of!["会后", "会议结束后"]);
        let using = self.eat_any(any_of!["用"]).is_some();
        let half = self.eat("半");
        let count = if half { 1 } else { self.number()? };
        let (date, rule) = if half {
            match self.eat_any(any_of!["个月", "年"])? {
                "年" => (anchor.months_later(6), "zh-due-within"),
                _ => (anchor.days_later(15), "zh-due-within"),
            }
        } else {
            match self.eat_any(any_of![
                "个工作日",
                "工作日",
                "个月",
                "周",
                "个星期",
                "日",
                "天",
                "年",
                "个小时",
                "小时",
                "分钟",
            ])? {
                "个月" => (anchor.months_later(count), "zh-due-within"),
                "周" | "个星期" => (anchor.days_later(count.checked_mul(7)?), "zh-due-within"),
                "日" | "天" => (anchor.days_later(count), "zh-due-within"),
                "年" if count <= 50 => (anchor.months_later(count * 12), "zh-due-within"),
                "个工作日" | "工作日" => (anchor.working_days_later(count), "zh-due-working-days"),
                // 24小时内: of what happened, not of the meeting.
                _ => (None, "zh-due-hours"),
            }
        };
        if using {
            self.eat("左右");
            self.eat("的");
            return self.eat("时间").then(|| Time::binding(date, rule));
        }
        self.eat("之");
        self.eat("以");
        if self.eat("内") { Some(Time::binding(date, rule)) } else { None }
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
        if let Some(time) = self.try_read(|r| r.festival(anchor, year)) {
            return Some(time);
        }
        if let Some(time) = self.try_read(|r| r.part_of_year(year.is_some(), &in_year)) {
            return Some(time);
        }
        if let Some(time) = self.try_read(|r| r.month(anchor, year, &in_year)) {
            return Some(time);
        }
        if year.is_some() {
            return self.whole_year(known);
        }
        // 于25日前: a day of this month or the next.
        self.try_read(|r| {
            let day = r.small(1..=31)?;
            r.eat_any(any_of!["日", "号"])?;
            r.clock();
            r.rest.starts_with(['前', '之', '以']).then(|| Time {
                date: anchor.first_day_after(day),
                binding: false,
                bare: false,
                rule: "zh-due-day",
            })
        })
        .filter(|_| self.rest.starts_with('前') || self.rest.starts_with("之前") || self.rest.starts_with("以前"))
    }

    /// 6月30日, 6月底, 6月上旬, 6月.
    fn month(
        &mut self,
        anchor: &Anchor,
        year: Option<Option<i16>>,
        in_year: &dyn Fn(i8) -> Option<Date>,
    ) -> Option<Time> {
        let month = self.small(1..=12)?;
        self.eat("月").then_some(())?;
        let day = self.try_read(|r| {
            let day = r.small(1..=31)?;
            r.eat_any(any_of!["日", "号"])?;
            Some(day)
        });
        if let Some(day) = day {
            self.clock();
            let date = match year {
                Some(known) => known.and_then(|y| civil::day(y, month, day)),
                None => anchor.first_after(month, day),
            };
            // 9月1日新学期开学前: the day before what is on that day.
            let event = self.try_read(|r| {
                r.eat_any(any_of!["新学期", "秋季", "春季", "正式"]);
                r.eat_any(any_of!["开学", "开业", "开园", "开馆", "通车", "投用", "启用", "施行", "实施", "开幕"])?;
                any_of!["前", "之前", "以前"].begins(r.rest).then_some(())
            });
            let date = if event.is_some() { date.and_then(|day| day.yesterday().ok()) } else { date };
            return Some(Time { date, binding: false, bare: false, rule: "zh-due-day" });
        }
        self.eat("份");
        let end = in_year(month);
        Some(
            match self.eat_any(any_of!["月底", "月末", "底", "末", "上中旬", "中下旬", "上旬", "中旬", "下旬", "初"])
            {
                // 中旬: some day of it; 中旬前: before it begins, or before it ends? A clerk decides.
                Some("上旬" | "中旬" | "下旬" | "上中旬" | "中下旬") => {
                    Time::binding(None, "zh-due-third-of-month")
                }
                // 月初: the first days, nobody says how many.
                Some("初") => Time::binding(None, "zh-due-month"),
                Some(_) => Time::binding(end, "zh-due-month-end"),
                None => Time::bare(end, "zh-due-month"),
            },
        )
    }

    /// （周五）下午5时, 17:00, 下班: what a day may carry.
    fn clock(&mut self) {
        self.try_read(|r| {
            let close = if r.eat("（") { "）" } else { r.eat("(").then_some(")")? };
            r.eat_any(any_of!["周", "星期"])?;
            r.eat_any(&WEEKDAYS)?;
            r.eat(close).then_some(())
        });
        self.eat_any(any_of!["上午", "下午", "晚上", "中午", "晚", "早上"]);
        self.try_read(|r| {
            r.number().filter(|hour| (0..=24).contains(hour))?;
            if r.eat_any(any_of!["时", "点"]).is_some() {
                r.try_read(|r| {
                    r.number()?;
                    r.eat("分").then_some(())
                });
                return Some(());
            }
            r.eat_any(any_of![":", "："])?;
            r.number().map(|_| ())
        });
        self.eat_any(any_of!["下班", "下班时间"]);
    }

    /// A year alone: 到2030年, 2030年前, 2030年内.
    fn whole_year(&mut self, known: Option<i16>) -> Option<Time> {
        let end = known.and_then(civil::year_end);
        if self.rest.starts_with('内') || self.rest.starts_with("之内") || self.rest.starts_with("以内") {
            return Some(Time { date: end, binding: false, bare: false, rule: "zh-due-year" });
        }
        if self.rest.starts_with(['前', '之', '以']) {
            // Before it begins, or before it ends? A clerk decides.
            return Some(Time { date: None, binding: false, bare: false, rule: "zh-due-before-year" });
        }
        Some(Time { date: end, binding: true, bare: true, rule: "zh-due-year" })
    }

    fn year(&mut self, anchor: &Anchor) -> Option<Option<i16>> {
        let here = anchor.meeting.map(Date::year);
        if let Some(word) = self.eat_any(any_of!["今年", "本年度", "本年", "当年", "明年", "后年"]) {
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
        let ends = if after_year {
            any_of!["年底", "年末", "底", "末", "年内"]
        } else {
            any_of!["年底", "年末", "年内"]
        };
        if self.eat_any(ends).is_some() {
            return Some(Time::binding(in_year(12), "zh-due-year-end"));
        }
        if let Some(half) = self.eat_any(any_of!["上半年", "下半年"]) {
            return Some(Time::bare(in_year(if half == "上半年" { 6 } else { 12 }), "zh-due-half-year"));
        }
        let review = any_of!["总结", "考核", "决算", "奖", "评", "述职", "分红"];
        if self.rest.strip_prefix("年终").is_none_or(|rest| !review.begins(rest))
            && self.eat_any(any_of!["年中", "年终"]).is_some()
        {
            return Some(Time::binding(None, "zh-due-part-of-year"));
        }
        self.eat("第");
        let quarter = self.small(1..=4)?;
        if !self.eat("季度") {
            return None;
        }
        let end = in_year(quarter * 3);
        let ends = self.eat_any(any_of!["末", "底", "结束"]).is_some();
        Some(if ends { Time::binding(end, "zh-due-quarter-end") } else { Time::bare(end, "zh-due-quarter") })
    }

    /// 春节前, 国庆假期前, 明年五一前: the day before the festival.
    fn festival(&mut self, anchor: &Anchor, year: Option<Option<i16>>) -> Option<Time> {
        static NAMES: Phrases = Phrases::of(&[
            "“七一”",
            "七一",
            "“八一”",
            "八一",
            "“六一”",
            "六一",
            "儿童节",
            "教师节",
            "春节",
            "农历新年",
            "清明节",
            "清明",
            "端午节",
            "端午",
            "中秋节",
            "中秋",
            "元旦",
            "五一劳动节",
            "五一",
            "“五一”",
            "劳动节",
            "国庆节",
            "国庆",
            "“十一”",
        ]);
        let name = self.eat_any(&NAMES)?;
        self.eat_any(any_of!["假期", "小长假", "黄金周", "假日"]);
        self.eat_any(any_of!["来临", "到来"]);
        let bounded = self.rest.starts_with('前') || self.rest.starts_with("之前") || self.rest.starts_with("以前");
        bounded.then_some(())?;
        let moving = |festival: Festival| match year {
            Some(known) => festival.on(known?),
            None => anchor.festival_after(festival),
        };
        let fixed = |month: i8, day: i8| match year {
            Some(known) => civil::day(known?, month, day),
            None => anchor
                .first_after(month, day)
                .and_then(|date| if Some(date) == anchor.meeting { civil::add_months(date, 12) } else { Some(date) }),
        };
        let day = match name {
            "春节" | "农历新年" => moving(Festival::Spring),
            "清明节" | "清明" => moving(Festival::Qingming),
            "端午节" | "端午" => moving(Festival::DragonBoat),
            "中秋节" | "中秋" => moving(Festival::MidAutumn),
            "元旦" => fixed(1, 1),
            "国庆节" | "国庆" | "“十一”" => fixed(10, 1),
            "“七一”" | "七一" => fixed(7, 1),
            "“八一”" | "八一" => fixed(8, 1),
            "“六一”" | "六一" | "儿童节" => fixed(6, 1),
            "教师节" => fixed(9, 10),
            _ => fixed(5, 1),
        };
        Some(Time::binding(day.and_then(|day| day.yesterday().ok()), "zh-due-festival"))
    }

    /// 月底, 下月底, 本周五, “十四五”期间, 汛期前.
    fn named(&mut self, anchor: &Anchor) -> Option<Time> {
        let here = anchor.meeting;
        if self
            .eat_any(any_of![
                "本月底",
                "本月末",
                "本月内",
                "当月底",
                "当月内",
                "这个月底",
                "这个月内",
                "月底",
                "月末",
                "月内"
            ])
            .is_some()
        {
            return Some(Time::binding(here.map(Date::last_of_month), "zh-due-this-month"));
        }
        if self.eat_any(any_of!["下个月", "下月"]).is_some() {
            if let Some(day) = self.try_read(|r| {
                let day = r.small(1..=31)?;
                r.eat_any(any_of!["日", "号"]).map(|_| day)
            }) {
                let month = anchor.months_later(1);
                let date = month.and_then(|month| civil::day(month.year(), month.month(), day));
                return Some(Time::binding(date, "zh-due-day"));
            }
            self.eat_any(any_of!["底", "末", "内"]);
            return Some(Time::binding(anchor.months_later(1).map(Date::last_of_month), "zh-due-next-month"));
        }
        if self.eat_any(any_of!["本季度末", "本季度内", "季度末", "季末"]).is_some() {
            return Some(Time::binding(anchor.this_quarter_end(), "zh-due-quarter-end"));
        }
        if let Some(week) = self.eat_any(any_of!["本周", "下周", "下个星期", "这周"]) {
            return self.week(week, anchor);
        }
        if self.try_read(Self::next_meeting).is_some() {
            return Some(Time::binding(anchor.next_meeting, "zh-due-next-meeting"));
        }
        // 规定时间内: which one, another text says.
        if self.eat_any(any_of!["规定时间内", "规定时限内", "规定期限内", "规定的时间内"]).is_some()
        {
            return Some(Time::binding(None, "zh-due-set"));
        }
        if self.eat_any(any_of!["即日", "本通知印发之日"]).is_some() {
            return self.rest.starts_with('起').then(|| Time::bare(here, "zh-due-from-today"));
        }
        if let Some(word) =
            self.eat_any(any_of!["今晚", "今夜", "今天", "今日", "本日", "明天", "明日", "明早", "明晚", "后天"])
        {
            return self.day_named(word, anchor);
        }
        // 次日9时前: the day after something happens.
        if self.eat("次日") {
            self.clock();
            let bounded = self.rest.starts_with(['前', '内']) || any_of!["之前", "以前"].begins(self.rest);
            return bounded.then(|| Time::binding(None, "zh-due-day"));
        }
        if let Some(years) = self.eat_any(any_of!["今明两年", "明后两年"]) {
            let later = if years.starts_with('今') { 1 } else { 2 };
            let end = here.and_then(|day| civil::year_end(day.year() + later));
            return Some(Time::binding(end, "zh-due-years"));
        }
        if self.eat("全年") {
            static TOPICS: Phrases = Phrases::of(&[
                "工作", "目标", "任务", "各项", "计划", "预算", "经济", "主要", "收支", "总", "的", "预期",
            ]);
            let end = here.map(Date::year).or(anchor.year).and_then(civil::year_end);
            let topic = TOPICS.begins(self.rest);
            return (!topic).then(|| Time::bare(end, "zh-due-whole-year"));
        }
        // 年前: before the Spring Festival, as people say it.
        if self.eat("年前") {
            return Some(Time::binding(None, "zh-due-event"));
        }
        // 会前, 汛前: what the text takes for known.
        if self.eat_any(any_of!["会前", "节前", "汛前"]).is_some() {
            return Some(Time { date: None, binding: true, bare: true, rule: "zh-due-event" });
        }
        if self.eat_any(&SEASONS).is_some() {
            self.eat_any(any_of!["来临", "到来", "召开", "结束", "开始"]);
            let bounded = self.rest.starts_with('前') && !self.rest.starts_with("前期")
                || any_of!["之前", "以前", "内"].begins(self.rest);
            return bounded.then(|| Time::binding(None, "zh-due-season"));
        }
        if self.rest.starts_with('“') || self.rest.starts_with('十') || self.rest.starts_with('第') {
            self.eat("“");
            self.eat("第");
            self.eat("十");
            let plan = self.eat_any(any_of!["一五", "二五", "三五", "四五", "五五", "六五", "七五"]).is_some();
            if plan {
                self.eat("”");
                let ends = self.eat_any(any_of!["时期末", "规划期末", "期末", "末", "期间", "时期"])?;
                let binding = ends.ends_with('末');
                return Some(Time { date: None, binding, bare: false, rule: "zh-due-plan-period" });
            }
        }
        None
    }

    /// 下次会议前, 下次党委会报告: the next meeting, where something is to be done before it or at it.
    fn next_meeting(&mut self) -> Option<()> {
        self.eat_any(any_of!["下次", "下一次"])?;
        let reach = self.rest.char_indices().nth(8).map_or(self.rest.len(), |(at, _)| at);
        let end = self.rest[..reach].find('会')? + '会'.len_utf8();
        self.rest = &self.rest[end..];
        self.eat("议");
        let at_it = any_of!["报告", "汇报", "研究", "审议", "通报", "再", "提交", "讨论"];
        (self.rest.starts_with(['前', '之', '上']) || at_it.begins(self.rest)).then_some(())
    }

    /// 今晚24时前, 明天下班前, 今日起.
    fn day_named(&mut self, word: &str, anchor: &Anchor) -> Option<Time> {
        let date = anchor.days_later(match word.chars().next() {
            Some('明') => 1,
            Some('后') => 2,
            Some(_) | None => 0,
        });
        if self.rest.starts_with('起') {
            return Some(Time::bare(date, "zh-due-from-today"));
        }
        self.clock();
        // 我明天就找人清
        let bounded = self.rest.starts_with(['前', '内', '就']) || any_of!["之前", "以前"].begins(self.rest);
        bounded.then(|| Time::binding(date, "zh-due-day"))
    }

    fn week(&mut self, week: &str, anchor: &Anchor) -> Option<Time> {
        let weekday = self.eat_any(&WEEKDAYS);
        let offset = match weekday {
            Some("一") => 0,
            Some("二") => 1,
            Some("三") => 2,
            Some("四") => 3,
            Some("五") => 4,
            Some("六") => 5,
            Some(_) => 6,
            None => {
                // 这周修好: as people say it, without 内.
                let bounded = self.eat_any(any_of!["内", "末", "之内"]).is_some();
                let said = week == "这周" && !self.rest.starts_with(['的', '工', '任']);
                (bounded || said).then_some(())?;
                // Its last day is a Sunday.
                return Some(Time::binding(anchor.week_end(i64::from(week.starts_with('下'))), "zh-due-week"));
            }
        };
        let weeks = if week.starts_with('下') { 7 } else { 0 };
        let zero = anchor.meeting.map(|day| i64::from(day.weekday().to_monday_zero_offset()));
        self.clock();
        Some(Time::binding(zero.and_then(|zero| anchor.days_later(offset + weeks - zero)), "zh-due-weekday"))
    }

    /// What may follow a time: 前, 内, 止, 起.
    fn bound(&mut self, time: Time) -> Option<Time> {
        let before = self.rest;
        self.eat_any(any_of!["之", "以"]);
        if self.eat("期间") {
            return Some(Time { bare: false, ..time });
        }
        if !self.rest.starts_with("前期") && self.eat_any(any_of!["前", "内", "止"]).is_some() {
            // 6月前: before it begins, or before it ends? A clerk decides.
            let open = before.starts_with('前') || before.starts_with("之前") || before.starts_with("以前");
            let unsaid = time.bare && open;
            return Some(Time {
                date: if unsaid { None } else { time.date },
                rule: if unsaid { "zh-due-before-period" } else { time.rule },
                binding: true,
                bare: false,
            });
        }
        self.rest = before;
        if self.rest.starts_with('起') || self.rest.starts_with("开始") {
            self.eat("起");
            return Some(Time { binding: true, bare: true, ..time });
        }
        if time.bare || time.binding { Some(time) } else { Some(Time { bare: !time.rule.contains("plan"), ..time }) }
    }
}
