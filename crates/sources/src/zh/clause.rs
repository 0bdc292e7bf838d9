//! One clause of a Chinese sentence: its subject, its modal, and what kind of phrase it is.

use super::class::is_slogan;
use super::colloquial;
use super::lead::is_name;
use super::owner::names_office;
use super::words::{ACTS, ADVERBS, EFFORTS, NOBODY, PREPARING_ENDS, PREPOSITIONS};
use crate::Profile;
use crate::marks::Marks;
use crate::phrases::{Phrases, any_of};
use crate::words::first_chars;
use std::ops::Range;

/// The clauses of a range: what stands between ， ； ： outside brackets and short quotations, without white space.
/// Brackets at the end of a clause are left out.
pub(crate) fn clauses(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = range.start;
    let mut at = range.start;
    static STOPS: Marks =
        Marks::of(&['（', '(', '《', '“', '‘', '〔', '【', '，', '；', '：', ',', ';', ':', '。', '！', '？']);
    while let Some(skipped) = STOPS.find(&text[at..range.end]) {
        at += skipped;
        let Some(c) = text[at..range.end].chars().next() else { break };
        let next = at + c.len_utf8();
        let close = match c {
            '（' => Some('）'),
            '(' => Some(')'),
            '《' => Some('》'),
            '“' => Some('”'),
            '‘' => Some('’'),
            '〔' => Some('〕'),
            '【' => Some('】'),
            _ => None,
        };
        if let Some(close) = close {
            // A quotation of whole sentences is read like the text around it.
            let reach =
                text[next..range.end].char_indices().take(80).find(|(_, d)| *d == close || (*d == '。' && c == '“'));
            // “各单位要少开会，多到现场”: what somebody says is read like the text around it.
            let says = |inside: usize| {
                let said = &text[next..next + inside];
                c == '“'
                    && text[start..at].trim().is_empty()
                    && said.contains('，')
                    && said.contains(['要', '应', '须'])
            };
            at = match reach {
                Some((inside, d)) if d == close && says(inside) => next,
                Some((inside, d)) if d == close => next + inside + close.len_utf8(),
                Some(_) | None => next,
            };
            continue;
        }
        if matches!(c, '，' | '；' | '：' | ',' | ';' | '。' | '！' | '？')
            || (c == ':' && !text[next..].starts_with(|d: char| d.is_ascii_digit()))
        {
            push(text, start..at, &mut out);
            start = next;
        }
        at = next;
    }
    push(text, start..range.end, &mut out);
    out
}

fn push(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let edge = |c: char| c.is_whitespace() || matches!(c, '“' | '”' | '—' | '*');
    let piece = &text[range.clone()];
    let lead = piece.len() - piece.trim_start_matches(edge).len();
    let mut end = range.start + piece.trim_end_matches(|c: char| c.is_whitespace() || c == '*').len();
    // （市水务局牵头） after a clause is no part of it.
    while text[range.start + lead.min(end - range.start)..end].ends_with('）') {
        let Some(open) = text[range.start..end].rfind('（') else { break };
        end = range.start + text[range.start..range.start + open].trim_end().len();
    }
    let mut start = range.start + lead;
    // A quotation mark that closes inside belongs to the clause.
    if piece[..lead].ends_with('“') && text[start..end.max(start)].contains('”') {
        start -= '“'.len_utf8();
    }
    if start < end {
        // A closing mark without its opening one stays outside.
        let body = &text[start..end];
        if body.ends_with('”') && !body.contains('“') {
            end -= '”'.len_utf8();
        }
        out.push(start..end);
    }
}

