//! The rules as they are and as they would be, as one package in which what is alike stands once: so both are computed in
//! one pass over the same facts, and what a reform leaves alone cannot come out otherwise.

use crate::check::OPTIONS_MAX;
use crate::diagnostic::nearest;
use crate::every::Every;
use crate::exact::NONE;
use crate::kind::Kind;
use crate::message::{Message, message};
use crate::model::{
    Article, Basis, Condition, Decision, Expr, Fact, Let, Param, ParamVersion, Pay, Rules, Term, Thing, Version, key,
    shared,
};
use crate::source::Span;
use crate::syntax::Entity;

/// Two packages as one.
pub struct Reform {
    /// All formulas of both; what both have alike stands once. It has no cases.
    pub rules: Rules,
    /// Every decision that either makes.
    pub pairs: Vec<Pair>,
}

/// A decision as it is and as it would be: both the same place where the reform leaves it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Its place as the rules are; `None` where they make no such decision.
    pub before: Option<usize>,
    /// Its place as they would be; `None` where it is abolished.
    pub after: Option<usize>,
}

/// Why two packages cannot be computed over the same facts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.en)]
pub struct Unlike(pub Message);

impl Reform {
    /// Puts both together. What is imported keeps the words it came with, as a package does. Errors: a fact that the two
    /// measure differently; two that are called alike.
    pub fn of(rules: &Rules, reform: &Rules) -> Result<Self, Unlike> {
        let mut join = Join {
            out: Rules { cases: vec![], ..rules.clone() },
            own: (rules.lets.len(), rules.decisions.len(), rules.params.len()),
            files: rules.sources.len(),
            options: vec![],
            bases: vec![],
            params: vec![],
            person: vec![],
            household: vec![],
            lets: vec![0; reform.lets.len()],
            decisions: vec![0; reform.decisions.len()],
        };
        join.out.sources.extend(reform.sources.iter().cloned());
        join.options(reform)?;
        join.person = join.facts(Entity::Person, reform)?;
        join.household = join.facts(Entity::Household, reform)?;
        reform.bases.iter().for_each(|basis| join.basis(basis));
        reform.params.iter().for_each(|param| join.param(param));
        for thing in &reform.order {
            match thing {
                Thing::Let(at) => join.lets[*at] = join.formula(&reform.lets[*at]),
                Thing::Decision(at) => join.decisions[*at] = join.decision(&reform.decisions[*at]),
            }
        }
        let called = |of: &Decision| {
            let same = |one: &Decision| one.name == of.name && one.entity == of.entity;
            reform.decisions.iter().position(same).map(|at| join.decisions[at])
        };
        let mut pairs: Vec<Pair> = rules
            .decisions
            .iter()
            .enumerate()
            .map(|(at, decision)| Pair { before: Some(at), after: called(decision) })
            .collect();
        let known = |place: &usize| pairs.iter().any(|pair| pair.after == Some(*place));
        let new: Vec<Pair> = join
            .decisions
            .iter()
            .filter(|place| !known(place))
            .map(|place| Pair { before: None, after: Some(*place) })
            .collect();
        pairs.extend(new);
        let decisions = &join.out.decisions;
        pairs.iter().try_for_each(|pair| pays_as_often(decisions, pair))?;
        Ok(Reform { rules: join.out, pairs })
    }

    /// Decisions that the reform adds, and that may be meant to be others which it leaves out: a name was mistyped.
    pub fn mistyped(&self) -> Vec<Message> {
        let decisions = &self.rules.decisions;
        let (mut left_out, mut added) = (vec![], vec![]);
        for pair in &self.pairs {
            match (pair.before, pair.after) {
                (Some(before), None) => left_out.push(&decisions[before]),
                (None, Some(after)) => added.push(&decisions[after]),
                (Some(_), Some(_)) | (None, None) => {}
            }
        }
        let noted = added.into_iter().filter_map(|new| {
            let of_the_same = left_out.iter().filter(|one| one.entity == new.entity);
            let old = nearest(&new.name, of_the_same.map(|one| one.name.as_str()))?;
            Some(message!(
                "规则里没有改革方案新增的认定 `{}`；规则里的 `{}` 不在改革方案里。是同一项的，请用同一名称",
                "the rules have no decision `{}`, which the reform adds; `{}` of the rules is not in the reform. \
                 If they are one, give them one name",
                new.name,
                old
            ))
        });
        noted.collect()
    }
}

