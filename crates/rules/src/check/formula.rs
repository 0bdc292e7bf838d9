//! Formulas: what each name means, and whether units fit.

mod arithmetic;
mod decide;
mod months;
mod rounding;

use super::{Checker, Meaning, spelled};
use crate::diagnostic::{Diagnostic, do_you_mean, nearest};
use crate::kind::{Kind, Rounded, Unit};
use crate::message::{Message, list as names, message};
use crate::model::{Expr, Term, Thing};
use crate::source::Span;
use crate::syntax::{self, Entity, How, Name, Node};
use crate::value::{day_number, kind_name};
use crate::word::Word;

pub(super) use self::rounding::Known as KnownWays;

/// What stands at a place: `this is money/month`.
fn this_is(found: &Message) -> Message {
    message!("这是{}", "this is {}", found)
}

impl Checker {
    pub(super) fn check_let(&mut self, at: usize) {
        let written = self.written_lets[at].clone();
        let dated: Vec<_> = written.versions.iter().filter_map(|(days, _, span)| days.map(|d| (d, *span))).collect();
        if dated.len() != written.versions.len() && written.versions.len() > 1 {
            let title = message!(
                "`{}` 有一个不分日期的公式，又有另一个",
                "`{}` has a formula for all days, and another",
                written.name.text
            );
            let wrong = Diagnostic::new("overlap", title, written.name.span, message!("", ""));
            self.refuse(wrong.help(message!(
                "分别写明自哪天起：`自 2021-01-01 = …`",
                "say of each from which day it holds: `from 2021-01-01 = …`"
            )));
        }
        let settled = self.settled(&written.name.text, &dated);
        let mut versions = vec![];
        for (place, (days, expr, _)) in written.versions.iter().enumerate() {
            let days = days.and_then(|_| settled.iter().find(|(at, _)| *at == place).map(|(_, days)| *days));
            let before = std::mem::replace(&mut self.days, days);
            let made = self.formula(expr, written.entity);
            self.days = before;
            if let Some(expr) = made {
                versions.push((days, expr));
            }
        }
        versions.sort_by_key(|(days, _)| days.map(|days| days.from));
        let Some(kind) = self.one_kind(&mut versions, &written.name) else { return };
        if let Some(under) = &written.under {
            self.rules.lets[at].article = self.article(&written.name, Some(under));
        }
        self.rules.lets[at].is_monthly = versions.iter().any(|(_, expr)| self.rules.is_monthly(expr));
        self.let_kinds.insert(at, kind);
        self.rules.lets[at].kind = kind;
        self.rules.lets[at].versions = versions;
    }

    /// Brings the formulas of several days to one kind. Refused where they measure different things.
    fn one_kind(&mut self, versions: &mut [(Option<syntax::Days>, Expr)], name: &Name) -> Option<Kind> {
        let mut kind = versions.first()?.1.kind;
        for (_, expr) in versions.iter().skip(1) {
            kind = match (kind, expr.kind) {
                (Kind::Number { unit, den, rounded }, Kind::Number { unit: other, den: finer, rounded: also })
                    if unit == other =>
                {
                    let rounded = if rounded == also { rounded } else { Rounded::Mixed };
                    Kind::Number { unit, den: arithmetic::common(den, finer)?, rounded }
                }
                (one, other) if one == other => one,
                (one, other) => {
                    let (one, other) = (kind_name(&self.rules, one), kind_name(&self.rules, other));
                    let title = message!(
                        "`{}` 在有些日期是{}，在另一些日期是{}",
                        "`{}` is {} on some days and {} on others",
                        name.text,
                        one,
                        other
                    );
                    let wrong = Diagnostic::new("mixed-units", title, expr.span, this_is(&other));
                    self.refuse(wrong.help(message!(
                        "计量不同的公式，请另取名称",
                        "give the formula that measures something else a name of its own"
                    )));
                    return None;
                }
            };
        }
        for (_, expr) in versions.iter_mut() {
            *expr = arithmetic::finer(expr.clone(), kind.den());
        }
        Some(kind)
    }

