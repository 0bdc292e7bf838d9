//! Text to tokens. What cannot be read is told, and stands in as something of its kind, so that one slip is one error.
//! Full-width punctuation, as a Chinese keyboard types it, is read as its half-width kin.

use civil::Date;

use crate::diagnostic::Diagnostic;
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
const PAIRS: [(&str, &str); 12] = [
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
];

/// The most digits of a number.
const DIGITS_MAX: usize = 15;

/// Every token of a file, comments included, and what could not be read.
pub fn lex(file: usize, text: &str) -> (Vec<Lexeme>, Vec<Diagnostic>) {
    let mut lexer = Lexer { file, text, at: 0, out: vec![], wrong: vec![] };
    while lexer.at < text.len() {
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
            '"' | '“' | '”' => self.string(first),
            '0'..='9' => self.number(),
            ':' | '：' => self.take(first.len_utf8(), Token::Mark(':')),
            ',' | '，' | '、' => self.take(first.len_utf8(), Token::Mark(',')),
            '(' | '（' => self.take(first.len_utf8(), Token::Mark('(')),
            ')' | '）' => self.take(first.len_utf8(), Token::Mark(')')),
            '[' | '【' => self.take(first.len_utf8(), Token::Mark('[')),
            ']' | '】' => self.take(first.len_utf8(), Token::Mark(']')),
            '.' | '/' | '+' | '-' | '*' | '=' | '{' | '}' => self.take(1, Token::Mark(first)),
            '×' => self.take(first.len_utf8(), Token::Mark('*')),
            '<' | '>' | '≤' | '≥' | '≠' | '!' => self.comparison(first),
            _ if first.is_alphabetic() || first == '_' => self.word(),
            _ => {
                let from = self.at;
                self.at += first.len_utf8();
                let wrong = Diagnostic::new("stray-sign", format!("`{first}` means nothing here"), self.span(from), "");
                self.wrong.push(wrong.help("take it out; words to be shown stand in quotes: \"…\""));
            }
        }
    }

    fn string(&mut self, open: char) {
        let (from, start) = (self.at, self.at + open.len_utf8());
        let body = &self.text[start..];
        let end = body.find(['"', '”', '\n']).unwrap_or(body.len());
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
                let wrong = Diagnostic::new("open-quote", "this quote is never closed", self.span(from), "opened here");
                self.wrong.push(wrong.help("close it on the same line with \""));
                let span = self.span(from);
                self.out.push(Lexeme { token: Token::Text(body[..end].to_owned()), span });
            }
        }
    }

    fn number(&mut self) {
        let from = self.at;
        let rest = self.rest();
        let length = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).unwrap_or(rest.len());
        let run = &rest[..length];
        if let Some(date) = run.get(..10).filter(|run| looks_like_a_date(run)) {
            self.at += 10;
            let span = self.span(from);
            match date.parse::<Date>() {
                Ok(date) => self.out.push(Lexeme { token: Token::Date(date), span }),
                Err(_) => {
                    let title = format!("there is no day {date}");
                    let wrong = Diagnostic::new("no-such-day", title, span, "not in the calendar");
                    self.wrong.push(wrong.help("a day is written year-month-day: 2020-02-29"));
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
                let wrong = Diagnostic::new("no-such-month", format!("there is no month {month}"), span, "");
                self.wrong.push(wrong.help("a month is written year-month, from 01 to 12: 2020-02"));
            }
            self.out.push(Lexeme { token: Token::Month(number.unwrap_or(0)), span });
            return;
        }
        let length = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let run = rest[..length].trim_end_matches('.');
        self.at += run.len();
        let (whole, fraction) = run.split_once('.').unwrap_or((run, ""));
        let digits = format!("{whole}{fraction}");
        let percent = self.rest().starts_with('%');
        if percent {
            self.at += 1;
        }
        let span = self.span(from);
        let scale = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
        match digits.parse::<i64>() {
            Ok(units) if digits.len() <= DIGITS_MAX && !fraction.contains('.') => {
                let scale = if percent { scale + 2 } else { scale };
                self.out.push(Lexeme { token: Token::Number { units, scale, percent }, span });
            }
            _ => {
                let title = format!("`{run}` is no number this language takes");
                let wrong = Diagnostic::new("bad-number", title, span, "");
                self.wrong.push(wrong.help(format!("write at most {DIGITS_MAX} digits with one point: 1894.00")));
                self.out.push(Lexeme { token: Token::Number { units: 0, scale: 0, percent }, span });
            }
        }
    }

    /// `<` and its kin: the language spells whether the boundary itself counts.
    fn comparison(&mut self, first: char) {
        let from = self.at;
        self.at += first.len_utf8();
        let wide = self.rest().starts_with('=');
        if wide {
            self.at += 1;
        }
        let (word, instead) = match (first, wide) {
            ('<', false) => (Word::Below, "`below` (低于): the boundary itself does not count"),
            ('>', false) => (Word::Above, "`above` (高于): the boundary itself does not count"),
            ('<', true) | ('≤', _) => (Word::AtMost, "`at most` (不高于): the boundary itself counts"),
            ('>', true) | ('≥', _) => (Word::AtLeast, "`at least` (不低于): the boundary itself counts"),
            _ => (Word::IsNot, "`is not` (不为)"),
        };
        let span = self.span(from);
        self.out.push(Lexeme { token: Token::Word(word), span });
        let sign = &self.text[span.from..span.to];
        let title = format!("`{sign}` is not spelled out");
        let wrong = Diagnostic::new("unspelled-comparison", title, span, "a sign that is read wrong at its boundary");
        self.wrong.push(wrong.help(format!("write {instead}")));
    }

    fn word(&mut self) {
        let from = self.at;
        let length = |text: &str| text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
        let first = &self.rest()[..length(self.rest())];
        // 近12个月 is written without blanks.
        let near = first.strip_prefix('近').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let first = if near { &first[..'近'.len_utf8()] } else { first };
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
            let title = format!("`{first}` hides whether the boundary counts");
            let wrong =
                Diagnostic::new("unspelled-comparison", title, span, "read one way in statutes, another in speech");
            let help =
                "write `不低于` or `不高于` where the boundary itself counts, `高于` or `低于` where it does not";
            self.wrong
                .push(wrong.note("Civil Code art. 1259: 以上, 以下 and 以内 include the figure itself").help(help));
            self.out.push(Lexeme { token: Token::Word(Word::AtLeast), span });
            return;
        }
        self.out.push(Lexeme { token: token.unwrap_or_else(|| Token::Name(first.to_owned())), span });
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
        assert_eq!(tokens("is  not"), tokens("不为"));
        assert_eq!(tokens("over last 12 months"), tokens("遍及 近12个月"));
        assert_eq!(tokens("previous year"), tokens("上一年度"));
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
        ] {
            let (_, wrong) = lex(0, text);
            assert_eq!(wrong.iter().map(|one| one.code).collect::<Vec<_>>(), [code], "{text}");
        }
    }
}
