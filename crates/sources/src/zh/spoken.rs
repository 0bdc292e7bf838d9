//! What people say in a meeting of few: 这个事小李盯一下, 池子我去找人清. Who is to do it stands before the verb, and before it
//! often what it is about.

use super::clause::{is_order, preposition, strip_adverbs};
use super::colloquial::VERBS;
use super::due;
use super::lead::{SURNAMES, is_name};
use super::owner::names_office;
use super::words::OFFICES as ENDINGS;
use crate::Profile;
use crate::phrases::{Phrases, any_of};
use std::ops::Range;

/// Who does it, in a clause of somebody's words.
pub(super) struct Doer {
    /// Their name; `None` is whoever speaks.
    pub(super) name: Option<Range<usize>>,
    /// Where the words behind it begin.
    pub(super) end: usize,
    /// What stands behind it is known to be something that is done.
    pub(super) certain: bool,
}

impl Doer {
    /// Whether it is whoever speaks, or somebody by name.
    pub(super) fn by_name(&self, words: &str) -> bool {
        self.name.as_ref().is_none_or(|name| is_person(&words[name.clone()]) || is_called(&words[name.clone()]))
    }
}

/// 罗乡长: a surname, and what people are called.
fn is_called(name: &str) -> bool {
    name.chars().next().is_some_and(|c| SURNAMES.contains(c) && TITLES.has(&name[c.len_utf8()..]))
}

/// Whether a clause says who does something.
pub(super) fn says_who(words: &str, profile: &Profile) -> bool {
    doer(words, profile, |rest| rest).is_some_and(|doer| doer.certain)
}

/// 老何要…: somebody by name stands at the beginning or behind a topic, before the modal.
pub(super) fn is_named(words: &str, profile: &Profile) -> bool {
    let strong = any_of!["必须", "不得", "不能", "务必", "一定要", "严禁", "不要", "应当", "应该"];
    !strong.stands_in(words) && doer(words, profile, |rest| rest).is_some_and(|doer| doer.by_name(words))
}

/// No name begins further behind, in characters.
const REACH: usize = 24;

/// Who does it, and where that is said, if a clause says so: 护林员补贴财政所这周内发下去. `after_time` leaves out a time in front.
pub(super) fn doer<'t>(words: &'t str, profile: &Profile, after_time: impl Fn(&'t str) -> &'t str) -> Option<Doer> {
    let mut topic_ends = true;
    for (at, _) in words.char_indices().take(REACH) {
        let (before, rest) = (&words[..at], &words[at..]);
        topic_ends = topic_ends && at == 0 || TOPICS.ends(before);
        if governed(before) {
            continue;
        }
        let own = first_person(rest);
        let named = || person(rest, profile).or_else(|| office(rest, topic_ends, profile));
        let Some(length) = own.or_else(named) else { continue };
        let behind = after_time(&rest[length..]);
        let certain = does(behind, own.is_some());
        let title = any_of!["同志"].ending(&rest[..length]).map_or(0, str::len);
        let name = own.is_none().then(|| at..at + length - title);
        let doer = Doer { name, end: at + length, certain };
        // 水质老贾每个礼拜取一次样: of somebody by name anything is done that is not told.
        if certain || own.is_none() && doer.by_name(words) && may_do(behind) {
            return Some(doer);
        }
    }
    None
}

/// What a clause is about ends so: 这个事, 燃气公司那边, 补贴的钱.
static TOPICS: Phrases = Phrases::of(&[
    "的事",
    "个事",
    "件事",
    "这事",
    "的事情",
    "这块",
    "一块",
    "那边",
    "这边",
    "这件",
    "方面",
    "的话",
    "由",
    "让",
    "叫",
    "请",
]);

/// Whether a clause only says what the next one is about: 另外家长这边, 手续这块.
pub(super) fn is_topic(words: &str) -> bool {
    any_of!["的事", "个事", "件事", "的事情", "这块", "这一块", "那边", "这边", "这一头"].ends(words)
        && words.chars().count() <= 14
}

/// 跟老王, 报应急办: whom it is done with or to.
fn governed(before: &str) -> bool {
    before.ends_with([
        '跟', '和', '与', '同', '给', '向', '找', '对', '把', '替', '帮', '陪', '问', '报', '交', '等', '了', '是',
        '说', '讲', '、', '到', '在', '去',
    ])
}

