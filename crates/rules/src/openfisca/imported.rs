//! From traced formulas and parameters to the text of a `package imported`.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::fmt::Write as _;

use civil::Date;

use super::parameters::{Dated, Parameter, Parameters, Scale, Value, brackets_on, versions};
use super::period::{Period, Unit};
use super::system::{System, Type, Variable};
use super::yaml::Decimal;
use crate::syntax::Entity;
use crate::word::Word;

/// The most formulas of one package.
const FORMULAS_MAX: usize = 20_000;

/// Which variable for which period.
pub type Asked = (String, Period);

/// What a variable for a period became.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its name in the package.
    pub name: String,
    /// Of whom.
    pub entity: Entity,
    /// Whether it is an input.
    pub is_input: bool,
    /// Whether it is yes or no.
    pub is_yes_no: bool,
}

/// A package, and what became of each variable.
pub struct Imported {
    /// Its text.
    pub text: String,
    /// The day on which it is to be computed.
    pub on: Date,
    /// What each variable for each period became.
    pub names: HashMap<Asked, Named>,
    /// Texts, by the whole numbers that stand for them.
    pub texts: Vec<String>,
}

/// The formulas that these variables rest on, as a package of rules. `given` are variables that are facts here although
/// there may be a formula, and whether whole numbers suffice for them. Errors: the reason why it cannot be said.
pub fn import(
    system: &System,
    reforms: &str,
    parameters: &Parameters,
    wanted: &[Asked],
    given: &BTreeMap<Asked, bool>,
) -> Result<Imported, String> {
    let main = wanted.iter().map(|(_, period)| *period).find(|period| period.unit != Unit::Eternity);
    let main = main.unwrap_or(Period::ETERNITY);
    let on = if main.unit == Unit::Eternity { civil::day(2000, 1, 1).ok_or("no such day")? } else { main.from };
    let mut importer = Importer {
        system,
        reforms,
        parameters,
        given,
        on,
        main,
        names: HashMap::new(),
        taken: HashSet::from(["role".to_owned(), "角色".to_owned(), "openfisca".to_owned(), "country".to_owned()]),
        figures: HashMap::new(),
        lists: HashMap::new(),
        texts: vec![],
        waiting: VecDeque::new(),
        head: String::new(),
        body: String::new(),
    };
    importer.roles();
    for (name, period) in wanted {
        importer.refer(name, *period)?;
    }
    while let Some((name, period)) = importer.waiting.pop_front() {
        if importer.names.len() > FORMULAS_MAX {
            return Err(format!("rests on more than {FORMULAS_MAX} formulas"));
        }
        importer.formula(&name, period)?;
    }
    let text = format!(
        "package imported openfisca \"OpenFisca\" / \"OpenFisca\"\n\nbasis country \"OpenFisca\" / \"OpenFisca\"\n  from \
         0001-01-01\n  source \"an OpenFisca country package\"\n\n{}\n{}",
        importer.head, importer.body
    );
    Ok(Imported { text, on, names: importer.names, texts: importer.texts })
}

impl Imported {
    /// The package with a question to each variable that is wanted, so that everybody can be asked: is it above zero, or
    /// is it so?
    pub fn text_with_questions(&self, wanted: &[Asked]) -> String {
        let mut text = self.text.clone();
        for named in wanted.iter().filter_map(|asked| self.names.get(asked)) {
            let entity = spelled(named.entity);
            let asked = if named.is_yes_no { named.name.clone() } else { format!("{} above 0", named.name) };
            let _ = writeln!(
                text,
                "\ndecide {entity}.{0}_asked \"{0}\" / \"{0}\"\n  under country article \"{0}\" from {1}\n  when A \"{0}\" / \"{0}\": {asked}",
                named.name, self.on
            );
        }
        text
    }
}

struct Importer<'s> {
    system: &'s System,
    reforms: &'s str,
    parameters: &'s Parameters,
    given: &'s BTreeMap<Asked, bool>,
    on: Date,
    main: Period,
    names: HashMap<Asked, Named>,
    taken: HashSet<String>,
    figures: HashMap<String, String>,
    lists: HashMap<String, (String, Vec<String>)>,
    texts: Vec<String>,
    waiting: VecDeque<Asked>,
    head: String,
    body: String,
}

impl<'s> Importer<'s> {
    /// A name of the rule language that nothing else has.
    fn name(&mut self, wanted: &str) -> String {
        let clean = |c: char| if c.is_alphanumeric() { c } else { '_' };
        let mut name: String = wanted.chars().map(clean).collect();
        if !name.starts_with(char::is_alphabetic) {
            name.insert(0, 'x');
        }
        while Word::parse(&name).is_some()
            || matches!(name.as_str(), "以上" | "以下" | "以内")
            || !self.taken.insert(name.clone())
        {
            name.push('_');
        }
        name
    }

