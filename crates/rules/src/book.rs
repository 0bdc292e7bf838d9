//! The rule book of a package as one page of HTML, each rule with the number of its article.

use std::fmt::Write as _;

use crate::kind::{Kind, Unit};
use crate::model::{Condition, Decision, Fact, Let, Needs, Param, Rules, Version};
use crate::page::{Heading, Page, escaped};
use crate::proof::rounding;
use crate::syntax::{Days, Entity};
use crate::value::{kind_name, said};
use crate::wording::{Language, cited, worded};

/// The rule book as a page, in one language, or in both.
pub fn book(rules: &Rules, language: Option<Language>) -> String {
    let mut book = Book { rules, page: Page::begun(language, &rules.label, "") };
    book.bases();
    book.decisions();
    book.formulas();
    book.figures();
    book.facts(Entity::Person, "个人事实", "Facts of persons");
    book.facts(Entity::Household, "家庭事实", "Facts of households");
    book.page.done()
}

struct Book<'r> {
    rules: &'r Rules,
    page: Page,
}

impl Book<'_> {
    fn bases(&mut self) {
        use Heading::One;
        self.page.heading("依据", "What it rests on");
        self.page.table(&[One("依据", "Basis"), One("施行期间", "In force"), One("来源", "Source")]);
        for basis in &self.rules.bases {
            let name = self.page.label(&basis.label);
            let source = self.sourced(&basis.source, basis.is_synthetic);
            let _ = writeln!(
                self.page.out,
                "<tr{}><td>{name}</td><td>{}</td><td>{source}</td></tr>",
                class(basis.is_synthetic),
                days(basis.days)
            );
        }
        self.page.close();
    }

    fn decisions(&mut self) {
        self.page.heading("认定", "Decisions");
        for decision in &self.rules.decisions {
            let (name, own) = (self.page.label(&decision.label), escaped(&decision.name));
            let is_said = [&decision.label.zh, &decision.label.en].contains(&&decision.name);
            let code = if is_said { String::new() } else { format!(" <code>{own}</code>") };
            let on = match decision.entity {
                Entity::Person => self.page.say("对个人", "on a person"),
                Entity::Household => self.page.say("对家庭", "on a household"),
            };
            let _ = writeln!(self.page.out, "<h3 id=\"{own}\">{name}{code} <small>{on}</small></h3>");
            for version in &decision.versions {
                self.version(decision, version);
            }
        }
    }

    fn version(&mut self, decision: &Decision, version: &Version) {
        let rules = self.rules;
        let article = self.page.each(|language| cited(rules, &version.article, language));
        let comma = self.page.mark("，", ", ");
        let _ = writeln!(self.page.out, "<p class=\"article\">{article}{comma}{}</p>", days(version.days));
        self.page.table(&[Heading::One("条件", "Condition"), Heading::Each("内容", "What it asks")]);
        for condition in &version.conditions {
            let name = self.page.label(&condition.label);
            let cells = self.page.cells(|language| asked(rules, condition, language));
            let letter = escaped(&condition.name);
            let _ = writeln!(self.page.out, "<tr><td><b>{letter}</b> {name}</td>{cells}</tr>");
        }
        let cells = self.page.cells(|language| needed(&version.needs, &version.conditions, language, true));
        let said = self.page.say("须成立", "needed");
        let _ = writeln!(self.page.out, "<tr><td>{said}</td>{cells}</tr>");
        if let Some(pay) = &version.pay {
            let words = |language: Language| {
                let divisor = pay.divisor.as_ref().map(|by| format!(" ÷ {}", worded(rules, by, language)));
                let amount = worded(rules, &pay.expr, language);
                format!("{}{amount}{}", rounding(pay.rounding, language), divisor.unwrap_or_default())
            };
            let (cells, said) = (self.page.cells(words), self.page.say("应付额", "pays"));
            let _ = writeln!(self.page.out, "<tr><td>{said}</td>{cells}</tr>");
        }
        self.page.close();
        let made_up = rules.made_up(rules.place_of(decision), version.days.from);
        let names: Vec<String> = made_up.into_iter().map(|label| self.page.label(label)).collect();
        self.page.made_up(&names);
    }

    fn formulas(&mut self) {
        use Heading::{Each, One};
        self.page.heading("计算", "Formulas");
        self.page.table(&[One("名称", "Name"), One("期间", "Days"), Each("算法", "Formula"), One("依据", "Article")]);
        for formula in &self.rules.lets {
            self.formula(formula);
        }
        self.page.close();
    }

    fn formula(&mut self, formula: &Let) {
        let rules = self.rules;
        let article = formula.article.as_ref();
        let article = article.map(|article| self.page.each(|language| cited(rules, article, language)));
        let article = article.unwrap_or_default();
        for (when, expr) in &formula.versions {
            let (name, when) = (self.page.label(&formula.label), when.map(days).unwrap_or_default());
            let cells = self.page.cells(|language| worded(rules, expr, language));
            let _ = writeln!(self.page.out, "<tr><td>{name}</td><td>{when}</td>{cells}<td>{article}</td></tr>");
        }
    }

    fn figures(&mut self) {
        use Heading::One;
        self.page.heading("参数", "Figures");
        self.page.table(&[
            One("名称", "Name"),
            One("期间", "Days"),
            One("数值", "Value"),
            One("依据", "Article"),
            One("来源", "Source"),
        ]);
        for param in &self.rules.params {
            self.figure(param);
        }
        self.page.close();
    }

    fn figure(&mut self, param: &Param) {
        let rules = self.rules;
        let article = self.page.each(|language| cited(rules, &param.article, language));
        for version in &param.versions {
            let options = param.by.map(|by| &rules.options[by].options);
            let value = |value: i64| self.page.each(|language| measured(rules, param, value, language));
            let values = match options {
                None => version.values.iter().map(|one| value(*one)).collect::<String>(),
                Some(options) => {
                    let of = options.iter().zip(&version.values);
                    let lines = of.map(|((_, label), one)| {
                        format!("<li>{}{}<b>{}</b></li>", self.page.label(label), self.page.colon(), value(*one))
                    });
                    format!("<ul class=\"plain\">{}</ul>", lines.collect::<String>())
                }
            };
            let name = self.page.label(&param.label);
            let source = self.sourced(&version.source, version.is_synthetic);
            let _ = writeln!(
                self.page.out,
                "<tr{}><td>{name}</td><td>{}</td><td class=\"number\">{values}</td><td>{article}</td><td>{source}</td></tr>",
                class(version.is_synthetic),
                days(version.days),
            );
        }
    }

    fn facts(&mut self, entity: Entity, zh: &str, en: &str) {
        use Heading::One;
        self.page.heading(zh, en);
        self.page.table(&[One("名称", "Name"), One("列名", "Column"), One("计量", "Measured in")]);
        for fact in self.rules.facts(entity) {
            self.fact(fact);
        }
        self.page.close();
    }

    fn fact(&mut self, fact: &Fact) {
        let (page, rules) = (&self.page, self.rules);
        let (kind, name) = (kind_name(rules, fact.kind), escaped(&fact.name));
        let (zh, en) = if fact.is_monthly { ("，逐月一列", ", a column for each month") } else { ("", "") };
        let mut kind = page.say(&(kind.zh.replace('`', "") + zh), &(kind.en.replace('`', "") + en));
        if let Kind::Options(at) = fact.kind {
            let options = rules.options[at].options.iter();
            let lines = options.map(|(name, label)| {
                let is_said = [&label.zh, &label.en].contains(&name);
                let code = if is_said { String::new() } else { format!(" <code>{}</code>", escaped(name)) };
                format!("<li>{}{code}</li>", page.label(label))
            });
            let _ = write!(kind, "<ul>{}</ul>", lines.collect::<String>());
        }
        let column = if fact.is_monthly { format!("{name}@2026-03") } else { name };
        let label = page.label(&fact.label);
        let _ = writeln!(self.page.out, "<tr><td>{label}</td><td><code>{column}</code></td><td>{kind}</td></tr>");
    }

    fn sourced(&self, source: &str, is_synthetic: bool) -> String {
        let mark = if is_synthetic {
            format!("<b>{}</b>{}", self.page.say("虚构", "synthetic"), self.page.colon())
        } else {
            String::new()
        };
        format!("{mark}{}", escaped(source))
    }
}

