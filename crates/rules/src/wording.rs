//! A formula as people say it, in both languages, made from the formula itself: the words cannot say another thing than it does.

use crate::kind::Kind;
use crate::model::{Article, Expr, Rules, Term};
use crate::month::Months;
use crate::syntax::{How, Label, Mode, Order, Part, Since};
use crate::value::said;

/// One of the two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Language {
    /// The words of a label.
    pub fn of(self, label: &Label) -> &str {
        match self {
            Language::Zh => &label.zh,
            Language::En => &label.en,
        }
    }

    /// The one of two texts.
    pub fn pick<'t>(self, zh: &'t str, en: &'t str) -> &'t str {
        match self {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}

/// What stands before the figures that were made up.
pub fn not_to_be_paid(language: Language) -> &'static str {
    language.pick("虚构，不得据以支付：", "synthetic, not to be paid by: ")
}

/// An article as it is cited.
pub fn cited(rules: &Rules, article: &Article, language: Language) -> String {
    let basis = &rules.bases[article.basis];
    let name = language.of(&basis.label);
    let made_up = if basis.is_synthetic { language.pick("（虚构）", " (synthetic)") } else { "" };
    match (language, article.article.chars().all(|c| c.is_ascii_digit())) {
        (Language::Zh, true) => format!("《{name}》第{}条{made_up}", article.article),
        (Language::Zh, false) => format!("《{name}》{}{made_up}", article.article),
        (Language::En, _) => format!("{name}, article {}{made_up}", article.article),
    }
}

/// How tightly a formula holds together; what is looser stands in parentheses.
fn tightness(term: &Term) -> u8 {
    match term {
        Term::Or(_) | Term::And(_) | Term::If(..) => 0,
        Term::Not(_) | Term::Compare { .. } | Term::OneOf { .. } => 1,
        Term::Aggregate { .. } | Term::Window { .. } => 2,
        Term::Add(..) | Term::Subtract(..) => 3,
        Term::Multiply(..) | Term::Divide(..) => 4,
        Term::Finer(inner, _) | Term::OfHousehold(inner) => tightness(&inner.term),
        Term::Const(_) | Term::Fact(..) | Term::Let(_) | Term::Decision(_) | Term::Amount(_) => 5,
        Term::Param(..) | Term::Larger(..) | Term::Smaller(..) | Term::Since(..) => 5,
        Term::Part(..) | Term::Round { .. } => 5,
        Term::DecisionDay => 5,
        Term::Rank { .. } => 2,
    }
}

/// A formula in words.
pub fn worded(rules: &Rules, expr: &Expr, language: Language) -> String {
    Wording { rules, language }.say(expr)
}

struct Wording<'r> {
    rules: &'r Rules,
    language: Language,
}

