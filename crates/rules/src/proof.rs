//! Why a decision is what it is: every condition, figure and fact it rests on, each with its value and where it stands.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use crate::facts::{Gap, Gaps, Place};
use crate::kind::Kind;
use crate::model::{Article, Condition, Expr, Rules, Term};
use crate::month::{self, Months};
use crate::row::{Decided, Known, Row};
use crate::syntax::{Answer, Entity, Label, Mode, Rounding};
use crate::value::said;
use crate::why_not::{Change, Changes, During};
use crate::wording::{Language, cited, worded};

/// A decision and all it rests on.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Which decision.
    pub decision: usize,
    /// On whom.
    pub place: Place,
    /// What was decided.
    pub decided: Decided,
    /// Where the law says so; `None` if no rule was in force.
    pub article: Option<Article>,
    /// The conditions, in their order.
    pub conditions: Vec<Proven>,
    /// What the amount rests on.
    pub pay: Vec<Step>,
}

/// A condition and what it rests on.
#[derive(Clone, Debug)]
pub struct Proven {
    /// Whether it is met; `None` if that cannot be said.
    pub met: Option<bool>,
    /// What it rests on.
    pub steps: Vec<Step>,
}

/// One value on the way.
#[derive(Clone, Debug)]
pub struct Step {
    /// Whose.
    pub place: Place,
    /// What.
    pub about: About,
    /// Its value, or what is missing for it.
    pub value: Known,
    /// What it rests on; empty where it was shown before.
    pub steps: Vec<Step>,
}

/// What a step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// A fact that somebody established.
    Fact(usize),
    /// A formula.
    Let(usize),
    /// A decision.
    Decision(usize),
    /// What a decision pays.
    Amount(usize),
    /// A figure of the law.
    Param(usize),
    /// What somebody established month by month, in the months that are looked at.
    History(usize, Months),
    /// A formula of those months.
    Monthly(usize, Months),
}

/// Proves a decision.
pub fn prove(row: &mut Row<'_>, decision: usize, place: Place) -> Proof {
    let rules = row.rules;
    let decided = row.decide(decision, place);
    let mut seen = HashSet::new();
    let version = rules.decisions[decision].on(row.on);
    let (mut conditions, mut pay) = (vec![], vec![]);
    if let Some(version) = version {
        for (bit, condition) in version.conditions.iter().enumerate() {
            let known = decided.unknown >> bit & 1 == 0;
            let met = known.then_some(decided.met >> bit & 1 == 1);
            conditions.push(Proven { met, steps: steps(row, None, &condition.expr, place, &mut seen) });
        }
        if let (Some(written), true) = (&version.pay, decided.answer != Answer::No) {
            pay = steps(row, None, &written.expr, place, &mut seen);
            if let Some(divisor) = &written.divisor {
                pay.extend(steps(row, None, divisor, place, &mut seen));
            }
        }
    }
    Proof { decision, place, decided, article: version.map(|version| version.article.clone()), conditions, pay }
}

type Seen = HashSet<(About, Place)>;

/// The steps directly under a formula, which may be one of months.
fn steps(row: &mut Row<'_>, months: Option<Months>, expr: &Expr, place: Place, seen: &mut Seen) -> Vec<Step> {
    let rules = row.rules;
    let mut out = vec![];
    match (&expr.term, months) {
        (Term::Fact(entity, at), Some(months)) if rules.facts(*entity)[*at].is_monthly => {
            let about = About::History(*at, months);
            let known = |month: &i64| row.household.facts(place).get_in(*at, *month).is_none();
            let missing: Gaps =
                months.on(row.on).filter(known).map(|month| Gap::MissingIn(place, *at, month)).collect();
            seen.insert((about, place));
            let value = if missing.is_empty() { Ok(0) } else { Err(missing) };
            out.push(Step { place, about, value, steps: vec![] });
        }
        (Term::Let(at), Some(months)) if rules.lets[*at].is_monthly => {
            let about = About::Monthly(*at, months);
            let under = rules.lets[*at].on(row.on).filter(|_| seen.insert((about, place)));
            let steps = under.into_iter().flat_map(|expr| steps(row, Some(months), expr, place, seen)).collect();
            out.push(Step { place, about, value: Ok(0), steps });
        }
        (Term::Window { what, filter, months, .. }, _) => {
            for inner in filter.iter().chain(what) {
                out.extend(steps(row, Some(*months), inner, place, seen));
            }
        }
        (term, months) => out.extend(plain_steps(row, (term, months), expr, place, seen)),
    }
    let mut told = HashSet::new();
    out.retain(|step: &Step| told.insert((step.about, step.place)));
    out
}

