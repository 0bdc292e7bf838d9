//! Items of a list of work: 工作要求：…, and who answers for it by when on a line below or behind it.

use super::owner::{ends_with_lead_label, starts_with_label};
use crate::marks::marks;
use crate::phrases::{Phrases, any_of};
use crate::words::first_chars;
use std::ops::Range;

/// What the label of a piece of work ends with: 工作要求, 建设内容, 年度目标.
static CONTENTS: Phrases =
    Phrases::of(&["要求", "任务", "内容", "措施", "目标", "举措", "事项", "规模", "计划", "安排", "意见", "标准"]);

/// Where the words begin that a label at the beginning of a line puts forward: 工作要求：完成…. `None` without a label, or
/// with nothing behind it.
pub(super) fn content_at(text: &str, body: Range<usize>) -> Option<usize> {
    let (label, rest) = labelled(&text[body.clone()], LABEL_MAX)?;
    let label = label.trim_start_matches(['【', '[']).trim_end_matches(['】', ']']);
    let named = CONTENTS.ends(label)
        && label.chars().all(crate::lang::is_han)
        && !any_of!["会议", "问题", "情况", "强调", "指出", "提出", "汇报", "讨论", "议定"].stands_in(label);
    (named && !rest.is_empty()).then(|| body.end - rest.len())
}

/// A label of so many characters at most, with its colon, and what stands behind it, the label without white space
/// around it and that without any before it; either may be empty.
pub(super) fn labelled(words: &str, most: usize) -> Option<(&str, &str)> {
    let colon = marks!['：', ':'].find(first_chars(words, most))?;
    let rest = words[colon..].strip_prefix(['：', ':'])?.trim_start();
    Some((words[..colon].trim(), rest))
}

/// No label is longer, in characters, with its colon.
const LABEL_MAX: usize = 11;

/// Whether a line below a heading says what is to be done: 工作要求：….
pub(super) fn opens_item(text: &str, heading: Range<usize>) -> bool {
    next_line(text, heading.end).is_some_and(|line| content_at(text, line).is_some())
}

/// Whether somebody answers for what a paragraph says: 责任单位：市水务局 in it, or on the line below.
pub(super) fn is_answered_for(text: &str, paragraph: Range<usize>) -> bool {
    let words = &text[paragraph.clone()];
    let inside = words.match_indices('：').any(|(at, _)| ends_with_lead_label(&words[..at]));
    let below = || {
        next_line(text, paragraph.end)
            .is_some_and(|line| starts_with_label(text[line].trim_start_matches(['（', '(', '【', '['])))
    };
    inside || below()
}

/// The next line that is not empty, without white space around it.
fn next_line(text: &str, end: usize) -> Option<Range<usize>> {
    let rest = &text[end..];
    let start = end + rest.len() - rest.trim_start().len();
    let end = marks!['\n', '\r'].find(&text[start..]).map_or(text.len(), |end| start + end);
    let line = text[start..end].trim_end();
    (!line.is_empty()).then(|| start..start + line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_says_what_is_to_be_done() {
        let behind = |line: &str| content_at(line, 0..line.len()).map(|at| line[at..].to_owned());
        assert_eq!(behind("工作要求：补种行道树。").as_deref(), Some("补种行道树。"));
        assert_eq!(behind("【建设内容】：新建泵站").as_deref(), Some("新建泵站"));
        for line in ["会议要求：补种行道树", "存在问题：树死了", "有关要求：", "责任单位：市林业局", "补种行道树"]
        {
            assert_eq!(behind(line), None, "{line}");
        }
    }

    #[test]
    fn an_item_is_answered_for_in_it_or_below() {
        let answered = |text: &str| is_answered_for(text, 0..text.lines().next().map_or(0, str::len));
        assert!(answered("1．新建泵站。责任单位：市水务局"));
        assert!(answered("1．新建泵站\n\n（责任单位：市水务局）"));
        assert!(!answered("1．新建泵站\n2．补种行道树\n责任单位：市林业局"));
    }
}
