//! `GET /audit/export`: what an auditor may take along; `/audit/export.tar`: a proof of every matter he may see, a table of
//! them, the checkpoint they all stand under, and how to verify them offline. Written while it is sent: a piece of the
//! list and one proof lie in memory, and the record is read a matter at a time.

use std::io::Read;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use ledger::audience::sees;
use ledger::id::OfficerId;
use store::access::{ReadKind, Reading};
use store::{Disclosure, MatterFilter, Side, Signed, Sort};

use super::organisation_for_audit;
use crate::App;
use crate::error::Problem;
use crate::frame::{Answer, Frame, page};
use crate::pages::export::{Pages, delimited_head, delimited_rows};
use crate::pages::public::plain;
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::stream::{self, Pipe};
use crate::texts::{Lang, Text};
use crate::who::Who;

/// Matters listed at once.
const PIECE: u32 = 200;

#[derive(Template)]
#[template(path = "audit/export.html")]
struct ExportPage {
    frame: Frame,
    matters: String,
    vkey: String,
}

/// What is taken along, and how it is checked.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, SignedIn { officer }: SignedIn) -> Answer {
    organisation_for_audit(&app, officer).await?;
    let count = app.read(move |read| Ok(read.count(Some(officer), &MatterFilter::default())?)).await?;
    page(&ExportPage { matters: plain(&frame, count), vkey: app.store.vkey(), frame })
}

/// The archive.
pub async fn tar(State(app): State<Arc<App>>, frame: Frame, SignedIn { officer }: SignedIn) -> Answer {
    let organisation = organisation_for_audit(&app, officer).await?;
    let turn = app.sending.turn(officer).await?;
    app.note_read(own_hand(officer), [Reading { kind: ReadKind::Export, matter: None, file: None }]).await?;
    let today = app.today();
    let text: Text = (*frame).clone();
    let pages = Pages {
        who: Who::new(&text, organisation),
        folder: app.store.dir().to_owned(),
        kind: ReadKind::Export,
        ids: vec![],
        app,
        officer,
        text,
        today,
    };
    stream::file(turn, &format!("luoshi-proofs-{today}.tar"), "application/x-tar", move |pipe| archive(pages, pipe))
}

/// Where files of the archive go.
struct Archive<'a> {
    tar: tar::Builder<&'a mut Pipe>,
    folder: String,
    seconds: u64,
}

impl Archive<'_> {
    fn put(&mut self, name: &str, bytes: u64, content: impl Read) -> Result<(), Problem> {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes);
        header.set_mode(0o644);
        header.set_mtime(self.seconds);
        self.tar.append_data(&mut header, format!("{}/{name}", self.folder), content).map_err(Problem::fault)
    }

    fn put_text(&mut self, name: &str, text: &str) -> Result<(), Problem> {
        self.put(name, text.len() as u64, text.as_bytes())
    }
}

fn archive(mut pages: Pages, pipe: &mut Pipe) -> Result<(), Problem> {
    let app = pages.app.clone();
    let mut archive = Archive {
        tar: tar::Builder::new(pipe),
        folder: format!("luoshi-proofs-{}", pages.today),
        seconds: u64::try_from(app.now().as_second()).unwrap_or(0),
    };
    // The newest matters are listed before the checkpoint is asked for, so it covers every matter that is listed.
    let mut side = take_page(&mut pages, &Side::First)?;
    app.store.checkpoint_now()?;
    let under = app.store.last_checkpoint()?.ok_or(Problem::NotFound)?;
    archive.put_text("README.txt", &explained(&app, &under))?;
    archive.put_text("checkpoint.txt", &under.note)?;
    archive.put_text("vkey.txt", &(app.store.vkey() + "\n"))?;
    // Its length must be known before it goes into the archive, so the table waits on disk.
    let mut table = app.store.scratch()?;
    delimited_head(&pages, &mut table)?;
    loop {
        // This notes what only a circle knows, before any of it is sent.
        delimited_rows(&pages, &mut table)?;
        proofs(&pages, &under, &mut archive)?;
        side = match side {
            Some(after) => take_page(&mut pages, &after)?,
            None => break,
        };
    }
    let table = table.reader().map_err(Problem::fault)?;
    archive.put("matters.csv", table.size(), table)?;
    archive.tar.finish().map_err(Problem::fault)
}

/// Takes the next matters into `pages`; where the ones after them begin, if there are any.
fn take_page(pages: &mut Pages, side: &Side) -> Result<Option<Side>, Problem> {
    let (officer, filter) = (pages.officer, MatterFilter::default());
    let read =
        pages.app.store.read_at_length(|read| read.matters_page(Some(officer), &filter, &Sort::Number, side, PIECE));
    let page = read?;
    pages.ids = page.lines.iter().map(|line| line.id).collect();
    Ok(page.after.map(Side::After))
}

fn proofs(pages: &Pages, under: &Signed, archive: &mut Archive<'_>) -> Result<(), Problem> {
    let officer: Option<OfficerId> = Some(pages.officer);
    for id in &pages.ids {
        let matter = pages.app.store.read_at_length(|read| -> Result<_, Problem> {
            let (organisation, today) = (read.organisation()?, read.today());
            Ok(read.matter(*id)?.filter(|matter| sees(&organisation, officer, matter, today)))
        })?;
        let Some(matter) = matter else { continue };
        if let Some(proof) = pages.app.store.proof_under(under, &matter, Disclosure::Office)? {
            archive.put_text(&format!("proofs/{}.proof.json", matter.number), &proof)?;
        }
    }
    Ok(())
}

/// What is in the archive and how it is verified, in both languages.
fn explained(app: &App, under: &Signed) -> String {
    let say = |lang: &Lang| {
        let text = Text::new(*lang, app.settings.zone.clone());
        let office = text.name(&app.settings.office).name.to_owned();
        let message = text.text("audit-export-readme").arg("office", office).arg("when", text.moment(&app.now()));
        message.arg("origin", app.settings.origin.clone()).arg("size", text.number(&under.size)).to_string()
    };
    Lang::ALL.iter().map(say).collect::<Vec<_>>().join("\n\n----\n\n") + "\n"
}
