//! Tokens to declarations: recursive descent, one method a rule of the grammar in `docs/rules.md`.
//!
//! After an error the parser goes on at the next declaration, so that one slip does not hide another.

mod case;
mod expression;

use civil::Date;

use crate::diagnostic::Diagnostic;
use crate::kind::Unit;
use crate::lex::{Lexeme, Token, lex};
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
    let mut parser = Parser { lexemes, at: 0, depth: 0, wrong };
    let mut out = vec![];
    while *parser.token() != Token::End {
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
    let line = |one: &Diagnostic| one.places.first().map(|(span, _)| text[..span.from].matches('\n').count());
    let lines: Vec<_> = parser.wrong[..unread].iter().map(line).collect();
    let follows = |at: usize, one: &Diagnostic| at >= unread && lines.contains(&line(one));
    let kept = parser.wrong.into_iter().enumerate().filter(|(at, one)| !follows(*at, one)).map(|(_, one)| one);
    (out, kept.collect())
}

type Parsed<T> = Result<T, Box<Diagnostic>>;

struct Parser {
    lexemes: Vec<Lexeme>,
    at: usize,
    depth: usize,
    wrong: Vec<Diagnostic>,
}

impl Parser {
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

    fn unexpected(&self, wanted: &str) -> Box<Diagnostic> {
        let found = match self.token() {
            Token::Word(word) => format!("the word `{}`", word.english()),
            Token::Name(name) => format!("the name `{name}`"),
            Token::Number { .. } => "a number".to_owned(),
            Token::Date(date) => format!("the day {date}"),
            Token::Month(month) => format!("the month {}", month::said(*month)),
            Token::Text(_) => "words in quotes".to_owned(),
            Token::Mark(mark) => format!("`{mark}`"),
            Token::Comment(_) | Token::End => "the end of the file".to_owned(),
        };
        let wrong = Diagnostic::new("syntax", format!("expected {wanted}, found {found}"), self.span(), "here");
        Box::new(match self.token() {
            Token::Word(word) if wanted.contains("name") => {
                let (en, zh) = (word.english(), word.chinese());
                wrong.help(format!("`{en}` (`{zh}`) is a word of the language; give the thing another name"))
            }
            _ => wrong,
        })
    }

    fn need(&mut self, mark: char, why: &str) -> Parsed<()> {
        if self.mark(mark) { Ok(()) } else { Err(self.unexpected(&format!("`{mark}` {why}"))) }
    }

    fn name(&mut self, of: &str) -> Parsed<Name> {
        let span = self.span();
        match self.token().clone() {
            Token::Name(text) => {
                self.advance();
                Ok(Name { text, span })
            }
            _ => Err(self.unexpected(&format!("the name of {of}"))),
        }
    }

    fn text(&mut self, wanted: &str) -> Parsed<String> {
        match self.token().clone() {
            Token::Text(text) if !text.trim().is_empty() => {
                self.advance();
                Ok(text.trim().to_owned())
            }
            Token::Text(_) => {
                let title = format!("{wanted} is empty");
                let wrong = Diagnostic::new("empty-words", title, self.span(), "nothing stands in these quotes");
                Err(Box::new(
                    wrong.help("write the words; they are what people are shown and what an auditor looks up"),
                ))
            }
            _ => Err(self.unexpected(wanted)),
        }
    }

    fn label(&mut self) -> Parsed<Label> {
        let zh = self.text("the words for it, as \"中文\" / \"English\"")?;
        if !self.mark('/') {
            let title = format!("\"{zh}\" has no second language");
            let wrong = Diagnostic::new("one-language", title, self.last(), "Chinese first, then English");
            return Err(Box::new(wrong.help(format!("write \"{zh}\" / \"… in English\": proofs are given in both"))));
        }
        let en = self.text("the words in English")?;
        Ok(Label { zh, en })
    }

    fn date(&mut self) -> Parsed<Date> {
        match *self.token() {
            Token::Date(date) => {
                self.advance();
                Ok(date)
            }
            _ => Err(self.unexpected("a day, as 2020-12-31")),
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
            let wrong =
                Diagnostic::new("backward-days", "these days end before they begin", start.until(self.last()), "");
            return Err(Box::new(wrong.help("both days are included: from the first to the last")));
        }
        Ok(Some(Days { from, to }))
    }

