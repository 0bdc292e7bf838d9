//! What a column can hold, and how offices head it.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// What a column holds for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Our own number: the row came from us.
    Number,
    /// The office's own number for the matter.
    Reference,
    /// Where it came from, in words.
    Source,
    /// What is to be done.
    Directive,
    /// A part of it, where several rows share one directive.
    Part,
    /// What it takes to clear it.
    Criterion,
    /// The one lead.
    Lead,
    /// Units that support.
    Supporting,
    /// Who answers for it in person; kept as words.
    Person,
    /// The supervising unit.
    Supervising,
    /// The deadline.
    Due,
    /// What kind of thing it follows.
    Kind,
    /// Who may know.
    Audience,
}

impl Field {
    /// Every field, in the order a form offers them.
    pub const ALL: [Field; 13] = [
        Field::Number,
        Field::Reference,
        Field::Source,
        Field::Directive,
        Field::Part,
        Field::Criterion,
        Field::Lead,
        Field::Supporting,
        Field::Person,
        Field::Supervising,
        Field::Due,
        Field::Kind,
        Field::Audience,
    ];

    /// Its name in forms and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Field::Number => "number",
            Field::Reference => "reference",
            Field::Source => "source",
            Field::Directive => "directive",
            Field::Part => "part",
            Field::Criterion => "criterion",
            Field::Lead => "lead",
            Field::Supporting => "supporting",
            Field::Person => "person",
            Field::Supervising => "supervising",
            Field::Due => "due",
            Field::Kind => "kind",
            Field::Audience => "audience",
        }
    }

    /// The field of this code.
    pub fn parse(code: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.code() == code)
    }
}

/// What offices write over each column; the longest that fits decides. None: a column that is not taken, though it
/// holds a word of another's heading (原定完成时限). A running number (序号) begins anew in every sheet and is none.
const HEADINGS: &[(Option<Field>, &str)] = &[
    (Some(Field::Number), "落实编号|luoshi number"),
    (
        Some(Field::Reference),
        "编号|台账编号|督办编号|任务编号|事项编号|立项编号|督办号|reference|ref|ref no|reference number|our reference|id",
    ),
    (
        Some(Field::Source),
        "来源|任务来源|事项来源|工作来源|立项依据|依据|文件依据|出处|来文|文号|会议名称|source|origin|meeting|document|authority",
    ),
    (
        Some(Field::Directive),
        "工作事项|督办事项|督查事项|重点事项|重点工作|工作任务|任务内容|工作内容|事项内容|事项名称|任务名称|任务|事项|议定事项|\
         批示内容|办理事项|工作目标及任务要求|matter|directive|task|action|what is to be done|work item|item|description|recommendation",
    ),
    (
        Some(Field::Part),
        "具体任务|子任务|分项任务|具体措施|工作措施|工作举措|具体工作|任务分解|sub-task|subtask|measure|part|step",
    ),
    (
        Some(Field::Criterion),
        "目标要求|验收标准|完成标准|工作目标|工作要求|目标任务|目标|成果形式|考核标准|办结标准|acceptance criterion|criterion|\
         acceptance|deliverable|success measure|target|expected result",
    ),
    (
        Some(Field::Lead),
        "牵头单位|牵头部门|责任单位|责任部门|主责单位|主办单位|承办单位|承办部门|落实单位|牵头|主办|承办|lead unit|lead|owner|\
         responsible unit|department|responsible|lead department",
    ),
    (
        Some(Field::Supporting),
        "配合单位|配合部门|协办单位|协办部门|参与单位|责任(配合)单位|协同单位|配合|协办|supporting units|supporting unit|\
         supporting|support|supported by",
    ),
    (
        Some(Field::Person),
        "责任人|具体责任人|牵头领导|责任领导|联系人|经办人|负责人|responsible person|contact|person|officer",
    ),
    (
        Some(Field::Supervising),
        "督查单位|督办单位|监督单位|督导单位|督查部门|supervising unit|supervised by|supervising|supervision",
    ),
    (
        Some(Field::Due),
        "完成时限|完成时间|办结时限|办理时限|截止时间|截止日期|完成期限|完成日期|时间节点|时限要求|时限|期限|due date|due|\
         deadline|by when|complete by|completion date",
    ),
    (Some(Field::Kind), "事项类别|事项类型|类别|类型|kind|type|category"),
    (Some(Field::Audience), "知悉范围|公开范围|audience|who may know"),
    (
        None,
        "序号|原定时限|原定完成时限|原办理时限|延期后时限|实际完成时间|办结时间|进展情况|工作进展|进展|状态|办理状态|工作动态|\
         存在问题|问题|下一步打算|备注|佐证材料|核查人|核查结论|核验方式|销号日期|办理结果|逾期天数|导入说明|no|#|original deadline|original due|\
         original due date|days late|progress|status|state|state code|outcome|remarks|notes|evidence|cleared on|how it was \
         verified|completed on|import remarks",
    ),
];

