//! `luoshi rules`: check a package of rules, try its cases, lay it out, explain one household, decide on everybody.

mod comparison;
mod in_chinese;
mod openfisca;
mod replaced;
mod sweep;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Subcommand, ValueEnum};
use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use jiff::civil::Date;
use rules::{
    Answer, Beside, Case, Census, Changes, Diagnostic, Known, Language, Message, Place, Row, Rules, Source, Teller,
    message,
};

use crate::extract::bounded_by;
pub use in_chinese::in_chinese;
use replaced::{apart, replaced};

/// The greatest file of rules that is read.
const RULES_BYTES_MAX: u64 = 4 << 20;

/// Rules as code: check a package, try its cases, explain one household, decide on everybody
#[derive(clap::Args)]
#[command(arg_required_else_help = true)]
pub struct RulesCommand {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Say what is wrong with a package of rules, each with its line and what to do
    Check(Package),
    /// Try every case of a package; what comes out otherwise is shown with its proof
    Test(Test),
    /// Bring the files of a package to one layout
    Format(Format),
    /// Prove a decision: every condition, figure and fact, and what would change a refusal
    Explain(Explain),
    /// Write the rule book as a page of HTML, each rule with the number of its article; in both languages, or in --language
    Doc(Doc),
    /// Decide on everybody, from CSV to CSV
    Sweep(sweep::Sweep),
    /// Read OpenFisca's parameters and tests as they are, run the tests, import formulas
    #[command(name = "openfisca")]
    OpenFisca(openfisca::OpenFisca),
}

/// A folder of rules.
#[derive(clap::Args)]
pub struct Package {
    /// The folder: its *.rules and *.cases
    #[arg(long = "rules", value_name = "DIR")]
    folder: PathBuf,
    /// In which language; without it, errors in that of the rules' own words, and proofs and pages in both
    #[arg(long, value_name = "LANGUAGE", visible_alias = "lang")]
    language: Option<Tongue>,
}

#[derive(clap::Args)]
struct Test {
    #[command(flatten)]
    package: Package,
    /// Only the cases that have these words
    #[arg(long, value_name = "WORDS")]
    case: Option<String>,
}

#[derive(clap::Args)]
struct Format {
    #[command(flatten)]
    package: Package,
    /// Write nothing; say which files would change, and fail if any would
    #[arg(long)]
    check: bool,
    /// Also bring the words of the rule language to one language
    #[arg(long, value_name = "LANGUAGE")]
    words: Option<Tongue>,
}

/// A language to write in.
#[derive(Clone, Copy, ValueEnum)]
pub enum Tongue {
    /// Chinese
    Zh,
    /// English
    En,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Language {
        match tongue {
            Tongue::Zh => Language::Zh,
            Tongue::En => Language::En,
        }
    }
}

#[derive(clap::Args)]
struct Doc {
    #[command(flatten)]
    package: Package,
    /// Where the page goes
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(clap::Args)]
#[command(override_usage = "luoshi rules explain --rules DIR --case WORDS [OPTIONS]\n       \
                            luoshi rules explain --rules DIR --persons FILE --households FILE --on DATE --household ID \
                            [OPTIONS]")]
struct Explain {
    #[command(flatten)]
    package: Package,
    /// A case of the package, by some of its words
    #[arg(long, value_name = "WORDS", conflicts_with_all = ["persons", "households", "household", "on"])]
    case: Option<String>,
    /// Persons, as CSV, as `sweep` reads them
    #[arg(long, value_name = "FILE")]
    persons: Option<PathBuf>,
    /// Households, as CSV, as `sweep` reads them
    #[arg(long, value_name = "FILE")]
    households: Option<PathBuf>,
    /// Dated facts, as CSV, as `sweep` reads them
    #[arg(long, value_name = "FILE", conflicts_with = "case")]
    facts: Option<PathBuf>,
    /// As it was known at the end of a day, or at a position of the record, by known_from in the file of facts
    #[arg(long, value_name = "DAY|POSITION", requires = "facts", value_parser = known)]
    known_at: Option<Known>,
    /// The day decided on
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Date>,
    /// Which household of the file
    #[arg(long, value_name = "ID")]
    household: Option<String>,
    /// Only this decision
    #[arg(long, value_name = "NAME")]
    decision: Option<String>,
    /// Only what is decided on this member
    #[arg(long, value_name = "ID")]
    person: Option<String>,
}

/// Of so many refusals it is looked for what would turn them; each takes up to a second or two.
const TURNED_MAX: usize = 20;