/// A figure with its unit. A share is said in per cent where some value of the figure is a part of one: 80 of a hundred.
fn measured(rules: &Rules, param: &Param, value: i64, language: Language) -> String {
    let Kind::Number { unit: Unit::RATIO, den, rounded } = param.kind else {
        return said(rules, param.kind, value, language == Language::Zh);
    };
    let mut values = param.versions.iter().flat_map(|version| &version.values);
    let (kind, hundred) = (Kind::Number { unit: Unit::RATIO, den, rounded }, value.checked_mul(100));
    match hundred.filter(|_| values.any(|value| (1..den).contains(value))) {
        Some(hundred) => format!("{}%", said(rules, kind, hundred, false)),
        None => said(rules, kind, value, false),
    }
}

fn asked(rules: &Rules, condition: &Condition, language: Language) -> String {
    let words = worded(rules, &condition.expr, language);
    let unless = if condition.unless { language.pick("除外情形：", "unless ") } else { "" };
    format!("{unless}{words}")
}

/// How conditions go together, by their names; of an exception, that it does not apply.
fn needed(needs: &Needs, conditions: &[Condition], language: Language, outer: bool) -> String {
    let (all, joint) = match needs {
        Needs::One(at) if conditions[*at].unless => {
            return format!("{}{}", language.pick("非", "not "), conditions[*at].name);
        }
        Needs::One(at) => return conditions[*at].name.clone(),
        Needs::All(all) => (all, language.pick(" 且 ", " and ")),
        Needs::Any(any) => (any, language.pick(" 或 ", " or ")),
    };
    let words = all.iter().map(|one| needed(one, conditions, language, false)).collect::<Vec<_>>().join(joint);
    if outer || all.len() == 1 { words } else { format!("({words})") }
}

fn days(days: Days) -> String {
    match days.to {
        Some(to) => format!("<time>{}</time> – <time>{to}</time>", days.from),
        None => format!("<time>{} –</time>", days.from),
    }
}

fn class(is_synthetic: bool) -> &'static str {
    if is_synthetic { " class=\"synthetic\"" } else { "" }
}
