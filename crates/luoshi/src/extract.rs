//! `luoshi extract`: what documents propose, as JSON.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use indicatif::ProgressBar;
use sources::{Format, Profile, Reading, Why, canonical, explain};

/// Read documents and write what they propose as JSON, one file each
#[derive(clap::Args)]
pub struct Extract {
    /// .txt, .md, .html, .docx, .pdf or .xlsx
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where the JSON goes, one file for each document
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// The office's units and what documents call them, phrases that are never a directive ("never"), and whose
    /// published holidays count ("calendar": "cn" or "gb-eaw"), as JSON
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Also print by which rule each directive was found, and which rule gave each of its fields
    #[arg(long)]
    explain: bool,
}

impl Extract {
    /// Reads every file; one that cannot be read is named, and the others are still written.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let profile = match &self.profile {
            Some(path) => {
                let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
                serde_json::from_str(&text).with_context(|| path.display().to_string())?
            }
            None => Profile::default(),
        };
        let mut targets: BTreeMap<PathBuf, &Path> = BTreeMap::new();
        for file in &self.files {
            let target = target(file, &self.out)?;
            if let Some(other) = targets.insert(target.clone(), file) {
                let (one, other) = (file.display(), other.display());
                bail!("{other} and {one} would both be written to {}; read them apart", target.display());
            }
        }
        std::fs::create_dir_all(&self.out).with_context(|| self.out.display().to_string())?;
        let bar = ProgressBar::new(self.files.len() as u64);
        let mut code = ExitCode::SUCCESS;
        for file in &self.files {
            match extract(file, &self.out, &profile) {
                Ok((reading, whys)) => bar.suspend(|| {
                    if !reading.unread_pages.is_empty() {
                        eprintln!("luoshi: {}: {}", file.display(), not_read(&reading.unread_pages));
                    }
                    if self.explain {
                        print!("{}", explained(file, &reading, &whys));
                    }
                }),
                Err(error) => {
                    bar.suspend(|| eprintln!("luoshi: {error:#}"));
                    code = ExitCode::FAILURE;
                }
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(code)
    }
}

fn extract(file: &Path, out: &Path, profile: &Profile) -> anyhow::Result<(Reading, Vec<Why>)> {
    let named = || file.display().to_string();
    let name = file.file_name().and_then(|name| name.to_str()).with_context(named)?;
    let format =
        Format::of(name).with_context(|| format!("{}: not .txt, .md, .html, .docx, .pdf or .xlsx", named()))?;
    let bytes = bounded(file)?;
    let text = canonical(&bytes, format).with_context(named)?;
    let (mut reading, whys) = explain(text.as_str(), profile);
    reading.stand(&text);
    let target = target(file, out)?;
    std::fs::write(&target, serde_json::to_string_pretty(&reading)? + "\n")
        .with_context(|| target.display().to_string())?;
    Ok((reading, whys))
}

/// Says which pages of a file were not read.
pub fn not_read(pages: &[u32]) -> String {
    format!("not read, because they are pictures: pages {}", web::reading::runs(pages))
}

/// One line for a directive, one for where in the file it stands, and one for each of its fields: which rule gave it, what
/// it says.
fn explained(file: &Path, reading: &Reading, whys: &[Why]) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for (directive, why) in reading.directives.iter().zip(whys) {
        let id = serde_json::to_value(why.rule).ok().and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_default();
        let class = serde_json::to_value(directive.class).ok().and_then(|class| class.as_str().map(str::to_owned));
        let direction = serde_json::to_value(directive.direction).ok().and_then(|way| way.as_str().map(str::to_owned));
        let one_line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
        let day = directive.due.as_ref().map(|due| due.date.map_or("open".to_owned(), |day| day.to_string()));
        let due = directive.due.as_ref().zip(day).map(|(due, day)| format!("{} = {day}", one_line(&due.text)));
        let fields = [
            ("class", class, Some(why.class)),
            ("owner", directive.owner.as_deref().map(one_line), why.owner),
            ("due", due, why.due),
            ("quantity", directive.quantity.as_deref().map(one_line), why.quantity),
            ("direction", direction, why.direction),
        ];
        let (from, to) = (why.start, why.end);
        writeln!(out, "{}:{from}-{to}\t{id}\t{}", file.display(), one_line(&directive.text))
            .expect("a string takes all");
        if let Some(at) = &directive.at {
            writeln!(out, "\tat\t{at}").expect("a string takes all");
        }
        for (name, value, rule) in fields {
            if let (Some(value), Some(rule)) = (value, rule) {
                writeln!(out, "\t{name}\t{rule}\t{value}").expect("a string takes all");
            }
        }
    }
    out
}

/// Where the JSON of a file goes.
fn target(file: &Path, out: &Path) -> anyhow::Result<PathBuf> {
    let stem = file.file_stem().with_context(|| file.display().to_string())?;
    let mut name = stem.to_owned();
    name.push(".json");
    Ok(out.join(name))
}

/// A document's bytes, up to one more than is ever read.
fn bounded(file: &Path) -> anyhow::Result<Vec<u8>> {
    bounded_by(file, sources::MAX_BYTES as u64)
}

/// A file's bytes, up to one more than `most`. Errors: no plain file, which may never end.
pub fn bounded_by(file: &Path, most: u64) -> anyhow::Result<Vec<u8>> {
    use std::io::Read as _;
    let named = || file.display().to_string();
    if !std::fs::metadata(file).with_context(named)?.is_file() {
        bail!("{}: not a file", named());
    }
    let mut bytes = vec![];
    let open = std::fs::File::open(file).with_context(named)?;
    open.take(most + 1).read_to_end(&mut bytes).with_context(named)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_documents_are_not_written_to_one_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, two) = (folder.path().join("a.txt"), folder.path().join("a.html"));
        for file in [&one, &two] {
            std::fs::write(file, "The Water Bureau shall dredge the outfall by 1 May 2027.").expect("space");
        }
        let out = folder.path().join("out");
        let extract = |files: Vec<PathBuf>| Extract { files, out: out.clone(), profile: None, explain: false }.run();
        let refused = extract(vec![one.clone(), two]).expect_err("both are a.json").to_string();
        assert!(refused.contains("a.json") && !out.exists(), "{refused}");
        extract(vec![one]).expect("one alone");
        assert!(out.join("a.json").exists());
    }

    #[test]
    fn an_explanation_names_a_rule_for_every_field() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.txt");
        let text = "Minutes of 3 March 2027\n\nThe Water Bureau shall spend no more than £90 by 1 May.";
        std::fs::write(&file, text).expect("space");
        let (reading, whys) = extract(&file, folder.path(), &Profile::default()).expect("a text");
        let told = explained(Path::new("a.txt"), &reading, &whys);
        let expected = "a.txt:25-79\ten-modal\tThe Water Bureau shall spend no more than £90 by 1 May\n\
            \tat\tline 3\n\
            \tclass\ten-class-rest\taction\n\
            \towner\ten-owner-subject\tThe Water Bureau\n\
            \tdue\ten-due-day\tby 1 May = 2027-05-01\n\
            \tquantity\tquantity-money\tno more than £90\n\
            \tdirection\tdirection-bound\tat_most\n";
        assert_eq!(told, expected);
    }

    #[test]
    fn what_may_never_end_is_not_read() {
        let refused = bounded_by(Path::new("/dev/zero"), 10).expect_err("it has no end").to_string();
        assert!(refused.contains("not a file"), "{refused}");
    }
}
