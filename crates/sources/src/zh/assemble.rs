//! Which clauses belong to one directive: phrases that prepare, results that trail, slogans that run together.

use super::class;
use super::clause::{is_preparing, preposition, strip_adverbs};
use super::paragraph::Setting;
use super::spoken::{comes_of_errand, goes_by_turns};
use super::state::ensures_by_day;
use super::trailing::{
    approaches, carries_out, closes, completes_pair, ensures_run, has_no_object, is_attitude, is_catchword, is_focus,
    is_means, is_spent_on, is_stance, is_tail, shares_object,
};
use super::{due, quantity};
use crate::draft::Draft;
use crate::phrases::{Phrases, any_of};
use crate::{Class, Rule};
use std::cell::LazyCell;
use std::ops::Range;

/// Nobody is given more than so many orders at once.
pub(super) const ASSIGNED_MAX: usize = 40;

/// No phrase of a heading is longer, in characters.
const HEADING_MAX: usize = 12;

/// A clause that orders, before clauses are put together.
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    /// Where the words after subject and modal begin.
    pub(super) body: usize,
    pub(super) has_modal: bool,
    pub(super) has_subject: bool,
    /// It has a subject of its own that is no office: 测评结果向社会公布.
    pub(super) topic: bool,
    pub(super) owner: Option<Range<usize>>,
    pub(super) owner_rule: &'static str,
    pub(super) supporting: Vec<Range<usize>>,
    pub(super) rule: Rule,
}

/// The orders of one sentence.
#[derive(Default)]
pub(super) struct Assembly {
    /// What was read and not yet put together.
    pub(super) pieces: Vec<Piece>,
    /// Whether the sentence ordered anything.
    pub(super) found: bool,
    /// How many directives came of it.
    count: usize,
    /// The time in front, which governs what follows until a new subject.
    fronted: Option<Range<usize>>,
}

impl Assembly {
    /// Where the sentence's directives begin among `len`.
    pub(super) fn first(&self, len: usize) -> usize {
        len.saturating_sub(self.count)
    }

    pub(super) fn new_item(&mut self) {
        self.fronted = None;
    }

    pub(super) fn new_subject(&mut self) {
        self.fronted = None;
    }

    /// 深化改革，关键在落实: what was taken for an order was the topic of a judgement.
    pub(super) fn drop_topic(&mut self) {
        let topic = self.pieces.last().is_some_and(|piece| !piece.has_modal && !piece.has_subject);
        if topic && self.pieces.len() == 1 {
            self.pieces.pop();
        }
    }

    /// 由市水务局负责: who does what was said since the last semicolon; `false` if nothing was.
    pub(super) fn give(&mut self, end: usize, owner: &Range<usize>) -> bool {
        // 由县住建局编制方案，由各镇组织实施: what has its doer is given to nobody else.
        let Some(last) = self.pieces.last_mut().filter(|last| !last.has_subject || last.owner.is_none()) else {
            return false;
        };
        last.range.end = end;
        for piece in self.pieces.iter_mut().rev().take(ASSIGNED_MAX) {
            if piece.has_subject && piece.owner.is_some() {
                break;
            }
            piece.owner = Some(owner.clone());
            piece.owner_rule = "zh-owner-given";
        }
        true
    }

    /// 市财政局配合: who helps with it.
    pub(super) fn help(&mut self, end: usize, helpers: &[Range<usize>]) {
        if let Some(last) = self.pieces.last_mut() {
            last.range.end = end;
        }
        let few = |piece: &&mut Piece| piece.supporting.len() < ASSIGNED_MAX;
        for piece in self.pieces.iter_mut().rev().take(ASSIGNED_MAX).filter(few) {
            piece.supporting.extend(helpers.iter().cloned());
        }
    }

    /// Lengthen the last order; `false` if there is none.
    pub(super) fn extend(&mut self, end: usize) -> bool {
        self.pieces.last_mut().map(|last| last.range.end = end).is_some()
    }

    /// （二）修好水渠，管好水费。: whether the pieces are no more than what a paragraph is headed with.
    fn heads_paragraph(&self, text: &str) -> bool {
        let (Some(first), Some(last)) = (self.pieces.first(), self.pieces.last()) else { return false };
        let short = |piece: &Piece| {
            let words = &text[piece.range.clone()];
            words.chars().count() <= HEADING_MAX
                && !piece.has_subject
                && !piece.topic
                && quantity::none_in(words)
                && class::of(&text[piece.body..piece.range.end], false).0 != Class::Action
        };
        (2..=4).contains(&self.pieces.len())
            && class::opens_paragraph(text, first.range.start, last.range.end)
            && self.pieces.iter().all(short)
    }

