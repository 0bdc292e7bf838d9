//! `luoshi rules sweep`: everybody decided, from CSV to CSV; with a reform beside it, or month by month.

use std::collections::BTreeSet;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use rules::{Against, Beside, Census, Counted, Language, Named, Out, Reform, Rules, message};

use super::replaced::{Part, apart, placed};
use super::{Files, Package, comparison, counted, note_of, said_in_both, wrong};

/// Decide on everybody, from CSV to CSV
#[derive(clap::Args)]
#[command(
    after_help = "Writes one row a decision and person or household: the answer, the amount, the conditions met and \
                        unknown as bits in the order of the rules, the names of those that fail, and what is missing. An \
                        empty cell is a fact that nobody knows, and never zero.\n\n\
                        With --reform: one row each with both answers and what becomes of it: winner (yes twice, and more), \
                        loser, newly covered, no longer covered, unchanged, cannot say.\n\n\
                        With --months: the months up to that of --on, each decided on its first day by the facts known now; \
                        one row for each month of which what is due and what was paid differ, or which cannot be said. What \
                        was paid stands in --paid; with --reform instead, it is what the rules before it say; without either, \
                        nothing was paid and all that is due is listed."
)]
pub struct Sweep {
    #[command(flatten)]
    package: Package,
    #[command(flatten)]
    files: Files,
    /// The day decided on
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    on: Date,
    /// Where the decisions go, as CSV; replaced when they are complete
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Begin the CSV with a byte order mark, by which a spreadsheet knows Chinese
    #[arg(long)]
    bom: bool,
    /// A package as it would be: both are decided in one pass and compared
    #[arg(long, value_name = "DIR")]
    reform: Option<PathBuf>,
    /// A column of the households by which the comparison is grouped, as a district
    #[arg(long, value_name = "COLUMN", requires = "reform", conflicts_with = "months")]
    by: Option<String>,
    /// Where the comparison goes as a page of HTML with a chart
    #[arg(long, value_name = "FILE", requires = "reform", conflicts_with = "months")]
    report: Option<PathBuf>,
    /// Recompute so many months back, and list the arrears
    #[arg(long, value_name = "N", value_parser = how_many_months)]
    months: Option<i64>,
    /// What was paid, as CSV: decision, id, month, amount_yuan
    #[arg(long, value_name = "FILE", requires = "months", conflicts_with = "reform")]
    paid: Option<PathBuf>,
}

impl Sweep {
    /// Reads, decides, writes, and prints the reasons of everybody in one table.
    pub fn run(self, cores: usize) -> anyhow::Result<ExitCode> {
        let Some(rules) = self.package.load()? else { return Ok(ExitCode::FAILURE) };
        let language = self.package.told_in(&rules.sources);
        self.can_be_written(language)?;
        self.by_no_imported(&rules, &self.package.folder, language)?;
        let Some(folder) = &self.reform else {
            return match self.months {
                Some(months) => self.arrears(&rules, None, months, (cores, language)),
                None => self.everybody(&rules, (cores, language)),
            };
        };
        let Some(after) = self.package.beside(folder.clone(), language).load()? else { return Ok(ExitCode::FAILURE) };
        self.by_no_imported(&after, folder, language)?;
        let reform = Reform::of(&rules, &after)
            .map_err(|unlike| wrong(&message!("{}：{}", "{}: {}", folder.display(), unlike.0), language))?;
        reform.mistyped().iter().for_each(|note| note_of(note, language));
        match self.months {
            Some(months) => self.arrears(&reform.rules, Some(&reform), months, (cores, language)),
            None => self.compare((&rules, &after), &reform, (cores, language)),
        }
    }

    /// Notes that nothing may be paid by what was imported; refuses to say by it what was paid too much or too little.
    fn by_no_imported(&self, rules: &Rules, folder: &Path, language: Language) -> anyhow::Result<()> {
        if rules.imported.is_none() {
            return Ok(());
        }
        let what = message!("{}：导入的规则包，不得据以支付", "{}: imported, and not to be paid by", folder.display());
        if self.months.is_some() {
            let help = message!("，也就没有补发", ", so there are no arrears by it");
            return Err(wrong(&message!("{}{}", "{}{}", what, help), language));
        }
        note_of(&what, language);
        Ok(())
    }

