//! Directives in Chinese paragraphs: who speaks, and which clauses order something.

use super::assemble::{ASSIGNED_MAX, Assembly};
use super::assigned::{assign, assign_open, bracketed, helping, label_at, only_who, own_line, shared_out};
use super::clause::{
    clauses, has_verb, is_condition, is_narrative, is_order, is_preparing, judges_before, modal, permits, strip_adverbs,
};
use super::due;
use super::enumerator::{enumerator, item, linking};
use super::item::{content_at, is_answered_for, opens_item};
use super::lead::{Force, addressee, cites, lead, outsider};
use super::owner::{Assignment, assignment, names_office, of_subject};
use super::quantity;
use super::recited::{describes, quotes_on, recites, recites_on};
use super::record::{Record, Turn, agrees, opens_decisions, turn};
use super::told::{
    adopts, advises, announces, announces_orders, appoints, defers, is_adopted, is_heading_noun, is_headline,
    is_register, is_scope, is_size, is_title, is_topic, keep_pending, looks_back, opens_as_headline, opens_list,
    orders_in, repeats_later, rules_whole, said_again, sets_tasks,
};
use super::words::ACTS;
use crate::draft::Draft;
use crate::due::Anchor;
use crate::phrases::{Phrases, any_of};
use crate::segment::{marker, zh_sentences};
use crate::{Profile, Rule};
use std::cell::Cell;
use std::ops::Range;

/// What the reader remembers from sentence to sentence.
#[derive(Default)]
pub(crate) struct Voice {
    /// The last sentence ordered something, or announced a list of orders.
    open: bool,
    /// The list under way is one of orders.
    listing: bool,
    /// The list under way is one of what was decided.
    deciding: bool,
    /// The list under way is one of problems or praise.
    reporting: bool,
    /// The document announced orders: 现就有关事项通知如下.
    ordering: bool,
    /// The owner of the last sentence, for 此外 and 同时.
    owner: Option<Range<usize>>,
    /// The office that the heading above names.
    heading: Option<Range<usize>>,
    /// Where the drafts of the last paragraph begin, for an assignment on a line of its own.
    paragraph: usize,
    /// Where the drafts under the last （一） or 一、 begin that nobody has been given yet.
    section: Option<usize>,
    /// The last line was an assignment.
    assigned: bool,
    /// The last line was a short heading.
    headed: bool,
    /// The document ordered something before.
    found: bool,
    /// The last sentence said that tasks were set.
    tasked: bool,
    /// A quotation of somebody else's document goes on.
    quoting: bool,
    /// How many announcements were compared with the text after them.
    compared: usize,
}

/// So many announcements of a document are compared with what comes after them.
const COMPARED_MAX: usize = 3;

