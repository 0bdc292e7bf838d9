//! Directives in Chinese paragraphs: who speaks, which clauses order something, and which belong together.

use super::class;
use super::clause::{bare_subject, clauses, is_narrative, is_order, is_preparing, is_tail, modal, strip_adverbs};
use super::owner::{Assignment, assignment, of_subject};
use super::words::{ORDERS, SAYINGS};
use super::{due, quantity};
use crate::draft::Draft;
use crate::due::Anchor;
use crate::segment::{marker, zh_sentences};
use crate::{Class, Profile, Rule};
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
    /// The owner of the last sentence, for 此外 and 同时.
    owner: Option<Range<usize>>,
    /// Where the drafts of the last paragraph begin, for an assignment on a line of its own.
    paragraph: usize,
}

/// How a clause came to be one of the orders.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Force {
    Off,
    /// After 会议指出: an order needs its 要.
    Said,
    /// After 会议要求, in a list of orders, or after a sentence of orders: a verb phrase will do.
    Soft(Rule),
    /// Under a 要 of this sentence.
    On(Rule),
}

/// A clause that orders, before clauses are put together.
struct Piece {
    range: Range<usize>,
    /// Where the words after subject and modal begin.
    body: usize,
    has_modal: bool,
    has_subject: bool,
    owner: Option<Range<usize>>,
    supporting: Vec<Range<usize>>,
    rule: Rule,
}

/// Read one paragraph.
pub(crate) fn read(
    text: &str,
    paragraph: Range<usize>,
    profile: &Profile,
    anchor: &Anchor,
    voice: &mut Voice,
    out: &mut Vec<Draft>,
) {
    let sign = marker(&text[paragraph.clone()]);
    let body = paragraph.start + sign..paragraph.end;
    if let Some(found) = own_line(text, body.clone(), profile) {
        let from = voice.paragraph.min(out.len());
        assign(&found, &mut out[from..]);
        return;
    }
    let first = out.len();
    if sign == 0 {
        voice.open = false;
        let intro = out.is_empty();
        voice.listing = voice.listing && !intro;
    }
    let listed = sign > 0 && voice.listing;
    voice.open = listed;
    let mut since = out.len();
    for (n, sentence) in zh_sentences(text, body.clone()).into_iter().enumerate() {
        let before = out.len();
        read_sentence(
            text,
            sentence.clone(),
            profile,
            anchor,
            voice,
            listed || (sign > 0 && n == 0 && voice.open),
            out,
        );
        if let Some(found) = bracketed(text, sentence, profile) {
            let from = if out.len() > before { since.min(before) } else { since };
            assign(&found, &mut out[from..]);
            since = out.len();
        }
    }
    let ends_open = text[body].trim_end().ends_with(['：', ':']);
    voice.listing = (ends_open && !voice.reporting) || (sign > 0 && voice.listing && !voice.reporting);
    voice.paragraph = first;
}

/// A line that only says who and when: 责任单位：市水务局.
fn own_line(text: &str, range: Range<usize>, profile: &Profile) -> Option<Assignment> {
    let words = text[range.clone()].trim_start_matches(['（', '(']);
    let labelled =
        ["牵头单位", "责任单位", "牵头部门", "责任部门", "配合单位", "完成时限", "完成时间", "主办单位", "承办单位"]
            .iter()
            .any(|label| words.starts_with(label));
    if labelled { assignment(text, range, profile) } else { None }
}

/// An assignment in the last brackets of a sentence, or in brackets that follow it.
fn bracketed(text: &str, sentence: Range<usize>, profile: &Profile) -> Option<Assignment> {
    let body = &text[sentence.clone()];
    let open = body.rfind('（')?;
    let close = open + body[open..].find('）')?;
    let inside = sentence.start + open + '（'.len_utf8()..sentence.start + close;
    let says = ["牵头", "负责", "责任单位", "配合", "时限", "责任部门", "主办", "完成时间"]
        .iter()
        .any(|word| text[inside.clone()].contains(word));
    if says { assignment(text, inside, profile) } else { None }
}