    /// A formula of one person or household. `None` where something in it was refused.
    pub(super) fn formula(&mut self, expr: &syntax::Expr, scope: Entity) -> Option<Expr> {
        self.level += 1;
        let made = if self.reach(self.level, expr.span) { self.formula_at(expr, scope) } else { None };
        self.level -= 1;
        made
    }

    fn formula_at(&mut self, expr: &syntax::Expr, scope: Entity) -> Option<Expr> {
        let span = expr.span;
        let made = |term, kind| Some(Expr { term, kind, span });
        match &expr.node {
            Node::Number { units, scale, unit } => self.literal(*units, *scale, *unit, span),
            Node::YesNo(yes) => made(Term::Const(i64::from(*yes)), Kind::YesNo),
            Node::Date(date) => made(Term::Const(day_number(*date)), Kind::Date),
            Node::DecisionDay => made(Term::DecisionDay, Kind::Date),
            Node::Name(entity, text) => self.named(scope, *entity, text, span),
            Node::Index(name, index) => self.indexed(scope, name, index, span),
            Node::Not(inner) => {
                let inner = self.yes_no(inner, scope, message!("`非` 只用于是或否", "`not` asks of yes or no"));
                made(Term::Not(Box::new(inner?)), Kind::YesNo)
            }
            Node::And(all) | Node::Or(all) => {
                let word = if matches!(expr.node, Node::And(_)) { "and" } else { "or" };
                let why = message!(
                    "`{}` 连接的是是或否",
                    "`{}` joins what is yes or no",
                    if word == "and" { Word::And } else { Word::Or }
                );
                let all: Vec<Option<Expr>> = all.iter().map(|one| self.yes_no(one, scope, why.clone())).collect();
                let all: Option<Vec<Expr>> = all.into_iter().collect();
                made(if word == "and" { Term::And(all?) } else { Term::Or(all?) }, Kind::YesNo)
            }
            Node::Compare(left, order, right) => {
                let (left, right) = (self.formula(left, scope), self.formula(right, scope));
                self.compare(left?, *order, right?, span)
            }
            Node::Is { left, options, not } => self.is(scope, left, options, *not, span),
            Node::Arithmetic(left, sign, right) => {
                let (left, right) = (self.formula(left, scope), self.formula(right, scope));
                self.arithmetic(left?, *sign, right?, span)
            }
            Node::Larger(one, two) | Node::Smaller(one, two) => {
                let (a, b) = (self.formula(one, scope), self.formula(two, scope));
                let (a, b, kind) = self.aligned(a?, b?, arithmetic::How::Compared)?;
                let (a, b) = (Box::new(a), Box::new(b));
                let larger = matches!(expr.node, Node::Larger(..));
                made(if larger { Term::Larger(a, b) } else { Term::Smaller(a, b) }, kind)
            }
            Node::If(asked, then, otherwise) => {
                let asked = self.yes_no(asked, scope, message!("`如果` 只问是或否", "`if` asks of yes or no"));
                let (then, otherwise) = (self.formula(then, scope), self.formula(otherwise, scope));
                let (then, otherwise, kind) = self.aligned(then?, otherwise?, arithmetic::How::OneOrTheOther)?;
                made(Term::If(Box::new(asked?), Box::new(then), Box::new(otherwise)), kind)
            }
            Node::Aggregate { how, what, filter } => {
                self.aggregate(scope, *how, what.as_deref(), filter.as_deref(), span)
            }
            Node::Window { how, what, filter, months } => {
                self.window(scope, *how, (what.as_deref(), filter.as_deref()), *months, span)
            }
            Node::Average { what, months } => self.average(scope, what, *months, span),
            Node::Since(since, inner) => {
                let why = message!("时间从某一天算起，这里不是日期，而是", "time passes since a day, not since");
                let inner = self.day(inner, scope, why)?;
                let unit = match since {
                    syntax::Since::Years => Unit::YEARS,
                    syntax::Since::Months => Unit::MONTHS,
                    syntax::Since::Days => Unit::DAYS,
                };
                made(Term::Since(*since, Box::new(inner)), Kind::whole(unit))
            }
            Node::Part(part, inner) => {
                let why = message!(
                    "只有日期才有年、月、日，这里是",
                    "a day has a year, a month and a day of the month, and not"
                );
                let inner = self.day(inner, scope, why)?;
                made(Term::Part(*part, Box::new(inner)), Kind::whole(Unit::COUNT))
            }
            Node::Rank { what, filter } => self.rank(scope, what, filter.as_deref(), span),
            Node::Round { mode, step, of } => self.round(scope, *mode, *step, of, span),
            Node::Amount(entity, text) => self.amount(scope, *entity, text, span),
        }
    }