/// The modal of a clause: its subject's end and its own end, as offsets in `clause`.
pub(crate) fn modal(clause: &str, profile: &Profile) -> Option<(usize, usize)> {
    let mut at = 0;
    // What stands before a modal is short: a subject, a time, a phrase with a preposition.
    static STOPS: Phrases = Phrases::of(&[
        "《", "“", "（", "要", "应", "须", "必", "务", "一", "请", "不", "严", "需", "禁", "决", "绝", "切", "谁",
    ]);
    while let Some(skipped) = STOPS.may_find(&clause[at..]).filter(|skipped| at + skipped < 240) {
        at += skipped;
        let Some(c) = clause[at..].chars().next() else { break };
        match c {
            '《' | '“' | '（' => {
                let close = match c {
                    '《' => '》',
                    '“' => '”',
                    _ => '）',
                };
                if let Some(inside) = clause[at..].find(close) {
                    at += inside + close.len_utf8();
                    continue;
                }
            }
            '要' | '应' | '须' | '必' | '务' | '一' | '请' | '不' | '严' | '需' | '禁' | '决' | '绝' | '切' | '谁' => {
                if let Some(length) = modal_at(clause, at)
                    && may_be_subject(&clause[..at], profile)
                {
                    return Some((at, at + length));
                }
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    None
}

fn modal_at(clause: &str, at: usize) -> Option<usize> {
    let (before, rest) = (&clause[..at], &clause[at..]);
    for word in MODALS.all_at(rest) {
        if let Some(behind) = rest.strip_prefix(word) {
            let own = match word {
                // 容不得, 来不得: what cannot be, and no prohibition.
                "不得" => !before.ends_with(['容', '来', '舍', '顾', '由', '怪', '巴', '恨', '了', '见', '免']),
                "需要" => !before.ends_with(['的', '等', '不']) && !behind.starts_with(['的', '，', '。']),
                // 企业不能开工 tells what is; 各单位不能松懈 and 也不能放任 forbid.
                // 值夜仍不能大意: an attitude is forbidden, whoever's.
                "不能" if any_of!["懈怠", "松懈", "放松", "麻痹", "大意", "含糊", "停步"].begins(behind) => {
                    true
                }
                "不能" | "不要" | "不可" => {
                    let whole = before.is_empty() || before.ends_with(['也', '都', '更', '再', '万', '但']);
                    (whole || any_of!["各", "全体", "任何", "你们", "大家"].begins(before))
                        && !behind.starts_with(['抗', '避', '或', '否', '逆'])
                }
                "谁" => return (before.chars().count() <= 8 && each_his_own(behind)).then_some(0),
                _ => true,
            };
            return own.then_some(word.len());
        }
    }
    let c = rest.chars().next()?;
    let after = &rest[c.len_utf8()..];
    // 应保尽保, 应撤早撤
    let mut next = after.chars();
    // 剩余应退的价款: which it is.
    if c == '应' && after.chars().skip(1).take(2).any(|c| c == '的') {
        return None;
    }
    if c == '应' && (after.chars().nth(1) == Some('尽') || next.next().is_some_and(|verb| next.nth(1) == Some(verb)))
    {
        return None;
    }
    let last = before.chars().next_back();
    let word = |heads: &str, tails: &Phrases| {
        !last.is_some_and(|l| heads.contains(l)) && !tails.begins(after) && !after.is_empty()
    };
    let is = match c {
        // 测评下个月要来: what is coming.
        '要' if matches!(after, "来" | "到" | "到来") => false,
        '要' => word(
            "重主需纪摘概首必只紧简将若是索冲扼撮",
            any_of![
                "求", "素", "点", "害", "闻", "件", "员", "道", "领", "义", "么", "是", "账", "塞", "么", "不是", "职"
            ],
        ),
        '应' => word(
            "反响供适效相对感呼因回照顺不理必",
            any_of![
                "用",
                "到",
                "战",
                "征",
                "试",
                "激",
                "接",
                "验",
                "考",
                "景",
                "急",
                "对",
                "届",
                "有",
                "邀",
                "聘",
                "急管理",
                "变",
                "付",
                "收",
                "享",
                "保",
                "纳",
                "税",
                "诉",
                "答",
                "援",
                "力",
                "运而生",
                "季",
                "约",
            ],
        ),
        '须' => word("必无务胡", any_of!["知", "臾"]),
        '请' => word("申邀聘提恳报敬有呈", any_of!["示", "假", "求", "愿", "教"]) && before.is_empty(),
        '需' => word("必军急供所内刚无按确尚仍不", any_of!["求", "要", "方"]),
        _ => false,
    };
    is.then_some(c.len_utf8())
}

static MODALS: Phrases = Phrases::of(&[
    "应当",
    "应该",
    "必须",
    "务必",
    "务须",
    "一定要",
    "不得",
    "严禁",
    "需要",
    "禁止",
    "不准",
    "决不能",
    "决不允许",
    "绝不能",
    "绝不允许",
    "切忌",
    "切勿",
    "不能",
    "不要",
    "不许",
    "谁",
]);

/// What stands behind the first 谁 in 谁签字谁负责, 谁破坏、谁恢复: whoever does the one does the other.
fn each_his_own(behind: &str) -> bool {
    let Some((does, must)) = behind.split_once('谁') else { return false };
    let short = |words: &str, least: usize| (least..=4).contains(&words.chars().take(5).count());
    short(does.trim_end_matches(['、', ' ']), 1) && short(must, 2) || behind.ends_with("负责")
}

/// Where the words after subject and modal begin, in a clause that stands alone.
pub(crate) fn predicate(clause: &str, profile: &Profile) -> usize {
    match modal(clause, profile) {
        Some((_, end)) => end,
        None => bare_subject(clause, profile, |rest| rest).unwrap_or(0),
    }
}

/// What may stand before a modal: nothing, adverbs, a noun, or a prepositional phrase, but no second predicate.
fn may_be_subject(before: &str, profile: &Profile) -> bool {
    let before = strip_adverbs(before.trim());
    if before.is_empty() || names_office(before, profile) || NOBODY.has(before) || is_condition(before) {
        return true;
    }
    if before.chars().count() > 40 || before.ends_with(['是', '的', '了']) {
        return false;
    }
    // 关键要保市场主体: what matters, and no order.
    if any_of!["关键", "根本", "核心", "重点", "目的", "首要", "还是", "实质"].ends(before) {
        return false;
    }
    PREPOSITIONS.at(before).is_some() || !(starts_verb(before) && before.chars().count() > 6)
}

/// The phrase without the adverbs before its verb.
pub(crate) fn strip_adverbs(mut phrase: &str) -> &str {
    while let Some(adverb) = ADVERBS.at(phrase).or_else(|| one_by_one(phrase)) {
        let rest = &phrase[adverb.len()..];
        // 将门诊病种扩大到45种: a preposition, where no verb follows.
        if adverb == "将" && !starts_verb(rest) && ADVERBS.at(rest).is_none() {
            break;
        }
        let rest_ok = !rest.is_empty();
        // 加快建设: 加快 is an adverb there, a verb in 加快进度. Either way a verb phrase.
        if !rest_ok {
            break;
        }
        phrase = rest.trim_start_matches(['、', ' ']).trim_start_matches('地');
    }
    phrase
}

/// 逐堤 in 逐堤排查, 逐库 in 逐库逐堤排查: each of a kind in its turn.
fn one_by_one(phrase: &str) -> Option<&str> {
    let each = phrase.strip_prefix('逐')?;
    let unit = each.chars().next()?;
    let rest = &each[unit.len_utf8()..];
    (rest.starts_with('逐') || starts_verb(rest)).then(|| &phrase[..phrase.len() - rest.len()])
}

fn starts_verb(phrase: &str) -> bool {
    ACTS.at(phrase).is_some() || EFFORTS.at(phrase).is_some() || complement(phrase)
}

/// 写好, 办细, 站牢: one syllable and its complement.
fn complement(phrase: &str) -> bool {
    let mut chars = phrase.chars();
    let (Some(verb), Some(second)) = (chars.next(), chars.next()) else { return false };
    // 县住建局, 市住房公积金中心: the name of an office.
    let housed = second == '住' && any_of!["建", "房", "保", "户", "宅", "院"].begins(chars.as_str());
    !housed
        && matches!(second, '好' | '实' | '牢' | '紧' | '住' | '细' | '足' | '严')
        && !matches!(verb, '良' | '更' | '最' | '友' | '爱' | '真' | '现' | '充' | '仔' | '详')
}

/// Whether a phrase reads as an order: a verb, with adverbs or a prepositional phrase before it.
pub(crate) fn is_order(phrase: &str) -> bool {
    // 加快进度, 严格执法监督: what is an adverb before a verb is a verb before its object.
    if any_of!["加快", "严格", "严肃"].begins(phrase) && phrase.chars().count() >= 4 {
        return true;
    }
    let plain = strip_adverbs(phrase);
    if starts_verb(plain) {
        return true;
    }
    // 有序加快新药审批: how, and then the verb.
    let after = ADVERBS.at(phrase).map_or("", |adverb| &phrase[adverb.len()..]);
    if any_of!["加快", "严格"].begins(after) && after.chars().count() >= 4 {
        return true;
    }
    let phrase = plain;
    preposition(phrase).is_some_and(|preposition| has_verb(&phrase[preposition.len()..]))
        || colloquial::is_order(phrase)
        || once_done(phrase).is_some_and(is_order)
        || phrase.starts_with('赴') && has_verb(phrase)
}

/// 提交县委常委会审议 in 待完善后提交县委常委会审议: what is done once something else is.
pub(super) fn once_done(phrase: &str) -> Option<&str> {
    let reach = phrase.char_indices().nth(16).map_or(phrase.len(), |(at, _)| at);
    let at = phrase.strip_prefix('待').and_then(|_| phrase[..reach].find('后'))?;
    Some(phrase[at + '后'.len_utf8()..].trim_start_matches('，'))
}

/// The preposition a phrase begins with: 用 in 用三年时间, none in 用好政策 and 经营.
pub(crate) fn preposition(phrase: &str) -> Option<&'static str> {
    static WORDS: Phrases = Phrases::of(&[
        "经营", "经济", "经费", "经验", "经常", "对象", "对外", "对口", "从业", "从事", "从严", "从快", "从重", "在建",
        "在岗", "在校", "在线", "向上", "同步", "同志", "同级", "同意", "用地", "用户", "用工", "用电", "用水", "用人",
        "把关", "将来", "为民", "自主", "自然", "自身",
    ]);
    let found = PREPOSITIONS.at(phrase)?;
    let longer = [&*ACTS, &*EFFORTS].iter().any(|words| words.at(phrase).is_some_and(|word| word.len() > found.len()));
    let completed = found.chars().count() == 1 && complement(phrase);
    let other = longer || completed || WORDS.begins(phrase);
    (!other).then_some(found)
}

/// Whether a verb stands after the beginning of a phrase.
pub(crate) fn has_verb(phrase: &str) -> bool {
    phrase.char_indices().skip(2).any(|(at, _)| ACTS.at(&phrase[at..]).is_some() || strong_effort(&phrase[at..]))
}

fn strong_effort(phrase: &str) -> bool {
    // Many words of effort are nouns as well: only those before an object count inside a phrase.
    EFFORTS.at(phrase).is_some_and(|verb| phrase.len() > verb.len() && !PREPARING_ENDS.has(&phrase[verb.len()..]))
        || ADVERBS.at(phrase).is_some_and(|a| a.chars().count() >= 2)
}

/// The subject of a clause without a modal: where an office's name ends and an order begins. `after_time` leaves out the
/// time that stands between the two.
pub(crate) fn bare_subject<'t>(
    clause: &'t str,
    profile: &Profile,
    after_time: impl Fn(&'t str) -> &'t str,
) -> Option<usize> {
    // 加快闲置人员分流: 加快 governs what follows.
    if any_of!["加快", "严格", "严肃"].begins(clause) {
        return None;
    }
    // 统筹推进海绵城市建设: what begins with its verb has no subject.
    let plain = strip_adverbs(clause);
    // 有序加快泵站移交, 继续对企业开展培训: nor has what begins with how it is done; 联合执法队 and 统一战线 are names.
    static NAMED: Phrases = Phrases::of(&[
        "联合", "统一", "协同", "系统", "专题", "整体", "基本", "动态", "分类", "全域", "一体", "直接", "主动", "科学",
        "基层", "先行", "同", "先", "再", "早", "将", "就", "分", "具体", "全员",
    ]);
    if ADVERBS.at(clause).is_some_and(|adverb| adverb.chars().count() >= 2) && !NAMED.begins(clause) {
        return None;
    }
    // 宣传、教育部门: a list of fields, each of them a verb elsewhere.
    let fields = || {
        first_chars(clause, 14).split_once("部门").is_some_and(|(fields, _)| {
            fields.contains('、')
                && fields.split('、').all(|field| (2..=4).contains(&field.chars().count()))
                && !fields.contains(['要', '好', '强'])
        })
    };
    if starts_verb(plain) && !goes_on(plain) && !is_strong_start(clause) && !fields() {
        return None;
    }
    let led = clause.starts_with('由');
    // 待完善后提交县委常委会审议: what it waits for is nobody.
    if once_done(clause).is_some() {
        return None;
    }
    // 一楼一策、专班推进: a slogan.
    if !led && preposition(clause).is_some() || clause.starts_with(['被', '变', '给']) || is_slogan(clause) {
        return None;
    }
    let mut best = None;
    // Where a person's title ends: no office's name goes on behind it.
    let mut titled = None;
    // 县林业局、交通局等主管部门: a list is longer than a name.
    let reach = if clause.contains('、') { 44 } else { 30 };
    for (at, c) in clause.char_indices().skip(2).take(reach) {
        // 每月5日前向市政府督查室报送: an office that a preposition governs is no subject.
        if c == '的' || matches!(c, '向' | '把' | '被' | '让' | '给' | '从') && !names_office(&clause[..at], profile)
        {
            break;
        }
        let head = &clause[..at];
        // 由武有田去谈: a person whom no list names.
        let person =
            led && head.strip_prefix('由').is_some_and(|name| (2..=3).contains(&name.chars().count()) && is_name(name));
        if person && (is_order(&clause[at..]) || goes_to(&clause[at..])) {
            return Some(at);
        }
        if !names_office(head, profile) || governs_people(head) {
            continue;
        }
        let rest = &clause[at..];
        // 县水利局|局长, 各乡镇|长: a post, and no office.
        if rest.starts_with('长') && !any_of!["长期", "长效", "长远"].begins(rest) {
            continue;
        }
        if rest.starts_with(['和', '与', '、', '等', '的', '之', '或', '以', '任'])
            || rest.starts_with('及') && !rest.starts_with("及时") && !rest.starts_with("及早")
            || goes_on(rest)
            // 政府机关为被执行人的案件: what something is.
            || rest.starts_with('为') && rest.chars().take(9).any(|c| c == '的')
            // 市政府分管领导: the name goes on.
            || any_of!["分管领导", "分管负责", "主要领导", "主要负责", "有关领导", "相关领导", "负责同志", "负责人", "有关负责", "相关负责"]
                .begins(rest)
        {
            continue;
        }
        let tail = after_time(rest);
        let orders = permits(rest)
            || is_order(tail)
            || starts_joining(tail)
            || opens_with_adverb(tail) && !any_of!["主要", "分管", "有关负责", "相关负责"].begins(head)
            || tail.len() < rest.len() && tail.chars().count() >= 2;
        if orders {
            return titled.or(Some(at));
        }
        // 河长|办, 县长|办公会: the name goes on.
        let more = OFFICES_GO_ON.begins(rest) || rest.starts_with(['办', '制', '会', '室', '热', '级', '值', '信']);
        if ends_with_title(head) && !more {
            // 县水利局局长赵强牵头: whose post it is.
            let named = name_before_order(rest);
            if named > 0 {
                return Some(at + named);
            }
            titled = titled.or(Some(at));
        }
        // An office that can be nothing else, with a verb nobody listed.
        if (led || is_strong_office(head))
            && !OFFICES_GO_ON.begins(rest)
            && (rest.chars().count() >= if led { 2 } else { 4 }
                || led && matches!(rest, "出" | "付" | "垫" | "管" | "办" | "写"))
            && !(led && rest.starts_with(['于', '此', '来']))
        {
            best = Some(at);
        }
    }
    best
}

/// 分管副县长, 孙某某同志: a person by post or address.
fn ends_with_title(head: &str) -> bool {
    any_of!["长", "主任", "书记", "同志", "主席", "经理", "负责人"].ends(head)
}

/// The length of the name in 赵强牵头, 赵强尽快带队: two or three characters, and then what is done.
fn name_before_order(rest: &str) -> usize {
    let ends = rest.char_indices().map(|(at, _)| at).take(4).skip(2);
    let does = |tail: &str| is_order(tail) || starts_joining(tail) || opens_with_adverb(tail);
    ends.filter(|end| is_name(&rest[..*end])).find(|end| does(&rest[*end..])).unwrap_or(0)
}

/// 尽快带队赴省: how something is done, and something behind it, whether or not a list has its verb.
fn opens_with_adverb(tail: &str) -> bool {
    // 联合办, 统一战线: parts of names.
    let named = any_of!["联合", "统一", "协同", "系统", "专题", "整体", "基本", "动态", "分类", "全域", "一体", "直接"];
    ADVERBS.at(tail).is_some_and(|adverb| {
        adverb.chars().count() >= 2 && tail[adverb.len()..].chars().count() >= 2 && !named.begins(tail)
    }) && !goes_on(tail)
}

/// 去谈, 上门做工作, 负责到底: what somebody is sent to do.
fn goes_to(rest: &str) -> bool {
    any_of!["去", "来", "负责", "牵头", "再", "上门", "具体", "总负责", "带", "跟", "登记"].begins(rest)
}

/// What follows an office's name inside a longer name.
static OFFICES_GO_ON: Phrases = Phrases::of(&[
    "主要", "负责", "相关", "有关", "分管", "党组", "领导", "班子", "系统", "工作", "会议", "大院", "牵头", "内部",
    "机关", "办公", "门口", "所属", "下属", "局", "办", "委",
]);

fn is_strong_start(clause: &str) -> bool {
    clause.starts_with(['市', '县', '区', '省', '各'])
}

/// 市水务局, 各街道: it begins and ends as an office's name does.
fn is_strong_office(head: &str) -> bool {
    let head = head.trim_start_matches(['由', '请']);
    is_strong_start(head)
        && any_of![
            "局",
            "委",
            "办",
            "厅",
            "部门",
            "单位",
            "街道",
            "乡镇",
            "政府",
            "支队",
            "大队",
            "中心",
            "公司",
            "镇",
            "科室",
            "队",
            "院",
            "办事处",
        ]
        .ends(head)
        && head.chars().count() >= 3
}

fn starts_joining(phrase: &str) -> bool {
    any_of!["会同", "联合", "协同", "协助", "牵头", "负责"].begins(phrase)
}

/// 真心实意帮助企业: the office is whom the verb before it is about.
fn governs_people(head: &str) -> bool {
    static OVER: Phrases = Phrases::of(&[
        "帮助", "支持", "鼓励", "引导", "督促", "组织", "推动", "指导", "协调", "扶持", "帮扶", "慰问", "约谈", "走访",
        "通知", "告知", "动员", "发动", "吸引", "会同", "联合", "要求", "责成", "涵盖",
    ]);
    // Of each verb its first place counts.
    OVER.places(head)
        .any(|(at, verb)| head.len() > at + verb.len() + 3 && head.find(verb) == Some(at) && !goes_on(&head[at..]))
}

/// Whether an office's name goes on in words that are verbs elsewhere: 市住房和城乡|建设局, 市|发展改革委.
pub(crate) fn goes_on(rest: &str) -> bool {
    let mut rest = rest;
    for _ in 0..3 {
        let Some(verb) = EFFORTS.at(rest).or_else(|| ACTS.at(rest)) else { return false };
        rest = &rest[verb.len()..];
        // 报区|委常委会审议
        if verb.starts_with('报') {
            return false;
        }
        // 管理办法, 协调处置: the character begins a word of its own.
        let word = any_of![
            "办法", "办理", "办事", "办公", "办好", "办实", "委托", "委派", "处理", "处置", "处罚", "处分", "部署",
            "部分", "组织", "组建", "组成", "科学", "科技", "科研", "科普", "院校", "所有", "所需", "所在", "站位",
            "站点", "室内", "署名", "局面", "局部", "办学", "办结", "办案", "站好",
        ];
        let suffix = rest.starts_with(['局', '厅', '委', '办', '部', '处', '科', '院', '署', '室', '组', '站', '所']);
        if suffix && !word.begins(rest) || rest.starts_with("中心") {
            return true;
        }
        // 政府|采购监管部门, 政府|采购从业人员: the verb belongs to the name.
        let people = ["组织", "要求", "督促", "动员", "通知", "约谈", "协调", "指导", "帮助", "支持", "引导", "鼓励"];
        if !people.contains(&verb)
            && !rest.starts_with("主体责任")
            && any_of!["部门", "机构", "主体", "从业人员", "工作人员", "责任单位", "队伍"].begins(rest)
        {
            return true;
        }
    }
    false
}

/// 未经批准, 凡逾期的, 对情况复杂的, 如遇强降雨: a case that the next clause decides.
pub(crate) fn is_condition(clause: &str) -> bool {
    static CASES: Phrases = Phrases::of(&[
        "要是",
        "如果",
        "遇有",
        "未经",
        "未按",
        "凡",
        "若",
        "如遇",
        "如有",
        "如确需",
        "一旦",
        "逾期",
        "确需",
    ]);
    let case = CASES.begins(clause) && !clause.starts_with("若干");
    // 待方案成熟后: what is waited for.
    let case = case || clause.starts_with('待') && clause.ends_with('后');
    let of_those = clause.ends_with('的') && clause.chars().count() >= 4 && !clause.ends_with("目的");
    case || of_those
}

/// 可参照本方案, 可适当提高: what is allowed.
pub(crate) fn permits(phrase: &str) -> bool {
    let words = any_of![
        "可以",
        "可参照",
        "可适当",
        "可视",
        "可根据",
        "可按",
        "可由",
        "可在",
        "可采取",
        "可结合",
        "可自行",
        "可酌情"
    ];
    words.begins(phrase)
}

/// Whether a clause only prepares the next one: 以…为指导, 针对…问题, 在…基础上, 贯彻…部署.
pub(crate) fn is_preparing(whole: &str) -> bool {
    let phrase = strip_adverbs(whole);
    let ends = PREPARING_ENDS.ending(phrase).is_some();
    // 按照“谁使用、谁养护”的要求: what is quoted is not done here.
    let quoted = any_of!["按照“", "按“", "本着“", "遵循“"].begins(phrase)
        && phrase.rfind('”').is_some_and(|close| phrase[close + '”'.len_utf8()..].chars().count() <= 5)
        && ends;
    if quoted {
        return true;
    }
    if let Some(preposition) = preposition(phrase) {
        let rest = &phrase[preposition.len()..];
        if phrase.starts_with('以') {
            // 以进村入户为抓手做实走访: what is done stands behind.
            let done = || {
                let after = &rest[rest.find('为').map_or(rest.len(), |at| at + '为'.len_utf8())..];
                PREPARING_ENDS.find(after).is_some_and(|(at, word)| {
                    let order = &after[at + word.len()..];
                    after[..at].chars().count() <= 6 && order.chars().count() >= 4 && is_order(order)
                })
            };
            return (rest.contains('为') && !done()) || ends || is_by_noun(rest);
        }
        // 通过有力的督导: by what.
        if matches!(preposition, "通过" | "凭借" | "借助" | "利用") && is_by_noun(rest) {
            return true;
        }
        if matches!(preposition, "把" | "将" | "与" | "同" | "向") {
            return false;
        }
        // 在已完成签约基础上, 从抓不落实入手, 结合党史学习教育: on what ground, whatever is done in it.
        let around = match preposition {
            "在" => any_of!["基础上", "前提下", "过程中", "同时", "期间"].ends(rest),
            "从" => any_of!["入手", "着手", "做起", "抓起", "改起", "出发"].ends(rest),
            "结合" => {
                any_of!["教育", "活动", "工作", "行动", "规划", "职能"].ends(rest)
                    && !any_of!["开展", "组织", "举办"].stands_in(rest)
            }
            // 按照今年政府工作报告部署
            "按照" | "根据" | "依据" => {
                any_of!["部署", "精神", "安排"].ends(rest) && !starts_verb_after_noun(rest)
            }
            _other => false,
        };
        if around {
            return true;
        }
        // 针对商户提出的停车难问题: whose problem it is.
        let of = || rest.rfind('的').map_or("", |of| &rest[of + '的'.len_utf8()..]);
        if ends
            && matches!(preposition, "针对" | "对于" | "关于")
            && !of().is_empty()
            && !is_order(of())
            && !has_verb(of())
        {
            return true;
        }
        return !has_verb(rest)
            || (ends
                && !rest.char_indices().any(|(at, _)| ACTS.at(&rest[at..]).is_some())
                && !starts_verb_after_noun(rest));
    }
    // 全面贯彻《…意见》精神 stands for itself.
    (whole.starts_with("贯彻") && !phrase.contains('《')
        || phrase.starts_with("坚持以")
        || phrase.starts_with("顺应")
        || phrase.starts_with("落实") && phrase.contains("部署"))
        && ends
}

/// 看得见的变化, 有力的督导: a short noun behind what it is like, which nobody does.
fn is_by_noun(rest: &str) -> bool {
    rest.rfind('的').is_some_and(|of| {
        let noun = &rest[of + '的'.len_utf8()..];
        of > 0
            && (2..=4).contains(&noun.chars().count())
            && preposition(noun).is_none()
            && ADVERBS.at(noun).is_none()
            && !has_verb(&rest[..of])
    })
}

/// 按照…要求抓好…: an order after its preposition's object.
fn starts_verb_after_noun(rest: &str) -> bool {
    PREPARING_ENDS.find(rest).is_some_and(|(at, word)| {
        let after = &rest[at + word.len()..];
        after.chars().count() >= 4 && is_order(after)
    })
}
