//! A package of rules that was checked: every name looked up, every unit known, every order spelled.

use std::collections::BTreeSet;

use civil::Date;

use crate::diagnostic::Diagnostic;
use crate::facts::{Gap, Household, Place};
use crate::kind::Kind;
use crate::month::Months;
use crate::source::{Source, Span};
use crate::syntax::{Answer, Days, Entity, How, Label, Mode, Order, Part, Rounding, Since};

/// The greatest number of conditions of one decision; their bits stand in one `u32`.
pub const CONDITIONS_MAX: usize = 32;
/// How finely a ratio that somebody establishes is held: to a hundredth of a per cent.
pub const RATIO_DEN: i64 = 10_000;

/// A package of rules.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The files it was read from.
    pub sources: Vec<Source>,
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: Label,
    /// Statutes and notices that it rests on.
    pub bases: Vec<Basis>,
    /// Lists of options.
    pub options: Vec<Options>,
    /// Dated figures of the law.
    pub params: Vec<Param>,
    /// Facts of persons; the first is the role, where roles are declared.
    pub person: Vec<Fact>,
    /// Facts of households.
    pub household: Vec<Fact>,
    /// Formulas.
    pub lets: Vec<Let>,
    /// Decisions.
    pub decisions: Vec<Decision>,
    /// Formulas and decisions, each after all that it rests on.
    pub order: Vec<Thing>,
    /// Cases that must come out as they say.
    pub cases: Vec<Case>,
    /// What an imported package does not say; `None` for a package of ours.
    pub imported: Option<Unsaid>,
    /// What is worth a second look, in the order of its files and lines.
    pub remarks: Vec<Diagnostic>,
}

/// What an imported package does not say, and one of ours must. Nothing is paid by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unsaid {
    /// Figures without a source.
    pub sources: usize,
    /// Figures that stand in formulas, without a date.
    pub dates: usize,
    /// Inputs, figures and formulas whose unit nobody says.
    pub units: usize,
}

/// A statute or notice.
#[derive(Clone, Debug)]
pub struct Basis {
    /// Its name in the rules.
    pub name: String,
    /// What people call it.
    pub label: Label,
    /// When it is in force.
    pub days: Days,
    /// Where it can be read, or why it was made up.
    pub source: String,
    /// Whether it was made up.
    pub is_synthetic: bool,
}

/// A list of options.
#[derive(Clone, Debug)]
pub struct Options {
    /// Its name.
    pub name: String,
    /// Its options.
    pub options: Vec<(String, Label)>,
}

impl Options {
    /// The place of an option.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.options.iter().position(|(option, _)| option == name)
    }
}

/// A word by which a table would mean either of two things, each with its name and what people call it.
pub(crate) fn shared<'n>(one: (&'n str, &'n Label), other: (&str, &Label)) -> Option<&'n str> {
    let words = |(name, label): (&'n str, &'n Label)| [name, label.zh.as_str(), label.en.as_str()];
    words(one).into_iter().find(|word| [other.0, &other.1.zh, &other.1.en].contains(word))
}

/// An article of a basis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Of which basis, by its place.
    pub basis: usize,
    /// Its number.
    pub article: String,
}

/// A dated figure of the law.
#[derive(Clone, Debug)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: Label,
    /// What it measures.
    pub kind: Kind,
    /// By which options it differs.
    pub by: Option<usize>,
    /// Where the law says so.
    pub article: Article,
    /// Its values, earliest first.
    pub versions: Vec<ParamVersion>,
    /// Whether any formula asks for it.
    pub is_used: bool,
}

/// Values of a figure for some days.
#[derive(Clone, Debug)]
pub struct ParamVersion {
    /// Which days.
    pub days: Days,
    /// One value, or one for each option; in the parts that the kind says.
    pub values: Vec<i64>,
    /// Where it was read, or why it was made up.
    pub source: String,
    /// Whether it was made up.
    pub is_synthetic: bool,
}

