//! Records of who said what: 定：…, 陶：…, 邵建汇报：…. What the meeting or its chair says counts; what others say is an
//! opinion or a report.

use super::item::labelled;
use super::lead::is_name;
use super::spoken::TITLES;
use super::words::OFFICES;
use crate::header::Header;
use crate::phrases::{Phrases, any_of};
use crate::{Profile, Unit};
use std::ops::Range;

/// Whose words a line of a record gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Turn {
    /// 定：, 会议决定：.
    Decided,
    /// The chair's.
    Chaired,
    /// Anybody else's.
    Said,
}

/// Somebody's words in a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Words {
    pub(super) turn: Turn,
    /// Where they begin.
    pub(super) at: usize,
    /// Who says them, where a name stands before them.
    pub(super) speaker: Option<Range<usize>>,
}

/// Who was there.
pub(crate) struct Record {
    chair: Option<String>,
    /// 书记 of 主持：陶景明（党委书记）.
    post: Option<String>,
    names: Vec<String>,
}

/// So many names are looked for.
const NAMES_MAX: usize = 40;
/// Who was there stands in so many lines at the beginning.
const LINES_MAX: usize = 16;

impl Record {
    /// Of a document whose title says that it is a record; `None` of others.
    pub(crate) fn of(text: &str, header: &Header) -> Option<Record> {
        if !header.title.as_deref().is_some_and(|title| title.contains("记录")) {
            return None;
        }
        let mut names = vec![];
        let mut post = None;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        for line in lines.take(LINES_MAX) {
            let Some((label, who)) = line.split_once(['：', ':']) else { continue };
            let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
            if !PRESENT.has(&label) {
                continue;
            }
            if label.starts_with("主持") {
                post = who.split_once(['（', '(']).map(|(_, post)| post.trim_end_matches(['）', ')', ' ']).to_owned());
            }
            names.extend(
                who.split(['、', '，', ',', ' ', '\u{3000}', '（', '）', '(', ')', '；', '：']).filter_map(name),
            );
        }
        // Who speaks was there: 卢长顺：….
        let speakers =
            text.lines().filter_map(|line| line.trim().split_once(['：', ':'])).map(|(label, _)| label.trim());
        let speakers = speakers.map(|label| label.trim_start_matches("代表").trim_start_matches("村民"));
        names.extend(speakers.filter(|label| label.chars().count() <= 3 && !NOT_NAMES.ends(label)).filter_map(name));
        names.sort_unstable();
        names.dedup();
        names.truncate(NAMES_MAX);
        Some(Record { chair: header.presided_by.clone(), post, names })
    }

    /// The office's profile with the people of the record: 由杜小满去办 names who does it.
    pub(crate) fn profile(&self, profile: &Profile) -> Profile {
        let mut with = profile.clone();
        for name in self.names.iter().chain(&self.chair) {
            let surname: String = name.chars().take(1).collect();
            let aliases = vec![format!("老{surname}"), format!("小{surname}")];
            with.units.push(Unit { name: name.clone(), aliases });
        }
        with
    }

    /// Whether a label names the chair: 陶景明, 陶, 陶书记, 书记.
    fn is_chair(&self, label: &str) -> bool {
        let Some(chair) = self.chair.as_deref() else { return false };
        let rest = label.strip_prefix(chair).or_else(|| {
            let surname = chair.chars().next().map_or(0, char::len_utf8);
            label.strip_prefix(&chair[..surname])
        });
        let of_post = |words: &str| self.post.as_deref().is_some_and(|post| !words.is_empty() && post.ends_with(words));
        let speaks = |words: &str| words.is_empty() || SPEAKS.has(words) || of_post(words);
        label == "主持人" || of_post(label) || rest.is_some_and(|rest| speaks(bare(rest)))
    }

    fn knows(&self, label: &str) -> bool {
        let named =
            |name: &String| label.starts_with(name.as_str()) || label.chars().count() == 1 && name.starts_with(label);
        self.names.iter().any(named)
            || self.name_at(label).is_some_and(|name| bare(label).trim_end_matches("同志").len() == name)
    }

    /// How long the name is that words begin with: 李小军, 老李, 李镇长 of who was there.
    fn name_at(&self, words: &str) -> Option<usize> {
        let whole = self.names.iter().chain(&self.chair).filter(|name| words.starts_with(name.as_str()));
        if let Some(length) = whole.map(String::len).max() {
            return Some(length);
        }
        let known = |surname: char| self.names.iter().chain(&self.chair).any(|name| name.starts_with(surname));
        let mut chars = words.chars();
        let (first, second) = (chars.next()?, chars.next()?);
        if matches!(first, '老' | '小') && known(second) {
            return Some(first.len_utf8() + second.len_utf8());
        }
        let title = TITLES.at(&words[first.len_utf8()..]).filter(|_| known(first))?;
        Some(first.len_utf8() + title.len())
    }