/// What tells of the past.
static PAST: Phrases =
    Phrases::of(&["以来", "去年", "上半年", "累计", "截至", "前三季度", "已经", "全部完成，", "同比", "较上年"]);

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
        if let Some(found) = own_line(text, body.clone(), self.profile) {
            let from = voice.paragraph.min(out.len());
            let section = voice.section.unwrap_or(from).clamp(from.saturating_sub(ASSIGNED_MAX), from);
            assign_open(&found, &mut out[section..from]);
            assign(&found, &mut out[from..]);
            voice.assigned = true;
            return;
        }
        let first = out.len();
        let register = is_register(&text[body.clone()]);
        // 定：…, 陶：…: whose words they are.
        let turn = turn(text, body.clone(), self.record).filter(|_| !register);
        if let Some((Turn::Said, _)) = turn {
            (voice.open, voice.listing, voice.paragraph) = (false, false, first);
            return;
        }
        // 工作要求：完成…: what the item above is about.
        let content = content_at(text, body.clone());
        let body = turn.map(|(_, at)| at).or(content).unwrap_or(body.start)..body.end;
        let answered = sign > 0 && is_answered_for(text, paragraph.clone());
        let decided = matches!(turn, Some((Turn::Decided, _))) || sign > 0 && voice.listing && voice.deciding;
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
        // 一是…, with its paragraph to itself.
        let counted = sign > 0 || item(text[body.clone()].trim_start()).is_some();
        if !counted && content.is_none() {
            voice.open = false;
            voice.listing = voice.listing && !out.is_empty();
        }
        voice.quoting = false;
        // 一是…, in a paragraph of its own behind one of orders.
        let goes_on = item(text[body.clone()].trim_start()).is_some() && voice.open && !voice.reporting;
        let listed = is_item || counted && voice.listing || goes_on || sign > 0 && self.plan || self.plan && headed;
        voice.ordering |= self.plan || self.record.is_some();
        voice.open = listed;
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
            // 租金谈不谈？
            if turn.is_some() && text[sentence.clone()].ends_with('？') {
                continue;
            }
            if let Some(owner) = self.only_doer(sentence.clone()) {
                assign(&Assignment { lead: Some(owner), ..Assignment::default() }, &mut out[since.min(before)..]);
                since = out.len();
                continue;
            }
            let listed = listed || agreed || matches!(turn, Some((Turn::Chaired, _)));
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
        let words = text[body].trim_end();
        let ends_open = words.ends_with(['：', ':']) || words.ends_with("如下。") || voice.tasked;
        voice.listing = (ends_open || (counted || content.is_some()) && voice.listing) && !voice.reporting;
        voice.deciding =
            voice.listing && (voice.deciding || self.record.is_some() && ends_open && opens_decisions(words));
        voice.ordering |= ends_open && announces_orders(words);
        voice.paragraph = first;
    }

    /// 责任单位：市城管局；办结时限：9月20日前。 behind what is to be done.
    fn label(&self, sentence: Range<usize>, label: Option<usize>, drafts: &mut [Draft]) -> bool {
        let Some(found) = label.and_then(|at| assignment(self.text, at..sentence.end, self.profile)) else {
            return false;
        };
        assign(&found, drafts);
        true
    }

    /// A line that only names an office, or only says what the part under it is about.
    fn heading(&self, body: Range<usize>, signed: bool, voice: &mut Voice) -> bool {
        let words = self.text[body.clone()].trim();
        if words.contains(['。', '；', '，', '！']) || words.chars().count() > 40 {
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
        signed && (topic || is_heading_noun(bare))
    }

    /// 市住建局、市城管局配合。: who supports what was said before.
    fn only_helpers(&self, sentence: Range<usize>) -> Option<Vec<Range<usize>>> {
        let words = self.text[sentence.clone()].trim_end_matches(['。', '；', ' ']);
        if words.contains(['，', '：']) {
            return None;
        }
        let lead = words.len() - words.trim_start().len();
        helping(self.text, sentence.start + lead..sentence.start + words.len(), self.profile)
    }

    /// 乔阿凤负责。: who does what was said before.
    fn only_doer(&self, sentence: Range<usize>) -> Option<Range<usize>> {
        let words = &self.text[sentence.clone()];
        let plain = words.trim_end_matches(['。', '；', ' ']);
        if plain.contains(['，', '：']) || !any_of!["负责", "牵头", "落实", "办理", "承办"].ends(plain) {
            return None;
        }
        let lead = plain.len() - plain.trim_start().len();
        only_who(self.text, sentence.start + lead..sentence.start + plain.len(), self.profile)
    }

    /// Read one sentence. `begun`: the force that its place in a list gives it.
    fn sentence(&self, sentence: Range<usize>, voice: &mut Voice, begun: Option<Force>, out: &mut Vec<Draft>) {
        let words = &self.text[sentence.clone()];
        let mut all = clauses(self.text, sentence.clone());
        // 关于过渡安置。: what the next sentences are about.
        if words.starts_with("关于") && !words.contains(['，', '要', '：']) {
            return;
        }
        // The announcement of what a meeting did is said again in full where it counts; 并强调 and 决定 may say it here.
        let announced = announces(words);
        if announced {
            let Some(at) = self.ordered_at(&all, voice) else {
                voice.open = false;
                return;
            };
            all.drain(..at);
            // 决定追加资金420万元，部署…: what is decided, and not what else was on the agenda.
            let (start, _) = after_signs(self.text, all[0].clone());
            if lead(&self.text[start..all[0].end], true).is_some_and(|lead| decides(lead.word)) {
                all.truncate(1);
            }
        }
        if voice.quoting {
            voice.quoting = !words.contains('”');
            voice.open = false;
            return;
        }
        voice.quoting = quotes_on(self.text, &all, sentence.end);
        let opener = words.trim_start();
        let problems = any_of!["问题"].stands_in(words) && any_of!["存在", "突出"].stands_in(words);
        let reached = any_of!["成绩", "取得"].find(words);
        if problems && !orders_in(words) || reached.is_some() && (words.contains("成绩") || !orders_in(words)) {
            voice.reporting = true;
        } else if item(opener).is_none_or(|n| n <= 1) {
            voice.reporting = false;
        }
        let carries_on = any_of!["此外", "同时", "还", "另外"].begins(opener);
        let owner = if carries_on { voice.owner.clone() } else { None };
        let force = match (begun, voice.open) {
            (Some(force), _) => force,
            (None, true) => Force::Soft(Rule::ZhContinued),
            (None, false) if voice.ordering => Force::Named,
            (None, false) => Force::Off,
        };
        let mut reading = Sentence {
            setting: self,
            force,
            owner,
            owner_rule: "zh-owner-inherited",
            pending: None,
            supporting: vec![],
            shared: false,
            given: false,
            heard: announced,
            cited: false,
            recited: false,
            muted: Muted::No,
            adopted: false,
            carries: false,
            base: None,
            addressee: None,
            start: sentence.start,
            begun: force,
            timed: Cell::new(None),
            doubts: vec![],
            assembly: Assembly::default(),
        };
        for (n, range) in all.iter().enumerate() {
            reading.clause(range.clone(), all.get(n + 1).cloned(), voice, out);
        }
        reading.flush(out);
        let Sentence { force, owner, assembly, doubts, .. } = reading;
        voice.found |= assembly.found;
        voice.tasked = sets_tasks(words);
        voice.open = assembly.found
            || voice.tasked
            || (voice.open && !matches!(force, Force::Off))
            || matches!(force, Force::Soft(_) | Force::Firm(_) | Force::On(_));
        voice.owner = owner;
        if let Some(heading) = &voice.heading {
            let first = assembly.first(out.len());
            for draft in out[first..].iter_mut().filter(|draft| draft.owner.is_none()) {
                draft.owner = Some(heading.clone());
                draft.owner_rule = "zh-owner-heading";
            }
        }
        out.extend(doubts);
    }

    /// Which clause of an announcement orders something that is not said again.
    fn ordered_at(&self, all: &[Range<usize>], voice: &mut Voice) -> Option<usize> {
        all.iter().position(|clause| {
            let (start, _) = after_signs(self.text, clause.clone());
            let Some(lead) = lead(&self.text[start..clause.end], true).filter(|lead| lead.force != Force::Said) else {
                return false;
            };
            if !decides(lead.word) {
                return matches!(lead.word, "强调" | "要求" | "强调要求" | "提出要求" | "责成");
            }
            voice.compared += 1;
            let decided = start + lead.length..clause.end;
            voice.compared <= COMPARED_MAX
                && is_order(&self.text[decided.clone()])
                && !repeats_later(self.text, decided.clone())
                && !said_again(self.text, decided)
        })
    }
}