/// 给环卫所: words that begin so name nobody who acts.
fn governs(rest: &str) -> bool {
    rest.starts_with([
        '跟', '和', '与', '给', '向', '对', '把', '将', '按', '从', '在', '这', '那', '由', '让', '叫', '请',
    ])
}

/// 我, 我们所, 由我: whoever speaks; 我镇 and 我们 alone are everybody.
fn first_person(rest: &str) -> Option<usize> {
    let behind = rest.strip_prefix('我')?;
    if let Some(behind) = behind.strip_prefix("们") {
        let office = any_of![
            "派出所",
            "中心",
            "大队",
            "中队",
            "公司",
            "社区",
            "所",
            "站",
            "办",
            "院",
            "校",
            "队",
            "局",
            "科",
            "村",
            "这边"
        ]
        .at(behind);
        return office.map(|office| rest.len() - behind.len() + office.len());
    }
    let everybody = behind.starts_with(['市', '县', '区', '省', '镇', '乡', '国', '州', '局', '院', '校', '街', '的']);
    (!everybody).then_some('我'.len_utf8())
}

/// 李小军, 小李, 罗乡长: somebody who was there, or a surname with what people are called.
fn person(rest: &str, profile: &Profile) -> Option<usize> {
    let name = profile.names().filter(|name| is_person(name) && rest.starts_with(name)).map(str::len).max();
    if let Some(length) = name {
        let title = if rest[length..].starts_with("同志") { "同志" } else { "" };
        return Some(length + title.len());
    }
    let mut chars = rest.chars();
    let (first, second) = (chars.next()?, chars.next()?);
    if matches!(first, '老' | '小') && SURNAMES.contains(second) && !COMMON.begins(rest) {
        return Some(first.len_utf8() + second.len_utf8());
    }
    let titled = SURNAMES.contains(first).then(|| TITLES.at(&rest[first.len_utf8()..])).flatten();
    titled.map(|title| first.len_utf8() + title.len())
}

/// A person's name, and no unit's.
pub(super) fn is_person(name: &str) -> bool {
    let length = name.chars().count();
    length == 2 && name.starts_with(['老', '小'])
        || (2..=3).contains(&length) && is_name(name) && ENDINGS.ending(name).is_none()
}

/// Words that begin like 老王 and 小李.
static COMMON: Phrases =
    Phrases::of(&["小麦", "小康", "小路", "小时", "小包", "小项", "小米", "小管", "老路", "老房", "老单", "老干"]);

/// What people are called behind their surname.
pub(super) static TITLES: Phrases = Phrases::of(&[
    "书记",
    "副书记",
    "镇长",
    "副镇长",
    "乡长",
    "副乡长",
    "主任",
    "副主任",
    "所长",
    "站长",
    "主席",
    "部长",
    "会计",
    "委员",
    "支书",
    "校长",
    "院长",
    "队长",
    "局长",
    "科长",
    "经理",
    "同志",
    "组长",
    "村长",
    "指导员",
    "区长",
    "县长",
    "市长",
    "处长",
    "总",
]);

/// Offices of a township or a street, by what everybody there calls them.
static OFFICES: Phrases = Phrases::of(&[
    "派出所",
    "财政所",
    "司法所",
    "国土所",
    "自然资源所",
    "市场监管所",
    "市监所",
    "供电所",
    "卫生院",
    "卫健办",
    "中心校",
    "中心学校",
    "党政办",
    "党政综合办",
    "综合办",
    "应急办",
    "应急管理办",
    "民政办",
    "民政所",
    "社会事务办",
    "社保所",
    "人社所",
    "经发办",
    "经济发展办",
    "农业办",
    "农办",
    "农技站",
    "农业站",
    "农业服务中心",
    "农业农村办",
    "林业站",
    "水利站",
    "水务站",
    "兽医站",
    "畜牧站",
    "文化站",
    "交管站",
    "环卫所",
    "环卫站",
    "环保办",
    "村镇办",
    "村建办",
    "规建办",
    "城建办",
    "城建科",
    "城管科",
    "城管办",
    "城管队",
    "城管中队",
    "执法队",
    "执法中队",
    "执法大队",
    "综合执法队",
    "交警中队",
    "信访办",
    "综治办",
    "综治中心",
    "平安办",
    "便民服务中心",
    "便民中心",
    "党群办",
    "组织办",
    "宣传办",
    "纪委",
    "纪检办",
    "武装部",
    "妇联",
    "团委",
    "工会",
    "扶贫办",
    "乡村振兴办",
    "财务室",
    "物业",
    "社区",
    "居委会",
    "村委会",
    "包村干部",
    "驻村干部",
    "驻村工作队",
    "包片领导",
    "村干部",
    "施工队",
    "施工方",
    "文旅办",
    "文化中心",
    "消防队",
    "消防站",
    "供销社",
]);

