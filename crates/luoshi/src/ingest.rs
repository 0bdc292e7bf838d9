//! `luoshi ingest`: a document into the record, through a server or straight into a folder.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use ledger::document::{self, Kept};
use ledger::id::{CommandId, DocumentId, EvidenceId, Holder, MeetingId, OfficerId};
use ledger::matter::Hand;
use sha2::{Digest as _, Sha256};
use sources::Format;
use store::{ChangeError, Command, Store, StoreFault};
use web::reading::{KEPT_BYTES_MAX, Unread, document_text, may_be_kept, profile, unread_text};
use web::texts::{Lang, Text};

use crate::act::{Client, Server};
use crate::extract::{bounded_by, not_read};
use crate::{World, worker};

/// Take a document in: through a running server, or straight into a folder that no server holds
#[derive(clap::Args)]
pub struct Ingest {
    /// .txt, .md, .html, .docx, .pdf or .xlsx; a scan or an .ofd is kept as it is, and not read
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
        let bytes = bounded_by(&self.file, KEPT_BYTES_MAX as u64)?;
        if bytes.len() > KEPT_BYTES_MAX {
            bail!("{}: larger than {} MiB, the most that is kept", named(), KEPT_BYTES_MAX >> 20);
        }
        match (&self.data, &self.actor) {
            (Some(dir), Some(login)) => {
                let (store, access) = crate::serve::open(dir, world)?;
                let officer = access.officer_of(login)?.with_context(|| format!("nobody signs in as {login:?}"))?;
                let Taken { id, unread, unread_pages } = take_in(&store, world, officer, &name, format, &bytes)?;
                say(&format!("/documents/{id}"), unread.map(|why| why.code()), &unread_pages);
            }
            (_, _) => {
                let client = Client::new(&self.server)?;
                let answer = client.upload("/documents", &[], &name, bytes)?;
                let id = answer.get("document").and_then(|id| id.as_str()).context("the server answered nothing")?;
                let pages = answer.get("unread_pages").and_then(|pages| pages.as_array()).into_iter().flatten();
                let pages: Vec<u32> = pages.filter_map(|page| page.as_u64()?.try_into().ok()).collect();
                let why = answer.get("unread").and_then(|why| why.as_str());
                say(&format!("{}/documents/{id}", client.url()), why, &pages);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Says where a document stands, and what of it was not read.
fn say(place: &str, unread: Option<&str>, unread_pages: &[u32]) {
    match unread {
        Some(why) => println!("kept, and not read ({why}): {place}"),
        None if unread_pages.is_empty() => println!("taken in as {place}"),
        None => println!("taken in as {place}; {}", not_read(unread_pages)),
    }
}

/// A document that was taken in.
pub struct Taken {
    /// Its id.
    pub id: DocumentId,
    /// Why its file was kept and not read.
    pub unread: Option<document::Unread>,
    /// Pages of it that are pictures, so that nothing of them was read.
    pub unread_pages: Vec<u32>,
}

/// Reads a document in the limited process and puts it on the record. What cannot be read by anybody yet is kept as it
/// came.
pub fn take_in(
    store: &Store,
    world: &World,
    officer: OfficerId,
    name: &str,
    format: Format,
    bytes: &[u8],
) -> anyhow::Result<Taken> {
    let profile = store.read(profile)?;
    let (id, meeting) = store.read(|read| Ok::<_, StoreFault>((read.new_id(), read.new_id())))?;
    let (text, why) = match worker::reader(world.program.clone())(bytes, format, &profile) {
        Ok(read) => (document_text(read, name, bytes), None),
        Err(Unread::Fault(what)) => bail!(what),
        Err(Unread::File(code)) => match may_be_kept(code, format) {
            Some(why) => (unread_text(name, bytes), Some(why)),
            None => {
                let said = format!("invalid-{code}");
                bail!("{name}: {}", Text::new(Lang::En, jiff::tz::TimeZone::UTC).text(&said));
            }
        },
    };
    let text = text.map_err(|invalid| anyhow::anyhow!("{name}: {}", invalid.code))?;
    let kept = match why {
        Some(why) => {
            let file = EvidenceId(store.read(|read| Ok::<_, StoreFault>(read.new_id()))?);
            let mut writer = store.blob_writer(&Holder::Document(DocumentId(id)), file)?;
            writer.write(bytes)?;
            writer.finish()?;
            Some(Kept { file, why })
        }
        None => None,
    };
    let command = Command {
        id: CommandId(store.read(|read| Ok::<_, StoreFault>(read.new_id()))?),
        actor: officer,
        on_behalf: None,
        request: Sha256::digest(bytes).into(),
        expects: vec![],
    };
    let (document, meeting) = (DocumentId(id), MeetingId(meeting));
    let unread_pages = text.unread_pages.clone();
    let changed = store
        .change(command, move |read| {
            let (text, by) = (text.clone(), Hand { officer, on_behalf: None });
            let profile = read.profile()?;
            let take_in = |context: &ledger::act::Context<'_>| match kept {
                Some(kept) => document::keep(document, meeting, text, kept, context),
                None => document::ingest(document, meeting, text, &profile, context),
            };
            Ok(read.with_context(by, &Default::default(), take_in)??)
        })
        .map_err(|error| said(error, store));
    if let Some(kept) = kept {
        // Refused: no event names the file then.
        store.discard_blob(kept.file)?;
    }
    changed?;
    Ok(Taken { id: document, unread: why, unread_pages })
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