    /// `under decree649 article "9"`, if it stands there.
    fn under(&mut self) -> Parsed<Option<Under>> {
        if !self.take(Word::Under) {
            return Ok(None);
        }
        let basis = self.name("a basis")?;
        if !self.take(Word::Article) {
            let wrong = self.unexpected("`article` and its number");
            return Err(Box::new(wrong.help(format!("write `under {} article 9`", basis.text))));
        }
        let article = match self.token().clone() {
            Token::Number { units, scale: 0, percent: false } => {
                self.advance();
                units.to_string()
            }
            _ => self.text("the number of the article")?,
        };
        Ok(Some(Under { basis, article }))
    }

    fn entity(&mut self) -> Parsed<Entity> {
        let entity = match self.token() {
            Token::Word(Word::Person) => Entity::Person,
            Token::Word(Word::Household) => Entity::Household,
            _ => {
                let wrong = self.unexpected("`person.` or `household.` and a name");
                return Err(Box::new(wrong.help("say of whom it speaks: `person.wage`, `household.area`")));
            }
        };
        self.advance();
        self.need('.', "between whom it is of and its name")?;
        Ok(entity)
    }

    fn declaration(&mut self) -> Parsed<Declaration> {
        let word = match self.token() {
            Token::Word(word) if word.declares() => *word,
            _ => {
                let wrong = self.unexpected("a declaration");
                let known = "`package`, `basis`, `options`, `roles`, `param`, `input`, `let`, `decide` or `case`";
                return Err(Box::new(wrong.help(format!("a declaration begins with {known}"))));
            }
        };
        let start = self.span();
        self.advance();
        Ok(match word {
            Word::Package => {
                let is_imported = self.take(Word::Imported);
                Declaration::Package { name: self.name("a package")?, label: self.label()?, is_imported }
            }
            Word::Basis => self.basis()?,
            Word::Roles => {
                Declaration::Options { name: Name { text: "role".into(), span: start }, options: self.options()? }
            }
            Word::Options => Declaration::Options { name: self.name("options")?, options: self.options()? },
            Word::Param => self.param()?,
            Word::Input => self.input()?,
            Word::Let => self.formula()?,
            Word::Decide => self.decide()?,
            Word::Case => self.case(start)?,
            _ => return Err(self.unexpected("a declaration")),
        })
    }

    fn basis(&mut self) -> Parsed<Declaration> {
        let (name, label) = (self.name("a basis")?, self.label()?);
        let (mut days, mut source, mut synthetic) = (None, None, None);
        loop {
            if let Some(found) = self.days()? {
                days = Some(found);
            } else if self.take(Word::Source) {
                source = Some(self.text("where it can be read")?);
            } else if self.take(Word::Synthetic) {
                synthetic = Some(self.text("why it was made up")?);
            } else {
                return Ok(Declaration::Basis { name, label, days, source, synthetic });
            }
        }
    }

    fn options(&mut self) -> Parsed<Vec<(Name, Label)>> {
        let mut options = vec![];
        loop {
            options.push((self.name("an option")?, self.label()?));
            if !self.mark(',') {
                return Ok(options);
            }
        }
    }