    fn roles(&mut self) {
        let system = self.system;
        if system.roles.is_empty() {
            return;
        }
        let items: Vec<String> = system.roles.iter().map(|role| role.key.clone()).collect();
        self.list("roles", "", &items);
    }

    /// Declares options; nothing where they are known.
    fn list(&mut self, word: &str, name: &str, items: &[String]) {
        if self.lists.contains_key(name) {
            return;
        }
        let own = if name.is_empty() { String::new() } else { self.name(&format!("{name}_options")) };
        // Options are looked up in their list alone, so that two lists may share a name.
        let mut known: Vec<String> = vec![];
        for item in items {
            let clean: String = item.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
            let mut clean = if clean.starts_with(char::is_alphabetic) { clean } else { format!("x{clean}") };
            while Word::parse(&clean).is_some() || known.contains(&clean) {
                clean.push('_');
            }
            known.push(clean);
        }
        let said: Vec<String> = known.iter().zip(items).map(|(name, item)| format!("{name} {}", both(item))).collect();
        let _ = writeln!(self.head, "{word} {own} {}", said.join(", "));
        self.lists.insert(name.to_owned(), (own, known));
    }

    /// The name of a variable for a period; its formula is looked at later.
    fn refer(&mut self, name: &str, period: Period) -> Result<Named, String> {
        let asked = (name.to_owned(), period);
        if let Some(known) = self.names.get(&asked) {
            return Ok(known.clone());
        }
        let given = self.given.contains_key(&asked);
        let formula = if given { Ok(None) } else { self.system.formula(self.reforms, name, period) };
        let formula = formula.map_err(str::to_owned)?;
        let variable = self.system.variable(self.reforms, name);
        let entity = match (formula, variable) {
            (Some(formula), _) => formula.entity,
            (None, Some(variable)) if given || !variable.is_computed => variable.entity,
            (None, Some(_)) => return Err(format!("`{name}` was not brought over for {period}")),
            (None, None) => return Err(format!("`{name}` is not declared")),
        };
        let date = period.to_string().replace(['-', ':'], "_");
        let wanted = if period == self.main || period.unit == Unit::Eternity {
            name.to_owned()
        } else {
            format!("{name}_{date}")
        };
        let is_yes_no = variable.is_some_and(|variable| variable.kind == Type::YesNo);
        let named = Named { name: self.name(&wanted), entity, is_input: formula.is_none(), is_yes_no };
        self.names.insert(asked.clone(), named.clone());
        match (formula, variable) {
            (None, Some(variable)) => self.input(&named, variable, self.given.get(&asked).copied().unwrap_or(false)),
            _ => self.waiting.push_back(asked),
        }
        Ok(named)
    }

    fn input(&mut self, named: &Named, variable: &Variable, whole: bool) {
        let kind = match &variable.kind {
            Type::YesNo => "yes/no".to_owned(),
            Type::Whole | Type::Text => "number".to_owned(),
            Type::Number if whole => "number".to_owned(),
            Type::Number => "ratio".to_owned(),
            Type::Date => "date".to_owned(),
            Type::Options(name, items) => {
                self.list("options", name, items);
                self.lists.get(name).map(|(own, _)| own.clone()).unwrap_or_default()
            }
        };
        let signed = matches!(variable.kind, Type::Whole | Type::Number);
        let signed = if signed { " signed" } else { "" };
        let label = both(if variable.label.is_empty() { &named.name } else { &variable.label });
        let _ = writeln!(self.head, "input {}.{}: {kind} {label}{signed}", spelled(named.entity), named.name);
    }

    fn formula(&mut self, name: &str, period: Period) -> Result<(), String> {
        let asked = (name.to_owned(), period);
        let formula = self.system.formula(self.reforms, name, period).map_err(str::to_owned)?;
        let (Some(formula), Some(named)) = (formula, self.names.get(&asked).cloned()) else { return Ok(()) };
        let text = self.rendered(&formula.text)?;
        let label = self.system.variable(self.reforms, name).map(|variable| variable.label.as_str());
        let label = both(label.filter(|label| !label.is_empty()).unwrap_or(name));
        let _ = writeln!(self.body, "let {}.{} {label}\n  = {text}", spelled(named.entity), named.name);
        Ok(())
    }

