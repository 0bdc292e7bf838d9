//! What a file says, as it was written; nothing here has been checked yet.

use civil::Date;

use crate::month::Months;
use crate::source::Span;

/// A name and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// What people call a thing, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// Of whom a fact or a formula speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// One human being.
    Person,
    /// Persons who live together.
    Household,
}

impl Entity {
    /// The one that is not this.
    pub fn other(self) -> Entity {
        match self {
            Entity::Person => Entity::Household,
            Entity::Household => Entity::Person,
        }
    }
}

/// First and last day, both inclusive; without a last day it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Option<Date>,
}

impl Days {
    /// Whether a day is one of them.
    pub fn contain(self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether some day is in both.
    pub fn meet(self, other: Days) -> bool {
        self.to.is_none_or(|to| other.from <= to) && other.to.is_none_or(|to| self.from <= to)
    }

    /// Whether every day of `other` is one of them.
    pub fn cover(self, other: Days) -> bool {
        self.from <= other.from && self.to.is_none_or(|to| other.to.is_some_and(|other| other <= to))
    }
}

/// An article of a legal basis.
#[derive(Clone, Debug)]
pub struct Under {
    /// Which basis.
    pub basis: Name,
    /// Which article of it.
    pub article: String,
}

/// One declaration.
#[derive(Clone, Debug)]
pub enum Declaration {
    /// `package`; `package imported` for what was brought over from OpenFisca
    Package { name: Name, label: Label, is_imported: bool },
    /// `basis`
    Basis { name: Name, label: Label, days: Option<Days>, source: Option<String>, synthetic: Option<String> },
    /// `options`, and `roles`, which are the options of `role`
    Options { name: Name, options: Vec<(Name, Label)> },
    /// `param`
    Param(Param),
    /// `input`
    Input(Input),
    /// `let`
    Let(Let),
    /// `decide`
    Decide(Decide),
    /// `case`
    Case(Case),
}

impl Declaration {
    /// The name that it gives a meaning; a case gives none.
    pub fn name(&self) -> Option<&Name> {
        match self {
            Declaration::Package { name, .. } | Declaration::Basis { name, .. } | Declaration::Options { name, .. } => {
                Some(name)
            }
            Declaration::Param(Param { name, .. })
            | Declaration::Input(Input { name, .. })
            | Declaration::Let(Let { name, .. })
            | Declaration::Decide(Decide { name, .. }) => Some(name),
            Declaration::Case(_) => None,
        }
    }
}

/// A dated figure of the law.
#[derive(Clone, Debug)]
pub struct Param {
    /// Its name.
    pub name: Name,
    /// What people call it.
    pub label: Label,
    /// What it measures.
    pub kind: Written,
    /// By which options it differs.
    pub by: Option<Name>,
    /// Where the law says so.
    pub under: Option<Under>,
    /// Its values, version by version.
    pub versions: Vec<ParamVersion>,
}

/// Values of a parameter for some days.
#[derive(Clone, Debug)]
pub struct ParamVersion {
    /// Which days; `None` where it was left out.
    pub days: Option<Days>,
    /// One value, or one for each option.
    pub values: Vec<(Option<Name>, Value)>,
    /// Where the figure was read.
    pub source: Option<String>,
    /// Why it was made up, if it was.
    pub synthetic: Option<String>,
    /// The whole of it.
    pub span: Span,
}

/// A fact that somebody has to establish.
#[derive(Clone, Debug)]
pub struct Input {
    /// Of whom.
    pub entity: Entity,
    /// Its name.
    pub name: Name,
    /// What people call it.
    pub label: Label,
    /// What it measures.
    pub kind: Written,
    /// Whether it has a value for each month.
    pub monthly: bool,
    /// Whether it may be below zero.
    pub signed: bool,
    /// Whether it may rise, and fall, by what people do.
    pub rising: bool,
    /// See `rising`.
    pub falling: bool,
}

/// A formula with a name.
#[derive(Clone, Debug)]
pub struct Let {
    /// Of whom.
    pub entity: Entity,
    /// Its name.
    pub name: Name,
    /// What people call it.
    pub label: Label,
    /// Where the law says so, if it does.
    pub under: Option<Under>,
    /// Its formulas; `None` for days: always.
    pub versions: Vec<(Option<Days>, Expr, Span)>,
}

/// A decision.
#[derive(Clone, Debug)]
pub struct Decide {
    /// On whom.
    pub entity: Entity,
    /// Its name.
    pub name: Name,
    /// What people call it.
    pub label: Label,
    /// As the law stood.
    pub versions: Vec<DecideVersion>,
}

/// A decision as the law stood on some days.
#[derive(Clone, Debug)]
pub struct DecideVersion {
    /// Where the law says so.
    pub under: Option<Under>,
    /// Which days.
    pub days: Option<Days>,
    /// What is asked.
    pub conditions: Vec<Condition>,
    /// How the conditions go together; without it, all must hold.
    pub needs: Option<Expr>,
    /// What is paid.
    pub pay: Option<Pay>,
    /// Where it begins.
    pub span: Span,
}

/// A named condition.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Its name.
    pub name: Name,
    /// What people call it.
    pub label: Label,
    /// What is asked.
    pub expr: Expr,
    /// Whether it must not hold.
    pub unless: bool,
}

