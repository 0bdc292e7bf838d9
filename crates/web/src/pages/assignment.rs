//! `GET`, `POST /documents/{id}/assignment` and `/matters/assignment`: many matters assigned on one page. What is
//! complete is saved, each matter whole or not at all; what is not stays as it was typed.

mod row;

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use ledger::act::{ActKind, Support};
use ledger::document::Document;
use ledger::id::{DocumentId, MatterId, Number, OfficerId, Stream};
use ledger::matter::{Matter, Source, StateKind};
use ledger::organisation::Organisation;
use ledger::party::Party;
use ledger::profile::OfficeProfile;
use ledger::rights::check_not_auditing;
use ledger::{Invalid, Refusal};
use serde_json::json;
use store::{ChangeError, MatterFilter, Read, Recorded, Stop};

use crate::App;
use crate::acts::supervising_units;
use crate::error::{Problem, refused, sent_before};
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, go_to, page, page_with};
use crate::pages::act::Choice;
use crate::pages::matter::{Line, Relative, alike};
use crate::query::{self, Pairs, Query};
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::who::Who;

use row::{Complete, Row, read_row};

/// Matters on one page; the next come once these are saved.
const ROWS: u32 = 60;

#[derive(Template)]
#[template(path = "assignment.html")]
struct Assignment {
    frame: Frame,
    /// Where the form is sent.
    path: String,
    document: Option<(DocumentId, String)>,
    rows: Vec<Row>,
    /// Everybody who can lead, by name.
    leads: Vec<String>,
    supervising: Vec<Choice>,
    /// How many were just assigned.
    done: Option<usize>,
    refusal: Option<(String, String)>,
    /// It was sent, and no row says everything.
    is_incomplete: bool,
    has_more: bool,
}

/// A matter to be assigned, and what the text says of it.
struct Opened {
    matter: Arc<Matter>,
    version: u64,
    /// Units the text names as supporting.
    supporting: Vec<String>,
    /// What may be the same thing.
    alike: Vec<Relative>,
    /// It was assigned, or otherwise moved on, since the form was shown.
    moved_on: Option<Recorded>,
}

/// What the page is made of.
struct About {
    opened: Vec<Opened>,
    document: Option<(DocumentId, String)>,
    organisation: Arc<Organisation>,
    profile: Arc<OfficeProfile>,
    today: civil::Date,
    has_more: bool,
}

/// The opened matters of a document, or those asked for by number, or every opened one; only what the officer may
/// assign.
fn about(
    read: &mut Read<'_>,
    officer: OfficerId,
    document: Option<&str>,
    numbers: &[String],
    is_sent: bool,
) -> Result<About, Problem> {
    let (organisation, today) = (read.organisation()?, read.today());
    if organisation.posts_held(officer, today).is_empty() {
        return Err(Problem::NotFound);
    }
    let id = document.map(DocumentId::parse).transpose().map_err(|_| Problem::NotFound)?;
    let mut ids: Vec<MatterId> = vec![];
    let mut has_more = false;
    if numbers.is_empty() {
        let filter = MatterFilter { states: vec![StateKind::Opened], document: id, ..MatterFilter::default() };
        let mut lines = read.matters(Some(officer), &filter, ROWS + 1, 0)?;
        has_more = lines.len() > ROWS as usize;
        lines.truncate(ROWS as usize);
        lines.sort_by_key(|line| (line.proposal, line.number));
        ids.extend(lines.iter().map(|line| line.id));
    }
    for number in numbers.iter().take(ROWS as usize) {
        let number = Number::parse(number).map_err(|_| Problem::NotFound)?;
        ids.extend(read.find(Some(officer), number)?);
    }
    let mut opened = vec![];
    for id in ids {
        let Some(matter) = read.matter(id)? else { continue };
        let facts = read.facts(&matter)?;
        let offered =
            read.with_context(own_hand(officer), &facts, |context| matter.offers(ActKind::Assign, context))?;
        let moved_on = match offered {
            Ok(()) => None,
            // Who sent a form with it is told what became of it, and keeps what was typed.
            Err(Refusal::WrongState { .. }) if is_sent => read.history(Stream::Matter(id))?.pop(),
            Err(_) => continue,
        };
        let supporting = supporting(read, &matter)?;
        let alike = alike(read, Some(officer), &matter)?;
        opened.push(Opened { version: read.version(Stream::Matter(id))?, matter, supporting, alike, moved_on });
    }
    let document = match id {
        Some(id) => {
            let document = read.fold::<Document>(Stream::Document(id))?.ok_or(Problem::NotFound)?;
            Some((id, document.text.open().map(|text| text.title.to_string()).unwrap_or_default()))
        }
        None => None,
    };
    Ok(About { opened, document, organisation, profile: read.profile()?, today, has_more })
}