    /// Whether what is asked for can be written, as far as paths tell.
    fn can_be_written(&self, language: Language) -> anyhow::Result<()> {
        let Files { persons, households, facts, .. } = &self.files;
        let reform = self.reform.clone().map(|folder| self.package.beside(folder, language));
        let packages: Vec<&Package> = [Some(&self.package), reform.as_ref()].into_iter().flatten().collect();
        let mut read = vec![];
        for package in &packages {
            read.extend(package.files()?);
        }
        let tables = [Some(persons), Some(households), facts.as_ref(), self.paid.as_ref()];
        read.extend(tables.into_iter().flatten().cloned());
        let written: Vec<&Path> =
            [Some(&self.out), self.report.as_ref()].into_iter().flatten().map(PathBuf::as_path).collect();
        let read: Vec<&Path> = read.iter().map(PathBuf::as_path).collect();
        let folders: Vec<&Path> = packages.iter().map(|package| package.folder.as_path()).collect();
        apart(&written, &read, &folders).map_err(|what| wrong(&what, language))?;
        if is_parquet(&self.out) && !cfg!(feature = "parquet") {
            let what = message!(
                "{}：本 luoshi 只写 CSV；请把文件命名为 .csv，或用 `--features parquet` 构建",
                "{}: this luoshi writes CSV only; name the file .csv, or build it with `--features parquet`",
                self.out.display()
            );
            return Err(wrong(&what, language));
        }
        Ok(())
    }

    fn everybody(&self, rules: &Rules, (cores, language): (usize, Language)) -> anyhow::Result<ExitCode> {
        let (force, not): (Vec<_>, Vec<_>) =
            rules.decisions.iter().partition(|decision| decision.on(self.on).is_some());
        for decision in &not {
            note_of(&rules::left_out(&decision.name, self.on), language);
        }
        if force.is_empty() {
            let what = message!("{} 的认定在{}都不生效", "no decision of {} is in force on {}", rules.name, self.on);
            return Err(wrong(&what, language));
        }
        let census = self.census(rules, &[self.on], language)?;
        let bar = bar(census.households.len(), 1, language)?;
        let told = |households: usize| bar.inc(households as u64);
        let sweep = |out: Out<'_>| Ok(rules::sweep(rules, self.on, &census, cores, &told, out)?);
        let counted = written(&self.out, self.bom, language, sweep)?;
        bar.finish_and_clear();
        for one in counted {
            tell(rules, &one, self.on, language);
        }
        self.done(&census, language);
        Ok(ExitCode::SUCCESS)
    }

    fn compare(
        &self,
        names: (&Rules, &Rules),
        reform: &Reform,
        (cores, language): (usize, Language),
    ) -> anyhow::Result<ExitCode> {
        if !reform.rules.decisions.iter().any(|decision| decision.on(self.on).is_some()) {
            let what = message!(
                "{} 及其改革方案的认定在{}都不生效",
                "no decision of {} or of its reform is in force on {}",
                names.0.name,
                self.on
            );
            return Err(wrong(&what, language));
        }
        let idle = rules::not_in_force(reform, self.on);
        idle.iter().for_each(|note| note_of(note, language));
        let census = self.census(&reform.rules, &[self.on], language)?;
        let bar = bar(census.households.len(), 1, language)?;
        let told = |households: usize| bar.inc(households as u64);
        let compare = |out: Out<'_>| Ok(rules::compare(reform, self.on, &census, cores, &told, out)?);
        let mut parts = vec![Part::begun(&self.out, language)?];
        if let Some(path) = &self.report {
            parts.push(Part::begun(path, language)?);
        }
        let compared = into(&mut parts[0], &self.out, self.bom, compare)?;
        bar.finish_and_clear();
        let groups = census.groups.as_ref();
        if let Some(part) = parts.get_mut(1) {
            let [before, after] = [Some(self.package.folder.as_path()), self.reform.as_deref()]
                .map(|folder| folder.map(|path| path.display().to_string()).unwrap_or_default());
            let named =
                [Named { label: &names.0.label, folder: &before }, Named { label: &names.1.label, folder: &after }];
            let page = rules::report(named, self.on, groups, (&compared, &idle), self.package.asked());
            part.write(|file| Ok(std::io::Write::write_all(file, page.as_bytes())?))?;
        }
        // Both files are there before anything is printed, which fails where nobody reads on.
        placed(parts)?;
        compared.iter().for_each(|one| comparison::tell(one, groups, language));
        if compared.iter().all(|one| one.all.changed() == 0) {
            note_of(
                &message!("{}两个规则包的结果没有差别", "on {} the two come to the same for everybody", self.on),
                language,
            );
        }
        if let Some(path) = &self.report {
            println!("{}{}", language.pick("报告写入 ", "report written to "), path.display());
        }
        self.done(&census, language);
        Ok(ExitCode::SUCCESS)
    }