fn decides(word: &str) -> bool {
    matches!(word, "决定" | "同意" | "原则同意" | "一致同意")
}

/// Whose words a sentence tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Muted {
    No,
    /// Those of a higher body: 县委要求. What the meeting adds for itself counts.
    Above,
    /// Those of somebody who gives no orders.
    Outside,
}

/// One sentence on its way.
pub(super) struct Sentence<'a, 's> {
    pub(super) setting: &'a Setting<'s>,
    pub(super) force: Force,
    pub(super) owner: Option<Range<usize>>,
    pub(super) owner_rule: &'static str,
    /// Where a time, a topic or a condition began that opens the next order.
    pub(super) pending: Option<usize>,
    pub(super) supporting: Vec<Range<usize>>,
    /// The last clause only said who leads.
    pub(super) shared: bool,
    /// The last clause only said who does what stands before it.
    pub(super) given: bool,
    /// Somebody spoke: 会议指出.
    pub(super) heard: bool,
    /// A clause told what a higher meeting did: a bare 要求 after it is that meeting's.
    pub(super) cited: bool,
    pub(super) muted: Muted,
    /// A clause told what a draft or a rule is like: what it 规定s after that is its content.
    pub(super) recited: bool,
    /// The meeting adopted a document: what it 明确s is that document's.
    pub(super) adopted: bool,
    /// An order stands before in this part of the sentence: its owner does what has no other.
    pub(super) carries: bool,
    /// The owner before a list, and how it was found: each item begins with it.
    pub(super) base: Option<(Option<Range<usize>>, &'static str)>,
    /// Whom direct speech addresses.
    pub(super) addressee: Option<Range<usize>>,
    /// Where the sentence begins.
    pub(super) start: usize,
    /// The force that it began with.
    pub(super) begun: Force,
    /// The last clause that a time was looked for in front of, and where the words after it begin.
    pub(super) timed: Cell<Option<(Range<usize>, usize)>>,
    /// What may be an order.
    pub(super) doubts: Vec<Draft>,
    pub(super) assembly: Assembly,
}

impl Sentence<'_, '_> {
    fn flush(&mut self, out: &mut Vec<Draft>) {
        self.assembly.flush(self.setting, out);
    }

