//! Read files and write one JSON each: `extract FILE… --out DIR`.

use sources::{Format, Profile, canonical, read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut files = Vec::new();
    let mut out = PathBuf::from(".");
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--out" {
            out = arguments.next().map(PathBuf::from).unwrap_or(out);
        } else {
            files.push(PathBuf::from(argument));
        }
    }
    let mut code = ExitCode::SUCCESS;
    for file in files {
        if let Err(why) = extract(&file, &out) {
            eprintln!("{}: {why}", file.display());
            code = ExitCode::FAILURE;
        }
    }
    code
}

fn extract(file: &Path, out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let name = file.file_name().and_then(|name| name.to_str()).ok_or("no file name")?;
    let format = Format::of(name).ok_or("not a kind of file that is read")?;
    let text = canonical(&std::fs::read(file)?, format)?;
    let reading = read(&text, &Profile::default());
    let target = out.join(file.file_stem().ok_or("no file name")?).with_extension("json");
    std::fs::create_dir_all(out)?;
    std::fs::write(target, serde_json::to_string_pretty(&reading)? + "\n")?;
    Ok(())
}