    /// Put clauses together into directives, and empty `pieces`.
    pub(super) fn flush(&mut self, setting: &Setting<'_>, out: &mut Vec<Draft>) {
        let text = setting.text;
        if self.pieces.is_empty() {
            return;
        }
        self.found = true;
        let subjects = self.pieces.iter().filter(|piece| piece.has_subject).count();
        let first = out.len();
        let heads = self.heads_paragraph(text);
        let mut carried: Option<usize> = None;
        // The last directive is a run of short phrases that another may join.
        let mut run = false;
        let mut pieces = std::mem::take(&mut self.pieces).into_iter().peekable();
        let recorded = setting.record.is_some();
        while let Some(piece) = pieces.next() {
            let words = &text[piece.body..piece.range.end];
            let last = pieces.peek().is_none();
            if piece.has_subject || piece.topic {
                self.fronted = None;
            }
            // In front stands a time behind which the words begin, or that stands at their beginning.
            let beside = piece.supporting.last().map_or(0, |unit| unit.end).max(piece.body).min(piece.range.end);
            let placed =
                text[beside..piece.range.end].trim_start_matches(['在', '于', '到', '自', '从', ' ', '由', '最', '迟']);
            let reach = piece.range.end - placed.len();
            if let Some(time) = due::opening(text, piece.range.clone(), reach, setting.anchor) {
                self.fronted = Some(time.range);
            }
            // 公司倒排工期、挂图作战，11月底前新增产能: what has a time of its own is not what the slogan is for.
            let dated = |next: &Piece| {
                let placed = text[next.body..next.range.end].trim_start_matches(['于', '在', '到']);
                due::first(text, next.range.end - placed.len()..next.range.end, setting.anchor).is_some()
            };
            let slogan = class::is_slogan(words) && !(piece.has_subject && pieces.peek().is_some_and(dated));
            // 须经市政府批准: no preparation, but what must be done.
            // 工资必须以考勤为依据
            let stands = piece.has_modal && (words.starts_with('经') || piece.topic && words.starts_with('以'));
            let prepares = || is_preparing(words) && !stands;
            // 要聚焦企业反映强烈的难点，深化改革: where the next phrase is aimed, or in what spirit.
            let mut leads_up = || {
                pieces.peek().is_some_and(|next| {
                    // 主要负责同志亲自过问: some of those whom the subject names.
                    let some = any_of!["主要", "分管"].begins(&text[next.range.clone()]);
                    let free = !next.has_subject && !next.has_modal && !next.topic && !some;
                    let aims = piece.has_modal
                        || carried.is_some()
                        || piece.has_subject
                        || any_of!["聚焦", "瞄准", "对标", "紧扣", "对照", "抢抓", "抓住", "履行"]
                            .begins(strip_adverbs(words));
                    let goes_on = carried.is_some() && !piece.has_modal;
                    let opens = (piece.has_modal || piece.has_subject || goes_on) && piece.rule != Rule::ZhSpoken;
                    // 逐日登记，并按周公布: one act and another.
                    let opens = opens && !text[..next.range.start].ends_with('并');
                    let holds = opens && words.starts_with("坚持") && words.chars().count() <= 6;
                    free && (aims && is_focus(words) && !(dated(next) && words.contains('抢'))
                        || (piece.has_modal || piece.has_subject) && has_no_object(words)
                        || holds
                        || opens && is_catchword(words.trim()) && !dated(next)
                        || is_means(words)
                        || approaches(words, setting.profile)
                        || is_attitude(words) && !dated(next))
                })
            };
            if !last && (slogan || prepares() || leads_up()) && carried.is_none_or(|_| !piece.has_modal) {
                carried = carried.or(Some(piece.range.start));
                run = false;
                continue;
            }
            // 会议决定，按照省里的部署，一是…: nothing is done yet.
            let planned = matches!(preposition(words), Some("按照" | "根据" | "依据"))
                && any_of!["部署", "精神", "安排"].ends(words.trim());
            if last && carried.is_none() && !piece.has_modal && planned && prepares() {
                continue;
            }
            let start = carried.take().unwrap_or(piece.range.start);
            let plain = strip_adverbs(words.trim());
            let length = words.trim().chars().count();
            let own_words = !piece.has_modal && !piece.has_subject && start == piece.range.start;
            let fronted = self.fronted.is_some();
            let class = LazyCell::new(|| class::of(words, fronted).0);
            let range = piece.range.clone();
            let measured = LazyCell::new(|| !quantity::find(text, range).is_empty());
            let tail = own_words
                && piece.rule != Rule::ZhSpoken
                && is_tail(words)
                && !*measured
                && *class != Class::Target
                && !ensures_by_day(words);
            let short = !piece.has_subject && length <= 7 && plain.chars().count() <= 6 && *class == Class::Principle;
            // A slogan of four characters, and a time with a verb that has no object: 6月底前完成.
            // 迅速行动: how, and no drive.
            let hurried = length == 4 && plain.chars().count() == 2 && plain.len() < words.trim().len();
            let brief = length <= 4 && (last || hurried || *class == Class::Principle) && !words.starts_with("抓紧");
            let ban = class::forbids(&text[piece.range.start..piece.body], words);
            let belongs = class::is_attribute(words)
                || tail
                || !*measured && closes(words)
                || own_words && ensures_run(words)
                || !fronted && carries_out(words)
                || (short && run)
                || brief
                || is_timed_verb(setting, &piece)
                || recorded && (goes_by_turns(words) || comes_out(setting, &piece))
                // 不搞“一刀切”, 从党费中列支
                || (words.starts_with('不') && plain == words && length <= 8 && !ban)
                || (words.starts_with('从') && PAID.ends(words) && !*measured);
            let belongs = belongs
                || shares_object(words) && !fronted
                || is_stance(words)
                // 强基础、补短板、提质效
                || last && is_triplet(strip_adverbs(words))
                // 既讲原则
                || words.starts_with('既') && length <= 8
                || !*measured
                    && out[first..].last().is_some_and(|before| is_spent_on(&text[before.range.clone()], words));
            let pair = out.len() > first
                && completes_pair(&text[out[out.len() - 1].range.clone()], &text[piece.range.clone()]);
            // 推进改造的同时，供水不中断
            let meanwhile = out.len() > first && text[..out[out.len() - 1].range.end].ends_with("的同时");
            let pair = pair || meanwhile;
            let joins = out.len() > first
                && (pair || !piece.has_subject)
                && (pair || heads
                    || own_words && belongs
                    // 不能一赶了之，也不能放任不管
                    || ban && length <= 8 && text[piece.range.start..].starts_with('也')
                    || recorded
                        && out.last().is_some_and(|before| comes_of_errand(&text[before.range.clone()], words))
                    || !piece.has_modal
                        && out.last().is_some_and(|before| reports_back(&text[before.range.clone()], words)));
            if joins {
                let draft = out.last_mut().expect("checked: a directive of this sentence stands before");
                draft.range.end = piece.range.end;
                run = run && short;
                continue;
            }
            run = short && length <= 6;
            // A closing phrase after several subjects belongs to none of them.
            let sums_up = subjects >= 3
                && !piece.has_subject
                && last
                && any_of!["全力", "共同", "合力", "形成", "确保"].begins(words);
            self.count += 1;
            out.push(Draft {
                range: start..piece.range.end,
                body: piece.body,
                owner: if sums_up { None } else { piece.owner },
                owner_rule: piece.owner_rule,
                supporting: piece.supporting,
                due: self.fronted.clone().filter(|_| !ban && due::recurrence(&text[piece.range.clone()]) == 0),
                rule: piece.rule,
                low: false,
            });
        }
    }
}

