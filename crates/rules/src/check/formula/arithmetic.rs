//! Numbers meet: units must fit, nothing is divided silently, and what was rounded stays what it is.

use super::{Checker, rounding, this_is};
use crate::diagnostic::Diagnostic;
use crate::kind::{Kind, Rounded, Unit};
use crate::message::{Message, message};
use crate::model::{Expr, Term};
use crate::source::Span;
use crate::syntax::{Order, Sign};
use crate::value::kind_name;

/// How two numbers meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Added,
    Subtracted,
    Multiplied,
    Divided,
    Compared,
    /// One on some condition, the other otherwise.
    OneOrTheOther,
}

impl How {
    fn said(self) -> Message {
        match self {
            How::Added => message!("相加", "added"),
            How::Subtracted => message!("相减", "subtracted"),
            How::Multiplied => message!("相乘", "multiplied"),
            How::Divided => message!("相除", "divided"),
            How::Compared => message!("相比较", "compared"),
            How::OneOrTheOther => message!("二者取一", "one or the other"),
        }
    }
}

/// The finest parts a formula may come to.
pub(super) const DEN_MAX: i64 = 1_000_000_000_000;

/// The least parts that both divide into.
pub(super) fn common(a: i64, b: i64) -> Option<i64> {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    (a / x).checked_mul(b).filter(|den| *den <= DEN_MAX)
}

/// The same value in parts of `den`.
pub(super) fn finer(expr: Expr, den: i64) -> Expr {
    let Kind::Number { unit, den: now, rounded } = expr.kind else { return expr };
    if now == den {
        return expr;
    }
    let (span, kind) = (expr.span, Kind::Number { unit, den, rounded });
    match expr.term {
        Term::Const(value) if value.checked_mul(den / now).is_some() => {
            Expr { term: Term::Const(value * (den / now)), kind, span }
        }
        _ => Expr { term: Term::Finer(Box::new(expr), den / now), kind, span },
    }
}

/// A value that nobody computed: it has no rounding of its own to disagree with.
fn is_given(expr: &Expr) -> bool {
    match &expr.term {
        Term::Const(_) | Term::DecisionDay | Term::Fact(..) | Term::Param(..) => true,
        Term::Finer(inner, _) | Term::OfHousehold(inner) => is_given(inner),
        Term::Let(_) | Term::Decision(_) | Term::Amount(_) | Term::Add(..) | Term::Subtract(..) => false,
        Term::Multiply(..) | Term::Divide(..) | Term::Larger(..) | Term::Smaller(..) | Term::If(..) => false,
        Term::Compare { .. } | Term::OneOf { .. } | Term::Not(_) | Term::And(_) | Term::Or(_) => false,
        Term::Aggregate { .. } | Term::Window { .. } | Term::Since(..) => false,
        Term::Part(..) | Term::Rank { .. } | Term::Round { .. } => false,
    }
}

fn meet(a: Rounded, b: Rounded) -> Rounded {
    if a == b { a } else { Rounded::Mixed }
}

impl Checker {
    /// Both in one unit and the same parts. Zero is zero of anything; a whole number may be a ratio.
    pub(super) fn aligned(&mut self, a: Expr, b: Expr, how: How) -> Option<(Expr, Expr, Kind)> {
        let (Kind::Number { unit: ua, den: da, rounded: ra }, Kind::Number { unit: ub, den: db, rounded: rb }) =
            (a.kind, b.kind)
        else {
            if a.kind == b.kind && !matches!(how, How::Added | How::Subtracted) {
                let kind = a.kind;
                return Some((a, b, kind));
            }
            self.misfit(&a, &b, how);
            return None;
        };
        let zero = |expr: &Expr| matches!(expr.term, Term::Const(0));
        let bare = |expr: &Expr, unit: Unit| matches!(expr.term, Term::Const(_)) && unit == Unit::COUNT;
        let unit = if ua == ub || zero(&b) || (bare(&b, ub) && ua == Unit::RATIO) {
            ua
        } else if zero(&a) || (bare(&a, ua) && ub == Unit::RATIO) {
            ub
        } else if self.rules.imported.is_some() && ua.is_bare() && ub.is_bare() {
            // What is imported does not tell counts from ratios.
            Unit::RATIO
        } else {
            self.misfit(&a, &b, how);
            return None;
        };
        let Some(den) = common(da, db) else {
            self.too_fine(a.span.until(b.span));
            return None;
        };
        let rounded = match (is_given(&a), is_given(&b)) {
            (true, false) if ra == Rounded::Never => rb,
            (false, true) if rb == Rounded::Never => ra,
            _ => meet(ra, rb),
        };
        Some((finer(a, den), finer(b, den), Kind::Number { unit, den, rounded }))
    }

