//! The order in one Chinese clause: who is to do what, and by what word it is one.

use super::assemble::Piece;
use super::assigned::led_by;
use super::clause::{
    bare_subject, has_verb, is_condition, is_order, is_preparing, modal, permits, preposition, strip_adverbs,
};
use super::colloquial::settles;
use super::lead::Force;
use super::narrative::hands_over;
use super::owner::{antecedent, leads, of_subject, parts};
use super::paragraph::Setting;
use super::sentence::{Sentence, is_office};
use super::spoken::{self, doer};
use super::told::is_topic;
use super::words::{ACTS, ADVERBS, NOBODY, PREPOSITIONS};
use super::{due, quantity, state};
use crate::Rule;
use crate::phrases::any_of;
use std::ops::Range;

impl<'s> Sentence<'_, 's> {
    /// The order in a clause, if it is one.
    pub(super) fn piece(&mut self, clause: Range<usize>) -> Option<Piece> {
        let Setting { text, profile, .. } = *self.setting;
        let words = &text[clause.clone()];
        // 接穗的事老何再跟林业站要一批: 要 is a verb of its own.
        let named = self.setting.record.is_some() && spoken::is_named(words, profile);
        if named && let Some(piece) = self.spoken(clause.clone()) {
            return Some(piece);
        }
        if let Some((subject_end, end)) = modal(words, profile) {
            let asked = words[subject_end..].starts_with('请');
            // 当前要抓紧…: now, and nobody.
            let bare = any_of!["当前", "目前", "眼下", "现阶段"].trim_start(words[..subject_end].trim()).trim();
            let subject = clause.start..clause.start + subject_end;
            let mut body = clause.start + end;
            let spoken_to = bare.starts_with("你们") || bare.starts_with('你');
            let mut named = match &self.addressee {
                Some(who) if spoken_to => Some(who.clone()),
                Some(_) | None => of_subject(text, self.without_time(subject.clone()), profile),
            };
            if named.is_none() {
                // 各乡镇本周五前要…: the time stands behind who.
                let from = subject.start;
                let time = due::times(text, subject.clone(), self.setting.anchor).next();
                named = time.and_then(|time| of_subject(text, from..time.range.start, profile));
            }
            let empty = bare.is_empty() || ADVERBS.has(strip_adverbs(bare)) || self.after_time(subject).is_empty();
            let mut has_subject = named.is_some() || !empty && !is_preparing(bare) && !is_condition(bare);
            if asked || !has_subject || text[body..clause.end].starts_with('由') {
                // 请区住建局会同…, 要由市水务局…
                if let Some(length) = self.subject(body..clause.end) {
                    named = of_subject(text, body..body + length, profile);
                    has_subject = named.is_some();
                    body += length;
                }
            }
            // 竣工验收要请商户参加: a thing that whoever was named before sees to.
            let case = is_condition(bare);
            let topic = named.is_none() && (case || has_subject && !NOBODY.has(bare));
            let banned = any_of!["严禁", "禁止", "决不", "绝不"].begins(&words[subject_end..]);
            // 对进度滞后的，要发督办单: the case is the same unit's, behind a semicolon too.
            let same = topic && self.owner.is_some() && self.found_here() && bare.starts_with('对');
            if has_subject && !(topic && self.carries) && !same || banned && !self.carries {
                self.owner = named;
                self.owner_rule = if asked { "zh-owner-asked" } else { "zh-owner-subject" };
            }
            self.lead_by(clause.clone());
            self.force = Force::On(Rule::ZhModal);
            return Some(Piece { topic, ..self.piece_of(clause, body, true, has_subject, Rule::ZhModal) });
        }
        if permits(words) {
            return None;
        }
        if let Some(piece) = self.spoken(clause.clone()) {
            return Some(piece);
        }
        let rule = match self.force {
            Force::Off | Force::Said | Force::Named => {
                return self.undertaking(clause.clone()).or_else(|| self.named(clause));
            }
            Force::Soft(rule) | Force::Firm(rule) | Force::On(rule) => rule,
        };
        let force = self.force;
        let given = self.given_to(clause.clone());
        let subject = if given.is_some() { None } else { self.subject(clause.clone()) };
        let plain = self.after_time(clause.clone());
        if subject.is_some_and(|end| permits(&words[end..])) {
            return None;
        }
        if let Some(piece) = given {
            return Some(Piece { rule: if rule == Rule::ZhModal { Rule::ZhUnderModal } else { rule }, ..piece });
        }
        let orders = match force {
            Force::Soft(_) => {
                is_order(plain) && !is_preparing(words)
                    || state::reaches_state(words)
                    || self.is_bounded(clause.clone())
                    || is_mode(words)
                    || settles_thing(plain)
            }
            Force::Firm(_) => {
                // A clause in which nothing is done is no order: 试用期一年.
                let does = is_order(plain)
                    || has_verb(plain)
                    || self.is_bounded(clause.clone())
                    || settles(words)
                    || force == Force::Firm(Rule::ZhEnumerated) && !quantity::find(text, clause.clone()).is_empty()
                    || state::reaches_state(words);
                !is_preparing(words) && words.chars().count() >= 4 && (!is_topic(words) || is_order(plain)) && does
            }
            Force::On(Rule::ZhSpoken) => !spoken::leaves_off(words),
            Force::On(_) | Force::Off | Force::Said | Force::Named => true,
        };
        if subject.is_none() && !orders {
            return None;
        }
        if let Some(end) = subject {
            self.owner = of_subject(text, self.without_time(clause.start..clause.start + end), profile);
            self.owner_rule = "zh-owner-subject";
        }
        let settled = subject.is_none() && settles(words) && !is_order(plain);
        let topic = subject.is_none() && has_topic(plain) || settled;
        if topic && !self.carries || settled {
            self.owner = None;
        }
        self.lead_by(clause.clone());
        let rule = if rule == Rule::ZhModal { Rule::ZhUnderModal } else { rule };
        self.force = Force::On(if rule == Rule::ZhUnderModal { Rule::ZhModal } else { rule });
        let body = clause.start + subject.unwrap_or(0);
        Some(Piece { topic, ..self.piece_of(clause, body, false, subject.is_some(), rule) })
    }

    /// Whether this sentence ordered something before.
    fn found_here(&self) -> bool {
        self.assembly.found || !self.assembly.pieces.is_empty()
    }

    /// In a record: 这个事小李盯一下, 池子我去找人清, 结果贴到村务栏.
    fn spoken(&mut self, clause: Range<usize>) -> Option<Piece> {
        let Setting { text, profile, anchor, .. } = *self.setting;
        self.setting.record?;
        let words = &text[clause.clone()];
        if matches!(self.force, Force::Off | Force::Said) {
            return None;
        }
        let found = doer(words, profile, |rest| self.after_time(clause.end - rest.len()..clause.end));
        // What nobody is known to have said tells who did what: only somebody by name is left something to do.
        let found = found.filter(|doer| self.force != Force::Named || doer.by_name(words));
        // 毛春燕牵头: of what, stands before it.
        let alone = |doer: &spoken::Doer| doer.name.as_ref().is_some_and(|name| name.start == 0);
        let found = found.filter(|doer| !(alone(doer) && matches!(&words[doer.end..], "牵头" | "负责" | "落实")));
        let (body, named) = match found {
            Some(doer) => {
                self.owner = match doer.name {
                    Some(name) => Some(clause.start + name.start..clause.start + name.end),
                    None => self.speaker.clone(),
                };
                self.owner_rule = "zh-owner-subject";
                (clause.start + doer.end, true)
            }
            None => {
                let ordered = matches!(self.force, Force::Soft(_) | Force::Firm(_) | Force::On(_));
                let bounded = due::times(text, clause.clone(), anchor).any(|time| time.binding);
                let plain = self.after_time(clause.clone());
                if !ordered
                    || self.subject(clause.clone()).is_some()
                    || is_order(plain)
                    || !spoken::orders(plain, bounded)
                {
                    return None;
                }
                // 油钱先从村集体账上垫: money goes, whoever was named before.
                if spoken::is_paid(plain) {
                    self.owner = None;
                }
                (clause.start, false)
            }
        };
        self.force = Force::On(Rule::ZhSpoken);
        Some(self.piece_of(clause, body, false, named, Rule::ZhSpoken))
    }

    /// 活禽交易区年内关停, 办结率达到100%: a thing, its deadline or its level, and what becomes of it.
    pub(super) fn is_bounded(&self, clause: Range<usize>) -> bool {
        let text = self.setting.text;
        let words = &text[clause.clone()];
        let by_time = due::times(text, clause.clone(), self.setting.anchor).any(|time| {
            let tail = &text[time.range.end..clause.end];
            time.binding && time.range.start > clause.start && (is_order(tail) || state::reaches_state(tail))
        });
        let levels = any_of![
            "达到",
            "不低于",
            "不少于",
            "不超过",
            "控制在",
            "提高到",
            "提高至",
            "提升到",
            "提升至",
            "降到",
            "降至",
            "降为",
            "调整为",
            "压缩至",
            "压缩到",
            "缩短至",
            "缩短到",
            "压减至",
            "压减到",
            "增至",
            "增加到",
            "惠及",
            "以上"
        ];
        // 减免政策延续至2026年底, 土地出让金缓缴至12月31日: a thing, and until when.
        let until = |at: usize| {
            let begun = words[..at].ends_with(['日', '月', '年', '号', '起', '截', '直', '今']) || at == 0;
            let from = clause.start + at + '至'.len_utf8();
            !begun && due::first(text, from..clause.end, self.setting.anchor).is_some()
        };
        let lasts = words.match_indices(['至', '到']).take(3).any(|(at, _)| until(at));
        by_time || lasts || levels.stands_in(words) && !quantity::find(text, clause).is_empty()
    }

    /// 区政府督查室将适时开展抽查: what an office undertakes.
    fn undertaking(&mut self, clause: Range<usize>) -> Option<Piece> {
        let Setting { text, profile, .. } = *self.setting;
        let words = &text[clause.clone()];
        // 市燃气集团表示，将增加6支施工队伍: who it is stands before.
        let next = any_of!["下一步", "接下来", "下步"].trim_start(words);
        let will = next.strip_prefix('将').filter(|_| self.force == Force::Said && self.owner.is_some());
        if will.is_some_and(|rest| is_order(rest) && preposition(rest).is_none()) {
            self.force = Force::On(Rule::ZhUndertaking);
            let body = clause.end - next.len() + '将'.len_utf8();
            return Some(self.piece_of(clause, body, false, false, Rule::ZhUndertaking));
        }
        let at = words.char_indices().take(24).find(|(at, c)| {
            // 市财政先拿300万元启动
            let pays = *c == '先' && words[*at..].contains('元');
            (*c == '将' || pays) && *at > 0 && is_office(words[..*at].trim(), profile) && {
                let rest = strip_adverbs(&words[at + '将'.len_utf8()..]);
                (is_order(rest) || pays) && (PREPOSITIONS.at(rest).is_none() || comes_after_will(rest))
            }
        })?;
        let named = of_subject(text, clause.start..clause.start + at.0, profile);
        self.owner = named.map(|name| antecedent(text, self.start..clause.start, name));
        self.owner_rule = "zh-owner-subject";
        self.force = Force::On(Rule::ZhUndertaking);
        let body = clause.start + at.0 + '将'.len_utf8();
        Some(self.piece_of(clause, body, false, true, Rule::ZhUndertaking))
    }

    /// In a notice: an office and what it does.
    fn named(&mut self, clause: Range<usize>) -> Option<Piece> {
        let Setting { text, profile, .. } = *self.setting;
        // 其余资金由燃气集团自筹解决: who, behind what.
        if let Some(piece) = self.given_to(clause.clone()) {
            return Some(piece);
        }
        // 由市督查室公布受理电话: 由 gives the work to somebody wherever it stands.
        if self.force != Force::Named && !text[clause.clone()].starts_with('由') {
            return None;
        }
        let Some(end) = self.subject(clause.clone()) else { return self.scheduled(clause) };
        // 市水务局汇报有关情况, 市财政局参加: the meeting, and no order.
        let tail = strip_adverbs(&text[clause.start + end..clause.end]);
        let tells = any_of![
            "汇报",
            "介绍",
            "通报",
            "发言",
            "参加",
            "出席",
            "列席",
            "表示",
            "认为",
            "作",
            "就",
            "提出",
            "反映",
            "负责人",
        ];
        // 上半年集团实现营业收入14.2亿元: a report, unless a day bounds it.
        let reached = any_of!["实现", "完成", "达到", "累计", "增长", "下降", "共", "建成", "获得", "新增"];
        let bounded = || due::times(text, clause.clone(), self.setting.anchor).any(|time| time.binding);
        // 安全部每周五通报检查情况: what is done again and again is no report of this meeting.
        let recurs = due::recurrence(&text[clause.start + end..clause.end]) > 0;
        if tells.begins(tail) && !tail.starts_with("作为") && !recurs
            || permits(tail)
            || reached.begins(tail) && !bounded()
        {
            return None;
        }
        self.owner = of_subject(text, self.without_time(clause.start..clause.start + end), profile);
        self.owner_rule = "zh-owner-subject";
        self.owner.as_ref()?;
        self.force = Force::On(Rule::ZhNotice);
        let body = clause.start + end;
        Some(self.piece_of(clause, body, false, true, Rule::ZhNotice))
    }

    /// In a notice: 即日起至8月31日，在全集团开展大检查, with its own time and nobody named.
    fn scheduled(&mut self, clause: Range<usize>) -> Option<Piece> {
        let Setting { text, anchor, .. } = *self.setting;
        let from = self.pending.unwrap_or(clause.start);
        let first = due::times(text, from..clause.end, anchor).next();
        let fronted = first.is_some_and(|time| time.binding && text[from..time.range.start].chars().count() <= 1);
        let plain = self.after_time(clause.clone());
        if self.force != Force::Named || !fronted || !is_order(plain) || plain.chars().count() < 4 {
            return None;
        }
        self.force = Force::On(Rule::ZhNotice);
        Some(self.piece_of(clause.clone(), clause.start, false, false, Rule::ZhNotice))
    }

    /// [What]由[office][does it], in a notice, a list of decisions or under an order.
    fn given_to(&mut self, clause: Range<usize>) -> Option<Piece> {
        let Setting { text, profile, .. } = *self.setting;
        let words = &text[clause.clone()];
        // 此事请县信访局妥善处理: asked, behind what it is.
        let by = |at: usize| words[at..].starts_with('由');
        let at = words.find('由').filter(|at| *at > 0).or_else(|| hands_over(words, profile))?;
        if words[at..].starts_with("由于")
            || words[..at].ends_with(['自', '理', '经', '缘'])
            || words.contains("组成")
            // 由副市长孙志勇任组长的专班
            || any_of!["任组长", "任主任", "任总指挥", "任指挥长", "任召集人", "为组长", "任链长"].stands_in(&words[at..])
            // 组建由楼组长参加的协商小组: what it is made of.
            || any_of!["参加的", "参与的", "组成的", "担任的", "承担的", "主导的", "管理的", "牵头的", "负责的", "提供的"]
                .stands_in(&words[at..])
            || words[at..].find('的').is_some_and(|of| {
                words[at..at + of].chars().count() <= 9 && !words[at + of..].contains(['报', '办', '做'])
            })
        {
            return None;
        }
        let from = clause.start + at;
        let end = self.subject(from..clause.end)?;
        self.owner = Some(of_subject(text, from..from + end, profile)?);
        self.owner_rule = if by(at) { "zh-owner-led-by" } else { "zh-owner-asked" };
        self.force = Force::On(Rule::ZhNotice);
        Some(self.piece_of(clause, from + end, false, true, Rule::ZhNotice))
    }

    fn piece_of(&mut self, range: Range<usize>, body: usize, has_modal: bool, has_subject: bool, rule: Rule) -> Piece {
        let owner_rule =
            if has_subject || self.owner_rule == "zh-owner-led-by" { self.owner_rule } else { "zh-owner-inherited" };
        let owner = self.owner.clone();
        Piece { range, body, has_modal, has_subject, topic: false, owner, owner_rule, supporting: vec![], rule }
    }

    pub(super) fn add(&mut self, mut piece: Piece) {
        let Setting { text, profile, .. } = *self.setting;
        if let Some(from) = self.pending.take() {
            // 对情况复杂的，…: a case has a time of its own.
            piece.topic |=
                from < piece.range.start && text[from..piece.range.start].trim_end_matches('，').ends_with('的');
            piece.range.start = from;
        }
        if piece.has_subject {
            self.supporting = super::owner::joined(text, piece.range.start..piece.range.end, profile);
        }
        piece.supporting = self.supporting.clone();
        // 由县财政局、县水利局（牵头）制定: one of them leads.
        if let Some(owner) = piece
            .owner
            .clone()
            .filter(|owner| any_of!["（牵头", "(牵头", "（主办", "(主办"].stands_in(&text[owner.clone()]))
        {
            let (lead, others) = leads(text, owner.clone(), parts(text, owner, &['、']));
            (self.owner, piece.owner) = (lead.clone(), lead);
            piece.supporting.extend(others);
        }
        self.assembly.pieces.push(piece);
    }

    /// 由市发改委牵头 inside a clause: only the lead.
    fn lead_by(&mut self, clause: Range<usize>) {
        if let Some(led) = led_by(self.setting.text, clause, self.setting.profile) {
            self.owner = Some(led);
            self.owner_rule = "zh-owner-led-by";
        }
    }

    /// Where the office that a clause begins with ends; a time may stand before it and after it.
    pub(super) fn subject(&self, clause: Range<usize>) -> Option<usize> {
        let Setting { text, profile, .. } = *self.setting;
        let from = self.without_time(clause.clone()).start;
        let rest = &text[from..clause.end];
        bare_subject(rest, profile, |tail| self.after_time(clause.end - tail.len()..clause.end))
            .map(|end| from + end - clause.start)
    }

    /// A clause without the time and the comma in front: 三个月内办结积案.
    pub(super) fn without_time(&self, clause: Range<usize>) -> Range<usize> {
        // The same clause is asked about again and again.
        if let Some((known, from)) = self.timed.take()
            && known == clause
        {
            self.timed.set(Some((known, from)));
            return from..clause.end;
        }
        let rest = self.behind_time(clause.clone());
        self.timed.set(Some((clause, rest.start)));
        rest
    }

    fn behind_time(&self, clause: Range<usize>) -> Range<usize> {
        let often = due::recurrence(&self.setting.text[clause.clone()]);
        if often > 0 {
            return clause.start + often..clause.end;
        }
        let words = &self.setting.text[clause.clone()];
        let placed = words.trim_start_matches(['在', '于', '到', '至', '自', '从']);
        let skip = words.len() - placed.len();
        if skip > 3 {
            return clause;
        }
        let from = clause.start + skip;
        let first = due::first(self.setting.text, from..clause.end, self.setting.anchor);
        match first {
            Some(end) => {
                let rest = &self.setting.text[end..clause.end];
                let rest = rest.trim_start_matches(['，', ' ']);
                clause.end - rest.len()..clause.end
            }
            None => clause,
        }
    }

    pub(super) fn after_time(&self, clause: Range<usize>) -> &'s str {
        &self.setting.text[self.without_time(clause)]
    }
}

