//! `GET /overview`: what every lead has in hand, what is late and why, and what waits for the reader's own decision; one
//! page to print. `POST /overview/instruction`: one note on several matters of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use civil::Date;
use ledger::act::{Act, ActKind};
use ledger::calendar::OfficeCalendar;
use ledger::event::Event;
use ledger::id::{Number, OfficerId, Stream, UnitId};
use ledger::matter::{Group, Matter, StateKind};
use ledger::organisation::Organisation;
use ledger::rights::{self, Relation};
use ledger::{Invalid, Refusal, Text};
use serde::Deserialize;
use serde_json::json;
use store::{ChangeError, LeadCounts, MatterFilter, Read, Side, Sort, Standing, Stop};

use crate::App;
use crate::error::{Problem, lacks_right, refused};
use crate::form::{CheckedForm, Filled};
use crate::frame::{Answer, Frame, go_to, page, page_with};
use crate::pages::home::groups::{DeskGroup, group, held};
use crate::pages::matters::asked::query;
use crate::query::Query;
use crate::record::own_hand;
use crate::session::SignedIn;
use crate::texts::Due;
use crate::who::Who;
use crate::words::shortened;

/// Late matters on the page; one note goes to no more than these.
const LATE: u32 = 50;
/// Lead units with a line of their own.
const UNITS: usize = 30;
/// The longest bar.
const BAR: u64 = 250;
/// Characters of a directive.
const DIRECTIVE: usize = 110;

/// What was just done from the page.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// To so many matters a note was written.
    #[serde(default)]
    told: Option<u16>,
}

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage {
    frame: Frame,
    form: Filled,
    /// To how many matters a note was just written.
    told: Option<u16>,
    /// Why no note was written: of which matters, what stands in the way, and what to do next.
    refused: Vec<InTheWay>,
    overview: Overview,
}

/// What stands in the way of a note.
struct InTheWay {
    /// The matters it stands in the way of; none where it is the same with all of them.
    numbers: Vec<Number>,
    what: String,
    next: String,
}

/// Everything on the page.
struct Overview {
    by: String,
    /// The day on which it is made.
    today: Date,
    since: Date,
    units: Vec<UnitLine>,
    all: LeadCounts,
    /// In the order of the deadlines in force, as the list of every late matter has them.
    late: Vec<LateLine>,
    /// The list of every late matter, where the page does not hold them all.
    more: bool,
    decide: Vec<DeskGroup>,
    may_instruct: bool,
}

/// One lead unit.
struct UnitLine {
    unit: Option<UnitId>,
    name: String,
    counts: LeadCounts,
    /// The lists of what is open, late, due this month and returned; none where several units share the line.
    lists: Option<[String; 4]>,
    /// Late and other open ones, in parts of `BAR`.
    bar: (u64, u64),
}

/// One late matter.
struct LateLine {
    number: Number,
    quote: Option<String>,
    lead: String,
    /// What it is not late any more, by its state; none where it is late.
    moved_on: Option<StateKind>,
    /// After the original deadline.
    delay_days: i64,
    /// The same in words.
    delay: String,
    original_due: Option<Date>,
    /// The deadline in force, where it was moved.
    moved_to: Option<Date>,
    /// What stands in the way, and who can remove it.
    obstacle: Option<String>,
    /// The last word of a leader on it, and whether the lead has taken note.
    instructed: Option<(Date, bool)>,
}

/// The page; JSON where a program asks.
pub async fn get(
    State(app): State<Arc<App>>,
    frame: Frame,
    SignedIn { officer }: SignedIn,
    Query(done): Query<Done>,
) -> Answer {
    let overview = look(&app, &frame, officer, &BTreeSet::new()).await?;
    if frame.visit().json {
        return Ok(Json(as_json(&overview)).into_response());
    }
    page(&OverviewPage {
        frame,
        form: Filled::default(),
        told: done.told.filter(|_| overview.may_instruct),
        refused: vec![],
        overview,
    })
}

