//! Decisions: named conditions, how they go together, and what is paid.

use super::{Checker, this_is};
use crate::diagnostic::{Diagnostic, do_you_mean, nearest};
use crate::kind::{Kind, Rounded, Unit};
use crate::message::{list, message};
use crate::model::{CONDITIONS_MAX, Condition, Needs, Pay, Version};
use crate::syntax::{self, Entity, Node, Rounding, Sign};
use crate::value::kind_name;

impl Checker {
    pub(in crate::check) fn check_decision(&mut self, at: usize) {
        let written = self.written_decisions[at].clone();
        let mut dated = vec![];
        for version in &written.versions {
            match version.days {
                Some(days) => dated.push((days, version.span)),
                None => {
                    let title = message!(
                        "认定 `{}` 没有写明自何时起如此认定",
                        "the decision `{}` does not say from when it is made so",
                        written.name.text
                    );
                    let wrong =
                        Diagnostic::new("undated", title, version.span, message!("自哪天起？", "from which day?"));
                    self.refuse(wrong.help(message!(
                        "在条款后加 `自 2014-05-01`；法规已废止的，再加 `至`",
                        "add `from 2014-05-01` after its article, and `to` where the law ended"
                    )));
                    dated.push((syntax::Days { from: civil::Date::MIN, to: None }, version.span));
                }
            }
        }
        let mut versions = vec![];
        for (place, days) in self.settled(&written.name.text, &dated) {
            let version = &written.versions[place];
            let article = self.article(&written.name, version.under.as_ref());
            let before = self.days.replace(days);
            let conditions = self.conditions(&version.conditions, written.entity);
            let needs = self.needs(version);
            let pay = match &version.pay {
                Some(pay) => self.pay(pay, written.entity, at).map(Some),
                None => Some(None),
            };
            self.days = before;
            let (Some(article), Some(conditions), Some(needs), Some(pay)) = (article, conditions, needs, pay) else {
                continue;
            };
            if version.days.is_some() {
                self.within_basis(&written.name.text, &article, days, version.span);
            }
            versions.push(Version { article, days, conditions, needs, pay });
        }
        self.rules.decisions[at].versions = versions;
    }

    fn conditions(&mut self, written: &[syntax::Condition], scope: Entity) -> Option<Vec<Condition>> {
        let mut out: Vec<Option<Condition>> = vec![];
        for (at, one) in written.iter().enumerate() {
            if let Some(first) = written[..at].iter().find(|other| other.name.text == one.name.text) {
                let title = message!("有两个条件都叫 `{}`", "two conditions are called `{}`", one.name.text);
                let wrong = Diagnostic::new("two-meanings", title, one.name.span, message!("第二个", "the second"));
                self.refuse(wrong.and_at(first.name.span, message!("第一个", "the first")).help(message!(
                    "不予认定时要写明是哪个条件：请各取名称",
                    "a refusal names its condition: give each its own"
                )));
            }
            let expr = self
                .yes_no(&one.expr, scope, message!("条件只能是是或否", "a condition is yes or no"))
                .and_then(|expr| self.of_the_day(expr));
            let (name, label, unless) = (one.name.text.clone(), one.label.clone(), one.unless);
            out.push(expr.map(|expr| Condition { name, label, expr, unless }));
        }
        if let Some(beyond) = written.get(CONDITIONS_MAX) {
            let title = message!("条件超过{CONDITIONS_MAX}个", "more than {CONDITIONS_MAX} conditions");
            let wrong = Diagnostic::new("too-many", title, beyond.name.span, message!("多了这一个", "one too many"));
            self.refuse(
                wrong.help(message!("用 `设` 把一些条件合并成公式", "bring some together in a formula with `let`")),
            );
        }
        out.into_iter().collect()
    }

    /// How conditions go together; without `needs`, all must be met.
    fn needs(&mut self, version: &syntax::DecideVersion) -> Option<Needs> {
        let Some(written) = &version.needs else {
            return Some(Needs::All((0..version.conditions.len()).map(Needs::One).collect()));
        };
        let mut used = vec![false; version.conditions.len()];
        let needs = self.need(written, &version.conditions, &mut used)?;
        let left_out = version.conditions.iter().zip(&used).find(|(_, used)| !**used);
        if let Some((condition, _)) = left_out {
            let title = message!(
                "条件 `{}` 写了却不起作用",
                "the condition `{}` is asked and makes no difference",
                condition.name.text
            );
            let wrong =
                Diagnostic::new("left-out", title, condition.name.span, message!("不在 `须` 中", "not in `needs`"));
            self.refuse(
                wrong
                    .and_at(written.span, message!("此处", "here"))
                    .help(message!("写进 `须`，或去掉这个条件", "name it in `needs`, or take the condition out")),
            );
            return None;
        }
        Some(needs)
    }

    fn need(&mut self, expr: &syntax::Expr, known: &[syntax::Condition], used: &mut [bool]) -> Option<Needs> {
        match &expr.node {
            Node::Name(None, text) => {
                if let Some(at) = known.iter().position(|condition| condition.name.text == *text) {
                    used[at] = true;
                    return Some(Needs::One(at));
                }
                let names: Vec<&str> = known.iter().map(|one| one.name.text.as_str()).collect();
                let title = message!("这项认定没有条件 `{text}`", "this decision has no condition `{text}`");
                let wrong = Diagnostic::new(
                    "unknown-name",
                    title,
                    expr.span,
                    message!("不是它的条件", "not one of its conditions"),
                );
                self.refuse(match nearest(text, names.iter().copied()) {
                    Some(guess) => wrong.help(do_you_mean(guess)),
                    None => wrong.help(message!("它的条件有：{}", "its conditions are: {}", list(&names))),
                });
                None
            }
            Node::And(all) => {
                let all: Option<Vec<_>> = all.iter().map(|one| self.need(one, known, used)).collect();
                Some(Needs::All(all?))
            }
            Node::Or(any) => {
                let any: Option<Vec<_>> = any.iter().map(|one| self.need(one, known, used)).collect();
                Some(Needs::Any(any?))
            }
            _ => {
                let title = message!(
                    "`须` 里只能用 `且` 和 `或` 连接条件的名称",
                    "`needs` joins the names of conditions with `and` and `or`, and nothing else"
                );
                let wrong = Diagnostic::new(
                    "wrong-kind",
                    title,
                    expr.span,
                    message!("不是条件的名称", "not the name of a condition"),
                );
                self.refuse(wrong.help(message!(
                    "请写成条件；必须不成立的，用 `除非` 开头",
                    "ask it in a condition; for what must not be so, begin the condition with `unless`"
                )));
                None
            }
        }
    }

