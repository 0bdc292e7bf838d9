//! Formulas. From the loosest to the tightest: or, and, not, comparison, sum, product, value.

use super::{DEPTH_MAX, Parsed, Parser};
use crate::diagnostic::Diagnostic;
use crate::kind::Unit;
use crate::lex::Token;
use crate::month::{self, Months};
use crate::syntax::{Entity, Expr, How, Name, Node, Order, Part, Sign, Since};
use crate::word::Word;

/// How many values may be added or multiplied in one row.
const CHAIN_MAX: usize = 100;

impl Parser {
    pub(super) fn expr(&mut self) -> Parsed<Expr> {
        self.deeper(Self::joined)
    }

    fn deeper(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<Expr>) -> Parsed<Expr> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            let title = format!("more than {DEPTH_MAX} formulas lie in one another here");
            let wrong = Diagnostic::new("too-deep", title, self.span(), "");
            return Err(Box::new(wrong.help("give the inner ones names with `let`")));
        }
        let out = inner(self);
        self.depth -= 1;
        out
    }

    /// `a and b and c`, or `a or b or c`; both beside one another need parentheses.
    fn joined(&mut self) -> Parsed<Expr> {
        let first = self.negated()?;
        let word = match self.token() {
            Token::Word(word @ (Word::And | Word::Or)) => *word,
            _ => return Ok(first),
        };
        let sign = self.span();
        let mut all = vec![first];
        while self.take(word) {
            all.push(self.negated()?);
        }
        if matches!(self.token(), Token::Word(Word::And | Word::Or)) {
            let title = "`and` and `or` stand beside one another without parentheses";
            let wrong = Diagnostic::new("and-or", title, self.span(), "which goes first, this one,");
            let wrong = wrong.and_at(sign, "or this one?");
            return Err(Box::new(wrong.help("put one of them in parentheses: `a and (b or c)`")));
        }
        let span = all[0].span.until(self.last());
        Ok(Expr { node: if word == Word::And { Node::And(all) } else { Node::Or(all) }, span })
    }

    fn negated(&mut self) -> Parsed<Expr> {
        let start = self.span();
        if !self.take(Word::Not) {
            return self.compared();
        }
        let inner = self.deeper(Self::negated)?;
        Ok(Expr { span: start.until(inner.span), node: Node::Not(Box::new(inner)) })
    }

    fn compared(&mut self) -> Parsed<Expr> {
        let left = self.added()?;
        let Token::Word(word) = *self.token() else { return Ok(left) };
        let order = match word {
            Word::Below => Order::Below,
            Word::AtMost => Order::AtMost,
            Word::Above => Order::Above,
            Word::AtLeast => Order::AtLeast,
            Word::Is | Word::IsNot => {
                self.advance();
                let right = self.added()?;
                let span = left.span.until(right.span);
                let not = word == Word::IsNot;
                return Ok(Expr { node: Node::Is { left: Box::new(left), options: vec![right], not }, span });
            }
            Word::In => {
                self.advance();
                self.need('{', "and the options, as `in {head, spouse}`")?;
                let mut options = vec![];
                loop {
                    options.push(self.added()?);
                    if !self.mark(',') {
                        break;
                    }
                }
                self.need('}', "after the options")?;
                let span = left.span.until(self.last());
                return Ok(Expr { node: Node::Is { left: Box::new(left), options, not: false }, span });
            }
            _ => return Ok(left),
        };
        self.advance();
        let right = self.added()?;
        if matches!(self.token(), Token::Word(Word::Below | Word::AtMost | Word::Above | Word::AtLeast | Word::Is)) {
            let wrong = Diagnostic::new("chained-comparison", "a comparison has two sides", self.span(), "a third one");
            return Err(Box::new(wrong.help("write two comparisons, joined by `and`")));
        }
        let span = left.span.until(right.span);
        Ok(Expr { node: Node::Compare(Box::new(left), order, Box::new(right)), span })
    }

    fn added(&mut self) -> Parsed<Expr> {
        let mut left = self.multiplied()?;
        for _ in 0..CHAIN_MAX {
            let sign = match self.token() {
                Token::Mark('+') => Sign::Plus,
                Token::Mark('-') => Sign::Minus,
                _ => return Ok(left),
            };
            self.advance();
            left = arithmetic(left, sign, self.multiplied()?);
        }
        Err(self.too_long())
    }

    fn multiplied(&mut self) -> Parsed<Expr> {
        let mut left = self.single()?;
        for _ in 0..CHAIN_MAX {
            let sign = match self.token() {
                Token::Mark('*') => Sign::Times,
                Token::Mark('/') => Sign::By,
                _ => return Ok(left),
            };
            self.advance();
            left = arithmetic(left, sign, self.single()?);
        }
        Err(self.too_long())
    }

    fn single(&mut self) -> Parsed<Expr> {
        let start = self.span();
        let node = match self.token().clone() {
            Token::Number { units, scale, .. } => {
                self.advance();
                let unit = self.unit_after();
                Node::Number { units, scale, unit }
            }
            Token::Date(date) => {
                self.advance();
                Node::Date(date)
            }
            Token::Mark('(') => {
                self.advance();
                let inner = self.expr()?;
                self.need(')', "to close the parenthesis")?;
                return Ok(Expr { node: inner.node, span: start.until(self.last()) });
            }
            Token::Name(text) => {
                self.advance();
                if self.mark('[') {
                    let index = self.expr()?;
                    self.need(']', "after the option")?;
                    Node::Index(Name { text, span: start }, Box::new(index))
                } else {
                    Node::Name(None, text)
                }
            }
            Token::Word(word) => return self.worded(word),
            Token::Text(_) | Token::Mark(_) | Token::Month(_) | Token::Comment(_) | Token::End => {
                return Err(self.unexpected("a value or a formula"));
            }
        };
        Ok(Expr { node, span: start.until(self.last()) })
    }

    fn too_long(&self) -> Box<Diagnostic> {
        let title = format!("more than {CHAIN_MAX} values stand in one row here");
        let wrong = Diagnostic::new("too-deep", title, self.span(), "");
        Box::new(wrong.help("give parts of it names with `let`"))
    }

    /// `12 months`
    fn unit_after(&mut self) -> Option<Unit> {
        let unit = match self.token() {
            Token::Word(Word::Year) => Unit::YEARS,
            Token::Word(Word::Month) => Unit::MONTHS,
            Token::Word(Word::Day) => Unit::DAYS,
            Token::Word(Word::Yuan) => Unit::MONEY,
            _ => return None,
        };
        self.advance();
        Some(unit)
    }

    /// What begins with a word of the language.
    fn worded(&mut self, word: Word) -> Parsed<Expr> {
        let start = self.span();
        let how = match word {
            Word::Sum => Some(How::Sum),
            Word::Count => Some(How::Count),
            Word::Any => Some(How::Any),
            Word::All => Some(How::All),
            Word::Min => Some(How::Min),
            Word::Max => Some(How::Max),
            _ => None,
        };
        if let Some(how) = how {
            return self.aggregate(how);
        }
        if word == Word::Average {
            return self.average();
        }
        let node = match word {
            Word::Yes | Word::No => {
                self.advance();
                Node::YesNo(word == Word::Yes)
            }
            Word::Person | Word::Household => {
                let entity = self.entity()?;
                Node::Name(Some(entity), self.name("a fact or a formula")?.text)
            }
            Word::Larger | Word::Smaller => {
                self.advance();
                self.need('(', "and two values")?;
                let one = Box::new(self.expr()?);
                self.need(',', "between the two values")?;
                let two = Box::new(self.expr()?);
                self.need(')', "after the two values")?;
                if word == Word::Larger { Node::Larger(one, two) } else { Node::Smaller(one, two) }
            }
            Word::If => {
                self.advance();
                let asked = self.expr()?;
                if !self.take(Word::Then) {
                    return Err(self.unexpected("`then`"));
                }
                let then = self.expr()?;
                if !self.take(Word::Else) {
                    let wrong = self.unexpected("`else`");
                    return Err(Box::new(wrong.help("say what it is otherwise; a formula always has a value")));
                }
                Node::If(Box::new(asked), Box::new(then), Box::new(self.expr()?))
            }
            Word::YearsSince | Word::MonthsSince | Word::DaysSince => {
                self.advance();
                let since = match word {
                    Word::YearsSince => Since::Years,
                    Word::MonthsSince => Since::Months,
                    _ => Since::Days,
                };
                Node::Since(since, Box::new(self.deeper(Self::single)?))
            }
            Word::YearOf | Word::MonthOf | Word::DayOf => {
                self.advance();
                let part = match word {
                    Word::YearOf => Part::Year,
                    Word::MonthOf => Part::Month,
                    _ => Part::Day,
                };
                Node::Part(part, Box::new(self.deeper(Self::single)?))
            }
            Word::Rank => {
                self.advance();
                let what = Box::new(self.expr()?);
                if !self.take(Word::Over) || !self.take(Word::Members) {
                    let wrong = self.unexpected("`over members`");
                    return Err(Box::new(wrong.help("write `rank birth over members where role is child`")));
                }
                Node::Rank { what, filter: self.filter()? }
            }
            Word::Round => {
                self.advance();
                let mode = self.mode()?;
                if !self.take(Word::To) {
                    return Err(self.unexpected("`to` and a number"));
                }
                let Token::Number { units, scale, percent: false } = *self.token() else {
                    return Err(self.unexpected("a number, as 1, 100 or 0.01"));
                };
                self.advance();
                Node::Round { mode, step: (units, scale), of: Box::new(self.deeper(Self::single)?) }
            }
            Word::Amount => {
                self.advance();
                let entity: Option<Entity> = match self.token() {
                    Token::Word(Word::Person | Word::Household) => Some(self.entity()?),
                    _ => None,
                };
                Node::Amount(entity, self.name("a decision")?.text)
            }
            _ => return Err(self.unexpected("a value or a formula")),
        };
        Ok(Expr { node, span: start.until(self.last()) })
    }

    /// `average income over last 12 months`
    fn average(&mut self) -> Parsed<Expr> {
        let start = self.span();
        self.advance();
        let what = Box::new(self.expr()?);
        let months = if self.take(Word::Over) { self.months()? } else { None };
        let Some(months) = months else {
            let wrong = self.unexpected("`over last 12 months`");
            return Err(Box::new(
                wrong.help("an average is over months; of members, compare the sum: `sum wage over members`"),
            ));
        };
        if *self.token() == Token::Word(Word::Where) {
            let wrong = Diagnostic::new("silent-division", "an average of some months only", self.span(), "how many?");
            let help = "compare the sum of those months with the figure times their number";
            return Err(Box::new(wrong.help(help)));
        }
        Ok(Expr { node: Node::Average { what, months }, span: start.until(self.last()) })
    }

    /// `last 12 months`, `last 4 to 15 months`, `previous year`, if that stands there.
    fn months(&mut self) -> Parsed<Option<Months>> {
        if self.take(Word::PreviousYear) {
            return Ok(Some(Months::PreviousYear));
        }
        let start = self.span();
        if !self.take(Word::Last) {
            return Ok(None);
        }
        let first = self.how_many()?;
        let (nearest, farthest) = if self.take(Word::To) { (first, self.how_many()?) } else { (1, first) };
        if !self.take(Word::Month) {
            let wrong = self.unexpected("`months`");
            return Err(Box::new(wrong.help("write `last 12 months`, or `last 4 to 15 months`")));
        }
        if (1..=farthest).contains(&nearest) && farthest <= month::BACK_MAX {
            return Ok(Some(Months::Back { nearest, farthest }));
        }
        let title = format!("months are counted back from 1, the nearer first, and at most to {}", month::BACK_MAX);
        let wrong = Diagnostic::new("no-such-months", title, start.until(self.last()), "these are none");
        Err(Box::new(
            wrong.help("month 1 is the one before the month decided in: `last 12 months`, `last 4 to 15 months`"),
        ))
    }

    fn how_many(&mut self) -> Parsed<i64> {
        match *self.token() {
            Token::Number { units, scale: 0, percent: false } => {
                self.advance();
                Ok(units)
            }
            _ => Err(self.unexpected("a number of months")),
        }
    }

    /// `sum wage over members where counted`, `count members where counted`, and the same over `last 12 months`
    fn aggregate(&mut self, how: How) -> Parsed<Expr> {
        let start = self.span();
        self.advance();
        let what = if how == How::Count {
            None
        } else {
            let what = self.expr()?;
            if !self.take(Word::Over) {
                let wrong = self.unexpected("`over members`");
                let help = "write `sum wage over members where counted`, or `sum income over last 12 months`";
                return Err(Box::new(wrong.help(help)));
            }
            Some(Box::new(what))
        };
        let months = self.months()?;
        if months.is_none() && !self.take(Word::Members) {
            return Err(self.unexpected("`members`, `last 12 months` or `previous year`"));
        }
        let filter = self.filter()?;
        let node = match months {
            Some(months) => Node::Window { how, what, filter, months },
            None => Node::Aggregate { how, what, filter },
        };
        Ok(Expr { node, span: start.until(self.last()) })
    }

    /// `where counted`, if it stands there.
    fn filter(&mut self) -> Parsed<Option<Box<Expr>>> {
        Ok(if self.take(Word::Where) { Some(Box::new(self.expr()?)) } else { None })
    }
}

fn arithmetic(left: Expr, sign: Sign, right: Expr) -> Expr {
    let span = left.span.until(right.span);
    Expr { node: Node::Arithmetic(Box::new(left), sign, Box::new(right)), span }
}