    /// A formula's text, with what it rests on by its name in the package.
    fn rendered(&mut self, text: &str) -> Result<String, String> {
        let broken = || format!("{text:?} is not closed");
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('⟦') {
            out.push_str(before);
            let (inner, after) = after.split_once('⟧').ok_or_else(broken)?;
            rest = after;
            let (sort, said) = inner.split_once(' ').ok_or_else(broken)?;
            match sort {
                "v" => {
                    let (name, period) = split(said)?;
                    out.push_str(&self.refer(name, period)?.name);
                }
                "n" | "e" => self.option(sort == "n", said, &mut out)?,
                "p" => {
                    let (path, date) = said.rsplit_once(' ').ok_or_else(broken)?;
                    out.push_str(&self.figure(path, day(date)?)?);
                }
                "s" => out.push_str(&self.text_code(said).to_string()),
                "r" => {
                    let place = self.system.roles.iter().position(|role| role.key == said);
                    let known = self.lists.get("").map(|(_, known)| known.as_slice()).unwrap_or(&[]);
                    let role =
                        place.and_then(|at| known.get(at)).ok_or_else(|| format!("there is no role {said:?}"))?;
                    let _ = write!(out, "(role is {role})");
                }
                "c" => {
                    let (base, after) = rest.split_once("⟦/c⟧").ok_or_else(broken)?;
                    rest = after;
                    let base = self.rendered(base)?;
                    let (path, date) = said.rsplit_once(' ').ok_or_else(broken)?;
                    let scaled = self.scaled(path, day(date)?, &base)?;
                    out.push_str(&scaled);
                }
                other => return Err(format!("{other:?} means nothing in a formula")),
            }
        }
        out.push_str(rest);
        Ok(out)
    }

    /// Whether a variable is an option, or which one as a number: `NAME PERIOD LIST [ITEM]`.
    fn option(&mut self, number: bool, said: &str, out: &mut String) -> Result<(), String> {
        let parts: Vec<&str> = said.split(' ').collect();
        let broken = || format!("{said:?} is no option");
        let (name, period, item) = match parts.as_slice() {
            [name, period] => (*name, *period, None),
            [name, period, item] => (*name, *period, Some(*item)),
            _ => return Err(broken()),
        };
        let period = Period::parse(period).ok_or_else(broken)?;
        let named = self.refer(name, period)?;
        let variable = self.system.variable(self.reforms, name).ok_or_else(broken)?;
        let Type::Options(list, items) = &variable.kind else { return Err(broken()) };
        let at = |item: &str| items.iter().position(|one| one == item).ok_or_else(broken);
        let (list, items) = (list.clone(), items.clone());
        if !named.is_input {
            match item {
                Some(item) => {
                    let _ = write!(out, "({} is {})", named.name, at(item)?);
                }
                None if number => out.push_str(&named.name),
                None => return Err(broken()),
            }
            return Ok(());
        }
        let known = self.lists.get(&list).map(|(_, known)| known.clone()).unwrap_or_default();
        match item {
            Some(item) => {
                let option = known.get(at(item)?).ok_or_else(broken)?;
                let _ = write!(out, "({} is {option})", named.name);
            }
            None => {
                let last = items.len().saturating_sub(1);
                out.push('(');
                for (at, option) in known.iter().enumerate().take(last) {
                    let _ = write!(out, "if {} is {option} then {at} else ", named.name);
                }
                let _ = write!(out, "{last})");
            }
        }
        Ok(())
    }

    /// The whole number that stands for a text.
    pub(super) fn text_code(&mut self, text: &str) -> usize {
        match self.texts.iter().position(|known| known == text) {
            Some(at) => at + 1,
            None => {
                self.texts.push(text.to_owned());
                self.texts.len()
            }
        }
    }

    /// The name of a figure as it stands on a day.
    fn figure(&mut self, path: &str, on: Date) -> Result<String, String> {
        let parameters = self.parameters;
        let described = parameters.by_path.get(path).ok_or_else(|| format!("there is no parameter `{path}`"))?;
        match &described.parameter {
            Parameter::Values(values) => self.dated(path, &described.description, values, on),
            Parameter::Scale(..) => Err(format!("`{path}` is a scale")),
        }
    }

