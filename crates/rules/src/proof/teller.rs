//! Proofs, gaps and answers in words.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{About, Beneath, Proof, Proven, Step};
use crate::diagnostic::shortened;
use crate::facts::{Gap, Gaps, Place};
use crate::kind::Kind;
use crate::model::{Condition, Expr, Pay, Rules, Term};
use crate::month::{self, Months};
use crate::row::{Known, Row};
use crate::source::Span;
use crate::syntax::{Answer, Label, Mode, Rounding};
use crate::value::{said, said_apart};
use crate::why_not::{Change, Changes, During};
use crate::wording::{Language, cited, spelled, worded};

/// Says proofs, gaps and answers in one language.
pub struct Teller<'r, 'h> {
    /// The rules and the household.
    pub row: &'h Row<'r>,
    /// In which language.
    pub language: Language,
}

impl Teller<'_, '_> {
    fn rules(&self) -> &Rules {
        self.row.rules
    }

    /// Yes, no, or cannot say.
    pub fn answer(&self, answer: Answer) -> &'static str {
        match answer {
            Answer::Yes => self.language.pick("是", "yes"),
            Answer::No => self.language.pick("否", "no"),
            Answer::CannotSay => self.language.pick("无法判断", "cannot say"),
        }
    }

    /// An amount with its unit, and what is missing for it.
    pub fn amount(&self, decision: usize, fen: i64) -> String {
        let pays = self.rules().decisions[decision].versions.iter().find_map(|version| version.pay.as_ref());
        let kind = pays.map_or(Kind::whole(crate::kind::Unit::MONEY), |pay| match (pay.expr.kind, &pay.divisor) {
            (Kind::Number { unit, .. }, Some(Expr { kind: Kind::Number { unit: by, .. }, .. })) => {
                unit.by(*by).map_or(Kind::whole(unit), Kind::whole)
            }
            (Kind::Number { unit, .. }, _) => Kind::whole(unit),
            (Kind::YesNo | Kind::Date | Kind::Options(_), _) => Kind::whole(crate::kind::Unit::MONEY),
        });
        said(self.rules(), kind, fen, self.language == Language::Zh)
    }

    /// What is missing, in words.
    pub fn gap(&self, gap: &Gap) -> String {
        let (rules, language) = (self.rules(), self.language);
        let of = |label: &Label| language.of(label).to_owned();
        match gap {
            Gap::Missing(place, fact) => {
                let label = of(&rules.facts(place.entity())[*fact].label);
                match place {
                    Place::Household => label,
                    Place::Person(_) => {
                        format!("{}{}{label}", self.row.household.name(*place), language.pick("的", "'s "))
                    }
                }
            }
            Gap::MissingIn(place, fact, month) => {
                let (fact, month) = (self.gap(&Gap::Missing(*place, *fact)), month::said(*month));
                match language {
                    Language::Zh => format!("{fact}（{month}）"),
                    Language::En => format!("{fact} in {month}"),
                }
            }
            Gap::NoFigure(at) => {
                let label = of(&rules.params[*at].label);
                let on = self.row.on;
                match language {
                    Language::Zh => format!("{on}没有现行有效的“{label}”"),
                    Language::En => format!("no figure in force on {on} for “{label}”"),
                }
            }
            Gap::NotInForce(thing) => {
                let (label, on) = (of(rules.label(*thing)), self.row.on);
                match language {
                    Language::Zh => format!("{on}没有现行有效的规则：{label}"),
                    Language::En => format!("no rule in force on {on}: {label}"),
                }
            }
            Gap::NoMembers(at) => self.at(*at, "没有可比较的值", "there is nothing to compare"),
            Gap::DayAhead(at) => self.at(*at, "日期晚于认定日", "a day that lies ahead of the day decided on"),
            Gap::Overflow(at) => self.at(*at, "数额过大，无法计算", "figures too large to compute with"),
            Gap::ByZero(at) => self.at(*at, "除以零", "a division by zero"),
            Gap::NegativeAmount(at) => {
                let label = of(&rules.decisions[*at].label);
                match language {
                    Language::Zh => format!("{label}的应付额低于零"),
                    Language::En => format!("the amount of {label} is below zero"),
                }
            }
            Gap::DividedByZero(at) => {
                let label = of(&rules.decisions[*at].label);
                match language {
                    Language::Zh => format!("{label}的应付额除以零"),
                    Language::En => format!("the amount of {label} is divided by zero"),
                }
            }
        }
    }

    /// What is so of a formula, with its words as they stand in the rules.
    fn at(&self, span: Span, zh: &str, en: &str) -> String {
        let source = self.rules().sources.get(span.file);
        let words = source.and_then(|source| source.text.get(span.from..span.to)).unwrap_or_default();
        let words = shortened(&words.split_whitespace().collect::<Vec<_>>().join(" "));
        match (words.as_str(), self.language) {
            ("", language) => language.pick(zh, en).to_owned(),
            (words, Language::Zh) => format!("“{words}”{zh}"),
            (words, Language::En) => format!("{en} in “{words}”"),
        }
    }

    /// All that is missing, in words; the months of one fact together.
    pub fn gaps(&self, gaps: &Gaps) -> Vec<String> {
        let mut months: BTreeMap<(Place, usize), Vec<i64>> = BTreeMap::new();
        for gap in gaps {
            if let Gap::MissingIn(place, fact, month) = gap {
                months.entry((*place, *fact)).or_default().push(*month);
            }
        }
        let single = gaps.iter().filter(|gap| !matches!(gap, Gap::MissingIn(..))).map(|gap| self.gap(gap));
        let monthly = months.into_iter().map(|((place, fact), months)| {
            let (fact, months) = (self.gap(&Gap::Missing(place, fact)), month::listed(&months));
            match self.language {
                Language::Zh => format!("{fact}（{months}）"),
                Language::En => format!("{fact} in {months}"),
            }
        });
        single.chain(monthly).collect()
    }

    /// The whole proof as text, each line indented under what rests on it.
    pub fn proof(&self, proof: &Proof<'_>) -> String {
        let (rules, language) = (self.rules(), self.language);
        let decision = &rules.decisions[proof.decision];
        let mut out = String::new();
        let whose = match proof.place {
            Place::Household => String::new(),
            Place::Person(_) => format!("{}{}", self.row.household.name(proof.place), language.pick("：", ": ")),
        };
        let colon = language.pick("：", ": ");
        let _ = write!(out, "{whose}{}{colon}{}", language.of(&decision.label), self.answer(proof.decided.answer));
        if let (Some(Ok(fen)), Answer::Yes) = (&proof.decided.amount, proof.decided.answer) {
            let _ = write!(out, "{}{}", language.pick("，应付", ", pays "), self.amount(proof.decision, *fen));
        }
        let _ = writeln!(out);
        if let Some(article) = proof.article {
            let source = &rules.bases[article.basis].source;
            let _ = writeln!(out, "  {}{}{source}", cited(rules, article, language), language.pick("；", "; "));
        }
        for proven in &proof.conditions {
            self.condition(proven, 1, &mut out);
            self.cut(proven.is_cut, &mut out);
        }
        let pay = decision.on(self.row.on).and_then(|version| version.pay.as_ref());
        if let (Some(pay), false) = (pay, proof.pay.is_empty()) {
            let _ = writeln!(out, "  = {}", self.paid(pay));
            proof.pay.iter().for_each(|step| self.step(step, 3, &mut out));
            self.cut(proof.pay_is_cut, &mut out);
        }
        if !proof.decided.gaps.is_empty() {
            let gaps = self.gaps(&proof.decided.gaps);
            let _ = writeln!(out, "  {}{}", language.pick("尚缺：", "missing: "), gaps.join(language.pick("；", "; ")));
        }
        out
    }

    /// That more rests beneath what stands above than is shown.
    fn cut(&self, is_cut: bool, out: &mut String) {
        if is_cut {
            let cut = self.language.pick("……（太长，有的步骤从略）", "… (too long: some of the steps are left out)");
            let _ = writeln!(out, "      {cut}");
        }
    }

    /// A condition, behind the mark that says whether it is met, and what it rests on.
    fn condition(&self, proven: &Proven<'_>, depth: usize, out: &mut String) {
        let (rules, language, condition) = (self.rules(), self.language, proven.condition);
        let mark = match proven.met {
            Some(true) => "+",
            Some(false) => "-",
            None => "?",
        };
        let words = worded(rules, &condition.expr, language);
        // Its mark says whether it is met, which an exception is where it does not apply.
        let unless = match (condition.unless, proven.met) {
            (false, _) => "",
            (true, Some(true)) => language.pick("除外情形，不适用：", "exception, which does not apply: "),
            (true, Some(false)) => language.pick("除外情形，适用：", "exception, which applies: "),
            (true, None) => language.pick("除外情形：", "exception: "),
        };
        let (name, label) = (&condition.name, language.of(&condition.label));
        let (indent, colon) = ("  ".repeat(depth), language.pick("：", ": "));
        let _ = writeln!(out, "{indent}{mark} {name} {label}{colon}{unless}{words}");
        proven.steps.iter().for_each(|step| self.step(step, depth + 2, out));
    }

    /// How an amount is computed and rounded.
    fn paid(&self, pay: &Pay) -> String {
        let (rules, language) = (self.rules(), self.language);
        let mut words = worded(rules, &pay.expr, language);
        if let Some(divisor) = &pay.divisor {
            words = format!("{words} ÷ {}", worded(rules, divisor, language));
        }
        format!("{}{words}", rounding(pay.rounding, language))
    }

    /// The two sides of a comparison by their values, and whether it holds.
    fn sides(&self, expr: &Expr, (left, right): (&Known, &Known)) -> String {
        let (rules, language) = (self.rules(), self.language);
        let Term::Compare { left: l, order, right: r, .. } = &expr.term else { return String::new() };
        let chinese = language == Language::Zh;
        let (one, other) = match (left, right) {
            (Ok(left), Ok(right)) => said_apart(rules, (l, *left), (r, *right), chinese),
            _ => (self.known(l.kind, left), self.known(r.kind, right)),
        };
        format!("{one} {} {other}", spelled(*order, language))
    }

    /// What would turn a refusal, as text; empty where nothing was found.
    pub fn changes(&self, changes: &Changes) -> String {
        let (rules, language) = (self.rules(), self.language);
        let decision = &rules.decisions[changes.decision];
        let Some(version) = decision.on(self.row.on) else { return String::new() };
        let mut out = String::new();
        for set in &changes.sets {
            let chosen = version.conditions.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1);
            let name = |one: &Condition| match (one.unless, language) {
                (false, _) => format!("{} {}", one.name, language.of(&one.label)),
                (true, Language::Zh) => format!("例外 {} 不再适用（{}）", one.name, one.label.zh),
                (true, Language::En) => format!("{} no longer applies ({})", one.name, one.label.en),
            };
            let names = chosen.map(|(_, one)| name(one)).collect::<Vec<_>>();
            let names = names.join(language.pick("；", "; "));
            let _ = match language {
                Language::Zh => writeln!(out, "  若以下各项成立，结果即为“是”：{names}"),
                Language::En => writeln!(out, "  would be yes if this held: {names}"),
            };
        }
        if changes.more_sets {
            let said = match language {
                Language::Zh => "  可能还有其他组合：条件太多，没有一一列出",
                Language::En => "  there may be more such sets: the conditions are too many to list all",
            };
            let _ = writeln!(out, "{said}");
        }
        for change in &changes.nearest {
            let _ = match language {
                Language::Zh => writeln!(out, "  其他不变，若{}，结果即为“是”", self.change(change)),
                Language::En => writeln!(out, "  all else alike, with {} it would be yes", self.change(change)),
            };
        }
        for [one, other] in &changes.pairs {
            let [one, other] = [one, other].map(|change| self.change(change));
            let _ = match language {
                Language::Zh => writeln!(out, "  其他不变，若{one}，同时{other}，结果即为“是”"),
                Language::En => writeln!(out, "  all else alike, with {one} and {other} it would be yes"),
            };
        }
        if changes.more_changes {
            let said = match language {
                Language::Zh => "  可能还有其他改变：事实太多，没有一一试过",
                Language::En => "  there may be other changes: the facts are too many to try all",
            };
            let _ = writeln!(out, "{said}");
        }
        out
    }

    /// What changes, from what, to what.
    fn change(&self, change: &Change) -> String {
        let (rules, language) = (self.rules(), self.language);
        let kind = rules.facts(change.place.entity())[change.fact].kind;
        let value = |held: i64| said(rules, kind, held, language == Language::Zh);
        let (from, to) = (value(change.from), value(change.to));
        let whole = self.gap(&Gap::Missing(change.place, change.fact));
        let (label, first, last) = match change.during {
            During::Day => (whole, 0, 0),
            During::Month(month) => (self.gap(&Gap::MissingIn(change.place, change.fact, month)), 0, 0),
            During::NeverAbove(first, last) | During::NeverBelow(first, last) => (whole, first, last),
        };
        let months = month::listed(&(first..=last).collect::<Vec<_>>());
        match (change.during, kind, language) {
            (During::Day | During::Month(_), _, Language::Zh) => format!("{label}由{from}变为{to}"),
            (During::Day | During::Month(_), _, Language::En) => format!("{label} {to} instead of {from}"),
            (_, Kind::YesNo, Language::Zh) => format!("{label}在{months}各月均为{to}"),
            (_, Kind::YesNo, Language::En) => format!("{label} {to} in each month of {months}"),
            (During::NeverAbove(..), _, Language::Zh) => format!("{label}在{months}各月均不高于{to}"),
            (During::NeverAbove(..), _, Language::En) => format!("{label} at most {to} in each month of {months}"),
            (During::NeverBelow(..), _, Language::Zh) => format!("{label}在{months}各月均不低于{to}"),
            (During::NeverBelow(..), _, Language::En) => format!("{label} at least {to} in each month of {months}"),
        }
    }

    /// A fact in each of the months looked at; months in a row that are alike are said together.
    fn history(&self, place: Place, fact: usize, months: Months, out: &mut String) {
        let (rules, language) = (self.rules(), self.language);
        let (declared, facts) = (&rules.facts(place.entity())[fact], self.row.household.facts(place));
        let mut runs: Vec<Run<'_>> = vec![];
        for month in months.on(self.row.on) {
            let is = (facts.get_in(fact, month), facts.source_in(fact, month));
            match runs.last_mut() {
                Some((before, months)) if *before == is => months.push(month),
                _ => runs.push((is, vec![month])),
            }
        }
        let one = |((value, source), months): Run<'_>| {
            let value = match value {
                Some(value) => said(rules, declared.kind, value, language == Language::Zh),
                None => language.pick("尚不可知", "not known").to_owned(),
            };
            let source = match (source, language) {
                (Some(source), Language::Zh) => format!("（来源：{source}）"),
                (Some(source), Language::En) => format!(" (source: {source})"),
                (None, _) => String::new(),
            };
            format!("{} = {value}{source}", month::listed(&months))
        };
        let mut runs = runs.into_iter().map(one).collect::<Vec<_>>().join(language.pick("；", "; "));
        if runs.is_empty() {
            runs.push_str(language.pick("没有月份", "no months"));
        }
        let _ = write!(out, "{}{}{runs}", language.of(&declared.label), language.pick("：", ": "));
    }

    fn step(&self, step: &Step<'_>, depth: usize, out: &mut String) {
        let (rules, language) = (self.rules(), self.language);
        let _ = write!(out, "{}", "  ".repeat(depth));
        if let Place::Person(_) = step.place
            && !matches!(step.about, About::Param(..))
        {
            let _ = write!(out, "{}{}", self.row.household.name(step.place), language.pick("：", ": "));
        }
        let is_shown = matches!(step.beneath, Beneath::Shown);
        match step.about {
            About::Fact(at) => {
                let fact = &rules.facts(step.place.entity())[at];
                self.value(&fact.label, fact.kind, &step.value, out);
                if let (Some(source), false) = (self.row.household.facts(step.place).source(at), is_shown) {
                    self.aside(&format!("{}{source}", language.pick("来源：", "source: ")), out);
                }
            }
            About::Param(at, option) => {
                let param = &rules.params[at];
                let label = match param.by.zip(option) {
                    None => param.label.clone(),
                    Some((by, option)) => {
                        let of = |is_chinese: bool| said(rules, Kind::Options(by), option, is_chinese);
                        let (zh, en) = (of(true), of(false));
                        Label { zh: format!("{}（{zh}）", param.label.zh), en: format!("{} ({en})", param.label.en) }
                    }
                };
                self.value(&label, param.kind, &step.value, out);
                let version = param.versions.iter().find(|version| version.days.contain(self.row.on));
                if let (Some(version), false) = (version, is_shown) {
                    let made_up = if version.is_synthetic { language.pick("虚构：", "synthetic: ") } else { "" };
                    let (since, article) = (version.days.from, cited(rules, &param.article, language));
                    let from = match language {
                        Language::Zh => format!("自{since}起"),
                        Language::En => format!("from {since}"),
                    };
                    self.aside(&format!("{article}; {from}; {made_up}{}", version.source), out);
                }
            }
            About::Let(at) => {
                let formula = &rules.lets[at];
                self.value(&formula.label, formula.kind, &step.value, out);
                if let (Some(expr), Beneath::Steps(_)) = (formula.on(self.row.on), &step.beneath) {
                    let _ = write!(out, "{}{}", language.pick("，即", ", that is "), worded(rules, expr, language));
                    if let Some(article) = &formula.article {
                        self.aside(&cited(rules, article, language), out);
                    }
                }
            }
            About::Decision(at) => self.value(&rules.decisions[at].label, Kind::YesNo, &step.value, out),
            About::Amount(at) => {
                let value = match &step.value {
                    Ok(fen) => self.amount(at, *fen),
                    Err(_) => language.pick("尚不可知", "not known").to_owned(),
                };
                let paid = language.pick("应付额", ", what it pays,");
                let _ = write!(out, "{}{paid} = {value}", language.of(&rules.decisions[at].label));
            }
            About::Compared(_) => {
                if let Beneath::Sides { expr, left, right, is_whole } = &step.beneath {
                    let (sides, words) = (self.sides(expr, (left, right)), worded(rules, expr, language));
                    let is = self.known(Kind::YesNo, &step.value);
                    let _ = match is_whole {
                        true => write!(out, "{sides} = {is}"),
                        false => write!(out, "{words} = {is}{}{sides}", language.pick("，即", ", that is ")),
                    };
                }
            }
            About::History(at, months) => {
                if is_shown {
                    let label = language.of(&rules.facts(step.place.entity())[at].label);
                    let _ = write!(out, "{label}{}", language.pick("（逐月）", " (month by month)"));
                } else {
                    self.history(step.place, at, months, out);
                }
            }
            About::Monthly(at, _) => {
                let of_each = language.pick("（逐月）", " (month by month)");
                let _ = write!(out, "{}{of_each}", language.of(&rules.lets[at].label));
                if let (Some(expr), false) = (rules.lets[at].on(self.row.on), is_shown) {
                    let _ = write!(out, "{}{}", language.pick("，即", ", that is "), worded(rules, expr, language));
                }
            }
        }
        if is_shown {
            self.aside(language.pick("见上", "see above"), out);
        }
        let _ = writeln!(out);
        match &step.beneath {
            Beneath::Shown | Beneath::Sides { .. } => {}
            Beneath::Steps(steps) => steps.iter().for_each(|step| self.step(step, depth + 1, out)),
            Beneath::Decided(conditions, pay) => {
                conditions.iter().for_each(|proven| self.condition(proven, depth + 1, out));
                pay.iter().for_each(|step| self.step(step, depth + 1, out));
            }
        }
    }

    fn known(&self, kind: Kind, value: &Known) -> String {
        match value {
            Ok(value) => said(self.rules(), kind, *value, self.language == Language::Zh),
            Err(_) => self.language.pick("尚不可知", "not known").to_owned(),
        }
    }

    fn value(&self, label: &Label, kind: Kind, value: &Known, out: &mut String) {
        let _ = write!(out, "{} = {}", self.language.of(label), self.known(kind, value));
    }

    /// What stands in parentheses behind a step.
    fn aside(&self, what: &str, out: &mut String) {
        let _ = write!(out, "{}{what}{}", self.language.pick("（", " ("), self.language.pick("）", ")"));
    }
}

/// What is so in some months in a row: its value, where it was read, and which months.
type Run<'r> = ((Option<i64>, Option<&'r str>), Vec<i64>);

/// How an amount is rounded, before its words.
pub(crate) fn rounding(rounding: Rounding, language: Language) -> String {
    let (mode, fen) = match rounding {
        Rounding::Exactly => return String::new(),
        Rounding::To { mode, fen } => (mode, fen),
    };
    let to = match (fen, language) {
        (1, Language::Zh) => "分",
        (10, Language::Zh) => "角",
        (_, Language::Zh) => "元",
        (1, Language::En) => "fen",
        (10, Language::En) => "jiao",
        (_, Language::En) => "yuan",
    };
    match (mode, language) {
        (Mode::Up, Language::Zh) => format!("（进位到{to}）"),
        (Mode::Down, Language::Zh) => format!("（舍去到{to}）"),
        (Mode::HalfUp, Language::Zh) => format!("（四舍五入到{to}）"),
        (Mode::Up, Language::En) => format!("rounded up to the {to}: "),
        (Mode::Down, Language::En) => format!("rounded down to the {to}: "),
        (Mode::HalfUp, Language::En) => format!("rounded half up to the {to}: "),
    }
}