/// The units that the text names as supporting, in its words.
fn supporting(read: &mut Read<'_>, matter: &Matter) -> Result<Vec<String>, Problem> {
    let Source::Document { document, proposal, .. } = matter.source else { return Ok(vec![]) };
    let Some(document) = read.fold::<Document>(Stream::Document(document))? else { return Ok(vec![]) };
    let found = document.proposals().into_iter().find(|(p, _)| p.no == proposal);
    Ok(found.map(|(p, _)| p.supporting.iter().map(ToString::to_string).collect()).unwrap_or_default())
}

impl Assignment {
    /// Whether a row was refused, or was moved on by somebody else.
    fn stands_in_the_way(&self) -> bool {
        self.rows.iter().any(|row| row.refusal.is_some())
    }

    fn new(frame: Frame, officer: OfficerId, about: &About, typed: Option<&Filled>) -> Self {
        let who = Who::new(&frame, about.organisation.clone());
        let organisation = &*about.organisation;
        let units = supervising_units(organisation, about.today);
        let row = |opened: &Opened| {
            let mut row = Row::new((&who, &about.profile), officer, opened, about.today, typed);
            if let Some(last) = &opened.moved_on {
                let lines = Line::of(&frame, &who, &opened.matter, std::slice::from_ref(last));
                let what = lines.first().map(|line| format!("{} {}", line.sentence, line.when));
                let what = what.unwrap_or_else(|| frame.text("act-meanwhile").to_string());
                row.refusal = Some((what, frame.text("assignment-moved-on").to_string()));
                row.moved_on = true;
            }
            row
        };
        let rows = about.opened.iter().map(row).collect();
        let choice = |id| Choice { value: format!("unit/{id}"), label: who.unit(&id), group: String::new() };
        let path = match &about.document {
            Some((id, _)) => format!("/documents/{id}/assignment"),
            None => "/matters/assignment".to_owned(),
        };
        Self {
            refusal: None,
            is_incomplete: false,
            rows,
            path,
            leads: leads(&who, about.today),
            supervising: units.into_iter().map(choice).collect(),
            document: about.document.clone(),
            done: None,
            has_more: about.has_more,
            frame,
        }
    }
}

/// Names of units and of officers in office; a name that two go by is left out, since it would not be understood.
pub(crate) fn leads(who: &Who, today: civil::Date) -> Vec<String> {
    let organisation = who.organisation();
    let may_lead = |party| check_not_auditing(organisation, party, today).is_ok();
    let units = organisation.units().filter(|unit| organisation.unit_exists(unit.id, today));
    let units = units.filter(|unit| may_lead(Party::Unit(unit.id))).map(|unit| who.unit(&unit.id));
    let in_office = organisation.officers().filter(|officer| !organisation.posts_held(officer.id, today).is_empty());
    let in_office = in_office.filter(|officer| may_lead(Party::Officer(officer.id)));
    let names: Vec<String> = units.chain(in_office.map(|officer| who.officer(&officer.id))).collect();
    names.iter().filter(|name| names.iter().filter(|other| other == name).count() == 1).cloned().collect()
}

