//! Cases: facts, and what must come out.

use super::{Parsed, Parser};
use crate::diagnostic::Diagnostic;
use crate::lex::Token;
use crate::source::Span;
use crate::syntax::{Absent, Answer, Case, CaseFact, CasePerson, Declaration, Expected, Known, Name, Value, When};
use crate::word::Word;

/// How many months one fact of a case may be said to be alike in.
const CASE_MONTHS_MAX: i64 = 240;

impl Parser {
    pub(super) fn case(&mut self, start: Span) -> Parsed<Declaration> {
        let label = self.label()?;
        let span = start.until(self.last());
        let mut case = Case { label, on: None, known: None, household: vec![], persons: vec![], expects: vec![], span };
        loop {
            match self.token() {
                Token::Word(Word::On) => {
                    self.advance();
                    case.on = Some(self.date()?);
                    case.known = self.known()?;
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

    /// `wage is 1894.00 source "pay slip", sick is no`, `income during 2020-01 to 2020-12 is 800.00 known 2021-02-03`
    fn facts(&mut self) -> Parsed<Vec<CaseFact>> {
        let mut facts = vec![];
        loop {
            let name = self.name("a fact")?;
            let when = match self.during()? {
                Some((first, last)) => When::During(first, last),
                None if self.take(Word::From) => When::From(self.date()?),
                None => When::Ever,
            };
            if !self.take(Word::Is) {
                return Err(self.unexpected("`is` and the value"));
            }
            let value = self.value()?;
            let known = self.known()?;
            let source = if self.take(Word::Source) { Some(self.text("where it was read")?) } else { None };
            facts.push(CaseFact { name, when, value, known, source });
            if !self.mark(',') {
                return Ok(facts);
            }
        }
    }

    /// `during 2020-01 to 2020-12`, if it stands there.
    fn during(&mut self) -> Parsed<Option<(i64, i64)>> {
        let start = self.span();
        if !self.take(Word::During) {
            return Ok(None);
        }
        let first = self.month()?;
        let last = if self.take(Word::To) { self.month()? } else { first };
        if last < first {
            let wrong =
                Diagnostic::new("backward-days", "these months end before they begin", start.until(self.last()), "");
            return Err(Box::new(wrong.help("both months are included: from the first to the last")));
        }
        if last - first >= CASE_MONTHS_MAX {
            let title = format!("more than {CASE_MONTHS_MAX} months");
            let wrong = Diagnostic::new("too-many", title, start.until(self.last()), "too many");
            return Err(Box::new(wrong.help("name the months that the decision looks back at")));
        }
        Ok(Some((first, last)))
    }

    fn month(&mut self) -> Parsed<i64> {
        match *self.token() {
            Token::Month(month) => {
                self.advance();
                Ok(month)
            }
            _ => Err(self.unexpected("a month, as 2020-12")),
        }
    }

    /// `known 2020-04-10`, or `known 17`, if it stands there.
    fn known(&mut self) -> Parsed<Option<(Known, Span)>> {
        if !self.take(Word::Known) {
            return Ok(None);
        }
        let span = self.span();
        let known = match *self.token() {
            Token::Date(date) => Some(Known::of(date)),
            Token::Number { units, scale: 0, percent: false } => u32::try_from(units).ok().map(Known::Position),
            _ => None,
        };
        let Some(known) = known else {
            return Err(self.unexpected("the day on which it was known, or its position in the record"));
        };
        self.advance();
        Ok(Some((known, span)))
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
                    out.missing.push(self.absent()?);
                    while *self.token() == Token::Mark(',') && !matches!(self.ahead(1), Token::Word(_)) {
                        self.advance();
                        out.missing.push(self.absent()?);
                    }
                }
                _ => return Err(self.unexpected("`pay`, `because` or `missing`")),
            }
        }
        out.span = start.until(self.last());
        Ok(out)
    }

    /// `张三.wage`, `张三.income during 2020-03`
    fn absent(&mut self) -> Parsed<Absent> {
        let (person, fact) = self.dotted("a fact")?;
        Ok((person, fact, self.during()?))
    }

    /// `dibao`, or `张三.dibao`
    fn dotted(&mut self, of: &str) -> Parsed<(Option<Name>, Name)> {
        let first = self.called(of)?;
        if self.mark('.') { Ok((Some(first), self.name(of)?)) } else { Ok((None, first)) }
    }
}