    fn arrears(
        &self,
        rules: &Rules,
        reform: Option<&Reform>,
        count: i64,
        (cores, language): (usize, Language),
    ) -> anyhow::Result<ExitCode> {
        let months = rules::months_before(self.on, count);
        let days: Vec<Date> = months.iter().map(|(_, day)| *day).collect();
        let mut census = self.census(rules, &days, language)?;
        let paid = match &self.paid {
            Some(path) => {
                let read = rules::read_paid(rules, &census, super::opened(path, language)?);
                let paid = read.map_err(|flaws| anyhow::anyhow!(flaws.told(language)))?;
                tell_outside(path, paid.outside(&months), language);
                Some(paid)
            }
            None => None,
        };
        let against = match (&paid, reform) {
            (Some(paid), _) => Against::Paid(paid),
            (None, Some(reform)) => Against::Before(&reform.pairs),
            (None, None) => Against::Nothing,
        };
        rules::arrears_notes(rules, &months, &against).iter().for_each(|note| note_of(note, language));
        let bar = bar(census.households.len(), months.len(), language)?;
        let told = |households: usize| bar.inc(households as u64);
        let again = |out: Out<'_>| Ok(rules::arrears(rules, &months, &mut census, &against, cores, &told, out)?);
        let owed = written(&self.out, self.bom, language, again)?;
        bar.finish_and_clear();
        comparison::tell_arrears(rules, &owed, &against, language);
        self.done(&census, language);
        Ok(ExitCode::SUCCESS)
    }

    /// Everybody, with the facts of all months that are looked at on these days; days as on the last.
    fn census(&self, rules: &Rules, days: &[Date], language: Language) -> anyhow::Result<Census> {
        let months: BTreeSet<i64> = days.iter().flat_map(|day| rules.months(*day)).collect();
        let beside = Beside { months: Some(months), by: self.by.clone(), ..Beside::default() };
        let mut census = self.files.read(rules, beside, language)?;
        census.notes.iter().for_each(|note| note_of(note, language));
        if let Some(last) = days.last() {
            census.registry.settle(*last);
        }
        Ok(census)
    }

    fn done(&self, census: &Census, language: Language) {
        let (persons, households, out) = (census.persons.len(), census.households.len(), self.out.display());
        match language {
            Language::Zh => println!("{households}户，{persons}人，结果写入 {out}"),
            Language::En => {
                println!("{} in {}, written to {out}", counted(persons, "person"), counted(households, "household"));
            }
        }
    }
}

fn how_many_months(text: &str) -> Result<i64, String> {
    let most = rules::MONTHS_MAX;
    let no_count = message!("不是1至{most}之间的整数", "no whole number from 1 to {most}");
    text.parse().ok().filter(|months| (1..=most).contains(months)).ok_or_else(|| said_in_both(&no_count))
}

fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "parquet")
}

/// By its ending: CSV, or Parquet. A byte order mark stands before CSV only.
fn form<'w>(path: &Path, bom: bool, out: &'w mut (dyn std::io::Write + Send)) -> std::io::Result<Out<'w>> {
    match is_parquet(path) {
        #[cfg(feature = "parquet")]
        true => Ok(Out::parquet(out)),
        _ => {
            out.write_all(if bom { "\u{feff}" } else { "" }.as_bytes())?;
            Ok(Out::csv(out))
        }
    }
}

