//! Text to tokens. What cannot be read is told, and stands in as something of its kind, so that one slip is one error.
//! Full-width punctuation, as a Chinese keyboard types it, is read as its half-width kin.

use civil::Date;

use crate::diagnostic::{Diagnostic, WRONG_MAX};
use crate::message::{Message, message};
use crate::month;
use crate::source::Span;
use crate::word::Word;

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A word of the language.
    Word(Word),
    /// A name somebody gave.
    Name(String),
    /// `1894.00`, `50%`: digits as one integer, how many stand after the point, and whether per cent.
    Number { units: i64, scale: u32, percent: bool },
    /// `2020-12-21`
    Date(Date),
    /// `2020-12`, as the number of the month
    Month(i64),
    /// `"…"`
    Text(String),
    /// One of `: , . / + - * = ( ) [ ] { }`
    Mark(char),
    /// `# …` to the end of the line; only the formatter asks for these.
    Comment(String),
    /// After the last.
    End,
}

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lexeme {
    /// What.
    pub token: Token,
    /// Where.
    pub span: Span,
}

/// First and second word of what is one word of the language.
const PAIRS: [(&str, &str); 14] = [
    ("at", "most"),
    ("at", "least"),
    ("is", "not"),
    ("years", "since"),
    ("months", "since"),
    ("days", "since"),
    ("year", "of"),
    ("month", "of"),
    ("day", "of"),
    ("half", "up"),
    ("cannot", "say"),
    ("previous", "year"),
    ("this", "year"),
    ("decision", "day"),
];

/// The most digits of a number.
const DIGITS_MAX: usize = 15;

/// Every token of a file, comments included, and what could not be read; behind [`WRONG_MAX`] errors nothing is read.
pub fn lex(file: usize, text: &str) -> (Vec<Lexeme>, Vec<Diagnostic>) {
    let mut lexer = Lexer { file, text, at: 0, out: vec![], wrong: vec![] };
    while lexer.at < text.len() && lexer.wrong.len() < WRONG_MAX {
        lexer.next();
    }
    let end = Span { file, from: text.len(), to: text.len() };
    lexer.out.push(Lexeme { token: Token::End, span: end });
    (lexer.out, lexer.wrong)
}