    fn clause(&mut self, range: Range<usize>, next: Option<Range<usize>>, voice: &Voice, out: &mut Vec<Draft>) {
        let Setting { text, profile, .. } = *self.setting;
        let ended_by = text[range.end..].chars().next();
        let (mut start, enumerated) = after_signs(text, range.clone());
        if enumerated {
            self.flush(out);
            self.assembly.new_item();
            self.pending = None;
            self.carries = false;
            match &self.base {
                Some((owner, rule)) => (self.owner, self.owner_rule) = (owner.clone(), *rule),
                None => self.base = Some((self.owner.clone(), self.owner_rule)),
            }
            if voice.reporting {
                self.force = Force::Off;
                return;
            }
            if !matches!(self.force, Force::Off | Force::Said) || voice.listing || voice.open {
                self.force = Force::Soft(Rule::ZhEnumerated);
            }
        }
        if recites(text, start..range.end) || self.recited && recites_on(&text[start..range.end]) {
            self.flush(out);
            self.pending = None;
            (self.muted, self.force) = (Muted::Outside, Force::Off);
            return;
        }
        self.recited |= describes(&text[start..range.end]) && modal(&text[start..range.end], profile).is_none();
        if let Some(lead) = lead(&text[start..range.end], self.heard) {
            self.flush(out);
            self.assembly.new_item();
            self.pending = None;
            self.owner = None;
            self.carries = false;
            // 县委要求, 省委全会提出…，要求…: told, not ordered here.
            if lead.higher && self.heard || lead.bare && self.cited {
                self.muted = Muted::Above;
                self.force = Force::Off;
                return;
            }
            self.muted = Muted::No;
            self.heard = true;
            let agreed = (lead.bare && lead.adopts).then_some(start);
            start += lead.length;
            if is_headline(&text[start..]) {
                self.force = Force::Off;
                return;
            }
            start += text[start..range.end].len() - text[start..range.end].trim_start().len();
            let content = self.adopted
                && text[range.start..start].trim_start_matches('并').starts_with(['明', '要'])
                && self.subject(start..range.end).is_none();
            let adopted = lead.adopts && is_adopted(&text[start..range.end]);
            self.force = if content || adopted { Force::Off } else { lead.force };
            if adopted {
                return;
            }
            if start >= range.end {
                return;
            }
            self.pending = agreed;
            let told = matches!(lead.word, "叮嘱" | "嘱咐" | "嘱托" | "交代" | "告诫" | "要求");
            if told
                && ended_by == Some('：')
                && !is_office(&text[start..range.end], profile)
                && self.addresses(&text[start..range.end])
            {
                return;
            }
        }
        let clause = &text[start..range.end];
        if clause.trim().is_empty() || any_of!["同时", "此外", "另外", "与此同时"].has(clause.trim()) {
            return;
        }
        // 今年以来, 去年: what follows tells what was.
        if looks_back(clause) && ended_by == Some('，') {
            self.flush(out);
            self.pending = None;
            self.force = Force::Off;
            return;
        }
        self.heard |=
            clause.starts_with("会议") || clause.starts_with('经') && clause.ends_with(['究', '论', '议', '决']);
        if self.is_told(start..range.end, ended_by, out) {
            return;
        }
        // 当场定了几件事：
        if ended_by == Some('：') && opens_list(clause) && modal(clause, profile).is_none() {
            self.flush(out);
            self.force = Force::Soft(Rule::ZhEnumerated);
            return;
        }
        if adopts(clause) {
            self.flush(out);
            self.adopted = true;
            self.force = Force::Off;
            return;
        }
        let waits = ended_by == Some('，') && modal(clause, profile).is_none();
        let case = is_condition(clause) && !rules_whole(clause);
        if waits && (case || is_scope(clause) || self.names_topic(clause, next.clone())) {
            self.pending = self.pending.or(Some(start));
            return;
        }
        // 对位置偏的房产，可打包招租: what is allowed for it.
        if waits && clause.starts_with('对') && next.clone().is_some_and(|next| permits(&text[next])) {
            return;
        }
        // 缓缴14项收费，规模530多亿元: the amount belongs to the order before it.
        let adds = is_size(clause)
            || only_bounds(clause)
            || clause.starts_with("别") && clause.chars().count() >= 4
            || clause.ends_with("为止")
            || clause.starts_with("其中")
                && !clause.contains('由')
                && !quantity::find(clause, 0..clause.len()).is_empty()
            || is_dimension(clause);
        if adds && self.assembly.extend(range.end) {
            return;
        }
        if is_narrative(clause) || profile.is_never(clause) || defers(clause) {
            if judges_before(clause) {
                self.assembly.drop_topic();
            }
            self.flush(out);
            self.pending = None;
            if !matches!(self.force, Force::Said | Force::Named | Force::Soft(Rule::ZhUnderLead) | Force::Firm(_)) {
                // A remark within an item of a list does not end it.
                self.force = if matches!(self.begun, Force::Firm(_)) { self.begun } else { Force::Off };
            }
            return;
        }
        if ended_by == Some('，') && self.after_time(start..range.end).is_empty() {
            self.pending = self.pending.or(Some(start));
            return;
        }
        if self.gives_back(start..range.end, ended_by, next) || self.says_who(start..range.end, ended_by, out) {
            return;
        }
        (self.shared, self.given) = (false, false);
        let Some(piece) = self.piece(start..range.end) else {
            let timed = self.after_time(start..range.end).is_empty();
            self.pending = if timed { self.pending.or(Some(start)) } else { keep_pending(self.pending, clause, start) };
            if self.muted == Muted::No {
                self.doubt(start..range.end, voice);
            }
            return;
        };
        self.add(piece);
        self.carries = true;
        if ended_by == Some('；') {
            self.flush(out);
            self.carries = false;
        }
    }

