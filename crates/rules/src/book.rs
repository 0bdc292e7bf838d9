//! The rule book of a package as one page of HTML, in both languages, each article beside its rule. It needs nothing else:
//! no script, no font, no request.

use std::fmt::Write as _;

use crate::model::{Condition, Decision, Fact, Let, Needs, Param, Rules, Version};
use crate::proof::rounding;
use crate::syntax::{Days, Entity, Label};
use crate::value::{kind_name, said};
use crate::wording::{Language, cited, worded};

const BOTH: [Language; 2] = [Language::Zh, Language::En];

pub(crate) const STYLE: &str = "body{font:16px/1.55 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}\
h1,h2,h3{line-height:1.25}h2{margin-top:2.5rem;border-bottom:1px solid #999}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}\
th,td{border:1px solid #999;padding:.4rem .6rem;text-align:left;vertical-align:top}th{background:#eee}td.number{text-align:right}\
.wide{overflow-x:auto}h1 span,td>span{display:block}td>span{color:#444}.synthetic{background:#fff3cd}.article{color:#444}code{font-size:.9em}@media print{body{margin:0}h2{break-after:avoid}tr{break-inside:avoid}}";

/// The rule book as a page.
pub fn book(rules: &Rules) -> String {
    let mut page = Page { rules, out: String::new() };
    let title = page.both(&rules.label);
    let _ = write!(
        page.out,
        "<!doctype html>\n<html lang=\"zh-Hans\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n<h1>{title}</h1>\n"
    );
    page.bases();
    page.decisions();
    page.formulas();
    page.figures();
    page.facts(Entity::Person, "个人事实", "Facts of persons");
    page.facts(Entity::Household, "家庭事实", "Facts of households");
    page.out.push_str("</body>\n</html>\n");
    page.out
}

struct Page<'r> {
    rules: &'r Rules,
    out: String,
}

