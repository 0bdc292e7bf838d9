//! The head of a Chinese communiqué: 9月9日，…主持召开…会议; 主持人：…; 时间：….

use crate::header::Header;
use crate::phrases::Phrases;
use crate::words::Words;
use crate::{Item, ItemVerb, lang, segment};
use civil::Date;
use std::sync::LazyLock;

/// The meeting is told of among the first paragraphs; its chair sometimes among the last.
const HEAD: usize = 8;
const TAIL: usize = 3;
/// A title is no longer than this, in characters.
const TITLE_MAX: usize = 80;

static TITLES: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&[
        "总理 书记 市长 省长 县长 区长 州长 镇长 乡长 盟长 旗长 专员 主席 主任 委员 常委 组长 会长 部长 厅长 局长 司长 处长 科长 校长 指挥长 总指挥 河长 园长 所长 站长 队长 社长",
        "院长 秘书长 理事长 董事长 经理 司令员 政委 召集人 负责人 领导 同志",
    ])
});

static ORGANS: LazyLock<Words> = LazyLock::new(|| {
    Words::of(&["国务院 政府 委员会 常委会 党委 市委 省委 县委 区委 党组 领导小组 指挥部 局 厅 委 院 办 公司 大会"])
});

/// Read the head of a document from its paragraphs.
pub(crate) fn read(paragraphs: &[&str]) -> Header {
    let head = &paragraphs[..paragraphs.len().min(HEAD)];
    let tail = &paragraphs[paragraphs.len().saturating_sub(TAIL).max(head.len())..];
    let title = title(head);
    let opening = opening(head);
    let notice = head.iter().flat_map(|paragraph| paragraph.lines()).map(str::trim).find(|line| is_notice(line));
    let meeting = opening.and_then(meeting).or(notice).or_else(|| title.map(named_by_title));
    let date = date(head, tail, opening, paragraphs);
    Header {
        date,
        next_meeting: paragraphs.iter().find_map(|paragraph| next_meeting(paragraph, date)),
        title: title.map(unspaced),
        body: meeting.and_then(body).map(str::to_owned),
        meeting: meeting.map(unspaced),
        presided_by: head.iter().chain(tail).find_map(|paragraph| chair(paragraph)),
        items: opening.map(items).unwrap_or_default(),
    }
}

/// 会 议 纪 要: letters set apart.
fn unspaced(title: &str) -> String {
    let apart = title.split_whitespace().all(|word| word.chars().count() == 1);
    if apart { title.split_whitespace().collect() } else { title.to_owned() }
}

/// The first line that is neither a sentence nor a note of date, number or source.
fn title<'t>(head: &[&'t str]) -> Option<&'t str> {
    let line = head.iter().take(3).flat_map(|paragraph| paragraph.lines()).map(str::trim).find(|line| {
        let noted =
            line.contains("来源") || line.contains("〔") || days(line).iter().any(|(_, day)| day.year.is_some());
        !line.is_empty() && (!noted || line.chars().count() >= 40)
    })?;
    let prose = line.ends_with(['。', '；', '！', '？', '，', '：']);
    (!prose && line.chars().count() <= TITLE_MAX).then_some(line)
}

/// The first sentence that tells of a meeting held.
fn opening<'t>(head: &[&'t str]) -> Option<&'t str> {
    let prose = head.iter().filter(|paragraph| paragraph.contains(['。', '，']));
    prose
        .flat_map(|paragraph| segment::zh_sentences(paragraph, 0..paragraph.len()).into_iter().map(|r| &paragraph[r]))
        .find(|sentence| {
            ["召开", "举行", "主持会议"].iter().any(|cue| sentence.contains(cue)) && sentence.contains('会')
        })
}

const CUES: [&str; 2] = ["召开", "举行"];