/// An amount a month and an amount a year cannot be held against one another.
fn pays_as_often(decisions: &[Decision], pair: &Pair) -> Result<(), Unlike> {
    let every = |at: Option<usize>| decisions[at?].versions.iter().find_map(Version::every);
    let (Some(before), Some(after)) = (every(pair.before), every(pair.after)) else { return Ok(()) };
    let said = |every: Every| match every {
        Every::Once => message!("一次性", "once"),
        Every::Month => message!("按月", "by the month"),
        Every::Year => message!("按年", "by the year"),
    };
    let name = pair.before.map(|at| decisions[at].name.as_str()).unwrap_or_default();
    match before == after {
        true => Ok(()),
        false => Err(Unlike(message!(
            "{name} 现在{}支付，改革后{}支付，金额不能相比；若是另一项待遇，请用另一个名称",
            "{name} pays {} now and {} after the reform, and such amounts cannot be compared; give another benefit another name",
            said(before),
            said(after)
        ))),
    }
}

struct Join {
    out: Rules,
    /// How many formulas, decisions and figures are those of the rules as they are.
    own: (usize, usize, usize),
    files: usize,
    /// Where each list of options of the reform stands, and each of its options.
    options: Vec<(usize, Vec<i64>)>,
    bases: Vec<usize>,
    params: Vec<usize>,
    person: Vec<usize>,
    household: Vec<usize>,
    lets: Vec<usize>,
    decisions: Vec<usize>,
}

impl Join {
    fn options(&mut self, reform: &Rules) -> Result<(), Unlike> {
        for list in &reform.options {
            let at = self.out.options.iter().position(|known| known.name == list.name);
            let at = at.unwrap_or_else(|| {
                self.out.options.push(crate::model::Options { name: list.name.clone(), options: vec![] });
                self.out.options.len() - 1
            });
            let known = &mut self.out.options[at];
            for (name, label) in &list.options {
                let mut others = known.options.iter().filter(|(other, _)| other != name);
                let alike = others.find_map(|other| Some((&other.0, shared((name, label), (&other.0, &other.1))?)));
                if let (Some((other, word)), None) = (alike, &reform.imported) {
                    return Err(called_alike(name, other, word));
                }
            }
            let places = list.options.iter().map(|(name, label)| {
                known.position(name).unwrap_or_else(|| {
                    known.options.push((name.clone(), label.clone()));
                    known.options.len() - 1
                }) as i64
            });
            self.options.push((at, places.collect()));
            if self.out.options[at].options.len() > OPTIONS_MAX {
                return Err(Unlike(message!(
                    "`{}` 的选项两边合计超过{OPTIONS_MAX}个",
                    "`{}` has more than {OPTIONS_MAX} options in both together",
                    list.name
                )));
            }
        }
        Ok(())
    }

