//! Directives in Chinese paragraphs: who speaks, and which clauses order something.

use super::assemble::{Assembly, Piece};
use super::clause::{bare_subject, clauses, is_narrative, is_order, is_preparing, judges_before, modal, strip_adverbs};
use super::due;
use super::enumerator::{enumerator, item, linking};
use super::lead::{Force, lead};
use super::owner::{Assignment, assignment, names_office, of_subject, parts};
use super::words::STATES;
use crate::draft::Draft;
use crate::due::Anchor;
use crate::segment::{marker, zh_sentences};
use crate::{Profile, Rule};
use std::ops::Range;

/// What the reader remembers from sentence to sentence.
#[derive(Default)]
pub(crate) struct Voice {
    /// The last sentence ordered something, or announced a list of orders.
    open: bool,
    /// The list under way is one of orders.
    listing: bool,
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
}

/// What holds for the whole document.
pub(crate) struct Setting<'a> {
    pub(crate) text: &'a str,
    pub(crate) profile: &'a Profile,
    pub(crate) anchor: &'a Anchor,
}

impl Setting<'_> {
    /// Read one paragraph.
    pub(crate) fn read(&self, paragraph: Range<usize>, voice: &mut Voice, out: &mut Vec<Draft>) {
        let text = self.text;
        let sign = marker(&text[paragraph.clone()]);
        let body = paragraph.start + sign..paragraph.end;
        if let Some(found) = own_line(text, body.clone(), self.profile) {
            let from = voice.paragraph.min(out.len());
            assign(&found, &mut out[from..]);
            return;
        }
        let first = out.len();
        if is_register(&text[body.clone()]) {
            return;
        }
        if self.heading(body.clone(), sign > 0, voice) {
            voice.paragraph = first;
            return;
        }
        if sign == 0 {
            voice.open = false;
            voice.listing = voice.listing && !out.is_empty();
        }
        let listed = sign > 0 && voice.listing;
        voice.open = listed;
        let mut since = out.len();
        let sentences = zh_sentences(text, body.clone());
        let title =
            sign > 0 && sentences.len() > 1 && sentences.first().is_some_and(|first| is_title(&text[first.clone()]));
        let mut titled = None;
        for (n, sentence) in sentences.into_iter().enumerate() {
            let before = out.len();
            if title && n == 1 {
                titled = Some(first..before);
            }
            if let Some(helpers) = self.only_helpers(sentence.clone()) {
                assign(&Assignment { supporting: helpers, ..Assignment::default() }, &mut out[since.min(before)..]);
                continue;
            }
            self.sentence(sentence.clone(), voice, listed || (sign > 0 && n == 0 && voice.open), out);
            if let Some(found) = bracketed(text, sentence, self.profile) {
                let from = if out.len() > before { since.min(before) } else { since };
                assign(&found, &mut out[from..]);
                since = out.len();
            }
        }
        // 一、保障教材供应。各校要…: the text under a title says it in full.
        if let Some(titled) = titled
            && out.len() > titled.end
            && orders_in(&text[body.clone()])
        {
            out.drain(titled);
        }
        let words = text[body].trim_end();
        let ends_open = words.ends_with(['：', ':']) || words.ends_with("如下。");
        voice.listing = (ends_open || sign > 0 && voice.listing) && !voice.reporting;
        voice.ordering |= ends_open && announces_orders(words);
        voice.paragraph = first;
    }

    /// A line that only names an office, or only says what the part under it is about.
    fn heading(&self, body: Range<usize>, signed: bool, voice: &mut Voice) -> bool {
        let words = self.text[body.clone()].trim();
        if words.contains(['。', '；', '，', '！']) || words.chars().count() > 40 {
            return false;
        }
        let bare = words.trim_end_matches(['：', ':']);
        if bare.chars().count() <= 16 && (signed || bare.len() < words.len()) && is_office(bare, self.profile) {
            voice.heading = Some(body.start..body.start + bare.len());
            voice.listing = true;
            return true;
        }
        let topic =
            ["关于", "研究", "听取", "传达", "审议", "讨论", "学习", "汇报"].iter().any(|word| words.starts_with(word))
                || ["要求", "问题", "情况", "事项", "纪要", "通知", "精神"].iter().any(|word| words.ends_with(word));
        if signed {
            voice.heading = None;
        }
        signed && topic
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

    fn sentence(&self, sentence: Range<usize>, voice: &mut Voice, listed: bool, out: &mut Vec<Draft>) {
        let words = &self.text[sentence.clone()];
        // The announcement of what a meeting did: it is said again in full where it counts.
        if announces(words) {
            voice.open = false;
            return;
        }
        let opener = words.trim_start();
        let problems = words.contains("问题") && (words.contains("存在") || words.contains("突出"));
        if problems && !orders_in(words) || words.contains("成绩") || words.contains("取得") && !orders_in(words) {
            voice.reporting = true;
        } else if item(opener).is_none_or(|n| n <= 1) {
            voice.reporting = false;
        }
        let carries_on = ["此外", "同时", "还", "另外"].iter().any(|word| opener.starts_with(word));
        let owner = if carries_on { voice.owner.clone() } else { None };
        let force = match (listed, voice.open) {
            (true, _) => Force::Soft(Rule::ZhEnumerated),
            (false, true) => Force::Soft(Rule::ZhContinued),
            (false, false) if voice.ordering => Force::Named,
            (false, false) => Force::Off,
        };
        let mut reading = Sentence {
            setting: self,
            force,
            owner,
            owner_rule: "zh-owner-inherited",
            pending: None,
            supporting: vec![],
            shared: false,
            heard: false,
            adopted: false,
            assembly: Assembly::default(),
        };
        for range in clauses(self.text, sentence) {
            reading.clause(range, voice, out);
        }
        reading.flush(out);
        let Sentence { force, owner, assembly, .. } = reading;
        voice.open = assembly.found
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
    }
}