/// A fact that somebody has to establish.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: Label,
    /// What it measures.
    pub kind: Kind,
    /// Whether it has a value for each month.
    pub is_monthly: bool,
    /// Whether it may be below zero.
    pub is_signed: bool,
    /// Whether it may rise by what people do.
    pub rising: bool,
    /// Whether it may fall by what people do.
    pub falling: bool,
    /// Whether any formula asks for it.
    pub is_used: bool,
}

impl Fact {
    /// Whether it is a number, and no day and no option.
    pub fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number { .. })
    }
}

/// A formula or a decision, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// A formula.
    Let(usize),
    /// A decision.
    Decision(usize),
}

/// A formula with a name.
#[derive(Clone, Debug)]
pub struct Let {
    /// Of whom.
    pub entity: Entity,
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: Label,
    /// Where the law says so, if it does.
    pub article: Option<Article>,
    /// What it gives.
    pub kind: Kind,
    /// Whether it has a value for each month, because it speaks of facts that have.
    pub is_monthly: bool,
    /// Its formulas, earliest first.
    pub versions: Vec<(Option<Days>, Expr)>,
}

impl Let {
    /// The formula in force on a day.
    pub fn on(&self, day: Date) -> Option<&Expr> {
        self.versions.iter().find(|(days, _)| days.is_none_or(|days| days.contain(day))).map(|(_, expr)| expr)
    }
}

/// A decision.
#[derive(Clone, Debug)]
pub struct Decision {
    /// On whom.
    pub entity: Entity,
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: Label,
    /// As the law stood, earliest first.
    pub versions: Vec<Version>,
}

impl Decision {
    /// The decision as the law stands on a day.
    pub fn on(&self, day: Date) -> Option<&Version> {
        self.versions.iter().find(|version| version.days.contain(day))
    }
}

/// A decision as the law stood on some days.
#[derive(Clone, Debug)]
pub struct Version {
    /// Where the law says so.
    pub article: Article,
    /// Which days.
    pub days: Days,
    /// What is asked; the bit of each is its place.
    pub conditions: Vec<Condition>,
    /// How they go together.
    pub needs: Needs,
    /// What is paid.
    pub pay: Option<Pay>,
}

/// A named condition.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: Label,
    /// What is asked.
    pub expr: Expr,
    /// Whether it must not hold.
    pub unless: bool,
}

/// How conditions go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Needs {
    /// This condition is met.
    One(usize),
    /// All of these.
    All(Vec<Needs>),
    /// At least one of these.
    Any(Vec<Needs>),
}

impl Needs {
    /// Whether conditions suffice: bit `i` of `met` says that condition `i` is met.
    pub fn hold(&self, met: u32) -> bool {
        match self {
            Needs::One(at) => met >> at & 1 == 1,
            Needs::All(all) => all.iter().all(|one| one.hold(met)),
            Needs::Any(any) => any.iter().any(|one| one.hold(met)),
        }
    }
}

/// What is paid.
#[derive(Clone, Debug)]
pub struct Pay {
    /// How it is rounded.
    pub rounding: Rounding,
    /// The amount before, or what is divided.
    pub expr: Expr,
    /// By what it is divided, where by no fixed number.
    pub divisor: Option<Expr>,
}

/// A formula whose kind is known.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub term: Term,
    /// What it gives.
    pub kind: Kind,
    /// Where it stands.
    pub span: Span,
}

