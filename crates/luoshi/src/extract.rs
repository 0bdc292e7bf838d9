//! `luoshi extract`: what documents propose, as JSON.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
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
    let stem = file.file_stem().with_context(named)?;
    let target = out.join(stem).with_extension("json");
    std::fs::write(&target, serde_json::to_string_pretty(&reading)? + "\n")
        .with_context(|| target.display().to_string())
}

/// A file's bytes, up to one more than is ever read.
pub fn bounded(file: &Path) -> anyhow::Result<Vec<u8>> {
    use std::io::Read as _;
    let named = || file.display().to_string();
    let mut bytes = vec![];
    let open = std::fs::File::open(file).with_context(named)?;
    open.take(sources::MAX_BYTES as u64 + 1).read_to_end(&mut bytes).with_context(named)?;
    Ok(bytes)
}
