//! Work shared out beside the order: （责任单位：…；完成时限：…）, 由…牵头，…配合.

use super::clause::is_order;
use super::due;
use super::lead::is_name;
use super::owner::{Assignment, assignment, names_office, parts, starts_with_label};
use super::sentence::is_office;
use crate::Profile;
use crate::draft::Draft;
use crate::due::Anchor;
use crate::marks::marks;
use crate::phrases::{Phrases, any_of};
use crate::segment::zh_sentences;
use std::ops::Range;

/// A line that only says who and when: 责任单位：市水务局.
pub(super) fn own_line(text: &str, range: Range<usize>, profile: &Profile) -> Option<Assignment> {
    let words = text[range.clone()].trim_start_matches(['（', '(', '【', '[']);
    if starts_with_label(words) { assignment(text, range, profile) } else { None }
}

/// Where what is to be done begins in 责任单位：市水务局。完成时限：5月底前。要完成清淤。, behind the labels of its line.
pub(super) fn behind_labels(text: &str, range: Range<usize>, profile: &Profile) -> Option<usize> {
    if !starts_with_label(&text[range.clone()]) {
        return None;
    }
    let labelled = |sentence: &Range<usize>| starts_with_label(text[sentence.clone()].trim_start());
    let task = zh_sentences(text, range).into_iter().find(|sentence| !labelled(sentence))?;
    let says = assignment(text, task.clone(), profile).is_some();
    (!says).then_some(task.start)
}

/// An assignment in the last brackets of a sentence, or in brackets that follow it.
pub(super) fn bracketed(text: &str, sentence: Range<usize>, profile: &Profile) -> Option<Assignment> {
    let body = &text[sentence.clone()];
    let open = marks!['（', '('].rfind(body)?;
    let inner = open + body[open..].chars().next().map_or(1, char::len_utf8);
    let close = inner + body[inner..].find(['）', ')'])?;
    let inside = sentence.start + inner..sentence.start + close;
    let words = &text[inside.clone()];
    let says = any_of!["牵头", "负责", "责任", "配合", "时限", "主办", "完成时间", "承办"].stands_in(words);
    if says {
        return assignment(text, inside, profile);
    }
    // （市水务局，6月底前） ends its sentence; 村（社区）干部 goes on.
    let tail = body[close..].trim_start_matches(['）', ')']);
    if !tail.trim_matches(['。', '；', ' ', '\n', '\r']).is_empty() {
        return None;
    }
    let mut found = Assignment::default();
    for part in parts(text, inside, &['，', '；', ',', ';']) {
        let words = &text[part.clone()];
        if is_office(words, profile) || words.contains('、') && names_office(words, profile) {
            let mut units = parts(text, part, &['、']).into_iter();
            found.lead = found.lead.or(units.next());
            found.supporting.extend(units);
        } else if due::may_begin(words) && due::first(text, part.clone(), &Anchor::default()) == Some(part.end) {
            found.due = Some(part);
        } else {
            return None;
        }
    }
    found.lead.is_some().then_some(found)
}

pub(super) fn assign(found: &Assignment, drafts: &mut [Draft]) {
    for draft in drafts {
        // 管线单位要开辟绿色通道: who is named in the clause does it, whoever answers for the item.
        let named = draft.owner.is_some() && !matches!(draft.owner_rule, "zh-owner-assigned" | "zh-owner-heading");
        if let Some(lead) = found.lead.as_ref().filter(|_| !named) {
            draft.owner = Some(lead.clone());
            draft.owner_rule = "zh-owner-assigned";
        }
        draft.supporting.extend(found.supporting.iter().cloned());
        if draft.due.is_none() {
            draft.due = found.due.clone();
        }
    }
}