/// 召开国务院常务会议, or 全省工作会议在西宁市召开.
fn meeting(sentence: &str) -> Option<&str> {
    let (at, cue) = CUES.iter().filter_map(|cue| sentence.find(cue).map(|at| (at, cue))).min()?;
    let after = sentence[at + cue.len()..].trim_start_matches(['了', '的']);
    let part = after.find("（扩大）").map_or(0, |at| at + "（扩大）".len());
    let after = &after[..after[part..]
        .find(['，', '。', '；', '：', '、', '（', '时', '并', '\n'])
        .map_or(after.len(), |at| part + at)];
    if is_meeting(after) {
        return Some(after);
    }
    let clause = &sentence[..at];
    let clause = &clause[clause.rfind(['，', '。', '：', '）', '\n']).map_or(0, |cut| next_char(clause, cut))..];
    // Between the name and 召开 stand a day and a place.
    let named = ["会议", "大会", "会"].iter().filter_map(|end| clause.rfind(end).map(|at| at + end.len())).max()?;
    // 在市政府会议室主持召开
    if clause[named..].starts_with('室') {
        return None;
    }
    let name = &clause[..named];
    is_meeting(name).then_some(name)
}

fn next_char(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

/// What any meeting may be called.
const BARE: [&str; 12] = [
    "本次会议",
    "这次会议",
    "工作会议",
    "专题会议",
    "专题会",
    "现场办公会",
    "现场办公会议",
    "现场会",
    "调度会",
    "现场调度会",
    "协调会",
    "座谈会",
];

fn is_meeting(name: &str) -> bool {
    let length = name.chars().count();
    (4..=45).contains(&length) && name.ends_with(['会', '议']) && !BARE.contains(&name)
}

/// 5月16日，副市长戴苇来到北埠农贸市场: of a document that tells of no meeting held, the first sentence with a day and a visit.
fn visit<'t>(head: &[&'t str]) -> Option<&'t str> {
    const CUES: [&str; 8] = ["办公会", "调研", "督导", "检查", "来到", "主持", "会议", "座谈"];
    let prose = head.iter().filter(|paragraph| paragraph.contains(['。', '，']));
    prose
        .flat_map(|paragraph| segment::zh_sentences(paragraph, 0..paragraph.len()).into_iter().map(|r| &paragraph[r]))
        .find(|sentence| {
            CUES.iter().any(|cue| sentence.contains(cue)) && days(sentence).iter().any(|(_, day)| day.month.is_some())
        })
}

/// 4月15日，望溪县召开2026年全县总河长会议: the year in a meeting's name. In November or December it may be the next one.
fn year_of_name(words: &str, held: Day) -> Option<i16> {
    let (at, cue) = CUES.iter().filter_map(|cue| words.find(cue).map(|at| (at, cue))).min()?;
    let (year, length) = number(words[at + cue.len()..].trim_start_matches('了'))?;
    let rest = &words[at + cue.len()..].trim_start_matches('了')[length..];
    let named = rest.starts_with('年') && (1900..=2200).contains(&year) && held.month.is_some_and(|month| month <= 10);
    i16::try_from(year).ok().filter(|_| named)
}

/// 关于督促办理…的通知: the title of a document that tells of no meeting.
fn is_notice(line: &str) -> bool {
    let kinds = ["通知", "意见", "通报", "方案", "函", "通告", "决定", "纪要"];
    line.contains("关于")
        && !line.contains(['，', '。'])
        && line.chars().count() <= TITLE_MAX
        && kinds.iter().any(|kind| line.ends_with(kind))
}

/// 清禾市河道整治工作会议纪要 names the meeting up to 会议.
fn named_by_title(title: &str) -> &str {
    match title.find("会议") {
        Some(at) => &title[..at + "会议".len()],
        None => title,
    }
}

/// 国务院常务会议 → 国务院.
fn body(meeting: &str) -> Option<&str> {
    let cuts = ["第", "常务会议", "党组会议", "全体会议", "扩大会议", "专题会议", "工作会议", "办公会议", "会议"];
    let at = cuts.iter().filter_map(|cut| meeting.find(cut)).filter(|at| *at > 0).min()?;
    let body = &meeting[..at];
    ORGANS.ending(body).map(|_| body)
}

/// A day as far as the words give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Day {
    year: Option<i16>,
    month: Option<i8>,
    day: i8,
}