/// An office that a clause names here: 镇财政所, 各村. `opens`: nothing but a topic stands before.
fn office(rest: &str, opens: bool, profile: &Profile) -> Option<usize> {
    let places = any_of!["镇", "乡", "街道", "县", "区", "村"].at(rest).map_or(0, str::len);
    if let Some(name) = OFFICES.at(&rest[places..]).or_else(|| OFFICES.at(rest)) {
        let length = if OFFICES.at(&rest[places..]).is_some() { places + name.len() } else { name.len() };
        let with = rest[length..].strip_prefix(['和', '跟']).and_then(|more| OFFICES.at(more));
        return Some(with.map_or(length, |more| length + '和'.len_utf8() + more.len()));
    }
    if !opens && !rest.starts_with('各') {
        return None;
    }
    if governs(rest) {
        return None;
    }
    let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(12);
    let named = |end: &usize| {
        let tail = &rest[*end..];
        let head = &rest[..*end];
        // 护林员补贴财政所: an office of the place, and what it is about before it.
        let longer =
            OFFICES.ending(head).is_some() || profile.names().any(|name| is_person(name) && head.contains(name));
        !longer
            && (head.chars().count() >= 3 || head.starts_with('各'))
            && names_office(&rest[..*end], profile)
            && !is_order(&rest[..*end])
            && !rest[..*end].contains(['把', '将', '要', '的', '对', '跟', '给'])
            && !head.char_indices().skip(1).any(|(at, _)| head[at..].starts_with('各'))
            && !tail.starts_with(['的', '和', '、', '与', '了'])
    };
    let acts = |end: &usize| due::may_begin(&rest[*end..]) || does_something(strip(&rest[*end..]));
    ends.filter(named).find(acts)
}

/// Whether what stands behind a name is what they do. `own`: they say it of themselves.
fn does(behind: &str, own: bool) -> bool {
    let phrase = strip(behind);
    let moved = phrase.len() < behind.len();
    // 防火预案小白写
    if phrase.chars().count() < 2 && !moved {
        return starts_verb(phrase) && !own;
    }
    // 我今天下午就去
    if own && moved && matches!(phrase, "去" | "来" | "办" | "发" | "报" | "写" | "管" | "跑" | "做") {
        return true;
    }
    if any_of!["了", "过了", "过去", "的", "也是", "说", "讲", "觉得", "认为", "建议", "知道", "看到"].begins(phrase)
    {
        return false;
    }
    if own && any_of!["想", "怕", "担心", "同意", "赞成", "希望", "这里", "这边有"].begins(phrase) {
        return false;
    }
    does_something(phrase) || at_times(phrase)
}

/// Whether words may say what somebody does: nothing in them tells or judges.
fn may_do(behind: &str) -> bool {
    static TELLS: Phrases = Phrases::of(&[
        "了",
        "过",
        "没",
        "说",
        "讲",
        "觉得",
        "认为",
        "建议",
        "还差",
        "反映",
        "介绍",
        "汇报",
        "正在",
        "是",
        "担心",
        "提出",
        "补充",
        "参加",
        "同意",
        "表示",
        "希望",
        "已",
        "当组长",
        "担任",
        "不同意",
        "发言",
        "主持",
        "出席",
    ]);
    let opens = !behind.starts_with(['的', '家', '那', '这', '也', '、', '和', '在', '有', '：', '（', '(']);
    behind.chars().count() >= 3 && opens && !TELLS.stands_in(behind)
}

/// 上下学时段派两个人去维持: when, and then what.
fn at_times(phrase: &str) -> bool {
    let reach = phrase.char_indices().nth(9).map_or(phrase.len(), |(at, _)| at);
    any_of!["时段", "期间", "的时候", "以后", "之后"]
        .find(&phrase[..reach])
        .is_some_and(|(at, word)| does_something(strip(&phrase[at + word.len()..])))
}