fn assign(found: &Assignment, drafts: &mut [Draft]) {
    for draft in drafts {
        if let Some(lead) = &found.lead {
            draft.owner = Some(lead.clone());
        }
        draft.supporting.extend(found.supporting.iter().cloned());
        if draft.due.is_none() {
            draft.due = found.due.clone();
        }
    }
}

fn read_sentence(
    text: &str,
    sentence: Range<usize>,
    profile: &Profile,
    anchor: &Anchor,
    voice: &mut Voice,
    listed: bool,
    out: &mut Vec<Draft>,
) {
    let words = &text[sentence.clone()];
    let opener = words.trim_start();
    let carries_on = ["此外", "同时", "还", "另外"].iter().any(|word| opener.starts_with(word));
    let mut owner = if carries_on { voice.owner.clone() } else { None };
    let mut force = match (listed, voice.open) {
        (true, _) => Force::Soft(Rule::ZhEnumerated),
        (false, true) => Force::Soft(Rule::ZhContinued),
        (false, false) => Force::Off,
    };
    // The announcement of what a meeting did: it is said again in full where it counts.
    if announces(words) {
        voice.open = false;
        return;
    }
    if words.contains("问题") && words.contains("存在") || words.contains("成绩") || words.contains("取得") {
        voice.reporting = true;
    } else if item(opener).is_none_or(|n| n <= 1) {
        voice.reporting = false;
    }
    let mut pieces: Vec<Piece> = Vec::new();
    let mut pending: Option<usize> = None;
    let mut supporting: Vec<Range<usize>> = Vec::new();
    let mut shared = false;
    let mut found = false;
    for range in clauses(text, sentence.clone()) {
        let mut start = range.start;
        let ended_by = text[range.end..].chars().next();
        let mut enumerated = false;
        loop {
            let clause = &text[start..range.end];
            if let Some(length) = enumerator(clause) {
                enumerated = true;
                start += length;
            } else if let Some(length) = linking(clause) {
                start += length;
            } else {
                break;
            }
        }
        if enumerated {
            flush(text, &mut pieces, profile, anchor, out, &mut found);
            pending = None;
            if voice.reporting {
                force = Force::Off;
                continue;
            }
            if !matches!(force, Force::Off | Force::Said) || voice.listing || voice.open {
                force = Force::Soft(Rule::ZhEnumerated);
            }
        }
        if let Some((length, strength, subject)) = lead(&text[start..range.end]) {
            flush(text, &mut pieces, profile, anchor, out, &mut found);
            pending = None;
            force = strength;
            owner = None;
            let _ = subject;
            start += length;
            start += text[start..range.end].len() - text[start..range.end].trim_start().len();
            if start >= range.end {
                continue;
            }
        }
        let clause = &text[start..range.end];
        if clause.trim().is_empty() {
            continue;
        }
        if is_narrative(clause) {
            flush(text, &mut pieces, profile, anchor, out, &mut found);
            pending = None;
            if !matches!(force, Force::Said) {
                force = if matches!(force, Force::Soft(Rule::ZhUnderLead)) { force } else { Force::Off };
            }
            continue;
        }
        // 缓缴14项收费，规模530多亿元: the amount belongs to the order before it.
        if let Some(last) = pieces.last_mut().filter(|_| is_size(clause)) {
            last.range.end = range.end;
            continue;
        }
        // 由市住建局牵头、市民政局配合，…: says who; what is to be done follows.
        if let Some((lead, helpers)) = shared_out(text, start..range.end, profile)
            && ended_by == Some('，')
            && force != Force::Off
        {
            owner = Some(lead);
            supporting = helpers;
            pending = pending.or(Some(start));
            shared = true;
            continue;
        }
        // …牵头，市住建局配合，…: the helpers in a clause of their own.
        if let Some(helpers) = helping(text, start..range.end, profile).filter(|_| shared && pending.is_some()) {
            supporting.extend(helpers);
            continue;
        }
        shared = false;
        let piece = match modal(clause, profile) {
            Some((subject_end, end)) => {
                let subject = start..start + subject_end;
                let named = of_subject(text, subject.clone(), profile);
                let bare = clause[..subject_end].trim();
                let has_subject =
                    named.is_some() || (!bare.is_empty() && !strip_adverbs(bare).is_empty() && !is_preparing(bare));
                if has_subject {
                    owner = named;
                }
                force = Force::On(Rule::ZhModal);
                Piece {
                    range: start..range.end,
                    body: start + end,
                    has_modal: true,
                    has_subject,
                    owner: owner.clone(),
                    supporting: vec![],
                    rule: Rule::ZhModal,
                }
            }
            None => {
                let rule = match force {
                    Force::Off | Force::Said => {
                        pending = keep_pending(pending, clause, start);
                        continue;
                    }
                    Force::Soft(rule) | Force::On(rule) => rule,
                };
                let subject = bare_subject(clause, profile);
                if let Force::Soft(_) = force
                    && subject.is_none()
                    && (!is_order(after_time(text, start..range.end, anchor)) || is_preparing(clause))
                {
                    pending = keep_pending(pending, clause, start);
                    continue;
                }
                if let Some(end) = subject {
                    owner = of_subject(text, start..start + end, profile).or_else(|| Some(start..start + end));
                }
                if let Some(led) = led_by(text, start..range.end, profile) {
                    owner = Some(led);
                }
                let rule = if rule == Rule::ZhModal { Rule::ZhUnderModal } else { rule };
                force = Force::On(if rule == Rule::ZhUnderModal { Rule::ZhModal } else { rule });
                Piece {
                    range: start..range.end,
                    body: start + subject.unwrap_or(0),
                    has_modal: false,
                    has_subject: subject.is_some(),
                    owner: owner.clone(),
                    supporting: vec![],
                    rule,
                }
            }
        };
        let mut piece = piece;
        if let Some(from) = pending.take() {
            piece.range.start = from;
        }
        if piece.has_subject {
            supporting.clear();
        }
        piece.supporting = supporting.clone();
        pieces.push(piece);
        if ended_by == Some('；') {
            flush(text, &mut pieces, profile, anchor, out, &mut found);
        }
    }
    flush(text, &mut pieces, profile, anchor, out, &mut found);
    voice.open =
        found || (voice.open && !matches!(force, Force::Off)) || matches!(force, Force::Soft(_) | Force::On(_));
    voice.owner = owner;
}