/// What a formula is. Integers are in the parts that the kind says; days are yyyymmdd; yes is 1.
#[derive(Clone, Debug)]
pub enum Term {
    /// A fixed value.
    Const(i64),
    /// The day decided on.
    DecisionDay,
    /// A fact of the one the formula is of.
    Fact(Entity, usize),
    /// A formula of the same one.
    Let(usize),
    /// Whether a decision on the same one is yes.
    Decision(usize),
    /// What a decision on the same one pays; zero where it is no.
    Amount(usize),
    /// In a person's formula: the same of his household.
    OfHousehold(Box<Expr>),
    /// A dated figure, for an option where it differs by options.
    Param(usize, Option<Box<Expr>>),
    /// The same value in so many times finer parts.
    Finer(Box<Expr>, i64),
    /// Sum.
    Add(Box<Expr>, Box<Expr>),
    /// Difference.
    Subtract(Box<Expr>, Box<Expr>),
    /// Product; its parts are those of both, multiplied.
    Multiply(Box<Expr>, Box<Expr>),
    /// Divided by a fixed number: the same integer in finer parts.
    Divide(Box<Expr>, i64, crate::kind::Unit),
    /// The larger of two.
    Larger(Box<Expr>, Box<Expr>),
    /// The smaller of two.
    Smaller(Box<Expr>, Box<Expr>),
    /// The second if the first holds, else the third.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// Compared, each side times its factor.
    Compare { left: Box<Expr>, order: Order, right: Box<Expr>, factors: (i64, i64) },
    /// One of these options, or none of them.
    OneOf { left: Box<Expr>, options: Vec<i64>, not: bool },
    /// Not.
    Not(Box<Expr>),
    /// All of them.
    And(Vec<Expr>),
    /// At least one.
    Or(Vec<Expr>),
    /// Over members.
    Aggregate { how: How, what: Option<Box<Expr>>, filter: Option<Box<Expr>> },
    /// Over months before the day decided on. In it, what has a value for each month is that of the month; all else is as
    /// on the day decided on.
    Window { how: How, what: Option<Box<Expr>>, filter: Option<Box<Expr>>, months: Months },
    /// Completed time up to the day decided on.
    Since(Since, Box<Expr>),
    /// A part of a day.
    Part(Part, Box<Expr>),
    /// Of a person: the how-manieth he is among the members counted, from the least on; of equals, the one named first.
    Rank { what: Box<Expr>, filter: Option<Box<Expr>> },
    /// A value, or the quotient of two, to a multiple of so many parts of a unit.
    Round { mode: Mode, over: Box<Expr>, under: Option<Box<Expr>>, step: i64 },
}

impl Term {
    /// The formulas directly in it.
    pub fn inner(&self) -> Vec<&Expr> {
        match self {
            Term::Const(_) | Term::DecisionDay => vec![],
            Term::Fact(..) | Term::Let(_) | Term::Decision(_) | Term::Amount(_) => vec![],
            Term::Param(_, index) => index.as_deref().into_iter().collect(),
            Term::OfHousehold(one) | Term::Finer(one, _) | Term::Divide(one, ..) | Term::Not(one) => vec![one],
            Term::Since(_, one) | Term::Part(_, one) | Term::OneOf { left: one, .. } => vec![one],
            Term::Add(a, b) | Term::Subtract(a, b) | Term::Multiply(a, b) => vec![a, b],
            Term::Larger(a, b) | Term::Smaller(a, b) | Term::Compare { left: a, right: b, .. } => vec![a, b],
            Term::If(a, b, c) => vec![a, b, c],
            Term::And(all) | Term::Or(all) => all.iter().collect(),
            Term::Rank { what, filter } => std::iter::once(what).chain(filter).map(|one| &**one).collect(),
            Term::Round { over, under, .. } => std::iter::once(over).chain(under).map(|one| &**one).collect(),
            Term::Aggregate { what, filter, .. } | Term::Window { what, filter, .. } => {
                what.iter().chain(filter).map(|one| &**one).collect()
            }
        }
    }
}

impl Rules {
    /// The facts of persons or of households.
    pub fn facts(&self, entity: Entity) -> &[Fact] {
        match entity {
            Entity::Person => &self.person,
            Entity::Household => &self.household,
        }
    }

    /// Where the role stands among the facts of persons.
    pub fn role(&self) -> Option<usize> {
        self.person.iter().position(|fact| fact.name == "role")
    }

