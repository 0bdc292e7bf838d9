//! `GET /matters`: the ledger as a list; its filters stand in the address.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse as _;
use ledger::act::ActKind;
use ledger::audience::AudienceKind;
use ledger::document::Document;
use ledger::id::{MeetingId, OfficerId, Stream, UnitId};
use ledger::matter::{Group, Kind, StateKind};
use ledger::meeting::Meeting;
use ledger::organisation::{Function, Unit};
use ledger::rights::{self, Thing};
use ledger::rooms::{self, Room};
use serde_json::json;
use store::{Count, MatterFilter, MatterLine, Read, Standing};

use crate::App;
use crate::error::Problem;
use crate::frame::{Answer, Frame, go_to, page, page_again};
use crate::query::{Pairs, Query};
use crate::record::own_hand;
use crate::session::{MaybeSignedIn, SignedIn};
use crate::who::Who;

pub mod asked;
pub mod board;
pub mod calendar;
pub mod new;
pub mod views;

use asked::{Asked, Clause, SORTS, STANDINGS, Shape};
use board::Board;
use calendar::Calendar;
use views::ViewLine;

/// Matters on one page of the list.
const LINES: u32 = 50;
/// Words that more matters hold are not counted within the lists nearby.
const COUNTED_WITH_WORDS: u64 = 1_000;
/// So many meetings are offered to choose among, the latest first.
const MEETINGS: u32 = 20;

/// A list that is one click away, and how many stand on it.
struct Near {
    label: String,
    count: String,
    path: String,
    is_here: bool,
}

#[derive(Template)]
#[template(path = "matters.html")]
struct Matters {
    frame: Frame,
    who: Who,
    asked: Asked,
    clauses: Vec<Clause>,
    near: Vec<Near>,
    views: Vec<ViewLine>,
    count: String,
    lines: Vec<MatterLine>,
    pages: (Option<String>, Option<String>),
    board: Option<Board>,
    calendar: Option<Calendar>,
    units: Vec<UnitId>,
    supervising: Vec<UnitId>,
    /// The latest meetings, and the one asked for, by name and day.
    meetings: Vec<(MeetingId, String)>,
    today: civil::Date,
    may_open: bool,
    /// Assigns, and issues notices.
    may_assign: bool,
    /// Where notices for what is listed are issued.
    notices: Option<String>,
}

impl Matters {
    fn is_late(&self, line: &MatterLine) -> bool {
        line.is_overdue(self.today)
    }

    fn states(&self) -> &'static [StateKind] {
        StateKind::ALL
    }

    fn rooms(&self) -> Vec<(Room, Vec<Kind>)> {
        let of = |room: &Room| Kind::ALL.iter().copied().filter(|kind| rooms::room(*kind) == *room).collect();
        Room::ALL.iter().map(|room| (*room, of(room))).collect()
    }

    fn groups(&self) -> &'static [Group] {
        Group::ALL
    }

    fn audiences(&self) -> &'static [AudienceKind] {
        AudienceKind::ALL
    }

    fn standings(&self) -> &'static [(&'static str, Standing)] {
        STANDINGS
    }

    fn sorts(&self) -> &'static [&'static str] {
        SORTS
    }

    fn shapes(&self) -> [Shape; 3] {
        Shape::ALL
    }

    /// Whether one of the filters that are not always shown is in use.
    fn is_more_open(&self) -> bool {
        let hidden = [
            "waits",
            "state",
            "kind",
            "meeting",
            "supervising",
            "within",
            "due_from",
            "due_to",
            "opened_from",
            "opened_to",
            "audience",
            "published",
        ];
        hidden.iter().any(|field| !self.asked.form.text(field).is_empty())
            || self.asked.form.errors().iter().any(|invalid| hidden.contains(&invalid.field))
    }
}

/// How many, as a sentence.
pub fn counted(frame: &Frame, count: Count) -> String {
    match count {
        Count::Exactly(count) => frame.text("list-count").arg("count", count).to_string(),
        Count::MoreThan(count) => frame.text("list-more-than").arg("count", frame.number(&count)).to_string(),
    }
}