    fn misfit(&mut self, a: &Expr, b: &Expr, how: How) {
        let (one, two) = (kind_name(&self.rules, a.kind), kind_name(&self.rules, b.kind));
        let title = match how {
            How::OneOrTheOther => message!("这或是{}，或是{}", "this is either {} or {}", one, two),
            _ => message!("{}与{}不能{}", "{} and {} cannot be {}", one, two, how.said()),
        };
        let wrong = Diagnostic::new("mixed-units", title, a.span, this_is(&one));
        let wrong = wrong.and_at(b.span, this_is(&two));
        let (ua, ub) = match (a.kind, b.kind) {
            (Kind::Number { unit: ua, .. }, Kind::Number { unit: ub, .. }) => (ua, ub),
            _ => return self.refuse(wrong.help(message!("两边的计量必须相同", "both sides must measure the same"))),
        };
        let time = |unit: Unit| Unit { money: 0, counts: false, ..unit };
        let help = match (ua, ub) {
            _ if ua.is_bare() && ub.is_bare() => {
                message!(
                    "一个是数量，一个是比例；请把比例乘以它所针对的数",
                    "one counts things, the other is a ratio; multiply the ratio by what it is of"
                )
            }
            _ if ua.is_bare() && ua.counts && ub.money == 0 => message!(
                "写明是什么：数后面写单位，如 `60 {}`",
                "say of what: write the number with its unit, as `60 {}`",
                ub.named()
            ),
            _ if ub.is_bare() && ub.counts && ua.money == 0 => message!(
                "写明是什么：数后面写单位，如 `60 {}`",
                "say of what: write the number with its unit, as `60 {}`",
                ua.named()
            ),
            _ if ua.money == 1 && ub.money == 1 && time(ua) != time(ub) => {
                message!(
                    "换算成同一时间：`年额 * 1 年 / 12 个月` 和 `总额 / 1 个月` 是每月的金额，`月额 * 12 个月` 是合计",
                    "bring both to one time: `a_year * 1 year / 12 months` and `a_sum / 1 month` are amounts a month, `a_month * 12 months` a sum"
                )
            }
            _ if ua.is_bare() && ub.money == 1 || ub.is_bare() && ua.money == 1 => message!(
                "公式里不写金额：写成参数 `参数 上限：{0} …`，再用它的名称",
                "no amount is written in a formula: declare it, `param cap: {0} …`, and use its name",
                if ua.money == 1 { ua.named() } else { ub.named() }
            ),
            _ => message!(
                "把其中一个乘以或除以适当的数，使两者计量相同",
                "multiply or divide one of the two by what makes it the other"
            ),
        };
        self.refuse(wrong.help(help));
    }

    pub(super) fn too_fine(&mut self, span: Span) {
        let title = message!(
            "分得太细，或单位的次数太高，无法保存",
            "the parts become too fine, or the unit too high a power, to be held"
        );
        let wrong = Diagnostic::new(
            "too-fine",
            title,
            span,
            message!("小于万亿分之一，或超过九次方", "beyond a millionth of a millionth, or a ninth power"),
        );
        self.refuse(wrong.help(message!(
            "减少比例的小数位数，或把比较的两边相乘，不要相除",
            "give ratios fewer decimals, or multiply both sides of the comparison instead of dividing"
        )));
    }

    pub(super) fn arithmetic(&mut self, left: Expr, sign: Sign, right: Expr, span: Span) -> Option<Expr> {
        match sign {
            Sign::Plus | Sign::Minus => {
                let how = if sign == Sign::Plus { How::Added } else { How::Subtracted };
                let (a, b, kind) = self.aligned(left, right, how)?;
                let (a, b) = (Box::new(a), Box::new(b));
                let term = if sign == Sign::Plus { Term::Add(a, b) } else { Term::Subtract(a, b) };
                Some(Expr { term, kind, span })
            }
            Sign::Times | Sign::By => self.multiplied(left, sign, right, span),
        }
    }