impl Wording<'_> {
    fn within(&self, expr: &Expr, least: u8) -> String {
        let words = self.say(expr);
        if tightness(&expr.term) >= least {
            return words;
        }
        format!("{}{words}{}", self.language.pick("（", "("), self.language.pick("）", ")"))
    }

    fn say(&self, expr: &Expr) -> String {
        let (rules, language) = (self.rules, self.language);
        let zh = language == Language::Zh;
        match &expr.term {
            Term::Const(value) => match (expr.kind, *value) {
                (Kind::Number { .. }, 0) => "0".to_owned(),
                (kind, value) => said(rules, kind, value, zh),
            },
            Term::DecisionDay => language.pick("认定日", "the day decided on").to_owned(),
            Term::Fact(entity, at) => language.of(&rules.facts(*entity)[*at].label).to_owned(),
            Term::Let(at) => language.of(&rules.lets[*at].label).to_owned(),
            Term::Decision(at) => language.of(&rules.decisions[*at].label).to_owned(),
            Term::Amount(at) => {
                let decision = language.of(&rules.decisions[*at].label);
                if zh { format!("{decision}应付额") } else { format!("the amount of {decision}") }
            }
            Term::OfHousehold(inner) | Term::Finer(inner, _) => self.say(inner),
            Term::Param(at, None) => language.of(&rules.params[*at].label).to_owned(),
            Term::Param(at, Some(index)) => {
                let (label, index) = (language.of(&rules.params[*at].label), self.say(index));
                if zh { format!("{label}（按{index}）") } else { format!("{label} (by {index})") }
            }
            Term::Add(a, b) => format!("{} + {}", self.within(a, 3), self.within(b, 3)),
            Term::Subtract(a, b) => format!("{} − {}", self.within(a, 3), self.within(b, 4)),
            Term::Multiply(a, b) => format!("{} × {}", self.within(a, 4), self.within(b, 4)),
            Term::Divide(a, by, unit) => {
                format!("{} ÷ {}", self.within(a, 4), said(rules, Kind::whole(*unit), *by, zh))
            }
            Term::Larger(..) => self.of_several(expr, ("较大者", "最大者"), ("the larger of", "the largest of")),
            Term::Smaller(..) => self.of_several(expr, ("较小者", "最小者"), ("the smaller of", "the smallest of")),
            Term::If(asked, then, otherwise) => {
                let (asked, then, otherwise) = (self.say(asked), self.within(then, 1), self.within(otherwise, 1));
                match language {
                    Language::Zh => format!("如{asked}，则{then}，否则{otherwise}"),
                    Language::En => format!("if {asked}, then {then}, else {otherwise}"),
                }
            }
            Term::Compare { left, order, right, .. } => {
                format!("{} {} {}", self.within(left, 3), spelled(*order, language), self.within(right, 3))
            }
            Term::OneOf { left, options, not } => {
                let names = options.iter().map(|option| said(rules, left.kind, *option, zh)).collect::<Vec<_>>();
                let names = names.join(language.pick("或", " or "));
                let is = if *not { language.pick("不为", "is not") } else { language.pick("为", "is") };
                format!("{} {is} {names}", self.say(left))
            }
            Term::Not(inner) => format!("{}{}", language.pick("并非", "not "), self.within(inner, 5)),
            Term::And(all) => self.list(all, language.pick("，且", " and ")),
            Term::Or(any) => self.list(any, language.pick("，或", " or ")),
            Term::Aggregate { how, what, filter } => self.aggregate(*how, what.as_deref(), filter.as_deref()),
            Term::Window { how, what, filter, months } => {
                self.window(*how, what.as_deref(), filter.as_deref(), *months)
            }
            Term::Since(since, inner) => {
                let inner = self.say(inner);
                match (since, language) {
                    (Since::Years, Language::Zh) => format!("自{inner}起已满年数"),
                    (Since::Months, Language::Zh) => format!("自{inner}起已满月数"),
                    (Since::Days, Language::Zh) => format!("自{inner}起已过天数"),
                    (Since::Years, Language::En) => format!("completed years since {inner}"),
                    (Since::Months, Language::En) => format!("completed months since {inner}"),
                    (Since::Days, Language::En) => format!("days since {inner}"),
                }
            }
            Term::Part(part, inner) => {
                let inner = self.say(inner);
                match (part, language) {
                    (Part::Year, Language::Zh) => format!("{inner}所在年份"),
                    (Part::Month, Language::Zh) => format!("{inner}所在月份"),
                    (Part::Day, Language::Zh) => format!("{inner}的日"),
                    (Part::Year, Language::En) => format!("the year of {inner}"),
                    (Part::Month, Language::En) => format!("the month of {inner}"),
                    (Part::Day, Language::En) => format!("the day of the month of {inner}"),
                }
            }
            Term::Rank { what, filter } => {
                let (members, what) = (self.members(filter.as_deref()), self.within(what, 1));
                match language {
                    Language::Zh => format!("在{members}中按{what}从小到大的名次"),
                    Language::En => format!("the rank among {members} by {what}, from the least"),
                }
            }
            Term::Round { mode, over, under, step } => {
                let mut inner = self.within(over, 4);
                if let Some(under) = under {
                    inner = format!("{inner} ÷ {}", self.within(under, 5));
                }
                let step = said(rules, expr.kind, *step, zh);
                match (mode, language) {
                    (Mode::Up, Language::Zh) => format!("（{inner}）进位到{step}的倍数"),
                    (Mode::Down, Language::Zh) => format!("（{inner}）舍去到{step}的倍数"),
                    (Mode::HalfUp, Language::Zh) => format!("（{inner}）四舍五入到{step}的倍数"),
                    (Mode::Up, Language::En) => format!("({inner}) rounded up to a multiple of {step}"),
                    (Mode::Down, Language::En) => format!("({inner}) rounded down to a multiple of {step}"),
                    (Mode::HalfUp, Language::En) => format!("({inner}) rounded half up to a multiple of {step}"),
                }
            }
        }
    }

    /// The larger of the larger of two and a third is the largest of three; the smaller within the larger stands in parentheses.
    fn of_several(&self, expr: &Expr, zh: (&str, &str), en: (&str, &str)) -> String {
        let (mut parts, mut rest) = (vec![], vec![expr]);
        while let Some(next) = rest.pop() {
            match (&expr.term, &next.term) {
                (Term::Larger(..), Term::Larger(a, b)) | (Term::Smaller(..), Term::Smaller(a, b)) => {
                    rest.extend([&**b, &**a]);
                }
                (_, Term::Finer(inner, _)) => rest.push(inner),
                (_, Term::Larger(..) | Term::Smaller(..)) => parts.push(self.within(next, u8::MAX)),
                _ => parts.push(self.within(next, 5)),
            }
        }
        let last = parts.pop().unwrap_or_default();
        let (zh, en) = if parts.len() > 1 { (zh.1, en.1) } else { (zh.0, en.0) };
        match self.language {
            Language::Zh => format!("{}与{last}中的{zh}", parts.join("、")),
            Language::En => format!("{en} {} and {last}", parts.join(", ")),
        }
    }

    fn list(&self, all: &[Expr], joint: &str) -> String {
        all.iter().map(|one| self.within(one, 1)).collect::<Vec<_>>().join(joint)
    }

    fn members(&self, filter: Option<&Expr>) -> String {
        let filter = filter.map(|filter| self.say(filter));
        match (self.language, &filter) {
            (Language::Zh, None) => "全体成员".to_owned(),
            (Language::Zh, Some(filter)) => format!("“{filter}”的成员"),
            (Language::En, None) => "all members".to_owned(),
            (Language::En, Some(filter)) => format!("members with “{filter}”"),
        }
    }

    fn aggregate(&self, how: How, what: Option<&Expr>, filter: Option<&Expr>) -> String {
        let members = self.members(filter);
        let what = what.map(|what| self.within(what, 1)).unwrap_or_default();
        match (how, self.language) {
            (How::Count, Language::Zh) => format!("{members}人数"),
            (How::Count, Language::En) => format!("the number of {members}"),
            (How::Sum, Language::Zh) => format!("{members}的{what}之和"),
            (How::Sum, Language::En) => format!("the sum of {what} over {members}"),
            (How::Any, Language::Zh) => format!("{members}中至少一人：{what}"),
            (How::Any, Language::En) => format!("at least one of {members}: {what}"),
            (How::All, Language::Zh) => format!("{members}人人：{what}"),
            (How::All, Language::En) => format!("each of {members}: {what}"),
            (How::Min, Language::Zh) => format!("{members}中最小的{what}"),
            (How::Min, Language::En) => format!("the least {what} of {members}"),
            (How::Max, Language::Zh) => format!("{members}中最大的{what}"),
            (How::Max, Language::En) => format!("the greatest {what} of {members}"),
        }
    }

    fn window(&self, how: How, what: Option<&Expr>, filter: Option<&Expr>, months: Months) -> String {
        let months = looked_back(months, self.language);
        let filter = filter.map(|filter| self.say(filter));
        let months = match (self.language, &filter) {
            (_, None) => months,
            (Language::Zh, Some(filter)) => format!("{months}中“{filter}”的月份"),
            (Language::En, Some(filter)) => format!("those of {months} with “{filter}”"),
        };
        let what = what.map(|what| self.within(what, 1)).unwrap_or_default();
        match (how, self.language) {
            (How::Count, Language::Zh) => format!("{months}数"),
            (How::Count, Language::En) => format!("the number of {months}"),
            (How::Sum, Language::Zh) => format!("{months}的{what}之和"),
            (How::Sum, Language::En) => format!("the sum of {what} over {months}"),
            (How::Any, Language::Zh) => format!("{months}中至少一个月：{what}"),
            (How::Any, Language::En) => format!("in at least one of {months}: {what}"),
            (How::All, Language::Zh) => format!("{months}中每个月：{what}"),
            (How::All, Language::En) => format!("in each of {months}: {what}"),
            (How::Min, Language::Zh) => format!("{months}中最小的{what}"),
            (How::Min, Language::En) => format!("the least {what} of {months}"),
            (How::Max, Language::Zh) => format!("{months}中最大的{what}"),
            (How::Max, Language::En) => format!("the greatest {what} of {months}"),
        }
    }
}

