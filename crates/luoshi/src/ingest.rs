//! `luoshi ingest`: a document into the record, through a server or straight into a folder.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use ledger::document;
use ledger::id::{CommandId, DocumentId, MeetingId, OfficerId};
use ledger::matter::Hand;
use sha2::{Digest as _, Sha256};
use sources::Format;
use store::{ChangeError, Command, Store, StoreFault};
use web::reading::{Unread, document_text, profile};
use web::texts::{Lang, Text};

use crate::act::{Client, Server};
use crate::extract::bounded;
use crate::{World, worker};

/// Take a document in: through a running server, or straight into a folder that no server holds
#[derive(clap::Args)]
pub struct Ingest {
    /// .txt, .md, .html, .docx, .pdf or .xlsx; a server keeps a scan or an .ofd as it is
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    server: Server,
    /// A folder that no server holds; then --as says who takes the document in
    #[arg(long, value_name = "DIR", conflicts_with = "server", requires = "actor")]
    data: Option<PathBuf>,
    /// The officer's sign-in name
    #[arg(long = "as", value_name = "LOGIN")]
    actor: Option<String>,
}

impl Ingest {
    /// Takes the document in and prints where it can be read.
    pub fn run(self, world: &World) -> anyhow::Result<ExitCode> {
        let named = || self.file.display().to_string();
        let name = self.file.file_name().and_then(|name| name.to_str()).with_context(named)?.to_owned();
        let format =
            Format::of(&name).with_context(|| format!("{}: not .txt, .md, .html, .docx, .pdf or .xlsx", named()))?;
        let bytes = bounded(&self.file)?;
        match (&self.data, &self.actor) {
            (Some(dir), Some(login)) => {
                let (store, access) = crate::serve::open(dir, world)?;
                let officer = access.officer_of(login)?.with_context(|| format!("nobody signs in as {login:?}"))?;
                let id = take_in(&store, world, officer, &name, format, &bytes)?;
                println!("taken in as /documents/{id}");
            }
            (_, _) => {
                let client = Client::new(&self.server)?;
                let answer = client.upload("/documents", &[], &name, bytes)?;
                let id = answer.get("document").and_then(|id| id.as_str()).context("the server answered nothing")?;
                match answer.get("unread").and_then(|why| why.as_str()) {
                    Some(why) => println!("kept, and not read ({why}): {}/documents/{id}", client.url()),
                    None => println!("taken in as {}/documents/{id}", client.url()),
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Reads a document in the limited process and puts it on the record.
pub fn take_in(
    store: &Store,
    world: &World,
    officer: OfficerId,
    name: &str,
    format: Format,
    bytes: &[u8],
) -> anyhow::Result<DocumentId> {
    let profile = store.read(profile)?;
    let read = worker::reader(world.program.clone())(bytes, format, &profile).map_err(|unread| match unread {
        Unread::File(code) => {
            let said = format!("invalid-{code}");
            anyhow::anyhow!("{name}: {}", Text::new(Lang::En, jiff::tz::TimeZone::UTC).text(&said))
        }
        Unread::Fault(what) => anyhow::anyhow!(what),
    })?;
    let text = document_text(read, name, bytes).map_err(|invalid| anyhow::anyhow!("{name}: {}", invalid.code))?;
    let (id, meeting) = store.read(|read| Ok::<_, StoreFault>((read.new_id(), read.new_id())))?;
    let command = Command {
        id: CommandId(store.read(|read| Ok::<_, StoreFault>(read.new_id()))?),
        actor: officer,
        on_behalf: None,
        request: Sha256::digest(bytes).into(),
        expects: vec![],
    };
    let (document, meeting) = (DocumentId(id), MeetingId(meeting));
    store
        .change(command, move |read| {
            let (text, by) = (text.clone(), Hand { officer, on_behalf: None });
            let profile = read.profile()?;
            let ingest =
                |context: &ledger::act::Context<'_>| document::ingest(document, meeting, text, &profile, context);
            Ok(read.with_context(by, &Default::default(), ingest)??)
        })
        .map_err(|error| said(error, store))?;
    Ok(document)
}

/// What a refused change says at the command line: the sentence of the pages, and not the name of a type.
fn said(error: ChangeError, store: &Store) -> anyhow::Error {
    match error {
        ChangeError::Refusal(refusal) => {
            let zone = store.settings().zone().unwrap_or(jiff::tz::TimeZone::UTC);
            let (what, next) = web::error::refused(&Text::new(Lang::En, zone), &refusal);
            anyhow::anyhow!("{} {what} {next}", refusal.code())
        }
        error @ (ChangeError::Invalid(_) | ChangeError::Stale { .. } | ChangeError::Fault(_)) => error.into(),
    }
}
