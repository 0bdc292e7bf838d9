//! 不少于, 不超过, 提高到, 提高…个百分点, 下降: which way an amount points, in Chinese.

use crate::phrases::{Phrases, any_of};
use std::ops::Range;

use crate::Direction::{AtLeast, AtMost, IncreaseBy, IncreaseTo, LessThan, MoreThan, ReduceBy, ReduceTo};
use crate::direction::{self, Said};
use crate::{Direction, segment};

/// Verbs of more and of less, the longer before those that they hold.
static MORE: Phrases = Phrases::of(&[
    "提高", "提升", "增长", "增加", "上升", "回升", "扩大", "上调", "上涨", "上浮", "增幅", "涨幅", "升幅", "调高",
    "增", "升", "涨",
]);
static LESS: Phrases = Phrases::of(&[
    "降低", "下降", "减少", "压减", "压缩", "压降", "缩短", "缩减", "削减", "下调", "下浮", "精简", "回落", "降幅",
    "减幅", "调低", "减免", "降", "减",
]);
/// Words in which such a verb is none.
const OTHER: [&str; 10] = ["新增", "增设", "增强", "升级", "减排", "减灾", "降水", "升学", "增值", "升旗"];
/// What ends in them has a level that is reached.
const TO: [&str; 3] = ["到", "至", "为"];
/// What may stand between a change and its amount.
const BETWEEN: [&str; 6] = ["幅度", "比例", "比率", "了", "约", "近"];
/// A change measures what stands no further after it, in characters.
const REACH: usize = 14;
/// What stands between belongs to something else.
static APART: Phrases = Phrases::of(&["，", "；", "。", "：", "、", "和", "并", "新建", "建设"]);

/// The direction of an amount that stands in a directive, both as bytes of the text.
pub(crate) fn of(text: &str, span: Range<usize>, amount: Range<usize>) -> Said {
    let (before, said) = (&text[span.start.min(amount.start)..amount.start], &text[amount.clone()]);
    let (bare, bound) = bound(before, said);
    direction::of(change(bare, said), bound)
}

/// What bounds the amount, and what stands before it without the words that do.
fn bound<'t>(before: &'t str, said: &str) -> (&'t str, Option<Direction>) {
    const WORDS: [(&str, Direction); 20] = [
        ("不低于", AtLeast),
        ("不少于", AtLeast),
        ("不小于", AtLeast),
        ("不得低于", AtLeast),
        ("不得少于", AtLeast),
        ("至少", AtLeast),
        ("最少", AtLeast),
        ("不高于", AtMost),
        ("不超过", AtMost),
        ("不大于", AtMost),
        ("不多于", AtMost),
        ("不得超过", AtMost),
        ("不得高于", AtMost),
        ("最多", AtMost),
        ("至多", AtMost),
        ("超过", MoreThan),
        ("高于", MoreThan),
        ("多于", MoreThan),
        ("低于", LessThan),
        ("少于", LessThan),
    ];
    // The amount begins with the last of its words: 不得 stands before 超过500万元.
    let led = |word: &str| {
        let heads = word.char_indices().map(|(at, _)| at).chain([word.len()]).rev();
        let mut led = heads.filter(|at| before.ends_with(&word[..*at]) && said.starts_with(&word[*at..]));
        led.next().or(said.contains(word).then_some(0))
    };
    // Each of them has one of these characters.
    let signs = ['不', '少', '多', '高', '低', '超'];
    let near = before.char_indices().rev().nth(3).map_or(before, |(at, _)| &before[at..]);
    let bounded = said.contains(signs) || near.contains(signs);
    let led = if bounded { WORDS.iter().find_map(|(word, bound)| Some((led(word)?, *bound))) } else { None };
    let after = if said.ends_with("以上") {
        Some(AtLeast)
    } else if any_of!["以下", "以内", "之内"].ends(said) {
        Some(AtMost)
    } else {
        None
    };
    let bare = led.map_or(before, |(length, _)| &before[..before.len() - length]);
    // 达到90% is a level to reach, and more than it is reached too.
    let is_reached = any_of!["达到", "达"].ends(bare);
    let bound = led.map(|(_, bound)| bound).or(after).or(is_reached.then_some(AtLeast));
    (bare, bound)
}

