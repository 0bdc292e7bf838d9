//! Decisions: named conditions, how they go together, and what is paid.

use super::Checker;
use crate::diagnostic::{Diagnostic, nearest};
use crate::kind::{Kind, Rounded, Unit};
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
                    let title = format!("the decision `{}` does not say from when it is made so", written.name.text);
                    let wrong = Diagnostic::new("undated", title, version.span, "from which day?");
                    self.refuse(wrong.help("add `from 2014-05-01` after its article, and `to` where the law ended"));
                    dated.push((syntax::Days { from: civil::Date::MIN, to: None }, version.span));
                }
            }
        }
        let mut versions = vec![];
        for (place, days) in self.settled(&written.name.text, &dated) {
            let version = &written.versions[place];
            let article = self.article(&written.name, version.under.as_ref());
            let conditions = self.conditions(&version.conditions, written.entity);
            let needs = self.needs(version);
            let pay = match &version.pay {
                Some(pay) => self.pay(pay, written.entity, at).map(Some),
                None => Some(None),
            };
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
                let title = format!("two conditions are called `{}`", one.name.text);
                let wrong = Diagnostic::new("two-meanings", title, one.name.span, "the second");
                self.refuse(
                    wrong.and_at(first.name.span, "the first").help("a refusal names its condition: give each its own"),
                );
            }
            let expr = self.yes_no(&one.expr, scope, "a condition is yes or no").and_then(|expr| self.of_the_day(expr));
            let (name, label, unless) = (one.name.text.clone(), one.label.clone(), one.unless);
            out.push(expr.map(|expr| Condition { name, label, expr, unless }));
        }
        if let Some(beyond) = written.get(CONDITIONS_MAX) {
            let title = format!("more than {CONDITIONS_MAX} conditions");
            let wrong = Diagnostic::new("too-many", title, beyond.name.span, "one too many");
            self.refuse(wrong.help("bring some together in a formula with `let`"));
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
            let title = format!("the condition `{}` is asked and makes no difference", condition.name.text);
            let wrong = Diagnostic::new("left-out", title, condition.name.span, "not in `needs`");
            self.refuse(wrong.and_at(written.span, "here").help("name it in `needs`, or take the condition out"));
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
                let title = format!("this decision has no condition `{text}`");
                let wrong = Diagnostic::new("unknown-name", title, expr.span, "not one of its conditions");
                self.refuse(match nearest(text, names.iter().copied()) {
                    Some(guess) => wrong.help(format!("do you mean `{guess}`?")),
                    None => wrong.help(format!("its conditions are: {}", names.join(", "))),
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
                let title = "`needs` joins the names of conditions with `and` and `or`, and nothing else";
                let wrong = Diagnostic::new("wrong-kind", title, expr.span, "not the name of a condition");
                self.refuse(
                    wrong.help("ask it in a condition; for what must not be so, begin the condition with `unless`"),
                );
                None
            }
        }
    }

    fn pay(&mut self, written: &syntax::Pay, scope: Entity, decision: usize) -> Option<Pay> {
        if self.rules.imported.is_some() {
            let title = "nothing is paid by an imported package";
            let wrong = Diagnostic::new("imported", title, written.span, "cannot be paid");
            let note = "nobody confirmed its units and the sources of its figures";
            let help = "write the rules anew, each figure with its source, in a package of its own; compare the two over the same facts";
            self.refuse(wrong.note(note).help(help));
            return None;
        }
        let Some(rounding) = written.rounding else {
            let title = "this amount does not say how it is rounded";
            let wrong = Diagnostic::new("unrounded", title, written.span, "to what, and which way?");
            let help = "write `pay round up to yuan …`, `pay round down to fen …`, or `pay exactly …` where it is whole fen by itself";
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
            let wrong = Diagnostic::new("not-money", "only money can be paid", expr.span, format!("this is {found}"));
            self.refuse(wrong.help("the formula must come to `money`, `money/month` or `money/year`"));
            return None;
        }
        if rounding == Rounding::Exactly && expr.kind.den() != 1 {
            let title = "this amount may have parts of a fen and is paid `exactly`";
            let wrong = Diagnostic::new("unrounded", title, expr.span, "not always whole fen");
            self.refuse(wrong.help("say how it is rounded: `pay round down to fen …`"));
            return None;
        }
        let rounded = if rounding == Rounding::Exactly { Rounded::Never } else { Rounded::By(decision) };
        let kind = Kind::Number { unit, den: 1, rounded };
        if let Some(Kind::Number { unit: before, .. }) = self.amount_kinds.get(&decision).copied()
            && before != unit
        {
            let title = format!("this is paid in `{unit}` now and in `{before}` before");
            let wrong = Diagnostic::new("mixed-units", title, expr.span, format!("this is `{unit}`"));
            self.refuse(wrong.help("pay in one unit, or make it a decision of its own"));
            return None;
        }
        self.amount_kinds.insert(decision, kind);
        Some(Pay { rounding, expr, divisor })
    }
}