    fn multiplied(&mut self, left: Expr, sign: Sign, right: Expr, span: Span) -> Option<Expr> {
        let (Kind::Number { unit: ua, den: da, rounded: ra }, Kind::Number { unit: ub, den: db, rounded: rb }) =
            (left.kind, right.kind)
        else {
            self.misfit(&left, &right, if sign == Sign::Times { How::Multiplied } else { How::Divided });
            return None;
        };
        for (rounded, at) in [(ra, &left), (rb, &right)] {
            if rounded != Rounded::Never {
                let title = message!(
                    "支付时已取整的金额又被乘或除",
                    "an amount that was rounded for payment is multiplied or divided"
                );
                let wrong = Diagnostic::new("rounded-again", title, at.span, message!("已经取整", "rounded already"));
                let note = message!(
                    "一个月舍去的，十二个月就舍去十二次",
                    "what was cut off in one month is cut off twelve times in twelve"
                );
                self.refuse(wrong.note(note).help(message!(
                    "从取整之前的金额算起：用 `设` 给它取名",
                    "start from the amount before it was rounded: give it a name with `let`"
                )));
                return None;
            }
        }
        if sign == Sign::Times {
            let den = da.checked_mul(db).filter(|den| *den <= DEN_MAX);
            let (Some(den), Some(unit)) = (den, ua.times(ub)) else {
                self.too_fine(span);
                return None;
            };
            let kind = Kind::Number { unit, den, rounded: Rounded::Never };
            return Some(Expr { term: Term::Multiply(Box::new(left), Box::new(right)), kind, span });
        }
        let (Term::Const(by), 1) = (&right.term, db) else {
            let wrong = Diagnostic::new(
                "silent-division",
                message!("这个除法会取整，却没有写明怎样取整", "this division rounds, and does not say how"),
                span,
                message!("除数不是固定的数", "not by a fixed number"),
            );
            let note = message!(
                "人均32.00元乘以3人不等于96.01元；先除后比或先除后乘，会差一分",
                "32.00 a head times three heads is not 96.01; what is divided before it is compared or multiplied is wrong by a fen"
            );
            let help = message!(
                "改为乘另一边：`收入 低于 标准 × 人数`；或在支付时再除：`支付 取整 舍去 至 分 (甲 / 人数)`",
                "multiply the other side instead: `income below standard * n`; or divide where it is paid: `pay round down to fen (a / n)`"
            );
            self.refuse(wrong.note(note).help(help));
            return None;
        };
        let by = *by;
        if by == 0 {
            let wrong = Diagnostic::new(
                "division-by-zero",
                message!("这里除以零", "this divides by zero"),
                right.span,
                message!("零", "zero"),
            );
            self.refuse(wrong.help(message!("除数不能为零", "divide by a number other than zero")));
            return None;
        }
        let den = da.checked_mul(by).filter(|den| (1..=DEN_MAX).contains(den));
        let (Some(den), Some(unit)) = (den, ua.by(ub)) else {
            self.too_fine(span);
            return None;
        };
        let kind = Kind::Number { unit, den, rounded: Rounded::Never };
        Some(Expr { term: Term::Divide(Box::new(left), by, ub), kind, span })
    }

    pub(super) fn compare(&mut self, left: Expr, order: Order, right: Expr, span: Span) -> Option<Expr> {
        if let (Kind::Options(_) | Kind::YesNo, one) | (one, Kind::Options(_) | Kind::YesNo) = (left.kind, right.kind) {
            let _ = one;
            let (a, b) = (kind_name(&self.rules, left.kind), kind_name(&self.rules, right.kind));
            let wrong = Diagnostic::new(
                "wrong-kind",
                message!("{}与{}没有大小先后", "{} and {} have no order", a, b),
                span,
                message!("", ""),
            );
            self.refuse(wrong.help(message!(
                "选项用 `为` 来问；要比较的合计、计数等请加括号",
                "ask for an option with `is`; put an aggregate that is compared in parentheses"
            )));
            return None;
        }
        let den = (left.kind.den(), right.kind.den());
        let (l, r) = (left.clone(), right.clone());
        let (a, b, kind) = self.aligned(left, right, How::Compared)?;
        let numbers = matches!((l.kind, r.kind), (Kind::Number { .. }, Kind::Number { .. }));
        if numbers && let Some(unlike) = rounding::unlike(&self.rules, &mut self.ways, (&l, &r), self.days) {
            self.rounded_unlike(unlike, span);
            return None;
        }
        // A fixed number was brought to the parts of the other side; all else is multiplied when it is compared.
        let common = kind.den();
        let side = |aligned: Expr, own: Expr, den: i64| match own.term {
            // Zero, and whole numbers that became ratios, are of the other side's kind.
            Term::Const(_) if matches!(aligned.term, Term::Const(_)) => (aligned, 1),
            _ => (own, common / den),
        };
        let ((left, fa), (right, fb)) = (side(a, l, den.0), side(b, r, den.1));
        let (left, right) = (Box::new(left), Box::new(right));
        Some(Expr { term: Term::Compare { left, order, right, factors: (fa, fb) }, kind: Kind::YesNo, span })
    }

    fn rounded_unlike(&mut self, [(one, at), (other, also)]: [(Rounded, Span); 2], compared: Span) {
        let title = message!("这个比较的两边取整方式不同", "the two sides of this comparison are not rounded alike");
        let is_within = |span: Span| span.file == compared.file && compared.from <= span.from && span.to <= compared.to;
        let wrong = match is_within(at) && is_within(also) {
            true => Diagnostic::new("rounded-unlike", title, at, self.how_rounded(one)),
            false => Diagnostic::new("rounded-unlike", title, compared, message!("在此比较", "compared here"))
                .and_at(at, self.how_rounded(one)),
        };
        let wrong = wrong.and_at(also, self.how_rounded(other));
        let note = message!(
            "临近边界时，结果会取决于取整，而不是法规",
            "near the boundary the rounding would decide, and not the law"
        );
        self.refuse(wrong.note(note).help(message!(
            "比较取整之前的金额：用 `设` 给它们取名",
            "compare the amounts before they are rounded: give them names with `let`"
        )));
    }

    fn how_rounded(&self, rounded: Rounded) -> Message {
        match rounded {
            Rounded::Never => message!("精确值", "exact"),
            Rounded::By(at) => {
                message!("在 `{}` 支付时取整", "rounded where `{}` pays it", self.rules.decisions[at].name)
            }
            Rounded::Mixed => {
                message!("由已取整的和未取整的金额合成", "made of amounts that were rounded and others that were not")
            }
        }
    }
}