struct Lexer<'t> {
    file: usize,
    text: &'t str,
    at: usize,
    out: Vec<Lexeme>,
    wrong: Vec<Diagnostic>,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn span(&self, from: usize) -> Span {
        Span { file: self.file, from, to: self.at }
    }

    fn take(&mut self, bytes: usize, token: Token) {
        let from = self.at;
        self.at += bytes;
        let span = self.span(from);
        self.out.push(Lexeme { token, span });
    }

    fn next(&mut self) {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return };
        match first {
            '\u{feff}' => self.at += first.len_utf8(),
            _ if first.is_whitespace() => self.at += first.len_utf8(),
            '#' => {
                let line = rest.lines().next().unwrap_or(rest);
                self.take(line.len(), Token::Comment(line.trim_end().to_owned()));
            }
            '"' | '“' | '”' | '「' => self.string(first),
            '/' | '-' if rest[1..].starts_with(first) => self.no_comment(),
            '0'..='9' => self.number(),
            '０'..='９' => self.wide_number(),
            ':' | '：' => self.take(first.len_utf8(), Token::Mark(':')),
            ',' | '，' | '、' => self.take(first.len_utf8(), Token::Mark(',')),
            '(' | '（' => self.take(first.len_utf8(), Token::Mark('(')),
            ')' | '）' => self.take(first.len_utf8(), Token::Mark(')')),
            '[' | '【' => self.take(first.len_utf8(), Token::Mark('[')),
            ']' | '】' => self.take(first.len_utf8(), Token::Mark(']')),
            '.' | '/' | '+' | '-' | '*' | '=' | '{' | '}' => self.take(1, Token::Mark(first)),
            '×' | '＊' => self.take(first.len_utf8(), Token::Mark('*')),
            '÷' | '／' => self.take(first.len_utf8(), Token::Mark('/')),
            '−' | '－' => self.take(first.len_utf8(), Token::Mark('-')),
            '＋' => self.take(first.len_utf8(), Token::Mark('+')),
            '＝' => self.take(first.len_utf8(), Token::Mark('=')),
            '｛' => self.take(first.len_utf8(), Token::Mark('{')),
            '｝' => self.take(first.len_utf8(), Token::Mark('}')),
            '<' | '>' | '≤' | '≥' | '≠' | '!' | '＜' | '＞' => self.comparison(first),
            _ if first.is_alphabetic() || first == '_' => self.word(),
            _ => {
                let from = self.at;
                self.at += first.len_utf8();
                let title = message!("`{first}` 在此没有意义", "`{first}` means nothing here");
                let wrong = Diagnostic::new("stray-sign", title, self.span(from), message!("", ""));
                self.wrong.push(wrong.help(match first {
                    '¥' | '￥' | '$' => {
                        message!("金额只写数：1800.00", "an amount is written as a number alone: 1800.00")
                    }
                    ';' | '；' => message!("几项之间写逗号", "write a comma between several things"),
                    '%' | '％' => message!("百分号写在数的后面：50%", "a per cent sign follows a number: 50%"),
                    '&' => message!("“而且”写 `且`", "write `and`"),
                    '|' => message!("“或者”写 `或`", "write `or`"),
                    _ => message!(
                        "去掉它；给人看的文字写在引号里：\"…\"",
                        "take it out; words to be shown stand in quotes: \"…\""
                    ),
                }));
            }
        }
    }

    /// `// …` and `-- …`, as other languages begin a comment.
    fn no_comment(&mut self) {
        let from = self.at;
        let line = self.rest().lines().next().unwrap_or(self.rest());
        let sign = &line[..2];
        let title = message!("`{sign}` 不是注释的开头", "`{sign}` begins no comment");
        self.at += line.len();
        let wrong = Diagnostic::new("stray-sign", title, self.span(from), message!("", ""));
        self.wrong.push(wrong.help(message!("注释以 `#` 开头", "a comment begins with `#`")));
    }

    fn string(&mut self, open: char) {
        let (from, start) = (self.at, self.at + open.len_utf8());
        let body = &self.text[start..];
        // What stands in corner brackets within other quotes is part of the text.
        let closing: &[char] = if open == '「' { &['」', '\n'] } else { &['"', '”', '\n'] };
        let end = body.find(closing).unwrap_or(body.len());
        let close = body[end..].chars().next();
        self.at = start + end;
        match close {
            Some(close) if close != '\n' => {
                let token = Token::Text(body[..end].to_owned());
                self.at += close.len_utf8();
                let span = self.span(from);
                self.out.push(Lexeme { token, span });
            }
            _ => {
                let title = message!("这个引号没有结束", "this quote is never closed");
                let wrong =
                    Diagnostic::new("open-quote", title, self.span(from), message!("从这里开始", "opened here"));
                self.wrong.push(wrong.help(message!("在同一行用 \" 结束", "close it on the same line with \"")));
                let span = self.span(from);
                self.out.push(Lexeme { token: Token::Text(body[..end].to_owned()), span });
            }
        }
    }

    fn number(&mut self) {
        let from = self.at;
        let rest = self.rest();
        if self.otherwise_dated() {
            return;
        }
        let length = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).unwrap_or(rest.len());
        let run = &rest[..length];
        if let Some(date) = run.get(..10).filter(|run| looks_like_a_date(run)) {
            self.at += 10;
            let span = self.span(from);
            match date.parse::<Date>() {
                Ok(date) => self.out.push(Lexeme { token: Token::Date(date), span }),
                Err(_) => {
                    let title = message!("日历上没有 {date} 这一天", "there is no day {date}");
                    let wrong =
                        Diagnostic::new("no-such-day", title, span, message!("没有这一天", "not in the calendar"));
                    self.wrong.push(
                        wrong.help(message!(
                            "日期写作年-月-日：2020-02-29",
                            "a day is written year-month-day: 2020-02-29"
                        )),
                    );
                    self.out.push(Lexeme { token: Token::Date(Date::MIN), span });
                }
            }
            return;
        }
        if let Some(month) = run.get(..7).filter(|run| run.len() == length && month::looks_like_one(run)) {
            self.at += 7;
            let span = self.span(from);
            let number = month::parse(month);
            if number.is_none() {
                let wrong = Diagnostic::new(
                    "no-such-month",
                    message!("没有 {month} 这个月", "there is no month {month}"),
                    span,
                    message!("", ""),
                );
                self.wrong.push(wrong.help(message!(
                    "月份写作年-月，月从01到12：2020-02",
                    "a month is written year-month, from 01 to 12: 2020-02"
                )));
            }
            self.out.push(Lexeme { token: Token::Month(number.unwrap_or(0)), span });
            return;
        }
        let length = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let run = rest[..length].trim_end_matches('.');
        self.at += run.len();
        let (whole, fraction) = run.split_once('.').unwrap_or((run, ""));
        let digits = format!("{whole}{fraction}");
        let percent = self.percent(from);
        let span = self.span(from);
        let scale = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
        match digits.parse::<i64>() {
            Ok(units) if digits.len() <= DIGITS_MAX && !fraction.contains('.') => {
                let scale = if percent { scale + 2 } else { scale };
                self.out.push(Lexeme { token: Token::Number { units, scale, percent }, span });
            }
            _ => {
                let title = message!("`{run}` 不是本语言接受的数", "`{run}` is no number this language takes");
                let wrong = Diagnostic::new("bad-number", title, span, message!("", ""));
                self.wrong.push(wrong.help(message!(
                    "最多写{DIGITS_MAX}位数字和一个小数点：1894.00",
                    "write at most {DIGITS_MAX} digits with one point: 1894.00"
                )));
                self.out.push(Lexeme { token: Token::Number { units: 0, scale: 0, percent }, span });
            }
        }
    }

    /// Whether a number is one of per cent. A blank before the sign is told, and the sign is not lost.
    fn percent(&mut self, from: usize) -> bool {
        let rest = self.rest();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\u{3000}']).len();
        let Some(sign) = rest[blanks..].chars().next().filter(|sign| matches!(sign, '%' | '％')) else { return false };
        let number = self.text[from..self.at].to_owned();
        self.at += blanks + sign.len_utf8();
        if blanks > 0 {
            let title =
                message!("`{number}` 与百分号之间有空格", "a blank stands between `{number}` and its per cent sign");
            let wrong = Diagnostic::new("stray-sign", title, self.span(from), message!("", ""));
            self.wrong.push(wrong.help(message!("写作 {number}%", "write {number}%")));
        }
        true
    }

    /// `２００００．５０`: digits as wide as Chinese characters, told once for the whole number.
    fn wide_number(&mut self) {
        let from = self.at;
        let narrow = |sign: char| match sign {
            '０'..='９' => char::from_u32(u32::from(sign) - u32::from('０') + u32::from('0')),
            '0'..='9' | '.' | '%' => Some(sign),
            '．' => Some('.'),
            '％' => Some('%'),
            _ => None,
        };
        let plain: String = self.rest().chars().map_while(narrow).collect();
        let wide: usize = self.rest().chars().take_while(|sign| narrow(*sign).is_some()).map(char::len_utf8).sum();
        self.at += wide;
        let span = self.span(from);
        let title = message!("数字是全角的", "these digits are full-width");
        let wrong = Diagnostic::new("bad-number", title, span, message!("", ""));
        self.wrong.push(wrong.help(message!("用半角数字写：{plain}", "write them half-width: {plain}")));
        self.out.push(Lexeme { token: Token::Number { units: 0, scale: 0, percent: false }, span });
    }

    /// `2021年10月1日` and `2021年10月` are read; `2021/10/1` and its kin are told how a day is written.
    fn otherwise_dated(&mut self) -> bool {
        let Some(Dated { year, month, day, bytes, is_chinese }) = Dated::read(self.rest()) else { return false };
        let from = self.at;
        self.at += bytes;
        let span = self.span(from);
        let date = day.map(|day| civil::day(year, month, day));
        let written = &self.text[span.from..span.to];
        let told = match (date, is_chinese) {
            (Some(Some(_)) | None, true) => None,
            (Some(Some(date)), false) => Some((
                message!("`{written}` 不是日期的写法", "a day is not written `{written}`"),
                message!("写作 {date}", "write {date}"),
            )),
            (Some(None), _) | (None, false) => Some((
                message!("日历上没有 {written} 这一天", "there is no day {written}"),
                message!("日期写作年-月-日：2020-02-29", "a day is written year-month-day: 2020-02-29"),
            )),
        };
        if let Some((title, help)) = told {
            self.wrong.push(Diagnostic::new("no-such-day", title, span, message!("", "")).help(help));
        }
        let number = i64::from(year) * 12 + i64::from(month) - 1;
        let token = date.map_or(Token::Month(number), |date| Token::Date(date.unwrap_or(Date::MIN)));
        self.out.push(Lexeme { token, span });
        true
    }

    /// `<` and its kin: the language spells whether the boundary itself counts.
    fn comparison(&mut self, first: char) {
        let from = self.at;
        self.at += first.len_utf8();
        let wide = self.rest().starts_with('=');
        if wide {
            self.at += 1;
        }
        let without = || message!("：不含本数", ": the boundary itself does not count");
        let with = || message!("：含本数", ": the boundary itself counts");
        let (word, boundary): (Word, Message) = match (first, wide) {
            ('<' | '＜', false) => (Word::Below, without()),
            ('>' | '＞', false) => (Word::Above, without()),
            ('<' | '＜', true) | ('≤', _) => (Word::AtMost, with()),
            ('>' | '＞', true) | ('≥', _) => (Word::AtLeast, with()),
            _ => (Word::IsNot, message!("", "")),
        };
        let span = self.span(from);
        self.out.push(Lexeme { token: Token::Word(word), span });
        let sign = &self.text[span.from..span.to];
        let title = message!("`{sign}` 没有写明边界", "`{sign}` is not spelled out");
        let wrong = Diagnostic::new(
            "unspelled-comparison",
            title,
            span,
            message!("这个符号在边界上容易读错", "a sign that is read wrong at its boundary"),
        );
        let (en, zh) = (word.english(), word.chinese());
        self.wrong.push(wrong.help(message!("写 `{zh}`{}", "write `{en}` ({zh}){}", boundary)));
    }

    /// `第九条`, `第9条`: `article 9`, in two tokens. Whether it was that.
    fn article(&mut self, first: &str) -> bool {
        let number = first.strip_prefix('第').and_then(|rest| rest.strip_suffix('条'));
        let Some(units) = number.and_then(civil::integer).filter(|number| *number > 0) else { return false };
        self.take('第'.len_utf8(), Token::Word(Word::Article));
        self.take(first.len() - '第'.len_utf8(), Token::Number { units, scale: 0, percent: false });
        true
    }

    /// `近三个月`: `last 3 months`, in three tokens, of which the third is read as a word of its own. Whether it was that.
    fn months_in_characters(&mut self, first: &str) -> bool {
        let number = first.strip_prefix('近').and_then(|rest| rest.strip_suffix("个月").or(rest.strip_suffix('月')));
        let units = number.filter(|number| !number.starts_with(|c: char| c.is_ascii_digit())).and_then(civil::integer);
        let (Some(number), Some(units)) = (number, units.filter(|units| *units > 0)) else { return false };
        self.take('近'.len_utf8(), Token::Word(Word::Last));
        self.take(number.len(), Token::Number { units, scale: 0, percent: false });
        true
    }

    /// `百分之五十`, which is written `50%`. Whether it was that.
    fn percent_in_characters(&mut self, first: &str) -> bool {
        let Some(units) = first.strip_prefix("百分之").and_then(civil::integer) else { return false };
        self.take(first.len(), Token::Number { units, scale: 2, percent: true });
        let title = message!("`{first}` 不是数的写法", "a number is not written `{first}`");
        let wrong = Diagnostic::new("bad-number", title, self.span(self.at - first.len()), message!("", ""));
        self.wrong.push(wrong.help(message!("写作 {units}%", "write {units}%")));
        true
    }

    fn word(&mut self) {
        let from = self.at;
        let length = |text: &str| text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
        let first = &self.rest()[..length(self.rest())];
        // 近12个月 is written without blanks.
        let near = first.strip_prefix('近').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let first = if near { &first[..'近'.len_utf8()] } else { first };
        if self.article(first) || self.months_in_characters(first) || self.percent_in_characters(first) {
            return;
        }
        self.at += first.len();
        let blanks = self.rest().len() - self.rest().trim_start().len();
        let after = &self.text[self.at + blanks..];
        let second = &after[..length(after)];
        let token = if PAIRS.contains(&(first, second)) && blanks > 0 {
            self.at += blanks + second.len();
            Word::parse(&format!("{first} {second}")).map(Token::Word)
        } else {
            Word::parse(first).map(Token::Word)
        };
        let span = self.span(from);
        if token.is_none() && matches!(first, "以上" | "以下" | "以内") {
            let title = message!("`{first}` 没有写明本数算不算在内", "`{first}` hides whether the boundary counts");
            let wrong = Diagnostic::new(
                "unspelled-comparison",
                title,
                span,
                message!("法条中与口语中读法不同", "read one way in statutes, another in speech"),
            );
            let help = message!(
                "含本数的，写 `不低于` 或 `不高于`；不含本数的，写 `高于` 或 `低于`",
                "write `不低于` or `不高于` where the boundary itself counts, `高于` or `低于` where it does not"
            );
            self.wrong.push(
                wrong
                    .note(message!(
                        "《民法典》第1259条：以上、以下、以内，包括本数",
                        "Civil Code art. 1259: 以上, 以下 and 以内 include the figure itself"
                    ))
                    .help(help),
            );
            self.out.push(Lexeme { token: Token::Word(Word::AtLeast), span });
            return;
        }
        self.out.push(Lexeme { token: token.unwrap_or_else(|| Token::Name(first.to_owned())), span });
    }
}

