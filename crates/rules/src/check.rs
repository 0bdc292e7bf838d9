//! From what was written to what is meant: names, kinds, units, days, cycles, and conditions that can never hold.

mod below_zero;
mod cases;
mod declared;
mod figures;
mod formula;
mod never;
mod versions;

use std::collections::{HashMap, HashSet};

use self::formula::KnownWays;
use crate::diagnostic::{Diagnostic, WRONG_MAX};
use crate::kind::Kind;
use crate::message::{Message, list, message};
use crate::model::{Decision, Let, Rules, Thing, Unsaid};
use crate::parse::parse;
use crate::source::{Source, Span};
use crate::syntax::{self, Declaration, Entity};
pub(crate) use declared::OPTIONS_MAX;

/// Reads a package of rules. Errors: everything that is wrong with it, in the order of its files and lines.
pub fn check(sources: Vec<Source>) -> Result<Rules, Vec<Diagnostic>> {
    let (mut declarations, mut wrong) = (vec![], vec![]);
    for (file, source) in sources.iter().enumerate() {
        let (more, errors) = parse(file, &source.text);
        declarations.extend(more);
        wrong.extend(errors);
        if wrong.len() >= WRONG_MAX {
            break;
        }
    }
    wrong.extend(too_many(&declarations));
    if !wrong.is_empty() {
        return Err(sorted(wrong));
    }
    let mut checker = Checker {
        rules: Rules {
            sources,
            name: String::new(),
            label: syntax::Label::default(),
            bases: vec![],
            options: vec![],
            params: vec![],
            person: vec![],
            household: vec![],
            lets: vec![],
            decisions: vec![],
            order: vec![],
            cases: vec![],
            imported: None,
            remarks: vec![],
        },
        names: HashMap::new(),
        written_lets: vec![],
        written_decisions: vec![],
        written_cases: vec![],
        let_kinds: HashMap::new(),
        amount_kinds: HashMap::new(),
        state: HashMap::new(),
        levels: HashMap::new(),
        level: 0,
        deepest: 0,
        path: vec![],
        unclear: HashSet::new(),
        ways: KnownWays::default(),
        days: None,
        wrong: vec![],
    };
    checker.declare(declarations);
    checker.things();
    if checker.wrong.is_empty() {
        checker.never();
        checker.cases();
        checker.below_zero();
    }
    if checker.wrong.is_empty() { Ok(checker.rules) } else { Err(sorted(checker.wrong)) }
}

fn sorted(mut wrong: Vec<Diagnostic>) -> Vec<Diagnostic> {
    wrong.sort_by_key(|one| one.places.first().map(|(span, _)| *span));
    wrong.dedup();
    let more = wrong.len().saturating_sub(TOLD_MAX);
    if more > 0 {
        let title = match wrong.len() {
            WRONG_MAX.. => message!("另有{more}处以上的错误", "and {more} or more further errors"),
            _ if more == 1 => message!("另有1处错误", "and 1 more error"),
            _ => message!("另有{more}处错误", "and {more} more errors"),
        };
        wrong.truncate(TOLD_MAX);
        let help = message!("先改正以上各处，再检查一次", "mend these first, and check again");
        wrong.push(Diagnostic::more(title, help));
    }
    wrong
}

/// That more is declared than any law has: names are compared with one another.
fn too_many(declarations: &[Declaration]) -> Option<Diagnostic> {
    let mut named = declarations.iter().filter_map(Declaration::name);
    let one_more = named.nth(NAMES_MAX)?;
    let title = message!("超过{NAMES_MAX}个名称", "more than {NAMES_MAX} names");
    let wrong = Diagnostic::new("too-many", title, one_more.span, message!("多了这一个", "one too many"));
    Some(
        wrong.help(message!(
            "没有哪部法规有这么多；请分成几个规则包",
            "no law has so many; make several packages of them"
        )),
    )
}

/// So many names a package may declare, cases aside.
const NAMES_MAX: usize = 20_000;

/// So many errors are told at once.
const TOLD_MAX: usize = 100;

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Basis(usize),
    Options(usize),
    Param(usize),
    Fact(usize),
    Let(usize),
    Decision(usize),
}

/// How far the check of a formula or decision has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Underway,
    Done,
}

/// How deep formulas may lie in one another, those that they ask for by name among them: each level takes stack.
const LEVELS_MAX: usize = 250;