/// One sentence on its way.
struct Sentence<'a, 's> {
    setting: &'a Setting<'s>,
    force: Force,
    owner: Option<Range<usize>>,
    owner_rule: &'static str,
    /// Where a time, a topic or a condition began that opens the next order.
    pending: Option<usize>,
    supporting: Vec<Range<usize>>,
    /// The last clause only said who leads.
    shared: bool,
    /// Somebody spoke: 会议指出.
    heard: bool,
    /// The meeting adopted a document: what it 明确s is that document's.
    adopted: bool,
    assembly: Assembly,
}

impl Sentence<'_, '_> {
    fn flush(&mut self, out: &mut Vec<Draft>) {
        self.assembly.flush(self.setting, out);
    }

    fn clause(&mut self, range: Range<usize>, voice: &Voice, out: &mut Vec<Draft>) {
        let Setting { text, profile, .. } = *self.setting;
        let ended_by = text[range.end..].chars().next();
        let (mut start, enumerated) = after_signs(text, range.clone());
        if enumerated {
            self.flush(out);
            self.assembly.new_item();
            self.pending = None;
            if voice.reporting {
                self.force = Force::Off;
                return;
            }
            if !matches!(self.force, Force::Off | Force::Said) || voice.listing || voice.open {
                self.force = Force::Soft(Rule::ZhEnumerated);
            }
        }
        if let Some(lead) = lead(&text[start..range.end], self.heard) {
            self.flush(out);
            self.assembly.new_item();
            self.pending = None;
            self.heard = true;
            self.owner = None;
            start += lead.length;
            start += text[start..range.end].len() - text[start..range.end].trim_start().len();
            let content = self.adopted && text[range.start..start].trim_start_matches('并').starts_with(['明', '要']);
            let adopted = lead.adopts && is_adopted(&text[start..range.end]);
            self.force = if content || adopted { Force::Off } else { lead.force };
            if adopted {
                return;
            }
            if start >= range.end {
                return;
            }
        }
        let clause = &text[start..range.end];
        if clause.trim().is_empty() {
            return;
        }
        self.heard |= clause.starts_with("会议");
        if adopts(clause) {
            self.flush(out);
            self.adopted = true;
            self.force = Force::Off;
            return;
        }
        if is_narrative(clause) || profile.is_never(clause) {
            if judges_before(clause) {
                self.assembly.drop_topic();
            }
            self.flush(out);
            self.pending = None;
            if !matches!(self.force, Force::Said | Force::Named | Force::Soft(Rule::ZhUnderLead) | Force::Firm(_)) {
                self.force = Force::Off;
            }
            return;
        }
        // 缓缴14项收费，规模530多亿元: the amount belongs to the order before it.
        if is_size(clause) && self.assembly.extend(range.end) {
            return;
        }
        if self.says_who(start..range.end, ended_by, out) {
            return;
        }
        self.shared = false;
        let Some(piece) = self.piece(start..range.end) else {
            let timed = self.after_time(start..range.end).is_empty();
            self.pending = if timed { self.pending.or(Some(start)) } else { keep_pending(self.pending, clause, start) };
            return;
        };
        self.add(piece);
        if ended_by == Some('；') {
            self.flush(out);
        }
    }

