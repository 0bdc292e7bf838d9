//! `GET /meetings`, `GET /meetings/{id}`: what became of every directive of a meeting, over all of its documents.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use ledger::document::{Document, Settled};
use ledger::id::{DocumentId, MeetingId, Number, OfficerId, Stream};
use ledger::matter::StateKind;
use ledger::meeting::Meeting;
use serde_json::json;
use store::{MeetingLine, Read};

use crate::App;
use crate::error::Problem;
use crate::frame::{Answer, Frame, page};
use crate::pages::documents::Page;
use crate::pages::matter::corrected;
use crate::paging::cut;
use crate::query::Query;
use crate::session::SignedIn;
use crate::who::Who;

/// Meetings on one page of the list.
const LINES: u32 = 50;
/// At most so many documents of one meeting are shown.
const DOCUMENTS: usize = 20;

#[derive(Template)]
#[template(path = "meetings.html")]
struct Meetings {
    frame: Frame,
    lines: Vec<MeetingLine>,
    page: u32,
    has_more: bool,
}

/// Errors: `NotFound` for whoever holds no post: documents are the office's own.
fn check_in_office(read: &mut Read<'_>, officer: OfficerId) -> Result<(), Problem> {
    let organisation = read.organisation()?;
    let in_office = !organisation.posts_held(officer, read.today()).is_empty();
    if in_office { Ok(()) } else { Err(Problem::NotFound) }
}

/// The list.
pub async fn list(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Query(at): Query<Page>,
) -> Answer {
    let lines = app
        .read(move |read| {
            check_in_office(read, officer)?;
            Ok(read.meetings(LINES + 1, at.page.saturating_mul(LINES))?)
        })
        .await?;
    let (lines, has_more) = cut(lines, LINES as usize, at.page == 0)?;
    page(&Meetings { frame, lines, page: at.page, has_more })
}

/// A matter as a line shows it.
struct Of {
    number: Number,
    state: StateKind,
    lead: Option<ledger::party::Party>,
    due: Option<civil::Date>,
    is_late: bool,
}

/// One directive, and what became of it.
struct Line {
    no: u32,
    quote: String,
    class: &'static str,
    settled: Settled,
    /// The matter, if the reader may see it.
    matter: Option<Of>,
}

/// A document and its directives.
struct Part {
    id: DocumentId,
    title: Option<String>,
    lines: Vec<Line>,
}

/// What is read of a meeting.
struct About {
    meeting: Arc<Meeting>,
    parts: Vec<Part>,
    organisation: Arc<ledger::organisation::Organisation>,
}