impl Day {
    fn date(self) -> Option<Date> {
        civil::day(self.year?, self.month?, self.day)
    }

    /// The first such day after one that the text counts until.
    fn after(self, counted: Date) -> Option<Date> {
        let this = civil::day(counted.year(), self.month?, self.day)?;
        if this >= counted { Some(this) } else { civil::day(counted.year() + 1, self.month?, self.day) }
    }

    /// The last such day that is not after the day the text came out.
    fn before(self, published: Date) -> Option<Date> {
        if let Some(date) = self.date() {
            return Some(date);
        }
        (0..12).find_map(|months| {
            let back = civil::add_months(published.first_of_month(), -months)?;
            let fits = self.month.is_none_or(|month| month == back.month());
            civil::day(back.year(), back.month(), self.day).filter(|date| fits && *date <= published)
        })
    }
}

/// Every day written in `words`, with where it begins.
fn days(words: &str) -> Vec<(usize, Day)> {
    let mut out = vec![];
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        match day_at(rest) {
            Some((day, length)) => {
                out.push((at, day));
                at += length;
            }
            None => match number(rest) {
                Some((_, length)) => at += length,
                None => at = next_char(words, at),
            },
        }
    }
    out
}

/// 2026年11月23日, 11月23日, 23日, 2026-11-23.
fn day_at(rest: &str) -> Option<(Day, usize)> {
    let (first, mut at) = number(rest)?;
    // 2026 年5 月12 日: a space beside the figures.
    let eat = |at: &mut usize, word: &str| {
        let spaced = rest[*at..].strip_prefix(' ').filter(|behind| behind.starts_with(word));
        *at += usize::from(spaced.is_some());
        let found = rest[*at..].starts_with(word);
        *at += if found { word.len() } else { 0 };
        found
    };
    let small = |value: i64, most: i64| i8::try_from(value).ok().filter(|_| (1..=most).contains(&value));
    if (1900..=2200).contains(&first) {
        let mark = ["年", "-", "/", "."].into_iter().find(|mark| eat(&mut at, mark))?;
        let (month, length) = number(&rest[at..])?;
        at += length;
        if !eat(&mut at, if mark == "年" { "月" } else { mark }) {
            return None;
        }
        let (day, length) = number(&rest[at..])?;
        at += length;
        eat(&mut at, "日");
        let (year, month, day) = (i16::try_from(first).ok(), small(month, 12)?, small(day, 31)?);
        return Some((Day { year, month: Some(month), day }, at));
    }
    if eat(&mut at, "月") {
        let month = small(first, 12)?;
        let (day, length) = number(&rest[at..])?;
        at += length;
        let ends = eat(&mut at, "日") || eat(&mut at, "号");
        // 7月1日起, 5月10日前: a term, and not the day of a meeting.
        let ends = ends && !rest[at..].starts_with(['前', '起']);
        return Some((Day { year: None, month: Some(month), day: small(day, 31)? }, at)).filter(|_| ends);
    }
    let ends = eat(&mut at, "日");
    let bounds = rest[at..].starts_with(['前', '内', '起', '常']);
    Some((Day { year: None, month: None, day: small(first, 31)? }, at)).filter(|_| ends && !bounds)
}

fn number(rest: &str) -> Option<(i64, usize)> {
    let length: usize = rest
        .chars()
        .take(9)
        .take_while(|c| c.is_ascii_digit() || ('０'..='９').contains(c) || "〇零一二三四五六七八九十".contains(*c))
        .map(char::len_utf8)
        .sum();
    civil::integer(&rest[..length]).map(|value| (value, length))
}