    /// What others said, what a higher meeting did, who was appointed.
    fn is_told(&mut self, clause: Range<usize>, ended_by: Option<char>, out: &mut Vec<Draft>) -> bool {
        let Setting { text, profile, .. } = *self.setting;
        let words = &text[clause];
        if ended_by == Some('：') && words.ends_with(['说', '求', '嘱', '示', '诉']) && words.contains(['对', '向'])
        {
            self.addresses(words);
        }
        if advises(words) || outsider(words) && !is_order(words) {
            self.muted = Muted::Outside;
        } else if cites(words) && modal(words, profile).is_none() {
            self.cited = true;
        } else if appoints(words) {
            self.force = Force::Off;
        } else {
            let own =
                self.muted == Muted::Above && words.starts_with(['我', '全', '各']) && modal(words, profile).is_some();
            if own {
                self.muted = Muted::No;
            }
            // 省委全会…，提出要…
            return self.muted != Muted::No || self.cited && words.starts_with("提出");
        }
        self.flush(out);
        self.pending = None;
        true
    }

    /// 被挂牌督办的滞后项目，要在年底前开工: a noun whose modal stands in the next clause.
    fn names_topic(&self, clause: &str, next: Option<Range<usize>>) -> bool {
        let profile = self.setting.profile;
        let Some(of) = clause.rfind('的').filter(|of| of + '的'.len_utf8() < clause.len()) else { return false };
        let Some(next) = next else { return false };
        let after = self.after_time(next);
        let bare = modal(after, profile).is_some_and(|(at, _)| at == 0) && !after.starts_with('请');
        let noun = &clause[of + '的'.len_utf8()..];
        let verb = ACTS.at(clause).is_some_and(|act| clause[act.len()..].starts_with('的'));
        bare && !is_narrative(clause)
            && (clause.starts_with('被') || verb || !is_order(clause))
            && !is_order(noun)
            && !has_verb(noun)
    }

