//! Directives in Chinese sentences: who speaks, and which clauses order something.

use super::assemble::Assembly;
use super::assigned::{helping, only_who, shared_out};
use super::clause::{
    clauses, has_verb, is_condition, is_order, is_preparing, modal, once_done, permits, strip_adverbs,
};
use super::due;
use super::enumerator::{enumerator, item, linking};
use super::lead::{Force, addressee, cites, lead, outsider, speaker, titled};
use super::narrative::{contrast, hands_over, is_narrative, judges_before};
use super::order::settles_thing;
use super::owner::{names_office, of_subject};
use super::paragraph::{Setting, Voice};
use super::quantity;
use super::recited::{describes, quotes_on, recites, recites_on};
use super::spoken;
use super::told::{
    adopts, advises, announces, appoints, defers, is_adopted, is_headline, is_scope, is_size, is_topic, keep_pending,
    looks_back, opens_list, orders_in, repeats_later, rules_whole, said_again, sets_tasks,
};
use super::words::ACTS;
use crate::draft::Draft;
use crate::phrases::{Phrases, any_of};
use crate::{Profile, Rule};
use std::cell::Cell;
use std::ops::Range;

/// So many announcements of a document are compared with what comes after them.
const COMPARED_MAX: usize = 3;

/// What ends a clause that says who does a thing.
static LEADS: Phrases = Phrases::of(&["牵头", "负责", "落实", "办理", "承办", "实施"]);

/// What tells of the past.
static PAST: Phrases =
    Phrases::of(&["以来", "去年", "上半年", "累计", "截至", "前三季度", "已经", "全部完成，", "同比", "较上年"]);