fn does_something(phrase: &str) -> bool {
    let said = || starts_verb(phrase);
    let with = || {
        let to = phrase.starts_with([
            '跟', '和', '给', '找', '到', '上', '把', '将', '对', '让', '往', '用', '按', '从', '在', '请', '同', '与',
            '向',
        ]);
        to && phrase.chars().count() >= 4
    };
    static PAIRS: Phrases =
        Phrases::of(&["商量", "核对", "碰", "张罗", "打听", "收拾", "劝", "动员", "打电话", "值班", "帮", "陪", "开"]);
    is_order(phrase)
        || said()
        || with()
        || once(phrase)
        || PAIRS.begins(phrase)
        || any_of!["有个", "要有", "多", "少"].begins(phrase)
}

/// Whether a phrase begins with a verb of one syllable.
fn starts_verb(phrase: &str) -> bool {
    phrase.starts_with(|c: char| VERBS.contains(c) || MORE_VERBS.contains(c)) && !NOUNS.begins(phrase)
}

/// Verbs of one syllable that somebody named can do.
const MORE_VERBS: &str = "包过租借盖封凑挪取领拟排抓派出备协联准组落牵负安通做加改验审核讲学测画印卡守住保腾划留减建种运送动督促反贴扣罚记打抄转定约推守限设值统汇列";

/// Words that begin with such a verb and are none.
static NOUNS: Phrases = Phrases::of(&[
    "补贴",
    "补助",
    "补偿",
    "办公",
    "建设",
    "管理",
    "工作",
    "安全",
    "通知",
    "保险",
    "保障房",
    "设备",
    "设施",
    "组长",
    "组里",
    "住户",
    "运费",
    "送来",
    "测评",
    "审计",
    "推广",
    "种植",
    "种粮",
    "看来",
    "做法",
    "办法",
    "动作",
    "定点",
    "备用",
    "出事",
    "出现",
    "出入",
    "守法",
]);

/// 先, 马上, 具体: what stands before the verb in speech.
fn strip(mut phrase: &str) -> &str {
    static SPOKEN: Phrases = Phrases::of(&[
        "先",
        "再",
        "也",
        "都",
        "就",
        "马上",
        "赶紧",
        "赶快",
        "回头",
        "这两天",
        "这几天",
        "负责",
        "具体",
        "来",
        "去",
        "另外",
        "会后",
        "下来",
        "多",
        "辛苦",
        "一起",
        "一块",
        "牵头",
        "尽快",
        "亲自",
        "带队",
        "还要",
        "还得",
        "得",
        "要",
        "每天",
        "每个礼拜",
        "每周",
        "今天",
        "明天",
        "后天",
        "明早",
        "今晚",
        "下午",
        "上午",
        "单独",
        "专门",
        "主动",
        "继续",
        "重新",
        "连夜",
        "一定",
        "好好",
        "统一",
        "当天",
        "当晚",
        "这就",
        "随时",
        "顺便",
        "顺路",
    ]);
    loop {
        let rest = SPOKEN.at(phrase).map_or(phrase, |word| &phrase[word.len()..]);
        let rest = strip_adverbs(rest.trim_start());
        let rest = by_turns(rest).unwrap_or(rest);
        if rest.len() == phrase.len() || rest.is_empty() {
            return phrase;
        }
        phrase = rest;
    }
}

/// What stands behind 一户一户: one after the other.
fn by_turns(phrase: &str) -> Option<&str> {
    let mut chars = phrase.chars();
    let (one, unit) = (chars.next()?, chars.next()?);
    let again = one == '一' && chars.next() == Some(one) && chars.next() == Some(unit);
    again.then_some(chars.as_str())
}

/// 一笔一笔对清楚, 能争取多少争取多少: how what stands before it is done.
pub(super) fn goes_by_turns(phrase: &str) -> bool {
    // 工资不到位，就扣履约金: the case stands before it.
    phrase.starts_with('能') && phrase.contains("多少")
        || phrase.starts_with('就') && phrase.chars().count() >= 3
        || by_turns(phrase).is_some_and(|rest| rest.chars().count() <= 4)
}

