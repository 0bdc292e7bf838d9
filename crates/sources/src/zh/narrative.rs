//! Which clauses tell or judge instead of ordering, and which only open like a report.

use super::clause::{bare_subject, is_order, modal};
use super::sentence::only_level;
use super::words::{ACTS, NARRATIVE};
use crate::Profile;
use crate::phrases::{Phrases, any_of};

/// Whether a judging clause makes the one before it its topic: 深化改革，关键在落实; 保障供应，事关大局.
pub(super) fn judges_before(clause: &str) -> bool {
    any_of![
        "关键",
        "事关",
        "是",
        "有利于",
        "有助于",
        "关系",
        "重在",
        "贵在",
        "根本在",
        "核心在",
        "要害",
        "十分重要",
        "意义重大",
        "至关重要",
    ]
    .begins(clause)
}

/// 此项工作由县民政局牵头, 目前未整改的企业要…, 但县财政局要…: whether a clause that opens with `word` as a report does
/// orders all the same.
fn orders_all_the_same(clause: &str, word: &str, profile: &Profile) -> bool {
    let rest = &clause[word.len()..];
    let thing = match word {
        // 这 alone is what was said before; 这项工作 is a thing, and may be somebody's.
        "这" | "此" => {
            any_of!["项", "件", "个", "些", "类", "批", "事", "一", "几", "两", "三", "次", "条", "处"].begins(rest)
        }
        "但" | "然而" | "目前" | "当前" | "一些" | "有些" | "个别" => true,
        _ => false,
    };
    let seen = any_of!["看到", "认识到", "清醒认识", "认为", "觉得", "感到"];
    thing && !seen.stands_in(clause) && (modal(clause, profile).is_some() || hands_over(clause, profile).is_some())
}

/// 但 in 但县财政局要加快…: a word that only sets an order against what stands before it.
pub(super) fn contrast(clause: &str, profile: &Profile) -> usize {
    let word = any_of!["但是", "但", "然而", "不过"].at(clause).filter(|_| !is_narrative(clause, profile));
    word.map_or(0, |word| word.len() + clause[word.len()..].len() - clause[word.len()..].trim_start().len())
}

/// 由 in 此项工作由县民政局牵头, 请 in 此事请县信访局处理: where work is handed to an office, behind what it is.
pub(super) fn hands_over(clause: &str, profile: &Profile) -> Option<usize> {
    let other = |at: usize, c: char| {
        let (before, after) = (&clause[..at], &clause[at + c.len_utf8()..]);
        match c {
            '由' => before.ends_with(['自', '理', '经', '缘']) || after.starts_with(['于', '此', '来']),
            _ => {
                before.ends_with(['申', '邀', '聘', '提', '恳', '报', '敬', '呈', '商', '烦'])
                    || after.starts_with(['示', '假', '求', '愿', '教'])
            }
        }
    };
    let heads = clause.char_indices().take(40).skip(1).filter(|(_, c)| matches!(c, '由' | '请'));
    let mut heads = heads.filter(|(at, c)| !other(*at, *c));
    heads.find(|(at, _)| bare_subject(&clause[*at..], profile, |rest| rest).is_some()).map(|(at, _)| at)
}