    /// 叮嘱北埠街道主任葛亮：“你们…: whom the words after it address.
    fn addresses(&mut self, words: &str) -> bool {
        let text = self.setting.text;
        let Some(who) = addressee(words).filter(|who| names_office(who, self.setting.profile) || *who != words) else {
            return false;
        };
        let from = who.as_ptr() as usize - text.as_ptr() as usize;
        self.addressee = Some(from..from + who.len());
        true
    }

    /// 由市水务局负责。: who does what stands before it.
    fn gives_back(&mut self, clause: Range<usize>, ended_by: Option<char>, next: Option<Range<usize>>) -> bool {
        let Setting { text, profile, anchor, .. } = *self.setting;
        if self.given
            && let Some(helpers) = helping(text, clause.clone(), profile)
        {
            self.assembly.help(clause.end, &helpers);
            return true;
        }
        let Some(owner) = only_who(text, clause.clone(), profile) else { return false };
        let closes = ended_by != Some('，')
            || next.is_none_or(|next| {
                let rest = due::first(text, next.clone(), anchor).map(|end| text[end..next.end].chars().count());
                rest.is_some_and(|rest| rest <= 4) || helping(text, next, profile).is_some()
            });
        self.given = closes && self.assembly.give(clause.end, &owner);
        if self.given {
            self.owner = Some(owner);
        }
        self.given
    }

    /// A clause that may be an order where nothing says that orders are given: offered, not proposed.
    fn doubt(&mut self, clause: Range<usize>, voice: &Voice) {
        let Setting { text, profile, .. } = *self.setting;
        let words = &text[clause.clone()];
        let known = self.heard || voice.open || voice.ordering || voice.listing || voice.found;
        let names = words.starts_with("关于") || words.ends_with('中') || is_preparing(words) || permits(words);
        if !known || voice.reporting || words.chars().count() < 6 || names {
            return;
        }
        let subject = self.subject(clause.clone());
        let from = clause.start + subject.unwrap_or(0);
        let plain = strip_adverbs(self.after_time(from..clause.end));
        let listed = voice.listing && !quantity::find(text, clause.clone()).is_empty();
        let may_be = ACTS.at(plain).is_some()
            || listed
            || voice.ordering && is_order(plain)
            || self.is_bounded(clause.clone())
            || subject.is_some() && is_order(plain)
            || matches!(self.force, Force::Firm(_)) && !is_topic(words);
        // What tells of the past, here or shortly before.
        let near =
            text[self.start..clause.end].char_indices().rev().nth(80).map_or(self.start, |(at, _)| self.start + at);
        let told = &text[near..clause.end];
        let past = may_be && PAST.stands_in(told);
        if permits(plain) || !may_be || past || plain.chars().count() < 4 {
            return;
        }
        let owner =
            subject.and_then(|end| of_subject(text, self.without_time(clause.start..clause.start + end), profile));
        self.doubts.push(Draft {
            range: clause,
            body: from,
            owner,
            owner_rule: "zh-owner-subject",
            supporting: vec![],
            due: None,
            rule: if subject.is_some() { Rule::ZhNotice } else { Rule::ZhContinued },
            low: true,
        });
    }