/// A heading as it is compared: without blanks and line ends (in Chinese), brackets made narrow, in small letters.
pub(super) fn comparable(heading: &str) -> String {
    let is_han = heading.chars().any(crate::lang::is_han);
    let narrow = heading.chars().map(|c| match c {
        '（' | '【' | '[' => '(',
        '）' | '】' | ']' => ')',
        '：' => ':',
        c => c,
    });
    let text: String = narrow.collect::<String>().to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(if is_han { "" } else { " " }).trim_matches([':', '*', '.']).to_owned()
}

/// What a heading that is one of ours to the letter says its column holds. `Some(None)`: a column that is known and not
/// taken.
pub(crate) fn exact(heading: &str) -> Option<Option<Field>> {
    static KNOWN: LazyLock<HashMap<&str, Option<Field>>> = LazyLock::new(|| {
        let words = |words: &'static str| words.split('|').map(str::trim);
        HEADINGS.iter().flat_map(|(field, known)| words(known).map(|word| (word, *field))).collect()
    });
    let heading = comparable(heading);
    let plain = heading.split('(').next().unwrap_or("").trim();
    KNOWN.get(heading.as_str()).or_else(|| KNOWN.get(plain)).copied()
}

/// What a heading says its column holds, and how surely: the length of what fits, doubled where all of it does.
/// `Some(None)`: a column that is known and not taken.
pub(crate) fn guess(heading: &str) -> Option<(Option<Field>, usize)> {
    let heading = comparable(heading);
    // Longer ones are titles and sentences.
    let longest = if heading.chars().any(crate::lang::is_han) { 24 } else { 60 };
    if heading.is_empty() || heading.chars().count() > longest {
        return None;
    }
    let plain = heading.split('(').next().unwrap_or("").trim();
    let mut best: Option<(Option<Field>, usize)> = None;
    for (field, words) in HEADINGS {
        for word in words.split('|').map(str::trim) {
            let length = word.chars().count();
            let weight = if heading == word || plain == word {
                length * 2 + 1
            } else if word.is_ascii() {
                // An English word must stand by itself: "support" is not in "supporter", nor "id" in "provide".
                let fits = heading.split(|c: char| !c.is_ascii_alphanumeric()).collect::<Vec<_>>();
                let parts: Vec<&str> = word.split(|c: char| !c.is_ascii_alphanumeric()).collect();
                if length > 2 && fits.windows(parts.len()).any(|run| run == parts) { length } else { 0 }
            } else if length >= 2 && heading.contains(word) {
                length
            } else {
                0
            };
            if weight > best.map_or(0, |(_, weight)| weight) {
                best = Some((*field, weight));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_both_languages_are_known() {
        for (heading, field) in [
            ("来源", Field::Source),
            ("任务来源\n（会议/文号）", Field::Source),
            ("工作事项", Field::Directive),
            ("目标要求（验收标准）", Field::Criterion),
            ("牵头单位", Field::Lead),
            ("责任（配合）单位", Field::Supporting),
            ("配 合 单 位", Field::Supporting),
            ("具体责任人", Field::Person),
            ("牵头领导", Field::Person),
            ("完成时限", Field::Due),
            ("督办编号", Field::Reference),
            ("落实编号", Field::Number),
            ("Lead unit", Field::Lead),
            ("Supporting units", Field::Supporting),
            ("What is to be done", Field::Directive),
            ("Due date", Field::Due),
            ("Acceptance criterion", Field::Criterion),
            ("Responsible person", Field::Person),
            ("Ref.", Field::Reference),
        ] {
            assert_eq!(guess(heading).and_then(|(field, _)| field), Some(field), "{heading}");
        }
        for heading in ["序号", "原定完成时限", "进展情况", "Original deadline", "Days late", "备注"] {
            assert_eq!(guess(heading).map(|(field, _)| field), Some(None), "{heading}");
        }
        for heading in
            ["", "市长", "provided", "2026年重点工作督办台账及其全部附件和说明以及更多文字更多文字更多文字更多文字"]
        {
            assert_eq!(guess(heading).and_then(|(field, _)| field), None, "{heading}");
        }
    }
}