/// The list; JSON where a program asks. A visitor sees what was published, an officer without a wish his own view.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    MaybeSignedIn(who): MaybeSignedIn,
    Query(pairs): Query<Pairs>,
) -> Answer {
    Asked::check_names(&pairs)?;
    let Some(SignedIn { officer }) = who else {
        let list = if frame.visit().json { "/open-data/matters.json" } else { "/published" };
        return Ok(go_to(list));
    };
    let is_bare = pairs.is_empty();
    let has_blanks = pairs.iter().any(|(_, value)| value.trim().is_empty());
    let views = app.access(move |access| access.views(officer)).await?;
    if let (true, false, Some(view)) = (is_bare, frame.visit().json, views.iter().find(|view| view.is_default)) {
        return Ok(go_to(&format!("/matters?{}", view.query)));
    }
    let text = frame.clone();
    let list = app.read(move |read| look(read, &text, officer, pairs)).await?;
    if frame.visit().json {
        if let Some(invalid) = list.asked.form.errors().first() {
            return Err(Problem::Invalid(invalid.clone()));
        }
        return Ok(Json(list.lines.iter().map(as_json).collect::<Vec<_>>()).into_response());
    }
    if has_blanks && list.asked.form.errors().is_empty() {
        // A form sends every field; the address keeps those that say something.
        return Ok(go_to(&list.asked.changed(&[])));
    }
    let query = list.asked.query();
    let is_readable = list.asked.form.errors().is_empty();
    let views = views.into_iter().map(|view| ViewLine::of(view, &query)).collect();
    let shown = Matters { views, ..list };
    if is_readable { page(&shown) } else { page_again(&shown) }
}

/// Everything on the page, in one consistent state.
fn look(
    read: &mut Read<'_>,
    frame: &Frame,
    officer: OfficerId,
    pairs: Vec<(String, String)>,
) -> Result<Matters, Problem> {
    let (organisation, today, reader) = (read.organisation()?, read.today(), Some(officer));
    let who = Who::new(frame, organisation.clone());
    let asked = Asked::read(pairs, &who);
    let filter = asked.filter();
    let (mut lines, mut pages, mut board, mut calendar) = (vec![], (None, None), None, None);
    let count = match asked.shape() {
        Shape::Table => {
            let page = read.matters_page(reader, &filter, asked.sort(), asked.side(), LINES)?;
            let place = |cursor: store::Cursor| cursor.write(asked.sort());
            let before = page.before.map(|cursor| asked.with("before", &[&place(cursor)]));
            let after = page.after.map(|cursor| asked.with("after", &[&place(cursor)]));
            (lines, pages) = (page.lines, (before, after));
            page.count
        }
        Shape::Board => {
            board = Some(Board::read(read, frame, &asked, officer)?);
            read.count(reader, &filter)?
        }
        Shape::Calendar => {
            let month = asked.month(today);
            calendar = Some(Calendar::read(read, &asked, officer, month)?);
            read.count(reader, &filter)?
        }
    };
    let title = filter.document.map(|id| read.fold::<Document>(Stream::Document(id))).transpose()?.flatten();
    let title = title.and_then(|document| document.text.open().map(|text| text.title.to_string()));
    let in_office = !organisation.posts_held(officer, today).is_empty();
    let meetings = if in_office { meetings(read, frame, filter.meeting)? } else { vec![] };
    let meeting = meetings.iter().find(|(id, _)| filter.meeting == Some(*id)).map(|(_, name)| name.clone());
    let may = rights::may(own_hand(officer), ActKind::Open, &Thing::Office, &organisation, today);
    let units = |only: Option<Function>| {
        let fits = |unit: &&Unit| {
            organisation.unit_exists(unit.id, today) && only.is_none_or(|function| unit.function == function)
        };
        let units = organisation.units().filter(fits).map(|unit| unit.id).collect();
        frame.by_name(units, |unit| who.unit(unit))
    };
    let roles = rights::roles(&organisation, officer, today);
    let may_assign = rights::allowed_anywhere(ActKind::Assign, &roles);
    let notices = rights::allowed_anywhere(ActKind::IssueNotice, &roles).then(|| notices_for(&lines)).flatten();
    Ok(Matters {
        notices,
        near: near(read, frame, &asked, officer)?,
        clauses: asked.clauses(frame, &who, title.as_deref(), meeting.as_deref()),
        meetings,
        count: counted(frame, count),
        units: units(None),
        supervising: units(Some(Function::Supervision)),
        may_open: may.is_ok(),
        may_assign,
        frame: frame.clone(),
        views: vec![],
        who,
        asked,
        lines,
        pages,
        board,
        calendar,
        today,
    })
}