#[derive(Template)]
#[template(path = "meeting.html")]
struct MeetingPage {
    frame: Frame,
    who: Who,
    name: Option<String>,
    chair: Option<String>,
    held_on: Option<civil::Date>,
    counts: Vec<(&'static str, usize)>,
    parts: Vec<Part>,
}

fn about(read: &mut Read<'_>, officer: OfficerId, id: &str) -> Result<About, Problem> {
    check_in_office(read, officer)?;
    let id = MeetingId::parse(id).map_err(|_| Problem::NotFound)?;
    let meeting = read.fold::<Meeting>(Stream::Meeting(id))?.ok_or(Problem::NotFound)?;
    let (today, calendar) = (read.today(), read.calendar()?);
    let mut parts = vec![];
    for id in meeting.documents.iter().take(DOCUMENTS) {
        let Some(document) = read.fold::<Document>(Stream::Document(*id))? else { continue };
        let mut lines = vec![];
        for (proposal, settled) in document.proposals() {
            let matter = match settled {
                Settled::Matter(matter, number) => {
                    let seen = read.find(Some(officer), number)?.is_some();
                    let matter = read.matter(matter)?.filter(|_| seen);
                    matter.map(|matter| corrected(read, officer, matter)).transpose()?.map(|matter| Of {
                        number: matter.number,
                        state: matter.state.kind(),
                        lead: matter.lead,
                        due: matter.due,
                        is_late: matter.overdue_from(&calendar).is_some_and(|from| from <= today),
                    })
                }
                Settled::Open | Settled::Noted | Settled::Dismissed | Settled::LeftOut | Settled::Replaced => None,
            };
            let (no, quote, class) = (proposal.no, proposal.quote.to_string(), proposal.class.code());
            lines.push(Line { no, quote, class, settled, matter });
        }
        let text = document.text.open();
        let title = text.map(|text| text.title.to_string());
        parts.push(Part { id: *id, title, lines });
    }
    Ok(About { meeting, parts, organisation: read.organisation()? })
}

/// How many there are of each; a matter that the reader may not see is counted as confirmed and nowhere else.
fn counts(parts: &[Part]) -> Vec<(&'static str, usize)> {
    let lines = || parts.iter().flat_map(|part| &part.lines);
    let settled = |fits: fn(&Settled) -> bool| lines().filter(|line| fits(&line.settled)).count();
    let matters = |fits: fn(&Of) -> bool| lines().filter_map(|line| line.matter.as_ref()).filter(|of| fits(of)).count();
    vec![
        ("meeting-all", lines().count()),
        ("meeting-open", settled(|settled| *settled == Settled::Open)),
        ("meeting-confirmed", settled(|settled| matches!(settled, Settled::Matter(..)))),
        ("meeting-noted", settled(|settled| *settled == Settled::Noted)),
        ("meeting-dismissed", settled(|settled| *settled == Settled::Dismissed)),
        ("meeting-left-out", settled(|settled| *settled == Settled::LeftOut)),
        ("meeting-under-way", matters(|of| !matches!(of.state, StateKind::Cleared | StateKind::Withdrawn))),
        ("meeting-late", matters(|of| of.is_late)),
        ("meeting-cleared", matters(|of| of.state == StateKind::Cleared)),
        ("meeting-gone", matters(|of| of.state == StateKind::Withdrawn)),
    ]
}

/// The page; JSON where a program asks.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Path(id): Path<String>,
) -> Answer {
    let about = app.read(move |read| about(read, officer, &id)).await?;
    let text = about.meeting.text.open();
    if frame.visit().json {
        let counted: serde_json::Map<String, serde_json::Value> =
            counts(&about.parts).into_iter().map(|(id, count)| (id.replace("meeting-", ""), count.into())).collect();
        let documents = about.parts.iter().map(|part| {
            let lines = part.lines.iter().map(|line| {
                json!({
                    "proposal": line.no,
                    "directive": line.quote,
                    "outcome": outcome(&line.settled),
                    "matter": line.matter.as_ref().map(|of| of.number.to_string()),
                    "state": line.matter.as_ref().map(|of| of.state.code()),
                    "due": line.matter.as_ref().and_then(|of| of.due).map(|due| due.to_string()),
                    "late": line.matter.as_ref().map(|of| of.is_late),
                })
            });
            json!({ "document": part.id.to_string(), "title": part.title, "directives": lines.collect::<Vec<_>>() })
        });
        let body = json!({
            "meeting": text.map(|text| text.name.to_string()),
            "held_on": about.meeting.held_on.map(|day| day.to_string()),
            "counts": counted,
            "documents": documents.collect::<Vec<_>>(),
        });
        return Ok(Json(body).into_response());
    }
    page(&MeetingPage {
        name: text.map(|text| text.name.to_string()),
        chair: text.and_then(|text| text.chair.as_ref()).map(ToString::to_string),
        held_on: about.meeting.held_on,
        counts: counts(&about.parts),
        parts: about.parts,
        who: Who::new(&frame, about.organisation),
        frame,
    })
}

/// The code of what became of a proposal.
fn outcome(settled: &Settled) -> &'static str {
    match settled {
        Settled::Open => "open",
        Settled::Matter(..) => "matter",
        Settled::Noted => "noted",
        Settled::Dismissed => "dismissed",
        Settled::LeftOut => "left_out",
        Settled::Replaced => "replaced",
    }
}