/// The files of a census.
#[derive(clap::Args, Clone)]
pub struct Files {
    /// Persons, as CSV: person, household, and a column for each input of persons
    #[arg(long, value_name = "FILE")]
    persons: PathBuf,
    /// Households, as CSV: household, and a column for each input of households
    #[arg(long, value_name = "FILE")]
    households: PathBuf,
    /// Dated facts, as CSV: of, id, fact, period, value, and known_from; what somebody is in a month, or from a day on
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// As it was known at the end of a day, or at a position of the record, by known_from in the file of facts
    #[arg(long, value_name = "DAY|POSITION", requires = "facts", value_parser = known)]
    known_at: Option<Known>,
}

/// A day as it is written everywhere else.
fn day(text: &str) -> Result<Date, String> {
    let no_day = message!("不是日历上写作 2026-03-31 的日期", "no day of the calendar written as 2026-03-31");
    let day = rules::day_read(text).ok_or_else(|| said_in_both(&no_day))?;
    let far =
        message!("早于1900年或晚于2200年，请核对年份", "before 1900 or after 2200; look whether the year is right");
    if rules::YEARS.contains(&day.year()) { Ok(day) } else { Err(said_in_both(&far)) }
}

fn known(text: &str) -> Result<Known, String> {
    let known = Known::parse(text).ok_or_else(|| {
        said_in_both(&message!(
            "既不是日期（如 2026-03-31），也不是位置号",
            "neither a day, as 2026-03-31, nor the number of a position"
        ))
    })?;
    match known {
        Known::Day(_) => day(text).map(|_| known),
        Known::Position(_) => Ok(known),
    }
}

/// Before it is known in which language somebody reads.
fn said_in_both(what: &Message) -> String {
    format!("{} / {}", what.zh, what.en)
}

impl RulesCommand {
    /// Does what was asked.
    pub fn run(self, cores: usize) -> anyhow::Result<ExitCode> {
        match self.act {
            Act::Check(package) => package.check(),
            Act::Test(test) => test.run(),
            Act::Format(format) => format.run(),
            Act::Explain(explain) => explain.run(),
            Act::Doc(doc) => doc.run(),
            Act::Sweep(sweep) => sweep.run(cores),
            Act::OpenFisca(openfisca) => openfisca.run(),
        }
    }
}

impl Package {
    /// Another folder, told of in the language of this one.
    pub fn beside(&self, folder: PathBuf, language: Language) -> Self {
        let language = match language {
            Language::Zh => Tongue::Zh,
            Language::En => Tongue::En,
        };
        Self { folder, language: Some(language) }
    }

    /// The package, or its errors on standard error.
    pub fn load(&self) -> anyhow::Result<Option<Rules>> {
        let sources = self.sources()?;
        match rules::check(sources.clone()) {
            Ok(rules) => Ok(Some(rules)),
            Err(wrong) => {
                let language = self.told_in(&sources);
                tell(&wrong, &sources, language);
                let (folder, is_all) = (self.folder.display(), !wrong.last().is_some_and(Diagnostic::is_more));
                match language {
                    Language::Zh if is_all => eprintln!("{folder}：{}处错误", wrong.len()),
                    Language::En if is_all => eprintln!("{} in {folder}", counted(wrong.len(), "error")),
                    Language::Zh | Language::En => {}
                }
                Ok(None)
            }
        }
    }

    /// The language asked for; `None`: both.
    pub fn asked(&self) -> Option<Language> {
        self.language.map(Language::from)
    }

    /// An error in the language asked for; without one, and without rules that could tell, in both.
    fn wrong(&self, what: &Message) -> anyhow::Error {
        match self.asked() {
            Some(language) => wrong(what, language),
            None => anyhow::anyhow!("{}\n{}", what.zh, what.en),
        }
    }

    /// The language asked for, or that of the rules' own words.
    fn told_in(&self, sources: &[Source]) -> Language {
        self.language.map_or_else(|| rules::written_in(sources), Language::from)
    }