    fn day(&mut self, expr: &syntax::Expr, scope: Entity, why: Message) -> Option<Expr> {
        let expr = self.formula(expr, scope)?;
        if expr.kind == Kind::Date {
            return Some(expr);
        }
        let found = kind_name(&self.rules, expr.kind);
        let wrong = Diagnostic::new(
            "wrong-kind",
            message!("{}{}", "{} {}", why, found),
            expr.span,
            message!("不是 `日期`", "not a `date`"),
        );
        self.refuse(wrong.help(message!(
            "请写计量为 `日期` 的输入：`满年数 出生日期`",
            "name an input that is a `date`: `years since birth`"
        )));
        None
    }

    /// `rank birth over members where role is child`: of a person, among the members of his household.
    fn rank(&mut self, scope: Entity, what: &syntax::Expr, filter: Option<&syntax::Expr>, span: Span) -> Option<Expr> {
        if scope == Entity::Household {
            let wrong = Diagnostic::new(
                "which-member",
                message!("家庭在成员中没有名次", "a household has no rank among its members"),
                span,
                message!("谁的？", "whose?"),
            );
            self.refuse(wrong.help(message!(
                "把它写成个人的公式，再在此处计数或合计有该名次的人",
                "make it a formula of the person, and count or add up here those with that rank"
            )));
            return None;
        }
        let filter = match filter {
            Some(filter) => Some(Box::new(self.yes_no(
                filter,
                Entity::Person,
                message!("`其中` 只问是或否", "`where` asks of yes or no"),
            )?)),
            None => None,
        };
        let what = self.formula(what, Entity::Person)?;
        if !matches!(what.kind, Kind::Number { .. } | Kind::Date) {
            let found = kind_name(&self.rules, what.kind);
            let wrong = Diagnostic::new(
                "wrong-kind",
                message!("{}没有大小先后", "{} has no order", found),
                what.span,
                message!("不是数，也不是日期", "not a number or a day"),
            );
            self.refuse(wrong.help(message!(
                "名次要按数或日期排：`名次 出生日期 遍及 成员`",
                "rank members by a number or a day: `rank birth over members`"
            )));
            return None;
        }
        Some(Expr { term: Term::Rank { what: Box::new(what), filter }, kind: Kind::whole(Unit::COUNT), span })
    }

    /// `round down to 1000 (income)`: only what is imported rounds on its way.
    fn round(
        &mut self,
        scope: Entity,
        mode: syntax::Mode,
        step: (i64, u32),
        of: &syntax::Expr,
        span: Span,
    ) -> Option<Expr> {
        if self.rules.imported.is_none() {
            let title = message!("公式在算到应付额之前就取整了", "a formula rounds on its way to what is paid");
            let wrong = Diagnostic::new("rounded-early", title, span, message!("在此取整", "rounded here"));
            let note =
                message!("这一步舍去的，下一步会成倍放大", "what is cut off in one step is multiplied in the next");
            self.refuse(wrong.note(note).help(message!(
                "只在支付时取整一次：`支付 取整 舍去 至 元 …`",
                "round once, where it is paid: `pay round down to yuan …`"
            )));
            return None;
        }
        let (over, under) = match &of.node {
            Node::Arithmetic(over, syntax::Sign::By, under) => {
                (self.formula(over, scope)?, Some(self.formula(under, scope)?))
            }
            _ => (self.formula(of, scope)?, None),
        };
        let (units, scale) = crate::value::trimmed(step.0, step.1);
        let numbers = matches!(over.kind, Kind::Number { .. })
            && under.as_ref().is_none_or(|under| matches!(under.kind, Kind::Number { .. }));
        let den = 10i64.checked_pow(scale).filter(|_| numbers && units > 0 && scale <= 6);
        let Some(den) = den else {
            let wrong = Diagnostic::new(
                "wrong-kind",
                message!("不能这样取整", "this cannot be rounded so"),
                span,
                message!("", ""),
            );
            self.refuse(wrong.help(message!(
                "数只能取整为另一个至多六位小数的数的倍数",
                "a number is rounded to a multiple of another with at most six decimals"
            )));
            return None;
        };
        let kind = Kind::Number { unit: Unit::RATIO, den, rounded: Rounded::Never };
        let (over, under) = (Box::new(over), under.map(Box::new));
        Some(Expr { term: Term::Round { mode, over, under, step: units }, kind, span })
    }