/// An amount and how it is rounded.
#[derive(Clone, Debug)]
pub struct Pay {
    /// `None` where it was left out.
    pub rounding: Option<Rounding>,
    /// The amount before.
    pub expr: Expr,
    /// The whole.
    pub span: Span,
}

/// How an amount is rounded, once, where it is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Not at all.
    Exactly,
    /// To a multiple of so many fen.
    To { mode: Mode, fen: i64 },
}

/// Which way an amount is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Towards more.
    Up,
    /// Towards less.
    Down,
    /// To the nearest, a half to more.
    HalfUp,
}

/// What a declaration says of the kind of a thing, before names are looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// A number of this unit.
    Number(crate::kind::Unit),
    /// `yes/no`
    YesNo,
    /// `date`
    Date,
    /// One of some options.
    Options(Name),
}

/// A value as data: of a parameter, or of a fact in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Digits, how many of them stand after the point, and whether per cent.
    Number { units: i64, scale: u32, percent: bool, span: Span },
    /// Yes or no.
    YesNo(bool, Span),
    /// A day.
    Date(Date, Span),
    /// An option.
    Option(Name),
}

impl Value {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Value::Number { span, .. } | Value::YesNo(_, span) | Value::Date(_, span) => *span,
            Value::Option(name) => name.span,
        }
    }
}

/// A formula.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub node: Node,
    /// Where.
    pub span: Span,
}

/// What a formula is.
#[derive(Clone, Debug)]
pub enum Node {
    /// `12`, `12 months`, `1.5`, `800 yuan`
    Number { units: i64, scale: u32, unit: Option<crate::kind::Unit> },
    /// `yes`
    YesNo(bool),
    /// `2020-12-21`
    Date(Date),
    /// `decision day`
    DecisionDay,
    /// `income`, `household.income`
    Name(Option<Entity>, String),
    /// `standard[area]`
    Index(Name, Box<Expr>),
    /// `not a`
    Not(Box<Expr>),
    /// `a and b and c`
    And(Vec<Expr>),
    /// `a or b`
    Or(Vec<Expr>),
    /// `a below b`
    Compare(Box<Expr>, Order, Box<Expr>),
    /// `a is head`, `a in {head, spouse}`; the names are not looked up until the kind of the left is known
    Is { left: Box<Expr>, options: Vec<Expr>, not: bool },
    /// `a + b`
    Arithmetic(Box<Expr>, Sign, Box<Expr>),
    /// `larger(a, b)`
    Larger(Box<Expr>, Box<Expr>),
    /// `smaller(a, b)`
    Smaller(Box<Expr>, Box<Expr>),
    /// `if a then b else c`
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `sum a over members where b`
    Aggregate { how: How, what: Option<Box<Expr>>, filter: Option<Box<Expr>> },
    /// `sum a over last 12 months where b`
    Window { how: How, what: Option<Box<Expr>>, filter: Option<Box<Expr>>, months: Months },
    /// `average a over last 12 months`
    Average { what: Box<Expr>, months: Months },
    /// `years since a`
    Since(Since, Box<Expr>),
    /// `year of birth`
    Part(Part, Box<Expr>),
    /// `rank birth over members where role is child`
    Rank { what: Box<Expr>, filter: Option<Box<Expr>> },
    /// `round down to 0.5 (a / b)`: to a multiple of so many units with so many decimals
    Round { mode: Mode, step: (i64, u32), of: Box<Expr> },
    /// `amount allowance`
    Amount(Option<Entity>, String),
}