/// 强基础、补短板、提质效: phrases of three characters.
fn is_triplet(phrase: &str) -> bool {
    phrase.matches('、').count() >= 2 && phrase.split('、').all(|part| part.chars().count() == 3)
}

/// What is done with money.
static PAID: Phrases = Phrases::of(&["列支", "支出", "解决", "安排"]);

/// 与公司对接，问清费用，下次会议报告结果; 须报市政府审定，并向市人大报告: one errand.
fn reports_back(before: &str, words: &str) -> bool {
    let near = before.char_indices().rev().nth(50).map_or(0, |(at, _)| at);
    let before = &before[near..];
    let plain = strip_adverbs(words.trim());
    let asks = any_of!["问清", "弄清", "查清", "摸清", "了解清楚"].begins(plain);
    let met = any_of!["对接", "联系", "沟通", "衔接"].ends(before);
    let asked = any_of!["问清", "弄清", "查清", "了解"].stands_in(before);
    let reports = any_of!["报告结果", "报告情况", "反馈结果", "汇报结果"].ends(plain);
    // 逐条核查线索，将处理结果回复投诉人; 再去谈一次，把租期问清楚; …，本周五之前给个准信
    let looked = INQUIRIES.stands_in(before);
    let told = any_of!["回复", "反馈", "告知", "答复", "报"].stands_in(plain);
    let found = any_of!["结果", "情况", "报告"].stands_in(plain);
    let tells = plain.starts_with(['将', '把']) && found && told && plain.chars().count() <= 16;
    let talked = any_of!["谈", "对接", "联系", "沟通", "找"].stands_in(before);
    let clears = plain.starts_with('把') && any_of!["问清楚", "弄清楚", "问明白", "问清"].ends(plain);
    // 测算师资需求，在下次会议前提交书面报告
    let filed = any_of!["提交", "上报", "报送", "形成"].find(plain).is_some_and(|(at, _)| at <= 45)
        && plain.ends_with("报告")
        && !plain.contains('、');
    if looked && filed {
        return true;
    }
    let answers = any_of!["准信", "回话", "回音", "说法", "回信"].ends(plain) && plain.chars().count() <= 12;
    if looked && tells || talked && clears || answers || submits(before, plain) {
        return true;
    }
    let approved = before.contains('报') && any_of!["审定", "审批", "批准", "审议"].ends(before);
    asks && met || asked && reports || approved && plain.starts_with('向') && plain.ends_with("报告")
}