/// Whether a clause reports or judges instead of ordering.
pub(super) fn is_narrative(clause: &str, profile: &Profile) -> bool {
    // 确保取得实效, 三日内与来信人取得联系: no report of what was reached.
    let aims = || any_of!["确保", "力争", "推动", "务求"].stands_in(clause) || clause.contains("取得联系");
    let now = any_of!["目前"].at(clause).filter(|word| orders_all_the_same(clause, word, profile)).map_or(0, str::len);
    let told = NARRATIVE.find(&clause[now..]).is_some_and(|(at, word)| {
        let at = now + at;
        // 已有的23家养殖场: which ones.
        let of = || clause[at + word.len()..].chars().take(6).any(|c| c == '的');
        // 抽查已完成项目: what is checked.
        let object = || at > 0 && ACTS.ending(&clause[..at]).is_some();
        let which = matches!(word, "已有" | "正在") && of() || matches!(word, "已有" | "正在" | "已完成") && object();
        // 探索有利于创新的监管办法: of what kind the thing is that an order is about.
        let kind =
            any_of!["有利于", "有助于", "事关", "关系到", "关乎", "处于", "具有", "存在的", "已经", "有待", "尚不"]
                .has(word);
        // 已完成整改的单位要…, 逾期不执行的将上门约谈: who or what it is.
        let those = clause[at + word.len()..].find('的').is_some_and(|of| {
            let of = at + word.len() + of;
            modal(clause, profile).is_some_and(|(modal, _)| modal > of) || of == at + word.len() && word == "不执行"
        });
        // 要解决校园周边存在的噪声: what an order is about.
        let ordered = word == "存在的" && modal(clause, profile).is_some_and(|(modal, _)| modal < at);
        let kind = those
            || ordered
            || kind && at > 0 && (word.ends_with('的') || clause[at..].contains('的')) && is_order(clause);
        // 项目前期工作: a word begins inside another.
        let split = word == "目前" && clause[..at].ends_with(['项', '题', '科', '栏', '名', '条']);
        !(matches!(word, "取得" | "具有") && aims() || which || kind || split)
    });
    // 在镇内摆摊不需另办证照: what need not be done.
    let spared = any_of!["不需", "无需", "不必", "无须"]
        .find(clause)
        .is_some_and(|(at, _)| at > 0 && !clause[at..].starts_with("不必要"))
        && modal(clause, profile).is_none();
    if told || spared || clause.contains("了") && has_perfect(clause) {
        return true;
    }
    // 开工率仅31%
    if clause.match_indices('仅').any(|(at, only)| clause[at + only.len()..].starts_with(|c: char| c.is_ascii_digit()))
    {
        return true;
    }
    // 任务很重, 形势依然严峻
    if any_of![
        "很重",
        "严峻",
        "艰巨",
        "繁重",
        "不容乐观",
        "很大",
        "较大",
        "较为突出",
        "依然突出",
        "不足",
        "明显",
        "偏低",
        "偏高",
        "滞后",
        "不高",
        "不力",
        "缓慢",
        "不达标",
        "不规范",
        "不完善",
        "潜力大",
        "压力大",
        "难度大",
        "任务重",
        "空间大",
        "基数大",
        "就业多",
        "范围广",
        "影响大",
        "的义务",
        "的权利",
    ]
    .ends(clause)
        && !is_order(clause)
    {
        return true;
    }
    any_of![
        "这",
        "此",
        "因为",
        "由于",
        "但",
        "然而",
        "其中",
        "目前",
        "当前",
        "也要看到",
        "也应看到",
        "也要清醒看到",
        "应当看到",
        "必须看到",
        "随着",
        "要看到",
        "要认识到",
        "据",
        "关键在",
        "关键是",
        "重在",
        "贵在",
        "根本在",
        "如果",
        "只有",
        "虽然",
        "尽管",
        "近年来",
        "去年",
        "上半年全",
        "一些",
        "有些",
        "个别",
    ]
    .at(clause)
    .is_some_and(|word| {
        // 其中3000万元由市财政局解决: who pays.
        let pays = || word == "其中" && clause.contains('由') && clause.contains('元');
        // 这周五之前谈下来
        !(word == "此" && clause.starts_with("此外")
            || any_of!["这周", "这个月", "这个星期"].begins(clause)
            || word == "据" && any_of!["据实", "据此"].begins(clause)
            || pays()
            || word == "其中" && only_level(clause)
            || orders_all_the_same(clause, word, profile))
    }) || judges(clause)
        || closes_judgement(clause) && modal(clause, profile).is_none()
}

/// 改善村容的重要途径, where 是 stands in the clause before: what something is, told to its end.
fn closes_judgement(clause: &str) -> bool {
    static KINDS: Phrases = Phrases::of(&[
        "抓手",
        "举措",
        "途径",
        "体现",
        "保证",
        "支撑",
        "基石",
        "载体",
        "环节",
        "之举",
        "课题",
        "必然要求",
        "根本保障",
        "内在要求",
        "迫切需要",
        "应有之义",
        "关键一招",
        "重要任务",
        "重大任务",
        "政治任务",
        "有效手段",
    ]);
    clause.rfind('的').is_some_and(|of| clause[of..].chars().count() <= 7) && KINDS.ends(clause)
}

/// Whether a clause says what something is.
fn judges(clause: &str) -> bool {
    // 树牢“隐患就是事故”理念: what is quoted judges nothing.
    let quoted_to = clause.rfind('”').unwrap_or(0);
    let mut open = false;
    for (at, c) in clause.char_indices() {
        match c {
            '“' => open = true,
            '”' => open = false,
            '是' if at > 0 && !(open && at < quoted_to) && is_copula(clause, at) => return true,
            _ => {}
        }
    }
    false
}

fn is_copula(clause: &str, at: usize) -> bool {
    let before = &clause[..at];
    let after = &clause[at + '是'.len_utf8()..];
    // 树立绿水青山就是金山银山的理念: a saying within the object.
    let sayings = any_of!["的理念", "的思想", "的观念", "的意识", "的导向", "的原则"];
    let saying = before.ends_with('就') && sayings.ends(after);
    !saying
        && !before.ends_with("特别")
        && !before.ends_with([
            '特', '尤', '于', '但', '要', '凡', '只', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '还',
        ])
        && !before.ends_with("尤其")
        && !after.starts_with(['否', '非'])
        && !before.is_empty()
        && !after.is_empty()
}

fn has_perfect(clause: &str) -> bool {
    clause.char_indices().any(|(at, c)| {
        c == '了'
            && at > 0
            && !clause[at + 3..].starts_with(['解', '然', '结', '之', '事'])
            && !clause[..at].ends_with(['为', '罢', '除'])
    })
}
