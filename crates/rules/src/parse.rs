//! Tokens to declarations: recursive descent, one method a rule of the grammar in `docs/rules.md`.
//!
//! After an error the parser goes on at the next declaration, so that one slip does not hide another.

mod case;
mod expression;

use std::collections::HashSet;

use civil::Date;

use crate::diagnostic::{Diagnostic, WRONG_MAX};
use crate::kind::Unit;
use crate::lex::{Lexeme, Token, lex};
use crate::message::{Message, message};
use crate::month;
use crate::source::Span;
use crate::syntax::*;
use crate::word::Word;

/// How deep formulas may lie in one another.
const DEPTH_MAX: usize = 64;

/// Everything a file declares, and what is wrong with how it is written.
pub fn parse(file: usize, text: &str) -> (Vec<Declaration>, Vec<Diagnostic>) {
    let (mut lexemes, wrong) = lex(file, text);
    lexemes.retain(|lexeme| !matches!(lexeme.token, Token::Comment(_)));
    let unread = wrong.len();
    let mut parser = Parser { text, lexemes, at: 0, depth: 0, wrong };
    let mut out = vec![];
    while *parser.token() != Token::End && parser.wrong.len() < WRONG_MAX {
        parser.depth = 0;
        match parser.declaration() {
            Ok(declaration) => out.push(declaration),
            Err(wrong) => {
                parser.wrong.push(*wrong);
                parser.skip();
            }
        }
    }
    // What the parser says of a line that could not be read as tokens follows from that.
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line = |one: &Diagnostic| one.places.first().map(|(span, _)| ends.partition_point(|end| *end < span.from));
    let lines: HashSet<_> = parser.wrong[..unread].iter().map(line).collect();
    let follows = |at: usize, one: &Diagnostic| at >= unread && lines.contains(&line(one));
    let kept = parser.wrong.into_iter().enumerate().filter(|(at, one)| !follows(*at, one)).map(|(_, one)| one);
    (out, kept.collect())
}

type Parsed<T> = Result<T, Box<Diagnostic>>;

struct Parser<'t> {
    text: &'t str,
    lexemes: Vec<Lexeme>,
    at: usize,
    depth: usize,
    wrong: Vec<Diagnostic>,
}

