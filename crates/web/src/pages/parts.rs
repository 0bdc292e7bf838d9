//! `GET`, `POST /matters/{number}/sub-matters`: a matter divided into parts, each with words and, where that is known, a
//! lead of its own. All of them are opened, or none.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use ledger::act::{ActKind, Part, Placing};
use ledger::event::Event;
use ledger::id::{MatterId, OfficerId, Stream, UnitId};
use ledger::matter::Matter;
use ledger::organisation::Organisation;
use ledger::{Invalid, Refusal, Text};
use serde_json::json;
use store::{ChangeError, Read, Stop};

use crate::App;
use crate::acts::{own_unit, parse_day_to_come, parse_party, parse_unit};
use crate::error::{Problem, refused, sent_before};
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, go_to, page, page_again, page_with};
use crate::pages::act::{Choice, supervising};
use crate::pages::assignment::leads;
use crate::pages::matter::find;
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::who::Who;

/// Rows at first.
const FIRST: usize = 3;
/// Rows that come with each wish for more.
const MORE: usize = 2;
/// At most so many rows.
const MOST: usize = 10;

/// One part as it stands in the form.
struct Row {
    no: usize,
    directive: String,
    lead: String,
    criterion: String,
    due: String,
    errors: Vec<Invalid>,
    refusal: Option<(String, String)>,
}

impl Row {
    fn of(form: &Filled, no: usize) -> Self {
        let typed = |field: &str| form.text(&format!("{field}-{no}")).to_owned();
        Self {
            no,
            directive: typed("directive"),
            lead: typed("lead"),
            criterion: typed("criterion"),
            due: typed("due"),
            errors: vec![],
            refusal: None,
        }
    }

    /// What is wrong with one of its fields.
    fn error(&self, field: &str) -> Option<&Invalid> {
        self.errors.iter().find(|invalid| invalid.field == field)
    }

    fn is_blank(&self) -> bool {
        [&self.directive, &self.lead, &self.criterion, &self.due].iter().all(|typed| typed.trim().is_empty())
    }

    /// Reads it; what is missing or malformed is noted in it. Without a day of its own it is due with the whole.
    fn read(&mut self, about: &About, supervising: UnitId) -> Option<(Text, Option<Placing>)> {
        let mut errors = vec![];
        let mut keep = |invalid: Invalid| errors.push(invalid);
        let directive = Text::parse("directive", &self.directive).map_err(&mut keep).ok();
        let is_placed = [&self.lead, &self.criterion, &self.due].iter().any(|typed| !typed.trim().is_empty());
        let placing = is_placed.then(|| {
            let lead = parse_party("lead", &self.lead, &about.organisation).map_err(&mut keep).ok();
            let criterion = Text::parse("criterion", &self.criterion).map_err(&mut keep).ok();
            let due = match (self.due.trim(), about.matter.due) {
                ("", Some(due)) => Some(due),
                (typed, _) => parse_day_to_come("due", typed, about.today).map_err(&mut keep).ok(),
            };
            Some(Placing { lead: lead?, supervising, criterion: criterion?, due: due? })
        });
        self.errors = errors;
        match placing {
            None => Some((directive?, None)),
            Some(placing) => Some((directive?, Some(placing?))),
        }
    }
}

#[derive(Template)]
#[template(path = "sub-matters.html")]
struct PartsPage {
    frame: Frame,
    form: Filled,
    number: String,
    quote: String,
    stream: String,
    version: u64,
    due: Option<civil::Date>,
    rows: Vec<Row>,
    leads: Vec<String>,
    supervising: Vec<Choice>,
    can_grow: bool,
    refusal: Option<(String, String)>,
}

/// What the page is made of.
struct About {
    matter: Arc<Matter>,
    version: u64,
    organisation: Arc<Organisation>,
    today: civil::Date,
}

fn about(read: &mut Read<'_>, officer: OfficerId, number: &str) -> Result<About, Problem> {
    let id = find(read, Some(officer), number)?;
    let matter = read.matter(id)?.ok_or(Problem::NotFound)?;
    let (organisation, today, version) = (read.organisation()?, read.today(), read.version(Stream::Matter(id))?);
    Ok(About { matter, version, organisation, today })
}

/// Whether it can be divided by this officer now.
fn may(read: &mut Read<'_>, officer: OfficerId, matter: &Matter) -> Result<Result<(), Refusal>, Problem> {
    let facts = read.facts(matter)?;
    Ok(read.with_context(own_hand(officer), &facts, |context| matter.offers(ActKind::Decompose, context))?)
}

impl PartsPage {
    /// Whether a part is wrong or was refused.
    fn stands_in_the_way(&self) -> bool {
        self.rows.iter().any(|row| !row.errors.is_empty() || row.refusal.is_some())
    }

    fn new(frame: Frame, about: &About, form: Filled, rows: usize) -> Self {
        let who = Who::new(&frame, about.organisation.clone());
        let rows = rows.min(MOST);
        Self {
            number: about.matter.number.to_string(),
            quote: about.matter.text.open().map(|text| text.quote.to_string()).unwrap_or_default(),
            stream: Stream::Matter(about.matter.id).to_string(),
            version: about.version,
            due: about.matter.due,
            rows: (1..=rows).map(|no| Row::of(&form, no)).collect(),
            leads: leads(&who, about.today),
            supervising: supervising(&frame, &who, about.today),
            can_grow: rows < MOST,
            refusal: None,
            form,
            frame,
        }
    }
}