impl Setting<'_> {
    /// Read one sentence. `begun`: the force that its place in a list gives it.
    pub(super) fn sentence(
        &self,
        sentence: Range<usize>,
        voice: &mut Voice,
        begun: Option<Force>,
        out: &mut Vec<Draft>,
    ) {
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
                // 同意实施，由水务集团办理手续: nor who is to do it.
                let by = all.get(1).is_some_and(|next| self.text[next.clone()].starts_with('由'));
                all.truncate(if by { 2 } else { 1 });
            }
        }
        if voice.quoting {
            voice.quoting = !words.contains('”');
            voice.open = false;
            return;
        }
        voice.quoting = quotes_on(self.text, &all, sentence.end);
        let opener = words.trim_start();
        let problems = words.contains("问题") && any_of!["存在", "突出"].stands_in(words);
        let reached = any_of!["成绩", "取得"].find(words);
        if problems && !orders_in(words) || reached.is_some() && (words.contains("成绩") || !orders_in(words)) {
            voice.reporting = true;
        } else if item(opener).is_none_or(|n| n <= 1) {
            voice.reporting = false;
        }
        let carries_on = any_of!["此外", "同时", "还", "另外"].begins(opener);
        let undertaken = begun == Some(Force::Soft(Rule::ZhUndertaking));
        let goes_on = voice.item_owner.is_some() && enumerator(opener).is_some();
        let owner = match (undertaken, carries_on) {
            (true, _) => voice.speaker.clone(),
            (false, true) => voice.owner.clone(),
            (false, false) if goes_on => voice.item_owner.clone(),
            (false, false) => None,
        };
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
            speaker: voice.speaker.clone(),
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
        let Sentence { force, owner, assembly, doubts, base, .. } = reading;
        // 县公安局：1.加强巡逻。2.…: the items that follow are the same unit's.
        if !goes_on {
            voice.item_owner = base.and_then(|(owner, _)| owner);
        }
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
    /// Whose words they are.
    pub(super) speaker: Option<Range<usize>>,
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
        start += contrast(&text[start..range.end], profile);
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
            // 市燃气集团在会上表示，将增加6支施工队伍: who speaks of their own work.
            if lead.force == Force::Said || lead.force == Force::Soft(Rule::ZhUndertaking) {
                self.owner = reporter(text, start..start + lead.length - lead.word.len(), profile);
                self.owner_rule = "zh-owner-subject";
            }
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
            self.force = match (content, adopted) {
                (true, _) => Force::Off,
                // 同意该方案，按程序报批: what was agreed to is no order, what is to become of it is one.
                (false, true) => Force::Soft(Rule::ZhUnderLead),
                (false, false) => lead.force,
            };
            if adopted {
                return;
            }
            if start >= range.end {
                return;
            }
            self.pending = agreed;
            let told = matches!(lead.word, "叮嘱" | "嘱咐" | "嘱托" | "交代" | "告诫" | "要求");
            // 叮嘱随行的省交通运输厅负责人，要抓紧…
            if told
                && ended_by == Some('，')
                && self.addresses(&text[start..range.end])
                && next.clone().is_some_and(|next| modal(&text[next], profile).is_some_and(|(at, _)| at == 0))
            {
                self.owner = self.addressee.clone();
                return;
            }
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
        // 研究部署贯彻落实工作: what the meeting did.
        if any_of!["研究部署", "研究贯彻"].begins(clause) && any_of!["工作", "意见", "措施"].ends(clause)
        {
            self.flush(out);
            self.pending = None;
            return;
        }
        // 为更快消除隐患，要…: what for, which stands outside.
        let purpose = any_of!["为更", "为了", "为进一步", "为加快", "为确保", "为切实", "为有效", "为做好", "为全面"]
            .begins(clause);
        if waits && purpose || clause.starts_with('为') && any_of!["奋斗", "努力"].ends(clause) {
            return;
        }
        // 另外家长这边，: what the next clause is about.
        if waits && self.setting.record.is_some() && spoken::is_topic(clause) {
            self.pending = self.pending.or(Some(start));
            return;
        }
        let case = is_condition(clause) && !rules_whole(clause);
        let named = || self.setting.record.is_some() && spoken::says_who(clause, profile);
        if waits && (case || is_scope(clause) || self.names_topic(clause, next.clone()) && !named()) {
            self.pending = self.pending.or(Some(start));
            return;
        }
        // 对位置偏的房产，可打包招租: what is allowed for it.
        let done = || has_verb(&clause[clause.rfind('的').map_or('对'.len_utf8(), |of| of + '的'.len_utf8())..]);
        if waits
            && clause.starts_with('对')
            && next.clone().is_some_and(|next| permits(&text[next]))
            && !(clause.contains('的') && done())
        {
            return;
        }
        // 缓缴14项收费，规模530多亿元: the amount belongs to the order before it.
        let adds = is_size(clause)
            || only_bounds(clause)
            || clause.starts_with("别") && clause.chars().count() >= 4
            || clause.ends_with("为止")
            || lasts_until(clause)
            || says_when(clause)
            || is_equipped(clause)
            || is_change(clause)
            || names_again(clause)
            || clause.starts_with("其中")
                && !clause.contains('由')
                && !only_level(clause)
                && !quantity::find(clause, 0..clause.len()).is_empty()
            || is_dimension(clause);
        if adds && self.assembly.extend(range.end) {
            if ended_by == Some('；') {
                self.flush(out);
                self.carries = false;
            }
            return;
        }
        // 联合财政、住建等部门: with whom the next clause is done.
        let with = any_of!["联合", "会同"].at(clause).filter(|_| waits);
        if with.is_some_and(|word| {
            let who = &clause[word.len()..];
            who.chars().count() >= 3 && names_office(who, profile) && !has_verb(who)
        }) {
            self.pending = self.pending.or(Some(start));
            return;
        }
        let errand = || self.setting.record.is_some() && spoken::is_errand(clause, profile);
        // 在空气质量总体改善的基础上: what an order sets out from, though it tells.
        let ground = waits && clause.starts_with('在') && any_of!["基础上", "前提下"].ends(clause);
        if is_narrative(clause, profile) && !errand() && !ground || profile.is_never(clause) || defers(clause) {
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
        if self.gives_back(start..range.end, ended_by, next.clone())
            || self.says_who(start..range.end, ended_by, next, out)
        {
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
        // 此项工作由县民政局牵头，县财政局配合: the next clause may say who helps.
        self.given = hands_over(clause, profile).is_some() && LEADS.ends(clause);
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
        let verb = || ACTS.at(clause).is_some_and(|act| clause[act.len()..].starts_with('的'));
        bare && !is_narrative(clause, profile)
            && (clause.starts_with('被') || verb() || !is_order(clause))
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
            || voice.deciding
            || once_done(words).is_some()
            || settles_thing(self.after_time(clause.clone()))
            || voice.ordering && is_order(plain)
            || self.is_bounded(clause.clone())
            || (subject.is_some() || !self.doubts.is_empty()) && is_order(plain)
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

    /// 此项工作由县民政局牵头: what is led stands before 由, and is no time and no preparation.
    fn is_of_thing(&self, clause: Range<usize>) -> bool {
        let words = &self.setting.text[clause.clone()];
        let Some(at) = words.find('由').filter(|at| *at > 0) else { return false };
        let thing = &words[..at];
        let recorded = self.setting.record.is_some();
        recorded || thing.chars().count() >= 2 && !is_preparing(thing) && !self.after_time(clause).starts_with('由')
    }

    /// 由市住建局牵头、市民政局配合，…, or 市住建局：…: what is to be done follows.
    fn says_who(
        &mut self,
        clause: Range<usize>,
        ended_by: Option<char>,
        next: Option<Range<usize>>,
        out: &mut Vec<Draft>,
    ) -> bool {
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
        // 各责任单位，要认真修改材料: who, and a comma.
        let told = |next: &Range<usize>| modal(&text[next.clone()], profile).is_some_and(|(at, _)| at == 0);
        // 教育方面，要…: what it is about.
        let topic = words.ends_with("方面") && !words.ends_with("各方面");
        if ended_by == Some('，') && !topic && is_office(words, profile) && next.as_ref().is_some_and(told) {
            self.owner = Some(clause.clone());
            self.owner_rule = "zh-owner-subject";
            self.pending = self.pending.or(Some(clause.start));
            self.assembly.new_subject();
            return true;
        }
        // 出租屋由派出所牵头，社区配合: nothing else is said of it.
        let helped = |next: &Range<usize>| helping(text, next.clone(), profile).is_some();
        let ends = |next: &Range<usize>| !text[next.end..].starts_with(['，', '、']);
        let recorded = self.setting.record.is_some();
        let whole = self.is_of_thing(clause.clone())
            && next.as_ref().is_none_or(|next| helped(next) && (recorded || ends(next)));
        // 县水利局负责，5月底前完成整治: who, before what.
        let answers = || {
            let owner =
                only_who(text, clause.clone(), profile).filter(|_| next.is_some() && self.assembly.pieces.is_empty());
            owner.map(|owner| (owner, vec![]))
        };
        if let Some((lead, helpers)) = shared_out(text, clause.clone(), profile).or_else(answers).filter(|_| !whole)
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

/// 时间为3月20日至4月20日: when what stands before it is done.
fn says_when(clause: &str) -> bool {
    let when =
        any_of!["时间为", "时间从", "时间自", "时间是", "期限为", "工期为", "时限为", "为期", "活动时间"].at(clause);
    when.is_some_and(|word| {
        clause[word.len()..].starts_with(|c: char| c.is_ascii_digit() || "一两三四五六七八九十半即今".contains(c))
    }) && clause.chars().count() <= 24
}

/// 设车位300个, 含标准厂房2栋: what belongs to the thing before it, with its number and no more.
fn is_equipped(clause: &str) -> bool {
    let other = any_of!["设立", "设置", "设计", "设备", "设施", "设定", "设法", "含义", "内设机构"];
    let part = any_of!["设", "内设", "含", "总建筑面积", "建筑面积", "占地面积", "占地"]
        .at(clause)
        .filter(|_| !other.begins(clause));
    part.is_some()
        && clause.chars().count() <= 16
        && quantity::find(clause, 0..clause.len()).last().is_some_and(|amount| amount.end == clause.len())
}

/// 即每户每月最多申领2次: what stands before, in other words.
fn names_again(clause: &str) -> bool {
    clause.starts_with('即')
        && !any_of!["即日", "即刻", "即时", "即可", "即将", "即使", "即便", "即查", "即知"].begins(clause)
}

/// 由30%提高到50%: from what to what the thing before it is changed.
fn is_change(clause: &str) -> bool {
    clause.strip_prefix(['由', '从']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        && quantity::find(clause, 0..clause.len()).first() == Some(&(0..clause.len()))
}

/// 其中首贷户占比不低于30%: a level of its own, of a part of what stands before.
pub(super) fn only_level(clause: &str) -> bool {
    let share = any_of!["占比", "比例", "比重", "率"].stands_in(clause);
    share
        && any_of!["不低于", "不少于", "不超过", "不高于", "达到"].find(clause).is_some_and(|(at, _)| {
            quantity::find(clause, 0..clause.len()).iter().any(|amount| amount.end > at && amount.end == clause.len())
        })
}

/// 执行至2027年年底: how long what stands before it holds.
fn lasts_until(clause: &str) -> bool {
    let until = any_of!["执行至", "执行到", "实施至", "实施到", "延续至", "有效期至", "期限至", "政策执行至", "暂定至"];
    until.at(clause).is_some_and(|word| {
        let rest = &clause[word.len()..];
        rest.starts_with(|c: char| c.is_ascii_digit() || "今明本后".contains(c)) && rest.chars().count() <= 12
    })
}

/// 长1.2公里, 宽4米: how large the thing before is.
fn is_dimension(clause: &str) -> bool {
    // 更换长度不少于3.2公里
    let bounds = || any_of!["不少于", "不低于", "不超过"].find(clause);
    let bound = clause.contains('不')
        && bounds().is_some_and(|(at, _)| {
            let noun = &clause[..at];
            any_of!["长度", "面积", "数量", "宽度", "总量", "容量", "规模", "里程", "深度", "高度"].ends(noun)
                && noun.chars().count() <= 5
        });
    bound
        || any_of!["长", "宽", "高", "深", "厚", "总长", "全长", "共", "共计"].at(clause).is_some_and(|word| {
            clause[word.len()..].starts_with(|c: char| c.is_ascii_digit()) && clause.chars().count() <= 12
        })
}

/// 每户最高不超过6000元: a bound and nothing else.
fn only_bounds(clause: &str) -> bool {
    let bound = any_of!["不超过", "不低于", "不少于", "不高于", "最高", "最低", "每"].begins(clause)
        && clause.chars().count() <= 16;
    bound && quantity::find(clause, 0..clause.len()).first() == Some(&(0..clause.len()))
}

/// The unit that tells the meeting of its work: 市燃气集团 in 市燃气集团在会上. `None` of the meeting itself.
fn reporter(text: &str, before: Range<usize>, profile: &Profile) -> Option<Range<usize>> {
    let words = &text[before.clone()];
    let plain = words.trim_start();
    let start = before.end - plain.len();
    let who = plain.split(['在', '，']).next().unwrap_or(plain);
    let body = any_of![
        "会议",
        "会",
        "政府",
        "讲话",
        "小组",
        "纪要",
        "他",
        "她",
        "常委会",
        "党组",
        "市委",
        "省委",
        "县委",
        "区委"
    ]
    .ends(who);
    // 县水利局局长赵强 pledges for themselves.
    let pledges = any_of!["表态", "承诺", "保证"].begins(&text[before.end..]);
    let named = is_office(who, profile) || pledges && (speaker(who) || titled(who));
    (!body && named).then(|| start..start + who.len())
}

/// A clause without 一是, 并, 同时 in front: where it begins, and whether it was counted.
pub(super) fn after_signs(text: &str, range: Range<usize>) -> (usize, bool) {
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