impl Parser<'_> {
    fn token(&self) -> &Token {
        &self.lexemes[self.at].token
    }

    fn ahead(&self, far: usize) -> &Token {
        &self.lexemes[(self.at + far).min(self.lexemes.len() - 1)].token
    }

    fn span(&self) -> Span {
        self.lexemes[self.at].span
    }

    fn last(&self) -> Span {
        self.lexemes[self.at.saturating_sub(1)].span
    }

    fn advance(&mut self) {
        self.at = (self.at + 1).min(self.lexemes.len() - 1);
    }

    /// To the next declaration.
    fn skip(&mut self) {
        self.advance();
        while !matches!(self.token(), Token::Word(word) if word.declares()) && *self.token() != Token::End {
            self.advance();
        }
    }

    fn take(&mut self, word: Word) -> bool {
        let is = *self.token() == Token::Word(word);
        if is {
            self.advance();
        }
        is
    }

    fn mark(&mut self, mark: char) -> bool {
        let is = *self.token() == Token::Mark(mark);
        if is {
            self.advance();
        }
        is
    }

    /// The token as its author wrote it.
    fn written(&self) -> &str {
        let span = self.span();
        &self.text[span.from..span.to]
    }

    fn is_first_on_its_line(&self) -> bool {
        let before = &self.text[..self.span().from];
        before.rsplit('\n').next().is_none_or(|line| line.trim().is_empty())
    }

    fn unexpected(&self, wanted: Message) -> Box<Diagnostic> {
        let found = match self.token() {
            Token::Word(_) => message!("词语 `{}`", "the word `{}`", self.written()),
            Token::Name(name) => message!("名称 `{name}`", "the name `{name}`"),
            Token::Number { .. } => message!("一个数", "a number"),
            Token::Date(date) => message!("日期 {date}", "the day {date}"),
            Token::Month(month) => message!("月份 {}", "the month {}", month::said(*month)),
            Token::Text(_) => message!("引号里的文字", "words in quotes"),
            Token::Mark(mark) => message!("`{mark}`", "`{mark}`"),
            Token::Comment(_) | Token::End => message!("文件末尾", "the end of the file"),
        };
        let title = message!("此处应为{}，却是{}", "expected {}, found {}", wanted, found);
        let wrong = Diagnostic::new("syntax", title, self.span(), message!("此处", "here"));
        Box::new(match self.token() {
            Token::Name(text) => match Word::meant(text) {
                Some(word) => wrong.help(message!("是不是要写 `{}`？", "do you mean `{}`?", word)),
                None => wrong,
            },
            _ => wrong,
        })
    }

    fn need(&mut self, mark: char, why: Message) -> Parsed<()> {
        if self.mark(mark) { Ok(()) } else { Err(self.unexpected(message!("`{mark}` {}", "`{mark}` {}", why))) }
    }

    fn name(&mut self, of: Message) -> Parsed<Name> {
        let span = self.span();
        match self.token().clone() {
            Token::Name(text) => {
                self.advance();
                Ok(Name { text, span })
            }
            Token::Word(word) => {
                let (en, zh) = (word.english(), word.chinese());
                let wrong = self.unexpected(message!("{}的名称", "the name of {}", of));
                Err(Box::new(wrong.help(message!(
                    "`{zh}`（`{en}`）是语言里的词；请另取名称",
                    "`{en}` (`{zh}`) is a word of the language; give the thing another name"
                ))))
            }
            _ => Err(self.unexpected(message!("{}的名称", "the name of {}", of))),
        }
    }

    /// What stands where a declaration should begin, or does not go on from what stands before it.
    fn left_over(&self) -> Box<Diagnostic> {
        if self.at == 0 || self.is_first_on_its_line() {
            let wrong = self.unexpected(message!("一项声明", "a declaration"));
            let guess = match self.token() {
                Token::Name(text) => Word::intended(text, |word| word.declares() || word.is_clause()),
                _ => None,
            };
            return Box::new(match guess {
                Some(word) => wrong.help(message!("是不是要写 `{}`？", "do you mean `{}`?", word)),
                None => wrong.help(message!(
                    "声明以 `规则包`、`依据`、`选项`、`成员角色`、`参数`、`输入`、`设`、`认定` 或 `案例` 开头",
                    "a declaration begins with `package`, `basis`, `options`, `roles`, `param`, `input`, `let`, `decide` or `case`"
                )),
            });
        }
        let title = message!("`{}` 接不上前面的内容", "`{}` does not go on from what stands before it", self.written());
        let complete = message!("前面的内容到此已经完整", "what stands before it is complete");
        let wrong = Diagnostic::new("syntax", title, self.span(), complete);
        let before = &self.lexemes[self.at.saturating_sub(1)].token;
        let by_options = || {
            message!(
                "因选项而异的参数写作 `标准[等级]`",
                "a figure that differs by options is asked for as `rate[grade]`"
            )
        };
        let meant = match self.token() {
            Token::Name(text) => Word::meant(text).filter(|word| *word != Word::Year),
            _ => None,
        };
        if let Some(word) = meant {
            return Box::new(wrong.help(message!("请写 `{}`", "write `{}`", word)));
        }
        let help = match (before, self.token()) {
            (Token::Number { .. }, Token::Name(_) | Token::Word(Word::Yuan | Word::Year | Word::Month | Word::Day)) => {
                message!(
                    "只写数：单位在声明里写一次（`：金额/月`），`万` 之类写成数字",
                    "write the number alone: its unit is said once, where it is declared (`: money/month`)"
                )
            }
            (_, Token::Mark('=')) => message!("相等写 `为`", "two values are equal where one `is` the other"),
            (_, Token::Mark('(' | '[') | Token::Word(Word::By)) => by_options(),
            (_, Token::Name(text)) if text == "of" => by_options(),
            _ => message!(
                "比较写 `低于`、`不高于`、`高于`、`不低于`、`为` 或 `属于`；条件之间写 `且` 或 `或`；运算写 + - * /",
                "values are compared by `below`, `at most`, `above`, `at least`, `is` or `in`, joined by `and` or `or`, computed by + - * /"
            ),
        };
        Box::new(wrong.help(help))
    }

    fn text(&mut self, wanted: Message) -> Parsed<String> {
        match self.token().clone() {
            Token::Text(text) if !text.trim().is_empty() => {
                self.advance();
                Ok(text.trim().to_owned())
            }
            Token::Text(_) => {
                let title = message!("{}是空的", "{} is empty", wanted);
                let wrong = Diagnostic::new(
                    "empty-words",
                    title,
                    self.span(),
                    message!("引号里是空的", "nothing stands in these quotes"),
                );
                Err(Box::new(wrong.help(message!(
                    "请写上文字：群众看到的、审计查对的就是它",
                    "write the words; they are what people are shown and what an auditor looks up"
                ))))
            }
            _ => Err(self.unexpected(wanted)),
        }
    }

    fn label(&mut self) -> Parsed<Label> {
        let zh =
            self.text(message!("它的文字，如 \"中文\" / \"English\"", "the words for it, as \"中文\" / \"English\""))?;
        if !self.mark('/') {
            let title = message!("“{zh}”缺另一种语言", "\"{zh}\" has no second language");
            let wrong = Diagnostic::new(
                "one-language",
                title,
                self.last(),
                message!("先中文，后英文", "Chinese first, then English"),
            );
            return Err(Box::new(wrong.help(message!(
                "写作 \"{zh}\" / \"… in English\"：理由书要用两种语言",
                "write \"{zh}\" / \"… in English\": proofs are given in both"
            ))));
        }
        let en = self.text(message!("英文文字", "the words in English"))?;
        Ok(Label { zh, en })
    }

    fn date(&mut self) -> Parsed<Date> {
        match *self.token() {
            Token::Date(date) => {
                self.advance();
                Ok(date)
            }
            _ => {
                let wrong = self.unexpected(message!("日期，如 2020-12-31", "a day, as 2020-12-31"));
                Err(Box::new(wrong.help(message!(
                    "日期写作 2020-12-31，也可写作 2020年12月31日",
                    "a day has its year, month and day: 2020-12-31"
                ))))
            }
        }
    }

    /// `from 2020-01-01 to 2020-12-31`, if it stands there.
    fn days(&mut self) -> Parsed<Option<Days>> {
        let start = self.span();
        if !self.take(Word::From) {
            return Ok(None);
        }
        let from = self.date()?;
        let to = if self.take(Word::To) { Some(self.date()?) } else { None };
        if to.is_some_and(|to| to < from) {
            let wrong = Diagnostic::new(
                "backward-days",
                message!("这段日期的终点早于起点", "these days end before they begin"),
                start.until(self.last()),
                message!("", ""),
            );
            return Err(Box::new(wrong.help(message!(
                "首尾两天都算在内：从第一天写到最后一天",
                "both days are included: from the first to the last"
            ))));
        }
        Ok(Some(Days { from, to }))
    }

    /// `under decree649 article "9"`, if it stands there.
    fn under(&mut self) -> Parsed<Option<Under>> {
        if !self.take(Word::Under) {
            return Ok(None);
        }
        let basis = self.name(message!("依据", "a basis"))?;
        if !self.take(Word::Article) {
            let wrong = self.unexpected(message!("`条` 和它的号码", "`article` and its number"));
            let basis = basis.text;
            return Err(Box::new(wrong.help(match self.token() {
                Token::Name(text) if text.starts_with('第') => message!(
                    "到款、项的写进引号：`依 {basis} 条 \"{text}\"`",
                    "what is more than the number of an article stands in quotes: `under {basis} article \"{text}\"`"
                ),
                _ => message!("写作 `依 {basis} 第9条`", "write `under {basis} article 9`"),
            })));
        }
        let article = match self.token().clone() {
            Token::Number { units, scale: 0, percent: false } => {
                self.advance();
                units.to_string()
            }
            _ => self.text(message!("条款的号码", "the number of the article"))?,
        };
        if *self.token() == Token::Mark(',') && *self.ahead(1) == Token::Word(Word::Article) {
            let wrong = self.unexpected(message!("一个条款", "one article"));
            let basis = basis.text;
            return Err(Box::new(wrong.help(message!(
                "几条一并写进引号：`依 {basis} 条 \"第{article}条、第…条\"`",
                "several articles stand in quotes together: `under {basis} article \"{article} and …\"`"
            ))));
        }
        Ok(Some(Under { basis, article }))
    }

    fn entity(&mut self) -> Parsed<Entity> {
        let entity = match self.token() {
            Token::Word(Word::Person) => Entity::Person,
            Token::Word(Word::Household) => Entity::Household,
            _ => {
                let wrong =
                    self.unexpected(message!("`个人.` 或 `家庭.` 和名称", "`person.` or `household.` and a name"));
                return Err(Box::new(wrong.help(message!(
                    "写明说的是谁：`个人.工资`、`家庭.地区`",
                    "say of whom it speaks: `person.wage`, `household.area`"
                ))));
            }
        };
        self.advance();
        self.need('.', message!("放在归属与名称之间", "between whom it is of and its name"))?;
        Ok(entity)
    }

    fn declaration(&mut self) -> Parsed<Declaration> {
        let word = match self.token() {
            Token::Word(word) if word.declares() => *word,
            _ => return Err(self.left_over()),
        };
        let start = self.span();
        self.advance();
        Ok(match word {
            Word::Package => {
                let is_imported = self.take(Word::Imported);
                Declaration::Package {
                    name: self.name(message!("规则包", "a package"))?,
                    label: self.label()?,
                    is_imported,
                }
            }
            Word::Basis => self.basis()?,
            Word::Roles => {
                Declaration::Options { name: Name { text: "role".into(), span: start }, options: self.options()? }
            }
            Word::Options => {
                Declaration::Options { name: self.name(message!("选项", "options"))?, options: self.options()? }
            }
            Word::Param => self.param()?,
            Word::Input => self.input()?,
            Word::Let => self.formula()?,
            Word::Decide => self.decide()?,
            Word::Case => self.case(start)?,
            _ => return Err(self.left_over()),
        })
    }

    fn basis(&mut self) -> Parsed<Declaration> {
        let (name, label) = (self.name(message!("依据", "a basis"))?, self.label()?);
        let (mut days, mut source, mut synthetic) = (None, None, None);
        loop {
            if let Some(found) = self.days()? {
                days = Some(found);
            } else if self.take(Word::Source) {
                source = Some(self.text(message!("在哪里查得到", "where it can be read"))?);
            } else if self.take(Word::Synthetic) {
                synthetic = Some(self.text(message!("为何自拟", "why it was made up"))?);
            } else {
                return Ok(Declaration::Basis { name, label, days, source, synthetic });
            }
        }
    }

    fn options(&mut self) -> Parsed<Vec<(Name, Label)>> {
        let mut options = vec![];
        loop {
            options.push((self.name(message!("选项", "an option"))?, self.label()?));
            if self.mark(',') {
                continue;
            }
            if let (Token::Name(next), Token::Text(_)) = (self.token(), self.ahead(1)) {
                let title = message!("选项 `{next}` 前面缺逗号", "a comma is missing before the option `{next}`");
                let wrong = Diagnostic::new("syntax", title, self.span(), message!("下一个选项", "the next option"));
                return Err(Box::new(wrong.help(message!(
                    "选项之间写逗号：`城镇 \"城镇\" / \"urban\"，农村 \"农村\" / \"rural\"`",
                    "write a comma between options: `urban \"城镇\" / \"urban\", rural \"农村\" / \"rural\"`"
                ))));
            }
            return Ok(options);
        }
    }

    /// `: money/month`
    fn kind(&mut self) -> Parsed<Written> {
        if self.mark(':') {
            return self.measured_in();
        }
        let wrong =
            self.unexpected(message!("`：` 和计量，如 `：金额/月`", "`:` and what it measures, as `: money/month`"));
        Err(Box::new(wrong.help(kinds())))
    }

    fn measured_in(&mut self) -> Parsed<Written> {
        let span = self.span();
        let word = match self.token().clone() {
            Token::Name(text) => {
                self.advance();
                return Ok(Written::Options(Name { text, span }));
            }
            Token::Word(word) => word,
            _ => {
                let wrong = self.unexpected(message!("计量", "what it measures"));
                return Err(Box::new(wrong.help(kinds())));
            }
        };
        self.advance();
        let written = match word {
            Word::Money | Word::Yuan => match (self.mark('/'), self.token()) {
                (false, _) => Written::Number(Unit::MONEY),
                (true, Token::Word(Word::Month)) => {
                    self.advance();
                    Written::Number(Unit::MONEY_A_MONTH)
                }
                (true, Token::Word(Word::Year)) => {
                    self.advance();
                    Written::Number(Unit::MONEY_A_YEAR)
                }
                (true, _) => return Err(self.unexpected(message!("`月` 或 `年`", "`month` or `year`"))),
            },
            Word::Ratio => Written::Number(Unit::RATIO),
            Word::Number => Written::Number(Unit::COUNT),
            Word::Month => Written::Number(Unit::MONTHS),
            Word::Year => Written::Number(Unit::YEARS),
            Word::Day => Written::Number(Unit::DAYS),
            Word::Date => Written::Date,
            Word::Yes => {
                self.need('/', message!("和 `否`，如 `是/否`", "and `no`, as `yes/no`"))?;
                if !self.take(Word::No) {
                    return Err(self.unexpected(message!("`否`，如 `是/否`", "`no`, as `yes/no`")));
                }
                Written::YesNo
            }
            _ => {
                self.at -= 1;
                let wrong = self.unexpected(message!("计量", "what it measures"));
                return Err(Box::new(wrong.help(kinds())));
            }
        };
        if *self.token() == Token::Mark('(') {
            let wrong = self.unexpected(message!("它的文字", "the words for it"));
            return Err(Box::new(wrong.help(message!(
                "单位不另写：金额都以元计，只写 `金额` 或 `金额/月`",
                "no unit is added: money is counted in yuan, so write `money` or `money/month` alone"
            ))));
        }
        Ok(written)
    }

    fn param(&mut self) -> Parsed<Declaration> {
        let name = self.name(message!("参数", "a parameter"))?;
        let kind = self.kind()?;
        let by = if self.take(Word::By) { Some(self.name(message!("选项", "options"))?) } else { None };
        let label = self.label()?;
        let under = self.under()?;
        let mut versions = vec![];
        while matches!(self.token(), Token::Word(Word::From) | Token::Mark(':')) {
            versions.push(self.param_version()?);
        }
        if let Token::Number { .. } | Token::Date(_) | Token::Month(_) = self.token() {
            let wrong = self.unexpected(message!("`自` 和施行日期", "`from` and a day"));
            return Err(Box::new(wrong.help(message!(
                "每个数额写明自哪天起：`自 2021-01-01：800.00 来源 \"…\"`",
                "say from which day each figure is in force: `from 2021-01-01: 800.00 source \"…\"`"
            ))));
        }
        Ok(Declaration::Param(Param { name, label, kind, by, under, versions }))
    }

    fn param_version(&mut self) -> Parsed<ParamVersion> {
        let start = self.span();
        let days = self.days()?;
        self.need(':', message!("和值", "and the value"))?;
        let mut values = vec![];
        loop {
            let keyed = matches!(self.ahead(1), Token::Number { .. } | Token::Date(_) | Token::Mark('-'))
                || matches!(self.ahead(1), Token::Word(Word::Yes | Word::No));
            let key = if keyed && matches!(self.token(), Token::Name(_)) {
                Some(self.name(message!("选项", "an option"))?)
            } else {
                None
            };
            values.push((key, self.value()?));
            if !self.mark(',') {
                break;
            }
        }
        let span = start.until(self.last());
        let (mut source, mut synthetic) = (None, None);
        loop {
            if self.take(Word::Source) {
                source = Some(self.text(message!("数额的出处", "where the figure was read"))?);
            } else if self.take(Word::Synthetic) {
                synthetic = Some(self.text(message!("数额为何自拟", "why the figure was made up"))?);
            } else {
                return Ok(ParamVersion { days, values, source, synthetic, span });
            }
        }
    }

    fn value(&mut self) -> Parsed<Value> {
        let start = self.span();
        let negative = self.mark('-');
        self.no_comma()?;
        let span = start.until(self.span());
        let value = match self.token().clone() {
            Token::Number { units, scale, percent } => {
                Value::Number { units: if negative { -units } else { units }, scale, percent, span }
            }
            Token::Word(Word::Yes) if !negative => Value::YesNo(true, span),
            Token::Word(Word::No) if !negative => Value::YesNo(false, span),
            Token::Date(date) if !negative => Value::Date(date, span),
            Token::Name(text) if !negative => Value::Option(Name { text, span }),
            _ => return Err(self.unexpected(message!("一个值", "a value"))),
        };
        self.advance();
        Ok(value)
    }

    /// `1,800.00`: digits are not grouped, for a comma stands between two values.
    fn no_comma(&self) -> Parsed<()> {
        let next = &self.lexemes[self.at..(self.at + 3).min(self.lexemes.len())];
        let [one, comma, two] = next else { return Ok(()) };
        let numbers = [one, two].iter().all(|one| matches!(one.token, Token::Number { .. }));
        let touch = one.span.to == comma.span.from && comma.span.to == two.span.from;
        if !numbers || comma.token != Token::Mark(',') || !touch {
            return Ok(());
        }
        let written = &self.text[one.span.from..two.span.to];
        let title = message!("`{written}` 的数字中间有逗号", "`{written}` has a comma among its digits");
        let wrong = Diagnostic::new("bad-number", title, one.span.until(two.span), message!("", ""));
        let plain = written.replace([',', '，', '、'], "");
        Err(Box::new(wrong.help(message!("写作 {plain}", "write {plain}"))))
    }

    fn input(&mut self) -> Parsed<Declaration> {
        let entity = self.entity()?;
        let name = self.name(message!("输入", "an input"))?;
        let (kind, monthly) = (self.kind()?, self.take(Word::Monthly));
        let label = self.label()?;
        let (mut signed, mut rising, mut falling) = (false, false, false);
        loop {
            match self.token() {
                Token::Word(Word::Signed) => signed = true,
                Token::Word(Word::Rising) => rising = true,
                Token::Word(Word::Falling) => falling = true,
                Token::Word(Word::Changeable) => (rising, falling) = (true, true),
                _ => {
                    let input = Input { entity, name, label, kind, monthly, signed, rising, falling };
                    return Ok(Declaration::Input(input));
                }
            }
            self.advance();
        }
    }

    fn formula(&mut self) -> Parsed<Declaration> {
        let entity = self.entity()?;
        let name = self.name(message!("公式", "a formula"))?;
        let (label, under) = (self.label()?, self.under()?);
        let mut versions = vec![];
        while matches!(self.token(), Token::Word(Word::From) | Token::Mark('=')) {
            let start = self.span();
            let days = self.days()?;
            let span = start.until(self.last());
            self.need('=', message!("和公式", "and the formula"))?;
            versions.push((days, self.expr()?, span));
        }
        if versions.is_empty() {
            return Err(self.unexpected(message!("`=` 和公式", "`=` and the formula")));
        }
        Ok(Declaration::Let(Let { entity, name, label, under, versions }))
    }

    fn decide(&mut self) -> Parsed<Declaration> {
        let entity = self.entity()?;
        let (name, label) = (self.name(message!("认定", "a decision"))?, self.label()?);
        let mut versions = vec![];
        while matches!(self.token(), Token::Word(Word::Under | Word::From | Word::When | Word::Unless)) {
            versions.push(self.decide_version()?);
        }
        if versions.is_empty() {
            let wrong =
                self.unexpected(message!("`依`、`自` 和至少一个条件", "`under`, `from` and at least one condition"));
            return Err(Box::new(wrong.help(message!(
                "认定要写明依据哪一条、自哪天起，以及 `当` 什么条件",
                "a decision says under which article it stands, from which day, and `when`"
            ))));
        }
        Ok(Declaration::Decide(Decide { entity, name, label, versions }))
    }

    fn decide_version(&mut self) -> Parsed<DecideVersion> {
        let span = self.span();
        let (under, days) = (self.under()?, self.days()?);
        let mut conditions = vec![];
        while matches!(self.token(), Token::Word(Word::When | Word::Unless)) {
            let unless = *self.token() == Token::Word(Word::Unless);
            self.advance();
            let (name, label) = (self.name(message!("条件", "a condition"))?, self.label()?);
            self.need(':', message!("和条件的内容", "and what is asked"))?;
            conditions.push(Condition { name, label, expr: self.expr()?, unless });
        }
        if conditions.is_empty() {
            let wrong = self.unexpected(message!(
                "`当`、名称、文字、`：` 和条件的内容",
                "`when`, a name, its words, `:` and what is asked"
            ));
            return Err(Box::new(
                wrong.help(message!("认定至少要有一个有名称的条件", "a decision needs at least one named condition")),
            ));
        }
        let needs = if self.take(Word::Needs) { Some(self.expr()?) } else { None };
        let pay = if *self.token() == Token::Word(Word::Pay) { Some(self.pay()?) } else { None };
        Ok(DecideVersion { under, days, conditions, needs, pay, span })
    }

    fn mode(&mut self) -> Parsed<Mode> {
        let mode = match self.token() {
            Token::Word(Word::Up) => Mode::Up,
            Token::Word(Word::Down) => Mode::Down,
            Token::Word(Word::HalfUp) => Mode::HalfUp,
            _ => {
                let wrong = self.unexpected(message!("`进位`、`舍去` 或 `四舍五入`", "`up`, `down` or `half up`"));
                return Err(Box::new(wrong.help(rounding())));
            }
        };
        self.advance();
        Ok(mode)
    }

    /// `exactly`, or `round down to yuan`; without either, whatever is paid begins.
    fn rounding(&mut self) -> Parsed<Option<Rounding>> {
        if self.take(Word::Exactly) {
            return Ok(Some(Rounding::Exactly));
        }
        if let Token::Word(Word::Up | Word::Down | Word::HalfUp) = self.token() {
            let wrong = self.unexpected(message!("`取整` 或 `如数`", "`round` or `exactly`"));
            return Err(Box::new(wrong.help(rounding())));
        }
        if !self.take(Word::Round) {
            return Ok(None);
        }
        let mode = self.mode()?;
        if !self.take(Word::To) {
            let wrong = self.unexpected(message!("`至` 和 `分`、`角` 或 `元`", "`to` and `fen`, `jiao` or `yuan`"));
            return Err(Box::new(wrong.help(rounding())));
        }
        let fen = match self.token() {
            Token::Word(Word::Fen) => 1,
            Token::Word(Word::Jiao) => 10,
            Token::Word(Word::Yuan) => 100,
            _ => {
                let wrong = self.unexpected(message!("`分`、`角` 或 `元`", "`fen`, `jiao` or `yuan`"));
                return Err(Box::new(wrong.help(rounding())));
            }
        };
        self.advance();
        Ok(Some(Rounding::To { mode, fen }))
    }

    fn pay(&mut self) -> Parsed<Pay> {
        let start = self.span();
        self.advance();
        let rounding = self.rounding()?;
        let expr = self.expr()?;
        Ok(Pay { rounding, span: start.until(expr.span), expr })
    }
}

/// Every kind there is.
fn kinds() -> Message {
    message!(
        "写 `金额`、`金额/月`、`金额/年`、`比例`、`数量`、`月`、`年`、`日`、`日期`、`是/否`，或选项的名称",
        "write `money`, `money/month`, `money/year`, `ratio`, `number`, `months`, `years`, `days`, `date`, `yes/no`, or the name of options"
    )
}

/// How an amount is rounded.
fn rounding() -> Message {
    message!(
        "写 `支付 取整 四舍五入 至 元 …`：先写 `进位`、`舍去` 或 `四舍五入`，再写 `至` 分、角或元",
        "write `pay round half up to yuan …`: first `up`, `down` or `half up`, then `to` fen, jiao or yuan"
    )
}
