//! Formulas. From the loosest to the tightest: or, and, not, comparison, sum, product, value.

use super::{DEPTH_MAX, Parsed, Parser};
use crate::diagnostic::Diagnostic;
use crate::kind::Unit;
use crate::lex::Token;
use crate::message::message;
use crate::month::{self, Months};
use crate::syntax::{Entity, Expr, How, Name, Node, Order, Part, Sign, Since};
use crate::word::Word;

/// How many values may be added or multiplied in one row.
const CHAIN_MAX: usize = 100;

impl Parser<'_> {
    pub(super) fn expr(&mut self) -> Parsed<Expr> {
        self.deeper(Self::joined)
    }

    fn deeper(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<Expr>) -> Parsed<Expr> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            let title =
                message!("此处公式嵌套超过{DEPTH_MAX}层", "more than {DEPTH_MAX} formulas lie in one another here");
            let wrong = Diagnostic::new("too-deep", title, self.span(), message!("", ""));
            return Err(Box::new(
                wrong.help(message!("用 `设` 给内层公式取名", "give the inner ones names with `let`")),
            ));
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
            if all.len() > CHAIN_MAX {
                return Err(self.too_long());
            }
        }
        if matches!(self.token(), Token::Word(Word::And | Word::Or)) {
            let title =
                message!("`且` 与 `或` 并列而没有括号", "`and` and `or` stand beside one another without parentheses");
            let wrong =
                Diagnostic::new("and-or", title, self.span(), message!("先算这一个，", "which goes first, this one,"));
            let wrong = wrong.and_at(sign, message!("还是这一个？", "or this one?"));
            return Err(Box::new(wrong.help(message!(
                "给其中一个加括号：`甲 且 (乙 或 丙)`",
                "put one of them in parentheses: `a and (b or c)`"
            ))));
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
                self.need(
                    '{',
                    message!("和选项，如 `属于 {{户主，配偶}}`", "and the options, as `in {{head, spouse}}`"),
                )?;
                let mut options = vec![];
                loop {
                    options.push(self.added()?);
                    if !self.mark(',') {
                        break;
                    }
                }
                self.need('}', message!("放在选项之后", "after the options"))?;
                let span = left.span.until(self.last());
                return Ok(Expr { node: Node::Is { left: Box::new(left), options, not: false }, span });
            }
            _ => return Ok(left),
        };
        self.advance();
        let right = self.added()?;
        if matches!(self.token(), Token::Word(Word::Below | Word::AtMost | Word::Above | Word::AtLeast | Word::Is)) {
            let wrong = Diagnostic::new(
                "chained-comparison",
                message!("比较只有两边", "a comparison has two sides"),
                self.span(),
                message!("这是第三边", "a third one"),
            );
            return Err(Box::new(wrong.help(message!(
                "写成两个比较，用 `且` 连接；要比较的计数、合计请加括号：`(计数 …) 不低于 …`",
                "write two comparisons, joined by `and`; put a count or a sum that is compared in parentheses: \
                     `(count …) at least …`"
            ))));
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
                self.need(')', message!("来结束括号", "to close the parenthesis"))?;
                return Ok(Expr { node: inner.node, span: start.until(self.last()) });
            }
            Token::Name(text) => {
                self.advance();
                if self.mark('[') {
                    let index = self.expr()?;
                    self.need(']', message!("放在选项之后", "after the option"))?;
                    Node::Index(Name { text, span: start }, Box::new(index))
                } else {
                    Node::Name(None, text)
                }
            }
            Token::Word(word) => return self.worded(word),
            Token::Text(_) | Token::Mark(_) | Token::Month(_) | Token::Comment(_) | Token::End => {
                return Err(self.unexpected(message!("值或公式", "a value or a formula")));
            }
        };
        Ok(Expr { node, span: start.until(self.last()) })
    }

    fn too_long(&self) -> Box<Diagnostic> {
        let title = message!("此处一行里的数超过{CHAIN_MAX}个", "more than {CHAIN_MAX} values stand in one row here");
        let wrong = Diagnostic::new("too-deep", title, self.span(), message!("", ""));
        Box::new(wrong.help(message!("用 `设` 给其中各部分取名", "give parts of it names with `let`")))
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
            Word::DecisionDay => {
                self.advance();
                Node::DecisionDay
            }
            Word::Person | Word::Household => {
                let entity = self.entity()?;
                Node::Name(Some(entity), self.name(message!("事实或公式", "a fact or a formula"))?.text)
            }
            Word::Larger | Word::Smaller => {
                self.advance();
                self.need('(', message!("和两个值", "and two values"))?;
                let one = Box::new(self.expr()?);
                self.need(',', message!("放在两个值之间", "between the two values"))?;
                let two = Box::new(self.expr()?);
                self.need(')', message!("放在两个值之后", "after the two values"))?;
                if word == Word::Larger { Node::Larger(one, two) } else { Node::Smaller(one, two) }
            }
            Word::If => {
                self.advance();
                let asked = self.expr()?;
                if !self.take(Word::Then) {
                    let wrong = self.unexpected(message!("`则`", "`then`"));
                    return Err(Box::new(
                        wrong.help(message!("写作 `如果 … 则 … 否则 …`", "write `if … then … else …`")),
                    ));
                }
                let then = self.expr()?;
                if !self.take(Word::Else) {
                    let wrong = self.unexpected(message!("`否则`", "`else`"));
                    return Err(Box::new(wrong.help(message!(
                        "写明否则是什么；公式总要有值",
                        "say what it is otherwise; a formula always has a value"
                    ))));
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
                    let wrong = self.unexpected(message!("`遍及 成员`", "`over members`"));
                    return Err(Box::new(wrong.help(message!(
                        "写作 `名次 出生日期 遍及 成员 其中 角色 为 子女`",
                        "write `rank birth over members where role is child`"
                    ))));
                }
                Node::Rank { what, filter: self.filter()? }
            }
            Word::Round => {
                self.advance();
                let mode = self.mode()?;
                if !self.take(Word::To) {
                    return Err(self.unexpected(message!("`至` 和一个数", "`to` and a number")));
                }
                let Token::Number { units, scale, percent: false } = *self.token() else {
                    return Err(self.unexpected(message!("一个数，如 1、100 或 0.01", "a number, as 1, 100 or 0.01")));
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
                Node::Amount(entity, self.name(message!("认定", "a decision"))?.text)
            }
            _ => return Err(self.unexpected(message!("值或公式", "a value or a formula"))),
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
            let wrong = self.unexpected(message!("`遍及 近12个月`", "`over last 12 months`"));
            return Err(Box::new(wrong.help(message!(
                "平均是对月份求的；对成员，请比较合计：`合计 工资 遍及 成员`",
                "an average is over months; of members, compare the sum: `sum wage over members`"
            ))));
        };
        if *self.token() == Token::Word(Word::Where) {
            let wrong = Diagnostic::new(
                "silent-division",
                message!("只对部分月份求平均", "an average of some months only"),
                self.span(),
                message!("是几个月？", "how many?"),
            );
            let help = message!(
                "把这些月份的合计，与标准乘以月数相比较",
                "compare the sum of those months with the figure times their number"
            );
            return Err(Box::new(wrong.help(help)));
        }
        Ok(Expr { node: Node::Average { what, months }, span: start.until(self.last()) })
    }

    /// `last 12 months`, `last 4 to 15 months`, `previous year`, `this year`, if that stands there.
    fn months(&mut self) -> Parsed<Option<Months>> {
        if self.take(Word::PreviousYear) {
            return Ok(Some(Months::PreviousYear));
        }
        if self.take(Word::ThisYear) {
            return Ok(Some(Months::ThisYear));
        }
        let start = self.span();
        if !self.take(Word::Last) {
            return Ok(None);
        }
        let first = self.how_many()?;
        let (nearest, farthest) = if self.take(Word::To) { (first, self.how_many()?) } else { (1, first) };
        if !self.take(Word::Month) {
            let wrong = self.unexpected(message!("`个月`", "`months`"));
            return Err(Box::new(wrong.help(message!(
                "写作 `近12个月`，或 `近 4 至 15 个月`",
                "write `last 12 months`, or `last 4 to 15 months`"
            ))));
        }
        if (1..=farthest).contains(&nearest) && farthest <= month::BACK_MAX {
            return Ok(Some(Months::Back { nearest, farthest }));
        }
        let title = message!(
            "月份从1往回数，近的在前，最多到{}",
            "months are counted back from 1, the nearer first, and at most to {}",
            month::BACK_MAX
        );
        let wrong = Diagnostic::new(
            "no-such-months",
            title,
            start.until(self.last()),
            message!("没有这样的月份", "these are none"),
        );
        Err(Box::new(wrong.help(message!(
            "第1个月是认定当月的前一个月：`近12个月`、`近 4 至 15 个月`",
            "month 1 is the one before the month decided in: `last 12 months`, `last 4 to 15 months`"
        ))))
    }

    fn how_many(&mut self) -> Parsed<i64> {
        match *self.token() {
            Token::Number { units, scale: 0, percent: false } => {
                self.advance();
                Ok(units)
            }
            _ => Err(self.unexpected(message!("月数", "a number of months"))),
        }
    }

    /// `sum wage over members where counted`, `count members where counted`, and the same over `last 12 months`
    fn aggregate(&mut self, how: How) -> Parsed<Expr> {
        let start = self.span();
        self.advance();
        if matches!(how, How::Min | How::Max) {
            self.not_of_two(how)?;
        }
        let what = if how == How::Count {
            None
        } else {
            let what = self.expr()?;
            if !self.take(Word::Over) {
                let wrong = self.unexpected(message!("`遍及 成员`", "`over members`"));
                let help = message!(
                    "写作 `合计 工资 遍及 成员 其中 计入`，或 `合计 收入 遍及 近12个月`",
                    "write `sum wage over members where counted`, or `sum income over last 12 months`"
                );
                return Err(Box::new(wrong.help(help)));
            }
            Some(Box::new(what))
        };
        let months = self.months()?;
        if months.is_none() && !self.take(Word::Members) {
            return Err(self.unexpected(message!(
                "`成员`、`近12个月`、`上一年度` 或 `本年度`",
                "`members`, `last 12 months`, `previous year` or `this year`"
            )));
        }
        let filter = self.filter()?;
        let node = match months {
            Some(months) => Node::Window { how, what, filter, months },
            None => Node::Aggregate { how, what, filter },
        };
        Ok(Expr { node, span: start.until(self.last()) })
    }

    /// `max(a, b)`: the greatest is of members or months; of two values there is a larger one.
    fn not_of_two(&self, how: How) -> Parsed<()> {
        let mut depth = 0;
        for lexeme in &self.lexemes[self.at..] {
            match lexeme.token {
                Token::Mark('(' | '[' | '{') => depth += 1,
                Token::Mark(')' | ']' | '}') => depth -= 1,
                Token::Mark(',') if depth == 1 => {
                    let word = if how == How::Max { Word::Larger } else { Word::Smaller };
                    let title = message!(
                        "`{}` 是对成员或月份求的",
                        "`{}` is of members or of months",
                        if how == How::Max { Word::Max } else { Word::Min }
                    );
                    let wrong = Diagnostic::new(
                        "syntax",
                        title,
                        self.last(),
                        message!("此处是两个值", "two values stand here"),
                    );
                    return Err(Box::new(wrong.help(message!(
                        "两个值写 `{}(甲, 乙)`",
                        "of two values write `{}(a, b)`",
                        word
                    ))));
                }
                _ if depth == 0 => return Ok(()),
                _ => {}
            }
        }
        Ok(())
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