/// The form: a few rows, and the supervising unit of the whole.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Path(number): Path<String>,
) -> Answer {
    let about = app
        .read(move |read| {
            let about = about(read, officer, &number)?;
            may(read, officer, &about.matter)??;
            Ok(about)
        })
        .await?;
    let supervising = match about.matter.supervising {
        Some(unit) => format!("unit/{unit}"),
        None => own_unit(&about.organisation, officer, about.today),
    };
    page(&PartsPage::new(frame, &about, Filled::with(&[("supervising", &supervising)]), FIRST))
}

/// Opens the parts. `more=yes` opens nothing and shows more rows.
pub async fn post(State(app): State<Arc<App>>, frame: Frame, Path(number): Path<String>, sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    let command = sent.envelope(&app, frame.here());
    let asked = number.clone();
    let about = app.read(move |read| about(read, officer, &asked)).await?;
    let numbers = |name: &str| name.rsplit_once('-').and_then(|(_, no)| no.parse::<usize>().ok());
    let typed = sent.form.typed().filter(|(_, value)| !value.trim().is_empty());
    let filled = typed.filter_map(|(name, _)| numbers(name)).max().unwrap_or(0);
    let rows = sent.form.text("rows").parse::<usize>().unwrap_or(FIRST).max(filled);
    if sent.form.has("more", "yes") {
        return page(&PartsPage::new(frame, &about, sent.form, rows + MORE));
    }
    let mut shown = PartsPage::new(frame, &about, sent.form, rows);
    let supervising = parse_unit("supervising", shown.form.text("supervising"), &about.organisation);
    let parts = match shown.form.take(supervising) {
        Some(supervising) => read_rows(&mut shown, &about, supervising),
        None => None,
    };
    let Some(parts) = parts else {
        if shown.frame.visit().json {
            let of_rows = shown.rows.iter().flat_map(|row| &row.errors);
            let first = shown.form.errors().iter().chain(of_rows).next().cloned();
            return Err(first.map_or(Problem::NotFound, Problem::Invalid));
        }
        return page_again(&shown);
    };
    let places: Vec<usize> = parts.iter().map(|(no, ..)| *no).collect();
    let (id, work) = (about.matter.id, parts.clone());
    let done = app.change(command, move |read| -> Result<Vec<(Stream, Event)>, Stop> {
        Ok(decompose(read, officer, id, &work)?.map_err(|(_, why)| why)?)
    });
    match done.await {
        Ok(_) if shown.frame.visit().json => {
            Ok(Json(json!({ "number": number, "opened": places.len() })).into_response())
        }
        Ok(_) => Ok(go_to(&format!("/matters/{}#matter-subs", about.matter.number))),
        Err(ChangeError::Refusal(refusal)) if !shown.frame.visit().json => {
            let said = refused(&shown.frame, &refusal);
            // Asked again, it says which of them is in the way.
            let why = app.read(move |read| Ok(decompose(read, officer, id, &parts)?)).await?;
            let row = why.err().and_then(|(at, _)| places.get(at).copied());
            match shown.rows.iter_mut().find(|shown| Some(shown.no) == row) {
                Some(row) => row.refusal = Some(said),
                None => shown.refusal = Some(said),
            }
            page_with(StatusCode::CONFLICT, &shown)
        }
        Err(ChangeError::Stale { .. }) if !shown.frame.visit().json => {
            let say = |id| shown.frame.text(id).to_string();
            shown.refusal = Some((say("act-meanwhile"), say("act-meanwhile-next")));
            page_with(StatusCode::CONFLICT, &shown)
        }
        Err(ChangeError::Invalid(invalid)) if invalid.field == "command" && !shown.frame.visit().json => {
            shown.refusal = Some(sent_before(&shown.frame));
            page_with(StatusCode::CONFLICT, &shown)
        }
        Err(error) => Err(error.into()),
    }
}

type Parts = Vec<(usize, Text, Option<Placing>)>;

/// The rows that say something, each with its place; none where one of them is wrong, or all are blank.
fn read_rows(shown: &mut PartsPage, about: &About, supervising: UnitId) -> Option<Parts> {
    let mut parts = vec![];
    let mut is_whole = true;
    for row in shown.rows.iter_mut().filter(|row| !row.is_blank()) {
        match row.read(about, supervising) {
            Some((directive, placing)) => parts.push((row.no, directive, placing)),
            None => is_whole = false,
        }
    }
    if parts.is_empty() && is_whole {
        shown.form.wrong(Invalid::new("directive", "missing"));
        is_whole = false;
    }
    is_whole.then_some(parts)
}

type Divided = Result<Vec<(Stream, Event)>, (usize, Refusal)>;

fn decompose(
    read: &mut Read<'_>,
    officer: OfficerId,
    matter: MatterId,
    parts: &Parts,
) -> Result<Divided, store::StoreFault> {
    let Some(matter) = read.matter(matter)? else { return Ok(Err((0, Refusal::NotASubMatter))) };
    let facts = read.facts(&matter)?;
    let series = matter.audience.series();
    let mut numbered = vec![];
    for (_, directive, placing) in parts {
        let (sub, number) = (MatterId(read.new_id()), read.next_number(series)?);
        numbered.push(Part { sub, number, directive: directive.clone(), placing: placing.clone() });
    }
    read.with_context(own_hand(officer), &facts, |context| matter.decompose_into(numbered, context))
}
