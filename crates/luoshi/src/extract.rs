//! `luoshi extract`: what documents propose, as JSON.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use indicatif::ProgressBar;
use sources::{Format, Profile, canonical, read};

/// Read documents and write what they propose as JSON, one file each
#[derive(clap::Args)]
pub struct Extract {
    /// .txt, .md or .html
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where the JSON goes, one file for each document
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// The office's units and what documents call them, as JSON
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
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
            if let Err(error) = extract(file, &self.out, &profile) {
                bar.suspend(|| eprintln!("luoshi: {error:#}"));
                code = ExitCode::FAILURE;
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(code)
    }
}

fn extract(file: &Path, out: &Path, profile: &Profile) -> anyhow::Result<()> {
    let named = || file.display().to_string();
    let name = file.file_name().and_then(|name| name.to_str()).with_context(named)?;
    let format = Format::of(name).with_context(|| format!("{}: not .txt, .md or .html", named()))?;
    let bytes = bounded(file)?;
    let text = canonical(&bytes, format).with_context(named)?;
    let reading = read(text.as_str(), profile);
    let target = target(file, out)?;
    std::fs::write(&target, serde_json::to_string_pretty(&reading)? + "\n")
        .with_context(|| target.display().to_string())
}

/// Where the JSON of a file goes.
fn target(file: &Path, out: &Path) -> anyhow::Result<PathBuf> {
    let stem = file.file_stem().with_context(|| file.display().to_string())?;
    let mut name = stem.to_owned();
    name.push(".json");
    Ok(out.join(name))
}

/// A document's bytes, up to one more than is ever read.
pub fn bounded(file: &Path) -> anyhow::Result<Vec<u8>> {
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
        let extract = |files: Vec<PathBuf>| Extract { files, out: out.clone(), profile: None }.run();
        let refused = extract(vec![one.clone(), two]).expect_err("both are a.json").to_string();
        assert!(refused.contains("a.json") && !out.exists(), "{refused}");
        extract(vec![one]).expect("one alone");
        assert!(out.join("a.json").exists());
    }

    #[test]
    fn what_may_never_end_is_not_read() {
        let refused = bounded_by(Path::new("/dev/zero"), 10).expect_err("it has no end").to_string();
        assert!(refused.contains("not a file"), "{refused}");
    }
}