/// A clause that only says who: its lead, and who supports.
pub(super) fn shared_out(
    text: &str,
    clause: Range<usize>,
    profile: &Profile,
) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let words = &text[clause.clone()];
    if !any_of!["牵头", "总负责"].stands_in(words) {
        return None;
    }
    let lead = match led_by(text, clause.clone(), profile) {
        Some(lead) => lead,
        None => {
            let (named, _) = words.split_once("牵头")?;
            names_office(named, profile).then(|| clause.start..clause.start + named.len())?
        }
    };
    let (at, verb) = ["牵头负责", "牵头", "总负责"].iter().find_map(|verb| words.find(verb).map(|at| (at, verb)))?;
    let rest = words[at + verb.len()..].trim_start_matches(['、', ' ']);
    let helpers =
        ["积极配合", "协同配合", "配合", "参与", "协办", "参加"].iter().find_map(|verb| rest.strip_suffix(verb));
    match helpers {
        None => rest.is_empty().then_some((lead, vec![])),
        Some(units) => {
            let from = clause.end - rest.len();
            Some((lead, parts(text, from..from + units.len(), &['、', '和', '及'])))
        }
    }
}

/// 市公安局、市民政局配合: who supports, where a clause says nothing else.
pub(super) fn helping(text: &str, clause: Range<usize>, profile: &Profile) -> Option<Vec<Range<usize>>> {
    let words = &text[clause.clone()];
    let verbs = any_of!["积极配合", "协同配合", "予以配合", "做好配合", "配合", "参与", "协办", "协助", "参加"];
    let units = &words[..words.len() - verbs.ending(words)?.len()];
    let units = units.trim_end_matches("按职责分工").trim_end_matches("按照职责分工");
    names_office(units, profile).then(|| parts(text, clause.start..clause.start + units.len(), &['、', '和', '及']))
}

/// 由市发改委牵头: only the lead.
pub(super) fn led_by(text: &str, clause: Range<usize>, profile: &Profile) -> Option<Range<usize>> {
    let words = &text[clause.clone()];
    let from = words.find('由')? + '由'.len_utf8();
    let to = from + any_of!["牵头", "总负责", "负责", "组织", "会同", "具体"].find(&words[from..])?.0;
    let unit = words[from..to].trim();
    names_office(unit, profile).then(|| clause.start + from..clause.start + from + unit.len())
}

/// Like [`assign`], to those that nobody has: the items before the last one of a section.
pub(super) fn assign_open(found: &Assignment, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| draft.owner.is_none() || draft.owner_rule == "zh-owner-assigned") {
        let owned = draft.owner.is_some();
        assign(
            &Assignment { lead: found.lead.clone().filter(|_| !owned), ..found.clone() },
            std::slice::from_mut(draft),
        );
    }
}

/// Where a label stands in a sentence that shares the work out: 责任单位：, behind a mark or a space.
pub(super) fn label_at(text: &str, sentence: Range<usize>) -> Option<usize> {
    let words = &text[sentence.clone()];
    marks!['：', ':'].places(words).find_map(|colon| {
        let from =
            words[..colon].char_indices().rev().take(6).filter(|(at, _)| starts_with_label(&words[*at..])).last()?.0;
        // （责任单位：…；完成时限：…） is read as one.
        let open = words[..from].rfind(['（', '(']).is_some_and(|at| !words[at..from].contains(['）', ')']));
        let before = words[..from].trim_end();
        let apart = before.len() < from || before.is_empty() || before.ends_with(['；', '，', '。', '、', '：']);
        (apart && !open).then_some(sentence.start + from)
    })
}

/// 由市水务局负责, 杜小满牵头落实: a clause that only says who.
pub(super) fn only_who(text: &str, clause: Range<usize>, profile: &Profile) -> Option<Range<usize>> {
    let words = &text[clause.clone()];
    static DOES: Phrases = Phrases::of(&[
        "牵头负责",
        "具体负责",
        "负责落实",
        "牵头落实",
        "负责办理",
        "负责实施",
        "组织实施",
        "牵头",
        "负责",
        "承办",
        "落实",
        "办理",
    ]);
    let verb = DOES.ending(words)?;
    let who = words[..words.len() - verb.len()].trim_end_matches("负责").trim_end_matches("牵头");
    // 文旅局要牵头
    let who = who.trim_end_matches(['要', '应', '须']);
    let unit = who.strip_prefix('由').unwrap_or(who);
    if unit.contains('由') {
        return None;
    }
    let told = unit.len() < who.len() || verb.contains("负责") || verb.contains("牵头");
    let named = names_office(unit, profile) || is_name(unit.trim_end_matches("同志")) && unit.chars().count() <= 6;
    let start = clause.start + who.len() - unit.len();
    (told && named && !is_order(unit)).then(|| start..start + unit.len())
}
