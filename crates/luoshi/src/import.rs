//! `luoshi import`: an office's existing ledger, through a running server, with a person's token.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;
use sources::workbook::{Field, Kind, WORKBOOK_BYTES_MAX};

use crate::act::{Client, Server};

/// How often the server is asked how far it is.
const PAUSE: Duration = Duration::from_millis(400);

/// Take an existing ledger in from a workbook: says what becomes of each row; with --confirm takes the good rows in
#[derive(clap::Args)]
#[command(after_help = after_help())]
pub struct Import {
    /// .xlsx or .csv
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What a column is, where its heading does not say so; the heading as it stands, or the column from 0
    #[arg(long = "map", value_name = "COLUMN=FIELD")]
    map: Vec<String>,
    /// The year of deadlines that name none
    #[arg(long, value_name = "YEAR")]
    year: Option<i16>,
    /// Which sheet, from 0
    #[arg(long, value_name = "N")]
    sheet: Option<usize>,
    /// Take rows that are hidden in the sheet too
    #[arg(long)]
    hidden: bool,
    /// Take the good rows in; without it nothing comes on the record
    #[arg(long)]
    confirm: bool,
    /// Print what the server says as JSON, every row included
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    server: Server,
}

fn after_help() -> String {
    let fields: Vec<&str> = Field::ALL.into_iter().map(Field::code).collect();
    format!("Fields: {}; nothing after the = for a column that is not taken.", fields.join(" "))
}

impl Import {
    /// Sends the workbook, prints what becomes of its rows, and takes them in if told to.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let named = || self.file.display().to_string();
        let name = self.file.file_name().and_then(|name| name.to_str()).with_context(named)?;
        Kind::of(name).with_context(|| format!("{}: neither .xlsx nor .csv", named()))?;
        if std::fs::metadata(&self.file).with_context(named)?.len() > WORKBOOK_BYTES_MAX as u64 {
            bail!("{}: larger than {} MB", named(), WORKBOOK_BYTES_MAX >> 20);
        }
        let bytes = std::fs::read(&self.file).with_context(named)?;
        let client = Client::new(&self.server)?;
        let answer = client.upload("/import", &[], name, bytes)?;
        let path = format!("/import/{}", text(&answer, "import"));
        let mut seen = client.get(&path)?;
        if !self.map.is_empty() || self.year.is_some() || self.sheet.is_some() || self.hidden {
            client.post(&format!("{path}/mapping"), &self.mapping(&seen)?)?;
            seen = client.get(&path)?;
        }
        if self.json {
            println!("{}", serde_json::to_string_pretty(&whole(&client, &path)?)?);
        } else {
            self.show(&client, &path, &seen)?;
        }
        if !self.confirm {
            eprintln!("nothing is on the record yet; add --confirm, or look at {}{path}", client.url());
            return Ok(ExitCode::SUCCESS);
        }
        client.post(&format!("{path}/confirmation"), &[])?;
        wait(&client, &path)
    }

    fn mapping(&self, seen: &Value) -> anyhow::Result<Vec<(String, String)>> {
        let columns = seen.get("columns").and_then(Value::as_array).cloned().unwrap_or_default();
        let mut fields = vec![];
        for wish in &self.map {
            let (column, field) = wish.split_once('=').with_context(|| format!("{wish:?} is not COLUMN=FIELD"))?;
            if !field.is_empty() && Field::parse(field).is_none() {
                bail!("there is no field {field:?}; see `luoshi import --help`");
            }
            let fits = |known: &&Value| {
                text(known, "heading") == column
                    || known.get("column").and_then(Value::as_u64).is_some_and(|at| column.parse() == Ok(at))
            };
            let at = columns.iter().find(fits).with_context(|| format!("there is no column {column:?}"))?;
            let at = at.get("column").map(ToString::to_string).unwrap_or_default();
            fields.push((format!("column-{at}"), field.to_owned()));
        }
        fields.extend(self.year.map(|year| ("year".to_owned(), year.to_string())));
        fields.extend(self.sheet.map(|sheet| ("sheet".to_owned(), sheet.to_string())));
        if self.hidden {
            fields.push(("hidden".to_owned(), "yes".to_owned()));
        }
        Ok(fields)
    }

    /// Columns, counts, and every row that is not simply added.
    fn show(&self, client: &Client, path: &str, seen: &Value) -> anyhow::Result<()> {
        for notice in list(seen, "notices") {
            println!("{}", notice.as_str().unwrap_or_default());
        }
        for column in list(seen, "columns") {
            let field = column.get("field").and_then(Value::as_str).unwrap_or("–");
            println!("  {:<14} {}", field, text(column, "heading").replace('\n', " "));
        }
        if let Some(counts) = seen.get("counts").and_then(Value::as_object) {
            let counts: Vec<String> = counts.iter().map(|(fate, count)| format!("{fate} {count}")).collect();
            println!("rows: {}", counts.join(", "));
        }
        for fate in ["refused", "changed"] {
            for page in 0.. {
                let seen = client.get(&format!("{path}?show={fate}&page={page}"))?;
                for row in list(&seen, "rows") {
                    let remarks: Vec<&str> = list(row, "remarks").iter().filter_map(Value::as_str).collect();
                    println!(
                        "{:>7}  {}",
                        row.get("row").map(ToString::to_string).unwrap_or_default(),
                        remarks.join(" ")
                    );
                }
                if seen.get("more") != Some(&Value::Bool(true)) {
                    break;
                }
            }
        }
        Ok(())
    }
}

/// The import with all its rows.
fn whole(client: &Client, path: &str) -> anyhow::Result<Value> {
    let mut whole = client.get(path)?;
    for page in 1.. {
        if whole.get("more") != Some(&Value::Bool(true)) {
            break;
        }
        let next = client.get(&format!("{path}?page={page}"))?;
        whole["more"] = next.get("more").cloned().unwrap_or_default();
        if let (Some(rows), more) = (whole.get_mut("rows").and_then(Value::as_array_mut), list(&next, "rows")) {
            rows.extend(more.iter().cloned());
        }
    }
    Ok(whole)
}

fn wait(client: &Client, path: &str) -> anyhow::Result<ExitCode> {
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} rows, {eta} left")?;
    let bar = ProgressBar::new(0).with_style(style);
    loop {
        let seen = client.get(path)?;
        let count = |name: &str| seen.get(name).and_then(Value::as_u64).unwrap_or(0);
        bar.set_length(count("total"));
        bar.set_position(count("done"));
        match text(&seen, "state").as_str() {
            "running" => std::thread::sleep(PAUSE),
            "done" => {
                bar.finish_and_clear();
                println!("done: rows {}, matters opened {}", count("done"), count("opened"));
                return Ok(ExitCode::SUCCESS);
            }
            other => {
                bar.finish_and_clear();
                eprintln!("luoshi: the import is {other} after {} of {} rows", count("done"), count("total"));
                return Ok(ExitCode::FAILURE);
            }
        }
    }
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