/// Shown on a terminal only.
fn bar(households: usize, times: usize, language: Language) -> anyhow::Result<ProgressBar> {
    let left = language.pick("{bar:30} {pos}/{len}户，还需{eta}", "{bar:30} {pos} of {len} households, {eta} left");
    let style = ProgressStyle::with_template(left)?;
    Ok(ProgressBar::new((households * times) as u64).with_style(style))
}

/// Through a buffer into a file that takes its name when it is whole.
fn written<T>(
    path: &Path,
    bom: bool,
    language: Language,
    write: impl FnOnce(Out<'_>) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let mut part = Part::begun(path, language)?;
    let done = into(&mut part, path, bom, write)?;
    placed(vec![part])?;
    Ok(done)
}

/// Through a buffer into a file that has no name yet; the one it will have tells in which form.
fn into<T>(
    part: &mut Part,
    path: &Path,
    bom: bool,
    write: impl FnOnce(Out<'_>) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    part.write(|file| {
        let mut out = BufWriter::with_capacity(1 << 20, file);
        let done = write(form(path, bom, &mut out)?)?;
        std::io::Write::flush(&mut out)?;
        Ok(done)
    })
}

/// Payments of months that are not recomputed are held against nothing.
fn tell_outside(path: &Path, rows: u64, language: Language) {
    let file = path.display();
    match language {
        _ if rows == 0 => {}
        Language::Zh => eprintln!("提示：{file}：{rows}行的月份不在重算的月份之内，未计入"),
        Language::En if rows == 1 => {
            eprintln!("note: {file}: 1 row is of no month that is recomputed, and is left aside")
        }
        Language::En => eprintln!("note: {file}: {rows} rows are of no month that is recomputed, and are left aside"),
    }
}

/// One decision on everybody: the answers, and what stands against those refused.
fn tell(rules: &Rules, counted: &Counted, on: Date, language: Language) {
    let decision = &rules.decisions[counted.decision];
    let [yes, no, cannot_say] = counted.answers;
    let named = format!("{} {} / {}", decision.name, decision.label.zh, decision.label.en);
    match language {
        Language::Zh => println!("{named}：是{yes}，否{no}，无法判断{cannot_say}"),
        Language::En => println!("{named}: yes {yes}, no {no}, cannot say {cannot_say}"),
    }
    let Some(version) = decision.on(on) else { return };
    if let Some(every) = version.every() {
        let (paid, (zh, en)) = (comparison::yuan(counted.paid_fen), every.words());
        match language {
            Language::Zh => println!("  {zh}共应付{paid}元"),
            Language::En => println!("  pays {paid} yuan{en} in all"),
        }
    }
    if counted.unpaid > 0 {
        match language {
            Language::Zh => println!("  “是”当中有{}项应付额无法判断，未计入合计", counted.unpaid),
            Language::En => {
                println!("  {} of the yes have an amount that cannot be said, and are not in that sum", counted.unpaid)
            }
        }
    }
    for (condition, (among, alone)) in version.conditions.iter().zip(&counted.failing) {
        let named = format!("{} {} / {}", condition.name, condition.label.zh, condition.label.en);
        let among_en = super::counted(usize::try_from(*among).unwrap_or(usize::MAX), "refusal");
        match (language, condition.unless) {
            (Language::Zh, false) => println!("  {named}：是{among}项否的原因之一；若符合，单凭它可使{alone}项变为是"),
            (Language::Zh, true) => {
                println!("  除非 {named}：是{among}项否的原因之一；若不适用，单凭它可使{alone}项变为是")
            }
            (Language::En, false) => {
                println!("  {named}: among the reasons of {among_en}; met, it alone would turn {alone} of them");
            }
            (Language::En, true) => {
                println!(
                    "  unless {named}: among the reasons of {among_en}; without it alone {alone} of them would turn"
                );
            }
        }
    }
    comparison::tell_made_up(&counted.made_up, language);
}
