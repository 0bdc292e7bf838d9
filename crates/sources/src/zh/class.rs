//! Action, target or principle, for a Chinese clause: by its verb, and by the last noun of its object.

use super::clause::{goes_on, is_preparing, modal, strip_adverbs};
use super::words::{ACTS, EFFORTS, PREPOSITIONS, PRODUCTS, STATES};
use super::{due, quantity};
use crate::due::Anchor;
use crate::{Class, Profile};

/// The class of a clause. `phrase` begins with the subject, if there is one.
pub(crate) fn of(phrase: &str, profile: &Profile) -> Class {
    let phrase = phrase.trim();
    // 各部门要…: the subject's nouns say nothing of the object.
    let after_modal = modal(phrase, profile).map_or(0, |(_, end)| end);
    let subject = super::clause::bare_subject(phrase, profile).unwrap_or(0);
    let mut rest = &phrase[after_modal.max(if after_modal == 0 { subject } else { 0 })..];
    // A phrase that prepares the verb is left behind.
    while let Some((head, tail)) = rest.split_once('，') {
        if !is_preparing(head) && !is_slogan(head) {
            break;
        }
        rest = tail;
    }
    let whole = rest;
    let rest = rest.split('，').next().unwrap_or(rest);
    // 10个工作日内公布进展: the verb stands after the time.
    let fronted = due::find(rest, 0..rest.len(), &Anchor::default()).into_iter().find(|time| time.range.start == 0);
    let rest = &rest[fronted.map_or(0, |time| time.range.end)..];
    by_number(whole).unwrap_or_else(|| by_verb(rest))
}

/// Pairs of four characters: 凝聚共识、形成合力.
pub(crate) fn is_slogan(phrase: &str) -> bool {
    phrase.contains('、') && phrase.split('、').all(|part| part.chars().count() == 4)
}

fn by_number(phrase: &str) -> Option<Class> {
    let amounts = !quantity::find(phrase, 0..phrase.len()).is_empty();
    let reaches = [
        "达到",
        "达",
        "降到",
        "降至",
        "降为",
        "提高到",
        "提升到",
        "提升至",
        "升至",
        "增至",
        "增长",
        "控制在",
        "不低于",
        "不少于",
        "不超过",
        "不高于",
        "突破",
        "完成",
        "实现",
        "建成",
        "压减",
        "减少",
        "增加到",
    ];
    if amounts && reaches.iter().any(|word| phrase.contains(word)) {
        return Some(Class::Target);
    }
    // 实现开通 is a state, 开通渠道 an act.
    if STATES.find(phrase).is_some() && !strip_adverbs(phrase).starts_with("开通") {
        return Some(Class::Target);
    }
    let aims = phrase.contains("体系") || phrase.contains("全面完成") || phrase.starts_with("完成");
    let bounded = due::find(phrase, 0..phrase.len(), &Anchor::default()).iter().any(|time| time.binding);
    (aims && bounded || strip_adverbs(phrase).starts_with("全面完成")).then_some(Class::Target)
}

fn by_verb(phrase: &str) -> Class {
    let mut phrase = strip_adverbs(phrase);
    if let Some(stripped) = phrase.strip_prefix("实现") {
        let vague = stripped.ends_with('化')
            || stripped.ends_with("发展")
            || stripped.ends_with("提升")
            || stripped.ends_with("突破")
            || stripped.ends_with("共赢");
        return if vague { Class::Principle } else { Class::Target };
    }
    let product = PRODUCTS.ending(phrase).is_some();
    // 将…纳入…, 对…予以…: the verb stands after the object.
    if let Some(preposition) = PREPOSITIONS.at(phrase) {
        let rest = &phrase[preposition.len()..];
        let verb =
            rest.char_indices().skip(1).find(|(at, _)| ACTS.at(&rest[*at..]).is_some() && !goes_on(&rest[*at..]));
        if verb.is_some() {
            return Class::Action;
        }
        let effort = |(at, _): &(usize, char)| EFFORTS.at(&rest[*at..]).is_some() && !goes_on(&rest[*at..]);
        if let Some((at, _)) = rest.char_indices().skip(1).find(effort) {
            phrase = strip_adverbs(&rest[at..]);
        }
    }
    if let Some(act) = ACTS.at(phrase) {
        let effort = EFFORTS.at(phrase).is_some_and(|effort| effort.len() >= act.len());
        return if effort && !product { Class::Principle } else { Class::Action };
    }
    if let Some(effort) = EFFORTS.at(phrase) {
        let measured = phrase[effort.len()..].starts_with(|c: char| c.is_ascii_digit());
        // 加强…, 推进… stay efforts whatever they are about; 建立, 健全, 开展 make the thing they name.
        let making = [
            "建立",
            "健全",
            "完善",
            "开展",
            "实施",
            "组织",
            "抓好",
            "做好",
            "用好",
            "用足",
            "研究",
            "落实",
            "探索建立",
            "修订",
            "严格落实",
            "总结",
        ];
        let making = making.contains(&effort) && !phrase.contains("体系") && !phrase.contains("格局");
        return if measured || (product && making) { Class::Action } else { Class::Principle };
    }
    if product || !quantity::find(phrase, 0..phrase.len()).is_empty() { Class::Action } else { Class::Principle }
}