/// An order of two values; strict or not is always spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// Strictly less.
    Below,
    /// Less or equal.
    AtMost,
    /// Strictly more.
    Above,
    /// More or equal.
    AtLeast,
    /// Equal.
    Is,
    /// Not equal.
    IsNot,
}

/// `+ - * /`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the four operations")]
pub enum Sign {
    Plus,
    Minus,
    Times,
    By,
}

/// How the values of members become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is its word in the language")]
pub enum How {
    Sum,
    Count,
    Any,
    All,
    Min,
    Max,
}

/// Completed years, months or days up to the day decided on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is its word in the language")]
pub enum Since {
    Years,
    Months,
    Days,
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is its word in the language")]
pub enum Part {
    Year,
    Month,
    Day,
}

/// A case: facts, and what must come out.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it shows.
    pub label: Label,
    /// The day decided on.
    pub on: Option<Date>,
    /// As it was known then; `None`: all that is known.
    pub known: Option<(Known, Span)>,
    /// Facts of the household.
    pub household: Vec<CaseFact>,
    /// Its members.
    pub persons: Vec<CasePerson>,
    /// What must come out.
    pub expects: Vec<Expected>,
    /// Where it begins.
    pub span: Span,
}

/// A member in a case.
#[derive(Clone, Debug)]
pub struct CasePerson {
    /// What he is called in it.
    pub name: Name,
    /// Facts, each with where it was read.
    pub facts: Vec<CaseFact>,
}

/// A fact in a case.
#[derive(Clone, Debug)]
pub struct CaseFact {
    /// Which.
    pub name: Name,
    /// When it is so.
    pub when: When,
    /// Its value.
    pub value: Value,
    /// From when on it was known; `None`: ever.
    pub known: Option<(Known, Span)>,
    /// Where it was read.
    pub source: Option<String>,
}

/// When a fact is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Always.
    Ever,
    /// From a day on.
    From(Date),
    /// In each of these months, both included.
    During(i64, i64),
}

/// A place on the axis of knowledge: a day, or a position in a record. The two are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// The events of the record up to this one.
    Position(u32),
    /// What was known at the end of a day, as yyyymmdd.
    Day(u32),
}

impl Known {
    /// Reads a day, or the number of a position.
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(day) = text.parse::<Date>()
            && text.len() == 10
            && day.year() > 0
        {
            return Some(Known::of(day));
        }
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok().map(Known::Position)).flatten()
    }

    /// The end of a day.
    pub fn of(day: Date) -> Self {
        Known::Day(u32::try_from(crate::value::day_number(day)).unwrap_or(0))
    }

    /// Whether it lies on the same axis as another.
    pub fn is_comparable(self, other: Known) -> bool {
        matches!((self, other), (Known::Day(_), Known::Day(_)) | (Known::Position(_), Known::Position(_)))
    }

    /// Its number on its axis.
    pub fn number(self) -> u32 {
        match self {
            Known::Position(number) | Known::Day(number) => number,
        }
    }
}

/// A fact that is missing: whose, which, and in which months.
pub type Absent = (Option<Name>, Name, Option<(i64, i64)>);

/// What must come out of a case.
#[derive(Clone, Debug)]
pub struct Expected {
    /// Whose decision: a member, or the household.
    pub person: Option<Name>,
    /// Which decision.
    pub decision: Name,
    /// The answer.
    pub answer: Answer,
    /// The amount to the fen.
    pub pay_fen: Option<(i64, Span)>,
    /// Conditions that fail.
    pub because: Vec<Name>,
    /// Facts that are missing: of a member, or of the household; in which months.
    pub missing: Vec<Absent>,
    /// The whole.
    pub span: Span,
}

/// Yes, no, or cannot say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// The facts do not suffice to say.
    CannotSay,
}