    /// 王书记讲，…, 孙德才先汇报，…: who speaks at the beginning of a sentence, and where their words begin.
    pub(super) fn speaks(&self, text: &str, sentence: Range<usize>) -> Option<Words> {
        let words = text[sentence.clone()].trim_start();
        let sentence = sentence.end - words.len()..sentence.end;
        let length = self.name_at(words)?;
        let behind = words[length..].strip_prefix("同志").unwrap_or(&words[length..]);
        let reach = behind.char_indices().nth(6).map_or(behind.len(), |(at, _)| at);
        let (at, verb) = SAYS.find(&behind[..reach])?;
        let between = &behind[..at];
        let told = &behind[at + verb.len()..];
        if !between.is_empty()
            && !any_of!["先", "最后", "又", "也", "接着", "补充", "总结", "再次", "首先", "插话"].has(between)
        {
            return None;
        }
        let direct = told.trim_start_matches(['道', '：', ':', '，', ',']);
        let said = direct.len() < told.len()
            || matches!(verb, "说" | "讲" | "表示" | "强调") && !told.starts_with(['了', '的', '话']);
        // 杜鹏提议把工钱提到4块
        let report = told.starts_with(['了', '完'])
            || matches!(verb, "建议" | "提议" | "反映" | "认为" | "介绍" | "汇报" | "提出");
        if !said && !report {
            return None;
        }
        let turn = if self.is_chair(&words[..length]) { Turn::Chaired } else { Turn::Said };
        let at = if direct.len() < told.len() || !report { sentence.end - direct.len() } else { sentence.start };
        Some(Words { turn, at, speaker: Some(sentence.start..sentence.start + length) })
    }
}

/// Verbs by which somebody speaks.
static SAYS: Phrases = Phrases::of(&[
    "说", "讲", "提出", "汇报", "介绍", "反映", "认为", "补充", "问", "表示", "强调", "指出", "总结", "表态", "建议",
    "提议", "插话", "安排",
]);

/// Labels of the lines that say who was there.
static PRESENT: Phrases = Phrases::of(&[
    "主持",
    "主持人",
    "参加",
    "参加人员",
    "参加人",
    "出席",
    "出席人员",
    "列席",
    "列席人员",
    "记录",
    "记录人",
    "参会人员",
    "参会",
    "到会",
    "到会人员",
    "与会人员",
]);
/// Labels that begin with a surname.
static NOT_NAMES: Phrases = Phrases::of(&[
    "时间", "地点", "方案", "项目", "任务", "目标", "单位", "时限", "方法", "事项", "内容", "结果", "要求", "安排",
    "项", "和", "金额",
]);
/// What may stand between a name and its colon.
static SPEAKS: Phrases = Phrases::of(&[
    "总结", "讲话", "小结", "最后", "强调", "安排", "部署", "说", "表态", "书记", "主任", "镇长", "乡长", "同志",
]);
/// Labels of what was decided.
static DECIDED: Phrases = Phrases::of(&[
    "定",
    "定了",
    "定下来",
    "最后定了",
    "会上定了",
    "大家定了",
    "议定",
    "决定",
    "决议",
    "商定",
    "会议决定",
    "会议议定",
    "会议决议",
    "会议定",
    "研究决定",
    "讨论决定",
    "集体决定",
    "最后定",
    "定下",
    "形成决议",
    "形成决定",
    "一致决定",
    "一致同意",
    "大会决定",
    "会议结论",
    "结论",
    "会上定",
    "当场定",
    "议决",
    "会议明确",
    "决定事项",
    "议定事项",
    "形成意见",
    "研究意见",
    "讨论结果",
    "会议商定",
    "大家商定",
    "会议形成决议",
    "会议形成如下决议",
]);

/// 会议决定：, with the list below.
pub(super) fn opens_decisions(line: &str) -> bool {
    let label = line.trim_end_matches(['：', ':']);
    let last = label.rfind(['。', '，', '；']).map_or(label, |at| &label[at..]).trim_start_matches(['。', '，', '；']);
    DECIDED.ends(last.trim_end_matches("如下").trim_end_matches("以下事项"))
}

/// 同意毛春燕的意见。, 大家商量后都同意。: the next sentences say how.
pub(super) fn agrees(sentence: &str) -> bool {
    static AGREE: Phrases = Phrases::of(&["同意", "一致通过", "表决通过", "定了", "说定", "敲定"]);
    AGREE.stands_in(sentence) && !any_of!["不同意", "没同意", "不太同意", "未同意"].stands_in(sentence)
}

