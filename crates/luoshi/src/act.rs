//! `luoshi act`: an act on a matter, through a running server, with a person's token.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, bail};
use ledger::evidence::EVIDENCE_BYTES_MAX;
use ledger::id::Number;
use serde_json::{Map, Value, json};
use ureq::{Agent, SendBody};
use web::acts::{Field, FieldKind};

use crate::extract::bounded_by;

/// Act on a matter through a running server, with a personal token
#[derive(clap::Args)]
#[command(after_help = after_help())]
pub struct Act {
    /// What to do; one of those below
    #[arg(value_name = "VERB")]
    verb: String,
    /// The matter, like 2026-0412
    #[arg(value_name = "NUMBER")]
    number: String,
    /// What the act needs, each as FIELD=VALUE; units and officers by their names
    #[arg(value_name = "FIELD=VALUE")]
    fields: Vec<String>,
    /// A file of evidence
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    server: Server,
}

/// Which server, and by whose right.
#[derive(clap::Args)]
#[group(id = "server", multiple = true)]
pub struct Server {
    /// The server's address
    #[arg(long = "server", value_name = "URL", default_value = "http://127.0.0.1:8080")]
    url: String,
    /// A file that holds your token and nothing else (made under “My account”)
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// The language the server answers in: en or zh-Hans
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    lang: String,
}

fn after_help() -> String {
    let mut lines = vec!["Verbs and what each needs (* must be given):".to_owned()];
    for (act, _, fields) in web::acts::ACTS {
        let dashes = |field: &Field| if matches!(field.kind, FieldKind::File) { "--" } else { "" };
        let star = |field: &Field| if field.required { "*" } else { "" };
        let fields = fields.iter().map(|field| format!("{}{}{}", dashes(field), field.name, star(field)));
        let fields: Vec<String> = fields.collect();
        lines.push(format!("  {:<18} {}", act.code().replace('_', "-"), fields.join(" ")));
    }
    lines.push("  show               (prints the matter)".to_owned());
    lines.push("With any verb: in_place_of=NAME, for somebody who delegated that act to you.".to_owned());
    lines.join("\n")
}

impl Act {
    /// Acts, and prints what the server answered.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let number = Number::parse(self.number.trim());
        let number = number.map_err(|_| anyhow::anyhow!("{:?} is no matter's number, like 2026-0412", self.number))?;
        let matter = format!("/matters/{number}");
        if self.verb == "show" {
            let client = Client::new(&self.server)?;
            println!("{}", serde_json::to_string_pretty(&client.get(&matter)?)?);
            return Ok(ExitCode::SUCCESS);
        }
        let code = self.verb.replace('-', "_");
        let act = web::acts::ACTS.iter().find(|(act, _, _)| act.code() == code);
        let Some((_, noun, asked)) = act else { bail!("there is no verb {:?}; see `luoshi act --help`", self.verb) };
        let takes_file = asked.iter().any(|field| matches!(field.kind, FieldKind::File));
        if takes_file != self.file.is_some() {
            bail!("{} {} --file FILE", self.verb, if takes_file { "needs" } else { "takes no" });
        }
        let mut fields = vec![];
        for field in &self.fields {
            let (name, value) = field.split_once('=').with_context(|| format!("{field:?} is not FIELD=VALUE"))?;
            fields.push((name.to_owned(), value.to_owned()));
        }
        let (path, client) = (format!("{matter}/{noun}"), Client::new(&self.server)?);
        let answer = match &self.file {
            Some(file) => {
                let name =
                    file.file_name().and_then(|name| name.to_str()).with_context(|| file.display().to_string())?;
                let bytes = bounded_by(file, EVIDENCE_BYTES_MAX)?;
                if bytes.len() as u64 > EVIDENCE_BYTES_MAX {
                    bail!("{}: larger than {} MiB, the most that is taken", file.display(), EVIDENCE_BYTES_MAX >> 20);
                }
                client.upload(&path, &fields, name, bytes)?
            }
            None => client.post(&path, &fields)?,
        };
        let repeated = if answer.get("repeated") == Some(&Value::Bool(true)) { " (was done before)" } else { "" };
        println!("{} {}: done{repeated}", self.verb, self.number);
        Ok(ExitCode::SUCCESS)
    }
}

/// Speaks to a running server.
pub struct Client {
    url: String,
    token: String,
    lang: String,
    agent: Agent,
}

impl Client {
    /// Errors: no token file, or one that holds no token.
    pub fn new(server: &Server) -> anyhow::Result<Self> {
        let path: &Path = server.token_file.as_deref().context(
            "--token-file is needed: a file that holds a token of yours; make one under “My account”, Tokens",
        )?;
        let token = std::fs::read_to_string(path).with_context(|| path.display().to_string())?.trim().to_owned();
        if token.is_empty() || token.chars().any(char::is_whitespace) {
            bail!("{} holds no token", path.display());
        }
        let agent = agent();
        Ok(Self { url: server.url.trim_end_matches('/').to_owned(), token, lang: server.lang.clone(), agent })
    }

    /// The server's address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Asks for a page's JSON.
    pub fn get(&self, path: &str) -> anyhow::Result<Value> {
        let request = self
            .agent
            .get(format!("{}{path}", self.url))
            .header("Authorization", self.bearer())
            .header("Accept-Language", &self.lang);
        read(request.header("Accept", "application/json").call())
    }

    /// Sends fields.
    pub fn post(&self, path: &str, fields: &[(String, String)]) -> anyhow::Result<Value> {
        let mut object: Map<String, Value> = Map::new();
        for (name, value) in fields {
            let values = object.entry(name.clone()).or_insert_with(|| json!([]));
            if let Value::Array(values) = values {
                values.push(json!(value));
            }
        }
        let request = self
            .agent
            .post(format!("{}{path}", self.url))
            .header("Authorization", self.bearer())
            .header("Accept-Language", &self.lang);
        let request = request.header("Accept", "application/json").header("Content-Type", "application/json");
        read(request.send(serde_json::to_string(&object)?))
    }

    /// Sends a file, after what is typed beside it.
    pub fn upload(&self, path: &str, fields: &[(String, String)], name: &str, bytes: Vec<u8>) -> anyhow::Result<Value> {
        let boundary = "luoshi-part-7f4a9c2e51b84d06";
        let mut body = vec![];
        for (field, value) in fields {
            let part = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let name = name.replace(['"', '\r', '\n'], "_");
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&bytes);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        let request = self
            .agent
            .post(format!("{}{path}", self.url))
            .header("Authorization", self.bearer())
            .header("Accept-Language", &self.lang);
        let kind = format!("multipart/form-data; boundary={boundary}");
        read(
            request
                .header("Accept", "application/json")
                .header("Content-Type", kind)
                .send(SendBody::from_owned_reader(std::io::Cursor::new(body))),
        )
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

/// A client that gives up in time and hands every status back.
pub fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(120))).build().into()
}

fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> anyhow::Result<Value> {
    let mut answer = answer.context("the server cannot be reached")?;
    let text = answer.body_mut().read_to_string().context("the server's answer broke off")?;
    let value: Value = serde_json::from_str(&text)
        .with_context(|| format!("the server answered {} without JSON; is this a Luoshi server?", answer.status()))?;
    if answer.status().is_success() {
        return Ok(value);
    }
    let say = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
    match say("field").as_str() {
        "" => bail!("{} {} {}", say("code"), say("message"), say("next")),
        field => bail!("{field}: {} {}", say("message"), say("next")),
    }
}