    fn written(&mut self) -> Parsed<Written> {
        let span = self.span();
        let word = match self.token().clone() {
            Token::Name(text) => {
                self.advance();
                return Ok(Written::Options(Name { text, span }));
            }
            Token::Word(word) => word,
            _ => return Err(self.unexpected("what it measures, as `money/month` or `yes/no`")),
        };
        self.advance();
        Ok(match word {
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
                (true, _) => return Err(self.unexpected("`month` or `year`")),
            },
            Word::Ratio => Written::Number(Unit::RATIO),
            Word::Number => Written::Number(Unit::COUNT),
            Word::Month => Written::Number(Unit::MONTHS),
            Word::Year => Written::Number(Unit::YEARS),
            Word::Day => Written::Number(Unit::DAYS),
            Word::Date => Written::Date,
            Word::Yes => {
                self.need('/', "and `no`, as `yes/no`")?;
                if !self.take(Word::No) {
                    return Err(self.unexpected("`no`, as `yes/no`"));
                }
                Written::YesNo
            }
            _ => {
                self.at -= 1;
                let wrong = self.unexpected("what it measures");
                let kinds = "`money`, `money/month`, `money/year`, `ratio`, `number`, `months`, `years`, `days`, `date`, \
                             `yes/no`, or the name of options";
                return Err(Box::new(wrong.help(format!("write {kinds}"))));
            }
        })
    }

    fn param(&mut self) -> Parsed<Declaration> {
        let name = self.name("a parameter")?;
        self.need(':', "and what it measures, as `: money/month`")?;
        let kind = self.written()?;
        let by = if self.take(Word::By) { Some(self.name("options")?) } else { None };
        let label = self.label()?;
        let under = self.under()?;
        let mut versions = vec![];
        while matches!(self.token(), Token::Word(Word::From) | Token::Mark(':')) {
            versions.push(self.param_version()?);
        }
        Ok(Declaration::Param(Param { name, label, kind, by, under, versions }))
    }

    fn param_version(&mut self) -> Parsed<ParamVersion> {
        let start = self.span();
        let days = self.days()?;
        self.need(':', "and the value")?;
        let mut values = vec![];
        loop {
            let keyed = matches!(self.ahead(1), Token::Number { .. } | Token::Date(_) | Token::Mark('-'))
                || matches!(self.ahead(1), Token::Word(Word::Yes | Word::No));
            let key =
                if keyed && matches!(self.token(), Token::Name(_)) { Some(self.name("an option")?) } else { None };
            values.push((key, self.value()?));
            if !self.mark(',') {
                break;
            }
        }
        let span = start.until(self.last());
        let (mut source, mut synthetic) = (None, None);
        loop {
            if self.take(Word::Source) {
                source = Some(self.text("where the figure was read")?);
            } else if self.take(Word::Synthetic) {
                synthetic = Some(self.text("why the figure was made up")?);
            } else {
                return Ok(ParamVersion { days, values, source, synthetic, span });
            }
        }
    }

    fn value(&mut self) -> Parsed<Value> {
        let start = self.span();
        let negative = self.mark('-');
        let span = start.until(self.span());
        let value = match self.token().clone() {
            Token::Number { units, scale, .. } => {
                Value::Number { units: if negative { -units } else { units }, scale, span }
            }
            Token::Word(Word::Yes) if !negative => Value::YesNo(true, span),
            Token::Word(Word::No) if !negative => Value::YesNo(false, span),
            Token::Date(date) if !negative => Value::Date(date, span),
            Token::Name(text) if !negative => Value::Option(Name { text, span }),
            _ => return Err(self.unexpected("a value")),
        };
        self.advance();
        Ok(value)
    }

    fn input(&mut self) -> Parsed<Declaration> {
        let entity = self.entity()?;
        let name = self.name("an input")?;
        self.need(':', "and what it measures, as `: money/month`")?;
        let (kind, monthly) = (self.written()?, self.take(Word::Monthly));
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
        let name = self.name("a formula")?;
        let (label, under) = (self.label()?, self.under()?);
        let mut versions = vec![];
        while matches!(self.token(), Token::Word(Word::From) | Token::Mark('=')) {
            let start = self.span();
            let days = self.days()?;
            let span = start.until(self.last());
            self.need('=', "and the formula")?;
            versions.push((days, self.expr()?, span));
        }
        if versions.is_empty() {
            return Err(self.unexpected("`=` and the formula"));
        }
        Ok(Declaration::Let(Let { entity, name, label, under, versions }))
    }

    fn decide(&mut self) -> Parsed<Declaration> {
        let entity = self.entity()?;
        let (name, label) = (self.name("a decision")?, self.label()?);
        let mut versions = vec![];
        while matches!(self.token(), Token::Word(Word::Under | Word::From | Word::When | Word::Unless)) {
            versions.push(self.decide_version()?);
        }
        if versions.is_empty() {
            let wrong = self.unexpected("`under`, `from` and at least one condition");
            return Err(Box::new(
                wrong.help("a decision says under which article it stands, from which day, and `when`"),
            ));
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
            let (name, label) = (self.name("a condition")?, self.label()?);
            self.need(':', "and what is asked")?;
            conditions.push(Condition { name, label, expr: self.expr()?, unless });
        }
        if conditions.is_empty() {
            let wrong = self.unexpected("`when`, a name, its words, `:` and what is asked");
            return Err(Box::new(wrong.help("a decision needs at least one named condition")));
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
            _ => return Err(self.unexpected("`up`, `down` or `half up`")),
        };
        self.advance();
        Ok(mode)
    }

    fn pay(&mut self) -> Parsed<Pay> {
        let start = self.span();
        self.advance();
        let rounding = if self.take(Word::Exactly) {
            Some(Rounding::Exactly)
        } else if self.take(Word::Round) {
            let mode = self.mode()?;
            if !self.take(Word::To) {
                return Err(self.unexpected("`to` and `fen`, `jiao` or `yuan`"));
            }
            let fen = match self.token() {
                Token::Word(Word::Fen) => 1,
                Token::Word(Word::Jiao) => 10,
                Token::Word(Word::Yuan) => 100,
                _ => return Err(self.unexpected("`fen`, `jiao` or `yuan`")),
            };
            self.advance();
            Some(Rounding::To { mode, fen })
        } else {
            None
        };
        let expr = self.expr()?;
        Ok(Pay { rounding, span: start.until(expr.span), expr })
    }
}