/// The steps under what has one value.
fn plain_steps(
    row: &mut Row<'_>,
    (term, months): (&Term, Option<Months>),
    expr: &Expr,
    place: Place,
    seen: &mut Seen,
) -> Vec<Step> {
    let rules = row.rules;
    let mut out = vec![];
    match term {
        Term::Fact(_, at) => out.push(step(row, About::Fact(*at), expr, place, vec![], seen)),
        Term::Let(at) => {
            let under = rules.lets[*at].on(row.on).into_iter().collect();
            out.push(step(row, About::Let(*at), expr, place, under, seen));
        }
        Term::Decision(at) | Term::Amount(at) => {
            let about = if matches!(expr.term, Term::Decision(_)) { About::Decision(*at) } else { About::Amount(*at) };
            let conditions = rules.decisions[*at].on(row.on).into_iter().flat_map(|version| &version.conditions);
            out.push(step(row, about, expr, place, conditions.map(|condition| &condition.expr).collect(), seen));
        }
        Term::Param(at, index) => {
            let under = index.as_deref().into_iter().collect();
            out.push(step(row, About::Param(*at), expr, place, under, seen));
        }
        Term::OfHousehold(inner) => out.extend(steps(row, months, inner, Place::Household, seen)),
        Term::Rank { what, filter } => {
            for member in row.household.places(Entity::Person) {
                for inner in filter.iter().chain([what]) {
                    out.extend(steps(row, months, inner, member, seen));
                }
            }
        }
        Term::Aggregate { what, filter, .. } => {
            for member in row.household.places(Entity::Person) {
                for inner in filter.iter().chain(what) {
                    out.extend(steps(row, months, inner, member, seen));
                }
            }
        }
        Term::Const(_) | Term::DecisionDay | Term::Window { .. } => {}
        Term::Finer(..)
        | Term::Add(..)
        | Term::Subtract(..)
        | Term::Multiply(..)
        | Term::Divide(..)
        | Term::Larger(..)
        | Term::Smaller(..)
        | Term::If(..)
        | Term::Compare { .. }
        | Term::OneOf { .. }
        | Term::Not(_)
        | Term::And(_)
        | Term::Or(_)
        | Term::Since(..)
        | Term::Part(..)
        | Term::Round { .. } => {
            for inner in expr.term.inner() {
                out.extend(steps(row, months, inner, place, seen));
            }
        }
    }
    out
}

