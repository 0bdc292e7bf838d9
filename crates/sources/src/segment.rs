//! Paragraphs and sentences.

use crate::marks::{Marks, marks, width};
use crate::phrases::{Phrases, any_of};
use crate::{Lang, lang, zh};
use std::ops::Range;

/// Paragraphs, as byte ranges: a line each in Chinese, lines joined where a wrap broke a sentence; in English the lines
/// between blank lines, list signs and short line ends.
pub(crate) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    let mut at = 0;
    // Where a line is longer than a page is wide, lines end where paragraphs do.
    let wrapped = !text.lines().any(|line| line.len() > PAGE_MAX);
    let mut rest = text;
    while !rest.is_empty() {
        let end = LINE_ENDS.find(rest).map_or(rest.len(), |at| at + width(rest.as_bytes()[at]));
        let (line, behind) = rest.split_at(end);
        rest = behind;
        let body = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if body.is_empty() {
            // "\r\n" is one line end.
            open = open && line == "\n" && text[..at - 1].ends_with('\r');
            continue;
        }
        let range = start..start + body.len();
        match out.last_mut() {
            Some(last)
                if open
                    && (continues(&text[last_line(text, last)..last.end], body, line, wrapped)
                        || flows_on(text, last, body)) =>
            {
                last.end = range.end
            }
            Some(_) | None => out.push(range),
        }
        open = true;
    }
    out
}

/// What ends a line.
pub(crate) static LINE_ENDS: Marks = Marks::of(&['\n', '\r', '\u{0C}', '\u{0B}', '\u{85}', '\u{2028}', '\u{2029}']);

/// Where the last line of a paragraph begins.
fn last_line(text: &str, paragraph: &Range<usize>) -> usize {
    let inside = &text[paragraph.clone()];
    marks!['\n', '\r'].rfind(inside).map_or(paragraph.start, |at| paragraph.start + at + 1)
}

/// No line of a page is longer, in bytes.
const PAGE_MAX: usize = 240;

/// What begins a line of its own in English minutes.
const LABELS: [&str; 23] = [
    "Action items",
    "Action Items",
    "ACTION ITEMS",
    "Next steps:",
    "Next Steps:",
    "Action:",
    "ACTION",
    "Action by",
    "Action (",
    "Action -",
    "Action –",
    "Carried ",
    "Motion carried",
    "Resolved:",
    "RESOLVED",
    "Moved",
    "MOVED",
    "Motion by",
    "Motion:",
    "MOTION",
    "CARRIED",
    "Decision:",
    "Agreed:",
];

fn continues(before: &str, body: &str, line: &str, wrapped: bool) -> bool {
    if marker(body) > 0 || line.starts_with("\u{3000}") {
        return false;
    }
    // 完成时限：9月底前 stands for itself.
    if zh::owner::starts_with_label(body) {
        return false;
    }
    // A row of a table ends with its line.
    let columns =
        |line: &str| marks!['\t', '|'].stand_in(line) && (line.contains('\t') || line.matches('|').count() >= 2);
    if columns(body) || columns(before) {
        return false;
    }
    let end = before.trim_end().chars().next_back().unwrap_or(' ');
    let length = before.chars().count();
    if lang::is_han(body.chars().next().unwrap_or(' ')) || Lang::of(before) == Lang::Zh {
        return length >= 20
            && (is_open(before)
                || !matches!(end, '。' | '！' | '？' | '；' | '：' | ':' | '”' | '）' | ')')
                    && before.contains(['，', '。', '、', '；']));
    }
    let first = body.chars().next().unwrap_or(' ');
    // Columns that blanks part: a row ends with its line.
    if body.contains("   ") || before.trim_end().contains("   ") {
        return false;
    }
    if first.is_lowercase() || ends_open(before) {
        return true;
    }
    // "Dale – order markers": each line of such a list is somebody's own.
    if named_head(body).is_some_and(|(_, rest)| body[rest..].starts_with(|c: char| c.is_ascii_lowercase())) {
        return false;
    }
    if LABELS.iter().any(|label| body.starts_with(label)) || opens_with_actor(body) {
        return false;
    }
    // A short line that ends in capitals is a heading; a long one is wrapped.
    wrapped && length >= 45 && !matches!(end, ':')
}

