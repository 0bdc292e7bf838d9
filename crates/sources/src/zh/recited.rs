//! What a document says that is not this meeting's own: a rule, a draft, an instruction from above, told or quoted.

use crate::phrases::{Phrases, any_of};
use crate::words::first_chars;
use std::ops::Range;

/// What a document does with its content.
static PRESCRIBES: Phrases =
    Phrases::of(&["明确规定", "明确要求", "明确提出", "规定", "明确", "提出", "要求", "指出", "强调"]);
/// Documents whose content the meeting tells and does not order.
static OTHERS: Phrases = Phrases::of(&[
    "批示",
    "重要指示",
    "重要指示批示",
    "办法",
    "条例",
    "细则",
    "草案",
    "工作报告",
    "会议精神",
    "法律",
    "法规",
    "来信",
]);
/// Documents that may be the meeting's own.
static OWN: Phrases = Phrases::of(&["意见", "方案", "规划", "计划", "通知", "文件", "决定", "措施"]);

/// 办法规定, 批示指出, 中办国办通知要求, 省防指在7月4日的通知中要求: at a clause's beginning.
pub(super) fn recites(text: &str, clause: Range<usize>) -> bool {
    let words = &text[clause.clone()];
    let Some((at, _)) = PRESCRIBES.places(words).find(|(at, _)| *at > 0).filter(|(at, _)| *at <= 75) else {
        return false;
    };
    let head = words[..at].trim_end_matches(['还', '也']);
    if head.contains(['要', '应', '须', '把', '将', '按', '对', '经', '据']) {
        return false;
    }
    let named = head.trim_end_matches('中').trim_end_matches(['》', '）', '”']);
    if OTHERS.ends(named) {
        return true;
    }
    OWN.ends(named) && (is_higher(head) || was_adopted(text, clause.start, named))
}

/// 中办国办通知, 省防指在7月4日的通知中: who issued it stands before it.
fn is_higher(head: &str) -> bool {
    any_of!["中办", "国办", "中央", "党中央", "国务院", "国家", "省", "上级", "财政部"].begins(head)
        && head.chars().count() >= 5
}

/// 会议同意《…意见》。意见明确，…: the paper was passed shortly before.
fn was_adopted(text: &str, before: usize, named: &str) -> bool {
    let from = text[..before].char_indices().rev().nth(160).map_or(0, |(at, _)| at);
    let near = text[from..before].rsplit(['\n', '\r']).next().unwrap_or("");
    let kind = OWN.ending(named).unwrap_or(named);
    any_of!["审议", "同意", "通过"].stands_in(near)
        && near.match_indices('》').any(|(at, _)| near[..at].trim_end_matches('）').ends_with(kind))
}

/// 条例草案聚焦数据安全, 修订草案坚持以人民为中心: what a draft is like.
pub(super) fn describes(clause: &str) -> bool {
    if !clause.contains("草案") {
        return false;
    }
    let Some(at) = any_of!["草案"].find(first_chars(clause, 24)).map(|(at, word)| at + word.len()) else {
        return false;
    };
    let rest = clause[at..].trim_start_matches(['》', '）']);
    any_of!["坚持", "聚焦", "围绕", "立足", "着眼", "结合", "突出", "明确", "对", "针对", "从", "细化", "以", "总结"]
        .begins(rest)
}

/// 规定供水水质应当符合标准, 明确处理者不得泄露信息: how the draft that was described goes on.
pub(super) fn recites_on(clause: &str) -> bool {
    any_of!["规定", "明确", "要求", "提出"].begins(clause)
}

/// Whether a sentence opens a quotation of such a document that its own end does not close.
pub(super) fn quotes_on(text: &str, clauses: &[Range<usize>], end: usize) -> bool {
    let Some(last) = clauses.iter().rposition(|clause| recites(text, clause.clone())) else { return false };
    let rest = &text[clauses[last].end..end];
    rest.trim_start_matches(['：', '，', ' ']).starts_with('“') && !rest.contains('”')
}