/// 盯一下, 走一遍, 摸个底: what is done once.
fn once(phrase: &str) -> bool {
    any_of![
        "一下", "一趟", "一遍", "一轮", "一次", "一圈", "一番", "个底", "个头", "个面", "个会", "一把", "一理", "一查"
    ]
    .ends(phrase)
        || ONCE.find(phrase).is_some_and(|(at, _)| at <= 2 * '一'.len_utf8())
}

/// 摸一下底
static ONCE: Phrases = Phrases::of(&["一下"]);

/// Whether a clause without a name says what is to be done: 结果贴到村务栏, 垃圾桶该换的换. `bounded`: a day bounds it.
pub(super) fn orders(phrase: &str, bounded: bool) -> bool {
    let length = phrase.chars().count();
    let plain = strip(phrase);
    if length < 3 || phrase.contains(['了', '过']) || leaves_off(phrase) {
        return false;
    }
    // 结果贴到村务栏, 名单报给老王
    let placed = || {
        phrase.char_indices().skip(1).take(10).any(|(at, c)| {
            (VERBS.contains(c) || MORE_VERBS.contains(c))
                && any_of!["到", "给", "进", "上墙", "下去", "上来", "出去", "出来"]
                    .begins(&phrase[at + c.len_utf8()..])
        })
    };
    // 管子也换, 剩下的先结
    let also = || {
        any_of!["抓紧", "马上", "赶紧", "尽快", "也", "都", "全部", "一律", "先", "接着", "继续", "重新", "再"]
            .places(phrase)
            .any(|(at, word)| {
                at > 0
                    && (starts_verb(&phrase[at + word.len()..])
                        || word != "都" && phrase[at + word.len()..].chars().count() <= 2 && length >= 4)
            })
    };
    // 该换的换
    let due = || {
        phrase.find('该').is_some_and(|at| {
            phrase[at..].contains('的')
                && phrase.chars().next_back().is_some_and(|c| phrase[at..].matches(c).count() >= 2)
        })
    };
    // 请老卢把账报一下: who is asked to speak.
    if plain.starts_with('请')
        && any_of!["报一下", "说一下", "讲一下", "介绍", "汇报", "说说", "讲讲", "谈谈", "念一下", "发言"]
            .stands_in(plain)
    {
        return false;
    }
    let sent = any_of!["让", "叫", "安排", "通知"].begins(plain) && length >= 5;
    is_paid(phrase)
        || bounded && length >= 3
        || once(plain)
        || sent
        || preposition(plain) == Some("把") && length >= 5
        || placed()
        || also()
        || due()
}

/// 下次会再说, 老四家不报: what is put off or not done.
pub(super) fn leaves_off(words: &str) -> bool {
    any_of!["再说", "再议", "再看", "不报", "不用", "不管了", "算了"].ends(words)
        || any_of!["没有", "还没", "不够", "差不多"].stands_in(words)
}

/// 钱先从村集体账上垫, 从机动费里拿3万元: where money comes from.
pub(super) fn is_paid(phrase: &str) -> bool {
    static TAKEN: Phrases = Phrases::of(&["垫", "出", "挤", "列", "付", "拿", "扣", "支", "解决", "安排", "承担"]);
    let Some(from) = phrase.find('从') else { return false };
    let source = &phrase[from..];
    any_of!["里头", "里", "账上", "中", "上"].places(source).any(|(at, word)| TAKEN.begins(&source[at + word.len()..]))
}

/// Whether what is said can be seen to be done: 盯一下, 拟个稿子, and not 盯紧一点.
pub(super) fn acts(predicate: &str) -> bool {
    static CARE: Phrases = Phrases::of(&[
        "抓紧", "盯紧", "重视", "注意", "加强", "负起", "上心", "用心", "管好", "看好", "守好", "配合", "支持", "高度",
        "绷紧", "不", "别",
    ]);
    let first = predicate.split('，').next().unwrap_or(predicate);
    let plain = strip(first);
    !CARE.begins(plain)
        && !any_of!["一点", "一些", "紧些", "细些", "上心", "负总责", "负全责", "重视", "别松"].ends(plain)
}

/// 这个事小李盯一下, 村镇办把歪了的护栏修一下: no report, though it begins or goes on like one.
pub(super) fn is_errand(words: &str, profile: &Profile) -> bool {
    let Some(doer) = doer(words, profile, |rest| rest) else { return false };
    // 环卫站先派两辆车把桶清了
    let done = words.ends_with('了') && words.contains('把');
    words.starts_with('这') || once(words) || done || strip(&words[doer.end..]).starts_with(['把', '将'])
}