    pub(super) fn yes_no(&mut self, expr: &syntax::Expr, scope: Entity, why: Message) -> Option<Expr> {
        let expr = self.formula(expr, scope)?;
        if expr.kind == Kind::YesNo {
            return Some(expr);
        }
        let found = kind_name(&self.rules, expr.kind);
        let wrong = Diagnostic::new("wrong-kind", why, expr.span, this_is(&found));
        if let (Kind::Options(at), Term::Const(option)) = (expr.kind, &expr.term) {
            let (option, _) = &self.rules.options[at].options[*option as usize];
            let help = message!(
                "要问是不是几个选项之一，写 `… 属于 {{…, {option}}}`",
                "to ask for one of several options, write `… in {{…, {option}}}`"
            );
            self.refuse(wrong.help(help));
            return None;
        }
        self.refuse(wrong.help(message!(
            "请作比较：`低于`、`不高于`、`高于`、`不低于` 或 `为`",
            "compare it: with `below`, `at most`, `above`, `at least` or `is`"
        )));
        None
    }

    /// A number in a formula. Figures that the law sets are parameters, dated and with their source.
    fn literal(&mut self, units: i64, scale: u32, unit: Option<Unit>, span: Span) -> Option<Expr> {
        if self.rules.imported.is_some() && scale > 0 && unit.is_none() {
            self.unsaid(|unsaid| unsaid.dates += 1);
            let (units, scale) = crate::value::trimmed(units, scale);
            if let Some(den) = 10i64.checked_pow(scale).filter(|den| *den <= arithmetic::DEN_MAX) {
                let kind = Kind::Number { unit: Unit::RATIO, den, rounded: Rounded::Never };
                return Some(Expr { term: Term::Const(units), kind, span });
            }
        }
        if units != 0 && (scale > 0 || unit == Some(Unit::MONEY)) {
            let is_money = unit == Some(Unit::MONEY);
            let what = if is_money { message!("金额", "an amount") } else { message!("小数", "a decimal") };
            let title =
                message!("公式里写了{}，没有日期和来源", "{} stands in a formula, without a date and a source", what);
            let wrong = Diagnostic::new(
                "undated-figure",
                title,
                span,
                message!("自何时起？依据什么文件？", "since when, and who says so?"),
            );
            let help = message!(
                "请写成参数：参数 名称：… \"中文\" / \"English\" 依 … 自 …：… 来源 \"…\"",
                "make it a parameter: param name : … \"中文\" / \"English\" under … from …: … source \"…\""
            );
            self.refuse(
                wrong.note(message!("公式里只能写整数", "only whole numbers may stand in formulas")).help(help),
            );
            return None;
        }
        Some(Expr { term: Term::Const(units), kind: Kind::whole(unit.unwrap_or(Unit::COUNT)), span })
    }

