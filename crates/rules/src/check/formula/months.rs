//! Formulas that look back over months: what has a value for each of them must become one value.

use super::arithmetic::DEN_MAX;
use super::{Checker, spelled, this_is};
use crate::diagnostic::Diagnostic;
use crate::kind::{Kind, Rounded, Unit};
use crate::message::message;
use crate::model::{Expr, Rules, Term};
use crate::month::Months;
use crate::source::Span;
use crate::syntax::{self, Entity, How};
use crate::value::kind_name;

/// What is folded, and of which months.
type Inner<'e> = (Option<&'e syntax::Expr>, Option<&'e syntax::Expr>);

impl Checker {
    pub(super) fn window(
        &mut self,
        scope: Entity,
        how: How,
        (what, filter): Inner<'_>,
        months: Months,
        span: Span,
    ) -> Option<Expr> {
        let filtered = filter.is_some();
        let filter =
            filter.and_then(|one| self.yes_no(one, scope, message!("`其中` 只问是或否", "`where` asks of yes or no")));
        let what = match (how, what) {
            (How::Any | How::All, Some(what)) => {
                Some(self.yes_no(what, scope, message!("这里只问是或否", "this asks of yes or no"))?)
            }
            (_, Some(what)) => Some(self.formula(what, scope)?),
            (_, None) => None,
        };
        if filtered && filter.is_none() {
            return None;
        }
        if !what.iter().chain(&filter).any(|one| self.rules.is_monthly(one)) {
            let at = what.as_ref().or(filter.as_ref()).map_or(span, |one| one.span);
            let wrong = Diagnostic::new(
                "same-every-month",
                message!("这在每个月都一样", "this is the same in every month"),
                at,
                message!("没有逐月的值", "without a history"),
            );
            let help = message!(
                "由人逐月核实的事实要声明为 `按月`：`输入 {}.收入：金额/月 按月 …`",
                "declare the fact `monthly` (按月) where somebody establishes it month by month: `input {}.income: money/month monthly …`",
                spelled(scope)
            );
            self.refuse(wrong.help(help));
            return None;
        }
        let kind = match (how, &what) {
            (How::Count, _) => Kind::whole(Unit::MONTHS),
            (How::Any | How::All, _) => Kind::YesNo,
            (How::Sum, Some(what)) => self.summed(what)?,
            (How::Min | How::Max, Some(what)) => self.in_order(what)?,
            (How::Sum | How::Min | How::Max, None) => return None,
        };
        Some(windowed(how, what, filter, months, kind, span))
    }

    /// An average is a sum divided by a fixed number of months.
    pub(super) fn average(&mut self, scope: Entity, what: &syntax::Expr, months: Months, span: Span) -> Option<Expr> {
        let inner = self.window(scope, How::Max, (Some(what), None), months, span)?;
        let Term::Window { what, .. } = inner.term else { return None };
        let Kind::Number { unit, den, rounded } = inner.kind else {
            self.no_number(&inner.kind, span);
            return None;
        };
        let flows = unit.month == -1;
        let sum = if flows { unit.times(Unit::MONTHS)? } else { unit };
        let Some(count) = months.count() else {
            let title = message!(
                "本年度此前的月数逐月不同，不能求平均",
                "the months of this year become more each month, so there is no average of them"
            );
            let wrong = Diagnostic::new("silent-division", title, span, message!("是几个月？", "how many?"));
            self.refuse(wrong.help(message!(
                "比较合计：`(合计 已领 遍及 本年度) 不高于 年度上限`；求平均请用 `近12个月`",
                "compare the sum: `(sum received over this year) at most cap_a_year`; for an average take `last 12 months`"
            )));
            return None;
        };
        let Some(finer) = den.checked_mul(count).filter(|den| *den <= DEN_MAX) else {
            self.too_fine(span);
            return None;
        };
        self.is_exact(rounded, span)?;
        let kind = |unit, den| Kind::Number { unit, den, rounded: Rounded::Never };
        let sum = windowed(How::Sum, what.map(|what| *what), None, months, kind(sum, den), span);
        let by = if flows { Unit::MONTHS } else { Unit::COUNT };
        Some(Expr { term: Term::Divide(Box::new(sum), count, by), kind: kind(unit, finer), span })
    }