/// One note on every matter that was ticked: on all of them, or on none.
pub async fn post(State(app): State<Arc<App>>, frame: Frame, sent: CheckedForm) -> Answer {
    let officer = sent.who.officer;
    let command = sent.envelope(&app, "/overview/instruction");
    let mut form = sent.form;
    let numbers = ticked(&form);
    let note = Text::parse("instruction", form.text("instruction"));
    let (numbers, note) = (form.take(numbers), form.take(note));
    let Some((numbers, note)) = numbers.zip(note) else {
        return again(&app, frame, officer, form, vec![], StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let told = numbers.len();
    let tried = (numbers.clone(), note.clone());
    let done = app.change(command, move |read| instruct(read, officer, &numbers, &note)).await;
    match done {
        Ok(_) if frame.visit().json => Ok(Json(json!({ "instructed": told })).into_response()),
        Ok(_) => Ok(go_to(&format!("/overview?told={told}"))),
        Err(ChangeError::Refusal(refusal)) if !frame.visit().json => {
            let (numbers, note) = tried;
            let why = app.read(move |read| reasons(read, officer, numbers, &note)).await?;
            let said = in_the_way(&frame, why, &refusal);
            again(&app, frame, officer, form, said, StatusCode::CONFLICT).await
        }
        Err(ChangeError::Invalid(invalid)) => {
            form.wrong(invalid);
            again(&app, frame, officer, form, vec![], StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The page with what was typed, and why it was not done.
async fn again(
    app: &App,
    frame: Frame,
    officer: OfficerId,
    form: Filled,
    refused: Vec<InTheWay>,
    status: StatusCode,
) -> Answer {
    if let (true, Some(invalid)) = (frame.visit().json, form.errors().first()) {
        return Err(Problem::Invalid(invalid.clone()));
    }
    // What was ticked and has moved on since still has its row, so that its tick is not lost unseen.
    let kept = form.all("matters").filter_map(|number| Number::parse(number).ok()).take(LATE as usize).collect();
    let overview = look(app, &frame, officer, &kept).await?;
    page_with(status, &OverviewPage { frame, form, told: None, refused, overview })
}

/// Which of the matters refuse the note, each with why.
fn reasons(
    read: &mut Read<'_>,
    officer: OfficerId,
    numbers: BTreeSet<Number>,
    note: &Text,
) -> Result<Vec<(Number, Refusal)>, Problem> {
    let mut why = vec![];
    for number in numbers {
        match instruct(read, officer, &BTreeSet::from([number]), note) {
            Err(Stop::Refusal(refusal)) => why.push((number, refusal)),
            Err(Stop::Fault(fault)) => return Err(fault.into()),
            Ok(_) | Err(Stop::Invalid(_)) => {}
        }
    }
    Ok(why)
}

/// The same reason is said once, with the matters it goes for. `first` is what stopped the change: said alone where
/// nothing stands in the way any more.
fn in_the_way(frame: &Frame, why: Vec<(Number, Refusal)>, first: &Refusal) -> Vec<InTheWay> {
    let mut said: Vec<InTheWay> = vec![];
    for (number, refusal) in why {
        let (what, next) = refused(frame, &refusal);
        match said.iter_mut().find(|other| other.what == what) {
            Some(other) => other.numbers.push(number),
            None => said.push(InTheWay { numbers: vec![number], what, next }),
        }
    }
    if said.is_empty() {
        let (what, next) = refused(frame, first);
        said.push(InTheWay { numbers: vec![], what, next });
    }
    if lacks_right(first) {
        said.iter_mut().for_each(|one| one.numbers.clear());
    }
    said
}

/// The matters that were ticked. Errors: `Invalid` on `matters` where there is none, too many, or one that is no number.
fn ticked(form: &Filled) -> Result<BTreeSet<Number>, Invalid> {
    let numbers: Result<BTreeSet<Number>, Invalid> = form.all("matters").map(Number::parse).collect();
    match numbers {
        Ok(numbers) if numbers.is_empty() => Err(Invalid::new("matters", "none-chosen")),
        Ok(numbers) if numbers.len() <= LATE as usize => Ok(numbers),
        Ok(_) | Err(_) => Err(Invalid::new("matters", "no-such-matter")),
    }
}

fn instruct(
    read: &mut Read<'_>,
    officer: OfficerId,
    numbers: &BTreeSet<Number>,
    note: &Text,
) -> Result<Vec<(Stream, Event)>, Stop> {
    let mut events = vec![];
    for number in numbers {
        let found = read.find(Some(officer), *number)?;
        let matter = found.map(|id| read.matter(id)).transpose()?.flatten();
        let matter = matter.ok_or(Invalid::new("matters", "no-such-matter"))?;
        let facts = read.facts(&matter)?;
        let act = Act::Instruct { instruction: note.clone() };
        events.extend(read.with_context(own_hand(officer), &facts, |context| matter.act(act, context))??);
    }
    Ok(events)
}

async fn look(app: &App, frame: &Frame, officer: OfficerId, kept: &BTreeSet<Number>) -> Result<Overview, Problem> {
    let (frame, kept) = (frame.clone(), kept.clone());
    app.read(move |read| overview(read, &frame, officer, kept)).await
}

/// Everything on the page, in one consistent state; `kept` have a row even if they are not late.
fn overview(
    read: &mut Read<'_>,
    frame: &Frame,
    officer: OfficerId,
    mut kept: BTreeSet<Number>,
) -> Result<Overview, Problem> {
    let (organisation, today, reader) = (read.organisation()?, read.today(), Some(officer));
    let who = Who::new(frame, organisation.clone());
    let month = (today.first_of_month(), today.last_of_month());
    let since = today.first_of_year();
    let mut by_unit: BTreeMap<Option<UnitId>, LeadCounts> = BTreeMap::new();
    let mut all = LeadCounts::default();
    for (lead, counts) in read.counts_by_lead(reader, month, since)? {
        // Each matter counts once: for an officer of several units, with the first.
        let unit = lead.and_then(|lead| lead.units(&organisation, today).first().copied());
        let unit = unit.map(|unit| organisation.standing_for(unit, today).unwrap_or(unit));
        *by_unit.entry(unit).or_default() += counts;
        all += counts;
    }
    let calendar = read.calendar()?;
    let filter = MatterFilter { standing: Some(Standing::Overdue), ..MatterFilter::default() };
    let found = read.matters_page(reader, &filter, &Sort::Due, &Side::First, LATE)?;
    let mut late = vec![];
    for line in &found.lines {
        let Some(matter) = read.matter(line.id)? else { continue };
        kept.remove(&line.number);
        late.push(late_line(frame, &who, &matter, (today, &calendar)));
    }
    for number in kept {
        let Some(id) = read.find(reader, number)? else { continue };
        let Some(matter) = read.matter(id)? else { continue };
        late.push(late_line(frame, &who, &matter, (today, &calendar)));
    }
    let mut decide = vec![];
    for kind in [Group::Decide, Group::Remove] {
        decide.extend(group(read, frame, own_hand(officer), kind)?);
    }
    let may = |role: &rights::Role| rights::allowed(ActKind::Instruct, *role, Relation::Outside);
    Ok(Overview {
        by: who.officer(&officer),
        today,
        since,
        units: unit_lines(frame, &who, &organisation, by_unit, month),
        all,
        late,
        more: found.after.is_some(),
        decide,
        may_instruct: rights::roles(&organisation, officer, today).iter().any(may),
    })
}

fn late_line(frame: &Frame, who: &Who, matter: &Matter, (today, calendar): (Date, &OfficeCalendar)) -> LateLine {
    let quote = matter.text.open().map(|text| shortened(text.quote.as_str(), DIRECTIVE));
    let obstacle = matter.obstacles.iter().rfind(|obstacle| obstacle.removed_on.is_none());
    let nobody = || frame.text("matter-nobody").to_string();
    LateLine {
        number: matter.number,
        quote,
        lead: matter.lead.as_ref().map_or_else(nobody, |lead| who.party(lead)),
        moved_on: Some(matter.state.kind()).filter(|_| matter.overdue_from(calendar).is_none_or(|from| today < from)),
        delay_days: matter.original_due.map_or(0, |due| i64::from((today - calendar.last_day(due)).get_days())),
        delay: matter.original_due.map(|due| frame.due(Due::of(due, today, calendar))).unwrap_or_default(),
        original_due: matter.original_due,
        moved_to: matter.due.filter(|due| Some(*due) != matter.original_due),
        obstacle: obstacle.map(|obstacle| held(frame, who, obstacle)),
        instructed: matter.instructions.last().map(|word| (word.on, word.acknowledged_on.is_some())),
    }
}

/// The units with most that is late first, then with most that is open; what nobody leads and the rest last.
fn unit_lines(
    frame: &Frame,
    who: &Who,
    organisation: &Organisation,
    by_unit: BTreeMap<Option<UnitId>, LeadCounts>,
    month: (Date, Date),
) -> Vec<UnitLine> {
    let nobody = by_unit.get(&None).copied();
    let known = |unit: &UnitId| organisation.unit(*unit).is_some();
    let units: Vec<(UnitId, LeadCounts)> =
        by_unit.into_iter().filter_map(|(unit, counts)| Some((unit.filter(known)?, counts))).collect();
    let mut units = frame.by_name(units, |(unit, _)| who.unit(unit));
    units.sort_by_key(|(_, counts)| std::cmp::Reverse((counts.late, counts.open)));
    let rest = units.split_off(units.len().min(UNITS));
    let mut lines: Vec<UnitLine> = units
        .into_iter()
        .map(|(unit, counts)| UnitLine {
            unit: Some(unit),
            name: who.unit(&unit),
            counts,
            lists: Some(lists(&who.address_of(&unit), month)),
            bar: (0, 0),
        })
        .collect();
    let line = |name, counts| UnitLine { unit: None, name, counts, lists: None, bar: (0, 0) };
    if !rest.is_empty() {
        let mut sum = LeadCounts::default();
        rest.iter().for_each(|(_, counts)| sum += *counts);
        lines.push(line(frame.text("overview-rest").arg("count", rest.len()).to_string(), sum));
    }
    lines.extend(nobody.map(|counts| line(frame.text("overview-nobody").to_string(), counts)));
    let most = lines.iter().map(|line| line.counts.open).max().unwrap_or(0).max(1);
    for line in &mut lines {
        let end = line.counts.open * BAR / most;
        let late = line.counts.late * BAR / most;
        line.bar = (late, end - late);
    }
    lines
}

/// The lists of a unit's open, late, due and returned matters.
fn lists(lead: &str, (first, last): (Date, Date)) -> [String; 4] {
    let (first, last) = (first.to_string(), last.to_string());
    let asked: [&[(&str, &str)]; 4] = [
        &[("standing", "open")],
        &[("standing", "late")],
        &[("standing", "open"), ("due_from", &first), ("due_to", &last)],
        &[("standing", "returned")],
    ];
    asked.map(|pairs| {
        let pairs: Vec<(&str, &str)> = [("lead", lead)].into_iter().chain(pairs.iter().copied()).collect();
        format!("/matters?{}", query(&pairs))
    })
}

fn as_json(overview: &Overview) -> serde_json::Value {
    let counts = |counts: &LeadCounts| {
        json!({
            "open": counts.open,
            "late": counts.late,
            "due_this_month": counts.due,
            "returned": counts.returned,
            "cleared_in_time": counts.cleared_in_time,
            "cleared_late": counts.cleared_late,
        })
    };
    let units = overview.units.iter().map(|line| {
        json!({ "unit": line.unit.map(|unit| unit.to_string()), "name": line.name, "counts": counts(&line.counts) })
    });
    let late = overview.late.iter().map(|line| {
        json!({
            "number": line.number.to_string(),
            "directive": line.quote,
            "lead": line.lead,
            "delay_days": line.delay_days,
            "original_due": line.original_due.map(|day| day.to_string()),
            "obstacle": line.obstacle,
        })
    });
    json!({
        "made_on": overview.today.to_string(),
        "made_for": overview.by,
        "cleared_since": overview.since.to_string(),
        "units": units.collect::<Vec<_>>(),
        "all": counts(&overview.all),
        "late": late.collect::<Vec<_>>(),
        "more_late": overview.more,
    })
}