/// 将对进展开展督查, 将于5月召开: where a preposition follows, 将 tells what is to come and governs no object.
fn comes_after_will(rest: &str) -> bool {
    preposition(rest).is_some_and(|word| !matches!(word, "用" | "经" | "自" | "到" | "除" | "同"))
}

/// 项目实行月调度、季通报: how a thing is run.
fn is_mode(words: &str) -> bool {
    let at = |at: usize| any_of!["实行", "采取", "采用"].begins(&words[at..]);
    words.char_indices().skip(2).take(8).take_while(|(_, c)| !matches!(c, '的' | '可')).any(|(place, _)| at(place))
}

/// 重要情况及时向市政府报告, 所需经费统一由市财政列支: a thing, how, and what is done with it.
pub(super) fn settles_thing(plain: &str) -> bool {
    let how = any_of![
        "及时",
        "抓紧",
        "一律",
        "统一",
        "定期",
        "按月",
        "按季",
        "按周",
        "逐级",
        "第一时间",
        "另行",
        "不再",
        "优先",
        "按规定",
        "按程序",
    ];
    let Some((at, word)) = how.find(plain) else { return false };
    let (thing, done) = (&plain[..at], strip_adverbs(&plain[at + word.len()..]));
    (2..=12).contains(&thing.chars().count())
        && !is_order(thing)
        && !has_verb(thing)
        && (is_order(done) || done.starts_with("完成") || any_of!["由", "用于", "报", "向"].begins(done))
}

/// 测评结果向社会公布: a noun, and then what is done with it.
fn has_topic(plain: &str) -> bool {
    !is_order(plain)
        && plain.chars().count() >= 6
        && !plain.starts_with(['不', '每', '以', '能', '将', '把', '对', '向', '在', '于', '从'])
        && !plain.chars().take(4).any(|c| c.is_ascii_digit())
        && plain.char_indices().skip(2).any(|(at, _)| {
            ACTS.at(&plain[at..]).is_some_and(|act| act.len() >= 6)
                || any_of!["控制在", "达到", "不低于", "不超过", "不少于"].begins(&plain[at..])
        })
}