/// 这个事小李盯一下，月底前报上来: an errand, and what is to come of it.
pub(super) fn comes_of_errand(before: &str, words: &str) -> bool {
    let errand = once(before)
        || before.contains("一下")
        || any_of![
            "去跑",
            "去谈",
            "去问",
            "去看",
            "盯着",
            "跟进",
            "去查",
            "对接",
            "商量",
            "跑一跑",
            "谈一谈",
            "问一问",
            "算一算",
            "理一理"
        ]
        .ends(before);
    let comes = any_of![
        "报上来",
        "报给",
        "给我",
        "列个",
        "报我",
        "交上来",
        "拿出来",
        "拿个",
        "给个",
        "有个说法",
        "要个",
        "回个",
        "准话",
        "准信",
        "回话",
        "有个结果",
        "说结果",
        "报一",
        "报结果"
    ];
    let comes = |words: &str| comes.stands_in(words) || reports_to(words);
    // 写个情况说明，本周五前报县水利局: a paper, and where it goes.
    let wrote = any_of!["写", "拟", "整理", "列", "起草"].stands_in(before)
        && any_of!["说明", "材料", "报告", "清单", "方案", "名单", "台账", "稿", "稿子", "信", "通知"].ends(before);
    let goes = any_of!["报", "交", "送"].stands_in(words);
    let clears = words.starts_with('把') && any_of!["清楚", "明白"].ends(words);
    (errand && (comes(words) || clears) || wrote && goes) && words.chars().count() <= 18
}

/// 汇总报党政办, 缺的报应急办: 报 and an office; 申报 and 汇报 are other verbs.
fn reports_to(words: &str) -> bool {
    words.match_indices('报').any(|(at, report)| {
        let to = &words[at + report.len()..];
        let local = any_of!["镇", "乡", "县", "区", "市", "街道"].trim_start(to);
        let office =
            OFFICES.begins(to) || OFFICES.begins(local) || ENDINGS.ending(to).is_some() && to.chars().count() >= 2;
        let other = words[..at].ends_with(['申', '汇', '举', '通', '公', '海', '情', '预', '填', '简', '专'])
            && !words[..at].ends_with("汇总");
        office && !other
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unit;

    fn profile() -> Profile {
        let unit = |name: &str, aliases: &[&str]| Unit {
            name: name.to_owned(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        };
        Profile { units: vec![unit("贺敏", &["小贺"]), unit("段有才", &["老段"])], ..Profile::default() }
    }

    #[test]
    fn a_clause_says_who_does_it() {
        let profile = profile();
        let who = |words: &str| {
            doer(words, &profile, |rest| rest)
                .map(|doer| doer.name.map_or("I".to_owned(), |name| words[name].to_owned()))
        };
        for (words, name) in [
            ("这个事小贺盯一下", "小贺"),
            ("池子我去找人清", "I"),
            ("水管的事由我来协调", "I"),
            ("护林员补贴财政所发下去", "财政所"),
            ("接穗的事老段再跟林业站要一批", "老段"),
            ("各村把账对清楚", "各村"),
            ("由贺敏重新排", "贺敏"),
        ] {
            assert_eq!(who(words).as_deref(), Some(name), "{words}");
        }
        for words in ["我镇还差两个", "老段说了三回", "配件县里没货", "给财政所追加6万元", "大家觉得行"]
        {
            assert_eq!(who(words), None, "{words}");
        }
    }

    #[test]
    fn a_report_goes_to_an_office() {
        for words in ["缺的报应急办", "汇总报党政办", "名单报县财政局", "三天内报镇财政所"] {
            assert!(reports_to(words), "{words}");
        }
        for words in ["申报项目", "汇报情况", "报名参加", "上报数字"] {
            assert!(!reports_to(words), "{words}");
        }
    }

    #[test]
    fn what_people_say_is_to_be_done_needs_no_name() {
        for words in ["结果贴到村务栏", "垃圾桶该换的换", "管子也换", "让他们先把石头拉走"] {
            assert!(orders(words, false), "{words}");
        }
        for words in ["堵过一回路", "以后再说", "人手不够", "家长意见大"] {
            assert!(!orders(words, false), "{words}");
        }
    }
}
