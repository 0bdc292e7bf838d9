//! `luoshi rules sweep`: everybody decided, from CSV to CSV.

use std::io::BufWriter;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use rules::{Counted, Rules};

use super::{Files, Package, replaced};

/// Decide on everybody, from CSV to CSV
#[derive(clap::Args)]
#[command(
    after_help = "Writes one row a decision and person or household: the answer, the amount, the conditions met and \
                        unknown as bits in the order of the rules, the names of those that fail, and what is missing. An \
                        empty cell is a fact that nobody knows, and never zero."
)]
pub struct Sweep {
    #[command(flatten)]
    package: Package,
    #[command(flatten)]
    files: Files,
    /// The day decided on
    #[arg(long, value_name = "DATE")]
    on: Date,
    /// Where the decisions go, as CSV; replaced when they are complete
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Sweep {
    /// Reads, decides, writes, and prints the reasons of everybody in one table.
    pub fn run(self, cores: usize) -> anyhow::Result<ExitCode> {
        let Some(rules) = self.package.load()? else { return Ok(ExitCode::FAILURE) };
        let (force, not): (Vec<_>, Vec<_>) =
            rules.decisions.iter().partition(|decision| decision.on(self.on).is_some());
        for decision in &not {
            eprintln!("luoshi: {} is left out: no rule for it is in force on {}", decision.name, self.on);
        }
        if force.is_empty() {
            bail!("no decision of {} is in force on {}", rules.name, self.on);
        }
        let census = self.files.read(&rules)?;
        for (file, column) in &census.ignored {
            eprintln!("luoshi: {file}: no rule asks for the column {column}");
        }
        let style = ProgressStyle::with_template("{bar:30} {pos} of {len} households, {eta} left")?;
        let bar = ProgressBar::new(census.households.len() as u64).with_style(style);
        let told = |households: usize| bar.inc(households as u64);
        let counted = replaced(&self.out, |file| {
            let mut out = BufWriter::with_capacity(1 << 20, file);
            Ok(rules::sweep(&rules, self.on, &census, cores, &told, &mut out)?)
        });
        bar.finish_and_clear();
        for one in counted? {
            tell(&rules, &one, self.on);
        }
        println!(
            "{} persons in {} households, written to {}",
            census.persons.len(),
            census.households.len(),
            self.out.display()
        );
        Ok(ExitCode::SUCCESS)
    }
}

fn tell(rules: &Rules, counted: &Counted, on: Date) {
    let decision = &rules.decisions[counted.decision];
    let [yes, no, cannot_say] = counted.answers;
    println!(
        "{} {} / {}: yes {yes}, no {no}, cannot say {cannot_say}",
        decision.name, decision.label.zh, decision.label.en
    );
    let Some(version) = decision.on(on) else { return };
    if version.pay.is_some() {
        let (yuan, fen) = (counted.paid_fen / 100, counted.paid_fen % 100);
        println!("  pays {yuan}.{fen:02} yuan in all");
    }
    if counted.unpaid > 0 {
        println!("  {} of the yes have an amount that cannot be said", counted.unpaid);
    }
    for (condition, (among, alone)) in version.conditions.iter().zip(&counted.failing) {
        println!(
            "  {} {} / {}: among the reasons of {among} refusals; met, it alone would turn {alone} of them",
            condition.name, condition.label.zh, condition.label.en
        );
    }
    if !counted.made_up.is_empty() {
        println!("  synthetic, not to be paid by: {}", counted.made_up.join("; "));
    }
}