    /// 由市住建局牵头、市民政局配合，…, or 市住建局：…: what is to be done follows.
    fn says_who(&mut self, clause: Range<usize>, ended_by: Option<char>, out: &mut Vec<Draft>) -> bool {
        let Setting { text, profile, .. } = *self.setting;
        let words = &text[clause.clone()];
        let named = any_of!["会议", "建议"].trim_start(words);
        if ended_by == Some('：') && is_office(named, profile) {
            self.flush(out);
            self.assembly.new_item();
            self.base = None;
            self.owner = Some(clause.end - named.len()..clause.end);
            self.owner_rule = "zh-owner-label";
            self.force = Force::Soft(Rule::ZhEnumerated);
            self.pending = None;
            return true;
        }
        if let Some((lead, helpers)) = shared_out(text, clause.clone(), profile)
            && ended_by == Some('，')
            && (self.force != Force::Off || words.starts_with('由'))
        {
            self.owner = Some(lead);
            self.owner_rule = "zh-owner-led-by";
            self.supporting = helpers;
            self.pending = self.pending.or(Some(clause.start));
            self.shared = true;
            self.assembly.new_subject();
            if matches!(self.force, Force::Off | Force::Said | Force::Named | Force::Soft(_)) {
                self.force = Force::Firm(Rule::ZhNotice);
            }
            return true;
        }
        // 由市城管局修改完善后，…: who, and what comes first.
        if words.ends_with('后')
            && ended_by == Some('，')
            && (self.force != Force::Off && self.force != Force::Said || words.starts_with(['由', '请']))
            && let Some(end) = self.subject(clause.clone())
        {
            self.owner = of_subject(text, clause.start..clause.start + end, profile);
            self.owner_rule = "zh-owner-led-by";
            self.pending = self.pending.or(Some(clause.start));
            self.assembly.new_subject();
            self.force = Force::Firm(Rule::ZhNotice);
            return true;
        }
        // …牵头，市住建局配合，…: the helpers in a clause of their own.
        if let Some(helpers) = helping(text, clause, profile).filter(|_| self.shared && self.pending.is_some()) {
            self.supporting.extend(helpers);
            return true;
        }
        false
    }
}

/// 长1.2公里, 宽4米: how large the thing before is.
fn is_dimension(clause: &str) -> bool {
    any_of!["长", "宽", "高", "深", "厚", "总长", "全长", "共", "共计"].at(clause).is_some_and(|word| {
        clause[word.len()..].starts_with(|c: char| c.is_ascii_digit()) && clause.chars().count() <= 12
    })
}

/// 每户最高不超过6000元: a bound and nothing else.
fn only_bounds(clause: &str) -> bool {
    let bound = any_of!["不超过", "不低于", "不少于", "不高于", "最高", "最低", "每"].begins(clause)
        && clause.chars().count() <= 16;
    bound && quantity::find(clause, 0..clause.len()).first() == Some(&(0..clause.len()))
}

/// 一、整改任务: nothing but a few words.
fn is_short_heading(line: &str) -> bool {
    line.chars().count() <= 30 && !line.contains(['。', '；', '，', '：'])
}

/// A clause without 一是, 并, 同时 in front: where it begins, and whether it was counted.
fn after_signs(text: &str, range: Range<usize>) -> (usize, bool) {
    let mut start = range.start;
    let mut enumerated = false;
    loop {
        let clause = &text[start..range.end];
        if let Some(length) = enumerator(clause) {
            enumerated = true;
            start += length;
        } else if let Some(length) = linking(clause) {
            start += length;
        } else {
            return (start, enumerated);
        }
    }
}

/// A whole clause that is an office's name.
pub(super) fn is_office(words: &str, profile: &Profile) -> bool {
    let words = words.trim();
    names_office(words, profile) && !is_order(words) && !words.contains(['的', '将', '对'])
}