fn step(row: &mut Row<'_>, about: About, expr: &Expr, place: Place, under: Vec<&Expr>, seen: &mut Seen) -> Step {
    let value = row.value(expr, place);
    let first = seen.insert((about, place));
    let under = if first { under } else { vec![] };
    let steps = under.into_iter().flat_map(|expr| steps(row, None, expr, place, seen)).collect();
    Step { place, about, value, steps }
}

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
            Gap::NoMembers(_) => language.pick("没有可比较的值", "there is nothing to compare").to_owned(),
            Gap::DayAhead(_) => {
                language.pick("日期晚于认定日", "a day that lies ahead of the day decided on").to_owned()
            }
            Gap::Overflow(_) => language.pick("数额过大，无法计算", "figures too large to compute with").to_owned(),
            Gap::ByZero(_) => language.pick("除以零", "a division by zero").to_owned(),
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
    pub fn proof(&self, proof: &Proof) -> String {
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
        if let Some(article) = &proof.article {
            let source = &rules.bases[article.basis].source;
            let _ = writeln!(out, "  {}{}{source}", cited(rules, article, language), language.pick("；", "; "));
        }
        let version = decision.on(self.row.on);
        for (condition, proven) in version.iter().flat_map(|version| &version.conditions).zip(&proof.conditions) {
            let mark = match proven.met {
                Some(true) => "+",
                Some(false) => "-",
                None => "?",
            };
            let words = worded(rules, &condition.expr, language);
            let unless = if condition.unless { language.pick("除外情形：", "unless ") } else { "" };
            let label = language.of(&condition.label);
            let _ = writeln!(out, "  {mark} {} {label}{colon}{unless}{words}", condition.name);
            proven.steps.iter().for_each(|step| self.step(step, 3, &mut out));
        }
        if let (Some(pay), false) = (version.and_then(|version| version.pay.as_ref()), proof.pay.is_empty()) {
            let mut words = worded(rules, &pay.expr, language);
            if let Some(divisor) = &pay.divisor {
                words = format!("{words} ÷ {}", worded(rules, divisor, language));
            }
            let _ = writeln!(out, "  = {}{words}", rounding(pay.rounding, language));
            proof.pay.iter().for_each(|step| self.step(step, 3, &mut out));
        }
        if !proof.decided.gaps.is_empty() {
            let gaps = self.gaps(&proof.decided.gaps);
            let _ = writeln!(out, "  {}{}", language.pick("尚缺：", "missing: "), gaps.join(language.pick("；", "; ")));
        }
        out
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
        let runs = runs.into_iter().map(one).collect::<Vec<_>>().join(language.pick("；", "; "));
        let _ = writeln!(out, "{}{}{runs}", language.of(&declared.label), language.pick("：", ": "));
    }

    fn step(&self, step: &Step, depth: usize, out: &mut String) {
        let (rules, language) = (self.rules(), self.language);
        let zh = language == Language::Zh;
        let _ = write!(out, "{}", "  ".repeat(depth));
        if let Place::Person(_) = step.place
            && !matches!(step.about, About::Param(_))
        {
            let _ = write!(out, "{}{}", self.row.household.name(step.place), language.pick("：", ": "));
        }
        let (label, kind) = match step.about {
            About::Fact(at) => {
                let fact = &rules.facts(step.place.entity())[at];
                (&fact.label, fact.kind)
            }
            About::Let(at) => (&rules.lets[at].label, rules.lets[at].kind),
            About::Decision(at) => (&rules.decisions[at].label, Kind::YesNo),
            About::Amount(at) => (&rules.decisions[at].label, Kind::YesNo),
            About::Param(at) => (&rules.params[at].label, rules.params[at].kind),
            About::History(at, months) => return self.history(step.place, at, months, out),
            About::Monthly(at, _) => {
                let of_each = language.pick("（逐月）", " (month by month)");
                let formula = rules.lets[at].on(self.row.on).map(|expr| worded(rules, expr, language));
                let that_is = language.pick("，即", ", that is ");
                let _ = write!(out, "{}{of_each}", language.of(&rules.lets[at].label));
                let _ = writeln!(out, "{}", formula.map(|words| format!("{that_is}{words}")).unwrap_or_default());
                step.steps.iter().for_each(|step| self.step(step, depth + 1, out));
                return;
            }
        };
        let value = match (&step.value, step.about) {
            (Ok(fen), About::Amount(at)) => self.amount(at, *fen),
            (Ok(value), _) => said(rules, kind, *value, zh),
            (Err(_), _) => language.pick("尚不可知", "not known").to_owned(),
        };
        let _ = write!(out, "{} = {value}", language.of(label));
        let (open, close) = (language.pick("（", " ("), language.pick("）", ")"));
        match step.about {
            About::Fact(at) => {
                if let Some(source) = self.row.household.facts(step.place).source(at) {
                    let _ = write!(out, "{open}{}{source}{close}", language.pick("来源：", "source: "));
                }
            }
            About::Param(at) => {
                let param = &rules.params[at];
                if let Some(version) = param.versions.iter().find(|version| version.days.contain(self.row.on)) {
                    let made_up = if version.is_synthetic { language.pick("虚构：", "synthetic: ") } else { "" };
                    let since = version.days.from;
                    let article = cited(rules, &param.article, language);
                    let from = if zh { format!("自{since}起") } else { format!("from {since}") };
                    let _ = write!(out, "{open}{article}; {from}; {made_up}{}{close}", version.source);
                }
            }
            About::Let(at) => {
                if let Some(expr) = rules.lets[at].on(self.row.on).filter(|_| !step.steps.is_empty()) {
                    let _ = write!(out, "{}{}", language.pick("，即", ", that is "), worded(rules, expr, language));
                }
                if let Some(article) = &rules.lets[at].article {
                    let _ = write!(out, "{open}{}{close}", cited(rules, article, language));
                }
            }
            About::Decision(_) | About::Amount(_) | About::History(..) | About::Monthly(..) => {}
        }
        let _ = writeln!(out);
        step.steps.iter().for_each(|step| self.step(step, depth + 1, out));
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