    fn facts(&mut self, entity: Entity, reform: &Rules) -> Result<Vec<usize>, Unlike> {
        let mut places = vec![];
        for fact in reform.facts(entity) {
            let kind = self.kind(fact.kind);
            let known = match entity {
                Entity::Person => &mut self.out.person,
                Entity::Household => &mut self.out.household,
            };
            let Some(at) = known.iter().position(|one| one.name == fact.name) else {
                let alike = known
                    .iter()
                    .find_map(|one| Some((one, shared((&fact.name, &fact.label), (&one.name, &one.label))?)));
                if let (Some((one, word)), None) = (alike, &reform.imported) {
                    return Err(called_alike(&fact.name, &one.name, word));
                }
                places.push(known.len());
                known.push(Fact { kind, ..fact.clone() });
                continue;
            };
            let one = &mut known[at];
            if (one.kind, one.is_monthly, one.is_signed) != (kind, fact.is_monthly, fact.is_signed) {
                return Err(Unlike(message!(
                    "输入 `{}` 在改革方案里声明不同：单位、`按月` 或 `可负` 不一样；请给新的事实另取名称",
                    "the input `{}` is declared otherwise in the reform: another unit, `monthly` or `signed`; \
                     give the new fact a name of its own",
                    fact.name
                )));
            }
            one.is_used |= fact.is_used;
            places.push(at);
        }
        Ok(places)
    }

    fn kind(&self, kind: Kind) -> Kind {
        match kind {
            Kind::Options(at) => Kind::Options(self.options[at].0),
            Kind::Number { .. } | Kind::YesNo | Kind::Date => kind,
        }
    }

    fn basis(&mut self, basis: &Basis) {
        let told = |one: &Basis| (one.name.clone(), one.days, one.source.clone(), one.is_synthetic);
        let same = |one: &Basis| told(one) == told(basis);
        let at = self.out.bases.iter().position(same).unwrap_or_else(|| {
            self.out.bases.push(basis.clone());
            self.out.bases.len() - 1
        });
        self.bases.push(at);
    }

    fn article(&self, article: &Article) -> Article {
        Article { basis: self.bases[article.basis], article: article.article.clone() }
    }

    fn param(&mut self, param: &Param) {
        let by = param.by.map(|by| self.options[by].0);
        let values = |version: &ParamVersion| match param.by {
            None => version.values.clone(),
            Some(by) => {
                let (list, places) = &self.options[by];
                let mut values = vec![NONE; self.out.options[*list].options.len()];
                for (value, place) in version.values.iter().zip(places) {
                    values[*place as usize] = *value;
                }
                values
            }
        };
        let versions = param.versions.iter().map(|one| ParamVersion { values: values(one), ..one.clone() }).collect();
        let article = self.article(&param.article);
        let param = Param { kind: self.kind(param.kind), by, article, versions, ..param.clone() };
        let same = |one: &Param| {
            (&one.name, one.kind, one.by, &one.article) == (&param.name, param.kind, param.by, &param.article)
                && one.versions.len() == param.versions.len()
                && one
                    .versions
                    .iter()
                    .zip(&param.versions)
                    .all(|(a, b)| (a.days, &a.values, a.is_synthetic) == (b.days, &b.values, b.is_synthetic))
        };
        let at = self.out.params[..self.own.2].iter().position(same).unwrap_or_else(|| {
            self.out.params.push(param);
            self.out.params.len() - 1
        });
        self.params.push(at);
    }

    fn formula(&mut self, formula: &Let) -> usize {
        let versions: Vec<_> = formula.versions.iter().map(|(days, expr)| (*days, self.expr(expr))).collect();
        let article = formula.article.as_ref().map(|article| self.article(article));
        let formula = Let { article, kind: self.kind(formula.kind), versions, ..formula.clone() };
        let same = |one: &Let| {
            (one.entity, &one.name, measured(one.kind)) == (formula.entity, &formula.name, measured(formula.kind))
                && one.article == formula.article
                && one.versions.len() == formula.versions.len()
                && one.versions.iter().zip(&formula.versions).all(|(a, b)| a.0 == b.0 && key(&a.1) == key(&b.1))
        };
        self.out.lets[..self.own.0].iter().position(same).unwrap_or_else(|| {
            let at = self.out.lets.len();
            self.out.lets.push(formula);
            self.out.order.push(Thing::Let(at));
            at
        })
    }