    fn sources(&self) -> anyhow::Result<Vec<Source>> {
        let mut sources = vec![];
        for path in self.files()? {
            let bytes = bounded_by(&path, RULES_BYTES_MAX)?;
            let named = path.display();
            if bytes.len() as u64 > RULES_BYTES_MAX {
                let what = message!("{named}：超过{} MB", "{named}: larger than {} MB", RULES_BYTES_MAX >> 20);
                return Err(self.wrong(&what));
            }
            let text = String::from_utf8(bytes).map_err(|error| {
                let line =
                    error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
                let what = message!(
                    "{named}：第{line}行不是 UTF-8（可能是 GBK）；请另存为 UTF-8：在记事本的“另存为”里，编码选 UTF-8",
                    "{named}: not UTF-8 in line {line}, and perhaps GBK; save it as UTF-8"
                );
                self.wrong(&what)
            })?;
            sources.push(Source { name: path.display().to_string(), text });
        }
        Ok(sources)
    }

    /// Its files, in the order of their names.
    fn files(&self) -> anyhow::Result<Vec<PathBuf>> {
        let folder = self.folder.display();
        let named = || folder.to_string();
        if self.folder.is_file() {
            let what = message!(
                "{folder}：是文件；请写规则包所在的文件夹",
                "{folder}: a file; name the folder that holds the package"
            );
            return Err(self.wrong(&what));
        }
        if !self.folder.exists() {
            let what = message!(
                "{folder}：没有这个文件夹；请写规则包（*.rules、*.cases）所在的文件夹",
                "{folder}: there is no such folder; name the one that holds the package's *.rules and *.cases"
            );
            return Err(self.wrong(&what));
        }
        let (mut paths, mut disguised) = (vec![], vec![]);
        for entry in std::fs::read_dir(&self.folder).with_context(named)? {
            let path = entry.with_context(named)?.path();
            let is_ours = |path: &Path| path.extension().is_some_and(|ending| ending == "rules" || ending == "cases");
            if is_ours(&path) {
                paths.push(path);
            } else if path.extension().is_some_and(|ending| ending == "txt") && is_ours(&path.with_extension("")) {
                disguised.push(path);
            }
        }
        if paths.is_empty() {
            let meant = match disguised.iter().min() {
                Some(path) => message!(
                    "；请把 {0} 改名为 {1}（要在文件夹里显示文件扩展名）",
                    "; rename {0} to {1}, with the endings of names shown in the folder",
                    path.display(),
                    path.with_extension("").display()
                ),
                None => Message::default(),
            };
            let what = message!(
                "{folder}：没有 *.rules，也没有 *.cases{}",
                "{folder}: holds no *.rules and no *.cases{}",
                meant
            );
            return Err(self.wrong(&what));
        }
        paths.sort();
        Ok(paths)
    }