    fn pay(&mut self, written: &syntax::Pay, scope: Entity, decision: usize) -> Option<Pay> {
        if self.rules.imported.is_some() {
            let title = message!("导入的规则包不能用于支付", "nothing is paid by an imported package");
            let wrong = Diagnostic::new("imported", title, written.span, message!("不能支付", "cannot be paid"));
            let note =
                message!("它的单位和数额来源没有人核实过", "nobody confirmed its units and the sources of its figures");
            let help = message!(
                "另建规则包重写，每个数额写明来源；再用同一批事实对比两者",
                "write the rules anew, each figure with its source, in a package of its own; compare the two over the same facts"
            );
            self.refuse(wrong.note(note).help(help));
            return None;
        }
        let Some(rounding) = written.rounding else {
            let title = message!("这个金额没有写明怎样取整", "this amount does not say how it is rounded");
            let wrong = Diagnostic::new(
                "unrounded",
                title,
                written.span,
                message!("取整到哪一位？怎样取？", "to what, and which way?"),
            );
            let help = message!(
                "写作 `支付 取整 进位 至 元 …`、`支付 取整 舍去 至 分 …`；本身就是整分的写 `支付 如数 …`",
                "write `pay round up to yuan …`, `pay round down to fen …`, or `pay exactly …` where it is whole fen by itself"
            );
            self.refuse(wrong.help(help));
            return None;
        };
        let (expr, divisor) = match (&written.expr.node, rounding) {
            (Node::Arithmetic(left, Sign::By, right), Rounding::To { .. })
                if !matches!(right.node, Node::Number { .. }) =>
            {
                let (left, right) = (self.formula(left, scope), self.formula(right, scope));
                (left?, Some(right?))
            }
            _ => (self.formula(&written.expr, scope)?, None),
        };
        let expr = self.of_the_day(expr)?;
        let divisor = match divisor {
            Some(divisor) => Some(self.of_the_day(divisor)?),
            None => None,
        };
        let (mut unit, mut bare_money) = (Unit::RATIO, false);
        if let Kind::Number { unit: of, .. } = expr.kind {
            let by = divisor.as_ref().map(|by| by.kind);
            unit = match by {
                Some(Kind::Number { unit: by, .. }) => of.by(by).unwrap_or(Unit::RATIO),
                _ => of,
            };
            bare_money = matches!(unit, Unit::MONEY | Unit::MONEY_A_MONTH | Unit::MONEY_A_YEAR);
        }
        if !bare_money || divisor.as_ref().is_some_and(|by| !matches!(by.kind, Kind::Number { .. })) {
            let found = kind_name(&self.rules, expr.kind);
            let wrong = Diagnostic::new(
                "not-money",
                message!("只能支付金额", "only money can be paid"),
                expr.span,
                this_is(&found),
            );
            self.refuse(wrong.help(message!(
                "公式的结果必须是 `金额`、`金额/月` 或 `金额/年`",
                "the formula must come to `money`, `money/month` or `money/year`"
            )));
            return None;
        }
        if rounding == Rounding::Exactly && expr.kind.den() != 1 {
            let title = message!(
                "这个金额可能不足一分，却写了 `如数` 支付",
                "this amount may have parts of a fen and is paid `exactly`"
            );
            let wrong =
                Diagnostic::new("unrounded", title, expr.span, message!("不一定是整分", "not always whole fen"));
            self.refuse(wrong.help(message!(
                "写明怎样取整：`支付 取整 舍去 至 分 …`",
                "say how it is rounded: `pay round down to fen …`"
            )));
            return None;
        }
        // What is paid exactly is rounded as what it is made of.
        let rounded = match (rounding, expr.kind) {
            (Rounding::Exactly, Kind::Number { rounded, .. }) => rounded,
            (Rounding::Exactly, _) => Rounded::Never,
            (Rounding::To { .. }, _) => Rounded::By(decision),
        };
        let earlier = self.amount_kinds.get(&decision).copied();
        let rounded = match earlier {
            Some(Kind::Number { rounded: before, .. }) if before != rounded => Rounded::Mixed,
            _ => rounded,
        };
        let kind = Kind::Number { unit, den: 1, rounded };
        if let Some(Kind::Number { unit: before, .. }) = earlier
            && before != unit
        {
            let (now, before) = (unit.named(), before.named());
            let title = message!(
                "现在以 `{}` 支付，此前以 `{}` 支付",
                "this is paid in `{}` now and in `{}` before",
                now,
                before
            );
            let wrong = Diagnostic::new("mixed-units", title, expr.span, message!("这是 `{}`", "this is `{}`", now));
            self.refuse(wrong.help(message!(
                "用同一种计量支付，或另立一项认定",
                "pay in one unit, or make it a decision of its own"
            )));
            return None;
        }
        self.amount_kinds.insert(decision, kind);
        Some(Pay { rounding, expr, divisor })
    }
}
