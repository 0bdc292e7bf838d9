//! Who must do it, in Chinese: 各部门要…, 由市发改委牵头, （责任单位：…）.

use super::words::{NOBODY, OFFICES, PREPOSITIONS};
use crate::Profile;
use std::ops::Range;

/// The owner that stands at the beginning of a subject: 各方面 in 各方面在保供工作中. `None` if the subject names nobody.
pub(crate) fn of_subject(text: &str, subject: Range<usize>, profile: &Profile) -> Option<Range<usize>> {
    let words = &text[subject.clone()];
    let head_end = words
        .char_indices()
        .skip(2)
        .find(|(at, _)| PREPOSITIONS.at(&words[*at..]).is_some_and(cuts) && names_office(&words[..*at], profile))
        .map_or(words.len(), |(at, _)| at);
    let head = words[..head_end].trim_end_matches(['，', '、', ' ', '\n', '\r', '也', '都', '均']);
    let head = head.trim_end();
    // 由市督查室公布: the preposition is no part of the name.
    let start = subject.start + if head.starts_with('由') { '由'.len_utf8() } else { 0 };
    names_office(head, profile).then(|| start..subject.start + head.len())
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
    )
}

/// Whether words name an office, a body or a group of people that can be asked.
pub(crate) fn names_office(words: &str, profile: &Profile) -> bool {
    let words = words.trim();
    let length = words.chars().count();
    if !(2..=40).contains(&length) || NOBODY.has(words) {
        return false;
    }
    if words.contains(['，', '。', '：', '“']) || words.starts_with(['的', '了']) {
        return false;
    }
    profile.names().any(|name| words.ends_with(name)) || OFFICES.ending(words).is_some()
}

/// A lead and its helpers, and a deadline, from an assignment in brackets or on its own line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Assignment {
    pub(crate) lead: Option<Range<usize>>,
    pub(crate) supporting: Vec<Range<usize>>,
    pub(crate) due: Option<Range<usize>>,
}

const LEAD_LABELS: [&str; 12] = [
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
];
const SUPPORT_LABELS: [&str; 6] = ["配合单位", "配合部门", "协办单位", "参与单位", "参加单位", "支持单位"];
const DUE_LABELS: [&str; 6] = ["完成时限", "完成时间", "办结时限", "时限要求", "时间节点", "时限"];

/// Read 责任单位：A；配合单位：B、C；完成时限：6月底前, or A牵头，B配合，6月底前完成. `None` if it assigns nothing.
pub(crate) fn assignment(text: &str, range: Range<usize>, profile: &Profile) -> Option<Assignment> {
    let mut found = Assignment::default();
    for part in parts(text, range, &['；', ';', '，', ',', '。', '\n']) {
        let words = text[part.clone()].trim();
        if let Some((label, value)) = words.split_once(['：', ':']) {
            let label = label.trim();
            let start = part.start + (text[part.clone()].rfind(value).unwrap_or(0));
            let value_range = start..start + value.len();
            if LEAD_LABELS.iter().any(|l| label.ends_with(l)) {
                let mut units = parts(text, value_range, &['、', ' ', '\u{3000}']).into_iter();
                found.lead = units.next();
                found.supporting.extend(units);
            } else if SUPPORT_LABELS.iter().any(|l| label.ends_with(l)) {
                found.supporting.extend(parts(text, value_range, &['、', ' ', '\u{3000}']));
            } else if DUE_LABELS.iter().any(|l| label.ends_with(l)) {
                found.due = Some(value_range);
            }
            continue;
        }
        for verb in ["牵头负责", "牵头", "负责落实", "负责", "主办"] {
            if let Some(unit) = words.strip_suffix(verb).filter(|unit| names_office(unit, profile)) {
                let unit = unit.strip_prefix('由').unwrap_or(unit);
                let start = part.start + text[part.clone()].find(unit).unwrap_or(0);
                let mut units = parts(text, start..start + unit.len(), &['、']).into_iter();
                found.lead = found.lead.or(units.next());
                found.supporting.extend(units);
                break;
            }
        }
        for verb in ["配合", "协办", "参与", "参加", "按职责分工负责"] {
            if let Some(units) = words.strip_suffix(verb).filter(|units| names_office(units, profile)) {
                let start = part.start + text[part.clone()].find(units).unwrap_or(0);
                found.supporting.extend(parts(text, start..start + units.len(), &['、']));
                break;
            }
        }
    }
    (found.lead.is_some() || !found.supporting.is_empty() || found.due.is_some()).then_some(found)
}

/// The pieces of a range between marks, without white space, none empty.
pub(crate) fn parts(text: &str, range: Range<usize>, marks: &[char]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = range.start;
    let ends = text[range.clone()]
        .match_indices(marks)
        .map(|(at, mark)| (range.start + at, mark.len()))
        .chain([(range.end, 0)]);
    for (end, mark) in ends {
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