    fn dated(&mut self, path: &str, description: &str, values: &'s [Dated], on: Date) -> Result<String, String> {
        let key = if on == self.on { path.to_owned() } else { format!("{path}_{on}") };
        if let Some(known) = self.figures.get(&key) {
            return Ok(known.clone());
        }
        let in_force: Vec<_> = versions(values).into_iter().filter(|(days, _)| days.contain(on)).collect();
        let Some((_, first)) = in_force.first() else { return Err(format!("`{path}` is not in force on {on}")) };
        let kind = match &first.value {
            Value::Number(_) => "ratio",
            Value::YesNo(_) => "yes/no",
            Value::Text(_) | Value::List(_) | Value::Abolished => return Err(format!("`{path}` is no single number")),
        };
        let name = self.name(&key);
        let label = both(description);
        let _ = writeln!(self.head, "param {name}: {kind} {label} under country article {}", quoted(path));
        // On another day than the one decided on, the figure of that day alone.
        let all = if on == self.on { versions(values) } else { in_force };
        for (days, value) in all {
            let said = match &value.value {
                Value::Number(number) => decimal(*number),
                Value::YesNo(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
                Value::Text(_) | Value::List(_) | Value::Abolished => continue,
            };
            let days = match (on == self.on, days.to) {
                (true, Some(to)) => format!("from {} to {to}", days.from),
                (true, None) => format!("from {}", days.from),
                (false, _) => "from 0001-01-01".to_owned(),
            };
            let source =
                value.reference.as_deref().map(|source| format!(" source {}", quoted(source))).unwrap_or_default();
            let _ = writeln!(self.head, "  {days}: {said}{source}");
        }
        self.figures.insert(key, name.clone());
        Ok(name)
    }

    /// What a scale makes of a base.
    fn scaled(&mut self, path: &str, on: Date, base: &str) -> Result<String, String> {
        let parameters = self.parameters;
        let described = parameters.by_path.get(path).ok_or_else(|| format!("there is no parameter `{path}`"))?;
        let Parameter::Scale(scale, brackets) = &described.parameter else {
            return Err(format!("`{path}` is no scale"));
        };
        let mut steps = vec![];
        for (at, ..) in brackets_on(brackets, on) {
            let part = |what: &str| format!("{path}.{}.{what}", at + 1);
            let said = |what: &str| format!("{}: {what} {}", described.description, at + 1);
            let bracket = brackets.get(at).ok_or("no such bracket")?;
            let threshold = self.dated(&part("threshold"), &said("threshold"), &bracket.threshold, on)?;
            steps.push((threshold, self.dated(&part("figure"), &said("figure"), &bracket.figure, on)?));
        }
        let next = |at: usize| steps.get(at + 1).map(|(threshold, _)| threshold);
        let parts: Vec<String> = match scale {
            Scale::MarginalRate => {
                let each = |(at, (from, rate)): (usize, &(String, String))| match next(at) {
                    Some(to) => format!("larger(0, smaller({base}, {to}) - {from}) * {rate}"),
                    None => format!("larger(0, {base} - {from}) * {rate}"),
                };
                steps.iter().enumerate().map(each).collect()
            }
            Scale::MarginalAmount => {
                steps.iter().map(|(from, amount)| format!("(if {base} above {from} then {amount} else 0)")).collect()
            }
            Scale::SingleAmount => {
                let chain = |rest: String, (from, amount): &(String, String)| {
                    format!("(if {base} at least {from} then {amount} else {rest})")
                };
                vec![steps.iter().fold("0".to_owned(), chain)]
            }
            // The rate of the whole base rises in a straight line from one threshold to the next; from the last on there is none.
            Scale::AverageRate => match steps.as_slice() {
                [(_, rate)] => vec![format!("{base} * {rate}")],
                steps => {
                    let between = |pair: &[(String, String)]| {
                        let [(from, rate), (to, next)] = pair else { return String::new() };
                        let risen = format!("({base} - {from}) * ({next} - {rate}) / ({to} - {from})");
                        let rate = format!("{rate} + (round half up to 0.000001 ({risen}))");
                        format!("(if {base} at least {from} and {base} below {to} then {base} * ({rate}) else 0)")
                    };
                    steps.windows(2).map(between).collect()
                }
            },
        };
        if parts.is_empty() { Ok("0".to_owned()) } else { Ok(format!("({})", parts.join(" + "))) }
    }
}

fn split(said: &str) -> Result<(&str, Period), String> {
    let broken = || format!("{said:?} is no variable for a period");
    let (name, period) = said.rsplit_once(' ').ok_or_else(broken)?;
    Ok((name, Period::parse(period).ok_or_else(broken)?))
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("there is no day {text:?}"))
}

/// A decimal as the rule language writes it.
pub(super) fn decimal(number: Decimal) -> String {
    let digits = format!("{:0>width$}", number.units.unsigned_abs(), width = number.scale as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - number.scale as usize);
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{}{whole}{point}{fraction}", if number.units < 0 { "-" } else { "" })
}

fn spelled(entity: Entity) -> &'static str {
    match entity {
        Entity::Person => "person",
        Entity::Household => "household",
    }
}

/// A text in quotes, on one line.
fn quoted(text: &str) -> String {
    let text: String = text.chars().map(|c| if matches!(c, '"' | '“' | '”') { '\'' } else { c }).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("\"{}\"", if text.is_empty() { "-" } else { &text })
}

/// The same words for both languages: these packages have one.
fn both(text: &str) -> String {
    let text = quoted(text);
    format!("{text} / {text}")
}
