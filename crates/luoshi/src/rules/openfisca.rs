//! `luoshi rules openfisca`: OpenFisca's parameters and tests read as they are, and what `checks/openfisca` brought over.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use rules::Language;
use rules::openfisca::{
    Parameters, Period, Situation, System, Verdict, Warnings, asked, import, judge, read_situations,
};

use super::counted;
use super::replaced::{apart, replaced};
use super::wrong;
use crate::extract::bounded_by;

/// The greatest file of formulas that were brought over.
const SYSTEM_BYTES_MAX: u64 = 256 << 20;
/// The greatest file of parameters or tests.
const YAML_BYTES_MAX: u64 = 16 << 20;
/// The most files of one folder, and how deep folders may lie in one another.
const FILES_MAX: usize = 50_000;
const DEPTH_MAX: usize = 30;

/// Read OpenFisca's files as they are
#[derive(clap::Args)]
pub struct OpenFisca {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Read a folder of parameters, a folder of tests, or both, and say what they hold and what they leave unsaid
    Read(Read),
    /// The reforms that tests are under, one list a line
    Reforms(Tests),
    /// The variables that tests ask for, each with its period
    Asked(Asked),
    /// Run OpenFisca's tests through the checker and both evaluators
    Test(Test),
    /// Write the formulas that some variables rest on as a package of rules, by which nothing is paid
    Import(Import),
}

#[derive(Args)]
struct Read {
    /// A folder of parameters
    #[arg(long, value_name = "DIR", required_unless_present = "tests")]
    parameters: Option<PathBuf>,
    /// A folder of tests
    #[arg(long, value_name = "DIR")]
    tests: Option<PathBuf>,
}

#[derive(Args)]
struct Tests {
    /// A folder of tests
    #[arg(long, value_name = "DIR")]
    tests: PathBuf,
}

#[derive(Args)]
struct Asked {
    /// What checks/openfisca brought over
    #[arg(long, value_name = "FILE")]
    system: PathBuf,
    #[command(flatten)]
    tests: Tests,
}

#[derive(Args)]
struct Test {
    #[command(flatten)]
    asked: Asked,
    /// A folder of parameters
    #[arg(long, value_name = "DIR")]
    parameters: PathBuf,
    /// Where each test goes that did not pass, with the reason
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Fail if fewer pass
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    least: usize,
}

#[derive(Args)]
struct Import {
    /// What checks/openfisca brought over
    #[arg(long, value_name = "FILE")]
    system: PathBuf,
    /// A folder of parameters
    #[arg(long, value_name = "DIR")]
    parameters: PathBuf,
    /// A variable that is wanted; may be given more than once
    #[arg(long = "variable", value_name = "NAME", required = true)]
    variables: Vec<String>,
    /// For which period: 2025, 2025-01, 2025-01-01
    #[arg(long, value_name = "PERIOD")]
    period: String,
    /// Where the package goes
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl OpenFisca {
    /// Does what was asked.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        match self.act {
            Act::Read(read) => read.run(),
            Act::Reforms(tests) => tests.reforms(),
            Act::Asked(asked) => asked.run(),
            Act::Test(test) => test.run(),
            Act::Import(import) => import.run(),
        }
    }
}