    fn decision(&mut self, decision: &Decision) -> usize {
        let versions = decision.versions.iter().map(|version| self.version(version)).collect();
        let decision = Decision { versions, ..decision.clone() };
        let same = |one: &Decision| {
            (one.entity, &one.name) == (decision.entity, &decision.name)
                && one.versions.len() == decision.versions.len()
                && one.versions.iter().zip(&decision.versions).all(|(a, b)| alike(a, b))
        };
        self.out.decisions[..self.own.1].iter().position(same).unwrap_or_else(|| {
            let at = self.out.decisions.len();
            self.out.decisions.push(decision);
            self.out.order.push(Thing::Decision(at));
            at
        })
    }

    fn version(&self, version: &Version) -> Version {
        let condition = |one: &Condition| Condition { expr: self.expr(&one.expr), ..one.clone() };
        let pay = |pay: &Pay| Pay {
            rounding: pay.rounding,
            expr: self.expr(&pay.expr),
            divisor: pay.divisor.as_ref().map(|by| self.expr(by)),
        };
        Version {
            article: self.article(&version.article),
            days: version.days,
            conditions: version.conditions.iter().map(condition).collect(),
            needs: version.needs.clone(),
            pay: version.pay.as_ref().map(pay),
        }
    }

    /// The same formula, of what stands in both packages together.
    fn expr(&self, expr: &Expr) -> Expr {
        let one = |inner: &Expr| Box::new(self.expr(inner));
        let maybe = |inner: &Option<Box<Expr>>| inner.as_ref().map(|inner| one(inner));
        let all = |all: &[Expr]| all.iter().map(|inner| self.expr(inner)).collect();
        let term = match &expr.term {
            Term::Const(value) => Term::Const(match expr.kind {
                Kind::Options(at) => self.options[at].1[*value as usize],
                Kind::Number { .. } | Kind::YesNo | Kind::Date => *value,
            }),
            Term::DecisionDay => Term::DecisionDay,
            Term::Fact(Entity::Person, at) => Term::Fact(Entity::Person, self.person[*at]),
            Term::Fact(Entity::Household, at) => Term::Fact(Entity::Household, self.household[*at]),
            Term::Let(at) => Term::Let(self.lets[*at]),
            Term::Decision(at) => Term::Decision(self.decisions[*at]),
            Term::Amount(at) => Term::Amount(self.decisions[*at]),
            Term::OfHousehold(inner) => Term::OfHousehold(one(inner)),
            Term::Param(at, index) => Term::Param(self.params[*at], maybe(index)),
            Term::Finer(inner, by) => Term::Finer(one(inner), *by),
            Term::Add(a, b) => Term::Add(one(a), one(b)),
            Term::Subtract(a, b) => Term::Subtract(one(a), one(b)),
            Term::Multiply(a, b) => Term::Multiply(one(a), one(b)),
            Term::Divide(inner, by, unit) => Term::Divide(one(inner), *by, *unit),
            Term::Larger(a, b) => Term::Larger(one(a), one(b)),
            Term::Smaller(a, b) => Term::Smaller(one(a), one(b)),
            Term::If(a, b, c) => Term::If(one(a), one(b), one(c)),
            Term::Compare { left, order, right, factors } => {
                Term::Compare { left: one(left), order: *order, right: one(right), factors: *factors }
            }
            Term::OneOf { left, options, not } => {
                let places = match left.kind {
                    Kind::Options(at) => options.iter().map(|option| self.options[at].1[*option as usize]).collect(),
                    Kind::Number { .. } | Kind::YesNo | Kind::Date => options.clone(),
                };
                Term::OneOf { left: one(left), options: places, not: *not }
            }
            Term::Not(inner) => Term::Not(one(inner)),
            Term::And(both) => Term::And(all(both)),
            Term::Or(either) => Term::Or(all(either)),
            Term::Aggregate { how, what, filter } => {
                Term::Aggregate { how: *how, what: maybe(what), filter: maybe(filter) }
            }
            Term::Window { how, what, filter, months } => {
                Term::Window { how: *how, what: maybe(what), filter: maybe(filter), months: *months }
            }
            Term::Since(since, inner) => Term::Since(*since, one(inner)),
            Term::Part(part, inner) => Term::Part(*part, one(inner)),
            Term::Rank { what, filter } => Term::Rank { what: one(what), filter: maybe(filter) },
            Term::Round { mode, over, under, step } => {
                Term::Round { mode: *mode, over: one(over), under: maybe(under), step: *step }
            }
        };
        let span = Span { file: expr.span.file + self.files, ..expr.span };
        Expr { term, kind: self.kind(expr.kind), span }
    }
}