    /// What a decision rests on, on a day, that was made up: figures and bases, by what people call them.
    pub fn made_up(&self, decision: usize, day: Date) -> Vec<&Label> {
        let (mut things, mut figures, mut bases) = (vec![Thing::Decision(decision)], vec![], vec![]);
        let mut at = 0;
        while let Some(thing) = things.get(at).copied() {
            at += 1;
            let mut exprs = self.formulas(thing, day);
            match thing {
                Thing::Let(at) => bases.extend(self.lets[at].article.iter().map(|article| article.basis)),
                Thing::Decision(at) => bases.extend(self.decisions[at].on(day).map(|version| version.article.basis)),
            }
            while let Some(expr) = exprs.pop() {
                let next = match expr.term {
                    Term::Let(at) => Some(Thing::Let(at)),
                    Term::Decision(at) | Term::Amount(at) => Some(Thing::Decision(at)),
                    Term::Param(at, _) => {
                        figures.push(at);
                        bases.push(self.params[at].article.basis);
                        None
                    }
                    _ => None,
                };
                things.extend(next.filter(|next| !things.contains(next)));
                exprs.extend(expr.term.inner());
            }
        }
        let made_up = |at: &usize| self.params[*at].versions.iter().any(|v| v.is_synthetic && v.days.contain(day));
        let bases = bases.into_iter().filter(|at| self.bases[*at].is_synthetic).map(|at| &self.bases[at].label);
        let mut out: Vec<&Label> =
            bases.chain(figures.into_iter().filter(made_up).map(|at| &self.params[at].label)).collect();
        out.sort_by_key(|label| &label.en);
        out.dedup();
        out
    }

    /// Whether a formula or decision follows, on a day, from a fact of persons or households.
    pub fn rests_on_fact(&self, thing: Thing, day: Date, entity: Entity, fact: usize) -> bool {
        let mut things = vec![thing];
        let mut at = 0;
        while let Some(thing) = things.get(at).copied() {
            at += 1;
            let mut exprs = self.formulas(thing, day);
            while let Some(expr) = exprs.pop() {
                match expr.term {
                    Term::Fact(of, at) if of == entity && at == fact => return true,
                    Term::Let(at) => things.extend(Some(Thing::Let(at)).filter(|next| !things.contains(next))),
                    Term::Decision(at) | Term::Amount(at) => {
                        things.extend(Some(Thing::Decision(at)).filter(|next| !things.contains(next)));
                    }
                    _ => {}
                }
                exprs.extend(expr.term.inner());
            }
        }
        false
    }

    /// The months that formulas in force on a day look back at, earliest first.
    pub fn months(&self, day: Date) -> Vec<i64> {
        let mut months = BTreeSet::new();
        for thing in &self.order {
            let mut exprs = self.formulas(*thing, day);
            while let Some(expr) = exprs.pop() {
                if let Term::Window { months: looked_at, .. } = &expr.term {
                    months.extend(looked_at.on(day));
                }
                exprs.extend(expr.term.inner());
            }
        }
        months.into_iter().collect()
    }

    /// The months that a decision or formula looks back at, itself or through others, earliest first.
    pub(crate) fn months_beneath(&self, thing: Thing, day: Date) -> BTreeSet<i64> {
        let (mut things, mut months, mut at) = (vec![thing], BTreeSet::new(), 0);
        while let Some(thing) = things.get(at).copied() {
            at += 1;
            let mut exprs = self.formulas(thing, day);
            while let Some(expr) = exprs.pop() {
                let next = match &expr.term {
                    Term::Let(at) => Some(Thing::Let(*at)),
                    Term::Decision(at) | Term::Amount(at) => Some(Thing::Decision(*at)),
                    Term::Window { months: looked_at, .. } => {
                        months.extend(looked_at.on(day));
                        None
                    }
                    _ => None,
                };
                things.extend(next.filter(|next| !things.contains(next)));
                exprs.extend(expr.term.inner());
            }
        }
        months
    }

    /// Whether a formula has a value for each month.
    pub fn is_monthly(&self, expr: &Expr) -> bool {
        match &expr.term {
            Term::Fact(entity, at) => self.facts(*entity)[*at].is_monthly,
            Term::Let(at) => self.lets[*at].is_monthly,
            Term::Window { .. } => false,
            term => term.inner().into_iter().any(|inner| self.is_monthly(inner)),
        }
    }