/// A day or a month written otherwise than with two hyphens.
struct Dated {
    year: i16,
    month: i8,
    day: Option<i8>,
    bytes: usize,
    is_chinese: bool,
}

impl Dated {
    fn read(text: &str) -> Option<Dated> {
        let mut rest = text;
        let mut digits = |most: usize| {
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            let found = (1..=most).contains(&length).then(|| &rest[..length])?;
            rest = &rest[length..];
            let sign = rest.chars().next();
            rest = &rest[sign.map_or(0, char::len_utf8)..];
            Some((found, sign, text.len() - rest.len()))
        };
        let (year, first, _) = digits(4).filter(|(year, ..)| year.len() == 4 && ("1900".."2101").contains(year))?;
        let (month, second, until) = digits(2)?;
        let (year, number) = (year.parse().ok()?, month.parse().ok()?);
        match (first?, second) {
            ('年', Some('月')) => {
                let day = digits(2).filter(|(_, sign, _)| matches!(sign, Some('日' | '号')));
                let (day, bytes) = day.map_or((None, until), |(day, _, until)| (day.parse().ok(), until));
                (1..=12).contains(&number).then_some(Dated { year, month: number, day, bytes, is_chinese: true })
            }
            (one @ ('/' | '-' | '.'), Some(two)) if one == two => {
                let (day, sign, until) = digits(2)?;
                let bytes = until - sign.map_or(0, char::len_utf8);
                let is_usual = one == '-' && month.len() == 2 && day.len() == 2;
                let day = day.parse().ok();
                (!is_usual).then_some(Dated { year, month: number, day, bytes, is_chinese: false })
            }
            _ => None,
        }
    }
}

