//! Cases: facts, and what must come out.

use super::{Parsed, Parser};
use crate::diagnostic::Diagnostic;
use crate::lex::Token;
use crate::source::Span;
use crate::syntax::{Answer, Case, CasePerson, Declaration, Expected, Name, Value};
use crate::word::Word;

type Facts = Vec<(Name, Value, Option<String>)>;

impl Parser {
    pub(super) fn case(&mut self, start: Span) -> Parsed<Declaration> {
        let label = self.label()?;
        let span = start.until(self.last());
        let mut case = Case { label, on: None, household: vec![], persons: vec![], expects: vec![], span };
        loop {
            match self.token() {
                Token::Word(Word::On) => {
                    self.advance();
                    case.on = Some(self.date()?);
                }
                Token::Word(Word::Household) => {
                    self.advance();
                    case.household.extend(self.facts()?);
                }
                Token::Word(Word::Person) => {
                    self.advance();
                    let name = self.called("a member")?;
                    let facts = if self.mark(':') { self.facts()? } else { vec![] };
                    case.persons.push(CasePerson { name, facts });
                }
                Token::Word(Word::Expect) => {
                    self.advance();
                    let expected = self.expected()?;
                    case.expects.push(expected);
                }
                _ => break,
            }
        }
        if case.expects.is_empty() {
            let wrong = Diagnostic::new("nothing-expected", "this case expects nothing", span, "so it can never fail");
            return Err(Box::new(wrong.help("end it with `expect` and a decision: `expect dibao yes, pay 2.00`")));
        }
        Ok(Declaration::Case(case))
    }

    /// A member's name may be written in quotes.
    fn called(&mut self, of: &str) -> Parsed<Name> {
        let span = self.span();
        match self.token().clone() {
            Token::Text(text) => {
                self.advance();
                Ok(Name { text, span })
            }
            _ => self.name(of),
        }
    }

    /// `wage is 1894.00 source "pay slip", sick is no`
    fn facts(&mut self) -> Parsed<Facts> {
        let mut facts = vec![];
        loop {
            let name = self.name("a fact")?;
            if !self.take(Word::Is) {
                return Err(self.unexpected("`is` and the value"));
            }
            let value = self.value()?;
            let source = if self.take(Word::Source) { Some(self.text("where it was read")?) } else { None };
            facts.push((name, value, source));
            if !self.mark(',') {
                return Ok(facts);
            }
        }
    }

    /// `expect dibao yes, pay 2.00`, `expect Li.tekun no, because A, B`, `expect dibao cannot say, missing Li.wage`
    fn expected(&mut self) -> Parsed<Expected> {
        let start = self.span();
        let (person, decision) = self.dotted("a decision")?;
        let answer = match self.token() {
            Token::Word(Word::Yes) => Answer::Yes,
            Token::Word(Word::No) => Answer::No,
            Token::Word(Word::CannotSay) => Answer::CannotSay,
            _ => return Err(self.unexpected("`yes`, `no` or `cannot say`")),
        };
        self.advance();
        let mut out =
            Expected { person, decision, answer, pay_fen: None, because: vec![], missing: vec![], span: start };
        while self.mark(',') || matches!(self.token(), Token::Word(Word::Pay | Word::Because | Word::Missing)) {
            match self.token() {
                Token::Word(Word::Pay) => {
                    self.advance();
                    let span = self.span();
                    let fen = match self.value()? {
                        Value::Number { units, scale, .. } if scale <= 2 => units.checked_mul(10i64.pow(2 - scale)),
                        _ => None,
                    };
                    let wrong = || Diagnostic::new("not-money", "this is no amount in yuan", span, "");
                    out.pay_fen = Some((
                        fen.ok_or_else(|| Box::new(wrong().help("write yuan with at most two decimals: 2.00")))?,
                        span,
                    ));
                }
                Token::Word(Word::Because) => {
                    self.advance();
                    out.because.push(self.name("a condition")?);
                    while *self.token() == Token::Mark(',') && matches!(self.ahead(1), Token::Name(_)) {
                        self.advance();
                        out.because.push(self.name("a condition")?);
                    }
                }
                Token::Word(Word::Missing) => {
                    self.advance();
                    out.missing.push(self.dotted("a fact")?);
                    while *self.token() == Token::Mark(',') && !matches!(self.ahead(1), Token::Word(_)) {
                        self.advance();
                        out.missing.push(self.dotted("a fact")?);
                    }
                }
                _ => return Err(self.unexpected("`pay`, `because` or `missing`")),
            }
        }
        out.span = start.until(self.last());
        Ok(out)
    }

    /// `dibao`, or `张三.dibao`
    fn dotted(&mut self, of: &str) -> Parsed<(Option<Name>, Name)> {
        let first = self.called(of)?;
        if self.mark('.') { Ok((Some(first), self.name(of)?)) } else { Ok((None, first)) }
    }
}
