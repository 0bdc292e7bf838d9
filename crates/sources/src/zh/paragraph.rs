//! Chinese paragraphs: which of their sentences order something because of where they stand, and who answers for them.

use super::assemble::ASSIGNED_MAX;
use super::assigned::{assign, assign_open, behind_labels, bracketed, helping, label_at, only_who, own_line};
use super::clause::{clauses, is_order};
use super::due;
use super::enumerator::item;
use super::item::{content_at, is_answered_for, opens_item};
use super::lead::Force;
use super::narrative::is_narrative;
use super::owner::{Assignment, assignment};
use super::record::{Record, Turn, Words, agrees, opens_decisions, turn};
use super::sentence::{after_signs, is_office};
use super::spoken::{self, doer, is_topic};
use super::told::{announces_orders, is_heading_noun, is_register, is_title, opens_as_headline};
use crate::draft::Draft;
use crate::due::Anchor;
use crate::marks::marks;
use crate::phrases::{Phrases, any_of};
use crate::segment::{marker, zh_sentences};
use crate::{Profile, Rule};
use std::ops::Range;

/// What the reader remembers from sentence to sentence.
#[derive(Default)]
pub(crate) struct Voice {
    /// The last sentence ordered something, or announced a list of orders.
    pub(super) open: bool,
    /// The list under way is one of orders.
    pub(super) listing: bool,
    /// The list under way is one of what was decided.
    pub(super) deciding: bool,
    /// The list under way is one of problems or praise.
    pub(super) reporting: bool,
    /// The document announced orders: 现就有关事项通知如下.
    pub(super) ordering: bool,
    /// The owner of the last sentence, for 此外 and 同时.
    pub(super) owner: Option<Range<usize>>,
    /// Whom the list under way addresses: 县公安局：1.….2.…
    pub(super) item_owner: Option<Range<usize>>,
    /// The office that the heading above names.
    pub(super) heading: Option<Range<usize>>,
    /// Where the drafts of the last paragraph begin, for an assignment on a line of its own.
    pub(super) paragraph: usize,
    /// Where the drafts under the last （一） or 一、 begin that nobody has been given yet.
    pub(super) section: Option<usize>,
    /// The last line was an assignment.
    pub(super) assigned: bool,
    /// An assignment above what is to be done.
    above: Option<Assignment>,
    /// What the last paragraph ordered was assigned by the lines above it.
    given_above: bool,
    /// The last line was a short heading.
    pub(super) headed: bool,
    /// The document ordered something before.
    pub(super) found: bool,
    /// The last sentence said that tasks were set.
    pub(super) tasked: bool,
    /// A quotation of somebody else's document goes on.
    pub(super) quoting: bool,
    /// The last line announced the one below, or ended so that another one follows.
    listed: bool,
    /// Whose words the record gives.
    pub(super) speaker: Option<Range<usize>>,
    /// How many announcements were compared with the text after them.
    pub(super) compared: usize,
}

/// What holds for the whole document.
pub(crate) struct Setting<'a> {
    pub(crate) text: &'a str,
    pub(crate) profile: &'a Profile,
    pub(crate) anchor: &'a Anchor,
    /// The document is a plan or a list of tasks: what its items say is to be done.
    pub(crate) plan: bool,
    /// Who was there, of a record of what was said.
    pub(crate) record: Option<&'a Record>,
}