/// A clause without the time in front: 三个月内办结积案.
fn after_time<'t>(text: &'t str, clause: Range<usize>, anchor: &Anchor) -> &'t str {
    let first =
        due::find(text, clause.clone(), anchor).into_iter().next().filter(|time| time.range.start == clause.start);
    &text[first.map_or(clause.start, |time| time.range.end)..clause.end]
}

/// A clause that only says who: its lead, and who supports.
fn shared_out(text: &str, clause: Range<usize>, profile: &Profile) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let words = &text[clause.clone()];
    let lead = match led_by(text, clause.clone(), profile) {
        Some(lead) => lead,
        None => {
            let named = words.strip_suffix("牵头负责").or_else(|| words.strip_suffix("牵头"))?;
            super::owner::names_office(named, profile).then(|| clause.start..clause.start + named.len())?
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
            Some((lead, super::owner::parts(text, from..from + units.len(), &['、', '和', '及'])))
        }
    }
}

/// 市公安局、市民政局配合: who supports, where a clause says nothing else.
fn helping(text: &str, clause: Range<usize>, profile: &Profile) -> Option<Vec<Range<usize>>> {
    let words = &text[clause.clone()];
    let verbs = ["积极配合", "协同配合", "配合", "参与", "协办", "协助", "参加"];
    let units = verbs.iter().find_map(|verb| words.strip_suffix(verb))?;
    super::owner::names_office(units, profile)
        .then(|| super::owner::parts(text, clause.start..clause.start + units.len(), &['、', '和', '及']))
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
    ["主持召开", "出席会议并", "主持会议", "参加会议", "列席会议"].iter().any(|word| sentence.contains(word))
        && !sentence.contains("会议要求")
        && !sentence.contains("会议强调")
        || ["审议通过了", "会议听取了", "会议研究了", "会议还研究了"].iter().any(|word| sentence.contains(word))
            && !sentence.contains('要')
}