    /// What a formula or decision consists of on a day.
    pub(crate) fn formulas(&self, thing: Thing, day: Date) -> Vec<&Expr> {
        match thing {
            Thing::Let(at) => self.lets[at].on(day).into_iter().collect(),
            Thing::Decision(at) => {
                let Some(version) = self.decisions[at].on(day) else { return vec![] };
                let pay = version.pay.iter().flat_map(|pay| [Some(&pay.expr), pay.divisor.as_ref()]).flatten();
                version.conditions.iter().map(|condition| &condition.expr).chain(pay).collect()
            }
        }
    }

    /// The place of one of its decisions.
    pub fn place_of(&self, decision: &Decision) -> usize {
        let same = |one: &Decision| one.name == decision.name && one.entity == decision.entity;
        self.decisions.iter().position(same).expect("it is one of them")
    }

    /// What a thing is called.
    pub fn label(&self, thing: Thing) -> &Label {
        match thing {
            Thing::Let(at) => &self.lets[at].label,
            Thing::Decision(at) => &self.decisions[at].label,
        }
    }
}

/// A formula without the places where it stands: equal for equal formulas.
pub(crate) fn key(expr: &Expr) -> String {
    let inner: Vec<String> = expr.term.inner().into_iter().map(key).collect();
    let own = match &expr.term {
        Term::Const(value) => format!("{value}"),
        Term::DecisionDay => "day".to_owned(),
        Term::Fact(Entity::Person, at) => format!("p{at}"),
        Term::Fact(Entity::Household, at) => format!("h{at}"),
        Term::Let(at) => format!("l{at}"),
        Term::Decision(at) => format!("d{at}"),
        Term::Amount(at) => format!("a{at}"),
        Term::Param(at, _) => format!("q{at}"),
        Term::OfHousehold(_) => "of".to_owned(),
        Term::Finer(_, by) => format!("finer{by}"),
        Term::Divide(_, by, _) => format!("/{by}"),
        Term::Add(..) => "+".to_owned(),
        Term::Subtract(..) => "-".to_owned(),
        Term::Multiply(..) => "*".to_owned(),
        Term::Larger(..) => "larger".to_owned(),
        Term::Smaller(..) => "smaller".to_owned(),
        Term::If(..) => "if".to_owned(),
        Term::Compare { order, factors, .. } => format!("{order:?}{factors:?}"),
        Term::OneOf { options, not, .. } => format!("in{options:?}{not}"),
        Term::Not(_) => "not".to_owned(),
        Term::And(_) => "and".to_owned(),
        Term::Or(_) => "or".to_owned(),
        Term::Aggregate { how, what, filter } => format!("{how:?}{}{}", what.is_some(), filter.is_some()),
        Term::Window { how, what, filter, months } => {
            format!("{how:?}{}{}{months:?}", what.is_some(), filter.is_some())
        }
        Term::Since(since, _) => format!("{since:?}"),
        Term::Part(part, _) => format!("{part:?}"),
        Term::Rank { filter, .. } => format!("rank{}", filter.is_some()),
        Term::Round { mode, under, step, .. } => format!("{mode:?}{step}{}", under.is_some()),
    };
    format!("{own}({})", inner.join(","))
}

/// A case: facts, and what must come out.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it shows.
    pub label: Label,
    /// The day decided on.
    pub on: Date,
    /// What is known.
    pub household: Household,
    /// What must come out.
    pub expects: Vec<Expected>,
}

/// What must come out of a case.
#[derive(Clone, Debug)]
pub struct Expected {
    /// On whom.
    pub place: Place,
    /// Which decision.
    pub decision: usize,
    /// The answer.
    pub answer: Answer,
    /// The amount, in fen.
    pub pay_fen: Option<i64>,
    /// Conditions that are not met; empty if the case does not say.
    pub because: Vec<String>,
    /// Facts that are missing; empty if the case does not say.
    pub missing: Vec<Gap>,
    /// Where the case says so.
    pub span: Span,
}