    /// A flow times the months it flowed; a number of things or days added up.
    fn summed(&mut self, what: &Expr) -> Option<Kind> {
        let Kind::Number { unit, den, rounded } = what.kind else {
            self.no_number(&what.kind, what.span);
            return None;
        };
        self.is_exact(rounded, what.span)?;
        if unit.month == -1 {
            return Some(Kind::Number { unit: unit.times(Unit::MONTHS)?, den, rounded });
        }
        if unit.counts || matches!(unit, Unit::DAYS | Unit::MONTHS) {
            return Some(what.kind);
        }
        let found = kind_name(&self.rules, what.kind);
        let title =
            message!("每月各有一个{}，按月合计没有意义", "what is {} each month does not add up over months", found);
        let wrong = Diagnostic::new("mixed-units", title, what.span, this_is(&found));
        self.refuse(
            wrong
                .note(message!(
                    "对月份合计的是流量：每月100.00元，12个月是1200.00元",
                    "a sum over months is of what flows: 100.00 a month in 12 months is 1200.00"
                ))
                .help(message!(
                    "改以 `金额/月` 计量；月末存量请取 `平均`、`最小` 或 `最大`",
                    "measure it as `money/month`; of what stands at the end of a month, take `average`, `min` or `max`"
                )),
        );
        None
    }

    fn in_order(&mut self, what: &Expr) -> Option<Kind> {
        match what.kind {
            Kind::Number { .. } | Kind::Date => Some(what.kind),
            Kind::YesNo | Kind::Options(_) => {
                self.no_number(&what.kind, what.span);
                None
            }
        }
    }

    fn no_number(&mut self, kind: &Kind, span: Span) {
        let found = kind_name(&self.rules, *kind);
        let title = message!("{}不能合计或比较大小", "{} cannot be added up or put in order", found);
        let wrong = Diagnostic::new("wrong-kind", title, span, message!("不是数", "not a number"));
        self.refuse(wrong.help(message!(
            "要数符合的月份：`计数 近12个月 其中 …`",
            "to count the months in which it is so: `count last 12 months where …`"
        )));
    }

    fn is_exact(&mut self, rounded: Rounded, span: Span) -> Option<()> {
        if rounded == Rounded::Never {
            return Some(());
        }
        let title =
            message!("支付时已取整的金额又按月合计", "an amount that was rounded for payment is added up over months");
        let wrong = Diagnostic::new("rounded-again", title, span, message!("已经取整", "rounded already"));
        self.refuse(wrong.help(message!(
            "从取整之前的金额算起：用 `设` 给它取名",
            "start from the amount before it was rounded: give it a name with `let`"
        )));
        None
    }

    /// What is asked on a day has one value. Refused where it has one for each month.
    pub(super) fn of_the_day(&mut self, expr: Expr) -> Option<Expr> {
        let Some((name, span)) = monthly_part(&self.rules, &expr) else { return Some(expr) };
        let fact = self.monthly_fact(&expr);
        let title = message!("`{name}` 每个月各有一个值：要哪个月？", "`{name}` has a value for each month: which?");
        let mut wrong = Diagnostic::new("which-month", title, span, message!("不是某一个月的值", "not of one month"));
        if let Some(fact) = fact.filter(|fact| *fact != name) {
            wrong = wrong.note(message!(
                "`{name}` 用到逐月的事实 `{fact}`；也可以在用到它的公式里合成一个值",
                "`{name}` rests on `{fact}`, which is monthly; its months may become one value there as well"
            ));
        }
        self.refuse(wrong.help(message!(
            "写明怎样合成一个值：`合计 {name} 遍及 近12个月`",
            "say how they become one: `sum {name} over last 12 months`"
        )));
        None
    }

    /// The first fact with a history that a formula rests on, through other formulas.
    fn monthly_fact(&self, expr: &Expr) -> Option<String> {
        match &expr.term {
            Term::Fact(entity, at) => {
                let fact = &self.rules.facts(*entity)[*at];
                fact.is_monthly.then(|| fact.name.clone())
            }
            Term::Let(at) => self.rules.lets[*at].versions.iter().find_map(|(_, expr)| self.monthly_fact(expr)),
            Term::Window { .. } => None,
            term => term.inner().into_iter().find_map(|inner| self.monthly_fact(inner)),
        }
    }
}

fn windowed(how: How, what: Option<Expr>, filter: Option<Expr>, months: Months, kind: Kind, span: Span) -> Expr {
    let (what, filter) = (what.map(Box::new), filter.map(Box::new));
    Expr { term: Term::Window { how, what, filter, months }, kind, span }
}

/// The first fact or formula in it that has a value for each month.
fn monthly_part(rules: &Rules, expr: &Expr) -> Option<(String, Span)> {
    match &expr.term {
        Term::Fact(entity, at) => {
            let fact = &rules.facts(*entity)[*at];
            fact.is_monthly.then(|| (fact.name.clone(), expr.span))
        }
        Term::Let(at) => rules.lets[*at].is_monthly.then(|| (rules.lets[*at].name.clone(), expr.span)),
        Term::Window { .. } => None,
        term => term.inner().into_iter().find_map(|inner| monthly_part(rules, inner)),
    }
}