impl Read {
    fn run(self) -> anyhow::Result<ExitCode> {
        if let Some(folder) = &self.parameters {
            let (parameters, warnings) = parameters_in(folder)?;
            println!("{}", counted(parameters.by_path.len(), "parameter"));
            println!("{} without a unit, {} without a reference", warnings.without_unit, warnings.without_source);
            println!(
                "{} expected, without a value; {} with more parts than a day",
                counted(warnings.expected, "change"),
                counted(warnings.odd_dates, "date")
            );
        }
        if let Some(folder) = &self.tests {
            println!("{}", counted(situations_in(folder)?.len(), "test"));
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Tests {
    fn reforms(self) -> anyhow::Result<ExitCode> {
        let mut reforms: Vec<String> = situations_in(&self.tests)?.into_iter().map(|one| one.reforms).collect();
        reforms.sort();
        reforms.dedup();
        reforms.iter().for_each(|one| println!("{one}"));
        Ok(ExitCode::SUCCESS)
    }
}

impl Asked {
    fn run(self) -> anyhow::Result<ExitCode> {
        let system = system_in(&self.system)?;
        for (reforms, (name, period)) in asked(&system, &situations_in(&self.tests.tests)?) {
            println!("{reforms}\t{name}\t{period}");
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Test {
    fn run(self) -> anyhow::Result<ExitCode> {
        let Asked { system, tests } = &self.asked;
        if let Some(out) = &self.out {
            let folders: [&Path; 2] = [&self.parameters, &tests.tests];
            apart(&[out], &[system], &folders).map_err(|what| wrong(&what, Language::En))?;
        }
        let system = system_in(system)?;
        let (own, mut warnings) = parameters_in(&self.parameters)?;
        let mut reformed = BTreeMap::new();
        for (reforms, path) in &system.reformed {
            let text = text_of(Path::new(path), YAML_BYTES_MAX)?;
            reformed.insert(reforms.clone(), Parameters::of_text(path, &text)?);
        }
        let situations = situations_in(&self.asked.tests.tests)?;
        let (mut passed, mut failed, mut skipped, mut compared) = (0, 0, 0, 0);
        let (mut reasons, mut told) = (BTreeMap::<String, usize>::new(), String::new());
        for situation in &situations {
            let parameters = reformed.get(&situation.reforms).unwrap_or(&own);
            let (what, why) = match judge(&system, parameters, situation, &mut warnings)? {
                Verdict::Passed(values) => {
                    (passed, compared) = (passed + 1, compared + values);
                    continue;
                }
                Verdict::Failed(why) => {
                    failed += 1;
                    ("failed", why)
                }
                Verdict::Skipped(why) => {
                    skipped += 1;
                    ("skipped", why)
                }
            };
            let title = format!("{what}\t{}:{}\t{}\t{why}\n", situation.file, situation.line, situation.name);
            told.push_str(&title);
            *reasons.entry(format!("{what}: {why}")).or_default() += 1;
        }
        let mut reasons: Vec<(String, usize)> = reasons.into_iter().collect();
        reasons.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        println!("{passed} passed, {failed} failed, {skipped} skipped of {}", situations.len());
        println!("{} came out as expected", counted(compared, "value"));
        println!("{} taken to be what the package says where nobody does", counted(warnings.defaults, "fact"));
        for (why, count) in &reasons {
            println!("{count:>6}  {why}");
        }
        if let Some(out) = &self.out {
            let write = |file: &mut std::fs::File| Ok(std::io::Write::write_all(file, told.as_bytes())?);
            replaced(out, Language::En, write)?;
        }
        Ok(if passed < self.least { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

impl Import {
    fn run(self) -> anyhow::Result<ExitCode> {
        let apart = apart(&[&self.out], &[&self.system], &[&self.parameters]);
        apart.map_err(|what| wrong(&what, Language::En))?;
        let system = system_in(&self.system)?;
        let (parameters, _) = parameters_in(&self.parameters)?;
        let period = Period::parse(&self.period).with_context(|| format!("{:?} is no period", self.period))?;
        let wanted: Vec<_> = self.variables.iter().map(|name| (name.clone(), period)).collect();
        let imported = match import(&system, "", &parameters, &wanted, &BTreeMap::new()) {
            Ok(imported) => imported,
            Err(why) => bail!("cannot be imported: {why}"),
        };
        let text = imported.text_with_questions(&wanted);
        let text = rules::format(&text, None).unwrap_or(text);
        let write = |file: &mut std::fs::File| Ok(std::io::Write::write_all(file, text.as_bytes())?);
        replaced(&self.out, Language::En, write)?;
        println!("written to {}; to be computed on {}, and not to be paid by", self.out.display(), imported.on);
        Ok(ExitCode::SUCCESS)
    }
}

fn text_of(path: &Path, most: u64) -> anyhow::Result<String> {
    let bytes = bounded_by(path, most)?;
    if bytes.len() as u64 > most {
        bail!("{}: larger than {} MB", path.display(), most >> 20);
    }
    String::from_utf8(bytes).with_context(|| format!("{}: not UTF-8", path.display()))
}

fn system_in(path: &Path) -> anyhow::Result<System> {
    Ok(System::read(&path.display().to_string(), &text_of(path, SYSTEM_BYTES_MAX)?)?)
}

fn parameters_in(folder: &Path) -> anyhow::Result<(Parameters, Warnings)> {
    let texts = yaml_in(folder)?;
    let mut warnings = Warnings::default();
    let files = texts.iter().map(|(path, text)| (path.as_path(), text.as_str()));
    Ok((Parameters::read(files, &mut warnings)?, warnings))
}

fn situations_in(folder: &Path) -> anyhow::Result<Vec<Situation>> {
    let mut out = vec![];
    for (path, text) in yaml_in(folder)? {
        out.extend(read_situations(&path.display().to_string(), &text)?);
    }
    Ok(out)
}

/// Every `.yaml` and `.yml` under a folder, each by its path from there, in the order of paths.
fn yaml_in(folder: &Path) -> anyhow::Result<Vec<(PathBuf, String)>> {
    let (mut out, mut waiting) = (vec![], vec![(folder.to_owned(), 0)]);
    while let Some((at, depth)) = waiting.pop() {
        if depth > DEPTH_MAX {
            bail!("{}: more than {DEPTH_MAX} folders lie in one another", at.display());
        }
        for entry in std::fs::read_dir(&at).with_context(|| at.display().to_string())? {
            let entry = entry.with_context(|| at.display().to_string())?;
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                waiting.push((path, depth + 1));
            } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
                out.push(path);
            }
            if out.len() > FILES_MAX {
                bail!("{}: more than {FILES_MAX} files", folder.display());
            }
        }
    }
    out.sort();
    let read = |path: PathBuf| {
        let text = text_of(&path, YAML_BYTES_MAX)?;
        Ok((path.strip_prefix(folder).map(Path::to_owned).unwrap_or(path), text))
    };
    out.into_iter().map(read).collect()
}