    fn named(&mut self, scope: Entity, entity: Option<Entity>, text: &str, span: Span) -> Option<Expr> {
        let name = Name { text: text.to_owned(), span };
        let of = entity.unwrap_or(scope);
        if scope == Entity::Household && of == Entity::Person {
            let title = message!("`个人.{text}`：哪一名成员？", "`person.{text}`: which of its members?");
            let wrong =
                Diagnostic::new("which-member", title, span, message!("一户有几名成员", "a household has several"));
            let is_decision =
                matches!(self.names.get(&(Some(Entity::Person), text.to_owned())), Some((Meaning::Decision(_), _)));
            self.refuse(wrong.help(match is_decision {
                true => message!(
                    "写明要有谁：`任一 {text} 遍及 成员`、`全部 {text} 遍及 成员`，或 `计数 成员 其中 {text}`",
                    "say of whom: `any {text} over members`, `all {text} over members`, or `count members where {text}`"
                ),
                false => message!(
                    "写明各人的值怎样合成一个：`合计 {text} 遍及 成员`",
                    "say how their values become one: `sum {text} over members`"
                ),
            }));
            return None;
        }
        if let Some(option) = self.option(scope, entity, &name) {
            return Some(option);
        }
        let (term, kind) = match self.look_up(scope, entity, &name)? {
            Meaning::Fact(at) => {
                let fact = match of {
                    Entity::Person => &mut self.rules.person[at],
                    Entity::Household => &mut self.rules.household[at],
                };
                fact.is_used = true;
                (Term::Fact(of, at), fact.kind)
            }
            Meaning::Let(at) => {
                self.thing(Thing::Let(at), span);
                (Term::Let(at), *self.let_kinds.get(&at)?)
            }
            Meaning::Decision(at) => {
                self.thing(Thing::Decision(at), span);
                (Term::Decision(at), Kind::YesNo)
            }
            Meaning::Param(at) => {
                self.rules.params[at].is_used = true;
                let param = &self.rules.params[at];
                if let Some(by) = param.by {
                    let options = self.rules.options[by].name.clone();
                    let title = message!("`{text}` 因 `{options}` 而异", "`{text}` differs by {options}");
                    let which = message!("是哪个 `{options}` 的？", "for which {options}?");
                    let wrong = Diagnostic::new("which-option", title, span, which);
                    let facts = self.rules.facts(scope).iter();
                    let fact = facts.filter(|fact| fact.kind == Kind::Options(by)).map(|fact| fact.name.clone()).next();
                    let by = fact.unwrap_or(options);
                    self.refuse(wrong.help(message!("写明哪个：`{text}[{by}]`", "say for which: `{text}[{by}]`")));
                    return None;
                }
                (Term::Param(at, None), param.kind)
            }
            Meaning::Basis(_) | Meaning::Options(_) => {
                let wrong = Diagnostic::new(
                    "wrong-kind",
                    message!("`{text}` 没有值", "`{text}` has no value"),
                    span,
                    message!("是选项表或法规", "a list or a law"),
                );
                self.refuse(wrong.help(message!(
                    "请写事实、公式、认定或参数的名称",
                    "name a fact, a formula, a decision or a parameter"
                )));
                return None;
            }
        };
        let inner = Expr { term, kind, span };
        let lifted = scope == Entity::Person && of == Entity::Household;
        Some(if lifted { Expr { term: Term::OfHousehold(Box::new(inner)), kind, span } } else { inner })
    }

    /// A name that means nothing else, and stands in one list of options: `if age at least 80 years then old else young`.
    fn option(&self, scope: Entity, entity: Option<Entity>, name: &Name) -> Option<Expr> {
        let is_known = |scope: Option<Entity>| self.names.contains_key(&(scope, name.text.clone()));
        if entity.is_some() || is_known(Some(scope)) || is_known(None) {
            return None;
        }
        let lists = self.rules.options.iter().enumerate();
        let mut found = lists.filter_map(|(at, list)| Some((at, list.position(&name.text)?)));
        let (Some((at, option)), None) = (found.next(), found.next()) else { return None };
        Some(Expr { term: Term::Const(option as i64), kind: Kind::Options(at), span: name.span })
    }

    /// What a figure is asked for by: one of its options, or a formula that comes to one.
    fn index(&mut self, scope: Entity, by: Option<usize>, index: &syntax::Expr) -> Option<Expr> {
        if let (Node::Name(None, text), Some(by)) = (&index.node, by)
            && let Some(option) = self.rules.options[by].position(text)
            && !self.names.contains_key(&(Some(scope), text.clone()))
        {
            return Some(Expr { term: Term::Const(option as i64), kind: Kind::Options(by), span: index.span });
        }
        self.formula(index, scope)
    }

