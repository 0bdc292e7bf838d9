//! What stands before a clause's own words: its number, or a word that only links it to the one before.

use crate::phrases::{Phrases, any_of};
use crate::segment::marker;

/// 一是, 第二, （三）, 4. at a clause's beginning; its length.
pub(super) fn enumerator(clause: &str) -> Option<usize> {
    let trimmed = clause.trim_start();
    let lead = clause.len() - trimmed.len();
    if item(trimmed).is_some() {
        let length: usize = trimmed.chars().take(2).map(char::len_utf8).sum();
        return Some(lead + length);
    }
    // 一要, 二要: the modal stays with the clause.
    let mut chars = trimmed.chars();
    if let (Some(n), Some('要')) = (chars.next(), chars.next())
        && "一二三四五六七八九十".contains(n)
        && !chars.as_str().starts_with(['素', '点', '件', '领'])
    {
        return Some(lead + n.len_utf8());
    }
    if let Some(word) = any_of!["第一", "第二", "第三", "第四", "第五", "首先", "其次", "最后"].at(trimmed)
    {
        let rest = &trimmed[word.len()..];
        if rest.is_empty() || rest.starts_with(['、', '，', '是']) {
            return Some(lead + word.len() + rest.chars().next().map_or(0, char::len_utf8));
        }
    }
    match marker(clause) {
        0 => None,
        length => Some(length),
    }
}

/// The number of 一是, 二是 …
pub(super) fn item(clause: &str) -> Option<usize> {
    let mut chars = clause.chars();
    let first = chars.next()?;
    if chars.next() != Some('是') {
        return None;
    }
    "一二三四五六七八九十".chars().position(|c| c == first).map(|n| n + 1)
}

/// Words that only link: 并, 同时, 此外.
pub(super) fn linking(clause: &str) -> Option<usize> {
    static LINKS: Phrases = Phrases::of(&[
        "此外",
        "同时",
        "另外",
        "并且",
        "而且",
        "与此同时",
        "还要求",
        "为此",
        "并要求",
        "并",
        "而",
        "还",
        "且",
    ]);
    for word in LINKS.all_at(clause) {
        let rest = &clause[word.len()..];
        let own = match word {
            "并" => !rest.starts_with(['联', '网', '购', '轨', '存', '重', '列', '举']),
            "而" => !rest.starts_with('言'),
            "还" => !rest.starts_with(['款', '贷', '本', '清', '田', '林', '存', '是']),
            "且" => true,
            _ => rest.is_empty() || !rest.starts_with('的'),
        };
        if own && !rest.is_empty() {
            return Some(word.len());
        }
    }
    None
}