/// 一是, 第二, （三）, 4. at a clause's beginning; its length.
fn enumerator(clause: &str) -> Option<usize> {
    let trimmed = clause.trim_start();
    let lead = clause.len() - trimmed.len();
    if let Some(n) = item(trimmed) {
        debug_assert!(n > 0);
        let length: usize = trimmed.chars().take(2).map(char::len_utf8).sum();
        return Some(lead + length);
    }
    for word in ["第一", "第二", "第三", "第四", "第五", "首先", "其次", "最后"] {
        if let Some(rest) = trimmed.strip_prefix(word)
            && (rest.is_empty() || rest.starts_with(['、', '，', '是']))
        {
            return Some(lead + word.len() + rest.chars().next().map_or(0, char::len_utf8));
        }
    }
    match marker(clause) {
        0 => None,
        length => Some(length),
    }
}

/// The number of 一是, 二要 …
fn item(clause: &str) -> Option<usize> {
    let mut chars = clause.chars();
    let n = "一二三四五六七八九十".chars().position(|c| Some(c) == chars.clone().next())? + 1;
    chars.next();
    (chars.next() == Some('是')).then_some(n)
}

/// Words that only link: 并, 同时, 此外.
fn linking(clause: &str) -> Option<usize> {
    for word in ["此外", "同时", "另外", "并且", "而且", "与此同时", "还要求", "为此", "并要求", "并", "而", "还", "且"]
    {
        if let Some(rest) = clause.strip_prefix(word) {
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
    }
    None
}

/// 会议强调, 张三指出, 她要求: its length, and what force the words after it have.
fn lead(clause: &str) -> Option<(usize, Force, usize)> {
    let limit = clause.char_indices().map(|(at, _)| at).take(26);
    for at in limit.skip(1) {
        let before = clause[..at].trim();
        let strength = if let Some(word) = ORDERS.at(&clause[at..]) {
            (at + word.len(), Force::Soft(Rule::ZhUnderLead))
        } else if let Some(word) = SAYINGS.at(&clause[at..]) {
            (at + word.len(), Force::Said)
        } else {
            continue;
        };
        if !speaks(before) {
            continue;
        }
        let rest = &clause[strength.0..];
        if rest.starts_with(['的', '了', '中', '下', '和', '、']) && !rest.starts_with("了要") {
            continue;
        }
        return Some((strength.0, strength.1, at));
    }
    None
}

/// Whether words before a verb of saying name the body or a speaker.
fn speaks(before: &str) -> bool {
    let before = before.trim_start_matches(['“', '”']);
    let before = ["还", "同时", "进一步", "特别", "再次", "一致", "并", "最后", "明确", "指出并"]
        .iter()
        .fold(before, |b, word| b.trim_end_matches(word));
    if before.is_empty() {
        return false;
    }
    let length = before.chars().count();
    let bodies = [
        "会议",
        "全会",
        "大会",
        "她",
        "他",
        "委员会",
        "常委会",
        "小组",
        "领导小组",
        "办公会",
        "常务会",
        "党组",
        "政府",
        "市委",
        "省委",
        "县委",
        "区委",
        "党委",
        "讲话",
        "纪要",
        "班子",
        "会上",
        "同志",
    ];
    let clean = !before.contains(['，', '要', '应', '是', '的', '按', '把', '将', '对', '为']);
    // A speaker's name has two to four characters; a title may stand before it.
    clean
        && (bodies.iter().any(|body| before.ends_with(body))
            || (2..=4).contains(&length) && is_name(before)
            || (5..=22).contains(&length) && titled(before))
}

fn is_name(word: &str) -> bool {
    const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝";
    word.chars().next().is_some_and(|c| SURNAMES.contains(c)) && word.chars().all(crate::lang::is_han)
}

fn titled(before: &str) -> bool {
    let titles = [
        "书记",
        "市长",
        "县长",
        "区长",
        "省长",
        "主席",
        "主任",
        "局长",
        "厅长",
        "部长",
        "总理",
        "组长",
        "副市长",
        "镇长",
        "秘书长",
        "委员",
        "常委",
        "校长",
        "院长",
    ];
    titles.iter().any(|title| {
        before.rfind(title).is_some_and(|at| {
            let name = &before[at + title.len()..];
            name.is_empty() || ((2..=4).contains(&name.chars().count()) && is_name(name))
        })
    })
}

/// 由市发改委牵头: only the lead.
fn led_by(text: &str, clause: Range<usize>, profile: &Profile) -> Option<Range<usize>> {
    let words = &text[clause.clone()];
    let from = words.find('由')? + '由'.len_utf8();
    let to =
        from + ["牵头", "负责", "组织", "会同", "具体"].iter().filter_map(|word| words[from..].find(word)).min()?;
    let unit = words[from..to].trim();
    super::owner::names_office(unit, profile).then(|| clause.start + from..clause.start + from + unit.len())
}

/// Put clauses together into directives, and empty `pieces`.
fn flush(
    text: &str,
    pieces: &mut Vec<Piece>,
    profile: &Profile,
    anchor: &Anchor,
    out: &mut Vec<Draft>,
    found: &mut bool,
) {
    if pieces.is_empty() {
        return;
    }
    *found = true;
    let subjects = pieces.iter().filter(|piece| piece.has_subject).count();
    let first = out.len();
    let mut carried: Option<usize> = None;
    let mut fronted: Option<Range<usize>> = None;
    // The last directive is a run of short phrases that another may join.
    let mut run = false;
    let count = pieces.len();
    for (n, piece) in pieces.drain(..).enumerate() {
        let words = &text[piece.body..piece.range.end];
        let last = n + 1 == count;
        if piece.has_subject {
            fronted = None;
        }
        if let Some(time) = due::find(text, piece.range.clone(), anchor).into_iter().next()
            && text[piece.body.min(time.range.start)..time.range.start]
                .trim_matches(['在', '于', '到', '自', '从', ' '])
                .is_empty()
        {
            fronted = Some(time.range);
        }
        if !last && (is_preparing(words) || class::is_slogan(words)) && carried.is_none_or(|_| !piece.has_modal) {
            carried = carried.or(Some(piece.range.start));
            run = false;
            continue;
        }
        let start = carried.take().unwrap_or(piece.range.start);
        let plain = strip_adverbs(words.trim());
        let length = words.trim().chars().count();
        let own_words = !piece.has_modal && !piece.has_subject && start == piece.range.start;
        let tail = own_words
            && is_tail(words)
            && quantity::find(text, piece.range.clone()).is_empty()
            && class::of(words, profile) != Class::Target;
        let short = !piece.has_subject
            && plain.chars().count() <= 6
            && length <= 8
            && class::of(words, profile) == Class::Principle;
        let joins = own_words
            && out.len() > first
            && (tail || (short && run) || (length <= 4 && last && !words.starts_with("抓紧")));
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
            && ["全力", "共同", "合力", "形成", "确保"].iter().any(|word| words.starts_with(word));
        out.push(Draft {
            range: start..piece.range.end,
            owner: if sums_up { None } else { piece.owner },
            supporting: piece.supporting,
            due: fronted.clone(),
            rule: piece.rule,
            low: false,
        });
    }
    if let Some(start) = carried {
        // Nothing followed the preparing phrase: it stood for itself.
        let _ = start;
    }
}