/// The meeting's day: in the sentence that tells of it, or after 时间：. Its year from the same words, else from the day
/// the text came out, the document's number, or an anniversary whose first year is known.
fn date(head: &[&str], tail: &[&str], opening: Option<&str>, all: &[&str]) -> Option<Date> {
    let labelled = head.iter().flat_map(|paragraph| paragraph.lines()).filter(|line| {
        let bare: String = line.chars().filter(|c| !c.is_whitespace()).take(8).collect();
        ["时间：", "会议时间", "日期：", "时间:"].iter().any(|label| bare.starts_with(label))
    });
    let told = opening.into_iter().chain(labelled).chain(visit(head));
    let held = told.into_iter().find_map(|words| days(words).into_iter().map(|(_, day)| day).next());
    let notes = head.iter().chain(tail).flat_map(|paragraph| paragraph.lines());
    let published = notes
        .filter(|line| line.chars().count() <= 40)
        .find_map(|line| days(line).into_iter().find_map(|(_, day)| day.date()));
    // 昨日，市委常委会召开会议: the day before the text came out.
    let yesterday = opening.is_some_and(|words| words.contains("昨日") || words.contains("昨天"));
    let Some(held) = held else {
        return if yesterday { published.and_then(|day| day.yesterday().ok()) } else { published };
    };
    held.date().or_else(|| held.before(published?)).or_else(|| {
        let found = opening
            .and_then(|words| year_of_name(words, held))
            .or_else(|| year_of_number(head))
            .or_else(|| head.iter().find_map(|line| year_of_series(line)))
            .or_else(|| all.iter().find_map(|paragraph| year_of_anniversary(paragraph)))
            .or_else(|| all.iter().find_map(|paragraph| year_of_plan(paragraph)))
            .or_else(|| all.iter().find_map(|paragraph| year_of_congress(paragraph, held)));
        if let Some(year) = found {
            return civil::day(year, held.month?, held.day);
        }
        // What is counted or reviewed lies just before the meeting.
        let counted = all.iter().find_map(|paragraph| counted_until(paragraph));
        counted.and_then(|day| held.after(day)).or_else(|| {
            let reviewed = all.iter().find_map(|paragraph| year_reviewed(paragraph))?;
            let month = held.month.filter(|month| *month <= 3)?;
            civil::day(reviewed + 1, month, held.day)
        })
    })
}

/// 清政纪〔2026〕12号.
fn year_of_number(head: &[&str]) -> Option<i16> {
    head.iter().find_map(|line| {
        let (_, rest) = line.split_once(['〔', '［', '['])?;
        rest.get(..4)?.parse().ok().filter(|year| (1900..=2200).contains(year))
    })
}

/// 2024年第18次县长办公会议: the year of a series of meetings.
fn year_of_series(line: &str) -> Option<i16> {
    line.match_indices('年').find_map(|(at, _)| {
        let before = &line[..at];
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let year: i16 = before[before.len() - digits..].parse().ok().filter(|year| (1900..=2200).contains(year))?;
        let rest = line[at + '年'.len_utf8()..].strip_prefix("度").unwrap_or(&line[at + '年'.len_utf8()..]);
        let (_, length) = number(rest.strip_prefix('第')?)?;
        rest['第'.len_utf8() + length..].starts_with(['次', '期', '届']).then_some(year)
    })
}

/// 2025年全国两会: they meet in March, and are spoken of in that year.
fn year_of_congress(paragraph: &str, held: Day) -> Option<i16> {
    let at = paragraph.find("年全国两会").or_else(|| paragraph.find("年全国“两会”"))?;
    let year = paragraph.get(at.checked_sub(4)?..at)?.parse().ok()?;
    held.month.filter(|month| *month >= 3).map(|_| year)
}

/// 今年是“十四五”收官之年: a plan of five years ends in a year that 5 divides, and opens in the one after.
fn year_of_plan(paragraph: &str) -> Option<i16> {
    let at = paragraph.find("今年是").or_else(|| paragraph.find("今年作为"))?;
    let said = &paragraph[at..];
    let said = &said[..said.find(['，', '。']).unwrap_or(said.len())];
    let plan =
        ["十一五", "十二五", "十三五", "十四五", "十五五", "十六五"].iter().position(|plan| said.contains(plan))?;
    let last = 2010 + 5 * i16::try_from(plan).ok()?;
    let opens = ["开局之年", "开局年", "第一年", "启动之年"].iter().any(|word| said.contains(word));
    let closes = ["收官之年", "收官年", "最后一年"].iter().any(|word| said.contains(word));
    match (opens, closes) {
        (true, false) => Some(last - 4),
        (false, true) => Some(last),
        (true, true) | (false, false) => None,
    }
}