/// One blank at the end of a line says that its sentence goes on in the next (RFC 3676, section 4.1); two are a line end of
/// Markdown's. At the end of a sentence or of a heading it says nothing.
fn flows_on(text: &str, last: &Range<usize>, body: &str) -> bool {
    let before = &text[last_line(text, last)..last.end];
    let behind = &text[last.end..];
    let (soft, ends) = (behind.strip_prefix(' '), ['.', ':', ';', '!', '?', ')', '”', '"']);
    soft.is_some_and(|rest| rest.starts_with(['\n', '\r']))
        && before.len() >= 45
        && before.is_ascii()
        && !before.ends_with(ends)
        && marker(body) == 0
}

/// "BE / MT to agree wording", "Clerk to ring the firm": initials or a post, and what they are to do.
fn opens_with_actor(body: &str) -> bool {
    let Some((name, _)) = body.split_once(" to ") else { return false };
    let initials = |word: &str| (2..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let joint = |word: &str| matches!(word, "and" | "&" | "");
    let words = || name.split([' ', '/', ',']);
    name.len() <= 20
        && (matches!(name, "Clerk" | "Chair" | "Chairman" | "Treasurer" | "Secretary" | "Caretaker")
            || words().all(|word| initials(word) || joint(word)) && words().any(initials))
}

/// "… to ask Cllr": a line that cannot end so, however short it is.
fn ends_open(before: &str) -> bool {
    const OPEN: [&str; 34] = [
        "is",
        "was",
        "be",
        "their",
        "its",
        "this",
        "will",
        "would",
        "should",
        "were",
        "the",
        "a",
        "an",
        "of",
        "to",
        "and",
        "or",
        "with",
        "that",
        "from",
        "Cllr",
        "Cllr.",
        "Councillor",
        "Cllrs",
        "Mr",
        "Mr.",
        "Mrs",
        "Mrs.",
        "Ms",
        "Ms.",
        "Dr",
        "Dr.",
        "Supervisor",
        "which",
    ];
    let last = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or("");
    before.contains(' ') && OPEN.iter().any(|open| open.eq_ignore_ascii_case(last))
}

/// "Dale – order markers", "JB/TW: ring the firm": a short name at the beginning of a line, and where what follows its
/// colon or dash begins.
pub(crate) fn named_head(line: &str) -> Option<(Range<usize>, usize)> {
    let head = &line[..line.floor_char_boundary(48)];
    if !marks![':', '–', '—', '-'].stand_in(head) {
        return None;
    }
    let (at, sign) = any_of![":", " – ", " — ", " - ", "– ", "— "].find(head)?;
    let name = head[..at].trim_end();
    let parts = |c: char| matches!(c, ' ' | '/' | '&' | ',');
    let words = name.split(parts).filter(|word| !word.is_empty());
    let capital = |word: &str| word == "and" || word.starts_with(char::is_uppercase);
    let named = (1..=5).contains(&words.clone().count()) && words.clone().all(capital);
    let rest = line[at + sign.len()..].trim_start();
    (named && !rest.is_empty()).then(|| (0..name.len(), line.len() - rest.len()))
}

/// Whether a bracket or the sign of a title is still to be closed.
fn is_open(before: &str) -> bool {
    let open = |(open, close)| before.rfind(open).is_some_and(|at| !before[at..].contains(close));
    [('《', '》'), ('（', '）')].into_iter().any(open)
}

/// The length in bytes of a list sign or number at the start, with the space after it; 0 if there is none.
pub(crate) fn marker(text: &str) -> usize {
    let trimmed = text.trim_start();
    let lead = text.len() - trimmed.len();
    if let Some(rest) = trimmed.strip_prefix([
        '-', '•', '·', '*', '●', '○', '▪', '■', '◆', '–', '—', '#', '>', '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨',
        '⑩',
    ]) {
        let rest = rest.trim_start_matches(['#', '*', '-']);
        return lead + (trimmed.len() - rest.trim_start().len());
    }
    let open = trimmed.starts_with(['（', '(']);
    let inner = if open { &trimmed[trimmed.chars().next().map_or(0, char::len_utf8)..] } else { trimmed };
    if let Some(length) = sign_before_number(inner).filter(|_| !open) {
        return if length == 0 { 0 } else { lead + length };
    }
    let number: usize = inner
        .chars()
        .take(6)
        .take_while(|c| {
            let han = matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百');
            han || c.is_ascii_digit() || *c == '.' && !open
        })
        .map(char::len_utf8)
        .sum();
    // "45/19 The Clerk", "2019/045 It was": how many councils number their minutes.
    let minute = inner.bytes().take_while(u8::is_ascii_digit).count();
    let year = inner[minute..].strip_prefix('/').map(|rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    if let Some(year) = year.filter(|year| !open && (1..=4).contains(&minute) && (2..=4).contains(year)) {
        let rest = &inner[minute + 1 + year..];
        if rest.starts_with([' ', '\t']) && rest.trim_start().starts_with(|c: char| c.is_uppercase() || c == '(') {
            return lead + (trimmed.len() - rest.trim_start().len());
        }
    }
    let roman = inner.bytes().take_while(|b| matches!(b, b'i' | b'v' | b'x')).count();
    let after_roman = inner[roman..].strip_prefix(['.', ')']).filter(|rest| rest.starts_with([' ', '\t']));
    if let Some(rest) = after_roman.filter(|_| number == 0 && (2..=5).contains(&roman)) {
        return lead + (trimmed.len() - rest.trim_start().len());
    }
    let letter = usize::from(number == 0 && inner.starts_with(|c: char| c.is_ascii_alphabetic()));
    let taken = number.max(letter);
    if taken == 0 {
        return 0;
    }
    let dotted = inner[..taken].ends_with('.');
    let rest = &inner[taken..];
    let closed =
        if open { rest.strip_prefix(['）', ')']) } else { rest.strip_prefix(['、', '.', '．', ')', '）']) };
    let rest = match closed {
        Some(rest) => rest,
        None if dotted && !open => rest,
        // "2.1 Footpaths" is numbered, "3.5 million" is not.
        None if !open
            && inner[..taken].contains('.')
            && rest.trim_start().starts_with(|c: char| c.is_uppercase() || lang::is_han(c)) =>
        {
            rest
        }
        None => return 0,
    };
    // "3.5 million" is no third item.
    let pointed = dotted || inner[taken..].starts_with('.');
    if pointed && rest.starts_with(|c: char| c.is_ascii_digit())
        || (letter == 1 && !open && !rest.starts_with([' ', '\t']))
    {
        return 0;
    }
    lead + (trimmed.len() - rest.trim_start().len())
}

/// The sign in 1.5月底前 and 2.12个项目: a number and its dot, where what stands behind is a day or a count, and begins the
/// item. 0 in 3.5亿元, which is one number.
fn sign_before_number(words: &str) -> Option<usize> {
    static FRACTIONS: Phrases = Phrases::of(&[
        "亿",
        "万",
        "千",
        "元",
        "%",
        "％",
        "公里",
        "米",
        "平方",
        "立方",
        "吨",
        "亩",
        "公顷",
        "倍",
        "个百分点",
    ]);
    static MEASURES: Phrases = Phrases::of(&[
        "年", "月", "日", "号", "天", "周", "个", "项", "家", "户", "名", "处", "所", "条", "件", "台", "座", "套",
        "辆", "起", "批", "次", "季度", "时",
    ]);
    // Words that begin like a measure and are headings: 2.1项目建设.
    static WORDS: Phrases = Phrases::of(&[
        "年度", "年终", "年报", "年检", "年轻", "月度", "月报", "日常", "日报", "号召", "天然", "天气", "周边", "周转",
        "个体", "个人", "个别", "个税", "项目", "家庭", "家长", "家电", "家政", "家园", "户外", "户籍", "户厕", "名单",
        "名录", "名称", "处置", "处理", "处罚", "所有", "所属", "条件", "条例", "台账", "台风", "座谈", "套餐", "起草",
        "起步", "批发", "批复", "批准", "次生", "时间", "时限",
    ]);
    let digits = |words: &str| words.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(words);
    let rest = words[first..].strip_prefix('.').filter(|_| (1..=3).contains(&first))?;
    let mut second = digits(rest);
    // 1.3至5月
    let joined = rest[second..].strip_prefix(['至', '到', '-', '—', '－', '~', '～', '、']);
    if let Some(more) = joined.filter(|more| second > 0 && digits(more) > 0) {
        second = rest.len() - more.len() + digits(more);
    }
    let unit = &rest[second..];
    if second == 0 || unit.starts_with('.') {
        None
    } else if FRACTIONS.begins(unit) {
        Some(0)
    } else {
        (MEASURES.begins(unit) && !WORDS.begins(unit)).then_some(first + 1)
    }
}

/// Chinese sentences of a paragraph, with their final mark.
pub(crate) fn zh_sentences(text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = paragraph.start;
    let body = &text[paragraph.clone()];
    let mut brackets = 0usize;
    for at in marks!['（', '(', '《', '）', ')', '》', '。', '！', '？'].places(body) {
        let end = paragraph.start + at + width(body.as_bytes()[at]);
        match body[at..end - paragraph.start].chars().next().unwrap_or(' ') {
            '（' | '(' | '《' => brackets += 1,
            '）' | ')' | '》' => brackets = brackets.saturating_sub(1),
            '。' | '！' | '？' if brackets == 0 => {
                out.push(start..end);
                start = end;
            }
            _ => {}
        }
    }
    if !text[start..paragraph.end].trim().is_empty() {
        out.push(start..paragraph.end);
    }
    out
}

/// English sentences of a paragraph, with their final mark.
pub(crate) fn en_sentences(text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let body = &text[paragraph.clone()];
    let bytes = body.as_bytes();
    let mut out = Vec::new();
    let mut start = 0;
    for at in 0..bytes.len() {
        let ends = match bytes[at] {
            b'.' => {
                !abbreviation(&body[body.floor_char_boundary(at.saturating_sub(40)).max(start)..at], &body[at + 1..])
            }
            b'!' | b'?' | b';' => true,
            // Nobody writes a sentence of this length: a list without marks is read piece by piece.
            byte if at > start + SENTENCE_MAX && !byte.is_ascii_alphanumeric() && body.is_char_boundary(at) => {
                out.push(paragraph.start + start..paragraph.start + at);
                start = at;
                false
            }
            b' ' if at > start && begins_anew(&body[start..at], &body[at + 1..]) => {
                out.push(paragraph.start + start..paragraph.start + at);
                start = at + 1;
                false
            }
            _ => false,
        };
        if !ends {
            continue;
        }
        let rest = body[at + 1..].trim_start_matches(['”', '"', '’', ')', '\'']);
        let next = rest.trim_start().chars().next();
        let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace);
        // "…difficulties. the Bureau should": as translations have it.
        let small = bytes[at] == b'.'
            && at > start + 40
            && bytes[at - 4..at].iter().all(u8::is_ascii_lowercase)
            && rest.trim_start().starts_with("the ");
        let fresh = small
            || next
                .is_none_or(|c| bytes[at] == b';' || c.is_uppercase() || c.is_ascii_digit() || "“\"(£$€‘".contains(c) || BULLETS.contains(&c))
            // "Clerk to report it. - New grit bin": items again.
            || bytes[at] == b'.' && rest.trim_start().strip_prefix("- ").is_some_and(|item| item.starts_with(char::is_uppercase));
        if spaced && fresh {
            out.push(paragraph.start + start..paragraph.start + at + 1);
            start = body.len() - rest.len();
        }
    }
    if !body[start..].trim().is_empty() {
        out.push(paragraph.start + start..paragraph.end);
    }
    out
}

/// Whether a sentence begins behind a blank without a full stop before it: "the fence • Issues have", which were set as one
/// paragraph, "6.1 SOLAR PANELS The Chair said", "to match the quote It was proposed to".
fn begins_anew(before: &str, behind: &str) -> bool {
    opens_item(before, behind)
        || shouted(before) && RUN_IN.begins(behind)
        || before.ends_with(|c: char| c.is_ascii_lowercase() || c == ',') && opens_afresh(behind)
        || before.ends_with(|c: char| c.is_ascii_lowercase()) && CLERK.begins(behind) && tells(before)
}

/// "the stile is loose Clerk will report it": what is to be done, behind what is told.
static CLERK: Phrases = Phrases::of(&["Clerk will ", "The Clerk will ", "Clerk has ", "The Clerk has "]);

/// Whether words tell something whole, so that a name begins the next sentence: "the stile is loose".
fn tells(before: &str) -> bool {
    let fronted =
        any_of!["By ", "Before ", "Within ", "Once ", "After ", "If ", "When ", "As "].begins(before.trim_start());
    let finite = any_of![" is ", " are ", " was ", " were ", " has ", " have ", " had ", " need ", " needs "];
    let last = before.rsplit([' ', '\n']).next().unwrap_or("");
    let open = any_of![
        "the", "a", "our", "and", "or", "that", "but", "so", "if", "when", "then", "which", "as", "by", "of", "to",
        "for", "from", "deputy", "parish", "town", "while", "because", "whether", "until", "new", "is", "are", "was",
        "were"
    ];
    !fronted && finite.stands_in(before) && !open.has(last) && !last.ends_with("ed")
}

/// What opens the sentence behind a heading in capitals.
static RUN_IN: Phrases = Phrases::of(&[
    "The ",
    "A ",
    "An ",
    "It ",
    "There ",
    "This ",
    "Cllr ",
    "Cllrs ",
    "Councillor ",
    "Councillors ",
    "Members ",
]);

/// Whether a bullet and a whole item follow: not the parts of what "Resolved to: • repair the wall" began.
fn opens_item(before: &str, behind: &str) -> bool {
    let item = behind.strip_prefix(BULLETS).map_or("", str::trim_start);
    let stem = before.ends_with([':', ',']) || before.ends_with(" to");
    !stem && item.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// "It was proposed": not "This is Our Park", which is a title.
fn opens_afresh(behind: &str) -> bool {
    FRESH.at(behind).is_some_and(|words| behind[words.len()..].starts_with(|c: char| c.is_lowercase()))
}

/// Signs of lists.
const BULLETS: [char; 3] = ['•', '●', '▪'];

/// Whether words end with two in capitals that decide nothing: "SOLAR PANELS", but not "IT WAS RESOLVED".
fn shouted(words: &str) -> bool {
    let mut last = words.rsplit(' ');
    let capitals = |word: &str| {
        word.len() > 2
            && word.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'/' | b'&' | b'\'' | b'-'))
    };
    let decides = |word: &str| {
        matches!(word, "RESOLVED" | "AGREED" | "ORDERED" | "THAT" | "NOTED" | "MOVED" | "ACTION" | "WHEREAS")
    };
    let (Some(second), Some(first)) = (last.next(), last.next()) else { return false };
    capitals(second) && capitals(first) && !decides(second) && !decides(first)
}