/// How the amount changes what it measures.
fn change(before: &str, said: &str) -> Option<Direction> {
    // 由7.5%降为3% holds both levels and the verb.
    if let Some(verb) = said.strip_prefix(['由', '从']).and_then(verb_in) {
        return Some(if verb { IncreaseTo } else { ReduceTo });
    }
    let mut bare = before.trim_end();
    while let Some(rest) = BETWEEN.iter().find_map(|word| bare.strip_suffix(word)) {
        bare = rest.trim_end();
    }
    let level = TO.iter().find_map(|word| bare.strip_suffix(word));
    let clause = level.unwrap_or(bare);
    let (start, is_more, end) = last_verb(clause)?;
    let between = &clause[end..];
    // 提高服务水平，新建公园3个: the verb changes something else.
    let is_apart = APART.stands_in(between) || segment::marker(between) > 0;
    if is_apart || between.chars().count() > REACH || OTHER.iter().any(|word| is_part(clause, start, end, word)) {
        return None;
    }
    Some(match (is_more, level.is_some()) {
        (true, true) => IncreaseTo,
        (true, false) => IncreaseBy,
        (false, true) => ReduceTo,
        (false, false) => ReduceBy,
    })
}

/// Whether the first verb of change in words is one of more.
fn verb_in(words: &str) -> Option<bool> {
    let first = |verbs: &Phrases| verbs.find(words).map(|(at, _)| at);
    match (first(&MORE), first(&LESS)) {
        (None, None) => None,
        (Some(more), Some(less)) => Some(more < less),
        (more, None) => Some(more.is_some()),
        (None, Some(_)) => Some(false),
    }
}

/// The last verb of change within reach: where it begins, whether it is one of more, and where it ends.
fn last_verb(words: &str) -> Option<(usize, bool, usize)> {
    // Verbs have at most two characters.
    let from = words.char_indices().rev().nth(REACH + 1).map_or(0, |(at, _)| at);
    let all = |verbs: &'static Phrases, is_more: bool| {
        verbs.places(&words[from..]).map(move |(at, verb)| (from + at, is_more, from + at + verb.len()))
    };
    // The one that ends last; of two that end together the longer.
    all(&MORE, true).chain(all(&LESS, false)).max_by_key(|(start, _, end)| (*end, std::cmp::Reverse(*start)))
}

/// Whether a verb is part of a word that means something else.
fn is_part(words: &str, start: usize, end: usize, other: &str) -> bool {
    words.match_indices(other).any(|(at, _)| at <= start && end <= at + other.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zh::quantity::find;

    fn first(text: &str) -> Option<Direction> {
        let amount = find(text, 0..text.len()).into_iter().next().expect("an amount");
        Some(of(text, 0..text.len(), amount)?.0)
    }

    #[test]
    fn bounds_changes_and_levels() {
        for (text, direction) in [
            ("覆盖率不低于80%", Some(AtLeast)),
            ("新建公厕不少于20座", Some(AtLeast)),
            ("新建公厕20座以上", Some(AtLeast)),
            ("完好率达到98%", Some(AtLeast)),
            ("误差不超过3%", Some(AtMost)),
            ("控制在5%以内", Some(AtMost)),
            ("投入超过500万元", Some(MoreThan)),
            ("投入不得超过500万元", Some(AtMost)),
            ("能耗低于3%", Some(LessThan)),
            ("合格率提高到90%", Some(IncreaseTo)),
            ("合格率提高到90%以上", Some(IncreaseTo)),
            ("覆盖率提升至95%", Some(IncreaseTo)),
            ("森林覆盖率提高3个百分点", Some(IncreaseBy)),
            ("提高森林覆盖率3个百分点", Some(IncreaseBy)),
            ("财政收入增长8%左右", Some(IncreaseBy)),
            ("财政收入增长不低于8%", Some(IncreaseBy)),
            ("增幅不超过5%", Some(AtMost)),
            ("发生率下降10%", Some(ReduceBy)),
            ("压减审批时限30%以上", Some(ReduceBy)),
            ("失业率降到5%以下", Some(ReduceTo)),
            ("税率由7.5%降为3%", Some(ReduceTo)),
            ("标准从300元提高到350元", Some(IncreaseTo)),
            ("减少会议20个", Some(ReduceBy)),
        ] {
            assert_eq!(first(text), direction, "{text}");
        }
    }

    #[test]
    fn what_changes_something_else_says_nothing() {
        for text in [
            "新建公厕20座",
            "新增学位5000个",
            "提高服务水平，新建公园3个",
            "增强能力建设20个",
            "升级改造设备12台",
            "增设岗位30个",
            "提高质量和改造校舍20所",
            "投入约500万元",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