struct Checker {
    rules: Rules,
    /// `None`: known everywhere.
    names: HashMap<(Option<Entity>, String), (Meaning, Span)>,
    written_lets: Vec<syntax::Let>,
    written_decisions: Vec<syntax::Decide>,
    written_cases: Vec<syntax::Case>,
    let_kinds: HashMap<usize, Kind>,
    amount_kinds: HashMap<usize, Kind>,
    state: HashMap<Thing, State>,
    /// How many levels deep each lies that is done.
    levels: HashMap<Thing, usize>,
    /// How deep the formula lies that is being checked, and the deepest so far beneath the thing that is.
    level: usize,
    deepest: usize,
    /// What is being checked, and where it was asked for.
    path: Vec<(Thing, Span)>,
    /// Names that were refused where they were declared: what asks for them is wrong for that reason, and is not told again.
    unclear: HashSet<String>,
    /// How formulas that have a name are made up of what was rounded.
    ways: KnownWays,
    /// On which days what is being checked is in force; `None`: on all.
    days: Option<syntax::Days>,
    wrong: Vec<Diagnostic>,
}

impl Checker {
    fn refuse(&mut self, wrong: Diagnostic) {
        self.wrong.push(wrong);
    }

    /// Counts what an imported package does not say.
    fn unsaid(&mut self, count: impl FnOnce(&mut Unsaid)) {
        if let Some(unsaid) = &mut self.rules.imported {
            count(unsaid);
        }
    }

    /// Checks every formula and decision, each after those it rests on.
    fn things(&mut self) {
        let lets = (0..self.written_lets.len()).map(|at| (Thing::Let(at), self.written_lets[at].name.span));
        let decisions = &self.written_decisions;
        let decisions = (0..decisions.len()).map(|at| (Thing::Decision(at), decisions[at].name.span));
        for (thing, span) in lets.chain(decisions).collect::<Vec<_>>() {
            if self.wrong.len() >= WRONG_MAX {
                return;
            }
            self.thing(thing, span);
        }
    }

    /// Checks one, once. An error where it rests on itself.
    fn thing(&mut self, thing: Thing, asked: Span) {
        match self.state.get(&thing) {
            Some(State::Done) => {
                let beneath = self.levels.get(&thing).copied().unwrap_or_default();
                self.reach(self.level + beneath, asked);
                return;
            }
            Some(State::Underway) => return self.cycle(thing, asked),
            None => {}
        }
        self.state.insert(thing, State::Underway);
        self.path.push((thing, asked));
        let deepest = std::mem::replace(&mut self.deepest, self.level);
        match thing {
            Thing::Let(at) => self.check_let(at),
            Thing::Decision(at) => self.check_decision(at),
        }
        self.levels.insert(thing, self.deepest - self.level);
        self.deepest = self.deepest.max(deepest);
        self.path.pop();
        self.state.insert(thing, State::Done);
        self.rules.order.push(thing);
    }

    /// Notes that a formula lies so deep. Refused, once, where that is too deep; false then and from then on.
    fn reach(&mut self, level: usize, asked: Span) -> bool {
        if level > LEVELS_MAX && !self.wrong.iter().any(|one| one.code == "too-deep") {
            let title = message!(
                "此处公式逐层相依超过{LEVELS_MAX}层",
                "formulas rest on one another in more than {LEVELS_MAX} levels here"
            );
            let wrong = Diagnostic::new("too-deep", title, asked, message!("多了这一个", "one too many"));
            self.refuse(wrong.help(message!(
                "没有哪部法规要分这么多步；请合并一些",
                "no law is stated in so many steps; bring some together"
            )));
        }
        self.deepest = self.deepest.max(level);
        level <= LEVELS_MAX
    }

    fn cycle(&mut self, thing: Thing, asked: Span) {
        let start = self.path.iter().position(|(one, _)| *one == thing).unwrap_or(0);
        let circle: Vec<(Thing, Span)> = self.path[start..].to_vec();
        let names: Vec<Message> = circle.iter().map(|(one, _)| self.full_name(*one)).collect();
        let path = |of: fn(&Message) -> &str| names.iter().chain(names.first()).map(of).collect::<Vec<_>>().join(" → ");
        let path = Message { zh: path(|one| &one.zh), en: path(|one| &one.en) };
        let last = names.last().cloned().unwrap_or_default();
        let mut wrong = Diagnostic::new(
            "cycle",
            message!("`{}` 以自身为依据", "`{}` rests on itself", names[0]),
            asked,
            message!("`{}` 在此用到 `{}`", "`{}` asks for `{}` here", last, names[0]),
        );
        for (at, (_, span)) in circle.iter().enumerate().skip(1) {
            wrong = wrong
                .and_at(*span, message!("`{}` 在此用到 `{}`", "`{}` asks for `{}` here", names[at - 1], names[at]));
        }
        self.refuse(wrong.note(path).help(message!(
            "去掉其中一处；以自身为依据的规则什么也认定不了",
            "take one of these out; a rule that rests on itself decides nothing"
        )));
    }