/// 截至2024年10月底: a count is taken shortly before the meeting. The last day it covers.
fn counted_until(paragraph: &str) -> Option<Date> {
    let rest = ["截至", "截止", "截止到"]
        .iter()
        .find_map(|word| paragraph.find(word).map(|at| &paragraph[at + word.len()..]))?;
    if let Some((day, _)) = day_at(rest) {
        return day.date();
    }
    let (year, length) = number(rest)?;
    let (month, _) = number(rest[length..].strip_prefix('年')?)?;
    civil::month_end(i16::try_from(year).ok().filter(|y| (1900..=2200).contains(y))?, i8::try_from(month).ok()?)
}

/// 总结2024年工作, 2024年…取得的成绩: the year that a meeting early in the next one looks back on.
fn year_reviewed(paragraph: &str) -> Option<i16> {
    let clause = paragraph.split(['，', '。', '；']).find(|clause| {
        ["成绩", "总结", "工作情况", "成效"].iter().any(|word| clause.contains(word)) && clause.contains('年')
    })?;
    clause.match_indices('年').find_map(|(at, _)| clause.get(at.checked_sub(4)?..at)?.parse().ok())
}

/// 今年是新中国成立75周年: founded in 1949. The Party in 1921, the Army in 1927, reform and opening in 1978.
fn year_of_anniversary(paragraph: &str) -> Option<i16> {
    const FIRST: [(&str, i16); 5] =
        [("新中国成立", 1949), ("建党", 1921), ("中国共产党成立", 1921), ("建军", 1927), ("改革开放", 1978)];
    let at = paragraph.find("今年是")?;
    let said = &paragraph[at..];
    let said = &said[..said.find(['，', '。']).unwrap_or(said.len())];
    FIRST.iter().find_map(|(event, first)| {
        let rest = said.split_once(event)?.1;
        let (count, length) = number(rest)?;
        rest[length..].starts_with("周年").then(|| first + i16::try_from(count).unwrap_or(0))
    })
}

fn next_meeting(paragraph: &str, held: Option<Date>) -> Option<Date> {
    let at = paragraph.find("下次").or_else(|| paragraph.find("下一次"))?;
    let said = &paragraph[at..];
    let reach = said.char_indices().nth(12).map_or(said.len(), |(at, _)| at);
    said[..reach].contains('会').then_some(())?;
    let (_, day) = days(&said[..said.find('。').unwrap_or(said.len())]).into_iter().next()?;
    let held = held?;
    day.date().or_else(|| {
        let this = civil::day(held.year(), day.month?, day.day)?;
        if this > held { Some(this) } else { civil::day(held.year() + 1, day.month?, day.day) }
    })
}

/// Who chaired: 副市长高远主持, 会议由高远主持, 主持人：高远.
fn chair(paragraph: &str) -> Option<String> {
    let labelled = paragraph.lines().find_map(|line| {
        let bare: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        let rest = ["主持人", "主持"].iter().find_map(|label| bare.strip_prefix(label))?.to_owned();
        let rest = rest.strip_prefix(['：', ':'])?.to_owned();
        name(rest.split(['，', '、', '（', '(', '。', ',']).next()?)
    });
    labelled.or_else(|| led_by(paragraph)).or_else(|| {
        paragraph.match_indices("主持").find_map(|(at, _)| {
            let before = &paragraph[..at];
            let clause = &before[before
                .rfind(['，', '。', '；', '：', '、', '（', '）', '\n', ' ', '\u{3000}'])
                .map_or(0, |cut| next_char(before, cut))..];
            let clause = clause.split_once('由').map_or(clause, |(_, after)| after);
            let clause = days(clause).first().map_or(clause, |(start, _)| &clause[..*start]);
            // 副市长高远在市应急指挥中心主持召开
            name(clause).or_else(|| name(clause.split_once('在')?.0))
        })
    })
}

