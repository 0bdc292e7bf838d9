//! `GET /audit`: the auditor's room: who read what, who could do what, and everything with its proofs.

pub mod export;
pub mod reads;
pub mod rights;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use ledger::audience::audits;
use ledger::id::OfficerId;
use ledger::organisation::Organisation;
use store::access::ReadFilter;

use crate::App;
use crate::error::Problem;
use crate::frame::{Answer, Frame, page};
use crate::session::SignedIn;
use crate::who::Who;

use reads::Line;

/// Lines of the read log in the room itself.
const LAST: usize = 5;

/// What an auditor begins with.
pub struct Room {
    /// The last reads.
    pub reads: Vec<Line>,
    /// Events that nobody has signed yet are not counted: how many stand under the last checkpoint.
    pub signed: u64,
}

impl Room {
    /// The room, for an auditor; none for anybody else.
    pub async fn of(app: &Arc<App>, frame: &Frame, officer: OfficerId) -> Result<Option<Self>, Problem> {
        let organisation = match organisation_for_audit(app, officer).await {
            Ok(organisation) => organisation,
            Err(Problem::NotFound) => return Ok(None),
            Err(problem) => return Err(problem),
        };
        let (all, store) = (app.clone(), app.store.clone());
        let found = tokio::task::spawn_blocking(move || {
            let (lines, _) = reads::visible(&all, officer, &ReadFilter::default(), None, LAST)?;
            Ok::<_, Problem>((lines, store.last_checkpoint()?.map_or(0, |signed| signed.size)))
        });
        let (lines, signed) = found.await.map_err(Problem::fault)??;
        let who = Who::new(frame, organisation);
        Ok(Some(Self { reads: lines.iter().map(|line| Line::of(frame, &who, line)).collect(), signed }))
    }
}

/// Units, posts and officers, for an auditor. Errors: `NotFound` for anybody else.
pub(crate) async fn organisation_for_audit(app: &App, officer: OfficerId) -> Result<Arc<Organisation>, Problem> {
    let (organisation, today) = app.read(|read| Ok((read.organisation()?, read.today()))).await?;
    if audits(&organisation, officer, today) { Ok(organisation) } else { Err(Problem::NotFound) }
}

#[derive(Template)]
#[template(path = "audit/room.html")]
struct RoomPage {
    frame: Frame,
    room: Room,
}

/// The room.
pub async fn get(State(app): State<Arc<App>>, frame: Frame, SignedIn { officer }: SignedIn) -> Answer {
    let room = Room::of(&app, &frame, officer).await?.ok_or(Problem::NotFound)?;
    page(&RoomPage { frame, room })
}