    fn full_name(&self, thing: Thing) -> Message {
        let (entity, name) = match thing {
            Thing::Let(at) => (self.written_lets[at].entity, &self.written_lets[at].name.text),
            Thing::Decision(at) => (self.written_decisions[at].entity, &self.written_decisions[at].name.text),
        };
        message!("{}.{name}", "{}.{name}", spelled(entity))
    }

    /// Sorts declarations into those that hold figures and facts, and those that compute.
    fn declare(&mut self, declarations: Vec<Declaration>) {
        let (mut params, mut inputs) = (vec![], vec![]);
        let mut package: Option<Span> = None;
        for declaration in declarations {
            match declaration {
                Declaration::Package { name, label, is_imported } => {
                    self.rules.imported = is_imported.then(Default::default);
                    if let Some(first) = package {
                        let wrong = Diagnostic::new(
                            "two-packages",
                            message!("又一个规则包", "a second package"),
                            name.span,
                            message!("此处", "here"),
                        );
                        self.refuse(wrong.and_at(first, message!("第一个", "the first")).help(message!(
                            "留下一个；一个文件夹只放一个规则包",
                            "keep one; a folder holds one package"
                        )));
                    }
                    package = Some(name.span);
                    (self.rules.name, self.rules.label) = (name.text, label);
                }
                Declaration::Basis { name, label, days, source, synthetic } => {
                    self.declare_basis(name, label, days, (source, synthetic));
                }
                Declaration::Options { name, options } => self.declare_options(&name, options),
                Declaration::Param(param) => params.push(param),
                Declaration::Input(input) => inputs.push(input),
                Declaration::Let(formula) => {
                    let meaning = Meaning::Let(self.written_lets.len());
                    self.claim(Some(formula.entity), &formula.name, meaning);
                    self.written_lets.push(formula);
                }
                Declaration::Decide(decide) => {
                    let meaning = Meaning::Decision(self.written_decisions.len());
                    self.claim(Some(decide.entity), &decide.name, meaning);
                    self.written_decisions.push(decide);
                }
                Declaration::Case(case) => self.written_cases.push(case),
            }
        }
        if package.is_none() {
            let wrong = Diagnostic::new(
                "no-package",
                message!("没有哪个文件写明这是什么规则包", "no file says which package this is"),
                Span::default(),
                message!("", ""),
            );
            self.refuse(wrong.help(message!(
                "在一个文件开头写：规则包 名称 \"中文\" / \"English\"",
                "begin one of the files with: package name \"中文\" / \"English\""
            )));
        }
        if self.wrong.len() >= WRONG_MAX {
            return;
        }
        self.declare_role();
        for input in inputs {
            self.declare_input(input);
        }
        for param in params {
            self.declare_param(param);
        }
        // Places first, so that formulas may ask for one another in any order.
        self.rules.lets = self.written_lets.iter().map(unchecked_let).collect();
        self.rules.decisions = self.written_decisions.iter().map(unchecked_decision).collect();
    }
}

fn unchecked_let(written: &syntax::Let) -> Let {
    let (entity, name, label) = (written.entity, written.name.text.clone(), written.label.clone());
    Let { entity, name, label, article: None, kind: Kind::YesNo, is_monthly: false, versions: vec![] }
}

fn unchecked_decision(written: &syntax::Decide) -> Decision {
    let (entity, name, label) = (written.entity, written.name.text.clone(), written.label.clone());
    Decision { entity, name, label, versions: vec![] }
}

/// `person` or `household`.
fn spelled(entity: Entity) -> Message {
    match entity {
        Entity::Person => message!("个人", "person"),
        Entity::Household => message!("家庭", "household"),
    }
}

fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> Message {
    list(&names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>())
}