/// 常务副市长高远率市水务局魏明到清禾泵站召开现场办公会, 镇长高远带队到清禾泵站召开调度会: who takes others to a meeting or calls it.
fn led_by(paragraph: &str) -> Option<String> {
    let at = ["召开", "举行"].iter().filter_map(|cue| paragraph.find(cue)).min()?;
    let before = &paragraph[..at];
    let sentence = &before[before.rfind(['。', '\n']).map_or(0, |cut| next_char(before, cut))..];
    // A comma may stand between who it is and what they do, but no other sentence.
    sentence.split(['，', '、', '：']).rev().find_map(|clause| {
        let cut = ["率队", "率领", "带队", "率", "带领", "再次", "组织", "在"]
            .iter()
            .filter_map(|verb| clause.find(verb))
            .filter(|at| *at > 0)
            .min()?;
        let who = &clause[..cut];
        let who = who.split_once('在').map_or(who, |(who, _)| who);
        who.chars().any(|c| TITLE_ENDS.contains(c)).then(|| name(who)).flatten()
    })
}

/// What a post ends with: 市长, 书记, 主任.
const TITLE_ENDS: &str = "长记任理席员督";

/// The name in 国务院总理李克强, 高远副市长 or 高远同志.
fn name(words: &str) -> Option<String> {
    let mut words = words.trim();
    while let Some(title) = TITLES.ending(words) {
        words = words[..words.len() - title.len()].trim_end_matches('副');
    }
    let cut =
        words.char_indices().filter_map(|(at, _)| TITLES.at(&words[at..]).map(|title| at + title.len())).next_back();
    let name = &words[cut.unwrap_or(0)..];
    let length = name.chars().filter(|c| *c != '·').count();
    let most = if name.contains('·') { 15 } else { 4 };
    let fits = (2..=most).contains(&length) && name.chars().all(|c| lang::is_han(c) || c == '·');
    let bodily =
        ["会议", "政府", "市委", "大会", "共同", "亲自", "分别", "一同", "继续"].iter().any(|word| name.contains(word));
    (fits && !bodily).then(|| name.to_owned())
}

/// 听取…汇报，审议通过…，研究部署…: what the sentence says was on the agenda.
fn items(sentence: &str) -> Vec<Item> {
    const VERBS: [(&str, ItemVerb); 9] = [
        ("传达学习", ItemVerb::Conveyed),
        ("传达", ItemVerb::Conveyed),
        ("听取", ItemVerb::Heard),
        ("审议通过", ItemVerb::Decided),
        ("审议", ItemVerb::Decided),
        ("决定", ItemVerb::Decided),
        ("确定", ItemVerb::Decided),
        ("研究", ItemVerb::Studied),
        ("部署", ItemVerb::Studied),
    ];
    let clauses = sentence.split(['，', '；', '。']).map(str::trim);
    let item = |clause: &str| {
        VERBS.iter().find_map(|(word, verb)| {
            let topic = clause.strip_prefix(word)?.trim_start_matches("部署").trim_start_matches("了").trim();
            (topic.chars().count() >= 3).then(|| Item { topic: topic.to_owned(), verb: *verb })
        })
    };
    clauses.filter_map(item).collect()
}