/// A name among who was there: 陶景明, 支书陶景明.
fn name(word: &str) -> Option<String> {
    // 农技站老舒记录：, where a break between two lines was lost.
    let word = PRESENT.trim_end(word.trim());
    // 农技站老舒: what people call him will do.
    let called = |word: &str| word.chars().count() == 2 && word.starts_with(['老', '小']);
    let names = |word: &str| (2..=4).contains(&word.chars().count()) && (is_name(word) || called(word));
    if names(word) && OFFICES.ending(word).is_none() {
        return Some(word.to_owned());
    }
    // 派出所所长马强, 农业服务中心孙德才: the name stands behind where they work.
    let works = |before: &str| OFFICES.ending(before).is_some() || TITLES.ends(before);
    let behind = word.char_indices().skip(2).find(|(at, _)| works(&word[..*at]) && names(&word[*at..]));
    behind
        .map(|(at, _)| &word[at..])
        .filter(|rest| rest.chars().count() <= 3)
        .or(Some(word).filter(|word| names(word)))
        .map(str::to_owned)
}

/// 陶景明（党委书记）: without the brackets.
fn bare(label: &str) -> &str {
    label.split(['（', '(']).next().unwrap_or(label).trim()
}

/// No label of a turn is longer, in characters.
const LABEL_MAX: usize = 16;

/// Whose words a line gives, and where they begin.
pub(super) fn turn(text: &str, body: Range<usize>, record: Option<&Record>) -> Option<Words> {
    let words = &text[body.clone()];
    // 卢长顺说，…, 尹德才汇报了…
    if let Some(found) = record.and_then(|record| record.speaks(text, body.clone())) {
        return Some(found);
    }
    let (label, rest) = labelled(words, LABEL_MAX)?;
    if label.is_empty() || rest.is_empty() || label.contains(['，', '。', '；', '、']) {
        return None;
    }
    let at = body.end - rest.len();
    if DECIDED.has(label) {
        return Some(Words { turn: Turn::Decided, at, speaker: None });
    }
    let record = record?;
    // 农业服务中心老孙：
    let named = label.char_indices().find_map(|(from, _)| {
        let length = record.name_at(&label[from..])?;
        (from + length == bare(label).trim_end_matches("同志").len()).then_some(from..from + length)
    });
    let start = body.start + words.len() - words.trim_start().len();
    let speaker = named.clone().map(|name| start + name.start..start + name.end);
    let reports = any_of![
        "汇报", "发言", "说", "补充", "提出", "建议", "提问", "问", "答", "介绍", "通报", "插话", "反映", "解释"
    ];
    if record.is_chair(label) {
        Some(Words { turn: Turn::Chaired, at, speaker })
    } else if named.is_some() || record.knows(label) || reports.ends(label) || is_villager(label) {
        Some(Words { turn: Turn::Said, at, speaker })
    } else {
        None
    }
}

/// 村民代表李大山, 代表周桂英: somebody who gives no orders.
fn is_villager(label: &str) -> bool {
    any_of!["村民", "代表", "群众", "居民", "党员", "老人", "住户", "业主", "职工"].begins(label)
        && label.chars().count() <= 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_the_meetings_the_chairs_or_somebodys() {
        let text = "柳湾村村民代表会议记录\n主持：申国强（村支书）\n参加：白桂枝、卢长顺\n";
        let header = Header {
            title: Some("柳湾村村民代表会议记录".into()),
            presided_by: Some("申国强".into()),
            ..Header::default()
        };
        let record = Record::of(text, &header).expect("its title says so");
        let of = |line: &str| turn(line, 0..line.len(), Some(&record)).map(|words| words.turn);
        assert_eq!(of("定：路灯月底装好。"), Some(Turn::Decided));
        assert_eq!(of("申：路灯月底装好。"), Some(Turn::Chaired));
        assert_eq!(of("申支书：路灯月底装好。"), Some(Turn::Chaired));
        assert_eq!(of("申会计：路灯月底装好。"), Some(Turn::Said));
        assert_eq!(of("老卢讲，路灯坏了。"), Some(Turn::Said));
        assert_eq!(of("申书记讲，路灯月底装好。"), Some(Turn::Chaired));
        assert_eq!(of("支书：路灯月底装好。"), Some(Turn::Chaired));
        assert_eq!(of("申国强（总结）：路灯月底装好。"), Some(Turn::Chaired));
        assert_eq!(of("白桂枝：能不能修路？"), Some(Turn::Said));
        assert_eq!(of("卢长顺汇报：账已经对过。"), Some(Turn::Said));
        assert_eq!(of("村民代表武三：要修路。"), Some(Turn::Said));
        assert_eq!(of("地点：村委会"), None);
        assert_eq!(of("责任单位：村委会"), None);
    }
}