/// `GET /documents/{id}/assignment`
pub async fn of_document(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Path(id): Path<String>,
) -> Answer {
    let about = app.read(move |read| about(read, officer, Some(&id), &[], false)).await?;
    page(&Assignment::new(frame, officer, &about, None))
}

/// `GET /matters/assignment?number=…&number=…`; every opened matter where none is named.
pub async fn of_matters(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Query(asked): Query<Pairs>,
) -> Answer {
    query::only(&asked, &["number"], |name, value| name == "number" && Number::parse(value).is_ok())?;
    let numbers: Vec<String> = asked.into_iter().map(|(_, number)| number).collect();
    let about = app.read(move |read| about(read, officer, None, &numbers, false)).await?;
    page(&Assignment::new(frame, officer, &about, None))
}

/// `POST /documents/{id}/assignment`
pub async fn post_document(
    State(app): State<Arc<App>>,
    frame: Frame,
    Path(id): Path<String>,
    sent: CheckedForm,
) -> Answer {
    post(&app, frame, Some(id), sent).await
}

/// `POST /matters/assignment`
pub async fn post_matters(State(app): State<Arc<App>>, frame: Frame, sent: CheckedForm) -> Answer {
    post(&app, frame, None, sent).await
}

async fn post(app: &Arc<App>, frame: Frame, document: Option<String>, sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    app.may_anywhere(officer, ActKind::Assign).await?;
    let command = sent.envelope(app, frame.here());
    let numbers: Vec<String> = sent.form.all("row").map(str::to_owned).collect();
    if numbers.is_empty() {
        return Err(Invalid::new("number", "missing").into());
    }
    let (key, rows) = (document.clone(), numbers.clone());
    let before = app.read(move |read| about(read, officer, key.as_deref(), &rows, true)).await?;
    let mut shown = Assignment::new(frame, officer, &before, Some(&sent.form));
    match sent.form.text("fill") {
        "" => {}
        "words" => {
            shown.rows.iter_mut().for_each(Row::take_words);
            return page(&shown);
        }
        number => {
            fill_down(&mut shown.rows, number);
            return page(&shown);
        }
    }
    let complete: Vec<Complete> = read_rows(&mut shown.rows, &before.organisation);
    // Where every row has moved on it may be this very form that moved them, which was sent before.
    if complete.is_empty() && !shown.rows.iter().any(|row| row.moved_on) {
        shown.is_incomplete = true;
        return left(&shown, 0, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let work = complete.clone();
    let saved: BTreeSet<Stream> = match app.change(command, move |read| assign_all(read, officer, &work)).await {
        Ok(answer) => answer.events.iter().map(|event| event.stream).collect(),
        Err(ChangeError::Refusal(Refusal::NothingChanges)) => BTreeSet::new(),
        Err(ChangeError::Invalid(invalid)) if invalid.field == "command" && !shown.frame.visit().json => {
            shown.refusal = Some(sent_before(&shown.frame));
            return left(&shown, 0, StatusCode::CONFLICT);
        }
        Err(error) => return Err(error.into()),
    };
    let done = shown.rows.iter().filter(|row| saved.contains(&row.stream())).count();
    let refused_rows: Vec<Complete> =
        complete.iter().filter(|row| !saved.contains(&Stream::Matter(row.matter))).cloned().collect();
    shown.rows.retain(|row| !saved.contains(&row.stream()));
    let why = app.read(move |read| reasons(read, officer, &refused_rows)).await?;
    for row in &mut shown.rows {
        if let Some((_, refusal)) = why.iter().find(|(matter, _)| *matter == row.matter) {
            row.refusal = Some(match refusal {
                Some(refusal) => refused(&shown.frame, refusal),
                None => {
                    let say = |id| shown.frame.text(id).to_string();
                    (say("act-meanwhile"), say("assignment-meanwhile-next"))
                }
            });
        }
    }
    if shown.rows.is_empty() && !shown.frame.visit().json {
        return Ok(go_to(&match (&document, before.has_more) {
            (Some(id), true) => format!("/documents/{id}/assignment"),
            (Some(id), false) => format!("/documents/{id}"),
            (None, true) => "/matters/assignment".to_owned(),
            (None, false) => "/matters?state=assigned".to_owned(),
        }));
    }
    let status = if done == 0 { StatusCode::CONFLICT } else { StatusCode::OK };
    shown.done = Some(done).filter(|done| *done > 0);
    left(&shown, done, status)
}

/// What is left, with what was typed and what stands in the way of each.
fn left(shown: &Assignment, done: usize, status: StatusCode) -> Answer {
    if shown.frame.visit().json {
        let rows = shown.rows.iter().map(|row| {
            let errors: Vec<String> = row.errors.iter().map(ToString::to_string).collect();
            let refusal = row.refusal.as_ref().map(|(what, _)| what);
            json!({ "number": row.number, "errors": errors, "refusal": refusal })
        });
        let body = json!({ "assigned": done, "left": rows.collect::<Vec<_>>() });
        return Ok((status, Json(body)).into_response());
    }
    page_with(status, shown)
}

/// The rows that say everything; what is wrong with the others is noted in them.
fn read_rows(rows: &mut [Row], organisation: &Organisation) -> Vec<Complete> {
    rows.iter_mut().filter(|row| !row.moved_on).filter_map(|row| read_row(row, organisation)).collect()
}

/// What the fields of one row say goes into the empty fields of every row below it.
fn fill_down(rows: &mut [Row], number: &str) {
    let Some(at) = rows.iter().position(|row| row.number == number) else { return };
    let (above, below) = rows.split_at_mut(at + 1);
    if let Some(from) = above.last() {
        below.iter_mut().for_each(|row| row.take_from(from));
    }
}

/// One change for all: each row whole or left out, and none that somebody acted on since the page was shown.
fn assign_all(
    read: &mut Read<'_>,
    officer: OfficerId,
    rows: &[Complete],
) -> Result<Vec<(Stream, ledger::event::Event)>, Stop> {
    let mut events = vec![];
    for row in rows {
        if let Ok(Some(of_row)) = assign(read, officer, row)? {
            events.extend(of_row);
        }
    }
    if events.is_empty() { Err(Refusal::NothingChanges.into()) } else { Ok(events) }
}

/// Why each of these was not assigned; no refusal where somebody acted on it meanwhile.
fn reasons(
    read: &mut Read<'_>,
    officer: OfficerId,
    rows: &[Complete],
) -> Result<Vec<(MatterId, Option<Refusal>)>, Problem> {
    let mut why = vec![];
    for row in rows {
        why.push((row.matter, assign(read, officer, row)?.err()));
    }
    Ok(why)
}

type Assigned = Result<Option<Vec<(Stream, ledger::event::Event)>>, Refusal>;

/// The events of one row; none where the matter is no longer as the page showed it.
fn assign(read: &mut Read<'_>, officer: OfficerId, row: &Complete) -> Result<Assigned, store::StoreFault> {
    let Some(matter) = read.matter(row.matter)? else { return Ok(Ok(None)) };
    if read.version(Stream::Matter(row.matter))? != row.version {
        return Ok(Ok(None));
    }
    let facts = read.facts(&matter)?;
    let hand = own_hand(officer);
    // Tried without numbers first, so that a row that is refused leaves no gap in them.
    let parts = |sub, number| row.support.iter().map(move |unit| Support { sub, number, unit: *unit });
    let tried: Vec<Support> = parts(matter.id, matter.number).collect();
    let placing = row.placing.clone();
    let tried =
        read.with_context(hand, &facts, |context| matter.assign_with_support(placing.clone(), &tried, context))?;
    if let Err(refusal) = tried {
        return Ok(Err(refusal));
    }
    let mut support = vec![];
    for unit in &row.support {
        support.push(Support {
            sub: MatterId(read.new_id()),
            number: read.next_number(matter.audience.series())?,
            unit: *unit,
        });
    }
    let events = read.with_context(hand, &facts, |context| matter.assign_with_support(placing, &support, context))?;
    Ok(events.map(Some))
}