/// Whether a document with this title lists what is to be done.
pub(crate) fn is_plan(title: &str) -> bool {
    static PLANS: Phrases = Phrases::of(&[
        "整改方案",
        "实施方案",
        "工作方案",
        "行动方案",
        "分解方案",
        "分工方案",
        "任务分解",
        "任务清单",
        "责任清单",
        "工作要点",
        "若干措施",
        "行动计划",
        "实事项目",
        "实事清单",
        "民生实事",
        "项目清单",
        "事项清单",
        "工作清单",
    ]);
    PLANS.stands_in(title) && !title.contains("会议")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(text: &str) -> Header {
        crate::header::read(text, &crate::segment::paragraphs(text), crate::Lang::Zh)
    }

    #[test]
    fn a_communique_says_when_what_and_who() {
        let header = read(
            "高远主持召开河道整治工作会议\n\n清禾日报讯：2026年11月23日，副市长高远主持召开河道整治工作会议，听取水务局清淤进度汇报，研究汛前准备。\n\n会议指出，……。",
        );
        assert_eq!(header.date, Some(date(2026, 11, 23)));
        assert_eq!(header.meeting.as_deref(), Some("河道整治工作会议"));
        assert_eq!(header.presided_by.as_deref(), Some("高远"));
        assert_eq!(header.title.as_deref(), Some("高远主持召开河道整治工作会议"));
        assert_eq!(header.items.len(), 2);
    }

    #[test]
    fn minutes_say_it_under_labels() {
        let header = read(
            "清禾市政府第12次常务会议纪要\n清政纪〔2026〕12号\n时　间：5月20日上午\n主持人：市长 沈若谷\n出席：高远\n",
        );
        assert_eq!(header.date, Some(date(2026, 5, 20)));
        assert_eq!(header.meeting.as_deref(), Some("清禾市政府第12次常务会议"));
        assert_eq!(header.body.as_deref(), Some("清禾市政府"));
        assert_eq!(header.presided_by.as_deref(), Some("沈若谷"));
    }

    #[test]
    fn a_meeting_named_before_its_place_is_found_too() {
        let header = read(
            "清禾召开全市政务公开会议\n2026年09月26 来源：清禾网\n\n9月9日，清禾全市政务公开工作会议在临江镇召开。副市长高远出席会议，市大数据中心主任魏明主持会议。",
        );
        assert_eq!(header.meeting.as_deref(), Some("清禾全市政务公开工作会议"));
        assert_eq!(header.date, Some(date(2026, 9, 9)), "the year is that of the note under the title");
        assert_eq!(header.presided_by.as_deref(), Some("魏明"));
    }

    #[test]
    fn a_year_that_nothing_gives_is_left_open() {
        let header = read("沈若谷主持召开市政府常务会议\n\n清禾日报讯：市长沈若谷7月14日主持召开市政府常务会议。");
        assert_eq!(header.date, None);
        assert_eq!(header.presided_by.as_deref(), Some("沈若谷"));
        let year = |text: &str| read(&format!("市政府会议3月27日召开。\n\n会议指出，{text}。")).date;
        assert_eq!(year("今年是新中国成立75周年，要抓好落实"), Some(date(2024, 3, 27)));
        assert_eq!(year("今年是“十四五”收官之年，要抓好落实"), Some(date(2025, 3, 27)));
        assert_eq!(year("截至2024年12月底，整改36处"), Some(date(2025, 3, 27)));
        assert_eq!(year("2024年的工作取得明显成绩"), Some(date(2025, 3, 27)));
        assert_eq!(year("2025年全国两会是一次重要会议，要抓好落实"), Some(date(2025, 3, 27)));
        assert_eq!(year("2024年的工作安排"), None);
        let header = read("清禾市2024年第18次市长办公会议纪要\n\n12月16日，沈若谷在市政府主持召开市长办公会议。");
        assert_eq!(header.date, Some(date(2024, 12, 16)));
        assert_eq!(header.presided_by.as_deref(), Some("沈若谷"));
    }

    #[test]
    fn who_takes_others_to_a_meeting_chairs_it() {
        let header = read(
            "清禾市在北埠泵站召开现场办公会\n\n2026 年5 月12 日上午，市委常委、常务副市长高远率市水务局魏明到北埠泵站召开现场办公会，研究排涝。",
        );
        assert_eq!(header.date, Some(date(2026, 5, 12)));
        assert_eq!(header.presided_by.as_deref(), Some("高远"));
    }

    #[test]
    fn the_next_meeting_and_a_day_of_a_month_before() {
        let header =
            read("清禾市水务局例会纪要\n2026年1月3日\n\n12月30日，水务局召开年终调度会议。下次会议定于2月6日召开。");
        assert_eq!(header.date, Some(date(2025, 12, 30)));
        assert_eq!(header.next_meeting, Some(date(2026, 2, 6)));
    }
}