/// Months looked back at, in words.
pub fn looked_back(months: Months, language: Language) -> String {
    match (months, language) {
        (Months::Back { nearest: 1, farthest: 1 }, Language::Zh) => "上月".to_owned(),
        (Months::Back { nearest: 1, farthest: 1 }, Language::En) => "the month before".to_owned(),
        (Months::Back { nearest: 1, farthest }, Language::Zh) => format!("近{farthest}个月"),
        (Months::Back { nearest: 1, farthest }, Language::En) => format!("the {farthest} months before"),
        (Months::Back { nearest, farthest }, Language::Zh) => format!("此前第{nearest}至第{farthest}个月"),
        (Months::Back { nearest, farthest }, Language::En) => format!("months {nearest} to {farthest} before"),
        (Months::PreviousYear, Language::Zh) => "上一年度".to_owned(),
        (Months::PreviousYear, Language::En) => "the previous calendar year".to_owned(),
        (Months::ThisYear, Language::Zh) => "本年度此前各月".to_owned(),
        (Months::ThisYear, Language::En) => "the months of this calendar year so far".to_owned(),
    }
}

/// An order in words that say whether the boundary counts.
pub fn spelled(order: Order, language: Language) -> &'static str {
    match (order, language) {
        (Order::Below, Language::Zh) => "低于",
        (Order::AtMost, Language::Zh) => "不高于",
        (Order::Above, Language::Zh) => "高于",
        (Order::AtLeast, Language::Zh) => "不低于",
        (Order::Is, Language::Zh) => "等于",
        (Order::IsNot, Language::Zh) => "不等于",
        (Order::Below, Language::En) => "is below",
        (Order::AtMost, Language::En) => "is at most",
        (Order::Above, Language::En) => "is above",
        (Order::AtLeast, Language::En) => "is at least",
        (Order::Is, Language::En) => "is",
        (Order::IsNot, Language::En) => "is not",
    }
}