    fn indexed(&mut self, scope: Entity, name: &Name, index: &syntax::Expr, span: Span) -> Option<Expr> {
        let Meaning::Param(at) = self.look_up(scope, None, name)? else {
            let wrong = Diagnostic::new(
                "wrong-kind",
                message!("`{}` 不因选项而异", "`{}` does not differ by options", name.text),
                name.span,
                message!("不是参数", "not a parameter"),
            );
            self.refuse(wrong.help(message!(
                "只有声明了 `按` 选项的参数才能这样取值",
                "only a parameter declared `by` options is asked for one of them"
            )));
            return None;
        };
        self.rules.params[at].is_used = true;
        let (by, kind) = (self.rules.params[at].by, self.rules.params[at].kind);
        let index = self.index(scope, by, index)?;
        if by.map(Kind::Options) == Some(index.kind) {
            return Some(Expr { term: Term::Param(at, Some(Box::new(index))), kind, span });
        }
        let title = match by {
            Some(by) => message!("`{}` 因 {} 而异", "`{}` differs by {}", name.text, self.rules.options[by].name),
            None => message!("`{}` 对所有人都一样", "`{}` is the same for all", name.text),
        };
        let found = kind_name(&self.rules, index.kind);
        let wrong = Diagnostic::new("wrong-kind", title, index.span, this_is(&found));
        self.refuse(match by {
            Some(by) => wrong.help(message!(
                "请写一个以 {} 为计量的事实",
                "name a fact that is {}",
                self.rules.options[by].name
            )),
            None => wrong.help(message!("只写 `{}`", "write `{}` alone", name.text)),
        });
        None
    }

    /// `role is head`, `n is 1`
    fn is(
        &mut self,
        scope: Entity,
        left: &syntax::Expr,
        right: &[syntax::Expr],
        not: bool,
        span: Span,
    ) -> Option<Expr> {
        let left = self.formula(left, scope)?;
        let Kind::Options(at) = left.kind else {
            if left.kind == Kind::YesNo {
                let wrong = Diagnostic::new(
                    "wrong-kind",
                    message!("是或否不用写 `为`", "what is yes or no needs no `is`"),
                    span,
                    message!("", ""),
                );
                self.refuse(wrong.help(message!(
                    "要求为是的，单独写它；要求为否的，前面加 `非`",
                    "write it alone where it must be yes, with `not` before it where it must be no"
                )));
                return None;
            }
            let [right] = right else {
                let wrong = Diagnostic::new(
                    "wrong-kind",
                    message!("`属于 {{ }}` 里列的是选项", "`in {{ }}` lists options"),
                    left.span,
                    message!("这是数或日期", "this is a number or a day"),
                );
                self.refuse(
                    wrong.help(message!("请作比较：`不低于` 和 `不高于`", "compare it: with `at least` and `at most`")),
                );
                return None;
            };
            let right = self.formula(right, scope)?;
            return self.compare(left, if not { syntax::Order::IsNot } else { syntax::Order::Is }, right, span);
        };
        let mut options = vec![];
        for expr in right {
            let list = self.rules.options[at].clone();
            let text = match &expr.node {
                Node::Name(None, text) => text.clone(),
                _ => String::new(),
            };
            let Some(option) = list.position(&text) else {
                let known: Vec<&str> = list.options.iter().map(|(name, _)| name.as_str()).collect();
                let title = if text.is_empty() {
                    message!("`{}` 要取它的一个选项", "`{}` is one of its options", list.name)
                } else {
                    message!("`{}` 没有选项 `{text}`", "`{}` has no option `{text}`", list.name)
                };
                let wrong = Diagnostic::new("unknown-name", title, expr.span, message!("不在其中", "not one of them"));
                self.refuse(match nearest(&text, known.iter().copied()) {
                    Some(guess) => wrong.help(do_you_mean(guess)),
                    None => wrong.help(message!("选项有：{}", "the options are: {}", names(&known))),
                });
                return None;
            };
            options.push(option as i64);
        }
        Some(Expr { term: Term::OneOf { left: Box::new(left), options, not }, kind: Kind::YesNo, span })
    }