impl Page<'_> {
    fn both(&self, label: &Label) -> String {
        format!("{} <span lang=\"en\">{}</span>", escaped(&label.zh), escaped(&label.en))
    }

    fn heading(&mut self, zh: &str, en: &str) {
        let _ = writeln!(self.out, "<h2>{zh} <span lang=\"en\">{en}</span></h2>");
    }

    fn table(&mut self, headings: &[(&str, &str)]) {
        self.out.push_str("<div class=\"wide\"><table>\n<thead><tr>");
        for (zh, en) in headings {
            let _ = write!(self.out, "<th scope=\"col\">{zh} <span lang=\"en\">{en}</span></th>");
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
    }

    fn close(&mut self) {
        self.out.push_str("</tbody>\n</table></div>\n");
    }

    fn bases(&mut self) {
        self.heading("依据", "What it rests on");
        self.table(&[("依据", "Basis"), ("施行期间", "In force"), ("来源", "Source")]);
        for basis in &self.rules.bases {
            let name = self.both(&basis.label);
            let source = sourced(&basis.source, basis.is_synthetic);
            let _ = writeln!(
                self.out,
                "<tr{}><td>{name}</td><td>{}</td><td>{source}</td></tr>",
                class(basis.is_synthetic),
                days(basis.days)
            );
        }
        self.close();
    }

    fn decisions(&mut self) {
        self.heading("认定", "Decisions");
        for decision in &self.rules.decisions {
            let name = self.both(&decision.label);
            let _ = writeln!(self.out, "<h3 id=\"{0}\">{name} <code>{0}</code></h3>", escaped(&decision.name));
            for version in &decision.versions {
                self.version(decision, version);
            }
        }
    }

    fn version(&mut self, decision: &Decision, version: &Version) {
        let [zh, en] = BOTH.map(|language| escaped(&cited(self.rules, &version.article, language)));
        let _ =
            writeln!(self.out, "<p class=\"article\">{zh} <span lang=\"en\">{en}</span>, {}</p>", days(version.days));
        self.table(&[("条件", "Condition"), ("中文", "in Chinese"), ("英文", "in English")]);
        for condition in &version.conditions {
            let name = self.both(&condition.label);
            let [zh, en] = BOTH.map(|language| escaped(&asked(self.rules, condition, language)));
            let letter = escaped(&condition.name);
            let _ =
                writeln!(self.out, "<tr><td><b>{letter}</b> {name}</td><td>{zh}</td><td lang=\"en\">{en}</td></tr>");
        }
        let [zh, en] = BOTH.map(|language| escaped(&needed(&version.needs, &version.conditions, language, true)));
        let _ = writeln!(
            self.out,
            "<tr><td>须成立 <span lang=\"en\">needed</span></td><td>{zh}</td><td lang=\"en\">{en}</td></tr>"
        );
        if let Some(pay) = &version.pay {
            let words = |language: Language| {
                let divisor = pay.divisor.as_ref().map(|by| format!(" ÷ {}", worded(self.rules, by, language)));
                format!(
                    "{}{}{}",
                    rounding(pay.rounding, language),
                    worded(self.rules, &pay.expr, language),
                    divisor.unwrap_or_default()
                )
            };
            let [zh, en] = BOTH.map(|language| escaped(&words(language)));
            let _ = writeln!(
                self.out,
                "<tr><td>应付额 <span lang=\"en\">pays</span></td><td>{zh}</td><td lang=\"en\">{en}</td></tr>"
            );
        }
        self.close();
        let made_up = self.rules.made_up(self.rules.place_of(decision), version.days.from);
        if !made_up.is_empty() {
            let names: Vec<String> = made_up.into_iter().map(|label| self.both(label)).collect();
            let _ = writeln!(
                self.out,
                "<p class=\"synthetic\">虚构，不得据以支付 <span lang=\"en\">Synthetic, not to be paid by</span>: {}</p>",
                names.join("; ")
            );
        }
    }

    fn formulas(&mut self) {
        self.heading("计算", "Formulas");
        self.table(&[
            ("名称", "Name"),
            ("期间", "Days"),
            ("中文", "in Chinese"),
            ("英文", "in English"),
            ("依据", "Article"),
        ]);
        for formula in &self.rules.lets {
            self.formula(formula);
        }
        self.close();
    }

    fn formula(&mut self, formula: &Let) {
        let article =
            formula.article.as_ref().map(|article| BOTH.map(|language| escaped(&cited(self.rules, article, language))));
        let article = article.map(|[zh, en]| format!("{zh} <span lang=\"en\">{en}</span>")).unwrap_or_default();
        for (when, expr) in &formula.versions {
            let (name, when) = (self.both(&formula.label), when.map(days).unwrap_or_default());
            let [zh, en] = BOTH.map(|language| escaped(&worded(self.rules, expr, language)));
            let _ = writeln!(
                self.out,
                "<tr><td>{name}</td><td>{when}</td><td>{zh}</td><td lang=\"en\">{en}</td><td>{article}</td></tr>"
            );
        }
    }

    fn figures(&mut self) {
        self.heading("参数", "Figures");
        self.table(&[("名称", "Name"), ("期间", "Days"), ("数值", "Value"), ("依据", "Article"), ("来源", "Source")]);
        for param in &self.rules.params {
            self.figure(param);
        }
        self.close();
    }

    fn figure(&mut self, param: &Param) {
        let [zh, en] = BOTH.map(|language| escaped(&cited(self.rules, &param.article, language)));
        for version in &param.versions {
            let value = |(option, value): (usize, &i64)| {
                let value = escaped(&said(self.rules, param.kind, *value, false));
                match param.by.and_then(|by| self.rules.options[by].options.get(option)) {
                    Some((_, label)) => format!("{}: {value}", self.both(label)),
                    None => value,
                }
            };
            let values: Vec<String> = version.values.iter().enumerate().map(value).collect();
            let name = self.both(&param.label);
            let source = sourced(&version.source, version.is_synthetic);
            let _ = writeln!(
                self.out,
                "<tr{}><td>{name}</td><td>{}</td><td class=\"number\">{}</td><td>{zh} <span lang=\"en\">{en}</span></td><td>{source}</td></tr>",
                class(version.is_synthetic),
                days(version.days),
                values.join("<br>")
            );
        }
    }

    fn facts(&mut self, entity: Entity, zh: &str, en: &str) {
        self.heading(zh, en);
        self.table(&[("名称", "Name"), ("列名", "Column"), ("计量", "Measured in")]);
        for fact in self.rules.facts(entity) {
            self.fact(fact);
        }
        self.close();
    }

    fn fact(&mut self, fact: &Fact) {
        let kind = kind_name(self.rules, fact.kind);
        let (zh, en) = if fact.is_monthly { ("，按月", ", monthly") } else { ("", "") };
        let kind = Label { zh: kind.zh.replace('`', "") + zh, en: kind.en.replace('`', "") + en };
        let (name, kind) = (self.both(&fact.label), self.both(&kind));
        let _ =
            writeln!(self.out, "<tr><td>{name}</td><td><code>{}</code></td><td>{kind}</td></tr>", escaped(&fact.name));
    }
}

fn asked(rules: &Rules, condition: &Condition, language: Language) -> String {
    let words = worded(rules, &condition.expr, language);
    let unless = if condition.unless { language.pick("除外情形：", "unless ") } else { "" };
    format!("{unless}{words}")
}

/// How conditions go together, by their names.
fn needed(needs: &Needs, conditions: &[Condition], language: Language, outer: bool) -> String {
    let (all, joint) = match needs {
        Needs::One(at) => return conditions[*at].name.clone(),
        Needs::All(all) => (all, language.pick(" 且 ", " and ")),
        Needs::Any(any) => (any, language.pick(" 或 ", " or ")),
    };
    let words = all.iter().map(|one| needed(one, conditions, language, false)).collect::<Vec<_>>().join(joint);
    if outer || all.len() == 1 { words } else { format!("({words})") }
}

fn days(days: Days) -> String {
    match days.to {
        Some(to) => format!("{} – {to}", days.from),
        None => format!("{} –", days.from),
    }
}

fn sourced(source: &str, is_synthetic: bool) -> String {
    let mark = if is_synthetic { "<b>虚构 <span lang=\"en\">synthetic</span></b>: " } else { "" };
    format!("{mark}{}", escaped(source))
}

fn class(is_synthetic: bool) -> &'static str {
    if is_synthetic { " class=\"synthetic\"" } else { "" }
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