fn looks_like_a_date(run: &str) -> bool {
    run.bytes().enumerate().all(|(i, byte)| if i == 4 || i == 7 { byte == b'-' } else { byte.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        let (lexemes, wrong) = lex(0, text);
        assert_eq!(wrong, []);
        lexemes.into_iter().map(|lexeme| lexeme.token).collect()
    }

    #[test]
    fn both_languages_and_both_widths_are_one() {
        assert_eq!(tokens("let a = (b at most c)"), tokens("设 a =（b 不高于 c）"));
        assert_eq!(tokens("“甲”"), tokens("\"甲\""));
        assert_eq!(tokens("\"「甲」的乙\"")[0], Token::Text("「甲」的乙".to_owned()));
        assert_eq!(tokens("is  not"), tokens("不为"));
        assert_eq!(tokens("over last 12 months"), tokens("遍及 近12个月"));
        assert_eq!(tokens("previous year"), tokens("上一年度"));
        assert_eq!(tokens("this year"), tokens("本年度"));
        assert_eq!(tokens("under law article 19 from 2020-03-01"), tokens("依 law 第十九条 自 2020年3月1日"));
        assert_eq!(tokens("第9条")[..2], tokens("article 9")[..2]);
        assert_eq!(tokens("during 2020-03"), tokens("期间 2020年3月"));
        assert_eq!(tokens("「甲」"), tokens("\"甲\""));
        assert_eq!(tokens("遍及 近三个月"), tokens("over last 3 months"));
        assert_eq!(tokens("50％"), tokens("50%"));
        assert_eq!(tokens("a ÷ b − c"), tokens("a / b - c"));
    }

    #[test]
    fn numbers_are_exact() {
        assert_eq!(tokens("1894.50")[0], Token::Number { units: 189_450, scale: 2, percent: false });
        assert_eq!(tokens("50%")[0], Token::Number { units: 50, scale: 2, percent: true });
        assert_eq!(tokens("2020-02")[0], Token::Month(2020 * 12 + 1));
        assert_eq!(tokens("2020-02-29")[0], Token::Date(civil::day(2020, 2, 29).expect("a leap day")));
    }

    #[test]
    fn a_day_that_is_none_and_signs_are_told() {
        for (text, code) in [
            ("2021-02-29", "no-such-day"),
            ("a < b", "unspelled-comparison"),
            ("\"open", "open-quote"),
            ("1.2.3", "bad-number"),
            ("12345678901234567", "bad-number"),
            ("a ; b", "stray-sign"),
            ("年龄 以上", "unspelled-comparison"),
            ("2021-13", "no-such-month"),
            ("2021/10/01", "no-such-day"),
            ("2021-2-1", "no-such-day"),
            ("2021.02.30", "no-such-day"),
            ("2021年2月30日", "no-such-day"),
            ("a // b", "stray-sign"),
            ("-- b", "stray-sign"),
            ("50 %", "stray-sign"),
            ("２００００．５０", "bad-number"),
            ("百分之五十", "bad-number"),
        ] {
            let (_, wrong) = lex(0, text);
            assert_eq!(wrong.iter().map(|one| one.code).collect::<Vec<_>>(), [code], "{text}");
        }
    }
}