    fn check(&self) -> anyhow::Result<ExitCode> {
        let Some(rules) = self.load()? else { return Ok(ExitCode::FAILURE) };
        let language = self.told_in(&rules.sources);
        let is = |zh: &'static str, en: &'static str| language.pick(zh, en);
        let inputs = rules.person.len() + rules.household.len();
        let counts = [
            (rules.params.len(), "个参数", "parameter"),
            (inputs, "个输入", "input"),
            (rules.decisions.len(), "项认定", "decision"),
            (rules.cases.len(), "个案例", "case"),
        ];
        let counts = counts.map(|(count, zh, en)| match language {
            Language::Zh => format!("{count}{zh}"),
            Language::En => counted(count, en),
        });
        println!("{}{}{}", rules.name, is("：无错误，含", " holds: "), counts.join(is("、", ", ")));
        let idle = rules.person.iter().chain(&rules.household).filter(|fact| !fact.is_used);
        let unasked = rules.params.iter().filter(|param| !param.is_used).map(|param| param.name.as_str());
        let idle: Vec<&str> = idle.map(|fact| fact.name.as_str()).chain(unasked).collect();
        if !idle.is_empty() {
            println!("{}{}", is("没有规则用到：", "no rule asks for: "), idle.join(is("、", ", ")));
        }
        let asked = rules.params.iter().filter(|param| param.is_used);
        let made_up = asked.filter(|param| param.versions.iter().any(|version| version.is_synthetic));
        let made_up: Vec<&str> = made_up.map(|param| param.name.as_str()).collect();
        if !made_up.is_empty() {
            println!("{}{}", rules::not_to_be_paid(language), made_up.join(is("、", ", ")));
        }
        tell(&rules.remarks, &rules.sources, language);
        if let Some(unsaid) = rules.imported {
            let (units, sources, dates) = (unsaid.units, unsaid.sources, unsaid.dates);
            match language {
                Language::Zh => println!(
                    "导入的规则包，不得据以支付：{units}个数额没有单位，{sources}个没有来源，{dates}个写在公式里而没有日期"
                ),
                Language::En => println!(
                    "imported, not to be paid by: {} without a unit, {sources} without a source, {dates} in formulas without a date",
                    counted(units, "figure")
                ),
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Test {
    fn run(self) -> anyhow::Result<ExitCode> {
        let Some(rules) = self.package.load()? else { return Ok(ExitCode::FAILURE) };
        let language = self.package.told_in(&rules.sources);
        if rules.cases.is_empty() {
            let folder = self.package.folder.display();
            let what = message!(
                "{folder}：没有案例；请写一个：案例 \"中文\" / \"English\" 于 2021-03-01 …",
                "{folder}: holds no case; write one: case \"中文\" / \"English\" on 2021-03-01 …"
            );
            return Err(wrong(&what, language));
        }
        let cases = match &self.case {
            Some(words) => cases_with(&rules, words),
            None => rules.cases.iter().collect(),
        };
        if cases.is_empty() {
            return Err(wrong(&no_such_case(&rules, self.case.as_deref().unwrap_or_default()), language));
        }
        let mut failed = 0;
        for case in &cases {
            let wrong = rules::test(&rules, case);
            let (ok, not) = (language.pick("合格  ", "ok    "), language.pick("不合格", "FAILED"));
            println!("{} {} / {}", if wrong.is_empty() { ok } else { not }, case.label.zh, case.label.en);
            failed += usize::from(!wrong.is_empty());
            tell(&wrong, &rules.sources, language);
        }
        match language {
            Language::Zh => println!("{}个案例，{failed}个不合格", cases.len()),
            Language::En => println!("{}, {failed} failed", counted(cases.len(), "case")),
        }
        Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// The cases that have these words; the one alone that is called so.
fn cases_with<'r>(rules: &'r Rules, words: &str) -> Vec<&'r Case> {
    let all = || rules.cases.iter();
    match all().find(|case| [&case.label.zh, &case.label.en].into_iter().any(|label| label == words)) {
        Some(case) => vec![case],
        None => all().filter(|case| case.label.zh.contains(words) || case.label.en.contains(words)).collect(),
    }
}

fn no_such_case(rules: &Rules, words: &str) -> Message {
    let all: Vec<&Case> = rules.cases.iter().collect();
    message!(
        "没有名称含 {words:?} 的案例；案例有：\n{}",
        "0 cases whose words contain {words:?}; the cases are:\n{}",
        listed(&all)
    )
}

fn listed(cases: &[&Case]) -> String {
    let lines: Vec<String> = cases.iter().map(|case| format!("  {} / {}", case.label.zh, case.label.en)).collect();
    lines.join("\n")
}

impl Format {
    /// Lays out each file; one that cannot be read stays as it is.
    fn run(self) -> anyhow::Result<ExitCode> {
        let mut code = ExitCode::SUCCESS;
        let sources = self.package.sources()?;
        let language = self.package.told_in(&sources);
        for source in sources {
            match rules::format(&source.text, self.words.map(Language::from)) {
                Err(wrong) => {
                    let lone: Vec<Diagnostic> = wrong;
                    tell(&lone, std::slice::from_ref(&source), language);
                    code = ExitCode::FAILURE;
                }
                Ok(laid) if laid == source.text => {}
                Ok(_) if self.check => {
                    println!("{}{}", source.name, language.pick("：需要重新排版", " would change"));
                    code = ExitCode::FAILURE;
                }
                Ok(laid) => {
                    replaced(Path::new(&source.name), language, |file| {
                        std::io::Write::write_all(file, laid.as_bytes()).map_err(anyhow::Error::from)
                    })?;
                    println!("{}{}", source.name, language.pick("：已排版", " laid out"));
                }
            }
        }
        Ok(code)
    }
}

impl Doc {
    fn run(self) -> anyhow::Result<ExitCode> {
        let Some(rules) = self.package.load()? else { return Ok(ExitCode::FAILURE) };
        let language = self.package.told_in(&rules.sources);
        let read = self.package.files()?;
        let read: Vec<&Path> = read.iter().map(PathBuf::as_path).collect();
        apart(&[&self.out], &read, &[&self.package.folder]).map_err(|what| wrong(&what, language))?;
        let page = rules::book(&rules, self.package.asked());
        let write = |file: &mut std::fs::File| Ok(std::io::Write::write_all(file, page.as_bytes())?);
        replaced(&self.out, language, write)?;
        println!("{}{}", language.pick("写入 ", "written to "), self.out.display());
        Ok(ExitCode::SUCCESS)
    }
}

impl Explain {
    fn run(self) -> anyhow::Result<ExitCode> {
        let Some(rules) = self.package.load()? else { return Ok(ExitCode::FAILURE) };
        let told_in = self.package.told_in(&rules.sources);
        let (household, on, expected) = match (&self.case, self.files(), self.on) {
            (Some(words), ..) => {
                let fits = cases_with(&rules, words);
                let case = match fits.as_slice() {
                    [case] => *case,
                    [] => return Err(wrong(&no_such_case(&rules, words), told_in)),
                    several => {
                        let (count, which) = (several.len(), listed(several));
                        let what = message!(
                            "名称含 {words:?} 的案例有{count}个\n{which}",
                            "{count} cases whose words contain {words:?}\n{which}"
                        );
                        return Err(wrong(&what, told_in));
                    }
                };
                (case.household.clone(), case.on, case.expects.iter().map(|one| one.decision).collect::<Vec<_>>())
            }
            (None, Some((files, wanted)), Some(on)) => {
                let months = rules.months(on).into_iter().collect();
                let beside = Beside { months: Some(months), traced: Some(wanted.clone()), ..Beside::default() };
                let mut census = files.read(&rules, beside, told_in)?;
                census.notes.iter().for_each(|note| note_of(note, told_in));
                census.registry.settle(on);
                let file = files.households.display();
                let nobody = || message!("{file}：没有家庭 {wanted:?}", "{file}: there is no household {wanted:?}");
                let one = census.traced(&rules, on).ok_or_else(|| wrong(&nobody(), told_in))?;
                (one, on, vec![])
            }
            (None, ..) => {
                let what = message!(
                    "请写 --case（案例名称里的字），或者 --persons、--households、--on 和 --household 四项都写",
                    "name a case by --case WORDS, or all four of --persons, --households, --on and --household"
                );
                return Err(wrong(&what, told_in));
            }
        };
        let decisions = self.decisions(&rules, &expected).map_err(|what| wrong(&what, told_in))?;
        let languages = match self.package.language {
            Some(language) => vec![Language::from(language)],
            None => vec![Language::Zh, Language::En],
        };
        let mut row = Row::new(&rules, on, &household);
        let places = |decision: &usize| household.places(rules.decisions[*decision].entity);
        let all =
            decisions.iter().flat_map(|decision| places(decision).into_iter().map(move |place| (*decision, place)));
        let is_asked = |(_, place): &(usize, Place)| {
            let member = matches!(place, Place::Person(_)).then(|| household.name(*place));
            self.person.as_deref().is_none_or(|person| member == Some(person))
        };
        let asked: Vec<(usize, Place)> = all.filter(is_asked).collect();
        if let Some(person) = self.person.as_deref().filter(|_| asked.is_empty()) {
            let members = household.places(rules::Entity::Person);
            let what = match members.into_iter().any(|member| household.name(member) == person) {
                true => message!(
                    "所问的认定都不是对个人的；用 --decision 写一项对个人的",
                    "none of the decisions asked for is on a person; name one that is, by --decision"
                ),
                false => message!("这一户没有成员 {person:?}", "the household has no member {person:?}"),
            };
            return Err(wrong(&what, told_in));
        }
        let (mut turned, mut refused) = (vec![], 0);
        for (decision, place) in &asked {
            refused += usize::from(row.decide(*decision, *place).answer == Answer::No);
            turned.push((refused <= TURNED_MAX).then(|| rules::why_not(&mut row, *decision, *place)));
        }
        for language in languages {
            let mut before = HashSet::new();
            for (one, changes) in asked.iter().zip(&turned) {
                explain(&mut row, *one, (&before, changes.as_ref()), language);
                before.insert(*one);
            }
            if refused > TURNED_MAX {
                println!("{}", language.pick(
                    "只对前20项“否”找出了什么能改变结果；其余的请用 --decision 和 --person 逐项问",
                    "what would turn it was looked for with the first 20 refusals; ask for another by --decision and --person",
                ));
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The files, and which household of them, where all are named.
    fn files(&self) -> Option<(Files, String)> {
        let (persons, households) = (self.persons.clone()?, self.households.clone()?);
        let files = Files { persons, households, facts: self.facts.clone(), known_at: self.known_at };
        Some((files, self.household.clone()?))
    }

    /// Which decisions: the one named, those a case speaks of, or all.
    fn decisions(&self, rules: &Rules, expected: &[usize]) -> Result<Vec<usize>, Message> {
        if let Some(name) = &self.decision {
            let Some(at) = rules.decisions.iter().position(|decision| decision.name == *name) else {
                let known: Vec<&str> = rules.decisions.iter().map(|decision| decision.name.as_str()).collect();
                let known = Message { zh: known.join("、"), en: known.join(", ") };
                return Err(message!(
                    "没有认定 {name:?}；有：{}",
                    "there is no decision {name:?}; there are: {}",
                    known
                ));
            };
            return Ok(vec![at]);
        }
        let all = 0..rules.decisions.len();
        Ok(all.filter(|at| expected.is_empty() || expected.contains(at)).collect())
    }
}

/// Proves a decision, and says what would turn it; those explained before it are referred to.
fn explain(
    row: &mut Row<'_>,
    (decision, place): (usize, Place),
    (before, changes): (&HashSet<(usize, Place)>, Option<&Changes>),
    language: Language,
) {
    let rules = row.rules;
    let proof = rules::prove_after(row, decision, place, before);
    let teller = Teller { row, language };
    print!("{}", teller.proof(&proof));
    let made_up = rules.made_up(decision, row.on);
    if !made_up.is_empty() {
        let made_up: Vec<&str> = made_up.into_iter().map(|label| language.of(label)).collect();
        println!("  {}{}", rules::not_to_be_paid(language), made_up.join(language.pick("；", "; ")));
    }
    match changes {
        Some(changes) => print!("{}", teller.changes(changes)),
        None if proof.decided.answer == Answer::No => {
            println!(
                "  {}",
                language.pick("什么能改变结果：未查找，见末尾", "what would turn it was not looked for: see the end")
            );
        }
        None => {}
    }
    println!();
}

impl Files {
    /// Both files, or what is malformed in them.
    pub fn read(&self, rules: &Rules, beside: Beside<'_>, language: Language) -> anyhow::Result<Census> {
        let (households, persons) = (opened(&self.households, language)?, opened(&self.persons, language)?);
        let facts = self.facts.as_deref().map(|path| opened(path, language)).transpose()?;
        let beside = Beside { facts, known_at: self.known_at, ..beside };
        let read = rules::read_census_beside(rules, households, persons, beside);
        read.map_err(|flaws| anyhow::anyhow!(flaws.told(language)))
    }
}

/// A file to be read from its beginning; on a terminal, how far it is.
fn opened(path: &Path, language: Language) -> anyhow::Result<rules::Table<'static>> {
    let named = path.display().to_string();
    let refused = |error: &std::io::Error| wrong(&unopened(path, error), language);
    let about = std::fs::metadata(path).map_err(|error| refused(&error))?;
    if !about.is_file() {
        return Err(wrong(&message!("{named}：不是文件", "{named}: not a file"), language));
    }
    let template = language.pick("{bar:30} {msg} {bytes}/{total_bytes}", "{bar:30} {bytes} of {total_bytes} of {msg}");
    let style = ProgressStyle::with_template(template)?;
    let bar = ProgressBar::new(about.len())
        .with_style(style)
        .with_message(named.clone())
        .with_finish(ProgressFinish::AndClear);
    let file = std::fs::File::open(path).map_err(|error| refused(&error))?;
    Ok(rules::Table { name: named, bytes: Box::new(bar.wrap_read(file)) })
}

/// What the system says of a file, which is in English; what comes up most is said in Chinese too.
fn unopened(path: &Path, error: &std::io::Error) -> Message {
    let file = path.display();
    match error.kind() {
        std::io::ErrorKind::NotFound => message!("{file}：没有这个文件", "{file}: there is no such file"),
        std::io::ErrorKind::PermissionDenied => message!("{file}：没有权限读取", "{file}: it may not be read"),
        _ => message!("{file}：{error}", "{file}: {error}"),
    }
}

/// What somebody should know, beside what comes out.
fn note_of(note: &Message, language: Language) {
    eprintln!("{}{}", language.pick("提示：", "note: "), note.told(language));
}

/// An error, told in one language.
fn wrong(what: &Message, language: Language) -> anyhow::Error {
    anyhow::anyhow!(what.told(language).to_owned())
}

/// Errors, each with the line it stands in, on standard error.
fn tell(wrong: &[Diagnostic], sources: &[Source], language: Language) {
    use std::io::IsTerminal as _;
    let colour = std::io::stderr().is_terminal();
    for one in wrong {
        eprintln!("{}\n", one.render(sources, language, colour));
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