    fn aggregate(
        &mut self,
        scope: Entity,
        how: How,
        what: Option<&syntax::Expr>,
        filter: Option<&syntax::Expr>,
        span: Span,
    ) -> Option<Expr> {
        if scope == Entity::Person {
            let wrong = Diagnostic::new(
                "which-member",
                message!("个人没有成员", "a person has no members"),
                span,
                message!("在个人的公式里", "in a person's formula"),
            );
            self.refuse(wrong.help(message!(
                "把它写成家庭的公式，再在此处引用：`家庭.…`",
                "make it a formula of the household, and name it here: `household.…`"
            )));
            return None;
        }
        let filtered = filter.is_some();
        let filter = filter.and_then(|one| {
            self.yes_no(one, Entity::Person, message!("`其中` 只问是或否", "`where` asks of yes or no"))
        });
        let what = match (how, what) {
            (How::Any | How::All, Some(what)) => {
                Some(self.yes_no(what, Entity::Person, message!("这里只问是或否", "this asks of yes or no"))?)
            }
            (_, Some(what)) => Some(self.formula(what, Entity::Person)?),
            (_, None) => None,
        };
        if filtered && filter.is_none() {
            return None;
        }
        let kind = match (how, &what) {
            (How::Count, _) => Kind::whole(Unit::COUNT),
            (How::Any | How::All, _) => Kind::YesNo,
            (How::Sum | How::Min | How::Max, Some(what)) => match what.kind {
                Kind::Number { .. } => what.kind,
                Kind::Date if how != How::Sum => what.kind,
                Kind::Date | Kind::YesNo | Kind::Options(_) => {
                    let found = kind_name(&self.rules, what.kind);
                    let wrong = Diagnostic::new(
                        "wrong-kind",
                        message!("{}不能合计或比较大小", "{} cannot be added up or put in order", found),
                        what.span,
                        message!("不是数", "not a number"),
                    );
                    self.refuse(wrong.help(message!(
                        "要数符合的人：`计数 成员 其中 …`",
                        "to count those of whom it is so: `count members where …`"
                    )));
                    return None;
                }
            },
            (How::Sum | How::Min | How::Max, None) => return None,
        };
        let (what, filter) = (what.map(Box::new), filter.map(Box::new));
        Some(Expr { term: Term::Aggregate { how, what, filter }, kind, span })
    }

    fn amount(&mut self, scope: Entity, entity: Option<Entity>, text: &str, span: Span) -> Option<Expr> {
        let name = Name { text: text.to_owned(), span };
        let of = entity.unwrap_or(scope);
        let meaning = self.look_up(scope, entity, &name)?;
        let Meaning::Decision(at) = meaning else {
            let wrong = Diagnostic::new(
                "wrong-kind",
                message!("`{text}` 不是认定", "`{text}` is no decision"),
                span,
                message!("没有应付额", "pays nothing"),
            );
            self.refuse(wrong.help(message!(
                "`应付额` 后面写一项有支付的认定",
                "`amount` is followed by the name of a decision that pays"
            )));
            return None;
        };
        if scope == Entity::Household && of == Entity::Person {
            let wrong = Diagnostic::new(
                "which-member",
                message!("`个人.{text}`：哪一名成员？", "`person.{text}`: which of its members?"),
                span,
                message!("", ""),
            );
            self.refuse(wrong.help(message!(
                "请合计：`合计 应付额 {text} 遍及 成员`",
                "add them up: `sum amount {text} over members`"
            )));
            return None;
        }
        self.thing(Thing::Decision(at), span);
        let Some(kind) = self.amount_kinds.get(&at).copied() else {
            // One that is being checked asks for itself, which is told as a cycle; one that was refused has no kind.
            if self.written_decisions[at].versions.iter().all(|version| version.pay.is_none()) {
                let title = message!("{}的 `{text}` 没有应付额", "a {}'s `{text}` pays nothing", spelled(of));
                let wrong = Diagnostic::new("wrong-kind", title, span, message!("没有应付额", "has no amount"));
                self.refuse(wrong.help(message!(
                    "给那项认定加上 `支付`，或此处不要应付额",
                    "add `pay` to that decision, or leave the amount out here"
                )));
            }
            return None;
        };
        let inner = Expr { term: Term::Amount(at), kind, span };
        let lifted = scope == Entity::Person && of == Entity::Household;
        Some(if lifted { Expr { term: Term::OfHousehold(Box::new(inner)), kind, span } } else { inner })
    }
}