    /// 由市住建局牵头、市民政局配合，…, or 市住建局：…: what is to be done follows.
    fn says_who(&mut self, clause: Range<usize>, ended_by: Option<char>, out: &mut Vec<Draft>) -> bool {
        let Setting { text, profile, .. } = *self.setting;
        let words = &text[clause.clone()];
        if ended_by == Some('：') && is_office(words, profile) {
            self.flush(out);
            self.assembly.new_item();
            self.owner = Some(clause);
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
            && (self.force != Force::Off && self.force != Force::Said || words.starts_with('由'))
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

    /// The order in a clause, if it is one.
    fn piece(&mut self, clause: Range<usize>) -> Option<Piece> {
        let Setting { text, profile, .. } = *self.setting;
        let words = &text[clause.clone()];
        if let Some((subject_end, end)) = modal(words, profile) {
            let asked = words[subject_end..].starts_with('请');
            let bare = words[..subject_end].trim();
            let subject = clause.start..clause.start + subject_end;
            let mut body = clause.start + end;
            let mut named = of_subject(text, self.without_time(subject), profile);
            let mut has_subject =
                named.is_some() || (!bare.is_empty() && !strip_adverbs(bare).is_empty() && !is_preparing(bare));
            if asked || !has_subject {
                // 请区住建局会同…, 要由市水务局…
                if let Some(length) = self.subject(body..clause.end) {
                    named = of_subject(text, body..body + length, profile);
                    has_subject = named.is_some();
                    body += length;
                }
            }
            if has_subject {
                self.owner = named;
                self.owner_rule = if asked { "zh-owner-asked" } else { "zh-owner-subject" };
            }
            self.lead_by(clause.clone());
            self.force = Force::On(Rule::ZhModal);
            return Some(self.piece_of(clause, body, true, has_subject, Rule::ZhModal));
        }
        let rule = match self.force {
            Force::Off | Force::Said | Force::Named => {
                return self.undertaking(clause.clone()).or_else(|| self.named(clause));
            }
            Force::Soft(rule) | Force::Firm(rule) | Force::On(rule) => rule,
        };
        let subject = self.subject(clause.clone());
        let plain = self.after_time(clause.clone());
        let orders = match self.force {
            Force::Soft(_) => is_order(plain) && !is_preparing(words) || STATES.ending(words).is_some(),
            Force::Firm(_) => {
                !is_preparing(words) && words.chars().count() >= 4 && (!is_topic(words) || is_order(plain))
            }
            Force::On(_) | Force::Off | Force::Said | Force::Named => true,
        };
        if subject.is_none() && !orders {
            return None;
        }
        if let Some(end) = subject {
            self.owner = of_subject(text, self.without_time(clause.start..clause.start + end), profile);
            self.owner_rule = "zh-owner-subject";
        }
        self.lead_by(clause.clone());
        let rule = if rule == Rule::ZhModal { Rule::ZhUnderModal } else { rule };
        self.force = Force::On(if rule == Rule::ZhUnderModal { Rule::ZhModal } else { rule });
        let body = clause.start + subject.unwrap_or(0);
        Some(self.piece_of(clause, body, false, subject.is_some(), rule))
    }

    /// 区政府督查室将适时开展抽查: what an office undertakes.
    fn undertaking(&mut self, clause: Range<usize>) -> Option<Piece> {
        let Setting { text, profile, .. } = *self.setting;
        let words = &text[clause.clone()];
        let at = words.char_indices().take(24).find(|(at, c)| {
            *c == '将' && *at > 0 && is_office(words[..*at].trim(), profile) && {
                let rest = strip_adverbs(&words[at + '将'.len_utf8()..]);
                is_order(rest) && super::words::PREPOSITIONS.at(rest).is_none()
            }
        })?;
        self.owner = of_subject(text, clause.start..clause.start + at.0, profile);
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
        let end = self.subject(clause.clone())?;
        // 市水务局汇报有关情况, 市财政局参加: the meeting, and no order.
        let tail = strip_adverbs(&text[clause.start + end..clause.end]);
        let tells = [
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
        if tells.iter().any(|word| tail.starts_with(word)) {
            return None;
        }
        self.owner = of_subject(text, self.without_time(clause.start..clause.start + end), profile);
        self.owner_rule = "zh-owner-subject";
        self.owner.as_ref()?;
        self.force = Force::On(Rule::ZhNotice);
        let body = clause.start + end;
        Some(self.piece_of(clause, body, false, true, Rule::ZhNotice))
    }

    /// [What]由[office][does it], in a notice, a list of decisions or under an order.
    fn given_to(&mut self, clause: Range<usize>) -> Option<Piece> {
        let Setting { text, profile, .. } = *self.setting;
        let words = &text[clause.clone()];
        let at = words.find('由').filter(|at| *at > 0)?;
        if words[at..].starts_with("由于")
            || words[..at].ends_with(['自', '理', '经', '缘', '事'])
            || words.contains("组成")
        {
            return None;
        }
        let from = clause.start + at;
        let end = self.subject(from..clause.end)?;
        self.owner = of_subject(text, from..from + end, profile);
        self.owner.as_ref()?;
        self.owner_rule = "zh-owner-led-by";
        self.force = Force::On(Rule::ZhNotice);
        Some(self.piece_of(clause, from + end, false, true, Rule::ZhNotice))
    }

    fn piece_of(&mut self, range: Range<usize>, body: usize, has_modal: bool, has_subject: bool, rule: Rule) -> Piece {
        let owner_rule =
            if has_subject || self.owner_rule == "zh-owner-led-by" { self.owner_rule } else { "zh-owner-inherited" };
        Piece { range, body, has_modal, has_subject, owner: self.owner.clone(), owner_rule, supporting: vec![], rule }
    }

    fn add(&mut self, mut piece: Piece) {
        let Setting { text, profile, .. } = *self.setting;
        if let Some(from) = self.pending.take() {
            piece.range.start = from;
        }
        if piece.has_subject {
            self.supporting = super::owner::joined(text, piece.range.start..piece.range.end, profile);
        }
        piece.supporting = self.supporting.clone();
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
    fn subject(&self, clause: Range<usize>) -> Option<usize> {
        let Setting { text, profile, .. } = *self.setting;
        let from = self.without_time(clause.clone()).start;
        let rest = &text[from..clause.end];
        bare_subject(rest, profile, |tail| self.after_time(clause.end - tail.len()..clause.end))
            .map(|end| from + end - clause.start)
    }

    /// A clause without the time and the comma in front: 三个月内办结积案.
    fn without_time(&self, clause: Range<usize>) -> Range<usize> {
        let words = &self.setting.text[clause.clone()];
        let placed = words.trim_start_matches(['在', '于', '到', '至', '自', '从']);
        let skip = words.len() - placed.len();
        if skip > 3 || !due::may_begin(placed) {
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

    fn after_time(&self, clause: Range<usize>) -> &str {
        &self.setting.text[self.without_time(clause)]
    }
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
fn is_office(words: &str, profile: &Profile) -> bool {
    let words = words.trim();
    names_office(words, profile) && !is_order(words) && !words.contains(['的', '将', '对'])
}

/// 现就有关事项通知如下：, 会议议定以下事项：
fn announces_orders(words: &str) -> bool {
    let last = words.rfind('。').map_or(words, |at| &words[at..]);
    let said = [
        "意见如下",
        "如下意见",
        "纪要如下",
        "提出如下",
        "如下措施",
        "通知如下",
        "督办如下",
        "议定",
        "要求如下",
        "安排如下",
        "明确如下",
        "事项：",
        "决定：",
        "任务分解",
        "交办如下",
        "部署如下",
    ];
    said.iter().any(|word| last.contains(word)) && !last.contains("存在") && !last.contains("汇报")
}

/// 参加：市水务局雷鸣。: who was there, who gets a copy.
fn is_register(line: &str) -> bool {
    let Some((label, _)) = line.split_once(['：', ':']) else { return false };
    let bare: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    let labels = [
        "参加",
        "参会",
        "出席",
        "列席",
        "主持",
        "主持人",
        "记录",
        "记录人",
        "地点",
        "时间",
        "会议时间",
        "会议地点",
        "抄送",
        "主送",
        "分送",
        "发送",
        "送",
        "印发",
        "请假",
        "缺席",
        "参加人员",
        "出席人员",
        "列席人员",
        "参会人员",
        "参加单位",
        "联系人",
        "附件",
    ];
    labels.contains(&bare.as_str())
}

/// A short first sentence of a numbered paragraph, without subject, number or modal.
fn is_title(sentence: &str) -> bool {
    let words = sentence.trim_end_matches('。');
    words.chars().count() <= 16
        && !words.contains(['要', '应', '须', '请', '由', '，', '：', '（'])
        && !words.contains(|c: char| c.is_ascii_digit())
}

fn orders_in(words: &str) -> bool {
    words.contains('要') || words.contains("必须") || words.contains("务必")
}

/// 市发改委提出的实施方案, 《…规划》: the thing that was adopted.
fn is_adopted(words: &str) -> bool {
    let named = words.ends_with('》')
        || ["提出的", "报送的", "拟定的", "起草的", "提交的", "制定的", "汇报的"].iter().any(|w| words.contains(w));
    let noun = ["方案", "计划", "意见", "建议", "报告", "规划", "办法", "草案", "请示", "安排"]
        .iter()
        .any(|w| words.ends_with(w));
    named && !words.starts_with('由') || noun && !is_order(words) || words.starts_with("关于")
}

/// 会议通过《…条例》.
fn adopts(clause: &str) -> bool {
    ["通过", "审议", "印发了"].iter().any(|word| clause.contains(word)) && clause.contains('《')
}

/// A noun phrase and no clause: 有关工作事项.
fn is_topic(words: &str) -> bool {
    ["问题", "事项", "情况", "方面", "工作"].iter().any(|word| words.ends_with(word)) || words.ends_with("如下")
}

/// A line that only says who and when: 责任单位：市水务局.
fn own_line(text: &str, range: Range<usize>, profile: &Profile) -> Option<Assignment> {
    let words = text[range.clone()].trim_start_matches(['（', '(', '【', '[']);
    if super::owner::starts_with_label(words) { assignment(text, range, profile) } else { None }
}

/// An assignment in the last brackets of a sentence, or in brackets that follow it.
fn bracketed(text: &str, sentence: Range<usize>, profile: &Profile) -> Option<Assignment> {
    let body = &text[sentence.clone()];
    let open = body.rfind(['（', '('])?;
    let inner = open + body[open..].chars().next().map_or(1, char::len_utf8);
    let close = inner + body[inner..].find(['）', ')'])?;
    let inside = sentence.start + inner..sentence.start + close;
    let words = &text[inside.clone()];
    let says =
        ["牵头", "负责", "责任", "配合", "时限", "主办", "完成时间", "承办"].iter().any(|word| words.contains(word));
    if says {
        return assignment(text, inside, profile);
    }
    // （市水务局，6月底前）
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

fn assign(found: &Assignment, drafts: &mut [Draft]) {
    for draft in drafts {
        if let Some(lead) = &found.lead {
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
fn shared_out(text: &str, clause: Range<usize>, profile: &Profile) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let words = &text[clause.clone()];
    let lead = match led_by(text, clause.clone(), profile) {
        Some(lead) => lead,
        None => {
            let (named, _) = words.split_once("牵头")?;
            names_office(named, profile).then(|| clause.start..clause.start + named.len())?
        }
    };
    let (at, verb) = ["牵头负责", "牵头"].iter().find_map(|verb| words.find(verb).map(|at| (at, verb)))?;
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
fn helping(text: &str, clause: Range<usize>, profile: &Profile) -> Option<Vec<Range<usize>>> {
    let words = &text[clause.clone()];
    let verbs = ["积极配合", "协同配合", "予以配合", "做好配合", "配合", "参与", "协办", "协助", "参加"];
    let units = verbs.iter().find_map(|verb| words.strip_suffix(verb))?;
    let units = units.trim_end_matches("按职责分工").trim_end_matches("按照职责分工");
    names_office(units, profile).then(|| parts(text, clause.start..clause.start + units.len(), &['、', '和', '及']))
}

/// 规模约630亿元, 总投资12亿元: how much the order before it comes to.
fn is_size(clause: &str) -> bool {
    let sized = ["规模", "总规模", "总额", "金额", "总金额", "总投资", "投资额", "合计", "共计", "总计", "涉及资金"];
    let rest = sized.iter().find_map(|word| clause.strip_prefix(word));
    rest.is_some_and(|rest| rest.chars().take(4).any(|c| c.is_ascii_digit()) && rest.chars().count() <= 16)
}

/// A clause that may open the next order: a topic, a time, a condition. A purpose (为…) stays outside.
fn keep_pending(pending: Option<usize>, clause: &str, start: usize) -> Option<usize> {
    let purpose = clause.starts_with('为') && !clause.starts_with("为此");
    if is_preparing(clause) && !purpose { pending.or(Some(start)) } else { None }
}

/// 主持召开, 审议通过: what happened, not what is to be done.
fn announces(sentence: &str) -> bool {
    let held = ["主持召开", "出席会议并", "主持会议", "参加会议", "列席会议", "出席会议", "参加了会议"];
    held.iter().any(|word| sentence.contains(word)) && !sentence.contains("会议要求") && !sentence.contains("会议强调")
        || ["审议通过了", "会议听取了", "会议研究了", "会议还研究了"].iter().any(|word| sentence.contains(word))
            && !sentence.contains('要')
            && !sentence.contains("决定")
}

/// 由市发改委牵头: only the lead.
fn led_by(text: &str, clause: Range<usize>, profile: &Profile) -> Option<Range<usize>> {
    let words = &text[clause.clone()];
    let from = words.find('由')? + '由'.len_utf8();
    let to =
        from + ["牵头", "负责", "组织", "会同", "具体"].iter().filter_map(|word| words[from..].find(word)).min()?;
    let unit = words[from..to].trim();
    names_office(unit, profile).then(|| clause.start + from..clause.start + from + unit.len())
}