impl Setting<'_> {
    /// Read one paragraph.
    pub(crate) fn read(&self, paragraph: Range<usize>, voice: &mut Voice, out: &mut Vec<Draft>) {
        let text = self.text;
        let sign = marker(&text[paragraph.clone()]);
        let body = paragraph.start + sign..paragraph.end;
        if sign == 0 && opens_as_headline(text, body.clone()) {
            return;
        }
        let task = behind_labels(text, body.clone(), self.profile);
        let labels = body.start..task.unwrap_or(body.end);
        if let Some(found) = own_line(text, labels, self.profile) {
            let from = voice.paragraph.min(out.len());
            let section = voice.section.unwrap_or(from).clamp(from.saturating_sub(ASSIGNED_MAX), from);
            voice.assigned = true;
            // 责任单位：县住建局, with what is to be done below it or behind it.
            if task.is_some() || section == out.len() || voice.given_above {
                voice.above.get_or_insert_default().add(found);
                voice.section = None;
            } else {
                assign_open(&found, &mut out[section..from]);
                assign(&found, &mut out[from..]);
            }
            if task.is_none() {
                return;
            }
        }
        let body = task.unwrap_or(body.start)..body.end;
        let (first, above) = (out.len(), voice.above.take());
        voice.given_above = false;
        let register = is_register(&text[body.clone()]);
        // 定：…, 陶：…: whose words they are.
        let mut spoken = turn(text, body.clone(), self.record).filter(|_| !register);
        let said = |spoken: &Option<Words>| spoken.as_ref().is_some_and(|words| words.turn == Turn::Said);
        if said(&spoken) {
            (voice.open, voice.listing, voice.paragraph) = (false, false, first);
        }
        // 工作要求：完成…: what the item above is about.
        let content = content_at(text, body.clone());
        let body = spoken.as_ref().map(|words| words.at).or(content).unwrap_or(body.start)..body.end;
        let opened = || voice.listed && voice.listing && bracketed(text, body.clone(), self.profile).is_some();
        let answered = sign > 0 && is_answered_for(text, paragraph.clone()) || opened();
        let turned = spoken.as_ref().map(|words| words.turn);
        let recorded = self.record.is_some();
        let decided =
            turned == Some(Turn::Decided) || recorded && (sign > 0 || voice.listed) && voice.listing && voice.deciding;
        let is_item = content.is_some() || answered || decided;
        let numbered =
            text[paragraph.clone()].trim_start().starts_with(|c: char| "（(一二三四五六七八九十".contains(c));
        let heads = || is_short_heading(&text[body.clone()]) && opens_item(text, paragraph.clone());
        if sign > 0 && (numbered || heads()) || voice.assigned && voice.section.is_some() {
            voice.section = Some(first);
        }
        voice.assigned = false;
        let headed = std::mem::replace(&mut voice.headed, sign > 0 && is_short_heading(&text[body.clone()]));
        if content.is_none() && register {
            return;
        }
        if self.heading(body.clone(), sign > 0, voice) {
            voice.paragraph = first;
            return;
        }
        // The sentence of the paragraph above goes on here.
        let broken = text[..paragraph.start].trim_end().ends_with(['；', '，', '、']);
        // 一是…, with its paragraph to itself.
        let counted = sign > 0 || item(text[body.clone()].trim_start()).is_some();
        if !counted && content.is_none() {
            voice.open &= broken;
            voice.listing = voice.listing && !out.is_empty();
        }
        voice.quoting = false;
        // 一是…, in a paragraph of its own behind one of orders.
        let goes_on = item(text[body.clone()].trim_start()).is_some() && voice.open && !voice.reporting;
        let listed = is_item || counted && voice.listing || goes_on || sign > 0 && self.plan || self.plan && headed;
        voice.ordering |= self.plan || self.record.is_some();
        voice.open = listed || broken && voice.open;
        let mut since = out.len();
        // Where the drafts begin that a label may give to somebody, and whether one has.
        let (mut group, mut labelled) = (out.len(), false);
        let sentences = zh_sentences(text, body.clone());
        let title = counted
            && sentences.len() > 1
            && sentences.first().is_some_and(|first| is_title(&text[after_signs(text, first.clone()).0..first.end]));
        // The record has said that it was agreed: what comes after is how.
        let mut agreed = false;
        for (n, sentence) in sentences.into_iter().enumerate() {
            let before = out.len();
            let label = label_at(text, sentence.clone());
            let whole = sentence.clone();
            let sentence = sentence.start..label.unwrap_or(sentence.end);
            // 3.污水处理厂提标改造。加快…: a title that is a noun.
            let noun = n == 0 && title && !is_order(&text[after_signs(text, sentence.clone()).0..sentence.end]);
            if noun && label.is_none() && !text[sentence.clone()].starts_with(['市', '县', '区', '省', '各', '由'])
            {
                continue;
            }
            if text[sentence.clone()].trim().is_empty() {
                group = group.max(out.len().saturating_sub(ASSIGNED_MAX));
                labelled |= self.label(whole, label, &mut out[group..]);
                continue;
            }
            if let Some(helpers) = self.only_helpers(sentence.clone()) {
                assign(&Assignment { supporting: helpers, ..Assignment::default() }, &mut out[since.min(before)..]);
                continue;
            }
            // 老王讲，…: somebody else goes on.
            let next = self.record.filter(|_| n > 0).and_then(|record| record.speaks(text, sentence.clone()));
            let sentence = next.as_ref().map_or(sentence.start, |words| words.at)..sentence.end;
            spoken = next.or(spoken);
            voice.speaker = spoken.as_ref().and_then(|words| words.speaker.clone());
            if said(&spoken) {
                self.said(sentence, voice, out);
                since = out.len();
                continue;
            }
            // 租金谈不谈？
            if spoken.is_some() && text[sentence.clone()].ends_with('？') {
                continue;
            }
            if let Some(owner) = self.only_doer(sentence.clone()) {
                assign(&Assignment { lead: Some(owner), ..Assignment::default() }, &mut out[since.min(before)..]);
                since = out.len();
                continue;
            }
            let chaired = spoken.as_ref().is_some_and(|words| words.turn == Turn::Chaired);
            let listed = listed || agreed || chaired;
            agreed |= self.record.is_some() && agrees(&text[sentence.clone()]);
            let begun = match (is_item, listed || sign > 0 && n == 0 && voice.open) {
                (true, _) => Some(Force::Firm(Rule::ZhEnumerated)),
                (false, true) => Some(Force::Soft(Rule::ZhEnumerated)),
                (false, false) => None,
            };
            self.sentence(sentence.clone(), voice, begun, out);
            if labelled && out.len() > before {
                (group, labelled) = (before, false);
            }
            group = group.max(out.len().saturating_sub(ASSIGNED_MAX));
            labelled |= self.label(whole, label, &mut out[group..]);
            if let Some(found) = bracketed(text, sentence, self.profile) {
                let from = if out.len() > before { since.min(before) } else { since };
                assign(&found, &mut out[from..]);
                since = out.len();
            }
        }
        if said(&spoken) {
            (voice.open, voice.listing) = (false, false);
            return;
        }
        let words = text[body].trim_end();
        let ends_open = words.ends_with(['：', ':']) || words.ends_with("如下。") || voice.tasked;
        voice.listing = (ends_open || (counted || content.is_some() || decided) && voice.listing) && !voice.reporting;
        // 会议决定：, and lines below it that no number counts but the last ends with a full stop.
        voice.listed = ends_open || words.ends_with(['；', ';']);
        voice.deciding = voice.listing && (voice.deciding || ends_open && opens_decisions(words));
        voice.ordering |= ends_open && announces_orders(words);
        voice.paragraph = first;
        if let Some(found) = above.filter(|_| out.len() > first) {
            let most = out.len().min(first + ASSIGNED_MAX);
            assign(&found, &mut out[first..most]);
            voice.given_above = true;
        }
    }

    /// 责任单位：市城管局；办结时限：9月20日前。 behind what is to be done.
    fn label(&self, sentence: Range<usize>, label: Option<usize>, drafts: &mut [Draft]) -> bool {
        let Some(found) = label.and_then(|at| assignment(self.text, at..sentence.end, self.profile)) else {
            return false;
        };
        assign(&found, drafts);
        true
    }

    /// What somebody says who gives no orders: what they undertake, and what they leave to somebody by name.
    fn said(&self, sentence: Range<usize>, voice: &mut Voice, out: &mut Vec<Draft>) {
        let text = self.text;
        voice.open = false;
        if text[sentence.clone()].ends_with('？') {
            return;
        }
        let all = clauses(text, sentence.clone());
        let wish = |words: &str| WISHES.stands_in(words);
        let takes = |clause: &Range<usize>| {
            let words = &text[clause.clone()];
            doer(words, self.profile, |rest| rest).is_some_and(|doer| doer.certain && doer.by_name(words))
        };
        // 下周三前再清一轮: a day, and what is done by it.
        let bounded = |clause: &Range<usize>| {
            let end = due::first(text, clause.clone(), self.anchor).filter(|_| clause.start == all[0].start);
            end.is_some_and(|end| {
                let rest = &text[end..clause.end];
                text[..end].ends_with(['前', '内', '底']) && (is_order(rest) || spoken::orders(rest, true))
            })
        };
        let commits = |clause: &Range<usize>| wish(&text[clause.clone()]) || takes(clause) || bounded(clause);
        let Some(at) = all.iter().position(commits) else { return };
        if wish(&text[all[at].clone()]) || is_narrative(&text[all[at].clone()], self.profile) {
            return;
        }
        let from = if at > 0 && is_topic(&text[all[at - 1].clone()]) { at - 1 } else { at };
        self.sentence(all[from].start..sentence.end, voice, Some(Force::Soft(Rule::ZhUndertaking)), out);
        voice.open = false;
    }

    /// A line that only names an office, or only says what the part under it is about.
    fn heading(&self, body: Range<usize>, signed: bool, voice: &mut Voice) -> bool {
        let words = self.text[body.clone()].trim();
        if marks!['。', '；', '，', '！'].stand_in(words) || words.chars().count() > 40 {
            return false;
        }
        let bare = words.trim_end_matches(['：', ':']);
        if bare.chars().count() <= 16 && (signed || bare.len() < words.len()) && is_office(bare, self.profile) {
            // 各街道办事处、区直有关单位： under the title greets whom the letter goes to.
            let greets = !signed && !voice.found;
            voice.heading = Some(body.start..body.start + bare.len()).filter(|_| !greets);
            voice.listing = true;
            return true;
        }
        let topic = any_of!["关于", "研究", "听取", "传达", "审议", "讨论", "学习", "汇报"].begins(words)
            || any_of!["要求", "问题", "情况", "事项", "纪要", "通知", "精神"].ends(words);
        if signed {
            voice.heading = None;
        }
        // 四、学校门口交通: what a record deals with next.
        let chinese = || {
            let line = self.text[..body.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
            self.text[line..body.start].trim_start().starts_with(|c: char| "一二三四五六七八九十".contains(c))
        };
        let decided = voice.listing && voice.deciding && is_order(bare);
        let deals = signed && self.record.is_some() && !decided && chinese();
        signed && (topic || is_heading_noun(bare)) || deals
    }

    /// 市住建局、市城管局配合。: who supports what was said before.
    fn only_helpers(&self, sentence: Range<usize>) -> Option<Vec<Range<usize>>> {
        let words = self.text[sentence.clone()].trim_end_matches(['。', '；', ' ']);
        if marks!['，', '：'].stand_in(words) {
            return None;
        }
        let lead = words.len() - words.trim_start().len();
        helping(self.text, sentence.start + lead..sentence.start + words.len(), self.profile)
    }

    /// 乔阿凤负责。: who does what was said before.
    fn only_doer(&self, sentence: Range<usize>) -> Option<Range<usize>> {
        let words = &self.text[sentence.clone()];
        let plain = words.trim_end_matches(['。', '；', ' ']);
        if !any_of!["负责", "牵头", "落实", "办理", "承办"].ends(plain) || plain.contains(['，', '：']) {
            return None;
        }
        let lead = plain.len() - plain.trim_start().len();
        only_who(self.text, sentence.start + lead..sentence.start + plain.len(), self.profile)
    }
}

/// What is wished, and not undertaken.
static WISHES: Phrases = Phrases::of(&[
    "建议",
    "希望",
    "能不能",
    "是不是",
    "可以",
    "最好",
    "提议",
    "要是",
    "如果",
    "请示",
    "想请",
    "恳请",
    "可不可以",
    "要不要",
    "恐怕",
]);

/// 一、整改任务: nothing but a few words.
fn is_short_heading(line: &str) -> bool {
    line.chars().count() <= 30 && !line.contains(['。', '；', '，', '：'])
}
