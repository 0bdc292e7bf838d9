//! Cases: facts, and what must come out.

use super::{Parsed, Parser};
use crate::diagnostic::Diagnostic;
use crate::lex::Token;
use crate::message::{Message, message};
use crate::source::Span;
use crate::syntax::{Absent, Answer, Case, CaseFact, CasePerson, Declaration, Expected, Known, Name, Value, When};
use crate::word::Word;

/// How many months one fact of a case may be said to be alike in.
const CASE_MONTHS_MAX: i64 = 240;

impl Parser<'_> {
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
                    let name = self.called(message!("成员", "a member"))?;
                    if matches!(self.token(), Token::Name(_)) {
                        return Err(self.unexpected(message!("`：` 和事实", "`:` and the facts")));
                    }
                    let facts = if self.mark(':') { self.facts()? } else { vec![] };
                    case.persons.push(CasePerson { name, facts });
                }
                Token::Word(Word::Expect) => {
                    self.advance();
                    let expected = self.expected()?;
                    case.expects.push(expected);
                }
                Token::Word(word) if word.declares() => break,
                Token::End => break,
                _ if !self.is_first_on_its_line() => return Err(self.left_over()),
                _ => {
                    let wrong = self.unexpected(message!(
                        "`于`、`家庭`、`个人` 或 `应`",
                        "`on`, `household`, `person` or `expect`"
                    ));
                    let Token::Name(text) = self.token() else { return Err(wrong) };
                    let may_stand = |word: Word| word.declares() || word.is_clause();
                    let Some(word) = Word::intended(text, may_stand) else { return Err(wrong) };
                    return Err(Box::new(wrong.help(message!("是不是要写 `{}`？", "do you mean `{}`?", word))));
                }
            }
        }
        if case.expects.is_empty() {
            let wrong = Diagnostic::new(
                "nothing-expected",
                message!("本案例没有写应有的结果", "this case expects nothing"),
                span,
                message!("因此永远不会不合格", "so it can never fail"),
            );
            return Err(Box::new(wrong.help(message!(
                "结尾写 `应` 和一项认定：`应 低保 是，支付 2.00`",
                "end it with `expect` and a decision: `expect dibao yes, pay 2.00`"
            ))));
        }
        Ok(Declaration::Case(case))
    }

    /// A member's name may be written in quotes.
    fn called(&mut self, of: Message) -> Parsed<Name> {
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
            let name = self.name(message!("事实", "a fact"))?;
            let when = match self.during()? {
                Some((first, last)) => When::During(first, last),
                None if self.take(Word::From) => When::From(self.date()?),
                None => When::Ever,
            };
            if !self.take(Word::Is) {
                return Err(self.unexpected(message!("`为` 和值", "`is` and the value")));
            }
            let value = self.value()?;
            let known = self.known()?;
            let source =
                if self.take(Word::Source) { Some(self.text(message!("出处", "where it was read"))?) } else { None };
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
            let wrong = Diagnostic::new(
                "backward-days",
                message!("这段月份的终点早于起点", "these months end before they begin"),
                start.until(self.last()),
                message!("", ""),
            );
            return Err(Box::new(wrong.help(message!(
                "首尾两个月都算在内：从第一个月写到最后一个月",
                "both months are included: from the first to the last"
            ))));
        }
        if last - first >= CASE_MONTHS_MAX {
            let title = message!("超过{CASE_MONTHS_MAX}个月", "more than {CASE_MONTHS_MAX} months");
            let wrong = Diagnostic::new("too-many", title, start.until(self.last()), message!("太多", "too many"));
            return Err(Box::new(
                wrong.help(message!("只写认定要回看的那些月份", "name the months that the decision looks back at")),
            ));
        }
        Ok(Some((first, last)))
    }

    fn month(&mut self) -> Parsed<i64> {
        match *self.token() {
            Token::Month(month) => {
                self.advance();
                Ok(month)
            }
            _ => Err(self.unexpected(message!("月份，如 2020-12", "a month, as 2020-12"))),
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
            return Err(self.unexpected(message!(
                "获知日期，或在记录中的位置",
                "the day on which it was known, or its position in the record"
            )));
        };
        self.advance();
        Ok(Some((known, span)))
    }

    /// `expect dibao yes, pay 2.00`, `expect Li.tekun no, because A, B`, `expect dibao cannot say, missing Li.wage`
    fn expected(&mut self) -> Parsed<Expected> {
        let start = self.span();
        let (person, decision) = self.dotted(message!("认定", "a decision"))?;
        let answer = match self.token() {
            Token::Word(Word::Yes) => Answer::Yes,
            Token::Word(Word::No) => Answer::No,
            Token::Word(Word::CannotSay) => Answer::CannotSay,
            _ => return Err(self.unexpected(message!("`是`、`否` 或 `无法判断`", "`yes`, `no` or `cannot say`"))),
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
                    let wrong = || {
                        Diagnostic::new(
                            "not-money",
                            message!("这不是以元计的金额", "this is no amount in yuan"),
                            span,
                            message!("", ""),
                        )
                    };
                    out.pay_fen = Some((
                        fen.ok_or_else(|| {
                            Box::new(wrong().help(message!(
                                "以元计，最多两位小数：2.00",
                                "write yuan with at most two decimals: 2.00"
                            )))
                        })?,
                        span,
                    ));
                }
                Token::Word(Word::Because) => {
                    self.advance();
                    out.because.push(self.name(message!("条件", "a condition"))?);
                    while *self.token() == Token::Mark(',') && matches!(self.ahead(1), Token::Name(_)) {
                        self.advance();
                        out.because.push(self.name(message!("条件", "a condition"))?);
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
                _ => return Err(self.unexpected(message!("`支付`、`因` 或 `缺`", "`pay`, `because` or `missing`"))),
            }
        }
        out.span = start.until(self.last());
        Ok(out)
    }

    /// `张三.wage`, `张三.income during 2020-03`
    fn absent(&mut self) -> Parsed<Absent> {
        let (person, fact) = self.dotted(message!("事实", "a fact"))?;
        Ok((person, fact, self.during()?))
    }

    /// `dibao`, or `张三.dibao`
    fn dotted(&mut self, of: Message) -> Parsed<(Option<Name>, Name)> {
        let first = self.called(of.clone())?;
        if self.mark('.') { Ok((Some(first), self.name(of)?)) } else { Ok((None, first)) }
    }
}