/// What finds something out, so that its result can be told.
static INQUIRIES: Phrases = Phrases::of(&[
    "核查", "核实", "调查", "查明", "了解", "测算", "审计", "摸排", "摸底", "论证", "评估", "研究", "调研", "排查",
    "检查", "抽查", "清查", "普查", "暗访", "检测", "统计",
]);

/// 编制改造方案，四季度提交区政府审议: a paper is drawn up and goes to whoever passes it.
fn submits(before: &str, plain: &str) -> bool {
    static DRAWN: Phrases = Phrases::of(&[
        "编制", "制定", "制订", "拟定", "拟订", "起草", "草拟", "修订", "修改", "完善", "绘制", "梳理", "列出", "形成",
        "提出", "汇总",
    ]);
    static PAPERS: Phrases = Phrases::of(&[
        "方案", "办法", "规划", "细则", "意见", "章程", "草案", "单", "计划", "预案", "文件", "稿", "报告", "台账",
        "目录", "表", "图", "材料", "预算", "制度", "标准", "请示", "建议", "说明",
    ]);
    let last = before.rsplit(['，', '；']).next().unwrap_or(before);
    let (drawn, paper) = (DRAWN.stands_in(last), PAPERS.ends(last));
    let goes = any_of!["提交", "提请", "报送", "报请", "上报", "报"].find(plain).is_some_and(|(at, _)| at <= 45);
    let passes = any_of!["审议", "审定", "审批", "批准", "备案", "审核", "审查", "研究", "讨论"].ends(plain);
    drawn && paper && goes && passes
}

/// 这周五之前谈下来, in a record: only a time, and what is to come of the phrase before it.
fn comes_out(setting: &Setting<'_>, piece: &Piece) -> bool {
    let Some(end) = due::first(setting.text, piece.range.clone(), setting.anchor) else { return false };
    let result = setting.text[end..piece.range.end].trim();
    static RESULTS: Phrases =
        Phrases::of(&["下来", "出来", "上来", "起来", "回来", "下去", "完", "好", "齐", "清", "掉", "到位", "走完"]);
    result.chars().count() <= 4 && RESULTS.ends(result)
}

/// 6月底前完成: only a time and a verb, which has the object of the phrase before it.
fn is_timed_verb(setting: &Setting<'_>, piece: &Piece) -> bool {
    let words = setting.text[piece.range.clone()].trim_start_matches(['从', '自', '于', '在']);
    let from = piece.range.end - words.len();
    let Some(end) = due::first(setting.text, from..piece.range.end, setting.anchor) else { return false };
    let rest = strip_adverbs(setting.text[end..piece.range.end].trim());
    matches!(
        rest,
        "执行"
            | "施行"
            | "开始"
            | "截止"
            | "公布"
            | "印发"
            | "发布"
            | "研究"
            | "再研究"
            | "再议"
            | "完成"
            | "办结"
            | "落实到位"
            | "完工"
            | "报送"
            | "上报"
            | "到位"
            | "落实"
            | "完成任务"
            | "办理完毕"
    )
}