/// Meetings to choose among: documents, and what is known of meetings from them, are the office's own.
fn meetings(read: &mut Read<'_>, frame: &Frame, asked: Option<MeetingId>) -> Result<Vec<(MeetingId, String)>, Problem> {
    let said = |name: Option<String>, day: Option<civil::Date>| {
        let name = name.unwrap_or_else(|| frame.text("matter-erased").to_string());
        match day {
            Some(day) => frame.text("list-meeting").arg("name", name).arg("day", frame.date(&day)).to_string(),
            None => name,
        }
    };
    let lines = read.meetings(MEETINGS, 0)?;
    let mut meetings: Vec<_> = lines.into_iter().map(|line| (line.id, said(line.name, line.held_on))).collect();
    if let Some(id) = asked.filter(|id| meetings.iter().all(|(other, _)| other != id))
        && let Some(meeting) = read.fold::<Meeting>(Stream::Meeting(id))?
    {
        let name = meeting.text.open().map(|text| text.name.to_string());
        meetings.push((id, said(name, meeting.held_on)));
    }
    Ok(meetings)
}

/// The page that issues notices, with those of these ticked that may get one.
fn notices_for(lines: &[MatterLine]) -> Option<String> {
    let runs = |line: &&MatterLine| matches!(line.state, StateKind::Assigned | StateKind::UnderWay);
    let numbers: Vec<String> = lines.iter().filter(runs).map(|line| format!("number={}", line.number)).collect();
    (!numbers.is_empty()).then(|| format!("/notices?{}", numbers.join("&")))
}

/// The lists that most people want next, each within what is asked for already, with what they would find there.
fn near(read: &mut Read<'_>, frame: &Frame, asked: &Asked, officer: OfficerId) -> Result<Vec<Near>, Problem> {
    let bare = MatterFilter { standing: None, due_within: None, states: vec![], ..asked.filter() };
    let state = |state| MatterFilter { states: vec![state], ..bare.clone() };
    let standing = |standing| MatterFilter { standing: Some(standing), ..bare.clone() };
    let lists = [
        ("near-open", "standing", "open", standing(Standing::Open)),
        ("near-late", "standing", "late", standing(Standing::Overdue)),
        ("near-soon", "within", "7", MatterFilter { due_within: Some(7), ..bare.clone() }),
        ("near-returned", "standing", "returned", standing(Standing::Returned)),
        ("near-reported", "state", "reported", state(StateKind::Reported)),
        ("near-verified", "state", "verified", state(StateKind::Verified)),
        ("near-opened", "state", "opened", state(StateKind::Opened)),
    ];
    let is_counted = !read.is_said_by_more(&bare.words, COUNTED_WITH_WORDS)?;
    let mut near = vec![];
    for (label, field, value, filter) in lists {
        let value: &[&str] = &[value];
        let of = |name: &str| if name == field { value } else { &[] };
        let path = asked.changed(&[("standing", of("standing")), ("within", of("within")), ("state", of("state"))]);
        let count = match is_counted.then(|| read.count(Some(officer), &filter)).transpose()? {
            None => String::new(),
            Some(Count::Exactly(count)) => frame.number(&count),
            Some(Count::MoreThan(count)) => frame.text("near-more-than").arg("count", frame.number(&count)).to_string(),
        };
        let is_here = path == asked.changed(&[]);
        near.push(Near { label: frame.text(label).to_string(), count, path, is_here });
    }
    Ok(near)
}

fn as_json(line: &MatterLine) -> serde_json::Value {
    json!({
        "number": line.number.to_string(),
        "state": line.state.code(),
        "kind": line.kind.code(),
        "directive": line.quote,
        "due": line.due.map(|due| due.to_string()),
    })
}