/// That a table could mean either of two.
fn called_alike(name: &str, other: &str, word: &str) -> Unlike {
    Unlike(message!(
        "改革方案的 `{name}` 与 `{other}` 都叫“{word}”，表格分不清；请换一个说法",
        "`{name}` of the reform and `{other}` are both called {word:?}, so a table could mean either; give it other words"
    ))
}

/// A kind without who rounded it, which is told by places that differ between the two.
fn measured(kind: Kind) -> Kind {
    match kind {
        Kind::Number { unit, den, .. } => Kind::Number { unit, den, rounded: crate::kind::Rounded::Never },
        Kind::YesNo | Kind::Date | Kind::Options(_) => kind,
    }
}

fn alike(a: &Version, b: &Version) -> bool {
    let asked = |a: &Condition, b: &Condition| (&a.name, a.unless, key(&a.expr)) == (&b.name, b.unless, key(&b.expr));
    let paid = |a: &Pay, b: &Pay| {
        let of = |pay: &Pay| {
            (key(&pay.expr), measured(pay.expr.kind), pay.divisor.as_ref().map(|by| (key(by), by.kind.den())))
        };
        a.rounding == b.rounding && of(a) == of(b)
    };
    (a.days, &a.article, &a.needs, a.conditions.len()) == (b.days, &b.article, &b.needs, b.conditions.len())
        && a.conditions.iter().zip(&b.conditions).all(|(a, b)| asked(a, b))
        && match (&a.pay, &b.pay) {
            (Some(a), Some(b)) => paid(a, b),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Source, check};

    #[test]
    fn a_decision_that_the_reform_names_a_letter_otherwise_is_noted() {
        let rules = |decisions: &[&str]| {
            let mut text = r#"package p "甲" / "p" basis law "法" / "law" from 2000-01-01 source "s"
                input household.rents: yes/no "租房" / "rents"
            "#
            .to_owned();
            for name in decisions {
                text += &format!(
                    "decide household.{name} \"补\" / \"aid\" under law article 1 from 2000-01-01 when A \"甲\" / \"a\": rents\n"
                );
            }
            check(vec![Source { name: "p.rules".into(), text }]).expect("it is sound")
        };
        let noted = |before: &[&str], after: &[&str]| {
            Reform::of(&rules(before), &rules(after)).expect("alike").mistyped().into_iter().map(|note| note.en)
        };
        let note = noted(&["heating", "rent_aid"], &["heatng", "rent_aid"]).collect::<String>();
        assert!(note.starts_with("the rules have no decision `heatng`, which the reform adds; `heating`"), "{note}");
        assert_eq!(noted(&["heating"], &["heating", "heatng"]).count(), 0, "nothing is left out");
        assert_eq!(noted(&["heating"], &["schooling"]).count(), 0, "nobody mistypes so much");
    }

    #[test]
    fn what_is_imported_keeps_words_that_another_fact_has() {
        let rules = |package: &str, fact: &str| {
            let text = format!("package {package} \"甲\" / \"p\"\ninput person.{fact}: yes/no \"工资\" / \"wage\"\n");
            check(vec![Source { name: "p.rules".into(), text }]).expect("it is sound")
        };
        let (ours, imported) = (rules("p", "wage"), rules("imported p", "salary"));
        assert!(Reform::of(&ours, &imported).is_ok());
        let refused = Reform::of(&ours, &rules("p", "salary")).err().expect("refused").to_string();
        assert!(refused.contains("are both called"), "{refused}");
    }
}