/// Words that with a capital open a sentence, whatever stands before.
static FRESH: Phrases =
    Phrases::of(&["It was ", "It is ", "This was ", "This is ", "This will ", "There was ", "There is "]);

/// An English sentence is no longer than this, in bytes.
const SENTENCE_MAX: usize = 2_000;

fn abbreviation(before: &str, after: &str) -> bool {
    let word = before.rsplit([' ', '\n', '\t', '(', '“', '"']).next().unwrap_or("");
    // "by Nov. 1", "J.P. Mascaro".
    let dated =
        matches!(word, "Jan" | "Feb" | "Mar" | "Apr" | "Jun" | "Jul" | "Aug" | "Sep" | "Sept" | "Oct" | "Nov" | "Dec")
            && after.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let initials = word.len() > 1
        && word.split('.').all(|part| part.len() == 1 && part.starts_with(|c: char| c.is_ascii_uppercase()))
        && after.trim_start().starts_with(char::is_uppercase);
    if dated || initials {
        return true;
    }
    const SHORT: [&str; 45] = [
        "supt", "sgt", "capt", "lt", "atty", "ald", "col", "insp", "supv", "rs", "cllr", "cllrs", "mr", "mrs", "ms",
        "dr", "st", "no", "nos", "co", "inc", "ltd", "e.g", "i.e", "a.m", "p.m", "vs", "rev", "prof", "hon", "jr",
        "sr", "gen", "gov", "sen", "rep", "etc", "approx", "dept", "ave", "rd", "messrs", "u.s", "art", "app",
    ];
    let lower = word.to_ascii_lowercase();
    if lower == "a.m"
        || lower == "p.m"
        || lower == "etc"
        || lower == "inc"
        || lower == "ltd"
        || lower == "rd"
        || lower == "ave"
    {
        // These may also end a sentence: the capital after decides.
        return false;
    }
    SHORT.contains(&lower.as_str())
        || (word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase() && c != 'I'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, sentences: fn(&str, Range<usize>) -> Vec<Range<usize>>) -> Vec<&str> {
        sentences(text, 0..text.len()).into_iter().map(|r| text[r].trim()).collect()
    }

    #[test]
    fn initials_and_titles_end_no_sentence() {
        assert_eq!(
            cut("Cllr. P. Marsh will write. It costs £3.50! Done", en_sentences),
            ["Cllr. P. Marsh will write.", "It costs £3.50!", "Done"]
        );
    }

    #[test]
    fn brackets_hold_a_chinese_sentence_together() {
        assert_eq!(cut("要修路（见附件。）。要架桥！", zh_sentences), ["要修路（见附件。）。", "要架桥！"]);
    }

    #[test]
    fn wrapped_lines_are_joined_and_blank_lines_part() {
        let text =
            "The Clerk will write to the owner of the mill\nabout the gate.\r\n\r\nCOSTS\nThe Council noted them.";
        let found: Vec<&str> = paragraphs(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(
            found,
            ["The Clerk will write to the owner of the mill\nabout the gate.", "COSTS", "The Council noted them."]
        );
    }

    #[test]
    fn a_blank_before_a_line_end_says_that_the_sentence_goes_on() {
        let long = "word ".repeat(60);
        let text = format!(
            "{long}.\n\nThe treasurer asked the board for leave to add Ines \nHolm as a second signer of the savings account and the board \n\
             Clerk to write to the bank in the first days of the new year  \nMotion by Sten Aho."
        );
        let found: Vec<&str> = paragraphs(&text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[1].starts_with("The treasurer") && found[1].ends_with("new year"), "{found:?}");
    }

    #[test]
    fn list_signs_have_a_length() {
        for (text, length) in [
            ("一、建", 6),
            ("（一）建", 9),
            ("1. To do", 3),
            ("- do", 2),
            ("3.5 million", 0),
            ("A man", 0),
            ("(a) do", 4),
            ("2.1 Do", 4),
            ("2020年", 0),
            ("ii. To do", 4),
            ("(iv) to do", 5),
            ("vivid. A day", 0),
            ("45/19 The Clerk", 6),
            ("1/2 inch of stone", 0),
            ("（一）5月10日前建", 9),
            ("1、3个月内建", 4),
            ("１．建", 0),
            ("1.5月底前建", 2),
            ("1.4月30日前建", 2),
            ("1.2024年5月底前建", 2),
            ("10.2024年5月底前建", 3),
            ("1.3至5月建", 2),
            ("2.12个项目", 2),
            ("1.5 月度调度", 4),
            ("2.1道路", 3),
            ("2.1项目建设", 3),
            ("3.5亿元", 0),
        ] {
            assert_eq!(marker(text), length, "{text}");
        }
    }
}
